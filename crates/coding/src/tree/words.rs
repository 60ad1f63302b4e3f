//! The words of a node: particles, compounds, auxiliaries, negation.

use record::Upos;

use super::Tree;

impl Tree<'_> {
    /// "proposed involving them": the gerund right after the verb is its object,
    /// whatever the parser calls it.
    pub fn is_gerund_object(&self, verb: usize, clause: usize) -> bool {
        self.token(clause).xpos == "VBG"
            && clause > verb
            && clause - verb <= 2
            && self.children_by(clause, &["mark", "nsubj"]).next().is_none()
            && (verb + 1..clause).all(|token| self.token(token).upos != Upos::Punct)
    }

    /// The verb with a word right after it, or right after its object, that may be its particle though the
    /// parser did not see it: "hand over power", "stepped down".
    pub fn loose_particle(&self, verb: usize) -> Option<String> {
        let here = |token: usize| {
            let text = self.token(token).text.to_lowercase();
            let fits = matches!(
                text.as_str(),
                "up" | "down"
                    | "out"
                    | "off"
                    | "in"
                    | "over"
                    | "back"
                    | "forward"
                    | "away"
                    | "on"
                    | "along"
                    | "together"
                    | "aside"
            );
            (fits && matches!(self.token(token).upos, Upos::Adp | Upos::Adv | Upos::Part)).then_some(text)
        };
        let next = Some(verb + 1).filter(|&next| next < self.len());
        let after_object =
            self.children_by(verb, &["advmod"]).find(|&child| child > verb && self.children(child).is_empty());
        next.and_then(here)
            .or_else(|| after_object.and_then(here))
            .map(|particle| format!("{} {particle}", self.lemma(verb)))
    }

    /// Whether the parser saw a particle.
    pub fn has_particle(&self, verb: usize) -> bool {
        self.children(verb).iter().any(|&child| self.deprel(child) == "compound:prt")
    }

    /// The verb with its particle: "carry out".
    pub fn verb_lemma(&self, verb: usize) -> String {
        let lemma = self.lemma(verb);
        match self.children(verb).iter().find(|&&child| self.deprel(child) == "compound:prt") {
            Some(&particle) => format!("{lemma} {}", self.lemma(particle)),
            None => lemma,
        }
    }

    /// The forms under which a nominal may be listed: its lemma, and the lemma
    /// with up to two words right before it ("peace talk", "cease fire").
    pub fn noun_forms(&self, noun: usize) -> Vec<String> {
        let mut forms = vec![self.lemma(noun)];
        let mut phrase = forms[0].clone();
        let mut here = noun;
        let mut words = 0;
        while here > 0 && words < 2 {
            here -= 1;
            let token = self.token(here);
            if matches!(token.text.as_str(), "-" | "‑" | "–") {
                continue;
            }
            if token.upos == Upos::Punct || matches!(token.upos, Upos::Det | Upos::Adp) {
                break;
            }
            phrase = format!("{} {phrase}", self.lemma(here));
            forms.push(phrase.clone());
            words += 1;
        }
        forms
    }

    /// Modal and future auxiliaries of a verb or predicate, through coordination.
    pub fn auxiliaries(&self, index: usize) -> Vec<String> {
        let own: Vec<String> = self.children_by(index, &["aux"]).map(|aux| self.lemma(aux)).collect();
        let shared = own.is_empty()
            && self.relation(index) == "conj"
            && self.children_by(index, &["nsubj", "aux"]).next().is_none();
        match self.head(index) {
            Some(head) if shared && matches!(self.token(index).xpos.as_str(), "VB" | "VBN" | "VBG") => {
                self.children_by(head, &["aux"]).map(|aux| self.lemma(aux)).collect()
            }
            _ => own,
        }
    }

    /// The word that negates this one, if any.
    pub fn negation(&self, index: usize) -> Option<usize> {
        self.child_lemma(
            index,
            &["advmod", "det", "cc", "neg"],
            &["not", "n't", "never", "no", "neither", "nor", "hardly", "no longer"],
        )
        .or_else(|| self.child_lemma(index, &["case", "mark"], &["without"]))
        .or_else(|| {
            self.children_by(index, &["nsubj"]).find(|&subject| {
                matches!(self.lemma(subject).as_str(), "nobody" | "none" | "nothing" | "neither")
                    || self.child_lemma(subject, &["det"], &["no", "neither"]).is_some()
            })
        })
        .or_else(|| {
            // "gave no assurances".
            self.children_by(index, &["obj"])
                .filter(|_| self.is_verb(index))
                .find_map(|object| self.child_lemma(object, &["det"], &["no"]))
        })
        .or_else(|| {
            self.children_by(index, &["advmod"]).find(|&adverb| {
                self.token(adverb).text.eq_ignore_ascii_case("longer")
                    && self.child_lemma(adverb, &["advmod", "det"], &["no"]).is_some()
            })
        })
    }
}
