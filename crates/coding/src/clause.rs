//! The words of a clause: what a report quotes, and which dates and places are its own.
//!
//! Takes a tree and a trigger; gives token ranges. Never gives a range outside
//! the sentence.

use record::{Span, Upos};

use crate::tree::Tree;

/// Whether a branch is a clause of its own, told beside the one above it.
fn stands_alone(tree: &Tree, token: usize) -> bool {
    match tree.relation(token) {
        "parataxis" => true,
        "conj" | "advcl" => {
            tree.is_clause(token) && (tree.is_verb(token) || tree.children_by(token, &["nsubj"]).next().is_some())
        }
        _ => tree.deprel(token) == "acl:relcl",
    }
}

/// The tokens of the trigger's own clause: what hangs on it, but not the
/// clauses told beside it.
pub fn own(tree: &Tree, trigger: usize) -> Vec<usize> {
    tree.subtree(trigger, |token| stands_alone(tree, token))
}

/// The head of the clause a token stands in: the nearest verb or predicate at or above it.
pub fn head_of(tree: &Tree, token: usize) -> usize {
    tree.ancestors(token).into_iter().find(|&node| tree.is_clause(node)).unwrap_or(token)
}

/// The span from the first to the last of these tokens, without punctuation
/// at the ends. Quotation marks stay when both ends have them.
pub fn span_of(tree: &Tree, tokens: &[usize]) -> Option<Span> {
    let mut first = *tokens.iter().min()?;
    let mut last = *tokens.iter().max()?;
    let loose = |token: usize| {
        tree.token(token).upos == Upos::Punct
            && !matches!(tree.token(token).text.as_str(), "\"" | "“" | "”" | ")" | "(")
    };
    while first < last && (loose(first) || matches!(tree.relation(first), "cc" | "mark")) {
        first += 1;
    }
    while last > first && loose(last) {
        last -= 1;
    }
    // Half a pair of quotation marks: take the other half in if it is next
    // door, else leave the half out.
    let opens = |token: usize| matches!(tree.token(token).text.as_str(), "“" | "\"");
    let closes = |token: usize| matches!(tree.token(token).text.as_str(), "”" | "\"");
    let inside = || (first + 1..last).filter(|&token| opens(token) || closes(token)).count();
    if opens(first) && !closes(last) && inside() % 2 == 0 && first < last {
        if last + 1 < tree.len() && closes(last + 1) { last += 1 } else { first += 1 }
    } else if closes(last) && !opens(first) && inside() % 2 == 0 && first < last {
        if first > 0 && opens(first - 1) { first -= 1 } else { last -= 1 }
    }
    Some(Span::new(tree.token(first).span.start, tree.token(last).span.end))
}

/// The words of a slot's filler: its whole branch, without clauses told beside it.
pub fn phrase(tree: &Tree, head: usize) -> Option<Span> {
    let case: Vec<usize> =
        tree.children_by(head, &["case", "mark", "cc", "punct"]).filter(|&child| child < head).collect();
    let leading = tree
        .subtree(head, |token| stands_alone(tree, token) && tree.relation(token) != "conj")
        .into_iter()
        .filter(|token| !case.contains(token) || matches!(tree.token(*token).text.as_str(), "“" | "\""))
        .collect::<Vec<_>>();
    span_of(tree, &leading)
}

/// How far a token is from the trigger's clause: 0 in it, 1 in the clause
/// above, … `None` when it stands in a clause beside or below.
pub fn distance(tree: &Tree, trigger: usize, token: usize) -> Option<usize> {
    let path: Vec<usize> = tree.ancestors(trigger);
    let mut clauses = 0;
    // Past "and" with a subject of its own, only what opens the whole sentence
    // still holds ("On Monday the court sat and the union struck").
    let mut beside = false;
    for &node in &path {
        if own(tree, node).contains(&token) && (!beside || token < node) {
            return Some(clauses);
        }
        beside |= tree.relation(node) == "conj" && tree.children_by(node, &["nsubj"]).next().is_some();
        if tree.is_clause(node) {
            clauses += 1;
        }
    }
    None
}
