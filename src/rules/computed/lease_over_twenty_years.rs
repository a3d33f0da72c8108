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
use super::super::kinds::Parameters;
use super::super::reading::sure::Faults;
use super::super::reading::{bounds, part_around, sentences};
use super::Computed;
use crate::fields::scan::period;
use crate::fields::scan::{date, pattern};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "lease-over-twenty-years",
    variants: &[("stated", &["term"]), ("dates", &["start", "end"])],
    compile,
};

/// Twenty years, in months.
const LIMIT: u32 = 240;

/// A duration that is the term of a lease: 租赁期限为三十年, 租期共30年.
static TERM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:租赁(?:期限?|年限|期间)|租期|承租期限?|出租期限?|(?:租用|承租)[\p{Han}]{0,4}(?:房屋|场地|铺面|土地|物业|房产|厂房|商铺|房间))[^,。;\n\d一二三四五六七八九十已前逾曾近]{0,6}$|(?:租与|租给|租予|租赁给)(?:承租[人方]|[甲乙丙丁]方|\p{Han}{2,16}公司)(?:使用|经营|承租)?(?:为期|期限为?|共|计)*$",
    )
});
/// From day to day in a sentence on the term of a lease.
static LEASE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "租赁期|租期|承租期|出租期|租赁年限|(?:租赁|出租|承租|租用|租)(?:自|从|由)(?:[\\d零〇一二三四五六七八九十]|本合同|本协议|双方|签订|交付)",
    )
});
static TO: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:起|开始|起算|起租)?(?:计算)?,?(?:至|到|止于|迄|讫|—|–|-|~)+$"));
/// What else runs from day to day in a sentence on a lease: the title to the house, the right to the land.
static TITLE: LazyLock<Regex> = LazyLock::new(|| pattern("产权|登记|证|土地|使用权|建成"));
/// Titles and sentences of what is no lease.
static OTHER: LazyLock<Regex> =
    LazyLock::new(|| pattern("出让|土地承包|土地经营权|使用权转让|不得超过|不超过|不得长于|超过部分"));

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {}

#[derive(Debug)]
struct LeaseOverTwentyYears;

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let Settings {} = parameters.parse()?;
    Ok(Box::new(LeaseOverTwentyYears))
}

/// Is the last day past twenty years from the first?
fn is_over(start: Date, end: Date) -> bool {
    start.checked_add(20.years()).is_ok_and(|limit| end > limit)
}

/// Files the terms of a sentence that are too long.
fn look(contract: &Contract<'_>, sentence: &str, base: usize, faults: &mut Faults) {
    for duration in
        period::scan(sentence).into_iter().filter(|duration| duration.period.total_months() > LIMIT)
    {
        let before = sentence.get(..duration.range.start).unwrap_or_default();
        if TERM.is_match(before) {
            let range = base + duration.range.start..base + duration.range.end;
            let span = contract.text.span_of_shadow(range.clone());
            let sighting = Sighting::new("stated", vec![span.clone()]).with("term", span.quote);
            faults.add(contract.text, &[range], sighting);
            return;
        }
    }
    for pair in date::scan(sentence).windows(2) {
        let [start, end] = pair else { continue };
        let between = sentence.get(start.range.end..end.range.start).unwrap_or_default().trim();
        let part = sentence.get(part_around(sentence, start.range.clone())).unwrap_or_default();
        if LEASE.is_match(sentence)
            && !TITLE.is_match(part)
            && TO.is_match(between)
            && is_over(start.date, end.date)
        {
            file(contract, base + start.range.start..base + end.range.end, (start.date, end.date), faults);
        }
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
        if !(LEASE.is_match(body) || body.contains("承租人")) || OTHER.is_match(title) {
            return Verdict::NotApplicable("不是租赁合同".to_owned());
        }
        let mut faults = Faults::default();
        for range in sentences(body).filter(|range| !OTHER.is_match(&body[range.clone()])) {
            look(contract, &body[range.clone()], range.start, &mut faults);
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
