//! Security (担保): deposits, letters of guarantee, suretyship, mortgage, pledge, earnest money, retention; and who gives it.
//! A sentence that gives none (不提供任何形式的担保), or only forbids pledging the thing, is none.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::Extractor;
use super::draft::Draft;
use super::phrase;
use super::presence::{label, missing, there};
use super::reading::{Part, Reading};
use super::scan::pattern;
use crate::model::fields::{Guarantee, Security, SecurityKind};

/// The security.
pub const EXTRACTOR: Extractor = Extractor {
    field: "guarantee",
    about: "担保：保证金、保函、保证、抵押、质押、定金、质保金，及由谁提供",
    run,
};

/// Words of each kind, the longer before the shorter.
static KINDS: LazyLock<[(Regex, SecurityKind); 8]> = LazyLock::new(|| {
    use SecurityKind::*;
    [
        (pattern(r"保函"), BankGuarantee),
        (pattern(r"质量保证金|质保金|质量保修金|质量保留金|保修金"), Retention),
        (pattern(r"(?:履约|租赁|诚信|合同|服务|安全)?保证金|押金|(?:履约|租赁)担保金"), Deposit),
        (pattern(r"定金"), Earnest),
        (
            pattern(
                r"连带(?:责任)?保证|连带保证责任|保证担保|承担保证责任|(?:为|作为)[^,。;]{0,16}保证人|担任保证人",
            ),
            Suretyship,
        ),
        (pattern(r"抵押"), Mortgage),
        (pattern(r"质押|出质"), Pledge),
        (pattern(r"履约担保|支付担保|预付款担保|提供[^,。;]{0,10}担保"), Unspecified),
    ]
});
/// Giving it, keeping it, giving it back.
static GIVES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"交纳|缴纳|交付|提交|提供|支付|出具|开具|收取|预留|扣留|留存|留取|作为|转为|缴交|承担|担任|设定|办理|退还|返还|退回|没收|扣除|抵扣|补足|缴存|交|付|为|金额|\d%|百分之|[1-9]元|\d0元|\.\d\d?元|[万仟佰拾]元|[壹贰叁肆伍陆柒捌玖][万仟佰]",
    )
});
static NONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:不|无需|无须|免于?|未|没有|不得|不再|禁止|严禁)[^,。;]{0,14}(?:保证金|押金|担保|保函|抵押|质押|定金|保证责任|保证人)|投标保证金|工资保证金|(?:未|没有|不存在)[^,。;]{0,6}(?:抵押|质押|查封)|保证金[:：]?(?:无|/|不收取|不适用)|担保法|保证担保法",
    )
});

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let found = securities(reading, draft);
    let Some((first, _)) = found.first().cloned() else {
        draft.fields.guarantee =
            missing(reading, draft, "guarantee").map(|clause| Guarantee { clause, securities: Vec::new() });
        return;
    };
    let at = label(reading, first.start);
    let clause = there(reading, "guarantee", first, at, 0.88, "sentence");
    let mut securities: Vec<Security> = Vec::new();
    for (_, security) in found {
        match securities.iter_mut().find(|known| known.kind == security.kind) {
            Some(known) => known.by = known.by.take().or(security.by),
            None => securities.push(security),
        }
    }
    // 履约担保 is the general word for what is then named.
    if securities.len() > 1 {
        let general =
            securities.iter().find(|s| s.kind == SecurityKind::Unspecified).and_then(|s| s.by.clone());
        securities.retain(|security| security.kind != SecurityKind::Unspecified);
        for security in &mut securities {
            security.by = security.by.take().or(general.clone());
        }
    }
    draft.fields.guarantee = Some(Guarantee { clause, securities });
}

/// Each security with its sentence, in the order of the text.
fn securities(reading: &Reading<'_>, draft: &Draft) -> Vec<(Range<usize>, Security)> {
    let mut found: Vec<(usize, Range<usize>, Security)> = Vec::new();
    for (words, kind) in KINDS.iter() {
        for word in reading.find_all(words) {
            let security = security(reading, draft, word.range(), *kind);
            found.extend(security.map(|(sentence, security)| (word.start(), sentence, security)));
        }
    }
    found.sort_by_key(|(at, _, _)| *at);
    found.into_iter().map(|(_, sentence, security)| (sentence, security)).collect()
}

