//! Cases that may be one contract (疑似重复): a rescan, or the same file handed in twice. Proposed by number, title, parties,
//! day and price; made one by a person only.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;
use serde::Serialize;

use super::{CaseEntry, CaseFilter, CaseOrder, Store, StoreError};
use crate::model::case::{CaseId, Particulars};

/// A case that may be the same contract as another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Duplicate {
    /// The other case.
    pub entry: CaseEntry,
    /// In what they agree, in Chinese.
    pub same: Vec<&'static str>,
    /// In what they do not; what one of them lacks is in neither list.
    pub differs: Vec<&'static str>,
}

/// What two cases are compared by.
const NUMBER: &str = "合同编号";
const TITLE: &str = "名称";
const PARTIES: &str = "当事人";
const DAY: &str = "签订日期";
const PRICE: &str = "价款";

impl Duplicate {
    /// Compares two cases.
    pub fn of(one: &Particulars, other: CaseEntry) -> Self {
        let (mut same, mut differs) = (Vec::new(), Vec::new());
        for (name, equal) in compared(one, &other.particulars) {
            match equal {
                Some(true) => same.push(name),
                Some(false) => differs.push(name),
                None => {}
            }
        }
        Self { entry: other, same, differs }
    }

    /// Is it likely enough to be proposed? `by_text` says that the two say nearly the same. A template that is used every
    /// year says nearly the same with another day or price, and is another contract.
    pub fn is_likely(&self, by_text: bool) -> bool {
        let agrees = |all: &[&str]| all.iter().all(|name| self.same.contains(name));
        let is_supplement = self.entry.particulars.kind == crate::model::record::Kind::Supplement;
        // A supplement bears the number of its main contract, as the next supplement does.
        let by_number = agrees(&[NUMBER, PARTIES]) && (!is_supplement || agrees(&[TITLE, DAY]));
        let by_particulars = agrees(&[TITLE, PARTIES, DAY]);
        self.differs.is_empty() && (by_number || by_particulars || by_text && agrees(&[PARTIES]))
    }
}

fn compared(one: &Particulars, other: &Particulars) -> [(&'static str, Option<bool>); 5] {
    let text = |a: &Option<String>, b: &Option<String>| {
        let (a, b) = (folded(a.as_deref()?), folded(b.as_deref()?));
        (!a.is_empty() && !b.is_empty()).then_some(a == b)
    };
    let (ours, theirs) = (names(one), names(other));
    let parties = (!ours.is_empty() && !theirs.is_empty()).then(|| ours == theirs);
    let price = one.amount.as_ref().zip(other.amount.as_ref());
    [
        (NUMBER, text(&one.contract_number, &other.contract_number)),
        (TITLE, text(&one.title, &other.title)),
        (PARTIES, parties),
        (DAY, one.sign_date.zip(other.sign_date).map(|(a, b)| a == b)),
        (PRICE, price.map(|(a, b)| a.amount == b.amount && a.currency == b.currency)),
    ]
}

fn names(of: &Particulars) -> BTreeSet<String> {
    of.parties.iter().filter_map(|party| party.name.as_deref()).map(folded).collect()
}

/// Letters, digits and characters alone, in half width and capitals: what a rescan leaves alike.
fn folded(text: &str) -> String {
    let half = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c).saturating_sub(0xFEE0)).unwrap_or(c),
        c => c,
    };
    text.chars().map(half).filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

impl Store {
    /// Cases that agree with one in number, or in title and day, each compared with it; the likely ones and others.
    pub fn duplicates(&self, case: CaseId) -> Result<Vec<Duplicate>, StoreError> {
        let own = self.entry(case)?;
        let sql = "SELECT case_id FROM case_particulars WHERE case_id <> ?1 AND kind = ?2
                   AND (number = ?3 OR (sign_date = ?4 AND sign_date <> '' AND title = ?5)) ORDER BY case_id";
        let day = own.particulars.sign_date.map(|day| day.to_string()).unwrap_or_default();
        let kind = serde_json::to_value(own.particulars.kind).ok();
        let kind = kind.as_ref().and_then(|kind| kind.as_str()).unwrap_or_default();
        let values = params![case.0, kind, own.particulars.contract_number, day, own.particulars.title];
        let mut statement = self.connection.prepare_cached(sql)?;
        let ids: Vec<i64> = statement.query_map(values, |row| row.get(0))?.collect::<Result<_, _>>()?;
        let compare = |id| Ok(Duplicate::of(&own.particulars, self.entry(CaseId(id))?));
        ids.into_iter().map(compare).collect()
    }

