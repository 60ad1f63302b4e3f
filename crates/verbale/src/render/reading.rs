//! The JSON of `verbale read`: sentences, tokens, mentions, quotations.

use record::{Document, Sentence, Text};
use serde_json::{Value, json};

pub fn document(document: &Document, sentences: &[Sentence]) -> Value {
    json!({
        "document": document.id,
        "source": document.source,
        "language": document.language,
        "text": document.text.as_str(),
        "sentences": sentences.iter().map(|one| sentence(&document.text, one, sentences)).collect::<Vec<_>>(),
    })
}

fn sentence(text: &Text, sentence: &Sentence, all: &[Sentence]) -> Value {
    let tokens: Vec<Value> = sentence
        .tokens
        .iter()
        .map(|token| {
            json!({
                "text": token.text,
                "start": token.span.start,
                "end": token.span.end,
                "lemma": token.lemma,
                "upos": token.upos,
                "xpos": token.xpos,
                "head": token.head,
                "deprel": token.deprel,
            })
        })
        .collect();
    let mentions: Vec<Value> = sentence
        .mentions
        .iter()
        .map(|mention| {
            json!({
                "start": mention.span.start,
                "end": mention.span.end,
                "text": text.get(mention.span),
                "type": mention.kind,
                // Whom it means is decided in coding; reading leaves it open.
                "entity": null,
            })
        })
        .collect();
    let quotations: Vec<Value> = sentence
        .quotations
        .iter()
        .map(|quotation| {
            json!({
                "start": quotation.span.start,
                "end": quotation.span.end,
                "text": text.get(quotation.span),
                "number": quotation.number,
                "kind": quotation.kind,
                "class": quotation.class,
                "statement": quotation.statement,
                "speaker": phrase(text, all, quotation.speaker),
                "cue": word(all, quotation.cue),
            })
        })
        .collect();
    json!({
        "start": sentence.span.start,
        "end": sentence.span.end,
        "paragraph": sentence.paragraph,
        "block": sentence.block,
        "tokens": tokens,
        "mentions": mentions,
        "quotations": quotations,
    })
}

/// The words under a head: "the senior official" for "official".
fn phrase(text: &Text, all: &[Sentence], place: Option<(usize, usize)>) -> Value {
    let Some((sentence, head)) = place.and_then(|(sentence, token)| Some((all.get(sentence)?, token))) else {
        return Value::Null;
    };
    // A relative clause or an apposition says more of the speaker than his name.
    let more = |token: usize| {
        matches!(sentence.tokens[token].relation(), "acl" | "appos" | "punct" | "parataxis" | "cc" | "conj")
    };
    let mut inside = sentence.subtree(head);
    let cut: Vec<usize> = sentence.children(head).filter(|&child| more(child)).collect();
    for child in cut {
        let below = sentence.subtree(child);
        inside.retain(|token| !below.contains(token));
    }
    let spans = inside.iter().filter_map(|&token| sentence.tokens.get(token)).map(|token| token.span);
    spans
        .reduce(record::Span::cover)
        .map_or(Value::Null, |span| json!({ "text": text.get(span), "start": span.start, "end": span.end }))
}

fn word(all: &[Sentence], place: Option<(usize, usize)>) -> Value {
    let token = place.and_then(|(sentence, token)| all.get(sentence)?.tokens.get(token));
    token.map_or(Value::Null, |token| json!({ "text": token.text, "start": token.span.start, "end": token.span.end }))
}
