//! A phrase that is a role: "the Norwegian foreign minister", "US-backed rebels".
//!
//! Takes a phrase and its page; gives it the meaning of its role noun and of
//! whoever it belongs to: adjectives, possessors, "of X", "from X". Never takes
//! a backer for an owner.

use record::{Upos, Why};

use super::matches::{NameMatch, RoleMatch};
use super::meaning::{Meaning, Pick};
use super::phrase::{self, Phrase};
use super::resolver::{Found, Page, Resolver};
use super::{ActorKind, Role, RoleSector, words};

impl Resolver<'_> {
    /// A role noun: "the Norwegian foreign minister", "rebels", "Israeli airstrikes".
    pub(super) fn role(&self, page: &Page<'_>, phrase: &Phrase, found: &mut Found, depth: usize) -> bool {
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

    pub(super) fn role_word(&self, role: RoleMatch) -> String {
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
    pub(super) fn adjoins(&self, page: &Page<'_>, phrase: &Phrase, child: usize) -> bool {
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
    pub(super) fn only_linked(&self, page: &Page<'_>, name: &NameMatch) -> Option<String> {
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

    /// A body with a name of its own: capitals before and in its noun.
    pub(super) fn proper_body(
        &self,
        page: &Page<'_>,
        phrase: &Phrase,
        role: RoleMatch,
    ) -> Option<(String, Option<usize>)> {
        let tokens = &page.sentence.tokens;
        if !tokens[phrase.head].text.starts_with(char::is_uppercase) {
            return None;
        }
        let own = (phrase.inner..page.words[role.first].first).any(|token| {
            let known = self.name_over(page, token).is_some();
            tokens[token].text.starts_with(char::is_uppercase)
                && !known
                && tokens[token].upos != Upos::Punct
                && (token != 0)
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
}

/// Whether more than one of a role are people in numbers, not one body.
fn is_of_people(role: &Role) -> bool {
    role.kind == ActorKind::Office || role.sector == RoleSector::Own("CVL".into())
}
