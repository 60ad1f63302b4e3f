//! How a word is written: the sixteen shapes that an uncased vocabulary forgets.
//!
//! Takes: the words of a sentence. Gives: one shape each. Never: looks beyond the
//! sentence.
//!
//! ```text
//! Troops  left  NATO  in  2014  .
//! 3       1     4     1   7     11
//! ```

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

pub(crate) const SHAPES: usize = 16;

/// [CLS] and [SEP].
pub(crate) const SPECIAL: u8 = 0;
const LOWER: u8 = 1;
const CAPITALISED: u8 = 2;
const CAPITALISED_FIRST: u8 = 3;
const ALL_CAPS: u8 = 4;
const SINGLE_UPPER: u8 = 5;
const MIXED_CASE: u8 = 6;
const DIGITS: u8 = 7;
const NUMBER: u8 = 8;
const LETTERS_AND_DIGITS: u8 = 9;
const QUOTE: u8 = 10;
const MARKS: u8 = 11;
const LETTERS_AND_MARKS: u8 = 12;
const CASELESS: u8 = 13;
const OTHER: u8 = 15;

const QUOTES: &str = "'\"`´‘’‚‛“”„‟«»‹›";

/// The shapes of a sentence's words.
pub(crate) fn shapes<W: AsRef<str>>(words: &[W], out: &mut Vec<u8>) {
    out.clear();
    out.extend(words.iter().map(|word| shape(word.as_ref())));
    // The first word with a letter is capitalised whoever it is.
    if let Some(first) = words.iter().position(|word| word.as_ref().chars().any(is_letter))
        && out[first] == CAPITALISED
    {
        out[first] = CAPITALISED_FIRST;
    }
    // Where everything is shouted, capitals say nothing.
    if !words.iter().any(|word| word.as_ref().chars().any(char::is_lowercase)) {
        for shape in out.iter_mut().filter(|shape| matches!(**shape, ALL_CAPS | SINGLE_UPPER)) {
            *shape = OTHER;
        }
    }
}

fn is_letter(letter: char) -> bool {
    if letter.is_ascii() {
        letter.is_ascii_alphabetic()
    } else {
        letter.general_category_group() == GeneralCategoryGroup::Letter
    }
}

fn shape(word: &str) -> u8 {
    let (mut length, mut letters, mut digits, mut upper, mut lower) = (0, 0, 0, 0, 0);
    for letter in word.chars() {
        length += 1;
        letters += usize::from(is_letter(letter));
        digits += usize::from(letter.is_ascii_digit());
        upper += usize::from(letter.is_uppercase());
        lower += usize::from(letter.is_lowercase());
    }
    let first_upper = || word.chars().next().is_some_and(char::is_uppercase);
    if letters == length {
        return match (upper, lower) {
            (0, 0) => CASELESS,
            (0, _) => LOWER,
            _ if length == 1 => SINGLE_UPPER,
            (_, 0) => ALL_CAPS,
            (1, _) if first_upper() => CAPITALISED,
            _ => MIXED_CASE,
        };
    }
    match (digits, letters) {
        _ if digits == length => DIGITS,
        (1.., 1..) => LETTERS_AND_DIGITS,
        (1.., 0) if word.bytes().all(|byte| byte.is_ascii_digit() || b".,:/-".contains(&byte)) => NUMBER,
        (1.., 0) => OTHER,
        (0, 1..) => LETTERS_AND_MARKS,
        _ if word.chars().all(|letter| QUOTES.contains(letter)) => QUOTE,
        _ => MARKS,
    }
}

#[cfg(test)]
mod tests {
    use super::shapes;

    #[test]
    fn words_have_shapes() {
        let cases: &[(&[&str], &[u8])] = &[
            (&[], &[]),
            (&[""], &[13]),
            (&["Troops", "left", "NATO", "in", "2014", "."], &[3, 1, 4, 1, 7, 11]),
            (&["“", "We", "met", "Omar", "”"], &[10, 3, 1, 2, 10]),
            (&["iPhone", "McCain", "U.S.", "A", "a"], &[6, 6, 12, 5, 1]),
            (&["3,000", "12:30", "5%", "F-16", "F16", "x"], &[8, 8, 15, 9, 9, 1]),
            (&["TALKS", "FAIL", "A"], &[15, 15, 15]),
            (&["TALKS", "停火", "A"], &[15, 13, 15]),
            (&["$", "``", "'s", "£5", "y"], &[11, 10, 12, 15, 1]),
        ];
        for (words, want) in cases {
            let mut out = Vec::new();
            shapes(words, &mut out);
            assert_eq!(out, *want, "{words:?}");
        }
    }
}
