"""Writes what PyTorch makes of twenty sentences, for testing the Rust encoder.

`python -m training.reference FP32 OUT.json`. For each sentence: the words, piece
ids, shape ids, the first eight numbers of each word's last hidden vector, each
head's labels, and the decoded tree. The sentences are our own.
"""

import argparse
import json
from pathlib import Path

import torch

from .reader import files, scoring
from .reader.corpora import Sentence
from .reader.pieces import Pieces

SENTENCES = """
The two delegations met in Geneva on Tuesday .
Ms. Okafor said the army would n't cross the Zambre river again .
“ We have n't signed anything , ” the minister ’s spokesman told reporters .
AT LEAST 14 KILLED AS SHELLS HIT MARKET
Kenya , Uganda and the D.R.C. agreed to a 30 - day truce from 1 May 2024 .
Rebels of the al - Nour brigade shot down a drone near Tel Asfar , according to the U.N.
It was n't us !
Where did they go ?
Peace talks
The president of Sarovia , who had been accused of ordering the raid , denied it .
The offer – worth $ 2.5 million – was rejected by both sides , three officials said .
João Müller , 47 , and François d' Aubigny were released at 10:30 a.m.
北京 said it opposed the sale .
He warned that any attack on the port “ will be met with force ” .
Troops withdrew from the villages they had seized in March , but kept the bridge .
i dont think they will talk tomorrow
COVID-19 delayed the UNHCR 's convoy to Goma by 3/4 of a day .
The 1990s war between Ostria and Lembia left 12,000 dead and more than 300,000 displaced .
A ceasefire brokered by Qatar and Egypt took effect at dawn ; it was broken within hours .
#
"""


@torch.no_grad()
def describe(reader, pieces, words: list[str]) -> dict:
    ids, shapes, first = pieces.sentence(words)
    mask = torch.ones(1, len(ids), dtype=torch.bool)
    hidden = reader.hidden(torch.tensor([ids]), torch.tensor([shapes]), mask)
    at = reader.words(hidden, torch.tensor([[0] + first]))
    arcs = reader.tree.arc(at, reader.drop)[0]
    out = {
        "words": words,
        "pieces": ids,
        "shapes": shapes,
        "first": first,
        "root_hidden": [round(v, 6) for v in at[0, 0, :8].tolist()],
        "hidden": [[round(v, 6) for v in row[:8].tolist()] for row in at[0, 1:]],
        "arc_argmax": arcs.argmax(-1).tolist(),
        "arc_scores_of_first_word": [round(v, 5) for v in arcs[0].tolist()],
    }
    for name in reader.head:
        scores = reader.head[name](at[0, 1:])
        out[name] = [reader.labels[name][k] for k in scores.argmax(-1).tolist()]
        out[name + "_top"] = [round(v, 5) for v in scores.max(-1).values.tolist()]
    whole = scoring.read(reader, pieces, [Sentence(words)])[0]
    out |= {"lemma_rule": out["lemma"], "lemma": whole["lemma"], "head": whole["head"], "rel": whole["rel"]}
    return out


def main():
    ask = argparse.ArgumentParser(description="reference outputs for the Rust encoder")
    ask.add_argument("source", type=Path)
    ask.add_argument("target", type=Path)
    given = ask.parse_args()
    reader, meta = files.read(given.source)
    pieces = Pieces(meta["vocab"].split("\n"))
    rows = [describe(reader, pieces, line.split()) for line in SENTENCES.strip().splitlines()]
    given.target.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
