//! The commands, as a clerk types them.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{answer, complaints, hetong, json_lines, process, run, text};

const CONTRACT: &str = "办公设备采购合同\n合同编号：LH-CG-2024-018\n甲方：深圳市罗湖区教育局\n\
    乙方：深圳市远航办公设备有限公司\n第一条 合同价款\n合同总价为人民币 123,000.00 元（大写：壹拾贰万叁仟元整）。\n\
    第二条 争议解决\n因本合同发生的争议，可向深圳仲裁委员会申请仲裁，也可向人民法院起诉。\n\
    签订日期：2024年3月5日\n";

fn store_with_one() -> (tempfile::TempDir, String) {
    let (archive, store) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    fs::write(archive.path().join("合同.txt"), CONTRACT).expect("written");
    let output = process(archive.path(), store.path(), &["--json"]);
    let id = json_lines(&output).iter().find_map(|event| event["id"].as_str().map(str::to_owned));
    (store, id.expect("a record"))
}

#[test]
fn a_stored_contract_is_found_shown_and_put_on_a_form() {
    let (store, id) = store_with_one();
    let found = run(&["search", "--store", text(store.path()), "--json", "仲裁 起诉"]);
    let hits: Value = serde_json::from_str(&answer(&found)).expect("JSON");
    assert_eq!(hits["hits"][0]["id"], *id, "{hits}");

    let shown = run(&["show", "--store", text(store.path()), &id[..8]]);
    let record: Value = serde_json::from_str(&answer(&shown)).expect("JSON");
    assert_eq!(record["fields"]["contract_number"]["value"], "LH-CG-2024-018");
    assert!(record["text"].is_null());

    let form =
        run(&["form", "--store", text(store.path()), &id[..8], "--kind", "filing", "--format", "json"]);
    let form: Value =
        serde_json::from_str(&answer(&form)).unwrap_or_else(|_| panic!("{}", complaints(&form)));
    assert!(form.to_string().contains("办公设备采购合同"), "{form}");
}

#[test]
fn answers_are_valid_by_their_schemas() {
    let (store, id) = store_with_one();
    let store = text(store.path());
    let answers = [
        ("record", run(&["show", "--store", store, "--text", &id])),
        ("search", run(&["search", "--store", store, "--json", "采购"])),
        ("form", run(&["form", "--store", store, &id, "--format", "json"])),
    ];
    for (what, output) in answers {
        let schema = serde_json::from_str(&answer(&run(&["schema", what]))).expect("a schema");
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let value: Value = serde_json::from_str(&answer(&output)).expect("JSON");
        let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{what}: {errors:?}");
    }
}

#[test]
fn options_may_follow_the_words_of_a_search() {
    let (store, id) = store_with_one();
    let found = run(&["search", "办公设备 -深圳湾", "--json", "--limit", "1", "--store", text(store.path())]);
    let hits: Value =
        serde_json::from_str(&answer(&found)).unwrap_or_else(|_| panic!("{}", complaints(&found)));
    assert_eq!((&hits["total"], &hits["hits"][0]["id"]), (&1.into(), &id.as_str().into()), "{hits}");
    let unquoted = run(&["search", "办公设备", "-深圳湾", "--store", text(store.path())]);
    assert!(complaints(&unquoted).contains("引号"), "{}", complaints(&unquoted));
}

#[test]
fn a_value_is_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("合同.txt"), CONTRACT).expect("written");
    let explain = |field: &str| {
        hetong(&["extract", "--explain", field, "合同.txt"])
            .current_dir(folder.path())
            .output()
            .expect("runs")
    };
    insta::assert_snapshot!(answer(&explain("amount")) + &answer(&explain("contract_type")));
    let unknown = explain("colour");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(complaints(&unknown).contains("contract_type"), "{}", complaints(&unknown));
}

#[test]
fn a_review_says_where_and_why() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("合同.txt");
    fs::write(&path, CONTRACT).expect("written");
    let output = hetong(&["review", "合同.txt"]).current_dir(folder.path()).output().expect("runs");
    insta::assert_snapshot!(answer(&output));
}

#[test]
fn extraction_reads_as_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("合同.txt"), CONTRACT).expect("written");
    let output = hetong(&["extract", "合同.txt"]).current_dir(folder.path()).output().expect("runs");
    insta::assert_snapshot!(answer(&output));
}

#[test]
fn the_same_bytes_give_the_same_record() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("合同.txt");
    fs::write(&path, CONTRACT).expect("written");
    let once = answer(&run(&["extract", "--json", "--text", text(&path)]));
    assert_eq!(once, answer(&run(&["extract", "--json", "--text", text(&path)])));
    assert!(once.contains("LH-CG-2024-018"));
}

#[test]
fn what_cannot_run_exits_with_two_and_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let missing = text(&folder.path().join("没有")).to_owned();
    for (arguments, expected) in [
        (vec!["search", "采购"], "--store"),
        (vec!["search", "--store", &missing, "采购"], "hetong process"),
        (vec!["show", "--store", &missing, "abcd"], "hetong process"),
        (vec!["--dictionaries", &missing, "rules", "list"], "--dictionaries"),
        (vec!["rules", "explain", "no-such-rule"], "rules list"),
        (vec!["rules", "coverage", "no-such-pack"], "rules list"),
    ] {
        let output = hetong(&arguments).current_dir(folder.path()).output().expect("runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(complaints(&output).contains(expected), "{arguments:?}: {}", complaints(&output));
    }
}

