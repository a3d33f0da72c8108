//! Cuts a line of a party block into roles, labels and their values.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;

use super::super::lexicon::{Label, Mark};
use super::super::reading::{Reading, Segment};
use super::super::scan::pattern;
use super::coined;

/// A role or a label with the value behind it.
#[derive(Debug, Clone)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// Shadow bytes of the mark, brackets and colon included.
    pub mark: Range<usize>,
    /// Shadow bytes of the value, trimmed; empty where nothing stands.
    pub value: Range<usize>,
    /// The untrimmed slot.
    pub slot: Range<usize>,
    /// Was there a colon?
    pub colon: bool,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A party by one or more of its names.
    Role {
        /// Words: 甲方, 采购人.
        words: Vec<String>,
        /// Does a word for seal or signature stand beside it?
        signature: bool,
    },
    /// A particular.
    Label {
        /// Which.
        label: Label,
        /// The role before it: 甲方 in 甲方地址.
        owner: Option<String>,
    },
}

/// What stands between a mark and its value: brackets, a word for a seal, the same in English, the colon.
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?P<closes>\))?(?P<index>[一二三四五六七八九十]|\d)?(?P<a>(?: ?[(\[][^()\[\]\n]{0,40}[)\]]){0,3})(?P<seal>(?:单位)?(?:盖章|公章|签章|签字|签名|印章|名称|全称)(?:处|/盖章|、盖章|并盖章|或盖章|盖章|或签字|签字)?|单位)?(?P<b>(?:\([^()\n]{0,40}\)){0,2})(?P<colon>(?:[ /]*[A-Za-z][A-Za-z .,'/&]{0,40}(?:\([^()\n]{0,20}\))?)?[:;]{1,2}(?:\([\p{Han}]{2,10}\):)?|[ /]*[A-Za-z][A-Za-z .,'/&]{2,40}$|)",
    )
});
static SEAL: LazyLock<Regex> = LazyLock::new(|| pattern("盖章|公章|签章|签字|签名|印章|捺印|手印|盖公章"));
static ALIAS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"^(?:以下)?(?:统一)?(?:简称|下称|称)?(?:为)?[:"“”'「『]*([\p{Han}]{2,8}?)["“”'」』]*$"#)
});
/// Words in brackets after a role that are no name of a party.
static NO_ROLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        "盖章|公章|签章|签字|签名|印章|捺印|手印|全称|填写|单位|名称|如有|必填|选填|加盖|自然人|法人|个人|企业|机构|代表|以上|以下|一式|手写|正楷|打印",
    )
});

/// The tokens of a segment, in order. Roles inside a line need a colon; at its beginning brackets or the
/// line's end do as well.
pub fn tokens(reading: &Reading<'_>, segment: &Segment) -> Vec<Token> {
    let text = reading.segment(segment);
    let base = segment.range.start;
    let mut found: Vec<Token> = Vec::new();
    // The role that was read last, and where a label of its own would begin.
    let mut owner: Option<(usize, String)> = None;
    let mut taken = 0;
    for (range, word) in marks(reading, segment) {
        if range.start < taken {
            continue;
        }
        let Some(slot) = Slot::read(reading, segment, &range) else { continue };
        // 外贸代理（乙方）：: the role in brackets behind a word that is none of its own.
        let aside = matches!(word, Word::Known(Mark::Role(_))) && is_aside(&text[..range.start]);
        if slot.closes && !aside {
            continue;
        }
        let kind = match word {
            Word::Known(Mark::Label(label)) => slot.label(label, owner.as_ref()),
            Word::Coined | Word::Known(Mark::Role(_)) => {
                let name = format!("{}{}", &text[range.clone()], slot.index);
                let of = usize::from(text[range.end..].starts_with('的')) * '的'.len_utf8();
                owner = Some((range.end + of, name.clone()));
                slot.role(name)
            }
        };
        let Some(kind) = kind else { continue };
        taken = slot.end;
        let start = base + owned_start(text, &kind, range.start);
        if let Some(last) = found.last_mut() {
            last.slot.end = cut(reading, last.slot.start..start);
        }
        let (mark, slot_range) = (start..base + slot.end, base + slot.end..segment.range.end);
        found.push(Token { kind, mark, value: 0..0, slot: slot_range, colon: slot.colon });
    }
    for token in &mut found {
        let value = reading.trim(token.slot.clone(), &[',', '。', ';', '、', ':', '.']);
        token.value = without_half_bracket(reading, value);
    }
    found
}

