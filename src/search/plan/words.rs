//! Words → tantivy query.

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::combine::{Boxed, any, boosted};
use super::{LOOSE, Level, Planner, best};
use crate::search::cover::{Placed, cover, inside_cover, smaller, smaller_cover};
use crate::search::figure::is_figure;
use crate::search::fold::is_latin;
use crate::search::fuzzy::lookalikes;
use crate::search::query::Node;
use crate::search::together::Together;
use crate::search::unit::{Bond, Unit, units};
use crate::search::{meant, pinyin};

/// Characters that may stand between words for the group to count as near.
const NEAR: u32 = 3;

/// What it counts that a contract was signed in the year asked for.
const OF_THE_YEAR: f32 = 4.0;

/// Ways of writing a text with a character that looks alike, at most.
const MOST_VARIANTS: usize = 40;

/// Characters by which the parts of a long word may be out of place: a sentence or so.
const SENTENCE: u32 = 30;

impl Planner<'_> {
    /// A text, and with one character exchanged for one that looks alike.
    pub(super) fn with_lookalikes(&self, text: &str) -> Vec<Boxed> {
        let word = self.lexicon.fold(text).text;
        let variants = lookalikes(self.lexicon, &word).into_iter().take(MOST_VARIANTS);
        let variants = variants.map(|variant| self.anywhere(&variant, 0));
        std::iter::once(boosted(self.anywhere(&word, 0), 2.0)).chain(variants).collect()
    }

    /// A unit with its synonyms, in any field.
    pub fn unit(&self, unit: &Unit) -> Boxed {
        let mut choices = match unit.bond {
            Bond::Tight | Bond::Unknown => vec![self.anywhere(&unit.text, 0)],
            Bond::Loose => vec![self.anywhere(&unit.text, LOOSE)],
            Bond::Spread => {
                let parts = smaller_cover(self.lexicon, &unit.text);
                vec![boosted(self.anywhere(&unit.text, 0), 2.0), self.in_best_field(&parts, SENTENCE)]
            }
        };
        for synonym in self.lexicon.synonyms(&unit.text) {
            choices.push(boosted(self.anywhere(synonym, 0), 0.7));
        }
        choices.extend(self.meaning(&unit.text));
        choices.extend(self.year(&unit.text));
        choices.extend(self.sound(&unit.text));
        match self.level {
            Level::Inside if !is_figure(&unit.text) && unit.text.contains(is_latin) => {
                choices.push(self.in_best_field(&inside_cover(self.lexicon, &unit.text), 0));
            }
            Level::Alike => choices.extend(self.with_lookalikes(&unit.text)),
            _ => {}
        }
        any(choices)
    }

    /// The sum, day or month that a word is, in any spelling.
    fn meaning(&self, word: &str) -> Option<Boxed> {
        let terms = self.lexicon.meanings(word).into_iter();
        let choices: Vec<Boxed> = terms.map(|term| self.meant([(0, term)])).collect();
        (!choices.is_empty()).then(|| any(choices))
    }

    /// The contracts signed in the year that a word is: who asks for 2024 hardly means every text that names it.
    pub(super) fn year(&self, word: &str) -> Option<Boxed> {
        let year = Term::from_field_i64(self.fields.year, meant::year(word)?);
        Some(Box::new(ConstScoreQuery::new(
            Box::new(TermQuery::new(year, IndexRecordOption::Basic)),
            OF_THE_YEAR,
        )))
    }

    fn meant(&self, terms: [Placed; 1]) -> Boxed {
        let fields = [(self.fields.title, 3.0), (self.fields.body, 1.0)];
        best(fields.into_iter().map(|(field, weight)| boosted(self.placed(field, &terms, 0), weight)))
    }

    /// The titles and names that sound like a word in Latin letters.
    fn sound(&self, word: &str) -> Option<Boxed> {
        let ways = pinyin::ways(word).into_iter().map(|way| {
            let terms: Vec<Placed> = way.into_iter().enumerate().collect();
            self.placed(self.fields.pinyin, &terms, 0)
        });
        let ways: Vec<Boxed> = ways.collect();
        (!ways.is_empty()).then(|| best(ways.into_iter()))
    }

    /// Every unit; the better where they stand together.
    pub(super) fn every(&self, text: &str, units: &[Unit]) -> Boxed {
        let mut clauses: Vec<(Occur, Boxed)> =
            units.iter().map(|unit| (Occur::Must, self.unit(unit))).collect();
        if units.len() > 1 {
            let terms = cover(self.lexicon, text);
            let title = self.placed(self.fields.title, &terms, NEAR);
            clauses.push((Occur::Should, boosted(title, 3.0)));
            clauses.push((Occur::Should, boosted(self.placed_where_rare(self.fields.body, &terms), 2.0)));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    /// The words of a question nearly side by side in the text. Too dear to be asked of every contract: it only
    /// orders the best ones.
    pub fn side_by_side(&self, node: &Node) -> Option<Together> {
        let text = match node {
            Node::Words(text) => text,
            Node::All(nodes) => return nodes.iter().find_map(|node| self.side_by_side(node)),
            _ => return None,
        };
        let whole = matches!(self.level, Level::Asked | Level::Inside | Level::Alike);
        (whole && units(self.lexicon, text).len() > 1)
            .then(|| self.drifted(self.fields.body, &cover(self.lexicon, text), NEAR))
    }

    /// The parts of a unit, each by itself.
    pub(super) fn smaller(&self, unit: &Unit) -> Vec<Boxed> {
        let slop = if unit.bond == Bond::Unknown && unit.text.chars().count() == 2 { LOOSE } else { 0 };
        smaller(self.lexicon, unit).iter().map(|word| self.anywhere(word, slop)).collect()
    }

    /// A unit, or some part of it.
    pub(super) fn whole_or_smaller(&self, unit: &Unit) -> Vec<Boxed> {
        let mut choices = self.smaller(unit);
        choices.push(boosted(self.unit(unit), 2.0));
        choices
    }
}
