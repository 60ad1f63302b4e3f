//! What the network says of a sentence, and what the rules said settled with it.
//!
//! Takes the coder's network and read sentences; gives [`Told`]s: for each word how
//! likely it tells an act, of which type, in which mode and status, and what the
//! other words are to it. [`settle`] takes these and what the rules found, and
//! gives what is to be reported, with both opinions. Never resolves, never writes.
//!
//! Where both speak of one word and differ, the surer wins and `explain` shows
//! both; where the network is sure that nothing is told, a rule is overruled; where
//! no rule spoke, the network speaks alone.

use encoder::{Coder, Model, Scores, Table};
use record::{Event, Mode, Sentence, Status, Upos, Why};

use crate::codebook::{Codebook, Pattern, TriggerKind};
use crate::find::{Found, Parties};
use crate::tree::Tree;

/// How much the network is believed; fitted on the dev split of the corpus and kept
/// with the weights, under `settle`, in this order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Belief {
    /// Below this share of "some act" at and around its trigger a rule is overruled.
    pub veto: f32,
    /// From this share of a type on, the network may speak alone.
    pub alone: f32,
    /// From this share on, the network's type replaces a rule's other type.
    pub replace: f32,
    /// A word has a role from this share on.
    pub role: f32,
    /// What the rules' status weighs beside the network's, in nats.
    pub status: f32,
}

impl Default for Belief {
    fn default() -> Belief {
        Belief { veto: 0.06, alone: 0.5, replace: 0.6, role: 0.4, status: 1.0 }
    }
}

impl Belief {
    /// From the numbers kept with the weights; the default where there are none.
    pub fn of(numbers: &[f32]) -> Belief {
        match *numbers {
            [veto, alone, replace, role, status] => Belief { veto, alone, replace, role, status },
            _ => Belief::default(),
        }
    }
}

/// A rising line through fitted points: what share of reports with this raw figure
/// was right on the dev split. Without points a figure stands for itself.
#[derive(Debug, Clone, Default, PartialEq)]
struct Curve(Vec<(f32, f32)>);

impl Curve {
    fn of(numbers: &[f32]) -> Curve {
        Curve(numbers.as_chunks().0.iter().map(|&[x, y]| (x, y)).collect())
    }

    fn at(&self, x: f32) -> f32 {
        let after = self.0.partition_point(|point| point.0 < x);
        match (after.checked_sub(1).and_then(|before| self.0.get(before)), self.0.get(after)) {
            (Some(a), Some(b)) if b.0 > a.0 => a.1 + (b.1 - a.1) * (x - a.0) / (b.0 - a.0),
            (_, Some(point)) | (Some(point), None) => point.1,
            (None, None) => x,
        }
    }
}

/// Sentences handed to the network at once.
const AT_ONCE: usize = 64;

/// What a word is to an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Actor,
    Recipient,
    ThirdParty,
    Content,
    Condition,
    Time,
    Place,
    Count,
    Speaker,
    Medium,
    Cue,
}

impl Role {
    fn parse(label: &str) -> Option<Role> {
        Some(match label {
            "actor" => Role::Actor,
            "recipient" => Role::Recipient,
            "third_party" => Role::ThirdParty,
            "content" => Role::Content,
            "condition" => Role::Condition,
            "time" => Role::Time,
            "place" => Role::Place,
            "count" => Role::Count,
            "speaker" => Role::Speaker,
            "medium" => Role::Medium,
            "cue" => Role::Cue,
            _ => return None,
        })
    }
}

/// The network with its labels understood.
#[derive(Debug)]
pub struct Heads<'m> {
    model: &'m Model,
    coder: &'m Coder,
    events: Vec<Option<Event>>,
    modes: Vec<Option<(Event, Mode)>>,
    statuses: Vec<Option<Status>>,
    roles: Vec<Option<Role>>,
    belief: Belief,
    /// For what a rule found too, and for what the network found alone.
    curves: [Curve; 2],
}

