//! CoNLL-U in and out.
//!
//! Takes CoNLL-U text; gives the running text it stands for and sentences
//! whose tokens are the given ones with spans into that text. Writes read
//! sentences back with `SpaceAfter` and `TokenRange`. Never re-cuts what was
//! given, never fails on a bad line: it is left out with a remark.
//!
//! ```
//! let given = reading::conllu::parse("1\tStop\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n2\t!\t_\t_\t_\t_\t_\t_\t_\t_\n");
//! assert_eq!(given[0].text, "Stop!");
//! assert_eq!(given[0].sentences[0].tokens.len(), 2);
//! ```

use std::fmt::Write;

use record::{Remark, Sentence, Span, Token, Upos};

/// One `# newdoc` of a file: its text and the sentences as given.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Given {
    /// The id of `# newdoc id = …`.
    pub id: Option<String>,
    pub text: String,
    pub sentences: Vec<Sentence>,
    pub remarks: Vec<Remark>,
}

/// Whether the text looks like CoNLL-U: its first row has ten columns and an id.
pub fn looks_like(text: &str) -> bool {
    let row = text.lines().take(200).find(|line| !line.trim().is_empty() && !line.starts_with('#'));
    row.is_some_and(|row| {
        let columns: Vec<&str> = row.split('\t').collect();
        columns.len() == 10 && columns[0].starts_with(|c: char| c.is_ascii_digit())
    })
}

/// Reads a file; one [`Given`] a `# newdoc`, one in all where there is none.
pub fn parse(source: &str) -> Vec<Given> {
    let mut out: Vec<Builder> = vec![Builder::default()];
    let mut rows: Vec<Row> = Vec::new();
    let mut new_paragraph = false;
    let mut text: Option<String> = None;
    for (number, line) in source.lines().chain([""]).enumerate() {
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            if !rows.is_empty()
                && let Some(builder) = out.last_mut()
            {
                builder.sentence(std::mem::take(&mut rows), new_paragraph, text.take());
                new_paragraph = false;
            }
            continue;
        }
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim();
            if comment.starts_with("newdoc") {
                if out.last().is_some_and(|builder| !builder.given.sentences.is_empty()) {
                    out.push(Builder::default());
                }
                if let Some(builder) = out.last_mut() {
                    builder.given.id = comment.split_once('=').map(|(_, id)| id.trim().to_string());
                }
            } else if comment.starts_with("newpar") {
                new_paragraph = true;
            } else if let Some(rest) = comment.strip_prefix("text =") {
                text = Some(rest.strip_prefix(' ').unwrap_or(rest).to_string());
            }
            continue;
        }
        match Row::parse(line) {
            Some(row) => rows.push(row),
            None => {
                if let Some(builder) = out.last_mut() {
                    builder.given.remarks.push(Remark::new(
                        "bad-line",
                        format!(
                            "line {} is not a row of CoNLL-U and was left out: give ten columns parted by tabs",
                            number + 1
                        ),
                    ));
                }
            }
        }
    }
    out.into_iter().map(|builder| builder.given).collect()
}

/// One row that takes room in the text or is a word of a longer one.
#[derive(Debug)]
struct Row {
    /// First and last word number; equal but for the range of a longer token.
    first: usize,
    last: usize,
    form: String,
    space_after: bool,
}

impl Row {
    /// `None` for a bad row; rows of empty nodes come out with no form.
    fn parse(line: &str) -> Option<Row> {
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() != 10 {
            return None;
        }
        let id = columns[0];
        let (first, last) = if let Some((first, last)) = id.split_once('-') {
            (first.parse().ok()?, last.parse().ok()?)
        } else if id.contains('.') {
            (0, 0)
        } else {
            let number = id.parse().ok()?;
            (number, number)
        };
        if first > last || columns[1].is_empty() {
            return None;
        }
        let form = if first == 0 { String::new() } else { columns[1].to_string() };
        Some(Row { first, last, form, space_after: !columns[9].split('|').any(|part| part == "SpaceAfter=No") })
    }
}

#[derive(Debug, Default)]
struct Builder {
    given: Given,
    chars: usize,
    paragraph: usize,
    /// The last token stood close to what follows.
    close: bool,
}

