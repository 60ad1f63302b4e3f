//! How fast sentences are read: `cargo bench -p verbale-encoder --bench encode`.
//!
//! Every sentence has 30 word pieces, 32 with [CLS] and [SEP]; the figures in
//! docs/decisions/0001-encoder-kernels.md are made with it, on one core.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use encoder::{Model, Precision};

/// Our own text; each is cut or repeated to 30 pieces.
const TEXT: &str = "\
Negotiators from both governments met again in the port city on Tuesday , but left without a joint text .
The defence ministry said its forces had shelled two villages east of the river after drones hit a fuel depot .
A spokesman for the rebels denied that any of their fighters had taken part in the raid on the convoy .
Mediators hope that the truce , which was agreed in March , will hold until the next round of talks opens .
The foreign minister warned that her country would answer any further attack on its ships with force .
Aid agencies say at least 40,000 people have fled the district since the ceasefire collapsed last week .
The president rejected the demand that he withdraw his troops from the disputed border region .
Officials in the capital told reporters that the prisoners would be released in two groups .
";

fn sentences(model: &Model, pieces: usize) -> Vec<Vec<&'static str>> {
    TEXT.lines()
        .map(|line| {
            let mut left = pieces;
            let mut out = Vec::new();
            for word in line.split(' ').cycle() {
                let count = model.pieces(&[word])[0].len();
                if count <= left {
                    out.push(word);
                    left -= count;
                }
                if left == 0 {
                    return out;
                }
            }
            out
        })
        .collect()
}

fn encode(criterion: &mut Criterion) {
    let int8 = Model::embedded();
    let single = Model::with_precision(Model::embedded_bytes(), Precision::F32).expect("the shipped weights load");
    let mut group = criterion.benchmark_group("encode");
    for (name, model) in [("int8", &int8), ("f32", &single)] {
        let eight = sentences(model, 30);
        let batch: Vec<_> = eight.iter().cycle().take(64).collect();
        group.throughput(Throughput::Elements(64));
        group.bench_function(BenchmarkId::new(name, "64 of 32 pieces"), |bencher| bencher.iter(|| model.read(&batch)));
    }
    for (pieces, count) in [(8, 64), (62, 32), (126, 16), (254, 8)] {
        let eight = sentences(&int8, pieces);
        let batch: Vec<_> = eight.iter().cycle().take(count).collect();
        group.throughput(Throughput::Elements(count as u64));
        group.bench_function(BenchmarkId::new("int8", format!("{count} of {} pieces", pieces + 2)), |bencher| {
            bencher.iter(|| int8.read(&batch));
        });
    }
    let one = sentences(&int8, 30);
    group.throughput(Throughput::Elements(1));
    group.bench_function(BenchmarkId::new("int8", "1 of 32 pieces"), |bencher| bencher.iter(|| int8.read(&one[..1])));
    for kernel in Model::kernels().into_iter().skip(1) {
        let Some(Ok(model)) = Model::with_kernel(Model::embedded_bytes(), Precision::Int8, kernel) else { continue };
        let batch: Vec<_> = one.iter().collect();
        group.throughput(Throughput::Elements(8));
        group.bench_function(BenchmarkId::new(kernel, "8 of 32 pieces"), |bencher| bencher.iter(|| model.read(&batch)));
    }
    group.finish();
}

fn around(criterion: &mut Criterion) {
    let model = Model::embedded();
    let eight = sentences(&model, 30);
    let mut group = criterion.benchmark_group("around");
    group.throughput(Throughput::Elements(8));
    group.bench_function("word pieces of 8 sentences", |bencher| {
        bencher.iter(|| eight.iter().map(|words| model.pieces(words).len()).sum::<usize>());
    });
    let scores = model.read(&eight);
    let heads: Vec<Vec<Option<usize>>> =
        eight.iter().map(|words| (0..words.len()).map(|word| word.checked_sub(1)).collect()).collect();
    group.bench_function("arc labels of 8 sentences", |bencher| {
        bencher.iter(|| {
            for (scores, heads) in scores.iter().zip(&heads) {
                std::hint::black_box(model.label_scores(scores, heads));
            }
        });
    });
    group.throughput(Throughput::Elements(1));
    group.bench_function("load", |bencher| bencher.iter(Model::embedded));
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(20);
    targets = encode, around
}
criterion_main!(benches);
