//! All stages behind one door: built once from the dictionaries, shared by all threads.

use std::panic::{AssertUnwindSafe, catch_unwind};

use sha2::{Digest, Sha256};

mod fingerprints;
mod found;
mod status;

pub use fingerprints::Fingerprints;
use fingerprints::{only_outside_the_record, runtime};
use found::{Found, only_part};
use status::status;

use crate::dictionaries::{Dictionaries, DictionaryError, hex};
use crate::fields::explain::Explanation;
use crate::fields::{Extracted, Extractors, Parts};
use crate::model::finding::Review;
use crate::model::record::{self, MadeBy, Part, Record, SCHEMA, Source, Stage};
use crate::model::{Document, Fields, Issue, Level, Text};
use crate::rules::{Kept, Packs};
use crate::text::Composer;
use crate::text::part::{self, Share};

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
            fingerprints: Fingerprints::of(dictionaries, &packs),
            packs,
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

    /// The running text of one contract of a document (`part` from 1): the same as its record's spans point into, and empty
    /// where the analysis stumbles over it.
    pub fn compose(&self, document: &Document, part: u32) -> Text {
        let parts = guarded(|| self.parts(document)).unwrap_or_default();
        let wanted = parts.into_iter().find(|found| found.part.index == part);
        wanted.map_or_else(|| nothing_composed(document), |found| found.text)
    }

    /// Why a field has the value it has; `None` where there is no field of that name.
    pub fn explain(&self, text: &Text, field: &str) -> Option<Explanation> {
        self.extractors.explain(text, field)
    }

    /// Everything that is said about a document: a record for each contract in it, one at least. Total: a document without
    /// text gives a `failed` record.
    pub fn analyse(&self, document: &Document, identity: &Identity, options: Options) -> Vec<Analysis> {
        let result = guarded(|| {
            let parts = self.parts(document).into_iter();
            parts.map(|part| self.analyse_part(part, identity, options)).collect()
        });
        result.unwrap_or_else(|| vec![self.given_up(document, identity)])
    }

    /// What is said about a file that nothing could be read of.
    pub fn unread(&self, document: &Document, identity: &Identity, options: Options) -> Analysis {
        let text = nothing_composed(document);
        self.analyse_part(Found::whole(document, text, Vec::new()), identity, options)
    }

    /// The contracts of a document, one at least.
    fn parts<'d>(&self, document: &'d Document) -> Vec<Found<'d>> {
        let text = self.composer.compose(document);
        if document.media_type.is_container() {
            return vec![Found::whole(document, text, Vec::new())];
        }
        let Parts { cuts, issues } = self.extractors.divide(&text);
        if cuts.is_empty() {
            return vec![Found::whole(document, text, issues)];
        }
        let shares = part::shares(&text, document, cuts);
        let of = u32::try_from(shares.len()).unwrap_or(u32::MAX);
        let found =
            |(index, share): (u32, &Share)| Found::share(document, &text, share, (index, of), &issues);
        (1..).zip(&shares).map(found).collect()
    }

    fn analyse_part(&self, found: Found<'_>, identity: &Identity, options: Options) -> Analysis {
        let Found { document, text, part, issues } = found;
        if document.media_type.is_container() {
            let nothing = nothing_extracted(record::Kind::NotAContract);
            let record = self.assemble(&document, identity, part, &text, nothing, Review::default());
            return Analysis { record, text };
        }
        let mut extracted = self.extractors.extract(&text);
        extracted.issues.extend(issues);
        let mut extracted = extracted.settled();
        if let Some(stage) = options.stage {
            extracted.stage = stage;
        }
        let record = self.record(&document, identity, part, &text, extracted);
        Analysis { record, text }
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
        let part = only_part(&document);
        let record = self.assemble(&document, identity, part, &text, nothing, Review::default());
        Analysis { record, text }
    }

    /// The same records after the rule packs changed: fields stay, findings are made anew. `records` are all those of the
    /// document, in the order of their parts. `ruled_by` is what their findings rest on: of rules that are as they were then the
    /// answers are kept; without it every rule runs.
    pub fn review_again(
        &self,
        document: &Document,
        records: Vec<Record>,
        ruled_by: Option<&str>,
    ) -> Vec<Analysis> {
        let Some(first) = records.first() else { return Vec::new() };
        let source = &first.source;
        let identity =
            Identity { sha256: first.document.clone(), bytes: source.bytes, path: source.path.clone() };
        // A record that was given up holds no fields to review; without them every rule would miss them. So it
        // is with a container, which is no contract itself.
        let given_up = first.issues.iter().any(|issue| issue.code == ANALYSIS_FAILED);
        if document.media_type.is_container() || given_up {
            return self.analyse(document, &identity, Options::default());
        }
        let result = guarded(|| {
            let parts = self.parts_of(document, &records);
            let same = parts.len() == records.len();
            same.then(|| {
                let pairs = parts.into_iter().zip(records);
                pairs.map(|(found, record)| self.review_part(found, &identity, record, ruled_by)).collect()
            })
        });
        match result {
            Some(Some(analyses)) => analyses,
            Some(None) => self.analyse(document, &identity, Options::default()),
            None => vec![self.given_up(document, &identity)],
        }
    }

    /// One record after the rule packs changed, where the others of its file are left as they are: see
    /// [`Self::review_again`].
    pub fn review_one(&self, document: &Document, record: Record, ruled_by: Option<&str>) -> Analysis {
        let identity = Identity {
            sha256: record.document.clone(),
            bytes: record.source.bytes,
            path: record.source.path.clone(),
        };
        if record.part.of == 1 {
            let again = self.review_again(document, vec![record], ruled_by).into_iter().next();
            return again.unwrap_or_else(|| self.given_up(document, &identity));
        }
        let result = guarded(|| {
            let found = self.parts(document).into_iter().find(|found| found.part == record.part)?;
            Some(self.review_part(found, &identity, record, ruled_by))
        });
        result.flatten().unwrap_or_else(|| self.given_up(document, &identity))
    }

    /// The contracts of a document whose records are known, by the same dictionaries: a single one that begins where the
    /// document does is not sought.
    fn parts_of<'d>(&self, document: &'d Document, known: &[Record]) -> Vec<Found<'d>> {
        let [only] = known else { return self.parts(document) };
        let text = self.composer.compose(document);
        if is_whole(only, &text) {
            vec![Found::whole(document, text, Vec::new())]
        } else {
            self.parts(document)
        }
    }

    fn review_part(
        &self,
        found: Found<'_>,
        identity: &Identity,
        record: Record,
        ruled_by: Option<&str>,
    ) -> Analysis {
        let unchanged = ruled_by.map(|ruled_by| self.fingerprints.unchanged_rules(ruled_by));
        let earlier = Review {
            findings: record.findings,
            passed: record.passed,
            not_applicable: record.not_applicable,
        };
        let kept = Kept::of(earlier, unchanged.unwrap_or_default());
        let extracted = Extracted {
            fields: record.fields,
            absent: record.absent,
            kind: record.kind,
            stage: record.stage,
            issues: record.issues.into_iter().filter(is_about_fields).collect(),
        };
        let Found { document, text, part, .. } = found;
        let review = self.packs.review_changed(&text, &extracted, kept);
        let record = self.assemble(&document, identity, part, &text, extracted, review);
        Analysis { record, text }
    }

    fn record(
        &self,
        document: &Document,
        identity: &Identity,
        part: Part,
        text: &Text,
        extracted: Extracted,
    ) -> Record {
        let review = self.packs.review(text, &extracted);
        self.assemble(document, identity, part, text, extracted, review)
    }

    fn assemble(
        &self,
        document: &Document,
        identity: &Identity,
        part: Part,
        text: &Text,
        extracted: Extracted,
        review: Review,
    ) -> Record {
        let mut issues = document.issues.clone();
        let status = status(document, text, &mut issues);
        issues.extend(extracted.issues);
        Record {
            schema: SCHEMA.to_owned(),
            id: record::id(&identity.sha256, part.index),
            document: identity.sha256.clone(),
            part,
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

/// Is the record one of the whole text? Of a contract that stood behind a tender document (招标文件) everything stands
/// further on in the whole than in its record.
fn is_whole(record: &Record, text: &Text) -> bool {
    let names = record.fields.parties.iter().filter_map(|party| party.name.as_ref());
    let mut evidence =
        record.fields.title.iter().chain(names).flat_map(|value| &value.evidence).take(1).peekable();
    evidence.peek().is_some()
        && evidence.all(|span| {
            let length = span.end.saturating_sub(span.start);
            text.content.chars().skip(span.start).take(length).eq(span.quote.chars())
        })
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
        let whole = engine.analyse(&document, &identity, Options::default());
        let again = engine.review_again(&document, vec![given_up], None);
        assert_eq!(again.first().map(|a| &a.record), whole.first().map(|a| &a.record));
    }

    #[test]
    fn a_contract_behind_a_tender_document_stays_that_contract() {
        let engine = Engine::new(&Dictionaries::embedded()).expect("own dictionaries");
        let bytes = "招标文件\n第一章 投标邀请\n投标人与招标人的争议提交香港国际仲裁中心仲裁。\n第四章 合同条款及格式\n物业服务合同\n甲方：深圳市罗湖区教育局\n乙方：深圳市安和物业有限公司\n第一条 服务内容\n乙方为甲方提供物业服务。\n第二条 服务费\n服务费总额为人民币120,000元。\n第三条 争议\n向甲方所在地人民法院起诉。\n甲方（盖章）：\n乙方（盖章）：\n";
        let (document, identity) = (read_here(bytes.as_bytes()), Identity::of(bytes.as_bytes(), "a.txt"));
        let first = engine.analyse(&document, &identity, Options::default());
        assert!(first[0].text.content.starts_with("物业服务合同"), "{}", first[0].text.content);
        let records = first.iter().map(|analysis| analysis.record.clone()).collect();
        let again = engine.review_again(&document, records, None);
        assert_eq!(again[0].text.content, first[0].text.content);
        assert_eq!(again[0].record, first[0].record);
    }

    #[test]
    fn of_rules_that_are_as_they_were_the_answers_are_kept() {
        let own = Dictionaries::embedded();
        let head =
            own.get("rules/luohu-2018/pack.toml").expect("the pack").replace("version = ", "version = 1");
        let rule = own.get("rules/luohu-2018/vague-title.toml").expect("the rule");
        let changed = rule.replace("message = \"", "message = \"另：");
        let (before, after) =
            (Engine::new(&own), own.clone().with_file("rules/luohu-2018/vague-title.toml", &changed));
        let after = Engine::new(&after.with_file("rules/luohu-2018/pack.toml", &head));
        let (before, after) = (before.expect("own dictionaries"), after.expect("the changed ones"));
        let ruled_by = before.fingerprints().rules.as_str();
        assert_ne!(ruled_by, after.fingerprints().rules);
        assert_eq!(after.fingerprints().unchanged_rules(ruled_by).len(), before.packs().list().count() - 1);
        let bytes = "协议书\n甲方：深圳市罗湖区教育局\n乙方：甲公司\n第一条 争议提交香港国际仲裁中心仲裁。\n第二条 适用香港法律。\n";
        let (document, identity) = (read_here(bytes.as_bytes()), Identity::of(bytes.as_bytes(), "a.txt"));
        let record =
            |engine: &Engine| engine.analyse(&document, &identity, Options::default()).remove(0).record;
        let (was, wanted) = (record(&before), record(&after));
        assert_ne!(was.findings, wanted.findings);
        assert_eq!(after.review_one(&document, was.clone(), Some(ruled_by)).record, wanted);
        assert_eq!(after.review_one(&document, was, None).record, wanted);
    }
}
