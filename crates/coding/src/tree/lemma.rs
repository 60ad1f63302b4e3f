//! Lemmas, settled by the words of the codebook where the tagger slipped.

use record::{Token, Upos};

/// The lemma in lower case. The tagger learns its rules from a small treebank
/// and now and then cuts a rare verb wrongly ("clashe", "injur"): where its
/// lemma is no word of the codebook but the regular stem of the form is, the stem is taken.
pub(super) fn lemma_of(token: &Token, known: impl Fn(&str) -> bool) -> String {
    let lemma = token.lemma.to_lowercase();
    if !matches!(token.upos, Upos::Verb | Upos::Noun) {
        return lemma;
    }
    let form = token.text.to_lowercase();
    // "gunmen" is of "gunman", not of "man".
    let man = matches!(lemma.as_str(), "man" | "men") || lemma == form;
    if man && let Some(stem) = form.strip_suffix("men").filter(|stem| !stem.is_empty()) {
        return format!("{stem}man");
    }
    let mut stems = regular_stems(&form);
    if token.upos == Upos::Noun {
        // "bombing" is a noun of its own.
        if !form.ends_with('s') || known(&lemma) && form.starts_with(lemma.as_str()) && lemma != form {
            return lemma;
        }
        stems.retain(|stem| !stem.ends_with('e') || form == format!("{stem}s"));
    }
    if stems.contains(&lemma) && known(&lemma) {
        return lemma;
    }
    // Regular forms of a word of the codebook are that word's, whatever an
    // irregular look-alike suggested ("banned" is not of "be").
    if let Some(stem) = stems.into_iter().find(|stem| known(stem)) {
        return stem;
    }
    if token.upos == Upos::Verb && !known(&lemma) {
        for prefix in ["over", "re", "under", "out", "with", "mis"] {
            let base = form.strip_prefix(prefix).and_then(|rest| IRREGULAR.iter().find(|(past, _)| *past == rest));
            if let Some((_, base)) = base {
                return format!("{prefix}{base}");
            }
        }
    }
    lemma
}

/// Past forms that rare compounds share: "overthrew", "retook".
const IRREGULAR: [(&str, &str); 16] = [
    ("threw", "throw"),
    ("thrown", "throw"),
    ("ran", "run"),
    ("run", "run"),
    ("took", "take"),
    ("taken", "take"),
    ("drew", "draw"),
    ("drawn", "draw"),
    ("built", "build"),
    ("sent", "send"),
    ("held", "hold"),
    ("rode", "ride"),
    ("ridden", "ride"),
    ("came", "come"),
    ("fought", "fight"),
    ("shot", "shoot"),
];

/// What a form in -s, -ed, -ing may come from, the likeliest first.
fn regular_stems(form: &str) -> Vec<String> {
    let mut stems = Vec::new();
    let mut add = |stem: String| {
        if stem.len() > 1 {
            stems.push(stem);
        }
    };
    for ending in ["ies", "ied"] {
        if let Some(stem) = form.strip_suffix(ending) {
            add(format!("{stem}y"));
        }
    }
    for ending in ["es", "ed", "ing"] {
        if let Some(stem) = form.strip_suffix(ending) {
            add(stem.to_string());
            add(format!("{stem}e"));
            let mut letters = stem.chars().rev();
            if let (Some(last), Some(before)) = (letters.next(), letters.next())
                && last == before
            {
                add(stem[..stem.len() - last.len_utf8()].to_string());
            }
        }
    }
    if let Some(stem) = form.strip_suffix('s') {
        add(stem.to_string());
    }
    stems
}
