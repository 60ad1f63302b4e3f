//! A document's actors, sentence by sentence.
//!
//! Takes the actor lists, a document and its sentences, and walks the document
//! once: names, persons with their titles, acronyms, groups the text itself
//! introduces. Gives, for any noun phrase of it, the parties meant. Never
//! looks ahead: a later sentence does not change what an earlier one meant,
//! but for how often a country is spoken of.

use std::collections::HashMap;

use jiff::civil::Date;
use record::{Document, MentionType, Party, Remark, Sentence, Span, Upos, Why};

use super::matches::{NameMatch, RoleMatch};
use super::meaning::{Meaning, Pick, Scene};
use super::phrase::{self, Phrase};
use super::words::{self, Word};
use super::{ActorKind, Actors, Resolved, Role, RoleSector, Use};

/// Chains of "the spokesman of the minister of …" end somewhere.
const DEPTH: usize = 6;

/// A sentence prepared for questions.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub index: usize,
    pub sentence: &'a Sentence,
    pub words: Vec<Word>,
    /// Token -> word.
    pub word_of: Vec<Option<usize>>,
    pub names: Vec<NameMatch>,
    pub children: Vec<Vec<usize>>,
}

/// A phrase that was met and whom it meant.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub sentence: usize,
    pub head: usize,
    pub first: usize,
    pub last: usize,
    pub kind: ActorKind,
    pub meanings: Vec<Meaning>,
    /// Last word of its role noun: "minister".
    pub role_word: Option<String>,
    pub plural: bool,
    pub subject: bool,
    /// Whether it is a pronoun or a description that rests on another mention.
    pub refers: bool,
    pub why: Why,
    pub remarks: Vec<Remark>,
}

/// Whom the phrases of one document mean.
#[derive(Debug)]
pub struct Resolver<'a> {
    pub(super) actors: &'a Actors,
    document: &'a Document,
    pub(super) pages: Vec<Page<'a>>,
    pub(super) found: Vec<Found>,
    /// Per sentence and token: its place in `found` + 1.
    at: Vec<Vec<u32>>,
    pub(super) evidence: HashMap<String, u32>,
    acronyms: HashMap<String, Meaning>,
    /// Names the codebook does not know, as the text introduced them.
    named: Vec<(Vec<String>, Meaning)>,
    /// Actors named together, with the sentence: "between X and Y", "X-Y talks", "X told Y".
    pub(super) pairs: Vec<(usize, Meaning, Meaning)>,
}

