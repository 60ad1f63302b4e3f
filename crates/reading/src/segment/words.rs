//! The word lists that tokens and sentences are cut by.
//!
//! Takes `codebook/reading/abbreviations.txt`; gives sets of words by class.
//! Never holds a word of its own.
//!
//! ```
//! assert!(reading::segment::words().title.contains("Mr"));
//! ```

use std::collections::HashSet;
use std::sync::LazyLock;

type Set = HashSet<&'static str>;

/// The classes of `abbreviations.txt`, each described there.
#[derive(Debug, Default)]
pub struct Words {
    pub title: Set,
    pub number: Set,
    pub month: Set,
    pub inside: Set,
    pub end: Set,
    pub opener: Set,
    pub prefix: Set,
    pub unit: Set,
    pub money: Set,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| parse(include_str!("../../../../codebook/reading/abbreviations.txt")));

/// The shipped lists, read once: they are constants, kept as text.
pub fn words() -> &'static Words {
    &WORDS
}

fn parse(source: &'static str) -> Words {
    let mut words = Words::default();
    let mut class = "";
    for line in source.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            class = name;
            continue;
        }
        let set = match class {
            "title" => &mut words.title,
            "number" => &mut words.number,
            "month" => &mut words.month,
            "inside" => &mut words.inside,
            "end" => &mut words.end,
            "opener" => &mut words.opener,
            "prefix" => &mut words.prefix,
            "unit" => &mut words.unit,
            "money" => &mut words.money,
            _ => continue,
        };
        set.extend(line.split_whitespace());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_the_file_is_known_and_filled() {
        let words = words();
        for (name, set) in [
            ("title", &words.title),
            ("number", &words.number),
            ("month", &words.month),
            ("inside", &words.inside),
            ("end", &words.end),
            ("opener", &words.opener),
            ("prefix", &words.prefix),
            ("unit", &words.unit),
            ("money", &words.money),
        ] {
            assert!(set.len() > 3, "{name} is empty or missing");
        }
    }
}
