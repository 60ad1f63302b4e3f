//! Did it happen, by the text? Actual, future, hypothetical, negated.
//!
//! Takes a tree, a trigger and the word lists `hypothetical`, `future`,
//! `negated` of the codebook; gives a [`Status`] and the word that made it so.
//! `historical` is decided later, from the date. Never doubts what a sentence
//! plainly says: whether it is true is nobody's business here.
//!
//! The walk goes from the trigger up to the root. The first word that takes
//! away reality wins, but a negation below a hope stays a negation.

use record::{Status, Upos, Why};

use crate::codebook::Codebook;
use crate::tree::Tree;

/// Nouns whose "of", "for", "to" phrase is not yet so.
#[rustfmt::skip]
const UNREAL_NOUNS: [&str; 58] = [
    "plan", "call", "demand", "appeal", "request", "proposal", "offer", "threat", "possibility", "prospect", "hope",
    "fear", "risk", "chance", "idea", "bid", "attempt", "effort", "plea", "push", "pressure", "need", "intention",
    "readiness", "willingness", "desire", "promise", "pledge", "vow", "rumour", "rumor", "warning", "deadline",
    "condition", "precondition", "opportunity", "option", "proposition", "suggestion", "petition", "motion", "bill",
    "preparation", "agreement", "deal", "decision", "commitment", "mandate", "right", "ability", "capacity", "power",
    "authority", "way", "time", "danger", "campaign", "support",
];
/// Nouns whose phrase did not happen.
const NEGATING_NOUNS: [&str; 10] = [
    "refusal",
    "failure",
    "lack",
    "absence",
    "rejection",
    "denial",
    "inability",
    "reluctance",
    "cancellation",
    "postponement",
];
/// Verbs whose infinitive is as real as they are.
#[rustfmt::skip]
const IMPLICATIVE: [&str; 43] = [
    "begin", "start", "continue", "manage", "go on", "help", "force", "cause", "lead", "seem", "appear", "come", "get",
    "use", "proceed", "rush", "choose", "dare", "bother", "happen", "resume", "keep", "stop", "finish", "make", "let",
    "have", "say", "report", "believe", "know", "see", "find", "allege", "claim", "accuse", "suspect", "compel",
    "deploy", "send", "prompt", "push", "drive",
];

#[derive(Debug)]
pub struct Judged {
    pub status: Status,
    pub why: Why,
}

fn judged(status: Status, why: String) -> Judged {
    Judged { status, why: Why::new(why) }
}

/// The status of a trigger. `own`: the pattern itself asks for a modal or a
/// negation, so what stands at the trigger says nothing. `support`: the verb that
/// carries a noun.
pub fn status(tree: &Tree, codebook: &Codebook, trigger: usize, support: Option<usize>, own: bool) -> Judged {
    let path = tree.ancestors(trigger);
    let mut below: Option<usize> = None;
    for (step, &node) in path.iter().enumerate() {
        let is_trigger = step == 0;
        // Of "must stop and withdraw" or "needs to withdraw" the modal stands one word up.
        let shares = own && step == 1 && matches!(tree.relation(trigger), "conj" | "xcomp");
        let skipped = own && (is_trigger || support == Some(node)) || shares;
        if !skipped && let Some(found) = local(tree, node, is_trigger, support == Some(node)) {
            return found;
        }
        if let Some(child) = below
            && !shares
            && let Some(found) = governed(tree, codebook, node, child, support)
        {
            return found;
        }
        // "vowed to act after clashes left eight dead": what is told as past
        // beside a hope has happened.
        if tree.relation(node) == "advcl" && tree.token(node).xpos == "VBD" {
            let since = tree.children_by(node, &["mark", "advmod"]).find(|&mark| {
                matches!(tree.lemma(mark).as_str(), "after" | "since" | "when" | "because" | "as" | "while")
            });
            if let Some(mark) = since {
                return judged(Status::Actual, format!("told as past after \"{}\"", tree.token(mark).text));
            }
        }
        if matches!(tree.relation(node), "obl" | "nmod")
            && matches!(tree.case_of(node).as_str(), "after" | "since" | "following" | "amid")
        {
            return judged(Status::Actual, "told as what came before".to_string());
        }
        // A coordinated clause is as real as it is by itself; its own markers
        // were read. Shared modals were read by `auxiliaries`.
        if tree.relation(node) == "conj" && tree.is_clause(node) && tree.children_by(node, &["nsubj"]).next().is_some()
        {
            // Reality above the coordination still holds for both: skip the
            // first conjunct's own markers, go on from its head.
            if let Some(first) = tree.head(node) {
                let rest = tree.ancestors(first);
                return above(tree, codebook, &rest, support);
            }
        }
        below = Some(node);
    }
    let question = tree
        .sentence
        .tokens
        .iter()
        .rev()
        .find(|token| !matches!(token.text.as_str(), "\"" | "”" | "'" | "’"))
        .is_some_and(|token| token.text == "?");
    if question && path.len() < 4 {
        return judged(Status::Hypothetical, "the sentence is a question".to_string());
    }
    judged(Status::Actual, "nothing takes it back".to_string())
}

