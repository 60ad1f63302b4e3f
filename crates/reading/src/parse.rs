//! Scores to a tree: one root, no cycle, a relation for every word.
//!
//! Takes: what the encoder says about a sentence. Gives: for each word its head
//! (0-based, `None` at the root) and its relation. Never: two roots, a cycle, or
//! `root` on a word that has a head.
//!
//! ```text
//! Troops left .   ->   (1, nsubj) (None, root) (1, punct)
//! ```
//!
//! Nearly always each word's best head makes a tree already. Where not, the best
//! tree is found exactly (Chu, Liu and Edmonds), with a price on root arcs so high
//! that it has one. A sentence too long for one window gets a tree for each; their
//! roots hang on the first one's as `parataxis`.

use encoder::{Model, Scores, Table};

/// A word's place in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arc {
    /// Index of the head in the sentence; `None` at the root.
    pub head: Option<usize>,
    /// Universal Dependencies relation with its subtype.
    pub relation: String,
}

const ROOT: &str = "root";
/// What joins the roots of two windows of one sentence.
const JOINT: &str = "parataxis";
/// A relation where the weights offer none.
const BARE: &str = "dep";

/// The tree of one sentence.
pub fn parse(model: &Model, scores: &Scores) -> Vec<Arc> {
    let mut heads: Vec<Option<usize>> = Vec::with_capacity(scores.words());
    for window in scores.windows() {
        let start = window.words().start;
        heads.extend(best_tree(window.arcs()).into_iter().map(|head| head.map(|head| head + start)));
    }
    // A word that no window covers would shift all others; there is none.
    heads.resize(scores.words(), None);

    let labels = model.labels("tree");
    let table = model.label_scores(scores, &heads);
    let root_label = labels.iter().position(|label| label == ROOT);
    let first_root = heads.iter().position(Option::is_none);
    let arc = |(word, head): (usize, Option<usize>)| match head {
        Some(_) => {
            let label = best_but(table.row(word), root_label);
            Arc { head, relation: labels.get(label).map_or(BARE, String::as_str).to_string() }
        }
        None if first_root == Some(word) => Arc { head, relation: ROOT.to_string() },
        None => Arc { head: first_root, relation: JOINT.to_string() },
    };
    heads.into_iter().enumerate().map(arc).collect()
}

/// The column with the largest number, one column left out.
fn best_but(row: &[f32], out: Option<usize>) -> usize {
    let mut best = None;
    for (column, &value) in row.iter().enumerate() {
        if Some(column) != out && best.is_none_or(|(_, top)| value > top) {
            best = Some((column, value));
        }
    }
    best.map_or(0, |(column, _)| column)
}

/// The best tree over arc scores, words by words + 1 with the root in column 0.
fn best_tree(arcs: &Table) -> Vec<Option<usize>> {
    let words = arcs.rows();
    let greedy: Vec<usize> = (0..words).map(|word| arcs.best(word)).collect();
    let greedy = if is_tree(&greedy) { greedy } else { edmonds(arcs) };
    greedy.into_iter().map(|head| head.checked_sub(1)).collect()
}

/// Whether heads (0 the root, `i + 1` word `i`) make a tree with one root.
fn is_tree(heads: &[usize]) -> bool {
    heads.iter().filter(|&&head| head == 0).count() == 1 && ring(heads).is_none()
}

/// Some cycle among heads, if there is one: its words.
fn ring(heads: &[usize]) -> Option<Vec<usize>> {
    // The round in which a word was first walked over; 0 is never.
    let mut seen = vec![0; heads.len()];
    for start in 0..heads.len() {
        let mut word = start;
        while seen[word] == 0 {
            seen[word] = start + 1;
            match heads[word].checked_sub(1) {
                Some(next) => word = next,
                None => break,
            }
        }
        if seen[word] == start + 1 && heads[word] != 0 {
            let mut out = vec![word];
            let mut next = heads[word] - 1;
            while next != word {
                out.push(next);
                next = heads[next] - 1;
            }
            return Some(out);
        }
    }
    None
}

/// An arc that must not be.
const NEVER: f64 = -1e12;
/// The price of a root arc: more than any difference between two trees, since
/// scores are cut to a thousand and a window has at most 254 words.
const ROOT_PRICE: f64 = 1e6;

/// A square of scores, node 0 the root: `at(word, head)`.
struct Square {
    side: usize,
    values: Vec<f64>,
}

impl Square {
    fn new(side: usize) -> Square {
        Square { side, values: vec![NEVER; side * side] }
    }

    fn at(&self, word: usize, head: usize) -> f64 {
        self.values[word * self.side + head]
    }

    fn set(&mut self, word: usize, head: usize, value: f64) {
        self.values[word * self.side + head] = value;
    }

    fn best(&self, word: usize, heads: impl Iterator<Item = usize>) -> usize {
        let mut best = None;
        for head in heads {
            if best.is_none_or(|best| self.at(word, head) > self.at(word, best)) {
                best = Some(head);
            }
        }
        best.unwrap_or(0)
    }
}

/// A cycle drawn together to one node, and how to undo that.
struct Knot {
    square: Square,
    /// The heads chosen before the cycle was seen, root not counted.
    heads: Vec<usize>,
    /// The nodes of the cycle, and all others in order (the root first).
    ring: Vec<usize>,
    rest: Vec<usize>,
}

