//! What comes out of a review besides the report on the terminal.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{answer, complaints, process, run, text};

const DRAFT: &str = "corpus/archive/2025/信息化/应急指挥平台软件维护服务合同.docx";

fn sample(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
fn a_draft_comes_back_with_comments_and_stays_as_it_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let (draft, copy) = (folder.path().join("拟稿.docx"), folder.path().join("批注.docx"));
    fs::copy(sample(DRAFT), &draft).expect("a copy");
    let before = fs::read(&draft).expect("the draft");
    let report = answer(&run(&["review", text(&draft), "--docx", text(&copy)]));
    assert!(report.contains("dual-forum"), "{report}");
    assert_eq!(fs::read(&draft).expect("the draft"), before);
    let again = answer(&run(&["extract", text(&copy), "--text", "--json"]));
    assert!(again.contains("【风险】") && again.contains("规则：luohu-2018/dual-forum"), "{again}");
}

#[test]
fn no_copy_takes_the_place_of_a_draft_or_of_another_format() {
    let folder = tempfile::tempdir().expect("a folder");
    let (draft, plain) = (folder.path().join("拟稿.docx"), folder.path().join("拟稿.txt"));
    fs::copy(sample(DRAFT), &draft).expect("a copy");
    fs::write(&plain, "采购合同\n甲方：某局\n").expect("written");
    let same = run(&["review", text(&draft), "--docx", text(&draft)]);
    assert_eq!(same.status.code(), Some(2));
    assert!(complaints(&same).contains("同一个文件"), "{}", complaints(&same));
    let out = folder.path().join("批注.docx");
    let other = run(&["review", text(&plain), "--docx", text(&out)]);
    assert!(complaints(&other).contains("只有 DOCX"), "{}", complaints(&other));
    assert!(!out.exists());
}

#[test]
fn many_contracts_come_as_one_list() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("清单.xlsx");
    let (one, two) = (sample(DRAFT), sample("corpus/archive/2025/采购/人才服务大厅办公家具采购合同.docx"));
    let said = answer(&run(&["review", text(&one), text(&two), "--xlsx", text(&out)]));
    assert!(said.contains("合同 2 份"), "{said}");
    let sheets = hetong::office::read_workbook(&fs::read(&out).expect("a workbook")).expect("readable");
    let names: Vec<_> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["审查结论", "合同", "规则"]);
    assert!(sheets[0].find_headings(&["当事人", "依据", "原文", "建议"]).is_some());
}

const CONTRACT: &str = "办公设备采购合同\n合同编号：LH-CG-2022-018\n甲方：深圳市罗湖区教育局\n\
    乙方：深圳市远航办公设备有限公司\n第一条 合同价款\n合同总价为人民币 123,000.00 元（大写：壹拾贰万叁仟元整）。\n\
    第二条 争议解决\n因本合同发生的争议，可向深圳仲裁委员会申请仲裁，也可向人民法院起诉。\n\
    签订日期：2022年3月1日\n";

/// A store with one contract, beside its archive; and the contract's number.
fn store_with(contract: &str) -> (tempfile::TempDir, tempfile::TempDir, String) {
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    fs::write(archive.path().join("合同.txt"), contract).expect("written");
    process(archive.path(), store.path(), &[]);
    let id = answer(&run(&["findings", "--store", text(store.path()), "--format", "json", "--all"]));
    let rows: Value = serde_json::from_str(&id).expect("JSON");
    (archive, store, rows[0]["record"].as_str().expect("a record").to_owned())
}

fn rows(store: &Path, more: &[&str]) -> Vec<Value> {
    let arguments = [&["findings", "--store", text(store), "--format", "json"], more].concat();
    let output = run(&arguments);
    serde_json::from_str(&answer(&output)).unwrap_or_else(|_| panic!("{}", complaints(&output)))
}

fn said(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{}", complaints(&output));
    answer(&output)
}