impl<'a> Resolver<'a> {
    /// Walks the document once.
    pub fn new(actors: &'a Actors, document: &'a Document, sentences: &'a [Sentence]) -> Resolver<'a> {
        let pages: Vec<Page<'a>> =
            sentences.iter().enumerate().map(|(index, sentence)| page(actors, index, sentence)).collect();
        let mut resolver = Resolver {
            actors,
            document,
            at: sentences.iter().map(|sentence| vec![0; sentence.tokens.len()]).collect(),
            pages,
            found: Vec::new(),
            evidence: HashMap::new(),
            acronyms: HashMap::new(),
            named: Vec::new(),
            pairs: Vec::new(),
        };
        resolver.weigh();
        for index in 0..resolver.pages.len() {
            resolver.walk(index);
        }
        resolver
    }

    /// How often each country is spoken of by names that mean nothing else.
    fn weigh(&mut self) {
        for page in &self.pages {
            for name in &page.names {
                let mut entries: Vec<u32> =
                    name.aliases.iter().map(|&alias| self.actors.aliases[alias as usize].entry).collect();
                entries.dedup();
                let sure = name.aliases.iter().all(|&alias| !self.actors.aliases[alias as usize].needs_context);
                let [entry] = entries.as_slice() else { continue };
                let entry = self.actors.entry(*entry);
                if !sure || matches!(entry.kind, ActorKind::Medium | ActorKind::Thing | ActorKind::People) {
                    continue;
                }
                if let Some(country) = entry.code_at(self.document.published).0 {
                    *self.evidence.entry(country.to_string()).or_insert(0) += 1;
                }
            }
        }
    }

    fn walk(&mut self, index: usize) {
        let sentence = self.pages[index].sentence;
        for token in 0..sentence.tokens.len() {
            if !is_mention(sentence, token) {
                continue;
            }
            let found = self.read(index, token, 0);
            self.learn(index, &found);
            self.found.push(found);
            self.at[index][token] = self.found.len() as u32;
        }
        self.pair(index);
    }

    /// Keeps what a phrase introduces: an acronym, a person, a group.
    fn learn(&mut self, index: usize, found: &Found) {
        let sentence = self.pages[index].sentence;
        let tokens = &sentence.tokens;
        let Some(meaning) = found.meanings.first().filter(|_| !found.refers) else { return };
        let acronym = tokens.get(found.last + 1).filter(|token| token.text == "(").and_then(|_| {
            let closed = tokens.get(found.last + 3).is_some_and(|token| token.text == ")");
            tokens.get(found.last + 2).filter(|token| closed && is_acronym(&token.text))
        });
        if let Some(acronym) = acronym {
            if meaning.entry.is_some() || meaning.name.is_some() {
                self.acronyms.entry(acronym.text.clone()).or_insert_with(|| meaning.clone());
            }
        }
        if meaning.entry.is_some() && meaning.kind != ActorKind::Person {
            return;
        }
        let name = match (meaning.entry, &meaning.name) {
            (Some(entry), _) => words::key(&self.actors.entry(entry).name),
            (None, Some(name)) => words::key(name),
            (None, None) => return,
        };
        let parts: Vec<String> = name.split(' ').map(str::to_string).collect();
        let known = self.named.iter_mut().find(|(before, _)| *before == parts);
        match known {
            // A later mention that says more ("the minister, Anura Perera") wins.
            Some((_, before)) => {
                if before.role.is_none() && meaning.role.is_some() {
                    *before = meaning.clone();
                }
            }
            None if parts.len() > 1 || meaning.role.is_some() => self.named.push((parts, meaning.clone())),
            None => {}
        }
    }

    /// Notes which actors a sentence puts together.
    fn pair(&mut self, index: usize) {
        let page = &self.pages[index];
        let tokens = &page.sentence.tokens;
        let mut pairs: Vec<(Meaning, Meaning)> = Vec::new();
        for name in page.names.windows(2) {
            let [one, two] = name else { continue };
            let hyphen = two.first == one.last + 1 && page.words[two.first].hyphen_before;
            if hyphen {
                if let (Pick::One(one), Pick::One(two)) =
                    (self.actors.pick(one, self.scene()), self.actors.pick(two, self.scene()))
                {
                    pairs.push((self.actors.meaning_of(one), self.actors.meaning_of(two)));
                }
            }
        }
        let here: Vec<&Found> = self.found.iter().rev().take_while(|found| found.sentence == index).collect();
        let is_party = |found: &Found| found.meanings.len() == 1 && found.meanings[0].principal().is_some();
        for found in here.iter().filter(|found| is_party(found)) {
            let token = &tokens[found.head];
            let partner = match token.relation() {
                "conj" => token.head,
                // "Pakistan accused the Taliban", "talks with the Taliban".
                "obj" | "iobj" | "obl" => token.head.and_then(|verb| {
                    here.iter()
                        .map(|other| other.head)
                        .find(|&other| tokens[other].head == Some(verb) && tokens[other].relation() == "nsubj")
                }),
                _ => None,
            };
            let Some(partner) = partner else { continue };
            let partner = here.iter().find(|other| other.head == partner && is_party(other));
            if let (Some(one), Some(two)) =
                (partner.and_then(|other| other.meanings[0].principal()), found.meanings[0].principal())
            {
                if !one.is_same_as(two) {
                    pairs.push((one.clone(), two.clone()));
                }
            }
        }
        self.pairs.extend(pairs.into_iter().map(|(one, two)| (index, one, two)));
    }

    pub(super) fn scene(&self) -> Scene<'_> {
        Scene { day: self.document.published, evidence: Some(&self.evidence) }
    }

    pub(super) fn seen_at(&self, sentence: usize, token: usize) -> Option<&Found> {
        let place = *self.at.get(sentence)?.get(token)?;
        self.found.get((place as usize).checked_sub(1)?)
    }

    /// Reads the phrase under a token.
    pub(super) fn read(&self, index: usize, head: usize, depth: usize) -> Found {
        let page = &self.pages[index];
        if let Some(found) = self.seen_at(index, head) {
            return found.clone();
        }
        let Some(phrase) = phrase::phrase(page.sentence, &page.children, head) else {
            return nothing(index, head);
        };
        let mut found = Found {
            sentence: index,
            head,
            first: phrase.first,
            last: phrase.last,
            kind: ActorKind::Thing,
            meanings: Vec::new(),
            role_word: None,
            plural: phrase.plural,
            subject: page.sentence.tokens[head].relation() == "nsubj",
            refers: false,
            why: Why::new(format!("phrase {:?}", self.words_of(index, phrase.first, phrase.last))),
            remarks: Vec::new(),
        };
        if depth > DEPTH {
            return found;
        }
        let is_pronoun = matches!(page.sentence.tokens[head].upos, Upos::Pron | Upos::Det);
        if is_pronoun {
            self.pronoun(&phrase, &mut found, depth);
        } else {
            // The first reading that fits; what fits none stays a thing.
            let _ = self.quantity(page, &phrase, &mut found, depth)
                || self.introduced(page, &phrase, &mut found)
                || self.several(page, &phrase, &mut found)
                || self.name(page, &phrase, &mut found, depth)
                || self.role(page, &phrase, &mut found, depth)
                || self.unknown_name(page, &phrase, &mut found, depth);
        }
        found
    }

    /// "three of the rebels", "a group of villagers": whom they are of.
    fn quantity(&self, page: &Page<'_>, phrase: &Phrase, found: &mut Found, depth: usize) -> bool {
        let token = &page.sentence.tokens[phrase.head];
        let word = token.text.to_lowercase();
        let counts = token.upos == Upos::Num
            || matches!(
                word.as_str(),
                "dozens"
                    | "hundreds"
                    | "thousands"
                    | "scores"
                    | "tens"
                    | "some"
                    | "many"
                    | "most"
                    | "number"
                    | "majority"
                    | "handful"
                    | "group"
                    | "groups"
                    | "both"
                    | "all"
                    | "half"
                    | "several"
                    | "one"
                    | "couple"
                    | "rest"
            );
        let Some(&(_, child)) = phrase.attached.iter().find(|(preposition, _)| counts && preposition == "of") else {
            return false;
        };
        let inner = self.read(page.index, child, depth + 1);
        if inner.meanings.is_empty() {
            return false;
        }
        found.last = inner.last.max(found.last);
        found.why = found.why.clone().because(inner.why);
        found.kind = if inner.kind == ActorKind::State { ActorKind::People } else { inner.kind };
        found.meanings = inner.meanings;
        found.plural = true;
        found.remarks = inner.remarks;
        found.role_word = inner.role_word;
        true
    }

