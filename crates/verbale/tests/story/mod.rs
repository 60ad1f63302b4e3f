//! The story format: an article, and what must and must not be written of it.
//!
//! Takes Markdown as `stories/README.md` tells; gives articles with their
//! lines, and says of each line whether the reports keep it. Never passes over
//! a line that it cannot read.

use record::{Party, Report, Status};
use verbale::render::words;

#[derive(Debug)]
pub struct Article {
    pub published: Option<jiff::civil::Date>,
    pub publication: Option<String>,
    pub text: String,
    pub wishes: Vec<Wish>,
}

/// One line: `must: EVENT | field=value | …`.
#[derive(Debug)]
pub struct Wish {
    /// Its line in the file, from 1.
    pub number: usize,
    pub line: String,
    pub wanted: bool,
    /// Today's answer is wrong, and pinned.
    pub fixme: bool,
    events: Vec<String>,
    fields: Vec<(String, String)>,
}

/// The articles of a story, or the line that cannot be read.
pub fn parse(source: &str) -> Result<Vec<Article>, String> {
    let mut articles: Vec<Article> = Vec::new();
    let mut lines = (1..).zip(source.lines());
    while let Some((number, line)) = lines.next() {
        if line.trim() == "```article" {
            let block: Vec<&str> =
                lines.by_ref().map(|(_, line)| line).take_while(|line| line.trim() != "```").collect();
            articles.push(article(&block).map_err(|reason| format!("the article at line {number}: {reason}"))?);
        } else if let Some(wish) = wish(number, line)? {
            let article = articles.last_mut().ok_or(format!("line {number} comes before any article"))?;
            article.wishes.push(wish);
        }
    }
    if articles.is_empty() {
        return Err("no block marked `article`".to_string());
    }
    match articles.iter().find(|article| !article.wishes.iter().any(|wish| !wish.wanted)) {
        Some(article) => {
            Err(format!("no `must not` for the article \"{}…\"", article.text.lines().next().unwrap_or_default()))
        }
        None => Ok(articles),
    }
}

fn article(block: &[&str]) -> Result<Article, String> {
    let mut article = Article { published: None, publication: None, text: String::new(), wishes: Vec::new() };
    let mut head = true;
    for line in block {
        if !head {
            article.text.push_str(line);
            article.text.push('\n');
        } else if line.trim().is_empty() {
            head = false;
        } else {
            match line.split_once(':').map(|(key, value)| (key.trim(), value.trim())) {
                Some(("published", date)) => {
                    article.published = Some(date.parse().map_err(|_| format!("{date} is not a date"))?);
                }
                Some(("publication", name)) => article.publication = Some(name.to_string()),
                _ => return Err(format!("`{line}` is not published or publication; is the empty line missing?")),
            }
        }
    }
    if article.text.trim().is_empty() { Err("it has no text".to_string()) } else { Ok(article) }
}

fn wish(number: usize, line: &str) -> Result<Option<Wish>, String> {
    let (fixme, rest) = line.strip_prefix("fixme ").map_or((false, line), |rest| (true, rest));
    let (wanted, rest) = match (rest.strip_prefix("must: "), rest.strip_prefix("must not: ")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        // A line that wants to be a wish and is none would be passed over in silence.
        _ if fixme || line.starts_with("must") => {
            return Err(format!("line {number} is not `must: …` or `must not: …`"));
        }
        _ => return Ok(None),
    };
    let mut parts = rest.split('|').map(str::trim);
    let events: Vec<String> =
        parts.next().unwrap_or_default().split(" or ").map(|event| event.trim().to_string()).collect();
    for event in &events {
        if event != "*" && record::Event::parse(event).is_none() {
            return Err(format!("line {number}: {event} is not an event type"));
        }
    }
    let mut fields = Vec::new();
    for part in parts {
        let (key, value) = part.split_once('=').ok_or(format!("line {number}: `{part}` is not field=value"))?;
        let (key, value) = (key.trim(), value.trim());
        if !FIELDS.contains(&key) {
            return Err(format!("line {number}: {key} is not a field; use {}", FIELDS.join(", ")));
        }
        if key == "status" && value != "*" && Status::parse(value).is_none() {
            return Err(format!("line {number}: {value} is not a status"));
        }
        fields.push((key.to_string(), value.to_string()));
    }
    Ok(Some(Wish { number, line: line.to_string(), wanted, fixme, events, fields }))
}

const FIELDS: [&str; 16] = [
    "mode",
    "status",
    "actor",
    "recipient",
    "third_party",
    "quote",
    "content",
    "condition",
    "trigger",
    "when",
    "place",
    "speaker",
    "medium",
    "killed",
    "injured",
    "displaced",
];

impl Wish {
    /// Why the wish is not kept; `None` when it is. `fixme` turns it round.
    pub fn broken(&self, reports: &[Report]) -> Option<String> {
        let meeting: Vec<&Report> = reports.iter().filter(|report| self.unmet(report).is_empty()).collect();
        let broken = match (self.wanted, meeting.first()) {
            (true, None) => Some(self.closest(reports)),
            (false, Some(report)) => Some(format!("found: {}", line(report))),
            _ => None,
        };
        match (self.fixme, broken) {
            (true, Some(_)) => None,
            (true, None) => Some("it is right now: take the fixme away".to_string()),
            (false, broken) => broken,
        }
    }

