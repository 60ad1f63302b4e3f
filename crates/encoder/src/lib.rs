//! Words in, numbers out: a small BERT on the processor at hand.
//!
//! The story of a sentence:
//!
//! | module | here is … | it becomes … |
//! |---|---|---|
//! | [`model`] | sentences of words, any number | windows of at most 256 word pieces, several to a pass |
//! | `basic`, `wordpiece` | a word | its pieces, as the uncased vocabulary has them |
//! | `shape` | a word | how it was written, which that vocabulary forgets |
//! | `network` | a pass of windows | a vector for each word's first piece, and for `[CLS]` |
//! | `heads` | those vectors | numbers for tags, lemma rules, entities, arcs, arc labels |
//! | [`coder`] | the same words, marked or not | vectors of a second network, for triggers and roles |
//! | [`scores`] | those numbers | tables, one row a word |
//! | `kernel` | rows and weights | their products, the same bits on every processor |
//! | [`mod@file`] | bytes of a weight file | tensors and labels, or a [`WeightError`] |
//!
//! Numbers go out, decisions do not: the best tag and the tree are chosen by the
//! caller. Nothing here fails on a text, reads a file, starts a thread or looks at
//! a clock. The caller spreads sentences over threads as it likes: [`Model`] is
//! `Sync`, and a sentence's numbers do not depend on its neighbours.

pub mod coder;
pub mod file;
pub mod model;
pub mod scores;

mod basic;
mod heads;
mod kernel;
mod network;
mod shape;
mod wordpiece;

pub use coder::Coder;
pub use file::WeightError;
pub use model::Model;
pub use network::Precision;
pub use scores::{Scores, Table, Window};
