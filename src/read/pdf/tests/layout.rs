//! Glyphs at places → lines in reading order.

use super::support::*;
use crate::model::{BBox, Joint};

#[test]
fn boxes_and_edges_are_points_from_the_top_left() {
    let (document, _) = read(&chinese(&[(60.0, 742.0, "第1条总则")]));
    let line = &document.pages[0].lines[0];
    assert_eq!(line.edges, [60.0, 72.0, 78.0, 90.0, 102.0, 114.0]);
    assert_eq!(line.bbox, BBox::new(60.0, 89.4, 114.0, 101.4));
    assert_eq!(line.size, 12.0);
}

#[test]
fn a_turned_page_is_measured_as_displayed() {
    let strings = [(100.0, 400.0, gbk("旋转页面的文字"))];
    let content = [b"0 1 -1 0 595 0 cm\n".to_vec(), shown(&strings)].concat();
    let font = chinese_font("GBK-EUC-H");
    let bytes = File::new().page(&Sheet { content, font, extra: "/Rotate 90", ..Sheet::default() }).bytes();
    let (document, _) = read(&bytes);
    let page = &document.pages[0];
    assert_eq!((page.width, page.height, page.rotation), (842.0, 595.0, 90));
    assert_eq!(page.lines[0].text, "旋转页面的文字");
    assert_eq!(page.lines[0].edges.first(), Some(&100.0));
}

#[test]
fn the_order_of_drawing_does_not_matter() {
    let bytes = chinese(&[
        (60.0, 700.0, "第三行"),
        (96.0, 748.0, "接着"),
        (60.0, 748.3, "第一行"),
        (60.0, 724.0, "第二行"),
    ]);
    assert_eq!(texts(&bytes), ["第一行接着", "第二行", "第三行"]);
}

#[test]
fn gaps_become_spaces_by_width() {
    let bytes = chinese(&[
        (60.0, 700.0, "甲方"),
        (90.0, 700.0, "乙方"),
        (150.0, 700.0, "丙方"),
        (400.0, 700.0, "丁方"),
    ]);
    assert_eq!(texts(&bytes), ["甲方 乙方   丙方        丁方"]);
}

#[test]
fn a_title_set_wide_has_no_spaces() {
    let title = [(60.0, 700.0, "采"), (80.0, 700.0, "购"), (100.0, 700.0, "合"), (120.0, 700.0, "同")];
    assert_eq!(texts(&chinese(&title)), ["采购合同"]);
}

#[test]
fn fake_bold_is_read_once() {
    let bytes = chinese(&[(60.0, 700.0, "合同总价"), (60.4, 700.2, "合同总价"), (60.8, 700.0, "合同总价")]);
    assert_eq!(texts(&bytes), ["合同总价"]);
}

#[test]
fn stroked_and_filled_text_is_read_once() {
    let content = [b"2 Tr\n".to_vec(), shown(&[(60.0, 700.0, gbk("合同总价"))])].concat();
    let sheet = Sheet { content, font: chinese_font("GBK-EUC-H"), ..Sheet::default() };
    let (document, _) = read(&File::new().page(&sheet).bytes());
    assert_eq!(document.pages[0].why, "字形 4，汉字 4，图像占比 0.00");
}

#[test]
fn a_filled_blank_is_read_as_its_filling() {
    let bytes = chinese(&[(60.0, 700.0, "编号：____________。"), (105.0, 701.0, "HT-01")]);
    assert_eq!(texts(&bytes), ["编号：_ HT-01 _____。"]);
}

/// Twelve rows of running text in two columns under a title.
fn two_columns() -> Vec<(f32, f32, String)> {
    let mut strings = vec![(200.0, 780.0, "双语合同条款对照文本的标题写在两栏之上而且足够长".to_owned())];
    for row in 0..8 {
        let y = 740.0 - 20.0 * row as f32;
        strings.push((60.0, y, format!("左栏第{row}行的正文文字一直写到本栏右边")));
        strings.push((310.0, y - 3.0, format!("右栏第{row}行的正文文字一直写到本栏右边")));
    }
    strings
}

#[test]
fn columns_are_read_one_after_the_other() {
    let strings = two_columns();
    let strings: Vec<_> = strings.iter().map(|(x, y, text)| (*x, *y, text.as_str())).collect();
    let texts = texts(&chinese(&strings));
    assert_eq!(texts.len(), 17);
    assert!(texts[1..9].iter().all(|text| text.starts_with("左栏")), "{texts:?}");
    assert!(texts[9..].iter().all(|text| text.starts_with("右栏")), "{texts:?}");
}

