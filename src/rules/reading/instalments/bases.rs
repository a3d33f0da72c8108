//! What shares are shares of: those of several prices, or those of which one stands in the place of another, make no sum.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::super::super::check::Contract;
use crate::fields::scan::{Regex, pattern};
use crate::model::Value;
use crate::model::fields::Payment;

/// What is paid by a share: 主机价款 in 支付主机价款的50%.
static BASE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:付|拨)(?:给?[甲乙]方)?(?P<base>\p{Han}{2,10}?)的?(?:\d{1,3}(?:\.\d{1,2})?%|百分之)")
});

/// What any price is called, of whatever it is the price.
const PRICE: [&str; 12] =
    ["合同", "协议", "总价款", "总金额", "总额", "总价", "价款", "金额", "费用", "款项", "价", "本"];

/// Words by which one share stands in the place of another.
const INSTEAD: [&str; 9] =
    ["小微企业", "中小企业", "其他企业", "否则", "或者", "如果", "如为", "若", "分别情况"];

/// Are the shares of some payments shares of one price, none in the place of another?
pub fn are_of_one_price(contract: &Contract<'_>, payments: &[Value<Payment>]) -> bool {
    let body = contract.text.folded_body();
    let spans = || payments.iter().filter_map(|value| value.evidence.first());
    let bases: BTreeSet<String> = spans().filter_map(|span| base(contract.part_of(span))).collect();
    let instead = spans().any(|span| {
        let sentence = body.get(contract.reach_of(span)).unwrap_or_default();
        INSTEAD.iter().any(|word| sentence.contains(word))
    });
    bases.len() < 2 && !instead
}

/// Of what a price is that a share is taken of; `None` where it is the contract's.
fn base(part: &str) -> Option<String> {
    let found = BASE.captures(part)?;
    let of = PRICE.iter().fold(found.name("base")?.as_str().to_owned(), |of, word| of.replace(word, ""));
    (!of.is_empty()).then_some(of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_is_what_the_price_is_of() {
        for (part, wanted) in [
            ("到货后支付主机价款的50%", Some("主机")),
            ("验收后支付安装费用的50%", Some("安装")),
            ("签约后支付合同总价的30%", None),
            ("首期支付服务费总额的50%", Some("服务费")),
            ("到货后付60%", None),
        ] {
            assert_eq!(base(part).as_deref(), wanted, "{part}");
        }
    }
}
