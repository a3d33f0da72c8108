//! `repealed-law-cited`: the contract rests on a statute that the Civil Code (民法典) repealed.
//!
//! # What it does
//!
//! Finds the names of the nine statutes that 民法典第一千二百六十条 repealed on 2021-01-01, in contracts signed from that day on.
//!
//! # Why it matters
//!
//! Rules changed with the Code: a clause that takes up a repealed article may say something else than is now law, and shows
//! that an old model was copied.
//!
//! # What must not be flagged
//!
//! 劳动合同法 and other statutes whose names end alike; the old statute as history (原《合同法》, 已废止); titles of books and
//! model forms; contracts without a day of signing that are no drafts, where the rule cannot tell.

use crate::fields::scan::Regex;
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::part_around;
use super::Computed;

/// The rule.
pub const RULE: Computed =
    Computed { slug: "repealed-law-cited", variants: &[("cited", &["statutes"])], compile };

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// The names of the statutes; the group `name` is what the message says.
    statutes: Vec<String>,
    /// Words that speak of a statute as history.
    history: Vec<String>,
}

#[derive(Debug)]
struct RepealedLawCited {
    statutes: Regex,
    history: Regex,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(RepealedLawCited {
        statutes: lexicon.compile(&settings.statutes)?.ok_or("with.statutes 为空")?,
        history: lexicon.compile(&settings.history)?.ok_or("with.history 为空")?,
    }))
}

/// Han characters that make another word of a bare 合同法: 合同法律顾问, 劳动合同法.
fn is_other_word(body: &str, start: usize, end: usize) -> bool {
    let before = body.get(..start).and_then(|text| text.chars().next_back());
    let after = body.get(end..).and_then(|text| text.chars().next());
    before.is_some_and(|c| "动包济外术险".contains(c))
        || after.is_some_and(|c| "律务人院庭制定学".contains(c))
}

impl Check for RepealedLawCited {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = contract.text.folded_body();
        let (mut evidence, mut names) = (Vec::new(), Vec::<String>::new());
        for found in
            self.statutes.find_iter(body).filter(|found| !is_other_word(body, found.start(), found.end()))
        {
            let part = body.get(part_around(body, found.range())).unwrap_or_default();
            if self.history.is_match(part) {
                continue;
            }
            let name = format!("《{}》", found.as_str().trim_matches(['《', '》', '<', '>', '〈', '〉']));
            if !names.contains(&name) {
                names.push(name);
            }
            evidence.push(contract.text.span_of_shadow(found.range()));
        }
        if evidence.is_empty() {
            return Verdict::NothingFound;
        }
        if contract.is_undated() {
            return Verdict::cannot_tell(format!("引用了{}，而签订日期未能读出", names.join("、")), evidence);
        }
        Verdict::hit(Sighting::new("cited", evidence).with("statutes", names.join("、")))
    }
}
