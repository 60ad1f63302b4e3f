//! How a document was read, for reading: each sentence, what it names and
//! quotes, and its tree.

use record::{Document, Sentence, Token};

use super::words::{BOLD, DIM, Piece, flow, safe};

pub fn document(document: &Document, sentences: &[Sentence], width: usize) -> String {
    let title = document.title.as_deref().unwrap_or(&document.source);
    let mut out = format!("{}\n", flow(&[Piece::new(title, BOLD)], 0, 0, width));
    for sentence in sentences {
        out.push('\n');
        out.push_str(&words_of(document, sentence, width));
        draw(sentence, &mut out);
    }
    out.push('\n');
    out
}

fn words_of(document: &Document, sentence: &Sentence, width: usize) -> String {
    let text = document.text.get(sentence.span).unwrap_or_default();
    let number = format!("[{}]", sentence.index);
    let indent = number.len() + 1;
    let mut out = format!("{DIM}{number}{DIM:#} {}\n", flow(&[Piece::new(text, BOLD)], indent, indent, width));
    let mut lines = Vec::new();
    for mention in &sentence.mentions {
        let words = document.text.get(mention.span).unwrap_or_default();
        lines.push(format!("{}: {words}", mention.kind.as_str()));
    }
    for quotation in &sentence.quotations {
        let words = document.text.get(quotation.span).unwrap_or_default();
        let name = |value: serde_json::Result<serde_json::Value>| {
            value.ok().and_then(|value| value.as_str().map(String::from)).unwrap_or_default()
        };
        let class = name(serde_json::to_value(quotation.class));
        if quotation.statement {
            let kind = name(serde_json::to_value(quotation.kind));
            lines.push(format!("{kind} quotation ({class}): {words}"));
        } else {
            lines.push(format!("held, not said ({class}): {words}"));
        }
    }
    for line in lines {
        out.push_str(&format!("    {}\n", flow(&[Piece::new(line, DIM)], 4, 6, width)));
    }
    out
}

/// Draws the tree, words in the order of the text below each head. Without
/// recursion: a long line may be a deep tree. A token that hangs on no root is
/// drawn at the end, so that nothing is left out.
fn draw(sentence: &Sentence, out: &mut String) {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); sentence.tokens.len()];
    let mut open: Vec<(usize, String, bool)> = Vec::new();
    for (index, token) in sentence.tokens.iter().enumerate().rev() {
        match token.head.filter(|&head| head < children.len()) {
            Some(head) => children[head].push(index),
            None => open.push((index, String::new(), true)),
        }
    }
    let mut drawn = vec![false; sentence.tokens.len()];
    while let Some((index, stem, last)) = open.pop() {
        if std::mem::replace(&mut drawn[index], true) {
            continue;
        }
        let root = stem.is_empty() && sentence.tokens[index].head.is_none();
        let branch = if root {
            ""
        } else if last {
            "└─ "
        } else {
            "├─ "
        };
        out.push_str(&format!("    {DIM}{stem}{branch}{DIM:#}{}\n", label(&sentence.tokens[index])));
        let below = if root { String::new() } else { format!("{stem}{}", if last { "   " } else { "│  " }) };
        // `children` runs backwards, so the first to be pushed is the last to be drawn.
        for (place, &child) in children[index].iter().enumerate() {
            open.push((child, below.clone(), place == 0));
        }
    }
    for (index, token) in sentence.tokens.iter().enumerate() {
        if !drawn[index] {
            out.push_str(&format!("    {} (in a circle)\n", label(token)));
        }
    }
}

fn label(token: &Token) -> String {
    let lemma = if token.lemma == token.text || token.lemma.is_empty() {
        String::new()
    } else {
        format!(" ({})", safe(&token.lemma))
    };
    format!("{}{lemma} {DIM}{} {}{DIM:#}", safe(&token.text), token.upos.as_str(), token.deprel)
}
