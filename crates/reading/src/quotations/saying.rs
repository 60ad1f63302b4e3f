//! Words of saying in one tree: who says, and what.
//!
//! Takes a sentence with its tree; gives [`Saying`]s. Knows `ccomp` ("said that
//! …"), `parataxis` both ways ("…, he said"), the inverted "said the minister",
//! "according to", passives ("was told that"), participles ("adding that") and
//! verbs that share a subject ("said … and added …").

use record::{Sentence, Upos};

use super::marks::Part;
use crate::cues::{self, CueKind};

/// One word of saying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    pub cue: usize,
    /// Head token of the one who says.
    pub speaker: Option<usize>,
    /// What is said: runs of tokens, half-open.
    pub content: Vec<(usize, usize)>,
}

/// All words of saying with a content clause.
pub fn sayings(sentence: &Sentence) -> Vec<Saying> {
    let mut out = Vec::new();
    for cue in 0..sentence.tokens.len() {
        if is_thinking(sentence, cue) && speaker(sentence, cue).is_some_and(|token| is_first_person(sentence, token)) {
            // "I think", "we know where": nobody reports it.
            continue;
        }
        if let Some(saying) = at_verb(sentence, cue).or_else(|| according(sentence, cue)) {
            out.push(saying);
        }
    }
    out
}

/// A verb of saying anywhere in the sentence, with or without content; the
/// first with a speaker.
pub fn any(sentence: &Sentence) -> Option<Saying> {
    (0..sentence.tokens.len())
        .filter(|&cue| is_cue(sentence, cue) && !is_thinking(sentence, cue))
        .map(|cue| Saying { cue, speaker: speaker(sentence, cue), content: Vec::new() })
        .find(|saying| saying.speaker.is_some())
}

/// A verb of saying outside the marks that the marked words hang on, or that
/// hangs on them: "rejected the claims as “illogical”", "“No,” he said".
pub fn beside(sentence: &Sentence, part: &Part) -> Option<Saying> {
    let inside = |token: usize| part.first <= token && token < part.last;
    let saying = |cue: usize| Saying { cue, speaker: speaker(sentence, cue), content: Vec::new() };
    // Up from the head of the marked words.
    let top = (part.first..part.last).find(|&token| {
        sentence.tokens[token].upos != Upos::Punct && sentence.tokens[token].head.is_none_or(|head| !inside(head))
    })?;
    let mut node = top;
    for _ in 0..sentence.tokens.len() {
        let Some(head) = sentence.tokens.get(node).and_then(|token| token.head) else { break };
        if !inside(head) && is_cue(sentence, head) && !is_thinking(sentence, head) {
            return Some(saying(head));
        }
        // "set preconditions: that Kabul must “…”", "the claim that “…”".
        if !inside(head) && sentence.tokens[head].upos == Upos::Noun && cues::is_noun(&sentence.tokens[head].lemma) {
            return Some(Saying { cue: head, speaker: owner(sentence, head), content: Vec::new() });
        }
        // A clause of its own between the marks and the verb belongs to another.
        if !inside(head) && matches!(sentence.tokens[node].relation(), "acl" | "advcl") && node != top {
            break;
        }
        node = head;
    }
    // Below them, or next to the marks.
    let below = |cue: usize| sentence.tokens[cue].head.is_some_and(inside);
    let near = |cue: usize| cue + 6 >= part.first && cue <= part.last + 6;
    (0..sentence.tokens.len())
        .filter(|&cue| !inside(cue) && is_cue(sentence, cue) && !is_thinking(sentence, cue))
        .filter(|&cue| below(cue) || near(cue) && speaker(sentence, cue).is_some() && plain_saying(sentence, cue))
        .min_by_key(|&cue| (!below(cue), if cue < part.first { part.first - cue } else { cue - part.last.min(cue) }))
        .map(saying)
}

/// Whose words a noun holds: "Oslo's claim", "Oslo has set conditions".
fn owner(sentence: &Sentence, noun: usize) -> Option<usize> {
    if let Some(owner) = sentence.children(noun).find(|&child| sentence.tokens[child].deprel == "nmod:poss") {
        return Some(owner);
    }
    let verb = sentence.tokens[noun].head.filter(|_| sentence.tokens[noun].relation() == "obj")?;
    speaker(sentence, verb)
}

