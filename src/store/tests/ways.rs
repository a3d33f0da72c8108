//! The way of a case: states, people in charge, filing, lists.

use crate::model::case::{CaseId, FilingState};
use crate::model::record::{Kind, Stage};
use crate::store::{CaseFilter, CaseOrder, Filing, Store, StoreError, sample};

#[test]
fn a_case_follows_the_reading_until_a_person_steps_in() {
    let (_folder, mut store) = sample::store();
    let mut record = sample::record("a1");
    record.stage = Stage::Draft;
    let case = sample::put(&mut store, &record);
    assert_eq!(store.case(case).expect("read").state, FilingState::Draft);
    record.stage = Stage::Signed;
    sample::put(&mut store, &record);
    assert_eq!(store.case(case).expect("read").state, FilingState::Signed);
    store.step(case, FilingState::Filed, &sample::actor(), None).expect("filed");
    record.stage = Stage::Draft;
    sample::put(&mut store, &record);
    assert_eq!(store.case(case).expect("read").state, FilingState::Filed);
}

#[test]
fn steps_that_are_not_allowed_change_nothing() {
    let (_folder, mut store) = sample::store();
    let case = sample::put(&mut store, &sample::record("a1"));
    let error = store.step(case, FilingState::Archived, &sample::actor(), None).expect_err("too far");
    insta::assert_snapshot!(error.to_string(), @"备案状态不能从“已签订”直接改为“已归档”；可改为：已备案、履行中（退回此前状态须写明理由）");
    let back = store.step(case, FilingState::Draft, &sample::actor(), Some(" "));
    assert!(matches!(back, Err(StoreError::NoReason)));
    store.step(case, FilingState::Draft, &sample::actor(), Some("误标")).expect("taken back");
    let again = store.step(case, FilingState::Draft, &sample::actor(), None);
    assert!(matches!(again, Err(StoreError::Step { .. })));
    assert_eq!(store.verify_trail().expect("read").events, 1);
}

#[test]
fn a_filing_number_is_given_once() {
    let (_folder, mut store) = sample::store();
    let (one, two) =
        (sample::put(&mut store, &sample::record("a1")), sample::put(&mut store, &sample::record("b2")));
    let filing = Filing { number: Some("罗备2024-1".to_owned()), ..Filing::default() };
    store.set_filing(one, &filing, &sample::actor()).expect("set");
    store.set_filing(one, &filing, &sample::actor()).expect("set again");
    assert!(matches!(store.set_filing(two, &filing, &sample::actor()), Err(StoreError::NumberTaken(_))));
}

#[test]
fn what_is_no_contract_has_no_case_until_a_person_opens_one() {
    let (_folder, mut store) = sample::store();
    let mut record = sample::record("a1");
    record.kind = Kind::NotAContract;
    sample::put(&mut store, &record);
    assert!(matches!(store.case_of("a100"), Err(StoreError::NoCase(_))));
    let case = store.open_case("a100", &sample::actor(), "确系合同").expect("opened");
    assert_eq!(store.open_case("a100", &sample::actor(), "再次").expect("there"), case);
    assert_eq!(listed(&store, &CaseFilter::default()), [case]);
}

fn listed(store: &Store, filter: &CaseFilter) -> Vec<CaseId> {
    let mut ids = Vec::new();
    let all = store.for_each_case::<StoreError>(filter, CaseOrder::Number, |entry| {
        ids.push(entry.case.id);
        Ok(())
    });
    all.expect("listed");
    ids
}

fn of_three() -> (tempfile::TempDir, Store, Vec<CaseId>) {
    let (folder, mut store) = sample::store();
    let mut cases = Vec::new();
    for (name, title, date) in
        [("a1", "甲合同", Some("2024-03-05")), ("b2", "乙合同", None), ("c3", "丙合同", Some("2023-01-01"))]
    {
        let mut record = sample::record(name);
        sample::set_title(&mut record, title);
        record.fields.sign_date =
            date.map(|date| crate::model::Value::new(date.parse().expect(date), 0.9, "sample", Vec::new()));
        cases.push(sample::put(&mut store, &record));
    }
    (folder, store, cases)
}

#[test]
fn lists_are_filtered() {
    let (_folder, mut store, cases) = of_three();
    store.assign(cases[1], Some("区教育局"), Some("李四"), &sample::actor()).expect("assigned");
    store.step(cases[2], FilingState::Filed, &sample::actor(), None).expect("filed");
    let by = |change: &dyn Fn(&mut CaseFilter)| {
        let mut filter = CaseFilter::default();
        change(&mut filter);
        listed(&store, &filter)
    };
    assert_eq!(by(&|_| ()), cases);
    assert_eq!(by(&|filter| filter.text = Some("乙合".to_owned())), [cases[1]]);
    assert_eq!(by(&|filter| filter.party = Some("样例科技".to_owned())).len(), 3);
    assert_eq!(by(&|filter| filter.department = Some("区教育局".to_owned())), [cases[1]]);
    assert_eq!(by(&|filter| filter.states = vec![FilingState::Filed]), [cases[2]]);
    assert_eq!(by(&|filter| filter.signed_from = "2024-01-01".parse().ok()), [cases[0]]);
    assert_eq!(by(&|filter| filter.signed_until = "2024-01-01".parse().ok()), [cases[2]]);
}

#[test]
fn pages_join_to_the_whole_list_in_either_order() {
    let (_folder, store, cases) = of_three();
    for (order, expected) in [
        (CaseOrder::Number, vec![cases[0], cases[1], cases[2]]),
        (CaseOrder::SignDate, vec![cases[1], cases[2], cases[0]]),
    ] {
        let (mut ids, mut after) = (Vec::new(), None);
        loop {
            let page = store.cases(&CaseFilter::default(), order, after, 1).expect("a page");
            let Some(last) = page.last() else { break };
            after = Some(last.case.id);
            ids.extend(page.iter().map(|entry| entry.case.id));
        }
        assert_eq!(ids, expected, "{order:?}");
    }
}
