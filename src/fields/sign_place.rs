//! Place of signing (签订地点).

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::Extractor;
use super::draft::Draft;
use super::reading::{Part, Reading};
use super::resolve::{Witness, resolve};
use super::scan::{blank, date, pattern};

/// The place.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "sign_place", about: "签订地点：首部、签署页或“于…在…签订”", run
    };

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:合同|协议)?(?:签订|签约|签署|订立)(?:地点|地址|地|所在地|城市)(?:\([^()\n]{0,24}\))?(?:[ /]*[A-Za-z][A-Za-z ]{0,24})?(?::|为:?|在|是|\t)[\t\n]?(?P<place>[^\n\t,。;:、()]{0,40}(?:\([^()\n]{1,12}\))?)",
    )
});
static PROSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:合同|协议)(?:书)?(?:由[^,。;\n]{0,20})?(?:于|在)(?:[\d年月日_\-.〇零一二三四五六七八九十]{6,20}日?)(?:,)?(?:在|于)(?P<place>[^,。;:\n\t]{2,30}?)(?:由[^,。;:\n\t]{0,14})?(?:签订|签署|订立)|(?:签约|签订|签署|订立)于[\d年月日_\-.〇零一二三四五六七八九十]{6,20},(?:签约|签订|签署)?地点(?:为|在|:)?(?P<where>[\p{Han}\d]{2,24})",
    )
});

/// 在深圳市罗湖区签订本合同: wherever in the sentence the day may stand.
static CONCLUDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:在|于)_*(?P<place>(?:中国|中华人民共和国)?[\p{Han}]{2,20}[\p{Han}\d]{0,14}?)_*(?:共同|正式|协商|自愿)?(?:签订|签署|订立)(?:本|此|如下|以下|[,。;:]|$)|(?:签订|签署|订立)于_*(?P<at>[\p{Han}]{2,20}[\p{Han}\d]{0,14}?)_*(?:[,。;\n]|$)|(?:签订|签约|签署)地点?\((?:即)?(?P<named>[^()\n]{2,30})\)",
    )
});
/// What a place holds, and how one ends.
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:中国|中华人民共和国)?[\p{Han}]{1,6}(?:省|市|自治区|区|县|镇|乡|街道|路|街|大道)[\p{Han}\d]{0,20}$",
    )
});
/// What makes prose of it: 在市场公平的基础上.
static PROSE_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"基础|原则|前提|框架|过程|后|前|时|内|下$|上$|期间|平等|自愿|的|市场|双方|甲方|乙方|日|《")
});

/// Does it end as places do, or is it one that is known without 市 or 区?
fn is_known_place(reading: &Reading<'_>, name: &str) -> bool {
    let bare = name.strip_prefix("中国").unwrap_or(name);
    PLACE.is_match(name) || reading.lexicon.institutions.bare_places.iter().any(|place| place == bare)
}

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let mut slot = None;
    let mut witnesses = Vec::new();
    for (regex, confidence, method) in
        [(&LABEL, 0.95, "sign-place/label"), (&PROSE, 0.92, "sign-place/sentence")]
    {
        for found in reading
            .captures_all(regex)
            .filter_map(|c| Some((c.get(0)?.range(), c.name("place").or(c.name("where"))?.range())))
        {
            let (whole, place) = found;
            let range =
                reading.trim(without_next(reading, place), &['/', '.', '-', '—', '【', '】', '[', ']']);
            let range = inner(reading, range);
            let text = reading.slice(range.clone());
            if blank::is_blank(text) {
                slot = slot.or(Some(whole));
            } else if is_place(text) && !goes_on(reading, range.end) {
                witnesses.push(Witness::new(reading.written(range.clone()), range, confidence, method));
            }
        }
    }
    if witnesses.is_empty() {
        witnesses.extend(concluded(reading).or_else(|| beside_day(reading)));
    }
    draft.fields.sign_place = resolve(reading, witnesses);
    if draft.fields.sign_place.is_none() {
        draft.absent(reading, "sign_place", slot);
    }
}

/// A full stop of half width ends the place, and so does its translation: 深圳市罗湖区.签订日期, 深圳市 Shenzhen.
fn without_next(reading: &Reading<'_>, place: Range<usize>) -> Range<usize> {
    let text = reading.slice(place.clone());
    let latin = |(_, c): &(usize, char)| *c == '.' || *c == '/' || c.is_ascii_alphabetic();
    let end = text.char_indices().find(latin).map(|(at, _)| at).filter(|at| *at > 0).unwrap_or(text.len());
    place.start..place.start + end
}

