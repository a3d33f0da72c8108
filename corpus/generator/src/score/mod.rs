//! A record against the truth: what is right, wrong, missed or invented, field by field.
//!
//! Both are JSON, so that this crate need not know the program it measures. A field that the truth has no entry
//! for is not judged; one whose entry is null (or an empty list) is absent.

mod fold;
mod item;
mod party;

use serde_json::Value;

use self::fold::{contract_type, duration, effect, forum, holds, near_type, number, text, words};
use crate::template::PRESENCE;

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
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// `title`, `parties.name`, `term.end` …
    pub field: &'static str,
    /// What became of it.
    pub verdict: Verdict,
    /// The true value, as compared.
    pub truth: Option<String>,
    /// The record's value, as compared.
    pub got: Option<String>,
    /// How sure the record is of its value.
    pub confidence: Option<f64>,
}

/// Compares what a document is (`kind`, `stage`, and the reasons of absence) with a record.
pub fn document(truth: &Value, record: &Value) -> Vec<Judgement> {
    let known = |value: &Value| text(value).filter(|word| word != "unknown");
    let mut judged = Vec::new();
    for field in ["kind", "stage"] {
        if let Some(truth) = known(&truth[field]) {
            judged.push(judge(field, Some(truth), known(&record[field]), None));
        }
    }
    for entry in truth["absent"].as_array().into_iter().flatten() {
        let mut reasons = record["absent"].as_array().into_iter().flatten();
        let reason = reasons.find(|other| other["field"] == entry["field"]).map(|other| &other["reason"]);
        judged.push(judge("absent.reason", text(&entry["reason"]), reason.and_then(text), None));
    }
    judged
}

/// Compares the fields of a truth file (`truth["fields"]`) with a record.
pub fn fields(truth: &Value, record: &Value) -> Vec<Judgement> {
    let (want, got) = (&truth["fields"], &record["fields"]);
    let mut judged = texts(want, got);
    if want.get("parties").is_some() {
        judged.extend(party::parties(&want["parties"], &got["parties"]));
    }
    judged.extend(money(want, got));
    judged.extend(law(want, got));
    judged.extend(clauses(want, got));
    for field in PRESENCE {
        if let Some(truth) = want.get(field) {
            judged.push(presence(field, truth, &got[field]));
        }
    }
    judged
}

/// A field with a value of its own, by the way in which both sides are read.
struct Plain<'a> {
    want: &'a Value,
    got: &'a Value,
}

impl Plain<'_> {
    /// Judges the part at `path` of the field `key`, if the truth speaks of the field.
    fn judge(
        &self,
        field: &'static str,
        key: &str,
        path: &str,
        fold: impl Fn(&Value) -> Option<String>,
    ) -> Option<Judgement> {
        let truth = self.want.get(key)?;
        let part = |value: &Value| if path.is_empty() { fold(value) } else { fold(&value[path]) };
        let confidence = self.got[key]["confidence"].as_f64();
        Some(judge(field, part(truth), part(&self.got[key]["value"]), confidence))
    }
}

fn texts(want: &Value, got: &Value) -> Vec<Judgement> {
    let plain = Plain { want, got };
    let judged = [
        plain.judge("title", "title", "", text),
        plain.judge("contract_number", "contract_number", "", text),
        kind_of_contract(&plain),
        plain.judge("sign_date", "sign_date", "", text),
        plain.judge("sign_place", "sign_place", "", text),
        plain.judge("term.start", "term", "start", duration),
        plain.judge("term.end", "term", "end", duration),
        plain.judge("term.duration", "term", "duration", duration),
        plain.judge("effective", "effective", "kind", effect),
    ];
    let mut judged: Vec<_> = judged.into_iter().flatten().collect();
    judged.extend(core("subject", want.get("subject"), &got["subject"]["value"], &got["subject"]));
    for (field, key) in [
        ("quality.standard", "standard"),
        ("quality.acceptance", "acceptance"),
        ("quality.objection", "objection"),
    ] {
        // A part that the truth does not list may still be there.
        let truth = want.get("quality").and_then(|quality| quality.get(key));
        judged.extend(core(field, truth, &got["quality"]["value"][key], &got["quality"]));
    }
    judged
}

