//! Sentences to reports: what was done or said, by whom, to whom, according to whom.
//!
//! | module | here is … | gimme … |
//! |---|---|---|
//! | [`codebook`] | the files under `codebook/` | rules, patterns, word lists |
//! | [`slot`] | `"obj.of"`, `"xcomp: release"` | a path of functions, a need |
//! | [`tree`] | a dependency tree | who fills a slot of this word |
//! | [`find`] | a tree and the codebook | which words set off which pattern |
//! | [`learned`] | a sentence and the network | what the words tell, settled with what the rules found |
//! | [`own`] | a user's entries with examples | the words that are near them |
//! | [`status`] | a trigger | did it happen, by the text |
//! | [`attribution`] | a token | who says so, the outermost first |
//! | [`actors`] | a nominal | whom it means, as of a date |
//! | [`dates`] | a sentence and the published date | the intervals it names |
//! | [`places`] | a document | the places it names |
//! | [`counts`] | a sentence | how many were killed, injured, displaced, arrested |
//! | [`relate`] | two marked parties | what one does to the other, by the network |
//! | [`code`] | a read document | its reports and the tree of why behind each |
//!
//! Pure throughout: no clock, no file, no chance. The knowledge comes first in
//! every call; doubts come back as remarks.

pub mod actors;
pub mod attribution;
mod clause;
pub mod code;
pub mod codebook;
mod context;
pub mod counts;
pub mod dates;
pub mod find;
pub mod learned;
pub mod own;
pub mod places;
pub mod relate;
pub mod slot;
pub mod status;
mod talks;
pub mod tree;

pub use code::{Coded, code};
pub use codebook::{Codebook, Rule};
pub use knowledge::Knowledge;

mod knowledge;
