//! Does the government side pay or receive (收支方向)? By what the parties are called, and by who pays whom in the
//! sentences on the price. Money other than the price (damages, deposits, taxes) does not count.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::Extractor;
use super::draft::Draft;
use super::phrase;
use super::reading::{Part, Reading};
use super::resolve::{Witness, resolve};
use super::scan::pattern;
use crate::model::fields::{Direction, Side};

/// The direction.
pub const EXTRACTOR: Extractor = Extractor {
    field: "direction",
    about: "收支方向：政府一方付款还是收款，按称谓和付款语句判断；违约金、保证金等不计",
    run,
};

static PAYS: LazyLock<Regex> = LazyLock::new(|| pattern(r"支付|付款|付清|缴纳|交纳|拨付|缴付|缴入|给付"));
/// Money that is not the price.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"违约|赔偿|补偿|保证金|押金|定金|罚款|滞纳金|利息|工资|社保|社会保险|税款|税费|诉讼|律师费|逾期|退还|返还|占用费|水电|第三方|第三人|电费|水费|保险费|诉讼费|农民工|差额|未付|拒绝|拒付|停止|暂停",
    )
});
static NOTHING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:本(?:合同|协议)|双方|合作)[^。;\n]{0,20}(?:不涉及|不发生|不产生)[^。;\n]{0,10}(?:费用|资金|经费|价款|款项|经济)[^。;\n]{0,6}|互不(?:支付|收取)[^。;\n]{0,4}费用|(?:甲方|乙方)?(?:无偿|免费)(?:提供给|交付|移交|划转|出借|借用)[^。;\n]{0,20}(?:使用|乙方|甲方)|双方互不(?:收费|计费)",
    )
});

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let sides: Vec<Side> = draft.fields.parties.iter().map(|party| party.side).collect();
    if !sides.is_empty() && sides.iter().all(|side| *side == Side::Government) {
        draft.not_applicable("direction");
        return;
    }
    let mut witnesses = by_roles(reading, draft);
    witnesses.extend(by_sentences(reading, draft));
    if witnesses.is_empty() {
        witnesses.extend(nothing(reading, draft));
    }
    if let Some((one, other)) = contradiction(&witnesses) {
        draft.conflicting(reading, "direction", vec![one, other]);
        return;
    }
    draft.fields.direction = resolve(reading, witnesses);
    if draft.fields.direction.is_none() {
        draft.absent(reading, "direction", None);
    }
}

/// Two sure witnesses that contradict each other.
fn contradiction(witnesses: &[Witness<Direction>]) -> Option<(Range<usize>, Range<usize>)> {
    let first = witnesses.first()?;
    let other = witnesses.iter().find(|other| other.value != first.value && other.confidence > 0.8)?;
    Some((first.range.clone(), other.range.clone()))
}

/// 采购人, 承租方: the word says who pays.
fn by_roles(reading: &Reading<'_>, draft: &Draft) -> Vec<Witness<Direction>> {
    let mut found = Vec::new();
    for party in draft.fields.parties.iter().filter(|party| party.side != Side::Unknown) {
        for word in party.roles() {
            let role = reading.lexicon.marks.role(word).and_then(|i| reading.lexicon.marks.roles.get(i));
            let (Some(pays), Some(at)) = (role.and_then(|role| role.pays), reading.body.find(word)) else {
                continue;
            };
            let range = at..at + word.len();
            found.push(Witness::new(direction(party.side, pays), range, 0.86, "direction/role"));
        }
    }
    found
}

fn direction(side: Side, pays: bool) -> Direction {
    if (side == Side::Government) == pays { Direction::Pays } else { Direction::Receives }
}

