//! The rules: what each expression looks like and what it means.
//!
//! Takes nothing; holds the table. The longest match wins, and of equals the
//! first in the table. Each rule's examples, and what it must not take, stand
//! under its name in `codebook/dates/`; a test reads both.
//!
//! Example: rule `month-day-year` reads "March 3, 2011" as 2011-03-03.

use super::calendar::{Part, Unit};
use super::guard::{self, Guard};
use super::pattern::{Found, P, P::*, YearText};
use super::sense::{Holiday, Sense};

/// One rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub name: &'static str,
    pub pattern: &'static [P],
    pub guard: Guard,
    pub sense: fn(&Found) -> Option<Sense>,
}

const fn rule(name: &'static str, pattern: &'static [P], guard: Guard, sense: fn(&Found) -> Option<Sense>) -> Rule {
    Rule { name, pattern, guard, sense }
}

const COMMA: P = Opt(&[W(&[","])]);
const OF: P = Opt(&[W(&["of", "in"])]);
/// "the 24th day of November".
const DAY_OF: P = Opt(&[Opt(&[W(&["day"])]), W(&["of"])]);
const IN_YEAR: P = Opt(&[COMMA, OF, Year]);
const THE: P = Opt(&[W(&["the"])]);
/// "Tuesday, ", "Tuesday (", "Tuesday the ".
const ON_WEEKDAY: P = Opt(&[Weekday, Opt(&[Hours]), Opt(&[W(&[",", "(", "-"])]), THE]);
const PART: P = Opt(&[Part]);
const HOURS: P = Opt(&[Opt(&[W(&["at"])]), Hours]);
const TO: P = W(&["-", "to", "through", "until", "till"]);

