//! White space made plain, and what is no part of an article taken out.
//!
//! Takes paragraphs; gives those that stay and a [`Cut`] with its reason for
//! each that goes. Never changes the words of a paragraph that stays, never
//! cuts without keeping what it cut. The rules are data:
//! `codebook/reading/boilerplate.toml`.
//!
//! ```
//! let cut = reading::clean::reason("Also read: Talks resume in Geneva", 5, 9);
//! assert_eq!(cut.as_deref(), Some("read-more"));
//! assert_eq!(reading::clean::reason("Talks resumed in Geneva.", 5, 9), None);
//! ```

use std::collections::HashSet;
use std::sync::LazyLock;

use record::{Block, Cut};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Book {
    rule: Vec<Rule>,
    menu: Menu,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Menu {
    words: HashSet<String>,
}

/// One rule; the fields are described at the top of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Rule {
    id: String,
    reason: String,
    definition: String,
    start: Vec<String>,
    has: Vec<String>,
    also: Vec<String>,
    unless: Vec<String>,
    longest: usize,
    #[serde(rename = "where")]
    place: Place,
    next: bool,
    sure: bool,
    yes: Vec<String>,
    no: Vec<String>,
}

#[derive(Debug, Deserialize, Default, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Place {
    #[default]
    Anywhere,
    Edge,
}

/// The shipped rules. A file that does not parse gives no rules; the tests
/// below see to it that the shipped one does.
static BOOK: LazyLock<Book> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../codebook/reading/boilerplate.toml"))
        .unwrap_or(Book { rule: Vec::new(), menu: Menu { words: HashSet::new() } })
});

/// White space of one line made plain: every run is one blank, soft hyphens,
/// zero-width and control characters go. Everything else stays as published.
pub fn normalise_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        let blank = c.is_whitespace() || matches!(c, '\u{2800}' | '\u{3164}');
        if blank {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
            continue;
        }
        let hidden = c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}' | '\u{180e}');
        if !hidden {
            out.push(c);
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Small letters, straight marks, single blanks around every word: what the
/// phrases of the rules are looked up in.
fn plain(text: &str) -> String {
    let mut out = String::from(" ");
    for c in text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | '@' | '©')).chars() {
        match c {
            '’' | '‘' => out.push('\''),
            '“' | '”' => out.push('"'),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out.push(' ');
    out
}

/// `phrase` in `text` with no letter or digit right before or after it.
fn has(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let after = text[at + phrase.len()..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        let last = phrase.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        before && (after || last)
    })
}

fn starts(text: &str, phrase: &str) -> bool {
    text[1..].strip_prefix(phrase).is_some_and(|rest| {
        let last = phrase.chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        last || rest.chars().next().is_none_or(|c| !c.is_alphanumeric())
    })
}

/// Somebody is reported to have said something: news, whatever else it is.
fn reports_speech(plain: &str) -> bool {
    [" said ", " said.", " said,", " told ", " according to ", " says ", " announced ", " accused ", " reported "]
        .iter()
        .any(|cue| plain.contains(cue))
}

impl Rule {
    fn matches(&self, plain: &str, edge: bool) -> bool {
        let words = plain.split_whitespace().count();
        if words > self.longest || (self.place == Place::Edge && !edge) {
            return false;
        }
        let found =
            self.start.iter().any(|phrase| starts(plain, phrase)) || self.has.iter().any(|phrase| has(plain, phrase));
        if !found || !self.also.is_empty() && !self.also.iter().any(|phrase| has(plain, phrase)) {
            return false;
        }
        if self.unless.iter().any(|phrase| has(plain, phrase)) {
            return false;
        }
        // A label may be the front of a sentence: "Related: the word hung …".
        if self.next && words > 6 && !self.is_label(plain) && ends_as_sentence(plain) && words > 14 {
            return false;
        }
        self.sure || !reports_speech(plain)
    }

    /// Nothing stands behind the label but the label.
    fn is_label(&self, plain: &str) -> bool {
        let bare = plain.trim().trim_end_matches([':', '>', '.', '…', ' ']);
        self.start.iter().any(|phrase| phrase.trim_end_matches([':', '>', ' ']) == bare)
    }
}

fn ends_as_sentence(plain: &str) -> bool {
    plain.trim_end().ends_with(['.', '!', '?', '"', '\''])
}

/// Why paragraph `index` of `count` would be cut, if it would.
pub fn reason(text: &str, index: usize, count: usize) -> Option<String> {
    rule_of(text, index, count).map(|(reason, _)| reason)
}

