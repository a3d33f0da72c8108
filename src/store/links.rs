//! Links (关联): which agreement adds to, changes or ends which contract. Found by number, title and parties;
//! confirmed by a person.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Row, params};
use serde::Serialize;
use serde_json::json;

use super::list::Conditions;
use super::{CaseEntry, CaseFilter, CaseOrder, Store, StoreError, audit, cases};
use crate::model::case::{Actor, CaseId, Link, LinkKind, Particulars};
use crate::model::record::Kind;

/// Candidates beyond this are not told.
const MOST_CANDIDATES: usize = 10;

/// An agreement that hangs on a main contract by a link in force.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dependent {
    /// What it does to the main contract.
    pub kind: LinkKind,
    /// The agreement.
    pub entry: CaseEntry,
}

/// A main contract that an agreement may hang on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// The main contract.
    pub main: CaseEntry,
    /// Why, in Chinese, the strongest reason first.
    pub reasons: Vec<String>,
    /// Sum of what the reasons weigh: the number 4, the title 3, all parties 2, one party 1.
    pub weight: u32,
}

impl Store {
    /// Main contracts that an agreement may hang on, the likeliest first; nothing is linked by this. The text of the
    /// agreement is searched for numbers and titles.
    pub fn link_candidates(&self, dependent: CaseId) -> Result<Vec<Candidate>, StoreError> {
        let own = self.entry(dependent)?;
        let text = self.record(&own.case.record)?.text;
        let linked: BTreeSet<CaseId> = self.links(dependent)?.into_iter().map(|link| link.main).collect();
        let mut found = Vec::new();
        self.for_each_case::<StoreError>(&CaseFilter::default(), CaseOrder::Number, |main| {
            let is_other = main.case.id != dependent && !linked.contains(&main.case.id);
            if is_other && main.particulars.kind == Kind::Contract && !signed_after(&main, &own) {
                let (reasons, weight) = reasons(&own.particulars, &text, &main.particulars);
                // One party in common says nothing: the office is a party to all of them.
                if weight >= 2 {
                    found.push(Candidate { main, reasons, weight });
                }
            }
            Ok(())
        })?;
        found.sort_by(|a, b| b.weight.cmp(&a.weight).then(a.main.case.id.cmp(&b.main.case.id)));
        found.truncate(MOST_CANDIDATES);
        Ok(found)
    }

    /// Links an agreement to its main contract; the same link again changes its kind.
    ///
    /// # Errors
    ///
    /// [`StoreError::CircularLink`] where the main contract hangs on the agreement, or is the same.
    pub fn link(
        &mut self,
        main: CaseId,
        dependent: CaseId,
        kind: LinkKind,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        self.change(|transaction| {
            if hangs_on(transaction, main, dependent)? {
                return Err(StoreError::CircularLink);
            }
            let details = json!({ "main": main, "kind": kind });
            let event = audit::append(transaction, actor, "link", Some(dependent), &details)?;
            let end = "UPDATE link SET ended = ?3 WHERE main = ?1 AND dependent = ?2 AND ended IS NULL";
            transaction.execute(end, params![main.0, dependent.0, event])?;
            let sql =
                "INSERT INTO link (main, dependent, kind, by, at, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            let at = actor.at.to_string();
            transaction.execute(sql, params![main.0, dependent.0, kind.as_str(), actor.name, at, event])?;
            cases::touch(transaction, main, true)?;
            cases::touch(transaction, dependent, true)
        })
    }

    /// Takes a link back.
    ///
    /// # Errors
    ///
    /// [`StoreError::NoLink`] where there is none.
    pub fn unlink(
        &mut self,
        main: CaseId,
        dependent: CaseId,
        actor: &Actor,
        reason: Option<&str>,
    ) -> Result<(), StoreError> {
        self.change(|transaction| {
            let details = json!({ "main": main, "reason": reason });
            let event = audit::append(transaction, actor, "unlink", Some(dependent), &details)?;
            let end = "UPDATE link SET ended = ?3 WHERE main = ?1 AND dependent = ?2 AND ended IS NULL";
            if transaction.execute(end, params![main.0, dependent.0, event])? == 0 {
                return Err(StoreError::NoLink);
            }
            cases::touch(transaction, main, true)?;
            cases::touch(transaction, dependent, true)
        })
    }

