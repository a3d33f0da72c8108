//! Definition and record → form.

use super::definition::{Definition, Entries, EntryDefinition, Origin, SectionDefinition};
use super::form::{Entry, Form, Group, SCHEMA, Section};
use super::heads::heads;
use super::party::PartyReader;
use super::reader::{Reader, overlap};
use super::reading::Reading;
use super::remarks::remarks;
use super::source::{Home, PartySource};
use sha2::{Digest, Sha256};

use crate::model::Record;
use crate::model::fields::Party;

/// Said of an entry that no text can fill.
pub(super) const BY_PERSON: &str = "由承办人填写";

/// Fills a form as far as the record goes; `main` is the contract that it hangs on.
pub(super) fn fill(definition: &Definition, record: &Record, main: Option<&Record>) -> Form {
    let reader = Reader { record, limits: &definition.limits, main };
    Form {
        schema: SCHEMA.to_owned(),
        kind: definition.id.clone(),
        version: definition.version,
        title: definition.title.clone(),
        regulation: definition.regulation.clone(),
        record: record.id.clone(),
        document: record.document.clone(),
        status: record.status,
        masked: false,
        remarks: remarks(&reader, definition),
        sections: definition.sections.iter().map(|section| filled(section, &reader)).collect(),
        heads: heads(&definition.heads, record),
    }
}

fn filled(section: &SectionDefinition, reader: &Reader<'_>) -> Section {
    let (entries, groups) = match &section.entries {
        Entries::Once(entries) => (entries.iter().map(|entry| once(entry, reader)).collect(), Vec::new()),
        Entries::EachParty(entries) => (Vec::new(), groups(entries, reader)),
    };
    Section { heading: section.heading.clone(), entries, groups }
}

/// One group for each party; an empty one where none was read, so that a person finds the entries.
fn groups(entries: &[EntryDefinition<PartySource>], reader: &Reader<'_>) -> Vec<Group> {
    let parties = &reader.record.fields.parties;
    if parties.is_empty() {
        return vec![group(entries, &PartyReader { reader, index: 0, party: &Party::called("") })];
    }
    let readers = parties.iter().enumerate().map(|(index, party)| PartyReader { reader, index, party });
    readers.map(|party| group(entries, &party)).collect()
}

fn group(entries: &[EntryDefinition<PartySource>], party: &PartyReader<'_>) -> Group {
    Group {
        heading: heading(party.party),
        entries: entries.iter().map(|entry| repeated(entry, party)).collect(),
    }
}

/// `甲方`; a party that was not read, or has no role, goes by what it is.
fn heading(party: &Party) -> String {
    if party.role.is_empty() { "当事人".to_owned() } else { party.role.clone() }
}

fn once(entry: &EntryDefinition<super::source::ContractSource>, reader: &Reader<'_>) -> Entry {
    let key = entry.key.clone();
    match &entry.origin {
        Origin::Source(home, source) => {
            let path = path(*home, &key, str::to_owned);
            let reading = noted(entry, source(reader), reader, |_| true);
            named(entry, key, path, reading)
        }
        Origin::Person(hint) => by_person(entry, key, hint.as_deref()),
    }
}

/// A finding about one party must not stand beside another: it has to touch the entry's own places.
fn repeated(entry: &EntryDefinition<PartySource>, party: &PartyReader<'_>) -> Entry {
    let key = party.path(&entry.key);
    match &entry.origin {
        Origin::Source(home, source) => {
            let reading = source(party);
            let places = reading.evidence.clone();
            let own = |evidence: &[_]| overlap(evidence, &places);
            let path = path(*home, &key, |field| party.home(field));
            named(entry, key, path, noted(entry, reading, party.reader, own))
        }
        Origin::Person(hint) => by_person(entry, key, hint.as_deref()),
    }
}

/// Where a person's word on the entry is kept.
fn path(home: Home, key: &str, field: impl Fn(&str) -> String) -> Option<String> {
    match home {
        Home::Field(name) => Some(field(name)),
        Home::Entry => Some(slot(key)),
        Home::Fact => None,
    }
}

/// Where a person's word on an entry is kept that no record has.
fn slot(key: &str) -> String {
    format!("slot.{key}")
}

fn by_person<S>(definition: &EntryDefinition<S>, key: String, hint: Option<&str>) -> Entry {
    let path = Some(slot(&key));
    let entry = named(definition, key, path, Reading::open(hint.unwrap_or(BY_PERSON)));
    Entry { by_person: true, ..entry }
}

/// The reading with what the rules found about it.
fn noted<S>(
    entry: &EntryDefinition<S>,
    reading: Reading,
    reader: &Reader<'_>,
    concerns: impl Fn(&[crate::model::Span]) -> bool,
) -> Reading {
    entry
        .findings
        .iter()
        .flat_map(|slug| reader.hits(slug))
        .filter(|finding| concerns(&finding.evidence))
        .fold(reading, |reading, finding| reading.noting(&finding.message))
}

fn named<S>(definition: &EntryDefinition<S>, key: String, path: Option<String>, reading: Reading) -> Entry {
    let note = (!reading.notes.is_empty()).then(|| reading.notes.join("；"));
    Entry {
        key,
        label: definition.label.clone(),
        seen: digest(reading.value.as_deref(), reading.normalised.as_ref()),
        value: reading.value,
        normalised: reading.normalised,
        state: reading.state,
        confidence: reading.confidence,
        evidence: reading.evidence,
        note,
        basis: definition.basis.clone(),
        required: definition.required,
        by_person: false,
        path,
        decided: None,
        answer: None,
    }
}

/// Sixteen hex digits over what a person sees of a value and what a program does.
pub(super) fn digest(value: Option<&str>, normalised: Option<&serde_json::Value>) -> String {
    let shown = serde_json::json!([value, normalised]).to_string();
    let hash: Vec<u8> = Sha256::digest(shown.as_bytes()).into_iter().take(8).collect();
    crate::dictionaries::hex(&hash)
}
