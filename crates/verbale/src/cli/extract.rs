//! `verbale extract`: the clean text and what is known of the article.

use clap::Args;

use super::Done;
use super::batch::{self, Article, BatchArgs};
use crate::render;

/// Prints the clean text of articles and what is known of them, as JSON
///
/// One document a line. Everything that was cut is kept in `cut`, with its
/// reason. All offsets that the other commands print point into `text`.
#[derive(Debug, Args)]
pub struct ExtractArgs {
    #[command(flatten)]
    pub batch: BatchArgs,

    /// Indent the JSON, for reading
    #[arg(long)]
    pub pretty: bool,
}

pub fn run(args: &ExtractArgs) -> anyhow::Result<Done> {
    batch::run(&args.batch, "", |extracted| {
        let document = render::extracted::document(&extracted.document);
        Article {
            source: extracted.document.source.clone(),
            output: if args.pretty { render::json_pretty(&document) } else { render::json_line(&document) },
            remarks: extracted.remarks.iter().map(ToString::to_string).collect(),
            ..Article::default()
        }
    })
}
