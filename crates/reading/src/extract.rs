//! From bytes to documents: what kind of file, what encoding, which text.
//!
//! Takes bytes and a [`Source`]; gives an [`Extraction`]: documents with clean
//! text and metadata, each with its remarks. Never fails on a bad row or a
//! strange character (those are remarks); refuses only what holds no article,
//! with a [`Refusal`] that says what to do next.
//!
//! ```
//! let source = reading::Source { name: "note.txt", ..Default::default() };
//! let found = reading::extract(b"Envoys met in Oslo on Monday. They will meet again.", &source).unwrap();
//! assert_eq!(found.documents[0].document.text.as_str(), "Envoys met in Oslo on Monday. They will meet again.");
//! ```

pub mod byline;
pub mod dates;

mod draft;
mod encoding;
mod html;
mod html_facts;
mod json;
mod kind;
mod markdown;
mod paragraphs;
mod plain;

use jiff::civil::Date;
use record::{Document, Remark, Sentence};

pub use html::{MainText, Trafilatura};
pub use json::Fields;
pub use kind::Kind;
pub use paragraphs::Paragraphs;
pub(crate) use plain::is_address;

use draft::Draft;

/// A text longer than this is no article. It bounds time and memory.
pub const LONGEST_TEXT: usize = 8 << 20;

/// A page longer than this is not parsed.
pub const LONGEST_PAGE: usize = 8 << 20;

/// Where bytes come from, and what to take where they say nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Source<'a> {
    /// A path, an address, `-`: written into the documents, and its ending is a hint.
    pub name: &'a str,
    /// The kind, where the caller knows it.
    pub kind: Option<Kind>,
    pub defaults: Option<&'a Defaults>,
}

/// What the user says of a source.
#[derive(Debug, Clone, Default)]
pub struct Defaults {
    /// Used only where the document gives no date.
    pub published: Option<Date>,
    /// Used only where the document gives no publication.
    pub publication: Option<String>,
    /// Names of the fields of JSON rows.
    pub fields: Fields,
    /// Keep boilerplate in the text.
    pub keep_all: bool,
}

/// What a source holds.
#[derive(Debug, Default)]
pub struct Extraction {
    pub documents: Vec<Extracted>,
    /// Remarks about the source as a whole: rows left out, a guessed encoding.
    pub remarks: Vec<Remark>,
}

/// One document and what came with it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extracted {
    pub document: Document,
    /// Sentences and tokens that the source gave (CoNLL-U); else empty.
    pub given: Vec<Sentence>,
    pub remarks: Vec<Remark>,
}

/// Why a source gives nothing. The words are for the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    /// Not text; `what` it looks like.
    Binary {
        what: &'static str,
    },
    TooLong {
        megabytes: usize,
        limit: usize,
    },
    /// A page or a text in which no article was found.
    NoText,
    /// JSON rows of which none could be used.
    NoRows {
        first: String,
    },
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refusal::Empty => write!(f, "the file is empty: give a file that holds an article"),
            Refusal::Binary { what } => write!(f, "this is {what}, not text: convert it to plain text or html first"),
            Refusal::TooLong { megabytes, limit } => write!(
                f,
                "the text is {megabytes} MB long and the limit for one article is {limit} MB: split it, one article a file or one a line of jsonl"
            ),
            Refusal::NoText => write!(
                f,
                "no article text was found, only scripts, menus or notices: save the page as the browser shows it, or give its text"
            ),
            Refusal::NoRows { first } => {
                write!(
                    f,
                    "no row could be read (first: {first}): give one json object a line with a field for the text"
                )
            }
        }
    }
}

impl std::error::Error for Refusal {}

/// Reads what a source holds.
pub fn extract(bytes: &[u8], source: &Source) -> Result<Extraction, Refusal> {
    let fallback = Defaults::default();
    let defaults = source.defaults.unwrap_or(&fallback);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::Empty);
    }
    if let Some(what) = kind::binary(bytes) {
        return Err(Refusal::Binary { what });
    }
    let (text, remarks) = encoding::decode(bytes);
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let kind = source.kind.unwrap_or_else(|| kind::sniff(&text, source.name));
    if kind == Kind::Jsonl {
        let mut extraction = json::extract(&text, source.name, defaults)?;
        extraction.remarks.splice(0..0, remarks);
        return Ok(extraction);
    }
    let limit = if kind == Kind::Html { LONGEST_PAGE } else { LONGEST_TEXT };
    if text.len() > limit && kind != Kind::Conllu {
        return Err(Refusal::TooLong { megabytes: text.len() >> 20, limit: limit >> 20 });
    }
    let raw = record::id::sha256(bytes);
    if kind == Kind::Conllu {
        return Ok(Extraction { documents: given(&text, source.name, &raw, defaults), remarks });
    }
    let draft = draft_of(kind, &text);
    let extracted = draft.finish(source.name, raw, defaults);
    if extracted.document.text.is_empty() {
        return Err(Refusal::NoText);
    }
    Ok(Extraction { documents: vec![extracted], remarks })
}

fn draft_of(kind: Kind, text: &str) -> Draft {
    match kind {
        Kind::Html => html::draft(text, &Trafilatura),
        Kind::Markdown => markdown::draft(text),
        _ => plain::draft(text),
    }
}

/// Documents of CoNLL-U: text, tokens and sentences stay as they are.
fn given(text: &str, name: &str, raw: &str, defaults: &Defaults) -> Vec<Extracted> {
    crate::conllu::parse(text)
        .into_iter()
        .filter(|given| !given.sentences.is_empty())
        .map(|given| {
            let text = record::Text::new(given.text);
            let source = given.id.map_or_else(|| name.to_string(), |id| format!("{name}#{id}"));
            let document = Document {
                id: Document::id_of(&text, &source),
                text,
                raw_sha256: raw.to_string(),
                source,
                publication: defaults.publication.clone(),
                published: defaults.published,
                published_basis: defaults.published.map(|_| record::PublishedBasis::Flag),
                ..Document::default()
            };
            Extracted { document, given: given.sentences, remarks: given.remarks }
        })
        .collect()
}
