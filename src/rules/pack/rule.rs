//! One rule, checked and compiled.

use std::collections::BTreeMap;

use toml::Spanned;

use crate::model::Basis;

use super::super::check::{Check, Contract, Verdict};
use super::super::kinds;
use super::super::review::fingerprint;
use super::super::source::Sources;
use super::Example;
use super::file::{Grades, RuleFile, VariantFile};
use super::place::{Fault, line_and_column};
use super::template::Template;

/// Placeholders that every message may use: the citation, the clause as a person cites it, the first quote.
const COMMON_SLOTS: [&str; 3] = ["basis", "clause", "quote"];

/// One rule, with everything that explains it.
#[derive(Debug)]
pub struct Rule {
    /// The pack it stands in.
    pub pack: String,
    /// Stable name: `dual-forum`.
    pub slug: String,
    /// Path of its file inside the dictionaries.
    pub file: String,
    /// Of its name and everything in its file, [`Self::DIGEST`] characters.
    pub digest: String,
    /// Title in Chinese.
    pub title: String,
    /// `present`, `absent` or `computed`.
    pub kind: String,
    /// How grave a hit is, by stage.
    pub severity: Grades,
    /// What it rests on.
    pub basis: Vec<Basis>,
    /// The same as a person cites it: 《办法》第三十六条第二款.
    pub citation: String,
    /// What it flags.
    pub flags: String,
    /// What it must not flag.
    pub spares: String,
    /// Why it matters.
    pub why: String,
    /// What to write instead.
    pub suggestion: String,
    /// Texts that it flags.
    pub hit: Vec<Example>,
    /// Texts that it must not flag.
    pub miss: Vec<Example>,
    /// Texts on which it cannot tell.
    pub cannot_tell: Vec<Example>,
    variants: BTreeMap<String, Variant>,
    check: Box<dyn Check>,
}

/// One way for a rule to hit. What is `None` is as the rule has it.
#[derive(Debug)]
pub struct Variant {
    /// The message.
    pub message: Template,
    /// How grave.
    pub severity: Option<Grades>,
    /// What it rests on.
    pub basis: Option<Vec<Basis>>,
    /// Why it matters.
    pub why: Option<String>,
    /// What to write instead.
    pub suggestion: Option<String>,
}

impl Rule {
    /// Checks and compiles an entry, given with the name and text of its file. `Err` says what is wrong with it, and where.
    pub(super) fn build(
        pack: &str,
        slug: &str,
        (file, text): (&str, &str),
        entry: RuleFile,
        toolbox: &kinds::Toolbox,
        sources: &Sources,
    ) -> Result<Self, Fault> {
        resolve_all(sources, &entry.basis, &[])?;
        let settings = entry.with.clone();
        let compiles = |pattern: &str| toolbox.lexicon.compile(&[pattern.to_owned()]).is_ok();
        let compiled = kinds::compile(slug, &entry.kind, entry.with, toolbox).map_err(|problem| {
            let kind = kinds::is_about_kind(&problem);
            if kind {
                Fault::at(&["kind"], problem)
            } else {
                Fault::in_settings(&settings, problem, compiles)
            }
        })?;
        let placed = |examples: Vec<Spanned<Example>>| {
            examples
                .into_iter()
                .map(|example| {
                    let (line, column) = line_and_column(text, example.span().start);
                    Example { line, column, ..example.into_inner() }
                })
                .collect()
        };
        let variants = variants(entry.variants, &compiled.variants, sources)?;
        Ok(Self {
            pack: pack.to_owned(),
            citation: sources.cite(&entry.basis, in_force(sources, &entry.basis)),
            slug: slug.to_owned(),
            title: entry.title,
            kind: entry.kind,
            severity: entry.severity,
            basis: entry.basis,
            flags: entry.flags,
            spares: entry.spares,
            why: entry.why,
            suggestion: entry.suggestion,
            hit: placed(entry.hit),
            miss: placed(entry.miss),
            cannot_tell: placed(entry.cannot_tell),
            file: file.to_owned(),
            digest: digest([pack, slug, text]),
            variants,
            check: compiled.check,
        })
    }

