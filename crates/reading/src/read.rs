//! A document read: sentences with tags, trees, mentions and quotations.
//!
//! Takes a [`Document`] and a model; gives its sentences and remarks. Never
//! reads a text that is not in English, never changes a given token.

use encoder::Model;
use record::{Document, Remark, Sentence};

use crate::{language, mentions, quotations, segment, tag};

/// Sentences handed to the model at once. The numbers of a sentence do not
/// depend on its neighbours, so this moves memory and speed only.
const AT_ONCE: usize = 64;

/// Reads a document from its text.
pub fn read(document: &Document, model: &Model) -> (Vec<Sentence>, Vec<Remark>) {
    if let Some(remark) = language::refuse(document) {
        return (Vec::new(), vec![remark]);
    }
    let (sentences, remarks) = segment::segment(document);
    (analyse(sentences, model), remarks)
}

/// Reads given sentences: their tokens stay, all else is added.
pub fn read_given(given: &[Sentence], model: &Model) -> Vec<Sentence> {
    analyse(given.to_vec(), model)
}

fn analyse(mut sentences: Vec<Sentence>, model: &Model) -> Vec<Sentence> {
    for batch in sentences.chunks_mut(AT_ONCE) {
        let words: Vec<Vec<&str>> =
            batch.iter().map(|sentence| sentence.tokens.iter().map(|token| token.text.as_str()).collect()).collect();
        let analysed = tag::analyse(model, &words);
        for (sentence, analysis) in batch.iter_mut().zip(analysed) {
            let labelled = tag::mentions(&analysis);
            sentence.quiet = !analysis.iter().any(|word| word.act);
            for (token, found) in sentence.tokens.iter_mut().zip(analysis) {
                token.upos = found.upos;
                token.xpos = found.xpos;
                token.lemma = found.lemma;
                token.head = found.head;
                token.deprel = found.deprel;
            }
            sentence.mentions = mentions::mentions(sentence, &labelled);
        }
    }
    quotations::find(&mut sentences);
    sentences
}
