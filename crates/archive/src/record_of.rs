//! The record of one document: what it is, what it says, and every doubt.
//!
//! Takes an extracted document; gives its sentences, reports and remarks. A
//! document in another language than English gives no reports and a remark.

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
    pub(crate) fn of(ground: &Ground, extracted: Extracted) -> Record {
        let (sentences, reports, whys, more, skipped) = {
            let foreign = extracted.remarks.iter().any(|remark| remark.kind == "language");
            if foreign {
                (Vec::new(), Vec::new(), Vec::new(), Vec::new(), true)
            } else {
                let (sentences, mut remarks) = ground.read(&extracted);
                let coded = coding::code(ground.knowledge(), &extracted.document, &sentences);
                remarks.extend(coded.remarks);
                (sentences, coded.reports, coded.whys, remarks, false)
            }
        };
        let mut remarks = extracted.remarks;
        remarks.extend(more);
        Record { document: extracted.document, sentences, reports, whys, remarks, skipped }
    }
}
