//! Names and what they come to, over the shipped gazetteer.
//!
//! Cases are sentences with their place names in brackets, `[L Oslo]` for a
//! location, `[F …]` a facility, `[P …]` a person, `[O …]` an organisation,
//! `[N …]` a people; unbracketed names are left for the list of well-known ones.

use record::{Document, Mention, MentionType, PlacePrecision, Sentence, Span, Text, Token, Upos};

use super::{Gazetteer, PlaceMention, Role, find, parse};

fn gazetteer() -> Gazetteer {
    let (gazetteer, remarks) = Gazetteer::parse(&[
        ("places/countries.tsv", include_str!("../../../../codebook/places/countries.tsv")),
        ("places/admin1.tsv", include_str!("../../../../codebook/places/admin1.tsv")),
        ("places/towns.tsv", include_str!("../../../../codebook/places/towns.tsv")),
        ("places/aliases.tsv", include_str!("../../../../codebook/places/aliases.tsv")),
        ("places/regions.tsv", include_str!("../../../../codebook/places/regions.tsv")),
        ("places/own.tsv", include_str!("../../../../codebook/places/own.tsv")),
    ]);
    assert_eq!(remarks, [], "every line of the shipped files reads");
    gazetteer
}

/// Reads a marked-up document, one sentence a line.
fn document(marked: &str) -> (Document, Vec<Sentence>) {
    let mut text = String::new();
    let mut sentences = Vec::new();
    let mut chars = 0;
    for (index, line) in marked.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate() {
        let mut sentence = Sentence { index, span: Span::new(chars, chars), ..Sentence::default() };
        let mut open: Option<(usize, MentionType)> = None;
        for word in line.split(' ') {
            let kind = match word {
                "[L" => Some(MentionType::Location),
                "[F" => Some(MentionType::Facility),
                "[P" => Some(MentionType::Person),
                "[O" => Some(MentionType::Organization),
                "[N" => Some(MentionType::Norp),
                _ => None,
            };
            if let Some(kind) = kind {
                open = Some((sentence.tokens.len(), kind));
                continue;
            }
            let (word, closed) = match word.split_once(']') {
                Some((word, rest)) => (format!("{word} {rest}"), true),
                None => (word.to_string(), false),
            };
            for (at, part) in word.split(' ').filter(|part| !part.is_empty()).enumerate() {
                // "Oslo], said": the comma is a token of its own.
                let marks = part.len() > 1 && part.ends_with([',', '.']) && part.len() > 2;
                let (body, mark) = if marks && part != "U.S." { part.split_at(part.len() - 1) } else { (part, "") };
                for piece in [body, mark].into_iter().filter(|piece| !piece.is_empty()) {
                    let glued = piece == mark || at > 0;
                    if !glued && !sentence.tokens.is_empty() {
                        text.push(' ');
                        chars += 1;
                    }
                    text.push_str(piece);
                    let span = Span::new(chars, chars + piece.chars().count());
                    chars = span.end;
                    let upper = piece.chars().next().is_some_and(char::is_uppercase) && !sentence.tokens.is_empty();
                    let upos = if upper { Upos::Propn } else { Upos::X };
                    sentence.tokens.push(Token { text: piece.to_string(), span, upos, ..Token::default() });
                    if closed && at == 0 && open.is_some() {
                        let (first, kind) = open.take().unwrap();
                        let last = sentence.tokens.len();
                        let span = Span::new(sentence.tokens[first].span.start, span.end);
                        sentence.mentions.push(Mention { first, last, span, kind });
                    }
                }
            }
        }
        sentence.span.end = chars;
        text.push('\n');
        chars += 1;
        sentences.push(sentence);
    }
    (Document { text: Text::new(text), ..Document::default() }, sentences)
}

fn show(mention: &PlaceMention) -> String {
    let place = &mention.place;
    let unknown = || "?".to_string();
    format!(
        "{}={} {} {:?}",
        place.text,
        place.name.clone().unwrap_or_else(unknown),
        place.country.clone().unwrap_or_else(unknown),
        place.precision
    )
}

fn shown(gazetteer: &Gazetteer, marked: &str) -> String {
    let (document, sentences) = document(marked);
    let found = find(gazetteer, &document, &sentences);
    found.iter().flatten().map(show).collect::<Vec<_>>().join("; ")
}

