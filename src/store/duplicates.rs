//! Cases that may be one contract (疑似重复): a rescan, or the same file handed in twice. Proposed by number, title, parties,
//! day and price; made one by a person only.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{CaseEntry, Store, StoreError};
use crate::model::case::{CaseId, Particulars};
use crate::model::name::letters;
use crate::model::record::Kind;

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
        let is_supplement = self.entry.particulars.kind == Kind::Supplement;
        // A supplement bears the number of its main contract, as the next supplement does.
        let by_number = agrees(&[NUMBER, PARTIES]) && (!is_supplement || agrees(&[TITLE, DAY]));
        let by_particulars = agrees(&[TITLE, PARTIES, DAY]);
        self.differs.is_empty() && (by_number || by_particulars || by_text && agrees(&[PARTIES]))
    }
}

fn compared(one: &Particulars, other: &Particulars) -> [(&'static str, Option<bool>); 5] {
    let text = |a: &Option<String>, b: &Option<String>| {
        let (a, b) = (letters(a.as_deref()?), letters(b.as_deref()?));
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
    of.parties.iter().filter_map(|party| party.name.as_deref()).map(letters).collect()
}

impl Store {
    /// Cases that agree with one in number, or in title and day, each compared with it; the likely ones and others.
    pub fn duplicates(&self, case: CaseId) -> Result<Vec<Duplicate>, StoreError> {
        let own = self.entry(case)?;
        let sql = "SELECT other.case_id FROM case_particulars AS own JOIN case_particulars AS other
                   ON other.kind = own.kind AND other.case_id <> own.case_id AND (other.number_key = own.number_key
                   OR (other.sign_date = own.sign_date AND own.sign_date <> '' AND other.title_key = own.title_key))
                   WHERE own.case_id = ?1 ORDER BY other.case_id";
        let mut statement = self.connection.prepare_cached(sql)?;
        let ids: Vec<i64> = statement.query_map([case.0], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let compare = |id| Ok(Duplicate::of(&own.particulars, self.entry(CaseId(id))?));
        ids.into_iter().map(compare).collect()
    }

    /// All groups of cases that are likely to be one contract, each told beside the first of its group.
    pub fn duplicate_groups(&self) -> Result<Vec<(CaseEntry, Vec<Duplicate>)>, StoreError> {
        let mut groups: BTreeMap<CaseId, (CaseEntry, Vec<Duplicate>)> = BTreeMap::new();
        for sharing in [SHARING_NUMBER, SHARING_TITLE] {
            let mut statement = self.connection.prepare_cached(sharing)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            let mut heads = Heads::default();
            for row in rows {
                let (key, day, case): (String, String, i64) = row?;
                heads.take(&key, day, self.entry(CaseId(case))?, &mut groups);
            }
        }
        Ok(groups.into_values().filter(|(_, found)| !found.is_empty()).collect())
    }
}

/// Cases that share a number with others, by kind and number: key, day, case.
const SHARING_NUMBER: &str = "
    SELECT kind || char(10) || number_key AS key, sign_date, case_id
    FROM case_particulars JOIN contract_case ON id = case_id
    WHERE (kind, number_key) IN (SELECT kind, number_key FROM case_particulars WHERE number_key IS NOT NULL
                                 GROUP BY kind, number_key HAVING count(*) > 1)
    AND (kind <> 'not-a-contract' OR revision > 0) ORDER BY key, case_id";

/// The same by kind, title and day.
const SHARING_TITLE: &str = "
    SELECT kind || char(10) || title_key || char(10) || sign_date AS key, sign_date, case_id
    FROM case_particulars JOIN contract_case ON id = case_id
    WHERE (kind, title_key, sign_date) IN (SELECT kind, title_key, sign_date FROM case_particulars
                                           WHERE title_key IS NOT NULL AND sign_date <> ''
                                           GROUP BY kind, title_key, sign_date HAVING count(*) > 1)
    AND (kind <> 'not-a-contract' OR revision > 0) ORDER BY key, case_id";

/// The first of each group among the cases of one key, by day: those of two different days are two contracts.
#[derive(Default)]
struct Heads {
    key: String,
    by_day: BTreeMap<String, Vec<CaseEntry>>,
}

impl Heads {
    /// Puts a case to the group whose first it is likely to be the same as; else it begins one.
    fn take(
        &mut self,
        key: &str,
        day: String,
        entry: CaseEntry,
        groups: &mut BTreeMap<CaseId, (CaseEntry, Vec<Duplicate>)>,
    ) {
        if self.key != key {
            *self = Self { key: key.to_owned(), by_day: BTreeMap::new() };
        }
        let likely = |head: &CaseEntry| {
            let found = Duplicate::of(&head.particulars, entry.clone());
            found.is_likely(false).then(|| (head.clone(), found))
        };
        let found = self.of_day(&day).find_map(likely);
        match found {
            None => self.by_day.entry(day).or_default().push(entry),
            Some((head, found)) => {
                let (_, alike) = groups.entry(head.case.id).or_insert_with(|| (head, Vec::new()));
                if alike.iter().all(|known| known.entry.case.id != entry.case.id) {
                    alike.push(found);
                }
            }
        }
    }

    /// Those of a day and those without one; all of them for a case without a day.
    fn of_day(&self, day: &str) -> impl Iterator<Item = &CaseEntry> {
        let fits = move |known: &&String| day.is_empty() || known.is_empty() || *known == day;
        self.by_day.iter().filter(move |(known, _)| fits(known)).flat_map(|(_, heads)| heads)
    }
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
    fn two_that_are_alike_are_found_behind_a_third_that_is_not() {
        let (_folder, mut store) = sample::store();
        let [_, one, two] = [("a1", "2023-01-05"), ("b2", "2024-03-05"), ("c3", "2024-03-05")]
            .map(|(name, day)| sample::put(&mut store, &numbered(name, "LH-17号", day)));
        let groups = store.duplicate_groups().expect("looked");
        let told: Vec<_> = groups.iter().map(|(first, alike)| (first.case.id, alike.len())).collect();
        assert_eq!(told, [(one, 1)]);
        assert_eq!(groups[0].1[0].entry.case.id, two);
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
