"""Makes the shipped int8 file: `python -m training.convert FP32 INT8`."""

import argparse
from pathlib import Path

from .reader import files, network


def main():
    ask = argparse.ArgumentParser(description="fp32 weights to the shipped int8 file")
    ask.add_argument("source", type=Path, nargs="?", default=Path("training/out/reader.safetensors"))
    ask.add_argument("target", type=Path, nargs="?", default=Path("model/reader.safetensors"))
    given = ask.parse_args()
    reader, meta = files.read(given.source)
    files.write(given.target, files.quantise(network.tensors(reader)), meta)


if __name__ == "__main__":
    main()
