//! The nouns of the record, their ids and invariants, and their one JSON form.
//!
//! | module | here is … | gimme … |
//! |---|---|---|
//! | [`text`] | a clean text and two offsets | the exact words, or nothing |
//! | [`document`] | one article as published | its text, its metadata, what was cut |
//! | [`sentence`] | a stretch of that text | its tokens, tree, mentions, quotations |
//! | [`plover`] | the name of an event type or mode | its quad and score |
//! | [`report`] | what one sentence says was done or said | who, whom, when, where, according to whom |
//! | [`why`] | a report | the tree of reasons behind it |
//! | [`remark`] | a doubt | the data it doubts |
//!
//! This crate does no I/O and decides nothing. A [`text::Slice`] can only be
//! cut from a [`text::Text`], so a report without its exact words cannot be
//! built.

pub mod document;
pub mod id;
pub mod plover;
pub mod remark;
pub mod report;
pub mod sentence;
pub mod text;
pub mod why;

pub use document::{Cut, Document, PublishedBasis};
pub use plover::{Event, Mode, Quad, Status};
pub use remark::Remark;
pub use report::{
    Attribution, Basis, Condition, Count, Party, Place, PlacePrecision, Precision, Report, SpeechKind, When,
};
pub use sentence::{Block, CueClass, Mention, MentionType, Quotation, QuotationKind, Sentence, Token, Upos};
pub use text::{Quote, Slice, Span, Text};
pub use why::Why;
