//! Printed lists of ways (按下列第__种方式解决), with the number filled in or a box ticked.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};

use super::super::reading::Reading;
use super::super::scan::{numeral, pattern};

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// These options.
    Items(Vec<Range<usize>>),
    /// None yet.
    Open,
}

/// A printed list.
#[derive(Debug, Clone)]
pub struct List {
    /// The sentence that announces it.
    pub head: Range<usize>,
    /// The options.
    pub items: Vec<Range<usize>>,
    /// The choice.
    pub choice: Choice,
}

static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:按|以|采取|采用|通过|选择|选定|用|依)?(?:照|取)?(?:下列|以下|下述|如下|上述|本条|本款|[^。;\n,]{0,14}条(?:款)?)?(?:的)?第?[(\[【〔]?[_\s]*(?P<number>[一二三四五六七八九\d]|[壹贰叁肆]|[①②③④⑤⑥]|[A-D])?[_\s]*[)\]】〕]?(?:种|项|个|款)(?:方式|办法|途径|约定)?|(?:下列|以下|下述|如下)(?:争议解决)?方式[_\s]*(?P<dotted>\d{1,2}\.\d{1,2})[_\s]*(?:予以)?解决|(?:按照?|采用|采取|选择|选定|以|通过)(?:下列|以下|下述)?第?(?:[(\[【〔][_\s]*[)\]】〕]|_{2,})(?:方式|办法|途径)|(?:下列|以下|下述|如下)(?:[一二三四五六七八九\d]种)?(?:争议解决)?(?:方式|途径|办法)(?:之一|中的一种|中的第)?|选择以下",
    )
});
/// A way that is chosen by its number alone: 采用方式二解决, 按照【1】方式解决.
static PICK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:按照?|以|采取|采用|通过|选择|选定|用|依照?|同意)(?:下列|以下|下述|如下|上述)?(?:的)?(?:方式|方案|途径|办法|选项)[_(\[【〔]*(?P<after>[一二三四五六\d①②③④⑤⑥A-D壹贰叁肆])[_)\]】〕]*(?:解决|处理|予以|进行|[,。;:]|$)|(?:按照?|以|采取|采用|通过|选择|选定|用|依照?)(?:下列|以下|下述|如下|上述)?(?:的)?第?[_(\[【〔]*(?P<inside>[一二三四五六\d①②③④⑤⑥A-D壹贰叁肆])[_)\]】〕]*(?:方式|方案|途径|办法|解决|处理)",
    )
});
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)(?:^|[\n\t:;。,])(?:[☑☒√✓✔■□☐○●◯▢\[\]]{0,3})?(?P<label>\((?:[一二三四五六七八九\d])\)|(?:方式|方案|选项)[一二三四五六\dA-D](?::|、|\.)|[壹贰叁肆](?:、|\.)|[一二三四五六七八九](?:、|\.)|\d\.\d(?:\.\d)?|\d(?:[.、)])|[①②③④⑤⑥]|[A-D][.、])(?P<mark>[☑☒√✓✔■□☐○●◯▢])?",
    )
});
static BOX: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?P<on>☑|☒|✓|✔|√|■|●|\[[√✓xX]\]|\([√✓]\)|【√】|🗹)|(?P<off>□|☐|○|◯|▢|\[[ _]?\]|【[ _]?】)")
});

/// The list in the dispute clauses, if they hold one.
pub fn find(reading: &Reading<'_>, scope: &[Range<usize>]) -> Option<List> {
    let mut open = None;
    for range in scope {
        let Some(list) = boxes(reading, range).or_else(|| numbered(reading, range)) else { continue };
        if list.choice != Choice::Open {
            return Some(list);
        }
        open = open.or(Some(list));
    }
    open
}

