"""PLV_train and AW_train: reading them and scoring on them.

Takes: the .tsv files. Gives: pairs with their gold class, quad and side; macro F1
of root (CONCEDE and RETREAT are YIELD), quad and binary. Never: trains.
"""

import csv
from pathlib import Path

from . import corpus
from .scoring import macro, relations

QUADS = {k: q for q, kinds in {
    1: "AGREE CONSULT SUPPORT CONCEDE", 2: "COOPERATE AID RETREAT", 3: "REQUEST ACCUSE REJECT THREATEN",
    4: "PROTEST SANCTION MOBILIZE COERCE ASSAULT"}.items() for k in kinds.split()}


def rows(path: Path) -> list[dict]:
    csv.field_size_limit(10**7)
    with path.open(encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t"))


def pairs(found: list[dict], command: str) -> list[corpus.Pair]:
    """Rows whose marks nest or overlap are read as far as they can be; none is left out."""
    plain = []
    for row in found:
        text, spans = corpus.unmarked(" ".join(row["marked_sentence"].split()))
        whole = [0, len(text)]
        plain.append((text, spans.get("s", whole), spans.get("t", whole)))
    out = []
    for row, (text, source, target), words in zip(found, plain, corpus.cut(command, [p[0] for p in plain])):
        marks = [0] * len(words)
        for mark, span in ((1, source), (2, target)):
            for i in corpus.inside(words, *span):
                marks[i] = mark
        out.append(corpus.Pair([text[a:z] for a, z, _ in words], marks, row.get("gold_root") or "NONE"))
    return out


def root(kind: str) -> str:
    return "YIELD" if kind in ("CONCEDE", "RETREAT") else kind


def answers(shares) -> list[str]:
    """The best of the types; shares of "none" are not looked at."""
    return [corpus.TYPES[i] for i in shares[:, 1:].argmax(-1).tolist()]


def plv_scores(found: list[dict], told: list[str]) -> dict:
    gold = [r["gold_root"] for r in found]
    quad = [int(r["gold_penta"]) for r in found]
    # The file has all of YIELD under material cooperation.
    quads = [2 if root(t) == "YIELD" else QUADS[t] for t in told]
    value, each = macro(gold, [root(t) for t in told])
    return {
        "root": value,
        "quad": macro(quad, quads)[0],
        "binary": macro([q > 2 for q in quad], [q > 2 for q in quads])[0],
        "each": each,
    }


def aw_scores(found: list[dict], told: list[str]) -> float:
    """1 is conflict, 0 cooperation, as the file has it."""
    gold = [str(r["gold_binary"]) for r in found]
    return macro(gold, ["1" if QUADS[t] > 2 else "0" for t in told])[0]


def measure(coder, pieces, folder: Path, command: str) -> dict:
    plv, aw = rows(folder / "PLV_train.tsv"), rows(folder / "AW_train.tsv")
    scores = plv_scores(plv, answers(relations(coder, pieces, pairs(plv, command))))
    return scores | {"aw": aw_scores(aw, answers(relations(coder, pieces, pairs(aw, command))))}
