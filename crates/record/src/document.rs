//! A document: one article as published.
//!
//! Takes what extraction found; gives the stored clean text and its metadata.
//! Never edited after it is built.

use jiff::civil::Date;
use serde::Serialize;

use crate::id;
use crate::sentence::Block;
use crate::text::Text;

/// One article: the clean text every offset points into, and what is known of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// `d_` and a hash of the clean text and its source.
    pub id: String,
    pub text: Text,
    /// What each paragraph of the text is, in order; missing ones are body.
    pub blocks: Vec<Block>,
    /// SHA-256 of the bytes as they came in.
    pub raw_sha256: String,
    /// Where it came from: an address, a path, a row's id.
    pub source: String,
    pub url: Option<String>,
    pub title: Option<String>,
    pub byline: Option<String>,
    /// The dateline as printed: "OSLO, March 3 (Agency) -".
    pub dateline: Option<String>,
    /// The place the dateline names.
    pub dateline_place: Option<String>,
    pub publication: Option<String>,
    pub published: Option<Date>,
    pub published_basis: Option<PublishedBasis>,
    /// ISO 639-1 where the guess was sure enough.
    pub language: Option<String>,
    /// What cleaning took out, and why. Nothing is lost.
    pub cut: Vec<Cut>,
}

impl Document {
    /// The id a text from a source has.
    pub fn id_of(text: &Text, source: &str) -> String {
        id::of('d', &[text.as_str(), source])
    }
}

/// Where the published date was found, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PublishedBasis {
    /// A field of the row or the feed.
    Field,
    JsonLd,
    Meta,
    TimeElement,
    Byline,
    Dateline,
    Url,
    /// The user's flag, used only where the document says nothing.
    Flag,
}

/// A passage that cleaning took out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cut {
    pub text: String,
    /// A fixed word: `newsletter`, `app`, `read-more`, `share`, `navigation`, `repeated`, `copyright` …
    pub reason: String,
}
