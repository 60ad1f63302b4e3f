"""Writes the card of the shipped weights from the scores: `python -m training.card`.

Takes: `training/out/scores.json` and `log.txt`. Gives: `model/README.md`. Never:
writes a card for a file whose hash is not the one scored.
"""

import argparse
import hashlib
import json
from pathlib import Path

CARD = """# model/reader.safetensors

One network that reads a tokenised English sentence once and gives each word its
universal tag, Penn tag, lemma, head, relation and entity label. {size:.1f} MB, int8.
How it is made: `training/README.md`.

| | |
|---|---|
| sha256 | `{sha256}` |
| encoder | all-MiniLM-L6-v2 (6 layers, hidden 384), fine-tuned; a learned embedding of word shape beside the word piece |
| data | UD English EWT train; English Worldwide Newswire (Shan et al. 2023), 733 articles; dev splits only score |
| licences | UD EWT CC BY-SA 4.0; newswire released by its authors to train recognisers (no licence file); MiniLM Apache-2.0; these weights CC BY-SA 4.0 |
| seeds | {seeds} |
| command | `python -m training.make --data DATA --minilm MINILM` |
| settings | three stages, as `training/make.py` has them |
| time | {pieces:.1f} million word pieces read in {minutes:.0f} minutes; an idle core would take about {idle:.0f} |

{note}## Scores on dev, gold words

UD English EWT dev (2,001 sentences), CoNLL-18 convention: every token counts,
punctuation too; LAS compares universal relations, LAS full the subtypes as well.
The int8 column is this file, simulated in PyTorch as the encoder runs it.

| | fp32 | int8 |
|---|---|---|
{trees}

Newswire dev (129 articles the training never saw), exact span F1:

| | fp32 | int8 | precision (int8) | recall (int8) | gold spans |
|---|---|---|---|---|---|
{entities}

`main four` is the micro average over Person, Location, Organization and NORP. The
weights were chosen by looking at these same dev splits, though only between a few
settings, so expect a little less elsewhere.

## Limits

Trained on web English and on news from outside the West; other English, other
languages and broken tokenisation score less. Facility, Product and Misc are rare
or vague in the annotation and are not to be relied on. What is got wrong, with
counts: `docs/decisions/0002-reader-errors.md`.
"""

PACE = 1900  # pieces a second on one idle core with bf16, as measured

TREE_ROWS = [
    ("UPOS", "upos"),
    ("XPOS", "xpos"),
    ("lemma", "lemma"),
    ("UAS", "uas"),
    ("LAS", "las"),
    ("LAS full", "las_full"),
]


def read_so_far(rows: list[dict]) -> tuple[int, float]:
    """Word pieces learnt from and minutes taken, over all stages of the log."""
    pieces, minutes = [], []
    for row in rows:
        if "start" in row:
            if not row["start"].get("resume"):
                pieces.append(0)  # a resumed run goes on counting
            minutes.append(0.0)
        pieces[-1] = row.get("pieces", pieces[-1])
        minutes[-1] = row.get("minutes", minutes[-1])
    return sum(pieces), sum(minutes)


def main():
    ask = argparse.ArgumentParser(description="write the card of the shipped weights")
    ask.add_argument("--out", type=Path, default=Path("training/out"))
    ask.add_argument("--note", default="", help="how this file's run differed from the command")
    ask.add_argument("--model", type=Path, default=Path("model"))
    given = ask.parse_args()
    full, small = json.loads((given.out / "scores.json").read_text())
    weights = (given.model / "reader.safetensors").read_bytes()
    sha256 = hashlib.sha256(weights).hexdigest()
    if small["sha256"] != sha256:
        raise SystemExit("the scores are of another file; run training.score first")
    rows = [json.loads(line) for line in (given.out / "log.txt").read_text().splitlines()]
    pieces, minutes = read_so_far(rows)
    names = [k for k in full["newswire dev"] if k not in ("main four", "all nine")] + ["main four", "all nine"]
    entities = []
    for name in names:
        a, b = full["newswire dev"][name], small["newswire dev"][name]
        f, g, p, r = (100 * v for v in (a["f1"], b["f1"], b["p"], b["r"]))
        entities.append(f"| {name} | {f:.1f} | {g:.1f} | {p:.1f} | {r:.1f} | {b['gold']} |")
    trees = [f"| {n} | {full['ewt dev'][k]:.2f} | {small['ewt dev'][k]:.2f} |" for n, k in TREE_ROWS]
    card = CARD.format(
        size=len(weights) / 1e6,
        sha256=sha256,
        seeds=", ".join(str(seed) for seed in sorted({r["start"]["seed"] for r in rows if "start" in r})),
        pieces=pieces / 1e6,
        idle=pieces / PACE / 60,
        minutes=minutes,
        note=given.note.strip() + "\n\n" if given.note else "",
        trees="\n".join(trees),
        entities="\n".join(entities),
    )
    (given.model / "README.md").write_text(card)


if __name__ == "__main__":
    main()
