//! Words for parties that no dictionary has: 送修单位, 场地提供方. A contract may call its parties as it likes; what
//! makes such a word a role is that it stands as a label before the name of somebody.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::lexicon::{Label, Mark};
use super::super::reading::{Part, Reading, Segment};
use super::super::scan::pattern;
use super::blocks::{Block, Statement};
use super::name::{self, Look};

/// A word by which parties are called, before brackets, a colon or the end of its cell.
static WORD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<word>[\p{Han}]{1,7}(?:方|人|单位|机构|主体|部门|户|商|者|房东|业主|会))(?:\([^()\n]{0,40}\)){0,2}(?:盖章|公章|签章|签字|签名)?(?::|$|\()",
    )
});
/// Words of that form that name nobody, or nobody who is bound by the contract.
static NOBODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:双|三|各|多|对|他|另一|任何一|任一|一|第三|官|地|平|立|四|甲乙双|上述各|以上各)方$|^(?:单位|部门|机构|本人|他人|个人|法人|自然人|当事人|用户|客户)$|监理|勘察|设计|代理|采购机构|采购中心|交易中心|见证|鉴证|监证|公证|证明|监督|主管|编制|起草|审核|审批|审查|批准|填表|制表|制单|记录|主持|收件|发件|寄件|受送|送达|抄送|主送|报送|申请人|责任人|经手|收款|付款|开票|收票|发证|鉴定|检测|检验|评估|审计|资质|计量|报价|总经|受益|紧急|监护|负责|联系|联络|代表|经办|签约|签字|签署|签收|接收人|验收|法定|项目|技术|施工队|开户|账户|户名|持有人|使用人员|违约|守约|受损|责任方|建档|备案|登记",
    )
});

/// The words of this kind that open a segment or follow a gap in it.
pub fn find<'r>(reading: &'r Reading<'_>, segment: &Segment) -> impl Iterator<Item = Range<usize>> + 'r {
    let text = reading.segment(segment);
    let base = segment.range.start;
    WORD.captures_iter(text).filter_map(move |found| {
        let word = found.name("word")?.range();
        let word = after_gap(reading, base, text, word);
        let free = stands_free(reading, base, text, word.start);
        (free && names_somebody(reading, text.get(word.clone())?)).then_some(word)
    })
}

/// The word with which a label begins (承修单位地址), if it could be a role.
pub fn owner(before: &str) -> Option<String> {
    static OWNER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^[\p{Han}]{1,7}(?:方|人|单位|机构|主体|部门|户|商)$"));
    (OWNER.is_match(before) && !NOBODY.is_match(before)).then(|| before.to_owned())
}

/// The part of the word behind the last gap in it: what stands before is the value of something else.
fn after_gap(reading: &Reading<'_>, base: usize, text: &str, word: Range<usize>) -> Range<usize> {
    let inside = text[word.clone()].char_indices().skip(1).map(|(at, _)| word.start + at);
    let start = inside.filter(|&at| reading.gap_before(base + at)).last().unwrap_or(word.start);
    start..word.end
}

fn stands_free(reading: &Reading<'_>, base: usize, text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_none_or(|c| !c.is_alphanumeric() && c != '_') || reading.gap_before(base + at)
}

/// Is the word of the dictionary, or does a label end it (项目联系人)? Then it is read elsewhere.
fn names_somebody(reading: &Reading<'_>, word: &str) -> bool {
    let labelled = || {
        let mut marks = reading.lexicon.marks.find(word);
        marks.any(|(range, mark)| {
            range.end == word.len()
                && (range.start == 0 || matches!(mark, Mark::Label(label) if label != Label::Name))
        })
    };
    // 供方单位 is 供方.
    let known = word.strip_suffix("单位").is_some_and(|role| reading.lexicon.marks.role(role).is_some());
    word.chars().count() >= 2 && !known && !NOBODY.is_match(word) && !labelled()
}