#[rustfmt::skip]
pub(super) static RULES: &[Rule] = &[
    // Dates with a day.
    rule("iso-date", &[Iso], guard::free, |f| match f.numbers[..] {
        [year, month, day] => Some(Sense::Day { year: Some(plain(year)?), month: small(month)?, day: small(day)?, weekday: None }),
        _ => None,
    }),
    rule("numeric-date", &[Numeric], guard::free, |f| match f.numbers[..] {
        [first, second, year] => Some(Sense::EitherDay { first: small(first)?, second: small(second)?, year: century(year)? }),
        _ => None,
    }),
    rule("day-month-year", &[ON_WEEKDAY, THE, Day, DAY_OF, Month, COMMA, OF, Year], guard::day_month, day),
    rule("day-month", &[ON_WEEKDAY, THE, Day, DAY_OF, Month], guard::day_month, day),
    rule("month-day-year", &[ON_WEEKDAY, Month, COMMA, THE, Day, COMMA, OF, Year], guard::month_day, day),
    rule("month-day", &[ON_WEEKDAY, Month, THE, Day], guard::month_day, day),
    rule("month-days", &[Month, DayList, IN_YEAR], guard::month_day, |f| {
        Some(Sense::Days { year: f.year(), month: *f.months.first()?, days: f.days.clone() })
    }),
    rule("days-month", &[DayList, OF, Month, IN_YEAR], guard::day_month, |f| {
        // "between 3 and 5 May" is the frame's: it reads the days itself.
        Some(Sense::Days { year: f.year(), month: *f.months.first()?, days: f.days.clone() })
    }),
    rule("month-day-range", &[Month, Day, TO, Day, IN_YEAR], guard::month_day, day_range),
    rule("day-range-month", &[Day, TO, Day, OF, Month, IN_YEAR], guard::day_month, day_range),
    rule("day-of-month", &[W(&["the"]), Ordinal, W(&["of"]), W(&["this", "last", "next", "the"]), W(&["month"])], guard::free, |f| {
        Some(Sense::DayOfMonth { day: ordinal(f)?, shift: f.words.iter().find_map(|word| shift(word)) })
    }),
    rule("on-the-day", &[W(&["the"]), Ordinal], guard::on_the, |f| {
        (*f.ordinals.first()? > 3).then_some(())?;
        Some(Sense::DayOfMonth { day: ordinal(f)?, shift: None })
    }),
    rule("christmas", &[W(&["christmas"]), W(&["day", "eve"]), COMMA, Opt(&[Year])], guard::free, |f| {
        holiday(f, Holiday::Fixed(12, if f.said("eve") { 24 } else { 25 }))
    }),
    rule("christmas-alone", &[W(&["christmas"]), COMMA, Opt(&[Year])], |a| a.before_is(&["at", "by", "before", "until", "after", "since", "on", "over"]), |f| {
        holiday(f, Holiday::Fixed(12, 25))
    }),
    rule("new-year", &[W(&["new"]), W(&["year"]), Opt(&[W(&["'s", "'"])]), W(&["day", "eve"]), COMMA, Opt(&[Year])], guard::free, |f| {
        holiday(f, if f.said("eve") { Holiday::Fixed(12, 31) } else { Holiday::Fixed(1, 1) })
    }),
    rule("boxing-day", &[W(&["boxing"]), W(&["day"]), COMMA, Opt(&[Year])], guard::free, |f| holiday(f, Holiday::Fixed(12, 26))),
    rule("may-day", &[W(&["may"]), W(&["day"]), COMMA, Opt(&[Year])], |a| a.words[a.start].capital, |f| holiday(f, Holiday::Fixed(5, 1))),
    rule("good-friday", &[W(&["good"]), W(&["friday"]), COMMA, Opt(&[Year])], |a| !a.after_is(&["agreement", "accord", "accords", "deal", "peace"]), |f| holiday(f, Holiday::Easter(-2))),
    rule("easter", &[W(&["easter"]), Opt(&[W(&["sunday"])]), Opt(&[W(&["monday"])]), COMMA, Opt(&[Year])], |a| !a.after_is(&["island", "rising", "islands"]), |f| {
        holiday(f, Holiday::Easter(if f.said("monday") { 1 } else { 0 }))
    }),
    rule("nine-eleven", &[Slashed], guard::free, |f| (f.numbers[..] == [9, 11]).then(|| at_day(2001, 9, 11))),
    rule("september-11", &[Month, Day, W(&["attacks", "attack", "terrorist", "terror", "hijackers", "hijackings"])], guard::free, |f| {
        (f.months[..] == [9] && f.days[..] == [11]).then(|| at_day(2001, 9, 11))
    }),

    // Months, years and what is longer.
    rule("month-year", &[PART, Month, COMMA, OF, Year], guard::free, month),
    rule("month-shift", &[W(&["last", "past", "this", "next", "coming"]), Month], |a| !a.before_is(&["at"]) && !a.after(1).is_some_and(|w| matches!(w.kind, super::lex::Kind::Int(..))), |f| {
        Some(Sense::MonthShift { month: *f.months.first()?, shift: f.words.iter().find_map(|word| shift(word))? })
    }),
    rule("part-of-month", &[Part, Month], guard::bare_month_after_part, month),
    rule("month", &[Month], guard::bare_month, month),
    rule("year", &[PART, Opt(&[W(&["the"]), W(&["year"])]), Year], guard::bare_year, |f| {
        Some(Sense::Year { year: f.year()?, part: f.parts.first().copied() })
    }),
    rule("months", &[Month, W(&["and", "or", "&"]), Month, IN_YEAR], guard::bare_month, |f| {
        Some(Sense::Months { year: f.year(), months: f.months.clone() })
    }),
    rule("month-of", &[W(&["the"]), W(&["month"]), W(&["of"]), Month, IN_YEAR], guard::free, month),
    rule("year-list", &[YearList], guard::year_list, |f| {
        let years = f.years.iter().map(|year| if let YearText::Plain(year) = year { Some(*year) } else { None });
        Some(Sense::YearList(years.collect::<Option<Vec<i16>>>()?))
    }),
    rule("first-months", &[W(&["the"]), W(&["first", "last"]), Number, W(&["months", "weeks", "days"]), W(&["of"]), Year], guard::free, |f| {
        let unit = if f.said("months") { Unit::Month } else if f.said("weeks") { Unit::Week } else { Unit::Day };
        Some(Sense::Edge { year: f.year()?, unit, count: f.amounts.first().filter(|amount| !amount.vague)?.count, last: f.said("last") })
    }),
    rule("years", &[Year, W(&["-"]), ShortYear], guard::free, |f| match (f.year()?, *f.numbers.first()?) {
        (YearText::Plain(first), last) => {
            let last = i16::try_from(last).ok()?;
            let last = if last < 100 { first - first % 100 + last } else { last };
            (1700..2101).contains(&first).then_some(())?;
            (last > first && last - first <= 150).then_some(Sense::Years { first, last })
        }
        _ => None,
    }),
    rule("years-slash", &[Slashed], guard::free, |f| match f.numbers[..] {
        [first, last] => {
            let (first, last) = (i16::try_from(first).ok()?, i16::try_from(last).ok()?);
            (1900..2100).contains(&first).then_some(())?;
            let last = if last < 100 { first - first % 100 + last } else { last };
            (last == first + 1).then_some(Sense::Years { first, last })
        }
        _ => None,
    }),
    rule("decade", &[PART, THE, PART, Opt(&[W(&["'"])]), Tens], guard::tens, |f| {
        Some(Sense::Decade { first: *f.tens.first()?, part: f.parts.first().copied() })
    }),
    rule("century", &[PART, THE, PART, Ordinal, Opt(&[W(&["-"])]), W(&["century"])], guard::free, |f| {
        Some(Sense::Century { number: i16::try_from(*f.ordinals.first()?).ok()?, part: f.parts.first().copied() })
    }),
    rule("quarter", &[THE, Ordinal, W(&["quarter"]), OF, Year], guard::free, |f| {
        let number = ordinal(f).filter(|number| (1..=4).contains(number))?;
        Some(Sense::Quarter { number, year: f.year()? })
    }),
    rule("season-year", &[THE, Season, COMMA, OF, Year], guard::season, |f| Some(Sense::Season { year: f.year() })),
    rule("season-shift", &[W(&["last", "this", "next", "coming", "past"]), Season], guard::season, |_| Some(Sense::Season { year: None })),

    // Told from the published day.
    rule("weekday", &[Weekday, HOURS], guard::weekday, |f| weekday(f, None, None)),
    rule("weekday-late", &[W(&["late", "early", "later", "earlier"]), Opt(&[W(&["on"])]), Weekday, HOURS], guard::weekday, |f| weekday(f, None, None)),
    rule("weekday-hours", &[W(&["early", "small", "late", "wee"]), W(&["hours"]), W(&["of"]), Opt(&[W(&["on"])]), Weekday, HOURS], guard::weekday, |f| weekday(f, None, None)),
    rule("weekday-shift", &[W(&["last", "past", "this", "next", "coming"]), Weekday, HOURS], guard::weekday, |f| {
        weekday(f, f.words.iter().find_map(|word| shift(word)), None)
    }),
    rule("weekday-of-week", &[Weekday, HOURS, OF, W(&["last", "this", "next"]), W(&["week"])], guard::weekday, |f| {
        weekday(f, None, f.words.iter().find_map(|word| shift(word)))
    }),
    rule("weekdays", &[Weekday, W(&["and", "or", "&"]), Weekday], guard::weekday, |f| Some(Sense::Weekdays(f.weekdays.clone()))),
    rule("weekdays-three", &[Weekday, W(&[","]), Weekday, COMMA, W(&["and", "or", "&"]), Weekday], guard::weekday, |f| Some(Sense::Weekdays(f.weekdays.clone()))),
    rule("today", &[Opt(&[W(&["earlier", "later", "early", "late"])]), W(&["today"]), HOURS], guard::free, |_| Some(Sense::DaysAway(0))),
    rule("tonight", &[Opt(&[W(&["later", "late"])]), W(&["tonight"])], guard::free, |_| Some(Sense::DaysAway(0))),
    rule("yesterday", &[Opt(&[W(&["late", "early", "earlier"])]), W(&["yesterday"]), HOURS], guard::free, |_| Some(Sense::DaysAway(-1))),
    rule("tomorrow", &[W(&["tomorrow"]), HOURS], guard::free, |_| Some(Sense::DaysAway(1))),
    rule("day-before-yesterday", &[W(&["the"]), W(&["day"]), W(&["before"]), W(&["yesterday"])], guard::free, |_| Some(Sense::DaysAway(-2))),
    rule("day-after-tomorrow", &[W(&["the"]), W(&["day"]), W(&["after"]), W(&["tomorrow"])], guard::free, |_| Some(Sense::DaysAway(2))),
    rule("this-morning", &[Opt(&[W(&["earlier", "later", "early", "late"])]), W(&["this"]), Hours], guard::free, |_| Some(Sense::DaysAway(0))),
    rule("last-night", &[Opt(&[W(&["late"])]), W(&["last"]), W(&["night", "evening"])], guard::free, |_| Some(Sense::DaysAway(-1))),
    rule("overnight", &[W(&["overnight"])], guard::overnight, |_| Some(Sense::Overnight)),
    rule("unit-shift", &[PART, Opt(&[W(&["in", "of"])]), Shift, Unit], guard::unit_shift, |f| {
        let (unit, shift) = (*f.units.first()?, *f.shifts.first()?);
        let part = f.parts.first().copied();
        match unit {
            Unit::Weekend => part.is_none().then_some(Sense::Weekend { shift: Some(shift) }),
            Unit::Minute | Unit::Hour | Unit::Century => None,
            // "this day" points into the text, "the last day" to its end.
            Unit::Day => None,
            _ => Some(Sense::UnitShift { unit, shift, part }),
        }
    }),
    rule("year-end", &[Opt(&[W(&["the"])]), W(&["year"]), W(&["'s", "-"]), W(&["end"])], guard::free, |_| {
        Some(Sense::UnitShift { unit: Unit::Year, shift: 0, part: Some(Part::End) })
    }),
    rule("part-of-day", &[W(&["earlier", "later", "early", "late"]), W(&["in", "on"]), W(&["the", "that"]), W(&["day", "night", "evening"])], guard::free, |_| Some(Sense::FromText)),
    rule("part-of-unit", &[Part, THE, Unit], guard::part_of_unit, |f| {
        let unit = *f.units.first()?;
        matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Decade).then_some(())?;
        Some(Sense::UnitShift { unit, shift: 0, part: f.parts.first().copied() })
    }),
    rule("unit-past", &[Opt(&[W(&["over", "in", "during", "for", "within"])]), W(&["the", "this"]), W(&["past", "last"]), Unit], guard::unit_past, |f| one_unit(f, false)),
    rule("unit-next", &[Opt(&[W(&["over", "in", "during", "for", "within"])]), W(&["the", "this"]), W(&["coming", "next"]), Unit], guard::unit_past, |f| one_unit(f, true)),
    rule("weekend", &[Opt(&[W(&["over", "at", "during"])]), W(&["the"]), W(&["weekend"])], |a| !a.after_is(&["of", "that", "before", "after"]), |_| Some(Sense::Weekend { shift: None })),
    rule("units-past", &[Opt(&[W(&["over", "in", "during", "for", "within"])]), W(&["the", "these"]), W(&["last", "past", "previous"]), Number, Unit], guard::length, |f| {
        Some(Sense::Around { unit: *f.units.first()?, amount: *f.amounts.first()?, ahead: false })
    }),
    rule("units-next", &[Opt(&[W(&["over", "in", "during", "for", "within"])]), W(&["the"]), W(&["next", "coming", "following"]), Number, Unit], guard::length, |f| {
        Some(Sense::Around { unit: *f.units.first()?, amount: *f.amounts.first()?, ahead: true })
    }),
    rule("units-recent", &[Opt(&[W(&["in", "over", "during"])]), THE, W(&["recent", "past", "last"]), Unit], guard::units, |f| some_units(f, false)),
    rule("units-coming", &[Opt(&[W(&["in", "over", "during"])]), THE, W(&["coming", "next"]), Unit], guard::units, |f| some_units(f, true)),
    rule("ago", &[Opt(&[W(&["about", "around", "nearly", "almost", "some", "roughly", "over"])]), Opt(&[W(&["more", "less"]), W(&["than"])]), Number, Opt(&[W(&["and"]), W(&["a"]), W(&["half"])]), Unit, W(&["ago", "back"])], |a| a.words[a.end - 1].is("ago") || !a.after_is(&["to", "in", "and"]), |f| {
        Some(Sense::Ago { unit: *f.units.first()?, amount: *f.amounts.first()?, ahead: false })
    }),
    rule("decades-ago", &[Unit, W(&["ago"])], |a| guard::plural_before_last(a) && !a.before_is(&["of"]), |f| {
        Some(Sense::Ago { unit: *f.units.first()?, amount: super::pattern::Amount { count: 3, vague: true }, ahead: false })
    }),
    rule("from-now", &[Number, Unit, W(&["from"]), W(&["now", "today"])], guard::free, |f| {
        Some(Sense::Ago { unit: *f.units.first()?, amount: *f.amounts.first()?, ahead: true })
    }),
    rule("in-units-time", &[W(&["in"]), Number, Unit, W(&["'", "'s"]), W(&["time"])], guard::free, |f| {
        Some(Sense::Ago { unit: *f.units.first()?, amount: *f.amounts.first()?, ahead: true })
    }),
    rule("within", &[W(&["within"]), Opt(&[W(&["the"]), W(&["next", "coming"])]), Number, Unit], |a| guard::length(a) && !a.after_is(&["of", "after", "from"]), |f| {
        Some(Sense::Within { unit: *f.units.first()?, amount: *f.amounts.first()? })
    }),

    // Told from another date in the text: found, and left open.
    rule("text-day", &[W(&["the"]), W(&["next", "following", "same", "previous", "preceding"]), Unit], |a| !a.after_is(&["of"]), |f| {
        (!matches!(f.units.first()?, Unit::Minute | Unit::Century)).then_some(Sense::FromText)
    }),
    rule("that-day", &[Opt(&[W(&["later", "earlier"])]), W(&["that"]), Unit], |a| !a.words[a.end - 1].text.ends_with('s'), |f| {
        (!matches!(f.units.first()?, Unit::Minute | Unit::Century | Unit::Hour)).then_some(Sense::FromText)
    }),
    rule("units-later", &[Number, Unit, W(&["later", "earlier", "before", "previously", "after"])], guard::free, |f| (*f.units.first()? != Unit::Minute).then_some(Sense::FromText)),
    rule("day-after", &[W(&["the", "a"]), W(&["day", "week", "month", "year"]), W(&["before", "after", "earlier", "later"])], |a| !a.after_is(&["yesterday", "tomorrow"]), |_| Some(Sense::FromText)),

    // Lengths and what comes again.
    rule("for-units", &[W(&["for"]), Opt(&[W(&["about", "around", "nearly", "almost", "over", "up"])]), Opt(&[W(&["more", "less"]), W(&["than"])]), Opt(&[W(&["at"]), W(&["least"])]), Opt(&[W(&["to"])]), Number, Unit], guard::length, length),
    rule("units-of", &[Opt(&[W(&["after", "following"])]), Number, Unit, W(&["of"]), Ahead(&["talks", "tense", "negotiations", "fighting", "discussions", "heavy", "intense", "fierce", "war", "clashes", "meetings", "deliberations", "violence", "conflict", "peace", "indirect", "direct", "shuttle", "continuous"])], guard::free, length),
    rule("unit-long", &[Number, W(&["-"]), Unit], guard::length, length),
    rule("long", &[Unit, Opt(&[W(&["-"])]), W(&["long"])], |a| !a.before_is(&["for", "a", "as"]) || a.words[a.start + 1].is("-"), |f| {
        Some(Sense::Duration { unit: *f.units.first()?, amount: super::pattern::Amount { count: 1, vague: true } })
    }),
    rule("every", &[W(&["every", "each"]), Opt(&[W(&["other", "second", "single"])]), Unit], guard::free, |f| (*f.units.first()? != Unit::Minute).then_some(Sense::Recurring)),
    rule("every-weekday", &[W(&["every", "each"]), Opt(&[W(&["other", "second", "single"])]), Weekday, HOURS], guard::free, |_| Some(Sense::Recurring)),
    rule("weekday-plural", &[WeekdayPlural], guard::free, |_| Some(Sense::Recurring)),
    rule("nth-day", &[Opt(&[W(&["the", "a", "its", "their", "his", "her"])]), Ordinal, Opt(&[W(&["straight", "consecutive", "successive", "full", "and"])]), Opt(&[W(&["final", "last"])]), W(&["day"])], |a| !a.after_is(&["of"]) || !a.after(2).is_some_and(|w| w.is("ramadan")), |f| Some(Sense::DayNumber(*f.ordinals.first()?))),
    rule("day-n", &[W(&["day"]), Number], |a| !a.before_is(&["a", "per", "the", "each", "every"]) && (a.after_is(&["of", ",", "."]) || a.after(1).is_none()), |f| {
        let amount = f.amounts.first()?;
        (!amount.vague).then_some(Sense::DayNumber(amount.count))
    }),
];