/// The reason, and whether the titles under it go, too.
fn rule_of(text: &str, index: usize, count: usize) -> Option<(String, bool)> {
    let plain = plain(text);
    if plain.trim().is_empty() {
        // Nothing but marks: "***", "...", "_____".
        return Some(("ornament".into(), false));
    }
    if crate::extract::is_address(text.trim()) {
        return Some(("address".into(), false));
    }
    if is_menu(&plain) {
        return Some(("navigation".into(), false));
    }
    if is_counter(&plain) {
        return Some(("counter".into(), false));
    }
    if is_credit(text) {
        return Some(("photo-credit".into(), false));
    }
    // A quotation is somebody's words, whatever it says of terms or newsletters.
    if text.starts_with(['"', '“', '«', '‘']) {
        return None;
    }
    if [" [photo]", " [image", " [img", " [video", " [gallery"].iter().any(|tag| plain.starts_with(tag))
        || text.starts_with("[PHOTO]")
    {
        return Some(("picture".into(), false));
    }
    let edge = index < 4 || index + 6 >= count;
    BOOK.rule.iter().find(|rule| rule.matches(&plain, edge)).map(|rule| {
        // A mark at the label's end makes sure that titles follow.
        (rule.reason.clone(), rule.next && rule.is_label(&plain))
    })
}

/// Nothing but names of sections and buttons. One such word alone may be a
/// heading ("Opinion"), but a heading of one such word is no loss.
fn is_menu(plain: &str) -> bool {
    let menu = &BOOK.menu.words;
    let pieces: Vec<&str> = plain
        .split(['|', '•', '·', '»', '>', '/', ',', '\n', '–', '—'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty())
        .collect();
    if pieces.is_empty() {
        return false;
    }
    if pieces.iter().all(|piece| menu.contains(*piece)) {
        return true;
    }
    // "Facebook Twitter WhatsApp Email": single words without bars, all of them known.
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.len() >= 3 && words.iter().all(|word| menu.contains(word.trim_matches(|c: char| !c.is_alphanumeric())))
}

/// "12 comments", "Comments (3)", "1.2k shares", "5 min read", "Views: 300".
fn is_counter(plain: &str) -> bool {
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|word| !word.is_empty()).collect();
    let counts = |word: &str| {
        matches!(
            word,
            "comment"
                | "comments"
                | "share"
                | "shares"
                | "views"
                | "view"
                | "likes"
                | "reads"
                | "min"
                | "mins"
                | "minute"
                | "minutes"
                | "read"
                | "retweets"
                | "replies"
                | "followers"
                | "reactions"
        )
    };
    let number = |word: &str| word.chars().next().is_some_and(|c| c.is_ascii_digit());
    (2..=4).contains(&words.len())
        && words.iter().any(|word| number(word))
        && words.iter().any(|word| counts(word))
        && words.iter().all(|word| number(word) || counts(word))
}

const CREDITS: [&str; 26] = [
    "photo:",
    "photos:",
    "photo by",
    "photos by",
    "photograph:",
    "photograph by",
    "photo credit",
    "photo courtesy",
    "image:",
    "images:",
    "image credit",
    "image courtesy",
    "image source",
    "picture:",
    "pictures:",
    "picture credit",
    "file photo",
    "file picture",
    "file image",
    "illustration:",
    "video:",
    "afp photo",
    "ap photo",
    "reuters photo",
    "getty images",
    "credit:",
];

/// Who took the picture, and no more.
fn is_credit(text: &str) -> bool {
    let plain = plain(text);
    let words = plain.split_whitespace().count();
    if reports_speech(&plain) {
        return false;
    }
    let mark = plain.trim_start().starts_with('©') && words <= 12 && !plain.contains("all rights");
    let named = words <= 9
        && !ends_as_sentence(&plain)
        && CREDITS.iter().any(|credit| {
            starts(&plain, credit) || plain.trim().starts_with('(') && starts(&plain.replacen(" (", " ", 1), credit)
        });
    let agency = words <= 6
        && [" getty images", "/afp", "/reuters", "/ap ", " via ap ", "/getty", "/epa", "/xinhua", "/anadolu"]
            .iter()
            .any(|tail| plain.contains(tail))
        && !ends_as_sentence(&plain);
    mark || named || agency
}

