//! The office's book as a whole: forms that come back, masking, duplicates, supplements.

use std::fs;
use std::io::Read;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::program::{answer, complaints, process, run, text};

const MAIN: &str = "办公楼保洁服务合同\n合同编号：LH-FW-2024-021\n甲方：深圳市罗湖区教育局\n\
    联系电话：0755-25666101\n乙方：郑海川\n身份证号：11010519491231002X\n联系电话：13800138000\n\
    开户银行：样例银行\n账号：6222021234567890123\n\
    第一条 合同价款\n合同总价为人民币 123,000.00 元（大写：壹拾贰万叁仟元整）。\n\
    第二条 付款\n合同签订后10个工作日内，甲方支付合同总价的30%，收款账号6222021234567890123。\n\
    第三条 期限\n合同期限自2024年3月5日起至2024年12月31日止。\n\
    第四条 争议解决\n因本合同发生的争议（联系电话13800138000），可向深圳仲裁委员会申请仲裁，也可向人民法院起诉。\n\
    甲方（盖章）：深圳市罗湖区教育局\n乙方（签字）：郑海川\n签订日期：2024年3月5日\n";

/// A supplement that moves the last day of the main contract.
const SUPPLEMENT: &str = "《办公楼保洁服务合同》补充协议\n甲方：深圳市罗湖区教育局\n乙方：郑海川\n\
    双方于2024年3月5日签订编号为LH-FW-2024-021的《办公楼保洁服务合同》，现补充约定如下：\n\
    一、合同期限自2024年3月5日起延长至2025年6月30日止。\n\
    甲方（盖章）：深圳市罗湖区教育局\n乙方（签字）：郑海川\n签订日期：2024年6月3日\n";

const NUMBERS: [&str; 4] = ["11010519491231002X", "13800138000", "6222021234567890123", "25666101"];

/// A store of these files.
fn store(files: &[(&str, &str)]) -> (TempDir, TempDir) {
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    for (name, content) in files {
        fs::write(archive.path().join(name), content).expect("written");
    }
    let output = process(archive.path(), store.path(), &[]);
    assert!(output.status.success(), "{}", complaints(&output));
    (archive, store)
}

fn said(store: &Path, arguments: &[&str]) -> String {
    let mut all = arguments.to_vec();
    all.extend(["--store", text(store)]);
    let output = run(&all);
    assert!(output.status.success(), "{arguments:?}: {}", complaints(&output));
    answer(&output)
}

/// The first eight digits of the record whose title holds these words.
fn id(store: &Path, words: &str) -> String {
    let list = said(store, &["case", "list", "--text", words]);
    list.split_whitespace().next().expect("a case").to_owned()
}

/// Everything that a file says: the parts of an office file, or the text.
fn contents(file: &Path) -> String {
    let bytes = fs::read(file).expect("a file");
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return fs::read_to_string(file).expect("text");
    };
    let mut all = String::new();
    for index in 0..archive.len() {
        archive.by_index(index).expect("a part").read_to_string(&mut all).expect("text");
    }
    all
}

