//! Kinds of values: what a person may write for a field, and what the record makes of it.

mod shown;
mod words;
mod written;

use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use super::types;
use super::{ContractTypes, FieldError, FieldPath};
use crate::model::code::{id_is_valid, uscc_is_valid};
use crate::model::fields::{
    Copies, Direction, Dispute, Effective, GoverningLanguage, GoverningLaw, Money, PartyKind, Payment,
    Quality, Quantity, Side, Sum, Term,
};
use crate::model::record::{Kind, Stage};

/// The type of a field's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Words.
    Text,
    /// A unified social credit code whose check character holds (GB 32100).
    Uscc,
    /// An identity number whose check character holds (GB 11643); masked ones are taken as they are.
    IdNumber,
    /// A day.
    Date,
    /// A price.
    Money,
    /// A sum in words, as a number.
    Sum,
    /// Does the government side pay or receive?
    Direction,
    /// A code of `contract_types.toml`.
    ContractType,
    /// The names that a party goes by.
    Role,
    /// Government or counterparty.
    Side,
    /// Organisation or person.
    PartyKind,
    /// Contract, supplement, or neither.
    RecordKind,
    /// Draft or signed.
    RecordStage,
    /// An instalment.
    Payment,
    /// A term.
    Term,
    /// Taking effect.
    Effective,
    /// A quantity.
    Quantity,
    /// Quality.
    Quality,
    /// Settlement of disputes.
    Dispute,
    /// Governing law.
    GoverningLaw,
    /// Governing language.
    GoverningLanguage,
    /// Copies.
    Copies,
    /// Is a clause there?
    Presence,
    /// The same, with who holds the right.
    UnilateralRight,
    /// The same, with what is given.
    Guarantee,
    /// An attachment, by number and name.
    Attachment,
    /// An entry of a form that no text can tell: words.
    Slot,
}

impl FieldKind {
    /// Does the value have named parts (`term.end`)?
    pub fn has_parts(self) -> bool {
        self.check_typed(&json!("")).is_some()
    }

    /// Can the contract have none? Else it can only be corrected to another value.
    pub fn may_be_none(self) -> bool {
        !matches!(self, Self::Role | Self::Side | Self::PartyKind | Self::RecordKind | Self::RecordStage)
    }

    /// Checks a value, in the shape of the record's `value`; null says that the contract has none.
    ///
    /// # Errors
    ///
    /// What the value should look like, in Chinese.
    pub fn check(self, path: &FieldPath, value: &Json) -> Result<(), FieldError> {
        let fits = match value {
            Json::Null => self.may_be_none(),
            value => self.check_typed(value).unwrap_or_else(|| self.check_plain(value)),
        };
        if fits { Ok(()) } else { Err(self.refuse(path, value)) }
    }

    /// Checks a value that is an object; `None` for kinds that are none.
    fn check_typed(self, value: &Json) -> Option<bool> {
        Some(match self {
            Self::Money => is::<Money>(value) && !is_negative(value),
            Self::Sum => is::<Sum>(value) && !is_negative(value),
            Self::Payment => is::<Payment>(value) && !is_negative(value),
            Self::Term => is::<Term>(value) && in_order(value),
            Self::Effective => is::<Effective>(value),
            Self::Quantity => is::<Quantity>(value),
            Self::Quality => is::<Quality>(value),
            Self::Dispute => is::<Dispute>(value),
            Self::GoverningLaw => is::<GoverningLaw>(value),
            Self::GoverningLanguage => is::<GoverningLanguage>(value),
            Self::Copies => is::<Copies>(value),
            _ => return None,
        })
    }

    fn check_plain(self, value: &Json) -> bool {
        match self {
            Self::Direction => is::<Direction>(value),
            Self::Side => is::<Side>(value),
            Self::PartyKind => is::<PartyKind>(value),
            Self::RecordKind => is::<Kind>(value),
            Self::RecordStage => is::<Stage>(value),
            Self::Presence | Self::UnilateralRight | Self::Guarantee => value.is_boolean(),
            Self::ContractType => types::code(value).is_some(),
            Self::Date => value.as_str().is_some_and(|text| text.parse::<Date>().is_ok()),
            Self::Uscc => value.as_str().is_some_and(uscc_is_valid),
            Self::IdNumber => value.as_str().is_some_and(|text| text.contains('*') || id_is_valid(text)),
            _ => value.as_str().is_some_and(|text| !text.trim().is_empty()),
        }
    }

    /// Do two values say the same? `100.0` and `100.00` do.
    pub fn same(self, one: &Json, other: &Json) -> bool {
        let equal = match self {
            Self::Money => equal::<Money>(one, other),
            Self::Sum => equal::<Sum>(one, other),
            Self::Payment => equal::<Payment>(one, other),
            Self::Quantity => equal::<Quantity>(one, other),
            Self::ContractType => Some(types::code(one) == types::code(other)),
            _ => None,
        };
        equal.unwrap_or_else(|| one == other)
    }

    fn refuse(self, path: &FieldPath, value: &Json) -> FieldError {
        self.refuse_for(path, value, self.expected().to_owned())
    }

    /// The refusal of what a person wrote: a choice from a list names the list.
    fn refuse_written(self, path: &FieldPath, text: &str, types: &ContractTypes) -> FieldError {
        let expected = match (self, words::names_of(self, path.part())) {
            (Self::ContractType, _) => types.choices(),
            (_, Some(names)) => words::choices(names),
            _ => self.expected().to_owned(),
        };
        self.refuse_for(path, &json!(text), expected)
    }

