//! The tool: articles come in, the record comes out on a terminal or in a pipe.
//!
//! | module | here is … | gimme … |
//! |---|---|---|
//! | [`cli`] | what was typed | the command done, and an exit status |
//! | [`intake`] | files, folders, patterns, `-` | their bytes, one after the other |
//! | [`ordered`] | a stream of jobs and some threads | their results in the order asked |
//! | [`render`] | a record | a table, JSON lines, PLOVER, CSV, CoNLL-U |
//! | [`terminal`] | the two streams | width, colours, a progress bar, quiet ends |
//! | [`reference`](mod@reference) | the definition of the commands | docs/commands.md |
//!
//! It holds no rule and decides nothing about a text: that is behind
//! `archive`. Standard output carries the data and nothing else.

#![forbid(unsafe_code)]

pub mod cli;
pub mod intake;
pub mod ordered;
pub mod reference;
pub mod render;
pub mod terminal;
