//! One word to BERT's basic tokens: cleaned, accents off, lowercase, marks apart.
//!
//! Takes: a word as written. Gives: its basic tokens, one call each. Never: joins
//! what the caller kept apart, or looks at a neighbour.
//!
//! ```text
//! "Zürich's"  ->  "zurich"  "'"  "s"
//! "停火"       ->  "停"  "火"
//! ```
//!
//! The classes are those of BERT's `BasicTokenizer`; letters are lowered one by
//! one, so a final sigma is a sigma like any other. ASCII words, nearly all of
//! English news, take a path that looks at bytes only.

use unicode_normalization::char::decompose_canonical;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Calls `each` with every basic token of `word`; `scratch` is only working room.
pub(crate) fn basic(word: &str, scratch: &mut String, mut each: impl FnMut(&str)) {
    scratch.clear();
    if word.is_ascii() {
        ascii(word.as_bytes(), scratch, &mut each);
    } else {
        unicode(word, scratch, &mut each);
    }
    close(scratch, &mut each);
}

fn close(here: &mut String, each: &mut impl FnMut(&str)) {
    if !here.is_empty() {
        each(here);
        here.clear();
    }
}

fn ascii(word: &[u8], here: &mut String, each: &mut impl FnMut(&str)) {
    for &byte in word {
        match byte {
            b'\t' | b'\n' | b'\r' | b' ' => close(here, each),
            _ if byte.is_ascii_control() => {}
            _ if byte.is_ascii_punctuation() => mark(char::from(byte), here, each),
            _ => here.push(char::from(byte.to_ascii_lowercase())),
        }
    }
}

fn unicode(word: &str, here: &mut String, each: &mut impl FnMut(&str)) {
    for letter in word.chars() {
        match letter {
            '\t' | '\n' | '\r' => close(here, each),
            '\0' | '\u{fffd}' => {}
            _ if letter.general_category_group() == GeneralCategoryGroup::Other => {}
            _ if letter.is_whitespace() => close(here, each),
            _ if is_cjk(letter) => mark(letter, here, each),
            _ => decompose_canonical(letter, |part| {
                if is_accent(part) {
                    return;
                }
                for low in part.to_lowercase() {
                    match low {
                        _ if is_accent(low) => {}
                        _ if is_mark(low) => mark(low, here, each),
                        _ => here.push(low),
                    }
                }
            }),
        }
    }
}

/// A character that is a token by itself.
fn mark(letter: char, here: &mut String, each: &mut impl FnMut(&str)) {
    close(here, each);
    each(letter.encode_utf8(&mut [0; 4]));
}

fn is_accent(letter: char) -> bool {
    !letter.is_ascii() && letter.general_category() == GeneralCategory::NonspacingMark
}

/// Punctuation in BERT's sense: every ASCII symbol, and Unicode P*.
fn is_mark(letter: char) -> bool {
    letter.is_ascii_punctuation()
        || (!letter.is_ascii() && letter.general_category_group() == GeneralCategoryGroup::Punctuation)
}

/// The ideographs BERT sets apart, block by block as it lists them.
fn is_cjk(letter: char) -> bool {
    matches!(u32::from(letter),
        0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0x20000..=0x2A6DF | 0x2A700..=0x2B73F | 0x2B740..=0x2B81F
        | 0x2B820..=0x2CEAF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
}

#[cfg(test)]
mod tests {
    use super::basic;

    fn tokens(word: &str) -> Vec<String> {
        let mut out = Vec::new();
        basic(word, &mut String::new(), |token| out.push(token.to_string()));
        out
    }

    #[test]
    fn words_fall_into_basic_tokens() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("Kyiv", &["kyiv"]),
            ("U.S.", &["u", ".", "s", "."]),
            ("a\u{7f}b\u{1}c", &["abc"]),
            ("two words", &["two", "words"]),
            ("Zürich's", &["zurich", "'", "s"]),
            ("ÅÉÎ", &["aei"]),
            ("e\u{301}tat", &["etat"]),
            ("İstanbul", &["istanbul"]),
            ("ΛΌΓΟΣ", &["λογοσ"]),
            ("停火x", &["停", "火", "x"]),
            ("\u{200b}\u{ad}", &[]),
            ("co\u{ad}operate", &["cooperate"]),
            ("a\u{a0}b", &["a", "b"]),
            ("“no”", &["“", "no", "”"]),
            ("€5", &["€5"]),
            ("ﷺ", &["ﷺ"]),
            ("각", &["\u{1100}\u{1161}\u{11a8}"]),
        ];
        for (word, want) in cases {
            assert_eq!(tokens(word), *want, "{word:?}");
        }
    }

    #[test]
    fn both_paths_agree_on_ascii() {
        for byte in 0..128u8 {
            let word = format!("a{}b", char::from(byte));
            let mut slow = Vec::new();
            let mut here = String::new();
            let mut each = |token: &str| slow.push(token.to_string());
            super::unicode(&word, &mut here, &mut each);
            super::close(&mut here, &mut each);
            assert_eq!(tokens(&word), slow, "byte {byte}");
        }
    }
}
