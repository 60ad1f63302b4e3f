"""Sentences and pairs to padded batches.

Takes: `corpus.Sentence`s and `corpus.Pair`s. Gives: dicts of tensors, each of one
kind. Never: teaches a sentence longer than the reader's window.
"""

import random

import torch

from ..reader.batches import NOTHING, grouped, hide, stack
from ..reader.network import SHAPES
from ..reader.pieces import WINDOW, Pieces
from . import corpus

KIND = {name: i for i, name in enumerate([corpus.NOTHING] + corpus.TYPES)}
MODE = {name: i for i, name in enumerate(corpus.MODES)}
STATUS = {name: i for i, name in enumerate(corpus.STATUSES)}
ROLE = {name: 1 + i for i, name in enumerate(corpus.ROLES)}


def recased(words: list[str], chance: random.Random) -> list[str]:
    """One sentence in twenty as a headline, in capitals or without its full stop."""
    roll = chance.random()
    if roll < 0.01:
        return [w.upper() for w in words]
    if roll < 0.03:
        return [w[:1].upper() + w[1:] if len(w) > 3 else w for w in words]
    return words


def read(words: list[str], pieces: Pieces, marks: list[int] | None = None) -> dict:
    ids, shapes, first = pieces.sentence(words)
    if marks:
        ends = first[1:] + [len(ids) - 1]
        for mark, a, z in zip(marks, first, ends):
            for at in range(a, z):
                shapes[at] += SHAPES * mark
    return {"pieces": ids, "shapes": shapes, "first": first, "n": len(first)}


def of_sentence(s: corpus.Sentence, pieces: Pieces, chance: random.Random | None = None) -> dict:
    words = recased(s.words, chance) if chance else s.words
    out = read(words, pieces) | {"kind": "sentence"}
    n = len(words)
    trigger, mode, status = [0] * n, [NOTHING] * n, [NOTHING] * n
    for e in s.events:
        for i in e.extent:
            if i != e.trigger and trigger[i] == 0:
                trigger[i] = NOTHING
    roles = []
    for e in s.events:
        trigger[e.trigger] = KIND[e.kind]
        status[e.trigger] = STATUS[e.status]
        if e.mode:
            mode[e.trigger] = MODE[f"{e.kind}.{e.mode}"]
        row = [0] * n
        for word, role in e.roles:
            row[word] = ROLE[role]
        roles.append((e.trigger, row))
    return out | {"trigger": trigger, "mode": mode, "status": status, "roles": roles}


def of_pair(p: corpus.Pair, pieces: Pieces, chance: random.Random | None = None) -> dict:
    words = recased(p.words, chance) if chance else p.words
    return read(words, pieces, p.marks) | {"kind": "pair", "marks": p.marks, "type": KIND.get(p.kind, NOTHING)}


def collate(items: list[dict]) -> dict:
    out = {"kind": items[0]["kind"]}
    for key in ("pieces", "shapes", "first"):
        out[key] = stack([i[key] for i in items], 0)
    lengths = torch.tensor([len(i["pieces"]) for i in items])
    out["mask"] = torch.arange(out["pieces"].shape[1])[None] < lengths[:, None]
    words = torch.tensor([i["n"] for i in items])
    out["there"] = torch.arange(out["first"].shape[1])[None] < words[:, None]
    if out["kind"] == "pair":
        out["marks"] = stack([i["marks"] for i in items], 0)
        out["type"] = torch.tensor([i["type"] for i in items])
    elif "trigger" in items[0]:
        for key in ("trigger", "mode", "status"):
            out[key] = stack([i[key] for i in items], NOTHING)
        rows = [(b, t, row) for b, i in enumerate(items) for t, row in i["roles"]]
        if rows:
            out["role_of"] = torch.tensor([(b, t) for b, t, _ in rows])
            width = out["first"].shape[1]
            out["role"] = torch.tensor([row + [NOTHING] * (width - len(row)) for _, _, row in rows])
    return out


def epoch(items_of: list, pieces: Pieces, size: int, chance: random.Random) -> list[dict]:
    """One shuffled pass; `items_of` holds Sentences and Pairs."""
    mask = pieces.index.get("[MASK]", pieces.unk)
    items = []
    for one in items_of:
        make = of_pair if isinstance(one, corpus.Pair) else of_sentence
        item = make(one, pieces, chance)
        if len(item["pieces"]) <= WINDOW + 2:
            # `hide` looks for a root before the words.
            item["first"] = [0] + item["first"]
            item = hide(item, mask, chance)
            item["first"] = item["first"][1:]
            items.append(item)
    chance.shuffle(items)
    out = []
    for kind in ("sentence", "pair"):
        out.extend(grouped([i for i in items if i["kind"] == kind], size))
    chance.shuffle(out)
    return [collate(b) for b in out]
