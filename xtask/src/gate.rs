//! The accuracy gate: figures held against `gold/floors.toml`.
//!
//! Takes the folder of the shared measuring data; gives every figure, and fails
//! when one lies below its floor. Without the folder the measurements on it
//! are skipped and said so. `--update` raises floors to what was measured;
//! lowering one wants `--allow-regression` and a line in the changelog.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use archive::Ground;
use serde::{Deserialize, Serialize};

use crate::treebank::Figures;
use crate::{case, events, newswire, plover, polnear, treebank};

/// How far under its floor a figure may fall: one flipped token of EWT dev
/// moves a percentage by 0.004, one mention of newswire dev by about 0.02.
const SLACK: f64 = 0.05;

/// What `gold/floors.toml` holds.
#[derive(Default, Serialize, Deserialize)]
struct Pinned {
    /// SHA-256 of the measured files of each corpus: a floor says nothing about another text.
    #[serde(default)]
    corpora: BTreeMap<String, String>,
    #[serde(default)]
    floors: BTreeMap<String, Figures>,
}

pub fn run(arguments: &[&str]) -> Result<(), String> {
    let folders: Vec<&&str> = arguments.iter().filter(|word| !word.starts_with("--")).collect();
    let shared = Path::new(folders.first().copied().copied().unwrap_or("../shared"));
    let update = arguments.contains(&"--update");
    let allow = arguments.contains(&"--allow-regression");
    let errors = arguments.contains(&"--errors");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../gold/floors.toml");
    let text = fs::read_to_string(&path).map_err(|error| format!("gold/floors.toml: {error}"))?;
    let Pinned { mut corpora, mut floors }: Pinned =
        toml::from_str(&text).map_err(|error| format!("gold/floors.toml: {error}"))?;
    let ground = Ground::embedded();
    let mut measured: BTreeMap<String, (String, Figures)> = BTreeMap::new();
    let mut skipped = Vec::new();
    measure("ud_ewt_dev", &shared.join("data/ud-ewt/dev.conllu.gz"), &mut measured, &mut skipped, |path| {
        let mut source = String::new();
        let file = fs::File::open(path).map_err(|error| error.to_string())?;
        flate2::read::MultiGzDecoder::new(file).read_to_string(&mut source).map_err(|error| error.to_string())?;
        Ok(treebank::score(&ground, &source))
    })?;
    measure("newswire_dev", &shared.join("data/newswire"), &mut measured, &mut skipped, |path| {
        newswire::score(&ground, path, errors)
    })?;
    measure("istanbul_talks", &shared.join("cases/istanbul-talks"), &mut measured, &mut skipped, |path| {
        let (score, _) = case::score(&ground, path, Some("2025-10-28"), Some("Moneycontrol"))?;
        Ok(Figures::from([
            ("event_lines_covered".to_string(), score.covered as f64),
            ("attributed_lines".to_string(), score.attributed_right as f64),
            ("details_right".to_string(), score.details_right as f64),
            ("minus_wrong_actuals".to_string(), 0.0 - score.wrong_actuals as f64),
            ("minus_boilerplate_coded".to_string(), 0.0 - score.boilerplate as f64),
            ("minus_broken_quotes".to_string(), 0.0 - score.broken_quotes as f64),
        ]))
    })?;
    measure("plover", &shared.join("data/plover"), &mut measured, &mut skipped, |path| {
        plover::score(&ground, path, false)
    })?;
    measure("polnear_dev", &shared.join("data/polnear-dev"), &mut measured, &mut skipped, |path| {
        polnear::score(&ground, path)
    })?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    measure("corpus_test", &root.join("training/corpus/original"), &mut measured, &mut skipped, |path| {
        events::original(&ground, path)
    })?;
    measure("real_test", &shared.join("data/newswire/articles"), &mut measured, &mut skipped, |_| {
        events::real(&ground, &root, &shared.join("data/newswire"))
    })?;
    let mut failures = Vec::new();
    for (corpus, (hash, figures)) in &measured {
        println!("{corpus}");
        if corpora.get(corpus).is_some_and(|pinned| pinned != hash) && !update {
            failures.push(format!("{corpus} is another text than the floors were set on; look why, then --update"));
        }
        if update {
            corpora.insert(corpus.clone(), hash.clone());
        }
        for (name, value) in figures {
            let floor = floors.get(corpus).and_then(|floors| floors.get(name)).copied();
            let below = floor.is_some_and(|floor| *value < floor - SLACK);
            let mark = match floor {
                Some(floor) => format!("floor {floor:.2}{}", if below { "  BELOW" } else { "" }),
                None => "no floor".to_string(),
            };
            println!("  {name:28} {value:8.2}  {mark}");
            if below {
                failures.push(format!("{corpus} {name}: {value:.2} is below its floor"));
            }
            if update && (allow || floor.is_none_or(|floor| *value > floor)) {
                floors.entry(corpus.clone()).or_default().insert(name.clone(), (value * 100.0).floor() / 100.0);
            }
        }
    }
    for name in &skipped {
        println!("{name}: skipped, its data is not at {}", shared.display());
    }
    if update {
        let head = "# Floors of the accuracy gate, in the units that `cargo xtask gate` prints.\n# Raised by `cargo xtask gate FOLDER --update`; lowered only with --allow-regression\n# and a line in CHANGELOG.md.\n\n";
        let body = toml::to_string(&Pinned { corpora, floors }).map_err(|error| error.to_string())?;
        fs::write(&path, format!("{head}{body}")).map_err(|error| error.to_string())?;
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

fn measure(
    name: &str,
    path: &Path,
    measured: &mut BTreeMap<String, (String, Figures)>,
    skipped: &mut Vec<String>,
    score: impl FnOnce(&Path) -> Result<Figures, String>,
) -> Result<(), String> {
    if path.exists() {
        let figures = score(path).map_err(|error| format!("{name}: {error}"))?;
        measured.insert(name.to_string(), (hash_of(path), figures));
    } else {
        skipped.push(name.to_string());
    }
    Ok(())
}

/// One hash over the names and bytes of all files below a path, in order.
fn hash_of(path: &Path) -> String {
    let mut files = Vec::new();
    collect(path, &mut files);
    files.sort();
    let mut lines = String::new();
    for file in files {
        let name = file.strip_prefix(path).unwrap_or(&file).display().to_string();
        lines.push_str(&format!("{name} {}\n", record::id::sha256(&fs::read(&file).unwrap_or_default())));
    }
    record::id::sha256(lines.as_bytes())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    match fs::read_dir(path) {
        Ok(entries) => entries.flatten().for_each(|entry| collect(&entry.path(), files)),
        Err(_) => files.push(path.to_path_buf()),
    }
}
