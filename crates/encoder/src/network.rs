//! The network: six layers of a small BERT.
//!
//! Takes: windows of word pieces, of any lengths, one after another. Gives: the
//! hidden vector of [CLS] and of each word's first piece. Never: pads a window, or
//! lets one window see another.
//!
//! ```text
//! let hidden = network.run(&pass, &mut room); // one row for each entry of pass.kept
//! ```
//!
//! Rows are rounded to int8 one by one, each with its own scale, so what a sentence
//! gives does not depend on what else is read with it. In the last layer only the
//! rows that somebody looks at go past the keys and values.

use crate::file::{File, Kind, WeightError, mismatch};
use crate::heads::round;
use crate::kernel::generic::HEAD;
use crate::kernel::{Attention, Kernel, Packed, Rows};
use crate::shape::SHAPES;

/// With which numbers a model computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Precision {
    /// Weights and rows rounded to eight bits, sums exact. Several times faster.
    #[default]
    Int8,
    /// Single precision throughout: the reference that int8 is measured against.
    F32,
}

/// What it takes to lay out the weights of a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Loader<'a> {
    pub file: &'a File,
    pub kernel: &'static Kernel,
    pub precision: Precision,
}

impl Loader<'_> {
    /// A weight matrix `[outputs, depth]` with its bias.
    pub fn linear(&self, name: &str, outputs: usize, depth: usize) -> Result<Packed, WeightError> {
        let bias = self.file.shaped(&format!("{name}.bias"), &[outputs])?;
        self.matrix(&format!("{name}.weight"), outputs, depth, &bias)
    }

    /// A weight tensor of `outputs * depth` numbers, without looking at its shape
    /// further than that.
    pub fn matrix(&self, name: &str, outputs: usize, depth: usize, bias: &[f32]) -> Result<Packed, WeightError> {
        let tensor = self.file.tensor(name)?;
        // The product over a shape was checked when the file was opened.
        let size: usize = tensor.shape.iter().product();
        if outputs.checked_mul(depth) != Some(size) || tensor.shape.last() != Some(&depth) {
            return Err(mismatch(name, &[outputs, depth], tensor));
        }
        if tensor.kind == Kind::I8 && self.precision == Precision::Int8 {
            if tensor.bytes.contains(&0x80) {
                return Err(WeightError::Value(name.to_string()));
            }
            let scales = self.file.scales(name)?;
            if scales.len() != outputs {
                return Err(mismatch(name, &[outputs, depth], tensor));
            }
            return Ok(Packed::bytes(self.kernel, tensor.bytes, depth, &scales, bias));
        }
        let floats = self.file.floats(name)?;
        Ok(self.rows(&floats, depth, bias))
    }

    /// Rows of floats, rounded or not as the precision has it.
    pub fn rows(&self, floats: &[f32], depth: usize, bias: &[f32]) -> Packed {
        match self.precision {
            Precision::Int8 => Packed::rounded(self.kernel, floats, depth, bias),
            Precision::F32 => Packed::plain(floats, depth, bias),
        }
    }

    fn norm(&self, name: &str, hidden: usize) -> Result<Norm, WeightError> {
        Ok(Norm {
            weight: self.file.shaped(&format!("{name}.weight"), &[hidden])?,
            bias: self.file.shaped(&format!("{name}.bias"), &[hidden])?,
        })
    }
}

#[derive(Debug)]
struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Debug)]
struct Layer {
    query: Packed,
    /// Keys and values: both are wanted of every row.
    pairs: Packed,
    output: Packed,
    after_attention: Norm,
    up: Packed,
    down: Packed,
    after_ffn: Norm,
}

/// The tables that pieces and places are looked up in. The words' stays in the
/// file; only the rows a text needs are read.
#[derive(Debug)]
pub(crate) struct Embedding {
    pub hidden: usize,
    pub pieces: usize,
    pub positions: usize,
    start: usize,
    kind: Kind,
    scales: Vec<f32>,
    position: Vec<f32>,
}

