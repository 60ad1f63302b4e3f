//! The arithmetic, compiled for each kind of processor and chosen when a model loads.
//!
//! Takes: packed weights and rows of numbers. Gives: rows of numbers. Never:
//! different bits on different processors.
//!
//! | module | what stands there |
//! |---|---|
//! | [`lanes`] | sixteen floats at a time, with one meaning everywhere |
//! | [`generic`] | the arithmetic itself, over those lanes and over int8 sums |
//! | [`portable`] | plain Rust for any processor |
//! | [`x86`] | AVX2, AVX-VNNI and AVX-512 VNNI |
//!
//! The int8 products are summed exactly in 32 bits, so their order does not
//! matter; float operations keep one order everywhere. `docs/decisions/0001`
//! tells what that costs and gains.

pub(crate) mod generic;
pub(crate) mod lanes;
pub(crate) mod portable;
#[cfg(target_arch = "x86_64")]
pub(crate) mod x86;

use lanes::Lanes;

/// Four bytes of each of sixteen columns.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct Line(pub [u8; 64]);

/// One float of each of sixteen columns.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(crate) struct Column(pub [f32; 16]);

/// The weights of `y = W x + b`, laid out in panels of sixteen columns of `y`.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    depth: usize,
    width: usize,
    outputs: usize,
    /// int8: panel by panel, four deep.
    lines: Vec<Line>,
    scale: Vec<f32>,
    /// What the kernel's flipped bytes add to each sum, to be taken off.
    offset: Vec<i32>,
    bias: Vec<f32>,
    /// Single precision: panel by panel.
    plain: Vec<Column>,
}

impl Packed {
    /// Depth with its padding: the length of a row of `x`.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// Width with its padding: the length of a row of `y`.
    pub fn width(&self) -> usize {
        self.width
    }

    fn empty(outputs: usize, depth: usize, bias: &[f32]) -> Packed {
        let width = outputs.next_multiple_of(16);
        let mut padded = bias.to_vec();
        padded.resize(width, 0.0);
        Packed { depth: depth.next_multiple_of(16), width, outputs, bias: padded, ..Packed::default() }
    }

    /// Lays out int8 rows (`outputs` rows of `depth`, with a scale each).
    pub fn bytes(kernel: &Kernel, rows: &[u8], depth: usize, scales: &[f32], bias: &[f32]) -> Packed {
        let mut packed = Packed::empty(scales.len(), depth, bias);
        let groups = packed.depth / 4;
        packed.lines = vec![Line([0; 64]); packed.width / 16 * groups];
        packed.scale = scales.to_vec();
        packed.scale.resize(packed.width, 0.0);
        packed.offset = vec![0; packed.width];
        for (output, row) in rows.chunks_exact(depth.max(1)).enumerate().take(scales.len()) {
            let lines = &mut packed.lines[output / 16 * groups..][..groups];
            let at = output % 16 * 4;
            for (line, four) in lines.iter_mut().zip(row.chunks(4)) {
                line.0[at..at + four.len()].copy_from_slice(four);
            }
            let sum: i32 = row.iter().map(|&q| i32::from(q as i8)).sum();
            packed.offset[output] = sum * kernel.offset;
        }
        packed
    }

    /// Rounds rows of floats to int8, a scale a row, and lays them out.
    pub fn rounded(kernel: &Kernel, rows: &[f32], depth: usize, bias: &[f32]) -> Packed {
        let mut bytes = Vec::with_capacity(rows.len());
        let mut scales = Vec::with_capacity(rows.len() / depth.max(1));
        for row in rows.chunks_exact(depth.max(1)) {
            let top = row.iter().fold(0f32, |top, x| top.max(x.abs()));
            let up = if top > 1e-30 { 127.0 / top } else { 0.0 };
            bytes.extend(row.iter().map(|x| (x * up).round_ties_even() as i8 as u8));
            scales.push(if top > 1e-30 { top / 127.0 } else { 0.0 });
        }
        Packed::bytes(kernel, &bytes, depth, &scales, bias)
    }

    /// Lays out rows of floats as they are.
    pub fn plain(rows: &[f32], depth: usize, bias: &[f32]) -> Packed {
        let outputs = rows.len() / depth.max(1);
        let mut packed = Packed::empty(outputs, depth, bias);
        packed.plain = vec![Column([0.0; 16]); packed.width / 16 * packed.depth];
        for (output, row) in rows.chunks_exact(depth.max(1)).enumerate() {
            let columns = &mut packed.plain[output / 16 * packed.depth..][..depth];
            for (column, &x) in columns.iter_mut().zip(row) {
                column.0[output % 16] = x;
            }
        }
        packed
    }

    /// Two layouts of the same depth as one: the columns of `other` follow. Both
    /// must fill their panels.
    pub fn beside(mut self, other: Packed) -> Packed {
        debug_assert!(self.depth == other.depth && self.outputs == self.width && other.outputs == other.width);
        self.width += other.width;
        self.outputs += other.outputs;
        self.lines.extend(other.lines);
        self.scale.extend(other.scale);
        self.offset.extend(other.offset);
        self.bias.extend(other.bias);
        self.plain.extend(other.plain);
        self
    }

