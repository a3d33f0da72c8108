//! Which row of a ledger is which contract of the archive.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::row::LedgerRow;
use crate::model::case::{Case, CaseId, Particulars};
use crate::model::fields::Side;
use crate::model::name::folded;

/// A contract of the archive with what rows are compared with.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// Its case.
    pub case: CaseId,
    /// The record that stands for it.
    pub record: String,
    /// Title.
    pub title: Option<String>,
    /// Its own number and the filing system's.
    pub numbers: Vec<String>,
    /// Names of the parties that are not the government's.
    pub parties: Vec<String>,
    /// Price.
    pub amount: Option<Decimal>,
    /// Day of signing.
    pub sign_date: Option<Date>,
}

impl Candidate {
    /// The contract of a case.
    pub fn of(case: &Case, particulars: &Particulars) -> Self {
        let others = particulars.parties.iter().filter(|party| party.side != Side::Government);
        Self {
            case: case.id,
            record: case.record.clone(),
            title: particulars.title.clone(),
            numbers: case.filing_number.iter().chain(&particulars.contract_number).cloned().collect(),
            parties: others.filter_map(|party| party.name.clone()).collect(),
            amount: particulars.amount.as_ref().and_then(|money| money.amount),
            sign_date: particulars.sign_date,
        }
    }
}

/// By what a row was matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Way {
    /// By a number.
    Number,
    /// By title and party.
    TitleAndParty,
    /// By title, with the same price or day of signing.
    Title,
}

impl Way {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Number => "编号相同",
            Self::TitleAndParty => "名称和对方相同",
            Self::Title => "名称和金额或日期相同",
        }
    }
}

/// A row and its contract.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Matched {
    /// The row.
    pub row: LedgerRow,
    /// The case.
    pub case: CaseId,
    /// The record that stands for it.
    pub record: String,
    /// By what.
    pub way: Way,
    /// What the ledger and the archive say differently: a person looks which is right.
    pub differences: Vec<String>,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Match {
    /// One contract.
    One(Matched),
    /// Several contracts fit: a person has to say which.
    Several(LedgerRow, Vec<String>),
    /// None fits.
    None(LedgerRow),
}

/// A ledger beside an archive.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Comparison {
    /// Rows with their contract.
    pub matched: Vec<Matched>,
    /// Rows that several contracts fit, with the records.
    pub several: Vec<(LedgerRow, Vec<String>)>,
    /// Rows without a contract in the archive.
    pub only_in_ledger: Vec<LedgerRow>,
    /// Contracts without a row in the ledger.
    pub only_in_archive: Vec<Candidate>,
    /// Rows that say the same number, or the same title, party, price and day, or that are the same contract.
    pub duplicates: Vec<Vec<u32>>,
}

impl Comparison {
    /// Puts rows and contracts side by side.
    pub fn of(rows: Vec<LedgerRow>, archive: Vec<Candidate>) -> Self {
        let index = Index::of(&archive);
        let mut comparison = Self { duplicates: duplicates(&rows), ..Self::default() };
        for row in rows {
            match index.find(row) {
                Match::One(matched) => comparison.matched.push(matched),
                Match::Several(row, records) => comparison.several.push((row, records)),
                Match::None(row) => comparison.only_in_ledger.push(row),
            }
        }
        comparison.set_doubles_apart();
        let known: BTreeSet<CaseId> = comparison.matched.iter().map(|matched| matched.case).collect();
        let maybe: BTreeSet<String> =
            comparison.several.iter().flat_map(|(_, records)| records.iter().cloned()).collect();
        comparison.only_in_archive =
            archive.into_iter().filter(|c| !known.contains(&c.case) && !maybe.contains(&c.record)).collect();
        comparison
    }

    /// Several rows of one contract: a person has to say which is right.
    fn set_doubles_apart(&mut self) {
        let mut rows: BTreeMap<CaseId, Vec<u32>> = BTreeMap::new();
        self.matched.iter().for_each(|matched| rows.entry(matched.case).or_default().push(matched.row.row));
        let doubled = |case: &CaseId| rows.get(case).is_some_and(|rows| rows.len() > 1);
        let (double, single) = std::mem::take(&mut self.matched).into_iter().partition(|m| doubled(&m.case));
        self.matched = single;
        let double: Vec<Matched> = double;
        self.several.extend(double.into_iter().map(|matched| (matched.row, vec![matched.record])));
        self.duplicates.extend(rows.into_values().filter(|rows| rows.len() > 1));
        self.duplicates.sort();
        self.duplicates.dedup();
    }
}

/// Contracts by what rows name them by.
struct Index<'a> {
    archive: &'a [Candidate],
    by_number: BTreeMap<String, Vec<usize>>,
    by_title: BTreeMap<String, Vec<usize>>,
}

