"""Annotations of real articles, kept without the articles' text.

Takes: the folder of the English Worldwide Newswire (`articles/`), annotations
keyed by sentence number, or the stand-off files of `real/`.
Gives: `number`: an article's sentences with their numbers, to annotate;
`pack`: annotations to a stand-off file (address, hash, offsets, labels);
`pairs`: the same for marked pairs;
`join`: stand-off files and articles to the objects of `check.py --jsonl`;
`check`: proves that every stand-off file fits its articles.
Never: writes a word of an article into the repository, or joins an article
whose bytes have changed.

    python3 training/corpus/real.py join --newswire DATA/newswire > real.jsonl

Offsets are code points into the article's file, its first line (the address)
included. White space inside a sentence counts as one space where a span is
looked up, so that a wrapped line does not hide it.
"""

import argparse
import hashlib
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import check  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
SPANS = ("trigger", "content")
LISTS = ("actor", "recipient", "third_party", "condition", "time", "place", "count")
SOURCES = ("speaker", "medium", "cue")
LETTER = {field: slot for slot, field in check.SLOTS.items()}


def article_of(folder, name):
    """The text of an article's file and the hash of its bytes."""
    content = (folder / "articles" / f"{name}.txt").read_bytes()
    return content.decode("utf-8", errors="replace"), hashlib.sha256(content).hexdigest()


def flat(text, start, end):
    """A stretch with runs of white space as one space, and where each letter came from."""
    letters, places = [], []
    for at in range(start, end):
        letter = text[at]
        if letter.isspace():
            if not letters or letters[-1] == " ":
                continue
            letter = " "
        letters.append(letter)
        places.append(at)
    while letters and letters[-1] == " ":
        letters.pop()
        places.pop()
    return "".join(letters), places


def locate(text, sentences):
    """Where the sentences of a clean text stand in the file they came from."""
    solid = [at for at, letter in enumerate(text) if not letter.isspace()]
    joined = "".join(text[at] for at in solid)
    begin, out = 0, []
    for sentence in sentences:
        wanted = "".join(sentence.split())
        found = joined.find(wanted, begin)
        if not wanted or found < 0:
            continue
        out.append((solid[found], solid[found + len(wanted) - 1] + 1))
        begin = found + len(wanted)
    return out


def read_annotations(path):
    """`NUMBER` or `== NAME` lines with indented annotation lines below them."""
    articles, lines, number = {}, None, None
    for place, raw in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        line = raw.rstrip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("== "):
            lines, number = articles.setdefault(line[3:].strip(), {}), None
        elif re.fullmatch(r"\d+", line) and lines is not None:
            number = int(line)
            lines.setdefault(number, [])
        elif line.startswith("  ") and number is not None:
            lines[number].append((place, line))
        else:
            raise SystemExit(f"{path}:{place}: want '== NAME', a sentence's number or an indented annotation")
    return articles


def field(slot, span, places):
    name = f" = {span['name']}" if span.get("name") else ""
    if span["exact"] is None:
        return f"{slot} ^{name}"
    return f"{slot} {places[span['start']]}-{places[span['end'] - 1] + 1}{name}"


def stand_off(note, places):
    head = note["event"] + (f".{note['mode']}" if note["mode"] else "")
    head += "" if note["status"] == "actual" else f" {note['status']}"
    fields = [field(LETTER[key], note[key], places) for key in SPANS if key in note]
    fields += [field(LETTER[key], span, places) for key in LISTS for span in note.get(key, [])]
    for source in note["attribution"]:
        fields += [field(LETTER[key], source[key], places) for key in SOURCES if key in source]
    return "  " + " | ".join([head] + fields)


