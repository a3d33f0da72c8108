//! A person's word, and what a later reading makes of it.

use serde_json::{Value as Json, json};

use crate::model::case::{CaseId, FieldPath, FieldState, Ruling, Seen, Word};
use crate::model::fields::Side;
use crate::store::{Store, StoreError, sample};

fn path(text: &str) -> FieldPath {
    text.parse().expect(text)
}

fn correct(text: &str, value: Json) -> Ruling {
    Ruling { path: path(text), word: Word::Correct(value), seen: Seen::Present }
}

fn confirm(text: &str) -> Ruling {
    Ruling { path: path(text), word: Word::Confirm, seen: Seen::Present }
}

fn decide(store: &mut Store, case: CaseId, rulings: &[Ruling]) -> Result<(), StoreError> {
    store.decide(case, rulings, &sample::actor(), Some("核对原件")).map(drop)
}

#[test]
fn a_reading_never_overwrites_a_decision() {
    let (_folder, mut store) = sample::store();
    let mut record = sample::record("a1");
    let case = sample::put(&mut store, &record);
    decide(&mut store, case, &[confirm("title"), correct("sign_place", json!("深圳市罗湖区"))])
        .expect("kept");
    sample::set_title(&mut record, "设备采购合伺");
    sample::put(&mut store, &record);
    let effective = store.effective(case).expect("read");
    assert_eq!(effective.record().fields.title.as_ref().expect("a title").value, "设备采购合同");
    assert_eq!(effective.reading().fields.title.as_ref().expect("a title").value, "设备采购合伺");
    assert_eq!(effective.state("title"), FieldState::Confirmed);
    assert_eq!(effective.state("sign_place"), FieldState::Corrected);
    let unsettled: Vec<_> =
        effective.unsettled().map(|standing| standing.decision.path.to_string()).collect();
    assert_eq!(unsettled, ["title"]);
    let particulars = store.entry(case).expect("read").particulars;
    assert_eq!((particulars.title.as_deref(), particulars.unsettled), (Some("设备采购合同"), 1));
}

#[test]
fn a_word_about_a_party_stays_with_it() {
    let (_folder, mut store) = sample::store();
    let mut record = sample::record("a1");
    let case = sample::put(&mut store, &record);
    let phone = correct("parties[1].phone", json!("0755-11112222"));
    decide(&mut store, case, &[phone]).expect("kept");
    record.fields.parties.reverse();
    sample::put(&mut store, &record);
    let effective = store.effective(case).expect("read");
    let phones: Vec<_> = effective
        .record()
        .fields
        .parties
        .iter()
        .map(|party| party.phone.as_ref().expect("one").value.as_str())
        .collect();
    assert_eq!(phones, ["0755-11112222", "0755-25666666"]);
    assert_eq!(effective.unsettled().count(), 0);
    record.fields.parties = vec![sample::party("丙方", Side::Unknown, "另一公司")];
    sample::put(&mut store, &record);
    let effective = store.effective(case).expect("read");
    assert!(effective.standings()[0].place.is_none(), "the party is not there any more");
    assert_eq!(effective.unsettled().count(), 1);
}

#[test]
fn values_of_the_wrong_type_are_refused_whole() {
    let (_folder, mut store) = sample::store();
    let case = sample::put(&mut store, &sample::record("a1"));
    for (text, value) in [
        ("sign_date", json!("2024-02-30")),
        ("parties[0].uscc", json!("91350100M000100Y44")),
        ("parties[5].name", json!("某公司")),
        ("amount", json!("12")),
    ] {
        let error = decide(&mut store, case, &[confirm("title"), correct(text, value)]).expect_err(text);
        assert!(matches!(error, StoreError::Field(_)), "{error}");
    }
    assert!(store.decisions(case).expect("read").is_empty());
    assert_eq!(store.verify_trail().expect("read").events, 0);
}

#[test]
fn what_changed_meanwhile_is_not_decided_on() {
    let (_folder, mut store) = sample::store();
    let mut record = sample::record("a1");
    let case = sample::put(&mut store, &record);
    let seen = Seen::Value(json!("设备采购合同"));
    sample::set_title(&mut record, "办公设备采购合同");
    sample::put(&mut store, &record);
    let ruling = Ruling { path: path("title"), word: Word::Confirm, seen };
    let error = decide(&mut store, case, &[ruling]).expect_err("it changed").to_string();
    insta::assert_snapshot!(error, @"“合同名称”在您查看之后已变为“办公设备采购合同”（您看到的是“设备采购合同”）；未写入任何更改，请重新查看后再定");
    assert!(store.decisions(case).expect("read").is_empty());
}

#[test]
fn the_last_word_counts_and_can_be_taken_back() {
    let (_folder, mut store) = sample::store();
    let case = sample::put(&mut store, &sample::record("a1"));
    decide(&mut store, case, &[correct("title", json!("甲合同"))]).expect("kept");
    decide(&mut store, case, &[correct("title", json!("乙合同"))]).expect("kept");
    assert_eq!(store.decisions(case).expect("read").len(), 1);
    assert_eq!(store.effective(case).expect("read").value(&path("title")), json!("乙合同"));
    let back = Ruling { path: path("title"), word: Word::Withdraw, seen: Seen::Present };
    decide(&mut store, case, std::slice::from_ref(&back)).expect("taken back");
    assert_eq!(store.effective(case).expect("read").value(&path("title")), json!("设备采购合同"));
    assert!(matches!(decide(&mut store, case, &[back]), Err(StoreError::NoDecision(_))));
    assert_eq!(store.verify_trail().expect("read").broken_at, None);
}

#[test]
fn none_is_a_value_and_parties_can_be_added() {
    let (_folder, mut store) = sample::store();
    let case = sample::put(&mut store, &sample::record("a1"));
    let added = [
        correct("amount", Json::Null),
        correct("parties[2].name", json!("深圳市样例担保有限公司")),
        correct("parties[2].role", json!("丙方")),
        correct("slot.budget_item", json!("教育支出")),
        correct(
            "payments[0]",
            json!({"name": null, "percent": "30", "amount": null, "trigger": null, "due": null, "method": null}),
        ),
    ];
    decide(&mut store, case, &added).expect("kept");
    let effective = store.effective(case).expect("read");
    let fields = &effective.record().fields;
    assert!(fields.amount.is_none());
    assert_eq!(effective.record().absent[0].field, "amount");
    assert_eq!((fields.parties.len(), fields.parties[2].role.as_str()), (3, "丙方"));
    assert_eq!(fields.payments.len(), 1);
    assert_eq!(effective.slot("budget_item").expect("one").value, json!("教育支出"));
}

#[test]
fn the_trail_holds_no_personal_data() {
    let (_folder, mut store) = sample::store();
    let case = sample::put(&mut store, &sample::record("a1"));
    decide(&mut store, case, &[correct("parties[1].phone", json!("13800001111"))]).expect("kept");
    let mut details = String::new();
    store
        .for_each_event::<StoreError>(Some(case), |event| {
            details.push_str(&event.details);
            Ok(())
        })
        .expect("read");
    assert!(details.contains("parties[1].phone") && !details.contains("13800001111"), "{details}");
}
