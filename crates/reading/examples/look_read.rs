//! Shows what reading makes of files: mentions and quotations with speakers.
//!
//! `cargo run --release -p verbale-reading --example look_read -- [--trees] FILE..`

use record::{Document, Sentence};

fn main() {
    let model = encoder::Model::embedded();
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let trees = arguments.iter().any(|argument| argument == "--trees");
    for path in arguments.iter().filter(|argument| !argument.starts_with("--")) {
        let Ok(bytes) = std::fs::read(path) else {
            eprintln!("cannot read {path}");
            continue;
        };
        let source = reading::Source { name: path, ..Default::default() };
        let extraction = match reading::extract(&bytes, &source) {
            Ok(extraction) => extraction,
            Err(refusal) => {
                println!("{path}: {refusal}");
                continue;
            }
        };
        for extracted in &extraction.documents {
            let (sentences, remarks) = match extracted.given.as_slice() {
                [] => reading::read(&extracted.document, &model),
                given => (reading::read_given(given, &model), Vec::new()),
            };
            for remark in remarks {
                println!("{path} REMARK {remark}");
            }
            if trees {
                print!("{}", reading::conllu::write(&extracted.document.id, &extracted.document.text, &sentences));
            } else {
                show(&extracted.document, &sentences);
            }
        }
    }
}

fn show(document: &Document, sentences: &[Sentence]) {
    let text = |span| document.text.get(span).unwrap_or_default();
    let word = |place: Option<(usize, usize)>| {
        place
            .and_then(|(sentence, token)| sentences.get(sentence)?.tokens.get(token))
            .map_or("-", |token| token.text.as_str())
    };
    for sentence in sentences {
        println!("S {}.{} {:?}\t{}", sentence.paragraph, sentence.index, sentence.block, text(sentence.span));
        let mentions: Vec<String> = sentence
            .mentions
            .iter()
            .map(|mention| format!("{}/{}", text(mention.span), mention.kind.as_str()))
            .collect();
        if !mentions.is_empty() {
            println!("  M {}", mentions.join("  "));
        }
        for quotation in &sentence.quotations {
            println!(
                "  Q{} {:?} [{}] speaker {} cue {}",
                quotation.number,
                quotation.kind,
                text(quotation.span),
                word(quotation.speaker),
                word(quotation.cue)
            );
        }
    }
}
