//! The tokens of a document in one row, to compare spans by.
//!
//! Takes read sentences; gives the tokens under a span, and the token that heads
//! them in the tree.

use std::ops::Range;

use record::{Sentence, Span, Token};

pub(super) struct Tokens<'a> {
    /// Tokens by their place in the text, each with the first token of its sentence.
    row: Vec<(usize, &'a Token)>,
}

impl<'a> Tokens<'a> {
    pub(super) fn of(sentences: &'a [Sentence]) -> Tokens<'a> {
        let mut row = Vec::new();
        for sentence in sentences {
            let first = row.len();
            row.extend(sentence.tokens.iter().map(|token| (first, token)));
        }
        Tokens { row }
    }

    /// The tokens that a span covers, wholly or in part.
    pub(super) fn under(&self, span: Span) -> Range<usize> {
        let first = self.row.partition_point(|(_, token)| token.span.end <= span.start);
        let last = self.row.partition_point(|(_, token)| token.span.start < span.end);
        first..last.max(first)
    }

    /// The token under a span that hangs on none of the others; the first of
    /// several. Marks are no heads while there is a word.
    pub(super) fn head(&self, span: Span) -> Option<usize> {
        let range = self.under(span);
        let tops = || {
            range.clone().filter(|&index| {
                let (first, token) = self.row[index];
                token.head.is_none_or(|head| !range.contains(&(first + head)))
            })
        };
        tops().find(|&index| self.row[index].1.deprel != "punct").or_else(|| tops().next())
    }
}
