//! Words as the actor lists compare them.
//!
//! Takes running text or the tokens of a sentence; gives words in one spelling
//! on both sides: lower case, no diacritics, hyphens as borders, no full stops
//! or apostrophes. Never changes the text itself.
//!
//! "Tehrik-i-Taliban" and the tokens `Tehrik - i - Taliban` both become
//! `tehrik i taliban`; "U.S." becomes `us`, "People's" `peoples`.

use record::Token;

/// A word of a sentence or a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// The spelling that is compared.
    pub norm: String,
    /// The spelling as printed.
    pub raw: String,
    /// First and last token it is made of.
    pub first: usize,
    pub last: usize,
    /// What a possessive ending would add: "s", or nothing after a plural.
    pub possessive: Option<&'static str>,
    /// Whether a hyphen stands before it.
    pub hyphen_before: bool,
}

impl Word {
    pub fn is_capital(&self) -> bool {
        self.raw.chars().next().is_some_and(char::is_uppercase)
    }
}

/// FNV-1a, eight bytes at a step.
#[derive(Debug, Clone)]
pub(super) struct WordHash(u64);

impl Default for WordHash {
    fn default() -> WordHash {
        WordHash(0xcbf2_9ce4_8422_2325)
    }
}

impl std::hash::Hasher for WordHash {
    fn finish(&self) -> u64 {
        // The table looks at the top bits: let the low ones reach them.
        (self.0 ^ (self.0 >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.0 = (self.0 ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
        }
    }
}

/// The compared spelling of a character: nothing, one letter, or two.
fn fold(character: char, out: &mut String) {
    if character.is_ascii_alphanumeric() {
        out.push(character.to_ascii_lowercase());
        return;
    }
    if character.is_ascii() {
        if character == '&' {
            out.push_str("and");
        }
        return;
    }
    let plain = match character {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' | 'Ā' | 'Ă'
        | 'Ą' => "a",
        'ç' | 'ć' | 'č' | 'ĉ' | 'Ç' | 'Ć' | 'Č' => "c",
        'ď' | 'đ' | 'ð' | 'Ď' | 'Đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' | 'ə' | 'È' | 'É' | 'Ê' | 'Ë' | 'Ē' | 'Ė' | 'Ę' => {
            "e"
        }
        'ğ' | 'ģ' | 'Ğ' => "g",
        'ħ' | 'ḥ' | 'Ħ' | 'Ḥ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' | 'İ' | 'Ì' | 'Í' | 'Î' | 'Ï' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ļ' | 'Ł' => "l",
        'ñ' | 'ń' | 'ň' | 'ņ' | 'Ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' | 'Ō' => "o",
        'ř' | 'Ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' | 'ṣ' | 'Ś' | 'Š' | 'Ş' | 'Ș' => "s",
        'ť' | 'ţ' | 'ț' | 'Ţ' | 'Ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' | 'Ù' | 'Ú' | 'Û' | 'Ü' | 'Ū' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        'ź' | 'ž' | 'ż' | 'Ź' | 'Ž' | 'Ż' => "z",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ß' => "ss",
        'þ' | 'Þ' => "th",
        _ => {
            if character.is_alphanumeric() {
                out.extend(character.to_lowercase());
            }
            return;
        }
    };
    out.push_str(plain);
}

fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '‘' | 'ʼ' | '`' | 'ʿ' | 'ʾ' | '´')
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '‐' | '‑' | '–' | '—' | '−' | '/')
}

/// The compared spelling of one word without inner borders.
pub(super) fn normal(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for character in word.chars() {
        fold(character, &mut out);
    }
    out
}

/// The key of a name: its words joined by single spaces, a leading "the" dropped.
pub(super) fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for part in name.split(|character: char| character.is_whitespace() || is_hyphen(character)) {
        let before = out.len();
        if before > 0 {
            out.push(' ');
        }
        let filled = out.len();
        for character in part.chars() {
            fold(character, &mut out);
        }
        if out.len() == filled || (before == 0 && out == "the") {
            out.truncate(before);
        }
    }
    out
}

