//! Kernels for x86-64: AVX2, AVX-VNNI, AVX-512 VNNI.
//!
//! Takes, gives, never: see [`super`].
//!
//! Instructions appear only inside methods that are inlined into functions compiled
//! with the features they need; [`detected`] hands those functions out only on a
//! processor that has them. That is what makes the `unsafe` blocks here sound.

use std::arch::x86_64::*;

use super::lanes::Lanes;
use super::{Kernel, Line, Machine, Sums, kernel, tiles};

pub(super) fn detected(out: &mut Vec<&'static Kernel>) {
    let avx2 = is_x86_feature_detected!("avx2");
    if avx2
        && is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512vnni")
    {
        out.push(&AVX512);
    }
    if avx2 && is_x86_feature_detected!("avxvnni") {
        out.push(&AVXVNNI);
    }
    if avx2 {
        out.push(&AVX2);
    }
}

/// Sixteen floats in one register.
#[derive(Clone, Copy)]
pub(crate) struct One(__m512);

impl Lanes for One {
    #[inline(always)]
    fn splat(x: f32) -> One {
        One(unsafe { _mm512_set1_ps(x) })
    }
    #[inline(always)]
    fn load(from: &[f32; 16]) -> One {
        One(unsafe { _mm512_loadu_ps(from.as_ptr()) })
    }
    #[inline(always)]
    fn store(self, to: &mut [f32; 16]) {
        unsafe { _mm512_storeu_ps(to.as_mut_ptr(), self.0) }
    }
    #[inline(always)]
    fn add(self, other: One) -> One {
        One(unsafe { _mm512_add_ps(self.0, other.0) })
    }
    #[inline(always)]
    fn sub(self, other: One) -> One {
        One(unsafe { _mm512_sub_ps(self.0, other.0) })
    }
    #[inline(always)]
    fn mul(self, other: One) -> One {
        One(unsafe { _mm512_mul_ps(self.0, other.0) })
    }
    #[inline(always)]
    fn div(self, other: One) -> One {
        One(unsafe { _mm512_div_ps(self.0, other.0) })
    }
    #[inline(always)]
    fn max(self, other: One) -> One {
        One(unsafe { _mm512_max_ps(self.0, other.0) })
    }
    #[inline(always)]
    fn min(self, other: One) -> One {
        One(unsafe { _mm512_min_ps(self.0, other.0) })
    }
    #[inline(always)]
    fn abs(self) -> One {
        One(unsafe { _mm512_abs_ps(self.0) })
    }
    #[inline(always)]
    fn power_of_two(self) -> One {
        unsafe {
            let bits = _mm512_slli_epi32::<23>(_mm512_castps_si512(self.0));
            One(_mm512_castsi512_ps(_mm512_add_epi32(bits, _mm512_set1_epi32(127 << 23))))
        }
    }
    #[inline(always)]
    fn bytes(self, flip: u8, to: &mut [u8; 16]) {
        unsafe {
            let bytes = _mm512_cvtepi32_epi8(_mm512_castps_si512(self.0));
            _mm_storeu_si128(to.as_mut_ptr().cast(), _mm_xor_si128(bytes, _mm_set1_epi8(flip as i8)));
        }
    }
    #[inline(always)]
    fn sum(self) -> f32 {
        let (low, high) = self.halves();
        unsafe { fold(_mm256_add_ps(low, high), |x, y| _mm_add_ps(x, y)) }
    }
    #[inline(always)]
    fn top(self) -> f32 {
        let (low, high) = self.halves();
        unsafe { fold(_mm256_max_ps(low, high), |x, y| _mm_max_ps(x, y)) }
    }
}

impl One {
    #[inline(always)]
    fn halves(self) -> (__m256, __m256) {
        unsafe { (_mm512_castps512_ps256(self.0), _mm512_extractf32x8_ps::<1>(self.0)) }
    }
}

/// Folds eight lanes: quarters, then pairs.
#[inline(always)]
fn fold(eight: __m256, f: impl Fn(__m128, __m128) -> __m128) -> f32 {
    unsafe {
        let four = f(_mm256_castps256_ps128(eight), _mm256_extractf128_ps::<1>(eight));
        let two = f(four, _mm_movehl_ps(four, four));
        _mm_cvtss_f32(f(two, _mm_shuffle_ps::<1>(two, two)))
    }
}

/// Sixteen floats in two registers.
#[derive(Clone, Copy)]
pub(crate) struct Two(__m256, __m256);

