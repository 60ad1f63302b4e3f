//! Scores to tags: part of speech, Penn tag, lemma, entity.
//!
//! Takes: a model and sentences of words. Gives: an [`Analysis`] a word, with its
//! place in the tree from [`crate::parse`]. Never: an `I-` label that continues
//! nothing, or an empty lemma for a word that is not empty.
//!
//! ```text
//! troops  NOUN  NNS  troop  (head 3, nsubj)  outside
//! ```

use encoder::{Model, Scores, Table};
use record::{MentionType, Upos};

use crate::parse::{Arc, parse};

/// What is known about one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analysis {
    pub upos: Upos,
    /// Penn tag: VBD, NNP, MD …
    pub xpos: String,
    pub lemma: String,
    /// 0-based index of the head in the sentence; `None` at the root.
    pub head: Option<usize>,
    /// Universal Dependencies relation with its subtype.
    pub deprel: String,
    pub entity: Entity,
    /// Whether the word may tell of an act; true where the weights cannot say.
    pub act: bool,
}

/// A word's part in a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Entity {
    #[default]
    Outside,
    Begins(MentionType),
    Continues(MentionType),
}

impl Entity {
    fn of(label: &str) -> Entity {
        match label.split_once('-') {
            Some(("B", kind)) => MentionType::parse(kind).map_or(Entity::Outside, Entity::Begins),
            Some(("I", kind)) => MentionType::parse(kind).map_or(Entity::Outside, Entity::Continues),
            _ => Entity::Outside,
        }
    }

    /// Whether this may stand after `before`.
    fn follows(self, before: Entity) -> bool {
        match self {
            Entity::Continues(kind) => before == Entity::Begins(kind) || before == Entity::Continues(kind),
            _ => true,
        }
    }
}

/// Reads sentences of words: tags, lemmas, trees and entities in one pass.
pub fn analyse<S, W>(model: &Model, sentences: &[S]) -> Vec<Vec<Analysis>>
where
    S: AsRef<[W]>,
    W: AsRef<str>,
{
    let scores = model.read(sentences);
    let each = |(scores, words): (&Scores, &S)| {
        let words = words.as_ref();
        let arcs = parse(model, scores);
        let tags = tag(model, scores, words);
        let act =
            |word: usize| scores.head("act").and_then(|table| table.row(word).first()).is_none_or(|score| *score > 0.0);
        arcs.into_iter().zip(tags).enumerate().map(|(word, (arc, tags))| Analysis::new(tags, arc, act(word))).collect()
    };
    scores.iter().zip(sentences).map(each).collect()
}

/// Mentions among words: first, last (half-open) and type of each.
pub fn mentions(words: &[Analysis]) -> Vec<(usize, usize, MentionType)> {
    let mut out: Vec<(usize, usize, MentionType)> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        match (word.entity, out.last_mut()) {
            (Entity::Continues(kind), Some(open)) if open.1 == index && open.2 == kind => open.1 = index + 1,
            (Entity::Begins(kind) | Entity::Continues(kind), _) => out.push((index, index + 1, kind)),
            (Entity::Outside, _) => {}
        }
    }
    out
}

/// The tags of one word, without its place in the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tags {
    pub upos: Upos,
    pub xpos: String,
    pub lemma: String,
    pub entity: Entity,
}

impl Analysis {
    fn new(tags: Tags, arc: Arc, act: bool) -> Analysis {
        let Tags { upos, xpos, lemma, entity } = tags;
        Analysis { upos, xpos, lemma, head: arc.head, deprel: arc.relation, entity, act }
    }
}

