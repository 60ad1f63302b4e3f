//! Ids: a letter that says what is named, and 64 bits of SHA-256.
//!
//! Takes the parts that make a thing what it is, gives an id that is the same
//! on every machine and in every run. Never depends on order of arrival.
//!
//! ```
//! assert_eq!(record::id::of('d', &["a", "bc"]), record::id::of('d', &["a", "bc"]));
//! assert_ne!(record::id::of('d', &["a", "bc"]), record::id::of('d', &["ab", "c"]));
//! ```

use sha2::{Digest, Sha256};

/// The id of kind `kind` (`d` document, `r` report, `e` event) made of `parts`.
pub fn of(kind: char, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        // The length keeps ("a", "bc") apart from ("ab", "c").
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let digest = hash.finalize();
    format!("{kind}_{}", hex(&digest[..8]))
}

/// SHA-256 of raw bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
