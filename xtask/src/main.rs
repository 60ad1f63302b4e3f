//! Checks of the house itself.
//!
//! `cargo xtask walls`            imports between rooms follow the table of the house
//! `cargo xtask codebook [--folder FOLDER] [RULE]`  the examples of the codebook, failures printed
//! `cargo xtask case FOLDER ...`  scores article.txt against gold.jsonl
//! `cargo xtask polnear FOLDER [--errors]`  attributions (source, cue, content) against PolNeAR
//! `cargo xtask plover FOLDER [--errors]`   marked pairs (PLV_train, AW_train) against `relate`
//! `cargo xtask gate [FOLDER] [--update]`  accuracy on the measuring data, held against gold/floors.toml

mod case;
mod events;
mod gate;
mod newswire;
mod plover;
mod polnear;
mod treebank;
mod walls;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["walls"] => walls::check(),
        ["codebook"] => codebook(archive::Ground::embedded(), ""),
        ["codebook", "--folder", folder, rest @ ..] => archive::Ground::with_codebook(folder.as_ref())
            .map_err(|error| format!("{folder}: {error}"))
            .and_then(|ground| codebook(ground, rest.first().unwrap_or(&""))),
        ["codebook", prefix] => codebook(archive::Ground::embedded(), prefix),
        ["gate", rest @ ..] => gate::run(rest),
        ["polnear", rest @ ..] => polnear::run(rest),
        ["plover", rest @ ..] => plover::run(rest),
        ["case", rest @ ..] if !rest.is_empty() => case::score_all(rest),
        _ => {
            eprintln!(
                "usage: cargo xtask walls | codebook [--folder FOLDER] [RULE] | case FOLDER... | polnear FOLDER [--errors] | plover FOLDER [--errors] | gate [FOLDER] [--update]"
            );
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn codebook(ground: archive::Ground, prefix: &str) -> Result<(), String> {
    for remark in ground.remarks() {
        println!("{remark}");
    }
    let failures = ground.check_examples(prefix);
    for failure in &failures {
        println!("{failure}");
    }
    let examples: usize = ground
        .rules()
        .iter()
        .filter(|rule| rule.id.starts_with(prefix))
        .map(|rule| rule.yes.len() + rule.no.len())
        .sum();
    println!("{} of {examples} examples fail, {} mistakes in files", failures.len(), ground.remarks().len());
    if failures.is_empty() && ground.remarks().is_empty() {
        Ok(())
    } else {
        Err("the codebook does not do what it says".to_string())
    }
}
