//! `deposit-over-twenty-percent`: earnest money (定金) above a fifth of the price.
//!
//! # What it does
//!
//! Reads each 定金 as a share or a sum, and holds it against 20 % of the contract's price (民法典第五百八十六条第二款).
//!
//! # Why it matters
//!
//! What is above the fifth has not the effect of earnest money: it is not forfeited nor returned twofold.
//!
//! # What must not be flagged
//!
//! 订金, 保证金, 押金, 预付款, which are no earnest money; exactly a fifth; a clause that denies that a payment is earnest money; a sum
//! where the price is not known, where the rule cannot tell.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use crate::fields::scan::Regex;
use rust_decimal::Decimal;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::sums::{grouped, percent_of, share_of};
use super::super::reading::sure::Faults;
use super::super::reading::{part_around, sentence_around};
use super::Computed;
use crate::fields::scan::money::Figures;
use crate::fields::scan::{numeral, pattern};
use crate::model::fields::MoneyKind;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "deposit-over-twenty-percent",
    variants: &[("share", &["share"]), ("sum", &["deposit", "price", "share", "limit"])],
    compile,
};

/// The greatest share of the price that earnest money may be, in percent.
const LIMIT: Decimal = Decimal::from_parts(20, 0, 0, false, 0);

static DEPOSIT: LazyLock<Regex> = LazyLock::new(|| pattern("定金"));
/// A share of the price.
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:先?支付|先?付|总?价款?|总额|总金额|标的额|费用?|租金|合同金额|货款|款|造价|标的|金额|总?价)的?(?:\([^()]*\))?(?:(?P<figure>\d{1,3}(?:\.\d{1,4})?)%|百分之(?P<words>[一二三四五六七八九十百]{1,4})|(?P<parts>[二三四五六七八九十])分之(?P<of>[一二三四五六七八九])|(?P<tenths>[一二三四五六七八九])成)",
    )
});
/// What is not the amount of earnest money: damages by it, its return, what is not meant to be it.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"双倍|不得超过|不超过|退还|返还|违约金|不(?:适用|具有|属于|是|作为)定金|定金罚则|抵作")
});

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {}

#[derive(Debug)]
struct DepositOverTwentyPercent {
    figures: Arc<Figures>,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let figures = Arc::clone(&parameters.toolbox.figures);
    let Settings {} = parameters.parse()?;
    Ok(Box::new(DepositOverTwentyPercent { figures }))
}

/// The whole price, if one is known.
fn price(contract: &Contract<'_>) -> Option<Decimal> {
    let price = contract.sure(&contract.fields().amount)?;
    let whole =
        matches!(price.value.kind, MoneyKind::Total | MoneyKind::Ceiling) && price.value.per.is_none();
    price.value.amount.filter(|amount| whole && *amount > Decimal::ZERO)
}

/// The share that a stretch states.
fn share(words: &str) -> Option<Decimal> {
    let found = SHARE.captures(words)?;
    let written = |name: &str| found.name(name).map(|number| number.as_str());
    let number = |name: &str| written(name).and_then(numeral::chinese).map(Decimal::from);
    match written("figure") {
        Some(figure) => figure.parse().ok(),
        None => number("tenths")
            .and_then(|tenths| tenths.checked_mul(Decimal::TEN))
            .or_else(|| number("words"))
            .or_else(|| percent_of(number("of")?, number("parts")?)),
    }
}

/// Where the amount of earnest money ends that is mentioned before a place: at the next comma that parts no digits, or behind the part
/// that states the amount (定金，数额为…).
fn end_of_amount(body: &str, at: usize, sentence_end: usize) -> usize {
    let rest = body.get(at..sentence_end).unwrap_or_default();
    let mut commas = rest.match_indices(',').map(|(comma, _)| comma).filter(|comma| {
        let (before, behind) = (rest.get(..*comma), rest.get(*comma + 1..));
        !(before.is_some_and(|text| text.ends_with(|c: char| c.is_ascii_digit()))
            && behind.is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit())))
    });
    let Some(first) = commas.next() else { return sentence_end };
    let states = rest.get(first + 1..).is_some_and(|next| STATES.iter().any(|word| next.starts_with(word)));
    let end = if states { commas.next() } else { Some(first) };
    let end = end.map_or(sentence_end, |end| at + end);
    let own = body.get(at..end).unwrap_or_default();
    // 定金后再付…: what is paid besides.
    BESIDES.iter().filter_map(|word| own.find(word)).min().map_or(end, |cut| at + cut)
}

/// What the part begins with that states the amount of what the part before names.
const STATES: [&str; 8] = ["数额", "金额", "比例", "定金", "为", "计", "即", "按"];
/// What is paid besides earnest money.
const BESIDES: [&str; 7] = ["再付", "再支付", "另付", "进度款", "验收", "余款", "尾款"];

/// What one mention of earnest money comes to.
enum Mention {
    Excessive(Sighting, Range<usize>),
    Unknown(Range<usize>),
    Fine,
}

impl DepositOverTwentyPercent {
    /// Looks at the part of the sentence that a mention stands in, and at the one behind it that states its amount.
    fn mention(&self, contract: &Contract<'_>, body: &str, at: Range<usize>) -> Mention {
        let sentence = sentence_around(body, at.clone());
        let own = part_around(body, at.clone());
        let range = own.start..end_of_amount(body, at.end, sentence.end);
        let words = body.get(range.clone()).unwrap_or_default();
        if OTHER.is_match(body.get(own).unwrap_or_default()) {
            return Mention::Fine;
        }
        let span = contract.text.span_of_shadow(range.clone());
        if let Some(share) = share(words) {
            let sighting = Sighting::new("share", vec![span]).with("share", share.normalize());
            return if share > LIMIT { Mention::Excessive(sighting, range) } else { Mention::Fine };
        }
        let Some(sum) = self.figures.scan(words).into_iter().next().filter(|sum| sum.currency == "CNY")
        else {
            return Mention::Fine;
        };
        let known = price(contract)
            .and_then(|price| Some((price, share_of(price, LIMIT)?, percent_of(sum.amount, price)?)));
        let Some((price, limit, share)) = known else { return Mention::Unknown(range) };
        if sum.amount <= limit || sum.amount >= price {
            return Mention::Fine;
        }
        let places = std::iter::once(span)
            .chain(contract.fields().amount.iter().flat_map(|p| p.evidence.first().cloned()));
        let sighting = Sighting::new("sum", places.collect())
            .with("deposit", grouped(sum.amount))
            .with("price", grouped(price))
            .with("share", share.round_dp(1).normalize())
            .with("limit", grouped(limit));
        Mention::Excessive(sighting, range)
    }
}

impl Check for DepositOverTwentyPercent {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = contract.text.folded_body();
        if !DEPOSIT.is_match(body) {
            return Verdict::NotApplicable("文中未约定定金".to_owned());
        }
        let (mut faults, mut unknown) = (Faults::default(), Vec::new());
        for found in DEPOSIT.find_iter(body) {
            match self.mention(contract, body, found.range()) {
                Mention::Excessive(sighting, range) => faults.add(contract.text, &[range], sighting),
                Mention::Unknown(range) => unknown.push(contract.text.span_of_shadow(range)),
                Mention::Fine => {}
            }
        }
        match faults.verdict("定金数额") {
            Verdict::NothingFound if !unknown.is_empty() => {
                Verdict::cannot_tell("合同总价未能读出，定金所占比例无从核算", unknown)
            }
            verdict => verdict,
        }
    }
}
