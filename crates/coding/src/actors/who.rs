//! A bare phrase, without a document: `verbale who "PHRASE"`.
//!
//! Takes words and a day; gives the parties they name by themselves. Uses no
//! tree: the last name or role before an "of" is the head.

use jiff::civil::Date;
use record::{Party, Remark, Why};

use super::meaning::{Meaning, Pick, Scene};
use super::words::{self, Word};
use super::{ActorKind, Actors, Resolved};

pub(super) fn who(actors: &Actors, phrase: &str, day: Option<Date>) -> Vec<Resolved> {
    let words = words::of_phrase(phrase);
    let scene = Scene { day, evidence: None };
    let mut remarks = Vec::new();
    let (meaning, why) = match read(actors, &words, scene, &mut remarks) {
        Some(read) => read,
        None => (None, Why::new("no name or role of the actor lists")),
    };
    let text = phrase.trim().to_string();
    let party = Party { end: text.chars().count(), text, ..Party::default() };
    let Some(meaning) = meaning else {
        if remarks.is_empty() {
            remarks.push(Remark::new("actor-unknown", format!("{:?} is not in the actor lists", party.text)));
        }
        return vec![Resolved { party, kind: ActorKind::Unknown, why, remarks }];
    };
    let coded = meaning.coded(actors, day);
    if coded.outside {
        let day = day.map_or_else(String::new, |day| format!(" on {day}"));
        remarks.push(Remark::new("actor-out-of-dates", format!("the actor lists have no code{day}")));
    }
    let mut party = party.coded(coded.country.as_deref(), coded.sector.as_deref());
    party.name = coded.name;
    party.id = coded.id;
    party.wikidata = coded.wikidata;
    vec![Resolved { party, kind: meaning.kind, why, remarks }]
}

/// The meaning of a run of words, with its reasons.
fn read(
    actors: &Actors,
    words: &[Word],
    scene: Scene<'_>,
    remarks: &mut Vec<Remark>,
) -> Option<(Option<Meaning>, Why)> {
    let names = actors.names_in(words);
    let border = words
        .iter()
        .position(|word| matches!(word.norm.as_str(), "of" | "from" | "for" | "in"))
        .filter(|&border| !names.iter().any(|name| name.first <= border && border <= name.last))
        .unwrap_or(words.len());
    let head = border.checked_sub(1)?;
    if let Some(name) = names.iter().find(|name| name.first <= head && head <= name.last) {
        if actors.is_no_actor(name) {
            return None;
        }
        let alias = match actors.pick(name, scene) {
            Pick::One(alias) => alias,
            Pick::NeedsContext(aliases) | Pick::Many(aliases) => *aliases.first()?,
        };
        let known = &actors.aliases[alias as usize];
        let entry = actors.entry(known.entry);
        if let Pick::Many(aliases) = actors.pick(name, scene) {
            let names: Vec<&str> =
                aliases.iter().map(|&alias| &*actors.entry(actors.aliases[alias as usize].entry).name).collect();
            remarks.push(Remark::new("actor-ambiguous", format!("may be {}", names.join(" or "))));
            return Some((None, Why::new("a name of several actors")));
        }
        if known.needs_context {
            remarks.push(Remark::new(
                "actor-needs-context",
                format!("taken for {} only where a text speaks of it", entry.name),
            ));
        }
        return Some((Some(actors.meaning_of(alias)), Why::new(format!("name of {} ({})", entry.name, entry.id))));
    }
    // "minister of foreign affairs" is a role as a whole.
    let role = actors.role_around(words, head)?;
    let known = &actors.roles[role.role as usize];
    let mut meaning = Meaning { role: Some(role.role), ..Meaning::new(known.kind) };
    meaning.former = words[..role.first].iter().any(|word| matches!(word.norm.as_str(), "former" | "ex"));
    let mut why = Why::new(format!("role {:?}", &*known.noun));
    let owner = names.iter().filter(|name| name.last < role.first || name.first > role.last).find_map(|name| {
        match actors.pick(name, scene) {
            Pick::One(alias) if !actors.is_no_actor(name) => Some(actors.meaning_of(alias)),
            _ => None,
        }
    });
    if let Some(owner) = owner {
        if let Some(entry) = owner.entry.map(|entry| actors.entry(entry)) {
            why = why.because(Why::new(format!("owner {} ({})", entry.name, entry.id)));
        }
        meaning.owner = Some(Box::new(owner));
    } else if known.needs_owner {
        return None;
    }
    Some((Some(meaning), why))
}
