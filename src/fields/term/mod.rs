//! Term (合同期限): not the warranty (质保期), the duty of secrecy (保密期) or the probation (试用期).

mod changed;
mod columns;
mod stated;
mod words;

use std::ops::Range;

use super::Extractor;
use super::clause;
use super::draft::Draft;
use super::reading::{Part, Reading, starts_clause};
use super::resolve::{Witness, resolve_by};
use super::scan::date;
use crate::model::Value;
use crate::model::fields::Term;
use stated::{dates, duration};
use words::{CHANGED, COMPLETED, COURSE, EVENT, NAMES, is_other};

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

/// What a name weighs that says nothing but 期.
const AT_LARGE: f64 = 5.5;

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
    for other in candidates.iter().filter(beside) {
        places.extend(complete(&mut value.value, other));
    }
    value
        .evidence
        .extend(places.into_iter().map(|(part, range)| reading.span(range.clone()).supporting(part)));
    Some(value)
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

/// Terms that are named in their own sentence.
fn named<'r>(reading: &'r Reading<'_>, title: &'r str) -> impl Iterator<Item = Candidate> + 'r {
    NAMES.iter().flat_map(move |(regex, score)| {
        reading.find_all(regex).filter_map(move |name| {
            let sentence = reading.sentence(name.start());
            let before = tail(reading.slice(sentence.start..name.start()), 10);
            let behind = reading.slice(name.end()..sentence.end.max(name.end()));
            let at_large = *score == AT_LARGE && !name.as_str().starts_with([',', ':']);
            if at_large && !words::begins(reading.slice(sentence.start..name.start())) {
                return None;
            }
            let changed = CHANGED.is_match(behind);
            if !changed && (is_other(before, title) || COURSE.is_match(behind))
                || is_other(name.as_str(), title)
            {
                return None;
            }
            // 顺延六个月: the verb is no part of what it lays down.
            let verb = CHANGED.find(behind).filter(|verb| !verb.as_str().ends_with(['为', '至', '到']));
            let verb = verb.map_or(0, |_| "顺延".len());
            candidate(reading, behind_name(reading, name.end() + verb..sentence.end), *score, title)
        })
    })
}

/// What stands behind the name of the term: in its sentence, or where that is a cell of its own, in the next cell.
fn behind_name(reading: &Reading<'_>, rest: Range<usize>) -> Range<usize> {
    let alone = reading.slice(rest.clone()).trim_matches([':', '_', ' ']).is_empty();
    let next = reading.slice(rest.end..reading.body.len().min(rest.end + 1));
    // 服务期限 on a line of its own, which is no clause: what stands below it.
    let label = || {
        let line = reading.slice(reading.line(rest.start));
        line.chars().count() <= 12 && !starts_clause(line)
    };
    let beside = alone && (next == "\t" || next == "\n" && label());
    if beside { rest.end + 1..reading.sentence(rest.end + 1).end } else { rest }
}

/// A clause that states a first and a last day, and nothing else that they could be for, where no term is named.
fn unnamed<'r>(reading: &'r Reading<'_>, title: &'r str) -> impl Iterator<Item = Candidate> + 'r {
    let rows = reading.rows.iter().filter(|row| row.part == Part::Clauses && row.table.is_none());
    rows.flat_map(move |row| sentences(reading, row.range())).filter_map(move |sentence| {
        let text = reading.slice(sentence.clone());
        let digits = text.bytes().filter(u8::is_ascii_digit).count() >= 10 || text.contains('〇');
        let due = COMPLETED.find(text).map(|due| due.start());
        let own = due.map_or(text, |due| &text[..due]);
        let plain = (digits || due.is_some()) && !is_other(own, title) && !EVENT.is_match(text);
        let found = plain.then(|| candidate(reading, sentence, SURE + 1.0, title)).flatten()?;
        let due = found.term.start.is_none() && due.is_some();
        let long = due || found.term.start.zip(found.term.end).is_some_and(|(a, b)| stated::days(a, b) >= 20);
        long.then_some(Candidate { score: SURE + 0.1, ..found })
    })
}

