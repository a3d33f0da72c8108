//! Keeping up: an index built beside, checked, interrupted; contracts that are alike; questions out of hand.

use std::collections::BTreeSet;

use super::*;
use crate::model::fields::Side;
use crate::platform::thread_seconds;

#[test]
fn an_index_built_beside_takes_the_place_of_the_one_in_use() {
    let shelf = Shelf::of_texts(&["物业服务"]);
    let store = shelf.folder.path();
    let beside = Index::create_beside(store, lexicon()).expect("beside");
    let mut writer = beside.writer().expect("a writer");
    writer.put(&record("b"), &text("电梯维保")).expect("put");
    writer.finish().expect("finished");
    assert_eq!(shelf.ids("物业"), ["a"], "the old one answers");
    beside.put_in_place(store).expect("swapped");
    let index = Index::open(store, lexicon()).expect("opened");
    let answer = index.search("电梯", &SearchOptions::default()).expect("found");
    assert_eq!((index.len(), answer.total), (1, 1));
    assert!(!Index::create_or_open(store, lexicon()).expect("opened").was_rebuilt());
}

#[test]
fn an_interrupted_building_lets_every_record_be_put_in_again() {
    let shelf = Shelf::of_texts(&["物业服务"]);
    let store = shelf.folder.path();
    drop(Index::create_beside(store, lexicon()).expect("beside"));
    let index = Index::create_or_open(store, lexicon()).expect("opened");
    assert!(index.was_rebuilt() && index.len() == 1);
    drop(index);
    assert!(!Index::create_or_open(store, lexicon()).expect("opened").was_rebuilt());
}

#[test]
fn a_swap_that_was_interrupted_leaves_the_old_one_in_use() {
    let shelf = Shelf::of_texts(&["物业服务"]);
    let store = shelf.folder.path();
    std::fs::rename(Index::folder(store), folders::aside(store)).expect("moved");
    let index = Index::open(store, lexicon()).expect("the old one");
    assert_eq!(index.search("物业", &SearchOptions::default()).expect("found").total, 1);
    drop(index);
    let index = Index::create_or_open(store, lexicon()).expect("opened");
    assert!(!index.was_rebuilt() && index.len() == 1 && !folders::aside(store).exists());
}

#[test]
fn an_index_of_another_version_stays_until_a_whole_one_takes_its_place() {
    let shelf = Shelf::of_texts(&["物业服务"]);
    let (store, old) = (shelf.folder.path(), shelf.folder.path().join("index-1"));
    std::fs::rename(Index::folder(store), &old).expect("moved");
    assert!(Index::is_of_another_version(store));
    let error = Index::open(store, lexicon()).expect_err("not this program's");
    assert!(matches!(error, SearchError::OtherVersion(_)) && error.to_string().contains("index rebuild"));
    drop(Index::create_beside(store, lexicon()).expect("beside"));
    assert!(Index::is_of_another_version(store), "one in the making does not count");
    let beside = Index::create_beside(store, lexicon()).expect("beside, again");
    let mut writer = beside.writer().expect("a writer");
    writer.put(&record("b"), &text("电梯维保")).expect("put");
    writer.finish().expect("finished");
    assert!(old.join("meta.json").exists(), "the old one is whole");
    beside.put_in_place(store).expect("swapped");
    assert!(!old.exists() && !Index::is_of_another_version(store));
    assert_eq!(Index::open(store, lexicon()).expect("opened").len(), 1);
}

#[test]
fn searches_go_on_while_records_are_written() {
    let shelf = Shelf::of_texts(&["物业服务"]);
    let mut writer = shelf.index.writer().expect("a writer");
    writer.put(&record("b"), &text("物业服务")).expect("put");
    assert_eq!(shelf.ids("物业"), ["a"]);
    writer.commit().expect("committed");
    assert_eq!(shelf.ids("物业"), ["a"], "until it is asked to look again");
    shelf.index.refresh().expect("refreshed");
    assert_eq!(shelf.ask("物业").total, 2);
}

