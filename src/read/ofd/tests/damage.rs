//! Files that are broken or hostile: a reason for each, and what is whole is read.

use std::time::Duration;

use super::support::*;
use crate::model::{PageClass, PageOrigin};
use crate::read::{Limits, ReadError};

fn refused(parts: &[(&str, &str)]) -> ReadError {
    let parts: Vec<_> =
        parts.iter().map(|(name, xml)| ((*name).to_owned(), xml.as_bytes().to_vec())).collect();
    read(&package(&parts)).1.expect_err("nothing to read")
}

#[test]
fn without_an_entry_there_is_nothing_to_read() {
    assert!(matches!(refused(&[("a.xml", "<A/>")]), ReadError::Damaged(why) if why.contains("OFD.xml")));
    assert!(matches!(refused(&[("OFD.xml", "<OFD>")]), ReadError::Damaged(why) if why.contains("断掉")));
    assert!(
        matches!(refused(&[("OFD.xml", "<OFD/>")]), ReadError::Damaged(why) if why.contains("找不到任何页面"))
    );
    let lost = "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>";
    assert!(
        matches!(refused(&[("OFD.xml", lost)]), ReadError::Damaged(why) if why.contains("Doc_0/Document.xml"))
    );
}

#[test]
fn a_file_cut_short_is_damaged() {
    let bytes = File::of(&text(20.0, 30.0, "正文")).bytes();
    assert!(matches!(read(&bytes[..bytes.len() / 2]).1, Err(ReadError::Damaged(_))));
}

#[test]
fn an_encrypted_file_is_told() {
    let parts = [("OFD.xml", "cipher"), ("Encryptions.xml", "<Encryptions/>")];
    assert!(matches!(refused(&parts), ReadError::Encrypted));
}

#[test]
fn a_page_that_is_lost_leaves_the_others() {
    let file = File::of(&text(20.0, 30.0, "第一页"))
        .page("", "")
        .page("", &text(20.0, 30.0, "第三页"))
        .part("Doc_0/Pages/Page_1/Content.xml", "<ofd:Page><ofd:Content>");
    let document = file.read();
    let origins: Vec<PageOrigin> = document.pages.iter().map(|page| page.origin).collect();
    assert_eq!(origins, [PageOrigin::TextLayer, PageOrigin::Unread, PageOrigin::TextLayer]);
    let issue = &document.issues[0];
    assert_eq!((issue.code.as_str(), issue.page), ("page-unreadable", Some(2)));
    assert!(issue.message.contains("XML 在中途断掉"), "{}", issue.message);
}

#[test]
fn a_page_that_is_nowhere_is_told() {
    let pages = "<Page ID='1' BaseLoc='../../../../etc/passwd'/><Page ID='2'/>";
    let document = format!("<Document><Pages>{pages}</Pages></Document>");
    let document = File::new().part("Doc_0/Document.xml", document).read();
    assert!(document.pages.iter().all(|page| page.origin == PageOrigin::Unread));
    assert_eq!(document.pages[0].why, "文件中没有部件 etc/passwd");
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bomb = format!("<Page>{}</Page>", " ".repeat(3 << 20));
    let file = File::new().page("", "").page("", "").part("Doc_0/Pages/Page_0/Content.xml", bomb);
    let (document, result) =
        read_within(&file.bytes(), &Limits { unpacked_bytes: 1 << 20, ..Limits::default() });
    assert!(result.is_ok());
    assert!(document.pages[0].why.contains("压缩炸弹"), "{}", document.pages[0].why);
    assert_eq!(document.pages[1].class, PageClass::Empty);
}

#[test]
fn deep_nesting_is_not_followed() {
    let objects = "<ofd:PageBlock>".repeat(100_000) + &"</ofd:PageBlock>".repeat(100_000);
    let document = File::of(&objects).read();
    assert!(document.pages[0].why.contains("嵌套超过"), "{}", document.pages[0].why);
}

#[test]
fn objects_that_contain_themselves_are_told() {
    let own = "<ofd:CompositeObject Boundary='0 0 9 9' ResourceID='70'/>";
    let unit = format!(
        "<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='70'><ofd:Content>{own}{}</ofd:Content>\
         </ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>",
        text(20.0, 30.0, "一次")
    );
    let file = File::of(own).resources(&unit);
    let document = file.read();
    assert_eq!(file.texts(), ["一次"]);
    assert_eq!(codes(&document), ["page-incomplete"]);
    assert!(document.issues[0].message.contains("引用自身"));
    let lost = File::of(own).read();
    assert!(lost.issues[0].message.contains("复合对象不存在"));
}

