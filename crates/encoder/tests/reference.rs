//! The network against PyTorch: `reference.json` holds what the training code makes
//! of twenty sentences with the shipped weights (`python -m training.reference
//! model/reader.safetensors crates/encoder/tests/reference.json`).

use encoder::{Model, Precision, Scores};
use serde_json::Value;

fn cases() -> Vec<Value> {
    serde_json::from_str(include_str!("reference.json")).unwrap()
}

fn words(case: &Value) -> Vec<&str> {
    case["words"].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
}

fn floats(value: &Value) -> Vec<f32> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap() as f32).collect()
}

fn read(model: &Model) -> Vec<(Value, Scores)> {
    let cases = cases();
    let sentences: Vec<Vec<&str>> = cases.iter().map(words).collect();
    let scores = model.read(&sentences);
    drop(sentences);
    cases.into_iter().zip(scores).collect()
}

fn close(left: f32, right: f32, tolerance: f32, what: &str) {
    assert!((left - right).abs() <= tolerance, "{what}: {left} and {right}");
}

#[test]
fn pieces_and_shapes_are_those_of_training() {
    let model = Model::embedded();
    for case in cases() {
        let words = words(&case);
        let pieces: Vec<u32> = model.pieces(&words).concat();
        let want: Vec<u32> = floats(&case["pieces"]).iter().map(|&x| x as u32).collect();
        assert_eq!(pieces, want[1..want.len() - 1], "{words:?}");
        let firsts = floats(&case["first"]);
        let shapes = floats(&case["shapes"]);
        let want: Vec<u8> = firsts.iter().map(|&first| shapes[first as usize] as u8).collect();
        assert_eq!(model.shapes(&words), want, "{words:?}");
    }
}

#[test]
fn single_precision_gives_the_numbers_of_training() {
    let model = Model::with_precision(Model::embedded_bytes(), Precision::F32).unwrap();
    for (case, scores) in read(&model) {
        let words = words(&case);
        for (word, want) in case["hidden"].as_array().unwrap().iter().enumerate() {
            for (found, want) in scores.hidden().row(word).iter().zip(floats(want)) {
                close(*found, want, 5e-5, &format!("hidden of {:?}", words[word]));
            }
        }
        for head in ["upos", "xpos", "lemma", "entity"] {
            let table = scores.head(head).unwrap();
            let labels: Vec<&str> = (0..words.len()).map(|word| &*model.labels(head)[table.best(word)]).collect();
            let key = if head == "lemma" { "lemma_rule" } else { head };
            let want: Vec<&str> = case[key].as_array().unwrap().iter().map(|label| label.as_str().unwrap()).collect();
            assert_eq!(labels, want, "{head} of {words:?}");
            for (word, want) in floats(&case[format!("{head}_top")]).into_iter().enumerate() {
                close(table.row(word)[table.best(word)], want, 1e-3, &format!("{head} of {:?}", words[word]));
            }
        }
        let arcs = scores.windows()[0].arcs();
        for (found, want) in arcs.row(0).iter().zip(floats(&case["arc_scores_of_first_word"])) {
            close(*found, want, 2e-3, &format!("arcs of {:?}", words[0]));
        }
        let heads = floats(&case["head"]);
        let heads: Vec<Option<usize>> = heads.iter().map(|&head| (head as usize).checked_sub(1)).collect();
        let labels = model.label_scores(&scores, &heads);
        for (word, want) in case["rel"].as_array().unwrap().iter().enumerate() {
            assert_eq!(model.labels("tree")[labels.best(word)], want.as_str().unwrap(), "{:?}", words[word]);
        }
    }
}

fn cosine(left: &[f32], right: &[f32]) -> f32 {
    let dot = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
    dot(left, right) / (dot(left, left) * dot(right, right)).sqrt()
}

#[test]
fn eight_bits_stay_near_single_precision() {
    let reference = Model::with_precision(Model::embedded_bytes(), Precision::F32).unwrap();
    let model = Model::embedded();
    let (mut same, mut all, mut lowest) = (0, 0, 1f32);
    for ((case, want), (_, found)) in read(&reference).into_iter().zip(read(&model)) {
        for word in 0..words(&case).len() {
            lowest = lowest.min(cosine(want.hidden().row(word), found.hidden().row(word)));
            for head in ["upos", "xpos", "lemma", "entity"] {
                all += 1;
                same += usize::from(want.head(head).unwrap().best(word) == found.head(head).unwrap().best(word));
            }
            all += 1;
            same += usize::from(want.windows()[0].arcs().best(word) == found.windows()[0].arcs().best(word));
        }
    }
    println!("{same} of {all} decisions the same, lowest cosine {lowest}");
    assert!(lowest > 0.98, "lowest cosine {lowest}");
    assert!(same * 100 >= all * 98, "{same} of {all} decisions the same");
}
