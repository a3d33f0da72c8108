//! Prices in their sentences.

use super::super::reading::tests::with_reading;
use super::*;
use crate::model::fields::MoneyKind;

fn price(source: &str) -> Option<(Option<String>, MoneyKind, Option<String>)> {
    with_reading(source, |reading| {
        let mut draft = Draft::default();
        run(reading, &mut draft);
        draft
            .fields
            .amount
            .map(|v| (v.value.amount.map(|a| a.normalize().to_string()), v.value.kind, v.value.per))
    })
}

fn total(source: &str) -> Option<String> {
    price(source).and_then(|p| p.0)
}

#[test]
fn totals_are_found() {
    let cases = [
        ("第二条 价款\n合同总价为人民币888,600.00元（大写：捌拾捌万捌仟陆佰元整）。", "888600"),
        ("第二条\n甲方采购工业网关，数量1000台，单价2000元，合同总价2000000元。", "2000000"),
        ("合同金额：1,280,000.00元\n一、内容", "1280000"),
        ("第三条\n本合同总金额为人民币贰佰万元整（¥2,000,000），含税。", "2000000"),
        ("第三条\n合同总价：128.5万元。", "1285000"),
        (
            "第七条\n服务费实行包干制，每月人民币63,482.50元，每年人民币761,790.00元，三年合同总价为人民币2,285,370.00元（大写：人民币贰佰贰拾捌万伍仟叁佰柒拾元整）。",
            "2285370",
        ),
        ("第一条\n合同金额（元）\t1,280,000.00", "1280000"),
        (
            "二、变更\n合同总价由人民币1,520,000.00元（大写：壹佰伍拾贰万元整）变更为人民币1,641,600.00元（大写：壹佰陆拾肆万壹仟陆佰元整）。",
            "1641600",
        ),
        ("第三条\n合同总价为人民币伍拾万元整。", "500000"),
        ("一、产品\n合计人民币（大写）：拾贰万元整 ¥120,000.00", "120000"),
        ("三、承包金\n乙方承包期内向甲方缴纳承包金共计人民币96,000元。", "96000"),
        (
            "三、费用\n按收费标准下浮20%计取，暂定合同价为人民币450,000元（大写：肆拾伍万元整），据实结算。",
            "450000",
        ),
        ("三、经费\n1. 研究经费和报酬总额为四十五万。", "450000"),
        ("三、价款\n合同总额：11万（CNY）。", "110000"),
        ("1.1 暂定合同价（含6%增值税）：叁拾万零伍佰元，￥300,500.00。", "300500"),
        ("三、以上货款共为48,210元。供方让价后，双方按46,000元成交，大写肆万陆仟元整。", "46000"),
        (
            "三、费用\n（1）保洁费全年198,000元。\n（2）垃圾清运费全年最高不超过60,000元。\n（3）保洁费和垃圾清运费合计，全年最高不超过人民币258,000元。",
            "258000",
        ),
        ("【金额】本包全年预算¥930,000.00，系最高支付限额，据实结算。", "930000"),
        ("三、甲方给予丙方安家补助60万元（税前），分三年拨付，每年20万元。", "600000"),
        ("二、书架、设备折价18,600元归甲方所有。", "18600"),
        ("3. 合同价：按每批次500元据实结算，总价不超过人民币145万元。", "1450000"),
        ("二、采购限额：全年采购总额不超过人民币10万元。", "100000"),
        ("二、转让价款每个24万元，共计144万元（大写壹佰肆拾肆万元整）。", "1440000"),
        ("三、勘察费收费基准价500000元，下浮30%后，勘察费为350000元。", "350000"),
        ("一、会场费3000元，茶歇费1600元，音响1000元，以上合计5600元。", "5600"),
        ("一、慰问品单价99元/盒，共300盒，计29700元。", "29700"),
        ("三、咨询服务费按收费标准下浮20%计取，最高不超过8.5万元。", "85000"),
        ("一、将原合同总价由200000元调整为230000元。", "230000"),
        ("3. 租金标准：120元/㎡/月，月租金21,360元，每满一年递增5%。", "21360"),
        ("2、工程造价：包干价肆万捌仟陆佰元整（48600元），包工包料。", "48600"),
        (
            "一、清单\n印刷品\t纸张\t印数\t金额（元）\n手册\t铜版纸\t100册\t39000\n金额合计\t大写：叁万玖仟元整\t\t39000",
            "39000",
        ),
    ];
    for (source, expected) in cases {
        assert_eq!(total(source).as_deref(), Some(expected), "{source}");
    }
}

