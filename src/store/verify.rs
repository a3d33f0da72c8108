//! Does the book still say what people said? The trail, what it seals, and the files beside the store.

use rusqlite::Row;
use serde::Serialize;
use serde_json::Value as Json;

use super::audit::{Trail, fingerprint};
use super::{Store, StoreError};
use crate::model::case::CaseId;

/// Problems beyond this are counted together: a list that nobody can read helps nobody.
const MOST_PROBLEMS: usize = 100;

/// What a check found.
#[derive(Debug, Serialize)]
pub struct Verification {
    /// The trail.
    pub trail: Trail,
    /// Kept originals that were looked at.
    pub originals: u64,
    /// What is not as it should be, in Chinese; empty when everything holds.
    pub problems: Vec<String>,
}

impl Store {
    /// Checks the file, the trail, that decisions and states are those that the trail tells of, and the kept
    /// originals by their hashes.
    pub fn verify(&self) -> Result<Verification, StoreError> {
        let mut problems = self.file_problems()?;
        let (trail, of_the_book) = self.book_problems()?;
        problems.extend(of_the_book);
        let (originals, damaged) = self.verify_originals()?;
        problems.extend(damaged);
        if problems.len() > MOST_PROBLEMS {
            let more = problems.len().saturating_sub(MOST_PROBLEMS);
            problems.truncate(MOST_PROBLEMS);
            problems.push(format!("另有 {more} 处不符，未列出"));
        }
        Ok(Verification { trail, originals, problems })
    }

    /// The trail, and what it does not bear out.
    pub(super) fn book_problems(&self) -> Result<(Trail, Vec<String>), StoreError> {
        let trail = self.verify_trail()?;
        let broken =
            trail.broken_at.map(|seq| format!("留痕从第 {seq} 条起与前文不相连，此前或此处曾被改动"));
        let (decisions, states) = (self.decision_problems()?, self.state_problems()?);
        Ok((trail, broken.into_iter().chain(decisions).chain(states).collect()))
    }

    /// What is wrong with the file itself.
    pub(super) fn file_problems(&self) -> Result<Vec<String>, StoreError> {
        let found: Vec<String> = self
            .connection
            .prepare("PRAGMA quick_check(20)")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        let faults = found.into_iter().filter(|line| line != "ok");
        Ok(faults.map(|line| format!("存储库文件损坏：{line}；请从备份恢复")).collect())
    }

    /// Decisions that the trail does not tell of, or tells of otherwise.
    fn decision_problems(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT decision.case_id, path, value, decision.by = event.by AND decision.at = event.at
                   AND event.case_id = decision.case_id, details
                   FROM decision LEFT JOIN event ON seq = made ORDER BY decision.id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        let mut problems = Vec::new();
        while let Some(row) = rows.next()? {
            problems.extend(decision_problem(row)?);
        }
        Ok(problems)
    }

    /// Cases whose state is another than the trail tells of.
    fn state_problems(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT id, state FROM contract_case WHERE state_set AND state IS NOT (
                   SELECT details ->> '$.to' FROM event WHERE case_id = id AND action = 'state'
                   ORDER BY seq DESC LIMIT 1) ORDER BY id";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| {
            let (id, state): (i64, String) = (row.get(0)?, row.get(1)?);
            Ok(format!("案卷 {id} 的备案状态 {state} 与留痕不符"))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

fn decision_problem(row: &Row<'_>) -> rusqlite::Result<Option<String>> {
    let (case, path, value): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let (same, details): (Option<bool>, Option<String>) = (row.get(3)?, row.get(4)?);
    let details: Json = details.and_then(|details| serde_json::from_str(&details).ok()).unwrap_or_default();
    let sealed = serde_json::from_str(&value).ok().map(|value| fingerprint(CaseId(case), &path, &value));
    let holds = same == Some(true)
        && details["path"] == path.as_str()
        && sealed.as_deref() == details["value"].as_str();
    Ok((!holds).then(|| format!("案卷 {case} 对 {path} 的核定与留痕不符，曾被绕过程序改动")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::model::case::{FilingState, Ruling, Seen, Word};
    use crate::store::sample;

    #[test]
    fn what_was_changed_behind_the_trail_is_found() {
        let (_folder, mut store) = sample::store();
        let case = sample::put(&mut store, &sample::record("a1"));
        let path = "title".parse().expect("a path");
        let ruling = Ruling { path, word: Word::Correct(json!("甲合同")), seen: Seen::Present };
        store.decide(case, &[ruling], &sample::actor(), None).expect("kept");
        store.step(case, FilingState::Filed, &sample::actor(), None).expect("filed");
        assert!(store.verify().expect("read").problems.is_empty());
        for (sql, back) in [
            ("UPDATE decision SET value = '\"乙合同\"'", "UPDATE decision SET value = '\"甲合同\"'"),
            ("UPDATE decision SET by = '他人'", "UPDATE decision SET by = '王小明'"),
            ("UPDATE contract_case SET state = 'ended'", "UPDATE contract_case SET state = 'filed'"),
        ] {
            store.connection.execute(sql, []).expect("tampered");
            assert_eq!(store.verify().expect("read").problems.len(), 1, "{sql}");
            store.connection.execute(back, []).expect("mended");
        }
        assert!(store.verify().expect("read").problems.is_empty());
    }
}
