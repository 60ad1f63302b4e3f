//! What is kept and what follows from it: the façade through which the tool
//! and the bindings reach reading and coding.
//!
//! Ground enters here and only here: the embedded codebook and weights (and
//! later the stored documents and judgements). Every arrow behind it is pure;
//! the one thing that can fail is the outside: bytes that cannot be read.
//!
//! ```no_run
//! let ground = archive::Ground::embedded();
//! let source = archive::Source { name: "-", kind: None, defaults: None };
//! for extracted in archive::extract(b"Rebels freed ten hostages on Monday.", &source)?.documents {
//!     let record = ground.code(extracted);
//!     for report in &record.reports {
//!         println!("{} {}", report.event.as_str(), report.quote.exact());
//!     }
//! }
//! # Ok::<(), archive::Refusal>(())
//! ```

pub mod eval;
mod examples;
mod ground;
mod own;
mod record_of;
mod relate;

pub use coding::Rule;
pub use examples::Failure;
pub use ground::Ground;
pub use own::Mistakes;
pub use reading::{Defaults, Extracted, Extraction, Fields, Kind, Refusal, Source, conllu, extract, segment};
pub use record_of::Record;
pub use relate::{Marked, Relation};
