//! Who is quoted, directly, indirectly or in parts.
//!
//! Takes sentences with trees; fills [`Sentence::quotations`]. Whole sentences
//! between marks are direct; a clause under a verb of saying is indirect, or
//! mixed where some of its words stand between marks. The speaker is found at
//! the verb of saying, or carried over from the sentence before. Never quotes a
//! title or a word held at arm's length: few words between marks that nobody is
//! said to have said.
//!
//! ```text
//! The army “will hold the line,” a spokesman told Radio Ost.
//! mixed: “will hold the line,”   speaker: spokesman   cue: told
//! ```

mod held;
mod lines;
mod marks;
mod saying;

use record::{CueClass, Quotation, QuotationKind, Sentence, Span, Upos};

pub use marks::{Part, Stretch, stretches};
use saying::{Saying, sayings};

/// Fewer quoted words than this without a verb of saying are no quotation.
const FEWEST: usize = 5;

/// Who said it and by which word: (sentence, token) of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Source {
    speaker: Option<(usize, usize)>,
    cue: Option<(usize, usize)>,
    class: CueClass,
}

/// Finds the quotations of a document's sentences and writes them there.
pub fn find(sentences: &mut [Sentence]) {
    let stretches = stretches(sentences);
    let sayings: Vec<Vec<Saying>> = sentences.iter().map(sayings).collect();
    let mut found: Vec<Vec<Quotation>> = vec![Vec::new(); sentences.len()];
    // Content clauses that a stretch has taken, a sentence each: indices of sayings.
    let mut taken: Vec<Vec<usize>> = vec![Vec::new(); sentences.len()];
    let mut number = 0;
    let mut before: Option<(usize, Source)> = None;
    for stretch in &stretches {
        let (source, used) = attribute(sentences, &sayings, stretch, before);
        let words: usize = stretch.parts.iter().map(|part| words_in(&sentences[part.sentence], part)).sum();
        if source.cue.is_none() && !is_speech(sentences, stretch, words) {
            continue;
        }
        for part in &stretch.parts {
            let sentence = &sentences[part.sentence];
            let clause = used.iter().find(|used| used.0 == part.sentence).map(|&(at, index)| &sayings[at][index]);
            let kind = kind_of(sentence, part, clause);
            let mut span = span_of(sentence, part.first, part.last);
            if let (QuotationKind::Mixed, Some(saying)) = (kind, clause) {
                // The whole reported clause, the unmarked words with it.
                let touched = saying.content.iter().find(|range| range.0 < part.last && part.first < range.1);
                if let Some(&(first, last)) = touched {
                    span = span.cover(span_of(sentence, first, last));
                }
            }
            let here = &mut found[part.sentence];
            if !here.iter().any(|other| other.span == span) {
                here.push(Quotation {
                    kind,
                    span,
                    number,
                    speaker: source.speaker,
                    cue: source.cue,
                    class: source.class,
                    statement: true,
                });
            }
        }
        for (at, index) in used {
            taken[at].push(index);
        }
        number += 1;
        if let Some(part) = stretch.parts.last()
            && source.speaker.is_some()
        {
            before = Some((part.sentence, source));
        }
    }
    for (at, sayings_here) in sayings.iter().enumerate() {
        let left = sayings_here.iter().enumerate().filter(|(index, _)| !taken[at].contains(index));
        for saying in left.map(|(_, saying)| saying.clone()).chain(held::held(&sentences[at])) {
            let cue = Some((at, saying.cue));
            if found[at].iter().any(|other| other.cue == cue) {
                continue;
            }
            for &(first, last) in saying.content.iter().filter(|run| run.0 < run.1) {
                found[at].push(Quotation {
                    kind: QuotationKind::Indirect,
                    span: span_of(&sentences[at], first, last),
                    number,
                    speaker: saying.speaker.map(|token| (at, token)),
                    cue,
                    class: saying.class,
                    statement: saying.statement,
                });
            }
            number += usize::from(!saying.content.is_empty());
        }
    }
    for (source, parts) in lines::spoken(sentences, &sayings) {
        // What stands there without a cue is now somebody's; the rest stays,
        // inside the new one.
        for part in parts {
            let span = span_of(&sentences[part.sentence], part.first, part.last);
            found[part.sentence].retain(|other| other.cue.is_some());
            found[part.sentence].push(Quotation {
                kind: QuotationKind::Direct,
                span,
                number,
                speaker: source.speaker,
                cue: source.cue,
                class: source.class,
                statement: true,
            });
        }
        number += 1;
    }
    for (sentence, mut here) in sentences.iter_mut().zip(found) {
        here.sort_by_key(|quotation| (quotation.span.start, std::cmp::Reverse(quotation.span.end)));
        sentence.quotations = here;
    }
}

