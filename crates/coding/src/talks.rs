//! Talks that the text goes on about: "the negotiations entered their third day".
//!
//! Takes the trees of a document; gives, for a mention of talks that names no
//! parties, the last mention before it that did, and where the talks were said
//! to be. Never looks ahead.

use crate::codebook::Codebook;
use crate::find::Parties;
use crate::slot::{Path, Slot};
use crate::tree::Tree;

/// A mention of talks with its parties.
#[derive(Debug, Clone)]
pub struct Talks {
    pub sentence: usize,
    pub token: usize,
    /// Head tokens in that sentence.
    pub parties: Vec<usize>,
    pub place: Option<usize>,
}

/// The mentions of talks with at least two parties, in the order of the text.
pub fn mentions<P: Parties>(trees: &[Tree], codebook: &Codebook, parties: impl Fn(usize) -> P) -> Vec<Talks> {
    let slots: Vec<Path> =
        ["adj", "between", "with", "poss", "of", "subj"].iter().filter_map(|text| Path::parse(text).ok()).collect();
    let mut found = Vec::new();
    for (sentence, tree) in trees.iter().enumerate() {
        let asks = parties(sentence);
        for token in 0..tree.len() {
            if !is_talks(tree, codebook, token) {
                continue;
            }
            let mut heads: Vec<usize> = Vec::new();
            for path in &slots {
                let Some(slot) = path.0.first() else { continue };
                let mut fillers = tree.fill(token, slot);
                if *slot == Slot::Subj
                    && let Some(verb) = tree.verb_of_object(token)
                    && codebook.in_list("support", &tree.verb_lemma(verb))
                {
                    fillers.extend(tree.logical_subjects(verb));
                }
                for filler in fillers {
                    for head in tree.coordinated(filler) {
                        if asks.is_party(head) && !heads.contains(&head) {
                            heads.push(head);
                        }
                    }
                }
            }
            let place = tree
                .preposition(token, "in")
                .into_iter()
                .chain(tree.preposition(token, "at"))
                .find(|&head| asks.is_place(head));
            if heads.len() >= 2 || (place.is_some() && found.is_empty()) {
                heads.sort_unstable();
                found.push(Talks { sentence, token, parties: heads, place });
            }
        }
    }
    found
}

pub fn is_talks(tree: &Tree, codebook: &Codebook, token: usize) -> bool {
    tree.token(token).upos == record::Upos::Noun
        && tree.noun_forms(token).iter().any(|form| codebook.in_list("talks", form))
}
