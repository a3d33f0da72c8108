//! Cases one by one: what is known of them, and what people set.

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde_json::json;

use super::{Store, StoreError, audit, follow, lookup};
use crate::model::case::{Actor, Case, CaseId, Effective, FilingState};

/// Columns of a case, in the order that [`from_row`] reads.
pub(super) const COLUMNS: &str = "contract_case.id, contract_case.record, state, state_set, department, undertaker, \
                                  filing_number, registered, paper_received, revision, contract_case.content";

/// Numbers and days that filing gives to a contract; `None` leaves as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filing {
    /// Number given by the filing system (备案编号).
    pub number: Option<String>,
    /// Day of registration.
    pub registered: Option<Date>,
    /// Day on which the paper original was handed in.
    pub paper_received: Option<Date>,
}

/// A case by its number.
pub(super) fn case(connection: &Connection, id: CaseId) -> Result<Case, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM contract_case WHERE id = ?1");
    let case = connection.prepare_cached(&sql)?.query_row([id.0], from_row).optional()?;
    case.ok_or_else(|| StoreError::Unknown(id.to_string()))
}

/// Reads [`COLUMNS`] from the front of a row.
pub(super) fn from_row(row: &Row<'_>) -> rusqlite::Result<Case> {
    let state: String = row.get(2)?;
    Ok(Case {
        id: CaseId(row.get(0)?),
        record: row.get(1)?,
        state: FilingState::parse(&state).unwrap_or(FilingState::Draft),
        state_set: row.get(3)?,
        department: row.get(4)?,
        undertaker: row.get(5)?,
        filing_number: row.get(6)?,
        registered: day(row.get(7)?),
        paper_received: day(row.get(8)?),
        revision: row.get(9)?,
        content: row.get(10)?,
    })
}

fn day(text: Option<String>) -> Option<Date> {
    text.and_then(|text| text.parse().ok())
}

/// Counts a person's change of a case: of the way that it is dealt with, or of what is said about the contract.
pub fn touch(transaction: &Transaction<'_>, case: CaseId, content_changed: bool) -> Result<(), StoreError> {
    let sql = "UPDATE contract_case SET revision = revision + 1, content = content + ?2 WHERE id = ?1";
    transaction.prepare_cached(sql)?.execute(params![case.0, content_changed])?;
    Ok(())
}

impl Store {
    /// A case by its number.
    pub fn case(&self, id: CaseId) -> Result<Case, StoreError> {
        case(&self.connection, id)
    }

    /// The case of a record, by the record's number or its first digits.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoCase`] where the record is not taken for a contract.
    pub fn case_of(&self, record: &str) -> Result<Case, StoreError> {
        let record = self.resolve(record)?;
        let id = follow::case_of(&self.connection, &record)?.ok_or(StoreError::NoCase(record))?;
        self.case(id)
    }

    /// The numbers of all records of a case: rescans and versions, the one that stands for it first.
    pub fn records_of(&self, case: CaseId) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT case_record.record FROM case_record JOIN contract_case ON id = case_id
                   WHERE case_id = ?1 ORDER BY case_record.record <> contract_case.record, case_record.record";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([case.0], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The record that stands for a case, with people's word laid over it.
    pub fn effective(&self, case: CaseId) -> Result<Effective, StoreError> {
        follow::effective(&self.connection, case)
    }

    /// Makes a case for a record that was not taken for a contract.
    pub fn open_case(&mut self, record: &str, actor: &Actor, reason: &str) -> Result<CaseId, StoreError> {
        let id = self.resolve(record)?;
        self.change(|transaction| {
            if let Some(case) = follow::case_of(transaction, &id)? {
                return Ok(case);
            }
            let sql = "SELECT json FROM record WHERE id = ?1";
            let json: String = transaction.prepare_cached(sql)?.query_row([&id], |row| row.get(0))?;
            let case = follow::open_case(transaction, &lookup::parse(&id, &json)?)?;
            let details = json!({ "record": id, "reason": reason });
            audit::append(transaction, actor, "open", Some(case), &details)?;
            touch(transaction, case, false)?;
            Ok(case)
        })
    }

