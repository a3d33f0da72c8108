//! Choices in printed lists: 按下列第 2 种方式解决：（1）…；（2）…, ☑仲裁 □诉讼.
//!
//! What was not chosen is no part of the contract, so it is blanked out before rules look at the text.
//! A list in which nothing was chosen yet is blanked out whole: that it is open is another finding.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Match, Regex};

use super::mask;
use crate::fields::scan::pattern;
use crate::model::Text;

/// 第__种方式, 第（2）项方式, and 专用条款中约定以下一种方式: a list of which one item holds.
static SELECTOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"第(?P<number>[^第种项条款,。;\n]{0,14})(?:种|项(?:方式|途径|办法|约定))",
        r"|(?:下列|以下|下述)第(?P<item>[^第种项条款,。;\n]{0,14})项",
        r"|第(?P<listed>[^第种项条款,。;\n]{1,14}项(?:[或、和及与/]第?[^第种项条款,。;\n]{1,14}项){0,3})(?:解决|处理|办理|结算|支付|执行)[^。;:\n]{0,24}:",
        r"|(?:下列|以下|下述)\s*[\[【(]\s*(?P<boxed>[1-9A-D一二三四①②③④])\s*[\])】][^。;:\n]{0,8}:",
        r"|(?P<later>专用(?:合同)?条款[^。;\n]{0,12}(?:以下|下列)[^。;\n]{0,4}种(?:方式)?)",
        r"|(?:以下|下列)[^。;:\n]{0,10}(?P<open>[(\[【][^)\]】\n]{0,12}(?:择一|勾选|打[√✓]|只能选|选择一[种项]|任选一[种项])[^)\]】\n]{0,8}[)\]】])",
    ))
});

/// 按下列方式 1.1 予以解决: a list of clauses with numbers of their own, of which one holds.
static DOTTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:按|按照|采取|采用|选择|以)(?:下列|以下|下述)[^,。;:\n]{0,8}?(?P<stem>\d{1,2}(?:\.\d{1,2})?)\.(?P<last>\d{1,2})[^.\d\n]",
    )
});

/// The number before an item of a list: （1）, ①, 1、, （一）, 一、, A.
static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"[(\[【](?P<bracketed>[1-9一二三四五六七八九A-Da-d])[)\]】]",
        r"|(?P<circled>[①②③④⑤⑥⑦⑧⑨])",
        r"|(?:^|[\s:;。,])(?P<plain>[1-9一二三四五六七八九A-Da-d])[.、:)]",
    ))
});

/// A box, and the tick that may follow it.
static BOX: LazyLock<Regex> = LazyLock::new(|| pattern(r"[□☐☑☒■▣]\s*[√✓✔]?|[(\[【][√✓✔]?[)\]】]"));

/// An item of which somebody wrote that it is struck out: 1. 提交仲裁（划去）.
static STRUCK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"[(\[【](?:已|业已|双方)?(?:划去|划掉|作废|删除|删去|不选|不采用|不适用)[)\]】]")
});

/// A sentence that is an item of a list.
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\s*(?:[(\[【][1-9一二三四五六七八九A-Da-d][)\]】]|[①②③④⑤⑥⑦⑧⑨]|[1-9A-Da-d][.、:)])")
});

/// How far before the words that strike an item out it may begin, in bytes.
const STRUCK_REACH: usize = 360;

/// How far after its selector a list may begin and go, in bytes, where no clause bounds it.
const REACH: usize = 1500;

/// The folded body with every option that was not chosen blanked out.
pub fn chosen(text: &Text) -> Cow<'_, str> {
    let body = text.folded_body();
    let mut away = unticked(body);
    away.extend(STRUCK.find_iter(body).map(|words| struck_out(body, words.range())));
    for selector in SELECTOR.captures_iter(body) {
        let Some(whole) = selector.get(0) else { continue };
        let number = selector
            .name("number")
            .or(selector.name("item"))
            .or(selector.name("listed"))
            .or(selector.name("boxed"));
        let number = number.map_or("", |number| number.as_str());
        let Some(wanted) = ordinals(number) else { continue };
        let window = whole.end()..window_end(text, body, whole.end());
        let items = items(body, window);
        away.extend(items.into_iter().filter(|item| !wanted.contains(&item.ordinal)).map(|item| item.range));
    }
    away.extend(DOTTED.captures_iter(body).flat_map(|chosen| other_numbers(body, &chosen)));
    mask(body, away)
}

