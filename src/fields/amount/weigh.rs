//! How far a sum of money looks like the price of the contract, from the words before it.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Match, Regex};

use super::super::reading::{Part, Reading};
use super::super::scan::pattern;

/// Words that name the price, the surest first.
static PRICE: LazyLock<[(Regex, f64); 5]> = LazyLock::new(|| {
    [
        (
            pattern(
                r"(?i:total (?:contract )?(?:price|amount|value|sum)|contract (?:price|value|sum|amount))|签约合同价|合同(?:固定总价|包干价|含税总价|总价款|总价|总金额|总额|总费用|价款总额|金额|价款|价格|价)|协议(?:总价|总金额|金额|价款)|项目总价款?|合同(?:期内)?(?:服务)?费用?(?:总额|合计|共计)|合同标的额|金额合计|合计金额|价税合计|含税(?:总)?价(?:款)?|捐赠(?:金额|总额)|补偿(?:款|费|金)?(?:总额|金额|合计|共计)",
            ),
            10.0,
        ),
        (
            pattern(
                r"(?:服务费|租金|费用|价款|货款|工程款|工程造价|报酬|酬金|咨询费|监理费|设计费|顾问费|转让费|转让价款|承包费|采购金额|物业费|物业管理费|委托费|开发费|研究经费|经费|补贴|补助|资金|保险费|保费|补偿款|补偿费|补偿金|扶持资金|监管资金|捐赠款|印刷费|制作费|运输费|维修费|维护费|运维费|养护费|检测费|租赁费|培训费|课时费|编制费|评估费|审计费|成交|中标)[\p{Han}]{0,6}?(?:总额|总金额|总价|总计|合计|共计|总费用)|总(?:价款|价|金额|费用|租金|造价|报酬|额|款|经费)|中标(?:价|金额)|成交(?:价|金额)|(?:全年|三年|两年|服务期内|租赁期限内|租赁期内|合同期内)[\p{Han}]{0,8}(?:共计|合计|总计|总额)",
            ),
            8.0,
        ),
        (
            pattern(
                r"(?i:(?:total|service|licen[cs]e|consulting) (?:service )?(?:fees?|cost)|monthly rent|purchase price|(?-u:\b)price(?-u:\b)|(?-u:\b)donat[a-z]+|(?-u:\b)rent(?-u:\b))|转让价款|转让费|单价|结算价|收费标准|计费标准|[\p{Han}]{2}费标准|(?:资助|扶持|补助|补贴|专项|财政|项目|研究|合作|活动)(?:资金|经费)|服务费用?|租金|月租|年租|租费|(?:借给|出借|借予|捐赠|赠与|出资)[\p{Han}]{0,6}|酬金|报酬|咨询费|顾问费|设计费|监理费|开发费|研究开发经费|承包费|承包金|包干价|总包价|承包价|折价|作价|工程造价|合同造价|使用费|委托费|代理费|管理费|工程款|货款|价款|价格|费用(?:为|标准)|合作经费|合作费用|购房款|借款金额|借款本金|资助金额|赞助费用?|赞助款|现金赞助|赞助|补偿[\p{Han}]{0,6}人民币|补偿款|补偿费|补偿金|工资|月薪|劳动报酬",
            ),
            6.0,
        ),
        // A price may be called by whatever it is paid for: 运维费, 场地费.
        (
            pattern(
                r"[\p{Han}]{1,6}费(?:用)?|费用|[\p{Han}]{2}款|(?:补助|补贴|资助|奖补)[\p{Han}]{0,3}|金额(?:为|:)",
            ),
            4.5,
        ),
        (pattern(r"共计|合计|总计|累计|最高不超过|金额"), 3.0),
    ]
});
/// Words that make a sum something else than the price.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:deposit|penalty|damages|interest|advance|retention|each case|per day)|保证金|押金|定金|订金|违约金|赔偿|罚款|罚金|滞纳金|利息|预付款|预付|首期|首付|首笔|尾款|余款|进度款|第[一二三四五六1-9]期|第[一二三四五六1-9]笔|结算款|验收款|保函|担保|预算|控制价|最高限价|限价|投资|保险|保额|其中|增值税额|税额|税金|税款|暂列金|暂估价|扣除|扣减|扣回|保留价|起拍价|底价|拍卖底价|每逾期|逾期|注册资本|已支付|已付|付清|原价|市场价|评估价|补偿|奖励|折旧|面值|限额|起付|单次|每次|每人|人均|不足|超过部分|低于|高于|限额|提成|产值|营业额|销售额|年收入|利润|原合同|原协议|规费|税率|手续费|水费|电费|物业费每|每发生|承诺投资|投标报价为|差额|备用金|质保金|质量保留金|工本费|诉讼费|损失|小计|考核|处罚|处以|罚",
    )
});
static UNIT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"单价|每(?:平方米|台|套|件|个|人|名|位|次|辆|张|把|本|册|份|组|间|场|千瓦时|吨|小时|课时|学时|人次|米|亩|株|棵)|电价|单位价格",
    )
});
/// 每公顷800元, 每班次人民币300元: a rate for whatever it is.
static RATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"每[\p{Han}&&[^年月日季周期次]]{1,3}(?:[:为是¥￥]|人民币|\(大写\))*$|每[㎡㎥]$|每(?:批|班|人|车|架|单|件|例|趟|场|样)次(?:[:为是¥￥]|人民币)*$",
    )
});
static PERIODIC: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:(?-u:\b)(?:monthly|annual|yearly|per month|per year|per annum|each month)(?-u:\b))|(?:月|年|季度?|日)(?:租金?|薪|工资|费用|服务费|管理费|租)|每个?(?:月|年|季度?|日|半年)|按(?:月|年|季)",
    )
});
/// 月租金总额 is still per month.
static PERIOD_SUM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:月|年|季度?)(?:租金?|费用|服务费|管理费)总(?:额|价)"));
/// What a rate comes to: 每月3,500元, 合计42,000元.
static SUMMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:合计|共计|总计|总共|总额|合共|共|全年|全期)(?:为|是|人民币|[(:¥￥大小写)_ ])*$")
});
/// A phrase of its own that says nothing but that it sums up.
static SUMS_UP: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[,;](?:合计|共计|总计|总共|总额|合共|共)(?:为|是|人民币|[(:¥￥大小写)_ ])*$"));
static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:变更|调整|修改|更改|增加|减少|调减|调增)(?:为|至|到)[^,。;]{0,12}$|(?i:(?:increased|decreased|reduced|changed|adjusted|amended)[^。;\n]{0,60} to ?)$",
    )
});
static BEFORE_CHANGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[^。;]{0,40}(?:变更|调整|修改|更改|增加|减少|调减|调增)(?:为|至|到)|^ ?to (?:RMB|CNY|USD|US\$|HKD|EUR)",
    )
});
/// What a sum is for may stand behind it: 44,430.00元的履约保函.
static FOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:\([^()]{0,40}\))?(?:的|作为|为|用于)[^,。;]{0,10}(?:保函|保证金|担保|违约金|押金|定金|订金|预付款|罚款|赔偿|补偿|保险)",
    )
});
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\d%(?:\([^()]{0,20}\))?[^。;]{0,14}?(?:,?即|,|\(|:|计|为|支付|付|款|的)|[一二三四五六七八九十]成|%[^。;\d]{0,16}$|百分之",
    )
});

