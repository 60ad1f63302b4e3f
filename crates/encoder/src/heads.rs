//! What is read off the hidden vectors: token heads and the tree.
//!
//! Takes: the hidden vectors of [CLS] and the words. Gives: numbers for labels,
//! arcs and arc labels. Never: knows what a label means.
//!
//! ```text
//! head    W h + b, or W1 gelu(W0 h + b0) + b1
//! arc     (U' d + u) . e               d, e = gelu(W h + b)
//! label   (U_k' d + w_k) . e + v_k . d + b_k
//! ```

use std::collections::HashMap;

use crate::file::{WeightError, mismatch};
use crate::kernel::{Kernel, Packed, Rows};
use crate::network::Loader;
use crate::scores::{Table, Window};

/// A table of weights with a name and labels.
#[derive(Debug)]
pub(crate) struct Head {
    pub labels: Vec<String>,
    /// How gladly a label follows another: a row for each label before and one for
    /// the start, a column for each label after.
    pub transitions: Option<Table>,
    /// Answers that need no weights, by a key the caller makes.
    pub known: HashMap<String, String>,
    layers: Vec<Packed>,
}

impl Head {
    /// The names of the heads of a file, sorted.
    pub fn names(loader: &Loader<'_>) -> Vec<String> {
        let mut names: Vec<String> = loader
            .file
            .names()
            .iter()
            .filter_map(|name| name.strip_prefix("head.")?.strip_suffix(".weight"))
            .map(|name| name.strip_suffix(".0").or(name.strip_suffix(".1")).unwrap_or(name).to_string())
            .collect();
        names.dedup();
        names
    }

    pub fn new(loader: &Loader<'_>, name: &str, hidden: usize) -> Result<Head, WeightError> {
        let labels = loader.file.list(&format!("labels.{name}"))?;
        let transitions = transitions(loader, name, labels.len())?;
        let known = loader.file.json(&format!("{name}.known"), "a JSON object of strings")?.unwrap_or_default();
        let name = format!("head.{name}");
        let inner = format!("{name}.0.weight");
        let layers = if loader.file.has(&inner) {
            let tensor = loader.file.tensor(&inner)?;
            let &[wide, _] = tensor.shape else { return Err(mismatch(&inner, &[256, hidden], tensor)) };
            if wide == 0 || wide % 16 != 0 {
                return Err(mismatch(&inner, &[256, hidden], tensor));
            }
            vec![
                loader.linear(&format!("{name}.0"), wide, hidden)?,
                loader.linear(&format!("{name}.1"), labels.len(), wide)?,
            ]
        } else {
            vec![loader.linear(&name, labels.len(), hidden)?]
        };
        Ok(Head { labels, transitions, known, layers })
    }

    /// Numbers for every row of `x`, padded to `self.width()`.
    pub fn run(&self, kernel: &Kernel, x: &Rows, inner: &mut Rows, out: &mut Vec<f32>) {
        match self.layers.as_slice() {
            [first, second] => {
                project(kernel, first, x, &mut inner.floats);
                round(kernel, second, inner);
                multiply(kernel, second, inner, out);
            }
            [only] => multiply(kernel, only, x, out),
            _ => {}
        }
    }

    pub fn width(&self) -> usize {
        self.layers.last().map_or(0, Packed::width)
    }
}

fn transitions(loader: &Loader<'_>, name: &str, labels: usize) -> Result<Option<Table>, WeightError> {
    let note = format!("{name}.transition");
    let want = format!("{} rows of {labels} numbers", labels + 1);
    let Some(rows) = loader.file.json::<Vec<Vec<f32>>>(&note, &want)? else { return Ok(None) };
    if rows.len() == labels + 1 && rows.iter().all(|row| row.len() == labels) {
        return Ok(Some(Table::of(rows)));
    }
    Err(WeightError::Shape { name: note, want, found: format!("{} rows", rows.len()) })
}

fn multiply(kernel: &Kernel, weights: &Packed, x: &Rows, out: &mut Vec<f32>) {
    out.resize(x.floats.len() / weights.depth().max(1) * weights.width(), 0.0);
    kernel.linear(weights, x, out, false);
}

fn project(kernel: &Kernel, weights: &Packed, x: &Rows, out: &mut Vec<f32>) {
    multiply(kernel, weights, x, out);
    kernel.gelu(out);
}

/// Rounds rows for a multiplication, where the weights are rounded.
pub(crate) fn round(kernel: &Kernel, weights: &Packed, rows: &mut Rows) {
    if !weights.is_plain() {
        kernel.quantise(&rows.floats, weights.depth(), &mut rows.bytes, &mut rows.scales);
    }
}

/// The biaffine tree.
#[derive(Debug)]
pub(crate) struct Tree {
    pub pairs: Pairs,
    arc_dependant: Packed,
    arc_head: Packed,
    /// U' with u for a bias.
    arc: Packed,
}

/// Labels for a word and another that it belongs to: relations of the tree, roles
/// of an event.
#[derive(Debug)]
pub(crate) struct Pairs {
    pub labels: Vec<String>,
    dependant: Packed,
    head: Packed,
    /// For each label U_k' with w_k for a bias.
    label: Vec<Packed>,
    /// All v_k with b_k for a bias.
    linear: Packed,
}

/// Working room of [`Tree`] and [`Pairs`], kept between passes.
#[derive(Debug, Default)]
pub(crate) struct TreeRoom {
    dependants: Rows,
    heads: Vec<f32>,
    turned: Vec<f32>,
}

