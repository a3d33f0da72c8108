//! The sentence in which one side engages the other: 甲方委托乙方提供…, 双方就…事宜, 甲方将位于…出租给乙方.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::{Captures, Regex};

use super::super::phrase;
use super::super::reading::{Part, Reading};
use super::super::resolve::Witness;
use super::super::scan::pattern;
use super::{core, usable};
use crate::text::script::is_hanzi;

/// Words for a party, as they stand in sentences.
const ROLE: &str = "(?:[甲乙丙丁供需买卖]方|双方|供应商|中标人|业主|(?:采购|委托|受托|拍卖|承租|发包|承包|出租|承租|出借|借用|转让|受让|捐赠|赠与|受赠|投保|保险|定作|承揽|许可|被许可|聘请|受聘|用人|用车|承运|托运|购货|销货|移交|接收|送修|承修|用能|养护|维保|参展|实施|监理|设计|勘察|咨询|供应|供货|服务|使用|建设|施工|运营|管理|主办|承办|购买|承接|合作|赞助|研究|开发|出卖|买受)(?:方|人|单位|主体))";

/// Between a party and what it does: 甲方因工作需要，向乙方采购….
const PURPOSE: &str = "(?:因|为|为了|根据|鉴于)[^,。;:\\n]{2,40},(?:现|特)?";

/// Each form holds the subject as a whole, or in the group `s`.
static FORMS: LazyLock<[Regex; 12]> = LazyLock::new(|| {
    [
        // 甲方委托乙方承担…
        format!(
            r"{ROLE}(?:[^,。;:\n]{{0,12}}?|{PURPOSE})(?:委托|聘请|聘用|选定|确定|邀请|交由|确认由|同意由)(?:由)?{ROLE}[^,。;:\n]{{4,90}}"
        ),
        // 乙方向甲方供应…, 甲方为…向乙方投保…
        format!(
            r"{ROLE}(?:[^,。;:\n]{{0,14}}?|{PURPOSE})(?:向|为|从|给|对){ROLE}[^,。;:\n]{{0,20}}?(?:采购|购买|订购|供应|出售|提供|出租|租赁|租用|包租|开发|承担|编制|设计|投保|捐赠|赠与|转让|出让|制作|印制|聘请|研制|加工|定制|施工|安装|维修|维护|保养|清洗|检测|运输|配送|托管|执行|开展|实施|组织|举办|策划|拍摄|改造|修缮|装修)[^,。;:\n]{{2,80}}"
        ),
        // 甲方将…出租给乙方
        format!(
            r"(?:{ROLE}[^,。;:\n]{{0,12}}?)将[^,。;:\n]{{2,70}}?(?:出租|转让|发包|委托|交由|交给|交付|[^提移递上转成]交|移交|捐赠|赠与|赠送|借|承包|租赁|租|许可|外包|划转|调拨|提供)(?:给|与|予|于|由)?{ROLE}[^,。;:\n]{{0,40}}"
        ),
        // 乙方同意承租…
        format!(r"{ROLE}[^,。;:\n]{{0,8}}?(?:同意承租|承租|租用|承接|承办|承包|授权{ROLE}使用|举办)[^,。;:\n]{{4,60}}"),
        // 就…事宜达成如下协议
        r"就(?P<s>[^。;:\n]{4,70}?)(?:等)?(?:的)?(?:有关|相关|具体)?(?:事宜|事项|一事|问题|工作|合作|项目)[^。;:\n]{0,24}?(?:达成|协商|订立|签订|约定|一致|如下|协议|合同|明确)|就(?P<u>[^。;:,\n]{4,60}?)(?:签订|订立|达成)(?:如下|本)(?:合同|协议)".to_owned(),
        // 经公开招标采购…, 因工作需要，拟将…
        r"(?:招标|磋商|谈判|比选|询价|竞价|采购|来源)(?:的?方式)?(?:采购|购买)(?P<s>[^,。;:\n]{4,50})[,。]|(?:拟|计划|决定)(?P<t>(?:将|对|开展|建设|采购|购置|购买|聘请|委托|实施|举办|租赁|租用)[^,。;:\n]{5,80})".to_owned(),
        // 甲方购买乙方社会工作服务
        format!(r"{ROLE}[^,。;:\n]{{0,8}}?(?:购买|采购|租用|租赁|使用|订购){ROLE}(?:的|提供的|所有的)?[^,。;:\n]{{3,40}}"),
        // 买受人购买的房屋为…
        format!(r"{ROLE}(?:购买|承租|租赁|租用|出租|出售|转让|受让|借用)的[\p{{Han}}]{{1,6}}?(?:为|是|位于|坐落于)(?P<s>[^,。;\n]{{4,60}})"),
        // 乙方为培训班提供住宿、餐饮
        format!(r"{ROLE}(?:负责)?为[^,。;:\n]{{2,20}}?提供[^,。;:\n]{{3,60}}"),
        // 双方决定共建见习基地
        r"(?:双方|三方|各方)(?:一致)?(?:决定|同意|约定|拟)?(?P<v>(?:共建|共同(?:建设|开展|举办|组建|实施|打造|推进)|联合(?:开展|举办|建设|打造)|合作(?:建设|开展|举办))[^,。;:\n]{4,60})".to_owned(),
        // 聘请乙方律师担任法律顾问
        format!(r"(?:聘请|委托|指定){ROLE}[^,。;:\n]{{0,12}}?(?:担任|作为|为其|为)[^,。;:\n]{{4,30}}"),
        // 因与某公司合同纠纷一案
        r"(?:因|就)(?P<s>(?:其)?与[^,。;\n]{4,60}?(?:纠纷|争议)(?:一)?案)".to_owned(),
    ]
    .map(|form| pattern(&form))
});
/// What is not said of a subject.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"违约|做出的|是指|提供的|(?:必要|相应|相关)的?(?:支持|资源|条件|便利)|协助|过失|故意|毁损|不能|不会|造成|违反|保密|通知|赔偿|支付|付款|发票|争议|诉讼|仲裁|送达|解除|终止|权利|不得|承诺|质疑|书面|资料|配合|授权书|第三方|[应须需可]将|应向|应为|有权|擅自|(?:下列|以下|如下|上述|相关)(?:工作|事项|内容|服务|货物|条款|约定|材料|义务|职责|方式|问题|事宜|协议|合同)?$|(?:下列|以下|如下|上述)(?:工作|事项|内容|条款|约定|材料|义务|职责|方式|问题)|本合同|本协议",
    )
});

