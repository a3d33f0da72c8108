//! Titles that do not stand on a line of their own at the head: behind a label, at the head of every page, behind something
//! else, or run together with what follows.

use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::reading::Reading;
use super::super::scan::{blank, pattern};
use super::{Candidate, ends_like_title, head, is_form, is_title_line};
use crate::model::Region;

static CELL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:合同|协议)(?:名称|标题):?$"));
static LABEL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:合同|协议)(?:名称|标题)(?:\([^()]*\))?[::](?P<title>.{4,60})$"));

/// 合同名称：X合同, or the two in cells beside each other.
pub(super) fn labelled(reading: &Reading<'_>) -> Option<Candidate> {
    let rows = head(reading);
    let in_line = rows.iter().flat_map(|row| &row.segments).find_map(|segment| {
        let found = LABEL.captures(reading.segment(segment))?.name("title")?;
        Some(segment.range.start + found.start()..segment.range.start + found.end())
    });
    let beside = || {
        rows.iter().flat_map(|row| row.segments.windows(2)).find_map(|pair| match pair {
            [label, value] if CELL.is_match(reading.segment(label)) => Some(value.range.clone()),
            _ => None,
        })
    };
    let range = in_line.or_else(beside)?;
    let text = reading.slice(range.clone());
    let good = !blank::is_blank(text) && !blank::has_placeholder(text) && !is_form(text);
    good.then(|| Candidate { title: reading.written(range.clone()), range, score: 4.5 })
}

/// The title that stands at the head of every page, and was set apart with what runs there.
pub(super) fn running(reading: &Reading<'_>) -> Option<Candidate> {
    let texts = reading.text.paragraphs.iter().filter(|paragraph| paragraph.region == Region::Header);
    texts.map(|paragraph| paragraph.shadow.clone()).find_map(|range| {
        let text = reading.text.folded().get(range.clone())?;
        ends_like_title(text).then(|| Candidate { title: reading.written(range.clone()), range, score: 3.0 })
    })
}

/// The title of a contract that is bound behind something else: 成交通知书.
pub(super) fn later(reading: &Reading<'_>) -> Option<Candidate> {
    let beginning = super::super::parts::beginnings(reading).into_iter().next()?;
    let text = reading.slice(beginning.title.clone());
    let title = reading.written(beginning.title.clone());
    (!is_form(text)).then_some(Candidate { range: beginning.title, title, score: 5.0 })
}

/// The title that what follows stands in one line with: X服务合同 合同编号：… 甲方：…, X服务合同（编号：…）.
pub(super) fn run_on(reading: &Reading<'_>) -> Option<Candidate> {
    static LED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?P<title>(?:[^。,;:\t(]|\([^()\n]{1,40}\)){2,80}?(?:合同|协议)书?(?:\([\p{Han}]{1,8}\))?)[ \t]?\(?(?:(?:政府采购|采购)?(?:合同|协议)?(?:编号|号)|采购方式|甲方|采购人|发包人|出租方|委托方)(?:\([^()]{1,12}\))?:",
        )
    });
    const ROWS: usize = 6;
    let first = reading.rows.first().filter(|_| head(reading).is_empty());
    let range = head(reading).iter().take(ROWS).chain(first).find_map(|row| {
        let title = LED.captures(reading.row(row))?.name("title")?;
        Some(row.range().start + title.start()..row.range().start + title.end())
    })?;
    let text = reading.slice(range.clone());
    let good = !blank::is_blank(text) && !is_form(text);
    good.then(|| Candidate { title: reading.written(range.clone()), range, score: 2.5 })
}

/// SALES CONTRACT, over a contract that has no Chinese title.
pub(super) fn english(reading: &Reading<'_>) -> Option<Candidate> {
    static TITLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:[A-Z][A-Za-z&/,'\- ]{1,70} )?(?:CONTRACT|AGREEMENT|CONFIRMATION|Contract|Agreement|Confirmation)(?: ?\([A-Za-z ]{2,30}\))?$",
        )
    });
    const ROWS: usize = 8;
    let row = head(reading).iter().take(ROWS).find(|row| TITLE.is_match(reading.row(row)))?;
    Some(Candidate { title: reading.written(row.range()), range: row.range(), score: 2.5 })
}

/// A first line that speaks of a contract without ending so: 测试合同文档.
pub(super) fn fallback(reading: &Reading<'_>) -> Option<Candidate> {
    let row = head(reading).first()?;
    let text = reading.row(row);
    let good = is_title_line(row, text)
        && (text.contains("合同") || text.contains("协议"))
        && (4..=25).contains(&text.chars().count())
        && !text.contains(',')
        && !blank::has_placeholder(text)
        && !is_form(text);
    good.then(|| Candidate { range: row.range(), title: reading.written(row.range()), score: 2.0 })
}
