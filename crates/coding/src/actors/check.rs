//! What in the actor lists contradicts itself.
//!
//! Takes the parsed lists; gives a remark for an alias that two actors hold at
//! one time without a mark, and for a country code nobody declares.

use std::collections::HashSet;

use jiff::civil::Date;
use record::Remark;

use super::{ActorKind, Actors, Entry, NO_ALIAS};

/// Codes that stand in place of a country.
const NO_COUNTRY: [&str; 8] = ["IGO", "NGO", "NGM", "EUR", "ISM", "IMG", "MNC", "UNO"];

pub(super) fn check(actors: &Actors) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut countries: HashSet<&str> = NO_COUNTRY.into_iter().collect();
    countries.extend(
        actors
            .entries
            .iter()
            .filter(|entry| entry.kind == ActorKind::State)
            .filter_map(|entry| entry.country.as_deref()),
    );
    for entry in &actors.entries {
        let codes = entry.codes.iter().filter_map(|code| code.country.as_deref());
        for country in entry.country.as_deref().into_iter().chain(codes) {
            if !countries.contains(country) {
                remarks.push(remark(entry, format!("unknown country {country}: use a code of states.txt")));
            }
        }
        let mut codes: Vec<_> = entry.codes.iter().collect();
        codes.sort_by_key(|code| code.since);
        for pair in codes.windows(2) {
            if overlap((pair[0].since, pair[0].until), (pair[1].since, pair[1].until)) {
                remarks.push(remark(entry, "two codes at one time: let the dates follow each other".into()));
            }
        }
    }
    let mut keys: Vec<_> = actors.names.iter().collect();
    keys.sort();
    for (key, &head) in keys {
        let mut next = head;
        let mut holders = Vec::new();
        while next != NO_ALIAS {
            let alias = &actors.aliases[next as usize];
            holders.push(alias);
            next = alias.next;
        }
        for (index, one) in holders.iter().enumerate() {
            for two in &holders[index + 1..] {
                let marked = one.needs_context || two.needs_context || one.exact != two.exact;
                if one.entry == two.entry || marked {
                    continue;
                }
                let (first, second) = (actors.entry(one.entry), actors.entry(two.entry));
                if overlap(life(first), life(second)) {
                    let what = format!("{key:?} is also {}: mark one with ? or give dates", first.name);
                    remarks.push(remark(second, what));
                }
            }
        }
    }
    remarks
}

fn remark(entry: &Entry, what: String) -> Remark {
    Remark::new("actor-list", format!("{} (file {}, line {}): {what}", entry.name, entry.file, entry.line))
}

fn life(entry: &Entry) -> (Option<Date>, Option<Date>) {
    if entry.codes.is_empty() {
        return (None, None);
    }
    let since = entry.codes.iter().map(|code| code.since).min().flatten();
    let open = entry.codes.iter().any(|code| code.until.is_none());
    let until = if open { None } else { entry.codes.iter().filter_map(|code| code.until).max() };
    (since, until)
}

fn overlap(one: (Option<Date>, Option<Date>), two: (Option<Date>, Option<Date>)) -> bool {
    let before =
        |end: Option<Date>, start: Option<Date>| matches!((end, start), (Some(end), Some(start)) if end < start);
    !before(one.1, two.0) && !before(two.1, one.0)
}
