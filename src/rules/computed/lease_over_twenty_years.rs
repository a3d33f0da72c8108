//! `lease-over-twenty-years`: a lease (租赁) of more than twenty years.
//!
//! # What it does
//!
//! Reads the term of a lease, as stated and from day to day, and holds it against twenty years (民法典第七百零五条).
//!
//! # Why it matters
//!
//! What is beyond twenty years is void: rent paid ahead for it, and works done on the strength of it, rest on nothing.
//!
//! # What must not be flagged
//!
//! Exactly twenty years; the grant of land or of a right of use, which is no lease; the life of a building; options to renew, which
//! begin a new term.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;
use jiff::ToSpan;
use jiff::civil::Date;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::sure::Faults;
use super::super::reading::{bounds, part_around, sentences};
use super::Computed;
use crate::fields::scan::{date, pattern, period};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "lease-over-twenty-years",
    variants: &[("stated", &["term"]), ("dates", &["start", "end"])],
    compile,
};

/// Twenty years, in months.
const LIMIT: u32 = 240;

/// What stands between the first and the last day of a term.
static TO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:起|开始|起算|起租)?(?:计算)?,?(?:至|到|止于|迄|讫|—|–|-|~)+$"));

/// What else runs from day to day in a sentence on a lease: the title to the house, the right to the land.
static TITLE: LazyLock<Regex> = LazyLock::new(|| pattern("产权|登记|证|土地|使用权|建成"));

/// What the pack says.
const NAMES: [&str; 4] = ["term", "lease", "renewed", "other"];

#[derive(Debug)]
struct LeaseOverTwentyYears(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(LeaseOverTwentyYears(Words::new(parameters, &NAMES)?)))
}

/// Is the last day past twenty years from the first?
fn is_over(start: Date, end: Date) -> bool {
    start.checked_add(20.years()).is_ok_and(|limit| end > limit)
}

impl LeaseOverTwentyYears {
    /// Files the terms of a sentence that are too long.
    fn look(&self, contract: &Contract<'_>, sentence: &str, base: usize, faults: &mut Faults) {
        if let Some(range) = self.too_long(sentence) {
            let range = base + range.start..base + range.end;
            let span = contract.text.span_of_shadow(range.clone());
            let sighting = Sighting::new("stated", vec![span.clone()]).with("term", span.quote);
            faults.add(contract.text, &[range], sighting);
            return;
        }
        for pair in date::scan(sentence).windows(2) {
            let [start, end] = pair else { continue };
            let between = sentence.get(start.range.end..end.range.start).unwrap_or_default().trim();
            let part = sentence.get(part_around(sentence, start.range.clone())).unwrap_or_default();
            if self.0.say("lease", sentence)
                && !TITLE.is_match(part)
                && TO.is_match(between)
                && is_over(start.date, end.date)
            {
                let range = base + start.range.start..base + end.range.end;
                file(contract, range, (start.date, end.date), faults);
            }
        }
    }

    /// A length that is too long for a lease, alone or with what it goes on for without a new contract: 十五年，期满当然续租十年.
    fn too_long(&self, sentence: &str) -> Option<Range<usize>> {
        let mut first: Option<(u32, usize)> = None;
        for length in period::scan(sentence) {
            let (before, months) = (&sentence[..length.range.start], length.period.total_months());
            let renewed = first.filter(|_| self.0.say("renewed", before));
            match renewed {
                Some((stated, start)) if stated.saturating_add(months) > LIMIT => {
                    return Some(start..length.range.end);
                }
                None if self.0.say("term", before) && months > LIMIT => return Some(length.range),
                None if self.0.say("term", before) => first = first.or(Some((months, length.range.start))),
                _ => {}
            }
        }
        None
    }
}

/// Files a term from day to day that is too long.
fn file(contract: &Contract<'_>, range: Range<usize>, (start, end): (Date, Date), faults: &mut Faults) {
    let sighting = Sighting::new("dates", vec![contract.text.span_of_shadow(range.clone())])
        .with("start", start)
        .with("end", end);
    faults.add(contract.text, &[range], sighting);
}

impl Check for LeaseOverTwentyYears {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = contract.text.folded_body();
        let title = contract.fields().title.as_ref().map_or("", |title| title.value.as_str());
        if !(self.0.say("lease", body) || body.contains("承租人")) || self.0.say("other", title) {
            return Verdict::NotApplicable("不是租赁合同".to_owned());
        }
        let mut faults = Faults::default();
        for range in sentences(body).filter(|range| !self.0.say("other", &body[range.clone()])) {
            self.look(contract, &body[range.clone()], range.start, &mut faults);
        }
        let late = |bounds: &&bounds::Bounds| is_over(bounds.first.date, bounds.last.date);
        for bounds in bounds::labelled(body).iter().filter(late) {
            file(contract, bounds.range(), (bounds.first.date, bounds.last.date), &mut faults);
        }
        faults.verdict("租赁期限")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_years_to_the_day_are_not_over() {
        let day = |text: &str| text.parse::<Date>().expect("a day");
        assert!(
            !is_over(day("2021-07-01"), day("2041-06-30")) && !is_over(day("2021-07-01"), day("2041-07-01"))
        );
        assert!(is_over(day("2021-07-01"), day("2041-07-02")));
    }
}
