//! Tables in reading order.

use super::*;

fn cell(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

fn row(cells: &str) -> String {
    format!("<w:tr>{cells}</w:tr>")
}

fn table(rows: &str) -> String {
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl>")
}

/// Number, row and column, and text of a block.
type Seen = (u32, Option<(u32, u32)>, String);

fn seen(body: &str) -> Vec<Seen> {
    let place = |b: &Block| b.cell.map(|cell| (cell.row, cell.column));
    Docx::new(body).read().blocks.into_iter().map(|b| (b.number, place(&b), b.text)).collect()
}

#[test]
fn cells_come_row_by_row_with_one_number() {
    let first = row(&(cell("<w:gridSpan w:val=\"2\"/>", &paragraph("合计")) + &cell("", &paragraph("元"))));
    let second = row(&(cell("", &(paragraph("一") + &paragraph("二")))
        + &cell("", "<w:p/>")
        + &cell("", &paragraph("三"))));
    let body = paragraph("前") + &table(&(first + &second)) + &paragraph("后");
    assert_eq!(
        seen(&body),
        [
            (0, None, "前".to_owned()),
            (1, Some((0, 0)), "合计".to_owned()),
            (1, Some((0, 2)), "元".to_owned()),
            (1, Some((1, 0)), "一".to_owned()),
            (1, Some((1, 0)), "二".to_owned()),
            (1, Some((1, 2)), "三".to_owned()),
            (2, None, "后".to_owned()),
        ]
    );
}

#[test]
fn a_cell_merged_downwards_is_read_once() {
    let begin = cell("<w:vMerge w:val=\"restart\"/>", &paragraph("甲方"));
    let on = cell("<w:vMerge/>", &paragraph("残留"));
    let rows = row(&(begin + &cell("", &paragraph("名称")))) + &row(&(on + &cell("", &paragraph("地址"))));
    let texts: Vec<_> = seen(&table(&rows)).into_iter().map(|(_, place, text)| (place, text)).collect();
    assert_eq!(
        texts,
        [
            (Some((0, 0)), "甲方".to_owned()),
            (Some((0, 1)), "名称".to_owned()),
            (Some((1, 1)), "地址".to_owned())
        ]
    );
}

#[test]
fn a_merge_that_began_nowhere_is_shown() {
    assert_eq!(texts(&table(&row(&cell("<w:vMerge/>", &paragraph("甲方"))))), ["甲方"]);
}

#[test]
fn an_inner_table_is_part_of_its_cell() {
    let inner = table(&row(&(cell("", &paragraph("内一")) + &cell("", &paragraph("内二")))));
    let body = table(&row(&(cell("", &paragraph("外")) + &cell("", &(inner + &paragraph("后"))))));
    assert_eq!(
        seen(&body),
        [
            (0, Some((0, 0)), "外".to_owned()),
            (0, Some((0, 1)), "内一".to_owned()),
            (0, Some((0, 1)), "内二".to_owned()),
            (0, Some((0, 1)), "后".to_owned()),
        ]
    );
}

#[test]
fn deleted_rows_and_cells_are_not_shown() {
    let deleted = format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", cell("", &paragraph("旧")));
    let kept = row(&(cell("<w:cellDel/>", &paragraph("旧格")) + &cell("", &paragraph("新"))));
    let document = Docx::new(&table(&(deleted + &kept))).read();
    assert_eq!(document.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>(), ["新"]);
    assert_eq!(document.blocks[0].cell.map(|cell| cell.row), Some(0));
    assert!(document.issues[0].message.contains("删除 2 处"));
}

#[test]
fn rows_may_begin_further_right_and_stand_in_controls() {
    let late =
        format!("<w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>{}</w:tr>", cell("", &paragraph("右")));
    let body = table(&format!("<w:sdt><w:sdtContent>{late}</w:sdtContent></w:sdt>"));
    assert_eq!(seen(&body), [(0, Some((0, 2)), "右".to_owned())]);
}
