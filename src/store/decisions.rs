//! People's word on fields: taken, replaced, taken back; never changed by a reading.

use rusqlite::{Connection, Row, Transaction, params};
use serde_json::json;

use super::{Store, StoreError, audit, cases, follow};
use crate::model::case::{Actor, CaseId, Decision, DecisionKind, Effective, FieldPath, Ruling, Seen, Word};

const COLUMNS: &str = "case_id, path, kind, value, seen, record, party, reason, by, at";

/// Decisions of a case that are in force, in the order of the paths.
pub(super) fn in_force(connection: &Connection, case: CaseId) -> Result<Vec<Decision>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM decision WHERE case_id = ?1 AND ended IS NULL ORDER BY path, id");
    let mut statement = connection.prepare_cached(&sql)?;
    let mut rows = statement.query([case.0])?;
    let mut decisions = Vec::new();
    while let Some(row) = rows.next()? {
        let decision = from_row(row)?.ok_or_else(|| StoreError::Damaged(format!("案卷 {case} 的核定")))?;
        decisions.push(decision);
    }
    Ok(decisions)
}

/// `None` where a column does not hold what it should.
fn from_row(row: &Row<'_>) -> rusqlite::Result<Option<Decision>> {
    let text = |column: usize| row.get::<_, String>(column);
    let (path, kind, value, seen, at) = (text(1)?, text(2)?, text(3)?, text(4)?, text(9)?);
    let party: Option<String> = row.get(6)?;
    let (case, record, reason, by) = (CaseId(row.get(0)?), row.get(5)?, row.get(7)?, row.get(8)?);
    Ok((|| {
        let kind = if kind == "confirmed" { DecisionKind::Confirmed } else { DecisionKind::Corrected };
        let party = party.map(|party| serde_json::from_str(&party)).transpose().ok()?;
        let (value, seen) = (serde_json::from_str(&value).ok()?, serde_json::from_str(&seen).ok()?);
        let (path, at) = (path.parse().ok()?, at.parse().ok()?);
        Some(Decision { case, path, kind, value, seen, party, record, reason, by, at })
    })())
}

impl Store {
    /// Decisions of a case that are in force, in the order of the paths.
    pub fn decisions(&self, case: CaseId) -> Result<Vec<Decision>, StoreError> {
        in_force(&self.connection, case)
    }

    /// Takes decisions on fields of a case, all or none; returns what counts then.
    ///
    /// # Errors
    ///
    /// [`StoreError::Field`] for a value of another type, [`StoreError::Changed`] where another value stands there
    /// than the person had before their eyes.
    pub fn decide(
        &mut self,
        case: CaseId,
        rulings: &[Ruling],
        actor: &Actor,
        reason: Option<&str>,
    ) -> Result<Effective, StoreError> {
        self.change(|transaction| decide(transaction, case, rulings, actor, reason))
    }
}

/// Takes decisions within a larger change; returns what counts then.
pub(super) fn decide(
    transaction: &Transaction<'_>,
    case: CaseId,
    rulings: &[Ruling],
    actor: &Actor,
    reason: Option<&str>,
) -> Result<Effective, StoreError> {
    for ruling in rulings {
        // Each rests on those before it: a party that one adds can be described by the next.
        let before = follow::effective(transaction, case)?;
        check_seen(&before, ruling)?;
        take(transaction, case, &before, ruling, actor, reason)?;
    }
    cases::touch(transaction, case, true)?;
    follow::refresh(transaction, case)?;
    follow::effective(transaction, case)
}

/// Refuses a decision about something else than what stands there now.
fn check_seen(effective: &Effective, ruling: &Ruling) -> Result<(), StoreError> {
    let Seen::Value(seen) = &ruling.seen else { return Ok(()) };
    let now = effective.value(&ruling.path);
    if ruling.path.kind().same(seen, &now) {
        return Ok(());
    }
    let (seen, now) = (ruling.path.shown(seen), ruling.path.shown(&now));
    Err(StoreError::Changed { label: ruling.path.label(), seen, now })
}

fn take(
    transaction: &Transaction<'_>,
    case: CaseId,
    before: &Effective,
    ruling: &Ruling,
    actor: &Actor,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    let path = ruling.path.whole();
    let (kind, value) = match &ruling.word {
        Word::Withdraw => return withdraw(transaction, case, before, &path, actor, reason),
        Word::Confirm => (DecisionKind::Confirmed, before.value(&path)),
        Word::Correct(value) => (DecisionKind::Corrected, value.clone()),
    };
    before.reaches(&path)?;
    path.kind().check(&path, &value)?;
    let decision = before.decide(case, &path, kind, value, actor, reason);
    let details = json!({
        "path": path,
        "value": audit::fingerprint(case, &path.to_string(), &decision.value),
        "read": audit::fingerprint(case, &path.to_string(), &decision.seen),
        "reason": reason,
    });
    let action = if kind == DecisionKind::Confirmed { "confirm" } else { "correct" };
    let event = audit::append(transaction, actor, action, Some(case), &details)?;
    end(transaction, case, before, &path, event)?;
    insert(transaction, &decision, event)
}

fn withdraw(
    transaction: &Transaction<'_>,
    case: CaseId,
    before: &Effective,
    path: &FieldPath,
    actor: &Actor,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    let details = json!({ "path": path, "reason": reason });
    let event = audit::append(transaction, actor, "withdraw", Some(case), &details)?;
    let ended = end(transaction, case, before, path, event)?;
    if ended == 0 { Err(StoreError::NoDecision(path.label())) } else { Ok(()) }
}

/// Ends the decisions that count at a path, or whose place is lost and that were taken at it.
fn end(
    transaction: &Transaction<'_>,
    case: CaseId,
    before: &Effective,
    path: &FieldPath,
    event: i64,
) -> Result<usize, StoreError> {
    let here = before.standings().iter().filter(|standing| match &standing.place {
        Some(place) => place == path,
        None => standing.decision.path == *path,
    });
    let sql = "UPDATE decision SET ended = ?1 WHERE case_id = ?2 AND path = ?3 AND at = ?4 AND ended IS NULL";
    let mut ended = 0;
    for Decision { path, at, .. } in here.map(|standing| &standing.decision) {
        let values = params![event, case.0, path.to_string(), at.to_string()];
        ended += transaction.prepare_cached(sql)?.execute(values)?;
    }
    Ok(ended)
}

fn insert(transaction: &Transaction<'_>, decision: &Decision, event: i64) -> Result<(), StoreError> {
    let sql = format!(
        "INSERT INTO decision ({COLUMNS}, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
    );
    let Decision { case, path, kind, value, seen, party, record, reason, by, at } = decision;
    let party = party.as_ref().map(serde_json::to_string).transpose();
    let party = party.map_err(|_| StoreError::Damaged(record.clone()))?;
    transaction.prepare_cached(&sql)?.execute(params![
        case.0,
        path.to_string(),
        kind.as_str(),
        value.to_string(),
        seen.to_string(),
        record,
        party,
        reason,
        by,
        at.to_string(),
        event
    ])?;
    Ok(())
}
