//! Question → tantivy query.
//!
//! Not tantivy's own parser: it makes a phrase of every Chinese word group, and finds nothing.

use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, DisjunctionMaxQuery, EmptyQuery, FuzzyTermQuery, Occur};
use tantivy::schema::Field;

mod combine;
mod conditions;
mod words;

pub(super) use combine::Boxed;
use combine::{all_of, any, boosted, unscored};

use super::Lexicon;
use super::by_id::beginning;
use super::cover::{Placed, cover, inside_cover};
use super::excluded::Excluded;
use super::fuzzy::variants;
use super::query::{self, Node};
use super::schema::Fields;
use super::stretch::Stretch;
use super::together::{Manner, Together};
use super::unit::units;
use crate::text::script::is_hanzi;

/// How strictly words are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Exactly the characters: what exclusion means, so that it neither leaks nor takes too much.
    Literal,
    /// Every word, or a synonym of it.
    Asked,
    /// The same, and quoted text and codes also where a longer number or code holds them.
    Inside,
    /// The same, and one character of a word exchanged for one that looks alike.
    Alike,
    /// Every part of every word; quoted text as words.
    SubWords,
    /// So many of the words.
    AtLeast(usize),
    /// Some part of some word.
    AnyWord,
}

impl Level {
    /// Are words sought whole, and quoted text as it is written?
    pub fn is_whole(self) -> bool {
        !matches!(self, Self::SubWords | Self::AnyWord)
    }
}

