//! The codebook: rules and word lists, as read from their files.
//!
//! Takes the names and texts of the files under `codebook/events` and
//! `codebook/words`; gives a [`Codebook`] ready for matching, and a remark for
//! every mistake in them. Never reads a file itself, never fails: a rule with
//! a mistake is left out and said so.
//!
//! ```
//! let rule = r#"
//! event = "ACCUSE"
//! definition = "A party blames another."
//! why = "Weather is nobody."
//! yes = ["A accused B.", "C blamed D."]
//! no = ["Farmers blamed the drought.", "He blamed himself."]
//! [[pattern]]
//! verb = ["blame"]
//! actor = ["subj"]
//! recipient = ["obj"]
//! "#;
//! let (codebook, remarks) = coding::Codebook::parse(&[("events/accuse/blame.toml", rule)]);
//! assert!(remarks.is_empty());
//! assert_eq!(codebook.rules()[0].id, "accuse.blame");
//! ```

mod file;

use std::collections::{HashMap, HashSet};

use crate::own::Example;
use crate::slot::{Need, Path};
use file::RuleFile;
use record::{Event, Mode, Remark, Status};

/// Where a noun may stand to count as a happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    Support,
    Occur,
    Bare,
    During,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TriggerKind {
    Verb,
    Noun,
    Adj,
    Pred,
}

/// What the names of a user's own files begin with.
pub const OWN: &str = "own/";

/// The trigger that any verb or predicate is; only together with `modal`.
pub(crate) const ANY: &str = "*";

/// One pattern of a rule.
#[derive(Debug, Clone)]
pub struct Pattern {
    pub rule: usize,
    /// Position in its file, counted from 1, as people count.
    pub number: usize,
    pub kind: TriggerKind,
    pub triggers: HashSet<String>,
    pub actor: Vec<Path>,
    pub recipient: Vec<Path>,
    pub third_party: Vec<Path>,
    /// All parties found there act together.
    pub parties: Vec<Path>,
    pub content: Vec<Path>,
    pub condition: Vec<Path>,
    pub needs: Vec<Need>,
    pub lacks: Vec<Need>,
    pub modal: HashSet<String>,
    /// The trigger stands under a negation, which is part of the act: "will not negotiate".
    /// `Some(false)`: it must not.
    pub negation: Option<bool>,
    pub actor_optional: bool,
    pub frames: Vec<Frame>,
    pub support: Option<HashSet<String>>,
    pub status: Option<Status>,
    pub mode: Option<Mode>,
    pub contexts: Vec<String>,
    pub cameo: Option<String>,
    pub weight: i32,
}

impl Pattern {
    /// A pattern that asks for nothing.
    fn blank(rule: usize, kind: TriggerKind) -> Pattern {
        Pattern {
            rule,
            number: 0,
            kind,
            triggers: HashSet::new(),
            actor: Vec::new(),
            recipient: Vec::new(),
            third_party: Vec::new(),
            parties: Vec::new(),
            content: Vec::new(),
            condition: Vec::new(),
            needs: Vec::new(),
            lacks: Vec::new(),
            modal: HashSet::new(),
            negation: None,
            actor_optional: true,
            frames: Vec::new(),
            support: None,
            status: None,
            mode: None,
            contexts: Vec::new(),
            cameo: None,
            weight: 0,
        }
    }
}

/// One rule: a file of the codebook.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `accuse.blame`.
    pub id: String,
    pub file: String,
    pub event: Event,
    pub definition: String,
    pub why: String,
    pub yes: Vec<String>,
    pub no: Vec<String>,
    /// Sentences whose marked words tell it, and such that only look like it; in a
    /// user's entries.
    pub examples: Vec<Example>,
    pub unlike: Vec<Example>,
    /// Whether it comes from a user's folder, not from the program's codebook.
    pub own: bool,
}

