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
    r"(?:甲方|乙方)[^。]{0,20}(?:(?:支付|付款)[^。]{0,9}元|验收[^,]{0,6}(?:标准|要求))",
    r"[^,]{2,9}(?:支付|付款)[^。;]{0,30}?(?:元|后)[^。]{0,3}$",
    r"(?:[^,。]{0,5}质量|标准)[\s\S]{0,30}?(?:支付|验收)",
    r"(?:支付|支付元|支付[^。]{0,9}元)(?:甲|标准)?",
    r"^(?:甲|乙)[^。]{0,5}(?P<last>[元后]|$)",
    r"^[一二]、|^\d{1,2}(元)?",
    r"[元后。]$",
    r"(?:(甲)|(乙)|方)*支付",
    r"((?:甲?方?)*)支付",
    r"(?:(?P<a>甲)?(?P<b>[^。]*?))+支付",
    r"(?s)^.*?(支付|付款)(.*)$",
    r"(?:(甲{2,3}?)|(甲+))(方?)(?:支付){0,2}",
    r"(\b[a-z]+)?支付(?P<rest>.{2,4}?)(?:元|(?P<end>$))",
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

proptest! {
    #[test]
    fn expressions_apart_find_what_they_find_joined(text in text(), cut in any::<prop::sample::Index>()) {
        let sources = ["[^,。]{0,9}验收", "质量[^。]{0,4}(?:标准|要求)", "支付[\\s\\S]{0,9}?元", "验收(?:合格)?", "(?-u:\\b)ISO", "[甲乙]方|。"];
        let apart = Apart::new(sources.iter().map(|source| Regex::new(source).expect("valid")).collect());
        let joined = regex::Regex::new(&format!("(?:{})", sources.join(")|(?:"))).expect("valid");
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let rest = &text[*cut.get(&bounds)..];
        for (text, shown) in [(&*text, &*text), (&*text, rest), ("", rest)] {
            let found: Vec<_> = within(text, || apart.find_iter(shown).map(|found| found.range()).collect());
            prop_assert_eq!(found, joined.find_iter(shown).map(|m| m.range()).collect::<Vec<_>>());
        }
    }
}

/// The chains of an expression: the words of each link, and how many bytes stand before them.
fn chains(source: &str) -> Vec<Vec<(String, usize, Option<usize>)>> {
    let needs = Needs::of(&regex_syntax::parse(source).expect("valid"));
    let words =
        |set: usize| needs.sets[set].words.iter().map(|word| word.as_str()).collect::<Vec<_>>().join("|");
    let chain =
        |chain: &[needs::Link]| chain.iter().map(|link| (words(link.set), link.least, link.before)).collect();
    needs.chains.iter().map(|links| chain(links)).collect()
}

#[test]
fn the_chains_are_read_off_the_expression() {
    let link = |words: &str, least, before| (words.to_owned(), least, before);
    for (source, wanted) in [
        ("质量[^。]{0,4}(?:标准|要求)", vec![vec![link("质量", 0, Some(0)), link("标准|要求", 6, Some(22))]]),
        ("验收(?:合格)?后", vec![vec![link("验收合格后|验收后", 0, Some(0))]]),
        (
            "(?:仲裁|[^。]*法院|诉讼[^。]{1,2}庭)",
            vec![
                vec![link("法院", 0, None)],
                vec![link("诉讼", 0, Some(0)), link("庭", 7, Some(14))],
                vec![link("仲裁", 0, Some(0))],
            ],
        ),
        ("(?:仲裁)?", vec![]),
        ("^仲裁", vec![vec![link("仲裁", 0, Some(0))]]),
        (r"\d{1,2}元", vec![vec![link("元", 1, Some(8))]]),
    ] {
        assert_eq!(chains(source), wanted, "{source}");
    }
}

#[test]
fn many_chains_are_made_one_that_all_follow() {
    let branches = |from: u32| -> Vec<String> {
        (from..from + 12).filter_map(char::from_u32).map(|c| format!("{c}[^。]{{0,4}}同")).collect()
    };
    let source = format!("(?:{})[^。]{{0,9}}(?:{})", branches(0x4e00).join("|"), branches(0x4e20).join("|"));
    assert_eq!(chains(&source).iter().map(Vec::len).collect::<Vec<_>>(), [3; 12]);
}

#[test]
fn an_expression_is_tried_only_where_a_whole_chain_stands() {
    let text = "质量。标准。质量甚好的东西均须符合标准，质量的标准。".repeat(3);
    let sites = |source: &str| match within(&text, || Regex::new(source).expect("valid").spots(&text)) {
        Spots::At(mut near) => std::iter::from_fn(|| {
            let from = near.peek()?;
            near.at_or_behind(from + 1);
            Some(from)
        })
        .count(),
        _ => 0,
    };
    assert_eq!(sites("质量[^。]{0,4}标准"), 3);
    assert_eq!(sites("质量[^。]{0,40}标准"), 6);
    assert_eq!(sites("质量标准"), 0);
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
    let is_ruled_out = || matches!(regex.spots(&text), Spots::Wanting);
    assert!(!is_ruled_out());
    assert!(within(&text, is_ruled_out) && within(&text, || within(&text, is_ruled_out)));
    assert!(!is_ruled_out());
}
