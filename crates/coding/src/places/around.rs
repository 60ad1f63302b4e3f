//! The words around a place name: direction, distance, nearness, what it is to
//! the sentence.
//!
//! Takes a sentence and the tokens of a name; gives what they add to the place.
//! Never looks at which place it is.
//!
//! Example: "12 km east of" moves the point and widens the precision; "in"
//! makes the place the one where it happened.

use record::Sentence;

/// What a place is to the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// "in Oslo", "near Goma": where it happens.
    At,
    From,
    To,
    /// "about Sri Lanka", "over Kashmir", "on Darfur".
    About,
    /// "of Syria", "Syria's": whose.
    Of,
    /// Subject, object, part of a name.
    Other,
}

/// What stands before and after a name.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Surroundings {
    /// First token of the words that belong to the place: "12 km east of X".
    pub from: usize,
    /// Kilometres and direction in degrees from north.
    pub offset: Option<(f64, f64)>,
    /// "near", "outskirts of", "north of" without a distance.
    pub near: bool,
    /// "north of X", no distance given.
    pub beyond: bool,
    /// "the border with X", "the X border".
    pub border: bool,
    pub division: bool,
    pub town: bool,
}

const DIRECTIONS: [(&str, f64); 12] = [
    ("north", 0.0),
    ("northeast", 45.0),
    ("north-east", 45.0),
    ("east", 90.0),
    ("southeast", 135.0),
    ("south-east", 135.0),
    ("south", 180.0),
    ("southwest", 225.0),
    ("south-west", 225.0),
    ("west", 270.0),
    ("northwest", 315.0),
    ("north-west", 315.0),
];

const PARTS: &[&str] = &[
    "northern",
    "southern",
    "eastern",
    "western",
    "central",
    "northeastern",
    "northwestern",
    "southeastern",
    "southwestern",
    "north-eastern",
    "north-western",
    "south-eastern",
    "south-western",
    "downtown",
    "rural",
    "greater",
    "upper",
    "lower",
    "coastal",
    "mainland",
    "opposition-held",
    "rebel-held",
    "government-held",
    "occupied",
    "north",
    "south",
    "east",
    "west",
    "inner",
    "outer",
    "wider",
];

const DIVISIONS: &[&str] = &[
    "province",
    "governorate",
    "region",
    "state",
    "oblast",
    "department",
    "prefecture",
    "provinces",
    "states",
    "regions",
];

const TOWNS: &[&str] = &["city", "town", "village", "capital", "port"];

fn lower(sentence: &Sentence, at: usize) -> String {
    sentence.tokens.get(at).map(|token| token.text.to_lowercase()).unwrap_or_default()
}

/// Reads what stands around tokens `first..last`.
pub(super) fn read(sentence: &Sentence, first: usize, last: usize) -> Surroundings {
    let mut around = Surroundings { from: first, ..Surroundings::default() };
    let before = |back: usize| if back <= first { lower(sentence, first - back) } else { String::new() };
    let after = lower(sentence, last);
    around.division =
        DIVISIONS.contains(&after.as_str()) || before(1) == "of" && DIVISIONS.contains(&before(2).as_str());
    around.town = TOWNS.contains(&after.as_str())
        || before(1) == "of" && TOWNS.contains(&before(2).as_str())
        || TOWNS.contains(&before(1).as_str());
    around.border = matches!(after.as_str(), "border" | "borders" | "frontier")
        || matches!(before(1).as_str(), "with" | "and" | "between")
            && (2..=6).any(|back| matches!(before(back).as_str(), "border" | "borders" | "frontier"));

    // "southern X", "north-eastern X" (one token or three).
    let mut at = first;
    if PARTS.contains(&before(1).as_str()) {
        at -= 1;
        if at >= 2
            && lower(sentence, at - 1) == "-"
            && DIRECTIONS.iter().any(|(name, _)| *name == lower(sentence, at - 2))
        {
            at -= 2;
        }
        around.from = at;
    }

    // "the outskirts of X", "near X", "12 km east of the city of X".
    let mut back = at;
    while back > 0
        && matches!(lower(sentence, back - 1).as_str(), "the" | "of" | "city" | "town" | "village" | "capital" | ",")
        && at - back < 5
    {
        back -= 1;
    }
    let of = (back..at).any(|index| lower(sentence, index) == "of");
    let head = if back > 0 { lower(sentence, back - 1) } else { String::new() };
    let beside = matches!(head.as_str(), "near" | "nearby" | "outside" | "around");
    let edge =
        matches!(head.as_str(), "outskirts" | "vicinity" | "suburb" | "suburbs" | "environs" | "edge" | "countryside");
    if beside || of && edge {
        around.near = true;
        around.from = back - 1;
    } else if of && let Some((_, degrees)) = DIRECTIONS.iter().find(|(name, _)| *name == head) {
        around.beyond = true;
        around.from = back - 1;
        if let Some((kilometres, from)) = distance(sentence, back - 1) {
            around.offset = Some((kilometres, *degrees));
            around.beyond = false;
            around.from = from;
        }
    }
    around
}

