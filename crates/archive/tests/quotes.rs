//! Rule 2 of the house on whole articles: no report without its exact words,
//! and the same article gives the same bytes.

use std::fs;
use std::path::Path;

use archive::{Defaults, Ground, Record, Source};

/// Our own articles: the stories and the demo.
fn articles() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found =
        vec![("demo".to_string(), fs::read_to_string(root.join("crates/verbale/examples/demo.txt")).unwrap())];
    for entry in fs::read_dir(root.join("stories")).unwrap().flatten() {
        let text = fs::read_to_string(entry.path()).unwrap();
        if let Some((_, rest)) = text.split_once("```article") {
            let body = rest.split("```").next().unwrap_or_default();
            let body = body.split_once("\n\n").map_or(body, |(_, body)| body);
            found.push((entry.path().display().to_string(), body.to_string()));
        }
    }
    found.sort();
    found
}

fn record(ground: &Ground, text: &str) -> Record {
    let defaults = Defaults { published: Some(jiff::civil::date(2020, 6, 15)), ..Defaults::default() };
    let source = Source { name: "article.txt", kind: None, defaults: Some(&defaults) };
    let one = archive::extract(text.as_bytes(), &source).unwrap().documents.into_iter().next().unwrap();
    ground.code(one)
}

#[test]
fn every_exact_is_its_slice() {
    let ground = Ground::embedded();
    let mut reports = 0;
    for (name, text) in articles() {
        let record = record(&ground, &text);
        let text = &record.document.text;
        for report in &record.reports {
            reports += 1;
            assert!(report.quote.holds_in(text), "{name}: quote of {}", report.id);
            assert!(report.trigger.holds_in(text), "{name}: trigger of {}", report.id);
            assert!(
                report.quote.span().contains(report.trigger.span()),
                "{name}: {} does not quote its trigger",
                report.id
            );
            for slice in report.content.iter().chain(&report.conditions) {
                assert!(slice.holds_in(text), "{name}: content of {}", report.id);
            }
            for party in report.actor.iter().chain(&report.recipient).chain(&report.third_party) {
                assert_eq!(text.get(party.span()), Some(party.text.as_str()), "{name}: party of {}", report.id);
            }
        }
    }
    assert!(reports > 50, "only {reports} reports in all stories");
}

#[test]
fn the_same_article_gives_the_same_bytes() {
    let ground = Ground::embedded();
    let (_, text) = &articles()[0];
    let bytes = |ground: &Ground| serde_json::to_string(&record(ground, text).reports).unwrap();
    let first = bytes(&ground);
    let others: Vec<String> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..3).map(|_| scope.spawn(|| bytes(&ground))).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert!(others.iter().all(|other| *other == first));
    assert_eq!(bytes(&Ground::embedded()), first, "another process would differ too");
}

#[test]
fn no_two_reports_share_an_id() {
    let ground = Ground::embedded();
    for (name, text) in articles() {
        let mut ids: Vec<String> = record(&ground, &text).reports.into_iter().map(|report| report.id).collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "{name}");
    }
}
