//! One instalment out of its stretch of text.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Match, Regex};
use rust_decimal::Decimal;

use super::super::phrase;
use super::super::reading::Reading;
use super::super::resolve::Witness;
use super::super::scan::{blank, capital, numeral, pattern, period};
use super::split::{PAYS, SHARE};
use super::witness;
use crate::model::Period;
use crate::model::fields::Payment;

/// Money that is paid and is not the price.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:penalt|liquidated|interest|overdue|late payment|deposit|compensat|damages)|违约金|赔偿|为限|应付未付|罚款|罚金|滞纳金|逾期|迟延|延误|延迟|利息|工资|报酬给|社会保险|诉讼费|仲裁费|律师费|押金|定金罚则|租赁保证金|履约保证金|投标保证金|保证金[^,]{0,6}(?:不予|没收|扣)|占用费|第三方支付|第三人支付|补足|拒绝|拒付|停止支付|暂停支付|暂缓|有权不|不予支付|不再支付|无需支付|不支付|不得|扣减|未支付|已支付|已付|多付|多支付|加倍|双倍|倍支付|水费|电费|税金|税费由|增值税由|手续费|保费|解除合同|解除本合同|终止合同|提前终止|合同解除|造成|损失",
    )
});
/// Percentages that are no share of the price.
static RATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:税率|征收率|利率|费率|损耗率|合格率|满意度|优惠|下浮|上浮|低于|高于|超过|完成率|达到|增加|减少|不足)[^,。;]{0,6}$",
    )
});
static UP_TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:付|付款|支付|拨付|累计|结算)至[^,。;%]{0,24}$|累计[^,。;%]{0,10}(?:支付|付款)[^,。;%]{0,16}$",
    )
});
static NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"预付款|首付款|首期款|首笔款|首期|尾期|第[一二三四五六七八九十\d]{1,2}(?:期|笔|次|阶段|季度)(?:款)?(?:项)?|进度款|中期款|阶段款|到货款|验收款|竣工款|结算款|尾款|余款|剩余(?:款项|价款|合同款)?|质量保证金|质保金|质量保修金|定金",
    )
});
static EVERY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:每|按|逐)(?:个|自然)?(?P<unit>月|季度|季|半年|学期|学年|年度|年|周|两个月)(?:度)?|(?P<rate>月|季|年)(?:付|结)",
    )
});
static METHOD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"银行转账|转账支票|对公转账|国库集中支付|国库支付|转账|电汇|汇款|支票|现金|承兑汇票|公务卡|网上银行|信用证|托收",
    )
});
/// A trigger without a number of days: 竣工验收合格后支付.
static AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<trigger>[^,。;:、]{2,48}?(?:后|之日起?|时|前|期满|届满))(?:,|一次性|无息|再|甲方|乙方|由|凭|支付|付|全额|即|方可|拨付|$)",
    )
});
/// What a trigger begins with and does not belong to it.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[\d.、()一二三四五六七八九十]+[、.)]|第[一二三四五六\d]+(?:期|笔|次)[:,]?)?(?:待|在|于|自|从|当)?(?:(?:(?:甲|乙|丙)方|采购人|发包人|委托方|委托人|承租方|承租人|受托方)(?:应当?|须|需|将|在|于|自|从)|应当?|须|需)?(?:在|于|自|从)?",
    )
});
/// A trigger that says nothing without the phrase before it.
static BACKWARD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:其后|此后|之后|收到后|该日后|随后|之日起|后|上述[^,]{0,8}后)?$"));

/// Reads the instalment in a stretch; `None` where it is no payment of the price.
pub fn payment(reading: &Reading<'_>, range: Range<usize>) -> Option<Witness<Payment>> {
    let text = reading.slice(range.clone());
    let verb = PAYS.find(text)?;
    if is_other(text) && !is_retention(text) || blank::is_blank(text) {
        return None;
    }
    let percent = share(text);
    let (amount, currency, sum_start) = sum(reading, text, percent.is_some());
    let every = every(text, verb.start());
    let (trigger, due) = trigger(reading, &range);
    let name = name(reading, &range, text);
    let says = percent.is_some() || amount.is_some();
    let arranged = due.is_some() && trigger.is_some() || every.is_some();
    if !says && !arranged && !(trigger.is_some() && (text.contains("一次性") || name.is_some())) {
        return None;
    }
    let cumulative = says && UP_TO.is_match(&text[..value_start(text, sum_start)]);
    let value = Payment {
        name,
        percent,
        cumulative,
        amount,
        currency,
        every,
        trigger,
        due,
        method: METHOD.find(text).map(|m| m.as_str().to_owned()),
    };
    let sure = match (says, value.trigger.is_some() || value.every.is_some()) {
        (true, true) => 0.9,
        (true, false) => 0.75,
        (false, _) => 0.7,
    };
    Some(witness(value, range, sure, "payments/sentence"))
}

/// Is other money paid? What only has to be paid first (缴纳履约保证金后十日内) is a condition.
fn is_other(text: &str) -> bool {
    // 支付至结算总额的100%（扣除已支付款项）
    let settled = |found: &Match<'_>| {
        found.as_str().starts_with("已") && phrase::tail(&text[..found.start()], 8).contains("扣除")
    };
    let condition = |found: &Match<'_>| {
        let behind = text[found.end()..].split(',').next().unwrap_or("");
        found.as_str().ends_with('金') && phrase::head(behind, 6).contains('后')
    };
    OTHER.find_iter(text).any(|found| !condition(&found) && !settled(&found))
}

/// Of the price, a part may be kept back and given back: that is paid in the end.
fn is_retention(text: &str) -> bool {
    let kept = text.contains("质量保证金") || text.contains("质保金");
    kept && !["违约", "逾期", "赔偿", "没收", "扣"].iter().any(|word| text.contains(word))
}

