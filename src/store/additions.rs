//! What a ledger of the office adds to cases: all of it, or on an error nothing.

use jiff::civil::Date;
use rusqlite::{Transaction, params};
use serde_json::json;

use super::{Store, StoreError, audit, cases};
use crate::model::case::{Actor, CaseId};

/// What is to be added to a case; what the case has already stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Addition {
    /// Department in charge.
    pub department: Option<String>,
    /// Person in charge.
    pub undertaker: Option<String>,
    /// Number given by the filing system.
    pub filing_number: Option<String>,
    /// Day of registration.
    pub registered: Option<Date>,
}

impl Store {
    /// Adds what a ledger says, in one transaction. `ledger` names the file in the trail. Returns how many cases got
    /// something.
    ///
    /// # Errors
    ///
    /// [`StoreError::NumberTaken`] where a number belongs to another case: then nothing is added.
    pub fn add_from_ledger(
        &mut self,
        ledger: &str,
        additions: &[(CaseId, Addition)],
        actor: &Actor,
    ) -> Result<usize, StoreError> {
        self.change(|transaction| {
            let mut changed = 0;
            for (case, addition) in additions {
                changed += usize::from(add(transaction, ledger, *case, addition, actor)?);
            }
            Ok(changed)
        })
    }
}

/// Adds what is missing; tells whether anything was.
fn add(
    transaction: &Transaction<'_>,
    ledger: &str,
    id: CaseId,
    addition: &Addition,
    actor: &Actor,
) -> Result<bool, StoreError> {
    let before = cases::case(transaction, id)?;
    let lacks = |has: bool, new: &Option<String>| new.clone().filter(|_| !has);
    let department = lacks(before.department.is_some(), &addition.department);
    let undertaker = lacks(before.undertaker.is_some(), &addition.undertaker);
    let number = lacks(before.filing_number.is_some(), &addition.filing_number);
    let day = addition.registered.map(|day| day.to_string());
    let registered = lacks(before.registered.is_some(), &day);
    if [&department, &undertaker, &number, &registered].iter().all(|new| new.is_none()) {
        return Ok(false);
    }
    let taken = "SELECT 1 FROM contract_case WHERE filing_number = ?1 AND id <> ?2";
    if transaction.prepare_cached(taken)?.exists(params![number, id.0])? {
        return Err(StoreError::NumberTaken(number.unwrap_or_default()));
    }
    let details = json!({
        "ledger": ledger, "department": department, "undertaker": undertaker, "number": number,
        "registered": registered,
    });
    audit::append(transaction, actor, "ledger", Some(id), &details)?;
    let sql = "UPDATE contract_case SET department = coalesce(department, ?2), undertaker = coalesce(undertaker, ?3),
               filing_number = coalesce(filing_number, ?4), registered = coalesce(registered, ?5) WHERE id = ?1";
    transaction.prepare_cached(sql)?.execute(params![id.0, department, undertaker, number, registered])?;
    cases::touch(transaction, id, false)?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample;

    fn addition(department: &str, number: &str) -> Addition {
        Addition {
            department: Some(department.to_owned()),
            filing_number: Some(number.to_owned()),
            ..Addition::default()
        }
    }

    #[test]
    fn a_ledger_adds_what_is_missing_and_overwrites_nothing() {
        let (_folder, mut store) = sample::store();
        let case = sample::put(&mut store, &sample::record("ab"));
        let actor = sample::actor();
        store.assign(case, Some("教育局"), None, &actor).expect("assigned");
        let additions = [(case, addition("民政局", "1号"))];
        assert_eq!(store.add_from_ledger("台账.xlsx", &additions, &actor).expect("added"), 1);
        let after = store.case(case).expect("the case");
        assert_eq!(
            (after.department.as_deref(), after.filing_number.as_deref()),
            (Some("教育局"), Some("1号"))
        );
        assert_eq!(store.add_from_ledger("台账.xlsx", &additions, &actor).expect("nothing"), 0);
    }

    #[test]
    fn a_number_that_is_taken_leaves_everything_as_it_was() {
        let (_folder, mut store) = sample::store();
        let [one, two] = ["ab", "cd"].map(|name| sample::put(&mut store, &sample::record(name)));
        let additions = [(one, addition("教育局", "1号")), (two, addition("教育局", "1号"))];
        assert!(store.add_from_ledger("台账.xlsx", &additions, &sample::actor()).is_err());
        assert_eq!(store.case(one).expect("the case").filing_number, None);
        assert_eq!(store.verify_trail().expect("a trail").events, 0);
    }
}
