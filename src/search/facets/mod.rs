//! How many of the contracts found have which property, and what they add up to.
//!
//! Two passes over what was found: the first counts every value, the second adds up the prices of those that are
//! shown. Both are exact, however many contracts a question finds.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::answer::{Facet, FacetCount, Total};
use super::band;
use super::schema::name;

mod sums;
mod table;

use sums::Sums;
use table::{BANDS, MONTHS, WORDS};

pub(super) use table::Table;

/// At most so many values of each property.
const MOST: usize = 20;

/// At most so many months.
const MOST_MONTHS: usize = 120;

/// Collects the rows of what is found; nothing without a table.
pub(super) struct Rows(pub Option<Arc<Table>>);

/// The rows found in a segment.
pub(super) struct SegmentRows {
    base: Option<u32>,
    rows: Vec<u32>,
}

impl Collector for Rows {
    type Fruit = Vec<u32>;
    type Child = SegmentRows;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<SegmentRows> {
        Ok(SegmentRows { base: self.0.as_ref().map(|table| table.base(segment)), rows: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<u32>>) -> tantivy::Result<Vec<u32>> {
        Ok(fruits.concat())
    }
}

impl SegmentCollector for SegmentRows {
    type Fruit = Vec<u32>;

    fn collect(&mut self, document: DocId, _: Score) {
        self.rows.extend(self.base.map(|base| base + document));
    }

    fn harvest(self) -> Vec<u32> {
        self.rows
    }
}

/// What the contracts found have in common.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// What all of them add up to, by currency.
    pub totals: Vec<Total>,
    /// As the answer shows them: properties without a value left out.
    pub facets: Vec<Facet>,
}

impl Tally {
    /// Counts rows, which are in order.
    pub fn of(table: &Table, rows: &[u32]) -> Self {
        let mut counts = vec![0_u32; table.len()];
        let few = Few::of(table, rows);
        for value in few.rows.iter().flat_map(|&row| table.values(row)) {
            if let Some(count) = counts.get_mut(*value as usize) {
                *count += 1;
            }
        }
        if few.others {
            counts.iter_mut().zip(&table.counts).for_each(|(count, all)| *count = all - *count);
        }
        let shown = shown(table, &counts);
        let counted = Counted::of(table, counts, shown, &few);
        Self { totals: counted.sums.totals(table, WHOLE), facets: counted.facets() }
    }
}

/// Rows, or all others where those are fewer: what was found is then all less these.
struct Few<'a> {
    rows: Cow<'a, [u32]>,
    others: bool,
}

impl<'a> Few<'a> {
    fn of(table: &Table, rows: &'a [u32]) -> Self {
        let others = rows.len() > table.rows() / 2;
        Self { rows: if others { table.others(rows).into() } else { rows.into() }, others }
    }
}

/// The group of sums that every contract belongs to; those of the values shown follow.
const WHOLE: usize = 0;

/// The values of each property that are shown, in the order in which they are; all months, for years add them up.
fn shown(table: &Table, counts: &[u32]) -> Vec<Vec<usize>> {
    let count = |value: usize| counts.get(value).copied().unwrap_or_default();
    let present = |property: usize| table.property(property).filter(|&value| count(value) > 0);
    let words = (0..WORDS.len()).map(|property| most_frequent(present(property), count));
    words.chain([present(BANDS).collect(), present(MONTHS).collect()]).collect()
}

/// The most frequent values first; equal counts in the order of the values.
fn most_frequent(values: impl Iterator<Item = usize>, count: impl Fn(usize) -> u32) -> Vec<usize> {
    let mut best: BinaryHeap<(Reverse<u32>, usize)> = BinaryHeap::with_capacity(MOST);
    for value in values {
        let next = (Reverse(count(value)), value);
        if best.len() < MOST {
            best.push(next);
        } else if let Some(mut worst) = best.peek_mut().filter(|worst| next < **worst) {
            *worst = next;
        }
    }
    best.into_sorted_vec().into_iter().map(|(_, value)| value).collect()
}

/// Counts and sums on their way to facets.
struct Counted<'a> {
    table: &'a Table,
    /// By the number of the value.
    counts: Vec<u32>,
    /// By property.
    shown: Vec<Vec<usize>>,
    /// By the number of the value: the group of its sum; [`WHOLE`] where it is not shown.
    groups: Vec<u32>,
    sums: Sums,
}