#[test]
fn the_clock_stops_a_fan_out_of_composite_objects() {
    let unit = |id: u32| {
        let inner = format!("<ofd:CompositeObject Boundary='0 0 9 9' ResourceID='{}'/>", id + 1).repeat(20);
        format!(
            "<ofd:CompositeGraphicUnit ID='{id}'><ofd:Content>{inner}</ofd:Content></ofd:CompositeGraphicUnit>"
        )
    };
    let units: String = (70..85).map(unit).collect();
    let file = File::of("<ofd:CompositeObject Boundary='0 0 9 9' ResourceID='70'/>")
        .resources(&format!("<ofd:CompositeGraphicUnits>{units}</ofd:CompositeGraphicUnits>"));
    let limits = Limits { page_time: Duration::from_millis(50), ..Limits::default() };
    let (document, _) = read_within(&file.bytes(), &limits);
    assert_eq!(document.pages[0].origin, PageOrigin::Unread);
    assert_eq!(codes(&document), ["limit-exceeded"]);
}

#[test]
fn templates_that_are_lost_or_name_themselves_are_told() {
    let file = File::new().page("<ofd:Template TemplateID='9'/>", &text(20.0, 30.0, "正文"));
    let document = file.read();
    assert_eq!(file.texts(), ["正文"]);
    assert_eq!(codes(&document), ["page-incomplete"]);
    let own = format!(
        "<ofd:Page><ofd:Template TemplateID='9'/><ofd:Content><ofd:Layer>{}</ofd:Layer></ofd:Content></ofd:Page>",
        text(20.0, 10.0, "页眉")
    );
    let file = file.common("<ofd:TemplatePage ID='9' BaseLoc='Tpl.xml'/>").part("Doc_0/Tpl.xml", own);
    assert_eq!(file.texts(), ["页眉", "正文"]);
}

#[test]
fn gigantic_counts_are_not_believed() {
    let object = "<ofd:TextObject Boundary='20 30 90 5' Font='1' Size='4'><ofd:CGTransform CodePosition='1e300' \
                  CodeCount='99999999999' GlyphCount='1e30'/><ofd:TextCode X='0' Y='4' \
                  DeltaX='g 99999999999999999999 4'>甲乙丙</ofd:TextCode></ofd:TextObject>";
    assert_eq!(File::of(object).texts(), ["甲乙丙"]);
}

#[test]
fn too_many_glyphs_leave_the_page_unread() {
    let bytes = File::of(&text(20.0, 30.0, "一二三四五六七八九十")).bytes();
    let (document, _) = read_within(&bytes, &Limits { glyphs_per_page: 9, ..Limits::default() });
    assert_eq!(document.pages[0].why, "字形数量超限");
    assert_eq!(codes(&document), ["limit-exceeded"]);
}

#[test]
fn pages_beyond_the_cap_are_reported_and_reading_goes_on_where_it_stopped() {
    let file = (0..4).fold(File::new(), |file, _| file.page("", ""));
    let limits = Limits { first_page: 2, pages: 3, ..Limits::default() };
    let (document, _) = read_within(&file.bytes(), &limits);
    let numbers: Vec<u32> = document.pages.iter().map(|page| page.number).collect();
    assert_eq!((document.page_count, numbers), (Some(4), vec![2, 3]));
    assert_eq!(codes(&document), ["limit-exceeded"]);
}

#[test]
fn numbers_without_sense_do_no_harm() {
    let objects = "<ofd:TextObject Boundary='x' CTM='1e308 1e308 1e308 1e308 1e308 1e308' Size='1e308'>\
                   <ofd:TextCode X='1e308' Y='-1e308' DeltaX='1e308 1e308'>甲乙丙</ofd:TextCode></ofd:TextObject>\
                   <ofd:ImageObject CTM='1e308 1e308 1e308 1e308 1e308 1e308' ResourceID='-1'/>\
                   <ofd:PathObject Fill='true' CTM='0 0 0 0 0 0'><ofd:AbbreviatedData>M 1e308 -1e308 L C B 1 Q\
                   </ofd:AbbreviatedData></ofd:PathObject>";
    let document = File::of(objects).read();
    assert!(document.pages[0].lines.is_empty());
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn a_page_of_any_bytes_is_read_or_told(content: Vec<u8>) {
        let document = File::new().page("", "").part("Doc_0/Pages/Page_0/Content.xml", content).read();
        proptest::prop_assert_eq!(document.pages.len(), 1);
    }

    #[test]
    fn text_objects_of_any_numbers_are_drawn(
        boundary in "[-0-9. ]{0,20}", ctm in "[-0-9. ]{0,30}", size in "[-0-9.]{0,6}",
        direction in "[0-9]{0,4}", x in "[-0-9.]{0,6}", steps in "[g0-9. -]{0,30}", shown in "[甲a1 \u{E000}]{0,20}",
    ) {
        let object = format!(
            "<TextObject Boundary='{boundary}' CTM='{ctm}' Size='{size}' ReadDirection='{direction}' \
             CharDirection='{direction}'><TextCode X='{x}' Y='{x}' DeltaX='{steps}' DeltaY='{steps}'>{shown}</TextCode>\
             </TextObject>"
        );
        for line in &File::of(&object).read().pages[0].lines {
            proptest::prop_assert!(line.edges.is_empty() || line.edges.len() == line.text.chars().count() + 1);
        }
    }
}
