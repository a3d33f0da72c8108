//! Rules that no pack can put into words: one file each, and the list of them.
//!
//! Each file opens with *What it does*, *Why it matters* and *What must not be flagged*; a test holds
//! it to that, and each entry here to one rule of kind `computed` in a pack.

mod amount_words_figures_mismatch;
mod amount_words_malformed;
mod attachment_missing;
mod blank_unfilled;
mod clause_number_gap;
mod clause_reference_dangling;
mod dates_contradict;
mod deposit_over_twenty_percent;
mod drafting_remains;
mod dual_forum;
mod id_number_invalid;
mod instalments_do_not_sum;
mod lease_over_twenty_years;
mod line_items_do_not_sum;
mod option_unselected;
mod page_missing;
mod party_name_inconsistent;
mod percentages_do_not_sum;
mod renewal;
mod repealed_law_cited;
mod signature_incomplete;
mod state_organ_as_guarantor;
mod term_over_five_years;
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
    &attachment_missing::RULE,
    &blank_unfilled::RULE,
    &clause_number_gap::RULE,
    &clause_reference_dangling::RULE,
    &dates_contradict::RULE,
    &deposit_over_twenty_percent::RULE,
    &drafting_remains::RULE,
    &dual_forum::RULE,
    &id_number_invalid::RULE,
    &instalments_do_not_sum::RULE,
    &lease_over_twenty_years::RULE,
    &line_items_do_not_sum::RULE,
    &option_unselected::RULE,
    &page_missing::RULE,
    &party_name_inconsistent::RULE,
    &percentages_do_not_sum::RULE,
    &repealed_law_cited::RULE,
    &signature_incomplete::RULE,
    &state_organ_as_guarantor::RULE,
    &term_over_five_years::RULE,
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
