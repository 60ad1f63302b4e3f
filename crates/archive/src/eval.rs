//! How good the program is on text that people annotated.
//!
//! | module | here is … | gimme … |
//! |---|---|---|
//! | [`corpus`] | the bytes of an annotated file | articles with their marks, and mistakes |
//! | [`score`] | an article and its record | what was right, and every error |
//! | [`pairing`] | what suits what, and how well | the best pairs |
//! | [`tally`] | the counts of many articles | figures |
//! | [`errors`] | the errors of many articles | a page, the most frequent first |
//! | [`case`] | a folder with an article and a list of facts | how many facts the record holds |
//!
//! Articles are read and coded from their raw text, by the way that
//! `verbale code` takes; nothing of the annotation is seen by what is measured.

pub mod case;
pub mod corpus;
pub mod errors;
pub mod pairing;
pub mod score;
pub mod tally;

mod annotation;
mod parts;
mod rows;
mod text;
mod tokens;

pub use corpus::{Article, Corpus, Mistake, Split};
pub use errors::{Fault, FaultKind};
pub use score::{Scored, Weighed, score};
pub use tally::{Counts, Share, Tally};
