use super::*;

fn folder() -> Folder {
    Folder::new(&Dictionaries::embedded()).expect("the dictionaries are sound")
}

fn check(cases: &[(&str, &str)]) {
    let folder = folder();
    for (content, shadow) in cases {
        assert_eq!(&folder.fold(content), shadow, "{content}");
    }
}

#[test]
fn width_and_marks_fold_to_one_form() {
    check(&[
        ("合同编号：ＬＨ－２０２４（１）号", "合同编号:LH-2024(1)号"),
        ("金额￥１，０００．００元", "金额¥1,000.00元"),
        ("《合同》、“甲方”。【一】〔二〕", "《合同》、“甲方”。【一】〔二〕"),
        ("A—B–C－D", "A-B-C-D"),
        ("张三·李四•王五", "张三·李四·王五"),
        ("比例∶３～５％", "比例:3~5%"),
        ("㈠⑴⒈", "(一)(1)1."),
        ("⽅⼀⻓", "方一长"),
        ("a\u{200B}b\u{FEFF}", "ab"),
    ]);
}

#[test]
fn traditional_characters_fold() {
    check(&[
        ("簽訂人民幣貳拾參萬伍仟圓整", "签订人民币贰拾叁万伍仟圆整"),
        ("陸佰萬圓", "陆佰万圆"),
        ("参照参拾万元参与", "参照叁拾万元参与"),
        ("二○二四年○月", "二〇二四年○月"),
        ("著作权", "著作权"),
    ]);
}

#[test]
fn spaces_inside_chinese_go() {
    check(&[
        ("2024 年 3 月 5 日", "2024年3月5日"),
        ("人民币 壹万元", "人民币壹万元"),
        ("  甲方 应当  ", "甲方应当"),
        ("Party A: ABC Trading Co., Ltd.", "Party A: ABC Trading Co., Ltd."),
        ("电话: 0755-2500", "电话:0755-2500"),
        ("____年____月____日", "____年____月____日"),
        ("第 十二 条　违约责任", "第十二条违约责任"),
        ("第　12　条", "第12条"),
        ("【    】（  ）", "【】()"),
        ("签订日期：2024年　　月　　日", "签订日期:2024年月日"),
        ("日期：　　　年　　月　　日", "日期:年月日"),
    ]);
}

#[test]
fn a_figure_stands_with_its_unit() {
    check(&[
        ("贰佰伍拾    万元", "贰佰伍拾万元"),
        ("人民币1000   .00元", "人民币1000.00元"),
        ("合计 3,000　　元", "合计3,000元"),
        ("大写：    万元", "大写:万元"),
        ("台式电脑    20    台", "台式电脑\t20\t台"),
        ("单价    元    数量", "单价\t元\t数量"),
        ("2024    元和街道", "2024\t元和街道"),
        ("向  工程所在地有管辖权的    人民法院起诉", "向工程所在地有管辖权的人民法院起诉"),
    ]);
}

#[test]
fn the_line_under_a_figure_goes() {
    check(&[
        ("自___2023__年__5___月___11__日起", "自2023年5月11日起"),
        ("租金_1500___元整", "租金1500元整"),
        ("大写_壹仟伍佰__元整", "大写壹仟伍佰元整"),
        ("期限__3__年，自____年", "期限3年,自____年"),
        ("20__年__月", "20__年__月"),
        ("201_年", "201_年"),
        ("2024__年", "2024年"),
        ("地址____1.电话", "地址____1.电话"),
        ("违约金_1%_", "违约金_1%_"),
        ("____元_____元", "____元_____元"),
        ("甲方__张三__乙方", "甲方__张三__乙方"),
    ]);
}

#[test]
fn letter_spaced_words_become_one() {
    check(&[
        ("甲　　方：深圳市", "甲方:深圳市"),
        ("签 订 日 期：", "签订日期:"),
        ("法 定 代 表 人", "法定代表人"),
        ("合　同", "合同"),
        ("乙    方（盖章）", "乙方(盖章)"),
        ("采　购　合　同", "采购合同"),
        ("甲方（盖  章）：", "甲方(盖章):"),
        ("签订  日期：", "签订日期:"),
        ("甲    方        乙    方", "甲方\t乙方"),
        ("法定代表人：张　三", "法定代表人:张三"),
    ]);
}

#[test]
fn columns_become_tabs() {
    check(&[
        ("甲方（盖章）：        乙方（盖章）：", "甲方(盖章):\t乙方(盖章):"),
        ("甲方：张三    乙方：李四", "甲方:张三\t乙方:李四"),
        ("甲方：张三 乙方：李四", "甲方:张三\t乙方:李四"),
        ("甲方：    深圳市罗湖区", "甲方:深圳市罗湖区"),
        ("序号  名称  数量", "序号\t名称\t数量"),
        ("台式电脑\t20\t台", "台式电脑\t20\t台"),
        ("第一条　合同标的", "第一条合同标的"),
        ("1.\t合同标的", "1.合同标的"),
        ("·    公司名称", "·公司名称"),
        ("第一条　违约责任　　甲方违约的", "第一条违约责任\t甲方违约的"),
        ("□ 是　　否", "□是\t否"),
    ]);
}

#[test]
fn every_byte_points_at_its_character() {
    let folder = folder();
    let content = "甲　方： ⑴ ＡＢ  x";
    let mut shadow = Shadow::default();
    folder.fold_into(&mut shadow, content, &[], 0);
    shadow.origin.push(content.len() as u32);
    assert_eq!(shadow.text, "甲方:(1)AB\tx");
    let at = shadow.text.find("AB").expect("there");
    assert_eq!(&content[shadow.to_content(content, at..at + 2)], "ＡＢ");
    let at = shadow.text.find("甲方").expect("there");
    assert_eq!(&content[shadow.to_content(content, at..at + "甲方".len())], "甲　方");
    let at = shadow.text.find("(1)").expect("there");
    assert_eq!(&content[shadow.to_content(content, at..at + 3)], "⑴");
}
