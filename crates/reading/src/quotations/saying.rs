//! Words of saying in one tree: who says, and what.
//!
//! Takes a sentence with its tree; gives [`Saying`]s. Knows `ccomp` ("said that
//! …"), `parataxis` both ways ("…, he said"), the inverted "said the minister",
//! "according to", passives ("was told that"), participles ("adding that") and
//! verbs that share a subject ("said … and added …").

use record::{CueClass, Sentence, Token, Upos};

use super::marks::Part;
use crate::cues;

/// One word of saying.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    pub cue: usize,
    /// Head token of the one who says.
    pub speaker: Option<usize>,
    /// What is said: runs of tokens, half-open.
    pub content: Vec<(usize, usize)>,
    pub class: CueClass,
    /// Whether the content is said and not only held.
    pub statement: bool,
}

impl Saying {
    fn new(sentence: &Sentence, cue: usize, speaker: Option<usize>, content: Vec<(usize, usize)>) -> Saying {
        Saying { cue, speaker, content, class: class(sentence, cue), statement: true }
    }
}

fn class(sentence: &Sentence, cue: usize) -> CueClass {
    let verb = cues::verb(&lemma(sentence, cue)).or_else(|| cues::verb(&sentence.tokens[cue].lemma));
    verb.map_or(CueClass::Say, |cue| cue.class)
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
        .map(|cue| Saying::new(sentence, cue, speaker(sentence, cue), Vec::new()))
        .find(|saying| saying.speaker.is_some())
}

/// A verb of saying outside the marks that the marked words hang on, or that
/// hangs on them: "rejected the claims as “illogical”", "“No,” he said".
pub fn beside(sentence: &Sentence, part: &Part) -> Option<Saying> {
    let inside = |token: usize| part.first <= token && token < part.last;
    let saying = |cue: usize| Saying::new(sentence, cue, speaker(sentence, cue), Vec::new());
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
        // Not "called the remark “…”", whatever the tree hangs the marks on.
        let bare = sentence.tokens[node].relation() == "nmod"
            && !sentence.children(node).any(|child| sentence.tokens[child].relation() == "case");
        if !inside(head)
            && !bare
            && sentence.tokens[head].upos == Upos::Noun
            && cues::is_noun(&sentence.tokens[head].lemma)
        {
            return Some(Saying::new(sentence, head, owner(sentence, head), Vec::new()));
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
    let kind = cues::verb(&lemma(sentence, cue)).map(|cue| cue.class);
    matches!(kind, Some(CueClass::Say | CueClass::Tell | CueClass::Ask | CueClass::Write | CueClass::Claim))
}

/// The lemma with its particle.
pub fn lemma(sentence: &Sentence, verb: usize) -> String {
    let base = base(&sentence.tokens[verb]);
    let particle = sentence.children(verb).find(|&child| sentence.tokens[child].deprel == "compound:prt");
    // "as he put it".
    let it = |&child: &usize| sentence.tokens[child].relation() == "obj" && sentence.tokens[child].text == "it";
    if base == "put" && sentence.children(verb).any(|child| it(&child)) {
        return "put it".into();
    }
    match particle {
        Some(particle) => format!("{base} {}", sentence.tokens[particle].lemma),
        None => base,
    }
}

/// The lemma, or where no list knows it the base form that one does: the model
/// may give "endors" for "endorsed".
fn base(token: &Token) -> String {
    let known = |word: &str| cues::is_verb(word) || cues::held_verb(word).next().is_some();
    let word = token.text.to_lowercase();
    // A lemma with another first letter ("lie" for "denouncing") is a slip.
    if known(&token.lemma) && token.lemma.chars().next() == word.chars().next() {
        return token.lemma.clone();
    }
    let forms = ["ed", "d", "ing", "s", "es"].iter().filter_map(|ending| word.strip_suffix(ending));
    let forms = forms.flat_map(|stem| {
        let mut letters = stem.chars().rev();
        let doubled = letters.next().filter(|&last| letters.next() == Some(last));
        let single = doubled.map(|last| stem[..stem.len() - last.len_utf8()].to_string());
        let with_y = stem.strip_suffix('i').map(|stem| format!("{stem}y"));
        [Some(stem.to_string()), Some(format!("{stem}e")), single, with_y].into_iter().flatten()
    });
    std::iter::once(word.clone()).chain(forms).find(|form| known(form)).unwrap_or_else(|| token.lemma.clone())
}

fn is_cue(sentence: &Sentence, token: usize) -> bool {
    sentence.tokens[token].upos == Upos::Verb
        && (cues::is_verb(&lemma(sentence, token)) || cues::is_verb(&base(&sentence.tokens[token])))
}

fn is_thinking(sentence: &Sentence, cue: usize) -> bool {
    cues::verb(&lemma(sentence, cue)).is_some_and(|cue| cue.class == CueClass::Think)
}

pub fn is_first_person(sentence: &Sentence, token: usize) -> bool {
    matches!(sentence.tokens[token].text.to_lowercase().as_str(), "i" | "we" | "you")
}

pub fn child_by<'a>(sentence: &'a Sentence, head: usize, relations: &'a [&str]) -> Option<usize> {
    sentence.children(head).find(|&child| relations.contains(&sentence.tokens[child].relation()))
}

