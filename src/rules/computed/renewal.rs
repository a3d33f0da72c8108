//! How a contract goes on after its term: by itself (自动顺延), year upon year (1+1+1), or by an option that the
//! contract already grants (可续签两次，每次两年).

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;
use serde::Deserialize;

use super::super::check::Contract;
use super::super::pack::Lexicon;
use super::super::reading::{part_around, says, sentences, sentences_with};
use crate::fields::scan::{numeral, pattern, period};
use crate::model::Span;

/// What the pack says of renewals.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// A renewal that needs no new agreement; the expression takes in how long it is.
    by_itself: Vec<String>,
    /// A renewal that goes on and on.
    endless: Vec<String>,
    /// Years set side by side: 1+1+1.
    chain: Vec<String>,
    /// A renewal that the contract grants.
    granted: Vec<String>,
    /// A granted renewal that still has to be agreed on or procured anew.
    anew: Vec<String>,
    /// What takes a renewal back, or is renewed besides the contract.
    unless: Vec<String>,
}

/// Finds renewals.
#[derive(Debug)]
pub struct Renewals {
    by_itself: Option<Regex>,
    endless: Option<Regex>,
    chain: Option<Regex>,
    granted: Option<Regex>,
    anew: Option<Regex>,
    unless: Option<Regex>,
}

/// How long a contract goes on after its term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Length {
    /// All of the renewals, in months.
    Months(u32),
    /// The whole chain, first term included, in months.
    Whole(u32),
    /// As often as stated, for a time that is not.
    Times(u32),
    /// For a stated time, as often as one likes.
    Unstated,
    /// Without an end.
    Endless,
}

/// One way to go on.
#[derive(Debug)]
pub struct Renewal {
    /// Where it stands.
    pub span: Span,
    /// How long it is.
    pub length: Length,
}

/// 两次.
static TIMES: LazyLock<Regex> = LazyLock::new(|| pattern(r"([一二两三四五六七八九十]|\d{1,2})[次回]"));

/// How often at most: 最多两次, 续期以两次为限.
static AT_MOST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:续[期约签租订聘展]?|顺延|延[长续展])[^。;\n]{0,24}?(?:(?:最多|至多|不超过|不得超过|仅限|限)[^,。;\n]{0,4}?(?P<most>[一二两三四五六七八九十]|\d{1,2})[次回]|以(?P<limit>[一二两三四五六七八九十]|\d{1,2})[次回]为限)",
    )
});

/// A sentence that is about the renewal, behind its number.
static RENEWS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^[\d.、() 一二三四五六七八九十]*(?:自动|上述|前述|每次)?(?:续|顺延|延[长续展])")
});

/// A renewal of which the length is not stated (逐年续期) is counted as a year, where it is said how often.
const YEAR: u32 = 12;

/// What stands before the length of a renewal, and not before a time limit for asking for it.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:[每一][次回]|每期|期限|为期|续签|续约|续期|续租|续聘|续展|连签|再签|再租|再续|再做|再用|延展|延长|延续|展期|顺延|各)期?(?:均为|不超过|不得超过|最长|最多|为|:|,)*$",
    )
});

impl Renewals {
    /// Compiles what the pack says.
    pub fn new(settings: &Settings, lexicon: &Lexicon) -> Result<Self, String> {
        Ok(Self {
            by_itself: lexicon.compile(&settings.by_itself)?,
            endless: lexicon.compile(&settings.endless)?,
            chain: lexicon.compile(&settings.chain)?,
            granted: lexicon.compile(&settings.granted)?,
            anew: lexicon.compile(&settings.anew)?,
            unless: lexicon.compile(&settings.unless)?,
        })
    }

    /// Every way in which the contract goes on, by how surely it does. Years set side by side say of all of them how long.
    pub fn find(&self, contract: &Contract<'_>) -> impl Iterator<Item = Renewal> {
        let ways = match self.chain(contract) {
            Some(chain) => [Some(chain), None],
            None => [self.by_itself(contract), self.granted(contract)],
        };
        ways.into_iter().flatten()
    }

