//! Question → answer.

use tantivy::collector::sort_key::{SortBySimilarityScore, SortByString};
use tantivy::collector::{Count, TopDocs};
use tantivy::schema::Value;
use tantivy::{DocAddress, Order, Searcher, TantivyDocument};

use super::answer::{Hit, Relaxed, SearchAnswer, SearchOptions};
use super::card::Card;
use super::condition::empty_conditions;
use super::facets::{Facets, Tally};
use super::marker::Marker;
use super::passage::passages;
use super::plan::{Level, Planner, is_text};
use super::query::{self, Node};
use super::schema::name;
use super::unit::{Unit, units};
use super::{Index, SearchError};

/// Hits given at once, at most.
const MOST_HITS: usize = 1_000;

/// Hits left out, at most: who wants more narrows the question.
const FARTHEST: usize = 100_000;

/// What one level of strictness found.
struct Found {
    level: Level,
    documents: Vec<(f32, DocAddress)>,
    total: usize,
    tally: Tally,
}

/// A question being answered.
struct Search<'a> {
    index: &'a Index,
    searcher: Searcher,
    node: Node,
    options: SearchOptions,
}

impl Index {
    /// Answers a question. When nothing is found, words (never conditions or exclusions) are relaxed, and
    /// the answer says so.
    ///
    /// # Errors
    ///
    /// [`SearchError::Query`] says what is wrong with the question; else the index cannot be read.
    pub fn search(&self, question: &str, options: &SearchOptions) -> Result<SearchAnswer, SearchError> {
        let node = query::parse(question)?;
        let search = Search { index: self, searcher: self.reader.searcher(), node, options: *options };
        let found = search.find()?;
        Ok(SearchAnswer {
            query: question.to_owned(),
            understood: understood(&search.node, &found),
            total: found.total as u64,
            relaxed: search.relaxed(&found)?,
            hits: search.hits(&found)?,
            facets: found.tally.facets(),
        })
    }
}

