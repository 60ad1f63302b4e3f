//! Plain text to paragraphs.
//!
//! Takes the text of a file; gives a [`Draft`]. A source address in the first
//! line becomes the address of the document. Lines are paragraphs, unless the
//! text was wrapped at a fixed width: then blank lines part paragraphs.

use record::{Block, Cut};

use super::draft::Draft;
use crate::clean::normalise_line;

pub(super) fn draft(text: &str) -> Draft {
    let mut draft = Draft::default();
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}'], "\n");
    let mut rest = text.as_str();
    if let Some((line, after)) = first_line(rest)
        && is_address(line)
    {
        draft.facts.url = Some(line.to_string());
        draft.cut.push(Cut { text: line.to_string(), reason: "address".into() });
        rest = after;
    }
    for paragraph in paragraphs(rest) {
        draft.blocks.push((Block::Body, paragraph));
    }
    draft.guess_blocks = true;
    draft
}

fn first_line(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    (!line.trim().is_empty()).then_some((line.trim(), rest))
}

/// One address and nothing else.
pub(crate) fn is_address(line: &str) -> bool {
    let start = ["http://", "https://", "www."].iter().any(|start| line.to_lowercase().starts_with(start));
    start && !line.contains(char::is_whitespace) && line.contains('.')
}

/// Paragraphs of a text: its lines, or its blank-line blocks where it is wrapped.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let wrapped = is_wrapped(&lines);
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for line in lines {
        let line = normalise_line(line);
        if line.is_empty() {
            open = false;
            continue;
        }
        match out.last_mut() {
            Some(last) if open && wrapped => {
                // A word parted at the end of a line stays parted: offsets and
                // words are as published, only the line break goes.
                last.push(' ');
                last.push_str(&line);
            }
            // A line that goes on in small letters after one without an end
            // was broken by accident.
            Some(last) if open && goes_on(last, &line) => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => out.push(line),
        }
        open = true;
    }
    out
}

fn goes_on(before: &str, line: &str) -> bool {
    let ends = before.ends_with(['.', '!', '?', ':', '”', '"', ')', '…', ';', '’', '\'']);
    !ends && line.chars().next().is_some_and(char::is_lowercase) && before.split_whitespace().count() > 6
}

/// Whether the line breaks stand at a fixed width and not between paragraphs.
fn is_wrapped(lines: &[&str]) -> bool {
    let mut inner = 0;
    let mut unended = 0;
    for pair in lines.windows(2) {
        let (line, next) = (pair[0].trim_end(), pair[1].trim());
        if line.trim().is_empty() || next.is_empty() {
            continue;
        }
        inner += 1;
        let length = line.chars().count();
        // The next line's first word would not have fitted any more.
        let full = (45..=110).contains(&length);
        let ends = line.ends_with(['.', '!', '?', ':', '”', '"', '…']);
        if full && !ends {
            unended += 1;
        }
    }
    inner >= 3 && unended * 10 >= inner * 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_paragraphs_unless_wrapped() {
        assert_eq!(
            paragraphs("One went.\nTwo came.\n\nThree\u{a0}stayed. "),
            ["One went.", "Two came.", "Three stayed."]
        );
        let wrapped = "The envoys of both sides met for the third time in the\nharbour town on Monday, and they agreed to meet once more\nbefore the month is out, said an official who asked not to be\nnamed because the talks are secret.\n\nNobody was hurt.";
        let found = paragraphs(wrapped);
        assert_eq!(found.len(), 2);
        assert!(found[0].contains("in the harbour town"));
        assert_eq!(
            paragraphs("The envoys of both sides met for the third\ntime in Oslo."),
            ["The envoys of both sides met for the third time in Oslo."]
        );
    }

    #[test]
    fn an_address_in_the_first_line_is_taken() {
        let draft = draft("https://news.example/2020/01/02/a\n\nTalks began.");
        assert_eq!(draft.facts.url.as_deref(), Some("https://news.example/2020/01/02/a"));
        assert_eq!(draft.blocks.len(), 1);
        assert_eq!(draft.cut[0].reason, "address");
        assert_eq!(super::draft("http is a protocol.").facts.url, None);
    }
}
