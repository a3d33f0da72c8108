//! Day of signing (签订日期): beside a label in the header, or the last of the days beside the signatures.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;
use jiff::civil::Date;

use super::Extractor;
use super::draft::Draft;
use super::reading::{Part, Reading, Row};
use super::resolve::{Witness, resolve};
use super::scan::date::{self, Day};
use super::scan::pattern;

/// The day.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "sign_date", about: "签订日期：首部或签署页；各方日期不同的取最后一个", run
    };

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:双方|甲乙双方|各方|本)?(?:合同|协议|合约)?(?:书)?(?:签订|签署|签约|签字|签章|订立|签定|签立|缔约|立约|订约|订单|下单|立合同|签合同)(?:的)?(?:日期|时间|日)(?:\([^()\n]{0,30}\))?(?:[ /]*[A-Za-z][A-Za-z ]{0,24})?(?::|为:?|是)?\t?",
    )
});
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"本(?:合同|协议)(?:书)?(?:由[^,。;\n]{0,20})?(?:于|签订于|签署于)(?P<day>[^,。;\n在]{6,24}[日曰])(?:[^。;\n]{0,30}(?:签订|签署|订立)|[。,;])",
    )
});
/// The words before a day on which this contract was concluded.
static SIGNED_ON: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[,(、]|双方|各方|协议|合同)(?:签订|签署|订立|签约|签|签立|缔结)于:?$"));
/// 本合同由…于2024年3月5日在深圳市签订，…
static CONCLUDED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:,?在[^,。;\n]{2,30}?)?(?:共同)?(?:签订|签署|订立|签立)(?:[,。;:]|$)"));
/// This Agreement（供货协议）由甲公司与乙公司于…, 供货协议由甲公司与乙公司于…: the contract begins with its own name.
static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:This [A-Za-z ]{3,40})?[^,。;该原前上《》]{0,24}(?:Agreement|Contract|合同|协议|合约)(?:\([^()]{0,24}\))?由[^。;]{6,120}与[^。;]{6,120}于$",
    )
});
/// 2024年3月5日签订, on a line of its own.
static ALONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:(?:于|在)[^,。;\n]{2,20})?(?:签订|签署|订立|签立)$"));
/// 2024年3月5日签订于深圳市罗湖区, at the end of its sentence.
static SIGNED_AT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:共同)?(?:(?:签订|签署|订立|签立|签)(?:于|在)[^,。;\n]{2,30}|签订|签署)$"));
/// A line of somebody who registers or witnesses the contract.
static REGISTRY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:合同)?(?:登记|备案|鉴证|公证|见证)(?:机关|机构|单位|部门|方|人)|(?i:registr|record-?keep|contract registration|notary|witness))",
    )
});
/// The words behind such a day.
static SIGN_THIS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^,?(?:(?:下列|上列|以下|甲乙)?(?:双方|各方|三方|四方))?(?:,?在[^,。;\n]{2,30}?)?,?(?:就[^。;\n]{2,60}?)?,?(?:经[^,。;\n]{0,12}(?:协商|磋商)(?:一致)?,?)?(?:共同|正式|自愿)?(?:签订|签署|订立|达成|签立|签)(?:本|如下|以下|此)",
    )
});
/// Another contract is named: 《采购合同》, 主合同.
static CITED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"主合同|《[^《》]{0,40}(?:合同|协议|备忘录|意向)[^《》]{0,10}》"));
/// …, 2024年3月5日达成协议, 内容如下.
static AGREED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:,?在[^,。;\n]{2,30}?)?(?:达成|签订|订立|签署)(?:(?:本|如下|以下|此)?(?:合同|协议|合约))(?:[,。;:]|$)",
    )
});
/// This Agreement is made on 5 March 2024; Done in duplicate on …; Signed on …
static MADE_ON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:(?-u:\b)this [a-z ]{3,60}(?:\([^()]{0,20}\) ?)?(?:is|was) (?:made|entered into|concluded|signed|executed)(?: and entered into)?[^。;\n]{0,30}(?-u:\b)on|^done [^。;\n]{0,40}(?-u:\b)on|^signed on|(?-u:\b)date of (?:signature|signing|agreement):?) ?$",
    )
});
/// Labels that mean the signing only where the contract begins: 日期：, Date:.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:日期|时间)?[ /]*(?i:Date)?(?: ?of (?:Contract|Signing|Signature|Agreement))?:[\t ]?|^(?:日期|时间):?\t",
    )
});
/// A date beside a signature: 日期：…, or nothing else on the line.
static BESIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[\p{Han}()/]{0,8}(?:日期|时间)为?|[\p{Han}]{0,6}(?:签字|签署|签订|签约|订立|缔约|签章)日|签订|签署|签约|日子|(?:签订|签署|签约|签立|立|签)于(?:[\p{Han}\d]{2,20},?)?|(?:签订|签署|签约)(?:地点?|地址)(?:[、及和/与](?:时间|日期))?:?[\p{Han}\d]{2,24},|[^,。;\t]{4,50}\((?:已)?(?:电子签章|电子签名|电子签署|电子盖章|在线签署)|[\p{Han}()/]{0,12}(?:代表人?|代理人|经办人?|签字|签名|签章)[()》〉/]*:[\p{Han}·]{0,4})?(?:\([^()\n]{0,24}\))?(?:[ /]*[A-Za-z][A-Za-z ]{0,24})?:?[_\s]*$",
    )
});

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let mut slots = Vec::new();
    let mut witnesses = labelled(reading, &mut slots);
    witnesses.extend(sentences(reading));
    witnesses.extend(in_opening(reading));
    witnesses.extend(signatures(reading, &mut slots));
    draft.fields.sign_date = resolve(reading, witnesses);
    if draft.fields.sign_date.is_none() {
        draft.absent(reading, "sign_date", slots.into_iter().next());
    }
}

