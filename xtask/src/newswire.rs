//! Entity spans on held-back newswire articles, from raw text.
//!
//! Takes the folder of the English Worldwide Newswire; gives exact-span F1 by
//! type over the dev articles: in each region the 15 % whose file names have
//! the lowest SHA-256, as `training/reader/corpora.py` splits them. The
//! program reads the text as it does in use, with its own tokens; a mention
//! counts where a gold one has its characters (white space not counted) and type.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use archive::{Extracted, Ground};
use record::{Document, Text};

use crate::treebank::{Figures, Overlap};

const DEV_SHARE: f64 = 0.15;
/// Types of the published comparison; the rest is scored beside them.
const MAIN: [&str; 4] = ["Person", "Location", "Organization", "NORP"];

type Mention = (usize, usize, &'static str);

/// `errors`: prints every mention that is missed (`-`) or wrong (`+`).
pub fn score(ground: &Ground, folder: &Path, errors: bool) -> Result<Figures, String> {
    let mut by_type: BTreeMap<&'static str, Overlap> = BTreeMap::new();
    let mut main = Overlap::default();
    let files = dev(folder)?;
    for file in &files {
        let annotated = fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
        let (text, gold) = gold(&annotated);
        let document = Document { text: Text::new(text), ..Document::default() };
        let (sentences, _) =
            ground.read(&Extracted { document: document.clone(), given: Vec::new(), remarks: Vec::new() });
        let solid = solid_offsets(document.text.as_str());
        if errors {
            show(&document.text, &solid, &gold, &sentences);
        }
        let found: HashSet<Mention> = sentences
            .iter()
            .flat_map(|sentence| &sentence.mentions)
            .map(|mention| (solid[mention.span.start], solid[mention.span.end], mention.kind.as_str()))
            .collect();
        for (name, _) in record::MentionType::ALL {
            let of = |all: &HashSet<Mention>| -> HashSet<Mention> {
                all.iter().filter(|(_, _, kind)| *kind == name).copied().collect()
            };
            let (gold, found) = (of(&gold), of(&found));
            by_type.entry(name).or_default().add(&gold, &found);
            if MAIN.contains(&name) {
                main.add(&gold, &found);
            }
        }
    }
    let mut figures: Figures =
        by_type.iter().map(|(name, overlap)| (format!("entities_{}", name.to_lowercase()), overlap.f1())).collect();
    figures.insert("entities".to_string(), main.f1());
    figures.insert("entities_articles".to_string(), files.len() as f64);
    Ok(figures)
}

fn show(text: &Text, solid: &[usize], gold: &HashSet<Mention>, sentences: &[record::Sentence]) {
    let found: HashSet<Mention> = sentences
        .iter()
        .flat_map(|sentence| &sentence.mentions)
        .map(|mention| (solid[mention.span.start], solid[mention.span.end], mention.kind.as_str()))
        .collect();
    let words = |start: usize, end: usize| {
        let first = solid.iter().rposition(|&count| count == start).unwrap_or(0);
        let last = solid.iter().position(|&count| count == end).unwrap_or(first);
        text.get(record::Span::new(first, last)).unwrap_or_default().to_string()
    };
    let mut wrong: Vec<(Mention, char)> = gold
        .difference(&found)
        .map(|&mention| (mention, '-'))
        .chain(found.difference(gold).map(|&mention| (mention, '+')))
        .collect();
    wrong.sort_unstable();
    for ((start, end, kind), sign) in wrong {
        println!("{sign} {kind:12} {:?}", words(start, end));
    }
}

/// The text that the annotated words make up, and its mentions in characters
/// without white space.
fn gold(annotated: &str) -> (String, HashSet<Mention>) {
    let mut text = String::new();
    let mut mentions: HashSet<Mention> = HashSet::new();
    let mut open: Option<(usize, &'static str)> = None;
    let mut solid = 0;
    let mut quote_open = false;
    // The first line is the address.
    for line in annotated.lines().skip(1) {
        // Where spans nest, the first column holds the outer one, which counts.
        let mut columns = line.split('\t').map(str::trim);
        let (Some(word), Some(tag)) = (columns.next().filter(|word| !word.is_empty()), columns.next()) else {
            close(&mut open, solid, &mut mentions);
            text.push_str("\n\n");
            continue;
        };
        let kind = tag.split_once('-').and_then(|(_, name)| {
            record::MentionType::ALL.iter().find(|(known, _)| *known == name.trim()).map(|&(known, _)| known)
        });
        if !tag.starts_with('I') || open.map(|(_, name)| name) != kind {
            close(&mut open, solid, &mut mentions);
            open = kind.map(|name| (solid, name));
        }
        glue(&mut text, word, &mut quote_open);
        solid += word.chars().filter(|character| !character.is_whitespace()).count();
    }
    close(&mut open, solid, &mut mentions);
    (text, mentions)
}

fn close(open: &mut Option<(usize, &'static str)>, solid: usize, mentions: &mut HashSet<Mention>) {
    if let Some((start, name)) = open.take() {
        mentions.insert((start, solid, name));
    }
}

/// Puts a word after the text as a printer would: no space before a full stop,
/// none after an opening bracket, none around an apostrophe or an inner hyphen.
fn glue(text: &mut String, word: &str, quote_open: &mut bool) {
    let last = text.chars().last();
    let straight = word == "\"";
    let closes =
        matches!(word, "." | "," | ";" | ":" | "!" | "?" | ")" | "]" | "%" | "”" | "’" | "'" | "…" | "-" | "/")
            || word.starts_with('’') && word.len() <= 5
            || word.starts_with('\'') && word.len() <= 3;
    let after_opening = matches!(last, None | Some('(' | '[' | '“' | '‘' | '$' | '£' | '€' | '\n' | '-' | '/'));
    let after_apostrophe =
        matches!(last, Some('’' | '\'')) && matches!(word, "s" | "t" | "re" | "ve" | "ll" | "d" | "m" | "S");
    let after_straight = last == Some('"') && *quote_open;
    if straight {
        if !*quote_open && !after_opening {
            text.push(' ');
        }
        *quote_open = !*quote_open;
    } else if !(closes || after_opening || after_apostrophe || after_straight) {
        text.push(' ');
    }
    text.push_str(word);
}

/// For each code point, how many that are no white space stand before it.
fn solid_offsets(text: &str) -> Vec<usize> {
    let mut count = 0;
    let mut offsets: Vec<usize> = text
        .chars()
        .map(|character| {
            let here = count;
            count += usize::from(!character.is_whitespace());
            here
        })
        .collect();
    offsets.push(count);
    offsets
}

fn dev(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let listing = fs::read_to_string(folder.join("regions.txt")).map_err(|error| format!("regions.txt: {error}"))?;
    let mut prefixes: Vec<(String, String)> = Vec::new();
    let mut region = String::new();
    for line in listing.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match line.strip_suffix(':') {
            Some(name) => region = name.to_string(),
            None if !region.is_empty() => prefixes.push((line.to_string(), region.clone())),
            None => {}
        }
    }
    let mut groups: BTreeMap<String, Vec<(String, PathBuf)>> = BTreeMap::new();
    let entries = fs::read_dir(folder.join("annotated")).map_err(|error| format!("annotated: {error}"))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_string();
        let fits = prefixes
            .iter()
            .filter(|(prefix, _)| name.starts_with(prefix.as_str()))
            .max_by_key(|(prefix, _)| prefix.len());
        let group = fits.map_or("other".to_string(), |(_, region)| region.clone());
        groups.entry(group).or_default().push((record::id::sha256(name.as_bytes()), path));
    }
    let mut dev = Vec::new();
    for files in groups.values_mut() {
        files.sort();
        let kept = (DEV_SHARE * files.len() as f64).round() as usize;
        dev.extend(files.iter().take(kept).map(|(_, path)| path.clone()));
    }
    dev.sort();
    Ok(dev)
}