/// Leaves those blocks of coined words that are parties: named by what looks like a name, and either called for,
/// because fewer than two parties go by known words, or signing.
pub fn sift(reading: &Reading<'_>, blocks: &mut Vec<Block>) {
    merge(reading, blocks);
    let known = |block: &Block| block.words.iter().any(|word| is_known(reading, word));
    let named = |block: &Block| block.statements.iter().any(|s| is_name(reading, s));
    let parties = blocks.iter().filter(|block| known(block) && named(block)).count();
    let heads = |block: &Block| {
        let heads = |s: &Statement| matches!(s.part, Part::Opening | Part::Signature) && is_name(reading, s);
        block.statements.iter().any(heads)
    };
    let heading = blocks.iter().filter(|block| known(block) && heads(block)).count();
    blocks.retain(|block| {
        let signs = || block.statements.iter().any(|s| s.part == Part::Signature && s.label == Label::Name);
        // 施工单位：X in a clause of a contract between two others is spoken of, not bound.
        let spoken_of =
            || heading >= 2 && named(block) && block.statements.iter().all(|s| s.part == Part::Clauses);
        known(block) && !spoken_of() || named(block) && (parties < 2 || signs())
    });
}

/// Two words with one name are one party: 送检单位 in the header, 甲方 among the signatures. 甲方 and 乙方 of one name are
/// two: that is a fault of the contract, for a person to see.
fn merge(reading: &Reading<'_>, blocks: &mut Vec<Block>) {
    let name = |block: &Block| {
        let stated = block.statements.iter().find(|s| is_name(reading, s))?;
        name::clean(reading, stated.value.clone()).map(|range| reading.written(range))
    };
    let lettered = |block: &Block| block.words.iter().any(|word| is_letter(reading, word));
    let mut index = 0;
    while index < blocks.len() {
        let own = name(&blocks[index]);
        let twin = (0..index).find(|&i| {
            own.is_some() && name(&blocks[i]) == own && !(lettered(&blocks[i]) && lettered(&blocks[index]))
        });
        match twin {
            Some(twin) => {
                let block = blocks.remove(index);
                blocks[twin].words.extend(block.words);
                blocks[twin].statements.extend(block.statements);
            }
            None => index += 1,
        }
    }
}

fn is_known(reading: &Reading<'_>, word: &str) -> bool {
    // 乙方一 is a known word with a number.
    reading.lexicon.marks.find(word).any(|(range, mark)| range.start == 0 && matches!(mark, Mark::Role(_)))
}

/// 甲方, a stand-in letter.
fn is_letter(reading: &Reading<'_>, word: &str) -> bool {
    reading.lexicon.marks.roles.iter().any(|role| role.letter && word.starts_with(&role.word))
}

fn is_name(reading: &Reading<'_>, statement: &Statement) -> bool {
    let cleaned = || name::clean(reading, statement.value.clone());
    let look = |range: Range<usize>| name::look(reading.slice(range));
    statement.label == Label::Name
        && matches!(cleaned().and_then(look), Some(Look::Organisation | Look::Person))
}

#[cfg(test)]
mod tests {
    use super::super::super::reading::tests::with_reading;
    use super::*;

    fn words(line: &str) -> Vec<String> {
        with_reading(line, |reading| {
            let segments = &reading.rows[0].segments;
            let found = segments.iter().flat_map(|segment| {
                let base = segment.range.start;
                find(reading, segment).map(move |range| range.start + base..range.end + base)
            });
            found.map(|range| reading.slice(range).to_owned()).collect()
        })
    }

    #[test]
    fn labels_that_name_a_party() {
        for (line, expected) in [
            ("送修单位：甲局", vec!["送修单位"]),
            ("场地提供方（甲方）：甲馆", vec!["场地提供方"]),
            ("展馆方（盖章）　　　布展方（盖章）", vec!["展馆方", "布展方"]),
            ("馆方：甲馆；商户：乙公司", vec!["馆方", "商户"]),
        ] {
            assert_eq!(words(line), expected, "{line}");
        }
    }

    #[test]
    fn labels_that_name_none() {
        for line in [
            "联系人：何嘉敏",
            "监理单位：丙公司",
            "双方：",
            "甲方：甲局",
            "收款单位：乙公司",
            "采购代理机构：丁公司",
            "由布展方负责",
        ] {
            assert!(words(line).is_empty(), "{line}: {:?}", words(line));
        }
    }
}
