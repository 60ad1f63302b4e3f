//! Markdown to paragraphs.
//!
//! Takes Markdown; gives a [`Draft`]: front matter read as metadata, markup
//! taken off, words as they are. Never keeps an address in place of its words.

use record::{Block, Cut, PublishedBasis};

use super::dates;
use super::draft::Draft;
use crate::clean::normalise_line;

pub(super) fn draft(text: &str) -> Draft {
    let mut draft = Draft::default();
    let text = text.replace("\r\n", "\n");
    let mut body = text.as_str();
    if let Some(rest) = text.trim_start().strip_prefix("---\n")
        && let Some((front, after)) = rest.split_once("\n---")
    {
        front_matter(front, &mut draft);
        body = after.trim_start_matches('-');
    }
    let mut open: Option<(Block, String)> = None;
    let mut code = false;
    for line in body.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            code = !code;
            flush(&mut draft, &mut open);
            continue;
        }
        if code {
            if !trimmed.is_empty() {
                draft.cut.push(Cut { text: normalise_line(line), reason: "code".into() });
            }
            continue;
        }
        let trimmed = trimmed.trim_start_matches(['>', ' ']);
        let rule = trimmed.len() >= 3 && trimmed.chars().all(|c| matches!(c, '-' | '*' | '_' | ' ' | '='));
        if trimmed.is_empty() || rule {
            // A line of marks under a line makes that line a heading.
            if rule
                && trimmed.starts_with(['-', '='])
                && let Some((block, _)) = open.as_mut()
            {
                *block = Block::Heading;
            }
            flush(&mut draft, &mut open);
            continue;
        }
        if let Some(heading) = heading(trimmed) {
            flush(&mut draft, &mut open);
            push(&mut draft, Block::Heading, heading);
            continue;
        }
        if let Some(item) = item(trimmed) {
            flush(&mut draft, &mut open);
            open = Some((Block::Body, item.to_string()));
            continue;
        }
        match open.as_mut() {
            Some((_, text)) => {
                text.push(' ');
                text.push_str(trimmed);
            }
            None => open = Some((Block::Body, trimmed.to_string())),
        }
        // Two blanks at the end of a line break it.
        if line.ends_with("  ") {
            flush(&mut draft, &mut open);
        }
    }
    flush(&mut draft, &mut open);
    // The first heading, if nothing stands before it, is the title.
    if let Some((block, text)) = draft.blocks.first_mut()
        && *block == Block::Heading
    {
        *block = Block::Title;
        draft.facts.title.get_or_insert_with(|| text.clone());
    }
    draft
}

fn flush(draft: &mut Draft, open: &mut Option<(Block, String)>) {
    if let Some((block, text)) = open.take() {
        push(draft, block, &text);
    }
}

fn push(draft: &mut Draft, block: Block, text: &str) {
    let text = normalise_line(&inline(text, &mut draft.cut));
    if !text.is_empty() {
        draft.blocks.push((block, text));
    }
}

fn heading(line: &str) -> Option<&str> {
    let level = line.chars().take_while(|&c| c == '#').count();
    if !(1..=6).contains(&level) {
        return None;
    }
    line[level..].strip_prefix(' ').map(|text| text.trim().trim_end_matches('#').trim())
}

fn item(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).or_else(|| line.strip_prefix("+ "))
    {
        return Some(rest);
    }
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = &line[digits..];
    (1..=2).contains(&digits).then(|| rest.strip_prefix(". ").or_else(|| rest.strip_prefix(") "))).flatten()
}

/// Takes inline markup off: emphasis, links, pictures, code marks, tags.
fn inline(text: &str, cut: &mut Vec<Cut>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((alt, after)) = rest.strip_prefix('!').and_then(link) {
            cut.push(Cut { text: alt.to_string(), reason: "picture".into() });
            rest = after;
            continue;
        }
        if let Some((words, after)) = link(rest) {
            out.push_str(&inline(words, cut));
            rest = after;
            continue;
        }
        if let Some(after) = rest.strip_prefix('\\')
            && after.starts_with(|c: char| c.is_ascii_punctuation())
        {
            out.extend(after.chars().next());
            rest = &after[1..];
            continue;
        }
        if c == '<'
            && let Some(end) = rest.find('>')
            && rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
            && end < 200
        {
            let inner = &rest[1..end];
            if inner.contains("://") || inner.contains('@') {
                out.push_str(inner);
            }
            rest = &rest[end + 1..];
            continue;
        }
        let before = out.chars().next_back().unwrap_or(' ');
        let after = rest[c.len_utf8()..].chars().next().unwrap_or(' ');
        let between_words = before.is_alphanumeric() && after.is_alphanumeric();
        let loose = before.is_whitespace() && after.is_whitespace();
        let mark = match c {
            '*' | '`' => !loose,
            '_' => !between_words && !loose,
            _ => false,
        };
        if !mark {
            out.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// `[words](address)` or `[words][reference]` at the front.
fn link(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('[')?;
    let close = inner.find(']')?;
    let after = &inner[close + 1..];
    let end = if let Some(address) = after.strip_prefix('(') {
        address.find(')')? + 2
    } else if let Some(reference) = after.strip_prefix('[') {
        reference.find(']')? + 2
    } else {
        return None;
    };
    Some((&inner[..close], &after[end..]))
}

/// `key: value` lines, as many tools write them.
fn front_matter(front: &str, draft: &mut Draft) {
    for line in front.lines() {
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim().trim_matches(['"', '\'']).trim().to_string();
        if value.is_empty() {
            continue;
        }
        match key.trim().to_lowercase().as_str() {
            "title" => draft.facts.title = Some(value),
            "author" | "byline" | "authors" => draft.facts.byline = Some(value.trim_matches(['[', ']']).to_string()),
            "date" | "published" => {
                draft.facts.published = dates::field(&value).map(|date| (date, PublishedBasis::Field));
            }
            "publication" | "source" | "publisher" => draft.facts.publication = Some(value),
            "url" | "link" => draft.facts.url = Some(value),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_goes_words_stay() {
        let source = "---\ntitle: \"Talks resume\"\ndate: 2020-05-04\npublication: Harbour News\n---\n\n# Talks resume\n\nEnvoys **met** in\n[Oslo](https://a.example/x), and `both` sides _agreed_ on snake_case and 2 * 3.\n\n## Reactions\n\n> “No,” said one.\n\n- First item\n  goes on\n- Second\n\n![A bridge](b.png)\n\n```\ncode\n```\n";
        let draft = draft(source);
        assert_eq!(draft.facts.title.as_deref(), Some("Talks resume"));
        assert_eq!(draft.facts.publication.as_deref(), Some("Harbour News"));
        assert_eq!(draft.facts.published.unwrap().0.to_string(), "2020-05-04");
        let found: Vec<(Block, &str)> = draft.blocks.iter().map(|(block, text)| (*block, text.as_str())).collect();
        assert_eq!(
            found,
            [
                (Block::Title, "Talks resume"),
                (Block::Body, "Envoys met in Oslo, and both sides agreed on snake_case and 2 * 3."),
                (Block::Heading, "Reactions"),
                (Block::Body, "“No,” said one."),
                (Block::Body, "First item goes on"),
                (Block::Body, "Second"),
            ]
        );
        let cut: Vec<&str> = draft.cut.iter().map(|cut| cut.reason.as_str()).collect();
        assert_eq!(cut, ["picture", "code"]);
    }
}
