//! All that the coder knows: rules, actors, places.
//!
//! Takes the files under `codebook/`; gives what [`crate::code()`] wants first.

use record::Remark;

use crate::actors::Actors;
use crate::codebook::Codebook;
use crate::learned::Heads;
use crate::own::Own;
use crate::places::Gazetteer;

#[derive(Debug)]
pub struct Knowledge {
    pub codebook: Codebook,
    pub actors: Actors,
    pub gazetteer: Gazetteer,
    /// A user's entries by examples, where there are any.
    pub own: Option<Own>,
}

impl Knowledge {
    /// `files`: names as under `codebook/` and their texts. A file with a
    /// mistake is left out in part and remarked on.
    pub fn parse(files: &[(&'static str, &'static str)]) -> (Knowledge, Vec<Remark>) {
        let of = |folder: &str| -> Vec<(&'static str, &'static str)> {
            files.iter().filter(|(name, _)| name.starts_with(folder)).copied().collect()
        };
        let (codebook, mut remarks) = Codebook::parse(files);
        let (actors, more) = Actors::parse(&of("actors/"));
        remarks.extend(more);
        let (gazetteer, more) = Gazetteer::parse(&of("places/"));
        remarks.extend(more);
        (Knowledge { codebook, actors, gazetteer, own: None }, remarks)
    }

    /// Reads the examples of a user's entries with the network that is to find their like.
    pub fn learn_examples(&mut self, heads: &Heads<'_>) {
        self.own = Own::new(&self.codebook, heads);
    }
}
