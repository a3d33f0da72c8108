//! The closed list of contract types (合同类型), which a dictionary holds, and what a person may write for one.

use serde_json::{Value as Json, json};

/// The types there are, by code and Chinese name, in the order of the dictionary.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContractTypes(Vec<(String, String)>);

impl ContractTypes {
    /// The list, as pairs of code (`service`) and name (服务合同).
    pub fn new(types: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(types.into_iter().collect())
    }

    /// The type of that name or code, in the shape that decisions keep: `{"code": …, "label": …}`.
    pub(super) fn find(&self, text: &str) -> Option<Json> {
        let named = |(code, label): &&(String, String)| label == text || code == text;
        let short = |(_, label): &&(String, String)| label.trim_end_matches("合同") == text;
        let found = self.0.iter().find(named).or_else(|| self.0.iter().find(short));
        found.map(|(code, label)| json!({ "code": code, "label": label }))
    }

    /// The names, for a person to choose from.
    pub(super) fn choices(&self) -> String {
        let names: Vec<&str> = self.0.iter().map(|(_, label)| label.as_str()).collect();
        format!("下列之一：{}", names.join("、"))
    }
}

/// The code of a type, as the record or a decision has it.
pub(super) fn code(value: &Json) -> Option<&str> {
    value.as_str().or_else(|| value.get("code")?.as_str()).filter(|code| !code.trim().is_empty())
}

/// Its Chinese name; the code where a decision of an earlier version kept nothing else.
pub(super) fn label(value: &Json) -> Option<&str> {
    value.get("label").and_then(Json::as_str).or_else(|| code(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::case::FieldPath;

    fn types() -> ContractTypes {
        let pair = |(code, label): (&str, &str)| (code.to_owned(), label.to_owned());
        ContractTypes::new(
            [("sale", "买卖合同"), ("service", "服务合同"), ("energy", "能源管理合同")].map(pair),
        )
    }

    #[test]
    fn a_type_goes_by_its_name_its_short_name_or_its_code() {
        for text in ["服务合同", "服务", "service"] {
            assert_eq!(types().find(text), Some(json!({"code": "service", "label": "服务合同"})), "{text}");
        }
        assert_eq!(types().find("合同"), None);
    }

    #[test]
    fn what_is_no_type_is_refused_with_the_choices() {
        let path: FieldPath = "contract_type".parse().expect("a path");
        let error = path.value_of("保洁合同", &Json::Null, &types()).expect_err("no type").to_string();
        assert!(error.contains("买卖合同、服务合同、能源管理合同"), "{error}");
        let value = path.value_of("能源管理合同", &Json::Null, &types()).expect("a type");
        assert_eq!(path.shown(&value), "能源管理合同");
    }
}
