//! Subjects in clauses, labels, sentences and names.

use super::super::reading::tests::with_reading;
use super::*;

fn subject(source: &str) -> Option<String> {
    with_reading(source, |reading| {
        let mut draft = Draft::default();
        run(reading, &mut draft);
        draft.fields.subject.map(|subject| subject.value)
    })
}

#[test]
fn subjects_are_found() {
    for (source, expected) in [
        (
            "第一条 服务内容\n乙方为甲方办公区提供保洁服务。服务人员不少于十人。",
            "乙方为甲方办公区提供保洁服务",
        ),
        (
            "一、工程概况\n（一）工程内容：屋面防水翻新、外墙修补涂刷。\n（二）工程规模：1,280平方米。",
            "屋面防水翻新、外墙修补涂刷",
        ),
        ("采购内容：办公家具一批\n第一条 价款\n500元。", "办公家具一批"),
        ("第一条 总则\n甲方委托乙方承担东湖片区规划编制工作。", "甲方委托乙方承担东湖片区规划编制工作"),
        ("检测项目：甲醛、苯系物\n第一条 价款\n500元。", "甲醛、苯系物"),
        ("本合同项下，乙方向甲方提供的服务为：知识产权托管服务。\n第一条 价款\n500元。", "知识产权托管服务"),
        ("一、房屋坐落：罗湖区东门中路1000号三楼\n第一条 价款\n500元。", "罗湖区东门中路1000号三楼"),
        ("乙方接受甲方的聘请，为甲方提供常年法律顾问服务。\n第一条 价款\n500元。", "提供常年法律顾问服务"),
        ("项目名称：智慧社区平台\n第一条 总则\n双方平等协商。", "智慧社区平台"),
    ] {
        assert_eq!(subject(source).as_deref(), Some(expected), "{source}");
    }
}

#[test]
fn the_title_names_the_subject_where_nothing_else_does() {
    let read = |source: &str| {
        with_reading(source, |reading| {
            let mut draft = Draft::default();
            super::super::title::EXTRACTOR.run_on(reading, &mut draft);
            run(reading, &mut draft);
            draft.fields.subject.map(|subject| subject.value)
        })
    };
    let clauses = "甲方：甲局\n乙方：乙公司\n第一条 期限\n一年。";
    assert_eq!(read(&format!("宣传服务合同\n{clauses}")), None);
    // However much it says, what no clause bears out may be anything.
    assert_eq!(read(&format!("垃圾分类督导服务合同\n{clauses}")), None);
    let borne_out = format!("垃圾分类督导服务合同\n{clauses}\n第二条 乙方派员进行垃圾分类督导。");
    assert_eq!(read(&borne_out).as_deref(), Some("垃圾分类督导服务"));
    let moved = format!("档案搬迁服务合同\n{clauses}\n第二条 服务内容\n打包、装卸、运输、复位。");
    assert_eq!(read(&moved).as_deref(), Some("档案搬迁服务：打包、装卸、运输、复位"));
    assert_eq!(read(&format!("采购合同\n{clauses}")), None);
}

#[test]
fn what_a_list_announces_is_taken_along() {
    let source = "第一条 采购标的\n乙方向甲方供应下列货物：\n1. 办公桌；\n2. 文件柜。\n第二条 价款\n500元。";
    assert_eq!(subject(source).as_deref(), Some("乙方向甲方供应下列货物：办公桌；文件柜"));
}

#[test]
fn a_clause_that_is_a_list_says_it_together() {
    let source = "一、合作内容\n（一）联合开展推介活动；\n（二）为企业提供财税咨询。\n二、期限\n一年。";
    assert_eq!(subject(source).as_deref(), Some("联合开展推介活动；为企业提供财税咨询"));
    let case = "甲方因与丙有限公司买卖合同纠纷一案，委托乙方代理。\n第一条 价款\n500元。";
    assert_eq!(subject(case).as_deref(), Some("与丙有限公司买卖合同纠纷一案"));
}

#[test]
fn what_a_sentence_announces() {
    for (source, expected) in [
        ("第一条 委托人委托拍卖人公开拍卖下列标的：报废车辆11辆，保留价以评估为准。", "报废车辆11辆"),
        ("买方向卖方订购会议室显示屏及配件如下：\n1. 交货", "买方向卖方订购会议室显示屏及配件"),
        (
            "甲方因工作需要，聘请乙方律师担任法律顾问，双方约定：\n一、聘期\n一年。",
            "甲方因工作需要，聘请乙方律师担任法律顾问",
        ),
        (
            "甲方拟举办书画展。\n一、展品\n乙方将馆藏书画作品46件借予甲方展出。",
            "乙方将馆藏书画作品46件借予甲方展出",
        ),
    ] {
        assert_eq!(subject(source).as_deref(), Some(expected), "{source}");
    }
}

