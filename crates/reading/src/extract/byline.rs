//! Bylines and datelines: the lines that say who wrote it, where and when.
//!
//! Takes a line, or the first words of a body paragraph; gives the parts that
//! stand there. Never takes a sentence for a byline: a byline is short and has
//! no verb that we know of.
//!
//! ```
//! use reading::extract::byline::{byline, dateline};
//! let by = byline("By Ama Owusu in Accra | 12 May 2009").unwrap();
//! assert_eq!((by.name.as_str(), by.place.as_deref()), ("Ama Owusu", Some("Accra")));
//! let line = dateline("OSLO, March 3 (Nordpress) - Envoys met again.").unwrap();
//! assert_eq!((line.place.as_str(), line.agency.as_deref()), ("OSLO", Some("Nordpress")));
//! ```

use super::dates::{self, Found};

/// A byline's parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Byline {
    /// The writer or writers, as printed.
    pub name: String,
    pub place: Option<String>,
    pub date: Found,
}

/// A dateline's parts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dateline {
    /// The dateline as printed, its dash with it.
    pub text: String,
    pub place: String,
    pub agency: Option<String>,
    pub date: Found,
}

/// Reads "By Ama Owusu in Accra | 12 May 2009" and its kin.
pub fn byline(line: &str) -> Option<Byline> {
    let line = line.trim();
    if line.chars().count() > 140 || line.ends_with(['!', '?']) {
        return None;
    }
    let lower = line.to_lowercase();
    let prefix = ["by: ", "by ", "written by ", "reported by ", "reporting by ", "from "]
        .into_iter()
        .find(|prefix| lower.starts_with(prefix))?;
    let rest = line.get(prefix.len()..)?;
    // The date and whatever else stands behind a bar.
    let mut parts = rest.split(['|', '•', '·']).map(str::trim);
    let mut front = parts.next()?;
    let mut date = Found::default();
    for part in parts {
        let found = dates::in_text(part);
        if date == Found::default() {
            date = found;
        }
    }
    let barred = rest.contains(['|', '•', '·']);
    if let Some((names, tail)) =
        front.split_once(" - ").or_else(|| front.split_once(" — ")).or_else(|| front.split_once(" – "))
    {
        let found = dates::in_text(tail);
        if found.month.is_some() {
            date = found;
            front = names.trim();
        }
    }
    let mut place = None;
    if let Some((names, town)) = front.rsplit_once(" in ") {
        place = Some(town.trim().trim_end_matches(['.', ',']).to_string()).filter(|town| !town.is_empty());
        front = names.trim();
    }
    // "By Ama Owusu, 12 May 2009", "By Ama Owusu, Staff Writer".
    if let Some((names, tail)) = front.split_once(',') {
        let found = dates::in_text(tail);
        if found.month.is_some() {
            date = found;
            front = names.trim();
        }
    }
    let front = front.trim().trim_end_matches(['.', ',', ';', '-', ' ']);
    if prefix == "from " && !barred {
        return None;
    }
    looks_like_names(front).then(|| Byline { name: front.to_string(), place, date })
}

/// Names and the small words between them; a desk or an agency will do.
fn looks_like_names(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.is_empty() || words.len() > 14 {
        return false;
    }
    words.iter().all(|word| {
        let first = word.trim_start_matches(['(', '“', '"']).chars().next().unwrap_or(' ');
        first.is_uppercase()
            || first.is_ascii_digit() && word.len() <= 2
            || matches!(
                *word,
                "and"
                    | "&"
                    | "de"
                    | "del"
                    | "der"
                    | "van"
                    | "von"
                    | "bin"
                    | "al"
                    | "el"
                    | "la"
                    | "with"
                    | "the"
                    | "for"
                    | "of"
                    | "our"
                    | "our,"
                    | "staff"
                    | "reporter"
                    | "correspondent"
                    | "writer"
                    | "reporters"
                    | "da"
                    | "dos"
                    | "ibn"
                    | "ul"
                    | "ur"
            )
            || first == 'a' && word.starts_with("al-")
    }) && words.iter().any(|word| word.chars().next().is_some_and(char::is_uppercase) || word.contains("staff"))
}

/// Whether a paragraph is a byline or the line with the date under it.
pub fn is_byline(line: &str) -> bool {
    let line = line.trim();
    if byline(line).is_some() {
        return true;
    }
    is_date_line(line)
}

/// "AMA OWUSU" alone on its line: a name in capitals over the text.
pub fn is_name_in_capitals(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    (2..=3).contains(&words.len())
        && words
            .iter()
            .all(|word| word.len() > 1 && word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '-' | '\'')))
}

