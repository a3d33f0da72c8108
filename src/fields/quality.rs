//! Quality (质量, 《办法》第三十一条): the standard, the acceptance, the objection. What is not said of the three stays
//! open; the field is absent only where none is said.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::Extractor;
use super::clause;
use super::draft::Draft;
use super::explain::{Considered, Verdict};
use super::reading::{Part, Reading};
use super::scan::{blank, pattern};
use crate::model::Value;
use crate::model::fields::Quality;

/// The quality.
pub const EXTRACTOR: Extractor =
    Extractor {
        field: "quality", about: "质量：质量标准、验收、异议三项，各取约定的原文", run
    };

/// How one of the three is known.
struct Cues {
    /// `standard`, `acceptance`, `objection`.
    part: &'static str,
    heading: Regex,
    /// Before a colon, in a line or sentence of its own.
    label: Regex,
    sentence: Regex,
    unless: Regex,
}

static STANDARD: LazyLock<Cues> = LazyLock::new(|| Cues {
    part: "standard",
    heading: pattern(
        r"质量(?:标准|要求|等级|与标准|和标准|目标|及[^,。;]{0,8}要求|与验收|和验收|及验收)?$|(?:检测|检验|审计|养护|管养|维保|保养|作业|编制|设计|监测)(?:标准|依据|规范|要求)|(?:服务|技术|工作|交付|货物|产品)(?:质量)?(?:标准|要求|规范)|^质量",
    ),
    label: pattern(
        r"(?:^|[\n。;、.)\d])(?:(?:服务|质量|技术|养护|保洁|作业|工程|产品|货物|设备|工作|成果)(?:质量)?(?:标准|要求|等级|目标)(?:及要求|与要求)?|(?:工程|产品|货物)?质量):",
    ),
    sentence: pattern(
        r"(?:货物|产品|设备|商品|物品|物资|配件|耗材)[^。;,\n]{0,20}(?:全新|正品|原厂|原装)|质量(?:应|须|应当)?(?:为|达到|系)[^,。;\n]{0,10}(?:国标|一级|一等|优等|合格|优良|特级)|(?:质量|货物|产品|设备|服务|工程|成果|标准|餐食|物品|材料)[^。;\n]{0,40}(?:(?:符合|执行|达到|满足|不低于|遵循|适用|参照|依照)[^。;\n]{0,50}(?:标准|规范|要求|合格|等级|规定|参数|规程|技术条件|国标|行标)|(?:按照?|以)[^。;\n]{0,50}(?:标准|规范|规程|技术条件|国标|行标|质量要求|技术要求|合格))|(?:质量|符合|执行|达到|满足|参照|按照?|依据|遵循)[^。;\n]{0,20}(?:GB|DB|JGJ|JG|CJJ?|YY|QB|HJ|ISO|TSG|DA|SL|GA|WS|GY|NY|SB|LY|TB|JT[GJ]?|AQ|YD|SJ|CECS|T|TCECS|SZDB|WB|MZ)(?:/[A-Z]{1,6})?[ -]?[A-Z]?\d|(?:按照?|遵循|依据|符合)[^,。;\n]{2,30}(?:准则|规程|技术规范|操作规范|工作规范|导则)(?:的(?:规定|要求))?[^,。;\n]{0,20}(?:开展|进行|执行|实施|作业|工作|提供)|(?:与|同|按照?|符合)[^,。;\n]{0,20}(?:样稿|样品|样本|样板|封样|小样)[^,。;\n]{0,10}(?:一致|相符|相同|为准)|(?:符合|执行|达到|满足|按照?|参照|依照|遵守)[^。;\n]{0,30}(?:国家标准|行业标准|地方标准|国标|行标|规范|准则|规程|导则|深度规定|技术要求|质量要求|质量标准|合格标准|优良)",
    ),
    unless: pattern(
        r"违约|赔偿|异议|组织验收|验收合格后|满意度|考核|质保期|保修期|验收不合格|不符合|未达到|逾期|支付|解除|扣减|扣除|退货|投标文件不一致|安全操作|违章|提出建议|工资|福利|薪酬|待遇|劳动纪律|税率|(?:收费|补偿|费用|计费)标准|统计|签订本|订立本|经协商",
    ),
});
static ACCEPTANCE: LazyLock<Cues> = LazyLock::new(|| Cues {
    part: "acceptance",
    heading: pattern(r"验收|验货|成果(?:交付|确认|评审)|交付与确认|履约评价|考核|评估|签收|结题|检查"),
    label: pattern(r"(?:^|[\n。;、.)\d])(?:[\p{Han}]{0,4})验收(?:标准|方式|办法|程序|方法|要求|期限)?:"),
    sentence: pattern(
        r"收到[^。;,\n]{0,14}(?:成果|报告|货物|产品|设计文件|交付物|文件)[^。;\n]{0,24}(?:书面)?(?:确认|审核意见|审查意见|书面意见)|逾期未[^。;\n]{0,14}视为(?:验收)?(?:合格|通过|认可)|(?:组织|进行|申请|提出|办理|参加|负责|予以|共同|完成|开展|履行)[^。;\n]{0,16}(?:验收|评审)|(?:验收|评审)(?:标准|方式|程序|办法|依据|期限|合格)[^。;\n]{0,6}(?:为|:|按|以|应|由|是|通过)|(?:经|由)[^。;\n]{0,14}验收合格|(?:货到|到货|收货|完工|交货)[^。;\n]{0,14}验收|(?:完工|完成|交付|到货|送达)后[^。;\n]{0,14}(?:签字|书面|盖章)确认|(?:逐|当场|开箱|到货|竣工|初步|最终|分期)验收|(?:由|经|甲方|乙方|双方|采购人|发包人|买方|需方|委托人|接收人|使用单位)[^。;\n]{0,24}(?:验收|验货|评审|清点|核验|查验|抽检|抽查)|(?:按|每)(?:月|季度?|年度?|半年|次)[^。;\n]{0,10}考核|考核(?:得分|评分|合格)|(?:甲方|买方|需方|采购人|委托人)[^。;\n]{0,16}(?:检验|点验)|(?:进行|开展|实施)[^,。;\n]{0,6}(?:检查评分|评分|考核|评价打分)|初验|终验|专家评审|评审通过|(?:视为|即为|通过)[^,。;\n]{0,8}验收|验收通过|(?:清点|核对|查验|检验)[^,。;\n]{0,16}(?:签收|签字|确认)",
    ),
    unless: pattern(
        r"违约金|逾期|支付|付款|付清|付至|解除合同|顺延|续签|续约|退还|退租|结清|质保期|质量保证期|保修期|缺陷责任期|保证金|签订本|订立本|全过程|至竣工验收|不作为|定金|尾款|首笔|进度款",
    ),
});
/// What a sentence under a heading about acceptance says of it.
static CHECKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"验收|检验|查验|核验|清点|评审|签收|考核|检测|测试|试运行|抽检|过磅|开箱|检查|打分")
});
static OBJECTION: LazyLock<Cues> = LazyLock::new(|| Cues {
    part: "objection",
    heading: pattern(r"异议"),
    label: pattern(r"(?:^|[\n。;、.)\d])(?:质量|验收)?异议(?:期限?|的?提出|的?处理)?:"),
    sentence: pattern(
        r"(?:质量|数量|验收|货物|货品|产品|成果|车况|交付|瑕疵|规格|工程|设备|服务|外观|检验|交付物|物业)[^。\n]{0,40}(?:异议|不符|瑕疵|缺陷)[^。\n]{0,50}(?:提出|书面|通知|日内|告知)|(?:发现|认为)[^。;\n]{0,24}(?:不符|质量问题|缺陷|瑕疵|短缺|破损)[^。;\n]{0,30}(?:日内|天内|小时内|当场|及时|立即)[^。;\n]{0,10}(?:提出|通知|告知)|(?:提出|有)(?:质量|验收)?异议[^。\n]{0,40}(?:日|天|时|书面)|(?:发现|存在|出现)[^。;\n]{0,24}(?:质量问题|不合格|变质|腐烂|破损|损坏|短斤缺两|短缺|瑕疵|缺陷|不符)[^。;\n]{0,30}(?:提出|告知|通知|要求(?:更换|退货|换货|退换|复检|返工|重做))|发现[^。;\n]{1,20}的,(?:乙方|卖方|供方|供应商)[^。;\n]{0,20}(?:更换|退换|补足|重做|重印)",
    ),
    unless: pattern(
        r"付款|账单|结算|发票|仲裁|诉讼|管辖|变更|续签|续租|合同条款|解除|终止|保密|价格|扣款|扣罚|对账",
    ),
});

