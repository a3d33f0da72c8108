//! Source text → [`Document`].

use super::{Block, Document, Table};

/// What is wrong with a source text, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct ParseError {
    /// The line's number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: Problem,
}

/// The ways in which a line can break the format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// `# ` or `## ` with nothing behind it.
    #[error("a title or heading without text")]
    EmptyTitle,
    /// `###` and deeper.
    #[error("headings have at most two levels")]
    HeadingTooDeep,
    /// A line that starts with `|` and does not end with one.
    #[error("a table row must end with `|`")]
    UnclosedRow,
    /// A line that starts with `<<` and lacks `||` or `>>`.
    #[error("two columns are written `<< left || right >>`")]
    BrokenColumns,
    /// A line of `===` other than the page break.
    #[error("a page break is written `=== page ===`")]
    BrokenPageBreak,
    /// A second `%header` or `%footer`.
    #[error("`%{0}` is given twice")]
    Repeated(&'static str),
    /// A `{…}` in a header or footer that means nothing.
    #[error("only {{page}} and {{pages}} may stand in braces")]
    UnknownPlaceholder,
    /// Nothing but blank lines.
    #[error("the text is empty")]
    Empty,
}

/// Reads a source text.
///
/// # Errors
///
/// The first line that breaks the format, with its number.
pub fn parse(text: &str) -> Result<Document, ParseError> {
    let mut document = Document::default();
    let mut last = 0;
    for (index, line) in text.lines().enumerate() {
        last = index + 1;
        // A byte order mark is no part of the first line.
        let line = line.trim_start_matches('\u{feff}').trim_end();
        document.push_line(line).map_err(|problem| ParseError { line: last, problem })?;
    }
    if document.blocks.is_empty() {
        return Err(ParseError { line: last.max(1), problem: Problem::Empty });
    }
    Ok(document)
}

impl Document {
    fn push_line(&mut self, line: &str) -> Result<(), Problem> {
        if line.trim().is_empty() {
            return Ok(());
        }
        if let Some(text) = line.strip_prefix("%header") {
            return set_once(&mut self.header, "header", text);
        }
        if let Some(text) = line.strip_prefix("%footer") {
            return set_once(&mut self.footer, "footer", text);
        }
        if line.starts_with('|') {
            return self.push_row(row(line)?);
        }
        self.blocks.push(block(line)?);
        Ok(())
    }

    fn push_row(&mut self, row: Vec<String>) -> Result<(), Problem> {
        match self.blocks.last_mut() {
            Some(Block::Table(table)) => table.rows.push(row),
            _ => self.blocks.push(Block::Table(Table { rows: vec![row] })),
        }
        Ok(())
    }
}

/// Any line that is neither blank, a header or footer, nor a table row.
fn block(line: &str) -> Result<Block, Problem> {
    if let Some(rest) = line.strip_prefix("###") {
        // `###` of a filled-in blank is text; a heading has a space behind its marks.
        return match rest.trim_start_matches('#').starts_with(' ') {
            true => Err(Problem::HeadingTooDeep),
            false => Ok(Block::Paragraph(line.to_owned())),
        };
    }
    if let Some(text) = line.strip_prefix("##") {
        return titled(text).map(Block::Heading);
    }
    if let Some(text) = line.strip_prefix('#') {
        return titled(text).map(Block::Title);
    }
    if let Some(text) = line.strip_prefix("<<") {
        return columns(text);
    }
    if line.starts_with("===") {
        return match line {
            "=== page ===" => Ok(Block::PageBreak),
            _ => Err(Problem::BrokenPageBreak),
        };
    }
    Ok(Block::Paragraph(line.trim_matches(['\u{3000}', ' ', '\t']).to_owned()))
}

fn titled(text: &str) -> Result<String, Problem> {
    match text.trim() {
        "" => Err(Problem::EmptyTitle),
        text => Ok(text.to_owned()),
    }
}

fn columns(text: &str) -> Result<Block, Problem> {
    let inner = text.trim_end().strip_suffix(">>").ok_or(Problem::BrokenColumns)?;
    let (left, right) = inner.split_once("||").ok_or(Problem::BrokenColumns)?;
    Ok(Block::Columns(left.trim().to_owned(), right.trim().to_owned()))
}

/// The cells of `| a | b |`.
fn row(line: &str) -> Result<Vec<String>, Problem> {
    let inner = line.strip_prefix('|').and_then(|rest| rest.strip_suffix('|')).ok_or(Problem::UnclosedRow)?;
    Ok(inner.split('|').map(|cell| cell.trim().to_owned()).collect())
}

fn set_once(slot: &mut Option<String>, name: &'static str, text: &str) -> Result<(), Problem> {
    if slot.is_some() {
        return Err(Problem::Repeated(name));
    }
    let known = text.replace(super::PAGE, "").replace(super::PAGES, "");
    if known.contains(['{', '}']) {
        return Err(Problem::UnknownPlaceholder);
    }
    *slot = Some(text.trim().to_owned());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> (usize, Problem) {
        let error = parse(text).unwrap_err();
        (error.line, error.problem)
    }

    #[test]
    fn every_kind_of_line() {
        let text = "# 采购合同\n%header 内部\n%footer 第 {page} 页 共 {pages} 页\n\n## 附件一\n甲方：某局\n\
                    | 名称 | 数量 |\n| 合计 |\n=== page ===\n<< 甲方（盖章）： || 乙方（盖章）： >>\n";
        let document = parse(text).unwrap();
        assert_eq!(document.header.as_deref(), Some("内部"));
        assert_eq!(document.footer.as_deref(), Some("第 {page} 页 共 {pages} 页"));
        let table = Table { rows: vec![vec!["名称".into(), "数量".into()], vec!["合计".into()]] };
        assert_eq!(table.span(&table.rows[1], 0), (0, 1));
        assert_eq!(
            document.blocks,
            [
                Block::Title("采购合同".into()),
                Block::Heading("附件一".into()),
                Block::Paragraph("甲方：某局".into()),
                Block::Table(table),
                Block::PageBreak,
                Block::Columns("甲方（盖章）：".into(), "乙方（盖章）：".into()),
            ]
        );
    }

    #[test]
    fn an_error_names_its_line() {
        assert_eq!(problem("# 合同\n\n| 名称 | 数量"), (3, Problem::UnclosedRow));
        assert_eq!(problem("甲\n<< 左 | 右 >>"), (2, Problem::BrokenColumns));
        assert_eq!(problem("#"), (1, Problem::EmptyTitle));
        assert_eq!(problem("=== seite ==="), (1, Problem::BrokenPageBreak));
        assert_eq!(problem("%footer {seite}"), (1, Problem::UnknownPlaceholder));
        assert_eq!(problem("%header a\n%header b"), (2, Problem::Repeated("header")));
        assert_eq!(problem("\n\n"), (2, Problem::Empty));
    }
}
