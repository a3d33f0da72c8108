use jiff::civil::date;

use super::*;
use crate::office::{Content, read_workbook};

fn properties() -> Properties {
    Properties::new("测试", date(2024, 3, 5).at(9, 0, 0, 0))
}

fn sample(streamed: bool) -> Vec<u8> {
    let mut book = Workbook::new(&properties());
    let layout = Layout { name: "台账", columns: &[8, 30, 18, 12], landscape: true, streamed };
    let mut sheet = book.sheet(&layout).expect("a sheet");
    sheet.title("台账").expect("written");
    sheet.headings(&["序号", "名称", "金额", "日期"]).expect("written");
    let rows = [(1, "甲\u{1}", "1234.50"), (2, "=1+1", "123456789012345678.99")];
    for (count, name, sum) in rows {
        sheet.put(0, Value::Count(count), Face::Count).expect("written");
        sheet.put(1, Value::Text(name), Face::Text).expect("written");
        sheet.put(2, Value::Sum(sum.parse().expect("a sum")), Face::Sum).expect("written");
        sheet.put(3, Value::Date(date(2024, 3, 5)), Face::Date).expect("written");
        sheet.next_row();
    }
    sheet.end_list().expect("written");
    let chart =
        Chart { title: "图", kind: ChartKind::Bar, sheet: "台账", rows: (2, 3), names: 1, values: 0 };
    sheet.chart(6, 0, &chart).expect("written");
    book.to_bytes().expect("made")
}

#[test]
fn what_is_written_reads_back() {
    for streamed in [false, true] {
        let sheets = read_workbook(&sample(streamed)).expect("read");
        let sheet = &sheets[0];
        assert_eq!(sheet.name, "台账");
        assert_eq!(sheet.find_headings(&["名称", "金额"]), Some(1));
        let at = |row, column| sheet.content(row, column).clone();
        assert_eq!(at(2, 0), Content::Number("1".to_owned()));
        assert_eq!(at(2, 1), Content::Text("甲".to_owned()));
        assert_eq!(at(2, 2), Content::Number("1234.5".to_owned()));
        assert_eq!(at(2, 3), Content::Date(date(2024, 3, 5)));
        assert_eq!(at(3, 1), Content::Text("=1+1".to_owned()));
        assert_eq!(at(3, 2), Content::Text("123456789012345678.99".to_owned()));
    }
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    assert_eq!(sample(true), sample(true));
}
