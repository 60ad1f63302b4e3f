//! Where: the places a document names, and which ones they are.
//!
//! Takes the gazetteer and a read document; gives, sentence by sentence, the
//! place names with the place each means, how exact that is, what it is to the
//! sentence, and why. Never takes the country of a publication for the place of
//! an event; a name that could be several places stays open.
//!
//! | file | gimme … |
//! |---|---|
//! | `gazetteer` | the places a name may mean |
//! | `rank` | the one it means here |
//! | `around` | "12 km east of", "near", "in" |
//!
//! Example: in "talks in Oslo about Sri Lanka", Oslo (NOR) is where it happens
//! and Sri Lanka (LKA) what it is about.

use record::{Document, Mention, MentionType, Place, PlacePrecision, Remark, Sentence, Span, Upos, Why};

mod around;
mod gazetteer;
mod rank;

#[cfg(test)]
mod tests;

pub use around::Role;
pub use gazetteer::{Candidate, Class, Gazetteer};

use rank::{Evidence, Hints};

/// A place name in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceMention {
    /// Tokens of the name, half-open; `place.text` may hold more ("near X").
    pub first: usize,
    pub last: usize,
    pub place: Place,
    pub role: Role,
    pub why: Why,
    pub remark: Option<Remark>,
}

/// A name before it is resolved.
#[derive(Debug, Clone)]
struct Named {
    first: usize,
    last: usize,
    /// What to look up.
    name: String,
    /// A site within the place that was looked up: "Kandahar airport".
    site: bool,
    candidates: Vec<Candidate>,
}

/// Finds and resolves the places of a document.
pub fn find(gazetteer: &Gazetteer, document: &Document, sentences: &[Sentence]) -> Vec<Vec<PlaceMention>> {
    let named: Vec<Vec<Named>> = sentences.iter().map(|sentence| names(gazetteer, sentence)).collect();
    let evidence = evidence(gazetteer, document, sentences, &named);
    sentences
        .iter()
        .zip(&named)
        .map(|(sentence, names)| {
            (0..names.len()).map(|index| resolve(gazetteer, document, sentence, names, index, &evidence)).collect()
        })
        .collect()
}

/// Resolves a bare phrase: `verbale where "PHRASE" --near COUNTRY`.
pub fn parse(gazetteer: &Gazetteer, phrase: &str, near: Option<&str>) -> (Option<Candidate>, Why) {
    let mut evidence = Evidence::default();
    if let Some(near) = near {
        let country = gazetteer.country_named(near).unwrap_or(near);
        evidence.add("near", country, 3.0);
    }
    let (name, inside) = match phrase.split_once(',') {
        Some((name, inside)) => (
            name.trim(),
            gazetteer.country_named(inside.trim()).map(str::to_string).or(Some(inside.trim().to_string())),
        ),
        None => (phrase.trim(), None),
    };
    let hints = Hints { inside, ..Hints::default() };
    let choice = rank::choose(name, gazetteer.candidates(name), &evidence, &hints);
    (choice.candidate, choice.why)
}

/// The place names of a sentence: what the recogniser calls a place, and the
/// countries, capitals and regions it missed.
fn names(gazetteer: &Gazetteer, sentence: &Sentence) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for mention in &sentence.mentions {
        if matches!(mention.kind, MentionType::Location | MentionType::Facility) {
            split(gazetteer, sentence, mention, &mut found);
        }
    }
    let mut at = 0;
    while at < sentence.tokens.len() {
        let taken = found.iter().any(|named| named.first <= at && at < named.last);
        match (!taken).then(|| well_known(gazetteer, sentence, at)).flatten() {
            Some(named) => {
                at = named.last;
                found.push(named);
            }
            None => at += 1,
        }
    }
    found.sort_by_key(|named| named.first);
    found
}

