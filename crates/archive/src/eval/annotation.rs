//! One indented line: an event and its spans.
//!
//! Takes the line and the sentence above it; gives the event, or what is wrong
//! with the line. Letter by letter what `training/corpus/check.py` takes, and
//! nothing that it refuses.
//!
//! ```text
//! RETREAT.release future | t free | a The rebels = LURD | by a mediator | cue said
//! ```

use jiff::civil::Date;
use record::{Event, Span, Status};

use super::corpus::{Mark, Note, Source};

const SLOTS: [&str; 12] = ["t", "a", "r", "x", "c", "if", "by", "via", "cue", "when", "where", "n"];
/// Slots that may say whom or what they mean.
const NAMED: [&str; 6] = ["a", "r", "x", "by", "via", "where"];
/// Slots that may stand for somebody whom the sentence does not mention.
const ABSENT: [&str; 4] = ["a", "r", "by", "via"];

/// What a line holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    Event(Box<Note>),
    /// Speech in a sentence without an event; it is checked and not scored.
    Say,
}

pub(super) fn parse(line: &str, sentence: &str) -> Result<Line, String> {
    let mut fields = line.trim().split(" | ").map(str::trim);
    let head = fields.next().unwrap_or_default();
    let mut words = head.split_whitespace();
    let name = words.next().unwrap_or_default();
    let (kind, mode) = name.split_once('.').unwrap_or((name, ""));
    let status = words.next();
    if words.next().is_some() {
        return Err(format!("too many words before the first |: \"{head}\""));
    }
    if kind == "SAY" {
        if status.is_some() || !mode.is_empty() {
            return Err("SAY takes neither mode nor status".to_string());
        }
        let mut note = blank(Event::Accuse, Status::Actual);
        slots(&mut note, fields, sentence)?;
        return if note.attribution.is_empty() { Err("SAY without by or via".to_string()) } else { Ok(Line::Say) };
    }
    let mut note = opened(kind, mode, status)?;
    let triggered = slots(&mut note, fields, sentence)?;
    complete(&note, triggered)?;
    Ok(Line::Event(Box::new(note)))
}

fn blank(event: Event, status: Status) -> Note {
    Note {
        line: 0,
        event,
        mode: None,
        status,
        trigger: Mark::default(),
        actor: Vec::new(),
        recipient: Vec::new(),
        third_party: Vec::new(),
        content: None,
        condition: Vec::new(),
        time: Vec::new(),
        place: Vec::new(),
        attribution: Vec::new(),
    }
}

/// A note of these labels, still without spans.
pub(super) fn opened(kind: &str, mode: &str, status: Option<&str>) -> Result<Note, String> {
    let event = Event::parse(kind).ok_or_else(|| format!("no such type: {kind}"))?;
    let status = status
        .map_or(Ok(Status::Actual), |name| Status::parse(name).ok_or_else(|| format!("no such status: {name}")))?;
    let mut note = blank(event, status);
    if !mode.is_empty() {
        note.mode = Some(event.mode(mode).ok_or_else(|| format!("{kind} has no mode {mode}"))?);
    }
    Ok(note)
}

/// What every event must have.
pub(super) fn complete(note: &Note, triggered: bool) -> Result<(), String> {
    if !triggered {
        return Err("an event without a trigger (t)".to_string());
    }
    if note.actor.is_empty() && note.recipient.is_empty() && note.place.is_empty() {
        return Err("an event with no actor (a), recipient (r) or place (where)".to_string());
    }
    if note.event.needs_recipient() && note.recipient.is_empty() && note.actor.len() < 2 {
        return Err(format!("{} wants a recipient", note.event.as_str()));
    }
    Ok(())
}

