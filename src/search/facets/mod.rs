//! How many of the contracts found have which property, and what they add up to.

use std::collections::BTreeMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::answer::{Facet, FacetCount, Total};
use super::band;
use super::schema::name;

mod cell;

use cell::{Cell, Sum};

/// At most so many values of each property.
const MOST: usize = 20;

/// At most so many months.
const MOST_MONTHS: usize = 120;

/// Values of a segment that may be among the most frequent of all: counted exactly over all segments.
const CANDIDATES: usize = 200;

/// Properties that hold words, with what a person reads.
const WORDS: [(&str, &str); 10] = [
    (name::KIND, "类别"),
    (name::TYPE, "合同类型"),
    (name::DEPARTMENT, "部门（政府一方）"),
    (name::COUNTERPARTY, "相对方"),
    (name::FORUM, "争议解决机构"),
    (name::STATUS, "状态"),
    (name::STAGE, "阶段"),
    (name::PARTY, "当事人"),
    (name::SEVERITY, "发现的级别"),
    (name::RULE, "命中的规则"),
];

/// Counts properties over all documents found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facets {
    /// Else nothing is counted.
    pub wanted: bool,
}

/// What was counted, segment by segment.
#[derive(Default)]
pub(super) struct Tally(Vec<SegmentCounts>);

/// The documents found in a segment.
pub(super) struct SegmentTally {
    columns: Option<Columns>,
    documents: Vec<DocId>,
}

struct Columns {
    words: Vec<Option<StrColumn>>,
    currency: Option<StrColumn>,
    sum: Column<i64>,
    amount: Column<i64>,
    signed: Column<i64>,
}

/// A property with what each of its values counts, by its number in the segment.
type Counted = (StrColumn, Vec<(u64, Cell)>);

pub(super) struct SegmentCounts {
    currencies: Vec<String>,
    whole: Cell,
    words: Vec<Option<Counted>>,
    bands: BTreeMap<usize, Cell>,
    months: BTreeMap<i64, Cell>,
}

impl Collector for Facets {
    type Fruit = Tally;
    type Child = SegmentTally;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentTally> {
        let columns = self.wanted.then(|| Columns::of(segment)).transpose()?;
        Ok(SegmentTally { columns, documents: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Option<SegmentCounts>>) -> tantivy::Result<Tally> {
        Ok(Tally(fruits.into_iter().flatten().collect()))
    }
}

impl SegmentCollector for SegmentTally {
    type Fruit = Option<SegmentCounts>;

    fn collect(&mut self, document: DocId, _: Score) {
        if self.columns.is_some() {
            self.documents.push(document);
        }
    }

    fn harvest(self) -> Option<SegmentCounts> {
        Some(self.columns?.count(&self.documents))
    }
}

impl Columns {
    fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        let words = WORDS.iter().map(|(name, _)| fast.str(name)).collect::<tantivy::Result<_>>()?;
        Ok(Self {
            words,
            currency: fast.str(name::CURRENCY)?,
            sum: fast.i64(name::SUM)?,
            amount: fast.i64(name::AMOUNT)?,
            signed: fast.i64(name::SIGNED)?,
        })
    }

    /// Counts column by column: each is in the processor's cache once.
    fn count(self, documents: &[DocId]) -> SegmentCounts {
        let prices: Vec<Option<(usize, i64)>> = documents.iter().map(|&at| self.price(at)).collect();
        let mut counts = SegmentCounts {
            currencies: self.currencies(),
            whole: Cell::default(),
            words: Vec::new(),
            bands: BTreeMap::new(),
            months: BTreeMap::new(),
        };
        for (&document, &price) in documents.iter().zip(&prices) {
            counts.whole.add(price);
            if let Some(fen) = self.amount.first(document) {
                counts.bands.entry(band::of(fen)).or_default().add(price);
            }
            if let Some(day) = self.signed.first(document) {
                counts.months.entry(day / 100).or_default().add(price);
            }
        }
        let words = self.words.iter().map(|column| {
            let column = column.as_ref()?;
            Some((column.clone(), cells(column, documents, &prices)))
        });
        counts.words = words.collect();
        counts
    }

    /// The currencies by their numbers in the segment.
    fn currencies(&self) -> Vec<String> {
        let Some(column) = &self.currency else { return Vec::new() };
        let name = |ordinal: usize| {
            let mut name = String::new();
            column.ord_to_str(ordinal as u64, &mut name).map(|_| name).unwrap_or_default()
        };
        (0..column.num_terms()).map(name).collect()
    }

    /// The number of the currency, and the price.
    fn price(&self, document: DocId) -> Option<(usize, i64)> {
        let currency = self.currency.as_ref()?.ords().first(document)?;
        Some((currency as usize, self.sum.first(document)?))
    }
}

/// What each value of a property counts, by its number in the segment.
fn cells(column: &StrColumn, documents: &[DocId], prices: &[Option<(usize, i64)>]) -> Vec<(u64, Cell)> {
    // Of the many values of a large segment a narrow question meets few.
    if documents.len() < column.num_terms() / 8 {
        let mut cells: BTreeMap<u64, Cell> = BTreeMap::new();
        for (&document, &price) in documents.iter().zip(prices) {
            column.term_ords(document).for_each(|ordinal| cells.entry(ordinal).or_default().add(price));
        }
        return cells.into_iter().collect();
    }
    let mut cells = vec![Cell::default(); column.num_terms()];
    for (&document, &price) in documents.iter().zip(prices) {
        for ordinal in column.term_ords(document) {
            if let Some(cell) = cells.get_mut(ordinal as usize) {
                cell.add(price);
            }
        }
    }
    (0..).zip(cells).filter(|(_, cell)| cell.contracts > 0).collect()
}

impl SegmentCounts {
    /// The most frequent values of a property here.
    fn candidates(&self, property: usize) -> Vec<String> {
        let Some((column, cells)) = self.words.get(property).and_then(Option::as_ref) else {
            return Vec::new();
        };
        let mut counts: Vec<_> =
            cells.iter().map(|(ordinal, cell)| (std::cmp::Reverse(cell.contracts), *ordinal)).collect();
        if counts.len() > CANDIDATES {
            counts.select_nth_unstable(CANDIDATES);
            counts.truncate(CANDIDATES);
        }
        let text = |(_, ordinal): &(_, u64)| {
            let mut text = String::new();
            column.ord_to_str(*ordinal, &mut text).ok().filter(|known| *known).map(|_| text)
        };
        counts.iter().filter_map(text).collect()
    }

