//! The JSON of `verbale extract`: the clean text and what is known of it.

use record::Document;
use serde_json::{Value, json};

pub fn document(document: &Document) -> Value {
    json!({
        "title": document.title,
        "byline": document.byline,
        "publication": document.publication,
        "published": document.published,
        "published_basis": document.published_basis,
        "language": document.language,
        "url": document.url,
        "dateline": document.dateline,
        "dateline_place": document.dateline_place,
        "document": document.id,
        "source": document.source,
        "sha256": document.raw_sha256,
        "text": document.text.as_str(),
        "cut": document.cut,
    })
}
