//! `performing-party-differs`: another than the one that signs is to perform, and no clause ties the two.
//!
//! # What it does
//!
//! Finds clauses that hand performance to an affiliate or a body to be named, and looks in their article for who answers.
//!
//! # Why it matters
//!
//! Whoever signs may disclaim, whoever performs owes nothing.
//!
//! # What must not be flagged
//!
//! Subcontracting with consent, delegates that the signatory answers for, carriers and delivery services.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::part_around;
use super::Computed;

/// The rule.
pub const RULE: Computed =
    Computed { slug: "performing-party-differs", variants: &[("untied", &[])], compile };

#[derive(Debug)]
struct PerformingPartyDiffers(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(PerformingPartyDiffers(Words::new(parameters, &["other", "unless", "tied"])?)))
}

/// Does the wording name one of the parties itself, so that who signs performs?
fn names_a_party(contract: &Contract<'_>, words: &str) -> bool {
    let plain = |name: &str| name.replace('（', "(").replace('）', ")");
    let names = contract.fields().parties.iter().filter_map(|party| party.name.as_ref());
    names.into_iter().any(|name| words.contains(&plain(&name.value)))
}

impl Check for PerformingPartyDiffers {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = &contract.chosen;
        let mut hits = Vec::new();
        for sentence in self.0.sentences("other", body) {
            let words = &body[sentence.clone()];
            let Some(found) = self.0.find("other", words).next() else { continue };
            let range = sentence.start + found.start()..sentence.start + found.end();
            if names_a_party(contract, found.as_str()) {
                continue;
            }
            let article =
                contract.text.article_at(range.start).map_or(sentence.clone(), |a| a.shadow.clone());
            let around = body.get(article).unwrap_or(words);
            if !self.0.say("unless", &body[part_around(body, range.clone())]) && !self.0.say("tied", around) {
                let span = contract.text.span_of_shadow(part_around(body, range));
                hits.push(Sighting::new("untied", vec![span]));
            }
        }
        if hits.is_empty() { Verdict::NothingFound } else { Verdict::Hits(hits) }
    }
}
