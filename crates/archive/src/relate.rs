//! What one marked party does to another in one sentence.
//!
//! Takes sentences with a source and a target; gives the event type between them
//! with a share for each type. The network answers (see `coding::relate`), and what
//! the rules find in the sentence between the two weighs with it.

use coding::relate::{Question, Shares};
use encoder::coder::mark;
use reading::{Extracted, Source};
use record::{Event, Party, Report, Status};

use crate::ground::Ground;

/// A question: what does `source` do to `target` in `sentence`?
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Marked {
    pub id: String,
    pub sentence: String,
    pub source: String,
    pub target: String,
    /// Where source and target begin in the sentence, in code points; else the
    /// first place where their words stand is meant.
    pub at: Option<(usize, usize)>,
}

impl Marked {
    /// Reads `<s>…</s>` and `<t>…</t>`, which may stand inside each other. One of
    /// the two may be missing: an act whose other side the sentence does not name;
    /// `None` when both are.
    pub fn from_tagged(id: impl Into<String>, tagged: &str) -> Option<Marked> {
        let mut sentence = String::new();
        let (mut source, mut target) = (Mark::default(), Mark::default());
        let mut rest = tagged;
        while !rest.is_empty() {
            let tag = ["<s>", "</s>", "<t>", "</t>"].into_iter().find(|tag| rest.starts_with(tag));
            if let Some(tag) = tag {
                let mark = if tag.contains('s') { &mut source } else { &mut target };
                let end = if tag.contains('/') { &mut mark.end } else { &mut mark.start };
                end.get_or_insert(sentence.len());
                rest = &rest[tag.len()..];
            } else {
                let next = rest.char_indices().nth(1).map_or(rest.len(), |(next, _)| next);
                sentence.push_str(&rest[..next]);
                rest = &rest[next..];
            }
        }
        let words = |mark: &Mark| -> Option<(usize, String)> {
            let words = sentence.get(mark.start?..mark.end?)?;
            Some((sentence[..mark.start?].chars().count(), words.to_string()))
        };
        let (source, target) = (words(&source), words(&target));
        if source.is_none() && target.is_none() {
            return None;
        }
        let ((first, source), (second, target)) = (source.unwrap_or_default(), target.unwrap_or_default());
        Some(Marked { id: id.into(), source, target, at: Some((first, second)), sentence })
    }

    /// The words of the sentence with their marks.
    fn question(&self) -> Question {
        let text: Vec<char> = self.sentence.chars().collect();
        let words = reading::segment::tokens(&text);
        let mut marks = vec![mark::NONE; words.len()];
        let starts = match self.at {
            Some((source, target)) => [Some(source), Some(target)],
            None => [position(&text, &self.source), position(&text, &self.target)],
        };
        for ((start, party), sign) in
            starts.into_iter().zip([&self.source, &self.target]).zip([mark::SOURCE, mark::TARGET])
        {
            let Some(start) = start else { continue };
            let end = start + party.chars().count();
            for (word, known) in words.iter().zip(&mut marks) {
                if word.0 < end && word.1 > start {
                    *known = sign;
                }
            }
        }
        Question { words: words.iter().map(|&(start, end)| text[start..end].iter().collect()).collect(), marks }
    }
}

/// Where a mark's words begin and end, in bytes of the sentence without marks.
#[derive(Default)]
struct Mark {
    start: Option<usize>,
    end: Option<usize>,
}

