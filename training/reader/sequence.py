"""Entity labels as a sequence: which label may follow which, and how gladly.

Takes: each word's scores and a transition table [1 + k, k] whose last row is the
start. Gives: the loss of the gold sequence, and the best sequence (Viterbi).
Never: lets an I follow anything but its own B or I.

Example: with the table of `starting`, the best sequence never is `O I-Person`.
"""

import numpy as np
import torch

NEVER = -1000.0
PRIOR = 0.2  # how much of the counted log-odds the table starts with; the best of .2 to 1 on dev


def barred(labels: list[str]) -> torch.Tensor:
    k = len(labels)
    out = torch.zeros(k + 1, k, dtype=torch.bool)
    for j, label in enumerate(labels):
        if label[0] == "I":
            for i, before in enumerate(labels + ["O"]):
                out[i, j] = before == "O" or before[2:] != label[2:]
    return out


def starting(labels: list[str], sequences: list[list[str]]) -> torch.Tensor:
    """Log-odds of each label after each other, from counts."""
    k = len(labels)
    index = {label: i for i, label in enumerate(labels)}
    counts = np.full((k + 1, k), 0.1)
    for sequence in sequences:
        before = k
        for label in sequence:
            counts[before, index[label]] += 1
            before = index[label]
    after = np.log(counts / counts.sum(1, keepdims=True))
    alone = np.log(counts.sum(0) / counts.sum())
    table = torch.tensor(PRIOR * (after - alone), dtype=torch.float32)
    return table.masked_fill(barred(labels), NEVER)


def loss(scores: torch.Tensor, gold: torch.Tensor, mask: torch.Tensor, table: torch.Tensor) -> torch.Tensor:
    """Minus the log-probability of the gold sequences, per word."""
    k = table.shape[1]
    inner = table[:k]
    alpha = table[k] + scores[:, 0]
    safe = gold.clamp_min(0)
    here = scores.gather(2, safe.unsqueeze(-1)).squeeze(-1)
    steps = inner[safe[:, :-1], safe[:, 1:]]
    total = (here * mask).sum(1) + (steps * mask[:, 1:]).sum(1) + table[k][safe[:, 0]]
    for t in range(1, scores.shape[1]):
        new = torch.logsumexp(alpha.unsqueeze(2) + inner, dim=1) + scores[:, t]
        alpha = torch.where(mask[:, t, None], new, alpha)
    return (torch.logsumexp(alpha, dim=1) - total).sum() / mask.sum()


def best(scores: np.ndarray, table: np.ndarray) -> list[int]:
    """Viterbi; among equals the lower label."""
    k = table.shape[1]
    value, back = scores[0] + table[k], []
    for row in scores[1:]:
        reach = value[:, None] + table[:k]
        back.append(reach.argmax(0))
        value = reach.max(0) + row
    out = [int(value.argmax())]
    for step in reversed(back):
        out.append(int(step[out[-1]]))
    return out[::-1]