/// The width of one side of a bilinear tensor.
fn side(loader: &Loader<'_>, name: &str) -> Result<usize, WeightError> {
    let tensor = loader.file.tensor(name)?;
    match *tensor.shape {
        [.., last] if last > 0 && last % 16 == 0 => Ok(last),
        _ => Err(mismatch(name, &[256, 256], tensor)),
    }
}

impl Pairs {
    /// The tensors under `part`, with the labels of the note `labels.{name}`.
    pub fn new(loader: &Loader<'_>, part: &str, name: &str, hidden: usize) -> Result<Pairs, WeightError> {
        let file = loader.file;
        let labels = file.list(&format!("labels.{name}"))?;
        let count = labels.len();
        let of = |piece: &str| format!("{part}.{piece}");
        let label = side(loader, &of("bilinear"))?;
        let labelled = file.shaped(&of("bilinear"), &[count, label, label])?;
        let linear = file.shaped(&of("linear"), &[count, 2 * label])?;
        let bias = file.shaped(&of("bias"), &[count])?;
        let left: Vec<f32> = linear.chunks_exact(2 * label).flat_map(|row| &row[..label]).copied().collect();
        Ok(Pairs {
            dependant: loader.linear(&of("dep"), label, hidden)?,
            head: loader.linear(&of("head"), label, hidden)?,
            label: labelled
                .chunks_exact(label * label)
                .zip(linear.chunks_exact(2 * label))
                .map(|(matrix, row)| loader.rows(&turn(matrix, label), label, &row[label..]))
                .collect(),
            linear: loader.rows(&left, label, &bias),
            labels,
        })
    }

    /// What labels are read from, for each window; `x` as for [`Tree::run`].
    pub fn run(&self, kernel: &Kernel, x: &Rows, room: &mut TreeRoom, windows: &mut [(&mut Window, usize)]) {
        let side = self.head.width();
        project(kernel, &self.dependant, x, &mut room.dependants.floats);
        project(kernel, &self.head, x, &mut room.heads);
        for (window, start) in windows.iter_mut() {
            let end = *start + window.words.len() + 1;
            window.dependants = Table::new(side);
            window.dependants.extend(&room.dependants.floats[(*start + 1) * side..end * side], side);
            window.heads = Table::new(side);
            window.heads.extend(&room.heads[*start * side..end * side], side);
        }
    }

    /// Numbers for the labels of every word of a window, given its head: 0 is the
    /// root, `i + 1` word `i` of the window.
    pub fn labels(&self, kernel: &Kernel, window: &Window, heads: &[usize], out: &mut Table) {
        let words = window.words.len();
        if window.dependants.rows() != words || heads.len() != words {
            return;
        }
        let mut x = Rows { floats: window.dependants.values().to_vec(), ..Rows::default() };
        round(kernel, &self.linear, &mut x);
        let mut scores = Vec::new();
        multiply(kernel, &self.linear, &x, &mut scores);
        let (width, side) = (self.linear.width(), self.head.width());
        let mut turned = Vec::new();
        for (label, weights) in self.label.iter().enumerate() {
            multiply(kernel, weights, &x, &mut turned);
            for (word, turned) in turned.chunks_exact(side).enumerate() {
                let head = window.heads.row(heads[word].min(words));
                scores[word * width + label] += kernel.dot(turned, head);
            }
        }
        out.extend(&scores, width);
    }
}

impl Tree {
    pub fn new(loader: &Loader<'_>, hidden: usize) -> Result<Option<Tree>, WeightError> {
        let file = loader.file;
        if !file.has("tree.arc.bilinear") {
            return Ok(None);
        }
        let arc = side(loader, "tree.arc.bilinear")?;
        let bilinear = file.shaped("tree.arc.bilinear", &[arc, arc])?;
        let prior = file.shaped("tree.arc.prior", &[arc])?;
        Ok(Some(Tree {
            arc_dependant: loader.linear("tree.arc.dep", arc, hidden)?,
            arc_head: loader.linear("tree.arc.head", arc, hidden)?,
            arc: loader.rows(&turn(&bilinear, arc), arc, &prior),
            pairs: Pairs::new(loader, "tree.label", "tree", hidden)?,
        }))
    }

    /// The tree's numbers for each window; `x` holds, window after window, the row
    /// of the root and then those of the words.
    pub fn run(&self, kernel: &Kernel, x: &Rows, room: &mut TreeRoom, windows: &mut [(&mut Window, usize)]) {
        let TreeRoom { dependants, heads, turned } = room;
        project(kernel, &self.arc_dependant, x, &mut dependants.floats);
        project(kernel, &self.arc_head, x, heads);
        round(kernel, &self.arc, dependants);
        multiply(kernel, &self.arc, dependants, turned);
        let side = self.arc.width();
        for (window, start) in windows.iter_mut() {
            let words = window.words.len();
            window.arcs = Table::new(words + 1);
            for word in 1..=words {
                let from = &turned[(*start + word) * side..][..side];
                for head in heads[*start * side..].chunks_exact(side).take(words + 1) {
                    window.arcs.push(kernel.dot(from, head));
                }
            }
        }
        self.pairs.run(kernel, x, room, windows);
    }
}

/// A square matrix with rows and columns exchanged.
fn turn(matrix: &[f32], side: usize) -> Vec<f32> {
    (0..side * side).map(|at| matrix[at % side * side + at / side]).collect()
}
