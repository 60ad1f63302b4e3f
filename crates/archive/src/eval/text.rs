//! The text form of a corpus: `== ID`, a header, sentences, indented notes.
//!
//! Takes the text of a file; gives its articles and mistakes to a [`Corpus`].
//! The rules are those of `training/corpus/check.py`, but for what is only the
//! house's own (names of files, regions, kinds of article): a user's corpus may
//! leave `region`, `kind`, `publication` and `published` out.

use super::annotation::{self, Line};
use super::corpus::{Annotated, Article, Corpus};

const HEADER: [&str; 6] = ["published", "publication", "region", "kind", "byline", "dateline"];

/// An article that is being read, and how often it was wrong.
#[derive(Default)]
struct Open {
    article: Article,
    wrong: usize,
}

pub(super) fn read(file: &str, text: &str, corpus: &mut Corpus) {
    let mut open: Option<Open> = None;
    let (mut in_header, mut breaks, mut loose) = (false, false, false);
    for (number, raw) in (1..).zip(text.split('\n')) {
        let line = raw.trim_end();
        if line.starts_with('#') {
            continue;
        }
        if let Some(id) = line.strip_prefix("== ") {
            close(corpus, open.take());
            let article =
                Article { id: id.trim().to_string(), file: file.to_string(), line: number, ..Article::default() };
            open = Some(Open { article, wrong: 0 });
            in_header = true;
            continue;
        }
        let Some(here) = &mut open else {
            // Once is enough where the file is no corpus at all.
            if !line.is_empty() && !std::mem::replace(&mut loose, true) {
                corpus.mistake(file, number, "text before the first `== ID` line, which begins an article");
            }
            continue;
        };
        let done = if line.is_empty() {
            (breaks, in_header) = (true, false);
            Ok(())
        } else if in_header {
            header(&mut here.article, line)
        } else if line.starts_with("  ") {
            note(&mut here.article, line, number)
        } else {
            let begins = std::mem::take(&mut breaks);
            sentence(&mut here.article, line, number, begins)
        };
        if let Err(wrong) = done {
            here.wrong += 1;
            corpus.mistake(file, number, wrong);
        }
    }
    close(corpus, open);
}

fn close(corpus: &mut Corpus, open: Option<Open>) {
    let Some(Open { mut article, mut wrong }) = open else { return };
    if article.sentences.is_empty() {
        wrong += 1;
        corpus.mistake(&article.file, article.line, format!("article {} has no sentence", article.id));
    }
    if wrong > 0 {
        corpus.left_out += 1;
    } else {
        article.settle();
        corpus.articles.push(article);
    }
}

fn header(article: &mut Article, line: &str) -> Result<(), String> {
    let found = line.split_once(": ").filter(|(key, _)| HEADER.contains(key));
    let Some((key, value)) = found else {
        return Err(format!(
            "not a header line: \"{line}\"; a blank line ends the header, which may hold {}",
            HEADER.join(", ")
        ));
    };
    let value = value.trim().to_string();
    match key {
        "published" => article.published = Some(annotation::date(&value)?),
        "publication" => article.publication = Some(value),
        "byline" => article.byline = Some(value),
        // The region, the kind and the place in the dateline are for counting:
        // nothing here asks for them.
        _ => {}
    }
    Ok(())
}

fn note(article: &mut Article, line: &str, number: usize) -> Result<(), String> {
    let sentence = article.sentences.last_mut().ok_or("an annotation before any sentence")?;
    if let Line::Event(mut note) = annotation::parse(line, &sentence.text)? {
        note.line = number;
        sentence.notes.push(*note);
    }
    Ok(())
}

fn sentence(article: &mut Article, line: &str, number: usize, paragraph: bool) -> Result<(), String> {
    let headline = line.starts_with("* ");
    let text = if headline { &line[2..] } else { line };
    article.sentences.push(Annotated {
        line: number,
        text: text.to_string(),
        headline,
        paragraph,
        ..Annotated::default()
    });
    if text != text.trim() || ["  ", " | ", " = "].iter().any(|stray| text.contains(stray)) {
        return Err("stray spaces, | or = in a sentence".to_string());
    }
    Ok(())
}
