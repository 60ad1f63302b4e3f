//! An annotated article against its record.
//!
//! Takes an [`Article`] and the [`Record`] that was made from its text; gives
//! the counts, every error, and a line for each report. A report and an event
//! may be paired when their triggers share a token; pairs are one to one, and
//! of all ways to pair them that one counts which has the most right types,
//! then the most pairs, then the most right statuses and actors.
//!
//! ```
//! let text = "== 1\n\nRebels freed ten hostages.\n  RETREAT.release | t freed | a Rebels\n";
//! let article = &archive::eval::Corpus::read("one.txt", text.as_bytes()).articles[0];
//! // A program that says nothing misses everything.
//! let record = archive::Record { document: article.extracted().document, ..Default::default() };
//! let scored = archive::eval::score(article, &record);
//! assert_eq!((scored.tally.trigger.wanted, scored.tally.trigger.right), (1, 0));
//! assert_eq!(scored.faults.len(), 1);
//! ```

use record::{Event, Report, Span, Status};
use serde_json::{Value, json};

use super::corpus::{Annotated, Article, Mark, Note};
use super::errors::{Fault, FaultKind};
use super::pairing;
use super::parts::{self, Found, Likeness};
use super::tally::{ROLES, Tally};
use super::tokens::Tokens;
use crate::Record;

/// What came of one article.
#[derive(Debug, Clone, Default)]
pub struct Scored {
    pub tally: Tally,
    pub faults: Vec<Fault>,
    pub weighed: Vec<Weighed>,
}

/// A report and whether it is right: what calibration is fitted on.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    pub article: String,
    pub report: String,
    pub event: Event,
    /// Type of the event it was paired with.
    pub gold: Option<Event>,
    pub status: Status,
    pub gold_status: Option<Status>,
    pub confidence: f32,
    pub found_by: String,
    /// At least one actor is right, or none is annotated.
    pub actor_right: bool,
    /// Type, status and actor are right.
    pub right: bool,
}

impl Weighed {
    pub fn row(&self) -> Value {
        json!({
            "article": self.article, "report": self.report, "event": self.event.as_str(),
            "gold": self.gold.map(Event::as_str), "status": self.status.as_str(),
            "gold_status": self.gold_status.map(Status::as_str), "confidence": self.confidence,
            "found_by": self.found_by, "actor_right": self.actor_right, "right": self.right,
        })
    }
}

/// An event and the sentence it stands in.
struct Gold<'a> {
    note: &'a Note,
    sentence: usize,
    trigger: std::ops::Range<usize>,
}

/// Scores one article.
pub fn score(article: &Article, record: &Record) -> Scored {
    Scoring::of(article, record).done()
}

