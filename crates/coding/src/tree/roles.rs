//! Who does what to whom: logical subjects, objects and owners, whatever the
//! voice, through coordination, control and relative clauses.

use super::Tree;
use record::Upos;

/// Nouns that only measure or group what follows in "of": "a series of clashes".
#[rustfmt::skip]
const CONTAINERS: [&str; 40] = [
    "series", "round", "wave", "spate", "number", "string", "day", "hour", "week", "month", "kind", "type", "pair",
    "dozen", "hundred", "thousand", "lot", "range", "set", "succession", "sequence", "session", "bout", "campaign",
    "volley", "barrage", "flurry", "couple", "group", "majority", "handful", "form", "act", "scene", "resumption",
    "start", "beginning", "outbreak", "continuation", "course",
];

/// Verbs whose object is the subject of their infinitive: "urged Kabul to act".
#[rustfmt::skip]
pub(super) const OBJECT_CONTROL: [&str; 33] = [
    "urge", "tell", "ask", "order", "force", "press", "persuade", "convince", "allow", "permit", "enable", "help",
    "invite", "advise", "warn", "request", "beg", "encourage", "instruct", "command", "compel", "oblige", "require",
    "want", "get", "cause", "lead", "authorise", "authorize", "call", "appeal", "expect", "pressure",
];

