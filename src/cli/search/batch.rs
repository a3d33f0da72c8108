//! `hetong search --batch`: a file of saved questions in, one table of what they found out.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use hetong::model::record::short_id;
use hetong::office::Properties;
use hetong::office::workbook::{Face, Layout, Value, Workbook};
use hetong::search::{Hit, Index, SearchAnswer, SearchOptions};
use jiff::civil::DateTime;
use serde::Serialize;

/// How a table of answers is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// 便于阅读的清单
    Table,
    /// CSV（UTF-8，Excel 可直接打开）
    Csv,
    /// JSON：每个检索式的完整结果
    Json,
    /// Excel 工作簿
    Xlsx,
}

/// A saved question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Saved {
    /// What it is called; the question itself where nothing was said.
    pub name: String,
    pub query: String,
}

/// A saved question with its answer, or with what is wrong with it.
#[derive(Debug, Serialize)]
pub struct Answered {
    #[serde(flatten)]
    pub saved: Saved,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<SearchAnswer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// The questions of a file: one a line, with a name and a tab before it if wanted; `#` begins a remark.
pub fn read(path: &Path) -> Result<Vec<Saved>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("无法读取检索式文件 {}；请检查路径，文件须为 UTF-8 文本", path.display()))?;
    let saved = questions(&text);
    if saved.is_empty() {
        bail!("{} 中没有检索式；每行写一个，可在前面写名称和制表符", path.display());
    }
    Ok(saved)
}

fn questions(text: &str) -> Vec<Saved> {
    let lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (name, query) = line.split_once('\t').unwrap_or((line, line));
            Saved { name: name.trim().to_owned(), query: query.trim().to_owned() }
        })
        .collect()
}

/// Asks every question; a wrong one costs itself, not the others.
pub fn ask(index: &Index, saved: Vec<Saved>, options: &SearchOptions) -> Vec<Answered> {
    let ask = |saved: Saved| match index.search(&saved.query, options) {
        Ok(answer) => Answered { saved, answer: Some(answer), error: None },
        Err(error) => Answered { saved, answer: None, error: Some(error.to_string()) },
    };
    saved.into_iter().map(ask).collect()
}

const HEADINGS: [&str; 15] = [
    "检索名称",
    "检索式",
    "合同数",
    "说明",
    "序号",
    "记录编号",
    "合同名称",
    "合同编号",
    "当事人",
    "金额",
    "币种",
    "签订日期",
    "条款",
    "页",
    "命中内容",
];
const WIDTHS: [u16; 15] = [18, 24, 8, 30, 6, 14, 30, 18, 36, 16, 8, 12, 22, 6, 60];

/// A line of the table. A question that found nothing, or is wrong, has one line all the same.
struct Row<'a> {
    of: &'a Answered,
    hit: Option<(usize, &'a Hit)>,
}

fn rows(answers: &[Answered]) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for of in answers {
        let hits = of.answer.iter().flat_map(|answer| &answer.hits);
        let before = rows.len();
        rows.extend((1..).zip(hits).map(|hit| Row { of, hit: Some(hit) }));
        if rows.len() == before {
            rows.push(Row { of, hit: None });
        }
    }
    rows
}

impl Row<'_> {
    /// The cells as text, in the order of the headings.
    fn cells(&self) -> [String; 15] {
        let mut cells: [String; 15] = Default::default();
        let answer = self.of.answer.as_ref();
        let remark = answer.and_then(|answer| Some(answer.relaxed.as_ref()?.message.clone()));
        let [name, query, total, told, ..] = &mut cells;
        name.clone_from(&self.of.saved.name);
        query.clone_from(&self.of.saved.query);
        *total = answer.map(|answer| answer.total.to_string()).unwrap_or_default();
        *told = self.of.error.clone().or(remark).unwrap_or_default();
        if let Some((number, hit)) = self.hit {
            let passage = hit.passages.first();
            let money = hit.amount.as_ref();
            let found = [
                number.to_string(),
                short_id(&hit.id, 12),
                hit.title.clone().unwrap_or_default(),
                hit.contract_number.clone().unwrap_or_default(),
                hit.parties.join("；"),
                money.and_then(|money| Some(money.amount?.to_string())).unwrap_or_default(),
                money.map(|money| money.currency.clone()).unwrap_or_default(),
                hit.sign_date.map(|date| date.to_string()).unwrap_or_default(),
                passage.and_then(|passage| passage.clause.clone()).unwrap_or_default(),
                passage.and_then(|passage| Some(passage.page?.to_string())).unwrap_or_default(),
                passage.map(|passage| passage.text.replace(['\n', '\t'], " ")).unwrap_or_default(),
            ];
            cells.iter_mut().skip(4).zip(found).for_each(|(cell, text)| *cell = text);
        }
        cells
    }
}

