//! A tree of reasons: what was decided, by what, from what.
//!
//! ```
//! use record::Why;
//! let why = Why::new("event ACCUSE").because(Why::new("pattern accuse.blame: verb blame"));
//! assert_eq!(why.to_string(), "event ACCUSE\n└─ pattern accuse.blame: verb blame\n");
//! ```

use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct Why {
    pub what: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Why>,
}

impl Why {
    pub fn new(what: impl Into<String>) -> Why {
        Why { what: what.into(), because: Vec::new() }
    }

    pub fn because(mut self, reason: Why) -> Why {
        self.because.push(reason);
        self
    }

    fn write(&self, f: &mut std::fmt::Formatter<'_>, stem: &str) -> std::fmt::Result {
        writeln!(f, "{}", self.what)?;
        for (index, reason) in self.because.iter().enumerate() {
            let last = index + 1 == self.because.len();
            write!(f, "{stem}{}", if last { "└─ " } else { "├─ " })?;
            reason.write(f, &format!("{stem}{}", if last { "   " } else { "│  " }))?;
        }
        Ok(())
    }
}

impl std::fmt::Display for Why {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.write(f, "")
    }
}