impl Embedding {
    pub fn new(file: &File) -> Result<Embedding, WeightError> {
        let word = file.tensor("embed.word")?;
        let &[pieces, hidden] = word.shape else { return Err(mismatch("embed.word", &[30522, 384], word)) };
        if hidden == 0 || hidden % HEAD != 0 || pieces == 0 {
            return Err(mismatch("embed.word", &[30522, 384], word));
        }
        let scales = match word.kind {
            Kind::I8 => file.scales("embed.word")?,
            Kind::F32 => Vec::new(),
            Kind::F16 => return Err(mismatch("embed.word", &[pieces, hidden], word)),
        };
        let position = file.tensor("embed.position")?;
        let &[positions, width] = position.shape else {
            return Err(mismatch("embed.position", &[512, hidden], position));
        };
        if width != hidden || positions < 3 {
            return Err(mismatch("embed.position", &[512, hidden], position));
        }
        Ok(Embedding {
            hidden,
            pieces,
            positions,
            start: file.range("embed.word")?.start,
            kind: word.kind,
            scales,
            position: file.floats("embed.position")?,
        })
    }
}

/// The weights of the encoder, laid out for one kernel.
#[derive(Debug)]
pub(crate) struct Network {
    pub hidden: usize,
    /// How many marks its table of shapes tells apart; 1 where it knows none.
    pub marks: usize,
    kernel: &'static Kernel,
    shape: Vec<f32>,
    embedding_norm: Norm,
    layers: Vec<Layer>,
}

/// Some windows, to be read in one go.
#[derive(Debug, Default)]
pub(crate) struct Pass {
    pub pieces: Vec<u32>,
    pub shapes: Vec<u8>,
    /// Which pieces are wanted at the end, over all windows.
    pub kept: Vec<u32>,
    pub windows: Vec<Window>,
}

/// Where a window's pieces lie in a pass, and how many of them are kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window {
    pub start: usize,
    pub length: usize,
    pub kept: usize,
}

impl Pass {
    pub fn clear(&mut self) {
        self.pieces.clear();
        self.shapes.clear();
        self.kept.clear();
        self.windows.clear();
    }
}

/// Working room of [`Network::run`], kept between passes.
#[derive(Debug, Default)]
pub(crate) struct Room {
    /// The rows as the last step left them.
    x: Rows,
    /// Queries, keys and values, and what attention makes of them.
    query: Vec<f32>,
    pairs: Vec<f32>,
    mixed: Rows,
    wide: Rows,
    attention: Vec<f32>,
}

impl Network {
    /// The layers of a file, for the tables of `embedding`.
    pub fn new(loader: &Loader<'_>, hidden: usize) -> Result<Network, WeightError> {
        let Loader { file, kernel, .. } = *loader;
        let shape = file.tensor("embed.shape")?;
        let marks = match *shape.shape {
            [rows, width] if width == hidden && rows > 0 && rows % SHAPES == 0 => rows / SHAPES,
            _ => return Err(mismatch("embed.shape", &[SHAPES, hidden], shape)),
        };
        let mut layers = Vec::new();
        while file.has(&format!("layer.{}.ffn.up.weight", layers.len())) {
            layers.push(Layer::new(loader, layers.len(), hidden)?);
        }
        if layers.is_empty() {
            return Err(WeightError::Missing("layer.0.ffn.up.weight".into()));
        }
        let (shape, embedding_norm) = (file.floats("embed.shape")?, loader.norm("embed.norm", hidden)?);
        Ok(Network { hidden, marks, kernel, shape, embedding_norm, layers })
    }

