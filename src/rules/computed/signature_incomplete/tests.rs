use crate::dictionaries::Dictionaries;
use crate::fields::Extractors;
use crate::model::record::{Kind, Stage};
use crate::model::{BBox, Confidence, Document, Mark, MarkKind, Page, Seal, sample};
use crate::rules::Packs;
use crate::text::Composer;

const LINES: [(&str, f32, f32); 9] = [
    ("办公家具采购合同", 240.0, 60.0),
    ("甲方：深圳市罗湖区教育局", 90.0, 100.0),
    ("乙方：深圳市致远家具有限公司", 90.0, 125.0),
    ("一、乙方向甲方供应办公桌一百张，合同总价为人民币50,000元。", 90.0, 150.0),
    ("签订地点：深圳市罗湖区　签订日期：2021年3月8日", 90.0, 175.0),
    ("甲方（盖章）：深圳市罗湖区教育局", 90.0, 500.0),
    ("法定代表人或授权代表（签字）：", 90.0, 530.0),
    ("乙方（盖章）：深圳市致远家具有限公司", 90.0, 640.0),
    ("法定代表人或授权代表（签字）：", 90.0, 670.0),
];

fn scan(looked_at: bool, marks: Vec<Mark>, seals: Vec<Seal>) -> Document {
    let lines = LINES.map(|(text, x, y)| sample::line(text, x, y)).to_vec();
    let page = Page { marks, looked_at, ..sample::scanned_page(lines) };
    Document { seals, ..sample::document(vec![page]) }
}

fn seal(kind: &str, text: &str, x: f32, y: f32) -> Seal {
    Seal {
        page: 1,
        bbox: BBox::new(x, y, x + 119.0, y + 119.0),
        shape: "round".to_owned(),
        text: text.to_owned(),
        kind: kind.to_owned(),
        confidence: Confidence::new(0.9),
    }
}

fn ink(y: f32) -> Mark {
    Mark { bbox: BBox::new(300.0, y, 370.0, y + 24.0), kind: MarkKind::Ink }
}

/// What the rule says of a signed scan; empty where it passes.
fn said(document: &Document) -> String {
    let dictionaries = Dictionaries::embedded();
    let text = Composer::new(&dictionaries).expect("valid").compose(document);
    let mut extracted = Extractors::new(&dictionaries).expect("valid").extract(&text);
    extracted.kind = Kind::Contract;
    extracted.stage = Stage::Signed;
    let review = Packs::new(&dictionaries).expect("valid").review(&text, &extracted);
    let found = review.findings.into_iter().find(|finding| finding.rule == "signature-incomplete");
    found.map(|finding| finding.message).unwrap_or_default()
}

#[test]
fn signed_and_sealed_by_both_is_complete() {
    let seals = vec![seal("公章", "", 200.0, 440.0), seal("合同专用章", "", 200.0, 590.0)];
    assert_eq!(said(&scan(true, vec![ink(525.0), ink(665.0)], seals)), "");
}

#[test]
fn an_empty_slot_of_the_government_side_is_named() {
    let seals = vec![seal("合同专用章", "", 200.0, 620.0)];
    let message = said(&scan(true, vec![ink(665.0)], seals));
    assert!(message.contains("甲方公章或合同专用章、甲方签字"), "{message}");
    assert!(!message.contains("乙方"), "{message}");
}

#[test]
fn a_finance_seal_does_not_stand_for_the_body() {
    let seals = vec![seal("财务专用章", "深圳市罗湖区教育局", 200.0, 440.0)];
    let message = said(&scan(true, vec![ink(525.0), ink(665.0)], seals));
    assert!(message.contains("所见为财务专用章"), "{message}");
}

#[test]
fn a_seal_that_names_its_party_is_that_party_s_wherever_it_stands() {
    let seals = vec![seal("公章", "深圳市罗湖区教育局", 420.0, 700.0)];
    assert_eq!(said(&scan(true, vec![ink(525.0), ink(665.0)], seals)), "");
}

#[test]
fn the_other_side_needs_one_of_the_two() {
    let seals = vec![seal("公章", "深圳市罗湖区教育局", 200.0, 440.0)];
    let message = said(&scan(true, vec![ink(525.0)], seals));
    assert!(message.contains("乙方签字或盖章"), "{message}");
}

/// A table on a page: the label in one column, the name in the next.
#[test]
fn a_name_in_the_next_column_is_in_the_slot() {
    let mut document = scan(false, Vec::new(), Vec::new());
    for line in &mut document.pages[0].lines {
        line.text = line.text.replace("（签字）：", "（签字）    庄彦博");
        line.edges.clear();
    }
    assert_eq!(said(&document), "");
}

#[test]
fn without_a_picture_nothing_is_said_of_seals() {
    let message = said(&scan(false, Vec::new(), Vec::new()));
    assert!(message.contains("甲方签字") && !message.contains("公章"), "{message}");
}
