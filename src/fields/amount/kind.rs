//! What kind of price a sum is (合同价款的性质): a total, a ceiling, a rate, or one that is settled later.

use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};

use super::super::phrase::tail;
use super::super::reading::Reading;
use super::super::scan::pattern;
use super::Candidate;
use super::weigh::last_phrase;
use crate::model::fields::MoneyKind;

static PER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:每个?|按)(月|年度|年|季度|季|半年|日|天)|(?i:(month|annual|year|annum))|(月|年|季|日)(?:租金?|薪|工资|费用|服务费|管理费|租)",
    )
});
static PIECE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"每(平方米|批次|班次|车次|架次|台|套|件|个|人次|人|名|位|次|辆|张|把|本|册|份|组|间|场|天|千瓦时|吨|小时|课时|学时|米|亩|株|棵)",
    )
});
static RATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"每([\p{Han}]{1,3}|[㎡㎥])(?:[:为是¥￥]|人民币|\(大写\))*$"));
static CEILING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:not exceed|no more than|not more than|up to|at most|maximum)|不超过|上限|最高(?:不超过|额|支付|限)?|封顶|暂定|暂按|暂以|以内|不高于|限额|最多|至多|不得超过|不得突破|不得高于|控制在|控制为|为限|为顶",
    )
});
/// Behind the sum: 120,000元以内, 120,000元（上限）.
static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[整)]{0,2}(?:(?:\([^()]{0,16}\))?,?(?:系|为|作为)[\p{Han}]{0,4}(?:限额|上限)|以内|之内|以下|封顶|为上限|为限|为顶|为封顶|\((?:暂定|暂估|上限|最高限额|封顶)[^()]{0,6}\))",
    )
});
static ESTIMATE: LazyLock<Regex> = LazyLock::new(|| pattern(r"预计|预估|估算|暂估|约为|暂计"));
static SETTLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:据实|按实|实际)[^。;]{0,12}(?:结算|计算)|以[^。;]{0,24}(?:结算|审定|审核|实际)[^。;]{0,16}为准|结算为准",
    )
});

/// What a price may recur by, as it is written behind a stroke.
pub const PERIODS: [&str; 9] = ["月", "个月", "年", "年度", "季", "季度", "半年", "日", "天"];

/// The kind, and what a rate is for.
pub fn kind(reading: &Reading<'_>, candidate: &Candidate) -> (MoneyKind, Option<String>) {
    let start = candidate.start();
    let before = reading.slice(reading.before(start, &['。', ';', '\n']));
    let near = tail(before, 60);
    let behind = candidate.figure.as_ref().and_then(|f| f.per.clone());
    if let Some(per) = behind {
        let kind = if PERIODS.contains(&per.as_str()) { MoneyKind::Periodic } else { MoneyKind::Unit };
        return (kind, Some(per.trim_start_matches('个').to_owned()));
    }
    let last = |regex: &Regex| {
        let all: Vec<Captures<'_>> = regex.captures_iter(near).collect();
        let (last, before) = all.split_last()?;
        // 每人每天380元 is for a person first.
        let beside = |one: &&Captures<'_>| one.get(0).map(|m| m.end()) == last.get(0).map(|m| m.start());
        let found = before.last().filter(beside).unwrap_or(last);
        let unit = found.iter().skip(1).flatten().next()?.as_str();
        Some(match unit.to_ascii_lowercase().as_str() {
            "month" => "月".to_owned(),
            "annual" | "year" | "annum" => "年".to_owned(),
            _ => unit.to_owned(),
        })
    };
    if candidate.weight.unit {
        return (MoneyKind::Unit, last(&PIECE).or_else(|| last(&RATE)));
    }
    if candidate.weight.periodic {
        return (MoneyKind::Periodic, last(&PER));
    }
    let paragraph = reading.slice(reading.line(start));
    if ESTIMATE.is_match(near) && SETTLED.is_match(paragraph) {
        return (MoneyKind::Open, None);
    }
    let own = tail(last_phrase(before), 40);
    let ceiling = [own, tail(before, 16)].iter().any(|text| CEILING.is_match(text))
        || ESTIMATE.is_match(tail(before, 24))
        || WITHIN.is_match(reading.slice(candidate.end()..reading.sentence(candidate.end()).end));
    (if ceiling { MoneyKind::Ceiling } else { MoneyKind::Total }, None)
}
