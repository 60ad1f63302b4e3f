//! Which language a text is in.
//!
//! Takes clean text; gives an ISO 639-1 code, or nothing where the text is too
//! short or the guess too unsure. Only English is read further.
//!
//! ```
//! assert_eq!(reading::language::guess("The envoys of both sides met for the third time in the harbour town."), Some("en"));
//! assert_eq!(reading::language::guess("Oslo"), None);
//! ```

use record::{Document, Remark};
use whatlang::{Lang, Script};

/// Shorter texts are not guessed at.
const FEWEST_LETTERS: usize = 40;

/// How much of a text is looked at.
const LOOKED_AT: usize = 4000;

/// The language, where the guess is sure enough.
pub fn guess(text: &str) -> Option<&'static str> {
    let sample: String = text.chars().take(LOOKED_AT).collect();
    if sample.chars().filter(|c| c.is_alphabetic()).count() < FEWEST_LETTERS {
        return None;
    }
    let info = whatlang::detect(&sample)?;
    // News in English is full of foreign names: another Latin-script language
    // must be sure, English need not.
    let latin = info.script() == Script::Latin;
    if info.lang() == Lang::Eng {
        return Some("en");
    }
    if latin && (!info.is_reliable() || has_english_words(&sample)) {
        return has_english_words(&sample).then_some("en");
    }
    names(info.lang()).map(|(code, _)| code)
}

/// One word in seven is a small word of English.
fn has_english_words(sample: &str) -> bool {
    let mut all = 0;
    let mut small = 0;
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        all += 1;
        small += usize::from(matches!(
            word.to_ascii_lowercase().as_str(),
            "the"
                | "of"
                | "and"
                | "to"
                | "with"
                | "for"
                | "that"
                | "was"
                | "were"
                | "by"
                | "from"
                | "has"
                | "have"
                | "is"
                | "are"
                | "at"
                | "it"
                | "its"
                | "which"
                | "said"
        ));
    }
    all > 0 && small * 7 >= all
}

/// The remark a document gets that is not in English; nothing for one that is
/// or may be.
pub fn refuse(document: &Document) -> Option<Remark> {
    let code = document.language.as_deref()?;
    if code == "en" {
        return None;
    }
    let name = Lang::all()
        .iter()
        .filter_map(|&lang| names(lang))
        .find(|(known, _)| *known == code)
        .map_or(code, |(_, name)| name);
    Some(Remark::new(
        "language",
        format!("the text is in {name} and only English is read: it was skipped, give an English version"),
    ))
}

/// ISO 639-1 code and English name.
fn names(lang: Lang) -> Option<(&'static str, &'static str)> {
    Some(match lang {
        Lang::Eng => ("en", "English"),
        Lang::Spa => ("es", "Spanish"),
        Lang::Fra => ("fr", "French"),
        Lang::Por => ("pt", "Portuguese"),
        Lang::Deu => ("de", "German"),
        Lang::Ita => ("it", "Italian"),
        Lang::Nld => ("nl", "Dutch"),
        Lang::Rus => ("ru", "Russian"),
        Lang::Ukr => ("uk", "Ukrainian"),
        Lang::Bel => ("be", "Belarusian"),
        Lang::Bul => ("bg", "Bulgarian"),
        Lang::Srp => ("sr", "Serbian"),
        Lang::Hrv => ("hr", "Croatian"),
        Lang::Slv => ("sl", "Slovenian"),
        Lang::Mkd => ("mk", "Macedonian"),
        Lang::Pol => ("pl", "Polish"),
        Lang::Ces => ("cs", "Czech"),
        Lang::Slk => ("sk", "Slovak"),
        Lang::Hun => ("hu", "Hungarian"),
        Lang::Ron => ("ro", "Romanian"),
        Lang::Ell => ("el", "Greek"),
        Lang::Tur => ("tr", "Turkish"),
        Lang::Aze => ("az", "Azerbaijani"),
        Lang::Uzb => ("uz", "Uzbek"),
        Lang::Tuk => ("tk", "Turkmen"),
        Lang::Hye => ("hy", "Armenian"),
        Lang::Kat => ("ka", "Georgian"),
        Lang::Ara => ("ar", "Arabic"),
        Lang::Pes => ("fa", "Persian"),
        Lang::Heb => ("he", "Hebrew"),
        Lang::Yid => ("yi", "Yiddish"),
        Lang::Urd => ("ur", "Urdu"),
        Lang::Hin => ("hi", "Hindi"),
        Lang::Ben => ("bn", "Bengali"),
        Lang::Pan => ("pa", "Punjabi"),
        Lang::Guj => ("gu", "Gujarati"),
        Lang::Mar => ("mr", "Marathi"),
        Lang::Tam => ("ta", "Tamil"),
        Lang::Tel => ("te", "Telugu"),
        Lang::Kan => ("kn", "Kannada"),
        Lang::Mal => ("ml", "Malayalam"),
        Lang::Ori => ("or", "Odia"),
        Lang::Sin => ("si", "Sinhala"),
        Lang::Nep => ("ne", "Nepali"),
        Lang::Mya => ("my", "Burmese"),
        Lang::Tha => ("th", "Thai"),
        Lang::Khm => ("km", "Khmer"),
        Lang::Vie => ("vi", "Vietnamese"),
        Lang::Ind => ("id", "Indonesian"),
        Lang::Jav => ("jv", "Javanese"),
        Lang::Tgl => ("tl", "Tagalog"),
        Lang::Cmn => ("zh", "Chinese"),
        Lang::Jpn => ("ja", "Japanese"),
        Lang::Kor => ("ko", "Korean"),
        Lang::Amh => ("am", "Amharic"),
        Lang::Swe => ("sv", "Swedish"),
        Lang::Dan => ("da", "Danish"),
        Lang::Nob => ("nb", "Norwegian"),
        Lang::Fin => ("fi", "Finnish"),
        Lang::Est => ("et", "Estonian"),
        Lang::Lav => ("lv", "Latvian"),
        Lang::Lit => ("lt", "Lithuanian"),
        Lang::Cat => ("ca", "Catalan"),
        Lang::Afr => ("af", "Afrikaans"),
        Lang::Zul => ("zu", "Zulu"),
        Lang::Sna => ("sn", "Shona"),
        Lang::Aka => ("ak", "Akan"),
        Lang::Lat => ("la", "Latin"),
        Lang::Epo => ("eo", "Esperanto"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_language_is_named() {
        let document = |text: &str| Document { language: guess(text).map(str::to_string), ..Document::default() };
        let spanish = document(
            "Los enviados de ambas partes se reunieron por tercera vez en la ciudad portuaria y acordaron volver a verse.",
        );
        assert_eq!(
            refuse(&spanish).map(|remark| remark.to_string()).as_deref(),
            Some("language: the text is in Spanish and only English is read: it was skipped, give an English version")
        );
        let russian = document(
            "Посланники обеих сторон встретились в третий раз и договорились увидеться снова до конца месяца.",
        );
        assert_eq!(
            refuse(&russian).map(|remark| remark.text).as_deref(),
            Some("the text is in Russian and only English is read: it was skipped, give an English version")
        );
        for text in [
            "",
            "Oslo",
            "Accord à Genève",
            "Tigray, Amhara and Oromia leaders Getachew, Debretsion and Shimelis said the deal with Asmara was dead.",
        ] {
            assert_eq!(refuse(&document(text)), None, "{text}");
        }
    }
}
