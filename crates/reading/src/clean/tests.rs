//! What is cut and what stays; the examples of the rules run here.

use super::*;

#[test]
fn the_rules_parse_and_their_examples_hold() {
    let book: Book = toml::from_str(include_str!("../../../../codebook/reading/boilerplate.toml")).unwrap();
    assert!(book.menu.words.len() > 50);
    let mut wrong = Vec::new();
    for rule in &book.rule {
        assert!(rule.yes.len() >= 2 && rule.no.len() >= 2, "{}: two examples of each", rule.id);
        assert!(!rule.definition.is_empty() && rule.longest > 0, "{}", rule.id);
        for yes in &rule.yes {
            if rule_of(yes, 9, 10).is_none() {
                wrong.push(format!("{} should cut: {yes}", rule.id));
            }
        }
        for no in &rule.no {
            if let Some((reason, _)) = rule_of(no, 9, 10) {
                wrong.push(format!("{} must not cut ({reason}): {no}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn lines_made_plain() {
    assert_eq!(normalise_line("\u{feff} A\u{a0}\u{200b}cease\u{ad}fire\t\u{2009}held\u{7}. "), "A ceasefire held.");
    assert_eq!(normalise_line("naïve — “ﬁne”"), "naïve — “ﬁne”", "no letter is changed");
}

#[test]
fn what_goes_and_what_stays() {
    for (text, expected) in [
        ("Home | News | Sport | Opinion", Some("navigation")),
        ("Facebook Twitter WhatsApp Email", Some("navigation")),
        ("12 Comments", Some("counter")),
        ("5 min read", Some("counter")),
        ("© Nordpress/Harbour News", Some("photo-credit")),
        ("(Photo by Lena Holt)", Some("photo-credit")),
        ("***", Some("ornament")),
        ("https://news.example/a", Some("address")),
        ("5 killed, 12 wounded", None),
        ("Business leaders said no.", None),
        ("World News reported 12 deaths.", None),
        ("© is the sign the two sides fought over in court, and a judge said so.", None),
        ("Photo by photo, investigators traced the convoy to its base.", None),
        ("Home to a million people, the city was shelled for the third night.", None),
    ] {
        assert_eq!(reason(text, 9, 10).as_deref(), expected, "{text}");
    }
}

#[test]
fn titles_under_a_label_go_with_it_and_tails_are_cut() {
    let body = |text: &str| (Block::Body, text.to_string());
    let (kept, cut) = clean(vec![
        body("The truce held through the night, both armies said on Monday morning."),
        body("ALSO READ:"),
        body("Envoy flies to the capital for a third round"),
        body(
            "Shops opened. The harbour stayed shut while crews looked for mines near the piers. Read more: Minister visits port",
        ),
        body("The truce held through the night, both armies said on Monday morning."),
    ]);
    assert_eq!(kept.len(), 2);
    assert!(kept[1].1.ends_with("near the piers."));
    let reasons: Vec<&str> = cut.iter().map(|cut| cut.reason.as_str()).collect();
    assert_eq!(reasons, ["read-more", "read-more", "read-more", "repeated"]);
}

#[test]
fn captions() {
    assert!(is_caption("Soldiers guard the bridge at Ostby on Friday. (Photo: Lena Holt)"));
    assert!(is_caption("File photo: the harbour before the war"));
    assert!(!is_caption("Soldiers guarded the bridge at Ostby on Friday."));
    assert!(!is_caption("He showed a photo of the camp (the one near Ostby) to the court."));
}
