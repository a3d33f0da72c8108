//! A form goes out as XLSX or JSON, comes back filled in, and becomes decisions.

use jiff::civil::date;
use proptest::prelude::*;
use rust_xlsxwriter::{Formula, Worksheet};

use super::*;
use crate::forms::print::workbook::{CONFIRM, HEADINGS, NONE, ORIGIN, WORKLIST, column};
use crate::model::case::{Actor, CaseId, ContractTypes, DecisionKind, Effective, Word};
use crate::office::{Content, Sheet, read_workbook};

fn form_of(effective: &Effective) -> Form {
    forms()
        .fill_case("filing", &crate::model::sample::case(1, effective.reading().id.clone()), effective, None)
        .expect("a form")
}

fn exported(form: &Form) -> Vec<Sheet> {
    let bytes = to_workbook(form, date(2024, 5, 6).at(7, 8, 9, 0)).expect("made");
    read_workbook(&bytes).expect("read")
}

/// The exported workbook as somebody saves it after `edit`, which may change any cell of the list.
fn saved(form: &Form, edit: impl Fn(&mut Worksheet, &dyn Fn(&str) -> u32)) -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    for sheet in exported(form) {
        let copy = book.add_worksheet().set_name(&sheet.name).expect("named");
        for (row, cells) in sheet.rows() {
            for (column, content) in cells {
                let text = content.typed().unwrap_or_default();
                copy.write(row, *column as u16, text).expect("written");
            }
        }
        let row_of = |key: &str| {
            let is = |row: &u32| sheet.content(*row, column::KEY.into()) == &Content::Text(key.to_owned());
            sheet.rows().map(|(row, _)| row).find(is).unwrap_or_else(|| panic!("a row of {key}"))
        };
        if sheet.name == WORKLIST {
            edit(copy, &row_of);
        }
    }
    book.save_to_buffer().expect("saved")
}

fn answer(sheet: &mut Worksheet, row: u32, word: &str, correction: &str) {
    for (at, text) in [(column::WORD, word), (column::CORRECTION, correction)] {
        if !text.is_empty() {
            sheet.write(row, at, text).expect("written");
        }
    }
}

fn types() -> ContractTypes {
    let pair = |(code, label): (&str, &str)| (code.to_owned(), label.to_owned());
    ContractTypes::new([("service", "服务合同"), ("sale", "买卖合同")].map(pair))
}

fn taken(bytes: &[u8], effective: &Effective) -> Result<Rulings, String> {
    let answers = read_answers(bytes).map_err(|error| error.to_string())?;
    Rulings::new(&answers, &form_of(effective), effective, &types()).map_err(|error| error.to_string())
}

/// What the rulings make of a case, without a store.
fn decided(effective: &Effective, rulings: &Rulings) -> Effective {
    let actor = Actor { name: "王小明".to_owned(), at: "2024-05-06T07:08:09Z".parse().expect("a time") };
    let decision = |ruling: &crate::model::case::Ruling| {
        let (kind, value) = match &ruling.word {
            Word::Confirm => (DecisionKind::Confirmed, effective.value(&ruling.path)),
            Word::Correct(value) => (DecisionKind::Corrected, value.clone()),
            Word::Withdraw => unreachable!("a form takes nothing back"),
        };
        effective.decide(CaseId(1), &ruling.path, kind, value, &actor, None)
    };
    Effective::new(effective.reading().clone(), rulings.decisions.iter().map(decision).collect())
}

fn edited(sheet: &mut Worksheet, row_of: &dyn Fn(&str) -> u32) {
    answer(sheet, row_of("title"), CONFIRM, "");
    answer(sheet, row_of("sign_place"), "", "深圳市福田区");
    answer(sheet, row_of("term_end"), "", "2028年12月31日");
    answer(sheet, row_of("amount"), "", "13,000,000.00元");
    answer(sheet, row_of("contract_number"), NONE, "");
    answer(sheet, row_of("tax"), CONFIRM, "");
    answer(sheet, row_of("budget"), "", "2024年部门预算");
    answer(sheet, row_of("undertaker"), "", "李四");
    answer(sheet, row_of("registered_on"), "", "2024.3.11");
    answer(sheet, row_of("parties[1].phone"), "", "0755-11112222");
    answer(sheet, row_of("contract_type"), "", "服务合同");
    answer(sheet, row_of("direction"), "", "收入");
}

