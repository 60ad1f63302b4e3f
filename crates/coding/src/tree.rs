//! The tree of a sentence, asked in terms of who does what to whom.
//!
//! Takes a [`Sentence`] with its dependency tree; gives the heads that fill a
//! slot of a trigger, whatever the voice or the shape of the clause. Never
//! decides what an event is.
//!
//! Relations are those of UD English EWT. The rules for shared and controlled
//! subjects follow the UD guidelines for basic (not enhanced) trees.

use record::{Sentence, Token, Upos};

mod fill;
mod lemma;
mod mend;
mod roles;
mod words;

use lemma::lemma_of;

fn children_of(heads: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut children = vec![Vec::new(); heads.len()];
    for (index, head) in heads.iter().enumerate() {
        if let Some(list) = head.and_then(|head| children.get_mut(head)) {
            list.push(index);
        }
    }
    children
}

#[derive(Debug)]
pub struct Tree<'a> {
    pub sentence: &'a Sentence,
    heads: Vec<Option<usize>>,
    deprels: Vec<&'a str>,
    lemmas: Vec<String>,
    children: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    /// `known`: the words of the codebook, which settle doubtful lemmas.
    pub fn new(sentence: &'a Sentence, known: impl Fn(&str) -> bool) -> Tree<'a> {
        let count = sentence.tokens.len();
        let heads: Vec<Option<usize>> = sentence
            .tokens
            .iter()
            .enumerate()
            .map(|(index, token)| token.head.filter(|&head| head < count && head != index))
            .collect();
        let lemmas = sentence.tokens.iter().map(|token| lemma_of(token, &known)).collect();
        let deprels = sentence.tokens.iter().map(|token| token.deprel.as_str()).collect();
        let mut tree = Tree { sentence, children: children_of(&heads), heads, deprels, lemmas };
        tree.mend();
        tree
    }

    pub fn token(&self, index: usize) -> &'a Token {
        &self.sentence.tokens[index]
    }

    pub fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub fn is_empty(&self) -> bool {
        self.sentence.tokens.is_empty()
    }

    pub fn head(&self, index: usize) -> Option<usize> {
        self.heads[index]
    }

    /// The relation with its subtype, as mended.
    pub fn deprel(&self, index: usize) -> &'a str {
        self.deprels[index]
    }

    /// The relation without its subtype.
    pub fn relation(&self, index: usize) -> &'a str {
        let deprel = self.deprels[index];
        deprel.split(':').next().unwrap_or(deprel)
    }

    pub fn lemma(&self, index: usize) -> String {
        self.lemmas[index].clone()
    }

    pub fn children(&self, index: usize) -> &[usize] {
        &self.children[index]
    }

    /// Children with one of these relations (subtypes apart).
    pub fn children_by<'b>(&'b self, index: usize, relations: &'b [&'b str]) -> impl Iterator<Item = usize> + 'b {
        self.children[index].iter().copied().filter(move |&child| relations.contains(&self.relation(child)))
    }

    fn child_lemma(&self, index: usize, relations: &[&str], lemmas: &[&str]) -> Option<usize> {
        self.children_by(index, relations).find(|&child| lemmas.contains(&self.lemma(child).as_str()))
    }

    /// From the token up to the root, the token first. Ends even if the heads ran in a circle.
    pub fn ancestors(&self, index: usize) -> Vec<usize> {
        let mut path = vec![index];
        let mut here = index;
        while let Some(head) = self.head(here) {
            if path.contains(&head) {
                break;
            }
            path.push(head);
            here = head;
        }
        path
    }

    pub fn is_under(&self, index: usize, top: usize) -> bool {
        self.ancestors(index).contains(&top)
    }

    /// Sorted tokens under `top`, without the branches that `skip` refuses.
    pub fn subtree(&self, top: usize, skip: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut found = vec![top];
        let mut next = 0;
        while next < found.len() {
            for &child in &self.children[found[next]] {
                if !skip(child) && !found.contains(&child) {
                    found.push(child);
                }
            }
            next += 1;
        }
        found.sort_unstable();
        found
    }

    /// The token and all that is coordinated with it.
    pub fn coordinated(&self, head: usize) -> Vec<usize> {
        let mut all = vec![head];
        let mut next = 0;
        while next < all.len() {
            for child in self.children_by(all[next], &["conj"]) {
                if !all.contains(&child) {
                    all.push(child);
                }
            }
            next += 1;
        }
        all.sort_unstable();
        all
    }

    pub fn is_verb(&self, index: usize) -> bool {
        self.token(index).upos == Upos::Verb
    }

    /// A clause has a verb or a predicate with a copula or subject at its head.
    pub fn is_clause(&self, index: usize) -> bool {
        matches!(self.token(index).upos, Upos::Verb | Upos::Aux)
            || self.children_by(index, &["cop", "nsubj", "csubj", "aux"]).next().is_some()
    }

    /// The prepositions of a nominal, or the mark of a clause, as one string:
    /// "against", "because of", "according to"; empty without one.
    pub fn case_of(&self, index: usize) -> String {
        let mut words: Vec<String> = Vec::new();
        for child in self.children_by(index, &["case"]) {
            if self.token(child).text.starts_with(['\'', '’']) {
                continue;
            }
            words.push(self.lemma(child));
            for fixed in self.children_by(child, &["fixed"]) {
                words.push(self.lemma(fixed));
            }
        }
        words.join(" ")
    }

    /// Phrases of a preposition under a word: nominals with that case, clauses
    /// with that mark.
    pub fn preposition(&self, index: usize, word: &str) -> Vec<usize> {
        self.children(index)
            .iter()
            .copied()
            .filter(|&child| match self.relation(child) {
                "obl" | "nmod" | "obj" | "xcomp" | "conj" if !matches!(self.deprel(child), "nmod:poss") => {
                    let case = self.case_of(child);
                    case == word || case.split(' ').next() == Some(word)
                }
                "advcl" | "acl" => self.children_by(child, &["mark", "case"]).any(|mark| self.lemma(mark) == word),
                _ => false,
            })
            .collect()
    }
}
