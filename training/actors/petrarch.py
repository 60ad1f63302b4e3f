"""Office holders up to 2014 from the PETRARCH2 actor dictionaries (MIT).

    python3 training/actors/petrarch.py DICTIONARIES/Phoenix.Countries.actors.txt codebook/actors/*.txt > offices.txt

Takes facts only: names, countries, sectors, dates. Keeps persons who held a
government office at some time since 1990 with dates known to the day (heads of
state and government and their like; the ministers dated to the month are left); an office open in 2014 is closed with the dictionary's own end
(January 2014), because nobody checked it since. Names that the hand-written
lists already hold are left out, so theirs win.
"""

import re
import sys
import unicodedata
from datetime import date

END = date(2014, 1, 31)
TITLES = {
    "PRESIDENT", "PRIME", "MINISTER", "KING", "QUEEN", "GENERAL", "COLONEL", "DR", "MR", "MRS", "SIR", "PRINCE", "EMIR",
    "SHEIKH", "CHANCELLOR", "PREMIER", "SULTAN", "LT", "COL", "GEN", "MAJ", "CAPT", "ADMIRAL", "MAJOR", "LORD", "LADY",
    "PRINCESS", "DUKE", "EMPEROR", "AYATOLLAH", "SECRETARY", "FOREIGN", "SENATOR", "GOVERNOR", "AMBASSADOR", "MARSHAL",
    "HRH", "HM", "DAME", "CHAIRMAN", "FORMER", "LEADER", "BRIGADIER", "LIEUTENANT", "CAPTAIN", "IMAM", "MULLAH",
    "ADMINISTRATION", "GOVERNMENT", "TEAM", "OFFICE", "REGIME", "ARMY", "FORCES", "PARTY", "COUNCIL", "MINISTRY",
}
SMALL = {"AL", "BIN", "IBN", "BINT", "DE", "DEL", "DA", "DOS", "DAS", "VAN", "VON", "DER", "DEN", "EL", "Y", "E", "OF", "UL", "UR", "AD", "AS", "AR", "AZ"}
OFFICES = {"GOV": "GOV", "MIL": "MIL", "LEG": "LEG", "JUD": "JUD"}


def day(text):
    """`820101`, `20010620` or `1990`; two-digit years up to 14 are of this century."""
    if len(text) == 8:
        year, rest = int(text[:4]), text[4:]
    elif len(text) == 6:
        year, rest = int(text[:2]), text[2:]
        year += 2000 if year <= 14 else 1900
    else:
        return None
    try:
        return date(year, max(1, int(rest[:2])), max(1, int(rest[2:])))
    except ValueError:
        return None


def spell(name):
    """SAYYID_BIN_TAIMUR -> Sayyid bin Taimur."""
    words = [word for word in name.strip().strip("_").split("_") if word]
    out = []
    for index, word in enumerate(words):
        parts = [part if part in {"III", "II", "IV"} else part.lower() if part in SMALL and (index or "-" in word) else ".".join(bit.capitalize() for bit in part.split(".")) for part in word.split("-")]
        out.append("-".join(parts))
    return " ".join(out)


def is_person(name):
    words = [word for word in re.split(r"[_\s]+", name.strip("_ ")) if word]
    plain = all(re.fullmatch(r"[A-Z][A-Z'\-.]*", word) for word in words)
    return 2 <= len(words) <= 5 and plain and not TITLES & set(words) and all(len(word) > 1 for word in words[-1:])


def key(name):
    name = "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9 ]", "", name.lower().replace("-", " ")).strip()


def blocks(path):
    """Names of an actor and its code lines."""
    names, codes = [], []
    for line in open(path, encoding="latin-1"):
        line = line.split("#")[0].rstrip()
        if not line.strip():
            continue
        found = re.findall(r"\[([^\]]*)\]", line)
        name = re.sub(r"\[[^\]]*\]", "", line).strip()
        if name:
            if not name.startswith("+"):
                if names:
                    yield names, codes
                names, codes = [], []
            names.append(name.lstrip("+").strip().strip("_"))
        codes.extend(found)
    if names:
        yield names, codes


def spans(codes):
    """(country, sector, since, until) of the offices among codes."""
    out = []
    for code in codes:
        match = re.fullmatch(r"([A-Z]{3})(GOV|MIL|LEG|JUD)[A-Z]*\s+(>|<)?\s*(\d+)(?:-(\d+))?", code.strip())
        if not match:
            continue
        country, sector, sign, first, last = match.groups()
        since = day(first)
        until = END if sign == ">" else day(last) if last else None
        if sign == "<" or since is None or until is None or until < since or until.year > 2014:
            continue
        out.append((country, OFFICES[sector], since, until))
    return out


def merge(offices):
    """Overlapping terms of one sector become one; of two sectors the government's stays."""
    merged = []
    for country, sector, since, until in sorted(offices, key=lambda office: (office[1] != "GOV", office[2])):
        clash = [other for other in merged if other[2] <= until and since <= other[3]]
        if not clash:
            merged.append([country, sector, since, until])
        elif clash[0][1] == sector and clash[0][0] == country:
            clash[0][2], clash[0][3] = min(clash[0][2], since), max(clash[0][3], until)
    merged.sort(key=lambda office: office[2])
    # A widened term may have run into the next one.
    out = []
    for office in merged:
        if out and out[-1][3] >= office[2]:
            out[-1][3] = max(out[-1][3], office[3])
        else:
            out.append(office)
    return out


def main():
    dictionary, *lists = sys.argv[1:]
    known, countries, section = set(), set(), ""
    for path in lists:
        for line in open(path, encoding="utf-8"):
            if line.startswith("["):
                section = line.strip()
            if line.startswith("#") or "|" not in line:
                continue
            columns = line.split("|")
            if section == "[state]":
                countries.add(columns[0].strip())
                columns = ["; ".join(columns[1:5])]
            known.update(key(name.strip(" ^?")) for name in re.split(r";| / ", columns[0]))
    by_country, seen = {}, set()
    for names, codes in blocks(dictionary):
        names = [name for name in names if is_person(name)]
        offices = merge([office for office in spans(codes) if office[0] in countries])
        offices = [office for office in offices if office[3].year >= 1990]
        # Terms dated to the day are those of heads of state and government; the
        # long lists of ministers count in whole months.
        exact = [office for office in offices if office[1] == "GOV" and office[2].day != 1 and office[3].day not in (28, 29, 30, 31)]
        if not names or not exact:
            continue
        spelled = []
        for name in map(spell, names):
            if key(name) not in known and key(name) not in seen and key(name) not in map(key, spelled):
                spelled.append(name)
        if not spelled or key(spell(names[0])) in known or key(spell(names[0])) in seen:
            continue
        seen.update(map(key, spelled))
        home = offices[-1][0]
        terms = []
        for country, sector, since, until in offices:
            land = "" if country == home else f"{country} "
            terms.append(f"{land}{sector} {since}..{until}")
        by_country.setdefault(home, []).append(f"{'; '.join(spelled[:4])} | {', '.join(terms)}")
    print("# Office holders since 1990 as known in January 2014: names | codes. Made by training/actors/petrarch.py.")
    for country in sorted(by_country):
        print(f"== {country}\n[person]")
        print("\n".join(sorted(by_country[country])))


if __name__ == "__main__":
    main()