impl<'a> Index<'a> {
    fn of(archive: &'a [Candidate]) -> Self {
        let mut index = Self { archive, by_number: BTreeMap::new(), by_title: BTreeMap::new() };
        for (at, candidate) in archive.iter().enumerate() {
            for number in &candidate.numbers {
                index.by_number.entry(folded(number)).or_default().push(at);
            }
            if let Some(title) = &candidate.title {
                index.by_title.entry(folded(title)).or_default().push(at);
            }
        }
        index
    }

    fn find(&self, row: LedgerRow) -> Match {
        let numbered = self.with_number(&row);
        let titled = self.with_title(&row);
        let party = |candidate: &&Candidate| has_party(candidate, &row);
        let both: Vec<&Candidate> = titled.iter().copied().filter(party).collect();
        let alike: Vec<&Candidate> = titled.iter().copied().filter(|c| agrees(c, &row)).collect();
        let ways = [(Way::Number, numbered), (Way::TitleAndParty, both), (Way::Title, alike)];
        for (way, mut found) in ways {
            // Of several of the same number or title, the one whose price or day agrees.
            if found.len() > 1 {
                let closer: Vec<&Candidate> = found.iter().copied().filter(|c| agrees(c, &row)).collect();
                found = if closer.is_empty() { found } else { closer };
            }
            match found[..] {
                [] => {}
                [one] => return Match::One(matched(row, one, way)),
                _ => return Match::Several(row, found.iter().map(|c| c.record.clone()).collect()),
            }
        }
        Match::None(row)
    }

    fn with_number(&self, row: &LedgerRow) -> Vec<&'a Candidate> {
        let numbers = row.filing_number.iter().chain(&row.contract_number);
        let found: BTreeSet<usize> =
            numbers.filter_map(|number| self.by_number.get(&folded(number))).flatten().copied().collect();
        found.into_iter().filter_map(|at| self.archive.get(at)).collect()
    }

    fn with_title(&self, row: &LedgerRow) -> Vec<&'a Candidate> {
        let found = row.title.as_ref().and_then(|title| self.by_title.get(&folded(title)));
        found.into_iter().flatten().filter_map(|at| self.archive.get(*at)).collect()
    }
}

fn has_party(candidate: &Candidate, row: &LedgerRow) -> bool {
    let known: BTreeSet<String> = candidate.parties.iter().map(|name| folded(name)).collect();
    // Several parties stand in one cell: all of them have to be there.
    let all = |cell: &str| {
        let mut names =
            cell.split(['、', '；', ';', '\n']).map(folded).filter(|name| !name.is_empty()).peekable();
        names.peek().is_some() && names.all(|name| known.contains(&name))
    };
    row.party.as_deref().is_some_and(|cell| known.contains(&folded(cell)) || all(cell))
}

/// Has it the same price or the same day of signing?
fn agrees(candidate: &Candidate, row: &LedgerRow) -> bool {
    let same_amount = row.amount.is_some() && row.amount == candidate.amount;
    same_amount || row.sign_date.is_some() && row.sign_date == candidate.sign_date
}

fn matched(row: LedgerRow, candidate: &Candidate, way: Way) -> Matched {
    let mut differences = Vec::new();
    if let (Some(ledger), Some(archive)) = (&row.title, &candidate.title)
        && folded(ledger) != folded(archive)
    {
        differences.push(format!("名称：台账“{ledger}”，合同“{archive}”"));
    }
    if row.party.is_some() && !candidate.parties.is_empty() && !has_party(candidate, &row) {
        let (ledger, archive) = (row.party.as_deref().unwrap_or_default(), candidate.parties.join("、"));
        differences.push(format!("对方：台账“{ledger}”，合同“{archive}”"));
    }
    if let (Some(ledger), Some(archive)) = (row.amount, candidate.amount)
        && ledger != archive
    {
        differences.push(format!("金额：台账 {ledger}，合同 {}", archive.normalize()));
    }
    if let (Some(ledger), Some(archive)) = (row.sign_date, candidate.sign_date)
        && ledger != archive
    {
        differences.push(format!("签订日期：台账 {ledger}，合同 {archive}"));
    }
    Matched { row, case: candidate.case, record: candidate.record.clone(), way, differences }
}

/// Rows of the same number, or of the same title, party, price and day.
fn duplicates(rows: &[LedgerRow]) -> Vec<Vec<u32>> {
    let mut same: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for row in rows {
        let number = row.contract_number.as_deref().or(row.filing_number.as_deref());
        let key = match (number, &row.title) {
            (Some(number), _) => format!("编号{}", folded(number)),
            (None, Some(title)) => {
                let party = row.party.as_deref().map(folded);
                format!("{}{party:?}{:?}{:?}", folded(title), row.amount, row.sign_date)
            }
            (None, None) => continue,
        };
        same.entry(key).or_default().push(row.row);
    }
    let mut doubled: Vec<Vec<u32>> = same.into_values().filter(|rows| rows.len() > 1).collect();
    doubled.sort();
    doubled
}
