"""Reads the corpus and proves it.

Takes: the files of `original/` (or those named on the command line).
Gives: nothing but a zero exit where every annotation parses, every span is in
its sentence and every label is one of the codebook's; else one line a mistake,
`file:line: what is wrong`, and exit 1. `--counts` adds tables, `--jsonl` prints
one object an article with code-point offsets, for training.
Never: guesses. A span that occurs twice must say which (`#2`).

    python3 training/corpus/check.py --counts
"""

import argparse
import collections
import datetime
import hashlib
import json
import pathlib
import re
import statistics
import sys

MODES = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct torture sexual destroy beat crowd-control primitive firearms explosives "
    "targeted suicide-attack aerial drone heavy-weapons unconventional",
}
STATUSES = ["actual", "future", "hypothetical", "negated", "historical"]
REGIONS = [
    "africa", "mena", "europe", "eurasia", "south-asia", "east-asia",
    "southeast-asia", "latin-america", "north-america", "oceania",
]
KINDS = [
    "wire", "local", "brief", "feature", "interview", "statement", "opinion",
    "broadcast", "sport", "business", "culture", "court", "weather", "science",
]
# Slot as written -> field of the record.
SLOTS = {
    "t": "trigger", "a": "actor", "r": "recipient", "x": "third_party",
    "c": "content", "if": "condition", "by": "speaker", "via": "medium",
    "cue": "cue", "when": "time", "where": "place", "n": "count",
}
ONCE = {"t", "c"}
NAMED = {"a", "r", "x", "by", "via", "where"}
NEEDS_RECIPIENT = {"COOPERATE", "AID", "SANCTION"}
HEADER = ["published", "publication", "region", "kind"]


class Mistake(Exception):
    """What is wrong with one line."""


def occurrences(text, span):
    """Start of every place where `span` stands in `text` as whole words."""
    left = r"(?<!\w)" if re.match(r"\w", span) else ""
    right = r"(?!\w)" if re.search(r"\w$", span) else ""
    return [m.start() for m in re.finditer(left + re.escape(span) + right, text)]


def parse_span(slot, value, sentence):
    name = None
    if " = " in value:
        value, name = (part.strip() for part in value.split(" = ", 1))
        if slot not in NAMED:
            raise Mistake(f"slot {slot} takes no name")
        if not name:
            raise Mistake("empty name after =")
    if value == "^":
        if slot not in ("a", "r", "by", "via") or not name:
            raise Mistake("^ is only for a, r, by and via, and wants a name")
        return {"exact": None, "name": name}
    which = None
    numbered = re.fullmatch(r"(.*\S) #(\d+)", value)
    if numbered:
        value, which = numbered.group(1), int(numbered.group(2))
    found = occurrences(sentence, value)
    if not found:
        raise Mistake(f"not in the sentence: {value!r}")
    if which is None and len(found) > 1:
        raise Mistake(f"{value!r} occurs {len(found)} times, say which with #1")
    if which is not None and not 1 <= which <= len(found):
        raise Mistake(f"{value!r} has no occurrence #{which}")
    start = found[(which or 1) - 1]
    span = {"exact": value, "start": start, "end": start + len(value)}
    if name:
        span["name"] = name
    return span


def parse_annotation(line, sentence):
    head, *fields = [part.strip() for part in line.strip().split(" | ")]
    words = head.split()
    kind, _, mode = words[0].partition(".")
    status = words[1] if len(words) > 1 else "actual"
    if len(words) > 2:
        raise Mistake(f"too many words before the first |: {head!r}")
    if kind != "SAY":
        if kind not in MODES:
            raise Mistake(f"no such type: {kind}")
        if mode and mode not in MODES[kind].split():
            raise Mistake(f"{kind} has no mode {mode}")
        if status not in STATUSES:
            raise Mistake(f"no such status: {status}")
    elif len(words) > 1 or mode:
        raise Mistake("SAY takes neither mode nor status")
    out = {"event": kind, "mode": mode or None, "status": status, "attribution": []}
    link = {}
    for field in fields:
        slot, _, value = field.partition(" ")
        if slot not in SLOTS:
            raise Mistake(f"no such slot: {slot!r}")
        if not value.strip():
            raise Mistake(f"empty slot: {slot}")
        span = parse_span(slot, value.strip(), sentence)
        if slot in ("by", "via", "cue"):
            # A source is via and by in any order; its cue closes it.
            if SLOTS[slot] in link:
                out["attribution"].append(link)
                link = {}
            link[SLOTS[slot]] = span
            if slot == "cue":
                out["attribution"].append(link)
                link = {}
            continue
        name = SLOTS[slot]
        if slot in ONCE:
            if name in out:
                raise Mistake(f"slot {slot} twice")
            out[name] = span
        else:
            out.setdefault(name, []).append(span)
    if link:
        out["attribution"].append(link)
    for one in out["attribution"]:
        if "speaker" not in one and "medium" not in one:
            raise Mistake("a cue without by or via")
    if kind == "SAY":
        if not out["attribution"]:
            raise Mistake("SAY without by or via")
    else:
        if "trigger" not in out:
            raise Mistake("an event without a trigger (t)")
        if not any(out.get(field) for field in ("actor", "recipient", "place")):
            raise Mistake("an event with no actor (a), recipient (r) or place (where)")
        if kind in NEEDS_RECIPIENT and not out.get("recipient") and len(out.get("actor", [])) < 2:
            raise Mistake(f"{kind} wants a recipient")
    return out


