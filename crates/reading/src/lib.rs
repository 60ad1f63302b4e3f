//! From bytes to read sentences.
//!
//! | module | here is … | gimme … |
//! |---|---|---|
//! | [`extract`] | bytes and what is known of their source | documents: clean text and metadata |
//! | [`clean`] | paragraphs | those that are the article, and what was cut and why |
//! | [`language`] | a clean text | the language it is in |
//! | [`segment`] | a document | its sentences and tokens |
//! | [`conllu`] | CoNLL-U | a document with given tokens; and back |
//!
//! This crate knows no actor, no event, no file and no clock. It never panics
//! on any input: what it cannot read is a [`Refusal`] or a remark.

pub mod clean;
pub mod conllu;
pub mod extract;
pub mod language;
pub mod segment;

pub use extract::{Defaults, Extracted, Extraction, Fields, Kind, Refusal, Source, extract};
pub use segment::segment;