#[test]
fn a_finding_is_set_aside_with_reason_and_name_and_stays_in_sight() {
    let (archive, store, id) = store_with(CONTRACT);
    let folder = text(store.path());
    let found = rows(store.path(), &["--rule", "dual-forum"]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["clause"], "第二条");
    let print = found[0]["fingerprint"].as_str().expect("a fingerprint");
    let before = rows(store.path(), &[]).len();
    let refused = run(&["suppress", "--store", folder, &id[..8], print]);
    assert_eq!(refused.status.code(), Some(2));
    said(&["suppress", "--store", folder, &id[..8], print, "--reason", "区领导已批", "--by", "王小明"]);
    assert_eq!(rows(store.path(), &[]).len(), before - 1);
    assert!(rows(store.path(), &["--all"])[0..].iter().any(|row| row["mark"].is_string()));
    let report = said(&["review", "--store", folder, &id[..8]]);
    assert!(report.contains("处理：已搁置：区领导已批（王小明"), "{report}");
    let shown: Value = serde_json::from_str(&said(&["show", "--store", folder, &id])).expect("JSON");
    assert_eq!(shown["case"]["suppressions"][0]["by"], "王小明");
    let log: Value =
        serde_json::from_str(&said(&["review", "--store", folder, &id, "--sarif"])).expect("JSON");
    crate::sarif::holds(&log);
    let results = log["runs"][0]["results"].as_array().expect("results").clone();
    let result = results.iter().find(|result| result["ruleId"] == "luohu-2018/dual-forum").expect("it stays");
    assert_eq!(result["suppressions"][0]["justification"], "区领导已批");
    assert_eq!(result["suppressions"][0]["kind"], "external");

    // The clause is worded anew: the suppression no longer fits.
    fs::write(
        archive.path().join("合同.txt"),
        CONTRACT.replace("也可向人民法院起诉", "由甲方所在地人民法院管辖"),
    )
    .expect("written");
    process(archive.path(), store.path(), &[]);
    let list = said(&["suppress", "--store", folder, "--list"]);
    assert!(list.contains("共 1 条搁置"), "{list}");
    said(&[
        "suppress",
        "--store",
        folder,
        &id,
        print,
        "--withdraw",
        "--reason",
        "条款已改",
        "--by",
        "王小明",
    ]);
    assert!(said(&["suppress", "--store", folder, "--list"]).contains("共 0 条"));
    assert!(said(&["audit", "verify", "--store", folder]).contains('2'));
}

#[test]
fn a_baseline_leaves_what_is_new() {
    let (_archive, store, id) = store_with(CONTRACT);
    let folder = text(store.path());
    let all = rows(store.path(), &[]).len();
    assert!(all > 0);
    said(&["baseline", "set", "--store", folder, "--by", "王小明"]);
    assert_eq!(rows(store.path(), &[]).len(), 0);
    assert_eq!(rows(store.path(), &["--all"]).len(), all);
    said(&["baseline", "clear", "--store", folder, &id[..8], "--by", "王小明"]);
    assert_eq!(rows(store.path(), &[]).len(), all);
}

#[test]
fn a_check_up_tells_what_came_and_what_went() {
    let (_archive, store, id) = store_with(CONTRACT);
    let folder = text(store.path());
    let first: Value = serde_json::from_str(&said(&["checkup", "--store", folder, "--json"])).expect("JSON");
    assert_eq!((&first["previous"], &first["rerun"]), (&Value::Null, &0.into()));
    let again: Value =
        serde_json::from_str(&said(&["checkup", "--store", folder, "--json", "--rerun"])).expect("JSON");
    assert_eq!((&again["run"]["number"], &again["rerun"]), (&2.into(), &1.into()));
    assert_eq!(again["contracts"][0]["differences"].as_array().map(Vec::len), Some(0), "{again}");

    // Another pack: a rule speaks of something else, the others as before.
    let dictionaries = tempfile::tempdir().expect("a folder");
    let place = dictionaries.path().join("rules/luohu-2018");
    fs::create_dir_all(&place).expect("a folder");
    let rule = fs::read_to_string(sample("dictionaries/rules/luohu-2018/dual-forum.toml")).expect("the rule");
    fs::write(place.join("dual-forum.toml"), rule.replace("又约定", "并又约定")).expect("written");
    let changed = said(&["checkup", "--store", folder, "--dictionaries", text(dictionaries.path())]);
    assert!(changed.contains("变化 1 条") && changed.contains("重新审查 1 份"), "{changed}");
    let out = dictionaries.path().join("体检.xlsx");
    let table = said(&["checkup", "--store", folder, "--xlsx", text(&out)]);
    assert!(table.contains("预警清单") && table.contains(&id[..12]), "{table}");
    let sheets = hetong::office::read_workbook(&fs::read(&out).expect("a workbook")).expect("readable");
    let names: Vec<_> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["预警清单", "合同", "变化"]);
}

#[test]
fn filing_that_is_overdue_is_found_in_the_store_alone() {
    let (_archive, store, id) = store_with(CONTRACT);
    let folder = text(store.path());
    let open = rows(store.path(), &["--rule", "filing-overdue"]);
    assert_eq!(open[0]["outcome"], "cannot-tell", "nobody keeps the book yet: {open:?}");
    let step =
        run(&["case", "filing", "--store", folder, &id, "--registered", "2022-03-18", "--by", "王小明"]);
    if step.status.success() {
        let late = rows(store.path(), &["--rule", "filing-overdue"]);
        assert_eq!((&late[0]["outcome"], &late[0]["severity"]), (&"hit".into(), &"violation".into()));
    }
    let covered = said(&["rules", "coverage", "luohu-2018"]);
    assert!(covered.contains("按备案记录核对（hetong checkup、findings）：filing-overdue"));
}

#[test]
fn the_same_input_gives_the_same_findings_in_the_same_order() {
    let (one, two) = (sample(DRAFT), sample("corpus/archive/2022/信息化/合同.docx"));
    let review = || answer(&run(&["review", "--json", text(&one), text(&two)]));
    assert_eq!(review(), review());
}