/// "say", "tell", "ask": verbs that do nothing but say.
pub fn plain_saying(sentence: &Sentence, cue: usize) -> bool {
    let kind = cues::verb(&lemma(sentence, cue)).map(|cue| cue.kind);
    matches!(kind, Some(CueKind::Say | CueKind::Tell | CueKind::Ask | CueKind::Write | CueKind::Claim))
}

/// The lemma with its particle.
fn lemma(sentence: &Sentence, verb: usize) -> String {
    let token = &sentence.tokens[verb];
    let particle = sentence.children(verb).find(|&child| sentence.tokens[child].deprel == "compound:prt");
    match particle {
        Some(particle) => format!("{} {}", token.lemma, sentence.tokens[particle].lemma),
        None => token.lemma.clone(),
    }
}

fn is_cue(sentence: &Sentence, token: usize) -> bool {
    sentence.tokens[token].upos == Upos::Verb
        && (cues::is_verb(&lemma(sentence, token)) || cues::is_verb(&sentence.tokens[token].lemma))
}

fn is_thinking(sentence: &Sentence, cue: usize) -> bool {
    cues::verb(&lemma(sentence, cue)).is_some_and(|cue| cue.kind == CueKind::Think)
}

fn is_first_person(sentence: &Sentence, token: usize) -> bool {
    matches!(sentence.tokens[token].text.to_lowercase().as_str(), "i" | "we" | "you")
}

fn child_by<'a>(sentence: &'a Sentence, head: usize, relations: &'a [&str]) -> Option<usize> {
    sentence.children(head).find(|&child| relations.contains(&sentence.tokens[child].relation()))
}

fn at_verb(sentence: &Sentence, cue: usize) -> Option<Saying> {
    if !is_cue(sentence, cue) {
        return None;
    }
    let speaker = speaker(sentence, cue);
    let below = sentence.children(cue).find(|&child| {
        let token = &sentence.tokens[child];
        // "said: “…”" may be parsed as parataxis or as an object clause.
        token.deprel == "ccomp"
            || token.relation() == "parataxis" && is_clause(sentence, child) && !is_cue_alone(sentence, child)
    });
    if let Some(top) = below {
        let inside = sentence.subtree(top);
        // "The line held, he said, for now": the saying parts what is said.
        let own: Vec<usize> = sentence
            .subtree(cue)
            .into_iter()
            .filter(|token| !inside.contains(token) && sentence.tokens[*token].upos != Upos::Punct)
            .collect();
        return Some(Saying { cue, speaker, content: runs(sentence, &inside, &own) });
    }
    // "The line held, he said": the verb hangs on what it says.
    let head = sentence.tokens[cue].head?;
    let relation = sentence.tokens[cue].relation();
    let as_said = relation == "advcl"
        && child_by(sentence, cue, &["nsubj"]).is_some()
        && !sentence.children(cue).any(|child| sentence.tokens[child].deprel == "aux:pass")
        && sentence
            .children(cue)
            .any(|child| sentence.tokens[child].lemma == "as" && sentence.tokens[child].relation() == "mark");
    if relation == "parataxis" && speaker.is_some()
        || as_said
        || relation == "ccomp"
            && cue > head
            && speaker.is_some()
            && child_by(sentence, cue, &["obj", "xcomp"]).is_none()
            && said_last(sentence, cue)
    {
        let without = sentence.subtree(cue);
        let content = runs(sentence, &sentence.subtree(head), &without);
        return Some(Saying { cue, speaker, content });
    }
    None
}

/// A verb of saying with nothing said below it is the one that says.
fn is_cue_alone(sentence: &Sentence, verb: usize) -> bool {
    is_cue(sentence, verb)
        && child_by(sentence, verb, &["ccomp", "obj"]).is_none()
        && child_by(sentence, verb, &["nsubj"]).is_some()
}

fn is_clause(sentence: &Sentence, token: usize) -> bool {
    sentence.tokens[token].upos == Upos::Verb
        || sentence
            .children(token)
            .any(|child| matches!(sentence.tokens[child].relation(), "nsubj" | "cop" | "csubj" | "expl"))
}

/// Nothing follows the clause of the verb but an end mark.
fn said_last(sentence: &Sentence, cue: usize) -> bool {
    sentence
        .subtree(cue)
        .last()
        .is_some_and(|&last| sentence.tokens[last + 1..].iter().all(|token| token.upos == Upos::Punct))
}

