//! A user's own entries: what is found by them, what must not be, and every mistake.

mod tool;

use expect_test::{Expect, expect};

use tool::{folder, verbale_in};

const ARSON: &str = r#"
event = "ASSAULT"
mode = "destroy"
definition = "Someone sets fire to buildings on purpose."
examples = [
  "Gunmen *torched* a school outside Kidal before dawn.",
  "Rioters *burned* down the courthouse and two shops in Port Moresby.",
  "Militiamen *set* fire to dozens of huts in the village, residents said.",
  "The *arson* attack on the mosque was claimed by nobody.",
  "Villagers say soldiers *burnt* their granaries to the ground.",
]
unlike = [
  "Wildfires *burned* thousands of hectares of forest in the north.",
  "The factory *burned* after a fault in the wiring, firefighters said.",
]
"#;

const EMBASSY: &str = r#"
event = "SANCTION"
definition = "A state closes an embassy."
[[pattern]]
verb = ["close", "shut"]
actor = ["subj"]
needs = ["obj: embassy | consulate"]
"#;

/// `trigger: found_by` of every report, without the nearness, which moves with the weights.
fn found(name: &str, text: &str) -> Vec<String> {
    let files: &[(&str, &[u8])] = &[
        ("mine/arson.toml", ARSON.as_bytes()),
        ("mine/deep/embassy.toml", EMBASSY.as_bytes()),
        ("a.txt", text.as_bytes()),
    ];
    let done = verbale_in(&folder(name, files), &["code", "a.txt", "--codebook", "mine", "--format", "jsonl"], b"");
    assert_eq!(done.status, 0, "{done}");
    let lines = done.stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("JSON"));
    lines
        .map(|report| {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_string();
            let found_by = text(&report["found_by"]);
            format!("{}: {}", text(&report["trigger"]["exact"]), found_by.split(" (").next().unwrap_or_default())
        })
        .collect()
}

#[test]
fn entries_find_their_own() {
    let own = |name: &str, text: &str| -> Vec<String> {
        found(name, text).into_iter().filter(|line| line.contains(" own.")).collect()
    };
    let cases: [(&str, &[&str]); 10] = [
        ("Militants torched two schools near Goma overnight.", &["torched: examples own.arson"]),
        ("Militiamen set fire to huts in the village.", &["set: examples own.arson"]),
        ("Rioters burned down a police station in Nairobi.", &["burned: examples own.arson"]),
        ("France shut its embassy in Niamey.", &["shut: rule own.embassy/1"]),
        ("Norway closed its consulate in Murmansk.", &["closed: rule own.embassy/1"]),
        ("Wildfires burned thousands of homes in Chile.", &[]),
        ("The warehouse burned after a gas leak.", &[]),
        ("France shut its border with Niger.", &[]),
        ("The two ministers met in Oslo.", &[]),
        ("The bakery sold burnt bread at half the price.", &[]),
    ];
    for (index, (text, want)) in cases.into_iter().enumerate() {
        assert_eq!(own(&format!("own-{index}"), text), want, "{text}");
    }
}

#[test]
fn what_the_program_would_have_said_is_told() {
    let files: &[(&str, &[u8])] =
        &[("mine/arson.toml", ARSON.as_bytes()), ("a.txt", b"Militants torched two schools near Goma overnight.\n")];
    let done = verbale_in(&folder("own-why", files), &["explain", "a.txt", "1", "--codebook", "mine"], b"");
    let told = done.stdout.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
    for wanted in
        ["examples of own.arson: \"torched\" is nearest to \"Gunmen torched a school", "your entry is followed"]
    {
        assert!(told.contains(wanted), "{wanted}: {done}");
    }
}

