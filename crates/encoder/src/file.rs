//! The weight file: a safetensors container with our names in it.
//!
//! Takes: the bytes of a file, borrowed for good or owned. Gives: its tensors by
//! name and its notes (labels, vocabulary). Never: trusts an offset, panics, or
//! copies a tensor it is not asked for.
//!
//! ```text
//! let file = File::open(bytes, READER)?;    // checks the container and its version
//! let bias = file.floats("embed.norm.bias")?; // checks kind, shape and range
//! ```

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Why a weight file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum WeightError {
    /// Shorter than its own header says.
    Truncated { need: u64, have: u64 },
    /// The header is not the JSON of a safetensors file.
    Header(String),
    /// A safetensors file of something else: what it should hold, what it holds.
    Format(&'static str, String),
    /// Ours, but of a version this program does not know.
    Version(String),
    /// A tensor or a note that must be there is not.
    Missing(String),
    /// A tensor of an unexpected kind or shape.
    Shape { name: String, want: String, found: String },
    /// A tensor that holds a NaN, an infinity, or a weight outside -127..=127.
    Value(String),
}

impl fmt::Display for WeightError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WeightError::Truncated { need, have } => {
                write!(f, "weight file is cut short: it needs {need} bytes and has {have}; fetch it again")
            }
            WeightError::Header(what) => write!(f, "not a safetensors file ({what}); give the path of a weight file"),
            WeightError::Format(want, found) => {
                write!(f, "weight file holds `{found}`, not `{want}`; export it with training/")
            }
            WeightError::Version(found) => {
                write!(f, "weight file has version {found}, this program reads {VERSION}; use weights of this release")
            }
            WeightError::Missing(name) => write!(f, "weight file lacks `{name}`; export it again with training/"),
            WeightError::Shape { name, want, found } => {
                write!(f, "weight file has `{name}` as {found}, expected {want}; export it again with training/")
            }
            WeightError::Value(name) => {
                write!(f, "weight file has impossible numbers in `{name}`; fetch it again")
            }
        }
    }
}

impl std::error::Error for WeightError {}

/// What `__metadata__.format` says of the weights of [`crate::Model`].
pub const READER: &str = "verbale-reader";
/// What it says of the weights of [`crate::Coder`].
pub const CODER: &str = "verbale-coder";
/// What `__metadata__.version` must say.
pub const VERSION: &str = "1";

/// A header of more than this is no header of ours.
const LARGEST_HEADER: u64 = 64 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    F32,
    F16,
    I8,
}

impl Kind {
    fn size(self) -> usize {
        match self {
            Kind::F32 => 4,
            Kind::F16 => 2,
            Kind::I8 => 1,
        }
    }
}

#[derive(Debug, Clone)]
struct Entry {
    kind: Kind,
    shape: Vec<usize>,
    range: Range<usize>,
}

/// One tensor: its kind, its shape and its bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tensor<'a> {
    pub kind: Kind,
    pub shape: &'a [usize],
    pub bytes: &'a [u8],
}

/// An opened weight file.
#[derive(Debug)]
pub(crate) struct File {
    bytes: Cow<'static, [u8]>,
    entries: HashMap<String, Entry>,
    notes: HashMap<String, String>,
}

impl File {
    /// Opens a file of the given format, [`READER`] or [`CODER`].
    pub fn open(bytes: Cow<'static, [u8]>, wanted: &'static str) -> Result<File, WeightError> {
        let have = bytes.len() as u64;
        let Some(&length) = bytes.first_chunk::<8>() else {
            return Err(WeightError::Truncated { need: 8, have });
        };
        let length = u64::from_le_bytes(length);
        if length > LARGEST_HEADER {
            return Err(WeightError::Header("its header is too long".into()));
        }
        let start = 8 + length as usize;
        let Some(header) = bytes.get(8..start) else {
            return Err(WeightError::Truncated { need: start as u64, have });
        };
        let header: Map<String, Value> =
            serde_json::from_slice(header).map_err(|error| WeightError::Header(error.to_string()))?;

        let mut entries = HashMap::with_capacity(header.len());
        let mut notes = HashMap::new();
        for (name, value) in header {
            if name == "__metadata__" {
                let Value::Object(object) = value else {
                    return Err(WeightError::Header("its metadata is no object".into()));
                };
                for (key, value) in object {
                    if let Value::String(text) = value {
                        notes.insert(key, text);
                    }
                }
                continue;
            }
            let entry = entry(&value, start).ok_or_else(|| WeightError::Header(format!("entry `{name}`")))?;
            if let Some(entry) = entry {
                if entry.range.end > bytes.len() {
                    return Err(WeightError::Truncated { need: entry.range.end as u64, have });
                }
                entries.insert(name, entry);
            }
        }

        let file = File { bytes, entries, notes };
        match file.notes.get("format") {
            Some(format) if format == wanted => {}
            Some(format) => return Err(WeightError::Format(wanted, format.clone())),
            None => return Err(WeightError::Format(wanted, "weights without a format".into())),
        }
        match file.note("version")? {
            VERSION => Ok(file),
            other => Err(WeightError::Version(other.to_string())),
        }
    }

    /// A note of the file: `labels.upos`, `vocab`, `seed` …
    pub fn note(&self, name: &str) -> Result<&str, WeightError> {
        self.notes.get(name).map(String::as_str).ok_or_else(|| WeightError::Missing(name.to_string()))
    }

