//! Quantities (数量) with their units: from price tables, and from sentences that say 数量 or 面积.

mod counted;
mod table;

pub use table::quantities as listed;

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};
use rust_decimal::Decimal;

use super::Extractor;
use super::draft::Draft;
use super::phrase;
use super::reading::{Part, Reading};
use super::resolve::Witness;
use super::scan::{numeral, pattern};
use crate::model::fields::Quantity;

/// The quantities.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "quantity", about: "数量：货物清单和语句中的数量、面积及计量单位", run
    };

/// Units of measure (《中华人民共和国法定计量单位》 and the usual classifiers of goods).
pub const UNIT: &str = "平方米|平米|㎡|m2|平方公里|公里|千米|米|公顷|亩|立方米|m3|升|千克|公斤|吨|克|千瓦时|千瓦|度|台套|台|套|件|个点位|个|只|辆|张|把|条|支|根|块|副|本|册|份|人次|人天|人月|人|名|户|间|栋|幢|处|座|次|场|课时|学时|小时|页|字|TB|GB|箱|瓶|包|盒|桶|卷|盏|棵|株|艘|架|门|樘|扇|组|批|项|车位|床|面|幅|对|双|部|宗|期|批次|点位";

static SAID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<item>数量|印数|印量|[\p{{Han}}]{{0,4}}人数|[\p{{Han}}]{{2}}场次|[\p{{Han}}]{{0,2}}(?:户数|床位数|车位数|点位数|工位数|套数|台数|件数|册数)|(?:加工|印刷|采购|采样|检测|清运|供货|扫描|整理|录入|订购)量|(?:[\p{{Han}}]{{0,6}})?面积|总量|总里程|[\p{{Han}}]{{2}}(?:总)?(?:长度|里程)|[全总]长|[\p{{Han}}]{{0,4}}(?:课时|学时)数?|(?:服务|供货|采购|订购|租用|租赁)数量|工程规模|建设规模|装机容量|用地规模)(?:合计|共计|总计|共|为|约|:|是|总共){{0,3}}_*(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,4}})?|\d{{1,12}}(?:\.\d{{1,4}})?|[一二三四五六七八九十百千万两壹贰叁肆伍陆柒捌玖拾]{{1,8}})[_\t]*(?P<scale>万|亿)?[_\t]*(?P<unit>{UNIT})?"
    ))
});
/// Units in which goods are counted: a number of them behind the name of the goods is a quantity without the word 数量.
const GOODS: &str = "盆|台套|台|套|辆|张|把|条|支|根|块|副|幅|本|册|只|件|组|架|棵|株|盏|艘|樘|部|间|栋|吨|箱|桶|个点位|平方米|名|处|床";

/// A count of goods in figures, or in words from two on: 一套 is an article more often than a count.
const COUNT: &str = r"\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d{1,2})?|[二三四五六七八九十百两贰叁肆伍陆柒捌玖拾][一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰]{0,4}";

/// 供应会议音响设备6套, 捐赠美术作品8幅, 派驻保安员12名; not 出租方….
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:标的物?(?:为|:)|采购|购买|购置|订购|供应|供货|提供|出租|租用|承租|租赁|赠与|捐赠|捐献|定制|印制|印刷|制作|配备|选派的?|选送的?|招聘|培训|派驻|派出|派遣|所属的?|辖区内|范围内|自有的?|名下的?|现有的?|在用的?|安装|创作的|研制|生产|加工|定做|制造|交付|收购|转让|将|租借|配置|包租|投放|更换|新增|清运|处置|回收|运输|收运|检测|清洗|维修|维护|维保|参训|培训对象|服务对象)(?P<item>[^,。;:、()\n\t_%方商][^,。;:、()\n\t_%]{{1,23}}?)(?:\([^()\n]{{1,16}}\))?(?:共计|合计|共|计)?_*(?P<number>{COUNT})(?P<scale>万)?_*(?P<unit>{GOODS}|人)"
    ))
});
/// 显微镜5台，单价3000元: a line of a list of goods.
static PRICED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<item>[\p{{Han}}A-Za-z]{{2,16}}?)_*(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}})(?P<scale>万)?_*(?P<unit>{GOODS})[,(](?:单价|每(?:台|套|件|个|张|把|条|本|册|组|吨|箱)|小计|合价|计价|价格)"
    ))
});
/// 、保洁员8名 behind another count.
static ALSO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?:、|和|及|与|以及)(?P<item>[\p{{Han}}A-Za-z]{{2,12}}?)_*(?P<number>{COUNT})(?P<scale>万)?_*(?P<unit>{GOODS}|人)"
    ))
});
/// 报废设备一批，共28件.
static TOGETHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<item>[\p{{Han}}]{{2,16}}?)(?:一批|若干|一宗)(?:[,(])?(?:总共|共计|合计|总计|共|计)_*(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,9}})(?P<scale>万)?_*(?P<unit>{GOODS})"
    ))
});
/// What the words before a number make of it: a bound, a rate, a time.
static BOUND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"日产|年产|月产|不少于|不低于|不超过|不多于|至少|至多|最多|以上|以内|每|超过|低于|少于|达到|第|前|首|另|备用|损坏|合格率|服务$|年度?$",
    )
});

