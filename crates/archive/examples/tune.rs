//! How much to believe the network: `tune ARTICLES.jsonl... --coder FILE [--try]`.
//!
//! Takes annotated articles (dev, never test) and a weight file. Gives: the figures
//! with the belief that the file holds and, with `--try`, with others, one number
//! moved at a time; and a line for each report with its raw figure, to fit
//! `confidence` on (`--reports`). See training/fit.py.

use std::path::PathBuf;

use archive::Ground;
use archive::eval::{Corpus, Split, Tally, score};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut files, mut coder, mut tried, mut reports) = (Vec::new(), None, false, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--coder" => coder = arguments.next().map(PathBuf::from),
            "--try" => tried = true,
            "--reports" => reports = true,
            file => files.push(PathBuf::from(file)),
        }
    }
    let mut ground = Ground::embedded();
    if let Some(path) = coder {
        ground = ground.with_coder(std::fs::read(path)?)?;
    }
    let mut articles = Vec::new();
    for file in &files {
        let corpus = Corpus::read(&file.to_string_lossy(), &std::fs::read(file)?);
        articles.extend(corpus.articles.into_iter().filter(|article| Split::of(&article.id) == Split::Dev));
    }
    let measure = |belief: coding::learned::Belief, rows: bool| {
        let mut tally = Tally::default();
        for article in &articles {
            let record = ground.code_believing(article.extracted(), belief);
            let scored = score(article, &record);
            if rows {
                for weighed in &scored.weighed {
                    println!("{}", weighed.row());
                }
            }
            tally.add(&scored.tally);
        }
        tally
    };
    let first = coding::learned::Belief::of(ground.coder().fitted("settle"));
    let line = |belief: &coding::learned::Belief, tally: &Tally| eprintln!("{belief:?} {}", summary(tally));
    line(&first, &measure(first, reports));
    if !tried {
        return Ok(());
    }
    let mut best = first;
    for (name, values) in [
        ("veto", [0.02, 0.06, 0.12, 0.2, 0.3]),
        ("alone", [0.35, 0.45, 0.55, 0.65, 0.75]),
        ("replace", [0.5, 0.6, 0.7, 0.8, 0.95]),
        ("role", [0.3, 0.4, 0.5, 0.6, 0.7]),
        ("status", [0.0, 0.5, 1.0, 1.5, 2.5]),
    ] {
        let mut top = f64::MIN;
        let from = best;
        for value in values {
            let mut belief = from;
            match name {
                "veto" => belief.veto = value,
                "alone" => belief.alone = value,
                "replace" => belief.replace = value,
                "role" => belief.role = value,
                _ => belief.status = value,
            }
            let tally = measure(belief, false);
            line(&belief, &tally);
            let worth = worth(&tally);
            if worth > top {
                (top, best) = (worth, belief);
            }
        }
    }
    eprintln!("best: {best:?}");
    Ok(())
}

/// What is sought: events with type and status, and arguments, end to end.
fn worth(tally: &Tally) -> f64 {
    summary_figures(tally).iter().sum()
}

fn summary_figures(tally: &Tally) -> [f64; 2] {
    [tally.stated.f1().unwrap_or(0.0), tally.arguments().head_all.f1().unwrap_or(0.0)]
}

fn summary(tally: &Tally) -> String {
    let share = |counts: archive::eval::Counts| {
        format!("{:.3}/{:.3}", counts.precision().unwrap_or(0.0), counts.recall().unwrap_or(0.0))
    };
    format!(
        "{:.3?} trigger {} typed {} stated {} false {:.1} error {:.3}",
        summary_figures(tally),
        share(tally.trigger),
        share(tally.typed),
        share(tally.stated),
        tally.false_per_hundred().unwrap_or(0.0),
        tally.calibration_error().unwrap_or(0.0),
    )
}
