//! Type of the contract (合同类型) and the cases of 《办法》第五条第二款 that it falls under.
//!
//! Words of the dictionary vote: those of the title most, then what the parties are called, then the body. A
//! type is said only when it leads; the cues that decided are its evidence.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Match, Regex};

use super::Extractor;
use super::draft::Draft;
use super::explain::{Considered, Verdict};
use super::lexicon::Place;
use super::phrase;
use super::reading::Reading;
use super::scan::pattern;
use crate::model::Value;
use crate::model::fields::{Absent, AbsentReason, ContractType, Party, Side};

mod article5;

/// The type.
pub const EXTRACTOR: Extractor = Extractor {
    field: "contract_type",
    about: "合同类型：名称、称谓、正文用词共同判断；并列《办法》第五条第二款的情形",
    run,
};

/// One type with what speaks for it.
#[derive(Debug, Clone, Default)]
struct Tally {
    title: f64,
    roles: f64,
    body: f64,
    cues: Vec<Range<usize>>,
}

impl Tally {
    fn score(&self, body_most: f64) -> f64 {
        self.title + self.roles + self.body.min(body_most)
    }
}

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let types = &reading.lexicon.types;
    let mut tallies = vec![Tally::default(); types.types.len()];
    let title = title(reading, draft);
    count_title(reading, title.clone(), &mut tallies);
    count_stated(reading, &mut tallies);
    count_project(reading, &mut tallies);
    count_engagement(reading, &mut tallies);
    count_roles(reading, draft, &mut tallies);
    count_body(reading, &mut tallies);
    let scores: Vec<f64> = tallies.iter().map(|tally| tally.score(types.weights.body_most)).collect();
    let mut order: Vec<usize> = (0..tallies.len()).filter(|i| scores[*i] > 0.0).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
    note(reading, &tallies, &scores, &order);
    let first = order.first().copied().filter(|first| scores[*first] >= types.weights.least);
    let second = order.get(1).map_or(0.0, |second| scores[*second]);
    draft.fields.contract_type = match first {
        Some(first) if scores[first] - second >= types.weights.margin => {
            let rivals: Vec<usize> = order.iter().copied().filter(|i| *i != first).take(1).collect();
            Some(conclude(reading, &tallies, &scores, first, &rivals))
        }
        Some(_) => {
            torn(reading, draft, &tallies, &order);
            return;
        }
        None => None,
    };
    match draft.fields.contract_type.is_some() {
        true => article5::add(reading, draft, title),
        false => draft.absent(reading, "contract_type", None),
    }
}

/// Where the title stands, as far as the text has it.
fn title(reading: &Reading<'_>, draft: &Draft) -> Range<usize> {
    let span = draft.fields.title.as_ref().and_then(|title| title.evidence.first());
    span.and_then(|span| phrase::range_of(reading, span)).unwrap_or(0..0)
}

fn count_title(reading: &Reading<'_>, title: Range<usize>, tallies: &mut [Tally]) {
    let types = &reading.lexicon.types;
    let written: String = reading.slice(title.clone()).to_owned();
    // Lines of one title are parted by a line end; a word may run over it.
    let (joined, origin) = without_line_ends(&written);
    let cues: Vec<_> = types.in_title(&joined).collect();
    let last = cues.last().map(|cue| cue.range.clone());
    for cue in &cues {
        let at = |i: usize| title.start + origin.get(i).copied().unwrap_or(written.len());
        let range = at(cue.range.start)..at(cue.range.end.saturating_sub(1)) + 1;
        for (index, place) in cue.of {
            let Some(tally) = tallies.get_mut(*index) else { continue };
            let base = if *place == Place::Title { types.weights.title } else { types.weights.title_weak };
            let bonus = if last.as_ref() == Some(&cue.range) { types.weights.last } else { 0.0 };
            tally.title = tally.title.max(base) + bonus;
            tally.cues.push(range.clone());
        }
    }
}

