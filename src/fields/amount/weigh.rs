//! How far a sum of money looks like the price of the contract, from the words before it.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Match, Regex};

use super::super::phrase::tail;
use super::super::reading::{Part, Reading};
use super::super::scan::pattern;
use super::names::{BOUND, PRICE, TAXED, named_behind, price_word};

/// Words that make a sum something else than the price.
pub(super) static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:deposit|penalty|damages|interest|advance|retention|each case|per day)|保证金|押金|定金|订金|基准价|违约金|赔偿|罚款|罚金|滞纳金|利息|预付款|预付|首期|首付|首笔|尾款|余款|进度款|第[一二三四五六1-9]期|第[一二三四五六1-9]笔|结算款|验收款|保函|担保|预算|控制价|最高限价|限价|投资|保险金额|保险|保额|其中|增值税额|税额|税金|税款|暂列金|暂估价|扣除|扣减|扣回|保留价|起拍价|底价|拍卖底价|每逾期|逾期|注册资本|已支付|已付|付清|原价|市场价|评估价|补偿|奖励|折旧|面值|限额|起付|单次|每次|每人|人均|不足|超过部分|低于|高于|限额|提成|产值|营业额|销售额|年收入|利润|原合同|原协议|规费|税率|手续费|水费|电费|物业费每|每发生|承诺投资|投标报价为|差额|备用金|履约金|质保金|质量保留金|工本费|诉讼费|损失|小计|考核|处罚|处以|罚|尚欠|欠付|构成为|构成如下",
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
/// Sums that are added up, in the sentence before what they come to.
static ADDENDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\d(?:万)?元[^。;]{0,60}(?:[,、;=]|以上|上述)[^,、;]{0,8}$|\d元?/[年月日季天次]")
});
/// What a rate comes to: 每月3,500元, 合计42,000元.
static SUMMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:合计|共计|总计|总共|总额|合共|共|全年|全期|[,;]计|=)(?:为|是|人民币|[(:¥￥大小写)_ ])*$")
});
/// A phrase of its own that says nothing but that it sums up.
static SUMS_UP: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"[,;](?:以上|上述)?(?:合计|共计|总计|总共|总额|合共|共|计)(?:为|是|人民币|[(:¥￥大小写)_ ])*$")
});
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
    let changed = CHANGED.is_match(before);
    // 将原合同总价由…调整为…: what it was is told before what it shall be.
    let former = |word: &str| changed && ["原合同", "原协议", "原价"].contains(&word);
    // 全年预算1,860,000元，系最高支付限额: a budget that bounds what is paid.
    let bound = BOUND.is_match(after);
    let budget = |word: &str| bound && ["预算", "限额", "最高限价"].contains(&word);
    let other = |found: &Match<'_>| {
        !title.contains(found.as_str())
            && !by_head(found.as_str())
            && !former(found.as_str())
            && !budget(found.as_str())
    };
    // 双方按75,000元成交: the words behind the sum say more than those before it.
    let settled = named_behind(after).filter(|(score, _)| *score > 8.0);
    let named = settled.or_else(|| price_word(before, phrase_start(before)));
    // 每株每月128元 under 养护费: a rate that its clause alone names.
    let rate = named.is_none() && UNIT.is_match(phrase);
    let (mut score, distance) = named
        .or_else(|| named_behind(after).filter(|_| RATE.is_match(before) || UNIT.is_match(phrase)))
        .or_else(|| {
            heading(reading, range.start).map(|score| if rate { (score + 4.0, 0) } else { (score, 30) })
        })?;
    score -= (distance as f64 / 12.0).min(2.5);
    let plain = TAXED.replace_all(phrase, "");
    if OTHER.find_iter(phrase).any(|found| other(&found))
        || FOR.is_match(after)
        || SHARE.is_match(&plain)
        || OF_SHARE
            .find(before)
            .is_some_and(|share| !is_tax(before, share.start()) && !names_whole(before, share.start()))
        || is_share(before)
        || after.starts_with("用于")
    {
        score -= 12.0;
    } else if !SUMMED.is_match(before)
        && OTHER
            .find_iter(before)
            .filter(|found| other(found) && found.as_str() != "基准价")
            .last()
            .is_some_and(|m| before.len() - m.end() < 60)
    {
        score -= 2.5;
    }
    score -= if is_part(reading, range.start) { 5.0 } else { 0.0 };
    score -= if tells_of_another(reading, range.start, title) { 6.0 } else { 0.0 };
    score += if changed { 3.0 } else { 0.0 };
    score += if bound { 2.0 } else { 0.0 };
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
    // 每月3,500元，合计42,000元; 会场费3,000元，茶歇费1,600元，以上合计4,600元.
    let adds =
        PERIODIC.is_match(before) || ADDENDS.is_match(before) && !OTHER.find_iter(before).any(|m| other(&m));
    score += if summed && adds { 4.0 } else { 0.0 };
    score -= if summed && adds_others(before) { 12.0 } else { 0.0 };
    score -= if unit { 4.0 } else { 0.0 };
    score -= if periodic { 1.5 } else { 0.0 };
    (score > if unit { -1.5 } else { 1.0 }).then_some(Weight { score, unit, periodic })
}

