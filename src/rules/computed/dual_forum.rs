//! `dual-forum`: arbitration and court side by side.
//!
//! # What it does
//!
//! Reads the clauses on disputes part by part, after options of printed lists that were not chosen have been
//! blanked out. A part that sends the dispute to arbitration and another that sends it to a court make
//! a dual clause: `then-court` where the court is for who does not accept the award (`unnamed` where no clause says
//! which body arbitrates), else `either`.
//!
//! # Why it matters
//!
//! An agreement to arbitrate or litigate at will risks being void as an arbitration agreement; in an award first,
//! court afterwards, the arbitration may stand and the second half fail. Both cost the first round of every dispute.
//!
//! # What must not be flagged
//!
//! A court that only enforces, sets aside or secures; costs and limitation; statutory labour arbitration;
//! an agreement to arbitrate that is left to be made after the dispute has arisen; the agreement of another
//! contract that is quoted to be changed; 不得再起诉; one choice out of a printed list.

use std::ops::Range;

use crate::fields::scan::Regex;
use serde::Deserialize;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::{mask, parts, says, sentences};
use super::Computed;
use crate::model::Span;

/// The rule.
pub const RULE: Computed = Computed {
    slug: "dual-forum",
    variants: &[("either", &[]), ("then-court", &[]), ("unnamed", &[])],
    compile,
};

/// Two choices at most this many bytes apart are shown as one stretch.
const ONE_STRETCH: usize = 360;

/// What the pack says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Settings {
    /// A heading or sentence that speaks of disputes.
    dispute: Vec<String>,
    /// A sentence that speaks of disputes out of the contract itself, whatever the heading over it.
    own_dispute: Vec<String>,
    /// A part that sends a dispute to arbitration, or to a court.
    arbitration: Vec<String>,
    court: Vec<String>,
    /// A court for who does not accept the award.
    then_court: Vec<String>,
    /// Parts that send a dispute nowhere.
    neutral: Vec<String>,
    /// The end of a condition under which a court only assists: what follows it in the sentence sends no dispute there.
    procedural: Vec<String>,
    /// A later agreement: what follows it is for the parties to agree on when a dispute has arisen.
    later: Vec<String>,
    /// The name of a body that arbitrates, or the place that tells which one it is.
    institution: Vec<String>,
    /// Stretches that quote another agreement.
    quoted: Vec<String>,
    /// Sentences about what goes on beside a dispute: performance during the proceedings, service of documents.
    aside: Vec<String>,
}

#[derive(Debug)]
struct DualForum {
    dispute: Option<Regex>,
    own_dispute: Option<Regex>,
    arbitration: Option<Regex>,
    court: Option<Regex>,
    then_court: Option<Regex>,
    neutral: Option<Regex>,
    procedural: Option<Regex>,
    later: Option<Regex>,
    institution: Option<Regex>,
    quoted: Option<Regex>,
    aside: Option<Regex>,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let lexicon = &parameters.toolbox.lexicon;
    let settings: Settings = parameters.parse()?;
    Ok(Box::new(DualForum {
        dispute: lexicon.compile(&settings.dispute)?,
        own_dispute: lexicon.compile(&settings.own_dispute)?,
        arbitration: lexicon.compile(&settings.arbitration)?,
        court: lexicon.compile(&settings.court)?,
        then_court: lexicon.compile(&settings.then_court)?,
        neutral: lexicon.compile(&settings.neutral)?,
        procedural: lexicon.compile(&settings.procedural)?,
        later: lexicon.compile(&settings.later)?,
        institution: lexicon.compile(&settings.institution)?,
        quoted: lexicon.compile(&settings.quoted)?,
        aside: lexicon.compile(&settings.aside)?,
    }))
}

/// Where a dispute is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Forum {
    Arbitration,
    Court,
}

/// One part of a sentence that sends disputes somewhere.
#[derive(Debug)]
struct Choice {
    forum: Forum,
    range: Range<usize>,
    /// A court for who does not accept the award.
    afterwards: bool,
}

