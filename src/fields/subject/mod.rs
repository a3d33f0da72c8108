//! Subject (标的): what is bought, built, let or done. A labelled slot, the clause headed 标的 or 服务内容, or the
//! sentence in which one side engages the other; the name of the project or of the contract says it together with them.

mod engaged;
mod headed;
mod named;

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::Extractor;
use super::draft::Draft;
use super::reading::Reading;
use super::resolve::{Witness, resolve_by};
use super::scan::{blank, pattern};
use crate::model::{Confidence, Value};
use crate::text::script::is_hanzi;

/// The subject.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "subject", about: "标的：买什么、做什么、租什么；取标的条款或委托语句", run
    };

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let mut blank = None;
    let labelled = named::labelled(reading, &mut blank);
    let mut witnesses = headed::witnesses(reading);
    witnesses.extend(labelled.contents);
    let sentence = engaged::witness(reading);
    witnesses.extend(sentence.clone());
    if witnesses.is_empty() {
        witnesses.extend(listed(reading));
    }
    // Two wordings of one subject do not contradict each other.
    let content = resolve_by(reading, witnesses, |_, _| true).map(|mut value| {
        value.confidence = Confidence::new(value.confidence.get().min(SUREST));
        value
    });
    // 甲方委托乙方举办展览, and 布展、讲解 under 服务内容: the sentence says what the list is of.
    let said = sentence.filter(|s| {
        let beside =
            |content: &Value<String>| content.method != s.method && fits_beside(&s.value, &content.value);
        content.as_ref().is_some_and(beside)
    });
    let name = labelled.name.or(said).or_else(|| named::titled(reading, draft));
    draft.fields.subject = match (content, name) {
        (Some(content), name) => Some(with_name(content, name.map(|name| name.into_value(reading)))),
        // The name alone is a subject where the clauses speak of the same.
        (None, name) => {
            resolve_by(reading, name.into_iter().filter(|name| name.confidence > 0.0).collect(), |_, _| true)
        }
    };
    if draft.fields.subject.is_none() {
        draft.absent(reading, "subject", blank);
    }
}

/// The names of the goods in a price list, where nothing else says what is bought.
fn listed(reading: &Reading<'_>) -> Option<Witness<String>> {
    let goods = super::quantity::listed(reading);
    let range = goods.first()?.range.start..goods.last()?.range.end;
    let names: Vec<String> = goods.into_iter().filter_map(|goods| goods.value.item).take(LISTED).collect();
    let text = names.join("、");
    usable(&text).then(|| Witness::new(text, range, 0.7, "subject/goods"))
}

/// So many names of goods are taken along.
const LISTED: usize = 10;
/// No wording of a subject is surer: two people would word it differently.
const SUREST: f64 = 0.88;
/// How long a subject may be, in characters.
const LONGEST: usize = 240;
/// The longest wording that is itself a name of the subject; of longer ones the name says it shorter.
const SHORT: usize = 45;
/// The longest wording of name and content together.
const TOGETHER: usize = 60;

/// What a clause on liability, costs or effect speaks of is no subject.
const NO_SUBJECT: [&str; 8] =
    ["生效", "律师费", "诉讼费", "赔付", "违约", "败诉", "保全费", "负责处理并承担"];

fn usable(text: &str) -> bool {
    let length = text.chars().count();
    (4..=LONGEST).contains(&length)
        && text.chars().any(is_hanzi)
        && !blank::has_placeholder(text)
        && !text.contains("此处空白")
        && !text.contains(['│', '|', '┃'])
        && !NO_SUBJECT.iter().any(|word| text.contains(word))
        && !["人民币", "¥", "￥"].iter().any(|money| text.starts_with(money))
}

/// The phrases of a sentence that say what is done, without what it is done for and what is said further on.
fn core(reading: &Reading<'_>, sentence: Range<usize>) -> Range<usize> {
    static PURPOSE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[\p{Han}]{2,6}(?:同意)?接受[\p{Han}]{2,6}委托|^(?:为了|为(?:进一步|确保|保障|保证|加强|做好|提高|提升|满足|更好|切实|落实|贯彻|推动|促进|规范|明确|解决|丰富|深入|充分|使|有效|完善)|根据|按照|依据|依照|鉴于|因|由于|遵照|本着|经|双方|甲乙双方)",
        )
    });
    // 保洁服务；服务面积：3,200平方米: another slot begins behind the semicolon.
    static SLOT: LazyLock<Regex> = LazyLock::new(|| pattern(r";[\p{Han}]{2,8}:"));
    let slot = SLOT.find(reading.slice(sentence.clone())).map(|slot| sentence.start + slot.start());
    let sentence = sentence.start..slot.unwrap_or(sentence.end);
    let (mut start, mut end) = (sentence.start, sentence.start);
    let mut at = sentence.start;
    for phrase in reading.slice(sentence.clone()).split_inclusive(',') {
        at += phrase.len();
        let so_far = reading.slice(start..at).chars().count();
        if end == start && at < sentence.end && PURPOSE.is_match(phrase) {
            (start, end) = (at, at);
        } else if so_far <= SHORT || end == start {
            end = at;
        } else {
            break;
        }
    }
    let whole = start..unclosed(reading.slice(start..end)).map_or(end, |bracket| start + bracket);
    reading.trim(whole, &[',', ':', '。', ';', '➢', '●', '•', '■', '◆', '*'])
}

/// Where a bracket opens that nothing closes.
fn unclosed(text: &str) -> Option<usize> {
    let last = text.rfind('(').filter(|open| *open > 0)?;
    (!text[last..].contains(')')).then_some(last)
}

/// A wording that does not say what the project is named (打包、装卸、运输 under 服务内容) says it together with the name; a long
/// one stands beside the name as a witness.
fn with_name(value: Value<String>, name: Option<Value<String>>) -> Value<String> {
    let Some(mut name) = name else { return value };
    let length = value.value.chars().count();
    let together = name.value.chars().count() + length;
    match shares(&name.value, &value.value) {
        true if length <= TOGETHER => value,
        false if together < TOGETHER => {
            name.value = format!("{}：{}", name.value, value.value);
            name.raw = None;
            name.confidence = value.confidence;
            name.method = value.method;
            name.evidence.extend(value.evidence);
            name.witnesses = value.witnesses;
            name
        }
        _ => {
            name.confidence = Confidence::new(0.75);
            name.witnesses = vec![value];
            name
        }
    }
}

/// Do name and content go together into one wording?
fn fits_beside(name: &str, content: &str) -> bool {
    !shares(name, content) && name.chars().count() + content.chars().count() < TOGETHER
}

/// Do most characters of the name stand in the text?
fn shares(name: &str, text: &str) -> bool {
    let (all, there) = name
        .chars()
        .filter(|c| is_hanzi(*c))
        .fold((0, 0), |(all, there), c| (all + 1, there + usize::from(text.contains(c))));
    there * 3 >= all * 2
}

#[cfg(test)]
mod tests;