/// Rules, word lists, and an index from trigger to patterns.
#[derive(Debug, Clone, Default)]
pub struct Codebook {
    rules: Vec<Rule>,
    patterns: Vec<Pattern>,
    index: HashMap<(TriggerKind, String), Vec<usize>>,
    lists: HashMap<String, HashSet<String>>,
    /// Every single word that a rule or list names.
    words: HashSet<String>,
    /// For each type two patterns without triggers, verb and noun: what stands for
    /// a rule where the network alone found something.
    learned: Vec<Pattern>,
    learned_rules: Vec<Rule>,
    /// The same for each entry with examples: what stands for a pattern where a word
    /// is near one of them.
    likened: Vec<Pattern>,
}

impl Codebook {
    /// Parses files named as under `codebook/`: `words/x.toml`, `events/accuse/blame.toml`.
    pub fn parse(files: &[(&str, &str)]) -> (Codebook, Vec<Remark>) {
        let mut codebook = Codebook::default();
        let mut remarks = Vec::new();
        for (name, text) in files.iter().filter(|(name, _)| name.starts_with("words/")) {
            match toml::from_str::<HashMap<String, Vec<String>>>(text) {
                Ok(lists) => {
                    for (list, words) in lists {
                        if codebook.lists.contains_key(&list) {
                            remarks.push(mistake(
                                name,
                                &format!("the list @{list} is in another file too; name one of them otherwise"),
                            ));
                        }
                        codebook.lists.entry(list).or_default().extend(words.iter().map(|word| normal(word)));
                    }
                }
                Err(error) => remarks.push(mistake(name, error.message())),
            }
        }
        codebook.close_lists(&mut remarks);
        for (name, text) in files.iter().filter(|(name, _)| name.starts_with("events/") || name.starts_with(OWN)) {
            if let Err(why) = RuleFile::read(text).and_then(|file| codebook.add(name, file)) {
                remarks.push(mistake(name, &why));
            }
        }
        codebook.words = codebook
            .lists
            .values()
            .chain(codebook.patterns.iter().flat_map(|pattern| {
                let needs = pattern.needs.iter().chain(&pattern.lacks).map(|need| &need.words);
                needs.chain([&pattern.triggers]).collect::<Vec<_>>()
            }))
            .flatten()
            .flat_map(|phrase| phrase.split(' '))
            .map(str::to_string)
            .collect();
        for (number, pattern) in codebook.patterns.iter().enumerate() {
            for trigger in &pattern.triggers {
                codebook.index.entry((pattern.kind, trigger.clone())).or_default().push(number);
            }
        }
        codebook.add_learned();
        (codebook, remarks)
    }

    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    pub fn rule(&self, pattern: &Pattern) -> &Rule {
        // The network's patterns are numbered after the rules.
        let learned = pattern.rule.checked_sub(self.rules.len()).and_then(|index| self.learned_rules.get(index));
        learned.unwrap_or_else(|| &self.rules[pattern.rule])
    }

    /// The pattern that stands for what the network found alone.
    pub fn learned(&self, event: Event, kind: TriggerKind) -> &Pattern {
        let noun = usize::from(kind == TriggerKind::Noun);
        let index = Event::all().position(|known| known == event).unwrap_or(0);
        &self.learned[2 * index + noun]
    }

    fn add_learned(&mut self) {
        for (index, event) in Event::all().enumerate() {
            let id = format!("learned.{}", event.as_str().to_lowercase());
            let blank = String::new;
            self.learned_rules.push(Rule {
                id,
                file: blank(),
                event,
                definition: blank(),
                why: blank(),
                yes: Vec::new(),
                no: Vec::new(),
                examples: Vec::new(),
                unlike: Vec::new(),
                own: false,
            });
            for kind in [TriggerKind::Verb, TriggerKind::Noun] {
                self.learned.push(Pattern::blank(self.rules.len() + index, kind));
            }
        }
    }

    /// The pattern that stands for what is near the examples of a rule.
    pub fn likened(&self, rule: usize, kind: TriggerKind) -> Option<&Pattern> {
        self.likened.iter().find(|pattern| pattern.rule == rule && pattern.kind == kind)
    }

    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// The patterns that a trigger of this kind may set off.
    pub fn triggered(&self, kind: TriggerKind, word: &str) -> impl Iterator<Item = &Pattern> {
        // The key owns its string, so one is made for the look-up.
        self.index.get(&(kind, word.to_string())).into_iter().flatten().map(|&number| &self.patterns[number])
    }

