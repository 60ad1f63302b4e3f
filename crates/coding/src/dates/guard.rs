//! What must, or must not, stand around a match.
//!
//! Takes the words and the stretch a pattern matched; says whether the
//! surroundings let it be a date. Never changes the match.
//!
//! Example: "1994" is a year after "in" and a number of people after "of" when
//! a plain noun follows.

use record::Upos;

use super::lex::{Kind, Word};
use super::pattern;

/// A match in its sentence: words `start..end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    pub words: &'a [Word],
    pub start: usize,
    pub end: usize,
    /// It is the second arm of "from … to …": the frame is evidence enough.
    pub arm: bool,
}

pub(super) type Guard = fn(&Around) -> bool;

impl Around<'_> {
    /// The word `back` before the match, 1 the nearest; not over a line end.
    pub fn before(&self, back: usize) -> Option<&Word> {
        let word = self.words.get(self.start.checked_sub(back)?)?;
        (word.kind != Kind::Break).then_some(word)
    }

    pub fn after(&self, ahead: usize) -> Option<&Word> {
        let word = self.words.get(self.end + ahead - 1)?;
        (word.kind != Kind::Break).then_some(word)
    }

    pub fn before_is(&self, texts: &[&str]) -> bool {
        self.before(1).is_some_and(|word| word.is_any(texts))
    }

    pub fn after_is(&self, texts: &[&str]) -> bool {
        self.after(1).is_some_and(|word| word.is_any(texts))
    }

    fn first(&self) -> Option<&Word> {
        self.words.get(self.start)
    }

    /// A lower-case word that may be a noun follows directly.
    fn plain_noun_follows(&self) -> bool {
        self.after(1).is_some_and(|word| {
            word.kind == Kind::Word
                && !word.capital
                && !word.is_any(FUNCTION_WORDS)
                && word.upos.is_none_or(|upos| matches!(upos, Upos::Noun | Upos::Adj))
        })
    }
}

const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "after", "again", "against", "all", "also", "although", "among", "an", "and", "are", "as", "at",
    "be", "because", "been", "before", "being", "both", "but", "by", "can", "could", "did", "do", "does", "during",
    "each", "even", "for", "from", "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is",
    "it", "its", "many", "may", "might", "more", "most", "must", "near", "no", "nor", "not", "of", "off", "on", "only",
    "or", "our", "out", "over", "saw", "said", "says", "she", "should", "since", "so", "some", "still", "such", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "toward",
    "towards", "under", "until", "up", "upon", "us", "was", "we", "were", "what", "when", "where", "which", "while",
    "who", "whose", "why", "will", "with", "within", "without", "would", "yet", "you", "'s",
];

/// Nothing to check.
pub(super) fn free(_: &Around) -> bool {
    true
}

/// Papers and other names that begin with a weekday or a month.
const NAME_TAILS: &[&str] = &[
    "times",
    "post",
    "mail",
    "telegraph",
    "herald",
    "star",
    "tribune",
    "standard",
    "mirror",
    "express",
    "vanguard",
    "nation",
    "guardian",
    "punch",
    "sun",
    "independent",
    "magazine",
    "agreement",
    "massacre",
    "revolution",
    "people",
    "school",
    "mosque",
    "movement",
    "adelaja",
];

/// Words that make a name of the weekday or month after them.
const NAME_HEADS: &[&str] = &[
    "black",
    "bloody",
    "good",
    "ash",
    "holy",
    "cyber",
    "super",
    "maundy",
    "palm",
    "operation",
    "red",
    "girl",
    "theresa",
    "mr",
    "mrs",
    "ms",
    "dr",
    "brian",
    "elaine",
    "joe",
];

pub(super) fn weekday(around: &Around) -> bool {
    let tail = around.after(1).is_some_and(|word| word.capital && word.is_any(NAME_TAILS));
    let head = around.before(1).is_some_and(|word| word.capital && word.is_any(NAME_HEADS));
    !tail && !head
}

