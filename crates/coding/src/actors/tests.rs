//! Tables of cases: stories as small trees, and whom their phrases must and
//! must not mean. A token is `form|UPOS|XPOS|head|relation`, heads count from
//! one; `~` glues it to the token before.

use jiff::civil::date;
use record::{Document, Mention, MentionType, Sentence, Span, Text, Token, Upos};

use super::*;

/// The actor lists of the codebook.
const FILES: &[(&str, &str)] = &[
    ("states.txt", include_str!("../../../../codebook/actors/states.txt")),
    ("africa.txt", include_str!("../../../../codebook/actors/africa.txt")),
    ("americas.txt", include_str!("../../../../codebook/actors/americas.txt")),
    ("asia.txt", include_str!("../../../../codebook/actors/asia.txt")),
    ("europe.txt", include_str!("../../../../codebook/actors/europe.txt")),
    ("middle-east.txt", include_str!("../../../../codebook/actors/middle-east.txt")),
    ("organisations.txt", include_str!("../../../../codebook/actors/organisations.txt")),
    ("persons.txt", include_str!("../../../../codebook/actors/persons.txt")),
    ("offices-2014.txt", include_str!("../../../../codebook/actors/offices-2014.txt")),
    ("media.txt", include_str!("../../../../codebook/actors/media.txt")),
    ("roles.txt", include_str!("../../../../codebook/actors/roles.txt")),
    ("generic.txt", include_str!("../../../../codebook/actors/generic.txt")),
];

fn actors() -> Actors {
    Actors::parse(FILES).0
}

#[test]
fn the_lists_are_sound() {
    let (actors, mut remarks) = Actors::parse(FILES);
    remarks.extend(actors.check());
    let shown: Vec<&str> = remarks.iter().map(|remark| remark.text.as_str()).collect();
    assert!(shown.is_empty(), "{} remarks:\n{}", shown.len(), shown.join("\n"));
    let (entries, roles) = actors.len();
    assert!(entries > 5000 && roles > 1000, "{entries} actors, {roles} roles: a file is missing");
}

#[test]
fn the_checker_finds_what_is_wrong() {
    let cases = [
        ("[group]\nFront A; Same Name | REB\nFront B; Same Name | REB\n", "is also"),
        ("[group]\nFront A | REB 1990..2000, GOV 1999..\n", "two codes at one time"),
        ("== QQQ\n[group]\nFront A | REB\n", "unknown country QQQ"),
    ];
    for (text, expected) in cases {
        let (actors, _) = Actors::parse(&[("a.txt", text)]);
        let remarks = actors.check();
        assert!(remarks.iter().any(|remark| remark.text.contains(expected)), "{text}: {remarks:?}");
    }
    let fine = [
        "[group]\nFront A; Same Name? | REB\nFront B; Same Name | REB\n",
        "[group]\nFront A; Same Name | REB 1990..1999\nFront B; Same Name | REB 2000..\n",
    ];
    for text in fine {
        let (actors, _) = Actors::parse(&[("a.txt", text)]);
        assert!(actors.check().is_empty(), "{text}");
    }
}

/// Builds a document of one paragraph a line.
fn read(lines: &[&str]) -> (Document, Vec<Sentence>) {
    let mut text = String::new();
    let mut at = 0;
    let mut sentences = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push_str("\n\n");
            at += 2;
        }
        let start = at;
        let mut tokens = Vec::new();
        for (place, part) in line.split_whitespace().enumerate() {
            let glued = part.starts_with('~');
            let fields: Vec<&str> = part.trim_start_matches('~').split('|').collect();
            if place > 0 && !glued {
                text.push(' ');
                at += 1;
            }
            let length = fields[0].chars().count();
            text.push_str(fields[0]);
            let head: usize = fields[3].parse().unwrap();
            tokens.push(Token {
                text: fields[0].into(),
                span: Span::new(at, at + length),
                lemma: fields[0].to_lowercase(),
                upos: Upos::parse(fields[1]).unwrap(),
                xpos: fields[2].into(),
                head: head.checked_sub(1),
                deprel: fields[4].into(),
            });
            at += length;
        }
        sentences.push(Sentence { index, paragraph: index, span: Span::new(start, at), tokens, ..Sentence::default() });
    }
    let document = Document { text: Text::new(&text), published: Some(date(2024, 5, 1)), ..Document::default() };
    (document, sentences)
}

