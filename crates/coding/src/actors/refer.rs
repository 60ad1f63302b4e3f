//! Descriptions: whom "the group", "the official", "both sides" mean.
//!
//! Takes a phrase that names nobody and the mentions before it; gives the
//! meanings of the mention it rests on, with a remark that says so, or nothing
//! where two fit equally well. Never looks past the phrase itself.

use record::Why;

use super::meaning::Meaning;
use super::phrase::{Determiner, Phrase};
use super::resolver::{Found, Page, Resolver};
use super::{ActorKind, RoleSector};

/// How far back "the group" and "the official" reach.
const DESCRIPTION_REACH: usize = 8;

impl Resolver<'_> {
    /// Lets a phrase mean what another mention means.
    pub(super) fn take(&self, found: &mut Found, other: &Found, how: &str) {
        let words = self.words_of(other.sentence, other.first, other.last);
        found.why = found
            .why
            .clone()
            .because(Why::new(format!("{how}: {words:?} of sentence {}", other.sentence)).because(other.why.clone()));
        found.remarks.push(self.remark(found, "referent", format!("taken for {words:?} ({how})")));
        found.meanings.clone_from(&other.meanings);
        found.kind = other.kind;
        found.refers = true;
        if found.role_word.is_none() {
            found.role_word.clone_from(&other.role_word);
        }
    }

    /// "both sides", "the two countries", "the three leaders".
    pub(super) fn several(&self, page: &Page<'_>, phrase: &Phrase, found: &mut Found) -> bool {
        let token = &page.sentence.tokens[phrase.head];
        let word = token.text.to_lowercase();
        let pairs = matches!(
            word.as_str(),
            "sides"
                | "parties"
                | "countries"
                | "nations"
                | "states"
                | "governments"
                | "capitals"
                | "neighbours"
                | "neighbors"
                | "powers"
                | "enemies"
                | "foes"
                | "rivals"
                | "leaders"
                | "presidents"
                | "ministers"
                | "armies"
                | "delegations"
                | "groups"
                | "factions"
                | "allies"
                | "warring"
                | "adversaries"
                | "belligerents"
                | "militaries"
                | "camps"
        );
        let owned = page.names.iter().any(|name| name.first_token >= phrase.first && name.last_token <= phrase.last);
        if !pairs || owned || !phrase.possessors.is_empty() {
            return false;
        }
        let warring = page.words.iter().any(|word| {
            word.first >= phrase.first
                && word.last <= phrase.last
                && matches!(word.norm.as_str(), "warring" | "opposing" | "rival")
        });
        let the_sides =
            phrase.determiner == Determiner::Definite && matches!(word.as_str(), "sides") && phrase.number.is_none();
        if phrase.number != Some(2)
            && !the_sides
            && !(warring && phrase.determiner == Determiner::Definite && phrase.number.is_none())
        {
            return false;
        }
        if phrase.determiner == Determiner::Indefinite && !matches!(word.as_str(), "sides" | "leaders" | "countries") {
            return false;
        }
        self.pair_meant(page, phrase, &word, found);
        true
    }

    /// The two actors a document has been putting together.
    pub(super) fn pair_meant(&self, page: &Page<'_>, phrase: &Phrase, word: &str, found: &mut Found) {
        found.plural = true;
        found.refers = true;
        let countries = matches!(
            word,
            "countries"
                | "nations"
                | "states"
                | "governments"
                | "capitals"
                | "neighbours"
                | "neighbors"
                | "powers"
                | "armies"
                | "militaries"
        );
        let persons = matches!(word, "leaders" | "presidents" | "ministers");
        let fits = |meaning: &Meaning| {
            if countries {
                meaning.kind == ActorKind::State || meaning.kind == ActorKind::Seat
            } else if persons {
                matches!(meaning.kind, ActorKind::Person | ActorKind::State | ActorKind::Seat | ActorKind::Office)
            } else {
                matches!(
                    meaning.kind,
                    ActorKind::State
                        | ActorKind::Seat
                        | ActorKind::Group
                        | ActorKind::Party
                        | ActorKind::Organisation
                        | ActorKind::Institution
                        | ActorKind::Unknown
                        | ActorKind::People
                )
            }
        };
        let mentions = |meaning: &Meaning| {
            self.found
                .iter()
                .flat_map(|found| &found.meanings)
                .filter(|other| other.principal().is_some_and(|principal| principal.is_same_as(meaning)))
                .count()
        };
        let mut best: Option<(usize, usize, &Meaning, &Meaning)> = None;
        for (place, one, two) in &self.pairs {
            if one.is_same_as(two) || !fits(one) || !fits(two) {
                continue;
            }
            let together = self
                .pairs
                .iter()
                .filter(|(_, a, b)| {
                    (a.is_same_as(one) && b.is_same_as(two)) || (a.is_same_as(two) && b.is_same_as(one))
                })
                .count();
            // Just named together counts like two more mentions of each.
            let near = match page.index - place.min(&page.index) {
                0..=2 => 2,
                3..=5 => 1,
                _ => 0,
            };
            let score = mentions(one).min(mentions(two)) + 2 * together + near;
            if best.is_none_or(|(most, at, ..)| (score, *place) >= (most, at)) {
                best = Some((score, *place, one, two));
            }
        }
        // This sentence's own "X-Y talks" and "X and Y" come before the walk has noted them.
        let here = self.own_pair(page, phrase.head, &fits);
        let chosen = match (best, here) {
            (Some((score, _, one, two)), _) if score >= 2 => Some((one.clone(), two.clone())),
            (_, Some(pair)) => Some(pair),
            (Some((_, _, one, two)), None) => Some((one.clone(), two.clone())),
            (None, None) => None,
        };
        let Some((one, two)) = chosen else {
            found.kind = ActorKind::Unknown;
            found.remarks.push(self.remark(found, "pair-unresolved", "which two are meant is not clear".to_string()));
            return;
        };
        let name = |meaning: &Meaning| meaning.coded(self.actors, self.published()).name.unwrap_or_default();
        let names = format!("{} and {}", name(&one), name(&two));
        found.why = found.why.clone().because(Why::new(format!("the two named together before: {names}")));
        found.remarks.push(self.remark(found, "referent", format!("taken for {names}")));
        found.kind = one.kind;
        found.meanings = vec![one, two];
    }

    fn own_pair(&self, page: &Page<'_>, head: usize, fits: &dyn Fn(&Meaning) -> bool) -> Option<(Meaning, Meaning)> {
        let mut before: Vec<Meaning> = Vec::new();
        for name in page.names.iter().filter(|name| name.last_token < head) {
            if let super::meaning::Pick::One(alias) = self.actors.pick(name, self.scene()) {
                let meaning = self.actors.meaning_of(alias);
                if fits(&meaning) && !before.iter().any(|other| other.is_same_as(&meaning)) {
                    before.push(meaning);
                }
            }
        }
        match before.as_slice() {
            [one, two] => Some((one.clone(), two.clone())),
            _ => None,
        }
    }

    /// A role nobody is named to own: an earlier mention of it, the previous
    /// subject's spokesman, the group spoken of, the one country in question.
    pub(super) fn ownerless(&self, page: &Page<'_>, phrase: &Phrase, meaning: &mut Meaning, found: &mut Found) -> bool {
        let word = found.role_word.clone().unwrap_or_default();
        let sector = meaning.role.map(|role| self.actors.roles[role as usize].sector.clone());
        let modified = (phrase.inner..phrase.head)
            .any(|token| matches!(page.sentence.tokens[token].relation(), "amod" | "compound"))
            && !matches!(page.sentence.tokens[phrase.inner].text.as_str(), "same");
        if phrase.determiner == Determiner::Definite && !phrase.plural_number() {
            if let Some(other) = self.mentioned_before(page, phrase, &word, modified, found) {
                self.take(found, &other, "earlier mention of that role");
                return true;
            }
            if let Some(other) = self.described_before(page, phrase, &word, sector.as_ref(), found) {
                self.take(found, &other, "the last one spoken of");
                return true;
            }
        }
        if word.starts_with("spokes")
            && phrase.attached.iter().all(|(preposition, _)| preposition != "for")
            && let Some(other) = self.previous_subject(page, phrase.head)
        {
            let words = self.words_of(other.sentence, other.first, other.last);
            found.why = found.why.clone().because(
                Why::new(format!("speaks for the subject before: {words:?} of sentence {}", other.sentence))
                    .because(other.why.clone()),
            );
            found.remarks.push(self.remark(found, "referent", format!("taken to speak for {words:?}")));
            meaning.owner = other.meanings.first().and_then(Meaning::principal).cloned().map(Box::new);
            found.meanings = vec![meaning.clone()];
            return true;
        }
        let Some(RoleSector::Own(sector)) = sector else { return false };
        let public = matches!(&*sector, "GOV" | "MIL" | "COP" | "LEG" | "JUD" | "SPY");
        let known = phrase.determiner != Determiner::Indefinite && matches!(&*sector, "REB" | "OPP" | "CVL" | "UAF");
        if !(public || known) || meaning.former {
            return false;
        }
        if let Some(country) = self.only_country() {
            found.remarks.push(self.remark(
                found,
                "country-from-context",
                format!("the document speaks of {country} only"),
            ));
            found.why = found.why.clone().because(Why::new(format!("country {country} from the document's context")));
            meaning.country = Some(country);
            found.meanings = vec![meaning.clone()];
            return true;
        }
        false
    }

    /// "the official" after "a senior Pakistani official".
    fn mentioned_before(
        &self,
        page: &Page<'_>,
        phrase: &Phrase,
        word: &str,
        modified: bool,
        found: &Found,
    ) -> Option<Found> {
        if word.is_empty() || matches!(word, "side" | "team" | "people" | "country" | "nation") {
            return None;
        }
        let mut fitting = self.found.iter().rev().filter(|other| {
            other.role_word.as_deref() == Some(word)
                && other.plural == found.plural
                && page.index - other.sentence.min(page.index) <= DESCRIPTION_REACH
                && !(other.sentence == page.index && other.head >= phrase.head)
                && other.meanings.iter().any(|meaning| meaning.principal().is_some() || meaning.country.is_some())
        });
        if !modified {
            return fitting.next().cloned();
        }
        // "the foreign minister" wants the same words, not any minister.
        let role = self.actors.role_around(&page.words, page.word_of[phrase.head]?)?.role;
        fitting.find(|other| other.meanings.iter().any(|meaning| meaning.role == Some(role))).cloned()
    }

    /// "the group", "the rebels", "the country": the last actor of that sort.
    fn described_before(
        &self,
        page: &Page<'_>,
        phrase: &Phrase,
        word: &str,
        sector: Option<&RoleSector>,
        found: &Found,
    ) -> Option<Found> {
        let armed = matches!(sector, Some(RoleSector::Own(sector)) if matches!(&**sector, "REB" | "UAF"));
        let plain = matches!(sector, Some(RoleSector::None | RoleSector::Owner));
        let fits: fn(ActorKind) -> bool = match word {
            "group" | "movement" | "outfit" | "faction" | "front" | "organisation" | "organization" | "network"
                if armed || (plain && matches!(word, "outfit" | "faction" | "front")) =>
            {
                |kind| kind == ActorKind::Group
            }
            "group" | "movement" | "organisation" | "organization" | "network" if plain => {
                |kind| matches!(kind, ActorKind::Group | ActorKind::Organisation)
            }
            "alliance" | "bloc" | "body" | "union" | "agency" | "commission" if plain => {
                |kind| kind == ActorKind::Organisation
            }
            "party" => |kind| kind == ActorKind::Party,
            "country" | "nation" | "kingdom" | "republic" | "emirate" | "sultanate" | "state" => {
                |kind| matches!(kind, ActorKind::State | ActorKind::Seat)
            }
            _ if armed && (found.plural || word == "militia" || word == "insurgency") => {
                |kind| kind == ActorKind::Group
            }
            _ => return None,
        };
        let mut best: Option<(i32, &Found)> = None;
        let mut tied = false;
        for other in self.found.iter().rev() {
            let distance = page.index - other.sentence.min(page.index);
            if distance > DESCRIPTION_REACH {
                break;
            }
            if (distance == 0 && other.head >= phrase.head) || !fits(other.kind) || other.meanings.len() != 1 {
                continue;
            }
            let mut score = -10 * distance as i32;
            if distance == 0 && !self.governs(page, other.head, phrase.head) {
                // A possessor hardly ever is its own "the group"; an object may be.
                let possessor = page.sentence.tokens.get(other.head).is_some_and(|token| token.deprel == "nmod:poss");
                score -= if possessor { 15 } else { 2 };
            }
            if other.refers && other.role_word.as_deref() == Some(word) {
                score += 7;
            }
            match best {
                None => best = Some((score, other)),
                Some((most, _)) if score > most => {
                    best = Some((score, other));
                    tied = false;
                }
                // "Country" after two countries in one breath is neither.
                Some((most, before)) if score == most && !before.meanings[0].is_same_as(&other.meanings[0]) => {
                    tied = !matches!(other.kind, ActorKind::Group);
                }
                Some(_) => {}
            }
        }
        best.filter(|_| !tied).map(|(_, other)| other.clone())
    }

    /// Whether a mention is the subject of a clause above another token.
    fn governs(&self, page: &Page<'_>, subject: usize, token: usize) -> bool {
        let tokens = &page.sentence.tokens;
        if tokens[subject].relation() != "nsubj" {
            return false;
        }
        let mut at = token;
        for _ in 0..tokens.len() {
            let Some(above) = tokens[at].head.filter(|&above| above < tokens.len()) else { return false };
            if tokens[subject].head == Some(above) {
                return true;
            }
            at = above;
        }
        false
    }

    /// The subject of this or the previous sentence that can have a spokesman.
    fn previous_subject(&self, page: &Page<'_>, head: usize) -> Option<Found> {
        self.found
            .iter()
            .rev()
            .take_while(|other| page.index - other.sentence.min(page.index) <= 1)
            .find(|other| {
                other.subject
                    && other.meanings.len() == 1
                    && !(other.sentence == page.index && other.head >= head)
                    && other.kind.is_named_body()
            })
            .cloned()
    }

    /// The one country a document speaks of: four mentions in five, at least
    /// three, and the dateline not against it. Read off 60 news articles: below
    /// that share a second country's police and army turn up.
    pub(super) fn only_country(&self) -> Option<String> {
        let total: u32 = self.evidence.values().sum();
        let (country, &most) = self.evidence.iter().max_by_key(|(country, count)| (**count, country.as_str()))?;
        if most < 3
            || most * 5 < total * 4
            || country.len() != 3
            || matches!(country.as_str(), "IGO" | "NGO" | "IMG" | "MNC")
        {
            return None;
        }
        if let Some(place) = self.dateline_place() {
            let words = super::words::of_phrase(place);
            for name in self.actors.names_in(&words) {
                if let super::meaning::Pick::One(alias) = self.actors.pick(&name, self.scene()) {
                    let entry = self.actors.entry(self.actors.aliases[alias as usize].entry);
                    if entry.country.as_deref() != Some(country) {
                        return None;
                    }
                }
            }
        }
        Some(country.clone())
    }
}

impl Phrase {
    /// A number makes new people: "the three officials" are not "the officials".
    fn plural_number(&self) -> bool {
        self.number.is_some_and(|number| number > 1)
    }
}
