//! Subject (标的): what is bought, built, let or done. A labelled slot, the clause headed 标的 or 服务内容, or the
//! sentence in which one side engages the other; the name of the project only where nothing better is said.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Extractor;
use super::clause;
use super::draft::Draft;
use super::phrase;
use super::reading::{Part, Reading};
use super::resolve::{Witness, resolve_by};
use super::scan::{blank, pattern};
use crate::model::{Confidence, Value};
use crate::text::script::is_hanzi;

/// The subject.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "subject", about: "标的：买什么、做什么、租什么；取标的条款或委托语句", run
    };

/// Headings, the surest first.
static HEADINGS: LazyLock<[(Regex, f64); 3]> = LazyLock::new(|| {
    [
        (
            pattern(
                r"^[^,。;]{0,8}标的(?:物|及[^,。;]{0,8}|与[^,。;]{0,8}|名称|概况|内容)?(?:情况)?$|^(?:采购|服务|工程|项目|工作|委托|研究|开发|合作|咨询|顾问|监理|设计|承包|活动|赞助|培训|课题|运营|改造|承揽|运输|维护|代理|变更|增补采购)(?:的)?(?:内容|事项|范围|标的|任务)(?:及[^,。;]{0,10}|与[^,。;]{0,10}|和[^,。;]{0,10})?$",
            ),
            0.88,
        ),
        (
            pattern(
                r"^(?:租赁|出租|承租|转让|捐赠|赠与|借用|使用)(?:物业|房屋|场地|车辆|物|标的|财产|场所|设备)(?:[^,。;]{0,10})?$|^房屋基本情况|^(?:该?)?(?:物业|房屋|场地)(?:的)?(?:基本)?(?:情况|概况|状况)",
            ),
            0.85,
        ),
        (
            pattern(
                r"^(?:工程|项目|活动|服务)(?:基本)?(?:概况|情况)|^(?:货物|产品|设备)[^,。;]{0,12}$|^(?:聘用|工作)岗位",
            ),
            0.75,
        ),
    ]
});
/// Slots with the subject on their own line.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)(?:^|\t|[)、.])(?P<label>(?:合同|采购|租赁|转让)?标的(?:物)?(?:名称)?|采购内容|服务内容|工程内容|工作内容|工程范围|工程承包范围|承包范围|服务范围|委托事项|项目内容|货物名称|项目名称|工程名称|活动名称|课题名称)(?:为)?[:\t](?P<value>[^\n\t]{2,200})",
    )
});
/// 甲方委托乙方提供…, 乙方向甲方供应…, 甲方将位于…出租给乙方.
static PROSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:[甲乙丙供需买卖]方|采购人|委托方|委托人|发包人|出租方|承租方|出租人|用人单位|双方)(?:[^,。;:\n]{0,12})?(?:委托|聘请|聘用|向[^,。;\n]{1,10}(?:采购|购买|订购|供应|出售|提供|出租|租赁|增加采购)|将[^。;\n]{2,60}(?:出租|转让|发包|委托|交由|移交|捐赠|赠与|借)[给与]?|为[^,。;\n]{1,10}(?:提供|开发|承担|编制|设计)|同意承租|租用|承租|就[^。;\n]{4,60}(?:事宜|项目|合作))[^。;\n]{0,120}",
    )
});
/// What is not said of a subject.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"违约|保密|通知|授权|担保|赔偿|支付|付款|发票|争议|诉讼|仲裁|送达|解除|终止|权利|不得|资料|书面|检查|监督|承诺|保证|配合|质疑|第三方|下列|以下|如下|本合同|本协议",
    )
});

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let mut blank = None;
    let mut witnesses: Vec<Witness<String>> = Vec::new();
    for (regex, sure) in HEADINGS.iter() {
        witnesses
            .extend(clause::headed(reading, regex).filter_map(|text| under(reading, text, *sure)).take(1));
    }
    witnesses.extend(labelled(reading, &mut blank));
    witnesses.extend(prose(reading));
    let titled = titled(reading, draft);
    // The title alone is no witness; where the clauses speak of the same, it is.
    witnesses.extend(titled.clone().filter(|titled| titled.confidence > 0.0));
    let titled = titled.map(|titled| titled.into_value(reading));
    // Two wordings of one subject do not contradict each other.
    draft.fields.subject = resolve_by(reading, witnesses, |_, _| true).map(|mut value| {
        value.confidence = Confidence::new(value.confidence.get().min(0.9));
        with_title(value, titled)
    });
    if draft.fields.subject.is_none() {
        draft.absent(reading, "subject", blank);
    }
}

/// How long a subject may be, in characters.
const LONGEST: usize = 240;