/// The first such sentence among recitals and first clauses.
pub(super) fn witness(reading: &Reading<'_>) -> Option<Witness<String>> {
    let end = (reading.body.len() / 3).max(4_500);
    let early = |hit: &Captures<'_>| hit.get(0).is_some_and(|whole| whole.start() < end);
    let apart = |range: &Range<usize>| !matches!(reading.part_at(range.start), Part::Opening | Part::Clauses);
    let first = |form| {
        let hits = reading.captures_all(form).take_while(early);
        hits.filter_map(|hit| said(reading, &hit)).find(|range| !apart(range))
    };
    // 甲方拟举办展览，乙方将展品借予甲方: what is planned is less than what is agreed.
    let planned = |range: &Range<usize>| {
        let lead = reading.slice(reading.sentence(range.start).start..range.start);
        ["拟", "计划"]
            .iter()
            .any(|word| lead.ends_with(word) || phrase::head(reading.slice(range.clone()), 12).contains(word))
    };
    let range = FORMS.iter().filter_map(first).min_by_key(|range| (planned(range), range.start))?;
    Some(Witness::new(reading.written(range.clone()), range, 0.7, "subject/sentence"))
}

fn said(reading: &Reading<'_>, hit: &Captures<'_>) -> Option<Range<usize>> {
    let whole = ["s", "t", "u", "v"].iter().find_map(|group| hit.name(group)).or(hit.get(0))?;
    static FOLLOWS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:,?(?:具体|明细|详细|清单)?(?:内容|要求|情况|明细)?(?:分别)?如下|等)$"));
    if let Some(goods) = announced(reading, whole.range()) {
        return Some(goods);
    }
    let end = FOLLOWS.find(whole.as_str()).map_or(whole.end(), |follows| whole.start() + follows.start());
    let whole = whole.start()..end;
    let text = reading.slice(whole.clone());
    let words = text.chars().filter(|c| is_hanzi(*c)).count();
    let range = core(reading, whole);
    let parties: Vec<&str> = roles(text).collect();
    // 甲方要求为甲方开发: the middle of a sentence.
    let twice = parties.first().is_some_and(|first| parties.get(1) == Some(first));
    let case = text.ends_with('案');
    (words >= 4 && !twice && (case || !OTHER.is_match(text)) && usable(reading.slice(range.clone())))
        .then_some(range)
}

/// 委托人委托拍卖人拍卖下列标的：报废车辆11辆，…: what is announced, where the sentence goes on with it.
fn announced(reading: &Reading<'_>, whole: Range<usize>) -> Option<Range<usize>> {
    let about = ["标的", "货物", "物品", "设备", "产品", "车辆", "房屋", "服务", "资产"];
    let text = reading.slice(whole.clone());
    let announces = about
        .iter()
        .any(|word| text.ends_with(&format!("下列{word}")) || text.ends_with(&format!("以下{word}")));
    let rest = reading.slice(whole.end..reading.sentence(whole.end).end.max(whole.end));
    let goods = rest.strip_prefix(':').filter(|_| announces)?;
    let end = goods.find([',', '。', ';']).unwrap_or(goods.len());
    let range = whole.end + 1..whole.end + 1 + end;
    usable(reading.slice(range.clone())).then_some(range)
}

/// The words for parties with which a wording begins.
fn roles(text: &str) -> impl Iterator<Item = &str> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| pattern(ROLE));
    WORD.find_iter(text).map(|word| word.as_str())
}
