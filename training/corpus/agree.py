"""How far two readers agree: `python3 training/corpus/agree.py FIRST.txt ... --second SECOND.txt ...`.

Takes: stand-off files of two independent readings; articles that both hold are
compared. Gives: F1 of triggers, of triggers with their type and of each argument,
the first reader as if right (F1 does not mind which), and Cohen's kappa of type and
status on the triggers that both marked. Never: looks at the text; offsets say it all.
"""

import argparse
import collections
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import check  # noqa: E402
import real  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
ARGUMENTS = ["a", "r", "x", "c", "if", "when", "where", "n", "by", "via"]


def marks(line):
    """Type, mode, status and {slot: [offsets or name]} of a stand-off line."""
    head, *fields = line.strip().split(" | ")
    words = head.split()
    kind, _, mode = words[0].partition(".")
    slots = collections.defaultdict(list)
    for part in fields:
        slot, value = part.split(" ", 1)
        value, _, name = value.partition(" = ")
        slots[slot].append(name.lower() if value == "^" else tuple(int(n) for n in value.split("-")))
    return {"kind": kind, "mode": mode, "status": words[1] if len(words) > 1 else "actual", "slots": slots}


def events(paths):
    out = {}
    for path in paths:
        for name, _, sentences in real.read_stand_off(path):
            out[name] = [
                [m for m in map(marks, lines) if m["kind"] != "SAY"] for _, _, lines in sentences
            ]
    return out


def same(a, b):
    """Offsets that overlap, or names that agree."""
    if isinstance(a, tuple) and isinstance(b, tuple):
        return a[0] < b[1] and b[0] < a[1]
    return a == b


def matched(first, second, fits):
    """One-to-one pairs, in order."""
    left, pairs = list(second), []
    for a in first:
        b = next((b for b in left if fits(a, b)), None)
        if b is not None:
            left.remove(b)
            pairs.append((a, b))
    return pairs


def f1(hit, first, second):
    return 2 * hit / max(first + second, 1)


def kappa(pairs):
    total = max(len(pairs), 1)
    seen = sum(a == b for a, b in pairs) / total
    left, right = (collections.Counter(p[i] for p in pairs) for i in (0, 1))
    chance = sum(left[k] * right[k] for k in left) / total**2
    return (seen - chance) / max(1 - chance, 1e-9)


def main():
    options = argparse.ArgumentParser(description="agreement of two readings")
    options.add_argument("first", nargs="*", type=pathlib.Path)
    options.add_argument("--second", nargs="*", type=pathlib.Path)
    chosen = options.parse_args()
    first = events(chosen.first or sorted((HERE / "first").glob("*.txt")))
    second = events(chosen.second or sorted((HERE / "second").glob("*.txt")))
    shared = sorted(first.keys() & second.keys())
    counts, arguments, kinds, statuses, modes = collections.Counter(), collections.defaultdict(collections.Counter), [], [], []
    for name in shared:
        for here, there in zip(first[name], second[name]):
            counts["sentences"] += 1
            counts["both empty or both not"] += bool(here) == bool(there)
            counts["first"] += len(here)
            counts["second"] += len(there)
            trigger = lambda a, b: same(a["slots"]["t"][0], b["slots"]["t"][0])
            pairs = matched(here, there, trigger)
            counts["trigger"] += len(pairs)
            kinds += [(a["kind"], b["kind"]) for a, b in pairs]
            typed = matched(here, there, lambda a, b: trigger(a, b) and a["kind"] == b["kind"])
            counts["typed"] += len(typed)
            statuses += [(a["status"], b["status"]) for a, b in typed]
            modes += [(a["mode"], b["mode"]) for a, b in typed]
            for a, b in typed:
                for slot in ARGUMENTS:
                    one, two = a["slots"][slot], b["slots"][slot]
                    arguments[slot].update(hit=len(matched(one, two, same)), first=len(one), second=len(two))
    print(f"articles {len(shared)}, sentences {counts['sentences']}, "
          f"events {counts['first']} and {counts['second']}")
    print(f"sentences with or without an event  {counts['both empty or both not'] / max(counts['sentences'], 1):.3f} agree")
    for key, label in (("trigger", "trigger"), ("typed", "trigger and type")):
        print(f"{label:35} F1 {f1(counts[key], counts['first'], counts['second']):.3f}")
    for label, pairs in (("type, on shared triggers", kinds), ("status, on typed triggers", statuses), ("mode, on typed triggers", modes)):
        print(f"{label:35} kappa {kappa(pairs):.3f}, {sum(a == b for a, b in pairs)} of {len(pairs)} equal")
    for slot in ARGUMENTS:
        c = arguments[slot]
        if c["first"] + c["second"]:
            print(f"{check.SLOTS[slot]:35} F1 {f1(c['hit'], c['first'], c['second']):.3f}  ({c['first']} and {c['second']})")
    differing = collections.Counter(tuple(sorted(p)) for p in kinds if p[0] != p[1])
    print("types taken for each other:", ", ".join(f"{a}/{b} {n}" for (a, b), n in differing.most_common(8)))


if __name__ == "__main__":
    main()