/// 签订地点：本合同在深圳市罗湖区签订: the place within the sentence behind the label.
fn inner(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    static WHOLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^本?(?:合同|协议)书?(?:在|于)_*(?P<place>[^_]{2,40}?)_*(?:签订|签署|订立)$")
    });
    let found = WHOLE.captures(reading.slice(range.clone())).and_then(|found| found.name("place"));
    found.map_or(range.clone(), |place| range.start + place.start()..range.start + place.end())
}

/// The place that stands with the day below the signatures: 2024年3月5日于深圳, 签于深圳市南山区，2024年3月5日.
fn beside_day(reading: &Reading<'_>) -> Option<Witness<String>> {
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[,\t]?(?P<lead>(?:签订|签署|签约|签立|立|签)?(?:于|在))?(?P<place>[\p{Han}\d]{2,20}?)(?:签订|签署|订立|签的?)?$",
        )
    });
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?P<lead>(?:签订|签署|签约|签立|立|签)(?:于|在))(?P<place>[\p{Han}\d]{2,20}?)[,\t]?$")
    });
    static BARE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^地点(?: ?Place)?:(?P<place>[\p{Han}\d]{2,20})"));
    let places = reading.rows_in(Part::Signature).filter(|row| row.table.is_none()).filter_map(|row| {
        let text = reading.row(row);
        let base = row.range().start;
        let of = |part: &str, at: usize, regex: &Regex| {
            let found = regex.captures(part)?;
            let place = found.name("place")?;
            let range = base + at + place.start()..base + at + place.end();
            let sure = regex.captures(part)?.name("lead").is_some();
            is_signing_place(reading, place.as_str(), sure).then_some(range)
        };
        let bare = of(text, 0, &BARE);
        let day = || {
            let day = date::scan(text).into_iter().next_back()?;
            let behind = of(text.get(day.range.end..)?, day.range.end, &BEHIND);
            behind.or_else(|| of(text.get(..day.range.start)?, 0, &BEFORE))
        };
        bare.or_else(day)
    });
    places
        .map(|range| Witness::new(reading.written(range.clone()), range, 0.86, "sign-place/beside-day"))
        .next()
}

/// Does it look like a place: one that is known, or begins with one (深圳蛇口)? Behind 签于 a building is one, too.
fn is_signing_place(reading: &Reading<'_>, name: &str, led: bool) -> bool {
    let short = name.chars().count() <= 8;
    let begins =
        reading.lexicon.institutions.bare_places.iter().any(|place| name.starts_with(place.as_str()));
    let building = ["大厦", "中心", "楼", "馆", "处", "站", "城", "园", "会议室", "酒店"];
    let prose = PROSE_WORDS.is_match(name) || ["盖章", "签字", "代表"].iter().any(|word| name.contains(word));
    let organisation = ["公司", "人民政府", "委员会"].iter().any(|end| name.ends_with(end));
    !prose
        && !organisation
        && (is_known_place(reading, name)
            || begins && short
            || led && building.iter().any(|end| name.ends_with(end)))
}

/// The place in the sentence that says of this contract where it is concluded.
fn concluded(reading: &Reading<'_>) -> Option<Witness<String>> {
    let own = |at: usize| {
        let sentence = reading.slice(reading.sentence(at));
        let this = ["本合同", "本协议", "双方", "如下", "以下", "合同签订地"]
            .iter()
            .any(|word| sentence.contains(word));
        // ____年__月__日签订于苏州 says it of what it stands in, and so does 本《采购合同》….
        let before = reading.slice(reading.sentence(at).start..at);
        let dated = ["日签订于", "日签署于", "日订立于"]
            .iter()
            .any(|words| before.trim_end_matches('_').ends_with(words));
        let another = sentence.contains('原') || sentence.contains('《') && !sentence.contains("本《");
        (this || dated) && !another && reading.part_at(at) != Part::Attachment
    };
    reading.captures_all(&CONCLUDED).find_map(|found| {
        let place = found.name("place").or(found.name("at")).or(found.name("named"))?;
        // 于二零二四年三月五日在深圳市罗湖区签订: the place stands behind the day.
        let day = ["日在", "日于"]
            .iter()
            .filter_map(|words| Some(place.as_str().rfind(words)? + words.len()))
            .max();
        let range = place.start() + day.unwrap_or(0)..place.end();
        let name = reading.slice(range.clone());
        let fits = is_known_place(reading, name) && !PROSE_WORDS.is_match(name);
        (fits && own(range.start))
            .then(|| Witness::new(reading.written(range.clone()), range, 0.9, "sign-place/sentence"))
    })
}

