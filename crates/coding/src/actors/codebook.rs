//! The actor lists as written by people, read into tables.
//!
//! Takes the text of `codebook/actors/*.txt` (the format is described in its
//! README); gives [`Actors`] and a remark for every line that cannot be read.
//! Never stops at a bad line.

use jiff::civil::Date;
use record::Remark;

use super::{ActorKind, Actors, Alias, Code, Entry, NO_ALIAS, Role, RoleSector, Table, Use, words};

/// What the lines under a heading are.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    State,
    Named(ActorKind),
    Roles(ActorKind),
}

fn section(name: &str) -> Option<Section> {
    Some(match name {
        "state" => Section::State,
        "institution" => Section::Named(ActorKind::Institution),
        "group" => Section::Named(ActorKind::Group),
        "party" => Section::Named(ActorKind::Party),
        "organisation" => Section::Named(ActorKind::Organisation),
        "person" => Section::Named(ActorKind::Person),
        "medium" => Section::Named(ActorKind::Medium),
        "people" => Section::Named(ActorKind::People),
        "not" => Section::Named(ActorKind::Thing),
        "office" => Section::Roles(ActorKind::Office),
        "body" => Section::Roles(ActorKind::Body),
        "crowd" => Section::Roles(ActorKind::Crowd),
        "deed" => Section::Roles(ActorKind::Deed),
        _ => return None,
    })
}

pub(super) fn parse(files: &[(&str, &str)]) -> (Actors, Vec<Remark>) {
    let size: usize = files.iter().map(|(_, text)| text.len()).sum();
    let mut reader = Reader { actors: Actors::default(), ids: Table::default(), remarks: Vec::new() };
    reader.ids.reserve(size / 40);
    reader.actors.aliases.reserve(size / 20);
    reader.actors.names.reserve(size / 20);
    reader.actors.longest.reserve(size / 48);
    for (file, (name, text)) in files.iter().enumerate() {
        reader.read(file as u16, name, text);
    }
    (reader.actors, reader.remarks)
}

struct Reader {
    actors: Actors,
    ids: Table<u32>,
    remarks: Vec<Remark>,
}

