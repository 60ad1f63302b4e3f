//! Cases.

use super::*;

/// The actor lists of the codebook.
const FILES: &[(&str, &str)] = &[
    ("states.txt", include_str!("../../../../codebook/actors/states.txt")),
    ("africa.txt", include_str!("../../../../codebook/actors/africa.txt")),
    ("americas.txt", include_str!("../../../../codebook/actors/americas.txt")),
    ("asia.txt", include_str!("../../../../codebook/actors/asia.txt")),
    ("europe.txt", include_str!("../../../../codebook/actors/europe.txt")),
    ("middle-east.txt", include_str!("../../../../codebook/actors/middle-east.txt")),
    ("organisations.txt", include_str!("../../../../codebook/actors/organisations.txt")),
    ("persons.txt", include_str!("../../../../codebook/actors/persons.txt")),
    ("offices-2014.txt", include_str!("../../../../codebook/actors/offices-2014.txt")),
    ("media.txt", include_str!("../../../../codebook/actors/media.txt")),
    ("roles.txt", include_str!("../../../../codebook/actors/roles.txt")),
    ("generic.txt", include_str!("../../../../codebook/actors/generic.txt")),
];

#[test]
fn the_lists_are_sound() {
    let (actors, mut remarks) = Actors::parse(FILES);
    remarks.extend(actors.check());
    let shown: Vec<&str> = remarks.iter().map(|remark| remark.text.as_str()).collect();
    assert!(shown.is_empty(), "{} remarks:\n{}", shown.len(), shown.join("\n"));
    eprintln!("{:?}", actors.len());
}
