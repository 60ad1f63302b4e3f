//! Slots filled: the heads that a path of the codebook names.

use super::Tree;
use super::roles::OBJECT_CONTROL;
use crate::slot::Slot;

impl Tree<'_> {
    /// The heads that fill a slot of `trigger`. `speaker` and `near` are not
    /// grammar; the caller fills them.
    pub fn fill(&self, trigger: usize, slot: &Slot) -> Vec<usize> {
        let verb = self.is_verb(trigger) || self.children_by(trigger, &["cop"]).next().is_some();
        match slot {
            Slot::Subj if verb => self.logical_subjects(trigger),
            // The subject of a support verb is added by who knows that it supports.
            Slot::Subj => self.owners(trigger),
            Slot::Obj => self.logical_objects(trigger),
            Slot::Iobj => self.children_by(trigger, &["iobj"]).collect(),
            Slot::Poss => {
                self.children(trigger).iter().copied().filter(|&child| self.deprel(child) == "nmod:poss").collect()
            }
            Slot::Adj => self.adjectives(trigger),
            // "it is X's responsibility to act", "unacceptable that": the clause
            // hangs on a predicate under several names.
            Slot::Xcomp | Slot::Ccomp if self.children_by(trigger, &["cop"]).next().is_some() => self
                .children_by(trigger, &["xcomp", "ccomp", "csubj", "acl", "advcl"])
                .filter(|&child| self.deprel(child) != "acl:relcl")
                .collect(),
            // "called on Kabul to act", "ordered staff to leave", "proposed
            // involving them": the parser often calls these something else.
            Slot::Xcomp => {
                let own: Vec<usize> = self.children_by(trigger, &["xcomp"]).collect();
                if !own.is_empty() {
                    return own;
                }
                self.children_by(trigger, &["advcl", "ccomp"])
                    .filter(|&child| {
                        self.is_gerund_object(trigger, child)
                            || child > trigger
                                && self.children_by(child, &["mark"]).any(|mark| self.lemma(mark) == "to")
                    })
                    // "asked the peacekeepers to leave": hung on the noun.
                    .chain(
                        self.children_by(trigger, &["obj", "iobj", "obl"])
                            .filter(|_| OBJECT_CONTROL.contains(&self.lemma(trigger).as_str()))
                            .flat_map(|object| {
                                self.children_by(object, &["acl"])
                                    .filter(|&child| {
                                        self.children_by(child, &["mark"]).any(|mark| self.lemma(mark) == "to")
                                    })
                                    .collect::<Vec<_>>()
                            }),
                    )
                    .collect()
            }
            Slot::Ccomp => self.children_by(trigger, &["ccomp", "csubj"]).collect(),
            Slot::Advcl => self.children_by(trigger, &["advcl"]).collect(),
            Slot::Acl => self
                .children_by(trigger, &["acl", "ccomp", "xcomp", "parataxis"])
                .filter(|&child| self.deprel(child) != "acl:relcl")
                .collect(),
            Slot::Prep(word) => {
                let mut found = self.preposition(trigger, word);
                if found.is_empty() {
                    // The phrase may hang on the support verb ("held talks in Doha
                    // with rebels") or on the object ("signed a deal with rebels").
                    if verb {
                        for object in self.children_by(trigger, &["obj"]) {
                            found.extend(self.preposition(object, word));
                        }
                        if found.is_empty()
                            && self.relation(trigger) == "conj"
                            && let Some(head) = self.head(trigger)
                        {
                            found.extend(self.preposition(head, word).into_iter().filter(|&phrase| phrase > trigger));
                        }
                    } else {
                        // "charges of genocide against him": hung one noun too deep.
                        if matches!(word.as_str(), "against" | "by" | "with" | "between") {
                            for inner in
                                self.children_by(trigger, &["nmod"]).filter(|&inner| self.case_of(inner) == "of")
                            {
                                found.extend(self.preposition(inner, word));
                            }
                        }
                        let carrier = self.carrier(trigger);
                        if carrier != trigger {
                            found.extend(self.preposition(carrier, word));
                        }
                        if found.is_empty()
                            && let Some(support) =
                                self.verb_of_object(trigger).or_else(|| self.verb_of_subject(trigger))
                        {
                            found.extend(self.preposition(support, word));
                        }
                    }
                }
                found
            }
            Slot::Speaker => Vec::new(),
        }
    }
}
