//! Scores a case: a folder with `article.txt` and `gold.jsonl`, one line a
//! fact that a careful analyst would write down.
//!
//! A line that names an `event` is covered by an actual report of one of those
//! types whose trigger lies inside the line's quote (or whose quote does), with a right actor and recipient
//! where they are given. `not_actual` types must not come out as actual there;
//! from `boilerplate` words nothing may come at all. Every `exact` must equal
//! its slice. Optional files: `meta.json` with `published` and `publication`.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use reading::{Defaults, Source};
use record::{Party, Report, Span, Status};
use serde_json::Value;

use crate::{Ground, Record};

/// What a case came to; as text, one line.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Score {
    pub events: usize,
    pub covered: usize,
    pub wrong_actuals: usize,
    pub boilerplate: usize,
    pub attributed: usize,
    pub attributed_right: usize,
    pub broken_quotes: usize,
    pub details: usize,
    pub details_right: usize,
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "events {}/{}, wrong actuals {}, boilerplate coded {}, attributed {}/{}, broken quotes {}, details {}/{}",
            self.covered,
            self.events,
            self.wrong_actuals,
            self.boilerplate,
            self.attributed_right,
            self.attributed,
            self.broken_quotes,
            self.details_right,
            self.details
        )
    }
}

impl Score {
    /// Every count, as one object.
    pub fn figures(&self, case: &str) -> Value {
        serde_json::json!({
            "case": case, "events": self.events, "covered": self.covered, "wrong_actuals": self.wrong_actuals,
            "boilerplate": self.boilerplate, "attributed": self.attributed, "attributed_right": self.attributed_right,
            "broken_quotes": self.broken_quotes, "details": self.details, "details_right": self.details_right,
        })
    }
}

/// The score of the case in a folder, and a line for each of its facts.
pub fn score(
    ground: &Ground,
    folder: &Path,
    published: Option<&str>,
    publication: Option<&str>,
) -> Result<(Score, String), String> {
    let read = |name: &str| {
        fs::read(folder.join(name)).map_err(|error| {
            format!("{}: {error}; a case wants article.txt and gold.jsonl", folder.join(name).display())
        })
    };
    let article = read("article.txt")?;
    let gold = String::from_utf8(read("gold.jsonl")?).map_err(|error| format!("gold.jsonl: {error}"))?;
    let meta: Value = fs::read(folder.join("meta.json"))
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or(Value::Null);
    let text_of = |given: Option<&str>, field: &str| {
        given.map(str::to_string).or_else(|| meta.get(field).and_then(Value::as_str).map(str::to_string))
    };
    let defaults = Defaults {
        published: text_of(published, "published").and_then(|date| date.parse().ok()),
        publication: text_of(publication, "publication"),
        ..Defaults::default()
    };
    let source = Source { name: "article.txt", kind: None, defaults: Some(&defaults) };
    let extraction = reading::extract(&article, &source).map_err(|refusal| refusal.to_string())?;
    let one = extraction.documents.into_iter().next().ok_or("article.txt holds no document")?;
    let record = ground.code(one);
    let mut score = Score::default();
    let mut out = String::new();
    for report in &record.reports {
        let text = &record.document.text;
        let whole = report.quote.holds_in(text)
            && report.trigger.holds_in(text)
            && report.content.as_ref().is_none_or(|slice| slice.holds_in(text))
            && report
                .actor
                .iter()
                .chain(&report.recipient)
                .chain(&report.third_party)
                .all(|party| text.get(party.span()) == Some(party.text.as_str()));
        if !whole {
            score.broken_quotes += 1;
            let _ = writeln!(out, "broken quote in {}", report.id);
        }
    }
    for (number, line) in gold.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line: Value =
            serde_json::from_str(line).map_err(|error| format!("gold.jsonl line {}: {error}", number + 1))?;
        let _ = writeln!(out, "{}", one_line(&record, &line, &mut score));
    }
    Ok((score, out))
}

fn strings(line: &Value, field: &str) -> Vec<String> {
    match line.get(field) {
        Some(Value::String(text)) => vec![text.clone()],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_string).collect(),
        _ => Vec::new(),
    }
}