/// The table in the format asked for.
pub fn write(answers: &[Answered], format: Format, made_at: DateTime) -> Result<Vec<u8>> {
    Ok(match format {
        Format::Table => table(answers).into_bytes(),
        Format::Csv => csv(answers).into_bytes(),
        Format::Json => serde_json::to_vec_pretty(answers)?,
        Format::Xlsx => xlsx(answers, made_at)?,
    })
}

fn table(answers: &[Answered]) -> String {
    let mut out = String::new();
    for answered in answers {
        let total = answered.answer.as_ref().map_or_else(|| "有误".to_owned(), |a| format!("{} 份", a.total));
        let _ = writeln!(out, "{}  [{}]：{total}", answered.saved.name, answered.saved.query);
        for row in rows(std::slice::from_ref(answered)) {
            let [_, _, _, told, number, id, title, code, parties, .., clause, page, text] = row.cells();
            if row.hit.is_none_or(|(number, _)| number == 1) && !told.is_empty() {
                let _ = writeln!(out, "  {}", told.replace('\n', "\n  "));
            }
            if row.hit.is_some() {
                let page = if page.is_empty() { page } else { format!("第 {page} 页 ") };
                let _ = writeln!(
                    out,
                    "  {number}. {id}  {title}  {code}  {parties}\n     {page}{clause}  {text}"
                );
            }
        }
    }
    out
}

/// With a mark at the beginning, by which Excel knows UTF-8. What a spreadsheet would take for a formula is text.
fn csv(answers: &[Answered]) -> String {
    let line = |cells: &[&str]| cells.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\r\n";
    let mut out = format!("\u{FEFF}{}", line(&HEADINGS));
    for row in rows(answers) {
        out += &line(&row.cells().each_ref().map(String::as_str));
    }
    out
}

fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

fn xlsx(answers: &[Answered], made_at: DateTime) -> Result<Vec<u8>> {
    let mut book = Workbook::new(&Properties::new("批量检索结果", made_at));
    let layout = Layout { name: "检索结果", columns: &WIDTHS, landscape: true, streamed: true };
    let mut sheet = book.sheet(&layout)?;
    sheet.title("批量检索结果")?;
    sheet.headings(&HEADINGS)?;
    for row in rows(answers) {
        let cells = row.cells();
        let lines = (0..).zip(&cells).map(|(column, cell)| sheet.lines(column, column, cell)).max();
        sheet.set_lines(lines.unwrap_or(1))?;
        let money = row.hit.and_then(|(_, hit)| hit.amount.as_ref()?.amount);
        let signed = row.hit.and_then(|(_, hit)| hit.sign_date);
        for (column, cell) in (0..).zip(&cells) {
            let (value, face) = match HEADINGS.get(usize::from(column)).copied() {
                Some("合同数" | "序号") => (cell.parse().map_or(Value::Empty, Value::Count), Face::Text),
                Some("金额") => (Value::sum(money), Face::Sum),
                Some("签订日期") => (Value::date(signed), Face::Date),
                _ => {
                    (Value::text(Some(cell).filter(|cell| !cell.is_empty()).map(String::as_str)), Face::Text)
                }
            };
            sheet.put(column, value, face)?;
        }
        sheet.next_row();
    }
    sheet.end_list()?;
    Ok(book.to_bytes()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_have_names_and_remarks() {
        let text = "\u{FEFF}# 年度审计\n\n或裁或审\t规则:dual-forum\n  预付款 -履约保证金 \n";
        let saved = |name: &str, query: &str| Saved { name: name.to_owned(), query: query.to_owned() };
        assert_eq!(
            questions(text),
            [saved("或裁或审", "规则:dual-forum"), saved("预付款 -履约保证金", "预付款 -履约保证金")]
        );
    }

    #[test]
    fn a_wrong_question_has_its_line() {
        let saved = Saved { name: "甲".to_owned(), query: "(物业".to_owned() };
        let answers = [Answered { saved, answer: None, error: Some("括号,\"没有\"配对".to_owned()) }];
        assert!(csv(&answers).contains("甲,(物业,,\"括号,\"\"没有\"\"配对\","), "{}", csv(&answers));
        assert!(table(&answers).contains("有误"));
        assert_eq!(quoted("=1+1"), "'=1+1");
    }
}
