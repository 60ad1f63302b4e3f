"""Sentences to padded batches of about the same length.

Takes: sentences, the label lists, a random generator. Gives: dicts of tensors.
Never: cuts a sentence silently: in training an over-long one is left out, and in
scoring it is read in windows.

Example: `for batch in batches(sentences, pieces, labels, size=1500): ...`.
"""

import random
from dataclasses import replace

import torch

from . import lemma
from .corpora import Sentence, spans
from .pieces import WINDOW, Pieces

NOTHING = -100  # the label that no loss looks at
EXCHANGED = 0.15  # share of newswire names exchanged for another of their type
HIDDEN_WORDS = 0.03  # share of words masked


class Labels:
    def __init__(self, lists: dict[str, list[str]]):
        self.lists = lists
        self.index = {name: {v: i for i, v in enumerate(vs)} for name, vs in lists.items()}

    def of(self, name: str, value: str) -> int:
        return self.index[name].get(value, NOTHING)

    def rule(self, word: str, wanted: str) -> int:
        known = self.index["lemma"]
        return known.get(lemma.rule(word, wanted), known[lemma.COPY])


DASHES = "–—"


def disturb(s: Sentence, chance: random.Random) -> Sentence:
    """News looks unlike web text: headlines, capitals, no full stop, curly quotes.

    About one sentence in ten changes case or loses its full stop. Lemmas of
    recased words are not taught, since the form no longer shows them.
    """
    words, labels = list(s.words), s
    roll = chance.random()
    if len(words) >= 3 and roll < 0.11:
        if roll < 0.03:
            words = [w.upper() for w in words]
        elif roll < 0.06:
            words = [w.lower() for w in words]
        elif roll < 0.08:
            words = [w[:1].upper() + w[1:] if len(w) > 3 else w for w in words]
        if words[-1] == "." and (roll < 0.08 or not s.upos or s.upos[-1] == "PUNCT"):
            n = len(words) - 1
            if not s.head or (n + 1) not in s.head:
                words = words[:n]
                labels = replace(
                    s,
                    upos=s.upos[:n],
                    xpos=s.xpos[:n],
                    lemma=s.lemma[:n],
                    head=s.head[:n],
                    rel=s.rel[:n],
                    entity=s.entity[:n],
                )
    if chance.random() < 0.3:
        opened = False
        for i, w in enumerate(words):
            if w == '"':
                words[i] = "”" if opened else "“"
                opened = not opened
            elif "'" in w:
                words[i] = w.replace("'", "’")
    if chance.random() < 0.3:
        dash = chance.choice(DASHES)
        words = [dash if w in ("-", "--") and (i and i + 1 < len(words)) else w for i, w in enumerate(words)]
    kept = labels.lemma
    if kept:
        kept = [m if lemma.plain(w) == lemma.plain(o) else "" for m, w, o in zip(kept, words, s.words)]
    return replace(labels, words=words, lemma=kept)


def mentions(sentences: list[Sentence]) -> dict[str, list[list[str]]]:
    """Every annotated span by its type."""
    out: dict[str, list[list[str]]] = {}
    for s in sentences:
        for a, z, kind in spans(s.entity):
            out.setdefault(kind, []).append(s.words[a:z])
    return out


def exchange(s: Sentence, known: dict[str, list[list[str]]], chance: random.Random) -> Sentence:
    """Some names give way to others of their type, so that context is learnt too."""
    words, labels, at = [], [], 0
    for a, z, kind in spans(s.entity):
        words += s.words[at:a]
        labels += s.entity[at:a]
        name = s.words[a:z]
        if chance.random() < EXCHANGED:
            name = chance.choice(known[kind])
        words += name
        labels += ["B-" + kind] + ["I-" + kind] * (len(name) - 1)
        at = z
    return replace(s, words=words + s.words[at:], entity=labels + s.entity[at:])


def hide(i: dict, mask: int, chance: random.Random) -> dict:
    """Some words are masked, all their pieces at once; their labels stay."""
    ends = i["first"][2:] + [len(i["pieces"]) - 1]
    for a, z in zip(i["first"][1:], ends):
        if chance.random() < HIDDEN_WORDS:
            i["pieces"][a:z] = [mask] * (z - a)
    return i


def item(s: Sentence, pieces: Pieces, labels: Labels) -> dict:
    ids, shapes, first = pieces.sentence(s.words)
    out = {"pieces": ids, "shapes": shapes, "first": [0] + first, "kind": "tree" if s.head else "entity"}
    if s.head:
        out["upos"] = [labels.of("upos", u) for u in s.upos]
        out["xpos"] = [labels.of("xpos", x) for x in s.xpos]
        out["lemma"] = [labels.rule(w, m) if m else NOTHING for w, m in zip(s.words, s.lemma)]
        out["arc"] = list(s.head)
        out["label"] = [labels.of("tree", r) for r in s.rel]
    if s.entity:
        out["entity"] = [labels.of("entity", e) for e in s.entity]
    return out


def stack(rows: list[list[int]], fill: int) -> torch.Tensor:
    width = max(len(r) for r in rows)
    return torch.tensor([r + [fill] * (width - len(r)) for r in rows])


def collate(items: list[dict]) -> dict:
    out = {"kind": items[0]["kind"]}
    for key, fill in (("pieces", 0), ("shapes", 0), ("first", 0)):
        out[key] = stack([i[key] for i in items], fill)
    lengths = torch.tensor([len(i["pieces"]) for i in items])
    out["mask"] = torch.arange(out["pieces"].shape[1])[None] < lengths[:, None]
    words = torch.tensor([len(i["first"]) for i in items])
    out["word_mask"] = torch.arange(out["first"].shape[1])[None] < words[:, None]  # root included
    for key in ("upos", "xpos", "lemma", "arc", "label", "entity"):
        if key in items[0]:
            out[key] = stack([i[key] for i in items], NOTHING)
    return out


def grouped(items: list[dict], size: int) -> list[list[dict]]:
    """Runs of like length whose padded piece count stays under `size`."""
    items = sorted(items, key=lambda i: len(i["pieces"]))
    out, here = [], []
    for i in items:
        if here and (len(here) + 1) * len(i["pieces"]) > size:
            out.append(here)
            here = []
        here.append(i)
    if here:
        out.append(here)
    return out


def epoch(sentences: list[Sentence], pieces: Pieces, labels: Labels, size: int, chance: random.Random) -> list[dict]:
    """One disturbed, shuffled pass; batches stay of one kind."""
    known = mentions(sentences)
    mask = pieces.index.get("[MASK]", pieces.unk)
    items = []
    for s in sentences:
        s = disturb(exchange(s, known, chance) if s.entity else s, chance)
        items.append(hide(item(s, pieces, labels), mask, chance))
    items = [i for i in items if len(i["pieces"]) <= WINDOW + 2]
    # A little noise in the sort keeps the same sentences from always meeting.
    chance.shuffle(items)
    out = []
    for kind in ("tree", "entity"):
        out.extend(grouped([i for i in items if i["kind"] == kind], size))
    chance.shuffle(out)
    return [collate(b) for b in out]
