//! Counts without a verb before the goods: 使用的12台电梯, a line of a list, （车位80个）, 共计3000份, 人数：60人.

use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};

use super::super::phrase;
use super::super::reading::Reading;
use super::super::scan::pattern;
use super::{COUNT, GOODS};

/// 为甲方使用的12台电梯提供维护: the number before the goods.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:下列|以下|提供|位于[^,。;:\n]{{1,12}}的|街道|社区|使用的|所有的|拥有的|管理的|所属的|范围内|辖区内|[馆院校楼厦]|[由共]|租用|租赁|承租|采购|购买|购置|供应|维护|维保|保养|投保|捐赠)(?P<number>{COUNT})(?P<unit>台|套|部|辆|栋|幢|间|座|条|个|处|件|名|架|艘)(?P<item>[\p{{Han}}A-Za-z]{{2,12}}?)(?:提供|委托|进行|实施|开展|的|组成|构成|用于|作为|出租|交|,|、|。|;|\(|\n)"
    ))
});
/// A measure that belongs to the name of the goods: 240升分类垃圾桶.
const MEASURE: &str =
    r"\d{1,5}(?:\.\d)?(?:kg|升|毫升|英寸|寸|米|公斤|千克|克|匹|瓦|千瓦|伏|号|型|路|座|吨|mm|cm|ml|kg|L|W|V)";
/// 采购办公软件授权200个, 订购240升分类垃圾桶500个
static BOUGHT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:采购|购买|购置|订购|供应|配送|印制|制作|捐赠|赠送|发放|定制)(?P<item>(?:{MEASURE})?[^,。;:、()\n\t_%\d]{{2,20}}?)(?:\([^()\n]{{1,16}}\))?(?:约|共|共计|合计)?(?P<number>{COUNT})(?P<scale>万)?(?P<unit>个|颗|株|盆|枚|顶|份|盒|瓶|包|袋|罐|双|只|箱|桶|具|台|套|辆|件|张|把|册|本|吨|米|盘|块)(?:[,。;、(]|$)"
    ))
});
/// 1．台式电脑12台；: a line that says nothing else.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?m)^(?:\(?[一二三四五六七八九十\d]{{1,2}}[).、])?(?P<item>[\p{{Han}}A-Za-z][\p{{Han}}A-Za-z()\-]{{1,20}}?)(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,7}})(?P<unit>{GOODS})(?:[;。,、]|$)"
    ))
});
/// 地下停车场（车位80个）
static BRACKET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[(,、](?:含|共有|共|有|内有)?(?P<item>车位|停车位|泊位|床位|座位|机位|摊位|铺位|工位|客房|点位|房间)(?:数量?|共计|共|约)?(?P<number>\d{1,6})(?P<unit>个|间|张|床|座|处)[),、]",
    )
});
/// 地下二层6个机动车停车位, 床位120张: places, wherever they are counted.
static PLACES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<number>\d{1,5})(?P<unit>个)(?P<item>(?:机动车|地下|固定|地面|公共)?(?:停车位|车位|泊位|床位|摊位|铺位|工位))(?:[,。;、()的]|使用权|$)",
    )
});
/// 反诈宣传折页，四色印刷，共计3000份; 系列活动共12场.
static TOGETHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:[,、]|(?P<item>[\p{Han}]{2,12}?))(?:(?:全年|每年|全期)?(?:总共|共计|合计|总计|计|共)|全年)(?P<number>\d{1,3}(?:,\d{3})+|\d{1,7})(?P<scale>万)?(?P<unit>批次|盆|株|棵|份|盒|瓶|箱|袋|桶|吨|场次|场|本|册|期|集|套|台|件|个点位|个|处|条|辆|张|幅|人次|次|课时|学时|平方米|公里|户|间|栋|部)",
    )
});
/// 培训对象及人数：科级以下干部65人.
static PEOPLE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"人数[^,。;\d\n]{0,14}?(?P<number>\d{1,3}(?:,\d{3})+|\d{1,5})(?P<unit>人|名)"));
/// 完成160个样点的采样: the number of what is to be done.
static DONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"完成(?:对)?(?P<number>{COUNT})(?P<unit>个点位|个|处|件|份|场|期|套|户|公里|平方公里|平方米|亩|页)(?P<item>[\p{{Han}}]{{2,12}}?)(?:的|,|、|。|;|\()"
    ))
});
/// 举办讲座12场, 开展消防演练4次: how often the thing is done.
static HELD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:举办|举行|开展|组织|实施|拍摄|编印|编制|提供|完成|主办|承办|制作)(?P<item>[\p{Han}《》]{2,14}?)(?:共计|合计|共|计)?(?P<number>\d{1,4})(?P<unit>场次|场|期|课时|学时|集|班次|批次|篇|幅|人次)(?:[,。;、(]|$)",
    )
});
/// 1、细叶榄仁（胸径10cm）1200株，单价180元: goods with their measure in brackets.
static MEASURED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?P<item>[\p{{Han}}A-Za-z]{{2,16}}?)\([^()\n]{{1,24}}\)(?:共计|合计|共|计)?(?P<number>{COUNT})(?P<unit>{GOODS}|盒|瓶|包|袋|个)(?:[,。;、(]|$)"
    ))
});
/// 学员186人: heads of those for whom it is done.
static HEADS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[,、:。;(共])(?P<item>学员|参训人员|参会人员|参加人员|受训人员|参赛人员|体检人员|学生|师生|选手|考生|志愿者|旅客|劳务派遣人员|派遣人员)(?:共|约|计|共计)?(?P<number>\d{1,3}(?:,\d{3})+|\d{1,5})(?P<unit>人|名)",
    )
});
/// 货物：彩色多普勒超声诊断仪1台，含探头: goods behind a label.
static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r":(?P<item>[\p{{Han}}A-Za-z][\p{{Han}}A-Za-z()\-]{{1,22}}?)_*(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})_*(?P<unit>{GOODS}|个)(?:[,。;、(/]|$)"
    ))
});
/// What 共…份 is a total of where it is none of goods: copies of the contract, deliverables, bounds and rates.
static OTHER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"一式|壹式|两式|合同|协议|执|正本|副本|报告|简报|附件|工作日|违约|罚"));

