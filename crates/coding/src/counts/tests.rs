//! Sentences and the counts they must and must not give, without a tree and
//! with one. Written as `killed 24..` (low without high), `..20`, `27`.

use record::{Sentence, Span, Token, Upos};

use super::{Counted, find};

/// Words and marks as tokens, untagged: what is left when reading fails.
fn plain(text: &str) -> Sentence {
    let mut tokens: Vec<Token> = Vec::new();
    let mut start = None;
    let chars: Vec<char> = text.chars().chain([' ']).collect();
    let mut push = |from: usize, to: usize| {
        let text: String = chars[from..to].iter().collect();
        tokens.push(Token { lemma: text.to_lowercase(), text, span: Span::new(from, to), ..Token::default() });
    };
    for (at, c) in chars.iter().enumerate() {
        let inner = matches!(c, ',' | '.') && chars.get(at + 1).is_some_and(char::is_ascii_digit);
        if c.is_alphanumeric() || inner && start.is_some() {
            start.get_or_insert(at);
            continue;
        }
        if let Some(from) = start.take() {
            push(from, at);
        }
        if !c.is_whitespace() {
            push(at, at + 1);
        }
    }
    Sentence { tokens, span: Span::new(0, text.chars().count()), ..Sentence::default() }
}

/// `word/UPOS/head/relation` with 1-based heads, the lemma after a bar if it differs.
fn treed(lines: &str) -> Sentence {
    let mut start = 0;
    let tokens = lines
        .split_whitespace()
        .map(|item| {
            let parts: Vec<&str> = item.split('/').collect();
            let (text, lemma) = parts[0].split_once('|').unwrap_or((parts[0], parts[0]));
            let head: usize = parts[2].parse().unwrap();
            let span = Span::new(start, start + text.chars().count());
            start = span.end + 1;
            Token {
                text: text.to_string(),
                lemma: lemma.to_lowercase(),
                span,
                upos: Upos::parse(parts[1]).unwrap(),
                head: head.checked_sub(1),
                deprel: parts[3].to_string(),
                xpos: if text.ends_with("ing") { "VBG".to_string() } else { String::new() },
            }
        })
        .collect();
    Sentence { tokens, span: Span::new(0, start), ..Sentence::default() }
}

fn show(counted: &Counted) -> String {
    let side = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
    let Counted { count, .. } = counted;
    let bounds = match (count.low, count.high) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (low, high) => format!("{}..{}", side(low), side(high)),
    };
    format!("{} {bounds} \"{}\"", count.what, count.text)
}

fn shown(sentence: &Sentence) -> String {
    find(sentence).iter().map(show).collect::<Vec<_>>().join("; ")
}

const WITHOUT_A_TREE: &[(&str, &str)] = &[
    ("Shelling went on, killing dozens and injuring hundreds.", "killed 24.. \"dozens\"; injured 200.. \"hundreds\""),
    ("At least 17 people were killed.", "killed 17.. \"At least 17 people\""),
    ("The blast left 4 dead and 20 wounded.", "killed 4 \"4\"; injured 20 \"20\""),
    ("Nearly 400 people were injured.", "injured 350..400 \"Nearly 400 people\""),
    ("About 400 people were arrested.", "arrested 350..450 \"About 400 people\""),
    ("Between 10 and 15 fighters were killed.", "killed 10..15 \"Between 10 and 15 fighters\""),
    ("Some 10 to 15 fighters died.", "killed 5..20 \"Some 10 to 15 fighters\""),
    ("More than a dozen men were detained.", "arrested 13.. \"More than a dozen men\""),
    ("Two soldiers were killed.", "killed 2 \"Two soldiers\""),
    ("The death toll rose to 27.", "killed 27 \"27\""),
    ("The death toll rose from 20 to 27 people.", "killed 27 \"27 people\""),
    ("The toll exceeded 100.", "killed 101.. \"100\""),
    ("A death toll of 1,200 was given.", "killed 1200 \"1,200\""),
    ("3,000 fled their homes.", "displaced 3000 \"3,000\""),
    ("No casualties were reported.", "killed 0 \"No casualties\"; injured 0 \"No casualties\""),
    ("No one was killed.", "killed 0 \"No one\""),
    ("Up to 20 villagers were killed.", "killed ..20 \"Up to 20 villagers\""),
    ("Fewer than 50 people were injured.", "injured ..49 \"Fewer than 50 people\""),
    ("The raid killed two soldiers and three policemen.", "killed 5 \"two soldiers and three policemen\""),
    ("Two soldiers killed five civilians.", "killed 5 \"five civilians\""),
    ("Tens of thousands of people fled.", "displaced 20000.. \"Tens of thousands of people\""),
    ("1.5 million people were displaced.", "displaced 1500000 \"1.5 million people\""),
    ("Twenty five people died.", "killed 25 \"Twenty five people\""),
    ("One hundred and twenty men were arrested.", "arrested 120 \"One hundred and twenty men\""),
    ("The war has claimed 20,000 lives.", "killed 20000 \"20,000 lives\""),
    ("Police made 30 arrests.", "arrested 30 \"30 arrests\""),
    ("The attack killed 20 people, including three children.", "killed 20 \"20 people\""),
    ("Several people were wounded.", "injured 3.. \"Several people\""),
    ("More than 1.000 persons died.", "killed 1001.. \"More than 1.000 persons\""),
    ("Scores were killed.", "killed 40.. \"Scores\""),
];

