//! What is refused, with its exact words, and what is read in spite of all.

use expect_test::{Expect, expect};
use jiff::civil::date;
use reading::{Defaults, Extraction, Kind, Source, extract};
use record::PublishedBasis;

fn from<'a>(name: &'a str) -> Source<'a> {
    Source { name, ..Source::default() }
}

fn refused(name: &str, bytes: &[u8], expected: Expect) {
    match extract(bytes, &from(name)) {
        Ok(found) => panic!("{name} was read: {:?}", found.documents[0].document.text.as_str()),
        Err(refusal) => expected.assert_eq(&refusal.to_string()),
    }
}

fn read(name: &str, bytes: &[u8]) -> Extraction {
    extract(bytes, &from(name)).unwrap_or_else(|refusal| panic!("{name}: {refusal}"))
}

fn remarks(extraction: &Extraction) -> String {
    let of_documents = extraction.documents.iter().flat_map(|found| &found.remarks);
    extraction.remarks.iter().chain(of_documents).map(|remark| remark.to_string()).collect::<Vec<_>>().join("\n")
}

#[test]
fn an_empty_file() {
    refused("a.txt", b"", expect!["the file is empty: give a file that holds an article"]);
    refused("a.txt", b" \n\t\r\n", expect!["the file is empty: give a file that holds an article"]);
    refused("a.txt", "\u{feff}".as_bytes(), expect!["the file is empty: give a file that holds an article"]);
}

#[test]
fn binary_files() {
    refused("a.pdf", b"%PDF-1.7\n\xe2\xe3", expect!["this is a PDF, not text: convert it to plain text or html first"]);
    refused(
        "a.docx",
        b"PK\x03\x04....",
        expect!["this is a zip archive or an office document, not text: convert it to plain text or html first"],
    );
    refused(
        "a.txt",
        b"\x01\x02\x03\x00\x05talks",
        expect!["this is binary data, not text: convert it to plain text or html first"],
    );
}

#[test]
fn fifty_megabytes_of_one_line() {
    let line = "talks ".repeat(50 * 1024 * 1024 / 6);
    refused(
        "a.txt",
        line.as_bytes(),
        expect![
            "the text is 49 MB long and the limit for one article is 8 MB: split it, one article a file or one a line of jsonl"
        ],
    );
    refused(
        "a.html",
        format!("<html><body><p>{line}").as_bytes(),
        expect![
            "the text is 50 MB long and the limit for one article is 8 MB: split it, one article a file or one a line of jsonl"
        ],
    );
}

#[test]
fn a_long_line_is_read_in_pieces() {
    for word in ["talks ", "talks", "a,b;", "\"", "“(", "x-", "U.S.", "'s"] {
        // Marks alone are no article; that is an answer, too.
        let Ok(extraction) = extract(word.repeat(20_000).as_bytes(), &from("a.txt")) else { continue };
        let Some(found) = extraction.documents.first() else { continue };
        let (sentences, remarks) = reading::segment(&found.document);
        assert!(sentences.iter().all(|sentence| sentence.tokens.len() <= reading::segment::LONGEST_SENTENCE), "{word}");
        for sentence in &sentences {
            for token in &sentence.tokens {
                assert_eq!(found.document.text.get(token.span), Some(token.text.as_str()), "{word}");
            }
        }
        if word == "talks " {
            assert_eq!(
                remarks[0].text,
                "a sentence of 20000 tokens was cut into pieces of at most 200: check that line breaks survived"
            );
        }
    }
}

