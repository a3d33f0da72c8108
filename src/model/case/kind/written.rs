//! Values as a person writes them, on the command line or in a cell.

use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use super::FieldKind;
use super::words::{code_of, names_of};
use crate::model::case::{ContractTypes, FieldError, FieldPath};
use crate::model::written::{compact, date, figure};

impl FieldPath {
    /// The value that `text` means here, in the shape of the record's `value`; empty text says that the contract
    /// has none. `current` is the value that stands there: a part (`term.end`), or a bare figure for a price,
    /// replaces that much of it. `types` are the contract types that there are.
    ///
    /// # Errors
    ///
    /// What the value should look like, in Chinese.
    pub fn value_of(&self, text: &str, current: &Json, types: &ContractTypes) -> Result<Json, FieldError> {
        let (kind, text) = (self.kind(), text.trim());
        let candidates = match self.part() {
            Some(part) => {
                let named = names_of(kind, Some(part)).map_or(text, |names| code_of(names, text));
                scalars(named).into_iter().map(|scalar| kind.with_part(current, part, scalar)).collect()
            }
            None if text.is_empty() => vec![Json::Null],
            None if kind == FieldKind::ContractType => types.find(text).into_iter().collect(),
            None => kind.written(text, current),
        };
        let fits = |value: &&Json| kind.check(self, value).is_ok();
        match candidates.iter().find(fits) {
            Some(value) => Ok(value.clone()),
            None => Err(kind.refuse_written(self, text, types)),
        }
    }
}

impl FieldKind {
    /// What `text` may mean, the likeliest first.
    fn written(self, text: &str, current: &Json) -> Vec<Json> {
        if let Some(names) = names_of(self, None) {
            return vec![json!(code_of(names, text))];
        }
        match self {
            Self::Date => date(text).into_iter().map(|date| json!(date)).collect(),
            Self::Uscc | Self::IdNumber => vec![json!(compact(text).to_ascii_uppercase())],
            Self::Money | Self::Sum => match decimal(text) {
                Some(amount) => vec![self.with_part(current, "amount", json!(amount))],
                None => parsed(text),
            },
            Self::Presence | Self::UnilateralRight | Self::Guarantee => match text {
                "有" | "是" | "true" => vec![json!(true)],
                "无" | "否" | "false" => vec![json!(false)],
                _ => Vec::new(),
            },
            _ if self.has_parts() => parsed(text),
            _ => vec![json!(text)],
        }
    }

    /// The current value, or an empty one, with one part replaced.
    fn with_part(self, current: &Json, part: &str, value: Json) -> Json {
        let mut object = match current {
            Json::Object(object) => object.clone(),
            _ => self.empty(),
        };
        object.insert(part.to_owned(), value);
        Json::Object(object)
    }

    /// What is said of a value before anything is.
    fn empty(self) -> Map<String, Json> {
        let empty = match self {
            Self::Money => json!({"currency": "CNY", "kind": "total", "per": null, "tax": "unknown"}),
            Self::Sum => json!({"currency": "CNY"}),
            Self::Term => json!({"start": null, "end": null, "duration": null, "text": ""}),
            Self::Copies => json!({"total": null, "by": []}),
            Self::Effective | Self::GoverningLaw => json!({"text": ""}),
            _ => Json::Null,
        };
        match empty {
            Json::Object(object) => object,
            _ => Map::new(),
        }
    }
}

/// What a part may be: nothing, a day, a figure, words, or JSON.
fn scalars(text: &str) -> Vec<Json> {
    if text.is_empty() {
        return vec![Json::Null];
    }
    let mut scalars = Vec::new();
    scalars.extend(date(text).map(|date| json!(date)));
    scalars.extend(decimal(text).map(|figure| json!(figure)));
    scalars.push(json!(text));
    scalars.extend(parsed(text));
    scalars
}

fn parsed(text: &str) -> Vec<Json> {
    serde_json::from_str(text).into_iter().collect()
}

/// A figure in units of the currency. 万元 is refused: what is meant is not guessed.
fn decimal(text: &str) -> Option<Decimal> {
    figure(text)
        .filter(|figure| figure.unit.is_none_or(|unit| unit == Decimal::ONE))
        .map(|figure| figure.number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(path: &str, text: &str, current: Json) -> Result<Json, FieldError> {
        path.parse::<FieldPath>().expect(path).value_of(text, &current, &ContractTypes::default())
    }

    #[test]
    fn people_write_dates_and_sums_in_many_ways() {
        for text in ["2024-03-05", "2024/3/5", "2024.3.5", "2024年3月5日"] {
            assert_eq!(value("sign_date", text, Json::Null), Ok(json!("2024-03-05")), "{text}");
        }
        for text in ["123000", "123,000.00", "￥123000元"] {
            let money = value("amount", text, Json::Null).expect(text);
            assert_eq!((&money["currency"], &money["kind"]), (&json!("CNY"), &json!("total")));
        }
        assert!(value("amount", "12.3万元", Json::Null).is_err());
        assert_eq!(value("direction", "支出", Json::Null), Ok(json!("pays")));
        assert_eq!(value("notice", "有", Json::Null), Ok(json!(true)));
        assert_eq!(value("sign_place", "", json!("深圳")), Ok(Json::Null));
    }

    #[test]
    fn a_part_replaces_that_part_only() {
        let term = json!({"start": "2024-01-01", "end": "2024-12-31", "duration": "P1Y", "text": "一年"});
        let changed = value("term.end", "2025年12月31日", term.clone()).expect("a term");
        assert_eq!((&changed["start"], &changed["end"]), (&json!("2024-01-01"), &json!("2025-12-31")));
        assert!(value("term.end", "2023-12-31", term.clone()).is_err());
        assert!(value("term.ende", "2025-12-31", term).is_err());
        let copies = value("copies.total", "6", Json::Null).expect("copies");
        assert_eq!(copies, json!({"total": 6, "by": []}));
        let arbitrated = json!({"kind": "court", "forum": null, "territory": "unknown", "steps": []});
        let arbitrated = value("dispute.kind", "仲裁", arbitrated).expect("a dispute clause");
        assert_eq!(arbitrated["kind"], json!("arbitration"));
        let error = value("amount.tax", "免税", Json::Null).expect_err("no such word").to_string();
        assert!(error.contains("含税、不含税、未知"), "{error}");
        let dear = json!({"amount": "5", "currency": "USD", "kind": "unit", "per": "台", "tax": "included"});
        let cheap = value("amount", "4", dear).expect("money");
        assert_eq!((&cheap["amount"], &cheap["currency"]), (&json!("4"), &json!("USD")));
    }

    #[test]
    fn codes_lose_their_blanks() {
        let code = value("parties[0].uscc", "91350100 m000100y43", Json::Null);
        assert_eq!(code, Ok(json!("91350100M000100Y43")));
    }
}