#[test]
fn nothing_that_leaves_the_office_masked_names_a_number() {
    let (_archive, store) = store(&[("a.txt", MAIN)]);
    let record = id(store.path(), "保洁");
    let questions = store.path().join("questions.txt");
    fs::write(&questions, "账号\n13800138000\n").expect("written");
    let out = tempfile::tempdir().expect("a folder");
    let commands: [(&str, Vec<&str>); 11] = [
        ("form.json", vec!["form", &record, "--format", "json"]),
        ("form.xlsx", vec!["form", &record, "--format", "xlsx"]),
        ("form.docx", vec!["form", &record, "--format", "docx"]),
        ("opinion.docx", vec!["form", &record, "--kind", "opinion", "--format", "docx"]),
        ("ledger.csv", vec!["ledger", "--format", "csv"]),
        ("ledger.xlsx", vec!["ledger", "--format", "xlsx"]),
        ("report.docx", vec!["report", "--annual", "2024", "--format", "docx"]),
        ("findings.xlsx", vec!["findings", "--format", "xlsx"]),
        ("due.ics", vec!["due", "--as-of", "2024-12-20", "--format", "ics"]),
        ("due.xlsx", vec!["due", "--as-of", "2024-12-20", "--format", "xlsx"]),
        ("batch.csv", vec!["search", "--batch", text(&questions), "--format", "csv"]),
    ];
    for (name, mut command) in commands {
        let file = out.path().join(name);
        command.extend(["--mask", "--out", text(&file)]);
        said(store.path(), &command);
        // The question is the asker's own and stays as it was asked.
        let all = contents(&file).replace("13800138000,13800138000", "");
        for number in NUMBERS {
            assert!(!all.contains(number), "{number} in {name}");
        }
    }
    let checkup = out.path().join("checkup.xlsx");
    said(store.path(), &["checkup", "--mask", "--xlsx", text(&checkup)]);
    let party = said(store.path(), &["party", "郑海川", "--mask", "--json"]);
    for number in NUMBERS {
        assert!(!contents(&checkup).contains(number) && !party.contains(number), "{number}");
    }
    let open = said(store.path(), &["form", &record, "--format", "json"]);
    for number in NUMBERS.iter().filter(|number| **number != "25666101") {
        assert!(open.contains(number), "the form has no {number} to hide");
    }
}

/// A DOCX file with a paragraph for each line, its numbers divided between two runs.
fn docx(lines: &str) -> Vec<u8> {
    let run = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let paragraph = |line: &str| {
        let middle = line.char_indices().nth(line.chars().count() / 2).map_or(0, |(at, _)| at);
        let (front, back) = line.split_at(middle);
        format!("<w:p>{}{}</w:p>", run(front), run(back))
    };
    let body: String = lines.lines().map(paragraph).collect();
    let open = "http://schemas.openxmlformats.org";
    let parts = [
        ("[Content_Types].xml", format!("<Types xmlns=\"{open}/package/2006/content-types\"/>")),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{open}/package/2006/relationships\"><Relationship Id=\"r1\" \
                 Type=\"{open}/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/document.xml",
            format!(
                "<w:document xmlns:w=\"{open}/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
            ),
        ),
        ("word/media/image1.png", "图".to_owned()),
    ];
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        std::io::Write::write_all(&mut writer, content.as_bytes()).expect("written");
    }
    writer.finish().expect("a file").into_inner()
}

#[test]
fn a_masked_copy_with_comments_names_no_number() {
    let folder = tempfile::tempdir().expect("a folder");
    let (draft, copy) = (folder.path().join("稿.docx"), folder.path().join("批注.docx"));
    fs::write(&draft, docx(MAIN)).expect("written");
    let output = run(&["review", text(&draft), "--docx", text(&copy), "--mask"]);
    assert!(output.status.success(), "{}", complaints(&output));
    assert!(complaints(&output).contains("1 个图片或嵌入文件"), "{}", complaints(&output));
    let (all, shown) = (contents(&copy), answer(&output));
    assert!(all.contains("w:comment ") && all.contains("深圳市罗湖区教育局"), "{all}");
    let bare: String = all.replace("</w:t></w:r><w:r><w:t xml:space=\"preserve\">", "");
    for number in NUMBERS {
        assert!(!bare.contains(number) && !shown.contains(number), "{number}: {bare}");
    }
}

/// A form as JSON with one entry answered.
fn answered(store: &Path, record: &str, answers: &[(&str, &str)]) -> Value {
    let mut form: Value =
        serde_json::from_str(&said(store, &["form", record, "--format", "json"])).expect("JSON");
    let sections = form["sections"].as_array_mut().expect("sections").iter_mut();
    for entry in sections
        .flat_map(|section| section.get_mut("entries").and_then(Value::as_array_mut).into_iter().flatten())
    {
        if let Some((_, value)) = answers.iter().find(|(key, _)| entry["key"] == *key) {
            entry["answer"] = json!({"word": "correct", "value": value});
        }
    }
    form
}

