//! `chinese-not-prevailing`: a contract in several languages does not give the Chinese text precedence.
//!
//! # What it does
//!
//! Takes what the contract says of its versions, as the field reads it, else as a sentence tells that there are several;
//! where it says nothing, counts the lines of Chinese and of another language that stand side by side.
//!
//! # Why it matters
//!
//! Where versions of equal force differ, each side will rely on its own.
//!
//! # What must not be flagged
//!
//! Versions of equal force with 歧义时以中文为准; one language only; model numbers and quoted terms in letters. That a
//! foreign text prevails is `foreign-language-prevails`.

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::scripts::scripts;
use super::Computed;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "chinese-not-prevailing",
    variants: &[("equal", &[]), ("unstated", &[]), ("silent", &["lines"])],
    compile,
};

/// So many sentences with their translation beside them make a contract bilingual.
const BESIDE: usize = 3;

#[derive(Debug)]
struct ChineseNotPrevailing {
    /// From this many lines in another language on, the contract is bilingual without saying so.
    lines: usize,
    words: Words,
}

fn compile(mut parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lines = parameters.take("lines")?;
    let names = ["versions", "versions-unless", "equal", "settled", "resolved", "tabled"];
    Ok(Box::new(ChineseNotPrevailing { lines, words: Words::new(parameters, &names)? }))
}

impl ChineseNotPrevailing {
    /// A sentence that tells of several versions of the contract, where no clause says which of them prevails.
    fn versions(&self, contract: &Contract<'_>) -> Option<Sighting> {
        let body = &contract.chosen;
        let told = self.words.sentences("versions", body).into_iter().find_map(|sentence| {
            let words = &body[sentence.clone()];
            let tells = self.words.say("versions", words) && !self.words.say("versions-unless", words);
            let variant = if self.words.say("equal", words) { "equal" } else { "unstated" };
            tells.then(|| Sighting::new(variant, vec![contract.text.span_of_shadow(sentence)]))
        });
        let told = told.or_else(|| self.tabled(contract));
        told.filter(|_| !self.words.say("settled", body) && !self.words.say("resolved", body))
    }

    /// A table that gives the versions the same standing, column by column.
    fn tabled(&self, contract: &Contract<'_>) -> Option<Sighting> {
        let found = self.words.find("tabled", &contract.chosen).next()?;
        Some(Sighting::new("equal", vec![contract.text.span_of_shadow(found.range())]))
    }
}

impl Check for ChineseNotPrevailing {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        if let Some(language) = contract.sure(&contract.fields().governing_language) {
            let variant = match language.value.prevails.as_str() {
                "equal" => "equal",
                "unstated" if language.value.languages.len() > 1 => "unstated",
                "zh" => return Verdict::Passed,
                _ => return Verdict::NothingFound,
            };
            // 据中文本改正日文本: which prevails may be said in words that the field does not know.
            if self.words.say("resolved", &contract.chosen) {
                return Verdict::NothingFound;
            }
            return Verdict::hit(Sighting::new(variant, language.evidence.clone()));
        }
        if let Some(sighting) = self.versions(contract) {
            return Verdict::hit(sighting);
        }
        if contract.unread().is_some() {
            return Verdict::NothingFound;
        }
        let found = scripts(contract.text.content.get(..contract.text.body_end).unwrap_or_default());
        let enough = found.foreign >= self.lines || found.beside >= BESIDE;
        let bilingual = enough && found.chinese >= self.lines && found.foreign * 4 >= found.chinese;
        if !bilingual {
            return Verdict::NothingFound;
        }
        Verdict::hit(Sighting::new("silent", Vec::new()).with("lines", found.foreign))
    }
}
