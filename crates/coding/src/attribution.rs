//! According to whom: the chain of those who say a clause, the outermost first.
//!
//! Takes the trees of a document and a token; gives [`Link`]s: who says it, to
//! which medium, with which word. Found in the tree of the sentence (reported
//! speech, "according to", accusations, "reportedly") and in the quotations
//! that run over several sentences. Never resolves who is meant.

use record::{QuotationKind, Sentence, SpeechKind, Upos};

use crate::tree::Tree;

/// Words of saying, as `reading` knows them.
pub trait Cues {
    /// Whether a verb reports what somebody says.
    fn is_cue(&self, lemma: &str) -> bool;
    /// Whether a noun holds somebody's words: "claim".
    fn is_said_noun(&self, lemma: &str) -> bool;
    /// Whether an adverb puts a clause in unnamed mouths: "reportedly".
    fn is_hearsay(&self, lemma: &str) -> bool;
    /// Whether a nominal names a medium.
    fn is_medium(&self, sentence: usize, token: usize) -> bool;
}

/// One who says, as tokens: (sentence, token).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub speaker: Option<(usize, usize)>,
    pub medium: Option<(usize, usize)>,
    pub cue: Option<(usize, usize)>,
    pub kind: SpeechKind,
}

/// Verbs that charge somebody with the act below them.
const ACCUSING: [&str; 6] = ["accuse", "blame", "suspect", "charge", "condemn", "denounce"];
/// The chain above a token, outermost first.
pub fn chain(trees: &[Tree], sentence: usize, token: usize, cues: &impl Cues) -> Vec<Link> {
    let tree = &trees[sentence];
    let mut links: Vec<Link> = Vec::new();
    let path = tree.ancestors(token);
    let kind = speech_kind(tree.sentence, token);
    for (step, &node) in path.iter().enumerate() {
        for child in tree.children_by(node, &["advmod"]) {
            if cues.is_hearsay(&tree.lemma(child)) && tree.is_clause(node) {
                push(&mut links, Link { speaker: None, medium: None, cue: Some((sentence, child)), kind });
            }
        }
        for child in tree.children_by(node, &["obl", "nmod", "advmod", "advcl"]) {
            let case = tree.case_of(child);
            if matches!(case.as_str(), "accord to" | "according to") && !path.contains(&child) {
                let cue = tree.children_by(child, &["case"]).next().map(|cue| (sentence, cue));
                push(&mut links, source(sentence, child, cue, kind, cues));
            }
        }
        // "The sides met, the official said": the saying hangs below what is said.
        for child in tree.children_by(node, &["parataxis", "advcl", "ccomp"]) {
            if path.contains(&child) || !tree.is_verb(child) || !cues.is_cue(&tree.verb_lemma(child)) {
                continue;
            }
            let as_said = tree.relation(child) == "advcl"
                && tree.children_by(child, &["mark"]).any(|mark| tree.lemma(mark) == "as");
            let plain =
                tree.relation(child) == "parataxis" && tree.children_by(child, &["ccomp", "obj"]).next().is_none();
            // Reversed trees put "said" under its own content.
            let reversed = tree.relation(child) == "ccomp"
                && child > node
                && tree.children_by(child, &["ccomp"]).next().is_none()
                && said_last(tree, child);
            if as_said || plain || reversed {
                for link in saying(tree, sentence, child, kind, cues) {
                    push(&mut links, link);
                }
            }
        }
        if step == 0 {
            continue;
        }
        let below = path[step - 1];
        let relation = tree.relation(below);
        let lemma = tree.verb_lemma(node);
        let marked = |words: &[&str]| {
            tree.children_by(below, &["mark", "case"]).any(|mark| words.contains(&tree.lemma(mark).as_str()))
        };
        if tree.is_verb(node) || tree.is_clause(node) {
            let quoted = matches!(relation, "obj" | "parataxis" | "dep" | "root" | "nsubj")
                && tree.is_clause(below)
                && in_quotation(tree.sentence, below);
            let reports = cues.is_cue(&lemma) && (relation == "ccomp" || quoted);
            let accuses = ACCUSING.contains(&tree.lemma(node).as_str())
                && matches!(relation, "advcl" | "acl" | "obl" | "xcomp")
                && (marked(&["of", "for"]) || matches!(tree.case_of(below).as_str(), "of" | "for"));
            // "have set preconditions: that Kabul must …".
            let sets_out = matches!(relation, "ccomp" | "parataxis")
                && tree.is_clause(below)
                && below > node
                && tree.children_by(node, &["obj"]).any(|object| cues.is_said_noun(&tree.lemma(object)));
            if reports || accuses || sets_out {
                for link in saying(tree, sentence, node, kind, cues) {
                    push(&mut links, link);
                }
            } else if relation == "xcomp" && cues.is_cue(&lemma) && tree.is_passive(node) {
                // "is said to have fled": somebody unnamed says so.
                push(&mut links, Link { speaker: None, medium: None, cue: Some((sentence, node)), kind });
            }
        } else if cues.is_said_noun(&tree.lemma(node))
            && matches!(relation, "acl" | "ccomp" | "nmod" | "advcl" | "parataxis" | "appos")
            && (tree.is_clause(below) || tree.case_of(below) == "of")
            && tree.deprel(below) != "acl:relcl"
        {
            let mut speakers = tree.fill(node, &crate::slot::Slot::Subj);
            speakers.retain(|&speaker| !tree.is_under(speaker, below) && tree.token(speaker).upos.is_nominal());
            if let Some(&speaker) = speakers.first() {
                push(&mut links, source(sentence, speaker, Some((sentence, node)), kind, cues));
            }
        }
    }
    // Quotations that began, or were given their speaker, in another sentence.
    // What somebody wants or judges is no statement.
    for quotation in tree.sentence.quotations.iter().filter(|quotation| quotation.statement) {
        let inside = quotation.span.contains(tree.token(token).span);
        if inside && let Some(speaker) = quotation.speaker.filter(|&(other, _)| other < trees.len()) {
            let kind = match quotation.kind {
                QuotationKind::Direct => SpeechKind::Direct,
                QuotationKind::Indirect => SpeechKind::Indirect,
                QuotationKind::Mixed => SpeechKind::Mixed,
            };
            let known = links.iter().any(|link| link.speaker == Some(speaker) || link.medium == Some(speaker))
                || (speaker.0 == sentence && links.iter().any(|link| link.speaker.is_some()));
            if !known {
                let mut link = source(speaker.0, speaker.1, quotation.cue, kind, cues);
                if link.cue.is_some_and(|(other, _)| other >= trees.len()) {
                    link.cue = None;
                }
                push(&mut links, link);
                if let Some((cue_sentence, cue)) = quotation.cue.filter(|&(other, _)| other < trees.len()) {
                    for outer in told(&trees[cue_sentence], cue_sentence, cue, kind, cues) {
                        push(&mut links, outer);
                    }
                }
            }
        }
    }
    links.reverse();
    links
}

