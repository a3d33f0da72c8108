//! Conditions → tantivy query.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::RangeQuery;
use tantivy::schema::Field;

use super::combine::{Boxed, all_of, term, unscored};
use super::{LOOSE, Level, Planner};
use crate::search::cover::cover;
use crate::search::query::{Exact, Filter, How, NumberField, Range, TextField};
use crate::search::unit::{Bond, Unit, units};

impl Planner<'_> {
    /// Conditions say what is looked at, not how well it matches.
    pub(super) fn filter(&self, filter: &Filter) -> Boxed {
        match filter {
            // What is sought in the text or the findings alone is sought, not only looked at.
            Filter::Text { field: field @ (TextField::Body | TextField::Finding), text, how } => {
                self.in_field(*field, text, *how)
            }
            Filter::Text { field, text, how } => unscored(self.in_field(*field, text, *how)),
            Filter::Exact(field, value) => unscored(term(self.exact(*field, value), value)),
            Filter::Range(field, range) => unscored(self.range(*field, *range)),
        }
    }

    fn in_field(&self, name: TextField, text: &str, how: How) -> Boxed {
        let (field, words) = self.text_field(name);
        if how == How::Fuzzy {
            return self.fuzzy_in(&[(field, 1.0)], text);
        }
        if how == How::Quoted || !words || self.level == Level::Literal {
            return self.placed(field, &cover(self.lexicon, text), 0);
        }
        let of = |unit: &Unit| {
            let slop = if unit.bond == Bond::Loose { LOOSE } else { 0 };
            self.placed(field, &cover(self.lexicon, &unit.text), slop)
        };
        all_of(units(self.lexicon, text).iter().map(of).collect())
    }

    /// The field of a condition, and whether its value is cut into words that may stand apart.
    fn text_field(&self, field: TextField) -> (Field, bool) {
        let fields = self.fields;
        match field {
            TextField::Title => (fields.title, true),
            TextField::Party => (fields.parties, true),
            TextField::Counterparty => (fields.counterparties, true),
            TextField::Department => (fields.departments, true),
            TextField::Type => (fields.types, true),
            TextField::Forum => (fields.forums, true),
            TextField::Law => (fields.law, true),
            TextField::Body => (fields.body, true),
            TextField::Finding => (fields.findings, true),
            TextField::Number => (fields.number, false),
            TextField::Path => (fields.path, false),
        }
    }

    fn exact(&self, field: Exact, value: &str) -> Field {
        let fields = self.fields;
        match field {
            Exact::Rule if value.contains('/') => fields.pack_rule,
            Exact::Rule => fields.rule,
            Exact::Undecided => fields.undecided,
            Exact::Severity => fields.severity,
            Exact::Status => fields.status,
            Exact::Stage => fields.stage,
            Exact::Kind => fields.kind,
            Exact::Currency => fields.currency,
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
