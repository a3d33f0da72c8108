//! What a form says about hand-made records.

mod definitions;
mod price;
mod round_trip;

use super::sample::*;
use super::*;
use crate::model::Status;
use crate::model::fields::{AbsentReason, DisputeKind};
use crate::model::record::Kind;

fn forms() -> Forms {
    Forms::new(&Dictionaries::embedded()).expect("the built-in forms are sound")
}

const SMALL: &str =
    "id = \"small\"\nversion = 1\ntitle = \"小表\"\nregulation = \"某办法\"\nreview_below = 0.8\n";

fn filing(record: &Record) -> Form {
    forms().fill("filing", record).expect("there is a filing form")
}

fn entry(record: &Record, key: &str) -> Entry {
    filing(record).entry(key).expect(key).clone()
}

/// An open entry with nothing in it for a program to take.
fn withheld(record: &Record, key: &str) -> String {
    let entry = entry(record, key);
    assert_eq!((entry.state, entry.value, entry.normalised), (State::Open, None, None), "{key}");
    entry.note.expect("an open entry says why")
}

#[test]
fn a_full_record_as_people_read_it() {
    insta::assert_snapshot!(render_text(&filing(&full())));
}

#[test]
fn a_partly_absent_record_as_people_read_it() {
    insta::assert_snapshot!(render_text(&filing(&partly_absent())));
}

#[test]
fn a_mismatch_as_people_read_it() {
    insta::assert_snapshot!(render_text(&filing(&mismatch())));
}

/// One line for each entry, so that a reviewer sees what changed.
fn lines(form: &Form) -> String {
    let entries = form.entries().map(|entry| serde_json::to_string(entry).expect("an entry is JSON"));
    entries.collect::<Vec<_>>().join("\n")
}

#[test]
fn entries_as_programs_read_them() {
    for (name, record) in [("full", full()), ("partly_absent", partly_absent()), ("mismatch", mismatch())] {
        insta::assert_snapshot!(format!("entries_{name}"), lines(&filing(&record)));
    }
}

#[test]
fn a_small_form_as_programs_read_it() {
    let entry = |key: &str, source: &str| {
        format!(
            "[[section.entry]]\nkey = \"{key}\"\nlabel = \"{key}\"\nsource = \"{source}\"\nrequired = true\n"
        )
    };
    let contract = format!("[[section]]\nheading = \"一\"\n{}", entry("price", "amount"));
    let parties = format!("[[section]]\nheading = \"二\"\neach = \"party\"\n{}", entry("name", "party-name"));
    let text = format!("{SMALL}{contract}{parties}");
    let dictionaries = Dictionaries::embedded().with_file("forms/small.toml", &text);
    let form = Forms::new(&dictionaries).expect("sound").fill("small", &full()).expect("there is one");
    insta::assert_snapshot!(serde_json::to_string_pretty(&form).expect("a form is JSON"));
}

#[test]
fn a_form_fits_its_schema_and_reads_back() {
    let schema = serde_json::to_value(schemars::schema_for!(Form)).expect("a schema");
    for record in [full(), partly_absent(), mismatch(), blank()] {
        let form = filing(&record);
        let json = serde_json::to_value(&form).expect("JSON");
        assert!(jsonschema::is_valid(&schema, &json));
        assert_eq!(serde_json::from_value::<Form>(json).expect("a form"), form);
    }
}

#[test]
fn nothing_open_carries_a_value_for_programs_and_all_of_it_says_why() {
    for record in [full(), partly_absent(), mismatch(), blank()] {
        for entry in filing(&record).entries().filter(|entry| entry.state == State::Open) {
            assert_eq!(entry.normalised, None, "{}", entry.key);
            assert!(entry.note.as_ref().is_some_and(|note| !note.is_empty()), "{}", entry.key);
        }
    }
}

#[test]
fn no_two_entries_share_a_key() {
    let form = filing(&full());
    let keys: std::collections::BTreeSet<_> = form.entries().map(|entry| &entry.key).collect();
    assert_eq!(keys.len(), form.entries().count());
}

#[test]
fn fifty_thousand_is_exempt_and_a_supplement_is_not_weighed_alone() {
    let exempt = |amount: &str, kind: Kind| {
        let mut record = full();
        record.kind = kind;
        record.fields.amount = Some(value(total(amount), amount, 300, 0.96));
        record.fields.amount_in_words = None;
        filing(&record).remarks.iter().any(|remark| remark.contains("不超过5万元"))
    };
    assert!(exempt("50000", Kind::Contract));
    assert!(!exempt("50000.01", Kind::Contract));
    assert!(!exempt("50000", Kind::Supplement));
}

