//! The figures of `verbale eval`, as tables for a reader.
//!
//! Takes a tally; gives lines of at most 80 columns. A figure that there was
//! nothing to count for is a dash.
//!
//! ```
//! let page = verbale::render::eval::figures(&archive::eval::Tally::default());
//! assert!(page.lines().all(|line| line.chars().count() <= 80));
//! ```

use std::fmt::Write as _;

use archive::eval::tally::ROLES;
use archive::eval::{Counts, Share, Tally};
use record::{Event, Status};

/// All figures.
pub fn figures(tally: &Tally) -> String {
    let count = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let mut out = format!(
        "{}, {} ({} without an event), {}, {}\n",
        count(tally.articles, "article"),
        count(tally.sentences, "sentence"),
        tally.empty,
        count(tally.events, "event"),
        count(tally.reports, "report")
    );
    head(&mut out, "EVENTS");
    row(&mut out, "trigger", tally.trigger);
    row(&mut out, "trigger and type", tally.typed);
    row(&mut out, "trigger, type and status", tally.stated);
    head(&mut out, "TYPES");
    for (event, counts) in Event::all().zip(&tally.by_type) {
        if counts.found + counts.wanted > 0 {
            row(&mut out, event.as_str(), *counts);
        }
    }
    head(&mut out, "STATUSES, type right too");
    for ((name, _), counts) in Status::ALL.iter().zip(&tally.by_status) {
        if counts.found + counts.wanted > 0 {
            row(&mut out, name, *counts);
        }
    }
    arguments(&mut out, tally);
    head(&mut out, "ATTRIBUTION, links");
    row(&mut out, "of events with the right type", tally.links);
    row(&mut out, "end to end", tally.links_all);
    shares(&mut out, tally);
    calibration(&mut out, tally);
    out
}

fn arguments(out: &mut String, tally: &Tally) {
    let all = tally.arguments();
    for (title, exact, head_of) in
        [("same words", true, false), ("same head", false, false), ("same head, end to end", false, true)]
    {
        let scope = if head_of { "" } else { " of events with the right type" };
        head(out, &format!("ARGUMENTS{scope}, {title}"));
        for (name, role) in ROLES.iter().copied().zip(&tally.roles).chain([("all", &all)]) {
            let counts = match (exact, head_of) {
                (true, _) => role.exact,
                (_, false) => role.head,
                (_, true) => role.head_all,
            };
            if counts.found + counts.wanted > 0 {
                row(out, name, counts);
            }
        }
        if head_of {
            row(out, "all, same words", all.exact_all);
        }
    }
}

fn shares(out: &mut String, tally: &Tally) {
    let _ = writeln!(out, "\n{:<44}{:>7}{:>16}", "SHARES", "%", "of");
    share(out, "status right, where the type is", tally.status);
    share(out, "mode right, where the type is", tally.mode);
    share(out, "mode right, where the event has one", tally.moded);
    share(out, "actual reports of what did happen", tally.actual);
    share(out, "the same, with the right type", tally.actual_typed);
    share(out, "parties that got a name, of those annotated", tally.named);
    share(out, "names right, of those", tally.names);
    share(out, "names of places right", tally.place_names);
    let _ = writeln!(
        out,
        "\nFalse reports in 100 sentences without an event: {} ({} of {}; {} actual)",
        tally.false_per_hundred().map_or("-".to_string(), |figure| format!("{figure:.1}")),
        tally.false_reports,
        tally.empty,
        tally.false_actual
    );
}

fn calibration(out: &mut String, tally: &Tally) {
    let error = tally.calibration_error().map_or("-".to_string(), |error| format!("{error:.3}"));
    let _ = writeln!(out, "\nCALIBRATION: expected error {error}");
    let _ = writeln!(out, "  {:<12}{:>12}{:>12}{:>10}", "confidence", "mean", "right", "reports");
    for (index, bin) in tally.bins.iter().enumerate() {
        if let (Some(mean), Some(right)) = (bin.mean(), bin.share()) {
            let bounds = format!("{:.1} to {:.1}", index as f64 / 10.0, (index + 1) as f64 / 10.0);
            let _ = writeln!(out, "  {bounds:<12}{mean:>12.3}{right:>12.3}{:>10}", bin.count);
        }
    }
}

fn head(out: &mut String, title: &str) {
    let _ = write!(out, "\n{title}\n  {:<32}", "");
    for column in ["P", "R", "F1", "right", "found", "wanted"] {
        let _ = write!(out, "{column:>7}");
    }
    out.push('\n');
}

fn row(out: &mut String, name: &str, counts: Counts) {
    let _ = writeln!(
        out,
        "  {name:<32}{:>7}{:>7}{:>7}{:>7}{:>7}{:>7}",
        percent(counts.precision()),
        percent(counts.recall()),
        percent(counts.f1()),
        counts.right,
        counts.found,
        counts.wanted
    );
}

fn share(out: &mut String, name: &str, share: Share) {
    let of = format!("{} of {}", share.right, share.of);
    let _ = writeln!(out, "  {name:<42}{:>7}{of:>16}", percent(share.ratio()));
}

fn percent(figure: Option<f64>) -> String {
    figure.map_or("-".to_string(), |figure| format!("{:.1}", 100.0 * figure))
}
