//! Tokens of a paragraph, cut as Universal Dependencies EWT cuts them.
//!
//! Takes the characters of one paragraph; gives half-open ranges into them, in
//! order, none empty, none overlapping, none over white space. Never changes,
//! drops or adds a character: what is between the ranges is white space.
//!
//! ```
//! let text: Vec<char> = "They don't want a cross-border war.".chars().collect();
//! let words: Vec<String> =
//!     reading::segment::tokens(&text).iter().map(|&(a, b)| text[a..b].iter().collect()).collect();
//! assert_eq!(words.join(" "), "They do n't want a cross - border war .");
//! ```

use super::words::{Words, words};

/// A half-open range of character indices.
pub type Range = (usize, usize);

/// A stretch without white space is cut after this many characters, so that
/// no input makes the cutter slow or its recursion deep.
const LONGEST: usize = 600;

/// Cuts one paragraph into tokens.
pub fn tokens(text: &[char]) -> Vec<Range> {
    let mut cutter = Cutter { text, words: words(), out: Vec::with_capacity(text.len() / 5 + 1) };
    let mut at = 0;
    while at < text.len() {
        if text[at].is_whitespace() {
            at += 1;
            continue;
        }
        let mut end = at;
        while end < text.len() && !text[end].is_whitespace() && end - at < LONGEST {
            end += 1;
        }
        cutter.chunk(at, end);
        at = end;
    }
    cutter.out
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʼ')
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '"' | '”' | '“' | '»' | '\'' | '’' | '>' | '.' | ',' | ';' | ':' | '!' | '?' | '…')
}

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—' | '―' | '‒')
}

fn is_money(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₹' | '₦' | '₩' | '₱' | '₪' | '฿' | '₴' | '₽' | '¢')
}

struct Cutter<'a> {
    text: &'a [char],
    words: &'static Words,
    out: Vec<Range>,
}

