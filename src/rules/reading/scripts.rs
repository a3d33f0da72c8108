//! In which scripts a contract is written: lines of Chinese and lines of another language.

use super::super::check::{Contract, Verdict};

/// A line counts as foreign from this many words on, model numbers and names being shorter.
const WORDS: usize = 6;

/// A line counts as Japanese or Korean from this many signs of its own on, names in brackets being shorter.
const SIGNS: usize = 5;

/// How many lines of running text are written in what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scripts {
    /// Lines with at least six Chinese characters that are not Japanese or Korean; those beside a foreign sentence, too.
    pub chinese: usize,
    /// Lines of at least six words in letters, with fewer Chinese characters than words, and lines in kana or hangul.
    pub foreign: usize,
    /// Lines with a foreign sentence beside its translation; they count for both.
    pub beside: usize,
}

/// From this many foreign lines on, and none in Chinese for each of four, a contract is in another language.
const FOREIGN: usize = 4;

/// What a rule says that looks for a Chinese clause in a contract in another language: that a clause is not there cannot be told.
pub fn not_in_chinese(contract: &Contract<'_>) -> Option<Verdict> {
    let body = contract.text.content.get(..contract.text.body_end).unwrap_or_default();
    let found = scripts(body);
    let foreign = found.foreign >= FOREIGN && found.chinese * FOREIGN < found.foreign;
    foreign
        .then(|| Verdict::cannot_tell("合同正文不是中文，其中有无此类条款须由通晓该文字的人核对", Vec::new()))
}

/// Counts the lines of a text. Give the text as written: words are told by the white space between them.
pub fn scripts(text: &str) -> Scripts {
    let mut found = Scripts::default();
    for line in text.lines() {
        let han = line.chars().filter(|c| is_han(*c)).count();
        let words = words_in(line);
        let signs = line.chars().filter(|c| is_own_sign(*c)).count();
        let neighbour = signs >= SIGNS && signs * 3 >= han;
        let beside = han >= WORDS && line.split(is_han).any(is_sentence);
        found.beside += usize::from(beside);
        if words >= WORDS && words > han || neighbour || beside {
            found.foreign += 1;
        }
        if han >= WORDS && (beside || !neighbour) {
            found.chinese += 1;
        }
    }
    found
}

/// Words without which an English sentence does not do; names of goods, firms and banks have none.
const VERBS: [&str; 14] = [
    "shall", "will", "is", "are", "may", "must", "has", "have", "be", "agrees", "agree", "means", "was",
    "does",
];

/// Is a stretch in letters a sentence: words enough, and a verb among them?
fn is_sentence(run: &str) -> bool {
    words_in(run) >= WORDS && run.split(|c: char| !c.is_alphabetic()).any(|word| VERBS.contains(&word))
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// How many words in letters there are.
fn words_in(line: &str) -> usize {
    let words = line.split(|c: char| ('\u{3000}'..='\u{9fff}').contains(&c) || !c.is_alphabetic());
    words.filter(|word| word.chars().count() > 1).count()
}

/// A sign of Japanese (kana) or Korean (hangul), which Chinese does not use.
fn is_own_sign(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '가'..='힣')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_and_korean_are_told_by_their_own_signs() {
        let text = "乙は、業務上知り得た秘密を第三者に漏らしてはならない。\n을은 업무상 알게 된 비밀을 누설하여서는 아니 된다.\n乙方（株式会社ミナト）负责组织本次交流活动的全部现场工作。";
        assert_eq!(scripts(text), Scripts { chinese: 1, foreign: 2, beside: 0 });
    }

    #[test]
    fn lines_are_told_by_their_words() {
        let text = "本合同由双方签订。\nThis Agreement is made by and between the parties below.\nKRD-A300 型号\n第一条 定义";
        assert_eq!(scripts(text), Scripts { chinese: 1, foreign: 1, beside: 0 });
    }

    #[test]
    fn a_sentence_and_its_translation_on_one_line_count_for_both() {
        let text = "The Client shall pay within thirty days. 甲方应在三十日内付款。\n服务器 CPU RAM SSD 各四件，型号 KRD";
        assert_eq!(scripts(text), Scripts { chinese: 2, foreign: 1, beside: 1 });
    }

    #[test]
    fn a_foreign_name_in_a_chinese_sentence_is_no_translation() {
        let text = "乙方向甲方供应 Fabrikam Edge Series Forty Eight Port Switch 型交换机二十台并负责安装。\n开户银行为 Contoso Commercial Bank Hong Kong Central Branch Co., Ltd. 的账户由乙方使用。";
        assert_eq!(scripts(text), Scripts { chinese: 2, foreign: 0, beside: 0 });
    }
}
