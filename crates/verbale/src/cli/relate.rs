//! `verbale relate`: what one marked party does to another.
//!
//! A stream of questions, one a line; the answers keep their order. A line
//! that is no question is left out with a word on standard error.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::PathBuf;

use anyhow::Context;
use archive::{Ground, Marked};
use clap::Args;
use serde_json::Value;

use super::Done;
use crate::{render, terminal};

/// Says what a marked source does to a marked target, sentence by sentence
///
/// Each line in is {"id", "sentence", "source", "target"}, or {"id", "marked"}
/// with <s>…</s> and <t>…</t> around the two (or one, where the other is not named). Each line out is {"id", "event",
/// "quad", "scores", "none"}, in the same order: the likeliest type, the share of
/// each, and the share of "no act between these two".
#[derive(Debug, Args)]
pub struct RelateArgs {
    /// JSON lines, or - for standard input [default: -]
    pub file: Option<PathBuf>,
}

/// Questions are answered in batches, so that a learned answer can share its
/// arithmetic; the memory is bounded by this.
const BATCH: usize = 256;

pub fn run(args: &RelateArgs) -> anyhow::Result<Done> {
    let lines: Box<dyn BufRead> = match &args.file {
        Some(path) if path.as_os_str() != "-" => {
            let file = File::open(path).with_context(|| format!("{}: cannot be read", path.display()))?;
            Box::new(BufReader::new(file))
        }
        _ => Box::new(io::stdin().lock()),
    };
    let ground = Ground::embedded();
    let mut output = terminal::output();
    let (mut answered, mut skipped) = (0, 0);
    let mut batch: Vec<(Value, Marked)> = Vec::with_capacity(BATCH);
    for (number, line) in (1..).zip(lines.split(b'\n')) {
        let line = line?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match question(&line) {
            Ok(question) => batch.push(question),
            Err(reason) => {
                skipped += 1;
                terminal::complain(&format!("skipped line {number}: {reason}"));
            }
        }
        if batch.len() == BATCH {
            answered += answer(&ground, &mut batch, &mut output)?;
        }
    }
    answered += answer(&ground, &mut batch, &mut output)?;
    output.flush()?;
    if answered == 0 && skipped == 0 {
        terminal::complain("no question came in: give one JSON object a line");
    }
    Ok(if answered == 0 { Done::Failed } else { Done::Well })
}

fn answer(ground: &Ground, batch: &mut Vec<(Value, Marked)>, output: &mut impl Write) -> io::Result<usize> {
    let (ids, questions): (Vec<Value>, Vec<Marked>) = batch.drain(..).unzip();
    for (id, relation) in ids.iter().zip(ground.relate(&questions)) {
        output.write_all(render::json_line(&render::relation(id, &relation)).as_bytes())?;
    }
    Ok(ids.len())
}

/// The question of a line, and its id as it was written.
fn question(line: &[u8]) -> Result<(Value, Marked), String> {
    let row: Value = serde_json::from_slice(line).map_err(|error| format!("not JSON ({error})"))?;
    let field = |name: &str| row.get(name).and_then(Value::as_str);
    let id = row.get("id").cloned().unwrap_or(Value::Null);
    let name = id.as_str().map_or_else(|| id.to_string(), str::to_string);
    if let Some(marked) = field("marked") {
        let marked = Marked::from_tagged(name, marked);
        let marked =
            marked.ok_or("marks are missing: put <s>…</s> around the source, <t>…</t> around the target, or both")?;
        return Ok((id, marked));
    }
    match (field("sentence"), field("source"), field("target")) {
        (Some(sentence), Some(source), Some(target)) => Ok((
            id,
            Marked { id: name, sentence: sentence.into(), source: source.into(), target: target.into(), at: None },
        )),
        _ => Err("give sentence, source and target, or marked".to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_question() {
        let (id, marked) = question(br#"{"id": 7, "sentence": "A met B.", "source": "A", "target": "B"}"#).unwrap();
        assert_eq!((id, marked.source.as_str()), (Value::from(7), "A"));
        let (id, marked) = question(br#"{"id": "x", "marked": "<s>A</s> met <t>B</t>."}"#).unwrap();
        assert_eq!((id, marked.sentence.as_str()), (Value::from("x"), "A met B."));
    }

    #[test]
    fn what_is_no_question_says_what_to_give() {
        let reason = |line: &str| question(line.as_bytes()).unwrap_err();
        assert_eq!(reason(r#"{"id": 1}"#), "give sentence, source and target, or marked");
        assert_eq!(
            reason(r#"{"marked": "A met B."}"#),
            "marks are missing: put <s>…</s> around the source, <t>…</t> around the target, or both"
        );
        assert!(reason("{").starts_with("not JSON ("));
    }
}