#[test]
fn invalid_utf_8() {
    let extraction = read(
        "a.txt",
        b"Envoys met in Asunci\xf3n on Monday.\nSe\xf1or D\xedaz spoke for the host, the delegation said.",
    );
    assert!(extraction.documents[0].document.text.as_str().contains("Asunción"));
    expect![[r#"
        encoding-guessed: the text is not UTF-8 and was read as windows-1252: if letters look wrong, convert it to UTF-8 first
        no-published-date: no published date was found: give one, else dates like "Monday" stay unresolved"#]]
    .assert_eq(&remarks(&extraction));
}

#[test]
fn a_page_of_nothing_but_scripts() {
    refused(
        "a.html",
        b"<!doctype html><html><head><script>var a = 'Envoys met in Oslo.';</script></head><body><script>run()</script><noscript>Please enable JavaScript.</noscript></body></html>",
        expect!["no article text was found, only scripts, menus or notices: save the page as the browser shows it, or give its text"],
    );
    refused(
        "a.txt",
        b"Home | News | Sport\nSubscribe now to get 66% off\n",
        expect![
            "no article text was found, only scripts, menus or notices: save the page as the browser shows it, or give its text"
        ],
    );
}

#[test]
fn no_date_anywhere_and_the_flag() {
    let text = b"Envoys of both sides met in Oslo on Monday.";
    expect![[r#"no-published-date: no published date was found: give one, else dates like "Monday" stay unresolved"#]]
        .assert_eq(&remarks(&read("a.txt", text)));
    let defaults =
        Defaults { published: Some(date(2020, 5, 4)), publication: Some("Harbour News".into()), ..Defaults::default() };
    let source = Source { defaults: Some(&defaults), ..from("a.txt") };
    let found = extract(text, &source).unwrap();
    let document = &found.documents[0].document;
    assert_eq!((document.published, document.published_basis), (Some(date(2020, 5, 4)), Some(PublishedBasis::Flag)));
    assert_eq!(document.publication.as_deref(), Some("Harbour News"));
    assert_eq!(remarks(&found), "");
    // What the document says is stronger than the flag.
    let found = extract(b"OSLO, 7 June 2021 (Nordpress) - Envoys of both sides met.", &source).unwrap();
    let document = &found.documents[0].document;
    assert_eq!(
        (document.published, document.published_basis),
        (Some(date(2021, 6, 7)), Some(PublishedBasis::Dateline))
    );
}

#[test]
fn a_dateline_without_a_year_needs_one_from_elsewhere() {
    let published = |text: &str| {
        let found = read("a.txt", text.as_bytes());
        let document = &found.documents[0].document;
        (document.published.map(|date| date.to_string()), document.published_basis)
    };
    assert_eq!(published("OSLO, March 3 (Nordpress) - Envoys of both sides met."), (None, None));
    assert_eq!(
        published("https://news.example/2021/03/envoys\n\nOSLO, March 3 (Nordpress) - Envoys of both sides met."),
        (Some("2021-03-03".into()), Some(PublishedBasis::Dateline))
    );
    assert_eq!(
        published("Envoys meet again\nBy Ama Owusu in Accra | 12 May 2009\nEnvoys of both sides met."),
        (Some("2009-05-12".into()), Some(PublishedBasis::Byline))
    );
}

#[test]
fn bad_rows_are_remarks_and_the_rest_is_read() {
    let rows = "{\"id\": \"a1\", \"text\": \"Envoys met in Oslo.\", \"date\": \"2020-05-04\", \"title\": \"Talks\", \"publication\": \"Harbour News\"}\n\
                not json\n\
                {\"id\": 7, \"body\": \"no text\"}\n\
                [1, 2]\n\
                {\"id\": 9, \"text\": \"They met again.\", \"date\": \"03/04/2020\"}\n";
    let found = read("rows.jsonl", rows.as_bytes());
    let sources: Vec<&str> = found.documents.iter().map(|found| found.document.source.as_str()).collect();
    assert_eq!(sources, ["a1", "9"]);
    let first = &found.documents[0].document;
    assert_eq!((first.published, first.published_basis), (Some(date(2020, 5, 4)), Some(PublishedBasis::Field)));
    assert_eq!(first.title.as_deref(), Some("Talks"));
    expect![[r#"
        bad-row: line 2 was left out: not json (expected ident at line 1 column 2)
        bad-row: line 3 was left out: no field "text" with text
        bad-row: line 4 was left out: not a json object
        bad-date: the field "date" says "03/04/2020", which has no one reading: write dates as 2025-10-28
        no-published-date: no published date was found: give one, else dates like "Monday" stay unresolved"#]]
    .assert_eq(&remarks(&found));
    refused(
        "rows.jsonl",
        b"{\"body\": \"x\"}\n",
        expect![[
            r#"no row could be read (first: line 1 was left out: no field "text" with text): give one json object a line with a field for the text"#
        ]],
    );
}

#[test]
fn the_names_of_fields_can_be_given() {
    let fields = reading::Fields { text: "article.body".into(), date: "when".into(), ..reading::Fields::default() };
    let defaults = Defaults { fields, ..Defaults::default() };
    let source = Source { defaults: Some(&defaults), kind: Some(Kind::Jsonl), ..from("-") };
    let found = extract(b"{\"article\": {\"body\": \"Envoys met.\"}, \"when\": 1588550400}", &source).unwrap();
    assert_eq!(found.documents[0].document.text.as_str(), "Envoys met.");
    assert_eq!(found.documents[0].document.published, Some(date(2020, 5, 4)));
    assert_eq!(found.documents[0].document.source, "-:1");
}

#[test]
fn another_language_is_skipped_with_its_name() {
    let found = read(
        "a.txt",
        "Los enviados de ambas partes se reunieron por tercera vez en la ciudad portuaria y acordaron volver a verse."
            .as_bytes(),
    );
    let remark = reading::language::refuse(&found.documents[0].document).unwrap();
    assert_eq!(
        remark.to_string(),
        "language: the text is in Spanish and only English is read: it was skipped, give an English version"
    );
}

#[test]
fn a_page_becomes_an_article() {
    let page = "<!doctype html><html><head><title>Envoys meet in Oslo | Harbour News</title>\
        <meta property=\"og:site_name\" content=\"Harbour News\"><meta property=\"article:published_time\" content=\"2020-05-04T08:00:00Z\">\
        <meta name=\"author\" content=\"Lena Holt\"></head><body><nav><a href=\"/\">Home</a> <a href=\"/n\">News</a></nav>\
        <article><h1>Envoys meet in Oslo</h1>\
        <p>OSLO (Nordpress) — Envoys of both armies met for the third time on Monday in a hotel near the harbour, an official of the host country said, and they will meet again next week.</p>\
        <h2>A fragile truce</h2>\
        <p>The truce that began in April has held along most of the line, although both sides say that the other moved guns closer to the river during the past week.</p>\
        <p>“Nobody wants to be the first to leave the table,” the official said after the meeting, which lasted until late in the night and ended without a paper.</p>\
        <p>Also read: Guns fall silent on the river</p><p>Sign up for our newsletter and get the news in your inbox.</p>\
        </article><footer>Copyright 2020 Harbour News</footer></body></html>";
    let found = read("a.html", page.as_bytes());
    let document = &found.documents[0].document;
    expect![[r#"
        title       Some("Envoys meet in Oslo")
        byline      Some("Lena Holt")
        publication Some("Harbour News")
        published   Some("2020-05-04") Some(Meta)
        dateline    Some("OSLO (Nordpress) —")
        cut         ["read-more", "newsletter"]
        blocks      [Title, Body, Heading, Body, Body]"#]]
    .assert_eq(&format!(
        "title       {:?}\nbyline      {:?}\npublication {:?}\npublished   {:?} {:?}\ndateline    {:?}\ncut         {:?}\nblocks      {:?}",
        document.title,
        document.byline,
        document.publication,
        document.published.map(|date| date.to_string()),
        document.published_basis,
        document.dateline,
        document.cut.iter().map(|cut| cut.reason.as_str()).collect::<Vec<_>>(),
        document.blocks,
    ));
    assert_eq!(document.text.as_str().split("\n\n").count(), document.blocks.len());
}

#[test]
fn the_same_bytes_give_the_same_document() {
    let text = "https://news.example/2021/03/02/a\r\n\r\nEnvoys\u{a0}met.\r\nThey left.\r\n".as_bytes();
    let (one, two) = (read("a.txt", text), read("a.txt", text));
    assert_eq!(one.documents[0].document, two.documents[0].document);
    assert_eq!(one.documents[0].document.text.as_str(), "Envoys met.\n\nThey left.");
    assert_ne!(
        one.documents[0].document.id,
        read("b.txt", text).documents[0].document.id,
        "the source is part of the id"
    );
}

#[test]
fn given_tokens_stay() {
    let rows = "# newdoc id = x\n1\tEnvoys\t_\t_\t_\t_\t_\t_\t_\t_\n2\tdid-not\t_\t_\t_\t_\t_\t_\t_\t_\n3\tmeet\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n4\t.\t_\t_\t_\t_\t_\t_\t_\t_\n";
    let found = read("a.conllu", rows.as_bytes());
    assert_eq!(found.documents[0].document.text.as_str(), "Envoys did-not meet.");
    assert_eq!(found.documents[0].given[0].tokens.len(), 4);
    assert_eq!(found.documents[0].document.source, "a.conllu#x");
}
