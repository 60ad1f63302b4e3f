//! The parts of a report in words, and words laid into lines.
//!
//! Text of an article is not to be trusted on a terminal: control characters
//! and marks that turn the direction of writing are shown as `�`.
//!
//! ```
//! use verbale::render::words::{Piece, flow};
//! let text = flow(&[Piece::plain("a ceasefire that holds")], 4, 4, 14);
//! assert_eq!(text, "a\n    ceasefire\n    that holds");
//! ```

use anstyle::{AnsiColor, Style};
use record::{Attribution, Basis, Event, Party, Precision, Report, When};
use unicode_width::UnicodeWidthChar;

use crate::terminal::colour;

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
pub const DOUBT: Style = colour(AnsiColor::Magenta);

/// Cooperation is green, conflict yellow in words and red in deeds.
pub fn style_of(event: Event) -> Style {
    let of_quad = match event.quad().number() {
        1 => AnsiColor::Cyan,
        2 => AnsiColor::Green,
        3 => AnsiColor::Yellow,
        _ => AnsiColor::Red,
    };
    colour(of_quad).bold()
}

/// Whom the words mean, where that is known; else the words.
pub fn name(party: &Party) -> &str {
    party.name.as_deref().unwrap_or(&party.text)
}

fn label(party: &Party) -> String {
    match &party.code {
        Some(code) => format!("{} ({code})", name(party)),
        None => name(party).to_string(),
    }
}

/// "Pakistan (PAK GOV), Turkey (TUR GOV)"; "unnamed" for nobody.
pub fn parties(parties: &[Party]) -> String {
    if parties.is_empty() {
        return "unnamed".to_string();
    }
    parties.iter().map(label).collect::<Vec<_>>().join(", ")
}

/// "REQUEST (yield)".
pub fn event(report: &Report) -> String {
    match report.mode {
        Some(mode) => format!("{} ({})", report.event.as_str(), mode.as_str()),
        None => report.event.as_str().to_string(),
    }
}

/// "2025-10-27", "2025-10-25/26", "2025-10", "1990s"; `≤` and `≥` where one end
/// is open, `~` before a date that is only the publication's, "-" where nothing
/// is known.
pub fn when(when: &When) -> String {
    let (Some(start), Some(end)) = (when.start, when.end) else {
        return match (when.start, when.end) {
            (Some(start), None) => format!("≥{start}"),
            (None, Some(end)) => format!("≤{end}"),
            _ => "-".to_string(),
        };
    };
    let interval = match when.precision {
        Precision::Month if (start.year(), start.month()) == (end.year(), end.month()) => {
            format!("{:04}-{:02}", start.year(), start.month())
        }
        Precision::Year if start.year() == end.year() => format!("{:04}", start.year()),
        Precision::Decade if start.year() / 10 == end.year() / 10 => format!("{}0s", start.year() / 10),
        _ if start == end => start.to_string(),
        _ if (start.year(), start.month()) == (end.year(), end.month()) => format!("{start}/{:02}", end.day()),
        _ => format!("{start}/{end}"),
    };
    if when.basis == Basis::Publication { format!("~{interval}") } else { interval }
}

/// Those who say so, the innermost first: he who said it, then who carried it.
pub fn sources(report: &Report) -> Vec<String> {
    report.attribution.iter().rev().map(source).collect()
}

fn source(link: &Attribution) -> String {
    if let Some(medium) = &link.medium {
        return medium.clone();
    }
    // "he (Noor Wali)", "the group (RSF)": whom short words mean. Longer ones,
    // "a senior Pakistani official", say it themselves.
    let short = link.text.split_whitespace().count() <= 2;
    match link.speaker.as_ref().and_then(|speaker| speaker.name.as_deref()) {
        Some(name) if short && !link.text.contains(name) => format!("{} ({name})", link.text),
        _ => link.text.clone(),
    }
}

/// "according to a senior official, via Dawn".
pub fn attribution(report: &Report) -> Option<String> {
    let sources = sources(report);
    let (first, rest) = sources.split_first()?;
    let via: String = rest.iter().map(|source| format!(", via {}", inner(source))).collect();
    Some(format!("according to {}{via}", inner(first)))
}

/// Words from the head of a sentence, as they stand inside one: "a senior
/// official" for "A senior official". Names keep their capitals.
fn inner(words: &str) -> String {
    let lower = ["A ", "An ", "The ", "He", "She", "They"].iter().find(|start| match start.strip_suffix(' ') {
        Some(_) => words.starts_with(**start),
        None => words == **start || words.starts_with(&format!("{start} (")),
    });
    lower.map_or_else(|| words.to_string(), |start| format!("{}{}", start.to_lowercase(), &words[start.len()..]))
}

/// Some words in one style.
#[derive(Debug, Clone)]
pub struct Piece {
    pub text: String,
    pub style: Style,
}

impl Piece {
    pub fn new(text: impl Into<String>, style: Style) -> Piece {
        Piece { text: text.into(), style }
    }

