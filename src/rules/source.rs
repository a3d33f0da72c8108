//! The regulations that rules rest on: what exists in them, when they were in force, how they are cited.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use crate::dictionaries::DictionaryError;
use crate::model::Basis;

/// A regulation or statute.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Short name in data: `luohu-2018`.
    pub id: String,
    /// Short name in messages: 《办法》.
    pub short: String,
    /// Full title.
    pub title: String,
    /// Number of the document: 罗府规〔2018〕6号.
    pub number: String,
    /// First day in force.
    #[serde(default)]
    pub from: Option<Date>,
    /// Last day in force; after it the source is followed by analogy (参照).
    #[serde(default)]
    pub until: Option<Date>,
    /// How many articles it has.
    pub articles: u32,
    /// For each article that is cited by paragraph or item: how many items each of its paragraphs has.
    /// `"39" = [7]` is one paragraph of seven items, `"36" = [0, 0]` two paragraphs without.
    #[serde(default)]
    pub structure: BTreeMap<String, Vec<u32>>,
}

/// What a source is worth for a contract of a certain signing date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// In force on that day.
    InForce,
    /// The day is before the source came into force: it does not judge the contract.
    NotYet,
    /// The day is after its end: followed by analogy (参照).
    Lapsed,
    /// The source has an end and the contract no date: followed by analogy, as for a draft of today.
    Undated,
}

impl Standing {
    /// Is the source followed without being in force?
    pub fn by_analogy(self) -> bool {
        matches!(self, Self::Lapsed | Self::Undated)
    }
}

impl Source {
    /// What it is worth for a contract signed on `date`.
    ///
    /// An undated contract counts as one of after the source's end. That is true of every draft
    /// checked from now on, and for an old scan without a readable date it errs on the mild side: what it
    /// asks is the same, only nobody is told of a violation. And it needs no clock: the same bytes
    /// give the same record on any day.
    pub fn standing(&self, date: Option<Date>) -> Standing {
        match date {
            Some(date) if self.from.is_some_and(|from| date < from) => Standing::NotYet,
            Some(date) if self.until.is_some_and(|until| date > until) => Standing::Lapsed,
            None if self.until.is_some() => Standing::Undated,
            _ => Standing::InForce,
        }
    }

    /// Does the article, paragraph or item exist? `Err` says what does not.
    pub fn resolve(&self, basis: &Basis) -> Result<(), String> {
        let cited = place(basis, true);
        if !(1..=self.articles).contains(&basis.article) {
            return Err(format!("{}只有{}条，没有{cited}", self.short, self.articles));
        }
        if basis.paragraph.is_none() && basis.item.is_none() {
            return Ok(());
        }
        let paragraphs = self
            .structure
            .get(&basis.article.to_string())
            .ok_or_else(|| format!("引用了{cited}，但 {} 的 structure 未登记该条的款、项", self.id))?;
        let index = basis.paragraph.unwrap_or(1);
        let items = (index as usize).checked_sub(1).and_then(|index| paragraphs.get(index));
        match (items, basis.item) {
            (None, _) => Err(format!("{}没有{cited}", self.short)),
            (Some(count), Some(item)) if !(1..=*count).contains(&item) => {
                Err(format!("{}没有{cited}", self.short))
            }
            _ => Ok(()),
        }
    }

    /// Has the article only one paragraph, so that naming it would be odd?
    fn single(&self, article: u32) -> bool {
        self.structure.get(&article.to_string()).is_some_and(|paragraphs| paragraphs.len() == 1)
    }
}

/// All sources, by id.
#[derive(Debug, Clone, Default)]
pub struct Sources(BTreeMap<String, Source>);

impl Sources {
    /// Collects what the packs declare; a source declared twice is refused.
    pub(super) fn gather<'a>(
        declared: impl Iterator<Item = (&'a str, Source)>,
    ) -> Result<Self, DictionaryError> {
        let mut sources = BTreeMap::new();
        for (file, source) in declared {
            let id = source.id.clone();
            if sources.insert(id.clone(), source).is_some() {
                return Err(DictionaryError::malformed(file, format!("法规 {id} 重复登记")));
            }
        }
        Ok(Self(sources))
    }

    /// One source.
    pub fn get(&self, id: &str) -> Option<&Source> {
        self.0.get(id)
    }