/// Prepositions that make a time of a bare month or year.
const OF_TIME: &[&str] = &[
    "in",
    "of",
    "since",
    "until",
    "till",
    "by",
    "during",
    "from",
    "through",
    "throughout",
    "before",
    "after",
    "between",
    "around",
    "to",
    "starting",
    "ending",
];

/// A month that stands alone: "in October", "October saw".
pub(super) fn bare_month(around: &Around) -> bool {
    let Some(first) = around.first() else { return false };
    let follower = around.after(1);
    let name_follows = follower.is_some_and(|word| word.kind == Kind::Word && word.capital);
    let named = around
        .before(1)
        .is_some_and(|word| word.capital && !word.is_any(OF_TIME) && !word.is_any(&["the", "this", "every"]))
        || around.before(2).is_some_and(|word| word.capital && word.is_any(NAME_HEADS)) && around.before_is(&["."]);
    if named || follower.is_some_and(|word| word.capital && word.is_any(NAME_TAILS)) {
        return false;
    }
    if around.before_is(&["by", "from", "to", "of"]) && name_follows {
        return false;
    }
    if around.arm {
        return true;
    }
    // A modal, a verb or a person's name as often as a month.
    let doubtful = first.is_any(&["may", "march", "april", "june", "august"]);
    if around.before_is(OF_TIME) {
        // "of May" as in "of Theresa May": a name is vetoed elsewhere.
        return !(first.is("may") && around.after_is(&["be", "have", "not", "well"]));
    }
    if around.before_is(&["the", "this", "last", "next", "every", "its", "their"]) {
        return !name_follows
            && !around.before(2).is_some_and(|word| word.is("at"))
            && (!doubtful || around.plain_noun_follows());
    }
    if name_follows {
        return false;
    }
    let tagged_name = first.upos == Some(Upos::Propn);
    let opens = around.before(1).is_none_or(|word| word.kind == Kind::Mark);
    let verb_follows = follower
        .is_some_and(|word| word.is_any(&["saw", "was", "is", "has", "had", "brought", "marked", "marks", "'s"]));
    let closes = follower.is_none_or(|word| word.kind == Kind::Mark);
    // "February's final" anywhere, but for the months that are names too.
    if !doubtful && around.after_is(&["'s"]) {
        return true;
    }
    match first.text.as_str() {
        "may" => opens && verb_follows && !around.after_is(&["'s", "has", "had"]),
        "march" | "april" | "june" | "august" => opens && verb_follows && (tagged_name || first.upos.is_none()),
        _ => opens && (verb_follows || closes || around.plain_noun_follows()),
    }
}

/// Words before a number that counts, measures or names.
const COUNTED: &[&str] = &[
    "$",
    "€",
    "£",
    "rs",
    "usd",
    "no",
    "number",
    "resolution",
    "page",
    "room",
    "flight",
    "route",
    "highway",
    "section",
    "article",
    "total",
    "about",
    "nearly",
    "almost",
    "least",
    "over",
    "than",
    "some",
    "approximately",
];

