//! Which tokens stand between quotation marks.
//!
//! Takes the sentences of a document in order; gives [`Stretch`]es: the quoted
//! tokens of each sentence that one pair of marks encloses. Never takes an
//! apostrophe for a mark, never lets a forgotten mark swallow the article: a
//! stretch ends with its paragraph, unless the next opens with a mark again.

use record::Sentence;

/// The part of a stretch that lies in one sentence: tokens `first..last`,
/// marks with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub sentence: usize,
    pub first: usize,
    pub last: usize,
}

/// The words one speaker has between marks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stretch {
    pub parts: Vec<Part>,
}

/// Single marks enclose no more than this many tokens.
const SINGLE: usize = 90;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open,
    Close,
    /// A straight mark: it opens or closes as the blanks around it say.
    Either,
    SingleOpen,
    SingleClose,
    SingleEither,
}

fn mark(text: &str) -> Option<Mark> {
    Some(match text {
        "“" | "„" | "«" | "``" | "‟" => Mark::Open,
        "”" | "»" => Mark::Close,
        "\"" | "''" | "\"\"" | "＂" => Mark::Either,
        "‘" | "‚" | "‹" => Mark::SingleOpen,
        "’" | "›" => Mark::SingleClose,
        "'" => Mark::SingleEither,
        _ => return None,
    })
}

/// Finds all stretches, in order.
pub fn stretches(sentences: &[Sentence]) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    let mut from = 0;
    // The last paragraph ended inside a quotation.
    let mut carried = false;
    while from < sentences.len() {
        let paragraph = sentences[from].paragraph;
        let to = from + sentences[from..].iter().take_while(|sentence| sentence.paragraph == paragraph).count();
        carried = in_paragraph(&sentences[from..to], from, carried, &mut out);
        from = to;
    }
    out
}

/// One paragraph; gives whether a quotation is still open at its end.
fn in_paragraph(sentences: &[Sentence], offset: usize, carried: bool, out: &mut Vec<Stretch>) -> bool {
    let words: Vec<Place> = sentences
        .iter()
        .enumerate()
        .flat_map(|(sentence, found)| (0..found.tokens.len()).map(move |token| Place { sentence, token }))
        .collect();
    let mut open: Option<usize> = None;
    let before = out.len();
    let mut start_of_stretch = out.len();
    for at in 0..words.len() {
        let Some(mark) = mark(text(sentences, words[at])) else { continue };
        let opens = match mark {
            Mark::Open => true,
            // A closing mark set the wrong way: ”We stay.”
            Mark::Close => open.is_none() && side(sentences, &words, at) == Side::Opens,
            // Where the blanks do not tell, an open quotation closes.
            Mark::Either => match side(sentences, &words, at) {
                Side::Opens => true,
                Side::Closes => false,
                Side::Unknown => open.is_none(),
            },
            Mark::SingleOpen | Mark::SingleEither if open.is_none() && side(sentences, &words, at) == Side::Opens => {
                single(sentences, offset, &words, at, out);
                continue;
            }
            _ => continue,
        };
        match (opens, open) {
            (true, None) => {
                open = Some(at);
                start_of_stretch = out.len();
            }
            // A second opening mark: the first was never closed, or this one
            // is a closing mark set the wrong way.
            (true, Some(from)) => {
                if side(sentences, &words, at) == Side::Closes {
                    push(sentences, offset, &words, from, at + 1, out);
                    open = None;
                } else {
                    let end = (from..at)
                        .rev()
                        .find(|&end| words[end].sentence != words[at].sentence)
                        .map_or(at, |end| end + 1);
                    push(sentences, offset, &words, from, end, out);
                    open = Some(at);
                }
            }
            (false, Some(from)) => {
                // Single marks inside belong to this one.
                out.truncate(start_of_stretch.max(truncate_to(out, offset, &words, from)));
                push(sentences, offset, &words, from, at + 1, out);
                open = None;
            }
            (false, None) => {}
        }
    }
    // Open to the end: the next paragraph goes on if it opens with a mark,
    // else what was quoted ends with this paragraph.
    if let Some(from) = open {
        push(sentences, offset, &words, from, words.len(), out);
    }
    join(sentences, carried, before, out);
    open.is_some()
}

#[derive(Debug, Clone, Copy)]
struct Place {
    sentence: usize,
    token: usize,
}

fn text(sentences: &[Sentence], place: Place) -> &str {
    &sentences[place.sentence].tokens[place.token].text
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    Unknown,
}

/// What the blanks around a mark say.
fn side(sentences: &[Sentence], words: &[Place], at: usize) -> Side {
    let span = |at: usize| sentences[words[at].sentence].tokens[words[at].token].span;
    let before = at > 0 && span(at - 1).end == span(at).start;
    let after = at + 1 < words.len() && span(at + 1).start == span(at).end;
    let opener_before =
        at > 0 && matches!(text(sentences, words[at - 1]), "(" | "[" | "-" | "–" | "—" | "/" | "“" | "\"" | "‘" | "--");
    let ender_after = at + 1 < words.len()
        && matches!(text(sentences, words[at + 1]), "." | "," | ";" | ":" | "?" | "!" | ")" | "]" | "”" | "\"");
    match (before, after) {
        (false, true) if !ender_after => Side::Opens,
        (true, false) => Side::Closes,
        (true, true) if opener_before && !ender_after => Side::Opens,
        (true, true) if ender_after => Side::Closes,
        _ => Side::Unknown,
    }
}

