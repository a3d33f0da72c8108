//! Courts and arbitral bodies that a sentence names and does not choose.

use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::scan::pattern;
use crate::model::fields::DisputeKind;

/// A way that is ruled out: 不得再向人民法院起诉. Reaches from the negation to the forum, in one phrase, and
/// not over a description (不能解决的).
static EXCLUDED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:(?:不得|不能|不可|不应|不再|不予|无权|放弃|排除)(?:再行|再|另行|另|直接|自行|单方|[就因][^,。;\n]{0,16}?)*(?:向|到|由|以|提交|提起|提请|申请|诉至|进行|通过|采取|采用|选择|寻求|请求)|不(?:向|提交|提起|提请|申请|采用|选择))(?:[^,。;\n的]|权的){0,36}$|(?:排除|不受|不接受)[^,。;\n]{0,10}法院$",
    )
});
/// Conditions under which a negation only sets an order: 未经协商，不得向人民法院起诉.
static UNTIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"未经|未先|之前|以前|前,?(?:[^,。;]{0,8})$|期间"));

/// Arbitration on which the parties may still agree: 事后书面同意的，可提交仲裁. Nothing is chosen yet.
static LATER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:事后|嗣后|届时|另行)[^。;,不]{0,8}(?:同意|达成|协商一致|签订|签署|订立|约定)[^。;不]{0,40}$")
});

/// What goes on while a dispute is being settled: 如对争议进行仲裁或向人民法院提起诉讼，…应继续履行.
static MEANWHILE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\d一二三四五六七八九十(). 、)]{0,8}(?:如|若|当|在)?对(?:任何|有关|该|某)?(?:项|的)?争议(?:事项)?(?:进行|提起|提交|申请)[^,。;]{2,30},[^。;]{0,80}继续",
    )
});

/// What the statute grants or a printed form reminds of: 未约定仲裁机构的，可向人民法院起诉; 请求人民法院确认解除的效力; where
/// documents of a court are served.
static REMINDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:未|没有|不)[^,。;成得]{0,12}约定仲裁[^,。;]{0,6}的[^。;]{0,60}(?:起诉|诉讼)|(?:未|没有)[^,。;]{0,8}达成[^,。;]{0,4}仲裁协议[^。;]{0,40}(?:起诉|诉讼)|请求(?:人民)?(?:法院|仲裁机构|仲裁委员会)[^,。;]{0,24}(?:确认|变更|撤销|解除|减少|增加|调整)|(?:文书|文件|地址|通知)[^,。;]{0,60}送达|送达[^,。;]{0,60}(?:文书|地址)",
    )
});

/// General terms that leave the choice to the special ones: 可提交仲裁或者诉讼，具体见专用条款.
static DEFERRED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:具体|详)?(?:见|在|由|按照?|以|依照?)(?:本)?(?:合同)?专用(?:合同)?条款[^。;\n]{0,12}(?:约定|明确|选择|规定|选定|为准|[。;,\n]|$)",
    )
});
/// What makes the name of a body of a word for bodies.
static NAMED_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?:[省市区县旗]|所在地|住所地|签订地|履行地|国际|北京|上海|深圳|广州)[^,。;]{0,12}$")
});

/// Does its sentence rule the forum out that ends here, or leave it to a later agreement, or speak of the time meanwhile?
pub fn excluded(text: &str, kind: DisputeKind, end: usize) -> bool {
    let start = text[..end].rfind(['。', ';', '\n']).map_or(0, |at| at);
    let before = &text[start..end];
    let stop = text[end..].find(['。', '\n']).map_or(text.len(), |at| end + at);
    let sentence = &text[start..stop];
    if MEANWHILE.is_match(sentence.trim_start_matches(['。', ';', '\n']))
        || REMINDER.find_iter(sentence).any(|found| (found.start()..=found.end()).contains(&(end - start)))
    {
        return true;
    }
    if DEFERRED.is_match(sentence) && !NAMED_PLACE.is_match(&sentence[..end - start]) {
        return true;
    }
    let failed = |lead: &str| ["不能", "未能", "无法", "不", "未"].iter().any(|word| lead.ends_with(word));
    let later = LATER.find(before).is_some_and(|found| !failed(&before[..found.start()]));
    kind == DisputeKind::Arbitration && later
        || EXCLUDED.find(before).is_some_and(|found| !UNTIL.is_match(&before[..found.start()]))
}
