//! What the user knows of the articles, and how a named thing becomes documents.

use std::io::IsTerminal;
use std::path::PathBuf;

use archive::{Defaults, Extraction, Fields, Kind};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use jiff::civil::Date;

use crate::intake::{self, Gathered, Source};
use crate::terminal;

const KINDS: [(&str, Kind); 5] = [
    ("text", Kind::Plain),
    ("html", Kind::Html),
    ("markdown", Kind::Markdown),
    ("jsonl", Kind::Jsonl),
    ("conllu", Kind::Conllu),
];

#[derive(Debug, Args)]
pub struct KnownArgs {
    /// The day the article was published, where the article does not say
    ///
    /// Dates such as "on Monday" are counted from it. A date found in the
    /// article itself wins.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<Date>,

    /// The publication, where the article does not say
    #[arg(long, value_name = "NAME")]
    pub publication: Option<String>,

    /// What the input is, instead of telling it by name and content
    #[arg(long, value_name = "KIND", value_parser = kinds())]
    pub from: Option<Kind>,

    /// Names of the fields in JSON lines, as text=body,title=headline
    ///
    /// The fields are text, id, title, date, url and publication; each is
    /// looked for under its own name unless said otherwise.
    #[arg(long, value_name = "FIELD=NAME", value_delimiter = ',', value_parser = field)]
    pub fields: Vec<(Field, String)>,

    /// Keep what looks like boilerplate: newsletter and app lines, navigation
    #[arg(long)]
    pub keep_all: bool,
}

fn kinds() -> impl TypedValueParser<Value = Kind> {
    PossibleValuesParser::new(KINDS.map(|(name, _)| name))
        .map(|name| KINDS.iter().find(|(known, _)| *known == name).map_or(Kind::Plain, |&(_, kind)| kind))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Text,
    Id,
    Title,
    Date,
    Url,
    Publication,
}

const FIELDS: [(&str, Field); 6] = [
    ("text", Field::Text),
    ("id", Field::Id),
    ("title", Field::Title),
    ("date", Field::Date),
    ("url", Field::Url),
    ("publication", Field::Publication),
];

fn field(argument: &str) -> Result<(Field, String), String> {
    let Some((field, name)) = argument.split_once('=') else {
        return Err("write FIELD=NAME, as text=body".to_string());
    };
    match FIELDS.iter().find(|(known, _)| *known == field) {
        Some(&(_, known)) if !name.is_empty() => Ok((known, name.to_string())),
        Some(_) => Err("the name after = is empty".to_string()),
        None => Err(format!("no field {field}: choose of {}", FIELDS.map(|(name, _)| name).join(", "))),
    }
}

fn date(argument: &str) -> Result<Date, String> {
    argument.parse().map_err(|_| "not a date: write YYYY-MM-DD, as 2025-10-28".to_string())
}

impl KnownArgs {
    fn defaults(&self) -> Defaults {
        let mut fields = Fields::default();
        for (field, name) in &self.fields {
            let place = match field {
                Field::Text => &mut fields.text,
                Field::Id => &mut fields.id,
                Field::Title => &mut fields.title,
                Field::Date => &mut fields.date,
                Field::Url => &mut fields.url,
                Field::Publication => &mut fields.publication,
            };
            *place = name.clone();
        }
        Defaults { published: self.published, publication: self.publication.clone(), fields, keep_all: self.keep_all }
    }
}

/// What was named; standard input where nothing was and something flows in.
/// `None`, with the reason on standard error, where there is nothing to read.
pub fn gather(files: &[PathBuf]) -> Option<Gathered> {
    if !files.is_empty() {
        return Some(intake::gather(files));
    }
    if std::io::stdin().is_terminal() {
        terminal::complain("nothing to read: name a file or a folder, or pipe an article in");
        return None;
    }
    Some(intake::gather(&["-".into()]))
}

/// The documents of a source and the remarks about it as a whole, or why there
/// are none.
pub fn extract(source: &Source, known: &KnownArgs) -> Result<Extraction, String> {
    let bytes = source.bytes()?;
    let defaults = known.defaults();
    let source = archive::Source { name: &source.name, kind: known.from, defaults: Some(&defaults) };
    archive::extract(&bytes, &source).map_err(|refusal| refusal.to_string())
}
