//! `verbale completions`: what the shell needs to complete our commands.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Done};
use crate::terminal;

/// Prints the completions for a shell
///
/// For bash: verbale completions bash > ~/.local/share/bash-completion/completions/verbale
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

pub fn run(args: &CompletionsArgs) -> anyhow::Result<Done> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "verbale", &mut script);
    let mut output = terminal::output();
    output.write_all(&script)?;
    output.flush()?;
    Ok(Done::Well)
}
