//! Many threads, one order.
//!
//! Takes a stream of jobs, what to do with each, and a sink; gives the sink
//! every result in the order of the jobs. Holds a bounded number of results
//! at a time, however slow one job is. Never starts a job twice, never skips
//! one, and a job that panics costs its own result only.
//!
//! ```
//! use std::ops::ControlFlow;
//! let mut squares = Vec::new();
//! verbale::ordered::map(4, 0..100u64, |&n| n * n, |square| {
//!     squares.push(square.unwrap());
//!     ControlFlow::Continue(())
//! });
//! assert_eq!(squares[..4], [0, 1, 4, 9]);
//! assert_eq!(squares.len(), 100);
//! ```

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, PoisonError, mpsc};
use std::thread;

/// How far ahead of the oldest unfinished job the threads may run, per thread.
/// Articles differ in length by a factor of about thirty, so a window of 16
/// keeps the other threads busy behind all but the longest.
const WINDOW: usize = 16;

/// A job panicked: a defect of this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Panicked<T> {
    pub job: T,
    /// The words of the panic.
    pub words: String,
}

struct Queue<J> {
    jobs: J,
    /// Number of the next job.
    next: usize,
    /// How many results the sink has taken.
    taken: usize,
    over: bool,
}

/// Does `work` on every job with `threads` threads; `sink` gets the results in
/// the order of the jobs, and may stop it all.
pub fn map<T, R>(
    threads: usize,
    jobs: impl Iterator<Item = T> + Send,
    work: impl Fn(&T) -> R + Sync,
    mut sink: impl FnMut(Result<R, Panicked<T>>) -> ControlFlow<()>,
) where
    T: Send,
    R: Send,
{
    let threads = threads.max(1);
    let queue = Mutex::new(Queue { jobs, next: 0, taken: 0, over: false });
    let moved = Condvar::new();
    let (sender, results) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let (queue, moved, work) = (&queue, &moved, &work);
            scope.spawn(move || {
                while let Some((number, job)) = take(queue, moved, threads * WINDOW) {
                    let result = catch_unwind(AssertUnwindSafe(|| work(&job)));
                    let result = result.map_err(|panic| Panicked { job, words: words(&*panic) });
                    if sender.send((number, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut due = 0;
        for (number, result) in results {
            waiting.insert(number, result);
            while let Some(result) = waiting.remove(&due) {
                due += 1;
                let go_on = sink(result);
                let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
                queue.taken = due;
                if go_on.is_break() {
                    queue.over = true;
                }
                moved.notify_all();
                if go_on.is_break() {
                    return;
                }
            }
        }
    });
}

/// The next job, as soon as the window allows it.
fn take<T>(queue: &Mutex<Queue<impl Iterator<Item = T>>>, moved: &Condvar, window: usize) -> Option<(usize, T)> {
    let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
    while !queue.over && queue.next >= queue.taken + window {
        queue = moved.wait(queue).unwrap_or_else(PoisonError::into_inner);
    }
    if queue.over {
        return None;
    }
    let Some(job) = queue.jobs.next() else {
        queue.over = true;
        return None;
    };
    let number = queue.next;
    queue.next += 1;
    Some((number, job))
}

fn words(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| text.to_string());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no words".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn results_come_in_order_whatever_the_threads() {
        for threads in [0, 1, 2, 7] {
            let mut seen = Vec::new();
            // Every seventh job is slow, so that the others overtake it.
            let work = |&n: &usize| {
                if n % 7 == 0 {
                    thread::yield_now();
                    (0..20_000).fold(n, |sum, k| std::hint::black_box(sum ^ k ^ k))
                } else {
                    n
                }
            };
            map(threads, 0..500, work, |n| {
                seen.push(n.unwrap());
                ControlFlow::Continue(())
            });
            assert_eq!(seen, (0..500).collect::<Vec<_>>());
        }
    }

    #[test]
    fn never_more_than_the_window_is_held() {
        let started = AtomicUsize::new(0);
        let mut taken = 0;
        map(
            2,
            0..1000,
            |&n: &usize| {
                started.fetch_add(1, Ordering::SeqCst);
                n
            },
            |_| {
                assert!(started.load(Ordering::SeqCst) <= taken + 2 * WINDOW);
                taken += 1;
                ControlFlow::Continue(())
            },
        );
        assert_eq!(taken, 1000);
    }

    #[test]
    fn the_sink_can_stop_it() {
        let mut taken = 0;
        map(
            3,
            0..,
            |&n: &usize| n,
            |_| {
                taken += 1;
                if taken == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert_eq!(taken, 10);
    }

    #[test]
    fn a_panic_costs_one_result() {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(|_| {}));
        let mut seen = Vec::new();
        map(
            2,
            0..5,
            |&n: &usize| if n == 3 { panic!("three") } else { n },
            |n| {
                seen.push(n);
                ControlFlow::Continue(())
            },
        );
        std::panic::set_hook(hook);
        assert_eq!(seen, [Ok(0), Ok(1), Ok(2), Err(Panicked { job: 3, words: "three".into() }), Ok(4)]);
    }
}
