//! What a user sees: exact output, exact messages, exit statuses.

mod tool;

use expect_test::{Expect, expect};

use tool::{folder, verbale_in};

fn check(files: &[(&str, &[u8])], arguments: &[&str], stdin: &[u8], expected: Expect) {
    // One folder a case: the cases run side by side.
    let name = format!("case-{}", record::id::of('c', &[&arguments.join(" "), &files.len().to_string()]));
    let folder = folder(&name, files);
    expected.assert_eq(&verbale_in(&folder, arguments, stdin).to_string());
}

const NOTE: &[u8] = b"Rebels freed ten soldiers on Monday, a mediator said. Rebels killed a farmer.\n";
const SPANISH: &[u8] = "El gobierno y la guerrilla retomaron el lunes las negociaciones de paz en La Habana, según \
    informaron los mediadores. Las partes no han alcanzado todavía un acuerdo sobre el cese del fuego."
    .as_bytes();

// ---- bad input: each has its message ----

#[test]
fn an_empty_file() {
    check(
        &[("empty.txt", b"")],
        &["code", "empty.txt"],
        b"",
        expect![[r#"
        status 1
        -- stderr
        verbale: skipped empty.txt: the file is empty: give a file that holds an article
        0 articles, 1 skipped, [time]
    "#]],
    );
}

#[test]
fn a_file_of_blanks() {
    check(
        &[("blank.txt", b" \n\t\n")],
        &["code", "blank.txt"],
        b"",
        expect![[r#"
        status 1
        -- stderr
        verbale: skipped blank.txt: the file is empty: give a file that holds an article
        0 articles, 1 skipped, [time]
    "#]],
    );
}

#[test]
fn a_binary() {
    check(
        &[("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0")],
        &["code", "photo.txt"],
        b"",
        expect![[r#"
        status 1
        -- stderr
        verbale: skipped photo.txt: this is a PNG picture, not text: convert it to plain text or html first
        0 articles, 1 skipped, [time]
    "#]],
    );
}

#[test]
fn fifty_megabytes_of_one_line() {
    let line = b"The talks went on and on. ".repeat(2 << 20);
    check(
        &[("long.txt", &line[..50 << 20])],
        &["code", "long.txt"],
        b"",
        expect![[r#"
        status 1
        -- stderr
        verbale: skipped long.txt: the text is 50 MB long and the limit for one article is 8 MB: split it, one article a file or one a line of jsonl
        0 articles, 1 skipped, [time]
    "#]],
    );
}

#[test]
fn bytes_that_are_not_utf8() {
    let text =
        b"Talks in Bogot\xe1 between Colombia and the rebels ended on Monday, a mediator said. Nobody signed anything.";
    check(
        &[("latin.txt", text)],
        &["extract", "latin.txt", "--remarks"],
        b"",
        expect![[r#"
        status 0
        -- stdout
        {"title":null,"byline":null,"publication":null,"published":null,"published_basis":null,"language":"en","url":null,"dateline":null,"dateline_place":null,"document":"d_f5c85528294aef85","source":"latin.txt","sha256":"b29ec7034889f99094419b6d480807329d5b59fb3836f9bc88ff3f04796f57f4","text":"Talks in Bogotá between Colombia and the rebels ended on Monday, a mediator said. Nobody signed anything.","cut":[]}
        -- stderr
        latin.txt: encoding-guessed: the text is not UTF-8 and was read as windows-1250: if letters look wrong, convert it to UTF-8 first
        latin.txt: no-published-date: no published date was found: give one, else dates like "Monday" stay unresolved
        1 article, 0 skipped, [time]
    "#]],
    );
}

#[test]
fn a_folder_without_readable_files() {
    check(
        &[("photos/one.jpg", b"x"), ("photos/.hidden.txt", b"x")],
        &["code", "photos"],
        b"",
        expect![[r#"
        status 1
        -- stderr
        verbale: photos: no readable files in this folder (looked for .txt .text .md .markdown .html .htm .xhtml .jsonl .ndjson .json .conllu): name a file directly
        0 articles, 1 skipped, [time]
    "#]],
    );
}

#[test]
fn a_missing_file() {
    check(
        &[],
        &["code", "nowhere.txt"],
        b"",
        expect![[r#"
        status 1
        -- stderr
        verbale: nowhere.txt: no such file: check the path
        0 articles, 1 skipped, [time]
    "#]],
    );
}

#[test]
fn a_pattern_that_matches_nothing() {
    check(
        &[],
        &["code", "*.html"],
        b"",
        expect![[r#"
        status 1
        -- stderr
        verbale: *.html: no file matches this pattern: check it
        0 articles, 1 skipped, [time]
    "#]],
    );
}

#[test]
fn a_page_of_script_only() {
    let page = b"<!DOCTYPE html><html><head><script>var a = 'Rebels killed ten soldiers.';</script></head><body><script>go()</script></body></html>";
    check(
        &[("page.html", page)],
        &["code", "page.html"],
        b"",
        expect![[r#"
        status 1
        -- stderr
        verbale: skipped page.html: no article text was found, only scripts, menus or notices: save the page as the browser shows it, or give its text
        0 articles, 1 skipped, [time]
    "#]],
    );
}

#[test]
fn no_date_anywhere() {
    let text = b"Rebels freed ten soldiers on Monday, a mediator said.\n";
    check(
        &[("note.txt", text)],
        &["code", "note.txt", "--remarks", "--format", "table"],
        b"",
        expect![[r#"
            status 0
            -- stdout
            note.txt
            no published date · 1 sentence · 1 report

             1  -  Rebels (REB) → RETREAT (release) → ten soldiers (MIL)
                according to a mediator
                │ Rebels freed ten soldiers on Monday
            -- stderr
            note.txt: no-published-date: no published date was found: give one, else dates like "Monday" stay unresolved
            1 article, 1 sentence, 1 report, 0 skipped, [time]; 1 without a published date (--published gives one)
        "#]],
    );
}

#[test]
fn another_language() {
    check(
        &[("nota.txt", SPANISH)],
        &["code", "nota.txt"],
        b"",
        expect![[r#"
        status 0
        -- stderr
        verbale: skipped nota.txt: the text is in Spanish and only English is read: it was skipped, give an English version
        0 articles, 0 sentences, 0 reports, 1 skipped, [time]
    "#]],
    );
}

#[test]
fn rows_that_are_no_rows() {
    check(
        &[("rows.jsonl", b"{\"body\": \"x\"}\nnot json\n")],
        &["code", "rows.jsonl"],
        b"",
        expect![[r#"
        status 1
        -- stderr
        verbale: skipped rows.jsonl: no row could be read (first: line 1 was left out: no field "text" with text): give one json object a line with a field for the text
        0 articles, 1 skipped, [time]
    "#]],
    );
}

#[test]
fn rows_beside_a_bad_row() {
    let rows = b"{\"id\": \"one\", \"body\": \"Rebels killed ten soldiers.\"}\noops\n";
    check(
        &[("r.jsonl", rows)],
        &["code", "r.jsonl", "--fields", "text=body", "--format", "table"],
        b"",
        expect![[r#"
            status 0
            -- stdout
            one
            no published date · 1 sentence · 1 report

             1  -  Rebels (REB) → ASSAULT → ten soldiers (MIL)
                killed: ten soldiers
                │ Rebels killed ten soldiers
            -- stderr
            verbale: skipped a row of r.jsonl: line 2 was left out: not json (expected value at line 1 column 1)
            1 article, 1 sentence, 1 report, 1 skipped, [time]; 1 without a published date (--published gives one)
        "#]],
    );
}

#[test]
fn nothing_comes_in() {
    check(
        &[],
        &["code"],
        b"",
        expect![[r#"
        status 1
        -- stderr
        verbale: skipped -: the file is empty: give a file that holds an article
        0 articles, 1 skipped, [time]
    "#]],
    );
}

// ---- one bad article does not stop the others ----

#[test]
fn the_good_are_coded_beside_the_bad() {
    check(
        &[("a.txt", NOTE), ("b.txt", b""), ("c.txt", SPANISH), ("d.txt", NOTE)],
        &["code", ".", "gone.txt", "--published", "2014-03-03", "--format", "table", "--status", "actual"],
        b"",
        expect![[r#"
            status 0
            -- stdout
            a.txt
            2014-03-03 · 2 sentences · 2 reports

             1  2014-03-03   Rebels (REB) → RETREAT (release) → ten soldiers (MIL)
                according to a mediator
                │ Rebels freed ten soldiers on Monday

             2  ≤2014-03-03  Rebels (REB) → ASSAULT (firearms) → a farmer (AGR)
                killed: a farmer
                │ Rebels killed a farmer

            d.txt
            2014-03-03 · 2 sentences · 2 reports

             1  2014-03-03   Rebels (REB) → RETREAT (release) → ten soldiers (MIL)
                according to a mediator
                │ Rebels freed ten soldiers on Monday

             2  ≤2014-03-03  Rebels (REB) → ASSAULT (firearms) → a farmer (AGR)
                killed: a farmer
                │ Rebels killed a farmer
            -- stderr
            verbale: gone.txt: no such file: check the path
            verbale: skipped b.txt: the file is empty: give a file that holds an article
            verbale: skipped c.txt: the text is in Spanish and only English is read: it was skipped, give an English version
            2 articles, 4 sentences, 4 reports, 3 skipped, [time]
        "#]],
    );
}

// ---- order, jobs, formats ----

#[test]
fn the_output_keeps_the_order_of_the_input_for_any_number_of_jobs() {
    let files: Vec<(String, Vec<u8>)> = (0..24)
        .map(|n| {
            let text = format!("Rebels killed {} soldiers on 3 May 2011. ", n + 2).repeat(1 + (n * 7) % 5);
            (format!("{n:02}.txt"), text.into_bytes())
        })
        .collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_slice())).collect();
    let folder = folder("order", &files);
    let sources = |jobs: &str| -> String {
        let done = verbale_in(&folder, &["extract", ".", "--jobs", jobs], b"");
        assert_eq!(done.status, 0, "{}", done.stderr);
        done.stdout
    };
    let code = |jobs: &str| verbale_in(&folder, &["code", ".", "--jobs", jobs], b"").stdout;
    let alone = sources("1");
    assert_eq!(alone.lines().count(), 24);
    assert_eq!(alone, sources("7"));
    let alone = code("1");
    assert!(alone.lines().count() >= 24);
    assert_eq!(alone, code("5"));
}

#[test]
fn standard_input_is_read_with_a_dash_and_without() {
    let with = verbale_in(&folder("dash", &[]), &["code", "-"], NOTE);
    let without = verbale_in(&folder("no-dash", &[]), &["code"], NOTE);
    assert_eq!(with.status, 0);
    assert_eq!(with.stdout, without.stdout);
    assert!(with.stdout.starts_with("{\"id\":\"r_"), "{}", with.stdout);
}

#[test]
fn colours_never_go_into_a_pipe() {
    let folder = folder("colours", &[("note.txt", NOTE)]);
    for arguments in
        [&["code", "note.txt", "--format", "table"][..], &["codebook"], &["read", "note.txt", "--format", "pretty"]]
    {
        let done = verbale_in(&folder, arguments, b"");
        assert!(!done.stdout.contains('\u{1b}') && !done.stderr.contains('\u{1b}'), "{arguments:?}");
    }
}

#[test]
fn whoever_has_seen_enough_may_go() {
    use std::io::Read;
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_verbale"))
        .args(["codebook"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the tool starts");
    // The pipe is closed before anything is read.
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().expect("it has one").read_to_string(&mut stderr).expect("it is text");
    assert_eq!(stderr, "");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

// ---- misuse ----

#[test]
fn a_date_that_is_none() {
    check(
        &[],
        &["code", "a.txt", "--published", "yesterday"],
        b"",
        expect![[r#"
        status 2
        -- stderr
        error: invalid value 'yesterday' for '--published <DATE>': not a date: write YYYY-MM-DD, as 2025-10-28

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn a_field_that_is_none() {
    check(
        &[],
        &["code", "a.jsonl", "--fields", "body=text"],
        b"",
        expect![[r#"
        status 2
        -- stderr
        error: invalid value 'body=text' for '--fields <FIELD=NAME>': no field body: choose of text, id, title, date, url, publication

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn a_status_that_is_none() {
    check(
        &[],
        &["code", "a.txt", "--status", "true"],
        b"",
        expect![[r#"
        status 2
        -- stderr
        error: invalid value 'true' for '--status <STATUS>'
          [possible values: actual, future, hypothetical, negated, historical]

        For more information, try '--help'.
    "#]],
    );
}

#[test]
fn a_command_that_is_none() {
    check(
        &[],
        &["cod"],
        b"",
        expect![[r#"
        status 2
        -- stderr
        error: unrecognized subcommand 'cod'

          tip: some similar subcommands exist: 'codebook', 'code'

        Usage: verbale <COMMAND>

        For more information, try '--help'.
    "#]],
    );
}

// ---- explain, relate, codebook ----

#[test]
fn explain_says_which_reports_there_are() {
    check(
        &[("note.txt", NOTE)],
        &["explain", "note.txt", "99"],
        b"",
        expect![[r#"
        status 1
        -- stderr
        verbale: note.txt: no report 99: they are numbered 1 to 2
    "#]],
    );
}

#[test]
fn explain_wants_a_number_or_an_id() {
    check(
        &[("note.txt", NOTE)],
        &["explain", "note.txt", "first"],
        b"",
        expect![[r#"
        status 2
        -- stderr
        verbale: first is no report: give its number, from 1 on, or its id, r_…
    "#]],
    );
}

#[test]
fn explain_finds_a_report_by_number_and_by_id() {
    let folder = folder("explain", &[("note.txt", NOTE)]);
    let by_number = verbale_in(&folder, &["explain", "note.txt", "1"], b"");
    assert_eq!(by_number.status, 0, "{}", by_number.stderr);
    let id = by_number.stdout.split_whitespace().find(|word| word.starts_with("r_")).expect("it names the id");
    let by_id = verbale_in(&folder, &["explain", "note.txt", &id[..10]], b"");
    assert_eq!(by_number.stdout, by_id.stdout);
    assert!(by_number.stdout.contains("└─"), "it draws the tree: {}", by_number.stdout);
}

#[test]
fn relate_answers_in_order_and_passes_over_what_is_no_question() {
    let questions = r#"{"id": 1, "sentence": "Norway expelled two Russian diplomats.", "source": "Norway", "target": "Russian"}
what?
{"id": "two", "marked": "<s>Kenya</s> sent flour to <t>Somalia</t>."}
"#;
    let done = verbale_in(&folder("relate", &[]), &["relate"], questions.as_bytes());
    assert_eq!(done.status, 0);
    assert_eq!(done.stderr, "verbale: skipped line 2: not JSON (expected value at line 1 column 1)\n");
    let answers: Vec<serde_json::Value> =
        done.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(answers.len(), 2);
    assert_eq!((&answers[0]["id"], &answers[1]["id"]), (&serde_json::json!(1), &serde_json::json!("two")));
    assert_eq!(answers[0]["scores"].as_object().map(|scores| scores.len()), Some(16));
}

#[test]
fn a_rule_that_is_none() {
    check(
        &[],
        &["codebook", "no.such"],
        b"",
        expect![[r#"
        status 1
        -- stderr
        verbale: no rule no.such: `verbale codebook` lists them all
    "#]],
    );
}

// ---- read keeps given tokens ----

#[test]
fn conllu_in_gives_conllu_out_with_the_given_tokens() {
    let given = "# newdoc id = one\n# text = Envoys met.\n1\tEnvoys\t_\t_\t_\t_\t_\t_\t_\t_\n2\tmet\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n3\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    let done = verbale_in(&folder("conllu", &[("a.conllu", given.as_bytes())]), &["read", "a.conllu"], b"");
    assert_eq!(done.status, 0, "{}", done.stderr);
    let rows: Vec<Vec<&str>> =
        done.stdout.lines().filter(|line| line.contains('\t')).map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.iter().map(|row| row[1]).collect::<Vec<_>>(), ["Envoys", "met", "."]);
    assert!(rows.iter().all(|row| row.len() == 10 && row[3] != "_" && row[7] != "_"), "{}", done.stdout);
    assert!(done.stdout.starts_with("# newdoc id = one\n"), "{}", done.stdout);
}
