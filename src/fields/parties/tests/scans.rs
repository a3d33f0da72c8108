//! Party blocks of scanned pages, where seals and lost characters make more or fewer stretches of a line.

use super::super::super::draft::Draft;
use super::super::super::reading::tests::with_scan;
use super::*;

/// Name, legal representative and contact of each party.
fn people(lines: &[(&str, f32, f32)]) -> Vec<[Option<String>; 3]> {
    let parties = with_scan(lines, |reading| {
        let mut draft = Draft::default();
        run(reading, &mut draft);
        draft.fields.parties
    });
    let value = |value: Option<Value<String>>| value.map(|value| value.value);
    let people = |p: Party| [value(p.name), value(p.legal_representative), value(p.contact)];
    parties.into_iter().map(people).collect()
}

#[test]
fn what_stands_below_a_party_is_theirs_however_many_stretches_the_line_has() {
    let lines = [
        ("绿地管养合同", 240.0, 60.0),
        ("甲方：深圳市罗湖区图书馆", 90.0, 100.0),
        ("乙方：上海广康园林绿化有限公司", 90.0, 125.0),
        ("第一条 管养期限两年，合同总价688,750.00元。", 90.0, 150.0),
        ("甲方：    市罗湖      乙方：", 90.0, 500.0),
        ("法定代表人 郑超振         法定代表人：万仲勇", 90.0, 525.0),
        ("联系人：钱荣敏           联系人：刘东凯", 90.0, 550.0),
    ];
    let text = |text: &str| Some(text.to_owned());
    let expected = [
        [text("深圳市罗湖区图书馆"), None, text("钱荣敏")],
        [text("上海广康园林绿化有限公司"), text("万仲勇"), text("刘东凯")],
    ];
    assert_eq!(people(&lines), expected);
}
