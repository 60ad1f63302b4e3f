//! The gazetteer: names and the places they may mean.
//!
//! Takes the files of `codebook/places/`; gives the candidates of a name. The
//! towns stay in their file, which is sorted by folded name, and are found by
//! binary search; only countries, divisions, regions and hand-made lists are
//! read into memory. Never chooses between candidates: ranking does.
//!
//! Example: "Tripoli" has candidates in Libya, Lebanon and Greece.

use std::collections::{HashMap, HashSet};

use record::Remark;

/// What kind of place a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Country,
    /// The seat of its country's government.
    Capital,
    /// A first-order division.
    Admin1,
    Town,
    /// A stretch of the world, a sea, a line.
    Region,
}

/// A place that a name may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    pub name: String,
    /// ISO 3166-1 alpha-3; `None` for what lies in several countries.
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub geonames: Option<u32>,
    pub class: Class,
    pub population: u64,
    /// The name asked for is another spelling of it.
    pub spelling: bool,
    /// Half the width of a region, in kilometres.
    pub radius: Option<f64>,
}

#[derive(Debug, Clone)]
struct Country {
    iso2: &'static str,
    iso3: &'static str,
    name: &'static str,
    capital: String,
    lat: Option<f64>,
    lon: Option<f64>,
    population: u64,
    geonames: Option<u32>,
}

/// Names and places; built once.
#[derive(Debug, Default)]
pub struct Gazetteer {
    /// The towns' file, sorted by folded name.
    towns: &'static str,
    countries: Vec<Country>,
    /// ISO 3166-1 alpha-2 to index in `countries`.
    by_iso2: HashMap<&'static str, usize>,
    /// Folded name to indices in `countries`.
    country_names: HashMap<String, usize>,
    /// Folded names of the capitals of countries of more than half a million.
    capitals: HashSet<String>,
    /// "SY.09" to the division's name.
    divisions: HashMap<&'static str, &'static str>,
    /// Folded name to divisions, regions and hand-made places.
    others: HashMap<String, Vec<Candidate>>,
    /// Folded spelling to folded name and GeoNames id of a town.
    spellings: HashMap<String, (String, u32)>,
}

