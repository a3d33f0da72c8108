//! Answers out of a form that a person filled in and sent back.

use std::collections::BTreeSet;

use super::form::{Answer, Form, SCHEMA};
use super::print::workbook::{CONFIRM, CORRECT, HEADINGS, NONE, ORIGIN, WORKLIST, column};
use crate::office::{Content, OfficeError, Sheet, read_workbook};

/// A form that came back, without what the program wrote into it for people to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// Which form.
    pub kind: String,
    /// Version of its definition.
    pub version: u32,
    /// The record that it was filled from.
    pub record: String,
    /// Were numbers hidden in it?
    pub masked: bool,
    /// What was answered, in the order of the file; entries without an answer are left out.
    pub given: Vec<Given>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Key of the entry.
    pub key: String,
    /// Digest of what the person saw.
    pub seen: String,
    /// What the person said.
    pub answer: Answer,
    /// Where it stands in the file.
    pub place: String,
}

/// Why a form that came back cannot be taken. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// Not a file that can be read.
    #[error(transparent)]
    Office(#[from] OfficeError),
    /// Not a form of this program.
    #[error("这不是 hetong form 导出的表：{0}")]
    NotAForm(String),
    /// A column was moved, put in or taken out.
    #[error("{place}应为“{expected}”一列，现为“{found}”：列被移动、插入或删除过。请重新导出后只填浅黄格")]
    Moved {
        /// Where.
        place: String,
        /// What belongs there.
        expected: String,
        /// What stands there.
        found: String,
    },
    /// Entries that cannot be taken, one a line.
    #[error("表中有{}处不能采用，未写入任何内容：\n{}", .0.len(), .0.join("\n"))]
    Refused(Vec<String>),
}

/// Reads the answers out of an XLSX or JSON form.
///
/// # Errors
///
/// What is wrong with the file, by sheet and cell.
pub fn read_answers(bytes: &[u8]) -> Result<Answers, AnswerError> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => from_json(text),
        _ => from_workbook(&read_workbook(bytes)?),
    }
}

fn from_json(text: &[u8]) -> Result<Answers, AnswerError> {
    let form: Form =
        serde_json::from_slice(text).map_err(|error| AnswerError::NotAForm(error.to_string()))?;
    if form.schema != SCHEMA {
        return Err(AnswerError::NotAForm(format!("版本为 {}，本程序用 {SCHEMA}", form.schema)));
    }
    let given = form.entries().filter_map(|entry| {
        let (key, seen) = (entry.key.clone(), entry.seen.clone());
        Some(Given { place: key.clone(), key, seen, answer: entry.answer.clone()? })
    });
    let (kind, version, record, masked) = (form.kind.clone(), form.version, form.record.clone(), form.masked);
    Ok(Answers { given: given.collect(), kind, version, record, masked })
}

fn from_workbook(sheets: &[Sheet]) -> Result<Answers, AnswerError> {
    let named = |name: &str| {
        let missing = || AnswerError::NotAForm(format!("缺少工作表“{name}”"));
        sheets.iter().find(|sheet| sheet.name == name).ok_or_else(missing)
    };
    let (list, origin) = (named(WORKLIST)?, named(ORIGIN)?);
    let said = |name: &str| {
        let missing = || AnswerError::NotAForm(format!("工作表“{ORIGIN}”缺少 {name}"));
        let mut rows = origin.rows().map(|(row, _)| row);
        let row = rows.find(|row| origin.content(*row, 0).typed().as_deref() == Some(name));
        row.and_then(|row| origin.content(row, 1).typed()).ok_or_else(missing)
    };
    if said("schema")? != SCHEMA {
        return Err(AnswerError::NotAForm(format!("版本为 {}，本程序用 {SCHEMA}", said("schema")?)));
    }
    let version = said("version")?.parse().map_err(|_| AnswerError::NotAForm("版本号不是数字".to_owned()))?;
    let masked = said("masked").is_ok_and(|said| said == "true");
    Ok(Answers { kind: said("kind")?, version, record: said("record")?, masked, given: answers(list)? })
}

fn answers(list: &Sheet) -> Result<Vec<Given>, AnswerError> {
    let heading = list.find_headings(&["项目", "现值"]);
    let heading = heading.ok_or_else(|| AnswerError::NotAForm(format!("工作表“{WORKLIST}”缺少标题行")))?;
    if let Some((column, expected, found)) = list.misplaced(heading, &HEADINGS) {
        return Err(AnswerError::Moved {
            place: list.place(heading, column).to_string(),
            expected: expected.to_owned(),
            found: found.unwrap_or_else(|| "空白".to_owned()),
        });
    }
    let (mut given, mut wrong, mut keys) = (Vec::new(), Vec::new(), BTreeSet::new());
    for row in list.rows().map(|(row, _)| row).filter(|row| *row > heading) {
        match answer(list, row) {
            Ok(Some(answer)) if !keys.insert(answer.key.clone()) => {
                wrong.push(format!("{}：此栏填了两行（行被复制过？）", answer.place));
            }
            Ok(answer) => given.extend(answer),
            Err(problem) => wrong.push(problem),
        }
    }
    if wrong.is_empty() { Ok(given) } else { Err(AnswerError::Refused(wrong)) }
}

/// What a row answers; nothing for a row that was left alone or heads a part of the list.
fn answer(list: &Sheet, row: u32) -> Result<Option<Given>, String> {
    let text = |column: u16| typed(list, row, column);
    let (word, correction) = (text(column::WORD)?, text(column::CORRECTION)?);
    let place = list.place(row, column::CORRECTION.into()).to_string();
    let refused = |problem: &str| Err(format!("{place}：{problem}"));
    let answer = match (word.as_deref(), correction) {
        (None, None) => return Ok(None),
        (Some(CONFIRM), None) => Answer::Confirm,
        (Some(NONE), None) => Answer::None,
        (None | Some(CORRECT), Some(value)) => Answer::Correct(value),
        (Some(CORRECT), None) => return refused("选了“更正”而没有写更正后的值"),
        (Some(CONFIRM | NONE), Some(_)) => return refused("“核定”与“更正为”互相矛盾，请只留一个"),
        (Some(other), _) => {
            return refused(&format!("“核定”栏的“{other}”不可用，请选“{CONFIRM}”“{CORRECT}”或“{NONE}”"));
        }
    };
    match (text(column::KEY)?, text(column::SEEN)?) {
        (Some(key), Some(seen)) => Ok(Some(Given { key, seen, answer, place })),
        _ => refused("此行不是导出的表中的行，无法对应到栏目"),
    }
}

/// Digits that a spreadsheet keeps of a number.
const DIGITS: usize = 15;

/// What a person typed into a cell; a formula, a fault, or a number that lost its last digits is refused.
fn typed(list: &Sheet, row: u32, column: u16) -> Result<Option<String>, String> {
    let content = list.content(row, column.into());
    let problem = match content {
        Content::Formula => "是公式，不能当作值；请改为直接填写的文字",
        Content::Fault(_) => "是错误值；请重新填写",
        Content::Number(number) if number.chars().filter(char::is_ascii_digit).count() > DIGITS => {
            "数字超过15位，表格软件会丢失末位；请先把单元格格式设为“文本”再填写"
        }
        _ => return Ok(content.typed()),
    };
    Err(format!("{}：{problem}", list.place(row, column.into())))
}
