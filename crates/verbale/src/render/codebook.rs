//! The codebook for reading: its rules in a list, and the page of one.

use archive::{Failure, Rule};
use record::Event;

use super::words::{self, BOLD, DIM, Piece, flow};

/// The rules, by event type: id and definition.
pub fn list<'a>(rules: impl Iterator<Item = &'a Rule>, width: usize) -> String {
    let mut rules: Vec<&Rule> = rules.collect();
    rules.sort_by(|a, b| (a.event, &a.id).cmp(&(b.event, &b.id)));
    let mut out = String::new();
    let mut last: Option<Event> = None;
    for rule in rules {
        if last != Some(rule.event) {
            let gap = if last.is_some() { "\n" } else { "" };
            let style = words::style_of(rule.event);
            let quad = rule.event.quad().number();
            out.push_str(&format!(
                "{gap}{style}{}{style:#}{DIM}  quad {quad}, score {}{DIM:#}\n",
                rule.event.as_str(),
                rule.event.score(None)
            ));
            last = Some(rule.event);
        }
        let definition = flow(&[Piece::plain(&rule.definition)], 6, 6, width);
        out.push_str(&format!("  {BOLD}{}{BOLD:#}\n      {definition}\n", rule.id));
    }
    out
}

/// The page of one rule, which stands in `file`: definition, why, examples.
pub fn page(rule: &Rule, file: &str, width: usize) -> String {
    let style = words::style_of(rule.event);
    let mut out = format!("{BOLD}{}{BOLD:#}  {style}{}{style:#}\n\n", rule.id, rule.event.as_str());
    out.push_str(&format!("{}\n", flow(&[Piece::plain(&rule.definition)], 0, 0, width)));
    if !rule.why.is_empty() {
        out.push_str(&format!("\n{BOLD}Why{BOLD:#}\n{}\n", flow(&[Piece::plain(&rule.why)], 0, 0, width)));
    }
    for (heading, examples) in [("Like these", &rule.examples), ("Unlike these", &rule.unlike)] {
        if !examples.is_empty() {
            out.push_str(&format!("\n{BOLD}{heading}{BOLD:#}\n"));
            for example in examples {
                out.push_str(&format!("  - {}\n", flow(&[Piece::plain(&example.text)], 4, 4, width)));
            }
        }
    }
    for (heading, examples) in [("Coded", &rule.yes), ("Not coded as this, or not as having happened", &rule.no)] {
        if examples.is_empty() {
            continue;
        }
        out.push_str(&format!("\n{BOLD}{heading}{BOLD:#}\n"));
        for example in examples {
            // What the test expects of the example stands behind the arrow.
            let (text, expected) =
                example.split_once("=>").map_or((example.as_str(), ""), |(text, after)| (text, after));
            out.push_str(&format!("  - {}\n", flow(&[Piece::plain(text.trim())], 4, 4, width)));
            if !expected.trim().is_empty() {
                out.push_str(&format!("    {}\n", flow(&[Piece::new(expected.trim(), DIM)], 4, 4, width)));
            }
        }
    }
    out.push_str(&format!("\n{DIM}{file}{DIM:#}\n"));
    out
}

/// What a check of a user's entry found: how its examples hang together, and which of
/// its sentences do not come out as they must.
pub fn checked(rule: &Rule, near: Option<&(f32, Vec<(String, f32)>)>, failures: &[Failure], width: usize) -> String {
    let style = words::style_of(rule.event);
    let mut out = format!("{BOLD}{}{BOLD:#}  {style}{}{style:#}\n", rule.id, rule.event.as_str());
    if let Some((threshold, examples)) = near {
        let nearness = || examples.iter().map(|(_, nearness)| *nearness);
        let (least, most) = (nearness().fold(1.0, f32::min), nearness().fold(0.0, f32::max));
        out.push_str(&format!(
            "  {} examples, {least:.2} to {most:.2} near to the others; a word is like them from {threshold:.2} on\n",
            examples.len()
        ));
    }
    for failure in failures {
        let text = format!("\"{}\"", failure.example);
        out.push_str(&format!("  {}\n", flow(&[Piece::plain(text)], 2, 4, width)));
        out.push_str(&format!("    {}\n", flow(&[Piece::plain(&failure.problem)], 4, 4, width)));
    }
    let all = rule.yes.len() + rule.no.len();
    let counted = |count: usize| format!("{count} sentence{}", if count == 1 { "" } else { "s" });
    out.push_str(&match (all, failures.len()) {
        (0, _) => "  no sentences under yes and no to check\n".to_string(),
        (all, 0) => format!("  {} as wanted\n", counted(all)),
        (all, wrong) => format!("  {wrong} of {} not as wanted\n", counted(all)),
    });
    out
}
