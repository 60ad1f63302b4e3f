//! From what was found to reports.
//!
//! Takes the knowledge, a document and its read sentences; gives the reports,
//! behind each the tree of why, and the remarks. One report a trigger. Never
//! takes anything into a report that the sentence, or a sentence it leans on,
//! does not say; what it leans on is remarked.

mod counterpart;
mod place;
mod when;
mod why;

use std::cell::RefCell;

use jiff::civil::Date;
use record::{
    Attribution, Basis, Block, Count, Document, Event, Mode, Party, Remark, Report, Sentence, Slice, Span, Status,
    When, Why,
};

use crate::actors::Resolved;
use crate::attribution::Link;
use crate::clause;
use crate::codebook::{Codebook, Rule};
use crate::context::{Context, can_act};
use crate::counts;
use crate::dates::{self, Time};
use crate::find::{self, Found};
use crate::knowledge::Knowledge;
use crate::learned::{self, Heads};
use crate::status;
use crate::talks::{self, Talks};
use crate::tree::Tree;

/// What coding a document gives; `whys` runs parallel to `reports`.
#[derive(Debug, Clone, Default)]
pub struct Coded {
    pub reports: Vec<Report>,
    pub whys: Vec<Why>,
    pub remarks: Vec<Remark>,
}

/// Codes one document; with the network where there is one.
pub fn code(knowledge: &Knowledge, heads: Option<&Heads<'_>>, document: &Document, sentences: &[Sentence]) -> Coded {
    let context = Context::new(knowledge, document, sentences);
    let coder = Coder {
        talks: talks::mentions(&context.trees, &knowledge.codebook, |sentence| context.sentence(sentence)),
        times: sentences.iter().map(|sentence| dates::find(sentence, &document.text, document.published)).collect(),
        counts: sentences.iter().map(counts::find).collect(),
        context: &context,
        written: RefCell::default(),
    };
    let has_body = sentences.iter().any(|sentence| sentence.block == Block::Body);
    // A headline tells in brief what the body tells; bylines and captions tell
    // nothing of their own.
    let tells = |sentence: &Sentence| match sentence.block {
        Block::Body => true,
        Block::Title | Block::Heading | Block::Caption => !has_body,
        Block::Byline => false,
    };
    let codebook = &knowledge.codebook;
    let ruled: Vec<Vec<Found<'_>>> = (0..sentences.len())
        .map(|index| {
            let speaks = tells(&sentences[index]);
            if speaks { find::find(&context.trees[index], codebook, &context.sentence(index)) } else { Vec::new() }
        })
        .collect();
    // The second network reads what may tell of an act, by the first or by a rule.
    // What is near a user's examples may be none that the first knows of.
    let own = knowledge.own.as_ref();
    let quiet = |sentence: &Sentence| own.is_none() && sentence.quiet && ruled[sentence.index].is_empty();
    let wanted = |sentence: &Sentence| tells(sentence) && !quiet(sentence);
    let told = heads.map_or_else(Vec::new, |heads| heads.read(sentences, wanted));
    let mut coded = Coded::default();
    for (index, mut all) in ruled.into_iter().enumerate() {
        if let Some(Some(told)) = told.get(index) {
            let (tree, parties) = (&context.trees[index], context.sentence(index));
            all = learned::settle(tree, codebook, &parties, all, told);
            if let Some(own) = own {
                all = own.take(tree, codebook, &parties, all, told);
            }
        }
        for found in all {
            if let Some((report, why)) = coder.report(index, &found) {
                coder.written.borrow_mut().push(report.clone());
                coded.reports.push(report);
                coded.whys.push(why);
            }
        }
    }
    coded
}

struct Coder<'c, 'a> {
    context: &'c Context<'a>,
    talks: Vec<Talks>,
    times: Vec<Vec<Time>>,
    counts: Vec<Vec<counts::Counted>>,
    /// What the document said so far, for what leans on it.
    written: RefCell<Vec<Report>>,
}

impl Coder<'_, '_> {
    fn codebook(&self) -> &Codebook {
        &self.context.knowledge.codebook
    }

