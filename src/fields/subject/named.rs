//! Names of the subject: slots with a label (项目名称：…), and what the title says beside the words of its type.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::draft::Draft;
use super::super::phrase;
use super::super::reading::{Part, Reading};
use super::super::resolve::Witness;
use super::super::scan::{blank, pattern};
use super::{core, usable};
use crate::text::script::is_hanzi;

/// Slots with the subject on their own line.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)(?:^|\t|[)、.,]|^\d{1,2}(?:\.\d{1,2}){1,3})(?P<label>(?:合同|采购|租赁|转让|捐赠|许可|保险|拍卖|出租|本合同)?标的(?:物)?(?:名称)?|(?:本(?:合同|项目|次)(?:的)?)?(?:[\p{Han}]{0,2}(?:采购|服务|工程|工作|项目|合作|业务|委托|供货|培训|检测|印制|活动|许可|运营|养护|发布|承揽|定作|承包|施工|维修|维保|设计|开发|研究|咨询|审计|评估|监理|代理|翻译|展览|演出|租赁|资助|采样|监测|配送|运输|保管|托管|授权))(?:的)?(?:内容|事项|范围|任务)|(?:检测|监测|评估|鉴定|养护|维保|保洁|审计|测绘|勘察|保护|普查|检查|监理)对象|(?:租赁|出租|借用|承揽|定作|保管|赠与|捐赠|转让|运输|投保|抵押)(?:物(?:品|件|资|业)?|财产|设备|车辆|货物|房屋|场地|资产)(?:名称|情况)?|(?:采购|招标|服务|合作|委托|中标|成交|培训|建设|检测)项目|(?:房屋|物业|商铺|厂房|场地|土地|车位|仓库|租赁物|出租房屋|租赁房屋|租赁物业|租赁场地|出租物业)(?:的)?(?:坐落|座落|位置|地址|地点)|工程承包范围|承包范围|(?:货物|产品|设备|物资|货品|印刷品|作品|药品|车辆|节目)名称|品名|(?:采购)?项目名称|工程名称|服务名称|活动名称|课题名称|(?:培训|活动|会议|论坛)主题)(?:为|是|位于|坐落于)?[:\t](?P<value>[^\n\t]{2,200})",
    )
});

/// What labels say: the name of the undertaking, and what is done.
#[derive(Default)]
pub(super) struct Labelled {
    /// 项目名称
    pub(super) name: Option<Witness<String>>,
    /// 服务内容
    pub(super) contents: Vec<Witness<String>>,
}

/// The labelled slots outside attachments; a blank one is told.
pub(super) fn labelled(reading: &Reading<'_>, blank: &mut Option<Range<usize>>) -> Labelled {
    let mut found = Labelled::default();
    for slot in reading.captures_all(&LABEL) {
        let (Some(whole), Some(label), Some(value)) = (slot.get(0), slot.name("label"), slot.name("value"))
        else {
            continue;
        };
        if reading.part_at(whole.start()) == Part::Attachment || is_of_table(reading, value.start()) {
            continue;
        }
        let range = reading.trim(value.range(), &['。', ';', '《', '》']);
        if blank::is_blank(value.as_str()) {
            *blank = blank.clone().or(Some(whole.range()));
        } else if usable(&reading.written(range.clone())) {
            found.add(reading, label.as_str(), range);
        }
    }
    found
}

/// Does it stand in the head of a table (货物名称 | 品牌 | 数量 | 单价 | 总价), where nothing behind a label is its value?
fn is_of_table(reading: &Reading<'_>, at: usize) -> bool {
    reading.row_at(at).is_some_and(|row| row.segments.len() > 4 || row.segments.len() == 3)
}

impl Labelled {
    fn add(&mut self, reading: &Reading<'_>, label: &str, range: Range<usize>) {
        let is_name = label.ends_with("主题")
            || ["采购项目", "招标项目", "中标项目", "成交项目", "建设项目"].contains(&label)
            || ["项目", "工程", "服务", "活动", "课题", "标的"]
                .iter()
                .any(|of| label.ends_with(&format!("{of}名称")));
        let range = core(reading, without_next_item(reading, range));
        let witness =
            |sure| Witness::new(reading.written(range.clone()), range.clone(), sure, "subject/label");
        if is_name {
            self.name = self.name.take().or_else(|| Some(witness(0.8)));
        } else if self.contents.len() < 3 {
            self.contents.push(witness(0.86));
        }
    }
}

