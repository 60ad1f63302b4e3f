//! Finding: which words of a sentence set off which pattern.
//!
//! Takes a sentence's tree, the codebook and a way to ask whether a nominal is
//! a party; gives [`Found`]s, at most one per trigger and reading. Never
//! resolves, never writes.

use record::{Event, Mode, Quad, Upos, Why};

use crate::codebook::{ANY, Codebook, Frame, Pattern, Rule, TriggerKind};
use crate::learned::Opinion;
use crate::slot::{Need, Path, Slot};
use crate::tree::Tree;

/// What find must know of the parties without resolving them itself.
pub trait Parties {
    /// Whether the nominal names somebody who can act.
    fn is_party(&self, token: usize) -> bool;
    /// Whether the nominal names a place.
    fn is_place(&self, token: usize) -> bool;
    /// The head tokens of whoever says the clause of this token, innermost last.
    fn speakers(&self, token: usize) -> Vec<usize>;
    /// Whether the clause of this token has a speaker at all (named here or before).
    fn has_speaker(&self, token: usize) -> bool;
}

/// A trigger and what fills the slots of its pattern: head tokens.
#[derive(Debug, Clone)]
pub struct Found<'c> {
    pub pattern: &'c Pattern,
    pub trigger: usize,
    pub mode: Option<Mode>,
    /// The verb that carries a noun trigger.
    pub support: Option<usize>,
    pub actor: Vec<usize>,
    /// The actor is whoever speaks.
    pub actor_speaks: bool,
    pub recipient: Vec<usize>,
    pub third_party: Vec<usize>,
    pub content: Vec<usize>,
    pub condition: Vec<usize>,
    /// How the slots were filled, for `explain`.
    pub slots: Vec<Why>,
    /// What the network says of it, where it was asked.
    pub opinion: Option<Opinion>,
    pub(crate) strength: (i32, i32),
}

/// All that the patterns find in one sentence, in the order of the triggers.
pub fn find<'c>(tree: &Tree, codebook: &'c Codebook, parties: &impl Parties) -> Vec<Found<'c>> {
    let mut found: Vec<Found> = Vec::new();
    for trigger in 0..tree.len() {
        let mut here: Vec<Found> = Vec::new();
        let mut forms = forms(tree, trigger);
        if tree.is_clause(trigger) {
            forms.push((TriggerKind::Verb, ANY.to_string()));
        }
        for (kind, form) in forms {
            for pattern in codebook.triggered(kind, &form) {
                if let Some(hit) = (Matcher { tree, codebook, parties, trigger, support: None })
                    .fit(pattern, form.split(' ').count() as i32)
                {
                    here.push(hit);
                }
            }
        }
        // The most demanding pattern wins a trigger; a demand inside a
        // statement of the speaker may stand beside it, never a second
        // reading of the same kind.
        here.sort_by_key(|hit| std::cmp::Reverse(hit.strength));
        let mut here = here.into_iter();
        if let Some(mut best) = here.next() {
            best.slots.extend(overruled(codebook, &best, here));
            found.push(best);
        }
    }
    drop_carried(&mut found);
    join_doubles(tree, codebook, &mut found);
    drop_nested(tree, codebook, &mut found);
    found
}

/// Which rules of the program a user's own entry was preferred to, for `explain`.
fn overruled<'c>(codebook: &Codebook, best: &Found<'c>, others: impl Iterator<Item = Found<'c>>) -> Vec<Why> {
    if !codebook.rule(best.pattern).own {
        return Vec::new();
    }
    let said = |rule: &Rule| format!("rule {} says {}: your entry is followed", rule.id, rule.event.as_str());
    let mut all: Vec<String> =
        others.map(|other| codebook.rule(other.pattern)).filter(|rule| !rule.own).map(said).collect();
    all.dedup();
    all.into_iter().map(Why::new).collect()
}

/// "held talks" is one event. Where both the noun and the verb that carries it
/// set off a pattern, the more demanding one speaks; the verb, when it says
/// something else ("would not engage in talks").
fn drop_carried(found: &mut Vec<Found>) {
    let strengths: Vec<(usize, Option<usize>, (i32, i32))> =
        found.iter().map(|hit| (hit.trigger, hit.support, hit.strength)).collect();
    found.retain(|hit| {
        let beaten_by_verb = hit.support.is_some_and(|verb| {
            strengths.iter().any(|&(trigger, _, strength)| trigger == verb && strength >= hit.strength)
        });
        let beaten_by_noun = hit.pattern.kind == TriggerKind::Verb
            && strengths.iter().any(|&(_, support, strength)| support == Some(hit.trigger) && strength > hit.strength);
        !beaten_by_verb && !beaten_by_noun
    });
}

