"""Words to word pieces and word shapes, exactly as the Rust encoder does it.

Takes: a list of words (UD EWT tokens). Gives: piece ids, shape ids, and the
index of each word's first piece. Never: looks at more than the sentence.

Example: `Pieces(vocab).sentence(["Kyiv", "talks"])` gives
`([101, ..., 102], [0, 3, ..., 1, 0], [1, 3])`.
"""

import unicodedata
from pathlib import Path

LONGEST_WORD = 100
WINDOW = 254  # pieces of words in one window; [CLS] and [SEP] make it 256

QUOTES = set("'\"`´‘’‚‛“”„‟«»‹›")
NUMBER_MARKS = set(".,:/-")


def vocab_of(folder: Path) -> list[str]:
    return (folder / "vocab.txt").read_text(encoding="utf-8").rstrip("\n").split("\n")


def is_cjk(c: str) -> bool:
    n = ord(c)
    return (
        0x4E00 <= n <= 0x9FFF
        or 0x3400 <= n <= 0x4DBF
        or 0x20000 <= n <= 0x2A6DF
        or 0x2A700 <= n <= 0x2B73F
        or 0x2B740 <= n <= 0x2B81F
        or 0x2B820 <= n <= 0x2CEAF
        or 0xF900 <= n <= 0xFAFF
        or 0x2F800 <= n <= 0x2FA1F
    )


def is_mark(c: str) -> bool:
    """Punctuation in BERT's sense: every ASCII symbol, and Unicode P*."""
    n = ord(c)
    if 33 <= n <= 47 or 58 <= n <= 64 or 91 <= n <= 96 or 123 <= n <= 126:
        return True
    return unicodedata.category(c).startswith("P")


def basic(text: str) -> list[str]:
    """BERT's basic tokenizer: clean, split CJK, strip accents, lowercase, split marks."""
    out: list[str] = []
    here: list[str] = []

    def close():
        if here:
            out.append("".join(here))
            here.clear()

    for c in text:
        if c in "\t\n\r":
            close()
            continue
        if c == "\0" or c == "\ufffd" or unicodedata.category(c) in ("Cc", "Cf", "Co", "Cn", "Cs"):
            continue
        if c.isspace():
            close()
            continue
        if is_cjk(c):
            close()
            out.append(c)
            continue
        for d in unicodedata.normalize("NFD", c):
            if unicodedata.category(d) == "Mn":
                continue
            for e in d.lower():
                if unicodedata.category(e) == "Mn":
                    continue
                if is_mark(e):
                    close()
                    out.append(e)
                else:
                    here.append(e)
    close()
    return out


def shape(word: str) -> int:
    """The shape of a word on its own; `shapes` corrects 2, 4 and 5 by the sentence."""
    letters = sum(c.isalpha() for c in word)
    digits = sum("0" <= c <= "9" for c in word)
    if letters == len(word):
        upper = sum(c.isupper() for c in word)
        lower = sum(c.islower() for c in word)
        if upper + lower == 0:
            return 13
        if upper == 0:
            return 1
        if len(word) == 1:
            return 5
        if lower == 0:
            return 4
        if upper == 1 and word[0].isupper():
            return 2
        return 6
    if digits == len(word):
        return 7
    if digits and letters:
        return 9
    if digits:
        return 8 if all("0" <= c <= "9" or c in NUMBER_MARKS for c in word) else 15
    if letters:
        return 12
    return 10 if all(c in QUOTES for c in word) else 11


def shapes(words: list[str]) -> list[int]:
    ids = [shape(w) for w in words]
    for i, w in enumerate(words):
        if any(c.isalpha() for c in w):
            if ids[i] == 2:
                ids[i] = 3
            break
    if not any(c.islower() for w in words for c in w):
        ids = [15 if s in (4, 5) else s for s in ids]
    return ids


class Pieces:
    def __init__(self, vocab: list[str]):
        self.vocab = vocab
        self.index = {p: i for i, p in enumerate(vocab)}
        self.unk = self.index["[UNK]"]
        self.cls = self.index["[CLS]"]
        self.sep = self.index["[SEP]"]
        self.known: dict[str, list[int]] = {}

    def token(self, token: str) -> list[int]:
        """Greedy longest-match-first; any hole makes the whole token [UNK]."""
        if len(token) > LONGEST_WORD:
            return [self.unk]
        out, start = [], 0
        while start < len(token):
            end = len(token)
            found = None
            while start < end:
                part = token[start:end] if start == 0 else "##" + token[start:end]
                found = self.index.get(part)
                if found is not None:
                    break
                end -= 1
            if found is None:
                return [self.unk]
            out.append(found)
            start = end
        return out

    def word(self, word: str) -> list[int]:
        ids = self.known.get(word)
        if ids is None:
            ids = []
            if len(word) <= LONGEST_WORD:
                for token in basic(word):
                    ids.extend(self.token(token))
            ids = ids or [self.unk]
            self.known[word] = ids
        return ids

    def sentence(self, words: list[str]) -> tuple[list[int], list[int], list[int]]:
        ids, shape_ids, first = [self.cls], [0], []
        for w, s in zip(words, shapes(words)):
            first.append(len(ids))
            p = self.word(w)
            ids.extend(p)
            shape_ids.extend([s] * len(p))
        ids.append(self.sep)
        shape_ids.append(0)
        return ids, shape_ids, first

    def windows(self, words: list[str]) -> list[tuple[int, int]]:
        """Ranges of words of at most WINDOW pieces each."""
        out, start, used = [], 0, 0
        for i, w in enumerate(words):
            n = len(self.word(w))
            if used and used + n > WINDOW:
                out.append((start, i))
                start, used = i, 0
            used += n
        out.append((start, len(words)))
        return out
