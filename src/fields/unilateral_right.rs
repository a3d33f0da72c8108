//! A right to change or end the contract alone (单方变更、解除), and whose it is. 《办法》第三十四条 allows the government side one
//! for the public interest. The right to end it for the other side's breach is another thing and does not count.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};

use super::Extractor;
use super::draft::Draft;
use super::phrase;
use super::presence::{label, missing, there};
use super::reading::{Part, Reading};
use super::scan::pattern;
use crate::model::fields::{RightHolder, UnilateralRight};

/// The right.
pub const EXTRACTOR: Extractor = Extractor {
    field: "unilateral_right",
    about: "单方变更解除权：谁享有、是否基于公共利益；因对方违约的解除权不计",
    run,
};

/// Changing or ending, with the word that makes it a right.
static RIGHT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<may>(?:亦|也|均|仍|还)?(?:有权|可以?|得(?:随时|径行|单方))|得以|享有|保留|提前[^,。;]{1,14}(?:通知|告知))[^。;\n]{0,60}(?:变更|解除|终止|中止|暂停|调整|收回|取消|撤回|延期|缩小|减少)",
    )
});
/// Grounds in the public interest.
static PUBLIC: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"公共利益|社会公益|国家利益|公共安全|公共卫生|公共活动|政策(?:的)?(?:调整|变化|变更|要求)|(?:法律|法规|标准|规划|预算)[^,。;]{0,10}(?:调整|变化|修改|压减)|城市更新|土地整备|规划[^,。;]{0,4}需要|机构(?:改革|调整|撤并)|职能(?:划转|调整)|政府(?:征收|征用|决策|规划|要求)|应急(?:处置|抢险|管理)|突发(?:事件|公共)|公务用车制度改革|维护法定权益|行政管理需要",
    )
});
static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"单方(?:面)?(?:书面)?(?:变更|解除|终止|决定|中止|收回|调整|提前)|单方(?:变更|解除)权|随时(?:书面)?(?:通知[^,。;]{0,10})?(?:解除|终止)|无条件(?:解除|终止)",
    )
});
static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"提前_*[^,。;]{1,14}(?:书面)?(?:通知|告知)[^。;]{0,24}(?:解除|终止|变更|取消|收回)")
});
/// The other side's fault, or things that both cannot help: not the right that is sought.
static FAULT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"违约|违反|逾期|未按|未能|不履行|拒绝|拒不|不合格|欠付|欠缴|拖欠|转租|擅自|下列情形|以下情形|情形之一|不可抗力|弄虚作假|资质被|破产|超过[^,。;]{0,8}(?:日|天|次)|累计|不得单方|无权|未经[^,。;]{0,10}同意[^。;]{0,20}不得|协商一致|双方同意|经双方",
    )
});
static FORBIDDEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:不得|不可|不能|无权|均不|禁止|未经)[^,。;]{0,20}(?:单方|擅自|变更|解除|终止|调整)")
});

/// One sentence that gives a right.
struct Right {
    sentence: Range<usize>,
    holder: String,
    public: bool,
    sure: f64,
}

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let rights: Vec<Right> =
        reading.captures_all(&RIGHT).filter_map(|found| right(reading, &found)).collect();
    let public = rights.iter().any(|right| right.public);
    let best =
        rights.iter().max_by(|a, b| a.sure.total_cmp(&b.sure).then(b.sentence.start.cmp(&a.sentence.start)));
    let Some(best) = best else {
        draft.fields.unilateral_right = missing(reading, draft, "unilateral_right")
            .map(|clause| UnilateralRight { clause, by: Vec::new(), public_interest: false });
        return;
    };
    let how = if best.public { "public-interest" } else { "sentence" };
    let at = label(reading, best.sentence.start);
    let clause = there(reading, "unilateral_right", best.sentence.clone(), at, best.sure, how);
    let mut by: Vec<RightHolder> = Vec::new();
    for right in &rights {
        if by.iter().all(|holder| holder.role != right.holder) && !right.holder.is_empty() {
            let side = phrase::side(&draft.fields.parties, &right.holder);
            by.push(RightHolder { role: right.holder.clone(), side });
        }
    }
    draft.fields.unilateral_right = Some(UnilateralRight { clause, by, public_interest: public });
}

fn right(reading: &Reading<'_>, found: &Captures<'_>) -> Option<Right> {
    let (whole, may) = (found.get(0)?, found.name("may")?);
    let sentence = reading.sentence(whole.start());
    let text = reading.slice(sentence.clone());
    if reading.part_at(whole.start()) == Part::Attachment || FORBIDDEN.is_match(text) {
        return None;
    }
    let public = PUBLIC.is_match(text);
    let alone = ALONE.is_match(text) || NOTICE.is_match(text);
    if !public && (!alone || FAULT.is_match(text)) {
        return None;
    }
    let sure = match (public, ALONE.is_match(text)) {
        (true, _) => 0.92,
        (false, true) => 0.85,
        (false, false) => 0.75,
    };
    Some(Right { holder: holder(reading, may.start()), sentence, public, sure })
}

/// The subject of the right; 任何一方 and 双方 are written as they stand, nobody where the sentence does not say.
fn holder(reading: &Reading<'_>, at: usize) -> String {
    let before = reading.slice(reading.around_within(at, 60));
    let anyone = ["任何一方", "任意一方", "双方均", "各方均", "双方"];
    let both = anyone.iter().find(|word| phrase::tail(before, 12).contains(**word));
    match both {
        Some(word) => word.trim_end_matches('均').to_owned(),
        None => phrase::subject(reading, at).unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::parties;
    use super::super::reading::tests::with_reading;
    use super::*;
    use crate::model::fields::Side;

    fn right(sentence: &str) -> UnilateralRight {
        let source = format!("甲方：深圳市罗湖区教育局\n乙方：深圳市远航有限公司\n第一条 变更\n{sentence}");
        with_reading(&source, |reading| {
            let mut draft = Draft::default();
            parties::EXTRACTOR.run_on(reading, &mut draft);
            run(reading, &mut draft);
            draft.fields.unilateral_right.expect("an answer")
        })
    }

    #[test]
    fn rights_for_the_public_interest() {
        for sentence in [
            "因公共利益需要，甲方可以书面通知乙方变更或者解除合同。",
            "因城市更新需要收回该物业的，甲方提前三个月书面通知后可以单方解除合同。",
            "因机构改革、职能划转，甲方有权单方变更、终止本合同。",
        ] {
            let found = right(sentence);
            assert!(found.clause.value && found.public_interest, "{sentence}");
            assert_eq!(
                found.by,
                [RightHolder { role: "甲方".to_owned(), side: Side::Government }],
                "{sentence}"
            );
        }
    }

    #[test]
    fn rights_at_will() {
        let found = right("任何一方可以提前三十日书面通知对方终止本合同。");
        assert!(found.clause.value && !found.public_interest);
        assert_eq!(found.by[0].role, "任何一方");
        assert_eq!(right("乙方有权随时解除本合同。").by[0].side, Side::Counterparty);
    }

    #[test]
    fn rights_for_breach_and_bans_do_not_count() {
        for sentence in [
            "乙方逾期超过30日的，甲方有权解除合同。",
            "任何一方不得单方变更或者解除本合同。",
            "经双方协商一致，可以变更本合同。",
            "乙方有下列情形之一的，甲方有权单方解除合同：",
        ] {
            assert!(!right(sentence).clause.value, "{sentence}");
        }
    }
}
