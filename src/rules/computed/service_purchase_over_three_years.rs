//! `service-purchase-over-three-years`: a state organ buys a service for more than three years.
//!
//! # What it does
//!
//! Holds the term of a contract of services that a state organ pays for, as read or as a clause states it, against three years (财政部令第102号第二十四条).
//!
//! # Why it matters
//!
//! Such contracts run for a year as a rule and for three at the most: there is no budget to rest the rest on.
//!
//! # What must not be flagged
//!
//! Three years to the day; hosting of energy (能源托管), concessions and partnerships, which have rules of their own; purchases by
//! hospitals, schools and other bodies that are no organs; services that the organ sells; framework agreements without purchase.

use jiff::ToSpan;
use jiff::civil::Date;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::Computed;
use super::stated_term::{self, StatedTerm};
use crate::model::Period;
use crate::model::fields::{Direction, Side};

/// The rule.
pub const RULE: Computed =
    Computed { slug: "service-purchase-over-three-years", variants: &[("over", &["term"])], compile };

/// The longest term, in months (第二十四条).
const LIMIT: u32 = 36;

#[derive(Debug)]
struct ServicePurchaseOverThreeYears {
    types: Vec<String>,
    stated: StatedTerm,
    words: Words,
}

fn compile(mut parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let types = parameters.take("types")?;
    let stated = StatedTerm::new(&parameters.take("stated")?, &parameters.toolbox.lexicon)?;
    Ok(Box::new(ServicePurchaseOverThreeYears {
        types,
        stated,
        words: Words::new(parameters, &["organ", "spared"])?,
    }))
}

/// Is a length more than the limit?
fn is_over(period: Period) -> bool {
    period.total_months() > LIMIT || period.total_months() == LIMIT && period.days > 0
}

/// Is the last day past the same calendar day after the limit?
fn ends_late(start: Date, end: Date) -> bool {
    start.checked_add(i64::from(LIMIT).months()).is_ok_and(|limit| end > limit)
}

impl ServicePurchaseOverThreeYears {
    /// Is a party of the government's side a state organ by its name?
    fn organ_buys(&self, contract: &Contract<'_>) -> bool {
        let fields = contract.fields();
        let pays = contract.sure(&fields.direction).is_some_and(|way| way.value == Direction::Pays);
        let organ = |name: &str| self.words.say("organ", name.trim());
        let mut parties = fields.parties.iter().filter(|party| party.side == Side::Government);
        pays && parties.any(|party| party.name.as_ref().is_some_and(|name| organ(&name.value)))
    }
}

impl Check for ServicePurchaseOverThreeYears {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let bought = contract.type_code().is_some_and(|code| self.types.iter().any(|known| known == code));
        if !bought || self.words.say("spared", contract.title()) {
            return Verdict::NotApplicable("不是购买服务的合同".to_owned());
        }
        if !self.organ_buys(contract) {
            return Verdict::NotApplicable("未见国家机关付款购买".to_owned());
        }
        if let Some(span) = self.stated.find(contract, is_over, ends_late) {
            let words = span.quote.trim().to_owned();
            return Verdict::hit(Sighting::new("over", vec![span]).with("term", words));
        }
        let Some(term) = contract.sure(&contract.fields().term) else {
            return Verdict::NotApplicable("文中未见可以计算的合同期限".to_owned());
        };
        let Some(months) = stated_term::months(&term.value) else {
            return Verdict::cannot_tell("合同期限长短算不出来", term.evidence.clone());
        };
        if months <= LIMIT {
            return Verdict::Passed;
        }
        let words = term.raw.as_deref().unwrap_or(&term.value.text).trim();
        Verdict::hit(Sighting::new("over", term.evidence.clone()).with("term", words))
    }
}
