"""Scores of a Reader on gold words.

Takes: a Reader and sentences. Gives: UPOS, XPOS, lemma, UAS, LAS (the CoNLL-18
convention: every token counts, punctuation too, `las` compares universal relation
names, `las_full` the full ones) and exact-span entity F1 per type. Never: trains.

Example: `tree_scores(reader, pieces, dev)["upos"]` is 96.9.
"""

from collections import Counter

import torch

from . import lemma, sequence, tree
from .batches import collate, grouped
from .corpora import Sentence, spans
from .pieces import Pieces

RULES = 20  # how many lemma rules are tried before the lowercase form stands
MAIN_TYPES = ("Person", "Location", "Organization", "NORP")


def window_items(sentences: list[Sentence], pieces: Pieces):
    for number, s in enumerate(sentences):
        for a, z in pieces.windows(s.words):
            ids, shapes, first = pieces.sentence(s.words[a:z])
            yield {
                "pieces": ids,
                "shapes": shapes,
                "first": [0] + first,
                "kind": "read",
                "place": (number, a, z),
            }


@torch.no_grad()
def read(reader, pieces: Pieces, sentences: list[Sentence], trees: bool = True, size: int = 4000) -> list[dict]:
    """What the reader makes of each sentence: labels, heads and relations per word."""
    reader.eval()
    names, known = reader.labels, reader.known
    table = reader.transition.detach().numpy()
    out: list[dict] = [{"upos": [], "xpos": [], "lemma": [], "entity": [], "head": [], "rel": []} for _ in sentences]
    done: dict[tuple[int, int], dict] = {}
    for group in grouped(list(window_items(sentences, pieces)), size):
        batch = collate(group)
        hidden = reader.hidden(batch["pieces"], batch["shapes"], batch["mask"])
        words = reader.words(hidden, batch["first"])
        tags = {k: reader.head[k](words[:, 1:]).argmax(-1).tolist() for k in ("upos", "xpos")}
        entity = reader.head["entity"](words[:, 1:]).float().numpy()
        rules = reader.head["lemma"](words[:, 1:]).topk(min(RULES, len(names["lemma"])), -1).indices.tolist()
        arcs = reader.tree.arc(words, reader.drop) if trees else None
        for row, i in enumerate(group):
            number, a, z = i["place"]
            n = z - a
            here = {k: [names[k][v] for v in tags[k][row][:n]] for k in tags}
            here["entity"] = [names["entity"][v] for v in sequence.best(entity[row, :n], table)]
            here["lemma"] = [
                known.get(lemma.key(w, x)) or lemma.choose([names["lemma"][v] for v in best], w, pieces.index.__contains__)
                for w, x, best in zip(sentences[number].words[a:z], here["xpos"], rules[row][:n])
            ]
            if trees:
                head = tree.best(arcs[row, :n, : n + 1].float().numpy())
                scores = reader.tree.label(words[row, 1 : n + 1], words[row, torch.tensor(head)], reader.drop)
                here["rel"] = relations(scores, head, names["tree"])
                here["head"] = head
            done[number, a] = here
    for number, a in sorted(done):
        whole, part = out[number], done[number, a]
        if part.get("head"):
            # The root of a later window hangs on the root of the first.
            first_root = whole["head"].index(0) + 1 if whole["head"] else 0
            part["head"] = [h + a if h else first_root for h in part["head"]]
            if first_root:
                part["rel"] = ["parataxis" if r == "root" else r for r in part["rel"]]
        for k in part:
            whole[k].extend(part[k])
    return out


def relations(scores: torch.Tensor, head: list[int], names: list[str]) -> list[str]:
    """`root` goes to the root's word and to no other."""
    root = names.index("root")
    others = scores.clone()
    others[:, root] = -torch.inf
    best = others.argmax(-1).tolist()
    return ["root" if h == 0 else names[b] for h, b in zip(head, best)]


def tree_scores(reader, pieces, gold: list[Sentence]) -> dict[str, float]:
    right, total = Counter(), 0
    for s, r in zip(gold, read(reader, pieces, gold)):
        for i in range(len(s.words)):
            total += 1
            right["upos"] += s.upos[i] == r["upos"][i]
            right["xpos"] += s.xpos[i] == r["xpos"][i]
            right["lemma"] += s.lemma[i] == r["lemma"][i] or s.lemma[i] == "_"
            if s.head[i] == r["head"][i]:
                right["uas"] += 1
                right["las"] += s.rel[i].split(":")[0] == r["rel"][i].split(":")[0]
                right["las_full"] += s.rel[i] == r["rel"][i]
    return {k: round(100 * right[k] / total, 2) for k in ("upos", "xpos", "lemma", "uas", "las", "las_full")}


def f1(hit: int, found: int, wanted: int) -> dict[str, float]:
    p, r = hit / max(found, 1), hit / max(wanted, 1)
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / max(p + r, 1e-9), 4), "gold": wanted}


def entity_scores(reader, pieces, gold: list[Sentence]) -> dict[str, dict[str, float]]:
    hit, found, wanted = Counter(), Counter(), Counter()
    for s, r in zip(gold, read(reader, pieces, gold, trees=False)):
        want, got = set(spans(s.entity)), set(spans(r["entity"]))
        wanted.update(k for _, _, k in want)
        found.update(k for _, _, k in got)
        hit.update(k for _, _, k in want & got)
    out = {k: f1(hit[k], found[k], wanted[k]) for k in sorted(wanted)}
    for name, kinds in (("main four", MAIN_TYPES), ("all nine", tuple(wanted))):
        out[name] = f1(*(sum(c[k] for k in kinds) for c in (hit, found, wanted)))
    return out
