//! `term-over-five-years`: the term is longer than the regulation allows without approval.
//!
//! # What it does
//!
//! Takes the term as the field reads it, and what clauses on a term state besides, by duration or by first and last day, and adds
//! what renews by itself or by option (自动顺延, 1+1+1, 可续签两次每次两年). A term that begins with the signing is reckoned from the signing
//! date. An open term counts as too long.
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

use crate::fields::scan::Regex;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::{part_around, says, sentences};
use super::Computed;
use super::renewal::{self, Length, Renewal, Renewals};
use super::stated_term::{self, StatedTerm};
use crate::model::fields::{AbsentReason, Term};
use crate::model::{Period, Span, Value};

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
    /// A term without an end, in the wording of the term.
    open: Vec<String>,
    /// A whole statement that the contract has no end.
    open_clause: Vec<String>,
    /// Headings under which the wording of an open term alone is such a statement.
    term_heading: Vec<String>,
    /// What else may be without an end: secrecy, licences, labour contracts.
    open_unless: Vec<String>,
    /// A last day in the same sentence, whatever may end the contract before.
    #[serde(default)]
    bounded: Vec<String>,
    /// A first day that depends on something other than the signing.
    later_start: Vec<String>,
    /// How the contract goes on.
    renewals: renewal::Settings,
    /// What is a term of the contract, and what is not.
    stated: stated_term::Settings,
}