/// ☑ 提交深圳国际仲裁院仲裁 □ 向人民法院起诉.
fn boxes(reading: &Reading<'_>, range: &Range<usize>) -> Option<List> {
    let text = reading.slice(range.clone());
    let marks: Vec<_> =
        BOX.captures_iter(text).filter_map(|c| Some((c.get(0)?.range(), c.name("on").is_some()))).collect();
    if marks.len() < 2 {
        return None;
    }
    let mut items = Vec::new();
    let mut chosen = Vec::new();
    for (index, (mark, on)) in marks.iter().enumerate() {
        let line_end = text[mark.end..].find('\n').map_or(text.len(), |i| mark.end + i);
        let next = marks.get(index + 1).map_or(line_end, |(next, _)| next.start.min(line_end));
        let item = range.start + mark.start..range.start + next.max(mark.end);
        if *on {
            chosen.push(item.clone());
        }
        items.push(item);
    }
    let about = items.iter().filter(|item| names_way(reading.slice((*item).clone()))).count();
    let choice = if chosen.is_empty() { Choice::Open } else { Choice::Items(chosen) };
    (about >= 1).then(|| List { head: reading.line(range.start), items, choice })
}

fn names_way(text: &str) -> bool {
    ["仲裁", "诉讼", "法院", "起诉"].iter().any(|word| text.contains(word))
}

/// 按第2种方式解决：（1）…（2）….
fn numbered(reading: &Reading<'_>, range: &Range<usize>) -> Option<List> {
    let text = reading.slice(range.clone());
    let announces = |c: &Captures<'_>| {
        let end = c.get(0).map_or(0, |m| m.end());
        names_way(&text[end..]) && text[..end].contains(['争', '协', '纠', '分', '解', '调'])
    };
    let pick = PICK.captures_iter(text).find(announces);
    let head = pick.or_else(|| HEAD.captures_iter(text).find(announces))?;
    let whole = head.get(0)?;
    let items = items(reading, range, whole.end());
    if items.len() < 2 || items.iter().filter(|item| names_way(reading.slice(item.range.clone()))).count() < 2
    {
        return None;
    }
    let number = ["number", "dotted", "after", "inside"].iter().find_map(|group| head.name(group));
    let number = number.and_then(|n| ordinal(n.as_str()));
    let chosen = number.and_then(|n| items.iter().find(|item| item.ordinal == Some(n)));
    let choice = chosen.map_or(Choice::Open, |item| Choice::Items(vec![item.range.clone()]));
    let head = range.start + whole.start()..range.start + whole.end();
    Some(List { head, items: items.into_iter().map(|item| item.range).collect(), choice })
}

struct Item {
    ordinal: Option<u64>,
    range: Range<usize>,
}

fn items(reading: &Reading<'_>, range: &Range<usize>, from: usize) -> Vec<Item> {
    let text = reading.slice(range.clone());
    let labels: Vec<(usize, Option<u64>)> = ITEM
        .captures_iter(&text[from..])
        .filter_map(|c| c.name("label"))
        .map(|label| (from + label.start(), ordinal(label.as_str())))
        .collect();
    let Some(&(_, first)) = labels.first() else { return Vec::new() };
    let mut items: Vec<Item> = Vec::new();
    let mut expected = first.unwrap_or(1);
    if expected != 1 {
        return Vec::new();
    }
    for (index, (start, ordinal)) in labels.iter().enumerate() {
        if *ordinal != Some(expected) {
            continue;
        }
        let end = labels[index + 1..]
            .iter()
            .find(|(_, o)| *o == Some(expected + 1))
            .map_or(text.len(), |(s, _)| *s);
        let line_end = text[*start..end].find('\n').map_or(end, |i| start + i);
        items.push(Item { ordinal: *ordinal, range: range.start + start..range.start + line_end });
        expected += 1;
    }
    items
}

/// The last number of a label: （2） 2. ② 10.2 B.
fn ordinal(label: &str) -> Option<u64> {
    let inner = label.trim_start_matches("方式").trim_start_matches("方案").trim_start_matches("选项");
    let inner = inner.trim_matches(['(', ')', '、', '.', ':', '[', ']']);
    let last = inner.rsplit('.').next().unwrap_or(inner);
    let first = last.chars().next()?;
    match first {
        '①'..='⑥' => Some(u64::from(first as u32 - '①' as u32) + 1),
        'A'..='D' => Some(u64::from(first as u32 - 'A' as u32) + 1),
        _ => numeral::integer(last),
    }
}
