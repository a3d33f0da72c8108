//! Ledgers as offices keep them, good and bad.

use jiff::civil::date;
use rust_decimal::Decimal;

use super::*;
use crate::dictionaries::Dictionaries;
use crate::model::case::CaseId;
use crate::office::{Sheet, read_workbook};

/// A sheet with a title line, headings in the second row, and rows of text below.
fn sheets(headings: &[&str], rows: &[&[&str]]) -> Vec<Sheet> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("台账").expect("a name");
    sheet.write(0, 0, "2024年合同台账").expect("written");
    let lines = std::iter::once(headings).chain(rows.iter().copied());
    for (row, cells) in (1..).zip(lines) {
        for (column, cell) in (0..).zip(cells) {
            match cell.strip_prefix('=') {
                Some(formula) => sheet.write_formula(row, column, formula).map(drop).expect("written"),
                None => sheet.write(row, column, *cell).map(drop).expect("written"),
            }
        }
    }
    read_workbook(&book.save_to_buffer().expect("made")).expect("read")
}

const HEADINGS: &[&str] = &[
    "序号",
    "合同编号",
    "合同名称*",
    "乙方（全称）",
    "合同金额（万元）",
    "签订日期",
    "承办科室",
    "备案编号",
];

fn guess(sheets: &[Sheet]) -> Mapping {
    Mapping::guess(sheets, &Dictionaries::embedded()).expect("a dictionary").expect("headings")
}

fn rows(lines: &[&[&str]]) -> Reading {
    let sheets = sheets(HEADINGS, lines);
    let mapping = guess(&sheets);
    read(mapping.sheet(&sheets).expect("in place"), &mapping)
}

fn candidate(case: i64, title: &str, number: Option<&str>, party: &str, amount: i64) -> Candidate {
    Candidate {
        case: CaseId(case),
        record: format!("{case:08}"),
        title: Some(title.to_owned()),
        numbers: number.map(str::to_owned).into_iter().collect(),
        parties: vec![party.to_owned()],
        amount: Some(Decimal::from(amount)),
        sign_date: Some(date(2024, 3, 5)),
    }
}

fn row(number: u32, contract_number: Option<&str>, title: &str, party: &str, amount: i64) -> LedgerRow {
    LedgerRow {
        row: number,
        contract_number: contract_number.map(str::to_owned),
        title: Some(title.to_owned()),
        party: Some(party.to_owned()),
        amount: Some(Decimal::from(amount)),
        ..LedgerRow::default()
    }
}

#[test]
fn columns_are_guessed_and_come_back_out_of_their_file() {
    let sheets = sheets(HEADINGS, &[]);
    let mapping = guess(&sheets);
    assert_eq!((mapping.sheet.as_str(), mapping.heading_row), ("台账", 2));
    let found: Vec<Column> = mapping.headings().map(|(column, _)| column).collect();
    let expected = [
        Column::ContractNumber,
        Column::FilingNumber,
        Column::Title,
        Column::Party,
        Column::Amount,
        Column::SignDate,
        Column::Department,
    ];
    assert_eq!(found, expected);
    let file = toml::to_string(&mapping).expect("TOML");
    assert_eq!(toml::from_str::<Mapping>(&file).expect("read back"), mapping);
}

#[test]
fn a_sheet_without_headings_is_no_ledger() {
    let guessed =
        Mapping::guess(&sheets(&["甲", "乙"], &[]), &Dictionaries::embedded()).expect("a dictionary");
    assert_eq!(guessed, Err(MappingError::NoHeadings));
}

#[test]
fn a_moved_column_is_refused_with_its_cell() {
    let mapping = guess(&sheets(HEADINGS, &[]));
    let mut moved = HEADINGS.to_vec();
    moved.swap(2, 3);
    let told = mapping.sheet(&sheets(&moved, &[])).expect_err("moved").to_string();
    assert!(told.contains("工作表“台账”C2处应为“合同名称*”，现为“乙方（全称）”"), "{told}");
}

#[test]
fn rows_become_values() {
    let reading = rows(&[
        &["1", "LH-1", "设备采购合同", "样例公司", "12.3", "2024年3月5日", "信息科", ""],
        &["2", "", "合计", "", "12.3", "", "", ""],
    ]);
    assert_eq!(reading.faults, []);
    assert_eq!(reading.left_out, [4]);
    let row = &reading.rows[0];
    assert_eq!(
        (row.row, row.amount, row.sign_date),
        (3, Some(Decimal::from(123_000)), Some(date(2024, 3, 5)))
    );
    assert_eq!(row.department.as_deref(), Some("信息科"));
}