impl Tree<'_> {
    /// "was attacked", "troops accused of murder", "accused of murder, he …".
    pub fn is_passive(&self, verb: usize) -> bool {
        let children = &self.children[verb];
        if children.iter().any(|&child| matches!(self.deprel(child), "aux:pass" | "nsubj:pass" | "csubj:pass")) {
            return true;
        }
        let token = self.token(verb);
        if token.xpos != "VBN" {
            return false;
        }
        let helped = self.children_by(verb, &["aux"]).next().is_some();
        let subject = self.children_by(verb, &["nsubj"]).next().is_some();
        match self.relation(verb) {
            "acl" => self.deprel(verb) != "acl:relcl" && !helped,
            "amod" => !helped && !subject,
            // "with some inmates hacked to death": the subject suffers it.
            "advcl" => !helped && (!subject || self.children_by(verb, &["obj"]).next().is_none()),
            "conj" => {
                !helped && !subject && self.head(verb).is_some_and(|head| self.is_verb(head) && self.is_passive(head))
            }
            "root" | "parataxis" => {
                !helped && !subject && children.iter().any(|&child| self.deprel(child) == "obl:agent")
            }
            _ => false,
        }
    }

    /// The surface subject, found through coordination, control and relative clauses.
    pub fn grammatical_subject(&self, verb: usize) -> Option<usize> {
        self.grammatical_subject_within(verb, 8)
    }

    pub(super) fn grammatical_subject_within(&self, verb: usize, depth: usize) -> Option<usize> {
        if depth == 0 {
            return None;
        }
        if let Some(subject) = self
            .children_by(verb, &["nsubj"])
            .find(|&child| child < verb)
            .or_else(|| self.children_by(verb, &["nsubj"]).next())
        {
            return Some(self.antecedent(subject, verb));
        }
        let head = self.head(verb)?;
        let up = depth - 1;
        match self.deprel(verb) {
            "conj" => {
                if self.is_clause(head) || matches!(self.relation(head), "xcomp" | "advcl" | "acl") {
                    self.grammatical_subject_within(head, up)
                } else {
                    None
                }
            }
            "xcomp" => self.controller(head, up),
            "acl:relcl" => {
                // The relativiser is elsewhere or left out: with an own subject we
                // would not be here, so the noun itself is the subject.
                Some(head)
            }
            "acl" => {
                if self.children_by(verb, &["mark"]).any(|mark| self.lemma(mark) == "to") {
                    self.owners(head).into_iter().next().or_else(|| self.carrier_subject(head, up))
                } else {
                    Some(head)
                }
            }
            "advcl" | "dep" => {
                let own_mark = self.children_by(verb, &["mark"]).next().map(|mark| self.lemma(mark));
                match own_mark.as_deref() {
                    // "for violating", "of sheltering": the blamed one, when the verb has an object.
                    Some("for" | "of" | "from" | "into") => self
                        .objects_within(head, up)
                        .into_iter()
                        .next()
                        .or_else(|| self.grammatical_subject_within(head, up)),
                    Some("to") => self.controller(head, up),
                    _ => {
                        if self.is_clause(head) || self.is_verb(head) {
                            self.grammatical_subject_within(head, up)
                        } else {
                            self.carrier_subject(head, up)
                        }
                    }
                }
            }
            "ccomp" | "parataxis" => {
                // "vowed it would", quoted fragments: only an infinitive or gerund shares the subject.
                let to = self.children_by(verb, &["mark"]).any(|mark| self.lemma(mark) == "to");
                if to || self.token(verb).xpos == "VBG" { self.controller(head, up) } else { None }
            }
            "amod" => Some(head),
            _ => None,
        }
    }

    /// Who is the subject of an infinitive under this verb.
    pub(super) fn controller(&self, head: usize, depth: usize) -> Option<usize> {
        let lemma = self.lemma(head);
        if OBJECT_CONTROL.contains(&lemma.as_str()) {
            if self.is_passive(head) {
                return self.grammatical_subject_within(head, depth);
            }
            let object = self
                .children_by(head, &["obj", "iobj"])
                .next()
                // "called on Kabul to act", "appealed to donors to give".
                .or_else(|| {
                    self.children_by(head, &["obl"])
                        .find(|&child| matches!(self.case_of(child).as_str(), "on" | "upon" | "to" | "for"))
                });
            if object.is_some() {
                return object;
            }
        }
        if self.is_clause(head) || self.is_verb(head) {
            self.grammatical_subject_within(head, depth)
        } else {
            // "a plan to attack": whose plan.
            self.owners(head).into_iter().next().or_else(|| self.carrier_subject(head, depth))
        }
    }

    /// The noun a relative pronoun stands for; any other subject as it is.
    pub(super) fn antecedent(&self, subject: usize, verb: usize) -> usize {
        let relative = matches!(self.token(subject).xpos.as_str(), "WDT" | "WP")
            || (self.token(subject).upos == Upos::Pron
                && matches!(self.lemma(subject).as_str(), "which" | "who" | "that")
                && self.deprel(verb) == "acl:relcl");
        if !relative {
            return subject;
        }
        self.ancestors(verb)
            .into_iter()
            .find(|&node| self.deprel(node) == "acl:relcl")
            .and_then(|node| self.head(node))
            .unwrap_or(subject)
    }

    /// Owner, nationality or "by" phrase of a noun: who is behind it.
    pub fn owners(&self, noun: usize) -> Vec<usize> {
        let mut owners: Vec<usize> =
            self.children(noun).iter().copied().filter(|&child| self.deprel(child) == "nmod:poss").collect();
        owners.extend(self.adjectives(noun));
        owners.extend(self.preposition(noun, "by"));
        // "raids carried out by Turkey", "the raid that Turkey launched".
        for clause in self.children_by(noun, &["acl"]) {
            if self.is_verb(clause) && self.is_passive(clause) {
                owners.extend(self.agents(clause));
            }
        }
        owners
    }

    /// Adjectives and nouns before a noun: "Turkish raids", "US - led strikes".
    pub fn adjectives(&self, noun: usize) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .children_by(noun, &["amod", "compound", "nmod"])
            .filter(|&child| child < noun && self.case_of(child).is_empty())
            .collect();
        // "Pakistan - Taliban talks", "US - led": parts hang on the part that hangs on the noun.
        let mut next = 0;
        while next < found.len() {
            for child in self.children_by(found[next], &["compound", "nmod", "amod", "conj", "obl"]) {
                if child < noun && self.case_of(child).is_empty() && !found.contains(&child) {
                    found.push(child);
                }
            }
            next += 1;
        }
        found.sort_unstable();
        found
    }

    pub(super) fn agents(&self, verb: usize) -> Vec<usize> {
        self.children_by(verb, &["obl"])
            .filter(|&child| self.deprel(child) == "obl:agent" || self.case_of(child) == "by")
            .collect()
    }

    /// The noun that a container stands for, or the container of a noun: the
    /// place in the clause where "a series of clashes" hangs.
    pub fn carrier(&self, noun: usize) -> usize {
        let mut here = noun;
        for _ in 0..3 {
            match self.head(here) {
                Some(head)
                    if self.relation(here) == "nmod"
                        && self.case_of(here) == "of"
                        && CONTAINERS.contains(&self.lemma(head).as_str()) =>
                {
                    here = head
                }
                Some(head) if self.relation(here) == "conj" && !self.is_clause(head) => here = head,
                _ => break,
            }
        }
        here
    }

    /// The verb a noun is the object of, if any ("hold talks": hold).
    pub fn verb_of_object(&self, noun: usize) -> Option<usize> {
        let carrier = self.carrier(noun);
        let head = self.head(carrier)?;
        match self.deprel(carrier) {
            "obj" | "nsubj:pass" => Some(head),
            "acl:relcl" => None,
            _ => {
                // "the raid that Turkey launched", "talks held in Doha".
                None
            }
        }
        .or_else(|| {
            (self.relation(carrier) == "obl"
                && matches!(self.case_of(carrier).as_str(), "in" | "into" | "to" | "with" | "on"))
            .then_some(head)
        })
        .or_else(|| {
            // "talks held in Doha": the participle hangs on the noun.
            self.children_by(noun, &["acl"]).find(|&clause| {
                self.is_verb(clause)
                    && (self.token(clause).xpos == "VBN" && self.is_passive(clause)
                        || self.deprel(clause) == "acl:relcl"
                            && self
                                .children_by(clause, &["nsubj"])
                                .any(|subject| !matches!(self.token(subject).xpos.as_str(), "WDT" | "WP")))
            })
        })
    }

    /// The verb a noun is the subject of.
    pub fn verb_of_subject(&self, noun: usize) -> Option<usize> {
        let carrier = self.carrier(noun);
        (self.relation(carrier) == "nsubj").then(|| self.head(carrier)).flatten()
    }

    /// The subject of the verb that carries this noun as its object.
    pub(super) fn carrier_subject(&self, noun: usize, depth: usize) -> Option<usize> {
        let carrier = self.carrier(noun);
        let verb = self.head(carrier).filter(|&head| self.is_verb(head))?;
        if self.relation(carrier) == "nsubj" {
            return None;
        }
        self.logical_subjects_within(verb, depth).into_iter().next()
    }

    /// The logical subjects: who does it.
    pub fn logical_subjects(&self, verb: usize) -> Vec<usize> {
        self.logical_subjects_within(verb, 8)
    }

    pub(super) fn logical_subjects_within(&self, verb: usize, depth: usize) -> Vec<usize> {
        if self.is_passive(verb) {
            let agents = self.agents(verb);
            if agents.is_empty()
                && self.relation(verb) == "conj"
                && let Some(head) = self.head(verb).filter(|&head| self.is_verb(head) && self.is_passive(head))
            {
                return self.agents(head);
            }
            return agents;
        }
        self.grammatical_subject_within(verb, depth).into_iter().collect()
    }

    /// The logical objects: whom it is done to.
    pub fn logical_objects(&self, verb: usize) -> Vec<usize> {
        self.objects_within(verb, 8)
    }

    pub(super) fn objects_within(&self, verb: usize, depth: usize) -> Vec<usize> {
        if depth == 0 {
            return Vec::new();
        }
        if self.is_passive(verb) {
            return self.grammatical_subject_within(verb, depth - 1).into_iter().collect();
        }
        let own: Vec<usize> = self.children_by(verb, &["obj"]).map(|object| self.antecedent(object, verb)).collect();
        if !own.is_empty() {
            return own;
        }
        // A lone indirect object is the object ("accusing the army of …").
        let lone: Vec<usize> = self.children_by(verb, &["iobj"]).collect();
        if !lone.is_empty() {
            return lone;
        }
        // "asked the peacekeepers to leave": they may hang on what they are asked.
        if OBJECT_CONTROL.contains(&self.lemma(verb).as_str()) {
            let asked: Vec<usize> = self
                .children_by(verb, &["xcomp", "ccomp"])
                .filter(|&clause| self.children_by(clause, &["mark"]).any(|mark| self.lemma(mark) == "to"))
                .flat_map(|clause| self.children_by(clause, &["nsubj"]).collect::<Vec<_>>())
                .collect();
            if !asked.is_empty() {
                return asked;
            }
        }
        // "hand over power": the object may hang on the particle.
        if let Some(particle) =
            self.loose_particle(verb).and_then(|full| full.split(' ').next_back().map(str::to_string))
        {
            let object: Vec<usize> = self
                .children_by(verb, &["obl"])
                .filter(|&child| {
                    self.case_of(child) == particle
                        && matches!(particle.as_str(), "over" | "off" | "up" | "out" | "down" | "back")
                })
                .collect();
            if !object.is_empty() {
                return object;
            }
        }
        // "the town that troops attacked", "the talks they held".
        if self.deprel(verb) == "acl:relcl"
            && self
                .children_by(verb, &["nsubj"])
                .any(|subject| !matches!(self.token(subject).xpos.as_str(), "WDT" | "WP"))
        {
            return self.head(verb).into_iter().collect();
        }
        // "attacked and burned the village": the object may stand with either verb.
        if self.relation(verb) == "conj"
            && let Some(head) = self.head(verb).filter(|&head| self.is_verb(head))
        {
            return self.children_by(head, &["obj"]).filter(|&object| object > verb).collect();
        }
        self.children_by(verb, &["conj"])
            .filter(|&other| self.is_verb(other) && self.children_by(other, &["nsubj"]).next().is_none())
            .take(1)
            .filter(|&other| {
                // Only when nothing but "and" stands between: "seized and burned the town".
                other - verb.min(other) <= 2
            })
            .flat_map(|other| self.children_by(other, &["obj"]).collect::<Vec<_>>())
            .collect()
    }
}
