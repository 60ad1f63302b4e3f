//! A user's own entries by examples: words that the network reads much as it read
//! the marked words of the examples.
//!
//! Takes the entries with examples and the network once, giving an [`Own`]; then for
//! each sentence what was found and what the network told, giving what was found with
//! the user's entries in it. Never weighs an entry against the program's opinion: what
//! a user's entry takes, it keeps, and the reasons say what else was thought of it.
//!
//! ```
//! let example = coding::own::Example::parse("Gunmen *torched* a school.").unwrap();
//! assert_eq!(example.text, "Gunmen torched a school.");
//! assert!(coding::own::Example::parse("Gunmen torched a school.").is_err());
//! ```

use record::{Event, Upos, Why};

use crate::codebook::{Codebook, TriggerKind};
use crate::find::{Found, Parties};
use crate::learned::{Guess, Heads, Told, alone};
use crate::slot::Slot;
use crate::tree::Tree;

/// How near a word is to an entry at the least. Nearness is the mean of the two highest
/// cosines between what the network's last layer holds of the word and of the marked
/// words of the examples.
///
/// Measured with the weights whose sha256 begins with 0299f6f8, on three made-up types of
/// five examples and two `unlike` each: arson, closing or opening a border, recruiting
/// fighters. Over all 862 newswire articles, 16 words were taken, of which 12 told the
/// type: 8 of 8 for arson, 3 of 7 for borders (roads and associations are closed too), 1 of
/// 1 for recruiting. Of 98,004 verbs, nouns and adjectives in every second of these
/// articles the ten nearest to borders by chance are 0.61 to 0.66 near, to arson 0.55 to
/// 0.58. By the single nearest example, from 0.65 on, 5 words for arson, 22
/// for borders and 12 for recruiting would be taken, nearly all wrong but those above: one example
/// is too little of a witness. The floor was chosen on half of the articles it is measured
/// on, by one reader, so expect less on other text. What is missed was not counted.
///
/// These figures hold for these weights: with an earlier file the whole space was
/// narrower, and 0.70 let in over two hundred words, nearly all wrong. So a weight file may
/// bring a floor of its own as the fitted number `near`; measure it with each.
const FLOOR: f32 = 0.65;

/// How much an entry whose examples are all near one another may ask above the floor.
const ABOVE: f32 = 0.1;

/// A second word of the same entry in one sentence is taken only if it is about as near
/// as the first: words share what the network makes of their sentence, so that in
/// "torched a clinic, killing two nurses" the killing is drawn near to arson. Set by
/// a few such sentences, not fitted.
const SHARED: f32 = 0.1;

/// Fewer examples say too little of what they have in common.
const FEWEST: usize = 3;

/// A sentence whose marked words tell an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// Without the marks.
    pub text: String,
    /// Where the marked words begin and end, in code points.
    start: usize,
    end: usize,
}

impl Example {
    /// Reads "Gunmen *torched* a school."
    pub fn parse(marked: &str) -> Result<Example, String> {
        let parts: Vec<&str> = marked.split('*').collect();
        let [before, trigger, after] = parts[..] else {
            return Err("put the word that tells it between two asterisks, as in Gunmen *torched* a school".to_string());
        };
        if !trigger.chars().any(char::is_alphanumeric) {
            return Err("there is no word between the asterisks: mark the word that tells it".to_string());
        }
        if !before.chars().chain(after.chars()).any(char::is_alphanumeric) {
            return Err("give a whole sentence: what stands around the word tells what it means".to_string());
        }
        let start = before.chars().count();
        Ok(Example { text: [before, trigger, after].concat(), start, end: start + trigger.chars().count() })
    }

    /// Reads the sentences of one key; the error names the sentence by its number.
    pub(crate) fn parse_all(key: &str, marked: &[String]) -> Result<Vec<Example>, String> {
        let each = (1..).zip(marked);
        each.map(|(number, text)| Example::parse(text).map_err(|why| format!("{key} {number}: {why}"))).collect()
    }
}

/// Whether an entry has what an entry wants.
pub(crate) fn check(examples: &[String], unlike: &[String], patterned: bool) -> Result<(), String> {
    match examples.len() {
        0 if !unlike.is_empty() => Err("unlike stands without examples: give examples too".to_string()),
        0 if !patterned => Err(format!("an entry wants a [[pattern]] or at least {FEWEST} examples")),
        1..FEWEST => Err(format!("there are too few examples: give at least {FEWEST}, better five")),
        _ => Ok(()),
    }
}

/// An example and what the network makes of its marked words.
#[derive(Debug)]
struct Known {
    text: String,
    /// The marked word, in small letters.
    word: String,
    vector: Vec<f32>,
}