/// 合同总价的30%，即人民币….
static OF_SHARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:\d[%‰]|百分之[一二三四五六七八九十]+)[^。;\d]{0,16}$|\d% of [^。;\d]{0,40}$")
});

/// What the words around a sum say about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weight {
    /// How far it looks like the price; not a probability.
    pub score: f64,
    /// Is it named per piece?
    pub unit: bool,
    /// Is it named per month or year?
    pub periodic: bool,
}

/// Weighs the sum at `range`; `None` where it is certainly not the price.
pub fn weigh(reading: &Reading<'_>, range: &Range<usize>, title: &str) -> Option<Weight> {
    // What the contract is about by its title (补偿协议) makes its sum no other.
    let sentence = clause_before(reading, range.start);
    let before = reading.slice(sentence.clone());
    let after = reading.slice(range.end..reading.sentence(range.end).end.max(range.end));
    let phrase = last_phrase(before);
    // 每人每天380元 is a rate, not what each of several gets beside the price.
    let by_head = |word: &str| UNIT.is_match(phrase) && ["每人", "每次", "单次", "人均"].contains(&word);
    let other = |found: &Match<'_>| !title.contains(found.as_str()) && !by_head(found.as_str());
    let named = price_word(before, phrase_start(before));
    // 每株每月128元 under 养护费: a rate that its clause alone names.
    let rate = named.is_none() && UNIT.is_match(phrase);
    let (mut score, distance) = named.or_else(|| {
        heading(reading, range.start).map(|score| if rate { (score + 4.0, 0) } else { (score, 30) })
    })?;
    score -= (distance as f64 / 12.0).min(2.5);
    if OTHER.find_iter(phrase).any(|found| other(&found))
        || FOR.is_match(after)
        || SHARE.is_match(phrase)
        || OF_SHARE.find(before).is_some_and(|share| !names_whole(&before[share.start()..]))
        || is_share(before)
        || after.starts_with("用于")
    {
        score -= 12.0;
    } else if !SUMMED.is_match(before)
        && OTHER.find_iter(before).filter(other).last().is_some_and(|m| before.len() - m.end() < 60)
    {
        score -= 2.5;
    }
    score -= if is_part(reading, range.start) { 5.0 } else { 0.0 };
    score -= if tells_of_another(reading, range.start, title) { 6.0 } else { 0.0 };
    score += if CHANGED.is_match(before) { 3.0 } else { 0.0 };
    score -= if BEFORE_CHANGE.is_match(after) { 4.0 } else { 0.0 };
    score -= part_penalty(reading.part_at(range.start));
    // 每个24万元，共计144万元: the sum behind the comma is no rate.
    let unit = (UNIT.is_match(phrase) || RATE.is_match(before)) && !SUMS_UP.is_match(before);
    let summed = !unit && SUMMED.is_match(before) && !PERIODIC.find_iter(phrase).any(|m| recurs(phrase, &m));
    let periodic = !unit
        && PERIODIC
            .find_iter(before)
            .filter(|m| recurs(before, m))
            .last()
            .is_some_and(|m| before.len() - m.end() < 45)
        && (!phrase.contains('总') || PERIOD_SUM.is_match(phrase))
        && !summed;
    score += if summed && PERIODIC.is_match(before) { 4.0 } else { 0.0 };
    score -= if unit { 4.0 } else { 0.0 };
    score -= if periodic { 1.5 } else { 0.0 };
    (score > if unit { -1.5 } else { 1.0 }).then_some(Weight { score, unit, periodic })
}

