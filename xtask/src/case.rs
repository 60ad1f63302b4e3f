//! Cases from the command line; `archive::eval` scores them.

use std::path::Path;

use archive::Ground;
pub use archive::eval::case::score;

pub fn score_all(arguments: &[&str]) -> Result<(), String> {
    let mut ground = Ground::embedded();
    let (mut published, mut publication, mut folders) = (None, None, Vec::new());
    let mut rest = arguments.iter();
    while let Some(&word) = rest.next() {
        match word {
            "--published" => published = rest.next().map(ToString::to_string),
            "--publication" => publication = rest.next().map(ToString::to_string),
            "--coder" => {
                let path = rest.next().ok_or("--coder wants a weight file")?;
                let weights = std::fs::read(path).map_err(|error| format!("{path}: {error}"))?;
                ground = ground.with_coder(weights).map_err(|error| format!("{path}: {error}"))?;
            }
            folder => folders.push(folder),
        }
    }
    for folder in folders {
        let (score, text) = score(&ground, Path::new(folder), published.as_deref(), publication.as_deref())?;
        println!("{text}");
        println!("{folder}: {score}");
    }
    Ok(())
}
