//! How many: the numbers of people killed, injured, displaced or arrested.
//!
//! Takes a read sentence; gives each number with its bounds, the words, and the
//! word of harm it belongs to. Never counts who did the harm, nor what is not a
//! person (days, houses, dollars), nor a part of a number twice ("including").
//!
//! Bounds are what the words say. "At least 20" has no upper one, "up to 20" no
//! lower one, "dozens" starts at two dozen. "About 400" stands for what rounds
//! to it, 350 to 450; "nearly 400" for the lower half of that.
//!
//! Example: "killing dozens and injuring hundreds" gives killed 24 or more and
//! injured 200 or more.

use record::{Count, Sentence, Upos};

mod number;

use number::{Bounds, Quantity, quantities};

/// A number and the word of harm that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    pub count: Count,
    /// The word of harm: "killed", "toll", "wounded".
    pub token: usize,
    /// Tokens of the number with its noun, half-open.
    pub first: usize,
    pub last: usize,
}

/// What a word of harm is and where its people stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// kill, injure: people are the object, or the subject of the passive.
    Transitive,
    /// die, flee: people are the subject.
    Intransitive,
    /// dead, wounded after a number: "4 dead".
    Adjective,
    /// deaths, arrests: the number counts them.
    Noun,
    /// toll: "rose to 27".
    Toll,
    /// lives: "claimed 20 lives".
    Lives,
}

#[rustfmt::skip]
const HARMS: &[(&str, Shape, &[&str])] = &[
    ("killed", Shape::Noun, &["death", "fatality", "killing"]),
    ("injured", Shape::Noun, &["injury"]),
    ("arrested", Shape::Noun, &["arrest"]),
    ("casualty", Shape::Noun, &["casualty"]),
    ("killed", Shape::Toll, &["toll"]),
    ("killed", Shape::Lives, &["life", "lives"]),
    ("killed", Shape::Transitive, &["kill", "murder", "massacre", "slay", "assassinate", "execute", "behead", "martyr", "slaughter", "electrocute", "lynch", "hanged"]),
    ("injured", Shape::Transitive, &["injure", "wound", "hurt", "maim", "hospitalise", "hospitalize"]),
    ("displaced", Shape::Transitive, &["displace", "evacuate", "uproot"]),
    ("arrested", Shape::Transitive, &["arrest", "detain", "imprison", "jail", "apprehend", "capture"]),
    ("killed", Shape::Intransitive, &["die", "perish", "drown", "succumb"]),
    ("displaced", Shape::Intransitive, &["flee"]),
    ("killed", Shape::Adjective, &["dead"]),
];

/// Forms that no ending rule finds, where a sentence has no lemmas.
#[rustfmt::skip]
const FORMS: &[(&str, &str)] = &[
    ("slain", "slay"), ("slew", "slay"), ("dying", "die"), ("died", "die"), ("dies", "die"), ("fled", "flee"),
    ("fleeing", "flee"), ("flees", "flee"), ("hurt", "hurt"), ("hanged", "hanged"), ("fatalities", "fatality"),
    ("injuries", "injury"), ("casualties", "casualty"), ("deaths", "death"), ("arrests", "arrest"), ("lives",
    "life"), ("killings", "killing"),
];

/// Finds the counts of a sentence.
pub fn find(sentence: &Sentence) -> Vec<Counted> {
    let quantities = quantities(sentence);
    let mut found: Vec<Counted> = Vec::new();
    for token in 0..sentence.tokens.len() {
        let Some((what, shape)) = harm(sentence, token) else { continue };
        for what in if what == "casualty" { &["killed", "injured"][..] } else { std::slice::from_ref(&what) } {
            let mut people = people_of(sentence, &quantities, token, shape);
            // Of casualties only "none" says how many were killed.
            if sentence.tokens[token].text.to_lowercase().starts_with("fle") {
                people.retain(|&index| is_flight(sentence, &quantities[index], token));
            }
            people.retain(|&index| {
                what != &"casualty"
                    && (shape != Shape::Noun
                        || !is_casualty(sentence, token)
                        || quantities[index].bounds == Bounds::exact(0))
            });
            if let Some(counted) = joined(sentence, &quantities, &people, token, what) {
                let taken =
                    found.iter().any(|other| other.first == counted.first && other.count.what == counted.count.what);
                if !taken {
                    found.push(counted);
                }
            }
        }
    }
    found
}

