//! `dispute-clause-missing`: the contract does not say how disputes are settled, or not who decides in the end.
//!
//! # What it does
//!
//! Takes the field's answer: no clause at all (`missing`), a clause that ends with negotiation or mediation (`unfinished`), or one whose
//! answer was left blank (`blank`).
//!
//! # Why it matters
//!
//! Without an agreed forum the general rules of jurisdiction apply, and the case may have to be fought elsewhere.
//!
//! # What must not be flagged
//!
//! A supplement that leaves the rest to its main contract; terms that stand in another document of the contract,
//! where that cannot be told; an open list of options, and a body that cannot judge, which have rules of their own.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::blanks::slots;
use super::super::reading::scripts::not_in_chinese;
use super::super::reading::sentence_around;
use super::Computed;
use crate::fields::scan::Match;
use crate::model::fields::{AbsentReason, DisputeKind};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "dispute-clause-missing",
    variants: &[("missing", &[]), ("unfinished", &[]), ("blank", &[])],
    compile,
};

#[derive(Debug)]
struct DisputeClauseMissing(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let names =
        ["main-contract", "unsupplied", "clause", "other-dispute", "ways", "authority", "decided", "talks"];
    Ok(Box::new(DisputeClauseMissing(Words::new(parameters, &names)?)))
}

impl DisputeClauseMissing {
    /// Disputes with workers or outsiders are not those of the parties.
    fn is_own(&self, body: &str, found: &Match<'_>) -> bool {
        !self.0.say("other-dispute", &body[sentence_around(body, found.range())])
    }

    /// Is a court or an arbitral body given the disputes in words that name none?
    fn is_decided(&self, body: &str) -> bool {
        self.0.find("decided", body).any(|found| self.is_own(body, &found))
    }
}

impl Check for DisputeClauseMissing {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = contract.text.folded_body();
        let field = &contract.fields().dispute;
        if let Some(dispute) = field {
            let told = |key| dispute.evidence.iter().any(|span| self.0.say(key, &span.quote));
            let decided = told("authority") || told("ways") || self.is_decided(body);
            return match dispute.value.kind {
                DisputeKind::None if contract.unread().is_some() => Verdict::NothingFound,
                DisputeKind::None if !decided => {
                    let open = dispute.evidence.iter().any(|span| !slots(&span.quote).is_empty());
                    let variant = if open && !told("talks") { "blank" } else { "unfinished" };
                    Verdict::hit(Sighting::new(variant, dispute.evidence.clone()))
                }
                _ => Verdict::Passed,
            };
        }
        if contract.unread().is_some() || contract.absence("dispute") == Some(AbsentReason::UnreadablePage) {
            return Verdict::NothingFound;
        }
        if contract.is_supplement() || self.0.say("main-contract", body) {
            return Verdict::NotApplicable("其余条款依主合同".to_owned());
        }
        if self.is_decided(body) {
            return Verdict::Passed;
        }
        if let Some(found) = self.0.find("clause", body).find(|found| self.is_own(body, found)) {
            let span = contract.text.span_of_shadow(found.range());
            return Verdict::cannot_tell("提到争议，但未读出由谁裁判", vec![span]);
        }
        if let Some(found) = self.0.find("unsupplied", body).next() {
            let span = contract.text.span_of_shadow(found.range());
            return Verdict::cannot_tell("所引的合同文件不在此文件中，可能在其中约定", vec![span]);
        }
        not_in_chinese(contract).unwrap_or_else(|| Verdict::hit(Sighting::new("missing", Vec::new())))
    }
}
