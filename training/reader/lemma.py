"""Lemmas as edit rules, with a table of known forms before them.

A rule is `case|cut|prefix|cut|suffix`: take the word's lowercase form (`l`), its
own form (`k`) or its Title form (`t`: first letter upper, rest lower); it must
begin with the first `cut` and end with the second, which give way to the prefix
and the suffix. `=lemma` is a whole lemma and always fits. Of the rules that fit,
the best scored is taken, with a leaning to real words; when none fits, the
lowercase form stands. A form that the table knows for its Penn tag needs no rule.

Example: `apply("l|||ies|y", "Parties")` is `"party"`, and of "met" `None`.
"""

from collections import Counter
from pathlib import Path

COPY = "l||||"
RARE = 3  # a rule seen less often than this has no class
SURE = 0.9  # a form is known when this share of its readings have one lemma
LOOKED_AT = 3  # fitting rules among which a real word is looked for; 2 to 10 score alike
NAMES = ("NNP", "NNPS")  # the case of names is part of their lemma: never known by form


def plain(word: str) -> str:
    """Curly apostrophes are straight ones to a lemma."""
    return word.replace("’", "'")


def cased(word: str, flag: str) -> str:
    word = plain(word)
    if flag == "k":
        return word
    lower = word.lower()
    return lower[:1].upper() + lower[1:] if flag == "t" else lower


def apply(rule: str, word: str) -> str | None:
    if rule.startswith("="):
        return rule[1:]
    flag, start, prefix, end, suffix = rule.split("|")
    base = cased(word, flag)
    if len(start) + len(end) > len(base) or not base.startswith(start) or not base.endswith(end):
        return None
    return prefix + base[len(start) : len(base) - len(end)] + suffix or None


def choose(ranked: list[str], word: str, is_word) -> str:
    """The first of the rules, best scored first, that fits; but among the first three
    that fit, down to the first copy, one that makes a word of the vocabulary goes
    before one that does not ("opposed" is of "oppose", not of "oppos")."""
    fits = []
    for rule in ranked:
        made = apply(rule, word)
        if made is not None:
            fits.append((rule, made))
            if rule.endswith("||||") or len(fits) == LOOKED_AT:
                break
    for rule, made in fits:
        if not rule.endswith("||||") and is_word(made.lower()):
            return made
    return fits[0][1] if fits else plain(word).lower()


def common(a: str, b: str) -> tuple[int, int, int]:
    """The longest common substring: where in a, where in b, how long."""
    best = (0, 0, 0)
    row = [0] * (len(b) + 1)
    for i in range(len(a)):
        new = [0] * (len(b) + 1)
        for j in range(len(b)):
            if a[i] == b[j]:
                new[j + 1] = row[j] + 1
                if new[j + 1] > best[2]:
                    best = (i + 1 - new[j + 1], j + 1 - new[j + 1], new[j + 1])
        row = new
    return best


def script(word: str, lemma: str, flag: str) -> tuple[str, int]:
    base = cased(word, flag)
    i, j, n = common(base, lemma)
    return f"{flag}|{base[:i]}|{lemma[:j]}|{base[i + n:]}|{lemma[j + n:]}", n


def rule(word: str, lemma: str) -> str:
    if "|" in lemma or "|" in word:
        return COPY
    for flag in "lkt":
        if cased(word, flag) == lemma:
            return f"{flag}||||"
    made = [script(word, lemma, flag) for flag in "lkt"]
    best = max(made, key=lambda m: m[1])
    if best[1] < 2 or len(word) <= 3:
        return "=" + lemma
    return best[0]


def classes(pairs: list[tuple[str, str]]) -> list[str]:
    """The rules worth a class, commonest first."""
    seen = Counter(rule(w, lemma) for w, lemma in pairs)
    kept = [r for r, n in sorted(seen.items(), key=lambda rn: (-rn[1], rn[0])) if n >= RARE]
    if COPY not in kept:
        kept.insert(0, COPY)
    return kept


def key(word: str, tag: str) -> str:
    return f"{plain(word).lower()} {tag}"


def irregular() -> dict[str, str]:
    """Irregular verb forms by form and tag."""
    out = {}
    for line in (Path(__file__).parent / "irregular.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            lemma, past, participle = line.split()
            out |= {f"{w} VBD": lemma for w in past.split("/")}
            out |= {f"{w} VBN": lemma for w in participle.split("/")}
    return out


def known(triples: list[tuple[str, str, str]], irregular: dict[str, str]) -> dict[str, str]:
    """`form tag` -> lemma for what training saw at least twice, and for irregular forms."""
    seen: dict[str, Counter] = {}
    for word, tag, lemma in triples:
        if tag not in NAMES and " " not in word:
            seen.setdefault(key(word, tag), Counter())[lemma] += 1
    out = dict(irregular)
    for form, lemmas in seen.items():
        lemma, n = lemmas.most_common(1)[0]
        whole = sum(lemmas.values())
        if whole >= 2 and n >= SURE * whole and lemma != "_":
            out[form] = lemma
    return dict(sorted(out.items()))