#[test]
fn what_was_filled_in_comes_back_and_stands_on_the_form() {
    let before = Effective::new(full(), Vec::new());
    let rulings = taken(&saved(&form_of(&before), edited), &before).expect("taken");
    assert_eq!(rulings.undertaker.as_deref(), Some("李四"));
    assert_eq!(rulings.registered, Some(date(2024, 3, 11)));
    let after = decided(&before, &rulings);
    let form = form_of(&after);
    let stands = |key: &str| {
        let entry = form.entry(key).expect(key);
        (entry.value.clone().unwrap_or_default(), entry.state)
    };
    let expected = [
        ("title", "物业管理服务采购合同", State::Confirmed),
        ("sign_place", "深圳市福田区", State::Corrected),
        ("term_end", "2028年12月31日", State::Corrected),
        ("term_start", "2024年3月5日", State::Read),
        ("amount", "13,000,000.00元", State::Corrected),
        ("contract_number", "无此项", State::Corrected),
        ("tax", "含税", State::Confirmed),
        ("contract_type", "服务合同", State::Corrected),
        ("direction", "收入", State::Corrected),
        ("budget", "2024年部门预算", State::Filled),
        ("parties[1].phone", "0755-11112222", State::Corrected),
    ];
    for (key, value, state) in expected {
        assert_eq!(stands(key), (value.to_owned(), state), "{key}");
    }
    let place = form.entry("sign_place").expect("there");
    assert_eq!(place.note.as_deref(), Some("原读作“深圳市罗湖区”"));
    assert_eq!(place.decided.as_ref().expect("decided").by, "王小明");
}

#[test]
fn json_says_the_same_as_a_workbook() {
    let before = Effective::new(full(), Vec::new());
    let mut form = form_of(&before);
    let book = taken(&saved(&form, edited), &before).expect("taken");
    let from_book = read_answers(&saved(&form, edited)).expect("read");
    for entry in form.entries_mut() {
        let given = from_book.given.iter().find(|given| given.key == entry.key);
        entry.answer = given.map(|given| given.answer.clone());
    }
    let json = taken(&serde_json::to_vec(&form).expect("JSON"), &before).expect("taken");
    assert_eq!(json.decisions.len(), book.decisions.len());
    assert!(book.decisions.iter().all(|ruling| json.decisions.contains(ruling)));
}

#[test]
fn a_form_that_was_left_alone_changes_nothing() {
    for record in [full(), partly_absent(), mismatch(), blank()] {
        let effective = Effective::new(record, Vec::new());
        let rulings = taken(&saved(&form_of(&effective), |_, _| ()), &effective).expect("taken");
        assert_eq!(rulings, Rulings::default());
    }
}

/// What is said of a form that was edited so.
fn refusal(edit: impl Fn(&mut Worksheet, &dyn Fn(&str) -> u32)) -> String {
    let effective = Effective::new(full(), Vec::new());
    taken(&saved(&form_of(&effective), edit), &effective).expect_err("refused")
}

#[test]
fn what_cannot_be_taken_is_refused_with_its_cell() {
    let formula = refusal(|sheet, row_of| {
        let row = row_of("budget");
        sheet.write(row, column::CORRECTION, Formula::new("=1+1")).expect("written");
    });
    assert!(formula.contains("是公式") && formula.contains("工作表“核对清单”E"), "{formula}");
    let long = refusal(|sheet, row_of| {
        sheet
            .write(row_of("parties[1].account"), column::CORRECTION, 6_222_020_000_000_000_000_i64)
            .expect("written");
    });
    assert!(long.contains("超过15位"), "{long}");
    let moved = refusal(|sheet, _| {
        let row = first_heading(&exported(&form_of(&Effective::new(full(), Vec::new()))));
        sheet.write(row, column::WORD, "更正为").expect("written");
        sheet.write(row, column::CORRECTION, "核定").expect("written");
    });
    assert!(moved.contains("列被移动"), "{moved}");
    let both = refusal(|sheet, row_of| answer(sheet, row_of("title"), CONFIRM, "另一名称"));
    assert!(both.contains("互相矛盾"), "{both}");
    let typed = refusal(|sheet, row_of| {
        answer(sheet, row_of("sign_date"), "", "三月初");
        answer(sheet, row_of("amount"), "", "1200万元");
        answer(sheet, row_of("contract_type"), "", "保洁合同");
        answer(sheet, row_of("filing_number"), NONE, "");
    });
    assert!(typed.contains("服务合同、买卖合同") && typed.contains("备案系统编号”不能清空"), "{typed}");
    assert!(typed.contains("有4处") && typed.contains("签订日期") && typed.contains("金额"), "{typed}");
}

