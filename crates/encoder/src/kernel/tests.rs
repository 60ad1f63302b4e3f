//! The kernels against each other, bit for bit, and against slow arithmetic.

use super::{Attention, Kernel, Packed, Rows};

/// Numbers between -1 and 1, the same on every machine.
fn numbers(count: usize, seed: u64) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / 8_388_608.0 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

fn bits(x: &[f32]) -> Vec<u32> {
    x.iter().map(|x| x.to_bits()).collect()
}

/// What every kernel makes of one task: they must agree; gives what the last made.
fn agreed<T: PartialEq + std::fmt::Debug>(what: &str, task: impl Fn(&Kernel) -> T) -> T {
    let mut found: Option<(T, &str)> = None;
    for kernel in Kernel::all() {
        let here = task(kernel);
        if let Some((there, name)) = &found {
            assert!(*there == here, "{what}: {name} and {} differ", kernel.name);
        }
        found = Some((here, kernel.name));
    }
    found.map(|(found, _)| found).expect("there is always the portable kernel")
}

#[test]
fn int8_products_are_exact_on_every_kernel() {
    let shapes = [
        (1, 16, 16),
        (5, 17, 384),
        (6, 64, 384),
        (7, 80, 64),
        (13, 384, 1536),
        (23, 1152, 384),
        (2, 1, 128),
        (4, 130, 20),
    ];
    for (rows, outputs, depth) in shapes {
        let what = format!("{rows} rows, {outputs} outputs, {depth} deep");
        let mut weights: Vec<u8> = numbers(outputs * depth, 1).iter().map(|x| (x * 127.0) as i8 as u8).collect();
        // The extremes, where a kernel that saturates would show.
        weights[..depth].fill(127);
        if outputs > 2 {
            weights[depth..2 * depth].fill(-127i8 as u8);
        }
        let scales: Vec<f32> = numbers(outputs, 2).iter().map(|x| x.abs() / 100.0).collect();
        let bias = numbers(outputs, 3);
        let padded = depth.next_multiple_of(16);
        let mut x = Rows { floats: numbers(rows * padded, 4), ..Rows::default() };
        for row in x.floats.chunks_exact_mut(padded) {
            row[depth..].fill(0.0);
        }
        x.floats[..depth].fill(1.0);
        let found = agreed(&what, |kernel| {
            let packed = Packed::bytes(kernel, &weights, depth, &scales, &bias);
            let mut x = Rows { floats: x.floats.clone(), ..Rows::default() };
            kernel.quantise(&x.floats, padded, &mut x.bytes, &mut x.scales);
            let mut out = vec![0.0; rows * packed.width()];
            kernel.linear(&packed, &x, &mut out, false);
            let once = bits(&out);
            kernel.linear(&packed, &x, &mut out, true);
            (once, bits(&out))
        });
        // The same in whole numbers.
        let portable = Kernel::all().pop().expect("there is always the portable kernel");
        let (mut bytes, mut row_scales) = (Vec::new(), Vec::new());
        portable.quantise(&x.floats, padded, &mut bytes, &mut row_scales);
        let width = outputs.next_multiple_of(16);
        for row in 0..rows {
            for output in 0..outputs {
                let sum: i32 = (0..depth)
                    .map(|k| i32::from(bytes[row * padded + k] as i8) * i32::from(weights[output * depth + k] as i8))
                    .sum();
                let want = sum as f32 * row_scales[row] * scales[output] + bias[output];
                assert_eq!(found.0[row * width + output], want.to_bits(), "{what}: row {row}, output {output}");
            }
        }
    }
}

#[test]
fn rounding_is_symmetric_and_survives_odd_rows() {
    let rows: &[(&str, Vec<f32>)] = &[
        ("zeros", vec![0.0; 16]),
        ("tiny", vec![1e-38; 16]),
        ("huge", vec![3e38; 16]),
        ("not a number", vec![f32::NAN; 16]),
        ("ties", (0..16).map(|x| x as f32 * 0.5 - 4.0).collect()),
        ("many", numbers(384, 9)),
    ];
    for (name, row) in rows {
        let (bytes, scale) = agreed(name, |kernel| {
            let (mut bytes, mut scales) = (Vec::new(), Vec::new());
            kernel.quantise(row, row.len(), &mut bytes, &mut scales);
            let flip = if kernel.offset == 0 { 0 } else { 0x80 };
            let bytes: Vec<i8> = bytes.iter().map(|byte| (byte ^ flip) as i8).collect();
            (bytes, scales[0].to_bits())
        });
        let scale = f32::from_bits(scale);
        assert!(bytes.iter().all(|&byte| byte != i8::MIN), "{name}");
        for (byte, x) in bytes.iter().zip(row).filter(|_| scale > 0.0) {
            assert!((f32::from(*byte) * scale - x).abs() <= scale * 0.500_01, "{name}: {x} became {byte}");
        }
    }
}