fn run(reading: &Reading<'_>, draft: &mut Draft) {
    let found = [&STANDARD, &ACCEPTANCE, &OBJECTION].map(|cues| (cues.part, find(reading, cues)));
    let found =
        found.map(|(part, found)| (part, found.map(|(range, sure)| (unlabelled(reading, range), sure))));
    let text = |index: usize| {
        let (_, found) = found.get(index)?;
        found.as_ref().map(|(range, _)| reading.written(range.clone()))
    };
    let value = Quality { standard: text(0), acceptance: text(1), objection: text(2) };
    let known: Vec<_> = found.iter().filter_map(|(part, found)| Some((*part, found.as_ref()?))).collect();
    let Some(sure) = known.iter().map(|(_, (_, sure))| *sure).reduce(f64::min) else {
        draft.absent(reading, "quality", None);
        return;
    };
    let spans = known.iter().map(|(part, (range, _))| reading.span(range.clone()).supporting(part)).collect();
    for (part, (range, sure)) in &known {
        reading.journal.note(|| Considered {
            span: reading.span(range.clone()),
            score: *sure,
            source: format!("quality/{part}"),
            verdict: Verdict::Won,
            why: "该项最先出现的约定".to_owned(),
        });
    }
    draft.fields.quality = Some(Value::new(value, sure, "quality/clauses", spans));
}

