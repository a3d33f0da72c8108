//! Slots that nobody filled: `____`, `【 】`, `/`, `XX`, `{{name}}`, `[填写地址]`.

use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::pattern;

/// Marks of a slot with nothing in it. `XX` and 某某 stand in templates for a name.
static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"_{2,}|-{3,}|—{3,}|…{1,}|\.{4,}|×{2,}|\*{3,}|[xX]{2,}|某某?[^\n]{0,2}?(?:公司|局|单位)|某{2,}|[○〇]{2,}(?:公司|局)",
        r"|\{\{[^{}\n]*\}\}|\{%[^%\n]*%\}|«[^»\n]*»|\$\{[^}\n]*\}|【[\s_]*】|\[[\s_]*\]",
        r"|[\[【(<]?(?:请?在?此处?填写|请填|待填|填写|待定|请输入|点击输入)[^\]】)>\n]*[\]】)>]?|此处空白",
    ))
});

/// Characters that leave a slot empty when nothing else stands in it.
const EMPTY: &str = "_-—–/\\.。…·,，、;；:：*×()[]【】〔〕<>《》{}\"“”' \u{3000}\t\n\r年月日元整¥￥号第";

/// Is there nothing in it but marks of an empty slot?
pub fn is_blank(text: &str) -> bool {
    let rest = PLACEHOLDER.replace_all(text, "");
    rest.chars().all(|c| EMPTY.contains(c))
}

/// Does it still hold the mark of an empty slot, beside other text?
pub fn has_placeholder(text: &str) -> bool {
    PLACEHOLDER.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_slots_are_blank() {
        for text in [
            "",
            "____",
            "/",
            "【】",
            "【__】",
            "XXX",
            "{{ 客户名称 }}",
            "«company»",
            "[填写甲方地址]",
            "____年____月____日",
            "(____)",
            "——",
            "…………",
            "待定",
        ] {
            assert!(is_blank(text), "{text}");
        }
    }

    #[test]
    fn filled_slots_are_not() {
        for text in ["深圳市罗湖区教育局", "张明", "0755-25531076", "A", "5"] {
            assert!(!is_blank(text), "{text}");
            assert!(!has_placeholder(text), "{text}");
        }
        for text in ["深圳市XX有限公司", "深圳市____局", "某某公司"] {
            assert!(has_placeholder(text), "{text}");
        }
    }
}
