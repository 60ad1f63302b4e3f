//! Who is meant: from the words of a sentence to the actors of the codebook.
//!
//! Takes the actor lists (`codebook/actors/*.txt`) once, then a document and
//! its sentences; gives, for a noun phrase, the parties it stands for, with
//! their codes as of a date, the reasons and the doubts. Never guesses: a
//! phrase that could mean two actors keeps its words and its remark.
//!
//! ```
//! use coding::actors::Actors;
//! let file = "[state]\nPAK | Pakistan | Pakistani | | Islamabad\n[office]\nGOV | official\n";
//! let (actors, remarks) = Actors::parse(&[("states.txt", file)]);
//! assert!(remarks.is_empty());
//! let found = actors.who("a senior Pakistani official", None);
//! assert_eq!(found[0].party.code.as_deref(), Some("PAK GOV"));
//! assert!(actors.who("the weather", None)[0].party.code.is_none());
//! ```
//!
//! | module | here is … | gimme … |
//! |---|---|---|
//! | [`words`] | tokens or a phrase | words in the spelling that is compared |
//! | [`codebook`] | the files' lines | entries, aliases, roles |
//! | [`check`] | the lists | what in them contradicts itself |
//! | [`matches`] | words | the names and roles among them |
//! | [`phrase`] | a sentence and a head token | its noun phrase and the parts |
//! | [`meaning`] | matches in a phrase | whom it names, by itself |
//! | [`resolver`] | a document | the parties of any phrase in it |
//! | [`names`] | a phrase | the name it is, with title and apposition |
//! | [`roles`] | a phrase | the role it is, and whose |
//! | [`pronouns`] | "he", "it", "which" | whom they mean |
//! | [`refer`] | "the group", "both sides" | whom they mean |
//! | [`who`] | a bare phrase | the same, without a document |

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use jiff::civil::Date;
use record::{Party, Remark, Why};

mod check;
mod codebook;
mod matches;
mod meaning;
mod names;
mod phrase;
mod pronouns;
mod refer;
mod resolver;
mod roles;
mod who;
mod words;

#[cfg(test)]
mod tests;

pub use resolver::Resolver;

/// What sort of actor a phrase names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActorKind {
    /// A country by its name or by its people as a whole.
    State,
    /// A capital or a seat that stands for its government.
    Seat,
    /// A named ministry, army, service, court or parliament.
    Institution,
    /// A named armed group or movement.
    Group,
    /// A named political party.
    Party,
    /// A named international, regional or civil organisation.
    Organisation,
    /// A named person.
    Person,
    /// A news medium: a source, not a party.
    Medium,
    /// An ethnic, national or religious people.
    People,
    /// One person by office or role: "a senior official".
    Office,
    /// A body by its role: "the army", "the delegation".
    Body,
    /// People in numbers: "villagers".
    Crowd,
    /// An act that stands for whoever did it: "Israeli airstrikes".
    Deed,
    /// A name that the codebook does not know.
    Unknown,
    /// Not an actor as far as can be told: "the talks".
    Thing,
}

impl ActorKind {
    /// A state, its seat, or a body with a name of its own: what "it" or "the group" may mean.
    pub(crate) fn is_named_body(self) -> bool {
        matches!(
            self,
            ActorKind::State
                | ActorKind::Seat
                | ActorKind::Institution
                | ActorKind::Group
                | ActorKind::Party
                | ActorKind::Organisation
        )
    }
}

/// A phrase with whom it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    pub party: Party,
    pub kind: ActorKind,
    pub why: Why,
    pub remarks: Vec<Remark>,
}

/// A table of words. The lists are ours, so no flood of keys is to be feared
/// and a plain hash does.
type Table<V> = HashMap<Box<str>, V, BuildHasherDefault<words::WordHash>>;

/// The actor lists, ready to be asked.
#[derive(Debug, Clone, Default)]
pub struct Actors {
    entries: Vec<Entry>,
    roles: Vec<Role>,
    aliases: Vec<Alias>,
    /// Key of a name -> its first alias; the others follow by `next`.
    names: Table<u32>,
    /// First word of names -> the most words a name that starts so has.
    longest: Table<u8>,
    /// Key of a role noun (singular or plural) -> role and whether plural.
    role_names: Table<(u32, bool)>,
    /// Most words in a role noun.
    longest_role: usize,
    /// Last word of a person's name -> persons.
    surnames: Table<Vec<u32>>,
}

