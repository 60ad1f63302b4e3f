"""Trains the reader: `python -m training.train --data DATA --minilm FOLDER`.

Takes: the two corpora and MiniLM. Gives: `training/out/NAME.safetensors` (fp32),
`log.txt`, and a checkpoint after every pass. Never: looks at a dev sentence
except to score it.
"""

import argparse
import copy
import json
import os
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from .reader import corpora, files, lemma, network, scoring, sequence
from .reader.batches import NOTHING, Labels, epoch
from .reader.pieces import Pieces, vocab_of


def label_lists(trees: list[corpora.Sentence]) -> dict[str, list[str]]:
    entity = ["O"] + [f"{p}-{k}" for k in corpora.ENTITY_TYPES for p in "BI"]
    return {
        "upos": sorted({u for s in trees for u in s.upos}),
        "xpos": sorted({x for s in trees for x in s.xpos}),
        "lemma": lemma.classes([(w, m) for s in trees for w, m in zip(s.words, s.lemma)]),
        "entity": entity,
        "tree": sorted({r for s in trees for r in s.rel}),
    }


def losses(reader, batch) -> dict[str, torch.Tensor]:
    hidden = reader.hidden(batch["pieces"], batch["shapes"], batch["mask"])
    words = reader.drop(reader.words(hidden, batch["first"]))
    there = batch["word_mask"][:, 1:]
    flat = words[:, 1:][there]
    out = {}
    for name in network.TOKEN_HEADS:
        if name in batch and name != "entity":
            out[name] = F.cross_entropy(reader.head[name](flat).float(), batch[name][there], ignore_index=NOTHING)
    if "entity" in batch:
        # The sequence's loss, and some of each word's own so that its scores mean something alone.
        scores = reader.head["entity"](words[:, 1:]).float()
        chain = sequence.loss(scores, batch["entity"], there, reader.transition.masked_fill(reader.barred, sequence.NEVER))
        out["entity"] = chain + 0.3 * F.cross_entropy(scores[there], batch["entity"][there])
    if "arc" in batch:
        arcs = reader.tree.arc(words, reader.drop).float()
        arcs = arcs.masked_fill(~batch["word_mask"][:, None, :], -1e4)
        gold = batch["arc"]
        out["arc"] = F.cross_entropy(arcs[there], gold[there])
        head = words.gather(1, gold.clamp_min(0).unsqueeze(-1).expand(-1, -1, words.shape[-1]))
        labels = reader.tree.label(flat, head[there], reader.drop).float()
        out["label"] = F.cross_entropy(labels, batch["label"][there], ignore_index=NOTHING)
    return out


WEIGHT = {"upos": 0.5, "xpos": 0.5, "lemma": 0.5, "arc": 1.0, "label": 0.7, "entity": 1.0}


class Average:
    """A running mean of the weights, which scores better than any one step's."""

    def __init__(self, reader, keep: float):
        self.keep = keep
        self.reader = copy.deepcopy(reader).eval()
        self.pairs = [(a, b) for a, b in zip(self.reader.parameters(), reader.parameters()) if b.requires_grad]
        self.steps = 0

    @torch.no_grad()
    def step(self):
        self.steps += 1
        keep = min(self.keep, self.steps / (self.steps + 10))
        mine, theirs = zip(*self.pairs)
        torch._foreach_lerp_(list(mine), [p.detach() for p in theirs], 1 - keep)


def say(path: Path, **row):
    line = json.dumps(row)
    print(line, flush=True)
    with path.open("a") as f:
        f.write(line + "\n")


