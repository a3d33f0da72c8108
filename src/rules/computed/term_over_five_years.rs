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
use crate::fields::scan::{numeral, period};
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
    /// A renewal that needs no new agreement; the expression takes in how long it is.
    renewal: Vec<String>,
    /// A renewal that goes on and on.
    endless: Vec<String>,
    /// Years set side by side: 1+1+1.
    options: Vec<String>,
    /// What takes a renewal back, or is renewed besides the contract.
    unless: Vec<String>,
}

#[derive(Debug)]
struct TermOverLimit {
    months: u32,
    open: Option<Regex>,
    renewal: Option<Regex>,
    endless: Option<Regex>,
    options: Option<Regex>,
    unless: Option<Regex>,
}

/// How the contract goes on by itself.
struct Renewal {
    span: Span,
    /// All of it, in months; `None` where it has no bound.
    months: Option<u32>,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(TermOverLimit {
        months: settings.months,
        open: lexicon.compile(&settings.open)?,
        renewal: lexicon.compile(&settings.renewal)?,
        endless: lexicon.compile(&settings.endless)?,
        options: lexicon.compile(&settings.options)?,
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

    /// How the contract goes on by itself after its term, if it does.
    fn renewal(&self, contract: &Contract<'_>) -> Option<Renewal> {
        let body = &contract.chosen;
        let regex = self.renewal.as_ref()?;
        sentences(body).find_map(|sentence| {
            let found = regex.find(&body[sentence.clone()])?;
            let range = sentence.start + found.start()..sentence.start + found.end();
            if says(&self.unless, &body[part_around(body, range.clone())]) {
                return None;
            }
            let endless = says(&self.endless, &body[sentence]);
            let length = period::scan(found.as_str()).first().map(|length| length.period.total_months());
            Some(Renewal {
                months: length.filter(|months| *months > 0 && !endless),
                span: contract.text.span_of_shadow(range),
            })
        })
    }

    /// Years that are set side by side (1+1+1): the whole chain in months.
    fn options(&self, contract: &Contract<'_>) -> Option<Renewal> {
        let body = &contract.chosen;
        let found = self.options.as_ref()?.find(body)?;
        let years: u64 = found.as_str().split(['+', '加', '年']).filter_map(numeral::integer).sum();
        let months = u32::try_from(years.saturating_mul(12)).ok();
        Some(Renewal { span: contract.text.span_of_shadow(found.range()), months })
    }

    /// Does the term become too long with what renews by itself?
    fn renewed_over(&self, term: &Term, renewal: &Renewal) -> bool {
        let Some(more) = renewal.months else { return true };
        stated_months(term).is_some_and(|months| months.saturating_add(more) > self.months)
    }
}

fn says(regex: &Option<Regex>, words: &str) -> bool {
    regex.as_ref().is_some_and(|regex| regex.is_match(words))
}

/// The length of the term in whole months, a begun one counted; `None` where it is not stated.
fn stated_months(term: &Term) -> Option<u32> {
    let stated = term.duration.map(Period::total_months).filter(|months| *months > 0);
    stated.or_else(|| {
        let (start, end) = term.start.zip(term.end)?;
        let months = (i32::from(end.year()) - i32::from(start.year())) * 12 + i32::from(end.month())
            - i32::from(start.month())
            + i32::from(end.day() > start.day());
        u32::try_from(months).ok()
    })
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
        if says(&self.open, &term.value.text) {
            return Verdict::hit(sighting("open"));
        }
        let chain =
            self.options(contract).filter(|chain| chain.months.is_none_or(|months| months > self.months));
        let renewal = self.renewal(contract).filter(|renewal| self.renewed_over(&term.value, renewal));
        match chain.or(renewal) {
            Some(Renewal { span, .. }) => {
                let mut sighting = sighting("renewed").with("renewal", &span.quote);
                sighting.evidence.push(span);
                Verdict::hit(sighting)
            }
            None => Verdict::NothingFound,
        }
    }
}
