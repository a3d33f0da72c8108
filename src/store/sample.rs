//! Hand-made records and a store to put them in, for this module's tests.

use rust_decimal::Decimal;

use super::{Analysed, Change, Packed, Store};
use crate::model::case::{Actor, CaseId};
use crate::model::fields::{Money, MoneyKind, Party, PartyKind, Side, Tax};
use crate::model::record::Source;
use crate::model::{Document, Fields, MediaType, Record, Value, sample};

/// An empty store, and the folder that it lives in as long as that lives.
pub(super) fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::create_or_open(folder.path()).expect("a store");
    (folder, store)
}

/// Somebody at some time.
pub(super) fn actor() -> Actor {
    Actor { name: "王小明".to_owned(), at: "2024-05-06T07:08:09Z".parse().expect("a time") }
}

/// A signed contract whose number is `name` filled up with zeros: two parties, a price, no date.
pub(super) fn record(name: &str) -> Record {
    let plain = sample::record(format!("{name:0<64}"));
    Record { source: Source { path: format!("{name}.txt"), ..plain.source }, fields: fields(), ..plain }
}

/// The same as JSON.
pub(super) fn json(name: &str) -> String {
    serde_json::to_string(&record(name)).expect("JSON")
}

fn fields() -> Fields {
    Fields {
        title: value("设备采购合同"),
        parties: vec![
            party("甲方", Side::Government, "深圳市罗湖区教育局"),
            party("乙方", Side::Counterparty, "深圳市样例科技有限公司"),
        ],
        amount: Some(Value::new(money("98000.00"), 0.9, "sample", Vec::new())),
        ..Fields::default()
    }
}

pub(super) fn value(text: &str) -> Option<Value<String>> {
    Some(Value::new(text.to_owned(), 0.9, "sample", Vec::new()))
}

pub(super) fn money(amount: &str) -> Money {
    Money {
        amount: Some(amount.parse::<Decimal>().expect(amount)),
        currency: "CNY".to_owned(),
        kind: MoneyKind::Total,
        per: None,
        tax: Tax::Unknown,
    }
}

pub(super) fn party(role: &str, side: Side, name: &str) -> Party {
    Party {
        role: role.to_owned(),
        side,
        kind: PartyKind::Organisation,
        name: value(name),
        uscc: None,
        id_number: None,
        legal_representative: None,
        address: None,
        contact: None,
        phone: value("0755-25666666"),
        bank: None,
        account: None,
    }
}

/// Gives a record another title.
pub(super) fn set_title(record: &mut Record, title: &str) {
    record.fields.title = value(title);
}

/// Stores a record as a run does; returns its case.
pub(super) fn put(store: &mut Store, record: &Record) -> CaseId {
    put_with(store, record, "文")
}

/// The same, with its text.
pub(super) fn put_with(store: &mut Store, record: &Record, text: &str) -> CaseId {
    let run = store.begin_run("a", "2024-01-01T00:00:00Z").expect("a run");
    let document = Packed::new(&Document::empty(MediaType::Plain)).expect("packed");
    let change = Change::Analysed(Box::new(Analysed {
        document: Some(document),
        record: record.clone(),
        text: text.to_owned(),
        made_by: ["r".to_owned(), "a".to_owned(), "f".to_owned()],
    }));
    store.apply("a", run, &[change]).expect("stored");
    store.case_of(&record.id).map_or(CaseId(0), |case| case.id)
}
