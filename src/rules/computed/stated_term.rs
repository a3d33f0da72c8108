//! What clauses state as the contract's term, read for the rule alone: 管养年限自竣工之日起算十年, 租给乙方使用二十年, the stages of
//! a table under 合同期限. Many things beside a contract last for years (质保期, 设计使用年限, 保密期); the subject tells them apart.

use std::ops::Range;

use crate::fields::scan::Regex;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::check::Contract;
use super::super::pack::Lexicon;
use super::super::reading::bounds::{self, Bounds};
use super::super::reading::{part_around, says, sentence_around, sentences};
use crate::fields::scan::{date, period};
use crate::model::fields::Term;
use crate::model::{Period, Span, Value};

/// What the pack says of terms.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// What stands right before the length of a contract's own term.
    own: Vec<String>,
    /// What stands right before a length under a heading that names the term.
    under_heading: Vec<String>,
    /// Headings that name the term of the contract.
    heading: Vec<String>,
    /// What stands right behind a length that is the contract's term: 十二年的特许经营权.
    behind: Vec<String>,
    /// What else lasts for years.
    other: Vec<String>,
}

/// Finds terms that are stated.
#[derive(Debug)]
pub struct StatedTerm {
    own: Option<Regex>,
    under_heading: Option<Regex>,
    heading: Option<Regex>,
    behind: Option<Regex>,
    other: Option<Regex>,
}

/// Between the first and the last day of a term.
const BOUNDS: [char; 7] = ['至', '到', '止', '迄', '-', '—', '~'];

impl StatedTerm {
    /// Compiles what the pack says.
    pub fn new(settings: &Settings, lexicon: &Lexicon) -> Result<Self, String> {
        Ok(Self {
            own: lexicon.compile(&settings.own)?,
            under_heading: lexicon.compile(&settings.under_heading)?,
            heading: lexicon.compile(&settings.heading)?,
            behind: lexicon.compile(&settings.behind)?,
            other: lexicon.compile(&settings.other)?,
        })
    }

    /// Is a term that was read the life of something else: 设计使用年限十五年?
    pub fn is_other(&self, contract: &Contract<'_>, term: &Value<Term>) -> bool {
        let mut parts = term.evidence.iter().map(|span| {
            let row = row_before(contract.text.folded_body(), contract.shadow_of_span(span).start);
            // In a table the cell before says what lasts: 房屋剩余使用年限 | 28年.
            says(&self.other, contract.part_of(span)) || row.ends_with('\t') && says(&self.other, row)
        });
        !term.evidence.is_empty() && parts.all(|other| other)
    }

    /// The first statement of a term that is too long, by its duration or by its first and last day.
    pub fn find(
        &self,
        contract: &Contract<'_>,
        too_long: impl Fn(Period) -> bool,
        too_late: impl Fn(Date, Date) -> bool,
    ) -> Option<Span> {
        let body = &contract.chosen;
        let sentence = sentences(body).find_map(|sentence| {
            let by_length = || Some(self.length(contract, body, &sentence, &too_long)?.1);
            by_length().or_else(|| self.days(contract, body, &sentence, &too_late))
        });
        let labelled = || {
            let bounds = bounds::labelled(body);
            let late = |bounds: &&Bounds| too_late(bounds.first.date, bounds.last.date);
            let own = |bounds: &&Bounds| !says(&self.other, &body[sentence_around(body, bounds.range())]);
            bounds.iter().filter(late).find(own).map(Bounds::range)
        };
        let range = sentence.or_else(labelled).or_else(|| self.stages(contract, body, &too_late))?;
        Some(contract.text.span_of_shadow(range))
    }

    /// The first length that is stated as the contract's own term.
    pub fn first(&self, contract: &Contract<'_>) -> Option<(Period, Span)> {
        let body = &contract.chosen;
        let found = sentences(body).find_map(|sentence| self.length(contract, body, &sentence, |_| true));
        found.map(|(period, range)| (period, contract.text.span_of_shadow(range)))
    }