impl<'m> Heads<'m> {
    pub fn new(model: &'m Model, coder: &'m Coder) -> Heads<'m> {
        let mode = |label: &String| {
            let (event, mode) = label.split_once('.')?;
            let event = Event::parse(event)?;
            Some((event, event.mode(mode)?))
        };
        Heads {
            model,
            coder,
            events: coder.labels("trigger").iter().map(|label| Event::parse(label)).collect(),
            modes: coder.labels("mode").iter().map(mode).collect(),
            statuses: coder.labels("status").iter().map(|label| Status::parse(label)).collect(),
            roles: coder.labels("roles").iter().map(|label| Role::parse(label)).collect(),
            belief: Belief::of(coder.fitted("settle")),
            curves: [Curve::of(coder.fitted("confidence_both")), Curve::of(coder.fitted("confidence_alone"))],
        }
    }

    /// The same, believing the network otherwise: for fitting.
    pub fn believing(self, belief: Belief) -> Heads<'m> {
        Heads { belief, ..self }
    }

    /// Numbers fitted with the weights.
    pub(crate) fn fitted(&self, name: &str) -> &[f32] {
        self.coder.fitted(name)
    }

    /// Reads one sentence of words.
    pub(crate) fn told(&self, words: &[String]) -> Told<'_> {
        Told::new(self, self.coder.read(self.model, &[words]).into_iter().next().unwrap_or_default())
    }

    /// Reads the sentences that `wanted` picks; `None` for the others.
    pub fn read(&self, sentences: &[Sentence], wanted: impl Fn(&Sentence) -> bool) -> Vec<Option<Told<'_>>> {
        let mut told: Vec<Option<Told<'_>>> = sentences.iter().map(|_| None).collect();
        let chosen: Vec<usize> = (0..sentences.len()).filter(|&index| wanted(&sentences[index])).collect();
        for batch in chosen.chunks(AT_ONCE) {
            let words: Vec<Vec<&str>> = batch
                .iter()
                .map(|&index| sentences[index].tokens.iter().map(|token| token.text.as_str()).collect())
                .collect();
            for (&index, scores) in batch.iter().zip(self.coder.read(self.model, &words)) {
                told[index] = Some(Told::new(self, scores));
            }
        }
        told
    }
}

/// What the network says of one sentence.
#[derive(Debug)]
pub struct Told<'m> {
    heads: &'m Heads<'m>,
    scores: Scores,
    /// Words by "none" and types.
    shares: Vec<Vec<f32>>,
}

impl<'m> Told<'m> {
    fn new(heads: &'m Heads<'m>, scores: Scores) -> Told<'m> {
        let shares = scores
            .head("trigger")
            .map_or_else(Vec::new, |table| (0..table.rows()).map(|word| softmax(table.row(word))).collect());
        Told { heads, scores, shares }
    }

    /// What the network's last layer holds of a word.
    pub(crate) fn hidden(&self, word: usize) -> &[f32] {
        self.scores.hidden().row(word)
    }

    /// How likely the word tells some act.
    pub fn act(&self, word: usize) -> f32 {
        self.shares.get(word).and_then(|row| row.first()).map_or(0.0, |none| 1.0 - none)
    }

    /// How likely it tells an act of this type.
    pub fn of(&self, word: usize, event: Event) -> f32 {
        let Some(row) = self.shares.get(word) else { return 0.0 };
        self.heads.events.iter().zip(row).find(|(known, _)| **known == Some(event)).map_or(0.0, |(_, share)| *share)
    }

    /// The likeliest type of a word, and its share.
    pub fn best(&self, word: usize) -> Option<(Event, f32)> {
        let row = self.shares.get(word)?;
        let each = self.heads.events.iter().zip(row).filter_map(|(event, share)| Some(((*event)?, *share)));
        each.reduce(|best, next| if next.1 > best.1 { next } else { best })
    }

    /// The likeliest mode of an act of this type, if likelier than none at all.
    fn mode(&self, word: usize, event: Event) -> Option<Mode> {
        let row = self.scores.head("mode")?.row(word);
        let shares = softmax(row);
        let own = self.heads.modes.iter().zip(&shares);
        let own = own.filter_map(|(mode, share)| mode.filter(|(of, _)| *of == event).map(|(_, mode)| (mode, *share)));
        own.reduce(|best, next| if next.1 > best.1 { next } else { best })
            .filter(|(_, share)| *share > 0.5)
            .map(|best| best.0)
    }

    /// Each status with its share.
    fn statuses(&self, word: usize) -> Vec<(Status, f32)> {
        let shares = self.scores.head("status").map_or_else(Vec::new, |table| softmax(table.row(word)));
        self.heads.statuses.iter().zip(shares).filter_map(|(status, share)| Some(((*status)?, share))).collect()
    }

    /// The words that are something to the act told by `trigger`.
    fn roles(&self, trigger: usize) -> Vec<(usize, Role, f32)> {
        let table: Table = self.heads.coder.roles(self.heads.model, &self.scores, trigger);
        let mut found = Vec::new();
        for word in (0..table.rows()).filter(|&word| word != trigger) {
            let shares = softmax(table.row(word));
            let each = self.heads.roles.iter().zip(shares).filter_map(|(role, share)| Some(((*role)?, share)));
            if let Some((role, share)) = each.reduce(|best, next| if next.1 > best.1 { next } else { best })
                && share >= self.heads.belief.role
            {
                found.push((word, role, share));
            }
        }
        found
    }
}

