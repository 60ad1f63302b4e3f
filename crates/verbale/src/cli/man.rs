//! `verbale man`: the manual pages.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, Command, CommandFactory};

use super::{Cli, Done};
use crate::terminal;

/// Prints the manual page, or writes the pages of all commands into a folder
#[derive(Debug, Args)]
pub struct ManArgs {
    /// The folder to write verbale.1, verbale-code.1 … into
    pub dir: Option<PathBuf>,
}

pub fn run(args: &ManArgs) -> anyhow::Result<Done> {
    let mut command = Cli::command().disable_help_subcommand(true);
    // Gives the subcommands their full names.
    command.build();
    let Some(dir) = &args.dir else {
        let mut output = terminal::output();
        output.write_all(&page(command)?)?;
        output.flush()?;
        return Ok(Done::Well);
    };
    fs::create_dir_all(dir).with_context(|| format!("{}: cannot be made", dir.display()))?;
    let subs: Vec<Command> = command.get_subcommands().cloned().collect();
    for command in std::iter::once(command).chain(subs) {
        let path = dir.join(format!("{}.1", command.get_display_name().unwrap_or(command.get_name())));
        fs::write(&path, page(command)?).with_context(|| format!("{}: cannot be written", path.display()))?;
    }
    Ok(Done::Well)
}

fn page(command: Command) -> std::io::Result<Vec<u8>> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    Ok(page)
}