fn security(
    reading: &Reading<'_>,
    draft: &Draft,
    word: Range<usize>,
    kind: SecurityKind,
) -> Option<(Range<usize>, Security)> {
    let sentence = reading.sentence(word.start);
    let text = reading.slice(sentence.clone());
    let apart = matches!(reading.part_at(word.start), Part::Signature | Part::Attachment);
    let written = reading.slice(word.clone());
    // 质量保证金 is retention, not a deposit; 履约保函 is no 保证金.
    let inside = kind == SecurityKind::Deposit && reading.slice(0..word.start).ends_with("质量");
    let insured = written == "定金" && text.contains("定金罚则");
    if apart || inside || insured || NONE.is_match(text) || !GIVES.is_match(text) {
        return None;
    }
    let kept = matches!(kind, SecurityKind::Retention);
    let by = if kept { None } else { giver(reading, draft, &sentence, word.start) };
    Some((sentence, Security { kind, by }))
}

/// Who gives it: the subject of the verb of giving.
fn giver(reading: &Reading<'_>, draft: &Draft, sentence: &Range<usize>, word: usize) -> Option<String> {
    static HANDS_OVER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"交纳|缴纳|交付|提交|提供|支付|出具|开具|缴交|承担|担任|办理|设定|作为"));
    let text = reading.slice(sentence.start..word);
    let verb = HANDS_OVER.find_iter(text).last().map(|verb| sentence.start + verb.start());
    let role = phrase::subject(reading, verb.unwrap_or(word))?;
    phrase::party(&draft.fields.parties, role).map(|_| role.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::parties;
    use super::super::reading::tests::with_reading;
    use super::*;
    use SecurityKind::*;

    fn securities(sentence: &str) -> Vec<(SecurityKind, Option<String>)> {
        let source = format!("甲方：深圳市罗湖区教育局\n乙方：深圳市远航有限公司\n第一条 担保\n{sentence}");
        with_reading(&source, |reading| {
            let mut draft = Draft::default();
            parties::EXTRACTOR.run_on(reading, &mut draft);
            run(reading, &mut draft);
            let guarantee = draft.fields.guarantee.expect("an answer");
            assert_eq!(guarantee.clause.value, !guarantee.securities.is_empty(), "{sentence}");
            guarantee.securities.into_iter().map(|security| (security.kind, security.by)).collect()
        })
    }

    #[test]
    fn kinds_and_givers() {
        let second = || Some("乙方".to_owned());
        for (sentence, expected) in [
            ("乙方应在签约后七日内交纳履约保证金人民币81,252.00元。", vec![(Deposit, second())]),
            ("乙方应于签订后5日内向甲方提交金额为44,430元的履约保函。", vec![(BankGuarantee, second())]),
            ("乙方应于签订本合同时一次性交纳押金5,000元。", vec![(Deposit, second())]),
            (
                "乙方以其房产提供抵押，并由丙公司承担连带责任保证。",
                vec![(Mortgage, None), (Suretyship, None)],
            ),
            ("结算价的3%作为质量保证金，期满后返还。", vec![(Retention, None)]),
            ("甲方应向乙方支付定金10,000元。", vec![(Earnest, Some("甲方".to_owned()))]),
        ] {
            let found: Vec<_> = securities(sentence);
            let kinds =
                |list: &[(SecurityKind, Option<String>)]| list.iter().map(|s| s.0).collect::<Vec<_>>();
            assert_eq!(kinds(&found), kinds(&expected), "{sentence}");
            if expected[0].1.is_some() {
                assert_eq!(found[0].1, expected[0].1, "{sentence}");
            }
        }
    }

    #[test]
    fn what_gives_no_security() {
        for sentence in [
            "甲方不为乙方的融资提供任何形式的担保。",
            "乙方不得以该物业设定任何抵押。",
            "车辆未设抵押、未被查封。",
            "本合同无需缴纳履约保证金。",
            "乙方的投标保证金已经退还。",
        ] {
            assert_eq!(securities(sentence), [], "{sentence}");
        }
    }
}
