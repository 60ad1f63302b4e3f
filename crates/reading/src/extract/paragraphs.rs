//! A document of paragraphs that stay as they are.
//!
//! Takes paragraphs and what is known of them; gives the document that `extract`
//! would give, with its byline, dateline and headings told by the same looks.
//! Never cuts a paragraph, never moves a character: offsets counted by the giver
//! hold, with two line breaks between paragraphs.
//!
//! ```
//! let given = reading::Paragraphs {
//!     paragraphs: vec![(record::Block::Body, "Envoys met in Oslo.".into())],
//!     ..Default::default()
//! };
//! assert_eq!(given.extracted().document.text.as_str(), "Envoys met in Oslo.");
//! ```

use jiff::civil::Date;
use record::{Block, PublishedBasis};

use super::draft::{Draft, Facts};
use super::{Defaults, Extracted};

/// Paragraphs, and what the giver knows of the article.
#[derive(Debug, Clone, Default)]
pub struct Paragraphs {
    /// What to call it: a path, an id.
    pub source: String,
    /// A body paragraph that looks like a heading or a byline is taken for one.
    pub paragraphs: Vec<(Block, String)>,
    pub title: Option<String>,
    pub byline: Option<String>,
    pub publication: Option<String>,
    pub url: Option<String>,
    pub published: Option<Date>,
}

impl Paragraphs {
    /// The document, ready to be read.
    pub fn extracted(self) -> Extracted {
        let texts: Vec<&str> = self.paragraphs.iter().map(|(_, text)| text.as_str()).collect();
        let raw = record::id::sha256(texts.join("\n\n").as_bytes());
        let facts = Facts {
            title: self.title,
            byline: self.byline,
            publication: self.publication,
            url: self.url,
            published: self.published.map(|date| (date, PublishedBasis::Field)),
        };
        let draft = Draft { blocks: self.paragraphs, guess_blocks: true, facts, cut: Vec::new() };
        draft.finish(&self.source, raw, &Defaults { keep_all: true, ..Defaults::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_cut_and_nothing_moves() {
        let words = ["Sign up for our newsletter.", "OSLO, March 3 (Agency) - Envoys  met\u{a0}again.", "Read more:"];
        let given = Paragraphs {
            source: "a".into(),
            paragraphs: words.iter().map(|text| (Block::Body, text.to_string())).collect(),
            published: Some(jiff::civil::date(2020, 3, 4)),
            ..Paragraphs::default()
        };
        let document = given.extracted().document;
        assert_eq!(document.text.as_str(), words.join("\n\n"));
        assert_eq!(document.published, Some(jiff::civil::date(2020, 3, 4)));
        assert_eq!(document.dateline_place.as_deref(), Some("OSLO"));
        assert!(document.cut.is_empty());
    }
}
