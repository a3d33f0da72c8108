//! `secret-marked`: the file bears a mark of state secrecy.
//!
//! # What it does
//!
//! Looks for 绝密, 机密, 秘密 with a star or behind 密级, or alone on a line, in the body, headers and footers.
//!
//! # Why it matters
//!
//! A state secret must not lie in a system that is not approved for it; the person has to stop and report.
//!
//! # What must not be flagged
//!
//! 商业秘密, 保守秘密 and other words of a clause on secrecy; a tender's 保密 stamp; 密级：无.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::Computed;

/// The rule.
pub const RULE: Computed = Computed { slug: "secret-marked", variants: &[("marked", &["mark"])], compile };

#[derive(Debug)]
struct SecretMarked(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(SecretMarked(Words::new(parameters, &["mark"])?)))
}

impl Check for SecretMarked {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let text = contract.text;
        let found = self.0.find("mark", text.folded()).next();
        match found {
            Some(mark) => {
                let span = text.span_of_shadow(mark.range());
                let sighting = Sighting::new("marked", vec![span.clone()]).with("mark", span.quote.trim());
                Verdict::hit(sighting)
            }
            None => Verdict::NothingFound,
        }
    }
}
