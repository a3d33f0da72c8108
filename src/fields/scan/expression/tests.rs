use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// Expressions of every shape that the house writes.
const SHAPES: &[&str] = &[
    r"质量[^。]{0,4}(?:标准|要求)",
    r"(?:甲方|乙方)[^,。;]{0,6}(?P<what>支付|付款)",
    r"[^,。;\n]{0,3}验收(?:合格)?后",
    r"[^x]{0,3}验收(?:合格)?后?",
    r"[\s\S]{0,5}支付[\s\S]{0,5}",
    r"[\s\S]*支付",
    r"支付[\s\S]*?元",
    r"(?m)^(?P<a>[一二三\d]{1,2})[、.]验收$",
    r"^甲方(?:支付)?",
    r"^[^。]{0,5}支付",
    r"支付$",
    r"支付.{0,3}$",
    r"甲?乙?",
    r"(?P<n>\d+)(?:元|万元)",
    r"验收|支付[^。]{0,3}元|(?:质量)?标准$",
    r"^甲方|支付",
    r"(?i)ISO\s*\d+|质量iso",
    r"(?-u:\b)ISO(?-u:\b)",
    r"\b支付\b",
    r"(?:支付|付款)(?:;|。)甲",
    r"(?:元|[\p{Han}]{2}标准)+",
    r"(?:支付|支付元|支付[^。]{0,9}元)(?:甲|标准)?",
];

fn text() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "甲方",
        "乙方",
        "质量",
        "标准",
        "要求",
        "支付",
        "付款",
        "验收",
        "合格",
        "后",
        "元",
        "万元",
        "12",
        "一、",
        "ISO",
        "iso",
        " ",
        "。",
        ";",
        ",",
        "\n",
        "\t",
        "x",
        "甲",
        "本合同",
        "在其他情况下",
    ]);
    proptest::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

/// What an expression finds in a text is what the engine finds.
fn finds_the_same(regex: &Regex, engine: &regex::Regex, text: &str) -> Result<(), TestCaseError> {
    let source = regex.as_str();
    prop_assert_eq!(regex.is_match(text), engine.is_match(text), "{}", source);
    let found: Vec<_> = regex.find_iter(text).map(|found| found.range()).collect();
    prop_assert_eq!(found, engine.find_iter(text).map(|m| m.range()).collect::<Vec<_>>(), "{}", source);
    prop_assert_eq!(regex.find(text).map(|m| m.range()), engine.find(text).map(|m| m.range()), "{}", source);
    let groups = |found: Captures<'_>| found.iter().map(|g| g.map(|g| g.range())).collect::<Vec<_>>();
    let theirs = |found: regex::Captures<'_>| found.iter().map(|g| g.map(|g| g.range())).collect::<Vec<_>>();
    let captured: Vec<_> = regex.captures_iter(text).map(groups).collect();
    prop_assert_eq!(captured, engine.captures_iter(text).map(theirs).collect::<Vec<_>>(), "{}", source);
    prop_assert_eq!(regex.captures(text).map(groups), engine.captures(text).map(theirs), "{}", source);
    prop_assert_eq!(regex.replace_all(text, "某$0"), engine.replace_all(text, "某$0"), "{}", source);
    prop_assert_eq!(regex.replace(text, "某"), engine.replace(text, "某"), "{}", source);
    Ok(())
}

proptest! {
    #[test]
    fn what_is_found_is_what_the_engine_finds(text in text(), cuts in any::<[prop::sample::Index; 4]>()) {
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let cut = |index: usize| *cuts[index].get(&bounds);
        let stretches = [(0, text.len()), (cut(0).min(cut(1)), cut(0).max(cut(1))), (cut(2).min(cut(3)), cut(2).max(cut(3)))];
        within(&text, || {
            for source in SHAPES {
                let (regex, engine) = (Regex::new(source).expect("valid"), regex::Regex::new(source).expect("valid"));
                for (start, end) in stretches {
                    finds_the_same(&regex, &engine, &text[start..end])?;
                }
            }
            Ok::<(), TestCaseError>(())
        })?;
    }
}

fn needs(source: &str) -> Vec<(BTreeSet<String>, Option<usize>)> {
    let needs = Needs::of(&regex_syntax::parse(source).expect("valid"));
    let words = |need: &needs::Need| need.words.iter().map(|word| word.as_str().to_owned()).collect();
    needs.sets.iter().map(|need| (words(need), need.before)).collect()
}

fn set<const N: usize>(words: [&str; N]) -> BTreeSet<String> {
    words.map(str::to_owned).into()
}

#[test]
fn the_words_are_read_off_the_expression() {
    for (source, wanted) in [
        ("质量[^。]{0,4}(?:标准|要求)", vec![(set(["质量"]), Some(0)), (set(["标准", "要求"]), Some(22))]),
        ("验收(?:合格)?后", vec![(set(["验收合格后", "验收后"]), Some(0))]),
        ("(?:仲裁|[^。]*法院)", vec![(set(["仲裁", "法院"]), None)]),
        ("(?:仲裁)?", vec![]),
        ("^仲裁", vec![(set(["仲裁"]), Some(0))]),
        (r"\d{1,2}元", vec![(set(["元"]), Some(8))]),
    ] {
        assert_eq!(needs(source), wanted, "{source}");
    }
}

#[test]
fn a_text_is_cut_where_no_match_goes_on() {
    let stops = |source: &str| Needs::of(&regex_syntax::parse(source).expect("valid")).stops;
    assert_eq!(stops("质量[^。]{0,4}标准"), ['。']);
    assert_eq!(stops("质量.{0,4}标准"), ['\n']);
    assert_eq!(stops("(?m)质量标准$"), ['\n', '。', ';', '\t'][..1]);
    assert_eq!(stops("质量标准$"), Vec::<char>::new());
}

#[test]
fn a_text_is_listed_only_for_the_time_of_the_work() {
    let text = "质量标准".repeat(20);
    let regex = Regex::new("验收标准").expect("valid");
    let is_ruled_out = || matches!(regex.spots(&text), Spots::Nowhere);
    assert!(!is_ruled_out());
    assert!(within(&text, is_ruled_out) && within(&text, || within(&text, is_ruled_out)));
    assert!(!is_ruled_out());
}