impl Lanes for Two {
    #[inline(always)]
    fn splat(x: f32) -> Two {
        let x = unsafe { _mm256_set1_ps(x) };
        Two(x, x)
    }
    #[inline(always)]
    fn load(from: &[f32; 16]) -> Two {
        unsafe { Two(_mm256_loadu_ps(from.as_ptr()), _mm256_loadu_ps(from.as_ptr().add(8))) }
    }
    #[inline(always)]
    fn store(self, to: &mut [f32; 16]) {
        unsafe {
            _mm256_storeu_ps(to.as_mut_ptr(), self.0);
            _mm256_storeu_ps(to.as_mut_ptr().add(8), self.1);
        }
    }
    #[inline(always)]
    fn add(self, other: Two) -> Two {
        unsafe { Two(_mm256_add_ps(self.0, other.0), _mm256_add_ps(self.1, other.1)) }
    }
    #[inline(always)]
    fn sub(self, other: Two) -> Two {
        unsafe { Two(_mm256_sub_ps(self.0, other.0), _mm256_sub_ps(self.1, other.1)) }
    }
    #[inline(always)]
    fn mul(self, other: Two) -> Two {
        unsafe { Two(_mm256_mul_ps(self.0, other.0), _mm256_mul_ps(self.1, other.1)) }
    }
    #[inline(always)]
    fn div(self, other: Two) -> Two {
        unsafe { Two(_mm256_div_ps(self.0, other.0), _mm256_div_ps(self.1, other.1)) }
    }
    #[inline(always)]
    fn max(self, other: Two) -> Two {
        unsafe { Two(_mm256_max_ps(self.0, other.0), _mm256_max_ps(self.1, other.1)) }
    }
    #[inline(always)]
    fn min(self, other: Two) -> Two {
        unsafe { Two(_mm256_min_ps(self.0, other.0), _mm256_min_ps(self.1, other.1)) }
    }
    #[inline(always)]
    fn abs(self) -> Two {
        unsafe {
            let mask = _mm256_castsi256_ps(_mm256_set1_epi32(i32::MAX));
            Two(_mm256_and_ps(self.0, mask), _mm256_and_ps(self.1, mask))
        }
    }
    #[inline(always)]
    fn power_of_two(self) -> Two {
        unsafe {
            let one = _mm256_set1_epi32(127 << 23);
            let power = |x| {
                let bits = _mm256_slli_epi32::<23>(_mm256_castps_si256(x));
                _mm256_castsi256_ps(_mm256_add_epi32(bits, one))
            };
            Two(power(self.0), power(self.1))
        }
    }
    #[inline(always)]
    fn bytes(self, flip: u8, to: &mut [u8; 16]) {
        unsafe {
            // The low byte of each lane, sign-extended so that no packing saturates.
            let low = |x| _mm256_srai_epi32::<24>(_mm256_slli_epi32::<24>(_mm256_castps_si256(x)));
            let pairs = _mm256_packs_epi32(low(self.0), low(self.1));
            // Packing works within halves: put the quarters back in order.
            let pairs = _mm256_permute4x64_epi64::<0b11_01_10_00>(pairs);
            let bytes = _mm_packs_epi16(_mm256_castsi256_si128(pairs), _mm256_extracti128_si256::<1>(pairs));
            _mm_storeu_si128(to.as_mut_ptr().cast(), _mm_xor_si128(bytes, _mm_set1_epi8(flip as i8)));
        }
    }
    #[inline(always)]
    fn sum(self) -> f32 {
        unsafe { fold(_mm256_add_ps(self.0, self.1), |x, y| _mm_add_ps(x, y)) }
    }
    #[inline(always)]
    fn top(self) -> f32 {
        unsafe { fold(_mm256_max_ps(self.0, self.1), |x, y| _mm_max_ps(x, y)) }
    }
}

pub(crate) struct Avx512;

impl Machine for Avx512 {
    type F = One;
    type S = Sums512;
    // `vpdpbusd` multiplies unsigned by signed: the row's bytes go up by 128.
    const FLIP: u8 = 0x80;
    tiles!(6 x 4: 1 2 3 4 5);
}

#[derive(Clone, Copy)]
pub(crate) struct Sums512(__m512i);

impl Sums for Sums512 {
    type F = One;
    type Columns = __m512i;
    type Four = __m512i;
    #[inline(always)]
    fn zero() -> Self {
        Sums512(unsafe { _mm512_setzero_si512() })
    }
    #[inline(always)]
    fn columns(line: &Line) -> __m512i {
        unsafe { _mm512_load_si512(line.0.as_ptr().cast()) }
    }
    #[inline(always)]
    unsafe fn four(bytes: *const [u8; 4]) -> __m512i {
        unsafe { _mm512_set1_epi32(i32::from_le_bytes(*bytes)) }
    }
    #[inline(always)]
    fn dot(self, four: __m512i, columns: __m512i) -> Self {
        Sums512(unsafe { _mm512_dpbusd_epi32(self.0, four, columns) })
    }
    #[inline(always)]
    fn floats(self, offset: &[i32; 16]) -> One {
        unsafe {
            let offset = _mm512_loadu_si512(offset.as_ptr().cast());
            One(_mm512_cvtepi32_ps(_mm512_sub_epi32(self.0, offset)))
        }
    }
}

