//! `renewal-notice-short`: renewal may be asked for less than six months before the end, or needs no asking.
//!
//! # What it does
//!
//! Finds clauses on renewal, and in them the time limit for asking (期满前三个月). A renewal by silence is
//! a variant of its own; a contract shorter than a year cannot wait six months and gets a hint only.
//!
//! # Why it matters
//!
//! Procurement and approval take months; a body that learns too late of a renewal is left without the service or
//! bound to the old one.
//!
//! # What must not be flagged
//!
//! Notice to end a contract, 不自动续期, and what is prolonged besides the contract (工期, 保函).

use std::ops::Range;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::{part_around, sentences};
use super::Computed;
use crate::fields::scan::period;
use crate::model::Period;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "renewal-notice-short",
    variants: &[("short", &["notice"]), ("brief", &["notice"]), ("silent", &[])],
    compile,
};

#[derive(Debug)]
struct RenewalNoticeShort {
    words: Words,
    /// The least notice, in months.
    months: u32,
}

fn compile(mut parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let months = parameters.take("months")?;
    let names = ["renewal", "unless", "silent", "silent-unless", "ahead"];
    Ok(Box::new(RenewalNoticeShort { words: Words::new(parameters, &names)?, months }))
}

impl RenewalNoticeShort {
    /// Is a notice shorter than the least? A month counts as thirty days.
    fn too_short(&self, notice: Period) -> bool {
        let days = notice.days + notice.working_days;
        u64::from(notice.total_months()) * 30 + u64::from(days) < u64::from(self.months) * 30
    }

    /// The time limit for asking that a clause on renewal gives.
    fn notice(&self, words: &str) -> Option<(Period, Range<usize>)> {
        let ahead = self.words.get("ahead")?;
        period::scan(words).into_iter().find_map(|found| {
            let before = words.get(..found.range.start)?;
            ahead.is_match(before).then_some((found.period, found.range))
        })
    }

    fn silent(&self, body: &str, sentence: &Range<usize>) -> Option<Range<usize>> {
        let found = self.words.find("silent", &body[sentence.clone()]).next()?;
        let range = sentence.start + found.start()..sentence.start + found.end();
        let part = part_around(body, range.end..range.end);
        (!self.words.say("silent-unless", &body[part])).then_some(range)
    }

    /// Does the contract run for less than a year?
    fn brief(&self, contract: &Contract<'_>) -> bool {
        let Some(term) = contract.sure(&contract.fields().term) else { return false };
        let stated = term.value.duration.map(|d| u64::from(d.total_months()) * 30 + u64::from(d.days));
        let dated = term.value.start.zip(term.value.end).map(|(start, end)| (end - start).get_days());
        stated.is_some_and(|days| days < 360)
            || stated.is_none() && dated.is_some_and(|days| (0..360).contains(&days))
    }
}

impl Check for RenewalNoticeShort {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = &contract.chosen;
        let mut hits = Vec::new();
        for sentence in sentences(body) {
            let words = &body[sentence.clone()];
            let span = |range: Range<usize>| vec![contract.text.span_of_shadow(range)];
            if let Some(range) = self.silent(body, &sentence) {
                hits.push(Sighting::new("silent", span(part_around(body, range))));
                continue;
            }
            if !self.words.say("renewal", words) || self.words.say("unless", words) {
                continue;
            }
            if let Some((_, range)) = self.notice(words).filter(|(notice, _)| self.too_short(*notice)) {
                let variant = if self.brief(contract) { "brief" } else { "short" };
                hits.push(Sighting::new(variant, span(sentence.clone())).with("notice", &words[range]));
            }
        }
        if hits.is_empty() { Verdict::NothingFound } else { Verdict::Hits(hits) }
    }
}
