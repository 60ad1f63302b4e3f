//! A loaded model: words in, numbers out.
//!
//! Takes: a weight file, then sentences of words. Gives: [`Scores`], one for each
//! sentence. Never: does I/O, starts a thread, or lets one sentence touch another's
//! numbers; any thread may call it, and any split of the sentences over calls gives
//! the same bytes.
//!
//! ```
//! let model = encoder::Model::embedded();
//! let scores = model.read(&[vec!["Troops", "left", "."]]);
//! assert_eq!(scores[0].words(), 3);
//! ```

use std::borrow::Cow;
use std::sync::Arc;

use crate::file::{File, READER, WeightError};
use crate::heads::{Head, Pairs, Tree, TreeRoom};
use crate::kernel::{Kernel, Rows};
use crate::network::{Embedding, Loader, Network, Pass, Precision, Room, Window as Stretch};
use crate::scores::{Scores, Table, Window};
use crate::shape::{SHAPES, SPECIAL, shapes};
use crate::wordpiece::{Scratch, Vocabulary};

/// The weights that ship inside the program.
static EMBEDDED: &[u8] = include_bytes!("../../../model/reader.safetensors");

/// Word pieces read in one go. Enough for the multiplications to pay, few enough
/// for the rows to stay in the second cache; measured in docs/decisions/0001.
const PASS: usize = 256;

/// Word pieces in one window, [CLS] and [SEP] with them: what training saw at most.
const WINDOW: usize = 256;

/// A network with its vocabulary and heads, ready to read.
#[derive(Debug)]
pub struct Model {
    bytes: Cow<'static, [u8]>,
    pub(crate) kernel: &'static Kernel,
    pub(crate) precision: Precision,
    vocabulary: Vocabulary,
    pub(crate) embedding: Embedding,
    stack: Stack,
}

/// Layers with the heads that read them.
#[derive(Debug)]
pub(crate) struct Stack {
    pub network: Network,
    pub names: Arc<[String]>,
    pub heads: Vec<Head>,
    pub tree: Option<Tree>,
    /// What a word is to another, where there is no tree.
    pub roles: Option<Pairs>,
}

impl Stack {
    pub fn new(loader: &Loader<'_>, hidden: usize) -> Result<Stack, WeightError> {
        let names: Arc<[String]> = Head::names(loader).into();
        let heads = names.iter().map(|name| Head::new(loader, name, hidden)).collect::<Result<_, _>>()?;
        let roles =
            if loader.file.has("roles.bilinear") { Some(Pairs::new(loader, "roles", "roles", hidden)?) } else { None };
        Ok(Stack { network: Network::new(loader, hidden)?, names, heads, tree: Tree::new(loader, hidden)?, roles })
    }

    pub fn head(&self, name: &str) -> Option<&Head> {
        let index = self.names.iter().position(|known| known == name)?;
        self.heads.get(index)
    }
}

impl Model {
    /// The weights that ship inside the program, in int8.
    ///
    /// # Panics
    /// Where the program was built around a broken weight file: no input can bring
    /// that about, and the tests of this crate fail on such a build.
    pub fn embedded() -> Model {
        match Model::from_bytes(EMBEDDED) {
            Ok(model) => model,
            Err(error) => panic!("this program was built around a broken file: {error}"),
        }
    }

