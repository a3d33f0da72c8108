//! `continuity-missing`: an important public service is bought without a fallback.
//!
//! # What it does
//!
//! Tells such services by their titles, or, where a title says no more than 服务合同, by their subject, and looks for
//! emergency or transitional measures and a handover.
//!
//! # Why it matters
//!
//! When the supplier fails, the public goes without; the regulation wants the gap provided for.
//!
//! # What must not be flagged
//!
//! Other services; contracts with takeover, substitute or uninterrupted service; supplements.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::Computed;

/// The rule.
pub const RULE: Computed =
    Computed { slug: "continuity-missing", variants: &[("missing", &["service"])], compile };

/// The beginning of a subject that is looked at, in characters: what is done stands there.
const SUBJECT: usize = 40;

#[derive(Debug)]
struct ContinuityMissing(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let names = ["service", "not-service", "plain", "fallback", "main-contract"];
    Ok(Box::new(ContinuityMissing(Words::new(parameters, &names)?)))
}

impl ContinuityMissing {
    /// The important public service that is bought, as it is named.
    fn service(&self, contract: &Contract<'_>) -> Option<String> {
        let title: String = contract.title().chars().filter(|c| !c.is_whitespace()).collect();
        // What is bought at 服务采购 is a service.
        let title = title.replace("服务采购", "服务");
        let named = |words: &str| self.0.find("service", words).next().map(|found| found.as_str().to_owned());
        if self.0.say("not-service", &title) {
            return None;
        }
        named(&title).or_else(|| {
            let subject = contract.sure(&contract.fields().subject)?;
            let opening: String = subject.value.chars().take(SUBJECT).collect();
            self.0.say("plain", &title).then(|| named(&opening))?
        })
    }
}

impl Check for ContinuityMissing {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let Some(service) = self.service(contract) else {
            return Verdict::NotApplicable("不是重要公共服务的采购".to_owned());
        };
        let body = contract.text.folded_body();
        if self.0.say("fallback", body) {
            return Verdict::Passed;
        }
        if contract.unread().is_some() || contract.is_supplement() || self.0.say("main-contract", body) {
            return Verdict::NothingFound;
        }
        let evidence =
            contract.fields().title.iter().flat_map(|title| title.evidence.iter().take(1).cloned());
        Verdict::hit(Sighting::new("missing", evidence.collect()).with("service", service))
    }
}
