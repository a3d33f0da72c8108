//! Words as typed → what has to stand together.

use super::Lexicon;
use super::figure::{begins_figure, goes_on, is_digits, is_figure, is_figure_part, is_number};
use super::tokens::{Script, runs};

/// A word, number or short phrase that is sought as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// Folded.
    pub text: String,
    /// How its parts hang together.
    pub bond: Bond,
}

/// How the parts of a unit hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bond {
    /// Exactly these characters.
    Tight,
    /// Single characters of which no dictionary knows what they are, most likely a name: exactly these, and only
    /// where that is nowhere found with others between.
    Unknown,
    /// A word with single characters beside it, of which nobody knows whether they belong to it: other
    /// characters may stand between (购树苗, 购买树苗).
    Loose,
    /// A word so long that a text may well say it in other order or with words between
    /// (逾期交货违约金, 逾期交货的，支付违约金).
    Spread,
}

impl Unit {
    fn tight(text: impl Into<String>) -> Self {
        Self { text: text.into(), bond: Bond::Tight }
    }

    /// Takes into a figure what follows it and belongs to it: 年, 月 and 日 with their numbers, 万元. Gives the
    /// bytes taken.
    fn take(&mut self, lexicon: &Lexicon, text: &str, script: Script) -> usize {
        let taken = match script {
            Script::Latin if self.text.ends_with(['年', '月']) && is_digits(text) => text.len(),
            Script::Latin => 0,
            Script::Chinese => {
                let words = segmented(lexicon, text);
                words.iter().take_while(|word| goes_on(&self.text, word)).map(String::len).sum()
            }
        };
        self.text.push_str(&text[..taken]);
        taken
    }
}

/// Characters from which on a word counts as long.
const LONG: usize = 6;

/// Characters that bind words and say nothing themselves.
const PARTICLES: &str = "的了和与及或之等在为由对向于按将被把是";

/// Words by which a person asks: no contract is sought by them.
const ASKING: [&str; 14] = [
    "多少",
    "多久",
    "多长",
    "什么",
    "哪些",
    "哪个",
    "哪家",
    "谁",
    "怎么",
    "吗",
    "呢",
    "请问",
    "有没有",
    "查一下",
];

/// The units of words as typed.
pub(super) fn units(lexicon: &Lexicon, text: &str) -> Vec<Unit> {
    let folded = lexicon.fold(text);
    let mut units: Vec<Unit> = Vec::new();
    // Byte at which the last unit ends, if it is a figure that may go on.
    let mut open = None;
    for run in runs(&folded.text) {
        let text = &folded.text[run.bytes.clone()];
        let figure = units.last_mut().filter(|_| open == Some(run.bytes.start));
        let taken = figure.map_or(0, |unit| unit.take(lexicon, text, run.script));
        let rest = &text[taken..];
        open = Some(run.bytes.end).filter(|_| if taken > 0 { rest.is_empty() } else { is_number(text) });
        match run.script {
            _ if rest.is_empty() => {}
            Script::Latin => units.push(Unit::tight(rest)),
            Script::Chinese if is_capital_amount(rest) => units.push(Unit::tight(rest)),
            Script::Chinese => units.extend(chinese(lexicon, rest)),
        }
    }
    let mut seen: Vec<String> = Vec::new();
    units.retain(|unit| {
        !seen.contains(&unit.text) && {
            seen.push(unit.text.clone());
            true
        }
    });
    units
}

/// An amount in capital numerals: segmentation would cut it to pieces.
fn is_capital_amount(text: &str) -> bool {
    text.chars().filter(|&c| "零壹贰叁肆伍陆柒捌玖拾佰仟".contains(c)).count() >= 3
        && text.chars().all(|c| "零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正".contains(c))
}