fn lower(sentence: &Sentence, token: usize) -> String {
    sentence.tokens.get(token).map(|token| token.text.to_lowercase()).unwrap_or_default()
}

fn is_casualty(sentence: &Sentence, token: usize) -> bool {
    matches!(lower(sentence, token).as_str(), "casualty" | "casualties")
}

/// The harm a word tells of.
fn harm(sentence: &Sentence, token: usize) -> Option<(&'static str, Shape)> {
    let text = lower(sentence, token);
    let word = &sentence.tokens[token];
    let tagged = word.upos != Upos::X;
    // "wound up", "wound down" are of winding.
    if text == "wound" && matches!(lower(sentence, token + 1).as_str(), "up" | "down") {
        return None;
    }
    if tagged && matches!(word.upos, Upos::Propn | Upos::Adp | Upos::Aux) {
        return None;
    }
    let known = FORMS.iter().find(|(form, _)| *form == text).map(|(_, lemma)| *lemma);
    let lemma = known.map_or_else(|| word.lemma.to_lowercase(), str::to_string);
    let is = |base: &str| lemma == base || text == base || stems(&text, base) && !(tagged && word.upos == Upos::Noun);
    let noun = word.upos == Upos::Noun || !tagged && known.is_some();
    let (what, shape, _) = HARMS.iter().find(|(_, shape, bases)| {
        let fits = match shape {
            Shape::Noun | Shape::Toll | Shape::Lives => noun || !tagged,
            Shape::Transitive | Shape::Intransitive => word.upos != Upos::Noun || text.ends_with("ed"),
            Shape::Adjective => true,
        };
        let plain = matches!(shape, Shape::Noun) && !noun;
        fits && bases
            .iter()
            .any(|base| if plain { text == *base && !matches!(*base, "arrest" | "killing") } else { is(base) })
    })?;
    Some((what, *shape))
}

/// Whether `text` is "kill" with an ending of the verb.
fn stems(text: &str, base: &str) -> bool {
    let stem = base.strip_suffix('e').unwrap_or(base);
    text.strip_prefix(base).is_some_and(|end| matches!(end, "s" | "d" | "ed" | "ing"))
        || text.strip_prefix(stem).is_some_and(|end| end == "ing")
}

/// "3,000 fled their homes", not "two suspects fled".
fn is_flight(sentence: &Sentence, quantity: &Quantity, token: usize) -> bool {
    const CIVILIANS: &[&str] = &[
        "people",
        "residents",
        "civilians",
        "villagers",
        "refugees",
        "inhabitants",
        "persons",
        "women",
        "children",
        "migrants",
        "somalis",
        "rohingya",
        "muslims",
        "christians",
    ];
    const LEFT: &[&str] = &[
        "home",
        "homes",
        "houses",
        "house",
        "fighting",
        "violence",
        "conflict",
        "war",
        "country",
        "clashes",
        "bombing",
        "shelling",
        "offensive",
        "persecution",
        "villages",
        "region",
        "hostilities",
        "advance",
        "border",
    ];
    (quantity.first..quantity.last).any(|index| CIVILIANS.contains(&lower(sentence, index).as_str()))
        || (token..(token + 8).min(sentence.tokens.len())).any(|index| LEFT.contains(&lower(sentence, index).as_str()))
}

