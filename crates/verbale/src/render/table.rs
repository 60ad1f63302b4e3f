//! Reports for reading: who did what to whom, and the words it rests on.
//!
//! ```text
//!  3  2011-05-12  Veldania (GOV) → REQUEST (yield) → Sela Front (REB)
//!     hypothetical · according to a senior official, via Harbour Radio
//!     │ the government demanded that the front hand over its guns
//! ```
//! The number is what `verbale explain FILE N` takes.

use anstyle::Style;
use archive::Record;
use record::{Report, Status};

use super::words::{self, BOLD, DIM, DOUBT, Piece, flow};

/// One article: its head, then its reports, then an empty line.
pub fn article(record: &Record, reports: &[(usize, &Report)], width: usize) -> String {
    let mut out = head(record, reports.len(), width);
    let dates: Vec<String> = reports.iter().map(|(_, report)| words::when(&report.when)).collect();
    // One long range must not push all the others to the right.
    let date_width = dates.iter().map(|date| date.chars().count()).filter(|&long| long <= 13).max().unwrap_or(0);
    let number_width = reports.last().map_or(1, |(number, _)| number.to_string().len()).max(2);
    for ((number, report), date) in reports.iter().zip(&dates) {
        let indent = number_width + 2;
        let opening = format!("{number:>number_width$}  {date:<date_width$}  ");
        out.push('\n');
        out.push_str(&format!("{DIM}{number:>number_width$}{DIM:#}  {date:<date_width$}  "));
        let first = opening.chars().count();
        out.push_str(&flow(&deed(report), first, indent + date_width + 2, width));
        out.push('\n');
        let circumstances = circumstances(report);
        if !circumstances.is_empty() {
            out.push_str(&" ".repeat(indent));
            out.push_str(&flow(&circumstances, indent, indent, width));
            out.push('\n');
        }
        out.push_str(&quote(report, indent, width));
    }
    out.push('\n');
    out
}

fn head(record: &Record, reports: usize, width: usize) -> String {
    let document = &record.document;
    let title = document.title.as_deref().unwrap_or(&document.source);
    let mut facts: Vec<String> = document.publication.iter().cloned().collect();
    facts.push(document.published.map_or_else(|| "no published date".to_string(), |date| date.to_string()));
    let plural = |count: usize, noun: &str| match count {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{count} {noun}s"),
    };
    facts.push(plural(record.sentences.len(), "sentence"));
    facts.push(plural(reports, "report"));
    let title = flow(&[Piece::new(title, BOLD)], 0, 0, width);
    format!("{title}\n{}\n", flow(&[Piece::new(facts.join(" · "), DIM)], 0, 0, width))
}

/// "Pakistan (PAK GOV) → REQUEST (yield) → Afghan Taliban (AFG GOV)".
pub fn deed(report: &Report) -> Vec<Piece> {
    let style = words::style_of(report.event);
    let mut pieces = vec![
        Piece::new(words::parties(&report.actor), BOLD),
        Piece::plain(" → "),
        Piece::new(words::event(report), style),
    ];
    if !report.recipient.is_empty() {
        pieces.push(Piece::plain(" → "));
        pieces.push(Piece::new(words::parties(&report.recipient), BOLD));
    }
    pieces
}

/// Status, source, third parties, place, counts: whatever is not plain.
pub fn circumstances(report: &Report) -> Vec<Piece> {
    let mut parts: Vec<(String, Style)> = Vec::new();
    if report.status != Status::Actual {
        parts.push((report.status.as_str().to_string(), DOUBT));
    }
    parts.extend(words::attribution(report).map(|sources| (sources, DIM)));
    if !report.third_party.is_empty() {
        parts.push((format!("third party: {}", words::parties(&report.third_party)), DIM));
    }
    if let Some(place) = &report.place {
        parts.push((format!("in {}", place.name.as_deref().unwrap_or(&place.text)), DIM));
    }
    for count in &report.counts {
        parts.push((format!("{}: {}", count.what, count.text), DIM));
    }
    for condition in &report.conditions {
        parts.push((format!("condition: {}", condition.exact()), DIM));
    }
    let mut pieces = Vec::new();
    for (index, (text, style)) in parts.into_iter().enumerate() {
        if index > 0 {
            pieces.push(Piece::new(" · ", DIM));
        }
        pieces.push(Piece::new(text, style));
    }
    pieces
}

/// The exact words, the trigger set off. A bar stands before them instead of
/// marks around them: the words may bring marks of their own.
pub fn quote(report: &Report, indent: usize, width: usize) -> String {
    let exact = report.quote.exact();
    let from = report.trigger.span().start.saturating_sub(report.quote.span().start);
    let byte = |chars: usize| exact.char_indices().nth(chars).map_or(exact.len(), |(byte, _)| byte);
    let (start, end) = (byte(from), byte(from + report.trigger.span().len()));
    let pieces = [Piece::plain(&exact[..start]), Piece::new(&exact[start..end], BOLD), Piece::plain(&exact[end..])];
    let room = width.saturating_sub(indent + 2);
    let blank = " ".repeat(indent);
    flow(&pieces, 0, 0, room).lines().map(|line| format!("{blank}{DIM}│{DIM:#} {line}\n")).collect()
}
