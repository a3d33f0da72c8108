//! All stages behind one door: built once from the dictionaries, shared by all threads.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest, Sha256};

use crate::dictionaries::{Dictionaries, DictionaryError, hex};
use crate::fields::explain::Explanation;
use crate::fields::{Extracted, Extractors};
use crate::model::finding::Review;
use crate::model::record::{self, MadeBy, Part, Record, SCHEMA, Source, Stage};
use crate::model::{Document, Fields, Issue, Level, PageOrigin, Status, Text};
use crate::rules::Packs;
use crate::text::Composer;

/// Raised when reading yields something else for the same bytes, so that stored documents are read anew.
const READING: &str = concat!(env!("CARGO_PKG_VERSION"), "/2");

/// Raised when text or fields come out otherwise for the same document.
const ANALYSIS: &str = concat!(env!("CARGO_PKG_VERSION"), "/2");

/// Slug of the issue of a record that was given up.
const ANALYSIS_FAILED: &str = "analysis-failed";

/// Text, fields and rules with their dictionaries parsed.
#[derive(Debug)]
pub struct Engine {
    composer: Composer,
    extractors: Extractors,
    packs: Packs,
    made_by: MadeBy,
    fingerprints: Fingerprints,
}

/// What each stage's result rests on. A result is redone when its fingerprint is no longer this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprints {
    /// Bytes → document, where no picture was looked at.
    pub reading: String,
    /// Bytes → document, where one was: also the models and the arithmetic.
    pub pictures: String,
    /// Document → text, fields.
    pub analysis: String,
    /// Text, fields → findings.
    pub rules: String,
    /// Record → index.
    pub index: String,
}

impl Fingerprints {
    fn of(dictionaries: &Dictionaries) -> Self {
        let rules = |name: &str| name.starts_with("rules/");
        let apart = |name: &str| rules(name) || only_outside_the_record(name);
        Self {
            reading: READING.to_owned(),
            pictures: format!("{READING}/{}/{}", hetong_ocr::models_digest(), runtime()),
            analysis: format!("{ANALYSIS}/{}", dictionaries.fingerprint(|name| !apart(name))),
            rules: format!("{ANALYSIS}/{}", dictionaries.fingerprint(rules)),
            index: dictionaries.fingerprint(|name| {
                name == "words.txt" || name == "variants.txt" || name == "currencies.toml"
            }),
        }
    }

    /// What the reading of a document rests on.
    pub fn of_reading(&self, document: &Document) -> &str {
        let looked_at = document.pages.iter().any(|page| page.looked_at || page.origin == PageOrigin::Unread);
        if looked_at { &self.pictures } else { &self.reading }
    }

    /// Is a reading that rests on this still as it would be made now?
    pub fn is_current_reading(&self, read_by: &str) -> bool {
        read_by == self.reading || read_by == self.pictures
    }
}

/// The arithmetic that reads pictures on this machine.
fn runtime() -> &'static str {
    hetong_ocr::net::Runtime::best().name()
}

/// Dictionaries that search and forms rest on, and no record.
fn only_outside_the_record(name: &str) -> bool {
    const OUTSIDE: [&str; 7] = [
        "words.txt",
        "synonyms.toml",
        "lookalikes.toml",
        "calendar.toml",
        "duties.toml",
        "numbering.toml",
        "report.toml",
    ];
    name.starts_with("forms/") || OUTSIDE.contains(&name)
}

/// The bytes that a record belongs to, and where they were found.
#[derive(Debug, Clone)]
pub struct Identity {
    /// SHA-256 in hex.
    pub sha256: String,
    /// Size.
    pub bytes: u64,
    /// Path as it shall be shown.
    pub path: String,
}

impl Identity {
    /// Names bytes.
    pub fn of(bytes: &[u8], path: impl Into<String>) -> Self {
        Self { sha256: hex(&Sha256::digest(bytes)), bytes: bytes.len() as u64, path: path.into() }
    }
}

/// What the person who asked knows better than the text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Draft or signed, where it is not to be told from the text.
    pub stage: Option<Stage>,
}

