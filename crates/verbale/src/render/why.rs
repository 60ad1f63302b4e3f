//! A report with the tree of reasons behind it.

use record::{Report, Why};

use super::table;
use super::words::{self, DIM, Piece, flow};

/// The report as the table has it, its place in the text, its tree.
pub fn report(number: usize, report: &Report, why: &Why, width: usize) -> String {
    let date = words::when(&report.when);
    let opening = format!("{number}  {date}  ");
    let mut out = format!("{opening}{}\n", flow(&table::deed(report), opening.chars().count(), 3, width));
    let circumstances = table::circumstances(report);
    if !circumstances.is_empty() {
        out.push_str(&format!("   {}\n", flow(&circumstances, 3, 3, width)));
    }
    out.push_str(&table::quote(report, 3, width));
    let span = report.quote.span();
    let facts = format!(
        "{} · sentence {} · characters {} to {} · confidence {:.2} · {}",
        report.id, report.sentence, span.start, span.end, report.confidence, report.found_by
    );
    out.push_str(&format!("   {}\n\n", flow(&[Piece::new(facts, DIM)], 3, 3, width)));
    out.push_str(&tree(why, width));
    out
}

/// The tree as `Why` draws it, with long lines folded under themselves.
fn tree(why: &Why, width: usize) -> String {
    let mut out = String::new();
    for line in why.to_string().lines() {
        let stem = line.chars().take_while(|c| matches!(c, ' ' | '│' | '├' | '└' | '─')).count();
        let stem_text: String = line.chars().take(stem).collect();
        let rest: String = line.chars().skip(stem).collect();
        let folded = flow(&[Piece::plain(rest)], stem, 0, width);
        let below = stem_text.replace('├', "│").replace(['└', '─'], " ");
        for (index, part) in folded.lines().enumerate() {
            out.push_str(if index == 0 { &stem_text } else { &below });
            out.push_str(part);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_reasons_fold_under_themselves() {
        let why = Why::new("event")
            .because(Why::new("one two three").because(Why::new("leaf")))
            .because(Why::new("four five six"));
        assert_eq!(tree(&why, 12), "event\n├─ one two\n│  three\n│  └─ leaf\n└─ four five\n   six\n");
    }
}
