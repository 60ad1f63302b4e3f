//! The errors, as a page that a person reads.
//!
//! Takes faults; gives them grouped by kind, the most frequent kind first, each
//! with its sentence, in lines of at most the width asked for (only a single
//! word may be longer).
//!
//! ```text
//! MISSED EVENT  12
//!
//!   ASSAULT  7
//!
//!     001-04  africa.txt:31  "shelled"
//!       Gunmen shelled the market on Sunday.
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

/// What can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    MissedEvent,
    FalseReport,
    WrongType,
    WrongStatus,
    WrongActor,
    WrongRecipient,
    WrongSource,
}

impl FaultKind {
    pub fn as_str(self) -> &'static str {
        match self {
            FaultKind::MissedEvent => "missed event",
            FaultKind::FalseReport => "false report",
            FaultKind::WrongType => "wrong type",
            FaultKind::WrongStatus => "wrong status",
            FaultKind::WrongActor => "wrong actor",
            FaultKind::WrongRecipient => "wrong recipient",
            FaultKind::WrongSource => "wrong source",
        }
    }
}

/// One error, with the sentence it was made in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    /// What sort of that kind: a type, "REQUEST taken for ACCUSE", "none found".
    pub detail: String,
    pub article: String,
    pub file: String,
    pub line: usize,
    /// The words of the event, or of the report where there is no event.
    pub trigger: String,
    pub sentence: String,
    /// What the annotation says; `None` where it says nothing.
    pub wanted: Option<String>,
    /// What the program says.
    pub found: Option<String>,
    pub found_by: Option<String>,
}

impl Fault {
    /// The error as an object.
    pub fn row(&self) -> Value {
        json!({
            "error": self.kind.as_str(), "detail": self.detail, "article": self.article, "file": self.file,
            "line": self.line, "trigger": self.trigger, "wanted": self.wanted, "found": self.found,
            "found_by": self.found_by, "sentence": self.sentence,
        })
    }

    fn write(&self, out: &mut String, width: usize) {
        let head = format!("{}  {}:{}  \"{}\"", self.article, self.file, self.line, self.trigger);
        out.push('\n');
        wrap(out, &head, "    ", "      ", width);
        for (what, text) in [("wanted", &self.wanted), ("found", &self.found), ("by", &self.found_by)] {
            if let Some(text) = text {
                wrap(out, &format!("{what:<6}  {text}"), "      ", "              ", width);
            }
        }
        wrap(out, &self.sentence, "      ", "      ", width);
    }
}

/// The page.
pub fn page(faults: &[Fault], width: usize) -> String {
    let mut kinds: BTreeMap<FaultKind, BTreeMap<&str, Vec<&Fault>>> = BTreeMap::new();
    for fault in faults {
        kinds.entry(fault.kind).or_default().entry(&fault.detail).or_default().push(fault);
    }
    let mut kinds: Vec<_> = kinds
        .into_iter()
        .map(|(kind, details)| (details.values().map(Vec::len).sum::<usize>(), kind, details))
        .collect();
    // A stable sort: kinds as frequent as each other keep their usual order.
    kinds.sort_by_key(|(count, ..)| std::cmp::Reverse(*count));
    let mut out = String::new();
    for (count, kind, details) in kinds {
        let _ = writeln!(out, "\n{}  {count}", kind.as_str().to_uppercase());
        let mut details: Vec<_> = details.into_iter().collect();
        details.sort_by_key(|(_, faults)| std::cmp::Reverse(faults.len()));
        for (detail, faults) in details {
            let _ = writeln!(out, "\n  {detail}  {}", faults.len());
            faults.iter().for_each(|fault| fault.write(&mut out, width));
        }
    }
    out
}

/// Words in lines; `first` goes before the first, `rest` before the others.
fn wrap(out: &mut String, text: &str, first: &str, rest: &str, width: usize) {
    let mut line = first.to_string();
    let mut empty = true;
    // The two spaces after a label stay.
    for word in text.split(' ') {
        if !empty && line.chars().count() + 1 + word.chars().count() > width {
            let _ = writeln!(out, "{}", line.trim_end());
            line = rest.to_string();
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(word);
        empty = false;
    }
    let _ = writeln!(out, "{}", line.trim_end());
}
