//! Conditions that no contract of the index meets.
//!
//! A rule whose name is mistyped is hit by nothing, which must not read as “no contract has the defect”.

use std::collections::BTreeSet;

use tantivy::Searcher;
use tantivy::collector::Count;
use tantivy::schema::Field;

use super::SearchError;
use super::plan::Planner;
use super::query::{self, Exact, Filter, Node};

/// At most so many rules are named.
const MOST: usize = 20;

/// What to tell of the conditions of a question that no contract of the index meets; `None` where each is met
/// by some.
pub(super) fn empty_conditions(
    searcher: &Searcher,
    planner: Planner<'_>,
    node: &Node,
) -> Result<Option<String>, SearchError> {
    let mut told = Vec::new();
    for filter in filters(node) {
        let condition = Node::Filter(filter.clone());
        if searcher.search(&planner.query(&condition), &Count)? == 0 {
            let known = match filter {
                Filter::Exact(_, rule) => {
                    rule_field(&planner, filter).map(|field| known_rules(searcher, field, rule))
                }
                _ => None,
            };
            let condition = query::understood(&condition);
            let known = known.transpose()?.unwrap_or_default();
            told.push(format!("全部已入库合同中没有一份符合条件：{condition}{known}"));
        }
    }
    Ok(Some(told.join("；")).filter(|told| !told.is_empty()))
}

/// All conditions, those excluded by too.
fn filters(node: &Node) -> Vec<&Filter> {
    match node {
        Node::Filter(filter) => vec![filter],
        Node::All(nodes) | Node::Any(nodes) => nodes.iter().flat_map(filters).collect(),
        Node::Not(node) => filters(node),
        Node::Words(_) | Node::Phrase(_) | Node::Near { .. } | Node::Fuzzy(_) => Vec::new(),
    }
}

/// The field that a condition on a rule asks.
fn rule_field(planner: &Planner<'_>, filter: &Filter) -> Option<Field> {
    match filter {
        Filter::Exact(Exact::Rule, _) => Some(planner.fields.rule),
        Filter::Exact(Exact::Undecided, _) => Some(planner.fields.undecided),
        _ => None,
    }
}

/// The rules that stand in a field, so that a person sees how they are written.
fn known_rules(searcher: &Searcher, field: Field, asked: &str) -> Result<String, SearchError> {
    let mut rules = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream().map_err(tantivy::TantivyError::from)?;
        while let Some((term, _)) = terms.next() {
            rules
                .extend(std::str::from_utf8(term).ok().filter(|rule| !rule.contains('/')).map(str::to_owned));
        }
    }
    if let Some(near) = rules.iter().find(|rule| query::is_near(asked, rule)) {
        return Ok(format!("（是否要写 规则:{near}）"));
    }
    let shown: Vec<&str> = rules.iter().take(MOST).map(String::as_str).collect();
    Ok(match shown.as_slice() {
        [] => "（没有这类规则结果）".to_owned(),
        shown => format!("（规则按代号写，出现过的有：{}）", shown.join("、")),
    })
}
