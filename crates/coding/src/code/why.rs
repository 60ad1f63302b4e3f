//! Why: the tree of reasons behind a report, as `explain` prints it.

use record::{Report, Why};

use super::Coder;
use crate::codebook::Rule;
use crate::context::can_act;
use crate::find::Found;

impl Coder<'_, '_> {
    #[expect(clippy::too_many_arguments, reason = "the parts of one explanation, put together in one place")]
    pub(super) fn why(
        &self,
        report: &Report,
        rule: &Rule,
        found: &Found,
        sentence: usize,
        status: Why,
        when: Why,
        place: Why,
        leaning: Vec<Why>,
    ) -> Why {
        let tree = &self.context.trees[sentence];
        let trigger = &tree.token(found.trigger).text;
        let mut rule_why = match &found.opinion {
            Some(opinion) if !opinion.ruled && rule.own => opinion.why.clone(),
            Some(opinion) if !opinion.ruled => {
                opinion.why.clone().because(Why::new("no rule of this type speaks here"))
            }
            opinion => {
                let rule = Why::new(format!("rule {} pattern {}: \"{trigger}\"", rule.id, found.pattern.number));
                opinion.iter().fold(rule, |why, opinion| why.because(opinion.why.clone()))
            }
        };
        if let Some(support) = found.support {
            rule_why = rule_why.because(Why::new(format!("carried by \"{}\"", tree.token(support).text)));
        }
        for slot in found.slots.iter().chain(&leaning) {
            rule_why = rule_why.because(slot.clone());
        }
        let mode = report.mode.map_or(String::new(), |mode| format!(" {}", mode.as_str()));
        let mut why = Why::new(format!("{} {}{mode}, {}", report.id, report.event.as_str(), report.status.as_str()))
            .because(Why::new(format!("quote \"{}\"", report.quote.exact())))
            .because(rule_why)
            .because(Why::new(format!("status {}", report.status.as_str())).because(status));
        for (role, heads) in
            [("actor", &found.actor), ("recipient", &found.recipient), ("third party", &found.third_party)]
        {
            for &head in heads {
                for resolved in self.context.parties(sentence, head).iter().filter(|resolved| can_act(resolved)) {
                    why = why
                        .because(Why::new(format!("{role} \"{}\"", resolved.party.text)).because(resolved.why.clone()));
                }
            }
        }
        for link in &report.attribution {
            let cue = link.cue.as_deref().unwrap_or("no cue");
            why = why.because(Why::new(format!("according to \"{}\" ({cue})", link.text)));
        }
        why.because(when).because(place)
    }
}
