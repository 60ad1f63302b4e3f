//! Where sentences end in a paragraph.
//!
//! Takes the characters of a paragraph and its tokens; gives half-open ranges
//! of tokens that cover them all, in order. Never ends a sentence inside a
//! token, inside a short bracket, or between a quoted question and "he asked".
//!
//! ```
//! let text: Vec<char> = "Mr. Osei left. “Will it hold?” she asked.".chars().collect();
//! let tokens = reading::segment::tokens(&text);
//! assert_eq!(reading::segment::sentences(&text, &tokens).len(), 2);
//! ```

use super::tokens::Range;
use super::words::words;

/// Brackets longer than this many tokens may hold sentence ends.
const BRACKET: usize = 60;

/// Cuts the tokens of one paragraph into sentences.
pub fn sentences(text: &[char], tokens: &[Range]) -> Vec<Range> {
    let closing = brackets(text, tokens);
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < tokens.len() {
        // A bracket that closes soon is passed over whole.
        if let Some(close) = closing[at]
            && at > start
        {
            at = close;
        }
        if !ends(text, tokens, at) {
            at += 1;
            continue;
        }
        let mut next = at + 1;
        let mut quoted = false;
        while next < tokens.len() && closes(text, tokens, next) {
            quoted |= is_quote(text[tokens[next].0]);
            next += 1;
        }
        if next >= tokens.len() {
            break;
        }
        if parts(&View { text, tokens, at, next, start, quoted }) {
            out.push((start, next));
            start = next;
        }
        at = next;
    }
    if start < tokens.len() {
        out.push((start, tokens.len()));
    }
    out
}

/// For each opening bracket token, the token that closes it, if near.
fn brackets(text: &[char], tokens: &[Range]) -> Vec<Option<usize>> {
    let mut closing = vec![None; tokens.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, &(start, end)) in tokens.iter().enumerate() {
        if end - start != 1 {
            continue;
        }
        match text[start] {
            '(' | '[' => open.push(index),
            ')' | ']' => {
                if let Some(from) = open.pop()
                    && index - from <= BRACKET
                {
                    closing[from] = Some(index);
                }
            }
            _ => {}
        }
    }
    closing
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '’' | '\'' | '»')
}

/// Whether the token may end a sentence.
fn ends(text: &[char], tokens: &[Range], at: usize) -> bool {
    let (start, end) = tokens[at];
    let last = text[end - 1];
    match last {
        '!' | '?' | '…' | '。' => text[start..end].iter().all(|c| matches!(c, '!' | '?' | '…' | '.' | '。')),
        // A period alone, dots, or a word that keeps its period.
        '.' => true,
        // A bracket that was passed over with an end inside.
        ')' | ']' => {
            end - start == 1 && at > 0 && text[tokens[at - 1].1 - 1] == '.' && tokens[at - 1].1 - tokens[at - 1].0 == 1
        }
        _ => false,
    }
}

/// Closing marks that belong to the sentence before them.
fn closes(text: &[char], tokens: &[Range], next: usize) -> bool {
    let (start, end) = tokens[next];
    if end - start > 2 {
        return false;
    }
    let attached = tokens[next - 1].1 == start;
    let before_space = next + 1 >= tokens.len() || tokens[next + 1].0 > end || closes_char(text[tokens[next + 1].0]);
    match text[start] {
        ')' | ']' | '”' | '»' => true,
        '"' | '\'' | '’' if end - start == 1 || text[start] == text[end - 1] => {
            // A straight mark after a space opens, unless nothing follows it closely.
            if attached { before_space || straight_open_before(text, start) } else { before_space && end < text.len() }
        }
        '.' | '!' | '?' => attached,
        _ => false,
    }
}

fn closes_char(c: char) -> bool {
    matches!(c, '"' | '\'' | '’' | '”' | ')')
}

/// An odd number of straight marks stands before: this one closes.
fn straight_open_before(text: &[char], start: usize) -> bool {
    // Far enough back for any sentence, near enough for a text of marks alone.
    text[start.saturating_sub(2_000)..start].iter().filter(|&&c| c == '"').count() % 2 == 1
}

struct View<'a> {
    text: &'a [char],
    tokens: &'a [Range],
    /// The token that may end the sentence.
    at: usize,
    /// The first token after it and its closing marks.
    next: usize,
    /// The first token of the sentence.
    start: usize,
    /// A quotation mark closed after the end.
    quoted: bool,
}

impl View<'_> {
    fn word(&self, index: usize) -> String {
        self.tokens.get(index).map(|&(start, end)| self.text[start..end].iter().collect()).unwrap_or_default()
    }
}

