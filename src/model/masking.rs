//! Masking (脱敏) of what identifies people: identity numbers, telephone numbers and accounts (《办法》第十二条).
//!
//! Every character that is hidden becomes one asterisk: lengths and the places that spans name stay as they were.
//! Where a row of digits may be an account it is hidden; codes of organisations (统一社会信用代码) and sums are not.

mod scan;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::Record;

/// Fields of a party that are hidden whatever they look like.
const PERSONAL: &[&str] = &["id_number", "phone", "account"];

/// Names below which nothing stands that identifies a person, though it may look so.
const PLAIN: &[&str] = &[
    "contract_number",
    "document",
    "fingerprint",
    "hash",
    "head",
    "id",
    "made_by",
    "previous",
    "record",
    "sha256",
    "uscc",
];

/// Names of sums and shares: a price of eleven digits is no telephone number.
const FIGURES: &[&str] = &["amount", "currency", "paid", "percent", "price", "sum"];

/// A text with identity numbers, telephone numbers and accounts hidden.
pub fn text(text: &str) -> String {
    let mut masked: Vec<char> = text.chars().collect();
    for range in scan::personal(&masked) {
        masked.get_mut(range).into_iter().flatten().for_each(scan::hide);
    }
    masked.into_iter().collect()
}

/// A value of which is known that it identifies somebody: all digits but the last four are hidden, and all of a short
/// one.
pub fn whole(text: &str) -> String {
    let digits = text.chars().filter(|c| scan::digit(*c).is_some()).count();
    let shown = if digits >= 8 { 4 } else { 0 };
    let mut left = digits.saturating_sub(shown);
    let hide = |mut c: char| {
        if scan::digit(c).is_some() && left > 0 {
            left = left.saturating_sub(1);
            scan::hide(&mut c);
        }
        c
    };
    text.chars().map(hide).collect()
}

/// Does the field of this path (`parties[1].phone`) hold nothing but what identifies somebody?
pub fn is_personal(path: &str) -> bool {
    PERSONAL.iter().any(|name| path.ends_with(name))
}

/// A text with these numbers hidden wherever they stand, whatever they look like; shorter ones than five digits are left.
pub fn known(text: &str, numbers: &[String]) -> String {
    let digits = |number: &&String| number.chars().filter(|c| scan::digit(*c).is_some()).count();
    let told = numbers.iter().filter(|number| digits(number) >= 5);
    told.fold(text.to_owned(), |text, number| text.replace(number.as_str(), &whole(number)))
}

/// The numbers that a record knows as somebody's, as they are written and as they are normalised.
pub fn numbers(record: &Record) -> Vec<String> {
    let parties = record.fields.parties.iter();
    let values = parties.flat_map(|party| [&party.id_number, &party.phone, &party.account]).flatten();
    values.flat_map(|value| [Some(value.value.clone()), value.raw.clone()]).flatten().collect()
}

/// JSON with the same hidden in all its strings, and the fields that hold nothing else hidden whole.
pub fn json(value: &mut Json) {
    mask(value, false);
}

/// The value of a field by its path (`parties[1].phone`).
pub fn value(path: &str, value: &mut Json) {
    mask(value, is_personal(path));
}

/// A copy of anything that goes through JSON with the same hidden.
///
/// # Errors
///
/// Where the value is no longer of its type; figures and days are left alone, so that none comes to it.
pub fn copy<T: Serialize + DeserializeOwned>(value: &T) -> serde_json::Result<T> {
    let mut masked = serde_json::to_value(value)?;
    json(&mut masked);
    serde_json::from_value(masked)
}

/// A record with the same hidden; `None` where it is no record any more, which no record comes to.
pub fn record(record: &Record) -> Option<Record> {
    copy(record).ok()
}

fn mask(value: &mut Json, is_personal: bool) {
    match value {
        Json::String(string) => *string = if is_personal { whole(string) } else { text(string) },
        Json::Array(list) => list.iter_mut().for_each(|entry| mask(entry, is_personal)),
        Json::Object(object) => {
            let is_figure = |name: &str, entry: &Json| entry.is_string() && FIGURES.contains(&name);
            let told = object
                .iter_mut()
                .filter(|(name, entry)| !PLAIN.contains(&name.as_str()) && !is_figure(name, entry));
            told.for_each(|(name, entry)| mask(entry, is_personal || PERSONAL.contains(&name.as_str())));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_identifies_people_is_hidden_and_the_rest_stays() {
        for (open, masked) in [
            ("身份证号：11010519491231002X。", "身份证号：110105********002X。"),
            ("联系电话13800138000，", "联系电话138****8000，"),
            ("138 0013 8000", "138 **** 8000"),
            ("0755-25666666转8012", "0755-****6666转8012"),
            ("（０７５５）２５６６６６６６", "（０７５５）****６６６６"),
            ("联系电话：25666666，共25666666元", "联系电话：****6666，共25666666元"),
            ("账号：6222 0212 3456 7890 123", "账号：**** **** **** **** 123"),
            ("账号：4403012345678901", "账号：************8901"),
            ("统一社会信用代码91440300007542567B", "统一社会信用代码91440300007542567B"),
            ("人民币274728000.80元", "人民币274728000.80元"),
            ("2024-03-05至2027-03-04", "2024-03-05至2027-03-04"),
            ("编号HT202403050001234", "编号HT202403050001234"),
        ] {
            assert_eq!(text(open), masked);
        }
    }

    #[test]
    fn fields_that_hold_nothing_else_are_hidden_whatever_they_look_like() {
        let mut record = json!({
            "id": "123456789012345678",
            "parties": [{"phone": {"value": "25666666", "raw": "25666666"}, "uscc": {"value": "914403000075425671"}}],
            "contract_number": {"value": "202403050001"},
        });
        json(&mut record);
        assert_eq!(record["parties"][0]["phone"]["value"], "****6666");
        assert_eq!(record["parties"][0]["uscc"]["value"], "914403000075425671");
        assert_eq!(
            (&record["id"], &record["contract_number"]["value"]),
            (&json!("123456789012345678"), &json!("202403050001"))
        );
        let mut account = json!("1234567");
        value("parties[0].account", &mut account);
        assert_eq!(account, "*******");
    }

    #[test]
    fn a_price_that_looks_like_a_telephone_number_stays() {
        let mut price = json!({"amount": {"value": {"amount": "13800138000"}, "raw": "电话13800138000"}});
        json(&mut price);
        assert_eq!(price["amount"]["value"]["amount"], "13800138000");
        assert_eq!(price["amount"]["raw"], "电话138****8000");
    }

    proptest::proptest! {
        #[test]
        fn lengths_stay(open in "[0-9Xx -（）账号：.０-９a甲]{0,60}") {
            proptest::prop_assert_eq!(text(&open).chars().count(), open.chars().count());
            proptest::prop_assert_eq!(text(&text(&open)).chars().count(), open.chars().count());
        }
    }
}