fn without_line_ends(text: &str) -> (String, Vec<usize>) {
    let mut joined = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices().filter(|(_, c)| !matches!(c, '\n' | '\t')) {
        joined.push(c);
        origin.extend((0..c.len_utf8()).map(|i| at + i));
    }
    origin.push(text.len());
    (joined, origin)
}

/// 合同类型：服务类: a printed line says it as loud as a title.
fn count_stated(reading: &Reading<'_>, tallies: &mut [Tally]) {
    static STATED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:^|[\n\t ])合同(?:类型|类别|性质|种类)[:\t](?P<kind>[^\n\t,。;□☑☐■√()]{2,16}?)(?:\n|\t| |$|采购人|甲方)",
        )
    });
    let weights = reading.lexicon.types.weights;
    let Some(stated) = STATED.captures(reading.body).and_then(|found| found.name("kind")) else { return };
    for cue in reading.lexicon.types.in_title(stated.as_str()) {
        for (index, _) in cue.of.iter().filter(|(_, place)| *place == Place::Title) {
            let Some(tally) = tallies.get_mut(*index) else { continue };
            tally.title = tally.title.max(weights.title);
            tally.cues.push(stated.start() + cue.range.start..stated.start() + cue.range.end);
        }
    }
}

/// Where the title names no type (合同), the name of the project may: it counts as a weak word of the title.
fn count_project(reading: &Reading<'_>, tallies: &mut [Tally]) {
    static PROJECT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?m)^(?:[一二三四五六七八九十\d]{1,2}[、.])?(?:(?:采购)?(?:项目|工程|标的)名称|(?:采购|印制|印刷|制作|维修|委托|服务|租赁|工程|项目|培训|采购)(?:内容|事项|标的))[:\t](?P<name>[^\n\t]{4,60})",
        )
    });
    let weights = reading.lexicon.types.weights;
    let project = PROJECT.captures(reading.body).and_then(|found| found.name("name"));
    let Some(project) = project.filter(|_| tallies.iter().all(|tally| tally.title < weights.title)) else {
        return;
    };
    for cue in reading.lexicon.types.in_title(project.as_str()) {
        for (index, _) in cue.of.iter().filter(|(_, place)| *place == Place::Title) {
            let Some(tally) = tallies.get_mut(*index) else { continue };
            tally.title = tally.title.max(weights.title_weak);
            tally.cues.push(project.start() + cue.range.start..project.start() + cue.range.end);
        }
    }
}

/// Where neither title nor project says anything, what one side engages the other for may: 委托乙方提供保洁服务. The first
/// such words among the clauses count as a weak word of the title.
fn count_engagement(reading: &Reading<'_>, tallies: &mut [Tally]) {
    static ENGAGES: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:委托|聘请|交由|向|为|将|就|提供|承担|承接|负责)[^。;\n]{2,60}"));
    let weights = reading.lexicon.types.weights;
    if tallies.iter().any(|tally| tally.title > 0.0) {
        return;
    }
    let stated = |found: &Match<'_>| {
        let cues = reading.lexicon.types.in_title(found.as_str());
        cues.flat_map(|cue| cue.of).any(|(_, place)| *place == Place::Title)
    };
    let mut sentences = reading.find_all(&ENGAGES).take(12);
    let Some(found) = sentences.find(stated) else { return };
    for cue in reading.lexicon.types.in_title(found.as_str()) {
        for (index, _) in cue.of.iter().filter(|(_, place)| *place == Place::Title) {
            let Some(tally) = tallies.get_mut(*index) else { continue };
            tally.title = weights.title_weak;
            tally.cues.push(found.start() + cue.range.start..found.start() + cue.range.end);
        }
    }
}

