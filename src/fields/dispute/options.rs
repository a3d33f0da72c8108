//! Printed lists of ways (按下列第__种方式解决), with the number filled in or a box ticked.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};

use super::super::reading::Reading;
use super::super::scan::{numeral, pattern};
use super::forum::{Forum, forums};
use crate::model::fields::DisputeKind;

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
        r"(?:按|以|采取|采用|通过|选择|选定|用|依)?(?:照|取)?(?:下列|以下|下述|如下|上述|本条|本款|[^。;\n,]{0,14}条(?:款)?)?(?:的)?第?[_\s]*[(\[【〔]?[_\s]*(?P<number>[一二三四五六七八九\d]|[壹贰叁肆]|[①②③④⑤⑥]|[A-D])?[_\s]*[)\]】〕]?[_\s]*(?:种|项|个|款)(?:方式|办法|途径|约定)?|(?:下列|以下|下述|如下)(?:争议解决)?方式[_\s]*(?P<dotted>\d{1,2}\.\d{1,2})[_\s]*(?:予以)?解决|(?:按照?|采用|采取|选择|选定|以|通过)(?:下列|以下|下述)?第?(?:[(\[【〔][_\s]*[)\]】〕]|_{2,})(?:方式|办法|途径)|(?:下列|以下|下述|如下)(?:[一二三四五六七八九\d]种)?(?:争议解决)?(?:方式|途径|办法)(?:之一|中的一种|中的第)?|选择以下",
    )
});
/// A way that is chosen by its number alone: 采用方式二解决, 按照【1】方式解决.
static PICK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:按照?|以|采取|采用|通过|选择|选定|用|依照?|同意)(?:下列|以下|下述|如下|上述)?(?:的)?(?:方式|方案|途径|办法|选项)[_(\[【〔]*(?P<after>[一二三四五六\d①②③④⑤⑥A-D壹贰叁肆])[_)\]】〕]*(?:解决|处理|予以|进行|[,。;:]|$)|(?:按照?|以|采取|采用|通过|选择|选定|用|依照?)(?:下列|以下|下述|如下|上述)?(?:的)?第?[_(\[【〔]*(?P<inside>[一二三四五六\d①②③④⑤⑥A-D壹贰叁肆])[_)\]】〕]*(?:方式|方案|途径|办法|解决|处理)|(?:方式|途径|办法|选项)(?:选择)?(?:为|是|:)第?[_\s(\[【]*(?P<told>[一二三四五六\d①②③④⑤⑥A-D])[_\s)\]】]*(?:种|项)?(?:[。;,\n\t]|$)",
    )
});
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)(?:^|[\n\t:;。,])(?:[☑☒√✓✔■□☐○●◯▢\[\]]{0,3})?(?P<label>\((?:[一二三四五六七八九\d])\)|(?:方式|方案|选项)[一二三四五六\dA-D](?::|、|\.)|[壹贰叁肆](?:、|\.)|[一二三四五六七八九](?:、|\.)|\d\.\d(?:\.\d)?|\d(?:[.、)])|[一二三四](?:向|提交|提请|申请)|[①②③④⑤⑥]|[A-D][.、])(?P<mark>[☑☒√✓✔■□☐○●◯▢])?",
    )
});
static BOX: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<on>☑|☒|✓|✔|√|■|●|\[[√✓xX]\]|\([√✓]\)|【√】|🗹)|(?P<off>(?m:^)〇|□|☐|○|◯|▢|\[[ _]?\]|【[ _]?】|(?P<round>\([_\s]{0,8}\)))",
    )
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

/// Printed lists have no more boxes than these.
const MOST: usize = 60;