#[test]
fn a_unit_in_a_cell_is_that_of_the_cell() {
    let amounts = ["123000元", "12.3万元", "12.3"].map(|amount| {
        let reading = rows(&[&["1", "LH-1", "设备采购合同", "样例公司", amount, "", "", ""]]);
        reading.rows[0].amount
    });
    assert_eq!(amounts, [Some(Decimal::from(123_000)); 3]);
}

#[test]
fn what_is_no_value_is_told_with_its_cell() {
    let reading = rows(&[
        &["1", "LH-1", "设备采购合同", "样例公司", "=1+1", "2024-02-30", "", ""],
        &["2", "LH-2", "服务合同", "样例公司", "面议", "", "", ""],
    ]);
    let told: Vec<String> =
        reading.faults.iter().map(|fault| format!("{}{}", fault.place, fault.problem)).collect();
    assert_eq!(told.len(), 3);
    assert!(told[0].starts_with("工作表“台账”E3是公式"), "{told:?}");
    assert!(told[1].starts_with("工作表“台账”F3“2024-02-30”不是日期"), "{told:?}");
    assert!(told[2].starts_with("工作表“台账”E4“面议”不是金额"), "{told:?}");
}

#[test]
fn rows_find_their_contracts_by_number_then_title_and_party() {
    let archive = vec![
        candidate(1, "设备采购合同", Some("LH－1"), "样例公司", 100),
        candidate(2, "物业服务合同", None, "物业（集团）公司", 200),
        candidate(3, "法律顾问合同", None, "律师事务所", 300),
    ];
    let ledger = vec![
        row(3, Some("lh-1"), "设备采购", "样例公司", 110),
        row(4, None, "物业服务合同", "物业(集团)公司", 200),
        row(5, None, "没有的合同", "某公司", 1),
    ];
    let comparison = Comparison::of(ledger, archive);
    let ways: Vec<_> = comparison.matched.iter().map(|m| (m.row.row, m.case.0, m.way)).collect();
    assert_eq!(ways, [(3, 1, Way::Number), (4, 2, Way::TitleAndParty)]);
    assert_eq!(
        comparison.matched[0].differences,
        ["名称：台账“设备采购”，合同“设备采购合同”", "金额：台账 110，合同 100"]
    );
    assert_eq!(comparison.only_in_ledger.len(), 1);
    assert_eq!(comparison.only_in_archive.iter().map(|c| c.case.0).collect::<Vec<_>>(), [3]);
}

#[test]
fn several_parties_of_one_cell_are_all_there() {
    let two = Candidate {
        parties: vec!["甲公司".to_owned(), "乙（深圳）公司".to_owned()],
        ..candidate(1, "车辆租赁合同", Some("LH-1"), "", 100)
    };
    let told = |party: &str| {
        let row = row(3, Some("LH-1"), "车辆租赁合同", party, 100);
        Comparison::of(vec![row], vec![two.clone()]).matched[0].differences.len()
    };
    assert_eq!([told("甲公司、乙(深圳)公司"), told("甲公司"), told("甲公司、丙公司")], [0, 0, 1]);
}

#[test]
fn what_fits_twice_is_left_to_a_person() {
    let twice =
        vec![candidate(1, "服务合同", None, "甲公司", 100), candidate(2, "服务合同", None, "甲公司", 200)];
    let ledger = vec![row(3, None, "服务合同", "甲公司", 999)];
    assert_eq!(Comparison::of(ledger, twice.clone()).several.len(), 1);
    // The price tells which.
    let told = Comparison::of(vec![row(3, None, "服务合同", "甲公司", 200)], twice.clone());
    assert_eq!(told.matched[0].case, CaseId(2));
    let doubled =
        vec![row(3, Some("A"), "服务合同", "甲公司", 200), row(4, Some("A"), "服务合同", "甲公司", 200)];
    let comparison = Comparison::of(doubled, twice);
    assert_eq!((comparison.matched.len(), comparison.several.len()), (0, 2));
    assert_eq!(comparison.duplicates, [vec![3, 4]]);
}
