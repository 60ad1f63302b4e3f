//! Words to word pieces.
//!
//! Takes: a vocabulary, one piece a line. Gives: the piece numbers of a word,
//! longest match first. Never: an empty answer, for a word without a piece is
//! `[UNK]`.
//!
//! ```text
//! "Ceasefire"  ->  "cease" "##fire"
//! ```

use crate::basic::basic;
use crate::file::WeightError;

/// A word of more characters than this is unknown as a whole.
const LONGEST_WORD: usize = 100;

/// No start of a word or of a continuation: an empty slot of the table.
const EMPTY: u32 = u32::MAX;

/// The vocabulary, as an open-addressed table over its own text.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    text: String,
    /// Where each piece begins in `text`, without its `##`, and one end more.
    starts: Vec<u32>,
    slots: Vec<u32>,
    longest: usize,
    pub unknown: u32,
    pub cls: u32,
    pub sep: u32,
}

/// Working room of [`Vocabulary::pieces`], kept between words.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    token: String,
    hashes: Vec<u64>,
}

impl Vocabulary {
    /// Builds the table from pieces joined by line ends.
    pub fn new(text: &str) -> Result<Vocabulary, WeightError> {
        let text = text.strip_suffix('\n').unwrap_or(text).to_string();
        let count = text.split('\n').count();
        let room = (2 * count).next_power_of_two();
        let mut vocabulary = Vocabulary {
            starts: Vec::with_capacity(count + 1),
            slots: vec![EMPTY; room],
            longest: 0,
            unknown: 0,
            cls: 0,
            sep: 0,
            text,
        };
        let mut start = 0;
        for length in vocabulary.text.split('\n').map(str::len) {
            vocabulary.starts.push(start);
            start += length as u32 + 1;
        }
        vocabulary.starts.push(start);
        for id in 0..count as u32 {
            let (piece, inner) = vocabulary.piece(id);
            let hash = piece.bytes().fold(seed(inner), step);
            vocabulary.longest = vocabulary.longest.max(piece.len());
            let mut slot = vocabulary.slot(hash);
            while vocabulary.slots[slot] != EMPTY {
                slot = (slot + 1) % room;
            }
            vocabulary.slots[slot] = id;
        }
        let special = |name| vocabulary.whole(name).ok_or_else(|| WeightError::Missing(format!("vocab {name}")));
        let (unknown, cls, sep) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Ok(Vocabulary { unknown, cls, sep, ..vocabulary })
    }

    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// A piece without its `##`, and whether it had one.
    fn piece(&self, id: u32) -> (&str, bool) {
        let id = id as usize;
        let piece = &self.text[self.starts[id] as usize..self.starts[id + 1] as usize - 1];
        match piece.strip_prefix("##") {
            Some(rest) if !rest.is_empty() => (rest, true),
            _ => (piece, false),
        }
    }

    fn slot(&self, hash: u64) -> usize {
        (hash ^ hash >> 29) as usize % self.slots.len()
    }

    fn find(&self, bytes: &[u8], inner: bool, hash: u64) -> Option<u32> {
        let mut slot = self.slot(hash);
        // At least half the slots are empty, so this ends.
        while self.slots[slot] != EMPTY {
            let (piece, kind) = self.piece(self.slots[slot]);
            if kind == inner && piece.as_bytes() == bytes {
                return Some(self.slots[slot]);
            }
            slot = (slot + 1) % self.slots.len();
        }
        None
    }

    /// The piece that is just this word, as the vocabulary spells it.
    pub fn whole(&self, word: &str) -> Option<u32> {
        self.find(word.as_bytes(), false, word.bytes().fold(seed(false), step))
    }

    /// Adds the pieces of `word` to `out`: at least one.
    pub fn pieces(&self, word: &str, scratch: &mut Scratch, out: &mut Vec<u32>) {
        let before = out.len();
        if word.len() <= LONGEST_WORD || word.chars().count() <= LONGEST_WORD {
            let Scratch { token, hashes } = scratch;
            basic(word, token, |token| self.token(token, hashes, out));
        }
        if out.len() == before {
            out.push(self.unknown);
        }
    }

    /// One basic token, longest piece first; any gap makes the whole token unknown.
    fn token(&self, token: &str, hashes: &mut Vec<u64>, out: &mut Vec<u32>) {
        let before = out.len();
        let bytes = token.as_bytes();
        let mut start = 0;
        let fits = bytes.len() <= LONGEST_WORD || token.chars().count() <= LONGEST_WORD;
        while start < bytes.len() && fits {
            let inner = start > 0;
            let rest = &bytes[start..bytes.len().min(start + self.longest)];
            hashes.clear();
            hashes.extend(rest.iter().scan(seed(inner), |hash, &byte| {
                *hash = step(*hash, byte);
                Some(*hash)
            }));
            // A match that ends inside a character equals no piece.
            let Some((length, id)) = (1..=rest.len())
                .rev()
                .find_map(|length| Some((length, self.find(&rest[..length], inner, hashes[length - 1])?)))
            else {
                break;
            };
            out.push(id);
            start += length;
        }
        if start < bytes.len() {
            out.truncate(before);
            out.push(self.unknown);
        }
    }
}

/// FNV-1a, begun differently for a piece that continues a word.
fn seed(inner: bool) -> u64 {
    if inner { 0x9e37_79b9_7f4a_7c15 } else { 0xcbf2_9ce4_8422_2325 }
}

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
}

#[cfg(test)]
mod tests {
    use super::{Scratch, Vocabulary};

    #[test]
    fn longest_piece_first() {
        let words = ["[UNK]", "[CLS]", "[SEP]", "cease", "##fire", "##f", "c", ".", "é", "##", "#"];
        let vocabulary = Vocabulary::new(&words.join("\n")).unwrap();
        let cases: &[(&str, &[u32])] = &[
            ("Ceasefire", &[3, 4]),
            ("ceasef", &[3, 5]),
            ("ceasefx", &[0]),
            ("c.", &[6, 7]),
            ("", &[0]),
            ("\u{200b}", &[0]),
            ("#", &[10]),
            ("[SEP]", &[0, 0, 0]),
        ];
        for (word, want) in cases {
            let mut out = Vec::new();
            vocabulary.pieces(word, &mut Scratch::default(), &mut out);
            assert_eq!(out, *want, "{word:?}");
        }
        let mut out = Vec::new();
        vocabulary.pieces(&"c".repeat(101), &mut Scratch::default(), &mut out);
        assert_eq!(out, [0]);
    }

    #[test]
    fn a_vocabulary_needs_its_special_pieces() {
        let error = Vocabulary::new("[UNK]\n[CLS]").unwrap_err();
        assert_eq!(error.to_string(), "weight file lacks `vocab [SEP]`; export it again with training/");
    }
}
