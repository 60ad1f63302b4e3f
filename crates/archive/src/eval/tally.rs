//! What was counted over many articles, and the figures that follow.
//!
//! Takes the counts of one article after the other; gives precision, recall,
//! F1, shares and the error of calibration. Never gives a figure where there
//! was nothing to count: that is `None`, not 0.
//!
//! ```
//! let counts = archive::eval::Counts { right: 3, found: 4, wanted: 6 };
//! assert_eq!((counts.precision(), counts.recall(), counts.f1()), (Some(0.75), Some(0.5), Some(0.6)));
//! ```

use record::{Event, Status};
use serde_json::{Map, Value, json};

/// How many were right, of how many found, of how many wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub right: usize,
    pub found: usize,
    pub wanted: usize,
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl Counts {
    pub fn precision(self) -> Option<f64> {
        ratio(self.right, self.found)
    }

    pub fn recall(self) -> Option<f64> {
        ratio(self.right, self.wanted)
    }

    pub fn f1(self) -> Option<f64> {
        ratio(2 * self.right, self.found + self.wanted)
    }

    pub(super) fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.found += other.found;
        self.wanted += other.wanted;
    }

    fn figures(self) -> Value {
        json!({
            "precision": rounded(self.precision()), "recall": rounded(self.recall()), "f1": rounded(self.f1()),
            "right": self.right, "found": self.found, "wanted": self.wanted,
        })
    }
}

/// How many of how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    pub right: usize,
    pub of: usize,
}

impl Share {
    pub fn ratio(self) -> Option<f64> {
        ratio(self.right, self.of)
    }

    pub(super) fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    fn add(&mut self, other: Share) {
        self.right += other.right;
        self.of += other.of;
    }

    fn figures(self) -> Value {
        json!({"share": rounded(self.ratio()), "right": self.right, "of": self.of})
    }
}

/// The parts of an event that are scored by themselves.
pub const ROLES: [&str; 7] = ["actor", "recipient", "third_party", "content", "condition", "time", "place"];

/// One role. The first two count typed matches only; the other two count the
/// same hits against everything that was found and wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Role {
    pub exact: Counts,
    pub head: Counts,
    pub exact_all: Counts,
    pub head_all: Counts,
}

impl Role {
    pub(super) fn add(&mut self, other: &Role) {
        self.exact.add(other.exact);
        self.head.add(other.head);
        self.exact_all.add(other.exact_all);
        self.head_all.add(other.head_all);
    }

    fn figures(&self) -> Value {
        json!({
            "exact": self.exact.figures(), "head": self.head.figures(),
            "exact_end_to_end": self.exact_all.figures(), "head_end_to_end": self.head_all.figures(),
        })
    }
}

/// Reports of one tenth of confidence.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bin {
    pub count: usize,
    pub right: usize,
    pub confidence: f64,
}

impl Bin {
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then(|| self.confidence / self.count as f64)
    }

    pub fn share(&self) -> Option<f64> {
        ratio(self.right, self.count)
    }
}

/// All counts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    pub articles: usize,
    pub sentences: usize,
    /// Sentences without an annotated event.
    pub empty: usize,
    pub events: usize,
    pub reports: usize,
    pub trigger: Counts,
    pub typed: Counts,
    /// Type and status right.
    pub stated: Counts,
    pub by_type: [Counts; 16],
    pub by_status: [Counts; 5],
    /// Of typed matches.
    pub mode: Share,
    /// Of typed matches whose event has a mode.
    pub moded: Share,
    /// Of typed matches.
    pub status: Share,
    /// Reports with status actual that stand on an event that happened.
    pub actual: Share,
    /// And say the right type of it.
    pub actual_typed: Share,
    pub roles: [Role; 7],
    /// Parties found by their words: those that an annotator named and that got a name, by whether it is the one.
    pub names: Share,
    /// The same parties: whether they got a name at all.
    pub named: Share,
    pub place_names: Share,
    pub links: Counts,
    pub links_all: Counts,
    /// Reports in sentences without an event, and those of status actual among them.
    pub false_reports: usize,
    pub false_actual: usize,
    pub bins: [Bin; 10],
}

