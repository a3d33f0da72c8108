//! Term (合同期限): not the warranty (质保期), the duty of secrecy (保密期) or the probation (试用期).

mod stated;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Extractor;
use super::draft::Draft;
use super::reading::{Part, Reading};
use super::resolve::{Witness, resolve_by};
use super::scan::{date, pattern};
use crate::model::Value;
use crate::model::fields::Term;
use stated::{dates, duration};

/// The term.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "term", about: "合同期限：起止日与期间；质保期、保密期、试用期不计", run
    };

/// Words that name the term, the surest first.
static NAMES: LazyLock<[(Regex, f64); 4]> = LazyLock::new(|| {
    [
        (
            pattern(
                r"(?:合同|协议|服务|租赁|合作|履行|委托|承包|聘用|聘任|聘请|顾问|借款|使用|经营|运营|管理|维护|运维|物业服务|物业管理|劳动合同|采购|供货|供应|实施|项目|咨询|监理|养护|保洁|托管|出租|承租|合同履行|合同有效|服务合同)(?:的)?期限|(?:服务|合作|租赁|合同|使用|经营|承包)年限|一签|租期|租赁期|服务期|合同期|合作期|聘期|承包期|委托期|合同有效期|协议有效期",
            ),
            9.0,
        ),
        (
            pattern(
                r"(?:合同|施工|计划|总)?工期|总日历天数|服务时间|租赁时间|履约期限|履约期|项目周期|开发周期|建设周期|(?:服务|合同|履行|运维)周期|项目工期|完成期限|(?:合同|协议)?有效期限?|起止(?:时间|日期|年月)|[\p{Han}]{2}期限(?:为|自|:|共|,自)?",
            ),
            7.0,
        ),
        // What the contract is about, and 期.
        (
            pattern(
                r"(?:养护|运维|维护|供餐|配餐|配送|供货|供应|展览|布展|监管|许可|授权使用|使用|聘用|聘任|借用|借款|经营|管理|实施|执行|托管|驻场|驻点|保洁|维保|代理|代建|运营|出租|承租|看护|监测|巡查|巡检|值守|演出|活动|项目|培训|课程|采购|咨询|监理|审计|评估|物业|绿化|清运|收运|保安|安保|护卫|陪护|照料|培养|合作共建|共建|资助|赞助|冠名|存放|保管|投放|刊播|发布|宣传)(?:服务)?(?:期间?|时段|周期)|为期",
            ),
            6.0,
        ),
        (
            pattern(
                r"本(?:合同|协议)(?:书)?(?:有效期)?(?:的)?(?:期限)?(?:自|为|从)|(?m)^(?:[\d.、()一二三四五六七八九十第条款_ ]{0,8})(?:[A-Za-z]{3,16} ?)?期限(?:[ /]*[A-Za-z][A-Za-z ]{0,16})?(?:[:为]|$)",
            ),
            4.5,
        ),
    ]
});
/// Words that make a duration something else.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"质保|保修|质量保证|保密|试用|缺陷责任|免租|装修期|建设期|分享期|竞业|保函|投标有效期|授权|付款|支付|结算|验收期|通知|响应|赔偿|逾期|宽限|异议|维修|使用寿命|设计寿命|诉讼时效|保存|公示|售后|免费|培训|延长|顺延|续|展期|保险|整改|抵押|担保|原合同|原协议|第三方|知悉之日|发票|交付|到货|交货|检测|履约保|缴|延误|迟延|拖延|整顿|提出|申请|答复|审批|审查|举证|上述|前述|该期限|规定期限|约定期限",
    )
});
/// Behind the name of the term, these speak about its end or course, not its length.
static COURSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:届满|未满|不足|不满|期满|满|内|前|后|终了|结束|到期|终止|之内|中|外|间|的\d|因|或|不受|变更|延|起始日|相应|顺延|费|、)",
    )
});
/// A supplement sets a new term.
static CHANGED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:变更|调整|修改|延长|顺延|更改)(?:为|至|到)"));
/// What a candidate has to reach to be believed.
const SURE: f64 = 4.5;

