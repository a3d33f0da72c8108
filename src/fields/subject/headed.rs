//! What stands under a heading that announces the subject: a sentence, a list, the names in a table.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::clause;
use super::super::reading::{Reading, Row};
use super::super::resolve::Witness;
use super::super::scan::{blank, pattern};
use super::{core, usable};
use crate::text::script::is_hanzi;

/// Headings, the surest first.
static HEADINGS: LazyLock<[(Regex, f64); 3]> = LazyLock::new(|| {
    [
        (
            pattern(
                r"^[^,。;]{0,8}标的(?:物|及[^,。;]{0,8}|与[^,。;]{0,8}|名称|概况|内容)?(?:情况)?$|^(?:本次|本项目|本)?(?:采购|服务|工程|项目|工作|委托|研究|开发|合作|咨询|顾问|监理|设计|承包|活动|赞助|培训|课题|运营|改造|承揽|运输|维护|代理|变更|增补采购|增加采购|供货|供应|业务|检测|检验|评估|审计|配送|印制|印刷|制作|养护|管养|保养|维保|运维|投保|许可|授权|宣传|展览|演出|调查|测绘|勘察|规划|编制|翻译|拍摄|摄制|保管|仓储|清运|处置|回收|安装|代建|资助|订购|购买|维修|租用|用车|承办|策划|监测|巡查|值守|托管|经营|鉴定|测评|治理|修缮|施工|安保|保安|保洁|绿化|巡护|搬迁|演练|外包|派遣|教学|指导|保障|勘查|排查|普查|体检|清洗|消杀|采样|录入|扫描|整理|借展|借用|认养|代管|运行|技术|建设|装修|供餐|配餐|餐饮|物业|物管|管理|技术服务|劳务|研究开发)(?:的)?(?:内容|事项|范围|标的|任务|品种|品目|项目|对象|清单|需求)(?:[及与和、(][^,。;]{0,14})?$",
            ),
            0.88,
        ),
        (
            pattern(
                r"^(?:租赁|出租|承租|转让|捐赠|赠与|借用|使用)(?:物业|房屋|场地|车辆|物|标的|财产|场所|设备|物资)(?:[^,。;]{0,10})?$|^房屋基本情况|^(?:该?)?(?:物业|房屋|场地)(?:的)?(?:基本)?(?:情况|概况|状况)",
            ),
            0.85,
        ),
        (
            pattern(
                r"^(?:工程|项目|活动|服务)(?:基本)?(?:概况|情况)|^(?:货物|产品|设备|商品|物资|物品)[^,。;]{0,12}$|^(?:聘用|工作)岗位|^(?:品名|名称)[、及和与,][^。;]{0,16}$|^(?:课题|项目|服务|货物|产品)名称$",
            ),
            0.75,
        ),
    ]
});
/// Headings of that form that lay down how, not what.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"验收|交付|交货|质量|包装|保管|要求及|质保|保修|风险|所有权|价格|付款|维修责任|管理$")
});

/// What no sentence says that tells the subject.
static FORBIDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"不得|不能|不可|未经|未征得|违约|赔偿"));

/// One witness for each kind of heading.
pub(super) fn witnesses(reading: &Reading<'_>) -> Vec<Witness<String>> {
    let kinds = HEADINGS.iter();
    kinds
        .filter_map(|(regex, sure)| {
            clause::headed(reading, regex).find_map(|text| under(reading, text, *sure))
        })
        .collect()
}

/// The first sentence under a heading that says something; a list that it announces is taken along, and a table is read
/// for its names.
fn under(reading: &Reading<'_>, under: Range<usize>, sure: f64) -> Option<Witness<String>> {
    let heading = reading.slice(reading.line(under.start.saturating_sub(1)).start..under.start);
    if OTHER.is_match(heading) {
        return None;
    }
    if opens_with_table(reading, &under) {
        return goods(reading, under, sure);
    }
    // A sub-heading (常规服务) or a heading's translation says less than the first whole sentence.
    let sentences: Vec<_> = clause::sentences(reading, under.clone(), 5)
        .into_iter()
        .filter_map(|range| unlabelled(reading, range))
        .collect();
    let says = |range: &&Range<usize>| {
        let text = reading.slice((*range).clone());
        text.chars().filter(|c| is_hanzi(*c)).count() >= 8
    };
    let first = sentences.iter().find(says).or(sentences.first()).cloned()?;
    if FORBIDS.is_match(reading.slice(first.clone())) {
        return None;
    }
    if let Some(list) = numbered(reading, &under, &first, sure) {
        return Some(list);
    }
    let announces = reading.slice(first.end..under.end).starts_with([':', '：']);
    let first = core(reading, first);
    let items = if announces { listed(reading, first.end..under.end) } else { Vec::new() };
    if items.is_empty() {
        let text = reading.written(first.clone());
        return usable(&text).then(|| Witness::new(text, first, sure, "subject/clause"));
    }
    let end = items.last().map_or(first.end, |item| item.end);
    let names: Vec<String> = items.into_iter().map(|item| reading.written(item)).collect();
    let text = format!("{}：{}", reading.written(first.clone()), names.join("；"));
    usable(&text).then(|| Witness::new(text, first.start..end, sure, "subject/clause"))
}

