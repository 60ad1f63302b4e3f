//! From clean text to sentences of tokens, before any model has looked.
//!
//! Takes a [`Document`]; gives its [`Sentence`]s with tokens (text and span
//! only), paragraph and block. Never joins paragraphs, never moves an offset,
//! never drops a character that is not white space.
//!
//! ```
//! let document = record::Document {
//!     text: record::Text::new("Talks began. They ended on 5 May.\n\nNobody signed."),
//!     ..Default::default()
//! };
//! let (sentences, remarks) = reading::segment(&document);
//! assert_eq!(sentences.len(), 3);
//! assert_eq!(sentences[2].paragraph, 1);
//! assert!(remarks.is_empty());
//! ```

mod sentences;
mod tokens;
mod words;

use record::{Block, Document, Remark, Sentence, Span, Token};

pub use sentences::sentences;
pub use tokens::{Range, tokens};
pub use words::{Words, words};

/// A sentence of more tokens than this is cut: the model's attention grows
/// with the square of the length, and no sentence of news is longer.
pub const LONGEST_SENTENCE: usize = 200;

/// Paragraphs of the clean text: spans between the blank lines.
pub fn paragraphs(document: &Document) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = 0;
    for block in document.text.as_str().split("\n\n") {
        let length = block.chars().count();
        out.push(Span::new(start, start + length));
        start += length + 2;
    }
    out
}

/// Cuts a document into sentences and tokens.
pub fn segment(document: &Document) -> (Vec<Sentence>, Vec<Remark>) {
    let mut out: Vec<Sentence> = Vec::new();
    let mut remarks = Vec::new();
    let mut start = 0;
    for (paragraph, block) in document.text.as_str().split("\n\n").enumerate() {
        let chars: Vec<char> = block.chars().collect();
        let kind = document.blocks.get(paragraph).copied().unwrap_or_default();
        let cut = tokens(&chars);
        // A dateline ("OSLO, March 3 (Agency) -") is a line of its own: as the
        // head of a sentence it would pass for somebody in it.
        let dateline = document.dateline.as_deref().filter(|line| !line.is_empty() && block.starts_with(line));
        let ahead = dateline.map_or(0, |line| {
            let end = line.chars().count();
            cut.partition_point(|token| token.1 <= end)
        });
        let lines = (ahead > 0).then_some((0, ahead)).into_iter();
        let body = sentences(&chars, &cut[ahead..]).into_iter().map(|(first, last)| (first + ahead, last + ahead));
        for (first, last) in lines.chain(body) {
            let kind = if last <= ahead { Block::Byline } else { kind };
            for (from, to) in pieces(&chars, &cut, first, last) {
                let span = Span::new(start + cut[from].0, start + cut[to - 1].1);
                if last - first > LONGEST_SENTENCE && from == first {
                    remarks.push(
                        Remark::new(
                            "long-sentence",
                            format!(
                                "a sentence of {} tokens was cut into pieces of at most {LONGEST_SENTENCE}: check that line breaks survived",
                                last - first
                            ),
                        )
                        .at(span),
                    );
                }
                let words = cut[from..to]
                    .iter()
                    .map(|&(a, b)| Token {
                        text: chars[a..b].iter().collect(),
                        span: Span::new(start + a, start + b),
                        ..Token::default()
                    })
                    .collect();
                out.push(Sentence {
                    index: out.len(),
                    paragraph,
                    block: kind,
                    span,
                    tokens: words,
                    ..Sentence::default()
                });
            }
        }
        start += chars.len() + 2;
    }
    (out, remarks)
}

/// Cuts an overlong sentence, after a comma or semicolon where there is one.
fn pieces(text: &[char], tokens: &[Range], first: usize, last: usize) -> Vec<Range> {
    let mut out = Vec::new();
    let mut from = first;
    while last - from > LONGEST_SENTENCE {
        let limit = from + LONGEST_SENTENCE;
        let to = (from + LONGEST_SENTENCE / 2..limit)
            .rev()
            .find(|&at| matches!(text[tokens[at].0], ';' | ','))
            .map_or(limit, |at| at + 1);
        out.push((from, to));
        from = to;
    }
    out.push((from, last));
    out
}

/// Whether a paragraph reads as a heading: short, no end mark, not a sentence.
pub(crate) fn reads_as_heading(line: &str) -> bool {
    let line = line.trim();
    let words = line.split_whitespace().count();
    let ends = line.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '!', '…', ',', ';', ':']);
    let lettered = line.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    (1..=12).contains(&words) && !ends && lettered && line.chars().count() <= 100
}

/// The blocks of a text whose source did not mark them: headings and captions
/// are known by their looks.
pub(crate) fn guess_blocks(paragraphs: &[String], title: Option<&str>) -> Vec<Block> {
    let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    paragraphs
        .iter()
        .enumerate()
        .map(|(index, text)| {
            if index < 3 && title.is_some_and(|title| same(title, text)) {
                Block::Title
            } else if crate::extract::byline::is_byline(text) {
                Block::Byline
            } else if crate::clean::is_caption(text) {
                Block::Caption
            } else if reads_as_heading(text) && index + 1 < paragraphs.len() {
                Block::Heading
            } else {
                Block::Body
            }
        })
        .collect()
}