fn span_of(sentence: &Sentence, first: usize, last: usize) -> Span {
    match (sentence.tokens.get(first), last.checked_sub(1).and_then(|last| sentence.tokens.get(last))) {
        (Some(first), Some(last)) => first.span.cover(last.span),
        _ => Span::default(),
    }
}

fn words_in(sentence: &Sentence, part: &Part) -> usize {
    sentence.tokens[part.first..part.last].iter().filter(|token| token.text.chars().any(char::is_alphanumeric)).count()
}

/// Whether words between marks that nobody is said to have said are speech and
/// no title: several words, and a verb that stands by itself.
fn is_speech(sentences: &[Sentence], stretch: &Stretch, words: usize) -> bool {
    let finite = stretch.parts.iter().any(|part| {
        sentences[part.sentence].tokens[part.first..part.last]
            .iter()
            .any(|token| matches!(token.xpos.as_str(), "VBD" | "VBZ" | "VBP" | "MD" | "VB"))
    });
    let capitals = stretch.parts.first().is_some_and(|part| {
        let tokens = &sentences[part.sentence].tokens[part.first..part.last];
        let named = tokens.iter().filter(|token| token.text.chars().next().is_some_and(char::is_uppercase)).count();
        // "The Sound of Silence": most words of a title are capitalised.
        named * 2 > words && words < 12
    });
    words >= FEWEST && finite && !capitals
}

/// Direct where the marks hold whole sentences or a whole content clause.
fn kind_of(sentence: &Sentence, part: &Part, clause: Option<&Saying>) -> QuotationKind {
    let quoted = |token: usize| part.first <= token && token < part.last;
    let word = |token: usize| sentence.tokens[token].upos != Upos::Punct;
    // “…,” with its comma inside is a whole quotation, whatever the tree makes
    // of the words behind it.
    let before_close = part.last.checked_sub(2).filter(|&token| token > part.first);
    let comma = before_close.is_some_and(|token| matches!(sentence.tokens[token].text.as_str(), "," | "?" | "!"));
    let opens = (0..part.first).all(|token| !word(token));
    if opens && comma && part.last < sentence.tokens.len() {
        return QuotationKind::Direct;
    }
    if let Some(saying) = clause {
        let all: Vec<usize> =
            saying.content.iter().flat_map(|&(first, last)| first..last).filter(|&token| word(token)).collect();
        let inside = all.iter().filter(|&&token| quoted(token)).count();
        if !all.is_empty() {
            return if inside * 10 >= all.len() * 9 { QuotationKind::Direct } else { QuotationKind::Mixed };
        }
        return QuotationKind::Mixed;
    }
    let root = sentence.tokens.iter().position(|token| token.head.is_none());
    if root.is_some_and(quoted) && opens || part.last - part.first == sentence.tokens.len() {
        QuotationKind::Direct
    } else {
        QuotationKind::Mixed
    }
}