fn push(links: &mut Vec<Link>, link: Link) {
    let same = |other: &Link| {
        (link.speaker.is_some() && other.speaker == link.speaker)
            || (link.medium.is_some() && other.medium == link.medium)
            || (link.cue.is_some()
                && other.cue == link.cue
                && link.speaker == other.speaker
                && link.medium == other.medium)
    };
    if !links.iter().any(same) {
        links.push(link);
    }
}

fn source(sentence: usize, token: usize, cue: Option<(usize, usize)>, kind: SpeechKind, cues: &impl Cues) -> Link {
    if cues.is_medium(sentence, token) {
        Link { speaker: None, medium: Some((sentence, token)), cue, kind }
    } else {
        Link { speaker: Some((sentence, token)), medium: None, cue, kind }
    }
}

/// The links that a verb of saying makes: its subject, then the medium it was said to.
fn saying(tree: &Tree, sentence: usize, verb: usize, kind: SpeechKind, cues: &impl Cues) -> Vec<Link> {
    let cue = Some((sentence, verb));
    let subjects = tree.logical_subjects(verb);
    let mut links: Vec<Link> =
        subjects.iter().take(1).map(|&subject| source(sentence, subject, cue, kind, cues)).collect();
    if links.is_empty() {
        links.push(Link { speaker: None, medium: None, cue, kind });
    }
    links.extend(told(tree, sentence, verb, kind, cues));
    links
}

/// "told Dawn newspaper", "said in an interview with Reuters".
fn told(tree: &Tree, sentence: usize, verb: usize, kind: SpeechKind, cues: &impl Cues) -> Vec<Link> {
    // "told Tolo News that": the parser may take the medium for a second subject.
    tree.children_by(verb, &["obj", "iobj", "obl", "nsubj"])
        .filter(|&child| tree.relation(child) != "nsubj" || child > verb)
        .flat_map(|child| {
            std::iter::once(child)
                .chain(tree.preposition(child, "with"))
                .chain(tree.preposition(child, "to"))
                .collect::<Vec<_>>()
        })
        .filter(|&child| cues.is_medium(sentence, child))
        .map(|child| Link { speaker: None, medium: Some((sentence, child)), cue: Some((sentence, verb)), kind })
        .collect()
}

/// "…, the minister said." or "…, said the minister.": nothing is said after it.
fn said_last(tree: &Tree, verb: usize) -> bool {
    let below = tree.subtree(verb, |_| false);
    tree.children_by(verb, &["nsubj"]).next().is_some() && below.last().is_some_and(|&last| last + 2 >= tree.len())
}

fn in_quotation(sentence: &Sentence, token: usize) -> bool {
    let span = sentence.tokens[token].span;
    sentence.quotations.iter().any(|quotation| {
        quotation.statement && quotation.kind != QuotationKind::Indirect && quotation.span.contains(span)
    })
}

/// Whether the words at a token are quoted, reported, or reported with quoted parts.
fn speech_kind(sentence: &Sentence, token: usize) -> SpeechKind {
    let span = sentence.tokens[token].span;
    let marks = |token: &record::Token| {
        token.upos == Upos::Punct && matches!(token.text.as_str(), "\"" | "“" | "”" | "``" | "''")
    };
    let said = sentence.quotations.iter().find(|quotation| quotation.statement && quotation.span.contains(span));
    match said.map(|quotation| quotation.kind) {
        Some(QuotationKind::Direct) => SpeechKind::Direct,
        Some(QuotationKind::Mixed) => SpeechKind::Mixed,
        Some(QuotationKind::Indirect) | None => {
            if sentence.tokens.iter().any(marks) {
                SpeechKind::Mixed
            } else {
                SpeechKind::Indirect
            }
        }
    }
}
