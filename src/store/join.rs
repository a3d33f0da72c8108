//! Two cases that are one contract made one, and a record that was joined in error taken out again.

use rusqlite::{Transaction, params};
use serde_json::json;

use super::{Store, StoreError, audit, cases, follow, lookup};
use crate::model::case::{Actor, CaseId};

/// Tables whose rows belong to a case that nobody dealt with, and go with it.
const DERIVED: &[&str] =
    &["case_particulars", "checkup_finding", "checkup_case", "baseline_finding", "baseline"];

impl Store {
    /// Makes a case that nobody has dealt with yet a part of another: its record becomes a further one of that case, whose
    /// own record goes on standing for the contract.
    ///
    /// # Errors
    ///
    /// [`StoreError::Handled`] where people have dealt with the case that would go, [`StoreError::SameCase`] where both
    /// are the same.
    pub fn join(
        &mut self,
        kept: CaseId,
        joined: CaseId,
        actor: &Actor,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        self.change(|transaction| {
            let case = cases::case(transaction, joined)?;
            cases::case(transaction, kept)?;
            if kept == joined {
                return Err(StoreError::SameCase);
            }
            if case.revision > 0 || is_linked(transaction, joined)? {
                return Err(StoreError::Handled(case.record));
            }
            let details = json!({ "record": case.record, "from": joined, "reason": reason });
            audit::append(transaction, actor, "join", Some(kept), &details)?;
            let sql = "UPDATE case_record SET case_id = ?2 WHERE case_id = ?1";
            transaction.execute(sql, params![joined.0, kept.0])?;
            for table in DERIVED {
                transaction.execute(&format!("DELETE FROM {table} WHERE case_id = ?1"), [joined.0])?;
            }
            transaction.execute("DELETE FROM contract_case WHERE id = ?1", [joined.0])?;
            cases::touch(transaction, kept, false)
        })
    }

    /// Takes a record out of a case again; it gets a case of its own.
    ///
    /// # Errors
    ///
    /// [`StoreError::Standing`] for the record that stands for the case.
    pub fn split(&mut self, record: &str, actor: &Actor, reason: &str) -> Result<CaseId, StoreError> {
        if reason.trim().is_empty() {
            return Err(StoreError::NoReason);
        }
        let id = self.resolve(record)?;
        self.change(|transaction| {
            let of = follow::case_of(transaction, &id)?.ok_or_else(|| StoreError::NoCase(id.clone()))?;
            if cases::case(transaction, of)?.record == id {
                return Err(StoreError::Standing(id));
            }
            transaction.execute("DELETE FROM case_record WHERE record = ?1", [&id])?;
            let json: String =
                transaction.query_row("SELECT json FROM record WHERE id = ?1", [&id], |row| row.get(0))?;
            let own = follow::open_case(transaction, &lookup::parse(&id, &json)?)?;
            let details = json!({ "record": id, "to": own, "reason": reason });
            audit::append(transaction, actor, "split", Some(of), &details)?;
            cases::touch(transaction, of, false)?;
            Ok(own)
        })
    }
}

fn is_linked(transaction: &Transaction<'_>, case: CaseId) -> Result<bool, StoreError> {
    let sql = "SELECT 1 FROM link WHERE main = ?1 OR dependent = ?1";
    Ok(transaction.prepare_cached(sql)?.exists([case.0])?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{CaseFilter, CaseOrder, sample};

    fn listed(store: &Store) -> usize {
        store.cases(&CaseFilter::default(), CaseOrder::Number, None, 9).expect("listed").len()
    }

    #[test]
    fn a_rescan_becomes_a_record_of_the_case_and_can_be_taken_out_again() {
        let (_folder, mut store) = sample::store();
        let [one, two] = ["ab", "cd"].map(|name| sample::put(&mut store, &sample::record(name)));
        let actor = sample::actor();
        store.assign(one, Some("教育局"), None, &actor).expect("assigned");
        store.join(one, two, &actor, Some("重复扫描")).expect("joined");
        assert_eq!((listed(&store), store.records_of(one).expect("read").len()), (1, 2));
        assert_eq!(store.case_of("cd00").expect("a case").department.as_deref(), Some("教育局"));
        // A run that reads the rescan anew leaves the case as it is.
        let mut rescan = sample::record("cd");
        sample::set_title(&mut rescan, "别的名称");
        assert_eq!(sample::put(&mut store, &rescan), one);
        assert_eq!(store.entry(one).expect("listed").particulars.title.as_deref(), Some("设备采购合同"));
        assert!(matches!(store.split("ab00", &actor, "误并"), Err(StoreError::Standing(_))));
        let own = store.split("cd00", &actor, "误并").expect("split");
        assert_eq!((listed(&store), store.case_of("cd00").expect("a case").id), (2, own));
        let verified = store.verify().expect("read");
        assert_eq!((verified.trail.events, verified.problems.len()), (3, 0));
    }

    #[test]
    fn a_case_with_a_baseline_goes_with_it() {
        let (_folder, mut store) = sample::store();
        let [one, two] = ["ab", "cd"].map(|name| sample::put(&mut store, &sample::record(name)));
        let actor = sample::actor();
        let known = [(one, Some("e1".to_owned())), (two, Some("e2".to_owned()))];
        store.set_baseline(&known, &actor).expect("set");
        store.join(one, two, &actor, None).expect("joined");
        assert_eq!(listed(&store), 1);
        assert_eq!(store.verify().expect("read").problems.len(), 0);
    }

    #[test]
    fn what_people_dealt_with_does_not_go() {
        let (_folder, mut store) = sample::store();
        let [one, two] = ["ab", "cd"].map(|name| sample::put(&mut store, &sample::record(name)));
        let actor = sample::actor();
        store.assign(two, Some("教育局"), None, &actor).expect("assigned");
        assert!(matches!(store.join(one, two, &actor, None), Err(StoreError::Handled(_))));
        assert!(matches!(store.join(one, one, &actor, None), Err(StoreError::SameCase)));
        assert_eq!(listed(&store), 2);
    }
}