/// X项目1.2建设地点：…: lines of a list that were run together.
fn without_next_item(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    static NEXT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"\d{1,2}\.\d{1,2}[ .、]?[\p{Han}]{2,8}:|(?:采购|项目|招标|合同|政府)?[\p{Han}]{2}编号:")
    });
    let end = NEXT.find(reading.slice(range.clone())).map(|next| range.start + next.start());
    reading.trim(range.start..end.filter(|end| *end > range.start).unwrap_or(range.end), &['。', ';', ','])
}

/// What the title says beside the words of its type: 垃圾分类督导服务 of 垃圾分类督导服务合同. A bare 服务合同 says nothing; one that
/// the clauses do not bear out has no confidence.
pub(super) fn titled(reading: &Reading<'_>, draft: &Draft) -> Option<Witness<String>> {
    static END: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:项目)?(?:合同|协议|约定|备忘录|意向书)(?:书)?(?:[(（].{0,12}[)）])?$"));
    static KIND: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?:小微|零星|项目|政府|货物|物资|产品|设备|采购|购买|购销|买卖|供货|委托|服务|租赁|承包|施工|建设|工程|合作|赠与|捐赠|技术|咨询|框架|补充|变更|解除|终止|续签|监管|借款|聘用|劳动|代理|承揽|赞助|使用|定点|战略|场地|合同|协议)+$",
        )
    });
    let title = draft.fields.title.as_ref()?;
    let name = title.value.trim_matches(['《', '》', ' ']);
    let name = &name[..END.find(name)?.start()];
    // 某项目续签合同政府采购合同
    let name = name.split_once("合同").map_or(name, |(first, _)| first.trim_end_matches("续签"));
    let own = KIND.find(name).map_or(name, |kind| &name[..kind.start()]);
    let range = phrase::range_of(reading, title.evidence.first()?)?;
    let hanzi = |text: &str| text.chars().filter(|c| is_hanzi(*c)).count();
    let body = own.ends_with(['局', '处', '司', '的', '及', '和', '与', '关', '于', '之']);
    let says = hanzi(own) >= 2 && hanzi(name) >= 4 && !body && !blank::has_placeholder(name);
    // What the clauses do not bear out may be anything; a long title says more, so that less of it has to be borne out.
    let borne = borne_out(reading, own);
    let sure = match () {
        () if borne >= MOSTLY => 0.75,
        () if borne >= PARTLY && hanzi(own) >= SPECIFIC => 0.7,
        () => 0.0,
    };
    says.then(|| Witness::new(name.to_owned(), range, sure, "subject/title"))
}

/// The share of a title that the clauses have to speak of.
const MOSTLY: f64 = 0.6;
/// The same for a title that says much.
const PARTLY: f64 = 0.34;
/// So many characters of its own make a title say much.
const SPECIFIC: usize = 6;

/// How much of what the title names the clauses speak of, in its words or in pairs of characters: from 0 to 1.
fn borne_out(reading: &Reading<'_>, own: &str) -> f64 {
    let spoken =
        |words: &str| reading.body.match_indices(words).any(|(at, _)| reading.part_at(at) == Part::Clauses);
    if spoken(own) {
        return 1.0;
    }
    let starts: Vec<usize> = own.char_indices().map(|(at, _)| at).chain([own.len()]).take(40).collect();
    // Characters that stand in a pair which the clauses speak: 空调 and 清洗 of 空调清洗维护.
    let mut there = 0;
    let mut covered = 0;
    for (index, at) in starts.windows(3).enumerate() {
        if own.get(at[0]..at[2]).is_some_and(spoken) {
            there += (index + 2).saturating_sub(covered.max(index));
            covered = index + 2;
        }
    }
    if starts.len() > 4 { there as f64 / (starts.len() - 1) as f64 } else { 0.0 }
}
