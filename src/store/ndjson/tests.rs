//! Round trips of exports.

use super::*;
use crate::model::case::{FilingState, LinkKind, Ruling, Seen, Word};
use crate::model::incident::IncidentKind;
use crate::model::node::MarkKind;
use crate::store::{Happening, Note, migrations::tests::of_version, sample};

fn filled() -> (tempfile::TempDir, Store) {
    let (folder, mut store) = sample::store();
    let mut record = sample::record("a1");
    let case = sample::put(&mut store, &record);
    sample::set_title(&mut record, "另一名称");
    sample::put(&mut store, &record);
    let path = "parties[1].phone".parse().expect("a path");
    let ruling = Ruling { path, word: Word::Correct(json!("13800138000")), seen: Seen::Present };
    store.decide(case, &[ruling], &sample::actor(), Some("电话13900139000核对")).expect("kept");
    store.step(case, FilingState::Filed, &sample::actor(), None).expect("filed");
    (folder, store)
}

fn exported(store: &Store, masked: bool) -> String {
    let mut out = Vec::new();
    store.export(&mut out, masked).expect("exported");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn what_is_exported_is_taken_up_as_it_was() {
    let (_folder, store) = filled();
    let away = tempfile::tempdir().expect("a folder");
    let whole = exported(&store, false);
    let rows = Store::import(whole.as_bytes(), away.path()).expect("imported");
    assert_eq!(rows as usize + 1, whole.lines().count());
    let back = Store::open(away.path()).expect("opened");
    assert_eq!(exported(&back, false), whole);
    assert!(back.verify().expect("read").problems.is_empty());
}

/// A store with a row in every table.
fn with_everything() -> (tempfile::TempDir, Store) {
    let (folder, mut store) = filled();
    let actor = sample::actor();
    let main = store.case_of("a100").expect("a case").id;
    let dependent = sample::put(&mut store, &sample::record("b2"));
    let gone = sample::put(&mut store, &sample::record("c3"));
    store.link(main, dependent, LinkKind::Change, &actor).expect("linked");
    store.join(main, gone, &actor, None).expect("joined");
    store.attach(main, "批复.pdf", b"%PDF", &actor).expect("attached");
    let day = "2024-05-06".parse().expect("a day");
    let note = Note { node: "end", kind: MarkKind::Done, date: day, amount: None, name: "期限届满" };
    store.note_node(main, &note, &actor).expect("noted");
    let happened =
        Happening { kind: IncidentKind::Dispute, date: day, what: "验收有争议", measures: None };
    store.add_incident(main, &happened, &actor).expect("entered");
    store
        .suppress(main, ("0123456789abcdef", "luohu-2018/dual-forum", "或裁或审"), &actor, "已核对")
        .expect("kept");
    let seen = crate::store::Change::Seen {
        path: b"a1.txt".to_vec(),
        shown: "a1.txt".to_owned(),
        size: 1,
        modified: 1,
        document: sample::record("a1").document,
    };
    store.apply("a", 1, &[seen]).expect("seen");
    let by_hand = "INSERT INTO number_given VALUES ('罗教合{序号}号', 1, '罗教合1号', 1, 1);
                   INSERT INTO baseline VALUES (1, 1);
                   INSERT INTO baseline_finding VALUES (1, '0123456789abcdef');
                   INSERT INTO checkup VALUES (1, '2024-05-06T07:08:09Z', '[]');
                   INSERT INTO checkup_case VALUES (1, 1, NULL, '未评');
                   INSERT INTO checkup_finding VALUES (1, '0123456789abcdef', '{}', 1, NULL);";
    store.connection.execute_batch(by_hand).expect("rows");
    (folder, store)
}

#[test]
fn every_table_is_exported_and_a_second_export_is_the_same() {
    let (_folder, store) = with_everything();
    let whole = exported(&store, false);
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let mut statement = store.connection.prepare(sql).expect("sql");
    let names = statement.query_map([], |row| row.get::<_, String>(0)).expect("rows");
    for name in names.map(|name| name.expect("a name")) {
        let is_there = whole.contains(&format!("{{\"table\":\"{name}\""));
        assert!(is_there, "{name} is not exported, or the sample has no row of it");
    }
    let away = tempfile::tempdir().expect("a folder");
    Store::import(whole.as_bytes(), away.path()).expect("imported");
    let back = Store::open(away.path()).expect("opened");
    assert_eq!(exported(&back, false), whole);
}

#[test]
fn the_number_of_a_case_that_went_is_not_given_again_after_an_import() {
    let (_folder, store) = with_everything();
    let away = tempfile::tempdir().expect("a folder");
    Store::import(exported(&store, false).as_bytes(), away.path()).expect("imported");
    let mut back = Store::create_or_open(away.path()).expect("opened");
    assert_eq!(sample::put(&mut back, &sample::record("d4")).0, 4);
}

#[test]
fn an_export_of_an_earlier_version_is_brought_up_to_date() {
    let connection = of_version(1);
    connection.execute("INSERT INTO document VALUES ('d', 1, x'00', 'r')", []).expect("a document");
    let record = "INSERT INTO record (id, document, status, json, text, analysed_by, ruled_by)
                  VALUES (?1, 'd', 'complete', ?2, '', 'a', 'b')";
    connection.execute(record, [&sample::record("a1").id, &sample::json("a1")]).expect("a record");
    let mut out = Vec::new();
    put(&mut out, &Head { format: FORMAT.to_owned(), version: 1, masked: false }).expect("a head");
    for table in tables(&connection).expect("tables") {
        export_table(&connection, &table, false, &mut out).expect("exported");
    }
    let away = tempfile::tempdir().expect("a folder");
    assert_eq!(Store::import(&*out, away.path()).expect("imported"), 2);
    drop(Store::create_or_open(away.path()).expect("brought up to date"));
    assert!(Store::open(away.path()).expect("opened").case_of("a100").is_ok());
}

#[test]
fn a_masked_export_names_nobody_and_is_not_taken_up() {
    let (_folder, store) = filled();
    let masked = exported(&store, true);
    for number in ["13800138000", "13900139000", "25666666"] {
        assert!(!masked.contains(number), "{number} in {masked}");
    }
    assert!(masked.contains("深圳市样例科技有限公司"));
    let away = tempfile::tempdir().expect("a folder");
    let error = Store::import(masked.as_bytes(), away.path()).expect_err("masked");
    assert!(error.to_string().contains("脱敏"), "{error}");
}

#[test]
fn a_line_that_is_wrong_is_named_and_nothing_is_made() {
    let (_folder, store) = filled();
    let whole = exported(&store, false);
    let away = tempfile::tempdir().expect("a folder");
    for (spoilt, line) in [
        (whole.replacen("\"table\":\"record\"", "\"table\":\"rekord\"", 1), 3),
        (format!("{whole}{{\"table\":\"rec"), whole.lines().count() as u64 + 1),
        (whole.replacen("hetong.store/1", "hetong.store/9", 1), 1),
    ] {
        let error = Store::import(spoilt.as_bytes(), away.path()).expect_err("spoilt");
        assert!(matches!(error, StoreError::Import { line: found, .. } if found == line), "{error}");
        assert!(!away.path().join(crate::store::DATABASE).exists());
    }
}
