//! Where a contract speaks of the settlement of disputes.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::reading::{Part, Reading, Row, starts_clause};
use super::super::scan::pattern;

static HEADING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"争议|纠纷|争端|管辖|(?:法律|法院|仲裁)[^。,]{0,6}$|诉讼"));
/// A sentence that settles disputes, wherever it stands.
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:争议|纠纷|争端|分歧|异议|协商不成|调解不成|协商无法|协商未果|不能解决|解决不成|未能解决|不愿协商|协商、调解)[^。\n]{0,120}(?:仲裁|诉讼|法院|起诉|裁决|解决|方式)|(?:本合同|本协议)[^。\n]{0,20}(?:管辖|诉讼管辖)|(?:诉讼|司法|一审|约定|约定的)?管辖(?:法院|机构|地)?[:为是][^。\n]{2,40}法院|第一审(?:的)?(?:合意)?管辖法院|(?:选定|约定|同意|确定)[^。;\n]{2,40}法院[^。;\n]{0,30}(?:管辖|一审|受理|审理)|(?:甲方|乙方|出借人|贷款人|债权人)[^。\n]{0,12}(?:有权|可以?)[^。,\n]{0,6}向[^。,\n]{0,30}法院[^。,\n]{0,6}(?:起诉|诉讼)|(?:一方|双方)[^。\n]{0,20}向[^。\n]{0,30}法院[^。\n]{0,10}(?:起诉|诉讼)|(?:一方|双方|协商|一致)[^。\n]{0,12}由[^。;,\n]{2,24}法院[^。;,\n]{0,8}(?:管辖|审理|受理|一审)|(?m)^(?:[\d一二三四五六七八九十]{1,3}[、.]|第[\d一二三四五六七八九十]{1,3}条)_*(?:仲裁[ A-Za-z]{0,16}:)?(?:提交|提请|交由)?[^。;,\n约选定]{4,24}(?:仲裁院|仲裁委员会|法院)(?:仲裁|裁决|诉讼|管辖)?(?:$|[。;/ ])",
    )
});
/// The same told otherwise: a quarrel by another name (官司、谈不拢、歧见) that comes before a court or an arbitral body, and a matter that
/// such a body is to decide.
static DECIDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:官司|闹矛盾|争执|争拗|争讼|讼争|诉争|歧见|异见|扯皮|闹僵|闹翻|涉讼|涉诉|成讼|谈不(?:拢|成|妥)|谈崩|没有?谈(?:成|拢|妥)|不一致意见|意见不(?:一|合|同)|不服|不满|不认可)[^。\n]{0,60}(?:法院|法庭|仲裁)|(?:由|归|交|付|付诸|请|诉请|诉诸|提请|提交|去|到|找|听|向|就上)[^,。;\n]{0,24}(?:法院|法庭|仲裁(?:委员会|院|中心|机构|机关|部门))[^,。;\n]{0,8}(?:审判|审理|裁判|裁决|裁断|判断|断定|评(?:理|断|判)|公断|管辖|起诉|打官司|提起(?:诉讼|仲裁)|启动)",
    )
});
/// What a court decides that is no dispute of the contract: enforcement, insolvency, another case.
static OTHER_DECISION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"强制执行|申请执行|破产|查封|冻结|拍卖|失信|生效(?:的)?(?:判决|裁定|裁决|法律文书)|保全|(?:已|曾|正)[^,。;]{0,8}(?:起诉|仲裁|审理|判决)|委托代理|律师",
    )
});

/// Disputes of others: between the supplier and its staff, over objections to a tender, over quality tests.
static FOREIGN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"派驻人员|其员工|工作人员之间|雇员|第三[方人][^。]{0,12}(?:争议|纠纷|诉讼)|劳动(?:争议|纠纷)[^。]{0,8}由|质疑|投诉|代理[^。]{0,8}(?:诉讼|仲裁)|诉讼[^。]{0,6}代理|业主纠纷|知识产权[^。]{0,6}纠纷|债权债务纠纷|权属[^。]{0,4}纠纷|无[^。]{0,8}(?:争议|纠纷|诉讼)|不存在[^。]{0,12}(?:争议|纠纷|诉讼)",
    )
});