/// Who said a stretch, and the content clauses that it fills.
fn attribute(
    sentences: &[Sentence],
    sayings: &[Vec<Saying>],
    stretch: &Stretch,
    before: Option<(usize, Source)>,
) -> (Source, Vec<(usize, usize)>) {
    let mut source = Source::default();
    let mut used = Vec::new();
    // A verb of saying outside the marks whose content holds or touches them.
    for part in &stretch.parts {
        for (index, saying) in sayings[part.sentence].iter().enumerate() {
            let outside = saying.cue < part.first || part.last <= saying.cue;
            let touches = saying.content.iter().any(|&(first, last)| first < part.last && part.first < last);
            if outside && touches {
                used.push((part.sentence, index));
                // The nearest verb of saying above the words; a verb of thinking
                // only where there is none: "said he hoped that “…”".
                let rank = |class: CueClass, cue: usize| (class == CueClass::Think, distance(cue, part));
                let closer = source.cue.is_none_or(|(at, cue)| {
                    at != part.sentence || rank(saying.class, saying.cue) < rank(source.class, cue)
                });
                if closer {
                    source = of(part.sentence, saying);
                }
            }
        }
    }
    if source.cue.is_some() {
        // The others keep what they say for themselves.
        used.retain(|&(at, index)| source.cue == Some((at, sayings[at][index].cue)));
        return (source, used);
    }
    // Any word of saying above or right beside the marks.
    for part in &stretch.parts {
        if let Some(saying) = saying::beside(&sentences[part.sentence], part) {
            return (of(part.sentence, &saying), used);
        }
    }
    if let Some(source) = lines::signed(sentences, stretch) {
        return (source, used);
    }
    (carried_over(sentences, sayings, stretch, before).unwrap_or_default(), used)
}

fn of(sentence: usize, saying: &Saying) -> Source {
    Source {
        speaker: saying.speaker.map(|token| (sentence, token)),
        cue: Some((sentence, saying.cue)),
        class: saying.class,
    }
}

fn distance(cue: usize, part: &Part) -> usize {
    if cue < part.first { part.first - cue } else { cue.saturating_sub(part.last) }
}

/// Whole quoted sentences without a word of saying: the speaker of the sentence
/// before, or of the quotation before.
fn carried_over(
    sentences: &[Sentence],
    sayings: &[Vec<Saying>],
    stretch: &Stretch,
    before: Option<(usize, Source)>,
) -> Option<Source> {
    let part = stretch.parts.first()?;
    let sentence = &sentences[part.sentence];
    let whole = sentence.tokens[..part.first]
        .iter()
        .chain(&sentence.tokens[part.last..])
        .all(|token| !token.text.chars().any(char::is_alphanumeric));
    if !whole {
        return None;
    }
    let previous = part.sentence.checked_sub(1)?;
    let paragraph = sentence.paragraph;
    // The quotation before stands right before this one, or opens the same
    // paragraph or the one before it.
    if let Some((at, source)) = before
        && part.sentence - at <= 2
        && paragraph - sentences[at].paragraph <= 1
    {
        return Some(source);
    }
    let near = sentences[previous].paragraph == paragraph || ends_with_colon(&sentences[previous]);
    // A paragraph of quotation goes on with whom the sentence right before it
    // reports: "The envoy said that talks would go on." "“We are patient.”"
    let last = sayings[previous]
        .iter()
        .rev()
        .find(|saying| saying.speaker.is_some() && (near || saying::plain_saying(&sentences[previous], saying.cue)));
    if let Some(saying) = last.filter(|_| paragraph - sentences[previous].paragraph <= 1) {
        return Some(of(previous, saying));
    }
    // "The minister was blunt: “…”", "He answered the court. “…”"
    if near && paragraph - sentences[previous].paragraph <= 1 {
        return saying::any(&sentences[previous]).map(|saying| of(previous, &saying));
    }
    None
}

fn ends_with_colon(sentence: &Sentence) -> bool {
    sentence.tokens.last().is_some_and(|token| token.text == ":")
}

#[cfg(test)]
#[path = "quotations/tests.rs"]
mod tests;
