//! One row a report, for spreadsheets and data frames (RFC 4180, lines ended by LF).
//!
//! Lists of parties are joined by "; ". The columns only ever grow to the
//! right.
//!
//! ```
//! assert_eq!(verbale::render::csv::cell("she said \"no\", twice"), "\"she said \"\"no\"\", twice\"");
//! ```

use archive::Record;
use record::{Party, Report};

use super::words;

/// The columns, in order.
#[rustfmt::skip]
pub const COLUMNS: [&str; 38] = [
    "id", "document", "source", "publication", "published", "title", "sentence",
    "event", "mode", "quad", "score", "status",
    "actor", "actor_text", "actor_code", "recipient", "recipient_text", "recipient_code", "third_party",
    "when_start", "when_end", "when_precision", "when_basis",
    "where", "where_country", "lat", "lon",
    "attribution", "content", "conditions", "counts", "contexts",
    "confidence", "found_by", "quote", "quote_start", "quote_end", "trigger",
];

pub fn header() -> String {
    line(&COLUMNS.map(String::from))
}

pub fn row(record: &Record, report: &Report) -> String {
    let document = &record.document;
    let place = report.place.as_ref();
    let text = |value: Option<&str>| value.unwrap_or_default().to_string();
    let date = |value: Option<jiff::civil::Date>| value.map(|date| date.to_string()).unwrap_or_default();
    let number = |value: Option<f64>| value.map(|number| number.to_string()).unwrap_or_default();
    let join = |parties: &[Party], each: fn(&Party) -> String| parties.iter().map(each).collect::<Vec<_>>().join("; ");
    let name = |parties: &[Party]| join(parties, |party| words::name(party).to_string());
    let said = |parties: &[Party]| join(parties, |party| party.text.clone());
    let code = |parties: &[Party]| join(parties, |party| party.code.clone().unwrap_or_default());
    let span = report.quote.span();
    line(&[
        report.id.clone(),
        report.document.clone(),
        document.source.clone(),
        text(document.publication.as_deref()),
        date(document.published),
        text(document.title.as_deref()),
        report.sentence.to_string(),
        report.event.as_str().to_string(),
        text(report.mode.map(|mode| mode.as_str())),
        report.quad.to_string(),
        report.score.to_string(),
        report.status.as_str().to_string(),
        name(&report.actor),
        said(&report.actor),
        code(&report.actor),
        name(&report.recipient),
        said(&report.recipient),
        code(&report.recipient),
        name(&report.third_party),
        date(report.when.start),
        date(report.when.end),
        snake(&report.when.precision),
        snake(&report.when.basis),
        text(place.map(|place| place.name.as_deref().unwrap_or(&place.text))),
        text(place.and_then(|place| place.country.as_deref())),
        number(place.and_then(|place| place.lat)),
        number(place.and_then(|place| place.lon)),
        words::sources(report).join("; "),
        text(report.content.as_ref().map(|content| content.exact())),
        report.conditions.iter().map(|condition| condition.exact()).collect::<Vec<_>>().join("; "),
        report.counts.iter().map(|count| format!("{}: {}", count.what, count.text)).collect::<Vec<_>>().join("; "),
        report.contexts.join("; "),
        report.confidence.to_string(),
        report.found_by.clone(),
        report.quote.exact().to_string(),
        span.start.to_string(),
        span.end.to_string(),
        report.trigger.exact().to_string(),
    ])
}

/// The name a value has in the JSON form.
fn snake(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(String::from)).unwrap_or_default()
}

fn line(cells: &[String; COLUMNS.len()]) -> String {
    let mut line = cells.iter().map(|text| cell(text)).collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}

/// A cell, in quotation marks where it needs them.
pub fn cell(text: &str) -> String {
    if text.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_string() }
}
