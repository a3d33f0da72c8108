//! Fields that are lists: compared as multisets of normalised items, in any order.

use serde_json::Value;

use super::fold::{number, text, unit, value};
use super::{Judgement, Verdict};

/// Payments are the same when share and sum agree where both sides state them, and one of them is stated by both.
/// Payments with neither are not judged: whether 按月支付 is an instalment is a matter of taste.
pub(super) fn payments(want: &Value, got: &Value) -> Vec<Judgement> {
    let stated = |list: &Value| -> Vec<Value> {
        let stated = |item: &&Value| {
            number(&value(item)["percent"]).is_some() || number(&value(item)["amount"]).is_some()
        };
        list.as_array().into_iter().flatten().filter(stated).cloned().collect()
    };
    let same = |a: &Value, b: &Value| {
        let agree = |key: &str| match (number(&value(a)[key]), number(&value(b)[key])) {
            (Some(a), Some(b)) => Some(a == b),
            _ => None,
        };
        match (agree("percent"), agree("amount")) {
            (Some(percent), Some(amount)) => percent && amount,
            (one, other) => one.or(other).unwrap_or(false),
        }
    };
    multiset("payments", &stated(want), &stated(got), same, payment)
}

fn payment(item: &Value) -> String {
    let part = |key: &str| number(&value(item)[key]).unwrap_or_else(|| "-".to_owned());
    format!("{}%/{}", part("percent"), part("amount"))
}

/// Quantities are the same by number and unit.
pub(super) fn quantity(want: &Value, got: &Value) -> Vec<Judgement> {
    let same = |a: &Value, b: &Value| amount(a) == amount(b);
    multiset("quantity", &list(want), &list(got), same, amount)
}

fn amount(item: &Value) -> String {
    let item = value(item);
    format!("{}{}", number(&item["number"]).unwrap_or_default(), unit(&item["unit"]).unwrap_or_default())
}

/// Attachments are the same by their names, 附件一： before them or not.
pub(super) fn attachments(want: &Value, got: &Value) -> Vec<Judgement> {
    let same = |a: &Value, b: &Value| attachment(a) == attachment(b);
    multiset("attachments", &list(want), &list(got), same, attachment)
}

fn attachment(item: &Value) -> String {
    let name = text(value(item)).unwrap_or_default();
    let rest = name.strip_prefix("附件").map(|rest| rest.trim_start_matches(|c: char| !is_name(c)));
    rest.unwrap_or(&name).to_owned()
}

fn is_name(c: char) -> bool {
    !c.is_ascii_digit() && !":.、-一二三四五六七八九十".contains(c)
}

/// Who holds how many copies.
pub(super) fn holders(want: &Value, got: &Value) -> Vec<Judgement> {
    let same = |a: &Value, b: &Value| holder(a) == holder(b);
    multiset("copies.by", &list(want), &list(got), same, holder)
}

fn holder(item: &Value) -> String {
    format!("{}{}", text(&item["holder"]).unwrap_or_default(), number(&item["number"]).unwrap_or_default())
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

/// Pairs equal items; of the rest, pairs are wrong, and what is over is missed or invented.
fn multiset(
    field: &'static str,
    want: &[Value],
    got: &[Value],
    same: impl Fn(&Value, &Value) -> bool,
    show: impl Fn(&Value) -> String,
) -> Vec<Judgement> {
    let mut left: Vec<&Value> = got.iter().collect();
    let mut judged = Vec::new();
    let mut unmatched = Vec::new();
    let judgement = |verdict, truth: Option<&Value>, got: Option<&Value>| Judgement {
        field,
        verdict,
        truth: truth.map(&show),
        got: got.map(&show),
        confidence: got.and_then(|item| item["confidence"].as_f64()),
    };
    for item in want {
        match left.iter().position(|other| same(item, other)) {
            Some(at) => judged.push(judgement(Verdict::Right, Some(item), Some(left.remove(at)))),
            None => unmatched.push(item),
        }
    }
    let mut left = left.into_iter();
    for item in unmatched {
        let other = left.next();
        let verdict = if other.is_some() { Verdict::Wrong } else { Verdict::Missed };
        judged.push(judgement(verdict, Some(item), other));
    }
    judged.extend(left.map(|item| judgement(Verdict::Invented, None, Some(item))));
    if judged.is_empty() {
        judged.push(judgement(Verdict::Silent, None, None));
    }
    judged
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn verdicts(judged: &[Judgement]) -> Vec<Verdict> {
        judged.iter().map(|judgement| judgement.verdict).collect()
    }

    #[test]
    fn payments_in_any_order() {
        let want = json!([{"percent": "30", "amount": "300.00"}, {"percent": "70", "amount": null}]);
        let got = json!([{"value": {"percent": "70.0", "amount": "700"}}, {"value": {"amount": "300"}}]);
        assert_eq!(verdicts(&payments(&want, &got)), [Verdict::Right, Verdict::Right]);
        let got = json!([{"value": {"percent": "30", "amount": "400"}}]);
        assert_eq!(verdicts(&payments(&want, &got)), [Verdict::Wrong, Verdict::Missed]);
        assert_eq!(verdicts(&payments(&json!([]), &json!([]))), [Verdict::Silent]);
    }

    #[test]
    fn attachments_by_name() {
        let got = json!([{"value": "附件2. 价格清单"}, {"value": "服务承诺"}]);
        let judged = attachments(&json!(["附件一：价格清单"]), &got);
        assert_eq!(verdicts(&judged), [Verdict::Right, Verdict::Invented]);
    }
}
