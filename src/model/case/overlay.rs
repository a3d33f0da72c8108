//! Laying decided values over a record.

use serde_json::{Map, Value as Json, json};

use super::types;
use super::{DecisionKind, FieldKind, FieldPath};
use crate::model::Record;
use crate::model::fields::{Absent, AbsentReason};

/// A record as JSON, to look fields up and change them by path.
pub(super) struct Overlay {
    record: Json,
    /// Fields that were decided, and whether they have a value.
    decided: Vec<(FieldPath, bool)>,
}

impl Overlay {
    pub fn new(record: &Record) -> Self {
        let record = serde_json::to_value(record).unwrap_or(Json::Null);
        Self { record, decided: Vec::new() }
    }

    /// The value at a path; null where there is none.
    pub fn value(&self, path: &FieldPath) -> Json {
        let node = self.node(path);
        let value = if is_bare(path.kind()) { node } else { node.and_then(|node| node.get("value")) };
        let value = value.cloned().unwrap_or(Json::Null);
        match node.and_then(|node| node.get("label")) {
            Some(label) if path.kind() == FieldKind::ContractType => json!({ "code": value, "label": label }),
            _ => value,
        }
    }

    fn node(&self, path: &FieldPath) -> Option<&Json> {
        let root = if is_of_record(path.kind()) { &self.record } else { self.record.get("fields")? };
        let node = root.get(path.list())?;
        let node = path.index().map_or(Some(node), |index| node.get(index))?;
        path.key().map_or(Some(node), |key| node.get(key))
    }

    /// Puts a decided value at a path; `false` where the list does not reach so far.
    pub fn put(&mut self, path: &FieldPath, value: &Json, kind: DecisionKind) -> bool {
        if path.slot().is_some() {
            return true;
        }
        let node = self.decided_node(path, value, kind);
        let done = match self.root_mut(path.kind()) {
            Some(root) => put_below(root, path, node).is_some(),
            None => false,
        };
        if done {
            self.decided.push((path.clone(), !value.is_null()));
        }
        done
    }

    /// The node with the value in it: with its places where it is the one that was read, without where it is the
    /// person's own; null where there is none.
    fn decided_node(&self, path: &FieldPath, value: &Json, kind: DecisionKind) -> Json {
        if value.is_null() || is_bare(path.kind()) {
            return value.clone();
        }
        let read = self.node(path).and_then(Json::as_object);
        let as_read = read.filter(|_| path.kind().same(&self.value(path), value));
        let mut node = as_read.cloned().unwrap_or_else(|| unread(path.kind(), value));
        node.insert("value".to_owned(), plain(path.kind(), value));
        node.insert("confidence".to_owned(), json!(1.0));
        node.insert("method".to_owned(), json!(format!("person/{}", kind.as_str())));
        Json::Object(node)
    }

    fn root_mut(&mut self, kind: FieldKind) -> Option<&mut Map<String, Json>> {
        let root = if is_of_record(kind) { Some(&mut self.record) } else { self.record.get_mut("fields") };
        root.and_then(Json::as_object_mut)
    }

    /// The record with everything that was put; `None` where it is no record any more.
    pub fn finish(mut self) -> Option<Record> {
        for list in ["payments", "quantity", "attachments"] {
            let list = self.record.get_mut("fields").and_then(|fields| fields.get_mut(list));
            let entries = list.and_then(Json::as_array_mut);
            entries.into_iter().for_each(|entries| entries.retain(|entry| !entry.is_null()));
        }
        let mut record: Record = serde_json::from_value(self.record).ok()?;
        let paths: Vec<String> = self.decided.iter().map(|(path, _)| path.to_string()).collect();
        record.absent.retain(|absent| !paths.contains(&absent.field));
        let none = self.decided.iter().zip(paths).filter(|((_, has_value), _)| !has_value);
        record.absent.extend(none.map(|(_, field)| Absent {
            field,
            reason: AbsentReason::NotFound,
            evidence: Vec::new(),
        }));
        Some(record)
    }
}

/// Puts a node below the fields, or below the record itself. Entries of lists that are null go last of all, so that
/// the numbers of the others hold until then.
fn put_below(root: &mut Map<String, Json>, path: &FieldPath, node: Json) -> Option<()> {
    let Some(index) = path.index() else { return put_named(root, path.list(), node) };
    let list = root.entry(path.list().to_owned()).or_insert_with(|| json!([])).as_array_mut()?;
    if index == list.len() {
        list.push(json!({"role": "", "side": "unknown", "kind": "unknown"}));
    }
    let entry = list.get_mut(index)?;
    match path.key() {
        Some(key) => put_named(entry.as_object_mut()?, key, node),
        None => {
            *entry = node;
            Some(())
        }
    }
}

fn put_named(object: &mut Map<String, Json>, key: &str, node: Json) -> Option<()> {
    match node {
        Json::Null => object.remove(key).map_or((), drop),
        node => object.insert(key.to_owned(), node).map_or((), drop),
    }
    Some(())
}

/// A node for a value that nobody read.
fn unread(kind: FieldKind, value: &Json) -> Map<String, Json> {
    let node = match kind {
        FieldKind::ContractType => json!({"evidence": [], "label": types::label(value), "article5": []}),
        FieldKind::UnilateralRight => json!({"evidence": [], "by": [], "public_interest": false}),
        FieldKind::Guarantee => json!({"evidence": [], "securities": []}),
        FieldKind::Attachment => json!({"evidence": [], "present": null}),
        _ => json!({"evidence": []}),
    };
    if let Json::Object(node) = node { node } else { Map::new() }
}

/// The value as the record has it: of a type its code, whose name stands beside it.
fn plain(kind: FieldKind, value: &Json) -> Json {
    match kind {
        FieldKind::ContractType => types::code(value).map_or(Json::Null, |code| json!(code)),
        _ => value.clone(),
    }
}

/// Does the record hold the value itself, without confidence and evidence?
fn is_bare(kind: FieldKind) -> bool {
    !kind.may_be_none()
}

/// Does it stand beside the fields?
fn is_of_record(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::RecordKind | FieldKind::RecordStage)
}