impl DualForum {
    /// Every choice of a forum in the contract, in text order.
    fn choices(&self, contract: &Contract<'_>) -> Vec<Choice> {
        let body = match &self.quoted {
            Some(regex) => mask(&contract.chosen, regex.find_iter(&contract.chosen).map(|m| m.range())),
            None => contract.chosen.clone(),
        };
        let mut choices = Vec::new();
        let mut speaking_of_disputes: Option<Range<usize>> = None;
        for sentence in sentences(&body) {
            let words = &body[sentence.clone()];
            let scope = self.scope(contract, sentence.start, words);
            if let Some(scope) = scope {
                speaking_of_disputes = Some(scope);
            }
            if speaking_of_disputes.as_ref().is_some_and(|scope| scope.contains(&sentence.start)) {
                choices.extend(self.choices_of(&body, sentence));
            }
        }
        choices
    }

    /// How far a sentence that speaks of disputes reaches: its article, or its paragraph and the next.
    fn scope(&self, contract: &Contract<'_>, at: usize, words: &str) -> Option<Range<usize>> {
        let article = contract.text.article_at(at);
        let heading =
            article.and_then(|article| article.heading.as_deref()).filter(|heading| !heading.is_empty());
        let opens = match heading {
            Some(heading) => says(&self.dispute, heading) || says(&self.own_dispute, words),
            None => says(&self.dispute, words),
        };
        let end = article.map_or(at + words.len() + ONE_STRETCH, |article| article.shadow.end);
        opens.then_some(at..end)
    }

    fn choices_of(&self, body: &str, sentence: Range<usize>) -> Vec<Choice> {
        let whole = &body[sentence.clone()];
        let mut choices = Vec::new();
        if says(&self.aside, whole) {
            return choices;
        }
        let (mut agreed_later, mut assisting) = (false, false);
        for part in parts(body, sentence) {
            let words = &body[part.clone()];
            let left_to_agreement = std::mem::replace(&mut agreed_later, says(&self.later, words));
            assisting |= says(&self.procedural, words);
            if says(&self.neutral, words) || left_to_agreement || agreed_later || assisting {
                continue;
            }
            if says(&self.arbitration, words) {
                choices.push(Choice { forum: Forum::Arbitration, range: part.clone(), afterwards: false });
            }
            if says(&self.court, words) {
                let afterwards = says(&self.then_court, whole);
                choices.push(Choice { forum: Forum::Court, range: part, afterwards });
            }
        }
        choices
    }
}

/// The stretch from one choice to the other, or both where they stand far apart.
fn evidence(contract: &Contract<'_>, first: &Range<usize>, second: &Range<usize>) -> Vec<Span> {
    let (start, end) = (first.start.min(second.start), first.end.max(second.end));
    if end - start <= ONE_STRETCH {
        return vec![contract.text.span_of_shadow(start..end)];
    }
    let (a, b) = if first.start <= second.start { (first, second) } else { (second, first) };
    [a, b].into_iter().map(|range| contract.text.span_of_shadow(range.clone())).collect()
}

impl Check for DualForum {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let choices = self.choices(contract);
        let arbitration = choices.iter().find(|choice| choice.forum == Forum::Arbitration);
        let court = choices.iter().filter(|choice| choice.forum == Forum::Court);
        let Some((arbitration, court)) =
            arbitration.zip(court.clone().find(|c| c.afterwards).or(court.clone().next()))
        else {
            return Verdict::NothingFound;
        };
        let named = || {
            let arbitrations = choices.iter().filter(|choice| choice.forum == Forum::Arbitration);
            arbitrations
                .into_iter()
                .any(|choice| says(&self.institution, &contract.chosen[choice.range.clone()]))
        };
        let variant = match court.afterwards {
            true if named() => "then-court",
            true => "unnamed",
            false => "either",
        };
        let span = evidence(contract, &arbitration.range, &court.range);
        Verdict::hit(Sighting::new(variant, span))
    }
}