    fn report(&self, sentence: usize, found: &Found) -> Option<(Report, Why)> {
        let document = self.context.document;
        let tree = &self.context.trees[sentence];
        let rule = self.codebook().rule(found.pattern);
        let mut remarks: Vec<String> = Vec::new();
        let trigger = tree.token(found.trigger);

        let judged = status::status(
            tree,
            self.codebook(),
            found.trigger,
            found.support,
            found.pattern.negation == Some(true) || !found.pattern.modal.is_empty(),
        );
        let mut status_why = judged.why;
        let mut status = judged.status;
        if status == Status::Actual
            && let Some(fixed) = found.pattern.status
        {
            status = fixed;
            status_why = Why::new(format!("the rule says {}", fixed.as_str()));
        }

        if let Some(opinion) = &found.opinion {
            let (settled, changed) = opinion.status(status);
            if changed {
                let share = opinion.status_share(settled);
                status_why = Why::new(format!("the network says {} ({share:.2})", settled.as_str()))
                    .because(Why::new(format!("the rules say {}", status.as_str())).because(status_why));
                status = settled;
            }
        }

        let chain = self.context.chain(sentence, found.trigger);
        let (mut when, when_why) = self.when(sentence, found, rule.event, &chain, status, &mut remarks);
        if status == Status::Actual && self.is_background(&when) {
            status = Status::Historical;
            status_why = Why::new("the date is long before publication".to_string());
        }
        let day = when.end.filter(|_| when.basis == Basis::Stated);
        if when.basis == Basis::None && document.published.is_some() {
            when = When { text: when.text, ..when::publication(document.published, status) };
        }

        let attribution: Vec<Attribution> = chain.iter().map(|link| self.attribution(link, day)).collect();

        let mut leaning = Vec::new();
        let mut actor = self.parties(sentence, &found.actor, day, &mut remarks);
        if actor.is_empty()
            && found.actor_speaks
            && let Some(speaker) = chain.iter().rev().find_map(|link| link.speaker)
        {
            actor = self.parties(speaker.0, &[speaker.1], day, &mut remarks);
        }
        let pointed = found.opinion.as_ref().is_some_and(|opinion| !opinion.ruled);
        if actor.is_empty() && pointed {
            actor = self.nominals(sentence, &found.actor);
        }
        self.disown(sentence, found, &mut actor, &mut remarks);
        let mut recipient = self.parties(sentence, &found.recipient, day, &mut remarks);
        if recipient.is_empty() && (pointed || find::takes_things(rule.event)) {
            recipient = self.nominals(sentence, &found.recipient);
        }
        let mut third_party = self.parties(sentence, &found.third_party, day, &mut remarks);
        let mut talks_place = None;
        let carries_on = actor.len() + recipient.len() < 2
            && rule.event == Event::Consult
            && talks::is_talks(tree, self.codebook(), found.trigger);
        if carries_on && let Some(talks) = self.earlier_talks(sentence, found.trigger) {
            let lent = self.parties(talks.sentence, &talks.parties, day, &mut Vec::new());
            if !lent.is_empty() {
                remarks.push(format!("parties taken from sentence {}", talks.sentence));
                leaning.push(Why::new(format!(
                    "\"{}\" goes on about the talks of sentence {}",
                    trigger.text, talks.sentence
                )));
                for party in lent {
                    if !actor.iter().any(|known| same_party(known, &party)) {
                        actor.push(party);
                    }
                }
            }
            talks_place = talks.place.map(|place| (talks.sentence, place));
        }
        if recipient.is_empty()
            && let Some((lent, from)) = self.counterpart(sentence, found, rule.event, &actor, day)
        {
            remarks.push(from.clone());
            leaning.push(Why::new(from));
            recipient = lent;
        }
        // A party is not its own counterpart.
        recipient.retain(|party| !actor.iter().any(|other| same_party(other, party) || other.span() == party.span()));
        third_party.retain(|party| !actor.iter().chain(&recipient).any(|other| same_party(other, party)));
        if actor.is_empty() && !found.pattern.actor_optional {
            return None;
        }
        if rule.event == Event::Consult && actor.len() + recipient.len() == 0 {
            return None;
        }

        let slice = |heads: &[usize]| -> Option<Slice> {
            let spans: Vec<Span> = heads.iter().filter_map(|&head| clause::phrase(tree, head)).collect();
            let span = spans.iter().copied().reduce(Span::cover)?;
            document.text.slice(span)
        };
        let timed = |head: &usize| self.times[sentence].iter().any(|time| time.first <= *head && *head < time.last);
        let content = if found.content.iter().any(timed) { None } else { slice(&found.content) };
        let conditions = found.condition.iter().filter_map(|&head| slice(&[head])).collect();

        let (place, place_why) = self.place(sentence, found, rule.event, talks_place, &mut remarks);
        let mode = found.mode.or_else(|| self.mode(rule, &actor, &recipient, place.as_ref(), &third_party));
        let counts: Vec<Count> =
            if matches!(rule.event, Event::Assault | Event::Coerce | Event::Protest | Event::Retreat) {
                self.counts_of(sentence, found)
            } else {
                Vec::new()
            };

        let quote = document.text.quote(self.quote_span(sentence, found)?)?;
        let trigger_slice = document.text.slice(trigger.span)?;
        let mut known = std::collections::HashSet::new();
        remarks.retain(|remark| known.insert(remark.clone()));
        if attribution.iter().any(|link| link.speaker.is_none() && link.medium.is_none()) {
            remarks.push("reported by somebody unnamed".to_string());
        }
        let confidence = match &found.opinion {
            Some(opinion) => opinion.confidence(status),
            None => confidence(found, &actor, &recipient, status),
        };
        let report = Report {
            id: Report::id_of(&document.id, trigger.span, rule.event, &actor, &recipient),
            document: document.id.clone(),
            sentence,
            quote,
            trigger: trigger_slice,
            event: rule.event,
            mode,
            quad: rule.event.quad().number(),
            score: rule.event.score(mode),
            contexts: found.pattern.contexts.clone(),
            cameo: found.pattern.cameo.clone(),
            status,
            actor,
            recipient,
            third_party,
            content,
            conditions,
            attribution,
            when,
            place,
            counts,
            confidence,
            found_by: found_by(rule, found),
            remarks,
        };
        let why = self.why(&report, rule, found, sentence, status_why, when_why, place_why, leaning);
        Some((report, why))
    }