def pack(folder, sentences, annotations, mistakes):
    """Stand-off blocks, an article each."""
    blocks = []
    for name, lines in annotations.items():
        text, digest = article_of(folder, name)
        block = [f"== {name}", f"address: {text.splitlines()[0].strip()}", f"sha256: {digest}"]
        for number, (start, end) in enumerate(sentences[name]):
            block.append(f"@ {start}-{end}")
            shown, places = flat(text, start, end)
            for place, line in lines.get(number, []):
                try:
                    block.append(stand_off(check.parse_annotation(line, shown), places))
                except check.Mistake as wrong:
                    mistakes.append(f"{name} sentence {number}, line {place}: {wrong}")
        for number in lines:
            if number >= len(sentences[name]):
                mistakes.append(f"{name}: there is no sentence {number}")
        blocks.append("\n".join(block))
    return blocks


def read_stand_off(path):
    """Yields (name, header, [(start, end, [annotation line])])."""
    name, header, sentences = None, {}, []
    for place, raw in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        line = raw.rstrip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("== "):
            if name:
                yield name, header, sentences
            name, header, sentences = line[3:].strip(), {}, []
        elif line.startswith("@ "):
            start, end = line[2:].split("-")
            sentences.append((int(start), int(end), []))
        elif line.startswith("  ") and sentences:
            sentences[-1][2].append(line)
        elif ": " in line and name:
            key, value = line.split(": ", 1)
            header[key] = value
        else:
            raise SystemExit(f"{path}:{place}: not a line of a stand-off file")
    if name:
        yield name, header, sentences


def restored(line, text, start, places):
    """A stand-off annotation as an inline one, its offsets into the flat sentence."""
    back = {at: index for index, at in enumerate(places)}

    def span(value):
        name = None
        if " = " in value:
            value, name = value.split(" = ", 1)
        if value == "^":
            return {"exact": None, "name": name}
        a, z = (int(n) for n in value.split("-"))
        here = {"start": back[a], "end": back[z - 1] + 1}
        here["exact"] = text[here["start"] : here["end"]]
        return here | ({"name": name} if name else {})

    head, *fields = line.strip().split(" | ")
    words = head.split()
    kind, _, mode = words[0].partition(".")
    out = {"event": kind, "mode": mode or None, "status": words[1] if len(words) > 1 else "actual", "attribution": []}
    link = {}
    for part in fields:
        slot, value = part.split(" ", 1)
        key = check.SLOTS[slot]
        if key in SOURCES:
            if key in link:
                out["attribution"].append(link)
                link = {}
            link[key] = span(value)
            if key == "cue":
                out["attribution"].append(link)
                link = {}
        elif key in SPANS:
            out[key] = span(value)
        else:
            out.setdefault(key, []).append(span(value))
    if link:
        out["attribution"].append(link)
    return out


def join(folder, paths):
    """Articles with text again, and what was wrong."""
    articles, mistakes = [], []
    for path in paths:
        for name, header, sentences in read_stand_off(path):
            try:
                text, digest = article_of(folder, name)
            except OSError:
                mistakes.append(f"{path}: no article {name} in {folder}")
                continue
            if digest != header.get("sha256"):
                mistakes.append(f"{path}: article {name} is not the one that was annotated")
                continue
            out = {"id": f"real-{name}", "address": header.get("address"), "region": "", "kind": "wire", "sentences": []}
            last = 0
            for start, end, lines in sentences:
                shown, places = flat(text, start, end)
                breaks, last = "\n" in text[last:start], end
                try:
                    notes = [restored(line, shown, start, places) for line in lines]
                except (KeyError, ValueError) as wrong:
                    mistakes.append(f"{path}: article {name}, sentence at {start}: {wrong!r}")
                    continue
                out["sentences"].append({"text": shown, "headline": False, "paragraph": breaks, "notes": notes})
            out["split"] = check.split_of(out["id"])
            articles.append(out)
    return articles, mistakes


