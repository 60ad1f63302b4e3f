"""The shipped weights from the corpora: `python -m training.make --data DATA --minilm FOLDER`.

Runs train (twice), convert, score and card, one after the other, with the
settings of the shipped file. Never: goes on after a stage that failed.
"""

import argparse
import subprocess
import sys
from pathlib import Path

FIRST, FULL = "training/out/first.safetensors", "training/out/reader.safetensors"
SHIPPED = "model/reader.safetensors"
OPENING = "--name first --passes 2 --decay 0 --news 0.66 --encoder-rate 2.5e-4 --word-rate 0"
MAIN = f"--name reader --start {FIRST}"


def main():
    ask = argparse.ArgumentParser(description="make the shipped weights")
    ask.add_argument("--data", type=Path, required=True)
    ask.add_argument("--minilm", type=Path, required=True)
    given = ask.parse_args()
    data = ["--data", str(given.data)]
    for stage in (
        ["training.train", *data, "--minilm", str(given.minilm), *OPENING.split()],
        ["training.train", *data, "--minilm", str(given.minilm), *MAIN.split()],
        ["training.convert", FULL, SHIPPED],
        ["training.score", *data, FULL, SHIPPED],
        ["training.card"],
    ):
        subprocess.run([sys.executable, "-m", *stage], check=True)


if __name__ == "__main__":
    main()
