//! Question → tantivy query.
//!
//! Not tantivy's own parser: it makes a phrase of every Chinese word group, and finds nothing.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery,
    Query, RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::Lexicon;
use super::excluded::Excluded;
use super::query::{self, Exact, Filter, Node, NumberField, Range, TextField};
use super::schema::Fields;
use super::unit::{Bond, Placed, Unit, cover, smaller, smaller_cover, units};

type Boxed = Box<dyn Query>;

/// How strictly words are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Exactly the characters: what exclusion means, so that it neither leaks nor takes too much.
    Literal,
    /// Every word, or a synonym of it.
    Asked,
    /// Every part of every word; quoted text as words.
    SubWords,
    /// Some part of some word.
    AnyWord,
}

/// Characters that may stand between the parts of a loose unit.
const LOOSE: u32 = 2;

/// Characters by which the parts of a long word may be out of place: a sentence or so.
const SENTENCE: u32 = 30;

/// Characters that may stand between words for the group to count as near.
const NEAR: u32 = 3;

/// Makes queries.
#[derive(Clone, Copy)]
pub(super) struct Planner<'a> {
    pub fields: Fields,
    pub lexicon: &'a Lexicon,
    pub level: Level,
}

impl Planner<'_> {
    /// The query of a question.
    pub fn query(&self, node: &Node) -> Boxed {
        match node {
            Node::Words(text) | Node::Phrase(text) => match query::record_id(text) {
                Some(id) => any(vec![boosted(self.record(&id), 5.0), self.text(node, text)]),
                None => self.text(node, text),
            },
            Node::Filter(filter) => self.filter(filter),
            Node::Any(nodes) => any(nodes.iter().map(|node| self.query(node)).collect()),
            Node::All(nodes) => self.all(nodes),
            Node::Not(_) => self.all(std::slice::from_ref(node)),
        }
    }

    fn text(&self, node: &Node, text: &str) -> Boxed {
        let as_written =
            matches!(node, Node::Phrase(_)) && matches!(self.level, Level::Literal | Level::Asked);
        if as_written { self.anywhere(text, 0) } else { self.words(text) }
    }

    /// The records whose id begins so.
    fn record(&self, id: &str) -> Boxed {
        let bound = |text: &str| Bound::Included(Term::from_field_text(self.fields.id, text));
        Box::new(RangeQuery::new(bound(id), bound(&format!("{id}{}", char::MAX))))
    }

    /// A unit with its synonyms, in any field.
    pub fn unit(&self, unit: &Unit) -> Boxed {
        let mut choices = match unit.bond {
            Bond::Tight => vec![self.anywhere(&unit.text, 0)],
            Bond::Loose => vec![self.anywhere(&unit.text, LOOSE)],
            Bond::Spread => {
                let parts = smaller_cover(self.lexicon, &unit.text);
                vec![boosted(self.anywhere(&unit.text, 0), 2.0), self.in_best_field(&parts, SENTENCE)]
            }
        };
        for synonym in self.lexicon.synonyms(&unit.text) {
            choices.push(boosted(self.anywhere(synonym, 0), 0.7));
        }
        any(choices)
    }

    fn all(&self, nodes: &[Node]) -> Boxed {
        let mut clauses: Vec<(Occur, Boxed)> = Vec::new();
        let mut words: Vec<Boxed> = Vec::new();
        for node in nodes {
            match node {
                Node::Not(denied) => {
                    let literal = Self { level: Level::Literal, ..*self };
                    clauses.push((Occur::MustNot, Box::new(Excluded(literal.query(denied)))));
                }
                node if self.level == Level::AnyWord && is_text(node) => words.push(self.query(node)),
                node => clauses.push((Occur::Must, self.query(node))),
            }
        }
        if !words.is_empty() {
            clauses.push((Occur::Must, any(words)));
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            // Without it nothing is left to exclude from.
            clauses.push((Occur::Must, unscored(Box::new(AllQuery))));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn words(&self, text: &str) -> Boxed {
        if self.level == Level::Literal {
            return self.anywhere(text, 0);
        }
        let units = units(self.lexicon, text);
        match self.level {
            Level::SubWords => all_of(units.iter().map(|unit| all_of(self.smaller(unit))).collect()),
            Level::AnyWord => any(units.iter().flat_map(|unit| self.whole_or_smaller(unit)).collect()),
            Level::Literal | Level::Asked => self.every(text, &units),
        }
    }

    /// Every unit; the better where they stand together.
    fn every(&self, text: &str, units: &[Unit]) -> Boxed {
        let mut clauses: Vec<(Occur, Boxed)> =
            units.iter().map(|unit| (Occur::Must, self.unit(unit))).collect();
        if units.len() > 1 {
            let terms = cover(self.lexicon, text);
            let title = placed(self.fields.title, &terms, NEAR);
            clauses.push((Occur::Should, boosted(title, 3.0)));
            clauses.push((Occur::Should, boosted(placed(self.fields.body, &terms, 0), 2.0)));
            clauses.push((Occur::Should, placed(self.fields.body, &terms, NEAR)));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn smaller(&self, unit: &Unit) -> Vec<Boxed> {
        smaller(self.lexicon, unit).iter().map(|word| self.anywhere(word, 0)).collect()
    }

    fn whole_or_smaller(&self, unit: &Unit) -> Vec<Boxed> {
        let mut choices = self.smaller(unit);
        choices.push(boosted(self.unit(unit), 2.0));
        choices
    }

    /// A text in its best field.
    fn anywhere(&self, text: &str, slop: u32) -> Boxed {
        self.in_best_field(&cover(self.lexicon, text), slop)
    }

    fn in_best_field(&self, terms: &[Placed], slop: u32) -> Boxed {
        let fields = self.fields;
        let weighted = [
            (fields.title, 3.0),
            (fields.number, 3.0),
            (fields.parties, 2.0),
            (fields.body, 1.0),
            (fields.path, 0.5),
        ];
        let queries =
            weighted.map(|(field, weight)| boosted(placed(field, terms, slop), weight)).into_iter().collect();
        Box::new(DisjunctionMaxQuery::with_tie_breaker(queries, 0.1))
    }

    /// Conditions say what is looked at, not how well it matches.
    fn filter(&self, filter: &Filter) -> Boxed {
        unscored(match filter {
            Filter::Text { field, text, quoted } => self.in_field(*field, text, *quoted),
            Filter::Exact(field, value) => {
                any(self.exact(*field, value).into_iter().map(|field| term(field, value)).collect())
            }
            Filter::Range(field, range) => self.range(*field, *range),
        })
    }

    fn in_field(&self, field: TextField, text: &str, quoted: bool) -> Boxed {
        let (field, words) = match field {
            TextField::Title => (self.fields.title, true),
            TextField::Party => (self.fields.parties, true),
            TextField::Number => (self.fields.number, false),
            TextField::Path => (self.fields.path, false),
        };
        if quoted || !words || self.level == Level::Literal {
            return placed(field, &cover(self.lexicon, text), 0);
        }
        let of = |unit: &Unit| {
            let slop = if unit.bond == Bond::Loose { LOOSE } else { 0 };
            placed(field, &cover(self.lexicon, &unit.text), slop)
        };
        all_of(units(self.lexicon, text).iter().map(of).collect())
    }

    fn exact(&self, field: Exact, value: &str) -> Vec<Field> {
        let fields = self.fields;
        match field {
            Exact::Rule if value.contains('/') => vec![fields.pack_rule],
            Exact::Rule => vec![fields.rule],
            Exact::Undecided => vec![fields.undecided],
            Exact::Severity => vec![fields.severity],
            Exact::Status => vec![fields.status],
            Exact::Kind => vec![fields.kind],
        }
    }

    fn range(&self, field: NumberField, range: Range) -> Boxed {
        let field = match field {
            NumberField::Amount => self.fields.amount,
            NumberField::Signed => self.fields.signed,
            NumberField::TermEnd => self.fields.term_end,
        };
        let bound = |value: Option<i64>, open: i64| {
            Bound::Included(Term::from_field_i64(field, value.unwrap_or(open)))
        };
        Box::new(RangeQuery::new(bound(range.from, i64::MIN), bound(range.to, i64::MAX)))
    }
}

/// Only words, which may be relaxed?
pub(super) fn is_text(node: &Node) -> bool {
    match node {
        Node::Words(_) | Node::Phrase(_) => true,
        Node::Filter(_) | Node::Not(_) => false,
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().all(is_text),
    }
}

/// Terms at their places in a field.
fn placed(field: Field, terms: &[Placed], slop: u32) -> Boxed {
    match terms {
        [] => Box::new(EmptyQuery),
        [(_, only)] => {
            Box::new(TermQuery::new(Term::from_field_text(field, only), IndexRecordOption::WithFreqs))
        }
        terms => {
            let terms = terms.iter().map(|(position, text)| (*position, Term::from_field_text(field, text)));
            Box::new(PhraseQuery::new_with_offset_and_slop(terms.collect(), slop))
        }
    }
}

fn term(field: Field, value: &str) -> Boxed {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
}

fn boosted(query: Boxed, weight: f32) -> Boxed {
    Box::new(BoostQuery::new(query, weight))
}

fn unscored(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn any(mut queries: Vec<Boxed>) -> Boxed {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

fn all_of(mut queries: Vec<Boxed>) -> Boxed {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::intersection(queries)),
    }
}