#[test]
fn a_rate_under_a_heading_that_names_the_price() {
    let piece =
        |amount: &str, per: &str| Some((Some(amount.to_owned()), MoneyKind::Unit, Some(per.to_owned())));
    assert_eq!(price("四、收费标准：每人每天380元（含食宿），按实际人数、天数结算。"), piece("380", "人"));
    assert_eq!(price("3. 服务费：1.2元/盒/月，按季据实结算。"), piece("1.2", "盒"));
    assert_eq!(price("四、养护费\n每株每月128元，每季度按实际养护株数结算。"), piece("128", "株"));
    assert_eq!(
        price("第二条 合同价款\n2.1 本合同为固定单价合同，检测综合单价为2.6元/米（含税），按实际长度结算。"),
        piece("2.6", "米")
    );
    let total = "第二条 价款\n合同总价为____元，综合单价为2.6元/米。";
    assert!(price(total).is_none_or(|found| found.1 != MoneyKind::Unit), "{total}");
}

#[test]
fn numbers_beyond_any_money_are_no_price() {
    for number in ["9".repeat(15) + "亿", "999,".repeat(8) + "999", "9".repeat(15) + "千万"] {
        let table = format!(
            "一、清单\n品名\t数量\t金额（万元）\n电脑\t2\t{number}\n合计\t\t{number}\n合同金额（万元）\t{number}"
        );
        assert_eq!(price(&table), None, "{table}");
        assert_eq!(price(&format!("一、价款\n合同总价为人民币{number}元。")), None, "{number}");
    }
}

#[test]
fn other_sums_are_no_price() {
    for source in [
        "第四条 担保\n乙方应提交金额为人民币44,430.00元的履约保函。",
        "第三条\n预付款：甲方支付合同总价的30%，即人民币266,580.00元。",
        "第五条\n每逾期一日支付违约金人民币1,000.00元。",
        "第三条\n进度款：付至合同总价的80%，即人民币266,580.00元。",
        "第一条 委托拍卖车辆11辆，保留价合计人民币86,000元。",
        "第四条 保证金\n租赁保证金人民币55,800.00元。",
        "第三条\n服务费共计人民币____________元（大写：________）。",
        "第五条\n甲方可以提前解除合同，服务费按实际服务月数结算。",
    ] {
        assert_eq!(price(source), None, "{source}");
    }
}

#[test]
fn totals_in_tables_and_below_their_name() {
    for source in [
        "第二条 货物\n品名\t数量\t单价\t金额\n书架\t2\t500.00\t1,000.00\n合计\t1,000.00",
        "第九条 合同价款\n9.1 合同总价\n人民币壹仟元整（¥1,000.00）",
        "第三条\n培训费：每人500元，合计1,000元。",
    ] {
        assert_eq!(total(source).as_deref(), Some("1000"), "{source}");
    }
}

#[test]
fn a_rate_alone_is_the_price() {
    let (amount, kind, per) =
        price("第二条\n课程费标准为每课时人民币440元，按实际课时结算。").expect("a price");
    assert_eq!((amount.as_deref(), kind, per.as_deref()), (Some("440"), MoneyKind::Unit, Some("课时")));
    let (_, kind, per) = price("一、处置单价为180元/吨，按月结算。").expect("a price");
    assert_eq!((kind, per.as_deref()), (MoneyKind::Unit, Some("吨")));
    // Of two rates neither is the price.
    let two = price("一、单价：地形图每公顷300元，管线每公里500元，价款按实际完成工程量结算。");
    assert_eq!(two.map(|p| (p.0, p.1)), Some((None, MoneyKind::Open)));
}