/// A record with the text that its spans point into.
#[derive(Debug)]
pub struct Analysis {
    /// The record, without its text.
    pub record: Record,
    /// The text.
    pub text: Text,
}

impl Engine {
    /// Parses and checks every dictionary.
    ///
    /// # Errors
    ///
    /// The first dictionary that cannot be used, by file and place.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        let packs = Packs::new(dictionaries)?;
        Ok(Self {
            composer: Composer::new(dictionaries)?,
            extractors: Extractors::new(dictionaries)?,
            made_by: MadeBy {
                version: env!("CARGO_PKG_VERSION").to_owned(),
                dictionaries: dictionaries.fingerprint(|name| !only_outside_the_record(name)),
                packs: packs.versions(),
                models: hetong_ocr::models_digest(),
                runtime: runtime().to_owned(),
            },
            packs,
            fingerprints: Fingerprints::of(dictionaries),
        })
    }

    /// What results rest on with these dictionaries.
    pub fn fingerprints(&self) -> &Fingerprints {
        &self.fingerprints
    }

    /// The rule packs.
    pub fn packs(&self) -> &Packs {
        &self.packs
    }

    /// The running text of a document: the same as its record's spans point into, and empty where the
    /// analysis stumbles over it.
    pub fn compose(&self, document: &Document) -> Text {
        guarded(|| self.composer.compose(document)).unwrap_or_else(|| nothing_composed(document))
    }

    /// Why a field has the value it has; `None` where there is no field of that name.
    pub fn explain(&self, text: &Text, field: &str) -> Option<Explanation> {
        self.extractors.explain(text, field)
    }

    /// Everything that is said about a document. Total: a document without text gives a `failed` record.
    pub fn analyse(&self, document: &Document, identity: &Identity, options: Options) -> Analysis {
        let result = guarded(|| {
            let text = self.composer.compose(document);
            if document.media_type.is_container() {
                let nothing = nothing_extracted(record::Kind::NotAContract);
                let record = self.assemble(document, identity, &text, nothing, Review::default());
                return Analysis { record, text };
            }
            let mut extracted = self.extractors.extract(&text).settled();
            if let Some(stage) = options.stage {
                extracted.stage = stage;
            }
            let record = self.record(document, identity, &text, extracted);
            Analysis { record, text }
        });
        result.unwrap_or_else(|| self.given_up(document, identity))
    }

    /// The record of a document that the analysis stumbled over: what was read is kept, nothing is claimed.
    fn given_up(&self, document: &Document, identity: &Identity) -> Analysis {
        let mut document = document.clone();
        document.issues.push(Issue::new(
            Level::Error,
            crate::model::Stage::Fields,
            ANALYSIS_FAILED,
            "分析该文件时程序内部出错，未得出要素和结论；请人工处理，并将文件名报告给维护人员",
        ));
        let text = nothing_composed(&document);
        let nothing = nothing_extracted(record::Kind::Contract);
        let record = self.assemble(&document, identity, &text, nothing, Review::default());
        Analysis { record, text }
    }

    /// The same record after the rule packs changed: fields stay, findings are made anew.
    pub fn review_again(&self, document: &Document, record: Record) -> Analysis {
        let identity =
            Identity { sha256: record.document, bytes: record.source.bytes, path: record.source.path };
        // A record that was given up holds no fields to review; without them every rule would miss them. So it
        // is with a container, which is no contract itself.
        let is_container = document.media_type.is_container();
        if is_container || record.issues.iter().any(|issue| issue.code == ANALYSIS_FAILED) {
            return self.analyse(document, &identity, Options::default());
        }
        let extracted = Extracted {
            fields: record.fields,
            absent: record.absent,
            kind: record.kind,
            stage: record.stage,
            issues: record.issues.into_iter().filter(is_about_fields).collect(),
        };
        let result = guarded(|| {
            let text = self.composer.compose(document);
            let record = self.record(document, &identity, &text, extracted);
            Analysis { record, text }
        });
        result.unwrap_or_else(|| self.given_up(document, &identity))
    }

    fn record(&self, document: &Document, identity: &Identity, text: &Text, extracted: Extracted) -> Record {
        let review = self.packs.review(text, &extracted);
        self.assemble(document, identity, text, extracted, review)
    }

    fn assemble(
        &self,
        document: &Document,
        identity: &Identity,
        text: &Text,
        extracted: Extracted,
        review: Review,
    ) -> Record {
        let mut issues = document.issues.clone();
        let status = status(document, text, &mut issues);
        issues.extend(extracted.issues);
        Record {
            schema: SCHEMA.to_owned(),
            id: identity.sha256.clone(),
            document: identity.sha256.clone(),
            part: Part { index: 1, of: 1, pages: page_range(document) },
            source: Source {
                path: identity.path.clone(),
                media_type: document.media_type,
                bytes: identity.bytes,
                pages: document.page_count,
            },
            kind: extracted.kind,
            stage: extracted.stage,
            status,
            issues,
            pages: document.pages.iter().map(record::PageSummary::from).collect(),
            seals: document.seals.clone(),
            text: None,
            fields: extracted.fields,
            absent: extracted.absent,
            findings: review.findings,
            passed: review.passed,
            not_applicable: review.not_applicable,
            made_by: self.made_by.clone(),
        }
    }
}

