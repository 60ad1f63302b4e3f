//! A report with every field filled, built by hand.

use jiff::civil::date;
use record::{
    Attribution, Basis, Count, Event, Party, Place, PlacePrecision, Precision, Report, Span, SpeechKind, Status, Text,
    When,
};

pub fn report() -> Report {
    let text = Text::new("Islamabad demanded action from the Taliban until the blockade ends");
    let party = |text: &str, name: &str, start, end, country| {
        let party = Party {
            text: text.into(),
            start,
            end,
            name: Some(name.into()),
            id: Some("state.x".into()),
            wikidata: Some("Q1".into()),
            ..Party::default()
        };
        party.coded(Some(country), Some("GOV"))
    };
    let pakistan = party("Islamabad", "Pakistan", 0, 9, "PAK");
    let link = |medium: Option<&str>, speaker, text: &str| Attribution {
        medium: medium.map(String::from),
        speaker,
        text: text.into(),
        cue: Some("told".into()),
        kind: SpeechKind::Indirect,
    };
    let slice = |start, end| text.slice(Span::new(start, end)).expect("inside the text");
    Report {
        id: "r_0000000000000000".into(),
        document: "d_0000000000000000".into(),
        sentence: 0,
        quote: text.quote(Span::new(0, 25)).expect("inside the text"),
        trigger: slice(10, 18),
        event: Event::Request,
        mode: Event::Request.mode("yield"),
        quad: 3,
        score: -1.0,
        contexts: vec!["diplomatic".into()],
        cameo: Some("105".into()),
        status: Status::Actual,
        actor: vec![pakistan.clone()],
        recipient: vec![party("the Taliban", "Taliban", 31, 42, "AFG")],
        third_party: vec![],
        content: Some(slice(19, 25)),
        conditions: vec![slice(43, 66)],
        attribution: vec![link(Some("Dawn"), None, "Dawn"), link(None, Some(pakistan), "a senior official")],
        when: When {
            start: Some(date(2025, 10, 27)),
            end: Some(date(2025, 10, 27)),
            precision: Precision::Day,
            basis: Basis::Stated,
            text: Some("Monday".into()),
        },
        place: Some(Place {
            text: "Istanbul".into(),
            name: Some("Istanbul".into()),
            country: Some("TUR".into()),
            admin1: Some("Istanbul".into()),
            lat: Some(41.01),
            lon: Some(28.95),
            geonames: Some(745044),
            precision: PlacePrecision::Place,
        }),
        counts: vec![Count { what: "killed".into(), low: Some(20), high: None, text: "at least 20 people".into() }],
        confidence: 0.93,
        found_by: "request.demand/1".into(),
        remarks: vec![],
    }
}
