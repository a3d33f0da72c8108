//! Comparable forms of values: what differs only in the manner of writing is the same.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// A field's value: `{"value": …}` or the bare value.
pub(super) fn value(field: &Value) -> &Value {
    field.get("value").unwrap_or(field)
}

/// The comparable form of a piece of text: NFKC, no white space, one kind of bracket, no final full stop.
pub(super) fn text(value: &Value) -> Option<String> {
    let folded: String = value
        .as_str()?
        .nfkc()
        .filter(|c| !c.is_whitespace() && !"_《》“”\"".contains(*c))
        .map(|c| match c {
            '[' | '〔' | '【' => '(',
            ']' | '〕' | '】' => ')',
            '—' | '–' | '－' => '-',
            c => c,
        })
        .collect();
    let folded = folded.trim_end_matches(['。', ';', ',', '.']);
    (!folded.is_empty()).then(|| folded.to_lowercase())
}

/// A decimal without currency, commas and idle noughts; JSON numbers too.
pub(super) fn number(value: &Value) -> Option<String> {
    let text = if value.is_number() { value.to_string() } else { text(value)? };
    let text: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    (!text.is_empty()).then(|| text.to_owned())
}

/// The digits alone: telephone and account numbers are grouped in many ways.
pub(super) fn digits(value: &Value) -> Option<String> {
    let digits: String = text(value)?.chars().filter(char::is_ascii_digit).collect();
    (!digits.is_empty()).then_some(digits)
}

pub(super) fn words(value: &Value) -> Option<String> {
    let text = text(value)?;
    let text = text.trim_start_matches("人民币").trim_end_matches(['整', '正']).replace('圆', "元");
    (!text.is_empty()).then_some(text)
}

/// Years as months, so that `P3Y` and `P36M` are the same; dates stay as they are.
pub(super) fn duration(value: &Value) -> Option<String> {
    let text = text(value)?.to_uppercase();
    let years =
        text.strip_prefix('P').and_then(|rest| rest.strip_suffix('Y')).and_then(|n| n.parse::<u32>().ok());
    Some(years.map_or(text, |years| format!("P{}M", years * 12)))
}

pub(super) fn forum(value: &Value) -> Option<String> {
    let text =
        text(value)?.replace("有管辖权的", "").replace("有管辖权", "").replace("依法", "").replace('的', "");
    (!text.is_empty()).then_some(text)
}

/// A unit of measure under its commonest name.
pub(super) fn unit(value: &Value) -> Option<String> {
    let unit = text(value)?;
    Some(match unit.as_str() {
        "m2" | "㎡" | "平米" | "平方" => "平方米".to_owned(),
        "名" => "人".to_owned(),
        _ => unit,
    })
}

/// What a periodic price is for: 年度 and 每年 are 年.
pub(super) fn span(value: &Value) -> Option<String> {
    let span = text(value)?;
    let span = span.trim_start_matches(['每', '个']).trim_end_matches('度');
    (!span.is_empty()).then(|| span.to_owned())
}

/// A contract type under the name that the truths use.
pub(super) fn contract_type(value: &Value) -> Option<String> {
    const NAMES: [(&str, &[&str]); 9] = [
        ("sale", &["purchase", "procurement"]),
        ("works", &["construction", "engineering"]),
        ("work", &["contract-work", "hire-of-work", "processing", "contracting"]),
        ("gift", &["donation"]),
        ("entrustment", &["commission", "mandate", "agency"]),
        ("employment", &["labour", "labor"]),
        ("technology", &["technical", "technology-development", "research"]),
        ("supervision", &["supervision-agreement", "regulatory"]),
        ("energy", &["energy-performance", "epc"]),
    ];
    let name = text(value)?;
    let common = NAMES.iter().find(|(_, others)| others.contains(&name.as_str()));
    Some(common.map_or(name, |(common, _)| (*common).to_owned()))
}

/// The record's type under the truth's name where the two are near-equal, else as it is. Two clerks may file the
/// same contract under either:
///
/// - 物业服务, 咨询 and 服务 are all 服务 to the 政府采购法 (第二条第七款): the one is a kind of the other;
/// - `other` is what a truth says whose closed list ends before the nominate contracts that are rare in the archive.
pub(super) fn near_type(truth: Option<&str>, got: Option<String>) -> Option<String> {
    const SERVICES: &[&str] = &["service", "property-service", "consulting"];
    const RARE: &[&str] = &[
        "sponsorship",
        "transfer",
        "transport",
        "storage",
        "brokerage",
        "insurance",
        "guarantee",
        "compensation",
    ];
    let near = |one: &str, got: &str| {
        SERVICES.contains(&one) && SERVICES.contains(&got) || one == "other" && RARE.contains(&got)
    };
    let same = truth?.split('|').find(|one| got.as_deref().is_some_and(|got| *one == got || near(one, got)));
    same.map(str::to_owned).or(got)
}

/// When a contract takes effect: the truths have one word for signing and sealing, alone or together.
pub(super) fn effect(value: &Value) -> Option<String> {
    let kind = text(value)?;
    Some(match kind.as_str() {
        "on-seal" | "on-signature-and-seal" => "on-signature".to_owned(),
        _ => kind,
    })
}

/// Does `got` hold at least 80 % of the characters of `core`, in their order, without being a whole page?
pub(super) fn holds(core: &str, got: &str) -> bool {
    let (core, got): (Vec<char>, Vec<char>) = (core.chars().collect(), got.chars().collect());
    got.len() <= core.len() * 4 + 40 && common_length(&core, &got) * 5 >= core.len() * 4
}

/// The length of the longest common subsequence.
fn common_length(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn four_fifths_in_order_will_do() {
        assert!(holds("办公大楼清扫保洁", "甲方办公大楼的清扫与保洁"));
        assert!(!holds("办公大楼清扫保洁", "保洁清扫"));
        assert!(!holds("保洁", &"保洁".repeat(100)));
    }

    #[test]
    fn other_names_of_the_same() {
        assert_eq!(contract_type(&json!("donation")).as_deref(), Some("gift"));
        assert_eq!(unit(&json!("㎡")).as_deref(), Some("平方米"));
        assert_eq!(digits(&json!("0755-2566 1208")).as_deref(), Some("075525661208"));
        assert_eq!(number(&json!(6)).as_deref(), Some("6"));
        assert_eq!(effect(&json!("on-seal")).as_deref(), Some("on-signature"));
    }

    #[test]
    fn near_equal_types() {
        let near = |truth: &str, got: &str| near_type(Some(truth), Some(got.to_owned())).unwrap_or_default();
        assert_eq!(near("sale|service", "property-service"), "service");
        assert_eq!(near("consulting", "service"), "consulting");
        assert_eq!(near("other", "sponsorship"), "other");
        assert_eq!(near("sale", "service"), "service");
        assert_eq!(near("other", "sale"), "sale");
        assert_eq!(near_type(Some("sale"), None), None);
    }
}
