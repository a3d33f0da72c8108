//! In which order contracts are given, which of them are one group, and on which page a hit stands.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::collector::sort_key::{ComparatorEnum, SortBySimilarityScore, SortByStaticFastValue};
use tantivy::collector::{Collector, Count, TopDocs};
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::{DocAddress, Order, Searcher, SeekDangerResult, Term};

use super::SearchError;
use super::answer::{SearchOptions, Sort};
use super::by_id::{ById, addresses, find};
use super::facets::{Rows, Table, Tally};
use super::schema::{Fields, name};
use super::together::Together;

/// Hits given at once, at most.
const MOST_HITS: usize = 1_000;

/// Contracts ranked, at most: who wants more narrows the question.
const FARTHEST: usize = 100_000;

/// Contracts whose order is looked at twice: always so many, so that pages follow each other.
const ORDERED_FINER: usize = 256;

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
    pub fn page(&self, query: &dyn Query, finer: Option<&Together>) -> Result<Page, SearchError> {
        let limit = self.options.limit.clamp(1, MOST_HITS);
        let mut depth =
            (self.options.offset.saturating_add(limit)).saturating_mul(2).clamp(ORDERED_FINER, FARTHEST);
        let (mut ranked, total, rows) = self.whole(query, depth, self.table.clone())?;
        loop {
            self.order_finer(&mut ranked, finer)?;
            let leaders = self.leaders(&ranked)?;
            let from = self.start(&leaders, &ranked)?;
            let exhausted = ranked.len() >= total || depth >= FARTHEST;
            if exhausted || from.is_some_and(|from| leaders.len() > from + limit) {
                let not_among = || SearchError::NotAmong(self.options.after.clone().unwrap_or_default());
                // Of nothing found nothing follows.
                let from = if leaders.is_empty() { 0 } else { from.ok_or_else(not_among)? };
                let rest = leaders.get(from..).unwrap_or_default();
                let page = rest.iter().take(self.options.limit.min(limit)).copied().collect();
                let tally = self.table.as_ref().map(|table| Tally::of(table, &rows)).unwrap_or_default();
                return Ok(Page { leaders: page, total, tally, more: rest.len() > limit });
            }
            depth = depth.saturating_mul(4).min(FARTHEST);
            ranked = self.whole(query, depth, None)?.0;
        }
    }

    /// Orders the best contracts by what a further query adds to them; the others stay where they are.
    fn order_finer(&self, ranked: &mut [Ranked], finer: Option<&Together>) -> Result<(), SearchError> {
        let Some(finer) = finer.filter(|_| self.options.sort == Sort::Relevance) else { return Ok(()) };
        let weight = finer.weight(EnableScoring::enabled_from_searcher(self.searcher))?;
        let best = ranked.len().min(ORDERED_FINER);
        let best = ranked.get_mut(..best).unwrap_or_default();
        for (at, score) in added(self.searcher, weight.as_ref(), best)? {
            if let Some(ranked) = best.get_mut(at) {
                ranked.0 += score;
            }
        }
        // Equal ones stay in the order in which they are.
        best.sort_by(|a, b| b.0.total_cmp(&a.0));
        Ok(())
    }

    /// Where the page begins among the groups; `None` where the hit that it follows is not among these.
    fn start(&self, leaders: &[Ranked], ranked: &[Ranked]) -> Result<Option<usize>, SearchError> {
        let Some(after) = &self.options.after else { return Ok(Some(self.options.offset)) };
        let at = find(self.searcher, self.fields, after)?;
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
        let groups = self.searcher.segment_readers().iter();
        let groups = groups.map(|segment| segment.fast_fields().u64(name::GROUP));
        let groups: Vec<Column<u64>> = groups.collect::<tantivy::Result<_>>()?;
        let group = |at: DocAddress| groups.get(at.segment_ord as usize)?.first(at.doc_id);
        let mut seen = BTreeSet::new();
        let first = |(_, at): &&Ranked| group(*at).is_none_or(|group| seen.insert(group));
        Ok(ranked.iter().filter(first).copied().collect())
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
        Ok(addresses(self.searcher, &query, MOST_VERSIONS)?)
    }

    /// The best so many, how many there are, and the rows of all where they are to be counted.
    fn whole(
        &self,
        query: &dyn Query,
        depth: usize,
        table: Option<Arc<Table>>,
    ) -> Result<(Vec<Ranked>, usize, Vec<u32>), SearchError> {
        let (rows, top) = (Rows(table), TopDocs::with_limit(depth));
        // Equal places are ordered by id; by its number first, for looking up ids takes time.
        let number = || (SortByStaticFastValue::<u64>::for_field(name::ORDER), Order::Asc);
        let id = || (ById, Order::Asc);
        match self.options.sort {
            Sort::Relevance => {
                let top = top.order_by(((SortBySimilarityScore, Order::Desc), number(), id()));
                self.collect(query, top, rows, |(score, _, _)| score)
            }
            sort => {
                let (field, order) = sort.field();
                // Two in one: of four, tantivy forgets which way each goes.
                let value = (SortByStaticFastValue::<i64>::for_field(field), order);
                let top = top.order_by((value, (SortBySimilarityScore, Order::Desc), (number(), id())));
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

/// What a query adds to contracts, by their number in the list.
fn added(
    searcher: &Searcher,
    weight: &dyn Weight,
    ranked: &[Ranked],
) -> Result<Vec<(usize, f32)>, SearchError> {
    let mut places: Vec<(DocAddress, usize)> = ranked.iter().map(|ranked| ranked.1).zip(0..).collect();
    places.sort_unstable();
    let mut added = Vec::new();
    for segment in places.chunk_by(|a, b| a.0.segment_ord == b.0.segment_ord) {
        let Some(&(first, _)) = segment.first() else { continue };
        let reader = searcher.segment_reader(first.segment_ord);
        let mut scorer = weight.scorer_danger(reader, first.doc_id, 1.0)?.1;
        for &(at, number) in segment {
            if scorer.seek_danger(at.doc_id) == SeekDangerResult::Found {
                added.push((number, scorer.score()));
            }
        }
    }
    Ok(added)
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
