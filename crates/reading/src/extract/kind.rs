//! What kind of file it is.
//!
//! Takes the first bytes, the text and the name; gives a [`Kind`], or the name
//! of the binary format. The bytes win over the name where they are plain.

/// The kinds of source that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Html,
    Markdown,
    /// One JSON object a line; one object or one array of objects will do, too.
    Jsonl,
    Conllu,
}

impl Kind {
    /// The kind a command-line word names.
    pub fn parse(name: &str) -> Option<Kind> {
        Some(match name {
            "text" | "txt" | "plain" => Kind::Plain,
            "html" | "htm" | "xhtml" => Kind::Html,
            "markdown" | "md" => Kind::Markdown,
            "jsonl" | "ndjson" | "json" => Kind::Jsonl,
            "conllu" | "conll" => Kind::Conllu,
            _ => return None,
        })
    }
}

/// What the bytes are, where they are not text.
pub(super) fn binary(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 12] = [
        (b"%PDF-", "a PDF"),
        (b"PK\x03\x04", "a zip archive or an office document"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\xfd7zXZ", "an xz archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\x28\xb5\x2f\xfd", "a zstd archive"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"\x7fELF", "a program"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
        (b"SQLite format 3", "a database"),
    ];
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(what);
    }
    let head = &bytes[..bytes.len().min(8192)];
    if super::encoding::is_utf16(head) {
        return None;
    }
    let strange = head
        .iter()
        .filter(|&&byte| byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t' | 0x0c | 0x1b) || byte == 0x7f)
        .count();
    (head.contains(&0) || strange * 20 > head.len()).then_some("binary data")
}

/// The kind of a text.
pub(super) fn sniff(text: &str, name: &str) -> Kind {
    let head: String = text.chars().take(2000).collect();
    let lower = head.trim_start().to_lowercase();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    let page = lower.starts_with("<!doctype html")
        || lower.starts_with("<html")
        || lower.contains("<html")
        || lower.contains("<body");
    if page && Kind::parse(&ending) != Some(Kind::Markdown) {
        return Kind::Html;
    }
    if lower.starts_with('{') && lower.contains('"')
        || lower.starts_with("[{")
        || lower.starts_with("[\n") && lower.contains('{')
    {
        return Kind::Jsonl;
    }
    if crate::conllu::looks_like(text) {
        return Kind::Conllu;
    }
    if let Some(kind) = Kind::parse(&ending) {
        return kind;
    }
    let tags = ["<p>", "<p ", "<div", "<article", "<br", "</p>"];
    if lower.starts_with('<') && tags.iter().any(|tag| lower.contains(tag)) {
        return Kind::Html;
    }
    let heading = head.lines().any(|line| line.starts_with("# ") || line.starts_with("## "));
    let front = lower.starts_with("---\n") && lower.contains(": ");
    if front
        || heading
            && (head.contains("](")
                || head.contains("**")
                || head.lines().filter(|line| line.starts_with('#')).count() > 1)
    {
        return Kind::Markdown;
    }
    Kind::Plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        for (text, name, kind) in [
            ("Envoys met.", "a.txt", Kind::Plain),
            ("Envoys met.", "-", Kind::Plain),
            ("Envoys met.", "a.md", Kind::Markdown),
            ("<!DOCTYPE html><p>x", "a.txt", Kind::Html),
            ("<p>One</p><p>Two</p>", "-", Kind::Html),
            ("One < two and three > two", "-", Kind::Plain),
            ("{\"text\": \"x\"}", "-", Kind::Jsonl),
            ("[{\"text\": \"x\"}]", "rows", Kind::Jsonl),
            ("{curly} said", "-", Kind::Plain),
            ("# Head\n\n## Two\n\nBody", "-", Kind::Markdown),
            ("1\tYes\t_\t_\t_\t_\t_\t_\t_\t_\n", "-", Kind::Conllu),
        ] {
            assert_eq!(sniff(text, name), kind, "{text:?} {name}");
        }
    }

    #[test]
    fn binaries() {
        assert_eq!(binary(b"%PDF-1.7 ..."), Some("a PDF"));
        assert_eq!(binary(b"a\0b"), Some("binary data"));
        assert_eq!(binary("h\0i\0 \0t\0h\0e\0r\0e\0".as_bytes()), None, "UTF-16");
        assert_eq!(binary("Señor".as_bytes()), None);
        assert_eq!(binary(b"Se\xf1or"), None);
    }
}
