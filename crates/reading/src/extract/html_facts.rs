//! What a page says about its article: title, author, publication, date.
//!
//! Takes a parsed page; gives [`Facts`]. Order of trust for the date: JSON-LD,
//! meta elements, `<time>`. Never takes the date of a change or of a comment,
//! and never one that the page does not write as a date.

use jiff::civil::Date;
use record::PublishedBasis;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;

use super::dates;
use super::draft::Facts;
use crate::clean::normalise_line;

pub(super) fn facts(document: &Html) -> Facts {
    let mut facts = Facts::default();
    for value in json_ld(document) {
        from_json_ld(&value, &mut facts, 0);
    }
    let metas = metas(document);
    let meta = |names: &[&str]| {
        names.iter().find_map(|name| metas.iter().find(|(known, _)| known == name).map(|(_, content)| content.clone()))
    };
    if facts.title.is_none() {
        facts.title = meta(&["og:title", "twitter:title", "dc.title", "parsely-title"]);
    }
    if facts.title.is_none() {
        facts.title =
            first_text(document, "h1").or_else(|| first_text(document, "title").map(|title| without_site(&title)));
    }
    if facts.byline.is_none() {
        facts.byline = meta(&["author", "article:author", "parsely-author", "dc.creator", "byl", "sailthru.author"])
            .filter(|name| !name.contains("://") && name.chars().count() < 120);
    }
    if facts.publication.is_none() {
        facts.publication = meta(&["og:site_name", "application-name", "dc.publisher", "cre"]);
    }
    if facts.url.is_none() {
        facts.url = canonical(document).or_else(|| meta(&["og:url"])).filter(|url| url.starts_with("http"));
    }
    if facts.published.is_none() {
        const NAMES: [&str; 20] = [
            "article:published_time",
            "article:published",
            "og:article:published_time",
            "og:published_time",
            "datepublished",
            "date.published",
            "publishdate",
            "publish-date",
            "publish_date",
            "publication_date",
            "pubdate",
            "parsely-pub-date",
            "sailthru.date",
            "dc.date.issued",
            "dcterms.issued",
            "dcterms.created",
            "dc.date",
            "date",
            "cxenseparse:recs:publishtime",
            "article.published",
        ];
        facts.published = NAMES
            .iter()
            .find_map(|name| {
                metas.iter().filter(|(known, _)| known == name).find_map(|(_, content)| dates::field(content))
            })
            .map(|date| (date, PublishedBasis::Meta));
    }
    if facts.published.is_none() {
        facts.published = time_element(document).map(|date| (date, PublishedBasis::TimeElement));
    }
    for value in [&mut facts.title, &mut facts.byline, &mut facts.publication] {
        *value = value.take().map(|text| normalise_line(&text)).filter(|text| !text.is_empty());
    }
    facts
}

fn select<'a>(document: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    Selector::parse(selector).map(|selector| document.select(&selector).collect()).unwrap_or_default()
}

fn first_text(document: &Html, selector: &str) -> Option<String> {
    let found = select(document, selector);
    let text = normalise_line(&found.first()?.text().collect::<String>());
    (!text.is_empty()).then_some(text)
}

/// "Talks resume | The Harbour Gazette" without the paper.
fn without_site(title: &str) -> String {
    for mark in [" | ", " — ", " – ", " - ", " :: "] {
        if let Some((front, site)) = title.rsplit_once(mark)
            && front.split_whitespace().count() >= 3
            && site.split_whitespace().count() <= 5
        {
            return front.trim().to_string();
        }
    }
    title.trim().to_string()
}

/// (name in small letters, content) of every meta element.
fn metas(document: &Html) -> Vec<(String, String)> {
    select(document, "meta[content]")
        .into_iter()
        .filter_map(|meta| {
            let name = ["property", "name", "itemprop"].iter().find_map(|key| meta.attr(key))?;
            let content = meta.attr("content")?.trim();
            (!content.is_empty()).then(|| (name.trim().to_lowercase(), content.to_string()))
        })
        .collect()
}

fn canonical(document: &Html) -> Option<String> {
    select(document, "link[rel=canonical]").first()?.attr("href").map(str::to_string)
}

/// The `<time>` that says it is the date of publication, or the only date that
/// `<time>` elements of the article give.
fn time_element(document: &Html) -> Option<Date> {
    let times = select(document, "time[datetime]");
    let date = |time: &ElementRef| time.attr("datetime").and_then(dates::field);
    let marked = times.iter().find(|time| {
        ["itemprop", "class", "pubdate", "id"].iter().any(|key| {
            time.attr(key).is_some_and(|value| {
                let value = value.to_lowercase();
                *key == "pubdate"
                    || value.contains("publish")
                    || value.contains("pubdate")
                    || value.contains("entry-date")
            })
        })
    });
    if let Some(found) = marked.and_then(date) {
        return Some(found);
    }
    let within: Vec<ElementRef> =
        select(document, "article time[datetime], header time[datetime], main time[datetime]");
    let pool = if within.is_empty() { &times } else { &within };
    let found: Vec<Date> = pool.iter().filter_map(date).collect();
    let first = *found.first()?;
    found.iter().all(|other| *other == first).then_some(first)
}

