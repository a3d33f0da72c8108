//! The shape of a pack's TOML files, before anything in them has been checked: `pack.toml` for what its rules
//! share, and one file for each rule.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use crate::model::record::Stage;
use crate::model::{Basis, Severity};

use super::super::source::Source;
use super::{Home, Lists};

/// A pack's `pack.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PackFile {
    /// Short name of the pack.
    pub id: String,
    /// Version of the pack.
    pub version: u32,
    /// Title in Chinese.
    pub title: String,
    /// The source whose dates are the pack's.
    #[serde(default)]
    pub governed_by: Option<String>,
    /// `false` leaves the pack out: the installation is another district's. Its sources may still be cited.
    #[serde(default = "enabled")]
    pub enabled: bool,
    /// Which contracts it is for; all where it does not say.
    #[serde(default)]
    pub applies_to: Option<AppliesTo>,
    /// The home district.
    #[serde(default)]
    pub home: Option<Home>,
    /// Regulations that this pack brings along; any pack may cite them.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// Lists of words that patterns name as `<<list>>`.
    #[serde(default)]
    pub vocabulary: Lists,
    /// Lists of patterns that rules share, named like words: `<<list>>` is any of them.
    #[serde(default)]
    pub patterns: Lists,
}

fn enabled() -> bool {
    true
}

/// Which contracts a pack is for, told by title or body.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AppliesTo {
    /// What such contracts are called, in Chinese.
    pub label: String,
    /// Any of these in the title.
    pub title: Vec<String>,
    /// Or any of these in the body,
    pub body: Vec<String>,
    /// so many times.
    pub least: usize,
}

/// A rule's file; the rule's slug is the file's name.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RuleFile {
    /// Title in Chinese.
    pub title: String,
    /// How grave a hit is.
    pub severity: Grades,
    /// What it rests on.
    #[serde(default)]
    pub basis: Vec<Basis>,
    /// `present`, `absent` or `computed`.
    pub kind: String,
    /// What it flags.
    pub flags: String,
    /// What it must not flag.
    pub spares: String,
    /// Why it matters.
    pub why: String,
    /// What to write instead.
    pub suggestion: String,
    /// What the kind needs to know.
    #[serde(default)]
    pub with: toml::Table,
    /// What a hit says, by variant.
    pub variants: BTreeMap<String, VariantFile>,
    /// Texts that it flags.
    #[serde(default)]
    pub hit: Vec<Spanned<Example>>,
    /// Texts that it must not flag.
    #[serde(default)]
    pub miss: Vec<Spanned<Example>>,
    /// Texts on which it cannot tell.
    #[serde(default)]
    pub cannot_tell: Vec<Spanned<Example>>,
}

/// One way for a rule to hit.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct VariantFile {
    /// The message, with `{placeholders}`.
    pub message: String,
    /// How grave, where that differs from the rule's severity.
    #[serde(default)]
    pub severity: Option<Grades>,
    /// What it rests on, where that differs.
    #[serde(default)]
    pub basis: Option<Vec<Basis>>,
    /// Why it matters, where that differs.
    #[serde(default)]
    pub why: Option<String>,
    /// What to write instead, where that differs.
    #[serde(default)]
    pub suggestion: Option<String>,
}

/// A severity, or one for drafts and one for signed contracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Grades {
    /// The same at every stage.
    Always(Severity),
    /// By stage.
    ByStage {
        /// Of a draft.
        draft: Severity,
        /// Of a signed contract.
        signed: Severity,
    },
}

impl Grades {
    /// The severity at a stage; where the stage is not known, the milder one.
    pub fn at(self, stage: Stage) -> Severity {
        match (self, stage) {
            (Self::Always(severity), _) => severity,
            (Self::ByStage { draft, .. }, Stage::Draft) => draft,
            (Self::ByStage { signed, .. }, Stage::Signed) => signed,
            (Self::ByStage { draft, signed }, Stage::Unknown) => draft.min(signed),
        }
    }
}

/// A short contract text with what the rule must answer, run as a test.
///
/// In the file either the text alone, or a table with the text and what is given besides.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(from = "Written")]
pub struct Example {
    /// The text, one paragraph a line.
    pub text: String,
    /// The variant that must hit.
    pub variant: Option<String>,
    /// The severity that must come out.
    pub severity: Option<Severity>,
    /// A stretch that the message must hold.
    pub says: Option<String>,
    /// Stage given by hand, in place of the one told from the text.
    pub stage: Option<Stage>,
    /// Signing date given by hand.
    pub signed: Option<Date>,
    /// Line of its file where it begins, from 1; 0 outside a file.
    pub line: usize,
    /// Column of that line, from 1.
    pub column: usize,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Full {
        text: String,
        #[serde(default)]
        variant: Option<String>,
        #[serde(default)]
        severity: Option<Severity>,
        #[serde(default)]
        says: Option<String>,
        #[serde(default)]
        stage: Option<Stage>,
        #[serde(default)]
        signed: Option<Date>,
    },
}

impl From<Written> for Example {
    fn from(written: Written) -> Self {
        match written {
            Written::Text(text) => Self { text, ..Self::default() },
            Written::Full { text, variant, severity, says, stage, signed } => {
                Self { text, variant, severity, says, stage, signed, ..Self::default() }
            }
        }
    }
}
