//! Tags, lemmas and trees on gold tokens, tokens and sentences on raw text:
//! a CoNLL-U file against what the program reads.
//!
//! Takes the text of a CoNLL-U file; gives percentages as the CoNLL 2018
//! shared task counts them (all tokens, punctuation with them; `las` compares
//! universal relations, `las_full` the subtypes too).

use std::collections::{BTreeMap, HashSet};

use archive::{Extracted, Ground};
use record::{Document, Sentence, Span, Text};

/// Figures by name, in percent.
pub type Figures = BTreeMap<String, f64>;

pub fn score(ground: &Ground, source: &str) -> Figures {
    let (mut total, mut upos, mut xpos, mut lemma, mut uas, mut las, mut full) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    let (mut tokens, mut sentences) = (Overlap::default(), Overlap::default());
    // Reading forgets the tags that a file gives, as it should; they are taken
    // from the columns here.
    let mut gold = source.lines().filter_map(Row::of);
    for given in archive::conllu::parse(source) {
        let document = Document { text: Text::new(given.text.clone()), ..Document::default() };
        let extracted = Extracted { document, given: given.sentences.clone(), remarks: Vec::new() };
        let (found, _) = ground.read(&extracted);
        let gold = gold.by_ref();
        for read in &found {
            for token in &read.tokens {
                let Some(right) = gold.next() else { continue };
                let head = right.head == token.head.map_or(0, |head| head + 1);
                let relation = right.deprel.split(':').next() == token.deprel.split(':').next();
                total += 1.0;
                upos += f64::from(right.upos == token.upos.as_str());
                xpos += f64::from(right.xpos == token.xpos);
                lemma += f64::from(right.lemma == token.lemma);
                uas += f64::from(head);
                las += f64::from(head && relation);
                full += f64::from(head && right.deprel == token.deprel);
            }
        }
        let raw = Extracted { document: extracted.document.clone(), given: Vec::new(), remarks: Vec::new() };
        let (cut, _) = archive::segment(&raw.document);
        tokens.add(&token_spans(&given.sentences), &token_spans(&cut));
        sentences.add(&sentence_spans(&given.sentences), &sentence_spans(&cut));
    }
    let percent = |sum: f64| 100.0 * sum / f64::max(total, 1.0);
    Figures::from([
        ("upos".to_string(), percent(upos)),
        ("xpos".to_string(), percent(xpos)),
        ("lemma".to_string(), percent(lemma)),
        ("uas".to_string(), percent(uas)),
        ("las".to_string(), percent(las)),
        ("las_full".to_string(), percent(full)),
        ("raw_tokens_f1".to_string(), tokens.f1()),
        ("raw_sentences_f1".to_string(), sentences.f1()),
    ])
}

/// The columns of a word's line.
struct Row<'a> {
    lemma: &'a str,
    upos: &'a str,
    xpos: &'a str,
    head: usize,
    deprel: &'a str,
}

impl<'a> Row<'a> {
    fn of(line: &'a str) -> Option<Row<'a>> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [number, _, lemma, upos, xpos, _, head, deprel, ..] = columns[..] else { return None };
        // Ranges and empty nodes are no words.
        number.parse::<usize>().ok()?;
        Some(Row { lemma, upos, xpos, head: head.parse().ok()?, deprel })
    }
}

fn token_spans(sentences: &[Sentence]) -> HashSet<Span> {
    sentences.iter().flat_map(|sentence| sentence.tokens.iter().map(|token| token.span)).collect()
}

fn sentence_spans(sentences: &[Sentence]) -> HashSet<Span> {
    sentences.iter().map(|sentence| sentence.span).collect()
}

/// Gold, found, and what both have.
#[derive(Debug, Default, Clone, Copy)]
pub struct Overlap {
    pub gold: usize,
    pub found: usize,
    pub right: usize,
}

impl Overlap {
    pub fn add<T: Eq + std::hash::Hash>(&mut self, gold: &HashSet<T>, found: &HashSet<T>) {
        self.gold += gold.len();
        self.found += found.len();
        self.right += gold.intersection(found).count();
    }

    /// In percent.
    pub fn f1(self) -> f64 {
        200.0 * self.right as f64 / ((self.gold + self.found).max(1)) as f64
    }
}
