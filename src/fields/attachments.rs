//! Attachments (附件): those that the text names, and those that stand in the file.

mod listed;

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};

use super::Extractor;
use super::draft::Draft;
use super::reading::{Part, Reading};
use super::scan::{blank, numeral, pattern};
use crate::model::Value;
use crate::model::fields::Attachment;

/// The attachments.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "attachments", about: "附件：文中列出的与文件中实有的，分别注明", run
    };

/// A line that heads an attachment, or a line of the list of attachments.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[《(]?附件(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2}|[A-F])?[》)]?(?:[:、.\s\t-]{0,2}(?P<name>[^。;:]{2,40}))?$",
    )
});
/// A list behind one label: 附件：1.设备清单 2.报价单.
static LIST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:第[一二三四五六七八九十\d]{1,4}条|[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])?(?:本)?(?:合同|协议)?附件(?:清单|目录|列表|包括|如下)?:?$",
    )
});
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^[(]?(?P<number>[一二三四五六七八九十]{1,2}|\d{1,2})[)、.](?P<name>[^。;:]{2,40})[;。]?$")
});
/// In a sentence: 附件《点位表》, 详见附件二, 附件一（设备清单）.
static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"附件(?P<number>[一二三四五六七八九十]{1,3}|\d{1,2}|[A-F])?(?:[:,的]?《(?P<quoted>[^《》\n]{2,40})》|[(](?P<bracketed>[\p{Han}A-Za-z]{2,30})[)]|:(?P<listed>[\p{Han}A-Za-z]{2,24})(?:[;。,]|\n|$)|(?P<bare>))",
    )
});

/// So many mentions of attachments are looked at.
const MOST: usize = 500;

/// One attachment in the making.
#[derive(Debug)]
struct Found {
    number: Option<u64>,
    written: String,
    name: Option<String>,
    range: Range<usize>,
    present: bool,
}

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let mut found: Vec<Found> = Vec::new();
    for item in lines(reading).into_iter().chain(inline(reading)).chain(listed::together(reading)).take(MOST)
    {
        merge(&mut found, item);
    }
    found.sort_by_key(|found| (found.number.unwrap_or(u64::MAX), found.range.start));
    let whole = reading.text.is_complete();
    draft.fields.attachments = found.into_iter().map(|found| attachment(reading, found, whole)).collect();
    if draft.fields.attachments.is_empty() {
        draft.absent(reading, "attachments", None);
    }
}

fn attachment(reading: &Reading<'_>, found: Found, whole: bool) -> Attachment {
    let label = format!("附件{}", found.written);
    let text = found.name.map_or_else(|| label.clone(), |name| format!("{label}：{name}"));
    let method = if found.present { "attachments/heading" } else { "attachments/named" };
    let name =
        Value::new(text, if found.present { 0.93 } else { 0.86 }, method, vec![reading.span(found.range)]);
    Attachment { name, present: if found.present { Some(true) } else { whole.then_some(false) } }
}

/// One attachment may be named in a clause, listed, and stand in the file.
fn merge(found: &mut Vec<Found>, item: Found) {
    let same = |known: &&mut Found| match (known.number, item.number) {
        (Some(a), Some(b)) => a == b,
        _ => match (&known.name, &item.name) {
            (Some(a), Some(b)) => a.contains(b.as_str()) || b.contains(a.as_str()),
            (None, None) => known.number == item.number,
            _ => false,
        },
    };
    match found.iter_mut().find(same) {
        Some(known) => {
            if item.present && !known.present {
                known.range = item.range;
            }
            known.present |= item.present;
            if known.number.is_none() {
                (known.number, known.written) = (item.number, item.written);
            }
            known.name = known.name.take().or(item.name);
        }
        None => found.push(item),
    }
}

/// Lines that begin with 附件, and the items of a list of attachments. A line under which something stands heads an
/// attachment; one among others of its kind only names it.
fn lines(reading: &Reading<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut listing = false;
    for (index, row) in reading.rows.iter().enumerate() {
        let text = reading.row(row);
        if row.table.is_some() || row.part == Part::Opening {
            listing = false;
            continue;
        }
        if LIST.is_match(text) && row.part != Part::Attachment {
            listing = true;
            continue;
        }
        let in_list = listing.then(|| ITEM.captures(text)).flatten();
        listing &= in_list.is_some();
        let Some(parts) = in_list.as_ref().map_or_else(|| LINE.captures(text), |_| ITEM.captures(text))
        else {
            continue;
        };
        let heads = in_list.is_none() && row.part == Part::Attachment && something_under(reading, index);
        found.extend(item(reading, &parts, row.range(), heads));
    }
    found
}

fn something_under(reading: &Reading<'_>, index: usize) -> bool {
    reading.rows.get(index + 1).is_some_and(|next| {
        let text = reading.row(next);
        next.part == Part::Attachment
            && (next.table.is_some() || !LINE.is_match(text))
            && !blank::is_blank(text)
    })
}

fn item(reading: &Reading<'_>, parts: &Captures<'_>, range: Range<usize>, present: bool) -> Option<Found> {
    let written = parts.name("number").map_or("", |number| number.as_str());
    let name = parts.name("name").map(|name| range.start + name.start()..range.start + name.end());
    let name = name
        .map(|name| reading.written(reading.trim(name, &['《', '》', ';', ',', ' '])))
        .filter(|n| is_name(n));
    let bare = written.is_empty() && name.is_none();
    (!bare || present).then(|| Found {
        number: ordinal(written),
        written: written.to_owned(),
        name,
        range,
        present,
    })
}

