//! `verbale eval`: what a user sees, on two tiny corpora, and that docs/eval.md
//! shows the same.

mod tool;

use std::collections::BTreeSet;
use std::path::Path;

use expect_test::{Expect, expect};
use serde_json::Value;

use tool::{Done, folder, verbale_in};

const RIGHT: &[u8] = include_bytes!("corpora/right.txt");
const MISTAKES: &[u8] = include_bytes!("corpora/mistakes.txt");

fn run(name: &str, files: &[(&str, &[u8])], arguments: &[&str], stdin: &[u8]) -> Done {
    let arguments: Vec<&str> = ["eval"].iter().chain(arguments).copied().collect();
    let mut done = verbale_in(&folder(&format!("eval-{name}"), files), &arguments, stdin);
    // The speed is never the same either.
    let timeless =
        |line: &str| line.split_once("[time]").map_or(line.to_string(), |(counts, _)| format!("{counts}[time]"));
    done.stderr = done.stderr.lines().map(|line| timeless(line) + "\n").collect();
    done
}

fn check(name: &str, files: &[(&str, &[u8])], arguments: &[&str], expected: Expect) {
    let mut done = run(name, files, arguments, b"");
    // The figures have their own tests; what they are depends on the coder.
    done.stdout = done.stdout.split("\n\n").next().unwrap_or_default().to_string();
    expected.assert_eq(&done.to_string());
}

/// The part of a page from one line on to another.
fn part<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap_or_else(|| panic!("no {from:?} in {page}"));
    let rest = &page[start..];
    &rest[..rest.find(to).unwrap_or(rest.len())]
}

