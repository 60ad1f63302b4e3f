//! The JSON form of a corpus: one object an article.
//!
//! Takes lines as `training/corpus/check.py --jsonl` and `real.py join` print
//! them; gives articles and mistakes to a [`Corpus`]. Every `exact` is held
//! against its offsets, which count code points of the sentence.

use record::Span;
use serde_json::{Map, Value};

use super::annotation;
use super::corpus::{Annotated, Article, Corpus, Mark, Note, Source};

pub(super) fn read(file: &str, text: &str, corpus: &mut Corpus) {
    for (number, line) in (1..).zip(text.split('\n')) {
        if line.trim().is_empty() {
            continue;
        }
        match article(line) {
            Ok(mut article) => {
                article.file = file.to_string();
                article.line = number;
                for note in article.sentences.iter_mut().flat_map(|sentence| &mut sentence.notes) {
                    note.line = number;
                }
                article.sentences.iter_mut().for_each(|sentence| sentence.line = number);
                article.settle();
                corpus.articles.push(article);
            }
            Err(wrong) => {
                corpus.left_out += 1;
                corpus.mistake(file, number, wrong);
            }
        }
    }
}

type Object = Map<String, Value>;

fn article(line: &str) -> Result<Article, String> {
    let row: Value = serde_json::from_str(line).map_err(|error| format!("not JSON ({error})"))?;
    let row = row.as_object().ok_or("not an object: give one article a line")?;
    let id = string(row, "id")?.ok_or("an article without an id")?;
    let rows = row.get("sentences").and_then(Value::as_array).ok_or("an article without a list of sentences")?;
    if rows.is_empty() {
        return Err(format!("article {id} has no sentence"));
    }
    let sentences = (1..)
        .zip(rows)
        .map(|(number, row)| sentence(row).map_err(|wrong| format!("article {id}, sentence {number}: {wrong}")))
        .collect::<Result<_, _>>()?;
    let published = string(row, "published")?.filter(|date| !date.is_empty());
    Ok(Article {
        id,
        published: published.map(|value| annotation::date(&value)).transpose()?,
        publication: string(row, "publication")?,
        byline: string(row, "byline")?,
        address: string(row, "address")?,
        sentences,
        ..Article::default()
    })
}

fn sentence(row: &Value) -> Result<Annotated, String> {
    let row = row.as_object().ok_or("not an object")?;
    let text = string(row, "text")?.filter(|text| !text.trim().is_empty()).ok_or("no text")?;
    if text.contains('\n') {
        return Err("a line break inside a sentence".to_string());
    }
    let flag = |field: &str| row.get(field).and_then(Value::as_bool).unwrap_or(false);
    let mut out = Annotated { headline: flag("headline"), paragraph: flag("paragraph"), text, ..Annotated::default() };
    for (number, value) in (1..).zip(list(row, "notes")?) {
        let found = value.as_object().ok_or("not an object".to_string()).and_then(|row| note(row, &out.text));
        let found = found.map_err(|wrong| format!("note {number}: {wrong}"))?;
        out.notes.extend(found);
    }
    Ok(out)
}

/// `None` is speech without an event.
fn note(row: &Object, sentence: &str) -> Result<Option<Note>, String> {
    let kind = string(row, "event")?.ok_or("no event")?;
    let links =
        list(row, "attribution")?.iter().map(|link| source(link, sentence)).collect::<Result<Vec<Source>, String>>()?;
    if kind == "SAY" {
        return Ok(None);
    }
    let mode = string(row, "mode")?.unwrap_or_default();
    let mut note = annotation::opened(&kind, &mode, string(row, "status")?.as_deref())?;
    let one =
        |field: &str| row.get(field).filter(|value| !value.is_null()).map(|value| mark(value, sentence)).transpose();
    let many = |field: &str| list(row, field)?.iter().map(|value| mark(value, sentence)).collect::<Result<Vec<_>, _>>();
    let trigger = one("trigger")?;
    note.content = one("content")?;
    note.actor = many("actor")?;
    note.recipient = many("recipient")?;
    note.third_party = many("third_party")?;
    note.condition = many("condition")?;
    note.time = many("time")?;
    note.place = many("place")?;
    note.attribution = links;
    annotation::complete(&note, trigger.as_ref().is_some_and(|mark| mark.span.is_some()))?;
    note.trigger = trigger.unwrap_or_default();
    Ok(Some(note))
}

fn source(link: &Value, sentence: &str) -> Result<Source, String> {
    let row = link.as_object().ok_or("a link of the attribution is not an object")?;
    let one =
        |field: &str| row.get(field).filter(|value| !value.is_null()).map(|value| mark(value, sentence)).transpose();
    let source = Source { speaker: one("speaker")?, medium: one("medium")?, cue: one("cue")? };
    if source.speaker.is_none() && source.medium.is_none() {
        return Err("a cue without speaker or medium".to_string());
    }
    Ok(source)
}

/// A mark whose words are those of the sentence at its offsets.
fn mark(value: &Value, sentence: &str) -> Result<Mark, String> {
    let row = value.as_object().ok_or("a mark is not an object")?;
    let name = string(row, "name")?;
    let Some(exact) = string(row, "exact")? else {
        return match name {
            Some(_) => Ok(Mark { span: None, exact: String::new(), name }),
            None => Err("a mark without exact words wants a name".to_string()),
        };
    };
    let offset = |field: &str| row.get(field).and_then(Value::as_u64).and_then(|offset| usize::try_from(offset).ok());
    let (Some(start), Some(end)) = (offset("start"), offset("end")) else {
        return Err(format!("\"{exact}\" has no start and end"));
    };
    let words: String = sentence.chars().skip(start).take(end.saturating_sub(start)).collect();
    if words != exact || words.is_empty() {
        return Err(format!("\"{exact}\" does not stand at {start} to {end}: \"{words}\" does"));
    }
    Ok(Mark { span: Some(Span::new(start, end)), exact, name })
}

fn string(row: &Object, field: &str) -> Result<Option<String>, String> {
    match row.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("{field} is not a string")),
    }
}

fn list<'a>(row: &'a Object, field: &str) -> Result<&'a [Value], String> {
    match row.get(field) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(values)) => Ok(values),
        Some(_) => Err(format!("{field} is not a list")),
    }
}
