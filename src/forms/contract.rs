//! The contract's own particulars and its file's.

use jiff::civil::Date;

use super::reader::Reader;
use super::reading::Reading;
use super::wording;
use crate::model::Value;
use crate::model::fields::Term;
use crate::model::record::{Kind, Stage};

pub(super) fn title(reader: &Reader<'_>) -> Reading {
    reader.field("title", reader.record.fields.title.as_ref(), String::clone)
}

pub(super) fn contract_number(reader: &Reader<'_>) -> Reading {
    reader.field("contract_number", reader.record.fields.contract_number.as_ref(), String::clone)
}

/// The record gives no place and no probability for it.
const INFERRED: &str = "由程序判断，请核对";

/// Contract or supplementary agreement. That something is no contract is for a person to say.
pub(super) fn kind(reader: &Reader<'_>) -> Reading {
    match reader.record.kind {
        Kind::Contract => Reading::fact("合同", Kind::Contract).noting(INFERRED),
        Kind::Supplement => Reading::fact("补充、变更或解除协议", Kind::Supplement).noting(INFERRED),
        Kind::NotAContract => Reading::open("看来不是合同，请核对"),
    }
}

pub(super) fn stage(reader: &Reader<'_>) -> Reading {
    match reader.record.stage {
        Stage::Signed => Reading::fact("已签署", Stage::Signed).noting(INFERRED),
        Stage::Draft => Reading::fact("拟稿", Stage::Draft).noting(INFERRED),
        Stage::Unknown => Reading::open("从文字看不出是否已签署，请查看原件"),
    }
}

pub(super) fn sign_date(reader: &Reader<'_>) -> Reading {
    reader.field("sign_date", reader.record.fields.sign_date.as_ref(), |date| wording::date(*date))
}

pub(super) fn sign_place(reader: &Reader<'_>) -> Reading {
    reader.field("sign_place", reader.record.fields.sign_place.as_ref(), String::clone)
}

pub(super) fn term(reader: &Reader<'_>) -> Reading {
    reader.field("term", reader.record.fields.term.as_ref(), wording::term)
}

pub(super) fn term_start(reader: &Reader<'_>) -> Reading {
    term_part(reader, "start", |term| term.start, |day: &Date| wording::date(*day))
}

pub(super) fn term_end(reader: &Reader<'_>) -> Reading {
    term_part(reader, "end", |term| term.end, |day: &Date| wording::date(*day))
}

pub(super) fn term_duration(reader: &Reader<'_>) -> Reading {
    term_part(reader, "duration", |term| term.duration, |duration| wording::period(*duration))
}

/// One part of the term, resting on the spans that support it.
fn term_part<T: serde::Serialize>(
    reader: &Reader<'_>,
    part: &str,
    pick: impl Fn(&Term) -> Option<T>,
    write: impl Fn(&T) -> String,
) -> Reading {
    let Some(term) = &reader.record.fields.term else { return reader.missing("term") };
    match pick(&term.value) {
        Some(value) => reader.field("term", Some(&part_of(term, part, value, &pick)), write),
        None => Reading::open(format!("合同未写明，原文为“{}”", term.value.text)).resting_on(&term.evidence),
    }
}

fn part_of<T>(term: &Value<Term>, part: &str, value: T, pick: &impl Fn(&Term) -> Option<T>) -> Value<T> {
    let supports = |wanted: Option<&str>| {
        term.evidence.iter().filter(|span| span.supports.as_deref() == wanted).cloned().collect::<Vec<_>>()
    };
    let own = supports(Some(part));
    let evidence = if own.is_empty() { supports(None) } else { own };
    let witnesses = term.witnesses.iter().filter_map(|other| {
        Some(Value {
            value: pick(&other.value)?,
            raw: other.raw.clone(),
            confidence: other.confidence,
            method: other.method.clone(),
            evidence: other.evidence.clone(),
            witnesses: Vec::new(),
        })
    });
    Value {
        value,
        raw: term.raw.clone(),
        confidence: term.confidence,
        method: term.method.clone(),
        evidence,
        witnesses: witnesses.collect(),
    }
}

pub(super) fn record_id(reader: &Reader<'_>) -> Reading {
    Reading::fact(&reader.record.id, &reader.record.id)
}

pub(super) fn document_hash(reader: &Reader<'_>) -> Reading {
    Reading::fact(&reader.record.document, &reader.record.document)
}

pub(super) fn source_path(reader: &Reader<'_>) -> Reading {
    Reading::fact(&reader.record.source.path, &reader.record.source.path)
}

/// Pages of the contract: of its part, where the file holds several contracts.
pub(super) fn page_count(reader: &Reader<'_>) -> Reading {
    let part = reader.record.part.pages.map(|[first, last]| last.saturating_sub(first).saturating_add(1));
    match part.or(reader.record.source.pages) {
        Some(count) => Reading::fact(format!("{count}页"), count),
        None => Reading::open("此文件格式不分页"),
    }
}
