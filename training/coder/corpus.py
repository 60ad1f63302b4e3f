"""The annotated corpus as sentences of words, and marked pairs.

Takes: `training/corpus` (original text, stand-off annotations with the newswire
they belong to, pairs). Gives: `Sentence`s with events and `Pair`s, each with its
split. Never: lets one article fall on both sides of the split.

Words are cut, and hung into trees, by verbale's own reader: see `cut`.

Example: `sentences(articles(newswire), cut)[0].events[0].trigger` is a word's index.
"""

import random
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
sys.path.insert(0, str(CORPUS))
import check  # noqa: E402
import real  # noqa: E402

TYPES = list(check.MODES)
NOTHING = "NONE"
STATUSES = list(check.STATUSES)
MODES = [f"{kind}.{mode}" for kind in TYPES for mode in check.MODES[kind].split()]
ROLES = ["actor", "recipient", "third_party", "content", "condition", "time", "place", "count", "speaker", "medium", "cue"]
# What is to come has another type between two parties (record.md): a meeting
# to be held is an agreement, a release to be made a concession.
TO_COME = {"CONSULT": "AGREE", "SUPPORT": "AGREE", "COOPERATE": "AGREE", "AID": "AGREE", "RETREAT": "CONCEDE"}
MUTUAL = {"AGREE", "CONSULT", "COOPERATE", "ASSAULT"}  # types whose actors act on each other
TAG = re.compile(r"</?[st]>")
LONGEST_TARGET = 60  # letters of a content that stands as target where there is no recipient


@dataclass
class Event:
    trigger: int
    extent: list[int]
    kind: str
    mode: str | None
    status: str
    roles: list[tuple[int, str]]  # head word and role


@dataclass
class Sentence:
    text: str
    words: list[str]
    events: list[Event]
    split: str = "train"
    source: str = ""
    gold: list[dict] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)


@dataclass
class Pair:
    words: list[str]
    marks: list[int]  # 1 source, 2 target, 0 neither
    kind: str
    split: str = "train"
    source: str = ""


def cut(command: str, texts: list[str]) -> list[list[tuple[int, int, int]]]:
    """Start, end and head of each word, by the example `tokens` of verbale-reading."""
    given = "\n".join(" ".join(t.split("\n")) for t in texts) + "\n"
    ran = subprocess.run([command], input=given, capture_output=True, text=True, check=True)
    out = []
    for line in ran.stdout.split("\n")[: len(texts)]:
        n = [int(x) for x in line.split()]
        out.append([tuple(n[i : i + 3]) for i in range(0, len(n), 3)])
    return out


def articles(newswire: Path | None) -> list[dict]:
    """Original articles, and real ones where their text is at hand."""
    mistakes: list[str] = []
    out = []
    for path in sorted((CORPUS / "original").glob("*.txt")):
        for one in check.read(path, mistakes):
            out.append(one | {"split": check.split_of(one["id"])})
    if newswire:
        joined, wrong = real.join(newswire, sorted((CORPUS / "real").glob("*.txt")))
        out += joined
        mistakes += wrong
    for mistake in mistakes:
        print("skipped:", mistake, file=sys.stderr)
    return out


def inside(words: list[tuple[int, int, int]], start: int, end: int) -> list[int]:
    return [i for i, (a, z, _) in enumerate(words) if a < end and z > start]


def head_of(words: list[tuple[int, int, int]], span: list[int]) -> int:
    """The word of a span that hangs on a word outside it, the first of several."""
    return next((i for i in span if words[i][2] not in span), span[0])


def event_of(note: dict, words: list[tuple[int, int, int]]) -> Event | None:
    t = note["trigger"]
    extent = inside(words, t["start"], t["end"])
    if not extent:
        return None
    roles = []

    def add(role, span):
        if span and span["exact"] is not None:
            found = inside(words, span["start"], span["end"])
            if found:
                roles.append((head_of(words, found), role))

    for role in ("actor", "recipient", "third_party", "condition", "time", "place", "count"):
        for span in note.get(role, []):
            add(role, span)
    add("content", note.get("content"))
    for link in note["attribution"]:
        for role in ("speaker", "medium", "cue"):
            add(role, link.get(role))
    return Event(head_of(words, extent), extent, note["event"], note["mode"], note["status"], roles)


def sentences(found: list[dict], command: str) -> list[Sentence]:
    flat = [(a, s) for a in found for s in a["sentences"]]
    out = []
    for (a, s), words in zip(flat, cut(command, [s["text"] for _, s in flat])):
        if not words:
            continue
        events = [event_of(n, words) for n in s["notes"] if n["event"] != "SAY"]
        out.append(
            Sentence(
                s["text"],
                [s["text"][x:y] for x, y, _ in words],
                [e for e in events if e],
                a["split"],
                a["id"],
                s["notes"],
                [(x, y) for x, y, _ in words],
                [h for _, _, h in words],
            )
        )
    return out


# Pairs ------------------------------------------------------------------------