/// The words of a sentence's tokens.
pub(super) fn of_tokens(tokens: &[Token]) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::with_capacity(tokens.len());
    let mut hyphen = false;
    let mut previous_end = usize::MAX;
    for (index, token) in tokens.iter().enumerate() {
        let text = token.text.as_str();
        let touches = token.span.start == previous_end;
        previous_end = token.span.end;
        if is_possessive(text)
            && !hyphen
            && let Some(word) = words.last_mut().filter(|word| word.last + 1 == index)
        {
            word.last = index;
            word.possessive = Some(if text.chars().count() > 1 { "s" } else { "" });
            continue;
        }
        // "d' Ivoire": an article that ends in an apostrophe belongs to what follows.
        if touches
            && !hyphen
            && let Some(word) =
                words.last_mut().filter(|word| word.last + 1 == index && word.raw.ends_with(is_apostrophe))
        {
            word.raw.push_str(text);
            word.norm = normal(&word.raw);
            word.last = index;
            continue;
        }
        let mut found = false;
        for part in text.split(is_hyphen) {
            let norm = normal(part);
            if norm.is_empty() {
                hyphen = true;
                continue;
            }
            let between = found || hyphen;
            words.push(Word {
                norm,
                raw: part.to_string(),
                first: index,
                last: index,
                possessive: None,
                hyphen_before: between,
            });
            found = true;
            hyphen = false;
        }
        if !found {
            // Hyphens join, every other mark parts: a name does not run over a comma.
            // A dash between blanks is such a mark.
            if !(touches && text.chars().all(is_hyphen)) {
                hyphen = false;
                if !matches!(text, "." | "'" | "’") {
                    words.push(Word {
                        norm: String::new(),
                        raw: text.to_string(),
                        first: index,
                        last: index,
                        possessive: None,
                        hyphen_before: false,
                    });
                }
            }
        }
    }
    words
}

fn is_possessive(text: &str) -> bool {
    let mut characters = text.chars();
    let first = characters.next();
    let second = characters.next();
    first.is_some_and(is_apostrophe)
        && match second {
            None => true,
            Some(letter) => matches!(letter, 's' | 'S') && characters.next().is_none(),
        }
}

/// The words of a bare phrase; token numbers count its words.
pub(super) fn of_phrase(phrase: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for part in phrase.split_whitespace() {
        let mut hyphen = false;
        for piece in part.split(is_hyphen) {
            let mut raw = piece.trim_matches(|character: char| {
                matches!(character, ',' | ';' | ':' | '"' | '“' | '”' | '(' | ')' | '?' | '!')
            });
            let mut possessive = None;
            let bare = raw.trim_end_matches(['s', 'S']);
            if bare.len() < raw.len() && bare.ends_with(is_apostrophe) && raw.len() - bare.len() == 1 {
                possessive = Some("s");
                raw = bare.trim_end_matches(is_apostrophe);
            } else if raw.ends_with(is_apostrophe) {
                possessive = Some("");
                raw = raw.trim_end_matches(is_apostrophe);
            }
            let norm = normal(raw);
            if norm.is_empty() {
                hyphen = true;
                continue;
            }
            let index = words.len();
            words.push(Word {
                norm,
                raw: raw.to_string(),
                first: index,
                last: index,
                possessive,
                hyphen_before: hyphen,
            });
            hyphen = true;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use record::Span;

    fn tokens(text: &[(&str, bool)]) -> Vec<Token> {
        let mut at = 0;
        let mut out = Vec::new();
        for &(word, space) in text {
            let length = word.chars().count();
            out.push(Token { text: word.into(), span: Span::new(at, at + length), ..Token::default() });
            at += length + usize::from(space);
        }
        out
    }

    #[test]
    fn both_sides_get_one_spelling() {
        let cases: [(&str, &[(&str, bool)]); 7] = [
            (
                "Tehrik-i-Taliban Pakistan",
                &[("Tehrik", false), ("-", false), ("i", false), ("-", false), ("Taliban", true), ("Pakistan", false)],
            ),
            ("Côte d'Ivoire", &[("Côte", true), ("d'", false), ("Ivoire", false)]),
            ("U.S.", &[("U.S.", false)]),
            ("N'Djamena", &[("N'Djamena", false)]),
            ("Türkiye", &[("Türkiye", false)]),
            ("Ansar al-Sharia", &[("Ansar", true), ("al", false), ("-", false), ("Sharia", false)]),
            ("SPLA-North", &[("SPLA-North", false)]),
        ];
        for (name, parts) in cases {
            let joined: Vec<String> = of_tokens(&tokens(parts)).into_iter().map(|word| word.norm).collect();
            assert_eq!(joined.join(" "), key(name), "{name}");
        }
        assert_eq!(key("the Maldives"), "maldives");
        assert_eq!(key("The"), "");
        assert_eq!(key("Lord's Resistance Army"), "lords resistance army");
    }

    #[test]
    fn a_possessive_is_kept_apart() {
        let words = of_tokens(&tokens(&[("Lord", false), ("'s", true), ("Army", false)]));
        assert_eq!(words.len(), 2);
        assert_eq!((words[0].norm.as_str(), words[0].possessive, words[0].last), ("lord", Some("s"), 1));
        let words = of_phrase("the rebels' leader");
        assert_eq!((words[1].norm.as_str(), words[1].possessive), ("rebels", Some("")));
        assert!(of_phrase("-- ' ?").is_empty());
    }
}
