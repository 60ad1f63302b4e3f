//! A record put into words, rows and lines.
//!
//! Takes what `archive` gives; gives a string. Pure: the width and the form
//! come from the caller. Never leaves out what it was asked to show.

pub mod codebook;
pub mod csv;
pub mod eval;
pub mod extracted;
pub mod plover;
pub mod pretty;
pub mod reading;
pub mod table;
pub mod why;
pub mod words;

use archive::Relation;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// One line of JSON lines.
pub fn json_line(value: &impl Serialize) -> String {
    // Nothing here has keys that are no strings, the one way this can fail.
    let mut line = serde_json::to_string(value).unwrap_or_default();
    line.push('\n');
    line
}

/// The same, indented.
pub fn json_pretty(value: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

/// The answer of `verbale relate`, under the id the question had.
pub fn relation(id: &Value, relation: &Relation) -> Value {
    // Six digits are more than the scores mean, and the same on every machine.
    let rounded = |score: f32| (f64::from(score) * 1e6).round() / 1e6;
    let scores: Map<String, Value> =
        relation.scores.iter().map(|(event, score)| (event.as_str().to_string(), json!(rounded(*score)))).collect();
    json!({
        "id": id,
        "event": relation.event.map(|event| event.as_str()),
        "quad": relation.quad,
        "scores": scores,
        "none": rounded(relation.none),
    })
}
