//! How much to believe the network: `tune ARTICLES.jsonl... --coder FILE [--try]`.
//!
//! Takes annotated articles (dev, never test) and a weight file. Gives: the figures
//! with the belief that the file holds and, with `--try`, with others, one number
//! moved at a time; and a line for each report with its raw figure, to fit
//! `confidence` on (`--reports`). `--pairs FILE` measures `relate` instead. See training/fit.py.

use std::path::PathBuf;

use archive::eval::{Corpus, Split, Tally, score};
use archive::{Ground, Marked};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut files, mut coder, mut tried, mut reports, mut pairs) = (Vec::new(), None, false, false, None);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--coder" => coder = arguments.next().map(PathBuf::from),
            "--pairs" => pairs = arguments.next().map(PathBuf::from),
            "--try" => tried = true,
            "--reports" => reports = true,
            file => files.push(PathBuf::from(file)),
        }
    }
    let mut ground = Ground::embedded();
    if let Some(path) = coder {
        ground = ground.with_coder(std::fs::read(path)?)?;
    }
    if let Some(path) = pairs {
        return related(&ground, &std::fs::read_to_string(path)?);
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
        ("veto", [0.06, 0.15, 0.3, 0.45, 0.6]),
        ("alone", [0.45, 0.55, 0.65, 0.75, 0.85]),
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

/// How often `relate` is right on lines of a type, a mode and a marked sentence.
fn related(ground: &Ground, lines: &str) -> Result<(), Box<dyn std::error::Error>> {
    let mut right = [0usize; 2];
    let mut of = [0usize; 2];
    for line in lines.lines() {
        let [kind, _, tagged] = line.split('\t').collect::<Vec<_>>()[..] else { continue };
        let Some(marked) = Marked::from_tagged("", tagged) else { continue };
        let relation = &ground.relate(&[marked])[0];
        let (event, none) = (relation.event.map_or("", |event| event.as_str()), relation.none);
        let best = relation.scores.iter().map(|(_, share)| *share).fold(0.0, f32::max);
        of[0] += 1;
        right[0] += usize::from(if none > best { kind == "NONE" } else { kind == event });
        if kind != "NONE" {
            of[1] += 1;
            right[1] += usize::from(kind == event);
        }
    }
    println!("{} of {} right, {} of {} where there is an act", right[0], of[0], right[1], of[1]);
    Ok(())
}