    pub fn is_plain(&self) -> bool {
        self.lines.is_empty()
    }
}

/// One attention head of one sentence.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Attention<'a> {
    /// Rows of queries, `hidden` long, all heads side by side.
    pub query: &'a [f32],
    /// Rows of keys and then values, `hidden` long each.
    pub pairs: &'a [f32],
    pub hidden: usize,
    pub head: usize,
    pub queries: usize,
    pub length: usize,
}

/// What a kind of processor must offer for [`generic`] to run on it.
pub(crate) trait Machine {
    type F: Lanes;
    type S: Sums<F = Self::F>;
    /// Signed bytes are kept xor this.
    const FLIP: u8;
    /// The tile that fits the registers: rows by panels of sixteen columns.
    const ROWS: usize;
    const PANELS: usize;

    /// A whole tile; gives the rows done.
    ///
    /// # Safety
    /// As [`generic::tile`].
    unsafe fn wide<const ADD: bool>(
        weights: &Packed,
        panel: usize,
        x: &[u8],
        scales: &[f32],
        row: usize,
        out: &mut [f32],
    ) -> usize;

    /// What a whole tile does not cover: at most `left` rows, `panels` panels.
    ///
    /// # Safety
    /// As [`generic::tile`].
    #[allow(clippy::too_many_arguments)]
    unsafe fn narrow<const ADD: bool>(
        weights: &Packed,
        panel: usize,
        x: &[u8],
        scales: &[f32],
        row: usize,
        left: usize,
        panels: usize,
        out: &mut [f32],
    ) -> usize;
}

/// Sixteen exact sums of products of bytes.
pub(crate) trait Sums: Copy {
    type F: Lanes;
    type Columns: Copy;
    type Four: Copy;
    fn zero() -> Self;
    fn columns(line: &Line) -> Self::Columns;
    /// Four bytes of a row, for all columns.
    ///
    /// # Safety
    /// Four bytes must be readable there.
    unsafe fn four(bytes: *const [u8; 4]) -> Self::Four;
    fn dot(self, four: Self::Four, columns: Self::Columns) -> Self;
    /// The sums less `offset`, as floats.
    fn floats(self, offset: &[i32; 16]) -> Self::F;
}

