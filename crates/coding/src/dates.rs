//! When: the time expressions of a sentence, and the days they mean.
//!
//! Takes a read sentence (or bare words) and the published date; gives each
//! expression with its tokens and the interval it stands for. Never puts the
//! published date in place of one the text gives, never guesses: what cannot be
//! told stays open, with a remark that says why.
//!
//! | file | gimme … |
//! |---|---|
//! | `lex` | the words, numbers told apart |
//! | `pattern` | whether a pattern stands here |
//! | `guard` | whether its surroundings let it be a date |
//! | `rules` | the table of rules |
//! | `frame` | "since", "by", "from … to …" around them |
//! | `sense` | what it means, and the meeting with the calendar |
//! | `nearest` | the day on the right side of the published one |
//! | `tense` | which way the sentence looks |
//! | `calendar` | weeks, months, thirds of them |
//!
//! Example: in "met over the weekend", published on Tuesday 28 October 2025,
//! "over the weekend" is 25 to 26 October. The rules' examples and what they
//! must not take stand in `codebook/dates/`.

use jiff::civil::Date;
use record::{Basis, MentionType, Precision, Remark, Sentence, Span, Text, Upos, When};

mod calendar;
mod frame;
mod guard;
mod lex;
mod nearest;
mod pattern;
mod rules;
mod sense;
mod tense;

#[cfg(test)]
mod corpus;

pub use calendar::Unit;
pub use pattern::Amount;
pub use sense::Lean;
pub use tense::governor;

use frame::Expression;
use lex::{Kind, Word};
use sense::{Remarked, Sense};

/// What sort of time an expression tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeKind {
    /// A day, or the calendar unit it happened in: "on Monday", "in October".
    Point,
    /// A stretch with both ends: "over the weekend", "between 3 and 5 May".
    Range,
    /// From then on: "since 2009", "after March 3". The interval has no end.
    Since,
    /// Up to then: "until Friday". The interval has no start.
    Until,
    /// Not after then: "by Friday", "before 15 June", "within 48 hours".
    Deadline,
    /// How long, not when: "for nine hours", "a two-week truce".
    Duration,
    /// Again and again: "every Friday".
    Recurring,
    /// The n-th day of something: "their third day on Monday".
    Ordinal { day: i32 },
}

/// One time expression of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Time {
    /// Tokens `first..last`, half-open.
    pub first: usize,
    pub last: usize,
    pub span: Span,
    /// One interval, or several: "on October 15, 17, and 19".
    pub whens: Vec<When>,
    pub kind: TimeKind,
    /// When the thing began whose n-th day this is.
    pub began: Option<Date>,
    /// How long, where the text tells a length.
    pub length: Option<(Amount, Unit)>,
    /// It tells of background rather than of the news.
    pub historical_hint: bool,
    /// The rule that read it, as named in `codebook/dates/`.
    pub rule: &'static str,
    pub remark: Option<Remark>,
}

impl Time {
    /// Whether it says when something happened: days are known, and it is no
    /// length, no deadline and nothing that comes again.
    pub fn locates(&self) -> bool {
        self.whens.iter().any(|when| when.start.is_some() || when.end.is_some())
            && matches!(self.kind, TimeKind::Point | TimeKind::Range | TimeKind::Since | TimeKind::Ordinal { .. })
    }
}

/// Older than this, a date is background rather than news. News looks back at
/// its own story for some weeks; docs/decisions/0004 says how it was chosen.
const HISTORICAL_DAYS: i32 = 60;

/// Finds the time expressions of a sentence.
pub fn find(sentence: &Sentence, text: &Text, published: Option<Date>) -> Vec<Time> {
    let Some(exact) = text.get(sentence.span) else { return Vec::new() };
    let mut words = lex::lex(exact, sentence.span.start);
    tag(&mut words, sentence);
    let anniversary =
        words.iter().any(|word| word.is_any(&["anniversary", "commemorate", "commemorated", "commemorating"]));
    let mut times: Vec<Time> = frame::expressions(&words)
        .into_iter()
        .map(|expression| {
            let span = span_of(&words, &expression);
            let (first, last) = tokens_of(sentence, span);
            let lean = match expression.sense {
                Sense::Until(_) | Sense::By(_) if expression.rule != "before" => {
                    tense::bound_lean(sentence, first, last)
                }
                _ => tense::lean(sentence, first, last),
            };
            let exact = text.get(span).unwrap_or_default();
            let mut expression = expression;
            if expression.rule == "today" && tense::nowadays(sentence, first, last) {
                expression.sense = Sense::Nowadays;
            }
            time(&expression, exact, span, (first, last), published, lean, anniversary)
        })
        .collect();
    number_days(&mut times, &words);
    times
}