/// What is said of a document that no field is read from.
fn nothing_extracted(kind: record::Kind) -> Extracted {
    Extracted {
        fields: Fields::default(),
        absent: Vec::new(),
        kind,
        stage: Stage::Unknown,
        issues: Vec::new(),
    }
}

/// Is it an issue that arose while fields were read, and not one of the document?
fn is_about_fields(issue: &Issue) -> bool {
    issue.stage == crate::model::Stage::Fields
}

/// The text of a document that the analysis stumbled over.
fn nothing_composed(document: &Document) -> Text {
    Text { unread_pages: document.unread_pages(), ..Text::default() }
}

/// Runs a stage so that a fault in it costs one document, not the run.
fn guarded<T>(stage: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(stage)).ok()
}

fn page_range(document: &Document) -> Option<[u32; 2]> {
    Some([document.pages.first()?.number, document.pages.last()?.number])
}

/// `complete` without an error, `partial` with text or with pages that are known to be scans, `skipped`
/// where the format is not read, else `failed`. A document that holds no text at all says so in an issue.
fn status(document: &Document, text: &Text, issues: &mut Vec<Issue>) -> Status {
    let has = |code: &str| document.issues.iter().any(|issue| issue.code == code);
    let errors = document.issues.iter().any(|issue| issue.level == Level::Error);
    let empty = text.content.trim().is_empty();
    match (empty, errors) {
        (false, false) => Status::Complete,
        (false, true) => Status::Partial,
        // A container was opened; what it holds has records of its own.
        (true, false) if has("container") => Status::Complete,
        (true, true) if has("container") => Status::Partial,
        (true, _) if has("unsupported-format") => Status::Skipped,
        (true, _) if has("needs-ocr") => Status::Partial,
        (true, true) => Status::Failed,
        (true, false) => {
            let pages = document.pages.iter().filter(|page| page.origin != PageOrigin::Unread).count();
            let what = if pages > 0 {
                format!("{pages} 页均为空白")
            } else {
                "文件中没有文字".to_owned()
            };
            issues.push(Issue::new(
                Level::Error,
                crate::model::Stage::Read,
                "no-text",
                format!("{what}；请核对是否放错文件"),
            ));
            Status::Failed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read_here;

    #[test]
    fn a_record_that_was_given_up_is_never_reviewed_as_if_it_were_whole() {
        let engine = Engine::new(&Dictionaries::embedded()).expect("own dictionaries");
        let bytes = "设备采购合同\n合同编号：LH-2024-0001\n甲方：深圳市罗湖区教育局\n".as_bytes();
        let (document, identity) = (read_here(bytes), Identity::of(bytes, "a.txt"));
        let given_up = engine.given_up(&document, &identity).record;
        let whole = engine.analyse(&document, &identity, Options::default()).record;
        assert_eq!(engine.review_again(&document, given_up).record, whole);
    }
}