/// A quotation in single marks: it must close nearby, before another opens.
fn single(sentences: &[Sentence], offset: usize, words: &[Place], from: usize, out: &mut Vec<Stretch>) {
    for at in from + 1..words.len().min(from + SINGLE) {
        match mark(text(sentences, words[at])) {
            Some(Mark::SingleClose | Mark::SingleEither) if side(sentences, words, at) == Side::Closes => {
                // "the workers’ rights": a plural's apostrophe inside, if a
                // better close follows in the same sentence.
                let plural = at > 0 && text(sentences, words[at - 1]).ends_with('s') && at + 1 < words.len() && {
                    let next = text(sentences, words[at + 1]);
                    next.chars().next().is_some_and(char::is_lowercase)
                };
                let better = plural
                    && (at + 1..words.len().min(at + 40)).any(|later| {
                        words[later].sentence == words[at].sentence
                            && matches!(
                                mark(text(sentences, words[later])),
                                Some(Mark::SingleClose | Mark::SingleEither)
                            )
                            && side(sentences, words, later) == Side::Closes
                    });
                if better {
                    continue;
                }
                // "rock ‘n’ roll" quotes nobody.
                if at > from + 2 || text(sentences, words[at - 1]).chars().count() > 1 {
                    push(sentences, offset, words, from, at + 1, out);
                }
                return;
            }
            Some(Mark::Open | Mark::SingleOpen | Mark::Either) => return,
            _ => {}
        }
    }
}

/// How many stretches stood before the word `from` of this paragraph.
fn truncate_to(out: &[Stretch], offset: usize, words: &[Place], from: usize) -> usize {
    let place = words[from];
    let later = |stretch: &&Stretch| {
        stretch.parts.first().is_none_or(|part| (part.sentence, part.first) >= (place.sentence + offset, place.token))
    };
    out.len() - out.iter().rev().take_while(later).count()
}

fn push(sentences: &[Sentence], offset: usize, words: &[Place], from: usize, to: usize, out: &mut Vec<Stretch>) {
    let mut parts: Vec<Part> = Vec::new();
    for place in &words[from..to.min(words.len())] {
        match parts.last_mut() {
            Some(part) if part.sentence == place.sentence + offset => part.last = place.token + 1,
            _ => parts.push(Part { sentence: place.sentence + offset, first: place.token, last: place.token + 1 }),
        }
    }
    // A closing mark that the sentence cutter left to the next sentence, or a
    // stretch without a word.
    let worded = |part: &Part| {
        sentences[part.sentence - offset].tokens[part.first..part.last]
            .iter()
            .any(|token| token.text.chars().any(char::is_alphanumeric))
    };
    parts.retain(worded);
    if !parts.is_empty() {
        out.push(Stretch { parts });
    }
}

/// A paragraph after an open one that opens with a mark goes on with it.
fn join(sentences: &[Sentence], carried: bool, before: usize, out: &mut Vec<Stretch>) {
    let opens = sentences
        .first()
        .and_then(|sentence| sentence.tokens.first())
        .is_some_and(|token| matches!(mark(&token.text), Some(Mark::Open | Mark::Either)));
    if carried && opens && before > 0 && before < out.len() {
        let next = out.remove(before);
        out[before - 1].parts.extend(next.parts);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::{Document, Text};

    /// The quoted words of each stretch; parts of several sentences joined by `/`.
    fn quoted(text: &str) -> Vec<String> {
        let document = Document { text: Text::new(text), ..Document::default() };
        let (sentences, _) = crate::segment(&document);
        stretches(&sentences)
            .iter()
            .map(|stretch| {
                let parts: Vec<&str> = stretch
                    .parts
                    .iter()
                    .map(|part| {
                        let tokens = &sentences[part.sentence].tokens[part.first..part.last];
                        document.text.get(tokens[0].span.cover(tokens[tokens.len() - 1].span)).unwrap()
                    })
                    .collect();
                parts.join(" / ")
            })
            .collect()
    }

    #[test]
    fn stretches_of_all_kinds() {
        for (text, expected) in [
            ("“We will stay,” she said. “It is ours.”", vec!["“We will stay,”", "“It is ours.”"]),
            ("\"We will stay,\" she said.", vec!["\"We will stay,\""]),
            ("“We stay. We fight. We win,” he said.", vec!["“We stay. / We fight. / We win,”"]),
            ("“First we stay.\n\n“Then we leave,” he said.", vec!["“First we stay. / “Then we leave,”"]),
            ("“First we stay.\n\nNobody answered.", vec!["“First we stay."]),
            ("He called it a ‘gift’ and left.", vec!["‘gift’"]),
            ("He called it 'the workers' day' and left.", vec!["'the workers' day'"]),
            ("The workers' camp and the rebels' base", vec![]),
            ("It’s the Taliban’s demand", vec![]),
            ("“He told us: ‘Leave now’ and shot,” she said.", vec!["“He told us: ‘Leave now’ and shot,”"]),
            ("She said (\"no\") and \"yes\".", vec!["\"no\"", "\"yes\""]),
            ("Rock ‘n’ roll in the ’90s", vec![]),
            ("”We will stay here,” she said.", vec!["”We will stay here,”"]),
            ("«Nous» was all", vec!["«Nous»"]),
            ("", vec![]),
        ] {
            assert_eq!(quoted(text), expected, "{text}");
        }
    }
}