/// A year that stands alone, or the last of several.
pub(super) fn bare_year(around: &Around) -> bool {
    let Some(Word { kind: Kind::Int(value, 4), .. }) = around.words.get(around.end.wrapping_sub(1)) else {
        // "this year" in a pattern that takes a bare year is another rule's.
        return around.end - around.start > 1
            && !matches!(around.words.get(around.start).map(|w| w.kind), Some(Kind::Word))
            || around.words[around.start..around.end]
                .iter()
                .any(|word| word.is_any(&["early", "mid", "late", "end", "start", "beginning", "middle", "half"]));
    };
    let value = *value;
    if !(1700..=2100).contains(&value) {
        return false;
    }
    let partial = around.end - around.start > 1;
    let round = value % 50 == 0 || value < 1900;
    let counts = around.plain_noun_follows();
    if around.arm {
        return !(round && counts);
    }
    if around.before(1).is_some_and(|word| word.is_any(COUNTED)) {
        return false;
    }
    if around.before_is(&["of"])
        && around.before(2).is_some_and(|word| {
            word.is_any(&[
                "total",
                "number",
                "average",
                "population",
                "capacity",
                "rate",
                "cost",
                "area",
                "distance",
                "height",
                "crowd",
                "group",
                "maximum",
                "minimum",
                "force",
            ])
        })
    {
        return false;
    }
    if partial {
        return true;
    }
    if around.before_is(&["in", "since", "during", "late", "early", "mid", "throughout", "circa"]) {
        return !(round
            && counts
            && around.after(1).is_some_and(|word| word.text.ends_with('s'))
            && !around.before_is(&["since", "during"]));
    }
    if around.before_is(&[
        "of", "by", "from", "until", "till", "before", "after", "through", "between", "to", "around", "year", "for",
        "ending",
    ]) {
        if around.before_is(&["to", "for"]) {
            return !counts && (1950..=2060).contains(&value) && !round;
        }
        // "by 2500 troops", "of 2000 respondents".
        return !(counts
            && (round
                || around.after(1).is_some_and(|word| word.text.ends_with('s') && word.upos == Some(Upos::Noun))
                    && around.before_is(&["by"])));
    }
    if !(1900..=2060).contains(&value) {
        return false;
    }
    if around.before_is(&["("]) && around.after_is(&[")", ",", ";", "-"]) {
        return true;
    }
    // "the 2011 election", "Egypt's 2011 uprising".
    if around.before_is(&["the", "a", "an", "its", "their", "his", "her", "our", "'s", "'", "this", "disputed"]) {
        let name = around.after(1).is_some_and(|word| word.kind == Kind::Word && word.capital);
        let plural = around.after(1).is_some_and(|word| word.text.ends_with('s') && word.text.len() > 3);
        return name || counts && !(round && plural);
    }
    false
}

/// "in 2008, 2016 and 2021", "the 2015 and 2018 elections".
pub(super) fn year_list(around: &Around) -> bool {
    around.arm
        || around
            .before_is(&["in", "since", "during", "of", "the", "'s", "for", "from", "between", "its", "their", "both"])
            && !around.before(1).is_some_and(|word| word.is_any(COUNTED))
}

/// "the 1990s" and "in the 90s", not "in his 30s" or "temperatures in the 80s".
pub(super) fn tens(around: &Around) -> bool {
    let short = around.words.get(around.end.wrapping_sub(1)).is_some_and(|word| matches!(word.kind, Kind::Tens(_, 2)));
    if !short {
        return true;
    }
    let age = around.before(1).is_some_and(|word| {
        word.is_any(&["his", "her", "their", "our", "my", "your", "early", "mid", "late", "-"])
            && (around.before(1).is_some_and(|w| w.is_any(&["his", "her", "their", "our", "my", "your"]))
                || around.before(2).is_some_and(|w| w.is_any(&["his", "her", "their", "our", "my", "your"])))
    });
    !age && (around.before_is(&["the", "'", "early", "late"]) || around.words[around.start].is("the"))
}

/// "on the 15th", not "the 15th round".
pub(super) fn on_the(around: &Around) -> bool {
    let ends = around.after(1).is_none_or(|word| word.kind == Kind::Mark || word.is_any(FUNCTION_WORDS));
    around.before_is(&["on", "until", "till", "since", "by", "before", "after", "to"])
        && ends
        && !around.after_is(&["-", "of"])
}

/// "3 May", not "chapter 3 May"; "May 10", not "may 10".
pub(super) fn day_month(around: &Around) -> bool {
    let Some(last) = around.words.get(around.end.wrapping_sub(1)) else { return false };
    // "the second May be": an ordinal word before the modal.
    let modal = last.is("may") && around.after_is(&["be", "have", "not"]);
    let money = around.before_is(&["$", "€", "£", "rs"])
        || around.before_is(&[","]) && around.before(2).is_some_and(|word| matches!(word.kind, Kind::Int(..)));
    // "17 March": the word form needs "of" ("the second of May").
    let spelled = around.words[around.start..around.end]
        .iter()
        .any(|word| word.kind == Kind::Word && (pattern::ordinal_word(&word.text)));
    let of = around.words[around.start..around.end].iter().any(|word| word.is("of"));
    !modal && !money && (!spelled || of)
}

