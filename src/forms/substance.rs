//! What the contract is about and how it is performed: type, direction, subject, instalments, security, attachments.

use serde::Serialize;

use super::reader::Reader;
use super::reading::Reading;
use crate::model::Value;
use crate::model::fields::{Effective, Guarantee, Quality};

/// Type (合同类型) by its Chinese name.
pub(super) fn contract_type(reader: &Reader<'_>) -> Reading {
    match &reader.record.fields.contract_type {
        Some(kind) => {
            reader.field("contract_type", Some(&kind.code), |code| match *code == kind.code.value {
                true => kind.label.clone(),
                false => code.clone(),
            })
        }
        None => reader.missing("contract_type"),
    }
}

/// Cases of 第五条第二款 (政府合同情形), by the words of the article; which of them counts is for a person to say.
pub(super) fn article5(reader: &Reader<'_>) -> Reading {
    let Some(kind) = &reader.record.fields.contract_type else { return reader.missing("contract_type") };
    let items: Vec<&str> = kind.article5.iter().map(|code| item(code)).collect();
    if items.is_empty() {
        return Reading::open("从文字看不出属于哪一种情形，请判断").resting_on(&kind.code.evidence);
    }
    let written = format!("第五条第二款第{}项", items.join("、"));
    Reading::computed(written, "由合同类型、名称和收支方向推断，请核对", &kind.code.evidence)
}

/// The number of the item, by the code of the case.
fn item(code: &str) -> &str {
    match code {
        "state-property" => "（一）",
        "natural-resources" => "（二）",
        "public-resources" => "（三）",
        "fiscal-funds" => "（四）",
        "supervision-agreement" => "（五）",
        "administrative-function" => "（六）",
        "promotion" => "（七）",
        "cooperation" => "（八）",
        "derived" => "（九）",
        other => other,
    }
}

/// Does the government side pay or receive (收支方向)?
pub(super) fn direction(reader: &Reader<'_>) -> Reading {
    reader.field("direction", reader.record.fields.direction.as_ref(), ToString::to_string)
}

/// Subject (合同主要内容).
pub(super) fn subject(reader: &Reader<'_>) -> Reading {
    reader.field("subject", reader.record.fields.subject.as_ref(), String::clone)
}

/// Instalments (进度节点), one after the other.
pub(super) fn payments(reader: &Reader<'_>) -> Reading {
    list(reader, "payments", &reader.record.fields.payments)
}

/// Taking effect (生效条件).
pub(super) fn effective(reader: &Reader<'_>) -> Reading {
    let write = |effective: &Effective| effective.text.clone();
    reader.field("effective", reader.record.fields.effective.as_ref(), write)
}

/// Quantities (数量), one after the other.
pub(super) fn quantity(reader: &Reader<'_>) -> Reading {
    list(reader, "quantity", &reader.record.fields.quantity)
}

/// Quality (质量): standard, acceptance, objection, as far as the contract says.
pub(super) fn quality(reader: &Reader<'_>) -> Reading {
    let write = |quality: &Quality| {
        let parts =
            [("标准", &quality.standard), ("验收", &quality.acceptance), ("异议", &quality.objection)];
        let said = parts.into_iter().filter_map(|(name, text)| Some(format!("{name}：{}", text.as_ref()?)));
        said.collect::<Vec<_>>().join("；")
    };
    reader.field("quality", reader.record.fields.quality.as_ref(), write)
}

/// Copies (份数).
pub(super) fn copies(reader: &Reader<'_>) -> Reading {
    reader.field("copies", reader.record.fields.copies.as_ref(), ToString::to_string)
}

/// Security (担保): `保证金（乙方提供）`.
pub(super) fn guarantee(reader: &Reader<'_>) -> Reading {
    let Some(guarantee) = &reader.record.fields.guarantee else { return reader.missing("guarantee") };
    let mut reading = Reading::fact(written(guarantee), guarantee).resting_on(&guarantee.clause.evidence);
    reading.confidence = Some(guarantee.clause.confidence);
    reading.noting_doubt(reader.limits.review_below)
}

fn written(guarantee: &Guarantee) -> String {
    let given: Vec<String> = guarantee.securities.iter().map(ToString::to_string).collect();
    if given.is_empty() { "未见".to_owned() } else { given.join("、") }
}

/// Attachments (附件); those that the file does not hold are marked.
pub(super) fn attachments(reader: &Reader<'_>) -> Reading {
    let attachments = &reader.record.fields.attachments;
    if attachments.is_empty() {
        return reader.missing("attachments");
    }
    let lines = attachments.iter().map(|attachment| match attachment.present {
        Some(false) => format!("{}（文件中未见）", attachment.name.value),
        _ => attachment.name.value.clone(),
    });
    let evidence: Vec<_> = attachments.iter().flat_map(|a| &a.name.evidence).cloned().collect();
    let names: Vec<&String> = attachments.iter().map(|attachment| &attachment.name.value).collect();
    Reading::fact(lines.collect::<Vec<_>>().join("；"), names).resting_on(&evidence)
}

/// Several values of one field in one entry, as sure as the least sure of them.
fn list<T: Serialize + std::fmt::Display>(reader: &Reader<'_>, path: &str, values: &[Value<T>]) -> Reading {
    if values.is_empty() || reader.conflict(path).is_some() {
        return reader.missing(path);
    }
    let lines: Vec<String> = values.iter().map(|value| value.value.to_string()).collect();
    let normalised: Vec<&T> = values.iter().map(|value| &value.value).collect();
    let evidence: Vec<_> = values.iter().flat_map(|value| &value.evidence).cloned().collect();
    let mut reading = Reading::fact(lines.join("；"), normalised).resting_on(&evidence);
    reading.confidence = values.iter().map(|value| value.confidence).reduce(|a, b| if b < a { b } else { a });
    reading.noting_doubt(reader.limits.review_below)
}
