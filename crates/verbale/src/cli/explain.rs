//! `verbale explain`: why a report says what it says.

use std::io::Write;
use std::path::PathBuf;

use archive::Record;
use clap::Args;

use super::{Done, KnownArgs, OwnArgs, reading};
use crate::{intake, render, terminal};

/// Prints the tree of reasons behind a report, beside its quote
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// The article, or - for standard input
    pub file: PathBuf,

    /// Which report: its number in the table of `verbale code`, or its id (the
    /// first letters do); all of them where nothing is said
    #[arg(value_name = "N|ID")]
    pub which: Option<String>,

    #[command(flatten)]
    pub known: KnownArgs,

    #[command(flatten)]
    pub own: OwnArgs,
}

/// Which report is meant.
#[derive(Debug, PartialEq, Eq)]
enum Which {
    All,
    Number(usize),
    Id(String),
}

impl Which {
    fn parse(text: Option<&str>) -> Result<Which, String> {
        match text {
            None => Ok(Which::All),
            Some(id) if id.starts_with("r_") && id.len() > 2 => Ok(Which::Id(id.to_string())),
            Some(number) => match number.parse() {
                Ok(0) | Err(_) => Err(format!("{number} is no report: give its number, from 1 on, or its id, r_…")),
                Ok(number) => Ok(Which::Number(number)),
            },
        }
    }

    fn means(&self, number: usize, id: &str) -> bool {
        match self {
            Which::All => true,
            Which::Number(wanted) => *wanted == number,
            Which::Id(start) => id.starts_with(start.as_str()),
        }
    }
}

pub fn run(args: &ExplainArgs) -> anyhow::Result<Done> {
    let which = match Which::parse(args.which.as_deref()) {
        Ok(which) => which,
        Err(reason) => {
            terminal::complain(&reason);
            return Ok(Done::Misused);
        }
    };
    let gathered = intake::gather(std::slice::from_ref(&args.file));
    let name = args.file.display();
    let source = match (gathered.sources.as_slice(), gathered.missing.as_slice()) {
        ([source], []) => source,
        (_, [missing, ..]) => {
            terminal::complain(&missing.to_string());
            return Ok(Done::Failed);
        }
        _ => {
            terminal::complain(&format!("{name}: several articles: name one of them"));
            return Ok(Done::Misused);
        }
    };
    let documents = match reading::extract(source, &args.known) {
        Ok(extraction) => extraction.documents,
        Err(reason) => {
            terminal::complain(&format!("{name}: {reason}"));
            return Ok(Done::Failed);
        }
    };
    if documents.len() > 1 && matches!(which, Which::Number(_)) {
        let count = documents.len();
        terminal::complain(&format!("{name}: holds {count} articles: give the report's id (--format jsonl shows it)"));
        return Ok(Done::Misused);
    }
    let Some(ground) = args.own.ground() else { return Ok(Done::Failed) };
    let records: Vec<Record> = documents.into_iter().map(|document| ground.code(document)).collect();
    let mut output = terminal::output();
    let mut found = 0;
    for record in &records {
        for (number, (report, why)) in (1..).zip(record.reports.iter().zip(&record.whys)) {
            if which.means(number, &report.id) {
                let gap = if found > 0 { "\n" } else { "" };
                found += 1;
                write!(output, "{gap}{}", render::why::report(number, report, why, terminal::width()))?;
            }
        }
    }
    output.flush()?;
    if found > 0 {
        return Ok(Done::Well);
    }
    let count: usize = records.iter().map(|record| record.reports.len()).sum();
    terminal::complain(&match (which, count) {
        (_, 0) => format!("{name}: no report was found in it, so there is none to explain"),
        (Which::Number(number), 1) => format!("{name}: no report {number}: there is one, number 1"),
        (Which::Number(number), _) => format!("{name}: no report {number}: they are numbered 1 to {count}"),
        (Which::Id(id), _) => {
            format!(
                "{name}: no report {id}: its id changes with the text and the name of the file; `verbale code` prints it"
            )
        }
        (Which::All, _) => format!("{name}: nothing to explain"),
    });
    Ok(Done::Failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_or_the_start_of_an_id() {
        assert_eq!(Which::parse(None), Ok(Which::All));
        assert_eq!(Which::parse(Some("3")), Ok(Which::Number(3)));
        assert!(Which::parse(Some("r_3f")).unwrap().means(9, "r_3f9c"));
        assert!(!Which::parse(Some("r_3f")).unwrap().means(9, "r_4f9c"));
        for bad in ["0", "-1", "r_", "three", ""] {
            assert!(Which::parse(Some(bad)).is_err(), "{bad}");
        }
    }
}
