//! A phrase that is a name: of the codebook, of the text's own making, or unknown.
//!
//! Takes a phrase and its page; gives it the meaning of the name it holds, with
//! the titles and appositions that say more. Never takes a part of a larger
//! name for an actor: "Jordan" in "Michael Jordan" is nobody's country.

use record::{MentionType, Upos, Why};

use super::matches::NameMatch;
use super::meaning::{Meaning, Pick};
use super::phrase::{self, Phrase};
use super::resolver::{Found, Page, Resolver};
use super::{ActorKind, RoleSector, Use};

impl Resolver<'_> {
    /// "three of the rebels", "a group of villagers": whom they are of.
    pub(super) fn quantity(&self, page: &Page<'_>, phrase: &Phrase, found: &mut Found, depth: usize) -> bool {
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
    pub(super) fn name(&self, page: &Page<'_>, phrase: &Phrase, found: &mut Found, depth: usize) -> bool {
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
                let names = self.actors.names_of(&aliases);
                found.kind = ActorKind::Unknown;
                found.remarks.push(self.remark(found, "actor-ambiguous", format!("{spelled:?} may be {}", names)));
            }
            Pick::NeedsContext(aliases) => {
                // A person of that surname, a place of that name: not this actor for sure.
                if self.person_named(page, phrase).is_some() {
                    return false;
                }
                let names = self.actors.names_of(&aliases);
                found.kind = ActorKind::Unknown;
                found.remarks.push(self.remark(
                    found,
                    "actor-needs-context",
                    format!("{spelled:?} may be {}, but nothing else speaks of it", names),
                ));
            }
        }
        true
    }

    pub(super) fn name_over<'p>(&self, page: &'p Page<'_>, token: usize) -> Option<&'p NameMatch> {
        page.names.iter().find(|name| name.first_token <= token && token <= name.last_token)
    }

    /// "Jordan" in "Jordan Henderson", "Georgia" in "Georgia Meloni".
    pub(super) fn is_in_a_larger_name(&self, page: &Page<'_>, phrase: &Phrase, name: &NameMatch) -> bool {
        let alias = &self.actors.aliases[name.aliases[0] as usize];
        let entry = self.actors.entry(alias.entry);
        if !matches!(entry.kind, ActorKind::State | ActorKind::People) && (name.first != name.last) {
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
            if meaning.entry.is_none()
                && let Some(owner) = self.owners(page, phrase, role.first, found, depth).into_iter().next()
            {
                meaning.owner = Some(Box::new(owner));
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
            if meaning.entry.is_none()
                && meaning.owner.is_none()
                && let Some(owner) = self.owners(page, &inner, role.first, found, depth + 1).into_iter().next()
            {
                meaning.owner = Some(Box::new(owner));
            }
            // The apposition itself is not part of the mention.
            (found.first, found.last) = (first, last);
            found.why = found.why.clone().because(Why::new(format!("apposition {:?}", &*known.noun)));
            return;
        }
    }

    /// The name in "the cabinet secretary, Anura Perera".
    pub(super) fn apposed_name(&self, page: &Page<'_>, phrase: &Phrase) -> Option<String> {
        let tokens = &page.sentence.tokens;
        let child = phrase
            .appositions
            .iter()
            .copied()
            .find(|&child| tokens[child].upos == Upos::Propn && self.looks_like_a_person(page, child))?;
        let inner = phrase::phrase(page.sentence, &page.children, child)?;
        Some(self.words_of(page.index, inner.inner, inner.last))
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
    pub(super) fn introduced(&self, page: &Page<'_>, phrase: &Phrase, found: &mut Found) -> bool {
        let text = &page.sentence.tokens[phrase.head].text;
        let Some(meaning) = self.acronyms.get(text).filter(|_| phrase.last == phrase.head) else { return false };
        found.kind = meaning.kind;
        found.meanings = vec![meaning.clone()];
        found.why = found.why.clone().because(Why::new(format!("acronym {text:?} as the document introduced it")));
        true
    }

    /// The person introduced before whose name this is a part of.
    pub(super) fn person_named(&self, page: &Page<'_>, phrase: &Phrase) -> Option<Meaning> {
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
    pub(super) fn unknown_name(&self, page: &Page<'_>, phrase: &Phrase, found: &mut Found, depth: usize) -> bool {
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
    pub(super) fn name_start(&self, page: &Page<'_>, phrase: &Phrase) -> usize {
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

    pub(super) fn office_holder(&self, page: &Page<'_>, phrase: &Phrase, meaning: &Meaning) -> Option<u32> {
        meaning.role?;
        if phrase.last != phrase.head {
            return None;
        }
        let surname = &page.words[page.word_of[phrase.head]?].norm;
        let owner = meaning.owner.as_ref().and_then(|owner| owner.coded(self.actors, self.published()).country);
        let mut fitting = self.actors.surnames.get(surname.as_str())?.iter().copied().filter(|&person| {
            let person = self.actors.entry(person);
            let (country, sector, inside) = person.code_at(self.published());
            let spoken_of = country.is_some_and(|country| self.evidence.contains_key(country));
            inside
                && sector.is_some()
                && !person.codes.is_empty()
                && owner.as_deref().map_or(spoken_of, |owner| country == Some(owner))
        });
        let one = fitting.next()?;
        if meaning.former || self.published().is_none() || fitting.next().is_some() {
            return None;
        }
        Some(one)
    }
}
