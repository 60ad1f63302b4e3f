//! Whom words mean by themselves, and what that makes their codes.
//!
//! Takes the aliases a name may be, or a role and whom it belongs to; gives a
//! [`Meaning`], and its name, country and sector as of a day. Never chooses
//! between two actors that fit equally well.

use std::collections::HashMap;

use jiff::civil::Date;

use super::matches::NameMatch;
use super::{ActorKind, Actors, RoleSector, Use};

/// Whom a phrase means. Codes are made of it only when a day is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meaning {
    pub kind: ActorKind,
    pub entry: Option<u32>,
    pub role: Option<u32>,
    pub owner: Option<Box<Meaning>>,
    /// A name the codebook does not know.
    pub name: Option<String>,
    /// What the text says of an actor the codebook does not know.
    pub country: Option<String>,
    pub sector: Option<String>,
    /// "former", "ex-".
    pub former: bool,
}

/// What a meaning is coded as.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Coded {
    pub name: Option<String>,
    pub country: Option<String>,
    pub sector: Option<String>,
    pub id: Option<String>,
    pub wikidata: Option<String>,
    /// The day lies outside the years the codebook knows.
    pub outside: bool,
}

impl Meaning {
    pub fn new(kind: ActorKind) -> Meaning {
        Meaning { kind, entry: None, role: None, owner: None, name: None, country: None, sector: None, former: false }
    }

    pub fn of_entry(kind: ActorKind, entry: u32) -> Meaning {
        Meaning { entry: Some(entry), ..Meaning::new(kind) }
    }

    /// The actor it stands for in a count of mentions: the official of a state
    /// counts for the state.
    pub fn principal(&self) -> Option<&Meaning> {
        if self.entry.is_some() {
            return Some(self);
        }
        match &self.owner {
            Some(owner) => owner.principal(),
            None if self.name.is_some() => Some(self),
            None => None,
        }
    }

    /// Whether both stand for the same actor.
    pub fn is_same_as(&self, other: &Meaning) -> bool {
        match (self.entry, other.entry) {
            (Some(one), Some(two)) => one == two,
            (None, None) => self.name == other.name && self.role == other.role && self.owner == other.owner,
            _ => false,
        }
    }

    pub fn coded(&self, actors: &Actors, day: Option<Date>) -> Coded {
        if let Some(entry) = self.entry {
            let entry = actors.entry(entry);
            let (country, sector, inside) = entry.code_at(day);
            let mut coded = Coded {
                name: Some(entry.name.to_string()),
                country: country.map(str::to_string),
                sector: sector.map(str::to_string),
                id: Some(entry.id.to_string()),
                wikidata: entry.wikidata.as_deref().map(str::to_string),
                outside: !inside,
            };
            // A title in the text knows more than a list that has run out.
            if coded.sector.is_none()
                && entry.kind == ActorKind::Person
                && let Some(role) = self.role
                && let RoleSector::Own(sector) = &actors.roles[role as usize].sector
            {
                coded.sector = Some(if self.former { "ELI".to_string() } else { sector.to_string() });
            }
            if self.kind == ActorKind::People {
                coded.sector = None;
            }
            return coded;
        }
        let role = self.role.map(|role| &actors.roles[role as usize]);
        let owner = self.owner.as_ref().map(|owner| (owner, owner.coded(actors, day)));
        let own_sector = match role.map(|role| &role.sector) {
            Some(RoleSector::Own(sector)) => Some(sector.to_string()),
            _ => None,
        };
        let takes_owner = role.is_some_and(|role| role.sector == RoleSector::Owner);
        let mut coded = Coded { name: self.name.clone(), country: self.country.clone(), ..Coded::default() };
        coded.sector = self.sector.clone().or_else(|| own_sector.clone());
        if let Some((owner, known)) = owner {
            let principal = owner.principal().map_or(owner.kind, |principal| principal.kind);
            coded.country = coded.country.or(known.country);
            coded.outside = known.outside;
            let public = own_sector
                .as_deref()
                .is_none_or(|sector| matches!(sector, "GOV" | "MIL" | "PTY" | "OPP" | "REB" | "UAF" | "LEG" | "COP"));
            let own = own_sector.as_deref();
            coded.sector = match principal {
                _ if self.sector.is_some() => self.sector.clone(),
                // A "minister" of an armed group, a "commander" of a party: theirs.
                ActorKind::Group | ActorKind::Party | ActorKind::Institution
                    if public && (takes_owner || own.is_some()) =>
                {
                    if principal == ActorKind::Institution && own == Some("MIL") {
                        own_sector.clone()
                    } else {
                        known.sector
                    }
                }
                // Officials of an organisation are not a government.
                ActorKind::Organisation if own.is_none() || matches!(own, Some("GOV" | "PTY" | "OPP")) => known.sector,
                ActorKind::People if takes_owner => None,
                _ if takes_owner => known.sector,
                // "Putin's spokesman" has the sector of the office.
                ActorKind::Person if own == Some("GOV") => known.sector.or(own_sector.clone()),
                _ => own_sector.clone(),
            };
            let stands_for =
                matches!(self.kind, ActorKind::Office | ActorKind::Body | ActorKind::Deed | ActorKind::Person)
                    && self.name.is_none()
                    && (takes_owner || matches!(own, Some("GOV" | "MIL" | "REB" | "UAF")));
            if stands_for {
                coded.id = known.id;
            }
            if coded.name.is_none()
                && matches!(self.kind, ActorKind::Body | ActorKind::Deed)
                && (takes_owner
                    || matches!(own, Some("GOV"))
                    || self.kind == ActorKind::Deed
                    || principal == ActorKind::Group)
                && stands_for
                && principal != ActorKind::People
            {
                coded.name = known.name;
            }
        }
        if self.former {
            coded.sector = match coded.sector.as_deref() {
                Some("GOV" | "LEG" | "ELI") => Some("ELI".to_string()),
                Some("MIL" | "REB" | "UAF" | "COP" | "JUD") => None,
                _ => coded.sector,
            };
        }
        coded
    }
}

