//! The noun phrase under a head token.
//!
//! Takes a sentence's tree and a head; gives the run of tokens that is the
//! phrase by itself (determiner, adjectives, compounds, possessor, flat names),
//! what it is "of" or "from", and its appositions. Leaves out coordinated
//! siblings, relative clauses and other attachments.

use record::{Sentence, Upos};

/// How the phrase is introduced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Determiner {
    None,
    /// "the", "this", "that", "the same", a possessor.
    Definite,
    /// "a", "some", "several", a number.
    Indefinite,
}

/// A noun phrase: tokens `first..=last` hold the head.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub head: usize,
    pub first: usize,
    pub last: usize,
    /// First token after the determiner.
    pub inner: usize,
    pub determiner: Determiner,
    pub plural: bool,
    /// "two", "both" -> 2.
    pub number: Option<u8>,
    /// Heads of "of X", "from X", "for X" with their preposition.
    pub attached: Vec<(String, usize)>,
    /// Heads of appositions.
    pub appositions: Vec<usize>,
    /// Heads of possessors: "Pakistan" in "Pakistan's army", "its".
    pub possessors: Vec<usize>,
}

/// Children of every token.
pub(super) fn children(sentence: &Sentence) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); sentence.tokens.len()];
    for (index, token) in sentence.tokens.iter().enumerate() {
        if let Some(head) = token.head.filter(|&head| head < children.len() && head != index) {
            children[head].push(index);
        }
    }
    children
}

fn belongs(relation: &str) -> bool {
    matches!(
        relation,
        "det"
            | "det:predet"
            | "det:poss"
            | "amod"
            | "compound"
            | "compound:prt"
            | "flat"
            | "flat:name"
            | "nummod"
            | "fixed"
            | "goeswith"
            | "nmod:poss"
            | "nmod:desc"
            | "nmod:unmarked"
            | "nmod:npmod"
            | "nummod:gov"
    )
}

/// Adds what belongs to `top` below it.
fn gather(sentence: &Sentence, children: &[Vec<usize>], top: usize, inside: &mut [bool], depth: usize) {
    inside[top] = true;
    // Trees are as deep as the sentence at most; a broken one has circles.
    if depth > 40 {
        return;
    }
    for &child in &children[top] {
        let token = &sentence.tokens[child];
        let possessive = token.relation() == "case" && token.span.start == sentence.tokens[child.max(1) - 1].span.end;
        let within =
            depth > 0 && matches!(token.relation(), "conj" | "cc" | "advmod" | "punct" | "case" | "nmod" | "obl");
        if !inside[child] && (belongs(&token.deprel) || possessive || within) {
            gather(sentence, children, child, inside, depth + 1);
        }
    }
}

/// The phrase under `head`; `None` when there is no such token.
pub(super) fn phrase(sentence: &Sentence, children: &[Vec<usize>], head: usize) -> Option<Phrase> {
    let tokens = &sentence.tokens;
    let head_token = tokens.get(head)?;
    let mut inside = vec![false; tokens.len()];
    gather(sentence, children, head, &mut inside, 0);
    let (mut first, mut last) = (head, head);
    let joins = |index: usize| tokens[index].upos == Upos::Punct && tokens[index].text != ",";
    while first > 0 {
        if inside[first - 1] {
            first -= 1;
        } else if first > 1 && inside[first - 2] && joins(first - 1) {
            first -= 2;
        } else {
            break;
        }
    }
    // "Al-Amin, 35, said": what follows a comma is said of the name, not part of it.
    while last + 1 < tokens.len() && tokens[last + 1].text != "," {
        if inside[last + 1] {
            last += 1;
        } else if last + 2 < tokens.len() && inside[last + 2] && joins(last + 1) {
            last += 2;
        } else {
            break;
        }
    }
    // A phrase does not end in its possessive mark, nor start with one.
    while last > head && is_mark(&tokens[last].text) {
        last -= 1;
    }
    while first < head
        && (is_mark(&tokens[first].text)
            || (matches!(tokens[first].upos, Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Sconj)
                && !matches!(tokens[first].text.to_lowercase().as_str(), "at" | "up" | "both")))
    {
        first += 1;
    }
    let mut inner = first;
    let mut determiner = Determiner::None;
    let mut number = None;
    while inner < head {
        let token = &tokens[inner];
        let word = token.text.to_lowercase();
        match word.as_str() {
            "the" | "this" | "these" | "those" | "that" | "same" | "said" => determiner = Determiner::Definite,
            "a" | "an" | "some" | "several" | "many" | "few" | "dozens" | "hundreds" | "any" | "another" | "most"
            | "no" | "every" | "each" | "other" => {
                if determiner == Determiner::None {
                    determiner = Determiner::Indefinite;
                }
            }
            "both" => {
                determiner = Determiner::Definite;
                number = Some(2);
            }
            "all" => {}
            _ => break,
        }
        inner += 1;
    }
    for &child in &children[head] {
        let token = &tokens[child];
        if token.relation() == "nummod" || token.upos == Upos::Num {
            number = match token.text.to_lowercase().as_str() {
                "two" | "2" => Some(2),
                "three" | "3" => Some(3),
                "four" | "4" => Some(4),
                "five" | "5" => Some(5),
                "one" | "1" => Some(1),
                _ => number.or(Some(u8::MAX)),
            };
            if determiner == Determiner::None {
                determiner = Determiner::Indefinite;
            }
        }
    }
    let mut attached = Vec::new();
    let mut appositions = Vec::new();
    let mut possessors = Vec::new();
    for &child in &children[head] {
        let token = &tokens[child];
        match token.deprel.as_str() {
            "nmod:poss" => {
                possessors.push(child);
                determiner = Determiner::Definite;
            }
            "appos" => appositions.push(child),
            "nmod" | "obl" if child > head => {
                let preposition =
                    children[child].iter().map(|&mark| &tokens[mark]).find(|mark| mark.relation() == "case");
                if let Some(preposition) = preposition {
                    attached.push((preposition.text.to_lowercase(), child));
                }
            }
            _ => {}
        }
    }
    let plural = match head_token.xpos.as_str() {
        "NNS" | "NNPS" => true,
        "NN" | "NNP" => false,
        _ => {
            head_token.upos == Upos::Noun && !head_token.lemma.is_empty() && {
                let text = head_token.text.to_lowercase();
                text != head_token.lemma.to_lowercase() && (text.ends_with('s') || text.ends_with("men"))
            }
        }
    };
    Some(Phrase { head, first, last, inner, determiner, plural, number, attached, appositions, possessors })
}

fn is_mark(text: &str) -> bool {
    matches!(text, "'s" | "’s" | "'" | "’" | "'S" | "’S")
}
