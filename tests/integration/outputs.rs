//! What comes out of a review besides the report on the terminal.

use std::fs;
use std::path::{Path, PathBuf};

use crate::program::{answer, complaints, run, text};

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