/// Is it the next label (需方：), or the first slot of a printed place (北京　省（市）　房山区　市、县（区）)?
fn goes_on(reading: &Reading<'_>, at: usize) -> bool {
    let behind = reading.slice(at..reading.line(at).end).trim_start();
    behind.starts_with(':') || behind.starts_with("省(")
}

/// Below an empty label stands the next one, or the first sentence: 签订地点： over 根据《民法典》….
static NO_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:根据|依据|依照|按照|鉴于|为了|兹|经|签订|签约|合同)|^[\p{Han}]{0,4}(?:方|单位|日期|时间|编号|名称|电话|联系人|代表人)$|^[\p{Han}]{2,12}(?:人民政府|公司|委员会)$",
    )
});

fn is_place(text: &str) -> bool {
    let prose = ["法院", "有管辖权", "管辖", "双方", "一致", "仲裁"].iter().any(|word| text.contains(word));
    text.chars().count() >= 2 && !prose && !NO_PLACE.is_match(text) && !blank::has_placeholder(text)
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::with_reading;
    use super::*;

    fn place(source: &str) -> Option<String> {
        with_reading(source, |reading| {
            let mut draft = Draft::default();
            run(reading, &mut draft);
            draft.fields.sign_place.map(|p| p.value)
        })
    }

    #[test]
    fn places_are_found() {
        let cases = [
            ("签订地点：深圳市罗湖区", "深圳市罗湖区"),
            ("签订地点\t深圳市罗湖区\n第一条", "深圳市罗湖区"),
            ("双方于2022年3月4日在罗湖区文锦北路签订本合同，共同遵守。", "罗湖区文锦北路"),
            ("6 本合同在罗湖区签订，一式捌份。", "罗湖区"),
            ("签订地点:深圳市罗湖区.签订日期:2023年1月1日", "深圳市罗湖区"),
            ("七、签订地点 本合同在__深圳市罗湖区__签订。", "深圳市罗湖区"),
            ("____年____月____日签订于深圳____\n第一条", "深圳"),
            ("本《设备采购合同之补充协议》（以下简称本协议）于2022年3月4日由双方在___深圳___订立：", "深圳"),
            ("签 订 地 点：深圳市罗湖区文锦中路1008号", "深圳市罗湖区文锦中路1008号"),
            ("签订地点（Place of Signing）：中国深圳市罗湖区", "中国深圳市罗湖区"),
            ("签约城市：珠海", "珠海"),
            ("第九条 其他\n甲方（盖章）：甲\n二〇二三年九月五日于珠海横琴", "珠海横琴"),
            ("第九条 其他\n甲方（盖章）：甲\n签于珠海市香洲区，2023年9月5日", "珠海市香洲区"),
            ("第九条 其他\n甲方（盖章）：甲\n2023年9月5日于香洲行政服务中心", "香洲行政服务中心"),
            ("第九条 其他\n甲方 Party A（盖章）：\n日期 Date：2023年9月5日\n地点 Place：珠海 Zhuhai", "珠海"),
            ("本合同于2022年3月4日在深圳市罗湖区笋岗街道签订，自盖章之日起生效。", "深圳市罗湖区笋岗街道"),
        ];
        for (source, expected) in cases {
            assert_eq!(place(source).as_deref(), Some(expected), "{source}");
        }
    }

    #[test]
    fn what_is_no_place() {
        for source in [
            "签订地点：____________",
            "双方在平等自愿的基础上签订本合同。",
            "甲乙双方在市场公平原则下订立如下协议",
            "由合同签订地人民法院管辖",
            "签订地点：\n需方：深圳市甲公司",
            "签订地点：\n签订日期：2024年1月5日",
            "签订地点：\n根据《民法典》及有关规定，双方协商一致",
            "签订地点：____市",
            "本合同于____年__月__日在____签订",
            "第九条 其他\n甲方（盖章）：甲\n2023年9月5日，珠海甲有限公司",
            "第九条 其他\n甲方（盖章）：甲\n2023年9月5日前盖章",
        ] {
            assert_eq!(place(source), None, "{source}");
        }
    }
}
