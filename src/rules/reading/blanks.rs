//! Slots that were left empty: `____`, 【　】, （　　）, 　年　月　日, `{{name}}`.
//!
//! Read off the content, not the shadow, because here white space is what matters.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use crate::fields::scan::pattern;

/// One kind of slot: an expression whose match, or whose group `slot`, is the slot.
static SLOTS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        // Underscores; a long dash run is not one, it is punctuation.
        r"[_＿﹍]{2,}",
        // Brackets with nothing in them. Round ones need white space: () closes a function's name, too.
        r"【[\s_　]*】|[\[［][\s_　]*[\]］]|[（(][\s　]+[）)]|（）",
        // Slots of templates: merge fields, instructions, a line of dashes for a value.
        r"\{\{[^{}\n]*\}\}|«[^»\n]*»|[（(]?此处空白[）)]?|[:：]\s*(?P<slot>-{3,})",
        r"[【\[［][^】\]］\n]{0,12}(?:名称|姓名|地址|金额|日期|填写|待填|电话|编号|数量|账号|代码|比例|期限|具体)[^】\]］\n]{0,10}[】\]］]",
        // A date without figures, or without its month and day.
        r"(?:^|[^\d\s〇○零一二三四五六七八九十])(?P<slot>[\s　]*年[\s　]+月[\s　]+日)",
        r"(?:19|20)\d{2}\s*年(?P<slot>[\s　]+月[\s　]*日)",
        r"\d年\s*\d{1,2}\s*月(?P<slot>[\s　]{2,}日)",
        r"(?:^|\D)20(?P<slot>[\s　]{1,6}年)",
        // 自年月日至年月日, 一式份，甲方执份: the gaps themselves were lost.
        r"(?:自|至|于|从|到)(?P<slot>[\s　]*年[\s　]*月[\s　]*日)",
        r"(?:一式|[方双各]执)(?P<slot>[\s　]*)份",
        r"(?:人民币|费用|总价|单价|租金|价款)[：:](?P<slot>[\s　]*)万?元",
        r"大写[：:]?(?:人民币)?(?P<slot>[\s　]+)[)）]",
        // A gap where a figure belongs.
        r"(?:人民币|￥|¥|[大小]写[:：）)]+|共计|合计[:：])(?P<slot>[\s　]{2,})(?:元|万元|圆|整|[）)])",
        r"[\p{Han})）][:：](?P<slot>[\s　]{2,})[；;，,。]",
        r"第(?P<slot>[\s　]{2,})(?:种|项|条|款|期)",
        r"[\p{Han}--[〇零一二三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]](?P<slot>[\s　]{2,})(?:份[，。,；;]|日[内前]|天内|个工作日|个?月内|年内|[%％]|万?元|平方米|台|套)",
    ]
    .into_iter()
    .map(pattern)
    .collect()
});

/// The empty slots of a paragraph, in order, as ranges of it.
pub fn slots(paragraph: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = SLOTS
        .iter()
        .flat_map(|regex| regex.captures_iter(paragraph))
        .filter_map(|captures| captures.name("slot").or_else(|| captures.get(0)).map(|slot| slot.range()))
        .collect();
    found.sort_by_key(|slot| (slot.start, slot.end));
    found.dedup_by(|later, earlier| later.start < earlier.end);
    let filled: Vec<bool> = (0..found.len())
        .map(|index| is_filled(paragraph, &found, index) || is_struck(paragraph, &found[index]))
        .collect();
    found.into_iter().zip(filled).filter_map(|(slot, filled)| (!filled).then_some(slot)).collect()
}

/// Is the run only the line under a value that was filled in: 第__2__种, 甲方：__张三__？
fn is_filled(paragraph: &str, slots: &[Range<usize>], index: usize) -> bool {
    let line = |slot: &Range<usize>| paragraph[slot.clone()].starts_with(['_', '＿', '﹍']);
    if !line(&slots[index]) {
        return false;
    }
    let with_next =
        slots.get(index + 1).is_some_and(|next| line(next) && is_value(paragraph, &slots[index], next));
    let with_previous = index
        .checked_sub(1)
        .and_then(|previous| slots.get(previous))
        .is_some_and(|previous| line(previous) && is_value(paragraph, previous, &slots[index]));
    with_next || with_previous
}

