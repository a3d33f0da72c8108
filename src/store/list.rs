//! Lists over all cases: filtered, in order, some hundred rows at a time, so that a hundred thousand fit into little memory.
//! The rows are parsed, and what a caller makes of them is made, on all processors at once.

use jiff::civil::Date;
use rayon::prelude::*;
use rusqlite::types::Value as Sql;
use rusqlite::{Row, params_from_iter};
use serde::Serialize;

use super::{Store, StoreError, cases};
use crate::model::case::{Case, CaseId, FilingState, Particulars};

/// One case of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseEntry {
    /// The case.
    pub case: Case,
    /// What is said about the contract, people's word laid over it.
    pub particulars: Particulars,
}

/// Which cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// In one of these states; empty for any.
    pub states: Vec<FilingState>,
    /// Of this department.
    pub department: Option<String>,
    /// Of this person.
    pub undertaker: Option<String>,
    /// With these characters in title, number or the parties' names and codes.
    pub text: Option<String>,
    /// With these characters in a party's name or code.
    pub party: Option<String>,
    /// Signed on this day or later.
    pub signed_from: Option<Date>,
    /// Signed on this day or earlier; those without a day are left out by either bound.
    pub signed_until: Option<Date>,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CaseOrder {
    /// As they came.
    #[default]
    Number,
    /// By day of signing, those without first; then as they came.
    SignDate,
}

/// Rows that are read before they are parsed.
const AT_ONCE: usize = 1024;

/// Conditions and the values that they ask for.
#[derive(Default)]
pub(super) struct Conditions {
    sql: Vec<String>,
    values: Vec<Sql>,
}

impl Conditions {
    /// One condition that asks for no value.
    pub(super) fn one(condition: &str) -> Self {
        Self { sql: vec![condition.to_owned()], values: Vec::new() }
    }

    fn add(&mut self, condition: &str, values: impl IntoIterator<Item = String>) {
        self.sql.push(condition.to_owned());
        self.values.extend(values.into_iter().map(Sql::Text));
    }
}

impl CaseFilter {
    fn conditions(&self) -> Conditions {
        let mut all = Conditions::default();
        // What turned out to be no contract stays listed only where a person dealt with it.
        all.add("(kind <> 'not-a-contract' OR revision > 0)", []);
        if !self.states.is_empty() {
            let marks = vec!["?"; self.states.len()].join(", ");
            all.add(
                &format!("state IN ({marks})"),
                self.states.iter().map(|state| state.as_str().to_owned()),
            );
        }
        let mut equal = |column: &str, value: &Option<String>| {
            value.iter().for_each(|value| all.add(&format!("{column} = ?"), [value.clone()]));
        };
        equal("department", &self.department);
        equal("undertaker", &self.undertaker);
        if let Some(text) = &self.text {
            let anywhere = "instr(coalesce(title, '') || char(10) || coalesce(number, '') || char(10) || parties, ?) > 0";
            all.add(anywhere, [text.clone()]);
        }
        if let Some(party) = &self.party {
            all.add("instr(parties, ?) > 0", [party.clone()]);
        }
        if let Some(day) = self.signed_from {
            all.add("sign_date >= ?", [day.to_string()]);
        }
        if let Some(day) = self.signed_until {
            all.add("sign_date <> '' AND sign_date <= ?", [day.to_string()]);
        }
        all
    }
}

impl Store {
    /// Hands every case that the filter lets through to `each`, in order, without holding them all.
    pub fn for_each_case<E: From<StoreError> + Send>(
        &self,
        filter: &CaseFilter,
        order: CaseOrder,
        each: impl FnMut(CaseEntry) -> Result<(), E>,
    ) -> Result<(), E> {
        self.map_cases(filter, order, Ok, each)
    }

    /// The same, with `make` called for many cases at once, and `each` for what it makes of them, in order.
    pub fn map_cases<T: Send, E: From<StoreError> + Send>(
        &self,
        filter: &CaseFilter,
        order: CaseOrder,
        make: impl Fn(CaseEntry) -> Result<T, E> + Sync,
        each: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        self.list(filter.conditions(), order, None, make, each)
    }

