//! What holds for every text: any batch, thread, kernel, and any odd input.

use encoder::{Model, Precision, Scores};

/// Sentences of many lengths, our own.
fn sentences() -> Vec<Vec<&'static str>> {
    let lines = [
        "Talks resumed .",
        "The two armies agreed on Friday to pull back their guns from the river , officials said .",
        "No .",
        "\" We will not sign , \" said Amadou Diarra , who led the delegation in Lomé , \" until they leave . \"",
        "Al - Furat TV , citing a commander , said 3 drones were downed near قرية and 北村 before dawn .",
        "SHELLING KILLS 9 IN MARKET",
        "He said she said they said it had been agreed that the agreement was not an agreement at all .",
    ];
    lines.iter().map(|line| line.split(' ').collect()).collect()
}

/// Every number of some scores, as bits.
fn bits(scores: &[Scores], model: &Model) -> Vec<u32> {
    let mut out = Vec::new();
    for scores in scores {
        out.extend(scores.hidden().values());
        for head in ["upos", "xpos", "lemma", "entity"] {
            out.extend(scores.head(head).unwrap().values());
        }
        for window in scores.windows() {
            out.extend(window.arcs().values());
        }
        let heads: Vec<Option<usize>> = (0..scores.words()).map(|word| word.checked_sub(1)).collect();
        out.extend(model.label_scores(scores, &heads).values());
    }
    out.into_iter().map(f32::to_bits).collect()
}

#[test]
fn the_embedded_weights_load() {
    let model = Model::embedded();
    assert_eq!(model.labels("upos").len(), 17);
    assert_eq!(model.labels("entity").len(), 19);
    assert!(model.labels("tree").iter().any(|label| label == "nsubj:pass"));
    assert!(model.labels("nothing").is_empty());
    assert_eq!(model.precision(), Precision::Int8);
    assert_eq!(model.kernel(), Model::kernels()[0]);
}

#[test]
fn neighbours_and_threads_change_nothing() {
    let model = Model::embedded();
    // Enough of them that they fall into several passes.
    let all: Vec<Vec<&str>> = (0..40).flat_map(|_| sentences()).collect();
    let whole = bits(&model.read(&all), &model);
    for size in [1, 3, 50] {
        let parts: Vec<u32> = all.chunks(size).flat_map(|part| bits(&model.read(part), &model)).collect();
        assert!(parts == whole, "in parts of {size}");
    }
    let threads: Vec<u32> = std::thread::scope(|scope| {
        let work: Vec<_> = all.chunks(77).map(|part| scope.spawn(|| bits(&model.read(part), &model))).collect();
        work.into_iter().flat_map(|work| work.join().unwrap()).collect()
    });
    assert!(threads == whole, "on threads");
}

#[test]
fn every_kernel_gives_the_same_bits() {
    for precision in [Precision::Int8, Precision::F32] {
        let mut first: Option<Vec<u32>> = None;
        for kernel in Model::kernels() {
            let model = Model::with_kernel(Model::embedded_bytes(), precision, kernel).unwrap().unwrap();
            let found = bits(&model.read(&sentences()), &model);
            assert!(*first.get_or_insert_with(|| found.clone()) == found, "{precision:?} on {kernel}");
        }
    }
    assert!(Model::with_kernel(Model::embedded_bytes(), Precision::Int8, "abacus").is_none());
}

#[test]
fn odd_sentences_are_read() {
    let model = Model::embedded();
    let long = "x".repeat(100_000);
    let marks = "!".repeat(100);
    let cases: Vec<(&str, Vec<&str>, usize)> = vec![
        ("nothing", vec![], 0),
        ("an empty word", vec![""], 1),
        ("empty words", vec![""; 300], 2),
        ("white space", vec![" ", "\t", "\n", "\u{200b}"], 1),
        ("zero bytes", vec!["\0", "a\0b"], 1),
        ("one long word", vec![&long], 1),
        ("many marks", vec![&marks; 7], 4),
        ("254 pieces", vec!["a"; 254], 1),
        ("255 pieces", vec!["a"; 255], 2),
        ("512 pieces", vec!["a"; 512], 3),
        ("10,000 words", vec!["truce"; 10_000], 40),
        ("special pieces", vec!["[CLS]", "[SEP]", "[PAD]", "[MASK]"], 1),
    ];
    let together: Vec<&Vec<&str>> = cases.iter().map(|(_, words, _)| words).collect();
    for ((name, words, windows), scores) in cases.iter().zip(model.read(&together)) {
        assert_eq!(scores.words(), words.len(), "{name}");
        assert_eq!(scores.windows().len(), *windows, "{name}");
        let covered: Vec<usize> = scores.windows().iter().flat_map(|window| window.words()).collect();
        assert_eq!(covered, (0..words.len()).collect::<Vec<_>>(), "{name}");
        for window in scores.windows() {
            assert_eq!(window.arcs().rows(), window.words().len(), "{name}");
            assert_eq!(window.arcs().columns(), window.words().len() + 1, "{name}");
        }
        assert!(scores.hidden().values().iter().all(|x| x.is_finite()), "{name}");
        let labels = model.label_scores(&scores, &vec![None; words.len()]);
        assert_eq!(labels.rows(), words.len(), "{name}");
        // Too few heads, and heads far outside.
        assert_eq!(model.label_scores(&scores, &[]).rows(), words.len(), "{name}");
        assert_eq!(model.label_scores(&scores, &vec![Some(usize::MAX); words.len()]).rows(), words.len(), "{name}");
        assert_eq!(scores.sentence_vector().len(), if words.is_empty() { 0 } else { 384 }, "{name}");
        assert!(scores.head("nothing").is_none());
    }
    let none: [Vec<&str>; 0] = [];
    assert!(model.read(&none).is_empty());
}

#[test]
fn a_window_is_read_as_a_sentence_of_its_own() {
    let model = Model::embedded();
    // Lowercase throughout: a shape may depend on the sentence, nothing else does.
    let words: Vec<&str> = "the guns fell silent along the river at noon .".split(' ').cycle().take(600).collect();
    let whole = &model.read(&[&words])[0];
    assert!(whole.windows().len() > 2);
    for window in whole.windows() {
        let part = &model.read(&[&words[window.words()]])[0];
        assert_eq!(part.windows()[0].arcs(), window.arcs());
        for (at, word) in window.words().enumerate() {
            assert_eq!(part.hidden().row(at), whole.hidden().row(word));
        }
    }
}