/// The walk above a coordination: only what governs, not what is local to the first conjunct.
fn above(tree: &Tree, codebook: &Codebook, path: &[usize], support: Option<usize>) -> Judged {
    for pair in path.windows(2) {
        let (below, node) = (pair[0], pair[1]);
        if let Some(found) = governed(tree, codebook, node, below, support) {
            return found;
        }
        if let Some(found) = local(tree, node, false, false) {
            return found;
        }
    }
    judged(Status::Actual, "nothing takes it back".to_string())
}

/// Markers at the word itself: negation, modals, conditions.
fn local(tree: &Tree, node: usize, is_trigger: bool, is_support: bool) -> Option<Judged> {
    let word = &tree.token(node).text;
    if is_trigger || is_support || tree.is_clause(node) {
        let negation = if is_trigger || is_support { tree.negation(node) } else { None };
        if let Some(negation) = negation {
            return Some(judged(Status::Negated, format!("\"{}\" negates \"{word}\"", tree.token(negation).text)));
        }
        let auxiliaries = tree.auxiliaries(node);
        for auxiliary in &auxiliaries {
            match auxiliary.as_str() {
                "will" | "shall" | "wo" | "'ll" | "’ll" => {
                    return Some(judged(Status::Future, format!("\"{auxiliary}\" before \"{word}\"")));
                }
                "would" | "'d" | "’d" => {
                    let perfect = auxiliaries.iter().any(|other| other == "have");
                    let status = if perfect { Status::Hypothetical } else { Status::Future };
                    return Some(judged(status, format!("\"{auxiliary}\" before \"{word}\"")));
                }
                "may" | "might" | "could" | "can" | "should" | "must" | "ought" | "ca" => {
                    return Some(judged(Status::Hypothetical, format!("\"{auxiliary}\" before \"{word}\"")));
                }
                _ => {}
            }
        }
        for mark in tree.children_by(node, &["mark", "advmod"]) {
            let lemma = tree.lemma(mark);
            if matches!(lemma.as_str(), "if" | "unless" | "whether" | "lest")
                || (lemma == "until" && tree.relation(mark) == "mark")
            {
                return Some(judged(Status::Hypothetical, format!("\"{lemma}\" before \"{word}\"")));
            }
            if matches!(lemma.as_str(), "possibly" | "perhaps" | "maybe" | "potentially") {
                return Some(judged(Status::Hypothetical, format!("\"{lemma}\" before \"{word}\"")));
            }
            if matches!(lemma.as_str(), "almost" | "nearly" | "narrowly") && is_trigger && tree.is_verb(node) {
                return Some(judged(Status::Negated, format!("\"{lemma}\" before \"{word}\"")));
            }
        }
        if is_trigger && !tree.is_verb(node) {
            for adjective in tree.children_by(node, &["amod"]) {
                let lemma = tree.lemma(adjective);
                if matches!(
                    lemma.as_str(),
                    "possible"
                        | "potential"
                        | "planned"
                        | "imminent"
                        | "likely"
                        | "threatened"
                        | "proposed"
                        | "would be"
                        | "feared"
                        | "foiled"
                        | "hypothetical"
                ) {
                    return Some(judged(Status::Hypothetical, format!("\"{lemma}\" before \"{word}\"")));
                }
            }
        }
        // "Turkey to send troops", "the sides are to meet".
        let infinitive = tree.children_by(node, &["mark"]).any(|mark| tree.lemma(mark) == "to");
        let due =
            tree.children_by(node, &["aux", "cop"]).any(|aux| tree.lemma(aux) == "be" && tree.token(node).xpos == "VB");
        if tree.is_verb(node) && infinitive && (due || matches!(tree.relation(node), "root" | "conj")) {
            return Some(judged(Status::Future, format!("\"to {word}\"")));
        }
        // A habit is no event: "sometimes explodes into violence".
        let present = matches!(tree.token(node).xpos.as_str(), "VBP" | "VBZ");
        let habit = tree.children_by(node, &["advmod"]).find(|&adverb| {
            matches!(
                tree.lemma(adverb).as_str(),
                "sometimes" | "often" | "usually" | "regularly" | "frequently" | "always" | "routinely" | "generally"
            )
        });
        if present && let Some(adverb) = habit {
            return Some(judged(Status::Hypothetical, format!("\"{}\" makes a habit of it", tree.token(adverb).text)));
        }
    }
    None
}