/// The stretches that settle disputes: clauses with such a heading, else paragraphs with such a sentence.
pub fn find(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut found = clauses(reading);
    for line in lines(reading) {
        if !found.iter().any(|range| range.start <= line.start && line.end <= range.end) {
            found.push(line);
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// Rows under a heading about disputes, up to the next heading of its kind.
fn clauses(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut index = 0;
    while let Some(row) = reading.rows.get(index) {
        let text = reading.row(row);
        let short = text.chars().count() <= 28 && !text.contains('。');
        let heading = row.part == Part::Clauses
            && short
            && starts_clause(text)
            && HEADING.is_match(text)
            && !FOREIGN.is_match(text);
        if !heading {
            index += 1;
            continue;
        }
        let end = end_of_clause(reading, index);
        let range = row.range().start..reading.rows[end - 1].range().end;
        if settles(reading.slice(range.clone())) {
            found.push(range);
        }
        index = end;
    }
    found
}

fn settles(text: &str) -> bool {
    ["协商", "仲裁", "诉讼", "法院", "解决", "裁决", "管辖"].iter().any(|word| text.contains(word))
}

/// The row at which the next heading of the same style begins.
fn end_of_clause(reading: &Reading<'_>, start: usize) -> usize {
    let style = style(reading.row(&reading.rows[start]));
    let mut index = start + 1;
    while let Some(row) = reading.rows.get(index) {
        let text = reading.row(row);
        let ends = row.part != Part::Clauses || starts_clause(text) && self::style(text) <= style;
        if ends || index - start > 30 {
            break;
        }
        index += 1;
    }
    index
}

/// How a heading is numbered, outermost first.
fn style(text: &str) -> u8 {
    let mut characters = text.chars();
    match characters.next() {
        Some('第') => 0,
        Some(c) if "一二三四五六七八九十".contains(c) => 1,
        Some('(') if characters.next().is_some_and(|c| !c.is_ascii_digit()) => 2,
        Some(c) if c.is_ascii_digit() => {
            3 + u8::try_from(
                // The dot behind 19. parts no number from the next.
                text.split(|c: char| !c.is_ascii_digit() && c != '.')
                    .next()
                    .unwrap_or("")
                    .trim_end_matches('.')
                    .matches('.')
                    .count()
                    .min(5),
            )
            .unwrap_or(5)
        }
        _ => 9,
    }
}

/// Where the clause ends whose heading has a number and no mark behind it (6 争议解决); `None` for any other row.
fn end_of_bare(reading: &Reading<'_>, index: usize) -> Option<usize> {
    static BARE: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,2}[\p{Han}、与和及]{2,12}$"));
    let heads = |row: &Row| row.segments.len() == 1 && BARE.is_match(reading.row(row));
    let row = reading.rows.get(index).filter(|row| heads(row) && HEADING.is_match(reading.row(row)))?;
    let rows = reading.rows.iter().skip(index + 1).take(OPTIONS);
    let own = rows.take_while(|next| next.part == row.part && !heads(next)).last()?;
    let range = row.range().start..own.range().end;
    settles(reading.slice(range.clone())).then_some(range.end)
}

/// Where the list ends that a row announces (按下列第2种方式解决：), or the row itself.
fn end_of_list(reading: &Reading<'_>, index: usize) -> usize {
    static ITEM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[_\s]*(?:[☑☒√✓✔■□☐○●]|[(\[]?[一二三四五六七八九\d①②③④⑤⑥A-D][)\].、]|[①②③④⑤⑥]|方式[一二三四\d]|\([√✓_ ]{0,6}\))",
        )
    });
    let row = &reading.rows[index];
    let heads = |text: &str| text.chars().count() <= 24 && HEADING.is_match(text) && !FOREIGN.is_match(text);
    let announces = reading.row(row).ends_with(':')
        && (reading.row(row).contains(['下', '第', '择']) || heads(reading.row(row)));
    let rows = reading.rows.iter().skip(index + 1).take(OPTIONS);
    let items = rows.take_while(|row| announces && ITEM.is_match(reading.row(row)));
    items.filter(|row| settles(reading.row(row))).last().map_or(row.range().end, |row| row.range().end)
}

