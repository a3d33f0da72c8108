//! `confidentiality-missing`: the contract has no clause on secrecy.
//!
//! # What it does
//!
//! Takes the field's answer, and weighs it by whether the subject touches personal data or secrets.
//!
//! # Why it matters
//!
//! Where secrets or personal data pass hands, the regulation demands a clause; elsewhere it is a usual one.
//!
//! # What must not be flagged
//!
//! Supplements that leave the rest to their main contract; a duty not to disclose without the word 保密.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::Computed;

/// The rule.
pub const RULE: Computed =
    Computed { slug: "confidentiality-missing", variants: &[("needed", &["data"]), ("usual", &[])], compile };

#[derive(Debug)]
struct ConfidentialityMissing(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let names = ["data", "clause", "denied", "main-contract"];
    Ok(Box::new(ConfidentialityMissing(Words::new(parameters, &names)?)))
}

impl Check for ConfidentialityMissing {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = contract.text.folded_body();
        let denied = self.0.say("denied", body);
        match &contract.fields().confidentiality {
            Some(presence) if presence.value && !denied => return Verdict::Passed,
            _ if contract.unread().is_some() => return Verdict::NothingFound,
            _ => {}
        }
        if !denied && self.0.say("clause", body) {
            return Verdict::Passed;
        }
        if contract.is_supplement() || self.0.say("main-contract", body) {
            return Verdict::NotApplicable("其余条款依主合同".to_owned());
        }
        match self.0.find("data", body).next() {
            Some(found) => {
                let span = contract.text.span_of_shadow(found.range());
                let data = span.quote.clone();
                Verdict::hit(Sighting::new("needed", vec![span]).with("data", data))
            }
            None => Verdict::hit(Sighting::new("usual", Vec::new())),
        }
    }
}
