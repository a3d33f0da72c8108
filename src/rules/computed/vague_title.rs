//! `vague-title`: the title does not say what the contract is about.
//!
//! # What it does
//!
//! Takes the title apart from book-title marks, version notes and ordinals, and looks whether what is left
//! stands in the pack's list of bare words (合同, 协议, 备忘录). A relation
//! without its subject (合作协议) and a supplement that does not name its main contract are milder variants.
//!
//! # Why it matters
//!
//! The title decides how a contract is classified, searched and filed, and a court reads it as a first
//! sign of the legal relation.
//!
//! # What must not be flagged
//!
//! A title with a subject (物业服务合同), a supplement that names its contract, and 协议书 as the first part
//! of a printed form for works.

use crate::fields::scan::Regex;
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::Computed;
use crate::model::Span;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "vague-title",
    variants: &[("bare", &["title"]), ("relation", &["title"]), ("supplement", &["title"])],
    compile,
};

/// A title stands within this many lines of the head of a contract.
const HEAD: usize = 4;

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// Titles that say nothing.
    bare: Vec<String>,
    /// Words that say nothing of the subject: a title made of them alone is as bare.
    empty: Vec<String>,
    /// Titles that name a relation without its subject.
    relation: Vec<String>,
    /// Words of a relation: with empty ones they name no subject either.
    relation_words: Vec<String>,
    /// Titles of supplements that name no contract.
    supplement: Vec<String>,
    /// Words of a supplement: with empty ones they name no contract either.
    supplement_words: Vec<String>,
    /// How a line ends that is a title, where no title was read.
    headline: Vec<String>,
    /// Patterns for what a title carries besides: version notes, ordinals.
    strip: Vec<String>,
    /// Titles that are a part of a printed form, and what else stands in such a form.
    form_titles: Vec<String>,
    form: Vec<String>,
}

#[derive(Debug)]
struct VagueTitle {
    bare: Vec<String>,
    empty: Option<Regex>,
    relation: Vec<String>,
    relation_words: Option<Regex>,
    supplement: Vec<String>,
    supplement_words: Option<Regex>,
    headline: Option<Regex>,
    strip: Option<Regex>,
    form_titles: Vec<String>,
    form: Option<Regex>,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(VagueTitle {
        headline: lexicon.compile(&settings.headline)?,
        strip: lexicon.compile(&settings.strip)?,
        empty: lexicon.compile(&settings.empty)?,
        relation_words: lexicon.compile(&settings.relation_words)?,
        supplement_words: lexicon.compile(&settings.supplement_words)?,
        form: lexicon.compile(&settings.form)?,
        bare: settings.bare,
        relation: settings.relation,
        supplement: settings.supplement,
        form_titles: settings.form_titles,
    }))
}

impl VagueTitle {
    /// The words of the title alone.
    fn core(&self, title: &str) -> String {
        let plain: String = title
            .chars()
            .map(|c| match c {
                '（' => '(',
                '）' => ')',
                c => c,
            })
            .filter(|c| !c.is_whitespace() && !"《》〈〉“”\"".contains(*c))
            .collect();
        self.strip.as_ref().map_or(plain.clone(), |strip| strip.replace_all(&plain, "").into_owned())
    }

    /// The words of the title without the names of the parties, which say nothing of the subject.
    fn without_parties(contract: &Contract<'_>, core: String) -> String {
        let names = contract.fields().parties.iter().filter_map(|party| party.name.as_ref());
        let plain = |name: &str| name.replace('（', "(").replace('）', ")");
        names.into_iter().fold(core, |core, name| core.replace(&plain(&name.value), ""))
    }

    /// Does it say nothing of the subject?
    fn is_bare(&self, core: &str) -> bool {
        let emptied = || self.empty.as_ref().map(|empty| empty.replace_all(core, ""));
        self.bare.iter().any(|bare| bare == core) || emptied().is_some_and(|rest| rest.is_empty())
    }

    /// Does it name a relation, or a change of a contract, and nothing else?
    fn is_bare_but_for(&self, words: &Option<Regex>, core: &str) -> bool {
        let rest = words.as_ref().map(|words| words.replace_all(core, ""));
        rest.is_some_and(|rest| rest != core && self.is_bare(&rest))
    }

    /// The variant that a title makes; `None` where it says what the contract is about.
    fn grade(&self, core: &str, contract: &Contract<'_>) -> Option<&'static str> {
        match () {
            () if core.is_empty() || self.is_form_part(core, contract) => None,
            () if self.is_bare(core) => Some("bare"),
            () if self.relation.iter().any(|title| title == core)
                || self.is_bare_but_for(&self.relation_words, core) =>
            {
                Some("relation")
            }
            () if self.supplement.iter().any(|title| title == core)
                || self.is_bare_but_for(&self.supplement_words, core) =>
            {
                Some("supplement")
            }
            () => None,
        }
    }

    /// The line at the head of the contract that is a title of no subject, where no title was read.
    fn headline(&self, contract: &Contract<'_>) -> Option<(&'static str, Span)> {
        let body = contract.text.folded_body();
        let lines = body.split('\n').scan(0, |at, line| {
            let start = *at;
            *at += line.len() + 1;
            Some((start, line))
        });
        lines.filter(|(_, line)| !line.trim().is_empty()).take(HEAD).find_map(|(start, line)| {
            let core = self.core(line);
            let titled = self.headline.as_ref().is_some_and(|ends| ends.is_match(&core));
            let variant = self.grade(&core, contract).filter(|_| titled)?;
            Some((variant, contract.text.span_of_shadow(start..start + line.len())))
        })
    }

    /// Is it the first part of a printed form, whose own title was not read?
    fn is_form_part(&self, core: &str, contract: &Contract<'_>) -> bool {
        let body = contract.text.folded_body();
        self.form_titles.iter().any(|title| title == core)
            && self.form.as_ref().is_some_and(|form| form.is_match(body))
    }
}

impl Check for VagueTitle {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let Some(title) = contract.sure(&contract.fields().title) else {
            if let Some((variant, span)) = self.headline(contract) {
                let title = span.quote.trim().to_owned();
                return Verdict::hit(Sighting::new(variant, vec![span]).with("title", title));
            }
            let unread = contract.unread().map(|unread| format!("{unread}，合同名称可能在其中"));
            return Verdict::cannot_tell(unread.unwrap_or_else(|| "未读到合同名称".to_owned()), Vec::new());
        };
        let core = Self::without_parties(contract, self.core(&title.value));
        self.grade(&core, contract).map_or(Verdict::Passed, |variant| {
            Verdict::hit(Sighting::new(variant, title.evidence.clone()).with("title", title.value.trim()))
        })
    }
}
