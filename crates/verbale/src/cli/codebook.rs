//! `verbale codebook`: what counts as what, and why.

use std::io::Write;
use std::path::Path;

use archive::Ground;
use clap::Args;

use super::{Done, OwnArgs};
use crate::{render, terminal};

/// Prints the rules of the codebook, or the page of one of them
///
/// A rule's page gives its definition, the reason behind it, and sentences that
/// are coded by it and that are not. `found_by` in a report names its rule. With
/// --codebook and no id your own entries are checked: each must do what its
/// sentences under yes and no say.
#[derive(Debug, Args)]
pub struct CodebookArgs {
    /// A rule (accuse.blame), an event type (ACCUSE) or the start of a rule's id
    pub id: Option<String>,

    #[command(flatten)]
    pub own: OwnArgs,
}

pub fn run(args: &CodebookArgs) -> anyhow::Result<Done> {
    let Some(ground) = args.own.ground() else { return Ok(Done::Failed) };
    let rules = ground.rules();
    let width = terminal::width();
    let page = match &args.id {
        None if args.own.folder.is_some() => return check(&ground, width),
        None => render::codebook::list(rules.iter(), width),
        Some(id) => match pick(id, rules, args.own.folder.as_deref()) {
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

/// Whether the user's entries do what their sentences say.
fn check(ground: &Ground, width: usize) -> anyhow::Result<Done> {
    let mut output = terminal::output();
    let mut failed = 0;
    for rule in ground.rules().iter().filter(|rule| rule.own) {
        let failures = ground.check_examples(&rule.id);
        failed += failures.len();
        let page = render::codebook::checked(rule, ground.nearness(&rule.id).as_ref(), &failures, width);
        output.write_all(page.as_bytes())?;
    }
    output.flush()?;
    Ok(if failed == 0 { Done::Well } else { Done::Failed })
}

/// The page of the rule `id`, or the list of those it begins.
fn pick(id: &str, rules: &[archive::Rule], own: Option<&Path>) -> Result<String, String> {
    let width = terminal::width();
    // A user's file is named as the user would name it.
    let page = |rule: &archive::Rule| {
        let inner = rule.file.split_once('/').map_or(rule.file.as_str(), |(_, inner)| inner);
        let file = match own.filter(|_| rule.own) {
            Some(folder) => folder.join(inner).display().to_string(),
            None => format!("codebook/{}", rule.file),
        };
        render::codebook::page(rule, &file, width)
    };
    // A report says `rule accuse.blame/2`: the second pattern of that rule.
    let name = id.strip_prefix("rule ").unwrap_or(id);
    let name = name.split('/').next().unwrap_or(name);
    if let Some(rule) = rules.iter().find(|rule| rule.id == name) {
        return Ok(page(rule));
    }
    let lower = name.to_lowercase();
    let begun: Vec<_> = rules
        .iter()
        .filter(|rule| rule.id.starts_with(&lower) || rule.event.as_str().to_lowercase() == lower)
        .collect();
    match begun.as_slice() {
        [] => Err(format!("no rule {id}: `verbale codebook` lists them all")),
        [rule] => Ok(page(rule)),
        _ => Ok(render::codebook::list(begun.into_iter(), width)),
    }
}