    /// All of them, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Source> {
        self.0.values()
    }

    /// Does the basis exist? `Err` says what does not.
    pub fn resolve(&self, basis: &Basis) -> Result<(), String> {
        self.get(&basis.source).ok_or_else(|| format!("未登记法规 {}", basis.source))?.resolve(basis)
    }

    /// 《办法》第二十五条、第三十二条第一款, with 参照原 before a source that is followed by analogy.
    pub fn cite(&self, bases: &[Basis], date: Option<Date>) -> String {
        let mut cited = String::new();
        let mut last: Option<&Basis> = None;
        for basis in bases {
            let Some(source) = self.get(&basis.source) else { continue };
            if !cited.is_empty() {
                cited.push('、');
            }
            let same_source = last.is_some_and(|last| last.source == basis.source);
            if !same_source {
                cited.push_str(if source.standing(date).by_analogy() { "参照原" } else { "" });
                cited.push_str(&source.short);
            }
            let cite = place(basis, !source.single(basis.article));
            let article = format!("第{}条", numeral(basis.article));
            let again = same_source && last.is_some_and(|last| last.article == basis.article);
            cited.push_str(cite.strip_prefix(&article).filter(|_| again).unwrap_or(&cite));
            last = Some(basis);
        }
        cited
    }
}

/// 第三十六条第二款, 第三十九条第（四）项.
fn place(basis: &Basis, name_paragraph: bool) -> String {
    let mut place = format!("第{}条", numeral(basis.article));
    if let Some(paragraph) = basis.paragraph.filter(|_| name_paragraph) {
        place.push_str(&format!("第{}款", numeral(paragraph)));
    }
    if let Some(item) = basis.item {
        place.push_str(&format!("第（{}）项", numeral(item)));
    }
    place
}

/// A Chinese numeral as statutes write it, up to 9999: 三十六, 一百二十, 一千零五.
fn numeral(number: u32) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |place: u32| DIGITS.get((number / place % 10) as usize).copied().unwrap_or("");
    if number < 10 {
        return digit(1).to_owned();
    }
    let mut out = String::new();
    for (place, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        match number / place % 10 {
            _ if number < place => {}
            0 if place > 1 && !number.is_multiple_of(place) && !out.ends_with('零') => out.push('零'),
            0 => {}
            1 if place == 10 && number < 20 => out.push('十'),
            _ => out.extend([digit(place), unit]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regulation() -> Source {
        Source {
            id: "r".into(),
            short: "《办法》".into(),
            title: "试行办法".into(),
            number: "一号".into(),
            from: Some(jiff::civil::date(2018, 12, 4)),
            until: Some(jiff::civil::date(2023, 12, 3)),
            articles: 78,
            structure: BTreeMap::from([("36".into(), vec![0, 0]), ("39".into(), vec![7])]),
        }
    }

    fn basis(article: u32, paragraph: Option<u32>, item: Option<u32>) -> Basis {
        Basis { source: "r".into(), article, paragraph, item }
    }

    #[test]
    fn numerals_read_as_statutes_write_them() {
        let written: Vec<_> =
            [1, 10, 11, 20, 36, 100, 101, 110, 120, 683, 1005].map(numeral).into_iter().collect();
        assert_eq!(
            written,
            [
                "一",
                "十",
                "十一",
                "二十",
                "三十六",
                "一百",
                "一百零一",
                "一百一十",
                "一百二十",
                "六百八十三",
                "一千零五"
            ]
        );
    }

    #[test]
    fn the_first_and_the_last_day_are_in_force() {
        let source = regulation();
        let on = |y, m, d| source.standing(Some(jiff::civil::date(y, m, d)));
        assert_eq!(on(2018, 12, 3), Standing::NotYet);
        assert_eq!(on(2018, 12, 4), Standing::InForce);
        assert_eq!(on(2023, 12, 3), Standing::InForce);
        assert_eq!(on(2023, 12, 4), Standing::Lapsed);
        assert_eq!(source.standing(None), Standing::Undated);
    }

    #[test]
    fn only_what_exists_can_be_cited() {
        let source = regulation();
        for good in [basis(27, None, None), basis(36, Some(2), None), basis(39, None, Some(4))] {
            assert_eq!(source.resolve(&good), Ok(()), "{good:?}");
        }
        for bad in [basis(0, None, None), basis(79, None, None), basis(36, Some(3), None)] {
            assert!(source.resolve(&bad).is_err(), "{bad:?}");
        }
        assert!(source.resolve(&basis(39, None, Some(8))).is_err());
        assert!(source.resolve(&basis(35, Some(1), None)).is_err(), "its structure is not declared");
    }

    #[test]
    fn a_citation_names_its_source_once_and_says_when_it_is_by_analogy() {
        let sources = Sources(BTreeMap::from([("r".into(), regulation())]));
        let cited = [basis(25, None, None), basis(39, Some(1), Some(4)), basis(36, Some(2), None)];
        let in_force = Some(jiff::civil::date(2021, 1, 1));
        assert_eq!(
            sources.cite(&cited, in_force),
            "《办法》第二十五条、第三十九条第（四）项、第三十六条第二款"
        );
        assert_eq!(sources.cite(&cited[..1], None), "参照原《办法》第二十五条");
        let twice = [basis(36, Some(1), None), basis(36, Some(2), None)];
        assert_eq!(sources.cite(&twice, in_force), "《办法》第三十六条第一款、第二款");
    }
}
