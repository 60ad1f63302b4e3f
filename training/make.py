"""The shipped weights from the corpora: `python -m training.make --data DATA --minilm FOLDER`.

Runs train, convert, score and card, one after the other, with the settings of
the shipped file (the defaults of each). Never: goes on after a stage that failed.
"""

import argparse
import subprocess
import sys
from pathlib import Path

FULL, SHIPPED = "training/out/reader.safetensors", "model/reader.safetensors"


def main():
    ask = argparse.ArgumentParser(description="make the shipped weights")
    ask.add_argument("--data", type=Path, required=True)
    ask.add_argument("--minilm", type=Path, required=True)
    given = ask.parse_args()
    data = ["--data", str(given.data)]
    for stage in (
        ["training.train", *data, "--minilm", str(given.minilm)],
        ["training.convert", FULL, SHIPPED],
        ["training.score", *data, FULL, SHIPPED],
        ["training.card"],
    ):
        subprocess.run([sys.executable, "-m", *stage], check=True)


if __name__ == "__main__":
    main()
