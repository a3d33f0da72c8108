//! Rules that no pack can put into words: one file each, and the list of them.
//!
//! Each file opens with *What it does*, *Why it matters* and *What must not be flagged*; a test holds
//! it to that, and each entry here to one rule of kind `computed` in a pack.

mod amount_words_figures_mismatch;
mod amount_words_malformed;
mod arbitration_in_administrative_agreement;
mod attachment_missing;
mod blank_unfilled;
mod breach_liability_missing;
mod chinese_not_prevailing;
mod clause_missing;
mod clause_number_gap;
mod clause_reference_dangling;
mod confidentiality_missing;
mod continuity_missing;
mod dates_contradict;
mod deposit_over_twenty_percent;
mod dispute_clause_missing;
mod drafting_remains;
mod dual_forum;
mod energy_saving_below_threshold;
mod exclusive_jurisdiction_ignored;
mod filing_exempt;
mod forum_name_inexact;
mod forum_option_unselected;
mod forum_outside_district;
mod free_of_charge;
mod government_as_guarantor;
mod id_number_invalid;
mod instalments_do_not_sum;
mod key_regulated;
mod lease_over_twenty_years;
mod liability_imbalance;
mod line_items_do_not_sum;
mod not_a_government_contract;
mod not_in_chinese;
mod option_unselected;
mod page_missing;
mod party_name_inconsistent;
mod party_particulars_incomplete;
mod percentages_do_not_sum;
mod performing_party_differs;
mod price_terms_incomplete;
mod quality_terms_missing;
mod renewal;
mod renewal_notice_short;
mod repealed_law_cited;
mod secret_marked;
mod service_purchase_over_three_years;
mod signature_incomplete;
mod small_firm_payment_late;
mod state_organ_as_guarantor;
mod stated_term;
mod subject_vague;
mod supplement_over_ten_percent;
mod term_over_five_years;
mod title_substance_mismatch;
mod unilateral_right_missing;
mod uscc_invalid;
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
    &amount_words_malformed::RULE,
    &arbitration_in_administrative_agreement::RULE,
    &attachment_missing::RULE,
    &blank_unfilled::RULE,
    &breach_liability_missing::RULE,
    &chinese_not_prevailing::RULE,
    &clause_missing::RULE,
    &clause_number_gap::RULE,
    &clause_reference_dangling::RULE,
    &confidentiality_missing::RULE,
    &continuity_missing::RULE,
    &dates_contradict::RULE,
    &deposit_over_twenty_percent::RULE,
    &dispute_clause_missing::RULE,
    &drafting_remains::RULE,
    &dual_forum::RULE,
    &energy_saving_below_threshold::RULE,
    &exclusive_jurisdiction_ignored::RULE,
    &filing_exempt::RULE,
    &forum_name_inexact::RULE,
    &forum_option_unselected::RULE,
    &forum_outside_district::RULE,
    &free_of_charge::RULE,
    &government_as_guarantor::RULE,
    &id_number_invalid::RULE,
    &instalments_do_not_sum::RULE,
    &key_regulated::RULE,
    &lease_over_twenty_years::RULE,
    &liability_imbalance::RULE,
    &line_items_do_not_sum::RULE,
    &not_a_government_contract::RULE,
    &not_in_chinese::RULE,
    &option_unselected::RULE,
    &page_missing::RULE,
    &party_name_inconsistent::RULE,
    &party_particulars_incomplete::RULE,
    &percentages_do_not_sum::RULE,
    &performing_party_differs::RULE,
    &price_terms_incomplete::RULE,
    &quality_terms_missing::RULE,
    &renewal_notice_short::RULE,
    &repealed_law_cited::RULE,
    &secret_marked::RULE,
    &service_purchase_over_three_years::RULE,
    &signature_incomplete::RULE,
    &small_firm_payment_late::RULE,
    &state_organ_as_guarantor::RULE,
    &subject_vague::RULE,
    &supplement_over_ten_percent::RULE,
    &term_over_five_years::RULE,
    &title_substance_mismatch::RULE,
    &unilateral_right_missing::RULE,
    &uscc_invalid::RULE,
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