    /// Whether a lemma is in a named list.
    pub fn in_list(&self, list: &str, word: &str) -> bool {
        self.lists.get(list).is_some_and(|words| words.contains(word))
    }

    /// Whether any rule or list names the word.
    pub fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Lists may name lists: `conflict = ["@attack", "siege"]`.
    fn close_lists(&mut self, remarks: &mut Vec<Remark>) {
        for _ in 0..4 {
            let before = self.lists.clone();
            for words in self.lists.values_mut() {
                let named: Vec<String> = words.iter().filter(|word| word.starts_with('@')).cloned().collect();
                for name in named {
                    match before.get(&name[1..]) {
                        Some(other) => {
                            words.remove(&name);
                            words.extend(other.iter().cloned());
                        }
                        None => {
                            words.remove(&name);
                            remarks.push(mistake(
                                "words",
                                &format!("no list is called {name}; add it to a file in codebook/words"),
                            ));
                        }
                    }
                }
            }
        }
    }

    fn expand(&self, words: &[String]) -> Result<HashSet<String>, String> {
        let mut all = HashSet::new();
        for word in words {
            match word.strip_prefix('@') {
                Some(list) => all.extend(
                    self.lists
                        .get(list)
                        .ok_or(format!(
                            "no list is called @{list}; write its words out, or add it to a file in codebook/words"
                        ))?
                        .iter()
                        .cloned(),
                ),
                None => {
                    all.insert(normal(word));
                }
            }
        }
        Ok(all)
    }

    fn needs(&self, texts: &[String]) -> Result<Vec<Need>, String> {
        texts.iter().map(|text| Need::parse(text, |words| self.expand(words))).collect()
    }