struct Scoring<'a> {
    article: &'a Article,
    record: &'a Record,
    tokens: Tokens<'a>,
    gold: Vec<Gold<'a>>,
    /// Gold roles and found roles, in the order of `ROLES`.
    wanted: Vec<[Vec<&'a Mark>; 7]>,
    found: Vec<[Vec<Found<'a>>; 7]>,
    out: Scored,
}

impl<'a> Scoring<'a> {
    fn of(article: &'a Article, record: &'a Record) -> Scoring<'a> {
        let tokens = Tokens::of(&record.sentences);
        let mut gold = Vec::new();
        // The program takes headlines for what the body tells again, and reports
        // nothing from them where there is a body.
        let has_body = article.sentences.iter().any(|sentence| !sentence.headline);
        let told = |sentence: &Annotated| !(has_body && sentence.headline);
        for (index, sentence) in article.sentences.iter().enumerate().filter(|(_, sentence)| told(sentence)) {
            for note in &sentence.notes {
                let trigger = note.trigger.span.map_or(0..0, |span| tokens.under(span));
                gold.push(Gold { note, sentence: index, trigger });
            }
        }
        let wanted = gold.iter().map(|gold| parts::wanted(gold.note)).collect();
        let found = record.reports.iter().map(|report| parts::found(report, record)).collect();
        Scoring { article, record, tokens, gold, wanted, found, out: Scored::default() }
    }

    fn done(mut self) -> Scored {
        self.sizes();
        let pairs = self.pairs();
        let mut of_gold = vec![None; self.gold.len()];
        let mut of_report = vec![None; self.record.reports.len()];
        for &(gold, report) in &pairs {
            of_gold[gold] = Some(report);
            of_report[report] = Some(gold);
        }
        for (gold, report) in of_gold.iter().enumerate() {
            match report {
                Some(report) => self.pair(gold, *report),
                None => self.missed(gold),
            }
        }
        for (report, gold) in of_report.iter().enumerate() {
            self.report(report, *gold);
        }
        self.out
    }

    fn sizes(&mut self) {
        let (reports, article) = (&self.record.reports, self.article);
        let tally = &mut self.out.tally;
        tally.articles = 1;
        tally.sentences = article.sentences.len();
        tally.empty = article.sentences.iter().filter(|sentence| sentence.notes.is_empty()).count();
        tally.events = self.gold.len();
        tally.reports = reports.len();
        for counts in [&mut tally.trigger, &mut tally.typed, &mut tally.stated] {
            (counts.wanted, counts.found) = (self.gold.len(), reports.len());
        }
        for gold in &self.gold {
            tally.by_type[gold.note.event as usize].wanted += 1;
            tally.by_status[gold.note.status as usize].wanted += 1;
            tally.links_all.wanted += gold.note.attribution.len();
        }
        for report in reports {
            tally.by_type[report.event as usize].found += 1;
            tally.by_status[report.status as usize].found += 1;
            tally.links_all.found += parts::chain(&report.attribution).len();
        }
        for (index, role) in tally.roles.iter_mut().enumerate() {
            let wanted = self.wanted.iter().map(|roles| roles[index].len()).sum();
            let found = self.found.iter().map(|roles| roles[index].len()).sum();
            for counts in [&mut role.exact_all, &mut role.head_all] {
                (counts.wanted, counts.found) = (wanted, found);
            }
        }
    }

    /// (event, report), one to one.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let reports: Vec<std::ops::Range<usize>> =
            self.record.reports.iter().map(|report| self.tokens.under(report.trigger.span())).collect();
        let worth: Vec<Vec<i64>> = self
            .gold
            .iter()
            .enumerate()
            .map(|(index, gold)| {
                let each = reports.iter().enumerate();
                each.map(|(report, trigger)| if shared(&gold.trigger, trigger) { self.worth(index, report) } else { 0 })
                    .collect()
            })
            .collect();
        // An event and the reports that could be paired with it are a few: each
        // group that hangs together is settled by itself.
        pairing::by_groups(&worth)
    }

    /// A right type outweighs any number of pairs, a pair any detail.
    fn worth(&self, gold: usize, report: usize) -> i64 {
        let (note, said) = (self.gold[gold].note, &self.record.reports[report]);
        let mut worth = 1_000;
        if note.event == said.event {
            worth += 1_000_000;
        }
        if note.status == said.status {
            worth += 4;
        }
        if self.role_right(gold, report, 0).0 {
            worth += 2;
        }
        worth + i64::from(note.mode == said.mode)
    }

    /// Of a role: whether one of the wanted is there, and whether both sides are the same.
    fn role_right(&self, gold: usize, report: usize, role: usize) -> (bool, bool) {
        let (wanted, found) = (&self.wanted[gold][role], &self.found[report][role]);
        let hits = parts::hits(wanted, found, &self.tokens, Likeness::Name);
        (!hits.is_empty(), hits.len() == wanted.len() && hits.len() == found.len())
    }

    /// A pair, and all that hangs on it when its type is right.
    fn pair(&mut self, gold: usize, report: usize) {
        let (note, said) = (self.gold[gold].note, &self.record.reports[report]);
        self.out.tally.trigger.right += 1;
        if note.event != said.event {
            let detail = format!("{} taken for {}", note.event.as_str(), said.event.as_str());
            let fault = self.fault(FaultKind::WrongType, detail, gold, Some(said));
            self.out.faults.push(fault);
            return;
        }
        let tally = &mut self.out.tally;
        tally.typed.right += 1;
        tally.by_type[note.event as usize].right += 1;
        tally.mode.count(note.mode == said.mode);
        if note.mode.is_some() {
            tally.moded.count(note.mode == said.mode);
        }
        tally.status.count(note.status == said.status);
        if note.status == said.status {
            tally.stated.right += 1;
            tally.by_status[note.status as usize].right += 1;
        } else {
            let detail = format!("{} taken for {}", note.status.as_str(), said.status.as_str());
            let fault = self.fault(FaultKind::WrongStatus, detail, gold, Some(said));
            self.out.faults.push(fault);
        }
        for role in 0..ROLES.len() {
            self.role(gold, report, role);
        }
        for (role, kind) in [(0, FaultKind::WrongActor), (1, FaultKind::WrongRecipient)] {
            let (some, same) = self.role_right(gold, report, role);
            if !same {
                let (wanted, found) = (&self.wanted[gold][role], &self.found[report][role]);
                let detail = sort_of(some, wanted.len(), found.len());
                let mut fault = self.fault(kind, detail, gold, Some(said));
                fault.wanted = Some(parts::marks(wanted));
                fault.found = Some(parts::words(found));
                self.out.faults.push(fault);
            }
        }
        self.sources(gold, said);
    }

    fn role(&mut self, gold: usize, report: usize, role: usize) {
        let (wanted, found) = (&self.wanted[gold][role], &self.found[report][role]);
        let exact = parts::hits(wanted, found, &self.tokens, Likeness::Exact);
        let head = parts::hits(wanted, found, &self.tokens, Likeness::Head);
        let tally = &mut self.out.tally;
        let counts = &mut tally.roles[role];
        for (hits, typed, all) in [
            (exact.len(), &mut counts.exact, &mut counts.exact_all),
            (head.len(), &mut counts.head, &mut counts.head_all),
        ] {
            typed.right += hits;
            typed.wanted += wanted.len();
            typed.found += found.len();
            all.right += hits;
        }
        for &(mark, party) in &head {
            let (Some(name), true) = (&wanted[mark].name, wanted[mark].span.is_some()) else { continue };
            let given = found[party].name;
            let right = given.is_some_and(|given| parts::same_name(given, name));
            match ROLES[role] {
                "place" if given.is_some() => tally.place_names.count(right),
                "actor" | "recipient" | "third_party" => {
                    tally.named.count(given.is_some());
                    if given.is_some() {
                        tally.names.count(right);
                    }
                }
                _ => {}
            }
        }
    }

    fn sources(&mut self, gold: usize, said: &Report) {
        let note = self.gold[gold].note;
        let (wanted, found) = (&note.attribution, parts::chain(&said.attribution));
        let hits = parts::link_hits(wanted, &found);
        let tally = &mut self.out.tally;
        tally.links.right += hits;
        tally.links.wanted += wanted.len();
        tally.links.found += found.len();
        tally.links_all.right += hits;
        if hits < wanted.len() || hits < found.len() {
            let detail = sort_of(hits > 0, wanted.len(), found.len());
            let mut fault = self.fault(FaultKind::WrongSource, detail, gold, Some(said));
            fault.wanted = Some(parts::sources(wanted));
            fault.found = Some(parts::links(&found));
            self.out.faults.push(fault);
        }
    }

    fn missed(&mut self, gold: usize) {
        let detail = self.gold[gold].note.event.as_str().to_string();
        let fault = self.fault(FaultKind::MissedEvent, detail, gold, None);
        self.out.faults.push(fault);
    }

    /// What a report counts for by itself.
    fn report(&mut self, report: usize, gold: Option<usize>) {
        let said = &self.record.reports[report];
        let paired = gold.map(|gold| self.gold[gold].note);
        let typed = paired.is_some_and(|note| note.event == said.event);
        let actor_right =
            gold.is_some_and(|gold| self.wanted[gold][0].is_empty() || self.role_right(gold, report, 0).0);
        let right = typed && actor_right && paired.is_some_and(|note| note.status == said.status);
        let trigger = self.tokens.under(said.trigger.span());
        let happened = |typed: bool| {
            self.gold.iter().any(|gold| {
                gold.note.status == Status::Actual
                    && shared(&gold.trigger, &trigger)
                    && (!typed || gold.note.event == said.event)
            })
        };
        let (any, same) = (happened(false), happened(true));
        let tally = &mut self.out.tally;
        if said.status == Status::Actual {
            tally.actual.count(any);
            tally.actual_typed.count(same);
        }
        tally.weigh(said.confidence, right);
        let sentence = self.sentence_of(said.trigger.span());
        if sentence.is_some_and(|sentence| sentence.notes.is_empty()) {
            self.out.tally.false_reports += 1;
            self.out.tally.false_actual += usize::from(said.status == Status::Actual);
        }
        if gold.is_none() {
            let fault = Fault {
                kind: FaultKind::FalseReport,
                detail: said.event.as_str().to_string(),
                article: self.article.id.clone(),
                file: self.article.file.clone(),
                line: sentence.map_or(self.article.line, |sentence| sentence.line),
                trigger: said.trigger.exact().to_string(),
                sentence: sentence.map(|sentence| sentence.text.clone()).unwrap_or_default(),
                wanted: None,
                found: Some(parts::report(said)),
                found_by: Some(said.found_by.clone()),
            };
            self.out.faults.push(fault);
        }
        self.out.weighed.push(Weighed {
            article: self.article.id.clone(),
            report: said.id.clone(),
            event: said.event,
            gold: paired.map(|note| note.event),
            status: said.status,
            gold_status: paired.map(|note| note.status),
            confidence: said.confidence,
            found_by: said.found_by.clone(),
            actor_right,
            right,
        });
    }

    fn sentence_of(&self, span: Span) -> Option<&'a Annotated> {
        self.article.sentences.iter().find(|sentence| sentence.span.overlaps(span))
    }

    fn fault(&self, kind: FaultKind, detail: String, gold: usize, said: Option<&Report>) -> Fault {
        let Gold { note, sentence, .. } = &self.gold[gold];
        Fault {
            kind,
            detail,
            article: self.article.id.clone(),
            file: self.article.file.clone(),
            line: note.line,
            trigger: note.trigger.exact.clone(),
            sentence: self.article.sentences[*sentence].text.clone(),
            wanted: Some(parts::note(note)),
            found: said.map(parts::report),
            found_by: said.map(|said| said.found_by.clone()),
        }
    }
}

/// Whether two ranges of tokens have one in common.
fn shared(left: &std::ops::Range<usize>, right: &std::ops::Range<usize>) -> bool {
    left.start < right.end && right.start < left.end
}

/// How the two sides of a role differ.
fn sort_of(some: bool, wanted: usize, found: usize) -> String {
    let sort = match (some, wanted, found) {
        (_, _, 0) => "none found",
        (_, 0, _) => "none wanted",
        (false, ..) => "another",
        (true, wanted, found) if wanted > found => "some missing",
        (true, wanted, found) if wanted < found => "too many",
        _ => "some right",
    };
    sort.to_string()
}