const CASES: &[(&str, &str)] = &[
    ("They met in [L Istanbul].", "Istanbul=Istanbul TUR Place"),
    ("[L Tripoli] was calm.", "Tripoli=Tripoli LBY Place"),
    (
        "The [N Lebanese] army entered [L Tripoli] from [L Beirut].",
        "Tripoli=Tripoli LBN Place; Beirut=Beirut LBN Place",
    ),
    ("A blast hit [L Hyderabad], [L Pakistan].", "Hyderabad=Hyderabad PAK Place; Pakistan=Pakistan PAK Country"),
    (
        "A blast hit [L Hyderabad] in southern [L India].",
        "Hyderabad=Hyderabad IND Place; southern India=India IND Country",
    ),
    ("The [N Spanish] police in [L Spain] closed [L Cordoba].", "Spain=Spain ESP Country; Cordoba=Córdoba ESP Place"),
    ("Envoys came to [L San José].", "San José=San José CRI Place"),
    ("Envoys came to [L Santiago].", "Santiago=Santiago CHL Place"),
    ("Envoys came to [L Georgetown].", "Georgetown=Georgetown GUY Place"),
    ("Envoys came to [L Kingston].", "Kingston=Kingston JAM Place"),
    ("Shells fell in southern [L Aleppo].", "southern Aleppo=Aleppo SYR Place"),
    ("Fighting went on near [L Goma].", "near Goma=Goma COD Admin2"),
    ("The camp lies 12 km east of [L Goma].", "12 km east of Goma=Goma COD Admin2"),
    ("Rebels hold the area north of [L Homs].", "north of Homs=Homs SYR Admin1"),
    ("The [L Middle East] is tense.", "Middle East=Middle East ? Region"),
    ("Aid reached [L Gaza].", "Gaza=Gaza PSE Admin2"),
    ("Fighting spread in [L Darfur].", "Darfur=Darfur SDN Admin1"),
    ("Troops entered [L Idlib] province.", "Idlib=Idlib SYR Admin1"),
    ("Clashes on the border with Turkey went on.", "Turkey=Turkey TUR Region"),
    (
        "It was said in Pakistan and in the United Arab Emirates that",
        "Pakistan=Pakistan PAK Country; United Arab Emirates=United Arab Emirates ARE Country",
    ),
    ("Talks in Oslo about Sri Lanka ended.", "Oslo=Oslo NOR Place; Sri Lanka=Sri Lanka LKA Country"),
    ("A bomb went off at [F Kandahar airport].", "Kandahar airport=Kandahār AFG Place"),
    ("Rebels hold [L Kobani] and [L Zumarabad].", "Kobani=Kobani SYR Place; Zumarabad=? ? None"),
    ("They fled [L Deir Ezzor] for [L Raqqa].", "Deir Ezzor=Deir ez-Zor SYR Place; Raqqa=Ar Raqqah SYR Place"),
    ("The [L Georgia] coast near [L Tbilisi] is far.", "Georgia=Georgia GEO Country; near Tbilisi=Tbilisi GEO Admin2"),
    ("The ships passed the [L Strait of Hormuz].", "Strait of Hormuz=Strait of Hormuz ? Region"),
    ("Leaders met in [L Washington], D.C. on", "Washington=Washington USA Place"),
    ("The U.S. and the UK agreed.", "U.S.=United States USA Country; UK=United Kingdom GBR Country"),
];

const MUST_NOT: &[&str] = &[
    "She bought a turkey and a nice chad.",
    "He was reading a mobile split of the text.",
    "Then [P Michael Jordan] spoke.",
    "Then [P Jordan] spoke.",
    "He met [P Chad Smith] and [P Georgia Brown].",
    "The [O Georgia Institute] said so.",
    "The [N Turkish] and [N Nigerian] armies met.",
    "We told us of china and jordan almonds.",
    "The [O Bank of China] closed.",
    "He met [P Paris Hilton] and [P Victoria].",
    "It was Nice of Split to be Reading.",
    "Then Jordan Henderson scored.",
];

