//! Frames around expressions: "since …", "by …", "from … to …".
//!
//! Takes words; gives the expressions in them from left to right, the longest
//! at each place, wrapped by the preposition that changes what they mean.
//! Never gives two that overlap.
//!
//! Example: "from Monday to Wednesday" is one span, "since 2009" an open one.

use super::guard::Around;
use super::lex::{Kind, Word};
use super::pattern::{self, Found};
use super::rules::RULES;
use super::sense::Sense;

/// An expression: words `start..end`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Expression {
    pub start: usize,
    pub end: usize,
    pub sense: Sense,
    pub rule: &'static str,
}

/// Finds the expressions of a text.
pub(super) fn expressions(words: &[Word]) -> Vec<Expression> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let expression =
            if opens_nothing(&words[at]) { None } else { framed(words, at).or_else(|| longest(words, at, false)) };
        match expression {
            Some(expression) => {
                at = expression.end;
                found.push(expression);
            }
            None => at += 1,
        }
    }
    found
}

/// The commonest words, none of which begins a rule or a frame (a test
/// proves it): most of a text is passed over here.
#[rustfmt::skip]
const IDLE: &[&str] = &[
    "to", "and", "is", "was", "it", "with", "he", "she", "has", "be", "are", "were", "said", "his",
    "have", "which", "had", "who", "been", "not", "but", "we", "they", "will", "or", "i", "you", "also", "government",
    "people", "country", "president", "minister", "police", "according", "would", "when", "can", "there",
];

fn opens_nothing(word: &Word) -> bool {
    matches!(word.kind, Kind::Break | Kind::Other) || !word.capital && word.is_any(IDLE)
}

/// The longest expression that starts at `at`.
fn longest(words: &[Word], at: usize, arm: bool) -> Option<Expression> {
    let first = words.get(at)?;
    if matches!(first.kind, Kind::Mark | Kind::Break | Kind::Other) && !first.is("'") {
        return None;
    }
    let mut best: Option<Expression> = None;
    for rule in RULES {
        if !pattern::may_begin(rule.pattern, first) {
            continue;
        }
        let mut found = Found::default();
        let Some(end) = pattern::read(words, at, rule.pattern, &mut found) else { continue };
        if best.as_ref().is_some_and(|best| best.end >= end) || inside_name(words, at, end) {
            continue;
        }
        if !(rule.guard)(&Around { words, start: at, end, arm }) {
            continue;
        }
        if let Some(sense) = (rule.sense)(&found) {
            // "Monday (July 25)": the bracket that was opened is closed.
            let open =
                words[at..end].iter().any(|word| word.is("(")) && words.get(end).is_some_and(|word| word.is(")"));
            let end = end + usize::from(open);
            best = Some(Expression { start: at, end, sense, rule: rule.name });
        }
    }
    best
}

/// A weekday, month or year that is part of a longer name: "Friday Times".
fn inside_name(words: &[Word], start: usize, end: usize) -> bool {
    let all = words[start..end].iter().filter(|word| word.kind != Kind::Mark).all(|word| word.named);
    let goes_on = start.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|word| word.named)
        || words.get(end).is_some_and(|word| word.named);
    all && goes_on
}

