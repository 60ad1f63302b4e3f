//! Which day, month or year a sense without its anchor means.
//!
//! Takes the published day and which way the sentence looks; gives the nearest
//! day, month, weekday or weekend on that side. Never reads words.
//!
//! Example: "3 December" published on 2 January is a month back; "January 5"
//! three days ahead, where the sentence does not say.

use jiff::civil::{Date, Weekday};
use record::Precision;

use super::calendar::{self, Part, Stretch, Unit};
use super::pattern::{Amount, YearText};
use super::sense::{Lean, Remarked};

pub(super) fn cut(whole: Stretch, part: Option<Part>, published: Option<Date>) -> Option<Stretch> {
    match part {
        Some(part) => calendar::part(whole, part, published),
        None => Some(whole),
    }
}

pub(super) fn year_of(year: YearText, published: Option<Date>) -> Option<i16> {
    match year {
        YearText::Plain(year) => Some(year),
        YearText::Relative(shift) => Some(published?.year() + shift),
    }
}

/// How far back a date without its year may lie before the coming one is
/// likelier, where the sentence does not say: ten months back and at most two
/// ahead. "The January 5 summit" written on 2 January is three days off.
const FAR_BACK_DAYS: i32 = 300;
const NEAR_AHEAD_DAYS: i32 = 60;

/// The year nearest before the published day (after, when looking ahead).
pub(super) fn nearest(published: Date, lean: Lean, on: impl Fn(i16) -> Option<Stretch>) -> Option<Stretch> {
    let year = published.year();
    // 29 February may be four years (eight around 1900) away.
    let before =
        || (0..=8).filter_map(|back| on(year - back)).find(|s| s.start.is_some_and(|start| start <= published));
    let after = || (0..=8).filter_map(|ahead| on(year + ahead)).find(|s| s.end.is_some_and(|end| end >= published));
    match lean {
        Lean::Future => after(),
        Lean::Past => before(),
        Lean::Open => {
            let back = before()?;
            let days = |from: Date, to: Date| to.since(from).map_or(0, |span| span.get_days());
            let far = days(back.end?.min(published), published) > FAR_BACK_DAYS;
            match after() {
                Some(ahead) if far && days(published, ahead.start?.max(published)) <= NEAR_AHEAD_DAYS => Some(ahead),
                _ => Some(back),
            }
        }
    }
}

pub(super) fn day_of(
    year: Option<YearText>,
    month: i8,
    day: i8,
    weekday: Option<Weekday>,
    published: Option<Date>,
    lean: Lean,
    remark: &mut Option<Remarked>,
) -> Option<Date> {
    let on = |year: i16| calendar::date(year, month, day);
    let found = match year {
        Some(year) => on(year_of(year, published)?)?,
        None => {
            let published = published?;
            // "Tuesday, 3 March": the weekday tells the year.
            let fits = |year: i16| on(year).is_some_and(|date| weekday.is_none_or(|day| date.weekday() == day));
            let told = weekday.and_then(|_| {
                [0, -1, 1].into_iter().map(|by| published.year() + by).find(|year| fits(*year)).and_then(on)
            });
            match told {
                Some(date) if lean != Lean::Past || date <= published => date,
                _ => nearest(published, lean, |year| on(year).map(Stretch::day))?.start?,
            }
        }
    };
    if weekday.is_some_and(|weekday| found.weekday() != weekday) {
        *remark = Some(Remarked::WrongWeekday);
    }
    Some(found)
}

pub(super) fn either_day(first: i8, second: i8, year: i16, remark: &mut Option<Remarked>) -> Option<Stretch> {
    let day_first = calendar::date(year, second, first);
    let month_first = calendar::date(year, first, second);
    match (day_first, month_first) {
        (Some(one), Some(other)) if one != other => {
            *remark = Some(Remarked::Ambiguous(format!("{one} or {other}")));
            None
        }
        (one, other) => one.or(other).map(Stretch::day),
    }
}

