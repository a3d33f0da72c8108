//! `subject-vague`: what is to be delivered or done is not delimited.
//!
//! # What it does
//!
//! Looks at the subject and at the clauses headed 服务内容, 工作内容, 标的: a catch-all (等相关工作) with
//! hardly anything named before it, or a subject that is whatever one side will ask for.
//!
//! # Why it matters
//!
//! What is not defined can be neither accepted nor refused; both sides will read it their way.
//!
//! # What must not be flagged
//!
//! A list of named items that ends with a catch-all of its kind, a subject that an attachment lists.

use std::ops::Range;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::{Parameters, Words};
use super::super::reading::sentences;
use super::Computed;

/// The rule.
pub const RULE: Computed =
    Computed { slug: "subject-vague", variants: &[("catch-all", &[]), ("at-will", &[])], compile };

#[derive(Debug)]
struct SubjectVague {
    words: Words,
    /// From this many named items on a list is definite.
    items: usize,
}

fn compile(mut parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let items = parameters.take("items")?;
    let names = ["heading", "catch-all", "at-will", "unless", "item"];
    Ok(Box::new(SubjectVague { words: Words::new(parameters, &names)?, items }))
}

impl SubjectVague {
    /// Does a place stand where the subject is laid down?
    fn is_subject(&self, contract: &Contract<'_>, at: usize) -> bool {
        let heading = contract.text.article_at(at).and_then(|article| article.heading.as_deref());
        let first = contract.text.article_at(at).is_some_and(|article| article.ordinal == Some(1));
        match heading.filter(|heading| !heading.is_empty()) {
            // A first clause without a heading of its own begins with a party.
            Some(heading) => self.words.say("heading", heading) || first && heading.contains('方'),
            None => first,
        }
    }

    /// How much is named in the clause that the sentence stands in: items of a list, parts of an enumeration.
    fn named(&self, contract: &Contract<'_>, body: &str, sentence: &Range<usize>) -> usize {
        let clause =
            contract.text.article_at(sentence.start).map_or(sentence.clone(), |clause| clause.shadow.clone());
        let stretch = body.get(clause).unwrap_or_default();
        self.words.find("item", stretch).count()
    }
}

impl Check for SubjectVague {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = &contract.chosen;
        let mut hits = Vec::new();
        for sentence in sentences(body) {
            let words = &body[sentence.clone()];
            if !self.is_subject(contract, sentence.start) || self.words.say("unless", words) {
                continue;
            }
            for variant in ["catch-all", "at-will"] {
                let found = self.words.find(variant, words).next().is_some();
                if found && self.named(contract, body, &sentence) < self.items {
                    hits.push(Sighting::new(variant, vec![contract.text.span_of_shadow(sentence.clone())]));
                    break;
                }
            }
        }
        if hits.is_empty() { Verdict::NothingFound } else { Verdict::Hits(hits) }
    }
}
