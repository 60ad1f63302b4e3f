//! The documents are tests: the reference follows the definition, and every
//! field and remark has its place.

#[path = "story/report.rs"]
mod by_hand;
mod tool;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory;
use expect_test::expect_file;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page(name: &str) -> String {
    let path = root().join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// `UPDATE_EXPECT=1 cargo test -p verbale --test docs` writes the page anew.
#[test]
fn the_reference_follows_the_definition() {
    let page = verbale::reference::page(&verbale::cli::Cli::command());
    expect_file![root().join("docs/commands.md")].assert_eq(&page);
}

/// Every key of every object, but those under a key whose keys are data.
fn keys(value: &Value, into: &mut BTreeSet<String>) {
    const KEYS_ARE_DATA: [&str; 2] = ["counts", "scores"];
    match value {
        Value::Array(values) => values.iter().for_each(|value| keys(value, into)),
        Value::Object(fields) => {
            for (key, value) in fields {
                into.insert(key.clone());
                match value {
                    Value::Object(data) if KEYS_ARE_DATA.contains(&key.as_str()) => {
                        data.values().for_each(|value| keys(value, into));
                    }
                    _ => keys(value, into),
                }
            }
        }
        _ => {}
    }
}

/// The part of docs/formats.md under `## heading`.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let start =
        page.find(&format!("\n## {heading}\n")).unwrap_or_else(|| panic!("docs/formats.md has no ## {heading}"));
    let rest = &page[start + 4..];
    &rest[..rest.find("\n## ").unwrap_or(rest.len())]
}

#[test]
fn every_field_of_the_output_is_told() {
    let formats = page("docs/formats.md");
    let run = |arguments: &[&str]| -> Vec<Value> {
        let done = tool::verbale(arguments, b"");
        assert_eq!(done.status, 0, "{arguments:?}: {}", done.stderr);
        done.stdout.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    };
    let folder = tool::folder("fields", &[("demo.txt", include_bytes!("../examples/demo.txt"))]);
    let file = folder.join("demo.txt");
    let file = file.to_str().expect("a plain path");
    let mut reports = run(&["code", file, "--format", "jsonl"]);
    assert!(!reports.is_empty(), "the example has reports");
    reports.push(serde_json::to_value(by_hand::report()).expect("a report is JSON"));
    let question = br#"{"id": 1, "marked": "<s>Norway</s> thanked <t>Kenya</t>."}"#;
    let relation = tool::verbale(&["relate"], question);
    let relation = vec![serde_json::from_str(&relation.stdout).expect("one answer")];
    for (heading, values) in [
        ("Report", reports),
        (
            "PLOVER",
            run(&["code", file, "--format", "plover", "--status", "actual,negated,hypothetical,future,historical"]),
        ),
        ("Reading", run(&["read", file, "--format", "jsonl"])),
        ("Extract", run(&["extract", file])),
        ("Relation", relation),
    ] {
        let told = section(&formats, heading);
        let mut fields = BTreeSet::new();
        values.iter().for_each(|value| keys(value, &mut fields));
        let untold: Vec<&String> = fields.iter().filter(|field| !told.contains(&format!("`{field}`"))).collect();
        assert!(untold.is_empty(), "docs/formats.md, {heading}: say what these are: {untold:?}");
    }
    let told = section(&formats, "CSV");
    let untold: Vec<&&str> =
        verbale::render::csv::COLUMNS.iter().filter(|c| !told.contains(&format!("`{c}`"))).collect();
    assert!(untold.is_empty(), "docs/formats.md, CSV: say what these are: {untold:?}");
}

