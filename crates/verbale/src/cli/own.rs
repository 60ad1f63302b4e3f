//! `--codebook DIR`: a user's own entries beside the program's.

use std::path::PathBuf;

use archive::Ground;
use clap::Args;

use crate::terminal;

#[derive(Debug, Args)]
pub struct OwnArgs {
    /// A folder of your own entries: every .toml file in and under it
    ///
    /// Each is an event type of yours, by patterns or by a handful of example
    /// sentences; docs/own-types.md tells how to write one. Where an entry and
    /// the program see one word differently the entry is followed.
    #[arg(long = "codebook", value_name = "DIR")]
    pub folder: Option<PathBuf>,
}

impl OwnArgs {
    /// The ground with these entries in it; `None`, with every mistake on standard
    /// error, where an entry has one.
    pub fn ground(&self) -> Option<Ground> {
        let Some(folder) = &self.folder else { return Some(Ground::embedded()) };
        match Ground::with_own(folder) {
            Ok(ground) => Some(ground),
            Err(mistakes) => {
                mistakes.0.iter().for_each(|mistake| terminal::complain(mistake));
                None
            }
        }
    }
}