#[test]
fn prices_in_english() {
    let (amount, kind, _) = price("2. The total contract price is USD 12,000.00.").expect("a price");
    assert_eq!((amount.as_deref(), kind), (Some("12000"), MoneyKind::Total));
    let (_, kind, per) = price("3. The monthly rent is RMB 8,000.00.").expect("a price");
    assert_eq!((kind, per.as_deref()), (MoneyKind::Periodic, Some("月")));
    assert_eq!(price("4. The Tenant shall pay a deposit of RMB 8,000.00."), None);
}

#[test]
fn rent_is_periodic() {
    let (amount, kind, per) = price("第三条\n该房屋月租金为人民币捌仟元整（¥8,000）。").expect("a price");
    assert_eq!((amount.as_deref(), kind, per.as_deref()), (Some("8000"), MoneyKind::Periodic, Some("月")));
    let (_, kind, per) = price("第三条\n租金为3,600元/月。").expect("a price");
    assert_eq!((kind, per.as_deref()), (MoneyKind::Periodic, Some("月")));
}

#[test]
fn what_a_rate_comes_to_is_the_price() {
    let source =
        "第三条\n服务费每月人民币3,500元（大写：叁仟伍佰元整），合计42,000元（大写：肆万贰仟元整）。";
    let (amount, kind, per) = price(source).expect("a price");
    assert_eq!((amount.as_deref(), kind, per), (Some("42000"), MoneyKind::Total, None));
    with_reading(source, |reading| {
        let mut draft = Draft::default();
        run(reading, &mut draft);
        let words = draft.fields.amount_in_words.expect("words");
        assert_eq!(words.value.amount, Some(Decimal::from(42_000)));
    });
    assert_eq!(total("第三条\n租金每月3,500元，共计42,000元。").as_deref(), Some("42000"));
    let rent = price("第三条\n租金每月3,500元，押金共计7,000元。").expect("a price");
    assert_eq!((rent.0.as_deref(), rent.1), (Some("3500"), MoneyKind::Periodic));
}

#[test]
fn words_that_are_no_number_stand_whole_beside_the_figures() {
    with_reading(
        "第二条\n合同总价为人民币360,000.00元（大写：叁拾陆圆万整）。",
        |reading| {
            let mut draft = Draft::default();
            run(reading, &mut draft);
            let words = draft.fields.amount_in_words.expect("words");
            assert_eq!(words.value.amount, None);
            assert_eq!(words.evidence[0].quote, "叁拾陆圆万整");
            assert_eq!(draft.fields.amount.and_then(|a| a.value.amount), Some(Decimal::new(36_000_000, 2)));
        },
    );
    with_reading(
        "第二条\n合同总价为人民币360,000.00元（大写：叁拾伍万）。",
        |reading| {
            let mut draft = Draft::default();
            run(reading, &mut draft);
            assert!(draft.fields.amount.is_some_and(|a| a.confidence.get() <= 0.3));
            assert_eq!(
                draft.fields.amount_in_words.and_then(|w| w.value.amount),
                Some(Decimal::from(350_000))
            );
        },
    );
}

#[test]
fn ceilings_and_open_prices() {
    assert_eq!(price("第三条\n合同总价不超过人民币50万元。").map(|p| p.1), Some(MoneyKind::Ceiling));
    assert_eq!(price("第三条\n总费用控制在50万元以内。").map(|p| p.1), Some(MoneyKind::Ceiling));
    assert_eq!(
        price("第三条\n律师费按实际收回款项的9%计算。").map(|p| (p.0, p.1)),
        Some((None, MoneyKind::Open))
    );
    assert_eq!(
        price("第三条\n合同价款按实际完成工程量结算。").map(|p| (p.0, p.1)),
        Some((None, MoneyKind::Open))
    );
}