/// A role or label in its segment, with what stands between it and its value. Places are bytes of the segment.
struct Slot<'a, 'r, 't> {
    reading: &'r Reading<'t>,
    text: &'a str,
    base: usize,
    range: Range<usize>,
    /// Where the value may begin.
    end: usize,
    /// Does a bracket close right behind it?
    closes: bool,
    /// 一 of 乙方一.
    index: &'a str,
    /// What stands in brackets behind it, and words for a seal.
    brackets: String,
    /// Are there brackets right behind it?
    bracketed: bool,
    /// Does English stand before the colon?
    english: bool,
    colon: bool,
    /// Is there nothing before it but a bullet or a number?
    leads: bool,
}

impl<'a, 'r, 't> Slot<'a, 'r, 't>
where
    't: 'a,
    'r: 'a,
{
    fn read(reading: &'r Reading<'t>, segment: &Segment, range: &Range<usize>) -> Option<Self> {
        let text = reading.segment(segment);
        let tail = TAIL.captures(&text[range.end..])?;
        let group = |name: &str| tail.name(name).map_or("", |found| found.as_str());
        let leads = lead_in(&text[..range.start]);
        Some(Self {
            reading,
            text,
            base: segment.range.start,
            range: range.clone(),
            end: range.end + tail.get(0).map_or(0, |whole| whole.end()),
            closes: !group("closes").is_empty(),
            index: group("index"),
            brackets: ["a", "seal", "b"].map(group).concat(),
            bracketed: !group("a").is_empty(),
            english: group("colon").contains(|c: char| c.is_ascii_alphabetic()),
            // A colon out of OCR may come as a semicolon.
            colon: group("colon").contains(':') || leads && group("colon").contains(';'),
            leads,
        })
    }

    /// Does a colon or the end of the segment part it from its value?
    fn closed(&self) -> bool {
        self.colon || self.end == self.text.len()
    }

    /// Is it parted from what stands before it?
    fn stands_apart(&self) -> bool {
        self.reading.gap_before(self.base + self.range.start) || clean_before(self.text, self.range.start)
    }

    /// A role that opens a slot; `None` where a sentence speaks of it.
    fn role(&self, name: String) -> Option<Kind> {
        // Party A shall provide: is a sentence.
        let said = self.text[self.range.clone()].is_ascii() && self.english;
        let opens = (self.leads || self.colon && self.stands_apart()) && !said;
        let signature = SEAL.is_match(&self.brackets);
        (opens && (self.closed() || self.bracketed && self.leads))
            .then(|| Kind::Role { words: words(self.reading, name, &self.brackets), signature })
    }

    /// A label before its value, with the role before it.
    fn label(&self, label: Label, last: Option<&(usize, String)>) -> Option<Kind> {
        let owner = last.filter(|(at, _)| *at == self.range.start).map(|(_, word)| word.clone());
        let owner = owner.or_else(|| coined::owner(&self.text[..self.range.start]));
        if !self.closed() || !self.colon && !self.leads && owner.is_none() {
            return None;
        }
        let clean = self.leads || owner.is_some() || self.stands_apart();
        let label = if clean { label } else { Label::Stop };
        Some(Kind::Label { label: sharpened(label, &self.brackets), owner })
    }
}

/// 甲局(地址:…, 电话:…): the bracket around the particulars belongs neither to the name nor to the last of them.
fn without_half_bracket(reading: &Reading<'_>, value: Range<usize>) -> Range<usize> {
    let text = reading.slice(value.clone());
    let (opened, closed) = (text.matches('(').count(), text.matches(')').count());
    match text.chars().next_back() {
        Some('(') => reading.trim(value.start..value.end - 1, &[',', '。', ';', '、', ':']),
        Some(')') if closed > opened => reading.trim(value.start..value.end - 1, &[',', '。', ';', '、']),
        _ => value,
    }
}

