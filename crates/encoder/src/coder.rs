//! A second network over the words of the first: what a sentence tells of.
//!
//! Takes: a weight file of its own and the [`Model`] whose vocabulary and word
//! tables it shares; then sentences of words, with or without marks. Gives:
//! [`Scores`], and for a word taken as a trigger what every word is to it. Never:
//! decides, or says anything about a sentence it is not given.
//!
//! ```
//! let model = encoder::Model::embedded();
//! let coder = encoder::Coder::embedded(&model);
//! let scores = coder.read(&model, &[vec!["Troops", "left", "Goma", "."]]);
//! assert_eq!(coder.roles(&model, &scores[0], 1).rows(), 4);
//! ```

use std::borrow::Cow;
use std::collections::HashMap;

use crate::file::{CODER, File, WeightError};
use crate::model::{Model, Stack};
use crate::network::Loader;
use crate::scores::{Scores, Table};

/// The weights that ship inside the program.
static EMBEDDED: &[u8] = include_bytes!("../../../model/coder.safetensors");

/// Layers and heads that read the words of a [`Model`] anew.
#[derive(Debug)]
pub struct Coder {
    stack: Stack,
    fitted: HashMap<String, Vec<f32>>,
}

/// The mark of a word: nothing, or one of the two parties asked about.
pub mod mark {
    pub const NONE: u8 = 0;
    pub const SOURCE: u8 = 1;
    pub const TARGET: u8 = 2;
}

impl Coder {
    /// The weights that ship inside the program.
    ///
    /// # Panics
    /// Where the program was built around a broken weight file, as
    /// [`Model::embedded`].
    pub fn embedded(model: &Model) -> Coder {
        match Coder::from_bytes(EMBEDDED, model) {
            Ok(coder) => coder,
            Err(error) => panic!("this program was built around a broken file: {error}"),
        }
    }

    /// The weights that ship inside the program, as bytes.
    pub fn embedded_bytes() -> &'static [u8] {
        EMBEDDED
    }

    /// A weight file's bytes, for the words, the kernel and the precision of `model`.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>, model: &Model) -> Result<Coder, WeightError> {
        let file = File::open(bytes.into(), CODER)?;
        let loader = Loader { file: &file, kernel: model.kernel, precision: model.precision };
        let stack = Stack::new(&loader, model.embedding.hidden)?;
        let fitted = file.json("fitted", "a JSON object of arrays of numbers")?.unwrap_or_default();
        Ok(Coder { stack, fitted })
    }

    /// The labels of a head, or of the roles under `roles`; empty where the file
    /// has no such head.
    pub fn labels(&self, name: &str) -> &[String] {
        match (self.stack.head(name), &self.stack.roles) {
            (Some(head), _) => &head.labels,
            (None, Some(roles)) if name == "roles" => &roles.labels,
            _ => &[],
        }
    }

    /// Numbers fitted on held-out text, such as those that turn scores into
    /// shares; empty where the file has none of that name.
    pub fn fitted(&self, name: &str) -> &[f32] {
        self.fitted.get(name).map_or(&[], Vec::as_slice)
    }

    /// Reads sentences of words, any number at once; one answer for each.
    pub fn read<S, W>(&self, model: &Model, sentences: &[S]) -> Vec<Scores>
    where
        S: AsRef<[W]>,
        W: AsRef<str>,
    {
        model.read_by(&self.stack, sentences, |_| &[])
    }

    /// Reads sentences in which words are marked (see [`mark`]): `marks` has a row
    /// for each sentence, with a number for each word. Missing ones are no marks.
    pub fn read_marked<S, W>(&self, model: &Model, sentences: &[S], marks: &[Vec<u8>]) -> Vec<Scores>
    where
        S: AsRef<[W]>,
        W: AsRef<str>,
    {
        model.read_by(&self.stack, sentences, |index| marks.get(index).map_or(&[], Vec::as_slice))
    }

    /// Words by roles: what each word of a sentence is to the act that `trigger`
    /// tells. Words outside the trigger's window have no role, and a row of the
    /// first label ("none") there.
    pub fn roles(&self, model: &Model, scores: &Scores, trigger: usize) -> Table {
        let Some(roles) = &self.stack.roles else { return Table::default() };
        let mut out = Table::new(roles.labels.len());
        for window in &scores.windows {
            let words = window.words();
            if words.contains(&trigger) {
                let heads = vec![trigger - words.start + 1; words.len()];
                roles.labels(model.kernel, window, &heads, &mut out);
            } else {
                for _ in words {
                    for label in 0..roles.labels.len() {
                        out.push(if label == 0 { 0.0 } else { f32::MIN });
                    }
                }
            }
        }
        out
    }
}
