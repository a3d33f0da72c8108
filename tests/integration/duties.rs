//! What is due, nodes and numbers, as the office's people ask for them.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{answer, complaints, process, run, text};

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
