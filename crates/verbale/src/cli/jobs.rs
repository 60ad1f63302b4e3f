//! What there is to do: one job an article.
//!
//! Takes sources; gives jobs, lazily, in order. A file of rows is opened here
//! and each row becomes a job of its own, so that all threads work on it; any
//! other source is opened by the thread that takes it. Never opens a source
//! before the one before it is handed out.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::vec;

use archive::{Extracted, Kind};
use record::Remark;

use super::reading::{self, KnownArgs};
use crate::intake::Source;

/// What a thread gets.
#[derive(Debug)]
pub struct Job<'s> {
    pub source: &'s Source,
    pub load: Load,
    /// Its share of the input, for the progress bar.
    pub bytes: u64,
}

#[derive(Debug)]
pub enum Load {
    /// Open it.
    Unopened,
    /// It was opened: remarks about it as a whole, or why it gives nothing.
    Opened(Result<Vec<Remark>, String>),
    /// One of its documents.
    Document(Box<Extracted>),
}

pub struct Jobs<'s> {
    sources: std::slice::Iter<'s, Source>,
    known: &'s KnownArgs,
    rows: Option<(&'s Source, u64, vec::IntoIter<Extracted>)>,
}

impl<'s> Jobs<'s> {
    pub fn new(sources: &'s [Source], known: &'s KnownArgs) -> Jobs<'s> {
        Jobs { sources: sources.iter(), known, rows: None }
    }
}

/// Whether a source holds rows, by its name or by what the user says.
pub fn holds_rows(source: &Source, known: &KnownArgs) -> bool {
    let ending = source.name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match known.from {
        Some(kind) => kind == Kind::Jsonl,
        // Standard input may hold anything; it is opened once either way.
        None => source.name == "-" || ["jsonl", "ndjson", "json"].contains(&ending.as_str()),
    }
}

impl<'s> Iterator for Jobs<'s> {
    type Item = Job<'s>;

    fn next(&mut self) -> Option<Job<'s>> {
        if let Some((source, bytes, rows)) = &mut self.rows {
            if let Some(document) = rows.next() {
                return Some(Job { source, load: Load::Document(Box::new(document)), bytes: *bytes });
            }
            self.rows = None;
        }
        let source = self.sources.next()?;
        if !holds_rows(source, self.known) {
            return Some(Job { source, load: Load::Unopened, bytes: source.bytes });
        }
        let opened = catch_unwind(AssertUnwindSafe(|| reading::extract(source, self.known)))
            .unwrap_or_else(|_| Err("the program failed on it: please report this with the file".to_string()));
        let opened = opened.map(|extraction| {
            let share = source.bytes / extraction.documents.len().max(1) as u64;
            self.rows = Some((source, share, extraction.documents.into_iter()));
            extraction.remarks
        });
        Some(Job { source, load: Load::Opened(opened), bytes: 0 })
    }
}