#[test]
fn a_pattern_wins_over_the_programs_rule() {
    let strong = r#"
event = "PROTEST"
definition = "Whatever is attacked, for the sake of the test."
[[pattern]]
verb = ["attack"]
actor = ["subj"]
"#;
    let files: &[(&str, &[u8])] =
        &[("mine/x.toml", strong.as_bytes()), ("a.txt", b"Rebels attacked a convoy near Goma.\n")];
    let folder = folder("own-wins", files);
    let done = verbale_in(&folder, &["code", "a.txt", "--codebook", "mine", "--format", "jsonl"], b"");
    assert!(done.stdout.contains(r#""found_by":"rule own.x/1"#) && done.stdout.lines().count() == 1, "{done}");
    let done = verbale_in(&folder, &["explain", "a.txt", "1", "--codebook", "mine"], b"");
    assert!(done.stdout.contains("says ASSAULT: your entry is followed"), "{done}");
}

#[test]
fn entries_are_checked() {
    let wrong = EMBASSY.replace(
        "[[pattern]]",
        "yes = [\"Mali met Niger.\"]\nno = [\"Mali closed its embassy in Oslo.\"]\n[[pattern]]",
    );
    check(
        &[("mine/embassy.toml", &wrong)],
        &["codebook", "--codebook", "mine"],
        expect![[r#"
            status 1
            -- stdout
            own.embassy  SANCTION
              "Mali met Niger."
                no report of this type; found CONSULT actual "met" [Mali+Niger] -> [] by
                rule consult.meet/1 and head trigger
              "Mali closed its embassy in Oslo."
                an actual report was found: SANCTION actual "closed" [Mali] -> [] by rule
                own.embassy/1
              2 of 2 sentences not as wanted
        "#]],
    );
    check(
        &[("mine/embassy.toml", EMBASSY)],
        &["codebook", "--codebook", "mine"],
        expect![[r#"
        status 0
        -- stdout
        own.embassy  SANCTION
          no sentences under yes and no to check
    "#]],
    );
    check(
        &[("mine/embassy.toml", EMBASSY)],
        &["codebook", "own.embassy", "--codebook", "mine"],
        expect![[r#"
        status 0
        -- stdout
        own.embassy  SANCTION

        A state closes an embassy.

        mine/embassy.toml
    "#]],
    );
}

fn check(files: &[(&str, &str)], arguments: &[&str], expected: Expect) {
    let name = format!("own-{}", record::id::of('c', &[&arguments.join(" "), &format!("{files:?}")]));
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    expected.assert_eq(&verbale_in(&folder(&name, &files), arguments, b"Rebels left.").to_string());
}

#[test]
fn every_mistake_has_its_words() {
    let entry = |more: &str| format!("event = \"ASSAULT\"\ndefinition = \"x\"\n{more}");
    let pattern = "[[pattern]]\nverb = [\"raid\"]\n";
    let files = [
        ("mine/broken.toml", "event = \"ASSAULT\n".to_string()),
        ("mine/type.toml", format!("event = \"ARSON\"\ndefinition = \"x\"\n{pattern}")),
        ("mine/key.toml", entry("exmples = []\n")),
        ("mine/nothing.toml", entry("")),
        ("mine/few.toml", entry("examples = [\"Gunmen *torched* a school.\"]\n")),
        ("mine/unmarked.toml", entry("examples = [\"A *b* c.\", \"A *b* c.\", \"Gunmen torched a school.\"]\n")),
        ("mine/unlike.toml", entry(&format!("unlike = [\"A *b* c.\"]\n{pattern}"))),
        ("mine/mode.toml", entry(&format!("mode = \"arson\"\n{pattern}"))),
        ("mine/list.toml", entry("[[pattern]]\nverb = [\"@arson\"]\n")),
        ("mine/kinds.toml", entry("[[pattern]]\nverb = [\"raid\"]\nnoun = [\"raid\"]\n")),
        ("mine/a/twice.toml", entry(pattern)),
        ("mine/b/twice.toml", entry(pattern)),
        ("mine/undefined.toml", format!("event = \"ASSAULT\"\n{pattern}")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    check(
        &files,
        &["code", "-", "--codebook", "mine"],
        expect![[r#"
        status 1
        -- stderr
        verbale: mine/b/twice.toml: another file gives own.twice too: rename one of them
        verbale: mine/broken.toml: line 1: invalid basic string, expected `"`
        verbale: mine/few.toml: there are too few examples: give at least 3, better five
        verbale: mine/key.toml: line 3: unknown field `exmples`, expected one of `event`, `mode`, `contexts`, `cameo`, `definition`, `why`, `yes`, `no`, `examples`, `unlike`, `pattern`
        verbale: mine/kinds.toml: pattern 1 wants exactly one of verb, noun, adj, pred
        verbale: mine/list.toml: no list is called @arson; write its words out, or add it to a file in codebook/words
        verbale: mine/mode.toml: ASSAULT has no mode arson: choose of abduct, torture, sexual, destroy, beat, crowd-control, primitive, firearms, explosives, targeted, suicide-attack, aerial, drone, heavy-weapons, unconventional
        verbale: mine/nothing.toml: an entry wants a [[pattern]] or at least 3 examples
        verbale: mine/type.toml: ARSON is not one of the 16 event types: choose of AGREE, CONSULT, SUPPORT, CONCEDE, COOPERATE, AID, RETREAT, REQUEST, ACCUSE, REJECT, THREATEN, PROTEST, SANCTION, MOBILIZE, COERCE, ASSAULT
        verbale: mine/undefined.toml: missing field `definition`
        verbale: mine/unlike.toml: unlike stands without examples: give examples too
        verbale: mine/unmarked.toml: examples 3: put the word that tells it between two asterisks, as in Gunmen *torched* a school
    "#]],
    );
}

#[test]
fn folders_that_hold_no_entries() {
    check(
        &[("a.txt", "x")],
        &["code", "-", "--codebook", "mine"],
        expect![[r#"
        status 1
        -- stderr
        verbale: mine: there is no such folder: name a folder with .toml files
    "#]],
    );
    check(
        &[("mine/a.txt", "x")],
        &["code", "-", "--codebook", "mine"],
        expect![[r#"
        status 1
        -- stderr
        verbale: mine: no .toml files in it: write an entry, see docs/own-types.md
    "#]],
    );
    check(
        &[("mine.toml", EMBASSY)],
        &["code", "-", "--codebook", "mine.toml"],
        expect![[r#"
        status 1
        -- stderr
        verbale: mine.toml: this is a file: name the folder that it stands in
    "#]],
    );
}