/// 报酬贰佰万元,其中经费一百万元,差旅五十万元: what stands behind 其中 in a sentence, over the end of its line too.
fn is_part(reading: &Reading<'_>, at: usize) -> bool {
    let sentence = reading.slice(reading.before(at, &['。', ';']));
    let near = sentence.char_indices().rev().nth(80).map_or(0, |(i, _)| i);
    let behind = sentence.get(near..).and_then(|near| near.split_once("其中"));
    behind
        .is_some_and(|(_, behind)| !["合计", "共计", "总计", "总价"].iter().any(|word| behind.contains(word)))
}

/// 下浮30%计取,暂定合同价为: behind the share a phrase of its own names the whole price.
fn names_whole(behind: &str) -> bool {
    let phrase = behind.split_once(',').map_or("", |(_, phrase)| phrase);
    PRICE.iter().take(2).any(|(regex, _)| regex.find(phrase).is_some_and(|word| word.start() <= WHOLE))
}

/// No further into its phrase, in bytes, stands the name of the whole price.
const WHOLE: usize = 12;

/// 双方于…签订《借款合同》，借款本金300万元, in a supplement: what the contract that it changes came to.
fn tells_of_another(reading: &Reading<'_>, at: usize, title: &str) -> bool {
    let supplement = ["补充", "变更", "解除", "终止", "展期", "续签"].iter().any(|word| title.contains(word));
    let before = reading.slice(reading.before(at, &['。', '\n']));
    let cited = before.find("签订").is_some_and(|signed| before[signed..].contains('》'));
    supplement
        && cited
        && !["变更为", "调整为", "增加", "减少", "新增"].iter().any(|word| before.contains(word))
}