impl Builder {
    fn append(&mut self, text: &str) -> Span {
        let start = self.chars;
        self.chars += text.chars().count();
        self.given.text.push_str(text);
        Span::new(start, self.chars)
    }

    fn sentence(&mut self, rows: Vec<Row>, new_paragraph: bool, given_text: Option<String>) {
        if !self.given.sentences.is_empty() {
            if new_paragraph {
                self.paragraph += 1;
                self.append("\n\n");
            } else if !self.close {
                self.append(" ");
            }
        }
        let mut tokens: Vec<Token> = Vec::new();
        let mut at = 0;
        let mut space = false;
        let start_byte = self.given.text.len();
        while at < rows.len() {
            let row = &rows[at];
            if row.form.is_empty() {
                at += 1;
                continue;
            }
            if space {
                self.append(" ");
            }
            space = row.space_after;
            // A form with a space inside ("10 000") is written as it is.
            let span = self.append(&row.form);
            if row.last == row.first {
                tokens.push(Token { text: row.form.clone(), span, ..Token::default() });
                at += 1;
                continue;
            }
            let words: Vec<&Row> =
                rows[at + 1..].iter().take_while(|word| word.first == word.last && word.first <= row.last).collect();
            let words: Vec<&Row> = words.into_iter().filter(|word| !word.form.is_empty()).collect();
            for (word, span) in words.iter().zip(share(&row.form, span, &words)) {
                tokens.push(Token { text: word.form.clone(), span, ..Token::default() });
            }
            at +=
                1 + rows[at + 1..].iter().take_while(|word| word.first <= row.last && word.first == word.last).count();
        }
        self.close = !space;
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
        let span = first.span.cover(last.span);
        if given_text.is_some_and(|text| self.given.text[start_byte..].trim() != text.trim()) {
            self.given.remarks.push(
                Remark::new(
                    "text-differs",
                    "the tokens do not spell the line `# text`: offsets count in the text they spell",
                )
                .at(span),
            );
        }
        let index = self.given.sentences.len();
        self.given.sentences.push(Sentence { index, paragraph: self.paragraph, span, tokens, ..Sentence::default() });
    }
}

/// The parts of a longer token that its words take: in order where the words
/// spell it, else each the whole.
fn share(form: &str, span: Span, words: &[&Row]) -> Vec<Span> {
    let spelled: String = words.iter().map(|word| word.form.as_str()).collect();
    if spelled.chars().count() != form.chars().count() {
        return words.iter().map(|_| span).collect();
    }
    let mut start = span.start;
    words
        .iter()
        .map(|word| {
            let end = start + word.form.chars().count();
            let part = Span::new(start, end);
            start = end;
            part
        })
        .collect()
}

/// Writes read sentences. `text` is the clean text their spans point into.
pub fn write(id: &str, text: &record::Text, sentences: &[Sentence]) -> String {
    let mut out = String::new();
    let mut paragraph = None;
    for sentence in sentences {
        if sentence.index == 0 {
            let _ = writeln!(out, "# newdoc id = {id}");
        }
        let _ = writeln!(out, "# sent_id = {id}-{}", sentence.index + 1);
        if paragraph != Some(sentence.paragraph) {
            let _ = writeln!(out, "# newpar id = {id}-p{}", sentence.paragraph + 1);
            paragraph = Some(sentence.paragraph);
        }
        let line = text.get(sentence.span).unwrap_or_default().replace(['\n', '\t'], " ");
        let _ = writeln!(out, "# text = {line}");
        for index in 0..sentence.tokens.len() {
            row(&mut out, sentence, index, sentences.get(sentence.index + 1));
        }
        out.push('\n');
    }
    out
}

