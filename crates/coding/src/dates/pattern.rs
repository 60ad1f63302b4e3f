//! The pattern language of the rules, and its matcher.
//!
//! Takes words, a place to start and a pattern; gives where the match ends and
//! what the slots held. Backtracks over optional parts, longest first. Never
//! looks before its start: what must stand before is the rule's guard.
//!
//! Example: `&[Month, Day, Opt(&[W(&[","])]), Year]` reads "March 3, 2011".

use jiff::civil::Weekday;

use super::calendar::{Part, Unit};
use super::lex::{Kind, Word};

/// One element of a pattern.
#[derive(Debug, Clone, Copy)]
pub(super) enum P {
    /// One of these words.
    W(&'static [&'static str]),
    /// May be there.
    Opt(&'static [P]),
    /// The next word is one of these; it is not read.
    Ahead(&'static [&'static str]),
    /// A month's name; short forms only beside a number.
    Month,
    /// 1 to 31, "3rd", or a word up to "thirty-first".
    Day,
    /// Two or more days: "15, 17, and 19".
    DayList,
    /// Two or more years: "2008, 2016 and 2021".
    YearList,
    /// A year, or "this year", "of last year".
    Year,
    /// The second year of "2010-11".
    ShortYear,
    /// A weekday's name; short forms only with a point or comma after.
    Weekday,
    /// "Fridays".
    WeekdayPlural,
    /// "day", "weeks".
    Unit,
    /// "nine", "9", "a few", "a".
    Number,
    /// "first", "third", "4th".
    Ordinal,
    /// "1990s".
    Tens,
    /// "last", "this", "next".
    Shift,
    /// "recent", "past few", "coming" and the like are words; this is "early", "mid-", "the end of".
    Part,
    /// "spring" to "winter".
    Season,
    /// "morning", "night".
    Hours,
    /// 2011-04-03
    Iso,
    /// 03/04/2011
    Numeric,
    /// 2010/11
    Slashed,
}

/// A number of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount {
    pub count: i32,
    /// "a few", "several": the count is not what the text says.
    pub vague: bool,
}

/// A year as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum YearText {
    Plain(i16),
    /// This year 0, last year -1, next year 1.
    Relative(i16),
}

/// What the slots of a pattern held, in the order of reading.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub months: Vec<i8>,
    pub days: Vec<i8>,
    pub years: Vec<YearText>,
    pub weekdays: Vec<Weekday>,
    pub units: Vec<Unit>,
    pub amounts: Vec<Amount>,
    pub ordinals: Vec<i32>,
    pub tens: Vec<i16>,
    pub shifts: Vec<i32>,
    pub parts: Vec<Part>,
    pub numbers: Vec<u32>,
    /// Literal words that were read.
    pub words: Vec<&'static str>,
}

impl Found {
    pub fn said(&self, word: &str) -> bool {
        self.words.contains(&word)
    }

    pub fn year(&self) -> Option<YearText> {
        self.years.first().copied()
    }
}

/// Whether a match of `pattern` may begin with `word`: a quick no for most words.
pub(super) fn may_begin(pattern: &[P], word: &Word) -> bool {
    for what in pattern {
        let fits = match what {
            P::Opt(inner) => {
                if may_begin(inner, word) {
                    return true;
                }
                continue;
            }
            P::W(texts) => word.is_any(texts),
            P::Month | P::Weekday | P::WeekdayPlural => word.capital && word.kind == Kind::Word,
            P::Day | P::DayList | P::Ordinal => {
                !matches!(word.kind, Kind::Word) || ordinal_word(&word.text) || word.is_any(&["twenty", "thirty"])
            }
            P::Iso | P::Numeric | P::Slashed | P::Tens | P::ShortYear | P::YearList => word.kind != Kind::Word,
            P::Unit => unit(&word.text).is_some(),
            P::Shift => shift(&word.text).is_some(),
            P::Season | P::Hours | P::Ahead(_) | P::Number | P::Year | P::Part => true,
        };
        return fits;
    }
    true
}

/// Matches `pattern` at word `at`; gives the word after the match.
pub(super) fn read(words: &[Word], at: usize, pattern: &[P], found: &mut Found) -> Option<usize> {
    let Some((first, rest)) = pattern.split_first() else {
        return Some(at);
    };
    if let P::Opt(inner) = first {
        let mut with = found.clone();
        if let Some(middle) = read(words, at, inner, &mut with)
            && let Some(end) = read(words, middle, rest, &mut with)
        {
            *found = with;
            return Some(end);
        }
        return read(words, at, rest, found);
    }
    if let P::Ahead(texts) = first {
        return if words.get(at)?.is_any(texts) { read(words, at, rest, found) } else { None };
    }
    let next = element(words, at, *first, found)?;
    read(words, next, rest, found)
}

