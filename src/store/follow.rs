//! How cases follow what a run finds: a contract gets a case, and what lists need of it is kept up to date.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::versions::Before;
use super::{StoreError, cases, decisions, lookup};
use crate::model::Record;
use crate::model::case::{CaseId, Effective, FilingState, Particulars};
use crate::model::name::letters;
use crate::model::record::{Kind, Stage};

/// Version of [`Particulars`]: raised when they hold more or other things, so that stored ones are made anew.
pub(super) const PARTICULARS: i64 = 5;

/// Brings the case of a record that was just stored up to date; makes one for a contract that has none.
pub(super) fn follow(
    transaction: &Transaction<'_>,
    record: &Record,
    before: Before,
) -> Result<(), StoreError> {
    match case_of(transaction, &record.id)? {
        None if record.kind == Kind::NotAContract => Ok(()),
        None => open_case(transaction, record).map(|_| ()),
        Some(_) if before == Before::Same => Ok(()),
        Some(case) => renew(transaction, case, record),
    }
}

/// The case that a record belongs to.
pub(super) fn case_of(connection: &Connection, record: &str) -> Result<Option<CaseId>, StoreError> {
    let sql = "SELECT case_id FROM case_record WHERE record = ?1";
    Ok(connection.prepare_cached(sql)?.query_row([record], |row| row.get(0)).optional()?.map(CaseId))
}

/// Makes a case for a record.
pub(super) fn open_case(transaction: &Transaction<'_>, record: &Record) -> Result<CaseId, StoreError> {
    transaction
        .prepare_cached("INSERT INTO contract_case (record, state) VALUES (?1, ?2)")?
        .execute(params![record.id, state_of(record).as_str()])?;
    let id = transaction.last_insert_rowid();
    transaction
        .prepare_cached("INSERT INTO case_record (record, case_id) VALUES (?1, ?2)")?
        .execute(params![record.id, id])?;
    put_particulars(transaction, CaseId(id), 1, &Effective::new(record.clone(), Vec::new()))?;
    Ok(CaseId(id))
}

/// The state that follows from what was read, while no person set one.
fn state_of(record: &Record) -> FilingState {
    if record.stage == Stage::Signed { FilingState::Signed } else { FilingState::Draft }
}

/// A case whose record says something new.
fn renew(transaction: &Transaction<'_>, case: CaseId, record: &Record) -> Result<(), StoreError> {
    let sql = "UPDATE contract_case SET content = content + 1, state = iif(state_set, state, ?3)
               WHERE id = ?1 AND record = ?2";
    let state = state_of(record).as_str();
    let is_current = transaction.prepare_cached(sql)?.execute(params![case.0, record.id, state])? > 0;
    if is_current { refresh(transaction, case) } else { Ok(()) }
}

/// Makes the particulars of a case anew.
pub(super) fn refresh(transaction: &Transaction<'_>, case: CaseId) -> Result<(), StoreError> {
    let effective = effective(transaction, case)?;
    let content = cases::case(transaction, case)?.content;
    put_particulars(transaction, case, content, &effective)
}

/// Makes those particulars anew that are missing or were made by an earlier version of the program.
pub(super) fn refresh_stale(transaction: &Transaction<'_>) -> Result<(), StoreError> {
    let sql =
        "SELECT id FROM contract_case LEFT JOIN case_particulars ON case_id = id WHERE made_by IS NOT ?1";
    let stale: Vec<i64> =
        transaction.prepare(sql)?.query_map([PARTICULARS], |row| row.get(0))?.collect::<Result<_, _>>()?;
    stale.into_iter().try_for_each(|case| refresh(transaction, CaseId(case)))
}

/// Were any made by another version of the program? Looks into an index only.
pub(super) fn are_stale(connection: &Connection) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM case_particulars WHERE made_by < ?1)
               OR EXISTS (SELECT 1 FROM case_particulars WHERE made_by > ?1)";
    Ok(connection.query_row(sql, [PARTICULARS], |row| row.get(0))?)
}

/// The record of a case with people's word laid over it.
pub(super) fn effective(connection: &Connection, case: CaseId) -> Result<Effective, StoreError> {
    let id = cases::case(connection, case)?.record;
    let sql = "SELECT json FROM record WHERE id = ?1";
    let json: String = connection.prepare_cached(sql)?.query_row([&id], |row| row.get(0))?;
    Ok(Effective::new(lookup::parse(&id, &json)?, decisions::in_force(connection, case)?))
}

/// What a title or number is compared by; `None` where nothing is left of it.
fn key(text: &Option<String>) -> Option<String> {
    text.as_deref().map(letters).filter(|key| !key.is_empty())
}

fn put_particulars(
    transaction: &Transaction<'_>,
    case: CaseId,
    content: i64,
    effective: &Effective,
) -> Result<(), StoreError> {
    let particulars = Particulars::of(effective);
    let damaged = || StoreError::Damaged(effective.record().id.clone());
    let json = serde_json::to_string(&particulars).map_err(|_| damaged())?;
    let kind = serde_json::to_value(particulars.kind).map_err(|_| damaged())?;
    let parties = particulars.parties.iter().flat_map(|party| party.name.iter().chain(&party.uscc));
    let parties: Vec<&str> = parties.map(String::as_str).collect();
    let sign_date = particulars.sign_date.map(|date| date.to_string()).unwrap_or_default();
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO case_particulars
             (case_id, content, made_by, kind, title, number, parties, sign_date, json, title_key, number_key)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            case.0,
            content,
            PARTICULARS,
            kind.as_str(),
            particulars.title,
            particulars.contract_number,
            parties.join("\n"),
            sign_date,
            json,
            key(&particulars.title),
            key(&particulars.contract_number)
        ])?;
    Ok(())
}