fn row(out: &mut String, sentence: &Sentence, index: usize, next_sentence: Option<&Sentence>) {
    let token = &sentence.tokens[index];
    let next = sentence.tokens.get(index + 1);
    let follows = next
        .map(|next| next.span.start)
        .or_else(|| next_sentence.filter(|next| next.paragraph == sentence.paragraph).map(|next| next.span.start));
    let close = follows.is_some_and(|start| start <= token.span.end);
    if let Some(next) = next
        && close
        && is_clitic(&next.text)
        && token.text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '&'))
    {
        let space = sentence.tokens.get(index + 2).is_some_and(|after| after.span.start <= next.span.end);
        let misc = if space { "SpaceAfter=No" } else { "_" };
        let _ = writeln!(out, "{}-{}\t{}{}\t_\t_\t_\t_\t_\t_\t_\t{misc}", index + 1, index + 2, token.text, next.text);
    }
    let dash = |text: &str| if text.is_empty() { "_".to_string() } else { text.replace(['\t', '\n'], " ") };
    let head = match token.head {
        Some(head) => (head + 1).to_string(),
        None if token.deprel.is_empty() => "_".to_string(),
        None => "0".to_string(),
    };
    let upos = if token.xpos.is_empty() && token.upos == Upos::X { "_" } else { token.upos.as_str() };
    let mut misc = Vec::new();
    if close {
        misc.push("SpaceAfter=No".to_string());
    }
    misc.push(format!("TokenRange={}:{}", token.span.start, token.span.end));
    if let Some(mention) = sentence.mentions.iter().find(|mention| mention.first <= index && index < mention.last) {
        let part = if mention.first == index { 'B' } else { 'I' };
        misc.push(format!("ner={part}-{}", mention.kind.as_str()));
    }
    let _ = writeln!(
        out,
        "{}\t{}\t{}\t{upos}\t{}\t_\t{head}\t{}\t_\t{}",
        index + 1,
        dash(&token.text),
        dash(&token.lemma),
        dash(&token.xpos),
        dash(&token.deprel),
        misc.join("|")
    );
}

fn is_clitic(text: &str) -> bool {
    let plain = text.replace('’', "'").to_lowercase();
    matches!(plain.as_str(), "n't" | "'s" | "'re" | "'ve" | "'ll" | "'d" | "'m" | "not" | "na")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[(&str, &str, &str)]) -> String {
        rows.iter().map(|(id, form, misc)| format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n")).collect()
    }

    #[test]
    fn given_tokens_are_kept_and_point_into_the_text() {
        let source = format!(
            "# newdoc id = one\n# newpar\n# text = They can't agree.\n{}\n# text = Why?\n{}\n# newpar\n{}",
            rows(&[
                ("1", "They", "_"),
                ("2-3", "can't", "_"),
                ("2", "ca", "_"),
                ("3", "n't", "_"),
                ("4", "agree", "SpaceAfter=No"),
                ("4.1", "ghost", "_"),
                ("5", ".", "_"),
            ]),
            rows(&[("1", "Why", "SpaceAfter=No"), ("2", "?", "_")]),
            rows(&[("1", "Señor", "_"), ("2", "Díaz", "_")]),
        );
        let given = parse(&source);
        assert_eq!(given.len(), 1);
        assert_eq!(given[0].id.as_deref(), Some("one"));
        assert_eq!(given[0].text, "They can't agree. Why?\n\nSeñor Díaz");
        assert!(given[0].remarks.is_empty(), "{:?}", given[0].remarks);
        let text = record::Text::new(given[0].text.clone());
        for sentence in &given[0].sentences {
            for token in &sentence.tokens {
                assert_eq!(text.get(token.span), Some(token.text.as_str()));
            }
        }
        assert_eq!(given[0].sentences[2].paragraph, 1);
        // And back: reading what was written gives the same.
        let written = write("one", &text, &given[0].sentences);
        let again = parse(&written);
        assert_eq!(again[0].text, given[0].text);
        assert_eq!(again[0].sentences, given[0].sentences);
    }

    #[test]
    fn a_bad_row_is_a_remark() {
        let given = parse("1\tYes\t_\t_\t_\t_\t_\t_\t_\t_\nnot a row\n");
        assert_eq!(given[0].sentences.len(), 1);
        assert_eq!(
            given[0].remarks[0].to_string(),
            "bad-line: line 2 is not a row of CoNLL-U and was left out: give ten columns parted by tabs"
        );
    }

    #[test]
    fn text_that_differs_is_told() {
        let given = parse("# text = No way\n1\tYes\t_\t_\t_\t_\t_\t_\t_\t_\n");
        assert_eq!(given[0].remarks[0].kind, "text-differs");
    }

    #[test]
    fn looks() {
        assert!(looks_like("# a\n1\tYes\t_\t_\t_\t_\t_\t_\t_\t_\n"));
        assert!(!looks_like("One\ttwo\n"));
        assert!(!looks_like(""));
    }
}
