//! What people decided about findings: suppressions (搁置) and the baseline (基线).

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde_json::json;

use super::{Store, StoreError, audit, cases};
use crate::model::case::{Actor, CaseId};
use crate::model::mark::{Marks, Suppression};

const COLUMNS: &str = "fingerprint, rule, message, reason, by, at";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Suppression> {
    let at: String = row.get(5)?;
    Ok(Suppression {
        fingerprint: row.get(0)?,
        rule: row.get(1)?,
        message: row.get(2)?,
        reason: row.get(3)?,
        by: row.get(4)?,
        at: at.parse().unwrap_or_default(),
    })
}

fn suppressions(connection: &Connection, case: CaseId) -> Result<BTreeMap<String, Suppression>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM suppression WHERE case_id = ?1 AND ended IS NULL");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map([case.0], from_row)?;
    let found: Vec<Suppression> = rows.collect::<Result<_, _>>()?;
    Ok(found.into_iter().map(|known| (known.fingerprint.clone(), known)).collect())
}

fn baseline(connection: &Connection, case: CaseId) -> Result<Option<BTreeSet<String>>, StoreError> {
    let has = "SELECT 1 FROM baseline WHERE case_id = ?1";
    if !connection.prepare_cached(has)?.exists([case.0])? {
        return Ok(None);
    }
    let sql = "SELECT fingerprint FROM baseline_finding WHERE case_id = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([case.0], |row| row.get(0))?;
    Ok(Some(rows.collect::<Result<_, _>>()?))
}

impl Store {
    /// What was decided about the findings of a case.
    pub fn marks(&self, case: CaseId) -> Result<Marks, StoreError> {
        let connection = &self.connection;
        Ok(Marks { suppressions: suppressions(connection, case)?, baseline: baseline(connection, case)? })
    }

    /// Cases with a suppression in force, in order.
    pub fn cases_with_suppressions(&self) -> Result<Vec<CaseId>, StoreError> {
        let sql = "SELECT DISTINCT case_id FROM suppression WHERE ended IS NULL ORDER BY case_id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| row.get(0).map(CaseId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Sets a finding aside; one that was set aside before gets the new reason. Who and when are the actor's.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoReason`] where none is given.
    pub fn suppress(
        &mut self,
        case: CaseId,
        (fingerprint, rule, message): (&str, &str, &str),
        actor: &Actor,
        reason: &str,
    ) -> Result<(), StoreError> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(StoreError::NoReason);
        }
        self.change(|transaction| {
            let details = json!({ "fingerprint": fingerprint, "rule": rule, "reason": reason });
            let made = audit::append(transaction, actor, "suppress", Some(case), &details)?;
            end(transaction, case, fingerprint, made)?;
            let sql = "INSERT INTO suppression (case_id, fingerprint, rule, message, reason, by, at, made)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
            let at = actor.at.to_string();
            transaction.prepare_cached(sql)?.execute(params![
                case.0,
                fingerprint,
                rule,
                message,
                reason,
                actor.name,
                at,
                made
            ])?;
            cases::touch(transaction, case, false)
        })
    }

    /// Takes a suppression back.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotSuppressed`] where there is none, [`StoreError::NoReason`] where no reason is given.
    pub fn withdraw_suppression(
        &mut self,
        case: CaseId,
        fingerprint: &str,
        actor: &Actor,
        reason: &str,
    ) -> Result<(), StoreError> {
        if reason.trim().is_empty() {
            return Err(StoreError::NoReason);
        }
        self.change(|transaction| {
            let details = json!({ "fingerprint": fingerprint, "reason": reason.trim() });
            let made = audit::append(transaction, actor, "unsuppress", Some(case), &details)?;
            if end(transaction, case, fingerprint, made)? == 0 {
                return Err(StoreError::NotSuppressed(fingerprint.to_owned()));
            }
            cases::touch(transaction, case, false)
        })
    }

    /// Declares the present findings of these cases known, in place of what was declared before; with each case the
    /// fingerprint of a finding that stands in no record, if there is one. Returns how many findings that are.
    pub fn set_baseline(
        &mut self,
        cases: &[(CaseId, Option<String>)],
        actor: &Actor,
    ) -> Result<usize, StoreError> {
        self.change(|transaction| {
            let details = json!({ "cases": cases.len() });
            let made = audit::append(transaction, actor, "baseline", None, &details)?;
            let mut known = 0;
            for (case, besides) in cases {
                forget(transaction, *case)?;
                let put = "INSERT INTO baseline (case_id, made) VALUES (?1, ?2)";
                transaction.prepare_cached(put)?.execute(params![case.0, made])?;
                let mut findings = present(transaction, *case)?;
                findings.extend(besides.clone());
                for fingerprint in findings {
                    let put = "INSERT INTO baseline_finding (case_id, fingerprint) VALUES (?1, ?2)";
                    known += transaction.prepare_cached(put)?.execute(params![case.0, fingerprint])?;
                }
            }
            Ok(known)
        })
    }

    /// Takes the baseline of these cases away.
    pub fn clear_baseline(&mut self, cases: &[CaseId], actor: &Actor) -> Result<(), StoreError> {
        self.change(|transaction| {
            let details = json!({ "cases": cases.len() });
            audit::append(transaction, actor, "clear-baseline", None, &details)?;
            cases.iter().try_for_each(|case| forget(transaction, *case))
        })
    }
}