    fn length(
        &self,
        contract: &Contract<'_>,
        body: &str,
        sentence: &Range<usize>,
        too_long: impl Fn(Period) -> bool,
    ) -> Option<(Period, Range<usize>)> {
        let words = &body[sentence.clone()];
        let found = period::scan(words).into_iter().find(|length| {
            let (before, rest) = (&words[..length.range.start], &words[length.range.end..]);
            too_long(length.period)
                && (self.leads_to_term(contract, sentence.start, before) || self.trails_term(before, rest))
        })?;
        let range = sentence.start + found.range.start..sentence.start + found.range.end;
        let part = part_around(body, range.clone());
        // 为期十五年的设计使用寿命: what lasts may stand behind its length.
        let rest = body.get(range.end..part.end).unwrap_or_default();
        (!says(&self.other, rest)).then_some((found.period, part))
    }

    /// Is what is granted for a length named behind it?
    fn trails_term(&self, before: &str, rest: &str) -> bool {
        says(&self.behind, rest) && !says(&self.other, last_parts(before))
    }

    /// Do the words before a length or a day make it the contract's term?
    fn leads_to_term(&self, contract: &Contract<'_>, at: usize, before: &str) -> bool {
        let own = says(&self.own, before);
        let headed = || {
            says(&self.under_heading, before)
                && self.is_under_heading(contract, at)
                && !says(&self.other, row_before(&contract.chosen, at))
        };
        (own || headed()) && !says(&self.other, last_parts(before))
    }

    fn is_under_heading(&self, contract: &Contract<'_>, at: usize) -> bool {
        let heading = contract.text.article_at(at).and_then(|article| article.heading.as_deref());
        heading.is_some_and(|heading| says(&self.heading, heading) && !says(&self.other, heading))
    }

    /// Two days that bound the term: 合作期限自2022年4月1日至2030年12月31日.
    fn days(
        &self,
        contract: &Contract<'_>,
        body: &str,
        sentence: &Range<usize>,
        too_late: impl Fn(Date, Date) -> bool,
    ) -> Option<Range<usize>> {
        let words = &body[sentence.clone()];
        // Days are read only where something may bound them.
        if !words.contains(BOUNDS) {
            return None;
        }
        let days = date::scan(words);
        let pair = days.windows(2).find_map(|pair| match pair {
            [from, to] if too_late(from.date, to.date) => Some(from.range.start..to.range.end),
            _ => None,
        })?;
        let before = words.get(..pair.start)?;
        let bounds = words.get(pair.clone()).is_some_and(|between| between.contains(BOUNDS));
        let headed = || self.is_under_heading(contract, sentence.start) && !says(&self.other, before);
        let own = || says(&self.own, before) && !says(&self.other, last_parts(before));
        (bounds && (own() || headed())).then_some(sentence.start + pair.start..sentence.start + pair.end)
    }

    /// The first and the last day of the stages that an article on the term lays down, row by row.
    fn stages(
        &self,
        contract: &Contract<'_>,
        body: &str,
        too_late: impl Fn(Date, Date) -> bool,
    ) -> Option<Range<usize>> {
        let mut rows: Vec<(Range<usize>, Date, Date)> = Vec::new();
        let mut start = 0;
        for line in body.split('\n') {
            // The heading first: most lines stand under another.
            if self.is_under_heading(contract, start)
                && let [from, to] = date::scan(line).as_slice()
                && !says(&self.other, line)
            {
                rows.push((start + from.range.start..start + to.range.end, from.date, to.date));
            }
            start += line.len() + 1;
        }
        let ((first, from, _), (last, _, to)) = (rows.first()?, rows.last()?);
        too_late(*from, *to).then_some(first.start..last.end)
    }
}

/// The line before a place, up to it.
fn row_before(body: &str, at: usize) -> &str {
    body.get(..at).and_then(|lead| lead.rsplit('\n').next()).unwrap_or_default()
}

/// The last two parts before a length, between commas: its subject, and what the subject is of.
fn last_parts(before: &str) -> &str {
    let start = before.char_indices().rev().filter(|(_, c)| [',', ':'].contains(c)).nth(1);
    start.map_or(before, |(at, c)| &before[at + c.len_utf8()..])
}

/// The length of the term in whole months, a begun one counted; `None` where it is not stated.
pub fn months(term: &Term) -> Option<u32> {
    let stated = term.duration.map(Period::total_months).filter(|months| *months > 0);
    stated.or_else(|| {
        let (start, end) = term.start.zip(term.end)?;
        let months = (i32::from(end.year()) - i32::from(start.year())) * 12 + i32::from(end.month())
            - i32::from(start.month())
            + i32::from(end.day() > start.day());
        u32::try_from(months).ok()
    })
}