    /// A name of the codebook.
    fn name(&self, page: &Page<'_>, phrase: &Phrase, found: &mut Found, depth: usize) -> bool {
        let Some(name) = self.name_over(page, phrase.head) else { return false };
        // "New Mexico" is read, and nobody.
        if self.actors.is_no_actor(name) {
            return true;
        }
        if self.is_in_a_larger_name(page, phrase, name) {
            return false;
        }
        found.last = found.last.max(name.last_token);
        found.first = found.first.min(name.first_token);
        let spelled = self.words_of(found.sentence, name.first_token, name.last_token);
        match self.actors.pick(name, self.scene()) {
            Pick::One(alias) => {
                let mut meaning = self.actors.meaning_of(alias);
                let entry = self.actors.entry(self.actors.aliases[alias as usize].entry);
                let how = match self.actors.aliases[alias as usize].how {
                    Use::Name => "name",
                    Use::Adjective => "adjective",
                    Use::People => "people",
                    Use::Seat => "seat of government",
                };
                found.why =
                    found.why.clone().because(Why::new(format!("{how} {spelled:?} of {} ({})", entry.name, entry.id)));
                if how == "adjective" {
                    meaning.kind = ActorKind::People;
                }
                if entry.kind == ActorKind::Person {
                    self.title(page, phrase, name.first, &mut meaning, found, depth);
                }
                found.kind = meaning.kind;
                found.meanings = vec![meaning];
            }
            Pick::Many(aliases) => {
                let names: Vec<&str> = aliases
                    .iter()
                    .map(|&alias| &*self.actors.entry(self.actors.aliases[alias as usize].entry).name)
                    .collect();
                found.kind = ActorKind::Unknown;
                found.remarks.push(self.remark(
                    found,
                    "actor-ambiguous",
                    format!("{spelled:?} may be {}", names.join(" or ")),
                ));
            }
            Pick::NeedsContext(aliases) => {
                // A person of that surname, a place of that name: not this actor for sure.
                if self.person_named(page, phrase).is_some() {
                    return false;
                }
                let names: Vec<&str> = aliases
                    .iter()
                    .map(|&alias| &*self.actors.entry(self.actors.aliases[alias as usize].entry).name)
                    .collect();
                found.kind = ActorKind::Unknown;
                found.remarks.push(self.remark(
                    found,
                    "actor-needs-context",
                    format!("{spelled:?} may be {}, but nothing else speaks of it", names.join(" or ")),
                ));
            }
        }
        true
    }

    pub(super) fn name_over<'p>(&self, page: &'p Page<'_>, token: usize) -> Option<&'p NameMatch> {
        page.names.iter().find(|name| name.first_token <= token && token <= name.last_token)
    }

    /// "Jordan" in "Jordan Henderson", "Georgia" in "Georgia Meloni".
    fn is_in_a_larger_name(&self, page: &Page<'_>, phrase: &Phrase, name: &NameMatch) -> bool {
        let alias = &self.actors.aliases[name.aliases[0] as usize];
        let entry = self.actors.entry(alias.entry);
        if !matches!(entry.kind, ActorKind::State | ActorKind::People) && !(name.first == name.last) {
            return false;
        }
        let tokens = &page.sentence.tokens;
        // A title before a known person is not part of a larger name.
        let person = entry.kind == ActorKind::Person;
        let outside = |token: usize| (token < name.first_token && !person) || token > name.last_token;
        let flat = page.children[phrase.head]
            .iter()
            .any(|&child| tokens[child].relation() == "flat" && outside(child) && tokens[child].upos != Upos::Punct);
        let in_person = page.sentence.mentions.iter().any(|mention| {
            mention.kind == MentionType::Person
                && mention.first <= name.first_token
                && name.last_token < mention.last
                && mention.last - mention.first > name.last_token - name.first_token + 1
        });
        flat || (in_person && !person)
    }

