//! The record: everything that is said about one contract. This is the public interface.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fields::{Absent, Fields};
use super::finding::{Finding, NotApplicable};
use super::{BBox, Issue, MediaType, Page, PageClass, PageOrigin};

/// Version of the record's shape; raised when a change breaks a reader.
pub const SCHEMA: &str = "hetong.record/1";

/// How far a document was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Every page; no issue of level error.
    Complete,
    /// Some page or part is unread.
    Partial,
    /// No text at all.
    Failed,
    /// Not looked at; the issues say why.
    Skipped,
}

impl Status {
    /// The word that the record uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Partial => "partial",
            Self::Failed => "failed",
            Self::Skipped => "skipped",
        }
    }

    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Complete => "已完整读取",
            Self::Partial => "部分未读",
            Self::Failed => "未能读取",
            Self::Skipped => "未处理",
        }
    }
}

/// Is the document a contract?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A contract.
    Contract,
    /// A supplementary, amending or terminating agreement (补充协议、变更协议).
    Supplement,
    /// Something else.
    NotAContract,
}

/// Has the contract been signed?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// A draft (拟稿).
    Draft,
    /// Signed (已签).
    Signed,
    /// The text does not tell.
    Unknown,
}

/// Where the bytes came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// Path as given, or relative to the archive; bytes that are not UTF-8 as `\xNN`.
    pub path: String,
    /// What the file is, by content.
    pub media_type: MediaType,
    /// Size.
    pub bytes: u64,
    /// Pages; `null` for formats without pages.
    pub pages: Option<u32>,
}

/// Which part of a file a contract is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// From 1.
    pub index: u32,
    /// Contracts in the file.
    pub of: u32,
    /// First and last page, from 1; `null` for formats without pages.
    pub pages: Option<[u32; 2]>,
}

/// One page, accounted for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageSummary {
    /// From 1.
    pub number: u32,
    /// Points.
    pub width: f32,
    /// Points.
    pub height: f32,
    /// Degrees clockwise.
    pub rotation: u16,
    /// How its text was come by.
    pub origin: PageOrigin,
    /// What it looks like.
    pub class: PageClass,
    /// Why it was classed so.
    pub why: String,
    /// Mean over its characters.
    pub confidence: super::Confidence,
}

/// The id of a contract: SHA-256 of the bytes, and from the second contract in a file on its number.
pub fn id(document: &str, index: u32) -> String {
    if index > 1 { format!("{document}#{index}") } else { document.to_owned() }
}

/// An id as people write it: its first digits, and the number of the contract in its file.
pub fn short_id(id: &str, digits: usize) -> String {
    let (document, index) =
        id.split_once('#').map_or((id, None), |(document, index)| (document, Some(index)));
    let document: String = document.chars().take(digits).collect();
    index.map_or_else(|| document.clone(), |index| format!("{document}#{index}"))
}

/// A page that was read off its picture with less certainty is shown to a person.
pub const LOW_CONFIDENCE: f64 = 0.88;

/// Issues of a page that make it worth a person's look.
const UNSURE: &[&str] = &[
    "form-values-unread",
    "image-damaged",
    "image-unread",
    "layer-conflict",
    "layer-only",
    "limit-exceeded",
    "lines-unreadable",
    "low-confidence",
    "page-unreadable",
    "second-reader",
];

impl Record {
    /// Is this a page that a person should look at: unread, read with little confidence, or with a doubt on record?
    pub fn is_unsure(&self, page: &PageSummary) -> bool {
        let doubt = |issue: &Issue| issue.page == Some(page.number) && UNSURE.contains(&issue.code.as_str());
        page.origin == PageOrigin::Unread
            || page.confidence.get() < LOW_CONFIDENCE
            || self.issues.iter().any(doubt)
    }

    /// Numbers of such pages.
    pub fn unsure_pages(&self) -> Vec<u32> {
        self.pages.iter().filter(|page| self.is_unsure(page)).map(|page| page.number).collect()
    }
}

impl From<&Page> for PageSummary {
    fn from(page: &Page) -> Self {
        Self {
            number: page.number,
            width: page.width,
            height: page.height,
            rotation: page.rotation,
            origin: page.origin,
            class: page.class,
            why: page.why.clone(),
            confidence: super::Confidence::new(f64::from(page.confidence)),
        }
    }
}

/// A seal impression (印章).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Seal {
    /// Page, from 1.
    pub page: u32,
    /// Where.
    #[serde(rename = "box")]
    pub bbox: BBox,
    /// `round`, `oval`, `square`; empty where the impression was not looked at (an electronic seal).
    pub shape: String,
    /// Its text.
    pub text: String,
    /// 公章, 合同专用章 …
    pub kind: String,
    /// How sure.
    pub confidence: super::Confidence,
}

/// What made the record: the same bytes, options and maker give the same record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MadeBy {
    /// Version of hetong.
    pub version: String,
    /// Hash over the dictionaries that reach the record.
    pub dictionaries: String,
    /// Packs with their versions: `luohu-2018@1`.
    pub packs: Vec<String>,
    /// Hash over the models that read pictures.
    pub models: String,
    /// The arithmetic that they are run by: `f32-avx2`, `bf16-amx` …
    pub runtime: String,
}

/// One contract.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// [`SCHEMA`].
    pub schema: String,
    /// SHA-256 of the bytes, or that with `#2` for the second contract in a file; empty where the bytes could
    /// not be had.
    pub id: String,
    /// SHA-256 of the bytes.
    pub document: String,
    /// Which part of the file.
    pub part: Part,
    /// Where the bytes came from.
    pub source: Source,
    /// Is it a contract?
    pub kind: Kind,
    /// Has it been signed?
    pub stage: Stage,
    /// How far it was read.
    pub status: Status,
    /// What went wrong.
    pub issues: Vec<Issue>,
    /// Every page of the part.
    pub pages: Vec<PageSummary>,
    /// Seals.
    pub seals: Vec<Seal>,
    /// The text, when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Key fields.
    pub fields: Fields,
    /// Fields without a value.
    pub absent: Vec<Absent>,
    /// Hits and cannot-tells.
    pub findings: Vec<Finding>,
    /// `pack/rule` of each rule that ran and found nothing.
    pub passed: Vec<String>,
    /// Rules that did not apply.
    pub not_applicable: Vec<NotApplicable>,
    /// What made it.
    pub made_by: MadeBy,
}