/// Where the list ends that stands under a heading without a number: 争议处理（请勾选）：.
fn end_of_announced(reading: &Reading<'_>, index: usize) -> Option<usize> {
    let row = &reading.rows[index];
    let end = end_of_list(reading, index);
    (HEADING.is_match(reading.row(row)) && end > row.range().end).then_some(end)
}

/// Where a sentence ends that was cut at the end of its line: 协商不成，由 / 深圳国际仲裁院仲裁。
fn end_of_wrapped(reading: &Reading<'_>, index: usize) -> Option<usize> {
    let (row, next) = (reading.rows.get(index)?, reading.rows.get(index + 1)?);
    let (text, rest) = (reading.row(row), reading.row(next));
    let open = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | ',');
    let cut = row.part == next.part
        && row.segments.len() == 1
        && next.segments.len() == 1
        && text.chars().count() >= WRAPPED
        && text.ends_with(open)
        && !starts_clause(rest);
    let whole = || format!("{text}{rest}");
    (cut && settles(rest) && !FOREIGN.is_match(text) && has_settling_sentence(&whole()))
        .then_some(next.range().end)
}

/// A line that was cut where the paper ends has so many characters at least.
const WRAPPED: usize = 12;

/// Printed lists of ways have no more rows than this.
const OPTIONS: usize = 6;

/// Where the documents of a court are served settles nothing.
static SERVICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"[^,。;]*(?:文书|文件|地址|通知)[^,。;]{0,60}送达|[^,。;]*送达[^,。;]{0,60}(?:文书|地址)")
});

/// Does it settle disputes in what it says beside the service of documents?
fn has_settling_sentence(text: &str) -> bool {
    if DECIDED.is_match(text) && !OTHER_DECISION.is_match(text) && !text.contains("送达") {
        return true;
    }
    SENTENCE.is_match(text) && (!text.contains("送达") || SENTENCE.is_match(&SERVICE.replace_all(text, "")))
}

/// Those of the stretches that stand in special terms (专用条款), which go before general ones.
pub fn special(reading: &Reading<'_>, scope: &[Range<usize>]) -> Vec<Range<usize>> {
    static TERMS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:第[一二三四五六七八九十\d]{1,2}[部章节]分?|[一二三四五六七八九十]、|\d{1,2}[.、])?[、:]?(?:政府采购|采购)?(?:合同)?(?P<kind>通用|一般|标准|专用|特殊|特别)(?:合同)?(?:条款|条件)(?:\([^()]{0,12}\))?$",
        )
    });
    let heads: Vec<(usize, bool)> = reading
        .rows
        .iter()
        .filter_map(|row| {
            let kind = TERMS.captures(reading.row(row))?.name("kind")?;
            Some((row.range().start, matches!(kind.as_str(), "专用" | "特殊" | "特别")))
        })
        .collect();
    let is_special =
        |at: usize| heads.iter().rfind(|(head, _)| *head <= at).is_some_and(|(_, special)| *special);
    scope.iter().filter(|range| is_special(range.start)).cloned().collect()
}

fn lines(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let own = |row: &Row| matches!(row.part, Part::Clauses | Part::Opening);
    for (index, row) in reading.rows.iter().enumerate().filter(|(_, row)| own(row)) {
        let text = reading.row(row);
        // 双方再无其他争议；因本协议产生的争议，由…管辖
        static NO_MORE: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"[^。;]{0,40}无(?:其他|其它|任何)[^。;]{0,6}(?:争议|纠纷)[;。]"));
        let own = NO_MORE.replace(text, "");
        if let Some(end) = end_of_bare(reading, index) {
            found.push(row.range().start..end);
        } else if has_settling_sentence(&own) && !FOREIGN.is_match(&own) && settles(&own) {
            found.push(row.range().start..end_of_list(reading, index));
        } else if let Some(end) = end_of_announced(reading, index).or_else(|| end_of_wrapped(reading, index))
        {
            found.push(row.range().start..end);
        }
    }
    found.dedup_by(|later, first| later.end <= first.end);
    found
}
