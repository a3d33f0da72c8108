//! `not-in-chinese`: the body of the contract is in another language.
//!
//! # What it does
//!
//! Counts lines of running text in Chinese and in another language.
//!
//! # Why it matters
//!
//! The regulation wants a Chinese text; without one nobody in the department can answer for what it signs.
//!
//! # What must not be flagged
//!
//! Bilingual contracts, and a Chinese contract with an attachment or terms in another language.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::scripts::scripts;
use super::Computed;

/// The rule.
pub const RULE: Computed =
    Computed { slug: "not-in-chinese", variants: &[("foreign", &["foreign", "chinese"])], compile };

#[derive(Debug)]
struct NotInChinese {
    /// From this many foreign lines to one Chinese line on.
    ratio: usize,
    /// Fewer foreign lines than this are no body of a contract.
    lines: usize,
}

fn compile(mut parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(NotInChinese { ratio: parameters.take("ratio")?, lines: parameters.take("lines")? }))
}

impl Check for NotInChinese {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = contract.text.content.get(..contract.text.body_end).unwrap_or_default();
        let found = scripts(body);
        let alone = found.chinese == 0 && found.foreign > 1;
        if found.foreign < self.lines && !alone
            || found.foreign < self.ratio * found.chinese
            || contract.unread().is_some()
        {
            return Verdict::NothingFound;
        }
        let sighting = Sighting::new("foreign", Vec::new());
        Verdict::hit(sighting.with("foreign", found.foreign).with("chinese", found.chinese))
    }
}
