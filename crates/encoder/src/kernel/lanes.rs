//! Sixteen floats at a time, the same on every machine.
//!
//! Takes: sixteen numbers. Gives: sixteen numbers. Never: rounds differently on
//! two machines.
//!
//! Every operation here is one IEEE operation on each lane, without fused
//! multiply-add, and every reduction folds the lanes in one fixed order: halves,
//! quarters, pairs. So a machine with wide registers and one with none give the
//! same bits, and which of them runs is nobody's business.
//!
//! ```text
//! let y = x.mul(scale).add(bias);
//! ```

/// How a machine holds sixteen floats.
pub(crate) trait Lanes: Copy {
    fn splat(x: f32) -> Self;
    fn load(from: &[f32; 16]) -> Self;
    fn store(self, to: &mut [f32; 16]);
    fn add(self, other: Self) -> Self;
    fn sub(self, other: Self) -> Self;
    fn mul(self, other: Self) -> Self;
    fn div(self, other: Self) -> Self;
    /// The larger; the second where they cannot be compared.
    fn max(self, other: Self) -> Self;
    /// The smaller; the second where they cannot be compared.
    fn min(self, other: Self) -> Self;
    fn abs(self) -> Self;
    /// Lanes that hold `n + MAGIC` become `2^n`, for `n` in -126..=127.
    fn power_of_two(self) -> Self;
    /// Lanes that hold `n + MAGIC` become the bytes `n`, each xor `flip`.
    fn bytes(self, flip: u8, to: &mut [u8; 16]);
    fn sum(self) -> f32;
    fn top(self) -> f32;
}

/// Adding 1.5 * 2^23 rounds a float below 2^22 to the nearest whole number (ties
/// to even) and leaves that number in the low bits.
pub(crate) const MAGIC: f32 = 12_582_912.0;

/// Sixteen floats in plain Rust.
#[derive(Clone, Copy)]
#[repr(align(64))]
pub(crate) struct Plain([f32; 16]);

impl Plain {
    #[inline(always)]
    fn each(self, other: Plain, f: impl Fn(f32, f32) -> f32) -> Plain {
        let mut out = self;
        for (x, y) in out.0.iter_mut().zip(other.0) {
            *x = f(*x, y);
        }
        out
    }

    #[inline(always)]
    fn fold(self, f: impl Fn(f32, f32) -> f32) -> f32 {
        let mut x = self.0;
        for half in [8, 4, 2, 1] {
            for lane in 0..half {
                x[lane] = f(x[lane], x[lane + half]);
            }
        }
        x[0]
    }
}

#[inline(always)]
fn larger(x: f32, y: f32) -> f32 {
    if x > y { x } else { y }
}

#[inline(always)]
fn smaller(x: f32, y: f32) -> f32 {
    if x < y { x } else { y }
}

impl Lanes for Plain {
    #[inline(always)]
    fn splat(x: f32) -> Plain {
        Plain([x; 16])
    }
    #[inline(always)]
    fn load(from: &[f32; 16]) -> Plain {
        Plain(*from)
    }
    #[inline(always)]
    fn store(self, to: &mut [f32; 16]) {
        *to = self.0;
    }
    #[inline(always)]
    fn add(self, other: Plain) -> Plain {
        self.each(other, |x, y| x + y)
    }
    #[inline(always)]
    fn sub(self, other: Plain) -> Plain {
        self.each(other, |x, y| x - y)
    }
    #[inline(always)]
    fn mul(self, other: Plain) -> Plain {
        self.each(other, |x, y| x * y)
    }
    #[inline(always)]
    fn div(self, other: Plain) -> Plain {
        self.each(other, |x, y| x / y)
    }
    #[inline(always)]
    fn max(self, other: Plain) -> Plain {
        self.each(other, larger)
    }
    #[inline(always)]
    fn min(self, other: Plain) -> Plain {
        self.each(other, smaller)
    }
    #[inline(always)]
    fn abs(self) -> Plain {
        Plain(self.0.map(f32::abs))
    }
    #[inline(always)]
    fn power_of_two(self) -> Plain {
        Plain(self.0.map(|x| f32::from_bits((x.to_bits() << 23).wrapping_add(127 << 23))))
    }
    #[inline(always)]
    fn bytes(self, flip: u8, to: &mut [u8; 16]) {
        for (byte, x) in to.iter_mut().zip(self.0) {
            *byte = x.to_bits() as u8 ^ flip;
        }
    }
    #[inline(always)]
    fn sum(self) -> f32 {
        self.fold(|x, y| x + y)
    }
    #[inline(always)]
    fn top(self) -> f32 {
        self.fold(larger)
    }
}