#[test]
fn a_corpus_and_the_page_that_shows_it() {
    let done = run("right", &[("harbour.txt", RIGHT)], &["harbour.txt", "--errors"], b"");
    assert_eq!((done.status, done.stderr.as_str()), (0, "2 articles, 7 sentences, 0 skipped, [time]\n"));
    let events = part(&done.stdout, "2 articles", "\nTYPES");
    expect![[r#"
        2 articles, 7 sentences (3 without an event), 5 events, 4 reports

        EVENTS
                                                P      R     F1  right  found wanted
          trigger                           100.0   80.0   88.9      4      4      5
          trigger and type                  100.0   80.0   88.9      4      4      5
          trigger, type and status          100.0   80.0   88.9      4      4      5
    "#]]
    .assert_eq(events);
    let error = part(&done.stdout, "MISSED EVENT", "\nWRONG");
    expect![[r#"
        MISSED EVENT  1

          AID  1

            harbour-7  harbour.txt:24  "mended"
              wanted  AID | t mended | a The crew | r ^ = Harbour Club
              The crew mended the sail all night.
    "#]]
    .assert_eq(error);
    assert!(done.stdout.contains("found   Kenya\n"), "the wrong actor: {}", done.stdout);
    for line in done.stdout.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/eval.md"));
    let page = page.expect("the page is there");
    for block in [std::str::from_utf8(RIGHT).expect("text"), events, error] {
        assert!(page.contains(&format!("```\n{block}```\n")), "docs/eval.md shows something else than\n{block}");
    }
}

#[test]
fn mistakes_are_told_and_the_rest_is_scored() {
    check(
        "mistakes",
        &[("quay.txt", MISTAKES)],
        &["quay.txt"],
        expect![[r#"
            status 0
            -- stdout
            1 article, 1 sentence (0 without an event), 1 event, 1 report
            -- stderr
            verbale: quay.txt:1: text before the first `== ID` line, which begins an article
            verbale: quay.txt:4: not a header line: "publisher: nobody"; a blank line ends the header, which may hold published, publication, region, kind, byline, dateline
            verbale: quay.txt:7: not in the sentence: "set free"
            verbale: quay.txt:10: published is no date: "yesterday": write YYYY-MM-DD
            verbale: quay.txt:13: RETREAT has no mode flee
            verbale: quay.txt:18: "the rebels" occurs 2 times, say which with #1
            verbale: quay.txt:20: article quay-4 has no sentence
            verbale: quay.txt:27: the id quay-5 is taken by the article of line 22: give it another
            1 article, 1 sentence, 5 skipped, [time]
        "#]],
    );
}

#[test]
fn a_file_of_mistakes_only() {
    check(
        "only",
        &[("a.txt", b"== a\n\nRebels left.\n  RETREAT | t went\n"), ("b.txt", RIGHT)],
        &["."],
        expect![[r#"
            status 1
            -- stdout
            2 articles, 7 sentences (3 without an event), 5 events, 4 reports
            -- stderr
            verbale: a.txt:4: not in the sentence: "went"
            2 articles, 7 sentences, 1 skipped, [time]
        "#]],
    );
}

#[test]
fn what_is_not_annotated() {
    check(
        "plain",
        &[("notes.md", b"Rebels left."), ("plain.txt", b"Rebels left.\nThey came back.\n")],
        &["."],
        expect![[r#"
            status 1
            -- stderr
            verbale: plain.txt:1: text before the first `== ID` line, which begins an article
            0 articles, 0 sentences, 0 skipped, [time]
        "#]],
    );
}

#[test]
fn nothing_to_score() {
    check(
        "empty",
        &[("notes.md", b"Rebels left.")],
        &["."],
        expect![[r#"
            status 1
            -- stderr
            verbale: no annotated text here: give .txt or .jsonl files in a format of docs/eval.md
            0 articles, 0 sentences, 0 skipped, [time]
        "#]],
    );
    check(
        "split",
        &[("harbour.txt", RIGHT)],
        &["harbour.txt", "--split", "test"],
        expect![[r#"
            status 1
            -- stderr
            0 articles, 0 sentences, 0 skipped, [time]
            verbale: nothing to score: no article of this split was found
        "#]],
    );
    check(
        "missing",
        &[],
        &["nowhere.txt"],
        expect![[r#"
            status 1
            -- stderr
            verbale: nowhere.txt: no such file: check the path
            0 articles, 0 sentences, 0 skipped, [time]
        "#]],
    );
}

#[test]
fn an_id_in_two_files() {
    check(
        "twins",
        &[("a.txt", RIGHT), ("b.txt", b"== harbour-1\n\nOne.\n")],
        &["a.txt", "b.txt"],
        expect![[r#"
            status 0
            -- stdout
            2 articles, 7 sentences (3 without an event), 5 events, 4 reports
            -- stderr
            verbale: b.txt:1: the id harbour-1 is taken in another file: give it another
            2 articles, 7 sentences, 1 skipped, [time]
        "#]],
    );
}

#[test]
fn misuse() {
    for (arguments, reason) in [
        (&["harbour.txt", "--reports"][..], "--reports wants --format jsonl"),
        (&[], "<PATH>"),
        (&["harbour.txt", "--split", "all"], "'all'"),
        (&["harbour.txt", "--format", "table"], "'table'"),
        (&["harbour.txt", "--jobs", "0"], "--jobs"),
    ] {
        let done = run("misuse", &[("harbour.txt", RIGHT)], arguments, b"");
        assert_eq!((done.status, done.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(done.stderr.contains(reason), "{arguments:?}: {}", done.stderr);
    }
}

#[test]
fn a_split_is_a_part() {
    let all = run("parts", &[("harbour.txt", RIGHT)], &["harbour.txt"], b"");
    let dev = run("parts-dev", &[("harbour.txt", RIGHT)], &["harbour.txt", "--split", "dev"], b"");
    assert!(all.stdout.starts_with("2 articles, 7 sentences"), "{}", all.stdout);
    assert!(dev.stdout.starts_with("1 article, 3 sentences"), "{}", dev.stdout);
}

#[test]
fn the_order_and_the_threads_do_not_matter() {
    let one = run("one", &[("harbour.txt", RIGHT)], &["harbour.txt", "--errors", "--jobs", "1"], b"");
    let many = run("many", &[("harbour.txt", RIGHT)], &["harbour.txt", "--errors", "--jobs", "4"], b"");
    assert_eq!(one.stdout, many.stdout);
    let stdin = run("stdin", &[], &["-", "--jobs", "2"], RIGHT);
    assert!(one.stdout.starts_with(&stdin.stdout), "{}", stdin.stdout);
}

/// Every key of every object, but those under a key whose keys are data.
fn keys(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| keys(value, into)),
        Value::Object(fields) => {
            for (key, value) in fields {
                into.insert(key.clone());
                match value {
                    Value::Object(data) if ["types", "statuses", "roles"].contains(&key.as_str()) => {
                        data.values().for_each(|value| keys(value, into));
                    }
                    _ => keys(value, into),
                }
            }
        }
        _ => {}
    }
}

#[test]
fn every_field_is_told() {
    let case: [(&str, &[u8]); 2] = [
        ("case/article.txt", b"Kenya accused Uganda of shelling a border village on Monday, a clerk said.\n"),
        (
            "case/gold.jsonl",
            b"{\"id\": \"s1\", \"quote\": \"Kenya accused Uganda\", \"event\": [\"ACCUSE\"], \"actor\": [\"Kenya\"]}\n",
        ),
    ];
    let files = [("harbour.txt", RIGHT), case[0], case[1]];
    let done = run("fields", &files, &[".", "--format", "jsonl", "--errors", "--reports"], b"");
    assert_eq!((done.status, done.stderr.as_str()), (0, "2 articles, 7 sentences, 1 case, 0 skipped, [time]\n"));
    let rows: Vec<Value> = done.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let having = |key: &str| rows.iter().filter(|row| row.get(key).is_some()).count();
    assert_eq!((having("articles"), having("case"), having("gold_status")), (1, 1, 4));
    assert!(having("error") >= 2);
    let case = rows.last().expect("the case comes last");
    assert_eq!((&case["covered"], &case["events"]), (&Value::from(1), &Value::from(1)));
    let page = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/eval.md"));
    let page = page.expect("the page is there");
    let mut told = BTreeSet::new();
    rows.iter().for_each(|row| keys(row, &mut told));
    let untold: Vec<&String> = told.iter().filter(|key| !page.contains(&format!("`{key}`"))).collect();
    assert!(untold.is_empty(), "docs/eval.md: say what these are: {untold:?}");
}

#[test]
fn a_case_is_told_fact_by_fact() {
    let files: [(&str, &[u8]); 3] = [
        ("article.txt", b"Kenya accused Uganda of shelling a border village on Monday, a clerk said.\n"),
        ("gold.jsonl", b"{\"id\": \"s1\", \"quote\": \"Kenya accused Uganda\", \"event\": [\"ACCUSE\"], \"actor\": [\"Kenya\"], \"date\": \"2023-06-05\"}\n"),
        ("meta.json", b"{\"published\": \"2023-06-06\"}\n"),
    ];
    let done = run("case", &files, &["."], b"");
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(done.stdout.starts_with("case .\ns1: covered by ACCUSE \"accused\""), "{}", done.stdout);
    assert!(done.stdout.contains("\nevents 1/1, wrong actuals 0,"), "{}", done.stdout);
}
