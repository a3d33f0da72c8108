//! What the index keeps of a record to show it as a hit: no second look at the store is needed.

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, TantivyDocument};

use super::SearchError;
use super::schema::Fields;
use crate::model::fields::Money;
use crate::model::text::{Clause, Origin};
use crate::model::{Outcome, Record, Status, Text};

/// What a hit shows, and where clauses and pages begin in the stored text.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Card {
    pub id: String,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub number: Option<String>,
    #[serde(default)]
    pub parties: Vec<String>,
    #[serde(default)]
    pub amount: Option<Money>,
    #[serde(default)]
    pub sign_date: Option<Date>,
    pub status: Status,
    pub path: String,
    /// Digest of the folded text: equal where the text is the same.
    #[serde(default)]
    pub digest: Option<String>,
    /// The text was kept out because it is marked secret.
    #[serde(default)]
    pub withheld: bool,
    /// Clauses in text order.
    #[serde(default)]
    pub clauses: Vec<ClausePlace>,
    /// Where another page begins: content byte and page number, in text order.
    #[serde(default)]
    pub pages: Vec<(u32, u32)>,
}

/// Where a clause stands: content bytes, and its number with its heading.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct ClausePlace(pub u32, pub u32, pub String);

impl ClausePlace {
    /// Content bytes.
    pub fn bytes(&self) -> Range<usize> {
        self.0 as usize..self.1 as usize
    }

    fn of(clause: &Clause) -> Self {
        let name = match &clause.heading {
            Some(heading) => format!("{} {heading}", clause.label),
            None => clause.label.clone(),
        };
        Self(clause.range.start as u32, clause.range.end as u32, name)
    }
}

impl Card {
    /// The card of a contract of the index.
    pub fn at(searcher: &Searcher, fields: Fields, at: DocAddress) -> Result<Self, SearchError> {
        Self::in_document(&searcher.doc(at)?, fields)
    }

    /// The card in a document of the index.
    pub fn in_document(document: &TantivyDocument, fields: Fields) -> Result<Self, SearchError> {
        let card = document.get_first(fields.card).and_then(|value| value.as_str());
        Ok(serde_json::from_str(card.unwrap_or_default())?)
    }

    /// The card of a record with its text.
    pub fn of(record: &Record, text: &Text) -> Self {
        let fields = &record.fields;
        let name = |party: &crate::model::fields::Party| Some(party.name.as_ref()?.value.clone());
        let card = Self {
            id: record.id.clone(),
            title: fields.title.as_ref().map(|title| title.value.clone()),
            number: fields.contract_number.as_ref().map(|number| number.value.clone()),
            parties: fields.parties.iter().filter_map(name).collect(),
            amount: fields.amount.as_ref().map(|amount| amount.value.clone()),
            sign_date: fields.sign_date.as_ref().map(|date| date.value),
            status: record.status,
            path: record.source.path.clone(),
            digest: None,
            withheld: false,
            clauses: text.clauses.iter().map(ClausePlace::of).collect(),
            pages: pages(text),
        };
        if is_secret(record) { card.without_content() } else { card }
    }

    /// The card of a contract that is marked secret: it can be found by its path and its finding only.
    fn without_content(self) -> Self {
        Self {
            title: None,
            number: None,
            parties: Vec::new(),
            amount: None,
            withheld: true,
            clauses: Vec::new(),
            pages: Vec::new(),
            ..self
        }
    }

    /// The innermost clause that holds a content byte.
    pub fn clause_at(&self, byte: usize) -> Option<&ClausePlace> {
        let before = self.clauses.partition_point(|clause| clause.0 as usize <= byte);
        self.clauses.get(..before)?.iter().rev().find(|clause| clause.bytes().contains(&byte))
    }

    /// The page that a content byte stands on.
    pub fn page_at(&self, byte: usize) -> Option<u32> {
        let before = self.pages.partition_point(|&(start, _)| start as usize <= byte);
        self.pages.get(before.checked_sub(1)?).map(|&(_, page)| page)
    }
}

/// A state secret must not be copied into an index (rule `secret-marked`); where the rule cannot tell, the
/// text stays out, too.
fn is_secret(record: &Record) -> bool {
    let secret = |outcome| matches!(outcome, Outcome::Hit | Outcome::CannotTell);
    record.findings.iter().any(|finding| finding.rule == "secret-marked" && secret(finding.outcome))
}

fn pages(text: &Text) -> Vec<(u32, u32)> {
    let mut pages: Vec<(u32, u32)> = Vec::new();
    for piece in &text.pieces {
        if let Origin::Line { page, .. } = piece.origin
            && pages.last().is_none_or(|&(_, last)| last != page)
        {
            pages.push((piece.range.start as u32, page));
        }
    }
    pages
}
