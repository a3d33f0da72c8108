//! What a rule sees of a contract, and what it answers.

use std::borrow::Cow;
use std::fmt::Debug;
use std::ops::Range;

use crate::fields::Extracted;
use crate::model::fields::{AbsentReason, Party, Side};
use crate::model::record::Stage;
use crate::model::text::Clause;
use crate::model::{Fields, Span, Text, Value};

use super::reading;

/// Below this probability a field is too doubtful to accuse anybody with: the rule cannot tell.
const DOUBTFUL: f64 = 0.5;

/// What every reason says that blames the reading alone: the report gathers findings by it.
pub const UNREAD: &str = "未能读出";

/// A compiled rule.
pub trait Check: Debug + Send + Sync {
    /// Looks at one contract.
    fn check(&self, contract: &Contract<'_>) -> Verdict;
}

/// The answer of a rule.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// The defect stands in the text, at these places.
    Hits(Vec<Sighting>),
    /// The rule has seen what it judges, and it is in order.
    Passed,
    /// Nothing was found in what was read: a pass when all was read, else the rule cannot tell.
    NothingFound,
    /// The text does not let the rule decide.
    CannotTell {
        /// Why, in Chinese, as the end of a sentence.
        reason: String,
        /// What it stumbled over.
        evidence: Vec<Span>,
    },
    /// What was read holds nothing that the rule judges; why, in Chinese. Where not all was read, the rule
    /// cannot tell.
    NotApplicable(String),
}

impl Verdict {
    /// One defect.
    pub fn hit(sighting: Sighting) -> Self {
        Self::Hits(vec![sighting])
    }

    /// The text does not let the rule decide.
    pub fn cannot_tell(reason: impl Into<String>, evidence: Vec<Span>) -> Self {
        Self::CannotTell { reason: reason.into(), evidence }
    }
}

/// One defect as a rule saw it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sighting {
    /// Which of the rule's variants it is.
    pub variant: String,
    /// What fills the message's placeholders.
    pub values: Vec<(&'static str, String)>,
    /// Where it stands; the first span says which clause is named.
    pub evidence: Vec<Span>,
}

impl Sighting {
    /// A defect of one variant at some places.
    pub fn new(variant: &str, evidence: Vec<Span>) -> Self {
        Self { variant: variant.to_owned(), values: Vec::new(), evidence }
    }

    /// The same, with a placeholder filled.
    pub fn with(mut self, slot: &'static str, value: impl ToString) -> Self {
        self.values.push((slot, value.to_string()));
        self
    }
}

/// One contract as rules see it.
#[derive(Debug)]
pub struct Contract<'a> {
    /// The running text.
    pub text: &'a Text,
    /// Key fields, kind and stage.
    pub extracted: &'a Extracted,
    /// The folded body in which options of a printed list that were not chosen are blanked out, byte
    /// for byte: offsets are those of the shadow.
    pub chosen: Cow<'a, str>,
}

impl<'a> Contract<'a> {
    /// Reads the choices of printed lists once for all rules.
    pub fn new(text: &'a Text, extracted: &'a Extracted) -> Self {
        Self { text, extracted, chosen: reading::options::chosen(text) }
    }