fn framed(words: &[Word], at: usize) -> Option<Expression> {
    let word = words.get(at).filter(|word| word.kind == Kind::Word)?;
    let is = |index: usize, text: &str| words.get(index).is_some_and(|word| word.is(text));
    let skip = |mut index: usize| {
        // "since at least Monday", "until about March", "by the end of".
        while words
            .get(index)
            .is_some_and(|word| word.is_any(&["at", "least", "about", "around", "on", "in", "mostly"]))
        {
            index += 1;
        }
        index
    };
    let wrap = |inner: Expression, rule: &'static str, sense: fn(Box<Sense>) -> Sense| {
        Some(Expression { start: at, end: inner.end, sense: sense(Box::new(inner.sense)), rule })
    };
    match word.text.as_str() {
        "between" => two(words, at, skip(at + 1), &["and"], "between"),
        "from" => two(words, at, skip(at + 1), &["to", "until", "till", "through", "-"], "from-to").or_else(|| {
            let inner = anchor(words, skip(at + 1))?;
            // "up from 2017" compares: a year after "from" alone starts nothing.
            let compares = matches!(inner.sense, Sense::Year { .. } | Sense::Decade { .. });
            if compares || possessive(words, inner.end) { None } else { wrap(inner, "from", Sense::Since) }
        }),
        "starting" | "beginning" | "effective" | "as" => {
            let next = at + 1 + usize::from(is(at + 1, "from") || is(at + 1, "of") || is(at + 1, "on"));
            (next > at + 1 || word.is("starting") || word.is("beginning")).then_some(())?;
            // "as of Monday"; a bare "as" is no frame, "as in 1994" neither.
            (!word.is("as") || is(at + 1, "of") || is(at + 1, "from")).then_some(())?;
            wrap(anchor(words, skip(next))?, "as-of", Sense::Since)
        }
        "since" => wrap(bounded(words, skip(at + 1))?, "since", Sense::Since),
        "until" | "till" | "til" => wrap(bounded(words, skip(at + 1))?, "until", Sense::Until),
        "up" if is(at + 1, "to") || is(at + 1, "until") => wrap(anchor(words, at + 2)?, "until", Sense::Until),
        "through" if !is(at.wrapping_sub(1), "go") => wrap(anchor(words, at + 1)?, "until", Sense::Until),
        "by" => {
            let inner = bounded(words, skip(at + 1))?;
            if possessive(words, inner.end) { None } else { wrap(inner, "by", Sense::By) }
        }
        "no" | "not" if is(at + 1, "later") && is(at + 2, "than") => wrap(bounded(words, at + 3)?, "by", Sense::By),
        "before" => {
            let inner = anchor(words, skip(at + 1))?;
            if possessive(words, inner.end) { None } else { wrap(inner, "before", Sense::By) }
        }
        "after" => {
            let inner = anchor(words, skip(at + 1))?;
            if possessive(words, inner.end) { None } else { wrap(inner, "after", Sense::Since) }
        }
        _ => bare_two(words, at),
    }
}

fn possessive(words: &[Word], end: usize) -> bool {
    // "by Monday's attack", "after the March 3 attack": the date belongs to a noun.
    words.get(end).is_some_and(|word| word.is("'s"))
}

/// An expression that can bound a stretch.
fn bounded(words: &[Word], at: usize) -> Option<Expression> {
    longest(words, at, true).filter(|inner| {
        !matches!(
            inner.sense,
            Sense::Duration { .. } | Sense::Recurring | Sense::DayNumber(_) | Sense::Within { .. } | Sense::Overnight
        )
    })
}

/// One that says which day, month or year: what "from" and "before" need to
/// change its meaning ("from the next day" does not).
fn anchor(words: &[Word], at: usize) -> Option<Expression> {
    longest(words, at, false).filter(|inner| {
        matches!(
            inner.sense,
            Sense::Day { .. }
                | Sense::Month { .. }
                | Sense::MonthShift { .. }
                | Sense::Year { .. }
                | Sense::Weekday { .. }
                | Sense::Holiday { .. }
                | Sense::DayOfMonth { .. }
                | Sense::DaysAway(_)
                | Sense::Decade { .. }
        )
    })
}

