//! The reader of annotated text, and the scorer against records made by hand.

use archive::Record;
use archive::eval::{Article, Corpus, FaultKind, Scored, Split, score};
use record::{
    Attribution, Basis, Event, Party, Place, PlacePrecision, Precision, Report, Sentence, Span, SpeechKind, Status,
    Token, When,
};

// ---- the reader ----

/// A corpus of one article: one sentence and these indented lines.
fn corpus(sentence: &str, lines: &[&str]) -> Corpus {
    let notes: String = lines.iter().map(|line| format!("  {line}\n")).collect();
    Corpus::read("a.txt", format!("== a\npublished: 2020-03-04\n\n{sentence}\n{notes}").as_bytes())
}

fn mistakes(corpus: &Corpus) -> Vec<String> {
    corpus.mistakes.iter().map(ToString::to_string).collect()
}

const SENTENCE: &str = "Rebels of the north freed the rebels' ten hostages, a mediator told Reuters on Monday.";

#[test]
fn lines_that_are_right() {
    let cases = [
        "RETREAT.release | t freed | a Rebels of the north",
        "RETREAT | t freed | a Rebels = Northern Front | r ten hostages | when on Monday | n ten",
        "RETREAT.release negated | t freed | r the rebels' ten hostages",
        "RETREAT future | t freed | a ^ = Northern Front | by a mediator | cue told",
        "RETREAT | t freed | a Rebels | via Reuters | by a mediator | cue told",
        // A cue closes a source, and so does a second speaker.
        "RETREAT | t freed | a Rebels | by ^ = The Star | by a mediator | cue told",
        "COOPERATE | t freed | a Rebels of the north | a the rebels'",
        "AGREE | t the #2 | where north",
        "SAY | by a mediator | cue told",
        // Whole words only: "he" stands in "the" and is no occurrence.
        "RETREAT | t freed | a Rebels | x Reuters",
    ];
    for line in cases {
        let found = corpus(SENTENCE, &[line]);
        assert_eq!(mistakes(&found), Vec::<String>::new(), "{line}");
        assert_eq!((found.articles.len(), found.left_out), (1, 0), "{line}");
    }
}

#[test]
fn lines_that_are_wrong() {
    let cases = [
        ("YIELD | t freed | a Rebels", "no such type: YIELD"),
        ("RETREAT.flee | t freed | a Rebels", "RETREAT has no mode flee"),
        ("RETREAT maybe | t freed | a Rebels", "no such status: maybe"),
        ("RETREAT actual now | t freed | a Rebels", "too many words before the first |: \"RETREAT actual now\""),
        ("RETREAT | t set free | a Rebels", "not in the sentence: \"set free\""),
        ("RETREAT | t free | a Rebels", "not in the sentence: \"free\""),
        ("RETREAT | t the | a Rebels", "\"the\" occurs 2 times, say which with #1"),
        ("RETREAT | t the #3 | a Rebels", "\"the\" has no occurrence #3"),
        ("RETREAT | t the #0 | a Rebels", "\"the\" has no occurrence #0"),
        ("RETREAT | t freed | t told | a Rebels", "slot t twice"),
        ("RETREAT | t freed | c ten | c told | a Rebels", "slot c twice"),
        ("RETREAT | t freed | q Rebels", "no such slot: \"q\""),
        ("RETREAT | t freed | a", "empty slot: a"),
        ("RETREAT | t freed | c hostages = people | a Rebels", "slot c takes no name"),
        ("RETREAT | t freed | a ^", "^ is only for a, r, by and via, and wants a name"),
        ("RETREAT | t freed | x ^ = Qatar", "^ is only for a, r, by and via, and wants a name"),
        ("RETREAT | a Rebels", "an event without a trigger (t)"),
        ("RETREAT | t freed", "an event with no actor (a), recipient (r) or place (where)"),
        ("SANCTION | t freed | a Rebels", "SANCTION wants a recipient"),
        ("RETREAT | t freed | a Rebels | cue told", "a cue without by or via"),
        ("SAY | cue told", "a cue without by or via"),
        ("SAY", "SAY without by or via"),
        ("SAY.loud | by a mediator", "SAY takes neither mode nor status"),
    ];
    for (line, wrong) in cases {
        let found = corpus(SENTENCE, &[line]);
        assert_eq!(mistakes(&found), [format!("a.txt:5: {wrong}")], "{line}");
        assert_eq!((found.articles.len(), found.left_out), (0, 1), "{line}");
    }
}

