//! Runs the tool as a user would and says what came back.

#![allow(dead_code)] // Each test file takes what it needs.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[derive(Debug)]
pub struct Done {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl std::fmt::Display for Done {
    /// As a snapshot: the status, then each stream that is not empty.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "status {}", self.status)?;
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                writeln!(f, "-- {name}\n{}", text.trim_end_matches('\n'))?;
            }
        }
        Ok(())
    }
}

pub fn verbale(arguments: &[&str], stdin: &[u8]) -> Done {
    verbale_in(Path::new("."), arguments, stdin)
}

/// Runs in a folder, so that paths in messages are short and the same everywhere.
pub fn verbale_in(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Done {
    let mut child = Command::new(env!("CARGO_BIN_EXE_verbale"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool starts");
    let mut input = child.stdin.take().expect("it has a standard input");
    let stdin = stdin.to_vec();
    // The tool may end before it has read everything: then writing fails, rightly.
    let writer = std::thread::spawn(move || drop(input.write_all(&stdin)));
    let output = child.wait_with_output().expect("the tool ends");
    writer.join().expect("the writer ends");
    Done {
        status: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: without_seconds(&String::from_utf8_lossy(&output.stderr)),
    }
}

/// The summary ends in the time taken, which is never the same.
fn without_seconds(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines() {
        match line.split_once(" skipped, ").and_then(|(counts, rest)| Some((counts, rest.split_once(" s")?.1))) {
            Some((counts, rest)) => out += &format!("{counts} skipped, [time]{rest}\n"),
            None => out += &format!("{line}\n"),
        }
    }
    out
}

/// A fresh folder with these files in it.
pub fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    for (file, bytes) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("it has a parent")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }
    folder
}