/// The first sentence under a heading; a list that it announces is taken along.
fn under(reading: &Reading<'_>, under: Range<usize>, sure: f64) -> Option<Witness<String>> {
    // A sub-heading (常规服务) or a heading's translation says less than the first whole sentence.
    let sentences = clause::sentences(reading, under.clone(), 4);
    let says = |range: &&Range<usize>| {
        let text = reading.slice((*range).clone());
        text.chars().filter(|c| is_hanzi(*c)).count() >= 8
    };
    let first = sentences.iter().find(says).or(sentences.first()).cloned()?;
    let announces = reading.slice(first.end..under.end).starts_with([':', '：']);
    if !announces {
        let text = reading.written(first.clone());
        return usable(&text).then(|| Witness::new(text, first, sure, "subject/clause"));
    }
    let items = listed(reading, first.end..under.end);
    let end = items.last().map_or(first.end, |item| item.end);
    let names: Vec<String> = items.into_iter().map(|item| reading.written(item)).collect();
    let text = match names.is_empty() {
        true => reading.written(first.clone()),
        false => format!("{}：{}", reading.written(first.clone()), names.join("；")),
    };
    usable(&text).then(|| Witness::new(text, first.start..end, sure, "subject/clause"))
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
    static ITEM: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"名称|品名|车型|货物|产品|设备|项目|标的|服务内容"));
    let header = rows.first().map(|row| &row.segments);
    let column =
        header.and_then(|cells| cells.iter().find(|c| ITEM.is_match(reading.segment(c)))).map(|c| c.column);
    let body = rows.iter().skip(1).take_while(|row| row.is_under(head));
    let cells = body.filter_map(|row| row.segments.iter().find(|cell| Some(cell.column) == column));
    let named = |range: &Range<usize>| {
        let text = reading.slice(range.clone());
        !blank::is_blank(text) && !text.contains("合计") && !text.contains("总计")
    };
    cells.map(|cell| cell.range.clone()).filter(named).take(10).collect()
}

fn usable(text: &str) -> bool {
    let length = text.chars().count();
    (4..=LONGEST).contains(&length)
        && text.chars().any(is_hanzi)
        && !blank::has_placeholder(text)
        && !text.contains("此处空白")
}

fn labelled(reading: &Reading<'_>, blank: &mut Option<Range<usize>>) -> Vec<Witness<String>> {
    let mut found = Vec::new();
    for slot in reading.captures_all(&LABEL) {
        let (Some(whole), Some(label), Some(value)) = (slot.get(0), slot.name("label"), slot.name("value"))
        else {
            continue;
        };
        if reading.part_at(whole.start()) == Part::Attachment {
            continue;
        }
        let range = reading.trim(value.range(), &['。', ';', '《', '》']);
        let text = reading.written(range.clone());
        if blank::is_blank(value.as_str()) {
            *blank = blank.clone().or(Some(whole.range()));
        } else if usable(&text) {
            let sure = if label.as_str().ends_with("名称") && label.as_str() != "货物名称" {
                0.8
            } else {
                0.86
            };
            found.push(Witness::new(text, range, sure, "subject/label"));
        }
    }
    found.truncate(3);
    match found.as_slice() {
        [name, content, ..] if is_name(name) && !is_name(content) && !shares(&name.value, &content.value) => {
            found.truncate(2);
            joined(found)
        }
        _ => found,
    }
}

fn is_name(witness: &Witness<String>) -> bool {
    witness.confidence < 0.85
}

/// 工程名称：校区运动场, 工程内容：土建: what is done, and to what.
fn joined(found: Vec<Witness<String>>) -> Vec<Witness<String>> {
    let mut found = found.into_iter();
    let (Some(name), Some(content)) = (found.next(), found.next()) else { return Vec::new() };
    let text = format!("{}：{}", name.value, content.value);
    let range = name.range.start..content.range.end;
    vec![Witness { value: text, range, confidence: 0.89, ..content }]
}

fn prose(reading: &Reading<'_>) -> Option<Witness<String>> {
    let found = reading.find_all(&PROSE).find(|found| {
        let apart = matches!(reading.part_at(found.start()), Part::Signature | Part::Attachment);
        !apart && !OTHER.is_match(found.as_str()) && usable(found.as_str())
    })?;
    let range = reading.trim(found.range(), &[',', ':']);
    Some(Witness::new(reading.written(range.clone()), range, 0.68, "subject/sentence"))
}

/// What the title says beside the words of its type: 垃圾分类督导服务 of 垃圾分类督导服务合同. A bare 服务合同 says nothing.
fn titled(reading: &Reading<'_>, draft: &Draft) -> Option<Witness<String>> {
    static END: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:项目)?(?:合同|协议|备忘录|意向书)(?:书)?(?:[(（].{0,12}[)）])?$"));
    static KIND: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:项目|政府|采购|购买|购销|买卖|供货|委托|服务|租赁|承包|施工|建设|工程|合作|赠与|捐赠|技术|咨询|框架|补充|变更|解除|终止|续签|监管|借款|聘用|劳动|代理|承揽|赞助|使用|定点|战略|场地|合同|协议)+$",
        )
    });
    let title = draft.fields.title.as_ref()?;
    let name = title.value.trim_matches(['《', '》', ' ']);
    let name = &name[..END.find(name)?.start()];
    let own = KIND.find(name).map_or(name, |kind| &name[..kind.start()]);
    let range = phrase::range_of(reading, title.evidence.first()?)?;
    let hanzi = |text: &str| text.chars().filter(|c| is_hanzi(*c)).count();
    let body = own.ends_with(['局', '处', '司', '的', '及', '和', '与', '关', '于', '之']);
    let says = hanzi(own) >= 2 && hanzi(name) >= 4 && !body && !blank::has_placeholder(name);
    let sure = if is_borne_out(reading, own) { 0.75 } else { 0.0 };
    says.then(|| Witness::new(name.to_owned(), range, sure, "subject/title"))
}

