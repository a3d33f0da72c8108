//! The first and the last day of one term that stand apart, as a sentence runs from one to the other (起于2021年7月1日，止于2022年6月30日),
//! as labels give them (起租日 2022年2月1日, 到期日 2030年1月31日), or as the words behind them tell (于…开始，于…终了).
//!
//! Two days in one text bound many things: that they bound one and the same has to be seen from the words themselves.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::date::{self, Day};
use crate::fields::scan::{Regex, pattern};

/// What stands right before a first day in a sentence.
static FROM: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:起于|始于|起自|始自|开始于|从|自)$"));
/// All that stands between it and the last day.
static UNTIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[)\]]?(?:起算|算起|开始|起租|起|始|零时|当日|之日|计算)*[,、]?(?:并|而)?(?:止于|终于|迄于|讫于|迄|讫|算到|做到|用到|租到|干到)$",
    )
});
/// A first day's label at the beginning of a row, a line or a part; before it the term that it is of.
static FIRST: LazyLock<Regex> = LazyLock::new(|| {
    let label = r"(?:起租|起始|起算|开始|起止|计租|交接|进场|入驻)(?:日期?|时间|之日)?(?:为|是|于|:|\s|\|)*$";
    pattern(&[OF, label].concat())
});
/// A last day's label.
static LAST: LazyLock<Regex> = LazyLock::new(|| {
    let label = r"(?:到期|届满|期满|终止|截止|退租|结束|止租|交还)(?:日期?|时间|之日)?(?:为|是|于|:|\s|\|)*$";
    pattern(&[OF, label].concat())
});
/// Where a label may begin, and what it may be of: nothing, or the contract's own term.
const OF: &str = r"(?:^|[,;、.()|\s])(?P<of>(?:本?(?:合同|协议)|租赁|租用|租期|服务|合作|委托|项目|履行|使用|经营|承包|期限)?(?:期限?)?(?:的)?)";
/// What stands right behind a first day: 于2023年6月1日开始.
static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^[)\]]?(?:\d{1,2}[时点]|零时|午夜|当日|之日|整)?(?:开始|启动|起始|起算|上线)")
});
/// What stands right behind a last day: 于2029年5月31日终了.
static ENDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[)\]]?(?:\d{1,2}[时点]|零时|午夜|当日|之日|整)?(?:终了|届满|期满|终止|结束|到期|截止|失效|为止|止)",
    )
});
/// Days that bound something else than the contract's term, wherever they stand between its words.
const OTHER: [&str; 24] = [
    "免租",
    "质保",
    "保修",
    "保密",
    "报名",
    "投标",
    "公示",
    "保险",
    "装修",
    "开标",
    "报价",
    "原合同",
    "原协议",
    "原物业",
    "旧",
    "前一",
    "上一",
    "前任",
    "证",
    "任职",
    "有效期",
    "登记",
    "产权",
    "原租",
];
/// The last day stands within this many bytes of the first.
const REACH: usize = 120;
/// So many bytes before a day may say what it bounds.
const LEAD: usize = 180;
/// So many bytes behind a day may say that it bounds something.
const TRAIL: usize = 60;

/// Two days that bound one term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// The first day, in shadow bytes of the body.
    pub first: Day,
    /// The last day.
    pub last: Day,
}

impl Bounds {
    /// From the first day to the last, in shadow bytes.
    pub fn range(&self) -> Range<usize> {
        self.first.range.start..self.last.range.end
    }
}

/// Every first day with the last day that follows it, in text order.
pub fn labelled(body: &str) -> Vec<Bounds> {
    if !FIRST_WORDS.iter().any(|word| body.contains(word)) {
        return Vec::new();
    }
    let days = date::scan(body);
    let bounds = days.windows(2).filter_map(|pair| match pair {
        [first, last] => {
            is_one_term(body, first, last).then(|| Bounds { first: first.clone(), last: last.clone() })
        }
        _ => None,
    });
    bounds.collect()
}

/// Do two days that follow each other bound one term?
fn is_one_term(body: &str, first: &Day, last: &Day) -> bool {
    let Some(between) = body.get(first.range.end..last.range.start).filter(|gap| gap.len() <= REACH) else {
        return false;
    };
    let (lead, own) = (lead(body, first), lead(body, last));
    let spoken = [lead, between, own];
    if OTHER.iter().any(|word| spoken.iter().any(|words| words.contains(word))) {
        return false;
    }
    FROM.is_match(lead) && UNTIL.is_match(between)
        || is_labelled(lead, own)
        || !between.contains(['。', '\n', ';'])
            && is_closed(body, first, &BEGINS)
            && is_closed(body, last, &ENDS)
}

