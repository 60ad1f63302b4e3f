//! The tree of a sentence, asked in terms of who does what to whom.
//!
//! Takes a [`Sentence`] with its dependency tree; gives the heads that fill a
//! slot of a trigger, whatever the voice or the shape of the clause. Never
//! decides what an event is.
//!
//! Relations are those of UD English EWT. The rules for shared and controlled
//! subjects follow the UD guidelines for basic (not enhanced) trees.

use record::{Sentence, Token, Upos};

use crate::slot::Slot;

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
const OBJECT_CONTROL: [&str; 33] = [
    "urge", "tell", "ask", "order", "force", "press", "persuade", "convince", "allow", "permit", "enable", "help",
    "invite", "advise", "warn", "request", "beg", "encourage", "instruct", "command", "compel", "oblige", "require",
    "want", "get", "cause", "lead", "authorise", "authorize", "call", "appeal", "expect", "pressure",
];

/// The lemma in lower case. The tagger learns its rules from a small treebank
/// and now and then cuts a rare verb wrongly ("clashe", "injur"): where its
/// lemma is no word of the codebook but the regular stem of the form is, the stem is taken.
fn lemma_of(token: &Token, known: impl Fn(&str) -> bool) -> String {
    let lemma = token.lemma.to_lowercase();
    if !matches!(token.upos, Upos::Verb | Upos::Noun) {
        return lemma;
    }
    let form = token.text.to_lowercase();
    if matches!(lemma.as_str(), "man" | "men") || lemma == form && form.ends_with("men") {
        if let Some(stem) = form.strip_suffix("men").filter(|stem| !stem.is_empty()) {
            return format!("{stem}man");
        }
    }
    let mut stems = regular_stems(&form);
    if token.upos == Upos::Noun {
        // "bombing" is a noun of its own.
        if !form.ends_with('s') || known(&lemma) && form.starts_with(lemma.as_str()) && lemma != form {
            return lemma;
        }
        stems.retain(|stem| !stem.ends_with('e') || form == format!("{stem}s"));
    }
    if stems.contains(&lemma) && known(&lemma) {
        return lemma;
    }
    // Regular forms of a word of the codebook are that word's, whatever an
    // irregular look-alike suggested ("banned" is not of "be").
    if let Some(stem) = stems.into_iter().find(|stem| known(stem)) {
        return stem;
    }
    if token.upos == Upos::Verb && !known(&lemma) {
        for prefix in ["over", "re", "under", "out", "with", "mis"] {
            let base = form.strip_prefix(prefix).and_then(|rest| IRREGULAR.iter().find(|(past, _)| *past == rest));
            if let Some((_, base)) = base {
                return format!("{prefix}{base}");
            }
        }
    }
    lemma
}

/// Past forms that rare compounds share: "overthrew", "retook".
const IRREGULAR: [(&str, &str); 16] = [
    ("threw", "throw"),
    ("thrown", "throw"),
    ("ran", "run"),
    ("run", "run"),
    ("took", "take"),
    ("taken", "take"),
    ("drew", "draw"),
    ("drawn", "draw"),
    ("built", "build"),
    ("sent", "send"),
    ("held", "hold"),
    ("rode", "ride"),
    ("ridden", "ride"),
    ("came", "come"),
    ("fought", "fight"),
    ("shot", "shoot"),
];

/// What a form in -s, -ed, -ing may come from, the likeliest first.
fn regular_stems(form: &str) -> Vec<String> {
    let mut stems = Vec::new();
    let mut add = |stem: String| {
        if stem.len() > 1 {
            stems.push(stem);
        }
    };
    for ending in ["ies", "ied"] {
        if let Some(stem) = form.strip_suffix(ending) {
            add(format!("{stem}y"));
        }
    }
    for ending in ["es", "ed", "ing"] {
        if let Some(stem) = form.strip_suffix(ending) {
            add(stem.to_string());
            add(format!("{stem}e"));
            let mut letters = stem.chars().rev();
            if let (Some(last), Some(before)) = (letters.next(), letters.next())
                && last == before
            {
                add(stem[..stem.len() - last.len_utf8()].to_string());
            }
        }
    }
    if let Some(stem) = form.strip_suffix('s') {
        add(stem.to_string());
    }
    stems
}

