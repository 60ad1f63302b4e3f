//! A remark: a doubt the program has, attached to the data it doubts.
//!
//! ```
//! let remark = record::Remark::new("no-published-date", "no published date: dates stay unresolved");
//! assert_eq!(remark.to_string(), "no-published-date: no published date: dates stay unresolved");
//! ```

use serde::Serialize;

use crate::text::Span;

/// A doubt. `kind` is a fixed word with a heading in the docs; `text` says
/// what is doubted and, where there is something to do, what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    pub kind: &'static str,
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

impl Remark {
    pub fn new(kind: &'static str, text: impl Into<String>) -> Remark {
        Remark { kind, text: text.into(), span: None }
    }

    pub fn at(mut self, span: Span) -> Remark {
        self.span = Some(span);
        self
    }
}

impl std::fmt::Display for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.kind, self.text)
    }
}
