//! Which way a sentence looks from its published date.
//!
//! Takes a sentence and where a time expression stands in it; gives past,
//! future or open. Reads the tree where there is one, else the words around.
//! Never looks at the date itself.
//!
//! Example: "met on Monday" is past, "will meet on Monday" and "talks due on
//! Monday" are future, "Monday's talks" is open.

use record::{Sentence, Upos};

use super::sense::Lean;

/// Verbs and adjectives whose infinitive lies ahead of them.
const AHEAD: &[&str] = &[
    "plan",
    "schedule",
    "expect",
    "due",
    "set",
    "slate",
    "intend",
    "hope",
    "vow",
    "promise",
    "threaten",
    "order",
    "urge",
    "call",
    "ask",
    "demand",
    "invite",
    "likely",
    "ready",
    "prepare",
    "decide",
    "agree",
    "want",
    "arrange",
    "propose",
    "aim",
    "upcoming",
    "forthcoming",
    "poised",
    "bind",
    "warn",
    "pledge",
];

/// The head outside of the tokens `first..last`, climbing to the first verb
/// from a nominal one.
pub fn governor(sentence: &Sentence, first: usize, last: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let mut head = (first..last.min(tokens.len()))
        .filter_map(|index| tokens[index].head)
        .find(|head| !(first..last).contains(head))?;
    // A tree is never deeper than it has tokens; a broken one may hold a loop.
    for _ in 0..tokens.len() {
        let token = tokens.get(head)?;
        if matches!(token.upos, Upos::Verb | Upos::Aux | Upos::Adj) {
            return Some(head);
        }
        match token.head {
            Some(next) => head = next,
            None => return Some(head),
        }
    }
    None
}

/// The way the sentence looks at the tokens `first..last`.
pub(super) fn lean(sentence: &Sentence, first: usize, last: usize) -> Lean {
    let treed = sentence.tokens.iter().any(|token| token.head.is_some());
    if !treed {
        let texts: Vec<String> = sentence.tokens.iter().map(|token| token.text.to_lowercase()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        return lean_of_words(&texts, first, last);
    }
    let tokens = &sentence.tokens;
    let Some(verb) = governor(sentence, first, last) else { return Lean::Open };
    let lemma = |index: usize| tokens[index].lemma.to_lowercase();
    let has_child = |head: usize, relation: &str, lemmas: &[&str]| {
        sentence
            .children(head)
            .any(|child| tokens[child].relation() == relation && lemmas.contains(&lemma(child).as_str()))
    };
    if has_child(verb, "aux", &["will", "shall", "'ll", "wo", "would", "can", "may", "might", "must", "should"]) {
        return Lean::Future;
    }
    if AHEAD.contains(&lemma(verb).as_str())
        && (has_child(verb, "aux", &["be"]) || tokens[verb].upos == Upos::Adj || tokens[verb].relation() == "acl")
    {
        return Lean::Future;
    }
    let infinitive = has_child(verb, "mark", &["to"]);
    if infinitive {
        let ahead = match tokens[verb].head {
            Some(head) => tokens[verb].relation() == "acl" || AHEAD.contains(&lemma(head).as_str()),
            None => true,
        };
        if ahead {
            return Lean::Future;
        }
    }
    match tokens[verb].xpos.as_str() {
        "VBD" => Lean::Past,
        "VBN" if has_child(verb, "aux", &["have", "be"]) => Lean::Past,
        "VBN" => Lean::Past,
        _ if infinitive => Lean::Past,
        "VBP" | "VBZ" | "VBG" | "VB" => Lean::Open,
        _ => Lean::Open,
    }
}

/// Whether "today" is these times rather than the published day: its verb is
/// in the present ("still stands today"), or opens with it in the perfect
/// ("Today, they have turned inward"), and does not report a saying.
pub(super) fn nowadays(sentence: &Sentence, first: usize, last: usize) -> bool {
    const SAYING: &[&str] = &[
        "say", "announce", "report", "tell", "warn", "urge", "call", "state", "claim", "meet", "mark", "open", "begin",
        "start",
    ];
    let tokens = &sentence.tokens;
    let Some(verb) = governor(sentence, first, last) else { return false };
    let aux = |forms: &[&str]| {
        sentence.children(verb).any(|child| {
            tokens[child].relation() == "aux" && forms.contains(&tokens[child].text.to_lowercase().as_str())
        })
    };
    let lemma = tokens[verb].lemma.to_lowercase();
    if SAYING.contains(&lemma.as_str()) || aux(&["will", "would", "had", "was", "were", "did"]) {
        return false;
    }
    let opens = first == 0 && tokens.get(last).is_some_and(|token| token.text == ",");
    match tokens[verb].xpos.as_str() {
        "VBZ" | "VBP" => true,
        "VB" => aux(&["can", "may", "do", "does"]),
        "VBN" => opens && aux(&["have", "has"]),
        // "is a city today": the copula hangs on the noun.
        _ => sentence
            .children(verb)
            .any(|child| tokens[child].relation() == "cop" && matches!(tokens[child].xpos.as_str(), "VBZ" | "VBP")),
    }
}

/// Without a tree: the nearest cue in the clause decides.
pub(super) fn lean_of_words(words: &[&str], first: usize, last: usize) -> Lean {
    const BREAKS: &[&str] =
        &[".", ";", ":", ",", "\u{201c}", "\u{201d}", "\"", "but", "after", "because", "who", "which"];
    const FUTURE: &[&str] = &[
        "will",
        "shall",
        "'ll",
        "scheduled",
        "due",
        "expected",
        "slated",
        "upcoming",
        "plans",
        "planned",
        "plan",
        "would",
        "set",
        "must",
        "should",
    ];
    let mut from = first.min(words.len());
    while from > 0 && !BREAKS.contains(&words[from - 1]) {
        from -= 1;
    }
    let mut to = last.min(words.len());
    while to < words.len() && !BREAKS.contains(&words[to]) {
        to += 1;
    }
    if words[from..to].iter().any(|word| FUTURE.contains(word)) { Lean::Future } else { Lean::Open }
}

/// Whether a bound ("by Friday", "until Friday") looks back: "had fled by
/// Friday". Bounds look ahead unless their verb is a finite past one that does
/// not itself set them.
pub(super) fn bound_lean(sentence: &Sentence, first: usize, last: usize) -> Lean {
    let tokens = &sentence.tokens;
    let Some(verb) = governor(sentence, first, last) else { return Lean::Future };
    let sets = [
        "give", "set", "extend", "grant", "have", "postpone", "delay", "put", "demand", "adjourn", "suspend", "remand",
    ];
    let lemma = tokens[verb].lemma.to_lowercase();
    let aux = |wanted: &[&str]| {
        sentence.children(verb).any(|child| {
            tokens[child].relation() == "aux" && wanted.contains(&tokens[child].text.to_lowercase().as_str())
        })
    };
    let past = match tokens[verb].xpos.as_str() {
        "VBD" => true,
        "VBN" => aux(&["had", "was", "were"]),
        _ => false,
    };
    if past && !sets.contains(&lemma.as_str()) { Lean::Past } else { Lean::Future }
}
