//! Entity mentions, put right where the labels stop at a hyphen or a mark.
//!
//! Takes a sentence and the spans its labels give; gives [`Mention`]s in order
//! that do not overlap. Never joins two mentions that both have labels:
//! "Israel - Lebanon" stays two.
//!
//! ```text
//! al - [Shabaab]  ->  [al - Shabaab]
//! [“ Wagner ”]    ->  “ [Wagner] ”
//! ```

use record::{Mention, MentionType, Sentence};

/// Words bound to the name behind their hyphen.
const ARTICLES: [&str; 14] = ["al", "el", "ul", "an", "ar", "as", "at", "az", "ad", "ash", "abu", "ibn", "bin", "e"];

/// Mentions from labelled spans (first, last, kind; half-open).
pub fn mentions(sentence: &Sentence, labelled: &[(usize, usize, MentionType)]) -> Vec<Mention> {
    let mut out: Vec<Mention> = Vec::new();
    for &(first, last, kind) in labelled {
        let floor = out.last().map_or(0, |before| before.last);
        let ceiling =
            labelled.iter().map(|next| next.0).filter(|&next| next >= last).min().unwrap_or(sentence.tokens.len());
        let last = last.min(sentence.tokens.len());
        let (mut first, mut last) = trimmed(sentence, first.max(floor), last);
        if first >= last {
            continue;
        }
        first = with_article(sentence, first, floor);
        last = over_hyphen(sentence, first, last, ceiling);
        // "Tehrik - i - Taliban": an article between hyphens joins two labels.
        if let Some(before) = out.last_mut()
            && joined_by_article(sentence, before.last, first)
        {
            before.last = last;
            before.span = before.span.cover(sentence.tokens[last - 1].span);
            continue;
        }
        let span = sentence.tokens[first].span.cover(sentence.tokens[last - 1].span);
        out.push(Mention { first, last, span, kind });
    }
    out
}

fn text(sentence: &Sentence, token: usize) -> &str {
    sentence.tokens.get(token).map_or("", |token| token.text.as_str())
}

/// No blank between two tokens.
fn close(sentence: &Sentence, left: usize, right: usize) -> bool {
    match (sentence.tokens.get(left), sentence.tokens.get(right)) {
        (Some(left), Some(right)) => left.span.end == right.span.start,
        _ => false,
    }
}

fn is_hyphen(text: &str) -> bool {
    matches!(text, "-" | "‐" | "‑")
}

/// Marks, clitics and single brackets go from both ends.
fn trimmed(sentence: &Sentence, mut first: usize, mut last: usize) -> (usize, usize) {
    let mark = |token: usize| {
        let text = text(sentence, token);
        !text.chars().any(char::is_alphanumeric) && !matches!(text, "$" | "€" | "£" | "%" | "¥" | "₹" | "₦")
    };
    let clitic = |token: usize| matches!(text(sentence, token).to_lowercase().as_str(), "'s" | "’s" | "`s");
    while first < last && (mark(first) || clitic(first)) {
        first += 1;
    }
    while first < last && (mark(last - 1) || clitic(last - 1)) {
        // "Tehrik-i-Taliban Pakistan (TTP)" keeps its bracket where both are there.
        let closes = text(sentence, last - 1) == ")" && (first..last).any(|token| text(sentence, token) == "(");
        if closes {
            break;
        }
        last -= 1;
    }
    (first, last)
}

/// "al - Shabaab" from "Shabaab".
fn with_article(sentence: &Sentence, first: usize, floor: usize) -> usize {
    if first < floor + 2 || !is_hyphen(text(sentence, first - 1)) {
        return first;
    }
    let bound = close(sentence, first - 2, first - 1) && close(sentence, first - 1, first);
    let article = ARTICLES.contains(&text(sentence, first - 2).to_lowercase().as_str());
    if bound && article { first - 2 } else { first }
}

/// "[Benishangul] - Gumuz": a capitalised rest without a label belongs to the name.
fn over_hyphen(sentence: &Sentence, first: usize, mut last: usize, ceiling: usize) -> usize {
    while last + 1 < ceiling
        && is_hyphen(text(sentence, last))
        && close(sentence, last - 1, last)
        && close(sentence, last, last + 1)
        && text(sentence, last + 1).chars().next().is_some_and(char::is_uppercase)
        && text(sentence, first).chars().next().is_some_and(char::is_alphabetic)
    {
        last += 2;
    }
    // "al" alone has a label and the rest has none.
    if last - first == 1
        && ARTICLES.contains(&text(sentence, first).to_lowercase().as_str())
        && last + 1 < ceiling
        && is_hyphen(text(sentence, last))
    {
        last += 2;
    }
    last
}

fn joined_by_article(sentence: &Sentence, from: usize, to: usize) -> bool {
    to == from + 3
        && is_hyphen(text(sentence, from))
        && is_hyphen(text(sentence, from + 2))
        && matches!(text(sentence, from + 1).to_lowercase().as_str(), "i" | "e" | "ul" | "al" | "el" | "ur" | "us")
        && close(sentence, from, from + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::{Document, Text};

    fn check(text: &str, labelled: &[(usize, usize)], expected: &[&str]) {
        let document = Document { text: Text::new(text), ..Document::default() };
        let (sentences, _) = crate::segment(&document);
        let labelled: Vec<_> = labelled.iter().map(|&(first, last)| (first, last, MentionType::Organization)).collect();
        let found: Vec<&str> =
            mentions(&sentences[0], &labelled).iter().map(|mention| document.text.get(mention.span).unwrap()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn repairs() {
        check("Raids by al-Shabaab went on.", &[(4, 5)], &["al-Shabaab"]);
        check("Fighters of “Wagner” left.", &[(2, 5)], &["Wagner"]);
        check("Benishangul-Gumuz is calm.", &[(0, 1)], &["Benishangul-Gumuz"]);
        check("Israel-Lebanon talks went on.", &[(0, 1), (2, 3)], &["Israel", "Lebanon"]);
        check("Oslo-based envoys met.", &[(0, 1)], &["Oslo"]);
        check("Tehrik-i-Taliban Pakistan struck.", &[(0, 1), (4, 6)], &["Tehrik-i-Taliban Pakistan"]);
        check("Mali's army left.", &[(0, 2)], &["Mali"]);
        check("They left.", &[(0, 9)], &["They left"]);
        check("They left.", &[(2, 3)], &[]);
        check("They left.", &[(7, 9)], &[]);
    }
}
