//! What is due, nodes and numbers, as the office's people ask for them.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{answer, complaints, hetong, process, run, text};

const CONTRACT: &str = "办公设备采购合同\n合同编号：LH-CG-2024-018\n甲方：深圳市罗湖区教育局\n\
    乙方：深圳市远航办公设备有限公司\n第一条 合同价款\n合同总价为人民币 123,000.00 元（大写：壹拾贰万叁仟元整）。\n\
    第二条 付款\n（一）合同签订后10个工作日内，甲方支付合同总价的30%，即人民币36,900.00元；\n\
    （二）验收合格后15个工作日内，甲方支付合同总价的70%，即人民币86,100.00元。\n\
    第三条 期限\n合同期限自2024年3月5日起至2024年12月31日止。\n第四条 生效\n本合同自双方签字盖章之日起生效。\n\
    甲方（盖章）：深圳市罗湖区教育局\n乙方（盖章）：深圳市远航办公设备有限公司\n签订日期：2024年3月5日\n";

/// A store with one contract, and the number of its record.
fn store_with_one() -> (TempDir, String) {
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    fs::write(archive.path().join("合同.txt"), CONTRACT).expect("written");
    let output = process(archive.path(), store.path(), &[]);
    assert!(output.status.success(), "{}", complaints(&output));
    let due = due(store.path(), &[]);
    let record = due["items"][0]["record"].as_str().expect("a record").to_owned();
    (store, record)
}

fn due(store: &Path, more: &[&str]) -> Value {
    let mut arguments = vec!["due", "--store", text(store), "--as-of", "2024-03-15", "--format", "json"];
    arguments.extend(more);
    let output = run(&arguments);
    serde_json::from_str(&answer(&output)).unwrap_or_else(|_| panic!("{}", complaints(&output)))
}

fn told(agenda: &Value) -> Vec<String> {
    let items = agenda["items"].as_array().expect("items");
    items.iter().map(|due| format!("{} {}", due["date"], due["kind"]).replace('"', "")).collect()
}

