//! Shows what extraction and segmentation make of files.
//!
//! `cargo run -p verbale-reading --example look -- [--sentences] FILE..`
//!
//! Prints, a document: metadata, what was cut with its reason, remarks; with
//! `--sentences` each sentence with its tokens parted by blanks.

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let sentences = arguments.iter().any(|argument| argument == "--sentences");
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
        for remark in &extraction.remarks {
            println!("{path} REMARK {remark}");
        }
        for extracted in &extraction.documents {
            show(path, extracted, sentences);
        }
    }
}

fn show(path: &str, extracted: &reading::Extracted, with_sentences: bool) {
    let document = &extracted.document;
    println!("{path} TITLE {:?}", document.title);
    println!("{path} BYLINE {:?}", document.byline);
    println!("{path} DATELINE {:?} {:?}", document.dateline, document.dateline_place);
    println!("{path} PUBLISHED {:?} {:?}", document.published.map(|date| date.to_string()), document.published_basis);
    println!("{path} PUBLICATION {:?} LANGUAGE {:?}", document.publication, document.language);
    for cut in &document.cut {
        println!("{path} CUT {}\t{}", cut.reason, cut.text);
    }
    for remark in &extracted.remarks {
        println!("{path} REMARK {remark}");
    }
    let (sentences, remarks) = reading::segment(document);
    for remark in &remarks {
        println!("{path} REMARK {remark}");
    }
    for block in document.blocks.iter().enumerate().filter(|(_, block)| **block != record::Block::Body) {
        let text = sentences
            .iter()
            .find(|sentence| sentence.paragraph == block.0)
            .and_then(|sentence| document.text.get(sentence.span));
        println!("{path} BLOCK {:?}\t{}", block.1, text.unwrap_or_default());
    }
    if with_sentences {
        for sentence in &sentences {
            let tokens: Vec<&str> = sentence.tokens.iter().map(|token| token.text.as_str()).collect();
            println!("{path} S {}.{}\t{}", sentence.paragraph, sentence.index, tokens.join(" "));
        }
    }
}
