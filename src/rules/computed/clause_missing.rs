//! `clause-missing`: families of clauses that a contract should have and that stand nowhere in it, in one finding.
//!
//! # What it does
//!
//! The pack lists the families with the words that they are known by. Families with a rule of their own (price, quality, secrecy,
//! breach, disputes, particulars, signing) are not among them.
//!
//! # Why it matters
//!
//! What is not agreed on has to be settled by the general law or by dispute.
//!
//! # What must not be flagged
//!
//! Supplements, purchases below the limit of filing, families that the type does not need.

use std::collections::BTreeMap;

use crate::fields::scan::Regex;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::Computed;

/// The rule.
pub const RULE: Computed =
    Computed { slug: "clause-missing", variants: &[("few", &["missing"]), ("many", &["missing"])], compile };

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// From this many missing families on it is a risk.
    many: usize,
    /// Purchases up to this price, in yuan, are spared.
    small: i64,
    /// Types that are spared.
    spared_types: Vec<String>,
    /// Supplements that leave the rest to their main contract.
    main_contract: Vec<String>,
    /// The families by their Chinese names.
    families: BTreeMap<String, Vec<String>>,
}

#[derive(Debug)]
struct ClauseMissing {
    many: usize,
    small: Decimal,
    spared_types: Vec<String>,
    main_contract: Option<Regex>,
    families: Vec<(String, Option<Regex>)>,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    let mut families = Vec::new();
    for (name, words) in &settings.families {
        families.push((name.clone(), lexicon.compile(words)?));
    }
    Ok(Box::new(ClauseMissing {
        many: settings.many,
        small: Decimal::from(settings.small),
        spared_types: settings.spared_types,
        main_contract: lexicon.compile(&settings.main_contract)?,
        families,
    }))
}

impl ClauseMissing {
    /// Why the contract is not judged.
    fn spared(&self, contract: &Contract<'_>) -> Option<&'static str> {
        let body = contract.text.folded_body();
        let small = contract.sure(&contract.fields().amount).and_then(|amount| amount.value.amount);
        if contract.is_supplement() || self.main_contract.as_ref().is_some_and(|regex| regex.is_match(body)) {
            return Some("其余条款依主合同");
        }
        if contract.type_code().is_some_and(|code| self.spared_types.iter().any(|spared| spared == code)) {
            return Some("此类合同不作要求");
        }
        small.is_some_and(|sum| sum > Decimal::ZERO && sum <= self.small).then_some("小额采购")
    }
}

impl Check for ClauseMissing {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        if contract.unread().is_some() {
            return Verdict::NothingFound;
        }
        if let Some(why) = self.spared(contract) {
            return Verdict::NotApplicable(why.to_owned());
        }
        let body = contract.text.folded_body();
        let missing: Vec<_> = self
            .families
            .iter()
            .filter(|(_, words)| words.as_ref().is_some_and(|words| !words.is_match(body)))
            .map(|(name, _)| name.as_str())
            .collect();
        if missing.is_empty() {
            return Verdict::Passed;
        }
        let variant = if missing.len() >= self.many { "many" } else { "few" };
        Verdict::hit(Sighting::new(variant, Vec::new()).with("missing", missing.join("、")))
    }
}
