//! Rules that no pack can put into words: one file each, and the list of them.
//!
//! Each file opens with *What it does*, *Why it matters* and *What must not be flagged*; a test holds
//! it to that, and each entry here to one rule of kind `computed` in a pack.

mod amount_words_figures_mismatch;
mod blank_unfilled;
mod dual_forum;
mod renewal;
mod signature_incomplete;
mod term_over_five_years;
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
    &dual_forum::RULE,
    &signature_incomplete::RULE,
    &term_over_five_years::RULE,
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
