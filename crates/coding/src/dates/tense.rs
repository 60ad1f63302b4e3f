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
    // "said on Sunday he would go": a finite past verb directly before has the
    // date, whatever the tree says.
    let mut before = first.min(tokens.len());
    while before > 0 && matches!(tokens[before - 1].text.to_lowercase().as_str(), "on" | "in" | "late" | "early") {
        before -= 1;
    }
    if before > 0 && tokens[before - 1].xpos == "VBD" && tokens[before - 1].upos == Upos::Verb {
        return Lean::Past;
    }
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

#[cfg(test)]
mod tests {
    use record::{Span, Token};

    use super::*;

    /// `word/UPOS/XPOS/head/relation`, heads from 1, the lemma after a bar.
    fn sentence(lines: &str) -> Sentence {
        let tokens = lines
            .split_whitespace()
            .enumerate()
            .map(|(index, item)| {
                let parts: Vec<&str> = item.split('/').collect();
                let (text, lemma) = parts[0].split_once('|').unwrap_or((parts[0], parts[0]));
                let head: usize = parts[3].parse().unwrap();
                Token {
                    text: text.to_string(),
                    lemma: lemma.to_lowercase(),
                    span: Span::new(index, index + 1),
                    upos: Upos::parse(parts[1]).unwrap(),
                    xpos: parts[2].to_string(),
                    head: head.checked_sub(1),
                    deprel: parts[4].to_string(),
                }
            })
            .collect();
        Sentence { tokens, ..Sentence::default() }
    }

    #[test]
    fn the_verb_tells_which_way() {
        for (lines, at, expected) in [
            ("They/PRON/PRP/2/nsubj met|meet/VERB/VBD/0/root on/ADP/IN/4/case Monday/PROPN/NNP/2/obl", 3, Lean::Past),
            (
                "They/PRON/PRP/3/nsubj will/AUX/MD/3/aux meet/VERB/VB/0/root on/ADP/IN/5/case Monday/PROPN/NNP/3/obl",
                4,
                Lean::Future,
            ),
            (
                "They/PRON/PRP/2/nsubj plan/VERB/VBP/0/root to/PART/TO/4/mark meet/VERB/VB/2/xcomp Monday/PROPN/NNP/4/obl",
                4,
                Lean::Future,
            ),
            (
                "They/PRON/PRP/2/nsubj refused|refuse/VERB/VBD/0/root to/PART/TO/4/mark meet/VERB/VB/2/xcomp Monday/PROPN/NNP/4/obl",
                4,
                Lean::Past,
            ),
            (
                "He/PRON/PRP/2/nsubj said|say/VERB/VBD/0/root Sunday/PROPN/NNP/6/obl he/PRON/PRP/6/nsubj would/AUX/MD/6/aux go/VERB/VB/2/ccomp",
                2,
                Lean::Past,
            ),
            ("Monday/PROPN/NNP/3/nmod:poss |'s/PART/POS/1/case talks|talk/NOUN/NNS/0/root", 0, Lean::Open),
        ] {
            assert_eq!(lean(&sentence(lines), at, at + 1), expected, "{lines}");
        }
    }

    #[test]
    fn today_may_be_these_times() {
        for (lines, at, expected) in [
            ("It/PRON/PRP/2/nsubj stands|stand/VERB/VBZ/0/root today/NOUN/NN/2/obl", 2, true),
            ("They/PRON/PRP/2/nsubj met|meet/VERB/VBD/0/root today/NOUN/NN/2/obl", 2, false),
            ("He/PRON/PRP/2/nsubj says|say/VERB/VBZ/0/root today/NOUN/NN/2/obl", 2, false),
            (
                "Today/NOUN/NN/5/obl ,/PUNCT/,/1/punct they/PRON/PRP/5/nsubj have/AUX/VBP/5/aux turned|turn/VERB/VBN/0/root",
                0,
                true,
            ),
        ] {
            assert_eq!(nowadays(&sentence(lines), at, at + 1), expected, "{lines}");
        }
    }

    #[test]
    fn a_bound_looks_ahead_but_for_a_finite_past() {
        let fled =
            "They/PRON/PRP/3/nsubj had/AUX/VBD/3/aux fled|flee/VERB/VBN/0/root by/ADP/IN/5/case Friday/PROPN/NNP/3/obl";
        let gave = "They/PRON/PRP/2/nsubj gave|give/VERB/VBD/0/root them/PRON/PRP/2/iobj until/ADP/IN/5/case Friday/PROPN/NNP/2/obl";
        assert_eq!(bound_lean(&sentence(fled), 3, 5), Lean::Past);
        assert_eq!(bound_lean(&sentence(gave), 3, 5), Lean::Future);
        assert_eq!(bound_lean(&Sentence::default(), 0, 0), Lean::Future);
    }
}
