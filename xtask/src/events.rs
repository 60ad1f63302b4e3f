//! Events end to end against the test split of the corpus.
//!
//! Takes the folder of original articles, or that of the newswire with which the
//! stand-off annotations are joined (by `training/corpus/real.py`, so Python is
//! wanted); gives the figures of `verbale eval` that are pinned, in hundredths.

use std::fs;
use std::path::Path;
use std::process::Command;

use archive::Ground;
use archive::eval::{Corpus, Split, Tally, score};

use crate::treebank::Figures;

pub fn original(ground: &Ground, folder: &Path) -> Result<Figures, String> {
    let mut tally = Tally::default();
    let entries = fs::read_dir(folder).map_err(|error| error.to_string())?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|kind| kind == "txt")) {
        let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
        add(ground, &Corpus::read(&path.display().to_string(), &bytes), &mut tally);
    }
    Ok(figures(&tally))
}

pub fn real(ground: &Ground, root: &Path, newswire: &Path) -> Result<Figures, String> {
    let joined = Command::new("python3")
        .arg(root.join("training/corpus/real.py"))
        .args(["join", "--newswire"])
        .arg(newswire)
        .output()
        .map_err(|error| format!("python3 training/corpus/real.py: {error}; install Python 3"))?;
    if !joined.status.success() {
        return Err(format!("training/corpus/real.py: {}", String::from_utf8_lossy(&joined.stderr)));
    }
    let mut tally = Tally::default();
    add(ground, &Corpus::read("real.jsonl", &joined.stdout), &mut tally);
    Ok(figures(&tally))
}

fn add(ground: &Ground, corpus: &Corpus, tally: &mut Tally) {
    for article in corpus.articles.iter().filter(|article| Split::of(&article.id) == Split::Test) {
        tally.add(&score(article, &ground.code(article.extracted())).tally);
    }
}

fn figures(tally: &Tally) -> Figures {
    let arguments = tally.arguments();
    let hundredths = |figure: Option<f64>| 100.0 * figure.unwrap_or(0.0);
    [
        ("trigger_f1", hundredths(tally.trigger.f1())),
        ("type_f1", hundredths(tally.typed.f1())),
        ("type_precision", hundredths(tally.typed.precision())),
        ("status_share", hundredths(tally.status.ratio())),
        ("actual_share", hundredths(tally.actual.ratio())),
        ("arguments_exact_f1", hundredths(arguments.exact.f1())),
        ("arguments_head_f1", hundredths(arguments.head.f1())),
        ("attribution_f1", hundredths(tally.links.f1())),
        ("minus_false_per_100", -tally.false_per_hundred().unwrap_or(0.0)),
        ("minus_calibration_error", -hundredths(tally.calibration_error())),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_string(), value))
    .collect()
}