    /// A role noun: "the Norwegian foreign minister", "rebels", "Israeli airstrikes".
    fn role(&self, page: &Page<'_>, phrase: &Phrase, found: &mut Found, depth: usize) -> bool {
        let Some(word) = page.word_of[phrase.head] else { return false };
        let Some(role) = self.actors.role_around(&page.words, word) else { return false };
        if page.words[role.first].first < phrase.inner.min(phrase.head) {
            return false;
        }
        let known = &self.actors.roles[role.role as usize];
        found.plural = phrase.plural || role.plural;
        found.role_word = Some(self.role_word(role));
        let end = &page.words[role.last];
        let end = if end.possessive.is_some() && end.last > end.first { end.last - 1 } else { end.last };
        found.last = found.last.max(end);
        let owners = self.owners(page, phrase, role.first, found, depth);
        // "Airstrikes" are nobody; "Israeli airstrikes" are Israel's.
        if (known.needs_owner || known.kind == ActorKind::Deed) && owners.is_empty() {
            found.role_word = None;
            return false;
        }
        let mut meaning = Meaning { role: Some(role.role), ..Meaning::new(known.kind) };
        meaning.former = self.is_former(page, phrase.first, role.first);
        found.kind = if found.plural && is_of_people(known) { ActorKind::Crowd } else { known.kind };
        found.why = found.why.clone().because(Why::new(format!("role {:?}", &*known.noun)));
        // "the cabinet secretary, Anura Perera", "Free Hills Front".
        let apposed =
            if known.kind == ActorKind::Office && !found.plural { self.apposed_name(page, phrase) } else { None };
        if let Some(name) = apposed {
            meaning.kind = ActorKind::Person;
            meaning.name = Some(name);
            found.kind = ActorKind::Person;
        } else if let Some((name, last)) = self.proper_body(page, phrase, role) {
            found.last = found.last.max(last.unwrap_or(0));
            meaning.kind = if known.kind == ActorKind::Office { ActorKind::Unknown } else { ActorKind::Group };
            self.described(page, phrase, &mut meaning, found, depth);
            if known.kind != ActorKind::Office
                && !matches!(meaning.coded(self.actors, None).sector.as_deref(), Some("REB" | "UAF" | "OPP"))
            {
                meaning.kind = ActorKind::Organisation;
            }
            found.kind = meaning.kind;
            found.remarks.push(self.remark(found, "actor-unknown", format!("{name:?} is not in the actor lists")));
            meaning.name = Some(name);
        }
        if !owners.is_empty() {
            found.meanings =
                owners.into_iter().map(|owner| Meaning { owner: Some(Box::new(owner)), ..meaning.clone() }).collect();
            return true;
        }
        if meaning.name.is_none() && meaning.owner.is_none() && self.ownerless(page, phrase, &mut meaning, found) {
            return true;
        }
        found.meanings = vec![meaning];
        true
    }

    fn role_word(&self, role: RoleMatch) -> String {
        let noun = words::key(&self.actors.roles[role.role as usize].noun);
        let head = noun.split(" of ").next().unwrap_or("").split(" for ").next().unwrap_or("");
        head.split(' ').next_back().unwrap_or("").to_string()
    }

    pub(super) fn is_former(&self, page: &Page<'_>, first_token: usize, word: usize) -> bool {
        page.words[..word].iter().filter(|word| word.first >= first_token).any(|word| {
            matches!(word.norm.as_str(), "former" | "ex" | "late" | "deposed" | "ousted" | "erstwhile" | "retired")
        })
    }

    /// Whose: adjectives, compounds, possessors, "of X", "from X".
    pub(super) fn owners(
        &self,
        page: &Page<'_>,
        phrase: &Phrase,
        role_first: usize,
        found: &mut Found,
        depth: usize,
    ) -> Vec<Meaning> {
        let mut owners: Vec<Meaning> = Vec::new();
        let before = page.words.get(role_first).map_or(phrase.head, |word| word.first);
        let mut last_word = None;
        for name in &page.names {
            if name.first_token < phrase.first || name.last_token >= before || self.actors.is_no_actor(name) {
                continue;
            }
            if let Some(link) = self.only_linked(page, name) {
                let spelled = self.words_of(found.sentence, name.first_token, name.last_token);
                found.remarks.push(self.remark(found, "actor-backer", format!("{spelled:?} is only linked ({link})")));
                continue;
            }
            // A second owner only where it is coordinated with the first.
            if let Some(last) = last_word {
                let between: Vec<&str> =
                    page.words[last + 1..name.first].iter().map(|word| word.raw.as_str()).collect();
                let joined = matches!(between.as_slice(), ["and"] | ["&"] | [","] | [",", "and"])
                    || (between.is_empty() && page.words[name.first].hyphen_before);
                if !joined {
                    continue;
                }
            }
            if let Pick::One(alias) = self.actors.pick(name, self.scene()) {
                let meaning = self.actors.meaning_of(alias);
                let entry = self.actors.entry(self.actors.aliases[alias as usize].entry);
                if entry.kind == ActorKind::Medium {
                    continue;
                }
                found.why = found.why.clone().because(Why::new(format!("owner {} ({})", entry.name, entry.id)));
                owners.push(meaning);
                last_word = Some(name.last);
            }
        }
        if owners.is_empty() {
            for &possessor in &phrase.possessors {
                let inner = self.read(found.sentence, possessor, depth + 1);
                if inner.meanings.iter().any(|meaning| meaning.principal().is_some()) {
                    found.why = found.why.clone().because(inner.why);
                    found.remarks.extend(inner.remarks);
                    owners.extend(inner.meanings);
                }
            }
        }
        if owners.is_empty() {
            for (preposition, child) in &phrase.attached {
                let role_noun = found.role_word.as_deref().unwrap_or("");
                let fits = match preposition.as_str() {
                    "of" | "from" => true,
                    "for" => role_noun.starts_with("spokes") || role_noun == "minister" || role_noun == "secretary",
                    "in" => matches!(
                        role_noun,
                        "government" | "authorities" | "police" | "army" | "court" | "junta" | "rebels"
                    ),
                    _ => false,
                };
                if !fits || !self.adjoins(page, phrase, *child) {
                    continue;
                }
                for head in self.coordinated(page, *child) {
                    let inner = self.read(found.sentence, head, depth + 1);
                    if inner.meanings.iter().any(|meaning| meaning.principal().is_some()) {
                        found.last = found.last.max(inner.last);
                        found.why = found.why.clone().because(inner.why);
                        found.remarks.extend(inner.remarks);
                        let keep = |meaning: &Meaning| !matches!(meaning.kind, ActorKind::Crowd | ActorKind::Medium);
                        owners.extend(inner.meanings.into_iter().filter(keep));
                    }
                }
            }
        }
        let mut unique: Vec<Meaning> = Vec::new();
        for owner in owners {
            if !unique.iter().any(|before| before.is_same_as(&owner)) {
                unique.push(owner);
            }
        }
        unique
    }