fn chinese(lexicon: &Lexicon, text: &str) -> Vec<Unit> {
    let words = figures_together(known_together(lexicon, segmented(lexicon, text)));
    let said = |word: &String| is_particle(word) || ASKING.contains(&word.as_str());
    let only_particles = words.iter().all(said);
    let mut units: Vec<Unit> = Vec::new();
    // May the next word be joined to the unit before it?
    let mut open = false;
    for word in words {
        if said(&word) && !only_particles {
            open = false;
            continue;
        }
        if is_figure(&word) {
            units.push(Unit::tight(word));
            open = false;
            continue;
        }
        let single = is_single(&word);
        let after_single = units.last().is_some_and(|unit| is_single(&unit.text));
        match units.last_mut() {
            Some(unit) if open && (single || after_single) => {
                let unknown = single && (after_single || unit.bond == Bond::Unknown);
                unit.text.push_str(&word);
                unit.bond = if unknown { Bond::Unknown } else { Bond::Loose };
            }
            _ => units.push(whole_word(lexicon, word)),
        }
        open = true;
    }
    units
}

fn whole_word(lexicon: &Lexicon, word: String) -> Unit {
    let long = word.chars().count() >= LONG && !lexicon.has_synonyms(&word);
    Unit { bond: if long { Bond::Spread } else { Bond::Tight }, text: word }
}

fn segmented(lexicon: &Lexicon, text: &str) -> Vec<String> {
    let mut words = Vec::new();
    lexicon.words().segment(text, |word, _, _| words.push(word.to_owned()));
    words
}

/// Joins neighbours that together are a figure: 二十, 一万.
fn figures_together(words: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        match joined.last_mut() {
            Some(last) if begins_figure(last) && is_figure_part(last) && is_figure_part(&word) => {
                last.push_str(&word);
            }
            _ => joined.push(word),
        }
    }
    joined
}

/// Joins neighbours that together are a word with synonyms.
fn known_together(lexicon: &Lexicon, words: Vec<String>) -> Vec<String> {
    let mut joined = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let Some((first, tail)) = rest.split_first() {
        let longest = (2..=rest.len().min(4)).rev().find(|&n| lexicon.has_synonyms(&rest[..n].concat()));
        match longest {
            Some(n) => {
                joined.push(rest[..n].concat());
                rest = &rest[n..];
            }
            None => {
                joined.push(first.clone());
                rest = tail;
            }
        }
    }
    joined
}

pub(super) fn is_single(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some() && chars.next().is_none()
}

fn is_particle(word: &str) -> bool {
    is_single(word) && PARTICLES.contains(word)
}

#[cfg(test)]
mod tests {
    use super::super::tests::lexicon;
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        units(&lexicon(), text).into_iter().map(|unit| unit.text).collect()
    }

    #[test]
    fn words_as_typed_fall_into_units() {
        assert_eq!(texts("验收合格付款"), ["验收合格", "付款"]);
        assert_eq!(units(&lexicon(), "逾期交货违约金")[0].bond, Bond::Spread);
        assert_eq!(texts("甲方的违约责任"), ["甲方", "违约责任"]);
        assert_eq!(texts("的"), ["的"]);
        assert_eq!(texts("质保期多久"), ["质保期"]);
        assert_eq!(texts("谁是周砚秋"), ["周砚秋"]);
        assert_eq!(texts("多少"), ["多少"]);
        assert_eq!(texts("ＨＴ-2024/015号"), ["ht-2024/015", "号"]);
        assert_eq!(texts("壹拾贰万叁仟元整"), ["壹拾贰万叁仟元整"]);
    }

    #[test]
    fn a_figure_is_one_unit() {
        assert_eq!(texts("2023年9月8日"), ["2023年9月8日"]);
        assert_eq!(texts("签订日期2023 年 9 月 8 日物业"), ["签订日期", "2023年9月8日", "物业"]);
        assert_eq!(texts("2024年度物业"), ["2024", "年度", "物业"]);
        assert_eq!(texts("50万元违约金"), ["50万元", "违约金"]);
        assert_eq!(texts("0.5%违约金"), ["0.5%", "违约金"]);
        assert_eq!(texts("金额二十一万"), ["金额", "二十一万"]);
    }

    #[test]
    fn a_word_with_synonyms_stays_whole() {
        assert!(texts("采购人违约").contains(&"采购人".to_owned()));
    }
}