    /// A note that is a JSON array of strings.
    pub fn list(&self, name: &str) -> Result<Vec<String>, WeightError> {
        self.json(name, "a JSON array of strings")?.ok_or_else(|| WeightError::Missing(name.to_string()))
    }

    /// A note in JSON, where there is one; `want` says what it should be.
    pub fn json<T: DeserializeOwned>(&self, name: &str, want: &str) -> Result<Option<T>, WeightError> {
        let Some(text) = self.notes.get(name) else { return Ok(None) };
        serde_json::from_str(text).map(Some).map_err(|_| WeightError::Shape {
            name: name.to_string(),
            want: want.to_string(),
            found: "something else".into(),
        })
    }

    pub fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// The names of all tensors, sorted.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.entries.keys().map(String::as_str).collect();
        names.sort_unstable();
        names
    }

    pub fn tensor(&self, name: &str) -> Result<Tensor<'_>, WeightError> {
        let entry = self.entries.get(name).ok_or_else(|| WeightError::Missing(name.to_string()))?;
        // The range was checked against the length when the file was opened.
        Ok(Tensor { kind: entry.kind, shape: &entry.shape, bytes: &self.bytes[entry.range.clone()] })
    }

    /// Where a tensor's bytes lie, for who wants to read single rows later.
    pub fn range(&self, name: &str) -> Result<Range<usize>, WeightError> {
        self.entries.get(name).map(|entry| entry.range.clone()).ok_or_else(|| WeightError::Missing(name.to_string()))
    }

    pub fn into_bytes(self) -> Cow<'static, [u8]> {
        self.bytes
    }

    /// A tensor as numbers, whatever its kind; an int8 tensor is multiplied out.
    pub fn floats(&self, name: &str) -> Result<Vec<f32>, WeightError> {
        let tensor = self.tensor(name)?;
        let out: Vec<f32> = match tensor.kind {
            Kind::F32 => tensor.bytes.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect(),
            Kind::F16 => tensor.bytes.as_chunks().0.iter().map(|&two| half(u16::from_le_bytes(two))).collect(),
            Kind::I8 => {
                let scales = self.scales(name)?;
                let columns = tensor.bytes.len() / scales.len().max(1);
                let row = |index: usize| &tensor.bytes[index * columns..(index + 1) * columns];
                (0..scales.len())
                    .flat_map(|r| row(r).iter().map(move |&q| (q as i8, r)))
                    .map(|(q, r)| f32::from(q) * scales[r])
                    .collect()
            }
        };
        if out.iter().all(|x| x.is_finite()) { Ok(out) } else { Err(WeightError::Value(name.to_string())) }
    }

    /// The scale of each row of an int8 tensor.
    pub fn scales(&self, name: &str) -> Result<Vec<f32>, WeightError> {
        let rows = self.tensor(name)?.shape.first().copied().unwrap_or(0);
        let scale = format!("{name}.scale");
        let tensor = self.tensor(&scale)?;
        if tensor.kind != Kind::F32 || tensor.shape != [rows] {
            return Err(mismatch(&scale, &[rows], tensor));
        }
        self.floats(&scale)
    }

    /// A tensor of exactly this shape, as numbers.
    pub fn shaped(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, WeightError> {
        let tensor = self.tensor(name)?;
        if tensor.shape != shape {
            return Err(mismatch(name, shape, tensor));
        }
        self.floats(name)
    }
}

pub(crate) fn mismatch(name: &str, want: &[usize], found: Tensor<'_>) -> WeightError {
    WeightError::Shape {
        name: name.to_string(),
        want: format!("{want:?}"),
        found: format!("{:?} {:?}", found.kind, found.shape),
    }
}

/// One entry of the header. The outer `None` is an entry that contradicts itself;
/// the inner one is a kind we have no use for.
#[allow(clippy::option_option)]
fn entry(value: &Value, start: usize) -> Option<Option<Entry>> {
    let kind = match value.get("dtype")?.as_str()? {
        "F32" => Kind::F32,
        "F16" => Kind::F16,
        "I8" => Kind::I8,
        _ => return Some(None),
    };
    let whole = |value: &Value| value.as_u64().and_then(|number| usize::try_from(number).ok());
    let shape = value.get("shape")?.as_array()?.iter().map(whole).collect::<Option<Vec<usize>>>()?;
    let size = shape.iter().try_fold(kind.size(), |product, &side| product.checked_mul(side))?;
    let [from, to] = value.get("data_offsets")?.as_array()?.as_slice() else { return None };
    let (from, to) = (start.checked_add(whole(from)?)?, start.checked_add(whole(to)?)?);
    (from <= to && to - from == size).then_some(Some(Entry { kind, shape, range: from..to }))
}

/// IEEE half precision to single, exactly.
fn half(bits: u16) -> f32 {
    let sign = if bits >> 15 == 1 { -1.0 } else { 1.0 };
    let exponent = i32::from(bits >> 10 & 31);
    let fraction = f32::from(bits & 1023);
    match exponent {
        0 => sign * fraction * 2f32.powi(-24),
        31 if fraction == 0.0 => sign * f32::INFINITY,
        31 => f32::NAN,
        _ => sign * (1.0 + fraction / 1024.0) * 2f32.powi(exponent - 15),
    }
}