fn element(words: &[Word], at: usize, what: P, found: &mut Found) -> Option<usize> {
    let word = words.get(at)?;
    match what {
        P::W(texts) => {
            let text = texts.iter().find(|text| word.is(text))?;
            found.words.push(text);
            Some(at + 1)
        }
        // Both are read by the caller.
        P::Opt(_) | P::Ahead(_) => Some(at),
        P::Month => {
            let (month, end) = month(words, at)?;
            found.months.push(month);
            Some(end)
        }
        P::Day => {
            let (day, end) = day(words, at)?;
            found.days.push(day);
            Some(end)
        }
        P::DayList => day_list(words, at, found),
        P::YearList => year_list(words, at, found),
        P::Year => {
            let (year, end) = year(words, at)?;
            found.years.push(year);
            Some(end)
        }
        P::ShortYear => {
            let Kind::Int(value, 2 | 4) = word.kind else { return None };
            found.numbers.push(value);
            Some(at + 1)
        }
        P::Weekday => {
            let (weekday, end) = weekday(words, at)?;
            found.weekdays.push(weekday);
            Some(end)
        }
        P::WeekdayPlural => plural_weekday(word).then_some(at + 1),
        P::Unit => {
            found.units.push(unit(&word.text)?);
            Some(at + 1)
        }
        P::Number => {
            let (amount, end) = amount(words, at)?;
            found.amounts.push(amount);
            Some(end)
        }
        P::Ordinal => {
            let (value, end) = ordinal(words, at)?;
            found.ordinals.push(value);
            Some(end)
        }
        P::Tens => {
            let Kind::Tens(value, digits) = word.kind else { return None };
            let full = match digits {
                4 if value % 10 == 0 && (1500..2100).contains(&value) => value,
                // The nineties of this age; "the 20s" and below could be either.
                2 if value % 10 == 0 && value >= 30 => 1900 + value,
                _ => return None,
            };
            found.tens.push(i16::try_from(full).ok()?);
            Some(at + 1)
        }
        P::Shift => {
            found.shifts.push(shift(&word.text)?);
            Some(at + 1)
        }
        P::Part => {
            let (part, end) = part(words, at)?;
            found.parts.push(part);
            Some(end)
        }
        P::Season => word.is_any(&["spring", "summer", "autumn", "fall", "winter"]).then_some(at + 1),
        P::Hours => word.is_any(&HOURS).then_some(at + 1),
        P::Iso => {
            let Kind::Iso(year, month, day) = word.kind else { return None };
            found.numbers.extend([year, month, day]);
            Some(at + 1)
        }
        P::Numeric => {
            let Kind::Numeric(first, second, year) = word.kind else { return None };
            found.numbers.extend([first, second, year]);
            Some(at + 1)
        }
        P::Slashed => {
            let Kind::Slashed(first, second) = word.kind else { return None };
            found.numbers.extend([first, second]);
            Some(at + 1)
        }
    }
}

const HOURS: [&str; 9] = ["morning", "afternoon", "evening", "night", "noon", "midnight", "dawn", "dusk", "nights"];

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// A month's name with a capital. Short forms take a number beside them.
fn month(words: &[Word], at: usize) -> Option<(i8, usize)> {
    let word = words.get(at).filter(|word| word.capital)?;
    if let Some(index) = MONTHS.iter().position(|month| word.is(month)) {
        return Some((index as i8 + 1, at + 1));
    }
    let letters = word.text.len();
    let short = (letters == 3 || word.is("sept")).then(|| MONTHS.iter().position(|m| m.starts_with(&word.text)))??;
    let point = words.get(at + 1).is_some_and(|next| next.is(".") && next.span.start == word.span.end);
    let end = at + 1 + usize::from(point);
    let number = |index: usize| {
        words.get(index).is_some_and(|word| matches!(word.kind, Kind::Int(_, 1 | 2 | 4) | Kind::Ordinal(_)))
    };
    let beside =
        number(end) || (at > 0 && number(at - 1)) || (words.get(end).is_some_and(|w| w.is(",")) && number(end + 1));
    beside.then_some((short as i8 + 1, end))
}

