//! The arithmetic of the network, written once for every machine.
//!
//! Takes: rows of floats, padded to sixteen. Gives: rows of floats or of signed
//! bytes. Never: sums in an order that depends on the machine, the batch or the
//! thread.
//!
//! Each function is compiled once for each instruction set in [`super`].

// Tiles index several arrays by one row or panel; constants are written so that one
// sees which bits they hold.
#![allow(clippy::needless_range_loop, clippy::excessive_precision)]

use super::lanes::{Lanes, MAGIC};
use super::{Attention, Machine, Packed, Sums};

/// Multiplies one row out to signed bytes; gives the scale that undoes it.
#[inline(always)]
pub(crate) fn quantise<M: Machine>(row: &[f32], to: &mut [u8]) -> f32 {
    let (lanes, _) = row.as_chunks::<16>();
    let mut top = M::F::splat(0.0);
    for x in lanes {
        top = top.max(M::F::load(x).abs());
    }
    let top = top.top();
    // Below this 127 / top overflows; such a row is nothing but zeros.
    let sound = top > 1e-30 && top < 1e30;
    let (up, down) = if sound { (127.0 / top, top / 127.0) } else { (0.0, 0.0) };
    let (up, magic) = (M::F::splat(up), M::F::splat(MAGIC));
    for (x, bytes) in lanes.iter().zip(to.as_chunks_mut::<16>().0) {
        M::F::load(x).mul(up).add(magic).bytes(M::FLIP, bytes);
    }
    down
}

/// `x * Φ(x)` on every number of a row, by a rational approximation of erf
/// (largest error on erf 2e-8, on the result about 1e-6 at |x| = 6).
#[inline(always)]
pub(crate) fn gelu<M: Machine>(row: &mut [f32]) {
    for x in row.as_chunks_mut::<16>().0 {
        gelu_lanes::<M::F>(M::F::load(x)).store(x);
    }
}

#[inline(always)]
fn gelu_lanes<F: Lanes>(x: F) -> F {
    const UP: [f32; 6] =
        [2.034_543_98e-6, 2.874_053_17e-4, 3.866_659_9e-3, 5.305_537_59e-2, 1.927_301_81e-1, 1.128_379_02];
    const DOWN: [f32; 6] = [3.806_472_55e-5, 1.187_638_9e-3, 1.516_904_75e-2, 1.150_700_27e-1, 5.041_343_65e-1, 1.0];
    let t = x.mul(F::splat(std::f32::consts::FRAC_1_SQRT_2));
    let t = t.max(F::splat(-3.92)).min(F::splat(3.92));
    let u = t.mul(t);
    let erf = t.mul(series(u, UP)).div(series(u, DOWN));
    let half = x.mul(F::splat(0.5));
    half.add(half.mul(erf))
}

/// Horner's scheme, highest power first.
#[inline(always)]
fn series<F: Lanes, const N: usize>(x: F, terms: [f32; N]) -> F {
    let mut sum = F::splat(terms[0]);
    for &term in &terms[1..] {
        sum = sum.mul(x).add(F::splat(term));
    }
    sum
}

/// e^x for x <= 0.
#[inline(always)]
fn exp<F: Lanes>(x: F) -> F {
    const TERMS: [f32; 6] = [1.987_569_2e-4, 1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 1.666_666_5e-1, 0.5];
    let x = x.max(F::splat(-87.3));
    let power = x.mul(F::splat(std::f32::consts::LOG2_E)).add(F::splat(MAGIC));
    let n = power.sub(F::splat(MAGIC));
    // ln 2 in two parts, of which the first has so few bits that n times it is exact.
    let x = x.sub(n.mul(F::splat(0.693_359_375))).sub(n.mul(F::splat(-2.121_944_4e-4)));
    let square = x.mul(x);
    series(x, TERMS).mul(square).add(x).add(F::splat(1.0)).mul(power.power_of_two())
}

/// Layer normalisation of one row in place.
#[inline(always)]
pub(crate) fn norm<M: Machine>(row: &mut [f32], weight: &[f32], bias: &[f32], width: usize) {
    let count = 1.0 / width as f32;
    let (lanes, _) = row.as_chunks_mut::<16>();
    let mut sum = M::F::splat(0.0);
    for x in lanes.iter() {
        sum = sum.add(M::F::load(x));
    }
    let mean = M::F::splat(sum.sum() * count);
    let mut square = M::F::splat(0.0);
    for x in lanes.iter() {
        let off = M::F::load(x).sub(mean);
        square = square.add(off.mul(off));
    }
    let scale = M::F::splat(1.0 / (square.sum() * count + 1e-12).sqrt());
    for ((x, w), b) in lanes.iter_mut().zip(weight.as_chunks::<16>().0).zip(bias.as_chunks::<16>().0) {
        let off = M::F::load(x).sub(mean).mul(scale);
        off.mul(M::F::load(w)).add(M::F::load(b)).store(x);
    }
}