fn at_verb(sentence: &Sentence, cue: usize) -> Option<Saying> {
    if !is_cue(sentence, cue) {
        return None;
    }
    let speaker = speaker(sentence, cue);
    // "agreed, but contended that …": the clause hangs on the first verb and
    // belongs to the last one before it.
    let lent = |child: usize| child > cue && later_cue(sentence, cue, child).is_some();
    let borrowed = || {
        let head = sentence.tokens[cue].head.filter(|&head| head < cue && is_cue(sentence, head))?;
        sentence.children(head).find(|&child| {
            child > cue && sentence.tokens[child].deprel == "ccomp" && later_cue(sentence, head, child) == Some(cue)
        })
    };
    let below = sentence.children(cue).filter(|&child| !lent(child)).chain(borrowed()).find(|&child| {
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
            .chain(apart(sentence, cue))
            .collect();
        return Some(Saying::new(sentence, cue, speaker, runs(sentence, &inside, &own)));
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
            && set_off(sentence, cue)
            && said_last(sentence, cue)
    {
        let without = sentence.subtree(cue);
        let content = runs(sentence, &sentence.subtree(head), &without);
        return Some(Saying::new(sentence, cue, speaker, content));
    }
    None
}

/// The last verb of saying without a content that hangs on `head` between it
/// and a content clause of its.
fn later_cue(sentence: &Sentence, head: usize, clause: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    sentence
        .children(head)
        .filter(|&child| head < child && child < clause && is_cue(sentence, child))
        .filter(|&child| {
            tokens[child].relation() == "conj" || tokens[child].xpos == "VBG" && tokens[child].relation() == "advcl"
        })
        .filter(|&child| child_by(sentence, child, &["ccomp", "obj", "xcomp", "obl"]).is_none())
        .last()
}

/// A verb of saying with nothing said below it is the one that says.
fn is_cue_alone(sentence: &Sentence, verb: usize) -> bool {
    is_cue(sentence, verb)
        && child_by(sentence, verb, &["ccomp", "obj"]).is_none()
        && child_by(sentence, verb, &["nsubj"]).is_some()
}

pub fn is_clause(sentence: &Sentence, token: usize) -> bool {
    sentence.tokens[token].upos == Upos::Verb
        || sentence
            .children(token)
            .any(|child| matches!(sentence.tokens[child].relation(), "nsubj" | "cop" | "csubj" | "expl"))
}

/// A mark stands before the clause of the verb: "…, he said" and not "they say
/// the film will air".
fn set_off(sentence: &Sentence, cue: usize) -> bool {
    let first = sentence.subtree(cue).into_iter().find(|&token| sentence.tokens[token].upos != Upos::Punct);
    first.and_then(|first| first.checked_sub(1)).is_some_and(|before| sentence.tokens[before].upos == Upos::Punct)
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
    let own = sentence.subtree(token);
    let comma = |at: Option<usize>| at.and_then(|at| sentence.tokens.get(at)).is_some_and(|token| token.text == ",");
    let mark_only = |mut rest: std::slice::Iter<Token>| rest.all(|token| token.upos == Upos::Punct);
    let first = own.iter().copied().find(|&token| sentence.tokens[token].upos != Upos::Punct)?;
    let last = own.last().copied()?;
    // "They plan to leave, according to an aide": the whole sentence is said,
    // whatever verb the tree hangs it on.
    let ends = comma(first.checked_sub(1)) && mark_only(sentence.tokens[last + 1..].iter());
    if ends && let Some(root) = sentence.tokens.iter().position(|token| token.head.is_none()) {
        head = root;
    }
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
    Some(Saying::new(sentence, case, Some(token), content))
}

/// Who says: the subject of the verb, of the verb it is joined to, of the verb
/// a participle hangs on; the agent of a passive; the noun of a relative clause.
pub fn speaker(sentence: &Sentence, cue: usize) -> Option<usize> {
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
    let mut verb = outer(sentence, cue).unwrap_or(cue);
    for _ in 0..4 {
        let own = |&child: &usize| tokens[child].relation() == "nsubj" && tokens[child].deprel != "nsubj:outer";
        if let Some(subject) = sentence.children(verb).find(own) {
            if !is_relative(sentence, subject) {
                return Some(subject);
            }
            return tokens[verb].head.filter(|_| tokens[verb].relation() == "acl");
        }
        let head = tokens[verb].head?;
        if tokens[verb].relation() == "xcomp" && tokens[head].lemma != "promise" {
            // "told the crew to leave": who is told leaves.
            let object = sentence
                .children(head)
                .find(|&child| child > head && child < verb && matches!(tokens[child].relation(), "obj" | "iobj"));
            if object.is_some() {
                return object;
            }
        }
        match tokens[verb].relation() {
            "conj" | "advcl" | "xcomp" | "parataxis" => verb = head,
            "acl" => return tokens[head].upos.is_nominal().then_some(head),
            "ccomp" if tokens[verb].xpos == "VBG" => verb = head,
            _ => return None,
        }
        if !matches!(tokens[verb].upos, Upos::Verb | Upos::Adj) && child_by(sentence, verb, &["nsubj"]).is_none() {
            return None;
        }
    }
    None
}

/// "who", "which" and "that" that stand for a noun before them.
pub fn is_relative(sentence: &Sentence, token: usize) -> bool {
    let word = &sentence.tokens[token];
    matches!(word.text.to_lowercase().as_str(), "who" | "whom" | "which" | "that")
        && matches!(word.xpos.as_str(), "WP" | "WDT" | "" | "IN")
        && matches!(word.upos, Upos::Pron | Upos::Det | Upos::Sconj)
}

/// The verb of saying whose speaker also says what a verb below its content
/// does: "said that rain fell, adding that …", "say it is late but noted that …".
/// The tree hangs such verbs on the nearest verb, which is the one reported.
fn outer(sentence: &Sentence, verb: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let joined = tokens[verb].relation() == "conj";
    let participle = tokens[verb].xpos == "VBG" && tokens[verb].relation() == "advcl";
    if !(joined || participle)
        || !is_cue(sentence, verb)
        || is_thinking(sentence, verb)
        || child_by(sentence, verb, &["nsubj"]).is_some()
    {
        return None;
    }
    let head = tokens[verb].head.filter(|&head| head < verb)?;
    let said_under = |clause: usize| {
        let up = tokens[clause].head.filter(|_| tokens[clause].relation() == "ccomp")?;
        (up < clause && is_cue(sentence, up)).then_some(up)
    };
    if joined {
        let subject = child_by(sentence, head, &["nsubj", "expl"]);
        let nobody = subject.is_some_and(|subject| matches!(tokens[subject].text.as_str(), "it" | "there"));
        let says = child_by(sentence, verb, &["ccomp"]).is_some();
        return said_under(head).filter(|_| says && (nobody || tokens[head].upos != Upos::Verb));
    }
    let comma = verb.checked_sub(1).is_some_and(|before| tokens[before].text == ",");
    if !comma || !plain_saying(sentence, verb) {
        return None;
    }
    let mut found = None;
    let mut node = head;
    for _ in 0..tokens.len() {
        found = said_under(node).filter(|&up| !is_thinking(sentence, up)).or(found);
        match tokens[node].head {
            Some(up) if up < node => node = up,
            _ => break,
        }
    }
    found
}

/// Tokens below a verb's content that are no part of it: "according to X", and
/// what an outer speaker goes on to say.
pub fn apart(sentence: &Sentence, cue: usize) -> Vec<usize> {
    let mut out = according_to(sentence);
    for verb in (0..sentence.tokens.len()).filter(|&verb| verb != cue && outer(sentence, verb).is_some()) {
        let below = sentence.subtree(verb);
        if !below.contains(&cue) {
            out.extend(below);
        }
    }
    out
}

/// Every "according to X" of the sentence: no part of what anybody else says.
fn according_to(sentence: &Sentence) -> Vec<usize> {
    let case = |&token: &usize| {
        sentence.tokens[token].text.eq_ignore_ascii_case("according") && sentence.tokens[token].relation() == "case"
    };
    let sources = (0..sentence.tokens.len()).filter(case).filter_map(|token| sentence.tokens[token].head);
    sources.flat_map(|source| sentence.subtree(source)).collect()
}

/// Runs of tokens of `inside` that are not in `without`, trimmed of commas and
/// of a leading "that".
pub fn runs(sentence: &Sentence, inside: &[usize], without: &[usize]) -> Vec<(usize, usize)> {
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