#[test]
fn the_day_of_signing_decides_whether_the_regulation_is_in_force() {
    let remarks = |day: &str| {
        let mut record = full();
        record.fields.sign_date = Some(value(day.parse().expect(day), day, 800, 0.97));
        filing(&record).remarks.join("")
    };
    assert!(remarks("2018-12-03").contains("不适用"));
    assert_eq!(remarks("2018-12-04") + &remarks("2023-12-03"), "");
    assert!(remarks("2023-12-04").contains("参照"));
}

#[test]
fn a_doubtful_value_is_filled_and_noted() {
    let entry = entry(&full(), "sign_place");
    assert_eq!(entry.value.as_deref(), Some("深圳市罗湖区"));
    assert_eq!(entry.note.as_deref(), Some("可信度0.62，请核对"));
}

#[test]
fn a_conflict_outweighs_a_value_in_every_field() {
    let mut record = full();
    let places = |quote| vec![span(1, quote, 1)];
    for field in ["sign_date", "term", "dispute", "confidentiality", "parties[1].name"] {
        record.absent.push(absent(field, AbsentReason::Conflicting, places("甲说")));
    }
    let keys = ["sign_date", "term", "term_end", "dispute", "forum", "confidentiality", "parties[1].name"];
    for key in keys {
        assert!(withheld(&record, key).contains("“甲说”"), "{key}");
    }
}

#[test]
fn an_unticked_list_gives_neither_way_nor_forum() {
    let mut record = full();
    record.fields.dispute.as_mut().expect("a clause").value.kind = DisputeKind::Unselected;
    assert!(withheld(&record, "dispute").contains("未勾选"));
    assert!(withheld(&record, "forum").contains("未勾选"));
}

#[test]
fn a_finding_stands_beside_the_party_that_it_is_about() {
    let record = mismatch();
    assert_eq!(entry(&record, "parties[0].identity").note, None);
    assert!(entry(&record, "parties[1].identity").note.expect("a note").contains("校验位"));
}

#[test]
fn another_wording_elsewhere_is_named() {
    let mut record = full();
    let title = record.fields.title.as_mut().expect("a title");
    title.witnesses = vec![value("物业服务合同".to_owned(), "物业服务合同", 900, 0.7)];
    let entry = entry(&record, "title");
    assert_eq!(entry.value.as_deref(), Some("物业管理服务采购合同"));
    assert_eq!(entry.note.as_deref(), Some("文中另有不同记载：“物业服务合同”，请核对"));
}

#[test]
fn an_unread_file_gives_a_form_to_fill_by_hand() {
    let mut record = blank();
    record.status = Status::Failed;
    assert!(filing(&record).remarks[0].contains("未能读出"));
    assert_eq!(withheld(&record, "parties[0].name"), "文件未能读出，请查看原件");
}

#[test]
fn every_finding_stands_under_a_head() {
    let mut record = mismatch();
    for rule in ["dual-forum", "a-rule-of-tomorrow", "key-regulated"] {
        record.findings.push(hit(rule, rule, Vec::new()));
    }
    let opinion = forms().fill("opinion", &record).expect("there is one");
    let sorted: usize = opinion.heads.iter().map(|head| head.findings.len()).sum();
    assert_eq!(sorted, record.findings.len());
    let holds = |key: &str, rule: &str| {
        let head = opinion.heads.iter().find(|head| head.key == key).expect(key);
        head.findings.iter().any(|finding| finding.rule == rule)
    };
    assert!(holds("dispute_and_breach", "dual-forum"));
    assert!(holds("lawfulness", "a-rule-of-tomorrow"));
    assert!(holds("path", "key-regulated"));
    assert_eq!(opinion.heads.iter().filter(|head| head.opinion.is_some()).count(), 0);
}

#[test]
fn heads_name_rules_that_there_are() {
    let text = include_str!("../../../dictionaries/forms/opinion.toml");
    let named = definition::Definition::parse("forms/opinion.toml", text).expect("sound").heads;
    let dictionaries = Dictionaries::embedded();
    let rules: Vec<String> = dictionaries
        .folder("rules")
        .filter_map(|(file, _)| Some(file.rsplit('/').next()?.strip_suffix(".toml")?.to_owned()))
        .collect();
    for rule in named.iter().flat_map(|head| &head.rules) {
        assert!(rules.contains(rule), "{rule}");
    }
}

#[test]
fn an_unknown_form_is_none() {
    assert!(forms().fill("opinion-of-nobody", &blank()).is_none());
    let kinds = [("filing", "政府合同备案登记表"), ("opinion", "合法性审查意见表")];
    assert_eq!(forms().kinds().collect::<Vec<_>>(), kinds);
}