#[test]
fn a_form_is_taken_whole_or_not_at_all() {
    let (archive, store) = store(&[("a.txt", MAIN)]);
    let (record, file) = (id(store.path(), "保洁"), archive.path().join("表.json"));
    let apply = |answers: &[(&str, &str)]| {
        let form = answered(store.path(), &record, answers);
        fs::write(&file, form.to_string()).expect("written");
        run(&["form", "apply", text(&file), "--store", text(store.path()), "--by", "王小明"])
    };
    let wrong = apply(&[("filing_number", "备1号"), ("department", "教育局"), ("contract_type", "保洁合同")]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(complaints(&wrong).contains("服务合同"), "{}", complaints(&wrong));
    let case: Value =
        serde_json::from_str(&said(store.path(), &["case", "show", &record, "--json"])).expect("JSON");
    assert_eq!((&case["filing_number"], &case["department"]), (&Value::Null, &Value::Null));

    let right = apply(&[("filing_number", "备1号"), ("department", "教育局"), ("contract_type", "承揽合同")]);
    assert!(right.status.success(), "{}", complaints(&right));
    let ledger = said(store.path(), &["ledger", "--format", "csv"]);
    assert!(ledger.contains("备1号") && ledger.contains("承揽合同"), "{ledger}");
    // The same file once more: what it was filled against is no longer there.
    let stale = run(&["form", "apply", text(&file), "--store", text(store.path()), "--by", "王小明"]);
    assert!(complaints(&stale).contains("在导出之后已变为"), "{}", complaints(&stale));
}

#[test]
fn a_rescan_is_proposed_joined_and_taken_out_again() {
    let rescan = MAIN.replace("联系电话：0755-25666101", "联系电话：0755- 25666101");
    let (_archive, store) = store(&[("a.txt", MAIN), ("b.txt", &rescan)]);
    let found = said(store.path(), &["case", "duplicates"]);
    assert!(found.contains("疑似重复 1 组"), "{found}");
    let list = said(store.path(), &["case", "list"]);
    let ids: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(ids.len(), 2, "{list}");
    assert!(said(store.path(), &["case", "duplicates", ids[0]]).contains(ids[1]));
    said(store.path(), &["case", "join", ids[1], "--into", ids[0], "--by", "王小明"]);
    assert_eq!(said(store.path(), &["case", "list"]).lines().count(), 1);
    assert!(said(store.path(), &["case", "show", ids[0]]).contains("另有记录"));
    said(store.path(), &["case", "split", ids[1], "--reason", "不是同一份", "--by", "王小明"]);
    assert_eq!(said(store.path(), &["case", "list"]).lines().count(), 2);
}

#[test]
fn a_linked_supplement_moves_the_last_day_with_both_sources() {
    let (_archive, store) = store(&[("a.txt", MAIN), ("b.txt", SUPPLEMENT)]);
    let list = said(store.path(), &["case", "list"]);
    let id_of = |is_supplement: bool| {
        let line = list.lines().find(|line| line.contains("补充协议") == is_supplement).expect("a case");
        line.split_whitespace().next().expect("a number").to_owned()
    };
    let (main, supplement) = (id_of(false), id_of(true));
    let ends = |store: &Path| -> Vec<Value> {
        let due = said(store, &["due", "--as-of", "2025-06-10", "--format", "json"]);
        let due: Value = serde_json::from_str(&due).expect("JSON");
        let items = due["items"].as_array().expect("items").clone();
        items.into_iter().filter(|item| item["node"] == "end").collect()
    };
    let is_main = |item: &&Value| item["record"].as_str().is_some_and(|record| record.starts_with(&main));
    let before = ends(store.path());
    assert_eq!(before.iter().find(is_main).expect("an end")["date"], "2024-12-31");
    said(store.path(), &["case", "link", &supplement, "--main", &main, "--by", "王小明"]);
    let after = ends(store.path());
    let end = after.iter().find(is_main).expect("an end");
    assert_eq!(end["date"], "2025-06-30");
    let arithmetic = end["arithmetic"].as_str().expect("told");
    assert!(arithmetic.contains("2024-12-31") && arithmetic.contains("补充协议"), "{arithmetic}");
    let nodes = said(store.path(), &["node", "list", &main]);
    assert!(nodes.contains("载明届满日 2025-06-30"), "{nodes}");
    let report = said(store.path(), &["report", "--annual", "2024"]);
    assert!(report.contains("补充协议：《"), "{report}");
}

#[test]
fn what_hangs_on_a_contract_under_key_supervision_is_under_it_in_the_ledger() {
    let dear = MAIN
        .replace("123,000.00", "12,300,000.00")
        .replace("壹拾贰万叁仟元整", "壹仟贰佰叁拾万元整")
        .replace("郑海川", "深圳市样例保洁有限公司");
    let supplement = SUPPLEMENT.replace("郑海川", "深圳市样例保洁有限公司");
    let (_archive, store) = store(&[("a.txt", &dear), ("b.txt", &supplement)]);
    let list = said(store.path(), &["case", "list"]);
    let id_of = |is_supplement: bool| {
        let line = list.lines().find(|line| line.contains("补充协议") == is_supplement).expect("a case");
        line.split_whitespace().next().expect("a number").to_owned()
    };
    let regulated = || {
        let ledger: Value =
            serde_json::from_str(&said(store.path(), &["ledger", "--format", "json"])).expect("JSON");
        let rows = ledger["rows"].as_array().expect("rows").clone();
        rows.iter().filter(|row| row["key_regulated"] == true).count()
    };
    assert_eq!(regulated(), 1, "{list}");
    said(store.path(), &["case", "link", &id_of(true), "--main", &id_of(false), "--by", "王小明"]);
    assert_eq!(regulated(), 2);
}

#[test]
fn an_anomaly_is_to_be_reported_in_three_days_and_stands_in_the_report() {
    let (archive, store) = store(&[("a.txt", MAIN)]);
    let record = id(store.path(), "保洁");
    let add = |kind: &str, what: &str| {
        let told = ["incident", "add", &record, "--kind", kind, "--on", "2024-05-06", "--what", what];
        said(store.path(), &[&told[..], &["--by", "王小明"]].concat())
    };
    assert!(add("对方违约", "连续三日未派人保洁").contains("第五十四条第一款第（一）项"));
    add("争议", "对扣款数额有争议，联系电话13800138000");
    let due =
        || said(store.path(), &["due", "--as-of", "2024-05-10", "--kind", "异常填报", "--format", "json"]);
    let due_now: Value = serde_json::from_str(&due()).expect("JSON");
    assert_eq!(due_now["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(due_now["items"][0]["date"], "2024-05-09");
    assert!(due_now["items"][0]["cited"].as_str().expect("cited").contains("第五十九条第二款"));
    let follow = ["--reported", "2024-05-08", "--measures", "发函催告", "--by", "王小明"];
    said(store.path(), &[&["incident", "follow", &record, "1"][..], &follow].concat());
    let due_then: Value = serde_json::from_str(&due()).expect("JSON");
    assert_eq!(due_then["items"].as_array().map(Vec::len), Some(0));
    let file = archive.path().join("报告.docx");
    said(
        store.path(),
        &["report", "--half-year", "2024", "--mask", "--format", "docx", "--out", text(&file)],
    );
    let report = contents(&file);
    for told in ["连续三日未派人保洁", "措施：发函催告", "2024-05-08填报；未了结", "对扣款数额有争议"]
    {
        assert!(report.contains(told), "{told}: {report}");
    }
    assert!(!report.contains("13800138000"));
    said(store.path(), &["incident", "undo", &record, "2", "--reason", "误登", "--by", "王小明"]);
    assert!(!said(store.path(), &["incident", "list", &record]).contains("争议"));
    assert!(said(store.path(), &["case", "show", &record]).contains("连续三日未派人保洁"));
}

#[test]
fn a_case_tells_the_way_that_it_takes() {
    let (_archive, store) = store(&[("a.txt", MAIN)]);
    let record = id(store.path(), "保洁");
    let shown = said(store.path(), &["case", "show", &record]);
    assert!(shown.contains("须送区法制机构审查："), "{shown}");
    let form = said(store.path(), &["form", &record]);
    assert!(form.contains("是否须送区法制机构审查") && form.contains("第四十二条"), "{form}");
}
