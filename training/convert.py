"""Makes the shipped files: `python -m training.convert [FP32 INT8] ...`.

Takes: fp32 files of the reader or the coder. Gives: the same in int8. Never:
touches the notes of a file.
"""

import argparse
from pathlib import Path

from safetensors import safe_open

from .reader import files

PAIRS = ["training/out/reader.safetensors", "model/reader.safetensors", "training/out/coder.safetensors", "model/coder.safetensors"]


def main():
    ask = argparse.ArgumentParser(description="fp32 weights to the shipped int8 files")
    ask.add_argument("paths", type=Path, nargs="*", default=[Path(p) for p in PAIRS], help="source, target, source, target ...")
    given = ask.parse_args()
    for source, target in zip(given.paths[::2], given.paths[1::2]):
        with safe_open(source, "pt") as f:
            values, meta = {name: f.get_tensor(name) for name in f.keys()}, f.metadata()
        files.write(target, files.quantise(values), meta)


if __name__ == "__main__":
    main()