/// The tags of one sentence's words.
pub fn tag<W: AsRef<str>>(model: &Model, scores: &Scores, words: &[W]) -> Vec<Tags> {
    let best = |name: &str, word: usize| {
        let table = scores.head(name)?;
        model.labels(name).get(table.best(word)).map(String::as_str)
    };
    let entities = match scores.head("entity") {
        Some(table) => entities(table, model.labels("entity"), model.transitions("entity")),
        None => Vec::new(),
    };
    let each = |(index, word): (usize, &W)| {
        let word = word.as_ref();
        let xpos = best("xpos", index).unwrap_or_default();
        let lemma = match model.known("lemma", &format!("{} {xpos}", plain(word).to_lowercase())) {
            Some(known) if !known.is_empty() => known.to_string(),
            _ => lemma(&ranked(scores, model, index), word, |made| model.is_piece(made)),
        };
        Tags {
            upos: best("upos", index).and_then(Upos::parse).unwrap_or_default(),
            xpos: xpos.to_string(),
            lemma,
            entity: entities.get(index).copied().unwrap_or_default(),
        }
    };
    words.iter().enumerate().map(each).collect()
}

/// The best sequence of entity labels (Viterbi), in which every `I-` continues
/// something; among equals the earlier label.
fn entities(table: &Table, labels: &[String], transitions: Option<&Table>) -> Vec<Entity> {
    let labels: Vec<Entity> = labels.iter().map(|label| Entity::of(label)).collect();
    let count = labels.len();
    if count == 0 || count != table.columns() || table.rows() == 0 {
        return vec![Entity::Outside; table.rows()];
    }
    let gladly = |before: Option<usize>, label: usize| {
        let last = before.map_or(Entity::Outside, |before| labels[before]);
        if !labels[label].follows(last) {
            return f32::NEG_INFINITY;
        }
        transitions.and_then(|table| table.row(before.unwrap_or(count)).get(label).copied()).unwrap_or(0.0)
    };
    let steps: Vec<Vec<f32>> =
        (0..count).map(|label| (0..count).map(|before| gladly(Some(before), label)).collect()).collect();
    // The best sum that ends in each label, and for each word the label before it.
    let mut sums: Vec<f32> = (0..count).map(|label| gladly(None, label) + table.row(0)[label]).collect();
    let mut before: Vec<Vec<usize>> = Vec::with_capacity(table.rows());
    for word in 1..table.rows() {
        let choice: Vec<usize> =
            steps.iter().map(|step| first_best(sums.iter().zip(step).map(|(x, y)| x + y))).collect();
        sums = (0..count)
            .map(|label| sums[choice[label]] + steps[label][choice[label]] + table.row(word)[label])
            .collect();
        before.push(choice);
    }
    let mut label = first_best(sums.into_iter());
    let mut out = vec![labels[label]];
    for choice in before.iter().rev() {
        label = choice[label];
        out.push(labels[label]);
    }
    out.reverse();
    out
}

fn first_best(values: impl Iterator<Item = f32>) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (index, value) in values.enumerate() {
        if value > best.1 {
            best = (index, value);
        }
    }
    best.0
}

/// How many lemma rules are tried before the lowercase form stands.
const RULES: usize = 20;
/// How many rules that fit are looked through for one that makes a real word.
/// Two to ten score alike in training.
const LOOKED_AT: usize = 3;

/// The lemma rules for a word, best first.
fn ranked<'m>(scores: &Scores, model: &'m Model, word: usize) -> Vec<&'m str> {
    let Some(table) = scores.head("lemma") else { return Vec::new() };
    let row = table.row(word);
    let mut order: Vec<usize> = (0..row.len()).collect();
    order.sort_by(|&x, &y| row[y].total_cmp(&row[x]));
    let labels = model.labels("lemma");
    order.into_iter().take(RULES).filter_map(|rule| labels.get(rule)).map(String::as_str).collect()
}

/// Chooses among lemma rules, best first: the first that fits, but one that makes a
/// real word goes before one that does not ("opposed" is of "oppose", not of
/// "oppos"). `training/reader/lemma.py` is its twin and tells what was measured.
fn lemma(ranked: &[&str], word: &str, is_word: impl Fn(&str) -> bool) -> String {
    let mut fits: Vec<(bool, String)> = Vec::new();
    for rule in ranked {
        let Some(made) = apply(rule, word) else { continue };
        let copy = rule.ends_with("||||");
        fits.push((copy, made));
        if copy || fits.len() == LOOKED_AT {
            break;
        }
    }
    let real = fits.iter().position(|(copy, made)| !copy && is_word(&made.to_lowercase()));
    match fits.into_iter().nth(real.unwrap_or(0)) {
        Some((_, made)) => made,
        None => plain(word).to_lowercase(),
    }
}