/// Reads the first time expression of a phrase: `verbale when "PHRASE"`.
/// Tokens are counted as words of the phrase.
pub fn parse(phrase: &str, published: Option<Date>) -> Vec<Time> {
    let words = lex::lex(phrase, 0);
    let chars: Vec<char> = phrase.chars().collect();
    let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let anniversary = words.iter().any(|word| word.is_any(&["anniversary"]));
    let mut times: Vec<Time> = frame::expressions(&words)
        .into_iter()
        .map(|expression| {
            let span = span_of(&words, &expression);
            let lean = match (&expression.sense, tense::lean_of_words(&texts, expression.start, expression.end)) {
                (Sense::Until(_) | Sense::By(_), _) if expression.rule != "before" => Lean::Future,
                (_, lean) => lean,
            };
            let exact: String = chars[span.start..span.end].iter().collect();
            time(&expression, &exact, span, (expression.start, expression.end), published, lean, anniversary)
        })
        .collect();
    number_days(&mut times, &words);
    times
}

/// Carries the tags and names of the tokens over to the words.
fn tag(words: &mut [Word], sentence: &Sentence) {
    let mut at = 0;
    for word in words.iter_mut() {
        while at < sentence.tokens.len() && sentence.tokens[at].span.end <= word.span.start {
            at += 1;
        }
        if let Some(token) = sentence.tokens.get(at).filter(|token| token.span.overlaps(word.span)) {
            // An untagged sentence says X of everything.
            word.upos = (token.upos != Upos::X).then_some(token.upos);
        }
        word.named = sentence.mentions.iter().any(|mention| {
            mention.span.contains(word.span)
                && matches!(
                    mention.kind,
                    MentionType::Person | MentionType::Organization | MentionType::Product | MentionType::Facility
                )
        });
    }
}

fn span_of(words: &[Word], expression: &Expression) -> Span {
    let start = words.get(expression.start).map_or(0, |word| word.span.start);
    let end = words.get(expression.end.wrapping_sub(1)).map_or(start, |word| word.span.end);
    Span::new(start, end)
}

/// The tokens a span touches.
fn tokens_of(sentence: &Sentence, span: Span) -> (usize, usize) {
    let inside = |index: &usize| sentence.tokens[*index].span.overlaps(span);
    let first = (0..sentence.tokens.len()).find(inside);
    let last = (0..sentence.tokens.len()).rev().find(inside);
    match (first, last) {
        (Some(first), Some(last)) => (first, last + 1),
        _ => (0, 0),
    }
}

fn time(
    expression: &Expression,
    exact: &str,
    span: Span,
    (first, last): (usize, usize),
    published: Option<Date>,
    lean: Lean,
    anniversary: bool,
) -> Time {
    let resolved = sense::resolve(&expression.sense, published, lean);
    let whens: Vec<When> = resolved
        .stretches
        .iter()
        .map(|stretch| When {
            start: stretch.start,
            end: stretch.end,
            precision: stretch.precision,
            basis: if stretch.precision == Precision::None { Basis::None } else { Basis::Stated },
            text: Some(exact.to_string()),
        })
        .collect();
    let kind = kind_of(&expression.sense, lean, published, &whens);
    let length = match expression.sense {
        Sense::Duration { unit, amount } | Sense::Within { unit, amount } => Some((amount, unit)),
        _ => None,
    };
    let old = match (published, whens.last().and_then(|when| when.end.or(when.start))) {
        (Some(published), Some(end)) => published.since(end).is_ok_and(|gap| gap.get_days() > HISTORICAL_DAYS),
        _ => false,
    };
    let historical_hint = old || anniversary || kind == TimeKind::Since && expression.rule == "since";
    let remark = resolved.remark.as_ref().map(|why| remark(why, exact).at(span));
    Time { first, last, span, whens, kind, began: None, length, historical_hint, rule: expression.rule, remark }
}

