//! Pronouns: whom "he", "it", "they", "which" and "we" mean.
//!
//! Takes a pronoun and the mentions before it; gives the meaning of the one it
//! stands for, with a remark that says so. Gives nothing where two fit equally
//! well, or where "it" is empty ("it is clear that").

use record::Why;

use super::ActorKind;
use super::meaning::Meaning;
use super::phrase::Phrase;
use super::resolver::{Found, Page, Resolver};

/// How far back a pronoun reaches, in sentences.
const PRONOUN_REACH: usize = 2;
#[derive(Clone, Copy, PartialEq)]
enum Sort {
    /// he, she
    One,
    /// it
    Body,
    /// they
    Many,
}

impl Resolver<'_> {
    /// A pronoun.
    pub(super) fn pronoun(&self, phrase: &Phrase, found: &mut Found, depth: usize) {
        let page = &self.pages[found.sentence];
        let token = &page.sentence.tokens[phrase.head];
        let word = token.text.to_lowercase();
        let sort = match word.as_str() {
            "himself" | "herself" | "itself" | "themselves" => {
                self.reflexive(page, phrase, found);
                return;
            }
            "he" | "she" | "him" | "her" | "his" | "hers" => Sort::One,
            "it" if self.is_empty_subject(page, phrase.head) => return,
            "it" | "its" => Sort::Body,
            "they" | "them" | "their" | "theirs" => Sort::Many,
            "who" | "which" | "that" | "whom" | "whose" => {
                self.relative(page, phrase, found, depth);
                return;
            }
            "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves" => {
                let plural = !matches!(word.as_str(), "i" | "me" | "my" | "mine" | "myself");
                self.speaker(page, phrase, plural, found, depth);
                return;
            }
            "both" => {
                let mut two = phrase.clone();
                two.number = Some(2);
                self.pair_meant(page, &two, "sides", found);
                return;
            }
            _ => return,
        };
        let Some((antecedent, how)) = self.antecedent(page, phrase.head, sort) else {
            found.kind = ActorKind::Unknown;
            found.remarks.push(self.remark(
                found,
                "pronoun-unresolved",
                format!("nobody sure is meant by {:?}", token.text),
            ));
            return;
        };
        self.take(found, &antecedent, how);
    }

    /// "who", "which": the noun the clause hangs on.
    fn relative(&self, page: &Page<'_>, phrase: &Phrase, found: &mut Found, depth: usize) {
        let tokens = &page.sentence.tokens;
        let mut at = phrase.head;
        for _ in 0..tokens.len() {
            let Some(head) = tokens[at].head.filter(|&head| head < tokens.len()) else { return };
            if tokens[at].relation() == "acl" {
                let other = self.read(page.index, head, depth + 1);
                if !other.meanings.is_empty() {
                    let words = self.words_of(other.sentence, other.first, other.last);
                    found.kind = other.kind;
                    found.meanings = other.meanings;
                    found.remarks.extend(other.remarks);
                    found.refers = true;
                    found.why =
                        found.why.clone().because(Why::new(format!("relative of {words:?}")).because(other.why));
                }
                return;
            }
            at = head;
        }
    }

    /// "itself": the subject of its own clause.
    fn reflexive(&self, page: &Page<'_>, phrase: &Phrase, found: &mut Found) {
        let tokens = &page.sentence.tokens;
        let subject = tokens[phrase.head].head.and_then(|verb| {
            page.children.get(verb)?.iter().copied().find(|&child| tokens[child].relation() == "nsubj")
        });
        if let Some(other) = subject.and_then(|subject| self.seen_at(page.index, subject))
            && !other.meanings.is_empty()
        {
            let other = other.clone();
            self.take(found, &other, "subject of its clause");
        }
    }

    /// "it was their duty to stop", "it is clear that": nobody.
    fn is_empty_subject(&self, page: &Page<'_>, head: usize) -> bool {
        let tokens = &page.sentence.tokens;
        let Some(above) = tokens[head].head.filter(|&above| above < tokens.len()) else { return false };
        let has = |relations: &[&str]| {
            page.children[above].iter().any(|&child| relations.contains(&tokens[child].relation()))
        };
        tokens[head].relation() == "expl"
            || (tokens[head].relation() == "nsubj"
                && (has(&["cop"]) || matches!(tokens[above].lemma.as_str(), "take" | "seem" | "appear" | "happen"))
                && has(&["csubj", "ccomp", "acl", "xcomp", "advcl"]))
    }

    /// "I", "we" in a quotation: its speaker, or whom the speaker speaks for.
    fn speaker(&self, page: &Page<'_>, phrase: &Phrase, plural: bool, found: &mut Found, depth: usize) {
        let span = page.sentence.tokens[phrase.head].span;
        let quotation =
            page.sentence.quotations.iter().find(|quotation| quotation.statement && quotation.span.contains(span));
        let Some((sentence, token)) = quotation.and_then(|quotation| quotation.speaker) else { return };
        let outside = (sentence, token) != (page.index, phrase.head);
        if !outside || sentence >= self.pages.len() || token >= self.pages[sentence].sentence.tokens.len() {
            return;
        }
        let other = self.read(sentence, token, depth + 1);
        if other.meanings.is_empty() {
            return;
        }
        self.take(found, &other, "speaker of the quotation");
        if plural {
            // "We" is whoever the speaker speaks for, if that is known.
            let owners: Vec<Meaning> =
                found.meanings.iter().filter_map(|meaning| meaning.owner.as_deref().cloned()).collect();
            if owners.len() == found.meanings.len() {
                found.kind = owners[0].kind;
                found.meanings = owners;
            }
        }
    }

    /// The mention a pronoun stands for.
    fn antecedent(&self, page: &Page<'_>, head: usize, sort: Sort) -> Option<(Found, &'static str)> {
        let tokens = &page.sentence.tokens;
        let possessive = tokens[head].deprel == "nmod:poss" || tokens[head].deprel == "det:poss";
        // The subject of a clause above: "Pakistan said it would not …".
        let mut at = head;
        let mut first = true;
        for _ in 0..tokens.len() {
            let Some(above) = tokens[at].head.filter(|&above| above < tokens.len()) else { break };
            let own_clause = first && !possessive;
            first = false;
            if !own_clause || tokens[head].relation() == "nsubj" {
                let subject = page.children[above]
                    .iter()
                    .copied()
                    .find(|&child| tokens[child].relation() == "nsubj" && child != at && child != head && child < head);
                if let Some(other) = subject.and_then(|subject| self.seen_at(page.index, subject)) {
                    if let Some(other) = self.as_antecedent(page, other, sort) {
                        return Some((other, "subject of the clause above"));
                    }
                    // "The negotiations entered their third day": a thing's own.
                    let number = other.plural == (sort == Sort::Many);
                    if sort != Sort::One && number && other.meanings.is_empty() && other.kind == ActorKind::Thing {
                        return None;
                    }
                }
            }
            at = above;
        }
        // "the Taliban it once helped": not the noun its clause hangs on.
        let above = self.above(page, head);
        // The mentions before, the nearest sentences and their subjects first.
        let mut best: Option<(i32, Found)> = None;
        let mut tied = false;
        for other in self.found.iter().rev() {
            let distance = page.index - other.sentence.min(page.index);
            if distance > PRONOUN_REACH {
                break;
            }
            let co_argument =
                tokens.get(other.head).is_some_and(|token| token.head == tokens[head].head) && !possessive;
            if distance == 0 && (other.head >= head || co_argument || above.contains(&other.head)) {
                continue;
            }
            let Some(candidate) = self.as_antecedent(&self.pages[other.sentence], other, sort) else { continue };
            let mut score = 10 - 3 * distance as i32;
            if other.subject {
                score += 2;
            }
            if other.refers {
                score += 1;
            }
            if self.pages[other.sentence].sentence.paragraph != page.sentence.paragraph {
                score -= 1;
            }
            match &best {
                None => best = Some((score, candidate)),
                Some((most, before)) => {
                    let same = before.meanings == candidate.meanings;
                    if score > *most {
                        best = Some((score, candidate));
                        tied = false;
                    } else if score == *most && !same {
                        tied = true;
                    }
                }
            }
        }
        let (_, other) = best.filter(|_| !tied)?;
        Some((other, "nearest mention that fits"))
    }

    fn above(&self, page: &Page<'_>, head: usize) -> Vec<usize> {
        let mut above = Vec::new();
        let mut at = head;
        for _ in 0..page.sentence.tokens.len() {
            let Some(next) = page.sentence.tokens[at].head else { break };
            above.push(next);
            if next >= page.sentence.tokens.len() {
                break;
            }
            at = next;
        }
        above
    }

    /// The mention as an antecedent of that sort, coordinated siblings with it.
    fn as_antecedent(&self, page: &Page<'_>, other: &Found, sort: Sort) -> Option<Found> {
        if other.meanings.is_empty() {
            return None;
        }
        let mut other = other.clone();
        if sort == Sort::Many {
            for sibling in self.coordinated(page, other.head).into_iter().skip(1) {
                if let Some(sibling) = self.seen_at(page.index, sibling) {
                    other.meanings.extend(sibling.meanings.iter().cloned());
                    other.last = other.last.max(sibling.last);
                    other.plural = true;
                }
            }
        }
        let several = other.meanings.len() > 1;
        let fits = match sort {
            Sort::One => !several && !other.plural && matches!(other.kind, ActorKind::Person | ActorKind::Office),
            Sort::Body => {
                !several
                    && !other.plural
                    && (other.kind.is_named_body() || matches!(other.kind, ActorKind::Body | ActorKind::Medium))
            }
            Sort::Many => {
                several
                    || other.plural
                    || matches!(other.kind, ActorKind::Group | ActorKind::People | ActorKind::Crowd | ActorKind::Body)
            }
        };
        fits.then_some(other)
    }
}
