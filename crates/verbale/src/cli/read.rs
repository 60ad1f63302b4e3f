//! `verbale read`: how each sentence was read.

use archive::Ground;
use clap::{Args, ValueEnum};
use record::Document;

use super::Done;
use super::batch::{self, Article, BatchArgs};
use crate::{render, terminal};

/// Prints how each sentence was read: tokens, tree, mentions, quotations
///
/// With CoNLL-U in, the given sentences and tokens are kept and CoNLL-U comes
/// out. Otherwise a terminal gets the pretty form and a pipe JSON lines, one
/// document a line.
#[derive(Debug, Args)]
pub struct ReadArgs {
    #[command(flatten)]
    pub batch: BatchArgs,

    /// The form of the output [default: conllu where that comes in; else pretty
    /// on a terminal, jsonl in a pipe]
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// CoNLL-U, with mentions and offsets in the last column
    Conllu,
    /// One document a line
    Jsonl,
    /// For reading: the tree of each sentence, drawn
    Pretty,
}

pub fn run(args: &ReadArgs) -> anyhow::Result<Done> {
    let ground = Ground::embedded();
    let usual = if terminal::is_watched() { Format::Pretty } else { Format::Jsonl };
    let width = terminal::width();
    batch::run(&args.batch, "", |extracted| {
        let usual = if extracted.given.is_empty() { usual } else { Format::Conllu };
        let (sentences, remarks) = ground.read(&extracted);
        let document = &extracted.document;
        let skipped = batch::foreign(&extracted.remarks).or_else(|| batch::foreign(&remarks));
        let output = match args.format.unwrap_or(usual) {
            _ if skipped.is_some() => String::new(),
            Format::Conllu => archive::conllu::write(conllu_id(document), &document.text, &sentences),
            Format::Jsonl => render::json_line(&render::reading::document(document, &sentences)),
            Format::Pretty => render::pretty::document(document, &sentences, width),
        };
        Article {
            source: document.source.clone(),
            output,
            sentences: Some(sentences.len()),
            skipped,
            remarks: extracted.remarks.iter().chain(&remarks).map(ToString::to_string).collect(),
            ..Article::default()
        }
    })
}

/// The id that came with `# newdoc`, where one did: sources of CoNLL-U are
/// written `file#id`.
fn conllu_id(document: &Document) -> &str {
    document.source.split_once('#').map_or(document.id.as_str(), |(_, id)| id)
}
