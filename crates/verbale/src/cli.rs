//! The command line: what can be typed, and where each command lives.
//!
//! Takes the arguments of the process; gives an exit status: 0 done, 1 failed,
//! 2 misuse. The definition below is the only one: the help, the man pages,
//! the completions and `docs/commands.md` are made from it. Errors and
//! progress go to standard error.
//!
//! ```
//! use clap::Parser;
//! let cli = verbale::cli::Cli::try_parse_from(["verbale", "code", "article.txt", "--published", "2025-10-28"]);
//! assert!(cli.is_ok());
//! ```

mod batch;
mod code;
mod codebook;
mod completions;
mod demo;
mod eval;
mod explain;
mod extract;
mod jobs;
mod man;
mod own;
mod read;
mod reading;
mod relate;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use own::OwnArgs;
pub use reading::KnownArgs;

use crate::terminal;

/// Reads news of wars and talks and keeps the record
///
/// Each report says who did or said what to whom, when, where, according to
/// whom and how certain, and always carries the exact words it rests on. All
/// of it runs on this machine: nothing is fetched and nothing is sent.
#[derive(Debug, Parser)]
#[command(name = "verbale", version, term_width = 80, max_term_width = 80)]
#[command(after_help = "Exit status: 0 done, 1 failed (nothing could be read), 2 misuse. Errors and progress go to \
standard error; standard output carries only the data. NO_COLOR is obeyed.")]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Code(code::CodeArgs),
    Demo(demo::DemoArgs),
    Explain(explain::ExplainArgs),
    Read(read::ReadArgs),
    Extract(extract::ExtractArgs),
    Relate(relate::RelateArgs),
    Eval(eval::EvalArgs),
    Codebook(codebook::CodebookArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

/// What a command leaves behind. Misuse ends in clap, before a command starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Status 0.
    Well,
    /// Status 1; the reason is already on standard error.
    Failed,
    /// Status 2; the reason is already on standard error.
    Misused,
}

/// Reads the arguments, does what they say.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Code(args) => code::run(&args),
        Command::Demo(args) => demo::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Read(args) => read::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::Relate(args) => relate::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Codebook(args) => codebook::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    };
    match done {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::Failed) => ExitCode::from(1),
        Ok(Done::Misused) => ExitCode::from(2),
        // Whoever read our output has seen enough: `verbale code … | head`.
        Err(error) if terminal::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::complain(&format!("{error:#}"));
            ExitCode::from(1)
        }
    }
}
