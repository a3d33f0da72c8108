//! `id-number-invalid`: an identity number (公民身份号码) that cannot be one.
//!
//! # What it does
//!
//! Looks at every number behind its label: 18 characters, digits but for the last, and the check character that
//! GB 11643—1999 makes of the first 17.
//!
//! # Why it matters
//!
//! A natural person is told from others of the same name by this number alone; a wrong one binds nobody who can be
//! found.
//!
//! # What must not be flagged
//!
//! Numbers that were masked on purpose; the old number of 15 digits; passports and permits, which other words announce; a number
//! read off an image of which some character is not sure, where the rule cannot tell.

use crate::fields::scan::Regex;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::check::{Check, Contract, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::codes::{self, Standard};
use super::Computed;
use crate::fields::scan::code::{id_check, id_is_valid, uscc_is_valid};

/// The rule.
pub const RULE: Computed = Computed { slug: "id-number-invalid", variants: VARIANTS, compile };

/// Those of every code, and the day that does not exist.
const VARIANTS: &[(&str, &[&str])] = &[
    ("length", &["code", "length"]),
    ("character", &["code"]),
    ("check", &["code", "expected", "written"]),
    ("date", &["code"]),
];

/// GB 11643—1999.
const STANDARD: Standard = Standard {
    name: "公民身份号码",
    spared: is_other,
    valid: id_is_valid,
    plausible: is_born,
    check: id_check,
};

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// The words before a number.
    label: Vec<String>,
}

#[derive(Debug)]
struct IdNumberInvalid {
    label: Regex,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(IdNumberInvalid { label: lexicon.compile(&settings.label)?.ok_or("with.label 为空")? }))
}

/// Does the day of birth, the seventh to the fourteenth digit, exist?
fn is_born(code: &str) -> bool {
    let part = |range: std::ops::Range<usize>| code.get(range).and_then(|digits| digits.parse::<i16>().ok());
    let small = |value: i16| i8::try_from(value).ok();
    let day = || Date::new(part(6..10)?, small(part(10..12)?)?, small(part(12..14)?)?).ok();
    day().is_some()
}

/// Another number in the same place: a passport or permit, the old identity number, an organisation's code.
fn is_other(code: &str) -> bool {
    let digits = code.bytes().all(|b| b.is_ascii_digit());
    code.len() < 14 || code.len() == 15 && digits || uscc_is_valid(code)
}

impl Check for IdNumberInvalid {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        codes::judge(contract, &self.label, &STANDARD)
    }
}
