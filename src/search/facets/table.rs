//! What every record of the index counts for, in one place.
//!
//! The columns of the index number the values of each segment anew; a question that finds many contracts would
//! compare hundreds of names between segments. So values are numbered once for each state of the index: a record
//! is a short list of numbers, and counting is adding one at each. Some 60 bytes a record, and the names.

use std::collections::BTreeMap;
use std::ops::Range;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Searcher, SegmentReader};

use super::sums::Sums;
use crate::search::band;
use crate::search::schema::name;

/// Properties that hold words, with what a person reads.
pub(super) const WORDS: [(&str, &str); 10] = [
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

/// The properties behind those of words: amount bands, and months as `202403`.
pub(super) const BANDS: usize = WORDS.len();
pub(super) const MONTHS: usize = WORDS.len() + 1;

/// A price that can be added up: the number of its currency, and ten-thousandths of the currency's unit.
pub(super) type Price = (u16, i64);

/// The values of all records. A row is a record; rows go through the segments in order.
#[derive(Debug, Default)]
pub(in crate::search) struct Table {
    /// First row of each segment.
    bases: Vec<u32>,
    /// For each row, where its values begin; one more at the end.
    starts: Vec<u32>,
    /// Numbers of values, row after row.
    values: Vec<u32>,
    /// By row.
    prices: Vec<Option<Price>>,
    /// Codes, by number.
    pub(super) currencies: Vec<String>,
    /// What each value is called, in order of property, then of value.
    names: Vec<String>,
    /// The numbers of each property's values.
    properties: Vec<Range<u32>>,
    /// How many rows have each value.
    pub(super) counts: Vec<u32>,
    /// What all rows add up to, and then those with each value.
    pub(super) sums: Sums,
}

impl Table {
    /// Reads the columns of an index.
    pub fn of(searcher: &Searcher) -> tantivy::Result<Self> {
        let segments = searcher.segment_readers().iter().map(Columns::of);
        let segments: Vec<Columns> = segments.collect::<tantivy::Result<_>>()?;
        let mut table = Self::default();
        let numbers = table.number_values(&segments)?;
        table.currencies = merged(segments.iter().filter_map(|segment| segment.currency.as_ref()))?;
        for (segment, numbers) in segments.iter().zip(&numbers) {
            table.add_segment(segment, numbers)?;
        }
        table.starts.push(table.values.len() as u32);
        table.count_all();
        Ok(table)
    }

    /// What a question that finds nearly everything need not count.
    fn count_all(&mut self) {
        let mut sums = Sums::new(self.currencies.len(), 1 + self.len());
        let mut counts = vec![0_u32; self.len()];
        for row in 0..self.rows() as u32 {
            let price = self.price(row);
            price.iter().for_each(|price| sums.add(0, *price));
            for &value in self.values(row) {
                counts.get_mut(value as usize).into_iter().for_each(|count| *count += 1);
                price.iter().for_each(|price| sums.add(1 + value as usize, *price));
            }
        }
        (self.counts, self.sums) = (counts, sums);
    }

    /// The rows that are not among these, which are in order.
    pub(super) fn others(&self, rows: &[u32]) -> Vec<u32> {
        let mut rows = rows.iter().copied().peekable();
        (0..self.rows() as u32).filter(|row| rows.next_if_eq(row).is_none()).collect()
    }

    /// First row of a segment.
    pub fn base(&self, segment: u32) -> u32 {
        self.bases.get(segment as usize).copied().unwrap_or_default()
    }

    /// How many records there are, those taken out with them until they are merged away.
    pub fn rows(&self) -> usize {
        self.prices.len()
    }

    /// How many values there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The numbers of a property's values, in the order of the values.
    pub(super) fn property(&self, property: usize) -> Range<usize> {
        self.properties.get(property).map_or(0..0, |range| range.start as usize..range.end as usize)
    }

    /// What a value is called.
    pub(super) fn name(&self, value: usize) -> &str {
        self.names.get(value).map(String::as_str).unwrap_or_default()
    }

    /// The values of a record.
    pub(super) fn values(&self, row: u32) -> &[u32] {
        let at = |row: usize| self.starts.get(row).map(|&at| at as usize);
        let range = at(row as usize).zip(at(row as usize + 1));
        range.and_then(|(from, to)| self.values.get(from..to)).unwrap_or_default()
    }

    /// The price of a record.
    pub(super) fn price(&self, row: u32) -> Option<Price> {
        self.prices.get(row as usize).copied().flatten()
    }

    /// Gives every value its number. Tells for each segment and property the number of each of its own values.
    fn number_values(&mut self, segments: &[Columns]) -> tantivy::Result<Vec<Vec<Vec<u32>>>> {
        let mut numbers: Vec<Vec<Vec<u32>>> = vec![Vec::with_capacity(WORDS.len()); segments.len()];
        for property in 0..WORDS.len() {
            let columns = || segments.iter().map(|segment| segment.words.get(property)?.as_ref());
            let all = merged(columns().flatten())?;
            let first = self.names.len() as u32;
            for (numbers, column) in numbers.iter_mut().zip(columns()) {
                numbers
                    .push(column.map(|column| places(column, &all, first)).transpose()?.unwrap_or_default());
            }
            self.add_property(all);
        }
        self.add_property(band::NAMES.iter().map(|(condition, _)| (*condition).to_owned()).collect());
        let mut months: Vec<i64> = segments.iter().flat_map(Columns::months).collect();
        months.sort_unstable();
        months.dedup();
        self.add_property(months.iter().map(i64::to_string).collect());
        Ok(numbers)
    }

    fn add_property(&mut self, names: Vec<String>) {
        let first = self.names.len() as u32;
        self.properties.push(first..first + names.len() as u32);
        self.names.extend(names);
    }

    /// The rows of a segment.
    fn add_segment(&mut self, segment: &Columns, numbers: &[Vec<u32>]) -> tantivy::Result<()> {
        self.bases.push(self.starts.len() as u32);
        let currencies = segment.currency.as_ref();
        let currencies = currencies.map(|column| places(column, &self.currencies, 0)).transpose()?;
        let currencies = currencies.unwrap_or_default();
        let (bands, months) = (self.property(BANDS).start as u32, self.month_numbers());
        for document in 0..segment.documents {
            self.starts.push(self.values.len() as u32);
            for (column, numbers) in segment.words.iter().zip(numbers) {
                let Some(column) = column else { continue };
                self.values.extend(column.term_ords(document).filter_map(|at| numbers.get(at as usize)));
            }
            let band = segment.amount.first(document).map(|fen| bands + band::of(fen) as u32);
            let month = segment.signed.first(document).and_then(|day| months.get(&(day / 100)).copied());
            self.values.extend(band.into_iter().chain(month));
            self.prices.push(segment.price(document, &currencies));
        }
        Ok(())
    }

    /// The number of each month.
    fn month_numbers(&self) -> BTreeMap<i64, u32> {
        let range = self.property(MONTHS);
        range.filter_map(|number| Some((self.name(number).parse().ok()?, number as u32))).collect()
    }
}

/// The columns of a segment.
struct Columns {
    documents: u32,
    words: Vec<Option<StrColumn>>,
    currency: Option<StrColumn>,
    sum: Column<i64>,
    amount: Column<i64>,
    signed: Column<i64>,
}

impl Columns {
    fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let fast = segment.fast_fields();
        let words = WORDS.iter().map(|(name, _)| fast.str(name)).collect::<tantivy::Result<_>>()?;
        Ok(Self {
            documents: segment.max_doc(),
            words,
            currency: fast.str(name::CURRENCY)?,
            sum: fast.i64(name::SUM)?,
            amount: fast.i64(name::AMOUNT)?,
            signed: fast.i64(name::SIGNED)?,
        })
    }

    fn months(&self) -> impl Iterator<Item = i64> {
        (0..self.documents).filter_map(|document| Some(self.signed.first(document)? / 100))
    }

    fn price(&self, document: DocId, currencies: &[u32]) -> Option<Price> {
        let currency = self.currency.as_ref()?.ords().first(document)?;
        let currency = currencies.get(currency as usize)?;
        Some((u16::try_from(*currency).ok()?, self.sum.first(document)?))
    }
}

/// The values of some columns, each once, in order.
fn merged<'a>(columns: impl Iterator<Item = &'a StrColumn>) -> tantivy::Result<Vec<String>> {
    let mut all = Vec::new();
    for column in columns {
        each_value(column, |value| all.push(value.to_owned()))?;
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// Where the values of a column stand among all, counted from `first`.
fn places(column: &StrColumn, all: &[String], first: u32) -> tantivy::Result<Vec<u32>> {
    let mut places = Vec::with_capacity(column.num_terms());
    let mut rest = (first..).zip(all).peekable();
    each_value(column, |value| {
        while rest.next_if(|(_, known)| known.as_str() < value).is_some() {}
        places.extend(rest.peek().map(|(place, _)| *place));
    })?;
    Ok(places)
}

/// Calls `see` with each value of a column, in order.
fn each_value(column: &StrColumn, mut see: impl FnMut(&str)) -> tantivy::Result<()> {
    let mut values = column.dictionary().stream()?;
    while values.advance() {
        // What was put in is text.
        see(std::str::from_utf8(values.key()).unwrap_or_default());
    }
    Ok(())
}