/// What words like 划去 strike out: the item of a list that they stand in, else no more than the part of a sentence before them.
fn struck_out(body: &str, words: Range<usize>) -> Range<usize> {
    let from = body.ceil_char_boundary(words.start.saturating_sub(STRUCK_REACH));
    let lead = body.get(from..words.start).unwrap_or_default();
    let sentence = lead.rsplit(['。', ';', '\n']).next().unwrap_or_default();
    let part = lead.rsplit(['。', ';', '\n', ',', '、']).next().unwrap_or_default();
    // 不适用 is written behind one thing, 划去 behind an item.
    let item =
        ITEM.is_match(sentence) && !body.get(words.clone()).is_some_and(|words| words.contains("适用"));
    let struck = if item { sentence } else { part };
    words.start - struck.len()..words.end
}

/// The lines behind a choice by number (1.1) that bear another number of its kind (1.2).
fn other_numbers(body: &str, chosen: &Captures<'_>) -> Vec<Range<usize>> {
    let (Some(whole), Some(stem), Some(last)) = (chosen.get(0), chosen.name("stem"), chosen.name("last"))
    else {
        return Vec::new();
    };
    let mut start = whole.end() + body[whole.end()..].find('\n').map_or(0, |at| at + 1);
    let mut away = Vec::new();
    for line in body[start..floor_boundary(body, start + REACH)].split('\n') {
        let number = line.trim_start().strip_prefix(stem.as_str()).and_then(|rest| rest.strip_prefix('.'));
        let Some(number) = number else { break };
        let own: String = number.chars().take_while(char::is_ascii_digit).collect();
        if own != last.as_str() {
            away.push(start..start + line.len());
        }
        start += line.len() + 1;
    }
    away
}

/// The end of the clause that a list stands in.
fn window_end(text: &Text, body: &str, at: usize) -> usize {
    let reach = floor_boundary(body, at + REACH);
    text.article_at(at.saturating_sub(1)).map_or(reach, |clause| clause.shadow.end.min(reach)).max(at)
}