def main():
    ask = argparse.ArgumentParser(description="train the reader")
    ask.add_argument("--data", type=Path, required=True, help="folder with ud-ewt/ and newswire/")
    ask.add_argument("--minilm", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    ask.add_argument("--out", type=Path, default=Path("training/out"))
    ask.add_argument("--name", default="reader")
    ask.add_argument("--start", type=Path, help="start from this fp32 file instead of MiniLM")
    ask.add_argument("--passes", type=int, default=9, help="passes over the treebank")
    ask.add_argument("--news", type=float, default=0.4, help="share of the newswire read in each pass")
    ask.add_argument("--size", type=int, default=1200, help="pieces in a batch, padding counted")
    ask.add_argument("--encoder-rate", type=float, default=1.5e-4)
    ask.add_argument("--head-rate", type=float, default=8e-4)
    ask.add_argument("--word-rate", type=float, default=5e-5, help="word embeddings; 0 freezes them")
    ask.add_argument("--decay", type=int, default=2, help="last passes, in which the rates fall to nothing")
    ask.add_argument("--minutes", type=float, default=0, help="if over 0: decay by the clock from now, and stop then")
    ask.add_argument("--resume", action="store_true", help="go on from NAME.state")
    ask.add_argument("--warm", type=int, default=100, help="steps of warm-up")
    ask.add_argument("--keep", type=float, default=0.98, help="how slowly the averaged weights move")
    ask.add_argument("--threads", type=int, default=1)
    ask.add_argument("--seed", type=int, default=7)
    ask.add_argument("--untrained", action="store_true", help="write the starting weights and stop")
    given = ask.parse_args()

    torch.manual_seed(given.seed)
    np.random.seed(given.seed)
    chance = random.Random(given.seed)
    torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    log = given.out / "log.txt"

    trees = corpora.treebank(given.data / "ud-ewt" / "train.conllu.gz")
    tree_dev = corpora.treebank(given.data / "ud-ewt" / "dev.conllu.gz")[::5]
    news, news_dev = corpora.newswire(given.data / "newswire")
    news_dev = news_dev[::6]
    vocab = vocab_of(given.minilm)
    pieces = Pieces(vocab)
    labels = Labels(label_lists(trees))
    triples = [(w, x, m) for s in trees for w, x, m in zip(s.words, s.xpos, s.lemma)]
    reader = network.Reader(labels.lists, lemma.known(triples, lemma.irregular()))
    reader.read_minilm(given.minilm)
    with torch.no_grad():
        reader.transition.copy_(sequence.starting(labels.lists["entity"], [s.entity for s in news]))
    if given.start:
        # A head whose labels have changed since then starts anew.
        earlier, now = files.read(given.start)[0].state_dict(), reader.state_dict()
        reader.load_state_dict(now | {k: v for k, v in earlier.items() if v.shape == now[k].shape and k != "transition"})
    if given.untrained:
        meta = network.metadata(reader, vocab, given.seed)
        files.write(given.out / f"{given.name}.safetensors", network.tensors(reader), meta)
        return
    say(log, start=vars(given) | {k: str(v) for k, v in vars(given).items() if isinstance(v, Path)})

    groups = network.parameter_groups(reader, given.encoder_rate, given.head_rate, given.word_rate)
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    trained = [p for g in groups for p in g["params"]]
    average = Average(reader, given.keep)
    plain = [s for s in news if not any(e != "O" for e in s.entity)]
    named = [s for s in news if any(e != "O" for e in s.entity)]
    chance.shuffle(named)
    chance.shuffle(plain)
    begun, step, taught, cursor = time.time(), 0, 0, [0, 0]

    def share(pool, which, part):
        """The next `part` of a pool, round and round."""
        n = int(len(pool) * part)
        got = [pool[(cursor[which] + i) % len(pool)] for i in range(n)]
        cursor[which] += n
        return got

    state = given.out / f"{given.name}.state"
    done = 0
    if given.resume:
        kept = torch.load(state, weights_only=False)
        reader.load_state_dict(kept["reader"])
        optimiser.load_state_dict(kept["optimiser"])
        average.reader.load_state_dict(kept["average"])
        chance.setstate(kept["chance"])
        done, step, taught, cursor, average.steps = kept["counts"]

    for number in range(done + 1, given.passes + 1):
        reader.train()
        # Sentences without a name teach little: they come half as often.
        chosen = trees + share(named, 0, given.news) + share(plain, 1, given.news / 2)
        batches = epoch(chosen, pieces, labels, given.size, chance)
        total = len(batches) * given.passes
        sums: dict[str, list[float]] = {}
        for place, batch in enumerate(batches):
            left = given.passes - number + 1 - place / len(batches)
            rest = left / max(given.decay, 1)
            if given.minutes:
                rest = 1 - (time.time() - begun) / 60 / given.minutes
                if rest <= 0:
                    break
            slope = min(1.0, (step + 1) / given.warm, max(0.02, rest))
            for g in optimiser.param_groups:
                g["lr"] = g["rate"] * slope
            with torch.autocast("cpu", dtype=torch.bfloat16):
                each = losses(reader, batch)
            loss = sum(WEIGHT[k] * v for k, v in each.items())
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 5.0, foreach=True)
            optimiser.step()
            if step % 5 == 0:
                average.step()
            step += 1
            taught += int(batch["mask"].sum())
            for k, v in each.items():
                sums.setdefault(k, []).append(v.item())
            if step % 100 == 0:
                meta = network.metadata(average.reader, vocab, given.seed)
                files.write(given.out / f"{given.name}.safetensors", network.tensors(average.reader), meta)
            if step % 50 == 0:
                means = {k: round(sum(v[-25:]) / len(v[-25:]), 3) for k, v in sums.items()}
                minutes = (time.time() - begun) / 60
                say(log, step=step, of=total, minutes=round(minutes, 1), pieces=taught, loss=means)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            row = scoring.tree_scores(average.reader, pieces, tree_dev)
            entity = scoring.entity_scores(average.reader, pieces, news_dev)
        row |= {"main four": entity["main four"]["f1"], "all nine": entity["all nine"]["f1"]}
        say(log, passed=number, minutes=round((time.time() - begun) / 60, 1), scores=row)
        meta = network.metadata(average.reader, vocab, given.seed)
        files.write(given.out / f"{given.name}.safetensors", network.tensors(average.reader), meta)
        half = state.with_suffix(".half")
        torch.save(
            {
                "reader": reader.state_dict(),
                "optimiser": optimiser.state_dict(),
                "average": average.reader.state_dict(),
                "chance": chance.getstate(),
                "counts": (number, step, taught, cursor, average.steps),
            },
            half,
        )
        os.replace(half, state)
        if given.minutes and time.time() - begun > 60 * given.minutes:
            break


if __name__ == "__main__":
    main()