/// Checks a story: (sentence, head word, expected "text = name = code" lines).
fn check(lines: &[&str], cases: &[(usize, &str, &[&str])]) {
    let actors = actors();
    let (document, sentences) = read(lines);
    let resolver = Resolver::new(&actors, &document, &sentences);
    for (sentence, word, expected) in cases {
        let token = sentences[*sentence].tokens.iter().position(|token| token.text == *word).unwrap();
        let found: Vec<String> = resolver
            .parties(*sentence, token)
            .iter()
            .map(|resolved| {
                let party = &resolved.party;
                assert_eq!(document.text.get(party.span()), Some(party.text.as_str()), "the words are the text's");
                let name = party.name.as_deref().unwrap_or("-");
                format!("{} = {name} = {}", party.text, party.code.as_deref().unwrap_or("-"))
            })
            .collect();
        assert_eq!(found, *expected, "{word:?} in sentence {sentence}");
    }
}

const TALKS: [&str; 4] = [
    "The|DET|DT|4|det Norwegian|ADJ|JJ|4|amod foreign|ADJ|JJ|4|amod minister|NOUN|NN|5|nsubj met|VERB|VBD|0|root a|DET|DT|9|det senior|ADJ|JJ|9|amod Pakistani|ADJ|JJ|9|amod official|NOUN|NN|5|obj",
    "Islamabad|PROPN|NNP|2|nsubj handed|VERB|VBD|0|root its|PRON|PRP$|4|nmod:poss demands|NOUN|NNS|2|obj to|ADP|IN|7|case the|DET|DT|7|det Taliban|PROPN|NNP|2|obl",
    "Delegations|NOUN|NNS|5|nsubj from|ADP|IN|4|case both|DET|DT|4|det sides|NOUN|NNS|1|nmod returned|VERB|VBD|0|root",
    "The|DET|DT|2|det official|NOUN|NN|3|nsubj blamed|VERB|VBD|0|root the|DET|DT|6|det Pakistani|ADJ|JJ|6|amod Taliban|PROPN|NNP|3|obj",
];

#[test]
fn titles_seats_and_both_sides() {
    check(
        &TALKS,
        &[
            (0, "minister", &["The Norwegian foreign minister = - = NOR GOV"]),
            (0, "official", &["a senior Pakistani official = - = PAK GOV"]),
            (1, "Islamabad", &["Islamabad = Pakistan = PAK GOV"]),
            (1, "its", &["its = Pakistan = PAK GOV"]),
            (1, "Taliban", &["the Taliban = Taliban = AFG GOV"]),
            (1, "demands", &["its demands = - = -"]),
            (3, "official", &["The official = - = PAK GOV"]),
            (3, "Taliban", &["the Pakistani Taliban = Tehrik-i-Taliban Pakistan = PAK REB"]),
            (
                2,
                "Delegations",
                &[
                    "Delegations from both sides = Pakistan = PAK GOV",
                    "Delegations from both sides = Taliban = AFG GOV",
                ],
            ),
        ],
    );
}

#[test]
fn the_code_depends_on_the_day() {
    let actors = actors();
    let (document, sentences) = read(&TALKS);
    let resolver = Resolver::new(&actors, &document, &sentences);
    let code = |day| resolver.parties_as_of(1, 6, day)[0].party.code.clone().unwrap();
    assert_eq!(code(Some(date(1998, 1, 1))), "AFG GOV");
    assert_eq!(code(Some(date(2021, 8, 14))), "AFG REB");
    assert_eq!(code(Some(date(2021, 8, 15))), "AFG GOV");
    assert_eq!(code(None), "AFG GOV");
}

