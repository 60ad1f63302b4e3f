"""The two corpora as sentences of words in the EWT manner.

Takes: UD EWT .conllu.gz files and the newswire folder. Gives: `Sentence`s.
Never: writes anything, or lets one article fall on both sides of the split.

Example: the newswire tokens `don ’ t` become the words `do n’t`, `U . S .`
becomes `U.S.`, and `2022-2023` becomes `2022 - 2023`.
"""

import gzip
import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

ENTITY_TYPES = ["Date", "Facility", "Location", "Misc", "Money", "NORP", "Organization", "Person", "Product"]
DEV_SHARE = 0.15


@dataclass
class Sentence:
    words: list[str]
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    lemma: list[str] = field(default_factory=list)
    head: list[int] = field(default_factory=list)  # 0 is the root, words count from 1
    rel: list[str] = field(default_factory=list)
    entity: list[str] = field(default_factory=list)
    source: str = ""


def treebank(path: Path) -> list[Sentence]:
    out, here = [], Sentence([])
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                if here.words:
                    out.append(here)
                here = Sentence([], source="ewt")
            elif not line.startswith("#"):
                f = line.split("\t")
                if not f[0].isdigit():
                    continue  # a multiword token or an empty node
                here.words.append(f[1])
                here.lemma.append(f[2])
                here.upos.append(f[3])
                here.xpos.append(f[4])
                here.head.append(int(f[6]))
                here.rel.append(f[7])
    if here.words:
        out.append(here)
    return out


# Newswire ---------------------------------------------------------------------

APOSTROPHES = "'’"
CLITICS = {"s", "re", "ve", "m", "ll", "d"}
ABBREVIATIONS = set(
    """Mr Mrs Ms Dr Prof Rev Hon Gen Col Maj Capt Lt Sgt Adm Gov Sen Rep Pres St Sr Jr Jan Feb Mar Apr
    Jun Jul Aug Sept Sep Oct Nov Dec Corp Inc Ltd Co Bros No vs Vol Ave Blvd Dept Univ est etc approx Ph""".split()
)
GLUED_CLITIC = re.compile(r"^(\w+)([’'](?:s|re|ve|m|ll|d))$", re.I)
GLUED_NOT = re.compile(r"^(\w+)(n[’']t)$", re.I)
DIGIT_RANGE = re.compile(r"^(\d[\d.,]*)([-–—])(\d[\d.,]*)$")
CLOCK = re.compile(r"^(\d[\d:.]*)\s?([ap]\.?m\.?)$", re.I)


def spans(labels: list[str]) -> list[tuple[int, int, str]]:
    """BIO labels to (start, end, type); an I with nothing to continue starts a span."""
    out, start, kind = [], -1, ""
    for i, label in enumerate(labels + ["O"]):
        if kind and (label[0] != "I" or label[2:] != kind):
            out.append((start, i, kind))
            kind = ""
        if label[0] == "B" or (label[0] == "I" and not kind):
            start, kind = i, label[2:]
    return out


def bio(n: int, found: list[tuple[int, int, str]]) -> list[str]:
    out = ["O"] * n
    for a, z, kind in found:
        out[a] = "B-" + kind
        for i in range(a + 1, z):
            out[i] = "I-" + kind
    return out


