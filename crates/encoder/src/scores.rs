//! What the network says about one sentence: tables of numbers.
//!
//! Takes: nothing by itself, [`crate::Model::read`] fills it. Gives: a row a word.
//! Never: decides; who wants a tag takes the best of a row.
//!
//! ```text
//! scores.head("upos")  // words x labels
//! scores.windows()     // words x (words + 1): who hangs on whom, column 0 the root
//! ```

use std::ops::Range;
use std::sync::Arc;

/// Rows of numbers, all of one length.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    columns: usize,
    values: Vec<f32>,
}

impl Table {
    pub(crate) fn new(columns: usize) -> Table {
        Table { columns, values: Vec::new() }
    }

    /// A table of given rows, as long as the shortest: for tests of who reads tables.
    pub fn of(rows: Vec<Vec<f32>>) -> Table {
        let columns = rows.iter().map(Vec::len).min().unwrap_or(0);
        Table { columns, values: rows.iter().flat_map(|row| &row[..columns]).copied().collect() }
    }

    /// Adds the first `columns` numbers of each padded row.
    pub(crate) fn extend(&mut self, rows: &[f32], padded: usize) {
        for row in rows.chunks_exact(padded.max(1)) {
            self.values.extend_from_slice(&row[..self.columns]);
        }
    }

    pub(crate) fn push(&mut self, value: f32) {
        self.values.push(value);
    }

    pub fn rows(&self) -> usize {
        self.values.len() / self.columns.max(1)
    }

    pub fn columns(&self) -> usize {
        self.columns
    }

    /// One row; empty where there is no such row.
    pub fn row(&self, index: usize) -> &[f32] {
        let start = index.saturating_mul(self.columns);
        self.values.get(start..start.saturating_add(self.columns)).unwrap_or(&[])
    }

    /// The column with the largest number of a row, the first of equals; 0 where
    /// there is no such row.
    pub fn best(&self, index: usize) -> usize {
        let mut best = 0;
        let row = self.row(index);
        for (column, value) in row.iter().enumerate() {
            if *value > row[best] {
                best = column;
            }
        }
        best
    }

    /// All numbers, row after row.
    pub fn values(&self) -> &[f32] {
        &self.values
    }
}

/// The tree's numbers for the words of one window.
///
/// Nearly every sentence is one window. One of more than 254 word pieces is read
/// in several, and no arc crosses from one to the next.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Window {
    pub(crate) words: Range<usize>,
    pub(crate) arcs: Table,
    /// What labels are read from: a row a word, and for heads the root before them.
    pub(crate) dependants: Table,
    pub(crate) heads: Table,
}

impl Window {
    /// Which words of the sentence it covers.
    pub fn words(&self) -> Range<usize> {
        self.words.clone()
    }

    /// Words by words + 1: how well word `row` hangs on word `column - 1` of the
    /// window, and in column 0 how well it is the root. A file without a tree
    /// gives no columns.
    pub fn arcs(&self) -> &Table {
        &self.arcs
    }
}

/// What the network says about one sentence.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scores {
    pub(crate) names: Arc<[String]>,
    pub(crate) hidden: Table,
    pub(crate) heads: Vec<Table>,
    pub(crate) windows: Vec<Window>,
}

impl Scores {
    /// How many words were read.
    pub fn words(&self) -> usize {
        self.hidden.rows()
    }

    /// Words by labels, before any softmax; `None` where the file has no such head.
    pub fn head(&self, name: &str) -> Option<&Table> {
        self.names.iter().position(|known| known == name).and_then(|index| self.heads.get(index))
    }

    /// The tree's numbers, window by window.
    pub fn windows(&self) -> &[Window] {
        &self.windows
    }

    /// Words by hidden size: what the heads were computed from.
    pub fn hidden(&self) -> &Table {
        &self.hidden
    }

    /// The mean of the words' vectors; empty for a sentence without words.
    pub fn sentence_vector(&self) -> Vec<f32> {
        let words = self.words();
        if words == 0 {
            return Vec::new();
        }
        let mut sum = vec![0f32; self.hidden.columns()];
        for word in 0..words {
            for (sum, x) in sum.iter_mut().zip(self.hidden.row(word)) {
                *sum += x;
            }
        }
        sum.iter().map(|sum| sum / words as f32).collect()
    }
}