/// Are both days labelled, as first and last of the same thing?
fn is_labelled(first: &str, last: &str) -> bool {
    let of = |label: &Regex, words: &str| -> Option<String> {
        Some(label.captures(words)?.name("of")?.as_str().trim_end_matches('的').to_owned())
    };
    let (Some(first), Some(last)) = (of(&FIRST, first), of(&LAST, last)) else { return false };
    first == last || first.is_empty() || last.is_empty()
}

/// The words of its sentence before a day, no more than [`LEAD`] bytes of them.
fn lead<'a>(body: &'a str, day: &Day) -> &'a str {
    let from = body.ceil_char_boundary(day.range.start.saturating_sub(LEAD));
    let before = body.get(from..day.range.start).unwrap_or_default();
    before.rsplit(['\n', '。', ';']).next().unwrap_or_default()
}

/// Do the words behind a day say what it bounds?
fn is_closed(body: &str, day: &Day, by: &Regex) -> bool {
    let upto = body.floor_char_boundary(day.range.end.saturating_add(TRAIL).min(body.len()));
    body.get(day.range.end..upto).is_some_and(|behind| by.is_match(behind))
}

/// One of these stands in every body that [`FROM`], [`FIRST`] or [`BEGINS`] can match in.
const FIRST_WORDS: &[&str] =
    &["启动", "上线", "起于", "起租", "起算", "起止", "计租", "交接", "进场", "入驻", "始", "从", "自"];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_are_bounds_by_the_words_around_them() {
        for body in [
            "三、租期\n起租日\t2022年2月1日\n到期日\t2030年1月31日\n免租期\t30天",
            "二、起租:2022年2月1日;退租:2047年1月31日。",
            "保洁服务起于2021年7月1日,止于2021年5月31日。",
            "服务自2021年7月1日起,迄2027年6月30日止",
            "服务期从2021年9月1日算起,算到2021年3月1日",
            "进场日期:2021年2月1日\n交还日期:2022年1月31日",
            "合同开始日期:2021年2月1日\n合同结束日期:2022年1月31日",
            "维护于上线日(预定2023年6月1日)开始,并于2029年5月31日午夜终了",
        ] {
            assert_eq!(labelled(body).len(), 1, "{body}");
        }
    }

    #[test]
    fn days_of_two_things_are_no_bounds() {
        for body in [
            "施工于2021年9月1日开始。2022年3月1日终止供水",
            "自2021年9月1日起施行,2022年3月1日废止",
            "免租期起始日2022年2月1日\n免租期截止日2022年3月1日",
            "报名起始时间2022年2月1日,截止时间2022年3月1日",
            "开始日期:2022年2月1日,付款日期:2022年3月1日",
            "本合同自2023年8月1日起生效。原合同到期日为2023年7月31日。",
            "新规范自2023年8月1日起执行,旧规范的截止日期为2023年7月31日。",
            "乙方自2023年8月1日起进驻,前任保洁公司的服务期满日为2023年7月31日。",
            "本协议自2023年8月1日起履行,上一协议已于到期日2023年7月31日终止。",
            "自2023年8月1日起计算租金;要约的有效期截止日期为2023年7月1日。",
            "负责人自2002年3月1日起任职,身份证到期日为2041年3月1日",
            "房屋自1998年5月1日起登记在甲方名下,截止日期2048年4月30日",
            "服务开始日期:2023年8月1日\n营业执照截止日期:2023年7月1日",
            "租赁起始日期:2023年8月1日\n项目截止日期:2023年7月1日",
        ] {
            assert_eq!(labelled(body), [], "{body}");
        }
    }

    proptest! {
        #[test]
        fn bounds_lie_in_the_body_in_order(pieces in prop::collection::vec(prop_oneof![
            Just("起租日"), Just("到期日"), Just("自"), Just("起于"), Just(",止于"), Just("起,迄"), Just("开始"), Just("终了"),
            Just(":"), Just("\t"), Just("\n"), Just("。"), Just("原合同"), Just("服务"),
            Just("2022年2月1日"), Just("2030年1月31日"), Just("2021-07-01"), Just("二〇二一年七月一日"),
        ], 0..14)) {
            let body = pieces.concat();
            for found in labelled(&body) {
                prop_assert!(body.get(found.range()).is_some());
                prop_assert!(found.first.range.end <= found.last.range.start);
                prop_assert!(date::scan(&body).contains(&found.first));
            }
        }

        #[test]
        fn a_sentence_from_day_to_day_is_found_behind_any_filler(filler in "[一-龥]{0,80}") {
            prop_assume!(!OTHER.iter().any(|word| filler.contains(word)));
            let body = format!("{filler}起于2021年7月1日,止于2022年6月30日");
            prop_assert_eq!(labelled(&body).len(), 1);
        }
    }
}
