//! Term (合同期限): not the warranty (质保期), the duty of secrecy (保密期) or the probation (试用期).

mod candidates;
mod changed;
mod columns;
mod english;
mod length;
mod stated;
mod words;

use std::ops::Range;

use super::Extractor;
use super::draft::Draft;
use super::reading::Reading;
use super::resolve::{Witness, resolve_by};
use super::scan::date;
use crate::model::Value;
use crate::model::fields::Term;
use candidates::{headed, named, unnamed};
use words::{NAMES, is_other};

/// The term.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "term", about: "合同期限：起止日与期间；质保期、保密期、试用期不计", run
    };

/// What a candidate has to reach to be believed.
const SURE: f64 = 4.5;

struct Candidate {
    term: Term,
    places: Vec<(&'static str, Range<usize>)>,
    range: Range<usize>,
    score: f64,
}

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let title = draft.fields.title.as_ref().map_or("", |title| title.value.as_str()).to_owned();
    let mut candidates: Vec<Candidate> = named(reading, &title).chain(headed(reading, &title)).collect();
    candidates.extend(columns::scheduled(reading));
    candidates.extend(changed::last_day(reading));
    candidates.extend(columns::columns(reading));
    candidates.extend(columns::column(reading));
    if candidates.iter().all(|candidate| candidate.score < SURE) {
        candidates.extend(unnamed(reading, &title));
    }
    let staged: Vec<bool> = candidates.iter().map(|one| is_stage(one, &candidates)).collect();
    let mut staged = staged.into_iter();
    candidates.retain(|_| !staged.next().unwrap_or(false));
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.range.start.cmp(&b.range.start)));
    let blank = blank_slot(reading);
    let best = candidates.first().filter(|best| best.score >= SURE);
    draft.fields.term = best.and_then(|best| value(reading, &candidates, best));
    if draft.fields.term.is_none() {
        draft.absent(reading, "term", blank);
    }
}

/// Stretches of days of which one begins where another ends are stages of the work, none the term.
fn is_stage(one: &Candidate, all: &[Candidate]) -> bool {
    let follows = |a: &Candidate, b: &Candidate| {
        let gap = a.term.end.zip(b.term.start).map(|(end, start)| stated::days(end, start));
        let alike = (a.score - b.score).abs() < 0.6;
        alike
            && a.term.start.is_some()
            && b.term.end.is_some()
            && gap.is_some_and(|days| (0..=3).contains(&days))
    };
    let dated = one.term.start.is_some() && one.term.end.is_some();
    dated && all.iter().any(|other| follows(one, other) || follows(other, one))
}

fn value(reading: &Reading<'_>, candidates: &[Candidate], best: &Candidate) -> Option<Value<Term>> {
    let near = |c: &&Candidate| c.score >= best.score - 2.0;
    let witnesses = candidates
        .iter()
        .filter(near)
        .map(|c| {
            Witness::new(c.term.clone(), c.range.clone(), (0.5 + c.score / 24.0).min(0.95), "term/sentence")
        })
        .collect();
    let mut value = resolve_by(reading, witnesses, agree)?;
    let mut places: Vec<&(&'static str, Range<usize>)> = best.places.iter().collect();
    let beside =
        |c: &&Candidate| c.range.start.abs_diff(best.range.start) <= BESIDE && (near(c) || c.score >= SURE);
    let completes = |c: &&Candidate| {
        beside(c)
            || c.score >= SURE && is_length(&best.term, &c.term)
            || c.range.start.abs_diff(best.range.start) <= BESIDE && is_length(&c.term, &best.term)
    };
    for other in candidates.iter().filter(completes) {
        places.extend(complete(&mut value.value, other));
    }
    value
        .evidence
        .extend(places.into_iter().map(|(part, range)| reading.span(range.clone()).supporting(part)));
    Some(value)
}

/// Does the other statement give nothing but the length of a term whose days are known, and the right one? Then it is of
/// this term, wherever it stands.
fn is_length(term: &Term, other: &Term) -> bool {
    let days = term.start.is_some() && term.end.is_some() && other.start.is_none() && other.end.is_none();
    let whole = Term { duration: other.duration, ..term.clone() };
    days && other.duration.is_some() && stated::fits(&whole)
}

/// Statements of a term within so many bytes belong together.
const BESIDE: usize = 400;

/// Takes from another statement what the term does not have yet; answers with where that stands. A duration that does
/// not fit the days is another's.
fn complete<'c>(
    term: &mut Term,
    other: &'c Candidate,
) -> impl Iterator<Item = &'c (&'static str, Range<usize>)> {
    let mut whole = term.clone();
    let mut taken: Vec<&str> = Vec::new();
    if agree(&whole, &other.term) {
        take(&mut whole.start, other.term.start, "start", &mut taken);
        take(&mut whole.end, other.term.end, "end", &mut taken);
        take(&mut whole.duration, other.term.duration, "duration", &mut taken);
    }
    if stated::fits(&whole) {
        *term = whole;
    } else {
        taken.clear();
    }
    other.places.iter().filter(move |(part, _)| taken.contains(part))
}

fn take<T>(own: &mut Option<T>, other: Option<T>, part: &'static str, taken: &mut Vec<&str>) {
    if own.is_none() && other.is_some() {
        *own = other;
        taken.push(part);
    }
}

/// Two terms agree when nothing that both state differs.
fn agree(a: &Term, b: &Term) -> bool {
    fn same<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
        a.is_none() || b.is_none() || a == b
    }
    same(a.start, b.start) && same(a.end, b.end) && same(a.duration, b.duration)
}

/// 自____年__月__日起至____年__月__日止.
fn blank_slot(reading: &Reading<'_>) -> Option<Range<usize>> {
    NAMES[..2].iter().flat_map(|(regex, _)| reading.find_all(regex)).find_map(|name| {
        // Wide blanks cut a line: 自　　年　　月　　日起.
        let sentence = reading.line(name.start());
        let text = reading.slice(name.end()..sentence.end.max(name.end()));
        let slot = date::slots(text).into_iter().next();
        let blank = slot.is_some_and(|s| text[..s.start].chars().count() < 24)
            || text.trim_start_matches([':', '为']).starts_with("__");
        blank.then_some(name.start()..sentence.end)
    })
}

#[cfg(test)]
mod tests;