    /// Years that are set side by side: 1+1+1.
    pub fn chain(&self, contract: &Contract<'_>) -> Option<Renewal> {
        let found = self.chain.as_ref()?.find(&contract.chosen)?;
        let years: u64 = found.as_str().split(['+', '加', '年']).filter_map(numeral::integer).sum();
        let length = u32::try_from(years.saturating_mul(12)).map_or(Length::Endless, Length::Whole);
        Some(Renewal { span: contract.text.span_of_shadow(found.range()), length })
    }

    /// 期满自动顺延一年.
    fn by_itself(&self, contract: &Contract<'_>) -> Option<Renewal> {
        let body = &contract.chosen;
        let regex = self.by_itself.as_ref()?;
        sentences_with(body, regex).into_iter().find_map(|sentence| {
            let found = regex.find(&body[sentence.clone()])?;
            let range = sentence.start + found.start()..sentence.start + found.end();
            if says(&self.unless, &body[part_around(body, range.end..range.end)]) {
                return None;
            }
            let months = period::scan(found.as_str()).last().map(|length| length.period.total_months());
            let each = months.filter(|months| *months > 0);
            let length = match (each, self.most_times(contract, &sentence)) {
                (each, Some(times)) => Length::Months(times.saturating_mul(each.unwrap_or(YEAR))),
                (Some(months), None) if !says(&self.endless, &body[sentence]) => Length::Months(months),
                (_, None) => Length::Endless,
            };
            Some(Renewal { span: contract.text.span_of_shadow(range), length })
        })
    }

    /// How often at most, as the sentence says, or another of its article that begins with the renewal: 续期次数最多两次.
    fn most_times(&self, contract: &Contract<'_>, sentence: &Range<usize>) -> Option<u32> {
        let own = contract.chosen.get(sentence.clone())?;
        let article = contract.text.article_at(sentence.start).map(|article| article.shadow.clone());
        let around = contract.chosen.get(article.unwrap_or(sentence.clone()))?;
        let others = sentences(around).filter_map(|other| around.get(other));
        let found = std::iter::once(own)
            .chain(others.filter(|other| RENEWS.is_match(other)))
            .find_map(|words| AT_MOST.captures(words))?;
        let times = found.name("most").or(found.name("limit"))?.as_str();
        u32::try_from(numeral::integer(times)?).ok()
    }

    /// 可续签两次，每次两年: how often or for how long has to be stated, else nothing is granted.
    fn granted(&self, contract: &Contract<'_>) -> Option<Renewal> {
        let body = &contract.chosen;
        let regex = self.granted.as_ref()?;
        sentences_with(body, regex).into_iter().find_map(|sentence| {
            let words = &body[sentence.clone()];
            let found = regex.find(words)?;
            let range = sentence.start + found.start()..sentence.end;
            let part = part_around(body, range.start..sentence.start + found.end());
            if says(&self.anew, words) || says(&self.unless, &body[part]) {
                return None;
            }
            let length = granted_length(&body[range.clone()], says(&self.endless, words))?;
            Some(Renewal { span: contract.text.span_of_shadow(range), length })
        })
    }
}

/// How often and for how long, out of 续签两次，每次两年; `again` where the wording is of more than one renewal.
fn granted_length(words: &str, again: bool) -> Option<Length> {
    let times = TIMES.captures(words).and_then(|found| numeral::integer(found.get(1)?.as_str()));
    let times = times.and_then(|times| u32::try_from(times).ok());
    let each = period::scan(words)
        .into_iter()
        .find(|each| words.get(..each.range.start).is_some_and(|before| LEAD.is_match(before)))
        .map(|each| each.period.total_months())
        .filter(|months| *months > 0);
    match (times, each) {
        (None, Some(_)) if again => Some(Length::Unstated),
        (times, Some(each)) => Some(Length::Months(times.unwrap_or(1).saturating_mul(each))),
        (Some(times), None) => Some(Length::Times(times)),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_granted_renewal_is_as_long_as_all_of_its_times() {
        for (words, length) in [
            ("可续签两次,每次两年", Some(Length::Months(48))),
            ("可续签一次,续签期限为三年", Some(Length::Months(36))),
            ("可在期满前三个月申请续签,续签期限不超过一年", Some(Length::Months(12))),
            ("可续签2次", Some(Length::Times(2))),
            ("可以续签,但应提前三个月提出", None),
        ] {
            assert_eq!(granted_length(words, false), length, "{words}");
        }
    }
}
