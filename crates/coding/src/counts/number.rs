//! Numbers and their nouns.
//!
//! Takes a sentence; gives its quantities with bounds: "at least 17 people",
//! "tens of thousands", "between 10 and 15". Never takes a year for a number,
//! and leaves out what counts no people (days, dollars, houses).
//!
//! Example: "more than a dozen men" is 13 or more.

use record::{Sentence, Upos};

use super::{Shape, harm, lower};

/// Bounds of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bounds {
    pub low: Option<u64>,
    pub high: Option<u64>,
}

impl Bounds {
    pub fn exact(value: u64) -> Bounds {
        Bounds { low: Some(value), high: Some(value) }
    }

    pub fn at_least(value: u64) -> Bounds {
        Bounds { low: Some(value), high: None }
    }

    pub fn plus(self, other: Bounds) -> Bounds {
        let sum = |a: Option<u64>, b: Option<u64>| Some(a?.saturating_add(b?));
        // A part without a lower bound still leaves that of the other.
        let low = sum(self.low, other.low).or(self.low).or(other.low);
        Bounds { low, high: sum(self.high, other.high) }
    }
}

/// A number in the text: tokens `first..last`, the noun with it.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    pub first: usize,
    /// Where the number itself ends and its noun begins.
    pub noun: usize,
    pub last: usize,
    pub bounds: Bounds,
    /// "a soldier": one person, if the tree makes it the patient.
    pub single: bool,
}

/// Nouns that make a person of "a": "a soldier", not "an attempt".
#[rustfmt::skip]
const PEOPLE: &[&str] = &[
    "man", "woman", "boy", "girl", "child", "baby", "infant", "toddler", "teenager", "youth", "person", "civilian",
    "soldier", "officer", "policeman", "policewoman", "constable", "guard", "peacekeeper", "fighter", "militant",
    "rebel", "insurgent", "gunman", "attacker", "bomber", "terrorist", "suspect", "commander", "leader", "general",
    "colonel", "major", "captain", "lieutenant", "sergeant", "official", "minister", "politician", "lawmaker",
    "governor", "mayor", "judge", "prosecutor", "lawyer", "activist", "protester", "demonstrator", "journalist",
    "reporter", "photographer", "cameraman", "correspondent", "worker", "student", "teacher", "doctor", "nurse",
    "farmer", "herder", "driver", "pilot", "passenger", "pedestrian", "bystander", "resident", "villager", "citizen",
    "national", "tourist", "refugee", "migrant", "priest", "imam", "pastor", "bishop", "monk", "prisoner", "inmate",
    "detainee", "victim", "mother", "father", "brother", "sister", "son", "daughter", "wife", "husband", "member",
    "volunteer", "engineer", "contractor", "employee", "staffer", "aide", "spokesman", "diplomat", "ambassador",
    "businessman", "puller", "vendor", "shopkeeper", "settler", "medic", "firefighter", "fisherman", "cleric",
    "hostage", "defector", "couple", "accountant", "scientist", "professor",
];

/// Nouns that are counted but are not people.
#[rustfmt::skip]
const NOT_PEOPLE: &[&str] = &[
    "day", "days", "week", "weeks", "month", "months", "year", "years", "hour", "hours", "minute", "minutes",
    "night", "nights", "decade", "decades", "century", "%", "percent", "per", "cent", "km", "kilometer",
    "kilometers", "kilometre", "kilometres", "mile", "miles", "meter", "meters", "metre", "metres", "dollar",
    "dollars", "euros", "pounds", "house", "houses", "home", "homes", "building", "buildings", "vehicle",
    "vehicles", "car", "cars", "tank", "tanks", "village", "villages", "town", "towns", "times", "attack",
    "attacks", "incident", "incidents", "separate", "blast", "blasts", "place", "places", "district", "districts",
    "states", "countries", "cattle", "goats", "cows", "camels", "sheep", "animals", "am", "pm", "th", "shots",
    "bullets", "rockets", "missiles", "drones", "shells", "rounds", "hectares", "acres", "tons", "tonnes",
    "families", "households", "episodes", "raids", "cardiac", "counts", "charges", "occasions", "o'clock", "a.m.", "p.m.",
    "gmt",
];