    /// Links of a case, to its main contract and from what hangs on it, in the order in which they were confirmed.
    pub fn links(&self, case: CaseId) -> Result<Vec<Link>, StoreError> {
        self.links_where("(main = ?1 OR dependent = ?1) AND", &[&case.0])
    }

    /// All links, in the order in which they were confirmed.
    pub fn all_links(&self) -> Result<Vec<Link>, StoreError> {
        self.links_where("", &[])
    }

    /// What hangs on one main contract, in the order in which it was confirmed.
    pub fn dependents_of(&self, main: CaseId) -> Result<Vec<Dependent>, StoreError> {
        let links = self.links(main)?.into_iter().filter(|link| link.main == main);
        links.map(|link| Ok(Dependent { kind: link.kind, entry: self.entry(link.dependent)? })).collect()
    }

    /// What hangs on each main contract, in the order in which it was confirmed.
    pub fn dependents(&self) -> Result<BTreeMap<CaseId, Vec<Dependent>>, StoreError> {
        let linked = Conditions::one("contract_case.id IN (SELECT dependent FROM link WHERE ended IS NULL)");
        let entries = self.collected(linked, CaseOrder::Number, None)?;
        let entries: BTreeMap<CaseId, CaseEntry> =
            entries.into_iter().map(|entry| (entry.case.id, entry)).collect();
        let mut dependents: BTreeMap<CaseId, Vec<Dependent>> = BTreeMap::new();
        for Link { main, dependent, kind, .. } in self.all_links()? {
            if let Some(entry) = entries.get(&dependent).cloned() {
                dependents.entry(main).or_default().push(Dependent { kind, entry });
            }
        }
        Ok(dependents)
    }

