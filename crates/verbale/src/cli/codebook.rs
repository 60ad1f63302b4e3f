//! `verbale codebook`: what counts as what, and why.

use std::io::Write;

use archive::Ground;
use clap::Args;

use super::Done;
use crate::{render, terminal};

/// Prints the rules of the codebook, or the page of one of them
///
/// A rule's page gives its definition, the reason behind it, and sentences that
/// are coded by it and that are not. `found_by` in a report names its rule.
#[derive(Debug, Args)]
pub struct CodebookArgs {
    /// A rule (accuse.blame), an event type (ACCUSE) or the start of a rule's id
    pub id: Option<String>,
}

pub fn run(args: &CodebookArgs) -> anyhow::Result<Done> {
    let ground = Ground::embedded();
    let rules = ground.rules();
    let width = terminal::width();
    let page = match &args.id {
        None => render::codebook::list(rules.iter(), width),
        Some(id) => match pick(id, rules) {
            Ok(page) => page,
            Err(reason) => {
                terminal::complain(&reason);
                return Ok(Done::Failed);
            }
        },
    };
    let mut output = terminal::output();
    output.write_all(page.as_bytes())?;
    output.flush()?;
    Ok(Done::Well)
}

/// The page of the rule `id`, or the list of those it begins.
fn pick(id: &str, rules: &[archive::Rule]) -> Result<String, String> {
    let width = terminal::width();
    // A report says `rule accuse.blame/2`: the second pattern of that rule.
    let name = id.strip_prefix("rule ").unwrap_or(id);
    let name = name.split('/').next().unwrap_or(name);
    if let Some(rule) = rules.iter().find(|rule| rule.id == name) {
        return Ok(render::codebook::page(rule, width));
    }
    let lower = name.to_lowercase();
    let begun: Vec<_> = rules
        .iter()
        .filter(|rule| rule.id.starts_with(&lower) || rule.event.as_str().to_lowercase() == lower)
        .collect();
    match begun.as_slice() {
        [] => Err(format!("no rule {id}: `verbale codebook` lists them all")),
        [rule] => Ok(render::codebook::page(rule, width)),
        _ => Ok(render::codebook::list(begun.into_iter(), width)),
    }
}