/// A word before a colon.
#[derive(Clone, Copy)]
enum Word {
    /// Of the dictionaries.
    Known(Mark),
    /// A role of this contract only.
    Coined,
}

/// Roles and labels in order; where a coined role begins before a known word, it holds that word.
fn marks(reading: &Reading<'_>, segment: &Segment) -> Vec<(Range<usize>, Word)> {
    let text = reading.segment(segment);
    let known = reading.lexicon.marks.find(text).filter(|(range, _)| is_whole_word(text, range));
    let mut marks: Vec<_> = known.map(|(range, mark)| (range, Word::Known(mark))).collect();
    marks.extend(coined::find(reading, segment).map(|range| (range, Word::Coined)));
    marks.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    marks
}

/// Buyer, but not that of Buyers; Chinese words have no such bounds.
fn is_whole_word(text: &str, range: &Range<usize>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let word = &text[range.clone()];
    let cut = |edge: Option<char>, beside: Option<char>| letter(edge) && letter(beside);
    !cut(word.chars().next(), text[..range.start].chars().next_back())
        && !cut(word.chars().next_back(), text[range.end..].chars().next())
}

/// 法定代表人（或授权代表）may be signed by either.
fn sharpened(label: Label, brackets: &str) -> Label {
    let either = ["授权", "委托", "代理", "代表"].iter().any(|word| brackets.contains(word));
    if label == Label::LegalRepresentative && either { Label::Signatory } else { label }
}

/// Where the mark begins, a role before a label included.
fn owned_start(text: &str, kind: &Kind, start: usize) -> usize {
    match kind {
        Kind::Label { owner: Some(word), .. } => text[..start].rfind(word.as_str()).unwrap_or(start),
        _ => start,
    }
}

/// Does nothing stand before it but a short word and a bracket: 外贸代理(?
fn is_aside(before: &str) -> bool {
    let word = before.strip_suffix('(').filter(|word| word.len() <= 24).unwrap_or("");
    (2..=8).contains(&word.chars().count()) && word.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
}

/// Is there nothing before it but a bullet or a number?
fn lead_in(before: &str) -> bool {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:[•·●◆■○\-*▪➢]|[一二三四五六七八九十]{1,2}、|\d{1,2}[.、)]|\(\d{1,2}\)|\([一二三四五六七八九十]\)|[12]\.\d{1,2}[.、]?)?$",
        )
    });
    LEAD.is_match(before)
}

fn clean_before(text: &str, at: usize) -> bool {
    text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() || c == '_')
}

/// The end of a value before the next mark. Where the mark's beginning is not known (公司电话 with only
/// 电话 in the dictionary) the value ends at the last white space before it.
fn cut(reading: &Reading<'_>, slot: Range<usize>) -> usize {
    let text = reading.slice(slot.clone());
    let gap = text
        .char_indices()
        .rev()
        .take(6)
        .take_while(|(_, c)| matches!(c, '\u{4e00}'..='\u{9fff}'))
        .map(|(i, _)| slot.start + i)
        .find(|&at| at > slot.start && reading.gap_before(at));
    if reading.gap_before(slot.end) { slot.end } else { gap.unwrap_or(slot.end) }
}

/// The role's names: its word and those in the brackets (采购人, 以下简称“甲方”).
fn words(reading: &Reading<'_>, word: String, brackets: &str) -> Vec<String> {
    let mut words = vec![word];
    for inner in brackets.split(['(', ')', '[', ']', '/', '、']).filter(|inner| !inner.is_empty()) {
        // Lessor (Party A)
        let english = reading.lexicon.marks.role(inner.trim()).map(|_| inner.trim());
        let alias = ALIAS.captures(inner).and_then(|c| c.get(1)).map(|m| m.as_str());
        let Some(alias) = alias.or(english) else { continue };
        let known = reading.lexicon.marks.role(alias).is_some();
        if (known || !NO_ROLE.is_match(alias)) && !words.iter().any(|w| w == alias) {
            words.push(alias.to_owned());
        }
    }
    words
}

#[cfg(test)]
mod tests;