/// Which quantities are the people of the harm at `token`.
fn people_of(sentence: &Sentence, quantities: &[Quantity], token: usize, shape: Shape) -> Vec<usize> {
    let treed = sentence.tokens.iter().any(|other| other.head.is_some());
    let usable: Vec<usize> = (0..quantities.len())
        .filter(|&index| !is_part(sentence, &quantities[index]) && (treed || !quantities[index].single))
        .collect();
    match shape {
        Shape::Toll => toll(sentence, quantities, &usable, token),
        Shape::Lives => {
            // "claimed 20 lives": the number counts the lives themselves.
            let counts = usable.into_iter().filter(|&index| quantities[index].last == token + 1).collect::<Vec<_>>();
            let verb = (token.saturating_sub(7)..(token + 4).min(sentence.tokens.len())).any(|near| {
                matches!(
                    lower(sentence, near).as_str(),
                    "claimed"
                        | "claiming"
                        | "claims"
                        | "cost"
                        | "costing"
                        | "took"
                        | "taken"
                        | "taking"
                        | "lost"
                        | "claim"
                )
            });
            if verb { counts } else { Vec::new() }
        }
        Shape::Noun => usable
            .into_iter()
            .filter(|&index| quantities[index].last == token + 1 && quantities[index].noun <= token)
            .collect(),
        _ if sentence.tokens[token].head.is_some() || sentence.tokens.iter().any(|other| other.head.is_some()) => {
            let linked: Vec<usize> =
                usable.iter().copied().filter(|&index| linked(sentence, &quantities[index], token, shape)).collect();
            if linked.is_empty() {
                // "a soldier" is one person only where the tree says so.
                let usable: Vec<usize> = usable.into_iter().filter(|&index| !quantities[index].single).collect();
                beside(sentence, quantities, &usable, token, shape)
            } else {
                linked
            }
        }
        _ => by_order(sentence, quantities, &usable, token, shape),
    }
}

/// "20 people, including three children": the three are among the twenty.
fn is_part(sentence: &Sentence, quantity: &Quantity) -> bool {
    // ", seven of them last week".
    let of_them = lower(sentence, quantity.noun) == "of"
        && matches!(lower(sentence, quantity.noun + 1).as_str(), "them" | "whom" | "which");
    if of_them && quantity.first > 0 && lower(sentence, quantity.first - 1) == "," {
        return true;
    }
    let mut before = quantity.first;
    while before > 0 {
        let text = lower(sentence, before - 1);
        match text.as_str() {
            "including" | "included" | "include" | "whom" | "which" => return true,
            "among" if before < quantity.first => return true,
            // "among them at least two", "of them three".
            "them" | "and" | "," => before -= 1,
            _ => break,
        }
        if quantity.first - before > 2 {
            break;
        }
    }
    // "including two women and three children".
    let mut index = quantity.first;
    while index > 0 && quantity.first - index < 8 {
        index -= 1;
        let text = lower(sentence, index);
        if text == "including" {
            return !sentence.tokens[index..quantity.first].iter().enumerate().any(|(offset, _)| {
                harm(sentence, index + offset)
                    .is_some_and(|(_, shape)| matches!(shape, Shape::Transitive | Shape::Intransitive))
            });
        }
        if matches!(text.as_str(), "." | ";" | "were" | "was" | "have" | "had") {
            break;
        }
    }
    false
}

/// Whether the tree makes the quantity the patient of the verb.
fn linked(sentence: &Sentence, quantity: &Quantity, verb: usize, shape: Shape) -> bool {
    let tokens = &sentence.tokens;
    let inside = |index: usize| (quantity.first..quantity.last).contains(&index);
    let Some(mut at) =
        (quantity.first..quantity.last).find(|&index| tokens[index].head.is_none_or(|head| !inside(head)))
    else {
        return false;
    };
    let passive =
        sentence.children(verb).any(|child| matches!(tokens[child].deprel.as_str(), "aux:pass" | "nsubj:pass" | "cop"));
    // Up through coordination, so that "two men and a woman" hang alike.
    for _ in 0..tokens.len() {
        if tokens[verb].head == Some(at)
            && matches!(tokens[verb].deprel.as_str(), "acl" | "amod")
            && tokens[verb].xpos != "VB"
            && tokens[verb].xpos != "VBG"
        {
            // "two soldiers killed in the raid", "20 dead".
            return shape != Shape::Intransitive;
        }
        if tokens[verb].deprel == "acl:relcl" && tokens[verb].head == Some(at) {
            return passive || shape == Shape::Intransitive;
        }
        match (tokens[at].head, tokens[at].relation()) {
            (Some(head), "conj") => at = head,
            (Some(head), "compound" | "nmod") if head != verb && tokens[head].upos == Upos::Noun && inside(head) => {
                at = head
            }
            (Some(head), relation) if head == verb => {
                return match (shape, relation) {
                    (Shape::Transitive, "obj") => true,
                    (Shape::Transitive, "nsubj") => tokens[at].deprel == "nsubj:pass" || passive,
                    (Shape::Intransitive | Shape::Adjective, "nsubj") => true,
                    (Shape::Adjective, "obj") => true,
                    _ => false,
                };
            }
            // "leave 4 dead": dead hangs on leave as xcomp, 4 is leave's object.
            (Some(head), "obj") if shape == Shape::Adjective && tokens[verb].head == Some(head) => return true,
            // "20 were killed and 30 injured": the second verb shares nothing else.
            (Some(_), "nsubj") if shape == Shape::Transitive && tokens[verb].head == Some(at) => return true,
            _ => return false,
        }
    }
    false
}