    /// Takes a case a step on, or back.
    ///
    /// # Errors
    ///
    /// [`StoreError::Step`] where the step is not allowed, [`StoreError::NoReason`] for a step back without one.
    pub fn step(
        &mut self,
        id: CaseId,
        to: FilingState,
        actor: &Actor,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        self.change(|transaction| {
            let Case { state: from, state_set, .. } = case(transaction, id)?;
            // What was only read may be said by a person, too.
            let is_confirmed = from == to && !state_set;
            if !is_confirmed && !from.allows(to) {
                return Err(StoreError::Step { from, to });
            }
            if to < from && reason.is_none_or(|reason| reason.trim().is_empty()) {
                return Err(StoreError::NoReason);
            }
            let details = json!({ "from": from, "to": to, "reason": reason });
            audit::append(transaction, actor, "state", Some(id), &details)?;
            let sql = "UPDATE contract_case SET state = ?2, state_set = 1 WHERE id = ?1";
            transaction.prepare_cached(sql)?.execute(params![id.0, to.as_str()])?;
            touch(transaction, id, false)
        })
    }

    /// Says who is in charge; `None` leaves as it is, an empty name takes the present one away.
    pub fn assign(
        &mut self,
        id: CaseId,
        department: Option<&str>,
        undertaker: Option<&str>,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        self.change(|transaction| assign(transaction, id, department, undertaker, actor))
    }

    /// Enters what filing gave: its number and days.
    ///
    /// # Errors
    ///
    /// [`StoreError::NumberTaken`] where another contract has the number.
    pub fn set_filing(&mut self, id: CaseId, filing: &Filing, actor: &Actor) -> Result<(), StoreError> {
        self.change(|transaction| set_filing(transaction, id, filing, actor))
    }
}

/// Says who is in charge, within a larger change.
pub(super) fn assign(
    transaction: &Transaction<'_>,
    id: CaseId,
    department: Option<&str>,
    undertaker: Option<&str>,
    actor: &Actor,
) -> Result<(), StoreError> {
    let before = case(transaction, id)?;
    let after = |new: Option<&str>, old: Option<String>| match new.map(str::trim) {
        None => old,
        Some("") => None,
        Some(name) => Some(name.to_owned()),
    };
    let department = after(department, before.department);
    let undertaker = after(undertaker, before.undertaker);
    let details = json!({ "department": department, "undertaker": undertaker });
    audit::append(transaction, actor, "assign", Some(id), &details)?;
    let sql = "UPDATE contract_case SET department = ?2, undertaker = ?3 WHERE id = ?1";
    transaction.prepare_cached(sql)?.execute(params![id.0, department, undertaker])?;
    touch(transaction, id, false)
}

/// Enters what filing gave, within a larger change.
pub(super) fn set_filing(
    transaction: &Transaction<'_>,
    id: CaseId,
    filing: &Filing,
    actor: &Actor,
) -> Result<(), StoreError> {
    let before = case(transaction, id)?;
    let number = filing.number.clone().or(before.filing_number);
    let taken = "SELECT 1 FROM contract_case WHERE filing_number = ?1 AND id <> ?2";
    if transaction.prepare_cached(taken)?.exists(params![number, id.0])? {
        return Err(StoreError::NumberTaken(number.unwrap_or_default()));
    }
    let registered = filing.registered.or(before.registered).map(|day| day.to_string());
    let paper = filing.paper_received.or(before.paper_received).map(|day| day.to_string());
    let details = json!({ "number": number, "registered": registered, "paper_received": paper });
    audit::append(transaction, actor, "filing", Some(id), &details)?;
    let sql =
        "UPDATE contract_case SET filing_number = ?2, registered = ?3, paper_received = ?4 WHERE id = ?1";
    transaction.prepare_cached(sql)?.execute(params![id.0, number, registered, paper])?;
    touch(transaction, id, false)
}
