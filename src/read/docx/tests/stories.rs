//! Text boxes, headers, footers, notes, comments; the two dialects.

use super::*;

fn text_box(content: &str) -> String {
    format!("<w:txbxContent>{content}</w:txbxContent>")
}

fn regions(docx: Docx) -> Vec<(Region, String)> {
    docx.read().blocks.into_iter().map(|block| (block.region, block.text)).collect()
}

#[test]
fn a_text_box_comes_once_after_its_paragraph() {
    let content = text_box(&paragraph("盖章处"));
    let stored_twice = format!(
        "<mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing>{content}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent>"
    );
    let body =
        format!("<w:p>{}<w:r>{stored_twice}</w:r>{}</w:p>{}", run("", "甲"), run("", "乙"), paragraph("丙"));
    let blocks = Docx::new(&body).read().blocks;
    let seen: Vec<_> = blocks.iter().map(|b| (b.number, b.text.as_str())).collect();
    assert_eq!(seen, [(0, "甲乙"), (1, "盖章处"), (2, "丙")]);
}

#[test]
fn a_text_box_in_a_cell_stands_in_that_cell() {
    let inside =
        format!("<w:p>{}<w:r><w:pict>{}</w:pict></w:r></w:p>", run("", "格"), text_box(&paragraph("框")));
    let blocks = Docx::new(&format!("<w:tbl><w:tr><w:tc>{inside}</w:tc></w:tr></w:tbl>")).read().blocks;
    assert_eq!(
        blocks.iter().map(|b| (b.number, b.cell.is_some())).collect::<Vec<_>>(),
        [(0, true), (0, true)]
    );
}

#[test]
fn a_watermark_is_text() {
    let body = "<w:p><w:r><w:pict><v:shape><v:textpath string=\"草稿\"/></v:shape></w:pict></w:r></w:p>";
    assert_eq!(texts(body), ["草稿"]);
}

#[test]
fn headers_and_footers_come_once_after_the_body() {
    let section = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"r1\"/>\
                   <w:headerReference w:type=\"first\" r:id=\"r2\"/><w:headerReference w:type=\"even\" r:id=\"r3\"/>\
                   <w:footerReference w:type=\"default\" r:id=\"r4\"/></w:sectPr>";
    let body = format!("<w:p><w:pPr>{section}</w:pPr>{}</w:p>{section}", run("", "正文"));
    let docx = |section: &str| {
        Docx::new(&body.replace("</w:sectPr>", section))
            .part("header", "hdr", &paragraph("某局合同"))
            .part("header", "hdr", &paragraph("首页"))
            .part("header", "hdr", &paragraph("某局合同"))
            .part("footer", "ftr", &paragraph("第 1 页"))
    };
    let header = |text: &str| (Region::Header, text.to_owned());
    let (start, footer) = ((Region::Body, "正文".to_owned()), (Region::Footer, "第 1 页".to_owned()));
    let plain = regions(docx("</w:sectPr>"));
    assert_eq!(plain, [start.clone(), header("某局合同"), footer.clone()]);
    let with_title_page = regions(docx("<w:titlePg/></w:sectPr>"));
    assert_eq!(with_title_page, [start, header("某局合同"), header("首页"), footer]);
}

#[test]
fn even_pages_have_their_own_header_when_the_settings_say_so() {
    let body = paragraph("正文") + "<w:sectPr><w:headerReference w:type=\"even\" r:id=\"r1\"/></w:sectPr>";
    let docx = || Docx::new(&body).part("header", "hdr", &paragraph("偶数页"));
    assert_eq!(docx().texts(), ["正文"]);
    assert_eq!(docx().part("settings", "settings", "<w:evenAndOddHeaders/>").texts(), ["正文", "偶数页"]);
}

#[test]
fn notes_and_comments_have_their_regions() {
    let body = format!(
        "<w:p>{}<w:r><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:endnoteReference w:id=\"2\"/></w:r></w:p>",
        run("", "价款")
    );
    let notes = |kind: &str, text: &str| {
        format!(
            "<w:{kind} w:id=\"0\" w:type=\"separator\">{}</w:{kind}><w:{kind} w:id=\"2\">{}</w:{kind}>\
             <w:{kind} w:id=\"3\">{}</w:{kind}>",
            paragraph("线"),
            paragraph(text),
            paragraph("无人引用"),
        )
    };
    let comments = format!("<w:comment w:id=\"0\" w:author=\"甲\">{}</w:comment>", paragraph("请核对"));
    let docx = Docx::new(&body)
        .part("footnotes", "footnotes", &notes("footnote", "含税"))
        .part("endnotes", "endnotes", &notes("endnote", "另议"))
        .part("comments", "comments", &comments);
    assert_eq!(docx.clone().read().issues[0].code, "comments");
    assert_eq!(
        regions(docx),
        [
            (Region::Body, "价款".to_owned()),
            (Region::Note, "含税".to_owned()),
            (Region::Note, "另议".to_owned()),
            (Region::Comment, "请核对".to_owned())
        ]
    );
}

#[test]
fn the_strict_dialect_reads_the_same() {
    assert_eq!(Docx::in_dialect(STRICT, &paragraph("甲方")).texts(), ["甲方"]);
}

#[test]
fn the_prefix_and_the_main_part_may_be_called_otherwise() {
    let main = format!(
        "<x:document xmlns:x=\"{TRANSITIONAL}\"><x:body><x:p><x:r><x:t>甲方</x:t></x:r></x:p></x:body></x:document>"
    );
    let members = [
        (
            "_rels/.rels".to_owned(),
            relations(&relation("a", "officeDocument", "/Word/Main.xml")).into_bytes(),
        ),
        ("word\\main.xml".to_owned(), main.into_bytes()),
    ];
    let mut document = Document::empty(MediaType::Unknown);
    read(&zip(&members), &Limits::default(), &mut document).expect("a readable document");
    assert_eq!(document.blocks[0].text, "甲方");
}

#[test]
fn a_body_of_pictures_needs_recognition() {
    let picture = "<w:p><w:r><w:drawing><pic:pic/></w:drawing></w:r></w:p>";
    assert_eq!(Docx::new(picture).read().issues[0].code, "needs-ocr");
    assert_eq!(Docx::new(&(paragraph("甲") + picture)).read().issues[0].code, "pictures-unread");
}