    /// Whether an attachment follows the phrase without a comma between.
    fn adjoins(&self, page: &Page<'_>, phrase: &Phrase, child: usize) -> bool {
        page.sentence.tokens[phrase.last + 1..child.max(phrase.last + 1)].iter().all(|token| token.text != ",")
    }

    /// A head and its coordinated siblings.
    pub(super) fn coordinated(&self, page: &Page<'_>, head: usize) -> Vec<usize> {
        let mut heads = vec![head];
        heads.extend(
            page.children[head].iter().copied().filter(|&child| page.sentence.tokens[child].relation() == "conj"),
        );
        heads
    }

    /// "US-backed", "anti-Taliban": a link, not an owner.
    fn only_linked(&self, page: &Page<'_>, name: &NameMatch) -> Option<String> {
        let after = page.words.get(name.last + 1).filter(|word| word.hyphen_before);
        if let Some(after) = after {
            let links = [
                "backed",
                "led",
                "allied",
                "funded",
                "sponsored",
                "supported",
                "based",
                "born",
                "trained",
                "made",
                "controlled",
                "held",
                "occupied",
                "brokered",
                "mediated",
                "aligned",
                "friendly",
                "linked",
                "inspired",
                "affiliated",
                "armed",
                "dominated",
                "imposed",
                "appointed",
                "run",
                "hosted",
                "proposed",
                "speaking",
                "educated",
            ];
            if links.contains(&after.norm.as_str()) {
                return Some(after.norm.clone());
            }
        }
        let before = name.first.checked_sub(1).map(|before| &page.words[before]);
        let hyphen = page.words[name.first].hyphen_before;
        before
            .filter(|word| hyphen && matches!(word.norm.as_str(), "anti" | "pro" | "non"))
            .map(|word| word.norm.clone())
    }

    /// A title before a person's name: "Foreign Minister", "rebel leader".
    pub(super) fn title(
        &self,
        page: &Page<'_>,
        phrase: &Phrase,
        name_first: usize,
        meaning: &mut Meaning,
        found: &mut Found,
        depth: usize,
    ) {
        let role = name_first.checked_sub(1).and_then(|before| {
            let role = self.actors.role_around(&page.words, before)?;
            (role.last == before && page.words[role.first].first >= phrase.first).then_some(role)
        });
        if let Some(role) = role {
            let known = &self.actors.roles[role.role as usize];
            found.role_word = Some(self.role_word(role));
            meaning.role = Some(role.role);
            meaning.former = self.is_former(page, phrase.first, role.first);
            found.why = found.why.clone().because(Why::new(format!("title {:?}", &*known.noun)));
            if meaning.entry.is_none() {
                if let Some(owner) = self.owners(page, phrase, role.first, found, depth).into_iter().next() {
                    meaning.owner = Some(Box::new(owner));
                }
            }
            return;
        }
        self.described(page, phrase, meaning, found, depth);
    }

    /// What an apposition says of a name: "Anura Perera, the cabinet secretary".
    pub(super) fn described(
        &self,
        page: &Page<'_>,
        phrase: &Phrase,
        meaning: &mut Meaning,
        found: &mut Found,
        depth: usize,
    ) {
        for &child in &phrase.appositions {
            let Some(word) = page.word_of[child] else { continue };
            let Some(role) = self.actors.role_around(&page.words, word) else { continue };
            let Some(inner) = phrase::phrase(page.sentence, &page.children, child) else { continue };
            let known = &self.actors.roles[role.role as usize];
            if meaning.role.is_none() || known.sector != RoleSector::None {
                meaning.role = Some(role.role);
            }
            if found.role_word.is_none() {
                found.role_word = Some(self.role_word(role));
            }
            meaning.former = self.is_former(page, inner.first, role.first);
            let (first, last) = (found.first, found.last);
            if meaning.entry.is_none() && meaning.owner.is_none() {
                if let Some(owner) = self.owners(page, &inner, role.first, found, depth + 1).into_iter().next() {
                    meaning.owner = Some(Box::new(owner));
                }
            }
            // The apposition itself is not part of the mention.
            (found.first, found.last) = (first, last);
            found.why = found.why.clone().because(Why::new(format!("apposition {:?}", &*known.noun)));
            return;
        }
    }