impl<'a> Counted<'a> {
    /// Adds up the prices of the values shown.
    fn of(table: &'a Table, counts: Vec<u32>, shown: Vec<Vec<usize>>, few: &Few<'_>) -> Self {
        let mut groups = vec![WHOLE as u32; table.len()];
        for (group, &value) in (1..).zip(shown.iter().flatten()) {
            if let Some(slot) = groups.get_mut(value) {
                *slot = group;
            }
        }
        let many = 1 + shown.iter().map(Vec::len).sum::<usize>();
        let mut sums = Sums::new(table.currencies.len(), many);
        for &row in few.rows.iter() {
            let Some(price) = table.price(row) else { continue };
            sums.add(WHOLE, price);
            let groups = table.values(row).iter().filter_map(|&value| groups.get(value as usize));
            groups.filter(|group| **group != WHOLE as u32).for_each(|&group| sums.add(group as usize, price));
        }
        if few.others {
            let of_values = (1..).zip(shown.iter().flatten().map(|value| value + 1));
            for (group, of_value) in std::iter::once((WHOLE, WHOLE)).chain(of_values) {
                sums.take_from(group, &table.sums, of_value);
            }
        }
        Self { table, counts, shown, groups, sums }
    }

    fn facets(&self) -> Vec<Facet> {
        let words = WORDS.iter().enumerate().map(|(property, (name, label))| {
            let counts = self.values(property).map(|value| self.one(value, self.table.name(value), None));
            facet(name, label, counts.collect())
        });
        let first = self.table.property(BANDS).start;
        let bands = self.values(BANDS).map(|value| {
            let label = band::NAMES.get(value - first).map(|(_, label)| *label);
            self.one(value, self.table.name(value), label)
        });
        let rest = [
            facet(name::AMOUNT, "金额（人民币）", bands.collect()),
            facet(name::YEAR, "签订年份", self.years()),
            facet("month", "签订月份", self.months()),
        ];
        words.chain(rest).filter(|facet| !facet.counts.is_empty()).collect()
    }

    /// The values of a property that are shown.
    fn values(&self, property: usize) -> impl Iterator<Item = usize> {
        self.shown.get(property).into_iter().flatten().copied()
    }

    fn count(&self, value: usize) -> u64 {
        self.counts.get(value).copied().map_or(0, u64::from)
    }

    fn group(&self, value: usize) -> usize {
        self.groups.get(value).map_or(WHOLE, |&group| group as usize)
    }

    fn one(&self, value: usize, name: &str, label: Option<&str>) -> FacetCount {
        let (totals, count) = (self.sums.totals(self.table, self.group(value)), self.count(value));
        FacetCount { value: name.to_owned(), label: label.map(str::to_owned), count, totals }
    }

    /// Latest first.
    fn years(&self) -> Vec<FacetCount> {
        let mut years: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for month in self.values(MONTHS) {
            years.entry(self.year_and_month(month).0).or_default().push(month);
        }
        let count = |(year, months): (&str, Vec<usize>)| {
            let mut sum = Sums::new(self.table.currencies.len(), 1);
            months.iter().for_each(|&month| sum.add_group(0, &self.sums, self.group(month)));
            let count = months.iter().map(|&month| self.count(month)).sum();
            FacetCount { value: year.to_owned(), label: None, count, totals: sum.totals(self.table, 0) }
        };
        years.into_iter().rev().take(MOST).map(count).collect()
    }

    /// The latest, in the order of time.
    fn months(&self) -> Vec<FacetCount> {
        let earlier = self.values(MONTHS).count().saturating_sub(MOST_MONTHS);
        let count = |month: usize| {
            let (year, of_year) = self.year_and_month(month);
            self.one(month, &format!("{year}-{of_year}"), None)
        };
        self.values(MONTHS).skip(earlier).map(count).collect()
    }

    /// `2024` and `03` of `202403`.
    fn year_and_month(&self, month: usize) -> (&str, &str) {
        let name = self.table.name(month);
        name.split_at_checked(name.len().saturating_sub(2)).unwrap_or_default()
    }
}

fn facet(name: &str, label: &str, counts: Vec<FacetCount>) -> Facet {
    Facet { name: name.to_owned(), label: label.to_owned(), counts }
}