/// "12 km", "about 30 miles (50 km)" that ends before token `end`.
fn distance(sentence: &Sentence, end: usize) -> Option<(f64, usize)> {
    let mut at = end;
    // The conversion in brackets and "to the" are passed over.
    while at > 0 && end - at < 8 {
        at -= 1;
        let word = lower(sentence, at);
        let per = match word.as_str() {
            "km" | "kms" | "kilometer" | "kilometers" | "kilometre" | "kilometres" => 1.0,
            "mile" | "miles" => 1.609,
            _ => {
                // "12km" in one token.
                if let Some(number) = word.strip_suffix("km").and_then(|number| number.parse::<f64>().ok()) {
                    return Some((number, at));
                }
                continue;
            }
        };
        let number = lower(sentence, at.checked_sub(1)?).replace(',', "").parse::<f64>().ok()?;
        return (number < 3000.0).then_some((number * per, at - 1));
    }
    None
}

/// What the place is to the sentence, by the word before it.
pub(super) fn role(sentence: &Sentence, first: usize, last: usize) -> Role {
    if matches!(lower(sentence, last).as_str(), "'s" | "\u{2019}s") {
        return Role::Of;
    }
    let mut at = first;
    while at > 0 && first - at < 5 {
        at -= 1;
        let word = lower(sentence, at);
        return match word.as_str() {
            "in" | "at" | "inside" | "near" | "outside" | "around" | "across" | "within" | "throughout" | "off"
            | "on" => Role::At,
            "from" | "out" => Role::From,
            "to" | "into" | "toward" | "towards" => Role::To,
            "about" | "over" | "concerning" | "regarding" => Role::About,
            "of" => {
                // "the town of X" goes on to the word before the town.
                if matches!(
                    lower(sentence, at.wrapping_sub(1)).as_str(),
                    "city"
                        | "town"
                        | "village"
                        | "province"
                        | "outskirts"
                        | "north"
                        | "south"
                        | "east"
                        | "west"
                        | "capital"
                        | "region"
                        | "port"
                        | "state"
                ) {
                    continue;
                }
                Role::Of
            }
            "the" | "a" | "city" | "town" | "village" | "province" | "capital" | "outskirts" | "north" | "south"
            | "east" | "west" | "region" | "port" | "state" => continue,
            _ if PARTS.contains(&word.as_str()) => continue,
            _ => Role::Other,
        };
    }
    Role::Other
}

/// The point that many kilometres off in a direction.
pub(super) fn moved(lat: f64, lon: f64, kilometres: f64, degrees: f64) -> (f64, f64) {
    let radians = degrees.to_radians();
    let north = kilometres * radians.cos() / 111.2;
    let east = kilometres * radians.sin() / (111.2 * lat.to_radians().cos().abs().max(0.05));
    let round = |value: f64| (value * 100.0).round() / 100.0;
    (round((lat + north).clamp(-90.0, 90.0)), round(lon + east))
}
