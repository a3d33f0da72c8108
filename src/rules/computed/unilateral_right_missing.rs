//! `unilateral-right-missing`: an administrative body signs without a right to change or end for the public interest.
//!
//! # What it does
//!
//! Where the government party is an administrative organ by its name, looks at the field of unilateral rights.
//!
//! # Why it matters
//!
//! The regulation allows such a right and has the legal review ask for it; without it, ending for the public
//! interest means breach.
//!
//! # What must not be flagged
//!
//! Bodies without administrative powers (schools, libraries); contracts in which the government side holds the right, for
//! the public interest or at will; supplements that leave the rest to their main contract.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::Computed;
use crate::model::fields::Side;

/// The rule.
pub const RULE: Computed =
    Computed { slug: "unilateral-right-missing", variants: &[("missing", &["party"])], compile };

#[derive(Debug)]
struct UnilateralRightMissing(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(UnilateralRightMissing(Words::new(parameters, &["organ", "main-contract", "right"])?)))
}

impl Check for UnilateralRightMissing {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let fields = contract.fields();
        let right = fields.unilateral_right.as_ref().filter(|right| right.clause.value);
        let held = right.is_some_and(|right| {
            right.public_interest || right.by.iter().any(|by| by.side != Side::Counterparty)
        });
        if held || self.0.say("right", contract.text.folded_body()) {
            return Verdict::Passed;
        }
        if contract.unread().is_some() {
            return Verdict::NothingFound;
        }
        let Some(party) = contract.government() else {
            return Verdict::cannot_tell(contract.unknown_side(), Vec::new());
        };
        let name = party.name.as_ref().map_or(party.role.as_str(), |name| name.value.as_str());
        if !self.0.say("organ", name) {
            return Verdict::NotApplicable("政府一方不是行政机关或者具有公共管理职权的单位".to_owned());
        }
        if contract.is_supplement() || self.0.say("main-contract", contract.text.folded_body()) {
            return Verdict::NotApplicable("其余条款依主合同".to_owned());
        }
        let evidence = party.name.iter().flat_map(|name| name.evidence.iter().take(1).cloned()).collect();
        Verdict::hit(Sighting::new("missing", evidence).with("party", name))
    }
}