/// Right under any name that is near-equal to one of the truth's: see [`near_type`].
fn kind_of_contract(plain: &Plain<'_>) -> Option<Judgement> {
    let truth = contract_type(plain.want.get("contract_type")?);
    let kind = &plain.got["contract_type"];
    let got = near_type(truth.as_deref(), contract_type(&kind["value"]));
    Some(judge("contract_type", truth, got, kind["confidence"].as_f64()))
}

/// Right if the record's words hold the core of the truth's: four fifths of its characters, in order.
fn core(field: &'static str, truth: Option<&Value>, got: &Value, whole: &Value) -> Option<Judgement> {
    let (truth, got) = (text(truth?), text(got));
    let same = truth.as_deref().zip(got.as_deref()).is_some_and(|(truth, got)| holds(truth, got));
    let got = if same { truth.clone() } else { got };
    Some(judge(field, truth, got, whole["confidence"].as_f64()))
}

fn money(want: &Value, got: &Value) -> Vec<Judgement> {
    let plain = Plain { want, got };
    let mut judged = vec![
        plain.judge("amount", "amount", "amount", number),
        plain.judge("amount.currency", "amount", "currency", text),
        plain.judge("amount.kind", "amount", "kind", text),
    ];
    let sum = &want["amount"];
    if sum.get("tax").is_some() {
        let known = |value: &Value| text(value).filter(|tax| tax != "unknown");
        judged.push(plain.judge("amount.tax", "amount", "tax", known));
    }
    if sum["kind"] == "periodic" || sum["kind"] == "unit" {
        judged.push(plain.judge("amount.per", "amount", "per", fold::span));
    }
    judged.push(in_words(want, got));
    let mut judged: Vec<_> = judged.into_iter().flatten().collect();
    if let Some(truth) = want.get("payments") {
        judged.extend(item::payments(truth, &got["payments"]));
    }
    judged
}

/// By value where the truth has one, else as written.
fn in_words(want: &Value, got: &Value) -> Option<Judgement> {
    let (truth, sum) = (want.get("amount_in_words")?, &got["amount_in_words"]);
    let (truth, got) = match truth.is_string() {
        true => (words(truth), words(&sum["raw"])),
        false => (number(&truth["amount"]), number(&sum["value"]["amount"])),
    };
    Some(judge("amount_in_words", truth, got, sum["confidence"].as_f64()))
}

