//! `verbale eval`: how good the program is on text that people annotated.

use std::collections::BTreeSet;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use archive::Ground;
use archive::eval::{self, Article, Corpus, Fault, Scored, Split, Tally};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use super::Done;
use crate::intake::{self, Source};
use crate::ordered::{self, Panicked};
use crate::{render, terminal};

/// Measures the program on articles that people annotated
///
/// Reads and codes each article from its raw text, as `verbale code` does, and
/// holds the reports against the annotations: precision, recall and F1 of
/// events, types and arguments, shares of right statuses, modes and sources,
/// false reports, and whether confidence means what it says. docs/eval.md
/// tells the formats and every figure.
#[derive(Debug, Args)]
pub struct EvalArgs {
    /// Annotated articles: folders, files, patterns, or - for standard input
    ///
    /// A .txt file in the corpus format, a .jsonl file with one article a line,
    /// or the folder of a case (article.txt and gold.jsonl).
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// Print every error with its sentence, the most frequent kinds first
    #[arg(long)]
    pub errors: bool,

    /// Print a line for every report: its confidence and whether it is right
    ///
    /// Only with --format jsonl. A calibration can be fitted on it.
    #[arg(long)]
    pub reports: bool,

    /// Only the articles of this part of a corpus
    ///
    /// By the hash of the article's id: a tenth test, a tenth dev, the rest
    /// train. Cases belong to no part and are left out.
    #[arg(long, value_name = "SPLIT", value_parser = splits())]
    pub split: Option<Split>,

    /// The form of the output
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,

    /// How many articles to work on at a time [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub jobs: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables
    Text,
    /// One object with every figure; errors and reports one a line after it
    Jsonl,
}

fn splits() -> impl TypedValueParser<Value = Split> {
    PossibleValuesParser::new(Split::ALL.map(|(name, _)| name)).map(|name| {
        let found = Split::ALL.iter().find(|(known, _)| *known == name);
        found.map_or(Split::Train, |&(_, split)| split)
    })
}

/// What there is to score, and what could not be read.
#[derive(Default)]
struct Work {
    articles: Vec<Article>,
    /// Folders.
    cases: Vec<PathBuf>,
    /// Articles left out for a mistake.
    skipped: usize,
    /// Files that gave nothing.
    failed: usize,
}

pub fn run(args: &EvalArgs) -> anyhow::Result<Done> {
    if args.reports && args.format != Format::Jsonl {
        terminal::complain("--reports wants --format jsonl");
        return Ok(Done::Misused);
    }
    let started = Instant::now();
    let mut work = gather(&args.paths);
    if let Some(split) = args.split {
        work.articles.retain(|article| Split::of(&article.id) == split);
        work.cases.clear();
    }
    let ground = Ground::embedded();
    let (scored, panicked) = score(&ground, &work.articles, args.jobs);
    work.skipped += panicked;
    let mut output = terminal::output();
    if scored.tally.articles > 0 {
        write(args, &scored, &mut output)?;
    }
    let cases = cases(&ground, &mut work, args.format, scored.tally.articles > 0, &mut output)?;
    output.flush()?;
    let seconds = started.elapsed().as_secs_f64();
    terminal::note(&summary(&scored.tally, cases, &work, seconds));
    if scored.tally.articles + cases == 0 && work.failed + work.skipped == 0 {
        terminal::complain("nothing to score: no article of this split was found");
    }
    Ok(if scored.tally.articles + cases == 0 || work.failed > 0 { Done::Failed } else { Done::Well })
}

/// Reads what was named; every mistake goes to standard error.
fn gather(paths: &[PathBuf]) -> Work {
    let gathered = intake::gather(paths);
    let mut work = Work::default();
    for missing in &gathered.missing {
        terminal::complain(&missing.to_string());
        work.failed += 1;
    }
    let named: BTreeSet<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let mut ids: BTreeSet<String> = BTreeSet::new();
    for source in &gathered.sources {
        if let Some(folder) = case_of(&source.name) {
            if !work.cases.contains(&folder) {
                work.cases.push(folder);
            }
        } else if is_corpus(&source.name) || named.contains(&source.name) {
            work.file(source, &mut ids);
        }
    }
    if work.articles.is_empty() && work.cases.is_empty() && work.failed + work.skipped == 0 {
        terminal::complain("no annotated text here: give .txt or .jsonl files in a format of docs/eval.md");
        work.failed += 1;
    }
    work
}

/// Other files in a folder are no annotated text.
fn is_corpus(name: &str) -> bool {
    let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    name == "-" || ["txt", "jsonl", "ndjson"].contains(&ending)
}

