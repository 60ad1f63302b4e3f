//! The kernel for any processor: plain Rust, which the compiler may vectorise.
//!
//! Takes, gives, never: see [`super`].

use super::lanes::Plain;
use super::{Line, Machine, Sums, kernel, lanes::Lanes, tiles};

pub(crate) struct Portable;

impl Machine for Portable {
    type F = Plain;
    type S = PlainSums;
    const FLIP: u8 = 0;
    tiles!(4 x 1: 1 2 3);
}

#[derive(Clone, Copy)]
pub(crate) struct PlainSums([i32; 16]);

impl Sums for PlainSums {
    type F = Plain;
    type Columns = [i8; 64];
    type Four = [i8; 4];
    #[inline(always)]
    fn zero() -> Self {
        PlainSums([0; 16])
    }
    #[inline(always)]
    fn columns(line: &Line) -> [i8; 64] {
        line.0.map(|byte| byte as i8)
    }
    #[inline(always)]
    unsafe fn four(bytes: *const [u8; 4]) -> [i8; 4] {
        // SAFETY: promised by the caller.
        unsafe { *bytes }.map(|byte| byte as i8)
    }
    #[inline(always)]
    fn dot(mut self, four: [i8; 4], columns: [i8; 64]) -> Self {
        for (sum, column) in self.0.iter_mut().zip(columns.as_chunks::<4>().0) {
            for k in 0..4 {
                *sum += i32::from(four[k]) * i32::from(column[k]);
            }
        }
        self
    }
    #[inline(always)]
    fn floats(self, offset: &[i32; 16]) -> Plain {
        Plain::load(&std::array::from_fn(|lane| (self.0[lane] - offset[lane]) as f32))
    }
}

kernel!(PORTABLE, "portable", Portable, 4);