    /// What was counted here of a value.
    fn cell(&self, property: usize, value: &str) -> Option<&Cell> {
        let (column, cells) = self.words.get(property)?.as_ref()?;
        let ordinal = column.dictionary().term_ord(value).ok()??;
        let at = cells.binary_search_by_key(&ordinal, |(ordinal, _)| *ordinal).ok()?;
        cells.get(at).map(|(_, cell)| cell)
    }
}

impl Tally {
    /// What the contracts found add up to, by currency.
    pub fn totals(&self) -> Vec<Total> {
        self.sum(|segment| Some(&segment.whole)).totals()
    }

    /// As the answer shows it: properties without a value left out.
    pub fn facets(&self) -> Vec<Facet> {
        let words = WORDS.iter().enumerate().map(|(n, (name, label))| facet(name, label, self.most(n)));
        let rest = [
            facet(name::AMOUNT, "金额（人民币）", self.bands()),
            facet(name::YEAR, "签订年份", self.years()),
            facet("month", "签订月份", self.months()),
        ];
        words.chain(rest).filter(|facet| !facet.counts.is_empty()).collect()
    }

    fn sum<'a>(&'a self, cell: impl Fn(&'a SegmentCounts) -> Option<&'a Cell>) -> Sum {
        let mut sum = Sum::default();
        for segment in &self.0 {
            if let Some(cell) = cell(segment) {
                sum.add(cell, &segment.currencies);
            }
        }
        sum
    }

    /// The most frequent values; equal counts in the order of the words.
    fn most(&self, property: usize) -> Vec<FacetCount> {
        let mut values: Vec<String> =
            self.0.iter().flat_map(|segment| segment.candidates(property)).collect();
        values.sort();
        values.dedup();
        let mut counts: Vec<FacetCount> = values
            .into_iter()
            .map(|value| self.sum(|segment| segment.cell(property, &value)).count(value, None))
            .collect();
        counts.sort_by_key(|count| std::cmp::Reverse(count.count));
        counts.truncate(MOST);
        counts
    }

    fn bands(&self) -> Vec<FacetCount> {
        let cells = self.merged(|segment| segment.bands.iter().map(|(&band, cell)| (band as i64, cell)));
        let count = |(band, sum): (i64, Sum)| {
            let (value, label) = band::NAMES.get(band as usize)?;
            Some(sum.count((*value).to_owned(), Some(label)))
        };
        cells.into_iter().filter_map(count).collect()
    }

    /// Latest first.
    fn years(&self) -> Vec<FacetCount> {
        let cells = self.merged(|segment| segment.months.iter().map(|(&month, cell)| (month / 100, cell)));
        cells.into_iter().rev().take(MOST).map(|(year, cell)| cell.count(year.to_string(), None)).collect()
    }

    /// The latest, in the order of time.
    fn months(&self) -> Vec<FacetCount> {
        let cells = self.merged(|segment| segment.months.iter().map(|(&month, cell)| (month, cell)));
        let latest = cells.len().saturating_sub(MOST_MONTHS);
        let name = |month: i64| format!("{}-{:02}", month / 100, month % 100);
        cells.into_iter().skip(latest).map(|(month, cell)| cell.count(name(month), None)).collect()
    }

    fn merged<'a, I: Iterator<Item = (i64, &'a Cell)>>(
        &'a self,
        cells: impl Fn(&'a SegmentCounts) -> I,
    ) -> BTreeMap<i64, Sum> {
        let mut merged: BTreeMap<i64, Sum> = BTreeMap::new();
        for segment in &self.0 {
            for (key, cell) in cells(segment) {
                merged.entry(key).or_default().add(cell, &segment.currencies);
            }
        }
        merged
    }
}

fn facet(name: &str, label: &str, counts: Vec<FacetCount>) -> Facet {
    Facet { name: name.to_owned(), label: label.to_owned(), counts }
}