/// Ends a suppression that is in force; says how many were.
fn end(
    transaction: &Transaction<'_>,
    case: CaseId,
    fingerprint: &str,
    ended: i64,
) -> Result<usize, StoreError> {
    let sql = "UPDATE suppression SET ended = ?3 WHERE case_id = ?1 AND fingerprint = ?2 AND ended IS NULL";
    Ok(transaction.prepare_cached(sql)?.execute(params![case.0, fingerprint, ended])?)
}

fn forget(transaction: &Transaction<'_>, case: CaseId) -> Result<(), StoreError> {
    transaction.prepare_cached("DELETE FROM baseline_finding WHERE case_id = ?1")?.execute([case.0])?;
    transaction.prepare_cached("DELETE FROM baseline WHERE case_id = ?1")?.execute([case.0])?;
    Ok(())
}

/// Fingerprints of what is found in a case now: by its record, and by the last check-up besides.
fn present(transaction: &Transaction<'_>, case: CaseId) -> Result<BTreeSet<String>, StoreError> {
    let sql =
        "SELECT value ->> '$.fingerprint' FROM contract_case JOIN record ON record.id = contract_case.record,
               json_each(record.json, '$.findings') WHERE contract_case.id = ?1
               UNION SELECT fingerprint FROM checkup_finding WHERE case_id = ?1 AND gone IS NULL";
    let mut statement = transaction.prepare_cached(sql)?;
    let rows = statement.query_map([case.0], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

impl Store {
    /// All cases, in order: what a baseline over the whole archive is set on.
    pub fn all_cases(&self) -> Result<Vec<CaseId>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT id FROM contract_case ORDER BY id")?;
        let rows = statement.query_map([], |row| row.get(0).map(CaseId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The case that a record belongs to; `None` for what was not taken for a contract.
    pub fn case_number(&self, record: &str) -> Result<Option<CaseId>, StoreError> {
        let sql = "SELECT case_id FROM case_record WHERE record = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([record], |row| row.get(0)).optional()?.map(CaseId))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Finding, Outcome, Severity};
    use crate::store::sample;

    fn finding(fingerprint: &str) -> Finding {
        Finding {
            rule: "dual-forum".to_owned(),
            pack: "luohu-2018".to_owned(),
            severity: Severity::Risk,
            outcome: Outcome::Hit,
            fingerprint: fingerprint.to_owned(),
            basis: Vec::new(),
            message: "又裁又诉".to_owned(),
            why: String::new(),
            suggestion: String::new(),
            evidence: Vec::new(),
        }
    }

    const SEEN: (&str, &str, &str) = ("f1", "luohu-2018/dual-forum", "又裁又诉");

    fn with_finding() -> (tempfile::TempDir, Store, CaseId) {
        let (folder, mut store) = sample::store();
        let mut record = sample::record("a1");
        record.findings = vec![finding("f1")];
        let case = sample::put(&mut store, &record);
        (folder, store, case)
    }

    #[test]
    fn a_finding_is_set_aside_and_taken_back_on_record() {
        let (_folder, mut store, case) = with_finding();
        let actor = sample::actor();
        assert!(matches!(store.suppress(case, SEEN, &actor, " "), Err(StoreError::NoReason)));
        store.suppress(case, SEEN, &actor, "已经主管领导批准").expect("suppressed");
        store.suppress(case, SEEN, &actor, "批准文号已补").expect("suppressed again");
        let marks = store.marks(case).expect("marks");
        assert_eq!(marks.suppressions.len(), 1);
        let label = marks.label(&finding("f1")).expect("a label");
        assert_eq!(label, "已搁置：批准文号已补（王小明，2024-05-06）");
        assert_eq!(marks.unmatched(&[finding("f2")]).len(), 1);
        assert_eq!(marks.unmatched(&[finding("f1")]).len(), 0);
        store.withdraw_suppression(case, "f1", &actor, "条款已改").expect("withdrawn");
        let again = store.withdraw_suppression(case, "f1", &actor, "条款已改");
        assert!(matches!(again, Err(StoreError::NotSuppressed(_))));
        assert!(store.marks(case).expect("marks").suppressions.is_empty());
        let mut actions = Vec::new();
        store
            .for_each_event::<StoreError>(Some(case), |event| {
                actions.push(event.action);
                Ok(())
            })
            .expect("events");
        assert_eq!(actions, ["suppress", "suppress", "unsuppress"]);
    }

    #[test]
    fn a_baseline_holds_what_was_there() {
        let (_folder, mut store, case) = with_finding();
        assert_eq!(store.marks(case).expect("marks").baseline, None);
        assert_eq!(store.set_baseline(&[(case, None)], &sample::actor()).expect("set"), 1);
        let marks = store.marks(case).expect("marks");
        assert!(marks.is_known(&finding("f1")) && !marks.is_known(&finding("f2")));
        assert_eq!(
            store.set_baseline(&[(case, Some("f9".to_owned()))], &sample::actor()).expect("set again"),
            2
        );
        store.clear_baseline(&[case], &sample::actor()).expect("cleared");
        assert_eq!(store.marks(case).expect("marks").baseline, None);
    }
}