fn small(value: u32) -> Option<i8> {
    i8::try_from(value).ok()
}

fn plain(year: u32) -> Option<YearText> {
    let year = i16::try_from(year).ok().filter(|year| (1000..2200).contains(year))?;
    Some(YearText::Plain(year))
}

/// "03/04/11" is of this century up to 49, of the last from 50.
fn century(year: u32) -> Option<i16> {
    let year = i16::try_from(year).ok()?;
    Some(match year {
        0..50 => 2000 + year,
        50..100 => 1900 + year,
        year => year,
    })
}

fn shift(word: &str) -> Option<i32> {
    match word {
        "last" | "past" => Some(-1),
        "this" => Some(0),
        "the" => None,
        "next" | "coming" => Some(1),
        _ => None,
    }
}

fn ordinal(found: &Found) -> Option<i8> {
    i8::try_from(*found.ordinals.first()?).ok().filter(|day| (1..=31).contains(day))
}

fn at_day(year: i16, month: i8, day: i8) -> Sense {
    Sense::Day { year: Some(YearText::Plain(year)), month, day, weekday: None }
}

fn day(found: &Found) -> Option<Sense> {
    Some(Sense::Day {
        year: found.year(),
        month: *found.months.first()?,
        day: *found.days.first()?,
        weekday: found.weekdays.first().copied(),
    })
}