fn value_start(text: &str, sum: Option<usize>) -> usize {
    SHARE.find(text).map(|share| share.start()).or(sum).unwrap_or(text.len())
}

/// The first percentage that is a share of the price.
fn share(text: &str) -> Option<Decimal> {
    SHARE.captures_iter(text).find_map(|found| {
        let whole = found.get(0)?;
        if RATE.is_match(&text[..whole.start()]) {
            return None;
        }
        let share = match (found.name("figure"), found.name("words")) {
            (Some(figure), _) => figure.as_str().parse().ok()?,
            (None, Some(words)) => Decimal::from(numeral::chinese(words.as_str())?),
            _ => return None,
        };
        (share > Decimal::ZERO && share <= Decimal::ONE_HUNDRED).then(|| share.normalize())
    })
}

/// The sum: in figures, else in words. Beside a share it must be said to be what the share comes to, or it is the price
/// that the share is of (合同总价100万元的30%).
fn sum(reading: &Reading<'_>, text: &str, shared: bool) -> (Option<Decimal>, Option<String>, Option<usize>) {
    let after = if shared { SHARE.find(text).map_or(0, |share| share.end()) } else { 0 };
    let figures = reading.lexicon.figures.scan(text.get(after..).unwrap_or(""));
    if let Some(figure) = figures.into_iter().find(|figure| figure.per.is_none()) {
        return (Some(figure.amount), Some(figure.currency), Some(after + figure.range.start));
    }
    // 支付95万元，累计支付至95%: the sum before a share that is only reached with it.
    let share = SHARE.find(text).map_or(0, |share| share.start());
    if shared && UP_TO.is_match(&text[..share]) {
        let figure = reading.lexicon.figures.scan(&text[..share]).into_iter().find(|f| f.per.is_none());
        if let Some(figure) = figure {
            return (Some(figure.amount), Some(figure.currency), Some(figure.range.start));
        }
    }
    let words = capital::scan(text.get(after..).unwrap_or("")).into_iter().find(|w| w.amount.is_some());
    match words {
        Some(words) => (words.amount, Some("CNY".to_owned()), Some(after + words.range.start)),
        None => (None, None, None),
    }
}

/// What the payment recurs by: said right before the verb, or behind it. 每月考核一次 further off is another matter.
fn every(text: &str, verb: usize) -> Option<String> {
    let near = |found: &Captures<'_>| {
        let end = found.get(0).map_or(0, |m| m.end());
        text.get(end..verb).is_none_or(|between| between.chars().count() <= 16 && !between.contains("考核"))
    };
    let found = EVERY.captures_iter(text).find(near)?;
    let unit = found.name("unit").or(found.name("rate"))?.as_str();
    // 每年12月31日前 is a day; 次月、当月 are no rhythm.
    Some(match unit {
        "季" => "季度".to_owned(),
        "年度" => "年".to_owned(),
        unit => unit.to_owned(),
    })
}

fn name(reading: &Reading<'_>, range: &Range<usize>, text: &str) -> Option<String> {
    let before = phrase::head(text, 24);
    let own = NAME.find(before).or_else(|| NAME.find(text)).map(|name| name.as_str().to_owned());
    // （二）尾款: … or 2. 尾款： before the stretch, where the sentence begins with its name.
    own.or_else(|| {
        let line = reading.line(range.start);
        let lead = phrase::tail(reading.slice(line.start..range.start), 16);
        NAME.find_iter(lead)
            .last()
            .filter(|name| lead[name.end()..].contains(':'))
            .map(|m| m.as_str().to_owned())
    })
}

/// The event and the days after it.
fn trigger(reading: &Reading<'_>, range: &Range<usize>) -> (Option<String>, Option<Period>) {
    let text = reading.slice(range.clone());
    let due = period::scan(text).into_iter().find(|found| {
        let behind = &text[found.range.end..];
        // 十日内移交资料: the days are for something else.
        let other = ["移交", "交还", "整改", "腾空", "撤离"]
            .iter()
            .any(|word| phrase::head(behind, 8).contains(word));
        !other && ["内", "之内", "以内"].iter().any(|word| behind.starts_with(word))
    });
    let Some(due) = due else {
        let found = AFTER.captures(text).and_then(|found| found.name("trigger"));
        return (found.and_then(|found| event(reading, range, found.range())), None);
    };
    // 支付期限为收到发票后10日内: the days may stand behind the verb.
    let start = text[..due.range.start].rfind([',', ':', ';']).map_or(0, |at| at + 1);
    (event(reading, range, start..due.range.start), Some(due.period))
}

/// The event as written, without what leads up to it; with the phrase before it where it says nothing alone.
fn event(reading: &Reading<'_>, range: &Range<usize>, at: Range<usize>) -> Option<String> {
    let text = reading.slice(range.clone());
    let lead = LEAD.find(&text[at.clone()]).map_or(0, |lead| lead.end());
    let (mut start, mut end) = (at.start + lead, at.end);
    if BACKWARD.is_match(&text[start..at.end]) && at.start > 1 {
        end = if text[start..end].contains("收到") { end } else { at.start - 1 };
        let before = text[..at.start - 1].rfind([',', ':']).map_or(0, |at| at + 1);
        start = before + LEAD.find(&text[before..end]).map_or(0, |lead| lead.end());
    }
    let start = text[start..end].rfind(':').map_or(start, |colon| start + colon + 1);
    let whole = range.start + start..range.start + end;
    let written = reading.written(reading.trim(whole, &[',', ':', '、']));
    let sane = (2..=80).contains(&written.chars().count());
    sane.then_some(written)
}