#[test]
fn layouts() {
    let cases: [(&str, &[&str], usize); 9] = [
        ("# only a comment\n", &["a.txt:1: no article in it: a line `== ID` begins one"], 0),
        ("Loose text.\n== a\n\nOne.\n", &["a.txt:1: text before the first `== ID` line, which begins an article"], 1),
        ("== a\nauthor: nobody\n\nOne.\n", &[HEADER], 0),
        ("== a\npublished: 3 May\n\nOne.\n", &["a.txt:2: published is no date: \"3 May\": write YYYY-MM-DD"], 0),
        ("== a\n\n  AGREE | t One | a One\nOne.\n", &["a.txt:3: an annotation before any sentence"], 0),
        ("== a\n\nOne  two.\n", &["a.txt:3: stray spaces, | or = in a sentence"], 0),
        ("== a\n\n== b\n\nOne.\n", &["a.txt:1: article a has no sentence"], 1),
        ("== a\n\nOne.\n== a\n\nTwo.\n", &["a.txt:4: the id a is taken by the article of line 1: give it another"], 1),
        ("\u{feff}== a\r\n\r\nOne.\r\n", &[], 1),
    ];
    for (text, wrong, articles) in cases {
        let found = Corpus::read("a.txt", text.as_bytes());
        assert_eq!(mistakes(&found), wrong, "{text:?}");
        assert_eq!(found.articles.len(), articles, "{text:?}");
    }
    assert_eq!(mistakes(&Corpus::read("a.txt", b"== a\n\nOne\xff.\n")), ["a.txt:3: not UTF-8: convert the file first"]);
}

const HEADER: &str = "a.txt:2: not a header line: \"author: nobody\"; a blank line ends the header, which may hold \
    published, publication, region, kind, byline, dateline";

#[test]
fn rows_are_the_same_article() {
    let text = corpus("Señor Díaz met Reuters.", &["CONSULT.visit | t met | a Señor Díaz = Díaz | a ^ = Peru"]);
    let row = r#"{"id": "a", "published": "2020-03-04", "sentences": [{"text": "Señor Díaz met Reuters.",
        "headline": false, "paragraph": true, "notes": [{"event": "CONSULT", "mode": "visit", "status": "actual",
        "attribution": [], "trigger": {"exact": "met", "start": 11, "end": 14},
        "actor": [{"exact": "Señor Díaz", "start": 0, "end": 10, "name": "Díaz"}, {"exact": null, "name": "Peru"}]}]}]}"#;
    let mut rows = Corpus::read("a.jsonl", row.replace('\n', " ").as_bytes());
    assert_eq!(mistakes(&rows), Vec::<String>::new());
    let (row, article) = (&mut rows.articles[0], &text.articles[0]);
    row.file = article.file.clone();
    row.sentences[0].line = article.sentences[0].line;
    row.sentences[0].notes[0].line = article.sentences[0].notes[0].line;
    assert_eq!(row, article);
}

