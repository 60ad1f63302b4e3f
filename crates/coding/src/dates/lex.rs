//! Words as the date grammar sees them.
//!
//! Takes a text and the offset it starts at; gives words with their spans in
//! code points. Numbers come already told apart: "15", "15th", "1990s",
//! "03/04/2011", "1,500". Never changes or drops a character that is not
//! white space.
//!
//! Example: `March 3rd` gives `march` (capital) and `Ordinal(3)`.

use record::{Span, Upos};

/// What a word is to the grammar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters.
    Word,
    /// A whole number without separators, and how many digits it is written with.
    Int(u32, u8),
    /// 1st, 2nd, 15th.
    Ordinal(u32),
    /// 1990s, 90s.
    Tens(u32, u8),
    /// 2011-04-03.
    Iso(u32, u32, u32),
    /// 03/04/2011 and 3.4.2011: first, second, year.
    Numeric(u32, u32, u32),
    /// 2010/11, 9/11.
    Slashed(u32, u32),
    /// 1,500, 3.5, 10:30, 7pm: numbers that are no part of a date.
    Other,
    /// One character that is neither letter nor digit.
    Mark,
    /// A line end: nothing reads across it.
    Break,
}

/// One word of a sentence.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub span: Span,
    /// Lower case; typographic apostrophes and dashes made plain.
    pub text: String,
    pub capital: bool,
    pub kind: Kind,
    /// The tag of the token it lies in, where the sentence was tagged.
    pub upos: Option<Upos>,
    /// It lies in a mention of a person, organisation, product or other name.
    pub named: bool,
}

impl Word {
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    pub fn is_any(&self, texts: &[&str]) -> bool {
        texts.contains(&self.text.as_str())
    }
}

/// Cuts a text into words; `base` is added to every offset.
pub(super) fn lex(text: &str, base: usize) -> Vec<Word> {
    let chars: Vec<char> = text.chars().collect();
    let mut words = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let first = chars[at];
        if first == '\n' {
            words.push(word(&chars, base, at, at + 1, Kind::Break));
            at += 1;
        } else if first.is_whitespace() {
            at += 1;
        } else if first.is_ascii_digit() {
            let (end, kind) = number(&chars, at);
            words.push(word(&chars, base, at, end, kind));
            at = end;
        } else if first.is_alphabetic() {
            let end = run(&chars, at, char::is_alphanumeric);
            words.push(word(&chars, base, at, end, Kind::Word));
            at = end;
        } else if is_apostrophe(first)
            && chars.get(at + 1).is_some_and(|&next| next == 's' || next == 'S')
            && !chars.get(at + 2).is_some_and(|next| next.is_alphanumeric())
        {
            words.push(word(&chars, base, at, at + 2, Kind::Word));
            at += 2;
        } else {
            words.push(word(&chars, base, at, at + 1, Kind::Mark));
            at += 1;
        }
    }
    words
}

fn word(chars: &[char], base: usize, start: usize, end: usize, kind: Kind) -> Word {
    let text: String = chars[start..end]
        .iter()
        .flat_map(|&c| c.to_lowercase())
        .map(|c| match c {
            '\u{2019}' | '\u{2018}' => '\'',
            '\u{2013}' | '\u{2014}' | '\u{2012}' | '\u{2010}' | '\u{2011}' => '-',
            other => other,
        })
        .collect();
    let capital = chars[start].is_uppercase();
    Word { span: Span::new(base + start, base + end), text, capital, kind, upos: None, named: false }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}')
}

fn run(chars: &[char], start: usize, inside: impl Fn(char) -> bool) -> usize {
    start + chars[start..].iter().take_while(|&&c| inside(c)).count()
}

/// The value of digits; long ones saturate and so are no part of a date.
fn value(chars: &[char], start: usize, end: usize) -> u32 {
    chars[start..end].iter().fold(0u32, |sum, c| sum.saturating_mul(10).saturating_add(c.to_digit(10).unwrap_or(0)))
}

