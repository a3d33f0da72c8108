//! Codes behind their labels: 统一社会信用代码, 身份证号.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::check::{Contract, Sighting, Verdict};
use super::sure::Faults;
use crate::fields::scan::pattern;

/// Number of characters of either code.
const LENGTH: usize = 18;

/// Letters, digits and masks without a gap.
static RUN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[0-9A-Za-z*]{4,8}(?: [0-9A-Za-z*]{4,8}){2,3}|[0-9A-Za-z*]{8,40}"));

/// A code that stands behind its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// Shadow bytes.
    pub range: Range<usize>,
    /// As folded, in capitals.
    pub code: String,
}

/// The codes behind a label, with those in the further columns of its row. Behind `label` up to 16 characters may
/// stand that are neither letter nor digit.
pub fn behind(body: &str, label: &Regex) -> Vec<Code> {
    let mut found: Vec<Code> = Vec::new();
    for label in label.find_iter(body) {
        let mut from = label.end();
        let mut reach = 16;
        while let Some(range) = next(body, from, reach) {
            if found.last().is_none_or(|last| last.range.end <= range.start) {
                let code = body.get(range.clone()).unwrap_or_default().replace(' ', "").to_ascii_uppercase();
                found.push(Code { range: range.clone(), code });
            }
            (from, reach) = (range.end, if body[range.end..].starts_with(['\t', ' ']) { 2 } else { 0 });
        }
    }
    found
}

/// The next code within `reach` characters on the same line.
fn next(body: &str, from: usize, reach: usize) -> Option<Range<usize>> {
    let rest = body.get(from..)?;
    let gap: usize = rest
        .chars()
        .take(reach)
        .take_while(|c| !c.is_ascii_alphanumeric() && !matches!(c, '*' | '\n'))
        .map(char::len_utf8)
        .sum();
    let found = RUN.find(rest.get(gap..)?.split('\n').next()?)?;
    (found.start() == 0).then(|| from + gap..from + gap + found.end())
}

/// Was a part of it hidden on purpose (440301********1234), or is it a slot (XXXXXXXX)?
pub fn is_masked(code: &str) -> bool {
    code.contains('*') || code.contains("XXX")
}

/// How codes are judged.
pub struct Standard {
    /// What the code is called: 统一社会信用代码.
    pub name: &'static str,
    /// Codes that the standard does not speak of.
    pub spared: fn(&str) -> bool,
    /// Does the check character hold?
    pub valid: fn(&str) -> bool,
    /// Can the parts of the code be what they stand for? A day of birth has to exist.
    pub plausible: fn(&str) -> bool,
    /// The check character for the first 17 characters; `None` where one of them cannot stand in such a code.
    pub check: fn(&[u8]) -> Option<u8>,
}

/// The names of the variants, with what each fills.
pub const VARIANTS: &[(&str, &[&str])] =
    &[("length", &["code", "length"]), ("character", &["code"]), ("check", &["code", "expected", "written"])];

/// Judges every code behind a label.
pub fn judge(contract: &Contract<'_>, label: &Regex, standard: &Standard) -> Verdict {
    let body = contract.text.folded_body();
    let codes = behind(body, label);
    if codes.is_empty() {
        return Verdict::NotApplicable(format!("文中未见{}", standard.name));
    }
    let mut faults = Faults::default();
    for Code { range, code } in codes.iter().filter(|c| !is_masked(&c.code) && !(standard.spared)(&c.code)) {
        let span = contract.text.span_of_shadow(range.clone());
        if let Some(fault) = fault(code, standard) {
            let sighting = Sighting { evidence: vec![span], ..fault };
            faults.add(contract.text, std::slice::from_ref(range), sighting);
        }
    }
    faults.verdict(standard.name)
}

/// What is wrong with a code.
fn fault(code: &str, standard: &Standard) -> Option<Sighting> {
    let said = |variant| Sighting::new(variant, Vec::new()).with("code", code);
    if code.len() != LENGTH {
        return Some(said("length").with("length", code.len()));
    }
    if (standard.valid)(code) {
        return (!(standard.plausible)(code)).then(|| said("date"));
    }
    let (written, body) = code.as_bytes().split_last()?;
    match (standard.check)(body) {
        None => Some(said("character")),
        Some(expected) => {
            Some(said("check").with("expected", char::from(expected)).with("written", char::from(*written)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_behind_their_label_or_in_its_row() {
        let label = pattern("代码");
        for (body, count) in [
            ("代码:11440303K3172850XP\n地址", 1),
            ("代码\t12440303455762183U\t91440300MA5GE4P66E\n", 2),
            ("代码(以执照为准):11440303K3172850XP,账号44250100018600002317", 1),
            ("代码:\n11440303K3172850XP", 0),
            ("代码见附件,电话0755-25531076", 0),
        ] {
            assert_eq!(behind(body, &label).len(), count, "{body}");
        }
    }

    #[test]
    fn masks_are_no_codes() {
        assert!(is_masked("440301********1234") && is_masked("4403XXXXXXXX1234XX"));
        assert!(!is_masked("11440303K3172850XP"));
    }
}
