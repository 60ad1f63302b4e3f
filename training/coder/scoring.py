"""Scores of a Coder on annotated sentences and on marked pairs.

Takes: a Coder and items. Gives: F1 of triggers with their type, accuracy of status
and mode on found triggers, F1 of roles on found triggers, accuracy and macro F1 of
relations. Never: trains.

Example: `sentence_scores(coder, pieces, dev)["trigger"]["f1"]`.
"""

from collections import Counter

import torch

from ..reader.batches import grouped
from ..reader.scoring import f1
from . import batches, corpus


@torch.no_grad()
def read(coder, pieces, sentences, size: int = 4000):
    """For each sentence the logits: trigger [n, 17], mode, status, and a function role(trigger) -> [n, roles]."""
    coder.eval()
    items = [batches.read(s.words, pieces) | {"kind": "sentence", "place": i} for i, s in enumerate(sentences)]
    out = [None] * len(sentences)
    for group in grouped(items, size):
        batch = batches.collate(group)
        words = coder.words(batch)
        heads = {name: coder.head[name](words).float() for name in ("trigger", "mode", "status")}
        for row, i in enumerate(group):
            n = i["n"]
            here = {name: h[row, :n] for name, h in heads.items()}
            out[i["place"]] = here | {"words": words[row, :n]}
    return out


@torch.no_grad()
def roles_of(coder, words, trigger):
    n = len(words)
    return coder.roles(words, words[trigger].unsqueeze(0).expand(n, -1), coder.drop).float()


def sentence_scores(coder, pieces, sentences, threshold: float = 0.5) -> dict:
    hit = found = wanted = right_status = right_mode = modes = idle = false = untyped = 0
    role_hit, role_found, role_wanted = Counter(), Counter(), Counter()
    actual, actual_right = 0, 0
    for s, r in zip(sentences, read(coder, pieces, sentences)):
        share = r["trigger"].softmax(-1)
        told = {}
        for i in range(len(s.words)):
            p, k = share[i, 1:].max(-1)
            if 1 - share[i, 0] > threshold:
                told[i] = corpus.TYPES[k]
        if not s.events:
            idle += 1
            false += len(told)
        wanted += len(s.events)
        found += len(told)
        used = set()
        for i, kind in told.items():
            gold = next((e for e in s.events if i in e.extent and e.kind == kind and id(e) not in used), None)
            untyped += any(i in e.extent for e in s.events)
            status = corpus.STATUSES[r["status"][i].argmax()]
            actual += status == "actual"
            actual_right += status == "actual" and any(i in e.extent and e.status == "actual" for e in s.events)
            if not gold:
                continue
            used.add(id(gold))
            hit += 1
            right_status += gold.status == status
            if gold.mode:
                modes += 1
                own = [m for m in range(len(corpus.MODES)) if corpus.MODES[m].startswith(kind + ".")]
                right_mode += corpus.MODES[max(own, key=lambda m: r["mode"][i, m])] == f"{kind}.{gold.mode}"
            best = roles_of(coder, r["words"], i).argmax(-1).tolist()
            got = {(w, corpus.ROLES[b - 1]) for w, b in enumerate(best) if b}
            want = set(gold.roles)
            for counter, pairs in ((role_hit, got & want), (role_found, got), (role_wanted, want)):
                counter.update(role for _, role in pairs)
    total = [sum(c.values()) for c in (role_hit, role_found, role_wanted)]
    return {
        "trigger": f1(hit, found, wanted),
        "untyped": f1(untyped, found, wanted),
        "status": round(right_status / max(hit, 1), 4),
        "mode": round(right_mode / max(modes, 1), 4),
        "actual precision": round(actual_right / max(actual, 1), 4),
        "false per 100 idle": round(100 * false / max(idle, 1), 2),
        "roles": f1(*total),
        **{f"role {k}": f1(role_hit[k], role_found[k], role_wanted[k])["f1"] for k in corpus.ROLES},
    }


@torch.no_grad()
def relations(coder, pieces, pairs, size: int = 4000) -> torch.Tensor:
    """[pairs, 1 + types] shares."""
    coder.eval()
    items = [batches.of_pair(p, pieces) | {"place": i} for i, p in enumerate(pairs)]
    out = torch.zeros(len(pairs), 1 + len(corpus.TYPES))
    for group in grouped(items, size):
        batch = batches.collate(group)
        scores = coder.relate(coder.words(batch), batch["marks"], batch["there"]).float().softmax(-1)
        for row, i in enumerate(group):
            out[i["place"]] = scores[row]
    return out


def macro(gold: list, told: list) -> tuple[float, dict]:
    each = {}
    for label in sorted(set(gold)):
        hit = sum(g == label == t for g, t in zip(gold, told))
        each[label] = f1(hit, sum(t == label for t in told), sum(g == label for g in gold))["f1"]
    return round(sum(each.values()) / max(len(each), 1), 4), each


def pair_scores(coder, pieces, pairs) -> dict:
    names = [corpus.NOTHING] + corpus.TYPES
    told = [names[i] for i in relations(coder, pieces, pairs).argmax(-1).tolist()]
    gold = [p.kind for p in pairs]
    return {"macro": macro(gold, told)[0], "right": round(sum(g == t for g, t in zip(gold, told)) / max(len(gold), 1), 4)}
