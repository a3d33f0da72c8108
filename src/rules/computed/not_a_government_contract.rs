//! `not-a-government-contract`: the regulation does not govern the contract, or only by analogy.
//!
//! # What it does
//!
//! Looks at the parties and the type: administrative bodies among themselves, employment, hospitals and state firms, or
//! no body of the district at all.
//!
//! # Why it matters
//!
//! It decides whether review, filing and reports are owed under the regulation.
//!
//! # What must not be flagged
//!
//! A contract of a body of the district with anybody else; service contracts whose title has 聘用 (法律顾问聘用).

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::Computed;
use crate::model::fields::{Party, Side};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "not-a-government-contract",
    variants: &[("between", &["parties"]), ("employment", &["parties"]), ("analogy", &["parties"])],
    compile,
};

#[derive(Debug)]
struct NotAGovernmentContract(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(NotAGovernmentContract(Words::new(
        parameters,
        &["organ", "by-analogy", "employment", "employment-unless"],
    )?)))
}

fn name(party: &Party) -> &str {
    party.name.as_ref().map_or(party.role.as_str(), |name| name.value.as_str())
}

fn hit(variant: &str, parties: &[&Party]) -> Verdict {
    let evidence =
        parties.iter().filter_map(|party| party.name.as_ref()?.evidence.first().cloned()).collect();
    let names: Vec<_> = parties.iter().map(|party| name(party)).collect();
    Verdict::hit(Sighting::new(variant, evidence).with("parties", names.join("、")))
}

impl Check for NotAGovernmentContract {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let parties: Vec<&Party> = contract.fields().parties.iter().collect();
        if parties.is_empty() {
            return match contract.unread() {
                Some(_) => Verdict::NothingFound,
                None => Verdict::cannot_tell("未读出当事人", Vec::new()),
            };
        }
        let named: Vec<&Party> = parties.iter().copied().filter(|party| party.name.is_some()).collect();
        let organ = |party: &&Party| party.side == Side::Government && self.0.say("organ", name(party));
        if named.len() > 1 && named.len() == parties.len() && named.iter().all(organ) {
            return hit("between", &named);
        }
        let government = contract.government();
        let title = contract.title();
        let hires = self.0.say("employment", title) && !self.0.say("employment-unless", title);
        if (hires || contract.type_code() == Some("labour")) && government.is_some() {
            return hit("employment", &named);
        }
        let analogous: Vec<&Party> =
            named.iter().copied().filter(|party| self.0.say("by-analogy", name(party))).collect();
        let others_government = parties
            .iter()
            .any(|party| party.side == Side::Government && !self.0.say("by-analogy", name(party)));
        if !analogous.is_empty() && !others_government {
            return hit("analogy", &analogous);
        }
        match government {
            Some(_) => Verdict::Passed,
            None => Verdict::cannot_tell(contract.unknown_side(), Vec::new()),
        }
    }
}