    /// The key fields.
    pub fn fields(&self) -> &'a Fields {
        &self.extracted.fields
    }

    /// Draft or signed.
    pub fn stage(&self) -> Stage {
        self.extracted.stage
    }

    /// Was no text read at all?
    pub fn is_blank(&self) -> bool {
        self.text.content.trim().is_empty()
    }

    /// What is not known of the document, in Chinese: 第3、4页未能读出. `None` where all of it was read.
    pub fn unread(&self) -> Option<String> {
        let pages: Vec<_> = self.text.unread_pages.iter().map(u32::to_string).collect();
        match (pages.is_empty(), self.is_blank()) {
            (false, _) => Some(format!("第{}页{UNREAD}", pages.join("、"))),
            (true, true) => Some(format!("文件{UNREAD}文字")),
            (true, false) => self.text.parts_unread.then(|| format!("文件有部分内容{UNREAD}")),
        }
    }

    /// Is the contract signed, on a day that was not read? Which law judged it then is not known.
    pub fn is_undated(&self) -> bool {
        self.sure(&self.fields().sign_date).is_none() && self.stage() != Stage::Draft
    }

    /// A field's value, if it was read with some certainty.
    pub fn sure<T>(&self, field: &'a Option<Value<T>>) -> Option<&'a Value<T>> {
        field.as_ref().filter(|value| value.confidence.get() >= DOUBTFUL)
    }

    /// Which side is the government's is not known: why, in Chinese.
    pub fn unknown_side(&self) -> String {
        let reason = "未能认出哪一方是政府一方";
        self.unread().map_or_else(|| reason.to_owned(), |unread| format!("{unread}，{reason}"))
    }

    /// What a rule says that looks at who acts: the defects of the government's side, else, where it is not known which
    /// side that is, that it cannot tell by these places.
    pub fn by_side(&self, hits: Vec<Sighting>, doubts: Vec<Span>) -> Verdict {
        match (hits.is_empty(), doubts.is_empty()) {
            (false, _) => Verdict::Hits(hits),
            (true, false) => Verdict::cannot_tell(self.unknown_side(), doubts),
            (true, true) => Verdict::NothingFound,
        }
    }

    /// The government's party, where one is known.
    pub fn government(&self) -> Option<&'a Party> {
        self.fields().parties.iter().find(|party| party.side == Side::Government)
    }

    /// The code of the contract's type, if it was read with some certainty.
    pub fn type_code(&self) -> Option<&'a str> {
        let kind = self.fields().contract_type.as_ref()?;
        (kind.code.confidence.get() >= DOUBTFUL).then_some(kind.code.value.as_str())
    }

    /// Is it a supplement, a change or an ending of another contract (补充、变更、解除协议)? What it does not say stands there.
    pub fn is_supplement(&self) -> bool {
        let title = self.title();
        self.type_code() == Some("supplement")
            || ["补充协议", "补充合同", "变更协议", "解除协议", "终止协议"]
                .iter()
                .any(|word| title.contains(word))
    }

    /// The title; empty where none was read.
    pub fn title(&self) -> &'a str {
        self.sure(&self.fields().title).map_or("", |title| title.value.as_str())
    }

    /// Why a field is empty.
    pub fn absence(&self, field: &str) -> Option<AbsentReason> {
        self.extracted.absent.iter().find(|absent| absent.field == field).map(|absent| absent.reason)
    }

    /// The article that a span stands in, as a person would cite it.
    pub fn article_of(&self, span: &Span) -> Option<&'a Clause> {
        self.text.article_at(self.shadow_of(span.start))
    }

    /// The folded part of a sentence, between commas, that a span stands in.
    pub fn part_of(&self, span: &Span) -> &'a str {
        let body = self.text.folded_body();
        let start = self.shadow_of(span.start).min(body.len());
        let end = self.shadow_of(span.end).clamp(start, body.len());
        body.get(reading::part_around(body, start..end)).unwrap_or_default()
    }

    /// The shadow bytes from the beginning of the sentence in which a span begins to the end of the one in which it ends.
    pub fn reach_of(&self, span: &Span) -> Range<usize> {
        let body = self.text.folded_body();
        let Range { start, end } = self.shadow_of_span(span);
        reading::sentence_around(body, start.min(body.len())..end.min(body.len()))
    }

    /// The shadow bytes of a span.
    pub fn shadow_of_span(&self, span: &Span) -> Range<usize> {
        let start = self.shadow_of(span.start);
        start..self.shadow_of(span.end).max(start)
    }

    /// The shadow byte of a character of the content.
    fn shadow_of(&self, character: usize) -> usize {
        let byte = self.text.byte_of_char(character).unwrap_or(self.text.content.len());
        self.text.shadow.from_content(byte)
    }
}

/// How a person cites a clause: 第十二条, or “十、争议解决” where the number alone says little.
pub fn cite(clause: &Clause) -> String {
    let label = clause.label.trim();
    if label.starts_with('第') {
        return label.to_owned();
    }
    match clause.heading.as_deref().map(str::trim).filter(|heading| !heading.is_empty()) {
        Some(heading) => format!("“{label}{heading}”"),
        None => format!("“{}”", label.trim_end_matches(['、', '.', '．'])),
    }
}
