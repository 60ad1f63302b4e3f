"""What is fitted after training: `python -m training.fit act|settle ...`.

`act`: a head on the reader's own vectors that says whether a word may tell of an
act, so that the coder need not read every sentence. Its bias is set so that 995 of
1,000 annotated sentences with an event have such a word on dev.

`settle`: belief in the network and the curves of `confidence`, from what
`cargo run --release -p verbale-archive --example tune -- DEV --reports` printed
(isotonic regression: the pool-adjacent-violators algorithm, Ayer et al. 1955).

Takes: weight files, the corpus (train and dev). Gives: weight files with the head or
the numbers added. Never: looks at test.
"""

import argparse
import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors import safe_open

from .coder import batches, corpus
from .reader import files
from .reader.batches import grouped
from .reader.pieces import Pieces

KEPT = 0.995  # share of event sentences that must pass
KNOTS = 8


def parts(path: Path):
    with safe_open(path, "pt") as f:
        return {name: f.get_tensor(name) for name in f.keys()}, f.metadata()


@torch.no_grad()
def vectors(reader, pieces, sentences, size=4000):
    reader.eval()
    items = [batches.read(s.words, pieces) | {"kind": "sentence", "place": i} for i, s in enumerate(sentences)]
    out = [None] * len(sentences)
    for group in grouped(items, size):
        batch = batches.collate(group)
        words = reader.words(reader.hidden(batch["pieces"], batch["shapes"], batch["mask"]), batch["first"])
        for row, i in enumerate(group):
            out[i["place"]] = words[row, : i["n"]].float().clone()
    return out


def act(given):
    reader, meta = files.read(given.reader)
    pieces = Pieces(meta["vocab"].split("\n"))
    found = corpus.sentences(corpus.articles(given.newswire), given.tokens)
    train, dev = ([s for s in found if s.split == part] for part in ("train", "dev"))
    x = torch.cat(vectors(reader, pieces, train))
    y = torch.cat([torch.tensor([float(any(i in e.extent for e in s.events)) for i in range(len(s.words))]) for s in train])
    head = torch.nn.Linear(x.shape[1], 1)
    optimiser = torch.optim.LBFGS(head.parameters(), lr=1, max_iter=given.steps, line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        loss = F.binary_cross_entropy_with_logits(head(x).squeeze(-1), y) + 1e-5 * head.weight.square().sum()
        loss.backward()
        return loss

    optimiser.step(closure)
    with torch.no_grad():
        tops = [head(v).max().item() for v in vectors(reader, pieces, dev)]
        told = sorted(t for t, s in zip(tops, dev) if s.events)
        floor = told[int((1 - KEPT) * len(told))]
        head.bias -= floor
        quiet = sum(t <= floor for t, s in zip(tops, dev) if not s.events)
        silent = sum(not s.events for s in dev)
    print(f"dev: {quiet} of {silent} sentences without an event are quiet, {sum(t <= floor for t in told)} of {len(told)} with one")
    values, notes = parts(given.reader)
    values |= {"head.act.weight": head.weight.detach(), "head.act.bias": head.bias.detach()}
    files.write(given.out, values, notes | {"labels.act": json.dumps(["act"])})


def isotonic(rows: list[tuple[float, bool]]) -> list[float]:
    """Points x, y, x, y ... of a rising line."""
    rows = sorted(rows)
    size = max(1, len(rows) // (KNOTS * 3))
    blocks = [rows[i : i + size] for i in range(0, len(rows), size)]
    pooled: list[list[float]] = []  # sum of x, of right, count
    for block in blocks:
        pooled.append([sum(x for x, _ in block), float(sum(r for _, r in block)), float(len(block))])
        while len(pooled) > 1 and pooled[-2][1] / pooled[-2][2] >= pooled[-1][1] / pooled[-1][2]:
            last = pooled.pop()
            pooled[-1] = [a + b for a, b in zip(pooled[-1], last)]
    # One right and one wrong beside what was seen: nothing is quite sure.
    return [round(v, 4) for x, right, n in pooled for v in (x / n, (right + 1) / (n + 2))]


def settle(given):
    values, notes = parts(given.coder)
    fitted = json.loads(notes.get("fitted", "{}"))
    if given.belief:
        fitted["settle"] = given.belief
    if given.reports:
        rows = [json.loads(line) for line in given.reports.read_text().splitlines() if line.startswith("{")]
        for name, ruled in (("confidence_both", True), ("confidence_alone", False)):
            chosen = [(r["confidence"], r["right"]) for r in rows if r["found_by"].startswith("rule") == ruled]
            fitted[name] = isotonic(chosen)
            print(name, len(chosen), fitted[name])
    elif given.plain:
        fitted.pop("confidence_both", None)
        fitted.pop("confidence_alone", None)
    files.write(given.out, values, notes | {"fitted": json.dumps(fitted)})


def main():
    ask = argparse.ArgumentParser(description="fit what is fitted after training")
    kinds = ask.add_subparsers(required=True)
    one = kinds.add_parser("act")
    one.add_argument("--reader", type=Path, required=True)
    one.add_argument("--newswire", type=Path)
    one.add_argument("--tokens", default="target/release/examples/tokens")
    one.add_argument("--steps", type=int, default=80)
    one.add_argument("--out", type=Path, required=True)
    one.set_defaults(run=act)
    two = kinds.add_parser("settle")
    two.add_argument("--coder", type=Path, required=True)
    two.add_argument("--belief", type=float, nargs=5, help="veto, alone, replace, role, status")
    two.add_argument("--reports", type=Path, help="output of the example tune")
    two.add_argument("--plain", action="store_true", help="take the curves away, to see raw figures")
    two.add_argument("--out", type=Path, required=True)
    two.set_defaults(run=settle)
    given = ask.parse_args()
    given.run(given)


if __name__ == "__main__":
    main()
