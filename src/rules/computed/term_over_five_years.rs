//! `term-over-five-years`: the term is longer than the regulation allows without approval.
//!
//! # What it does
//!
//! Takes the term as the contract states it, by duration or by first and last day, and adds what renews by itself
//! or by option (自动顺延, 1+1+1). An open term counts as too long.
//!
//! # Why it matters
//!
//! A term of more than five years needs the signature of the leader in charge before the contract is signed;
//! without it the department answers for the years beyond.
//!
//! # What must not be flagged
//!
//! Warranty (质保期), service life (使用寿命) and the duty of secrecy (保密期), which are no terms; a term that ends on
//! the same calendar day five years later, or 60 months; a renewal that has to be agreed anew.

use jiff::ToSpan;
use jiff::civil::Date;
use regex::Regex;
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::{part_around, sentences};
use super::Computed;
use crate::model::fields::{AbsentReason, Term};
use crate::model::{Period, Span};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "term-over-five-years",
    variants: &[("over", &["term"]), ("open", &["term"]), ("renewed", &["term", "renewal"])],
    compile,
};

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// The longest term, in months.
    months: u32,
    /// A term without an end.
    open: Vec<String>,
    /// A renewal that needs no new agreement.
    renewal: Vec<String>,
    /// What takes a renewal back.
    unless: Vec<String>,
}

#[derive(Debug)]
struct TermOverLimit {
    months: u32,
    open: Option<Regex>,
    renewal: Option<Regex>,
    unless: Option<Regex>,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(TermOverLimit {
        months: settings.months,
        open: lexicon.compile(&settings.open)?,
        renewal: lexicon.compile(&settings.renewal)?,
        unless: lexicon.compile(&settings.unless)?,
    }))
}

impl TermOverLimit {
    /// Is the stated duration longer than the limit? Days count as the shortest calendar gives them.
    fn duration_over(&self, period: Period) -> bool {
        let months = period.total_months();
        let days = period.days.saturating_add(period.working_days);
        months > self.months
            || months == self.months && days > 0
            || u64::from(days) > u64::from(self.months) * 366 / 12
    }

    /// Does the term end later than the same calendar day after the limit?
    fn dates_over(&self, start: Date, end: Date) -> bool {
        start.checked_add(i64::from(self.months).months()).is_ok_and(|limit| end > limit)
    }

    fn over(&self, term: &Term) -> bool {
        term.duration.is_some_and(|period| self.duration_over(period))
            || term.start.zip(term.end).is_some_and(|(start, end)| self.dates_over(start, end))
    }

    /// The sentence in which the contract renews itself without bound.
    fn renewal(&self, contract: &Contract<'_>) -> Option<Span> {
        let body = &contract.chosen;
        let regex = self.renewal.as_ref()?;
        sentences(body).find_map(|sentence| {
            let found = regex.find(&body[sentence.clone()])?;
            let range = sentence.start + found.start()..sentence.start + found.end();
            let part = &body[part_around(body, range.clone())];
            let taken_back = self.unless.as_ref().is_some_and(|unless| unless.is_match(part));
            (!taken_back).then(|| contract.text.span_of_shadow(range))
        })
    }
}

/// Why there is no term.
fn reason(contract: &Contract<'_>) -> Option<(AbsentReason, Vec<Span>)> {
    let absent = contract.extracted.absent.iter().find(|absent| absent.field == "term")?;
    Some((absent.reason, absent.evidence.clone()))
}

impl Check for TermOverLimit {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let Some(term) = contract.sure(&contract.fields().term) else {
            return match reason(contract) {
                Some((AbsentReason::Blank, evidence)) => Verdict::cannot_tell("合同期限尚未填写", evidence),
                Some((AbsentReason::Conflicting, evidence)) => {
                    Verdict::cannot_tell("合同期限前后不一", evidence)
                }
                Some((AbsentReason::UnreadablePage, evidence)) => {
                    Verdict::cannot_tell("合同期限可能在未能读出的页上", evidence)
                }
                _ => Verdict::NotApplicable("文中未见合同期限".to_owned()),
            };
        };
        let words = term.raw.as_deref().unwrap_or(&term.value.text).trim().to_owned();
        let sighting = |variant| Sighting::new(variant, term.evidence.clone()).with("term", &words);
        if self.over(&term.value) {
            return Verdict::hit(sighting("over"));
        }
        if self.open.as_ref().is_some_and(|open| open.is_match(&term.value.text)) {
            return Verdict::hit(sighting("open"));
        }
        match self.renewal(contract) {
            Some(span) => {
                let mut sighting = sighting("renewed").with("renewal", &span.quote);
                sighting.evidence.push(span);
                Verdict::hit(sighting)
            }
            None => Verdict::NothingFound,
        }
    }
}
