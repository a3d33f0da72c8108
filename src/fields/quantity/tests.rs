//! Quantities in sentences and tables.

use super::super::lexicon::Lexicon;
use super::super::reading::tests::with_reading;
use super::*;
use crate::dictionaries::Dictionaries;
use crate::model::{Block, Cell, Document, MediaType};
use crate::text::Composer;

type Short = (String, Option<String>, Option<String>);

fn short(found: Vec<crate::model::Value<Quantity>>) -> Vec<Short> {
    found.into_iter().map(|q| (q.value.number.to_string(), q.value.unit, q.value.item)).collect()
}

fn read(reading: &Reading<'_>) -> Vec<Short> {
    let mut draft = Draft::default();
    run(reading, &mut draft);
    short(draft.fields.quantity)
}

fn quantities(source: &str) -> Vec<Short> {
    with_reading(source, read)
}

fn one(number: &str, unit: &str, item: Option<&str>) -> Vec<Short> {
    vec![(number.to_owned(), Some(unit.to_owned()), item.map(str::to_owned))]
}

#[test]
fn sentences_state_quantities() {
    for (source, expected) in [
        ("第二条\n甲方采购工业网关，数量1000台，单价2000元。", one("1000", "台", Some("工业网关"))),
        ("第一条\n该物业建筑面积155平方米。", one("155", "平方米", Some("建筑面积"))),
        ("第一条\n物业服务建筑面积合计9,640平方米。", one("9640", "平方米", Some("物业服务建筑面积"))),
        ("1.1 管线长度约180公里。", one("180", "公里", Some("管线长度"))),
        ("一、甲方所属环卫车辆62辆（明细见附件）。", one("62", "辆", None)),
        ("一、乙方对下列3个信息系统开展测评：", one("3", "个", None)),
        ("一、甲方将中心地下二层6个机动车停车位的使用权转让给乙方。", one("6", "个", None)),
        ("一、慰问品每份300元，共528份，总价158,400元。", one("528", "份", None)),
        ("一、养护辖区内古树名木86株（名录见附件）。", one("86", "株", None)),
        ("一、乙方为甲方研制互动科普展品21件。", one("21", "件", Some("互动科普展品"))),
        ("一、乙方为甲方提供2个标准机柜的托管服务。", one("2", "个", None)),
        ("1. 食品抽样检测服务，全年2900批次。", one("2900", "批次", None)),
        ("一、培养对象：甲方选派的骨干教师40名。", one("40", "名", Some("骨干教师"))),
        ("一、乙方提供绿植租摆服务，绿植共260盆，品种见附件。", one("260", "盆", None)),
        ("二、演出场次：57场\n三、费用", one("57", "场", None)),
        ("一、预计扫描量120万页。", one("1200000", "页", None)),
        ("一、目标：完成160个点位的外业采样。", one("160", "个点位", None)),
        ("第一条\n采购数量：十二套", one("12", "套", None)),
        ("一、乙方供应会议音响设备6套，单价500元。", one("6", "套", Some("会议音响设备"))),
        ("一、赠与人将个人创作的美术作品8幅无偿赠与受赠人。", one("8", "幅", Some("美术作品"))),
    ] {
        let found = quantities(source);
        assert_eq!(found.len(), 1, "{source}");
        assert_eq!((&found[0].0, &found[0].1), (&expected[0].0, &expected[0].1), "{source}");
    }
}

#[test]
fn what_is_counted_beside_its_area() {
    let found = quantities("第一条 南湖街道19栋老旧房屋的鉴定，总建筑面积28500平方米。");
    let short: Vec<_> = found.iter().map(|(number, unit, _)| (number.as_str(), unit.as_deref())).collect();
    assert_eq!(short, [("28500", Some("平方米")), ("19", Some("栋"))]);
}

#[test]
fn what_is_no_quantity() {
    for source in [
        "第一条\n数量增减不超过5%的，价格不变。",
        "第一条\n双方对外观、数量、合格证明进行清点。",
        "第一条\n数量为____台。",
        "第一条\n单价2000元/台。",
        "第一条\n面积误差3%以内。",
        "第一条\n乙方提供不少于2名工作人员。",
        "第一条\n乙方每年提供培训2次。",
        "第一条\n解除须满足下列3个条件的全部。",
        "第一条\n钢管长度3米。",
        "第一条\n出租方随车配操作员2名。",
    ] {
        assert_eq!(quantities(source), Vec::new(), "{source}");
    }
}

#[test]
fn tables_state_quantities() {
    let rows = [
        ["序号", "货物名称", "单位", "数量", "单价（元）"],
        ["1", "除颤器", "台", "45", "16,800.00"],
        ["2", "训练模型", "套", "6", "3,950.00"],
        ["合计", "", "", "", "779,700.00"],
    ];
    let mut document = Document::empty(MediaType::Plain);
    document.blocks = vec![Block::paragraph(0, "第一条 标的")];
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            let mut block = Block::paragraph(1, *text);
            block.cell = Some(Cell { row: row as u32, column: column as u32 });
            document.blocks.push(block);
        }
    }
    let dictionaries = Dictionaries::embedded();
    let lexicon = Lexicon::new(&dictionaries).expect("valid");
    let text = Composer::new(&dictionaries).expect("valid").compose(&document);
    let found = read(&Reading::new(&text, &lexicon));
    assert_eq!(found, [one("45", "台", Some("除颤器")), one("6", "套", Some("训练模型"))].concat());
}

#[test]
fn tables_without_cells_state_quantities() {
    let source =
        "第一条 标的\n序号\t货物名称\t单位\t数量\t单价（元）\n1\t除颤器\t台\t45\t16,800.00\n合计\t779,700.00";
    assert_eq!(quantities(source), one("45", "台", Some("除颤器")));
}

#[test]
fn counts_without_a_verb() {
    for (source, number, unit) in [
        ("第一条 乙方为甲方使用的12台电梯提供维护保养。", "12", "台"),
        ("第一条 转让标的\n1．台式电脑36台；", "36", "台"),
        ("第一条 将地下停车场（车位80个）交由乙方经营。", "80", "个"),
        ("第一条 反诈宣传折页，四色印刷，共计3000份。", "3000", "份"),
        ("第一条 培训对象及人数：科级以下干部65人，分两期进行。", "65", "人"),
    ] {
        let found = quantities(source);
        assert_eq!(found.len(), 1, "{source}");
        assert_eq!((found[0].0.as_str(), found[0].1.as_deref()), (number, Some(unit)), "{source}");
    }
    for source in [
        "第九条 本合同正本两份、副本四份，共计6份。",
        "第二条 乙方提交成果报告，共计3份。",
        "第一条 培训人数不少于60人。",
    ] {
        assert_eq!(quantities(source), Vec::new(), "{source}");
    }
}
