"""Trains the coder: `python -m training.train_coder --reader FP32 --minilm FOLDER --tokens COMMAND`.

Takes: the corpus, MiniLM, a reader's weights (for its word embeddings and vectors)
and the example `tokens` of verbale-reading. Gives: `training/out/NAME.safetensors`
(fp32 safetensors) and `NAME.log`. Never: looks at the test split; dev chooses the pass.
"""

import argparse
import copy
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from .coder import batches, corpus, network, plover, scoring
from .reader import files
from .reader.batches import NOTHING
from .reader.pieces import Pieces

WEIGHT = {"trigger": 1.0, "mode": 0.4, "status": 0.5, "role": 1.0, "type": 1.0}


def losses(coder, batch) -> dict[str, torch.Tensor]:
    words = coder.words(batch)
    if batch["kind"] == "pair":
        scores = coder.relate(words, batch["marks"], batch["there"]).float()
        return {"type": F.cross_entropy(scores, batch["type"], label_smoothing=0.05)}
    there, out = batch["there"], {}
    flat = coder.drop(words[there])
    for name in ("trigger", "mode", "status"):
        gold = batch[name][there]
        if (gold != NOTHING).any():
            out[name] = F.cross_entropy(coder.head[name](flat).float(), gold, ignore_index=NOTHING)
    if "role" in batch:
        of, gold = batch["role_of"], batch["role"]
        e, n, h = len(of), words.shape[1], words.shape[2]
        told = words[of[:, 0], of[:, 1]]
        scores = coder.roles(words[of[:, 0]].reshape(-1, h), told.unsqueeze(1).expand(e, n, h).reshape(-1, h), coder.drop)
        out["role"] = F.cross_entropy(scores.float(), gold.reshape(-1), ignore_index=NOTHING)
    return out


class Average:
    """A running mean of the weights."""

    def __init__(self, coder, keep: float = 0.98):
        self.keep, self.coder, self.steps = keep, copy.deepcopy(coder).eval(), 0

    @torch.no_grad()
    def step(self, coder):
        self.steps += 1
        keep = min(self.keep, self.steps / (self.steps + 10))
        torch._foreach_lerp_(list(self.coder.parameters()), [p.detach() for p in coder.parameters()], 1 - keep)


def fit(coder, pieces, items, passes, rates, size, chance, each=None, minutes=0.0):
    """Trains on Sentences and Pairs; gives the averaged coder. `each(number, average, means)` after a pass."""
    groups = [
        {"params": [p for n, p in coder.named_parameters() if p.requires_grad and n.startswith(part)], "rate": rate}
        for part, rate in (("layer.", rates[0]), ("embed.", rates[0]), ("head.", rates[1]), ("roles.", rates[1]))
    ]
    for g in groups:
        g["lr"] = g["rate"]
    trained = [p for g in groups for p in g["params"]]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    average, step, begun = Average(coder), 0, time.time()
    for number in range(1, passes + 1):
        coder.train()
        todo = batches.epoch(items, pieces, size, chance)
        total, sums = len(todo) * passes, {}
        for batch in todo:
            slope = min(1.0, (step + 1) / 100, max(0.02, 1.25 * (1 - step / total)))
            for g in optimiser.param_groups:
                g["lr"] = g["rate"] * slope
            with torch.autocast("cpu", dtype=torch.bfloat16):
                parts = losses(coder, batch)
            loss = sum(WEIGHT[k] * v for k, v in parts.items())
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 2.0, foreach=True)
            optimiser.step()
            if step % 4 == 0:
                average.step(coder)
            step += 1
            for k, v in parts.items():
                sums.setdefault(k, []).append(v.item())
        if each:
            each(number, average.coder, {k: round(sum(v) / len(v), 3) for k, v in sums.items()}, time.time() - begun)
    return average.coder


def data(given, chance) -> tuple[list[corpus.Sentence], list[corpus.Pair]]:
    found = corpus.sentences(corpus.articles(given.newswire), given.tokens)
    pairs = corpus.marked_pairs(corpus.written(), given.tokens, "written")
    pairs += corpus.derived(found, chance)
    if given.newswire:
        pairs += corpus.real_pairs(given.newswire, given.tokens)
    return found, pairs