/// Every `Remark::new("kind", …)` outside of tests has a heading in docs/remarks.md.
#[test]
fn every_remark_is_told() {
    let told = page("docs/remarks.md");
    let mut kinds = BTreeSet::new();
    for krate in ["record", "encoder", "reading", "coding", "archive"] {
        sources(&root().join("crates").join(krate).join("src"), &mut |source| {
            let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let calls = ["Remark::new(", ".remark("].iter().flat_map(|call| code.match_indices(call));
            for (place, call) in calls {
                let line_start = code[..place].rfind('\n').map_or(0, |newline| newline + 1);
                let comment = code[line_start..place].trim_start().starts_with("//");
                let arguments = &code[place + call.len()..];
                // The kind is the first literal, and the first or second argument.
                let Some((before, rest)) = arguments.split_once('"') else { continue };
                let kind = rest.split('"').next().unwrap_or_default();
                let is_kind = !kind.is_empty() && kind.chars().all(|c| c.is_ascii_lowercase() || c == '-');
                if !comment && is_kind && before.len() < 60 && !before.contains([';', '{']) {
                    kinds.insert(kind.to_string());
                }
            }
        });
    }
    assert!(kinds.len() > 5, "the remarks are made elsewhere now: {kinds:?}");
    let headings: BTreeSet<&str> = told.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let untold: Vec<&String> = kinds.iter().filter(|kind| !headings.contains(kind.as_str())).collect();
    assert!(untold.is_empty(), "docs/remarks.md: give these a heading: {untold:?}");
    let gone: Vec<&&str> = headings.iter().filter(|heading| !kinds.contains(**heading)).collect();
    assert!(gone.is_empty(), "docs/remarks.md: nothing says these any more: {gone:?}");
}

fn sources(folder: &Path, each: &mut impl FnMut(&str)) {
    for entry in fs::read_dir(folder).expect("a crate has sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, each);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            each(&fs::read_to_string(&path).expect("a source is text"));
        }
    }
}

#[test]
fn every_command_has_a_man_page_and_completions() {
    let folder = tool::folder("man", &[]);
    let done = tool::verbale(&["man", folder.to_str().expect("a plain path")], b"");
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    for command in verbale::cli::Cli::command().get_subcommands() {
        let page = fs::read_to_string(folder.join(format!("verbale-{}.1", command.get_name()))).expect("it has a page");
        assert!(page.contains(&format!("verbale\\-{}", command.get_name())), "{page}");
    }
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let done = tool::verbale(&["completions", shell], b"");
        assert_eq!(done.status, 0, "{}", done.stderr);
        assert!(done.stdout.contains("codebook"), "{shell}");
    }
}

/// What docs/own-types.md shows is what happens.
#[test]
fn own_types_are_found_as_told() {
    let page = page("docs/own-types.md");
    let fenced = |kind: &str| -> Vec<String> {
        let fence = format!("```{kind}\n");
        let blocks = page.split(&fence).skip(1);
        blocks.map(|block| block.split("```").next().unwrap_or_default().to_string()).collect()
    };
    let (entries, article) = (fenced("toml"), fenced("text").remove(0));
    let folder = tool::folder(
        "own-types",
        &[
            ("mine/arson.toml", entries[0].as_bytes()),
            ("mine/embassy.toml", entries[1].as_bytes()),
            ("article.txt", article.as_bytes()),
        ],
    );
    let done = tool::verbale_in(&folder, &["codebook", "--codebook", "mine"], b"");
    assert_eq!(done.status, 0, "{done}");
    let done = tool::verbale_in(&folder, &["code", "article.txt", "--codebook", "mine", "--format", "jsonl"], b"");
    let reports: Vec<Value> = done.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let found: Vec<(&str, &str)> = reports
        .iter()
        .map(|report| {
            let found_by = report["found_by"].as_str().unwrap_or_default();
            (report["trigger"]["exact"].as_str().unwrap_or_default(), found_by.split(" (").next().unwrap_or_default())
        })
        .collect();
    assert_eq!(found, [("torched", "examples own.arson"), ("shut", "rule own.embassy/1")], "{done}");
    let done = tool::verbale_in(&folder, &["explain", "article.txt", "1", "--codebook", "mine"], b"");
    let told: String = done.stdout.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
    assert!(told.contains("is nearest to \"Gunmen torched a school outside"), "{done}");
    let done = tool::verbale_in(&folder, &["code", "article.txt", "--format", "jsonl"], b"");
    assert!(!done.stdout.contains("own."), "without the folder nothing of it is left: {done}");
}
