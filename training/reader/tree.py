"""The best single-rooted tree of arc scores (Chu, Liu and Edmonds).

Takes: scores [n, 1 + n], column 0 the root. Gives: a head for each word, 0 the
root. Never: gives two roots or a cycle.

Example: `best(np.array([[5, 0, 1], [0, 4, 0]]))` is `[0, 1]`.
"""

import numpy as np

FAR = -1e9


def cycle_of(head: np.ndarray) -> list[int]:
    seen = np.zeros(len(head), dtype=int)
    for start in range(1, len(head)):
        path, v = [], start
        while v > 0 and not seen[v]:
            seen[v] = start
            path.append(v)
            v = head[v]
        if v > 0 and seen[v] == start:
            return path[path.index(v) :]
    return []


def edmonds(s: np.ndarray) -> np.ndarray:
    """s [m, m]: s[i, j] is the score of j as head of i; node 0 is the root."""
    head = s.argmax(axis=1)
    head[0] = -1
    ring = cycle_of(head)
    if not ring:
        return head
    m = len(s)
    rest = [v for v in range(m) if v not in set(ring)]
    inside = np.array(ring)
    total = sum(s[v, head[v]] for v in ring)
    k = len(rest)  # the ring's node in the smaller graph
    t = np.full((k + 1, k + 1), FAR)
    t[:k, :k] = s[np.ix_(rest, rest)]
    into = total + s[np.ix_(inside, rest)] - s[inside, head[inside]][:, None]
    enter = into.argmax(axis=0)
    t[k, :k] = into.max(axis=0)
    leaving = s[np.ix_(rest, inside)]
    leave = leaving.argmax(axis=1)
    t[:k, k] = leaving.max(axis=1)
    t[k, k] = FAR
    t[0, :] = FAR
    small = edmonds(t)
    out = np.full(m, -1)
    for a in range(1, k):
        out[rest[a]] = inside[leave[a]] if small[a] == k else rest[small[a]]
    for v in ring:
        out[v] = head[v]
    broken = inside[enter[small[k]]]
    out[broken] = rest[small[k]]
    return out


def best(scores: np.ndarray) -> list[int]:
    n = len(scores)
    greedy = scores.argmax(axis=1)
    if (greedy == 0).sum() == 1 and not cycle_of(np.concatenate([[-1], greedy])):
        return greedy.tolist()
    full = np.full((n + 1, n + 1), FAR)
    full[1:] = scores
    full[np.arange(n + 1), np.arange(n + 1)] = FAR
    head = edmonds(full.copy())[1:]
    if (head == 0).sum() == 1:
        return head.tolist()
    # Several roots: one run for each plausible root, the best total wins.
    top, kept = -np.inf, head
    for r in np.argsort(-scores[:, 0])[: max(5, int((head == 0).sum()))]:
        one = full.copy()
        one[1:, 0] = FAR
        one[r + 1, 0] = scores[r, 0]
        h = edmonds(one)[1:]
        value = one[np.arange(1, n + 1), h].sum()
        if value > top:
            top, kept = value, h
    return kept.tolist()
