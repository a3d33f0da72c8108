mod slanted;

use proptest::prelude::*;

use super::*;
use crate::model::sample::{document, page};
use crate::model::{BBox, Cell, Issue, Joint, Level, Line, Page, Stage};
use crate::platform::thread_seconds;

fn composer() -> Composer {
    Composer::new(&Dictionaries::embedded()).expect("the dictionaries are sound")
}

/// A line of 12-point text at (x, y) with true edges.
fn line(x: f32, y: f32, text: &str) -> Line {
    let mut edges = vec![x];
    for c in text.chars() {
        let width = if script::columns(c) == 2 { 12.0 } else { 6.0 };
        edges.push(edges[edges.len() - 1] + width);
    }
    let right = edges[edges.len() - 1];
    Line {
        text: text.to_owned(),
        bbox: BBox::new(x, y, right, y + 12.0),
        edges,
        size: 12.0,
        joint: Joint::Free,
        confidences: Vec::new(),
    }
}

/// Lays paragraphs out in 35 hanzi a line, with margins at 90 and 510, with an indent of two, 20 points a line.
fn typeset(paragraphs: &[&str], top: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut y = top;
    for paragraph in paragraphs {
        let chars: Vec<char> = paragraph.chars().collect();
        let first = chars.len().min(33);
        let (head, tail) = chars.split_at(first);
        lines.push(line(114.0, y, &head.iter().collect::<String>()));
        y += 20.0;
        for rest in tail.chunks(35) {
            lines.push(line(90.0, y, &rest.iter().collect::<String>()));
            y += 20.0;
        }
    }
    lines
}

/// Lines of table cells, each hanging together with the one before it.
fn cells(lines: &[(f32, f32, &str, Joint)]) -> Vec<Line> {
    lines.iter().map(|&(x, y, text, joint)| Line { joint, ..line(x, y, text) }).collect()
}

#[test]
fn the_lines_of_a_cell_and_the_cells_of_a_row_are_one_paragraph() {
    let mut lines = typeset(&[LONG], 120.0);
    lines.extend(cells(&[
        (94.0, 230.0, "第37个月至第68个", Joint::Free),
        (94.0, 245.0, "月", Joint::Cell),
        (220.0, 237.0, "32", Joint::Row),
        (300.0, 230.0, "Design and", Joint::Row),
        (300.0, 245.0, "build", Joint::Cell),
    ]));
    lines.push(line(94.0, 270.0, "合计"));
    let text = composer().compose(&document(vec![page(1, lines)]));
    assert_eq!(text.content, format!("{LONG}\n第37个月至第68个月\t32\tDesign and build\n合计"));
}

#[test]
fn a_clause_in_a_cell_begins_a_paragraph() {
    let lines = cells(&[
        (94.0, 230.0, "第一条 甲方的", Joint::Free),
        (94.0, 245.0, "义务", Joint::Cell),
        (300.0, 230.0, "第二条 乙方的", Joint::Row),
        (300.0, 245.0, "义务", Joint::Cell),
    ]);
    let text = composer().compose(&document(vec![page(1, lines)]));
    assert_eq!(text.content, "第一条 甲方的义务\n第二条 乙方的义务");
}

const LONG: &str = "本合同项下货物的所有权自验收合格之日起转移至采购人，在此之前货物毁损、灭失的风险由供应商承担，因采购人原因造成的除外，但供应商应当及时采取措施防止损失扩大，并在二十四小时内书面通知采购人，否则就扩大的损失承担责任。";

#[test]
fn lines_join_into_paragraphs() {
    let paragraphs = [LONG, "第二条 付款", LONG, "短句。", LONG];
    let text = composer().compose(&document(vec![page(1, typeset(&paragraphs, 120.0))]));
    assert_eq!(text.content, paragraphs.join("\n"));
    assert!(text.pieces.len() > text.paragraphs.len());
}