impl Reader {
    fn read(&mut self, file: u16, name: &str, text: &str) {
        let mut country: Option<Box<str>> = None;
        let mut now = None;
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            let number = number as u32 + 1;
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let place = |what: String| Remark::new("actor-list", format!("{name}:{number}: {what}"));
            if let Some(code) = line.strip_prefix("==") {
                let code = code.split_whitespace().next().unwrap_or("-");
                country = (code != "-").then(|| code.into());
                continue;
            }
            if let Some(heading) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                now = section(heading);
                if now.is_none() {
                    self.remarks.push(place(format!("unknown heading [{heading}]: use one of the README's")));
                }
                continue;
            }
            let result = match now {
                None => Err("a line before any heading: write a [heading] above it".to_string()),
                Some(Section::State) => self.state(file, number, line),
                Some(Section::Named(kind)) => self.named(file, number, line, kind, country.as_deref()),
                Some(Section::Roles(kind)) => self.roles(line, kind),
            };
            if let Err(what) = result {
                self.remarks.push(place(what));
            }
        }
    }

    /// `code | names | adjectives | people | seats | validity`
    fn state(&mut self, file: u16, line: u32, text: &str) -> Result<(), String> {
        let mut columns = text.split('|').map(str::trim);
        let code = columns.next().unwrap_or("");
        let names = columns.next().unwrap_or("");
        let adjectives = columns.next().unwrap_or("");
        let people = columns.next().unwrap_or("");
        let seats = columns.next().unwrap_or("");
        let validity = columns.next().unwrap_or("");
        if code.len() != 3 || names.is_empty() {
            return Err("a state wants: code | names | adjectives | people | seats".into());
        }
        let (since, until) = if validity.is_empty() { (None, None) } else { range(validity)? };
        let name = strip_marks(names.split(';').next().unwrap_or("")).0;
        let state = Code { country: Some(code.into()), sector: Some("GOV".into()), since, until };
        let entry = self.add(Entry {
            id: code.to_ascii_lowercase().into(),
            name: name.into(),
            kind: ActorKind::State,
            country: Some(code.into()),
            codes: vec![state],
            wikidata: None,
            file,
            line,
        })?;
        self.aliases(entry, names, Use::Name);
        self.aliases(entry, adjectives, Use::Adjective);
        self.aliases(entry, seats, Use::Seat);
        if people.is_empty() {
            for adjective in adjectives.split(';').map(str::trim).filter(|adjective| !adjective.is_empty()) {
                let (bare, exact, context) = strip_marks(adjective);
                let same = ["ese", "sh", "ch", "ss"].iter().any(|ending| bare.ends_with(ending));
                let plural = if same { bare.to_string() } else { format!("{bare}s") };
                self.alias(entry, &plural, Use::People, exact, context);
            }
        } else {
            self.aliases(entry, people, Use::People);
        }
        Ok(())
    }

    /// `names / names | codes | id=… wikidata=…`: one actor, or several of one
    /// code side by side.
    fn named(
        &mut self,
        file: u16,
        line: u32,
        text: &str,
        kind: ActorKind,
        country: Option<&str>,
    ) -> Result<(), String> {
        let mut columns = text.split('|').map(str::trim);
        let names = columns.next().unwrap_or("");
        let codes = parse_codes(columns.next().unwrap_or(""))?;
        let notes = columns.next().unwrap_or("");
        if columns.next().is_some() {
            return Err("too many columns: a line wants names | codes | notes".into());
        }
        let mut given = None;
        let mut wikidata = None;
        for note in notes.split_whitespace() {
            match note.split_once('=') {
                Some(("id", value)) => given = Some(value.to_string()),
                Some(("wikidata", value)) => wikidata = Some(value.into()),
                _ => return Err(format!("unknown note {note:?}: write id=… or wikidata=…")),
            }
        }
        if names.contains(" / ") && !notes.is_empty() {
            return Err("notes on a line of several actors: give each its own line".into());
        }
        for names in names.split(" / ") {
            let name = strip_marks(names.split(';').next().unwrap_or("")).0;
            if name.is_empty() {
                return Err("a line wants a name first".into());
            }
            // A phrase that is never an actor needs no id of its own.
            let id = match &given {
                Some(id) => id.clone(),
                None if kind == ActorKind::Thing => format!("not-{}", words::key(name).replace(' ', "-")),
                None => words::key(name).replace(' ', "-"),
            };
            let entry = self.add(Entry {
                id: id.into(),
                name: name.into(),
                kind,
                country: country.map(Into::into),
                codes: codes.clone(),
                wikidata: Option::clone(&wikidata),
                file,
                line,
            })?;
            self.aliases(entry, names, Use::Name);
            if kind == ActorKind::Person {
                let key = words::key(name);
                if let Some(surname) = key.split(' ').next_back().filter(|_| key.contains(' ')) {
                    self.actors.surnames.entry(surname.into()).or_default().push(entry);
                }
            }
        }
        Ok(())
    }

    /// `sector | nouns`
    fn roles(&mut self, text: &str, kind: ActorKind) -> Result<(), String> {
        let (sector, nouns) = text.split_once('|').ok_or("a role line wants: sector | nouns")?;
        let sector = match sector.trim() {
            "-" => RoleSector::None,
            "=" => RoleSector::Owner,
            own => RoleSector::Own(own.into()),
        };
        for noun in nouns.split(';').map(str::trim).filter(|noun| !noun.is_empty()) {
            let (noun, exact, needs_owner) = strip_marks(noun);
            let key = words::key(noun);
            let index = self.actors.roles.len() as u32;
            if let Some(&(before, false)) = self.actors.role_names.get(key.as_str()) {
                let before = &self.actors.roles[before as usize];
                // "secretary-general" and "secretary general" are one role.
                if before.sector == sector && before.kind == kind {
                    continue;
                }
                return Err(format!("{noun:?} is already a role ({})", before.noun));
            }
            self.actors.roles.push(Role { noun: noun.into(), kind, sector: sector.clone(), needs_owner, exact });
            let plural = plural(&key);
            let length = key.split(' ').count();
            self.actors.longest_role = self.actors.longest_role.max(length);
            self.actors.role_names.entry(plural.into()).or_insert((index, true));
            // A word that is listed as such is better than a plural made by rule.
            self.actors.role_names.insert(key.into(), (index, false));
        }
        Ok(())
    }

    fn add(&mut self, entry: Entry) -> Result<u32, String> {
        let index = self.actors.entries.len() as u32;
        if let Some(&before) = self.ids.get(&entry.id) {
            let before = self.actors.entry(before);
            return Err(format!(
                "id {} is taken by {} (line {}): give one with id=…",
                entry.id, before.name, before.line
            ));
        }
        self.ids.insert(entry.id.clone(), index);
        self.actors.entries.push(entry);
        Ok(index)
    }

    fn aliases(&mut self, entry: u32, names: &str, how: Use) {
        for name in names.split(';').map(str::trim).filter(|name| !name.is_empty()) {
            let (name, exact, context) = strip_marks(name);
            self.alias(entry, name, how, exact, context);
        }
    }

    fn alias(&mut self, entry: u32, name: &str, how: Use, exact: bool, needs_context: bool) {
        let mut key = words::key(name);
        if key.is_empty() {
            return;
        }
        // "The Independent" in exactly these letters is a paper; "independent" is not.
        if exact && name.starts_with("The ") {
            key.insert_str(0, "the ");
        }
        // Short acronyms are words of some language: only their capitals count.
        let acronym =
            name.len() <= 8 && name.chars().all(|character| character.is_ascii_uppercase() || character == '.');
        let exact = (exact || acronym).then(|| letters(name).into());
        let mut length = 0;
        let mut first = "";
        for word in key.split(' ') {
            if length == 0 {
                first = word;
            }
            length += 1;
        }
        match self.actors.longest.get_mut(first) {
            Some(longest) => *longest = (*longest).max(length),
            None => {
                self.actors.longest.insert(first.into(), length);
            }
        }
        let index = self.actors.aliases.len() as u32;
        let mut alias = Alias { entry, how, needs_context, exact, next: NO_ALIAS };
        match self.actors.names.get_mut(key.as_str()) {
            Some(head) => {
                alias.next = *head;
                *head = index;
            }
            None => {
                self.actors.names.insert(key.into(), index);
            }
        }
        self.actors.aliases.push(alias);
    }
}

