//! What becomes of each article of the regulation that a pack stands for: checked by rules, left to a person,
//! or of no concern to a contract's text.

use serde::Deserialize;

use super::super::source::Source;

/// A pack's `coverage.toml`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// One entry for each article, in their order.
    #[serde(default)]
    pub article: Vec<Article>,
}

/// One article (条).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Its number.
    pub number: u32,
    /// What it is about, in Chinese.
    pub about: String,
    /// Slugs of the rules that check it.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Slugs of the rules that are checked over the store, because the text of a contract does not tell.
    #[serde(default)]
    pub store: Vec<String>,
    /// What a person has to check besides or instead, and why no rule does.
    #[serde(default)]
    pub person: Option<String>,
    /// Why it does not concern a contract's text.
    #[serde(default)]
    pub not_applicable: Option<String>,
}

impl Coverage {
    /// Has every article of the source one entry that says something? `Err` gives the number of an entry and what is wrong with it.
    pub fn check(&self, source: &Source) -> Result<(), (usize, String)> {
        let numbers: Vec<u32> = self.article.iter().map(|article| article.number).collect();
        let wanted: Vec<u32> = (1..=source.articles).collect();
        if numbers != wanted {
            let odd =
                numbers.iter().zip(&wanted).position(|(number, wanted)| number != wanted).unwrap_or_default();
            let missing = wanted.iter().find(|number| !numbers.contains(number));
            let problem = match missing {
                Some(number) => format!("缺少第{number}条"),
                None => format!("应为第1至{}条，每条一项，依次排列", source.articles),
            };
            return Err((odd, problem));
        }
        let silent = |article: &&Article| {
            let said = article.person.is_some() || article.not_applicable.is_some();
            article.rules.is_empty() && article.store.is_empty() && !said
        };
        match self.article.iter().enumerate().find(|(_, article)| silent(article)) {
            Some((index, article)) => Err((index, format!("第{}条既无规则，也未说明", article.number))),
            None => Ok(()),
        }
    }
}