/// The numbers of a sentence with their nouns.
pub(super) fn quantities(sentence: &Sentence) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < sentence.tokens.len() {
        match quantity(sentence, at) {
            Some(quantity) => {
                at = quantity.last.max(at + 1);
                if !(quantity.noun..quantity.last).any(|index| NOT_PEOPLE.contains(&lower(sentence, index).as_str())) {
                    found.push(quantity);
                }
            }
            None => at += 1,
        }
    }
    found
}

/// The quantity that starts at `at`: "at least 17 people".
fn quantity(sentence: &Sentence, at: usize) -> Option<Quantity> {
    let text = |index: usize| lower(sentence, index);
    let two = |a: &str, b: &str| text(at) == a && text(at + 1) == b;
    let three = |a: &str, b: &str, c: &str| two(a, b) && text(at + 2) == c;
    type Turn = fn(Bounds) -> Bounds;
    let raise: Turn = |b| Bounds { low: b.low, high: None };
    let above: Turn = |b| Bounds { low: b.low.map(|low| low.saturating_add(1)), high: None };
    let cap: Turn = |b| Bounds { low: None, high: b.high };
    let below: Turn = |b| Bounds { low: None, high: b.high.map(|high| high.saturating_sub(1)) };
    let about: Turn = |b| around(b, true);
    let nearly: Turn = |b| around(b, false);
    let keep: Turn = |b| b;
    let (turn, number): (Turn, usize) = if two("at", "least") {
        (raise, at + 2)
    } else if two("more", "than") {
        (above, at + 2)
    } else if three("not", "less", "than") || three("no", "less", "than") || three("no", "fewer", "than") {
        (raise, at + 3)
    } else if three("no", "more", "than") || three("as", "many", "as") {
        (cap, at + 3)
    } else if two("up", "to") || two("at", "most") {
        (cap, at + 2)
    } else if two("fewer", "than") || two("less", "than") {
        (below, at + 2)
    } else if two("close", "to") {
        (nearly, at + 2)
    } else {
        match text(at).as_str() {
            "over" => (above, at + 1),
            "nearly" | "almost" => (nearly, at + 1),
            "about" | "around" | "roughly" | "approximately" | "some" => (about, at + 1),
            "between" => {
                let (low, middle) = number_at(sentence, at + 1)?;
                (text(middle) == "and").then_some(())?;
                let (high, end) = number_at(sentence, middle + 1)?;
                let bounds = Bounds { low: low.low, high: high.high };
                return Some(with_noun(sentence, at, end, bounds));
            }
            "another" | "only" | "just" | "exactly" => (keep, at + 1),
            _ => (keep, at),
        }
    };
    if number == at && matches!(text(at).as_str(), "no" | "nobody" | "none") {
        let one = text(at) == "no" && text(at + 1) == "one";
        let end = at + 1 + usize::from(one);
        if text(end).starts_with(['\'', '\u{2019}']) {
            return None;
        }
        return Some(with_noun(sentence, at, end, Bounds::exact(0)));
    }
    // "RAB-4 team", "Covid-19 deaths": the number belongs to the name before.
    let glued = |index: usize| sentence.tokens[index].span.start == sentence.tokens[index - 1].span.end;
    if number == at
        && at > 1
        && text(at - 1) == "-"
        && glued(at)
        && glued(at - 1)
        && !text(at - 2).starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let one = number == at && matches!(text(at).as_str(), "a" | "an");
    if one && number_at(sentence, number).is_none() {
        let quantity = with_noun(sentence, at, at + 1, Bounds::exact(1));
        let noun = sentence
            .tokens
            .get(quantity.last.wrapping_sub(1))
            .is_some_and(|token| token.upos == Upos::Noun && token.xpos != "NNS");
        let person = (quantity.noun..quantity.last).any(|index| PEOPLE.contains(&text(index).as_str()));
        return (noun && person && quantity.last > quantity.noun).then_some(Quantity { single: true, ..quantity });
    }
    let (mut bounds, mut end) = number_at(sentence, number)?;
    // "10 to 15", "10-15", "two or three"; not "rose from 20 to 27".
    let from = at > 0 && text(at - 1) == "from";
    if !from
        && matches!(text(end).as_str(), "to" | "-" | "\u{2013}" | "or")
        && let Some((high, after)) = number_at(sentence, end + 1)
        && high.high > bounds.low
    {
        bounds = Bounds { low: bounds.low, high: high.high };
        end = after;
    }
    Some(with_noun(sentence, at, end, turn(bounds)))
}

