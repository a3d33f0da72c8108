//! Taking effect (生效): 签字之日, 签字盖章之日, 批准之日, a day, a condition.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Match, Regex};

use super::Extractor;
use super::draft::Draft;
use super::reading::Reading;
use super::resolve::{Witness, resolve_by};
use super::scan::{date, pattern};
use crate::model::fields::{Effective, EffectiveKind};

/// The effect.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "effective", about: "生效条件：签字、签字盖章、批准、某日或附条件", run
    };

static EFFECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:(?:comes?|enters?|coming|entering) into (?:force|effect)|takes? effect|becomes? effective|be effective)|(?:成立(?:并|,并|即|且)?|起|后|即|立即|正式|方可?|时|,|并|才|开始|日|签字|签名|签署|签章|盖章|公章|印章|用印)_*(?:正式|即|即行|即告|开始|便)?(?:生效|发生(?:法律)?效力|产生(?:法律)?效力)|(?:后|之日起|时|日起)_*,?(?:本|此)?(?:合同|协议|协议书|合同书)(?:即|方|立即|正式|即行|开始|便|即告)?(?:成立(?:并|,并|即|且)?)?生效|(?:签署|签字|盖章|签订)[^。;,]{0,4}即(?:具|有)有?法律(?:效力|约束力)|生效(?:日期|时间|日|条件)[:为是\t]|为(?:本?(?:合同|协议)的?)?生效(?:的)?(?:条件|要件|前提)|(?:合同|协议)(?:的)?生效:|(?:之日|日)(?:为|即为|视为)(?:本)?(?:合同|协议)(?:的)?(?:正式)?生效(?:之)?日|(?:之日|日|日起|后)(?:成立)(?:和|及|与|并)生效|(?:签字|签章|盖章|公章|手印)就(?:生效|算数|有效)|(?:签字|盖章|签章|公章|印章|签名)(?:之后|后)?,?(?:即为|方为|始为|才为|方|始|才|即)?有效(?:[,。;]|$)",
    )
});
/// Behind 生效 this is not the contract taking effect: 生效后, 生效判决.
static COURSE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:后|前|之日起\d|的(?:判决|裁决|法律|裁定)|判决|裁决|法律文书|期间)"));
/// What takes effect.
static CONTRACT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"合同|协议|(?:本|此)(?:补充|备忘录|意向)|双方|各方|三方|一式|签字|签名|签署|签章|签订|盖章")
});
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:renewal|expir|amendment|modification)|通知[^,。;]{0,10}(?:生效|送达|到达)|(?:通知|通知书|函|单|承诺书|委托书|确认书|变更书)》?(?:经|自|须|由|需)|义务自|保函(?:自|从|于|在|应|须)|授权(?:委托)?书|授权委托(?:自|经|于|从)|变更[^,。;]{0,12}(?:书面|补充协议)[^。;]{0,20}|解除[^,。;]{0,8}(?:通知|协议)|保险(?:单|合同)|修改[^,。;]{0,14}书面|补充协议[^,。;]{0,24}(?:方|后)生效|附件自|转让[^。;]{0,12}(?:书面|同意)|(?:合同|协议)的?(?:任何|一切)?(?:变更|修改|修订|补充|增补|解除|调整)[^。;]{0,40}",
    )
});
static SIGNATURE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i:sign)|签字|签名|签署|签订|签定|签章|签约|签之日|双签|订立(?:之日|后|时)"));
static SEAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i:(?-u:\b)seal|stamp)|盖章|公章|签章|印章|加盖|盖合同|专用章|用印|捺印|手印")
});
static APPROVAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:经|报|获|取得|由|待)[^,。;]{0,24}(?:批准|核准|审批|审查同意|批复|审核通过|同意)|批准之?日|备案(?:之日|后|完成)|登记之日|鉴证|公证",
    )
});
/// A condition beside the signatures: money, security, another contract.
static CONDITION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:收到|支付|缴纳|交纳|提交|提供|交付|取得|完成|到账|拍卖|成交)[^,。;]{0,30}(?:后|之日|时)|(?:保证金|履约保函|履约担保|定金|首付款|预付款)[^,。;]{0,14}(?:后|之日)|(?:满足|具备|成就)[^,。;]{0,10}条件|主合同生效|原合同[^,。;]{0,6}(?:终止|解除)",
    )
});

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let mut blank = None;
    let witnesses: Vec<Witness<Effective>> =
        reading.find_all(&EFFECT).filter_map(|found| witness(reading, &found.range(), &mut blank)).collect();
    draft.fields.effective = resolve_by(reading, witnesses, |a, b| a.kind == b.kind && a.date == b.date);
    if draft.fields.effective.is_none() {
        draft.absent(reading, "effective", blank);
    }
}

