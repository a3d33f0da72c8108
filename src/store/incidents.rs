//! Anomalies and disputes of performance (履行异常情况、合同争议), as people enter them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, Transaction, params};
use serde_json::json;

use super::{Store, StoreError, audit, cases};
use crate::model::case::{Actor, CaseId};
use crate::model::incident::{Incident, IncidentKind};

/// What a person says that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happening<'a> {
    /// What kind of thing.
    pub kind: IncidentKind,
    /// The day on which it happened.
    pub date: Date,
    /// In words.
    pub what: &'a str,
    /// What is done about it.
    pub measures: Option<&'a str>,
}

/// What a person says of it later; `None` leaves as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Development<'a> {
    /// What is done about it.
    pub measures: Option<&'a str>,
    /// The day on which it was entered in the filing system.
    pub reported: Option<Date>,
    /// The day on which it was settled.
    pub closed: Option<Date>,
}

const COLUMNS: &str = "case_id, number, kind, date, what, measures, reported, closed, by, at";

impl Store {
    /// Enters what happened; returns its number in the case.
    pub fn add_incident(
        &mut self,
        case: CaseId,
        happened: &Happening<'_>,
        actor: &Actor,
    ) -> Result<u32, StoreError> {
        self.change(|transaction| {
            cases::case(transaction, case)?;
            let last = "SELECT coalesce(max(number), 0) FROM incident WHERE case_id = ?1";
            let last: u32 = transaction.prepare_cached(last)?.query_row([case.0], |row| row.get(0))?;
            let incident = Incident {
                number: last.saturating_add(1),
                kind: happened.kind,
                date: happened.date,
                what: happened.what.to_owned(),
                measures: happened.measures.map(str::to_owned),
                reported: None,
                closed: None,
                by: actor.name.clone(),
                at: actor.at,
            };
            put(transaction, case, &incident, "incident", actor)?;
            Ok(incident.number)
        })
    }

    /// Enters how it went on.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoIncident`] where the case has none of this number.
    pub fn develop_incident(
        &mut self,
        case: CaseId,
        number: u32,
        development: &Development<'_>,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        self.change(|transaction| {
            let before = in_force(transaction, case, number)?;
            let incident = Incident {
                measures: development.measures.map(str::to_owned).or(before.measures),
                reported: development.reported.or(before.reported),
                closed: development.closed.or(before.closed),
                by: actor.name.clone(),
                at: actor.at,
                ..before
            };
            put(transaction, case, &incident, "incident-develop", actor)
        })
    }

    /// Takes it back: it was entered in error.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoIncident`] where the case has none of this number, [`StoreError::NoReason`] without a reason.
    pub fn withdraw_incident(
        &mut self,
        case: CaseId,
        number: u32,
        actor: &Actor,
        reason: &str,
    ) -> Result<(), StoreError> {
        if reason.trim().is_empty() {
            return Err(StoreError::NoReason);
        }
        self.change(|transaction| {
            in_force(transaction, case, number)?;
            let details = json!({ "incident": number, "reason": reason });
            let event = audit::append(transaction, actor, "incident-withdraw", Some(case), &details)?;
            end(transaction, case, number, event)?;
            cases::touch(transaction, case, false)
        })
    }

    /// What people entered of a case, by number.
    pub fn incidents(&self, case: CaseId) -> Result<Vec<Incident>, StoreError> {
        let sql =
            format!("SELECT {COLUMNS} FROM incident WHERE case_id = ?1 AND ended IS NULL ORDER BY number");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([case.0], |row| Ok(incident(row)))?;
        rows.map(|row| Ok(row??.1)).collect()
    }

    /// The same of all cases.
    pub fn all_incidents(&self) -> Result<BTreeMap<CaseId, Vec<Incident>>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM incident WHERE ended IS NULL ORDER BY case_id, number");
        let mut statement = self.connection.prepare(&sql)?;
        let mut rows = statement.query([])?;
        let mut incidents: BTreeMap<CaseId, Vec<Incident>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (case, incident) = incident(row)?;
            incidents.entry(case).or_default().push(incident);
        }
        Ok(incidents)
    }
}

