//! `supplement-over-ten-percent`: a supplement adds more than a tenth to a purchase (追加采购).
//!
//! # What it does
//!
//! In supplements to contracts of purchase, reads the sum of the first contract and what is added, or the sum after the
//! change, and holds the addition against ten percent (政府采购法第四十九条).
//!
//! # Why it matters
//!
//! What is beyond the tenth is a purchase of its own and has to be put out again.
//!
//! # What must not be flagged
//!
//! Exactly a tenth; supplements that add no money; changes of works, which 招标投标法 rules; contracts that are no government
//! purchase. Where the first sum is not stated, the rule cannot tell.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use rust_decimal::Decimal;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::part_around;
use super::super::reading::sums::{grouped, total};
use super::super::reading::sure::Faults;
use super::Computed;
use crate::fields::scan::money::Figures;
use crate::fields::scan::{Captures, Regex, numeral, pattern};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "supplement-over-ten-percent",
    variants: &[("over", &["added", "original", "share"]), ("share", &["written", "share"])],
    compile,
};

/// The most that supplements may add, in percent of the first sum.
const LIMIT: Decimal = Decimal::TEN;

/// An addition as a share of the first sum.
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:增加|追加|增购|加购|新增|增补|增订|添购|调增|扩充)(?:的)?(?:采购)?(?:金额|价款|部分|费用|货款|款项?|数量|总额)*(?:合计|共计|总计)?(?:为|占|达|达到|相当于|是)?原(?:采购)?(?:合同|协议|中标|成交)?(?:的)?(?:总)?(?:价款|金额|总?价|费用|款额)的(?:(?P<figure>\d{1,3}(?:\.\d{1,2})?)%|百分之(?P<words>[一二三四五六七八九十]{1,3}))|(?:在)?原(?:合同|协议|采购)(?:总)?(?:价款|金额|数量|总价)(?:的)?(?:之上|基础上|以外|之外)[^。;\n]{0,8}(?:增加|追加|增购|加购|增订)(?:(?P<more>\d{1,3}(?:\.\d{1,2})?)%|百分之(?P<spelt>[一二三四五六七八九十]{1,3}))",
    )
});

/// What a share of the first sum is that is no addition: how it is paid, what secures it.
const NO_ADDITION: [&str; 7] = ["支付", "预付", "保证金", "不", "定金", "违约金", "进度款"];

#[derive(Debug)]
struct SupplementOverTenPercent {
    figures: Arc<Figures>,
    words: Words,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let figures = Arc::clone(&parameters.toolbox.figures);
    let names = ["procurement", "works", "original", "added", "changed"];
    Ok(Box::new(SupplementOverTenPercent { figures, words: Words::new(parameters, &names)? }))
}

/// A sum and the shadow bytes of what states it.
struct Stated {
    amount: Decimal,
    range: Range<usize>,
}

impl SupplementOverTenPercent {
    /// The first sum in yuan that follows words of that name in one sentence.
    fn stated(&self, name: &str, body: &str) -> Option<Stated> {
        self.words.sentences(name, body).into_iter().find_map(|sentence| {
            self.words.find(name, &body[sentence.clone()]).find_map(|label| {
                let start = sentence.start + label.end();
                let sum = self.figures.scan(&body[start..sentence.end]).into_iter().next()?;
                let between = &body[start..start + sum.range.start];
                let near = between.chars().count() <= 12;
                // 调增为218,000元 is the sum after the change.
                let after = name == "added" && between.starts_with(['为', '至', '到']);
                (near && !after && sum.currency == "CNY" && sum.per.is_none()).then(|| Stated {
                    amount: sum.amount,
                    range: sentence.start + label.start()..start + sum.range.end,
                })
            })
        })
    }

    /// What the supplement adds: as stated, else the sum after the change less the first.
    fn added(&self, body: &str, original: Option<&Stated>) -> Option<Stated> {
        self.stated("added", body).or_else(|| {
            let after = self.stated("changed", body)?;
            let more = after.amount.checked_sub(original?.amount)?;
            (more > Decimal::ZERO).then_some(Stated { amount: more, range: after.range })
        })
    }
}

