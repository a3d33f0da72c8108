//! Conditions that no contract of the index meets, each by itself or all of them together.
//!
//! A rule whose name is mistyped is hit by nothing, which must not read as “no contract has the defect”.

use std::collections::BTreeSet;

use tantivy::Searcher;
use tantivy::collector::Count;
use tantivy::schema::Field;

use super::SearchError;
use super::plan::Planner;
use super::query::{self, Exact, Filter, Node, TextField};

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
                Filter::Text { field: TextField::Type, .. } => {
                    Some(known_types(searcher, planner.fields.kind_of_contract))
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

/// How many contracts meet each part of a question that none meets as a whole, where the parts are no words; `None`
/// where there is nothing to part.
pub(super) fn met_apart(
    searcher: &Searcher,
    planner: Planner<'_>,
    node: &Node,
) -> Result<Option<String>, SearchError> {
    let Node::All(parts) = node else { return Ok(None) };
    let mut told = Vec::new();
    for part in parts {
        let count = searcher.search(&planner.query(part), &Count)?;
        told.push(format!("{}：{count} 份", query::understood(part)));
    }
    Ok(Some(format!("没有合同同时符合全部条件；单独符合的：{}", told.join("；"))))
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
    let mut rules = values(searcher, field)?;
    rules.retain(|rule| !rule.contains('/'));
    if let Some(near) = rules.iter().find(|rule| query::is_near(asked, rule)) {
        return Ok(format!("（是否要写 规则:{near}）"));
    }
    let shown: Vec<&str> = rules.iter().take(MOST).map(String::as_str).collect();
    Ok(match shown.as_slice() {
        [] => "（没有这类规则结果）".to_owned(),
        shown => format!("（规则按代号写，出现过的有：{}）", shown.join("、")),
    })
}

/// The types of contract that there are.
fn known_types(searcher: &Searcher, field: Field) -> Result<String, SearchError> {
    let types = values(searcher, field)?;
    let shown: Vec<&str> = types.iter().take(MOST).map(String::as_str).collect();
    Ok(if shown.is_empty() {
        String::new()
    } else {
        format!("（出现过的类型有：{}）", shown.join("、"))
    })
}

/// The values of a field, each once, in order.
fn values(searcher: &Searcher, field: Field) -> Result<BTreeSet<String>, SearchError> {
    let mut values = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut terms = index.terms().stream().map_err(tantivy::TantivyError::from)?;
        while let Some((term, _)) = terms.next() {
            values.extend(std::str::from_utf8(term).ok().map(str::to_owned));
        }
    }
    Ok(values)
}