#[test]
fn what_is_due_comes_with_its_arithmetic_in_every_format() {
    let (store, _) = store_with_one();
    let agenda = due(store.path(), &[]);
    assert_eq!(told(&agenda), ["2024-03-19 filing", "2024-03-19 node"]);
    assert_eq!(
        agenda["items"][0]["arithmetic"],
        "2024-03-05 最后一方签署 + 10个工作日（跳过周末4天） = 2024-03-19"
    );
    let schema = serde_json::from_str(&answer(&run(&["schema", "due"]))).expect("a schema");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    assert!(validator.is_valid(&agenda), "{agenda}");

    let in_format = |format| {
        let output =
            run(&["due", "--store", text(store.path()), "--as-of", "2024-03-25", "--format", format]);
        assert!(output.status.success(), "{}", complaints(&output));
        answer(&output)
    };
    assert!(in_format("table").contains("2024-03-19（逾期6天）备案登记"));
    let ics = in_format("ics");
    assert!(ics.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && ics.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(ics, in_format("ics"));
    let file = store.path().join("到期.xlsx");
    let output = run(&["due", "--store", text(store.path()), "--format", "xlsx", "--out", text(&file)]);
    assert!(output.status.success(), "{}", complaints(&output));
    assert!(fs::read(file).expect("written").starts_with(b"PK"));
}

/// `hetong COMMAND … --store STORE`, which has to end well.
fn command(store: &Path, arguments: &[&str]) -> String {
    let output = run(&[arguments, &["--store", text(store)]].concat());
    assert!(output.status.success(), "{arguments:?}: {}", complaints(&output));
    answer(&output)
}

#[test]
fn a_node_is_noted_done_reported_and_taken_back() {
    let (store, record) = store_with_one();
    let listed = command(store.path(), &["node", "list", &record, "--json"]);
    let nodes: Value = serde_json::from_str(&listed).expect("JSON");
    let keys: Vec<&str> =
        nodes["nodes"].as_array().expect("nodes").iter().filter_map(|n| n["key"].as_str()).collect();
    let [advance, rest, end] = keys[..] else { panic!("{listed}") };
    assert_eq!(end, "end");
    assert!(command(store.path(), &["node", "list", &record]).contains("待条件成就：验收合格后"));

    let by = ["--by", "王小明"];
    let note = |what: &str, node: &str, day: &str| {
        command(store.path(), &[&["node", what, &record[..8], node, "--on", day][..], &by].concat())
    };
    note("done", advance, "2024-03-12");
    assert_eq!(told(&due(store.path(), &[])), ["2024-03-15 node-report", "2024-03-19 filing"]);
    note("reported", advance, "2024-03-14");
    note("occurred", rest, "2024-03-14");
    assert_eq!(told(&due(store.path(), &[])), ["2024-03-19 filing", "2024-04-07 node"]);
    command(store.path(), &[&["node", "undo", &record, rest, "--what", "occurred"][..], &by].concat());
    command(
        store.path(),
        &[&["node", "add", &record, "--name", "初验", "--on", "2024-04-01"][..], &by].concat(),
    );
    assert_eq!(told(&due(store.path(), &[])), ["2024-03-19 filing", "2024-04-01 node"]);

    let wrong = run(&[
        "node",
        "done",
        &record,
        "nowhere",
        "--on",
        "2024-03-12",
        "--by",
        "王",
        "--store",
        text(store.path()),
    ]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(complaints(&wrong).contains("没有编号为 nowhere 的节点"), "{}", complaints(&wrong));
}

#[test]
fn a_contract_is_told_its_way() {
    let (store, record) = store_with_one();
    let path: Value =
        serde_json::from_str(&command(store.path(), &["path", &record, "--json"])).expect("JSON");
    assert_eq!(path["key_regulated"]["verdict"], "no", "{path}");
    assert_eq!(path["filing_exempt"]["verdict"], "no", "{path}");
}

#[test]
fn programs_that_ask_at_the_same_time_get_each_its_number() {
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    for number in 0..6 {
        let contract = CONTRACT.replace("018", &format!("0{number}8"));
        fs::write(archive.path().join(format!("{number}.txt")), contract).expect("written");
    }
    assert!(process(archive.path(), store.path(), &[]).status.success());
    let agenda = due(store.path(), &["--kind", "filing"]);
    let items = agenda["items"].as_array().expect("items");
    let children = items.iter().map(|due| {
        let record = due["record"].as_str().expect("a record");
        let arguments =
            ["number", "assign", record, "--year", "2024", "--by", "王小明", "--store", text(store.path())];
        hetong(&arguments).stdout(Stdio::piped()).spawn().expect("started")
    });
    let children: Vec<_> = children.collect();
    let answers = children.into_iter().map(|child| child.wait_with_output().expect("ended"));
    let mut numbers: Vec<String> = answers.map(|output| answer(&output)).collect();
    numbers.sort();
    let expected: Vec<String> =
        (1..=6).map(|serial| format!("罗教育局合〔2024〕{serial:04}号（已分配）\n")).collect();
    assert_eq!(numbers, expected);
}

#[test]
fn a_counterparty_is_seen_in_one_look() {
    let (store, record) = store_with_one();
    let nodes = command(store.path(), &["node", "list", &record, "--json"]);
    let nodes: Value = serde_json::from_str(&nodes).expect("JSON");
    let advance = nodes["nodes"][0]["key"].as_str().expect("a key");
    command(store.path(), &["node", "done", &record, advance, "--on", "2024-03-12", "--by", "王小明"]);
    let look = command(store.path(), &["party", "远航办公", "--as-of", "2024-04-01", "--json"]);
    let look: Value = serde_json::from_str(&look).expect("JSON");
    assert_eq!(look["names"][0]["name"], "深圳市远航办公设备有限公司");
    assert_eq!(
        (&look["totals"][0]["paid"], &look["totals"][0]["open"]),
        (&"36900.00".into(), &"86100.00".into())
    );
    assert_eq!(look["ends"][0][1], "2024-12-31");
    let nobody = run(&["party", "某某", "--store", text(store.path())]);
    assert!(complaints(&nobody).contains("没有与“某某”签订的合同"), "{}", complaints(&nobody));
}

#[test]
fn a_ledger_is_laid_beside_the_archive_and_adds_what_is_missing() {
    let (store, _) = store_with_one();
    let ledger = store.path().join("台账.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["合同编号", "合同名称", "承办部门"]) {
        sheet.write(0, column, heading).expect("written");
    }
    for (row, cells) in
        (1..).zip([["LH-CG-2024-018", "办公设备采购合同", "装备科"], ["X-1", "没有的合同", "某科"]])
    {
        for (column, cell) in (0..).zip(cells) {
            sheet.write(row, column, cell).expect("written");
        }
    }
    book.save(&ledger).expect("saved");
    let import = |more: &[&str]| {
        command(store.path(), &[&["import-ledger", text(&ledger), "--by", "王小明"][..], more].concat())
    };
    let mapping = store.path().join("映射.toml");
    let told = import(&["--dry-run", "--mapping", text(&mapping)]);
    assert!(told.contains("对上 1 行") && told.contains("台账有而档案没有 1 行"), "{told}");
    assert!(fs::read_to_string(&mapping).expect("kept").contains("heading = \"合同编号\""));
    assert!(due(store.path(), &[])["items"][0]["department"].is_null());
    import(&["--mapping", text(&mapping)]);
    assert_eq!(due(store.path(), &[])["items"][0]["department"], "装备科");
}