fn law(want: &Value, got: &Value) -> Vec<Judgement> {
    let plain = Plain { want, got };
    let kind = |value: &Value| text(value).filter(|kind| kind != "none");
    let mut judged: Vec<_> = [
        plain.judge("dispute.kind", "dispute", "kind", kind),
        plain
            .judge("dispute.forum", "dispute", "forum", forum)
            .filter(|_| want["dispute"].is_null() || want["dispute"].get("forum").is_some()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let (law, language) = (&got["governing_law"], &got["governing_language"]);
    if let Some(truth) = want.get("governing_law_territory") {
        let territory = text(&law["value"]["territory"]);
        judged.push(judge("governing_law", text(truth), territory, law["confidence"].as_f64()));
    }
    if let Some(truth) = want.get("governing_language_prevails") {
        let prevails = text(&language["value"]["prevails"]).filter(|prevails| prevails != "unstated");
        judged.push(judge("governing_language", text(truth), prevails, language["confidence"].as_f64()));
    }
    judged
}

/// Quantities, copies and attachments.
fn clauses(want: &Value, got: &Value) -> Vec<Judgement> {
    let mut judged = Vec::new();
    if let Some(truth) = want.get("quantity") {
        judged.extend(item::quantity(truth, &got["quantity"]));
    }
    if let Some(truth) = want.get("copies") {
        let copies = &got["copies"]["value"];
        let sure = got["copies"]["confidence"].as_f64();
        judged.push(judge("copies", number(&truth["total"]), number(&copies["total"]), sure));
        // A truth without holders says that the text names none, or names them in a way open to reading.
        if truth["by"].as_array().is_some_and(|by| !by.is_empty()) {
            judged.extend(item::holders(&truth["by"], &copies["by"]));
        }
    }
    if let Some(truth) = want.get("attachments") {
        judged.extend(item::attachments(truth, &got["attachments"]));
    }
    judged
}

/// There or not there; both are answers. Silence about what is not there is fine.
fn presence(field: &'static str, truth: &Value, got: &Value) -> Judgement {
    let (truth, answer) = (truth.as_bool(), got["value"].as_bool());
    let verdict = match (truth, answer) {
        (Some(truth), Some(answer)) if truth == answer => Verdict::Right,
        (Some(true), Some(_)) => Verdict::Wrong,
        (Some(true), None) => Verdict::Missed,
        (_, Some(true)) => Verdict::Invented,
        (_, _) => Verdict::Silent,
    };
    let word = |answer: bool| answer.to_string();
    let confidence = got["confidence"].as_f64();
    Judgement { field, verdict, truth: truth.map(word), got: answer.map(word), confidence }
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

/// A truth of several words between bars is right by any of them.
fn judge(
    field: &'static str,
    truth: Option<String>,
    got: Option<String>,
    confidence: Option<f64>,
) -> Judgement {
    let verdict = match (&truth, &got) {
        (Some(a), Some(b)) if a == b || a.split('|').any(|one| one == b) => Verdict::Right,
        (Some(_), Some(_)) => Verdict::Wrong,
        (Some(_), None) => Verdict::Missed,
        (None, Some(_)) => Verdict::Invented,
        (None, None) => Verdict::Silent,
    };
    Judgement { field, verdict, truth, got, confidence }
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
        assert_eq!(verdict("amount.currency", &truth, &record), Verdict::Silent);
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
        assert_eq!(of("parties.uscc"), [Verdict::Right]);
    }

    #[test]
    fn what_the_truth_does_not_speak_of_is_not_judged() {
        let record = json!({"fields": {"title": {"value": "合同"}, "sign_place": {"value": "深圳"}}});
        assert!(fields(&json!({"fields": {}}), &record).is_empty());
    }

    #[test]
    fn any_of_several_types_is_right() {
        let truth = json!({"contract_type": "service|entrustment"});
        for (got, want) in [("commission", Verdict::Right), ("sale", Verdict::Wrong)] {
            // Only the record's own name is brought to the common one: the truth lists common names.
            assert_eq!(verdict("contract_type", &truth, &json!({"contract_type": {"value": got}})), want);
        }
    }

    #[test]
    fn no_is_an_answer() {
        let of = |truth: bool, got: Value| {
            verdict("notice", &json!({ "notice": truth }), &json!({ "notice": got }))
        };
        assert_eq!(of(false, json!({"value": false})), Verdict::Right);
        assert_eq!(of(false, json!(null)), Verdict::Silent);
        assert_eq!(of(true, json!({"value": false})), Verdict::Wrong);
        assert_eq!(of(false, json!({"value": true})), Verdict::Invented);
    }

    #[test]
    fn kind_stage_and_reasons() {
        let truth = json!({"kind": "contract", "stage": "unknown", "absent": [{"field": "amount", "reason": "blank"}]});
        let record = json!({"kind": "supplement", "stage": "draft", "absent": [{"field": "amount", "reason": "blank"}]});
        let judged: Vec<_> = document(&truth, &record).into_iter().map(|j| (j.field, j.verdict)).collect();
        assert_eq!(judged, [("kind", Verdict::Wrong), ("absent.reason", Verdict::Right)]);
    }
}
