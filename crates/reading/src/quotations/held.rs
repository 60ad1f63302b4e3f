//! What somebody holds without a word of saying and a content clause.
//!
//! Takes a sentence with its tree; gives [`Saying`]s whose content is an
//! object, an infinitive or a phrase: "criticised the plan", "wants to leave",
//! "worried about rain", "her refusal to sign". The lists with their frames are
//! data: `codebook/reading/cues.txt`. Never gives a content without somebody
//! who holds it, but for passives ("was accused of fraud").

use record::{CueClass, MentionType, Sentence, Upos};

use super::saying::{Saying, apart, child_by, is_clause, is_first_person, is_relative, lemma, runs, speaker};
use crate::cues::{self, Frame};

/// Verbs that give a noun its holder: "made a claim", "expressed fears".
const LIGHT: [&str; 36] = [
    "harbor", "harbour", "feel", "maintain", "state", "repeat", "make", "issue", "have", "give", "express", "offer",
    "deliver", "release", "take", "hold", "voice", "present", "put", "send", "share", "launch", "raise", "file",
    "reach", "show", "publish", "submit", "lodge", "announce", "reveal", "outline", "lay", "form", "draw", "sign",
];

/// What speaks by itself at the head of a sentence or a headline.
pub const PAPERS: [&str; 7] = ["poll", "survey", "study", "census", "report", "analysis", "estimate"];

/// Nouns of what is said or feared that need no holder: "allegations of fraud".
const NOBODY: [&str; 8] =
    ["allegation", "accusation", "rumor", "rumour", "criticism", "speculation", "fear", "suspicion"];

/// Adverbs that put words in others' mouths.
const HEARSAY: [&str; 5] = ["reportedly", "allegedly", "supposedly", "purportedly", "rumouredly"];

/// All that is held in a sentence.
pub fn held(sentence: &Sentence) -> Vec<Saying> {
    (0..sentence.tokens.len())
        .filter_map(|cue| match sentence.tokens[cue].upos {
            Upos::Verb => at_verb(sentence, cue).or_else(|| at_adjective(sentence, cue)),
            Upos::Adj => at_adjective(sentence, cue),
            Upos::Noun => at_noun(sentence, cue),
            Upos::Adp => in_paper(sentence, cue),
            Upos::Adv => at_adverb(sentence, cue),
            _ => None,
        })
        .collect()
}

fn at_verb(sentence: &Sentence, cue: usize) -> Option<Saying> {
    let frames: Vec<Frame> = cues::held_verb(&lemma(sentence, cue)).collect();
    let tokens = &sentence.tokens;
    if frames.is_empty() || matches!(tokens[cue].relation(), "amod" | "compound" | "aux" | "case") {
        return None;
    }
    let auxiliary = sentence.children(cue).any(|child| tokens[child].deprel == "aux:pass");
    let passive = auxiliary
        || sentence.children(cue).any(|child| tokens[child].deprel == "obl:agent")
        || tokens[cue].relation() == "acl" && tokens[cue].deprel != "acl:relcl" && tokens[cue].xpos == "VBN";
    if tokens[cue].xpos == "VBN" && matches!(tokens[cue].relation(), "advcl" | "obl") && !auxiliary {
        // "compared with last year".
        return None;
    }
    let speaker = if tokens[cue].relation() == "acl" && passive {
        sentence.children(cue).find(|&child| tokens[child].deprel == "obl:agent")
    } else {
        speaker(sentence, cue)
    };
    let shows = frames.iter().all(|frame| frame.class == CueClass::Show);
    // "it is early to discuss it".
    let empty = |speaker: usize| tokens[speaker].text.eq_ignore_ascii_case("it") && tokens[speaker].head != Some(cue);
    if speaker.is_some_and(empty)
        || !shows && speaker.is_some_and(|speaker| !can_hold(sentence, speaker))
        || speaker.is_none() && !passive
    {
        return None;
    }
    if marked(sentence, cue, "if") || marked(sentence, cue, "unless") {
        // Nobody holds it yet.
        return None;
    }
    let mut best: Option<(CueClass, Vec<usize>)> = None;
    for frame in frames {
        let tops = complements(sentence, cue, frame, passive);
        if best.as_ref().is_none_or(|(_, other)| other.len() < tops.len()) {
            best = Some((frame.class, tops));
        }
    }
    let (class, tops) = best?;
    if tops.is_empty() {
        // "The road is open, the paper has learned."
        let head = tokens[cue].head.filter(|_| tokens[cue].relation() == "parataxis" && class == CueClass::Know)?;
        let own = child_by(sentence, cue, &["nsubj"])?;
        let content = runs(sentence, &sentence.subtree(head), &sentence.subtree(cue));
        return Some(Saying { cue, speaker: Some(own), content, class, statement: false });
    }
    if speaker.is_none() && !(auxiliary && matches!(class, CueClass::Judge | CueClass::Claim | CueClass::Think)) {
        return None;
    }
    if class == CueClass::Think && speaker.is_some_and(|speaker| is_first_person(sentence, speaker)) {
        // What "I" think is no report of anybody.
        return None;
    }
    if class == CueClass::Show && !speaker.is_some_and(|speaker| can_show(sentence, speaker)) {
        return None;
    }
    saying(sentence, cue, speaker, class, &tops)
}

