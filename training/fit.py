"""What is fitted after training: `python -m training.fit act|settle ...`.

`act`: a head on the reader's own vectors that says whether a word may tell of an
act, so that the coder need not read every sentence. Its bias is set so that 95 of
100 annotated sentences with an event have such a word on dev.

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

KEPT = 0.95  # share of event sentences that must pass
WIDE = 64
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
    torch.manual_seed(given.seed)
    seen = vectors(reader, pieces, train)
    x = torch.cat(seen)
    y = torch.cat([torch.tensor([float(any(i in e.extent for e in s.events)) for i in range(len(s.words))]) for s in train])
    first, second = torch.nn.Linear(x.shape[1], WIDE), torch.nn.Linear(WIDE, 1)

    def score(v):
        return second(F.gelu(first(v))).squeeze(-1)

    optimiser = torch.optim.AdamW([*first.parameters(), *second.parameters()], lr=2e-3, weight_decay=0.02)
    size = 4096
    total = given.passes * (len(x) // size + 1)
    for number in range(given.passes):
        order = torch.randperm(len(x))
        for at in range(0, len(x), size):
            chosen = order[at : at + size]
            step = number * (len(x) // size + 1) + at // size
            optimiser.param_groups[0]["lr"] = 2e-3 * (1 - step / total)
            loss = F.binary_cross_entropy_with_logits(score(F.dropout(x[chosen], 0.1)), y[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    with torch.no_grad():
        tops = [score(v).max().item() for v in vectors(reader, pieces, dev)]
        told = sorted(t for t, s in zip(tops, dev) if s.events)
        floor = told[int((1 - KEPT) * len(told))]
        second.bias -= floor
        quiet = sum(t <= floor for t, s in zip(tops, dev) if not s.events)
        silent = sum(not s.events for s in dev)
    print(f"dev: {quiet} of {silent} sentences without an event are quiet, {sum(t <= floor for t in told)} of {len(told)} with one")
    values, notes = parts(given.reader)
    values |= {
        "head.act.0.weight": first.weight.detach(), "head.act.0.bias": first.bias.detach(),
        "head.act.1.weight": second.weight.detach(), "head.act.1.bias": second.bias.detach(),
    }
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
    # One right and one wrong beside what was seen: nothing is quite sure. That may
    # bend the line down where a block is small.
    points, top = [], 0.0
    for x, right, n in pooled:
        top = max(top, (right + 1) / (n + 2))
        points += [round(x / n, 4), round(top, 4)]
    return points


def settle(given):
    values, notes = parts(given.coder)
    fitted = json.loads(notes.get("fitted", "{}"))
    if given.belief:
        fitted["settle"] = given.belief
    if given.relate is not None:
        fitted["relate_rules"] = [given.relate]
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
    one.add_argument("--passes", type=int, default=12)
    one.add_argument("--seed", type=int, default=1)
    one.add_argument("--out", type=Path, required=True)
    one.set_defaults(run=act)
    two = kinds.add_parser("settle")
    two.add_argument("--coder", type=Path, required=True)
    two.add_argument("--belief", type=float, nargs=5, help="veto, alone, replace, role, status")
    two.add_argument("--relate", type=float, help="what rules weigh in relate, in nats")
    two.add_argument("--reports", type=Path, help="output of the example tune")
    two.add_argument("--plain", action="store_true", help="take the curves away, to see raw figures")
    two.add_argument("--out", type=Path, required=True)
    two.set_defaults(run=settle)
    given = ask.parse_args()
    given.run(given)


if __name__ == "__main__":
    main()
