//! Where: the place of a report among the places its sentence names.

use record::{Event, Quad, Why};

use super::{Coder, range_head};
use crate::clause;
use crate::find::Found;
use crate::tree::Tree;

impl Coder<'_, '_> {
    pub(super) fn place(
        &self,
        sentence: usize,
        found: &Found,
        event: Event,
        talks: Option<(usize, usize)>,
        remarks: &mut Vec<String>,
    ) -> (Option<record::Place>, Why) {
        let tree = &self.context.trees[sentence];
        let mut best: Option<(usize, usize, usize)> = None;
        for (index, mention) in self.context.places[sentence].iter().enumerate() {
            let head = range_head(tree, mention.first, mention.last);
            let named = found.actor.contains(&head) || found.recipient.contains(&head);
            // What is said of a place is not said there: "condemned the executions in Hama".
            let verbal =
                matches!(event.quad(), Quad::VerbalCooperation | Quad::VerbalConflict) && event != Event::Consult;
            let of_content =
                found.content.iter().chain(&found.recipient).chain(&found.actor).any(|&part| tree.is_under(head, part));
            let by_itself =
                tree.head(head) == Some(found.trigger) || found.support.is_some() && tree.head(head) == found.support;
            if verbal && (of_content || !by_itself) {
                continue;
            }
            if !stands_as_place(tree, head)
                || named && !matches!(tree.case_of(head).as_str(), "in" | "inside" | "at" | "near" | "into" | "across")
            {
                continue;
            }
            let Some(clauses) = clause::distance(tree, found.trigger, head) else { continue };
            if clauses > 1 {
                continue;
            }
            let gap = found.trigger.abs_diff(head);
            if best.is_none_or(|(near, far, _)| (clauses, gap) < (near, far)) {
                best = Some((clauses, gap, index));
            }
        }
        if let Some((_, _, index)) = best {
            let mention = &self.context.places[sentence][index];
            remarks.extend(mention.remark.iter().map(|remark| remark.text.clone()));
            return (Some(mention.place.clone()), mention.why.clone());
        }
        if let Some((from, token)) = talks
            && let Some(mention) = self.context.place_at(from, token)
        {
            remarks.push(format!("place taken from sentence {from}"));
            return (Some(mention.place.clone()), mention.why.clone());
        }
        (None, Why::new("where: the sentence names no place".to_string()))
    }
}

/// Whether a place name stands as a place, not as an actor or inside a name.
fn stands_as_place(tree: &Tree, head: usize) -> bool {
    let case = tree.case_of(head);
    let placing = [
        "in",
        "at",
        "near",
        "inside",
        "outside",
        "around",
        "into",
        "across",
        "over",
        "from",
        "to",
        "on",
        "off",
        "toward",
        "towards",
        "along",
        "through",
        "throughout",
        "within",
        "between",
        "north",
        "south",
        "east",
        "west",
        "of",
    ];
    match tree.relation(head) {
        "obl" | "nmod" => {
            // "accused by Paris", "talks with Paris" name a party, not a place.
            tree.deprel(head) != "nmod:poss"
                && tree.deprel(head) != "obl:agent"
                && placing.iter().any(|word| case.split(' ').any(|part| part == *word))
        }
        "appos" | "conj" | "list" | "dep" | "flat" => tree.head(head).is_some_and(|up| stands_as_place(tree, up)),
        // "the coastal town of X was shelled", "entered X": the patient is a place.
        "obj" => true,
        _ => tree.deprel(head) == "nsubj:pass",
    }
}