impl Known {
    /// `None` where the network reads no word there.
    fn of(example: &Example, heads: &Heads<'_>) -> Option<Known> {
        let text: Vec<char> = example.text.chars().collect();
        let tokens = reading::segment::tokens(&text);
        let words: Vec<String> = tokens.iter().map(|&(start, end)| text[start..end].iter().collect()).collect();
        let told = heads.told(&words);
        let marked = (0..tokens.len()).filter(|&word| tokens[word].0 < example.end && tokens[word].1 > example.start);
        // Of several words the one stands for all that most tells an act: "*set fire* to".
        let word = marked.reduce(|best, next| if told.act(next) > told.act(best) { next } else { best })?;
        Some(Known { text: example.text.clone(), word: words[word].to_lowercase(), vector: unit(told.hidden(word)) })
    }
}

#[derive(Debug)]
struct Entry {
    /// The number of its rule in the codebook.
    rule: usize,
    event: Event,
    examples: Vec<Known>,
    unlike: Vec<Known>,
    /// How near a word must be.
    threshold: f32,
}

/// How near a word is to an entry.
#[derive(Debug, Clone, Copy)]
struct Near<'o> {
    entry: &'o Entry,
    example: &'o Known,
    /// The cosine to that example.
    nearest: f32,
    word: usize,
    /// The mean of the two highest cosines, or the highest to the same word.
    similarity: f32,
}

/// The two highest cosines, or what there is of them.
#[derive(Debug, Clone, Copy)]
struct Likeness {
    first: f32,
    second: f32,
}

impl Likeness {
    fn mean(self) -> f32 {
        // One example alone stands for two.
        if self.second < -1.0 { self.first } else { (self.first + self.second) / 2.0 }
    }
}

/// How like a vector is to the two nearest of some examples, and the nearest.
fn two<'k>(vector: &[f32], examples: impl Iterator<Item = &'k Known>) -> (Option<&'k Known>, Likeness) {
    let mut nearest = None;
    let mut likeness = Likeness { first: f32::MIN, second: f32::MIN };
    for known in examples {
        let cosine = dot(&known.vector, vector);
        if cosine > likeness.first {
            likeness = Likeness { first: cosine, second: likeness.first };
            nearest = Some(known);
        } else if cosine > likeness.second {
            likeness.second = cosine;
        }
    }
    (nearest, likeness)
}

/// The entries with examples, as the network reads them.
#[derive(Debug)]
pub struct Own {
    entries: Vec<Entry>,
}

impl Own {
    /// `None` where no entry has examples, so that nobody pays for it.
    pub fn new(codebook: &Codebook, heads: &Heads<'_>) -> Option<Own> {
        let floor = heads.fitted("near").first().copied().unwrap_or(FLOOR);
        let all = |examples: &[Example]| examples.iter().filter_map(|example| Known::of(example, heads)).collect();
        let entries: Vec<Entry> = codebook
            .rules()
            .iter()
            .enumerate()
            .filter(|(_, rule)| !rule.examples.is_empty())
            .map(|(number, rule)| {
                let examples: Vec<Known> = all(&rule.examples);
                let threshold = threshold(floor, &loners(&examples));
                Entry { rule: number, event: rule.event, examples, unlike: all(&rule.unlike), threshold }
            })
            .collect();
        (!entries.is_empty()).then_some(Own { entries })
    }

    /// Of an entry: how near a word must be, and how near each example is to the next
    /// one, for whoever writes entries.
    pub fn measured(&self, codebook: &Codebook, id: &str) -> Option<(f32, Vec<(String, f32)>)> {
        let entry = self.entries.iter().find(|entry| codebook.rules()[entry.rule].id == id)?;
        let texts = entry.examples.iter().map(|known| known.text.clone());
        Some((entry.threshold, texts.zip(loners(&entry.examples)).collect()))
    }

