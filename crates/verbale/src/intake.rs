//! What was named on the command line, as things that can be read.
//!
//! Takes files, folders, patterns and `-`; gives sources in the order named
//! (within a folder or pattern: by name), and says of each that is not there
//! what to do about it. Never opens a file before it is wanted, so a million
//! articles cost a million names and no more.
//!
//! ```
//! let gathered = verbale::intake::gather(&["no/such/file.txt".into()]);
//! assert!(gathered.sources.is_empty());
//! assert_eq!(gathered.missing[0].to_string(), "no/such/file.txt: no such file: check the path");
//! ```

use std::fmt;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Names of files that a folder or a pattern is searched for. A file that is
/// named outright is read whatever it is called.
pub const READABLE: [&str; 11] =
    ["txt", "text", "md", "markdown", "html", "htm", "xhtml", "jsonl", "ndjson", "json", "conllu"];

/// More than this is no article, nor a batch that fits in memory beside its reading.
const MOST: u64 = 1 << 30;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Stdin,
    File(PathBuf),
}

/// One thing to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What to call it: its path as named, or `-`.
    pub name: String,
    /// Its size, as far as that can be told without reading it.
    pub bytes: u64,
    place: Place,
}

/// Something that was named and is not there, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    pub name: String,
    pub reason: String,
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.reason)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gathered {
    pub sources: Vec<Source>,
    pub missing: Vec<Missing>,
}

/// Looks up everything that was named.
pub fn gather(inputs: &[PathBuf]) -> Gathered {
    let mut gathered = Gathered::default();
    for input in inputs {
        if input.as_os_str() == "-" {
            gathered.sources.push(Source { name: "-".into(), bytes: 0, place: Place::Stdin });
        } else if input.is_dir() {
            gathered.folder(input);
        } else if input.exists() {
            gathered.file(input.clone());
        } else if input.to_str().is_some_and(|name| name.contains(['*', '?', '['])) {
            gathered.pattern(input);
        } else {
            gathered.miss(input, "no such file: check the path");
        }
    }
    gathered
}

impl Gathered {
    fn file(&mut self, path: PathBuf) {
        let bytes = fs::metadata(&path).map_or(0, |metadata| metadata.len());
        // The name goes into the document's id, and `./a.txt` is `a.txt`.
        let name = path.strip_prefix(".").unwrap_or(&path).display().to_string();
        self.sources.push(Source { name, bytes, place: Place::File(path) });
    }

    fn miss(&mut self, path: &Path, reason: impl Into<String>) {
        self.missing.push(Missing { name: path.display().to_string(), reason: reason.into() });
    }

    fn folder(&mut self, folder: &Path) {
        let before = self.sources.len();
        let failed = self.walk(folder);
        if let Some(error) = failed {
            self.miss(folder, describe(&error));
        } else if self.sources.len() == before {
            self.miss(
                folder,
                format!("no readable files in this folder (looked for .{}): name a file directly", READABLE.join(" .")),
            );
        }
    }

    /// Takes every readable file under `folder`, by name; hidden ones and
    /// links to folders are passed over, so the walk always ends.
    fn walk(&mut self, folder: &Path) -> Option<io::Error> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => return Some(error),
        };
        let mut entries: Vec<fs::DirEntry> = entries.flatten().collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                if let Some(error) = self.walk(&path) {
                    self.miss(&path, describe(&error));
                }
            } else if is_readable(&path) && path.is_file() {
                self.file(path);
            }
        }
        None
    }

    fn pattern(&mut self, pattern: &Path) {
        let text = pattern.to_string_lossy();
        let paths = match glob::glob(&text) {
            Ok(paths) => paths,
            Err(error) => {
                let reason = format!("not a pattern ({}): check the brackets and stars", error.msg);
                return self.miss(pattern, reason);
            }
        };
        let before = self.sources.len();
        for path in paths.flatten() {
            if path.is_file() {
                self.file(path);
            } else if path.is_dir() {
                self.folder(&path);
            }
        }
        if self.sources.len() == before {
            self.miss(pattern, "no file matches this pattern: check it");
        }
    }
}

fn is_readable(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    READABLE.iter().any(|readable| readable.eq_ignore_ascii_case(extension))
}

impl Source {
    /// All its bytes, or why not and what to do.
    pub fn bytes(&self) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let read = match &self.place {
            Place::Stdin => io::stdin().lock().take(MOST + 1).read_to_end(&mut bytes),
            Place::File(path) => fs::File::open(path).and_then(|file| {
                bytes.reserve_exact(usize::try_from(self.bytes.min(MOST)).unwrap_or(0));
                file.take(MOST + 1).read_to_end(&mut bytes)
            }),
        };
        match read {
            Ok(_) if bytes.len() as u64 > MOST => Err("more than 1 GiB in one file: split it".to_string()),
            Ok(_) => Ok(bytes),
            Err(error) => Err(describe(&error)),
        }
    }
}

fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file: check the path".to_string(),
        io::ErrorKind::PermissionDenied => "may not be read: change its permissions".to_string(),
        io::ErrorKind::IsADirectory => "a folder, not a file: name a file in it".to_string(),
        _ => format!("cannot be read: {error}"),
    }
}