/// Terms in a clause that is headed by their name, where the sentence does not name them again.
fn headed<'r>(reading: &'r Reading<'_>, title: &'r str) -> impl Iterator<Item = Candidate> + 'r {
    let clauses = reading.text.clauses.iter().filter_map(|clause| {
        let heading = clause.heading.as_deref()?;
        let (_, score) = NAMES.iter().find(|(regex, _)| regex.is_match(heading))?;
        let first = clause.shadow.start..clause.shadow.end.min(reading.body.len());
        (!is_other(heading, title) || heading.contains("履行期限")).then_some((first, *score))
    });
    clauses.flat_map(move |(range, score)| {
        sentences(reading, range).into_iter().filter_map(move |sentence| {
            let text = reading.slice(clause::without_number(reading, sentence.clone()));
            let lead = tail_of_lead(text);
            // 2. 履行方式：… under 履行期限及方式.
            let label =
                text.split_once(':').map(|(label, _)| label).filter(|label| label.chars().count() <= 8);
            let apart = label.is_some_and(|label| !words::is_named(label));
            (!apart && !is_other(lead, title))
                .then(|| candidate(reading, sentence, score - 2.0, title))
                .flatten()
        })
    })
}

fn sentences(reading: &Reading<'_>, range: Range<usize>) -> Vec<Range<usize>> {
    let mut start = range.start;
    let mut found = Vec::new();
    for piece in reading.slice(range.clone()).split_inclusive(['。', ';', '\n']) {
        found.push(start..start + piece.len());
        start += piece.len();
    }
    found.truncate(12);
    found
}

/// What a sentence begins with tells what its dates are for.
fn tail_of_lead(sentence: &str) -> &str {
    sentence.char_indices().nth(24).map_or(sentence, |(i, _)| &sentence[..i])
}

fn tail(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count.saturating_sub(1)).map_or(text, |(i, _)| &text[i..])
}

/// Reads dates and duration out of a stretch; the score falls with their distance from its beginning.
fn candidate(reading: &Reading<'_>, range: Range<usize>, score: f64, title: &str) -> Option<Candidate> {
    let text = reading.slice(range.clone());
    let mut places = Vec::new();
    let (start, end, dates_at) = dates(reading, &range, &mut places);
    let duration = duration(reading, &range, &mut places, dates_at, title);
    let first = places.iter().map(|(_, place)| place.start).min()?;
    let lead = reading.slice(range.start..first);
    if is_other(lead, title) {
        return None;
    }
    let distance = lead.chars().count() as f64;
    let changed = lead.contains("变更为") || lead.contains("调整为");
    let part = match reading.part_at(range.start) {
        Part::Clauses | Part::Opening => 0.0,
        Part::Signature | Part::Attachment => 4.0,
    };
    let lead_in = before_in_line(reading, range.start);
    let former = ["原合同", "鉴于", "签订的《", "曾"].iter().any(|word| lead_in.contains(word));
    let recital = former && !changed;
    let last =
        places.iter().map(|(_, place)| place.end).filter(|end| *end <= range.end).max().unwrap_or(first);
    let whole = range.start + leading(text)..last;
    // Days say more of the term than its length, which other things have too.
    let both = match (start, end) {
        (Some(_), Some(_)) => 1.0,
        (None, None) => 0.0,
        _ => 0.6,
    };
    Some(Candidate {
        term: Term { start, end, duration, text: reading.written(wording(reading, whole.clone())) },
        places,
        range: wording(reading, whole),
        score: score - distance / 12.0 + both + if changed { 2.0 } else { 0.0 }
            - part
            - if recital { 9.0 } else { 0.0 },
    })
}

fn before_in_line<'r>(reading: &'r Reading<'_>, at: usize) -> &'r str {
    reading.slice(reading.line(at).start..at)
}

fn leading(text: &str) -> usize {
    text.len() - text.trim_start_matches([':', '为', ',']).len()
}

/// The wording runs on over 止 or 日历天 to the end of its phrase.
fn wording(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    let rest = reading.slice(range.end..reading.sentence(range.end.saturating_sub(1)).end.max(range.end));
    let extra: usize = rest.chars().take(2).take_while(|c| "止)日内".contains(*c)).map(char::len_utf8).sum();
    range.start..range.end + extra
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
