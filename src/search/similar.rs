//! Contracts like a given one: nearly the same text, the same template, the same counterparty.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::{DocAddress, Order, Searcher, TantivyDocument, Term};

use super::by_id::ById;
use super::card::Card;
use super::schema::name;
use super::sketch::likeness;
use super::{Index, SearchError};

/// From which share of common text on two contracts are nearly the same, and of one template.
const NEARLY_SAME: f32 = 0.9;
const SAME_TEMPLATE: f32 = 0.5;

/// Contracts compared, at most.
const MOST_COMPARED: usize = 2_000;

/// Contracts like one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SimilarAnswer {
    /// The record compared with.
    pub id: String,
    /// Its title.
    pub title: Option<String>,
    /// Those like it, most alike first.
    pub similar: Vec<Similar>,
}

/// A contract like another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Similar {
    /// The record's id.
    pub id: String,
    /// Title.
    pub title: Option<String>,
    /// Path as the record gives it.
    pub path: String,
    /// In what.
    pub relation: Relation,
    /// Share of the text that both have in common, figures aside; two digits.
    pub likeness: f32,
}

/// In what a contract is like another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The same text, width, spaces and punctuation aside.
    SameText,
    /// Nine tenths of the text and more.
    NearlySame,
    /// Half of the text and more: made from one template.
    SameTemplate,
    /// The same counterparty, with another text.
    SameCounterparty,
}

impl Relation {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::SameText => "内容相同",
            Self::NearlySame => "内容几乎相同",
            Self::SameTemplate => "同一模板",
            Self::SameCounterparty => "相对方相同",
        }
    }
}

impl Index {
    /// The contracts like the one whose record id begins so, at most `most` of them.
    ///
    /// # Errors
    ///
    /// [`SearchError::Unknown`] where no record or more than one begins so.
    pub fn similar(&self, id: &str, most: usize) -> Result<SimilarAnswer, SearchError> {
        let searcher = self.reader.searcher();
        let comparison = Comparison { index: self, searcher: &searcher };
        let (at, card) = comparison.find(id)?;
        let mut similar = Vec::new();
        for other in comparison.candidates(at)? {
            similar.extend(comparison.similar(at, &card, other)?);
        }
        similar.sort_by(|a, b| {
            a.relation.cmp(&b.relation).then(b.likeness.total_cmp(&a.likeness)).then(a.id.cmp(&b.id))
        });
        similar.truncate(most);
        Ok(SimilarAnswer { id: card.id, title: card.title, similar })
    }
}

struct Comparison<'a> {
    index: &'a Index,
    searcher: &'a Searcher,
}

