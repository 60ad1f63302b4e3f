//! Dates as metadata writes them.
//!
//! Takes the value of a date field, a byline, a dateline or an address; gives
//! the civil date that stands there, as printed, whatever the time zone. Never
//! guesses: "03/04/2012" has two readings and so has none, a date without a
//! year is a [`Found`] without one. The dates of running text are not read
//! here.
//!
//! ```
//! use reading::extract::dates::{field, in_address};
//! assert_eq!(field("Tue, 28 Oct 2025 05:30 IST").unwrap().to_string(), "2025-10-28");
//! assert_eq!(field("03/04/2012"), None);
//! assert_eq!(in_address("https://a.example/2022/07/25/story").date().unwrap().to_string(), "2022-07-25");
//! ```

use jiff::civil::Date;

/// What a piece of text says of a date; parts may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Found {
    pub year: Option<i16>,
    pub month: Option<i8>,
    pub day: Option<i8>,
}

impl Found {
    /// The whole date, where all parts are there and fit.
    pub fn date(self) -> Option<Date> {
        Date::new(self.year?, self.month?, self.day?).ok()
    }

    /// The same with a year from elsewhere.
    pub fn with_year(self, year: Option<i16>) -> Found {
        Found { year: self.year.or(year), ..self }
    }
}

/// The month a word names: "March", "Mar.", "Sept".
pub fn month(word: &str) -> Option<i8> {
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
    let word = word.trim_end_matches('.').to_lowercase();
    if word.len() < 3 {
        return None;
    }
    let index = MONTHS
        .iter()
        .position(|month| *month == word || (word.len() == 3 || word == "sept") && month.starts_with(&word))?;
    i8::try_from(index + 1).ok()
}

