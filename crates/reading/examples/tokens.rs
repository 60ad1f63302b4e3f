//! The words of sentences and their trees, for training: a sentence a line in, a
//! line of triples out: start, end (code points, half-open) and head (the index of
//! the word it hangs on, -1 at the root).
//!
//! `cargo run --release -p verbale-reading --example tokens < sentences.txt > words.txt`

use std::io::{BufRead, BufWriter, Write};

/// Sentences read in one call.
const BATCH: usize = 64;

fn main() -> std::io::Result<()> {
    let model = encoder::Model::embedded();
    let lines: Vec<String> = std::io::stdin().lock().lines().collect::<Result<_, _>>()?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for batch in lines.chunks(BATCH) {
        let ranges: Vec<Vec<(usize, usize)>> = batch
            .iter()
            .map(|line| {
                let text: Vec<char> = line.chars().collect();
                reading::segment::tokens(&text)
            })
            .collect();
        let words: Vec<Vec<String>> = batch
            .iter()
            .zip(&ranges)
            .map(|(line, ranges)| {
                let text: Vec<char> = line.chars().collect();
                ranges.iter().map(|&(start, end)| text[start..end].iter().collect()).collect()
            })
            .collect();
        for (ranges, analyses) in ranges.iter().zip(reading::tag::analyse(&model, &words)) {
            let triple = |(range, word): (&(usize, usize), &reading::tag::Analysis)| {
                let head = word.head.map_or(-1, |head| head as i64);
                format!("{} {} {head}", range.0, range.1)
            };
            let line: Vec<String> = ranges.iter().zip(&analyses).map(triple).collect();
            writeln!(out, "{}", line.join(" "))?;
        }
    }
    out.flush()
}