#[test]
fn names_the_text_introduces() {
    check(
        &[
            "Anura|PROPN|NNP|10|nsubj Perera|PROPN|NNP|1|flat ~,|PUNCT|,|8|punct the|DET|DT|8|det Sri|ADJ|NNP|8|amod Lankan|PROPN|NNP|5|flat cabinet|NOUN|NN|8|compound secretary|NOUN|NN|1|appos ~,|PUNCT|,|1|punct rejected|VERB|VBD|0|root it|PRON|PRP|10|obj",
            "Later|ADV|RBR|3|advmod Perera|PROPN|NNP|3|nsubj met|VERB|VBD|0|root the|DET|DT|6|det Tamil|ADJ|NNP|6|amod Tigers|PROPN|NNPS|3|obj",
            "The|DET|DT|7|det little|ADV|RB|4|advmod ~-|PUNCT|HYPH|2|punct ~known|VERB|VBN|7|amod Free|ADJ|NNP|6|amod Hills|PROPN|NNP|7|compound Front|PROPN|NNP|13|nsubj ~,|PUNCT|,|11|punct a|DET|DT|11|det rebel|NOUN|NN|11|compound group|NOUN|NN|7|appos ~,|PUNCT|,|7|punct seized|VERB|VBD|0|root the|DET|DT|15|det town|NOUN|NN|13|obj",
            "The|DET|DT|2|det Movement|PROPN|NNP|10|nsubj for|ADP|IN|6|case a|DET|DT|6|det Free|ADJ|NNP|6|amod Delta|PROPN|NNP|2|nmod (|PUNCT|-LRB-|8|punct ~MFD|PROPN|NNP|6|appos ~)|PUNCT|-RRB-|8|punct freed|VERB|VBD|0|root two|NUM|CD|12|nummod hostages|NOUN|NNS|10|obj",
            "The|DET|DT|2|det MFD|PROPN|NNP|3|nsubj denied|VERB|VBD|0|root the|DET|DT|5|det report|NOUN|NN|3|obj",
        ],
        &[
            (0, "Anura", &["Anura Perera = Anura Perera = LKA GOV"]),
            (1, "Perera", &["Perera = Anura Perera = LKA GOV"]),
            (1, "Tigers", &["the Tamil Tigers = Liberation Tigers of Tamil Eelam = LKA REB"]),
            (2, "Front", &["The little-known Free Hills Front = Free Hills Front = REB"]),
            (2, "town", &["the town = - = -"]),
            (3, "Movement", &["The Movement for a Free Delta = Movement for a Free Delta = -"]),
            (3, "hostages", &["two hostages = - = CVL"]),
            (4, "MFD", &["The MFD = Movement for a Free Delta = -"]),
            (4, "report", &["the report = - = -"]),
        ],
    );
}

#[test]
fn bodies_backers_and_deeds() {
    check(
        &[
            "US|PROPN|NNP|3|obl:unmarked ~-|PUNCT|HYPH|1|punct ~backed|VERB|VBN|4|amod rebels|NOUN|NNS|5|nsubj attacked|VERB|VBD|0|root the|DET|DT|8|det Syrian|ADJ|JJ|8|amod army|NOUN|NN|5|obj",
            "Israeli|ADJ|JJ|2|amod airstrikes|NOUN|NNS|3|nsubj hit|VERB|VBD|0|root the|DET|DT|5|det camp|NOUN|NN|3|obj",
            "The|DET|DT|2|det spokesman|NOUN|NN|8|nsubj of|ADP|IN|7|case the|DET|DT|7|det Colombian|ADJ|JJ|7|amod defence|NOUN|NN|7|compound ministry|NOUN|NN|2|nmod blamed|VERB|VBD|0|root the|DET|DT|10|det ELN|PROPN|NNP|8|obj",
            "The|DET|DT|4|det former|ADJ|JJ|4|amod Kenyan|ADJ|JJ|4|amod president|NOUN|NN|5|nsubj met|VERB|VBD|0|root Ethiopian|ADJ|JJ|9|amod and|CCONJ|CC|8|cc Eritrean|ADJ|JJ|6|conj officials|NOUN|NNS|5|obj",
            "Villagers|NOUN|NNS|2|nsubj fled|VERB|VBD|0|root airstrikes|NOUN|NNS|2|obj",
        ],
        &[
            (0, "rebels", &["US-backed rebels = - = REB"]),
            (0, "army", &["the Syrian army = - = SYR MIL"]),
            (1, "airstrikes", &["Israeli airstrikes = Israel = ISR MIL"]),
            (2, "spokesman", &["The spokesman of the Colombian defence ministry = - = COL GOV"]),
            (2, "ELN", &["the ELN = National Liberation Army of Colombia = COL REB"]),
            (3, "president", &["The former Kenyan president = - = KEN ELI"]),
            (
                3,
                "officials",
                &["Ethiopian and Eritrean officials = - = ETH GOV", "Ethiopian and Eritrean officials = - = ERI GOV"],
            ),
            (4, "Villagers", &["Villagers = - = CVL"]),
            (4, "airstrikes", &["airstrikes = - = -"]),
        ],
    );
}

