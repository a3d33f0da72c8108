//! `uscc-invalid`: a unified social credit code (统一社会信用代码) that cannot be one.
//!
//! # What it does
//!
//! Looks at every code behind its label: 18 characters, none outside the alphabet of GB 32100—2015, and the check
//! character that follows from the first 17.
//!
//! # Why it matters
//!
//! The code is what ties the name on the paper to a registered body. One wrong character, and the party cannot be looked up, nor
//! the invoice matched.
//!
//! # What must not be flagged
//!
//! Masked codes and slots; a person's identity number in the same place; the old registration number of 15 digits; a code
//! read off an image of which some character is not sure, where the rule cannot tell.

use crate::fields::scan::Regex;
use serde::Deserialize;

use super::super::check::{Check, Contract, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::codes::{self, Standard};
use super::Computed;
use crate::fields::scan::code::{id_is_valid, uscc_check, uscc_is_valid};

/// The rule.
pub const RULE: Computed = Computed { slug: "uscc-invalid", variants: codes::VARIANTS, compile };

/// GB 32100—2015.
const STANDARD: Standard = Standard {
    name: "统一社会信用代码",
    spared: is_other,
    valid: uscc_is_valid,
    plausible: |_| true,
    check: uscc_check,
};

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// The words before a code.
    label: Vec<String>,
}

#[derive(Debug)]
struct UsccInvalid {
    label: Regex,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(UsccInvalid { label: lexicon.compile(&settings.label)?.ok_or("with.label 为空")? }))
}

/// Another number in the same place: of a person, of a firm before 2015, too short for any.
fn is_other(code: &str) -> bool {
    let digits = code.bytes().all(|b| b.is_ascii_digit());
    code.len() < 13 || code.len() == 15 && digits || id_is_valid(code)
}

impl Check for UsccInvalid {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        codes::judge(contract, &self.label, &STANDARD)
    }
}