/// Papers, bodies and pictures show things; people show them to others.
fn can_show(sentence: &Sentence, speaker: usize) -> bool {
    let token = &sentence.tokens[speaker];
    let person = |mention: &record::Mention| mention.kind == MentionType::Person && mention.span.contains(token.span);
    token.upos != Upos::Pron && !sentence.mentions.iter().any(person)
}

/// The heads of the content below a verb.
fn complements(sentence: &Sentence, cue: usize, frame: Frame, passive: bool) -> Vec<usize> {
    let tokens = &sentence.tokens;
    let mut tops = Vec::new();
    let mut object = None;
    let mut said_of_it = false;
    let mut infinitive = None;
    for child in sentence.children(cue) {
        let token = &tokens[child];
        match token.relation() {
            "nsubj" if passive && token.deprel == "nsubj:pass" => object = Some(child),
            "obj" | "iobj" => object = Some(object.map_or(child, |other| other.max(child))),
            "ccomp" if child > cue => {
                tops.push(child);
                said_of_it = true;
            }
            "xcomp" => {
                said_of_it = true;
                infinitive = Some(child);
                let gerund = token.xpos == "VBG" && object.is_none();
                if gerund && frame.has("obj") || frame.has("to") || object.is_some() && frame.has("obj+") {
                    tops.push(child);
                }
            }
            // "have not said when they would leave".
            "advcl" if child > cue && asks(sentence, child) => tops.push(child),
            "advcl" if frame.has("to") && child > cue && marked(sentence, child, "to") => tops.push(child),
            "obl" | "advcl" | "nmod" | "acl"
                if child > cue
                    && !matches!(token.deprel.as_str(), "obl:agent" | "acl:relcl")
                    && by_preposition(sentence, child, frame) =>
            {
                said_of_it |= frame.has("obj+") || marked(sentence, child, "as");
                tops.push(child);
            }
            _ => {}
        }
    }
    // "announced in a statement that …", "made the claim that …".
    for child in sentence.children(cue).filter(|&child| matches!(tokens[child].relation(), "obj" | "obl")) {
        if child > cue && is_words(&tokens[child].lemma) {
            tops.extend(sentence.children(child).filter(|&below| {
                matches!(tokens[below].relation(), "acl" | "ccomp") && marked(sentence, below, "that")
            }));
        }
    }
    // "the deal, which he called a shame".
    let object = object.map(|object| match tokens[cue].head {
        Some(head) if tokens[cue].deprel == "acl:relcl" && is_relative(sentence, object) => head,
        _ => object,
    });
    if let Some(object) = object
        && (frame.has("obj")
            || (frame.has("obj+") || frame.has("as")) && said_of_it
            || frame.has("words") && is_words(&tokens[object].lemma))
    {
        tops.push(object);
    } else if object.is_none() && tops.is_empty() && frame.has("obj") && tokens[cue].deprel == "acl:relcl" {
        // "the plan that he criticised": the tree may leave the pronoun out.
        let own = child_by(sentence, cue, &["nsubj"]).is_some_and(|subject| !is_relative(sentence, subject));
        tops.extend(tokens[cue].head.filter(|_| own));
    }
    // "called on the rebels to leave": the infinitive goes with what it is of.
    if !tops.is_empty()
        && let Some(infinitive) = infinitive.filter(|infinitive| !tops.contains(infinitive))
    {
        tops.push(infinitive);
    }
    tops
}

/// A clause that opens with "how", "why", "whether", "when", "where".
fn asks(sentence: &Sentence, clause: usize) -> bool {
    sentence.subtree(clause).first().is_some_and(|&first| {
        matches!(sentence.tokens[first].text.to_lowercase().as_str(), "how" | "why" | "whether" | "when" | "where")
            && sentence.tokens[first].upos != Upos::Sconj
    })
}

fn is_words(lemma: &str) -> bool {
    let said = |frame: Frame| matches!(frame.class, CueClass::Say | CueClass::Demand | CueClass::Promise);
    cues::held_noun(lemma).next().map_or_else(|| cues::is_noun(lemma), said)
}