#[test]
fn a_paragraph_goes_on_over_a_page_break() {
    let lines = typeset(&[LONG, "短句。", LONG, LONG, LONG], 120.0);
    let at = lines.len() - 2;
    let mut second = lines[at..].to_vec();
    for (n, line) in second.iter_mut().enumerate() {
        line.bbox = BBox::new(line.bbox.x0, 120.0 + 20.0 * n as f32, line.bbox.x1, 132.0 + 20.0 * n as f32);
    }
    let text = composer().compose(&document(vec![page(1, lines[..at].to_vec()), page(2, second)]));
    assert_eq!(text.content, [LONG, "短句。", LONG, LONG, LONG].join("\n"));
    let span = text.span_of_shadow(text.shadow.text.rfind("承担责任").map(|at| at..at + 12).expect("there"));
    assert!(matches!(span.places.last(), Some(crate::model::Place::Page { page: 2, .. })), "{span:?}");
}

#[test]
fn titles_labels_and_columns_stand_alone() {
    let mut lines = vec![
        line(252.0, 100.0, "政府采购合同"),
        line(90.0, 130.0, "合同编号：LH-2024-001"),
        line(90.0, 150.0, "甲方：深圳市罗湖区某某局"),
        line(90.0, 170.0, "乙方：深圳市某某有限公司"),
    ];
    lines.extend(typeset(&[LONG, LONG], 200.0));
    lines.push(line(90.0, 400.0, "甲方（盖章）：          乙方（盖章）："));
    lines.push(line(90.0, 420.0, "日期：                  日期："));
    let text = composer().compose(&document(vec![page(1, lines)]));
    let folded: Vec<&str> = text.folded().lines().collect();
    assert_eq!(
        folded[..4],
        ["政府采购合同", "合同编号:LH-2024-001", "甲方:深圳市罗湖区某某局", "乙方:深圳市某某有限公司"]
    );
    assert_eq!(folded[6..], ["甲方(盖章):\t乙方(盖章):", "日期:\t日期:"]);
    assert!(text.paragraphs[0].centred);
}

#[test]
fn cells_of_a_signature_row_come_together() {
    let mut lines = typeset(&[LONG, LONG], 120.0);
    let names = ["甲方（盖章）：深圳市罗湖区某某事务", "乙方（盖章）：深圳市某某科技股份有"];
    let mut row = line(90.0, 400.0, &format!("{}    {}", names[0], names[1]));
    for edge in row.edges.iter_mut().skip(names[0].chars().count() + 4) {
        *edge += 490.0 - row.bbox.x1;
    }
    row.bbox.x1 = 490.0;
    let second = row.edges[names[0].chars().count() + 4];
    let mut rest = line(90.0, 420.0, "管理局  限公司");
    rest.edges.splice(5.., [second, second + 12.0, second + 24.0, second + 36.0]);
    lines.extend([row, rest, line(90.0, 440.0, "日期：")]);
    let text = composer().compose(&document(vec![page(1, lines)]));
    let folded: Vec<&str> = text.folded().lines().skip(2).collect();
    assert_eq!(
        folded,
        ["甲方(盖章):深圳市罗湖区某某事务管理局\t乙方(盖章):深圳市某某科技股份有限公司", "日期:"]
    );
    let at = text.folded().find("管理局").expect("there");
    let span = text.span_of_shadow(at..at + 9);
    let crate::model::Place::Page { bbox, .. } = span.places[0] else { panic!("no page") };
    assert_eq!((span.places.len(), bbox.x0, bbox.y0), (1, 90.0, 420.0));
}

#[test]
fn a_label_broken_at_the_end_of_a_row_goes_on_below() {
    let mut lines = typeset(&[LONG, LONG], 120.0);
    let mut row = line(90.0, 400.0, "税号：124403036D1PQ4E9JN    税");
    let shift = 330.0 - row.edges[row.edges.len() - 2];
    row.edges.iter_mut().rev().take(2).for_each(|edge| *edge += shift);
    row.bbox.x1 = 342.0;
    lines.extend([row, line(90.0, 420.0, "号：91440300PJU6FMW13L号：91440300"), line(90.0, 440.0, "日期：")]);
    let text = composer().compose(&document(vec![page(1, lines)]));
    let folded: Vec<&str> = text.folded().lines().skip(2).collect();
    assert_eq!(folded, ["税号:124403036D1PQ4E9JN\t税号:91440300PJU6FMW13L号:91440300", "日期:"]);
}

