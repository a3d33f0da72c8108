use super::*;
use jiff::civil::date;
use std::io::Read;

fn sample() -> Document {
    let mut document = Document::new(Properties::new("测试表", date(2024, 3, 5).at(9, 0, 0, 0)));
    document.say(Style::Title, "测试表");
    document.add(Paragraph::new(Style::Body).saying("甲 & 乙\n<丙>").with("注", Tone::Alert));
    let mut table = Table::new(&[30, 55, 30, 55]);
    table.headings(&["一", "二", "三", "四"]);
    table.add(Row::new([Cell::label("名称"), Cell::text("\u{1}值").over(3)]).at_least(10));
    table.add(Row::new([Cell::text("上").merged(Merge::Start), Cell::text("右").over(3)]));
    table.add(Row::new([Cell::text("").merged(Merge::Continue), Cell::text("").over(3)]));
    document.table(table);
    document
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a ZIP");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    assert_eq!(sample().to_bytes().expect("made"), sample().to_bytes().expect("made"));
}

#[test]
fn a_document_is_a4_with_merged_cells_and_a_heading_that_repeats() {
    let xml = part(&sample().to_bytes().expect("made"), "word/document.xml");
    assert!(xml.contains(r#"w:pgSz w:w="11906" w:h="16838""#), "{xml}");
    assert_eq!(xml.matches("<w:tblHeader />").count(), 1);
    assert!(xml.contains(r#"<w:gridSpan w:val="3" />"#));
    assert!(xml.contains(r#"<w:vMerge w:val="restart" />"#));
    assert!(xml.contains("甲 &amp; 乙") && xml.contains("&lt;丙&gt;") && !xml.contains('\u{1}'));
}

#[test]
fn fonts_are_those_of_the_office() {
    let styles = part(&sample().to_bytes().expect("made"), "word/styles.xml");
    for font in ["仿宋_GB2312", "宋体", "黑体"] {
        assert!(styles.contains(&format!("w:eastAsia=\"{font}\"")), "{font}");
    }
}