fn json_ld(document: &Html) -> Vec<Value> {
    select(document, "script[type=\"application/ld+json\"]")
        .into_iter()
        .filter_map(|script| {
            let text: String = script.text().collect();
            // Pages write raw line breaks into strings, which JSON forbids.
            let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            serde_json::from_str(text.trim().trim_end_matches(';')).ok()
        })
        .collect()
}

fn from_json_ld(value: &Value, facts: &mut Facts, depth: usize) {
    if depth > 6 {
        return;
    }
    match value {
        Value::Array(values) => values.iter().for_each(|value| from_json_ld(value, facts, depth + 1)),
        Value::Object(object) => {
            let kind = object.get("@type").map(Value::to_string).unwrap_or_default();
            if kind.contains("Article") || kind.contains("BlogPosting") || kind.contains("Report") {
                let text = |key: &str| object.get(key).and_then(Value::as_str).map(unescape);
                if facts.title.is_none() {
                    facts.title = text("headline");
                }
                if facts.published.is_none() {
                    facts.published = text("datePublished")
                        .and_then(|date| dates::field(&date))
                        .map(|date| (date, PublishedBasis::JsonLd));
                }
                if facts.byline.is_none() {
                    facts.byline = object.get("author").and_then(names);
                }
                if facts.publication.is_none() {
                    facts.publication = object.get("publisher").and_then(names);
                }
                if facts.url.is_none() {
                    facts.url = text("url").filter(|url| url.starts_with("http"));
                }
            }
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key) {
                    from_json_ld(inner, facts, depth + 1);
                }
            }
        }
        _ => {}
    }
}

/// The name of a person or an organisation, or the names of several.
fn names(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(unescape(name)).filter(|name| !name.contains("://")),
        Value::Object(object) => object.get("name").and_then(names),
        Value::Array(values) => {
            let all: Vec<String> = values.iter().take(10).filter_map(names).collect();
            (!all.is_empty()).then(|| all.join(", "))
        }
        _ => None,
    }
}

/// The few entities that pages leave inside JSON.
fn unescape(text: &str) -> String {
    text.replace("&#8217;", "’")
        .replace("&#8216;", "‘")
        .replace("&#039;", "'")
        .replace("&#39;", "'")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(page: &str) -> Option<(String, PublishedBasis)> {
        facts(&Html::parse_document(page)).published.map(|(date, basis)| (date.to_string(), basis))
    }

    #[test]
    fn dates_by_trust() {
        let ld = "<script type=\"application/ld+json\">{\"@graph\": [{\"@type\": [\"NewsArticle\"], \"headline\": \"Talks\n resume\", \"datePublished\": \"2020-05-04T22:00:00+03:00\", \"author\": [{\"name\": \"Lena Holt\"}], \"publisher\": {\"name\": \"Harbour News\"}}]}</script>";
        let meta = "<meta property=\"article:published_time\" content=\"2020-05-03\">";
        let time = "<article><time datetime=\"2020-05-02\">x</time></article>";
        assert_eq!(published(&format!("{meta}{ld}{time}")), Some(("2020-05-04".into(), PublishedBasis::JsonLd)));
        assert_eq!(published(&format!("{meta}{time}")), Some(("2020-05-03".into(), PublishedBasis::Meta)));
        assert_eq!(published(time), Some(("2020-05-02".into(), PublishedBasis::TimeElement)));
        let facts = facts(&Html::parse_document(ld));
        assert_eq!(facts.title.as_deref(), Some("Talks resume"));
        assert_eq!(facts.byline.as_deref(), Some("Lena Holt"));
        assert_eq!(facts.publication.as_deref(), Some("Harbour News"));
    }

    #[test]
    fn no_date_is_invented() {
        for page in [
            "<p>On 3 May 2020 envoys met.</p>",
            "<meta property=\"article:modified_time\" content=\"2020-05-03\">",
            "<time datetime=\"2020-05-02\">a</time><time datetime=\"2019-05-02\">b</time>",
            "<script type=\"application/ld+json\">{broken</script>",
            "<script type=\"application/ld+json\">{\"@type\": \"Event\", \"datePublished\": \"2020-05-03\"}</script>",
        ] {
            assert_eq!(published(page), None, "{page}");
        }
    }
}
