//! Which column of a sheet is what, kept as a file that a person checks.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::model::written::unit_in;
use crate::office::Sheet;

/// The dictionary with the usual headings.
const FILE: &str = "ledger_columns.toml";

/// Rows at the top of a sheet among which the headings are sought.
const TOP: u32 = 30;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// The contract's own number (合同编号).
    ContractNumber,
    /// The filing system's number (备案编号).
    FilingNumber,
    /// Title (合同名称).
    Title,
    /// The other side (对方当事人).
    Party,
    /// Price (合同金额).
    Amount,
    /// Day of signing (签订日期).
    SignDate,
    /// Day of registration (备案日期).
    Registered,
    /// Department in charge (承办部门).
    Department,
    /// Person in charge (承办人).
    Undertaker,
}

/// A column as the mapping file names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    /// Its heading.
    heading: String,
    /// Its number, from 1.
    column: u32,
}

/// Where each column of a ledger stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Name of the sheet.
    pub sheet: String,
    /// Row of the headings, from 1.
    pub heading_row: u32,
    columns: BTreeMap<Column, Place>,
}

/// Why a mapping does not serve.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// No sheet has the headings of a ledger.
    #[error("没有找到台账的标题行：至少要有合同名称或合同编号一列；可用 --mapping 写明各列")]
    NoHeadings,
    /// The file names a sheet that is not there.
    #[error("没有名为“{0}”的工作表；请核对映射文件，或删去映射文件重新猜测")]
    NoSheet(String),
    /// A heading does not stand where the file says.
    #[error(
        "{place}处应为“{expected}”，现为“{found}”；列可能被移动、插入或改名。未导入任何内容，请核对映射文件"
    )]
    Moved {
        /// The cell.
        place: String,
        /// What the file says.
        expected: String,
        /// What stands there.
        found: String,
    },
}

impl Mapping {
    /// Guesses the columns from the usual headings: in the sheet and row that have most of them.
    ///
    /// # Errors
    ///
    /// [`DictionaryError`] where the headings' dictionary is malformed; [`MappingError::NoHeadings`] inside.
    pub fn guess(
        sheets: &[Sheet],
        dictionaries: &Dictionaries,
    ) -> Result<Result<Self, MappingError>, DictionaryError> {
        let usual: BTreeMap<Column, Vec<String>> = dictionaries.toml(FILE)?;
        let guesses = sheets.iter().flat_map(|sheet| {
            let rows = sheet.rows().map(|(row, _)| row).take_while(|row| *row < TOP);
            rows.map(|row| Self::in_row(sheet, row, &usual)).collect::<Vec<_>>()
        });
        let fit = guesses.filter(|mapping| {
            mapping.columns.contains_key(&Column::Title)
                || mapping.columns.contains_key(&Column::ContractNumber)
        });
        // Of equal ones the first.
        let best =
            fit.reduce(|best, other| if other.columns.len() > best.columns.len() { other } else { best });
        Ok(best.filter(|mapping| mapping.columns.len() > 1).ok_or(MappingError::NoHeadings))
    }

    fn in_row(sheet: &Sheet, row: u32, usual: &BTreeMap<Column, Vec<String>>) -> Self {
        let cells = sheet.rows().find(|(number, _)| *number == row).map(|(_, cells)| cells);
        let headings: Vec<(u32, String)> = cells
            .into_iter()
            .flatten()
            .filter_map(|(column, content)| Some((*column, content.typed()?)))
            .collect();
        let place = |names: &Vec<String>| {
            let named = |name: &String| headings.iter().find(|(_, heading)| plain(heading) == plain(name));
            let (column, heading) = names.iter().find_map(named)?;
            Some(Place { heading: heading.clone(), column: column.saturating_add(1) })
        };
        let columns = usual.iter().filter_map(|(column, names)| Some((*column, place(names)?))).collect();
        Self { sheet: sheet.name.clone(), heading_row: row.saturating_add(1), columns }
    }

    /// The sheet that the mapping is of, when every heading stands where the mapping says.
    ///
    /// # Errors
    ///
    /// [`MappingError::NoSheet`], [`MappingError::Moved`].
    pub fn sheet<'a>(&self, sheets: &'a [Sheet]) -> Result<&'a Sheet, MappingError> {
        let found = sheets.iter().find(|sheet| sheet.name == self.sheet);
        let sheet = found.ok_or_else(|| MappingError::NoSheet(self.sheet.clone()))?;
        for place in self.columns.values() {
            let (row, column) = (self.heading_row.saturating_sub(1), place.column.saturating_sub(1));
            let there = sheet.content(row, column).typed().unwrap_or_default();
            if there != place.heading {
                return Err(MappingError::Moved {
                    place: sheet.place(row, column).to_string(),
                    expected: place.heading.clone(),
                    found: there,
                });
            }
        }
        Ok(sheet)
    }

    /// Number of a column, from 0.
    pub(super) fn column(&self, column: Column) -> Option<u32> {
        self.columns.get(&column).map(|place| place.column.saturating_sub(1))
    }

    /// What the heading of the prices multiplies them by: 10,000 for 万元.
    pub(super) fn unit(&self) -> Decimal {
        let heading = self.columns.get(&Column::Amount).map(|place| place.heading.as_str());
        heading.and_then(unit_in).unwrap_or(Decimal::ONE)
    }

    /// Each column that was found with its heading.
    pub fn headings(&self) -> impl Iterator<Item = (Column, &str)> {
        self.columns.iter().map(|(column, place)| (*column, place.heading.as_str()))
    }
}

/// A heading without white space, what stands in brackets, and marks.
fn plain(heading: &str) -> String {
    let mut depth = 0_u32;
    let mut out = String::new();
    for c in heading.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            '*' | '＊' | ':' | '：' => {}
            c if c.is_whitespace() => {}
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}
