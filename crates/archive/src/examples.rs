//! The codebook's examples, run.
//!
//! Takes the ground and a rule; gives what its yes- and no-examples got wrong.
//! The form of an example is told in `codebook/README.md`.

use reading::{Defaults, Source};
use record::{Party, Report, Status};

use crate::ground::Ground;

/// The one day on which all examples are published, a Monday.
const PUBLISHED: jiff::civil::Date = jiff::civil::date(2020, 6, 15);

/// An example that did not do what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub rule: String,
    pub example: String,
    pub problem: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: \"{}\"\n    {}", self.rule, self.example, self.problem)
    }
}

impl Ground {
    /// Runs the examples of the rules whose id starts with `prefix`.
    pub fn check_examples(&self, prefix: &str) -> Vec<Failure> {
        let mut failures = Vec::new();
        for rule in self.rules().iter().filter(|rule| rule.id.starts_with(prefix)) {
            for (example, wanted) in rule.yes.iter().map(|yes| (yes, true)).chain(rule.no.iter().map(|no| (no, false)))
            {
                let (text, expectations) = example.split_once("=>").unwrap_or((example, ""));
                let reports = self.reports_of(text.trim(), rule.own);
                // The program's rules vouch for each other; a user's entry for itself.
                let speaks = |report: &Report| match rule.own {
                    true => found_by(report, &rule.id),
                    false => report.event == rule.event,
                };
                let same: Vec<&Report> = reports.iter().filter(|report| speaks(report)).collect();
                let problem =
                    if wanted { missing(&same, &reports, expectations) } else { unwanted(&same, expectations) };
                if let Some(problem) = problem {
                    failures.push(Failure { rule: rule.id.clone(), example: text.trim().to_string(), problem });
                }
            }
        }
        failures
    }

    fn reports_of(&self, text: &str, own: bool) -> Vec<Report> {
        let defaults = Defaults { published: Some(PUBLISHED), ..Defaults::default() };
        let source = Source { name: "example.txt", kind: None, defaults: Some(&defaults) };
        let documents =
            reading::extract(text.as_bytes(), &source).map(|extraction| extraction.documents).unwrap_or_default();
        documents
            .into_iter()
            .flat_map(|mut one| {
                // Examples are English by trade; a short one may look otherwise.
                one.remarks.retain(|remark| remark.kind != "language");
                // A rule of the program must hold by itself; a user's entry may need the network.
                if own { self.code(one).reports } else { self.code_by_rules(one).reports }
            })
            .collect()
    }
}

/// Whether this rule found it, by a pattern ("rule own.raid/1") or by its examples
/// ("examples own.raid (0.83)").
fn found_by(report: &Report, id: &str) -> bool {
    report.found_by.split([' ', '/']).any(|word| word == id)
}

/// What a yes-example lacks.
fn missing(same: &[&Report], all: &[Report], expectations: &str) -> Option<String> {
    if same.is_empty() {
        return Some(format!("no report of this type; found {}", seen(all)));
    }
    let wishes: Vec<(&str, &str)> = expectations
        .split(';')
        .filter_map(|wish| wish.split_once(':'))
        .map(|(field, text)| (field.trim(), text.trim()))
        .collect();
    let actual = !wishes.iter().any(|(field, _)| *field == "status");
    let mut closest: Option<Vec<String>> = None;
    for report in same {
        let mut wrong: Vec<String> = wishes.iter().filter_map(|(field, text)| unmet(report, field, text)).collect();
        if actual && report.status != Status::Actual {
            wrong.push(format!("status is {}", report.status.as_str()));
        }
        if wrong.is_empty() {
            return None;
        }
        if closest.as_ref().is_none_or(|best| wrong.len() < best.len()) {
            closest = Some(wrong);
        }
    }
    closest.map(|wrong| wrong.join("; "))
}

/// What a no-example gave that it must not.
fn unwanted(same: &[&Report], expectations: &str) -> Option<String> {
    if let Some(report) = same.iter().find(|report| report.status == Status::Actual) {
        return Some(format!("an actual report was found: {}", line(report)));
    }
    let status = expectations.trim();
    if !status.is_empty() && !same.iter().any(|report| report.status.as_str() == status) {
        let statuses: Vec<&str> = same.iter().map(|report| report.status.as_str()).collect();
        return Some(format!("wanted a report that is {status}, found {statuses:?}"));
    }
    None
}

fn unmet(report: &Report, field: &str, text: &str) -> Option<String> {
    let among = |parties: &[Party], text: &str| -> bool {
        text.split('+').map(str::trim).all(|wish| {
            let wish = bare(wish);
            parties
                .iter()
                .any(|party| bare(&party.text) == wish || party.name.as_deref().is_some_and(|name| bare(name) == wish))
        })
    };
    let names = |parties: &[Party]| parties.iter().map(|party| party.text.as_str()).collect::<Vec<_>>().join(" + ");
    let (met, got) = match field {
        "actor" => (among(&report.actor, text), names(&report.actor)),
        "recipient" => (among(&report.recipient, text), names(&report.recipient)),
        "third_party" => (among(&report.third_party, text), names(&report.third_party)),
        "speaker" => {
            let speakers: Vec<Party> = report.attribution.iter().filter_map(|link| link.speaker.clone()).collect();
            (among(&speakers, text), names(&speakers))
        }
        "content" => {
            let content = report.content.as_ref().map_or("", |slice| slice.exact());
            (content.contains(text), content.to_string())
        }
        "mode" => {
            let mode = report.mode.map_or("", |mode| mode.as_str());
            (mode == text, mode.to_string())
        }
        "status" => (report.status.as_str() == text, report.status.as_str().to_string()),
        "trigger" => (report.trigger.exact() == text, report.trigger.exact().to_string()),
        other => {
            return Some(format!(
                "{other} is not a field; use actor, recipient, third_party, content, mode, status, trigger, speaker"
            ));
        }
    };
    (!met).then(|| format!("{field} is \"{got}\", not \"{text}\""))
}

/// Without a leading determiner and in lower case, for comparing mentions.
fn bare(text: &str) -> String {
    let text = text.trim().to_lowercase();
    ["the ", "a ", "an ", "its ", "their ", "his ", "her "]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(&text)
        .to_string()
}

fn seen(reports: &[Report]) -> String {
    if reports.is_empty() { "nothing".to_string() } else { reports.iter().map(line).collect::<Vec<_>>().join(" | ") }
}

fn line(report: &Report) -> String {
    let names = |parties: &[Party]| parties.iter().map(|party| party.text.as_str()).collect::<Vec<_>>().join("+");
    format!(
        "{} {} \"{}\" [{}] -> [{}] by {}",
        report.event.as_str(),
        report.status.as_str(),
        report.trigger.exact(),
        names(&report.actor),
        names(&report.recipient),
        report.found_by
    )
}
