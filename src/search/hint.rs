//! What was typed as words and is better asked as a condition.

/// Words that compare a sum.
const COMPARED: [&str; 11] =
    ["大于", "超过", "高于", "以上", "不少于", "不低于", "小于", "低于", "以下", "不超过", "不足"];

/// Words that compare a day.
const BEFORE_OR_AFTER: [&str; 6] = ["以后", "之后", "以来", "至今", "以前", "之前"];

/// What to add to the message about words that were not found together; empty where nothing is to be said.
pub(super) fn hint(words: &[String]) -> &'static str {
    let any = |list: &[&str]| words.iter().any(|word| list.iter().any(|known| word.contains(known)));
    if any(&COMPARED) && any(&["万", "亿", "元"]) {
        return "；按金额比较请写成条件，例如 金额:>100万";
    }
    if any(&BEFORE_OR_AFTER) && any(&["年", "月"]) {
        return "；按签订日期比较请写成条件，例如 签订:>=2023";
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn comparisons_are_better_asked_as_conditions() {
        let told = |words: &[&str]| hint(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert!(told(&["大于", "一百万", "采购合同"]).contains("金额:>100万"));
        assert!(told(&["2023年", "以后", "物业"]).contains("签订:>=2023"));
        assert!(told(&["超过", "期限"]).is_empty() && told(&["物业", "一百万"]).is_empty());
    }
}
