//! What an expression means before it meets the calendar, and the meeting.
//!
//! Takes a [`Sense`], the published date and which way the sentence looks;
//! gives stretches of days. Never guesses: without the published date a
//! relative sense stays unresolved, and says so in a remark.
//!
//! Example: `Sense::Weekday(Monday)` published on Tuesday 28 October 2025 is
//! 27 October in "met on Monday" and 3 November in "will meet on Monday".

use jiff::civil::{Date, Weekday};
use record::Precision;

use super::calendar::{self, Part, Stretch, Unit};
use super::nearest::{ago, cut, day_of, day_of_month, either_day, month_shift, nearest, weekday_of, weekend, year_of};
use super::pattern::{Amount, YearText};

/// Which way the sentence looks from its published date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lean {
    Past,
    Future,
    /// The sentence does not say.
    #[default]
    Open,
}

/// Holidays that have one date everywhere, or one that can be computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holiday {
    Fixed(i8, i8),
    /// Days from Easter Sunday.
    Easter(i32),
}

/// The meaning of one expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Sense {
    Day {
        year: Option<YearText>,
        month: i8,
        day: i8,
        weekday: Option<Weekday>,
    },
    Days {
        year: Option<YearText>,
        month: i8,
        days: Vec<i8>,
    },
    DayRange {
        year: Option<YearText>,
        month: i8,
        first: i8,
        last: i8,
    },
    /// 03/04/2011: two readings.
    EitherDay {
        first: i8,
        second: i8,
        year: i16,
    },
    Month {
        year: Option<YearText>,
        month: i8,
        part: Option<Part>,
    },
    MonthShift {
        month: i8,
        shift: i32,
    },
    Year {
        year: YearText,
        part: Option<Part>,
    },
    Years {
        first: i16,
        last: i16,
    },
    /// "in 2008, 2016 and 2021".
    YearList(Vec<i16>),
    /// "in March and April 2011".
    Months {
        year: Option<YearText>,
        months: Vec<i8>,
    },
    /// "the first six months of 2022".
    Edge {
        year: YearText,
        unit: Unit,
        count: i32,
        last: bool,
    },
    Decade {
        first: i16,
        part: Option<Part>,
    },
    Century {
        number: i16,
        part: Option<Part>,
    },
    Quarter {
        number: i8,
        year: YearText,
    },
    /// A season of a year: which months depends on the hemisphere.
    Season {
        year: Option<YearText>,
    },
    Holiday {
        holiday: Holiday,
        year: Option<YearText>,
    },
    /// "on the 15th", "the 15th of last month".
    DayOfMonth {
        day: i8,
        shift: Option<i32>,
    },
    Weekday {
        weekday: Weekday,
        shift: Option<i32>,
        week: Option<i32>,
    },
    Weekdays(Vec<Weekday>),
    /// Today 0, yesterday -1.
    DaysAway(i32),
    /// "today" of a sentence about these times.
    Nowadays,
    Overnight,
    /// "last week", "earlier this month".
    UnitShift {
        unit: Unit,
        shift: i32,
        part: Option<Part>,
    },
    /// "the past three weeks" (negative) and "the next two days".
    Around {
        unit: Unit,
        amount: Amount,
        ahead: bool,
    },
    Ago {
        unit: Unit,
        amount: Amount,
        ahead: bool,
    },
    Weekend {
        shift: Option<i32>,
    },
    Within {
        unit: Unit,
        amount: Amount,
    },
    /// "the next day": told from another date in the text.
    FromText,
    Duration {
        unit: Unit,
        amount: Amount,
    },
    Recurring,
    DayNumber(i32),
    Since(Box<Sense>),
    Until(Box<Sense>),
    By(Box<Sense>),
    Span(Box<Sense>, Box<Sense>),
}

/// What a sense came to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Resolved {
    pub stretches: Vec<Stretch>,
    pub remark: Option<Remarked>,
}

/// Why an expression was left open, or what is doubted about it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Remarked {
    NoPublished,
    FromText,
    Nowadays,
    Ambiguous(String),
    Season,
    Vague,
    WrongWeekday,
    OutOfCalendar,
}

const OPEN: Stretch = Stretch { start: None, end: None, precision: Precision::None };

fn nothing(remark: Remarked) -> Resolved {
    Resolved { stretches: vec![OPEN], remark: Some(remark) }
}