    fn refuse_for(self, path: &FieldPath, value: &Json, expected: String) -> FieldError {
        let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        FieldError::Value {
            path: path.to_string(),
            label: path.label(),
            value: shown.chars().take(40).collect(),
            expected,
        }
    }

    /// What a value looks like, with an example.
    fn expected(self) -> &'static str {
        match self {
            Self::Text | Self::Role | Self::Attachment | Self::Slot => "非空文字",
            Self::Uscc => "18 位且校验码正确的统一社会信用代码",
            Self::IdNumber => "18 位且校验码正确的公民身份号码（隐去的位写 *）",
            Self::Date => "日期，如 2024-03-05",
            Self::Money | Self::Sum => "以元为单位、不为负的金额，如 123000.00",
            Self::Direction => "支出、收入、有收有支或不涉及价款",
            Self::ContractType => "合同类型的名称或代码，如 服务合同",
            Self::Side => "政府方、对方或未知",
            Self::PartyKind => "单位、个人或未知",
            Self::RecordKind => "合同、补充协议或非合同",
            Self::RecordStage => "拟稿、已签或未知",
            Self::Presence | Self::UnilateralRight | Self::Guarantee => "有或无",
            Self::Term => {
                "期限，可分别写 term.start、term.end（日期，止日不早于起日）、term.duration（如 P3Y）"
            }
            Self::Copies => "份数，可写 copies.total=6",
            _ => "与 hetong show 中该要素的 value 相同的 JSON",
        }
    }
}

/// Is the value one of this type, with no name in it that the type does not know?
fn is<T: DeserializeOwned + Serialize>(value: &Json) -> bool {
    let Some(typed) = typed::<T>(value) else { return false };
    let (Json::Object(given), Ok(Json::Object(known))) = (value, serde_json::to_value(typed)) else {
        return !value.is_object();
    };
    given.iter().all(|(key, value)| value.is_null() || known.contains_key(key))
}

fn typed<T: DeserializeOwned>(value: &Json) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

fn equal<T: DeserializeOwned + PartialEq>(one: &Json, other: &Json) -> Option<bool> {
    Some(typed::<T>(one)? == typed::<T>(other)?)
}

fn is_negative(value: &Json) -> bool {
    let amount = value.get("amount").and_then(Json::as_str).unwrap_or_default();
    amount.starts_with('-')
}

/// Does the term end after it begins?
fn in_order(value: &Json) -> bool {
    typed::<Term>(value).is_none_or(|term| match (term.start, term.end) {
        (Some(start), Some(end)) => start <= end,
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, value: Json) -> Result<(), String> {
        let path: FieldPath = path.parse().expect(path);
        path.kind().check(&path, &value).map_err(|error| error.to_string())
    }

    #[test]
    fn values_of_the_right_type_pass() {
        let money =
            json!({"amount": "12.50", "currency": "CNY", "kind": "total", "per": null, "tax": "unknown"});
        let term = json!({"start": "2024-01-01", "end": "2024-12-31", "duration": null, "text": ""});
        for (path, value) in [
            ("title", json!("采购合同")),
            ("amount", money),
            ("term", term),
            ("sign_date", json!("2024-03-05")),
            ("parties[0].uscc", json!("91350100M000100Y43")),
            ("parties[0].id_number", json!("440301********1234")),
            ("confidentiality", json!(true)),
            ("stage", json!("signed")),
            ("sign_place", Json::Null),
        ] {
            check(path, value).expect(path);
        }
    }

    #[test]
    fn values_of_another_type_are_refused() {
        let negative =
            json!({"amount": "-1", "currency": "CNY", "kind": "total", "per": null, "tax": "unknown"});
        let backwards = json!({"start": "2024-02-01", "end": "2024-01-31", "duration": null, "text": ""});
        let misspelt = json!({"amount": "1", "currency": "CNY", "kind": "total", "per": null, "tax": "unknown", "betrag": 1});
        for (path, value) in [
            ("title", json!(" ")),
            ("amount", json!("12.50")),
            ("amount", negative),
            ("amount", misspelt),
            ("term", backwards),
            ("sign_date", json!("2024-02-30")),
            ("parties[0].uscc", json!("91350100M000100Y44")),
            ("stage", Json::Null),
            ("confidentiality", json!("有")),
        ] {
            assert!(check(path, value).is_err(), "{path}");
        }
    }

    #[test]
    fn a_refusal_says_what_it_should_look_like() {
        let error = check("parties[1].uscc", json!("9135")).expect_err("too short");
        insta::assert_snapshot!(error, @"“第2方当事人·统一社会信用代码”（parties[1].uscc）的值“9135”不符合格式：应为18 位且校验码正确的统一社会信用代码");
    }

    #[test]
    fn figures_are_compared_as_figures() {
        let money = |amount: &str| json!({"amount": amount, "currency": "CNY", "kind": "total", "per": null, "tax": "unknown"});
        assert!(FieldKind::Money.same(&money("100.0"), &money("100.00")));
        assert!(!FieldKind::Money.same(&money("100.0"), &money("100.01")));
        assert!(!FieldKind::Text.same(&json!("1.0"), &json!("1.00")));
    }
}