fn first_heading(sheets: &[Sheet]) -> u32 {
    let list = sheets.iter().find(|sheet| sheet.name == WORKLIST).expect("the list");
    list.find_headings(&HEADINGS).expect("headings")
}

#[test]
fn a_form_of_another_contract_or_of_one_that_changed_is_refused() {
    let effective = Effective::new(full(), Vec::new());
    let bytes = saved(&form_of(&effective), edited);
    let mut other = full();
    other.id = "cd34".repeat(16);
    let complaint = taken(&bytes, &Effective::new(other, Vec::new())).expect_err("another");
    assert!(complaint.contains("此表属于合同记录"), "{complaint}");
    let mut changed = full();
    changed.fields.sign_place = Some(value("广州市".to_owned(), "广州市", 800, 0.9));
    let complaint = taken(&bytes, &Effective::new(changed, Vec::new())).expect_err("changed");
    assert!(complaint.contains("签订地点”在导出之后已变为“广州市”"), "{complaint}");
}

#[test]
fn a_masked_form_names_no_number_and_is_not_taken_back() {
    let mut record = full();
    record.fields.parties[1].phone = Some(value("0755-25666666".to_owned(), "电话0755-25666666", 900, 0.9));
    record.fields.parties[1].account = Some(value("44201503500".to_owned(), "账号44201503500", 930, 0.9));
    let effective = Effective::new(record, Vec::new());
    let masked = form_of(&effective).to_masked().expect("a form");
    let json = serde_json::to_string(&masked).expect("JSON");
    for number in ["25666666", "44201503500"] {
        assert!(!json.contains(number), "{number}");
    }
    assert_eq!(masked.entry("parties[1].account").expect("there").value.as_deref(), Some("*******3500"));
    assert_eq!(masked.entry("amount").expect("there").value.as_deref(), Some("12,300,000.50元"));
    for bytes in [saved(&masked, edited), serde_json::to_vec(&masked).expect("JSON")] {
        assert!(taken(&bytes, &effective).expect_err("refused").contains("脱敏件"));
    }
}

#[test]
fn what_is_no_form_is_said_to_be_none() {
    for bytes in [&b"{}"[..], b"{\"schema\":1}", b"", b"PK\x03\x04"] {
        assert!(read_answers(bytes).is_err());
    }
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name(ORIGIN).expect("named");
    let complaint = read_answers(&book.save_to_buffer().expect("saved")).expect_err("no list").to_string();
    assert!(complaint.contains(WORKLIST), "{complaint}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn no_word_that_is_typed_is_lost(words in proptest::collection::vec("[\\PC&&[^=]]{1,40}", 3)) {
        let effective = Effective::new(full(), Vec::new());
        let keys = ["budget", "funding", "kept_at"];
        let bytes = saved(&form_of(&effective), |sheet, row_of| {
            for (key, word) in keys.iter().zip(&words) {
                answer(sheet, row_of(key), "", word);
            }
        });
        let answers = read_answers(&bytes).expect("read");
        for (key, word) in keys.iter().zip(&words) {
            let given = answers.given.iter().find(|given| given.key == *key).map(|given| given.answer.clone());
            let word = word.trim();
            prop_assert_eq!(given, (!word.is_empty()).then(|| Answer::Correct(word.to_owned())));
        }
    }
}
