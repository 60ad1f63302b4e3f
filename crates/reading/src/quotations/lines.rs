//! Words that the layout gives to a speaker: signed quotations, transcripts,
//! headlines, and paragraphs behind a colon.
//!
//! Takes sentences in order; gives who speaks and the tokens that are his. The
//! cue is the dash or the colon. Never takes a heading for a speaker: before a
//! colon stands a name, and little else.
//!
//! ```text
//! “We are tired.” — Ama Owusu
//! OWUSU: We are tired.
//! The minister added:
//! ```

use record::{Block, MentionType, Sentence, Upos};

use super::Source;
use super::held::PAPERS;
use super::marks::{Part, Stretch};
use super::saying::{self, Saying};

/// A name before a colon has no more words than this.
const NAME: usize = 5;

/// “…” — Name, behind the marks or on a line of its own.
pub fn signed(sentences: &[Sentence], stretch: &Stretch) -> Option<Source> {
    let part = stretch.parts.last()?;
    let here = &sentences[part.sentence];
    let (at, first) =
        if here.tokens[part.last..].iter().any(|token| token.upos != Upos::Punct) || ends_in_dash(here, part) {
            (part.sentence, part.last)
        } else {
            (part.sentence + 1, 0)
        };
    let sentence = sentences.get(at)?;
    let dash = (first..sentence.tokens.len())
        .find(|&token| !matches!(sentence.tokens[token].text.as_str(), "." | "”" | "\""))?;
    if !is_dash(&sentence.tokens[dash].text) || sentence.paragraph - here.paragraph > 1 {
        return None;
    }
    let name = (dash + 1..sentence.tokens.len()).find(|&token| !is_dash(&sentence.tokens[token].text))?;
    let rest = sentence.tokens.len() - name;
    if sentence.tokens[name].upos != Upos::Propn && !is_named(sentence, name) || rest > 12 {
        return None;
    }
    Some(Source { speaker: Some((at, name)), cue: Some((at, dash)), ..Source::default() })
}

fn ends_in_dash(sentence: &Sentence, part: &Part) -> bool {
    sentence.tokens[part.last..].iter().any(|token| is_dash(&token.text))
}

fn is_dash(text: &str) -> bool {
    matches!(text, "-" | "--" | "–" | "—" | "―")
}

fn is_named(sentence: &Sentence, token: usize) -> bool {
    let span = sentence.tokens[token].span;
    sentence.mentions.iter().any(|mention| {
        matches!(mention.kind, MentionType::Person | MentionType::Organization) && mention.span.contains(span)
    })
}

/// Lines that open with a name and a colon, and paragraphs after a sentence
/// that ends with a verb of saying and a colon.
pub fn spoken(sentences: &[Sentence], sayings: &[Vec<Saying>]) -> Vec<(Source, Vec<Part>)> {
    let mut out = Vec::new();
    for at in 0..sentences.len() {
        let sentence = &sentences[at];
        let opens = at == 0 || sentences[at - 1].paragraph != sentence.paragraph;
        if let Some(colon) = named_colon(sentence).filter(|_| opens) {
            let source =
                Source { speaker: Some((at, head_of(sentence, colon))), cue: Some((at, colon)), ..Source::default() };
            let mut parts = vec![Part { sentence: at, first: colon + 1, last: sentence.tokens.len() }];
            parts.extend(paragraph(sentences, at + 1, sentence.paragraph));
            out.push((source, parts));
        } else if sentence.tokens.last().is_some_and(|token| token.text == ":")
            && sayings[at].is_empty()
            && let Some(next) = sentences.get(at + 1).filter(|next| next.paragraph != sentence.paragraph)
            && let Some(saying) = saying::any(sentence).filter(|saying| saying::plain_saying(sentence, saying.cue))
        {
            let source = Source {
                speaker: saying.speaker.map(|token| (at, token)),
                cue: Some((at, saying.cue)),
                class: saying.class,
            };
            out.push((source, paragraph(sentences, at + 1, next.paragraph)));
        }
    }
    out
}

fn paragraph(sentences: &[Sentence], from: usize, paragraph: usize) -> Vec<Part> {
    (from..sentences.len())
        .take_while(|&at| sentences[at].paragraph == paragraph)
        .map(|at| Part { sentence: at, first: 0, last: sentences[at].tokens.len() })
        .collect()
}

/// The colon behind a name that opens the sentence and has words behind it; in
/// a headline the name of a body or a poll, too.
fn named_colon(sentence: &Sentence) -> Option<usize> {
    let tokens = &sentence.tokens;
    let first = tokens.iter().position(|token| token.upos != Upos::Punct)?;
    let colon =
        tokens.iter().take(first + NAME + 1).position(|token| token.text == ":").filter(|&colon| colon > first)?;
    let name = &tokens[first..colon];
    let shouted =
        name.iter().all(|token| token.text.chars().all(|letter| letter.is_uppercase() || !letter.is_alphabetic()));
    let headline = matches!(sentence.block, Block::Title | Block::Heading) || sentence.index == 0;
    let named = (first..colon).all(|token| {
        let span = tokens[token].span;
        sentence.mentions.iter().any(|mention| {
            let body = mention.kind == MentionType::Person || headline && mention.kind == MentionType::Organization;
            body && mention.span.contains(span)
        })
    });
    let paper = headline && name.iter().any(|token| PAPERS.contains(&token.text.to_lowercase().as_str()));
    let worded = tokens[colon + 1..].iter().any(|token| token.upos != Upos::Punct);
    let speaker = named || paper || shouted && name.len() <= 2 && name.iter().all(|token| token.upos == Upos::Propn);
    (worded && speaker).then_some(colon)
}

fn head_of(sentence: &Sentence, colon: usize) -> usize {
    (0..colon)
        .filter(|&token| sentence.tokens[token].upos != Upos::Punct)
        .find(|&token| sentence.tokens[token].head.is_none_or(|head| head >= colon))
        .unwrap_or(0)
}