    /// The weights that ship inside the program, as bytes.
    pub fn embedded_bytes() -> &'static [u8] {
        EMBEDDED
    }

    /// A weight file's bytes, in int8.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Model, WeightError> {
        Model::load(bytes.into(), Precision::Int8, Kernel::best())
    }

    /// A weight file's bytes, with the precision asked for. An int8 file read in
    /// single precision is multiplied out.
    pub fn with_precision(bytes: impl Into<Cow<'static, [u8]>>, precision: Precision) -> Result<Model, WeightError> {
        Model::load(bytes.into(), precision, Kernel::best())
    }

    /// The same, on a kernel of [`Model::kernels`]; `None` where this processor
    /// cannot run it. For tests and measurements: all kernels give the same bytes.
    pub fn with_kernel(
        bytes: impl Into<Cow<'static, [u8]>>,
        precision: Precision,
        kernel: &str,
    ) -> Option<Result<Model, WeightError>> {
        let kernel = Kernel::all().into_iter().find(|known| known.name == kernel)?;
        Some(Model::load(bytes.into(), precision, kernel))
    }

    /// The kernels this processor can run, fastest first.
    pub fn kernels() -> Vec<&'static str> {
        Kernel::all().iter().map(|kernel| kernel.name).collect()
    }

    fn load(bytes: Cow<'static, [u8]>, precision: Precision, kernel: &'static Kernel) -> Result<Model, WeightError> {
        let file = File::open(bytes, READER)?;
        let loader = Loader { file: &file, kernel, precision };
        let vocabulary = Vocabulary::new(file.note("vocab")?)?;
        let embedding = Embedding::new(&file)?;
        if vocabulary.len() > embedding.pieces {
            return Err(WeightError::Shape {
                name: "vocab".into(),
                want: format!("at most {} pieces", embedding.pieces),
                found: format!("{} pieces", vocabulary.len()),
            });
        }
        let stack = Stack::new(&loader, embedding.hidden)?;
        Ok(Model { vocabulary, embedding, stack, kernel, precision, bytes: file.into_bytes() })
    }

    /// Which kernel it runs on.
    pub fn kernel(&self) -> &'static str {
        self.kernel.name
    }

    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// The labels of a head, or of the tree's arcs under `tree`; empty where the
    /// file has no such head.
    pub fn labels(&self, name: &str) -> &[String] {
        match (self.stack.head(name), &self.stack.tree) {
            (Some(head), _) => &head.labels,
            (None, Some(tree)) if name == "tree" => &tree.pairs.labels,
            _ => &[],
        }
    }

    /// How gladly a label of a head follows another: a row for each label before,
    /// one more for the start, a column for each label. To be added to the scores
    /// of [`Scores::head`] when labels are read as a sequence.
    pub fn transitions(&self, name: &str) -> Option<&Table> {
        self.stack.head(name)?.transitions.as_ref()
    }

    /// The answer of a head that needs no weights: for `lemma`, by `form TAG`.
    pub fn known(&self, name: &str, key: &str) -> Option<&str> {
        self.stack.head(name)?.known.get(key).map(String::as_str)
    }

    /// Whether a lowercase word is one piece of the vocabulary.
    pub fn is_piece(&self, word: &str) -> bool {
        self.vocabulary.whole(word).is_some()
    }

    /// Reads sentences of words, any number at once; one answer for each.
    pub fn read<S, W>(&self, sentences: &[S]) -> Vec<Scores>
    where
        S: AsRef<[W]>,
        W: AsRef<str>,
    {
        self.read_by(&self.stack, sentences, |_| &[])
    }

    /// Reads sentences with the layers and heads of a stack; `marks` gives the
    /// mark of each word of a sentence, or nothing where none is marked.
    pub(crate) fn read_by<'a, S, W>(
        &self,
        stack: &Stack,
        sentences: &[S],
        marks: impl Fn(usize) -> &'a [u8],
    ) -> Vec<Scores>
    where
        S: AsRef<[W]>,
        W: AsRef<str>,
    {
        let mut reading = Reading::new(self, stack, sentences.len());
        for (index, sentence) in sentences.iter().enumerate() {
            reading.sentence(index, sentence.as_ref(), marks(index));
        }
        reading.flush();
        reading.scores
    }

    /// Words by labels of the tree, given the head of each word (`None`: the
    /// root). A head outside the word's window counts as the window's root.
    pub fn label_scores(&self, scores: &Scores, heads: &[Option<usize>]) -> Table {
        let Some(tree) = &self.stack.tree else { return Table::default() };
        let mut out = Table::new(tree.pairs.labels.len());
        for window in &scores.windows {
            let words = window.words();
            let heads: Vec<usize> = words
                .clone()
                .map(|word| match heads.get(word) {
                    Some(Some(head)) if words.contains(head) => head - words.start + 1,
                    _ => 0,
                })
                .collect();
            tree.pairs.labels(self.kernel, window, &heads, &mut out);
        }
        out
    }

    /// The word pieces of each word: what the network is given, for a look at it.
    pub fn pieces<W: AsRef<str>>(&self, words: &[W]) -> Vec<Vec<u32>> {
        let mut scratch = Scratch::default();
        let pieces = |word: &W| {
            let mut out = Vec::new();
            self.vocabulary.pieces(word.as_ref(), &mut scratch, &mut out);
            out
        };
        words.iter().map(pieces).collect()
    }

    /// The shape of each word, as the network is given it.
    pub fn shapes<W: AsRef<str>>(&self, words: &[W]) -> Vec<u8> {
        let mut out = Vec::new();
        shapes(words, &mut out);
        out
    }
}

/// One call of [`Model::read`]: gathers windows until a pass is full.
struct Reading<'m> {
    model: &'m Model,
    stack: &'m Stack,
    scores: Vec<Scores>,
    /// The sentence and the words of each window in `pass`.
    waiting: Vec<(usize, std::ops::Range<usize>)>,
    pass: Pass,
    room: Room,
    tree: TreeRoom,
    inner: Rows,
    out: Vec<f32>,
    scratch: Scratch,
    pieces: Vec<u32>,
    ends: Vec<usize>,
    shapes: Vec<u8>,
}

