//! Attributions against PolNeAR: who (source), by which word (cue), says or
//! holds what (content).
//!
//! Takes a folder with `text/*.txt` and `attributions/*.ann` (brat stand-off,
//! offsets in code points); prints precision, recall and F1 of overlap and of
//! exact spans for each of the three. A found span is right if it shares a word
//! with a gold span of its kind; each counts once, the largest overlap first.
//! Never reads the annotation before it has read the text, and counts what the
//! cleaner cut as missed.
//!
//! The corpus gives each word one part in one attribution, so what a source is
//! quoted as saying about others' words is not marked there; attributions
//! whose cue lies in the content of another are left out here, too, and
//! counted in the second table, which leaves nothing out.
//!
//! ```text
//! cargo xtask polnear FOLDER [--errors]
//! ```

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use archive::{Defaults, Ground, Kind, Source};
use record::{CueClass, Document, Sentence, Span};

use crate::treebank::Figures;

const PARTS: [&str; 3] = ["source", "cue", "content"];

/// Words of the raw text by number; a span is the set of words it touches.
type Words = BTreeSet<usize>;

/// One attribution: the words of source, cue and content, each maybe none.
#[derive(Debug, Clone, Default)]
struct Attribution {
    parts: [Words; 3],
    /// What `--errors` groups by.
    key: String,
}

#[derive(Debug, Clone, Copy, Default)]
struct Count {
    gold: usize,
    found: usize,
    right: usize,
    exact: usize,
}

impl Count {
    fn line(&self) -> String {
        let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
        let f1 = |right: usize| 2.0 * share(right, self.gold + self.found);
        format!(
            "P {:.3}  R {:.3}  F1 {:.3}   exact F1 {:.3}   ({} gold, {} found)",
            share(self.right, self.found),
            share(self.right, self.gold),
            f1(self.right),
            f1(self.exact),
            self.gold,
            self.found
        )
    }

    fn add(&mut self, other: Count) {
        self.gold += other.gold;
        self.found += other.found;
        self.right += other.right;
        self.exact += other.exact;
    }
}

pub fn run(arguments: &[&str]) -> Result<(), String> {
    let (folder, errors) = match arguments {
        [folder] => (Path::new(folder), false),
        [folder, "--errors"] => (Path::new(folder), true),
        _ => return Err("usage: cargo xtask polnear FOLDER [--errors]".to_string()),
    };
    let ground = Ground::embedded();
    let mut outermost = [Count::default(); 3];
    let mut everything = [Count::default(); 3];
    let mut people = [Count::default(); 3];
    let (mut articles, mut attributions, mut cut) = (0, 0, 0);
    let mut listed: Vec<Line> = Vec::new();
    // By cue: attributions found, and those with a wrong cue.
    let mut by_key: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (text, files) in articles_of(folder)? {
        let raw = Raw::new(read(&text)?);
        let found = found(&ground, &raw, &text)?;
        let mut readers = Vec::new();
        for file in &files {
            readers.push(gold(&read(file)?, &raw)?);
        }
        let (gold, unread) = &readers[0];
        articles += 1;
        attributions += gold.len();
        cut += gold.iter().filter(|one| one.parts.iter().flatten().any(|word| !found.words.contains(word))).count();
        // Where readers were told not to look, nothing found counts.
        let counted = |one: &&Attribution| !one.parts[1].iter().chain(&one.parts[2]).any(|word| unread.contains(word));
        let all: Vec<Attribution> = found.attributions.iter().filter(counted).cloned().collect();
        let outer = without_nested(&all);
        for part in 0..3 {
            let (count, missed, wrong) = compare(gold, &outer, part);
            outermost[part].add(count);
            everything[part].add(compare(gold, &all, part).0);
            if errors {
                if part == 1 {
                    for one in &outer {
                        by_key.entry(one.key.clone()).or_default().0 += 1;
                    }
                    for &at in &wrong {
                        by_key.entry(outer[at].key.clone()).or_default().1 += 1;
                    }
                }
                let list = |attributions: &[Attribution], at: &[usize], sign| {
                    at.iter().map(|&at| Line::new(&attributions[at], part, sign, &raw)).collect::<Vec<_>>()
                };
                // What is found only inside another's content stands apart.
                let (lost, missed): (Vec<usize>, Vec<usize>) = missed
                    .into_iter()
                    .partition(|&at| all.iter().any(|one| !one.parts[part].is_disjoint(&gold[at].parts[part])));
                listed.extend(list(gold, &lost, '~'));
                listed.extend(list(gold, &missed, '-'));
                listed.extend(list(&outer, &wrong, '+'));
            }
        }
        for (other, _) in readers.iter().skip(1) {
            for (part, total) in people.iter_mut().enumerate() {
                total.add(compare(gold, other, part).0);
            }
        }
    }
    listed.sort();
    for line in &listed {
        println!("{}", line.text);
    }
    for (key, (found, wrong)) in &by_key {
        println!("= {key}: {found} found, {wrong} wrong");
    }
    println!(
        "{articles} articles, {attributions} attributions, {cut} with words that the cleaner cut (counted as missed)"
    );
    for (title, counts) in [
        ("outermost attributions, as the corpus marks them", outermost),
        ("all attributions found, nested ones too", everything),
        ("people: further readers of an article against the first", people),
    ] {
        println!("{title}");
        for (name, count) in PARTS.iter().zip(counts) {
            println!("  {name:8} {}", count.line());
        }
    }
    Ok(())
}

