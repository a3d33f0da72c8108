//! `amount-words-figures-mismatch`: a sum in words is not the sum in figures.
//!
//! # What it does
//!
//! Pairs every sum in words (大写) with the figures beside it and compares them to the cent; then the price in
//! figures with the price in words, where these stand apart.
//!
//! # Why it matters
//!
//! Nobody can tell which of the two was agreed: what is paid, filed and audited would rest on a guess. The rule
//! never chooses; the filing amount stays open until a person has decided.
//!
//! # What must not be flagged
//!
//! The same sum in 元 and 万元; a unit price or an instalment beside a total in words; words that are not a
//! well-formed number, where the rule cannot tell.

use std::ops::Range;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::super::check::{Check, Contract, Sighting, Verdict};
use super::super::kinds::Parameters;
use super::super::reading::sums::{self, grouped};
use super::Computed;
use crate::fields::scan::capital::Words;
use crate::fields::scan::money::{Figure, Figures};
use crate::model::Span;
use crate::model::fields::MoneyKind;

const SLOTS: &[&str] = &["figures", "words", "difference"];

/// The rule.
pub const RULE: Computed = Computed {
    slug: "amount-words-figures-mismatch",
    variants: &[("price", SLOTS), ("other", SLOTS)],
    compile,
};

/// What may stand between figures and words that are one statement of one sum.
const BETWEEN: &str = "(),:;、/\t\n[]大小写人民币金额为即计整元圆含税¥￥\"“”_ ";

/// How many characters of it.
const GAP: usize = 16;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {}

#[derive(Debug)]
struct Mismatch {
    figures: Arc<Figures>,
}

fn compile(parameters: Parameters<'_>) -> Result<Box<dyn Check>, String> {
    let figures = Arc::clone(&parameters.toolbox.figures);
    let Settings {} = parameters.parse()?;
    Ok(Box::new(Mismatch { figures }))
}

/// A sum stated twice.
struct Pair {
    figure: Figure,
    words: Words,
}

impl Pair {
    fn range(&self) -> Range<usize> {
        let (a, b) = (&self.figure.range, &self.words.whole);
        a.start.min(b.start)..a.end.max(b.end)
    }
}

impl Mismatch {
    /// The sums that are stated twice, side by side.
    fn pairs(&self, body: &str) -> Vec<Pair> {
        let mut figures = self.figures.scan(body);
        let mut pairs = Vec::new();
        for words in sums::in_words(body) {
            let nearest = figures
                .iter()
                .enumerate()
                .filter_map(|(index, figure)| Some((gap(body, &figure.range, &words.whole)?, index)))
                .min();
            if let Some((_, index)) = nearest {
                pairs.push(Pair { figure: figures.remove(index), words });
            }
        }
        pairs
    }
}

/// The characters between two stretches, if they are few and say nothing of their own.
fn gap(body: &str, a: &Range<usize>, b: &Range<usize>) -> Option<usize> {
    let between = if a.end <= b.start { body.get(a.end..b.start) } else { body.get(b.end..a.start) }?;
    let count = between.chars().count();
    (count <= GAP && between.chars().all(|c| BETWEEN.contains(c))).then_some(count)
}

fn sighting(variant: &str, figure: Decimal, words: (&str, Decimal), evidence: Vec<Span>) -> Sighting {
    Sighting::new(variant, evidence)
        .with("figures", grouped(figure))
        .with("words", words.0)
        .with("difference", grouped((figure - words.1).abs()))
}

/// Is the pair the one that the price was read from?
fn is_price(contract: &Contract<'_>, span: &Span) -> bool {
    let amount = contract.fields().amount.iter().flat_map(|value| &value.evidence);
    let words = contract.fields().amount_in_words.iter().flat_map(|value| &value.evidence);
    amount.chain(words).any(|field| field.start < span.end && span.start < field.end)
}

/// What the pairs say: every one that does not agree, or the first that cannot be compared.
fn judge(contract: &Contract<'_>, body: &str, pairs: &[Pair]) -> Verdict {
    let mut hits = Vec::new();
    let mut malformed = Vec::new();
    for pair in pairs {
        let span = contract.text.span_of_shadow(pair.range());
        match pair.words.amount {
            None => malformed.push((pair, span)),
            Some(words) if words != pair.figure.amount => {
                let variant = if is_price(contract, &span) { "price" } else { "other" };
                let written = body.get(pair.words.range.clone()).unwrap_or_default();
                hits.push(sighting(variant, pair.figure.amount, (written, words), vec![span]));
            }
            Some(_) => {}
        }
    }
    match malformed.first() {
        _ if !hits.is_empty() => Verdict::Hits(hits),
        None => Verdict::NothingFound,
        Some((pair, _)) => {
            let written = body.get(pair.words.range.clone()).unwrap_or_default();
            let reason = format!("大写金额“{written}”不是规范的数，未能与小写对照");
            Verdict::cannot_tell(reason, malformed.into_iter().map(|(_, span)| span).collect())
        }
    }
}

/// The price in figures against the price in words, which stand apart.
fn apart(contract: &Contract<'_>) -> Option<Verdict> {
    let (figures, words) = (contract.fields().amount.as_ref()?, contract.fields().amount_in_words.as_ref()?);
    let evidence: Vec<Span> = figures.evidence.iter().chain(&words.evidence).cloned().collect();
    let (figure, word) = match (figures.value.amount, words.value.amount) {
        (Some(figure), Some(word)) => (figure, word),
        (Some(_), None) => {
            return Some(Verdict::cannot_tell("大写金额不是规范的数，未能与小写对照", evidence));
        }
        _ => return None,
    };
    let stated = figures.witnesses.iter().any(|witness| witness.value.amount == Some(word));
    let comparable = matches!(figures.value.kind, MoneyKind::Total | MoneyKind::Ceiling);
    if figure == word || stated || !comparable || figures.value.currency != words.value.currency {
        return Some(Verdict::NothingFound);
    }
    let written = words.raw.as_deref().unwrap_or_default().trim();
    Some(Verdict::hit(sighting("price", figure, (written, word), evidence)))
}

impl Check for Mismatch {
    fn check(&self, contract: &Contract<'_>) -> Verdict {
        let body = contract.text.folded_body();
        let pairs = self.pairs(body);
        let beside = judge(contract, body, &pairs);
        if beside != Verdict::NothingFound {
            return beside;
        }
        match apart(contract) {
            Some(verdict) => verdict,
            None if !pairs.is_empty() => Verdict::NothingFound,
            None => Verdict::NotApplicable("文中未见可以对照的大写与小写金额".to_owned()),
        }
    }
}
