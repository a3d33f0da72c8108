//! Templates: a contract written once, with slots, and the truth about it; each seed makes another contract.
//!
//! A template is a TOML head, a line `---`, and the text (`body`). The head:
//!
//! ```toml
//! about = "Cleaning of offices, monthly fee"   # for people
//! family = "party-lines"                       # the layout, by which results are grouped
//! split = "check"                              # check, measure or tune
//! kind = "contract"                            # contract, supplement, not-a-contract; unknown: not judged
//! noise = false                                # never rendered as a poor scan; true without it
//! slots = """                                  # filled in this order; see `slot`
//! g = department
//! """
//! [truth]                                      # see `truth`
//! title = "{{g.name}}保洁服务合同"
//! [when."v=b"]                                 # replaces entries of the truth when slot v holds b
//! title = "保洁协议"
//! ```
//!
//! Everything is a function of template and seed.

mod body;
mod check;
mod date;
mod label;
mod money;
mod names;
mod noise;
mod render;
mod slot;
mod truth;
mod write;

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Value, json};

use self::render::{Habits, Writer};
use self::slot::{Filling, Fillings};
use self::truth::{Annotation, Clerk};
use crate::error::{Error, Result};
use crate::plain::Encoding;
use crate::rendering::Rendering;
use crate::seed::Random;
use crate::source::{self, Document};

pub use truth::PRESENCE;
pub use write::{Summary, write};

/// How many contracts come out of each template unless asked otherwise.
pub const SEEDS: u64 = 6;

/// A template.
#[derive(Debug, Clone)]
pub struct Template {
    /// Its file's name without ending.
    pub slug: String,
    head: Head,
    body: Vec<body::Node>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    #[allow(dead_code, reason = "for people")]
    about: String,
    family: String,
    split: String,
    kind: String,
    #[serde(default = "yes")]
    noise: bool,
    #[serde(default)]
    slots: String,
    #[serde(default)]
    truth: toml::Table,
    #[serde(default)]
    when: toml::Table,
}

fn yes() -> bool {
    true
}

/// A contract made from a template.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// `<template>-<seed>`.
    pub slug: String,
    /// The layout family; `scanned` where the text went through `noise`.
    pub family: String,
    /// `check`, `measure` or `tune`.
    pub split: String,
    /// The source text.
    pub text: String,
    /// Split, kind, stage, fields, and reasons of absence.
    pub truth: Value,
    /// What it is rendered as for measuring.
    pub rendering: Rendering,
}

impl Instance {
    /// The text as blocks.
    ///
    /// # Errors
    ///
    /// If the text breaks the source format.
    pub fn document(&self) -> Result<Document> {
        source::parse(&self.text).map_err(|error| Error::Source { slug: self.slug.clone(), error })
    }
}

/// Every template of a folder (`*.txt`), by name.
///
/// # Errors
///
/// If the folder cannot be read or a template is malformed.
pub fn load_all(folder: &Path) -> Result<Vec<Template>> {
    let mut paths: Vec<_> = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| entry.map(|e| e.path())).collect::<std::io::Result<_>>())
        .map_err(Error::io(folder))?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "txt"));
    paths.sort();
    if paths.is_empty() {
        return Err(Error::NoContracts(folder.to_owned()));
    }
    paths.iter().map(|path| Template::load(path)).collect()
}

/// Every contract of a folder of templates, `seeds` of each.
///
/// # Errors
///
/// If a template cannot be read, or its truth does not follow from its text.
pub fn instances(folder: &Path, seeds: u64) -> Result<Vec<Instance>> {
    let templates = load_all(folder)?;
    templates.iter().flat_map(|template| (0..seeds).map(|seed| template.instance(seed))).collect()
}

impl Template {
    /// Reads a template file.
    ///
    /// # Errors
    ///
    /// If it cannot be read or breaks the format.
    pub fn load(path: &Path) -> Result<Self> {
        let text = fs::read_to_string(path).map_err(Error::io(path))?;
        let slug = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        Self::parse(&slug, &text).map_err(|problem| Error::Template { slug, problem })
    }

    /// Reads a template.
    fn parse(slug: &str, text: &str) -> Result<Self, String> {
        let (head, body) = text.split_once("\n---\n").ok_or("no line of --- behind the head")?;
        let head: Head = toml::from_str(head).map_err(|error| error.to_string())?;
        Ok(Self { slug: slug.to_owned(), head, body: body::parse(body)? })
    }

    /// The contract number `seed`.
    ///
    /// # Errors
    ///
    /// If a slot cannot be filled, or the truth does not follow from the text.
    pub fn instance(&self, seed: u64) -> Result<Instance> {
        self.make(seed).map_err(|problem| Error::Template { slug: format!("{}-{seed}", self.slug), problem })
    }

    fn make(&self, seed: u64) -> Result<Instance, String> {
        let random = &mut Random::new(hash(&self.slug), seed);
        let fillings = Fillings::draw(&self.head.slots, random)?;
        let habits = Habits::draw(random);
        let rendered = Writer::new(&fillings, habits, random).write(&self.body)?;
        let annotation = self.annotation(&fillings)?;
        let clerk = Clerk { fillings: &fillings, rendered: &rendered };
        let (mut stage, fields, absent) = clerk.truth(&annotation)?;
        if self.head.kind == "not-a-contract" {
            stage = "unknown".to_owned();
        }
        check::contract(&self.head.kind, &rendered.text, &fields)?;
        let scanned = self.head.noise && seed % SEEDS == 3;
        let text = match scanned {
            true => noise::scanned(&rendered, &check::strings(&fields), random),
            false => rendered.text.clone(),
        };
        let family = if scanned { "scanned" } else { &self.head.family };
        Ok(Instance {
            slug: format!("{}-{seed}", self.slug),
            family: family.to_owned(),
            split: self.head.split.clone(),
            text,
            truth: json!({
                "split": self.head.split, "family": family, "kind": self.head.kind, "stage": stage,
                "fields": fields, "absent": absent,
            }),
            rendering: rendering(seed),
        })
    }

    /// The truth's entries with those of the branches that hold in their place.
    fn annotation(&self, fillings: &Fillings) -> Result<Annotation, String> {
        let mut table = self.head.truth.clone();
        for (condition, entries) in &self.head.when {
            let (slot, word) = condition.split_once('=').ok_or_else(|| format!("when {condition:?}"))?;
            let holds = match fillings.get(slot) {
                Some(Filling::Text(text)) => text == word,
                Some(Filling::Int(number)) => number.to_string() == word,
                _ => return Err(format!("when {condition:?}: no such slot")),
            };
            let entries = entries.as_table().ok_or_else(|| format!("when {condition:?} is no table"))?;
            if holds {
                table.extend(entries.clone());
            }
        }
        table.try_into().map_err(|error: toml::de::Error| error.to_string())
    }
}

/// Most are read as text; a share goes through the writers of Word and PDF files.
fn rendering(seed: u64) -> Rendering {
    use crate::docx::Extras;
    use crate::pdf::{Finish, PdfKind, PredefinedCMap};
    match seed % SEEDS {
        1 => Rendering::Docx(Extras::default()),
        2 => Rendering::Pdf(PdfKind::Predefined(PredefinedCMap::UniGbUtf16), Finish::default()),
        _ => Rendering::Text(Encoding::Utf8),
    }
}

/// FNV-1a: templates of other names draw other values.
fn hash(slug: &str) -> u64 {
    slug.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests;