/// The folder of the case that a file belongs to.
fn case_of(name: &str) -> Option<PathBuf> {
    let folder = Path::new(name).parent()?;
    let beside = |file: &str| folder.join(file).is_file();
    let belongs = ["article.txt", "gold.jsonl", "meta.json"].iter().any(|file| Path::new(name).ends_with(file));
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    (belongs && beside("article.txt") && beside("gold.jsonl")).then(|| here.to_path_buf())
}

impl Work {
    fn file(&mut self, source: &Source, ids: &mut BTreeSet<String>) {
        let bytes = match source.bytes() {
            Ok(bytes) => bytes,
            Err(reason) => {
                terminal::complain(&format!("{}: {reason}", source.name));
                self.failed += 1;
                return;
            }
        };
        let corpus = Corpus::read(&source.name, &bytes);
        for mistake in &corpus.mistakes {
            terminal::complain(&mistake.to_string());
        }
        self.skipped += corpus.left_out;
        self.failed += usize::from(corpus.articles.is_empty());
        for article in corpus.articles {
            if ids.insert(article.id.clone()) {
                self.articles.push(article);
            } else {
                let Article { file, line, id, .. } = &article;
                terminal::complain(&format!("{file}:{line}: the id {id} is taken in another file: give it another"));
                self.skipped += 1;
            }
        }
    }
}

/// Scores all articles; gives the sum and how many the program failed on.
fn score(ground: &Ground, articles: &[Article], jobs: Option<u16>) -> (Scored, usize) {
    let threads = jobs.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
    let bar = terminal::progress(articles.len() as u64, articles.len() > 1);
    let (mut all, mut failed) = (Scored::default(), 0);
    ordered::map(
        threads,
        articles.iter(),
        |article| eval::score(article, &ground.code(article.extracted())),
        |result| {
            match result {
                Ok(scored) => {
                    all.tally.add(&scored.tally);
                    all.faults.extend(scored.faults);
                    all.weighed.extend(scored.weighed);
                }
                Err(Panicked { job, words }) => {
                    failed += 1;
                    let Article { file, line, .. } = job;
                    bar.suspend(|| {
                        terminal::complain(&format!(
                            "{file}:{line}: the program failed on it ({words}): please report this with the article"
                        ));
                    });
                }
            }
            bar.inc(1);
            ControlFlow::Continue(())
        },
    );
    bar.finish_and_clear();
    (all, failed)
}

fn write(args: &EvalArgs, scored: &Scored, output: &mut impl Write) -> std::io::Result<()> {
    match args.format {
        Format::Text => {
            output.write_all(render::eval::figures(&scored.tally).as_bytes())?;
            if args.errors {
                output.write_all(eval::errors::page(&scored.faults, terminal::width()).as_bytes())?;
            }
        }
        Format::Jsonl => {
            output.write_all(render::json_line(&scored.tally.figures()).as_bytes())?;
            if args.errors {
                for row in scored.faults.iter().map(Fault::row) {
                    output.write_all(render::json_line(&row).as_bytes())?;
                }
            }
            if args.reports {
                for row in scored.weighed.iter().map(eval::Weighed::row) {
                    output.write_all(render::json_line(&row).as_bytes())?;
                }
            }
        }
    }
    Ok(())
}

/// Scores the cases; gives how many.
fn cases(
    ground: &Ground,
    work: &mut Work,
    format: Format,
    after: bool,
    output: &mut impl Write,
) -> std::io::Result<usize> {
    let mut done = 0;
    for folder in &work.cases {
        match eval::case::score(ground, folder, None, None) {
            Ok((score, facts)) => {
                let text = match format {
                    Format::Text => {
                        format!(
                            "{}case {}\n{facts}{score}\n",
                            if after || done > 0 { "\n" } else { "" },
                            folder.display()
                        )
                    }
                    Format::Jsonl => render::json_line(&score.figures(&folder.display().to_string())),
                };
                output.write_all(text.as_bytes())?;
                done += 1;
            }
            Err(reason) => {
                terminal::complain(&format!("{}: {reason}", folder.display()));
                work.failed += 1;
            }
        }
    }
    Ok(done)
}

fn summary(tally: &Tally, cases: usize, work: &Work, seconds: f64) -> String {
    let count = |count: usize, noun: &str| format!("{count} {noun}{}, ", if count == 1 { "" } else { "s" });
    let mut line = String::new();
    if tally.articles > 0 || cases == 0 {
        line += &count(tally.articles, "article");
        line += &count(tally.sentences, "sentence");
    }
    if cases > 0 {
        line += &count(cases, "case");
    }
    line += &format!("{} skipped, {seconds:.1} s", work.skipped);
    if tally.sentences > 0 {
        line += &format!(", {:.0} sentences a second", tally.sentences as f64 / seconds.max(1e-6));
    }
    line
}