/// "Homs, Syria" in one mention is two names; "the" and "'s" are none.
fn split(gazetteer: &Gazetteer, sentence: &Sentence, mention: &Mention, found: &mut Vec<Named>) {
    let end = mention.last.min(sentence.tokens.len());
    let whole = words(sentence, mention.first, end);
    // "Bosnia and Herzegovina" is one name.
    let one = !gazetteer.candidates(&whole).is_empty();
    let comma = |at: usize| !one && matches!(sentence.tokens[at].text.as_str(), "," | "/" | "and" | ";");
    let mut from = mention.first;
    while from < end {
        let to = (from..end).find(|&at| comma(at)).unwrap_or(end);
        found.extend(named(gazetteer, sentence, from, to, mention.kind == MentionType::Facility));
        from = to + 1;
    }
}

fn named(gazetteer: &Gazetteer, sentence: &Sentence, first: usize, last: usize, facility: bool) -> Option<Named> {
    let (mut first, mut last) = (first, last);
    let lower = |at: usize| sentence.tokens[at].text.to_lowercase();
    while first < last && matches!(lower(first).as_str(), "the" | "'s" | "\u{2019}s" | "a") {
        first += 1;
    }
    while last > first
        && matches!(lower(last - 1).as_str(), "'s" | "\u{2019}s" | "." | "'" | "\u{2019}")
        && lower(last - 1) != "u.s."
    {
        last -= 1;
    }
    if first >= last {
        return None;
    }
    let made = |first: usize, last: usize, site: bool| {
        let name = words(sentence, first, last);
        let candidates = gazetteer.candidates(&name);
        (!candidates.is_empty()).then_some(Named { first, last, name, site, candidates })
    };
    if let Some(named) = made(first, last, false) {
        return Some(named);
    }
    // "northern Syria", "city of Homs", "Homs province".
    const KINDS: &[&str] = &[
        "city",
        "town",
        "village",
        "capital",
        "province",
        "governorate",
        "state",
        "region",
        "district",
        "county",
        "of",
        "the",
        "port",
        "northern",
        "southern",
        "eastern",
        "western",
        "central",
        "north",
        "south",
        "east",
        "west",
        "north-eastern",
        "north-western",
        "south-eastern",
        "south-western",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "coastal",
        "-",
        "area",
        "republic",
    ];
    let small = |at: usize| KINDS.contains(&lower(at).as_str());
    let (mut from, mut to) = (first, last);
    while from + 1 < to && small(from) {
        from += 1;
    }
    while to - 1 > from && small(to - 1) {
        to -= 1;
    }
    if let Some(named) = made(from, to, false) {
        return Some(named);
    }
    // "Kandahar airport", "Zaatari camp": the longest beginning that is a place.
    if facility || to - from > 1 {
        for cut in (from + 1..to).rev() {
            let well = gazetteer.is_well_known(&words(sentence, from, cut));
            if (facility || well)
                && let Some(named) = made(from, cut, true)
            {
                return Some(Named { last: to, ..named });
            }
        }
    }
    Some(Named { first, last, name: words(sentence, first, last), site: false, candidates: Vec::new() })
}