/// The network's opinion on one thing found.
#[derive(Debug, Clone)]
pub struct Opinion {
    /// The share of the type that is reported.
    pub share: f32,
    /// Whether a rule found it too.
    pub ruled: bool,
    statuses: Vec<(Status, f32)>,
    pub roles: Vec<(usize, Role, f32)>,
    pub why: Why,
    ruled_status: f32,
    curve: Curve,
}

impl Opinion {
    /// The status by the network and the rules together, and whether the network changed it.
    pub fn status(&self, ruled: Status) -> (Status, bool) {
        let weigh =
            |status: Status, share: f32| share.max(1e-6).ln() + if status == ruled { self.ruled_status } else { 0.0 };
        let best = self
            .statuses
            .iter()
            .copied()
            .reduce(|best, next| if weigh(next.0, next.1) > weigh(best.0, best.1) { next } else { best });
        match best {
            Some((status, _)) => (status, status != ruled),
            None => (ruled, false),
        }
    }

    /// How likely the network holds a status.
    pub fn status_share(&self, status: Status) -> f32 {
        self.statuses.iter().find(|(known, _)| *known == status).map_or(0.0, |(_, share)| *share)
    }

    /// How likely a report with this status is right, as fitted on the dev split.
    pub fn confidence(&self, status: Status) -> f32 {
        self.curve.at(self.share * self.status_share(status))
    }

    pub fn of(&self, role: Role) -> Vec<usize> {
        self.roles.iter().filter(|(_, known, _)| *known == role).map(|(word, _, _)| *word).collect()
    }
}

