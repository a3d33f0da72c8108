//! Words around a term: those that name it, those that make a stretch of time something else.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::scan::pattern;

/// What a name weighs that any stretch of time could have (某某期).
pub const AT_LARGE: f64 = 5.5;

/// Words that name the term, the surest first but for the last, which weighs [`AT_LARGE`].
pub static NAMES: LazyLock<[(Regex, f64); 5]> = LazyLock::new(|| {
    [
        (
            pattern(
                r"(?:设计|开发|建设|项目|服务|制作|施工|实施|研究|供货|编制|监测|合同|鉴定|测评|拍摄)周期|(?:合同|协议|服务|租赁|合作|履行|委托|承包|聘用|聘任|聘请|顾问|借款|使用|经营|运营|管理|维护|运维|物业服务|物业管理|劳动合同|采购|供货|供应|实施|项目|咨询|监理|养护|保洁|托管|出租|承租|合同履行|合同有效|服务合同)(?:的)?期限|(?:服务|合作|租赁|合同|使用|经营|承包)年限|一签|租期|租赁期|服务期|合同期|(?:合约|协议)期间|合作期|聘期|合约期|协议期|承包期|委托期|合同有效期|协议有效期",
            ),
            9.0,
        ),
        (
            pattern(
                r"(?i:(?-u:\b)(?:(?:lease|service|contract|licen[cs]e) )?(?:term|period|duration)(?-u:\b)(?: of (?:this|the) [a-z]+)?|contract expiration|remains? (?:valid|in force)|(?-u:\b)valid for|shall run)|(?:合同|施工|计划|总)?工期(?:\(?总日历(?:工作)?天数\)?)?|总日历(?:工作)?天数|服务时间|租赁时间|履约期限|履约期|完成(?:时间|日期)|项目周期|开发周期|建设周期|[\p{Han}]{2}周期|项目工期|完成期限|(?:服务|完成|工作|履约|履行|实施|供货|租赁)时限|时限要求|(?:合同|协议)?有效期限?|起止(?:时间|日期|年月)?|履行期|(?:起讫|期限起止)(?:时间|日期)?|保险期[间限]|(?:培训|演出|活动|会议|展览|比赛|举办|搬迁|施工|实施|拍摄|制作|供货|考察|开发|建设|研发|设计|编制|运营|驻场|租用|使用|执行|工作|聘用|见习|实习|值守|借用|合作)(?:的)?(?:时间|日期|安排)|[\p{Han}]{2}年限|[\p{Han}]{2}期限(?:为|自|:|共|,自)?",
            ),
            7.0,
        ),
        // What the contract is about, and 期.
        (
            pattern(
                r"(?:养护|运维|维护|供餐|配餐|配送|供货|供应|展览|布展|监管|许可|授权使用|租用|订阅|订购|刊登|上刊|运输|保养|使用|聘用|聘任|借用|借款|经营|管理|实施|执行|托管|驻场|驻点|保洁|维保|代理|代建|运营|出租|承租|看护|监测|巡查|巡检|值守|演出|活动|项目|培训|课程|采购|咨询|监理|审计|评估|物业|绿化|清运|收运|保安|安保|护卫|陪护|照料|培养|合作共建|共建|资助|赞助|冠名|存放|保管|投放|刊播|发布|宣传)(?:服务)?(?:期间?|时段|周期)|为期|展期:|(?:服务|供应|合同|租赁|履约|执行)时段",
            ),
            6.0,
        ),
        (
            pattern(
                r"本(?:合同|协议|合约)(?:书)?(?:有效期)?(?:的)?(?:期限)?(?:自|为|从)|(?:合同|协议|合约)(?:期间|有效期)|(?m)^(?:[\d.、()一二三四五六七八九十第条款_ ]{0,8})(?:[A-Za-z]{3,16} ?)?期限(?:[ /]*[A-Za-z][A-Za-z ]{0,16})?(?:[:为]|$)",
            ),
            4.5,
        ),
        // Whatever it is called, where it begins its sentence: see `begins`.
        (
            pattern(
                r"[\p{Han}]{1,3}[\p{Han}&&[^日到按逾分学限款假预后前]]期间?(?::|为|自|从|是|共|,自)|[,:]期限|[\p{Han}]{2,4}(?:时间|日期)(?::|为|自|从|\t|于)",
            ),
            AT_LARGE,
        ),
    ]
});
/// Words that make a duration something else.
pub static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:warranty|confidential|notice|payment|invoice|within|probation|deliver)|质保|保修|质量保证|保密|试用|缺陷责任|免租|装修期|建设期|分享期|竞业|保函|投标有效期|授权|付款|支付|结算|验收期|通知|响应|赔偿|逾期|宽限|异议|维修|使用寿命|设计寿命|诉讼时效|保存|公示|售后|免费|培训|延长|顺延|续|展期(?:[^:]|$)|保险|整改|抵押|担保|原合同|原协议|第三方|知悉之日|发票|交付|到货|交货|检测|履约保|缴|延误|迟延|拖延|整顿|提出|申请|答复|审批|审查|举证|上述|前述|该期限|规定期限|约定期限|提前|考核|报告|复验|复检|审核|评审|确认期|事件发生|影响工期|计费|统计|每次|[一每]次$|过渡|警示|观察|磨合|缓冲|冻结|接报|报修|故障|接到|报名|投标|签约|缴费|开标|递交|面试|领取",
    )
});
/// Is it said of something else? What the contract is about by its title (保险期间 of 保险协议) is not something else.
pub fn is_other(text: &str, title: &str) -> bool {
    let own = |word: &str| title.contains(word) || word == "保险" && title.contains('险');
    OTHER.find_iter(&without_event(text)).any(|word| !own(word.as_str()))
}

