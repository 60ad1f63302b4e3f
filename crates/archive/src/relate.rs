//! What one marked party does to another in one sentence.
//!
//! Takes a sentence with a source and a target; gives the event type between
//! them with a score for each type. This first version asks the rules: the
//! report whose actor and recipient overlap the marked words, else the report
//! that lies between them. A learned answer takes its place.

use reading::Source;
use record::{Event, Report, Status};

use crate::ground::Ground;

/// A question: what does `source` do to `target` in `sentence`?
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    pub id: String,
    pub sentence: String,
    pub source: String,
    pub target: String,
}

impl Marked {
    /// Reads `<s>…</s>` and `<t>…</t>`; `None` when a mark is missing.
    pub fn from_tagged(id: impl Into<String>, tagged: &str) -> Option<Marked> {
        let between = |open: &str, close: &str| -> Option<String> {
            let start = tagged.find(open)? + open.len();
            let end = start + tagged[start..].find(close)?;
            Some(tagged[start..end].to_string())
        };
        let (source, target) = (between("<s>", "</s>")?, between("<t>", "</t>")?);
        let sentence =
            ["<s>", "</s>", "<t>", "</t>"].iter().fold(tagged.to_string(), |text, mark| text.replace(mark, ""));
        Some(Marked { id: id.into(), sentence, source, target })
    }
}

/// An answer. `event` is `None` where nothing was found between the two.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    pub id: String,
    pub event: Option<Event>,
    pub quad: Option<u8>,
    /// Every type with its share, in the order of the types; they sum to 1,
    /// or to less where "no event" has the rest.
    pub scores: Vec<(Event, f32)>,
}

pub(crate) fn relate(ground: &Ground, marked: &Marked) -> Relation {
    let source = Source { name: "relate.txt", kind: None, defaults: None };
    let Ok(extraction) = reading::extract(marked.sentence.as_bytes(), &source) else {
        return answer(marked, &[]);
    };
    let mut weighed: Vec<(Event, f32)> = Vec::new();
    for one in extraction.documents {
        let text = one.document.text.clone();
        let source = position(text.as_str(), &marked.source);
        let target = position(text.as_str(), &marked.target);
        let record = ground.code(one);
        for report in &record.reports {
            weighed.push((report.event, weight(report, source, target)));
        }
    }
    answer(marked, &weighed)
}

fn position(text: &str, words: &str) -> Option<(usize, usize)> {
    let byte = text.find(words)?;
    let start = text[..byte].chars().count();
    Some((start, start + words.chars().count()))
}

/// How well a report answers the question.
fn weight(report: &Report, source: Option<(usize, usize)>, target: Option<(usize, usize)>) -> f32 {
    let overlaps = |range: Option<(usize, usize)>, parties: &[record::Party]| {
        range.is_some_and(|(start, end)| parties.iter().any(|party| party.start < end && start < party.end))
    };
    let mut weight = 0.2;
    if overlaps(source, &report.actor) {
        weight += 1.0;
    }
    if overlaps(target, &report.recipient) || overlaps(target, &report.actor) {
        weight += 1.0;
    }
    if let (Some(source), Some(target)) = (source, target) {
        let trigger = report.trigger.span().start;
        if trigger > source.0.min(target.0) && trigger < source.1.max(target.1) {
            weight += 0.3;
        }
    }
    if report.status == Status::Actual { weight } else { weight * 0.6 }
}

fn answer(marked: &Marked, weighed: &[(Event, f32)]) -> Relation {
    let best = weighed.iter().copied().reduce(|best, next| if next.1 > best.1 { next } else { best });
    // One unit of weight is kept for "no event", so that a lone weak report
    // does not look sure.
    let total: f32 = 1.0 + weighed.iter().map(|(_, weight)| weight).sum::<f32>();
    let scores = Event::all()
        .map(|event| {
            let sum: f32 = weighed.iter().filter(|(other, _)| *other == event).map(|(_, weight)| weight).sum();
            (event, sum / total)
        })
        .collect();
    Relation {
        id: marked.id.clone(),
        event: best.map(|(event, _)| event),
        quad: best.map(|(event, _)| event.quad().number()),
        scores,
    }
}