/// "between X and Y", "from X to Y", the first arm at `first`.
fn two(words: &[Word], at: usize, first: usize, links: &[&str], rule: &'static str) -> Option<Expression> {
    // "between 3 and 5 May", "from 3 to 5 May": the days stand before one month.
    if let Some(list) = longest(words, first, true)
        && let Sense::Days { year, month, days } = &list.sense
        && let [from, to] = days[..]
        && from < to
    {
        let sense = Sense::DayRange { year: *year, month: *month, first: from, last: to };
        return Some(Expression { start: at, end: list.end, sense, rule });
    }
    if let Some(range) = longest(words, first, true)
        && matches!(range.sense, Sense::DayRange { .. } | Sense::Years { .. })
    {
        return Some(Expression { start: at, ..range });
    }
    // So are "between 1994 and 1998" and "between March and June 2011".
    if let Some(list) = longest(words, first, true) {
        let sense = match &list.sense {
            Sense::YearList(years) => match years[..] {
                [from, to] if from < to => Some(Sense::Years { first: from, last: to }),
                _ => None,
            },
            Sense::Months { year, months } => match months[..] {
                [from, to] => Some(Sense::Span(
                    Box::new(Sense::Month { year: None, month: from, part: None }),
                    Box::new(Sense::Month { year: *year, month: to, part: None }),
                )),
                _ => None,
            },
            _ => None,
        };
        if let Some(sense) = sense {
            return Some(Expression { start: at, end: list.end, sense, rule });
        }
    }
    // "between Saturday and Monday" is read by the rule of lists.
    if rule == "between"
        && let Some(list) = longest(words, first, true)
        && let Sense::Weekdays(days) = &list.sense
        && let [from, to] = days[..]
    {
        let day = |weekday| Box::new(Sense::Weekday { weekday, shift: None, week: None });
        return Some(Expression { start: at, end: list.end, sense: Sense::Span(day(from), day(to)), rule });
    }
    let one = longest(words, first, true).or_else(|| bare_day(words, first))?;
    let link = one.end + usize::from(words.get(one.end).is_some_and(|word| word.is(",")));
    if !words.get(link).is_some_and(|word| word.is_any(links)) {
        return None;
    }
    let mut second = link + 1;
    while words.get(second).is_some_and(|word| word.is_any(&["at", "least", "about", "the", "on"]))
        && longest(words, second, true).is_none()
    {
        second += 1;
    }
    let other = longest(words, second, true)?;
    let sense = match (&one.sense, &other.sense) {
        // "from 3 to May 5" has its month in the second arm.
        (Sense::DayOfMonth { day, shift: None }, Sense::Day { year, month, .. }) => Sense::Span(
            Box::new(Sense::Day { year: *year, month: *month, day: *day, weekday: None }),
            Box::new(other.sense.clone()),
        ),
        _ => Sense::Span(Box::new(one.sense), Box::new(other.sense)),
    };
    bounds(&sense).then_some(Expression { start: at, end: other.end, sense, rule })
}

/// A bare day number, only as the first arm of a frame.
fn bare_day(words: &[Word], at: usize) -> Option<Expression> {
    let Kind::Int(value @ 1..=31, 1 | 2) = words.get(at)?.kind else { return None };
    let day = i8::try_from(value).ok()?;
    Some(Expression { start: at, end: at + 1, sense: Sense::DayOfMonth { day, shift: None }, rule: "bare-day" })
}

/// Whether both arms can bound a stretch.
fn bounds(sense: &Sense) -> bool {
    let Sense::Span(first, last) = sense else { return false };
    let bound = |sense: &Sense| {
        !matches!(
            sense,
            Sense::Duration { .. }
                | Sense::Recurring
                | Sense::DayNumber(_)
                | Sense::Within { .. }
                | Sense::FromText
                | Sense::Weekdays(_)
                | Sense::Days { .. }
        )
    };
    bound(first) && bound(last)
}

/// "Monday to Wednesday", "October 28-November 3", "March through June 2011":
/// without a preposition both arms must be of one kind.
fn bare_two(words: &[Word], at: usize) -> Option<Expression> {
    let one = longest(words, at, true)?;
    let link = words.get(one.end)?;
    let links: &[&str] = match one.sense {
        Sense::Weekday { .. } | Sense::Day { .. } | Sense::Month { .. } => &["-", "to", "through", "until", "till"],
        Sense::Year { .. } => &["-", "through"],
        _ => return None,
    };
    if !link.is_any(links) {
        return None;
    }
    let other = longest(words, one.end + 1, true)?;
    let alike = std::mem::discriminant(&one.sense) == std::mem::discriminant(&other.sense);
    let sense = Sense::Span(Box::new(one.sense), Box::new(other.sense));
    alike.then_some(Expression { start: at, end: other.end, sense, rule: "to" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_words_begin_no_rule() {
        // Slots that any word may begin ("two", "2011", "early") are asked
        // whole: none of them reads an idle word.
        for idle in IDLE {
            for rule in RULES {
                for rest in ["3 May 2011", "year", "Monday", "days ago", "two weeks later", "the end of March"] {
                    let words = super::super::lex::lex(&format!("{idle} {rest}"), 0);
                    let reads = pattern::read(&words, 0, rule.pattern, &mut Found::default()).is_some();
                    assert!(!reads, "{idle} begins {}", rule.name);
                }
            }
            assert!(!matches!(*idle, "between" | "from" | "since" | "until" | "by" | "before" | "after" | "as" | "up"));
        }
    }
}
