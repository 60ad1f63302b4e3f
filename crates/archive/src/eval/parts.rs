//! The parts of an event on both sides, and when they are the same.
//!
//! Takes marks of an annotator and parts of a report; gives the pairs that
//! agree: exactly, by the token that heads them, or by the name that they mean.

use std::collections::BTreeSet;

use record::{Attribution, Basis, Party, Report, Span};

use super::corpus::{Mark, Note, Source};
use super::tokens::Tokens;
use crate::Record;

/// One part of a report. A place or a time is known by its words alone, so that
/// all places where they stand in the sentence are as good as each other.
#[derive(Debug, Clone)]
pub(super) struct Found<'a> {
    pub text: &'a str,
    pub spans: Vec<Span>,
    pub name: Option<&'a str>,
}

/// How alike two parts must be. Each takes in the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    Exact,
    Head,
    Name,
}

/// The roles of an event, in the order of `ROLES`.
pub(super) fn wanted(note: &Note) -> [Vec<&Mark>; 7] {
    [
        note.actor.iter().collect(),
        note.recipient.iter().collect(),
        note.third_party.iter().collect(),
        note.content.iter().collect(),
        note.condition.iter().collect(),
        note.time.iter().collect(),
        note.place.iter().collect(),
    ]
}

/// The roles of a report, in the order of `ROLES`.
pub(super) fn found<'a>(report: &'a Report, record: &'a Record) -> [Vec<Found<'a>>; 7] {
    let parties = |parties: &'a [Party]| -> Vec<Found<'a>> {
        parties
            .iter()
            .map(|party| Found { text: &party.text, spans: vec![party.span()], name: party.name.as_deref() })
            .collect()
    };
    let slice = |slice: &'a record::Slice| Found { text: slice.exact(), spans: vec![slice.span()], name: None };
    let words = |text: &'a str, name: Option<&'a str>| Found { text, spans: standing(text, report, record), name };
    // A date that only the dateline gives has no words of its own.
    let when = report.when.text.as_deref().filter(|text| !text.is_empty() && report.when.basis != Basis::Publication);
    [
        parties(&report.actor),
        parties(&report.recipient),
        parties(&report.third_party),
        report.content.iter().map(slice).collect(),
        report.conditions.iter().map(slice).collect(),
        when.map(|text| words(text, None)).into_iter().collect(),
        report.place.iter().map(|place| words(&place.text, place.name.as_deref())).collect(),
    ]
}

/// Where words stand: in the report's sentence, else anywhere.
fn standing(words: &str, report: &Report, record: &Record) -> Vec<Span> {
    let text = &record.document.text;
    let length = words.chars().count();
    let all: Vec<Span> = text
        .as_str()
        .match_indices(words)
        .filter_map(|(byte, _)| text.char_of(byte))
        .map(|start| Span::new(start, start + length))
        .filter(|span| !span.is_empty())
        .collect();
    let here = record.sentences.get(report.sentence).map(|sentence| sentence.span);
    let near: Vec<Span> = all.iter().copied().filter(|&span| here.is_some_and(|here| here.contains(span))).collect();
    if near.is_empty() { all } else { near }
}

/// Pairs of the two sides, one to one, the most alike first.
pub(super) fn hits(
    wanted: &[&Mark],
    found: &[Found<'_>],
    tokens: &Tokens<'_>,
    at_most: Likeness,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let mut used = vec![false; found.len()];
    let mut met = vec![false; wanted.len()];
    for level in [Likeness::Exact, Likeness::Head, Likeness::Name] {
        if level > at_most {
            break;
        }
        for (mark, want) in wanted.iter().enumerate() {
            let fits = |index: &usize| !used[*index] && alike(want, &found[*index], tokens, level);
            if !met[mark]
                && let Some(index) = (0..found.len()).find(fits)
            {
                (met[mark], used[index]) = (true, true);
                pairs.push((mark, index));
            }
        }
    }
    pairs
}

fn alike(mark: &Mark, found: &Found<'_>, tokens: &Tokens<'_>, level: Likeness) -> bool {
    // An annotator names those whose words do not name them.
    let name = mark.name.as_deref().unwrap_or(&mark.exact);
    let named = || !name.is_empty() && found.name.is_some_and(|given| same_name(given, name));
    match (mark.span, level) {
        // Somebody whom the sentence does not mention can only be known by name.
        (None, _) => named() || same_name(found.text, name),
        (Some(span), Likeness::Exact) => found.spans.contains(&span),
        (Some(span), Likeness::Head) => {
            let head = tokens.head(span);
            head.is_some() && found.spans.iter().any(|&span| tokens.head(span) == head)
        }
        (Some(_), Likeness::Name) => named(),
    }
}

/// Names are the same in any case of letters, with or without "the".
pub(super) fn same_name(left: &str, right: &str) -> bool {
    let bare = |name: &str| {
        let name = name.trim().to_lowercase();
        name.strip_prefix("the ").map(str::to_string).unwrap_or(name)
    };
    bare(left) == bare(right)
}

/// Links as an annotator counts them: "an official told Reuters" is one source,
/// which a report keeps as two links with one cue, the medium outside.
pub(super) fn chain(links: &[Attribution]) -> Vec<&[Attribution]> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < links.len() {
        let one = match &links[at..] {
            [outer, inner, ..]
                if outer.speaker.is_none()
                    && outer.medium.is_some()
                    && inner.medium.is_none()
                    && outer.cue == inner.cue =>
            {
                2
            }
            _ => 1,
        };
        out.push(&links[at..at + one]);
        at += one;
    }
    out
}