/// Stretches of time that are what a sentence tells of, not what it lays down.
static EVENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"曾|此前|已于|签订的|原|鉴于|期间发生|工资|社保|统计|报告期|会计|审计期间|所属期|考核期")
});
struct Candidate {
    term: Term,
    places: Vec<(&'static str, Range<usize>)>,
    range: Range<usize>,
    score: f64,
}

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let mut candidates: Vec<Candidate> = named(reading).chain(headed(reading)).collect();
    candidates.extend(scheduled(reading));
    if candidates.iter().all(|candidate| candidate.score < SURE) {
        candidates.extend(unnamed(reading));
    }
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.range.start.cmp(&b.range.start)));
    let blank = blank_slot(reading);
    let best = candidates.first().filter(|best| best.score >= SURE);
    draft.fields.term = best.and_then(|best| value(reading, &candidates, best));
    if draft.fields.term.is_none() {
        draft.absent(reading, "term", blank);
    }
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
fn named<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = Candidate> + 'r {
    NAMES.iter().flat_map(move |(regex, score)| {
        reading.find_all(regex).filter_map(move |name| {
            let sentence = reading.sentence(name.start());
            let before = tail(reading.slice(sentence.start..name.start()), 10);
            let behind = reading.slice(name.end()..sentence.end.max(name.end()));
            let changed = CHANGED.is_match(behind);
            if !changed && (OTHER.is_match(before) || COURSE.is_match(behind))
                || OTHER.is_match(name.as_str())
            {
                return None;
            }
            candidate(reading, behind_name(reading, name.end()..sentence.end), *score)
        })
    })
}

/// What stands behind the name of the term: in its sentence, or where that is a cell of its own, in the next cell.
fn behind_name(reading: &Reading<'_>, rest: Range<usize>) -> Range<usize> {
    let alone = reading.slice(rest.clone()).trim_matches([':', '_', ' ']).is_empty();
    let cell = alone && reading.slice(rest.end..reading.body.len().min(rest.end + 1)) == "\t";
    if cell { rest.end + 1..reading.sentence(rest.end + 1).end } else { rest }
}

/// 开工日期：…, 竣工日期：… on lines of their own.
fn scheduled(reading: &Reading<'_>) -> Option<Candidate> {
    let (start, end) = stated::schedule(reading)?;
    let range = start.range.start..start.range.end;
    let text = reading.written(start.range.start..end.range.end);
    let term = Term { start: Some(start.date), end: Some(end.date), duration: None, text };
    let places = vec![("start", start.range), ("end", end.range)];
    Some(Candidate { term, places, range, score: 7.0 })
}

/// A clause that states a first and a last day, and nothing else that they could be for, where no term is named.
fn unnamed<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = Candidate> + 'r {
    let rows = reading.rows.iter().filter(|row| row.part == Part::Clauses && row.table.is_none());
    rows.flat_map(move |row| sentences(reading, row.range())).filter_map(move |sentence| {
        let text = reading.slice(sentence.clone());
        let digits = text.bytes().filter(u8::is_ascii_digit).count() >= 10 || text.contains('〇');
        let plain = digits && !OTHER.is_match(text) && !EVENT.is_match(text);
        let found = plain.then(|| candidate(reading, sentence, SURE + 1.0)).flatten()?;
        let long = found.term.start.zip(found.term.end).is_some_and(|(a, b)| stated::days(a, b) >= 20);
        long.then_some(Candidate { score: SURE + 0.1, ..found })
    })
}

/// Terms in a clause that is headed by their name, where the sentence does not name them again.
fn headed<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = Candidate> + 'r {
    let clauses = reading.text.clauses.iter().filter_map(|clause| {
        let heading = clause.heading.as_deref()?;
        let (_, score) = NAMES.iter().find(|(regex, _)| regex.is_match(heading))?;
        let first = clause.shadow.start..clause.shadow.end.min(reading.body.len());
        (!OTHER.is_match(heading) || heading.contains("履行期限")).then_some((first, *score))
    });
    clauses.flat_map(move |(range, score)| {
        sentences(reading, range).into_iter().filter_map(move |sentence| {
            let lead = tail_of_lead(reading.slice(sentence.clone()));
            (!OTHER.is_match(lead)).then(|| candidate(reading, sentence, score - 2.0)).flatten()
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
fn candidate(reading: &Reading<'_>, range: Range<usize>, score: f64) -> Option<Candidate> {
    let text = reading.slice(range.clone());
    let mut places = Vec::new();
    let (start, end, dates_at) = dates(reading, &range, &mut places);
    let duration = duration(reading, &range, &mut places, dates_at);
    let first = places.iter().map(|(_, place)| place.start).min()?;
    let lead = reading.slice(range.start..first);
    if OTHER.is_match(lead) {
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
    let both = if start.is_some() && end.is_some() { 1.0 } else { 0.0 };
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
        let sentence = reading.sentence(name.start());
        let text = reading.slice(name.end()..sentence.end.max(name.end()));
        let slot = date::slots(text).into_iter().next();
        let blank = slot.is_some_and(|s| text[..s.start].chars().count() < 24)
            || text.trim_start_matches([':', '为']).starts_with("__");
        blank.then_some(name.start()..sentence.end)
    })
}

#[cfg(test)]
mod tests;
