//! What loading and reading cost: `cargo run --release -p verbale-encoder --example cost`.
//!
//! Prints the time to load, the sentences a second of one thread and of two, in
//! seconds of the clock and of the processor, and the peak of resident memory (on
//! Linux). The same sentences as the benchmark: 32 word pieces each.

use std::time::Instant;

use encoder::{Model, Precision};

const LINE: &str = "Negotiators from both governments met again in the port city on Tuesday , but left without a joint text , they said .";

fn status(field: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with(field)).unwrap_or_default();
    line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
}

/// Seconds this thread has run, on Linux.
fn busy() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    stat.split(' ').next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
}

fn main() {
    let start = Instant::now();
    let model = Model::embedded();
    println!("load           {:.1} ms, memory {}", start.elapsed().as_secs_f64() * 1e3, status("VmRSS:"));
    let mut words: Vec<&str> = LINE.split(' ').collect();
    while model.pieces(&words).concat().len() > 30 {
        words.pop();
    }
    while model.pieces(&words).concat().len() < 30 {
        words.push(".");
    }
    let start = Instant::now();
    model.read(&[&words]);
    println!("first sentence {:.1} ms", start.elapsed().as_secs_f64() * 1e3);

    let batch = vec![words; 64];
    for (threads, rounds) in [(1, 60), (2, 60)] {
        let start = Instant::now();
        let used: Vec<f64> = std::thread::scope(|scope| {
            let work = || {
                let before = busy();
                for _ in 0..rounds {
                    std::hint::black_box(model.read(&batch));
                }
                Some(busy()? - before?)
            };
            let all: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            all.into_iter().filter_map(|thread| thread.join().ok().flatten()).collect()
        });
        let count = (threads * rounds * batch.len()) as f64;
        println!(
            "{threads} thread(s)    {:.0} sentences a second, {:.0} a second of processor time",
            count / start.elapsed().as_secs_f64(),
            count / used.iter().sum::<f64>()
        );
    }
    println!("peak memory    {}", status("VmHWM:"));
    let start = Instant::now();
    let single = Model::with_precision(Model::embedded_bytes(), Precision::F32);
    println!("load in f32    {:.1} ms, {}", start.elapsed().as_secs_f64() * 1e3, single.is_ok());
}