    /// What was found in a sentence, with what is near the examples in it.
    pub fn take<'c>(
        &self,
        tree: &Tree,
        codebook: &'c Codebook,
        parties: &impl Parties,
        mut found: Vec<Found<'c>>,
        told: &Told<'_>,
    ) -> Vec<Found<'c>> {
        let words =
            (0..tree.len()).filter(|&word| matches!(tree.token(word).upos, Upos::Verb | Upos::Noun | Upos::Adj));
        let mut all: Vec<Near<'_>> =
            words.filter_map(|word| self.nearest(word, &tree.token(word).text, told)).collect();
        // What the network takes for an act comes first: of "set fire" it is one word.
        let rank = |near: &Near<'_>| near.similarity + 0.1 * told.act(near.word);
        all.sort_by(|one, other| rank(other).total_cmp(&rank(one)));
        let mut taken: Vec<Near<'_>> = Vec::new();
        for near in all {
            let again = |other: &Near<'_>| {
                let shared = near.similarity < other.similarity - SHARED;
                std::ptr::eq(other.entry, near.entry) && (shared || joined(tree, other.word, near.word))
            };
            let written = |other: &Found| {
                let rule = codebook.rule(other.pattern);
                rule.own && rule.event == near.entry.event && joined(tree, other.trigger, near.word)
                    || rule.own && at(other, near.word)
            };
            // A user's patterns are plainer than their examples.
            if !taken.iter().any(again) && !found.iter().any(written) {
                taken.push(near);
            }
        }
        for near in taken {
            let same = |other: &Found| {
                at(other, near.word)
                    || codebook.rule(other.pattern).event == near.entry.event && joined(tree, other.trigger, near.word)
            };
            let (replaced, kept) = found.into_iter().partition(same);
            found = kept;
            found.extend(near.found(tree, codebook, parties, told, replaced));
        }
        found.sort_by_key(|found| found.trigger);
        found
    }

    /// The entry that a word is nearest to, if it is near enough to any.
    fn nearest(&self, word: usize, text: &str, told: &Told<'_>) -> Option<Near<'_>> {
        let text = text.to_lowercase();
        let vector = unit(told.hidden(word));
        let each = self.entries.iter().filter_map(|entry| {
            let (nearest, likeness) = two(&vector, entry.examples.iter());
            // The very word of an example needs no second witness: its sense is the question.
            let (_, again) = two(&vector, entry.examples.iter().filter(|known| known.word == text));
            let similarity = likeness.mean().max(again.first);
            if similarity < entry.threshold {
                return None;
            }
            let (_, other) = two(&vector, entry.unlike.iter());
            let near = Near { entry, example: nearest?, nearest: likeness.first, word, similarity };
            (likeness.first > other.first).then_some(near)
        });
        each.reduce(|best, next| if next.similarity > best.similarity { next } else { best })
    }
}

impl Near<'_> {
    fn found<'c>(
        &self,
        tree: &Tree,
        codebook: &'c Codebook,
        parties: &impl Parties,
        told: &Told<'_>,
        replaced: Vec<Found<'c>>,
    ) -> Option<Found<'c>> {
        let word = self.word;
        let kind = if tree.is_clause(word) || tree.is_verb(word) { TriggerKind::Verb } else { TriggerKind::Noun };
        let pattern = codebook.likened(self.entry.rule, kind)?;
        let rule = codebook.rule(pattern);
        let mut why = Why::new(format!(
            "examples of {}: \"{}\" is nearest to \"{}\" ({:.2}); in all {:.2} near, wanted {:.2}",
            rule.id,
            tree.token(word).text,
            self.example.text,
            self.nearest,
            self.similarity,
            self.entry.threshold
        ));
        for other in &replaced {
            let trigger = &tree.token(other.trigger).text;
            let said = match &other.opinion {
                Some(opinion) if !opinion.ruled => opinion.why.clone(),
                opinion => {
                    let rule = codebook.rule(other.pattern);
                    let ruled = Why::new(format!("rule {} says {} at \"{trigger}\"", rule.id, rule.event.as_str()));
                    opinion.iter().fold(ruled, |why, opinion| why.because(opinion.why.clone()))
                }
            };
            why = why.because(Why { what: format!("{}: your entry is followed", said.what), ..said });
        }
        let guess = Guess { word, event: self.entry.event, share: self.similarity, pattern, why, fitted: false };
        let mut found = alone(tree, parties, told, guess, None);
        found.mode = pattern.mode.or(found.mode);
        // What the network leaves open, whoever spoke before it filled, or the tree does.
        for other in replaced {
            found.support = found.support.or(other.support.filter(|&support| support != word));
            if found.actor.is_empty() && !found.actor_speaks {
                found.actor_speaks = other.actor_speaks;
                lend("actor", tree, &mut found.actor, other.actor, &found.recipient, &mut found.slots);
            }
            lend("recipient", tree, &mut found.recipient, other.recipient, &found.actor, &mut found.slots);
            let none: &[usize] = &[];
            lend("third party", tree, &mut found.third_party, other.third_party, none, &mut found.slots);
            lend("content", tree, &mut found.content, other.content, none, &mut found.slots);
            lend("condition", tree, &mut found.condition, other.condition, none, &mut found.slots);
        }
        let fill = |slot: Slot| -> Vec<usize> {
            let heads = tree.fill(word, &slot).into_iter().flat_map(|head| tree.coordinated(head));
            heads.filter(|&head| parties.is_party(head)).collect()
        };
        if !found.actor_speaks {
            lend("actor", tree, &mut found.actor, fill(Slot::Subj), &found.recipient, &mut found.slots);
        }
        lend("recipient", tree, &mut found.recipient, fill(Slot::Obj), &found.actor, &mut found.slots);
        Some(found)
    }
}

