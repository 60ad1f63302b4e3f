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
        arcs.into_iter().zip(tags).map(|(arc, tags)| Analysis::new(tags, arc)).collect()
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
    fn new(tags: Tags, arc: Arc) -> Analysis {
        let Tags { upos, xpos, lemma, entity } = tags;
        Analysis { upos, xpos, lemma, head: arc.head, deprel: arc.relation, entity }
    }
}

/// The tags of one sentence's words.
pub fn tag<W: AsRef<str>>(model: &Model, scores: &Scores, words: &[W]) -> Vec<Tags> {
    let best = |name: &str, word: usize| {
        let table = scores.head(name)?;
        model.labels(name).get(table.best(word)).map(String::as_str)
    };
    let entities = match scores.head("entity") {
        Some(table) => entities(table, model.labels("entity")),
        None => vec![Entity::Outside; words.len()],
    };
    let each = |(index, word): (usize, &W)| Tags {
        upos: best("upos", index).and_then(Upos::parse).unwrap_or_default(),
        xpos: best("xpos", index).unwrap_or_default().to_string(),
        lemma: lemma(best("lemma", index).unwrap_or_default(), word.as_ref()),
        entity: entities.get(index).copied().unwrap_or_default(),
    };
    words.iter().enumerate().map(each).collect()
}

/// The best row of entity labels in which every `I-` continues something.
fn entities(table: &Table, labels: &[String]) -> Vec<Entity> {
    let labels: Vec<Entity> = labels.iter().map(|label| Entity::of(label)).collect();
    if labels.is_empty() || labels.len() != table.columns() {
        return vec![Entity::Outside; table.rows()];
    }
    // The best sum of scores that ends in each label, and the label before it.
    let mut sums: Vec<f32> = vec![0.0; labels.len()];
    let mut before: Vec<Vec<usize>> = Vec::with_capacity(table.rows());
    for word in 0..table.rows() {
        let row = table.row(word);
        let from = |label: usize| {
            let mut best = None;
            for last in 0..labels.len() {
                let may = if word == 0 { Entity::Outside } else { labels[last] };
                if labels[label].follows(may) && best.is_none_or(|best: usize| sums[last] > sums[best]) {
                    best = Some(last);
                }
            }
            best
        };
        let choice: Vec<Option<usize>> = (0..labels.len()).map(from).collect();
        let sum = |label: usize| choice[label].map_or(f32::NEG_INFINITY, |last| sums[last] + row[label]);
        sums = (0..labels.len()).map(sum).collect();
        before.push(choice.into_iter().map(Option::unwrap_or_default).collect());
    }
    let mut label = 0;
    for (other, sum) in sums.iter().enumerate() {
        if *sum > sums[label] {
            label = other;
        }
    }
    let mut out = Vec::with_capacity(before.len());
    for choice in before.iter().rev() {
        out.push(labels[label]);
        label = choice[label];
    }
    out.reverse();
    out
}

/// Applies a lemma rule: `case|cut|prefix|cut|suffix`, or `=lemma`. One that does
/// not fit gives the word in lowercase. `training/reader/lemma.py` is its twin.
fn lemma(rule: &str, word: &str) -> String {
    if let Some(whole) = rule.strip_prefix('=').filter(|whole| !whole.is_empty()) {
        return whole.to_string();
    }
    let fitted = || {
        let parts: Vec<&str> = rule.split('|').collect();
        let &[case, start, prefix, end, suffix] = parts.as_slice() else { return None };
        let base: Vec<char> = match case {
            "k" => word.chars().collect(),
            "t" => {
                let lower = word.to_lowercase();
                let mut letters = lower.chars();
                let first: Vec<char> = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
                first.into_iter().chain(letters).collect()
            }
            _ => word.to_lowercase().chars().collect(),
        };
        let (start, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
        let kept = base.get(start..base.len().checked_sub(end)?)?;
        let made: String = prefix.chars().chain(kept.iter().copied()).chain(suffix.chars()).collect();
        (!made.is_empty()).then_some(made)
    };
    fitted().unwrap_or_else(|| word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{Analysis, Entity, entities, lemma, mentions};
    use encoder::Table;
    use record::{MentionType, Upos};

    #[test]
    fn lemma_rules() {
        let cases = [
            ("l|0||0|", "Talks", "talks"),
            ("k|0||0|", "Geneva", "Geneva"),
            ("t|0||0|", "GENEVA", "Geneva"),
            ("l|0||3|y", "Parties", "party"),
            ("l|0||1|", "troops", "troop"),
            ("=be", "Were", "be"),
            ("l|2|x|0|", "abc", "xc"),
            ("l|0||1|ve", "’d", "’ve"),
            // Rules that do not fit.
            ("l|0||9|", "Arms", "arms"),
            ("l|2||2|", "ABC", "abc"),
            ("l|0||1|", "S", "s"),
            ("", "Word", "word"),
            ("l|x||0|", "Word", "word"),
            ("=", "Word", "word"),
            ("l|0||0|", "", ""),
        ];
        for (rule, word, want) in cases {
            assert_eq!(lemma(rule, word), want, "{rule} on {word}");
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
            assert_eq!(entities(&table, &labels), *want, "{rows:?}");
        }
    }

    #[test]
    fn mentions_are_runs() {
        use Entity::{Begins, Continues, Outside};
        use MentionType::{Location, Person};
        let cases: &[(&[Entity], &[(usize, usize, MentionType)])] = &[
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
            };
            let words: Vec<Analysis> = entities.iter().map(word).collect();
            assert_eq!(mentions(&words), *want, "{entities:?}");
        }
    }
}
