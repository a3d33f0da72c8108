//! Clauses that the form asks for: disputes, law, language, and those that only have to be there.

use super::reader::Reader;
use super::reading::Reading;
use crate::model::fields::{Dispute, DisputeKind, GoverningLaw, Presence};

/// The way of settling disputes (争议解决方式) with the steps before it. A list with nothing ticked is open.
pub(super) fn dispute(reader: &Reader<'_>) -> Reading {
    let Some(value) = &reader.record.fields.dispute else { return reader.missing("dispute") };
    match value.value.kind {
        DisputeKind::Unselected => Reading::open(UNSELECTED).resting_on(&value.evidence),
        _ => reader.field("dispute", Some(value), way),
    }
}

const UNSELECTED: &str = "合同列有几种争议解决方式，未勾选其一";

fn way(dispute: &Dispute) -> String {
    let way = match dispute.kind {
        DisputeKind::Court => "诉讼",
        DisputeKind::Arbitration => "仲裁",
        DisputeKind::Both => "仲裁与诉讼并列",
        DisputeKind::None => "未约定仲裁或诉讼",
        DisputeKind::Unselected => UNSELECTED,
    };
    let steps: Vec<_> = dispute.steps.iter().map(|step| step_name(step)).collect();
    if steps.is_empty() { way.to_owned() } else { format!("先{}；{way}", steps.join("、")) }
}

fn step_name(step: &str) -> &str {
    match step {
        "negotiation" => "协商",
        "mediation" => "调解",
        other => other,
    }
}

/// The court's or arbitral body's name (裁判机构) as written; of a list with nothing ticked, none of the names.
pub(super) fn forum(reader: &Reader<'_>) -> Reading {
    let Some(value) = &reader.record.fields.dispute else { return reader.missing("dispute") };
    if value.value.kind == DisputeKind::Unselected {
        return Reading::open(UNSELECTED).resting_on(&value.evidence);
    }
    let Some(forum) = value.value.forum.clone() else {
        return Reading::open("合同未写明裁判机构").resting_on(&value.evidence);
    };
    reader.field("dispute", Some(value), |_| forum.clone()).normalised_as(&forum)
}

pub(super) fn governing_law(reader: &Reader<'_>) -> Reading {
    let write = |law: &GoverningLaw| match law.text.trim() {
        "" => format!("法域代码{}", law.territory),
        text => text.to_owned(),
    };
    reader.field("governing_law", reader.record.fields.governing_law.as_ref(), write)
}

/// Languages and the one that prevails: `中文、英文；以中文为准`.
pub(super) fn governing_language(reader: &Reader<'_>) -> Reading {
    reader.field("governing_language", reader.record.fields.governing_language.as_ref(), ToString::to_string)
}

pub(super) fn confidentiality(reader: &Reader<'_>) -> Reading {
    presence(reader, "confidentiality", reader.record.fields.confidentiality.as_ref())
}

pub(super) fn breach_liability(reader: &Reader<'_>) -> Reading {
    presence(reader, "breach_liability", reader.record.fields.breach_liability.as_ref())
}

pub(super) fn notice(reader: &Reader<'_>) -> Reading {
    presence(reader, "notice", reader.record.fields.notice.as_ref())
}

/// The right to change or end the contract alone (单方变更、解除权), with who holds it.
pub(super) fn unilateral_right(reader: &Reader<'_>) -> Reading {
    let right = reader.record.fields.unilateral_right.as_ref();
    let mut reading = presence(reader, "unilateral_right", right.map(|right| &right.clause));
    let holders = right.into_iter().flat_map(|right| &right.by).map(|holder| holder.role.as_str());
    let holders: Vec<_> = holders.collect();
    if let Some(value) = reading.value.as_mut().filter(|_| !holders.is_empty()) {
        value.push_str(&format!("：{}", holders.join("、")));
    }
    reading
}

/// `有（第八条）` or `未见`: the text is silent, which is not the same as saying that there is none.
fn presence(reader: &Reader<'_>, path: &str, presence: Option<&Presence>) -> Reading {
    let Some(presence) = presence.filter(|_| reader.conflict(path).is_none()) else {
        return reader.missing(path);
    };
    let written = match (&presence.clause, presence.value) {
        (_, false) => "未见".to_owned(),
        (Some(clause), true) => format!("有（{clause}）"),
        (None, true) => "有".to_owned(),
    };
    let mut reading = Reading::fact(written, presence.value).resting_on(&presence.evidence);
    reading.confidence = Some(presence.confidence);
    reading.noting_doubt(reader.limits.review_below)
}