    /// The name in "the cabinet secretary, Anura Perera".
    fn apposed_name(&self, page: &Page<'_>, phrase: &Phrase) -> Option<String> {
        let tokens = &page.sentence.tokens;
        let child = phrase
            .appositions
            .iter()
            .copied()
            .find(|&child| tokens[child].upos == Upos::Propn && self.looks_like_a_person(page, child))?;
        let inner = phrase::phrase(page.sentence, &page.children, child)?;
        Some(self.words_of(page.index, inner.inner, inner.last))
    }

    /// A body with a name of its own: capitals before and in its noun.
    fn proper_body(&self, page: &Page<'_>, phrase: &Phrase, role: RoleMatch) -> Option<(String, Option<usize>)> {
        let tokens = &page.sentence.tokens;
        if !tokens[phrase.head].text.starts_with(char::is_uppercase) {
            return None;
        }
        let own = (phrase.inner..page.words[role.first].first).any(|token| {
            let known = self.name_over(page, token).is_some();
            tokens[token].text.starts_with(char::is_uppercase)
                && !known
                && tokens[token].upos != Upos::Punct
                && !(token == 0)
        });
        let first = (phrase.inner..=phrase.head).find(|&token| tokens[token].text.starts_with(char::is_uppercase))?;
        // "the Movement for a Free Delta": the rest of the name hangs on it.
        let rest = phrase.attached.iter().find_map(|(preposition, child)| {
            let fits = matches!(preposition.as_str(), "of" | "for")
                && phrase.head > 0
                && tokens[*child].text.starts_with(char::is_uppercase)
                && self.name_over(page, *child).is_none();
            fits.then(|| phrase::phrase(page.sentence, &page.children, *child)).flatten().map(|inner| inner.last)
        });
        (own || rest.is_some()).then(|| (self.words_of(page.index, first, rest.unwrap_or(phrase.last)), rest))
    }

    pub(super) fn looks_like_a_person(&self, page: &Page<'_>, head: usize) -> bool {
        let mentioned = page.sentence.mentions.iter().find(|mention| mention.first <= head && head < mention.last);
        match mentioned {
            Some(mention) => mention.kind == MentionType::Person,
            None => {
                self.name_over(page, head).is_none()
                    && page.children[head].iter().any(|&child| page.sentence.tokens[child].relation() == "flat")
            }
        }
    }

    /// An acronym or a name that the text itself introduced.
    fn introduced(&self, page: &Page<'_>, phrase: &Phrase, found: &mut Found) -> bool {
        let text = &page.sentence.tokens[phrase.head].text;
        let Some(meaning) = self.acronyms.get(text).filter(|_| phrase.last == phrase.head) else { return false };
        found.kind = meaning.kind;
        found.meanings = vec![meaning.clone()];
        found.why = found.why.clone().because(Why::new(format!("acronym {text:?} as the document introduced it")));
        true
    }

    /// The person introduced before whose name this is a part of.
    fn person_named(&self, page: &Page<'_>, phrase: &Phrase) -> Option<Meaning> {
        let tokens = &page.sentence.tokens;
        if tokens[phrase.head].upos != Upos::Propn {
            return None;
        }
        let parts: Vec<&str> = page
            .words
            .iter()
            .filter(|word| phrase.head <= word.first && word.first <= phrase.last && !word.norm.is_empty())
            .map(|word| word.norm.as_str())
            .collect();
        if parts.is_empty() {
            return None;
        }
        let fits = |name: &[String]| match parts.as_slice() {
            [one] => {
                !name.is_empty()
                    && (name.last().is_some_and(|last| last == one) || name.first().is_some_and(|first| first == one))
            }
            many => {
                many.len() <= name.len()
                    && name.ends_with(&many.iter().map(|part| part.to_string()).collect::<Vec<_>>())
            }
        };
        // A part of a name is enough for persons only: "Africa" is not the Africa Fund.
        let mut fitting =
            self.named.iter().rev().filter(|(name, meaning)| {
                (meaning.kind == ActorKind::Person || name.len() == parts.len()) && fits(name)
            });
        let (_, meaning) = fitting.next()?;
        // Two persons of one surname: neither.
        if fitting.any(|(_, other)| !other.is_same_as(meaning)) {
            return None;
        }
        Some(meaning.clone())
    }