/// ☑ 提交深圳国际仲裁院仲裁 □ 向人民法院起诉.
fn boxes(reading: &Reading<'_>, range: &Range<usize>) -> Option<List> {
    let text = reading.slice(range.clone());
    // An empty round bracket is a box beside one that is ticked.
    let ticked = ["(√)", "(✓)"].iter().any(|mark| text.contains(mark));
    let marks: Vec<_> = BOX
        .captures_iter(text)
        .take(MOST)
        .filter(|mark| ticked || mark.name("round").is_none())
        .filter_map(|mark| Some((mark.get(0)?.range(), mark.name("on").is_some())))
        .collect();
    // 请在选择项中打“√” is how to choose, no choice.
    let quoted = |at: usize| text[..at].ends_with(['“', '"', '‘', '「', '打', '画', '划']);
    let marks: Vec<_> = marks.into_iter().filter(|(mark, on)| !(*on && quoted(mark.start))).collect();
    if let [(mark, true)] = marks.as_slice() {
        return one_tick(reading, range, range.start + mark.start);
    }
    if marks.len() < 2 {
        return None;
    }
    if let Some(list) = ticked_behind(reading, range, &marks) {
        return Some(list);
    }
    let mut items = Vec::new();
    let mut chosen = Vec::new();
    for (index, (mark, on)) in marks.iter().enumerate() {
        let last = index + 1 == marks.len();
        let ends = |c: char| c == '\n' || last && matches!(c, ';' | '。');
        let line_end = text[mark.end..].find(ends).map_or(text.len(), |i| mark.end + i);
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

/// 1. 提交…仲裁 / √2. 向…起诉: one of the options has a tick, the others have no box.
fn one_tick(reading: &Reading<'_>, range: &Range<usize>, mark: usize) -> Option<List> {
    let items: Vec<Range<usize>> = items(reading, range, 0).into_iter().map(|item| item.range).collect();
    let lines =
        |item: &Range<usize>| reading.line(item.start).start..item.end.max(reading.line(item.start).end);
    let chosen: Vec<Range<usize>> =
        items.iter().filter(|item| lines(item).contains(&mark)).cloned().collect();
    let ways = items.iter().filter(|item| names_way(reading.slice((*item).clone()))).count();
    (ways >= 2 && chosen.len() == 1).then(|| List {
        head: reading.line(range.start),
        items,
        choice: Choice::Items(chosen),
    })
}

/// 提交…仲裁（√） 向…起诉（ ）: every box stands behind its option.
fn ticked_behind(
    reading: &Reading<'_>,
    range: &Range<usize>,
    marks: &[(Range<usize>, bool)],
) -> Option<List> {
    let text = reading.slice(range.clone());
    let mut items = Vec::new();
    let mut chosen = Vec::new();
    let mut from = 0;
    for (mark, on) in marks {
        let line = text[from..mark.start].rfind('\n').map_or(from, |at| from + at + 1);
        let item = range.start + line..range.start + mark.start;
        if !names_way(reading.slice(item.clone())) {
            return None;
        }
        if *on {
            chosen.push(item.clone());
        }
        items.push(item);
        from = mark.end;
    }
    let behind = text[from..].lines().next().unwrap_or("");
    let choice = if chosen.is_empty() { Choice::Open } else { Choice::Items(chosen) };
    let apart = !names_way(behind) || is_closed(behind) && marks.iter().all(|(mark, _)| is_close(text, mark));
    apart.then(|| List { head: reading.line(range.start), items, choice })
}

/// 诉讼☑ 仲裁□，管辖法院：…: behind the last box another phrase begins.
fn is_closed(behind: &str) -> bool {
    let behind = behind.trim_start();
    behind.is_empty() || [",", "。", ";", "、", "由", "管辖"].iter().any(|next| behind.starts_with(next))
}

/// Does a box stand straight behind the word that it belongs to?
fn is_close(text: &str, mark: &Range<usize>) -> bool {
    let before = text[..mark.start].trim_end_matches([' ', '('].as_slice());
    ["仲裁", "诉讼", "法院", "起诉", "裁决", "解决"].iter().any(|word| before.ends_with(word))
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
    let heads = || HEAD.captures_iter(text).filter(announces);
    // 有关条款 ends as a head does; 按下列第2种方式 is one.
    let head = pick.or_else(|| heads().find(is_plain_head)).or_else(|| heads().next())?;
    let whole = head.get(0)?;
    let items = items(reading, range, whole.end());
    if items.len() < 2 || items.iter().filter(|item| names_way(reading.slice(item.range.clone()))).count() < 2
    {
        return None;
    }
    let number = ["number", "dotted", "after", "inside", "told"].iter().find_map(|group| head.name(group));
    // 约定以下一种方式 lets one be chosen, and chooses none.
    let one = ["下一", "列一", "述一", "中一"].iter().any(|words| whole.as_str().contains(words));
    let number = number.filter(|_| !one).and_then(|n| ordinal(n.as_str()));
    let chosen = number.and_then(|n| items.iter().find(|item| item.ordinal == Some(n)));
    let choice = chosen.map_or(Choice::Open, |item| Choice::Items(vec![item.range.clone()]));
    let head = range.start + whole.start()..range.start + whole.end();
    Some(List { head, items: items.into_iter().map(|item| item.range).collect(), choice })
}

/// Does it speak of a way, or of what stands below?
fn is_plain_head(head: &Captures<'_>) -> bool {
    let text = head.get(0).map_or("", |head| head.as_str());
    ["下", "如", "种", "方式", "途径", "办法"].iter().any(|word| text.contains(word))
}

/// The forums of an option that was chosen; the way alone (☑诉讼) where it names none.
pub fn forums_of(reading: &Reading<'_>, item: &Range<usize>) -> Vec<Forum> {
    let found = forums(reading, item.clone());
    let text = reading.slice(item.clone());
    if !found.is_empty() || !names_way(text) {
        return found;
    }
    let kind = if text.contains("仲裁") { DisputeKind::Arbitration } else { DisputeKind::Court };
    let labour = text.contains("劳动");
    vec![Forum { kind, range: item.clone(), named: false, labour, open: false }]
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
    // 【一】向法院起诉: the bracket of a filled slot is gone.
    let inner = inner.trim_end_matches(['向', '提', '交', '申', '请']);
    let inner = inner.trim_matches(['(', ')', '、', '.', ':', '[', ']']);
    let last = inner.rsplit('.').next().unwrap_or(inner);
    let first = last.chars().next()?;
    match first {
        '①'..='⑥' => Some(u64::from(first as u32 - '①' as u32) + 1),
        'A'..='D' => Some(u64::from(first as u32 - 'A' as u32) + 1),
        _ => numeral::integer(last),
    }
}
