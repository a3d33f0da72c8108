//! Chinese as it is written: sums and days in any spelling, sounds, look-alikes, parts of codes.

use super::*;

#[test]
fn a_sum_is_found_in_any_spelling() {
    let shelf = Shelf::of_texts(&[
        "合同总价为人民币壹佰贰拾捌万元整。",
        "合同总价为1,280,000.00元。",
        "合同总价为128万元。",
        "合计\t１，２８０，０００．００",
        "合同总价为12.8万元。",
    ]);
    for query in ["128万元", "1280000", "1,280,000.00", "壹佰贰拾捌万元整", "¥1,280,000元"] {
        assert_eq!(shelf.ids(query), ["a", "b", "c", "d"], "{query}");
    }
    let marks: Vec<_> = shelf.ask("128万元").hits.iter().flat_map(|hit| marked(&hit.passages[0])).collect();
    for mark in ["壹佰贰拾捌万元整", "1,280,000.00元", "128万元"] {
        assert!(marks.contains(&mark.to_owned()), "{mark}: {marks:?}");
    }
    assert_eq!(shelf.ids("“128万元”"), ["c"], "quoted: as written");
    assert_eq!(shelf.ids("总价 -128万元"), ["a", "b", "e"], "excluded: as written");
}

#[test]
fn a_day_is_found_in_any_spelling() {
    let shelf = Shelf::of_texts(&[
        "签订于2024年3月5日。",
        "签订于二〇二四年三月五日。",
        "签订于2024.03.05。",
        "签订于2024-3-15。",
    ]);
    for query in ["2024年3月5日", "2024-03-05", "2024/3/5", "二〇二四年三月五日", "20240305"] {
        assert_eq!(shelf.ids(query), ["a", "b", "c"], "{query}");
    }
    let hits = shelf.ask("2024-03-05").hits;
    let chinese = hits.iter().find(|hit| hit.id == "b").expect("found");
    assert_eq!(marked(&chinese.passages[0]), ["二〇二四年三月五日"]);
}

#[test]
fn a_sum_in_small_numerals_is_found_by_its_figure() {
    let shelf = Shelf::of_texts(&["罚款二十万元。", "罚款200,000元。", "罚款贰拾万元整。", "罚款二万元。"]);
    for query in ["20万元", "二十万元", "200000", "贰拾万元整"] {
        assert_eq!(shelf.ids(query), ["a", "b", "c"], "{query}");
    }
}

#[test]
fn a_year_asks_for_what_was_signed_in_it() {
    let mut signed = record("b");
    signed.fields.sign_date = value(date(2023, 5, 8));
    let texts = [(record("a"), "物业服务合同，自2023年1月1日起。"), (signed, "物业服务合同，期限三年。")];
    let shelf = Shelf::of(&texts);
    for query in ["2023年物业", "2023 物业", "2023年的物业服务合同"] {
        let hits: Vec<String> = shelf.ask(query).hits.into_iter().map(|hit| hit.id).collect();
        assert_eq!(hits, ["b", "a"], "{query}");
    }
    assert_eq!(shelf.ids("“2023年”"), ["a"], "quoted: as written");
    let options = SearchOptions { explain: true, ..SearchOptions::default() };
    let hits = shelf.index.search("2023年", &options).expect("found").hits;
    let reason = hits.iter().find(|hit| hit.id == "b").and_then(|hit| hit.why.first());
    assert_eq!(reason.map(|reason| reason.fields.as_slice()), Some(["year".to_owned()].as_slice()));
}

#[test]
fn names_are_found_by_their_sound() {
    let mut a = record("a");
    a.fields.title = value("物业管理服务合同".to_owned());
    a.fields.parties = vec![party("深圳市罗湖区教育局"), party("重庆鹏劭珩有限公司")];
    let shelf = Shelf::of(&[(a, "正文"), (record("b"), "罗湖区教育局")]);
    for query in ["luohuqu", "lhqjyj", "luohuqjyj", "jiaoyuju", "chongqing", "cqpsh", "wyglfw", "LUOHU"] {
        assert_eq!(shelf.ids(query), ["a"], "{query}");
    }
    assert!(shelf.ids("zhongguo").is_empty());
}

#[test]
fn letters_that_are_written_are_found_as_written() {
    let shelf = Shelf::of_texts(&["使用HT系统。", "使用OA系统。"]);
    assert_eq!(shelf.ids("ht"), ["a"]);
    assert_eq!(shelf.ids("OA"), ["b"]);
}

