//! One document in the light of what is known: the questions that finding and
//! attribution ask, answered once and remembered.

use std::cell::RefCell;
use std::collections::HashMap;

use jiff::civil::Date;
use record::{Document, Sentence, Upos};

use crate::actors::{ActorKind, Resolved, Resolver};
use crate::attribution::{self, Cues, Link};
use crate::find::Parties;
use crate::knowledge::Knowledge;
use crate::places::{self, PlaceMention};
use crate::tree::Tree;

pub(crate) struct Context<'a> {
    pub knowledge: &'a Knowledge,
    pub document: &'a Document,
    pub trees: Vec<Tree<'a>>,
    pub places: Vec<Vec<PlaceMention>>,
    resolver: Resolver<'a>,
    resolved: RefCell<HashMap<(usize, usize), Vec<Resolved>>>,
    chains: RefCell<HashMap<(usize, usize), Vec<Link>>>,
}

impl<'a> Context<'a> {
    pub fn new(knowledge: &'a Knowledge, document: &'a Document, sentences: &'a [Sentence]) -> Context<'a> {
        Context {
            knowledge,
            document,
            trees: sentences
                .iter()
                .map(|sentence| {
                    Tree::new(sentence, |word| knowledge.codebook.knows(word) || reading::cues::is_verb(word))
                })
                .collect(),
            places: places::find(&knowledge.gazetteer, document, sentences),
            resolver: Resolver::new(&knowledge.actors, document, sentences),
            resolved: RefCell::default(),
            chains: RefCell::default(),
        }
    }

    /// Whom a nominal means, as of the document's date.
    pub fn parties(&self, sentence: usize, token: usize) -> Vec<Resolved> {
        if let Some(known) = self.resolved.borrow().get(&(sentence, token)) {
            return known.clone();
        }
        let found = self.resolver.parties(sentence, token);
        self.resolved.borrow_mut().insert((sentence, token), found.clone());
        found
    }

    /// Whom it meant as of another day (codes change with time).
    pub fn parties_as_of(&self, sentence: usize, token: usize, day: Option<Date>) -> Vec<Resolved> {
        if day.is_none() || day == self.document.published {
            return self.parties(sentence, token);
        }
        self.resolver.parties_as_of(sentence, token, day)
    }

    pub fn medium(&self, sentence: usize, token: usize) -> Option<String> {
        self.resolver.is_medium(sentence, token)
    }

    pub fn chain(&self, sentence: usize, token: usize) -> Vec<Link> {
        // Every pattern with a speaker asks for the chain of the same trigger.
        if let Some(known) = self.chains.borrow().get(&(sentence, token)) {
            return known.clone();
        }
        let found = attribution::chain(&self.trees, sentence, token, self);
        self.chains.borrow_mut().insert((sentence, token), found.clone());
        found
    }

    pub fn place_at(&self, sentence: usize, token: usize) -> Option<&PlaceMention> {
        self.places.get(sentence)?.iter().find(|mention| mention.first <= token && token < mention.last)
    }

    pub fn sentence(&self, sentence: usize) -> InSentence<'_, 'a> {
        InSentence { context: self, sentence }
    }
}

impl Cues for Context<'_> {
    fn is_cue(&self, lemma: &str) -> bool {
        reading::cues::is_verb(lemma)
    }

    fn is_said_noun(&self, lemma: &str) -> bool {
        reading::cues::is_noun(lemma)
    }

    fn is_hearsay(&self, lemma: &str) -> bool {
        reading::cues::is_adverb(lemma)
    }

    fn is_medium(&self, sentence: usize, token: usize) -> bool {
        self.medium(sentence, token).is_some()
    }
}

/// The context, asked about one sentence.
pub(crate) struct InSentence<'c, 'a> {
    context: &'c Context<'a>,
    sentence: usize,
}

impl Parties for InSentence<'_, '_> {
    fn is_party(&self, token: usize) -> bool {
        let word = self.context.trees[self.sentence].token(token);
        if matches!(word.upos, Upos::Verb | Upos::Aux | Upos::Adp | Upos::Punct) {
            return false;
        }
        self.context.parties(self.sentence, token).iter().any(can_act)
    }

    fn is_place(&self, token: usize) -> bool {
        self.context.place_at(self.sentence, token).is_some()
    }

    fn speakers(&self, token: usize) -> Vec<usize> {
        self.context
            .chain(self.sentence, token)
            .iter()
            .rev()
            .filter_map(|link| link.speaker)
            .filter(|&(sentence, _)| sentence == self.sentence)
            .map(|(_, speaker)| speaker)
            .take(1)
            .collect()
    }

    fn has_speaker(&self, token: usize) -> bool {
        self.context.chain(self.sentence, token).iter().any(|link| link.speaker.is_some())
    }
}

/// Whether what a nominal resolved to can do, suffer or say something.
pub(crate) fn can_act(resolved: &Resolved) -> bool {
    !matches!(resolved.kind, ActorKind::Thing | ActorKind::Medium)
}