#[derive(Debug)]
struct TermOverLimit {
    months: u32,
    open: Option<Regex>,
    open_clause: Option<Regex>,
    term_heading: Option<Regex>,
    open_unless: Option<Regex>,
    bounded: Option<Regex>,
    later_start: Option<Regex>,
    renewals: Renewals,
    stated: StatedTerm,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(TermOverLimit {
        months: settings.months,
        open: lexicon.compile(&settings.open)?,
        open_clause: lexicon.compile(&settings.open_clause)?,
        term_heading: lexicon.compile(&settings.term_heading)?,
        open_unless: lexicon.compile(&settings.open_unless)?,
        bounded: lexicon.compile(&settings.bounded)?,
        later_start: lexicon.compile(&settings.later_start)?,
        renewals: Renewals::new(&settings.renewals, lexicon)?,
        stated: StatedTerm::new(&settings.stated, lexicon)?,
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

    /// A clause on the term that states more than the limit.
    fn stated_over(&self, contract: &Contract<'_>) -> Option<Verdict> {
        let length = |period| self.duration_over(period);
        let span = self.stated.find(contract, length, |start, end| self.dates_over(start, end))?;
        let words = span.quote.trim().to_owned();
        Some(Verdict::hit(Sighting::new("over", vec![span]).with("term", words)))
    }

    /// Years set side by side (3+3) that are too many, where the contract states no term besides.
    fn chain(&self, contract: &Contract<'_>) -> Option<Span> {
        let chain = self.renewals.chain(contract)?;
        matches!(chain.length, Length::Whole(months) if months > self.months).then_some(chain.span)
    }

    /// The statement that the contract has no end, if there is one.
    fn open_statement(&self, contract: &Contract<'_>) -> Option<Span> {
        self.open_in(contract, |_| self.open_clause.as_ref())
    }

    /// Words of an open term under a heading that names the term.
    fn open_under_heading(&self, contract: &Contract<'_>) -> Option<Span> {
        self.open_in(contract, |at| self.open.as_ref().filter(|_| self.under_term(contract, at)))
    }

    /// The first sentence that the expression for its place matches, unless something else is without an end there.
    fn open_in<'s>(
        &self,
        contract: &Contract<'_>,
        wanted: impl Fn(usize) -> Option<&'s Regex>,
    ) -> Option<Span> {
        let body = &contract.chosen;
        sentences(body).find_map(|sentence| {
            let words = &body[sentence.clone()];
            let found = wanted(sentence.start)?.find(words).filter(|_| !says(&self.bounded, words))?;
            let range = sentence.start + found.start()..sentence.start + found.end();
            let part = part_around(body, range.clone());
            let other = says(&self.open_unless, &body[part.clone()]);
            (!other)
                .then(|| contract.text.span_of_shadow(part.start.min(range.start)..part.end.max(range.end)))
        })
    }

    /// Does a place stand under a heading that names the term?
    fn under_term(&self, contract: &Contract<'_>, at: usize) -> bool {
        let heading = contract.text.article_at(at).and_then(|article| article.heading.as_deref());
        heading.is_some_and(|heading| says(&self.term_heading, heading) && !says(&self.open_unless, heading))
    }

    /// A term of which the last day alone is stated, reckoned from the signing: the answer, if that decides.
    fn since_signing(&self, contract: &Contract<'_>, term: &Value<Term>) -> Option<Verdict> {
        let (None, Some(end), None) = (term.value.start, term.value.end, term.value.duration) else {
            return None;
        };
        let Some(signed) = contract.sure(&contract.fields().sign_date) else {
            let reason = "只载明届满日，未见起算日和签订日期，期限长短算不出来";
            return Some(Verdict::cannot_tell(reason, term.evidence.clone()));
        };
        if !self.dates_over(signed.value, end) {
            return None;
        }
        if says(&self.later_start, &term.value.text) {
            let reason = "起算日未载明，期限长短算不出来";
            return Some(Verdict::cannot_tell(reason, term.evidence.clone()));
        }
        let mut sighting = sighting("over", term);
        sighting.evidence.extend(signed.evidence.iter().cloned());
        Some(Verdict::hit(sighting))
    }

    /// What goes on beyond the limit, or may.
    fn renewed(&self, contract: &Contract<'_>, stated: Option<u32>, term: &Sighting) -> Verdict {
        for Renewal { span, length } in self.renewals.find(contract) {
            let whole = match length {
                Length::Endless => None,
                Length::Whole(months) => Some(months),
                Length::Months(more) => Some(stated.map_or(0, |months| months.saturating_add(more))),
                Length::Unstated => {
                    return Verdict::cannot_tell("续签的次数未写明，连同续签可能超过五年", vec![span]);
                }
                Length::Times(times) => {
                    let whole = stated.unwrap_or(0).saturating_mul(times.saturating_add(1));
                    if whole > self.months {
                        return Verdict::cannot_tell("续签的期限未写明，连同续签可能超过五年", vec![span]);
                    }
                    Some(whole)
                }
            };
            if whole.is_none_or(|months| months > self.months) {
                let mut sighting = term.clone().with("renewal", &span.quote);
                sighting.evidence.push(span);
                return Verdict::hit(sighting);
            }
        }
        Verdict::NothingFound
    }

    /// A term that a clause states and what renews it, where no term was read: 先签三年，可连签两回，每回两年.
    fn stated_renewed(&self, contract: &Contract<'_>) -> Option<Verdict> {
        let (period, span) = self.stated.first(contract)?;
        let words = span.quote.trim().to_owned();
        let term = Sighting::new("renewed", vec![span]).with("term", words);
        let verdict = self.renewed(contract, Some(period.total_months()), &term);
        (verdict != Verdict::NothingFound).then_some(verdict)
    }

    /// The answer where no term was read.
    fn without_term(&self, contract: &Contract<'_>) -> Verdict {
        if let Some(span) = self.open_statement(contract).or_else(|| self.open_under_heading(contract)) {
            return open(span);
        }
        if let Some(span) = self.chain(contract) {
            let words = span.quote.clone();
            return Verdict::hit(Sighting::new("over", vec![span]).with("term", words));
        }
        if let Some(verdict) = self.stated_over(contract) {
            return verdict;
        }
        if let Some(verdict) = self.stated_renewed(contract) {
            return verdict;
        }
        match reason(contract) {
            Some((AbsentReason::Blank, evidence)) => Verdict::cannot_tell("合同期限尚未填写", evidence),
            Some((AbsentReason::Conflicting, evidence)) => Verdict::cannot_tell("合同期限前后不一", evidence),
            _ if contract
                .fields()
                .term
                .as_ref()
                .is_some_and(|term| !self.stated.is_other(contract, term)) =>
            {
                Verdict::cannot_tell("合同期限未能读准", Vec::new())
            }
            _ => Verdict::NotApplicable("文中未见可以计算的合同期限".to_owned()),
        }
    }
}

/// A hit on the term as it is worded.
fn sighting(variant: &str, term: &Value<Term>) -> Sighting {
    let words = term.raw.as_deref().unwrap_or(&term.value.text).trim();
    Sighting::new(variant, term.evidence.clone()).with("term", words)
}

/// A contract that says itself that it has no end.
fn open(span: Span) -> Verdict {
    let words = span.quote.clone();
    Verdict::hit(Sighting::new("open", vec![span]).with("term", words))
}

/// Why there is no term.
fn reason(contract: &Contract<'_>) -> Option<(AbsentReason, Vec<Span>)> {
    let absent = contract.extracted.absent.iter().find(|absent| absent.field == "term")?;
    Some((absent.reason, absent.evidence.clone()))
}

impl Check for TermOverLimit {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let read =
            contract.sure(&contract.fields().term).filter(|term| !self.stated.is_other(contract, term));
        let Some(term) = read else { return self.without_term(contract) };
        if self.over(&term.value) {
            return Verdict::hit(sighting("over", term));
        }
        if let Some(verdict) = self.stated_over(contract) {
            return verdict;
        }
        if says(&self.open, &term.value.text) {
            return Verdict::hit(sighting("open", term));
        }
        let bounded = term.value.end.is_some() || term.value.duration.is_some();
        let under_heading = || (!bounded).then(|| self.open_under_heading(contract)).flatten();
        if let Some(span) = self.open_statement(contract).or_else(under_heading) {
            return open(span);
        }
        let renewed = || self.renewed(contract, stated_term::months(&term.value), &sighting("renewed", term));
        self.since_signing(contract, term).unwrap_or_else(renewed)
    }
}
