//! Annotated articles, as text that a person writes.
//!
//! Takes the bytes of a file in the format of `training/corpus/README.md` (or
//! JSON lines, see [`rows`](super::rows)); gives articles whose marks are spans
//! of the text that is coded, and mistakes, each with its file and line. An
//! article with a mistake is left out. Never guesses: words that occur twice
//! must say which.
//!
//! ```
//! let text = "== 1\npublished: 2020-03-04\n\nRebels freed ten hostages.\n  RETREAT.release | t freed | a Rebels\n";
//! let corpus = archive::eval::Corpus::read("one.txt", text.as_bytes());
//! assert!(corpus.mistakes.is_empty());
//! assert_eq!(corpus.articles[0].sentences[0].notes[0].trigger.exact, "freed");
//! ```

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil::Date;
use reading::{Extracted, Paragraphs};
use record::{Block, Event, Mode, Span, Status};

use super::{rows, text};

/// Words that an annotator marked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mark {
    /// Where they stand; `None` for somebody whom the sentence does not mention.
    pub span: Option<Span>,
    pub exact: String,
    /// Whom or what they mean.
    pub name: Option<String>,
}

/// One link of "according to whom", as annotated.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    pub speaker: Option<Mark>,
    pub medium: Option<Mark>,
    pub cue: Option<Mark>,
}

/// An event, as annotated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Line of the file.
    pub line: usize,
    pub event: Event,
    pub mode: Option<Mode>,
    pub status: Status,
    pub trigger: Mark,
    pub actor: Vec<Mark>,
    pub recipient: Vec<Mark>,
    pub third_party: Vec<Mark>,
    pub content: Option<Mark>,
    pub condition: Vec<Mark>,
    pub time: Vec<Mark>,
    pub place: Vec<Mark>,
    pub attribution: Vec<Source>,
}

impl Note {
    /// Every mark of the note.
    pub(super) fn marks_mut(&mut self) -> impl Iterator<Item = &mut Mark> {
        let links = self
            .attribution
            .iter_mut()
            .flat_map(|link| link.speaker.iter_mut().chain(link.medium.iter_mut()).chain(link.cue.iter_mut()));
        std::iter::once(&mut self.trigger)
            .chain(&mut self.actor)
            .chain(&mut self.recipient)
            .chain(&mut self.third_party)
            .chain(&mut self.content)
            .chain(&mut self.condition)
            .chain(&mut self.time)
            .chain(&mut self.place)
            .chain(links)
    }
}

/// A sentence as given, with its events. Without any it is a sentence without
/// an event, which is an annotation too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Annotated {
    pub line: usize,
    pub text: String,
    pub headline: bool,
    /// Whether a paragraph begins with it.
    pub paragraph: bool,
    /// Where it stands in the document.
    pub span: Span,
    pub notes: Vec<Note>,
}

/// An annotated article. All spans point into [`Article::extracted`]'s text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Article {
    pub id: String,
    pub file: String,
    pub line: usize,
    pub published: Option<Date>,
    pub publication: Option<String>,
    pub byline: Option<String>,
    pub address: Option<String>,
    pub sentences: Vec<Annotated>,
}

impl Article {
    /// Moves the marks from their sentences into the text of the article.
    pub(super) fn settle(&mut self) {
        let mut start = 0;
        for index in 0..self.sentences.len() {
            if index > 0 {
                start += if self.begins_paragraph(index) { 2 } else { 1 };
            }
            let sentence = &mut self.sentences[index];
            let end = start + sentence.text.chars().count();
            sentence.span = Span::new(start, end);
            for mark in sentence.notes.iter_mut().flat_map(Note::marks_mut) {
                mark.span = mark.span.map(|span| Span::new(span.start + start, span.end + start));
            }
            start = end;
        }
    }

    /// A headline stands alone.
    fn begins_paragraph(&self, index: usize) -> bool {
        let sentence = &self.sentences[index];
        index == 0 || sentence.paragraph || sentence.headline || self.sentences[index - 1].headline
    }

    /// The article without its annotations, as it would be read from a file.
    pub fn extracted(&self) -> Extracted {
        let mut paragraphs: Vec<(Block, String)> = Vec::new();
        let mut title = None;
        for (index, sentence) in self.sentences.iter().enumerate() {
            let block = match (sentence.headline, index) {
                (false, _) => Block::Body,
                (true, 0) => Block::Title,
                (true, _) => Block::Heading,
            };
            if block == Block::Title {
                title = Some(sentence.text.clone());
            }
            match paragraphs.last_mut() {
                Some((_, last)) if !self.begins_paragraph(index) => {
                    last.push(' ');
                    last.push_str(&sentence.text);
                }
                _ => paragraphs.push((block, sentence.text.clone())),
            }
        }
        Paragraphs {
            source: self.id.clone(),
            paragraphs,
            title,
            byline: self.byline.clone(),
            publication: self.publication.clone(),
            url: self.address.clone(),
            published: self.published,
        }
        .extracted()
    }
}

/// Which tenth of a corpus an article belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    Train,
    Dev,
    Test,
}

impl Split {
    pub const ALL: [(&'static str, Split); 3] = [("train", Split::Train), ("dev", Split::Dev), ("test", Split::Test)];

    /// By the id alone, so that an article never moves: the id's hash, as one
    /// large number, modulo ten.
    pub fn of(id: &str) -> Split {
        let tenth = record::id::sha256(id.as_bytes())
            .chars()
            .filter_map(|digit| digit.to_digit(16))
            .fold(0, |rest, digit| (rest * 16 + digit) % 10);
        match tenth {
            0 => Split::Test,
            1 => Split::Dev,
            _ => Split::Train,
        }
    }
}

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub file: String,
    pub line: usize,
    pub text: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.text)
    }
}

/// What a file holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corpus {
    pub articles: Vec<Article>,
    pub mistakes: Vec<Mistake>,
    /// How many articles were left out for a mistake.
    pub left_out: usize,
}

impl Corpus {
    /// Reads a file: JSON lines where it begins with a brace, else text.
    pub fn read(file: &str, bytes: &[u8]) -> Corpus {
        let mut corpus = Corpus::default();
        let words = match std::str::from_utf8(bytes) {
            Ok(text) => text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n"),
            Err(error) => {
                let line = 1 + bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count();
                corpus.mistake(file, line, "not UTF-8: convert the file first");
                return corpus;
            }
        };
        if words.trim_start().starts_with('{') {
            rows::read(file, &words, &mut corpus);
        } else {
            text::read(file, &words, &mut corpus);
        }
        if corpus.articles.is_empty() && corpus.mistakes.is_empty() {
            corpus.mistake(file, 1, "no article in it: a line `== ID` begins one");
        }
        corpus.refuse_twins();
        corpus
    }

    pub(super) fn mistake(&mut self, file: &str, line: usize, text: impl Into<String>) {
        self.mistakes.push(Mistake { file: file.to_string(), line, text: text.into() });
    }

    /// An id that is taken would put one article into two splits of a user's.
    fn refuse_twins(&mut self) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let articles = std::mem::take(&mut self.articles);
        for article in articles {
            if let Some(line) = seen.get(&article.id) {
                let text = format!("the id {} is taken by the article of line {line}: give it another", article.id);
                self.mistake(&article.file, article.line, text);
                self.left_out += 1;
            } else {
                seen.insert(article.id.clone(), article.line);
                self.articles.push(article);
            }
        }
    }
}