/// A line that describes a picture: it ends in a credit, or opens with its label.
pub(crate) fn is_caption(text: &str) -> bool {
    let plain = plain(text);
    let words = plain.split_whitespace().count();
    if !(3..=60).contains(&words) {
        return false;
    }
    let opens = [
        "file photo:",
        "file photo of",
        "file picture:",
        "file image:",
        "in this photo",
        "in this file photo",
        "in this image",
        "in this handout",
        "pictured:",
        "photo shows",
        "caption:",
        "a file photo",
    ]
    .iter()
    .any(|label| starts(&plain, label));
    let tail = plain.trim_end().trim_end_matches([')', '.', ']', '"', ' ']);
    let last = tail.rfind(['(', '|', '[']).map_or("", |at| &tail[at..]);
    let ends = last.split_whitespace().count() <= 8
        && [
            "photo",
            "photos",
            "file photo",
            "reuters/",
            "afp/",
            "getty images",
            "ap photo",
            "image credit",
            "photograph",
            "/reuters",
            "/afp",
            "/ap",
            "/getty",
            "photo by",
            "courtesy",
        ]
        .iter()
        .any(|credit| has(last, credit))
        && (tail.contains('|') || text.trim_end().trim_end_matches('.').ends_with([')', ']']));
    opens || ends
}

/// Takes boilerplate out of paragraphs.
pub fn clean(blocks: Vec<(Block, String)>) -> (Vec<(Block, String)>, Vec<Cut>) {
    let count = blocks.len();
    let mut kept: Vec<(Block, String)> = Vec::with_capacity(count);
    let mut cut = Vec::new();
    let mut seen: HashSet<String> = HashSet::new();
    // Titles under a label ("Also read:") go while they look like titles.
    let mut titles: Option<String> = None;
    for (index, (block, text)) in blocks.into_iter().enumerate() {
        if let Some(reason) = &titles {
            if !ends_as_sentence(&plain(&text)) && text.split_whitespace().count() <= 18 && !text.contains(". ") {
                cut.push(Cut { text, reason: reason.clone() });
                // Inside an article one label has one title.
                if index + 6 < count {
                    titles = None;
                }
                continue;
            }
            titles = None;
        }
        if let Some((reason, next)) = rule_of(&text, index, count) {
            titles = next.then(|| reason.clone());
            cut.push(Cut { text, reason });
            continue;
        }
        if is_repeated(&text, &mut seen) {
            cut.push(Cut { text, reason: "repeated".into() });
            continue;
        }
        let (text, tail) = without_tail(text, index, count);
        // Words with the photographer behind them describe the picture.
        let block = if tail.iter().any(|cut| cut.reason == "photo-credit") { Block::Caption } else { block };
        cut.extend(tail);
        if !text.is_empty() {
            kept.push((block, text));
        }
    }
    (kept, cut)
}

/// The same words stood in this document before. Short lines and lines with
/// numbers may come twice in a table or a list and mean something each time.
fn is_repeated(text: &str, seen: &mut HashSet<String>) -> bool {
    let plain = plain(text);
    let long = plain.split_whitespace().count() >= 6;
    if !long || plain.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    !seen.insert(plain)
}

/// A paragraph of more bytes is no paragraph of news; its tail is left alone.
const LONGEST_WITH_TAIL: usize = 20_000;

/// No more last sentences than this are cut from one paragraph.
const MOST_TAILS: usize = 6;

/// Cuts last sentences that are boilerplate from the end of a paragraph.
fn without_tail(mut text: String, index: usize, count: usize) -> (String, Vec<Cut>) {
    let mut cut = Vec::new();
    if text.split_whitespace().count() < 12 || text.len() > LONGEST_WITH_TAIL || !may_have_tail(&text) {
        return (text, cut);
    }
    for _ in 0..MOST_TAILS {
        let chars: Vec<char> = text.chars().collect();
        let tokens = crate::segment::tokens(&chars);
        let sentences = crate::segment::sentences(&chars, &tokens);
        let (Some(&(first, _)), true) = (sentences.last(), sentences.len() > 1) else { break };
        let start = tokens[first].0;
        let last: String = chars[start..].iter().collect();
        if last.split_whitespace().count() < 2 {
            break;
        }
        let Some((reason, _)) =
            rule_of(&last, index, count).filter(|(reason, _)| reason != "ornament" && reason != "navigation")
        else {
            break;
        };
        cut.insert(0, Cut { text: last, reason });
        text = chars[..start].iter().collect::<String>().trim_end().to_string();
    }
    (text, cut)
}

/// A quick look, so that most paragraphs are not segmented twice.
fn may_have_tail(text: &str) -> bool {
    let plain = plain(text);
    [
        "read",
        "click",
        "subscribe",
        "follow",
        "newsletter",
        "app",
        "copyright",
        "rights reserved",
        "sign up",
        "photo",
        "whatsapp",
        "click here",
    ]
    .iter()
    .any(|word| has(&plain, word))
}

#[cfg(test)]
mod tests;
