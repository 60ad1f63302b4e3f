//! Quotations over small trees written by hand.
//!
//! A line is a sentence: `word/lemma/UPOS/head/relation`, head 1-based, 0 at
//! the root; `_` before a word means that no blank stands before it. A blank
//! line parts paragraphs.

use super::*;
use record::{Text, Token};

fn build(source: &str) -> (Text, Vec<Sentence>) {
    let mut text = String::new();
    let mut chars = 0;
    let mut out: Vec<Sentence> = Vec::new();
    let mut paragraph = 0;
    for line in source.lines().map(str::trim) {
        if line.is_empty() {
            if !out.is_empty() {
                paragraph += 1;
                text.push_str("\n\n");
                chars += 2;
            }
            continue;
        }
        let mut tokens = Vec::new();
        for entry in line.split_whitespace() {
            let parts: Vec<&str> = entry.split('/').collect();
            let [word, lemma, upos, head, relation] = parts[..] else { panic!("{entry}") };
            let word = match word.strip_prefix('_') {
                Some(word) => word,
                None => {
                    if !text.is_empty() && !text.ends_with("\n\n") {
                        text.push(' ');
                        chars += 1;
                    }
                    word
                }
            };
            let length = word.chars().count();
            let head: usize = head.parse().unwrap();
            tokens.push(Token {
                text: word.into(),
                span: Span::new(chars, chars + length),
                lemma: lemma.into(),
                upos: Upos::parse(upos).unwrap(),
                xpos: match upos {
                    "VERB" if word.ends_with("ing") => "VBG".into(),
                    "VERB" => "VBD".into(),
                    _ => String::new(),
                },
                head: head.checked_sub(1),
                deprel: relation.into(),
            });
            text.push_str(word);
            chars += length;
        }
        let span = tokens[0].span.cover(tokens[tokens.len() - 1].span);
        out.push(Sentence { index: out.len(), paragraph, span, tokens, ..Sentence::default() });
    }
    (Text::new(text), out)
}