/// 自收到中标通知书之日起: without the event from which the term is counted, whatever it is.
pub fn without_event(text: &str) -> Cow<'_, str> {
    static FROM: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?:自|从|在|^:?)[^,。;\d]{2,30}?(?:之日|当日|次日|之次日|日)起"));
    FROM.replace_all(text, "")
}

/// Behind the name of the term, these speak about its end or course, not its length.
pub static COURSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:届满|未满|不足|不满|期满|满|内|前|后|终了|结束|到期|终止|之内|中|外|间|的\d|因|或|不受|变更|延|起始日|相应|顺延|费|、)",
    )
});
/// A supplement sets a new term.
pub static CHANGED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:变更|调整|修改|延长|顺延|更改)(?:为|至|到)|(?:延长|顺延|续展|续签)_*(?:[\d一二三四五六七八九十两半壹贰叁]))",
    )
});
/// 应于2024年5月1日前完成全部研究工作: the last day, where no term is named.
pub static COMPLETED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"应当?(?:于|在)[^,。;]{8,40}前(?:全部)?完成(?:全部|所有|本(?:项目|合同|课题)|研究|建设|开发|编制|施工|改造|制作)",
    )
});

/// 本合同签订后六个月内完成…: how long the whole work may take, where no term is named. What has to be done before it or
/// for it (a plan, a security, a first draft) is not the work.
pub static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:(?:合同|协议)书?(?:签订|签署|生效|订立)|(?:提供|收到|提交|取得|移交)[^,。;]{0,14}(?:资料|材料|文件|数据|图纸|要求|通知)|开工|进场)(?:之?日起?|后)?,?[^,。;]{0,12}内,?(?:[^,。;]{0,12}(?:完成|做完)[^,。;]{0,12}(?:报告|设计|编制|施工|开发|建设|研究|评估|审计|测绘|勘察|检测|鉴定|翻译|拍摄|制作|工程|改造|维修|装修|全部|所有|工作)|[^,。;]{0,12}(?:出具|提交|交付)[^,。;]{0,12}(?:报告|全部成果|最终成果|全套))|(?:合同|协议)书?(?:签订|签署|生效|订立)之日起[^,。;]{2,10}内(?:全部)?完成(?:[,。;]|$)",
    )
});
/// What is no whole work.
pub static PART_OF_WORK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"保函|保证金|发票|方案|计划|名单|初稿|初步|阶段|中期|首|验收|审查|审核|审定|手续|培训|理赔|移交|接收|甲方[^,。;]{0,12}完成|^[^,。;]{0,8}(?:甲方|采购人|委托人|委托方|发包人|买方)(?:应|在|于|自)*收到|第[一二三四五六]|备案|登记|整改|修改|返工|申请|供货|交货|进度报告|月报|周报|情况报告",
    )
});

/// Stretches of time that are what a sentence tells of, not what it lays down.
pub static EVENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"曾|此前|已于|签订的|原|鉴于|期间发生|工资|社保|统计|报告期|会计|审计期间|所属期|考核期")
});

/// Does a name that any stretch of time could have begin its sentence: after a number, or after 本项目?
pub fn begins(before: &str) -> bool {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^[\d.、()一二三四五六七八九十第条款项 ]*(?:本(?:项目|合同|协议|合约|工程|次|服务)?|该)?的?$",
        )
    });
    LEAD.is_match(before)
}

/// Is a label one of the term, of its beginning or of its end?
pub fn is_named(label: &str) -> bool {
    NAMES.iter().any(|(regex, _)| regex.is_match(label))
        || ["日", "时间", "年", "固定", "期"].iter().any(|word| label.contains(word))
}
