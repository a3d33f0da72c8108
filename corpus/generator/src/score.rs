//! A record against the truth: what is right, wrong, missed or invented, field by field.
//!
//! Both are JSON, so that this crate need not know the program it measures.

use std::collections::BTreeSet;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// What became of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The truth has a value and the record the same.
    Right,
    /// Both have one, and they differ.
    Wrong,
    /// The truth has one, the record none.
    Missed,
    /// The record has one, the truth none.
    Invented,
    /// Neither has one.
    Silent,
}

/// One field of one contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// `title`, `parties.name`, `term.end` …
    pub field: &'static str,
    /// What became of it.
    pub verdict: Verdict,
    /// The true value, as compared.
    pub truth: Option<String>,
    /// The record's value, as compared.
    pub got: Option<String>,
}

/// Compares the fields of a truth file (`truth["fields"]`) with a record.
pub fn fields(truth: &Value, record: &Value) -> Vec<Judgement> {
    let (want, got) = (&truth["fields"], &record["fields"]);
    let mut judged = vec![
        judge("title", text(&want["title"]), text(&got["title"]["value"])),
        judge("contract_number", text(&want["contract_number"]), text(&got["contract_number"]["value"])),
    ];
    judged.extend(parties(&want["parties"], &got["parties"]));
    let (sum, money) = (&want["amount"], &got["amount"]["value"]);
    judged.push(judge("amount", number(&sum["amount"]), number(&money["amount"])));
    judged.push(judge("amount.currency", text(&sum["currency"]), text(&money["currency"])));
    judged.push(judge("amount.kind", text(&sum["kind"]), text(&money["kind"])));
    judged.push(judge(
        "amount_in_words",
        words(&want["amount_in_words"]),
        words(&got["amount_in_words"]["raw"]),
    ));
    for (field, key) in [("term.start", "start"), ("term.end", "end"), ("term.duration", "duration")] {
        judged.push(judge(field, duration(&want["term"][key]), duration(&got["term"]["value"][key])));
    }
    judged.push(judge("sign_date", text(&want["sign_date"]), text(&got["sign_date"]["value"])));
    judged.push(judge("sign_place", text(&want["sign_place"]), text(&got["sign_place"]["value"])));
    let dispute = &got["dispute"]["value"];
    judged.push(judge("dispute.kind", kind(&want["dispute"]["kind"]), kind(&dispute["kind"])));
    judged.push(judge("dispute.forum", forum(&want["dispute"]["forum"]), forum(&dispute["forum"])));
    let law = &got["governing_law"]["value"]["territory"];
    judged.push(judge("governing_law", text(&want["governing_law_territory"]), text(law)));
    let language = &got["governing_language"]["value"]["prevails"];
    let language = text(language).filter(|prevails| prevails != "unstated");
    judged.push(judge("governing_language", text(&want["governing_language_prevails"]), language));
    for field in ["confidentiality", "breach_liability"] {
        judged.push(judge(field, present(&want[field]), present(&got[field]["value"])));
    }
    judged
}

/// Compares the findings of a record with `truth["rules"]`: rules that should hit, and that should not.
pub fn rules(truth: &Value, record: &Value) -> Vec<(String, Verdict)> {
    let outcome = |rule: &str| {
        let findings = record["findings"].as_array();
        findings.into_iter().flatten().find(|finding| finding["rule"] == rule).map(|f| f["outcome"].clone())
    };
    let listed = |key: &str| truth["rules"][key].as_array().cloned().unwrap_or_default();
    let hits = listed("hit").into_iter().map(|rule| (rule, true));
    let clean = listed("clean").into_iter().map(|rule| (rule, false));
    hits.chain(clean)
        .filter_map(|(rule, expected)| {
            let rule = rule.as_str()?.to_owned();
            let hit = outcome(&rule).is_some_and(|outcome| outcome == "hit");
            let verdict = match (expected, hit) {
                (true, true) => Verdict::Right,
                (true, false) => Verdict::Missed,
                (false, true) => Verdict::Invented,
                (false, false) => Verdict::Silent,
            };
            Some((rule, verdict))
        })
        .collect()
}

fn judge(field: &'static str, truth: Option<String>, got: Option<String>) -> Judgement {
    let verdict = match (&truth, &got) {
        (Some(a), Some(b)) if a == b => Verdict::Right,
        (Some(_), Some(_)) => Verdict::Wrong,
        (Some(_), None) => Verdict::Missed,
        (None, Some(_)) => Verdict::Invented,
        (None, None) => Verdict::Silent,
    };
    Judgement { field, verdict, truth, got }
}

