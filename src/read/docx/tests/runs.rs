//! What a paragraph's runs show.

use super::*;

#[test]
fn breaks_tabs_and_hyphens() {
    let content = "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>13</w:t><w:noBreakHyphen/><w:t>8</w:t>\
                   <w:softHyphen/><w:t>合\u{AD}同</w:t><w:br w:type=\"page\"/></w:r>";
    assert_eq!(text(content), "甲\t乙\n13-8合同");
}

#[test]
fn spaces_at_the_ends_count_only_when_they_are_kept() {
    assert_eq!(text("<w:r><w:t>甲 </w:t></w:r><w:r><w:t xml:space=\"preserve\"> 乙</w:t></w:r>"), "甲 乙");
}

#[test]
fn underlined_white_space_is_a_blank_to_fill_in() {
    let u = "<w:u w:val=\"single\"/>";
    assert_eq!(text(&(run("", "共") + &run(u, "    ") + &run("", "元"))), "共____元");
    assert_eq!(text(&(run("", "共") + &run(u, "　") + &run(u, " ") + &run("", "元"))), "共___元");
    assert_eq!(text(&format!("{}<w:r><w:rPr>{u}</w:rPr><w:tab/></w:r>", run("", "甲方："))), "甲方：____");
    assert_eq!(text(&(run("", "共") + &run("<w:u w:val=\"none\"/>", "  ") + &run("", "元"))), "共  元");
    assert_eq!(text(&(run("", "共") + &run("<w:u w:val=\"words\"/>", "  ") + &run("", "元"))), "共  元");
}

#[test]
fn a_value_written_on_the_line_gets_no_tails() {
    let u = "<w:u w:val=\"single\"/>";
    assert_eq!(
        text(&(run("", "甲方：") + &run(u, "  ") + &run(u, "某局") + &run(u, "  "))),
        "甲方：  某局  "
    );
}

#[test]
fn hidden_text_is_not_shown() {
    let styles = "<w:style w:type=\"character\" w:styleId=\"H\"><w:rPr><w:vanish/></w:rPr></w:style>";
    let body = format!(
        "<w:p>{}{}{}{}</w:p>",
        run("", "甲"),
        run("<w:vanish/>", "乙"),
        run("<w:rStyle w:val=\"H\"/>", "丙"),
        run("<w:rStyle w:val=\"H\"/><w:vanish w:val=\"0\"/>", "丁"),
    );
    assert_eq!(Docx::new(&body).styles(styles).texts(), ["甲丁"]);
}

#[test]
fn symbols_show_as_they_look() {
    let sym = |font: &str, code: &str| format!("<w:r><w:sym w:font=\"{font}\" w:char=\"{code}\"/></w:r>");
    assert_eq!(
        text(&(sym("Wingdings", "F0FE") + &sym("Wingdings", "F0A8") + &sym("Wingdings", "F0FC"))),
        "☑☐√"
    );
    assert_eq!(
        text(&(sym("Wingdings 2", "F052") + &sym("Wingdings 2", "F0A3") + &sym("Wingdings 2", "0050"))),
        "☑☐√"
    );
    assert_eq!(text(&run("<w:rFonts w:ascii=\"Wingdings\"/>", "\u{F0FE}是")), "☑是");
    assert_eq!(text(&run("", "\u{F0FE}")), "\u{F0FE}");
}

#[test]
fn a_field_shows_its_result() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let instruction = "<w:r><w:instrText>REF 金额 \\h</w:instrText></w:r>";
    let field = mark("begin") + instruction + &mark("separate") + &run("", "100") + &mark("end");
    assert_eq!(text(&(run("", "共") + &field + &run("", "元"))), "共100元");
    let nested = mark("begin") + &field + instruction + &mark("separate") + &run("", "贰") + &mark("end");
    assert_eq!(text(&nested), "贰");
    assert_eq!(text(&format!("<w:fldSimple w:instr=\"DATE\">{}</w:fldSimple>", run("", "2024年"))), "2024年");
}

#[test]
fn a_field_that_never_ends_takes_nothing_with_it() {
    let body = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>".to_owned() + &paragraph("第二条");
    assert_eq!(texts(&body), ["第二条"]);
}

#[test]
fn fields_of_old_forms() {
    let form = |data: &str, result: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData>{data}</w:ffData></w:fldChar></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>{result}\
             <w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    assert_eq!(text(&form("<w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>", "")), "☑");
    assert_eq!(text(&form("<w:checkBox><w:default w:val=\"0\"/></w:checkBox>", "")), "☐");
    let list = "<w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"仲裁\"/><w:listEntry w:val=\"诉讼\"/></w:ddList>";
    assert_eq!(text(&form(list, "")), "诉讼");
    assert_eq!(text(&form("<w:textInput/>", &run("", "\u{2002}\u{2002}"))), "__");
    assert_eq!(text(&form("<w:textInput/>", &run("", "某局"))), "某局");
}