#[test]
fn a_signature_block_is_read_row_by_row() {
    let labels = [
        "甲方（盖章）：",
        "法定代表人：李建国",
        "地址：深圳市罗湖区文锦中路",
        "开户银行：某某银行",
        "账号：123456",
        "日期：",
    ];
    let strings: Vec<_> = labels
        .iter()
        .enumerate()
        .flat_map(|(row, label)| {
            let y = 700.0 - 20.0 * row as f32;
            [(60.0, y, *label), (310.0, y, *label)]
        })
        .collect();
    let texts = texts(&chinese(&strings));
    assert_eq!(texts.len(), 6);
    assert_eq!(texts[1], "法定代表人：李建国        法定代表人：李建国");
}

#[test]
fn a_wrapped_table_cell_stays_together() {
    let strings = [
        (65.0, 680.0, gbk("1")),
        (110.0, 690.0, gbk("台式计算机")),
        (110.0, 670.0, gbk("（含显示器）")),
        (310.0, 680.0, gbk("5台")),
        (65.0, 640.0, gbk("2")),
        (110.0, 640.0, gbk("打印机")),
        (310.0, 640.0, gbk("2台")),
    ];
    let content = [ruled(&[60, 100, 300, 400], &[705, 660, 630]), shown(&strings)].concat();
    let sheet = Sheet { content, font: chinese_font("GBK-EUC-H"), ..Sheet::default() };
    let texts = texts(&File::new().page(&sheet).bytes());
    assert_eq!(texts, ["1", "台式计算机", "（含显示器）", "5台", "2", "打印机", "2台"]);
}

#[test]
fn items_between_two_rules_stay_row_by_row() {
    let lines = row_of_cells(
        &[60, 200, 300, 400],
        &[
            (65.0, 690.0, "台式计算机"),
            (205.0, 690.0, "5台"),
            (305.0, 690.0, "4000.00"),
            (65.0, 670.0, "打印机"),
            (205.0, 670.0, "2台"),
            (305.0, 670.0, "1500.00"),
        ],
    );
    assert_eq!(lines, items(&[&["台式计算机", "5台", "4000.00"], &["打印机", "2台", "1500.00"]]));
}

/// No gap tells where one cell ends and the next begins, but a rule does that other rows have too.
#[test]
fn a_rule_parts_cells_that_touch() {
    let told = |ys: &[u16], xs: &[u16]| {
        let strings = [(64.0, 680.0, gbk("法定代表人于勇桂")), (204.0, 680.0, gbk("郭勇超"))];
        let content = [ruled(xs, ys), shown(&strings)].concat();
        let sheet = Sheet { content, font: chinese_font("GBK-EUC-H"), ..Sheet::default() };
        texts(&File::new().page(&sheet).bytes())
    };
    assert_eq!(told(&[705, 660, 630], &[60, 124, 200, 300]), ["法定代表人", "于勇桂", "郭勇超"]);
    // A stroke of a seal or a signature.
    assert_eq!(told(&[705, 660], &[60, 124, 200, 300]), ["法定代表人于勇桂", "郭勇超"]);
}

/// Two strokes of characters are no borders: they end short of the rules.
#[test]
fn short_strokes_part_nothing() {
    let strokes = "150 690 m 150 672 l S\n180 690 m 180 672 l S\n150 681 m 180 681 l S\n";
    let content = [
        ruled(&[60, 300, 400], &[705, 660]),
        strokes.as_bytes().to_vec(),
        shown(&[(64.0, 680.0, gbk("设备采购合同名称一栏的文字")), (304.0, 680.0, gbk("一"))]),
    ]
    .concat();
    let sheet = Sheet { content, font: chinese_font("GBK-EUC-H"), ..Sheet::default() };
    assert_eq!(texts(&File::new().page(&sheet).bytes()), ["设备采购合同名称一栏的文字", "一"]);
}

/// Rows of items, each cell after the first beside the one before.
fn items(rows: &[&[&str]]) -> Vec<(String, Joint)> {
    let joint = |index: usize| if index > 0 { Joint::Row } else { Joint::Free };
    let row = |cells: &&[&str]| -> Vec<(String, Joint)> {
        cells.iter().enumerate().map(|(index, cell)| ((*cell).to_owned(), joint(index))).collect()
    };
    rows.iter().flat_map(row).collect()
}

/// The lines of a row between rules at 705 and 660, with their joints; `xs` are its vertical rules.
fn row_of_cells(xs: &[u16], strings: &[(f32, f32, &str)]) -> Vec<(String, Joint)> {
    let strings: Vec<_> = strings.iter().map(|&(x, y, text)| (x, y, gbk(text))).collect();
    let content = [ruled(xs, &[705, 660]), shown(&strings)].concat();
    let sheet = Sheet { content, font: chinese_font("GBK-EUC-H"), ..Sheet::default() };
    let (document, _) = read(&File::new().page(&sheet).bytes());
    document.pages[0].lines.iter().map(|line| (line.text.clone(), line.joint)).collect()
}

fn joined(expected: &[(&str, Joint)]) -> Vec<(String, Joint)> {
    expected.iter().map(|&(text, joint)| (text.to_owned(), joint)).collect()
}

