//! Titles that do not stand on a line of their own at the head: behind a label, at the head of every page, behind something
//! else, or run together with what follows.

use std::sync::LazyLock;

use regex::Regex;

use super::super::reading::Reading;
use super::super::scan::{blank, pattern};
use super::{Candidate, ends_like_title, head, is_title_line};
use crate::model::Region;

static LABEL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:合同|协议)(?:名称|标题)(?:\([^()]*\))?[::](?P<title>.{4,60})$"));

pub(super) fn labelled(reading: &Reading<'_>) -> Option<Candidate> {
    head(reading).iter().flat_map(|row| &row.segments).find_map(|segment| {
        let found = LABEL.captures(reading.segment(segment))?.name("title")?;
        let range = segment.range.start + found.start()..segment.range.start + found.end();
        let text = reading.slice(range.clone());
        let good = !blank::is_blank(text) && !blank::has_placeholder(text);
        good.then(|| Candidate { title: reading.written(range.clone()), range, score: 4.5 })
    })
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
    let title = reading.written(beginning.title.clone());
    Some(Candidate { range: beginning.title, title, score: 5.0 })
}

/// The title of a text whose lines were run together: X服务合同 合同编号：… 甲方：….
pub(super) fn run_on(reading: &Reading<'_>) -> Option<Candidate> {
    static LED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?P<title>[^。,;]{4,80}?(?:合同|协议)书?(?:\([\p{Han}]{1,8}\))?) ?(?:(?:政府采购|采购)?(?:合同|协议)?编号|采购方式|甲方|采购人|发包人|出租方|委托方)(?:\([^()]{1,12}\))?:",
        )
    });
    let row = head(reading).first().or(reading.rows.first())?;
    let title = LED.captures(reading.row(row))?.name("title")?;
    let range = row.range().start + title.start()..row.range().start + title.end();
    let text = reading.slice(range.clone());
    (!blank::is_blank(text) && !text.contains('\t')).then(|| Candidate {
        title: reading.written(range.clone()),
        range,
        score: 2.5,
    })
}

/// A first line that speaks of a contract without ending so: 测试合同文档.
pub(super) fn fallback(reading: &Reading<'_>) -> Option<Candidate> {
    let row = head(reading).first()?;
    let text = reading.row(row);
    let good = is_title_line(row, text)
        && (text.contains("合同") || text.contains("协议"))
        && (4..=25).contains(&text.chars().count())
        && !text.contains(',');
    good.then(|| Candidate { range: row.range(), title: reading.written(row.range()), score: 2.0 })
}
