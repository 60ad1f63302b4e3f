//! PLOVER 2.0: event types, their quads, scores and modes; the status of a report.
//!
//! Takes names, gives what the ontology says of them. Source: PLOVER manual,
//! draft 2.0 (Open Event Data Alliance, CC BY-SA 4.0). Where the manual
//! contradicts itself the choice is stated at the value.
//!
//! ```
//! use record::Event;
//! assert_eq!(Event::parse("CONSULT").unwrap().quad().number(), 1);
//! assert_eq!(Event::Consult.score(Event::Consult.mode("phone")), 1.5);
//! assert!(Event::Aid.mode("phone").is_none());
//! ```

use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Event {
    Agree,
    Consult,
    Support,
    Concede,
    Cooperate,
    Aid,
    Retreat,
    Request,
    Accuse,
    Reject,
    Threaten,
    Protest,
    Sanction,
    Mobilize,
    Coerce,
    Assault,
}

/// Quadrant: verbal or material, cooperation or conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Quad {
    VerbalCooperation,
    MaterialCooperation,
    VerbalConflict,
    MaterialConflict,
}

impl Quad {
    pub fn number(self) -> u8 {
        match self {
            Quad::VerbalCooperation => 1,
            Quad::MaterialCooperation => 2,
            Quad::VerbalConflict => 3,
            Quad::MaterialConflict => 4,
        }
    }
}

impl Serialize for Quad {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.number())
    }
}

/// A mode of an event type. Made only by [`Event::mode`], so a mode always
/// belongs to its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mode(&'static str);

impl Mode {
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl Serialize for Mode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

struct Row {
    event: Event,
    name: &'static str,
    quad: Quad,
    score: f32,
    /// Whether the type means nothing without somebody it is done to.
    needs_recipient: bool,
    modes: &'static [(&'static str, f32)],
}

use Event::*;
use Quad::*;

#[rustfmt::skip]
static TABLE: [Row; 16] = [
    Row { event: Agree, name: "AGREE", quad: VerbalCooperation, score: 2.5, needs_recipient: false, modes: &[] },
    Row { event: Consult, name: "CONSULT", quad: VerbalCooperation, score: 2.5, needs_recipient: false,
          modes: &[("visit", 4.0), ("third-party", 1.0), ("multilateral", 4.0), ("phone", 1.5)] },
    Row { event: Support, name: "SUPPORT", quad: VerbalCooperation, score: 5.0, needs_recipient: false, modes: &[] },
    Row { event: Concede, name: "CONCEDE", quad: VerbalCooperation, score: 4.5, needs_recipient: false, modes: &[] },
    Row { event: Cooperate, name: "COOPERATE", quad: MaterialCooperation, score: 9.5, needs_recipient: true, modes: &[] },
    Row { event: Aid, name: "AID", quad: MaterialCooperation, score: 10.0, needs_recipient: true, modes: &[] },
    Row { event: Retreat, name: "RETREAT", quad: MaterialCooperation, score: 6.5, needs_recipient: false,
          modes: &[("withdraw", 8.0), ("release", 6.5), ("disarm", 10.0), ("ceasefire", 7.5), ("access", 6.5), ("resign", 4.5)] },
    Row { event: Request, name: "REQUEST", quad: VerbalConflict, score: 0.0, needs_recipient: false,
          modes: &[("assist", 0.5), ("change", -1.0), ("yield", -1.0), ("meet", 0.0)] },
    // The manual prints +3 for ACCUSE, a sign slip: all its modes are negative.
    Row { event: Accuse, name: "ACCUSE", quad: VerbalConflict, score: -3.0, needs_recipient: false,
          modes: &[("disapprove", -2.0), ("investigate", -3.5), ("allege", -3.5)] },
    Row { event: Reject, name: "REJECT", quad: VerbalConflict, score: -2.0, needs_recipient: false,
          modes: &[("assist", -1.5), ("change", -2.0), ("yield", -2.0), ("meet", -2.0)] },
    Row { event: Threaten, name: "THREATEN", quad: VerbalConflict, score: -3.5, needs_recipient: false,
          modes: &[("restrict", -3.0), ("arrest", -3.5), ("relations", -3.5), ("expel", -3.5), ("territory", -4.0), ("violence", -3.5)] },
    // PROTEST vandalize has no printed score: the type's.
    Row { event: Protest, name: "PROTEST", quad: MaterialConflict, score: -5.0, needs_recipient: false,
          modes: &[("demo", -5.0), ("riot", -7.0), ("strike", -5.0), ("hunger", -4.5), ("boycott", -4.5), ("obstruct", -4.5), ("vandalize", -5.0)] },
    // One of the manual's tables puts SANCTION in quad 3; its text and its scores say 4.
    Row { event: Sanction, name: "SANCTION", quad: MaterialConflict, score: -6.0, needs_recipient: true,
          modes: &[("convict", -6.0), ("expel", -5.5), ("withdraw", -6.0), ("discontinue", -6.0)] },
    Row { event: Mobilize, name: "MOBILIZE", quad: MaterialConflict, score: -5.5, needs_recipient: false,
          modes: &[("troops", -6.5), ("weapons", -6.5), ("police", -5.5), ("militia", -6.0)] },
    Row { event: Coerce, name: "COERCE", quad: MaterialConflict, score: -7.0, needs_recipient: false,
          modes: &[("seize", -7.0), ("restrict", -7.0), ("censor", -6.5), ("curfew", -6.5), ("martial-law", -7.5), ("arrest", -7.0),
                   ("deport", -7.0), ("withhold", -7.0), ("misinformation", -6.5), ("cyber", -7.0)] },
    Row { event: Assault, name: "ASSAULT", quad: MaterialConflict, score: -9.0, needs_recipient: false,
          modes: &[("abduct", -8.5), ("torture", -8.5), ("sexual", -8.5), ("destroy", -8.5), ("beat", -7.5), ("crowd-control", -7.5),
                   ("primitive", -8.0), ("firearms", -9.0), ("explosives", -9.0), ("targeted", -9.5), ("suicide-attack", -9.5),
                   ("aerial", -9.5), ("drone", -9.5), ("heavy-weapons", -9.5), ("unconventional", -10.0)] },
];