/// "Eleven were killed in an attack by gunmen", "an airstrike killed nine" are
/// one act told by two words: the verb's reading is kept, and takes from the
/// noun's what it lacks.
fn join_doubles(tree: &Tree, codebook: &Codebook, found: &mut Vec<Found>) {
    let mut index = 0;
    while index < found.len() {
        let verb = found[index].trigger;
        let partner = found.iter().position(|noun| {
            noun.pattern.kind == TriggerKind::Noun
                && codebook.rule(noun.pattern).event == codebook.rule(found[index].pattern).event
                && found[index].pattern.kind == TriggerKind::Verb
                && codebook.rule(noun.pattern).event.quad().number() == 4
                // A user's entry is not lost in a rule of the program.
                && (!codebook.rule(noun.pattern).own || codebook.rule(found[index].pattern).own)
                && tree.head(tree.carrier(noun.trigger)) == Some(verb)
                && matches!(tree.relation(tree.carrier(noun.trigger)), "obl" | "nsubj" | "obj")
        });
        if let Some(partner) = partner {
            let noun = found.remove(partner);
            if partner < index {
                index -= 1;
            }
            let kept = &mut found[index];
            // The noun itself may have been read as who did it ("airstrikes killed").
            if kept.actor.is_empty() || !noun.actor.is_empty() && kept.actor.contains(&noun.trigger) {
                kept.actor = noun.actor;
            }
            if kept.recipient.is_empty() {
                kept.recipient = noun.recipient;
            }
            kept.mode = kept.mode.or(noun.mode);
            kept.slots.push(Why::new(format!("joined with \"{}\"", tree.token(noun.trigger).text)));
        }
        index += 1;
    }
}

/// What stands inside the content of one verbal act of the same type by the
/// same speaker is that act again: "blamed Kabul for violating its airspace"
/// is one accusation.
fn drop_nested(tree: &Tree, codebook: &Codebook, found: &mut Vec<Found>) {
    // "agreed to extend the truce" is one agreement, not a second to come.
    let acts: Vec<(usize, Event)> = found.iter().map(|hit| (hit.trigger, codebook.rule(hit.pattern).event)).collect();
    found.retain(|hit| {
        let event = codebook.rule(hit.pattern).event;
        let above = tree.head(hit.trigger).filter(|_| matches!(tree.relation(hit.trigger), "xcomp"));
        codebook.rule(hit.pattern).own || !above.is_some_and(|above| acts.contains(&(above, event)))
    });
    // "set conditions: that Kabul must … and must not …": the demands
    // themselves say more than that there are some.
    let spelled: Vec<usize> = found
        .iter()
        .filter(|hit| !hit.pattern.modal.is_empty() && hit.actor_speaks)
        .filter_map(|hit| {
            tree.ancestors(hit.trigger)
                .into_iter()
                .skip(1)
                .find(|&node| !matches!(tree.relation(node), "conj" | "xcomp") && tree.is_clause(node))
        })
        .collect();
    found.retain(|hit| {
        !(spelled.contains(&hit.trigger)
            && !codebook.rule(hit.pattern).own
            && hit.pattern.modal.is_empty()
            && codebook.rule(hit.pattern).event == Event::Request
            && hit.pattern.kind == TriggerKind::Verb)
    });
    let outer: Vec<(usize, Event, bool)> =
        found.iter().map(|hit| (hit.trigger, codebook.rule(hit.pattern).event, !hit.content.is_empty())).collect();
    found.retain(|hit| {
        let event = codebook.rule(hit.pattern).event;
        let verbal = matches!(event.quad(), Quad::VerbalConflict);
        !(verbal
            && !codebook.rule(hit.pattern).own
            && hit.actor_speaks
            && outer.iter().any(|&(trigger, other, _)| {
                trigger != hit.trigger
                    && tree.is_under(hit.trigger, trigger)
                    // A demand may hold several demands joined by "and"; one accusation holds no second.
                    && (other == event && tree.relation(hit.trigger) != "conj" || other == Event::Request && event == Event::Accuse)
                    && tree.ancestors(hit.trigger).iter().skip(1).take_while(|&&node| node != trigger).all(|&node| !tree.is_clause(node) || tree.relation(node) != "ccomp")
            }))
    });
}