#[test]
fn who_does_what_and_what_it_is_made_of() {
    for (source, expected) in [
        ("甲方为做好送温暖工作，向乙方采购春节慰问品，约定如下：\n一、价款\n500元。", "向乙方采购春节慰问品"),
        (
            "第一条 买受人购买的房屋为宝岗路1号裙楼101至106号，建筑面积共858平方米。",
            "宝岗路1号裙楼101至106号",
        ),
        ("一、委托方将别克商务车1台交承修方维修。\n二、工期\n7天。", "委托方将别克商务车1台交承修方维修"),
        (
            "三、乙方为培训班提供住宿、餐饮、会议场地。\n四、标准\n每人380元。",
            "乙方为培训班提供住宿、餐饮、会议场地",
        ),
        (
            "一、甲方将公园北门3号摊位（面积6平方米）提供给乙方经营饮料。",
            "甲方将公园北门3号摊位（面积6平方米）提供给乙方经营饮料",
        ),
        ("双方决定共建毕业生见习基地，协议如下：\n一、期限\n一年。", "共建毕业生见习基地"),
        ("甲方购买乙方社会工作服务，双方签订本合同。\n一、期限\n一年。", "甲方购买乙方社会工作服务"),
        (
            "甲方委托乙方执行直播带货，协议如下：\n一、活动内容：主播邀约、短视频预热。\n二、费用\n500元。",
            "甲方委托乙方执行直播带货：主播邀约、短视频预热",
        ),
    ] {
        assert!(
            subject(source).is_some_and(|found| found.ends_with(expected)),
            "{source}: {:?}",
            subject(source)
        );
    }
}

#[test]
fn a_price_list_names_the_goods_where_nothing_else_does() {
    let source = "印刷品\t纸张\t印数\t单价\t金额（元）\n防治手册\t铜版纸\t100册\t3.90\t390\n宣传海报\t铜版纸\t50张\t1.50\t75\n一、交货\n十日内。";
    assert_eq!(subject(source).as_deref(), Some("防治手册、宣传海报"));
}

#[test]
fn what_is_no_subject() {
    for source in [
        "第一条 服务内容\n____________\n第二条 价款\n500元。",
        "第一条 违约\n甲方委托乙方支付违约金。",
        "甲、乙双方就下列房屋的租赁达成如下协议：\n第一条 价款\n500元。",
        "第一条 乙方从甲方获得的工资依法承担的个人所得税由甲方代扣代缴。",
        "采购内容：________\n第一条 价款\n500元。",
    ] {
        assert_eq!(subject(source), None, "{source}");
    }
}

#[test]
fn sentences_engage_one_side() {
    for (source, expected) in [
        ("甲方：甲局\n甲乙双方就城市绿地管养事宜，达成如下协议。\n第一条 价款\n500元。", "城市绿地管养"),
        (
            "甲方委托乙方设计、印制宣传折页，双方达成如下协议：\n第一条 价款\n500元。",
            "甲方委托乙方设计、印制宣传折页",
        ),
        (
            "1．甲方因工作需要，拟将政务大厅日常保洁工作委托专业单位承担；\n第一条 价款\n500元。",
            "将政务大厅日常保洁工作委托专业单位承担",
        ),
        ("甲方通过公开招标方式采购档案室运维服务，乙方中标。\n第一条 价款\n500元。", "档案室运维服务"),
    ] {
        assert_eq!(subject(source).as_deref(), Some(expected), "{source}");
    }
}

#[test]
fn a_table_under_the_heading_names_the_goods() {
    let source =
        "一、采购清单\n序号\t设备名称\t型号\t数量\n1\t监护仪\tR9\t2台\n2\t注射泵\tP2\t3台\n二、价款\n500元。";
    assert_eq!(subject(source).as_deref(), Some("监护仪、注射泵"));
}

#[test]
fn a_long_sentence_is_cut_behind_what_is_done() {
    let source = "第一条 服务内容\n为进一步提升辖区养老服务水平，乙方为辖区独居长者提供定期探访、紧急援助和精神慰藉服务，全年建立个案不少于五十个，每个个案探访不少于十二次，并按月报送服务台账。";
    assert_eq!(
        subject(source).as_deref(),
        Some("乙方为辖区独居长者提供定期探访、紧急援助和精神慰藉服务，全年建立个案不少于五十个")
    );
}