/// Whether a sentence ends at `at`, given what follows.
fn parts(view: &View) -> bool {
    let words = words();
    let word = view.word(view.at);
    // Marks that open do not tell; look at the word behind them.
    let mut next = view.next;
    while next < view.tokens.len() {
        let (start, end) = view.tokens[next];
        let opens = view.text[start..end].iter().all(|c| {
            matches!(c, '"' | '“' | '‘' | '\'' | '(' | '[' | '«' | '*' | '•' | '—' | '–' | '-' | '`' | '¿' | '¡')
        });
        if !opens {
            break;
        }
        next += 1;
    }
    let opened = next > view.next;
    let following = view.word(next);
    let Some(first) = following.chars().next() else { return true };
    let spaced = view.tokens[view.next].0 > view.tokens[view.next - 1].1;
    let bare = word.trim_end_matches('.');
    let is_end = word == "." || word == ")" || word == "]";
    let dots = word.len() > 1 && word.chars().all(|c| c == '.' || c == '…');

    if is_end && !spaced {
        // "the war.The next"; a mark opened without a space is enough, too.
        return first.is_uppercase() || opened;
    }
    if matches!(word.chars().next_back(), Some('!' | '?')) {
        if first.is_lowercase() {
            return !view.quoted && starts_small(view);
        }
        // “Will they come?” Mr Osei asked.
        return !(view.quoted && !opened && says_soon(view, next, 16));
    }
    if is_end {
        // A period before the closing mark ends the sentence, unless what
        // follows is no more than "he said."
        if view.quoted && !opened && says_soon(view, next, 3) {
            return false;
        }
        if first.is_lowercase() {
            // Forgotten capitals are rarer than abbreviations that no list
            // holds, but not where the whole text is written small.
            let before = view.word(view.at.saturating_sub(1));
            return starts_small(view) && before.len() >= 3 && spaced && !view.quoted;
        }
        if list_number(view) {
            return false;
        }
        return first.is_alphanumeric() || opened || !matches!(first, ',' | ';' | ':' | '.' | '?' | '!' | '/');
    }
    if dots {
        return first.is_uppercase() || opened && spaced && !first.is_lowercase();
    }
    // The word keeps its period: an abbreviation or initials.
    if first.is_lowercase() || matches!(first, ',' | ';' | ':' | '.') {
        return false;
    }
    if words.title.contains(bare) || words.number.contains(bare) && first.is_ascii_digit() {
        return false;
    }
    let opener = words.opener.contains(following.as_str());
    if words.end.contains(bare) {
        let zone = matches!(
            following.as_str(),
            "GMT"
                | "EST"
                | "EDT"
                | "ET"
                | "PST"
                | "PT"
                | "IST"
                | "CET"
                | "UTC"
                | "Eastern"
                | "Pacific"
                | "Monday"
                | "Tuesday"
                | "Wednesday"
                | "Thursday"
                | "Friday"
                | "Saturday"
                | "Sunday"
                | "Local"
        );
        let bracket = opened && matches!(view.text[view.tokens[view.next].0], '(' | '[');
        return !zone && !bracket && (first.is_uppercase() || opened);
    }
    if words.month.contains(bare) {
        return opener && !first.is_ascii_digit();
    }
    if view.quoted || opened && following.chars().count() > 1 && opener {
        return true;
    }
    opener && next > view.at
}

/// The sentence so far began with a small letter.
fn starts_small(view: &View) -> bool {
    view.word(view.start).chars().next().is_some_and(char::is_lowercase)
}

/// "1." or "a." at the front of a sentence numbers it and does not end one.
fn list_number(view: &View) -> bool {
    if view.at != view.start + 1 {
        return false;
    }
    let word = view.word(view.start);
    word.len() <= 2 && word.chars().all(|c| c.is_ascii_digit())
}

/// "he asked", "Mr Osei said", "the minister told": the words after a quoted
/// sentence end that go on with it. The tail after the verb may have
/// `longest_tail` tokens.
fn says_soon(view: &View, next: usize, longest_tail: usize) -> bool {
    const REACH: usize = 5;
    for index in next..(next + REACH).min(view.tokens.len()) {
        let word = view.word(index);
        if matches!(
            word.as_str(),
            "said"
                | "says"
                | "asked"
                | "asks"
                | "told"
                | "tells"
                | "added"
                | "adds"
                | "replied"
                | "wrote"
                | "writes"
                | "tweeted"
                | "explained"
                | "insisted"
                | "warned"
                | "shouted"
                | "cried"
                | "wondered"
                | "noted"
                | "remarked"
                | "exclaimed"
                | "stated"
                | "declared"
                | "continued"
                | "claimed"
                | "recalled"
                | "quipped"
                | "queried"
                | "questioned"
                | "chanted"
                | "lamented"
        ) {
            // "said that" with more to come may be a sentence of its own: only a
            // short tail belongs to the quotation, so look for its end.
            let tail = (index + 1..(index + 25).min(view.tokens.len())).find(|&at| {
                let word = view.word(at);
                word == "." || word == "?" || word == "!"
            });
            let that = view.word(index + 1) == "that" || view.word(index + 2) == "that";
            return !that && tail.is_none_or(|tail| tail - index <= longest_tail) && index > next;
        }
        if word.chars().all(|c| !c.is_alphanumeric()) && !matches!(word.as_str(), "-" | ",") {
            return false;
        }
        if word == "," {
            return false;
        }
    }
    false
}