/// What is to be reported of a sentence, by the rules and the network together.
pub fn settle<'c>(
    tree: &Tree,
    codebook: &'c Codebook,
    parties: &impl Parties,
    ruled: Vec<Found<'c>>,
    told: &Told<'_>,
) -> Vec<Found<'c>> {
    let belief = told.heads.belief;
    let mut kept: Vec<Found<'c>> = Vec::new();
    let mut spoken: Vec<usize> = Vec::new();
    for mut found in ruled {
        let rule = codebook.rule(found.pattern);
        let near = around(tree, &found);
        let (word, act) = best_of(&near, |word| told.act(word));
        let (own, share) = best_of(&near, |word| told.of(word, rule.event));
        spoken.extend(near.iter().copied().filter(|&word| told.act(word) > 0.2));
        if rule.own {
            // A user's own entry stands, whatever the network thinks of it.
            kept.push(found);
            continue;
        }
        // What a speaker's own clause demands or judges is grammar ("must", "in
        // nobody's interest"): rules see it, and the network often does not.
        if act < belief.veto && !found.actor_speaks {
            continue;
        }
        let other =
            told.best(word).filter(|(event, other)| *event != rule.event && *other >= belief.replace && share < 0.25);
        if let Some((event, other)) = other {
            let said = format!(
                "rule {} says {}, the network {} at \"{}\" ({other:.2}): the network is followed",
                rule.id,
                rule.event.as_str(),
                event.as_str(),
                tree.token(word).text
            );
            kept.push(alone(tree, parties, told, Guess::new(tree, codebook, word, event, other), Some(Why::new(said))));
            continue;
        }
        let said = format!("the network says {} at \"{}\" ({share:.2})", rule.event.as_str(), tree.token(own).text);
        let opinion = Opinion {
            share,
            ruled: true,
            statuses: told.statuses(own),
            roles: told.roles(own),
            why: Why::new(said),
            ruled_status: belief.status,
            curve: told.heads.curves[0].clone(),
        };
        complete(parties, &mut found, &opinion);
        if found.mode.is_none() {
            found.mode = told.mode(own, rule.event);
        }
        found.opinion = Some(opinion);
        kept.push(found);
    }
    for word in 0..tree.len() {
        if spoken.contains(&word) || told.act(word) < belief.alone {
            continue;
        }
        let Some((event, share)) = told.best(word).filter(|(_, share)| *share >= belief.alone) else { continue };
        // "came under fire": the two halves of one telling.
        let joined = |other: &Found| {
            codebook.rule(other.pattern).event == event
                && (tree.head(word) == Some(other.trigger) || tree.head(other.trigger) == Some(word))
                && word.abs_diff(other.trigger) <= 3
        };
        if kept.iter().any(joined) {
            continue;
        }
        kept.push(alone(tree, parties, told, Guess::new(tree, codebook, word, event, share), None));
    }
    // A rule that gave way may have given way to what stands there already.
    let alone = |found: &Found| found.opinion.as_ref().is_some_and(|opinion| !opinion.ruled);
    kept.sort_by_key(|found| (found.trigger, alone(found)));
    let mut acts: Vec<(usize, Event)> = Vec::new();
    kept.retain(|found| {
        let act = (found.trigger, codebook.rule(found.pattern).event);
        let fresh = !acts.contains(&act);
        acts.push(act);
        fresh
    });
    kept
}

/// The words at which the network may mean what a rule found: the trigger, what
/// carries it, and what belongs to it.
fn around(tree: &Tree, found: &Found) -> Vec<usize> {
    let mut near = vec![found.trigger];
    near.extend(found.support);
    for &child in tree.children(found.trigger) {
        let close =
            matches!(tree.relation(child), "compound" | "obj" | "xcomp" | "amod") || child.abs_diff(found.trigger) == 1;
        if close && !matches!(tree.token(child).upos, Upos::Punct | Upos::Propn) && !found.actor.contains(&child) {
            near.push(child);
        }
    }
    if let Some(head) = tree.head(found.trigger)
        && matches!(tree.relation(found.trigger), "obj" | "xcomp" | "compound" | "amod")
    {
        near.push(head);
    }
    near
}

fn best_of(words: &[usize], share: impl Fn(usize) -> f32) -> (usize, f32) {
    let each = words.iter().map(|&word| (word, share(word)));
    each.reduce(|best, next| if next.1 > best.1 { next } else { best }).unwrap_or((0, 0.0))
}

/// What a rule left empty, the network fills.
fn complete(parties: &impl Parties, found: &mut Found, opinion: &Opinion) {
    let fit =
        |role: Role| -> Vec<usize> { opinion.of(role).into_iter().filter(|&word| parties.is_party(word)).collect() };
    let taken = |found: &Found, word: usize| {
        found.actor.contains(&word) || found.recipient.contains(&word) || found.third_party.contains(&word)
    };
    for role in [Role::Actor, Role::Recipient, Role::ThirdParty] {
        let words: Vec<usize> = fit(role).into_iter().filter(|&word| !taken(found, word)).collect();
        let slot = match role {
            Role::Actor if found.actor_speaks => continue,
            Role::Actor => &mut found.actor,
            Role::Recipient => &mut found.recipient,
            _ => &mut found.third_party,
        };
        if slot.is_empty() {
            slot.extend(words);
        }
    }
    if found.content.is_empty() {
        found.content = opinion.of(Role::Content);
    }
    if found.condition.is_empty() {
        found.condition = opinion.of(Role::Condition);
    }
}

/// A word taken for an act with no rule of the program beside it.
pub(crate) struct Guess<'c> {
    pub word: usize,
    pub event: Event,
    pub share: f32,
    pub pattern: &'c Pattern,
    pub why: Why,
    /// Whether the share is one that confidence was fitted on.
    pub fitted: bool,
}

