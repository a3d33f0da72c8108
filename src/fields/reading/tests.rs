//! Readings made of lines, for the tests of every field, and the parts and rows of such.

use super::*;
use crate::dictionaries::Dictionaries;
use crate::model::sample;
use crate::text::{Composer, from_lines};

/// Reads lines as a contract and looks at it.
pub fn with_reading<R>(source: &str, look: impl FnOnce(&Reading<'_>) -> R) -> R {
    with_unread(source, &[], look)
}

/// The same of a scanned page: lines of characters 12 points wide, with the places where they begin.
pub fn with_scan<R>(lines: &[(&str, f32, f32)], look: impl FnOnce(&Reading<'_>) -> R) -> R {
    let dictionaries = Dictionaries::embedded();
    let lexicon = Lexicon::new(&dictionaries).expect("valid");
    let lines = lines.iter().map(|&(text, x, y)| sample::line(text, x, y)).collect();
    let document = sample::document(vec![sample::scanned_page(lines)]);
    let text = Composer::new(&dictionaries).expect("valid").compose(&document);
    look(&Reading::new(&text, &lexicon))
}

/// The same for a document some of whose pages are not known.
pub fn with_unread<R>(source: &str, unread: &[u32], look: impl FnOnce(&Reading<'_>) -> R) -> R {
    let dictionaries = Dictionaries::embedded();
    let lexicon = Lexicon::new(&dictionaries).expect("valid");
    let composer = Composer::new(&dictionaries).expect("valid");
    let mut text = from_lines(&composer, source);
    text.unread_pages = unread.to_vec();
    look(&Reading::new(&text, &lexicon))
}

fn parts(source: &str) -> Vec<Part> {
    with_reading(source, |reading| reading.rows.iter().map(|row| row.part).collect())
}

#[test]
fn the_parts_of_a_contract_are_told_apart() {
    let source = "服务合同\n甲方：甲局\n第一条 内容\n一、提供服务。\n第二条 其他\n本合同一式两份。\n甲方（盖章）：甲局\n日期：2024年1月1日\n附件一 清单\n1. 台账";
    use Part::*;
    assert_eq!(
        parts(source),
        [Opening, Opening, Clauses, Clauses, Clauses, Clauses, Signature, Signature, Attachment, Attachment]
    );
}

#[test]
fn an_item_that_speaks_of_signing_opens_no_signatures() {
    let source = "租赁合同\n一、其他\n•入住前需完成交接清单签署\n•提交人民法院诉讼解决";
    assert!(parts(source)[2..].iter().all(|part| *part == Part::Clauses));
}

#[test]
fn a_sentence_that_begins_with_a_role_opens_no_signatures() {
    let source = "服务合同\n一、标的\n甲方委托乙方对下列3个系统开展测评：\n甲方权利义务：\n乙方账户：\n二、其他\n甲方（采购人）：\n乙方代表：";
    let found = parts(source);
    assert!(found[2..6].iter().all(|part| *part == Part::Clauses), "{found:?}");
    assert!(found[6..].iter().all(|part| *part == Part::Signature), "{found:?}");
}

#[test]
fn a_table_of_contents_is_no_clause() {
    use Part::*;
    assert_eq!(
        parts("目录\n第一条 标的……1\n第二条 其他……2\n甲方：甲局\n第一条 标的"),
        [Opening, Opening, Opening, Opening, Clauses]
    );
}

#[test]
fn what_is_written_comes_back_without_letter_spacing() {
    with_reading("测 试 合 同 Annex  One（Ａ１）", |reading| {
        assert_eq!(reading.written(0..reading.body.len()), "测试合同Annex One（A1）");
    });
}

#[test]
fn columns_of_a_line_are_segments() {
    with_reading("甲方：甲\t乙方：乙", |reading| {
        assert_eq!(reading.rows[0].segments.len(), 2);
        assert_eq!(reading.rows[0].segments[1].column, 1);
    });
}