def unmarked(marked: str) -> tuple[str, dict[str, list[int]]]:
    """`<s>A</s> met <t>B</t>` to its text and where s and t stand."""
    text, spans, at = "", {}, 0
    for m in TAG.finditer(marked):
        text += marked[at : m.start()]
        at = m.end()
        tag = m.group()
        if tag[1] == "/":
            spans[tag[2]][1] = len(text)
        else:
            spans[tag[1]] = [len(text), len(text)]
    return text + marked[at:], spans


def pair(words, text, source, target, kind, split, origin) -> Pair | None:
    marks = [0] * len(words)
    for mark, span in ((1, source), (2, target)):
        for i in inside(words, *span):
            marks[i] = mark
    if 1 not in marks or 2 not in marks:
        return None
    return Pair([text[a:z] for a, z, _ in words], marks, kind, split, origin)


def marked_pairs(rows: list[tuple[str, str]], command: str, origin: str, split: str = "train") -> list[Pair]:
    """From (marked sentence, type)."""
    plain = [unmarked(m) for m, _ in rows]
    out = []
    for (text, spans), (_, kind), words in zip(plain, rows, cut(command, [t for t, _ in plain])):
        if "s" in spans and "t" in spans:
            out.append(pair(words, text, spans["s"], spans["t"], kind, split, origin))
    return [p for p in out if p]


def written(folder: Path = CORPUS / "pairs") -> list[tuple[str, str]]:
    rows = []
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            f = line.split("\t")
            if len(f) == 3 and f[0] in TYPES + [NOTHING]:
                rows.append((f[2], f[0]))
    return rows


def spans_of(note: dict, key: str) -> list[tuple[int, int]]:
    return [(s["start"], s["end"]) for s in note.get(key, []) if s["exact"] is not None]


def derived(found: list[Sentence], chance: random.Random, share: float = 0.5) -> list[Pair]:
    """Pairs that the annotations of whole sentences hold, and pairs without an event.

    A pair for which a sentence has events of several types is left out.
    """
    out = []
    for s in found:
        told: dict[tuple, set[str]] = {}
        parties: set[tuple[int, int]] = set()
        for n in s.gold:
            parties |= {(x["speaker"]["start"], x["speaker"]["end"]) for x in n["attribution"]
                        if x.get("speaker") and x["speaker"]["exact"] is not None}
            if n["event"] == "SAY":
                continue
            kind = TO_COME.get(n["event"], n["event"]) if n["status"] == "future" else n["event"]
            actors, recipients = spans_of(n, "actor"), spans_of(n, "recipient")
            parties |= set(actors) | set(recipients) | set(spans_of(n, "third_party"))
            targets = recipients
            c = n.get("content")
            if not targets and c and c["end"] - c["start"] < LONGEST_TARGET:
                targets = [(c["start"], c["end"])]
            for a in actors:
                for r in targets:
                    told.setdefault((a, r), set()).add(kind)
                if n["event"] in MUTUAL:
                    for b in actors:
                        if a != b:
                            told.setdefault((a, b), set()).add(kind)
        words = [(a, z, h) for (a, z), h in zip(s.places, s.heads)]
        apart = [p for p in told if p[0][1] <= p[1][0] or p[1][1] <= p[0][0]]
        for p in apart:
            if len(told[p]) == 1:
                out.append(pair(words, s.text, *p, next(iter(told[p])), s.split, s.source))
        idle = [(a, b) for a in sorted(parties) for b in sorted(parties)
                if a != b and (a, b) not in told and (a[1] <= b[0] or b[1] <= a[0])]
        chance.shuffle(idle)
        for p in idle[: max(1, round(len(apart) * share)) if apart else 2]:
            out.append(pair(words, s.text, *p, NOTHING, s.split, s.source))
    return [p for p in out if p]


def real_pairs(newswire: Path, command: str) -> list[Pair]:
    """The stand-off pairs of `pairs/*.off`: article, sentence, source, target, type."""
    texts: dict[str, tuple[str, str]] = {}
    rows, out = [], []
    for path in sorted((CORPUS / "pairs").glob("*.off")):
        known = {}
        for line in path.read_text(encoding="utf-8").split("\n"):
            f = line.split("\t")
            if len(f) == 2:
                known[f[0]] = f[1]
            elif len(f) == 5:
                name = f[0]
                if name not in texts:
                    texts[name] = real.article_of(newswire, name)
                text, digest = texts[name]
                if known.get(name) == digest:
                    rows.append((name, text, *[tuple(int(n) for n in r.split("-")) for r in f[1:4]], f[4]))
    shown = []
    for name, text, sentence, source, target, kind in rows:
        flat, places = real.flat(text, *sentence)
        back = {at: i for i, at in enumerate(places)}
        spans = [(back[a], back[z - 1] + 1) for a, z in (source, target)]
        shown.append((name, flat, *spans, kind))
    for (name, flat, source, target, kind), words in zip(shown, cut(command, [s[1] for s in shown])):
        out.append(pair(words, flat, source, target, kind, check.split_of(f"real-{name}"), f"real-{name}"))
    return [p for p in out if p]