fn day_range(found: &Found) -> Option<Sense> {
    match found.days[..] {
        [first, last] if first < last => {
            Some(Sense::DayRange { year: found.year(), month: *found.months.first()?, first, last })
        }
        _ => None,
    }
}

fn month(found: &Found) -> Option<Sense> {
    Some(Sense::Month { year: found.year(), month: *found.months.first()?, part: found.parts.first().copied() })
}

fn holiday(found: &Found, holiday: Holiday) -> Option<Sense> {
    Some(Sense::Holiday { holiday, year: found.year() })
}

fn weekday(found: &Found, shift: Option<i32>, week: Option<i32>) -> Option<Sense> {
    Some(Sense::Weekday { weekday: *found.weekdays.first()?, shift, week })
}

fn length(found: &Found) -> Option<Sense> {
    Some(Sense::Duration { unit: *found.units.first()?, amount: *found.amounts.first()? })
}

/// "the past week": the seven days up to the published one, not the calendar's.
fn one_unit(found: &Found, ahead: bool) -> Option<Sense> {
    let unit = *found.units.first()?;
    matches!(unit, Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade).then_some(())?;
    Some(Sense::Around { unit, amount: super::pattern::Amount { count: 1, vague: false }, ahead })
}

/// "recent days" is a week, "recent weeks" six of them, "recent months" half a
/// year, "recent years" five: where a reader would stop calling it recent.
fn some_units(found: &Found, ahead: bool) -> Option<Sense> {
    let unit = *found.units.first()?;
    let count = match unit {
        Unit::Day => 7,
        Unit::Week | Unit::Month => 6,
        Unit::Year => 5,
        Unit::Decade => 3,
        Unit::Hour => 24,
        _ => return None,
    };
    Some(Sense::Around { unit, amount: super::pattern::Amount { count, vague: true }, ahead })
}
