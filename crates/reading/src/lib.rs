//! From bytes to read sentences.
//!
//! | module | here is … | gimme … |
//! |---|---|---|
//! | [`extract`] | bytes and what is known of their source | documents: clean text and metadata |
//! | [`clean`] | paragraphs | those that are the article, and what was cut and why |
//! | [`language`] | a clean text | the language it is in |
//! | [`segment`] | a document | its sentences and tokens |
//! | [`read()`] | a document and a model | its sentences with tags, trees, mentions and quotations |
//! | [`tag`], [`parse`] | the model's numbers | tags, lemmas, entities; a tree |
//! | [`mentions`] | labelled spans | whole mentions |
//! | [`quotations`] | trees | who is quoted, directly, indirectly or in parts |
//! | [`cues`] | a lemma | whether and how it says that somebody said |
//! | [`conllu`] | CoNLL-U | a document with given tokens; and back |
//!
//! This crate knows no actor, no event, no file and no clock. It never panics
//! on any input: what it cannot read is a [`Refusal`] or a remark.

#![forbid(unsafe_code)]

pub mod clean;
pub mod conllu;
pub mod cues;
pub mod extract;
pub mod language;
pub mod mentions;
pub mod parse;
pub mod quotations;
mod read;
pub mod segment;
pub mod tag;

pub use extract::{Defaults, Extracted, Extraction, Fields, Kind, Paragraphs, Refusal, Source, extract};
pub use read::{read, read_given};
pub use segment::segment;