def pack_pairs(folder, sentences, paths, mistakes):
    """`NAME.NUMBER<TAB>TYPE<TAB>source<TAB>target` lines to stand-off ones.

    Gives `NAME<TAB>hash` once an article, then `NAME<TAB>sentence<TAB>source<TAB>target<TAB>TYPE`.
    """
    rows, known = {}, {}
    for path in paths:
        for place, raw in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            if not raw.strip():
                continue
            where = f"{path}:{place}"
            try:
                identity, kind, source, target = raw.split("\t")
                name, number = identity.rsplit(".", 1)
                start, end = sentences[name][int(number)]
            except (ValueError, KeyError, IndexError):
                mistakes.append(f"{where}: want NAME.NUMBER, a type, a source and a target, parted by tabs")
                continue
            if kind != "NONE" and kind not in check.MODES:
                mistakes.append(f"{where}: no such type: {kind}")
                continue
            text, known[name] = article_of(folder, name)
            shown, places = flat(text, start, end)
            try:
                spans = [check.parse_span("a", words.strip(), shown) for words in (source, target)]
            except check.Mistake as wrong:
                mistakes.append(f"{where}: {wrong}")
                continue
            (a, b), (c, d) = [(s["start"], s["end"]) for s in spans]
            if a < d and c < b:
                mistakes.append(f"{where}: source and target overlap")
                continue
            spans = [f"{places[s['start']]}-{places[s['end'] - 1] + 1}" for s in spans]
            rows.setdefault(name, []).append("\t".join([name, f"{start}-{end}", *spans, kind]))
    for name in sorted(rows):
        yield f"{name}\t{known[name]}"
        yield from sorted(set(rows[name]))


def sentences_of(read, folder):
    """Sentence ranges in the articles' files, from the output of `verbale read --format jsonl`."""
    out = {}
    for line in read.open(encoding="utf-8"):
        one = json.loads(line)
        name = pathlib.Path(one["source"]).stem
        text, _ = article_of(folder, name)
        out[name] = locate(text, [one["text"][s["start"] : s["end"]] for s in one["sentences"]])
    return out


def main():
    options = argparse.ArgumentParser(description="real articles, annotated without their text")
    options.add_argument("what", choices=["number", "pack", "pairs", "join", "check"])
    options.add_argument("files", nargs="*", type=pathlib.Path, help="annotations (pack), stand-off files (join, check)")
    options.add_argument("--newswire", type=pathlib.Path, required=True, help="folder that holds articles/")
    options.add_argument("--read", type=pathlib.Path, help="output of `verbale read --format jsonl` over the articles")
    options.add_argument("--articles", nargs="*", default=[], help="names of articles (number)")
    chosen = options.parse_args()
    mistakes = []
    if chosen.what in ("number", "pack", "pairs"):
        if not chosen.read:
            options.error("number, pack and pairs want --read")
        sentences = sentences_of(chosen.read, chosen.newswire)
        if chosen.what == "number":
            for name in chosen.articles:
                text, _ = article_of(chosen.newswire, name)
                print(f"== {name}")
                for number, (start, end) in enumerate(sentences[name]):
                    print(f"{number}\t{flat(text, start, end)[0]}")
        elif chosen.what == "pairs":
            for line in pack_pairs(chosen.newswire, sentences, chosen.files, mistakes):
                print(line)
        else:
            for path in chosen.files:
                for block in pack(chosen.newswire, sentences, read_annotations(path), mistakes):
                    print(block + "\n")
    else:
        articles, mistakes = join(chosen.newswire, chosen.files or sorted((HERE / "real").glob("*.txt")))
        if chosen.what == "join":
            for article in articles:
                print(json.dumps(article, ensure_ascii=False))
        elif not mistakes:
            count = sum(len(a["sentences"]) for a in articles)
            events = sum(n["event"] != "SAY" for a in articles for s in a["sentences"] for n in s["notes"])
            print(f"{len(articles)} articles, {count} sentences, {events} events, no mistake")
    for mistake in mistakes:
        print(mistake, file=sys.stderr)
    return 1 if mistakes else 0


if __name__ == "__main__":
    sys.exit(main())
