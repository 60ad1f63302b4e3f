//! The record of one document: what it is, what it says, and every doubt.
//!
//! Takes an extracted document; gives its sentences, reports and remarks. A
//! document in another language than English gives no reports and a remark.

use coding::learned::Heads;
use reading::Extracted;
use record::{Document, Remark, Report, Sentence, Why};

use crate::ground::Ground;

/// All that follows from one document.
#[derive(Debug, Clone, Default)]
pub struct Record {
    pub document: Document,
    pub sentences: Vec<Sentence>,
    pub reports: Vec<Report>,
    /// Runs parallel to `reports`.
    pub whys: Vec<Why>,
    pub remarks: Vec<Remark>,
    /// Whether the document was left unread, for a reason among the remarks.
    pub skipped: bool,
}

impl Record {
    pub(crate) fn of(ground: &Ground, extracted: Extracted, heads: Option<Heads<'_>>) -> Record {
        let (sentences, more) = ground.read(&extracted);
        // Reading passes over other languages and says so; nothing is coded from no sentences.
        let skipped = more.iter().any(|remark| remark.kind == "language");
        let coded = coding::code(ground.knowledge(), heads.as_ref(), &extracted.document, &sentences);
        let mut remarks = extracted.remarks;
        remarks.extend(more);
        remarks.extend(coded.remarks);
        Record { document: extracted.document, sentences, reports: coded.reports, whys: coded.whys, remarks, skipped }
    }
}
