//! A web page to paragraphs.
//!
//! Takes the text of a page and a [`MainText`]; gives a [`Draft`] rendered
//! block by block. The choice of the main text is the library's, the rendering
//! is ours: its plain text has no paragraph breaks.

use ego_tree::iter::Edge;
use record::{Block, Cut};
use scraper::{Html, Node};

use super::draft::Draft;
use super::html_facts;
use crate::clean::normalise_line;

/// Finds the main text of a page. The door behind which the library stands,
/// so that another can take its place.
pub trait MainText {
    /// The part of the page that is the article, as HTML; `None` where there is none.
    fn main_text(&self, page: &str) -> Option<String>;
}

/// The `trafilatura` crate, set to leave out rather than take in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Trafilatura;

impl MainText for Trafilatura {
    fn main_text(&self, page: &str) -> Option<String> {
        let options = trafilatura::Options::default()
            .with_focus(trafilatura::ExtractionFocus::FavorPrecision)
            .with_fallback(true)
            .with_exclude_comments(true)
            .with_exclude_tables(true)
            .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
        // A foreign library may trip over a strange page; the page is then
        // rendered whole.
        let found = std::panic::catch_unwind(|| trafilatura::extract(page, &options)).ok()?.ok()?;
        Some(found.content_html).filter(|html| !html.trim().is_empty())
    }
}

/// Pages nested deeper than this are not given to the library, which recurses.
const DEEPEST: usize = 200;

/// Pages that open this many more elements than they close are not parsed:
/// the parser's time grows with the square of the depth.
const MOST_OPEN: usize = 2_000;

pub(super) fn draft(page: &str, extractor: &dyn MainText) -> Draft {
    if most_open(page) > MOST_OPEN {
        return super::plain::draft(&without_tags(page));
    }
    let document = Html::parse_document(page);
    let mut draft = Draft { facts: html_facts::facts(&document), ..Draft::default() };
    let main = if depth(&document) <= DEEPEST { extractor.main_text(page) } else { None };
    draft.blocks = match main {
        Some(html) => render(&Html::parse_fragment(&html)),
        None => fallback(&document),
    };
    // The headline is metadata; where the main text opens with it once more it
    // would be read twice.
    if let Some(title) = &draft.facts.title
        && let Some((block, first)) = draft.blocks.first_mut()
        && same(title, first)
    {
        *block = Block::Title;
    }
    let mut kept = Vec::new();
    for (block, text) in std::mem::take(&mut draft.blocks) {
        if block == Block::Byline && text.is_empty() {
            draft.cut.push(Cut { text, reason: "byline".into() });
        } else {
            kept.push((block, text));
        }
    }
    for (block, text) in &mut kept {
        if *block == Block::Body && crate::clean::is_caption(text) {
            *block = Block::Caption;
        }
    }
    draft.blocks = kept;
    draft
}

/// How many elements are open at once, at most, counted without a parser.
fn most_open(page: &str) -> usize {
    let mut open: usize = 0;
    let mut most = 0;
    for piece in page.split('<').skip(1) {
        if piece.starts_with('/') {
            open = open.saturating_sub(1);
            continue;
        }
        let name: String =
            piece.chars().take(8).take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let lone = matches!(
            name.as_str(),
            "" | "br"
                | "img"
                | "meta"
                | "link"
                | "input"
                | "hr"
                | "source"
                | "p"
                | "li"
                | "wbr"
                | "area"
                | "base"
                | "col"
                | "embed"
                | "track"
                | "param"
                | "td"
                | "tr"
                | "th"
                | "option"
                | "path"
                | "dd"
                | "dt"
        );
        if !lone && !piece.split('>').next().is_some_and(|tag| tag.ends_with('/')) {
            open += 1;
            most = most.max(open);
        }
    }
    most
}

/// The text between the tags, scripts and styles left out.
fn without_tags(page: &str) -> String {
    let mut out = String::new();
    let mut until: Option<&str> = None;
    for (index, piece) in page.split('<').enumerate() {
        let (tag, text) = if index == 0 { ("", piece) } else { piece.split_once('>').unwrap_or((piece, "")) };
        let lower: String = tag.chars().take(8).collect::<String>().to_ascii_lowercase();
        if let Some(end) = until {
            if lower.starts_with(end) {
                until = None;
            }
            continue;
        }
        if lower.starts_with("script") {
            until = Some("/script");
            continue;
        }
        if lower.starts_with("style") {
            until = Some("/style");
            continue;
        }
        let name = lower.trim_start_matches('/');
        if ["p", "div", "br", "li", "h1", "h2", "h3"]
            .iter()
            .any(|block| name == *block || name.starts_with(&format!("{block} ")))
        {
            out.push('\n');
        }
        out.push_str(text);
    }
    out
}

fn same(a: &str, b: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(a) == letters(b)
}