static SLOT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:数量|面积)(?:为|:|共)?(?:_{2,}|【[_ ]*】)"));

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let mut found = table::quantities(reading);
    if found.is_empty() {
        found.extend(table::labelled(reading));
    }
    found.extend(said(reading));
    if found.is_empty() {
        found.extend(named(reading));
    } else if found.iter().all(|witness| is_area(&witness.value)) {
        // 19栋房屋，总建筑面积28500平方米
        found.extend(named(reading).into_iter().filter(|witness| is_built(&witness.value)));
    }
    draft.fields.quantity = found.into_iter().take(MOST).map(|witness| witness.into_value(reading)).collect();
    if draft.fields.quantity.is_empty() {
        let slot = SLOT.find(reading.body).map(|slot| slot.range());
        draft.absent(reading, "quantity", slot);
    }
}

/// What has an area: houses, rooms, beds, places to park.
fn is_built(quantity: &Quantity) -> bool {
    matches!(quantity.unit.as_deref(), Some("栋" | "幢" | "套" | "间" | "宗" | "张" | "个"))
}

fn is_area(quantity: &Quantity) -> bool {
    matches!(quantity.unit.as_deref(), Some("平方米" | "㎡" | "m2"))
}

/// Longer lists are price lists of which the record keeps the beginning.
const MOST: usize = 100;

/// 数量为十台, 建筑面积合计9,640平方米: in the clauses; tables speak for themselves.
fn said(reading: &Reading<'_>) -> Vec<Witness<Quantity>> {
    let mut kept: Vec<Quantity> = Vec::new();
    let mut found = Vec::new();
    for quantity in reading.captures_all(&SAID) {
        let (Some(whole), Some(item)) = (quantity.get(0), quantity.name("item")) else { continue };
        let in_table = reading.row_at(whole.start()).is_some_and(|row| row.table.is_some());
        let apart = matches!(reading.part_at(whole.start()), Part::Signature | Part::Attachment);
        let Some(value) = value(reading, &quantity, item.as_str()).filter(|_| !in_table && !apart) else {
            continue;
        };
        if !kept.contains(&value) {
            kept.push(value.clone());
            let sure = if value.unit.is_some() { 0.88 } else { 0.7 };
            found.push(Witness::new(value, whole.range(), sure, "quantity/sentence"));
        }
    }
    found
}

/// Goods with their number in the clauses that say what is bought: only where nothing says 数量.
fn named(reading: &Reading<'_>) -> Vec<Witness<Quantity>> {
    let mut kept: Vec<Quantity> = Vec::new();
    let mut found = Vec::new();
    let hits = reading.captures_all(&NAMED).chain(reading.captures_all(&TOGETHER));
    for hit in hits.chain(reading.captures_all(&PRICED)).chain(counted::hits(reading)) {
        let mut end = hit.get(0).map_or(0, |whole| whole.end());
        let mut counts = vec![counted(reading, &hit, 0)];
        while let Some(also) =
            ALSO.captures(reading.slice(end..reading.body.len())).filter(|_| counts.len() < MOST)
        {
            counts.push(counted(reading, &also, end));
            end += also.get(0).map_or(1, |whole| whole.end());
        }
        for (quantity, range) in counts.into_iter().flatten() {
            let counted =
                |other: &Witness<Quantity>| other.range.start < range.end && range.start < other.range.end;
            if !kept.contains(&quantity) && !found.iter().any(counted) {
                kept.push(quantity.clone());
                found.push(Witness::new(quantity, range, 0.72, "quantity/named"));
            }
        }
    }
    found
}