/// "About 400" is what rounds to 400: half of the unit of its last digit that
/// is not nought, each way ("nearly" only downwards).
fn around(bounds: Bounds, both: bool) -> Bounds {
    let (Some(low), Some(high)) = (bounds.low, bounds.high) else { return bounds };
    let mut unit = 1u64;
    while low > 0 && (low / unit).is_multiple_of(10) && unit < u64::MAX / 10 {
        unit *= 10;
    }
    if unit == 1 && low.is_multiple_of(5) && low > 5 {
        unit = 5;
    }
    let half = unit / 2;
    Bounds { low: Some(low.saturating_sub(half)), high: Some(if both { high.saturating_add(half) } else { high }) }
}

#[rustfmt::skip]
const SMALL: &[&str] = &[
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
];
#[rustfmt::skip]
const TENS: &[&str] = &[
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
    "ninety"];
#[rustfmt::skip] const POWERS: &[(&str, &str, u64)] = &[ ("dozen", "dozens", 12), ("score",
    "scores", 20), ("hundred", "hundreds", 100), ("thousand", "thousands", 1000), ("million",
    "millions", 1_000_000),
];

/// A number without its modifier: its bounds and the token after it.
fn number_at(sentence: &Sentence, at: usize) -> Option<(Bounds, usize)> {
    let text = |index: usize| lower(sentence, index);
    let word = text(at);
    // "dozens", "tens of thousands", "scores of".
    let plural = |word: &str| {
        if word == "tens" {
            return Some(10);
        }
        POWERS.iter().find(|(_, plural, _)| *plural == word).map(|(_, _, value)| *value)
    };
    if let Some(value) = plural(&word) {
        if text(at + 1) == "of"
            && let Some(times) = plural(&text(at + 2))
            && times >= 100
        {
            return Some((Bounds::at_least(2 * value * times), at + 3));
        }
        // "tens" alone is no English number of people but wires write it.
        return Some((Bounds::at_least(2 * value), at + 1));
    }
    let (mut value, mut end) = match word.as_str() {
        "a" | "an" | "the" if POWERS.iter().any(|(one, _, _)| *one == text(at + 1)) && word != "the" => (1, at + 1),
        "a" if text(at + 1) == "few" => return Some((Bounds::at_least(3), at + 2)),
        "a" if text(at + 1) == "couple" => return Some((Bounds::exact(2), at + 2 + usize::from(text(at + 2) == "of"))),
        "several" => return Some((Bounds::at_least(3), at + 1)),
        "both" => return Some((Bounds::exact(2), at + 1)),
        _ => (small_number(sentence, at)?, at + 1),
    };
    if TENS.contains(&word.as_str()) {
        let next = end + usize::from(text(end) == "-");
        if let Some(ones) = SMALL[1..10].iter().position(|name| *name == text(next)) {
            value += ones as u64 + 1;
            end = next + 1;
        }
    }
    while let Some((_, _, power)) = POWERS.iter().find(|(one, _, _)| *one == text(end)) {
        value = value.saturating_mul(*power);
        end += 1;
        // "one hundred and twenty".
        let next = end + usize::from(text(end) == "and");
        if *power == 100
            && let Some((more, after)) = number_at(sentence, next)
            && more.high.is_some_and(|more| more < 100)
            && !text(next).starts_with(|c: char| c.is_ascii_digit())
        {
            value += more.high.unwrap_or(0);
            end = after;
        }
    }
    // "1.5 million" is read whole: tenths of the power that follows.
    if let Some((tenths, after)) = decimal(sentence, at) {
        return Some((Bounds::exact(tenths), after));
    }
    Some((Bounds::exact(value), end))
}