def write(path: Path, coder, seed: int, fitted: dict):
    files.write(path, network.tensors(coder), network.metadata(seed, fitted))


def read(path: Path, reader) -> network.Coder:
    from safetensors.torch import load_file

    coder = network.Coder(reader)
    values = load_file(path)
    for name in list(values):
        if name + ".scale" in values:
            values[name] = values[name].float() * values.pop(name + ".scale")[:, None]
    coder.load_state_dict({k: v.float() for k, v in values.items()}, strict=True)
    return coder


def main():
    ask = argparse.ArgumentParser(description="train the coder")
    ask.add_argument("--reader", type=Path, default=Path("training/out/reader.safetensors"), help="fp32 or int8")
    ask.add_argument("--minilm", type=Path, required=True)
    ask.add_argument("--tokens", default="target/release/examples/tokens")
    ask.add_argument("--newswire", type=Path, help="folder with articles/, for the annotations of real text")
    ask.add_argument("--plover", type=Path, help="folder with PLV_train.tsv, to measure on (never to train)")
    ask.add_argument("--out", type=Path, default=Path("training/out"))
    ask.add_argument("--name", default="coder")
    ask.add_argument("--passes", type=int, default=5)
    ask.add_argument("--rate", type=float, default=1e-4)
    ask.add_argument("--head-rate", type=float, default=8e-4)
    ask.add_argument("--size", type=int, default=1600, help="pieces in a batch")
    ask.add_argument("--threads", type=int, default=2)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--start", type=Path, help="go on from this file instead of MiniLM")
    ask.add_argument("--only", choices=["pairs", "sentences"], help="leave the other part out, to compare")
    given = ask.parse_args()
    torch.manual_seed(given.seed)
    np.random.seed(given.seed)
    chance = random.Random(given.seed)
    torch.set_num_threads(given.threads)
    given.out.mkdir(parents=True, exist_ok=True)
    log = given.out / f"{given.name}.log"

    def say(**row):
        line = json.dumps(row, default=str)
        print(line, flush=True)
        with log.open("a") as f:
            f.write(line + "\n")

    reader, meta = files.read(given.reader)
    pieces = Pieces(meta["vocab"].split("\n"))
    coder = network.Coder(reader)
    reader.read_minilm(given.minilm)
    coder.start(reader)
    # `start` read MiniLM into the reader; its own words are what the program has.
    reader, _ = files.read(given.reader)
    coder.word = [reader.embed.word.detach(), reader.embed.position.detach()]

    if given.start:
        coder = read(given.start, reader)

    found, pairs = data(given, chance)
    train = [s for s in found if s.split == "train" and given.only != "pairs"]
    train += [p for p in pairs if p.split == "train" and given.only != "sentences"]
    dev = [s for s in found if s.split == "dev"]
    dev_pairs = [p for p in pairs if p.split == "dev"]
    say(start=vars(given), sentences=sum(isinstance(x, corpus.Sentence) for x in train),
        pairs=sum(isinstance(x, corpus.Pair) for x in train), dev=len(dev), dev_pairs=len(dev_pairs))

    best = [-1.0]

    def each(number, average, means, seconds):
        row = {"passed": number, "minutes": round(seconds / 60, 1), "loss": means}
        with torch.autocast("cpu", dtype=torch.bfloat16):
            row["dev"] = scoring.sentence_scores(average, pieces, dev)
            row["pairs"] = scoring.pair_scores(average, pieces, dev_pairs)
            if given.plover:
                row["plover"] = plover.measure(average, pieces, given.plover, given.tokens)
        say(**row)
        value = row["dev"]["trigger"]["f1"] + row["dev"]["roles"]["f1"] + row["pairs"]["macro"]
        if value > best[0]:
            best[0] = value
            write(given.out / f"{given.name}.safetensors", average, given.seed, {})

    fit(coder, pieces, train, given.passes, (given.rate, given.head_rate), given.size, chance, each)


if __name__ == "__main__":
    main()