/// Stores it in the place of what was in force under its number. The trail names the days, not the words.
fn put(
    transaction: &Transaction<'_>,
    case: CaseId,
    incident: &Incident,
    action: &str,
    actor: &Actor,
) -> Result<(), StoreError> {
    let Incident { number, kind, date, what, measures, reported, closed, by, at } = incident;
    let days = [Some(*date), *reported, *closed].map(|day| day.map(|day| day.to_string()));
    let [date, reported, closed] = &days;
    let words = audit::fingerprint(case, &format!("incident {number}"), &json!([what, measures]));
    let details = json!({
        "incident": number, "kind": kind.as_str(), "date": date, "reported": reported, "closed": closed, "words": words,
    });
    let event = audit::append(transaction, actor, action, Some(case), &details)?;
    end(transaction, case, *number, event)?;
    let sql = format!(
        "INSERT INTO incident ({COLUMNS}, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
    );
    let (kind, at) = (kind.as_str(), at.to_string());
    transaction
        .prepare_cached(&sql)?
        .execute(params![case.0, number, kind, date, what, measures, reported, closed, by, at, event])?;
    cases::touch(transaction, case, false)
}

fn end(transaction: &Transaction<'_>, case: CaseId, number: u32, event: i64) -> Result<(), StoreError> {
    let sql = "UPDATE incident SET ended = ?3 WHERE case_id = ?1 AND number = ?2 AND ended IS NULL";
    transaction.prepare_cached(sql)?.execute(params![case.0, number, event])?;
    Ok(())
}

fn in_force(transaction: &Transaction<'_>, case: CaseId, number: u32) -> Result<Incident, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM incident WHERE case_id = ?1 AND number = ?2 AND ended IS NULL");
    let found = transaction.prepare_cached(&sql)?.query_row(params![case.0, number], |row| Ok(incident(row)));
    Ok(found.optional()?.ok_or(StoreError::NoIncident(number))??.1)
}

/// Reads [`COLUMNS`].
fn incident(row: &Row<'_>) -> Result<(CaseId, Incident), StoreError> {
    let case: i64 = row.get(0)?;
    let damaged = || StoreError::Damaged(format!("案卷 {case} 的异常情况"));
    let [kind, date, at]: [String; 3] = [row.get(2)?, row.get(3)?, row.get(9)?];
    let day = |text: Option<String>| text.map(|text| text.parse().map_err(|_| damaged())).transpose();
    let incident = Incident {
        number: row.get(1)?,
        kind: IncidentKind::parse(&kind).ok_or_else(damaged)?,
        date: date.parse().map_err(|_| damaged())?,
        what: row.get(4)?,
        measures: row.get(5)?,
        reported: day(row.get(6)?)?,
        closed: day(row.get(7)?)?,
        by: row.get(8)?,
        at: at.parse().map_err(|_| damaged())?,
    };
    Ok((CaseId(case), incident))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::store::sample;

    #[test]
    fn what_happened_goes_on_and_is_taken_back_and_the_trail_has_no_words_of_it() {
        let (_folder, mut store) = sample::store();
        let case = sample::put(&mut store, &sample::record("a1"));
        let actor = sample::actor();
        let late = Happening {
            kind: IncidentKind::Breach,
            date: date(2024, 5, 6),
            what: "逾期交货，联系人13800138000",
            measures: None,
        };
        assert_eq!(store.add_incident(case, &late, &actor).expect("entered"), 1);
        let sued = Happening { kind: IncidentKind::Proceedings, what: "已起诉", ..late };
        assert_eq!(store.add_incident(case, &sued, &actor).expect("entered"), 2);
        let went =
            Development { measures: Some("发函催告"), closed: Some(date(2024, 6, 1)), reported: None };
        store.develop_incident(case, 1, &went, &actor).expect("went on");
        let known = store.incidents(case).expect("read");
        assert_eq!(known.len(), 2);
        assert_eq!((known[0].measures.as_deref(), known[0].closed), (Some("发函催告"), went.closed));
        assert_eq!(store.all_incidents().expect("read")[&case], known);
        assert!(matches!(store.withdraw_incident(case, 2, &actor, " "), Err(StoreError::NoReason)));
        store.withdraw_incident(case, 2, &actor, "误登").expect("taken back");
        assert!(matches!(store.develop_incident(case, 2, &went, &actor), Err(StoreError::NoIncident(2))));
        // Its number is not given again.
        assert_eq!(store.add_incident(case, &sued, &actor).expect("entered"), 3);
        let mut trail = String::new();
        store
            .for_each_event::<StoreError>(Some(case), |event| {
                trail.push_str(&event.details);
                Ok(())
            })
            .expect("read");
        assert!(!trail.contains("13800138000") && trail.contains("2024-06-01"), "{trail}");
        assert!(store.verify().expect("read").problems.is_empty());
    }
}