fn kind_of(sense: &Sense, lean: Lean, published: Option<Date>, whens: &[When]) -> TimeKind {
    // A bound that lay behind the published day is no deadline any more.
    let passed = whens.first().and_then(|when| when.end).zip(published).is_some_and(|(end, published)| end < published);
    match sense {
        Sense::Since(_) => TimeKind::Since,
        Sense::Until(_) => TimeKind::Until,
        Sense::By(_) if lean == Lean::Past || passed => TimeKind::Until,
        Sense::By(_) | Sense::Within { .. } => TimeKind::Deadline,
        Sense::Duration { .. } => TimeKind::Duration,
        Sense::Recurring => TimeKind::Recurring,
        Sense::DayNumber(day) => TimeKind::Ordinal { day: *day },
        _ if matches!(whens, [When { precision: Precision::Range, .. }]) => TimeKind::Range,
        _ => TimeKind::Point,
    }
}

fn remark(why: &Remarked, exact: &str) -> Remark {
    match why {
        Remarked::NoPublished => Remark::new(
            "relative-date",
            format!("\"{exact}\" is told from the published date, which is unknown: give it with --published"),
        ),
        Remarked::FromText => {
            Remark::new("date-from-text", format!("\"{exact}\" is told from another date in the text: left open"))
        }
        Remarked::Nowadays => Remark::new(
            "nowadays",
            format!("\"{exact}\" may mean these times rather than the published day: left open"),
        ),
        Remarked::Ambiguous(readings) => Remark::new("ambiguous-date", format!("\"{exact}\" is {readings}: left open")),
        Remarked::Season => Remark::new(
            "season",
            format!("\"{exact}\" is a season, whose months depend on the hemisphere: only the year is kept"),
        ),
        Remarked::Vague => {
            Remark::new("vague-date", format!("\"{exact}\" has no exact bounds: the interval is a wide one"))
        }
        Remarked::WrongWeekday => Remark::new(
            "wrong-weekday",
            format!("the weekday in \"{exact}\" is not that of the date: the date is kept"),
        ),
        Remarked::OutOfCalendar => {
            Remark::new("impossible-date", format!("\"{exact}\" is no stretch of the calendar: left open"))
        }
    }
}

/// How many words may stand between "third day" and its date: "the third day
/// of talks in Doha on Monday".
const NEAR_WORDS: usize = 7;

/// Joins "the third day" with the date beside it, and counts back to the first.
fn number_days(times: &mut Vec<Time>, words: &[Word]) {
    let place = |span: Span| words.iter().position(|word| word.span.start >= span.start).unwrap_or(words.len());
    let mut at = 0;
    while at + 1 < times.len() {
        let gap = place(times[at + 1].span).saturating_sub(place(Span::new(times[at].span.end, times[at].span.end)));
        let breaks = words.iter().any(|word| {
            word.kind == Kind::Break
                && word.span.start >= times[at].span.end
                && word.span.end <= times[at + 1].span.start
        });
        let day_of = |time: &Time| match time.whens[..] {
            [When { start: Some(start), end: Some(end), .. }] if start == end && time.kind == TimeKind::Point => {
                Some(start)
            }
            _ => None,
        };
        let (number, date, keep) = match (times[at].kind, times[at + 1].kind) {
            (TimeKind::Ordinal { day }, _) => (day, day_of(&times[at + 1]), at + 1),
            (_, TimeKind::Ordinal { day }) => (day, day_of(&times[at]), at),
            _ => (0, None, at),
        };
        let other = if keep == at { at + 1 } else { at };
        match date {
            Some(date) if gap <= NEAR_WORDS && !breaks && number > 0 => {
                times[keep].kind = TimeKind::Ordinal { day: number };
                times[keep].began = calendar::shift_days(date, 1 - number);
                times.remove(other);
            }
            _ => at += 1,
        }
    }
}
