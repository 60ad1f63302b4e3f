//! A report: what one sentence of one document says was done or said.
//!
//! Takes parts that were each cut from the text or resolved from it; gives a
//! line of the record. Written once, never edited. A report without its exact
//! words cannot be built: its quote and trigger are [`Quote`] and [`Slice`].

use jiff::civil::Date;
use serde::Serialize;

use crate::id;
use crate::plover::{Event, Mode, Status};
use crate::text::{Quote, Slice, Span};

/// Somebody or something that acts, is acted on, or speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Party {
    /// What the sentence says: "Islamabad", "the group", "he".
    pub text: String,
    pub start: usize,
    pub end: usize,
    /// Whom it means: "Pakistan", "Tehrik-i-Taliban Pakistan". `None` when unknown.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3, or IGO, NGO, IMG, MNC … `None` when unknown.
    pub country: Option<String>,
    /// PLOVER sector.
    pub sector: Option<String>,
    /// Both, "PAK GOV", or the one that is known.
    pub code: Option<String>,
    /// The codebook's id of the actor.
    pub id: Option<String>,
    /// Wikidata item.
    pub wikidata: Option<String>,
}

impl Party {
    pub fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }

    /// Sets country and sector, and the code that is made of both.
    pub fn coded(mut self, country: Option<&str>, sector: Option<&str>) -> Party {
        self.country = country.map(str::to_string);
        self.sector = sector.map(str::to_string);
        self.code = match (country, sector) {
            (Some(country), Some(sector)) => Some(format!("{country} {sector}")),
            (Some(code), None) | (None, Some(code)) => Some(code.to_string()),
            (None, None) => None,
        };
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SpeechKind {
    Direct,
    Indirect,
    Mixed,
}

/// One link of "according to whom"; the outermost comes first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attribution {
    /// A medium that carried it: "Dawn newspaper".
    pub medium: Option<String>,
    pub speaker: Option<Party>,
    /// The words for the source.
    pub text: String,
    /// The word of saying: "telling", "according to".
    pub cue: Option<String>,
    pub kind: SpeechKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    Day,
    Week,
    Month,
    Year,
    /// A stretch that is not one calendar unit: a weekend, "October 15 to 19".
    Range,
    Decade,
    None,
}

/// What the date rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The text gives it.
    Stated,
    /// Only the dateline does.
    Publication,
    None,
}

/// When: an interval with both days inside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct When {
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub precision: Precision,
    pub basis: Basis,
    pub text: Option<String>,
}

impl When {
    /// Nothing is known.
    pub fn unknown() -> When {
        When { start: None, end: None, precision: Precision::None, basis: Basis::None, text: None }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlacePrecision {
    /// A town, a village, a site.
    Place,
    Admin2,
    Admin1,
    Country,
    Region,
    None,
}

/// Where. `text` is what the sentence says; the rest is what it was resolved to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Place {
    pub text: String,
    pub name: Option<String>,
    pub country: Option<String>,
    pub admin1: Option<String>,
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub geonames: Option<u32>,
    pub precision: PlacePrecision,
}

/// A number of people, as far as the words bound it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// `killed`, `injured`, `displaced`, `arrested`.
    #[serde(skip)]
    pub what: String,
    pub low: Option<u64>,
    pub high: Option<u64>,
    pub text: String,
}

/// A condition the words attach: "until the blockade ends".
pub type Condition = Slice;

/// One line of the record.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    pub id: String,
    pub document: String,
    pub sentence: usize,
    pub quote: Quote,
    pub trigger: Slice,
    pub event: Event,
    pub mode: Option<Mode>,
    pub quad: u8,
    pub score: f32,
    pub contexts: Vec<String>,
    /// CAMEO code of a negotiation act, where it is sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cameo: Option<String>,
    pub status: Status,
    pub actor: Vec<Party>,
    pub recipient: Vec<Party>,
    pub third_party: Vec<Party>,
    pub content: Option<Slice>,
    pub conditions: Vec<Condition>,
    pub attribution: Vec<Attribution>,
    pub when: When,
    #[serde(rename = "where")]
    pub place: Option<Place>,
    #[serde(serialize_with = "counts_by_kind")]
    pub counts: Vec<Count>,
    pub confidence: f32,
    pub found_by: String,
    pub remarks: Vec<String>,
}

/// `{"killed": {...}}`; a second figure of one kind keeps its place as a list.
fn counts_by_kind<S: serde::Serializer>(counts: &[Count], serializer: S) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeMap;
    let mut kinds: Vec<&str> = Vec::new();
    for count in counts {
        if !kinds.contains(&count.what.as_str()) {
            kinds.push(&count.what);
        }
    }
    let mut map = serializer.serialize_map(Some(kinds.len()))?;
    for kind in kinds {
        let mut same = counts.iter().filter(|count| count.what == kind);
        let first = same.next();
        let rest: Vec<&Count> = same.collect();
        if rest.is_empty() {
            map.serialize_entry(kind, &first)?;
        } else {
            let all: Vec<&Count> = first.into_iter().chain(rest).collect();
            map.serialize_entry(kind, &all)?;
        }
    }
    map.end()
}

impl Report {
    /// The id of a report: stable across runs, made of where it stands and what it says.
    pub fn id_of(document: &str, trigger: Span, event: Event, actor: &[Party], recipient: &[Party]) -> String {
        let place = format!("{}-{}", trigger.start, trigger.end);
        let spans = |parties: &[Party]| -> String {
            parties.iter().map(|party| format!("{}-{};", party.start, party.end)).collect()
        };
        id::of('r', &[document, &place, event.as_str(), &spans(actor), &spans(recipient)])
    }
}
