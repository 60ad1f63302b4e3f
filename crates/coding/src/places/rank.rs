//! Which of its places a name means here.
//!
//! Takes the candidates of a name and what the document says of countries;
//! gives the best with its reasons. Leaves a name open when two countries are
//! equally likely and nothing in the document speaks for either.
//!
//! Example: "Tripoli" is in Lebanon where the text speaks of Beirut and the
//! Lebanese army, in Libya where nothing else is said.

use std::collections::HashMap;

use record::Why;

use super::gazetteer::{Candidate, Class};

/// What speaks for the countries of a document.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    /// Alpha-3 code to how often the document names it, one of its people or a
    /// place that can only lie there.
    weights: HashMap<String, f64>,
    /// What each name has given: no name speaks for itself.
    given: HashMap<(String, String), f64>,
}

impl Evidence {
    /// `name` speaks for `country`.
    pub fn add(&mut self, name: &str, country: &str, weight: f64) {
        *self.weights.entry(country.to_string()).or_default() += weight;
        *self.given.entry((name.to_string(), country.to_string())).or_default() += weight;
    }

    /// The heaviest weight without what `name` itself gave.
    fn heaviest_without(&self, name: &str) -> f64 {
        self.weights.keys().map(|country| self.without(country, name)).fold(0.0, f64::max)
    }

    fn without(&self, country: &str, name: &str) -> f64 {
        let key = (name.to_string(), country.to_string());
        self.weights.get(country).copied().unwrap_or(0.0) - self.given.get(&key).copied().unwrap_or(0.0)
    }

    /// The weight of a country against the heaviest, what `name` itself gave
    /// left out of both.
    fn share(&self, country: &str, name: &str) -> f64 {
        let heaviest = self.heaviest_without(name);
        let weight = self.without(country, name);
        if heaviest <= 0.0 || weight <= 0.0 { 0.0 } else { (weight / heaviest).min(1.0) }
    }
}

/// What the words around a name say of it.
#[derive(Debug, Clone, Default)]
pub(super) struct Hints {
    /// "X, Lebanon", "X in Lebanon": the country or division named right after.
    pub inside: Option<String>,
    /// "X province": a division is meant.
    pub division: bool,
    /// "the town of X", "X city".
    pub town: bool,
    /// Countries named in the same sentence.
    pub sentence: Vec<String>,
}

/// The weights of the ranking, set by hand against the cases of the tests and
/// read over real articles (docs/decisions/0004); they move together.
const COUNTRY: f64 = 3.0;
const CAPITAL: f64 = 2.0;
const REGION: f64 = 5.0;
const DIVISION: f64 = 0.4;
/// A division that bears the name of its town or of a region gives way to it.
const SHADOWED: f64 = -2.0;
const PER_TENFOLD: f64 = 0.5;
const DOCUMENT: f64 = 3.0;
const SENTENCE: f64 = 1.0;
const INSIDE: f64 = 6.0;
const KIND: f64 = 3.0;
const SPELLING: f64 = -0.8;
/// Below this lead over a place in another country, with nothing in the
/// document for either, the name stays open.
const OPEN_BELOW: f64 = 0.2;

/// A town below this size is not believed in without a word for its country,
/// once the document speaks this much of another.
const STRAY_BELOW: u64 = 300_000;
const SPEAKS: f64 = 2.0;

/// The choice among candidates: the place, or nothing where it is a toss-up.
pub(super) struct Choice {
    pub candidate: Option<Candidate>,
    pub why: Why,
}

pub(super) fn choose(name: &str, candidates: Vec<Candidate>, evidence: &Evidence, hints: &Hints) -> Choice {
    let towns: Vec<Option<String>> = candidates
        .iter()
        .filter(|one| matches!(one.class, Class::Town | Class::Capital) && one.population >= 20_000)
        .map(|one| one.country.clone())
        .collect();
    let region = candidates.iter().any(|one| one.class == Class::Region);
    let mut scored: Vec<(f64, f64, Candidate)> = candidates
        .into_iter()
        .map(|candidate| {
            let (mut score, document) = score(name, &candidate, evidence, hints);
            if candidate.class == Class::Admin1 && !hints.division && (region || towns.contains(&candidate.country)) {
                score += SHADOWED;
            }
            (score, document, candidate)
        })
        .collect();
    // Ties go to the larger place, then to the name, so that the order of the
    // files does not show.
    scored.sort_by(|a, b| {
        b.0.total_cmp(&a.0).then(b.2.population.cmp(&a.2.population)).then_with(|| a.2.country.cmp(&b.2.country))
    });
    let Some((best, spoken, chosen)) = scored.first().cloned() else {
        return Choice { candidate: None, why: Why::new(format!("where: no place is called {name}")) };
    };
    let mut why = Why::new(format!("where: {name} is {}", told(&chosen)));
    for (score, document, candidate) in scored.iter().take(3) {
        let said = if *document > 0.0 { format!(", {document:.1} of it by the document") } else { String::new() };
        why = why.because(Why::new(format!("{}: {score:.1}{said}", told(candidate))));
    }
    // A small town of a country the text never speaks of, in a text that speaks
    // of others: likelier a namesake the gazetteer lacks.
    let stray = chosen.class == Class::Town
        && chosen.population < STRAY_BELOW
        && spoken <= 0.0
        && evidence.heaviest_without(name) >= SPEAKS;
    let rival = scored.iter().find(|(_, _, other)| other.country != chosen.country);
    let open = stray || rival.is_some_and(|(score, _, _)| best - score < OPEN_BELOW) && spoken <= 0.0;
    if open {
        why = Why { what: format!("where: {name} is left open: the text speaks for none of its places"), ..why };
    }
    Choice { candidate: (!open).then_some(chosen), why }
}

fn score(name: &str, candidate: &Candidate, evidence: &Evidence, hints: &Hints) -> (f64, f64) {
    let mut score = match candidate.class {
        Class::Country => COUNTRY,
        Class::Capital => CAPITAL,
        Class::Region => REGION,
        Class::Admin1 => DIVISION,
        Class::Town => 0.0,
    };
    score += PER_TENFOLD * (candidate.population as f64 + 10.0).log10();
    if candidate.spelling {
        score += SPELLING;
    }
    if hints.division && candidate.class == Class::Admin1
        || hints.town && matches!(candidate.class, Class::Town | Class::Capital)
    {
        score += KIND;
    }
    let mut document = 0.0;
    if let Some(country) = &candidate.country {
        document += DOCUMENT * evidence.share(country, name);
        if hints.sentence.iter().any(|other| other == country) && candidate.class != Class::Country {
            document += SENTENCE;
        }
        let inside = hints.inside.as_deref();
        if candidate.class != Class::Country
            && (inside == Some(country) || inside.is_some() && inside == candidate.admin1.as_deref())
        {
            document += INSIDE;
        }
    }
    (score + document, document)
}

fn told(candidate: &Candidate) -> String {
    let class = match candidate.class {
        Class::Country => "country",
        Class::Capital => "capital",
        Class::Admin1 => "division",
        Class::Town => "town",
        Class::Region => "region",
    };
    match &candidate.country {
        Some(country) => format!("{} ({class}, {country})", candidate.name),
        None => format!("{} ({class})", candidate.name),
    }
}