/// The goods and their number; `None` for a bound, a rate, or heads that are no staff.
fn counted(reading: &Reading<'_>, hit: &Captures<'_>, base: usize) -> Option<(Quantity, Range<usize>)> {
    let (whole, unit) = (hit.get(0)?, hit.name("unit")?);
    let item = hit.name("item").or(hit.name("number"))?;
    let range = base + whole.start()..base + whole.end();
    let apart = matches!(reading.part_at(range.start), Part::Signature | Part::Attachment);
    let behind = reading.slice(range.end..reading.body.len());
    let span = ["工作日", "自然日", "日历", "月", "小时", "星期", "季度", "年"];
    let rate = behind.starts_with(['/', '次', '以', '左', '时'])
        || span.iter().any(|span| behind.starts_with(span))
        || BOUND.is_match(item.as_str());
    let staff = unit.as_str() != "人"
        || whole.as_str().contains("人数")
        || item.as_str().ends_with(['员', '工', '师', '岗']);
    let number = number_of(hit.name("number")?.as_str())?;
    let number =
        if hit.name("scale").is_some() { number.checked_mul(Decimal::from(10_000))? } else { number };
    let item = hit.name("item").map(|item| reading.written(base + item.start()..base + item.end()));
    let quantity = Quantity { number: number.normalize(), unit: Some(unit.as_str().to_owned()), item };
    (!apart && !rate && staff).then_some((quantity, range))
}

/// A positive number, as short as it can be written.
fn number_of(text: &str) -> Option<Decimal> {
    number(text).filter(|number| *number > Decimal::ZERO).map(|number| number.normalize())
}

fn value(reading: &Reading<'_>, found: &Captures<'_>, item: &str) -> Option<Quantity> {
    let unit = found.name("unit").map(|unit| unit.as_str().to_owned());
    let end = found.get(0)?.end();
    // 面积增加3%, 数量5%以内: a change, no quantity. A year or a number of a clause stands alone.
    if reading.slice(end..reading.body.len()).starts_with(['%', '‰', '年', '月', '日', '.', '、']) {
        return None;
    }
    // 长度3米 is a measure of one piece.
    if item.ends_with(['度', '长']) && !matches!(unit.as_deref(), Some("公里" | "千米")) {
        return None;
    }
    // 课时1,500元 is a rate.
    if item.ends_with('时') && !matches!(unit.as_deref(), Some("课时" | "学时" | "小时")) {
        return None;
    }
    let number = number(found.name("number")?.as_str())?;
    let number = match found.name("scale").map(|scale| scale.as_str()) {
        Some("万") => number.checked_mul(Decimal::from(10_000))?,
        Some(_) => number.checked_mul(Decimal::from(100_000_000))?,
        None => number,
    };
    let named = item.ends_with("面积")
        || item.ends_with("里程")
        || item.ends_with(['度', '长', '时'])
        || item.ends_with("规模")
        || item.ends_with("容量");
    let item = if named { Some(item.to_owned()) } else { named_before(reading, found.get(0)?.start()) };
    let alone = unit.is_none() && item.is_none();
    (!alone && number > Decimal::ZERO).then(|| Quantity { number: number.normalize(), unit, item })
}

/// 工业网关，数量1000台: what stands before the comma, where that is a short name.
fn named_before(reading: &Reading<'_>, at: usize) -> Option<String> {
    let before = phrase::tail(reading.slice(reading.around_within(at, 40)), 40);
    let before = before.strip_suffix([',', '、', '(', ':'])?;
    let name = before.rsplit([',', '、', ':', '(', ')', '。']).next()?;
    let name = ["采购", "购买", "供应", "提供", "订购", "租用"]
        .iter()
        .filter_map(|verb| name.rfind(verb).map(|i| &name[i + verb.len()..]))
        .min_by_key(|rest| rest.len())
        .unwrap_or(name);
    // A number plate or a model before the comma is no name.
    let figures = name.chars().filter(char::is_ascii_digit).count() >= 3;
    (!figures && (2..=20).contains(&name.chars().count())).then(|| name.to_owned())
}

/// 1,280.50, 十二.
pub fn number(text: &str) -> Option<Decimal> {
    let plain = text.replace(',', "");
    plain.parse().ok().or_else(|| numeral::integer(text).map(Decimal::from))
}

#[cfg(test)]
mod tests;
