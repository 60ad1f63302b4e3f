//! The clean text and what may be cut from it.
//!
//! Takes a text once; gives [`Slice`]s and [`Quote`]s whose `exact` equals
//! `text[start..end]`, offsets counted in Unicode code points, half-open.
//! Never gives a slice that the text does not hold.
//!
//! ```
//! let text = record::Text::new("Señor Díaz said no.");
//! let slice = text.slice(record::Span::new(6, 10)).unwrap();
//! assert_eq!(slice.exact(), "Díaz");
//! assert!(text.slice(record::Span::new(6, 99)).is_none());
//! ```

use serde::Serialize;

/// A half-open range of code points: `start` is the first, `end` the first after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub fn new(start: usize, end: usize) -> Span {
        Span { start, end }
    }

    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}

/// How many code points lie between two remembered byte positions.
const STRIDE: usize = 64;

/// A clean text that can be addressed by code point in constant time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    text: String,
    /// Byte offset of every `STRIDE`th code point; empty when the text is ASCII.
    marks: Vec<u32>,
    chars: usize,
}

impl Text {
    /// Texts above 4 GiB are cut at a character border there; the readers
    /// refuse such input long before.
    pub fn new(text: impl Into<String>) -> Text {
        let mut text: String = text.into();
        if text.len() > u32::MAX as usize {
            let mut end = u32::MAX as usize;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
        }
        if text.is_ascii() {
            let chars = text.len();
            return Text { text, marks: Vec::new(), chars };
        }
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut chars = 0;
        for (byte, _) in text.char_indices() {
            if chars % STRIDE == 0 {
                marks.push(byte as u32);
            }
            chars += 1;
        }
        Text { text, marks, chars }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Length in code points.
    pub fn len(&self) -> usize {
        self.chars
    }

    pub fn is_empty(&self) -> bool {
        self.chars == 0
    }

    /// The byte offset of a code point; the length in bytes for the end.
    pub fn byte_of(&self, char_offset: usize) -> Option<usize> {
        if char_offset > self.chars {
            return None;
        }
        if char_offset == self.chars {
            return Some(self.text.len());
        }
        if self.marks.is_empty() {
            return Some(char_offset);
        }
        let mark = self.marks[char_offset / STRIDE] as usize;
        let rest = &self.text[mark..];
        rest.char_indices().nth(char_offset % STRIDE).map(|(byte, _)| mark + byte)
    }

    /// The code point offset of a byte offset on a character border.
    pub fn char_of(&self, byte_offset: usize) -> Option<usize> {
        if byte_offset > self.text.len() || !self.text.is_char_boundary(byte_offset) {
            return None;
        }
        if self.marks.is_empty() {
            return Some(byte_offset);
        }
        let block = self.marks.partition_point(|&mark| mark as usize <= byte_offset).saturating_sub(1);
        let mark = self.marks[block] as usize;
        Some(block * STRIDE + self.text[mark..byte_offset].chars().count())
    }

    /// The words of a span, if the text holds it.
    pub fn get(&self, span: Span) -> Option<&str> {
        if span.start > span.end {
            return None;
        }
        Some(&self.text[self.byte_of(span.start)?..self.byte_of(span.end)?])
    }

    /// Cuts a slice; `None` when the span is empty or outside the text.
    pub fn slice(&self, span: Span) -> Option<Slice> {
        if span.is_empty() {
            return None;
        }
        let exact = self.get(span)?.to_string();
        Some(Slice { exact, start: span.start, end: span.end })
    }

    /// Cuts a quote with up to 32 code points of context on each side (W3C
    /// TextQuoteSelector and TextPositionSelector in one).
    pub fn quote(&self, span: Span) -> Option<Quote> {
        const CONTEXT: usize = 32;
        let slice = self.slice(span)?;
        let prefix = self.get(Span::new(span.start.saturating_sub(CONTEXT), span.start))?.to_string();
        let suffix = self.get(Span::new(span.end, (span.end + CONTEXT).min(self.chars)))?.to_string();
        Some(Quote { exact: slice.exact, prefix, suffix, start: span.start, end: span.end })
    }
}

/// Exact words and where they stand. Only a [`Text`] can make one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Slice {
    exact: String,
    start: usize,
    end: usize,
}

impl Slice {
    pub fn exact(&self) -> &str {
        &self.exact
    }

    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Whether the text still says so.
    pub fn holds_in(&self, text: &Text) -> bool {
        text.get(self.span()) == Some(self.exact.as_str())
    }
}

/// The words a report rests on, with their surroundings. Only a [`Text`] can make one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quote {
    exact: String,
    prefix: String,
    suffix: String,
    start: usize,
    end: usize,
}

impl Quote {
    pub fn exact(&self) -> &str {
        &self.exact
    }

    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    pub fn suffix(&self) -> &str {
        &self.suffix
    }

    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Whether the text still says so.
    pub fn holds_in(&self, text: &Text) -> bool {
        text.get(self.span()) == Some(self.exact.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_code_points_whatever_the_script() {
        let long = "čaj ☕ ".repeat(100);
        for source in ["", "plain ascii", "Señor Díaz", "停战 талks 🕊 done", long.as_str()] {
            let text = Text::new(source);
            let chars: Vec<char> = source.chars().collect();
            assert_eq!(text.len(), chars.len());
            for start in 0..=chars.len() {
                let byte = text.byte_of(start).unwrap();
                assert_eq!(text.char_of(byte), Some(start), "{source}");
                let end = (start + 5).min(chars.len());
                let expected: String = chars[start..end].iter().collect();
                assert_eq!(text.get(Span::new(start, end)), Some(expected.as_str()));
            }
            assert_eq!(text.byte_of(chars.len() + 1), None);
        }
    }

    #[test]
    fn nothing_can_be_cut_that_is_not_there() {
        let text = Text::new("abc");
        assert!(text.slice(Span::new(1, 1)).is_none(), "empty");
        assert!(text.slice(Span::new(2, 1)).is_none(), "backwards");
        assert!(text.slice(Span::new(2, 4)).is_none(), "past the end");
        assert!(text.quote(Span::new(0, 4)).is_none());
        assert!(text.quote(Span::new(0, 3)).unwrap().holds_in(&text));
        assert!(!text.quote(Span::new(0, 3)).unwrap().holds_in(&Text::new("abd")));
    }
}