/// 验收标准、方法：货到后当场验收: without the heading on its own line.
fn unlabelled(reading: &Reading<'_>, range: Range<usize>) -> Range<usize> {
    static LABEL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[\p{Han}、和与及]{2,18}:(?P<rest>[^\n]{8,})"));
    let rest = LABEL.captures(reading.slice(range.clone())).and_then(|found| found.name("rest"));
    rest.map_or(range.clone(), |rest| range.start + rest.start()..range.end)
}

/// The sentence that lays the thing down: in a clause of its own, else anywhere among the clauses.
fn find(reading: &Reading<'_>, cues: &Cues) -> Option<(Range<usize>, f64)> {
    let headed = clause::headed(reading, &cues.heading).find_map(|under| {
        let sentences = clause::sentences(reading, under, 6);
        let fits = |range: &&Range<usize>| fits(reading, cues, range);
        let checks = |range: &Range<usize>| CHECKS.is_match(reading.slice(range.clone()));
        let stated = sentences
            .iter()
            .find(|range| fits(range) && cues.sentence.is_match(reading.slice((*range).clone())));
        // Under 验收 anything is about acceptance; a standard and an objection have to say so.
        stated
            .or_else(|| {
                sentences.iter().find(fits).filter(|range| cues.part == "acceptance" && checks(range))
            })
            .cloned()
    });
    if let Some(range) = headed {
        return Some((range, 0.88));
    }
    labelled(reading, cues)
        .map(|range| (range, 0.84))
        .or_else(|| anywhere(reading, cues).map(|range| (range, 0.78)))
}

/// 服务标准：接到报修后两小时内响应: what stands behind the label.
fn labelled(reading: &Reading<'_>, cues: &Cues) -> Option<Range<usize>> {
    let slots = reading.find_all(&cues.label).filter(|slot| is_laid_down(reading, slot.start()));
    slots
        .map(|slot| reading.trim(slot.end()..reading.sentence(slot.end()).end.max(slot.end()), &['。', ';']))
        .find(|range| fits(reading, cues, range) || GRADE.is_match(reading.slice(range.clone())))
}

/// 质量：合格: a grade says it all.
static GRADE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:国标|行标)?(?:合格|优良|优|一级|一等品?|特级|良好)(?:等级|标准|以上)?$"));