/// 签订日期：2024年3月5日 outside the block of signatures.
fn labelled(reading: &Reading<'_>, slots: &mut Vec<Range<usize>>) -> Vec<Witness<Date>> {
    let mut found = Vec::new();
    for label in reading.find_all(&LABEL) {
        let part = reading.part_at(label.start());
        if matches!(part, Part::Signature | Part::Attachment) || !leads(reading, label.start()) {
            continue;
        }
        let line_end = reading.line(label.start()).end;
        let rest = label.end()..line_end.max(label.end());
        let below = || label_of_next_line(reading, &rest).and_then(|line| first_day(reading, line));
        match first_day(reading, rest.clone()).or_else(below) {
            Some(day) => {
                let confidence = if part == Part::Opening { 0.94 } else { 0.88 };
                found.push(Witness::new(day.date, day.range, confidence, "sign-date/label"));
            }
            None if label.as_str().ends_with(':') => slots.push(label.start()..rest.end),
            None => {}
        }
    }
    found
}

/// 日期：2020/3/12, or a day alone on its line, above the first clause: less sure than what says that it is signed.
fn in_opening(reading: &Reading<'_>) -> Vec<Witness<Date>> {
    let rows = reading.rows_in(Part::Opening).filter(|row| row.table.is_none());
    let segments = rows.flat_map(|row| {
        // 交货日期 | 2020-09-10: what stands before it names another day.
        let lead = row.segments.first().map_or("", |first| reading.segment(first));
        let own = BARE.is_match(lead) || !date::scan(lead).is_empty();
        row.segments.iter().filter(move |segment| own || BARE.is_match(reading.segment(segment)))
    });
    segments
        .filter_map(|segment| {
            let text = reading.segment(segment);
            let label = BARE.find(text).map_or(0, |label| label.end());
            let day = first_day(reading, segment.range.start + label..segment.range.end)?;
            let alone = reading.slice(day.range.end..segment.range.end).trim_matches(['_', ' ']).is_empty();
            alone.then(|| {
                Witness::new(day.date, day.range, if label > 0 { 0.8 } else { 0.72 }, "sign-date/opening")
            })
        })
        .collect()
}

/// The line below a label with which its own line ends.
fn label_of_next_line(reading: &Reading<'_>, rest: &Range<usize>) -> Option<Range<usize>> {
    (rest.is_empty() && rest.end < reading.body.len()).then(|| rest.end + 1..reading.line(rest.end + 1).end)
}

/// Does a label begin its line, or follow a gap or another label's value?
fn leads(reading: &Reading<'_>, at: usize) -> bool {
    reading.slice(0..at).chars().next_back().is_none_or(|c| "\n\t(_.、;,".contains(c))
        || reading.gap_before(at)
}

/// The day with which a stretch begins.
fn first_day(reading: &Reading<'_>, range: Range<usize>) -> Option<Day> {
    let text = reading.slice(range.clone());
    let day = date::scan(text).into_iter().next()?;
    let lead = &text[..day.range.start];
    let near = lead.chars().all(|c| "_: \t[]【】()".contains(c));
    near.then_some(Day { range: range.start + day.range.start..range.start + day.range.end, date: day.date })
}

