"""A few seconds of self-checks on made-up data: `python -m training.check`.

Never: needs the corpora or MiniLM.
"""

import itertools
import random
import tempfile
from pathlib import Path

import numpy as np
import torch

from .reader import batches, corpora, files, lemma, network, pieces, scoring, sequence, tree
from .train import losses

SHAPES = [  # sentence, shape of each word
    ("talks in Kyiv", [1, 1, 2]),
    ("“ Talks failed ”", [10, 3, 1, 10]),
    ("The UN and iPhone I", [3, 4, 1, 6, 5]),
    ("PEACE TALKS FAIL", [15, 15, 15]),
    ("In 2024 , 3.5 % of F16 U.S. 北京 jets", [3, 7, 11, 8, 11, 1, 9, 12, 13, 1]),
    ("he paid $5", [1, 1, 15]),
]
WORDS = [  # annotated tokens, words
    ("don ’ t", "do n’t"),
    ("Kenya ’ s", "Kenya ’s"),
    ("the boys ’ school", "the boys ’ school"),
    ("U . S . troops", "U.S. troops"),
    ("Dr . J . Smith", "Dr. J. Smith"),
    ("2022-2023", "2022 - 2023"),
    ("you're", "you 're"),
    ("couldn't", "could n't"),
    ("the 1970 s", "the 1970s"),
    ("Mi'kmaw", "Mi'kmaw"),
    ("side/front", "side / front"),
]
LEMMAS = [
    ("Parties", "party"),
    ("was", "be"),
    ("Kyiv", "Kyiv"),
    ("BUSH", "Bush"),
    ("n't", "not"),
    ("talks", "talk"),
    ("stopped", "stop"),
    ("n’t", "not"),
    ("’s", "'s"),
]
CUTS = [
    ("He left . She stayed .", 2),
    ("“ He left . ” She stayed .", 2),
    ("He met Mr. Smith .", 1),
    ("He left . and came back", 1),
]


def same(name, got, want):
    assert got == want, f"{name}: got {got!r}, want {want!r}"


def trees():
    chance = np.random.default_rng(3)
    for n in range(1, 6):
        for _ in range(20):
            s = chance.normal(size=(n, n + 1))
            top, best = -np.inf, None
            for heads in itertools.product(range(n + 1), repeat=n):
                if heads.count(0) != 1 or tree.cycle_of(np.array([-1, *heads])):
                    continue
                if any(h == i + 1 for i, h in enumerate(heads)):
                    continue
                value = sum(s[i, h] for i, h in enumerate(heads))
                if value > top:
                    top, best = value, list(heads)
            same("tree", tree.best(s), best)


def sequences():
    labels = ["O", "B-Person", "I-Person", "B-Date", "I-Date"]
    table = sequence.starting(labels, [["B-Person", "I-Person", "O"], ["O", "O"]])
    chance = np.random.default_rng(4)
    for n in range(1, 5):
        scores = chance.normal(size=(n, 5)).astype(np.float32)

        def value(path):
            steps = sum(table[a, b] for a, b in zip(path, path[1:]))
            return float(scores[range(n), path].sum() + table[5, path[0]] + steps)

        paths = list(itertools.product(range(5), repeat=n))
        values = torch.tensor([value(p) for p in paths])
        top = paths[int(values.argmax())]
        same("sequence", sequence.best(scores, table.numpy()), list(top))
        one, mask = torch.tensor(scores)[None], torch.ones(1, n, dtype=torch.bool)
        got = sequence.loss(one, torch.tensor([top]), mask, table).item() * n
        assert abs(got - (torch.logsumexp(values, 0) - values.max()).item()) < 1e-3, got


def network_round_trip():
    made = corpora.Sentence(
        ["Troops", "left", "Goma", "."],
        ["NOUN", "VERB", "PROPN", "PUNCT"],
        ["NNS", "VBD", "NNP", "."],
        ["troop", "leave", "Goma", "."],
        [2, 0, 2, 2],
        ["nsubj", "root", "obj", "punct"],
    )
    named = corpora.Sentence(["Troops", "left", "Goma"], entity=["O", "O", "B-Location"])
    vocab = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "troops", "left", "go", "##ma", "."]
    reading = pieces.Pieces(vocab)
    same("pieces", reading.sentence(named.words)[0], [2, 4, 5, 6, 7, 3])
    lists = {
        "upos": sorted(set(made.upos)),
        "xpos": sorted(set(made.xpos)),
        "lemma": [lemma.COPY, "k||||"],
        "entity": ["O", "B-Location", "I-Location"],
        "tree": sorted(set(made.rel)),
    }
    torch.manual_seed(0)
    reader = network.Reader(lists)
    labels = batches.Labels(lists)
    done = batches.epoch([made] * 3 + [named] * 3, reading, labels, 40, random.Random(1))
    same("kinds", sorted({b["kind"] for b in done}), ["entity", "tree"])
    for batch in done:
        sum(losses(reader, batch).values()).backward()
    with torch.no_grad():
        reader.embed.word.normal_()
    with tempfile.TemporaryDirectory() as folder:
        full, small = Path(folder) / "a.safetensors", Path(folder) / "b.safetensors"
        meta = network.metadata(reader, vocab, 0)
        files.write(full, network.tensors(reader), meta)
        files.write(small, files.quantise(network.tensors(reader)), meta)
        a, _ = files.read(full)
        b, _ = files.read(small)
        one, two = (scoring.read(r, reading, [made])[0] for r in (a, b.play_int8()))
        same("one root", one["head"].count(0), 1)
        same("lengths", [len(v) for v in two.values()], [4] * len(two))
        long = corpora.Sentence(["Goma"] * 300)
        far = scoring.read(a, reading, [long])[0]
        same("windows", (len(far["head"]), far["head"].count(0)), (300, 1))


def main():
    for text, want in SHAPES:
        same(text, pieces.shapes(text.split()), want)
    for text, want in WORDS:
        tokens = text.split(" ")
        same(text, " ".join(corpora.rewrite(tokens, ["O"] * len(tokens))[0]), want)
    for word, want in LEMMAS:
        same(word, lemma.apply(lemma.rule(word, want), word), want)
    same("a rule that does not fit", lemma.choose(["l|||ed|", "=meet"], "met", set().__contains__), "meet")
    ranked = ["l|||d|", "l|||ed|", "l||||", "l|||ied|y"]
    same("a real word", lemma.choose(ranked, "shelled", {"shell"}.__contains__), "shell")
    same("no word before a copy", lemma.choose(ranked, "denied", {"deny"}.__contains__), "denie")
    seen = lemma.known([("Met", "VBD", "meet")] * 2 + [("met", "VBN", "meet")], {"withdrew VBD": "withdraw"})
    same("known", seen, {"met VBD": "meet", "withdrew VBD": "withdraw"})
    for text, want in CUTS:
        words = text.split()
        same(text, len(corpora.cut(words, ["O"] * len(words))), want)
    same("spans", corpora.spans(["B-Person", "I-Person", "O", "I-Location"]), [(0, 2, "Person"), (3, 4, "Location")])
    same("basic", pieces.basic("Müller's 北京\u200b"), ["muller", "'", "s", "北", "京"])
    trees()
    sequences()
    network_round_trip()
    print("all checks hold")


if __name__ == "__main__":
    main()