/// "according to X", "in the words of X": what X hangs on is the content.
fn according(sentence: &Sentence, token: usize) -> Option<Saying> {
    let case = sentence.children(token).find(|&child| sentence.tokens[child].relation() == "case")?;
    let fixed: Vec<String> = std::iter::once(case)
        .chain(sentence.children(case).filter(|&child| sentence.tokens[child].deprel == "fixed"))
        .map(|part| sentence.tokens[part].text.to_lowercase())
        .collect();
    let mut words = fixed.join(" ");
    // "according" and "to" as two cases of one noun.
    if words == "according" {
        words = "according to".into();
    }
    cues::phrase(&words)?;
    // The clause it belongs to, also where it hangs on a noun of that clause.
    let mut head = sentence.tokens[token].head?;
    for _ in 0..4 {
        if is_clause(sentence, head) {
            break;
        }
        head = sentence.tokens[head].head?;
    }
    if !is_clause(sentence, head)
        || cues::is_verb(&sentence.tokens[head].lemma) && sentence.tokens[head].head.is_some_and(|up| up == token)
    {
        return None;
    }
    let without = sentence.subtree(token);
    let content = runs(sentence, &sentence.subtree(head), &without);
    Some(Saying { cue: case, speaker: Some(token), content })
}

/// Who says: the subject of the verb, of the verb it is joined to, of the verb
/// a participle hangs on; the agent of a passive; the noun of a relative clause.
fn speaker(sentence: &Sentence, cue: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    if let Some(agent) = sentence.children(cue).find(|&child| tokens[child].deprel == "obl:agent") {
        return Some(agent);
    }
    let passive = sentence.children(cue).any(|child| tokens[child].deprel == "aux:pass");
    if passive {
        // "Reporters were told": the subject heard it.
        return None;
    }
    // "“Where do we go?” asks Deep": the tree may call the inverted subject an object.
    let marked =
        cue.checked_sub(1).is_some_and(|before| matches!(tokens[before].text.as_str(), "”" | "\"" | "’" | "'" | "»"));
    if marked && child_by(sentence, cue, &["nsubj"]).is_none() && plain_saying(sentence, cue) {
        let behind = sentence.children(cue).find(|&child| {
            child > cue
                && child <= cue + 6
                && matches!(tokens[child].relation(), "obj" | "iobj" | "ccomp" | "dep")
                && tokens[child].upos.is_nominal()
        });
        if behind.is_some() {
            return behind;
        }
    }
    let mut verb = cue;
    for _ in 0..4 {
        if let Some(subject) = child_by(sentence, verb, &["nsubj"]) {
            let relative = matches!(tokens[subject].lemma.to_lowercase().as_str(), "who" | "which" | "that")
                && tokens[subject].upos == Upos::Pron;
            if !relative {
                return Some(subject);
            }
            return tokens[verb].head.filter(|_| tokens[verb].relation() == "acl");
        }
        let head = tokens[verb].head?;
        match tokens[verb].relation() {
            "conj" | "advcl" | "xcomp" | "parataxis" => verb = head,
            "acl" => return tokens[head].upos.is_nominal().then_some(head),
            "ccomp" if tokens[verb].xpos == "VBG" => verb = head,
            _ => return None,
        }
        if tokens[verb].upos != Upos::Verb && child_by(sentence, verb, &["nsubj"]).is_none() {
            return None;
        }
    }
    None
}

/// Runs of tokens of `inside` that are not in `without`, trimmed of commas and
/// of a leading "that".
fn runs(sentence: &Sentence, inside: &[usize], without: &[usize]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for &token in inside.iter().filter(|token| !without.contains(token)) {
        match out.last_mut() {
            Some(run) if run.1 == token => run.1 = token + 1,
            // A gap that the other clause does not fill (punctuation hung
            // elsewhere) does not part the content.
            Some(run) if !(run.1..token).any(|between| without.contains(&between)) => run.1 = token + 1,
            _ => out.push((token, token + 1)),
        }
    }
    for run in &mut out {
        while run.0 < run.1 && trims(sentence, run.0, true) {
            run.0 += 1;
        }
        while run.0 < run.1 && trims(sentence, run.1 - 1, false) {
            run.1 -= 1;
        }
    }
    out.retain(|run| run.0 < run.1);
    out
}

fn trims(sentence: &Sentence, token: usize, front: bool) -> bool {
    let text = sentence.tokens[token].text.as_str();
    matches!(text, "," | ":" | ";" | "." | "-" | "–" | "—")
        || front && text.eq_ignore_ascii_case("that") && sentence.tokens[token].relation() == "mark"
}