/// Characters that may stand between the parts of a loose unit.
const LOOSE: u32 = 2;

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
                Some(id) => {
                    any(vec![boosted(Box::new(beginning(self.fields, &id)), 5.0), self.text(node, text)])
                }
                None => self.text(node, text),
            },
            Node::Near { parts, slop } => self.near(parts, *slop),
            Node::Fuzzy(text) => self.fuzzy_in(&self.weighted(), text),
            Node::Filter(filter) => self.filter(filter),
            Node::Any(nodes) => any(nodes.iter().map(|node| self.query(node)).collect()),
            Node::All(nodes) => self.all(nodes),
            Node::Not(_) => self.all(std::slice::from_ref(node)),
        }
    }

    fn text(&self, node: &Node, text: &str) -> Boxed {
        if !matches!(node, Node::Phrase(_)) || !self.level.is_whole() {
            return self.words(text);
        }
        match self.level {
            Level::Inside => self.in_best_field(&inside_cover(self.lexicon, text), 0),
            Level::Alike => any(self.with_lookalikes(text)),
            _ => self.anywhere(text, 0),
        }
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
                node if is_text(node) => match self.level {
                    Level::AnyWord => words.push(self.query(node)),
                    Level::AtLeast(_) => words.extend(self.each_word(node)),
                    _ => clauses.push((Occur::Must, self.query(node))),
                },
                node => clauses.push((Occur::Must, self.query(node))),
            }
        }
        if !words.is_empty() {
            clauses.push((Occur::Must, self.enough(words)));
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            // Without it nothing is left to exclude from.
            clauses.push((Occur::Must, unscored(Box::new(AllQuery))));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// The words of a node, each by itself.
    pub fn each_word(&self, node: &Node) -> Vec<Boxed> {
        match node {
            Node::Words(text) => units(self.lexicon, text).iter().map(|unit| self.unit(unit)).collect(),
            node => vec![Self { level: Level::Asked, ..*self }.query(node)],
        }
    }

    /// As many of these words as the level demands.
    fn enough(&self, words: Vec<Boxed>) -> Boxed {
        match self.level {
            Level::AtLeast(least) => {
                let least = least.min(words.len());
                Box::new(BooleanQuery::union_with_minimum_required_clauses(words, least))
            }
            _ => any(words),
        }
    }

    fn words(&self, text: &str) -> Boxed {
        if self.level == Level::Literal {
            return self.anywhere(text, 0);
        }
        let units = units(self.lexicon, text);
        match self.level {
            Level::SubWords => all_of(units.iter().map(|unit| all_of(self.smaller(unit))).collect()),
            Level::AnyWord => any(units.iter().flat_map(|unit| self.whole_or_smaller(unit)).collect()),
            Level::AtLeast(_) => self.enough(units.iter().map(|unit| self.unit(unit)).collect()),
            Level::Literal | Level::Asked | Level::Inside | Level::Alike => self.every(text, &units),
        }
    }

    /// A text in its best field.
    fn anywhere(&self, text: &str, slop: u32) -> Boxed {
        self.in_best_field(&cover(self.lexicon, text), slop)
    }

    /// The fields that words are sought in, with what each counts for.
    fn weighted(&self) -> [(Field, f32); 5] {
        let fields = self.fields;
        [
            (fields.title, 3.0),
            (fields.number, 3.0),
            (fields.parties, 2.0),
            (fields.body, 1.0),
            (fields.path, 0.5),
        ]
    }

    fn in_best_field(&self, terms: &[Placed], slop: u32) -> Boxed {
        best(self.weighted().iter().map(|&(field, weight)| boosted(self.placed(field, terms, slop), weight)))
    }

    /// A word as it is written, in each field by itself.
    pub fn by_field(&self, word: &str) -> Vec<(&'static str, Boxed)> {
        let terms = cover(self.lexicon, word);
        let fields = self.fields;
        let named = [
            ("title", fields.title),
            ("number", fields.number),
            ("party", fields.parties),
            ("text", fields.body),
            ("path", fields.path),
        ];
        let placed = named.into_iter().map(|(name, field)| (name, self.placed(field, &terms, 0)));
        placed.chain(self.year(word).map(|year| ("year", year))).collect()
    }

    /// Words near each other in the text or the title; once relaxed, anywhere.
    fn near(&self, parts: &[String], slop: u32) -> Boxed {
        if !self.level.is_whole() {
            return self.words(&parts.join(" "));
        }
        let words = near_words(self.lexicon, parts);
        best([self.fields.title, self.fields.body].into_iter().map(|field| -> Boxed {
            let stretches = words.iter().map(|word| Stretch::of(self.fields, field, word));
            let stretches: Vec<Stretch> = stretches.filter(|stretch| !stretch.places.is_empty()).collect();
            match stretches.is_empty() {
                true => Box::new(EmptyQuery),
                false => Box::new(Together { stretches, manner: Manner::Near(slop), most: None }),
            }
        }))
    }

    /// A word in which one character may differ.
    fn fuzzy_in(&self, fields: &[(Field, f32)], text: &str) -> Boxed {
        let word = self.lexicon.fold(text).text;
        let whole = cover(self.lexicon, &word);
        let variants = variants(self.lexicon, &word);
        let latin = !word.contains(is_hanzi);
        best(fields.iter().map(|&(field, weight)| {
            let mut choices = vec![boosted(self.placed(field, &whole, 0), 3.0)];
            choices.extend(variants.iter().map(|variant| self.placed(field, variant, 0)));
            if latin {
                choices.push(Box::new(FuzzyTermQuery::new(Term::from_field_text(field, &word), 1, true)));
            }
            boosted(any(choices), weight)
        }))
    }
}

/// The best of them, and a little for each other one.
fn best(queries: impl Iterator<Item = Boxed>) -> Boxed {
    Box::new(DisjunctionMaxQuery::with_tie_breaker(queries.collect(), 0.1))
}

/// The words that have to stand near each other: those between spaces or, where there is no space, the units.
fn near_words(lexicon: &Lexicon, parts: &[String]) -> Vec<Vec<Placed>> {
    let mut texts: Vec<String> = match parts {
        [only] => units(lexicon, only).into_iter().map(|unit| unit.text).collect(),
        parts => parts.iter().map(|part| lexicon.fold(part).text).collect(),
    };
    texts.sort();
    texts.dedup();
    texts.iter().map(|text| cover(lexicon, text)).collect()
}

/// Only words, which may be relaxed?
pub(super) fn is_text(node: &Node) -> bool {
    match node {
        Node::Words(_) | Node::Phrase(_) | Node::Near { .. } | Node::Fuzzy(_) => true,
        Node::Filter(_) | Node::Not(_) => false,
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().all(is_text),
    }
}
