"""Scores weight files on dev: `python -m training.score --data DATA FILE...`.

Takes: fp32 or int8 files. Gives: one JSON object a file. An int8 file is scored
as it is run: encoder weights rounded per row, inputs of every encoder matrix
rounded per token. Never: trains.
"""

import argparse
import hashlib
import json
from pathlib import Path

import torch
from safetensors import safe_open

from .reader import corpora, files, scoring
from .reader.pieces import Pieces


def score(path: Path, data: Path) -> dict:
    reader, meta = files.read(path)
    with safe_open(path, "pt") as f:
        int8 = "embed.word.scale" in f.keys()
    if int8:
        reader.play_int8()
    pieces = Pieces(meta["vocab"].split("\n"))
    _, news = corpora.newswire(data / "newswire")
    out = {"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    out["numbers"] = "int8" if int8 else "fp32"
    out["ewt dev"] = scoring.tree_scores(reader, pieces, corpora.treebank(data / "ud-ewt" / "dev.conllu.gz"))
    out["newswire dev"] = scoring.entity_scores(reader, pieces, news)
    return out


def main():
    ask = argparse.ArgumentParser(description="score weight files on the dev splits")
    ask.add_argument("--data", type=Path, required=True)
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--out", type=Path, default=Path("training/out/scores.json"))
    ask.add_argument("files", type=Path, nargs="+")
    given = ask.parse_args()
    torch.set_num_threads(given.threads)
    rows = [score(path, given.data) for path in given.files]
    for row in rows:
        print(json.dumps(row, indent=1))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