#[test]
fn single_precision_products_agree() {
    for (rows, outputs, depth) in [(1, 16, 16), (5, 17, 384), (9, 130, 64)] {
        let what = format!("{rows} rows, {outputs} outputs, {depth} deep");
        let (weights, bias) = (numbers(outputs * depth, 1), numbers(outputs, 2));
        let x = Rows { floats: numbers(rows * depth, 3), ..Rows::default() };
        let packed = Packed::plain(&weights, depth, &bias);
        let found = agreed(&what, |kernel| {
            let mut out = vec![0.5; rows * packed.width()];
            kernel.linear(&packed, &x, &mut out, true);
            bits(&out)
        });
        for row in 0..rows {
            for output in 0..outputs {
                let product = |k: usize| f64::from(x.floats[row * depth + k]) * f64::from(weights[output * depth + k]);
                let want = 0.5 + f64::from(bias[output]) + (0..depth).map(product).sum::<f64>();
                let found = f64::from(f32::from_bits(found[row * packed.width() + output]));
                assert!((found - want).abs() < 1e-4, "{what}: {found} for {want}");
            }
        }
    }
}

/// The error function by its series, in double precision.
fn erf(x: f64) -> f64 {
    let (mut term, mut sum) = (x, x);
    for n in 1..200 {
        term *= -x * x / f64::from(n);
        sum += term / f64::from(2 * n + 1);
    }
    sum * 2.0 / std::f64::consts::PI.sqrt()
}

#[test]
fn gelu_is_the_exact_one() {
    let x: Vec<f32> = (0..1600).map(|x| (x - 800) as f32 / 160.0).chain([1e30, -1e30].repeat(8)).collect();
    let found = agreed("gelu", |kernel| {
        let mut x = x.clone();
        kernel.gelu(&mut x);
        bits(&x)
    });
    for (x, found) in x.iter().zip(found).take(1600) {
        let want = 0.5 * f64::from(*x) * (1.0 + erf(f64::from(*x) / std::f64::consts::SQRT_2));
        assert!((f64::from(f32::from_bits(found)) - want).abs() < 2e-6, "gelu({x})");
    }
}

#[test]
fn rows_are_normalised() {
    let (mut x, weight, bias) = (numbers(3 * 384, 1), numbers(384, 2), numbers(384, 3));
    x[..384].fill(4.0);
    let found = agreed("norm", |kernel| {
        let mut x = x.clone();
        kernel.norm(&mut x, &weight, &bias);
        bits(&x)
    });
    for (row, found) in x.chunks_exact(384).zip(found.chunks_exact(384)) {
        let mean = row.iter().map(|&x| f64::from(x)).sum::<f64>() / 384.0;
        let square = row.iter().map(|&x| (f64::from(x) - mean).powi(2)).sum::<f64>() / 384.0;
        for k in 0..384 {
            let want = (f64::from(row[k]) - mean) / (square + 1e-12).sqrt() * f64::from(weight[k]) + f64::from(bias[k]);
            assert!((f64::from(f32::from_bits(found[k])) - want).abs() < 1e-5);
        }
    }
}

#[test]
fn attention_is_a_weighted_mean() {
    let hidden = 64;
    for (length, queries) in [(1, 1), (2, 2), (15, 15), (16, 5), (17, 17), (33, 4), (256, 3)] {
        let what = format!("{queries} of {length}");
        let query: Vec<f32> = numbers(queries * hidden, 1).iter().map(|x| x * 6.0).collect();
        let pairs: Vec<f32> = numbers(length * 2 * hidden, 2).iter().map(|x| x * 6.0).collect();
        let found = agreed(&what, |kernel| {
            let mut out = vec![0.0; queries * hidden];
            // Working room that is not clean must not matter.
            let mut room = vec![f32::NAN; 7];
            for head in 0..2 {
                let job = Attention { query: &query, pairs: &pairs, hidden, head, queries, length };
                kernel.attend(&job, &mut room, &mut out);
            }
            bits(&out)
        });
        for (i, head) in (0..queries).flat_map(|i| [(i, 0), (i, 1)]) {
            let key = |j: usize| &pairs[j * 2 * hidden + head * 32..][..32];
            let value = |j: usize| &pairs[j * 2 * hidden + hidden + head * 32..][..32];
            let q = &query[i * hidden + head * 32..][..32];
            let score = |j: usize| {
                let dot = q.iter().zip(key(j)).map(|(x, y)| f64::from(*x) * f64::from(*y)).sum::<f64>();
                (dot / 32f64.sqrt()).exp()
            };
            let shares: Vec<f64> = (0..length).map(score).collect();
            let sum: f64 = shares.iter().sum();
            for d in 0..32 {
                let want = (0..length).map(|j| shares[j] / sum * f64::from(value(j)[d])).sum::<f64>();
                let found = f64::from(f32::from_bits(found[i * hidden + head * 32 + d]));
                assert!((found - want).abs() < 2e-5, "{what}: {found} for {want}");
            }
        }
    }
}
