//! Contracts like a given one: nearly the same text, the same template, the same counterparty.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader, Term};

use super::by_id::{addresses, find, id_of, value};
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
        let compared = Compared::find(self, &searcher, id)?;
        let mut similar = Vec::new();
        for other in compared.candidates()? {
            similar.extend(compared.similar(other)?);
        }
        similar.sort_by(|a, b| {
            a.relation.cmp(&b.relation).then(b.likeness.total_cmp(&a.likeness)).then(a.id.cmp(&b.id))
        });
        similar.truncate(most);
        Ok(SimilarAnswer { id: compared.card.id, title: compared.card.title, similar })
    }
}

/// The contract that others are compared with.
struct Compared<'a> {
    index: &'a Index,
    searcher: &'a Searcher,
    at: DocAddress,
    card: Card,
    sketch: Vec<u64>,
    counterparties: Vec<String>,
}

impl<'a> Compared<'a> {
    fn find(index: &'a Index, searcher: &'a Searcher, id: &str) -> Result<Self, SearchError> {
        let wanted = super::query::record_id(id).ok_or_else(|| SearchError::Unknown(id.to_owned()))?;
        let at = find(searcher, index.fields, &wanted)?;
        let card = Card::at(searcher, index.fields, at)?;
        let segment = searcher.segment_reader(at.segment_ord);
        let sketch = segment.fast_fields().u64(name::SKETCH)?.values_for_doc(at.doc_id).collect();
        let counterparties = counterparties(segment, at.doc_id)?;
        Ok(Self { index, searcher, at, card, sketch, counterparties })
    }

    /// The most alike of those that have much text in common, each with how much, and those of a counterparty.
    fn candidates(&self) -> Result<Vec<(f32, DocAddress)>, SearchError> {
        let field = self.index.fields.counterparty;
        let exact = |name: &String| -> Box<dyn Query> {
            Box::new(TermQuery::new(Term::from_field_text(field, name), IndexRecordOption::Basic))
        };
        let mut found = self.alike()?;
        let known: BTreeSet<DocAddress> = found.iter().map(|(_, other)| *other).chain([self.at]).collect();
        let theirs = BooleanQuery::union(self.counterparties.iter().map(exact).collect());
        let partners = addresses(self.searcher, &theirs, MOST_COMPARED)?;
        for other in partners.into_iter().filter(|other| !known.contains(other)) {
            let column = self.segment(other).fast_fields().u64(name::SKETCH)?;
            found.push((likeness(column.values_for_doc(other.doc_id), &self.sketch), other));
        }
        Ok(found)
    }

    /// Those of about the same text: every sketch is compared, some tens of nanoseconds each.
    fn alike(&self) -> Result<Vec<(f32, DocAddress)>, SearchError> {
        let mut found: Vec<(f32, DocAddress)> = Vec::new();
        for (number, segment) in (0..).zip(self.searcher.segment_readers()) {
            let column = segment.fast_fields().u64(name::SKETCH)?;
            let likeness = |document| likeness(column.values_for_doc(document), &self.sketch);
            let alive = segment.doc_ids_alive().map(|document| (likeness(document), document));
            let alike = alive.filter(|(likeness, _)| !self.sketch.is_empty() && *likeness >= SAME_TEMPLATE);
            found.extend(alike.map(|(likeness, document)| (likeness, DocAddress::new(number, document))));
        }
        found.retain(|(_, other)| *other != self.at);
        if found.len() > MOST_COMPARED {
            // By id where they are equally alike, so that a cut is the same in every index.
            let id = |other: &DocAddress| id_of(self.segment(*other), other.doc_id).ok().flatten();
            found.sort_by_cached_key(|(likeness, other)| (Reverse((likeness * 1e6) as u32), id(other)));
            found.truncate(MOST_COMPARED);
        }
        Ok(found)
    }

    fn segment(&self, at: DocAddress) -> &SegmentReader {
        self.searcher.segment_reader(at.segment_ord)
    }

    fn similar(&self, (common, other): (f32, DocAddress)) -> Result<Option<Similar>, SearchError> {
        let found = Card::at(self.searcher, self.index.fields, other)?;
        let relation = if self.card.digest.is_some() && self.card.digest == found.digest {
            Relation::SameText
        } else if common >= NEARLY_SAME {
            Relation::NearlySame
        } else if common >= SAME_TEMPLATE {
            Relation::SameTemplate
        } else if self.shares_a_counterparty(other)? {
            Relation::SameCounterparty
        } else {
            return Ok(None);
        };
        let likeness = (common * 100.0).round() / 100.0;
        Ok(Some(Similar { id: found.id, title: found.title, path: found.path, relation, likeness }))
    }

    fn shares_a_counterparty(&self, other: DocAddress) -> Result<bool, SearchError> {
        let theirs = counterparties(self.segment(other), other.doc_id)?;
        Ok(self.counterparties.iter().any(|name| theirs.contains(name)))
    }
}

fn counterparties(segment: &SegmentReader, document: DocId) -> Result<Vec<String>, SearchError> {
    let Some(column) = segment.fast_fields().str(name::COUNTERPARTY)? else { return Ok(Vec::new()) };
    let mut names = Vec::new();
    for ordinal in column.term_ords(document) {
        names.extend(value(&column, ordinal)?);
    }
    Ok(names)
}