impl<'m> Reading<'m> {
    fn new(model: &'m Model, stack: &'m Stack, sentences: usize) -> Reading<'m> {
        let blank = Scores {
            names: stack.names.clone(),
            hidden: Table::new(stack.network.hidden),
            heads: stack.heads.iter().map(|head| Table::new(head.labels.len())).collect(),
            windows: Vec::new(),
        };
        Reading {
            model,
            stack,
            scores: vec![blank; sentences],
            waiting: Vec::new(),
            pass: Pass::default(),
            room: Room::default(),
            tree: TreeRoom::default(),
            inner: Rows::default(),
            out: Vec::new(),
            scratch: Scratch::default(),
            pieces: Vec::new(),
            ends: Vec::new(),
            shapes: Vec::new(),
        }
    }

    /// Cuts a sentence into windows at word borders, nearly always one.
    fn sentence<W: AsRef<str>>(&mut self, index: usize, words: &[W], marks: &[u8]) {
        shapes(words, &mut self.shapes);
        // A mark is told by the row of the shape: see training/coder/network.py.
        for (shape, &mark) in self.shapes.iter_mut().zip(marks) {
            *shape += SHAPES as u8 * mark.min(self.stack.network.marks as u8 - 1);
        }
        self.pieces.clear();
        self.ends.clear();
        let most = self.model.embedding.positions.min(WINDOW) - 2;
        for word in words {
            let start = self.pieces.len();
            self.model.vocabulary.pieces(word.as_ref(), &mut self.scratch, &mut self.pieces);
            // Only a word's first piece is looked at, so the tail of a monster may go.
            self.pieces.truncate(start + most);
            self.ends.push(self.pieces.len());
        }
        let (mut first, mut start) = (0, 0);
        for word in 0..words.len() {
            let next = self.ends.get(word + 1).copied();
            if next.is_none_or(|next| next - start > most) {
                self.window(index, first..word + 1, start);
                (first, start) = (word + 1, self.ends[word]);
            }
        }
    }

    fn window(&mut self, index: usize, words: std::ops::Range<usize>, from: usize) {
        let Some(&to) = words.end.checked_sub(1).and_then(|last| self.ends.get(last)) else { return };
        let length = to - from + 2;
        if !self.waiting.is_empty() && self.pass.pieces.len() + length > PASS {
            self.flush();
        }
        let pass = &mut self.pass;
        let start = pass.pieces.len();
        pass.pieces.push(self.model.vocabulary.cls);
        pass.shapes.push(SPECIAL);
        pass.kept.push(start as u32);
        let mut at = from;
        for word in words.clone() {
            pass.kept.push(pass.pieces.len() as u32);
            pass.pieces.extend_from_slice(&self.pieces[at..self.ends[word]]);
            pass.shapes.resize(pass.pieces.len(), self.shapes[word]);
            at = self.ends[word];
        }
        pass.pieces.push(self.model.vocabulary.sep);
        pass.shapes.push(SPECIAL);
        pass.windows.push(Stretch { start, length, kept: words.len() + 1 });
        self.waiting.push((index, words));
    }

    /// Runs what waits and hands the numbers to their sentences.
    fn flush(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let Model { embedding, kernel, .. } = self.model;
        let Stack { network, heads, tree, roles, .. } = self.stack;
        let x = network.run(embedding, &self.model.bytes, &self.pass, &mut self.room);
        let hidden = network.hidden;
        if self.model.precision == Precision::Int8 {
            kernel.quantise(&x.floats, hidden, &mut x.bytes, &mut x.scales);
        }
        scatter(&self.waiting, &x.floats, hidden, &mut self.scores, |scores| &mut scores.hidden);
        for (place, head) in heads.iter().enumerate() {
            head.run(kernel, x, &mut self.inner, &mut self.out);
            scatter(&self.waiting, &self.out, head.width(), &mut self.scores, |scores| &mut scores.heads[place]);
        }
        let mut row = 0;
        let mut fresh: Vec<(Window, usize)> = Vec::with_capacity(self.waiting.len());
        for (_, words) in &self.waiting {
            fresh.push((Window { words: words.clone(), ..Window::default() }, row));
            row += words.len() + 1;
        }
        let mut windows: Vec<(&mut Window, usize)> = fresh.iter_mut().map(|(window, row)| (window, *row)).collect();
        match (tree, roles) {
            (Some(tree), _) => tree.run(kernel, x, &mut self.tree, &mut windows),
            (None, Some(roles)) => roles.run(kernel, x, &mut self.tree, &mut windows),
            (None, None) => {}
        }
        for ((index, _), (window, _)) in self.waiting.drain(..).zip(fresh) {
            self.scores[index].windows.push(window);
        }
        self.pass.clear();
    }
}

/// Hands each sentence the rows of its words, without those of [CLS].
fn scatter(
    waiting: &[(usize, std::ops::Range<usize>)],
    rows: &[f32],
    width: usize,
    scores: &mut [Scores],
    table: impl Fn(&mut Scores) -> &mut Table,
) {
    let mut row = 0;
    for (index, words) in waiting {
        let end = row + words.len() + 1;
        table(&mut scores[*index]).extend(&rows[(row + 1) * width..end * width], width);
        row = end;
    }
}
