//! What people note of performance nodes (进度节点).

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, params};
use rust_decimal::Decimal;
use serde_json::json;

use super::{Store, StoreError, audit, cases};
use crate::model::case::{Actor, CaseId};
use crate::model::node::{MarkKind, NodeMark};

/// What a person wants to note of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note<'a> {
    /// Key of the node.
    pub node: &'a str,
    /// What is noted.
    pub kind: MarkKind,
    /// The day of it.
    pub date: Date,
    /// What was paid in fact, where it is known.
    pub amount: Option<Decimal>,
    /// The node as it is shown.
    pub name: &'a str,
}

const COLUMNS: &str = "case_id, node, kind, date, amount, name, by, at";

impl Store {
    /// Notes something of a node. The same thing noted again takes the place of what was noted before; both stay in the
    /// trail.
    pub fn note_node(&mut self, case: CaseId, note: &Note<'_>, actor: &Actor) -> Result<(), StoreError> {
        self.change(|transaction| {
            cases::case(transaction, case)?;
            let date = note.date.to_string();
            let amount = note.amount.map(|amount| amount.to_string());
            let details =
                json!({ "node": note.node, "mark": note.kind.as_str(), "date": date, "amount": amount });
            let event = audit::append(transaction, actor, "node", Some(case), &details)?;
            let end = "UPDATE node_mark SET ended = ?4 WHERE case_id = ?1 AND node = ?2 AND kind = ?3 AND ended IS NULL";
            transaction.prepare_cached(end)?.execute(params![case.0, note.node, note.kind.as_str(), event])?;
            let sql = format!("INSERT INTO node_mark ({COLUMNS}, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
            transaction.prepare_cached(&sql)?.execute(params![
                case.0,
                note.node,
                note.kind.as_str(),
                date,
                amount,
                note.name,
                actor.name,
                actor.at.to_string(),
                event
            ])?;
            cases::touch(transaction, case, false)
        })
    }

    /// Takes back what was noted of a node; returns whether there was anything.
    pub fn withdraw_note(
        &mut self,
        case: CaseId,
        node: &str,
        kind: MarkKind,
        actor: &Actor,
    ) -> Result<bool, StoreError> {
        self.change(|transaction| {
            let find =
                "SELECT id FROM node_mark WHERE case_id = ?1 AND node = ?2 AND kind = ?3 AND ended IS NULL";
            let found: Option<i64> = transaction
                .prepare_cached(find)?
                .query_row(params![case.0, node, kind.as_str()], |row| row.get(0))
                .optional()?;
            let Some(id) = found else { return Ok(false) };
            let details = json!({ "node": node, "mark": kind.as_str() });
            let event = audit::append(transaction, actor, "node-withdraw", Some(case), &details)?;
            transaction
                .prepare_cached("UPDATE node_mark SET ended = ?2 WHERE id = ?1")?
                .execute(params![id, event])?;
            cases::touch(transaction, case, false)?;
            Ok(true)
        })
    }

    /// What was noted of the nodes of a case, in the order in which it was noted.
    pub fn node_marks(&self, case: CaseId) -> Result<Vec<NodeMark>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM node_mark WHERE case_id = ?1 AND ended IS NULL ORDER BY id");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([case.0], |row| Ok(mark(row)))?;
        rows.map(|row| row?).collect()
    }

    /// The same of all cases.
    pub fn all_node_marks(&self) -> Result<BTreeMap<CaseId, Vec<NodeMark>>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM node_mark WHERE ended IS NULL ORDER BY id");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut marks: BTreeMap<CaseId, Vec<NodeMark>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let mark = mark(row)?;
            marks.entry(mark.case).or_default().push(mark);
        }
        Ok(marks)
    }

    /// What tells this store from others.
    pub fn identity(&self) -> Result<String, StoreError> {
        Ok(self.connection.query_row("SELECT id FROM identity", [], |row| row.get(0))?)
    }
}

/// Reads [`COLUMNS`].
fn mark(row: &Row<'_>) -> Result<NodeMark, StoreError> {
    let case: i64 = row.get(0)?;
    let damaged = || StoreError::Damaged(format!("案卷 {case} 的节点记录"));
    let [kind, date, at]: [String; 3] = [row.get(2)?, row.get(3)?, row.get(7)?];
    let amount: Option<String> = row.get(4)?;
    Ok(NodeMark {
        case: CaseId(case),
        node: row.get(1)?,
        kind: MarkKind::parse(&kind).ok_or_else(damaged)?,
        date: date.parse().map_err(|_| damaged())?,
        amount: amount.map(|amount| amount.parse().map_err(|_| damaged())).transpose()?,
        name: row.get(5)?,
        by: row.get(6)?,
        at: at.parse().map_err(|_| damaged())?,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::store::sample;

    fn note(node: &'static str, kind: MarkKind, day: Date) -> Note<'static> {
        Note { node, kind, date: day, amount: Some(Decimal::new(4_443_000, 2)), name: "尾款" }
    }

    #[test]
    fn a_note_is_replaced_and_taken_back_and_the_trail_tells() {
        let (_folder, mut store) = sample::store();
        let case = sample::put(&mut store, &sample::record("ab"));
        let actor = sample::actor();
        for day in [date(2024, 3, 1), date(2024, 3, 2)] {
            store.note_node(case, &note("ab12cd34", MarkKind::Done, day), &actor).expect("noted");
        }
        let marks = store.node_marks(case).expect("marks");
        assert_eq!(marks.len(), 1);
        assert_eq!((marks[0].date, marks[0].amount), (date(2024, 3, 2), Some(Decimal::new(4_443_000, 2))));
        assert_eq!(store.all_node_marks().expect("marks").get(&case), Some(&marks));
        assert!(store.withdraw_note(case, "ab12cd34", MarkKind::Done, &actor).expect("withdrawn"));
        assert!(!store.withdraw_note(case, "ab12cd34", MarkKind::Done, &actor).expect("nothing"));
        assert_eq!(store.node_marks(case).expect("marks"), []);
        let trail = store.verify_trail().expect("a trail");
        assert_eq!((trail.events, trail.broken_at), (3, None));
    }

    #[test]
    fn a_case_that_is_not_there_takes_no_note() {
        let (_folder, mut store) = sample::store();
        let noted =
            store.note_node(CaseId(9), &note("end", MarkKind::Done, date(2024, 1, 1)), &sample::actor());
        assert!(noted.is_err());
        assert_eq!(store.verify_trail().expect("a trail").events, 0);
    }

    #[test]
    fn a_store_keeps_its_identity() {
        let (folder, store) = sample::store();
        let identity = store.identity().expect("an identity");
        assert_eq!(identity.len(), 12);
        drop(store);
        assert_eq!(Store::open(folder.path()).expect("a store").identity().ok(), Some(identity));
    }
}