#[test]
fn a_line_that_is_a_label_begins_a_paragraph() {
    let lines = ["地址", "深圳市南山区滨河大道三十八号创意园二十三层", "联系人", "罗帆帆"];
    let lines = lines.iter().zip(1..).map(|(text, row)| line(90.0, 100.0 + 20.0 * row as f32, text));
    let text = composer().compose(&document(vec![page(1, lines.collect())]));
    assert_eq!(text.folded().lines().collect::<Vec<_>>()[2], "联系人");
}

#[test]
fn a_list_inside_a_paragraph_stays_there() {
    let paragraph = "下列文件为本合同组成部分：（一）协议书；（二）中标通知书及其附件；（三）投标文件和澄清说明；（四）专用条款和通用条款；（五）图纸。";
    let lines = typeset(&[LONG, paragraph, LONG], 120.0);
    assert!(lines.iter().any(|line| line.text.starts_with("（三）")), "{lines:?}");
    let text = composer().compose(&document(vec![page(1, lines)]));
    assert_eq!(text.content, [LONG, paragraph, LONG].join("\n"));
}

#[test]
fn the_halves_of_a_bilingual_page_are_joined() {
    let left: Vec<char> = LONG.chars().collect();
    let mut lines: Vec<Line> = left
        .chunks(17)
        .enumerate()
        .map(|(n, chunk)| line(90.0, 300.0 + 20.0 * n as f32, &chunk.iter().collect::<String>()))
        .collect();
    lines.push(line(306.0, 300.0, "The title to the goods passes to the"));
    lines.push(line(306.0, 320.0, "Purchaser upon acceptance."));
    lines.extend(typeset(&[LONG, LONG], 600.0));
    let text = composer().compose(&document(vec![page(1, lines)]));
    let expected = [LONG, "The title to the goods passes to the Purchaser upon acceptance.", LONG, LONG];
    assert_eq!(text.content, expected.join("\n"));
}

#[test]
fn a_long_title_is_one_paragraph() {
    let mut lines = vec![
        Line {
            size: 24.0,
            ..line(92.0, 80.0, "罗湖区先进制造业空间保障路径课题委托研究合同补充协议书第一期")
        },
        Line { size: 24.0, ..line(280.0, 110.0, "续签") },
    ];
    lines[0].bbox.x1 = 505.0;
    lines.extend(typeset(&[LONG, LONG], 200.0));
    let text = composer().compose(&document(vec![page(1, lines)]));
    assert!(text.content.starts_with("罗湖区先进制造业空间保障路径课题委托研究合同补充协议书第一期续签\n"));
}

#[test]
fn running_lines_are_set_apart() {
    let make = |number: u32| {
        let mut lines = vec![line(90.0, 40.0, "合同编号：LH-2024-001")];
        lines.extend(typeset(&[LONG, LONG], 120.0));
        lines.push(line(280.0, 800.0, &format!("第 {number} 页 共 3 页")));
        page(number, lines)
    };
    let text = composer().compose(&document((1..=3).map(make).collect()));
    assert_eq!(text.content[..text.body_end], [LONG; 6].join("\n"));
    assert_eq!(
        &text.content[text.body_end..],
        "\n合同编号：LH-2024-001\n第 1 页 共 3 页\n第 2 页 共 3 页\n第 3 页 共 3 页"
    );
    assert_eq!(text.folded_body(), [LONG; 6].map(|paragraph| composer().fold(paragraph)).join("\n"));
}

#[test]
fn a_single_page_loses_only_its_number() {
    let lines =
        vec![line(90.0, 40.0, "采购合同"), line(90.0, 120.0, "甲方：某局"), line(290.0, 800.0, "- 1 -")];
    let text = composer().compose(&document(vec![page(1, lines)]));
    assert_eq!(&text.content[..text.body_end], "采购合同\n甲方：某局");
}

#[test]
fn latin_words_join_with_a_space() {
    let first = "This contract is made by and between the Purchaser and the Supplier on";
    let lines = vec![
        line(90.0, 120.0, first),
        line(90.0, 140.0, "the date first written above and shall be in force for three years all"),
        line(90.0, 160.0, "told."),
    ];
    let text = composer().compose(&document(vec![page(1, lines)]));
    assert!(text.content.contains("Supplier on the date"), "{}", text.content);
}