fn sentences(reading: &Reading<'_>) -> Vec<Witness<Date>> {
    let stated = reading
        .captures_all(&SENTENCE)
        .filter_map(|found| first_day(reading, found.name("day")?.range()))
        .map(|day| Witness::new(day.date, day.range, 0.92, "sign-date/sentence"));
    let concluded = date::scan(reading.body)
        .into_iter()
        .filter(|day| concludes(reading, &day.range) && reading.part_at(day.range.start) != Part::Attachment)
        .map(|day| Witness::new(day.date, day.range, 0.9, "sign-date/sentence"));
    stated.chain(concluded).collect()
}

/// 于2024年3月5日订立本合同, 双方签于2024年3月5日; not 于2021年10月22日签订的《采购合同》.
fn concludes(reading: &Reading<'_>, day: &Range<usize>) -> bool {
    let sentence = reading.sentence(day.start);
    let before = reading.slice(sentence.start.min(day.start)..day.start);
    let behind = reading.slice(day.end..sentence.end.max(day.end));
    let cited = CITED.is_match(before) || before.contains('原') || before.contains("鉴于");
    let agreed = before.ends_with([',', '于', '在']) && AGREED.is_match(behind);
    let said = MADE_ON.is_match(before);
    let own = before.contains("本合同") || before.contains("本协议") || BETWEEN.is_match(before);
    !cited
        && (own && before.ends_with(['于', '在']) && CONCLUDED.is_match(behind)
            || before.trim().is_empty() && ALONE.is_match(behind)
            || SIGNED_ON.is_match(before)
            || (before.trim().is_empty() || before.ends_with([',', '于'])) && SIGNED_AT.is_match(behind)
            || agreed
            || said
            || (before.ends_with(['于', '在']) || before.is_empty() && day.start < HEAD)
                && SIGN_THIS.is_match(behind))
}

/// A contract that begins with its day says so within so many bytes.
const HEAD: usize = 600;

/// Days beside the signatures. A party whose date is open has not signed: then there is no day yet.
fn signatures(reading: &Reading<'_>, slots: &mut Vec<Range<usize>>) -> Vec<Witness<Date>> {
    let mut days: Vec<Day> = Vec::new();
    let mut open = Vec::new();
    // Below 登记机关 stands the day of the registration.
    let ours = |row: &&Row| row.segments.len() > 1 || !REGISTRY.is_match(reading.row(row));
    for row in &reading.rows {
        match row.part {
            // The forms that are attached have slots of their own.
            Part::Attachment if !days.is_empty() => break,
            Part::Signature if !ours(&row) => break,
            Part::Signature => beside(reading, row, &mut days, &mut open),
            _ => {}
        }
    }
    let Some(last) = days.iter().map(|day| day.date).max() else {
        slots.extend(open);
        return Vec::new();
    };
    if let Some(slot) = open.first() {
        slots.insert(0, slot.clone());
        return Vec::new();
    }
    days.into_iter()
        .map(|day| {
            let confidence = if day.date == last { 0.93 } else { 0.2 };
            Witness::new(day.date, day.range, confidence, "sign-date/signature")
        })
        .collect()
}

fn beside(reading: &Reading<'_>, row: &Row, days: &mut Vec<Day>, open: &mut Vec<Range<usize>>) {
    for (index, segment) in row.segments.iter().enumerate() {
        let text = reading.segment(segment);
        // 签订日期 | 2024年1月5日: the label's value stands in the next cell.
        let label =
            row.segments.get(index + 1).is_some_and(|next| !date::scan(reading.segment(next)).is_empty());
        let base = segment.range.start;
        let mut from = 0;
        for day in date::scan(text) {
            if BESIDE.is_match(&text[from..day.range.start]) {
                days.push(Day { range: base + day.range.start..base + day.range.end, date: day.date });
            }
            from = day.range.end;
        }
        if from == 0 && is_open(text) && (!label || text.contains([':', '_'])) {
            open.push(segment.range.clone());
        }
    }
}

/// `日期：____年__月__日`, `日期：`.
fn is_open(text: &str) -> bool {
    let labelled = BESIDE.is_match(text.trim_end_matches(['_', '/', ' '])) && text.contains("日期")
        || text.contains("时间:");
    let slot = date::slots(text).into_iter().any(|slot| BESIDE.is_match(&text[..slot.start]));
    labelled && text.chars().count() <= 20 || slot
}

#[cfg(test)]
mod tests;
