//! One contract found, as the answer shows it.

use tantivy::query::{EnableScoring, Query, Weight};
use tantivy::schema::Value;
use tantivy::{DocAddress, DocSet, TantivyDocument};

use super::SearchError;
use super::answer::{Hit, Passage, Reason, Version};
use super::card::Card;
use super::marker::Marker;
use super::passage::passages;
use super::plan::{Boxed, Level};
use super::query::Node;
use super::run::Search;
use super::unit::units;
use crate::model::{Place, Text};

impl Search<'_> {
    pub(super) fn hit(
        &self,
        marker: &Marker,
        level: Level,
        score: f32,
        at: DocAddress,
    ) -> Result<Hit, SearchError> {
        let document: TantivyDocument = self.searcher.doc(at)?;
        let card = Card::in_document(&document, self.index.fields)?;
        let content = document.get_first(self.index.fields.body).and_then(|value| value.as_str());
        let content = content.unwrap_or_default();
        let folded = self.index.lexicon.fold(content);
        let matches = marker.matches(&self.index.lexicon, &folded);
        let passages = passages(content, &folded, &card, &matches, self.options.passages);
        Ok(Hit {
            passages,
            missing_words: self.missing(level, at)?,
            versions: self.versions(&card, at)?,
            why: if self.options.explain { self.why(level, score, at)? } else { Vec::new() },
            id: card.id,
            title: card.title,
            contract_number: card.number,
            parties: card.parties,
            amount: card.amount,
            sign_date: card.sign_date,
            status: card.status,
            path: card.path,
            score: two_digits(score),
            withheld: card.withheld,
        })
    }

    /// The other records of the contract, by id.
    fn versions(&self, card: &Card, at: DocAddress) -> Result<Vec<Version>, SearchError> {
        let members = self.ranking().members(at)?;
        let others = members.into_iter().filter(|member| *member != at);
        let version = |member| {
            let other = Card::at(&self.searcher, self.index.fields, member)?;
            let same_text = other.digest.is_some() && other.digest == card.digest;
            Ok(Version { id: other.id, path: other.path, sign_date: other.sign_date, same_text })
        };
        others.map(version).collect()
    }

    /// The words of the question that a hit lacks, once it was relaxed to some of them.
    fn missing(&self, level: Level, at: DocAddress) -> Result<Vec<String>, SearchError> {
        if !matches!(level, Level::AtLeast(_) | Level::AnyWord) {
            return Ok(Vec::new());
        }
        let mut missing = Vec::new();
        for (word, query) in self.words(Level::Asked) {
            if self.score(&query, at)?.is_none() {
                missing.push(word);
            }
        }
        Ok(missing)
    }

    /// What each word adds to a score, most first, and what is left for words that stand together.
    fn why(&self, level: Level, whole: f32, at: DocAddress) -> Result<Vec<Reason>, SearchError> {
        let mut reasons = Vec::new();
        let mut left = whole;
        for (word, query) in self.words(level) {
            let Some(score) = self.score(&query, at)? else { continue };
            left -= score;
            reasons.push(Reason { fields: self.fields_with(&word, at)?, word, score: two_digits(score) });
        }
        reasons.sort_by(|a, b| b.score.total_cmp(&a.score));
        if left > 0.005 {
            let word = "词语相邻、近似写法等其他加分".to_owned();
            reasons.push(Reason { word, score: two_digits(left), fields: Vec::new() });
        }
        Ok(reasons)
    }

    /// The words of the question, each with its query.
    fn words(&self, level: Level) -> Vec<(String, Boxed)> {
        let planner = self.planner(level);
        let mut words = Vec::new();
        for node in texts(&self.node) {
            match node {
                Node::Words(text) => words.extend(
                    units(&self.index.lexicon, text)
                        .into_iter()
                        .map(|unit| (unit.text.clone(), planner.unit(&unit))),
                ),
                node => words.push((super::query::understood(node), planner.query(node))),
            }
        }
        words
    }

    /// The fields of a contract that hold a word as it is written.
    fn fields_with(&self, word: &str, at: DocAddress) -> Result<Vec<String>, SearchError> {
        let mut names = Vec::new();
        for (name, query) in self.planner(Level::Asked).by_field(word) {
            if self.score(&query, at)?.is_some() {
                names.push(name.to_owned());
            }
        }
        Ok(names)
    }

    /// What a contract scores by a query; `None` where it does not match.
    fn score(&self, query: &dyn Query, at: DocAddress) -> Result<Option<f32>, SearchError> {
        let weight: Box<dyn Weight> = query.weight(EnableScoring::enabled_from_searcher(&self.searcher))?;
        let mut scorer = weight.scorer(self.searcher.segment_reader(at.segment_ord), 1.0)?;
        let there = scorer.doc() <= at.doc_id && scorer.seek(at.doc_id) == at.doc_id;
        Ok(there.then(|| scorer.score()))
    }
}

impl Hit {
    /// Finds the places of what is highlighted in the contract's text, as it is composed of its document. A
    /// passage that the text does not have where it should be stays without places: better none than wrong ones.
    pub fn locate(&mut self, text: &Text) {
        for passage in &mut self.passages {
            passage.places = places(passage, text).unwrap_or_default();
        }
    }
}

fn places(passage: &Passage, text: &Text) -> Option<Vec<Vec<Place>>> {
    let byte = |chars: usize| text.byte_of_char(chars).or((chars > 0).then_some(text.content.len()));
    let whole = byte(passage.start)?..byte(passage.end)?;
    (text.content.get(whole)? == passage.text).then_some(())?;
    let place = |[from, to]: &[usize; 2]| {
        Some(text.span(byte(passage.start + from)?..byte(passage.start + to)?).places)
    };
    passage.highlights.iter().map(place).collect()
}

/// The nodes that hold words, exclusions and conditions left out.
fn texts(node: &Node) -> Vec<&Node> {
    match node {
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().flat_map(texts).collect(),
        Node::Not(_) | Node::Filter(_) => Vec::new(),
        node => vec![node],
    }
}

fn two_digits(score: f32) -> f32 {
    (score * 100.0).round() / 100.0
}