/// The letters of a name as printed, hyphens as blanks, full stops dropped.
pub(super) fn letters(name: &str) -> String {
    name.chars().filter(|&character| character != '.').map(|c| if c == '-' { ' ' } else { c }).collect()
}

/// A name without its marks: `^` exact letters, `?` needs context (or, for a
/// role, an owner).
fn strip_marks(name: &str) -> (&str, bool, bool) {
    let mut name = name.trim();
    let (mut exact, mut context) = (false, false);
    loop {
        if let Some(rest) = name.strip_suffix('^') {
            exact = true;
            name = rest;
        } else if let Some(rest) = name.strip_suffix('?') {
            context = true;
            name = rest;
        } else {
            return (name, exact, context);
        }
    }
}

/// The plural of a role noun; of "chief of staff" that of its first word.
pub(super) fn plural(noun: &str) -> String {
    for link in [" of ", " for ", " in ", " to ", " without "] {
        if let Some((head, rest)) = noun.split_once(link) {
            return format!("{}{link}{rest}", plural(head));
        }
    }
    if noun == "attorney general" || noun == "secretary general" || noun == "consul general" {
        return noun.replacen(' ', "s ", 1);
    }
    if let Some(stem) = noun.strip_suffix("person") {
        return format!("{stem}people");
    }
    if let Some(stem) = noun.strip_suffix("man").filter(|stem| !stem.ends_with("hu")) {
        return format!("{stem}men");
    }
    if let Some(stem) = noun.strip_suffix("child") {
        return format!("{stem}children");
    }
    if let Some(stem) = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        return format!("{stem}ies");
    }
    if ["s", "x", "ch", "sh"].iter().any(|ending| noun.ends_with(ending)) && !noun.ends_with("arch") {
        return format!("{noun}es");
    }
    if let Some(stem) = noun.strip_suffix("thief") {
        return format!("{stem}thieves");
    }
    format!("{noun}s")
}

/// `REB 1994..2021-08-14, GOV 2021-08-15..`; a country may stand before the
/// sector; a range alone repeats the sector before it.
fn parse_codes(text: &str) -> Result<Vec<Code>, String> {
    let mut codes: Vec<Code> = Vec::new();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let mut code = Code { country: None, sector: None, since: None, until: None };
        let mut named = false;
        for word in part.split_whitespace() {
            if word.contains("..") {
                (code.since, code.until) = range(word)?;
            } else if record::plover::SECTORS.contains(&word) && !(code.country.is_none() && is_place(word)) {
                code.sector = Some(word.into());
                named = true;
            } else if word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()) {
                code.country = Some(word.into());
                named = true;
            } else {
                return Err(format!("unknown sector or date {word:?}: write GOV, PAK GOV or 1994..2021-08-14"));
            }
        }
        if !named {
            let before = codes.last().ok_or("a range without a sector before it")?;
            code.country.clone_from(&before.country);
            code.sector.clone_from(&before.sector);
        }
        codes.push(code);
    }
    Ok(codes)
}

