//! Words that say that somebody said something.
//!
//! Takes a lemma; gives what kind of saying it is. The lists are data:
//! `codebook/reading/cues.txt`. Never looks at a sentence.
//!
//! ```
//! use reading::cues;
//! assert!(cues::is_verb("say") && cues::is_verb("point out") && !cues::is_verb("shell"));
//! assert_eq!(cues::verb("deny").unwrap().kind, cues::CueKind::Deny);
//! assert!(cues::verb("admit").unwrap().factive);
//! ```

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Kinds of saying; the file says what each is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CueKind {
    Say,
    Tell,
    Claim,
    Deny,
    Demand,
    Promise,
    Warn,
    Ask,
    Write,
    Show,
    Think,
}

impl CueKind {
    fn parse(word: &str) -> Option<CueKind> {
        Some(match word {
            "say" => CueKind::Say,
            "tell" => CueKind::Tell,
            "claim" => CueKind::Claim,
            "deny" => CueKind::Deny,
            "demand" => CueKind::Demand,
            "promise" => CueKind::Promise,
            "warn" => CueKind::Warn,
            "ask" => CueKind::Ask,
            "write" => CueKind::Write,
            "show" => CueKind::Show,
            "think" => CueKind::Think,
            _ => return None,
        })
    }
}

/// A word of saying.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cue {
    pub kind: CueKind,
    /// Who uses it takes what is said for true.
    pub factive: bool,
}

#[derive(Debug, Default)]
struct Cues {
    verbs: HashMap<&'static str, Cue>,
    phrases: HashMap<&'static str, Cue>,
    nouns: HashSet<&'static str>,
    adverbs: HashSet<&'static str>,
}

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
                let Some(kind) = parts.next().and_then(CueKind::parse) else { continue };
                let cue = Cue { kind, factive: parts.next() == Some("factive") };
                let table = if section == "[verb]" { &mut cues.verbs } else { &mut cues.phrases };
                table.insert(word, cue);
            }
            "[noun]" => cues.nouns.extend(line.split_whitespace()),
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
        let lines = source.lines().filter(|line| line.contains(" | ") && !line.starts_with('#')).count();
        assert_eq!(lines, CUES.verbs.len() + CUES.phrases.len());
        assert!(CUES.verbs.len() >= 150, "{} verbs", CUES.verbs.len());
        assert!(CUES.phrases.len() + CUES.nouns.len() + CUES.adverbs.len() >= 30);
    }

    #[test]
    fn acts_are_no_words() {
        for lemma in ["attack", "withdraw", "meet", "kill", "release", "be", "have"] {
            assert!(!is_verb(lemma), "{lemma}");
        }
    }
}
