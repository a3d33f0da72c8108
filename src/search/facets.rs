//! How many of the contracts found have which property.

use std::collections::BTreeMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::answer::{Facet, FacetCount};
use super::schema::name;

/// At most so many values of each property.
const MOST: usize = 20;

/// Properties that hold words, with what a person reads.
const WORDS: [(&str, &str); 5] = [
    (name::KIND, "类别"),
    (name::STATUS, "状态"),
    (name::PARTY, "当事人"),
    (name::SEVERITY, "发现的级别"),
    (name::RULE, "命中的规则"),
];

/// Counts of one property.
type Counts = BTreeMap<String, u64>;

/// Counts properties over all documents found.
pub(super) struct Facets;

/// What was counted: one entry for each of `WORDS`, and the years.
#[derive(Default)]
pub(super) struct Tally {
    words: [Counts; WORDS.len()],
    years: BTreeMap<i64, u64>,
}

pub(super) struct SegmentTally {
    columns: Vec<Option<OrdinalCounts>>,
    year: Column<i64>,
    years: BTreeMap<i64, u64>,
}

/// Counts by the number that a segment gives each word.
struct OrdinalCounts {
    column: StrColumn,
    counts: Vec<u64>,
}

impl Collector for Facets {
    type Fruit = Tally;
    type Child = SegmentTally;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentTally> {
        let fast = segment.fast_fields();
        let column = |(name, _): &(&str, &str)| {
            let column = fast.str(name)?;
            tantivy::Result::Ok(
                column.map(|column| OrdinalCounts { counts: vec![0; column.num_terms()], column }),
            )
        };
        let columns = WORDS.iter().map(column).collect::<tantivy::Result<_>>()?;
        Ok(SegmentTally { columns, year: fast.i64(name::YEAR)?, years: BTreeMap::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, tallies: Vec<tantivy::Result<Tally>>) -> tantivy::Result<Tally> {
        let mut whole = Tally::default();
        for tally in tallies {
            let tally = tally?;
            for (sum, counts) in whole.words.iter_mut().zip(tally.words) {
                counts.into_iter().for_each(|(word, count)| *sum.entry(word).or_default() += count);
            }
            tally.years.into_iter().for_each(|(year, count)| *whole.years.entry(year).or_default() += count);
        }
        Ok(whole)
    }
}

impl SegmentCollector for SegmentTally {
    type Fruit = tantivy::Result<Tally>;

    fn collect(&mut self, document: DocId, _: Score) {
        for counted in self.columns.iter_mut().flatten() {
            for ordinal in counted.column.term_ords(document) {
                if let Some(count) = counted.counts.get_mut(ordinal as usize) {
                    *count += 1;
                }
            }
        }
        if let Some(year) = self.year.first(document) {
            *self.years.entry(year).or_default() += 1;
        }
    }

    fn harvest(self) -> tantivy::Result<Tally> {
        let mut tally = Tally { years: self.years, ..Tally::default() };
        for (counts, column) in tally.words.iter_mut().zip(self.columns) {
            if let Some(column) = column {
                *counts = column.by_word()?;
            }
        }
        Ok(tally)
    }
}

impl OrdinalCounts {
    fn by_word(&self) -> tantivy::Result<Counts> {
        let mut counts = Counts::new();
        for (ordinal, &count) in self.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let mut word = String::new();
            self.column.ord_to_str(ordinal as u64, &mut word)?;
            counts.insert(word, count);
        }
        Ok(counts)
    }
}

impl Tally {
    /// As the answer shows it: properties without a value left out.
    pub fn facets(self) -> Vec<Facet> {
        let words =
            WORDS.iter().zip(self.words).map(|((name, label), counts)| facet(name, label, most(counts)));
        let years = self.years.into_iter().rev().take(MOST);
        let years = years.map(|(year, count)| FacetCount { value: year.to_string(), count }).collect();
        words.chain([facet(name::YEAR, "签订年份", years)]).filter(|facet| !facet.counts.is_empty()).collect()
    }
}

fn facet(name: &str, label: &str, counts: Vec<FacetCount>) -> Facet {
    Facet { name: name.to_owned(), label: label.to_owned(), counts }
}

/// The most frequent values; equal counts in the order of the words.
fn most(counts: Counts) -> Vec<FacetCount> {
    let mut counts: Vec<_> = counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.count));
    counts.truncate(MOST);
    counts
}
