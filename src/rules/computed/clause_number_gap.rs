//! `clause-number-gap`: the numbers of the clauses skip or repeat one.
//!
//! # What it does
//!
//! Walks along the articles, or the outermost clauses where there are none, and reports a number that is missing between
//! two that follow one another, or that comes twice.
//!
//! # Why it matters
//!
//! A missing number may be a missing page or a clause that was struck out in haste; a number that comes twice makes every
//! reference to it ambiguous.
//!
//! # What must not be flagged
//!
//! Numbering that begins anew in another part, an attachment or special terms, which repeat chosen numbers of the
//! general ones; a number that stands somewhere between the two after all; numbers read off an image that may be misread.

use std::ops::Range;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::sure::Faults;
use super::Computed;
use crate::fields::scan::numeral;
use crate::model::Text;
use crate::model::text::{Clause, Numbering};

/// The rule.
pub const RULE: Computed = Computed {
    slug: "clause-number-gap",
    variants: &[("gap", &["before", "after", "missing"]), ("repeated", &["number"])],
    compile,
};

/// Fewer clauses than these are no numbering to speak of.
const ENOUGH: usize = 3;

/// A gap of more numbers than these is another numbering.
const WIDEST: u32 = 3;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {}

#[derive(Debug)]
struct ClauseNumberGap;

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let Settings {} = parameters.parse()?;
    Ok(Box::new(ClauseNumberGap))
}

/// The articles, or the outermost clauses that are numbered 一、 where there are none.
fn outermost(text: &Text) -> Vec<&Clause> {
    let articles: Vec<_> =
        text.clauses.iter().filter(|clause| clause.numbering == Numbering::Article).collect();
    if !articles.is_empty() {
        return articles;
    }
    text.clauses
        .iter()
        .filter(|clause| clause.numbering == Numbering::Chinese && clause.parent.is_none())
        .collect()
}

/// The place of a clause's number.
fn label(text: &Text, clause: &Clause) -> Range<usize> {
    let end = clause.range.start + clause.label.len();
    clause.shadow.start..text.shadow.from_content(end).max(clause.shadow.start)
}

/// The number as clauses of this kind write it.
fn written(clause: &Clause, number: u32) -> String {
    let arabic = clause.label.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let number = if arabic { number.to_string() } else { numeral::render(u64::from(number)) };
    // 十二, not 一十二.
    let number = number.strip_prefix("一十").map_or(number.clone(), |rest| format!("十{rest}"));
    if clause.numbering == Numbering::Article { format!("第{number}条") } else { number }
}

/// Does the number stand between the two clauses after all, where the outline did not see it?
fn stands_between(text: &Text, one: &Clause, other: &Clause, number: u32) -> bool {
    let between = text.folded_body().get(one.shadow.start..other.shadow.start).unwrap_or_default();
    let marks = [written(one, number), format!("第{number}条"), format!("{number}.")];
    marks.iter().any(|mark| between.match_indices(mark.as_str()).any(|(at, _)| begins(between, at)))
}

/// Does a line, a cell or a sentence begin here?
fn begins(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end_matches([' ', '*', '(']);
    before.is_empty() || before.ends_with(['\n', '\t', '。', ';', ':', '.'])
}

/// What is wrong between two clauses that follow one another.
fn fault(text: &Text, one: &Clause, other: &Clause) -> Option<Sighting> {
    let (before, after) = (one.ordinal?, other.ordinal?);
    let places = || [one, other].map(|clause| text.span_of_shadow(label(text, clause))).to_vec();
    if before == after && before > 1 {
        return Some(Sighting::new("repeated", places()).with("number", written(other, after)));
    }
    let missing: Vec<u32> = (before + 1..after).collect();
    if missing.is_empty() || missing.len() > WIDEST as usize {
        return None;
    }
    if missing.iter().any(|number| stands_between(text, one, other, *number)) {
        return None;
    }
    let missing: Vec<String> = missing.into_iter().map(|number| written(one, number)).collect();
    let sighting = Sighting::new("gap", places()).with("missing", missing.join("、"));
    Some(sighting.with("before", written(one, before)).with("after", written(other, after)))
}

/// Do the articles begin with the second, in a text that has its head?
fn begins_late(contract: &Contract<'_>, first: &Clause) -> bool {
    let before = contract.text.folded_body().get(..first.shadow.start).unwrap_or_default();
    let has_head = !contract.title().is_empty() && contract.fields().parties.len() > 1;
    let one = written(first, 1);
    let stands =
        before.match_indices(one.as_str()).any(|(at, _)| begins(before, at)) || before.contains("1.");
    first.numbering == Numbering::Article && first.ordinal == Some(2) && has_head && !stands
}

impl Check for ClauseNumberGap {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let text = contract.text;
        let clauses = outermost(text);
        if clauses.len() < ENOUGH {
            return Verdict::NotApplicable("未见连续编号的条款".to_owned());
        }
        let mut faults = Faults::default();
        if let Some(first) = clauses.first().filter(|first| begins_late(contract, first)) {
            let place = label(text, first);
            let sighting = Sighting::new("gap", vec![text.span_of_shadow(place.clone())])
                .with("missing", written(first, 1))
                .with("before", "开头")
                .with("after", first.ordinal.map_or_else(String::new, |number| written(first, number)));
            faults.add(text, &[place], sighting);
        }
        for pair in clauses.windows(2) {
            let [one, other] = pair else { continue };
            if let Some(sighting) = fault(text, one, other) {
                faults.add(text, &[label(text, one), label(text, other)], sighting);
            }
        }
        faults.verdict("条款编号")
    }
}
