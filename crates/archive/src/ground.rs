//! The ground: the codebook and the weights, as embedded in the binary.
//!
//! Takes nothing; gives a [`Ground`] that reads and codes. Built once, shared
//! by all threads, never changed.

use std::path::Path;
use std::{fs, io};

use coding::learned::Heads;
use coding::{Knowledge, Rule};
use record::{Remark, Sentence};

use crate::own::{self, Mistakes};
use crate::record_of::Record;
use crate::relate::{Marked, Relation, relate};
use reading::Extracted;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/codebook.rs"));
}

/// Codebook and weights.
#[derive(Debug)]
pub struct Ground {
    model: encoder::Model,
    coder: encoder::Coder,
    knowledge: Knowledge,
    remarks: Vec<Remark>,
}

impl Ground {
    /// What the binary carries. A mistake in a codebook file leaves its rule
    /// out and stands in [`Ground::remarks`]; a test keeps main free of them.
    pub fn embedded() -> Ground {
        // The weights are unpacked while the codebook is parsed.
        std::thread::scope(|scope| {
            let networks = scope.spawn(networks);
            let (knowledge, remarks) = Knowledge::parse(embedded::FILES);
            let (model, coder) = networks.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            Ground { model, coder, knowledge, remarks }
        })
    }

    /// The codebook of a folder laid out as `codebook/`, with the embedded
    /// weights: what a writer of rules tries out without building anything.
    /// The texts stay in memory for the life of the process.
    pub fn with_codebook(folder: &Path) -> io::Result<Ground> {
        let mut files: Vec<(&'static str, &'static str)> = Vec::new();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(here) = folders.pop() {
            for entry in fs::read_dir(&here)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|kind| kind == "toml" || kind == "txt" || kind == "tsv") {
                    let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    files.push((name.leak(), fs::read_to_string(&path)?.leak()));
                }
            }
        }
        files.sort_unstable();
        let (knowledge, remarks) = Knowledge::parse(&files);
        let (model, coder) = networks();
        Ok(Ground { model, coder, knowledge, remarks })
    }

    /// The embedded codebook and a user's own entries beside it: every .toml file
    /// under `folder`. Nothing is coded with entries that have mistakes. The texts
    /// stay in memory for the life of the process.
    pub fn with_own(folder: &Path) -> Result<Ground, Mistakes> {
        let entries = own::entries(folder)?;
        let files: Vec<(&'static str, &'static str)> = embedded::FILES.iter().copied().chain(entries).collect();
        let (mut knowledge, remarks) = Knowledge::parse(&files);
        own::refuse(folder, &remarks)?;
        let (model, coder) = networks();
        knowledge.learn_examples(&Heads::new(&model, &coder));
        Ok(Ground { model, coder, knowledge, remarks })
    }

    /// How near a word must be to the examples of an entry, and how near each example
    /// is to the nearest other one; `None` where it has no examples.
    pub fn nearness(&self, id: &str) -> Option<(f32, Vec<(String, f32)>)> {
        self.knowledge.own.as_ref()?.measured(&self.knowledge.codebook, id)
    }

    /// The same with other weights for the network that reads for acts.
    pub fn with_coder(self, weights: Vec<u8>) -> Result<Ground, encoder::WeightError> {
        let coder = encoder::Coder::from_bytes(weights, &self.model)?;
        Ok(Ground { coder, ..self })
    }

    /// Mistakes in the codebook's files.
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// The rules, in the order of their files.
    pub fn rules(&self) -> &[Rule] {
        self.knowledge.codebook.rules()
    }

    pub fn model(&self) -> &encoder::Model {
        &self.model
    }

    /// The network that reads for acts.
    pub fn coder(&self) -> &encoder::Coder {
        &self.coder
    }

    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Sentences, tokens, trees, mentions, quotations of a document.
    pub fn read(&self, extracted: &Extracted) -> (Vec<Sentence>, Vec<Remark>) {
        if extracted.given.is_empty() {
            reading::read(&extracted.document, &self.model)
        } else {
            (reading::read_given(&extracted.given, &self.model), Vec::new())
        }
    }

    /// Reads and codes what was extracted.
    pub fn code(&self, extracted: Extracted) -> Record {
        Record::of(self, extracted, Some(self.heads()))
    }

    /// The same, believing the network more or less than its weights say: for fitting.
    pub fn code_believing(&self, extracted: Extracted, belief: coding::learned::Belief) -> Record {
        Record::of(self, extracted, Some(self.heads().believing(belief)))
    }

    /// The same by the rules alone: how the examples of the codebook are checked.
    pub fn code_by_rules(&self, extracted: Extracted) -> Record {
        Record::of(self, extracted, None)
    }

    fn heads(&self) -> Heads<'_> {
        Heads::new(&self.model, &self.coder)
    }

    /// What the marked source does to the marked target, one answer a
    /// question, in the order of the questions.
    pub fn relate(&self, marked: &[Marked]) -> Vec<Relation> {
        relate(self, marked)
    }
}

fn networks() -> (encoder::Model, encoder::Coder) {
    let model = encoder::Model::embedded();
    let coder = encoder::Coder::embedded(&model);
    (model, coder)
}