impl Event {
    pub fn all() -> impl Iterator<Item = Event> {
        TABLE.iter().map(|row| row.event)
    }

    pub fn parse(name: &str) -> Option<Event> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.event)
    }

    fn row(self) -> &'static Row {
        // The table stands in the order of the enum; a test proves it.
        &TABLE[self as usize]
    }

    pub fn as_str(self) -> &'static str {
        self.row().name
    }

    pub fn quad(self) -> Quad {
        self.row().quad
    }

    pub fn needs_recipient(self) -> bool {
        self.row().needs_recipient
    }

    /// The mode of that name, if this type has it.
    pub fn mode(self, name: &str) -> Option<Mode> {
        self.row().modes.iter().find(|(mode, _)| *mode == name).map(|&(mode, _)| Mode(mode))
    }

    pub fn modes(self) -> impl Iterator<Item = Mode> {
        self.row().modes.iter().map(|&(mode, _)| Mode(mode))
    }

    /// The conflict and cooperation score, -10 to 10; the mode's where it has its own.
    pub fn score(self, mode: Option<Mode>) -> f32 {
        let row = self.row();
        mode.and_then(|mode| row.modes.iter().find(|(name, _)| *name == mode.0)).map_or(row.score, |&(_, score)| score)
    }
}

/// Whether, by the text, it happened (PLOVER's auxiliary modes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Actual,
    Future,
    Hypothetical,
    Negated,
    Historical,
}

impl Status {
    pub const ALL: [(&'static str, Status); 5] = [
        ("actual", Status::Actual),
        ("future", Status::Future),
        ("hypothetical", Status::Hypothetical),
        ("negated", Status::Negated),
        ("historical", Status::Historical),
    ];

    pub fn parse(name: &str) -> Option<Status> {
        Status::ALL.iter().find(|(text, _)| *text == name).map(|&(_, status)| status)
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Status::Actual => "actual",
            Status::Future => "future",
            Status::Hypothetical => "hypothetical",
            Status::Negated => "negated",
            Status::Historical => "historical",
        }
    }
}

/// PLOVER's 37 contexts.
#[rustfmt::skip]
pub const CONTEXTS: [&str; 37] = [
    "military", "intelligence", "executive", "legislative", "election", "political_institutions", "pro_democracy",
    "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms", "repression",
    "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic", "territory", "peacekeeping",
    "health", "asylum", "migration", "disasters", "natural_resource", "environment", "technology", "terrorism", "cbrn",
    "cyber", "misinformation", "crime", "corruption", "illegal_drugs", "trafficking",
];

/// PLOVER's sectors.
#[rustfmt::skip]
pub const SECTORS: [&str; 29] = [
    "GOV", "MIL", "REB", "OPP", "PTY", "LEG", "JUD", "COP", "SPY", "PRM", "UAF", "UNK", "CVL", "MED", "BUS", "EDU",
    "REL", "REF", "LAB", "CRM", "JRN", "AGR", "ELI", "PRE", "SOC", "IGO", "NGO", "IMG", "MNC",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_types() {
        for (index, event) in Event::all().enumerate() {
            assert_eq!(event as usize, index);
            assert_eq!(Event::parse(event.as_str()), Some(event));
        }
        assert_eq!(Event::parse("YIELD"), None);
    }

    #[test]
    fn conflict_is_never_above_zero_but_for_a_plea_for_help() {
        for event in Event::all() {
            for mode in event.modes().map(Some).chain([None]) {
                let score = event.score(mode);
                let cooperative = matches!(event.quad(), Quad::VerbalCooperation | Quad::MaterialCooperation);
                let plea = event == Event::Request && score == 0.5;
                assert_eq!(score > 0.0, cooperative || plea, "{event:?} {mode:?}");
            }
        }
    }
}
