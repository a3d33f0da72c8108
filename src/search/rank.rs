//! In which order contracts are given, which of them are one group, and on which page a hit stands.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::collector::sort_key::{ComparatorEnum, SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Collector, Count, TopDocs};
use tantivy::query::Query;
use tantivy::{DocAddress, Order, Searcher, Term};

use super::SearchError;
use super::answer::{SearchOptions, Sort};
use super::by_id::ById;
use super::facets::{Rows, Table, Tally};
use super::schema::{Fields, name};

/// Hits given at once, at most.
const MOST_HITS: usize = 1_000;

/// Contracts ranked, at most: who wants more narrows the question.
const FARTHEST: usize = 100_000;

/// A contract with its score.
pub(super) type Ranked = (f32, DocAddress);

/// One question's contracts, best first.
pub(super) struct Page {
    /// The first of each group on the page.
    pub leaders: Vec<Ranked>,
    /// All contracts found.
    pub total: usize,
    /// What was counted over all of them.
    pub tally: Tally,
    /// Do more follow?
    pub more: bool,
}

/// Ranks what a query finds.
pub(super) struct Ranking<'a> {
    pub searcher: &'a Searcher,
    pub fields: Fields,
    pub options: &'a SearchOptions,
    /// By what is counted; else nothing is.
    pub table: Option<Arc<Table>>,
}

impl Ranking<'_> {
    /// The page that the options ask for. Contracts of one group count as one place; pages therefore are
    /// always counted from the beginning.
    pub fn page(&self, query: &dyn Query) -> Result<Page, SearchError> {
        let limit = self.options.limit.clamp(1, MOST_HITS);
        let mut depth = (self.options.offset.saturating_add(limit)).saturating_mul(2).clamp(64, FARTHEST);
        let (mut ranked, total, rows) = self.whole(query, depth, self.table.clone())?;
        loop {
            let leaders = self.leaders(&ranked)?;
            let from = self.start(&leaders, &ranked)?;
            let exhausted = ranked.len() >= total || depth >= FARTHEST;
            if exhausted || from.is_some_and(|from| leaders.len() > from + limit) {
                let rest = leaders.get(from.unwrap_or(leaders.len())..).unwrap_or_default();
                let page = rest.iter().take(self.options.limit.min(limit)).copied().collect();
                let tally = self.table.as_ref().map(|table| Tally::of(table, &rows)).unwrap_or_default();
                return Ok(Page { leaders: page, total, tally, more: rest.len() > limit });
            }
            depth = depth.saturating_mul(4).min(FARTHEST);
            ranked = self.whole(query, depth, None)?.0;
        }
    }

    /// Where the page begins among the groups; `None` where the hit that it follows is not among these.
    fn start(&self, leaders: &[Ranked], ranked: &[Ranked]) -> Result<Option<usize>, SearchError> {
        let Some(after) = &self.options.after else { return Ok(Some(self.options.offset)) };
        let query = super::plan::term(self.fields.id, after);
        let found = self.searcher.search(&query, &TopDocs::with_limit(1).order_by_score())?;
        let Some(&(_, at)) = found.first() else { return Ok(None) };
        let group = self.group(at)?;
        if !ranked.iter().any(|(_, address)| *address == at) {
            return Ok(None);
        }
        for (n, (_, leader)) in leaders.iter().enumerate() {
            if *leader == at || (group.is_some() && self.group(*leader)? == group) {
                return Ok(Some(n + 1));
            }
        }
        Ok(None)
    }

    /// The best contract of each group, in order.
    fn leaders(&self, ranked: &[Ranked]) -> Result<Vec<Ranked>, SearchError> {
        let mut seen = BTreeSet::new();
        let mut leaders = Vec::new();
        for &(score, at) in ranked {
            if self.group(at)?.is_none_or(|group| seen.insert(group)) {
                leaders.push((score, at));
            }
        }
        Ok(leaders)
    }

    /// The group of a contract: the same text, or the same number and parties.
    fn group(&self, at: DocAddress) -> Result<Option<u64>, SearchError> {
        let segment = self.searcher.segment_reader(at.segment_ord);
        Ok(segment.fast_fields().u64(name::GROUP)?.first(at.doc_id))
    }

    /// All contracts of the group of one, itself among them, by id.
    pub fn members(&self, at: DocAddress) -> Result<Vec<DocAddress>, SearchError> {
        let Some(group) = self.group(at)? else { return Ok(vec![at]) };
        let term = Term::from_field_u64(self.fields.group, group);
        if self.searcher.doc_freq(&term)? < 2 {
            return Ok(vec![at]);
        }
        let query = tantivy::query::TermQuery::new(term, tantivy::schema::IndexRecordOption::Basic);
        let top = TopDocs::with_limit(MOST_VERSIONS).order_by((ById, Order::Asc));
        let found = self.searcher.search(&query, &top)?;
        Ok(found.into_iter().map(|(_, at)| at).collect())
    }

    /// The best so many, how many there are, and the rows of all where they are to be counted.
    fn whole(
        &self,
        query: &dyn Query,
        depth: usize,
        table: Option<Arc<Table>>,
    ) -> Result<(Vec<Ranked>, usize, Vec<u32>), SearchError> {
        let (rows, top) = (Rows(table), TopDocs::with_limit(depth));
        // Equal places are ordered by id.
        let id = || (ById, Order::Asc);
        match self.options.sort {
            Sort::Relevance => {
                let top = top.order_by(((SortBySimilarityScore, Order::Desc), id()));
                self.collect(query, top, rows, |(score, _)| score)
            }
            sort => {
                let (field, order) = sort.field();
                let value = (SortByStaticFastValue::<i64>::for_field(field), order);
                let top = top.order_by((value, (SortBySimilarityScore, Order::Desc), id()));
                self.collect(query, top, rows, |(_, score, _)| score)
            }
        }
    }

    fn collect<K: Send + 'static>(
        &self,
        query: &dyn Query,
        top: impl Collector<Fruit = Vec<(K, DocAddress)>>,
        rows: Rows,
        score: impl Fn(K) -> f32,
    ) -> Result<(Vec<Ranked>, usize, Vec<u32>), SearchError> {
        let (top, total, rows) = self.searcher.search(query, &(top, Count, rows))?;
        Ok((top.into_iter().map(|(key, at)| (score(key), at)).collect(), total, rows))
    }
}

/// Versions of one contract told, at most.
const MOST_VERSIONS: usize = 50;

impl Sort {
    /// The field sorted by, and how; contracts without a value come last.
    fn field(self) -> (&'static str, ComparatorEnum) {
        match self {
            Self::Relevance | Self::Newest => (name::SIGNED, ComparatorEnum::Natural),
            Self::Oldest => (name::SIGNED, ComparatorEnum::ReverseNoneLower),
            Self::Largest => (name::AMOUNT, ComparatorEnum::Natural),
            Self::Smallest => (name::AMOUNT, ComparatorEnum::ReverseNoneLower),
        }
    }
}
