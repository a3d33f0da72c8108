//! A text box, as Word writes it: a drawing shape, and the same in VML for old readers.

use super::xml::paragraph;

/// Size of the box in English Metric Units (914,400 to the inch): 8 cm × 1 cm.
const SIZE: (u32, u32) = (2_880_000, 360_000);

/// A paragraph that anchors a box with `content`, which is one or more paragraphs.
pub(super) fn anchored(content: &str) -> String {
    let inner = format!("<w:txbxContent>{content}</w:txbxContent>");
    let run = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{}</mc:Choice>\
         <mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>",
        drawing(&inner),
        vml(&inner),
    );
    paragraph("", &run)
}

fn drawing(inner: &str) -> String {
    let (width, height) = SIZE;
    format!(
        "<w:drawing><wp:anchor distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\" simplePos=\"0\" \
         relativeHeight=\"1\" behindDoc=\"0\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"1\">\
         <wp:simplePos x=\"0\" y=\"0\"/>\
         <wp:positionH relativeFrom=\"column\"><wp:align>right</wp:align></wp:positionH>\
         <wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>0</wp:posOffset></wp:positionV>\
         <wp:extent cx=\"{width}\" cy=\"{height}\"/><wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/>\
         <wp:wrapTopAndBottom/><wp:docPr id=\"1\" name=\"文本框 1\"/><wp:cNvGraphicFramePr/>\
         <a:graphic><a:graphicData \
         uri=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\">\
         <wps:wsp><wps:cNvSpPr txBox=\"1\"/><wps:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/>\
         <a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></wps:spPr>\
         <wps:txbx>{inner}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>\
         </wp:anchor></w:drawing>"
    )
}

fn vml(inner: &str) -> String {
    format!(
        "<w:pict><v:shape id=\"box1\" type=\"#_x0000_t202\" \
         style=\"position:absolute;width:227pt;height:28pt\">\
         <v:textbox>{inner}</v:textbox></v:shape></w:pict>"
    )
}