/// A country, capital or region at `at` that no longer name holds.
fn well_known(gazetteer: &Gazetteer, sentence: &Sentence, at: usize) -> Option<Named> {
    let tokens = &sentence.tokens;
    let capital = |at: usize| tokens[at].text.chars().next().is_some_and(char::is_uppercase);
    let proper = |at: usize| matches!(tokens[at].upos, Upos::Propn | Upos::X);
    // "The Gambia" is found by its second word.
    if !capital(at) || !proper(at) || tokens[at].text == "The" {
        return None;
    }
    let most = (at + Gazetteer::LONGEST).min(tokens.len());
    for end in (at + 1..=most).rev() {
        let name = words(sentence, at, end);
        if !capital(end - 1) || !gazetteer.is_well_known(&name) {
            continue;
        }
        let span = Span::new(tokens[at].span.start, tokens[end - 1].span.end);
        let held = sentence.mentions.iter().any(|mention| {
            let whole = mention.first <= at && end <= mention.last;
            let longer = mention.last - mention.first > end - at;
            let whose =
                mention.last == end + 1 && tokens[end].text.ends_with(['s', '\'']) && tokens[end].text.len() <= 2;
            whole && (mention.kind == MentionType::Person || mention.kind == MentionType::Norp || longer && !whose)
        });
        // A longer run of capitals is another name: "Jordan Henderson", "Georgia Tech".
        let tagged = tokens[at].upos == Upos::Propn;
        let treed = tokens.iter().any(|token| token.head.is_some());
        let inside = |head: Option<usize>| head.is_some_and(|head| at <= head && head < end);
        let joined = |near: Option<usize>| {
            let Some(near) = near.filter(|near| *near < tokens.len()) else { return false };
            let linked = !treed
                || tokens[near].relation() == "flat" && inside(tokens[near].head)
                || (at..end)
                    .any(|own| tokens[own].head == Some(near) && matches!(tokens[own].relation(), "flat" | "compound"));
            let held = sentence.mentions.iter().any(|mention| mention.first <= near && near < mention.last);
            linked
                && !held
                && capital(near)
                && tokens[near].upos == Upos::Propn
                && !gazetteer.is_well_known(&tokens[near].text)
        };
        let part = tagged && (joined(at.checked_sub(1)) || joined(Some(end)));
        if held || part || span.is_empty() {
            return None;
        }
        let candidates = gazetteer.candidates(&name);
        return Some(Named { first: at, last: end, name, site: false, candidates });
    }
    None
}

/// The words of a token range, spaced as in the text.
fn words(sentence: &Sentence, first: usize, last: usize) -> String {
    let mut text = String::new();
    for at in first..last.min(sentence.tokens.len()) {
        if at > first && sentence.tokens[at].span.start > sentence.tokens[at - 1].span.end {
            text.push(' ');
        }
        text.push_str(&sentence.tokens[at].text);
    }
    text
}

/// What the whole document says of countries: their names and people count one
/// each, names with one possible country a half.
fn evidence(gazetteer: &Gazetteer, document: &Document, sentences: &[Sentence], named: &[Vec<Named>]) -> Evidence {
    let mut evidence = Evidence::default();
    for named in named.iter().flatten() {
        let mut countries: Vec<&str> = named.candidates.iter().filter_map(|one| one.country.as_deref()).collect();
        countries.sort_unstable();
        countries.dedup();
        let country = named.candidates.iter().find(|one| one.class == Class::Country);
        match (country, &countries[..]) {
            // "Georgia" and "Jordan" are countries often enough to speak for
            // themselves, not often enough to count whole.
            (Some(country), _) => {
                if let Some(code) = &country.country {
                    evidence.add(&named.name, code, if countries.len() > 1 { 0.5 } else { 1.0 });
                }
            }
            (None, [only]) => evidence.add(&named.name, only, 0.5),
            (None, _) => {
                if let Some(code) = gazetteer.country_of(&named.name) {
                    evidence.add(&named.name, &code, 0.25);
                }
            }
        }
    }
    for sentence in sentences {
        for mention in sentence.mentions.iter().filter(|mention| mention.kind == MentionType::Norp) {
            let people = words(sentence, mention.first, mention.last);
            if let Some(code) = gazetteer.country_like(&people) {
                evidence.add(&people, code, 1.0);
            }
        }
    }
    if let Some(code) = document.dateline_place.as_deref().and_then(|place| gazetteer.country_of(place)) {
        evidence.add("dateline", &code, 1.0);
    }
    evidence
}