/// Applies a lemma rule, `case|start cut|prefix|end cut|suffix` or `=lemma`; nothing
/// where it does not fit.
fn apply(rule: &str, word: &str) -> Option<String> {
    if let Some(whole) = rule.strip_prefix('=') {
        return Some(whole.to_string()).filter(|whole| !whole.is_empty());
    }
    let mut parts = rule.split('|');
    let mut part = || parts.next();
    let (case, start, prefix, end, suffix) = (part()?, part()?, part()?, part()?, part()?);
    let base = match case {
        "k" => plain(word),
        "t" => {
            let lower = plain(word).to_lowercase();
            let mut letters = lower.chars();
            let first: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
            first + letters.as_str()
        }
        _ => plain(word).to_lowercase(),
    };
    let kept = base.strip_prefix(start)?.strip_suffix(end)?;
    Some(format!("{prefix}{kept}{suffix}")).filter(|made| !made.is_empty())
}

/// Curly apostrophes are straight ones to a lemma.
fn plain(word: &str) -> String {
    word.replace('’', "'")
}

#[cfg(test)]
mod tests {
    use super::{Analysis, Entity, analyse, apply, entities, lemma, mentions};
    use encoder::{Model, Precision, Table};
    use record::{MentionType, Upos};

    /// The training code's own reading of twenty sentences, in single precision.
    #[test]
    fn words_are_analysed_as_in_training() {
        let cases: serde_json::Value =
            serde_json::from_str(include_str!("../../encoder/tests/reference.json")).expect("the reference is JSON");
        let model = Model::with_precision(Model::embedded_bytes(), Precision::F32).expect("the shipped weights load");
        for case in cases.as_array().expect("a list of sentences") {
            let column = |name: &str| -> Vec<String> {
                let text = |value: &serde_json::Value| value.as_str().map_or(value.to_string(), str::to_string);
                case[name].as_array().expect("a column").iter().map(text).collect()
            };
            let words = column("words");
            let found = &analyse(&model, &[&words])[0];
            let all = |each: fn(&Analysis) -> String| -> Vec<String> { found.iter().map(each).collect() };
            assert_eq!(all(|word| word.upos.as_str().to_string()), column("upos"), "{words:?}");
            assert_eq!(all(|word| word.xpos.clone()), column("xpos"), "{words:?}");
            assert_eq!(all(|word| word.lemma.clone()), column("lemma"), "{words:?}");
            assert_eq!(all(|word| word.head.map_or(0, |head| head + 1).to_string()), column("head"), "{words:?}");
            assert_eq!(all(|word| word.deprel.clone()), column("rel"), "{words:?}");
        }
    }

    #[test]
    fn lemma_rules() {
        let cases = [
            ("l||||", "Talks", Some("talks")),
            ("k||||", "Geneva", Some("Geneva")),
            ("t||||", "GENEVA", Some("Geneva")),
            ("l|||ies|y", "Parties", Some("party")),
            ("k|||s|", "Rebels", Some("Rebel")),
            ("l|un|x|ed|", "Unarmed", Some("xarm")),
            ("=be", "Were", Some("be")),
            ("l||||", "Ain’t", Some("ain't")),
            ("k||||", "Ain’t", Some("Ain't")),
            // Rules that do not fit.
            ("l|||ies|y", "Arms", None),
            ("l|a||a|", "A", None),
            ("l|||s|", "S", None),
            ("", "Word", None),
            ("l|||", "Word", None),
            ("=", "Word", None),
            ("l||||", "", None),
        ];
        for (rule, word, want) in cases {
            assert_eq!(apply(rule, word).as_deref(), want, "{rule} on {word}");
        }
    }

