//! A value with everything a person needs to trust it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Span;

/// The probability that a value is right, 0 to 1, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Confidence(f64);

impl Confidence {
    /// Clamped to 0..=1 and rounded to two digits; NaN counts as 0.
    pub fn new(probability: f64) -> Self {
        let bounded = if probability.is_nan() { 0.0 } else { probability.clamp(0.0, 1.0) };
        Self((bounded * 100.0).round() / 100.0)
    }

    /// The probability.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// A value read out of the text, normalised, with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
pub struct Value<T> {
    /// Normalised.
    pub value: T,
    /// As written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub raw: Option<String>,
    /// How likely it is right.
    pub confidence: Confidence,
    /// The extractor and pattern that found it: `party/label-line`, `amount/words` …
    pub method: String,
    /// Where it stands.
    pub evidence: Vec<Span>,
    /// Other places that state the value, the same or another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub witnesses: Vec<Value<T>>,
}

impl<T> Value<T> {
    /// A value found by `method`, resting on `evidence`; `raw` is the first quote.
    pub fn new(value: T, confidence: f64, method: &str, evidence: Vec<Span>) -> Self {
        Self {
            value,
            raw: evidence.first().map(|span| span.quote.clone()),
            confidence: Confidence::new(confidence),
            method: method.to_owned(),
            evidence,
            witnesses: Vec::new(),
        }
    }
}