/// Meets the calendar.
pub(super) fn resolve(sense: &Sense, published: Option<Date>, lean: Lean) -> Resolved {
    let mut remark = None;
    let stretches = match several(sense, published, lean, &mut remark) {
        Some(stretches) if !stretches.is_empty() => stretches,
        _ => {
            let why = remark.unwrap_or(match published {
                None => Remarked::NoPublished,
                Some(_) => Remarked::OutOfCalendar,
            });
            return nothing(why);
        }
    };
    Resolved { stretches, remark }
}

fn several(sense: &Sense, published: Option<Date>, lean: Lean, remark: &mut Option<Remarked>) -> Option<Vec<Stretch>> {
    match sense {
        Sense::Days { year, month, days } => {
            // One year for the whole list, taken from its last day.
            let last = days.last()?;
            let anchor = day_of(*year, *month, *last, None, published, lean, remark)?.year();
            days.iter().map(|day| calendar::date(anchor, *month, *day).map(Stretch::day)).collect()
        }
        Sense::Weekdays(weekdays) => {
            let mut at = published?;
            let mut days = Vec::new();
            if lean == Lean::Future {
                for weekday in weekdays {
                    at = calendar::weekday_after(at, *weekday)?;
                    days.push(Stretch::day(at));
                }
            } else {
                for weekday in weekdays.iter().rev() {
                    at = calendar::weekday_before(at, *weekday)?;
                    days.insert(0, Stretch::day(at));
                }
            }
            Some(days)
        }
        Sense::YearList(years) => years.iter().map(|year| calendar::year(*year)).collect(),
        Sense::Months { year, months } => {
            // The last tells the year, the others stand before it.
            let mut at = published;
            let mut found = Vec::new();
            for month in months.iter().rev() {
                let lean = if found.is_empty() { lean } else { Lean::Past };
                let sense =
                    Sense::Month { year: if found.is_empty() { *year } else { None }, month: *month, part: None };
                let stretch = one(&sense, at, lean, remark)?;
                at = stretch.start;
                found.insert(0, stretch);
            }
            Some(found)
        }
        Sense::Duration { .. } | Sense::Recurring | Sense::DayNumber(_) => Some(vec![OPEN]),
        Sense::Nowadays => {
            *remark = Some(Remarked::Nowadays);
            None
        }
        Sense::FromText => {
            *remark = Some(Remarked::FromText);
            None
        }
        _ => one(sense, published, lean, remark).map(|stretch| vec![stretch]),
    }
}