#[test]
fn what_must_not_be_taken_for_an_actor() {
    check(
        &[
            "Georgia|PROPN|NNP|2|nsubj beat|VERB|VBD|0|root Alabama|PROPN|NNP|2|obj",
            "Michael|PROPN|NNP|3|nsubj Jordan|PROPN|NNP|1|flat praised|VERB|VBD|0|root us|PRON|PRP|3|obj",
            "Congo|PROPN|NNP|2|nsubj asked|VERB|VBD|0|root for|ADP|IN|4|case help|NOUN|NN|2|obl",
            "New|ADJ|NNP|2|amod Mexico|PROPN|NNP|3|nsubj sent|VERB|VBD|0|root to|ADP|IN|5|case Lam|PROPN|NNP|3|obl",
            "It|PRON|PRP|4|nsubj was|AUX|VBD|4|cop their|PRON|PRP$|4|nmod:poss duty|NOUN|NN|0|root to|PART|TO|6|mark stop|VERB|VB|4|acl",
            "A|DET|DT|2|det spokesperson|NOUN|NN|3|nsubj spoke|VERB|VBD|0|root",
        ],
        &[
            (0, "Georgia", &["Georgia = - = -"]),
            (1, "Michael", &["Michael Jordan = Michael Jordan = -"]),
            (1, "us", &["us = - = -"]),
            (2, "Congo", &["Congo = - = -"]),
            (2, "help", &["help = - = -"]),
            (3, "Mexico", &["New Mexico = - = -"]),
            (3, "Lam", &["Lam = Lam = -"]),
            (4, "It", &["It = - = -"]),
            (5, "spokesperson", &["A spokesperson = - = -"]),
        ],
    );
}

#[test]
fn groups_rebels_and_the_two_countries() {
    check(
        &[
            "The|DET|DT|2|det government|NOUN|NN|5|nsubj of|ADP|IN|4|case Sudan|PROPN|NNP|2|nmod accused|VERB|VBD|0|root the|DET|DT|9|det Rapid|ADJ|NNP|8|amod Support|PROPN|NNP|9|compound Forces|NOUN|NNS|5|obj",
            "Sudan|PROPN|NNP|2|nsubj accused|VERB|VBD|0|root Chad|PROPN|NNP|2|obj of|SCONJ|IN|5|mark arming|VERB|VBG|2|advcl the|DET|DT|7|det rebels|NOUN|NNS|5|obj",
            "The|DET|DT|3|det two|NUM|CD|3|nummod countries|NOUN|NNS|4|nsubj met|VERB|VBD|0|root",
            "Three|NUM|CD|5|nsubj of|ADP|IN|4|case the|DET|DT|4|det rebels|NOUN|NNS|1|nmod surrendered|VERB|VBD|0|root to|ADP|IN|8|case Chadian|ADJ|JJ|8|amod troops|NOUN|NNS|5|obl",
            "Hamas|PROPN|NNP|2|nsubj freed|VERB|VBD|0|root a|DET|DT|4|det hostage|NOUN|NN|2|obj ~,|PUNCT|,|9|punct and|CCONJ|CC|9|cc the|DET|DT|8|det group|NOUN|NN|9|nsubj said|VERB|VBD|2|conj it|PRON|PRP|12|nsubj would|AUX|MD|12|aux stop|VERB|VB|9|ccomp",
        ],
        &[
            (0, "government", &["The government of Sudan = Sudan = SDN GOV"]),
            (0, "Forces", &["the Rapid Support Forces = Rapid Support Forces = SDN REB"]),
            (1, "rebels", &["the rebels = Rapid Support Forces = SDN REB"]),
            (2, "countries", &["The two countries = Sudan = SDN GOV", "The two countries = Chad = TCD GOV"]),
            (3, "Three", &["Three of the rebels = Rapid Support Forces = SDN REB"]),
            (3, "troops", &["Chadian troops = - = TCD MIL"]),
            (4, "group", &["the group = Hamas = PSE REB"]),
            (4, "it", &["it = Hamas = PSE REB"]),
            (4, "hostage", &["a hostage = - = CVL"]),
        ],
    );
}

#[test]
fn media_are_sources() {
    let actors = actors();
    let (document, sentences) = read(&[
        "Dawn|PROPN|NNP|2|compound newspaper|NOUN|NN|5|nsubj and|CCONJ|CC|4|cc Reuters|PROPN|NNP|2|conj reported|VERB|VBD|0|root a|DET|DT|7|det clash|NOUN|NN|5|obj in|ADP|IN|9|case Pakistan|PROPN|NNP|7|nmod",
        "The|DET|DT|2|det dawn|NOUN|NN|3|nsubj broke|VERB|VBD|0|root over|ADP|IN|5|case Lahore|PROPN|NNP|3|obl",
    ]);
    let resolver = Resolver::new(&actors, &document, &sentences);
    assert_eq!(resolver.is_medium(0, 1).as_deref(), Some("Dawn newspaper"));
    assert_eq!(resolver.is_medium(0, 3).as_deref(), Some("Reuters"));
    for (sentence, token) in [(0, 6), (0, 8), (1, 1), (1, 4), (9, 0), (0, 99)] {
        assert_eq!(resolver.is_medium(sentence, token), None, "{sentence} {token}");
    }
    assert!(resolver.parties(9, 0).is_empty() && resolver.parties(0, 99).is_empty());
}