/// Parties are paired by name, and where none has the same name, by a shared role.
fn parties(want: &Value, got: &Value) -> Vec<Judgement> {
    let list = |parties: &Value| parties.as_array().cloned().unwrap_or_default();
    let (want, mut got) = (list(want), list(got));
    let name = |party: &Value| text(value(&party["name"]));
    let mut judged = Vec::new();
    for party in &want {
        let found =
            got.iter().position(|other| name(other).is_some() && name(other) == name(party)).or_else(|| {
                got.iter().position(|other| !roles(&other["role"]).is_disjoint(&roles(&party["role"])))
            });
        let other = found.map(|index| got.remove(index)).unwrap_or(Value::Null);
        judged.push(judge("parties.name", name(party), name(&other)));
        let (role, same) = (roles(&party["role"]), roles(&other["role"]));
        let shared = (!role.is_disjoint(&same)).then(|| join(&role));
        let other_role = shared.or_else(|| Some(join(&same)).filter(|role| !role.is_empty()));
        judged.push(judge("parties.role", Some(join(&role)).filter(|role| !role.is_empty()), other_role));
        for (field, key) in PARTICULARS {
            judged.push(judge(field, text(&party[key]), text(value(&other[key]))));
        }
        let side = |party: &Value| text(&party["side"]).filter(|side| side != "unknown");
        judged.push(judge("parties.side", side(party), side(&other)));
    }
    judged.extend(
        got.iter().filter(|other| name(other).is_some()).map(|o| judge("parties.name", None, name(o))),
    );
    judged
}

const PARTICULARS: [(&str, &str); 4] = [
    ("parties.uscc", "uscc"),
    ("parties.id_number", "id_number"),
    ("parties.legal_representative", "legal_representative"),
    ("parties.address", "address"),
];

/// A field's value: `{"value": …}` or the bare value.
fn value(field: &Value) -> &Value {
    field.get("value").unwrap_or(field)
}

/// The comparable form of a piece of text: NFKC, no white space, one kind of bracket, no final full stop.
fn text(value: &Value) -> Option<String> {
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

fn number(value: &Value) -> Option<String> {
    let text: String = text(value)?.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    (!text.is_empty()).then(|| text.to_owned())
}

fn words(value: &Value) -> Option<String> {
    let text = text(value)?;
    let text = text.trim_start_matches("人民币").trim_end_matches(['整', '正']).replace('圆', "元");
    (!text.is_empty()).then_some(text)
}

/// Years as months, so that `P3Y` and `P36M` are the same; dates stay as they are.
fn duration(value: &Value) -> Option<String> {
    let text = text(value)?.to_uppercase();
    let years =
        text.strip_prefix('P').and_then(|rest| rest.strip_suffix('Y')).and_then(|n| n.parse::<u32>().ok());
    Some(years.map_or(text, |years| format!("P{}M", years * 12)))
}

fn kind(value: &Value) -> Option<String> {
    text(value).filter(|kind| kind != "none")
}

fn forum(value: &Value) -> Option<String> {
    let text =
        text(value)?.replace("有管辖权的", "").replace("有管辖权", "").replace("依法", "").replace('的', "");
    (!text.is_empty()).then_some(text)
}

fn present(value: &Value) -> Option<String> {
    (value == &Value::Bool(true)).then(|| "true".to_owned())
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn verdict(field: &str, truth: &Value, record: &Value) -> Verdict {
        let judged = fields(&json!({ "fields": truth }), &json!({ "fields": record }));
        judged.iter().find(|judgement| judgement.field == field).expect(field).verdict
    }

    #[test]
    fn width_space_and_units_do_not_count() {
        let truth =
            json!({"title": "采购合同", "amount": {"amount": "1200.00"}, "term": {"duration": "P3Y"}});
        let record = json!({
            "title": {"value": "采 购合同"},
            "amount": {"value": {"amount": "1200"}},
            "term": {"value": {"duration": "P36M"}},
        });
        for field in ["title", "amount", "term.duration"] {
            assert_eq!(verdict(field, &truth, &record), Verdict::Right, "{field}");
        }
        assert_eq!(verdict("sign_date", &truth, &record), Verdict::Silent);
    }

    #[test]
    fn a_value_too_many_is_invented_and_one_too_few_missed() {
        let truth = json!({"title": "采购合同", "sign_place": null});
        let record = json!({"sign_place": {"value": "深圳"}});
        assert_eq!(verdict("title", &truth, &record), Verdict::Missed);
        assert_eq!(verdict("sign_place", &truth, &record), Verdict::Invented);
    }

    #[test]
    fn parties_are_paired_by_name() {
        let truth = json!({"parties": [{"role": "甲方(采购人)", "name": "甲局", "uscc": "1"}, {"role": "乙方", "name": "乙公司"}]});
        let record = json!({"parties": [
            {"role": "供应商", "name": {"value": "乙公司"}},
            {"role": "采购人", "name": {"value": "甲局"}, "uscc": {"value": "1"}},
        ]});
        let judged = fields(&json!({ "fields": truth }), &json!({ "fields": record }));
        let of = |field| judged.iter().filter(|j| j.field == field).map(|j| j.verdict).collect::<Vec<_>>();
        assert_eq!(of("parties.name"), [Verdict::Right, Verdict::Right]);
        assert_eq!(of("parties.role"), [Verdict::Right, Verdict::Wrong]);
        assert_eq!(of("parties.uscc"), [Verdict::Right, Verdict::Silent]);
    }
}
