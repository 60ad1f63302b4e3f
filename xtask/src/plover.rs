//! `relate` against marked pairs: PLV_train (root, quad, binary) and AW_train.
//!
//! Takes a folder with the two .tsv files; gives macro F1, and with `--errors` the
//! confusions with their sentences. CONCEDE and RETREAT are one class there, YIELD.
//! Nothing of these files was trained on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use archive::{Ground, Marked};
use record::Event;

use crate::treebank::Figures;

/// One row: its question, its gold class, and gold quad or side.
struct Row {
    marked: Marked,
    tagged: String,
    root: String,
    quad: u8,
}

pub fn run(arguments: &[&str]) -> Result<(), String> {
    let folders: Vec<&&str> = arguments.iter().filter(|word| !word.starts_with("--")).collect();
    let [folder] = folders.as_slice() else {
        return Err("give the folder with PLV_train.tsv and AW_train.tsv".to_string());
    };
    let figures = score(&Ground::embedded(), Path::new(folder), arguments.contains(&"--errors"))?;
    for (name, value) in figures {
        println!("{name:28} {value:8.2}");
    }
    Ok(())
}

/// Macro F1 in hundredths.
pub fn score(ground: &Ground, folder: &Path, errors: bool) -> Result<Figures, String> {
    let mut figures = Figures::new();
    let plv = rows(&folder.join("PLV_train.tsv"), "gold_root", "gold_penta")?;
    let told = answers(ground, &plv);
    let gold: Vec<&str> = plv.iter().map(|row| row.root.as_str()).collect();
    let roots: Vec<&str> = told.iter().map(|event| root(*event)).collect();
    let (value, each) = macro_f1(&gold, &roots);
    figures.insert("plv_root".into(), value);
    for (class, value) in each {
        figures.insert(format!("plv_root_{}", class.to_lowercase()), value);
    }
    let quads: Vec<u8> = plv.iter().map(|row| row.quad).collect();
    let told_quads: Vec<u8> = told.iter().map(|event| event.quad().number()).collect();
    figures.insert("plv_quad_as_reported".into(), macro_f1(&quads, &told_quads).0);
    // The file has all of YIELD under material cooperation; a concession in words is
    // verbal cooperation in PLOVER 2.0.
    let yields = |event: &Event| if root(*event) == "YIELD" { 2 } else { event.quad().number() };
    figures.insert("plv_quad".into(), macro_f1(&quads, &told.iter().map(yields).collect::<Vec<u8>>()).0);
    let side = |quads: &[u8]| -> Vec<bool> { quads.iter().map(|quad| *quad > 2).collect() };
    figures.insert("plv_binary".into(), macro_f1(&side(&quads), &side(&told_quads)).0);
    if errors {
        confusions(&plv, &roots);
    }
    let aw = rows(&folder.join("AW_train.tsv"), "event_type", "gold_binary")?;
    let told: Vec<bool> = answers(ground, &aw).iter().map(|event| event.quad().number() > 2).collect();
    let gold: Vec<bool> = aw.iter().map(|row| row.quad == 1).collect();
    figures.insert("aw_binary".into(), macro_f1(&gold, &told).0);
    Ok(figures)
}

fn rows(path: &Path, class: &str, number: &str) -> Result<Vec<Row>, String> {
    let problem = |error: csv::Error| format!("{}: {error}", path.display());
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').from_path(path).map_err(problem)?;
    let header = reader.headers().map_err(problem)?.clone();
    let column = |name: &str| {
        header.iter().position(|known| known == name).ok_or(format!("{}: no column {name}", path.display()))
    };
    let (class, number, marked) = (column(class)?, column(number)?, column("marked_sentence")?);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(problem)?;
        let field = |index: usize| record.get(index).unwrap_or("").to_string();
        let tagged = field(marked).split_whitespace().collect::<Vec<_>>().join(" ");
        // A row whose marks are broken is asked about as a whole; none is left out.
        let marked = Marked::from_tagged("", &tagged)
            .unwrap_or_else(|| Marked { sentence: tagged.clone(), ..Marked::default() });
        rows.push(Row { marked, tagged, root: field(class), quad: field(number).parse().unwrap_or(0) });
    }
    Ok(rows)
}

fn answers(ground: &Ground, rows: &[Row]) -> Vec<Event> {
    let questions: Vec<Marked> = rows.iter().map(|row| row.marked.clone()).collect();
    ground.relate(&questions).into_iter().map(|relation| relation.event.unwrap_or(Event::Consult)).collect()
}

fn root(event: Event) -> &'static str {
    if matches!(event, Event::Concede | Event::Retreat) { "YIELD" } else { event.as_str() }
}

/// The mean of the classes' F1, and each, in hundredths.
fn macro_f1<C: Ord + Copy>(gold: &[C], told: &[C]) -> (f64, BTreeMap<C, f64>) {
    let classes: BTreeSet<C> = gold.iter().copied().collect();
    let each: BTreeMap<C, f64> = classes
        .into_iter()
        .map(|class| {
            let count = |wanted: bool, said: bool| {
                gold.iter().zip(told).filter(|(g, t)| (**g == class) == wanted && (**t == class) == said).count() as f64
            };
            let hit = count(true, true);
            (class, 200.0 * hit / (2.0 * hit + count(true, false) + count(false, true)).max(1.0))
        })
        .collect();
    (each.values().sum::<f64>() / each.len().max(1) as f64, each)
}

/// The commonest confusions, with a few sentences of each.
fn confusions(rows: &[Row], told: &[&str]) {
    let mut all: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for (row, told) in rows.iter().zip(told).filter(|(row, told)| row.root != **told) {
        all.entry((row.root.as_str(), told)).or_default().push(&row.tagged);
    }
    let mut ordered: Vec<_> = all.into_iter().collect();
    ordered.sort_by_key(|(_, rows)| std::cmp::Reverse(rows.len()));
    for ((gold, told), rows) in ordered.into_iter().take(10) {
        println!("{gold} taken for {told}: {}", rows.len());
        for row in rows.iter().take(4) {
            println!("  {row}");
        }
    }
}
