//! Stretches that may lay down the term: named in their sentence, under its heading, or unnamed between two days.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Match, Regex};

use super::super::clause;
use super::super::phrase;
use super::super::reading::{Part, Reading, starts_clause};
use super::super::scan::{pattern, period};
use super::length::duration;
use super::stated::{self, dates};
use super::words::{
    self, AT_LARGE, CHANGED, COMPLETED, COURSE, EVENT, NAMES, PART_OF_WORK, WITHIN, is_other,
};
use super::{Candidate, SURE};
use crate::model::fields::Term;

/// Terms that are named in their own sentence.
pub(super) fn named<'r>(reading: &'r Reading<'_>, title: &'r str) -> impl Iterator<Item = Candidate> + 'r {
    NAMES.iter().flat_map(move |(regex, score)| {
        reading.find_all(regex).filter_map(move |name| {
            let sentence = reading.sentence(name.start());
            let before = phrase::tail(reading.slice(sentence.start..name.start()), 10);
            let behind = reading.slice(name.end()..sentence.end.max(name.end()));
            let at_large = *score == AT_LARGE && !name.as_str().starts_with([',', ':']);
            if at_large && !words::begins(reading.slice(sentence.start..name.start())) {
                return None;
            }
            let changed = CHANGED.is_match(behind);
            // 投标有效期: the word that makes it another's may run into the name.
            let named = reading.slice(name.start() - before.len()..name.end());
            if !changed && (is_other(before, title) || is_other(named, title) || COURSE.is_match(behind))
                || is_other(name.as_str(), title)
            {
                return None;
            }
            // 顺延六个月: the verb is no part of what it lays down.
            let verb = CHANGED.find(behind).filter(|verb| !verb.as_str().ends_with(['为', '至', '到']));
            let verb = verb.map_or(0, |_| "顺延".len());
            let found =
                candidate(reading, behind_name(reading, name.end() + verb..sentence.end), *score, title)?;
            // 签约时间：…, 会议时间：…: a day alone is no term.
            let dated = found.term.start.is_some() && found.term.end.is_some();
            let of_any_time = at_large && name.as_str().contains(['间', '日']);
            (!of_any_time || dated)
                .then(|| with_beginning(reading, found, sentence.start..name.start(), title))
        })
    })
}

/// 自2024年3月1日起执行，期限为一年: the first day stands before the name.
fn with_beginning(reading: &Reading<'_>, found: Candidate, before: Range<usize>, title: &str) -> Candidate {
    let text = reading.slice(before.clone());
    if found.term.start.is_some() || found.term.end.is_some() || is_other(text, title) || EVENT.is_match(text)
    {
        return found;
    }
    let Some(day) = stated::beginning(text) else { return found };
    let mut places = found.places;
    places.push(("start", before.start + day.range.start..before.start + day.range.end));
    let term = Term { start: Some(day.date), ..found.term };
    Candidate { term, places, score: found.score + 0.6, ..found }
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
    if !beside {
        return rest;
    }
    let cell = rest.end + 1..reading.sentence(rest.end + 1).end;
    // 工期：    500       天: wide blanks part the figure from its unit.
    let figure = reading.slice(cell.clone()).chars().all(|c| c.is_ascii_digit() || "_ ".contains(c));
    let unit = cell.end + 1..reading.sentence((cell.end + 1).min(reading.body.len())).end;
    let counted = figure && reading.slice(unit.clone()).starts_with(['天', '日', '个', '年', '月', '周']);
    if counted { cell.start..unit.end } else { cell }
}

/// A clause that states a first and a last day, and nothing else that they could be for, where no term is named.
pub(super) fn unnamed<'r>(reading: &'r Reading<'_>, title: &'r str) -> impl Iterator<Item = Candidate> + 'r {
    let rows = reading.rows.iter().filter(|row| row.part == Part::Clauses && row.table.is_none());
    rows.flat_map(move |row| sentences(reading, row.range())).filter_map(move |sentence| {
        let text = reading.slice(sentence.clone());
        let digits = text.bytes().filter(u8::is_ascii_digit).count() >= 10 || text.contains('〇');
        let due = COMPLETED.find(text).or_else(|| within(text)).map(|due| due.start());
        let own = due.map_or(text, |due| &text[..due]);
        let plain = (digits || due.is_some()) && !is_other(own, title) && !EVENT.is_match(text);
        let found = plain.then(|| candidate(reading, sentence, SURE + 1.0, title)).flatten()?;
        let due = found.term.start.is_none() && due.is_some();
        let long = due || found.term.start.zip(found.term.end).is_some_and(|(a, b)| stated::days(a, b) >= 20);
        long.then_some(Candidate { score: SURE + 0.1, ..found })
    })
}

