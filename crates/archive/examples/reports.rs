//! Prints the reports of articles, a line each: for reading what rules do.
//!
//! `cargo run --release -p verbale-archive --example reports -- [--codebook FOLDER]
//! [--published DATE] [--type ASSAULT] [--trees] FILE...`

use std::fs;

use archive::{Defaults, Ground, Source};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut defaults = Defaults::default();
    let (mut files, mut wanted, mut trees, mut folder) = (Vec::new(), None, false, None);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--published" => defaults.published = words.next().map(|date| date.parse()).transpose()?,
            "--type" => wanted = words.next(),
            "--codebook" => folder = words.next(),
            "--trees" => trees = true,
            _ => files.push(word),
        }
    }
    let ground = match folder {
        Some(folder) => Ground::with_codebook(folder.as_ref())?,
        None => Ground::embedded(),
    };
    for remark in ground.remarks() {
        println!("{remark}");
    }
    for file in &files {
        let source = Source { name: file, kind: None, defaults: Some(&defaults) };
        let extraction = match archive::extract(&fs::read(file)?, &source) {
            Ok(extraction) => extraction,
            Err(refusal) => {
                println!("{file}: {refusal}");
                continue;
            }
        };
        for one in extraction.documents {
            let record = ground.code(one);
            println!("## {file} ({:?})", record.document.published);
            for sentence in &record.sentences {
                if trees {
                    for (index, token) in sentence.tokens.iter().enumerate() {
                        let head = token.head.map_or(-1, |head| head as i64);
                        println!(
                            "{index:3} {:20} {:14} {:6} {:5} {head:3} {}",
                            token.text,
                            token.lemma,
                            token.upos.as_str(),
                            token.xpos,
                            token.deprel
                        );
                    }
                    for quotation in &sentence.quotations {
                        println!("    {quotation:?}");
                    }
                }
                let reports: Vec<_> = record
                    .reports
                    .iter()
                    .filter(|report| {
                        report.sentence == sentence.index
                            && wanted.as_deref().is_none_or(|kind| report.event.as_str() == kind)
                    })
                    .collect();
                if !reports.is_empty() || (wanted.is_none() && trees) {
                    println!("[{}] {}", sentence.index, record.document.text.get(sentence.span).unwrap_or_default());
                }
                for report in reports {
                    let names = |parties: &[record::Party]| {
                        parties
                            .iter()
                            .map(|party| {
                                format!(
                                    "{}={}",
                                    party.text,
                                    party.code.as_deref().or(party.name.as_deref()).unwrap_or("?")
                                )
                            })
                            .collect::<Vec<_>>()
                            .join(" + ")
                    };
                    println!(
                        "    {}{} {} \"{}\": {} -> {} | said {:?} | when {:?} {:?} | where {:?} | content {:?} | {}",
                        report.event.as_str(),
                        report.mode.map_or(String::new(), |mode| format!("/{}", mode.as_str())),
                        report.status.as_str(),
                        report.trigger.exact(),
                        names(&report.actor),
                        names(&report.recipient),
                        report.attribution.iter().map(|link| link.text.as_str()).collect::<Vec<_>>(),
                        report.when.start.map(|date| date.to_string()),
                        report.when.text,
                        report.place.as_ref().map(|place| place.text.as_str()),
                        report.content.as_ref().map(|slice| slice.exact()),
                        report.found_by
                    );
                }
            }
        }
    }
    Ok(())
}
