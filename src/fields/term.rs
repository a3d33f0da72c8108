//! Term (合同期限): not the warranty (质保期), the duty of secrecy (保密期) or the probation (试用期).

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::Extractor;
use super::draft::Draft;
use super::reading::{Part, Reading};
use super::resolve::{Witness, resolve_by};
use super::scan::date::{self, Day};
use super::scan::{pattern, period};
use crate::model::fields::Term;
use crate::model::{Period, Value};

/// The term.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "term", about: "合同期限：起止日与期间；质保期、保密期、试用期不计", run
    };

/// Words that name the term, the surest first.
static NAMES: LazyLock<[(Regex, f64); 3]> = LazyLock::new(|| {
    [
        (
            pattern(
                r"(?:合同|协议|服务|租赁|合作|履行|委托|承包|聘用|聘任|聘请|顾问|借款|使用|经营|运营|管理|维护|运维|物业服务|物业管理|劳动合同|采购|供货|供应|实施|项目|咨询|监理|养护|保洁|托管|出租|承租|合同履行|合同有效|服务合同)(?:的)?期限|租期|租赁期|服务期|合同期|合作期|聘期|承包期|委托期|合同有效期|协议有效期",
            ),
            9.0,
        ),
        (
            pattern(
                r"(?:合同|施工|计划|总)?工期|服务时间|租赁时间|履约期限|履约期|项目周期|开发周期|建设周期|项目工期|完成期限|(?:合同|协议)?有效期|[\p{Han}]{2}期限(?:为|自|:|共|,自)?",
            ),
            7.0,
        ),
        (
            pattern(
                r"本(?:合同|协议)(?:书)?(?:有效期)?(?:的)?(?:期限)?(?:自|为|从)|(?m)^(?:[\d.、()一二三四五六七八九十]{0,6})期限(?:[:为]|$)",
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
static RANGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:自|从|由|:|为|\(|^|,|即|期限|期)(?P<start>[\d〇零○一二三四五六七八九十年月日号./\-]{8,30})(?:[(\[][^()\[\]]{0,8}[)\]])?(?:起|开始|始)?(?:,)?(?:至|到|-|—|–|~|～|——|止于)(?P<end>[\d〇零○一二三四五六七八九十年月日号./\-]{8,30})(?:止|终止|结束)?",
    )
});
static END_ONLY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:至|到)(?P<end>[\d〇零○一二三四五六七八九十年月日号./\-]{8,30})(?:止|终止|届满|结束)")
});
static START_ONLY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:自|从)(?P<start>[\d〇零○一二三四五六七八九十年月日号./\-]{8,30})(?:起|开始)")
});
static FROM_TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:计划|拟定|约定)?(?:开工|开始|起始|进场|开始履行)(?:日期|时间|日):?(?:为)?(?P<start>[\d年月日\-./]{8,14})[^。]{0,24}?(?:计划|拟定|约定)?(?:竣工|完工|结束|终止|截止|届满)(?:日期|时间|日):?(?:为)?(?P<end>[\d年月日\-./]{8,14})",
    )
});

struct Candidate {
    term: Term,
    places: Vec<(&'static str, Range<usize>)>,
    range: Range<usize>,
    score: f64,
}

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let mut candidates: Vec<Candidate> = named(reading).chain(headed(reading)).collect();
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.range.start.cmp(&b.range.start)));
    let blank = blank_slot(reading);
    let best = candidates.first().filter(|best| best.score >= 4.5);
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
    value
        .evidence
        .extend(best.places.iter().map(|(part, range)| reading.span(range.clone()).supporting(part)));
    Some(value)
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
        regex.find_iter(reading.body).filter_map(move |name| {
            let sentence = reading.sentence(name.start());
            let before = tail(reading.slice(sentence.start..name.start()), 10);
            let behind = reading.slice(name.end()..sentence.end.max(name.end()));
            let changed = CHANGED.is_match(behind);
            if !changed && (OTHER.is_match(before) || COURSE.is_match(behind))
                || OTHER.is_match(name.as_str())
            {
                return None;
            }
            candidate(reading, name.end()..sentence.end, *score)
        })
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
    let recital = before_in_line(reading, range.start).contains("原合同") && !changed;
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
            - if recital { 4.0 } else { 0.0 },
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

type Dates = (Option<Date>, Option<Date>, Option<usize>);

