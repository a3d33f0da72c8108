//! The examples of every rule, run through text, fields and the rule: what the packs promise, held against what they do.

use jiff::civil::Date;

use super::check::{Contract, Verdict};
use super::{Example, Pack, Packs, Rule};
use crate::dictionaries::{Dictionaries, DictionaryError};
use crate::fields::{Extracted, Extractors};
use crate::model::record::Kind;
use crate::model::{Confidence, Finding, Outcome, Text, Value};
use crate::text::{Composer, from_lines};

/// An example that did not get its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// `pack/slug`.
    pub rule: String,
    /// Path of the rule's file inside the dictionaries.
    pub file: String,
    /// Line and column of the example there, from 1.
    pub place: (usize, usize),
    /// The set that the example stands in: `hit`, `miss` or `cannot-tell`.
    pub set: &'static str,
    /// Its number in that set, from 1.
    pub number: usize,
    /// What the rule answered instead, in Chinese, with its message.
    pub answer: String,
}

/// What a rule answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It flags the text.
    Hit,
    /// It says that it cannot tell.
    CannotTell,
    /// It says nothing.
    Miss,
}

impl Answer {
    /// As a person reads it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Hit => "指出",
            Self::CannotTell => "无法判断",
            Self::Miss => "未指出",
        }
    }
}

/// Runs examples. Built once.
#[derive(Debug)]
pub struct Bench {
    composer: Composer,
    extractors: Extractors,
}

impl Bench {
    /// The stages before the rules.
    ///
    /// # Errors
    ///
    /// A dictionary that cannot be used.
    pub fn new(dictionaries: &Dictionaries) -> Result<Self, DictionaryError> {
        Ok(Self { composer: Composer::new(dictionaries)?, extractors: Extractors::new(dictionaries)? })
    }

    /// The running text of an example, one paragraph a line.
    pub fn text(&self, source: &str) -> Text {
        from_lines(&self.composer, source.trim())
    }

    /// The running text of a document.
    #[cfg(test)]
    pub(super) fn compose(&self, document: &crate::model::Document) -> Text {
        self.composer.compose(document)
    }

    /// Its fields. Examples are excerpts: that they are contracts is given.
    pub fn extract(&self, text: &Text) -> Extracted {
        let mut extracted = self.extractors.extract(text);
        extracted.kind = Kind::Contract;
        extracted
    }

    /// The examples of a pack that do not get their answer, rule by rule.
    pub fn failures(&self, packs: &Packs, pack: &Pack) -> Vec<Failure> {
        pack.rules.iter().flat_map(|rule| self.failures_of(packs, rule)).collect()
    }

    fn failures_of(&self, packs: &Packs, rule: &Rule) -> Vec<Failure> {
        let sets = [
            ("hit", &rule.hit, Answer::Hit),
            ("miss", &rule.miss, Answer::Miss),
            ("cannot-tell", &rule.cannot_tell, Answer::CannotTell),
        ];
        let each = sets.into_iter().flat_map(|(set, examples, wanted)| {
            (1..).zip(examples).map(move |(number, example)| (set, number, example, wanted))
        });
        each.filter_map(|(set, number, example, wanted)| {
            let answer = self.fault(packs, rule, example, wanted)?;
            let place = (example.line, example.column);
            Some(Failure { rule: rule.path(), file: rule.file.clone(), place, set, number, answer })
        })
        .collect()
    }

    /// Its fields, with the stage and date that an example gives.
    fn extract_as(&self, text: &Text, example: &Example) -> Extracted {
        let mut extracted = self.extract(text);
        extracted.stage = example.stage.unwrap_or(extracted.stage);
        if let Some(date) = example.signed {
            extracted.fields.sign_date = Some(given(date));
        }
        extracted
    }

    /// What a rule answers to an example, and what it says.
    pub(super) fn answer(&self, packs: &Packs, rule: &Rule, example: &Example) -> (Answer, String) {
        let text = self.text(&example.text);
        let (answer, finding) = of_rule(packs.review(&text, &self.extract_as(&text, example)).findings, rule);
        (answer, finding.map(|finding| finding.message).unwrap_or_default())
    }

    /// What is wrong with the answer to an example; `None` where it is as wanted.
    fn fault(&self, packs: &Packs, rule: &Rule, example: &Example, wanted: Answer) -> Option<String> {
        let text = self.text(&example.text);
        let extracted = self.extract_as(&text, example);
        let (answer, finding) = of_rule(packs.review(&text, &extracted).findings, rule);
        let said = finding.as_ref().map_or("", |finding| finding.message.as_str());
        if answer != wanted {
            return Some(format!("应为{}，实为{}{}{said}", wanted.label(), answer.label(), colon(said)));
        }
        let complaints =
            complaints(example, finding.as_ref()?, || rule.check(&Contract::new(&text, &extracted)));
        (!complaints.is_empty()).then(|| format!("{}：{said}", complaints.join("、")))
    }
}

/// What a rule answered, with its first finding.
fn of_rule(findings: Vec<Finding>, rule: &Rule) -> (Answer, Option<Finding>) {
    let finding = findings.into_iter().find(|finding| finding.rule == rule.slug && finding.pack == rule.pack);
    let answer = finding.as_ref().map_or(Answer::Miss, |finding| match finding.outcome {
        Outcome::Hit => Answer::Hit,
        Outcome::CannotTell => Answer::CannotTell,
    });
    (answer, finding)
}

fn colon(said: &str) -> &'static str {
    if said.is_empty() { "" } else { "：" }
}

/// A day given by hand.
fn given(date: Date) -> Value<Date> {
    Value { confidence: Confidence::new(1.0), ..Value::new(date, 1.0, "given", Vec::new()) }
}

/// What is not as the example wants it.
fn complaints(example: &Example, finding: &Finding, verdict: impl Fn() -> Verdict) -> Vec<String> {
    let mut found = Vec::new();
    if example.severity.is_some_and(|severity| severity != finding.severity) {
        found.push(format!("级别为{}", finding.severity.label()));
    }
    if let Some(says) = example.says.as_ref().filter(|says| !finding.message.contains(says.as_str())) {
        found.push(format!("未说“{says}”"));
    }
    if let (Some(variant), Verdict::Hits(sightings)) = (&example.variant, verdict())
        && sightings.iter().all(|sighting| sighting.variant != *variant)
    {
        found.push(format!("不是 {variant}"));
    }
    found
}
