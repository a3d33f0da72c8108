//! Clauses that are there, and what looks like them.

use super::super::reading::tests::with_reading;
use super::*;

fn has(source: &str, extractor: &Extractor) -> Option<bool> {
    with_reading(source, |reading| {
        let mut draft = Draft::default();
        (extractor.run)(reading, &mut draft);
        let fields = draft.fields;
        fields.confidentiality.or(fields.breach_liability).or(fields.notice).map(|p| p.value)
    })
}

#[test]
fn secrecy() {
    for source in [
        "第八条 保密\n双方对内容保密。",
        "一、乙方不得向第三方泄露甲方资料。",
        "一、乙方对个人信息负有保密义务。",
        "一、甲乙双方互相保密报价与结算单。",
        "一、承包方不得将发包方交付的图纸交给他人。",
        "一、检测结果的原始数据，不得向业主以外的第三方提供。",
        "一、双方应保护对方的商业秘密。",
        "一、家长登记的资料不得下载、转存。",
        "柒、保密 乙方离场后亦应遵守。",
    ] {
        assert_eq!(has(source, &CONFIDENTIALITY), Some(true), "{source}");
    }
    for source in [
        "第八条 保密\n（此处空白）\n第九条 其他\n一式两份。",
        "一、乙方应通过保密局检查。",
        "一、标的",
        "一、乙方不得提供虚假资料。",
        "一、禁止传播不良信息。",
    ] {
        assert_eq!(has(source, &CONFIDENTIALITY), Some(false), "{source}");
    }
}

#[test]
fn nothing_is_missing_from_what_was_not_read() {
    use super::super::reading::tests::with_unread;
    use crate::model::fields::AbsentReason;
    for (source, unread) in [("", &[][..]), ("", &[1]), ("一、标的", &[2])] {
        with_unread(source, unread, |reading| {
            let mut draft = Draft::default();
            (CONFIDENTIALITY.run)(reading, &mut draft);
            assert_eq!(draft.fields.confidentiality, None, "{source}");
            let reasons: Vec<_> = draft.absent.iter().map(|a| a.reason).collect();
            assert_eq!(reasons, [AbsentReason::UnreadablePage], "{source}");
        });
    }
}

#[test]
fn service() {
    for source in [
        "第十三条 通知与送达\n首部载明的地址为送达信息。",
        "8. 送达与联系\n8.1 邮寄文件以签收日为送达日。",
        "第二十条 双方往来函件按首部所列住所、联系人送达，寄出后第三日视为已经送达。",
        "一、书面通知送至本合同首部所列地址，由联系人签收。",
    ] {
        assert_eq!(has(source, &NOTICE), Some(true), "{source}");
    }
    for source in [
        "一、货物应于十日内送达甲方仓库。",
        "一、餐食在送达时不低于60摄氏度。",
        "一、乙方应提前通知甲方。",
        "一、中标通知书为本合同的组成部分。",
    ] {
        assert_eq!(has(source, &NOTICE), Some(false), "{source}");
    }
}

#[test]
fn breach() {
    for source in [
        "六、违约责任\n1. 逾期的，支付违约金。",
        "3 保密条款\n3.1 双方保密。\n4 违约责任\n4.1 应赔偿损失。",
        "一、逾期一日按千分之一支付违约金。",
        "五、违约处罚：\n（一）双方违约的。",
        "四、违约责任：按《民法典》执行。",
        "三、误期一天罚款两千元。",
        "三、未达标准的，甲方有权追究违约责任。",
        "三、乙方迟到一次，扣当日费用的百分之二十。",
        "三、供方晚交一天，按该批货款的千分之二扣款。",
        "三、甲方拖延付款的，按日加付欠款的万分之二。",
        "三、演员未经同意擅自更换的，扣3,000元。",
        "三、任何一方违反本协议的，应向对方赔偿。",
        "三、每日赔对方五百元，直至恢复供水。",
    ] {
        assert_eq!(has(source, &BREACH_LIABILITY), Some(true), "{source}");
    }
    for source in [
        "一、甲方终止合同，无需承担任何违约责任。",
        "一、标的",
        "一、价格较市场价每吨优惠三十元。",
        "一、乙方每日上报进度一次，每周提交小结。",
        // What betraying a secret costs is no clause on breach of the contract.
        "六、保密\n乙方泄露商业秘密的，应赔偿甲方因此遭受的损失。",
    ] {
        assert_eq!(has(source, &BREACH_LIABILITY), Some(false), "{source}");
    }
}