fn dates(
    reading: &Reading<'_>,
    range: &Range<usize>,
    places: &mut Vec<(&'static str, Range<usize>)>,
) -> Dates {
    let text = reading.slice(range.clone());
    let mut take = |found: Option<regex::Match<'_>>, part: &'static str| {
        let found = found?;
        let day = date::scan(found.as_str()).into_iter().next()?;
        let at = range.start + found.start() + day.range.start;
        places.push((part, at..at + day.range.len()));
        Some(day.date)
    };
    if let Some(found) = RANGE.captures(text) {
        let start = take(found.name("start"), "start");
        let end = take(found.name("end"), "end");
        if start.is_some() || end.is_some() {
            return (start, end, found.get(0).map(|m| m.start()));
        }
    }
    if let Some((from, to)) = planned(reading, range) {
        places.push(("start", from.range));
        places.push(("end", to.range));
        return (Some(from.date), Some(to.date), None);
    }
    let end = END_ONLY.captures(text).and_then(|found| take(found.name("end"), "end"));
    let start = START_ONLY.captures(text).and_then(|found| take(found.name("start"), "start"));
    (start, end, None)
}

/// 计划开工日期为…，计划竣工日期为…: in the sentence or the rest of its paragraph.
fn planned(reading: &Reading<'_>, range: &Range<usize>) -> Option<(Day, Day)> {
    let line = range.start..reading.line(range.start).end.max(range.start);
    let found = FROM_TO.captures(reading.slice(line.clone()))?;
    let day = |name: &str| {
        let part = found.name(name)?;
        let day = date::scan(part.as_str()).into_iter().next()?;
        let at = line.start + part.start();
        Some(Day { range: at + day.range.start..at + day.range.end, date: day.date })
    };
    Some((day("start")?, day("end")?))
}

fn duration(
    reading: &Reading<'_>,
    range: &Range<usize>,
    places: &mut Vec<(&'static str, Range<usize>)>,
    dates_at: Option<usize>,
) -> Option<Period> {
    let text = reading.slice(range.clone());
    let found = period::scan(text).into_iter().find(|found| {
        let before = &text[..found.range.start];
        let behind = &text[found.range.end..];
        let counted = before.trim_start_matches([':', '为', ',']).starts_with(['自', '从'])
            && before.chars().count() <= 45;
        let close =
            before.chars().count() <= 20 || counted || dates_at.is_some() && before.chars().count() <= 60;
        let bound = ["前", "以前", "后"].iter().any(|word| behind.starts_with(word));
        close && !bound && !OTHER.is_match(before) && !behind.starts_with("内支付")
    })?;
    places.push(("duration", range.start + found.range.start..range.start + found.range.end));
    Some(found.period)
}

/// 自____年__月__日起至____年__月__日止.
fn blank_slot(reading: &Reading<'_>) -> Option<Range<usize>> {
    NAMES[..2].iter().flat_map(|(regex, _)| regex.find_iter(reading.body)).find_map(|name| {
        let sentence = reading.sentence(name.start());
        let text = reading.slice(name.end()..sentence.end.max(name.end()));
        let slot = date::slots(text).into_iter().next();
        let blank = slot.is_some_and(|s| text[..s.start].chars().count() < 24)
            || text.trim_start_matches([':', '为']).starts_with("__");
        blank.then_some(name.start()..sentence.end)
    })
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::with_reading;
    use super::*;

    fn term(source: &str) -> Option<(Option<String>, Option<String>, Option<String>)> {
        with_reading(source, |reading| {
            let mut draft = Draft::default();
            run(reading, &mut draft);
            let term = draft.fields.term?.value;
            Some((
                term.start.map(|d| d.to_string()),
                term.end.map(|d| d.to_string()),
                term.duration.map(|p| p.to_string()),
            ))
        })
    }

    #[test]
    fn terms_are_found() {
        let cases = [
            (
                "第六条 期限\n本合同的履行期限自2023年4月18日起至2024年12月31日止。质保期为八年。",
                (Some("2023-04-18"), Some("2024-12-31"), None),
            ),
            (
                "第五条 服务期限为三年，自2022年1月1日起至2024年12月31日止。",
                (Some("2022-01-01"), Some("2024-12-31"), Some("P3Y")),
            ),
            (
                "第八条 合作期限\n合作期限为两年，自本协议签订之日起计算。期满前六个月协商。",
                (None, None, Some("P2Y")),
            ),
            (
                "二、合同工期\n合同工期为120日历天。计划开工日期为2022年3月15日，计划竣工日期为2022年7月12日。",
                (Some("2022-03-15"), Some("2022-07-12"), Some("P120D")),
            ),
            ("二、履行期限\n履行期限为180个工作日。", (None, None, Some("P180WD"))),
            (
                "四、履行期限的变更\n原合同第五条约定的履行期限变更为：自2021年11月1日起至2022年9月30日止。",
                (Some("2021-11-01"), Some("2022-09-30"), None),
            ),
            (
                "三、服务期限\n（一）服务期限为一年，自____年____月____日起至____年____月____日止。",
                (None, None, Some("P1Y")),
            ),
            (
                "第一条 本合同为固定期限劳动合同，自2026年7月1日起至2029年6月30日止，共计3年。试用期为6个月，自2026年7月1日起至2026年12月31日止。",
                (Some("2026-07-01"), Some("2029-06-30"), Some("P3Y")),
            ),
            ("2. 合作期限：1年", (None, None, Some("P1Y"))),
        ];
        for (source, (start, end, duration)) in cases {
            let expected = (start.map(str::to_owned), end.map(str::to_owned), duration.map(str::to_owned));
            assert_eq!(term(source), Some(expected), "{source}");
        }
    }

    #[test]
    fn other_durations_are_no_term() {
        for source in [
            "第五条 质保\n质保期为36个月，自验收合格之日起计算。",
            "第六条 保密\n保密期限为本合同终止后三年。",
            "第五条 交货\n乙方应于合同签订后90日内交货。",
            "服务期限届满前六个月书面提出。",
            "试用期为三个月。",
            "第一条 租赁期限自____年__月__日起至____年__月__日止。",
        ] {
            assert_eq!(term(source), None, "{source}");
        }
    }
}