fn children_of(heads: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); heads.len()];
    for (index, head) in heads.iter().enumerate() {
        if let Some(list) = head.and_then(|head| children.get_mut(head)) {
            list.push(index);
        }
    }
    children
}

#[derive(Debug)]
pub struct Tree<'a> {
    pub sentence: &'a Sentence,
    heads: Vec<Option<usize>>,
    deprels: Vec<&'a str>,
    lemmas: Vec<String>,
    children: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    /// `known`: the words of the codebook, which settle doubtful lemmas.
    pub fn new(sentence: &'a Sentence, known: impl Fn(&str) -> bool) -> Tree<'a> {
        let count = sentence.tokens.len();
        let heads: Vec<Option<usize>> =
            sentence.tokens.iter().enumerate().map(|(index, token)| token.head.filter(|&head| head < count && head != index)).collect();
        let lemmas = sentence.tokens.iter().map(|token| lemma_of(token, &known)).collect();
        let deprels = sentence.tokens.iter().map(|token| token.deprel.as_str()).collect();
        let mut tree = Tree { sentence, children: children_of(&heads), heads, deprels, lemmas };
        tree.mend_coordination();
        tree.mend_false_passives();
        tree.mend_objects_before_marks();
        tree.mend_nominal_coordination();
        tree.mend_possessors();
        tree.mend_second_subjects();
        tree
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
            let helped = auxiliaries.iter().any(|&aux| self.deprels[aux] == "aux:pass" || matches!(self.lemma(aux).as_str(), "be" | "get"));
            let finite = self.token(verb).xpos != "VBN" || auxiliaries.iter().any(|&aux| matches!(self.lemma(aux).as_str(), "have"));
            if !helped && finite && self.children_by(verb, &["obl"]).all(|child| self.deprels[child] != "obl:agent") {
                self.deprels[subject] = "nsubj";
            }
        }
    }

    /// "accusing Kabul of having sheltered them", "urged Kabul to act": an
    /// object that stands before its verb's own mark belongs to the verb above.
    fn mend_objects_before_marks(&mut self) {
        for object in 0..self.len() {
            let Some(clause) = self.head(object).filter(|&clause| object < clause && self.relation(object) == "obj") else { continue };
            let Some(above) = self.head(clause).filter(|&above| above < object && self.is_verb(above)) else { continue };
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
                && self.head(second).is_some_and(|head| self.children_by(head, &["nmod"]).any(|other| other < second && self.case_of(other) == "between" && self.coordinated(other).len() == 1));
            let stray = (between || matches!(self.relation(second), "nmod" | "obl"))
                && self.token(second).upos.is_nominal()
                && self.case_of(second).is_empty()
                && self.children_by(second, &["cc"]).any(|cc| cc < second);
            if !stray {
                continue;
            }
            let first = self.head(second).and_then(|head| {
                self.children_by(head, &["nmod", "obl"]).filter(|&other| other < second && !self.case_of(other).is_empty()).last()
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
            let Some(mark) = self.children_by(owner, &["case"]).find(|&child| child > owner && matches!(self.token(child).text.as_str(), "'s" | "’s" | "'" | "’")) else {
                continue;
            };
            if self.deprels[owner] == "nmod:poss" || !self.token(owner).upos.is_nominal() {
                continue;
            }
            let owned = (mark + 1..(mark + 6).min(self.len()))
                .take_while(|&token| matches!(self.token(token).upos, Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Adv | Upos::Punct | Upos::Verb))
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
            if !before || subjects.len() < 2 || !self.is_verb(verb) || self.children_by(verb, &["obj"]).next().is_some() {
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

    pub fn token(&self, index: usize) -> &'a Token {
        &self.sentence.tokens[index]
    }

    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub fn is_empty(&self) -> bool {
        self.sentence.tokens.is_empty()
    }

    pub fn head(&self, index: usize) -> Option<usize> {
        self.heads[index]
    }

    /// The relation with its subtype, as mended.
    pub fn deprel(&self, index: usize) -> &'a str {
        self.deprels[index]
    }

    /// The relation without its subtype.
    pub fn relation(&self, index: usize) -> &'a str {
        let deprel = self.deprels[index];
        deprel.split(':').next().unwrap_or(deprel)
    }

    pub fn lemma(&self, index: usize) -> String {
        self.lemmas[index].clone()
    }

    pub fn children(&self, index: usize) -> &[usize] {
        &self.children[index]
    }

    /// Children with one of these relations (subtypes apart).
    pub fn children_by<'b>(&'b self, index: usize, relations: &'b [&'b str]) -> impl Iterator<Item = usize> + 'b {
        self.children[index].iter().copied().filter(move |&child| relations.contains(&self.relation(child)))
    }

    fn child_lemma(&self, index: usize, relations: &[&str], lemmas: &[&str]) -> Option<usize> {
        self.children_by(index, relations).find(|&child| lemmas.contains(&self.lemma(child).as_str()))
    }

    /// From the token up to the root, the token first. Ends even if the heads ran in a circle.
    pub fn ancestors(&self, index: usize) -> Vec<usize> {
        let mut path = vec![index];
        let mut here = index;
        while let Some(head) = self.head(here) {
            if path.contains(&head) {
                break;
            }
            path.push(head);
            here = head;
        }
        path
    }

    pub fn is_under(&self, index: usize, top: usize) -> bool {
        self.ancestors(index).contains(&top)
    }

    /// Sorted tokens under `top`, without the branches that `skip` refuses.
    pub fn subtree(&self, top: usize, skip: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut found = vec![top];
        let mut next = 0;
        while next < found.len() {
            for &child in &self.children[found[next]] {
                if !skip(child) && !found.contains(&child) {
                    found.push(child);
                }
            }
            next += 1;
        }
        found.sort_unstable();
        found
    }

    /// The token and all that is coordinated with it.
    pub fn coordinated(&self, head: usize) -> Vec<usize> {
        let mut all = vec![head];
        let mut next = 0;
        while next < all.len() {
            for child in self.children_by(all[next], &["conj"]) {
                if !all.contains(&child) {
                    all.push(child);
                }
            }
            next += 1;
        }
        all.sort_unstable();
        all
    }

    pub fn is_verb(&self, index: usize) -> bool {
        self.token(index).upos == Upos::Verb
    }

    /// A clause has a verb or a predicate with a copula or subject at its head.
    pub fn is_clause(&self, index: usize) -> bool {
        matches!(self.token(index).upos, Upos::Verb | Upos::Aux)
            || self.children_by(index, &["cop", "nsubj", "csubj", "aux"]).next().is_some()
    }

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
            "advcl" | "amod" => !helped && !subject,
            "conj" => !helped && !subject && self.head(verb).is_some_and(|head| self.is_verb(head) && self.is_passive(head)),
            "root" | "parataxis" => !helped && !subject && children.iter().any(|&child| self.deprel(child) == "obl:agent"),
            _ => false,
        }
    }

    /// The surface subject, found through coordination, control and relative clauses.
    pub fn grammatical_subject(&self, verb: usize) -> Option<usize> {
        self.grammatical_subject_within(verb, 8)
    }

    fn grammatical_subject_within(&self, verb: usize, depth: usize) -> Option<usize> {
        if depth == 0 {
            return None;
        }
        if let Some(subject) = self.children_by(verb, &["nsubj"]).find(|&child| child < verb).or_else(|| self.children_by(verb, &["nsubj"]).next()) {
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
    fn controller(&self, head: usize, depth: usize) -> Option<usize> {
        let lemma = self.lemma(head);
        if OBJECT_CONTROL.contains(&lemma.as_str()) {
            if self.is_passive(head) {
                return self.grammatical_subject_within(head, depth);
            }
            let object = self
                .children_by(head, &["obj", "iobj"])
                .next()
                // "called on Kabul to act", "appealed to donors to give".
                .or_else(|| self.children_by(head, &["obl"]).find(|&child| matches!(self.case_of(child).as_str(), "on" | "upon" | "to" | "for")));
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
    fn antecedent(&self, subject: usize, verb: usize) -> usize {
        let relative = matches!(self.token(subject).xpos.as_str(), "WDT" | "WP")
            || (self.token(subject).upos == Upos::Pron && matches!(self.lemma(subject).as_str(), "which" | "who" | "that") && self.deprel(verb) == "acl:relcl");
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
        let mut owners: Vec<usize> = self
            .children(noun)
            .iter()
            .copied()
            .filter(|&child| self.deprel(child) == "nmod:poss")
            .collect();
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
        let mut found: Vec<usize> = self.children_by(noun, &["amod", "compound", "nmod"]).filter(|&child| child < noun && self.case_of(child).is_empty()).collect();
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

    fn agents(&self, verb: usize) -> Vec<usize> {
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
                Some(head) if self.relation(here) == "nmod" && self.case_of(here) == "of" && CONTAINERS.contains(&self.lemma(head).as_str()) => here = head,
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
            (self.relation(carrier) == "obl" && matches!(self.case_of(carrier).as_str(), "in" | "into" | "to" | "with" | "on")).then_some(head)
        })
        .or_else(|| {
            // "talks held in Doha": the participle hangs on the noun.
            self.children_by(noun, &["acl"]).find(|&clause| {
                self.is_verb(clause)
                    && (self.token(clause).xpos == "VBN" && self.is_passive(clause)
                        || self.deprel(clause) == "acl:relcl" && self.children_by(clause, &["nsubj"]).any(|subject| !matches!(self.token(subject).xpos.as_str(), "WDT" | "WP")))
            })
        })
    }

    /// The verb a noun is the subject of.
    pub fn verb_of_subject(&self, noun: usize) -> Option<usize> {
        let carrier = self.carrier(noun);
        (self.relation(carrier) == "nsubj").then(|| self.head(carrier)).flatten()
    }

    /// The subject of the verb that carries this noun as its object.
    fn carrier_subject(&self, noun: usize, depth: usize) -> Option<usize> {
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

    fn logical_subjects_within(&self, verb: usize, depth: usize) -> Vec<usize> {
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

    fn objects_within(&self, verb: usize, depth: usize) -> Vec<usize> {
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
        if let Some(particle) = self.loose_particle(verb).and_then(|full| full.split(' ').next_back().map(str::to_string)) {
            let object: Vec<usize> = self.children_by(verb, &["obl"]).filter(|&child| self.case_of(child) == particle && matches!(particle.as_str(), "over" | "off" | "up" | "out" | "down" | "back")).collect();
            if !object.is_empty() {
                return object;
            }
        }
        // "the town that troops attacked", "the talks they held".
        if self.deprel(verb) == "acl:relcl" && self.children_by(verb, &["nsubj"]).any(|subject| !matches!(self.token(subject).xpos.as_str(), "WDT" | "WP")) {
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

    /// The prepositions of a nominal, or the mark of a clause, as one string:
    /// "against", "because of", "according to"; empty without one.
    pub fn case_of(&self, index: usize) -> String {
        let mut words: Vec<String> = Vec::new();
        for child in self.children_by(index, &["case"]) {
            if self.token(child).text.starts_with(['\'', '’']) {
                continue;
            }
            words.push(self.lemma(child));
            for fixed in self.children_by(child, &["fixed"]) {
                words.push(self.lemma(fixed));
            }
        }
        words.join(" ")
    }

    /// Phrases of a preposition under a word: nominals with that case, clauses
    /// with that mark.
    pub fn preposition(&self, index: usize, word: &str) -> Vec<usize> {
        self.children(index)
            .iter()
            .copied()
            .filter(|&child| match self.relation(child) {
                "obl" | "nmod" | "obj" | "xcomp" | "conj" if !matches!(self.deprel(child), "nmod:poss") => {
                    let case = self.case_of(child);
                    case == word || case.split(' ').next() == Some(word)
                }
                "advcl" | "acl" => self.children_by(child, &["mark", "case"]).any(|mark| self.lemma(mark) == word),
                _ => false,
            })
            .collect()
    }

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
            let fits = matches!(text.as_str(), "up" | "down" | "out" | "off" | "in" | "over" | "back" | "forward" | "away" | "on" | "along" | "together" | "aside");
            (fits && matches!(self.token(token).upos, Upos::Adp | Upos::Adv | Upos::Part)).then_some(text)
        };
        let next = Some(verb + 1).filter(|&next| next < self.len());
        let after_object = self.children_by(verb, &["advmod"]).find(|&child| child > verb && self.children(child).is_empty());
        next.and_then(here).or_else(|| after_object.and_then(here)).map(|particle| format!("{} {particle}", self.lemma(verb)))
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
            Slot::Poss => self.children(trigger).iter().copied().filter(|&child| self.deprel(child) == "nmod:poss").collect(),
            Slot::Adj => self.adjectives(trigger),
            // "it is X's responsibility to act", "unacceptable that": the clause
            // hangs on a predicate under several names.
            Slot::Xcomp | Slot::Ccomp if self.children_by(trigger, &["cop"]).next().is_some() => {
                self.children_by(trigger, &["xcomp", "ccomp", "csubj", "acl", "advcl"]).filter(|&child| self.deprel(child) != "acl:relcl").collect()
            }
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
                            || child > trigger && self.children_by(child, &["mark"]).any(|mark| self.lemma(mark) == "to")
                    })
                    // "asked the peacekeepers to leave": hung on the noun.
                    .chain(self.children_by(trigger, &["obj", "iobj", "obl"]).filter(|_| OBJECT_CONTROL.contains(&self.lemma(trigger).as_str())).flat_map(|object| {
                        self.children_by(object, &["acl"]).filter(|&child| self.children_by(child, &["mark"]).any(|mark| self.lemma(mark) == "to")).collect::<Vec<_>>()
                    }))
                    .collect()
            }
            Slot::Ccomp => self.children_by(trigger, &["ccomp", "csubj"]).collect(),
            Slot::Advcl => self.children_by(trigger, &["advcl"]).collect(),
            Slot::Acl => self.children_by(trigger, &["acl", "ccomp", "xcomp", "parataxis"]).filter(|&child| self.deprel(child) != "acl:relcl").collect(),
            Slot::Prep(word) => {
                let mut found = self.preposition(trigger, word);
                if found.is_empty() {
                    // The phrase may hang on the support verb ("held talks in Doha
                    // with rebels") or on the object ("signed a deal with rebels").
                    if verb {
                        for object in self.children_by(trigger, &["obj"]) {
                            found.extend(self.preposition(object, word));
                        }
                        if found.is_empty() && self.relation(trigger) == "conj" && let Some(head) = self.head(trigger) {
                            found.extend(self.preposition(head, word).into_iter().filter(|&phrase| phrase > trigger));
                        }
                    } else {
                        let carrier = self.carrier(trigger);
                        if carrier != trigger {
                            found.extend(self.preposition(carrier, word));
                        }
                        if found.is_empty()
                            && let Some(support) = self.verb_of_object(trigger).or_else(|| self.verb_of_subject(trigger))
                        {
                            found.extend(self.preposition(support, word));
                        }
                    }
                }
                found
            }
            Slot::Speaker | Slot::Near => Vec::new(),
        }
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
        self.child_lemma(index, &["advmod", "det", "cc", "neg"], &["not", "n't", "never", "no", "neither", "nor", "hardly", "no longer"])
            .or_else(|| self.child_lemma(index, &["case", "mark"], &["without"]))
            .or_else(|| {
                self.children_by(index, &["nsubj"]).find(|&subject| {
                    matches!(self.lemma(subject).as_str(), "nobody" | "none" | "nothing" | "neither")
                        || self.child_lemma(subject, &["det"], &["no", "neither"]).is_some()
                })
            })
            .or_else(|| {
                // "gave no assurances".
                self.children_by(index, &["obj"]).filter(|_| self.is_verb(index)).find_map(|object| self.child_lemma(object, &["det"], &["no"]))
            })
            .or_else(|| {
                self.children_by(index, &["advmod"]).find(|&adverb| {
                    self.token(adverb).text.eq_ignore_ascii_case("longer") && self.child_lemma(adverb, &["advmod", "det"], &["no"]).is_some()
                })
            })
    }
}
