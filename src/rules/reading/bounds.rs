//! The first and the last day of a term that stand apart, each behind its own words: 起租日 2022年2月1日, 到期日 2030年1月31日;
//! 起于2021年7月1日，止于2022年6月30日.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::date::{self, Day};
use crate::fields::scan::{Regex, pattern};

/// What stands right before a first day.
static FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:起租|起始|起算|开始|起止|计租|交接|进场|入驻)(?:日期?|时间|之日)?(?:为|是|于|:|\s|\|)*$|(?:起于|始于|起自|始自|开始于|从|自)$",
    )
});
/// What stands right before a last day.
static LAST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:到期|届满|期满|终止|截止|退租|结束|止租|交还)(?:日期?|时间|之日)?(?:为|是|于|:|\s|\|)*$|(?:止于|终于|迄于|讫于|迄|讫|算到|做到|用到|租到|干到)$",
    )
});
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
/// Days that bound something else.
const OTHER: [&str; 10] = ["免租", "质保", "保修", "保密", "报名", "投标", "公示", "保险", "装修", "开标"];
/// The last day stands within this many bytes of the first.
const REACH: usize = 120;

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
    let led = |day: &Day, by: &Regex| {
        let line = body.get(..day.range.start).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        by.is_match(line) && !OTHER.iter().any(|word| line.contains(word))
    };
    let closed = |day: &Day, by: &Regex| {
        let line = body.get(..day.range.start).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
        by.is_match(body.get(day.range.end..).unwrap_or_default())
            && !OTHER.iter().any(|word| line.contains(word))
    };
    let parted = |first: &Day, last: &Day| {
        body.get(first.range.end..last.range.start).is_none_or(|between| between.contains(['。', '\n', ';']))
    };
    let pairs = days.windows(2).filter_map(|pair| match pair {
        [first, last]
            if led(first, &FIRST) && led(last, &LAST)
                || closed(first, &BEGINS) && closed(last, &ENDS) && !parted(first, last) =>
        {
            let near = last.range.start - first.range.end <= REACH;
            near.then(|| Bounds { first: first.clone(), last: last.clone() })
        }
        _ => None,
    });
    pairs.collect()
}

/// One of these stands in every body that [`FIRST`] can match in.
const FIRST_WORDS: &[&str] =
    &["启动", "上线", "起于", "起租", "起算", "起止", "计租", "交接", "进场", "入驻", "始", "从", "自"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_bounds_by_the_words_before_them() {
        for (body, count) in [
            ("三、租期\n起租日\t2022年2月1日\n到期日\t2030年1月31日\n免租期\t30天", 1),
            ("二、起租:2022年2月1日;退租:2047年1月31日。", 1),
            ("保洁服务起于2021年7月1日,止于2021年5月31日。", 1),
            ("服务自2021年7月1日起,迄2027年6月30日止", 1),
            ("服务期从2021年9月1日算起,算到2021年3月1日", 1),
            ("进场日期:2021年2月1日\n交还日期:2022年1月31日", 1),
            ("维护于上线日(预定2023年6月1日)开始,并于2029年5月31日午夜终了", 1),
            ("施工于2021年9月1日开始。2022年3月1日终止供水", 0),
            ("自2021年9月1日起施行,2022年3月1日废止", 0),
            ("免租期起始日2022年2月1日\n免租期截止日2022年3月1日", 0),
            ("报名起始时间2022年2月1日,截止时间2022年3月1日", 0),
            ("开始日期:2022年2月1日,付款日期:2022年3月1日", 0),
        ] {
            assert_eq!(labelled(body).len(), count, "{body}");
        }
    }

    proptest::proptest! {
        #[test]
        fn bounds_lie_in_the_body(body in "[起止租于始到期日:\\t\\n12年月日免]{0,60}") {
            for found in labelled(&body) {
                proptest::prop_assert!(body.get(found.range()).is_some());
            }
        }
    }
}