    fn parties(&self, sentence: usize, heads: &[usize], day: Option<Date>, remarks: &mut Vec<String>) -> Vec<Party> {
        let mut parties: Vec<Party> = Vec::new();
        for &head in heads {
            for resolved in self.context.parties_as_of(sentence, head, day) {
                if !can_act(&resolved) || parties.iter().any(|known| same_party(known, &resolved.party)) {
                    continue;
                }
                remarks.extend(resolved.remarks.iter().map(|remark| remark.text.clone()));
                parties.push(resolved.party);
            }
        }
        // A name inside another's words ("Somalia's President" in "Somalia's
        // President Hassan Sheikh") is no party of its own.
        let spans: Vec<Span> = parties.iter().map(Party::span).collect();
        parties.retain(|party| !spans.iter().any(|other| *other != party.span() && other.contains(party.span())));
        parties
    }

    /// What the words say, whoever or whatever it is.
    fn nominals(&self, sentence: usize, heads: &[usize]) -> Vec<Party> {
        let first = |&head: &usize| self.context.parties(sentence, head).into_iter().next();
        heads.iter().filter_map(first).map(|thing| thing.party).collect()
    }

    /// "It demanded that the RSF withdraw": who is named in what is demanded is
    /// not the "it" who demands. The last other speaker is taken, or nobody.
    fn disown(&self, sentence: usize, found: &Found, actor: &mut [Party], remarks: &mut Vec<String>) {
        let tree = &self.context.trees[sentence];
        let named: Vec<usize> = found.content.iter().flat_map(|&clause| tree.logical_subjects(clause)).collect();
        let named = self.parties(sentence, &named, None, &mut Vec::new());
        for party in actor.iter_mut() {
            let pronoun = matches!(party.text.to_lowercase().as_str(), "it" | "he" | "she" | "they");
            if !pronoun || !named.iter().any(|other| other.name.is_some() && other.name == party.name) {
                continue;
            }
            let before = self.written.borrow();
            let other = before
                .iter()
                .rev()
                .take_while(|report| sentence - report.sentence <= 2)
                .flat_map(|report| &report.actor)
                .find(|other| other.code.is_some() && !named.iter().any(|named| same_party(named, other)));
            let bare = Party { text: party.text.clone(), start: party.start, end: party.end, ..Party::default() };
            remarks.push(format!("\"{}\" is not whom the same clause names", party.text));
            *party = match other {
                Some(other) => Party { text: bare.text, start: bare.start, end: bare.end, ..other.clone() },
                None => bare,
            };
        }
    }

    fn earlier_talks(&self, sentence: usize, token: usize) -> Option<&Talks> {
        let before = self.talks.iter().rev().filter(|talks| (talks.sentence, talks.token) < (sentence, token));
        before.clone().find(|talks| talks.parties.len() >= 2).or_else(|| before.into_iter().next())
    }

    fn attribution(&self, link: &Link, day: Option<Date>) -> Attribution {
        let word = |(sentence, token): (usize, usize)| self.context.trees[sentence].token(token).text.clone();
        let medium = link.medium.and_then(|(sentence, token)| self.context.medium(sentence, token));
        let speaker = link.speaker.and_then(|(sentence, token)| {
            let resolved: Vec<Resolved> = self.context.parties_as_of(sentence, token, day);
            resolved.into_iter().find(can_act).map(|resolved| resolved.party)
        });
        let text = match (&medium, &speaker, link.speaker, link.cue) {
            (Some(medium), ..) => medium.clone(),
            (None, Some(speaker), ..) => speaker.text.clone(),
            (None, None, Some((sentence, token)), _) => {
                let tree = &self.context.trees[sentence];
                clause::phrase(tree, token)
                    .and_then(|span| self.context.document.text.get(span))
                    .map_or_else(|| word((sentence, token)), str::to_string)
            }
            (None, None, None, Some(cue)) => word(cue),
            (None, None, None, None) => String::new(),
        };
        Attribution { medium, speaker, text, cue: link.cue.map(word), kind: link.kind }
    }