fn marked(sentence: &Sentence, token: usize, word: &str) -> bool {
    sentence.children(token).any(|child| {
        matches!(sentence.tokens[child].relation(), "mark" | "case")
            && sentence.tokens[child].text.eq_ignore_ascii_case(word)
    })
}

fn by_preposition(sentence: &Sentence, token: usize, frame: Frame) -> bool {
    let span = sentence.tokens[token].span;
    let date = |mention: &record::Mention| mention.kind == MentionType::Date && mention.span.contains(span);
    if sentence.mentions.iter().any(date) {
        // "talked on Monday": no content.
        return false;
    }
    sentence.children(token).any(|child| {
        matches!(sentence.tokens[child].relation(), "mark" | "case")
            && frame.has(&sentence.tokens[child].text.to_lowercase())
            && !sentence.tokens[child].text.eq_ignore_ascii_case("to")
            || matches!(sentence.tokens[child].relation(), "case")
                && sentence.tokens[child].text.eq_ignore_ascii_case("to")
                && frame.has("to")
    })
}

/// "was worried about", "is sure that", "are determined to".
fn at_adjective(sentence: &Sentence, cue: usize) -> Option<Saying> {
    let word = sentence.tokens[cue].text.to_lowercase();
    let frame = cues::held_adjective(&word).next()?;
    let subject = child_by(sentence, cue, &["nsubj"])?;
    let speaker = speaker(sentence, cue).unwrap_or(subject);
    if !can_hold(sentence, speaker) {
        return None;
    }
    let tops: Vec<usize> = sentence
        .children(cue)
        .filter(|&child| child > cue)
        .filter(|&child| match sentence.tokens[child].relation() {
            "ccomp" | "xcomp" => true,
            "advcl" => {
                marked(sentence, child, "to")
                    || marked(sentence, child, "that")
                    || by_preposition(sentence, child, frame)
            }
            "obl" | "nmod" => by_preposition(sentence, child, frame),
            _ => false,
        })
        .collect();
    saying(sentence, cue, Some(speaker), frame.class, &tops)
}

/// "her refusal to sign", "made the claim that".
fn at_noun(sentence: &Sentence, cue: usize) -> Option<Saying> {
    let tokens = &sentence.tokens;
    let frames: Vec<Frame> = cues::held_noun(&tokens[cue].lemma).collect();
    let frame = *frames.first()?;
    let tops: Vec<usize> = sentence
        .children(cue)
        .filter(|&child| child > cue)
        .filter(|&child| match tokens[child].relation() {
            "acl" => {
                tokens[child].deprel != "acl:relcl"
                    && (marked(sentence, child, "to") || marked(sentence, child, "that"))
            }
            "ccomp" => true,
            "nmod" => frames.iter().any(|&frame| by_preposition(sentence, child, frame)),
            _ => false,
        })
        .collect();
    let Some(speaker) = holder(sentence, cue) else {
        // "fears that", "allegations of": somebody's, nobody says whose.
        let clause = tops.iter().any(|&top| marked(sentence, top, "that") && tokens[top].relation() != "nmod");
        let said = matches!(frame.class, CueClass::Say | CueClass::Think | CueClass::Feel);
        let nobody = clause && said || NOBODY.contains(&tokens[cue].lemma.as_str()) && !tops.is_empty();
        let free = !matches!(tokens[cue].relation(), "obj" | "nsubj" | "compound") || tokens[cue].xpos == "NNS";
        return if nobody && free { saying(sentence, cue, None, frame.class, &tops) } else { None };
    };
    if tops.is_empty() || tops.contains(&speaker) || !can_hold(sentence, speaker) {
        return None;
    }
    saying(sentence, cue, Some(speaker), frame.class, &tops)
}

/// Whose a noun is: "Oslo's claim", "a claim by Oslo", "Oslo made the claim".
fn holder(sentence: &Sentence, noun: usize) -> Option<usize> {
    let tokens = &sentence.tokens;
    let own = sentence.children(noun).find(|&child| tokens[child].deprel == "nmod:poss");
    let by = || {
        sentence.children(noun).find(|&child| {
            tokens[child].relation() == "nmod"
                && ["by", "from", "among"].iter().any(|word| marked(sentence, child, word))
        })
    };
    let made = || {
        let verb = tokens[noun].head.filter(|_| tokens[noun].relation() == "obj")?;
        LIGHT.contains(&tokens[verb].lemma.as_str()).then(|| speaker(sentence, verb))?
    };
    // "a Reuters report that".
    let named = || {
        sentence.children(noun).find(|&child| {
            let span = tokens[child].span;
            let body = |mention: &record::Mention| {
                matches!(mention.kind, MentionType::Organization | MentionType::Person) && mention.span.contains(span)
            };
            tokens[child].relation() == "compound" && sentence.mentions.iter().any(body)
        })
    };
    // "she is a supporter of the plan".
    let is = || {
        child_by(sentence, noun, &["cop"])?;
        child_by(sentence, noun, &["nsubj"])
    };
    own.or_else(by).or_else(made).or_else(named).or_else(is)
}