pub(crate) struct Avx2;

impl Machine for Avx2 {
    type F = Two;
    type S = Sums256;
    const FLIP: u8 = 0;
    tiles!(4 x 1: 1 2 3);
}

#[derive(Clone, Copy)]
pub(crate) struct Sums256(__m256i, __m256i);

/// Four bytes of a row, and their magnitudes.
#[derive(Clone, Copy)]
pub(crate) struct Signed(__m256i, __m256i);

impl Sums for Sums256 {
    type F = Two;
    type Columns = (__m256i, __m256i);
    type Four = Signed;
    #[inline(always)]
    fn zero() -> Self {
        let zero = unsafe { _mm256_setzero_si256() };
        Sums256(zero, zero)
    }
    #[inline(always)]
    fn columns(line: &Line) -> (__m256i, __m256i) {
        let line = line.0.as_ptr().cast::<__m256i>();
        unsafe { (_mm256_load_si256(line), _mm256_load_si256(line.add(1))) }
    }
    #[inline(always)]
    unsafe fn four(bytes: *const [u8; 4]) -> Signed {
        unsafe {
            let four = _mm256_set1_epi32(i32::from_le_bytes(*bytes));
            Signed(four, _mm256_abs_epi8(four))
        }
    }
    #[inline(always)]
    fn dot(self, four: Signed, columns: (__m256i, __m256i)) -> Self {
        // `vpmaddubsw` multiplies unsigned by signed and saturates pairs at 16 bits:
        // with the sign moved to the weight, both lie in -127..=127 and no pair of
        // products passes 2 * 127 * 127 = 32,258.
        let products = |sum, weight| unsafe {
            let pairs = _mm256_maddubs_epi16(four.1, _mm256_sign_epi8(weight, four.0));
            _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)))
        };
        Sums256(products(self.0, columns.0), products(self.1, columns.1))
    }
    #[inline(always)]
    fn floats(self, offset: &[i32; 16]) -> Two {
        less(self.0, self.1, offset)
    }
}

#[inline(always)]
fn less(low: __m256i, high: __m256i, offset: &[i32; 16]) -> Two {
    let offset = offset.as_ptr().cast::<__m256i>();
    unsafe {
        Two(
            _mm256_cvtepi32_ps(_mm256_sub_epi32(low, _mm256_loadu_si256(offset))),
            _mm256_cvtepi32_ps(_mm256_sub_epi32(high, _mm256_loadu_si256(offset.add(1)))),
        )
    }
}

pub(crate) struct AvxVnni;

impl Machine for AvxVnni {
    type F = Two;
    type S = SumsVnni;
    const FLIP: u8 = 0x80;
    tiles!(5 x 1: 1 2 3 4);
}

#[derive(Clone, Copy)]
pub(crate) struct SumsVnni(__m256i, __m256i);

impl Sums for SumsVnni {
    type F = Two;
    type Columns = (__m256i, __m256i);
    type Four = __m256i;
    #[inline(always)]
    fn zero() -> Self {
        let zero = unsafe { _mm256_setzero_si256() };
        SumsVnni(zero, zero)
    }
    #[inline(always)]
    fn columns(line: &Line) -> (__m256i, __m256i) {
        Sums256::columns(line)
    }
    #[inline(always)]
    unsafe fn four(bytes: *const [u8; 4]) -> __m256i {
        unsafe { _mm256_set1_epi32(i32::from_le_bytes(*bytes)) }
    }
    #[inline(always)]
    fn dot(self, four: __m256i, columns: (__m256i, __m256i)) -> Self {
        unsafe {
            SumsVnni(_mm256_dpbusd_avx_epi32(self.0, four, columns.0), _mm256_dpbusd_avx_epi32(self.1, four, columns.1))
        }
    }
    #[inline(always)]
    fn floats(self, offset: &[i32; 16]) -> Two {
        less(self.0, self.1, offset)
    }
}

kernel!(AVX512, "avx512-vnni", Avx512, 8, "avx2,avx512f,avx512bw,avx512dq,avx512vl,avx512vnni");
kernel!(AVXVNNI, "avx-vnni", AvxVnni, 4, "avx2,avxvnni");
kernel!(AVX2, "avx2", Avx2, 4, "avx2");
