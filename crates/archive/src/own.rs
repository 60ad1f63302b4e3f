//! A user's own entries, read from their folder.
//!
//! Takes a folder; gives the names and texts of the .toml files in and under it, as
//! the codebook wants them, or what is wrong with them, file by file. Never writes,
//! never guesses: a folder with one mistake in it gives nothing.
//!
//! A file `mine/raids/arson.toml` becomes `own/raids/arson.toml`, entry `own.arson`.

use std::fs;
use std::path::Path;

use coding::codebook::OWN;
use record::Remark;

/// What is wrong with a folder of entries: a line for each mistake, which names the
/// file and says what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes(pub Vec<String>);

impl std::fmt::Display for Mistakes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Mistakes {}

/// The files of a folder, by name, with the names that the codebook knows them by.
pub(crate) fn entries(folder: &Path) -> Result<Vec<(&'static str, &'static str)>, Mistakes> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut mistakes: Vec<String> = Vec::new();
    if folder.is_file() {
        let said = format!("{}: this is a file: name the folder that it stands in", folder.display());
        return Err(Mistakes(vec![said]));
    }
    let mut folders = vec![folder.to_path_buf()];
    while let Some(here) = folders.pop() {
        let inside = match fs::read_dir(&here) {
            Ok(inside) => inside,
            Err(error) => {
                mistakes.push(format!("{}: {}: name a folder with .toml files", here.display(), told(&error)));
                continue;
            }
        };
        for entry in inside.flatten() {
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            // A link to a folder may lead in a circle and is not followed.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) && !hidden {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "toml") && !hidden {
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                match fs::read_to_string(&path) {
                    Ok(text) => found.push((format!("{OWN}{name}"), text)),
                    Err(error) => mistakes.push(format!("{}: {}: save it as UTF-8 text", path.display(), told(&error))),
                }
            }
        }
    }
    if found.is_empty() && mistakes.is_empty() {
        mistakes.push(format!("{}: no .toml files in it: write an entry, see docs/own-types.md", folder.display()));
    }
    if !mistakes.is_empty() {
        mistakes.sort_unstable();
        return Err(Mistakes(mistakes));
    }
    found.sort_unstable();
    Ok(found.into_iter().map(|(name, text)| (&*name.leak(), &*text.leak())).collect())
}

/// The codebook's remarks on these files, if there are any, as mistakes.
pub(crate) fn refuse(folder: &Path, remarks: &[Remark]) -> Result<(), Mistakes> {
    let own = remarks.iter().filter_map(|remark| remark.text.strip_prefix(OWN));
    let mistakes: Vec<String> = own.map(|text| format!("{}", folder.join(text).display())).collect();
    if mistakes.is_empty() { Ok(()) } else { Err(Mistakes(mistakes)) }
}

/// An error of the system in small letters and without its number.
fn told(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such folder".to_string(),
        std::io::ErrorKind::InvalidData => "it is not UTF-8".to_string(),
        std::io::ErrorKind::PermissionDenied => "it may not be read".to_string(),
        kind => kind.to_string(),
    }
}