/// The words under which a token may be a trigger.
fn forms(tree: &Tree, token: usize) -> Vec<(TriggerKind, String)> {
    let word = tree.token(token);
    let predicate = tree.children_by(token, &["cop"]).next().is_some();
    match word.upos {
        // "the jailed activist" tells of a state, not of an act.
        Upos::Verb if tree.relation(token) == "amod" => Vec::new(),
        Upos::Verb => {
            let lemma = tree.lemma(token);
            let full = tree.verb_lemma(token);
            let mut forms = vec![(TriggerKind::Verb, full)];
            // "called off" is no kind of "call"; a particle that only may be one adds a reading.
            if !tree.has_particle(token) {
                forms.extend(tree.loose_particle(token).map(|form| (TriggerKind::Verb, form)));
            }
            if predicate || matches!(word.xpos.as_str(), "VBN" | "VBG") {
                forms.push((TriggerKind::Adj, lemma));
                forms.push((TriggerKind::Adj, word.text.to_lowercase()));
            }
            forms
        }
        Upos::Noun | Upos::Propn => {
            let mut forms: Vec<(TriggerKind, String)> =
                tree.noun_forms(token).into_iter().map(|form| (TriggerKind::Noun, form)).collect();
            if predicate {
                forms.extend(tree.noun_forms(token).into_iter().map(|form| (TriggerKind::Pred, form)));
            }
            forms
        }
        Upos::Adj => {
            let attributive = matches!(tree.relation(token), "amod");
            if attributive && !predicate { Vec::new() } else { vec![(TriggerKind::Adj, tree.lemma(token))] }
        }
        _ => Vec::new(),
    }
}

struct Matcher<'t, 's, 'c, P: Parties> {
    tree: &'t Tree<'s>,
    codebook: &'c Codebook,
    parties: &'t P,
    trigger: usize,
    /// The verb that lends a noun its subject.
    support: Option<usize>,
}