/// Overlap F1 of the outermost attributions, in hundredths, against the first
/// reader of each text.
pub fn score(ground: &Ground, folder: &Path) -> Result<Figures, String> {
    let mut counts = [Count::default(); 3];
    for (text, files) in articles_of(folder)? {
        let raw = Raw::new(read(&text)?);
        let found = found(ground, &raw, &text)?;
        let Some(file) = files.first() else { continue };
        let (gold, unread) = gold(&read(file)?, &raw)?;
        let counted = |one: &&Attribution| !one.parts[1].iter().chain(&one.parts[2]).any(|word| unread.contains(word));
        let all: Vec<Attribution> = found.attributions.iter().filter(counted).cloned().collect();
        let outer = without_nested(&all);
        for (part, total) in counts.iter_mut().enumerate() {
            total.add(compare(&gold, &outer, part).0);
        }
    }
    let f1 = |count: &Count| 200.0 * count.right as f64 / (count.gold + count.found).max(1) as f64;
    Ok(PARTS.iter().zip(&counts).map(|(name, count)| (format!("{name}_overlap_f1"), f1(count))).collect())
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Each text with its annotations, which are named `TEXT_READER.ann`.
fn articles_of(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<PathBuf>>, String> {
    let list = |name: &str| -> Result<Vec<PathBuf>, String> {
        let entries = fs::read_dir(folder.join(name)).map_err(|error| format!("{name}: {error}"))?;
        let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        Ok(paths)
    };
    let mut out: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for file in list("attributions")? {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().to_string();
        let name = stem.rsplit_once('_').map_or(stem.as_str(), |(name, _)| name);
        out.entry(folder.join("text").join(format!("{name}.txt"))).or_default().push(file);
    }
    for text in list("text")? {
        if !out.contains_key(&text) {
            return Err(format!("{}: no annotation, put one into attributions", text.display()));
        }
    }
    Ok(out)
}

/// A text as it came, cut into words: runs of letters and digits; any other
/// character that is no white space is a mark by itself.
struct Raw {
    text: String,
    chars: Vec<char>,
    /// The word a code point belongs to.
    word_at: Vec<Option<usize>>,
    words: Vec<Span>,
    is_mark: Vec<bool>,
}

impl Raw {
    fn new(text: String) -> Raw {
        let chars: Vec<char> = text.chars().collect();
        let mut word_at = vec![None; chars.len()];
        let (mut words, mut is_mark): (Vec<Span>, Vec<bool>) = (Vec::new(), Vec::new());
        for (at, &character) in chars.iter().enumerate() {
            if character.is_whitespace() {
                continue;
            }
            let letter = character.is_alphanumeric();
            let goes_on = letter && at > 0 && chars[at - 1].is_alphanumeric();
            if goes_on && let Some(word) = words.last_mut() {
                word.end = at + 1;
            } else {
                words.push(Span::new(at, at + 1));
                is_mark.push(!letter);
            }
            word_at[at] = Some(words.len() - 1);
        }
        Raw { text, chars, word_at, words, is_mark }
    }

    /// The words of a span; its marks only where it has nothing else.
    fn words_of(&self, spans: impl IntoIterator<Item = (usize, usize)>) -> Words {
        let mut all = Words::new();
        for (start, end) in spans {
            all.extend((start..end.min(self.chars.len())).filter_map(|at| self.word_at[at]));
        }
        if all.iter().any(|&word| !self.is_mark[word]) {
            all.retain(|&word| !self.is_mark[word]);
        }
        all
    }

    fn shown(&self, words: &Words) -> String {
        let mut out = String::new();
        let mut last: Option<usize> = None;
        for &word in words {
            let from = match last {
                Some(last) if word <= last + 2 => self.words[last].end,
                Some(_) => {
                    out.push_str(" … ");
                    self.words[word].start
                }
                None => self.words[word].start,
            };
            out.extend(&self.chars[from..self.words[word].end]);
            last = Some(word);
        }
        out.replace('\n', " ")
    }

    /// The line of the text a word stands in.
    fn line_around(&self, word: usize) -> String {
        let at = self.words[word].start;
        let start = self.chars[..at].iter().rposition(|&character| character == '\n').map_or(0, |at| at + 1);
        let end =
            self.chars[at..].iter().position(|&character| character == '\n').map_or(self.chars.len(), |end| at + end);
        self.chars[start..end].iter().collect()
    }
}

/// The marked attributions, and the words that the readers left unread.
fn gold(source: &str, raw: &Raw) -> Result<(Vec<Attribution>, Words), String> {
    let mut spans: HashMap<&str, (&str, Words)> = HashMap::new();
    let mut events: Vec<&str> = Vec::new();
    for line in source.lines() {
        let mut columns = line.split('\t');
        let (Some(id), Some(value)) = (columns.next(), columns.next()) else { continue };
        if id.starts_with('E') {
            events.push(value);
        } else if let Some((kind, places)) = value.split_once(' ').filter(|_| id.starts_with('T')) {
            let mut pairs = Vec::new();
            for place in places.split(';') {
                let mut numbers = place.split(' ').map(str::parse::<usize>);
                let (Some(Ok(start)), Some(Ok(end))) = (numbers.next(), numbers.next()) else {
                    return Err(format!("{line}: a span is two numbers"));
                };
                pairs.push((start, end));
            }
            spans.insert(id, (kind, raw.words_of(pairs)));
        }
    }
    let unread = spans.values().filter(|(kind, _)| *kind == "Discard").flat_map(|(_, words)| words.clone()).collect();
    let mut out = Vec::new();
    for event in events {
        let mut one = Attribution::default();
        for (role, id) in event.split(' ').filter_map(|link| link.split_once(':')) {
            let name = role.trim_end_matches(|character: char| character.is_ascii_digit()).to_lowercase();
            let Some(part) = PARTS.iter().position(|part| *part == name) else { continue };
            let (_, words) = spans.get(id).ok_or_else(|| format!("{event}: no span {id}"))?;
            one.parts[part].extend(words);
        }
        if one.parts.iter().any(|part| !part.is_empty()) {
            one.key = raw.shown(&one.parts[1]).to_lowercase();
            out.push(one);
        }
    }
    Ok((out, unread))
}

struct Found {
    attributions: Vec<Attribution>,
    /// The words of the text that were read.
    words: Words,
}

fn found(ground: &Ground, raw: &Raw, path: &Path) -> Result<Found, String> {
    let defaults = Defaults::default();
    let name = path.to_string_lossy();
    let source = Source { name: &name, kind: Some(Kind::Plain), defaults: Some(&defaults) };
    let extraction = archive::extract(raw.text.as_bytes(), &source).map_err(|refusal| refusal.to_string())?;
    let one = extraction.documents.into_iter().next().ok_or_else(|| format!("{name}: no document"))?;
    let (sentences, _) = ground.read(&one);
    let places = align(raw, &one.document, &sentences);
    let mut words = Words::new();
    for span in sentences.iter().flat_map(|sentence| &sentence.tokens).map(|token| token.span) {
        words.extend(raw.words_of((span.start..span.end).filter_map(|at| places[at]).map(|at| (at, at + 1))));
    }
    let of = |span: Span| raw.words_of((span.start..span.end).filter_map(|at| places[at]).map(|at| (at, at + 1)));
    // One cue is one attribution; quotations without a cue are one each.
    let mut by_cue: BTreeMap<(Option<(usize, usize)>, usize), Attribution> = BTreeMap::new();
    for quotation in sentences.iter().flat_map(|sentence| &sentence.quotations) {
        let number = if quotation.cue.is_some() { 0 } else { quotation.number };
        let one = by_cue.entry((quotation.cue, number)).or_default();
        one.parts[2].extend(of(quotation.span));
        if let Some((sentence, token)) = quotation.speaker {
            let cue = quotation.cue.filter(|cue| cue.0 == sentence).map(|cue| cue.1);
            one.parts[0].extend(of(phrase(&sentences[sentence], token, cue)));
        }
        if let Some((sentence, token)) = quotation.cue {
            let word = &sentences[sentence].tokens[token];
            one.parts[1].extend(of(word.span));
            let class = CueClass::ALL.iter().find(|(_, class)| *class == quotation.class).map_or("", |(name, _)| name);
            one.key = format!("{class} {}", word.lemma.to_lowercase());
        }
    }
    let mut attributions: Vec<Attribution> = by_cue.into_values().collect();
    // A word has one part, the source and the cue before the content.
    for one in &mut attributions {
        let [source, cue, content] = &mut one.parts;
        content.retain(|word| !source.contains(word) && !cue.contains(word));
    }
    Ok(Found { attributions, words })
}

/// The words under the head of a speaker, without the clause that holds the cue.
fn phrase(sentence: &Sentence, head: usize, cue: Option<usize>) -> Span {
    let more = |token: usize| matches!(sentence.tokens[token].relation(), "parataxis" | "cc" | "conj" | "punct");
    let mut inside = sentence.subtree(head);
    let holds_cue = |child: usize| cue.is_some_and(|cue| sentence.subtree(child).contains(&cue));
    // "the envoy, who": the pronoun stands for him, too.
    let pronoun = sentence.children(head).find(|&child| holds_cue(child)).and_then(|clause| {
        sentence.children(clause).find(|&child| matches!(sentence.tokens[child].xpos.as_str(), "WP" | "WDT"))
    });
    let cut: Vec<usize> = sentence.children(head).filter(|&child| more(child) || holds_cue(child)).collect();
    for child in cut {
        let below = sentence.subtree(child);
        inside.retain(|token| !below.contains(token));
    }
    inside.extend(pronoun);
    inside.iter().map(|&token| sentence.tokens[token].span).reduce(Span::cover).unwrap_or_default()
}

/// Where each code point of the clean text stands in the raw one. White space
/// is left out; a sentence is sought behind the one before it, then anywhere.
fn align(raw: &Raw, document: &Document, sentences: &[Sentence]) -> Vec<Option<usize>> {
    let solid: Vec<usize> = (0..raw.chars.len()).filter(|&at| !raw.chars[at].is_whitespace()).collect();
    let bare: String = solid.iter().map(|&at| raw.chars[at]).collect();
    let clean: Vec<char> = document.text.as_str().chars().collect();
    let mut places = vec![None; clean.len()];
    let mut cursor = 0;
    for sentence in sentences {
        let own: Vec<usize> =
            (sentence.span.start..sentence.span.end).filter(|&at| !clean[at].is_whitespace()).collect();
        let sought: String = own.iter().map(|&at| clean[at]).collect();
        let Some(byte) = bare[cursor..].find(&sought).map(|byte| cursor + byte).or_else(|| bare.find(&sought)) else {
            continue;
        };
        cursor = byte + sought.len();
        let first = bare[..byte].chars().count();
        for (step, at) in own.into_iter().enumerate() {
            places[at] = Some(solid[first + step]);
        }
    }
    places
}

/// Without those whose cue (or whole, where there is none) lies in the content
/// of another.
fn without_nested(all: &[Attribution]) -> Vec<Attribution> {
    let inner = |one: &Attribution| if one.parts[1].is_empty() { one.parts[2].clone() } else { one.parts[1].clone() };
    let nested = |at: usize| {
        let words = inner(&all[at]);
        all.iter().enumerate().any(|(other, outer)| {
            other != at
                && words.is_subset(&outer.parts[2])
                && outer.parts[2].len() > all[at].parts[2].len()
                && !inner(outer).is_subset(&all[at].parts[2])
        })
    };
    (0..all.len()).filter(|&at| !nested(at)).map(|at| all[at].clone()).collect()
}

/// Pairs spans of one kind, the largest overlap first; gives the counts, the
/// gold that was missed and the found that was wrong.
fn compare(gold: &[Attribution], found: &[Attribution], part: usize) -> (Count, Vec<usize>, Vec<usize>) {
    let with =
        |all: &[Attribution]| -> Vec<usize> { (0..all.len()).filter(|&at| !all[at].parts[part].is_empty()).collect() };
    let (mut missed, mut wrong) = (with(gold), with(found));
    let mut count = Count { gold: missed.len(), found: wrong.len(), ..Count::default() };
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for &left in &missed {
        for &right in &wrong {
            let shared = gold[left].parts[part].intersection(&found[right].parts[part]).count();
            if shared > 0 {
                pairs.push((usize::MAX - shared, left, right));
            }
        }
    }
    pairs.sort_unstable();
    for (_, left, right) in pairs {
        if missed.contains(&left) && wrong.contains(&right) {
            missed.retain(|&at| at != left);
            wrong.retain(|&at| at != right);
            count.right += 1;
            count.exact += usize::from(gold[left].parts[part] == found[right].parts[part]);
        }
    }
    (count, missed, wrong)
}

/// A mistake, for `--errors`: sorted by what it is and its cue.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    part: usize,
    sign: char,
    key: String,
    text: String,
}

impl Line {
    fn new(one: &Attribution, part: usize, sign: char, raw: &Raw) -> Line {
        let [source, cue, content] = one.parts.each_ref().map(|words| raw.shown(words));
        let around = one.parts[part].first().map(|&word| raw.line_around(word)).unwrap_or_default();
        let text = format!("{sign} {} [{}] {source} | {cue} | {content}\n      {around}", PARTS[part], one.key);
        Line { part, sign, key: one.key.clone(), text }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_sets_of_words() {
        let raw = Raw::new("Oslo said: “Stay.”\nNobody’s left — ever".to_string());
        let shown = |start, end| raw.shown(&raw.words_of([(start, end)]));
        assert_eq!(shown(0, 4), "Oslo");
        assert_eq!(shown(5, 10), "said");
        // Marks count only where there is no word.
        assert_eq!(shown(9, 10), ":");
        assert_eq!(shown(11, 18), "Stay");
    }

    #[test]
    fn each_span_counts_once() {
        let raw = Raw::new("Ana said one and Bo said two".to_string());
        let file = "T1\tSource 0 3\tAna\nT2\tCue 4 8\tsaid\nT3\tContent 9 12;24 28\tone\nE1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n";
        let (gold, _) = gold(file, &raw).unwrap();
        assert_eq!(raw.shown(&gold[0].parts[2]), "one … two");
        let of = |spans: [(usize, usize); 2]| {
            spans.map(|span| Attribution {
                parts: [Words::new(), Words::new(), raw.words_of([span])],
                ..Attribution::default()
            })
        };
        let (count, missed, wrong) = compare(&gold, &of([(9, 12), (25, 28)]), 2);
        assert_eq!((count.gold, count.found, count.right, count.exact), (1, 2, 1, 0));
        assert_eq!((missed.len(), wrong.len()), (0, 1));
        assert_eq!(compare(&gold, &of([(13, 16), (17, 19)]), 2).0.right, 0);
    }
}
