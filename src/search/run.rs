//! Question → answer.

use std::sync::Arc;

use tantivy::{DocAddress, Searcher};

use super::answer::{SearchAnswer, SearchOptions};
use super::facets::Table;
use super::marker::Marker;
use super::plan::{Level, Planner};
use super::query::{self, Node};
use super::rank::{Page, Ranking};
use super::{Index, SearchError};

/// What one level of strictness found.
pub(super) struct Found {
    pub level: Level,
    pub page: Page,
}

impl Found {
    /// How many contracts.
    pub fn total(&self) -> usize {
        self.page.total
    }
}

/// A question being answered.
pub(super) struct Search<'a> {
    pub index: &'a Index,
    pub searcher: Searcher,
    pub node: Node,
    pub options: &'a SearchOptions,
    /// By what is counted, where that is wanted.
    pub table: Option<Arc<Table>>,
}

impl Index {
    pub(super) fn planner(&self, level: Level) -> Planner<'_> {
        Planner { fields: self.fields, lexicon: &self.lexicon, level }
    }

    /// Answers a question. When nothing is found, words (never conditions or exclusions) are relaxed, and
    /// the answer says so.
    ///
    /// # Errors
    ///
    /// [`SearchError::Query`] says what is wrong with the question; else the index cannot be read.
    pub fn search(&self, question: &str, options: &SearchOptions) -> Result<SearchAnswer, SearchError> {
        let node = query::parse(question)?;
        let searcher = self.reader.searcher();
        let table = options.facets.then(|| self.table(&searcher)).transpose()?;
        let search = Search { index: self, searcher, node, options, table };
        search.check(question)?;
        let found = search.find()?;
        Ok(SearchAnswer {
            query: question.to_owned(),
            understood: search.understood(&found),
            total: found.total() as u64,
            relaxed: search.relaxed(&found)?,
            hits: search.hits(&found)?,
            more: found.page.more,
            totals: found.page.tally.totals,
            facets: found.page.tally.facets,
            // The store knows.
            not_indexed: 0,
        })
    }
}

impl Search<'_> {
    fn find(&self) -> Result<Found, SearchError> {
        let mut levels = self.levels().into_iter();
        let mut found = self.find_at(levels.next().unwrap_or(Level::Asked))?;
        for level in levels {
            if found.total() > 0 {
                break;
            }
            let level = match level {
                Level::AtLeast(least) => match self.most_words()? {
                    most if most >= least => Level::AtLeast(most),
                    _ => continue,
                },
                level => level,
            };
            found = self.find_at(level)?;
        }
        Ok(found)
    }

    pub(super) fn planner(&self, level: Level) -> Planner<'_> {
        self.index.planner(level)
    }

    pub(super) fn ranking(&self) -> Ranking<'_> {
        let table = self.table.clone();
        Ranking { searcher: &self.searcher, fields: self.index.fields, options: self.options, table }
    }

    fn find_at(&self, level: Level) -> Result<Found, SearchError> {
        let planner = self.planner(level);
        let finer = planner.side_by_side(&self.node);
        Ok(Found { level, page: self.ranking().page(&planner.query(&self.node), finer.as_ref())? })
    }

    fn hits(&self, found: &Found) -> Result<Vec<super::Hit>, SearchError> {
        let marker = Marker::of(&self.index.lexicon, &self.node, found.level);
        let hit = |&(score, at): &(f32, DocAddress)| self.hit(&marker, found.level, score, at);
        found.page.leaders.iter().map(hit).collect()
    }
}
