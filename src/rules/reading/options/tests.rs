//! Tests of the choices of printed lists.

use super::*;
use crate::dictionaries::Dictionaries;
use crate::platform::thread_seconds;
use crate::text::{Composer, from_lines};

fn left(source: &str) -> String {
    let composer = Composer::new(&Dictionaries::embedded()).expect("sound");
    let text = from_lines(&composer, source);
    let chosen = chosen(&text);
    assert_eq!(chosen.len(), text.folded_body().len());
    chosen.into_owned()
}

#[test]
fn the_filled_number_chooses_an_item() {
    for source in [
        "按下列第 2 种方式解决：（1）仲裁；（2）诉讼。",
        "按第2种：①仲裁②诉讼",
        "按下列第（二）项方式解决：\n（一）提交仲裁；\n（二）提起诉讼。",
        "按以下第__2__种方式解决：\n1、仲裁\n2、诉讼",
        "采用以下第②种方式：①仲裁；②诉讼",
        "采取下述第〔2〕种方式：（1）仲裁；（2）诉讼。",
        "双方同意按照第 B 项解决：\nA. 仲裁；\nB. 诉讼。",
        "纠纷按第 2 项办理，其余划去：\n1. 仲裁；\n2. 诉讼。",
        "争议解决按下列 [B]：\n[A] 仲裁；\n[B] 诉讼。",
        "纠纷按下列约定办理：\n1. 仲裁（划去）；\n2. 诉讼。",
    ] {
        let left = left(source);
        assert!(!left.contains("仲裁") && left.contains("诉讼"), "{source} → {left}");
    }
}

#[test]
fn a_number_of_a_clause_chooses_it() {
    let left = left(
        "双方同意按下列方式 1.2 予以解决：\n1.1向仲裁委员会申请仲裁；\n1.2向人民法院提起诉讼。\n2、其他。",
    );
    assert!(!left.contains("仲裁") && left.contains("诉讼") && left.contains("其他"), "{left}");
}

#[test]
fn a_line_of_boxes_costs_its_length() {
    let text = "□甲".repeat(100_000);
    let begun = thread_seconds();
    let found = unticked(&text);
    let took = thread_seconds() - begun;
    assert!(found.len() == 100_000 && took < 20.0, "{} in {took:.1} s", found.len());
}

#[test]
fn an_open_list_chooses_nothing() {
    for source in [
        "按下列第____种方式解决：（1）仲裁；（2）诉讼。",
        "按下列第【 】种方式解决：\n（1）仲裁；\n（2）诉讼。",
        "可以在专用条款中约定以下一种方式解决：\n（1）仲裁；\n（2）诉讼。",
        "□仲裁 □诉讼",
    ] {
        let left = left(source);
        assert!(!left.contains("仲裁") && !left.contains("诉讼"), "{source} → {left}");
    }
}

#[test]
fn a_tick_chooses_an_item() {
    for source in [
        "□仲裁；☑诉讼",
        "□ 仲裁\n■ 诉讼",
        "（　）仲裁（√）诉讼",
        "□仲裁 □√诉讼",
        "方式：仲裁□　诉讼☑（勾选者为准）",
    ] {
        let left = left(source);
        assert!(!left.contains("仲裁") && left.contains("诉讼"), "{source} → {left}");
    }
}

#[test]
fn what_is_no_list_stays() {
    for source in [
        "可仲裁，也可诉讼。",
        "纠纷按第 1 项或第 2 项办理，由原告选用：\n1. 仲裁；\n2. 诉讼。",
        "按照第（四）项，先予仲裁。",
        "依照《办法》第三十九条第（四）项，仲裁。",
        "选定第（2）种方式，即诉讼与仲裁。",
    ] {
        assert!(left(source).contains("仲裁"), "{source}");
    }
}

#[test]
fn what_is_struck_out_reaches_no_further_than_its_part() {
    let left = left(
        "甲方为乙方的借款提供连带责任保证，反担保（不适用）。\n1. 由甲方委托，提交仲裁（划去）；\n2. 诉讼。",
    );
    assert!(left.contains("提供连带责任保证") && !left.contains("反担保"), "{left}");
    let boxed = self::left("甲方为乙方的借款提供连带责任保证，是否公证 □");
    assert!(boxed.contains("提供连带责任保证") && !boxed.contains("公证"), "{boxed}");
    assert!(!left.contains("仲裁") && !left.contains("由甲方委托") && left.contains("诉讼"), "{left}");
}