impl Gazetteer {
    /// `files`: names that end in `countries.tsv`, `admin1.tsv`, `towns.tsv`,
    /// `aliases.tsv`, `regions.tsv`, `own.tsv`, and their texts. A line that
    /// does not read is left out and remarked on.
    pub fn parse(files: &[(&'static str, &'static str)]) -> (Gazetteer, Vec<Remark>) {
        let mut gazetteer = Gazetteer::default();
        let mut remarks = Vec::new();
        let file = |name: &str| files.iter().find(|(path, _)| path.ends_with(name)).map_or("", |(_, text)| *text);
        let mut each = |name: &str, fields: usize, read: &mut dyn FnMut(&[&'static str]) -> Option<()>| {
            for (number, line) in file(name).lines().enumerate() {
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                let parts: Vec<&'static str> = line.split('\t').collect();
                if parts.len() < fields || read(&parts).is_none() {
                    remarks.push(Remark::new(
                        "bad-place-line",
                        format!("{name} line {}: not read, check its columns", number + 1),
                    ));
                }
            }
        };
        each("countries.tsv", 8, &mut |parts| gazetteer.add_country(parts));
        each("admin1.tsv", 5, &mut |parts| gazetteer.add_division(parts));
        each("regions.tsv", 6, &mut |parts| gazetteer.add_region(parts));
        each("own.tsv", 5, &mut |parts| gazetteer.add_own(parts));
        each("aliases.tsv", 2, &mut |parts| gazetteer.add_alias(parts));
        gazetteer.towns = file("towns.tsv");
        (gazetteer, remarks)
    }

    fn add_country(&mut self, parts: &[&'static str]) -> Option<()> {
        let index = self.countries.len();
        self.countries.push(Country {
            iso2: parts[0],
            iso3: parts[1],
            name: parts[2],
            capital: fold(parts[3]),
            lat: parts[4].parse().ok(),
            lon: parts[5].parse().ok(),
            population: parts[6].parse().ok()?,
            geonames: parts[7].parse().ok(),
        });
        self.by_iso2.insert(parts[0], index);
        if self.countries[index].population > 500_000 {
            self.capitals.insert(fold(parts[3]));
        }
        let name = fold(parts[2]);
        let bare = bare_country(&name);
        if bare != name {
            self.country_names.insert(bare.to_string(), index);
        }
        self.country_names.insert(name, index);
        Some(())
    }

    fn add_division(&mut self, parts: &[&'static str]) -> Option<()> {
        let (code, name) = (parts[0], parts[1]);
        let (iso2, _) = code.split_once('.')?;
        self.divisions.insert(code, name);
        let candidate = Candidate {
            name: name.to_string(),
            country: self.iso3(iso2),
            admin1: Some(name.to_string()),
            lat: Some(parts[2].parse().ok()?),
            lon: Some(parts[3].parse().ok()?),
            geonames: None,
            class: Class::Admin1,
            population: parts[4].parse().ok()?,
            spelling: false,
            radius: None,
        };
        // "Idlib Governorate" is asked for as "Idlib" too.
        let key = fold(name);
        let bare = bare_division(&key);
        if bare != key {
            self.others.entry(bare.to_string()).or_default().push(candidate.clone());
        }
        self.others.entry(key).or_default().push(candidate);
        Some(())
    }

    fn add_region(&mut self, parts: &[&'static str]) -> Option<()> {
        let candidate = Candidate {
            name: parts[0].to_string(),
            country: if parts[2].is_empty() { None } else { self.iso3(parts[2]) },
            admin1: None,
            lat: Some(parts[3].parse().ok()?),
            lon: Some(parts[4].parse().ok()?),
            geonames: None,
            class: Class::Region,
            population: 0,
            spelling: false,
            radius: Some(parts[5].parse().ok()?),
        };
        self.others.entry(fold(parts[0])).or_default().push(candidate);
        Some(())
    }

    fn add_own(&mut self, parts: &[&'static str]) -> Option<()> {
        let candidate = Candidate {
            name: parts[0].to_string(),
            country: Some(self.iso3(parts[1])?),
            admin1: Some(parts[2].to_string()).filter(|name| !name.is_empty()),
            lat: Some(parts[3].parse().ok()?),
            lon: Some(parts[4].parse().ok()?),
            geonames: None,
            class: Class::Town,
            // Known for what happened there rather than for its size.
            population: 100_000,
            spelling: false,
            radius: None,
        };
        self.others.entry(fold(parts[0])).or_default().push(candidate);
        Some(())
    }

    fn add_alias(&mut self, parts: &[&'static str]) -> Option<()> {
        let key = fold(parts[0]);
        if let Some(town) = parts[1].strip_prefix('=') {
            self.spellings.insert(key, (town.to_string(), parts.get(2)?.parse().ok()?));
        } else {
            let index = *self.by_iso2.get(parts[1])?;
            self.country_names.insert(key, index);
        }
        Some(())
    }

    fn iso3(&self, iso2: &str) -> Option<String> {
        self.by_iso2.get(iso2).map(|&index| self.countries[index].iso3.to_string())
    }

    /// Whether it holds no place at all.
    pub fn is_empty(&self) -> bool {
        self.countries.is_empty() && self.towns.is_empty() && self.others.is_empty()
    }

    /// ISO 3166-1 alpha-3 of a country, by any of its names.
    pub fn country_named(&self, name: &str) -> Option<&str> {
        self.country_names.get(&fold(name)).map(|&index| self.countries[index].iso3)
    }

    /// The country a name lies in, when all its places of weight lie in one:
    /// the largest town must be ten times the next in another country.
    pub fn country_of(&self, name: &str) -> Option<String> {
        if let Some(country) = self.country_named(name) {
            return Some(country.to_string());
        }
        let mut candidates = self.candidates(name);
        candidates.sort_by_key(|candidate| {
            (
                candidate.class != Class::Capital && candidate.class != Class::Region,
                std::cmp::Reverse(candidate.population),
            )
        });
        let first = candidates.first()?;
        let rival = candidates.iter().find(|other| other.country != first.country);
        let clear =
            rival.is_none_or(|rival| first.class == Class::Capital || first.population / 10 >= rival.population);
        first.country.clone().filter(|_| clear)
    }

    /// The English name of a country, by its alpha-3 code.
    pub fn country_name(&self, iso3: &str) -> Option<&str> {
        self.countries.iter().find(|country| country.iso3 == iso3).map(|country| country.name)
    }

    /// A country, capital or region: a name that is a place whatever the
    /// recogniser says.
    pub fn is_well_known(&self, name: &str) -> bool {
        let key = fold(name);
        self.country_names.contains_key(&key)
            || self.country_names.contains_key(bare_country(&key))
            || self.others.get(&key).is_some_and(|all| all.iter().any(|one| one.class == Class::Region))
            || self.capitals.contains(&key)
    }

    /// The longest name of a country or region, in words: how far to look ahead.
    pub const LONGEST: usize = 6;

    /// All places a name may mean, in no order of likelihood.
    pub fn candidates(&self, name: &str) -> Vec<Candidate> {
        let key = fold(name);
        if key.is_empty() || NO_NAMES.contains(&key.as_str()) {
            return Vec::new();
        }
        let mut found = Vec::new();
        if let Some(&index) = self.country_names.get(&key).or_else(|| self.country_names.get(bare_country(&key))) {
            let country = &self.countries[index];
            found.push(Candidate {
                name: country.name.to_string(),
                country: Some(country.iso3.to_string()),
                admin1: None,
                lat: country.lat,
                lon: country.lon,
                geonames: country.geonames,
                class: Class::Country,
                population: country.population,
                spelling: false,
                radius: None,
            });
        }
        found.extend(self.others.get(&key).into_iter().flatten().cloned());
        self.towns_named(&key, &mut found);
        if let Some((town, geonames)) = self.spellings.get(&key) {
            self.town(town, *geonames, false, &mut found);
        }
        found
    }

    fn towns_named(&self, key: &str, found: &mut Vec<Candidate>) {
        for line in lines_of(self.towns, key) {
            let mut parts = line.split('\t').skip(1);
            match parts.next() {
                Some(name) if name.starts_with('=') => {
                    if let Some(geonames) = parts.next().and_then(|id| id.parse().ok()) {
                        self.town(&name[1..], geonames, true, found);
                    }
                }
                Some(_) => found.extend(self.read_town(line)),
                None => {}
            }
        }
    }

    /// The town of that folded name and id.
    fn town(&self, key: &str, geonames: u32, spelling: bool, found: &mut Vec<Candidate>) {
        if found.iter().any(|other| other.geonames == Some(geonames)) {
            return;
        }
        let town =
            lines_of(self.towns, key).filter_map(|line| self.read_town(line)).find(|t| t.geonames == Some(geonames));
        found.extend(town.map(|town| Candidate { spelling, ..town }));
    }

    fn read_town(&self, line: &str) -> Option<Candidate> {
        let parts: Vec<&str> = line.split('\t').collect();
        let [key, name, iso2, admin1, lat, lon, population, geonames] = parts[..] else { return None };
        let country = self.countries.get(*self.by_iso2.get(iso2)?)?;
        let population: u64 = population.parse().ok()?;
        // Towns abroad bear the names of capitals; the largest of a country is it.
        let capital = country.capital == key && population >= 1000;
        Some(Candidate {
            name: name.to_string(),
            country: Some(country.iso3.to_string()),
            admin1: self.divisions.get(format!("{iso2}.{admin1}").as_str()).map(|name| (*name).to_string()),
            lat: lat.parse().ok(),
            lon: lon.parse().ok(),
            geonames: geonames.parse().ok(),
            class: if capital { Class::Capital } else { Class::Town },
            population,
            spelling: false,
            radius: None,
        })
    }

    /// Countries whose name a demonym comes from: "Syrian" from "Syria". Both
    /// must share all but the last letters; "Niger" and "Nigerian" do not meet.
    pub fn country_like(&self, demonym: &str) -> Option<&str> {
        let key = fold(demonym);
        let mut best: Option<(usize, &str)> = None;
        for country in &self.countries {
            let name = fold(country.name);
            let shared = name.bytes().zip(key.bytes()).take_while(|(a, b)| a == b).count();
            let fits = shared >= 4 && name.len() - shared <= 2 && key.len() - shared <= 4;
            if fits && best.is_none_or(|(longest, _)| shared > longest) {
                best = Some((shared, country.iso3));
            }
        }
        best.map(|(_, iso3)| iso3)
    }

    /// Every country's alpha-2 and alpha-3 code and name.
    pub fn countries(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.countries.iter().map(|country| (country.iso2, country.iso3, country.name))
    }
}

/// The lines of a sorted file whose first column is `key`.
fn lines_of<'a>(file: &'a str, key: &'a str) -> impl Iterator<Item = &'a str> {
    let bytes = file.as_bytes();
    let line_start = |at: usize| bytes[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
    let key_at = |start: usize| {
        let end =
            bytes[start..].iter().position(|&byte| byte == b'\t' || byte == b'\n').map_or(bytes.len(), |to| start + to);
        &bytes[start..end]
    };
    let (mut low, mut high) = (0, bytes.len());
    // The first line whose key is not smaller.
    while low < high {
        let middle = line_start(low + (high - low) / 2);
        if key_at(middle) < key.as_bytes() {
            low = bytes[middle..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |to| middle + to + 1);
        } else {
            high = middle;
        }
    }
    file.get(low..).unwrap_or("").lines().take_while(move |line| line.split('\t').next() == Some(key))
}

/// A division's name without the word for what it is.
fn bare_division(key: &str) -> &str {
    #[rustfmt::skip]
    const ENDS: &[&str] = &[
        " governorate", " province", " region", " oblast", " state", " department", " district", " county",
        " prefecture", " division", " territory", " municipality", " republic", " krai", " sheng", " shi",
        " voivodeship", " rajons", " rayon", " apskritis", " uygur zizhiqu", " autonomous region", " wilayat",
    ];
    #[rustfmt::skip]
    const STARTS: &[&str] = &[
        "muhafazat ", "wilayat e ", "baladiyat ", "changwat ", "republic of ", "respublika ", "state of ",
        "mayorality of ", "misto ", "opstina ", "mintaqat ", "provincia de ", "departamento de ",
    ];
    let key = ENDS.iter().find_map(|kind| key.strip_suffix(kind)).unwrap_or(key);
    STARTS.iter().find_map(|kind| key.strip_prefix(kind)).unwrap_or(key)
}

/// A country's name without the word for what it is: "Islamic Republic of Iran".
fn bare_country(key: &str) -> &str {
    #[rustfmt::skip]
    const STARTS: &[&str] = &[
        "the ", "islamic republic of ", "islamic emirate of ", "republic of ", "kingdom of ", "sultanate of ",
        "state of ", "federal republic of ", "bolivarian republic of ", "socialist republic of ",
        "arab republic of ", "hashemite kingdom of ", "commonwealth of ",
    ];
    STARTS.iter().find_map(|kind| key.strip_prefix(kind)).unwrap_or(key)
}

/// Words that are a direction or a kind of place, and as names of towns or
/// divisions ("East" in Cameroon) hardly ever meant.
#[rustfmt::skip]
const NO_NAMES: &[&str] = &[
    "north", "south", "east", "west", "central", "northern", "southern", "eastern", "western", "centre", "center",
    "city", "state", "capital", "republic", "province", "district", "region", "islands", "island", "coast", "gulf coast",
    "littoral", "parliament", "senate", "embassy", "of", "the", "earth", "church", "university", "union", "court",
];

/// The form names are looked up by: ASCII letters in lower case, one space.
/// `codebook/places/make.py` folds the same way.
pub(super) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => folded.push(c),
            ' ' | '-' | '\u{a0}' | '\u{2010}' | '\u{2011}' | '\u{2013}' => {
                if !folded.ends_with(' ') && !folded.is_empty() {
                    folded.push(' ');
                }
            }
            _ if c.is_ascii() => {}
            _ => {
                if let Some((_, plain)) = FOLDS.iter().find(|(marked, _)| marked.contains(c)) {
                    folded.push_str(plain);
                }
            }
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// Letters with marks and what they fold to; a mark that stands alone vanishes.
#[rustfmt::skip]
const FOLDS: &[(&str, &str)] = &[
    ("àáâãäåāăąǎạảấầẩẫậắằẳẵặəǟ", "a"),
    ("çćĉċčḉ", "c"),
    ("ďđðḍḑḏ", "d"),
    ("èéêëēĕėęěẹẻẽếềểễệȩ", "e"),
    ("ĝğġģǧḡ", "g"),
    ("ĥħḥḩḫẖ", "h"),
    ("ìíîïĩīĭįıǐịỉ", "i"),
    ("ĵǰ", "j"),
    ("ķǩḳḵ", "k"),
    ("ĺļľłḷḻ", "l"),
    ("ṃ", "m"),
    ("ñńņňṅṇṉ", "n"),
    ("òóôõöøōŏőǒọỏốồổỗộơớờởỡợ", "o"),
    ("ŕŗřṛṟ", "r"),
    ("śŝşšșṣ", "s"),
    ("ţťțṭṯ", "t"),
    ("ùúûüũūŭůűųǔụủưứừửữự", "u"),
    ("ŵ", "w"),
    ("ýÿŷỳỵỷỹ", "y"),
    ("źżžẓẕ", "z"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
    ("þ", "th"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sorted_file_is_searched_by_line() {
        let file = "aa\t1\nab\t2\nab\t3\nabc\t4\nb\t5\n";
        for (key, expected) in
            [("aa", vec!["aa\t1"]), ("ab", vec!["ab\t2", "ab\t3"]), ("b", vec!["b\t5"]), ("a", vec![]), ("z", vec![])]
        {
            assert_eq!(lines_of(file, key).collect::<Vec<_>>(), expected, "{key}");
        }
        assert_eq!(lines_of("", "a").count(), 0);
    }

    #[test]
    fn names_fold_to_plain_letters() {
        for (name, expected) in [
            ("San José", "san jose"),
            ("Deir ez-Zor", "deir ez zor"),
            ("Sana\u{2019}a", "sanaa"),
            ("  Łódź ", "lodz"),
            ("Rafaḩ", "rafah"),
            ("停战", ""),
            ("U.S.", "us"),
        ] {
            assert_eq!(fold(name), expected);
        }
    }
}