#[test]
fn a_writer_that_vanishes_leaves_the_index_as_it_was() {
    let shelf = Shelf::of_texts(&["物业服务"]);
    let mut writer = shelf.index.writer().expect("a writer");
    writer.put(&record("b"), &text("物业服务")).expect("put");
    drop(writer);
    let again = Index::create_or_open(shelf.folder.path(), lexicon()).expect("opened");
    assert!(!again.was_rebuilt() && again.len() == 1);
    assert!(again.writer().is_ok());
}

#[test]
fn an_index_is_checked_against_the_store() {
    let shelf = Shelf::of_texts(&["物业服务", "电梯维保"]);
    let expected = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<BTreeSet<_>>();
    assert!(shelf.index.verify(&expected(&["a", "b"])).expect("checked").is_sound());
    let check = shelf.index.verify(&expected(&["b", "c"])).expect("checked");
    assert_eq!(
        (check.records, check.missing, check.surplus),
        (2, vec!["c".to_owned()], vec!["a".to_owned()])
    );
    let folder = Index::folder(shelf.folder.path());
    let files = std::fs::read_dir(&folder).expect("an index").flatten().map(|file| file.path());
    let store =
        files.into_iter().find(|path| path.extension().is_some_and(|e| e == "store")).expect("a file");
    let mut bytes = std::fs::read(&store).expect("read");
    bytes[3] ^= 0x40;
    std::fs::remove_file(&store).expect("removed");
    std::fs::write(&store, bytes).expect("written");
    let index = Index::open(shelf.folder.path(), lexicon());
    let damaged = index.and_then(|index| index.verify(&expected(&["a", "b"])));
    assert!(damaged.map_or(true, |check| !check.damaged_files.is_empty()));
}

fn long(seed: usize, length: usize) -> String {
    (0..length).filter_map(|n| char::from_u32(0x4E00 + ((n * 7919 + n * n * seed) % 3000) as u32)).collect()
}

#[test]
fn contracts_that_are_alike_are_found() {
    let id = |n: usize| format!("{n:08}").repeat(8);
    let entry = |n: usize, name: &str| {
        let mut entry = record(&id(n));
        entry.fields.parties = vec![party(name)];
        entry.fields.parties[0].side = Side::Counterparty;
        entry
    };
    let base = long(1, 1000);
    let texts = [
        base.clone(),
        base.replace('一', "，一，"),
        long(1, 980) + &long(5, 20),
        long(1, 800) + &long(6, 200),
        long(9, 1000),
        long(11, 1000),
    ];
    let names = ["甲公司", "乙公司", "丙公司", "丁公司", "甲公司", "戊公司"];
    let entries: Vec<_> = (0..6).map(|n| (entry(n + 1, names[n]), texts[n].as_str())).collect();
    let shelf = Shelf::of(&entries);
    let answer = shelf.index.similar(&id(1)[..12], 20).expect("compared");
    let found: Vec<_> = answer.similar.iter().map(|similar| (similar.id.clone(), similar.relation)).collect();
    let expected = [
        (id(2), Relation::SameText),
        (id(3), Relation::NearlySame),
        (id(4), Relation::SameTemplate),
        (id(5), Relation::SameCounterparty),
    ];
    assert_eq!(found, expected);
    assert!(matches!(shelf.index.similar("00000000", 5), Err(SearchError::Unknown(_))));
    assert!(matches!(shelf.index.similar("物业", 5), Err(SearchError::Unknown(_))));
}

#[test]
fn the_most_words_that_one_contract_holds_decide() {
    let texts = ["采购空调安装", "采购空调安装电梯", "采购空调安装电梯绿化", "采购"];
    let shelf = Shelf::of_texts(&texts);
    let answer = shelf.ask("采购 空调 安装 电梯 绿化 保洁 食堂");
    let relaxed = answer.relaxed.expect("no contract has all");
    assert_eq!((relaxed.step.as_str(), answer.total), ("most-words", 1), "{}", relaxed.message);
    assert!(relaxed.message.contains("7 个词中的 5 个"), "{}", relaxed.message);
    assert_eq!(answer.hits[0].missing_words, ["保洁", "食堂"]);
}

