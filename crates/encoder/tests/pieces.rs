//! Word pieces and shapes of hard words, against the training code.
//!
//! Each line of `pieces.tsv` is a word as JSON, its shape on its own, and its
//! pieces. All but two of the words of up to 100 characters were checked to have the
//! same pieces in the Hugging Face tokenizer; the two hold unassigned characters,
//! which BERT's own tokenizer drops, as we do, and that one keeps.

use encoder::Model;

#[test]
fn hard_words_have_the_pieces_of_training() {
    let model = Model::embedded();
    let mut checked = 0;
    for line in include_str!("pieces.tsv").lines() {
        let mut parts = line.split('\t');
        let word: String = serde_json::from_str(parts.next().unwrap()).unwrap();
        let shape: u8 = parts.next().unwrap().parse().unwrap();
        let want: Vec<u32> = parts.next().unwrap().split(' ').map(|id| id.parse().unwrap()).collect();
        assert_eq!(model.pieces(&[&word])[0], want, "pieces of {word:?}");
        // Beside a lowercase word, and after another, a word has its own shape.
        assert_eq!(model.shapes(&["so", &word])[1], shape, "shape of {word:?}");
        checked += 1;
    }
    assert_eq!(checked, 282);
}
