//! Values as a person reads them.

use serde_json::Value as Json;

use super::FieldKind;
use super::words::word_of;
use crate::model::case::{FieldPath, types};

impl FieldPath {
    /// A value of this field, as a person reads it: `98000.00 CNY`, `有`, `（无）`.
    pub fn shown(&self, value: &Json) -> String {
        match value {
            Json::Null => "（无）".to_owned(),
            Json::Bool(true) => "有".to_owned(),
            Json::Bool(false) => "无".to_owned(),
            Json::String(text) => word_of(self.kind(), self.part(), text).to_owned(),
            Json::Object(_) if self.kind() == FieldKind::ContractType => {
                types::label(value).unwrap_or_default().to_owned()
            }
            Json::Object(object) => {
                let parts = object.iter().filter_map(|(key, value)| part(self.kind(), key, value));
                let parts: Vec<String> = parts.collect();
                if parts.is_empty() { "（空）".to_owned() } else { parts.join("，") }
            }
            value => value.to_string(),
        }
    }
}

/// A part of a value; nothing where it says nothing.
fn part(kind: FieldKind, key: &str, value: &Json) -> Option<String> {
    let word = |code| word_of(kind, Some(key), code);
    let text = match value {
        Json::Null => return None,
        Json::String(text) if text.is_empty() || text == "unknown" => return None,
        Json::String(text) => text.clone(),
        Json::Array(list) if list.is_empty() => return None,
        Json::Array(list) if list.iter().all(Json::is_string) => {
            list.iter().filter_map(Json::as_str).map(word).collect::<Vec<_>>().join("、")
        }
        value => value.to_string(),
    };
    Some(match key {
        "start" => format!("自{text}"),
        "end" => format!("至{text}"),
        "duration" => format!("期限{text}"),
        "percent" => format!("{text}%"),
        "total" => format!("共{text}份"),
        "kind" | "territory" | "tax" => word(&text).to_owned(),
        _ => text,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn people_read_values_not_json() {
        let shown = |path: &str, value: Json| path.parse::<FieldPath>().expect(path).shown(&value);
        let money = json!({"amount": "98000.00", "currency": "CNY", "kind": "ceiling", "per": null, "tax": "included"});
        assert_eq!(shown("amount", money), "98000.00，CNY，上限，含税");
        let term = json!({"start": "2024-01-01", "end": "2024-12-31", "duration": "P1Y", "text": "一年"});
        assert_eq!(shown("term", term), "自2024-01-01，至2024-12-31，期限P1Y，一年");
        let dispute = json!({"kind": "court", "forum": null, "territory": "home", "steps": ["negotiation", "mediation"]});
        assert_eq!(shown("dispute", dispute), "诉讼，本区本市，协商、调解");
        assert_eq!(shown("direction", json!("pays")), "支出");
        assert_eq!(shown("sign_place", Json::Null), "（无）");
        assert_eq!(shown("notice", json!(true)), "有");
    }
}
