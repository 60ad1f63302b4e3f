//! A file of the codebook as it is written: the shape that TOML is read into.
//!
//! Takes a text; gives its fields as they stand, or where it is wrong and what is
//! expected there. Never asks what the fields mean; [`super::Codebook`] does.
//!
//! `event = 3` gives "line 1: invalid type: integer `3`, expected a string".

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleFile {
    pub event: String,
    pub mode: Option<String>,
    #[serde(default)]
    pub contexts: Vec<String>,
    pub cameo: Option<String>,
    pub definition: String,
    #[serde(default)]
    pub why: String,
    #[serde(default)]
    pub yes: Vec<String>,
    #[serde(default)]
    pub no: Vec<String>,
    #[serde(default)]
    pub examples: Vec<String>,
    #[serde(default)]
    pub unlike: Vec<String>,
    #[serde(default)]
    pub pattern: Vec<PatternFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PatternFile {
    #[serde(default)]
    pub verb: Vec<String>,
    #[serde(default)]
    pub noun: Vec<String>,
    #[serde(default)]
    pub adj: Vec<String>,
    #[serde(default)]
    pub pred: Vec<String>,
    #[serde(default)]
    pub actor: Vec<String>,
    #[serde(default)]
    pub recipient: Vec<String>,
    #[serde(default)]
    pub third_party: Vec<String>,
    #[serde(default)]
    pub parties: Vec<String>,
    #[serde(default)]
    pub content: Vec<String>,
    #[serde(default)]
    pub condition: Vec<String>,
    #[serde(default)]
    pub needs: Vec<String>,
    #[serde(default)]
    pub lacks: Vec<String>,
    #[serde(default)]
    pub modal: Vec<String>,
    pub negation: Option<bool>,
    #[serde(default)]
    pub actor_optional: bool,
    pub frames: Option<Vec<String>>,
    pub support: Option<Vec<String>>,
    pub status: Option<String>,
    pub mode: Option<String>,
    pub contexts: Option<Vec<String>>,
    pub cameo: Option<String>,
    #[serde(default)]
    pub weight: i32,
}

impl RuleFile {
    pub fn read(text: &str) -> Result<RuleFile, String> {
        toml::from_str(text).map_err(|error| {
            let what = error.message().trim();
            match error.span() {
                // What is missing is missing everywhere.
                Some(span) if !what.starts_with("missing field") => {
                    let before = text.get(..span.start).unwrap_or(text);
                    format!("line {}: {what}", before.matches('\n').count() + 1)
                }
                _ => what.to_string(),
            }
        })
    }
}