/// "Published: 12 May 2009 10:30 GMT": a date and words about dates, no more.
pub fn is_date_line(line: &str) -> bool {
    if line.chars().count() > 90 || line.is_empty() {
        return false;
    }
    let found = dates::in_text(line);
    if found.month.is_none() {
        return false;
    }
    line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(|word| {
        let lower = word.to_lowercase();
        word.chars().all(|c| c.is_ascii_digit())
            || word.chars().next().is_some_and(|c| c.is_ascii_digit())
            || dates::month(word).is_some()
            || is_weekday(word)
            || matches!(
                lower.as_str(),
                "published"
                    | "updated"
                    | "posted"
                    | "last"
                    | "modified"
                    | "on"
                    | "at"
                    | "of"
                    | "date"
                    | "first"
                    | "created"
                    | "am"
                    | "pm"
                    | "gmt"
                    | "ist"
                    | "utc"
                    | "est"
                    | "edt"
                    | "pst"
                    | "bst"
                    | "hrs"
                    | "hours"
                    | "by"
                    | "time"
                    | "release"
            )
    })
}

/// How far into a paragraph the dash of a dateline may stand.
const REACH: usize = 90;

/// Reads "OSLO, March 3 (Agency) -" at the front of a body paragraph.
pub fn dateline(paragraph: &str) -> Option<Dateline> {
    let (front, whole) = up_to_dash(paragraph)?;
    let mut rest = front.trim();
    let mut agency = None;
    let mut date = Found::default();
    if let Some(open) = rest.find('(') {
        let close = rest[open..].find(')')? + open;
        let name = rest[open + 1..close].trim();
        let in_brackets = dates::in_text(name);
        if !rest[close + 1..].trim().trim_matches([',', '.']).is_empty() || name.is_empty() {
            return None;
        }
        // "SINGAPORE (May 6, 2021) —"
        if in_brackets.month.is_some() {
            date = in_brackets;
        } else {
            agency = Some(name.to_string());
        }
        rest = rest[..open].trim();
    }
    let mut kept: Vec<&str> = Vec::new();
    for part in rest.split([',', '/']) {
        let part = part.trim().trim_end_matches('.');
        let found = dates::in_text(part);
        if found.month.is_some() {
            date = found;
        } else if part.len() == 4 && date.month.is_some() && part.chars().all(|c| c.is_ascii_digit()) {
            date.year = part.parse().ok();
        } else if part.to_lowercase().starts_with("updated") || is_weekday(part) || part.is_empty() {
        } else {
            kept.push(part);
        }
    }
    let place = kept.first()?.trim();
    let capitals = place.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let words = place.split_whitespace().count();
    let named = place.chars().next().is_some_and(char::is_uppercase)
        && place.split_whitespace().all(|word| {
            word.chars().next().is_some_and(char::is_uppercase)
                || matches!(word, "al" | "el" | "de" | "la" | "of" | "the" | "and" | "du" | "&")
        });
    if place.chars().any(|c| c.is_ascii_digit()) || !named || words > 4 || place.chars().count() < 3 {
        return None;
    }
    // A place in small letters counts only with a date or an agency beside it,
    // else "Peace talks - the third round - began" would be one; or as two
    // names ("Mumbai, India –") before a long dash and a new sentence.
    let pair = kept.len() == 2
        && kept[1].split_whitespace().all(|word| word.chars().next().is_some_and(char::is_uppercase))
        && whole.trim_end().ends_with(['–', '—'])
        && paragraph[whole.len()..].starts_with(|c: char| c.is_uppercase());
    let single = kept.len() == 1
        && words <= 2
        && whole.trim_end().ends_with(['–', '—'])
        && front.ends_with(' ')
        && paragraph[whole.len()..].starts_with(|c: char| c.is_uppercase());
    if !(capitals || pair || single || date.month.is_some() || agency.as_deref().is_some_and(is_agency)) {
        return None;
    }
    // "CAIRO - 24 July 2022: The president …"
    let mut whole = whole;
    if date.month.is_none()
        && let Some((stamp, _)) = paragraph[whole.len()..].split_once(':')
        && stamp.chars().count() <= 24
        && dates::in_text(stamp).date().is_some()
    {
        date = dates::in_text(stamp);
        whole = &paragraph[..whole.len() + stamp.len() + 1];
    }
    if kept.len() > 3 {
        return None;
    }
    Some(Dateline { text: whole.trim().to_string(), place: place.to_string(), agency, date })
}

