//! The last day that a supplement sets anew (期限变更): 原合同竣工日期调整为2024年5月1日.

use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::reading::{Part, Reading};
use super::super::scan::{date, pattern};
use super::Candidate;
use crate::model::fields::Term;

/// The term is extended to 31 May 2024.
static EXTENDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?-u:\b)(?:term|period|duration|expiry date)(?-u:\b)[^。;\n]{0,40}(?:extended|postponed|prolonged) (?:to|until) ",
    )
});
static MOVED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:竣工|完工|终止|截止|届满|到期|结束|完成|服务|履行|租赁|合同|协议|合作|借款|贷款|委托|使用|经营|工程|项目|承包|养护|运营|监理|供货|保险|聘用)(?:日期|时间|期限|有效期|工期|期|日)[^。;\n]{0,50}?(?:调整|变更|延长|顺延|延期|延|修改|更改|续期|展期|推迟)(?:\d{1,3}个?(?:日历)?[天日月],?(?:即|延|顺延)?)?(?:为|至|到)(?P<day>[\d〇零○oO一二三四五六七八九十元廿卅年月日曰号./\-_]{8,30})(?P<behind>[^。;\n]{0,3})",
    )
});
/// 展期后的到期日为2025年3月1日.
static AFTERWARDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:展期|延期|续期|调整|变更|延长|顺延|推迟)后的?[^。;,\n]{0,12}(?:到期|终止|截止|届满|竣工|完工|还款)(?:日期|时间|日|期限)?(?:为|是|至|到|:)+(?P<day>[\d〇零○oO一二三四五六七八九十元廿卅年月日曰号./\-_]{8,30})(?P<behind>[^。;\n]{0,3})",
    )
});
/// What was changed before is told, not laid down.
const TOLD: [&str; 4] = ["曾", "已于", "此前", "鉴于"];

/// The new last day.
pub fn last_day(reading: &Reading<'_>) -> Option<Candidate> {
    moved(reading).or_else(|| extended(reading))
}

fn extended(reading: &Reading<'_>) -> Option<Candidate> {
    let found = reading.find_all(&EXTENDED).next()?;
    let rest = reading.slice(found.end()..reading.line(found.end()).end);
    let day = date::scan(rest).into_iter().next().filter(|day| day.range.start == 0)?;
    let range = found.end()..found.end() + day.range.end;
    let text = reading.written(found.start()..range.end);
    let term = Term { start: None, end: Some(day.date), duration: None, text };
    Some(Candidate { term, places: vec![("end", range.clone())], range, score: 8.5 })
}

fn moved(reading: &Reading<'_>) -> Option<Candidate> {
    reading.captures_all(&MOVED).chain(reading.captures_all(&AFTERWARDS)).find_map(|found| {
        let (whole, part) = (found.get(0)?, found.name("day")?);
        let lead = reading.slice(reading.sentence(whole.start()).start..whole.start());
        // 变更为2024年1月1日至2024年12月31日 is a whole term.
        let first =
            found.name("behind").is_some_and(|behind| behind.as_str().contains(['至', '到', '起', '-', '—']));
        let told = TOLD.iter().any(|word| lead.contains(word));
        if first || told || reading.part_at(whole.start()) == Part::Attachment {
            return None;
        }
        let day = date::scan(part.as_str()).into_iter().next().filter(|day| day.range.start == 0)?;
        let range = part.start()..part.start() + day.range.end;
        let text = reading.written(whole.start()..range.end);
        let term = Term { start: None, end: Some(day.date), duration: None, text };
        Some(Candidate { term, places: vec![("end", range.clone())], range, score: 8.5 })
    })
}