/// 附件与本合同具有同等效力 speaks of attachments and names none.
fn is_name(name: &str) -> bool {
    let prose = [
        "同等",
        "效力",
        "组成部分",
        "本合同",
        "均",
        "应",
        "为准",
        "不一致",
        "如下",
        "所列",
        "一并",
        "提供的",
        "详见",
        "作为",
        "双方",
        "各执",
        "签字",
        "盖章",
    ];
    name.chars().count() >= 2
        && !prose.iter().any(|word| name.contains(word))
        && !blank::has_placeholder(name)
}

fn ordinal(written: &str) -> Option<u64> {
    let letter = written.chars().next().filter(char::is_ascii_uppercase);
    letter.map(|c| u64::from(u32::from(c)) - 64).or_else(|| numeral::integer(written))
}

/// Attachments named in sentences: with a number, or with a name in 《》.
fn inline(reading: &Reading<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for hit in reading.captures_all(&INLINE) {
        let Some(whole) = hit.get(0) else { continue };
        if !matches!(reading.part_at(whole.start()), Part::Clauses | Part::Opening)
            || foreign(reading, whole.start())
        {
            continue;
        }
        let written = hit.name("number").map_or("", |number| number.as_str());
        let name = ["quoted", "bracketed", "listed"]
            .iter()
            .find_map(|group| hit.name(group))
            .map(|name| reading.written(name.range()));
        let name = name.filter(|name| is_name(name) && !name.contains("以下") && !name.contains("下称"));
        if written.is_empty() && hit.name("quoted").is_none() {
            continue;
        }
        let number = ordinal(written);
        found.push(Found { number, written: written.to_owned(), name, range: whole.range(), present: false });
    }
    found
}

/// 招标文件附件一, 《办法》附件: another document's.
fn foreign(reading: &Reading<'_>, at: usize) -> bool {
    ["文件", "》", "办法", "通知", "标书", "邮件", "原合同", "主合同"]
        .iter()
        .any(|word| reading.slice(0..at).trim_end_matches(['的', '之', ',']).ends_with(word))
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::{with_reading, with_unread};
    use super::*;

    fn read(reading: &Reading<'_>) -> Vec<(String, Option<bool>)> {
        let mut draft = Draft::default();
        run(reading, &mut draft);
        draft.fields.attachments.into_iter().map(|a| (a.name.value, a.present)).collect()
    }

    #[test]
    fn what_follows_an_attachment_is_not_its_name() {
        for sentence in ["服务要求详见附件一、附件二。", "附件一：双方签字盖章后生效；服务要求详见附件二。"]
        {
            let found = with_reading(&format!("第一条 附件\n{sentence}"), read);
            let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
            assert_eq!(names, ["附件一", "附件二"], "{sentence}");
        }
        let found = with_reading("第一条 附件\n附件为：双方签字盖章，甲乙双方各执一份", read);
        assert!(found.is_empty(), "{found:?}");
    }

    fn attachments(source: &str) -> Vec<(String, Option<bool>)> {
        with_reading(source, read)
    }

    const END: &str = "\n甲方（盖章）：甲局\n乙方（盖章）：乙公司\n日期：2024年1月1日";

    #[test]
    fn what_is_named_and_what_is_there() {
        let source = format!(
            "第一条 标的\n货物见附件一《设备清单》，安装见附件二。\n第二条 其他\n一式两份。{END}\n附件一：设备清单\n1. 电脑十台"
        );
        assert_eq!(
            attachments(&source),
            [("附件一：设备清单".to_owned(), Some(true)), ("附件二".to_owned(), Some(false))]
        );
    }

    #[test]
    fn a_list_names_and_holds_nothing() {
        let source = format!("第一条 标的\n货物。\n第二条 附件\n附件：\n1. 设备清单\n2. 廉政协议{END}");
        let named = |name: &str| (name.to_owned(), Some(false));
        assert_eq!(attachments(&source), [named("附件1：设备清单"), named("附件2：廉政协议")]);
    }

    #[test]
    fn a_sentence_names_several() {
        let named = |name: &str| (name.to_owned(), Some(false));
        for (source, expected) in [
            ("第一条 附件一：报价单；附件二：服务清单。", ["附件一：报价单", "附件二：服务清单"]),
            ("第一条 下列文件为本合同附件：采购文件、投标文件。", ["附件：采购文件", "附件：投标文件"]),
            ("第一条 附件：1.设备清单；2.售后服务承诺。", ["附件1：设备清单", "附件2：售后服务承诺"]),
        ] {
            assert_eq!(attachments(&format!("{source}{END}")), expected.map(named), "{source}");
        }
    }

    #[test]
    fn an_unread_page_may_hold_it() {
        with_unread("第一条 标的\n货物见附件《设备清单》。", &[2], |reading| {
            assert_eq!(read(reading), [("附件：设备清单".to_owned(), None)]);
        });
    }

    #[test]
    fn talk_of_attachments_names_none() {
        for source in [
            "第一条 其他\n附件为本合同的组成部分，与本合同具有同等效力。",
            "第一条 其他\n详见招标文件附件一。",
            "第一条 其他\n以邮件附件形式发送。",
        ] {
            assert_eq!(attachments(source), [], "{source}");
        }
    }
}