#[test]
fn a_broken_pack_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("rules")).expect("made");
    fs::write(folder.path().join("rules/own.toml"), "id = ").expect("written");
    let output = run(&["--dictionaries", text(folder.path()), "rules", "list"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complaints(&output).contains("rules/own.toml"), "{}", complaints(&output));
}

#[test]
fn a_configuration_file_names_store_and_dictionaries() {
    let (store, id) = store_with_one();
    let folder = tempfile::tempdir().expect("a folder");
    let configuration = format!("store = {:?}\n", text(store.path()));
    fs::write(folder.path().join("hetong.toml"), configuration).expect("written");
    let shown = hetong(&["show", &id[..8]]).current_dir(folder.path()).output().expect("runs");
    assert_eq!(shown.status.code(), Some(0), "{}", complaints(&shown));
    fs::write(folder.path().join("hetong.toml"), "stoer = 1\n").expect("written");
    let wrong = hetong(&["show", &id[..8]]).current_dir(folder.path()).output().expect("runs");
    assert!(complaints(&wrong).contains("stoer"), "{}", complaints(&wrong));
}

#[test]
fn rules_explain_themselves() {
    let listed = answer(&run(&["rules", "list"]));
    for rule in ["vague-title", "dual-forum", "term-over-five-years", "blank-unfilled"] {
        assert!(listed.contains(rule), "{rule} is not in {listed}");
        let explained = answer(&run(&["rules", "explain", rule]));
        assert!(explained.contains(rule) && explained.contains("建议"), "{explained}");
    }
}

#[test]
fn the_regulation_is_answered_for_article_by_article() {
    let shown = answer(&run(&["rules", "coverage", "luohu-2018"]));
    for expected in ["第1条", "第36条", "dual-forum", "人工核对", "第78条"] {
        assert!(shown.contains(expected), "{expected} is not in {shown}");
    }
}

#[test]
fn the_readmes_name_commands_that_exist() {
    let help = answer(&run(&["--help"]));
    for readme in ["README.md", "README.zh-CN.md"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(readme);
        let source = fs::read_to_string(path).expect(readme);
        let commands = source
            .lines()
            .filter_map(|line| line.strip_prefix("hetong "))
            .map(|rest| rest.split_whitespace().next().expect("a command").to_owned());
        for command in commands.filter(|command| !command.starts_with('-')) {
            assert!(help.contains(&format!("  {command}")), "{readme}: {command}");
        }
    }
}

#[test]
fn findings_come_as_sarif() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("合同 1.txt");
    fs::write(&file, CONTRACT).expect("written");
    let log: Value = serde_json::from_str(&answer(&run(&["review", "--sarif", text(&file)]))).expect("JSON");
    crate::sarif::holds(&log);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "hetong");
    assert!(run["invocations"][0]["executionSuccessful"].is_boolean());
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert!(results.iter().any(|result| result["ruleId"] == "luohu-2018/dual-forum"), "{log}");
    for result in results {
        let rule = result["ruleIndex"].as_u64().and_then(|at| rules.get(usize::try_from(at).ok()?));
        assert_eq!(rule.expect("a rule")["id"], result["ruleId"]);
        let level = result["level"].as_str().expect("a level");
        assert!(["none", "note", "warning", "error"].contains(&level), "{level}");
        assert!(result["kind"] == "fail" || level == "none", "only a failure has a level: {result}");
        assert!(!result["message"]["text"].as_str().expect("a text").is_empty());
        assert!(result["partialFingerprints"].as_object().is_some_and(|prints| !prints.is_empty()));
        for location in result["locations"].as_array().expect("locations") {
            let uri = location["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a uri");
            assert!(uri.is_ascii() && !uri.contains(' '), "{uri}");
            let region = &location["physicalLocation"]["region"];
            assert!(region.is_null() || region["charLength"].is_u64() && region["charOffset"].is_u64());
        }
    }
}

#[test]
fn the_examples_of_a_pack_are_run() {
    let output = run(&["rules", "test", "national"]);
    assert!(output.status.success(), "{}", answer(&output));
    assert!(!run(&["rules", "test", "no-such-pack"]).status.success());

    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("rules/consistency");
    fs::create_dir_all(&place).expect("made");
    let rule = include_str!("../../dictionaries/rules/consistency/uscc-invalid.toml");
    let wrong = rule.replace("[[miss]]", "[[hit]]");
    fs::write(place.join("uscc-invalid.toml"), &wrong).expect("written");
    let output = run(&["--dictionaries", text(folder.path()), "rules", "test", "consistency"]);
    assert_eq!(output.status.code(), Some(1));
    let said = answer(&output);
    assert!(said.contains("consistency/uscc-invalid hit 第8例"), "{said}");

    fs::write(place.join("uscc-invalid.toml"), "title = \"一\"\nseverity = 3\n").expect("written");
    let output = run(&["--dictionaries", text(folder.path()), "rules", "test"]);
    let said = complaints(&output);
    assert!(said.contains("rules/consistency/uscc-invalid.toml") && said.contains("第2行"), "{said}");
}