    /// A name the codebook does not know.
    fn unknown_name(&self, page: &Page<'_>, phrase: &Phrase, found: &mut Found, depth: usize) -> bool {
        let tokens = &page.sentence.tokens;
        let token = &tokens[phrase.head];
        let mention =
            page.sentence.mentions.iter().find(|mention| mention.first <= phrase.head && phrase.head < mention.last);
        let is_name = token.upos == Upos::Propn
            || mention.is_some_and(|mention| matches!(mention.kind, MentionType::Person | MentionType::Organization));
        if !is_name || !token.text.starts_with(char::is_uppercase) {
            return false;
        }
        if let Some(meaning) = self.person_named(page, phrase) {
            found.kind = meaning.kind;
            found.why = found.why.clone().because(Why::new("a name the document introduced before"));
            found.meanings = vec![meaning];
            return true;
        }
        let name_first = page.word_of[phrase.head].unwrap_or(0);
        let mut meaning = Meaning::new(ActorKind::Unknown);
        self.title(page, phrase, name_first, &mut meaning, found, depth);
        // "President Musharraf": one office holder of that surname as of the day.
        if let Some(entry) = self.office_holder(page, phrase, &meaning) {
            let mut person = Meaning::of_entry(ActorKind::Person, entry);
            person.role = meaning.role;
            person.former = meaning.former;
            found.kind = ActorKind::Person;
            found.why = found.why.clone().because(Why::new("title and surname of one known office holder"));
            found.remarks.push(self.remark(
                found,
                "person-by-surname",
                format!("taken for {}", self.actors.entry(entry).name),
            ));
            found.meanings = vec![person];
            return true;
        }
        let start = if meaning.role.is_some() || phrase.inner == phrase.head {
            phrase.head
        } else {
            self.name_start(page, phrase)
        };
        let name = self.words_of(found.sentence, start, phrase.last);
        let role_kind = meaning.role.map(|role| self.actors.roles[role as usize].kind);
        meaning.kind = match mention.map(|mention| mention.kind) {
            Some(MentionType::Person) => ActorKind::Person,
            Some(MentionType::Organization) => ActorKind::Organisation,
            Some(MentionType::Location | MentionType::Facility | MentionType::Date) => ActorKind::Thing,
            _ if role_kind == Some(ActorKind::Office) || self.looks_like_a_person(page, phrase.head) => {
                ActorKind::Person
            }
            _ => ActorKind::Unknown,
        };
        found.kind = meaning.kind;
        if meaning.kind == ActorKind::Thing {
            return true;
        }
        if let Some(role) = meaning.role.filter(|_| meaning.owner.is_none() && !meaning.former) {
            // "Interior Minister Lee" in a document about one country is of that country.
            let sector = &self.actors.roles[role as usize].sector;
            let public = matches!(sector, RoleSector::Own(sector) if matches!(&**sector, "GOV" | "MIL" | "COP" | "LEG" | "JUD" | "SPY"));
            if let Some(country) = self.only_country().filter(|_| public) {
                found.remarks.push(self.remark(
                    found,
                    "country-from-context",
                    format!("the document speaks of {country} only"),
                ));
                meaning.country = Some(country);
            }
        }
        if meaning.role.is_none() {
            found.remarks.push(self.remark(found, "actor-unknown", format!("{name:?} is not in the actor lists")));
        }
        meaning.name = Some(name);
        found.meanings = vec![meaning];
        true
    }

    /// Where the capitals before a head begin.
    fn name_start(&self, page: &Page<'_>, phrase: &Phrase) -> usize {
        let tokens = &page.sentence.tokens;
        let mention =
            page.sentence.mentions.iter().find(|mention| mention.first <= phrase.head && phrase.head < mention.last);
        if let Some(mention) = mention {
            return mention.first.clamp(phrase.inner, phrase.head);
        }
        let mut start = phrase.head;
        while start > phrase.inner
            && (tokens[start - 1].text.starts_with(char::is_uppercase) || tokens[start - 1].upos == Upos::Punct)
            && self.name_over(page, start - 1).is_none()
        {
            start -= 1;
        }
        start
    }

    fn office_holder(&self, page: &Page<'_>, phrase: &Phrase, meaning: &Meaning) -> Option<u32> {
        meaning.role?;
        if phrase.last != phrase.head {
            return None;
        }
        let surname = &page.words[page.word_of[phrase.head]?].norm;
        let owner = meaning.owner.as_ref().and_then(|owner| owner.coded(self.actors, self.document.published).country);
        let mut fitting = self.actors.surnames.get(surname.as_str())?.iter().copied().filter(|&person| {
            let person = self.actors.entry(person);
            let (country, sector, inside) = person.code_at(self.document.published);
            let spoken_of = country.is_some_and(|country| self.evidence.contains_key(country));
            inside
                && sector.is_some()
                && !person.codes.is_empty()
                && owner.as_deref().map_or(spoken_of, |owner| country == Some(owner))
        });
        let one = fitting.next()?;
        if meaning.former || self.document.published.is_none() || fitting.next().is_some() {
            return None;
        }
        Some(one)
    }

    /// The words from one token to another, as printed.
    pub(super) fn words_of(&self, sentence: usize, first: usize, last: usize) -> String {
        let span = self.span_of(sentence, first, last);
        self.document.text.get(span).unwrap_or("").to_string()
    }

