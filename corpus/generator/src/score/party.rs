//! Parties: paired by name, and where none has the same name, by a shared role.

use std::collections::BTreeSet;

use serde_json::Value;

use super::fold::{digits, text, value};
use super::{Judgement, judge};

/// How a particular is made comparable.
type Fold = fn(&Value) -> Option<String>;

const PARTICULARS: [(&str, &str, Fold); 8] = [
    ("parties.uscc", "uscc", text),
    ("parties.id_number", "id_number", text),
    ("parties.legal_representative", "legal_representative", text),
    ("parties.address", "address", text),
    ("parties.contact", "contact", text),
    ("parties.phone", "phone", digits),
    ("parties.bank", "bank", text),
    ("parties.account", "account", digits),
];

/// Compares two lists of parties.
pub(super) fn parties(want: &Value, got: &Value) -> Vec<Judgement> {
    let list = |parties: &Value| parties.as_array().cloned().unwrap_or_default();
    let (want, mut got) = (list(want), list(got));
    let name = |party: &Value| text(value(&party["name"]));
    let confidence = |party: &Value, key: &str| party[key]["confidence"].as_f64();
    let mut judged = Vec::new();
    for party in &want {
        let found =
            got.iter().position(|other| name(other).is_some() && name(other) == name(party)).or_else(|| {
                got.iter().position(|other| !roles(&other["role"]).is_disjoint(&roles(&party["role"])))
            });
        let other = found.map(|index| got.remove(index)).unwrap_or(Value::Null);
        judged.push(judge("parties.name", name(party), name(&other), confidence(&other, "name")));
        judged.push(role(party, &other));
        for (field, key, fold) in PARTICULARS {
            if let Some(truth) = party.get(key) {
                let got = fold(value(&other[key]));
                judged.push(judge(field, fold(truth), got, confidence(&other, key)));
            }
        }
        let known = |party: &Value, key: &str| text(&party[key]).filter(|word| word != "unknown");
        for (field, key) in [("parties.side", "side"), ("parties.kind", "kind")] {
            if party.get(key).is_some() {
                judged.push(judge(field, known(party, key), known(&other, key), None));
            }
        }
    }
    let more = got.iter().filter(|other| name(other).is_some());
    judged.extend(more.map(|other| judge("parties.name", None, name(other), confidence(other, "name"))));
    judged
}

/// A shared role makes the roles the same.
fn role(party: &Value, other: &Value) -> Judgement {
    let (role, same) = (roles(&party["role"]), roles(&other["role"]));
    let shared = (!role.is_disjoint(&same)).then(|| join(&role));
    let other_role = shared.or_else(|| Some(join(&same)).filter(|role| !role.is_empty()));
    judge("parties.role", Some(join(&role)).filter(|role| !role.is_empty()), other_role, None)
}

/// 甲方(采购人) → {甲方, 采购人}: any of them names the party.
fn roles(value: &Value) -> BTreeSet<String> {
    let text = text(value).unwrap_or_default();
    text.split(['(', ')', '/', ',', '、', ';', ':'])
        .filter(|role| !role.is_empty())
        .map(str::to_owned)
        .collect()
}

fn join(roles: &BTreeSet<String>) -> String {
    roles.iter().map(String::as_str).collect::<Vec<_>>().join("/")
}