/// Every cell but one has two lines, as in a list, but none has room for its second line's first word.
#[test]
fn a_head_whose_cells_have_no_room_is_read_cell_by_cell() {
    let lines = row_of_cells(
        &[60, 130, 176, 250, 320],
        &[
            (64.0, 690.0, "分享阶段"),
            (134.0, 690.0, "分享比"),
            (134.0, 670.0, "例"),
            (180.0, 690.0, "预计效益"),
            (180.0, 670.0, "（元）"),
            (254.0, 690.0, "Amount"),
            (254.0, 670.0, "(USD)"),
        ],
    );
    let expected = [
        ("分享阶段", Joint::Free),
        ("分享比", Joint::Row),
        ("例", Joint::Cell),
        ("预计效益", Joint::Row),
        ("（元）", Joint::Cell),
        ("Amount", Joint::Row),
        ("(USD)", Joint::Cell),
    ];
    assert_eq!(lines, joined(&expected));
}

#[test]
fn the_cells_of_a_wrapped_row_are_marked() {
    let lines = row_of_cells(
        &[60, 100, 160, 220],
        &[(64.0, 680.0, "1"), (104.0, 690.0, "台式计算"), (104.0, 670.0, "机"), (164.0, 680.0, "5台")],
    );
    let expected = [("1", Joint::Free), ("台式计算", Joint::Row), ("机", Joint::Cell), ("5台", Joint::Row)];
    assert_eq!(lines, joined(&expected));
}

#[test]
fn a_head_broken_by_hand_is_told_by_its_units_or_by_the_line_between() {
    let xs = [60, 140, 220, 300, 380];
    let units = [
        (64.0, 690.0, "名称"),
        (144.0, 690.0, "数量"),
        (144.0, 670.0, "（台）"),
        (224.0, 690.0, "单价"),
        (224.0, 670.0, "（元）"),
        (304.0, 690.0, "金额"),
        (304.0, 670.0, "（元）"),
    ];
    assert_eq!(row_of_cells(&xs, &units)[2], ("（台）".to_owned(), Joint::Cell));
    let between = [
        (64.0, 680.0, "序号"),
        (144.0, 690.0, "服务"),
        (144.0, 670.0, "内容"),
        (224.0, 690.0, "服务"),
        (224.0, 670.0, "期限"),
        (304.0, 690.0, "服务"),
        (304.0, 670.0, "标准"),
    ];
    let texts: Vec<_> = row_of_cells(&xs, &between).into_iter().map(|(text, _)| text).collect();
    assert_eq!(texts, ["序号", "服务", "内容", "服务", "期限", "服务", "标准"]);
}

/// Columns drawn as wide as their longest item, a remark set beside both items: still a list, by its figures.
#[test]
fn items_that_fill_their_cells_stay_row_by_row() {
    let lines = row_of_cells(
        &[60, 128, 154, 210, 270],
        &[
            (64.0, 690.0, "台式计算机"),
            (64.0, 670.0, "打印机"),
            (132.0, 690.0, "10台"),
            (132.0, 670.0, "2台"),
            (158.0, 690.0, "14000.00"),
            (158.0, 670.0, "1500.00"),
            (214.0, 680.0, "含税价"),
        ],
    );
    assert_eq!(
        lines,
        items(&[&["台式计算机", "10台", "14000.00"], &["含税价"], &["打印机", "2台", "1500.00"]])
    );
}

/// Names without figures: each leaves room for the next.
#[test]
fn items_with_room_to_spare_stay_row_by_row() {
    let lines = row_of_cells(
        &[60, 140, 220, 300],
        &[
            (64.0, 690.0, "张三"),
            (64.0, 670.0, "李四"),
            (144.0, 690.0, "项目经理"),
            (144.0, 670.0, "工程师"),
            (224.0, 690.0, "注册"),
            (224.0, 670.0, "中级"),
        ],
    );
    assert_eq!(lines, items(&[&["张三", "项目经理", "注册"], &["李四", "工程师", "中级"]]));
}

/// Stroked rules of a table, from border to border.
fn ruled(xs: &[u16], ys: &[u16]) -> Vec<u8> {
    let (left, right) = (xs[0], xs[xs.len() - 1]);
    let (top, bottom) = (ys[0], ys[ys.len() - 1]);
    let vertical = xs.iter().map(|x| format!("{x} {bottom} m {x} {top} l S\n"));
    let horizontal = ys.iter().map(|y| format!("{left} {y} m {right} {y} l S\n"));
    vertical.chain(horizontal).collect::<String>().into_bytes()
}

#[test]
fn text_off_the_page_is_not_there() {
    let bytes = chinese(&[(60.0, 700.0, "页内"), (700.0, 700.0, "页外"), (60.0, -200.0, "页外")]);
    assert_eq!(texts(&bytes), ["页内"]);
}