/// Fills the slots; gives whether a trigger was among them.
fn slots<'a>(note: &mut Note, fields: impl Iterator<Item = &'a str>, sentence: &str) -> Result<bool, String> {
    let mut link = Source::default();
    let mut triggered = false;
    for field in fields {
        let (slot, value) = field.split_once(' ').unwrap_or((field, ""));
        if !SLOTS.contains(&slot) {
            return Err(format!("no such slot: \"{slot}\""));
        }
        if value.trim().is_empty() {
            return Err(format!("empty slot: {slot}"));
        }
        let mark = mark(slot, value.trim(), sentence)?;
        match slot {
            "t" if triggered => return Err("slot t twice".to_string()),
            "t" => {
                triggered = true;
                note.trigger = mark;
            }
            "c" if note.content.is_some() => return Err("slot c twice".to_string()),
            "c" => note.content = Some(mark),
            "a" => note.actor.push(mark),
            "r" => note.recipient.push(mark),
            "x" => note.third_party.push(mark),
            "if" => note.condition.push(mark),
            "when" => note.time.push(mark),
            "where" => note.place.push(mark),
            "by" | "via" | "cue" => {
                // A source is via and by in any order; its cue closes it.
                let place = |link: &Source| match slot {
                    "by" => link.speaker.is_some(),
                    "via" => link.medium.is_some(),
                    _ => link.cue.is_some(),
                };
                if place(&link) {
                    note.attribution.push(std::mem::take(&mut link));
                }
                match slot {
                    "by" => link.speaker = Some(mark),
                    "via" => link.medium = Some(mark),
                    _ => {
                        link.cue = Some(mark);
                        note.attribution.push(std::mem::take(&mut link));
                    }
                }
            }
            // Numbers of people are not scored.
            _ => {}
        }
    }
    if link != Source::default() {
        note.attribution.push(link);
    }
    if note.attribution.iter().any(|link| link.speaker.is_none() && link.medium.is_none()) {
        return Err("a cue without by or via".to_string());
    }
    Ok(triggered)
}

fn mark(slot: &str, value: &str, sentence: &str) -> Result<Mark, String> {
    let (mut value, mut name) = (value, None);
    if let Some((words, meant)) = value.split_once(" = ") {
        (value, name) = (words.trim(), Some(meant.trim().to_string()));
        if !NAMED.contains(&slot) {
            return Err(format!("slot {slot} takes no name"));
        }
        if name.as_deref() == Some("") {
            return Err("empty name after =".to_string());
        }
    }
    if value == "^" {
        if !ABSENT.contains(&slot) || name.is_none() {
            return Err("^ is only for a, r, by and via, and wants a name".to_string());
        }
        return Ok(Mark { span: None, exact: String::new(), name });
    }
    let mut which = None;
    if let Some((words, number)) = value.rsplit_once(" #")
        && !words.trim_end().is_empty()
        && words.trim_end() == words
        && !number.is_empty()
        && number.chars().all(|digit| digit.is_ascii_digit())
    {
        (value, which) = (words, Some(number.parse::<usize>().unwrap_or(usize::MAX)));
    }
    let found = occurrences(sentence, value);
    let start = match (which, found.as_slice()) {
        (_, []) => return Err(format!("not in the sentence: \"{value}\"")),
        (None, [start]) => *start,
        (None, many) => {
            return Err(format!("\"{value}\" occurs {} times, say which with #1", many.len()));
        }
        (Some(which), all) => *which
            .checked_sub(1)
            .and_then(|at| all.get(at))
            .ok_or_else(|| format!("\"{value}\" has no occurrence #{which}"))?,
    };
    let end = start + value.chars().count();
    Ok(Mark { span: Some(Span::new(start, end)), exact: value.to_string(), name })
}

/// Where the words stand in a sentence as whole words: starts in code points.
pub(super) fn occurrences(sentence: &str, words: &str) -> Vec<usize> {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let bounded =
        |edge: Option<char>, beside: Option<char>| !(edge.is_some_and(is_word) && beside.is_some_and(is_word));
    let mut out = Vec::new();
    let (mut from, mut chars) = (0, 0);
    while let Some(found) = sentence[from..].find(words).filter(|_| !words.is_empty()) {
        let (start, end) = (from + found, from + found + words.len());
        chars += sentence[from..start].chars().count();
        let whole = bounded(words.chars().next(), sentence[..start].chars().next_back())
            && bounded(words.chars().next_back(), sentence[end..].chars().next());
        if whole {
            out.push(chars);
        }
        // Found words are used up; else the search goes on a letter further.
        from = if whole { end } else { start + sentence[start..].chars().next().map_or(1, char::len_utf8) };
        chars += sentence[start..from].chars().count();
    }
    out
}

pub(super) fn date(value: &str) -> Result<Date, String> {
    value.parse().map_err(|_| format!("published is no date: \"{value}\": write YYYY-MM-DD"))
}
