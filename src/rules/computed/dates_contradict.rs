//! `dates-contradict`: dates of the contract that cannot all be true.
//!
//! # What it does
//!
//! Looks at every period from one day to another: does it end after it begins, and is it as long as the duration written
//! beside it? Compares the first day of the term with the day of signing.
//!
//! # Why it matters
//!
//! Deadlines, instalments and penalties are counted from these days. Performance before signing means that the
//! contract was made up afterwards, which an audit asks about.
//!
//! # What must not be flagged
//!
//! A period counted with or without its last day; a duration that is a limit or an estimate (不少于, 约); a term that begins
//! before signing where the text says why; supplements, which repeat the days of the contract they change.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;
use jiff::Span as Calendar;
use jiff::civil::Date;
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::sentences;
use super::super::reading::sure::Faults;
use super::Computed;
use crate::fields::scan::date::{self, Day};
use crate::fields::scan::pattern;
use crate::fields::scan::period::{self, Duration};
use crate::model::Period;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "dates-contradict",
    variants: &[
        ("reversed", &["start", "end"]),
        ("duration", &["duration", "start", "end", "expected"]),
        ("start-before-signing", &["start", "signed", "days"]),
    ],
    compile,
};

/// A term read less surely than this says nothing about its first day.
const CERTAIN: f64 = 0.7;

/// From one day to the other.
static TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?:\([^()]{0,12}\))?(?:零时|0时|上午|起)?(?:开始)?(?:计算)?,?(?:至|到|—|–|-|~|～)+$")
});
/// From the planned first day of works to the last (开工日期, 竣工日期).
static WORKS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[,、]?(?:计划)?(?:竣工|完工|交工)(?:日期|时间)[为是:]?$"));
static BEGINS_WORKS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:开工)(?:日期|时间)[为是:]?$"));
/// What leads from a duration to its days: 期限为三年,自….
static INTO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^[,(]?(?:即|具体)?(?:为|是)?:?(?:(?:从|自|由)|(?:计划)?开工(?:日期|时间)[为是:]?)?$")
});
/// What leads from the days to their duration: 止,共三年.
static BACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^止?[,(]?(?:的|共计?|合计|总计|为期|期限为?|计|共计为|工期)?(?:总日历天数)?[为是:]?$")
});
/// What shows that a duration is the length of a term.
static LENGTH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:期限?|工期|为期|共计?|期间|天数|年限)(?:总日历天数)?[为是:]{0,2}$"));
/// A duration that is a limit or an estimate.
static ABOUT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:约|不少于|不超过|不得超过|至少|最长|最多|暂定|不低于)$"));

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// Words that account for a term that begins before signing.
    accounts: Vec<String>,
    /// Titles of contracts that repeat the days of another.
    follows: Vec<String>,
    /// Clauses that say which of two dates prevails.
    prevails: Vec<String>,
}

#[derive(Debug)]
struct DatesContradict {
    accounts: Regex,
    follows: Regex,
    prevails: Regex,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(DatesContradict {
        accounts: lexicon.compile(&settings.accounts)?.ok_or("with.accounts 为空")?,
        follows: lexicon.compile(&settings.follows)?.ok_or("with.follows 为空")?,
        prevails: lexicon.compile(&settings.prevails)?.ok_or("with.prevails 为空")?,
    }))
}

/// From one day to another.
struct Stretch {
    start: Day,
    end: Day,
}

/// The stretches of time in a sentence; all ranges are those of the sentence.
fn stretches(sentence: &str) -> Vec<Stretch> {
    let days = date::scan(sentence);
    let joined = |pair: &[Day]| {
        let [start, end] = pair else { return None };
        let between = sentence.get(start.range.end..end.range.start)?.trim();
        let before = sentence.get(..start.range.start)?;
        let works = WORKS.is_match(between) && BEGINS_WORKS.is_match(before);
        (TO.is_match(between) || works).then(|| Stretch { start: start.clone(), end: end.clone() })
    };
    days.windows(2).filter_map(joined).collect()
}

/// The duration written beside a stretch as its length.
fn stated<'d>(sentence: &str, stretch: &Stretch, durations: &'d [Duration]) -> Option<&'d Duration> {
    let (start, end) = (stretch.start.range.start, stretch.end.range.end);
    durations.iter().filter(|duration| duration.period.working_days == 0).find(|duration| {
        let range = &duration.range;
        let before = sentence.get(..range.start).unwrap_or_default();
        let leads = |from: usize, to: usize, by: &Regex| {
            sentence.get(from..to).is_some_and(|gap| by.is_match(gap.trim()))
        };
        let ahead = range.end <= start && LENGTH.is_match(before) && leads(range.end, start, &INTO);
        let behind = end <= range.start && leads(end, range.start, &BACK);
        (ahead || behind) && !ABOUT.is_match(before)
    })
}