    /// Reads all windows of a pass, `file` being the one `words` lie in; gives the rows of `pass.kept` in `Room::x`.
    pub fn run<'r>(&self, words: &Embedding, file: &[u8], pass: &Pass, room: &'r mut Room) -> &'r mut Rows {
        self.embed(words, file, pass, &mut room.x.floats);
        for (index, layer) in self.layers.iter().enumerate() {
            let last = index + 1 == self.layers.len();
            self.attend(layer, pass, last, room);
            self.feed(layer, room);
        }
        &mut room.x
    }

    fn embed(&self, words: &Embedding, file: &[u8], pass: &Pass, x: &mut Vec<f32>) {
        let hidden = self.hidden;
        x.clear();
        for window in &pass.windows {
            for at in 0..window.length {
                let piece = pass.pieces[window.start + at] as usize;
                let shape = usize::from(pass.shapes[window.start + at]) * hidden;
                let position = words.position[at * hidden..].iter().zip(&self.shape[shape..]);
                match words.kind {
                    Kind::I8 => {
                        let row = &file[words.start + piece * hidden..][..hidden];
                        let scale = words.scales[piece];
                        x.extend(row.iter().zip(position).map(|(&q, (p, s))| f32::from(q as i8) * scale + p + s));
                    }
                    _ => {
                        let row = &file[words.start + piece * hidden * 4..][..hidden * 4];
                        let row = row.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four));
                        x.extend(row.zip(position).map(|(w, (p, s))| w + p + s));
                    }
                }
            }
        }
        self.kernel.norm(x, &self.embedding_norm.weight, &self.embedding_norm.bias);
    }

    fn attend(&self, layer: &Layer, pass: &Pass, last: bool, room: &mut Room) {
        let Room { x, query, pairs, mixed, attention, .. } = room;
        let (kernel, hidden) = (self.kernel, self.hidden);
        round(self.kernel, &layer.pairs, x);
        pairs.resize(x.floats.len() * 2, 0.0);
        kernel.linear(&layer.pairs, x, pairs, false);
        if last {
            keep(x, &pass.kept, hidden);
        }
        query.resize(x.floats.len(), 0.0);
        kernel.linear(&layer.query, x, query, false);

        mixed.floats.resize(x.floats.len(), 0.0);
        let mut first = 0;
        for window in &pass.windows {
            let queries = if last { window.kept } else { window.length };
            let to = &mut mixed.floats[first * hidden..(first + queries) * hidden];
            for head in 0..hidden / HEAD {
                let job = Attention {
                    query: &query[first * hidden..(first + queries) * hidden],
                    pairs: &pairs[window.start * 2 * hidden..(window.start + window.length) * 2 * hidden],
                    hidden,
                    head,
                    queries,
                    length: window.length,
                };
                kernel.attend(&job, attention, to);
            }
            first += queries;
        }
        round(self.kernel, &layer.output, mixed);
        kernel.linear(&layer.output, mixed, &mut x.floats, true);
        kernel.norm(&mut x.floats, &layer.after_attention.weight, &layer.after_attention.bias);
    }

    fn feed(&self, layer: &Layer, room: &mut Room) {
        let Room { x, wide, .. } = room;
        round(self.kernel, &layer.up, x);
        wide.floats.resize(x.floats.len() / self.hidden * layer.up.width(), 0.0);
        self.kernel.linear(&layer.up, x, &mut wide.floats, false);
        self.kernel.gelu(&mut wide.floats);
        round(self.kernel, &layer.down, wide);
        self.kernel.linear(&layer.down, wide, &mut x.floats, true);
        self.kernel.norm(&mut x.floats, &layer.after_ffn.weight, &layer.after_ffn.bias);
    }
}

/// Drops all rows but those kept, which come in order.
fn keep(rows: &mut Rows, kept: &[u32], width: usize) {
    for (to, &from) in kept.iter().enumerate() {
        let from = from as usize * width;
        rows.floats.copy_within(from..from + width, to * width);
        if !rows.bytes.is_empty() {
            rows.bytes.copy_within(from..from + width, to * width);
            rows.scales[to] = rows.scales[from / width];
        }
    }
    rows.floats.truncate(kept.len() * width);
    rows.bytes.truncate(kept.len() * width);
    rows.scales.truncate(kept.len());
}

impl Layer {
    fn new(loader: &Loader<'_>, index: usize, hidden: usize) -> Result<Layer, WeightError> {
        let name = |part: &str| format!("layer.{index}.{part}");
        let up = loader.file.tensor(&name("ffn.up.weight"))?;
        let &[wide, _] = up.shape else { return Err(mismatch(&name("ffn.up.weight"), &[1536, hidden], up)) };
        if wide == 0 || wide % 16 != 0 {
            return Err(mismatch(&name("ffn.up.weight"), &[1536, hidden], up));
        }
        let key = loader.linear(&name("attention.key"), hidden, hidden)?;
        let value = loader.linear(&name("attention.value"), hidden, hidden)?;
        Ok(Layer {
            query: loader.linear(&name("attention.query"), hidden, hidden)?,
            pairs: key.beside(value),
            output: loader.linear(&name("attention.output"), hidden, hidden)?,
            after_attention: loader.norm(&name("attention.norm"), hidden)?,
            up: loader.linear(&name("ffn.up"), wide, hidden)?,
            down: loader.linear(&name("ffn.down"), hidden, wide)?,
            after_ffn: loader.norm(&name("ffn.norm"), hidden)?,
        })
    }
}