#[test]
fn table_cells_and_rows_are_parted() {
    let cell =
        |row, column, text: &str| Block { cell: Some(Cell { row, column }), ..Block::paragraph(1, text) };
    let mut document = Document::empty(MediaType::Docx);
    document.blocks = vec![
        Block::paragraph(0, "清单"),
        cell(0, 0, "名称"),
        cell(0, 1, "数量"),
        cell(1, 0, "电脑"),
        cell(1, 1, ""),
        Block { region: Region::Header, ..Block::paragraph(2, "页眉") },
        Block::paragraph(3, "第一条\n正文"),
    ];
    let text = composer().compose(&document);
    assert_eq!(text.content, "清单\n名称\t数量\n电脑\t\n第一条\n正文\n页眉");
    assert_eq!(text.shadow.text, text.content);
    assert_eq!(text.paragraphs[4].table, Some((0, Cell { row: 1, column: 1 })));
    assert_eq!(&text.content[text.body_end..], "\n页眉");
}

#[test]
fn a_title_set_downwards_is_one_paragraph() {
    let text = from_lines(&composer(), "某某公司\n合\n作\n协\n议\n书\n甲\n乙方：某某");
    assert_eq!(text.content, "某某公司\n合作协议书甲\n乙方：某某");
    let text = from_lines(&composer(), "是\n否\n一\n二\n三");
    assert_eq!(text.content, "是\n否\n一\n二\n三");
}

#[test]
fn a_unit_below_a_head_belongs_to_it() {
    let cell =
        |column, text: &str| Block { cell: Some(Cell { row: 0, column }), ..Block::paragraph(0, text) };
    let mut document = Document::empty(MediaType::Docx);
    document.blocks = vec![cell(0, "单价"), cell(0, "（元）"), cell(1, "张三"), cell(1, "李四")];
    assert_eq!(composer().compose(&document).folded(), "单价(元)\t张三\n李四");
}

#[test]
fn hard_wrapped_text_is_joined() {
    let paragraphs = [LONG, LONG, "第二条 付款", LONG];
    let mut source = String::new();
    for paragraph in paragraphs {
        let chars: Vec<char> = format!("　　{paragraph}").chars().collect();
        for chunk in chars.chunks(35) {
            source.extend(chunk);
            source.push('\n');
        }
    }
    let text = from_lines(&composer(), &source);
    assert_eq!(text.folded(), paragraphs.map(|paragraph| composer().fold(paragraph)).join("\n"));
}

#[test]
fn unwrapped_lines_are_left_alone() {
    let source =
        "货物买卖合同\n甲方向乙方采购办公家具一批，规格、数量及单价详见附件\n乙方应随货提供产品合格证";
    assert_eq!(from_lines(&composer(), source).content, source);
}

#[test]
fn hostile_lines_take_linear_time() {
    let composer = composer();
    let begun = thread_seconds();
    for unit in ["甲 ", "：甲 乙  ", "1. ", "第", "（1）\n1.\n", "壹", "1.1.1.1\n", "甲方：\t"] {
        let text = from_lines(&composer, &unit.repeat(100_000));
        assert!(!text.content.is_empty());
    }
    let took = thread_seconds() - begun;
    assert!(took < 60.0, "{took:.1} s");
}

fn visible(text: &str) -> Vec<char> {
    text.chars().filter(|&c| !script::is_white(c) && !script::is_invisible(c)).collect()
}

/// May a character be missing in the shadow? Marks of Markdown, strokes of tables, the lines under figures and the brackets
/// around them may; what begins an entry of a list only there, and what rules off a table only in its rule.
fn may_go(content: &str, at: usize, c: char) -> bool {
    let start = content[..at].rfind('\n').map_or(0, |end| end + 1);
    let line = content[start..].lines().next().unwrap_or_default();
    let is_first = content[start..at].trim().is_empty();
    let is_rule = line.chars().all(|c| "-:| *".contains(c));
    match c {
        '_' | '#' | '*' | '\\' | '|' | '｜' | '│' | '┃' => true,
        '【' | '】' | '[' | ']' | '〔' | '〕' | '［' | '］' => true,
        '-' | '+' | '>' => is_first || is_rule,
        ':' => is_rule,
        _ => false,
    }
}

