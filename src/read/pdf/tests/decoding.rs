//! Bytes of a content stream → characters.

use super::support::*;
use crate::model::{PageClass, PageOrigin};

const TEXT: [&str; 4] = [
    "政府采购合同",
    "合同编号：HT-2024-0913-001",
    "甲乙双方按照竞争性磋商（项目编号：ZFCG-2024-117）的结果签订本合同。",
    "合同金额：人民币壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分（￥1,234,567.89元）。",
];

fn page(cmap: &str, encode: impl Fn(&str) -> Vec<u8>) -> Sheet<'static> {
    let strings: Vec<_> = TEXT
        .iter()
        .enumerate()
        .map(|(index, line)| (60.0, 780.0 - 24.0 * index as f32, encode(line)))
        .collect();
    Sheet { content: shown(&strings), font: chinese_font(cmap), ..Sheet::default() }
}

fn assert_reads(cmap: &str, encode: impl Fn(&str) -> Vec<u8>) {
    assert_eq!(texts(&File::new().page(&page(cmap, encode)).bytes()), TEXT, "{cmap}");
}

#[test]
fn predefined_cmaps_without_embedding() {
    for cmap in ["GBK-EUC-H", "GB-EUC-H", "GBKp-EUC-H", "GBK#2DEUC#2DH"] {
        assert_reads(cmap, gbk);
    }
    assert_reads("GBK2K-H", gb18030);
    for cmap in ["UniGB-UCS2-H", "UniGB-UTF16-H"] {
        assert_reads(cmap, utf16);
    }
}

#[test]
fn vertical_text_is_read_downwards_from_the_right() {
    let strings = [(300.0, 700.0, gbk("第一列文字")), (270.0, 700.0, gbk("第二列文字"))];
    let sheet = Sheet { content: shown(&strings), font: chinese_font("GBK-EUC-V"), ..Sheet::default() };
    let (document, _) = read(&File::new().page(&sheet).bytes());
    let lines = &document.pages[0].lines;
    assert_eq!(lines.iter().map(|l| l.text.as_str()).collect::<Vec<_>>(), ["第一列文字", "第二列文字"]);
    assert!(lines[0].edges.is_empty());
    assert_eq!(lines[0].bbox, crate::model::BBox::new(294.0, 142.0, 306.0, 202.0));
}

#[test]
fn gbk_bytes_in_a_simple_font() {
    let strings = [(60.0, 700.0, gbk("合同编号：HT-01，甲方政府采购中心"))];
    let sheet = Sheet { content: shown(&strings), font: half_width_font(), ..Sheet::default() };
    let (document, _) = read(&File::new().page(&sheet).bytes());
    let line = &document.pages[0].lines[0];
    assert_eq!(line.text, "合同编号：HT-01，甲方政府采购中心");
    assert_eq!(line.edges[..3], [60.0, 72.0, 84.0]);
}

#[test]
fn a_meaningless_font_is_garbled() {
    let strings = [(60.0, 700.0, (0..80).collect())];
    let sheet = Sheet { content: shown(&strings), font: meaningless_font(), ..Sheet::default() };
    let (document, _) = read(&File::new().page(&sheet).bytes());
    assert_eq!(document.pages[0].class, crate::model::PageClass::Garbled);
    assert!(document.pages[0].lines.is_empty());
    assert_eq!(codes(&document), ["page-unreadable"]);
}

/// Every code says another character than the font draws.
fn scrambled() -> Vec<u8> {
    let text = "乙方应当按照本合同约定的时间和质量标准完成全部工作并在验收合格之日起十日内向甲方提交书面报告";
    let shifted =
        |line: u32| -> String { text.chars().filter_map(|c| char::from_u32(c as u32 + 7 + line)).collect() };
    let strings: Vec<_> =
        (0..12).map(|line| (40.0, 760.0 - 20.0 * line as f32, utf16(&shifted(line)))).collect();
    let sheet = Sheet { content: shown(&strings), font: chinese_font("UniGB-UTF16-H"), ..Sheet::default() };
    File::new().page(&sheet).bytes()
}

#[test]
fn a_scrambled_layer_gives_way_to_the_picture() {
    let text = "乙方应当按照本合同约定的时间和质量标准完成全部工作并在验";
    let mut eyes = Eyelid { text, ..Eyelid::default() };
    let document = read_with(&scrambled(), &mut eyes);
    let page = &document.pages[0];
    assert_eq!((page.class, page.origin), (PageClass::Garbled, PageOrigin::Ocr), "{}", page.why);
    assert_eq!(page.lines[0].text, text);
    assert!(page.why.contains("不采用文字层"), "{}", page.why);
}