/// Where the tree is silent: only what stands directly beside the word.
fn beside(sentence: &Sentence, quantities: &[Quantity], usable: &[usize], token: usize, shape: Shape) -> Vec<usize> {
    let before = usable.iter().copied().find(|&index| quantities[index].last == token);
    let after = usable.iter().copied().find(|&index| quantities[index].first == token + 1);
    let participle = matches!(sentence.tokens[token].xpos.as_str(), "VBN" | "JJ" | "NN" | "NNS" | "");
    match shape {
        Shape::Adjective => before.into_iter().collect(),
        // "killed 4, injured 20", "4 killed, 20 injured".
        Shape::Transitive => after.or(before.filter(|_| participle)).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Without a tree: objects stand after an active verb, subjects before a passive one.
fn by_order(sentence: &Sentence, quantities: &[Quantity], usable: &[usize], token: usize, shape: Shape) -> Vec<usize> {
    let text = |index: usize| lower(sentence, index);
    let clear = |from: usize, to: usize, words: usize| {
        to.saturating_sub(from) <= words
            && (from..to).all(|index| {
                !matches!(
                    text(index).as_str(),
                    "." | ";" | ":" | "after" | "who" | "when" | "while" | "but" | "by" | "in" | "and" | ","
                ) && harm(sentence, index).is_none()
            })
    };
    let passive = (token.saturating_sub(4)..token)
        .any(|index| matches!(text(index).as_str(), "was" | "were" | "been" | "being" | "be" | "are" | "is" | "got"))
        && text(token).ends_with(|c: char| c != 'g');
    let after: Vec<usize> = usable
        .iter()
        .copied()
        .filter(|&index| {
            quantities[index].first > token
                && (token + 1..quantities[index].first)
                    .all(|index| matches!(text(index).as_str(), "the" | "all" | "these"))
        })
        .collect();
    let before = usable
        .iter()
        .copied()
        .rfind(|&index| quantities[index].last <= token && clear(quantities[index].last, token, 6));
    match shape {
        Shape::Transitive if !passive && !after.is_empty() => with_joined(sentence, quantities, usable, after[0]),
        Shape::Transitive if passive => before.into_iter().collect(),
        // "two soldiers killed in the raid", not "three gunmen killed the mayor".
        Shape::Transitive
            if !matches!(
                text(token + 1).as_str(),
                "" | "in"
                    | "by"
                    | "on"
                    | "at"
                    | "during"
                    | "when"
                    | "after"
                    | "and"
                    | ","
                    | "."
                    | ";"
                    | ")"
                    | "near"
                    | "since"
                    | "so"
            ) =>
        {
            Vec::new()
        }
        Shape::Transitive | Shape::Adjective => {
            before.filter(|&index| quantities[index].last == token).into_iter().collect()
        }
        Shape::Intransitive => before.into_iter().collect(),
        _ => Vec::new(),
    }
}

/// "two soldiers and three policemen": the second belongs with the first.
fn with_joined(sentence: &Sentence, quantities: &[Quantity], usable: &[usize], first: usize) -> Vec<usize> {
    let mut all = vec![first];
    let mut end = quantities[first].last;
    for &index in usable.iter().filter(|&&index| index > first) {
        let quantity = &quantities[index];
        let link: Vec<String> = (end..quantity.first).map(|token| lower(sentence, token)).collect();
        let joins = matches!(link.iter().map(String::as_str).collect::<Vec<_>>()[..], ["and"] | [","] | [",", "and"]);
        // "killed 4 and 20 were injured": the next verb takes the second.
        let own = harm(sentence, quantity.last).is_some()
            || matches!(lower(sentence, quantity.last).as_str(), "were" | "was" | "others" | "more");
        if !joins || own {
            break;
        }
        all.push(index);
        end = quantity.last;
    }
    all
}

/// "the death toll rose from 20 to 27", "a death toll of 27".
fn toll(sentence: &Sentence, quantities: &[Quantity], usable: &[usize], token: usize) -> Vec<usize> {
    let near: Vec<usize> = usable
        .iter()
        .copied()
        .filter(|&index| {
            let quantity = &quantities[index];
            quantity.first > token
                && quantity.first - token <= 12
                && !(token + 1..quantity.first)
                    .any(|index| matches!(lower(sentence, index).as_str(), "." | ";" | "," | "after" | "since" | "in"))
        })
        .collect();
    let to = near.iter().copied().find(|&index| {
        let first = quantities[index].first;
        first > 0
            && matches!(
                lower(sentence, first - 1).as_str(),
                "to" | "at"
                    | "of"
                    | "is"
                    | "was"
                    | "reached"
                    | "reaches"
                    | "reaching"
                    | "exceeded"
                    | "exceeds"
                    | "passed"
                    | "topped"
                    | "surpassed"
                    | "hit"
            )
    });
    to.into_iter().collect()
}

/// The first number and those that "and" or a comma joins to it directly: what
/// stands further on has a story of its own.
fn together(sentence: &Sentence, quantities: &[Quantity], people: &[usize]) -> Vec<usize> {
    let mut kept: Vec<usize> = Vec::new();
    for &index in people {
        let joins = kept.last().is_none_or(|&before: &usize| {
            let link: Vec<String> =
                (quantities[before].last..quantities[index].first).map(|token| lower(sentence, token)).collect();
            matches!(link.iter().map(String::as_str).collect::<Vec<_>>()[..], ["and"] | [","] | [",", "and"] | ["or"])
        });
        if !joins {
            break;
        }
        kept.push(index);
    }
    kept
}

/// Adds up what belongs together and writes it down.
fn joined(sentence: &Sentence, quantities: &[Quantity], people: &[usize], token: usize, what: &str) -> Option<Counted> {
    let people = together(sentence, quantities, people);
    let first = people.iter().map(|&index| quantities[index].first).min()?;
    let last = people.iter().map(|&index| quantities[index].last).max()?;
    let mut bounds = people.iter().map(|&index| quantities[index].bounds).reduce(Bounds::plus)?;
    let before = first.checked_sub(1).map(|index| lower(sentence, index)).unwrap_or_default();
    if matches!(before.as_str(), "exceeded" | "exceeds" | "exceed" | "passed" | "topped" | "surpassed") {
        bounds = Bounds::at_least(bounds.low.unwrap_or(0).saturating_add(1));
    }
    let count =
        Count { what: what.to_string(), low: bounds.low, high: bounds.high, text: words(sentence, first, last) };
    Some(Counted { count, token, first, last })
}

/// The words of a range, spaced as in the text.
fn words(sentence: &Sentence, first: usize, last: usize) -> String {
    let mut text = String::new();
    for index in first..last.min(sentence.tokens.len()) {
        if index > first && sentence.tokens[index].span.start > sentence.tokens[index - 1].span.end {
            text.push(' ');
        }
        text.push_str(&sentence.tokens[index].text);
    }
    text
}

#[cfg(test)]
mod tests;