impl Tally {
    pub fn add(&mut self, other: &Tally) {
        for (sum, part) in [
            (&mut self.articles, other.articles),
            (&mut self.sentences, other.sentences),
            (&mut self.empty, other.empty),
            (&mut self.events, other.events),
            (&mut self.reports, other.reports),
            (&mut self.false_reports, other.false_reports),
            (&mut self.false_actual, other.false_actual),
        ] {
            *sum += part;
        }
        self.trigger.add(other.trigger);
        self.typed.add(other.typed);
        self.stated.add(other.stated);
        self.links.add(other.links);
        self.links_all.add(other.links_all);
        self.by_type.iter_mut().zip(&other.by_type).for_each(|(sum, part)| sum.add(*part));
        self.by_status.iter_mut().zip(&other.by_status).for_each(|(sum, part)| sum.add(*part));
        self.roles.iter_mut().zip(&other.roles).for_each(|(sum, part)| sum.add(part));
        for (sum, part) in [
            (&mut self.mode, other.mode),
            (&mut self.moded, other.moded),
            (&mut self.status, other.status),
            (&mut self.actual, other.actual),
            (&mut self.actual_typed, other.actual_typed),
            (&mut self.names, other.names),
            (&mut self.named, other.named),
            (&mut self.place_names, other.place_names),
        ] {
            sum.add(part);
        }
        for (sum, part) in self.bins.iter_mut().zip(&other.bins) {
            sum.count += part.count;
            sum.right += part.right;
            sum.confidence += part.confidence;
        }
    }

    /// All roles together.
    pub fn arguments(&self) -> Role {
        self.roles.iter().fold(Role::default(), |mut sum, role| {
            sum.add(role);
            sum
        })
    }

    /// False reports in a hundred sentences without an event.
    pub fn false_per_hundred(&self) -> Option<f64> {
        ratio(100 * self.false_reports, self.empty)
    }

    /// How far confidence is from the share that is right, over ten equal bins,
    /// each with the weight of its reports.
    pub fn calibration_error(&self) -> Option<f64> {
        let all: usize = self.bins.iter().map(|bin| bin.count).sum();
        let gaps: f64 = self.bins.iter().map(|bin| (bin.confidence - bin.right as f64).abs()).sum();
        (all > 0).then(|| gaps / all as f64)
    }

    pub(super) fn weigh(&mut self, confidence: f32, right: bool) {
        // Something that is no number is no confidence at all.
        let confidence = if confidence.is_nan() { 0.0 } else { f64::from(confidence).clamp(0.0, 1.0) };
        let bin = &mut self.bins[((confidence * 10.0) as usize).min(9)];
        bin.count += 1;
        bin.right += usize::from(right);
        bin.confidence += confidence;
    }

    /// Every figure, as one object.
    pub fn figures(&self) -> Value {
        let keyed = |pairs: Vec<(&str, Value)>| -> Value {
            pairs.into_iter().map(|(key, value)| (key.to_string(), value)).collect::<Map<_, _>>().into()
        };
        let types = Event::all().zip(&self.by_type).map(|(event, counts)| (event.as_str(), counts.figures())).collect();
        let statuses = Status::ALL.iter().zip(&self.by_status).map(|(status, counts)| (status.0, counts.figures()));
        let roles = ROLES.iter().zip(&self.roles).map(|(name, role)| (*name, role.figures())).collect();
        let bins: Vec<Value> = self
            .bins
            .iter()
            .map(|bin| json!({"confidence": rounded(bin.mean()), "right": rounded(bin.share()), "count": bin.count}))
            .collect();
        json!({
            "articles": self.articles,
            "sentences": self.sentences,
            "sentences_without_event": self.empty,
            "events": self.events,
            "reports": self.reports,
            "trigger": self.trigger.figures(),
            "type": self.typed.figures(),
            "type_and_status": self.stated.figures(),
            "types": keyed(types),
            "statuses": keyed(statuses.collect()),
            "mode": self.mode.figures(),
            "mode_where_given": self.moded.figures(),
            "status": self.status.figures(),
            "actual": self.actual.figures(),
            "actual_and_type": self.actual_typed.figures(),
            "arguments": self.arguments().figures(),
            "roles": keyed(roles),
            "names": self.names.figures(),
            "named": self.named.figures(),
            "place_names": self.place_names.figures(),
            "attribution": self.links.figures(),
            "attribution_end_to_end": self.links_all.figures(),
            "false_reports": self.false_reports,
            "false_reports_actual": self.false_actual,
            "false_reports_per_100": rounded(self.false_per_hundred()),
            "calibration_error": rounded(self.calibration_error()),
            "calibration": bins,
        })
    }
}

/// Four digits are more than any corpus bears out.
fn rounded(figure: Option<f64>) -> Option<f64> {
    figure.map(|figure| (figure * 1e4).round() / 1e4)
}
