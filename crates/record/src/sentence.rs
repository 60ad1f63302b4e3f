//! A read sentence: tokens with their tree, mentions, quotations.
//!
//! Takes nothing by itself: `reading` fills it, `coding` looks at it. Tokens
//! carry spans into the clean text; the tree is 0-based token indices within
//! the sentence, `None` at the root.

use serde::Serialize;

use crate::text::Span;

/// Universal part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Default)]
#[serde(rename_all = "UPPERCASE")]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    #[default]
    X,
}

impl Upos {
    pub const ALL: [(&'static str, Upos); 17] = [
        ("ADJ", Upos::Adj),
        ("ADP", Upos::Adp),
        ("ADV", Upos::Adv),
        ("AUX", Upos::Aux),
        ("CCONJ", Upos::Cconj),
        ("DET", Upos::Det),
        ("INTJ", Upos::Intj),
        ("NOUN", Upos::Noun),
        ("NUM", Upos::Num),
        ("PART", Upos::Part),
        ("PRON", Upos::Pron),
        ("PROPN", Upos::Propn),
        ("PUNCT", Upos::Punct),
        ("SCONJ", Upos::Sconj),
        ("SYM", Upos::Sym),
        ("VERB", Upos::Verb),
        ("X", Upos::X),
    ];

    pub fn parse(name: &str) -> Option<Upos> {
        Upos::ALL.iter().find(|(text, _)| *text == name).map(|&(_, upos)| upos)
    }

    pub fn as_str(self) -> &'static str {
        Upos::ALL.iter().find(|(_, upos)| *upos == self).map_or("X", |&(text, _)| text)
    }

    /// Nouns and names.
    pub fn is_nominal(self) -> bool {
        matches!(self, Upos::Noun | Upos::Propn | Upos::Pron)
    }
}

/// One syntactic word.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Token {
    pub text: String,
    pub span: Span,
    pub lemma: String,
    pub upos: Upos,
    /// Penn tag: VBD, NNP, MD …
    pub xpos: String,
    /// 0-based index of the head in the sentence; `None` at the root.
    pub head: Option<usize>,
    /// Universal Dependencies relation with its subtype: `nsubj:pass`.
    pub deprel: String,
}

impl Token {
    /// The relation without its subtype: `nsubj` of `nsubj:pass`.
    pub fn relation(&self) -> &str {
        self.deprel.split(':').next().unwrap_or("")
    }
}

impl Default for Span {
    fn default() -> Span {
        Span::new(0, 0)
    }
}

/// What kind of line the sentence stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    #[default]
    Body,
    Title,
    Heading,
    Byline,
    Caption,
}

/// One sentence of a document, as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// Index in the document.
    pub index: usize,
    /// Index of the paragraph it stands in.
    pub paragraph: usize,
    pub block: Block,
    pub span: Span,
    pub tokens: Vec<Token>,
    pub mentions: Vec<Mention>,
    /// The parts of quotations that lie in this sentence.
    pub quotations: Vec<Quotation>,
    /// Whether the reader is sure that the sentence tells of no act.
    pub quiet: bool,
}

impl Sentence {
    /// Indices of the tokens whose head is `head`.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        self.tokens.iter().enumerate().filter(move |(_, token)| token.head == Some(head)).map(|(index, _)| index)
    }

    /// Token indices (sorted) of the subtree under `top`, `top` with them.
    pub fn subtree(&self, top: usize) -> Vec<usize> {
        let mut inside = vec![false; self.tokens.len()];
        if top < inside.len() {
            inside[top] = true;
        }
        // A head may stand after its dependant, so go on until nothing changes;
        // trees are shallow, a few rounds do.
        loop {
            let mut changed = false;
            for index in 0..self.tokens.len() {
                if !inside[index] && self.tokens[index].head.is_some_and(|head| head < inside.len() && inside[head]) {
                    inside[index] = true;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        (0..inside.len()).filter(|&index| inside[index]).collect()
    }
}

/// Kinds of entity mention, those of the English Worldwide Newswire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum MentionType {
    Person,
    Organization,
    Location,
    Facility,
    #[serde(rename = "NORP")]
    Norp,
    Date,
    Money,
    Misc,
    Product,
}

impl MentionType {
    pub const ALL: [(&'static str, MentionType); 9] = [
        ("Person", MentionType::Person),
        ("Organization", MentionType::Organization),
        ("Location", MentionType::Location),
        ("Facility", MentionType::Facility),
        ("NORP", MentionType::Norp),
        ("Date", MentionType::Date),
        ("Money", MentionType::Money),
        ("Misc", MentionType::Misc),
        ("Product", MentionType::Product),
    ];

    pub fn parse(name: &str) -> Option<MentionType> {
        MentionType::ALL.iter().find(|(text, _)| *text == name).map(|&(_, kind)| kind)
    }

    pub fn as_str(self) -> &'static str {
        MentionType::ALL.iter().find(|(_, kind)| *kind == self).map_or("Misc", |&(text, _)| text)
    }
}

/// A named thing in a sentence: tokens `first..last` (half-open).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub first: usize,
    pub last: usize,
    pub span: Span,
    pub kind: MentionType,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QuotationKind {
    /// Whole sentences in quotation marks.
    Direct,
    /// Reported speech without marks.
    Indirect,
    /// Reported speech with some words in marks.
    Mixed,
}

/// How a word says or holds something; `codebook/reading/cues.txt` says what
/// each class is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum CueClass {
    #[default]
    Say,
    Tell,
    Claim,
    Deny,
    Demand,
    Promise,
    Warn,
    Ask,
    Write,
    Show,
    Think,
    Want,
    Judge,
    Feel,
    Know,
    See,
    Topic,
}

impl CueClass {
    pub const ALL: [(&'static str, CueClass); 17] = [
        ("say", CueClass::Say),
        ("tell", CueClass::Tell),
        ("claim", CueClass::Claim),
        ("deny", CueClass::Deny),
        ("demand", CueClass::Demand),
        ("promise", CueClass::Promise),
        ("warn", CueClass::Warn),
        ("ask", CueClass::Ask),
        ("write", CueClass::Write),
        ("show", CueClass::Show),
        ("think", CueClass::Think),
        ("want", CueClass::Want),
        ("judge", CueClass::Judge),
        ("feel", CueClass::Feel),
        ("know", CueClass::Know),
        ("see", CueClass::See),
        ("topic", CueClass::Topic),
    ];

    pub fn parse(name: &str) -> Option<CueClass> {
        CueClass::ALL.iter().find(|(text, _)| *text == name).map(|&(_, class)| class)
    }
}

/// The part of a quotation that lies in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    pub kind: QuotationKind,
    /// The quoted words in this sentence, marks with them.
    pub span: Span,
    /// A quotation that runs over several sentences has one number in the document.
    pub number: usize,
    /// Head token of the speaker and where it stands: (sentence, token).
    pub speaker: Option<(usize, usize)>,
    /// The verb of saying: (sentence, token).
    pub cue: Option<(usize, usize)>,
    /// How the cue says or holds it.
    pub class: CueClass,
    /// Whether these are the speaker's words or a report of them. If not, it is
    /// what he wants, judges, knows or talks about, and says nothing of the world.
    pub statement: bool,
}