/// What was bought first and what is bought more of it, by count: 原合同采购图书4,000册，再添购600册.
static COUNTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"原(?:合同|协议|采购|订购|约定)[^。;\n\d]{0,20}(?P<first>\d[\d,]*)(?P<unit>[\p{Han}]{1,3}?)[^。;\n\d]{0,16}(?:再|另|又|追加|增加|添购|增购|加购|加订|增订|补购)[^。;\n\d]{0,12}(?P<more>\d[\d,]*)(?P<same>[\p{Han}]{1,3}?)(?:[,。;\n]|$)",
    )
});

/// The answer where the addition is stated by count at the same unit price.
fn by_count(contract: &Contract<'_>, body: &str) -> Option<Verdict> {
    let found = COUNTS.captures(body)?;
    let number = |name: &str| found.name(name)?.as_str().replace(',', "").parse::<Decimal>().ok();
    let share = number("more")?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(number("first")?)?;
    let alike = found.name("unit")?.as_str().starts_with(found.name("same")?.as_str());
    if !alike || share <= LIMIT {
        return None;
    }
    let span = contract.text.span_of_shadow(found.get(0)?.range());
    let written = span.quote.clone();
    let sighting = Sighting::new("share", vec![span]).with("written", written);
    Some(Verdict::hit(sighting.with("share", share.round_dp(2).normalize())))
}

/// An addition that is stated as a share of the first sum.
fn stated_share(found: &Captures<'_>, body: &str) -> Option<(Decimal, Range<usize>)> {
    let range = found.get(0)?.range();
    let part = body.get(part_around(body, range.clone()))?;
    if NO_ADDITION.iter().any(|word| part.contains(word)) {
        return None;
    }
    let share = match found.name("figure").or(found.name("more")) {
        Some(figure) => figure.as_str().parse().ok()?,
        None => Decimal::from(numeral::chinese(found.name("words").or(found.name("spelt"))?.as_str())?),
    };
    Some((share, range))
}

/// The answer where additions are stated as shares of the first sum (增加价款为原合同价款的百分之十五): the first that is too much, else
/// that several together may be. Small ones say nothing of what the sums come to.
fn by_share(contract: &Contract<'_>, body: &str) -> Option<Verdict> {
    let shares: Vec<_> = SHARE.captures_iter(body).filter_map(|found| stated_share(&found, body)).collect();
    let span = |range: &Range<usize>| contract.text.span_of_shadow(range.clone());
    if let Some((share, range)) = shares.iter().find(|(share, _)| *share > LIMIT) {
        let written = span(range).quote;
        let sighting = Sighting::new("share", vec![span(range)]).with("written", written);
        return Some(Verdict::hit(sighting.with("share", share.normalize())));
    }
    let sum = total(shares.iter().map(|(share, _)| *share))?;
    let places = shares.iter().map(|(_, range)| span(range)).collect();
    (sum > LIMIT)
        .then(|| Verdict::cannot_tell("几处增加的比例合计可能超过百分之十，是否重复计算须核对", places))
}

impl Check for SupplementOverTenPercent {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = &*contract.chosen;
        let buys = self.words.say("procurement", body) && !self.words.say("works", contract.title());
        if !contract.is_supplement() || !buys {
            return Verdict::NotApplicable("不是政府采购合同的补充合同".to_owned());
        }
        if let Some(verdict) = by_share(contract, body).or_else(|| by_count(contract, body)) {
            return verdict;
        }
        let original = self.stated("original", body);
        let Some(added) = self.added(body, original.as_ref()) else {
            return Verdict::NotApplicable("未见增加的金额".to_owned());
        };
        let span = |stated: &Stated| contract.text.span_of_shadow(stated.range.clone());
        let Some(original) = original.filter(|original| original.amount > Decimal::ZERO) else {
            return Verdict::cannot_tell("原合同金额未载明，增加的比例无从核算", vec![span(&added)]);
        };
        let hundredfold = added.amount.checked_mul(Decimal::ONE_HUNDRED);
        let Some(share) = hundredfold.and_then(|sum| sum.checked_div(original.amount)) else {
            let places = vec![span(&added), span(&original)];
            return Verdict::cannot_tell("金额过大或者过小，增加的比例无从核算", places);
        };
        if share <= LIMIT {
            return Verdict::Passed;
        }
        let sighting = Sighting::new("over", vec![span(&added), span(&original)])
            .with("added", grouped(added.amount))
            .with("original", grouped(original.amount))
            .with("share", share.round_dp(2).normalize());
        let mut faults = Faults::default();
        faults.add(contract.text, &[added.range, original.range], sighting);
        faults.verdict("金额")
    }
}
