//! One article from bytes to reports, on one core; and what start-up costs.
//!
//! `cargo bench -p verbale-archive --bench record`

use archive::{Ground, Source};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const ARTICLE: &str = include_str!("../../verbale/examples/demo.txt");

fn code(criterion: &mut Criterion) {
    let ground = Ground::embedded();
    let source = Source { name: "demo.txt", kind: None, defaults: None };
    let extracted = || archive::extract(ARTICLE.as_bytes(), &source).expect("the demo can be read").documents.remove(0);
    let sentences = ground.code(extracted()).sentences.len() as u64;
    let mut group = criterion.benchmark_group("record");
    group.sample_size(20);
    group.throughput(Throughput::Elements(sentences));
    group.bench_function("bytes to reports", |bencher| bencher.iter(|| ground.code(extracted())));
    group.bench_function("bytes to sentences", |bencher| bencher.iter(|| ground.read(&extracted())));
    group.finish();
    criterion.bench_function("start-up", |bencher| bencher.iter(Ground::embedded));
}

criterion_group!(benches, code);
criterion_main!(benches);