fn resolve(
    gazetteer: &Gazetteer,
    document: &Document,
    sentence: &Sentence,
    names: &[Named],
    index: usize,
    evidence: &Evidence,
) -> PlaceMention {
    let named = &names[index];
    let around = around::read(sentence, named.first, named.last);
    let hints = Hints {
        inside: inside(gazetteer, sentence, names, index),
        division: around.division,
        town: around.town,
        sentence: names
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .filter_map(|(_, other)| gazetteer.country_named(&other.name).map(str::to_string))
            .collect(),
    };
    let choice = rank::choose(&named.name, named.candidates.clone(), evidence, &hints);
    let last = named.last;
    let span = match (sentence.tokens.get(around.from), sentence.tokens.get(last.wrapping_sub(1))) {
        (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
        _ => sentence.span,
    };
    let text = document.text.get(span).map_or_else(|| words(sentence, around.from, last), str::to_string);
    let remark = match &choice.candidate {
        None if named.candidates.is_empty() => None,
        None => Some(
            Remark::new("ambiguous-place", format!("\"{}\" could be several places: left open", named.name)).at(span),
        ),
        Some(_) => None,
    };
    let place = match choice.candidate {
        Some(candidate) => place(text, candidate, named, &around),
        None => Place {
            text,
            name: None,
            country: None,
            admin1: None,
            lat: None,
            lon: None,
            geonames: None,
            precision: PlacePrecision::None,
        },
    };
    let role = around::role(sentence, around.from.min(named.first), named.last);
    PlaceMention { first: named.first, last: named.last, place, role, why: choice.why, remark }
}

/// "Tripoli, Lebanon", "Tripoli in Lebanon", "Tripoli (Lebanon)": what holds it.
fn inside(gazetteer: &Gazetteer, sentence: &Sentence, names: &[Named], index: usize) -> Option<String> {
    let next = names.get(index + 1)?;
    let between: Vec<String> = (names[index].last..next.first)
        .filter_map(|at| sentence.tokens.get(at))
        .map(|token| token.text.to_lowercase())
        .collect();
    let between: Vec<&str> = between.iter().map(String::as_str).collect();
    let holds = matches!(
        between[..],
        [","]
            | ["in"]
            | ["("]
            | [",", "in"]
            | ["in", "northern" | "southern" | "eastern" | "western" | "central"]
            | [",", "northern" | "southern" | "eastern" | "western" | "central"]
    );
    if !holds {
        return None;
    }
    // "Oslo, Geneva and Vienna" is a list of equals.
    let country = gazetteer.country_named(&next.name).map(str::to_string);
    let division = || next.candidates.iter().find(|one| one.class == Class::Admin1).and_then(|one| one.admin1.clone());
    country.or_else(division)
}

fn place(text: String, candidate: Candidate, named: &Named, around: &around::Surroundings) -> Place {
    let mut precision = match candidate.class {
        Class::Country => PlacePrecision::Country,
        Class::Admin1 => PlacePrecision::Admin1,
        Class::Capital | Class::Town => PlacePrecision::Place,
        // A strip of twenty kilometres is as good as a district; the Sahel is not.
        Class::Region => match candidate.radius {
            Some(radius) if radius <= 40.0 => PlacePrecision::Admin2,
            Some(radius) if radius <= 350.0 && candidate.country.is_some() => PlacePrecision::Admin1,
            _ => PlacePrecision::Region,
        },
    };
    let (mut lat, mut lon) = (candidate.lat, candidate.lon);
    let exact = precision == PlacePrecision::Place;
    if around.border && !exact {
        // A border runs for hundreds of kilometres: which part is not said.
        precision = PlacePrecision::Region;
        (lat, lon) = (None, None);
    } else if exact && let (Some((kilometres, degrees)), Some(at_lat), Some(at_lon)) = (around.offset, lat, lon) {
        let (new_lat, new_lon) = around::moved(at_lat, at_lon, kilometres, degrees);
        (lat, lon) = (Some(new_lat), Some(new_lon));
        precision = PlacePrecision::Admin2;
    } else if exact && around.beyond {
        precision = PlacePrecision::Admin1;
    } else if exact && (around.near || named.site) {
        precision = if named.site { PlacePrecision::Place } else { PlacePrecision::Admin2 };
    }
    let geonames = if around.offset.is_some() { None } else { candidate.geonames };
    Place {
        text,
        name: Some(candidate.name),
        country: candidate.country,
        admin1: candidate.admin1,
        lat,
        lon,
        geonames,
        precision,
    }
}
