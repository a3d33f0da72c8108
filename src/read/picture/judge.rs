//! Which stretches of a line a contract stands or falls with, by cheap patterns: they are read again, with more
//! care, when there is doubt about them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexSet};

/// Knows by the grammar of contracts what matters in a line of text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Grammar;

/// Whole stretches: amounts in figures and capitals, shares, dates, credit codes, contract numbers, telephones and
/// accounts.
const PATTERNS: &[&str] = &[
    r"[¥￥$]\s*[\d,，.．]+",
    r"\d[\d,，.．]*\s*(?:亿|万|千)?\s*(?:元|圆|%|％|美元|港币|‰)",
    r"[零〇壹贰叁肆伍陆柒捌玖拾佰仟萬万亿元圆角分整正]{3,}",
    r"\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*日?",
    r"[〇零一二三四五六七八九]{4}\s*年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日",
    r"\d{1,4}\s*(?:个?(?:年|月|日|天|周)|份|期)",
    r"[0-9A-Z]{15,20}",
    r"[A-Z]{2,}[A-Z0-9()（）〔〕\[\]【】第号_/—–-]{3,}",
    r"(?:\d[\d -]{5,}\d)",
    r"\d{1,3}(?:[,，]\d{3})+(?:[.．]\d+)?",
];

/// Labels whose value runs to the end of the line: parties, their people and accounts, the contract's number.
const LABELS: &str = r"(?:[甲乙丙丁]\s*方|(?:发包|承包|委托|受托|采购|供应|出租|承租|买受|出卖|供货|中标|服务)\s*[人方商]|[买卖供需]\s*方|法定代表人|负责人|授权代表|名\s*称|单位|开户(?:银)?行|账\s*号|帐\s*号|户\s*名|地\s*址|电\s*话|联系人|统一社会信用代码|(?:合同|项目)?编\s*号)[^:：]{0,12}[:：]\s*";

static WHOLE: LazyLock<Vec<Regex>> =
    LazyLock::new(|| PATTERNS.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect());
static ANY: LazyLock<Option<RegexSet>> = LazyLock::new(|| RegexSet::new(PATTERNS).ok());
static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(LABELS).ok());

impl Grammar {
    /// Bytes of `text` that matter, sorted, apart from each other.
    pub fn stretches(text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let any = ANY.as_ref().map(|set| set.matches(text));
        for index in any.iter().flatten() {
            let pattern = WHOLE.get(index);
            found.extend(pattern.iter().flat_map(|pattern| pattern.find_iter(text)).map(|m| m.range()));
        }
        let value = LABEL.as_ref().and_then(|label| label.find(text)).map(|label| label.end()..text.len());
        found.extend(value.filter(|value| !value.is_empty()));
        joined(found)
    }
}

fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matters(text: &str) -> Vec<&str> {
        Grammar::stretches(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn every_pattern_is_one() {
        assert_eq!(WHOLE.len(), PATTERNS.len());
        assert!(ANY.is_some() && LABEL.is_some());
    }

    #[test]
    fn what_a_contract_stands_or_falls_with() {
        assert_eq!(
            matters("合同总价为人民币 123,000.00 元（大写：壹拾贰万叁仟元整）"),
            ["123,000.00 元", "壹拾贰万叁仟元整"]
        );
        assert_eq!(matters("签订于2024年3月5日，一式四份"), ["2024年3月5日"]);
        assert_eq!(matters("乙方（盖章）：深圳市远航办公设备有限公司"), ["深圳市远航办公设备有限公司"]);
        assert_eq!(matters("统一社会信用代码 91440300MA5EXAMPL0"), ["91440300MA5EXAMPL0"]);
        assert_eq!(matters("依据 LH-CG-2024-018 执行"), ["LH-CG-2024-018"]);
        assert_eq!(matters("拨打 0755-2566 1234 报修"), ["0755-2566 1234"]);
        assert!(matters("双方应当遵守本合同的约定").is_empty());
    }

    proptest::proptest! {
        #[test]
        fn stretches_are_sorted_and_apart(text in "[甲方：0-9,.年月元A-Z ]{0,40}") {
            let found = Grammar::stretches(&text);
            proptest::prop_assert!(found.windows(2).all(|pair| pair[0].end < pair[1].start));
            proptest::prop_assert!(found.iter().all(|range| text.get(range.clone()).is_some()));
        }
    }
}
