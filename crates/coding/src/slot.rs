//! Slots: the grammatical functions that patterns name, and what they ask of them.
//!
//! Takes the texts of a pattern's fields (`"obj.of"`, `"xcomp: release | free"`);
//! gives [`Path`]s and [`Need`]s. Never looks at a sentence; `tree` does.
//!
//! ```
//! use coding::slot::Path;
//! assert_eq!(Path::parse("obj.of").unwrap().to_string(), "obj.of");
//! assert!(Path::parse("").is_err());
//! ```

use std::collections::HashSet;

/// One grammatical function of a trigger.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Slot {
    Subj,
    Obj,
    Iobj,
    Poss,
    Adj,
    Xcomp,
    Ccomp,
    Advcl,
    Acl,
    Speaker,
    /// A prepositional phrase, or a clause that the word introduces.
    Prep(String),
}

impl Slot {
    fn parse(name: &str) -> Slot {
        match name {
            "subj" => Slot::Subj,
            "obj" => Slot::Obj,
            "iobj" => Slot::Iobj,
            "poss" => Slot::Poss,
            "adj" => Slot::Adj,
            "xcomp" => Slot::Xcomp,
            "ccomp" => Slot::Ccomp,
            "advcl" => Slot::Advcl,
            "acl" => Slot::Acl,
            "speaker" => Slot::Speaker,
            word => Slot::Prep(word.replace('_', " ")),
        }
    }

    pub fn name(&self) -> &str {
        match self {
            Slot::Subj => "subj",
            Slot::Obj => "obj",
            Slot::Iobj => "iobj",
            Slot::Poss => "poss",
            Slot::Adj => "adj",
            Slot::Xcomp => "xcomp",
            Slot::Ccomp => "ccomp",
            Slot::Advcl => "advcl",
            Slot::Acl => "acl",
            Slot::Speaker => "speaker",
            Slot::Prep(word) => word,
        }
    }
}

/// Slots one after the other: `obj.of` is the "of" phrase of the object.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Path(pub Vec<Slot>);

impl Path {
    pub fn parse(text: &str) -> Result<Path, String> {
        let steps: Vec<Slot> =
            text.trim().split('.').map(str::trim).filter(|step| !step.is_empty()).map(Slot::parse).collect();
        if steps.is_empty() { Err("an empty slot; name one, such as subj".to_string()) } else { Ok(Path(steps)) }
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let steps: Vec<&str> = self.0.iter().map(Slot::name).collect();
        f.write_str(&steps.join("."))
    }
}

/// What fills a slot must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    pub path: Path,
    pub any: bool,
    pub party: bool,
    pub thing: bool,
    pub place: bool,
    pub clause: bool,
    pub words: HashSet<String>,
}

impl Need {
    /// `"obj: @talks | meeting"`; `expand` turns words and list names into words.
    pub fn parse(text: &str, expand: impl Fn(&[String]) -> Result<HashSet<String>, String>) -> Result<Need, String> {
        let (path, wanted) = text.split_once(':').ok_or(format!("\"{text}\" wants the form \"slot: words\""))?;
        let mut need = Need {
            path: Path::parse(path)?,
            any: false,
            party: false,
            thing: false,
            place: false,
            clause: false,
            words: HashSet::new(),
        };
        let mut words = Vec::new();
        for word in wanted.split('|').map(str::trim).filter(|word| !word.is_empty()) {
            match word {
                "any" => need.any = true,
                "party" => need.party = true,
                "thing" => need.thing = true,
                "place" => need.place = true,
                "clause" => need.clause = true,
                word => words.push(word.to_string()),
            }
        }
        need.words = expand(&words)?;
        let empty = need.words.is_empty() && !(need.any || need.party || need.thing || need.place || need.clause);
        if empty {
            Err(format!("\"{text}\" asks for nothing; name words or any, party, place, thing, clause"))
        } else {
            Ok(need)
        }
    }
}