#[test]
fn traditional_and_simplified_are_one() {
    let shelf = Shelf::of_texts(&["賣方應當向買方交付貨物，總價壹萬圓。", "卖方应当向买方交付货物"]);
    assert_eq!(shelf.ids("“买方交付货物”"), ["a", "b"]);
    assert_eq!(shelf.ids("買方交付貨物"), ["a", "b"]);
    assert_eq!(shelf.ids("10000元"), ["a"]);
}

#[test]
fn a_character_misread_is_found_and_said() {
    let shelf = Shelf::of_texts(&["乙方巳经完成。", "付款期未付清。"]);
    let answer = shelf.ask("乙方己经");
    assert_eq!(answer.hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), ["a"]);
    let relaxed = answer.relaxed.expect("said");
    assert_eq!(relaxed.step, "look-alikes");
    assert!(relaxed.message.contains("核对原件"), "{}", relaxed.message);
    assert!(marked(&answer.hits[0].passages[0]).iter().any(|mark| mark.contains("巳")));
}

#[test]
fn a_part_of_a_code_is_found_and_said() {
    let shelf = Shelf::of_texts(&["编号LHCG-2024-0136，单价12.50元。", "编号LHCG-2024-0999。"]);
    for query in ["“24-01”", "“CG-2024-013”", "LHCG-2024-01", "“2.50元”"] {
        let answer = shelf.ask(query);
        assert_eq!(answer.hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), ["a"], "{query}");
        assert_eq!(answer.relaxed.expect("said").step, "inside", "{query}");
        assert!(!answer.hits[0].passages.is_empty(), "{query}");
    }
    assert_eq!(shelf.ask("2.50元").total, 0, "half a figure is another figure");
}

/// Clauses of every script and with everything that is hard on an index.
const CLAUSES: &[&str] = &[
    "第三条　合同价款：人民币（大写）壹佰贰拾捌万元整（¥1,280,000.00），含6%增值税。",
    "付款至乙方账号：4403 0120 0008 8812 3456，开户行：中国工商银行深圳罗湖支行；联系人：欧阳劭珩。",
    "Party A shall pay within 30 days; 逾期每日按0.05‰支付违约金（LPR×1.5倍）。",
    "本合同于二〇二四年三月五日（2024-03-05）签订，𠮷祥路12号A座3-5层，Ａ４纸１０％。",
    "賣方應於簽約後５個工作日內交貨；「不可抗力」除外——詳見附件一、二。",
];

/// Does a stretch begin or end inside a number or code?
fn cuts_a_number(text: &str, start: usize, length: usize) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let code =
        |at: usize| chars.get(at).is_some_and(|c| c.is_alphanumeric() && !crate::text::script::is_hanzi(*c));
    let mark = |at: usize| chars.get(at).is_some_and(|c| ",，.-/% ".contains(*c));
    let joined =
        |at: usize| code(at) && (at > 0) && (code(at - 1) || (mark(at - 1) && at > 1 && code(at - 2)));
    let end = (start + length).min(chars.len());
    let first = (start..end).find(|&at| chars[at].is_alphanumeric()).unwrap_or(start);
    let last = (start..end).rev().find(|&at| chars[at].is_alphanumeric()).unwrap_or(start);
    joined(first) || joined(last + 1) || (code(last) && mark(last + 1)) || joined(last + 2)
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(400))]
    #[test]
    fn every_string_within_a_clause_is_found(which in 0..CLAUSES.len(), start in 0_usize..80, length in 1_usize..40) {
        static SHELF: OnceLock<Shelf> = OnceLock::new();
        let shelf = SHELF.get_or_init(|| Shelf::of_texts(CLAUSES));
        let part: String = CLAUSES[which].chars().skip(start).take(length).collect();
        let part: String = part.chars().map(|c| if matches!(c, '「' | '」') { '、' } else { c }).collect();
        if part.chars().any(char::is_alphanumeric) {
            let answer = shelf.ask(&format!("“{part}”"));
            let id = char::from(b'a' + which as u8).to_string();
            let strict = answer.relaxed.as_ref().is_none_or(|relaxed| relaxed.step == "inside");
            proptest::prop_assert!(strict, "{}: {:?}", part, answer.relaxed);
            let hit = answer.hits.iter().find(|hit| hit.id == id);
            if hit.is_none() && answer.relaxed.is_none() && cuts_a_number(CLAUSES[which], start, length) {
                // Another contract has the very number; a longer one is looked at only where none has it.
                return Ok(());
            }
            proptest::prop_assert!(hit.is_some(), "{} in {}", part, id);
            proptest::prop_assert!(!hit.expect("found").passages.is_empty(), "{}", part);
        }
    }
}