/// What the word above does to the one below it.
fn governed(tree: &Tree, codebook: &Codebook, node: usize, below: usize, support: Option<usize>) -> Option<Judged> {
    let relation = tree.relation(below);
    let deprel = tree.deprel(below);
    let lemma = tree.verb_lemma(node);
    let word = &tree.token(node).text;
    let infinitive = tree.children_by(below, &["mark"]).any(|mark| tree.lemma(mark) == "to");
    let in_list = |list: &str| codebook.in_list(list, &lemma) || codebook.in_list(list, &tree.lemma(node));
    let from_lists = || -> Option<Judged> {
        if in_list("negated") {
            return Some(judged(Status::Negated, format!("under \"{word}\"")));
        }
        if in_list("future") {
            return Some(judged(Status::Future, format!("under \"{word}\"")));
        }
        if in_list("hypothetical") {
            return Some(judged(Status::Hypothetical, format!("under \"{word}\"")));
        }
        None
    };
    if matches!(tree.token(node).upos, Upos::Noun | Upos::Propn) && !tree.is_clause(node) {
        let lemma = tree.lemma(node);
        let tied = matches!(relation, "nmod" | "acl" | "advcl" | "compound" | "ccomp" | "xcomp")
            && deprel != "acl:relcl"
            && deprel != "nmod:poss";
        if tied {
            if NEGATING_NOUNS.contains(&lemma.as_str()) {
                return Some(judged(Status::Negated, format!("\"{word}\" of it")));
            }
            if UNREAL_NOUNS.contains(&lemma.as_str()) && (infinitive || relation == "nmod" || relation == "ccomp") {
                let case = tree.case_of(below);
                if infinitive || matches!(case.as_str(), "of" | "for" | "to" | "on" | "about") || relation == "ccomp" {
                    return Some(judged(Status::Hypothetical, format!("\"{word}\" for it")));
                }
            }
            if infinitive && relation != "nmod" {
                return Some(judged(Status::Hypothetical, format!("\"{word}\" to do it")));
            }
        }
        return None;
    }
    match relation {
        // "used gas to disperse them" did; "sent police to prevent it" may not have.
        "advcl" | "xcomp" if infinitive && lemma == "use" => None,
        "xcomp" if infinitive && lemma == "go" && tree.token(node).xpos == "VBG" => {
            Some(judged(Status::Future, format!("\"{word} to\"")))
        }
        "xcomp" if infinitive => {
            if matches!(lemma.as_str(), "set" | "look") {
                return Some(judged(Status::Future, format!("\"{word} to\"")));
            }
            if let Some(found) = from_lists() {
                return Some(found);
            }
            if lemma == "have" && tree.children_by(node, &["advmod"]).any(|adverb| tree.lemma(adverb) == "yet") {
                return Some(judged(Status::Negated, format!("\"{word} yet\"")));
            }
            if tree.is_verb(node) && IMPLICATIVE.contains(&lemma.as_str()) {
                return None;
            }
            Some(judged(Status::Hypothetical, format!("infinitive under \"{word}\"")))
        }
        "xcomp" | "advcl" | "ccomp" if tree.is_gerund_object(node, below) => {
            if IMPLICATIVE.contains(&lemma.as_str()) && !in_list("negated") { None } else { from_lists() }
        }
        "xcomp" => match from_lists() {
            Some(found) if found.status != Status::Hypothetical => Some(found),
            _ => None,
        },
        "ccomp" => {
            if infinitive || in_list("negated") {
                return from_lists().or_else(|| {
                    infinitive.then(|| judged(Status::Hypothetical, format!("infinitive under \"{word}\"")))
                });
            }
            // "demanded that", "feared that"; but "warned that X had attacked" tells of an attack.
            let told = matches!(
                lemma.as_str(),
                "warn"
                    | "insist"
                    | "tell"
                    | "doubt"
                    | "suggest"
                    | "welcome"
                    | "help"
                    | "mean"
                    | "support"
                    | "investigate"
            );
            // "suggested that the president resign": the bare form wishes.
            let wished = tree.token(below).xpos == "VB" && tree.children_by(below, &["aux"]).next().is_none();
            if in_list("hypothetical") && (!told || wished) { from_lists() } else { None }
        }
        "advcl" if infinitive => Some(judged(Status::Hypothetical, format!("purpose of \"{word}\""))),
        "advcl" | "acl"
            if tree
                .children_by(below, &["mark", "case"])
                .any(|mark| matches!(tree.lemma(mark).as_str(), "from" | "against" | "for" | "of")) =>
        {
            // "stopped X from attacking", "warned against attacking"; "accused of attacking" tells.
            match from_lists() {
                Some(found) if found.status == Status::Negated => Some(found),
                Some(found) if tree.children_by(below, &["mark", "case"]).any(|mark| tree.lemma(mark) == "against") => {
                    Some(found)
                }
                _ => None,
            }
        }
        "obj" | "obl" | "nsubj" | "iobj"
            if support != Some(node) || in_list("negated") || in_list("future") || in_list("hypothetical") =>
        {
            if deprel == "nsubj" || deprel == "obl:agent" {
                return None;
            }
            // Only what the verb is about: "called for talks", "rejected talks"; a
            // place or a time of it is not ("agreed during talks").
            let case = tree.case_of(below);
            if case == "of" && matches!(lemma.as_str(), "warn" | "speak" | "think" | "dream" | "talk" | "hint") {
                return Some(judged(Status::Hypothetical, format!("under \"{word} of\"")));
            }
            let about = relation == "obj"
                || deprel == "nsubj:pass"
                || matches!(case.as_str(), "for" | "to" | "against" | "on" | "about" | "from" | "with");
            let factive = matches!(
                lemma.as_str(),
                "welcome"
                    | "announce"
                    | "discuss"
                    | "investigate"
                    | "probe"
                    | "review"
                    | "support"
                    | "oppose"
                    | "fear"
                    | "debate"
                    | "help"
                    | "end"
                    | "stop"
                    | "halt"
                    | "suspend"
                    | "have"
                    | "back"
                    | "deny"
                    | "tell"
                    | "expect"
                    | "set"
                    | "look"
                    | "resolve"
                    | "commit"
            );
            let doubts = matches!(lemma.as_str(), "fear" | "expect" | "deny");
            if about && (!factive || doubts) { from_lists() } else { None }
        }
        _ => None,
    }
}
