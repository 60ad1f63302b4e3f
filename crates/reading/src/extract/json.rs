//! Rows of JSON: one article a line.
//!
//! Takes JSONL (or one object, or an array of them) and the names of the
//! fields; gives a document a row. A row that cannot be used is a remark and
//! the rest goes on.

use record::Remark;
use serde_json::{Map, Value};

use super::{Defaults, Extraction, LONGEST_TEXT, Refusal, dates, kind};

/// What the fields of a row are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields {
    pub text: String,
    pub id: String,
    pub title: String,
    pub date: String,
    pub url: String,
    pub publication: String,
}

impl Default for Fields {
    fn default() -> Fields {
        Fields {
            text: "text".into(),
            id: "id".into(),
            title: "title".into(),
            date: "date".into(),
            url: "url".into(),
            publication: "publication".into(),
        }
    }
}

pub(super) fn extract(text: &str, name: &str, defaults: &Defaults) -> Result<Extraction, Refusal> {
    let mut extraction = Extraction::default();
    let trimmed = text.trim_start();
    // One object over many lines, or an array: only where line by line fails.
    let first_line = trimmed.lines().next().unwrap_or("");
    let whole = if trimmed.starts_with('[') || serde_json::from_str::<Value>(first_line).is_err() {
        serde_json::from_str::<Value>(text).ok()
    } else {
        None
    };
    match whole {
        Some(Value::Array(rows)) => {
            for (index, row) in rows.iter().enumerate() {
                one(row, &row.to_string(), index + 1, name, defaults, &mut extraction);
            }
        }
        Some(row) => one(&row, text, 1, name, defaults, &mut extraction),
        None => {
            for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                match serde_json::from_str::<Value>(line) {
                    Ok(row) => one(&row, line, index + 1, name, defaults, &mut extraction),
                    Err(error) => extraction.remarks.push(left_out(index + 1, &format!("not json ({error})"))),
                }
            }
        }
    }
    if extraction.documents.is_empty() {
        let first =
            extraction.remarks.first().map_or_else(|| "no rows at all".to_string(), |remark| remark.text.clone());
        return Err(Refusal::NoRows { first });
    }
    Ok(extraction)
}

fn left_out(line: usize, why: &str) -> Remark {
    Remark::new("bad-row", format!("line {line} was left out: {why}"))
}

fn one(row: &Value, raw: &str, line: usize, name: &str, defaults: &Defaults, extraction: &mut Extraction) {
    let fields = &defaults.fields;
    let Value::Object(row) = row else {
        extraction.remarks.push(left_out(line, "not a json object"));
        return;
    };
    let Some(text) = string(row, &fields.text) else {
        extraction.remarks.push(left_out(line, &format!("no field \"{}\" with text", fields.text)));
        return;
    };
    if text.len() > LONGEST_TEXT {
        extraction.remarks.push(left_out(line, &format!("its text is longer than {} MB", LONGEST_TEXT >> 20)));
        return;
    }
    // The text of a row may be a page itself.
    let kind = kind::sniff(&text, "");
    let kind = if matches!(kind, kind::Kind::Html) { kind } else { kind::Kind::Plain };
    let mut draft = super::draft_of(kind, &text);
    let mut remarks = Vec::new();
    if let Some(title) = string(row, &fields.title) {
        draft.facts.title = Some(title);
    }
    if let Some(url) = string(row, &fields.url) {
        draft.facts.url = Some(url);
    }
    if let Some(publication) = string(row, &fields.publication) {
        draft.facts.publication = Some(publication);
    }
    if let Some(value) = string(row, &fields.date) {
        match dates::field(&value) {
            Some(date) => draft.facts.published = Some((date, record::PublishedBasis::Field)),
            None => remarks.push(Remark::new(
                "bad-date",
                format!(
                    "the field \"{}\" says \"{value}\", which has no one reading: write dates as 2025-10-28",
                    fields.date
                ),
            )),
        }
    }
    let source = string(row, &fields.id).unwrap_or_else(|| format!("{name}:{line}"));
    let mut extracted = draft.finish(&source, record::id::sha256(raw.as_bytes()), defaults);
    if extracted.document.text.is_empty() {
        extraction.remarks.push(left_out(line, "no article text was found in it"));
        return;
    }
    extracted.remarks.splice(0..0, remarks);
    extraction.documents.push(extracted);
}

/// A field as text; numbers count, too. A dotted name reaches into objects.
fn string(row: &Map<String, Value>, field: &str) -> Option<String> {
    let mut value = row.get(field);
    if value.is_none() && field.contains('.') {
        let mut parts = field.split('.');
        value = row.get(parts.next()?);
        for part in parts {
            value = value?.get(part);
        }
    }
    match value? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