    /// How many characters a digest of a rule has.
    pub const DIGEST: usize = 10;

    /// What rules are sorted by: the article that they rest on, then their names.
    pub(super) fn order(&self) -> (u32, &str) {
        (self.basis.first().map_or(u32::MAX, |basis| basis.article), &self.slug)
    }

    /// `pack/slug`, as `passed` and `not_applicable` list it.
    pub fn path(&self) -> String {
        format!("{}/{}", self.pack, self.slug)
    }

    /// The names of its variants.
    pub fn variants(&self) -> impl Iterator<Item = &str> {
        self.variants.keys().map(String::as_str)
    }

    /// Runs it over one contract.
    pub(in super::super) fn check(&self, contract: &Contract<'_>) -> Verdict {
        self.check.check(contract)
    }

    /// A variant by its name; a name that the pack does not have falls back to the first, of which
    /// building the rule has made sure that there is one.
    pub fn variant(&self, name: &str) -> Option<&Variant> {
        self.variants.get(name).or_else(|| self.variants.values().next())
    }
}

/// The digest of a rule's name and file.
fn digest(parts: [&str; 3]) -> String {
    let [pack, slug, text] = parts;
    let mut digest = fingerprint([pack, slug, text, ""]);
    digest.truncate(Rule::DIGEST);
    digest
}

/// A day on which the first cited source was in force: explained rules cite it without 参照.
fn in_force(sources: &Sources, bases: &[Basis]) -> Option<jiff::civil::Date> {
    bases.first().and_then(|basis| sources.get(&basis.source)).and_then(|source| source.from)
}

/// Does every basis exist? `within` are the keys that lead to the list.
fn resolve_all(sources: &Sources, bases: &[Basis], within: &[&str]) -> Result<(), Fault> {
    bases.iter().enumerate().try_for_each(|(index, basis)| {
        sources.resolve(basis).map_err(|problem| {
            let known = sources.get(&basis.source);
            let key = match known {
                None => "source",
                Some(source) if basis.article > source.articles => "article",
                Some(_) if basis.item.is_some() => "item",
                Some(_) if basis.paragraph.is_some() => "paragraph",
                Some(_) => "article",
            };
            let index = index.to_string();
            Fault::at(&[within, &["basis", index.as_str(), key]].concat(), problem)
        })
    })
}

/// Checks the variants against those that the compiled rule can answer with.
fn variants(
    written: BTreeMap<String, VariantFile>,
    known: &kinds::Variants,
    sources: &Sources,
) -> Result<BTreeMap<String, Variant>, Fault> {
    if let Some(missing) = known.keys().find(|name| !written.contains_key(*name)) {
        return Err(Fault::at(&["variants"], format!("缺少 variants.{missing}")));
    }
    written
        .into_iter()
        .map(|(name, entry)| {
            let path = ["variants", name.as_str()];
            let slots =
                known.get(&name).ok_or_else(|| Fault::at(&path, format!("variants.{name} 不会出现")))?;
            resolve_all(sources, entry.basis.as_deref().unwrap_or_default(), &path)?;
            let variant = variant(entry, slots).map_err(|why| {
                Fault::at(&["variants", name.as_str(), "message"], format!("variants.{name}：{why}"))
            })?;
            Ok((name, variant))
        })
        .collect()
}

fn variant(entry: VariantFile, slots: &[&str]) -> Result<Variant, String> {
    let message = Template::parse(&entry.message)?;
    if let Some(unknown) = message.slots().find(|slot| !slots.contains(slot) && !COMMON_SLOTS.contains(slot))
    {
        return Err(format!("占位符 {{{unknown}}} 无值可填"));
    }
    Ok(Variant {
        message,
        severity: entry.severity,
        basis: entry.basis,
        why: entry.why,
        suggestion: entry.suggestion,
    })
}
