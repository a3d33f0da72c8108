//! `small-firm-payment-late`: a public body pays later than a small or medium firm (中小企业) need wait for its money.
//!
//! # What it does
//!
//! Reads how many days after delivery, acceptance or invoice the government side pays, and holds them against sixty; and
//! finds payment that hangs on a third party's payment (国务院令第802号第九条).
//!
//! # Why it matters
//!
//! A longer time does not bind the firm: interest runs from the day on which the law wanted the payment.
//!
//! # What must not be flagged
//!
//! Retention and deposits (质保金、保证金), which fall due otherwise; what the counterparty pays; sixty days; leases, loans and
//! contracts of employment; natural persons. Whether the counterparty is such a firm the text seldom tells: then the finding says so,
//! and is a notice.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::actors::{Actor, actor_at};
use super::super::reading::sentences;
use super::super::reading::sure::Faults;
use super::Computed;
use crate::fields::scan::period::{self, Duration};
use crate::fields::scan::{Regex, numeral, pattern};
use crate::model::Period;
use crate::model::fields::{Direction, PartyKind, Side};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "small-firm-payment-late",
    variants: &[("late", &["term", "days"]), ("late-small", &["term", "days"]), ("third-party", &[])],
    compile,
};

/// The longest time that may be agreed, in days (第九条).
const LIMIT: u32 = 60;

#[derive(Debug)]
struct SmallFirmPaymentLate {
    types: Vec<String>,
    words: Words,
}

fn compile(mut parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let types = parameters.take("types")?;
    let names = ["small", "due", "pays", "heading", "spared", "third-party"];
    Ok(Box::new(SmallFirmPaymentLate { types, words: Words::new(parameters, &names)? }))
}

/// 第四个月内, 验收后第三个月: within so many months, counted off.
static COUNTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"第(?P<n>[一二三四五六七八九十]|\d{1,2})个?月"));
/// What is paid month by month, or in counted parts: its months are no limit.
static BY_MONTH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[按每逐][月季年]|第(?:[一二三四五六七八九十]|\d{1,2})(?:期|笔|季)|各期|分期"));
/// What runs for some months before anything is due.
const RUNNING: [&str; 9] = ["期满", "缺陷责任", "运行", "服务", "试用", "质保", "保修", "维护", "使用"];

/// The months that a sentence counts off.
fn counted(words: &str) -> impl Iterator<Item = Duration> {
    COUNTED.captures_iter(words).filter_map(|found| {
        let months = u32::try_from(numeral::integer(found.name("n")?.as_str())?).ok()?;
        Some(Duration { range: found.get(0)?.range(), period: Period::months(months) })
    })
}

/// Calendar days at the least: seven for five working days, thirty for a month.
fn days(period: Period) -> u32 {
    let whole = period.total_months().saturating_mul(30).saturating_add(period.days);
    whole.saturating_add(period.working_days.saturating_mul(7) / 5)
}

/// Is a length a limit? 六十日内 is one; 满三个月, 三个月后 is no earlier than that, unless something has to run so long.
fn is_limit(before: &str, behind: &str) -> bool {
    let within = ["内", "以内", "之内"].iter().any(|word| behind.starts_with(word));
    let behind = ["后", "以后", "之后"].iter().any(|word| behind.starts_with(word)) || before.ends_with('满');
    let own = before.rsplit([',', ':']).next().unwrap_or_default();
    within || behind && !RUNNING.iter().any(|word| own.contains(word))
}

/// Are months counted off from what makes the payment due (验收合格后第三个月), and not from the beginning of the contract?
fn is_counted(before: &str, behind: &str) -> bool {
    let from = ["后", "起", "起的", "后的"].iter().any(|word| before.ends_with(word));
    let within = ["内", "底", "末"].iter().any(|word| behind.starts_with(word));
    (from || within) && !BY_MONTH.is_match(before) && !BY_MONTH.is_match(behind)
}

impl SmallFirmPaymentLate {
    /// Why the rule does not judge a contract, if it does not.
    fn inapplicable(&self, contract: &Contract<'_>) -> Option<&'static str> {
        let fields = contract.fields();
        let buys = contract.type_code().is_some_and(|code| self.types.iter().any(|known| known == code));
        let pays = contract.sure(&fields.direction).is_some_and(|way| way.value == Direction::Pays);
        let others = || fields.parties.iter().filter(|party| party.side == Side::Counterparty);
        let persons = others().next().is_some() && others().all(|party| party.kind == PartyKind::Person);
        match (buys, pays, persons) {
            (false, ..) => Some("不是采购货物、工程、服务的合同"),
            (_, false, _) => Some("未见政府一方付款"),
            (.., true) => Some("对方是自然人"),
            _ => None,
        }
    }

    /// Files the payments of a sentence that come too late.
    fn late(&self, contract: &Contract<'_>, body: &str, sentence: Range<usize>, faults: &mut Faults) {
        let words = &body[sentence.clone()];
        let lengths = period::scan(words).into_iter().chain(counted(words));
        for duration in lengths.filter(|found| days(found.period) > LIMIT) {
            let (before, behind) = (&words[..duration.range.start], &words[duration.range.end..]);
            let length = &words[duration.range.clone()];
            let within = is_limit(before, behind) || length.starts_with('第') && is_counted(before, behind);
            let theirs = actor_at(contract, sentence.start, before) == Actor::One(Side::Counterparty);
            let paid = self.words.say("pays", behind) || self.words.say("heading", before);
            if within && !theirs && self.words.say("due", before) && paid {
                let range = sentence.start + duration.range.start..sentence.start + duration.range.end;
                let span = contract.text.span_of_shadow(sentence.clone());
                let variant = if self.words.say("small", body) { "late-small" } else { "late" };
                let sighting = Sighting::new(variant, vec![span])
                    .with("term", &words[duration.range.clone()])
                    .with("days", days(duration.period));
                faults.add(contract.text, &[range], sighting);
                return;
            }
        }
    }

    /// Payment that waits for somebody else's (背靠背).
    fn waits(&self, contract: &Contract<'_>, body: &str, sentence: &Range<usize>) -> Option<Sighting> {
        let found = self.words.find("third-party", &body[sentence.clone()]).next()?;
        let theirs = actor_at(contract, sentence.start, &body[sentence.start..sentence.start + found.end()]);
        (theirs != Actor::One(Side::Counterparty))
            .then(|| Sighting::new("third-party", vec![contract.text.span_of_shadow(sentence.clone())]))
    }
}

impl Check for SmallFirmPaymentLate {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        if let Some(why) = self.inapplicable(contract) {
            return Verdict::NotApplicable(why.to_owned());
        }
        let body = &*contract.chosen;
        let mut faults = Faults::default();
        for sentence in sentences(body) {
            if self.words.say("spared", &body[sentence.clone()]) {
                continue;
            }
            if let Some(sighting) = self.waits(contract, body, &sentence) {
                faults.add(contract.text, &[], sighting);
            }
            self.late(contract, body, sentence, &mut faults);
        }
        match faults.verdict("付款期限") {
            Verdict::Hits(hits) if contract.is_undated() => {
                let evidence = hits.into_iter().flat_map(|hit| hit.evidence).collect();
                Verdict::cannot_tell("签订日期未能读出，条例是否适用不明", evidence)
            }
            verdict => verdict,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn working_days_and_months_are_reckoned_in_days() {
        assert_eq!(days(Period::working_days(45)), 63);
        assert_eq!(days(Period::months(2)), LIMIT);
        assert_eq!(days(Period::days(61)), 61);
    }
}