    fn add(&mut self, name: &str, file: RuleFile) -> Result<(), String> {
        let own = name.starts_with(OWN);
        let id = rule_id(name).ok_or("a rule stands in events/<type>/<rule>.toml")?;
        if self.rules.iter().any(|rule| rule.id == id) {
            return Err(format!("another file gives {id} too: rename one of them"));
        }
        let named = |names: Vec<&str>| names.join(", ");
        let event = Event::parse(&file.event).ok_or_else(|| {
            let known = named(Event::all().map(Event::as_str).collect());
            format!("{} is not one of the 16 event types: choose of {known}", file.event)
        })?;
        let folder = id.split('.').next().unwrap_or("");
        if !own && !folder.eq_ignore_ascii_case(event.as_str()) {
            return Err(format!("a rule for {} belongs into events/{}", event.as_str(), event.as_str().to_lowercase()));
        }
        let mode_of = |mode: &Option<String>| match mode {
            Some(mode) => event.mode(mode).map(Some).ok_or_else(|| {
                let known = named(event.modes().map(Mode::as_str).collect());
                let choice = if known.is_empty() { "leave it out".to_string() } else { format!("choose of {known}") };
                format!("{} has no mode {mode}: {choice}", event.as_str())
            }),
            None => Ok(None),
        };
        for context in
            file.contexts.iter().chain(file.pattern.iter().flat_map(|pattern| pattern.contexts.iter().flatten()))
        {
            if !record::plover::CONTEXTS.contains(&context.as_str()) {
                let known = named(record::plover::CONTEXTS.to_vec());
                return Err(format!("{context} is not a PLOVER context: choose of {known}"));
            }
        }
        if own {
            crate::own::check(&file.examples, &file.unlike, !file.pattern.is_empty())?;
        } else if !file.examples.is_empty() || !file.unlike.is_empty() {
            return Err("examples and unlike are for a user's own entries: write a [[pattern]]".to_string());
        } else if file.yes.len() < 2 || file.no.len() < 2 {
            return Err("a rule wants two yes- and two no-examples at least".to_string());
        } else if file.why.is_empty() {
            return Err("a rule wants a why".to_string());
        } else if file.pattern.is_empty() {
            return Err("a rule wants a [[pattern]]".to_string());
        }
        let examples = Example::parse_all("examples", &file.examples)?;
        let unlike = Example::parse_all("unlike", &file.unlike)?;
        let rule_mode = mode_of(&file.mode)?;
        let rule = self.rules.len();
        let mut patterns = Vec::new();
        for (index, pattern) in file.pattern.iter().enumerate() {
            let kinds = [
                (TriggerKind::Verb, &pattern.verb),
                (TriggerKind::Noun, &pattern.noun),
                (TriggerKind::Adj, &pattern.adj),
                (TriggerKind::Pred, &pattern.pred),
            ];
            let mut named = kinds.iter().filter(|(_, words)| !words.is_empty());
            let (Some((kind, words)), None) = (named.next(), named.next()) else {
                return Err(format!("pattern {} wants exactly one of verb, noun, adj, pred", index + 1));
            };
            if words.iter().any(|word| word == ANY) && pattern.modal.is_empty() {
                return Err(format!("pattern {}: \"*\" takes any trigger and so wants a modal", index + 1));
            }
            let paths = |texts: &[String]| texts.iter().map(|text| Path::parse(text)).collect::<Result<Vec<_>, _>>();
            let frames = match &pattern.frames {
                None => vec![Frame::Support, Frame::Occur],
                Some(frames) => frames
                    .iter()
                    .map(|frame| match frame.as_str() {
                        "support" => Ok(Frame::Support),
                        "occur" => Ok(Frame::Occur),
                        "bare" => Ok(Frame::Bare),
                        "during" => Ok(Frame::During),
                        other => Err(format!("{other} is not a frame: support, occur, bare, during")),
                    })
                    .collect::<Result<_, _>>()?,
            };
            let status = match &pattern.status {
                Some(status) => Some(Status::parse(status).ok_or(format!("{status} is not a status"))?),
                None => None,
            };
            patterns.push(Pattern {
                rule,
                number: index + 1,
                kind: *kind,
                triggers: self.expand(words)?,
                actor: paths(&pattern.actor)?,
                recipient: paths(&pattern.recipient)?,
                third_party: paths(&pattern.third_party)?,
                parties: paths(&pattern.parties)?,
                content: paths(&pattern.content)?,
                condition: paths(&pattern.condition)?,
                needs: self.needs(&pattern.needs)?,
                lacks: self.needs(&pattern.lacks)?,
                modal: self.expand(&pattern.modal)?,
                negation: pattern.negation,
                actor_optional: pattern.actor_optional,
                frames,
                support: pattern.support.as_ref().map(|words| self.expand(words)).transpose()?,
                status,
                mode: mode_of(&pattern.mode)?.or(rule_mode),
                contexts: pattern.contexts.clone().unwrap_or_else(|| file.contexts.clone()),
                cameo: pattern.cameo.clone().or_else(|| file.cameo.clone()),
                weight: pattern.weight,
            });
        }
        self.patterns.extend(patterns);
        if !examples.is_empty() {
            for kind in [TriggerKind::Verb, TriggerKind::Noun] {
                self.likened.push(Pattern {
                    mode: rule_mode,
                    contexts: file.contexts.clone(),
                    cameo: file.cameo.clone(),
                    ..Pattern::blank(rule, kind)
                });
            }
        }
        self.rules.push(Rule {
            id,
            file: name.to_string(),
            event,
            definition: file.definition,
            why: file.why,
            yes: file.yes,
            no: file.no,
            examples,
            unlike,
            own,
        });
        Ok(())
    }
}

/// `accuse.blame` of `events/accuse/blame.toml`, `own.blame` of a user's `own/…/blame.toml`.
fn rule_id(name: &str) -> Option<String> {
    let path = name.strip_suffix(".toml")?;
    if let Some(path) = path.strip_prefix(OWN) {
        return Some(format!("own.{}", path.rsplit('/').next().unwrap_or(path)));
    }
    let (folder, rule) = path.strip_prefix("events/")?.split_once('/')?;
    Some(format!("{folder}.{rule}"))
}

/// Words are compared in lower case, hyphens as spaces.
pub(crate) fn normal(word: &str) -> String {
    word.to_lowercase().replace(['-', '‑'], " ")
}

fn mistake(name: &str, text: &str) -> Remark {
    // A user's files are not in the program's folder: who read them knows where they are.
    let folder = if name.starts_with(OWN) { "" } else { "codebook/" };
    Remark::new("codebook", format!("{folder}{name}: {text}"))
}
