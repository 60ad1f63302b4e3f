//! Mends: what the parser often gets wrong, put right before anything is asked.
//!
//! Each mend names the shape it is for and touches nothing else. They were found
//! by reading what rules missed on real articles and on the codebook's examples.

use record::Upos;

use super::{Tree, children_of};

impl Tree<'_> {
    /// All mends, in the order in which they rest on one another.
    pub(super) fn mend(&mut self) {
        self.mend_coordination();
        self.mend_false_passives();
        self.mend_objects_before_marks();
        self.mend_nominal_coordination();
        self.mend_possessors();
        self.mend_second_subjects();
    }

    /// "set conditions: that Kabul must refrain and not allow": the parser
    /// hangs the bare verb on the finite one; it belongs to the nearest verb
    /// before it that has a modal.
    fn mend_coordination(&mut self) {
        for verb in 0..self.len() {
            let token = self.token(verb);
            let Some(head) = self.head(verb) else { continue };
            let bare = token.xpos == "VB" && token.relation() == "conj" && head < verb;
            if !bare || self.token(head).xpos == "VB" || self.children_by(verb, &["nsubj", "aux"]).next().is_some() {
                continue;
            }
            if !self.modals(head).is_empty() {
                continue;
            }
            let better = (head + 1..verb).rev().find(|&other| {
                self.head(other) == Some(head)
                    && matches!(self.relation(other), "parataxis" | "ccomp" | "conj" | "xcomp" | "advcl")
                    && self.token(other).xpos == "VB"
                    && !self.modals(other).is_empty()
            });
            if better.is_some() {
                self.heads[verb] = better;
            }
        }
        self.children = children_of(&self.heads);
    }

    /// "Soldiers fired on them", "Turkey had suspended trade": a subject called
    /// passive over a verb that has no "be" or "get" and cannot be a participle alone.
    fn mend_false_passives(&mut self) {
        for subject in 0..self.len() {
            if self.deprels[subject] != "nsubj:pass" {
                continue;
            }
            let Some(verb) = self.head(subject).filter(|&verb| self.is_verb(verb)) else { continue };
            let auxiliaries: Vec<usize> = self.children_by(verb, &["aux"]).collect();
            let helped = auxiliaries
                .iter()
                .any(|&aux| self.deprels[aux] == "aux:pass" || matches!(self.lemma(aux).as_str(), "be" | "get"));
            let finite = self.token(verb).xpos != "VBN"
                || auxiliaries.iter().any(|&aux| matches!(self.lemma(aux).as_str(), "have"));
            if !helped && finite && self.children_by(verb, &["obl"]).all(|child| self.deprels[child] != "obl:agent") {
                self.deprels[subject] = "nsubj";
            }
        }
    }

    /// "accusing Kabul of having sheltered them", "urged Kabul to act": an
    /// object that stands before its verb's own mark belongs to the verb above.
    fn mend_objects_before_marks(&mut self) {
        for object in 0..self.len() {
            let Some(clause) = self.head(object).filter(|&clause| object < clause && self.relation(object) == "obj")
            else {
                continue;
            };
            let Some(above) = self.head(clause).filter(|&above| above < object && self.is_verb(above)) else {
                continue;
            };
            let marked = self.children_by(clause, &["mark", "aux", "cop"]).any(|mark| mark > object && mark < clause);
            if marked && self.children_by(above, &["obj"]).next().is_none() && self.relation(clause) != "conj" {
                self.heads[object] = Some(above);
            }
        }
        self.children = children_of(&self.heads);
    }

    /// "between the army and M23 rebels": the second of the pair hung on the
    /// noun above instead of on the first.
    fn mend_nominal_coordination(&mut self) {
        for second in 0..self.len() {
            let between = self.relation(second) == "conj"
                && self.head(second).is_some_and(|head| {
                    self.children_by(head, &["nmod"]).any(|other| {
                        other < second && self.case_of(other) == "between" && self.coordinated(other).len() == 1
                    })
                });
            let stray = (between || matches!(self.relation(second), "nmod" | "obl"))
                && self.token(second).upos.is_nominal()
                && self.case_of(second).is_empty()
                && self.children_by(second, &["cc"]).any(|cc| cc < second);
            if !stray {
                continue;
            }
            let first = self.head(second).and_then(|head| {
                self.children_by(head, &["nmod", "obl"])
                    .filter(|&other| other < second && !self.case_of(other).is_empty())
                    .last()
            });
            if let Some(first) = first {
                self.heads[second] = Some(first);
                self.deprels[second] = "conj";
            }
        }
        self.children = children_of(&self.heads);
    }

    /// "it was the rebels' duty": who carries the 's owns the noun after it,
    /// whatever the parser made of it.
    fn mend_possessors(&mut self) {
        for owner in 0..self.len() {
            let Some(mark) = self
                .children_by(owner, &["case"])
                .find(|&child| child > owner && matches!(self.token(child).text.as_str(), "'s" | "’s" | "'" | "’"))
            else {
                continue;
            };
            if self.deprels[owner] == "nmod:poss" || !self.token(owner).upos.is_nominal() {
                continue;
            }
            let owned = (mark + 1..(mark + 6).min(self.len()))
                .take_while(|&token| {
                    matches!(
                        self.token(token).upos,
                        Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Adv | Upos::Punct | Upos::Verb
                    )
                })
                .filter(|&token| matches!(self.token(token).upos, Upos::Noun | Upos::Propn))
                .find(|&token| !matches!(self.relation(token), "compound" | "flat"));
            if let Some(owned) = owned.filter(|&owned| owned != owner && !self.ancestors(owned).contains(&owner)) {
                self.heads[owner] = Some(owned);
                self.deprels[owner] = "nmod:poss";
            }
        }
        self.children = children_of(&self.heads);
    }

    /// "Kabul accused the army of …": of two subjects of an active verb without
    /// an object, the one after it is the object.
    fn mend_second_subjects(&mut self) {
        for verb in 0..self.len() {
            let subjects: Vec<usize> = self.children_by(verb, &["nsubj"]).collect();
            let before = subjects.iter().any(|&subject| subject < verb);
            if !before || subjects.len() < 2 || !self.is_verb(verb) || self.children_by(verb, &["obj"]).next().is_some()
            {
                continue;
            }
            if let Some(&second) = subjects.iter().find(|&&subject| subject > verb && subject - verb <= 6) {
                self.deprels[second] = "obj";
            }
        }
    }

    fn modals(&self, verb: usize) -> Vec<usize> {
        self.children_by(verb, &["aux"]).filter(|&aux| self.token(aux).xpos == "MD").collect()
    }
}
