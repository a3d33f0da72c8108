//! Text where it stands, in reading order.

use super::support::*;
use crate::model::{BBox, Joint, PageClass, PageOrigin};

#[test]
fn a_line_has_the_place_of_each_character() {
    let object = "<ofd:TextObject Boundary='20 30 100 5' Font='1' Size='4'><ofd:TextCode X='1' Y='4' \
                  DeltaX='g 3 4 g 2 2'>甲方：A1B</ofd:TextCode></ofd:TextObject>";
    let document = File::of(object).read();
    let page = &document.pages[0];
    assert_eq!((page.width, page.height), (595.3, 841.9));
    assert_eq!((page.class, page.origin), (PageClass::Text, PageOrigin::TextLayer));
    let line = &page.lines[0];
    assert_eq!((line.text.as_str(), line.size), ("甲方：A1B", 11.3));
    // 21 mm are 59.5 points; the last glyph is as wide as such a capital usually is.
    assert_eq!(line.edges, [59.5, 70.9, 82.2, 93.5, 99.2, 104.9, 112.6]);
    assert_eq!(line.bbox, BBox::new(59.5, 86.4, 112.6, 97.7));
}

#[test]
fn lines_come_from_top_to_bottom_whatever_was_drawn_first() {
    let objects = text(20.0, 60.0, "第二条") + &text(20.0, 50.0, "第一条") + &text(60.0, 50.0, "标的");
    let texts = File::of(&objects).texts();
    assert_eq!(texts, ["第一条       标的", "第二条"]);
}

#[test]
fn a_transformation_scales_and_turns() {
    let points = "<ofd:TextObject CTM='0.3528 0 0 0.3528 0 0' Boundary='20 30 100 9' Font='1' Size='12'>\
                  <ofd:TextCode X='0' Y='10' DeltaX='12 12'>甲乙丙</ofd:TextCode></ofd:TextObject>";
    let line = &File::of(points).read().pages[0].lines[0];
    assert_eq!((line.text.as_str(), line.size), ("甲乙丙", 12.0));
    let turned = styled(100.0, 100.0, "保密资料", "CTM='0.7071 0.7071 -0.7071 0.7071 0 0'");
    let document = File::of(&(turned + &text(20.0, 30.0, "本合同一式四份"))).read();
    let texts: Vec<&str> = document.pages[0].lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["本合同一式四份", "保密资料"]);
}

#[test]
fn what_is_written_downwards_is_one_line() {
    let by_steps = "<ofd:TextObject Boundary='20 30 5 40' Font='1' Size='4'><ofd:TextCode X='0' Y='4' \
                    DeltaY='g 2 4.5'>购买方</ofd:TextCode></ofd:TextObject>";
    let line = &File::of(by_steps).read().pages[0].lines[0];
    assert_eq!(line.text, "购买方");
    assert!(line.bbox.height() > 2.5 * line.bbox.width(), "{:?}", line.bbox);
    assert!((line.bbox.x0 - 56.7).abs() < 0.2 && (line.bbox.y0 - 86.4).abs() < 0.2, "{:?}", line.bbox);
    let by_direction = "<ofd:TextObject Boundary='20 30 5 40' Font='1' Size='4' ReadDirection='90'>\
                        <ofd:TextCode X='0' Y='4'>销售方</ofd:TextCode></ofd:TextObject>";
    assert_eq!(File::of(by_direction).texts(), ["销售方"]);
}

#[test]
fn without_steps_widths_are_estimated() {
    let object = "<ofd:TextObject Boundary='20 30 90 5' Font='1' Size='4'><ofd:TextCode X='0' Y='4'>\
                  共12页</ofd:TextCode></ofd:TextObject>";
    let line = &File::of(object).read().pages[0].lines[0];
    assert_eq!(line.text, "共12页");
    assert_eq!(line.edges, [56.7, 68.0, 73.7, 79.4, 90.7]);
}

#[test]
fn a_ligature_is_several_characters() {
    let object = "<ofd:TextObject Boundary='20 30 90 5' Font='1' Size='4'><ofd:CGTransform CodePosition='1' \
                  CodeCount='2' GlyphCount='1'><ofd:Glyphs>99</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X='0' \
                  Y='4' DeltaX='2 2 1.2 2'>office</ofd:TextCode></ofd:TextObject>";
    assert_eq!(File::of(object).texts(), ["office"]);
}

#[test]
fn a_code_may_go_on_where_the_last_began() {
    let object = "<ofd:TextObject Boundary='20 30 90 25' Font='1' Size='4'><ofd:TextCode X='5' Y='4' DeltaX='4'>\
                  甲方</ofd:TextCode><ofd:TextCode Y='12' DeltaX='4'>乙方</ofd:TextCode></ofd:TextObject>";
    let document = File::of(object).read();
    let lines = &document.pages[0].lines;
    assert_eq!((lines[0].text.as_str(), lines[1].text.as_str()), ("甲方", "乙方"));
    assert_eq!(lines[0].bbox.x0, lines[1].bbox.x0);
}