#[test]
fn figures_and_words_that_contradict_are_both_kept() {
    with_reading(
        "第二条\n合同总价为人民币1,230,000元（大写：壹佰贰拾叁万伍仟元整）。",
        |reading| {
            let mut draft = Draft::default();
            run(reading, &mut draft);
            let (amount, words) =
                (draft.fields.amount.expect("figures"), draft.fields.amount_in_words.expect("words"));
            assert_eq!(amount.value.amount, Some(Decimal::from(1_230_000)));
            assert!(amount.confidence.get() <= 0.3);
            assert_eq!(words.value.amount, Some(Decimal::from(1_235_000)));
        },
    );
}

#[test]
fn tax_is_read_where_it_is_said() {
    let tax_of = |source: &str| {
        with_reading(source, |reading| {
            let mut draft = Draft::default();
            run(reading, &mut draft);
            draft.fields.amount.map(|v| v.value.tax)
        })
    };
    assert_eq!(tax_of("第二条\n合同总价为人民币500元，含税。"), Some(Tax::Included));
    assert_eq!(tax_of("第二条\n合同总价（不含税）为人民币500元。"), Some(Tax::Excluded));
    assert_eq!(tax_of("第二条\n合同总价为人民币500元。"), Some(Tax::Unknown));
    let apart = "第二条\n合同总价为人民币106元，其中不含税价款100元，增值税6元。";
    assert_eq!(tax_of(apart), Some(Tax::Included));
    assert_eq!(tax_of("第二条\n合同总价500元。\n第三条 以上价格含13%增值税。"), Some(Tax::Included));
    assert_eq!(tax_of("第二条\n合同总价500元。\n第三条 乙方开具含税率的发票。"), Some(Tax::Unknown));
}

#[test]
fn a_supplement_does_not_take_the_sum_of_what_it_changes() {
    let read = |source: &str| {
        with_reading(source, |reading| {
            let mut draft = Draft::default();
            super::super::title::EXTRACTOR.run_on(reading, &mut draft);
            run(reading, &mut draft);
            draft.fields.amount.and_then(|v| v.value.amount).map(|a| a.to_string())
        })
    };
    let recital = "双方于2023年6月20日签订《借款合同》，借款本金300万元。";
    let head = "借款合同补充协议\n甲方：甲局\n乙方：乙有限公司\n";
    assert_eq!(read(&format!("{head}{recital}\n一、借款期限展期至2024年12月31日。")), None);
    let more = read(&format!("{head}{recital}\n一、借款金额变更为人民币400万元。"));
    assert_eq!(more.as_deref(), Some("4000000"));
}

#[test]
fn what_is_no_price_is_none() {
    for source in [
        "第一条\n履约保证金5000元、水电押金3000元，以上合计8000元。",
        "第一条\n乙方人员迟到的，甲方收取200元的管理费。",
        "第一条\n员工入职前自付300元体检费。",
    ] {
        assert_eq!(total(source), None, "{source}");
    }
}

#[test]
fn a_sum_of_all_is_no_rate() {
    for source in [
        "合同总价为12000元每月月底支付1000元。",
        "服务费共计12000元每月月初支付。",
        "合同总价12000元每件货物应符合标准。",
    ] {
        let expected = Some((Some("12000".to_owned()), MoneyKind::Total, None));
        assert_eq!(price(&format!("第一条 价款\n{source}")), expected, "{source}");
    }
    let unit = |per: &str| Some((Some("500".to_owned()), MoneyKind::Unit, Some(per.to_owned())));
    assert_eq!(price("第一条 价款\n单价：挖掘机500元/台班。"), unit("台班"));
}

#[test]
fn a_table_is_in_ten_thousands_where_its_unit_says_so() {
    let table = "金额（元）\t备注\n设备\t120,000.00\n合计\t120,000.00";
    for line in ["中标单位的报价为12万元，费用明细如下：", "本项目采购单位预算15万元。"]
    {
        assert_ne!(total(&format!("第一条 价款\n{line}\n{table}")), Some("1200000000".to_owned()), "{line}");
    }
}
