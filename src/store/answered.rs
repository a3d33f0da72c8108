//! What a form that came back says of a case, taken whole or not at all.

use super::{Filing, Store, StoreError, cases, decisions};
use crate::model::case::{Actor, Case, Ruling};

/// Answers on a form, by where they are kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answered<'a> {
    /// What filing gave.
    pub filing: Filing,
    /// Department in charge; an empty name takes the present one away.
    pub department: Option<&'a str>,
    /// Person in charge; the same.
    pub undertaker: Option<&'a str>,
    /// Decisions on fields and on entries of the form.
    pub decisions: &'a [Ruling],
    /// Why, for the decisions: the file that they came in.
    pub reason: Option<&'a str>,
}

impl Store {
    /// Takes what a form says, in one transaction. `seen` is the case as it was when the answers were checked.
    ///
    /// # Errors
    ///
    /// [`StoreError::CaseChanged`] where it is another since; else what one of the answers is refused for. Then
    /// nothing of them is kept.
    pub fn take_answers(
        &mut self,
        seen: &Case,
        answered: &Answered<'_>,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let Answered { filing, department, undertaker, decisions, reason } = answered;
        self.change(|transaction| {
            if cases::case(transaction, seen.id)? != *seen {
                return Err(StoreError::CaseChanged);
            }
            if *filing != Filing::default() {
                cases::set_filing(transaction, seen.id, filing, actor)?;
            }
            if department.is_some() || undertaker.is_some() {
                cases::assign(transaction, seen.id, *department, *undertaker, actor)?;
            }
            if !decisions.is_empty() {
                decisions::decide(transaction, seen.id, decisions, actor, *reason)?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::case::{Seen, Word};
    use crate::store::sample;

    fn ruling(path: &str, value: serde_json::Value) -> Ruling {
        Ruling { path: path.parse().expect(path), word: Word::Correct(value), seen: Seen::Present }
    }

    fn filing(number: &str) -> Filing {
        Filing { number: Some(number.to_owned()), ..Filing::default() }
    }

    #[test]
    fn one_answer_that_is_refused_leaves_nothing_of_the_others() {
        let (_folder, mut store) = sample::store();
        let case = sample::put(&mut store, &sample::record("ab"));
        let seen = store.case(case).expect("a case");
        let decisions = [ruling("title", json!("另一名称")), ruling("sign_date", json!("三月初"))];
        let answered = Answered {
            filing: filing("1号"),
            department: Some("教育局"),
            decisions: &decisions,
            ..Answered::default()
        };
        assert!(store.take_answers(&seen, &answered, &sample::actor()).is_err());
        assert_eq!(store.case(case).expect("a case"), seen);
        assert_eq!(store.decisions(case).expect("read"), []);
        assert_eq!(store.verify_trail().expect("a trail").events, 0);
        let sound = Answered { decisions: &decisions[..1], ..answered };
        store.take_answers(&seen, &sound, &sample::actor()).expect("taken");
        let after = store.case(case).expect("a case");
        assert_eq!(after.filing_number.as_deref(), Some("1号"));
        assert_eq!(store.entry(case).expect("listed").particulars.title.as_deref(), Some("另一名称"));
    }

    #[test]
    fn a_case_that_changed_meanwhile_takes_nothing() {
        let (_folder, mut store) = sample::store();
        let case = sample::put(&mut store, &sample::record("ab"));
        let seen = store.case(case).expect("a case");
        store.assign(case, Some("民政局"), None, &sample::actor()).expect("assigned");
        let answered = Answered { filing: filing("1号"), ..Answered::default() };
        let refused = store.take_answers(&seen, &answered, &sample::actor());
        assert!(matches!(refused, Err(StoreError::CaseChanged)));
        assert_eq!(store.case(case).expect("a case").filing_number, None);
    }
}
