//! The rules against their examples in `codebook/dates/`.
//!
//! Takes the codebook's files; checks that each rule has its entry and each
//! entry its rule, that every yes-example comes to what is written, read by
//! that rule, and that nothing is found in a no-example. One frozen day.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use record::{Precision, Sentence, Span, Text, When};
use serde::Deserialize;

use super::rules::RULES;
use super::{Amount, Time, TimeKind, find, parse};

const FROZEN: Date = date(2025, 10, 28);

const FILES: [(&str, &str); 4] = [
    ("days.toml", include_str!("../../../../codebook/dates/days.toml")),
    ("calendar.toml", include_str!("../../../../codebook/dates/calendar.toml")),
    ("relative.toml", include_str!("../../../../codebook/dates/relative.toml")),
    ("lengths.toml", include_str!("../../../../codebook/dates/lengths.toml")),
];

/// Rules of frames, which are no patterns of the table.
const FRAMES: [&str; 9] = ["between", "from-to", "from", "as-of", "since", "until", "by", "before", "after"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    means: String,
    yes: Vec<(String, String)>,
    no: Vec<String>,
}

fn entries() -> BTreeMap<String, Entry> {
    let mut all = BTreeMap::new();
    for (file, text) in FILES {
        let entries: BTreeMap<String, Entry> = toml::from_str(text).unwrap_or_else(|error| panic!("{file}: {error}"));
        for (name, entry) in entries {
            assert!(all.insert(name.clone(), entry).is_none(), "{name} stands twice");
        }
    }
    all
}

fn interval(when: &When) -> String {
    let (start, end) = match (when.start, when.end) {
        (Some(start), Some(end)) => (start, end),
        (Some(day), None) | (None, Some(day)) => {
            return match when.precision {
                Precision::Month => day.strftime("%Y-%m").to_string(),
                Precision::Year => day.year().to_string(),
                _ => day.to_string(),
            };
        }
        (None, None) => return "?".to_string(),
    };
    match when.precision {
        Precision::Day => start.to_string(),
        Precision::Month => start.strftime("%Y-%m").to_string(),
        Precision::Year => start.year().to_string(),
        Precision::Week => format!("{start}/{} week", end.strftime("%d")),
        Precision::Decade if start.year() % 10 == 0 && start.year() + 9 == end.year() && start.year() < 2000 => {
            format!("{}s", start.year())
        }
        Precision::Decade => format!("{start}..{end} decade"),
        _ => format!("{start}..{end}"),
    }
}

/// What an expression came to, in the codebook's notation.
fn show(time: &Time) -> String {
    let intervals: Vec<String> = time.whens.iter().map(interval).collect();
    let intervals = intervals.join(" + ");
    let amount = |amount: Amount| format!("{}{}", if amount.vague { "~" } else { "" }, amount.count);
    match time.kind {
        TimeKind::Point | TimeKind::Range => intervals,
        TimeKind::Since => format!("since {intervals}"),
        TimeKind::Until => format!("until {intervals}"),
        TimeKind::Deadline => format!("by {intervals}"),
        TimeKind::Duration => match time.length {
            Some((count, unit)) => format!("for {} {}", amount(count), format!("{unit:?}").to_lowercase()),
            None => "for ?".to_string(),
        },
        TimeKind::Recurring => "every".to_string(),
        TimeKind::Ordinal { day } => match time.began {
            Some(began) => format!("day {day} {intervals} began {began}"),
            None => format!("day {day} {intervals}"),
        },
    }
}

fn sentence_of(text: &Text) -> Sentence {
    Sentence { span: Span::new(0, text.len()), ..Sentence::default() }
}

#[test]
fn every_rule_has_its_entry_and_every_entry_its_rule() {
    let entries = entries();
    for rule in RULES {
        assert!(entries.contains_key(rule.name), "{} has no entry in codebook/dates", rule.name);
    }
    for (name, entry) in &entries {
        let known = RULES.iter().any(|rule| rule.name == name) || FRAMES.contains(&name.as_str()) || name == "to";
        assert!(known, "{name} is no rule");
        assert!(!entry.means.is_empty() && !entry.yes.is_empty() && !entry.no.is_empty(), "{name} lacks examples");
    }
}

#[test]
fn every_example_comes_to_what_is_written() {
    let mut wrong = Vec::new();
    for (name, entry) in entries() {
        let mut own = false;
        for (phrase, expected) in &entry.yes {
            let times = parse(phrase, Some(FROZEN));
            let shown: Vec<String> = times.iter().map(show).collect();
            own |= times.iter().any(|time| time.rule == name);
            if shown.join(" | ") != *expected {
                let rules: Vec<&str> = times.iter().map(|time| time.rule).collect();
                wrong.push(format!("{name}: \"{phrase}\" is {} {rules:?}, not {expected}", shown.join(" | ")));
            }
            // The door of sentences finds the same, but for what the tree tells.
            let text = Text::new(phrase.as_str());
            let found = find(&sentence_of(&text), &text, Some(FROZEN));
            if found.len() != times.len() {
                wrong.push(format!("{name}: \"{phrase}\" differs between phrase and sentence"));
            }
        }
        if !own {
            wrong.push(format!("{name}: none of its examples is read by it"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn nothing_is_found_where_nothing_is() {
    let mut wrong = Vec::new();
    for (name, entry) in entries() {
        for phrase in &entry.no {
            let times = parse(phrase, Some(FROZEN));
            let read = times.iter().filter(|time| !matches!(time.kind, TimeKind::Duration));
            for time in read {
                wrong.push(format!("{name}: \"{phrase}\" gives {} by {}", show(time), time.rule));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}