/// The whole work within a length of time that is not a matter of days.
fn within(text: &str) -> Option<Match<'_>> {
    let work = WITHIN.find(text).filter(|_| !PART_OF_WORK.is_match(text))?;
    let length = period::scan(work.as_str()).into_iter().next()?.period;
    let days = length.years * 365 + length.months * 30 + length.days + length.working_days;
    (days >= 10).then_some(work)
}

/// Terms in a clause that is headed by their name, where the sentence does not name them again.
pub(super) fn headed<'r>(reading: &'r Reading<'_>, title: &'r str) -> impl Iterator<Item = Candidate> + 'r {
    let clauses = reading.text.clauses.iter().filter_map(|clause| {
        let heading = clause.heading.as_deref()?;
        let (name, score) = NAMES.iter().find_map(|(regex, score)| Some((regex.find(heading)?, score)))?;
        // 第三条 监理期 says no more than the name; 进度与工期要求 less.
        let plain = name.end() == heading.len() && heading[..name.start()].chars().count() <= NUMBER;
        let score = score + if plain { 1.0 } else { 0.0 };
        let first = clause.shadow.start..clause.shadow.end.min(reading.body.len());
        (!is_other(heading, title) || heading.contains("履行期限")).then_some((first, score))
    });
    clauses.flat_map(move |(range, score)| {
        sentences(reading, range).into_iter().filter_map(move |sentence| {
            let text = reading.slice(clause::without_number(reading, sentence.clone()));
            let lead = first_phrase(before_work(tail_of_lead(text)));
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

/// The number of a clause is no longer, in characters.
const NUMBER: usize = 5;

/// What a sentence begins with tells what its dates are for.
fn tail_of_lead(sentence: &str) -> &str {
    sentence.char_indices().nth(24).map_or(sentence, |(i, _)| &sentence[..i])
}

/// 8个月(自开工之日起计),工期延长的相应顺延: where the first phrase gives the length, the others say nothing against it.
fn first_phrase(lead: &str) -> &str {
    let first = lead.split([',', '(']).next().unwrap_or(lead);
    let counts =
        first.starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十半壹贰叁两".contains(c));
    if counts && !period::scan(first).is_empty() { first } else { lead }
}

/// 90日内完成测评并出具报告: what is done within the term says nothing against it.
fn before_work(lead: &str) -> &str {
    static WORK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"[日天月年周](?:之?内|,)+(?:乙方|受托方|供方|承包人|中标人)?(?:应当?|须|需)?(?:按要求)?(?:全部|一次性)?(?:完成|提交|出具|实施完毕|竣工|安装调试)",
        )
    });
    WORK.find(lead).and_then(|work| lead.get(..work.start())).unwrap_or(lead)
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
    let distance = distance(lead);
    let changed = lead.contains("变更为") || lead.contains("调整为");
    let part = match reading.part_at(range.start) {
        Part::Clauses | Part::Opening => 0.0,
        Part::Signature | Part::Attachment => 4.0,
    };
    let lead_in = before_in_line(reading, range.start);
    let former = ["原合同", "鉴于", "签订的《", "曾"].iter().any(|word| lead_in.contains(word));
    let longer = ["延长", "顺延", "续展", "续签"].iter().any(|verb| lead_in.ends_with(verb));
    let recital = former && !changed && !longer;
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

/// How far from its name a term stands, in characters. A Chinese one says as much as three letters, and the event from
/// which a term is counted belongs to it.
fn distance(lead: &str) -> f64 {
    // 本合同自签订之日起一年内有效: the name took the word before the event.
    static EVENT_FIRST: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[^,。;\d]{2,20}?(?:之日|当日|次日)起,?"));
    let lead = EVENT_FIRST.replace(lead, "");
    let lead = words::without_event(&lead);
    let letters = lead.chars().filter(char::is_ascii).count();
    let shared = if letters > 30 { 3.0 } else { 1.0 };
    (lead.chars().count() - letters) as f64 + letters as f64 / shared
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