/// "In a new poll, most were against it": the paper says so.
fn in_paper(sentence: &Sentence, cue: usize) -> Option<Saying> {
    let tokens = &sentence.tokens;
    if !tokens[cue].text.eq_ignore_ascii_case("in") {
        return None;
    }
    let paper = tokens[cue].head.filter(|_| tokens[cue].relation() == "case")?;
    let head = tokens[paper].head.filter(|_| tokens[paper].relation() == "obl")?;
    let first = !tokens[..cue].iter().any(|token| token.upos != Upos::Punct && token.upos != Upos::Cconj);
    // With a verb of saying it is only where it was said.
    if !first || !PAPERS.contains(&tokens[paper].lemma.as_str()) || !lemma_frames(sentence, head).is_empty() {
        return None;
    }
    let content = runs(sentence, &sentence.subtree(head), &sentence.subtree(paper));
    Some(Saying { cue, speaker: Some(paper), content, class: CueClass::Show, statement: true })
}

fn lemma_frames(sentence: &Sentence, verb: usize) -> Vec<Frame> {
    cues::held_verb(&lemma(sentence, verb)).collect()
}

/// "reportedly": nobody is named.
fn at_adverb(sentence: &Sentence, cue: usize) -> Option<Saying> {
    let tokens = &sentence.tokens;
    // "apparently", "evidently" are the writer's own guesses.
    let word = tokens[cue].text.to_lowercase();
    if !cues::is_adverb(&word) || !HEARSAY.contains(&word.as_str()) {
        return None;
    }
    let head = tokens[cue].head?;
    let top = if is_clause(sentence, head) || tokens[head].upos.is_nominal() { head } else { return None };
    let without = vec![cue];
    let content = runs(sentence, &sentence.subtree(top), &without);
    Some(Saying { cue, speaker: None, content, class: CueClass::Claim, statement: false })
}

/// Whether a word can be one who holds: no "it" or "there" without a meaning.
fn can_hold(sentence: &Sentence, speaker: usize) -> bool {
    let token = &sentence.tokens[speaker];
    let relation = token.relation();
    relation != "expl"
        && !matches!(
            token.text.to_lowercase().as_str(),
            "there" | "this" | "that" | "these" | "those" | "what" | "which" | "you" | "nothing"
        )
        && !is_abstract(sentence, speaker)
        && matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::Det | Upos::X)
}

/// Acts and qualities hold nothing ("the resolution requires", "the losses
/// mean"), bodies and papers do ("the administration", "the statement").
fn is_abstract(sentence: &Sentence, speaker: usize) -> bool {
    let token = &sentence.tokens[speaker];
    let named = sentence.mentions.iter().any(|mention| mention.span.contains(token.span));
    let lemma = token.lemma.as_str();
    let suffix = ["tion", "sion", "ment", "ness", "ity", "ism", "ship", "ance", "ence", "ing", "age", "ure"];
    token.upos == Upos::Noun
        && !named
        && suffix.iter().any(|suffix| lemma.ends_with(suffix))
        && !cues::is_noun(lemma)
        && !cues::is_holder(lemma)
}

fn saying(sentence: &Sentence, cue: usize, speaker: Option<usize>, class: CueClass, tops: &[usize]) -> Option<Saying> {
    let below = sentence.subtree(cue);
    let mut without: Vec<usize> = match speaker {
        // A speaker above the verb has the verb below him: "those who said so".
        Some(speaker) => sentence.subtree(speaker).into_iter().filter(|token| !below.contains(token)).collect(),
        None => Vec::new(),
    };
    let above = |top: usize| sentence.tokens[cue].head == Some(top);
    without.push(cue);
    without.extend(apart(sentence, cue));
    let mut inside: Vec<usize> = Vec::new();
    for &top in tops {
        let own = sentence.subtree(top).into_iter();
        inside.extend(own.filter(|token| !above(top) || !below.contains(token)));
    }
    inside.sort_unstable();
    inside.dedup();
    let content = runs(sentence, &inside, &without);
    (!content.is_empty()).then_some(Saying { cue, speaker, content, class, statement: false })
}