fn year(word: &str) -> Option<i16> {
    let year: i16 = if word.len() == 4 { word.parse().ok()? } else { return None };
    (1900..=2100).contains(&year).then_some(year)
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let tail = &word[digits.len()..];
    if digits.is_empty() || digits.len() > 2 || !matches!(tail.to_lowercase().as_str(), "" | "st" | "nd" | "rd" | "th")
    {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

/// The date of a field of metadata: ISO 8601, RFC 2822, "October 28, 2025",
/// "28 Oct 2025 10:30 IST", seconds or milliseconds since 1970.
pub fn field(value: &str) -> Option<Date> {
    let value = value.trim();
    if value.len() >= 9 && value.chars().all(|c| c.is_ascii_digit()) && value.len() != 14 {
        let number: i64 = value.parse().ok()?;
        let seconds = match value.len() {
            9 | 10 => number,
            13 => number / 1000,
            _ => return None,
        };
        let timestamp = jiff::Timestamp::from_second(seconds).ok()?;
        return Some(timestamp.to_zoned(jiff::tz::TimeZone::UTC).date());
    }
    in_text(value).date()
}

/// The first date a short text holds; a month and a day without a year count
/// as found, a year or a month alone does not.
pub fn in_text(text: &str) -> Found {
    let words = words(text);
    for at in 0..words.len() {
        if let Some(found) = date_at(&words[at..]) {
            return found;
        }
    }
    Found::default()
}

/// Words and the mark that came right before each.
fn words(text: &str) -> Vec<(char, &str)> {
    let mut out = Vec::new();
    let mut before = ' ';
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_alphanumeric() {
            start.get_or_insert(at);
        } else {
            if let Some(from) = start.take() {
                out.push((before, &text[from..at]));
                before = c;
            } else if c != ' ' {
                before = c;
            }
        }
    }
    out
}

fn date_at(words: &[(char, &str)]) -> Option<Found> {
    let word = |at: usize| words.get(at).map(|(_, word)| *word).unwrap_or("");
    let mark = |at: usize| words.get(at).map(|(mark, _)| *mark).unwrap_or(' ');
    let first = word(0);
    // 2025-10-28, 2025/10/28, 2025.10.28; "2025-10-28T05:30" leaves "28T05".
    if let Some(year) = year(first)
        && matches!(mark(1), '-' | '/' | '.')
        && mark(2) == mark(1)
    {
        let third = word(2).split(['T', 't']).next().unwrap_or("");
        let month: i8 = word(1).parse().ok().filter(|month| (1..=12).contains(month)).or_else(|| month(word(1)))?;
        return Some(Found { year: Some(year), month: Some(month), day: Some(day(third)?) });
    }
    // 20251028, 20251028T0530, 20251028053000
    let digits: &str = first.split(['T', 't']).next().unwrap_or("");
    if matches!(digits.len(), 8 | 14) && digits.chars().all(|c| c.is_ascii_digit()) {
        let found =
            Found { year: year(&digits[..4]), month: digits[4..6].parse().ok(), day: digits[6..8].parse().ok() };
        if found.date().is_some() {
            return Some(found);
        }
    }
    // October 28, 2025; Oct. 28
    if let Some(month) = month(first) {
        if let Some(day) = day(word(1)) {
            let year = year(word(2)).filter(|_| matches!(mark(2), ' ' | ',' | '.' | '/' | '-'));
            return Some(Found { year, month: Some(month), day: Some(day) });
        }
        return None;
    }
    if let Some(number) = day(first) {
        // 28 October 2025; 28-Oct-2025; 28th of October
        let skip = usize::from(word(1).eq_ignore_ascii_case("of"));
        if let Some(month) = month(word(1 + skip)) {
            let short = (mark(2) == '-' && word(2).len() == 2)
                .then(|| word(2).parse::<i16>().ok().map(|year| 2000 + year))
                .flatten();
            return Some(Found { year: year(word(2 + skip)).or(short), month: Some(month), day: Some(number) });
        }
        // 28/10/2025 where only one reading is left.
        if let (Some(second), Some(year)) = (day(word(1)), year(word(2)))
            && matches!(mark(1), '/' | '-' | '.')
            && mark(2) == mark(1)
        {
            let (day, month) = match (number, second) {
                // Dots are written day first everywhere.
                _ if mark(1) == '.' && second <= 12 => (number, second),
                (a, b) if a == b => (a, b),
                (a, b) if a > 12 && b <= 12 => (a, b),
                (a, b) if b > 12 && a <= 12 => (b, a),
                _ => return None,
            };
            return Some(Found { year: Some(year), month: Some(month), day: Some(day) });
        }
    }
    None
}

/// What an address says: `/2022/07/25/`, `/2022-07-25`, `20220725`, or at least
/// a year from `/2022/07/`.
pub fn in_address(address: &str) -> Found {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = path.split_once('/').map_or("", |(_, path)| path);
    let parts: Vec<&str> = path.split(['/', '-', '_', '.', '?', '=', '&']).collect();
    let mut best = Found::default();
    for at in 0..parts.len() {
        if let Some(year) = year(parts[at]) {
            if !(1990..=2099).contains(&year) {
                continue;
            }
            let month = parts.get(at + 1).and_then(|part| {
                if part.len() <= 2 { part.parse().ok().filter(|month| (1..=12).contains(month)) } else { month(part) }
            });
            let day = month
                .and(parts.get(at + 2))
                .filter(|part| part.chars().all(|c| c.is_ascii_digit()))
                .and_then(|part| day(part));
            let found = Found { year: Some(year), month, day };
            if found.date().is_some() {
                return found;
            }
            if best.year.is_none() && month.is_some() {
                best = Found { year: Some(year), month, day: None };
            }
        } else if parts[at].len() == 8 && parts[at].chars().all(|c| c.is_ascii_digit()) {
            let part = parts[at];
            let found = Found { year: year(&part[..4]), month: part[4..6].parse().ok(), day: part[6..].parse().ok() };
            if found.date().is_some() && found.year.is_some_and(|year| year >= 1990) {
                return found;
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        for (value, expected) in [
            ("2025-10-28", "2025-10-28"),
            ("2025-10-28T23:30:00+05:30", "2025-10-28"),
            ("2025-10-28 05:30:00", "2025-10-28"),
            ("20251028T053000Z", "2025-10-28"),
            ("Tue, 28 Oct 2025 05:30:00 GMT", "2025-10-28"),
            ("October 28, 2025", "2025-10-28"),
            ("Oct. 28, 2025 10:30 IST", "2025-10-28"),
            ("28th of October 2025", "2025-10-28"),
            ("28-Oct-25", "2025-10-28"),
            ("Updated: 9 Sept 2019", "2019-09-09"),
            ("28/10/2025", "2025-10-28"),
            ("10/28/2025", "2025-10-28"),
            ("04.03.2012", "2012-03-04"),
            ("05/05/2012", "2012-05-05"),
            ("1761609600", "2025-10-28"),
            ("1761609600000", "2025-10-28"),
        ] {
            assert_eq!(field(value).map(|date| date.to_string()).as_deref(), Some(expected), "{value}");
        }
        for value in [
            "",
            "yesterday",
            "03/04/2012",
            "2025",
            "October 2025",
            "2025-13-40",
            "31 February 2020",
            "12345",
            "Maybe 3, 2020",
            "99/99/2020",
        ] {
            assert_eq!(field(value), None, "{value}");
        }
    }

    #[test]
    fn addresses() {
        for (address, expected) in [
            ("https://a.example/2022/07/25/story", "2022-07-25"),
            ("https://a.example/news/2022/jul/25/story", "2022-07-25"),
            ("https://a.example/story-2022-07-25.html", "2022-07-25"),
            ("https://a.example/20220725/story", "2022-07-25"),
        ] {
            assert_eq!(in_address(address).date().map(|date| date.to_string()).as_deref(), Some(expected), "{address}");
        }
        assert_eq!(in_address("https://a.example/2022/07/story").year, Some(2022));
        for address in [
            "https://a.example/articles/38393",
            "https://a.example/2030vision/12/1",
            "https://2022.example/1/2",
            "nonsense",
            "https://a.example/world-cup-2022",
        ] {
            assert_eq!(in_address(address).date(), None, "{address}");
        }
        assert_eq!(in_address("https://a.example/world-cup-2022").year, None);
    }
}