/// One actor.
#[derive(Debug, Clone)]
struct Entry {
    id: Box<str>,
    name: Box<str>,
    kind: ActorKind,
    country: Option<Box<str>>,
    codes: Vec<Code>,
    wikidata: Option<Box<str>>,
    /// Where it stands: file and line.
    file: u16,
    line: u32,
}

/// Country and sector from one day to another, both inside.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Code {
    country: Option<Box<str>>,
    sector: Option<Box<str>>,
    since: Option<Date>,
    until: Option<Date>,
}

/// How a name is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Use {
    Name,
    Adjective,
    People,
    Seat,
}

/// One spelling of one actor.
#[derive(Debug, Clone)]
struct Alias {
    entry: u32,
    how: Use,
    /// Counts only where the document speaks of that country otherwise.
    needs_context: bool,
    /// Counts only in exactly these letters.
    exact: Option<Box<str>>,
    next: u32,
}

const NO_ALIAS: u32 = u32::MAX;

/// A role noun.
#[derive(Debug, Clone)]
struct Role {
    noun: Box<str>,
    kind: ActorKind,
    sector: RoleSector,
    needs_owner: bool,
    exact: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum RoleSector {
    None,
    /// That of whoever it belongs to.
    Owner,
    Own(Box<str>),
}

impl Entry {
    /// Country and sector as of a day, and whether that day lies inside the
    /// validity. Without a day, the latest.
    fn code_at(&self, day: Option<Date>) -> (Option<&str>, Option<&str>, bool) {
        let country = self.country.as_deref();
        if self.codes.is_empty() {
            return (country, None, true);
        }
        let inside = match day {
            Some(day) => self.codes.iter().find(|code| {
                code.since.is_none_or(|since| since <= day) && code.until.is_none_or(|until| day <= until)
            }),
            None => None,
        };
        if let Some(code) = inside {
            return (code.country.as_deref().or(country), code.sector.as_deref(), true);
        }
        let latest = self.codes.iter().max_by_key(|code| (code.until.is_none(), code.until, code.since));
        let Some(latest) = latest else { return (country, None, true) };
        let latest_country = latest.country.as_deref().or(country);
        match day {
            None => (latest_country, latest.sector.as_deref(), true),
            // Outside an office a person keeps the country only; a group or a
            // body keeps the code of the nearest time.
            Some(_) if self.kind == ActorKind::Person => (latest_country, None, false),
            Some(day) => {
                let nearest = self
                    .codes
                    .iter()
                    .filter(|code| code.until.is_some_and(|until| until < day))
                    .max_by_key(|code| code.until)
                    .or_else(|| self.codes.iter().min_by_key(|code| code.since));
                nearest.map_or((country, None, false), |code| {
                    (code.country.as_deref().or(country), code.sector.as_deref(), false)
                })
            }
        }
    }

    /// Whether it could act on that day.
    fn valid_at(&self, day: Option<Date>) -> bool {
        self.code_at(day).2
    }
}

impl Actors {
    /// Reads the lists: pairs of file name and text. Lines that cannot be read
    /// are left out with a remark.
    pub fn parse(files: &[(&str, &str)]) -> (Actors, Vec<Remark>) {
        codebook::parse(files)
    }

    /// What in the lists contradicts itself: an alias of two actors at one
    /// time, an unknown sector, dates that run backwards.
    pub fn check(&self) -> Vec<Remark> {
        check::check(self)
    }

    /// Whom a bare phrase names, as of a day (without one: the latest codes).
    pub fn who(&self, phrase: &str, day: Option<Date>) -> Vec<Resolved> {
        who::who(self, phrase, day)
    }

    /// How many actors and role nouns the lists hold.
    pub fn len(&self) -> (usize, usize) {
        (self.entries.len(), self.roles.len())
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.roles.is_empty()
    }

    fn entry(&self, index: u32) -> &Entry {
        &self.entries[index as usize]
    }

    /// Whom these spellings may mean, for a remark: "A or B".
    fn names_of(&self, aliases: &[u32]) -> String {
        let names: Vec<&str> =
            aliases.iter().map(|&alias| &*self.entry(self.aliases[alias as usize].entry).name).collect();
        names.join(" or ")
    }
}
