//! Tokens and sentences F1 on the raw text of a CoNLL-U file.
//!
//! `cargo run --release -p verbale-reading --example score_segment -- FILE.conllu [--errors]`
//!
//! A token (a sentence) counts as found where a gold one has the same first
//! and last character, white space not counted. This is how the CoNLL 2018
//! shared task counts them, with words of longer tokens as tokens.

use std::collections::HashSet;

use record::{Document, Sentence, Span, Text};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(path) = arguments.first() else {
        eprintln!("give a CoNLL-U file");
        std::process::exit(2);
    };
    let source = match std::fs::read_to_string(path) {
        Ok(source) => source,
        Err(error) => {
            eprintln!("cannot read {path}: {error}");
            std::process::exit(1);
        }
    };
    let errors = arguments.iter().any(|argument| argument == "--errors");
    let mut tokens = Score::default();
    let mut sentences = Score::default();
    for given in reading::conllu::parse(&source) {
        let document = Document { text: Text::new(given.text.clone()), ..Document::default() };
        let (found, _) = reading::segment(&document);
        tokens.add(&token_spans(&given.sentences), &token_spans(&found));
        sentences.add(&sentence_spans(&given.sentences), &sentence_spans(&found));
        if errors {
            show("token", &document.text, &token_spans(&given.sentences), &token_spans(&found));
            show("sentence", &document.text, &sentence_spans(&given.sentences), &sentence_spans(&found));
        }
    }
    println!("tokens    {tokens}");
    println!("sentences {sentences}");
}

fn token_spans(sentences: &[Sentence]) -> HashSet<Span> {
    sentences.iter().flat_map(|sentence| sentence.tokens.iter().map(|token| token.span)).collect()
}

fn sentence_spans(sentences: &[Sentence]) -> HashSet<Span> {
    sentences.iter().map(|sentence| sentence.span).collect()
}

fn show(what: &str, text: &Text, gold: &HashSet<Span>, found: &HashSet<Span>) {
    let mut wrong: Vec<(Span, char)> = gold
        .difference(found)
        .map(|&span| (span, '-'))
        .chain(found.difference(gold).map(|&span| (span, '+')))
        .collect();
    wrong.sort();
    for (span, sign) in wrong {
        println!("{sign} {what}\t{}", text.get(span).unwrap_or_default().replace('\n', " "));
    }
}

#[derive(Default)]
struct Score {
    gold: usize,
    found: usize,
    right: usize,
}

impl Score {
    fn add(&mut self, gold: &HashSet<Span>, found: &HashSet<Span>) {
        self.gold += gold.len();
        self.found += found.len();
        self.right += gold.intersection(found).count();
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let precision = 100.0 * self.right as f64 / self.found.max(1) as f64;
        let recall = 100.0 * self.right as f64 / self.gold.max(1) as f64;
        let f1 = 2.0 * precision * recall / (precision + recall).max(1e-9);
        write!(f, "P {precision:.2}  R {recall:.2}  F1 {f1:.2}  ({} gold, {} found)", self.gold, self.found)
    }
}
