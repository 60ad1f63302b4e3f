//! The stories in `stories/`, run. See `stories/README.md` for the format.
//!
//! `STORY=word` runs those whose file name holds the word and prints all their
//! reports. `UPDATE_EXPECT=1` puts `fixme` before every line that is broken today
//! and takes it away where it is mended: read what it did.

#[path = "story/report.rs"]
mod by_hand;
mod story;

use std::fs;
use std::path::{Path, PathBuf};

use archive::{Defaults, Ground, Source};
use record::Report;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stories")
}

fn reports(ground: &Ground, article: &story::Article) -> Vec<Report> {
    let known =
        Defaults { published: article.published, publication: article.publication.clone(), ..Defaults::default() };
    let source = Source { name: "story.txt", defaults: Some(&known), ..Source::default() };
    let extraction = archive::extract(article.text.as_bytes(), &source).expect("a story is an article");
    extraction.documents.into_iter().flat_map(|document| ground.code(document).reports).collect()
}

#[test]
fn every_story_comes_out_as_it_must() {
    let wanted = std::env::var("STORY").ok();
    let pin = std::env::var_os("UPDATE_EXPECT").is_some();
    let ground = Ground::embedded();
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder()).expect("stories stand beside crates").flatten().map(|e| e.path()).collect();
    files.sort();
    let (mut seen, mut failures) = (0, String::new());
    for file in files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let chosen = wanted.as_ref().is_none_or(|word| name.contains(word.as_str()));
        if !name.ends_with(".md") || name == "README.md" || !chosen {
            continue;
        }
        let source = fs::read_to_string(&file).expect("a story is text");
        let mut lines: Vec<String> = source.lines().map(String::from).collect();
        let articles = story::parse(&source).unwrap_or_else(|reason| panic!("{name}: {reason}"));
        for article in &articles {
            seen += 1;
            let reports = reports(&ground, article);
            if wanted.is_some() {
                println!("\n{name}");
                reports.iter().for_each(|report| println!("  {}", story::line(report)));
            }
            for wish in &article.wishes {
                if let Some(reason) = wish.broken(&reports) {
                    if pin {
                        let line = &mut lines[wish.number - 1];
                        *line = line.strip_prefix("fixme ").map_or(format!("fixme {line}"), String::from);
                        continue;
                    }
                    failures += &format!("\nstories/{name}:{}\n  {}\n  {reason}\n", wish.number, wish.line);
                }
            }
        }
        if pin {
            fs::write(&file, lines.join("\n") + "\n").expect("a story can be written");
        }
    }
    assert!(seen > 0, "no story was run");
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn a_story_that_cannot_be_read_says_where() {
    let reason = |source: &str| story::parse(source).unwrap_err();
    let head = "```article\npublished: 2001-01-01\n\nA text.\n```\n";
    assert_eq!(reason("# Nothing\n"), "no block marked `article`");
    assert_eq!(reason("must: ACCUSE\n"), "line 1 comes before any article");
    assert_eq!(reason(head), "no `must not` for the article \"A text.…\"");
    assert_eq!(reason(&format!("{head}must: BLAME\n")), "line 6: BLAME is not an event type");
    assert_eq!(reason(&format!("{head}must : ACCUSE\n")), "line 6 is not `must: …` or `must not: …`");
    assert_eq!(reason(&format!("{head}must: ACCUSE | actor\n")), "line 6: `actor` is not field=value");
    assert!(reason(&format!("{head}must: ACCUSE | who=x\n")).starts_with("line 6: who is not a field; use mode,"));
    assert_eq!(reason(&format!("{head}must: ACCUSE | status=maybe\n")), "line 6: maybe is not a status");
    assert_eq!(
        reason("```article\nA text.\n```\n"),
        "the article at line 1: `A text.` is not published or publication; is the empty line missing?"
    );
}

/// The runner itself: a report built by hand, and wishes it keeps and breaks.
#[test]
fn wishes_are_held_against_reports() {
    let report = by_hand::report();
    let broken = |line: &str| {
        let source = format!("```article\n\nA text.\n```\nmust not: AID\n{line}\n");
        let articles = story::parse(&source).expect("it can be read");
        articles[0].wishes[1].broken(std::slice::from_ref(&report))
    };
    for kept in [
        "must: REQUEST | actor=pakistan | recipient=The Taliban",
        "must: * | actor=PAK GOV | when=2025-10-27 | place=TUR",
        "must: AGREE or REQUEST | mode=yield | quote=DEMANDED | speaker=official | medium=Dawn | killed=20",
        "must not: REQUEST | status=negated",
        "must not: ACCUSE",
        "fixme must: ACCUSE",
        "fixme must not: REQUEST",
    ] {
        assert_eq!(broken(kept), None, "{kept}");
    }
    for unkept in [
        "must: ACCUSE",
        "must: REQUEST | actor=Taliban",
        "must: REQUEST | actor=Pakistan + Taliban",
        "must: REQUEST | recipient=-",
        "must: REQUEST | status=future",
        "must: REQUEST | when=2025-10-28",
        "must not: REQUEST",
        "must not: * | quote=demanded",
        "fixme must: REQUEST",
        "fixme must not: ACCUSE",
    ] {
        assert!(broken(unkept).is_some(), "{unkept}");
    }
    assert_eq!(
        broken("must: REQUEST | actor=Taliban").as_deref(),
        Some(
            "closest: 2025-10-27 Pakistan (PAK GOV) → REQUEST (yield) → Taliban (AFG GOV) [actual] in Istanbul, according to \
             a senior official, via Dawn “Islamabad demanded action” (request.demand/1)\n           but actor is Islamabad \
             (PAK GOV), not Taliban"
        )
    );
}