fn witness(
    reading: &Reading<'_>,
    found: &Range<usize>,
    blank: &mut Option<Range<usize>>,
) -> Option<Witness<Effective>> {
    // In English the condition stands behind the verb: takes effect upon signature.
    let stated = reading.slice(found.clone());
    let labelled =
        stated.starts_with(|c: char| c == '生' || c.is_ascii_alphabetic()) || stated.ends_with(':');
    let sentence = reading.sentence(found.start);
    let behind = reading.slice(found.end..sentence.end.max(found.end));
    let range = if labelled { sentence.start..sentence.end } else { phrase_before(reading, found) };
    let text = reading.slice(range.clone());
    let lead = reading.slice(sentence.start..found.end);
    let valid = stated.contains("有效");
    // What an English sentence goes on to speak of is not what takes effect.
    let english = stated.starts_with(|c: char| c.is_ascii_alphabetic());
    if !labelled && (COURSE.is_match(behind) || !CONTRACT.is_match(lead))
        || is_other(if english { lead } else { text })
        || valid && !VALID.is_match(text)
    {
        return None;
    }
    let (kind, day) = kind(&without_copies(text));
    let Some(kind) = kind else {
        if blank.is_none() && !date::slots(text).is_empty() {
            *blank = Some(range);
        }
        return None;
    };
    // 于…生效, 于…终止 lays down the term.
    let lasts = kind == EffectiveKind::OnDate && behind.contains("终止");
    let confidence = match CONTRACT.is_match(text) {
        _ if lasts => 0.7,
        true => 0.93,
        false => 0.86,
    };
    let range = reading.trim(range, &[',', '。', ';']);
    let value = Effective { kind, date: day, text: reading.written(range.clone()) };
    Some(Witness::new(value, range, confidence, "effective/sentence"))
}

/// 本合同双方签字盖章有效 is the contract taking effect; 涂改处盖章有效 is something else.
static VALID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[\d一二三四五六七八九十]{1,3}[、.])?(?:双方)?(?:签字|签章|盖章|签名)[^,。;及的附]{0,8}有效[,。;]?$|^(?:[^。;]{0,60}份,)?(?:双方)?(?:签字|签章|盖章|签名)[^,。;及的附]{0,8}有效[,。;]?$|^(?:本(?:合同|协议|合约|协议书|合同书)|此(?:合同|协议))(?:书)?(?:一式[^,。;]{1,4}份,)?[^,。;及的附]{0,30}(?:,[^,。;及的附]{0,12})?有效[,。;]?$",
    )
});

/// The text without its phrases on copies: 鉴证机关一份 approves nothing.
fn without_copies(text: &str) -> String {
    static COPIES: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾\d)](?:份|联)[^,。;]{0,8}$"));
    let kept: Vec<&str> = text.split(',').filter(|phrase| !COPIES.is_match(phrase)).collect();
    kept.join(",")
}

/// Does something else take effect: a notice, a change, a supplement? 本补充协议 is the contract itself, and so is what
/// takes effect together with its papers (本合同及承诺书经双方签字后生效) or by those who hold one (持授权委托书).
fn is_other(text: &str) -> bool {
    static TOGETHER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:本|此)(?:合同|协议)(?:书)?(?:[、及与和])[^,。;]{1,8}$|持[^,。;]{0,2}$")
    });
    OTHER.find_iter(text).any(|other| {
        let before = &text[..other.start()];
        let own = other.as_str().starts_with("补充协议") && before.ends_with(['本', '此']);
        let beside = ["单", "书", "函", "授权"].iter().any(|word| other.as_str().contains(word));
        !(own || beside && TOGETHER.is_match(before))
    })
}

/// The part of the sentence that says when: from 本合同自 on, other matters before it left out.
fn phrase_before(reading: &Reading<'_>, found: &Range<usize>) -> Range<usize> {
    static START: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:本|此)(?:合同|协议|补充协议|备忘录|意向书)(?:书)?(?:及其附件)?(?:[^,。;]{0,6})?(?:自|经|由|于|须|需|在|从|待|应|签|双方|,)|(?:自|经)(?:甲|双|各|三|合同|协议)",
        )
    });
    let before = reading.around_within(found.start, 140);
    let text = reading.slice(before.clone());
    // The last such start before the effect; of 本合同自双方…, the earlier one of the pair.
    let starts: Vec<usize> = START.find_iter(text).map(|m| m.start()).collect();
    let start = starts.iter().rev().copied().find(|at| text[*at..].starts_with(['本', '此']));
    let at = start.or_else(|| starts.first().copied()).unwrap_or(0);
    let lead = text[at..].len() - text[at..].trim_start_matches([',', ':', '、']).len();
    before.start + at + lead..found.end
}

