//! Automatic numbers.

use super::*;

/// A level: index, format, text, further elements.
fn level(index: u32, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>\
         <w:lvlText w:val=\"{text}\"/>{more}</w:lvl>"
    )
}

/// One definition (0) with these levels, and list 1 made of it; `more` are further lists.
fn lists(levels: &str, more: &str) -> String {
    format!(
        "<w:abstractNum w:abstractNumId=\"0\">{levels}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>{more}"
    )
}

/// A paragraph in a list.
fn item(list: u32, level: u32, text: &str) -> String {
    styled(&format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>"), text)
}

#[test]
fn clauses_count_and_begin_anew_below_each_article() {
    let levels = level(0, "chineseCountingThousand", "第%1条", "")
        + &level(1, "decimal", "%1.%2", "<w:isLgl/>")
        + &level(2, "chineseCounting", "（%3）", "<w:suff w:val=\"nothing\"/>");
    let body = [
        item(1, 0, "标的"),
        item(1, 1, "内容"),
        item(1, 2, "甲项"),
        item(1, 2, "乙项"),
        item(1, 1, "范围"),
        item(1, 0, "价款"),
        item(1, 1, "总价"),
        item(1, 2, "丙项"),
    ];
    let texts = Docx::new(&body.concat()).numbering(&lists(&levels, "")).texts();
    assert_eq!(
        texts,
        [
            "第一条标的",
            "1.1 内容",
            "（一）甲项",
            "（二）乙项",
            "1.2 范围",
            "第二条价款",
            "2.1 总价",
            "（一）丙项"
        ]
    );
}

#[test]
fn the_label_is_set_off_only_after_a_latin_digit_or_dot() {
    let levels = level(0, "decimal", "%1.", "<w:suff w:val=\"space\"/>")
        + &level(1, "decimal", "%2、", "")
        + &level(2, "decimal", "%3.", "<w:suff w:val=\"nothing\"/>");
    let body = [item(1, 0, "一"), item(1, 1, "二"), item(1, 2, "三")].concat();
    assert_eq!(Docx::new(&body).numbering(&lists(&levels, "")).texts(), ["1. 一", "1、二", "1.三"]);
}

#[test]
fn lists_of_one_definition_go_on_unless_they_state_a_start() {
    let more = "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/></w:num>\
                <w:num w:numId=\"3\"><w:abstractNumId w:val=\"0\"/>\
                <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>";
    let body: String = [1, 1, 2, 3, 3].iter().map(|list| item(*list, 0, "款")).collect();
    let docx = Docx::new(&body).numbering(&lists(&level(0, "decimal", "%1、", ""), more));
    assert_eq!(docx.texts(), ["1、款", "2、款", "3、款", "5、款", "6、款"]);
}

#[test]
fn a_list_may_change_a_level() {
    let own = level(0, "upperLetter", "%1)", "");
    let more = format!(
        "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/><w:lvlOverride w:ilvl=\"0\">{own}</w:lvlOverride></w:num>"
    );
    let body = item(2, 0, "款");
    assert_eq!(Docx::new(&body).numbering(&lists(&level(0, "decimal", "%1、", ""), &more)).texts(), ["A)款"]);
}

#[test]
fn a_level_may_count_through() {
    let levels = level(0, "decimal", "%1", "") + &level(1, "decimal", "%2)", "<w:lvlRestart w:val=\"0\"/>");
    let body = [item(1, 0, "甲"), item(1, 1, "乙"), item(1, 0, "丙"), item(1, 1, "丁")].concat();
    assert_eq!(Docx::new(&body).numbering(&lists(&levels, "")).texts(), ["1 甲", "1)乙", "2 丙", "2)丁"]);
}

#[test]
fn a_level_passed_over_shows_its_first_number() {
    let levels = level(0, "decimal", "%1", "") + &level(1, "decimal", "%1.%2", "");
    let body = [item(1, 1, "甲"), item(1, 1, "乙")].concat();
    assert_eq!(Docx::new(&body).numbering(&lists(&levels, "")).texts(), ["1.1 甲", "1.2 乙"]);
}

#[test]
fn styles_bring_numbers_and_hand_them_down() {
    let styles = "<w:style w:type=\"paragraph\" w:styleId=\"A\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr>\
                  <w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"B\"><w:name w:val=\"条\"/><w:basedOn w:val=\"A\"/></w:style>\
                  <w:style w:type=\"paragraph\" w:styleId=\"C\"><w:name w:val=\"款\"/><w:basedOn w:val=\"A\"/></w:style>";
    let levels = level(0, "chineseCounting", "%1、", "<w:pStyle w:val=\"A\"/>")
        + &level(1, "decimal", "%2.", "<w:pStyle w:val=\"C\"/>");
    let body = [
        styled("<w:pStyle w:val=\"A\"/>", "甲"),
        styled("<w:pStyle w:val=\"B\"/>", "乙"),
        styled("<w:pStyle w:val=\"C\"/>", "丙"),
        styled("<w:pStyle w:val=\"A\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>", "丁"),
    ];
    let docx = Docx::new(&body.concat()).styles(styles).numbering(&lists(&levels, ""));
    assert_eq!(docx.texts(), ["一、甲", "二、乙", "1. 丙", "丁"]);
}

#[test]
fn a_numbering_style_lends_its_levels() {
    let levels = format!(
        "<w:abstractNum w:abstractNumId=\"7\"><w:styleLink w:val=\"S\"/>{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"8\"><w:numStyleLink w:val=\"S\"/></w:abstractNum>\
         <w:num w:numId=\"7\"><w:abstractNumId w:val=\"7\"/></w:num>\
         <w:num w:numId=\"8\"><w:abstractNumId w:val=\"8\"/></w:num>",
        level(0, "decimalEnclosedCircle", "%1", "")
    );
    let styles = "<w:style w:type=\"numbering\" w:styleId=\"S\"><w:pPr><w:numPr><w:numId w:val=\"7\"/></w:numPr>\
                  </w:pPr></w:style>";
    assert_eq!(Docx::new(&item(8, 0, "款")).styles(styles).numbering(&levels).texts(), ["①款"]);
}

#[test]
fn bullets_show_as_they_look() {
    let wingdings = "<w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr>";
    let levels = level(0, "bullet", "\u{F0A8}", wingdings)
        + &level(1, "bullet", "\u{F0AA}", wingdings)
        + &level(2, "bullet", "●", "")
        + &level(3, "none", "", "");
    let body: String = (0..4).map(|level| item(1, level, "项")).collect();
    assert_eq!(Docx::new(&body).numbering(&lists(&levels, "")).texts(), ["☐项", "•项", "●项", "项"]);
}

#[test]
fn an_empty_item_counts_and_shows_its_number() {
    let body = [item(1, 0, "甲"), item(1, 0, ""), item(1, 0, "丙")].concat();
    let levels = lists(&level(0, "decimal", "%1.", ""), "");
    assert_eq!(Docx::new(&body).numbering(&levels).texts(), ["1. 甲", "2.", "3. 丙"]);
}

#[test]
fn the_first_of_two_stored_formats_is_taken() {
    let both = "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><mc:AlternateContent><mc:Choice Requires=\"w14\">\
                <w:numFmt w:val=\"custom\" w:format=\"001, 002, 003, ...\"/></mc:Choice><mc:Fallback>\
                <w:numFmt w:val=\"decimal\"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val=\"%1、\"/></w:lvl>";
    assert_eq!(Docx::new(&item(1, 0, "款")).numbering(&lists(both, "")).texts(), ["001、款"]);
}

#[test]
fn a_list_that_does_not_exist_shows_nothing() {
    assert_eq!(Docx::new(&item(9, 0, "款")).numbering(&lists("", "")).texts(), ["款"]);
}