/// The functions of one kind of processor.
#[derive(Clone, Copy)]
pub(crate) struct Kernel {
    pub name: &'static str,
    /// What flipping adds to a signed byte: 128 or nothing.
    offset: i32,
    quantise: unsafe fn(&[f32], &mut [u8]) -> f32,
    gelu: unsafe fn(&mut [f32]),
    norm: unsafe fn(&mut [f32], &[f32], &[f32], usize),
    dot: unsafe fn(&[f32], &[f32]) -> f32,
    linear: unsafe fn(&Packed, &[u8], &[f32], &mut [f32]),
    linear_add: unsafe fn(&Packed, &[u8], &[f32], &mut [f32]),
    plain: unsafe fn(&Packed, &[f32], usize, &mut [f32]),
    plain_add: unsafe fn(&Packed, &[f32], usize, &mut [f32]),
    attend: unsafe fn(&Attention<'_>, &mut Vec<f32>, &mut [f32]),
}

impl std::fmt::Debug for Kernel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// Writes the table of one kind of processor: each function of [`generic`],
/// compiled with that processor's features. `queries` is how many queries attention
/// takes at a time: as many as the registers hold.
macro_rules! kernel {
    ($table:ident, $name:literal, $machine:ty, $queries:literal $(, $features:literal)?) => {
        pub(crate) static $table: crate::kernel::Kernel = {
            use crate::kernel::{Attention, Machine, Packed, generic};
            type M = $machine;
            $(#[target_feature(enable = $features)])?
            fn quantise(row: &[f32], to: &mut [u8]) -> f32 { generic::quantise::<M>(row, to) }
            $(#[target_feature(enable = $features)])?
            fn gelu(row: &mut [f32]) { generic::gelu::<M>(row) }
            $(#[target_feature(enable = $features)])?
            fn norm(row: &mut [f32], weight: &[f32], bias: &[f32], width: usize) {
                generic::norm::<M>(row, weight, bias, width)
            }
            $(#[target_feature(enable = $features)])?
            fn dot(left: &[f32], right: &[f32]) -> f32 { generic::dot::<M>(left, right) }
            $(#[target_feature(enable = $features)])?
            fn linear(weights: &Packed, x: &[u8], scales: &[f32], out: &mut [f32]) {
                generic::linear::<M, false>(weights, x, scales, out)
            }
            $(#[target_feature(enable = $features)])?
            fn linear_add(weights: &Packed, x: &[u8], scales: &[f32], out: &mut [f32]) {
                generic::linear::<M, true>(weights, x, scales, out)
            }
            $(#[target_feature(enable = $features)])?
            fn plain(weights: &Packed, x: &[f32], rows: usize, out: &mut [f32]) {
                generic::linear_plain::<M, false>(weights, x, rows, out)
            }
            $(#[target_feature(enable = $features)])?
            fn plain_add(weights: &Packed, x: &[f32], rows: usize, out: &mut [f32]) {
                generic::linear_plain::<M, true>(weights, x, rows, out)
            }
            $(#[target_feature(enable = $features)])?
            fn attend(job: &Attention<'_>, room: &mut Vec<f32>, out: &mut [f32]) {
                generic::attend::<M, $queries>(job, room, out)
            }
            crate::kernel::Kernel {
                name: $name,
                offset: if M::FLIP == 0 { 0 } else { 128 },
                quantise, gelu, norm, dot, linear, linear_add, plain, plain_add, attend,
            }
        };
    };
}

/// Spells out the tiles of a machine, since their sizes must be constants.
macro_rules! tiles {
    ($rows:literal x $panels:literal: $($row:literal)*) => {
        const ROWS: usize = $rows;
        const PANELS: usize = $panels;
        #[inline(always)]
        unsafe fn wide<const ADD: bool>(
            weights: &crate::kernel::Packed, panel: usize, x: &[u8], scales: &[f32], row: usize, out: &mut [f32],
        ) -> usize {
            // SAFETY: promised by the caller.
            unsafe { crate::kernel::generic::tile::<Self, $rows, $panels, ADD>(weights, panel, x, scales, row, out) }
        }
        #[inline(always)]
        unsafe fn narrow<const ADD: bool>(
            weights: &crate::kernel::Packed, panel: usize, x: &[u8], scales: &[f32], row: usize,
            left: usize, panels: usize, out: &mut [f32],
        ) -> usize {
            use crate::kernel::generic::tile;
            // SAFETY: promised by the caller.
            unsafe {
                match (left, panels == $panels) {
                    $(($row, true) => tile::<Self, $row, $panels, ADD>(weights, panel, x, scales, row, out),
                    ($row, false) => tile::<Self, $row, 1, ADD>(weights, panel, x, scales, row, out),)*
                    (_, true) => tile::<Self, $rows, $panels, ADD>(weights, panel, x, scales, row, out),
                    (_, false) => tile::<Self, $rows, 1, ADD>(weights, panel, x, scales, row, out),
                }
            }
        }
    };
}
pub(crate) use {kernel, tiles};

impl Kernel {
    /// The fastest this processor can run.
    pub fn best() -> &'static Kernel {
        Kernel::all()[0]
    }

    /// All that this processor can run, fastest first; the last runs anywhere.
    pub fn all() -> Vec<&'static Kernel> {
        #[allow(unused_mut)]
        let mut out: Vec<&'static Kernel> = Vec::new();
        #[cfg(target_arch = "x86_64")]
        x86::detected(&mut out);
        out.push(&portable::PORTABLE);
        out
    }

    // SAFETY, for all below: a table is only handed out by `all`, which asks the
    // processor for the features its functions were compiled with. Lengths are
    // checked by the functions themselves.

    /// Rounds rows of `x` (each `width` long) to bytes, a scale a row.
    pub fn quantise(&self, x: &[f32], width: usize, bytes: &mut Vec<u8>, scales: &mut Vec<f32>) {
        bytes.resize(x.len(), 0);
        scales.clear();
        for (row, to) in x.chunks_exact(width).zip(bytes.chunks_exact_mut(width)) {
            scales.push(unsafe { (self.quantise)(row, to) });
        }
    }

    pub fn gelu(&self, x: &mut [f32]) {
        unsafe { (self.gelu)(x) }
    }

    /// Layer normalisation of every row in place.
    pub fn norm(&self, x: &mut [f32], weight: &[f32], bias: &[f32]) {
        for row in x.chunks_exact_mut(weight.len()) {
            unsafe { (self.norm)(row, weight, bias, weight.len()) }
        }
    }

    pub fn dot(&self, left: &[f32], right: &[f32]) -> f32 {
        unsafe { (self.dot)(left, right) }
    }

    /// `out = W x + b` for every row; with `add`, on top of what `out` holds.
    pub fn linear(&self, weights: &Packed, x: &Rows, out: &mut [f32], add: bool) {
        match (weights.is_plain(), add) {
            (true, false) => unsafe { (self.plain)(weights, &x.floats, x.count(weights.depth), out) },
            (true, true) => unsafe { (self.plain_add)(weights, &x.floats, x.count(weights.depth), out) },
            (false, false) => unsafe { (self.linear)(weights, &x.bytes, &x.scales, out) },
            (false, true) => unsafe { (self.linear_add)(weights, &x.bytes, &x.scales, out) },
        }
    }

    pub fn attend(&self, job: &Attention<'_>, room: &mut Vec<f32>, out: &mut [f32]) {
        unsafe { (self.attend)(job, room, out) }
    }
}

/// Rows about to be multiplied: as floats, and rounded where the weights are.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    pub floats: Vec<f32>,
    pub bytes: Vec<u8>,
    pub scales: Vec<f32>,
}

impl Rows {
    fn count(&self, width: usize) -> usize {
        self.floats.len() / width.max(1)
    }
}

#[cfg(test)]
mod tests;