    /// The fields that a report does not meet, each with what it is instead.
    fn unmet(&self, report: &Report) -> Vec<String> {
        let mut unmet = Vec::new();
        if !self.events.iter().any(|event| event == "*" || event == report.event.as_str()) {
            unmet.push(format!("event is {}", report.event.as_str()));
        }
        if !self.fields.iter().any(|(key, _)| key == "status") && report.status != Status::Actual {
            unmet.push(format!("status is {}", report.status.as_str()));
        }
        unmet.extend(self.fields.iter().filter_map(|(key, value)| {
            let (met, is) = field(report, key, value);
            (!met).then(|| format!("{key} is {is}, not {value}"))
        }));
        unmet
    }

    fn closest(&self, reports: &[Report]) -> String {
        let best = reports.iter().map(|report| (self.unmet(report), report)).min_by_key(|(unmet, _)| unmet.len());
        best.map_or("there is no report at all".to_string(), |(unmet, report)| {
            format!("closest: {}\n           but {}", line(report), unmet.join("; "))
        })
    }
}

/// Whether a field of a report is as wished, and what it is.
fn field(report: &Report, key: &str, value: &str) -> (bool, String) {
    let holds = |text: &str| text.to_lowercase().contains(&value.to_lowercase());
    match key {
        "mode" => {
            let mode = report.mode.map_or("-", |mode| mode.as_str());
            (mode == value, mode.to_string())
        }
        "status" => (value == "*" || report.status.as_str() == value, report.status.as_str().to_string()),
        "actor" => parties(&report.actor, value),
        "recipient" => parties(&report.recipient, value),
        "third_party" => parties(&report.third_party, value),
        "quote" => (holds(report.quote.exact()), format!("“{}”", report.quote.exact())),
        "content" => {
            let content = report.content.as_ref().map_or("-", |content| content.exact());
            (holds(content), content.to_string())
        }
        "condition" => {
            let conditions: Vec<&str> = report.conditions.iter().map(|condition| condition.exact()).collect();
            (conditions.iter().any(|condition| holds(condition)), conditions.join("; "))
        }
        "trigger" => (report.trigger.exact() == value, report.trigger.exact().to_string()),
        "when" => {
            let when = words::when(&report.when);
            (when == value, when)
        }
        "place" => {
            let Some(place) = &report.place else { return (value == "-", "-".to_string()) };
            let names = [Some(&place.text), place.name.as_ref(), place.country.as_ref()];
            let met = value.split(" or ").any(|value| names.iter().flatten().any(|name| *name == value.trim()));
            (met, format!("{} ({})", place.text, place.country.as_deref().unwrap_or("?")))
        }
        "speaker" => {
            let texts = report.attribution.iter().filter(|link| link.medium.is_none()).map(|link| link.text.clone());
            let speakers: Vec<Party> = report.attribution.iter().filter_map(|link| link.speaker.clone()).collect();
            let texts: Vec<String> = texts.collect();
            if texts.is_empty() {
                return (value == "-", "-".to_string());
            }
            (texts.iter().any(|text| holds(text)) || parties(&speakers, value).0, texts.join(", "))
        }
        "medium" => {
            let media: Vec<&str> = report.attribution.iter().filter_map(|link| link.medium.as_deref()).collect();
            if media.is_empty() {
                return (value == "-", "-".to_string());
            }
            (media.iter().any(|medium| holds(medium)), media.join(", "))
        }
        count => {
            let low = report.counts.iter().find(|one| one.what == count).and_then(|one| one.low);
            let low = low.map_or("-".to_string(), |low| low.to_string());
            (low == value, low)
        }
    }
}

fn parties(parties: &[Party], value: &str) -> (bool, String) {
    let is = parties.iter().map(|party| format!("{} ({})", party.text, party.code.as_deref().unwrap_or("?")));
    let is = is.collect::<Vec<_>>().join(" + ");
    if value == "-" {
        return (parties.is_empty(), is);
    }
    let one_is = |wish: &str| {
        wish.split(" or ").any(|wish| {
            let wish = bare(wish);
            parties.iter().any(|party| {
                let names = [Some(&party.text), party.name.as_ref(), party.country.as_ref(), party.code.as_ref()];
                names.iter().flatten().any(|name| bare(name) == wish)
            })
        })
    };
    let is = if is.is_empty() { "-".to_string() } else { is };
    (value.split(" + ").all(one_is), is)
}

/// Without a leading determiner and in lower case.
fn bare(text: &str) -> String {
    let text = text.trim().to_lowercase();
    ["the ", "a ", "an ", "its "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(&text).to_string()
}

/// A report on one line.
pub fn line(report: &Report) -> String {
    let whom =
        if report.recipient.is_empty() { String::new() } else { format!(" → {}", words::parties(&report.recipient)) };
    let place = report.place.as_ref().map(|place| format!(" in {}", place.text)).unwrap_or_default();
    let sources = words::attribution(report).map(|sources| format!(", {sources}")).unwrap_or_default();
    format!(
        "{} {} → {}{whom} [{}]{place}{sources} “{}” ({})",
        words::when(&report.when),
        words::parties(&report.actor),
        words::event(report),
        report.status.as_str(),
        report.quote.exact(),
        report.found_by,
    )
}