impl Search<'_> {
    fn find(&self) -> Result<Found, SearchError> {
        let mut found = self.find_at(Level::Asked)?;
        for level in [Level::SubWords, Level::AnyWord] {
            if found.total > 0 || !has_text(&self.node) {
                break;
            }
            found = self.find_at(level)?;
        }
        Ok(found)
    }

    fn planner(&self, level: Level) -> Planner<'_> {
        Planner { fields: self.index.fields, lexicon: &self.index.lexicon, level }
    }

    fn find_at(&self, level: Level) -> Result<Found, SearchError> {
        let query = self.planner(level).query(&self.node);
        let limit = self.options.limit.clamp(1, MOST_HITS);
        // Equal scores are ordered by id: where a record stands in the index is chance.
        let order = ((SortBySimilarityScore, Order::Desc), (SortByString::for_field(name::ID), Order::Asc));
        let top = TopDocs::with_limit(limit).and_offset(self.options.offset.min(FARTHEST)).order_by(order);
        let (top, total, tally) = self.searcher.search(&query, &(top, Count, Facets))?;
        let documents =
            top.into_iter().take(self.options.limit).map(|((score, _), at)| (score, at)).collect();
        Ok(Found { level, documents, total, tally })
    }

    fn hits(&self, found: &Found) -> Result<Vec<Hit>, SearchError> {
        let marker = Marker::of(&self.index.lexicon, &self.node, found.level);
        found.documents.iter().map(|&(score, at)| self.hit(&marker, score, at)).collect()
    }

    fn hit(&self, marker: &Marker, score: f32, at: DocAddress) -> Result<Hit, SearchError> {
        let document: TantivyDocument = self.searcher.doc(at)?;
        let text = |field| document.get_first(field).and_then(|value| value.as_str()).unwrap_or_default();
        let card: Card = serde_json::from_str(text(self.index.fields.card))?;
        let content = text(self.index.fields.body);
        let folded = self.index.lexicon.fold(content);
        let passages = passages(content, &folded, &card, &marker.matches(&folded), self.options.passages);
        Ok(Hit {
            id: card.id,
            title: card.title,
            contract_number: card.number,
            parties: card.parties,
            amount: card.amount,
            sign_date: card.sign_date,
            status: card.status,
            path: card.path,
            score: (score * 100.0).round() / 100.0,
            withheld: card.withheld,
            passages,
        })
    }

    fn relaxed(&self, found: &Found) -> Result<Option<Relaxed>, SearchError> {
        let empty = empty_conditions(&self.searcher, self.planner(Level::Asked), &self.node)?;
        if found.level == Level::Asked {
            let relaxed =
                |message| Relaxed { step: "empty-condition".to_owned(), unknown_words: Vec::new(), message };
            return Ok(empty.map(relaxed));
        }
        let unknown_words = self.unknown_words()?;
        let unknown = match unknown_words.as_slice() {
            [] => String::new(),
            words => format!("；没有符合条件的合同含“{}”", words.join("”“")),
        };
        let message = match how(found) {
            Some(how) => format!("0 份完全符合；放宽为{how}，有 {} 份{unknown}", found.total),
            None => format!("没有找到；已试过把词拆开和只含任一词{unknown}"),
        };
        let message = message + &empty.map(|empty| format!("；{empty}")).unwrap_or_default();
        let step = match (found.total, found.level) {
            (0, _) => "nothing",
            (_, Level::SubWords) => "sub-words",
            _ => "any-word",
        };
        Ok(Some(Relaxed { step: step.to_owned(), unknown_words, message }))
    }

    /// Units that no contract holds that meets the conditions.
    fn unknown_words(&self) -> Result<Vec<String>, SearchError> {
        let mut unknown = Vec::new();
        for unit in sought(self.index, &self.node) {
            let mut nodes = conditions(&self.node);
            nodes.push(Node::Phrase(unit.text.clone()));
            let planner = self.planner(Level::Asked);
            if self.searcher.search(&planner.query(&Node::All(nodes)), &Count)? == 0 {
                unknown.push(unit.text);
            }
        }
        Ok(unknown)
    }
}

/// How a question was relaxed, with success.
fn how(found: &Found) -> Option<&'static str> {
    match found.level {
        _ if found.total == 0 => None,
        Level::SubWords => Some("含有拆开后的全部词语"),
        Level::AnyWord => Some("至少含有其中一个词语"),
        Level::Asked | Level::Literal => None,
    }
}

/// The question as it was understood and, where it was relaxed, answered: what is counted must not be taken
/// for the question's own count.
fn understood(node: &Node, found: &Found) -> String {
    let asked = query::understood(node);
    match how(found) {
        Some(how) => format!("{asked}（0 份完全符合，放宽为{how}）"),
        None => asked,
    }
}

/// Are there words that can be relaxed?
fn has_text(node: &Node) -> bool {
    match node {
        Node::Words(_) | Node::Phrase(_) | Node::Near { .. } | Node::Fuzzy(_) => true,
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().any(has_text),
        Node::Filter(_) | Node::Not(_) => false,
    }
}

/// What a question demands beside words.
fn conditions(node: &Node) -> Vec<Node> {
    match node {
        Node::All(nodes) => nodes.iter().filter(|node| !is_text(node)).cloned().collect(),
        node if is_text(node) => Vec::new(),
        node => vec![node.clone()],
    }
}

/// The units that a question seeks.
fn sought(index: &Index, node: &Node) -> Vec<Unit> {
    match node {
        Node::Words(text) | Node::Phrase(text) => units(&index.lexicon, text),
        Node::Near { parts, .. } => units(&index.lexicon, &parts.join(" ")),
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().flat_map(|node| sought(index, node)).collect(),
        Node::Fuzzy(_) | Node::Filter(_) | Node::Not(_) => Vec::new(),
    }
}
