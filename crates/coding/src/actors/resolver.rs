//! A document's actors, sentence by sentence.
//!
//! Takes the actor lists, a document and its sentences, and walks the document
//! once: names, persons with their titles, acronyms, groups the text itself
//! introduces. Gives, for any noun phrase of it, the parties meant. Never
//! looks ahead: a later sentence does not change what an earlier one meant,
//! but for how often a country is spoken of.

use std::collections::HashMap;

use jiff::civil::Date;
use record::{Document, Party, Remark, Sentence, Span, Upos, Why};

use super::matches::NameMatch;
use super::meaning::{Meaning, Pick, Scene};
use super::phrase;
use super::words::{self, Word};
use super::{ActorKind, Actors, Resolved, RoleSector};

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
    pub(super) acronyms: HashMap<String, Meaning>,
    /// Names the codebook does not know, as the text introduced them.
    pub(super) named: Vec<(Vec<String>, Meaning)>,
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
        if let Some(acronym) = acronym
            && (meaning.entry.is_some() || meaning.name.is_some())
        {
            self.acronyms.entry(acronym.text.clone()).or_insert_with(|| meaning.clone());
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
        // A later mention that says more ("the minister, Anura Perera") wins.
        if let Some((_, before)) = known {
            if before.role.is_none() && meaning.role.is_some() {
                before.clone_from(meaning);
            }
        } else if parts.len() > 1 || meaning.role.is_some() {
            self.named.push((parts, meaning.clone()));
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
            if hyphen
                && let (Pick::One(one), Pick::One(two)) =
                    (self.actors.pick(one, self.scene()), self.actors.pick(two, self.scene()))
            {
                pairs.push((self.actors.meaning_of(one), self.actors.meaning_of(two)));
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
                && !one.is_same_as(two)
            {
                pairs.push((one.clone(), two.clone()));
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
