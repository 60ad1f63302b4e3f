"""Is the corpus one voice? `python3 training/corpus/style.py --newswire DATA/newswire`.

Takes: the original sentences and the articles of the English Worldwide Newswire.
Gives: lengths, openings and vocabulary of both side by side, and the words that
the corpus uses most too often and most too seldom. Never: prints a sentence.
"""

import argparse
import collections
import math
import pathlib
import random
import re
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import check  # noqa: E402

WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


def newswire(folder):
    out = []
    for path in sorted((folder / "articles").glob("*.txt")):
        text = path.read_text(encoding="utf-8", errors="replace").split("\n", 1)[-1]
        for line in text.split("\n"):
            out += [s.strip() for s in re.split(r"(?<=[.!?][\"”’]) |(?<=[.!?]) (?=[A-Z“\"])", line) if len(s.split()) > 3]
    return out


def original():
    here = pathlib.Path(check.__file__).parent
    return [s["text"] for p in sorted((here / "original").glob("*.txt")) for a in check.read(p, []) for s in a["sentences"]
            if not s["headline"]]


def show(name, sentences):
    lengths = [len(s.split()) for s in sentences]
    first = collections.Counter(s.split()[0].lower() for s in sentences)
    two = collections.Counter(" ".join(s.split()[:2]).lower() for s in sentences)
    words = [w.lower() for s in sentences for w in WORD.findall(s)]
    sample = words[:60000]
    print(f"{name}: {len(sentences)} sentences, words {statistics.mean(lengths):.1f} ± {statistics.pstdev(lengths):.1f}, "
          f"tenths {[int(x) for x in statistics.quantiles(lengths, n=10)]}")
    print(f"  most common openings {[(w, round(100 * n / len(sentences), 1)) for w, n in first.most_common(5)]} %, "
          f"of two words {[(w, round(100 * n / len(sentences), 1)) for w, n in two.most_common(4)]} %")
    print(f"  different words in {len(sample)} running words: {len(set(sample))}")
    return collections.Counter(words)


def main():
    options = argparse.ArgumentParser(description="the corpus beside real news")
    options.add_argument("--newswire", type=pathlib.Path, required=True)
    chosen = options.parse_args()
    real, own = newswire(chosen.newswire), original()
    random.Random(1).shuffle(real)
    random.Random(1).shuffle(own)
    a, b = show("corpus", own), show("newswire", real)
    total = sum(a.values()), sum(b.values())
    ratio = {w: math.log(((a[w] + 2) / total[0]) / ((b[w] + 2) / total[1])) for w in a.keys() | b.keys() if a[w] + b[w] > 60}
    ordered = sorted(ratio, key=ratio.get)
    print("too often:", " ".join(ordered[::-1][:40]))
    print("too seldom:", " ".join(ordered[:40]))


if __name__ == "__main__":
    main()