    /// All groups of cases of which each is likely to be the same contract as the first, in the order of the first.
    pub fn duplicate_groups(&self) -> Result<Vec<(CaseEntry, Vec<Duplicate>)>, StoreError> {
        let mut known: BTreeMap<(&str, String), Vec<CaseEntry>> = BTreeMap::new();
        self.for_each_case::<StoreError>(&CaseFilter::default(), CaseOrder::Number, |entry| {
            for key in keys(&entry.particulars) {
                known.entry(key).or_default().push(entry.clone());
            }
            Ok(())
        })?;
        let mut groups: BTreeMap<CaseId, (CaseEntry, Vec<Duplicate>)> = BTreeMap::new();
        for mut alike in known.into_values().filter(|alike| alike.len() > 1) {
            let first = alike.remove(0);
            let group = groups.entry(first.case.id).or_insert_with(|| (first.clone(), Vec::new()));
            for other in alike {
                let is_new = group.1.iter().all(|known| known.entry.case.id != other.case.id);
                let found = Duplicate::of(&first.particulars, other);
                if is_new && found.is_likely(false) {
                    group.1.push(found);
                }
            }
        }
        Ok(groups.into_values().filter(|(_, found)| !found.is_empty()).collect())
    }
}

/// What cases of one contract have in common: the number, or title and day.
fn keys(of: &Particulars) -> Vec<(&'static str, String)> {
    let kind = if of.kind == crate::model::record::Kind::Supplement { "补" } else { "" };
    let number = of.contract_number.as_deref().map(folded).filter(|number| !number.is_empty());
    let title = of.title.as_deref().map(folded).zip(of.sign_date);
    let number = number.map(|number| (NUMBER, format!("{kind}{number}")));
    number.into_iter().chain(title.map(|(title, day)| (TITLE, format!("{kind}{title}{day}")))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Record, Value};
    use crate::store::sample;

    /// A record with a number and a day.
    fn numbered(name: &str, number: &str, day: &str) -> Record {
        let mut record = sample::record(name);
        record.fields.contract_number = sample::value(number);
        record.fields.sign_date = Some(Value::new(day.parse().expect(day), 0.9, "sample", Vec::new()));
        record
    }

    #[test]
    fn a_rescan_is_proposed_and_the_contract_of_the_next_year_is_not() {
        let (_folder, mut store) = sample::store();
        let first = sample::put(&mut store, &numbered("a1", "LH-2024-017", "2024-03-05"));
        let rescan = sample::put(&mut store, &numbered("b2", "ＬＨ—2024—017", "2024-03-05"));
        sample::put(&mut store, &numbered("c3", "LH-2025-002", "2025-03-05"));
        let found = store.duplicates(first).expect("looked");
        assert_eq!(found.iter().map(|found| found.entry.case.id).collect::<Vec<_>>(), [rescan]);
        assert!(found[0].is_likely(false));
        assert_eq!(found[0].same, [NUMBER, TITLE, PARTIES, DAY, PRICE]);
        let groups = store.duplicate_groups().expect("looked");
        assert_eq!(groups.len(), 1);
        assert_eq!((groups[0].0.case.id, groups[0].1[0].entry.case.id), (first, rescan));
    }

    #[test]
    fn nearly_the_same_text_with_another_price_is_another_contract() {
        let (_folder, mut store) = sample::store();
        let one = sample::put(&mut store, &numbered("a1", "1号", "2024-03-05"));
        let mut other = numbered("b2", "1号", "2024-03-05");
        other.fields.amount = Some(Value::new(sample::money("97000.00"), 0.9, "sample", Vec::new()));
        sample::put(&mut store, &other);
        let found = store.duplicates(one).expect("looked");
        assert_eq!(found[0].differs, [PRICE]);
        assert!(!found[0].is_likely(true));
    }
}