/// Codes that stand in place of a country.
fn is_place(word: &str) -> bool {
    matches!(word, "IGO" | "NGO" | "IMG" | "MNC")
}

/// `1994..2021-08-14`, either side open, days, months or years.
fn range(text: &str) -> Result<(Option<Date>, Option<Date>), String> {
    let bad = || format!("unknown dates {text:?}: write 1994..2021-08-14, either side may be open");
    let (since, until) = text.trim().split_once("..").ok_or_else(bad)?;
    let since = if since.is_empty() { None } else { Some(day(since, false).ok_or_else(bad)?) };
    let until = if until.is_empty() { None } else { Some(day(until, true).ok_or_else(bad)?) };
    if let (Some(since), Some(until)) = (since, until)
        && until < since
    {
        return Err(format!("dates run backwards: {text:?}"));
    }
    Ok((since, until))
}

fn day(text: &str, last: bool) -> Option<Date> {
    let mut parts = text.split('-');
    let year: i16 = parts.next()?.parse().ok()?;
    let month: Option<i8> = match parts.next() {
        None => None,
        Some(part) => Some(part.parse().ok()?),
    };
    let day: Option<i8> = match parts.next() {
        None => None,
        Some(part) => Some(part.parse().ok()?),
    };
    if parts.next().is_some() || !(1000..=3000).contains(&year) {
        return None;
    }
    let month_number = month.unwrap_or(if last { 12 } else { 1 });
    let first = Date::new(year, month_number, day.unwrap_or(1)).ok()?;
    Some(if last && day.is_none() { first.last_of_month() } else { first })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn plurals() {
        let cases = [
            ("official", "officials"),
            ("spokesman", "spokesmen"),
            ("spokesperson", "spokespeople"),
            ("chief of staff", "chiefs of staff"),
            ("member of parliament", "members of parliament"),
            ("attorney general", "attorneys general"),
            ("ministry", "ministries"),
            ("envoy", "envoys"),
            ("witness", "witnesses"),
            ("patriarch", "patriarchs"),
            ("child", "children"),
        ];
        for (one, many) in cases {
            assert_eq!(plural(one), many);
        }
    }

    #[test]
    fn codes_and_dates() {
        let codes = parse_codes("REB 1994..2021-08-14, GOV 2021-08-15..").unwrap();
        assert_eq!(codes[0].until, Some(date(2021, 8, 14)));
        assert_eq!(codes[1].since, Some(date(2021, 8, 15)));
        let codes = parse_codes("GOV 1990-02..1990-02, 1997..1999").unwrap();
        assert_eq!(codes[0].until, Some(date(1990, 2, 28)));
        assert_eq!(codes[1].sector.as_deref(), Some("GOV"));
        assert_eq!(codes[1].until, Some(date(1999, 12, 31)));
        let codes = parse_codes("IGO MIL").unwrap();
        assert_eq!((codes[0].country.as_deref(), codes[0].sector.as_deref()), (Some("IGO"), Some("MIL")));
        for bad in ["GOVT", "GOV 1999..1998", "1999..", "GOV 1999-13..", "gov"] {
            assert!(parse_codes(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_bad_line_is_left_out_with_its_place() {
        let text = "x | y\n[group]\nFront | REB\nFront | GOV\nOther | WRONG\n[nonsense]\n";
        let (actors, remarks) = parse(&[("a.txt", text)]);
        assert_eq!(actors.entries.len(), 1);
        let shown: Vec<String> = remarks.iter().map(|remark| remark.text.clone()).collect();
        assert_eq!(shown.len(), 4, "{shown:?}");
        assert!(shown[0].starts_with("a.txt:1: a line before any heading"), "{shown:?}");
        assert!(shown[1].starts_with("a.txt:4: id front is taken by Front"), "{shown:?}");
        assert!(shown[2].starts_with("a.txt:5: unknown sector"), "{shown:?}");
    }
}
