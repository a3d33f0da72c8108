//! Contract numbers (合同编号) that are given by a pattern: in each series from 1, without gaps, none twice.

use rusqlite::{OptionalExtension, Transaction, params};
use serde_json::json;

use super::{Store, StoreError, audit, cases};
use crate::model::case::{Actor, CaseId};

/// A number that a contract has been given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenNumber {
    /// The number.
    pub number: String,
    /// Was it given just now? Else the contract had it already.
    pub is_new: bool,
}

impl Store {
    /// Gives a case the next number of a series; a case that has a number keeps it. `write` makes the number of a
    /// serial. The number is the filing number of the case from then on (第四十九条第一款).
    ///
    /// Asking and giving are one transaction: of programs that ask at the same time, each gets its own.
    ///
    /// A number that a person entered by hand for another case is passed over.
    pub fn give_number(
        &mut self,
        case: CaseId,
        series: &str,
        write: impl Fn(u32) -> String,
        actor: &Actor,
    ) -> Result<GivenNumber, StoreError> {
        self.change(|transaction| {
            if let Some(number) = cases::case(transaction, case)?.filing_number {
                return Ok(GivenNumber { number, is_new: false });
            }
            let last = "SELECT serial FROM number_given WHERE series = ?1 ORDER BY serial DESC LIMIT 1";
            let last: Option<u32> =
                transaction.prepare_cached(last)?.query_row([series], |row| row.get(0)).optional()?;
            let (serial, number) = free(transaction, last.unwrap_or(0).saturating_add(1), &write)?;
            let event = audit::append(transaction, actor, "number", Some(case), &json!({ "number": number }))?;
            transaction
                .prepare_cached("INSERT INTO number_given (series, serial, number, case_id, made) VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![series, serial, number, case.0, event])?;
            transaction
                .prepare_cached("UPDATE contract_case SET filing_number = ?2 WHERE id = ?1")?
                .execute(params![case.0, number])?;
            cases::touch(transaction, case, false)?;
            Ok(GivenNumber { number, is_new: true })
        })
    }
}

/// The first serial from `serial` on whose number no case has.
fn free(
    transaction: &Transaction<'_>,
    mut serial: u32,
    write: &impl Fn(u32) -> String,
) -> Result<(u32, String), StoreError> {
    let taken = "SELECT 1 FROM contract_case WHERE filing_number = ?1";
    loop {
        let number = write(serial);
        if serial == u32::MAX || !transaction.prepare_cached(taken)?.exists([&number])? {
            return Ok((serial, number));
        }
        serial = serial.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::*;
    use crate::store::{Filing, sample};

    fn write(serial: u32) -> String {
        format!("罗教合〔2024〕{serial:04}号")
    }

    fn give(store: &mut Store, case: CaseId) -> GivenNumber {
        store.give_number(case, "罗教合〔2024〕{序号}号", write, &sample::actor()).expect("a number")
    }

    #[test]
    fn a_case_keeps_its_number() {
        let (_folder, mut store) = sample::store();
        let case = sample::put(&mut store, &sample::record("ab"));
        let number = |is_new| GivenNumber { number: write(1), is_new };
        assert_eq!(give(&mut store, case), number(true));
        assert_eq!(give(&mut store, case), number(false));
        assert_eq!(store.case(case).expect("the case").filing_number, Some(write(1)));
    }

    #[test]
    fn a_number_entered_by_hand_is_passed_over() {
        let (_folder, mut store) = sample::store();
        let by_hand = sample::put(&mut store, &sample::record("ab"));
        let filing = Filing { number: Some(write(1)), ..Filing::default() };
        store.set_filing(by_hand, &filing, &sample::actor()).expect("entered");
        let case = sample::put(&mut store, &sample::record("cd"));
        assert_eq!(give(&mut store, case).number, write(2));
    }

    #[test]
    fn numbers_given_at_the_same_time_have_no_gaps_and_no_doubles() {
        let (folder, mut store) = sample::store();
        let cases: Vec<CaseId> =
            (0..32).map(|n| sample::put(&mut store, &sample::record(&format!("{n:02x}")))).collect();
        drop(store);
        let mut numbers: Vec<String> = thread::scope(|scope| {
            let each = |part: &[CaseId]| {
                let (part, folder) = (part.to_vec(), folder.path());
                scope.spawn(move || {
                    let mut store = Store::open_to_decide(folder).expect("a store");
                    part.into_iter().map(|case| give(&mut store, case).number).collect::<Vec<_>>()
                })
            };
            let threads: Vec<_> = cases.chunks(4).map(each).collect();
            threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
        });
        numbers.sort();
        assert_eq!(numbers, (1..=32).map(write).collect::<Vec<_>>());
    }
}