/// The inner product of two rows.
#[inline(always)]
pub(crate) fn dot<M: Machine>(left: &[f32], right: &[f32]) -> f32 {
    let mut sum = M::F::splat(0.0);
    for (x, y) in left.as_chunks::<16>().0.iter().zip(right.as_chunks::<16>().0) {
        sum = sum.add(M::F::load(x).mul(M::F::load(y)));
    }
    sum.sum()
}

/// `out[row] = W x[row] + b` in int8; with `ADD`, on top of what `out` holds.
#[inline(always)]
pub(crate) fn linear<M: Machine, const ADD: bool>(weights: &Packed, x: &[u8], scales: &[f32], out: &mut [f32]) {
    let rows = scales.len();
    let (depth, width) = (weights.depth(), weights.width());
    assert!(x.len() >= rows * depth && out.len() >= rows * width);
    let panels = width / 16;
    let mut panel = 0;
    while panel < panels {
        let wide = panel + M::PANELS <= panels;
        let mut row = 0;
        while row < rows {
            let left = rows - row;
            // SAFETY: rows and panels lie within what was just asserted.
            row += unsafe {
                if wide && left >= M::ROWS {
                    M::wide::<ADD>(weights, panel, x, scales, row, out)
                } else {
                    M::narrow::<ADD>(weights, panel, x, scales, row, left, if wide { M::PANELS } else { 1 }, out)
                }
            };
        }
        panel += if wide { M::PANELS } else { 1 };
    }
}

/// One tile of [`linear`]: `R` rows by `V` panels of sixteen columns.
///
/// # Safety
/// Rows `row..row + R` of `x`, `scales` and `out` and panels `panel..panel + V` of
/// `weights` must exist.
#[inline(always)]
pub(crate) unsafe fn tile<M: Machine, const R: usize, const V: usize, const ADD: bool>(
    weights: &Packed,
    panel: usize,
    x: &[u8],
    scales: &[f32],
    row: usize,
    out: &mut [f32],
) -> usize {
    let (depth, width) = (weights.depth(), weights.width());
    let groups = depth / 4;
    // SAFETY: promised by the caller.
    unsafe {
        let mut sums = [[M::S::zero(); V]; R];
        let lines = weights.lines.as_ptr().add(panel * groups);
        let bytes = x.as_ptr().add(row * depth);
        for group in 0..groups {
            let mut columns = [M::S::columns(&*lines.add(group)); V];
            for v in 1..V {
                columns[v] = M::S::columns(&*lines.add(v * groups + group));
            }
            for r in 0..R {
                let four = M::S::four(bytes.add(r * depth + group * 4).cast());
                for v in 0..V {
                    sums[r][v] = sums[r][v].dot(four, columns[v]);
                }
            }
        }
        for v in 0..V {
            let column = (panel + v) * 16;
            let offset: &[i32; 16] = &*weights.offset.as_ptr().add(column).cast();
            let scale = M::F::load(&*weights.scale.as_ptr().add(column).cast());
            let bias = M::F::load(&*weights.bias.as_ptr().add(column).cast());
            for r in 0..R {
                let to = &mut *out.as_mut_ptr().add((row + r) * width + column).cast::<[f32; 16]>();
                let row_scale = M::F::splat(*scales.get_unchecked(row + r));
                let mut y = sums[r][v].floats(offset).mul(row_scale).mul(scale).add(bias);
                if ADD {
                    y = y.add(M::F::load(to));
                }
                y.store(to);
            }
        }
    }
    R
}

/// `out[row] = W x[row] + b` in single precision: the reference, in no hurry.
#[inline(always)]
pub(crate) fn linear_plain<M: Machine, const ADD: bool>(weights: &Packed, x: &[f32], rows: usize, out: &mut [f32]) {
    const R: usize = 4;
    let (depth, width) = (weights.depth(), weights.width());
    for (panel, columns) in weights.plain.chunks_exact(depth.max(1)).enumerate() {
        let column = panel * 16;
        let bias = M::F::load(weights.bias[column..].first_chunk().unwrap_or(&[0.0; 16]));
        let mut row = 0;
        while row < rows {
            let count = R.min(rows - row);
            let mut sums = [M::F::splat(0.0); R];
            // A tile that hangs over the end repeats its last row.
            let x: [&[f32]; R] = std::array::from_fn(|r| {
                let start = (row + r.min(count - 1)) * depth;
                &x[start..start + depth]
            });
            for (k, w) in columns.iter().enumerate() {
                let w = M::F::load(&w.0);
                for r in 0..R {
                    sums[r] = sums[r].add(w.mul(M::F::splat(x[r][k])));
                }
            }
            for (r, sum) in sums.iter().enumerate().take(count) {
                let start = (row + r) * width + column;
                let Some(to) = out[start..].first_chunk_mut() else { return };
                let mut y = sum.add(bias);
                if ADD {
                    y = y.add(M::F::load(to));
                }
                y.store(to);
            }
            row += count;
        }
    }
}

