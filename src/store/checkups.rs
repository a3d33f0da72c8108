//! What check-ups (体检) saw: grades over time, and the findings of the last one.

use rusqlite::{OptionalExtension, Transaction, params};

use super::{Store, StoreError};
use crate::model::case::CaseId;
use crate::model::checked::{CheckedCase, CheckedFinding, CheckupRun, Graded};

impl Store {
    /// The last check-up.
    pub fn last_checkup(&self) -> Result<Option<CheckupRun>, StoreError> {
        let sql = "SELECT number, at, packs FROM checkup ORDER BY number DESC LIMIT 1";
        let run = self.connection.prepare_cached(sql)?.query_row([], |row| {
            let packs: String = row.get(2)?;
            let packs = serde_json::from_str(&packs).unwrap_or_default();
            Ok(CheckupRun { number: row.get(0)?, at: row.get(1)?, packs })
        });
        Ok(run.optional()?)
    }

    /// The findings of a case that the last check-up saw; `None` where none looked at it.
    pub fn checked_findings(&self, case: CaseId) -> Result<Option<Vec<CheckedFinding>>, StoreError> {
        let seen = "SELECT 1 FROM checkup_case WHERE case_id = ?1";
        if !self.connection.prepare_cached(seen)?.exists([case.0])? {
            return Ok(None);
        }
        let sql = "SELECT json FROM checkup_finding WHERE case_id = ?1 AND gone IS NULL ORDER BY fingerprint";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows: Vec<String> = statement.query_map([case.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let damaged = |_| StoreError::Damaged(format!("案卷 {case} 的体检结果"));
        let found = rows.iter().map(|json| serde_json::from_str(json).map_err(damaged));
        found.collect::<Result<_, _>>().map(Some)
    }

    /// Grades of a case, oldest first.
    pub fn grades(&self, case: CaseId) -> Result<Vec<Graded>, StoreError> {
        let sql = "SELECT checkup, points, label FROM checkup_case WHERE case_id = ?1 ORDER BY checkup";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([case.0], |row| {
            Ok(Graded { checkup: row.get(0)?, points: row.get(1)?, label: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps a check-up over these cases, whole or not at all; returns its number.
    pub fn keep_checkup(
        &mut self,
        at: &str,
        packs: &[String],
        cases: &[CheckedCase],
    ) -> Result<i64, StoreError> {
        self.change(|transaction| {
            let packs = serde_json::to_string(packs).map_err(|_| StoreError::Damaged("规则包".to_owned()))?;
            transaction.execute("INSERT INTO checkup (at, packs) VALUES (?1, ?2)", params![at, packs])?;
            let number = transaction.last_insert_rowid();
            cases.iter().try_for_each(|case| keep(transaction, number, case))?;
            Ok(number)
        })
    }
}

fn keep(transaction: &Transaction<'_>, number: i64, checked: &CheckedCase) -> Result<(), StoreError> {
    let case = checked.case.0;
    let grade = "INSERT INTO checkup_case (case_id, checkup, points, label) VALUES (?1, ?2, ?3, ?4)";
    transaction.prepare_cached(grade)?.execute(params![case, number, checked.points, checked.label])?;
    for finding in &checked.findings {
        let json = serde_json::to_string(finding)
            .map_err(|_| StoreError::Damaged(format!("案卷 {} 的体检结果", checked.case)))?;
        let put = "INSERT INTO checkup_finding (case_id, fingerprint, json, since) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (case_id, fingerprint) DO UPDATE SET
                   json = excluded.json, since = iif(gone IS NULL, since, excluded.since), gone = NULL";
        transaction.prepare_cached(put)?.execute(params![case, finding.fingerprint, json, number])?;
    }
    let present: Vec<&str> = checked.findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
    let present = serde_json::to_string(&present).unwrap_or_default();
    let missed = "UPDATE checkup_finding SET gone = ?2 WHERE case_id = ?1 AND gone IS NULL
                  AND fingerprint NOT IN (SELECT value FROM json_each(?3))";
    transaction.prepare_cached(missed)?.execute(params![case, number, present])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Outcome, Severity};
    use crate::store::sample;

    fn checked(case: CaseId, points: u32, fingerprints: &[&str]) -> CheckedCase {
        let finding = |fingerprint: &&str| CheckedFinding {
            fingerprint: (*fingerprint).to_owned(),
            rule: "p/r".to_owned(),
            severity: Severity::Risk,
            outcome: Outcome::Hit,
            message: "有".to_owned(),
        };
        let findings = fingerprints.iter().map(finding).collect();
        CheckedCase { case, points: Some(points), label: format!("{points}分"), findings }
    }

    #[test]
    fn a_check_up_remembers_what_it_saw() {
        let (_folder, mut store) = sample::store();
        let case = sample::put(&mut store, &sample::record("a1"));
        assert_eq!(store.checked_findings(case).expect("read"), None);
        let packs = ["p@1".to_owned()];
        let first = [checked(case, 92, &["f1", "f2"])];
        store.keep_checkup("2024-01-01T00:00:00Z", &packs, &first).expect("kept");
        let second = [checked(case, 100, &["f2", "f3"])];
        store.keep_checkup("2024-02-01T00:00:00Z", &packs, &second).expect("kept");
        let seen = store.checked_findings(case).expect("read").expect("looked at");
        assert_eq!(seen.iter().map(|f| f.fingerprint.as_str()).collect::<Vec<_>>(), ["f2", "f3"]);
        let grades: Vec<_> = store.grades(case).expect("grades").iter().map(|g| g.points).collect();
        assert_eq!(grades, [Some(92), Some(100)]);
        assert_eq!(store.last_checkup().expect("read").expect("a check-up").number, 2);
    }
}
