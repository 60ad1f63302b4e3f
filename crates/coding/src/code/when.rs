//! When: the time of a report, and whether it is background.

use jiff::ToSpan;
use jiff::civil::Date;
use record::{Basis, Event, Precision, Quad, Status, When, Why};

use super::{Coder, range_head};
use crate::attribution::Link;
use crate::clause;
use crate::dates::{Time, TimeKind};
use crate::find::Found;

/// Events that ended more than this many days before publication are told as
/// background. Reports that an analyst dates to "last month" stay current; in
/// the newswire articles background is nearly always years old, so the border
/// matters little between 60 and 300 days.
const HISTORICAL_DAYS: i64 = 180;

impl Coder<'_, '_> {
    /// The time expression nearest to the trigger in its own clause, then in
    /// the clauses above it, then the frame that the sentence before set.
    pub(super) fn when(
        &self,
        sentence: usize,
        found: &Found,
        event: Event,
        chain: &[Link],
        status: Status,
        remarks: &mut Vec<String>,
    ) -> (When, Why) {
        let tree = &self.context.trees[sentence];
        let trigger = found.trigger;
        let mut best: Option<(usize, usize, &Time)> = None;
        for time in &self.times[sentence] {
            if !time.locates() {
                continue;
            }
            let head = range_head(tree, time.first, time.last);
            let Some(clauses) = clause::distance(tree, trigger, head) else { continue };
            // "told Reuters on Monday" dates the telling, not the deed it tells of.
            let verb = clause::head_of(tree, head);
            let telling = verb != trigger && chain.iter().any(|link| link.cue == Some((sentence, verb)));
            if telling && !found.actor_speaks {
                continue;
            }
            // Nor does a date inside what is demanded or promised date the demand.
            let within = found.content.iter().any(|&content| tree.is_clause(content) && tree.is_under(head, content));
            if within && matches!(event.quad(), Quad::VerbalCooperation | Quad::VerbalConflict) {
                continue;
            }
            let gap = trigger.abs_diff(head);
            if best.is_none_or(|(near, far, _)| (clauses, gap) < (near, far)) {
                best = Some((clauses, gap, time));
            }
        }
        if let Some((clauses, _, time)) = best
            && let Some(when) = time.whens.first()
        {
            remarks.extend(time.remark.iter().map(|remark| remark.text.clone()));
            if clauses > 0 {
                remarks.push(format!("\"{}\" stands with the clause above", when.text.clone().unwrap_or_default()));
            }
            return (
                when.clone(),
                Why::new(format!("when: \"{}\" by {}", when.text.clone().unwrap_or_default(), time.rule)),
            );
        }
        if status == Status::Actual
            && let Some((time, from)) = self.frame_before(sentence)
            && let Some(when) = time.whens.first()
        {
            remarks.push(format!("date taken from sentence {from}"));
            return (
                when.clone(),
                Why::new(format!("when: frame \"{}\" of sentence {from}", when.text.clone().unwrap_or_default())),
            );
        }
        // Words for a time that cannot be resolved are kept as words.
        let open = self.times[sentence].iter().find(|time| {
            matches!(time.kind, TimeKind::Point | TimeKind::Range)
                && !time.locates()
                && clause::distance(tree, trigger, range_head(tree, time.first, time.last)) == Some(0)
        });
        if let Some(text) = open.and_then(|time| time.whens.first()).and_then(|when| when.text.clone()) {
            let why = Why::new(format!("when: \"{text}\" stays unresolved"));
            return (When { text: Some(text), ..When::unknown() }, why);
        }
        (When::unknown(), Why::new("when: the sentence names no time".to_string()))
    }

    /// "October saw …. Pakistan carried out airstrikes": a month or a stretch
    /// that opened the sentence before, in the same paragraph, holds on.
    pub(super) fn frame_before(&self, sentence: usize) -> Option<(&Time, usize)> {
        let from = sentence.checked_sub(1)?;
        let here = &self.context.trees[sentence].sentence;
        let before = &self.context.trees[from];
        if before.sentence.paragraph != here.paragraph {
            return None;
        }
        let time = self.times[from].iter().find(|time| time.locates())?;
        let head = range_head(before, time.first, time.last);
        let opens = time.first <= 2;
        let wide = time.whens.first().is_some_and(|when| {
            matches!(when.precision, Precision::Month | Precision::Week | Precision::Range | Precision::Year)
        });
        let main = before.head(head).is_some_and(|verb| before.head(verb).is_none());
        (opens && wide && main).then_some((time, from))
    }

    fn latest_year(&self) -> Option<i16> {
        let times = self.times.iter().flatten().filter(|time| time.locates());
        times.flat_map(|time| &time.whens).filter_map(|when| when.end).map(Date::year).max()
    }

    pub(super) fn is_background(&self, when: &When) -> bool {
        match (self.context.document.published, when.end) {
            (Some(published), Some(end)) if when.basis == Basis::Stated => {
                published.checked_sub(HISTORICAL_DAYS.days()).is_ok_and(|border| end < border)
            }
            // An article that says nowhere when it was published is taken to be of
            // the latest year it tells of; what ended two years before is background.
            (None, Some(end)) if when.basis == Basis::Stated => {
                self.latest_year().is_some_and(|latest| end.year() + 1 < latest)
            }
            _ => false,
        }
    }
}

/// Only the dateline dates it: it had happened by then, or had not yet.
pub(super) fn publication(published: Option<Date>, status: Status) -> When {
    let (start, end) = if status == Status::Future { (published, None) } else { (None, published) };
    When { start, end, precision: Precision::None, basis: Basis::Publication, text: None }
}
