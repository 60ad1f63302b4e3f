//! Stretches of the calendar.
//!
//! Takes a day and a unit; gives the first and last day of the unit it lies in,
//! or a part of it. Never fails: a day outside the calendar is `None`.
//!
//! Example: the week of Tuesday 28 October 2025 is 27 October to 2 November;
//! weeks run from Monday to Sunday (ISO 8601).

use jiff::Span;
use jiff::civil::{Date, Weekday};
use record::Precision;

/// A unit of time that news counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// Days from `start` to `end`, both inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub start: Option<Date>,
    pub end: Option<Date>,
    pub precision: Precision,
}

impl Stretch {
    pub fn new(start: Date, end: Date, precision: Precision) -> Stretch {
        Stretch { start: Some(start), end: Some(end), precision }
    }

    pub fn day(day: Date) -> Stretch {
        Stretch::new(day, day, Precision::Day)
    }

    /// A range whose precision follows from its length.
    pub fn range(start: Date, end: Date) -> Stretch {
        if start == end { Stretch::day(start) } else { Stretch::new(start, end, Precision::Range) }
    }
}

pub(super) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

pub(super) fn shift_days(day: Date, days: i32) -> Option<Date> {
    day.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// Moves a day by whole units; a shorter month keeps its last day.
pub(super) fn shift(day: Date, unit: Unit, count: i32) -> Option<Date> {
    let span = match unit {
        Unit::Minute | Unit::Hour => return Some(day),
        Unit::Day => Span::new().try_days(count),
        Unit::Week | Unit::Weekend => Span::new().try_weeks(count),
        Unit::Month => Span::new().try_months(count),
        Unit::Quarter => Span::new().try_months(count.checked_mul(3)?),
        Unit::Year => Span::new().try_years(count),
        Unit::Decade => Span::new().try_years(count.checked_mul(10)?),
        Unit::Century => Span::new().try_years(count.checked_mul(100)?),
    };
    day.checked_add(span.ok()?).ok()
}

pub(super) fn year(year: i16) -> Option<Stretch> {
    Some(Stretch::new(date(year, 1, 1)?, date(year, 12, 31)?, Precision::Year))
}

pub(super) fn month(year: i16, month: i8) -> Option<Stretch> {
    let first = date(year, month, 1)?;
    Some(Stretch::new(first, first.last_of_month(), Precision::Month))
}

/// The unit that `day` lies in.
pub(super) fn around(day: Date, unit: Unit) -> Option<Stretch> {
    let monday = || shift_days(day, -i32::from(day.weekday().to_monday_zero_offset()));
    match unit {
        Unit::Minute | Unit::Hour | Unit::Day => Some(Stretch::day(day)),
        Unit::Week => Some(Stretch::new(monday()?, shift_days(monday()?, 6)?, Precision::Week)),
        Unit::Weekend => Some(Stretch::new(shift_days(monday()?, 5)?, shift_days(monday()?, 6)?, Precision::Range)),
        Unit::Month => month(day.year(), day.month()),
        Unit::Quarter => {
            let first = date(day.year(), (day.month() - 1) / 3 * 3 + 1, 1)?;
            Some(Stretch::new(first, shift(first, Unit::Month, 2)?.last_of_month(), Precision::Range))
        }
        Unit::Year => year(day.year()),
        Unit::Decade => {
            let first = day.year().div_euclid(10) * 10;
            Some(Stretch::new(date(first, 1, 1)?, date(first + 9, 12, 31)?, Precision::Decade))
        }
        Unit::Century => {
            let first = (day.year() - 1).div_euclid(100) * 100 + 1;
            Some(Stretch::new(date(first, 1, 1)?, date(first + 99, 12, 31)?, Precision::Range))
        }
    }
}

/// A part of a month, year or decade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The first, second and last third: "early", "mid-", "late".
    Early,
    Mid,
    Late,
    /// The outermost tenth or so: a year's first or last month, ten days of a month.
    Start,
    End,
    FirstHalf,
    SecondHalf,
    /// "earlier this month": from its start to the published day.
    Earlier,
    /// "later this month": from the published day to its end.
    Later,
}

