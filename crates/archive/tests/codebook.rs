//! Every example of every rule does what it says.

use archive::Ground;

#[test]
fn the_codebook_has_no_mistakes() {
    let ground = Ground::embedded();
    let remarks: Vec<String> = ground.remarks().iter().map(ToString::to_string).collect();
    assert!(remarks.is_empty(), "{}", remarks.join("\n"));
}

/// `CODEBOOK=accuse cargo test …` runs the examples of one family only.
#[test]
fn every_example_does_what_it_says() {
    let prefix = std::env::var("CODEBOOK").unwrap_or_default();
    let ground = Ground::embedded();
    let failures: Vec<String> = ground.check_examples(&prefix).iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} examples fail:\n{}", failures.len(), failures.join("\n"));
}