/// What is known when a name is weighed: the day, and how often the document
/// speaks of each country (nothing for a bare phrase).
#[derive(Debug, Clone, Copy)]
pub(super) struct Scene<'a> {
    pub day: Option<Date>,
    pub evidence: Option<&'a HashMap<String, u32>>,
}

/// Which of its aliases a name is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pick {
    One(u32),
    /// Several fit: their aliases.
    Many(Vec<u32>),
    /// It fits only a document that speaks of that country.
    NeedsContext(Vec<u32>),
}

impl Actors {
    pub(super) fn pick(&self, name: &NameMatch, scene: Scene<'_>) -> Pick {
        let country = |alias: u32| self.entry(self.aliases[alias as usize].entry).country.as_deref();
        let spoken_of = |alias: u32| match (scene.evidence, country(alias)) {
            (Some(evidence), Some(country)) => evidence.get(country).copied().unwrap_or(0),
            _ => 0,
        };
        let mut left: Vec<u32> = Vec::new();
        for &alias in &name.aliases {
            let known = &self.aliases[alias as usize];
            // One actor may hold a spelling twice: as a name and as an adjective.
            let double = left.iter().any(|&other| self.aliases[other as usize].entry == known.entry);
            if !double && (!known.needs_context || scene.evidence.is_none() || spoken_of(alias) > 0) {
                left.push(alias);
            }
        }
        if left.is_empty() {
            return Pick::NeedsContext(name.aliases.clone());
        }
        if left.len() > 1 {
            let valid: Vec<u32> = left
                .iter()
                .copied()
                .filter(|&alias| self.entry(self.aliases[alias as usize].entry).valid_at(scene.day))
                .collect();
            if !valid.is_empty() {
                left = valid;
            }
        }
        if left.len() > 1 {
            let most = left.iter().map(|&alias| spoken_of(alias)).max().unwrap_or(0);
            // One country spoken of and the other hardly: the first is meant.
            let likely: Vec<u32> =
                left.iter().copied().filter(|&alias| spoken_of(alias) * 3 >= most.max(1) && most > 0).collect();
            if !likely.is_empty() {
                left = likely;
            }
        }
        match left.as_slice() {
            [one] => Pick::One(*one),
            _ => Pick::Many(left),
        }
    }

    /// The meaning of an alias.
    pub(super) fn meaning_of(&self, alias: u32) -> Meaning {
        let alias = &self.aliases[alias as usize];
        let kind = match alias.how {
            Use::Name => self.entry(alias.entry).kind,
            Use::Adjective => ActorKind::State,
            Use::People => ActorKind::People,
            Use::Seat => ActorKind::Seat,
        };
        Meaning::of_entry(kind, alias.entry)
    }
}
