//! The checks of the fuzz targets (`fuzz/`) on arbitrary text, and on text of the characters that scanners look for.

use proptest::prelude::*;

#[path = "../../fuzz/checks.rs"]
mod checks;

/// Any text, or what is almost a contract.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\PC\\n]{0,80}",
        "[0-9.,/:%()年月日号个半至零〇一二三十百千万亿壹贰拾佰仟元角分整圆¥￥人民币港美工作周天ABxX*_\\-\\n]{0,80}",
        "([第条章节一二三十0-9.、()（）①②甲乙方：。；\\t\\n 　合同价款]{1,6}){0,24}",
    ]
}

/// Any text, or what is almost a question.
fn question() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[物业服务合同违约金逾期壹佰贰拾捌万元整0-9.,:：~～()（）\"“”「」 \\-ORNOTa-zＨＴ‰%年月日标题金额签订]{1,40}",
        "([物业违约金0-9]{1,4}[~ ]{0,2}){1,12}",
    ]
}

proptest! {
    #[test]
    fn numerals(text in text()) {
        checks::numerals(&text);
    }

    #[test]
    fn dates(text in text()) {
        checks::dates(&text);
    }

    #[test]
    fn money(text in text()) {
        checks::money(&text);
    }

    #[test]
    fn codes(text in text()) {
        checks::codes(&text);
    }

    #[test]
    fn search(text in question()) {
        checks::search(&text);
    }

    #[test]
    fn outline(text in text()) {
        checks::outline(&text);
    }
}

proptest! {
    // Each text is an index of its own.
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn found(text in text()) {
        checks::found(&text);
    }
}