#[test]
fn questions_out_of_hand_are_answered_or_refused_in_time() {
    let shelf = Shelf::of_texts(&["物业服务合同，违约金。", "的了和与及"]);
    let other: Vec<String> = (0..190).map(|n| long(1, 2 * n + 2).chars().skip(2 * n).collect()).collect();
    let many = other.join(" OR ");
    assert!(shelf.index.search(&many, &SearchOptions::default()).is_err(), "too many words");
    let quoted = format!("“{}”", other.concat());
    assert_eq!(shelf.ask(&quoted).total, 0, "a long text is sought as it is");
    let words = "物业服务".repeat(120);
    for question in [
        "长".repeat(100_000),
        "\"物业".to_owned(),
        "(((((".to_owned(),
        "^(a+)+$ .*[物]{3,}".to_owned(),
        "😀👍🏽 物业".to_owned(),
        "物\0业\0".to_owned(),
        "的".to_owned(),
        "的 了 和".to_owned(),
        vec!["业"; 1_000].join(" OR "),
        many,
        words,
        "~ ~~ ～ ~5 \"\"~ “”".to_owned(),
        "标题:~ 金额:~".to_owned(),
        "a~ 1~ \"1 2\"~0".to_owned(),
        "-".repeat(900),
        "abcdefghijklmnopqrstuvwxyz".repeat(30),
    ] {
        let begun = thread_seconds();
        match shelf.index.search(&question, &SearchOptions::default()) {
            Ok(answer) => assert!(!answer.understood.is_empty()),
            Err(error) => assert!(error.to_string().chars().count() < 400, "{error}"),
        }
        // Without optimisation: ten times what it may take.
        let took = thread_seconds() - begun;
        assert!(took < 10.0, "{took:.1} s: {}", question.chars().take(30).collect::<String>());
    }
}

#[test]
fn putting_twice_gives_one_hit() {
    let shelf = Shelf::of_texts(&["物业服务"]);
    shelf.put(&[(record("a"), "电梯维保"), (record("a"), "电梯采购")]);
    assert_eq!(shelf.index.len(), 1);
    assert!(shelf.ids("物业").is_empty());
    assert_eq!(shelf.ids("电梯采购"), ["a"]);
    let mut writer = shelf.index.writer().expect("a writer");
    writer.delete("a");
    writer.finish().expect("finished");
    shelf.index.refresh().expect("refreshed");
    assert!(shelf.index.is_empty());
}

#[test]
fn a_secret_text_stays_out() {
    let mut secret = record("a");
    secret.fields.title = value("雷达采购合同".to_owned());
    secret.findings = vec![finding("secret-marked", Severity::Violation, Outcome::Hit)];
    let shelf = Shelf::of(&[(secret, "机密★十年 雷达")]);
    assert!(shelf.ids("雷达").is_empty());
    let hit = &shelf.ask("规则:secret-marked").hits[0];
    assert!(hit.withheld && hit.title.is_none() && hit.passages.is_empty());
}

#[test]
fn a_missing_a_damaged_and_an_old_index() {
    let shelf = Shelf::of_texts(&["物业服务"]);
    assert!(shelf.index.was_rebuilt());
    let store = shelf.folder.path();
    let again = Index::create_or_open(store, lexicon()).expect("opened");
    assert!(!again.was_rebuilt() && again.len() == 1);
    drop(again);
    std::fs::create_dir(store.join("index-0")).expect("an old index");
    std::fs::write(Index::folder(store).join("meta.json"), "{").expect("damaged");
    assert!(matches!(Index::open(store, lexicon()), Err(SearchError::Broken { .. })));
    let rebuilt = Index::create_or_open(store, lexicon()).expect("rebuilt");
    assert!(rebuilt.was_rebuilt() && rebuilt.is_empty() && !store.join("index-0").exists());
    assert!(matches!(Index::open(&store.join("none"), lexicon()), Err(SearchError::Missing(_))));
}