/// Who may be filled in: 费用由____乙方____承担.
const PARTIES: [&str; 8] = ["甲方", "乙方", "丙方", "双方", "供方", "需方", "买方", "卖方"];

/// Is what stands between two lines a value, not the print between two slots?
fn is_value(paragraph: &str, left: &Range<usize>, right: &Range<usize>) -> bool {
    let between = &paragraph[left.end..right.start];
    let inner = between.trim();
    if inner.is_empty() || inner.chars().count() > 30 {
        return false;
    }
    let figure =
        |c: char| c.is_ascii_digit() || "０１２３４５６７８９.,，．/-√壹贰叁肆伍陆柒捌玖拾佰仟".contains(c);
    let print = |c: char| "年月日元份种条，。：:；;、（）()【】%％".contains(c);
    if inner.chars().all(figure) {
        return inner.chars().any(|c| !",，.．-".contains(c));
    }
    if PARTIES.contains(&inner) {
        return true;
    }
    let opens = paragraph[..left.start].trim_end().ends_with(['：', ':', '为']);
    let closes = paragraph[right.end..].trim_start();
    opens && !inner.contains(print) && (closes.is_empty() || closes.starts_with(['，', '。', '；', '\t']))
}

/// Was the slot struck out: ____/____, 【/】?
fn is_struck(paragraph: &str, slot: &Range<usize>) -> bool {
    let struck = |c: char| matches!(c, '/' | '／' | '\\' | '╱' | '无');
    let before = paragraph[..slot.start].trim_end().chars().next_back();
    let after = paragraph[slot.end..].trim_start().chars().next();
    before.is_some_and(|c| struck(c) && c != '无') || after.is_some_and(struck)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(paragraph: &str) -> Vec<&str> {
        slots(paragraph).into_iter().map(|slot| paragraph[slot].trim()).collect()
    }

    #[test]
    fn empty_slots_are_found() {
        for (paragraph, count) in [
            ("合同编号：____________", 1),
            ("自____年____月____日起", 3),
            ("金额：【　　】元", 1),
            ("一式（　　）份", 1),
            ("日期：　　年　　月　　日", 1),
            ("自2024年　　月　　日起", 1),
            ("于20　　年完成", 1),
            ("人民币　　　　元整", 1),
            ("按第    种方式", 1),
            ("甲方执　　份，乙方执　　份。", 2),
            ("甲方：{{ 客户名称 }}", 1),
            ("乙方：«company»", 1),
            ("向[填写仲裁委员会名称]申请仲裁", 1),
            ("软件名称：---", 1),
            ("违约责任：（此处空白）", 1),
        ] {
            assert_eq!(slots(paragraph).len(), count, "{paragraph}: {:?}", read(paragraph));
        }
    }

    #[test]
    fn what_is_filled_or_struck_is_no_blank() {
        for paragraph in [
            "按第__2__种方式",
            "自__2024__年__5__月__1__日起",
            "甲方：__深圳市某某局__",
            "费用由____乙方____承担",
            "传真：____/____",
            "传真：/",
            "备注：____无____",
            "（此页无正文）",
            "2024年3月5日",
            "二〇二四年 三月 五日",
            "甲　　方：深圳市",
            "报酬（大写）    贰佰伍拾     万元",
            "三年 内分 期",
            "每年 5 月 1 日前",
            "【盖章】",
            "罗府规〔2018〕6号",
        ] {
            assert_eq!(read(paragraph), Vec::<&str>::new(), "{paragraph}");
        }
    }

    proptest::proptest! {
        #[test]
        fn slots_are_apart_and_inside(paragraph in "[_（）【】 年月日元甲12/:：　]{0,40}") {
            let slots = slots(&paragraph);
            proptest::prop_assert!(slots.iter().all(|slot| paragraph.get(slot.clone()).is_some()));
            proptest::prop_assert!(slots.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
}