pub(super) fn month_shift(month: i8, shift: i32, published: Date, lean: Lean) -> Option<Stretch> {
    let this = calendar::month(published.year(), month)?;
    match shift {
        0 => Some(this),
        // "last March" is the latest March that is over, "next March" the first to come.
        shift if shift < 0 => {
            if this.end? < published {
                Some(this)
            } else {
                calendar::month(published.year() - 1, month)
            }
        }
        _ => {
            let _ = lean;
            if this.start? > published { Some(this) } else { calendar::month(published.year() + 1, month) }
        }
    }
}

pub(super) fn day_of_month(day: i8, shift: Option<i32>, published: Date, lean: Lean) -> Option<Stretch> {
    let first = published.first_of_month();
    let of = |shift: i32| {
        let month = calendar::shift(first, Unit::Month, shift)?;
        calendar::date(month.year(), month.month(), day)
    };
    let found = match shift {
        Some(shift) => of(shift)?,
        None if lean == Lean::Future => (0..=2).filter_map(of).find(|date| *date >= published)?,
        None => (0..=2).filter_map(|back| of(-back)).find(|date| *date <= published)?,
    };
    Some(Stretch::day(found))
}

pub(super) fn weekday_of(
    weekday: Weekday,
    shift: Option<i32>,
    week: Option<i32>,
    published: Date,
    lean: Lean,
) -> Option<Date> {
    if let Some(week) = week {
        let monday = calendar::around(calendar::shift(published, Unit::Week, week)?, Unit::Week)?.start?;
        return calendar::weekday_after(monday, weekday);
    }
    match shift {
        Some(shift) if shift < 0 => calendar::weekday_before(calendar::shift_days(published, -1)?, weekday),
        Some(shift) if shift > 0 => calendar::weekday_after(calendar::shift_days(published, 1)?, weekday),
        Some(_) => {
            let here = calendar::weekday_after(calendar::around(published, Unit::Week)?.start?, weekday)?;
            match lean {
                Lean::Past => calendar::weekday_before(published, weekday),
                Lean::Future => calendar::weekday_after(published, weekday),
                Lean::Open => Some(here),
            }
        }
        None if lean == Lean::Future => calendar::weekday_after(published, weekday),
        None => calendar::weekday_before(published, weekday),
    }
}

pub(super) fn weekend(shift: Option<i32>, published: Date, lean: Lean) -> Option<Stretch> {
    let saturday = match shift {
        Some(shift) if shift > 0 => calendar::shift(calendar::around(published, Unit::Weekend)?.start?, Unit::Week, 1)?,
        // "last weekend" on a Sunday is the one before.
        Some(shift) if shift < 0 => {
            calendar::shift(calendar::around(published, Unit::Weekend)?.start?, Unit::Week, -1)?
        }
        Some(_) if lean != Lean::Past => calendar::around(published, Unit::Weekend)?.start?,
        _ if lean == Lean::Future => calendar::around(published, Unit::Weekend)?.start?,
        _ => calendar::weekday_before(published, Weekday::Saturday)?,
    };
    Some(Stretch::range(saturday, calendar::shift_days(saturday, 1)?))
}

/// "three days ago" is a day, "two weeks ago" the week around that day, and so
/// on; "two decades ago" the ten years around that year.
pub(super) fn ago(
    unit: Unit,
    amount: Amount,
    ahead: bool,
    published: Date,
    remark: &mut Option<Remarked>,
) -> Option<Stretch> {
    let count = if ahead { amount.count } else { -amount.count };
    if amount.vague {
        *remark = Some(Remarked::Vague);
        let far = calendar::shift(published, unit, count * 2)?;
        return Some(Stretch::range(far.min(published), far.max(published)));
    }
    match unit {
        Unit::Minute => Some(Stretch::day(published)),
        Unit::Hour => {
            let days = amount.count.div_euclid(24) + 1;
            let far = calendar::shift_days(published, if ahead { days } else { -days })?;
            Some(Stretch::range(far.min(published), far.max(published)))
        }
        Unit::Decade => {
            let middle = calendar::shift(published, unit, count)?.year();
            let (start, end) = (calendar::date(middle - 5, 1, 1)?, calendar::date(middle + 4, 12, 31)?);
            Some(Stretch::new(start, end, Precision::Decade))
        }
        _ => calendar::around(calendar::shift(published, unit, count)?, unit),
    }
}
