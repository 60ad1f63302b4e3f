"""What a weight file gets wrong on dev: `python -m training.errors FILE --data DATA`.

Gives: counts of entity errors by kind, of tree errors by relation and of tag
confusions, and samples to read. Never: trains, or writes corpus text to a file.
"""

import argparse
import random
from collections import Counter
from pathlib import Path

from .reader import corpora, files, scoring
from .reader.pieces import Pieces


def entity_kind(span, others) -> str:
    """How a span of one side relates to the spans of the other."""
    a, z, kind = span
    touching = [o for o in others if o[0] < z and a < o[1]]
    if not touching:
        return "alone"
    if any((o[0], o[1]) == (a, z) for o in touching):
        return "type"
    return "border" if any(o[2] == kind for o in touching) else "border and type"


def entity_errors(gold, read, chance, samples):
    kinds, pairs, shown, borders = Counter(), Counter(), [], Counter()
    for s, r in zip(gold, read):
        want, got = set(corpora.spans(s.entity)), set(corpora.spans(r["entity"]))
        for side, span, others in [("missed", w, got) for w in want - got] + [("invented", g, want) for g in got - want]:
            how = entity_kind(span, others)
            kinds[side, how] += 1
            pairs[side, how, span[2]] += 1
            if side == "missed" and how == "type":
                now = next(o[2] for o in got if o[:2] == span[:2])
                pairs["read as", span[2], now] += 1
            if side == "missed" and how == "border":
                o = next(o for o in got if o[0] < span[1] and span[0] < o[1] and o[2] == span[2])
                extra = set(range(span[0], span[1])) ^ set(range(o[0], o[1]))
                borders[" ".join(s.words[i].lower() for i in sorted(extra))[:40]] += 1
        if want != got:
            line = " ".join(w if e == "O" else f"{w}/{e}" for w, e in zip(s.words, s.entity))
            show = lambda spans: [(" ".join(s.words[a:z]), k) for a, z, k in sorted(spans)]
            shown.append((line, show(want - got), show(got - want)))
    print("entity errors", kinds.most_common())
    print(pairs.most_common(45))
    print("words at wrong borders", borders.most_common(40))
    for line, missed, invented in chance.sample(shown, min(samples, len(shown))):
        print(f"\n{line}\n  missed {missed}\n  invented {invented}")


def tree_errors(gold, read, chance, samples):
    heads, labels, confused, tags, shown, lemmas, total = Counter(), Counter(), Counter(), Counter(), [], Counter(), Counter()
    for s, r in zip(gold, read):
        for i, w in enumerate(s.words):
            want, got = s.rel[i].split(":")[0], r["rel"][i].split(":")[0]
            total[want] += 1
            if s.head[i] != r["head"][i]:
                heads[want] += 1
                shown.append((s, r, i))
            elif want != got:
                labels[want] += 1
                confused[want, got] += 1
                shown.append((s, r, i))
            if s.upos[i] != r["upos"][i]:
                tags[s.upos[i], r["upos"][i]] += 1
            if s.lemma[i] != r["lemma"][i]:
                lemmas[w, s.lemma[i], r["lemma"][i]] += 1
    words = sum(total.values())
    print("\nwrong heads", sum(heads.values()), "wrong labels only", sum(labels.values()), "of", words)
    print([(k, n, total[k]) for k, n in heads.most_common(25)])
    print("confused", confused.most_common(25))
    print("tags", tags.most_common(25))
    print("lemmas", lemmas.most_common(25))
    for s, r, i in chance.sample(shown, min(samples, len(shown))):
        name = lambda h: s.words[h - 1] if h else "ROOT"
        print(f"\n{' '.join(s.words)}\n  {s.words[i]}: {s.rel[i]} of {name(s.head[i])}, read {r['rel'][i]} of {name(r['head'][i])}")


def main():
    ask = argparse.ArgumentParser(description="errors on the dev splits")
    ask.add_argument("file", type=Path)
    ask.add_argument("--data", type=Path, required=True)
    ask.add_argument("--samples", type=int, default=50)
    given = ask.parse_args()
    reader, meta = files.read(given.file)
    pieces = Pieces(meta["vocab"].split("\n"))
    chance = random.Random(5)
    _, news = corpora.newswire(given.data / "newswire")
    entity_errors(news, scoring.read(reader, pieces, news, trees=False), chance, given.samples)
    trees = corpora.treebank(given.data / "ud-ewt" / "dev.conllu.gz")
    tree_errors(trees, scoring.read(reader, pieces, trees), chance, given.samples)


if __name__ == "__main__":
    main()