/// Cuts a part out of a stretch. Months are cut by days (10 and 20), years by
/// months (April and August), decades by years (3 and 6), everything else and
/// halves by the number of days.
pub(super) fn part(whole: Stretch, part: Part, published: Option<Date>) -> Option<Stretch> {
    let (start, end) = (whole.start?, whole.end?);
    let thirds = |second: Option<Date>, third: Option<Date>| -> Option<Stretch> {
        Some(match part {
            Part::Early | Part::Start => Stretch::range(start, shift_days(second?, -1)?),
            Part::Mid => Stretch::range(second?, shift_days(third?, -1)?),
            _ => Stretch::range(third?, end),
        })
    };
    let days = end.since(start).ok()?.get_days();
    match part {
        Part::Earlier => published.filter(|day| *day >= start).map(|day| Stretch::range(start, day.min(end))),
        Part::Later => published.filter(|day| *day <= end).map(|day| Stretch::range(day.max(start), end)),
        Part::FirstHalf | Part::SecondHalf => {
            let second = match whole.precision {
                Precision::Year => date(start.year(), 7, 1)?,
                Precision::Month => date(start.year(), start.month(), 16)?,
                Precision::Decade => date(start.year() + 5, 1, 1)?,
                _ => shift_days(start, (days + 1) / 2)?,
            };
            Some(match part {
                Part::FirstHalf => Stretch::range(start, shift_days(second, -1)?),
                _ => Stretch::range(second, end),
            })
        }
        Part::Start | Part::End => {
            let width = match whole.precision {
                Precision::Year => Unit::Month,
                Precision::Decade => Unit::Year,
                Precision::Month => {
                    return thirds(date(start.year(), start.month(), 11), date(start.year(), start.month(), 21));
                }
                _ => return thirds(shift_days(start, 2), shift_days(end, -1)),
            };
            around(if part == Part::Start { start } else { end }, width)
                .and_then(|edge| Some(Stretch::range(edge.start?, edge.end?)))
        }
        _ => match whole.precision {
            Precision::Month => thirds(date(start.year(), start.month(), 11), date(start.year(), start.month(), 21)),
            Precision::Year => thirds(date(start.year(), 5, 1), date(start.year(), 9, 1)),
            Precision::Decade => thirds(date(start.year() + 4, 1, 1), date(start.year() + 7, 1, 1)),
            Precision::Day => Some(whole),
            _ => thirds(shift_days(start, (days + 1) / 3), shift_days(start, (days + 1) * 2 / 3)),
        },
    }
}

/// The `weekday` at or before `day`.
pub(super) fn weekday_before(day: Date, weekday: Weekday) -> Option<Date> {
    shift_days(day, -i32::from(day.weekday().since(weekday)))
}

/// The `weekday` at or after `day`.
pub(super) fn weekday_after(day: Date, weekday: Weekday) -> Option<Date> {
    shift_days(day, i32::from(weekday.since(day.weekday())))
}

/// Easter Sunday of the Western churches (the anonymous Gregorian computus).
pub(super) fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    date(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(stretch: Option<Stretch>) -> String {
        match stretch {
            Some(Stretch { start: Some(start), end: Some(end), .. }) => format!("{start}/{end}"),
            _ => "none".to_string(),
        }
    }

    #[test]
    fn units_hold_the_day_they_are_around() {
        let day = date(2025, 10, 28).unwrap();
        for (unit, expected) in [
            (Unit::Week, "2025-10-27/2025-11-02"),
            (Unit::Weekend, "2025-11-01/2025-11-02"),
            (Unit::Month, "2025-10-01/2025-10-31"),
            (Unit::Quarter, "2025-10-01/2025-12-31"),
            (Unit::Decade, "2020-01-01/2029-12-31"),
            (Unit::Century, "2001-01-01/2100-12-31"),
        ] {
            assert_eq!(show(around(day, unit)), expected, "{unit:?}");
        }
        assert_eq!(show(around(date(2000, 12, 31).unwrap(), Unit::Century)), "1901-01-01/2000-12-31");
    }

    #[test]
    fn parts_are_cut_by_the_next_smaller_unit() {
        for (whole, cut, expected) in [
            (month(2024, 2), Part::Late, "2024-02-21/2024-02-29"),
            (month(2024, 2), Part::Mid, "2024-02-11/2024-02-20"),
            (year(1994), Part::Early, "1994-01-01/1994-04-30"),
            (year(1994), Part::SecondHalf, "1994-07-01/1994-12-31"),
            (around(date(1985, 1, 1).unwrap(), Unit::Decade), Part::Late, "1987-01-01/1989-12-31"),
        ] {
            assert_eq!(show(part(whole.unwrap(), cut, None)), expected);
        }
        assert_eq!(show(part(month(2025, 10).unwrap(), Part::Earlier, None)), "none");
    }

    #[test]
    fn easter_falls_where_the_tables_say() {
        for (year, expected) in [(1998, "1998-04-12"), (2008, "2008-03-23"), (2011, "2011-04-24"), (2025, "2025-04-20")]
        {
            assert_eq!(easter(year).unwrap().to_string(), expected);
        }
    }

    #[test]
    fn the_edge_of_the_calendar_is_none_not_a_panic() {
        assert_eq!(shift(Date::MAX, Unit::Century, i32::MAX), None);
        assert_eq!(shift(Date::MIN, Unit::Day, -1), None);
        assert_eq!(month(9999, 13), None);
        assert!(around(Date::MAX, Unit::Week).is_none());
    }
}