    /// Agreements linked to a contract that a classifying rule hit, by the rule's slug.
    pub fn dependents_of_classified(&self, rule: &str) -> Result<BTreeSet<CaseId>, StoreError> {
        let sql = "SELECT dependent FROM link JOIN case_particulars ON case_id = main
                   WHERE ended IS NULL AND EXISTS (
                   SELECT 1 FROM json_each(case_particulars.json, '$.classifications')
                   WHERE value LIKE '%/' || ?1)";
        let mut statement = self.connection.prepare_cached(sql)?;
        let found = statement.query_map([rule], |row| Ok(CaseId(row.get(0)?)))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    fn links_where(&self, condition: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<Link>, StoreError> {
        let sql = format!(
            "SELECT main, dependent, kind, by, at FROM link WHERE {condition} ended IS NULL ORDER BY id"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(values, |row| Ok(from_row(row)))?;
        rows.map(|row| row?).collect()
    }
}

fn from_row(row: &Row<'_>) -> Result<Link, StoreError> {
    let (main, dependent) = (CaseId(row.get(0)?), CaseId(row.get(1)?));
    let damaged = || StoreError::Damaged(format!("案卷 {dependent} 的关联"));
    let [kind, by, at]: [String; 3] = [row.get(2)?, row.get(3)?, row.get(4)?];
    let kind = LinkKind::parse(&kind).ok_or_else(damaged)?;
    Ok(Link { main, dependent, kind, by, at: at.parse().map_err(|_| damaged())? })
}

/// Is `case` the other, or does it hang on it, directly or not?
fn hangs_on(connection: &rusqlite::Connection, case: CaseId, other: CaseId) -> Result<bool, StoreError> {
    let sql = "WITH RECURSIVE above (id) AS (SELECT ?1 UNION
                 SELECT main FROM link JOIN above ON dependent = above.id WHERE ended IS NULL)
               SELECT 1 FROM above WHERE id = ?2";
    Ok(connection.prepare_cached(sql)?.exists(params![case.0, other.0])?)
}

/// Was the one signed after the other? Then it is not its main contract.
fn signed_after(one: &CaseEntry, other: &CaseEntry) -> bool {
    let days = one.particulars.sign_date.zip(other.particulars.sign_date);
    days.is_some_and(|(one, other)| one > other)
}

/// Why an agreement may hang on a contract, and how much that weighs together.
fn reasons(own: &Particulars, text: &str, main: &Particulars) -> (Vec<String>, u32) {
    let (mut reasons, mut weight) = (Vec::new(), 0);
    let mut add = |by: u32, reason: String| {
        reasons.push(reason);
        weight += by;
    };
    if let Some(number) = main.contract_number.as_deref().filter(|number| is_telling(number, text)) {
        add(4, format!("文中写有其合同编号 {number}"));
    }
    let titled = own.title.as_deref().unwrap_or_default();
    match main.title.as_deref().filter(|title| title.chars().count() >= 5) {
        Some(title) if titled.contains(title) => add(3, format!("名称含“{title}”")),
        Some(title) if text.contains(title) => add(3, format!("文中写有“{title}”")),
        _ => {}
    }
    let names = |of: &Particulars| -> BTreeSet<String> {
        of.parties.iter().filter_map(|party| party.name.clone()).collect()
    };
    let (mine, theirs) = (names(own), names(main));
    match mine.intersection(&theirs).count() {
        0 => {}
        common if common >= 2 && common == theirs.len() => add(2, "当事人相同".to_owned()),
        _ => add(1, "有一方当事人相同".to_owned()),
    }
    (reasons, weight)
}

/// Does the number stand in the text, and is it more than a few digits that stand anywhere?
fn is_telling(number: &str, text: &str) -> bool {
    number.chars().filter(|c| c.is_alphanumeric()).count() >= 5 && text.contains(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::sample;

    /// A contract with a number, one with the same parties only, one of others, and a supplement to the first.
    fn four() -> (tempfile::TempDir, Store, [CaseId; 4]) {
        let (folder, mut store) = sample::store();
        let mut main = sample::record("a1");
        main.fields.contract_number = sample::value("LH-2024-0001");
        sample::set_title(&mut main, "物业管理服务合同");
        let mut other = sample::record("b2");
        sample::set_title(&mut other, "车辆租赁合同");
        let mut foreign = sample::record("c3");
        foreign.fields.parties.truncate(1);
        let mut supplement = sample::record("d4");
        supplement.kind = Kind::Supplement;
        sample::set_title(&mut supplement, "《物业管理服务合同》补充协议（一）");
        let cases = [&main, &other, &foreign].map(|record| sample::put(&mut store, record));
        let supplement =
            sample::put_with(&mut store, &supplement, "双方于2024年签订编号为LH-2024-0001的合同");
        let [main, other, foreign] = cases;
        (folder, store, [main, other, foreign, supplement])
    }

    #[test]
    fn main_contracts_are_found_by_number_title_and_parties() {
        let (_folder, store, [main, other, _, supplement]) = four();
        let found = store.link_candidates(supplement).expect("looked");
        let found: Vec<_> =
            found.iter().map(|candidate| (candidate.main.case.id, candidate.weight)).collect();
        assert_eq!(found, [(main, 9), (other, 2)]);
    }

    #[test]
    fn a_person_links_and_takes_it_back() {
        let (_folder, mut store, [main, other, _, supplement]) = four();
        let actor = sample::actor();
        store.link(main, supplement, LinkKind::Supplement, &actor).expect("linked");
        store.link(main, supplement, LinkKind::Change, &actor).expect("linked anew");
        let links = store.links(main).expect("read");
        assert_eq!((links.len(), links[0].kind, links[0].dependent), (1, LinkKind::Change, supplement));
        assert!(matches!(
            store.link(supplement, main, LinkKind::Change, &actor),
            Err(StoreError::CircularLink)
        ));
        assert!(matches!(store.link(main, main, LinkKind::Change, &actor), Err(StoreError::CircularLink)));
        let dependents = store.dependents().expect("read");
        assert_eq!(dependents[&main][0].entry.case.id, supplement);
        assert!(matches!(store.unlink(other, supplement, &actor, None), Err(StoreError::NoLink)));
        let left = store.link_candidates(supplement).expect("looked");
        assert!(left.iter().all(|candidate| candidate.main.case.id != main));
        store.unlink(main, supplement, &actor, Some("误关联")).expect("taken back");
        assert!(store.all_links().expect("read").is_empty());
        assert_eq!(store.verify().expect("read").trail.events, 3);
    }
}
