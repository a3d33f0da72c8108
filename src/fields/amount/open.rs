//! A price without a figure (以结算为准、按比例计收): settled by what is done, or a share of what comes of it.

use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::reading::{Part, Reading};
use super::super::resolve::Witness;
use super::super::scan::pattern;
use super::tax::tax;
use crate::model::Value;
use crate::model::fields::{Money, MoneyKind};

static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:合同(?:总)?(?:价款|价|金额)|[\p{Han}]{0,4}费用?|收费|价款|[\p{Han}]{2}款|租金|报酬|酬金|佣金)[^。;\n]{0,40}(?:据实结算|按实结算|实报实销|(?:按|以|依)照?[^。;\n]{0,14}实际[^。;\n]{0,16}(?:结算|计算|计费|核算|计取)|以[^。;\n]{0,24}结算[^。;\n]{0,12}为准)",
    )
});
/// A share of what comes of it: 律师费按实际收回款项的9%计算.
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:律师费|代理费|佣金|服务费|服务费用|报酬|酬金|手续费|管理费|咨询费|拍卖费|提成)[^。;\n\d]{0,24}按(?:照)?[^。;\n]{0,30}(?:\d%|百分之[一二三四五六七八九十]{1,3}|下浮\d{1,2}(?:\.\d+)?%)[^。;\n]{0,6}(?:计算|计取|计收|收取|提取|计付|支付)",
    )
});
/// Sentences in which that is said of something else than the price.
const ELSEWHERE: [&str; 7] = ["解除", "终止", "提前", "违约", "逾期", "赔偿", "退还"];

/// A price without a figure, to be reckoned later.
pub fn open_price(reading: &Reading<'_>) -> Option<Value<Money>> {
    let own = |at: usize| {
        let sentence = reading.slice(reading.sentence(at));
        !ELSEWHERE.iter().any(|word| sentence.contains(word)) && reading.part_at(at) != Part::Attachment
    };
    let found = [&*OPEN, &*SHARE]
        .into_iter()
        .find_map(|regex| reading.find_all(regex).find(|found| own(found.start())))?;
    let money = Money {
        amount: None,
        currency: "CNY".to_owned(),
        kind: MoneyKind::Open,
        per: None,
        tax: tax(reading, found.start()),
    };
    Some(Witness::new(money, found.range(), 0.75, "amount/open").into_value(reading))
}