    /// Modes that follow from who and where rather than from a word.
    fn mode(
        &self,
        rule: &Rule,
        actor: &[Party],
        recipient: &[Party],
        place: Option<&record::Place>,
        third_party: &[Party],
    ) -> Option<Mode> {
        if rule.event != Event::Consult {
            return None;
        }
        let countries: Vec<&str> = actor.iter().chain(recipient).filter_map(|party| party.country.as_deref()).collect();
        let parties = actor.len() + recipient.len();
        let hosted = place
            .and_then(|place| place.country.as_deref())
            .is_some_and(|host| countries.len() == parties && parties >= 2 && !countries.contains(&host));
        if !third_party.is_empty() || hosted {
            return rule.event.mode("third-party");
        }
        (parties >= 3).then(|| rule.event.mode("multilateral")).flatten()
    }

    fn counts_of(&self, sentence: usize, found: &Found) -> Vec<Count> {
        let tree = &self.context.trees[sentence];
        self.counts[sentence]
            .iter()
            .filter(|counted| {
                let near =
                    |token: usize| clause::distance(tree, found.trigger, token).is_some_and(|clauses| clauses <= 1);
                near(counted.token) || tree.is_under(counted.token, found.trigger)
            })
            .map(|counted| counted.count.clone())
            .collect()
    }

    /// The clause of the trigger with its parties: the words the report rests on.
    fn quote_span(&self, sentence: usize, found: &Found) -> Option<Span> {
        let tree = &self.context.trees[sentence];
        let mut tokens = clause::own(tree, found.trigger);
        if let Some(support) = found.support {
            tokens.extend(clause::own(tree, support));
        }
        let top = clause::head_of(tree, found.trigger);
        if found.pattern.kind != crate::codebook::TriggerKind::Verb {
            tokens.extend(clause::own(tree, top));
        }
        for &head in found.actor.iter().chain(&found.recipient).chain(&found.content) {
            // A far-off shared subject would stretch the quote over clauses
            // that say something else; the party carries its own offsets.
            if head.abs_diff(found.trigger) <= 20 {
                tokens.extend(
                    tree.subtree(head, |token| tree.deprel(token) == "acl:relcl" || tree.relation(token) == "appos"),
                );
            }
        }
        clause::span_of(tree, &tokens)
    }
}

/// One country's people are on one side, whatever their office.
fn same_side(left: &Party, right: &Party) -> bool {
    same_party(left, right)
        || left.country.is_some()
            && left.country == right.country
            && left.sector != Some("REB".to_string())
            && right.sector != Some("REB".to_string())
}

fn same_party(left: &Party, right: &Party) -> bool {
    match (&left.name, &right.name) {
        (Some(a), Some(b)) => a == b && left.code == right.code,
        _ => left.span() == right.span() && left.text == right.text,
    }
}

fn found_by(rule: &Rule, found: &Found) -> String {
    match &found.opinion {
        Some(opinion) if !opinion.ruled && rule.own => format!("examples {} ({:.2})", rule.id, opinion.share),
        Some(opinion) if !opinion.ruled => format!("head trigger, {}", rule.event.as_str()),
        Some(_) => format!("rule {}/{} and head trigger", rule.id, found.pattern.number),
        None => format!("rule {}/{}", rule.id, found.pattern.number),
    }
}

/// How sure, where only a rule spoke (a user's own entry): a scale that rises with
/// what was filled and how much the pattern asked for. Not calibrated, as nothing
/// is known of such rules but their words.
fn confidence(found: &Found, actor: &[Party], recipient: &[Party], status: Status) -> f32 {
    let known = |parties: &[Party]| parties.iter().any(|party| party.code.is_some());
    let mut confidence: f32 = 0.6;
    if known(actor) {
        confidence += 0.12;
    }
    if known(recipient) {
        confidence += 0.08;
    }
    if !found.pattern.needs.is_empty() {
        confidence += 0.05;
    }
    if status == Status::Actual {
        confidence += 0.03;
    }
    confidence
}

/// The token of a range that hangs outside it.
fn range_head(tree: &Tree, first: usize, last: usize) -> usize {
    (first..last.min(tree.len()))
        .find(|&token| tree.head(token).is_none_or(|head| head < first || head >= last))
        .unwrap_or(first)
}
