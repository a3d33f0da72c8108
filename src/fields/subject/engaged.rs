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
const ROLE: &str = "(?:[甲乙丙丁供需买卖]方|双方|两造|供应商|业主|贵(?:公司|司|方|单位)|我(?:公司|局|方|单位)|[\\p{Han}&&[^甲乙丙丁供需买卖]]{2}(?:方|单位|主体)|(?:采购|委托|受托|拍卖|承租|发包|承包|出租|承租|出借|借用|转让|受让|捐赠|赠与|受赠|投保|保险|定作|承揽|许可|被许可|聘请|受聘|用人|用车|承运|托运|购货|销货|移交|接收|送修|承修|用能|养护|维保|参展|实施|监理|设计|勘察|咨询|供应|供货|服务|使用|建设|施工|运营|管理|主办|承办|购买|承接|合作|赞助|研究|开发|出卖|买受|出让|保管|寄存|存货|征收|招租|竞得|中标|成交|供餐|就餐|代理|被代理|抵押|质押|受益|订货)(?:人))";

/// Between a party and what it does: 甲方因工作需要，向乙方采购….
const PURPOSE: &str = "(?:因|为|为了|根据|鉴于)[^,。;:\\n]{2,40},(?:现|特)?";

/// Each form holds the subject as a whole, or in the group `s`.
static FORMS: LazyLock<[Regex; 22]> = LazyLock::new(|| {
    [
        // 甲方委托乙方承担…
        format!(
            r"{ROLE}(?:[^,。;:\n]{{0,24}}?|{PURPOSE})(?:委托|聘请|聘用|选定|确定|邀请|交由|确认由|同意由)(?:由)?{ROLE}[^,。;:\n]{{4,90}}"
        ),
        // 乙方向甲方供应…, 甲方为…向乙方投保…
        format!(
            r"{ROLE}(?:[^,。;:\n]{{0,14}}?|{PURPOSE})(?:向|为|从|给|对){ROLE}[^,。;:\n]{{0,20}}?(?:采购|购买|订购|供应|出售|提供|出租|租赁|租用|包租|开发|承担|编制|设计|投保|捐赠|赠与|转让|出让|制作|印制|聘请|研制|加工|定制|施工|安装|维修|维护|保养|清洗|检测|运输|配送|托管|执行|开展|实施|组织|举办|策划|拍摄|改造|修缮|装修|进行|借款|配送|处置|清运|收运|检测|监测|测绘|勘察|鉴定|印刷|派遣|派驻|选派|投放|发布|保管|存放|仓储|开放|共享|推送|翻译)[^,。;:\n]{{2,80}}"
        ),
        // 甲方将…出租给乙方
        format!(
            r"(?:{ROLE}[^,。;:\n]{{0,12}}?)将[^,。;:\n]{{2,70}}?(?:出租|转让|发包|委托|交由|交给|交付|[^提移递上转成]交|移交|捐赠|赠与|赠送|借|承包|租赁|租|许可|外包|划转|调拨|提供)(?:给|与|予|于|由)?{ROLE}[^,。;:\n]{{0,40}}"
        ),
        // 乙方同意承租…
        format!(r"{ROLE}[^,。;:\n]{{0,8}}?(?:同意承租|承租|租用|承接|承办|承包|承担|授权{ROLE}使用|举办)[^,。;:\n]{{4,60}}"),
        // 就…事宜达成如下协议
        r"就(?P<s>[^。;:\n]{4,70}?)(?:等)?(?:的)?(?:有关|相关|具体)?(?:事宜|事项|一事|问题|工作|合作|项目)[^。;:\n]{0,24}?(?:达成|协商|订立|签订|约定|一致|如下|协议|合同|明确)|就(?P<u>[^。;:,\n]{4,60}?)(?:签订|订立|达成)(?:如下|本)(?:合同|协议)".to_owned(),
        // 经公开招标采购…, 因工作需要，拟将…
        r"(?:招标|磋商|谈判|比选|询价|竞价|采购|来源)(?:的?方式)?(?:采购|购买)(?P<s>[^,。;:\n]{4,50})[,。]|(?:拟|计划|决定)(?P<t>(?:将|对|开展|建设|采购|购置|购买|聘请|委托|实施|举办|租赁|租用)[^,。;:\n]{5,80})".to_owned(),
        // 甲方购买乙方社会工作服务
        format!(r"{ROLE}[^,。;:\n]{{0,12}}?(?:购买|采购|租用|租赁|使用|订购|征用|征收|收购|收储){ROLE}(?:的|提供的|所有的)?[^,。;:\n]{{3,40}}"),
        // 买受人购买的房屋为…
        format!(r"{ROLE}(?:购买|承租|租赁|租用|出租|出售|转让|受让|借用)的[\p{{Han}}]{{1,6}}?(?:为|是|位于|坐落于)(?P<s>[^,。;\n]{{4,60}})"),
        // 乙方为培训班提供住宿、餐饮
        format!(r"{ROLE}(?:负责)?为[^,。;:\n]{{2,20}}?提供[^,。;:\n]{{3,60}}"),
        // 双方决定共建见习基地
        r"(?:双方|三方|各方)(?:一致)?(?:决定|同意|约定|拟)?(?P<v>(?:共建|共同(?:建设|开展|举办|主办|承办|发起|组建|实施|打造|推进)|联合(?:开展|举办|建设|打造)|合作(?:建设|开展|举办))[^,。;:\n]{4,60})".to_owned(),
        // 聘请乙方律师担任法律顾问
        format!(r"(?:聘请|委托|指定){ROLE}[^,。;:\n]{{0,12}}?(?:担任|作为|为其|为)[^,。;:\n]{{4,30}}"),
        // 乙方向甲方提供的服务为：知识产权托管
        r"(?:提供|委托|采购|购买|承担|许可|转让|租赁|出租|捐赠|供应|定制|承揽|实施|开发)的(?:服务|货物|产品|标的|工作|技术|设备|事项|内容|项目|物品|物业|房屋|工程|业务)(?:内容|事项|项目|范围|名称)?(?:为|是|包括|即)[:《]?(?P<s>[^。;\n]{4,70})".to_owned(),
        // 鉴于甲方需要对馆藏档案进行数字化加工
        format!(r"{ROLE}(?:[^,。;:\n]{{0,6}}?)(?:需要|需|有意|希望|欲|要求)(?P<s>(?:对|将|就)[^,。;:\n]{{2,40}}(?:进行|开展|实施)[^,。;:\n]{{2,30}})"),
        // 兹有甲方举办运动会，由乙方承办…
        format!(r"(?:由|请|邀请){ROLE}[^,。;:\n]{{0,14}}?(?:负责|承办|承担|提供|举办|演出|实施|供应|配送|开展)[^,。;:\n]{{3,60}}"),
        // 乙方派保安员三名，为甲方提供安全保卫服务
        format!(r"[,。](?:负责|即)?(?:为|向){ROLE}的?[^,。;:\n]{{0,20}}?(?P<s>(?:提供|供应|承担|开展|实施)[^,。;:\n]{{4,60}})"),
        // 乙方提供停车管理服务
        format!(r"{ROLE}(?:应|须|负责|同意)?(?P<s>(?:提供|派出|派驻|选派)[^。;:\n]{{3,50}}(?:服务|劳务|顾问))(?:[,。;]|$)"),
        // 出租人将其名下铺面一间，建筑面积60平方米，租与承租人
        format!(r"{ROLE}[^,。;:\n]{{0,8}}?(?:将|有|拥有)(?P<s>[^,。;:\n]{{3,60}}),[^。;\n]{{2,60}}?(?:出租|租|借|转让|赠|出售|售)(?:给|与|予){ROLE}"),
        // 请贵司按下列明细供应体育器材
        r"(?:请|兹|现)[^,。;\n]{0,4}贵(?:公司|司|方|单位)[^,。;\n]{0,14}?(?:供应|订购|采购|购买|供货|提供|制作|印制|承印|施工)(?P<s>[^,。;:\n]{4,30})".to_owned(),
        // 双方在大数据平台建设等方面开展合作
        r"(?:双方|各方|三方)[^,。;:\n]{0,6}?(?:在|就|围绕)(?P<s>[^。;:\n]{4,60}?)(?:等)?(?:方面|领域|范围内)?(?:开展|进行|展开|加强|深化)[^。;,\n]{0,10}合作".to_owned(),
        // 双方本着…的原则，联合培养研究生
        r",(?P<s>(?:联合|共同|合作)(?:培养|建设|开展|举办|主办|研究|开发|组建|打造|实施|制作)[^,。;:\n]{3,50}),[^。\n]{0,20}(?:达成|签订|订立|协议)".to_owned(),
        // 甲方组织职工到乙方进行健康体检
        format!(r"{ROLE}(?:组织|安排|选送|委派)[^,。;:\n]{{2,20}}?(?:到|在|赴){ROLE}[^,。;:\n]{{0,10}}(?P<s>(?:进行|参加|接受|开展)[^,。;:\n]{{3,40}})"),
        // 因与某公司合同纠纷一案
        r"(?:因|就)(?P<s>(?:其)?与[^,。;\n]{4,60}?(?:纠纷|争议)(?:一)?案)".to_owned(),
    ]
    .map(|form| pattern(&form))
});
/// What is not said of a subject.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"违约|做出的|是指|提供的|(?:必要|相应|相关)的?(?:支持|资源|条件|便利)|协助|过失|故意|毁损|不能|不会|造成|违反|保密|通知|赔偿|支付|付款|发票|争议|诉讼|仲裁|送达|解除|终止|权利|不得|承诺|质疑|书面|(?:提供|提交|移交|有关|相关|必要|完整)[^,。;]{0,10}资料|资料(?:齐全|提供|移交)|配合|授权书|第三方|[应须需可]将|应向|应为|有权|擅自|(?:下列|以下|如下|上述|相关)(?:工作|事项|内容|服务|货物|条款|约定|材料|义务|职责|方式|问题|事宜|协议|合同)?$|(?:下列|以下|如下|上述)(?:工作|事项|内容|条款|约定|材料|义务|职责|方式|问题|房屋|物业|场地|商铺|车辆)|该(?:房屋|物业|场地|商铺)|其[他它]|免费|考评|考核|评价标准|[的后时前]$|本合同|本协议|工资|考勤|工伤|平等|诚实|纳税|税款|个人所得税|获得的|承担[^,。;]{0,14}(?:责任|费用|损失|风险|义务|后果)|承包(?:费|款|金)|承租(?:期|权)|租金|押金|(?:接受|同意)[^,。;]{0,4}委托$",
    )
});

/// So far behind the first clause, in bytes, what is agreed is said: a page.
const EARLY: usize = 2_700;

/// The first such sentence among recitals and first clauses.
pub(super) fn witness(reading: &Reading<'_>) -> Option<Witness<String>> {
    // Behind the first few clauses sentences tell how it is done, not what.
    let clauses =
        reading.rows.iter().find(|row| row.part == Part::Clauses).map_or(0, |row| row.range().start);
    let end = clauses + EARLY;
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
    let pair = parties.first().zip(parties.get(1));
    let twice = pair.is_some_and(|(first, second)| first.ends_with(second) || second.ends_with(first));
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