impl Comparison<'_> {
    fn find(&self, id: &str) -> Result<(DocAddress, Card), SearchError> {
        let unknown = || SearchError::Unknown(id.to_owned());
        let wanted = super::query::record_id(id).ok_or_else(unknown)?;
        let planner = self.index.planner(super::plan::Level::Asked);
        match self.addresses(&planner.record(&wanted))?.as_slice() {
            [only] => Ok((*only, self.card(*only)?)),
            _ => Err(unknown()),
        }
    }

    /// The most alike of those that have much text in common, each with how much, and those of a counterparty.
    fn candidates(&self, at: DocAddress) -> Result<Vec<(f32, DocAddress)>, SearchError> {
        let field = self.index.fields.counterparty;
        let exact = |name: &String| -> Box<dyn Query> {
            Box::new(TermQuery::new(Term::from_field_text(field, name), IndexRecordOption::Basic))
        };
        let names = self.counterparties(at)?;
        let mut found = self.alike(at)?;
        let known: BTreeSet<DocAddress> = found.iter().map(|(_, other)| *other).chain([at]).collect();
        let partners = self.addresses(&BooleanQuery::union(names.iter().map(exact).collect()))?;
        for other in partners.into_iter().filter(|other| !known.contains(other)) {
            found.push((self.likeness(at, other)?, other));
        }
        Ok(found)
    }

    /// Those of about the same text: every sketch is compared, some tens of nanoseconds each.
    fn alike(&self, at: DocAddress) -> Result<Vec<(f32, DocAddress)>, SearchError> {
        let sketch = self.sketch(at)?;
        let mut found: Vec<(f32, DocAddress)> = Vec::new();
        for (number, segment) in (0..).zip(self.searcher.segment_readers()) {
            let column = segment.fast_fields().u64(name::SKETCH)?;
            let likeness = |document| likeness(column.values_for_doc(document), &sketch);
            let alive = segment.doc_ids_alive().map(|document| (likeness(document), document));
            let alike = alive.filter(|(likeness, _)| !sketch.is_empty() && *likeness >= SAME_TEMPLATE);
            found.extend(alike.map(|(likeness, document)| (likeness, DocAddress::new(number, document))));
        }
        found.retain(|(_, other)| *other != at);
        if found.len() > MOST_COMPARED {
            // By id where they are equally alike, so that a cut is the same in every index.
            found.sort_by_cached_key(|(likeness, other)| (Reverse((likeness * 1e6) as u32), self.id(*other)));
            found.truncate(MOST_COMPARED);
        }
        Ok(found)
    }

    fn sketch(&self, at: DocAddress) -> Result<Vec<u64>, SearchError> {
        let column = self.searcher.segment_reader(at.segment_ord).fast_fields().u64(name::SKETCH)?;
        Ok(column.values_for_doc(at.doc_id).collect())
    }

    fn likeness(&self, a: DocAddress, b: DocAddress) -> Result<f32, SearchError> {
        Ok(likeness(self.sketch(a)?.into_iter(), &self.sketch(b)?))
    }

    fn id(&self, at: DocAddress) -> Option<String> {
        let column = self.searcher.segment_reader(at.segment_ord).fast_fields().str(name::ID).ok()??;
        let mut id = String::new();
        column.ord_to_str(column.ords().first(at.doc_id)?, &mut id).ok()?;
        Some(id)
    }

    fn similar(
        &self,
        at: DocAddress,
        card: &Card,
        (common, other): (f32, DocAddress),
    ) -> Result<Option<Similar>, SearchError> {
        let found = self.card(other)?;
        let relation = if card.digest.is_some() && card.digest == found.digest {
            Relation::SameText
        } else if common >= NEARLY_SAME {
            Relation::NearlySame
        } else if common >= SAME_TEMPLATE {
            Relation::SameTemplate
        } else if self.share_a_counterparty(at, other)? {
            Relation::SameCounterparty
        } else {
            return Ok(None);
        };
        let likeness = (common * 100.0).round() / 100.0;
        Ok(Some(Similar { id: found.id, title: found.title, path: found.path, relation, likeness }))
    }

    fn share_a_counterparty(&self, a: DocAddress, b: DocAddress) -> Result<bool, SearchError> {
        let (a, b) = (self.counterparties(a)?, self.counterparties(b)?);
        Ok(a.iter().any(|name| b.contains(name)))
    }

    fn counterparties(&self, at: DocAddress) -> Result<Vec<String>, SearchError> {
        let segment = self.searcher.segment_reader(at.segment_ord);
        let Some(column) = segment.fast_fields().str(name::COUNTERPARTY)? else { return Ok(Vec::new()) };
        let mut names = Vec::new();
        for ordinal in column.term_ords(at.doc_id) {
            let mut name = String::new();
            if column.ord_to_str(ordinal, &mut name).map_err(tantivy::TantivyError::from)? {
                names.push(name);
            }
        }
        Ok(names)
    }

    /// By id, so that a cut is the same in every index.
    fn addresses(&self, query: &dyn Query) -> Result<Vec<DocAddress>, SearchError> {
        let order = (ById, Order::Asc);
        let found = self.searcher.search(query, &TopDocs::with_limit(MOST_COMPARED).order_by(order))?;
        Ok(found.into_iter().map(|(_, at)| at).collect())
    }

    fn card(&self, at: DocAddress) -> Result<Card, SearchError> {
        let document: TantivyDocument = self.searcher.doc(at)?;
        let card = document.get_first(self.index.fields.card).and_then(|value| value.as_str());
        Ok(serde_json::from_str(card.unwrap_or_default())?)
    }
}
