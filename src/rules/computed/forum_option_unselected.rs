//! `forum-option-unselected`: a printed list of ways to settle disputes was left open.
//!
//! # What it does
//!
//! Takes the field's answer that a list has no choice, and looks for the empty slot that says so: 第__种方式, boxes, 任选一种.
//!
//! # Why it matters
//!
//! Signed like this, the contract names no forum, and an option for arbitration that nobody chose is no agreement
//! to arbitrate.
//!
//! # What must not be flagged
//!
//! A filled number, a ticked box, and steps that follow one another (先协商，后起诉).

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::Computed;
use crate::model::Span;
use crate::model::fields::DisputeKind;

/// The rule.
pub const RULE: Computed = Computed { slug: "forum-option-unselected", variants: &[("open", &[])], compile };

#[derive(Debug)]
struct ForumOptionUnselected(Words);

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    Ok(Box::new(ForumOptionUnselected(Words::new(
        parameters,
        &["slot", "brackets", "dispute", "left-open", "both", "chosen"],
    )?)))
}

impl ForumOptionUnselected {
    /// An empty slot in an article on disputes that offers both ways: 采取【　】方式：A.仲裁；B.诉讼.
    fn left_open(&self, contract: &Contract<'_>) -> Option<Span> {
        let body = contract.text.folded_body();
        self.0.sentences("left-open", body).into_iter().find_map(|sentence| {
            let words = &body[sentence.clone()];
            let slot = self.0.find("left-open", words).next()?.range();
            let article = contract.text.article_at(sentence.start);
            let around = article.and_then(|article| body.get(article.shadow.clone())).unwrap_or(words);
            let disputed = self.0.say("dispute", around) && self.0.say("both", around);
            let span = sentence.start + slot.start..sentence.start + slot.end;
            (disputed && !self.0.say("chosen", around)).then(|| contract.text.span_of_shadow(span))
        })
    }
}

impl Check for ForumOptionUnselected {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        if let Some(span) = self.left_open(contract) {
            return Verdict::hit(Sighting::new("open", vec![span]));
        }
        let Some(dispute) = contract.sure(&contract.fields().dispute) else {
            return Verdict::NotApplicable("未读到争议解决条款".to_owned());
        };
        if let Some(found) = self.0.find("brackets", contract.text.folded_body()).next() {
            let span = contract.text.span_of_shadow(found.range());
            return Verdict::hit(Sighting::new("open", vec![span]));
        }
        if dispute.value.kind != DisputeKind::Unselected {
            return Verdict::Passed;
        }
        let article = dispute.evidence.first().and_then(|span| contract.article_of(span));
        let around = article.and_then(|article| contract.text.folded().get(article.shadow.clone()));
        let open = self.0.say("slot", around.unwrap_or(contract.text.folded_body()));
        if open {
            Verdict::hit(Sighting::new("open", dispute.evidence.clone()))
        } else {
            Verdict::NothingFound
        }
    }
}
