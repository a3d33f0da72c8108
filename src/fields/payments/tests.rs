//! Instalments in their sentences and tables.

use super::super::reading::tests::with_reading;
use super::*;
use crate::model::fields::AbsentReason;

fn payments(source: &str) -> Vec<Payment> {
    with_reading(source, |reading| {
        let mut draft = Draft::default();
        run(reading, &mut draft);
        draft.fields.payments.into_iter().map(|payment| payment.value).collect()
    })
}

/// `percent amount trigger due` of each, `-` for what is not said.
fn short(source: &str) -> Vec<String> {
    let or = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    payments(source)
        .into_iter()
        .map(|p| {
            let (percent, amount) =
                (p.percent.map(|d| d.to_string()), p.amount.map(|d| d.normalize().to_string()));
            let up_to = if p.cumulative { "≤" } else { "" };
            format!(
                "{up_to}{} {} {} {}",
                or(percent),
                or(amount),
                or(p.trigger),
                or(p.due.map(|d| d.to_string()))
            )
        })
        .collect()
}

#[test]
fn instalments_by_share() {
    assert_eq!(
        short(
            "第三条 付款\n1. 预付款：本合同生效且乙方提交履约担保后10个工作日内，甲方支付合同总价的30%，即人民币266,580.00元。\n2. 验收款：全部货物安装调试完毕并经甲方终验合格后15个工作日内，甲方支付合同总价的65%，即人民币577,590.00元。\n3. 尾款：终验合格满一年且乙方无未处理的质量问题的，甲方于其后15个工作日内支付合同总价的5%，即人民币44,430.00元。"
        ),
        [
            "30 266580 本合同生效且乙方提交履约担保后 P10WD",
            "65 577590 全部货物安装调试完毕并经甲方终验合格后 P15WD",
            "5 44430 终验合格满一年且乙方无未处理的质量问题的 P15WD",
        ]
    );
    let named = payments("第三条 付款\n1. 预付款：合同签订后5日内支付30%。\n2. 尾款：验收合格后支付70%。");
    let names: Vec<_> = named.iter().map(|p| p.name.as_deref()).collect();
    assert_eq!(names, [Some("预付款"), Some("尾款")]);
}

#[test]
fn several_in_one_sentence() {
    assert_eq!(
        short(
            "第三条 付款\n合同签订后5个工作日内支付合同价的30%，验收合格后30日内支付65%，余款5%作为质保金，质保期满后一次性付清。"
        ),
        ["30 - 合同签订后 P5WD", "65 - 验收合格后 P30D", "5 - 质保期满后 -"]
    );
    assert_eq!(
        short("第三条 付款\n乙方缴纳履约保证金后10日内，支付扣除暂列金额后签约合同价的20%。"),
        ["20 - 乙方缴纳履约保证金后 P10D"]
    );
    assert_eq!(
        short(
            "第六条 价款\n按月计量，支付至当月审定完成产值的80%；竣工验收合格后支付至签约合同价的85%；结算审定后支付至结算价的97%。"
        ),
        ["≤80 - - -", "≤85 - 竣工验收合格后 -", "≤97 - 结算审定后 -"]
    );
}

#[test]
fn a_share_reached_repeats_the_sum() {
    assert_eq!(
        short("第三条 付款\n终验合格后15个工作日内，甲方支付人民币951,520.00元，累计支付至总价的95%；"),
        ["≤95 951520 终验合格后 P15WD"]
    );
}

#[test]
fn sums_without_shares() {
    assert_eq!(
        short(
            "第三条 付款\n（一）合同生效后10个工作日内，甲方向乙方支付人民币411,000元；\n（二）活动结束后10个工作日内，支付人民币贰拾柒万肆仟元整。"
        ),
        ["- 411000 合同生效后 P10WD", "- 274000 活动结束后 P10WD"]
    );
}

#[test]
fn the_whole_fee_is_no_instalment() {
    assert_eq!(
        short("第三条 资费\n一年费用合计24000元，按季度支付，收到发票后15个工作日内支付当季费用6000元。"),
        ["- 6000 收到发票后 P15WD"]
    );
}

#[test]
fn what_recurs() {
    let rent = &payments("第三条 租金\n乙方应于每月5日前以银行转账方式向甲方支付当月租金人民币8,000元。")[0];
    assert_eq!((rent.every.as_deref(), rent.method.as_deref()), (Some("月"), Some("银行转账")));
    assert_eq!(rent.amount, Some(Decimal::from(8000)));
    let service =
        &payments("第八条 服务费按月支付。甲方在收到发票后15个工作日内通过国库集中支付转入乙方账户。");
    assert_eq!(service[0].every.as_deref(), Some("月"));
    assert_eq!(service[1].due.map(|due| due.to_string()).as_deref(), Some("P15WD"));
    assert_eq!(service[1].method.as_deref(), Some("国库集中支付"));
}

#[test]
fn other_money_is_no_payment() {
    for source in [
        "第八条 违约\n乙方逾期交货的，每逾期一日按合同总价的0.5%支付违约金。",
        "第四条 保证金\n乙方应在签约后七日内交纳履约保证金人民币81,252.00元。",
        "第八条 违约\n合同解除的，乙方应支付合同总价10%的违约金。",
        "第八条 违约\n甲方逾期付款的，每日按0.1%支付，累计以该期应付款的10%为限。",
        "第八条 工资\n乙方应按月足额支付工资。",
        "第三条 付款\n甲方付款前，乙方应开具发票，否则甲方有权拒绝支付。",
    ] {
        assert_eq!(short(source), Vec::<String>::new(), "{source}");
    }
}

#[test]
fn an_empty_slot_is_blank() {
    with_reading("第三条 付款\n合同签订后____日内支付合同总价的____%。", |reading| {
        let mut draft = Draft::default();
        run(reading, &mut draft);
        assert!(draft.fields.payments.is_empty());
        assert_eq!(draft.absent[0].reason, AbsentReason::Blank);
    });
}

#[test]
fn shares_above_the_whole_are_doubtful() {
    with_reading("第三条 付款\n签订后支付60%。\n验收后支付60%。", |reading| {
        let mut draft = Draft::default();
        run(reading, &mut draft);
        assert!(draft.fields.payments.iter().all(|payment| payment.confidence.get() <= 0.6));
    });
}
