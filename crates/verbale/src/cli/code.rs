//! `verbale code`: articles in, reports out.

use archive::Record;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use record::{Report, Status};

use super::Done;
use super::OwnArgs;
use super::batch::{self, Article, BatchArgs};
use crate::{render, terminal};

/// Reads articles and prints their reports
///
/// On a terminal the reports come as a table; in a pipe as JSON lines, one
/// report a line. Every article is coded on its own; the output keeps the order
/// of the input. The last line on standard error counts what was done.
#[derive(Debug, Args)]
pub struct CodeArgs {
    #[command(flatten)]
    pub batch: BatchArgs,

    #[command(flatten)]
    pub shape: ShapeArgs,

    #[command(flatten)]
    pub own: OwnArgs,
}

#[derive(Debug, Args)]
pub struct ShapeArgs {
    /// The form of the output [default: table on a terminal, jsonl in a pipe]
    #[arg(long, value_enum)]
    pub format: Option<Format>,

    /// Only reports of these statuses, as actual,future
    ///
    /// By default all are printed, but for plover, where only actual ones are:
    /// its readers would count the others as having happened.
    #[arg(long, value_name = "STATUS", value_delimiter = ',', value_parser = statuses())]
    pub status: Vec<Status>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading: who did what to whom, and the words it rests on
    Table,
    /// One report a line, with all that is known of it
    Jsonl,
    /// The exchange format of PLOVER, one event a line
    Plover,
    /// One row a report
    Csv,
}

fn statuses() -> impl TypedValueParser<Value = Status> {
    PossibleValuesParser::new(Status::ALL.map(|(name, _)| name))
        .map(|name| Status::parse(&name).unwrap_or(Status::Actual))
}

pub fn run(args: &CodeArgs) -> anyhow::Result<Done> {
    let shape = Shape::of(&args.shape);
    let Some(ground) = args.own.ground() else { return Ok(Done::Failed) };
    for remark in ground.remarks() {
        terminal::complain(&format!("codebook: {remark}"));
    }
    batch::run(&args.batch, &shape.head(), |extracted| shape.article(&ground.code(extracted)))
}

/// How the output is to look.
#[derive(Debug, Clone)]
pub struct Shape {
    format: Format,
    statuses: Vec<Status>,
    width: usize,
}

impl Shape {
    pub fn of(args: &ShapeArgs) -> Shape {
        let usual = if terminal::is_watched() { Format::Table } else { Format::Jsonl };
        let format = args.format.unwrap_or(usual);
        let statuses = match (args.status.is_empty(), format) {
            (false, _) => args.status.clone(),
            (true, Format::Plover) => vec![Status::Actual],
            (true, _) => Status::ALL.map(|(_, status)| status).to_vec(),
        };
        Shape { format, statuses, width: terminal::width() }
    }

    /// What opens the output, before the first article.
    pub fn head(&self) -> String {
        if self.format == Format::Csv { render::csv::header() } else { String::new() }
    }

    /// A record in words. Reports keep their numbers when some are left out,
    /// so that `verbale explain` counts the same way.
    fn write(&self, record: &Record, reports: &[(usize, &Report)]) -> String {
        let each = |line: &dyn Fn(&Report) -> String| reports.iter().map(|(_, report)| line(report)).collect();
        match self.format {
            Format::Table => render::table::article(record, reports, self.width),
            Format::Jsonl => each(&|report| render::json_line(report)),
            Format::Plover => each(&|report| render::json_line(&render::plover::event(record, report))),
            Format::Csv => each(&|report| render::csv::row(record, report)),
        }
    }

    pub fn article(&self, record: &Record) -> Article {
        let reports: Vec<(usize, &Report)> =
            (1..).zip(&record.reports).filter(|(_, report)| self.statuses.contains(&report.status)).collect();
        let skipped = batch::foreign(&record.remarks);
        Article {
            source: record.document.source.clone(),
            output: if skipped.is_some() { String::new() } else { self.write(record, &reports) },
            sentences: Some(record.sentences.len()),
            reports: Some(reports.len()),
            undated: record.document.published.is_none(),
            skipped,
            remarks: record.remarks.iter().map(ToString::to_string).collect(),
        }
    }
}
