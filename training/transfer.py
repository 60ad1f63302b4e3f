"""The transfer measurement: `python -m training.transfer TRAIN.tsv [TEST.tsv]`.

Takes: files laid out as PLV_train.tsv (`marked_sentence`, `gold_root`, `gold_penta`)
and the coder's weights. Gives: macro F1 of root, quad and binary after fine-tuning
our weights on the train file; without a test file, over five folds of it. Several
seeds, with their spread, and the commonest confusions. Never: writes weights; what
is fine-tuned on such a file is not shipped.

This is the protocol of the published supervised systems: weights trained elsewhere
as the start, four fifths to learn from, one fifth to test on.
"""

import argparse
import json
import random
import statistics
from collections import Counter
from pathlib import Path

import torch

from .coder import batches, corpus, plover, scoring
from .reader import files
from .reader.batches import grouped
from .reader.pieces import Pieces
from .train_coder import Average, read


def classes(kind: str) -> list[int]:
    """The types a gold class may mean: YIELD is CONCEDE or RETREAT."""
    names = ["CONCEDE", "RETREAT"] if kind == "YIELD" else [kind]
    return [batches.KIND[n] - 1 for n in names]


def loss_of(scores, golds):
    """Minus the log-probability that the type is one of those the gold class may mean."""
    logs = scores[:, 1:].float().log_softmax(-1)
    masks = torch.full_like(logs, -torch.inf)
    for row, gold in enumerate(golds):
        masks[row, classes(gold)] = 0.0
    return -(logs + masks).logsumexp(-1).mean()


def tune(coder, pieces, pairs, given, seed):
    torch.manual_seed(seed)
    chance = random.Random(seed)
    groups = [
        {"params": [p for n, p in coder.named_parameters() if n.startswith(part)], "rate": rate}
        for part, rate in (("layer.", given.rate), ("embed.", given.rate), ("head.relate", given.head_rate))
    ]
    for g in groups:
        g["lr"] = g["rate"]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    trained = [p for g in groups for p in g["params"]]
    items = [batches.of_pair(p, pieces) | {"gold": p.kind} for p in pairs]
    average, step = Average(coder, 0.95), 0
    coder.train()
    for _ in range(given.passes):
        chance.shuffle(items)
        todo = grouped(items, given.size)
        chance.shuffle(todo)
        total = len(todo) * given.passes
        for group in todo:
            slope = min(1.0, (step + 1) / 20, max(0.02, 1.2 * (1 - step / total)))
            for g in optimiser.param_groups:
                g["lr"] = g["rate"] * slope
            batch = batches.collate(group)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = coder.relate(coder.words(batch), batch["marks"], batch["there"])
            loss = loss_of(scores, [i["gold"] for i in group])
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0, foreach=True)
            optimiser.step()
            step += 1
            average.step(coder)
    return average.coder


def told(given, pieces, reader, train, test, seed):
    coder = tune(read(given.start, reader), pieces, train, given, seed)
    return plover.answers(scoring.relations(coder, pieces, test))


def main():
    ask = argparse.ArgumentParser(description="fine-tune on a file of marked pairs, and test")
    ask.add_argument("train", type=Path)
    ask.add_argument("test", type=Path, nargs="?", help="without it: five folds of the train file")
    ask.add_argument("--start", type=Path, default=Path("model/coder.safetensors"))
    ask.add_argument("--reader", type=Path, default=Path("model/reader.safetensors"))
    ask.add_argument("--tokens", default="target/release/examples/tokens")
    ask.add_argument("--passes", type=int, default=5)
    ask.add_argument("--rate", type=float, default=6e-5)
    ask.add_argument("--head-rate", type=float, default=3e-4)
    ask.add_argument("--size", type=int, default=700)
    ask.add_argument("--seeds", type=int, default=5)
    ask.add_argument("--threads", type=int, default=2)
    given = ask.parse_args()
    torch.set_num_threads(given.threads)
    reader, meta = files.read(given.reader)
    pieces = Pieces(meta["vocab"].split("\n"))
    rows = plover.rows(given.train)
    pairs = plover.pairs(rows, given.tokens)
    all_scores, wrong = [], Counter()
    for seed in range(given.seeds):
        if given.test:
            rows_test = plover.rows(given.test)
            answers = told(given, pieces, reader, pairs, plover.pairs(rows_test, given.tokens), seed)
        else:
            order = list(range(len(rows)))
            random.Random(seed).shuffle(order)
            answers, rows_test = [""] * len(rows), rows
            for fold in range(5):
                out = set(order[fold::5])
                part = told(given, pieces, reader, [p for i, p in enumerate(pairs) if i not in out],
                            [pairs[i] for i in sorted(out)], seed)
                for i, answer in zip(sorted(out), part):
                    answers[i] = answer
        scores = plover.plv_scores(rows_test, answers)
        all_scores.append(scores)
        wrong.update((r["gold_root"], plover.root(a)) for r, a in zip(rows_test, answers) if r["gold_root"] != plover.root(a))
        print(json.dumps({"seed": seed} | scores), flush=True)
    spread = {k: [round(statistics.mean(v), 4), round(statistics.pstdev(v), 4)]
              for k in ("root", "quad", "binary") for v in [[s[k] for s in all_scores]]}
    print(json.dumps({"mean and deviation": spread, "confusions": wrong.most_common(10)}))


if __name__ == "__main__":
    main()