/// Do the clauses speak of what the title names?
fn is_borne_out(reading: &Reading<'_>, own: &str) -> bool {
    reading.body.match_indices(own).any(|(at, _)| reading.part_at(at) == Part::Clauses)
}

/// The longest wording that is itself a name of the subject; of longer ones the title says it shorter.
const SHORT: usize = 70;

/// A sentence that does not say what the contract is named after (打包、装卸、运输 under 服务内容) says it together with the
/// title; a long one stands beside the title as a witness.
fn with_title(value: Value<String>, titled: Option<Value<String>>) -> Value<String> {
    let Some(mut title) = titled else { return value };
    if value.method == title.method {
        return value;
    }
    let length = value.value.chars().count();
    match (shares(&title.value, &value.value), length <= SHORT) {
        (true, true) => value,
        (false, true) if length <= SHORT / 2 => {
            title.value = format!("{}：{}", title.value, value.value);
            title.raw = None;
            title.confidence = value.confidence;
            title.method = value.method;
            title.evidence.extend(value.evidence);
            title.witnesses = value.witnesses;
            title
        }
        _ => {
            title.confidence = Confidence::new(0.75);
            title.witnesses = vec![value];
            title
        }
    }
}

/// Do most characters of the title stand in the text?
fn shares(title: &str, text: &str) -> bool {
    let (all, there) = title
        .chars()
        .filter(|c| is_hanzi(*c))
        .fold((0, 0), |(all, there), c| (all + 1, there + usize::from(text.contains(c))));
    there * 3 >= all * 2
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::with_reading;
    use super::*;

    fn subject(source: &str) -> Option<String> {
        with_reading(source, |reading| {
            let mut draft = Draft::default();
            run(reading, &mut draft);
            draft.fields.subject.map(|subject| subject.value)
        })
    }

    #[test]
    fn subjects_are_found() {
        for (source, expected) in [
            (
                "第一条 服务内容\n乙方为甲方办公区提供保洁服务。服务人员不少于十人。",
                "乙方为甲方办公区提供保洁服务",
            ),
            (
                "一、工程概况\n（一）工程内容：屋面防水翻新、外墙修补涂刷。\n（二）工程规模：1,280平方米。",
                "屋面防水翻新、外墙修补涂刷",
            ),
            ("采购内容：办公家具一批\n第一条 价款\n500元。", "办公家具一批"),
            ("第一条 总则\n甲方委托乙方承担东湖片区规划编制工作。", "甲方委托乙方承担东湖片区规划编制工作"),
            ("项目名称：智慧社区平台\n第一条 总则\n双方平等协商。", "智慧社区平台"),
        ] {
            assert_eq!(subject(source).as_deref(), Some(expected), "{source}");
        }
    }

    #[test]
    fn the_title_names_the_subject_where_nothing_else_does() {
        let read = |source: &str| {
            with_reading(source, |reading| {
                let mut draft = Draft::default();
                super::super::title::EXTRACTOR.run_on(reading, &mut draft);
                run(reading, &mut draft);
                draft.fields.subject.map(|subject| subject.value)
            })
        };
        let clauses = "甲方：甲局\n乙方：乙公司\n第一条 期限\n一年。";
        assert_eq!(read(&format!("垃圾分类督导服务合同\n{clauses}")), None);
        let borne_out = format!("垃圾分类督导服务合同\n{clauses}\n第二条 乙方派员进行垃圾分类督导。");
        assert_eq!(read(&borne_out).as_deref(), Some("垃圾分类督导服务"));
        let moved = format!("档案搬迁服务合同\n{clauses}\n第二条 服务内容\n打包、装卸、运输、复位。");
        assert_eq!(read(&moved).as_deref(), Some("档案搬迁服务：打包、装卸、运输、复位"));
        assert_eq!(read(&format!("采购合同\n{clauses}")), None);
    }

    #[test]
    fn what_a_list_announces_is_taken_along() {
        let source =
            "第一条 采购标的\n乙方向甲方供应下列货物：\n1. 办公桌；\n2. 文件柜。\n第二条 价款\n500元。";
        assert_eq!(subject(source).as_deref(), Some("乙方向甲方供应下列货物：办公桌；文件柜"));
    }

    #[test]
    fn what_is_no_subject() {
        for source in [
            "第一条 服务内容\n____________\n第二条 价款\n500元。",
            "第一条 违约\n甲方委托乙方支付违约金。",
            "采购内容：________\n第一条 价款\n500元。",
        ] {
            assert_eq!(subject(source), None, "{source}");
        }
    }
}