/// The best tree with one root; heads with 0 the root.
fn edmonds(arcs: &Table) -> Vec<usize> {
    let words = arcs.rows();
    let mut square = Square::new(words + 1);
    for word in 0..words {
        for (head, &score) in arcs.row(word).iter().enumerate() {
            let score = if score.is_nan() { -1e3 } else { f64::from(score.clamp(-1e3, 1e3)) };
            let price = if head == 0 { ROOT_PRICE } else { 0.0 };
            if head != word + 1 {
                square.set(word + 1, head, score - price);
            }
        }
    }
    // Draw cycles together until none is left …
    let mut knots: Vec<Knot> = Vec::new();
    let mut heads = loop {
        let heads: Vec<usize> = (1..square.side).map(|word| square.best(word, 0..square.side)).collect();
        let Some(ring) = ring(&heads) else { break heads };
        let ring: Vec<usize> = ring.into_iter().map(|word| word + 1).collect();
        let rest: Vec<usize> = (0..square.side).filter(|node| !ring.contains(node)).collect();
        let mut smaller = Square::new(rest.len() + 1);
        let knot = rest.len();
        for (i, &word) in rest.iter().enumerate().skip(1) {
            for (j, &head) in rest.iter().enumerate().filter(|&(j, _)| j != i) {
                smaller.set(i, j, square.at(word, head));
            }
            smaller.set(i, knot, square.at(word, square.best(word, ring.iter().copied())));
        }
        for (j, &head) in rest.iter().enumerate() {
            let enter = entrance(&square, &heads, &ring, head);
            smaller.set(knot, j, square.at(enter, head) - square.at(enter, heads[enter - 1]));
        }
        knots.push(Knot { square: std::mem::replace(&mut square, smaller), heads, ring, rest });
    };
    // … then open them again, last first, each where its one head enters.
    while let Some(Knot { square, heads: before, ring, rest }) = knots.pop() {
        let knot = rest.len();
        let mut opened = before;
        for (i, &word) in rest.iter().enumerate().skip(1) {
            opened[word - 1] = match heads[i - 1] {
                head if head == knot => square.best(word, ring.iter().copied()),
                head => rest[head],
            };
        }
        let head = rest[heads[knot - 1].min(knot - 1)];
        let enter = entrance(&square, &opened, &ring, head);
        opened[enter - 1] = head;
        heads = opened;
    }
    heads
}

/// The node of a cycle that loses least when `head` becomes its head.
fn entrance(square: &Square, heads: &[usize], ring: &[usize], head: usize) -> usize {
    let gain = |word: usize| square.at(word, head) - square.at(word, heads[word - 1]);
    let mut best = ring[0];
    for &word in ring {
        if gain(word) > gain(best) {
            best = word;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::{best_tree, is_tree};
    use encoder::Table;

    /// Every choice of heads, the best tree among them: slow and sure.
    fn slow(arcs: &Table) -> f64 {
        let words = arcs.rows();
        let mut heads = vec![0; words];
        let mut best = f64::MIN;
        loop {
            if is_tree(&heads) {
                best = best.max(total(arcs, &heads));
            }
            let Some(word) = (0..words).find(|&word| heads[word] < words) else { return best };
            heads[word] += 1;
            heads[..word].fill(0);
        }
    }

    fn total(arcs: &Table, heads: &[usize]) -> f64 {
        heads.iter().enumerate().map(|(word, &head)| f64::from(arcs.row(word)[head])).sum()
    }

    fn table(rows: &[&[f32]]) -> Table {
        Table::of(rows.iter().map(|row| row.to_vec()).collect())
    }

    #[test]
    fn best_trees() {
        type Rows<'a> = &'a [&'a [f32]];
        let cases: &[(Rows<'_>, &[Option<usize>])] = &[
            (&[], &[]),
            (&[&[0.0, 9.0]], &[None]),
            (&[&[5.0, 0.0, 1.0], &[0.0, 4.0, 0.0]], &[None, Some(0)]),
            // Each other's best head.
            (&[&[1.0, 0.0, 5.0], &[2.0, 5.0, 0.0]], &[Some(1), None]),
            // Two would be the root.
            (&[&[9.0, 0.0, 1.0], &[9.0, 3.0, 0.0]], &[None, Some(0)]),
            // A word does not hang on itself.
            (&[&[1.0, 9.0, 0.0], &[3.0, 0.0, 9.0]], &[Some(1), None]),
            // Numbers that are none still give a tree.
            (&[&[f32::NAN, f32::NAN, f32::NAN], &[f32::INFINITY, 0.0, f32::NAN]], &[Some(1), None]),
        ];
        for (rows, want) in cases {
            assert_eq!(best_tree(&table(rows)), *want, "{rows:?}");
        }
    }

    #[test]
    fn no_tree_is_better() {
        // A small generator of our own, so that the cases are the same everywhere.
        let mut state = 7u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / 1e6
        };
        for round in 0..300 {
            let words = 1 + round % 5;
            let rows = (0..words).map(|_| (0..=words).map(|_| next()).collect()).collect();
            let arcs = Table::of(rows);
            let heads: Vec<usize> = best_tree(&arcs).iter().map(|head| head.map_or(0, |head| head + 1)).collect();
            assert!(is_tree(&heads), "{heads:?}");
            let (found, best) = (total(&arcs, &heads), slow(&arcs));
            assert!((found - best).abs() < 1e-3, "{found} against {best}: {arcs:?}");
        }
        for words in [30, 120, 254] {
            let rows = (0..words).map(|_| (0..=words).map(|_| next()).collect()).collect();
            let heads: Vec<usize> =
                best_tree(&Table::of(rows)).iter().map(|head| head.map_or(0, |head| head + 1)).collect();
            assert!(is_tree(&heads));
        }
    }
}
