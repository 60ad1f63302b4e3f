//! Many articles, one after the other for the reader, side by side for the machine.
//!
//! Takes what was named and what to do with one document; gives the output in
//! the order of the input, a word on standard error for every article that was
//! left out, and one line at the end that counts. Never lets one bad article
//! stop the others.

use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::thread;
use std::time::Instant;

use archive::Extracted;
use clap::Args;
use record::Remark;

use super::jobs::{self, Job, Jobs, Load};
use super::{Done, KnownArgs, reading};
use crate::intake::Source;
use crate::ordered::{self, Panicked};
use crate::terminal;

#[derive(Debug, Args)]
pub struct BatchArgs {
    /// Articles: files, folders, patterns, or - for standard input
    ///
    /// Plain text, HTML, Markdown, JSON lines and CoNLL-U are told apart by
    /// name and content. In a folder the readable files are taken by name, its
    /// subfolders with them. With nothing named, standard input is read.
    #[arg(value_name = "FILES|DIRS|GLOBS|-")]
    pub files: Vec<PathBuf>,

    #[command(flatten)]
    pub known: KnownArgs,

    /// How many articles to work on at a time [default: one a processor]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub jobs: Option<u16>,

    /// Print every doubt about every article on standard error
    #[arg(long)]
    pub remarks: bool,
}

/// One article, done and put into words.
#[derive(Debug, Default)]
pub struct Article {
    pub source: String,
    pub output: String,
    pub sentences: Option<usize>,
    pub reports: Option<usize>,
    /// It has no published date, and that matters here.
    pub undated: bool,
    /// Why it was passed over after all: its language.
    pub skipped: Option<String>,
    pub remarks: Vec<String>,
}

/// What became of one job: its articles and the remarks about its source as a
/// whole, or why the source was left out.
type Outcome = Result<(Vec<Article>, Vec<Remark>), String>;

/// Why a document was not read: the remark on its language.
pub fn foreign(remarks: &[Remark]) -> Option<String> {
    remarks.iter().find(|remark| remark.kind == "language").map(|remark| remark.text.clone())
}

#[derive(Default)]
struct Tally {
    /// Documents that came in, skipped ones with them.
    read: usize,
    articles: usize,
    sentences: Option<usize>,
    reports: Option<usize>,
    skipped: usize,
    undated: usize,
}

/// Does `work` on every document of what was named. `head` opens the output.
pub fn run(args: &BatchArgs, head: &str, work: impl Fn(Extracted) -> Article + Sync) -> anyhow::Result<Done> {
    let started = Instant::now();
    let Some(gathered) = reading::gather(&args.files) else { return Ok(Done::Misused) };
    for missing in &gathered.missing {
        terminal::complain(&missing.to_string());
    }
    let mut tally = Tally { skipped: gathered.missing.len(), ..Tally::default() };
    if !gathered.sources.is_empty() {
        all(args, head, &gathered.sources, &mut tally, &work)?;
    }
    terminal::note(&tally.line(started.elapsed().as_secs_f32()));
    Ok(if tally.read == 0 { Done::Failed } else { Done::Well })
}

fn all(
    args: &BatchArgs,
    head: &str,
    sources: &[Source],
    tally: &mut Tally,
    work: &(impl Fn(Extracted) -> Article + Sync),
) -> anyhow::Result<()> {
    let many = sources.len() > 1 || sources.iter().any(|source| jobs::holds_rows(source, &args.known));
    let bar = terminal::progress(sources.iter().map(|source| source.bytes).sum(), many);
    let mut output = terminal::output();
    let mut failed = None;
    output.write_all(head.as_bytes())?;
    silence_panics_of_threads();
    let threads = args.jobs.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
    ordered::map(
        threads,
        Jobs::new(sources, &args.known),
        |job| (job.source, job.bytes, one(job, &args.known, work)),
        |result| {
            let (source, bytes, outcome) = match result {
                Ok(done) => done,
                Err(Panicked { job, words }) => {
                    let reason = format!("the program failed on it ({words}): please report this with the article");
                    (job.source, job.bytes, Err(reason))
                }
            };
            let written = bar.suspend(|| {
                let written = tally.take(outcome, source, args.remarks, &mut output);
                // A person who watches wants each article as soon as it is there.
                if terminal::is_watched() { written.and_then(|()| output.flush()) } else { written }
            });
            bar.inc(bytes);
            bar.set_message(format!("{} articles", tally.articles));
            match written {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        },
    );
    bar.finish_and_clear();
    match failed {
        Some(error) => Err(error.into()),
        None => Ok(output.flush()?),
    }
}

fn one(job: &Job, known: &KnownArgs, work: &impl Fn(Extracted) -> Article) -> Outcome {
    match &job.load {
        Load::Unopened => {
            let extraction = reading::extract(job.source, known)?;
            Ok((extraction.documents.into_iter().map(work).collect(), extraction.remarks))
        }
        Load::Opened(opened) => Ok((Vec::new(), opened.clone()?)),
        Load::Document(document) => Ok((vec![work((**document).clone())], Vec::new())),
    }
}

impl Tally {
    /// Writes what became of one source, and counts it.
    fn take(
        &mut self,
        outcome: Outcome,
        source: &Source,
        remarks: bool,
        output: &mut impl Write,
    ) -> std::io::Result<()> {
        let (articles, doubts) = match outcome {
            Ok(done) => done,
            Err(reason) => {
                terminal::complain(&format!("skipped {}: {reason}", source.name));
                self.skipped += 1;
                return Ok(());
            }
        };
        for doubt in doubts {
            // A row is an article: leaving one out is told and counted.
            if doubt.kind == "bad-row" {
                terminal::complain(&format!("skipped a row of {}: {}", source.name, doubt.text));
                self.skipped += 1;
            } else if remarks {
                terminal::note(&format!("{}: {doubt}", source.name));
            }
        }
        for article in articles {
            if remarks {
                article.remarks.iter().for_each(|doubt| terminal::note(&format!("{}: {doubt}", article.source)));
            }
            if let Some(reason) = &article.skipped {
                terminal::complain(&format!("skipped {}: {reason}", article.source));
                self.skipped += 1;
            }
            let add = |total: &mut Option<usize>, count: Option<usize>| {
                if let Some(count) = count {
                    *total = Some(total.unwrap_or(0) + count);
                }
            };
            self.articles += usize::from(article.skipped.is_none());
            self.read += 1;
            add(&mut self.sentences, article.sentences);
            add(&mut self.reports, article.reports);
            self.undated += usize::from(article.undated && article.skipped.is_none());
            output.write_all(article.output.as_bytes())?;
        }
        Ok(())
    }

    fn line(&self, seconds: f32) -> String {
        let count = |count: usize, noun: &str| format!("{count} {noun}{}, ", if count == 1 { "" } else { "s" });
        let mut line = count(self.articles, "article");
        line += &self.sentences.map(|sentences| count(sentences, "sentence")).unwrap_or_default();
        line += &self.reports.map(|reports| count(reports, "report")).unwrap_or_default();
        line += &format!("{} skipped, {seconds:.1} s", self.skipped);
        if self.undated > 0 {
            line += &format!("; {} without a published date (--published gives one)", self.undated);
        }
        line
    }
}

/// A panic in a thread becomes a word about its article; only one in the main
/// thread is told as Rust tells it.
fn silence_panics_of_threads() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if thread::current().name() == Some("main") {
            usual(panic);
        }
    }));
}