impl<'c> Guess<'c> {
    /// What the network says itself.
    fn new(tree: &Tree, codebook: &'c Codebook, word: usize, event: Event, share: f32) -> Guess<'c> {
        let kind = if tree.is_clause(word) || tree.is_verb(word) { TriggerKind::Verb } else { TriggerKind::Noun };
        let why =
            Why::new(format!("the network says {} at \"{}\" ({share:.2})", event.as_str(), tree.token(word).text));
        Guess { word, event, share, pattern: codebook.learned(event, kind), why, fitted: true }
    }
}

/// What the network makes of a word with no rule beside it, or against one.
pub(crate) fn alone<'c>(
    tree: &Tree,
    parties: &impl Parties,
    told: &Told<'_>,
    guess: Guess<'c>,
    against: Option<Why>,
) -> Found<'c> {
    let Guess { word, event, share, pattern, why, fitted } = guess;
    let roles = told.roles(word);
    let curve = if fitted { told.heads.curves[1].clone() } else { Curve::default() };
    let opinion = Opinion {
        share,
        ruled: false,
        statuses: told.statuses(word),
        roles,
        why,
        ruled_status: told.heads.belief.status,
        curve,
    };
    // Whoever the network points at may be nobody known: "a liaison officer".
    let fit = |role: Role| -> Vec<usize> {
        let words = opinion.of(role).into_iter();
        words.filter(|&word| tree.token(word).upos.is_nominal() || parties.is_party(word)).collect()
    };
    let (mut actor, mut recipient) = (fit(Role::Actor), fit(Role::Recipient));
    let third_party: Vec<usize> = fit(Role::ThirdParty).into_iter().filter(|&word| parties.is_party(word)).collect();
    // Where it points at nobody, the grammar of a verb does.
    let verb = tree.is_verb(word);
    let known = |heads: Vec<usize>, taken: &[usize]| -> Vec<usize> {
        let heads = heads.into_iter().flat_map(|head| tree.coordinated(head));
        heads.filter(|head| parties.is_party(*head) && !taken.contains(head)).collect()
    };
    if actor.is_empty() && verb {
        actor = known(tree.logical_subjects(word), &recipient);
    }
    if recipient.is_empty() && verb {
        recipient = known(tree.logical_objects(word), &actor);
    }
    let verbal = matches!(event.quad().number(), 1 | 3);
    let actor_speaks = actor.is_empty() && verbal && parties.has_speaker(word);
    if actor_speaks {
        actor = parties.speakers(word);
    }
    let mut slots: Vec<Why> = against.into_iter().collect();
    for (name, heads) in [("actor", &actor), ("recipient", &recipient), ("third party", &third_party)] {
        for &head in heads {
            slots.push(Why::new(format!("{name} by the network: {}", tree.token(head).text)));
        }
    }
    Found {
        trigger: word,
        mode: told.mode(word, event),
        support: None,
        actor,
        actor_speaks,
        recipient,
        third_party,
        content: opinion.of(Role::Content),
        condition: opinion.of(Role::Condition),
        slots,
        pattern,
        opinion: Some(opinion),
        strength: (0, 0),
    }
}

/// Scores as shares that sum to one.
pub fn softmax(row: &[f32]) -> Vec<f32> {
    let top = row.iter().copied().fold(f32::MIN, f32::max);
    let powers: Vec<f32> = row.iter().map(|score| (score - top).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_goes_through_its_points() {
        let curve = Curve::of(&[0.2, 0.1, 0.6, 0.5, 0.8, 0.9]);
        for (x, y) in [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.6, 0.5), (0.7, 0.7), (0.8, 0.9), (1.0, 0.9)] {
            assert!((curve.at(x) - y).abs() < 1e-6, "{x} gives {}", curve.at(x));
        }
        assert_eq!(Curve::default().at(0.3), 0.3);
    }

    #[test]
    fn shares_sum_to_one() {
        let shares = softmax(&[1.0, 3.0, -200.0]);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-6);
        assert!(shares[1] > shares[0] && shares[2] < 1e-6);
        assert_eq!(softmax(&[]), Vec::<f32>::new());
    }
}
