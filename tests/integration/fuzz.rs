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
    fn outline(text in text()) {
        checks::outline(&text);
    }
}
