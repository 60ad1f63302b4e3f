//! `verbale demo`: the example that ships inside the program.

use std::io::Write;

use archive::Ground;
use clap::Args;

use super::Done;
use super::code::{Shape, ShapeArgs};
use crate::terminal;

const ARTICLE: &str = include_str!("../../examples/demo.txt");

/// Codes an example article that ships inside the program
#[derive(Debug, Args)]
pub struct DemoArgs {
    #[command(flatten)]
    pub shape: ShapeArgs,

    /// Print the article itself instead of its reports
    #[arg(long, conflicts_with_all = ["format", "status"])]
    pub article: bool,
}

pub fn run(args: &DemoArgs) -> anyhow::Result<Done> {
    let mut output = terminal::output();
    if args.article {
        output.write_all(ARTICLE.as_bytes())?;
        output.flush()?;
        return Ok(Done::Well);
    }
    let ground = Ground::embedded();
    let shape = Shape::of(&args.shape);
    output.write_all(shape.head().as_bytes())?;
    let source = archive::Source { name: "demo.txt", ..Default::default() };
    for extracted in archive::extract(ARTICLE.as_bytes(), &source)?.documents {
        output.write_all(shape.article(&ground.code(extracted)).output.as_bytes())?;
    }
    output.flush()?;
    if terminal::is_watched() {
        terminal::note("the article: verbale demo --article    your own: verbale code FILE --published DATE");
    }
    Ok(Done::Well)
}
