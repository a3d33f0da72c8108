//! `drafting-remains`: what belongs to drafting still stands in the text.
//!
//! # What it does
//!
//! Finds reviewers' comments (批注), placeholders (XX公司), and the instructions of a template (请根据实际情况填写).
//!
//! # Why it matters
//!
//! What is signed is the whole paper: a placeholder names nobody, an instruction reads like a term, and a comment shows the
//! other side what the office thought.
//!
//! # What must not be flagged
//!
//! Models and codes with XX in them; numbers masked on purpose; a name in 【】 that was filled in; empty slots, which have a
//! rule of their own; notes to a table.

use std::ops::Range;
use std::sync::LazyLock;

use crate::fields::scan::Regex;
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::part_around;
use super::Computed;
use crate::fields::scan::pattern;
use crate::model::Region;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "drafting-remains",
    variants: &[
        ("comment", &["count"]),
        ("placeholder", &["count", "places"]),
        ("instruction", &["count", "places"]),
    ],
    compile,
};

/// How many places the message names.
const NAMED: usize = 4;

/// XX, ××, ＸＸ (folded to XX).
static PLACEHOLDER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[Xx]{2,}|×{2,}|[Xx×]+(?:年|月|日|元)[Xx×]*"));

/// Marks of a template that a program fills in: {{客户名称}}, ##{合同编号-1}, ${name}, «姓名», [合同中心-编码], {% if %}.
static MERGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\{\{[^{}\n]*\}\}|«[^»\n]*»|[#$]{1,2}\{[^{}\n]*\}|\[[\p{Han}]{2,10}-[\p{Han}\w-]{1,24}\]|\{%[^%\n]*%\}",
    )
});

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// Instructions of a template.
    instruction: Vec<String>,
    /// What a placeholder is part of, where it is none: masked codes.
    masked: Vec<String>,
}

#[derive(Debug)]
struct DraftingRemains {
    instruction: Regex,
    masked: Regex,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(DraftingRemains {
        instruction: lexicon.compile(&settings.instruction)?.ok_or("with.instruction 为空")?,
        masked: lexicon.compile(&settings.masked)?.ok_or("with.masked 为空")?,
    }))
}

/// Is the run a word of its own: no letter, digit or stroke of a code beside it?
fn stands_alone(body: &str, range: &Range<usize>) -> bool {
    let code = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '*' | '/' | '.' | '@');
    let before = body.get(..range.start).and_then(|text| text.chars().next_back());
    let after = body.get(range.end..).and_then(|text| text.chars().next());
    !before.is_some_and(code) && !after.is_some_and(code)
}

impl DraftingRemains {
    fn placeholders(&self, body: &str) -> Vec<Range<usize>> {
        let part = |range: &Range<usize>| body.get(part_around(body, range.clone())).unwrap_or_default();
        PLACEHOLDER
            .find_iter(body)
            .map(|found| found.range())
            .filter(|range| stands_alone(body, range) && !self.masked.is_match(part(range)))
            .chain(MERGE.find_iter(body).map(|found| found.range()))
            .map(|range| part_around(body, range))
            .collect()
    }

    /// One variant's finding for some stretches of the body.
    fn sighting(
        &self,
        contract: &Contract<'_>,
        variant: &str,
        mut found: Vec<Range<usize>>,
    ) -> Option<Sighting> {
        found.dedup();
        let spans: Vec<_> = found.into_iter().map(|range| contract.text.span_of_shadow(range)).collect();
        let mut places: Vec<String> =
            spans.iter().take(NAMED).map(|span| format!("“{}”", span.quote)).collect();
        if spans.len() > NAMED {
            places.push("等".to_owned());
        }
        let count = spans.len();
        (count > 0)
            .then(|| Sighting::new(variant, spans).with("count", count).with("places", places.join("、")))
    }
}

impl Check for DraftingRemains {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let (text, body) = (contract.text, contract.text.folded_body());
        let comments = text.paragraphs.iter().filter(|paragraph| paragraph.region == Region::Comment);
        let comments = comments.map(|paragraph| paragraph.shadow.clone()).collect();
        let instructions = self.instruction.find_iter(body).map(|found| found.range()).collect();
        let found = [
            self.sighting(contract, "placeholder", self.placeholders(body)),
            self.sighting(contract, "instruction", instructions),
            self.sighting(contract, "comment", comments),
        ];
        let hits: Vec<_> = found.into_iter().flatten().collect();
        if hits.is_empty() { Verdict::NothingFound } else { Verdict::Hits(hits) }
    }
}