/// The last day of a period that begins on a day, itself counted.
fn last_day(start: Date, period: Period) -> Option<Date> {
    let length = Calendar::new()
        .try_months(i64::from(period.total_months()))
        .and_then(|length| length.try_days(i64::from(period.days)))
        .ok()?;
    start.checked_add(length).ok()?.yesterday().ok()
}

/// Is the end that of the period, a day counted more or less on either side?
fn agrees(stretch: &Stretch, expected: Date) -> bool {
    days_between(expected, stretch.end.date).is_some_and(|days| (-1..=1).contains(&days))
}

fn days_between(from: Date, to: Date) -> Option<i32> {
    from.until(to).ok().map(|span| span.get_days())
}

impl DatesContradict {
    /// Files what is wrong with the periods of a sentence that begins at `base`.
    fn look(&self, contract: &Contract<'_>, sentence: &str, base: usize, faults: &mut Faults) {
        let durations = period::scan(sentence);
        for stretch in stretches(sentence) {
            let (start, end) = (stretch.start.date, stretch.end.date);
            let places = [at(&stretch.start.range, base), at(&stretch.end.range, base)];
            if end < start {
                let whole = places[0].start..places[1].end;
                let sighting = Sighting::new("reversed", vec![contract.text.span_of_shadow(whole)]);
                faults.add(contract.text, &places, sighting.with("start", start).with("end", end));
                continue;
            }
            let Some(duration) = stated(sentence, &stretch, &durations) else { continue };
            let Some(expected) = last_day(start, duration.period) else { continue };
            if agrees(&stretch, expected) || self.prevails.is_match(contract.text.folded_body()) {
                continue;
            }
            let place = at(&duration.range, base);
            let days = contract.text.span_of_shadow(places[0].start..places[1].end);
            let length = contract.text.span_of_shadow(place.clone());
            let sighting = Sighting::new("duration", vec![length.clone(), days])
                .with("duration", &length.quote)
                .with("start", start)
                .with("end", end)
                .with("expected", expected);
            faults.add(contract.text, &[places[0].clone(), places[1].clone(), place], sighting);
        }
    }

    /// The term begins before the contract was signed, and no word says why.
    fn early(&self, contract: &Contract<'_>) -> Option<Sighting> {
        let fields = contract.fields();
        let term = fields.term.as_ref().filter(|term| term.confidence.get() >= CERTAIN)?;
        let signed = fields.sign_date.as_ref().filter(|date| date.confidence.get() >= CERTAIN)?;
        let title = fields.title.as_ref().map_or("", |title| title.value.as_str());
        let start = term.value.start.filter(|start| *start < signed.value)?;
        let days = days_between(start, signed.value)?;
        if self.follows.is_match(title) || self.accounts.is_match(contract.text.folded_body()) {
            return None;
        }
        let evidence = term.evidence.iter().chain(&signed.evidence).cloned().collect();
        let sighting = Sighting::new("start-before-signing", evidence);
        Some(sighting.with("start", start).with("signed", signed.value).with("days", days))
    }
}

/// A range of a sentence as one of the text.
fn at(range: &Range<usize>, base: usize) -> Range<usize> {
    range.start + base..range.end + base
}

impl Check for DatesContradict {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = contract.text.folded_body();
        let mut faults = Faults::default();
        for sentence in sentences(body) {
            self.look(contract, &body[sentence.clone()], sentence.start, &mut faults);
        }
        if let Some(sighting) = self.early(contract) {
            let read: Vec<_> = sighting.evidence.iter().map(|span| contract.shadow_of_span(span)).collect();
            faults.add(contract.text, &read, sighting);
        }
        faults.verdict("日期")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a day")
    }

    #[test]
    fn a_period_ends_the_day_before_its_anniversary() {
        for (start, period, end) in [
            ("2022-03-01", Period::months(12), "2023-02-28"),
            ("2022-01-01", Period::years(3), "2024-12-31"),
            ("2022-03-15", Period::days(120), "2022-07-12"),
            ("2022-01-31", Period::months(1), "2022-02-27"),
        ] {
            assert_eq!(last_day(day(start), period), Some(day(end)), "{start}");
        }
    }

    #[test]
    fn periods_are_found_in_their_sentence() {
        for (sentence, count) in [
            ("服务期限为三年,自2022年1月1日起至2024年12月31日止", 1),
            ("计划开工日期为2022年3月15日,计划竣工日期为2022年7月12日", 1),
            ("2022年3月6日发布公告,2022年3月27日开标", 0),
            ("于2022年3月6日至2022年4月1日公示", 1),
        ] {
            assert_eq!(stretches(sentence).len(), count, "{sentence}");
        }
    }
}
