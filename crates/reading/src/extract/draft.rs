//! What every kind of source is brought to before it becomes a document.
//!
//! Takes paragraphs and facts from a reader of one kind; gives the finished
//! [`Document`]: boilerplate cut, byline and dateline read, the published date
//! settled, the language guessed, the clean text joined and hashed.

use jiff::civil::Date;
use record::{Block, Cut, Document, PublishedBasis, Remark, Text};

use super::byline::{self, Dateline};
use super::dates::{self, Found};
use super::{Defaults, Extracted};
use crate::clean;
use crate::language;
use crate::segment::{guess_blocks, reads_as_heading};

/// What the source says about the article.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub publication: Option<String>,
    pub url: Option<String>,
    pub published: Option<(Date, PublishedBasis)>,
}

/// Paragraphs and facts; the words are final but for what is cut.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub blocks: Vec<(Block, String)>,
    /// The source marks no headings: they are told by their looks.
    pub guess_blocks: bool,
    pub facts: Facts,
    pub cut: Vec<Cut>,
}

impl Draft {
    pub fn finish(mut self, source: &str, raw_sha256: String, defaults: &Defaults) -> Extracted {
        let mut remarks = Vec::new();
        self.blocks.retain(|(_, text)| !text.is_empty());
        if !defaults.keep_all {
            let (kept, cut) = clean::clean(std::mem::take(&mut self.blocks));
            self.blocks = kept;
            self.cut.extend(cut);
        }
        if self.facts.title.is_none() {
            self.facts.title = self.title_in_text();
        }
        if self.guess_blocks {
            let texts: Vec<String> = self.blocks.iter().map(|(_, text)| text.clone()).collect();
            let guessed = guess_blocks(&texts, self.facts.title.as_deref());
            for ((block, _), guess) in self.blocks.iter_mut().zip(guessed) {
                // What cleaning knows to be a caption stays one.
                if *block == Block::Body {
                    *block = guess;
                }
            }
        }
        let (byline, byline_date) = self.byline();
        let dateline = self.dateline();
        let published = self.published(byline_date, dateline.as_ref(), defaults);
        if published.is_none() {
            remarks.push(Remark::new(
                "no-published-date",
                "no published date was found: give one, else dates like \"Monday\" stay unresolved",
            ));
        }
        let blocks: Vec<Block> = self.blocks.iter().map(|(block, _)| *block).collect();
        let paragraphs: Vec<String> = self.blocks.into_iter().map(|(_, text)| text).collect();
        let text = Text::new(paragraphs.join("\n\n"));
        if !self.cut.is_empty() {
            let mut reasons: Vec<&str> =
                self.cut.iter().map(|cut| cut.reason.as_str()).filter(|reason| *reason != "address").collect();
            reasons.sort_unstable();
            reasons.dedup();
            if !reasons.is_empty() {
                remarks
                    .push(Remark::new("cut", format!("taken out as no part of the article: {}", reasons.join(", "))));
            }
        }
        let document = Document {
            id: Document::id_of(&text, source),
            language: language::guess(text.as_str()).map(str::to_string),
            text,
            blocks,
            raw_sha256,
            source: source.to_string(),
            url: self.facts.url,
            title: self.facts.title,
            byline,
            dateline: dateline.as_ref().map(|line| line.text.clone()),
            dateline_place: dateline.map(|line| line.place),
            publication: self.facts.publication.or_else(|| defaults.publication.clone()),
            published: published.map(|(date, _)| date),
            published_basis: published.map(|(_, basis)| basis),
            cut: self.cut,
        };
        Extracted { document, given: Vec::new(), remarks }
    }

    /// A first line that reads as a heading over a longer paragraph.
    fn title_in_text(&self) -> Option<String> {
        let (_, first) = self.blocks.first()?;
        let (_, second) = self.blocks.get(1)?;
        let words = first.split_whitespace().count();
        let heading =
            reads_as_heading(first) || (words <= 20 && !first.ends_with(['.', '!', '"', '”', ',', ';', ':', '…']));
        let titled = heading
            && words >= 3
            && !byline::is_byline(first)
            && first.chars().next().is_some_and(|c| !c.is_lowercase());
        (titled && (second.split_whitespace().count() > words || byline::is_byline(second))).then(|| first.clone())
    }

    /// The byline near the top or at the end, and the date it gives.
    fn byline(&mut self) -> (Option<String>, Found) {
        let mut name = self.facts.byline.take();
        let mut date = Found::default();
        let count = self.blocks.len();
        for (index, (block, text)) in self.blocks.iter_mut().enumerate() {
            if index >= 5 && index + 1 != count {
                continue;
            }
            if let Some(found) = byline::byline(text) {
                *block = Block::Byline;
                name.get_or_insert_with(|| text.clone());
                if index < 5 && found.date.month.is_some() {
                    date = found.date;
                }
            } else if byline::is_date_line(text) {
                *block = Block::Byline;
                if index < 5 && date.month.is_none() {
                    date = dates::in_text(text);
                }
            } else if index < 2 && byline::is_name_in_capitals(text) {
                *block = Block::Byline;
                name.get_or_insert_with(|| text.clone());
            }
        }
        (name, date)
    }

    /// The dateline of the first body paragraph.
    fn dateline(&self) -> Option<Dateline> {
        self.blocks
            .iter()
            .filter(|(block, _)| *block == Block::Body)
            .take(2)
            .find_map(|(_, text)| byline::dateline(text))
    }

    /// Row, page, byline, dateline, address, flag: the first that gives a date.
    fn published(
        &self,
        byline: Found,
        dateline: Option<&Dateline>,
        defaults: &Defaults,
    ) -> Option<(Date, PublishedBasis)> {
        if self.facts.published.is_some() {
            return self.facts.published;
        }
        let address = self.facts.url.as_deref().map(dates::in_address).unwrap_or_default();
        let dateline = dateline.map(|line| line.date).unwrap_or_default();
        // A day and a month become a date only with a year from elsewhere.
        let candidates = [
            (byline.with_year(address.year), PublishedBasis::Byline),
            (dateline.with_year(byline.year).with_year(address.year), PublishedBasis::Dateline),
            (address, PublishedBasis::Url),
        ];
        candidates
            .into_iter()
            .find_map(|(found, basis)| found.date().map(|date| (date, basis)))
            .or_else(|| defaults.published.map(|date| (date, PublishedBasis::Flag)))
    }
}
