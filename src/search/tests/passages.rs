//! Which stretches of a contract are shown, and what in them is marked.

use super::*;
use crate::search::card::Card;
use crate::search::marker::Marker;
use crate::search::passage::passages;
use crate::search::plan::Level;

#[test]
fn highlights_stand_where_the_words_are() {
    let shelf = Shelf::of_texts(&["𠀀𠀁前言。\n乙方交付保洁　服 务，每日违约金ＡＢ１２元；𠀂其他。"]);
    let hit = &shelf.ask("保洁服务 AB12").hits[0];
    let passage = &hit.passages[0];
    assert_eq!(marked(passage), ["保洁　服 务", "ＡＢ１２"]);
    let content: Vec<char> =
        "𠀀𠀁前言。\n乙方交付保洁　服 务，每日违约金ＡＢ１２元；𠀂其他。".chars().collect();
    let verbatim: String = content[passage.start..passage.end].iter().collect();
    assert_eq!(verbatim, passage.text);
}

#[test]
fn overlapping_words_are_one_highlight() {
    let shelf = Shelf::of_texts(&["履约保证金、保证金、保证"]);
    let hit = &shelf.ask("履约保证金 保证金 保证").hits[0];
    assert_eq!(marked(&hit.passages[0]), ["履约保证金", "保证金", "保证"]);
}

#[test]
fn a_number_inside_a_longer_one_is_not_marked() {
    let shelf = Shelf::of_texts(&["共2050台，其中50台备用。"]);
    assert_eq!(marked(&shelf.ask("50").hits[0].passages[0]), ["50"]);
}

#[test]
fn the_passage_with_most_words_comes_first() {
    let long = "违约金另议。".repeat(40) + "逾期交货的，每日违约金千分之三。" + &"双方另议。".repeat(40);
    let shelf = Shelf::of_texts(&[&long]);
    let passage = &shelf.ask("逾期交货违约金").hits[0].passages[0];
    assert!(passage.text.contains("逾期交货的，每日违约金"), "{passage:?}");
    assert!(passage.text.chars().count() <= 130);
}

#[test]
fn passages_show_every_word_that_was_asked_for() {
    let filler = "双方另议其他事项。".repeat(30);
    let text = format!(
        "罗湖区采购合同\n第一条 地点\n罗湖区罗湖街道，罗湖。{filler}\n第二条 罗湖\n罗湖区。{filler}\n\
         第七条 履约保证金\n乙方提交保证。{filler}"
    );
    let shelf = Shelf::of_texts(&[&text]);
    for query in ["履约保证金 罗湖", "罗湖 履约保证金", "罗湖区 罗湖街道 履约保证金"]
    {
        let hit = &shelf.ask(query).hits[0];
        let marks: Vec<String> = hit.passages.iter().flat_map(marked).collect();
        assert!(marks.iter().any(|mark| mark.starts_with("罗湖")), "{query}: {marks:?}");
        assert!(marks.contains(&"履约保证金".to_owned()), "{query}: {marks:?}");
        assert_eq!(hit.passages.len(), 2);
    }
}

#[test]
fn a_word_said_thousands_of_times_keeps_no_other_out() {
    let shelf = Shelf::of_texts(&[&("甲方应当。".repeat(5_000) + "电梯维保。")]);
    let hit = &shelf.ask("甲方 电梯").hits[0];
    assert!(hit.passages.iter().flat_map(marked).any(|mark| mark == "电梯"));
}

#[test]
fn a_word_is_not_shown_by_its_parts() {
    let filler = "双方另议其他事项。".repeat(30);
    let text =
        format!("逾期的，交货的，违约金另议。{filler}\n逾期交货违约金为百分之三。{filler}\n电梯。{filler}");
    let hit = &Shelf::of_texts(&[&text]).ask("逾期交货违约金 电梯").hits[0];
    let marks: Vec<String> = hit.passages.iter().flat_map(marked).collect();
    assert_eq!(marks, ["逾期交货违约金", "电梯"]);
}

#[test]
fn no_passage_shows_only_parts_of_what_is_shown_whole() {
    let filler = "双方另议其他事项。".repeat(30);
    let text =
        format!("深圳市罗湖区教育局。{filler}\n争议由深圳国际仲裁院仲裁。{filler}\n深圳市某公司。{filler}");
    let hit = &Shelf::of_texts(&[&text]).ask("深圳国际仲裁院").hits[0];
    assert_eq!(hit.passages.len(), 1, "{:?}", hit.passages);
}

#[test]
fn a_passage_names_its_clause_and_stays_inside_it() {
    let shelf = Shelf::of_texts(&[
        "采购合同\n第一条 付款\n甲方验收后付款。\n第二条 争议解决\n争议由人民法院管辖。\n第三条 其他\n本合同一式陆份。",
    ]);
    let hit = &shelf.ask("争议 管辖").hits[0];
    let passage = &hit.passages[0];
    assert_eq!(passage.clause.as_deref(), Some("第二条 争议解决"));
    assert!(!passage.text.contains("一式陆份"), "{passage:?}");
    assert_eq!(marked(passage), ["争议", "争议", "管辖"]);
}

/// Every way in which a question may have been answered.
const LEVELS: [Level; 6] =
    [Level::Asked, Level::Inside, Level::Alike, Level::SubWords, Level::AtLeast(1), Level::AnyWord];

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]

    /// Whatever is asked of whatever text: passages are stretches of it, and highlights stand inside them, in order.
    #[test]
    fn passages_of_any_text_are_stretches_of_it(
        content in "([物业违约金逾期零壹贰万元0-9.,%年月日ａＢ　 \\n\\t、。：“”]{1,12}|\\PC{0,6}|第[一二]条 ?){0,30}",
        question in "([物业违约金逾期壹万元0-9%年月a]{1,6}~? ?){1,4}",
    ) {
        let (text, lexicon) = (text(&content), lexicon());
        let Ok(node) = query::parse(&question) else { return Ok(()) };
        let card = Card::of(&record("a"), &text);
        let folded = lexicon.fold(&text.content);
        for level in LEVELS {
            let matches = Marker::of(&lexicon, &node, level).matches(&lexicon, &folded);
            for passage in passages(&text.content, &folded, &card, &matches, 3) {
                let there: String =
                    text.content.chars().skip(passage.start).take(passage.end - passage.start).collect();
                proptest::prop_assert_eq!(&there, &passage.text);
                let (length, mut end) = (there.chars().count(), 0);
                proptest::prop_assert!(!passage.highlights.is_empty());
                for [from, to] in &passage.highlights {
                    proptest::prop_assert!(end <= *from && from < to && *to <= length, "{:?}", passage);
                    end = *to;
                }
            }
        }
    }
}