fn depth(document: &Html) -> usize {
    let mut now: usize = 0;
    let mut deepest = 0;
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(_) => {
                now += 1;
                deepest = deepest.max(now);
            }
            Edge::Close(_) => now = now.saturating_sub(1),
        }
    }
    deepest
}

/// Whether an element parts paragraphs, and what kind of line it holds.
fn block_of(name: &str) -> Option<Block> {
    Some(match name {
        "p" | "div" | "li" | "ul" | "ol" | "blockquote" | "section" | "article" | "td" | "th" | "tr" | "table"
        | "pre" | "dd" | "dt" | "dl" | "header" | "footer" | "main" | "figure" | "aside" | "hr" | "br" | "body" => {
            Block::Body
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Block::Heading,
        "figcaption" => Block::Caption,
        _ => return None,
    })
}

/// Elements whose text nobody sees, or is no text.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "iframe"
            | "svg"
            | "button"
            | "select"
            | "form"
            | "nav"
            | "head"
            | "title"
            | "textarea"
            | "object"
    )
}

/// Text of a tree, block by block, in order.
fn render(document: &Html) -> Vec<(Block, String)> {
    let mut out = Renderer::default();
    let mut skipping = 0;
    for edge in document.tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(element) => {
                    let name = element.name();
                    if is_skipped(name) {
                        skipping += 1;
                    }
                    if let Some(block) = block_of(name) {
                        out.flush();
                        out.stack.push(block);
                    }
                }
                Node::Text(text) if skipping == 0 => out.open.push_str(text),
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    let name = element.name();
                    if is_skipped(name) {
                        skipping -= 1;
                    }
                    if block_of(name).is_some() {
                        out.flush();
                        out.stack.pop();
                    }
                }
            }
        }
    }
    out.flush();
    out.done
}

#[derive(Default)]
struct Renderer {
    done: Vec<(Block, String)>,
    open: String,
    stack: Vec<Block>,
}

impl Renderer {
    fn flush(&mut self) {
        let text = normalise_line(&std::mem::take(&mut self.open));
        if text.is_empty() {
            return;
        }
        // A paragraph inside a caption is caption, inside a heading heading.
        let block = self.stack.iter().copied().find(|block| *block != Block::Body).unwrap_or_default();
        self.done.push((block, text));
    }
}

/// Paragraphs of the page itself, where the library found no main text: those
/// inside an article if there is one, and only such as read like prose.
fn fallback(document: &Html) -> Vec<(Block, String)> {
    let mut out = Renderer::default();
    let mut inside = 0;
    let mut skipping = 0;
    let article = document
        .tree
        .root()
        .descendants()
        .any(|node| node.value().as_element().is_some_and(|element| element.name() == "article"));
    for edge in document.tree.root().traverse() {
        let (opens, node) = match edge {
            Edge::Open(node) => (true, node),
            Edge::Close(node) => (false, node),
        };
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                let step: i32 = if opens { 1 } else { -1 };
                if is_skipped(name) || matches!(name, "footer" | "aside" | "a") {
                    skipping += step;
                }
                if name == "article" || (!article && name == "body") {
                    inside += step;
                }
                if block_of(name).is_some() {
                    out.flush();
                }
            }
            Node::Text(text) if opens && inside > 0 && skipping == 0 => out.open.push_str(text),
            _ => {}
        }
    }
    out.flush();
    let prose = |text: &str| text.split_whitespace().count() >= 6 && text.contains(['.', '!', '?', '…']);
    out.done.into_iter().filter(|(_, text)| prose(text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Whole;
    impl MainText for Whole {
        fn main_text(&self, page: &str) -> Option<String> {
            Some(page.to_string())
        }
    }

    #[test]
    fn blocks_keep_their_kind_and_order() {
        let page = "<div><h2>A fragile truce</h2><p>One <b>went</b>&nbsp;home.</p><p>Two<br>Three<script>no()</script></p>\
                    <figure><figcaption>The bridge.</figcaption></figure><ul><li>Four</li><li>Five</li></ul></div>";
        let found = draft(page, &Whole).blocks;
        let found: Vec<(Block, &str)> = found.iter().map(|(block, text)| (*block, text.as_str())).collect();
        assert_eq!(
            found,
            [
                (Block::Heading, "A fragile truce"),
                (Block::Body, "One went home."),
                (Block::Body, "Two"),
                (Block::Body, "Three"),
                (Block::Caption, "The bridge."),
                (Block::Body, "Four"),
                (Block::Body, "Five"),
            ]
        );
    }

    #[test]
    fn a_page_nested_a_hundred_thousand_deep_is_no_trouble() {
        let page =
            format!("<html><body>{}<p>Envoys of both sides met in the old harbour town.</p>", "<div>".repeat(100_000));
        let draft = draft(&page, &Trafilatura);
        assert!(draft.blocks.len() <= 1);
    }
}