impl Cutter<'_> {
    fn string(&self, start: usize, end: usize) -> String {
        self.text[start..end].iter().collect()
    }

    fn push(&mut self, start: usize, end: usize) {
        if start < end {
            self.out.push((start, end));
        }
    }

    /// The first character after `end` that is not white space.
    fn next_after(&self, end: usize) -> Option<char> {
        self.text[end..].iter().copied().find(|c| !c.is_whitespace())
    }

    /// A stretch without white space.
    fn chunk(&mut self, mut start: usize, end: usize) {
        // Marks in front.
        while start < end {
            let first = self.text[start];
            if first.is_alphanumeric() || self.is_smiley(start, end) {
                break;
            }
            let next = if start + 1 < end { self.text[start + 1] } else { ' ' };
            let bound = (is_apostrophe(first) && (next.is_ascii_digit() || self.is_short_form(start, end)))
                || (matches!(first, '@' | '#') && next.is_alphabetic())
                || (first == '.' && next.is_ascii_digit());
            if bound {
                break;
            }
            let stop = self.run_end(start, end);
            self.push(start, stop);
            start = stop;
        }
        if start >= end {
            return;
        }
        if self.is_smiley(start, end) {
            return self.push(start, end);
        }
        // An address is one token whatever marks it holds.
        let mut stop = end;
        while stop > start && is_closing(self.text[stop - 1]) {
            stop -= 1;
        }
        if self.is_address(start, stop) {
            self.push(start, stop);
            return self.chunk(stop, end);
        }
        // Marks behind, kept aside so that tokens come out in order.
        let mut stop = end;
        let mut behind = Vec::new();
        while stop > start {
            let last = self.text[stop - 1];
            if last.is_alphanumeric() || self.keeps_last(start, stop) {
                break;
            }
            let from = self.run_start(start, stop);
            behind.push((from, stop));
            stop = from;
        }
        self.core(start, stop);
        for &(from, to) in behind.iter().rev() {
            self.push(from, to);
        }
    }

    /// The end of the run of equal marks that starts here: `...`, `--`, `?!`.
    fn run_end(&self, start: usize, end: usize) -> usize {
        let first = self.text[start];
        let same = |c: char| match first {
            '!' | '?' => matches!(c, '!' | '?'),
            '.' | '-' | '*' | '=' | '_' | '~' | '#' | '<' | '>' | '+' | '…' | '`' => c == first,
            '\'' => c == first,
            _ => false,
        };
        let mut stop = start + 1;
        while stop < end && same(self.text[stop]) {
            stop += 1;
        }
        stop
    }

    fn run_start(&self, start: usize, end: usize) -> usize {
        let last = self.text[end - 1];
        let same = |c: char| match last {
            '!' | '?' => matches!(c, '!' | '?'),
            '.' | '-' | '*' | '=' | '_' | '~' | '<' | '>' | '…' => c == last,
            '\'' => c == last,
            _ => false,
        };
        let mut from = end - 1;
        while from > start && same(self.text[from - 1]) {
            from -= 1;
        }
        from
    }

    /// Whether the mark at the end belongs to the word: `U.S.`, `Mr.`.
    fn keeps_last(&self, start: usize, end: usize) -> bool {
        let last = self.text[end - 1];
        if last == '+' || last == '°' {
            return end - start > 1;
        }
        if last != '.' || (end - start >= 2 && self.text[end - 2] == '.') {
            return false;
        }
        // What stands behind a hyphen or a slash counts alone: `ex-Gen.`.
        let from = (start..end - 1)
            .rev()
            .find(|&at| matches!(self.text[at], '-' | '/' | '(') || is_dash(self.text[at]))
            .map_or(start, |at| at + 1);
        let word = self.string(from, end - 1);
        let next = self.next_after(end);
        let number_follows = next.is_some_and(|c| c.is_ascii_digit());
        let words = self.words;
        let Some(first) = word.chars().next() else { return false };
        if words.number.contains(word.as_str()) {
            return number_follows;
        }
        if words.month.contains(word.as_str()) {
            return number_follows || next.is_some_and(|c| c.is_lowercase() || c == ',') || self.number_before(from);
        }
        let capital = first.is_uppercase();
        if words.title.contains(word.as_str()) {
            // A title at the end of the paragraph is a word: "the new Gov."
            return next.is_some();
        }
        if words.inside.contains(word.as_str()) || words.end.contains(word.as_str()) {
            return true;
        }
        let lower = word.to_lowercase();
        if lower.len() > 3 && capital && words.title.contains(capitalised(&lower).as_str()) && word != lower {
            return next.is_some() && word.chars().all(char::is_uppercase);
        }
        // Initials: `J.`, `U.S.`, `D.C.`, `J.K.`
        let letters: Vec<char> = word.chars().collect();
        let dotted = letters.len() >= 3
            && letters.len() % 2 == 1
            && letters.iter().enumerate().all(|(at, c)| if at % 2 == 0 { c.is_alphabetic() } else { *c == '.' });
        if dotted {
            return true;
        }
        // Ph.D., Lt.Gen.: dotted with longer parts.
        if word.contains('.') && !word.contains("..") {
            let parts: Vec<&str> = word.split('.').collect();
            if parts.iter().all(|part| {
                part.chars().count() == 1 && part.chars().all(char::is_alphabetic)
                    || matches!(*part, "Ph" | "Lt" | "Maj" | "Brig" | "Gen" | "Dr" | "St" | "Col" | "Sgt")
            }) {
                return true;
            }
        }
        letters.len() == 1 && capital && next.is_some_and(|c| c.is_alphabetic() || c == ',') && !self.ends_name(from)
    }

    /// A number stands right before: "3 Sept."
    fn number_before(&self, start: usize) -> bool {
        self.text[..start].iter().rev().find(|c| !c.is_whitespace()).is_some_and(char::is_ascii_digit)
    }

    /// One capital letter that ends a name and not opens one: "Plan B.", "World War I."
    fn ends_name(&self, start: usize) -> bool {
        let mut stop = start;
        while stop > 0 && self.text[stop - 1].is_whitespace() {
            stop -= 1;
        }
        let mut from = stop;
        while from > 0 && self.text[from - 1].is_alphabetic() {
            from -= 1;
        }
        let before = self.string(from, stop);
        matches!(
            before.as_str(),
            "Plan"
                | "Vitamin"
                | "vitamin"
                | "War"
                | "hepatitis"
                | "Hepatitis"
                | "Class"
                | "Group"
                | "Section"
                | "Grade"
                | "Part"
                | "Type"
                | "Phase"
                | "and"
        ) || self.text[start] == 'I' && before.chars().next().is_some_and(char::is_lowercase)
    }

    /// `'s`, `'em`, `'til` and the like standing alone.
    fn is_short_form(&self, start: usize, end: usize) -> bool {
        let word: String = self.text[start + 1..end].iter().filter(|c| c.is_alphanumeric()).collect();
        let whole = self.text[start + 1..end].iter().all(|c| c.is_alphanumeric() || is_closing(*c));
        let closed = self.text[start + 1..end].iter().any(|&c| is_apostrophe(c));
        whole
            && !closed
            && matches!(
                word.to_lowercase().as_str(),
                "s" | "em" | "til" | "till" | "cause" | "bout" | "tis" | "twas" | "ll" | "re" | "ve" | "d" | "m" | "n"
            )
    }

    fn is_smiley(&self, start: usize, end: usize) -> bool {
        matches!(end - start, 2..=3)
            && matches!(
                self.string(start, end).as_str(),
                ":)" | ":(" | ":-)" | ":-(" | ";)" | ";-)" | ":D" | ":P" | ":/" | "=)" | ":p" | "<3" | "^^"
            )
    }

    /// A web or mail address.
    fn is_address(&self, start: usize, end: usize) -> bool {
        if end < start + 4 {
            return false;
        }
        let word = self.string(start, end);
        let lower = word.to_lowercase();
        if lower.starts_with("http://")
            || lower.starts_with("https://")
            || lower.starts_with("www.")
            || lower.contains("://")
        {
            return true;
        }
        if let Some((name, host)) = word.split_once('@') {
            return !name.is_empty()
                && host.contains('.')
                && name.chars().all(|c| c.is_alphanumeric() || "._-+%".contains(c))
                && host.chars().all(|c| c.is_alphanumeric() || ".-".contains(c));
        }
        let host = lower.split(['/', ':']).next().unwrap_or("");
        let Some((name, last)) = host.rsplit_once('.') else { return false };
        let known = matches!(
            last,
            "com"
                | "org"
                | "net"
                | "gov"
                | "edu"
                | "mil"
                | "info"
                | "io"
                | "tv"
                | "int"
                | "biz"
                | "uk"
                | "ng"
                | "in"
                | "pk"
                | "za"
                | "ph"
                | "ke"
                | "cn"
                | "ru"
                | "au"
                | "eu"
                | "doc"
                | "pdf"
                | "xls"
                | "txt"
                | "htm"
                | "html"
                | "jpg"
        );
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || ".-_#".contains(c));
        // Two-letter endings are also words after a forgotten space: "war.In".
        let sure = last.len() > 2 || name.contains('.') || lower.contains('/');
        known
            && plain
            && !name.is_empty()
            && sure
            && word.rsplit_once('.').is_none_or(|(_, end)| !end.starts_with(char::is_uppercase) || last.len() == 3)
    }

    /// A stretch whose ends are part of words.
    fn core(&mut self, start: usize, end: usize) {
        if start >= end {
            return;
        }
        if self.text[start..end].iter().all(|c| c.is_alphabetic()) {
            return self.plain(start, end);
        }
        if self.is_address(start, end) {
            return self.push(start, end);
        }
        if let Some((from, to)) = self.inner_mark(start, end) {
            self.core_or_chunk(start, from);
            self.push(from, to);
            return self.chunk(to, end);
        }
        if let Some(at) = (start + 1..end.saturating_sub(1)).find(|&at| self.text[at] == '/')
            && !self.slash_holds(start, end)
        {
            self.core_or_chunk(start, at);
            self.push(at, at + 1);
            return self.chunk(at + 1, end);
        }
        if let Some((from, to)) = self.hyphen(start, end) {
            self.core_or_chunk(start, from);
            self.push(from, to);
            return self.chunk(to, end);
        }
        self.plain(start, end);
    }

    fn core_or_chunk(&mut self, start: usize, end: usize) {
        if end > start && self.text[end - 1].is_alphanumeric() && self.text[start].is_alphanumeric() {
            self.core(start, end);
        } else {
            self.chunk(start, end);
        }
    }

    /// The first mark inside that always parts words, and its end.
    fn inner_mark(&self, start: usize, end: usize) -> Option<Range> {
        let digit = |at: usize| self.text[at].is_ascii_digit();
        for at in start + 1..end.saturating_sub(1) {
            let c = self.text[at];
            let both_digits = digit(at - 1) && digit(at + 1);
            let parts = match c {
                ',' => !both_digits,
                ':' => !both_digits,
                ';' | '!' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '"' | '“' | '”' | '«' | '»' | '=' | '|' | '<'
                | '>' | '…' | '•' | '*' => true,
                _ if is_dash(c) => true,
                '-' => self.text[at + 1] == '-',
                '.' => self.text[at + 1] == '.' && self.text[at - 1] != '.' || self.space_forgotten(start, at, end),
                '‘' => true,
                '%' => true,
                _ => false,
            };
            if parts {
                return Some((at, self.run_end(at, end)));
            }
        }
        None
    }

    /// "the war.The next": a sentence end without its space.
    fn space_forgotten(&self, start: usize, at: usize, end: usize) -> bool {
        let before = self.text[start..at].iter().rev().take_while(|c| c.is_lowercase()).count();
        let number_before = self.text[start..at].iter().rev().take_while(|c| c.is_ascii_digit()).count();
        let after_capital = self.text[at + 1].is_uppercase();
        let after = self.text[at + 1..end].iter().take_while(|c| c.is_alphabetic()).count();
        let one_dot = self.text[start..end].iter().filter(|&&c| c == '.').count() <= 2;
        // "ended the fighting.15": a footnote's number.
        let number_follows = self.text[at + 1..end].iter().all(|c| c.is_ascii_digit());
        if number_follows && one_dot && (before >= 4 && end - at <= 3) {
            return true;
        }
        after_capital && one_dot && ((before >= 3 && after >= 1) || (number_before >= 2 && before == 0 && after >= 2))
    }

    fn slash_holds(&self, start: usize, end: usize) -> bool {
        let word = self.string(start, end);
        let parts: Vec<&str> = word.split('/').collect();
        if parts.iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit())) {
            let fraction = parts.len() == 2 && parts[0].len() == 1 && parts[1].len() == 1;
            let season = parts.len() == 2 && (parts[0].len() == 4 || parts[0] == "20" || parts[0] == "24");
            return !fraction && !season;
        }
        matches!(word.to_lowercase().as_str(), "w/o" | "w/out" | "b/c" | "l/c" | "i/c" | "w/")
    }

    /// The hyphen to cut at, if one parts words here.
    fn hyphen(&self, start: usize, end: usize) -> Option<Range> {
        let at = (start + 1..end.saturating_sub(1)).find(|&at| matches!(self.text[at], '-' | '‐' | '‑' | '−'))?;
        let word = self.string(start, end);
        let parts: Vec<&str> = word.split('-').collect();
        let digits = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
        if parts.iter().all(digits) {
            let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
            let phone = lengths.len() >= 3 || (lengths.len() == 2 && lengths[1] == 4 && lengths[0] == 3);
            if phone {
                return None;
            }
        }
        // Long codes: `x2d-#6936-1`.
        if word.contains('#') || word.contains('_') {
            return None;
        }
        let first = self.string(start, at).to_lowercase();
        if self.words.prefix.contains(first.as_str()) && self.text[at + 1].is_alphanumeric() {
            // "non-governmental" is one token; go on after it for "non-self-governing".
            let next = (at + 1..end.saturating_sub(1)).find(|&at| self.text[at] == '-')?;
            return Some((next, next + 1));
        }
        Some((at, at + 1))
    }

    /// No marks that part words: clitics, money and units are left.
    fn plain(&mut self, start: usize, end: usize) {
        let word = self.string(start, end);
        let lower = word.to_lowercase();
        if let Some(at) = match lower.as_str() {
            "cannot" => Some(3),
            "gonna" | "gotta" | "wanna" => Some(3),
            _ => None,
        } {
            self.push(start, start + at);
            return self.push(start + at, end);
        }
        let chars: Vec<char> = lower.chars().map(|c| if is_apostrophe(c) { '\'' } else { c }).collect();
        // Lower-casing may change the length of a few letters; then leave the word alone.
        if chars.len() == end - start {
            let ends = |tail: &str| {
                let tail: Vec<char> = tail.chars().collect();
                chars.len() > tail.len() && chars.ends_with(&tail)
            };
            for tail in ["n't", "'s", "'re", "'ve", "'ll", "'d", "'m"] {
                if ends(tail) && !matches!(lower.as_str(), "o's") {
                    let at = end - tail.chars().count();
                    self.numbered(start, at);
                    return self.push(at, end);
                }
            }
        }
        // "No.8", "Jan.12"
        if let Some(at) = (start..end).find(|&at| self.text[at] == '.')
            && at + 1 < end
            && self.text[at + 1..end].iter().all(char::is_ascii_digit)
        {
            let front = self.string(start, at);
            if self.words.number.contains(front.as_str()) || self.words.month.contains(front.as_str()) {
                self.push(start, at + 1);
                return self.push(at + 1, end);
            }
        }
        self.numbered(start, end);
    }

    /// Amounts: `US$9.5`, `RM750mil`, `20km`, `9am`.
    fn numbered(&mut self, start: usize, end: usize) {
        let Some(digit) = (start..end).find(|&at| self.text[at].is_ascii_digit()) else {
            return self.push(start, end);
        };
        let mut from = start;
        if let Some(at) = (start..digit).rev().find(|&at| is_money(self.text[at])) {
            self.push(start, at + 1);
            from = at + 1;
        } else if digit > start {
            let front = self.string(start, digit);
            let money = self.words.money.contains(front.trim_end_matches('.')) && front.len() > 1;
            let amount =
                self.text[digit..end].iter().any(|c| matches!(c, ',' | '.')) || end - digit >= 3 || front.len() > 1;
            if money && amount {
                self.push(start, digit);
                from = digit;
            }
        }
        let mut stop = from;
        while stop < end && (self.text[stop].is_ascii_digit() || matches!(self.text[stop], '.' | ',' | ':')) {
            stop += 1;
        }
        if stop > from && stop < end && self.words.unit.contains(self.string(stop, end).trim_end_matches('.')) {
            self.push(from, stop);
            return self.push(stop, end);
        }
        if let Some(at) = (from + 1..end).find(|&at| is_money(self.text[at])) {
            self.push(from, at);
            self.push(at, at + 1);
            return self.chunk(at + 1, end);
        }
        self.push(from, end);
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
