//! Rules that no pack can put into words: one file each, and the list of them.
//!
//! Each file opens with *What it does*, *Why it matters* and *What must not be flagged*; a test holds
//! it to that, and each entry here to one rule of kind `computed` in a pack.

mod amount_words_figures_mismatch;
mod blank_unfilled;
mod breach_liability_missing;
mod chinese_not_prevailing;
mod clause_missing;
mod confidentiality_missing;
mod continuity_missing;
mod dispute_clause_missing;
mod dual_forum;
mod filing_exempt;
mod forum_name_inexact;
mod forum_option_unselected;
mod forum_outside_district;
mod free_of_charge;
mod government_as_guarantor;
mod key_regulated;
mod liability_imbalance;
mod not_a_government_contract;
mod not_in_chinese;
mod party_particulars_incomplete;
mod performing_party_differs;
mod price_terms_incomplete;
mod quality_terms_missing;
mod renewal;
mod renewal_notice_short;
mod secret_marked;
mod signature_incomplete;
mod subject_vague;
mod term_over_five_years;
mod title_substance_mismatch;
mod unilateral_right_missing;
mod vague_title;

use super::check::Check;
use super::kinds::{Compiled, Parameters};

/// A rule that computes.
pub struct Computed {
    /// Slug of the rule; the file has the same name.
    pub slug: &'static str,
    /// The variants that it answers with, each with the placeholders that it fills.
    pub variants: &'static [(&'static str, &'static [&'static str])],
    /// Compiles it with what the pack says.
    pub compile: fn(Parameters<'_>) -> Result<Box<dyn Check>, String>,
}

/// All of them, in the order of their names.
pub const REGISTRY: &[&Computed] = &[
    &amount_words_figures_mismatch::RULE,
    &blank_unfilled::RULE,
    &breach_liability_missing::RULE,
    &chinese_not_prevailing::RULE,
    &clause_missing::RULE,
    &confidentiality_missing::RULE,
    &continuity_missing::RULE,
    &dispute_clause_missing::RULE,
    &dual_forum::RULE,
    &filing_exempt::RULE,
    &forum_name_inexact::RULE,
    &forum_option_unselected::RULE,
    &forum_outside_district::RULE,
    &free_of_charge::RULE,
    &government_as_guarantor::RULE,
    &key_regulated::RULE,
    &liability_imbalance::RULE,
    &not_a_government_contract::RULE,
    &not_in_chinese::RULE,
    &party_particulars_incomplete::RULE,
    &performing_party_differs::RULE,
    &price_terms_incomplete::RULE,
    &quality_terms_missing::RULE,
    &renewal_notice_short::RULE,
    &secret_marked::RULE,
    &signature_incomplete::RULE,
    &subject_vague::RULE,
    &term_over_five_years::RULE,
    &title_substance_mismatch::RULE,
    &unilateral_right_missing::RULE,
    &vague_title::RULE,
];

/// Compiles the rule of that slug.
pub fn compile(slug: &str, parameters: Parameters<'_>) -> Result<Compiled, String> {
    let rule = REGISTRY
        .iter()
        .find(|rule| rule.slug == slug)
        .ok_or_else(|| "程序中没有同名的计算规则（kind 应为 present 或 absent？）".to_owned())?;
    Ok(Compiled {
        check: (rule.compile)(parameters)?,
        variants: rule.variants.iter().map(|(name, slots)| ((*name).to_owned(), *slots)).collect(),
    })
}
