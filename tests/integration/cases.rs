//! What people decide, over whole runs and commands: kept, told, backed up.

use std::fs;
use std::path::Path;

use crate::program::{answer, complaints, hetong, process, run, summary, text};

fn contract(number: usize) -> String {
    format!(
        "设备采购合同\n合同编号：LH-2024-{number:04}\n甲方：深圳市罗湖区教育局\n乙方：深圳市样例{number}科技有限公司\n\
         第一条 合同价款\n合同总价为人民币 {number}00 元。\n签订日期：2024年3月5日\n"
    )
}

/// An archive of contracts, and the store of a run over it.
fn processed(count: usize) -> (tempfile::TempDir, tempfile::TempDir) {
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    for number in 1..=count {
        fs::write(archive.path().join(format!("合同{number}.txt")), contract(number)).expect("written");
    }
    let output = process(archive.path(), store.path(), &["--keep-originals"]);
    assert_eq!(output.status.code(), Some(0), "{}", complaints(&output));
    (archive, store)
}

/// Runs a command on a store as 王小明; what it answered.
fn said(store: &Path, arguments: &[&str]) -> String {
    let output = hetong(arguments).args(["--store", text(store)]).env("HETONG_USER", "王小明").output();
    let output = output.expect("the program starts");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", complaints(&output));
    answer(&output)
}

/// The same, when it has to fail.
fn refused(store: &Path, arguments: &[&str]) -> String {
    let output = hetong(arguments).args(["--store", text(store)]).env("HETONG_USER", "王小明").output();
    let output = output.expect("the program starts");
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", answer(&output));
    complaints(&output)
}

/// The number of the only contract whose list line has `words`.
fn id_of(store: &Path, words: &str) -> String {
    let list = said(store, &["case", "list", "--text", words]);
    list.split_whitespace().next().unwrap_or_else(|| panic!("{words} is not in {list}")).to_owned()
}

#[test]
fn a_word_outlives_reading_again() {
    let (archive, store) = processed(3);
    let id = id_of(store.path(), "LH-2024-0002");
    let told = said(
        store.path(),
        &["correct", &id, "title=教学设备采购合同", "sign_place=深圳市罗湖区", "--reason", "核对原件"],
    );
    assert!(told.contains("合同名称：教学设备采购合同（已更正，读取值：设备采购合同）"), "{told}");
    said(store.path(), &["confirm", &id, "sign_date=2024年3月5日"]);
    let again = process(archive.path(), store.path(), &["--reread", "--json"]);
    assert_eq!(summary(&again)["read"], 3, "{}", complaints(&again));
    let shown = said(store.path(), &["case", "show", &id]);
    assert!(
        shown.contains("教学设备采购合同") && shown.contains("签订日期：2024-03-05（已确认，王小明"),
        "{shown}"
    );
    let record: serde_json::Value = serde_json::from_str(&said(store.path(), &["show", &id])).expect("JSON");
    assert_eq!(record["fields"]["title"]["value"], "设备采购合同");
    assert_eq!(record["case"]["decisions"].as_array().map(Vec::len), Some(3));
    assert!(said(store.path(), &["audit", "verify"]).contains("核验通过：留痕 3 条，保存的原件 3 份"));
}

#[test]
fn what_is_wrong_is_said_and_nothing_written() {
    let (_archive, store) = processed(1);
    let id = id_of(store.path(), "LH-2024-0001");
    for (arguments, words) in [
        (vec!["correct", &id, "titel=甲"], "没有名为“titel”的要素"),
        (vec!["correct", &id, "title=甲", "sign_date=2024-02-30"], "应为日期"),
        (vec!["correct", &id, "parties[1].uscc=91350100M000100Y44"], "校验码"),
        (vec!["correct", &id, "amount=10万元"], "金额"),
        (vec!["confirm", &id, "amount=101.00"], "在您查看之后已变为"),
        (vec!["confirm", &id, "parties[0].account"], "无从确认"),
        (vec!["case", "state", &id, "--to", "已归档"], "不能从"),
        (vec!["case", "show", "ffff"], "没有记录编号"),
    ] {
        let told = refused(store.path(), &arguments);
        assert!(told.contains(words), "{arguments:?}: {told}");
    }
    assert!(said(store.path(), &["audit", "verify"]).contains("留痕 0 条"));
}

#[test]
fn a_person_decides_while_a_run_goes_on() {
    let (_archive, store) = processed(1);
    let lock = fs::File::options().write(true).open(store.path().join("lock")).expect("a lock file");
    lock.lock().expect("locked");
    let id = id_of(store.path(), "LH-2024-0001");
    said(store.path(), &["confirm", &id, "title"]);
    said(store.path(), &["case", "assign", &id, "--department", "区教育局"]);
    assert!(said(store.path(), &["case", "list"]).contains("区教育局"));
}

#[test]
fn a_backup_comes_back_with_everything() {
    let (archive, store) = processed(2);
    let id = id_of(store.path(), "LH-2024-0001");
    let note = archive.path().join("批复.bin");
    fs::write(&note, "同意").expect("written");
    said(store.path(), &["case", "attach", &id, "--file", text(&note)]);
    said(store.path(), &["case", "state", &id, "--to", "已备案"]);
    let away = tempfile::tempdir().expect("a folder");
    let (backup, restored) = (away.path().join("备份"), away.path().join("新库"));
    said(store.path(), &["backup", text(&backup)]);
    said(&restored, &["restore", text(&backup)]);
    assert_eq!(said(&restored, &["case", "show", &id]), said(store.path(), &["case", "show", &id]));
    assert!(said(&restored, &["audit", "verify"]).contains("核验通过：留痕 2 条，保存的原件 3 份"));
    assert!(refused(&restored, &["restore", text(&backup)]).contains("已有存储库"));
    let found = process(archive.path(), &restored, &["--json"]);
    assert_eq!(summary(&found)["unchanged"], 2, "{}", complaints(&found));
}

#[test]
fn originals_are_kept_of_what_was_read_before() {
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    fs::write(archive.path().join("合同.txt"), contract(1)).expect("written");
    process(archive.path(), store.path(), &[]);
    assert!(said(store.path(), &["audit", "verify"]).contains("原件 0 份"));
    process(archive.path(), store.path(), &["--keep-originals"]);
    assert!(said(store.path(), &["audit", "verify"]).contains("原件 1 份"));
    let folder = store.path().join("originals");
    let below = fs::read_dir(&folder).expect("a folder").next().expect("one").expect("an entry").path();
    let kept = fs::read_dir(below).expect("a folder").next().expect("one").expect("an entry").path();
    assert_eq!(fs::read_to_string(&kept).expect("read"), contract(1));
    fs::write(&kept, "伪件").expect("written");
    let output = run(&["audit", "verify", "--store", text(store.path())]);
    assert_eq!(output.status.code(), Some(1));
    assert!(answer(&output).contains("哈希不符"), "{}", answer(&output));
}