/// Holds every text to what the model promises.
fn hold_to_promises(text: &Text) {
    let (content, shadow) = (&text.content, &text.shadow);
    assert_eq!(shadow.origin.len(), shadow.text.len() + 1);
    assert!(shadow.origin.windows(2).all(|pair| pair[0] <= pair[1]), "origin falls");
    assert_eq!(shadow.origin.last().map(|&o| o as usize), Some(content.len()));
    for (at, c) in shadow.text.char_indices() {
        let range = shadow.to_content(content, at..at + c.len_utf8());
        assert!(content.get(range.clone()).is_some_and(|piece| piece.chars().count() == 1), "{range:?}");
    }
    let mut seen: Vec<u32> = shadow.origin[..shadow.text.len()].to_vec();
    seen.dedup();
    let lost = content.char_indices().filter(|(at, c)| {
        !script::is_white(*c) && !script::is_invisible(*c) && seen.binary_search(&(*at as u32)).is_err()
    });
    for (at, c) in lost {
        assert!(may_go(content, at, c), "{c:?} at {at} is lost in the shadow");
    }
    for paragraph in &text.paragraphs {
        assert!(content.get(paragraph.range.clone()).is_some());
        assert!(shadow.text.get(paragraph.shadow.clone()).is_some());
    }
    for pair in text.paragraphs.windows(2) {
        assert_eq!(pair[0].range.end + 1, pair[1].range.start);
        assert_eq!(pair[0].shadow.end + 1, pair[1].shadow.start);
    }
    for piece in &text.pieces {
        assert_eq!(piece.char_start, content[..piece.range.start].chars().count());
    }
    for clause in &text.clauses {
        assert!(content.get(clause.range.clone()).is_some() && !clause.range.is_empty());
        assert!(shadow.text.get(clause.shadow.clone()).is_some());
    }
}

/// Text as contracts have it: labels, figures, gaps and marks thrown together.
fn contract_text() -> impl Strategy<Value = String> {
    let parts = prop::sample::select(vec![
        "甲",
        "方",
        "甲方",
        "：",
        ":",
        "（盖章）",
        "(",
        ")",
        " ",
        "  ",
        "　",
        "\t",
        "年",
        "月",
        "日",
        "2024",
        "第",
        "一",
        "条",
        "一、",
        "（一）",
        "1.",
        "1.1",
        "合 同",
        "ＡＢ",
        "⑴",
        "①",
        "㈠",
        "簽",
        "⽅",
        "____",
        "。",
        "，",
        "Party A",
        "ABC",
        "￥",
        "参",
        "拾",
        "○",
        "\u{200B}",
        "附件",
        "𠮷",
        "\u{F900}",
        "\u{FE49}",
    ]);
    prop::collection::vec(parts, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn shadow_and_content_agree(lines in prop::collection::vec(contract_text(), 0..8)) {
        let source = lines.join("\n");
        let text = from_lines(&composer(), &source);
        hold_to_promises(&text);
        prop_assert_eq!(visible(&text.content), visible(&source));
    }

    #[test]
    fn any_text_is_borne(source in "\\PC{0,120}") {
        hold_to_promises(&from_lines(&composer(), &source));
    }

    #[test]
    fn pages_keep_their_characters(lines in prop::collection::vec((60.0_f32..300.0, contract_text()), 0..30)) {
        let lines: Vec<Line> = lines.into_iter().enumerate().map(|(n, (x, text))| line(x, 150.0 + 18.0 * n as f32, &text)).collect();
        let source: String = lines.iter().map(|line| line.text.as_str()).collect();
        let text = composer().compose(&document(vec![page(1, lines)]));
        hold_to_promises(&text);
        let (mut kept, mut given) = (visible(&text.content), visible(&source));
        kept.sort_unstable();
        given.sort_unstable();
        prop_assert_eq!(kept, given);
    }
}

#[test]
fn a_document_with_a_part_missing_is_not_complete() {
    let mut document = Document::empty(MediaType::Docx);
    document.blocks.push(Block::paragraph(0, "采购合同"));
    assert!(composer().compose(&document).is_complete());
    document.issues.push(Issue::new(Level::Error, Stage::Read, "damaged-part", "正文后半部分损坏"));
    assert!(!composer().compose(&document).is_complete());
}