fn one(sense: &Sense, published: Option<Date>, lean: Lean, remark: &mut Option<Remarked>) -> Option<Stretch> {
    match sense {
        Sense::Day { year, month, day, weekday } => {
            day_of(*year, *month, *day, *weekday, published, lean, remark).map(Stretch::day)
        }
        Sense::DayRange { year, month, first, last } => {
            let end = day_of(*year, *month, *last, None, published, lean, remark)?;
            Some(Stretch::range(calendar::date(end.year(), *month, *first)?, end))
        }
        Sense::EitherDay { first, second, year } => either_day(*first, *second, *year, remark),
        Sense::Month { year, month, part } => {
            let whole = match year {
                Some(year) => calendar::month(year_of(*year, published)?, *month)?,
                None => nearest(published?, lean, |year| calendar::month(year, *month))?,
            };
            cut(whole, *part, published)
        }
        Sense::MonthShift { month, shift } => month_shift(*month, *shift, published?, lean),
        Sense::Year { year, part } => cut(calendar::year(year_of(*year, published)?)?, *part, published),
        Sense::Years { first, last } => {
            (first < last).then_some(())?;
            Some(Stretch::range(calendar::date(*first, 1, 1)?, calendar::date(*last, 12, 31)?))
        }
        Sense::Edge { year, unit, count, last } => {
            let whole = calendar::year(year_of(*year, published)?)?;
            if *last {
                let start = calendar::shift(calendar::shift_days(whole.end?, 1)?, *unit, -count)?;
                Some(Stretch::range(start, whole.end?))
            } else {
                Some(Stretch::range(
                    whole.start?,
                    calendar::shift_days(calendar::shift(whole.start?, *unit, *count)?, -1)?,
                ))
            }
        }
        Sense::Decade { first, part } => {
            cut(calendar::around(calendar::date(*first, 1, 1)?, Unit::Decade)?, *part, published)
        }
        Sense::Century { number, part } => {
            let last = number.checked_mul(100)?;
            cut(calendar::around(calendar::date(last, 1, 1)?, Unit::Century)?, *part, published)
        }
        Sense::Quarter { number, year } => {
            let first = calendar::date(year_of(*year, published)?, number * 3 - 2, 1)?;
            calendar::around(first, Unit::Quarter)
        }
        Sense::Season { year } => {
            *remark = Some(Remarked::Season);
            calendar::year(year_of((*year)?, published)?)
        }
        Sense::Holiday { holiday, year } => {
            let on = |year: i16| match holiday {
                Holiday::Fixed(month, day) => calendar::date(year, *month, *day),
                Holiday::Easter(days) => calendar::shift_days(calendar::easter(year)?, *days),
            };
            match year {
                Some(year) => on(year_of(*year, published)?).map(Stretch::day),
                None => nearest(published?, lean, |year| on(year).map(Stretch::day)),
            }
        }
        Sense::DayOfMonth { day, shift } => day_of_month(*day, *shift, published?, lean),
        Sense::Weekday { weekday, shift, week } => {
            weekday_of(*weekday, *shift, *week, published?, lean).map(Stretch::day)
        }
        Sense::DaysAway(days) => calendar::shift_days(published?, *days).map(Stretch::day),
        Sense::Overnight => {
            let published = published?;
            Some(Stretch::range(calendar::shift_days(published, -1)?, published))
        }
        Sense::UnitShift { unit, shift, part } => {
            let published = published?;
            let first_of_unit = calendar::around(published, *unit)?.start?;
            cut(calendar::around(calendar::shift(first_of_unit, *unit, *shift)?, *unit)?, *part, Some(published))
        }
        Sense::Around { unit, amount, ahead } => {
            let published = published?;
            if amount.vague {
                *remark = Some(Remarked::Vague);
            }
            if *ahead {
                Some(Stretch::range(published, calendar::shift(published, *unit, amount.count)?))
            } else {
                Some(Stretch::range(calendar::shift(published, *unit, -amount.count)?, published))
            }
        }
        Sense::Ago { unit, amount, ahead } => ago(*unit, *amount, *ahead, published?, remark),
        Sense::Weekend { shift } => weekend(*shift, published?, lean),
        Sense::Within { unit, amount } => {
            // Minutes and hours may run past midnight.
            let published = published?;
            let end = match unit {
                Unit::Minute | Unit::Hour => {
                    calendar::shift_days(published, amount.count.max(1).div_euclid(24).max(1))?
                }
                _ => calendar::shift(published, *unit, amount.count)?,
            };
            Some(Stretch::range(published, end))
        }
        Sense::Since(inner) => {
            let from = one_of_any(inner, published, lean, remark)?;
            Some(Stretch { start: from.start, end: None, precision: from.precision })
        }
        Sense::Until(inner) | Sense::By(inner) => {
            let to = one_of_any(inner, published, lean, remark)?;
            Some(Stretch { start: None, end: to.end, precision: to.precision })
        }
        Sense::Span(first, last) => span(first, last, published, lean, remark),
        Sense::Days { .. }
        | Sense::YearList(_)
        | Sense::Months { .. }
        | Sense::Weekdays(_)
        | Sense::FromText
        | Sense::Nowadays
        | Sense::Duration { .. }
        | Sense::Recurring
        | Sense::DayNumber(_) => None,
    }
}

/// The first of what a sense resolves to; a frame holds one stretch.
fn one_of_any(sense: &Sense, published: Option<Date>, lean: Lean, remark: &mut Option<Remarked>) -> Option<Stretch> {
    several(sense, published, lean, remark)?.first().copied().filter(|stretch| stretch.precision != Precision::None)
}

fn span(
    first: &Sense,
    last: &Sense,
    published: Option<Date>,
    lean: Lean,
    remark: &mut Option<Remarked>,
) -> Option<Stretch> {
    // The first arm is told from the second: "from Monday to Wednesday" looks
    // back from Wednesday, "from March to June 2011" back from June.
    let (start, end);
    if lean == Lean::Future {
        start = one_of_any(first, published, lean, remark)?;
        end = one_of_any(last, start.start.or(published), lean, remark)?;
    } else {
        end = one_of_any(last, published, lean, remark)?;
        start = one_of_any(first, first_reference(first, end.end, published), Lean::Past, remark)?;
    }
    let (from, to) = (start.start?, end.end?);
    if from > to {
        return None;
    }
    let precision = if from == to { Precision::Day } else { Precision::Range };
    Some(Stretch { start: Some(from), end: Some(to), precision })
}

/// "from last week to yesterday": a sense told from the published day keeps it.
fn first_reference(first: &Sense, end: Option<Date>, published: Option<Date>) -> Option<Date> {
    match first {
        Sense::Day { .. } | Sense::Month { .. } | Sense::Weekday { shift: None, week: None, .. } => end.or(published),
        _ => published.or(end),
    }
}