/// Bounds and rates.
static BOUND: LazyLock<Regex> = LazyLock::new(|| pattern(r"每|不少于|不低于|不超过|至少|最多|不多于"));

/// All of them, form by form; tables speak for themselves.
pub(super) fn hits<'r, 't: 'r>(reading: &'r Reading<'t>) -> impl Iterator<Item = Captures<'t>> + 'r {
    let plain =
        [&*BEFORE, &*BOUGHT, &*BRACKET, &*PEOPLE, &*DONE, &*PLACES, &*HELD, &*MEASURED, &*HEADS, &*LABELLED]
            .into_iter()
            .flat_map(|form| reading.captures_all(form));
    // 出租方随车配操作员2名 is a sentence.
    let said = |hit: &Captures<'_>| hit.name("item").is_some_and(|item| item.as_str().contains('方'));
    // 印制成果报告10份, 项目负责人：高级工程师1名: deliverables, and those who do the work.
    let delivered = |hit: &Captures<'_>| {
        let item = hit.name("item").map_or("", |item| item.as_str());
        let staff = hit.get(0).is_some_and(|whole| whole.as_str().starts_with(':'))
            && ["工程师", "经理", "负责人", "人员"].iter().any(|word| item.contains(word));
        staff || ["报告", "简报", "合同", "协议"].iter().any(|word| item.ends_with(word))
    };
    let listed = reading.captures_all(&LINE).filter(move |hit| !in_table(reading, hit) && !said(hit));
    let together =
        reading.captures_all(&TOGETHER).filter(|hit| !in_table(reading, hit) && of_goods(reading, hit));
    plain
        .filter(move |hit| !delivered(hit))
        .chain(listed)
        .chain(together)
        .filter(|hit| !is_bound(hit) && !is_of_text(hit))
}

/// 下列3个条件: what a text counts of itself.
fn is_of_text(hit: &Captures<'_>) -> bool {
    static ITEMS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:附件|条件|方面|文件|方式|原则|问题|阶段|步骤|部分|要求|情形|方案|工作|月|日|年|小时|季度|人|证件|资料|材料|事项|指标|环节|内容|条款|期间)",
        )
    });
    hit.name("item").is_some_and(|item| ITEMS.is_match(item.as_str()))
}

fn in_table(reading: &Reading<'_>, hit: &Captures<'_>) -> bool {
    let at = hit.get(0).map_or(0, |whole| whole.start());
    reading.row_at(at).is_some_and(|row| row.table.is_some())
}

fn of_goods(reading: &Reading<'_>, hit: &Captures<'_>) -> bool {
    let Some(whole) = hit.get(0) else { return false };
    let sentence = reading.around_within(whole.start(), 60);
    let before = phrase::tail(reading.slice(sentence), 60);
    // 每份300元，共528份: the rate stands in a phrase of its own.
    let apart = whole.as_str().starts_with([',', '、']);
    let own = if apart { "" } else { before.rsplit([',', ';', ':']).next().unwrap_or(before) };
    !OTHER.is_match(before)
        && !BOUND.is_match(own)
        && !OTHER.is_match(whole.as_str())
        && !BOUND.is_match(whole.as_str())
}

fn is_bound(hit: &Captures<'_>) -> bool {
    hit.get(0).is_some_and(|whole| {
        ["不少于", "不超过", "不低于", "至少", "最多"].iter().any(|word| whole.as_str().contains(word))
    })
}