/// The first place where the words stand as whole words, else where they stand at all.
fn position(text: &[char], words: &str) -> Option<usize> {
    let words: Vec<char> = words.chars().collect();
    if words.is_empty() {
        return None;
    }
    let places =
        || (0..(text.len() + 1).saturating_sub(words.len())).filter(|&at| text[at..at + words.len()] == words[..]);
    let whole = |&at: &usize| {
        let before = at.checked_sub(1).is_none_or(|before| !text[before].is_alphanumeric());
        before && text.get(at + words.len()).is_none_or(|after| !after.is_alphanumeric())
    };
    places().find(whole).or_else(|| places().next())
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Relation {
    pub id: String,
    /// The likeliest type. Whether there is anything between the two at all, `none` says.
    pub event: Option<Event>,
    pub quad: Option<u8>,
    /// Every type with its share, in the order of the types; with `none` they sum to 1.
    pub scores: Vec<(Event, f32)>,
    /// The share of "the source does nothing to the target here".
    pub none: f32,
}

pub(crate) fn relate(ground: &Ground, marked: &[Marked]) -> Vec<Relation> {
    let questions: Vec<Question> = marked.iter().map(Marked::question).collect();
    let shares = coding::relate::relate(ground.model(), ground.coder(), &questions);
    let worth = ground.coder().fitted("relate_rules").first().copied().unwrap_or(0.0);
    let answer = |(marked, mut shares): (&Marked, Shares)| {
        if worth > 0.0 {
            weigh(&mut shares, &ruled(ground, marked), worth);
        }
        let best = shares.events.iter().copied().reduce(|best, next| if next.1 > best.1 { next } else { best });
        Relation {
            id: marked.id.clone(),
            event: best.map(|(event, _)| event),
            quad: best.map(|(event, _)| event.quad().number()),
            scores: shares.events,
            none: shares.none,
        }
    };
    marked.iter().zip(shares).map(answer).collect()
}

/// The types that rules find in the sentence, and how well each sits between the
/// two: from 0, somewhere, to 1, from the source to the target.
fn ruled(ground: &Ground, marked: &Marked) -> Vec<(Event, f32)> {
    let source = Source { name: "relate.txt", kind: None, defaults: None };
    let Ok(extraction) = reading::extract(marked.sentence.as_bytes(), &source) else { return Vec::new() };
    let reports = |one: Extracted| -> Vec<(Event, f32)> {
        let text: Vec<char> = one.document.text.as_str().chars().collect();
        let (from, to) = (position(&text, &marked.source), position(&text, &marked.target));
        let range = |start: Option<usize>, words: &str| start.map(|start| (start, start + words.chars().count()));
        let (from, to) = (range(from, &marked.source), range(to, &marked.target));
        let record = ground.code_by_rules(one);
        record.reports.iter().map(|report| (to_come(report), fit(report, from, to))).collect()
    };
    extraction.documents.into_iter().flat_map(reports).collect()
}

/// What is to come between two parties has another type (record.md): a meeting to
/// be held is an agreement, a release to be made a concession.
fn to_come(report: &Report) -> Event {
    match report.event {
        Event::Consult | Event::Support | Event::Cooperate | Event::Aid if report.status == Status::Future => {
            Event::Agree
        }
        Event::Retreat if report.status == Status::Future => Event::Concede,
        event => event,
    }
}

fn fit(report: &Report, source: Option<(usize, usize)>, target: Option<(usize, usize)>) -> f32 {
    let among = |range: Option<(usize, usize)>, parties: &[Party]| {
        range.is_some_and(|(start, end)| parties.iter().any(|party| party.start < end && start < party.end))
    };
    let acts = among(source, &report.actor);
    let suffers = among(target, &report.recipient) || among(target, &report.actor);
    match (acts, suffers) {
        (true, true) => 1.0,
        (true, false) | (false, true) => 0.6,
        (false, false) => 0.2,
    }
}

/// Raises the odds of what rules found.
fn weigh(shares: &mut Shares, ruled: &[(Event, f32)], worth: f32) {
    for (event, share) in &mut shares.events {
        let fit = ruled.iter().filter(|(known, _)| known == event).map(|(_, fit)| *fit).fold(0.0, f32::max);
        *share *= (worth * fit).exp();
    }
    let sum = shares.none + shares.events.iter().map(|(_, share)| share).sum::<f32>();
    shares.none /= sum;
    shares.events.iter_mut().for_each(|(_, share)| *share /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_where_they_stand() {
        let marked = Marked::from_tagged("1", "The army said <s>Ruritania's <t>army</t></s> fell.").unwrap();
        assert_eq!(marked.sentence, "The army said Ruritania's army fell.");
        assert_eq!(
            (marked.source.as_str(), marked.target.as_str(), marked.at),
            ("Ruritania's army", "army", Some((14, 26)))
        );
        let question = marked.question();
        assert_eq!(question.words[..6], ["The", "army", "said", "Ruritania", "'s", "army"]);
        assert_eq!(question.marks, [0, 0, 0, 1, 1, 2, 0, 0]);
        assert_eq!(Marked::from_tagged("1", "A met B."), None);
        assert_eq!(Marked::from_tagged("1", "</s>A<s> met B."), None);
        let lone = Marked::from_tagged("1", "He said <s>A</s> resigned.").unwrap();
        assert_eq!((lone.source.as_str(), lone.target.as_str()), ("A", ""));
        assert_eq!(lone.question().marks, [0, 0, 1, 0, 0]);
    }

    #[test]
    fn words_are_found_whole_first() {
        let find = |text: &str, words: &str| position(&text.chars().collect::<Vec<_>>(), words);
        let cases = [
            ("Mali and Somalia met Mali.", "Mali", Some(0)),
            ("Somalia met Mali.", "Mali", Some(12)),
            ("Somalia fell.", "mal", Some(2)),
            ("Somalia fell.", "Mali", None),
            ("", "Mali", None),
            ("Mali", "", None),
        ];
        for (text, words, want) in cases {
            assert_eq!(find(text, words), want, "{words} in {text}");
        }
    }
}
