//! `quality-terms-missing`: of standard, acceptance and objection, some are not agreed on.
//!
//! # What it does
//!
//! For contracts about goods, works and services, takes the quality field and looks for the words of each of the three.
//!
//! # Why it matters
//!
//! Without a standard there is nothing to accept against; without a period for objections, delivery counts as accepted.
//!
//! # What must not be flagged
//!
//! Types that have no quality (loans, cooperation), terms in an attachment or the tender documents, supplements.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::Computed;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "quality-terms-missing",
    variants: &[("missing", &["missing"]), ("objection", &[])],
    compile,
};

#[derive(Debug)]
struct QualityTermsMissing {
    words: Words,
    /// Types that need standard and acceptance.
    types: Vec<String>,
    /// Types that need a period for objections, too.
    goods: Vec<String>,
}

fn compile(mut parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let (types, goods) = (parameters.take("types")?, parameters.take("goods")?);
    let names = ["standard", "acceptance", "objection", "entrusted", "denied", "main-contract"];
    Ok(Box::new(QualityTermsMissing { words: Words::new(parameters, &names)?, types, goods }))
}

impl QualityTermsMissing {
    /// Is it a type that needs quality, or an entrustment (委托) that buys a service by its title?
    fn judges(&self, contract: &Contract<'_>, kind: &str) -> bool {
        self.types.iter().any(|known| known == kind)
            || kind == "entrustment" && self.words.say("entrusted", contract.title())
    }
}

impl Check for QualityTermsMissing {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = contract.text.folded_body();
        if contract.unread().is_some() {
            return Verdict::NothingFound;
        }
        let kind = contract.type_code().unwrap_or_default();
        if !self.judges(contract, kind) || contract.is_supplement() || self.words.say("main-contract", body) {
            return Verdict::NotApplicable("此类合同不要求约定质量".to_owned());
        }
        let quality = contract.fields().quality.as_ref().map(|quality| &quality.value);
        let said = self.words.without("denied", body);
        let has = |key: &str, field: bool| field || self.words.say(key, &said);
        let standard = has("standard", quality.is_some_and(|q| q.standard.is_some()));
        let acceptance = has("acceptance", quality.is_some_and(|q| q.acceptance.is_some()));
        let objection = has("objection", quality.is_some_and(|q| q.objection.is_some()));
        let goods = self.goods.iter().any(|known| known == kind);
        let missing: Vec<_> =
            [(standard, "质量标准"), (acceptance, "验收"), (objection || !goods, "异议期限")]
                .into_iter()
                .filter_map(|(there, name)| (!there).then_some(name))
                .collect();
        match missing.as_slice() {
            [] => Verdict::Passed,
            ["异议期限"] => Verdict::hit(Sighting::new("objection", Vec::new())),
            _ => Verdict::hit(Sighting::new("missing", Vec::new()).with("missing", missing.join("、"))),
        }
    }
}