fn day(words: &[Word], at: usize) -> Option<(i8, usize)> {
    let valid = |value: u32| i8::try_from(value).ok().filter(|day| (1..=31).contains(day));
    match words.get(at)?.kind {
        Kind::Int(value, 1 | 2) => Some((valid(value)?, at + 1)),
        Kind::Ordinal(value) => Some((valid(value)?, at + 1)),
        Kind::Word => {
            let (value, end) = ordinal(words, at)?;
            Some((valid(u32::try_from(value).ok()?)?, end))
        }
        _ => None,
    }
}

/// "15, 17, and 19", "15 and 17", "15 & 17": at least two.
fn day_list(words: &[Word], at: usize, found: &mut Found) -> Option<usize> {
    let (first, mut end) = day(words, at)?;
    let mut days = vec![first];
    loop {
        let mut next = end;
        if words.get(next).is_some_and(|word| word.is(",")) {
            next += 1;
        }
        if words.get(next).is_some_and(|word| word.is_any(&["and", "&", "or"])) {
            next += 1;
        }
        if next == end {
            break;
        }
        match day(words, next) {
            Some((value, after)) => {
                days.push(value);
                end = after;
            }
            None => break,
        }
    }
    if days.len() < 2 {
        return None;
    }
    found.days.extend(days);
    Some(end)
}

/// "2008, 2016 and 2021": at least two, rising or falling, all plain.
fn year_list(words: &[Word], at: usize, found: &mut Found) -> Option<usize> {
    let plain = |at: usize| match year(words, at) {
        Some((YearText::Plain(value), end)) if (1700..2101).contains(&value) => Some((value, end)),
        _ => None,
    };
    let (first, mut end) = plain(at)?;
    let mut years = vec![YearText::Plain(first)];
    loop {
        let comma = end + usize::from(words.get(end).is_some_and(|word| word.is(",")));
        let next = comma + usize::from(words.get(comma).is_some_and(|word| word.is_any(&["and", "or", "&"])));
        match plain(next).filter(|_| next > end) {
            Some((value, after)) => {
                years.push(YearText::Plain(value));
                end = after;
            }
            None => break,
        }
    }
    if years.len() < 2 {
        return None;
    }
    found.years.extend(years);
    Some(end)
}

fn year(words: &[Word], at: usize) -> Option<(YearText, usize)> {
    let word = words.get(at)?;
    if let Kind::Int(value, 4) = word.kind
        && (1000..2200).contains(&value)
    {
        // "2030 GMT" and "1900 hours" are times of day.
        let clock = words.get(at + 1).is_some_and(|next| {
            next.is_any(&[
                "gmt", "utc", "hours", "hrs", "hr", "h", "local", "est", "cet", "ist", "%", "percent", "km", "m",
            ])
        });
        return if clock { None } else { Some((YearText::Plain(i16::try_from(value).ok()?), at + 1)) };
    }
    // "of last year", "this year".
    let from = at + usize::from(word.is_any(&["of", "in"]));
    let shift = shift(&words.get(from)?.text)?;
    words.get(from + 1)?.is("year").then_some((YearText::Relative(i16::try_from(shift).ok()?), from + 2))
}

fn weekday(words: &[Word], at: usize) -> Option<(Weekday, usize)> {
    let word = words.get(at).filter(|word| word.capital)?;
    if let Some((_, weekday)) = WEEKDAYS.iter().find(|(name, _)| word.is(name)) {
        return Some((*weekday, at + 1));
    }
    let short =
        matches!(word.text.as_str(), "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri" | "sat" | "sun");
    if !short {
        return None;
    }
    // "Sun, 3 March", "Fri. 4 May": a short form alone is a newspaper or a verb.
    let end = at + 1 + usize::from(words.get(at + 1).is_some_and(|next| next.is(".")));
    let after = end + usize::from(words.get(end).is_some_and(|next| next.is(",")));
    let dated = words.get(after).is_some_and(|next| matches!(next.kind, Kind::Int(1..=31, 1 | 2) | Kind::Ordinal(_)))
        || month(words, after).is_some();
    let (_, weekday) = WEEKDAYS.iter().find(|(name, _)| name.starts_with(&word.text))?;
    dated.then_some((*weekday, end))
}

/// The weekday that a plural names: "Fridays".
fn plural_weekday(word: &Word) -> bool {
    word.capital && word.text.strip_suffix('s').is_some_and(|name| WEEKDAYS.iter().any(|(day, _)| *day == name))
}

fn unit(text: &str) -> Option<Unit> {
    Some(match text {
        "minute" | "minutes" => Unit::Minute,
        "hour" | "hours" | "hrs" => Unit::Hour,
        "day" | "days" | "night" | "nights" => Unit::Day,
        "weekend" | "weekends" => Unit::Weekend,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "quarter" | "quarters" => Unit::Quarter,
        "year" | "years" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        "century" | "centuries" => Unit::Century,
        _ => return None,
    })
}