/// 履约保证金5,000元、水电押金3,000元，以上合计8,000元: a sum of what is no price is none.
fn adds_others(before: &str) -> bool {
    const OTHERS: [&str; 7] = ["保证金", "押金", "定金", "保险金额", "保额", "违约金", "赔偿"];
    let start = before.rfind(['。', ';', '\n']).unwrap_or(0);
    let addends = before[start..].split([',', '、']).filter(|phrase| phrase.ends_with('元'));
    let other: Vec<bool> = addends.map(|phrase| OTHERS.iter().any(|word| phrase.contains(word))).collect();
    other.len() > 1 && other.iter().all(|other| *other)
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
fn names_whole(before: &str, share: usize) -> bool {
    let phrase = before[share..].split_once(',').map_or("", |(_, phrase)| phrase);
    // 基准价500,000元，下浮30%后，勘察费为: behind a discount any name of a price is that of the whole.
    let discount = ["下浮", "优惠", "让利"].iter().any(|word| tail(&before[..share], 8).contains(word));
    let bounded = ["最高", "不超过", "上限", "封顶", "总"].iter().any(|word| phrase.starts_with(word));
    bounded
        || PRICE
            .iter()
            .take(if discount { 4 } else { 2 })
            .any(|(regex, _)| regex.find(phrase).is_some_and(|word| word.start() <= WHOLE))
}

/// Is the share that begins here the rate of a tax: 合同价（含6%增值税）：?
fn is_tax(before: &str, share: usize) -> bool {
    TAXED.find_iter(before).any(|rate| rate.range().contains(&share))
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

/// 一年费用合计, 全年服务费合计: the fee of one year, not a fee by the year.
fn recurs(text: &str, period: &Match<'_>) -> bool {
    let counted = text[..period.start()]
        .ends_with(|c: char| c.is_ascii_digit() || "一二两三四五六七八九十半".contains(c))
        || text[..period.start()].ends_with('全') && TOTAL.is_match(&text[period.end()..]);
    !counted || text[period.start()..].starts_with(['每', '按'])
}

static TOTAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[^,。;]{0,6}[合共总]"));

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
    // 24×45,000=: the comma within a number ends no phrase.
    let text = named(before);
    let within = |at: usize| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        text.ends_with('=') && digit(text[..at].chars().next_back()) && digit(text[at..].chars().nth(1))
    };
    text.rmatch_indices([',', '、']).map(|(at, _)| at).find(|at| !within(*at)).unwrap_or(0)
}

/// Without what stands between the name of a sum and the sum; 每人 keeps its word.
fn named(before: &str) -> &str {
    let name = before.trim_end_matches(|c| "(:¥￥,大小写人民币为共计".contains(c));
    if name.ends_with('每') { before.get(..name.len() + "人".len()).unwrap_or(name) } else { name }
}

/// A clause that is headed 合同价款 or 服务费用, where its sentence does not name the sum again.
fn heading(reading: &Reading<'_>, at: usize) -> Option<f64> {
    let clause = reading.text.article_at(at)?;
    let heading = clause.heading.as_deref()?;
    PRICE.iter().find(|(regex, _)| regex.is_match(heading)).map(|(_, score)| score - 4.0)
}