/// "May 10", not "May 10,000" or "march 10 abreast" or "October 15 people".
pub(super) fn month_day(around: &Around) -> bool {
    let unit =
        around.after(1).is_some_and(|word| word.is_any(&["%", "percent", "per", "million", "billion", "km", "times"]));
    // "March second": a word form is no date without "the".
    let spelled = around.words[around.start..around.end]
        .iter()
        .any(|word| word.kind == Kind::Word && pattern::ordinal_word(&word.text));
    let the = around.words[around.start..around.end].iter().any(|word| word.is("the"));
    !unit && (!spelled || the) && !around.before(1).is_some_and(|word| word.capital && word.is_any(NAME_HEADS))
}

/// A length of time, not an age, a sentence in prison or a score.
pub(super) fn length(around: &Around) -> bool {
    let old = |at: usize| around.after(at).is_some_and(|word| word.is_any(&["old", "olds"]));
    !(old(1) || around.after_is(&["-"]) && old(2))
}

/// "the past year", not "the last year of the war" nor "the last weeks".
pub(super) fn unit_past(around: &Around) -> bool {
    !plural(around) && !around.after_is(&["of"])
}

/// "at the end of the month", not "the early days" nor "late years".
pub(super) fn part_of_unit(around: &Around) -> bool {
    around.words[around.start..around.end].iter().any(|word| word.is("the"))
        && around.words.get(around.end.wrapping_sub(2)).is_some_and(|word| word.is("the"))
        && !around.after_is(&["of"])
}

/// "early March", "the end of October": as good as a preposition, but for "mid-May".
pub(super) fn bare_month_after_part(around: &Around) -> bool {
    // "the late May Ellen Brown".
    let name_follows = around.after(1).is_some_and(|word| word.kind == Kind::Word && word.capital);
    let the = around.words[around.start].is("the") || around.before_is(&["the"]);
    !(the && name_follows)
}

/// "last week", not "the last year of the war".
pub(super) fn unit_shift(around: &Around) -> bool {
    !(around.before_is(&["the"]) && around.after_is(&["of"]))
}

/// "recent days", not "recent day" nor "the last days of the siege".
pub(super) fn units(around: &Around) -> bool {
    plural(around) && !around.after_is(&["of"])
}

/// "weeks", not "week".
pub(super) fn plural(around: &Around) -> bool {
    around.words.get(around.end.wrapping_sub(1)).is_some_and(|word| word.text.ends_with('s'))
}

/// "decades ago", not "decade ago".
pub(super) fn plural_before_last(around: &Around) -> bool {
    around.words.get(around.end.wrapping_sub(2)).is_some_and(|word| word.text.ends_with('s'))
}

/// "strikes overnight", "an overnight raid"; not "rose overnight temperatures"
/// nor what "will not happen overnight".
pub(super) fn overnight(around: &Around) -> bool {
    const RAIDS: &[&str] = &[
        "strike",
        "strikes",
        "attack",
        "attacks",
        "raid",
        "raids",
        "shelling",
        "bombardment",
        "barrage",
        "clashes",
        "fighting",
        "drone",
        "missile",
        "missiles",
        "bombing",
        "airstrike",
        "airstrikes",
        "air",
        "operation",
        "blast",
    ];
    if around.before_is(&[
        "literally",
        "happen",
        "happens",
        "happened",
        "or",
        "stay",
        "stayed",
        "staying",
        "almost",
        "(",
        "change",
    ]) {
        return false;
    }
    around.after_is(RAIDS) || !around.plain_noun_follows() && !around.before_is(&["an", "the"])
}

/// A season of the year, not the Prague Spring.
pub(super) fn season(around: &Around) -> bool {
    !around.before_is(&["arab", "prague"])
}