def finish(article, mistakes):
    where = f"{article['file']}:{article['line']}"
    for key in HEADER:
        if not article.get(key):
            mistakes.append(f"{where}: article {article['id']} has no {key}")
    try:
        day = datetime.date.fromisoformat(article.get("published", ""))
        if not 1990 <= day.year <= 2026:
            mistakes.append(f"{where}: published outside 1990-2026")
    except ValueError:
        mistakes.append(f"{where}: published is no date: {article.get('published')!r}")
    if article.get("region") not in REGIONS:
        mistakes.append(f"{where}: no such region: {article.get('region')!r}")
    if article.get("kind") not in KINDS:
        mistakes.append(f"{where}: no such kind: {article.get('kind')!r}")
    if not article["sentences"]:
        mistakes.append(f"{where}: an article without sentences")


def read(path, mistakes):
    """The articles of one file."""
    articles, article, in_header, breaks = [], None, False, False
    label = str(path)
    for number, raw in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        line = raw.rstrip()
        where = f"{label}:{number}"
        if line.startswith("#"):
            continue
        if line.startswith("== "):
            if article:
                finish(article, mistakes)
            article = {"id": line[3:].strip(), "file": label, "line": number, "sentences": []}
            articles.append(article)
            in_header = True
        elif article is None:
            if line:
                mistakes.append(f"{where}: text before the first == line")
        elif not line:
            breaks, in_header = True, False
        elif in_header:
            key, colon, value = line.partition(": ")
            if not colon or key not in HEADER + ["byline", "dateline"]:
                mistakes.append(f"{where}: not a header line: {line!r}")
            article[key] = value.strip()
        elif line.startswith("  "):
            if not article["sentences"]:
                mistakes.append(f"{where}: an annotation before any sentence")
                continue
            sentence = article["sentences"][-1]
            try:
                note = parse_annotation(line, sentence["text"])
                note["line"] = number
                sentence["notes"].append(note)
            except Mistake as wrong:
                mistakes.append(f"{where}: {wrong}")
        else:
            headline = line.startswith("* ")
            text = line[2:] if headline else line
            if text != text.strip() or "  " in text or " | " in text or " = " in text:
                mistakes.append(f"{where}: stray spaces, | or = in a sentence")
            article["sentences"].append(
                {"text": text, "headline": headline, "paragraph": breaks, "line": number, "notes": []}
            )
            breaks = False
    if article:
        finish(article, mistakes)
    return articles


def split_of(identifier):
    """Train, dev or test, by the article's id alone: it never moves."""
    tenth = int(hashlib.sha256(identifier.encode()).hexdigest(), 16) % 10
    return {0: "test", 1: "dev"}.get(tenth, "train")


def style(articles, mistakes):
    """Signs that the corpus is one voice, each a mistake past its bound."""
    sentences = [s for a in articles for s in a["sentences"]]
    seen = {}
    for article in articles:
        for sentence in article["sentences"]:
            where = f"{article['file']}:{sentence['line']}"
            if sentence["text"] in seen:
                mistakes.append(f"{where}: the sentence of {seen[sentence['text']]} again")
            seen[sentence["text"]] = where
    if len(sentences) < 100:
        return
    bounds = [("first word", 1, 0.25), ("first two words", 2, 0.025), ("first three words", 3, 0.01)]
    for label, length, bound in bounds:
        counted = collections.Counter(" ".join(s["text"].split()[:length]).lower() for s in sentences)
        words, times = counted.most_common(1)[0]
        if times > bound * len(sentences) and times > 3:
            mistakes.append(f"style: {label} {words!r} opens {times} of {len(sentences)} sentences")
    lengths = [len(s["text"].split()) for s in sentences]
    if statistics.pstdev(lengths) < 6:
        mistakes.append("style: sentences are all of one length")
    for article in articles:
        firsts = collections.Counter(s["text"].split()[0] for s in article["sentences"])
        word, times = firsts.most_common(1)[0]
        if times > 3 and times > 0.7 * len(article["sentences"]):
            mistakes.append(f"{article['file']}:{article['line']}: {times} sentences open with {word!r}")