#[test]
fn templates_lie_under_and_over_the_page() {
    let template = |shown: &str, y| {
        format!(
            "<ofd:Page><ofd:Content><ofd:Layer>{}</ofd:Layer></ofd:Content></ofd:Page>",
            text(20.0, y, shown)
        )
    };
    let file = File::new()
        .page(
            "<ofd:Template TemplateID='50'/><ofd:Template TemplateID='51' ZOrder='Foreground'/>",
            &text(20.0, 40.0, "正文"),
        )
        .common("<ofd:TemplatePage ID='50' BaseLoc='Tpls/Tpl_0/Content.xml'/>")
        .common("<ofd:TemplatePage ID='51' BaseLoc='Tpls/Tpl_1/Content.xml'/>")
        .part("Doc_0/Tpls/Tpl_0/Content.xml", template("页眉", 10.0))
        .part("Doc_0/Tpls/Tpl_1/Content.xml", template("页脚", 280.0));
    assert_eq!(file.texts(), ["页眉", "正文", "页脚"]);
}

#[test]
fn a_page_may_have_a_size_of_its_own() {
    let area = "<ofd:Area><ofd:PhysicalBox>0 0 297 210</ofd:PhysicalBox></ofd:Area>";
    let document = File::new().page(area, &text(20.0, 30.0, "横向")).page("", "").read();
    assert_eq!((document.pages[0].width, document.pages[0].height), (841.9, 595.3));
    assert_eq!((document.pages[1].width, document.pages[1].height), (595.3, 841.9));
}

#[test]
fn blocks_and_composite_objects_are_looked_into() {
    let unit = format!(
        "<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='70' Width='100' Height='50'><ofd:Content>{}\
         </ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>",
        text(10.0, 0.0, "复合")
    );
    let objects = format!(
        "<ofd:PageBlock>{}</ofd:PageBlock><ofd:CompositeObject Boundary='20 40 100 50' ResourceID='70'/>",
        text(20.0, 30.0, "块内")
    );
    let document = File::of(&objects).resources(&unit).read();
    let lines = &document.pages[0].lines;
    assert_eq!((lines[0].text.as_str(), lines[1].text.as_str()), ("块内", "复合"));
    assert_eq!(lines[1].bbox.x0, 85.0);
}

#[test]
fn wrapped_cells_of_a_ruled_table_stay_together() {
    let rules: String = [20.0, 60.0, 100.0, 140.0].map(|x| stroke(x, 50.0, x, 64.0)).concat()
        + &[50.0, 64.0].map(|y| stroke(20.0, y, 140.0, y)).concat();
    let cells = text(21.0, 52.0, "预计每月节能效益预")
        + &text(21.0, 58.0, "计")
        + &text(61.0, 52.0, "乙方分享比例按照合")
        + &text(61.0, 58.0, "同")
        + &text(101.0, 52.0, "每一个季度结算一次");
    let document = File::of(&(rules + &cells)).read();
    let lines = &document.pages[0].lines;
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(texts, ["预计每月节能效益预", "计", "乙方分享比例按照合", "同", "每一个季度结算一次"]);
    assert_eq!(lines[1].joint, Joint::Cell);
    assert_eq!(lines[2].joint, Joint::Row);
}

#[test]
fn what_nobody_sees_is_not_read() {
    let shown = text(20.0, 30.0, "可见的条款共十个汉字以上");
    let hidden = styled(20.0, 40.0, "隐藏", "Visible='false'")
        + &styled(20.0, 50.0, "透明", "Alpha='0'")
        + &styled(20.0, 60.0, "不填充", "Fill='false'")
        + &text(-80.0, 70.0, "页外");
    assert_eq!(File::of(&(shown + &hidden)).texts(), ["可见的条款共十个汉字以上"]);
}

#[test]
fn annotations_are_seen_and_their_remarks_told() {
    let annotation = format!(
        "<ofd:PageAnnot><ofd:Annot ID='5' Type='Stamp' Creator='张三'><ofd:Remark>金额请再核对</ofd:Remark>\
         <ofd:Appearance Boundary='20 100 60 10'>{}</ofd:Appearance></ofd:Annot><ofd:Annot ID='6' Visible='false'>\
         <ofd:Appearance Boundary='20 120 60 10'>{}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>",
        text(0.0, 0.0, "已审核"),
        text(0.0, 0.0, "不可见")
    );
    let file = File::of(&text(20.0, 30.0, "正文"))
        .document("<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>")
        .part(
            "Doc_0/Annots/Annotations.xml",
            "<ofd:Annotations><ofd:Page PageID='1'><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page>\
             </ofd:Annotations>",
        )
        .part("Doc_0/Annots/Page_0/Annotation.xml", annotation);
    let document = file.read();
    assert_eq!(file.texts(), ["正文", "已审核"]);
    assert_eq!(document.issues[0].message, "第 1 页有批注（张三）：金额请再核对");
    assert_eq!(document.pages[0].lines[1].bbox.x0, 56.7);
}