/// The text before the dash, and with it.
fn up_to_dash(paragraph: &str) -> Option<(&str, &str)> {
    let mut previous = ' ';
    for (count, (at, c)) in paragraph.char_indices().enumerate() {
        if count > REACH {
            break;
        }
        let next = paragraph[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        let dash = matches!(c, '—' | '–' | '―')
            || c == '-' && next == '-'
            || c == '-'
                && next == ' '
                && previous.is_uppercase()
                && paragraph[..at].chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
            || c == '-' && (previous == ' ' || previous == ')') && (next == ' ' || next.is_uppercase());
        // "PETALING JAYA: Police ..." is the colon form, capitals only.
        let dated = c == ':'
            && next == ' '
            && dates::in_text(&paragraph[..at]).month.is_some()
            && paragraph[..at].chars().count() <= 45;
        let colon = dated
            || c == ':' && next == ' ' && {
                let front = &paragraph[..at];
                let letters = front.chars().filter(|c| c.is_alphabetic());
                front.chars().count() >= 4
                    && !front.contains('"')
                    && letters.clone().count() >= 4
                    && letters.clone().all(char::is_uppercase)
                    && front.split_whitespace().count() <= 4
            };
        if dash || colon {
            let mut end = at + c.len_utf8();
            while paragraph[end..].starts_with(['-', '–', '—', ' ']) {
                end += paragraph[end..].chars().next().map_or(1, char::len_utf8);
            }
            return Some((&paragraph[..at], &paragraph[..end]));
        }
        if matches!(c, '"' | '“' | '\n' | '?' | '!' | ';') {
            return None;
        }
        previous = c;
    }
    None
}

fn is_weekday(word: &str) -> bool {
    matches!(
        word.to_lowercase().trim_end_matches('.'),
        "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "mon"
            | "tue"
            | "tues"
            | "wed"
            | "thu"
            | "thur"
            | "thurs"
            | "fri"
            | "sat"
            | "sun"
    )
}

/// Agencies write themselves short or in one or two names.
fn is_agency(name: &str) -> bool {
    let words = name.split_whitespace().count();
    words <= 4 && name.chars().next().is_some_and(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        for (line, name, place, date) in [
            ("By Ama Owusu in Accra | 12 May 2009", "Ama Owusu", Some("Accra"), Some("2009-05-12")),
            ("By Ama Owusu", "Ama Owusu", None, None),
            ("BY AMA OWUSU AND KOFI BADU", "AMA OWUSU AND KOFI BADU", None, None),
            ("By Ama Owusu, 12 May 2009", "Ama Owusu", None, Some("2009-05-12")),
            ("by staff reporter", "staff reporter", None, None),
            ("Written by Lena de Vries", "Lena de Vries", None, None),
        ] {
            let found = byline(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(found.name, name);
            assert_eq!(found.place.as_deref(), place, "{line}");
            assert_eq!(found.date.date().map(|date| date.to_string()).as_deref(), date, "{line}");
        }
        for line in [
            "By Monday the army had taken the bridge",
            "By contrast, the rebels refused",
            "By signing, both governments agree to withdraw",
            "From Goma the column moved north",
            "Officials left.",
            "",
        ] {
            assert_eq!(byline(line), None, "{line}");
        }
    }

    #[test]
    fn date_lines() {
        for line in ["Published: 12 May 2009 10:30 GMT", "Monday, May 4, 2009", "Last updated on 3 June 2020 at 11am"] {
            assert!(is_date_line(line), "{line}");
        }
        for line in ["The truce ended on 12 May 2009", "Published in Oslo", "12 dead", ""] {
            assert!(!is_date_line(line), "{line}");
        }
    }

    #[test]
    fn datelines() {
        for (text, place, agency, printed) in [
            ("OSLO, March 3 (Nordpress) - Envoys met.", "OSLO", Some("Nordpress"), "OSLO, March 3 (Nordpress) -"),
            ("KABUL (AP) — Gunmen fired.", "KABUL", Some("AP"), "KABUL (AP) —"),
            ("AMMAN — The council met.", "AMMAN", None, "AMMAN —"),
            ("GENEVA, Switzerland, 5 May 2020 – Talks began.", "GENEVA", None, "GENEVA, Switzerland, 5 May 2020 –"),
            ("PETALING JAYA: Police left.", "PETALING JAYA", None, "PETALING JAYA:"),
            ("Tallinn (BNS) - Ministers met.", "Tallinn", Some("BNS"), "Tallinn (BNS) -"),
            ("Nairobi, 4 June -- Troops left.", "Nairobi", None, "Nairobi, 4 June --"),
            ("SRINAGAR, Mar 03: Police left.", "SRINAGAR", None, "SRINAGAR, Mar 03:"),
            ("New York (November 25, 2021): Envoys met.", "New York", None, "New York (November 25, 2021):"),
            ("Mumbai, India – Police left.", "Mumbai", None, "Mumbai, India –"),
            ("Tegucigalpa – The count began.", "Tegucigalpa", None, "Tegucigalpa –"),
            ("CAIRO- 24 July 2022: Envoys met.", "CAIRO", None, "CAIRO- 24 July 2022:"),
            ("SENNAN, Osaka Prefecture--Police left.", "SENNAN", None, "SENNAN, Osaka Prefecture--"),
        ] {
            let found = dateline(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.place.as_str(), found.agency.as_deref(), found.text.as_str()), (place, agency, printed));
        }
        for text in [
            "Peace talks - the third round - began on Monday.",
            "The ceasefire — already weak — broke.",
            "Nobody came (not even the host) - so it ended.",
            "“OSLO — no,” he said.",
            "Rebels took the town.",
            "UN chief: both sides must stop.",
            "The timeline of May 5: what we know.",
            "Ceasefire – what it means.",
            "Both Sides – the north and the south – agreed.",
            "In 2020 — a bad year — it began.",
            "",
        ] {
            assert_eq!(dateline(text), None, "{text}");
        }
    }
}
