//! Tokens and sentences on tables of cases.

use record::{Document, Text};

/// Sentences parted by ` | `, tokens by blanks.
fn cut(text: &str) -> String {
    let document = Document { text: Text::new(text), ..Document::default() };
    let (sentences, _) = reading::segment(&document);
    let lines: Vec<String> = sentences
        .iter()
        .map(|sentence| sentence.tokens.iter().map(|token| token.text.as_str()).collect::<Vec<_>>().join(" "))
        .collect();
    lines.join(" | ")
}

#[track_caller]
fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter(|(text, expected)| cut(text) != *expected)
        .map(|(text, expected)| format!("{text}\n  found    {}\n  expected {expected}", cut(text)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tokens_as_in_ewt() {
    check(
        &[
            ("They don’t, can't and cannot.", "They do n’t , ca n't and can not ."),
            ("John’s and the rebels' camps", "John ’s and the rebels ' camps"),
            ("a cross-border, anti-government, 15-year war", "a cross - border , anti-government , 15 - year war"),
            ("al-Shabaab and Tehrik-i-Taliban", "al - Shabaab and Tehrik - i - Taliban"),
            ("the non-self-governing area", "the non-self - governing area"),
            ("It cost $5bn, US$9.5 million or €3,000.", "It cost $ 5 bn , US$ 9.5 million or € 3,000 ."),
            ("RM750mil and Rs500 and Dh2,000", "RM 750 mil and Rs 500 and Dh 2,000"),
            ("20km away, at 9am or 10:30pm", "20 km away , at 9 am or 10:30 pm"),
            ("About 86% of 12,000", "About 86 % of 12,000"),
            ("on 9/11, 12/05/2009 and 2019/20", "on 9/11 , 12/05/2009 and 2019 / 20"),
            ("and/or he/she", "and / or he / she"),
            (
                "See https://a.example/b?c=d, or mail x.y@z.example.",
                "See https://a.example/b?c=d , or mail x.y@z.example .",
            ),
            ("call 713-853-3989", "call 713-853-3989"),
            ("in 1998-2003", "in 1998 - 2003"),
            ("talks—the third—failed", "talks — the third — failed"),
            ("He paused... and left--", "He paused ... and left --"),
            ("(TTP).”", "( TTP ) . ”"),
            ("the G7, COP26 and the 1980s", "the G7 , COP26 and the 1980s"),
            ("d’Ivoire, O’Brien, Qur’an", "d’Ivoire , O’Brien , Qur’an"),
            ("No. 5, No.8 and no.", "No. 5 , No. 8 and no ."),
            ("M23 and F-16s", "M23 and F - 16s"),
            ("the ’90s", "the ’90s"),
            ("word1\u{a0}word2", "word1 word2"),
            ("@user #tag", "@user #tag"),
            ("what?! no!!", "what ?! | no !!"),
        ]
        .map(|(text, expected)| (text, expected)),
    );
}

#[test]
fn sentences_of_news() {
    check(&[
        ("Mr. Osei met Gen. Adu. They left.", "Mr. Osei met Gen. Adu . | They left ."),
        ("The U.S. Army left. The U.S. said so.", "The U.S. Army left . | The U.S. said so ."),
        ("He flew to the U.S. The talks went on.", "He flew to the U.S. | The talks went on ."),
        (
            "It began at 5 p.m. Friday and ended at 6 p.m. Nobody came.",
            "It began at 5 p.m. Friday and ended at 6 p.m. | Nobody came .",
        ),
        ("J. K. Mensah and Lt. Col. A. B. Adu spoke.", "J. K. Mensah and Lt. Col. A. B. Adu spoke ."),
        ("On Jan. 5 and Sept. 6 it rained.", "On Jan. 5 and Sept. 6 it rained ."),
        ("“Will it hold?” she asked. “Yes!” he said.", "“ Will it hold ? ” she asked . | “ Yes ! ” he said ."),
        ("“We stay. We fight,” he said.", "“ We stay . | We fight , ” he said ."),
        (
            "\"It is over.\" Kofi Adu said he was glad to leave the town behind.",
            "\" It is over . \" | Kofi Adu said he was glad to leave the town behind .",
        ),
        ("The deal (signed on May 5. Not ratified.) fell.", "The deal ( signed on May 5 . Not ratified . ) fell ."),
        ("The war.The next day they met.", "The war . | The next day they met ."),
        ("It rose 1.5 per cent to 3.2.", "It rose 1.5 per cent to 3.2 ."),
        ("He waited… and left. He waited… Then he left.", "He waited … and left . | He waited … | Then he left ."),
        ("Shares of Acme Inc. fell. Acme Ltd. The end.", "Shares of Acme Inc. fell . | Acme Ltd. | The end ."),
        ("1. Withdraw. 2. Disarm.", "1 . Withdraw . | 2 . Disarm ."),
        ("“It was ‘mad.’” He left.", "“ It was ‘ mad . ’ ” | He left ."),
        ("He lives in St. Petersburg. Dr. Adu does not.", "He lives in St. Petersburg . | Dr. Adu does not ."),
        (
            "Rice, maize, etc. were sent. They sent rice, etc. Then they left.",
            "Rice , maize , etc. were sent . | They sent rice , etc. | Then they left .",
        ),
        ("One.\n\nTwo", "One . | Two"),
        ("", ""),
    ]);
}

#[test]
fn any_characters_are_taken() {
    for text in [
        "\u{0}",
        "“”‘’\"'",
        "....",
        "𝔘𝔫𝔦 🕊️ ☮",
        "ﷺ",
        "a\u{301}\u{300}b",
        "İİ's",
        "ﬀ's n't",
        "....A",
        "-",
        "'",
        "’s",
        "$",
        "1,",
        ",1",
        "(((",
        ")))",
    ] {
        let document = Document { text: Text::new(text), ..Document::default() };
        let (sentences, _) = reading::segment(&document);
        let mut end = 0;
        for token in sentences.iter().flat_map(|sentence| &sentence.tokens) {
            assert!(token.span.start >= end && token.span.end > token.span.start, "{text:?}");
            assert_eq!(document.text.get(token.span), Some(token.text.as_str()));
            end = token.span.end;
        }
    }
}