#[test]
fn names_come_to_their_places() {
    let gazetteer = gazetteer();
    let wrong: Vec<String> = CASES
        .iter()
        .map(|(marked, expected)| (marked, expected, shown(&gazetteer, marked)))
        .filter(|(_, expected, got)| got != *expected)
        .map(|(marked, expected, got)| format!("{marked}\n   got {got}\n  want {expected}"))
        .collect();
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_no_place_is_left_alone() {
    let gazetteer = gazetteer();
    let wrong: Vec<String> = MUST_NOT
        .iter()
        .map(|marked| (marked, shown(&gazetteer, marked)))
        .filter(|(_, got)| !got.is_empty())
        .map(|(marked, got)| format!("{marked}\n   got {got}"))
        .collect();
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_rest_of_the_document_decides_between_namesakes() {
    let gazetteer = gazetteer();
    for (marked, expected) in [
        ("The [N Libyan] army spoke.\nIt shelled [L Tripoli].", "Tripoli=Tripoli LBY Place"),
        (
            "[L Lebanon] mourned.\nThe [N Lebanese] army spoke.\nIt shelled [L Tripoli].",
            "Lebanon=Lebanon LBN Country; Tripoli=Tripoli LBN Place",
        ),
        (
            "[L Bangladesh] mourned.\nThe police of [L Bangladesh] spoke in [L Dhaka] and the [N Bangladeshi] army moved.\nIt was filed at [L Jalalabad].",
            "Bangladesh=Bangladesh BGD Country; Bangladesh=Bangladesh BGD Country; Dhaka=Dhaka BGD Place; Jalalabad=? ? None",
        ),
        (
            "[L Pakistan] and [L Karachi] mourned.\nA bomb struck [L Hyderabad].",
            "Pakistan=Pakistan PAK Country; Karachi=Karachi PAK Place; Hyderabad=Hyderabad PAK Place",
        ),
    ] {
        assert_eq!(shown(&gazetteer, marked), expected, "{marked}");
    }
}

#[test]
fn a_place_says_what_it_is_to_the_sentence() {
    let gazetteer = gazetteer();
    let (document, sentences) = document(
        "Talks in [L Oslo] about [L Sri Lanka] moved from [L Geneva] to [L Doha].\nThe outskirts of [L Homs] burn.",
    );
    let found = find(&gazetteer, &document, &sentences);
    let roles: Vec<Role> = found.iter().flatten().map(|mention| mention.role).collect();
    assert_eq!(roles, [Role::At, Role::About, Role::From, Role::To, Role::Other]);
    assert_eq!(found[1][0].place.text, "outskirts of Homs");
}

#[test]
fn a_distance_moves_the_point() {
    let gazetteer = gazetteer();
    let (document, sentences) = document("The camp lies 50 km east of [L Goma].");
    let found = find(&gazetteer, &document, &sentences);
    let place = &found[0][0].place;
    assert_eq!(place.precision, PlacePrecision::Admin2);
    assert_eq!(place.geonames, None, "the id would name the town, not the spot");
    let (at, moved) = (gazetteer.candidates("Goma")[0].lon.unwrap(), place.lon.unwrap());
    assert!((moved - at - 0.45).abs() < 0.02, "{at} {moved}");
}

#[test]
fn a_phrase_resolves_alone_and_near_a_country() {
    let gazetteer = gazetteer();
    for (phrase, near, expected) in [
        ("Tripoli", None, "LBY"),
        ("Tripoli", Some("Lebanon"), "LBN"),
        ("Tripoli", Some("LBN"), "LBN"),
        ("Tripoli, Lebanon", None, "LBN"),
        ("Hyderabad", Some("Pakistan"), "PAK"),
    ] {
        let (candidate, why) = parse(&gazetteer, phrase, near);
        assert_eq!(candidate.and_then(|one| one.country).as_deref(), Some(expected), "{phrase} {near:?}\n{why}");
    }
    assert!(parse(&gazetteer, "Zumarabad", None).0.is_none());
}

#[test]
fn towns_are_sorted_and_spellings_lead_somewhere() {
    let gazetteer = gazetteer();
    let towns = include_str!("../../../../codebook/places/towns.tsv");
    let mut before = "";
    for line in towns.lines() {
        let key = line.split('\t').next().unwrap_or("");
        assert!(before <= key, "{before} stands before {key}: run make.py again");
        before = key;
    }
    let aliases = include_str!("../../../../codebook/places/aliases.tsv");
    for line in aliases.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split('\t').next().unwrap_or("");
        assert!(!gazetteer.candidates(name).is_empty(), "alias {name} leads nowhere");
    }
}

#[test]
fn an_empty_gazetteer_leaves_every_name_open() {
    let (gazetteer, remarks) = Gazetteer::parse(&[]);
    assert!(remarks.is_empty() && gazetteer.is_empty());
    assert_eq!(shown(&gazetteer, "They met in [L Oslo]."), "Oslo=? ? None");
    let (_, remarks) = Gazetteer::parse(&[("countries.tsv", "AF\tAFG\nXX")]);
    let texts: Vec<String> = remarks.iter().map(ToString::to_string).collect();
    assert_eq!(
        texts,
        [
            "bad-place-line: countries.tsv line 1: not read, check its columns",
            "bad-place-line: countries.tsv line 2: not read, check its columns"
        ]
    );
}