impl<'c, P: Parties> Matcher<'_, '_, 'c, P> {
    fn fit(mut self, pattern: &'c Pattern, words: i32) -> Option<Found<'c>> {
        let mut slots = Vec::new();
        let (frame, support) = self.frame(pattern)?;
        self.support = support.filter(|_| frame == Some(Frame::Support));
        if !pattern.modal.is_empty() && !self.has_modal(pattern) {
            return None;
        }
        if pattern.negation == Some(false) && self.tree.negation(self.trigger).is_some() {
            return None;
        }
        if pattern.negation == Some(true)
            && self.tree.negation(self.trigger).is_none()
            && support.is_none_or(|verb| self.tree.negation(verb).is_none())
        {
            return None;
        }
        for need in &pattern.needs {
            let filler = self.meets(need)?;
            slots.push(Why::new(format!("needs {}: {}", need.path, self.words(&filler))));
        }
        if pattern.lacks.iter().any(|need| self.meets(need).is_some()) {
            return None;
        }
        let mut actor_speaks = false;
        let mut actor = Vec::new();
        if pattern.parties.is_empty() {
            for path in &pattern.actor {
                if path.0 == [Slot::Speaker] {
                    let speakers = self.parties.speakers(self.trigger);
                    if !speakers.is_empty() || self.parties.has_speaker(self.trigger) {
                        actor_speaks = true;
                        actor = speakers;
                        break;
                    }
                    continue;
                }
                actor = self.party_fillers(path);
                if !actor.is_empty() {
                    slots.push(Why::new(format!("actor from {path}: {}", self.words(&actor))));
                    break;
                }
            }
        } else {
            for path in &pattern.parties {
                for filler in self.party_fillers(path) {
                    if !actor.contains(&filler) {
                        actor.push(filler);
                    }
                }
            }
            if !actor.is_empty() {
                slots.push(Why::new(format!("parties: {}", self.words(&actor))));
            }
        }
        let mut recipient = Vec::new();
        for path in &pattern.recipient {
            recipient = self.party_fillers(path);
            recipient.retain(|filler| !actor.contains(filler));
            if !recipient.is_empty() {
                slots.push(Why::new(format!("recipient from {path}: {}", self.words(&recipient))));
                break;
            }
        }
        // What is struck or seized need not be somebody: "a tanker", "the bridge".
        if recipient.is_empty() && takes_things(self.codebook.rule(pattern).event) {
            for path in &pattern.recipient {
                recipient = self
                    .fillers(path)
                    .into_iter()
                    .filter(|&filler| self.tree.token(filler).upos == Upos::Noun && !actor.contains(&filler))
                    .collect();
                if !recipient.is_empty() {
                    slots.push(Why::new(format!("a thing as recipient from {path}: {}", self.words(&recipient))));
                    break;
                }
            }
        }
        let named = !actor.is_empty() || actor_speaks;
        if !named && !pattern.actor_optional {
            return None;
        }
        if frame == Some(Frame::Bare) && actor.is_empty() && recipient.is_empty() {
            return None;
        }
        let mut third_party = Vec::new();
        for path in &pattern.third_party {
            for filler in self.party_fillers(path) {
                if !actor.contains(&filler) && !recipient.contains(&filler) && !third_party.contains(&filler) {
                    third_party.push(filler);
                }
            }
        }
        let first = |paths: &[Path]| {
            paths.iter().map(|path| self.fillers(path)).find(|found| !found.is_empty()).unwrap_or_default()
        };
        // Who writes an entry of their own says themselves what it needs.
        let rule = self.codebook.rule(pattern);
        if rule.event.needs_recipient()
            && !rule.own
            && recipient.is_empty()
            && pattern.parties.is_empty()
            && !pattern.actor_optional
        {
            return None;
        }
        // A user's own entry comes before any rule of the program.
        let own = i32::from(rule.own) * 1000;
        let strength = (
            own + pattern.needs.len() as i32 * 2
                + pattern.weight * 3
                + (words - 1) * 2
                + i32::from(!pattern.modal.is_empty()) * 2
                + i32::from(pattern.negation == Some(true)) * 4
                - i32::from(pattern.triggers.contains(ANY)) * 3,
            i32::from(!actor.is_empty()) + i32::from(!recipient.is_empty()),
        );
        Some(Found {
            trigger: self.trigger,
            mode: pattern.mode,
            support,
            actor,
            actor_speaks,
            recipient,
            third_party,
            content: first(&pattern.content),
            condition: first(&pattern.condition),
            slots,
            opinion: None,
            strength,
            pattern,
        })
    }

    /// In which allowed frame a noun stands; verbs and adjectives need none.
    fn frame(&self, pattern: &Pattern) -> Option<(Option<Frame>, Option<usize>)> {
        if pattern.kind != TriggerKind::Noun {
            return Some((None, None));
        }
        let object_verb = self.tree.verb_of_object(self.trigger);
        let subject_verb = self.tree.verb_of_subject(self.trigger);
        for &frame in &pattern.frames {
            match frame {
                Frame::Support => {
                    if let Some(verb) = object_verb {
                        let lemma = self.tree.verb_lemma(verb);
                        let bare = self.tree.lemma(verb);
                        let lends = match &pattern.support {
                            Some(list) => list.contains(&lemma) || list.contains(&bare),
                            None => self.codebook.in_list("support", &lemma) || self.codebook.in_list("support", &bare),
                        };
                        let oblique = self.tree.relation(self.tree.carrier(self.trigger)) == "obl";
                        // "in talks" of any verb is not "take part in talks".
                        let joins = !oblique
                            || matches!(
                                lemma.as_str(),
                                "take part" | "engage" | "participate" | "take" | "enter" | "join" | "agree"
                            );
                        if lends && joins {
                            return Some((Some(frame), Some(verb)));
                        }
                    }
                }
                Frame::Occur => {
                    if let Some(verb) = subject_verb {
                        let lemma = self.tree.verb_lemma(verb);
                        if self.codebook.in_list("occur", &lemma)
                            || self.codebook.in_list("occur", &self.tree.lemma(verb))
                        {
                            return Some((Some(frame), Some(verb)));
                        }
                    }
                    if self.tree.children_by(self.trigger, &["expl"]).next().is_some() {
                        return Some((Some(frame), None));
                    }
                }
                Frame::Bare => return Some((Some(frame), None)),
                Frame::During => {
                    let carrier = self.tree.carrier(self.trigger);
                    if matches!(self.tree.case_of(carrier).as_str(), "after" | "during" | "following" | "amid") {
                        return Some((Some(frame), None));
                    }
                }
            }
        }
        None
    }

    fn has_modal(&self, pattern: &Pattern) -> bool {
        let mut chain = vec![self.trigger];
        // "must stop and withdraw": the second verb shares the modal.
        if self.tree.relation(self.trigger) == "conj"
            && self.tree.children_by(self.trigger, &["nsubj", "aux"]).all(|child| {
                self.tree.relation(child) == "aux" && matches!(self.tree.lemma(child).as_str(), "be" | "have")
            })
        {
            chain.extend(self.tree.head(self.trigger));
        }
        chain.iter().any(|&node| {
            self.tree.auxiliaries(node).iter().any(|aux| pattern.modal.contains(aux))
                || (self.tree.relation(node) == "xcomp"
                    && self.tree.head(node).is_some_and(|head| {
                        let lemma = self.tree.lemma(head);
                        pattern.modal.contains(&lemma) || pattern.modal.contains(&format!("{lemma} to"))
                    }))
        })
    }

    fn fillers(&self, path: &Path) -> Vec<usize> {
        let mut here = vec![self.trigger];
        for slot in &path.0 {
            here = match slot {
                Slot::Speaker => here.iter().flat_map(|&token| self.parties.speakers(token)).collect(),
                Slot::Subj if here == [self.trigger] && self.support.is_some() => {
                    let mut found = self.tree.fill(self.trigger, slot);
                    found.extend(self.support.into_iter().flat_map(|verb| self.tree.logical_subjects(verb)));
                    found
                }
                slot => here.iter().flat_map(|&token| self.tree.fill(token, slot)).collect(),
            };
            here.dedup();
        }
        here
    }

    fn party_fillers(&self, path: &Path) -> Vec<usize> {
        let mut found = Vec::new();
        for filler in self.fillers(path) {
            for head in self.tree.coordinated(filler) {
                if self.tree.token(head).upos != Upos::Punct && self.parties.is_party(head) && !found.contains(&head) {
                    found.push(head);
                }
            }
            // Measures and groups stand for what they hold: "dozens of villagers",
            // "delegations from both sides".
            if found.is_empty() {
                for word in ["of", "from"] {
                    for inner in self.tree.preposition(filler, word) {
                        for head in self.tree.coordinated(inner) {
                            if self.parties.is_party(head)
                                && self.tree.token(filler).upos != Upos::Verb
                                && is_measure(self.tree, filler)
                                && !found.contains(&head)
                            {
                                found.push(head);
                            }
                        }
                    }
                }
            }
        }
        found
    }

    fn meets(&self, need: &Need) -> Option<Vec<usize>> {
        let fillers = self.fillers(&need.path);
        let good: Vec<usize> = fillers
            .into_iter()
            .filter(|&filler| {
                let clause = self.tree.is_clause(filler);
                need.any
                    || need.clause && clause
                    || need.place && self.parties.is_place(filler)
                    || need.party && self.tree.coordinated(filler).iter().any(|&head| self.parties.is_party(head))
                    || need.thing && !clause && !self.parties.is_party(filler)
                    || !need.words.is_empty() && self.has_word(filler, need)
            })
            .collect();
        (!good.is_empty()).then_some(good)
    }

    fn has_word(&self, filler: usize, need: &Need) -> bool {
        let mut heads = self.tree.coordinated(filler);
        // "dozens of rockets": the measured thing counts.
        for head in heads.clone() {
            if is_measure(self.tree, head) {
                heads.extend(self.tree.preposition(head, "of"));
            }
        }
        // "President Kabila", "Kabila, the president": a title stands for its bearer.
        for head in heads.clone() {
            if self.tree.token(head).upos == Upos::Propn {
                let titles = self.tree.children(head).iter().copied();
                heads.extend(titles.filter(|&title| {
                    matches!(self.tree.deprel(title), "nmod:desc" | "appos" | "flat")
                        && self.tree.token(title).upos.is_nominal()
                }));
            }
        }
        heads.iter().any(|&head| {
            self.tree.noun_forms(head).iter().any(|form| need.words.contains(form))
                || need.words.contains(&self.tree.verb_lemma(head))
                || need.words.contains(&self.tree.token(head).text.to_lowercase())
        })
    }

    fn words(&self, tokens: &[usize]) -> String {
        let words: Vec<&str> = tokens.iter().map(|&token| self.tree.token(token).text.as_str()).collect();
        words.join(", ")
    }
}

/// Whether an act of this type is also done to things.
pub(crate) fn takes_things(event: Event) -> bool {
    matches!(event, Event::Assault | Event::Coerce)
}

fn is_measure(tree: &Tree, token: usize) -> bool {
    let lemma = tree.lemma(token);
    tree.token(token).upos == Upos::Num
        || matches!(
            lemma.as_str(),
            "dozen"
                | "hundred"
                | "thousand"
                | "number"
                | "group"
                | "member"
                | "majority"
                | "handful"
                | "score"
                | "many"
                | "some"
                | "several"
                | "most"
                | "one"
                | "two"
                | "lot"
                | "crowd"
                | "pair"
                | "team"
                | "series"
                | "part"
                | "all"
                | "each"
                | "both"
                | "rest"
                | "half"
                | "couple"
                | "wave"
                | "million"
                | "body"
        )
}