def table(title, counter):
    print(f"\n{title}")
    for key, times in sorted(counter.items(), key=lambda pair: (-pair[1], pair[0])):
        print(f"  {times:5}  {key}")


def counts(articles):
    sentences = [s for a in articles for s in a["sentences"]]
    events = [n for s in sentences for n in s["notes"] if n["event"] != "SAY"]
    empty = sum(all(n["event"] == "SAY" for n in s["notes"]) for s in sentences)
    others = sum(n["status"] != "actual" for n in events)
    lengths = [len(s["text"].split()) for s in sentences]
    print(f"articles {len(articles)}, sentences {len(sentences)}, events {len(events)}")
    print(f"sentences without an event {empty} ({empty / max(1, len(sentences)):.1%})")
    print(f"events not actual {others} ({others / max(1, len(events)):.1%})")
    carrying = [s for s in sentences if any(n["event"] != "SAY" for n in s["notes"])]
    unreal = sum(all(n["status"] != "actual" for n in s["notes"] if n["event"] != "SAY") for s in carrying)
    mixed = sum(any(n["status"] != "actual" for n in s["notes"] if n["event"] != "SAY") for s in carrying)
    print(f"event sentences with some event not actual {mixed}, with none actual {unreal}")
    print(f"with attribution {sum(bool(n['attribution']) for n in events)}, "
          f"nested {sum(len(n['attribution']) > 1 for n in events)}")
    if len(lengths) > 1:
        print(f"words a sentence: mean {statistics.mean(lengths):.1f}, "
              f"deviation {statistics.pstdev(lengths):.1f}, {min(lengths)} to {max(lengths)}")
    table("types", collections.Counter(n["event"] for n in events))
    modes = collections.Counter({f"{t} {m}": 0 for t, all_ in MODES.items() for m in all_.split()})
    modes.update(f"{n['event']} {n['mode']}" for n in events if n["mode"])
    table("modes", modes)
    table("statuses", collections.Counter(n["status"] for n in events))
    table("regions (sentences)", collections.Counter(a.get("region") for a in articles for _ in a["sentences"]))
    table("kinds (articles)", collections.Counter(a.get("kind") for a in articles))
    table("decades (articles)", collections.Counter(a.get("published", "")[:3] + "0s" for a in articles))
    table("split (articles)", collections.Counter(split_of(a["id"]) for a in articles))


def main():
    options = argparse.ArgumentParser(description="check the corpus")
    options.add_argument("files", nargs="*", type=pathlib.Path)
    options.add_argument("--counts", action="store_true", help="print tables of what is there")
    options.add_argument("--jsonl", action="store_true", help="print one object an article")
    chosen = options.parse_args()
    here = pathlib.Path(__file__).resolve().parent
    files = chosen.files or sorted((here / "original").glob("*.txt"))
    mistakes, articles, seen = [], [], {}
    for path in files:
        if not re.fullmatch(r"\d{3}-[a-z-]+\.txt", path.name):
            mistakes.append(f"{path}:1: file names are NNN-region.txt")
        for article in read(path, mistakes):
            where = f"{article['file']}:{article['line']}"
            if article["id"] in seen:
                mistakes.append(f"{where}: id {article['id']} is taken by {seen[article['id']]}")
            if not re.fullmatch(path.name[:3] + r"-\d{2}", article["id"]):
                mistakes.append(f"{where}: id {article['id']} does not begin with the file's number")
            seen[article["id"]] = where
            articles.append(article)
    style(articles, mistakes)
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    if chosen.jsonl:
        for article in articles:
            out = {k: v for k, v in article.items() if k not in ("file", "line")}
            out["split"] = split_of(article["id"])
            print(json.dumps(out, ensure_ascii=False))
    elif chosen.counts:
        counts(articles)
    elif not mistakes:
        print(f"{len(articles)} articles, {sum(len(a['sentences']) for a in articles)} sentences, no mistake")
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
