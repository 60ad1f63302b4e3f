//! Whom a demand or an answer is addressed to, where its own clause does not say.

use jiff::civil::Date;
use record::{Event, Party};

use super::{Coder, same_party, same_side};
use crate::find::Found;

impl Coder<'_, '_> {
    /// To whom, where the clause itself does not say: the party that the clause
    /// above addresses ("submitted it to the rebels, demanding …"), whoever made what is being
    /// answered ("rejected the idea"), the other side of two-sided talks. Every
    /// loan is remarked.
    pub(super) fn counterpart(
        &self,
        sentence: usize,
        found: &Found,
        event: Event,
        actor: &[Party],
        day: Option<Date>,
    ) -> Option<(Vec<Party>, String)> {
        if !matches!(event, Event::Request | Event::Reject | Event::Accuse | Event::Agree | Event::Threaten) {
            return None;
        }
        let tree = &self.context.trees[sentence];
        let other = |heads: &[usize], sentence: usize| -> Vec<Party> {
            let mut parties = self.parties(sentence, heads, day, &mut Vec::new());
            parties.retain(|party| {
                !actor.iter().any(|known| {
                    same_party(known, party)
                        || known.country.is_some() && known.country == party.country && known.name == party.name
                })
            });
            parties
        };
        if tree.relation(found.trigger) == "advcl"
            && let Some(above) = tree.head(found.trigger)
        {
            let lent = other(&tree.preposition(above, "to"), sentence);
            if !lent.is_empty() {
                return Some((lent, "recipient taken from the clause above".to_string()));
            }
        }
        // What is demanded of nobody by name often names them inside.
        if matches!(event, Event::Request | Event::Accuse) {
            for &head in &found.content {
                let inside: Vec<usize> = tree
                    .subtree(head, |_| false)
                    .into_iter()
                    .filter(|&token| {
                        tree.deprel(token) == "nmod:poss" || matches!(tree.case_of(token).as_str(), "from" | "by")
                    })
                    .collect();
                let lent: Vec<Party> =
                    other(&inside, sentence).into_iter().filter(|party| party.country.is_some()).take(1).collect();
                if !lent.is_empty() {
                    return Some((lent, "recipient taken from what is demanded".to_string()));
                }
            }
        }
        // "rejected the idea", "such a stance": the answered party spoke before.
        let definite = |head: usize| {
            tree.children_by(head, &["det"])
                .any(|det| matches!(tree.lemma(det).as_str(), "the" | "this" | "that" | "these" | "those" | "such"))
                || tree.children(head).iter().any(|&child| tree.lemma(child) == "such")
        };
        // The subject may have been taken for the object of the verb of saying
        // ("added that such a stance was …"): the words right before count too.
        let such_before =
            (0..found.trigger).rev().take(8).any(|token| tree.lemma(token) == "such") && found.actor_speaks;
        let answers = such_before
            || found.content.iter().any(|&head| !tree.is_clause(head) && definite(head))
                && matches!(event, Event::Reject | Event::Agree | Event::Accuse)
            || tree.grammatical_subject(found.trigger).is_some_and(|subject| {
                !tree.is_clause(subject) && tree.lemma(subject) != "it" && definite(subject) && found.actor_speaks
            });
        if answers {
            for report in self.written.borrow().iter().rev() {
                if sentence.saturating_sub(report.sentence) > 2 {
                    break;
                }
                let same_actor = report.actor.iter().any(|party| actor.iter().any(|known| same_side(known, party)));
                let lent: Vec<Party> = if !same_actor && report.actor.len() == 1 && event != Event::Accuse {
                    report.actor.clone()
                } else if same_actor && event == Event::Accuse {
                    report.recipient.clone()
                } else {
                    Vec::new()
                };
                if !lent.is_empty() && matches!(report.event.quad().number(), 1 | 3) {
                    return Some((
                        lent,
                        format!("recipient taken from the report of sentence {} that it answers", report.sentence),
                    ));
                }
            }
        }
        let nobody_else =
            found.content.iter().all(|&head| self.parties(sentence, &[head], day, &mut Vec::new()).is_empty());
        if matches!(event, Event::Request | Event::Reject | Event::Agree) && actor.len() == 1 && nobody_else {
            let talks = self.talks.iter().rev().find(|talks| talks.sentence <= sentence && talks.parties.len() == 2)?;
            let sides = self.parties(talks.sentence, &talks.parties, day, &mut Vec::new());
            if sides.len() == 2 && sides.iter().any(|side| same_side(side, &actor[0])) {
                let lent: Vec<Party> = sides.into_iter().filter(|side| !same_side(side, &actor[0])).collect();
                if !lent.is_empty() {
                    return Some((
                        lent,
                        format!("recipient taken to be the other side of the talks of sentence {}", talks.sentence),
                    ));
                }
            }
        }
        None
    }
}