const MUST_NOT: &[&str] = &[
    "They were killed two days ago.",
    "He was killed in 1998.",
    "Rebels destroyed 20 houses and killed nobody's cow.",
    "Three gunmen killed the mayor.",
    "Police killed the suspect after 20 minutes.",
    "The two sides met for nine hours.",
    "Some 400 people attended the funeral of a soldier who was killed.",
    "The army killed off 3 percent of the budget.",
    "The injured list has no number.",
    "He paid $300 and fled.",
    "There was no agreement.",
    "Casualties were reported.",
    "40 casualties were reported.",
    "The bill died in committee.",
    "15 of the 20 votes were cast.",
    "Two vehicles were captured.",
    "The toll road costs 20 dollars.",
    "Kill Bill 2 was shown.",
    "He lives with 3 brothers.",
    "The two men met the dead man's family.",
    "Covid-19 deaths were counted.",
    "The 20 companies were wound up.",
    "A RAB-4 team detained him.",
];

#[test]
fn numbers_are_found_by_their_place() {
    let mut wrong = Vec::new();
    for (text, expected) in WITHOUT_A_TREE {
        let got = shown(&plain(text));
        if got != *expected {
            wrong.push(format!("{text}\n   got {got}\n  want {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_counts_nobody_is_left_alone() {
    let wrong: Vec<String> = MUST_NOT
        .iter()
        .map(|text| (text, shown(&plain(text))))
        .filter(|(_, got)| !got.is_empty())
        .map(|(text, got)| format!("{text}\n   got {got}"))
        .collect();
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_tree_tells_patient_from_agent() {
    for (lines, expected) in [
        (
            "Two/NUM/2/nummod gunmen|gunman/NOUN/3/nsubj killed|kill/VERB/0/root five/NUM/5/nummod civilians|civilian/NOUN/3/obj",
            "killed 5 \"five civilians\"",
        ),
        (
            "Three/NUM/2/nummod soldiers|soldier/NOUN/7/nsubj killed|kill/VERB/2/acl in/ADP/6/case the/DET/6/det raid/NOUN/3/obl came|come/VERB/0/root",
            "killed 3 \"Three soldiers\"",
        ),
        (
            "Dozens|dozen/NOUN/6/nsubj:pass of/ADP/3/case protesters|protester/NOUN/1/nmod have/AUX/6/aux been|be/AUX/6/aux:pass detained|detain/VERB/0/root",
            "arrested 24.. \"Dozens of protesters\"",
        ),
        (
            "Three/NUM/2/nummod gunmen|gunman/NOUN/4/nsubj:pass were|be/AUX/4/aux:pass arrested|arrest/VERB/0/root after/SCONJ/6/mark killing|kill/VERB/4/advcl five/NUM/8/nummod people/NOUN/6/obj",
            "arrested 3 \"Three gunmen\"; killed 5 \"five people\"",
        ),
        (
            "The/DET/2/det bombs|bomb/NOUN/3/nsubj killed|kill/VERB/0/root two/NUM/5/nummod men|man/NOUN/3/obj and/CCONJ/8/cc a/DET/8/det woman/NOUN/5/conj",
            "killed 3 \"two men and a woman\"",
        ),
        (
            "A/DET/2/det soldier/NOUN/4/nsubj:pass was|be/AUX/4/aux:pass killed|kill/VERB/0/root",
            "killed 1 \"A soldier\"",
        ),
        ("A/DET/2/det soldier/NOUN/3/nsubj killed|kill/VERB/0/root him|he/PRON/3/obj", ""),
        (
            "killing|kill/VERB/0/root dozens|dozen/NOUN/1/obj and/CCONJ/4/cc injuring|injure/VERB/1/conj hundreds|hundred/NOUN/1/obj",
            "killed 24.. \"dozens\"; injured 200.. \"hundreds\"",
        ),
        ("Two/NUM/2/nummod suspects|suspect/NOUN/3/nsubj fled|flee/VERB/0/root", ""),
    ] {
        assert_eq!(shown(&treed(lines)), expected, "{lines}");
    }
}

#[test]
fn broken_trees_do_no_harm() {
    for lines in
        ["Two/NUM/2/nummod killed|kill/VERB/1/acl", "killed|kill/VERB/9/root two/NUM/7/obj men|man/NOUN/3/conj"]
    {
        let _ = find(&treed(lines));
    }
    assert!(find(&Sentence::default()).is_empty());
}