/// 支付合同总额的30%,即￥300.00元,大写人民币叁佰元整: the share goes on to the words behind it.
fn is_share(before: &str) -> bool {
    let Some(share) = SHARE.find_iter(before).last() else { return false };
    let rest = &before[share.end()..];
    rest.contains("大写") && !PRICE.iter().take(3).any(|(regex, _)| regex.is_match(rest))
}

/// 一年费用合计 is the fee of one year, not a fee by the year.
fn recurs(text: &str, period: &Match<'_>) -> bool {
    let counted = text[..period.start()]
        .ends_with(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十半".contains(c));
    !counted || text[period.start()..].starts_with(['每', '按'])
}

fn part_penalty(part: Part) -> f64 {
    match part {
        Part::Clauses => 0.0,
        Part::Opening => 0.5,
        Part::Signature => 3.0,
        Part::Attachment => 4.0,
    }
}

/// The sentence up to the sum, label cells of the same row included. Where a sum begins its line, a line above that ends
/// with a colon, or that is nothing but a name of the price, belongs to it.
fn clause_before(reading: &Reading<'_>, at: usize) -> Range<usize> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:[:为])$|^[\d.、()一二三四五六七八九十第条款 ]{0,8}[\p{Han}]{0,6}(?:价款|总价|金额|总额|价格|合同价|费用|服务费|租金|酬金|报酬)(?:\([^()]{0,12}\))?$",
        )
    });
    let own = reading.before(at, &['。', ';', '\n']);
    let begins =
        reading.slice(own.clone()).chars().all(|c| "(),:、[]大小写人民币即计整元¥￥\"“”_ \t".contains(c));
    let above = own.start.checked_sub(1).map(|end| reading.line(end.min(own.start)).start..end);
    match above.filter(|above| {
        begins
            && reading.body.get(above.end..own.start) == Some("\n")
            && LABEL.is_match(reading.slice(above.clone()))
    }) {
        Some(above) => reading.before(above.end, &['。', ';', '\n']).start..at,
        None => own,
    }
}

/// The words after the last comma: what the sum itself is called.
pub fn last_phrase(before: &str) -> &str {
    let phrase = &named(before)[phrase_start(before)..];
    // 采购限额：全年采购总额不超过: a heading that speaks of a limit, before the name of the price.
    let behind = phrase.rsplit_once(':').filter(|(label, behind)| {
        LIMIT.is_match(label) && PRICE.iter().take(2).any(|(regex, _)| regex.is_match(behind))
    });
    behind.map_or(phrase, |(_, behind)| behind)
}

/// Headings that bound the price and do not name another sum.
static LIMIT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:限额|预算|限价|控制价)[\p{Han}]{0,4}$"));

/// Where the last phrase begins.
fn phrase_start(before: &str) -> usize {
    named(before).rfind([',', '、']).unwrap_or(0)
}

/// Without what stands between the name of a sum and the sum.
fn named(before: &str) -> &str {
    before.trim_end_matches(|c| "(:¥￥,大小写人民币为共计".contains(c))
}

/// The best word for the price in the sentence, with its distance from the sum in characters. 单价 names only a sum in
/// its own phrase: 按投标单价结算,累计不超过….
fn price_word(before: &str, phrase: usize) -> Option<(f64, usize)> {
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

/// A clause that is headed 合同价款 or 服务费用, where its sentence does not name the sum again.
fn heading(reading: &Reading<'_>, at: usize) -> Option<f64> {
    let clause = reading.text.article_at(at)?;
    let heading = clause.heading.as_deref()?;
    PRICE.iter().find(|(regex, _)| regex.is_match(heading)).map(|(_, score)| score - 4.0)
}
