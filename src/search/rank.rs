//! In which order contracts are given, which of them are one group, and on which page a hit stands.

use std::collections::BTreeSet;

use tantivy::collector::sort_key::{
    ComparatorEnum, SortBySimilarityScore, SortByStaticFastValue, SortByString,
};
use tantivy::collector::{Collector, Count, TopDocs};
use tantivy::query::Query;
use tantivy::{DocAddress, Order, Searcher, Term};

use super::SearchError;
use super::answer::{SearchOptions, Sort};
use super::facets::{Facets, Tally};
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
}

impl Ranking<'_> {
    /// The page that the options ask for. Contracts of one group count as one place; pages therefore are
    /// always counted from the beginning.
    pub fn page(&self, query: &dyn Query) -> Result<Page, SearchError> {
        let limit = self.options.limit.clamp(1, MOST_HITS);
        let mut depth = (self.options.offset.saturating_add(limit)).saturating_mul(2).clamp(64, FARTHEST);
        let (mut ranked, total, tally) = self.whole(query, depth)?;
        loop {
            let leaders = self.leaders(&ranked)?;
            let from = self.start(&leaders, &ranked)?;
            let exhausted = ranked.len() >= total || depth >= FARTHEST;
            if exhausted || from.is_some_and(|from| leaders.len() > from + limit) {
                let rest = leaders.get(from.unwrap_or(leaders.len())..).unwrap_or_default();
                let page = rest.iter().take(self.options.limit.min(limit)).copied().collect();
                return Ok(Page { leaders: page, total, tally, more: rest.len() > limit });
            }
            depth = depth.saturating_mul(4).min(FARTHEST);
            ranked = self.best(query, depth)?;
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
        let query = tantivy::query::TermQuery::new(term, tantivy::schema::IndexRecordOption::Basic);
        let order = (SortByString::for_field(name::ID), Order::Asc);
        let found = self.searcher.search(&query, &TopDocs::with_limit(MOST_VERSIONS).order_by(order))?;
        Ok(found.into_iter().map(|(_, at)| at).collect())
    }

    /// The best so many, how many there are, and what is counted over all.
    fn whole(&self, query: &dyn Query, depth: usize) -> Result<(Vec<Ranked>, usize, Tally), SearchError> {
        let (facets, top) = (Facets { wanted: self.options.facets }, TopDocs::with_limit(depth));
        // Equal places are ordered by id: where a record stands in the index is chance.
        let id = || (SortByString::for_field(name::ID), Order::Asc);
        match self.options.sort {
            Sort::Relevance => {
                let top = top.order_by(((SortBySimilarityScore, Order::Desc), id()));
                self.collect(query, top, facets, |(score, _)| score)
            }
            sort => {
                let (field, order) = sort.field();
                let value = (SortByStaticFastValue::<i64>::for_field(field), order);
                let top = top.order_by((value, (SortBySimilarityScore, Order::Desc), id()));
                self.collect(query, top, facets, |(_, score, _)| score)
            }
        }
    }

    fn collect<K: Send + 'static>(
        &self,
        query: &dyn Query,
        top: impl Collector<Fruit = Vec<(K, DocAddress)>>,
        facets: Facets,
        score: impl Fn(K) -> f32,
    ) -> Result<(Vec<Ranked>, usize, Tally), SearchError> {
        let (top, total, tally) = self.searcher.search(query, &(top, Count, facets))?;
        Ok((top.into_iter().map(|(key, at)| (score(key), at)).collect(), total, tally))
    }

    fn best(&self, query: &dyn Query, depth: usize) -> Result<Vec<Ranked>, SearchError> {
        Ok(self.whole(query, depth)?.0)
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