    #[test]
    fn lemmas_lean_to_real_words() {
        let real = ["oppose", "troop", "arm", "new"];
        let cases: &[(&[&str], &str, &str)] = &[
            (&["l|||ed|", "l|||d|"], "opposed", "oppose"),
            (&["l|||d|", "l|||ed|"], "opposed", "oppose"),
            (&["l|||s|"], "troops", "troop"),
            // A copy ends the search, and stands where nothing before it is real.
            (&["l||||", "l|||s|"], "News", "news"),
            (&["l|||s|", "l||||"], "news", "new"),
            (&["l|||ing|", "l||||"], "zarking", "zark"),
            // Only so many that fit are looked at; those that do not fit are free.
            (&["l|||ed|a", "l|||ed|b", "l|||ed|c", "l|||d|"], "opposed", "opposa"),
            (&["l|||x|", "l|||y|", "l|||z|", "l|||q|", "l|||d|"], "opposed", "oppose"),
            (&["l|||x|"], "Arms’", "arms'"),
            (&[], "Word", "word"),
            (&[], "", ""),
        ];
        for (rules, word, want) in cases {
            assert_eq!(lemma(rules, word, |made| real.contains(&made)), *want, "{rules:?} on {word}");
        }
    }

    #[test]
    fn nothing_continues_nothing() {
        use Entity::{Begins, Continues, Outside};
        use MentionType::{Location, Person};
        let labels: Vec<String> =
            ["O", "B-Person", "I-Person", "B-Location", "I-Location"].map(str::to_string).to_vec();
        let cases: &[(&[[f32; 5]], &[Entity])] = &[
            (&[], &[]),
            (&[[1.0, 0.0, 0.0, 0.0, 0.0]], &[Outside]),
            (&[[0.0, 2.0, 0.0, 0.0, 0.0], [0.0, 0.0, 2.0, 0.0, 0.0]], &[Begins(Person), Continues(Person)]),
            // The first word cannot continue.
            (&[[0.0, 1.0, 5.0, 0.0, 0.0]], &[Begins(Person)]),
            // A strong I- after a weak O makes the O a B-.
            (&[[1.0, 0.5, 0.0, 0.0, 0.0], [0.0, 0.0, 3.0, 0.0, 0.0]], &[Begins(Person), Continues(Person)]),
            // No change of type inside a mention.
            (&[[0.0, 4.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.5, 1.5]], &[Begins(Person), Continues(Person)]),
            (&[[0.0, 4.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 1.4, 1.5]], &[Begins(Person), Begins(Location)]),
        ];
        for (rows, want) in cases {
            let table = Table::of(rows.iter().map(|row| row.to_vec()).collect());
            assert_eq!(entities(&table, &labels, None), *want, "{rows:?}");
        }
        // What follows gladly may outweigh a word's own scores, but not that rule.
        let mut gladly = vec![vec![0.0; 5]; 6];
        gladly[0][2] = 50.0;
        gladly[5][3] = 3.0;
        let rows = vec![vec![2.0, 0.0, 0.0, 0.0, 0.0], vec![1.0, 0.0, 0.0, 0.0, 0.0]];
        let found = entities(&Table::of(rows), &labels, Some(&Table::of(gladly)));
        assert_eq!(found, [Begins(Location), Outside]);
    }

    #[test]
    fn mentions_are_runs() {
        use Entity::{Begins, Continues, Outside};
        use MentionType::{Location, Person};
        type Found<'a> = &'a [(usize, usize, MentionType)];
        let cases: &[(&[Entity], Found<'_>)] = &[
            (&[], &[]),
            (&[Outside, Begins(Person), Continues(Person), Outside], &[(1, 3, Person)]),
            (&[Begins(Person), Begins(Person)], &[(0, 1, Person), (1, 2, Person)]),
            (&[Begins(Person), Continues(Location)], &[(0, 1, Person), (1, 2, Location)]),
            (&[Begins(Person), Outside, Continues(Person)], &[(0, 1, Person), (2, 3, Person)]),
        ];
        for (entities, want) in cases {
            let word = |&entity: &Entity| Analysis {
                upos: Upos::X,
                xpos: String::new(),
                lemma: String::new(),
                head: None,
                deprel: String::new(),
                entity,
                act: true,
            };
            let words: Vec<Analysis> = entities.iter().map(word).collect();
            assert_eq!(mentions(&words), *want, "{entities:?}");
        }
    }
}
