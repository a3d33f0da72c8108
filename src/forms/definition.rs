//! A form's definition, as a lawyer writes it in `dictionaries/forms/*.toml`.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::source::{self, ContractSource, Home, PartySource};
use crate::dictionaries::DictionaryError;

/// A form's definition, checked.
#[derive(Debug)]
pub(super) struct Definition {
    /// Its name on the command line.
    pub id: String,
    pub version: u32,
    pub title: String,
    pub regulation: String,
    /// First and last day on which the regulation is in force.
    pub in_force: Option<[Date; 2]>,
    pub limits: Limits,
    pub remarks: Remarks,
    pub sections: Vec<SectionDefinition>,
    /// Heads of a legality review (第四十四条), for an opinion form.
    pub heads: Vec<HeadDefinition>,
}

/// Figures that decide on notes, not on values.
#[derive(Debug)]
pub(super) struct Limits {
    /// A value less sure than this is noted for checking.
    pub review_below: f64,
    pub key_regulated: Option<Threshold>,
    pub filing_exempt: Option<Threshold>,
}

/// A sum with what to say on either side of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Threshold {
    /// Yuan; the figure itself counts as reached.
    amount: u64,
    /// Said of a price that reaches it.
    pub reached: String,
    /// Said of a settled price that does not.
    pub otherwise: Option<String>,
    /// Said where no price is settled.
    pub unsettled: Option<String>,
}

impl Threshold {
    pub fn amount(&self) -> Decimal {
        Decimal::from(self.amount)
    }
}

/// What is said at the head of a form, where it applies.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Remarks {
    /// Of a contract signed before the regulation was in force.
    pub before: Option<String>,
    /// Of a contract signed after it.
    pub after: Option<String>,
    pub draft: Option<String>,
    pub supplement: Option<String>,
    pub not_a_contract: Option<String>,
}

#[derive(Debug)]
pub(super) struct SectionDefinition {
    pub heading: String,
    pub entries: Entries,
}

/// The entries of a section, once or for each party.
#[derive(Debug)]
pub(super) enum Entries {
    Once(Vec<EntryDefinition<ContractSource>>),
    EachParty(Vec<EntryDefinition<PartySource>>),
}

#[derive(Debug)]
pub(super) struct EntryDefinition<S> {
    pub key: String,
    pub label: String,
    pub origin: Origin<S>,
    /// Rules whose findings are noted beside the value.
    pub findings: Vec<String>,
    pub basis: Option<String>,
    pub required: bool,
}

/// Where an entry's value comes from.
#[derive(Debug)]
pub(super) enum Origin<S> {
    /// The record; a person's word on it belongs at home.
    Source(Home, S),
    /// A person, with what to tell them.
    Person(Option<String>),
}

/// A head of a legality review: which findings stand under it, and what only a person can judge.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadDefinition {
    pub key: String,
    pub heading: String,
    pub basis: Option<String>,
    /// Rules by their slugs.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Do the findings of rules that no head names stand here?
    #[serde(default)]
    pub rest: bool,
    /// What no text can tell, in Chinese.
    pub person: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDefinition {
    id: String,
    version: u32,
    title: String,
    regulation: String,
    in_force: Option<[Date; 2]>,
    review_below: f64,
    key_regulated: Option<Threshold>,
    filing_exempt: Option<Threshold>,
    #[serde(default)]
    remarks: Remarks,
    section: Vec<RawSection>,
    #[serde(default)]
    head: Vec<HeadDefinition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSection {
    heading: String,
    each: Option<Repeat>,
    entry: Vec<RawEntry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Repeat {
    Party,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    key: String,
    label: String,
    source: Option<String>,
    by: Option<By>,
    hint: Option<String>,
    #[serde(default)]
    findings: Vec<String>,
    basis: Option<String>,
    required: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum By {
    Person,
}

impl Definition {
    /// Parses and checks the definition in `file`.
    pub fn parse(file: &str, text: &str) -> Result<Self, DictionaryError> {
        let raw: RawDefinition =
            toml::from_str(text).map_err(|error| DictionaryError::malformed(file, error))?;
        check_keys(&raw).map_err(|problem| DictionaryError::malformed(file, problem))?;
        let sections = raw.section.into_iter().map(RawSection::checked).collect::<Result<_, _>>();
        Ok(Self {
            id: raw.id,
            version: raw.version,
            title: raw.title,
            regulation: raw.regulation,
            in_force: raw.in_force,
            limits: Limits {
                review_below: raw.review_below,
                key_regulated: raw.key_regulated,
                filing_exempt: raw.filing_exempt,
            },
            remarks: raw.remarks,
            sections: sections.map_err(|problem| DictionaryError::malformed(file, problem))?,
            heads: raw.head,
        })
    }
}

/// A person's answers hang on the keys: one key, one entry. Those that repeat are apart from the others,
/// so that a section for parties may have a `name` as well as the contract.
fn check_keys(raw: &RawDefinition) -> Result<(), String> {
    let mut seen = std::collections::BTreeSet::new();
    for section in &raw.section {
        for entry in &section.entry {
            if !seen.insert((section.each.is_some(), entry.key.as_str())) {
                return Err(format!("“{}”栏的 {}：此 key 已用过；请另取一个", section.heading, entry.key));
            }
        }
    }
    match raw.head.iter().find(|head| !seen.insert((false, head.key.as_str()))) {
        Some(head) => Err(format!("“{}”的 {}：此 key 已用过；请另取一个", head.heading, head.key)),
        None => Ok(()),
    }
}

impl RawSection {
    fn checked(self) -> Result<SectionDefinition, String> {
        let entries = match self.each {
            None => Entries::Once(resolve(&self.heading, self.entry, source::contract)?),
            Some(Repeat::Party) => Entries::EachParty(resolve(&self.heading, self.entry, source::party)?),
        };
        Ok(SectionDefinition { heading: self.heading, entries })
    }
}

fn resolve<S>(
    heading: &str,
    entries: Vec<RawEntry>,
    find: impl Fn(&str) -> Result<(Home, S), String>,
) -> Result<Vec<EntryDefinition<S>>, String> {
    let name = |key: &str, problem: String| format!("“{heading}”栏的 {key}：{problem}");
    entries
        .into_iter()
        .map(|entry| {
            let key = entry.key.clone();
            entry.checked(&find).map_err(|problem| name(&key, problem))
        })
        .collect()
}

impl RawEntry {
    fn checked<S>(
        self,
        find: impl Fn(&str) -> Result<(Home, S), String>,
    ) -> Result<EntryDefinition<S>, String> {
        let origin = match (self.source, self.by) {
            (Some(source), None) => {
                let (home, read) = find(&source)?;
                Origin::Source(home, read)
            }
            (None, Some(By::Person)) => Origin::Person(self.hint),
            _ => return Err("source 与 by = \"person\" 须写一个，且只写一个".to_owned()),
        };
        Ok(EntryDefinition {
            key: self.key,
            label: self.label,
            origin,
            findings: self.findings,
            basis: self.basis,
            required: self.required,
        })
    }
}
