"""Lemmas as edit rules.

A rule is `case|cut|prefix|cut|suffix`: take the word's lowercase form (`l`), its
own form (`k`) or its Title form (`t`: first letter upper, rest lower), cut so many
characters at the start and add the prefix, cut so many at the end and add the
suffix. `=lemma` is a whole lemma. Never applies half: a rule that does not fit
gives the lowercase form.

Example: `apply("l|0||3|y", "Parties")` is `"party"`.
"""

from collections import Counter

COPY = "l|0||0|"
RARE = 3  # a rule seen less often than this is read as COPY


def cased(word: str, flag: str) -> str:
    if flag == "k":
        return word
    lower = word.lower()
    return lower[:1].upper() + lower[1:] if flag == "t" else lower


def apply(rule: str, word: str) -> str:
    if rule.startswith("="):
        return rule[1:]
    flag, start, prefix, end, suffix = rule.split("|")
    base = cased(word, flag)
    a, z = int(start), int(end)
    if a + z > len(base):
        return word.lower()
    return (prefix + base[a : len(base) - z] + suffix) or word.lower()


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
    rule = f"{flag}|{i}|{lemma[:j]}|{len(base) - i - n}|{lemma[j + n:]}"
    return rule, n


def rule(word: str, lemma: str) -> str:
    if "|" in lemma:
        return COPY
    for flag in "lkt":
        if cased(word, flag) == lemma:
            return f"{flag}|0||0|"
    made = [script(word, lemma, flag) for flag in "lkt"]
    best = max(made, key=lambda m: m[1])
    if best[1] < 2:
        return "=" + lemma
    return best[0]


def classes(pairs: list[tuple[str, str]]) -> list[str]:
    """The rules worth a class, commonest first."""
    seen = Counter(rule(w, lemma) for w, lemma in pairs)
    kept = [r for r, n in sorted(seen.items(), key=lambda rn: (-rn[1], rn[0])) if n >= RARE]
    if COPY not in kept:
        kept.insert(0, COPY)
    return kept