fn check(source: &str, expected: &[&str]) {
    let (text, mut sentences) = build(source);
    find(&mut sentences);
    let word = |place: Option<(usize, usize)>| {
        place
            .map_or("-".to_string(), |(sentence, token): (usize, usize)| sentences[sentence].tokens[token].text.clone())
    };
    let found: Vec<String> = sentences
        .iter()
        .flat_map(|sentence| &sentence.quotations)
        .map(|quotation| {
            format!(
                "{:?} {} | {} | {}",
                quotation.kind,
                text.get(quotation.span).unwrap(),
                word(quotation.speaker),
                word(quotation.cue)
            )
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn indirect_speech_has_its_speaker() {
    check(
        "The/the/DET/2/det envoy/envoy/NOUN/3/nsubj said/say/VERB/0/root that/that/SCONJ/6/mark troops/troop/NOUN/6/nsubj left/leave/VERB/3/ccomp _././PUNCT/3/punct",
        &["Indirect troops left | envoy | said"],
    );
    // "According to": what it hangs on is said.
    check(
        "Troops/troop/NOUN/2/nsubj left/leave/VERB/0/root _,/,/PUNCT/6/punct according/accord/VERB/6/case to/to/ADP/4/fixed police/police/NOUN/2/obl _././PUNCT/2/punct",
        &["Indirect Troops left | police | according"],
    );
    // A verb that shares its subject.
    check(
        "Police/police/NOUN/2/nsubj left/leave/VERB/0/root and/and/CCONJ/4/cc said/say/VERB/2/conj nobody/nobody/PRON/6/nsubj died/die/VERB/4/ccomp _././PUNCT/2/punct",
        &["Indirect nobody died | Police | said"],
    );
}

#[test]
fn direct_speech_before_behind_and_around() {
    check(
        "“/“/PUNCT/3/punct _We/we/PRON/3/nsubj stay/stay/VERB/7/ccomp _,/,/PUNCT/3/punct _”/”/PUNCT/3/punct she/she/PRON/7/nsubj said/say/VERB/0/root _././PUNCT/7/punct\n\
         “/“/PUNCT/3/punct _Nobody/nobody/PRON/3/nsubj leaves/leave/VERB/0/root _././PUNCT/3/punct _”/”/PUNCT/3/punct",
        &["Direct “We stay,” | she | said", "Direct “Nobody leaves.” | she | said"],
    );
    // Inverted, the verb hung on the words.
    check(
        "“/“/PUNCT/3/punct _We/we/PRON/3/nsubj stay/stay/VERB/0/root _,/,/PUNCT/3/punct _”/”/PUNCT/3/punct said/say/VERB/3/parataxis Kofi/Kofi/PROPN/6/nsubj _././PUNCT/3/punct",
        &["Direct “We stay,” | Kofi | said"],
    );
    // Several sentences, the word of saying at the last.
    check(
        "“/“/PUNCT/3/punct _We/we/PRON/3/nsubj stay/stay/VERB/0/root _././PUNCT/3/punct\n\
         They/they/PRON/2/nsubj go/go/VERB/6/ccomp _,/,/PUNCT/2/punct _”/”/PUNCT/2/punct he/he/PRON/6/nsubj said/say/VERB/0/root _././PUNCT/6/punct",
        &["Direct “We stay. | he | said", "Direct They go,” | he | said"],
    );
}

#[test]
fn a_quoted_paragraph_goes_on_with_the_speaker_before() {
    let said = "Kofi/Kofi/PROPN/2/nsubj said/say/VERB/0/root nobody/nobody/PRON/4/nsubj died/die/VERB/2/ccomp _././PUNCT/2/punct";
    let quoted = "“/“/PUNCT/3/punct _We/we/PRON/3/nsubj stay/stay/VERB/0/root here/here/ADV/3/advmod for/for/ADP/6/case good/good/NOUN/3/obl _././PUNCT/3/punct _”/”/PUNCT/3/punct";
    check(
        &format!("{said}\n\n{quoted}"),
        &["Indirect nobody died | Kofi | said", "Direct “We stay here for good.” | Kofi | said"],
    );
    // After narration the speaker is unknown.
    let left = "Troops/troop/NOUN/2/nsubj left/leave/VERB/0/root _././PUNCT/2/punct";
    check(
        &format!("{said}\n\n{left}\n\n{quoted}"),
        &["Indirect nobody died | Kofi | said", "Direct “We stay here for good.” | - | -"],
    );
    // What somebody thinks of himself is no report.
    check(
        "I/I/PRON/2/nsubj think/think/VERB/0/root they/they/PRON/4/nsubj left/leave/VERB/2/ccomp _././PUNCT/2/punct",
        &[],
    );
}

#[test]
fn mixed_speech_takes_the_whole_clause() {
    check(
        "He/he/PRON/2/nsubj said/say/VERB/0/root raids/raid/NOUN/6/nsubj were/be/AUX/6/cop “/“/PUNCT/6/punct _mad/mad/ADJ/2/ccomp _”/”/PUNCT/6/punct _././PUNCT/2/punct",
        &["Mixed raids were “mad” | He | said"],
    );
    // Marks under a demand.
    check(
        "Oslo/Oslo/PROPN/2/nsubj demanded/demand/VERB/0/root “/“/PUNCT/5/punct _real/real/ADJ/5/amod action/action/NOUN/2/obj _”/”/PUNCT/5/punct _././PUNCT/2/punct",
        &["Mixed “real action” | Oslo | demanded"],
    );
}

/// As [`check`], but only what is held and not said, with its class.
fn check_held(source: &str, expected: &[&str]) {
    let (text, mut sentences) = build(source);
    find(&mut sentences);
    let word = |place: Option<(usize, usize)>| {
        place.map_or("-", |(sentence, token): (usize, usize)| sentences[sentence].tokens[token].text.as_str())
    };
    let found: Vec<String> = sentences
        .iter()
        .flat_map(|sentence| &sentence.quotations)
        .filter(|quotation| !quotation.statement)
        .map(|quotation| {
            let words = text.get(quotation.span).unwrap();
            format!("{:?} {words} | {} | {}", quotation.class, word(quotation.speaker), word(quotation.cue))
        })
        .collect();
    assert_eq!(found, expected, "{source}");
}

#[test]
fn what_is_wanted_judged_and_talked_about_is_held() {
    for (source, expected) in [
        (
            "Oslo/Oslo/PROPN/2/nsubj wants/want/VERB/0/root to/to/PART/4/mark leave/leave/VERB/2/xcomp _././PUNCT/2/punct",
            vec!["Want to leave | Oslo | wants"],
        ),
        (
            "Oslo/Oslo/PROPN/2/nsubj praised/praise/VERB/0/root the/the/DET/4/det deal/deal/NOUN/2/obj _././PUNCT/2/punct",
            vec!["Say the deal | Oslo | praised"],
        ),
        (
            "They/they/PRON/2/nsubj talked/talk/VERB/0/root about/about/ADP/4/case grain/grain/NOUN/2/obl _././PUNCT/2/punct",
            vec!["Topic about grain | They | talked"],
        ),
        (
            "She/she/PRON/3/nsubj is/be/AUX/3/cop sure/sure/ADJ/0/root they/they/PRON/5/nsubj left/leave/VERB/3/ccomp _././PUNCT/3/punct",
            vec!["Know they left | She | sure"],
        ),
        (
            "Her/her/PRON/2/nmod:poss refusal/refusal/NOUN/5/nsubj to/to/PART/4/mark sign/sign/VERB/2/acl stands/stand/VERB/0/root _././PUNCT/5/punct",
            vec!["Want to sign | Her | refusal"],
        ),
        // The one who holds it stands before the clause.
        (
            "Envoys/envoy/NOUN/0/root who/who/PRON/3/nsubj back/back/VERB/1/acl:relcl the/the/DET/5/det deal/deal/NOUN/3/obj",
            vec!["Judge the deal | Envoys | back"],
        ),
        // A wrong lemma is no hindrance.
        (
            "Oslo/Oslo/PROPN/2/nsubj endorsed/endors/VERB/0/root Kofi/Kofi/PROPN/2/obj _././PUNCT/2/punct",
            vec!["Judge Kofi | Oslo | endorsed"],
        ),
        // Deeds, laws, what has no holder, and what somebody may come to want.
        (
            "Oslo/Oslo/PROPN/2/nsubj tried/try/VERB/0/root to/to/PART/4/mark leave/leave/VERB/2/xcomp _././PUNCT/2/punct",
            vec![],
        ),
        (
            "Troops/troop/NOUN/2/nsubj shelled/shell/VERB/0/root the/the/DET/4/det town/town/NOUN/2/obj _././PUNCT/2/punct",
            vec![],
        ),
        (
            "The/the/DET/2/det resolution/resolution/NOUN/3/nsubj backs/back/VERB/0/root the/the/DET/5/det deal/deal/NOUN/3/obj",
            vec![],
        ),
        (
            "To/to/PART/2/mark praise/praise/VERB/5/csubj it/it/PRON/2/obj is/be/AUX/5/cop hard/hard/ADJ/0/root _././PUNCT/5/punct",
            vec![],
        ),
        (
            "If/if/SCONJ/3/mark they/they/PRON/3/nsubj want/want/VERB/6/advcl peace/peace/NOUN/3/obj we/we/PRON/6/nsubj wait/wait/VERB/0/root",
            vec![],
        ),
        ("The/the/DET/2/det plan/plan/NOUN/3/nsubj failed/fail/VERB/0/root _././PUNCT/3/punct", vec![]),
    ] {
        check_held(source, &expected);
    }
}

#[test]
fn who_adds_is_who_said() {
    check(
        "Oslo/Oslo/PROPN/2/nsubj said/say/VERB/0/root Kofi/Kofi/PROPN/4/nsubj left/leave/VERB/2/ccomp _,/,/PUNCT/6/punct adding/add/VERB/4/advcl that/that/SCONJ/9/mark nobody/nobody/PRON/9/nsubj died/die/VERB/6/ccomp _././PUNCT/2/punct",
        &["Indirect Kofi left | Oslo | said", "Indirect nobody died | Oslo | adding"],
    );
    // "According to" at the end holds the whole sentence.
    check(
        "Oslo/Oslo/PROPN/2/nsubj plans/plan/VERB/0/root to/to/PART/4/mark go/go/VERB/2/xcomp _,/,/PUNCT/8/punct according/accord/VERB/8/case to/to/ADP/6/fixed aides/aide/NOUN/4/obl _././PUNCT/2/punct",
        &["Indirect Oslo plans to go | aides | according", "Indirect to go | Oslo | plans"],
    );
}

#[test]
fn lines_that_name_their_speaker() {
    // A signed quotation.
    check(
        "“/“/PUNCT/3/punct _We/we/PRON/3/nsubj stay/stay/VERB/0/root here/here/ADV/3/advmod for/for/ADP/6/case good/good/NOUN/3/obl _././PUNCT/3/punct _”/”/PUNCT/3/punct —/—/PUNCT/10/punct Kofi/Kofi/PROPN/3/parataxis",
        &["Direct “We stay here for good.” | Kofi | —"],
    );
    // A transcript.
    check(
        "KOFI/KOFI/PROPN/4/nsubj _:/:/PUNCT/4/punct We/we/PRON/4/nsubj stay/stay/VERB/0/root _././PUNCT/4/punct",
        &["Direct We stay. | KOFI | :"],
    );
    // A heading is no speaker.
    check(
        "Note/note/NOUN/4/parataxis _:/:/PUNCT/4/punct Troops/troop/NOUN/4/nsubj left/leave/VERB/0/root _././PUNCT/4/punct",
        &[],
    );
}

#[test]
fn titles_and_words_at_arms_length_are_no_quotations() {
    check(
        "The/the/DET/4/det “/“/PUNCT/4/punct _final/final/ADJ/4/amod offer/offer/NOUN/6/nsubj _”/”/PUNCT/4/punct failed/fail/VERB/0/root _././PUNCT/6/punct",
        &[],
    );
    check("Troops/troop/NOUN/2/nsubj left/leave/VERB/0/root _././PUNCT/2/punct", &[]);
    // Told to somebody: the hearer does not speak.
    check(
        "Reporters/reporter/NOUN/3/nsubj:pass were/be/AUX/3/aux:pass told/tell/VERB/0/root that/that/SCONJ/6/mark troops/troop/NOUN/6/nsubj left/leave/VERB/3/ccomp _././PUNCT/3/punct",
        &["Indirect troops left | - | told"],
    );
}

#[test]
fn broken_trees_do_no_harm() {
    let (_, mut sentences) = build("“/“/PUNCT/9/punct said/say/VERB/2/ccomp said/say/VERB/3/parataxis");
    sentences[0].tokens[0].head = Some(77);
    find(&mut sentences);
    let mut none: Vec<Sentence> = vec![Sentence::default(), Sentence::default()];
    find(&mut none);
    find(&mut []);
}
