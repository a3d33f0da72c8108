//! What the price is called (价款的名称), before the sum and behind it.

use std::sync::LazyLock;

use crate::fields::scan::{Match, Regex};

use super::super::scan::pattern;
use super::weigh::OTHER;

/// Words that name the price, the surest first.
pub(super) static PRICE: LazyLock<[(Regex, f64); 5]> = LazyLock::new(|| {
    [
        (
            pattern(
                r"(?i:total (?:contract )?(?:price|amount|value|sum)|contract (?:price|value|sum|amount))|签约合同价|合同(?:固定总价|包干价|含税总价|总价款|总价|总金额|总额|总费用|价款总额|金额|价款|价格|价)|协议(?:总价|总金额|金额|价款)|项目总价款?|合同(?:期内)?(?:服务)?费用?(?:总额|合计|共计)|合同标的额|金额合计|合计金额|价税合计|含税(?:总)?价(?:款)?|捐赠(?:金额|总额)|(?:捐资|捐助|资助|赞助)总(?:额|数)|(?:应付|实付)总(?:额|价|金额)|债务总额|[\p{Han}]{1,8}(?:费|款)用?[和及与、][\p{Han}]{1,8}(?:费|款)用?(?:两项|二者|之和|相加)?(?:合计|共计|总计)|补偿(?:款|费|金)?(?:总额|金额|合计|共计)",
            ),
            10.0,
        ),
        (
            pattern(
                r"(?:服务费|租金|费用|价款|货款|工程款|工程造价|报酬|酬金|咨询费|监理费|设计费|顾问费|转让费|转让价款|承包费|采购金额|物业费|物业管理费|委托费|开发费|研究经费|经费|补贴|补助|资金|保险费|保费|采购上限|结算上限|费用上限|补偿款|补偿费|补偿金|扶持资金|监管资金|捐赠款|印刷费|制作费|运输费|维修费|维护费|运维费|养护费|检测费|租赁费|培训费|课时费|编制费|评估费|审计费|成交|中标)[\p{Han}]{0,6}?(?:总额|总金额|总价|总计|合计|共计|总费用)|总(?:价款|价|金额|费用|租金|造价|报酬|额|款|经费)|中标(?:价|金额)|成交(?:价|金额)|(?:全年|三年|两年|服务期内|租赁期限内|租赁期内|合同期内)[\p{Han}]{0,8}(?:共计|合计|总计|总额|预计|约计|共需)",
            ),
            8.0,
        ),
        (
            pattern(
                r"(?i:(?:total|service|licen[cs]e|consulting) (?:service )?(?:fees?|cost)|monthly rent|purchase price|(?-u:\b)price(?-u:\b)|(?-u:\b)donat[a-z]+|(?-u:\b)rent(?-u:\b))|转让价款|转让费|单价|结算价|收费标准|计费标准|[\p{Han}]{2}费标准|(?:资助|扶持|补助|补贴|专项|财政|项目|研究|合作|活动)(?:资金|经费)|服务费用?|租金|月租|年租|租费|(?:借给|出借|借予|捐赠|赠与|出资)[\p{Han}]{0,6}|酬金|报酬|课酬|稿酬|讲课费|课时费|咨询费|顾问费|设计费|监理费|开发费|研究开发经费|承包费|承包金|包干价|总包价|承包价|折价|作价|工程造价|合同造价|使用费|委托费|代理费|管理费|工程款|货款|价款|价格|费用(?:为|标准)|合作经费|合作费用|购房款|借款金额|借款本金|资助金额|赞助费用?|赞助款|现金赞助|赞助|补偿[\p{Han}]{0,6}人民币|补偿款|补偿费|补偿金|工资|月薪|劳动报酬|津贴|(?:到厂|出厂|送达|供货|交货|执行|批发|零售|协议|优惠|采购|销售)价",
            ),
            6.0,
        ),
        // A price may be called by whatever it is paid for: 运维费, 场地费.
        (
            pattern(
                r"[\p{Han}]{1,6}费(?:用)?|费用|[\p{Han}]{2}款|(?:补助|补贴|资助|奖补)[\p{Han}]{0,3}|金额(?:为|:)|现金(?:为|:|人民币)|实收",
            ),
            4.5,
        ),
        (pattern(r"共计|合计|总计|累计|最高不超过|金额|[,;]计|=|[餐奖]标"), 3.0),
    ]
});

/// 合同价（含6%增值税）: a rate of tax is no share of the price.
pub(super) static TAXED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\((?:不)?含(?:税率)?\d{1,2}(?:\.\d{1,2})?%(?:的)?(?:增值)?税[^()]{0,8}\)"));

/// Behind a sum: it is what is paid at most.
pub(super) static BOUND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\([^()]{0,20}\))?,?(?:系|为|作为|以此为)(?:[\p{Han}]{0,6})?(?:最高)?(?:支付|结算|采购|付款)?(?:限额|上限|封顶)",
    )
});
/// 按每人每月80元的标准支付派遣管理费: the name of a rate stands behind the sum, in its phrase. Of a sum that is no rate
/// it says too little: 收取200元的管理费 may be anything.
pub(super) fn named_behind(after: &str) -> Option<(f64, usize)> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:\([^()]{0,30}\))?(?:的|作为)?(?:标准|价格|金额)?[^,。;\d]{0,14}?(?:[\p{Han}]{2}费|租金|价款|货款|报酬|酬金|工程款)",
        )
    });
    // 双方按75,000元成交, 以1,050,000元作为债务总额.
    static SETTLED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\)?(?:\([^()]{0,30}\))?(?:的价格)?(?:成交|作为(?:债务|结算|合同|成交)(?:总额|总价|价款?|金额))",
        )
    });
    if SETTLED.is_match(after) {
        return Some((9.0, 0));
    }
    let found = NAMED.find(after)?;
    let other = OTHER.is_match(found.as_str()) || found.as_str().contains(['由', '后', '及']);
    (!other).then_some((5.0, 0))
}

/// The best word for the price in the sentence, with its distance from the sum in characters. 单价 names only a sum in
/// its own phrase: 按投标单价结算,累计不超过….
pub(super) fn price_word(before: &str, phrase: usize) -> Option<(f64, usize)> {
    PRICE
        .iter()
        .filter_map(|(regex, score)| {
            let names = |word: &Match<'_>| word.as_str() != "单价" || word.start() >= phrase;
            let last = regex.find_iter(before).filter(names).last()?;
            let distance = before[last.end()..].chars().count();
            (distance <= 48).then_some((*score, distance))
        })
        .max_by(|a, b| (a.0 - a.1 as f64 / 8.0).total_cmp(&(b.0 - b.1 as f64 / 8.0)))
}