/// How many sources agree, one to one, in the order of the chain.
pub(super) fn link_hits(wanted: &[Source], found: &[&[Attribution]]) -> usize {
    let mut used = vec![false; found.len()];
    let mut hits = 0;
    for source in wanted {
        if let Some(index) = (0..found.len()).find(|&index| !used[index] && same_source(source, found[index])) {
            used[index] = true;
            hits += 1;
        }
    }
    hits
}

/// The words for the source overlap, or the name is the same.
fn same_source(source: &Source, links: &[Attribution]) -> bool {
    let speakers = || links.iter().filter_map(|link| link.speaker.as_ref());
    let said: Vec<&str> = links
        .iter()
        .flat_map(|link| [Some(link.text.as_str()), link.medium.as_deref()])
        .flatten()
        .chain(speakers().map(|party| party.text.as_str()))
        .collect();
    let said_words: BTreeSet<String> = said.iter().flat_map(|text| content_words(text)).collect();
    [&source.speaker, &source.medium].into_iter().flatten().any(|mark| {
        let name = mark.name.as_deref().unwrap_or(&mark.exact);
        let named = speakers().any(|party| party.name.as_deref().is_some_and(|given| same_name(given, name)));
        named
            || match mark.span {
                Some(_) => content_words(&mark.exact).iter().any(|word| said_words.contains(word)),
                // The sentence has no words for it: another one may, and they are the name.
                None => said.iter().any(|text| same_name(text, name)),
            }
    })
}

/// Words that name something; all of them where there is no such word ("its").
fn content_words(text: &str) -> BTreeSet<String> {
    const EMPTY: [&str; 14] = ["the", "a", "an", "of", "in", "on", "for", "to", "and", "s", "at", "by", "with", "from"];
    let words = |kept: &dyn Fn(&str) -> bool| -> BTreeSet<String> {
        text.to_lowercase()
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty() && kept(word))
            .map(str::to_string)
            .collect()
    };
    let full = words(&|word| !EMPTY.contains(&word));
    if full.is_empty() { words(&|_| true) } else { full }
}

// ---- the same in words ----

fn mark(mark: &Mark) -> String {
    match (&mark.name, mark.span) {
        (Some(name), Some(_)) => format!("{} = {name}", mark.exact),
        (Some(name), None) => format!("^ = {name}"),
        (None, _) => mark.exact.clone(),
    }
}

pub(super) fn marks(wanted: &[&Mark]) -> String {
    or_none(wanted.iter().map(|one| mark(one)).collect(), " | ")
}

pub(super) fn words(found: &[Found<'_>]) -> String {
    let one = |found: &Found<'_>| match found.name {
        Some(name) if name != found.text => format!("{} = {name}", found.text),
        _ => found.text.to_string(),
    };
    or_none(found.iter().map(one).collect(), " | ")
}

pub(super) fn sources(sources: &[Source]) -> String {
    let one = |source: &Source| {
        let parts = [("by", &source.speaker), ("via", &source.medium), ("cue", &source.cue)];
        let parts: Vec<String> = parts
            .into_iter()
            .filter_map(|(slot, part)| part.as_ref().map(|part| format!("{slot} {}", mark(part))))
            .collect();
        parts.join(" | ")
    };
    or_none(sources.iter().map(one).collect(), " | ")
}

pub(super) fn links(links: &[&[Attribution]]) -> String {
    let one = |links: &&[Attribution]| {
        let speaker = links.iter().find_map(|link| link.speaker.as_ref()).map(|party| party.text.as_str());
        let medium = links.iter().find_map(|link| link.medium.as_deref());
        let words = links.first().map(|link| link.text.as_str()).filter(|_| speaker.is_none() && medium.is_none());
        let cue = links.iter().find_map(|link| link.cue.as_deref());
        let parts = [("by", speaker.or(words)), ("via", medium), ("cue", cue)];
        let parts: Vec<String> = parts
            .into_iter()
            .filter_map(|(slot, part)| part.filter(|part| !part.is_empty()).map(|part| format!("{slot} {part}")))
            .collect();
        parts.join(" | ")
    };
    or_none(links.iter().map(one).collect(), " | ")
}

/// As an annotator would write it.
pub(super) fn note(note: &Note) -> String {
    let mut parts = vec![head(note.event.as_str(), note.mode.map(record::Mode::as_str), note.status.as_str())];
    parts.push(format!("t {}", note.trigger.exact));
    parts.extend(note.actor.iter().map(|one| format!("a {}", mark(one))));
    parts.extend(note.recipient.iter().map(|one| format!("r {}", mark(one))));
    parts.join(" | ")
}

/// The same for a report.
pub(super) fn report(report: &Report) -> String {
    let mut parts = vec![head(report.event.as_str(), report.mode.map(record::Mode::as_str), report.status.as_str())];
    parts.push(format!("t {}", report.trigger.exact()));
    parts.extend(report.actor.iter().map(|party| format!("a {}", party.text)));
    parts.extend(report.recipient.iter().map(|party| format!("r {}", party.text)));
    parts.join(" | ")
}

fn head(event: &str, mode: Option<&str>, status: &str) -> String {
    let mode = mode.map_or(String::new(), |mode| format!(".{mode}"));
    let status = if status == "actual" { String::new() } else { format!(" {status}") };
    format!("{event}{mode}{status}")
}

fn or_none(parts: Vec<String>, between: &str) -> String {
    if parts.is_empty() { "none".to_string() } else { parts.join(between) }
}
