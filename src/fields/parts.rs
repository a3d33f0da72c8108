//! Which contracts does a file hold? A contract begins with its title and its parties. One inside a tender document
//! (招标文件) is read alone; several side by side are told, not mixed in silence.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::Mark;
use super::phrase;
use super::reading::{Part, Reading, Row};
use super::scan::pattern;
use super::title;

/// The beginning of a contract: its title, and below it two or more parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beginning {
    /// Index of the title's row.
    pub row: usize,
    /// Shadow bytes of the title.
    pub title: Range<usize>,
}

/// How many rows below the title the parties are named.
const HEAD: usize = 30;

/// Agreements that go with a contract and are none of their own.
static COMPANION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"廉政|廉洁|安全(?:生产)?(?:管理)?(?:协议|责任|合同)|保密(?:协议|承诺)|保修书|质量保修|承诺书|授权委托书|阳光|诚信|环境保护|治安|消防",
    )
});

/// Contracts that begin in this file, in order; the same title printed again (cover, header) is the same contract.
pub fn beginnings(reading: &Reading<'_>) -> Vec<Beginning> {
    let mut found: Vec<Beginning> = Vec::new();
    for (index, row) in reading.rows.iter().enumerate() {
        let text = reading.row(row);
        let named = row.table.is_none() && row.segments.len() == 1 && title::ends_like_title(text);
        if !named || row.part == Part::Attachment || COMPANION.is_match(text) || !has_parties(reading, index)
        {
            continue;
        }
        let again = found.iter().any(|known| {
            let title = reading.slice(known.title.clone());
            title.contains(text) || text.contains(title)
        });
        // A title over two lines, or a cover and a first page with the same parties, begin one contract.
        let near = found.last().is_some_and(|last| !signed_between(reading, last.row..index));
        if !again && !near {
            found.push(Beginning { row: index, title: row.range() });
        }
    }
    found
}

/// Do two different roles stand as labels in the rows below?
fn has_parties(reading: &Reading<'_>, index: usize) -> bool {
    let mut roles: Vec<usize> = Vec::new();
    for row in reading.rows.iter().skip(index + 1).take(HEAD) {
        // A head of columns (事项 | 需方 | 供方) and two blocks side by side name both in one row.
        for segment in &row.segments {
            let text = reading.segment(segment);
            let Some((range, Mark::Role(role))) = reading.lexicon.marks.find(text).next() else { continue };
            let behind = text[range.end..].trim_start_matches(|c: char| !matches!(c, ':' | ',' | '。'));
            let before = phrase::head(text, 9).len();
            let labelled = range.start < before && (behind.starts_with(':') || is_cell(row, text, &range));
            if labelled && !roles.contains(&role) {
                roles.push(role);
            }
        }
    }
    roles.len() >= 2
}

/// A role that has a cell or a column to itself.
fn is_cell(row: &Row, text: &str, role: &Range<usize>) -> bool {
    row.segments.len() > 1 && text.len() - role.len() <= 12
}

/// Is there a block of signatures between two rows?
fn signed_between(reading: &Reading<'_>, rows: Range<usize>) -> bool {
    static SEALED: LazyLock<Regex> = LazyLock::new(|| pattern(r"盖章|签章|签字|公章|签名"));
    let between = reading.rows.get(rows).unwrap_or_default();
    let lines = between.iter().map(|row| reading.row(row)).filter(|text| !text.contains('。'));
    lines.filter(|text| SEALED.is_match(text)).count() >= 1
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::with_reading;
    use super::*;

    fn titles(source: &str) -> Vec<String> {
        with_reading(source, |reading| {
            beginnings(reading).into_iter().map(|b| reading.written(b.title)).collect()
        })
    }

    const ONE: &str = "办公设备采购合同\n甲方：甲局\n乙方：乙公司\n第一条 标的\n电脑。\n甲方（盖章）：甲局\n乙方（盖章）：乙公司\n";

    #[test]
    fn two_contracts_begin_twice() {
        let two = format!("{ONE}保洁服务合同\n甲方：甲局\n乙方：丙公司\n第一条 标的\n保洁。");
        assert_eq!(titles(&two), ["办公设备采购合同", "保洁服务合同"]);
    }

    #[test]
    fn one_contract_begins_once() {
        let cover = format!("办公设备采购合同\n甲方：甲局\n乙方：乙公司\n{ONE}");
        assert_eq!(titles(&cover), ["办公设备采购合同"]);
        let companion = format!("{ONE}廉洁协议\n甲方：甲局\n乙方：乙公司\n第一条 不得行贿。");
        assert_eq!(titles(&companion), ["办公设备采购合同"]);
        let attached = format!("{ONE}附件一：设备清单\n保密协议\n甲方：甲局\n乙方：乙公司");
        assert_eq!(titles(&attached), ["办公设备采购合同"]);
        assert!(titles("合同管理办法\n第一条 为规范合同管理。").is_empty());
    }
}