/// Reads the number that starts at `at`; gives its end and what it is.
fn number(chars: &[char], at: usize) -> (usize, Kind) {
    let digits = |start: usize| run(chars, start, |c| c.is_ascii_digit());
    let digit_at = |index: usize| chars.get(index).is_some_and(char::is_ascii_digit);
    let end = digits(at);
    let first = value(chars, at, end);
    let length = (end - at).min(255) as u8;
    let mark = chars.get(end).copied().unwrap_or(' ');

    if matches!(mark, '/' | '.' | '-') && digit_at(end + 1) {
        let second_end = digits(end + 1);
        let second = value(chars, end + 1, second_end);
        let three = chars.get(second_end) == Some(&mark) && digit_at(second_end + 1);
        if three {
            let third_end = digits(second_end + 1);
            let third = value(chars, second_end + 1, third_end);
            if length == 4 && mark != '.' {
                return (third_end, Kind::Iso(first, second, third));
            }
            if length <= 2 && matches!(third_end - second_end - 1, 2 | 4) {
                return (third_end, Kind::Numeric(first, second, third));
            }
            return (run(chars, third_end, |c| c.is_ascii_digit() || c == mark), Kind::Other);
        }
        if mark == '/' {
            return (second_end, Kind::Slashed(first, second));
        }
        if mark == '.' {
            return (second_end, Kind::Other);
        }
    }
    if mark == ':' && digit_at(end + 1) {
        return (run(chars, end, |c| c.is_ascii_digit() || c == ':'), Kind::Other);
    }
    if mark == ',' && digit_at(end + 1) && digits(end + 1) == end + 4 && length <= 3 {
        return (run(chars, end, |c| c.is_ascii_digit() || c == ','), Kind::Other);
    }
    let letters = run(chars, end, char::is_alphanumeric);
    if letters > end {
        let tail: String = chars[end..letters].iter().flat_map(|c| c.to_lowercase()).collect();
        let kind = match tail.as_str() {
            "st" | "nd" | "rd" | "th" => Kind::Ordinal(first),
            "s" => Kind::Tens(first, length),
            _ => Kind::Other,
        };
        return (letters, kind);
    }
    // "1990's" is the decade too.
    if is_apostrophe(mark)
        && chars.get(end + 1) == Some(&'s')
        && !chars.get(end + 2).is_some_and(|next| next.is_alphanumeric())
        && first.is_multiple_of(10)
        && matches!(length, 2 | 4)
    {
        return (end + 2, Kind::Tens(first, length));
    }
    (end, Kind::Int(first, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        lex(text, 0).iter().map(|word| word.kind).collect()
    }

    #[test]
    fn numbers_are_told_apart() {
        for (text, expected) in [
            ("15", Kind::Int(15, 2)),
            ("0600", Kind::Int(600, 4)),
            ("3rd", Kind::Ordinal(3)),
            ("1990s", Kind::Tens(1990, 4)),
            ("1980\u{2019}s", Kind::Tens(1980, 4)),
            ("2011-04-03", Kind::Iso(2011, 4, 3)),
            ("03/04/2011", Kind::Numeric(3, 4, 2011)),
            ("3.4.2011", Kind::Numeric(3, 4, 2011)),
            ("2010/11", Kind::Slashed(2010, 11)),
            ("1,500", Kind::Other),
            ("2.5", Kind::Other),
            ("10:30", Kind::Other),
            ("7pm", Kind::Other),
            ("1.2.3.4", Kind::Other),
            ("99999999999999999999", Kind::Int(u32::MAX, 20)),
        ] {
            assert_eq!(kinds(text), [expected], "{text}");
        }
        assert_eq!(kinds("15,17"), [Kind::Int(15, 2), Kind::Mark, Kind::Int(17, 2)]);
        assert_eq!(kinds("2003\u{2013}11"), [Kind::Int(2003, 4), Kind::Mark, Kind::Int(11, 2)]);
    }

    #[test]
    fn spans_count_code_points_from_the_base() {
        let words = lex("é Monday\u{2019}s", 10);
        let spans: Vec<(usize, usize)> = words.iter().map(|word| (word.span.start, word.span.end)).collect();
        assert_eq!(spans, [(10, 11), (12, 18), (18, 20)]);
        assert_eq!(words[2].text, "'s");
        assert!(lex("", 0).is_empty());
    }
}
