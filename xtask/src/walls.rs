//! Rule 3 of the house: data goes one way. Reads every Cargo.toml and fails on
//! an import that the table does not allow.

use std::fs;
use std::path::Path;

/// Room, and the rooms it may import.
const TABLE: [(&str, &[&str]); 9] = [
    ("record", &[]),
    ("encoder", &[]),
    ("reading", &["record", "encoder"]),
    ("coding", &["record", "encoder", "reading"]),
    ("ledger", &["record"]),
    ("archive", &["record", "encoder", "reading", "coding", "ledger"]),
    ("verbale", &["record", "archive"]),
    ("python", &["record", "archive"]),
    // Checks may look into every room's façade, and live in none.
    ("xtask", &["record", "archive"]),
];

/// Libraries that would let a room do what it must never do.
const BANNED: [(&str, &[&str]); 5] = [
    ("record", &["rusqlite", "ureq", "reqwest", "rand"]),
    ("encoder", &["rusqlite", "ureq", "reqwest", "rand"]),
    ("reading", &["rusqlite", "ureq", "reqwest", "rand"]),
    ("coding", &["rusqlite", "ureq", "reqwest", "rand"]),
    ("verbale", &["rusqlite"]),
];

pub fn check() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut problems = Vec::new();
    let mut rooms = 0;
    for (room, allowed) in TABLE {
        let folder = match room {
            "python" => root.join("bindings/python"),
            "xtask" => root.join("xtask"),
            room => root.join("crates").join(room),
        };
        let Ok(text) = fs::read_to_string(folder.join("Cargo.toml")) else { continue };
        rooms += 1;
        let manifest: toml::Table = text.parse().map_err(|error| format!("{room}/Cargo.toml: {error}"))?;
        // Only what ships counts: tests and benches may look over walls.
        for section in ["dependencies", "build-dependencies"] {
            let Some(dependencies) = manifest.get(section).and_then(toml::Value::as_table) else { continue };
            for name in dependencies.keys() {
                let is_room = TABLE.iter().any(|(other, _)| other == name);
                if is_room && !allowed.contains(&name.as_str()) {
                    problems.push(format!("{room} imports {name}; the house allows it only {allowed:?}"));
                }
                if BANNED.iter().any(|(banned_room, names)| *banned_room == room && names.contains(&name.as_str())) {
                    problems.push(format!("{room} imports the library {name}, which its duty forbids"));
                }
            }
        }
    }
    for entry in fs::read_dir(root.join("crates")).map_err(|error| error.to_string())?.flatten() {
        let name = entry.file_name().to_string_lossy().to_string();
        if !TABLE.iter().any(|(room, _)| *room == name) {
            problems.push(format!(
                "crates/{name} is not a room of the house; add it to the table in xtask/src/walls.rs with a decision"
            ));
        }
    }
    if problems.is_empty() {
        println!("walls: {rooms} rooms, every import allowed");
        Ok(())
    } else {
        Err(problems.join("\n"))
    }
}