    fn span_of(&self, sentence: usize, first: usize, last: usize) -> Span {
        let tokens = &self.pages[sentence].sentence.tokens;
        match (tokens.get(first), tokens.get(last)) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    pub(super) fn remark(&self, found: &Found, kind: &'static str, text: String) -> Remark {
        Remark::new(kind, text).at(self.span_of(found.sentence, found.first, found.last))
    }

    pub(super) fn published(&self) -> Option<Date> {
        self.document.published
    }

    pub(super) fn dateline_place(&self) -> Option<&str> {
        self.document.dateline_place.as_deref()
    }

    /// Whom the phrase under a token means, coded as of the published date.
    /// Several parties where it means several ("both sides"); one with only
    /// its words where nobody is known. Coordinated siblings are not part of it.
    pub fn parties(&self, sentence: usize, head_token: usize) -> Vec<Resolved> {
        self.parties_as_of(sentence, head_token, self.document.published)
    }

    /// The same, coded as of another day; without one, the latest codes.
    pub fn parties_as_of(&self, sentence: usize, head_token: usize, day: Option<Date>) -> Vec<Resolved> {
        if sentence >= self.pages.len() || head_token >= self.pages[sentence].sentence.tokens.len() {
            return Vec::new();
        }
        let found = self.read(sentence, head_token, 0);
        let span = self.span_of(sentence, found.first, found.last);
        let party = Party {
            text: self.document.text.get(span).unwrap_or("").to_string(),
            start: span.start,
            end: span.end,
            ..Party::default()
        };
        if found.meanings.is_empty() {
            return vec![Resolved { party, kind: found.kind, why: found.why, remarks: found.remarks }];
        }
        let resolve = |meaning: &Meaning| {
            let coded = meaning.coded(self.actors, day);
            let mut remarks = found.remarks.clone();
            if coded.outside {
                let text = match day {
                    Some(day) => {
                        format!("the actor lists have no code for {:?} on {day}", coded.name.as_deref().unwrap_or(""))
                    }
                    None => "the actor lists have no code for that day".to_string(),
                };
                remarks.push(Remark::new("actor-out-of-dates", text).at(span));
            }
            let mut party = party.clone().coded(coded.country.as_deref(), coded.sector.as_deref());
            party.name = coded.name;
            party.id = coded.id;
            party.wikidata = coded.wikidata;
            let why = match &party.code {
                Some(code) => Why::new(format!("{} is {code}", party.name.as_deref().unwrap_or(&party.text))),
                None => Why::new(format!("{} has no code", party.name.as_deref().unwrap_or(&party.text))),
            };
            Resolved { party, kind: found.kind, why: why.because(found.why.clone()), remarks }
        };
        found.meanings.iter().map(resolve).collect()
    }

    /// The medium a phrase names: "Dawn newspaper", "Reuters".
    pub fn is_medium(&self, sentence: usize, head_token: usize) -> Option<String> {
        if sentence >= self.pages.len() || head_token >= self.pages[sentence].sentence.tokens.len() {
            return None;
        }
        let page = &self.pages[sentence];
        let phrase = phrase::phrase(page.sentence, &page.children, head_token)?;
        let words = || self.words_of(sentence, phrase.inner, phrase.last);
        let is_medium = |name: &NameMatch| {
            matches!(self.actors.pick(name, self.scene()), Pick::One(alias)
                if self.actors.entry(self.actors.aliases[alias as usize].entry).kind == ActorKind::Medium)
        };
        if let Some(name) = self.name_over(page, head_token) {
            return is_medium(name).then(words);
        }
        // "Dawn newspaper", "the Morning Herald daily": a press noun with a name before it.
        let role = self.actors.role_around(&page.words, page.word_of[head_token]?)?;
        let known = &self.actors.roles[role.role as usize];
        let press = known.kind == ActorKind::Body && known.sector == RoleSector::Own("JRN".into());
        let named = (phrase.inner..head_token).any(|token| {
            let token = &page.sentence.tokens[token];
            token.upos == Upos::Propn && token.text.starts_with(char::is_uppercase)
        });
        let state = matches!(known.noun.split(' ').next(), Some("state" | "official"));
        (press && (named || state)).then(words)
    }
}

/// Whether more than one of a role are people in numbers, not one body.
fn is_of_people(role: &Role) -> bool {
    role.kind == ActorKind::Office || role.sector == RoleSector::Own("CVL".into())
}

/// Which tokens the walk looks at: the heads of noun phrases.
fn is_mention(sentence: &Sentence, index: usize) -> bool {
    let token = &sentence.tokens[index];
    let part = matches!(
        token.relation(),
        "flat" | "compound" | "fixed" | "goeswith" | "punct" | "det" | "case" | "amod" | "nummod"
    ) || token.deprel == "nmod:desc"
        || token.deprel == "expl";
    match token.upos {
        Upos::Noun | Upos::Propn | Upos::Pron => !part,
        Upos::Adj | Upos::Num | Upos::X | Upos::Det => {
            matches!(token.relation(), "nsubj" | "obj" | "iobj" | "obl" | "nmod")
        }
        _ => false,
    }
}

fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|character| character.is_uppercase()).count();
    letters >= 2
        && text.chars().count() <= 10
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '/'))
}

fn nothing(sentence: usize, head: usize) -> Found {
    Found {
        sentence,
        head,
        first: head,
        last: head,
        kind: ActorKind::Thing,
        meanings: Vec::new(),
        role_word: None,
        plural: false,
        subject: false,
        refers: false,
        why: Why::new("no such token"),
        remarks: Vec::new(),
    }
}

fn page<'a>(actors: &Actors, index: usize, sentence: &'a Sentence) -> Page<'a> {
    let words = words::of_tokens(&sentence.tokens);
    let mut word_of = vec![None; sentence.tokens.len()];
    for (index, word) in words.iter().enumerate() {
        if !word.norm.is_empty() {
            for token in &mut word_of[word.first..=word.last] {
                // A token split at a hyphen belongs to its last word: "al-Bashir".
                *token = Some(index);
            }
        }
    }
    let names = actors.names_in(&words);
    Page { index, sentence, names, children: phrase::children(sentence), words, word_of }
}
