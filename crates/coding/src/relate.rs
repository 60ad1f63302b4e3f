//! What one marked party does to another in one sentence, by the network.
//!
//! Takes the network and questions: the words of a sentence and which of them are
//! the source and the target. Gives for each the share of every type and of "no
//! act of the source towards the target". Never looks at rules, actors or trees.

use encoder::coder::mark;
use encoder::{Coder, Model, Table};
use record::Event;

use crate::learned::softmax;

/// The shares of the types, and of none.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    pub events: Vec<(Event, f32)>,
    pub none: f32,
}

/// A question: words, and the half-open word ranges of source and target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub words: Vec<String>,
    /// For each word one of [`mark`].
    pub marks: Vec<u8>,
}

/// Answers questions, in their order.
pub fn relate(model: &Model, coder: &Coder, questions: &[Question]) -> Vec<Shares> {
    let words: Vec<&[String]> = questions.iter().map(|question| question.words.as_slice()).collect();
    let marks: Vec<Vec<u8>> = questions.iter().map(|question| question.marks.clone()).collect();
    let events: Vec<Option<Event>> = coder.labels("relate_source").iter().map(|label| Event::parse(label)).collect();
    let answer = |(question, scores): (&Question, encoder::Scores)| {
        let mut sum = vec![0.0; events.len()];
        let parts: [(&str, &dyn Fn(u8) -> bool); 3] = [
            ("relate_source", &|known| known == mark::SOURCE),
            ("relate_target", &|known| known == mark::TARGET),
            ("relate_whole", &|_| true),
        ];
        for (name, chosen) in parts {
            if let Some(table) = scores.head(name) {
                add_mean(&mut sum, table, |word| chosen(question.marks.get(word).copied().unwrap_or(mark::NONE)));
            }
        }
        let shares = softmax(&sum);
        let each = events.iter().zip(&shares);
        let none = each.clone().filter(|(event, _)| event.is_none()).map(|(_, share)| share).sum();
        let events = each.filter_map(|(event, share)| Some(((*event)?, *share))).collect();
        Shares { events, none }
    };
    questions.iter().zip(coder.read_marked(model, &words, &marks)).map(answer).collect()
}

/// Adds the mean of the chosen rows.
fn add_mean(sum: &mut [f32], table: &Table, chosen: impl Fn(usize) -> bool) {
    let rows: Vec<usize> = (0..table.rows()).filter(|&word| chosen(word)).collect();
    for &word in &rows {
        for (sum, score) in sum.iter_mut().zip(table.row(word)) {
            *sum += score / rows.len() as f32;
        }
    }
}
