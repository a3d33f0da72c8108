//! Copies by total, by holder and by kind.

use super::super::reading::tests::with_reading;
use super::*;

type Counted = (Option<u32>, Vec<(String, u32)>);

/// The copies of a contract between 甲方 and 乙方: total, then holders.
fn copies(sentence: &str) -> Option<Counted> {
    let source = format!("甲方：甲有限公司\n乙方：乙有限公司\n第一条 其他\n{sentence}");
    with_reading(&source, |reading| {
        let mut draft = Draft::default();
        super::super::parties::EXTRACTOR.run_on(reading, &mut draft);
        run(reading, &mut draft);
        let value = draft.fields.copies?.value;
        Some((value.total, value.by.into_iter().map(|h| (h.holder, h.number)).collect()))
    })
}

#[test]
fn copies_are_counted_by_holder() {
    let held = |a, b| vec![("甲方".to_owned(), a), ("乙方".to_owned(), b)];
    for (sentence, total, by) in [
        ("本合同一式六份，甲方执四份，乙方执二份，具有同等法律效力。", 6, held(4, 2)),
        ("本合同一式肆份，甲乙双方各执贰份，具有同等法律效力。", 4, held(2, 2)),
        ("本合同一式陆(6)份，甲方执肆份，乙方执贰份。", 6, held(4, 2)),
        ("本合同经双方签字后生效，一式五份，甲方三份、乙方二份。", 5, held(3, 2)),
        ("本协议壹式4份,甲、乙双方各执2份。", 4, held(2, 2)),
        ("本合同一式四份，双方各执两份，自双方签字盖章之日起生效。", 4, held(2, 2)),
        ("本合同一式二份，甲方、乙方各执一份。", 2, held(1, 1)),
        ("本合同一式六份，甲方执四份；乙方执两份；未尽事宜另行协商。", 6, held(4, 2)),
        ("本合同一式两份，甲乙双方各执一份；乙方提交报告三份。", 2, held(1, 1)),
        ("9. 合同四份，甲方三份，乙方一份。", 4, held(3, 1)),
        ("9. 合同三份：甲方两份，乙方一份，签字盖章后有效。", 3, held(2, 1)),
        ("9. 本协议四份，甲三乙一，落款日期起生效。", 4, held(3, 1)),
        ("9. 一式六份，双方平分。", 6, held(3, 3)),
        ("9. 本合同正本两份，双方各执一份；副本六份，甲方执四份，乙方执两份。", 8, held(5, 3)),
        ("（八）其他：合同四份，双方各执两份。", 4, held(2, 2)),
        ("本约定书一式两份，甲乙方各执一份。", 2, held(1, 1)),
        ("本合同盖章后生效，一式四份，各执两份。", 4, held(2, 2)),
        ("本合约于双方签署后生效。正本三份，甲方执二份，乙方执一份。", 3, held(2, 1)),
        ("此协议一式二份，双方签字盖章后各执一份。", 2, held(1, 1)),
        ("本合同一式  肆  份，甲方执  两  份，乙方执 两 份。", 4, held(2, 2)),
        ("本合同一式二份，签字后生效。甲、乙双方各持一份。", 2, held(1, 1)),
    ] {
        assert_eq!(copies(sentence), Some((Some(total), by)), "{sentence}");
    }
}

#[test]
fn other_holders_and_kinds_of_copy() {
    let (total, by) = copies("本合同一式七份，甲方执三份，乙方执三份，采购代理机构执一份。").expect("copies");
    assert_eq!((total, by[2].clone()), (Some(7), ("采购代理机构".to_owned(), 1)));
    let (total, by) = copies("本合同正本一式二份，副本一式八份。").expect("copies");
    assert_eq!((total, by), (None, vec![("正本".to_owned(), 2), ("副本".to_owned(), 8)]));
    let (total, by) = copies("本合同正本一式两份，副本四份，甲方执正本一份。").expect("copies");
    assert_eq!((total, by[0].clone()), (None, ("正本".to_owned(), 2)));
    assert_eq!(by[1], ("副本".to_owned(), 4));
    let held = |a, b| vec![("甲方".to_owned(), a), ("乙方".to_owned(), b)];
    let each = copies("本合同正本二份，副本四份，甲乙双方各执正本一份、副本二份。").expect("copies");
    assert_eq!(each, (Some(6), held(3, 3)));
    let own = copies("本合同正本贰份，副本肆份，甲方执正本壹份、副本叁份，乙方执正本壹份、副本壹份。");
    assert_eq!(own, Some((Some(6), held(4, 2))));
    let made = copies("本合同一式六份，正本二份，副本四份，双方各执三份。").expect("copies");
    assert_eq!(made.0, Some(6));
}

#[test]
fn a_total_alone_is_a_total() {
    assert_eq!(copies("本合同一式两份，具有同等法律效力。"), Some((Some(2), Vec::new())));
}

#[test]
fn copies_of_other_things_are_none() {
    for sentence in [
        "乙方应提交纸质报告一式三份。",
        "验收报告一式五份，由甲方保存。",
        "每日订餐480份。",
        "乙方应配有一式两份的发货清单。",
        "本合同附件共三份。",
        "本合同一式____份，双方各执____份。",
        "本合同一式六(5)份。",
    ] {
        assert_eq!(copies(sentence), None, "{sentence}");
    }
}

#[test]
fn originals_are_no_total_beside_copies_or_of_other_papers() {
    for sentence in ["乙方应按合同约定提交检测报告，正本三份。", "合同约定的成果文件：正本三份。"]
    {
        assert_eq!(copies(sentence), None, "{sentence}");
    }
    assert_eq!(copies("本合同正本贰（2）份，副本肆（4）份。"), Some((Some(6), Vec::new())));
    let apart = copies("本合同正本贰份，双方各执壹份；副本陆份，双方各执叁份。");
    assert_eq!(apart, Some((Some(8), vec![("甲方".to_owned(), 4), ("乙方".to_owned(), 4)])));
}

#[test]
fn the_rest_goes_to_its_holder() {
    let by = [("甲方", 2), ("乙方", 2), ("采购办", 2)].map(|(holder, number)| (holder.to_owned(), number));
    assert_eq!(copies("本合同一式六份，双方各执两份，其余两份报采购办备案。"), Some((Some(6), by.to_vec())));
    let by = [("甲方", 4), ("乙方", 2)].map(|(holder, number)| (holder.to_owned(), number));
    let kinds =
        "本合同一式六份，其中正本两份，副本四份，甲方执正本一份、副本三份，乙方执正本一份、副本一份。";
    assert_eq!(copies(kinds), Some((Some(6), by.to_vec())));
}