/// Approval, conditions and days go before signatures: they are what the contract waits for in the end.
fn kind(text: &str) -> (Option<EffectiveKind>, Option<jiff::civil::Date>) {
    let signed = SIGNATURE.is_match(text);
    let sealed = SEAL.is_match(text);
    let day = date::scan(text).into_iter().next().map(|day| day.date);
    // 经双方协商同意 is agreement, not approval.
    let approved = |found: Match<'_>| !["双方", "协商", "各方"].iter().any(|w| found.as_str().contains(w));
    let kind = if APPROVAL.find_iter(text).any(approved) {
        EffectiveKind::OnApproval
    } else if CONDITION.is_match(text) {
        EffectiveKind::OnCondition
    } else if let Some(day) = day.filter(|_| !signed) {
        return (Some(EffectiveKind::OnDate), Some(day));
    } else if signed && sealed {
        EffectiveKind::OnSignatureAndSeal
    } else if signed {
        EffectiveKind::OnSignature
    } else if sealed {
        EffectiveKind::OnSeal
    } else {
        return (None, None);
    };
    (Some(kind), None)
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::with_reading;
    use super::*;
    use EffectiveKind::*;

    fn effect(sentence: &str) -> Option<(EffectiveKind, String)> {
        with_reading(&format!("第一条 其他\n{sentence}"), |reading| {
            let mut draft = Draft::default();
            run(reading, &mut draft);
            draft.fields.effective.map(|effective| (effective.value.kind, effective.value.text))
        })
    }

    #[test]
    fn kinds_are_told_apart() {
        for (sentence, kind, text) in [
            ("本合同自双方签字之日起生效。", OnSignature, "本合同自双方签字之日起生效"),
            (
                "本合同自双方签字盖章之日起生效，一式四份。",
                OnSignatureAndSeal,
                "本合同自双方签字盖章之日起生效",
            ),
            (
                "本合同经双方法定代表人签字并加盖公章后生效。",
                OnSignatureAndSeal,
                "本合同经双方法定代表人签字并加盖公章后生效",
            ),
            ("本合同一式两份，自双方盖章之日起生效。", OnSeal, "本合同一式两份，自双方盖章之日起生效"),
            ("本协议经区政府批准之日起生效。", OnApproval, "本协议经区政府批准之日起生效"),
            ("本合同自2024年3月5日起生效。", OnDate, "本合同自2024年3月5日起生效"),
            ("本合同自乙方缴纳履约保证金之日起生效。", OnCondition, "本合同自乙方缴纳履约保证金之日起生效"),
            ("本合同签订后生效。", OnSignature, "本合同签订后生效"),
            ("本合同、订货单经双方签字后生效。", OnSignature, "本合同、订货单经双方签字后生效"),
            ("本合同及保密承诺书经双方签字后生效。", OnSignature, "本合同及保密承诺书经双方签字后生效"),
            ("双方签字并盖章后，本合同生效。", OnSignatureAndSeal, "双方签字并盖章后，本合同生效"),
            ("双方签字后本协议即行生效。", OnSignature, "双方签字后本协议即行生效"),
            ("一式四份，签章后生效。", OnSignatureAndSeal, "一式四份，签章后生效"),
            ("本合同一式三份，签字盖章生效。", OnSignatureAndSeal, "本合同一式三份，签字盖章生效"),
            (
                "本合同以双方签字并盖章为生效条件，至款项结清时终止。",
                OnSignatureAndSeal,
                "本合同以双方签字并盖章为生效条件",
            ),
            ("本合同双方签字、盖章有效，复印件无效。", OnSignatureAndSeal, "本合同双方签字、盖章有效"),
            ("本补充协议经双方盖章后生效。", OnSeal, "本补充协议经双方盖章后生效"),
            ("签字盖章后有效。", OnSignatureAndSeal, "签字盖章后有效"),
            ("经各方盖章，自最后盖章日起成立和生效。", OnSeal, "经各方盖章，自最后盖章日起成立和生效"),
            (
                "双方代表签字并加盖公章之日为本合同生效之日。",
                OnSignatureAndSeal,
                "双方代表签字并加盖公章之日为本合同生效之日",
            ),
            ("本合同经双方协商同意，签字后生效。", OnSignature, "本合同经双方协商同意，签字后生效"),
            (
                "本合同经双方签字、盖章后成立并生效。",
                OnSignatureAndSeal,
                "本合同经双方签字、盖章后成立并生效",
            ),
        ] {
            assert_eq!(effect(sentence), Some((kind, text.to_owned())), "{sentence}");
        }
    }

    #[test]
    fn other_things_take_effect_too() {
        for sentence in [
            "本合同生效后15个工作日内支付30%。",
            "双方应履行生效判决。",
            "通知到达对方时生效。",
            "本合同的变更应经双方签署书面补充协议后生效。",
            "前款义务自知悉之日起生效。",
            "《委托付款通知函》经乙方签名并加盖公章后生效。",
            "合同涂改处经双方盖章方为有效。",
        ] {
            assert_eq!(effect(sentence), None, "{sentence}");
        }
    }
}