/// Fills an empty slot, but not with who is already in the other one.
fn lend(name: &str, tree: &Tree, slot: &mut Vec<usize>, lent: Vec<usize>, other: &[usize], slots: &mut Vec<Why>) {
    if slot.is_empty() {
        slot.extend(lent.into_iter().filter(|word| !other.contains(word)));
        slots.extend(
            slot.iter().map(|&head| Why::new(format!("{name} by the sentence's form: {}", tree.token(head).text))),
        );
    }
}

/// Whether something was found at a word.
fn at(found: &Found, word: usize) -> bool {
    found.trigger == word || found.support == Some(word)
}

/// Whether two words may tell one act: "set fire", "an arson attack".
fn joined(tree: &Tree, one: usize, other: usize) -> bool {
    one == other || (tree.head(one) == Some(other) || tree.head(other) == Some(one)) && one.abs_diff(other) <= 3
}

/// How near each is to the others.
fn loners(examples: &[Known]) -> Vec<f32> {
    let others = |index: usize| examples.iter().enumerate().filter(move |&(other, _)| other != index);
    (0..examples.len())
        .map(|index| two(&examples[index].vector, others(index).map(|(_, other)| other)).1.mean())
        .map(|nearness| nearness.max(0.0))
        .collect()
}

/// The examples themselves say how near is near: as near as the loneliest of them is
/// to the others, within bounds.
fn threshold(floor: f32, loners: &[f32]) -> f32 {
    loners.iter().copied().fold(1.0, f32::min).max(floor).min(floor + ABOVE)
}

fn unit(vector: &[f32]) -> Vec<f32> {
    let length = dot(vector, vector).sqrt().max(f32::MIN_POSITIVE);
    vector.iter().map(|x| x / length).collect()
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_has_one_marked_word_in_a_sentence() {
        let example = Example::parse("Rebels *set fire* to Öland's port.").unwrap();
        assert_eq!((example.text.as_str(), example.start, example.end), ("Rebels set fire to Öland's port.", 7, 15));
        for bad in
            ["", "Rebels left.", "Rebels *left.", "Rebels **left.", "*torched*", "A *b* c *d*.", "Rebels * * left."]
        {
            assert!(Example::parse(bad).is_err(), "{bad}");
        }
        let error = Example::parse_all("unlike", &["A *b* c.".to_string(), "A b.".to_string()]).unwrap_err();
        assert!(error.starts_with("unlike 2: put the word"), "{error}");
    }

    #[test]
    fn an_entry_wants_a_pattern_or_enough_examples() {
        let some = |count: usize| vec!["A *b* c.".to_string(); count];
        for (examples, unlike, patterned, good) in [
            (0, 0, true, true),
            (3, 0, false, true),
            (5, 2, true, true),
            (0, 0, false, false),
            (2, 0, false, false),
            (1, 0, true, false),
            (0, 1, true, false),
        ] {
            let got = check(&some(examples), &some(unlike), patterned);
            assert_eq!(got.is_ok(), good, "{examples} {unlike} {patterned}: {got:?}");
        }
    }

    #[test]
    fn nearness_is_to_the_two_nearest() {
        let known = |x: f32, y: f32| Known { text: format!("{x} {y}"), word: String::new(), vector: unit(&[x, y]) };
        let all = [known(1.0, 0.0), known(0.0, 1.0), known(3.0, 4.0)];
        let (nearest, likeness) = two(&unit(&[2.0, 0.0]), all.iter());
        assert_eq!(nearest.map(|known| known.text.as_str()), Some("1 0"));
        assert!((likeness.mean() - 0.8).abs() < 1e-6, "{likeness:?}");
        assert!((two(&unit(&[2.0, 0.0]), all[2..].iter()).1.mean() - 0.6).abs() < 1e-6);
        assert!(two(&[1.0, 0.0], all[..0].iter()).0.is_none());
        assert!(loners(&all).iter().all(|nearness| (0.0..1.0).contains(nearness)));
    }

    #[test]
    fn the_loneliest_example_sets_the_threshold() {
        let cases = [(&[0.9, 0.55][..], 0.55), (&[0.4, 0.9], 0.5), (&[0.95, 0.97], 0.5 + ABOVE), (&[], 0.5 + ABOVE)];
        for (loners, want) in cases {
            assert_eq!(threshold(0.5, loners), want, "{loners:?}");
        }
    }
}