/// A sentence that says it, wherever it stands among the clauses; what goes on with another matter is cut off.
fn anywhere(reading: &Reading<'_>, cues: &Cues) -> Option<Range<usize>> {
    let hits = reading.find_all(&cues.sentence).filter(|found| is_laid_down(reading, found.start()));
    hits.map(|found| (found.end(), clause::without_number(reading, reading.sentence(found.start()))))
        .map(|(end, range)| without_other(reading, cues, range, end))
        .find(|range| fits(reading, cues, range))
}

fn is_laid_down(reading: &Reading<'_>, at: usize) -> bool {
    matches!(reading.part_at(at), Part::Clauses | Part::Opening)
}

/// 按国家标准养护，甲方每月考核一次: up to the comma behind what is said, where another matter follows.
fn without_other(reading: &Reading<'_>, cues: &Cues, range: Range<usize>, said: usize) -> Range<usize> {
    let rest = reading.slice(said..range.end.max(said));
    let other = cues.unless.find(rest).map(|other| other.start());
    let comma = rest.find(',').filter(|comma| other.is_some_and(|other| *comma < other));
    // 经验收合格后，支付…: a condition is no half of two matters.
    let whole =
        |comma: &usize| !reading.slice(range.start..said + comma).ends_with(['后', '内', '时', '的', '前']);
    comma.filter(whole).map_or(range.clone(), |comma| range.start..said + comma)
}

fn fits(reading: &Reading<'_>, cues: &Cues, range: &Range<usize>) -> bool {
    let text = reading.slice(range.clone());
    let length = text.chars().count();
    (6..=300).contains(&length) && !cues.unless.is_match(text) && !blank::has_placeholder(text)
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::with_reading;
    use super::*;

    fn quality(source: &str) -> Option<Quality> {
        with_reading(source, |reading| {
            let mut draft = Draft::default();
            run(reading, &mut draft);
            draft.fields.quality.map(|quality| quality.value)
        })
    }

    #[test]
    fn the_three_are_told_apart() {
        let found = quality(
            "第七条 质量标准\n1. 货物应为全新原装产品，符合国家标准和行业标准。\n第八条 验收与异议\n1. 到货后15日内由甲方组织验收。\n2. 甲方对质量有异议的，应在15日内书面提出。",
        )
        .expect("quality");
        assert_eq!(found.standard.as_deref(), Some("货物应为全新原装产品，符合国家标准和行业标准"));
        assert_eq!(found.acceptance.as_deref(), Some("到货后15日内由甲方组织验收"));
        assert_eq!(found.objection.as_deref(), Some("甲方对质量有异议的，应在15日内书面提出"));
    }

    #[test]
    fn standards_by_code_by_rule_and_by_sample() {
        for (source, expected) in [
            ("第二条 乙方按照TSG T5002的要求每十五日保养一次。", "乙方按照TSG T5002的要求每十五日保养一次"),
            (
                "第二条 乙方按照中国注册会计师审计准则的规定开展工作。",
                "乙方按照中国注册会计师审计准则的规定开展工作",
            ),
            ("第二条 成品应与甲方确认的样稿一致。", "成品应与甲方确认的样稿一致"),
        ] {
            assert_eq!(
                quality(source).and_then(|found| found.standard).as_deref(),
                Some(expected),
                "{source}"
            );
        }
    }

    #[test]
    fn what_is_not_said_stays_open() {
        let found = quality("第二条 交付\n乙方应在十日内申请验收。").expect("quality");
        assert_eq!((found.standard, found.objection), (None, None));
        assert_eq!(found.acceptance.as_deref(), Some("乙方应在十日内申请验收"));
    }

    #[test]
    fn neither_payment_nor_damages_are_quality() {
        for source in [
            "第三条 付款\n经甲方验收合格后10日内支付尾款。",
            "第八条 违约\n质量不符合标准的，乙方应赔偿损失。",
            "第九条 结算\n甲方对账单有异议的，应在3日内提出。",
        ] {
            assert_eq!(quality(source), None, "{source}");
        }
    }
}
