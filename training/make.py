"""The shipped weights from the corpora: `python -m training.make --data DATA --minilm FOLDER`.

Trains in three stages, each from the last one's weights, then converts, scores
and writes the card. Never: goes on after a stage that failed.
"""

import argparse
import subprocess
import sys
from pathlib import Path

OUT, SHIPPED = "training/out", "model/reader.safetensors"
STAGES = (
    "--name first --passes 3 --decay 0 --news 0.5 --encoder-rate 2.5e-4 --word-rate 0",
    f"--name second --start {OUT}/first.safetensors --passes 2 --decay 0 --news 0.35",
    f"--name reader --start {OUT}/second.safetensors --passes 4 --decay 4 --news 0.15 --word-rate 0 --warm 30"
    " --keep 0.95 --seed 8",
)


def main():
    ask = argparse.ArgumentParser(description="make the shipped weights")
    ask.add_argument("--data", type=Path, required=True)
    ask.add_argument("--minilm", type=Path, required=True)
    given = ask.parse_args()
    data = ["--data", str(given.data)]
    full = f"{OUT}/reader.safetensors"
    stages = [["training.train", *data, "--minilm", str(given.minilm), *stage.split()] for stage in STAGES]
    stages += [["training.convert", full, SHIPPED], ["training.score", *data, full, SHIPPED], ["training.card"]]
    for stage in stages:
        subprocess.run([sys.executable, "-m", *stage], check=True)


if __name__ == "__main__":
    main()