/// （一）…（二）…: where the clause is nothing but a list, its items together say what is done.
fn numbered(
    reading: &Reading<'_>,
    under: &Range<usize>,
    first: &Range<usize>,
    sure: f64,
) -> Option<Witness<String>> {
    let rows =
        reading.rows.iter().filter(|row| row.range().start >= under.start && row.range().end <= under.end);
    let item = |row: &Row| {
        let range = clause::without_number(reading, reading.trim(row.range(), &[';']));
        (range.start > row.range().start && row.segments.len() == 1).then_some(range)
    };
    let items: Vec<Range<usize>> = rows.map_while(item).take(LISTED).collect();
    if items.len() < 2 || items.first()?.start != first.start {
        return None;
    }
    let mut text = String::new();
    let mut end = first.end;
    for item in items {
        let words = reading.written(core(reading, item.clone()));
        if !text.is_empty() && text.chars().count() + words.chars().count() > TOGETHER {
            break;
        }
        text = if text.is_empty() { words } else { format!("{text}；{words}") };
        end = item.end;
    }
    let plain = !FORBIDS.is_match(&text) && !text.contains('：') && !text.contains(':');
    (plain && usable(&text)).then(|| Witness::new(text, first.start..end, sure, "subject/list"))
}

/// So many items of a list are taken along, no longer together than so many characters.
const LISTED: usize = 6;
const TOGETHER: usize = 100;

/// 检测项目：甲醛、苯系物: what stands behind the label; `None` where the label says that it is of something else.
fn unlabelled(reading: &Reading<'_>, sentence: Range<usize>) -> Option<Range<usize>> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?P<label>[\p{Han}]{2,10}):(?P<value>.)"));
    static APART: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"地点|位置|地址|时间|期限|工期|规模|资金|文号|编号|数量|金额|单位|负责人|规格|性质|依据|用途|要求|面积|标准|方式|坐落",
        )
    });
    let text = reading.slice(sentence.clone());
    let Some(found) = LABEL.captures(text) else { return Some(sentence) };
    let (label, value) = (found.name("label")?, found.name("value")?);
    (!APART.is_match(label.as_str())).then(|| reading.trim(sentence.start + value.start()..sentence.end, &[]))
}

fn opens_with_table(reading: &Reading<'_>, under: &Range<usize>) -> bool {
    let first = reading.rows.iter().find(|row| row.range().start >= under.start);
    first.is_some_and(|row| row.range().end <= under.end && is_tabular(row))
}

fn is_tabular(row: &Row) -> bool {
    row.table.is_some() || row.segments.len() >= 3
}

/// The names in the table with which the clause begins.
fn goods(reading: &Reading<'_>, under: Range<usize>, sure: f64) -> Option<Witness<String>> {
    let items = listed(reading, under);
    let range = items.first()?.start..items.last()?.end;
    let names: Vec<String> = items.into_iter().map(|item| reading.written(item)).collect();
    let text = names.join("、");
    usable(&text).then(|| Witness::new(text, range, sure, "subject/table"))
}

/// The items of a list or the names in a table: the first few that fit.
fn listed(reading: &Reading<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let rows: Vec<_> = reading
        .rows
        .iter()
        .filter(|row| row.range().start >= range.start && row.range().end <= range.end)
        .collect();
    let head = rows.first().map_or((None, 0), |row| (row.table, row.segments.len()));
    if head.0.is_none() && head.1 < 3 {
        let lines = rows.iter().take_while(|row| row.table.is_none()).take(6);
        return lines.map(|row| clause::without_number(reading, reading.trim(row.range(), &[';']))).collect();
    }
    static ITEM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"名称|品名|品目|品种|车型|货物|产品|设备|^项目$|标的|服务内容|^内容$|房屋|物业")
    });
    let header = rows.first().map(|row| &row.segments);
    let column =
        header.and_then(|cells| cells.iter().find(|c| ITEM.is_match(reading.segment(c)))).map(|c| c.column);
    let body = rows.iter().skip(1).take_while(|row| row.is_under(head));
    let cells = body
        .filter_map(|row| row.segments.iter().find(|cell| column.is_some() && Some(cell.column) == column));
    let named = |range: &Range<usize>| {
        let text = reading.slice(range.clone());
        !blank::is_blank(text) && !text.contains("合计") && !text.contains("总计")
    };
    cells.map(|cell| cell.range.clone()).filter(named).take(10).collect()
}