fn small_number(sentence: &Sentence, at: usize) -> Option<u64> {
    let text = lower(sentence, at);
    if let Some(value) = SMALL.iter().position(|name| *name == text) {
        return Some(value as u64);
    }
    if let Some(tens) = TENS.iter().position(|name| *name == text) {
        return Some((tens as u64 + 2) * 10);
    }
    if let Some((tens, ones)) = text.split_once('-') {
        let tens = TENS.iter().position(|name| *name == tens)?;
        let ones = SMALL[1..10].iter().position(|name| *name == ones)?;
        return Some((tens as u64 + 2) * 10 + ones as u64 + 1);
    }
    let plain = text.replace(',', "");
    // A year is no number of people; "1998" without a comma hardly ever is one.
    let year = !text.contains(',') && text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let digits = !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_digit());
    let money = at > 0 && matches!(lower(sentence, at - 1).as_str(), "$" | "\u{20ac}" | "\u{a3}" | "rs" | "us$");
    let grouped = !text.contains(',') || text.rsplit(',').next().is_some_and(|last| last.len() >= 2);
    if digits && !year && !money && grouped {
        return plain.parse().ok();
    }
    // "1.000 persons": the point of the continent.
    if let Some((whole, part)) = text.split_once('.')
        && part.len() == 3
        && whole.len() <= 3
        && whole != "0"
        && let (Ok(whole), Ok(part)) = (whole.parse::<u64>(), part.parse::<u64>())
        && !POWERS.iter().any(|(one, _, _)| *one == lower(sentence, at + 1))
    {
        return Some(whole * 1000 + part);
    }
    let whole = text.split_once('.').map(|(whole, _)| whole)?;
    let next = lower(sentence, at + 1);
    (POWERS.iter().any(|(one, _, _)| *one == next) && text.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
        .then(|| whole.parse().ok())?
}

/// "1.5 million" as a whole number.
fn decimal(sentence: &Sentence, at: usize) -> Option<(u64, usize)> {
    let text = lower(sentence, at);
    let (whole, part) = text.split_once('.')?;
    let next = lower(sentence, at + 1);
    let (_, _, power) = POWERS.iter().find(|(one, _, _)| *one == next)?;
    let whole: u64 = whole.parse().ok()?;
    let digits = u32::try_from(part.len()).ok().filter(|digits| (1..=6).contains(digits))?;
    let part: u64 = part.parse().ok()?;
    let value = whole.checked_mul(*power)?.checked_add(part.checked_mul(*power)? / 10u64.pow(digits))?;
    Some((value, at + 2))
}

/// Takes the noun of a number with it: "at least 17 unarmed people".
fn with_noun(sentence: &Sentence, first: usize, number: usize, bounds: Bounds) -> Quantity {
    let tokens = &sentence.tokens;
    let mut last = number;
    let mut at = number;
    if lower(sentence, at) == "of" {
        at += 1;
        if matches!(lower(sentence, at).as_str(), "the" | "its" | "their" | "his" | "these" | "those") {
            at += 1;
        }
    }
    let from = at;
    while at < tokens.len() && at - from < 5 {
        let word = lower(sentence, at);
        let tag = tokens[at].upos;
        let shape = harm(sentence, at).map(|(_, shape)| shape);
        let noun = match tag {
            Upos::Noun | Upos::Propn => shape.is_none_or(|shape| matches!(shape, Shape::Noun | Shape::Lives)),
            Upos::Adj => shape.is_none() && word != "dead",
            Upos::X => {
                shape.is_none_or(|shape| matches!(shape, Shape::Noun | Shape::Lives))
                    && !BREAKS.contains(&word.as_str())
                    && word.starts_with(char::is_alphabetic)
            }
            _ => matches!(word.as_str(), "%" | "-" | "percent"),
        };
        if !noun {
            break;
        }
        at += 1;
        if tag != Upos::Adj || matches!(word.as_str(), "others" | "more") {
            last = at;
        }
        // Untagged, one noun is enough: what follows may be the verb.
        if tag == Upos::X && at - from >= 2 {
            break;
        }
    }
    Quantity { first, noun: number, last: last.max(number), bounds, single: false }
}

/// Words that end a noun where nothing is tagged.
#[rustfmt::skip]
const BREAKS: &[&str] = &[
    "and", "or", "in", "on", "at", "by", "from", "to", "with", "after", "before", "during", "when", "while", "who",
    "were", "was", "are", "is", "have", "has", "had", "be", "been", "as", "but", "that", "which", "including",
    "near", "for", "of", "the", "a", "an", "their", "his", "its", "since", "last", "this", "so", "far", "over",
    "inside", "outside", "dead", "alive", "also", "than", "into", "out", "between", "if", "not", "will", "would",
    "could", "may", "might", "reportedly",
];