#[test]
fn rows_that_are_wrong() {
    let sentence =
        |note: &str| format!(r#"{{"id": "a", "sentences": [{{"text": "Rebels met.", "notes": [{note}]}}]}}"#);
    let cases = [
        ("{".to_string(), "a.jsonl:1: not JSON (EOF while parsing an object at line 1 column 1)"),
        ("{}".to_string(), "a.jsonl:1: an article without an id"),
        (r#"{"id": "a"}"#.to_string(), "a.jsonl:1: an article without a list of sentences"),
        (r#"{"id": "a", "sentences": []}"#.to_string(), "a.jsonl:1: article a has no sentence"),
        (
            r#"{"id": "a", "sentences": [{"text": "One.\nTwo."}]}"#.to_string(),
            "a.jsonl:1: article a, sentence 1: a line break inside a sentence",
        ),
        (
            sentence(r#"{"event": "CONSULT", "trigger": {"exact": "met", "start": 6, "end": 9}}"#),
            "a.jsonl:1: article a, sentence 1: note 1: \"met\" does not stand at 6 to 9: \" me\" does",
        ),
        (
            sentence(r#"{"event": "CONSULT", "trigger": {"exact": "met", "start": 7, "end": 10}}"#),
            "a.jsonl:1: article a, sentence 1: note 1: an event with no actor (a), recipient (r) or place (where)",
        ),
    ];
    for (row, wrong) in cases {
        let found = Corpus::read("a.jsonl", row.as_bytes());
        assert_eq!(mistakes(&found), [wrong], "{row}");
        assert!(found.articles.is_empty(), "{row}");
    }
}

#[test]
fn marks_stand_in_the_text_that_is_coded() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../training/corpus/original");
    let mut articles = 0;
    for entry in std::fs::read_dir(folder).expect("the corpus is there").flatten() {
        let bytes = std::fs::read(entry.path()).expect("it can be read");
        let found = Corpus::read(&entry.file_name().to_string_lossy(), &bytes);
        assert_eq!(mistakes(&found), Vec::<String>::new());
        for article in &found.articles {
            articles += 1;
            let text = article.extracted().document.text;
            for sentence in &article.sentences {
                assert_eq!(text.get(sentence.span), Some(sentence.text.as_str()), "{}", article.id);
                for note in &sentence.notes {
                    let parties = note.actor.iter().chain(&note.recipient).chain(&note.place);
                    for mark in parties.chain([&note.trigger]).filter(|mark| mark.span.is_some()) {
                        let words = mark.span.and_then(|span| text.get(span));
                        assert_eq!(words, Some(mark.exact.as_str()), "{} line {}", article.id, note.line);
                    }
                }
            }
        }
    }
    assert!(articles > 500);
}

#[test]
fn the_split_is_that_of_the_checker() {
    // As `split_of` of `training/corpus/check.py` has it.
    let cases = [("harbour-21", Split::Test), ("harbour-7", Split::Dev), ("harbour-1", Split::Train)];
    for (id, split) in cases {
        assert_eq!(Split::of(id), split, "{id}");
    }
}

// ---- the scorer ----

/// One sentence as read: words at blanks, each hanging on the next, so that the
/// last word of a span is its head.
fn read(article: &Article) -> Record {
    let document = article.extracted().document;
    let mut sentences = Vec::new();
    for (index, sentence) in article.sentences.iter().enumerate() {
        let mut tokens = Vec::new();
        let mut start = sentence.span.start;
        let words: Vec<&str> = sentence.text.split(' ').collect();
        for (number, word) in words.iter().enumerate() {
            let bare = word.trim_end_matches(['.', ',']).chars().count();
            let head = (number + 1 < words.len()).then_some(number + 1);
            let span = Span::new(start, start + bare);
            tokens.push(Token { text: (*word).to_string(), span, head, deprel: "dep".into(), ..Token::default() });
            start += word.chars().count() + 1;
        }
        sentences.push(Sentence { index, span: sentence.span, tokens, ..Sentence::default() });
    }
    Record { document, sentences, ..Record::default() }
}

fn at(record: &Record, words: &str) -> Span {
    let text = record.document.text.as_str();
    let byte = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
    let start = text[..byte].chars().count();
    Span::new(start, start + words.chars().count())
}

fn party(record: &Record, words: &str, name: Option<&str>) -> Party {
    let span = at(record, words);
    let name = name.map(str::to_string);
    Party { text: words.to_string(), start: span.start, end: span.end, name, ..Party::default() }
}

fn report(record: &Record, event: Event, trigger: &str, status: Status) -> Report {
    let span = at(record, trigger);
    let sentence = record.sentences.iter().position(|sentence| sentence.span.contains(span)).expect("in a sentence");
    Report {
        id: format!("r_{}", record.reports.len()),
        document: String::new(),
        sentence,
        quote: record.document.text.quote(span).expect("words"),
        trigger: record.document.text.slice(span).expect("words"),
        event,
        mode: None,
        quad: event.quad().number(),
        score: 0.0,
        contexts: Vec::new(),
        cameo: None,
        status,
        actor: Vec::new(),
        recipient: Vec::new(),
        third_party: Vec::new(),
        content: None,
        conditions: Vec::new(),
        attribution: Vec::new(),
        when: When::unknown(),
        place: None,
        counts: Vec::new(),
        confidence: 0.75,
        found_by: "by hand".into(),
        remarks: Vec::new(),
    }
}

/// An article with these sentences and notes.
fn article(lines: &str) -> Article {
    let found = Corpus::read("a.txt", format!("== a\n\n{lines}").as_bytes());
    assert_eq!(mistakes(&found), Vec::<String>::new());
    found.articles.into_iter().next().expect("an article")
}

fn kinds(scored: &Scored) -> Vec<(FaultKind, &str)> {
    scored.faults.iter().map(|fault| (fault.kind, fault.detail.as_str())).collect()
}

use Event::{Accuse, Assault, Reject};
use FaultKind::{FalseReport, MissedEvent, WrongActor, WrongSource, WrongStatus, WrongType};
use Status::{Actual, Future, Hypothetical};

const SHELLED: &str = "Rebels twice shelled the old market.\n  ASSAULT | t twice shelled | a Rebels = The Front\n";

#[test]
fn triggers_that_share_a_token_and_their_types() {
    type Case<'a> = (&'a [(Event, &'a str, Status)], usize, usize, &'a [(FaultKind, &'a str)]);
    let cases: &[Case<'_>] = &[
        (&[], 0, 0, &[(MissedEvent, "ASSAULT")]),
        (&[(Assault, "shelled", Actual)], 1, 1, &[(WrongActor, "none found")]),
        (&[(Assault, "shelled the", Actual)], 1, 1, &[(WrongActor, "none found")]),
        // Beside each other is not the same.
        (&[(Assault, "the old", Actual)], 0, 0, &[(MissedEvent, "ASSAULT"), (FalseReport, "ASSAULT")]),
        (&[(Accuse, "shelled", Actual)], 1, 0, &[(WrongType, "ASSAULT taken for ACCUSE")]),
        // One to one: the second is one too many, and the right type wins over the first.
        (
            &[(Accuse, "twice", Actual), (Assault, "shelled", Actual)],
            1,
            1,
            &[(WrongActor, "none found"), (FalseReport, "ACCUSE")],
        ),
        (
            &[(Assault, "shelled", Future)],
            1,
            1,
            &[(WrongStatus, "actual taken for future"), (WrongActor, "none found")],
        ),
    ];
    let article = article(SHELLED);
    for (reports, trigger, typed, faults) in cases {
        let mut record = read(&article);
        for &(event, words, status) in *reports {
            let one = report(&record, event, words, status);
            record.reports.push(one);
        }
        let scored = score(&article, &record);
        let tally = &scored.tally;
        assert_eq!((tally.trigger.right, tally.typed.right), (*trigger, *typed), "{reports:?}");
        assert_eq!((tally.typed.found, tally.typed.wanted), (reports.len(), 1), "{reports:?}");
        assert_eq!(kinds(&scored), *faults, "{reports:?}");
    }
}

#[test]
fn actors_by_words_head_and_name() {
    // (words, name, exact, head, whether the actor is right)
    let cases = [
        ("Rebels", None, 1, 1, true),
        ("Rebels", Some("the front"), 1, 1, true),
        ("market", Some("THE FRONT"), 0, 0, true),
        ("market", Some("The Front of the North"), 0, 0, false),
        ("market", None, 0, 0, false),
    ];
    let article = article(SHELLED);
    for (words, name, exact, head, right) in cases {
        let mut record = read(&article);
        let mut one = report(&record, Assault, "shelled", Actual);
        one.actor = vec![party(&record, words, name)];
        record.reports.push(one);
        let scored = score(&article, &record);
        let role = scored.tally.roles[0];
        assert_eq!((role.exact.right, role.head.right), (exact, head), "{words} {name:?}");
        assert_eq!((role.exact.found, role.exact.wanted), (1, 1));
        assert_eq!(scored.weighed[0].right, right, "{words} {name:?}");
        assert_eq!(kinds(&scored).is_empty(), right, "{words} {name:?}");
    }
}

#[test]
fn heads_names_places_and_the_absent() {
    let article = article(
        "The old guards met in Lower Quay on Monday.\n  \
         CONSULT | t met | a The old guards | a ^ = Harbour Club | where Lower Quay = Quay | when Monday\n",
    );
    let mut record = read(&article);
    let mut one = report(&record, Event::Consult, "met", Actual);
    // The last word is the head; the absent are known by name alone.
    one.actor = vec![party(&record, "guards", None), party(&record, "Quay", Some("the harbour club"))];
    one.place = Some(Place {
        text: "Quay".into(),
        name: Some("Quay".into()),
        country: None,
        admin1: None,
        lat: None,
        lon: None,
        geonames: None,
        precision: PlacePrecision::None,
    });
    one.when =
        When { precision: Precision::Day, basis: Basis::Stated, text: Some("on Monday".into()), ..When::unknown() };
    record.reports.push(one);
    let tally = score(&article, &record).tally;
    let figures =
        |role: usize| (tally.roles[role].exact.right, tally.roles[role].head.right, tally.roles[role].head.wanted);
    assert_eq!((figures(0), figures(5), figures(6)), ((1, 2, 2), (0, 1, 1), (0, 1, 1)));
    assert_eq!((tally.place_names.right, tally.place_names.of), (1, 1));
    // Nobody annotated a name for the guards.
    assert_eq!(tally.named.of, 0);
}

#[test]
fn a_date_from_the_dateline_is_no_argument() {
    let article = article(SHELLED);
    let mut record = read(&article);
    let mut one = report(&record, Assault, "shelled", Actual);
    one.when = When { basis: Basis::Publication, text: None, ..When::unknown() };
    record.reports.push(one);
    assert_eq!(score(&article, &record).tally.roles[5].exact.found, 0);
}

#[test]
fn what_is_said_to_have_happened_and_did_not() {
    let article = article(
        "The envoy may resign and the club met.\n  \
         RETREAT hypothetical | t resign | a The envoy\n  CONSULT | t met | a the club\nNobody resigned.\n",
    );
    // (type, words, status, on something that happened, and of its type)
    let cases = [
        (Event::Retreat, "resign", Actual, 0, 0, 1),
        (Event::Retreat, "resign", Hypothetical, 0, 0, 0),
        (Event::Consult, "met", Actual, 1, 1, 1),
        (Accuse, "met", Actual, 1, 0, 1),
        (Event::Retreat, "resigned", Actual, 0, 0, 1),
    ];
    for (event, words, status, any, same, of) in cases {
        let mut record = read(&article);
        let one = report(&record, event, words, status);
        record.reports.push(one);
        let tally = score(&article, &record).tally;
        assert_eq!((tally.actual.right, tally.actual.of), (any, of), "{event:?} {words}");
        assert_eq!((tally.actual_typed.right, tally.actual_typed.of), (same, of), "{event:?} {words}");
        let nothing = usize::from(words == "resigned");
        assert_eq!((tally.false_reports, tally.empty), (nothing, 1), "{event:?} {words}");
    }
}

#[test]
fn speech_is_no_event() {
    let article = article("The bill is high, the clerk grumbled.\n  SAY | by the clerk | cue grumbled\n");
    let tally = score(&article, &read(&article)).tally;
    assert_eq!((tally.sentences, tally.empty, tally.events), (1, 1, 0));
    assert_eq!(tally.trigger.f1(), None);
    assert_eq!(tally.calibration_error(), None);
}

fn link(record: &Record, speaker: Option<&str>, medium: Option<&str>, cue: &str) -> Attribution {
    Attribution {
        medium: medium.map(str::to_string),
        speaker: speaker.map(|words| party(record, words, None)),
        text: speaker.or(medium).unwrap_or_default().to_string(),
        cue: Some(cue.to_string()),
        kind: SpeechKind::Indirect,
    }
}

#[test]
fn sources() {
    let article = article(
        "Rebels rejected it, an old mediator told Reuters after the clerk spoke.\n  \
         REJECT | t rejected | a Rebels | via Reuters | by an old mediator | cue told\n",
    );
    type Case<'a> = (&'a [(Option<&'a str>, Option<&'a str>, &'a str)], (usize, usize), Option<&'a str>);
    let cases: &[Case<'_>] = &[
        (&[], (0, 0), Some("none found")),
        (&[(Some("mediator"), Some("Reuters"), "told")], (1, 1), None),
        // Two links of one cue are one source; of two cues they are two.
        (&[(None, Some("Reuters"), "told"), (Some("old mediator"), None, "told")], (1, 1), None),
        (&[(None, Some("Reuters"), "told"), (Some("the clerk"), None, "spoke")], (1, 2), Some("too many")),
        (&[(Some("the clerk"), None, "spoke")], (0, 1), Some("another")),
        // "an" is not a word for anybody.
        (&[(Some("an"), None, "told")], (0, 1), Some("another")),
    ];
    for (links, (right, found), fault) in cases {
        let mut record = read(&article);
        let mut one = report(&record, Reject, "rejected", Actual);
        one.actor = vec![party(&record, "Rebels", None)];
        one.attribution = links.iter().map(|(speaker, medium, cue)| link(&record, *speaker, *medium, cue)).collect();
        record.reports.push(one);
        let scored = score(&article, &record);
        let counts = scored.tally.links;
        assert_eq!((counts.right, counts.found, counts.wanted), (*right, *found, 1), "{links:?}");
        let faults: Vec<_> = fault.iter().map(|detail| (WrongSource, *detail)).collect();
        assert_eq!(kinds(&scored), faults, "{links:?}");
    }
}

#[test]
fn confidence_against_what_is_right() {
    let article = article(SHELLED);
    let mut all = archive::eval::Tally::default();
    for (confidence, words) in
        [(0.95, "Rebels"), (0.85, "Rebels"), (0.81, "market"), (1.0, "Rebels"), (f32::NAN, "market")]
    {
        let mut record = read(&article);
        let mut one = report(&record, Assault, "shelled", Actual);
        one.actor = vec![party(&record, words, None)];
        one.confidence = confidence;
        record.reports.push(one);
        all.add(&score(&article, &record).tally);
    }
    let bins: Vec<(usize, usize)> = all.bins.iter().map(|bin| (bin.count, bin.right)).collect();
    assert_eq!(bins[8..], [(2, 1), (2, 2)]);
    // Something that is no number is no confidence at all.
    assert_eq!(bins[0], (1, 0));
    assert_eq!(all.articles, 5);
}

#[test]
fn a_document_that_was_not_read_misses_everything() {
    let article = article(SHELLED);
    let record = Record { document: article.extracted().document, skipped: true, ..Record::default() };
    let scored = score(&article, &record);
    assert_eq!(kinds(&scored), [(MissedEvent, "ASSAULT")]);
    assert_eq!(scored.tally.trigger.f1(), Some(0.0));
}