fn one_line(record: &Record, line: &Value, score: &mut Score) -> String {
    let id = line.get("id").and_then(Value::as_str).unwrap_or("?");
    let quote = line.get("quote").and_then(Value::as_str).unwrap_or("");
    let Some(span) = find(record.document.text.as_str(), quote) else {
        // Words that cleaning took out are in nothing that is coded.
        let cut = record.document.cut.iter().any(|cut| cut.text.contains(quote));
        if !strings(line, "event").is_empty() {
            score.events += 1;
        }
        return format!("{id}: the quote is not in the clean text{}", if cut { " (cut as boilerplate)" } else { "" });
    };
    let inside: Vec<&Report> = record
        .reports
        .iter()
        .filter(|report| span.contains(report.trigger.span()) || span.contains(report.quote.span()))
        .collect();
    let mut text = format!("{id}: ");
    if line.get("boilerplate").and_then(Value::as_bool) == Some(true) {
        score.boilerplate += inside.len();
        let _ = write!(text, "boilerplate, {} reports", inside.len());
        return text;
    }
    for wrong in strings(line, "not_actual") {
        for report in inside.iter().filter(|report| report.event.as_str() == wrong && report.status == Status::Actual) {
            score.wrong_actuals += 1;
            let _ = write!(text, "WRONG ACTUAL {} \"{}\" by {}; ", wrong, report.trigger.exact(), report.found_by);
        }
    }
    let events = strings(line, "event");
    if events.is_empty() {
        let _ = write!(text, "no event asked ({} reports)", inside.len());
        return text;
    }
    score.events += 1;
    let right_type: Vec<&&Report> = inside
        .iter()
        .filter(|report| report.status == Status::Actual && events.iter().any(|event| event == report.event.as_str()))
        .collect();
    let right: Vec<&&&Report> = right_type
        .iter()
        .filter(|report| {
            all_named(&strings(line, "actor"), &report.actor)
                && all_named(&strings(line, "recipient"), &report.recipient)
        })
        .collect();
    match right.first() {
        Some(report) => {
            score.covered += 1;
            let _ = write!(
                text,
                "covered by {} \"{}\" ({})",
                report.event.as_str(),
                report.trigger.exact(),
                report.found_by
            );
            details(report, line, score, &mut text);
        }
        None => {
            if line.get("source_text").is_some() {
                score.attributed += usize::from(line.get("source_medium").is_some());
            }
            let _ = write!(text, "MISSED {events:?} \"{quote}\"; found: ");
            for report in &inside {
                let _ = write!(
                    text,
                    "{} {} \"{}\" [{}] -> [{}]; ",
                    report.event.as_str(),
                    report.status.as_str(),
                    report.trigger.exact(),
                    names(&report.actor),
                    names(&report.recipient)
                );
            }
        }
    }
    text
}

/// Mode, date, place, source: each counts by itself.
fn details(report: &Report, line: &Value, score: &mut Score, text: &mut String) {
    let mut check = |what: &str, right: bool, got: String| {
        score.details += 1;
        if right {
            score.details_right += 1;
        } else {
            let _ = write!(text, "; {what} is {got}");
        }
    };
    if let Some(mode) = line.get("mode").and_then(Value::as_str) {
        let got = report.mode.map_or("none", |mode| mode.as_str());
        check("mode", got == mode, got.to_string());
    }
    if let Some(date) = line.get("date").and_then(Value::as_str) {
        let day = |date: Option<jiff::civil::Date>| date.map_or(String::new(), |date| date.to_string());
        let (start, end) = (day(report.when.start), day(report.when.end));
        let right = match date.split_once('/') {
            Some((first, last)) => start == first && end == last,
            None => start.starts_with(date) && end.starts_with(date),
        };
        check("date", right, format!("{start}/{end}"));
    }
    if let Some(place) = line.get("place").and_then(Value::as_str) {
        let got = report
            .place
            .as_ref()
            .map_or(String::new(), |place| place.name.clone().unwrap_or_else(|| place.text.clone()));
        check("place", got.contains(place), got);
    }
    if let Some(source) = line.get("source_text").and_then(Value::as_str) {
        let spoken = report.attribution.iter().any(|link| same(&link.text, source));
        check("source", spoken, format!("{:?}", report.attribution.iter().map(|link| &link.text).collect::<Vec<_>>()));
        if let Some(medium) = line.get("source_medium").and_then(Value::as_str) {
            let carried =
                report.attribution.iter().any(|link| link.medium.as_deref().is_some_and(|name| name.contains(medium)));
            check(
                "medium",
                carried,
                format!("{:?}", report.attribution.iter().map(|link| &link.medium).collect::<Vec<_>>()),
            );
            score.attributed += 1;
            score.attributed_right += usize::from(spoken && carried);
        }
    }
}

fn same(left: &str, right: &str) -> bool {
    let bare = |text: &str| {
        let text = text.to_lowercase();
        ["the ", "a ", "an "].iter().find_map(|word| text.strip_prefix(word).map(str::to_string)).unwrap_or(text)
    };
    let (left, right) = (bare(left), bare(right));
    left.contains(&right) || right.contains(&left)
}

/// Every wanted party is among the found; alternatives are parted by bars.
fn all_named(wanted: &[String], found: &[Party]) -> bool {
    wanted.iter().all(|wish| {
        wish.split('|').any(|name| {
            found.iter().any(|party| {
                party.name.as_deref() == Some(name)
                    || party.country.as_deref() == Some(name)
                    || party.code.as_deref().is_some_and(|code| code.starts_with(name))
                    || party.name.as_deref().is_some_and(|full| same(full, name))
                    || same(&party.text, name)
            })
        })
    })
}

fn names(parties: &[Party]) -> String {
    parties
        .iter()
        .map(|party| format!("{} ({})", party.text, party.name.as_deref().unwrap_or("?")))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Where the words of a gold line stand; white space counts as one space.
fn find(text: &str, quote: &str) -> Option<Span> {
    let byte = text.find(quote)?;
    let start = text[..byte].chars().count();
    Some(Span::new(start, start + quote.chars().count()))
}