/// What the parties are called, once for each type.
fn count_roles(reading: &Reading<'_>, draft: &Draft, tallies: &mut [Tally]) {
    let types = &reading.lexicon.types;
    for (kind, tally) in types.types.iter().zip(tallies) {
        let called = draft.fields.parties.iter().flat_map(Party::roles);
        if let Some(word) = called.into_iter().find(|word| kind.roles.iter().any(|role| role == word)) {
            tally.roles = types.weights.roles;
            tally.cues.extend(reading.body.find(word).map(|at| at..at + word.len()));
        }
    }
}

/// Words of the body, each once.
fn count_body(reading: &Reading<'_>, tallies: &mut [Tally]) {
    let types = &reading.lexicon.types;
    let mut seen: Vec<&str> = Vec::new();
    for cue in types.in_body(reading.body) {
        let word = reading.slice(cue.range.clone());
        if seen.contains(&word) {
            continue;
        }
        seen.push(word);
        for (index, _) in cue.of {
            let Some(tally) = tallies.get_mut(*index) else { continue };
            tally.body += types.weights.body;
            tally.cues.push(cue.range.clone());
        }
    }
}

/// How many cues are shown as evidence.
const SHOWN: usize = 5;

fn conclude(
    reading: &Reading<'_>,
    tallies: &[Tally],
    scores: &[f64],
    first: usize,
    rivals: &[usize],
) -> ContractType {
    let kind = &reading.lexicon.types.types[first];
    let tally = &tallies[first];
    let lead = scores[first] - rivals.first().map_or(0.0, |rival| scores[*rival]);
    let named = if tally.title >= reading.lexicon.types.weights.title { 0.82 } else { 0.62 };
    let method = if tally.title > 0.0 { "contract-type/title" } else { "contract-type/body" };
    let evidence = tally.cues.iter().take(SHOWN).map(|cue| reading.span(cue.clone()).supporting("cue"));
    let confidence = (named + lead / 60.0).min(0.95);
    let mut code = Value::new(kind.code.clone(), confidence, method, evidence.collect());
    code.witnesses = rivals
        .iter()
        .filter(|rival| scores[**rival] >= reading.lexicon.types.weights.least)
        .map(|rival| {
            let cues = tallies[*rival].cues.iter().take(SHOWN).map(|cue| reading.span(cue.clone()));
            let other = reading.lexicon.types.types[*rival].code.clone();
            Value::new(other, (1.0 - confidence).max(0.05), "contract-type/rival", cues.collect())
        })
        .collect();
    ContractType { code, label: kind.label.clone(), article5: Vec::new() }
}

/// Two types speak equally loud.
fn torn(reading: &Reading<'_>, draft: &mut Draft, tallies: &[Tally], order: &[usize]) {
    let cues = order.iter().take(2).filter_map(|index| tallies[*index].cues.first());
    let evidence = cues.map(|cue| reading.span(cue.clone())).collect();
    draft.absent.push(Absent {
        field: "contract_type".to_owned(),
        reason: AbsentReason::Conflicting,
        evidence,
    });
}

fn note(reading: &Reading<'_>, tallies: &[Tally], scores: &[f64], order: &[usize]) {
    for (place, index) in order.iter().enumerate() {
        let Some(cue) = tallies[*index].cues.first() else { continue };
        reading.journal.note(|| Considered {
            span: reading.span(cue.clone()),
            score: scores[*index],
            source: format!("contract_types.toml [[type]] {}", reading.lexicon.types.types[*index].code),
            verdict: if place == 0 { Verdict::Won } else { Verdict::Differs },
            why: format!(
                "{}：名称 {} 分，称谓 {} 分，正文 {} 分",
                reading.lexicon.types.types[*index].label,
                tallies[*index].title,
                tallies[*index].roles,
                tallies[*index].body
            ),
        });
    }
}

/// Is some party the government's, and some not?
fn is_government_contract(draft: &Draft) -> bool {
    let sides: Vec<Side> = draft.fields.parties.iter().map(|party| party.side).collect();
    sides.contains(&Side::Government) && sides.iter().any(|side| *side != Side::Government)
}

#[cfg(test)]
mod tests;
