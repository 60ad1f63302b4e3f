//! Weight files that are whole, other than expected, or broken.

use std::collections::BTreeMap;

use encoder::{Model, Precision};
use serde_json::{Map, Value, json};

const HIDDEN: usize = 32;

/// A weight file of a tiny network, to be spoilt in one place.
#[derive(Clone)]
struct Draft {
    notes: BTreeMap<&'static str, String>,
    tensors: BTreeMap<String, (&'static str, Vec<usize>, Vec<u8>)>,
}

impl Draft {
    fn new() -> Draft {
        let mut draft = Draft { notes: BTreeMap::new(), tensors: BTreeMap::new() };
        for (name, text) in [
            ("format", "verbale-reader"),
            ("version", "1"),
            ("vocab", "[UNK]\n[CLS]\n[SEP]\ntruce\n##s\n."),
            ("labels.upos", r#"["NOUN","PUNCT"]"#),
            ("labels.entity", r#"["O","B-Person","I-Person"]"#),
            ("labels.tree", r#"["root","punct","dep"]"#),
        ] {
            draft.notes.insert(name, text.to_string());
        }
        draft.floats("embed.word", &[6, HIDDEN]);
        draft.floats("embed.position", &[12, HIDDEN]);
        draft.floats("embed.shape", &[16, HIDDEN]);
        for norm in ["embed.norm", "layer.0.attention.norm", "layer.0.ffn.norm"] {
            draft.floats(&format!("{norm}.weight"), &[HIDDEN]);
            draft.floats(&format!("{norm}.bias"), &[HIDDEN]);
        }
        for (name, outputs, depth) in [
            ("layer.0.attention.query", HIDDEN, HIDDEN),
            ("layer.0.attention.key", HIDDEN, HIDDEN),
            ("layer.0.attention.value", HIDDEN, HIDDEN),
            ("layer.0.attention.output", HIDDEN, HIDDEN),
            ("layer.0.ffn.up", 48, HIDDEN),
            ("layer.0.ffn.down", HIDDEN, 48),
            ("head.upos", 2, HIDDEN),
            ("head.entity.0", 16, HIDDEN),
            ("head.entity.1", 3, 16),
            ("tree.arc.dep", 16, HIDDEN),
            ("tree.arc.head", 16, HIDDEN),
            ("tree.label.dep", 16, HIDDEN),
            ("tree.label.head", 16, HIDDEN),
        ] {
            draft.floats(&format!("{name}.weight"), &[outputs, depth]);
            draft.floats(&format!("{name}.bias"), &[outputs]);
        }
        draft.floats("tree.arc.bilinear", &[16, 16]);
        draft.floats("tree.arc.prior", &[16]);
        draft.floats("tree.label.bilinear", &[3, 16, 16]);
        draft.floats("tree.label.linear", &[3, 32]);
        draft.floats("tree.label.bias", &[3]);
        draft
    }

    fn floats(&mut self, name: &str, shape: &[usize]) {
        let count: usize = shape.iter().product();
        let number = |at: usize| ((at * 7919 + name.len() * 31) % 201) as f32 / 100.0 - 1.0;
        let bytes = (0..count).flat_map(|at| number(at).to_le_bytes()).collect();
        self.tensors.insert(name.to_string(), ("F32", shape.to_vec(), bytes));
    }

    fn bytes(&self) -> Vec<u8> {
        let mut header = Map::new();
        header.insert("__metadata__".into(), json!(self.notes));
        let mut data = Vec::new();
        for (name, (kind, shape, bytes)) in &self.tensors {
            let offsets = [data.len(), data.len() + bytes.len()];
            header.insert(name.clone(), json!({"dtype": kind, "shape": shape, "data_offsets": offsets}));
            data.extend_from_slice(bytes);
        }
        with_header(&Value::Object(header).to_string(), &data)
    }
}

fn with_header(header: &str, data: &[u8]) -> Vec<u8> {
    let mut out = (header.len() as u64).to_le_bytes().to_vec();
    out.extend_from_slice(header.as_bytes());
    out.extend_from_slice(data);
    out
}

/// Loads and, where that works, reads: only a panic is wrong here.
fn try_out(bytes: Vec<u8>) -> bool {
    let Ok(model) = Model::from_bytes(bytes) else { return false };
    let words = ["truces", ".", "truce", "is", "over"];
    let scores = model.read(&[words.as_slice(), &[], &["truce"; 30]]);
    model.label_scores(&scores[0], &[Some(2), None, Some(9), None, Some(0)]);
    true
}

#[test]
fn a_tiny_network_reads() {
    let bytes = Draft::new().bytes();
    let int8 = Model::from_bytes(bytes.clone()).unwrap();
    let single = Model::with_precision(bytes, Precision::F32).unwrap();
    for model in [&int8, &single] {
        let scores = &model.read(&[["Truces", "."]])[0];
        assert_eq!(scores.head("upos").unwrap().columns(), 2);
        assert_eq!(scores.head("entity").unwrap().columns(), 3);
        assert_eq!(model.label_scores(scores, &[None, Some(0)]).columns(), 3);
        // Windows follow the file's twelve positions.
        assert_eq!(model.read(&[["truce"; 30]])[0].windows().len(), 3);
    }
}

#[test]
fn a_file_without_a_tree_has_no_arcs() {
    let mut draft = Draft::new();
    draft.tensors.retain(|name, _| !name.starts_with("tree."));
    let model = Model::from_bytes(draft.bytes()).unwrap();
    let scores = &model.read(&[["Truces", "."]])[0];
    assert_eq!(scores.windows()[0].arcs().columns(), 0);
    assert_eq!(model.label_scores(scores, &[None, None]).columns(), 0);
    assert!(model.labels("tree").is_empty());
}

#[test]
fn int8_and_half_precision_tensors_are_read() {
    let mut draft = Draft::new();
    let rows = 6;
    draft.tensors.insert("embed.word".into(), ("I8", vec![rows, HIDDEN], vec![3; rows * HIDDEN]));
    draft.floats("embed.word.scale", &[rows]);
    // 0x3c00 is one in half precision.
    draft.tensors.insert("head.upos.weight".into(), ("F16", vec![2, HIDDEN], [0, 0x3c].repeat(2 * HIDDEN)));
    draft.tensors.insert("head.upos.bias".into(), ("F32", vec![2], vec![0; 8]));
    let model = Model::with_precision(draft.bytes(), Precision::F32).unwrap();
    let scores = &model.read(&[["truce"]])[0];
    let sum: f32 = scores.hidden().row(0).iter().sum();
    for score in scores.head("upos").unwrap().row(0) {
        assert!((score - sum).abs() < 1e-4, "{score} for {sum}");
    }
}

#[test]
fn what_is_wrong_is_said() {
    let spoilt = |change: &dyn Fn(&mut Draft)| {
        let mut draft = Draft::new();
        change(&mut draft);
        draft.bytes()
    };
    let whole = Draft::new().bytes();
    let cases: Vec<(Vec<u8>, &str)> = vec![
        (vec![], "weight file is cut short: it needs 8 bytes and has 0; fetch it again"),
        (vec![9, 0, 0, 0, 0, 0, 0, 0, b'{'], "weight file is cut short: it needs 17 bytes and has 9; fetch it again"),
        (
            b"version https://an.example".to_vec(),
            "not a safetensors file (its header is too long); give the path of a weight file",
        ),
        (
            with_header("[]", &[]),
            "not a safetensors file (invalid type: sequence, expected a map at line 1 column 0); give the path of a weight file",
        ),
        (
            with_header("{}", &[]),
            "weight file holds `weights without a format`, not `verbale-reader`; export it with training/",
        ),
        (
            with_header(r#"{"__metadata__":7}"#, &[]),
            "not a safetensors file (its metadata is no object); give the path of a weight file",
        ),
        (
            with_header(r#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, &[0; 8]),
            "not a safetensors file (entry `a`); give the path of a weight file",
        ),
        (
            spoilt(&|draft| {
                draft.notes.insert("format", "pt".into());
            }),
            "weight file holds `pt`, not `verbale-reader`; export it with training/",
        ),
        (
            spoilt(&|draft| {
                draft.notes.insert("version", "2".into());
            }),
            "weight file has version 2, this program reads 1; use weights of this release",
        ),
        (
            spoilt(&|draft| {
                draft.notes.remove("vocab");
            }),
            "weight file lacks `vocab`; export it again with training/",
        ),
        (
            spoilt(&|draft| {
                draft.notes.insert("vocab", "[UNK]\n[CLS]".into());
            }),
            "weight file lacks `vocab [SEP]`; export it again with training/",
        ),
        (
            spoilt(&|draft| {
                draft.notes.insert("vocab", "[UNK]\n[CLS]\n[SEP]\na\nb\nc\nd".into());
            }),
            "weight file has `vocab` as 7 pieces, expected at most 6 pieces; export it again with training/",
        ),
        (
            spoilt(&|draft| {
                draft.notes.insert("labels.upos", "NOUN".into());
            }),
            "weight file has `labels.upos` as something else, expected a JSON array of strings; export it again with training/",
        ),
        (
            spoilt(&|draft| {
                draft.notes.insert("labels.upos", "[\"NOUN\"]".into());
            }),
            "weight file has `head.upos.bias` as F32 [2], expected [1]; export it again with training/",
        ),
        (
            spoilt(&|draft| {
                draft.tensors.remove("embed.norm.bias");
            }),
            "weight file lacks `embed.norm.bias`; export it again with training/",
        ),
        (
            spoilt(&|draft| {
                draft.tensors.remove("layer.0.ffn.up.weight");
            }),
            "weight file lacks `layer.0.ffn.up.weight`; export it again with training/",
        ),
        (
            spoilt(&|draft| draft.floats("layer.0.ffn.down.weight", &[48, HIDDEN])),
            "weight file has `layer.0.ffn.down.weight` as F32 [48, 32], expected [32, 48]; export it again with training/",
        ),
        (
            spoilt(&|draft| draft.floats("tree.label.linear", &[3, 16])),
            "weight file has `tree.label.linear` as F32 [3, 16], expected [3, 32]; export it again with training/",
        ),
        (
            spoilt(&|draft| {
                draft.tensors.insert("embed.norm.bias".into(), ("F32", vec![HIDDEN], vec![0xff; 4 * HIDDEN]));
            }),
            "weight file has impossible numbers in `embed.norm.bias`; fetch it again",
        ),
        (
            spoilt(&|draft| {
                draft.tensors.insert("layer.0.ffn.up.weight".into(), ("I8", vec![48, HIDDEN], vec![0x80; 48 * HIDDEN]));
                draft.floats("layer.0.ffn.up.weight.scale", &[48]);
            }),
            "weight file has impossible numbers in `layer.0.ffn.up.weight`; fetch it again",
        ),
        (
            spoilt(&|draft| {
                draft.tensors.insert("embed.word".into(), ("I8", vec![6, HIDDEN], vec![0; 6 * HIDDEN]));
            }),
            "weight file lacks `embed.word.scale`; export it again with training/",
        ),
        (whole[..whole.len() - 1].to_vec(), ""),
    ];
    for (bytes, want) in cases {
        let error = Model::from_bytes(bytes).expect_err(want).to_string();
        if want.is_empty() {
            assert!(error.starts_with("weight file is cut short: it needs "), "{error}");
        } else {
            assert_eq!(error, want);
        }
    }
}

#[test]
fn a_file_cut_anywhere_is_refused() {
    let whole = Draft::new().bytes();
    assert!(try_out(whole.clone()));
    let near_the_end = whole.len() - 40..whole.len();
    for length in (0..whole.len()).step_by(61).chain(near_the_end) {
        assert!(!try_out(whole[..length].to_vec()), "{length} bytes");
    }
}

#[test]
fn a_flipped_bit_never_panics() {
    let whole = Draft::new().bytes();
    let header = 8 + u64::from_le_bytes(*whole.first_chunk().unwrap()) as usize;
    let mut refused = 0;
    for at in (0..header).chain((header..whole.len()).step_by(509)) {
        let bit = 1 << (at * 5 % 8);
        let mut bytes = whole.clone();
        bytes[at] ^= bit;
        refused += usize::from(!try_out(bytes));
    }
    // A flip in a label or in the last bits of a weight may well go unseen.
    assert!(refused * 2 > header, "{refused} of {header}");
}
