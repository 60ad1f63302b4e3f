//! A report in the exchange format of PLOVER (manual 0.8 and 2.0), one event a line.
//!
//! Everything the format has no field for (status, attribution, conditions)
//! stands in `comment`, so that nothing is silently lost. `coded_date` stays
//! null: the same article gives the same bytes on any day.

use archive::Record;
use record::{Party, Report, Status};
use serde_json::{Value, json};

use super::words;

pub fn event(record: &Record, report: &Report) -> Value {
    let document = &record.document;
    let place = report.place.as_ref();
    let (start, end) = (report.when.start, report.when.end);
    json!({
        "id": report.id,
        "date": start,
        "enddate": end.filter(|_| start != end),
        "actor": report.actor.iter().map(party).collect::<Vec<_>>(),
        "recipient": report.recipient.iter().map(party).collect::<Vec<_>>(),
        "event": report.event,
        "mode": report.mode,
        "context": report.contexts,
        "event_loc": place.map(|place| json!({
            "entity_text": place.text,
            "name": place.name,
            "country": place.country,
            "admin1": place.admin1,
            "lat": place.lat,
            "lon": place.lon,
            "geonames": place.geonames,
        })),
        "quad_code": report.quad,
        "event_scale": report.score,
        "event_text": report.quote.exact(),
        "text_info": {
            "sequence": report.sentence,
            "start": report.quote.span().start,
            "end": report.quote.span().end,
        },
        "cite_info": {
            "document": document.id,
            "source": document.source,
            "publication": document.publication,
            "title": document.title,
            "published": document.published,
        },
        "coder": format!("verbale {}", env!("CARGO_PKG_VERSION")),
        "coded_date": null,
        "link": document.url,
        "comment": comment(report),
    })
}

fn party(party: &Party) -> Value {
    json!({
        "code": party.country,
        "sector": party.sector,
        "entity_text": party.text,
        "identifier_id": party.wikidata,
        "identifier_text": party.name,
        "office": null,
    })
}

/// What the format has no field for; null when there is nothing to add.
fn comment(report: &Report) -> Value {
    let mut parts = Vec::new();
    if report.status != Status::Actual {
        parts.push(format!("status: {}", report.status.as_str()));
    }
    if let Some(sources) = words::attribution(report) {
        parts.push(sources);
    }
    if !report.third_party.is_empty() {
        parts.push(format!("third party: {}", words::parties(&report.third_party)));
    }
    for condition in &report.conditions {
        parts.push(format!("condition: {}", condition.exact()));
    }
    for count in &report.counts {
        parts.push(format!("{}: {}", count.what, count.text));
    }
    if parts.is_empty() { Value::Null } else { Value::from(parts.join("; ")) }
}
