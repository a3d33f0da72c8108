//! One contract → another: names, sums, dates and numbers are put in place of the old ones.

use super::capitals::Capitals;
use super::date::shifted_year;
use super::figure::Figure;

/// What changes from a written contract to a made one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Old and new names and numbers.
    pub(super) words: Vec<(String, String)>,
    /// By how many years dates move.
    pub(super) years: i32,
    /// By what sums of money are multiplied. Since all are, what added up still does.
    pub(super) factor: u64,
}

impl Changes {
    /// The changes with the longer old words first, so that no name is taken for its own part.
    pub(super) fn new(mut words: Vec<(String, String)>, years: i32, factor: u64) -> Self {
        words.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        Self { words, years, factor }
    }

    /// Rewrites a source text.
    pub(super) fn text(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 64);
        let mut money = MoneyCells::default();
        for line in text.split_inclusive('\n') {
            if line.starts_with('|') {
                self.row(line, &mut money, &mut out);
            } else {
                money = MoneyCells::default();
                self.line(line, &mut out);
            }
        }
        out
    }

    /// Rewrites a piece of running text.
    pub(super) fn line(&self, line: &str, out: &mut String) {
        let mut rest = line;
        let mut before = None;
        while let Some(c) = rest.chars().next() {
            let used = self.slot(rest, before, out).unwrap_or_else(|| {
                let length = unit(rest);
                out.push_str(&rest[..length]);
                length
            });
            before = rest[..used].chars().next_back().or(Some(c));
            rest = &rest[used..];
        }
    }

    /// Rewrites what starts at `rest`, if anything is to change; gives the bytes used up.
    fn slot(&self, rest: &str, before: Option<char>, out: &mut String) -> Option<usize> {
        if let Some((old, new)) = self.words.iter().find(|(old, _)| rest.starts_with(old)) {
            out.push_str(new);
            return Some(old.len());
        }
        if let Some((year, length)) = shifted_year(rest, self.years) {
            out.push_str(&year);
            return Some(length);
        }
        if let Some((sum, length)) = Capitals::parse(rest) {
            out.push_str(&sum.times(self.factor)?.to_string());
            return Some(length);
        }
        let (figure, length) = Figure::parse(rest)?;
        if !is_money(before, &rest[length..]) {
            return None;
        }
        out.push_str(&figure.times(self.factor)?.to_string());
        Some(length)
    }

    fn row(&self, line: &str, money: &mut MoneyCells, out: &mut String) {
        let cells: Vec<&str> = line.trim_end().trim_matches('|').split('|').map(str::trim).collect();
        let header = money.header(&cells);
        out.push('|');
        for (index, cell) in cells.iter().enumerate() {
            out.push(' ');
            match Figure::parse(cell) {
                Some((figure, length)) if length == cell.len() && header.covers(&cells, index) => {
                    let sum = figure.times(self.factor).unwrap_or(figure);
                    out.push_str(&sum.to_string());
                }
                _ => self.line(cell, out),
            }
            out.push_str(if cell.is_empty() { "|" } else { " |" });
        }
        out.push_str(&line[line.trim_end().len()..]);
    }
}

/// How much to copy at once: a whole number or word, so that no match starts inside of it.
fn unit(rest: &str) -> usize {
    let word = |c: char| c.is_ascii_alphanumeric();
    match Figure::parse(rest) {
        Some((_, length)) => length,
        None if rest.starts_with(word) => rest.find(|c| !word(c)).unwrap_or(rest.len()),
        None => rest.chars().next().map_or(0, char::len_utf8),
    }
}

/// Whether a figure is a sum of money, by what stands around it.
fn is_money(before: Option<char>, after: &str) -> bool {
    let after = after.trim_start_matches(' ');
    matches!(before, Some('￥' | '¥')) || ["元", "万元", "亿元"].iter().any(|unit| after.starts_with(unit))
}

/// Which columns of a table hold sums of money: those whose head names 元.
#[derive(Debug, Clone, Default)]
struct MoneyCells {
    columns: Option<Vec<bool>>,
}

impl MoneyCells {
    /// The columns as the table's first row has them.
    fn header(&mut self, cells: &[&str]) -> &Self {
        self.columns.get_or_insert_with(|| cells.iter().map(|cell| cell.contains('元')).collect());
        self
    }

    /// Whether a bare number in this cell is money: by its column (a short row's last cell stands
    /// in the last column), or by the cell before it.
    fn covers(&self, cells: &[&str], index: usize) -> bool {
        let columns = self.columns.as_deref().unwrap_or(&[]);
        let last = index + 1 == cells.len();
        let column = if last { columns.last() } else { columns.get(index) };
        let label = index.checked_sub(1).and_then(|before| cells.get(before));
        column == Some(&true) || label.is_some_and(|label| label.contains('元') && !is_figure(label))
    }
}

fn is_figure(cell: &str) -> bool {
    cell.starts_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes() -> Changes {
        let words = [("某局", "某办"), ("某局下属中心", "某院"), ("HT-2024-01", "HT-2023-77")];
        let words = words.map(|(old, new)| (old.to_owned(), new.to_owned()));
        Changes::new(words.into(), -1, 3)
    }

    #[test]
    fn a_contract_becomes_another() {
        let text = "甲方：某局下属中心（某局）\n合同编号：HT-2024-01\n自2024年1月1日起，面积1,234.56平方米。\n\
                    总价￥1,000.50（壹仟元伍角），即0.10005万元，占30%。\n";
        let expected = "甲方：某院（某办）\n合同编号：HT-2023-77\n自2023年1月1日起，面积1,234.56平方米。\n\
                        总价￥3,001.50（叁仟零壹元伍角），即0.30015万元，占30%。\n";
        assert_eq!(changes().text(text), expected);
    }

    #[test]
    fn sums_in_tables_are_told_by_their_column() {
        let text = "| 名称 | 数量 | 金额（元） |\n| 桌 | 10 | 2,000 |\n| 合计 | | 2,000 |\n| 总计 | 2000 |\n";
        let expected =
            "| 名称 | 数量 | 金额（元） |\n| 桌 | 10 | 6,000 |\n| 合计 | | 6,000 |\n| 总计 | 6000 |\n";
        assert_eq!(changes().text(text), expected);
    }

    #[test]
    fn no_change_changes_nothing() {
        let text = crate::golden::sample().text;
        assert_eq!(Changes::new(Vec::new(), 0, 1).text(&text), text);
    }
}