#[test]
fn a_named_person_keeps_the_name_and_an_entity_its_span() {
    let actors = actors();
    let (document, mut sentences) = read(&[
        "President|PROPN|NNP|2|nmod:desc Museveni|PROPN|NNP|3|nsubj met|VERB|VBD|0|root Chad|PROPN|NNP|3|obj Lund|PROPN|NNP|4|flat",
    ]);
    let span = sentences[0].tokens[3].span.cover(sentences[0].tokens[4].span);
    sentences[0].mentions.push(Mention { first: 3, last: 5, span, kind: MentionType::Person });
    let resolver = Resolver::new(&actors, &document, &sentences);
    let museveni = &resolver.parties(0, 1)[0];
    assert_eq!(museveni.party.name.as_deref(), Some("Yoweri Museveni"));
    assert_eq!((museveni.kind, museveni.party.code.as_deref()), (ActorKind::Person, Some("UGA GOV")));
    let lund = &resolver.parties(0, 3)[0];
    assert_eq!((lund.party.name.as_deref(), lund.party.code.as_deref()), (Some("Chad Lund"), None));
}

#[test]
fn a_broken_tree_is_survived() {
    let actors = actors();
    let (document, mut sentences) = read(&TALKS);
    for sentence in &mut sentences {
        let count = sentence.tokens.len();
        for (index, token) in sentence.tokens.iter_mut().enumerate() {
            token.head = Some((index * 7 + 3) % (count + 3));
            token.deprel = ["nmod:poss", "appos", "nsubj", "flat", "conj", "acl:relcl"][index % 6].into();
        }
    }
    let resolver = Resolver::new(&actors, &document, &sentences);
    for sentence in &sentences {
        for token in 0..sentence.tokens.len() {
            for resolved in resolver.parties(sentence.index, token) {
                assert_eq!(document.text.get(resolved.party.span()), Some(resolved.party.text.as_str()));
            }
        }
    }
}

#[test]
fn bare_phrases() {
    let actors = actors();
    let today = Some(date(2025, 10, 28));
    let cases = [
        ("a senior Pakistani official", "- = PAK GOV"),
        ("the Afghan Taliban", "Taliban = AFG GOV"),
        ("Tehrik-i-Taliban Pakistan", "Tehrik-i-Taliban Pakistan = PAK REB"),
        ("the Kremlin", "Russia = RUS GOV"),
        ("Downing Street", "United Kingdom = GBR GOV"),
        ("the Blue House", "South Korea = KOR GOV"),
        ("Guinea-Bissau", "Guinea-Bissau = GNB GOV"),
        ("Niger", "Niger = NER GOV"),
        ("Nigerian troops", "- = NGA MIL"),
        ("the UN Security Council", "UN Security Council = IGO"),
        ("spokesman of the Polisario Front", "- = ESH REB"),
        ("Free Syrian Army", "Free Syrian Army = SYR REB"),
        ("the weather", "- = -"),
        ("Congo", "- = -"),
        ("turkey", "- = -"),
        ("us", "- = -"),
        ("Jordan River", "- = -"),
        ("Free Hills Front", "- = -"),
        ("", "- = -"),
        ("of", "- = -"),
    ];
    for (phrase, expected) in cases {
        let found = actors.who(phrase, today);
        let party = &found[0].party;
        let shown = format!("{} = {}", party.name.as_deref().unwrap_or("-"), party.code.as_deref().unwrap_or("-"));
        assert_eq!(shown, expected, "{phrase:?}: {:?}", found[0].remarks);
    }
    let then = actors.who("the Taliban", Some(date(2010, 1, 1)));
    assert_eq!(then[0].party.code.as_deref(), Some("AFG REB"));
    let retired = actors.who("Kofi Annan", today);
    assert_eq!(retired[0].party.sector, None);
    assert_eq!(retired[0].remarks[0].kind, "actor-out-of-dates");
}