fn floor_boundary(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The numbers written into a selector: none for a blank. `None` if it is no selector at all.
fn ordinals(number: &str) -> Option<Vec<u32>> {
    let filler = |c: char| c.is_whitespace() || "_()[]【】〔〕〖〗「」/、,和及与或第项”“\"'".contains(c);
    let mut found = Vec::new();
    for c in number.chars().filter(|c| !filler(*c)) {
        found.push(ordinal(c)?);
    }
    Some(found)
}

/// 2, 二, ②, 贰, B.
fn ordinal(c: char) -> Option<u32> {
    const FORMS: [&str; 5] = ["123456789", "一二三四五六七八九", "①②③④⑤⑥⑦⑧⑨", "壹贰叁肆伍陆柒捌玖", "ABCD"];
    let c = c.to_ascii_uppercase();
    FORMS.iter().find_map(|form| form.chars().position(|digit| digit == c)).map(|index| index as u32 + 1)
}

/// One item of a printed list.
#[derive(Debug, PartialEq)]
struct Item {
    ordinal: u32,
    range: Range<usize>,
}

/// The items of the list that begins in a window: markers of one form that count up from 1.
fn items(body: &str, window: Range<usize>) -> Vec<Item> {
    let mut form = None;
    let mut starts: Vec<usize> = Vec::new();
    for found in MARKER.captures_iter(&body[window.clone()]) {
        let named =
            ["bracketed", "circled", "plain"].into_iter().find_map(|name| Some((name, found.name(name)?)));
        let Some((name, mark)) = named else { continue };
        let class = (name, mark.as_str().chars().next().map(|c| c.is_ascii_digit()));
        let Some(number) = mark.as_str().chars().next().and_then(ordinal) else { continue };
        if number as usize == starts.len() + 1 && form.is_none_or(|form| form == class) {
            form = Some(class);
            starts.push(window.start + mark.start());
        }
    }
    let ends = starts.iter().skip(1).copied();
    let last = starts.last().map(|&start| item_end(body, start, window.end));
    starts
        .iter()
        .zip(ends.chain(last))
        .enumerate()
        .map(|(index, (&start, end))| Item { ordinal: index as u32 + 1, range: start..end })
        .collect()
}

/// The last item goes to the end of its sentence or paragraph.
fn item_end(body: &str, start: usize, limit: usize) -> usize {
    body[start..limit].find(['。', '\n']).map_or(limit, |at| start + at)
}

/// Items behind an empty box, where the same paragraph or the ones beside it print boxes.
fn unticked(body: &str) -> Vec<Range<usize>> {
    let boxes: Vec<_> =
        BOX.find_iter(body).filter(|found| is_box(found.as_str(), body, found.start())).collect();
    let mut away = Vec::new();
    for ((index, found), label) in boxes.iter().enumerate().zip(labels_before(body, &boxes)) {
        if found.as_str().contains(['☑', '☒', '■', '▣', '√', '✓', '✔']) {
            continue;
        }
        if let Some(label) = label {
            away.push(label);
            continue;
        }
        let next = boxes.get(index + 1).map_or(body.len(), |next| next.start());
        let end = body[found.end()..next].find(['。', ';', '\n']).map_or(next, |at| found.end() + at);
        away.push(found.end()..end);
    }
    away
}

/// What begins the line of boxes, and what ends it.
const BEGINS: [char; 5] = ['\n', '\t', ':', '。', ';'];
const ENDS: [char; 5] = ['\n', '\t', '。', ';', '('];

/// The labels of boxes on lines whose boxes stand behind their labels: 中文☑　英文□. One for each box, in one pass: a
/// line may hold nothing but boxes.
fn labels_before(body: &str, boxes: &[Match<'_>]) -> Vec<Option<Range<usize>>> {
    let named =
        |range: Range<usize>| body.get(range).is_some_and(|left| left.chars().any(char::is_alphanumeric));
    let (mut start, mut end) = (0, 0);
    let (mut led, mut followed) = (false, false);
    let mut labels = Vec::with_capacity(boxes.len());
    for (index, found) in boxes.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| boxes.get(before));
        let gap = before.map_or(0, Match::start)..found.start();
        let begun = body[gap.clone()].char_indices().rfind(|(_, c)| BEGINS.contains(c));
        if begun.is_some() || before.is_none() {
            start = gap.start + begun.map_or(0, |(at, c)| at + c.len_utf8());
            led = named(start..found.start());
        }
        if end < found.end() || before.is_none() {
            end = body[found.end()..].find(ENDS).map_or(body.len(), |at| found.end() + at);
            let behind = |next: &&Match<'_>| next.start() < end;
            let last = index + boxes.iter().skip(index + 1).take_while(behind).count();
            // A box takes in the white space behind it, the end of its line, too: what is left of the line may be nothing.
            followed = named(boxes.get(last).map_or(end, Match::end)..end);
        }
        let from = start.max(before.map_or(0, Match::end)).min(found.start());
        // 提供保证，是否公证 □: the label is what stands right before the box.
        let own = body[from..found.start()].rsplit([',', '、']).next().unwrap_or_default();
        labels.push((led && !followed).then(|| found.start() - own.len()..found.start()));
    }
    labels
}

/// Brackets are boxes only where a ticked pair stands near; the printed squares always are.
fn is_box(mark: &str, body: &str, at: usize) -> bool {
    if !mark.starts_with(['(', '[', '【']) || mark.contains(['√', '✓', '✔']) {
        return true;
    }
    let from = floor_boundary(body, at.saturating_sub(300));
    let near = &body[from..floor_boundary(body, at + 300)];
    ["(√)", "[√]", "【√】", "(✓)", "(✔)"].iter().any(|ticked| near.contains(ticked))
}

#[cfg(test)]
mod tests;
