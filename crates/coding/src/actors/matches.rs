//! Names and role nouns among words.
//!
//! Takes the words of a sentence; gives the longest names from left to right
//! (never overlapping), and the longest role noun around a word. Never decides
//! which of two actors of one name is meant: that is `meaning`'s.

use super::codebook::letters;
use super::words::Word;
use super::{ActorKind, Actors, NO_ALIAS};

/// A name found: words `first..=last`, and the aliases it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NameMatch {
    pub first: usize,
    pub last: usize,
    pub first_token: usize,
    pub last_token: usize,
    pub aliases: Vec<u32>,
}

/// A role noun found: words `first..=last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RoleMatch {
    pub first: usize,
    pub last: usize,
    pub role: u32,
    pub plural: bool,
}

impl Actors {
    /// The names among the words.
    pub(super) fn names_in(&self, words: &[Word]) -> Vec<NameMatch> {
        let mut found = Vec::new();
        let mut at = 0;
        let mut key = String::new();
        while at < words.len() {
            match self.name_at(words, at, &mut key) {
                Some(name) => {
                    at = name.last + 1;
                    found.push(name);
                }
                None => at += 1,
            }
        }
        found
    }

    fn name_at(&self, words: &[Word], at: usize, key: &mut String) -> Option<NameMatch> {
        let first = words.get(at).filter(|word| !word.norm.is_empty())?;
        let mut longest = usize::from(self.longest.get(first.norm.as_str()).copied().unwrap_or(0));
        if let Some(suffix) = first.possessive.filter(|suffix| !suffix.is_empty()) {
            let long = format!("{}{suffix}", first.norm);
            longest = longest.max(usize::from(self.longest.get(long.as_str()).copied().unwrap_or(0)));
        }
        for length in (1..=longest.min(words.len() - at)).rev() {
            let window = &words[at..at + length];
            if window.iter().any(|word| word.norm.is_empty()) || !window.iter().any(Word::is_capital) {
                continue;
            }
            // "Pakistan-Taliban talks" names two, though "Pakistan Taliban" is a name.
            if let [left, right] = window
                && right.hyphen_before
                && self.names.contains_key(left.norm.as_str())
                && self.names.contains_key(right.norm.as_str())
            {
                continue;
            }
            let bare = write_key(window, false, key);
            let mut aliases = self.aliases_of(key, window);
            if aliases.is_empty() && bare {
                write_key(window, true, key);
                aliases = self.aliases_of(key, window);
            }
            if !aliases.is_empty() {
                return Some(NameMatch {
                    first: at,
                    last: at + length - 1,
                    first_token: window[0].first,
                    last_token: last_token(window),
                    aliases,
                });
            }
        }
        None
    }

    fn aliases_of(&self, key: &str, window: &[Word]) -> Vec<u32> {
        let mut aliases = Vec::new();
        let mut next = self.names.get(key).copied().unwrap_or(NO_ALIAS);
        while next != NO_ALIAS {
            let alias = &self.aliases[next as usize];
            let spelled = match &alias.exact {
                None => true,
                Some(exact) => {
                    let raw: Vec<&str> = window.iter().map(|word| word.raw.as_str()).collect();
                    letters(&raw.join(" ")) == **exact
                }
            };
            // "to Lam" is not To Lam: all of a person's name is in capitals but its particles.
            let person = self.entry(alias.entry).kind == ActorKind::Person;
            let whole =
                !person || window.iter().all(|word| word.is_capital() || word.hyphen_before || is_particle(&word.norm));
            if spelled && whole {
                aliases.push(next);
            }
            next = alias.next;
        }
        aliases.reverse();
        aliases
    }

    /// The longest role noun that holds the word `at`.
    pub(super) fn role_around(&self, words: &[Word], at: usize) -> Option<RoleMatch> {
        let mut best: Option<RoleMatch> = None;
        let mut key = String::new();
        let reach = self.longest_role.max(1) - 1;
        for first in at.saturating_sub(reach)..=at {
            let most = (first + self.longest_role).min(words.len());
            for end in (at + 1..=most).rev() {
                let window = &words[first..end];
                if best.is_some_and(|best| best.last - best.first + 1 >= window.len()) {
                    break;
                }
                if window.iter().any(|word| word.norm.is_empty()) {
                    continue;
                }
                write_key(window, false, &mut key);
                let Some(&(role, plural)) = self.role_names.get(key.as_str()) else { continue };
                let known = &self.roles[role as usize];
                if known.exact && !window.iter().all(Word::is_capital) {
                    continue;
                }
                best = Some(RoleMatch { first, last: end - 1, role, plural });
            }
        }
        best
    }

    /// Whether a match is of a phrase that never names an actor.
    pub(super) fn is_no_actor(&self, name: &NameMatch) -> bool {
        name.aliases.iter().any(|&alias| self.entry(self.aliases[alias as usize].entry).kind == ActorKind::Thing)
    }
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "al" | "el"
            | "bin"
            | "ibn"
            | "ben"
            | "bint"
            | "de"
            | "del"
            | "da"
            | "dos"
            | "das"
            | "la"
            | "van"
            | "von"
            | "der"
            | "den"
            | "y"
            | "e"
            | "ul"
            | "ur"
            | "ag"
            | "ould"
            | "abu"
            | "of"
            | "arap"
            | "wa"
            | "di"
    )
}

/// Writes the key of a window; `whole` adds the possessive ending of its last
/// word too. Says whether there is such an ending.
fn write_key(window: &[Word], whole: bool, key: &mut String) -> bool {
    key.clear();
    let mut ending = false;
    for (index, word) in window.iter().enumerate() {
        if index > 0 {
            key.push(' ');
        }
        key.push_str(&word.norm);
        if let Some(suffix) = word.possessive {
            if index + 1 < window.len() || whole {
                key.push_str(suffix);
            } else {
                ending = true;
            }
        }
    }
    ending
}

/// The last token of a window without the possessive ending of its last word.
fn last_token(window: &[Word]) -> usize {
    match window.last() {
        Some(word) if word.possessive.is_some() && word.last > word.first => word.last - 1,
        Some(word) => word.last,
        None => 0,
    }
}