fn shift(text: &str) -> Option<i32> {
    Some(match text {
        "last" => -1,
        "this" | "current" => 0,
        "next" => 1,
        _ => return None,
    })
}

const SMALL: [&str; 20] = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
const TENS: [&str; 9] = ["ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

fn amount(words: &[Word], at: usize) -> Option<(Amount, usize)> {
    let word = words.get(at)?;
    let exact = |count: i32, end: usize| Some((Amount { count, vague: false }, end));
    let vague = |count: i32, end: usize| Some((Amount { count, vague: true }, end));
    if let Kind::Int(value, digits) = word.kind {
        return if digits <= 3 { exact(i32::try_from(value).ok()?, at + 1) } else { None };
    }
    let next = |offset: usize, text: &str| words.get(at + offset).is_some_and(|word| word.is(text));
    match word.text.as_str() {
        "a" | "an" if next(1, "few") => return vague(4, at + 2),
        "a" | "the" if next(1, "couple") => return vague(2, at + 2 + usize::from(next(2, "of"))),
        "a" if next(1, "dozen") => return exact(12, at + 2),
        "a" | "an" => return exact(1, at + 1),
        "few" => return vague(4, at + 1),
        "several" | "some" | "many" => return vague(5, at + 1),
        _ => {}
    }
    if let Some(index) = TENS.iter().position(|name| word.is(name)) {
        let tens = (index as i32 + 1) * 10;
        // "twenty-five", "twenty five".
        let ones = at + 1 + usize::from(next(1, "-"));
        if let Some(index) = words.get(ones).and_then(|word| SMALL[..9].iter().position(|name| word.is(name)))
            && tens > 10
        {
            return exact(tens + index as i32 + 1, ones + 1);
        }
        return exact(tens, at + 1);
    }
    let index = SMALL.iter().position(|name| word.is(name))?;
    exact(index as i32 + 1, at + 1)
}

const ORDINALS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// Whether a word is an ordinal spelled out.
pub(super) fn ordinal_word(text: &str) -> bool {
    ORDINALS.contains(&text) || text == "thirtieth"
}

fn ordinal(words: &[Word], at: usize) -> Option<(i32, usize)> {
    let word = words.get(at)?;
    if let Kind::Ordinal(value) = word.kind {
        return Some((i32::try_from(value).ok()?, at + 1));
    }
    if let Some(index) = ORDINALS.iter().position(|name| word.is(name)) {
        return Some((index as i32 + 1, at + 1));
    }
    let tens = match word.text.as_str() {
        "twenty" => 20,
        "thirty" => 30,
        "thirtieth" => return Some((30, at + 1)),
        _ => return None,
    };
    words.get(at + 1).filter(|next| next.is("-"))?;
    let index = ORDINALS[..9].iter().position(|name| words.get(at + 2).is_some_and(|word| word.is(name)))?;
    Some((tens + index as i32 + 1, at + 3))
}

/// "early", "mid-", "the beginning of", "the first half of".
fn part(words: &[Word], at: usize) -> Option<(Part, usize)> {
    let is = |index: usize, text: &str| words.get(index).is_some_and(|word| word.is(text));
    let from = at + usize::from(is(at, "the"));
    let of = |index: usize| is(index, "of").then(|| index + 1 + usize::from(is(index + 1, "the")));
    let bare = |part: Part, end: usize| Some((part, end + usize::from(is(end, "-"))));
    let word = words.get(from)?;
    match word.text.as_str() {
        "early" => bare(Part::Early, from + 1),
        "mid" => bare(Part::Mid, from + 1),
        "late" => bare(Part::Late, from + 1),
        "earlier" | "later" => {
            let end = from + 1 + usize::from(is(from + 1, "in"));
            Some((if word.is("earlier") { Part::Earlier } else { Part::Later }, end))
        }
        "beginning" | "start" => Some((Part::Start, of(from + 1)?)),
        "middle" => Some((Part::Mid, of(from + 1)?)),
        "end" | "close" => Some((Part::End, of(from + 1)?)),
        "rest" | "remainder" => Some((Part::Later, of(from + 1)?)),
        "first" | "second" | "latter" if is(from + 1, "half") => {
            let part = if word.is("first") { Part::FirstHalf } else { Part::SecondHalf };
            Some((part, of(from + 2)?))
        }
        _ => None,
    }
}