    pub fn plain(text: impl Into<String>) -> Piece {
        Piece::new(text, Style::new())
    }
}

/// Lays pieces into lines of `width` columns: the first starts at column
/// `first`, the others are indented by `indent`. Pieces are parted where their
/// text has a space, and nowhere else. No line break at the end.
pub fn flow(pieces: &[Piece], first: usize, indent: usize, width: usize) -> String {
    let mut out = String::new();
    let mut column = first;
    let mut at_start = true;
    let mut space = false;
    for word in words(pieces) {
        space |= word.space_before;
        if !at_start && space && column + 1 + word.width > width {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
        } else if !at_start && space {
            out.push(' ');
            column += 1;
        }
        space = false;
        at_start = false;
        for (style, text) in &word.parts {
            out.push_str(&format!("{style}{text}{style:#}"));
        }
        column += word.width;
    }
    out
}

/// A stretch without a space, perhaps of several styles.
struct Word {
    parts: Vec<(Style, String)>,
    width: usize,
    space_before: bool,
}

fn words(pieces: &[Piece]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut space = false;
    let mut open = false;
    for piece in pieces {
        let mut fresh_part = true;
        for c in piece.text.chars() {
            if c.is_whitespace() {
                (space, open, fresh_part) = (true, false, true);
                continue;
            }
            let c = if is_unsafe(c) { '\u{fffd}' } else { c };
            if !open {
                words.push(Word { parts: Vec::new(), width: 0, space_before: space });
                (space, open, fresh_part) = (false, true, true);
            }
            if let Some(word) = words.last_mut() {
                if fresh_part {
                    word.parts.push((piece.style, String::new()));
                    fresh_part = false;
                }
                if let Some((_, text)) = word.parts.last_mut() {
                    text.push(c);
                }
                word.width += c.width().unwrap_or(0);
            }
        }
    }
    words
}

/// The text as it may be shown on a terminal.
pub fn safe(text: &str) -> String {
    text.chars().map(|c| if is_unsafe(c) { '\u{fffd}' } else { c }).collect()
}

fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_as_long_as_they_are_precise() {
        let when = |start, end, precision, basis| super::when(&When { start, end, precision, basis, text: None });
        let (a, b, c) = (Some(date(2025, 10, 25)), Some(date(2025, 10, 26)), Some(date(2025, 11, 2)));
        assert_eq!(when(a, a, Precision::Day, Basis::Stated), "2025-10-25");
        assert_eq!(when(a, a, Precision::Day, Basis::Publication), "~2025-10-25");
        assert_eq!(when(a, b, Precision::Range, Basis::Stated), "2025-10-25/26");
        assert_eq!(when(a, c, Precision::Range, Basis::Stated), "2025-10-25/2025-11-02");
        let month = |y, m, last| (Some(date(y, m, 1)), Some(date(y, m, last)));
        let (start, end) = month(2025, 10, 31);
        assert_eq!(when(start, end, Precision::Month, Basis::Stated), "2025-10");
        let (start, end) = (Some(date(1990, 1, 1)), Some(date(1999, 12, 31)));
        assert_eq!(when(start, end, Precision::Decade, Basis::Stated), "1990s");
        assert_eq!(when(None, None, Precision::None, Basis::None), "-");
        assert_eq!(when(a, None, Precision::Range, Basis::Stated), "≥2025-10-25");
    }

    #[test]
    fn sources_are_written_as_inside_a_sentence() {
        for (words, inside) in [
            ("A senior official", "a senior official"),
            ("The group (RSF)", "the group (RSF)"),
            ("He (Noor Wali)", "he (Noor Wali)"),
            ("Heritage Radio", "Heritage Radio"),
            ("Afghan officials", "Afghan officials"),
        ] {
            assert_eq!(inner(words), inside);
        }
    }

    #[test]
    fn pieces_are_parted_only_at_spaces() {
        let pieces = [Piece::plain("“"), Piece::new("demanded", BOLD), Piece::plain(", he said"), Piece::plain(" ”")];
        assert_eq!(flow(&pieces, 0, 2, 12), "“\u{1b}[1mdemanded\u{1b}[0m,\n  he said ”");
    }

    #[test]
    fn a_word_that_is_too_long_stands_alone() {
        assert_eq!(
            flow(&[Piece::plain("see example.org/a/very/long/path now")], 0, 1, 10),
            "see\n example.org/a/very/long/path\n now"
        );
    }

    #[test]
    fn an_article_cannot_command_the_terminal() {
        assert_eq!(flow(&[Piece::plain("a\u{1b}[2Jb\u{202e}c")], 0, 0, 80), "a�[2Jb�c");
    }

    #[test]
    fn wide_letters_take_two_columns() {
        assert_eq!(flow(&[Piece::plain("停战 停战 停战")], 0, 0, 9), "停战 停战\n停战");
    }
}