def rewrite(tokens: list[str], labels: list[str]) -> tuple[list[str], list[str]]:
    """Annotated tokens to EWT words; a new word carries the label of its first token."""
    words: list[str] = []
    tags: list[str] = []

    def add(word: str, label: str):
        words.append(word)
        tags.append(label)

    def inside(label: str) -> str:
        return "I" + label[1:] if label[0] == "B" else label

    i, n = 0, len(tokens)
    while i < n:
        t, e = tokens[i], labels[i]
        after = tokens[i + 1] if i + 1 < n else ""
        beyond = tokens[i + 2] if i + 2 < n else ""
        before = words[-1] if words else ""
        if t in APOSTROPHES and after.lower() in CLITICS and before[-1:].isalpha():
            add(t + after, e)
            i += 2
            continue
        if t in APOSTROPHES and after.lower() == "t" and len(before) > 1 and before[-1:] in "nN":
            words[-1] = before[:-1]
            add(before[-1] + t + after, e)
            i += 2
            continue
        if after == "." and (t in ABBREVIATIONS or (len(t) == 1 and t.isupper())):
            # `U . S .` and `J . Smith`; a run of single letters is one word.
            word, j = t + ".", i + 2
            while len(t) == 1 and j + 1 < n and len(tokens[j]) == 1 and tokens[j].isupper() and tokens[j + 1] == ".":
                word += tokens[j] + "."
                j += 2
            add(word, e)
            i = j
            continue
        if re.fullmatch(r"\d{2,4}", t) and after == "s":
            add(t + "s", e)
            i += 2
            continue
        for pattern in (GLUED_NOT, GLUED_CLITIC, CLOCK):
            m = pattern.match(t)
            if m:
                add(m[1], e)
                add(m[2], inside(e))
                break
        else:
            m = DIGIT_RANGE.match(t)
            if m:
                for k, part in enumerate(m.groups()):
                    add(part, e if k == 0 else inside(e))
            elif " " in t:
                for k, part in enumerate(t.split()):
                    add(part, e if k == 0 else inside(e))
            elif re.fullmatch(r"[^\W\d_]+(?:[-/][^\W\d_]+)+", t):
                for k, part in enumerate(re.split(r"([-/])", t)):
                    add(part, e if k == 0 else inside(e))
            elif any(c.isprintable() and not c.isspace() for c in t):
                add(t, e)
        i += 1
    return words, tags


CLOSERS = set("\"”’'»)]")
OPENERS = set("\"“‘'«([")


def cut(words: list[str], labels: list[str]) -> list[tuple[list[str], list[str]]]:
    """Annotated lines often hold several sentences: cut after . ! ? before a capital."""
    out, start, i = [], 0, 0
    while i < len(words):
        if words[i] in (".", "!", "?"):
            j = i + 1
            while j < len(words) and words[j] in CLOSERS and not (words[j] in "\"'" and words[i + 1 : j].count(words[j])):
                j += 1
            k = j
            while k < len(words) and words[k] in OPENERS:
                k += 1
            if j < len(words) and k < len(words) and words[k][:1].isupper() and labels[j][0] != "I":
                out.append((words[start:j], labels[start:j]))
                start = j
            i = j
        else:
            i += 1
    out.append((words[start:], labels[start:]))
    return [s for s in out if s[0]]


def article(path: Path) -> list[Sentence]:
    """Where annotated spans nest, the first column holds the outer one; it is kept."""
    out = []
    lines = path.read_text(encoding="utf-8").split("\n")[1:]  # the first is the address
    rows: list[list[str]] = []
    for line in lines + [""]:
        if line.strip():
            f = line.rstrip().split("\t")
            if len(f) == 1:
                f = line.rsplit(maxsplit=1) if len(line.split()) > 1 else [line, "O"]
            rows.append(f)
        elif rows:
            words, labels = rewrite([r[0].strip() for r in rows], [r[1] for r in rows])
            labels = bio(len(words), spans(labels))
            for w, e in cut(words, labels):
                out.append(Sentence(w, entity=e, source=path.name))
            rows = []
    return out


def regions(folder: Path) -> dict[str, str]:
    """File-name prefix to region, as the corpus lists them."""
    out, region = {}, ""
    for line in (folder / "regions.txt").read_text().splitlines():
        line = line.strip()
        if line.endswith(":"):
            region = line[:-1]
        elif region and line:
            out[line] = region
    return out


def newswire(folder: Path) -> tuple[list[Sentence], list[Sentence]]:
    """Train and dev. In each region the articles with the lowest hashes are dev."""
    prefix = regions(folder)
    groups: dict[str, list[Path]] = {}
    for path in sorted((folder / "annotated").iterdir()):
        fits = [p for p in prefix if path.name.startswith(p)]
        groups.setdefault(prefix[max(fits, key=len)] if fits else "other", []).append(path)
    train, dev = [], []
    for region in sorted(groups):
        ranked = sorted(groups[region], key=lambda p: hashlib.sha256(p.name.encode()).hexdigest())
        kept = round(DEV_SHARE * len(ranked))
        for i, path in enumerate(ranked):
            (dev if i < kept else train).extend(article(path))
    # The same story can appear twice: a training sentence that is also in dev is dropped.
    held = {tuple(s.words) for s in dev if len(s.words) >= 6}
    train = [s for s in train if tuple(s.words) not in held]
    return train, dev
