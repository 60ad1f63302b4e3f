//! Words that say that somebody said something.
//!
//! Takes a lemma; gives how it says or holds something. The lists are data:
//! `codebook/reading/cues.txt`. Never looks at a sentence.
//!
//! ```
//! use reading::cues;
//! assert!(cues::is_verb("say") && cues::is_verb("point out") && !cues::is_verb("shell"));
//! assert_eq!(cues::verb("deny").unwrap().class, record::CueClass::Deny);
//! assert!(cues::verb("admit").unwrap().factive);
//! // What is held and not said is kept apart.
//! assert!(!cues::is_verb("plan") && cues::held_verb("plan").next().is_some());
//! ```

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use record::CueClass;

/// A word of saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    pub class: CueClass,
    /// Who uses it takes what is said for true.
    pub factive: bool,
}

/// Where a word holds its content besides a content clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Frame {
    pub class: CueClass,
    /// `obj`, `obj+`, `to` and prepositions, parted by blanks.
    places: &'static str,
}

impl Frame {
    /// Whether the content stands at a place: "obj", "to", "about".
    pub fn has(&self, place: &str) -> bool {
        self.places.split(' ').any(|other| other == place)
    }
}

#[derive(Debug, Default)]
struct Cues {
    verbs: HashMap<&'static str, Cue>,
    phrases: HashMap<&'static str, Cue>,
    nouns: HashSet<&'static str>,
    adverbs: HashSet<&'static str>,
    holders: HashSet<&'static str>,
    held_verbs: Frames,
    held_adjectives: Frames,
    held_nouns: Frames,
}

/// A word may hold in several ways: "vote to", "vote for".
type Frames = HashMap<&'static str, Vec<Frame>>;

static CUES: LazyLock<Cues> = LazyLock::new(|| parse(include_str!("../../../codebook/reading/cues.txt")));

/// The cue a verb is; its lemma with the particle, if it has one.
pub fn verb(lemma: &str) -> Option<Cue> {
    CUES.verbs.get(lemma).copied()
}

pub fn is_verb(lemma: &str) -> bool {
    verb(lemma).is_some()
}

/// The cue that words before a speaker are: "according to".
pub fn phrase(words: &str) -> Option<Cue> {
    CUES.phrases.get(words).copied()
}

/// Whether a noun holds somebody's words: "statement", "claim".
pub fn is_noun(lemma: &str) -> bool {
    CUES.nouns.contains(lemma)
}

/// Whether an adverb puts a sentence in unnamed mouths: "reportedly".
pub fn is_adverb(lemma: &str) -> bool {
    CUES.adverbs.contains(lemma)
}

/// How a verb, with its particle, holds things besides content clauses.
pub fn held_verb(lemma: &str) -> impl Iterator<Item = Frame> + 'static {
    frames(&CUES.held_verbs, lemma)
}

/// How an adjective does: "worried about".
pub fn held_adjective(lemma: &str) -> impl Iterator<Item = Frame> + 'static {
    frames(&CUES.held_adjectives, lemma)
}

/// How a noun does: "plan to", "criticism of".
pub fn held_noun(lemma: &str) -> impl Iterator<Item = Frame> + 'static {
    frames(&CUES.held_nouns, lemma)
}

/// Whether a noun that looks like an act or a quality can hold something:
/// "administration", "survey".
pub fn is_holder(lemma: &str) -> bool {
    CUES.holders.contains(lemma)
}

fn frames(table: &'static Frames, lemma: &str) -> impl Iterator<Item = Frame> + 'static {
    table.get(lemma).into_iter().flatten().copied()
}

fn parse(source: &'static str) -> Cues {
    let mut cues = Cues::default();
    let mut section = "";
    for line in source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if line.starts_with('[') {
            section = line;
            continue;
        }
        let mut parts = line.split('|').map(str::trim);
        let word = parts.next().unwrap_or_default();
        match section {
            "[verb]" | "[phrase]" => {
                let Some(class) = parts.next().and_then(CueClass::parse) else { continue };
                let more = parts.next().unwrap_or_default();
                let places = more.strip_prefix("factive").unwrap_or(more).trim();
                let cue = Cue { class, factive: more.starts_with("factive") };
                let table = if section == "[verb]" { &mut cues.verbs } else { &mut cues.phrases };
                table.insert(word, cue);
                if section == "[verb]" && !places.is_empty() {
                    cues.held_verbs.entry(word).or_default().push(Frame { class, places });
                }
            }
            "[held verb]" | "[held adjective]" | "[held noun]" => {
                let (Some(class), Some(places), Some(words)) = (CueClass::parse(word), parts.next(), parts.next())
                else {
                    continue;
                };
                let table = match section {
                    "[held verb]" => &mut cues.held_verbs,
                    "[held adjective]" => &mut cues.held_adjectives,
                    _ => &mut cues.held_nouns,
                };
                for lemma in words.split(',').map(str::trim) {
                    table.entry(lemma).or_default().push(Frame { class, places });
                }
            }
            "[noun]" => cues.nouns.extend(line.split_whitespace()),
            "[holder]" => cues.holders.extend(line.split_whitespace()),
            "[adverb]" => cues.adverbs.extend(line.split_whitespace()),
            _ => {}
        }
    }
    cues
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_file_is_read() {
        let source = include_str!("../../../codebook/reading/cues.txt");
        let said = source.split("[held verb]\n").next().unwrap();
        let lines = said.lines().filter(|line| line.contains(" | ") && !line.starts_with('#')).count();
        assert_eq!(lines, CUES.verbs.len() + CUES.phrases.len());
        for (section, table) in [
            ("[held verb]", &CUES.held_verbs),
            ("[held adjective]", &CUES.held_adjectives),
            ("[held noun]", &CUES.held_nouns),
        ] {
            let (_, rest) = source.split_once(&format!("\n{section}\n")).unwrap();
            for line in rest.lines().take_while(|line| !line.starts_with('[')).filter(|line| !line.is_empty()) {
                let parts: Vec<&str> = line.split(" | ").collect();
                let [class, places, words] = parts[..] else { panic!("{line}") };
                let class = CueClass::parse(class).unwrap_or_else(|| panic!("{line}"));
                for word in words.split(", ") {
                    let held = |frame: &Frame| frame.class == class && frame.places == places;
                    assert!(table[word].iter().any(held), "{word} in {line}");
                }
            }
        }
        assert!(CUES.verbs.len() >= 150, "{} verbs", CUES.verbs.len());
        assert!(CUES.phrases.len() + CUES.nouns.len() + CUES.adverbs.len() >= 30);
    }

    #[test]
    fn acts_are_no_words() {
        for lemma in ["attack", "withdraw", "meet", "kill", "release", "be", "have"] {
            assert!(!is_verb(lemma), "{lemma}");
        }
        // Trying and doing are no wishes, and a law that requires holds nothing.
        for lemma in ["try", "struggle", "kill", "build", "leave", "require"] {
            assert!(held_verb(lemma).next().is_none(), "{lemma}");
        }
    }

    #[test]
    fn what_is_held_is_no_statement() {
        for lemma in ["want", "plan", "applaud", "support", "discuss", "remember"] {
            assert!(!is_verb(lemma) && held_verb(lemma).next().is_some(), "{lemma}");
        }
    }
}