/// 甲方在验收合格后支付: counted over the clauses; a lone sentence among many of the other kind is outvoted.
fn by_sentences(reading: &Reading<'_>, draft: &Draft) -> Option<Witness<Direction>> {
    let mut votes: Vec<(Direction, Range<usize>)> = Vec::new();
    for verb in reading.find_all(&PAYS) {
        let sentence = reading.around_within(verb.start(), 60);
        let behind = phrase::head(reading.slice(verb.end()..reading.body.len()), 24);
        let behind = behind.split(['。', ';', '\n']).next().unwrap_or("");
        // 每次付款前 is no payment, but the time of one.
        let noun =
            behind.starts_with(['前', '后', '时', '条', '方', '期', '义', '申', '通', '节', '比', '的']);
        if noun || OTHER.is_match(reading.slice(sentence.clone())) || OTHER.is_match(behind) {
            continue;
        }
        let Some(role) = phrase::subject(reading, verb.start()) else { continue };
        let side = phrase::side(&draft.fields.parties, role);
        let apart = matches!(reading.part_at(verb.start()), Part::Signature | Part::Attachment);
        if side != Side::Unknown && !apart {
            votes.push((direction(side, true), sentence.start..verb.end()));
        }
    }
    let pays = votes.iter().filter(|(way, _)| *way == Direction::Pays).count();
    let receives = votes.len() - pays;
    let (way, most, least) = if pays >= receives {
        (Direction::Pays, pays, receives)
    } else {
        (Direction::Receives, receives, pays)
    };
    // One voice against three is noise; more is a contract in which both pay.
    let clear = most > 0 && least * 3 <= most;
    let range = votes.into_iter().find(|(vote, _)| *vote == way)?.1;
    let sure = if least == 0 && most > 1 { 0.84 } else { 0.72 };
    clear.then(|| Witness::new(way, range, sure, "direction/sentence"))
}

/// 本协议不涉及费用.
fn nothing(reading: &Reading<'_>, draft: &Draft) -> Option<Witness<Direction>> {
    let known = draft.fields.parties.iter().any(|party| party.side == Side::Government);
    let priced = draft.fields.amount.is_some();
    let found = NOTHING.find(reading.body).filter(|_| known && !priced)?;
    Some(Witness::new(Direction::None, found.range(), 0.75, "direction/nothing"))
}

#[cfg(test)]
mod tests {
    use super::super::Extractors;
    use super::*;
    use crate::dictionaries::Dictionaries;
    use crate::model::fields::AbsentReason;
    use crate::text::{Composer, from_lines};

    fn read(source: &str) -> (Option<Direction>, Option<AbsentReason>) {
        let dictionaries = Dictionaries::embedded();
        let text = from_lines(&Composer::new(&dictionaries).expect("valid"), source);
        let extracted = Extractors::new(&dictionaries).expect("valid").extract(&text);
        let absent = extracted.absent.iter().find(|absent| absent.field == "direction");
        (extracted.fields.direction.map(|way| way.value), absent.map(|absent| absent.reason))
    }

    const PARTIES: &str = "甲方：深圳市罗湖区教育局\n乙方：深圳市远航有限公司\n";

    #[test]
    fn the_government_pays_or_receives() {
        let pays = format!("采购合同\n{PARTIES}第一条 价款\n甲方应在验收合格后10日内向乙方支付合同款。");
        assert_eq!(read(&pays).0, Some(Direction::Pays));
        let receives = format!("场地合同\n{PARTIES}第一条 租金\n乙方应于每月5日前向甲方支付租金。");
        assert_eq!(read(&receives).0, Some(Direction::Receives));
        let lessee = "租赁合同\n出租方（甲方）：深圳市驰顺有限公司\n承租方（乙方）：深圳市罗湖区教育局\n第一条 标的\n房屋。";
        assert_eq!(read(lessee).0, Some(Direction::Pays));
    }

    #[test]
    fn damages_are_no_price() {
        let source = format!("合作协议\n{PARTIES}第一条 违约\n乙方逾期的，乙方应向甲方支付违约金。");
        assert_eq!(read(&source), (None, Some(AbsentReason::NotFound)));
    }

    #[test]
    fn between_others_nobody_is_the_government() {
        let source = "合同\n甲方：甲有限公司\n乙方：乙有限公司\n第一条 价款\n甲方向乙方支付100元。";
        assert_eq!(read(source), (None, Some(AbsentReason::NotFound)));
    }

    #[test]
    fn what_costs_nothing_has_no_direction() {
        let source = format!("合作协议\n{PARTIES}第一条 费用\n本协议不涉及任何费用。");
        assert_eq!(read(&source).0, Some(Direction::None));
    }
}