#[test]
fn content_controls() {
    let control = |properties: &str, content: &str| {
        format!("<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")
    };
    assert_eq!(text(&control("<w:text/>", &run("", "某局"))), "某局");
    let prompt = control("<w:showingPlcHdr/>", &(run("", "单击此处") + &run("", "输入文字。")));
    assert_eq!(text(&(run("", "甲方：") + &prompt)), "甲方：____");
    let box_of = |value: u32| format!("<w14:checkbox><w14:checked w14:val=\"{value}\"/></w14:checkbox>");
    assert_eq!(text(&control(&box_of(1), &run("", "☒"))), "☑");
    assert_eq!(text(&control(&box_of(0), "")), "☐");
    assert_eq!(texts(&control("", &paragraph("整段"))), ["整段"]);
    let document = Docx::new(&format!("<w:p>{prompt}</w:p>")).read();
    assert_eq!(document.issues[0].code, "unfilled-controls");
}

#[test]
fn changes_are_read_as_accepted_and_counted() {
    let body = format!(
        "<w:p>{}<w:ins>{}</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom>{}</w:moveFrom>\
         <w:moveTo>{}</w:moveTo></w:p>",
        run("<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>", "共"),
        run("", "新"),
        run("", "移"),
        run("", "移"),
    );
    let document = Docx::new(&body).read();
    assert_eq!(document.blocks[0].text, "共新移");
    assert_eq!(document.issues[0].code, "tracked-changes");
    assert!(document.issues[0].message.contains("插入 1 处、删除 1 处、移动 1 处"));
}

#[test]
fn a_deleted_paragraph_mark_joins_two_paragraphs() {
    let mark = "<w:rPr><w:del/></w:rPr>";
    assert_eq!(
        texts(&(styled(mark, "第一条") + &paragraph("标的") + &paragraph("完"))),
        ["第一条标的", "完"]
    );
    assert_eq!(texts(&styled(mark, "末段")), ["末段"]);
}

#[test]
fn text_struck_through_is_read_and_said() {
    let document = Docx::new(&format!("<w:p>{}</w:p>", run("<w:strike/>", "作废"))).read();
    assert_eq!((document.blocks[0].text.as_str(), document.issues[0].code.as_str()), ("作废", "struck-text"));
}

#[test]
fn numbers_count_every_paragraph() {
    let blocks = Docx::new(&(paragraph("甲") + "<w:p/>" + &paragraph("  ") + &paragraph("乙"))).read().blocks;
    assert_eq!(
        blocks.iter().map(|b| (b.number, b.text.as_str())).collect::<Vec<_>>(),
        [(0, "甲"), (3, "乙")]
    );
}

#[test]
fn headings_centring_and_size() {
    let styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"21\"/></w:rPr></w:rPrDefault></w:docDefaults>\
        <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:basedOn w:val=\"a\"/><w:pPr>\
        <w:jc w:val=\"center\"/></w:pPr><w:rPr><w:sz w:val=\"32\"/></w:rPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"2\"><w:basedOn w:val=\"1\"/><w:name w:val=\"条\"/><w:pPr>\
        <w:outlineLvl w:val=\"1\"/></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"t\"><w:name w:val=\"Title\"/></w:style>";
    let body = [
        styled("<w:pStyle w:val=\"t\"/>", "合同"),
        styled("<w:pStyle w:val=\"1\"/>", "一章"),
        styled("<w:pStyle w:val=\"2\"/><w:jc w:val=\"left\"/>", "一条"),
        format!("<w:p>{}{}</w:p>", run("", "正"), run("<w:sz w:val=\"28\"/>", "文字")),
        styled("<w:outlineLvl w:val=\"9\"/><w:pStyle w:val=\"1\"/>", "正文"),
    ];
    let blocks = Docx::new(&body.concat()).styles(styles).read().blocks;
    let seen: Vec<_> = blocks.iter().map(|b| (b.heading, b.centred, b.size)).collect();
    assert_eq!(
        seen,
        [
            (Some(0), false, 10.5),
            (Some(1), true, 16.0),
            (Some(2), false, 16.0),
            (None, false, 14.0),
            (None, true, 16.0)
        ]
    );
}

#[test]
fn styles_based_on_each_other_end() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"x\"><w:basedOn w:val=\"y\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"y\"><w:basedOn w:val=\"x\"/></w:style>";
    assert_eq!(Docx::new(&styled("<w:pStyle w:val=\"x\"/>", "甲")).styles(styles).texts(), ["甲"]);
}