    /// Up to `most` cases behind `after`, in order: the next page of a list.
    pub fn cases(
        &self,
        filter: &CaseFilter,
        order: CaseOrder,
        after: Option<CaseId>,
        most: u32,
    ) -> Result<Vec<CaseEntry>, StoreError> {
        let mut conditions = filter.conditions();
        if let Some(CaseId(id)) = after {
            let behind = match order {
                CaseOrder::Number => "contract_case.id > ?",
                CaseOrder::SignDate => {
                    "(sign_date, case_id) > (SELECT sign_date, case_id FROM case_particulars WHERE case_id = ?)"
                }
            };
            conditions.sql.push(behind.to_owned());
            conditions.values.push(Sql::Integer(id));
        }
        self.collected(conditions, order, Some(most))
    }

    /// One case as lists show it.
    pub fn entry(&self, case: CaseId) -> Result<CaseEntry, StoreError> {
        let conditions =
            Conditions { sql: vec!["contract_case.id = ?".to_owned()], values: vec![Sql::Integer(case.0)] };
        let found = self.collected(conditions, CaseOrder::Number, Some(1))?;
        found.into_iter().next().ok_or_else(|| StoreError::Unknown(case.to_string()))
    }

    /// Some cases, all of them in memory.
    pub(super) fn collected(
        &self,
        conditions: Conditions,
        order: CaseOrder,
        most: Option<u32>,
    ) -> Result<Vec<CaseEntry>, StoreError> {
        let mut all = Vec::new();
        self.list(conditions, order, most, Ok::<_, StoreError>, |entry| {
            all.push(entry);
            Ok(())
        })?;
        Ok(all)
    }

    fn list<T: Send, E: From<StoreError> + Send>(
        &self,
        conditions: Conditions,
        order: CaseOrder,
        most: Option<u32>,
        make: impl Fn(CaseEntry) -> Result<T, E> + Sync,
        mut each: impl FnMut(T) -> Result<(), E>,
    ) -> Result<(), E> {
        let (columns, all) = (cases::COLUMNS, conditions.sql.join(" AND "));
        let order = match order {
            CaseOrder::Number => "contract_case.id",
            CaseOrder::SignDate => "sign_date, case_id",
        };
        let limit = most.map(|most| format!(" LIMIT {most}")).unwrap_or_default();
        let sql = format!(
            "SELECT {columns}, json FROM contract_case JOIN case_particulars ON case_id = contract_case.id
             WHERE {all} ORDER BY {order}{limit}"
        );
        let mut statement = self.connection.prepare_cached(&sql).map_err(StoreError::from)?;
        let mut rows = statement.query(params_from_iter(conditions.values)).map_err(StoreError::from)?;
        let mut read = Vec::new();
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            read.push(Raw::of(row).map_err(StoreError::from)?);
            if read.len() == AT_ONCE {
                parsed(&mut read, &make).into_iter().try_for_each(|made| each(made?))?;
            }
        }
        parsed(&mut read, &make).into_iter().try_for_each(|made| each(made?))
    }
}

/// A case of a list as it was read.
struct Raw {
    case: Case,
    json: String,
}

impl Raw {
    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { case: cases::from_row(row)?, json: row.get(11)? })
    }

    fn entry(self) -> Result<CaseEntry, StoreError> {
        let particulars =
            serde_json::from_str(&self.json).map_err(|_| StoreError::Damaged(self.case.record.clone()))?;
        Ok(CaseEntry { case: self.case, particulars })
    }
}

/// Empties a batch of rows into what is made of them, in their order.
fn parsed<T: Send, E: From<StoreError> + Send>(
    read: &mut Vec<Raw>,
    make: &(impl Fn(CaseEntry) -> Result<T, E> + Sync),
) -> Vec<Result<T, E>> {
    read.par_drain(..).with_min_len(16).map(|raw| make(raw.entry()?)).collect()
}