/// The width of an attention head.
pub(crate) const HEAD: usize = 32;

/// One sentence, one head, `R` queries at a time:
/// `out[i] = softmax(q[i] k^T / sqrt(32)) v`.
#[inline(always)]
pub(crate) fn attend<M: Machine, const R: usize>(job: &Attention<'_>, room: &mut Vec<f32>, out: &mut [f32]) {
    let Attention { query, pairs, hidden, head, queries, length } = *job;
    let padded = length.next_multiple_of(16);
    // Keys transposed, values gathered, and R rows of scores.
    room.clear();
    room.resize(HEAD * padded + HEAD * padded + R * padded, 0.0);
    let (keys, rest) = room.split_at_mut(HEAD * padded);
    let (values, scores) = rest.split_at_mut(HEAD * padded);
    for j in 0..length {
        let row = &pairs[j * 2 * hidden..(j + 1) * 2 * hidden];
        let key = &row[head * HEAD..][..HEAD];
        for (d, &x) in key.iter().enumerate() {
            keys[d * padded + j] = x;
        }
        values[j * HEAD..(j + 1) * HEAD].copy_from_slice(&row[hidden + head * HEAD..][..HEAD]);
    }
    let keys = keys.as_chunks::<16>().0;
    let values = values.as_chunks::<16>().0;
    let blocks = padded / 16;
    let root = M::F::splat(1.0 / (HEAD as f32).sqrt());

    let mut i = 0;
    while i < queries {
        let count = R.min(queries - i);
        // A tile that hangs over the end repeats its last row.
        let q: [&[f32; HEAD]; R] = std::array::from_fn(|r| {
            let start = (i + r.min(count - 1)) * hidden + head * HEAD;
            query[start..].first_chunk().unwrap_or(&[0.0; HEAD])
        });
        let lanes = scores.as_chunks_mut::<16>().0;
        let mut tops = [M::F::splat(f32::MIN); R];
        for block in 0..blocks {
            let mut sums = [M::F::splat(0.0); R];
            for d in 0..HEAD {
                let k = M::F::load(&keys[d * blocks + block]);
                for r in 0..R {
                    sums[r] = sums[r].add(k.mul(M::F::splat(q[r][d])));
                }
            }
            for r in 0..R {
                let score = sums[r].mul(root);
                score.store(&mut lanes[r * blocks + block]);
                if block + 1 < blocks || padded == length {
                    tops[r] = tops[r].max(score);
                }
            }
        }
        let mut shares = [0.0; R];
        for r in 0..R {
            let mut top = tops[r].top();
            let lanes = &mut lanes[r * blocks..(r + 1) * blocks];
            // The last block may hang over the sentence's end: those lanes are no keys.
            let mut mask = [0.0; 16];
            let real = length + 16 - padded;
            if let Some(last) = lanes.last() {
                for lane in 0..real {
                    mask[lane] = 1.0;
                    top = if last[lane] > top { last[lane] } else { top };
                }
            }
            let top = M::F::splat(top);
            let mut sum = M::F::splat(0.0);
            for (block, x) in lanes.iter_mut().enumerate() {
                let mut y = exp(M::F::load(x).sub(top).min(M::F::splat(0.0)));
                if block + 1 == blocks {
                    y = y.mul(M::F::load(&mask));
                }
                sum = sum.add(y);
                y.store(x);
            }
            shares[r] = 1.0 / sum.sum();
        }
        let mut sums = [[M::F::splat(0.0); 2]; R];
        for j in 0..length {
            let (low, high) = (M::F::load(&values[2 * j]), M::F::load(&values[2 * j + 1]));
            for r in 0..R {
                let p = M::F::splat(lanes[r * blocks + j / 16][j % 16]);
                sums[r][0] = sums[r][0].add(p.mul(low));
                sums[r][1] = sums[r][1].add(p.mul(high));
            }
        }
        for r in 0..count {
            let to = &mut out[(i + r) * hidden + head * HEAD..][..HEAD];
            let share = M::F::splat(shares[r]);
            for (half, to) in to.as_chunks_mut::<16>().0.iter_mut().enumerate() {
                sums[r][half].mul(share).store(to);
            }
        }
        i += count;
    }
}
