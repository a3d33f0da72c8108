//! `breach-liability-missing`: the contract has no clause on liability for breach.
//!
//! # What it does
//!
//! Takes the field's answer, and looks for damages under another name (赔偿损失、罚则).
//!
//! # Why it matters
//!
//! Without an agreed penalty the government side must prove its loss to the cent.
//!
//! # What must not be flagged
//!
//! A supplement that leaves the rest to its main contract; terms in another document of the contract, where that
//! cannot be told; a clause that gives damages without the word 违约.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::scripts::not_in_chinese;
use super::super::reading::sentences;
use super::Computed;
use crate::model::fields::Presence;

/// The rule.
pub const RULE: Computed =
    Computed { slug: "breach-liability-missing", variants: &[("missing", &[])], compile };

#[derive(Debug)]
struct BreachLiabilityMissing(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let names = ["denied", "main-contract", "unsupplied", "damages", "none", "third"];
    Ok(Box::new(BreachLiabilityMissing(Words::new(parameters, &names)?)))
}

impl BreachLiabilityMissing {
    /// Does what the field rests on speak of the parties' own breach, not only of harm to third ones or of none?
    fn is_for_breach(&self, contract: &Contract<'_>, presence: &Presence) -> bool {
        let body = contract.text.folded_body();
        presence.evidence.is_empty()
            || presence.evidence.iter().any(|span| {
                let words = body.get(contract.reach_of(span)).unwrap_or_default();
                let said = self.0.without("none", words);
                !self.0.say("third", words) && (said == words || self.0.say("damages", &said))
                    || words.contains("违约")
            })
    }

    /// Does a sentence give damages or a deduction to the other party, not to third ones and not to deny them?
    fn gives_damages(&self, body: &str) -> bool {
        sentences(body)
            .map(|sentence| &body[sentence])
            .any(|words| self.0.say("damages", &self.0.without("none", words)) && !self.0.say("third", words))
    }
}

impl Check for BreachLiabilityMissing {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = contract.text.folded_body();
        let stated = contract.fields().breach_liability.as_ref().filter(|presence| presence.value);
        let for_breach = stated.is_some_and(|presence| self.is_for_breach(contract, presence));
        let denied = self.0.say("denied", body);
        if for_breach && !denied {
            return Verdict::Passed;
        }
        if contract.unread().is_some() {
            return Verdict::NothingFound;
        }
        if !denied && self.gives_damages(&contract.chosen) {
            return Verdict::Passed;
        }
        if contract.is_supplement() || self.0.say("main-contract", body) {
            return Verdict::NotApplicable("其余条款依主合同".to_owned());
        }
        if let Some(found) = self.0.find("unsupplied", body).next() {
            let span = contract.text.span_of_shadow(found.range());
            return Verdict::cannot_tell("所引的合同文件不在此文件中，可能在其中约定", vec![span]);
        }
        not_in_chinese(contract).unwrap_or_else(|| Verdict::hit(Sighting::new("missing", Vec::new())))
    }
}
