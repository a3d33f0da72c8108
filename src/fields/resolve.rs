//! Witnesses: several places state one value. Agreement makes it surer, contradiction less sure.

use std::ops::Range;

use super::reading::Reading;
use crate::model::{Confidence, Value};

/// One place that states a value.
#[derive(Debug, Clone, PartialEq)]
pub struct Witness<T> {
    /// Normalised.
    pub value: T,
    /// Shadow bytes of the value as written.
    pub range: Range<usize>,
    /// How likely the value is right, from this place alone.
    pub confidence: f64,
    /// Extractor and pattern.
    pub method: &'static str,
}

impl<T> Witness<T> {
    /// A value that stands at `range`.
    pub fn new(value: T, range: Range<usize>, confidence: f64, method: &'static str) -> Self {
        Self { value, range, confidence, method }
    }

    /// The value alone, with its evidence.
    pub fn into_value(self, reading: &Reading<'_>) -> Value<T> {
        Value::new(self.value, self.confidence, self.method, vec![reading.span(self.range)])
    }
}

/// Of each doubt that is left, the part that an agreeing witness takes away.
const AGREEMENT: f64 = 0.6;
/// What a contradicting witness of equal weight leaves of the confidence.
const CONTRADICTION: f64 = 0.8;
/// No reading is surer than this.
const CEILING: f64 = 0.99;

/// Weighs witnesses: the surest wins, the earliest among equals; the others stand beside it.
pub fn resolve<T: PartialEq>(reading: &Reading<'_>, witnesses: Vec<Witness<T>>) -> Option<Value<T>> {
    resolve_by(reading, witnesses, |a, b| a == b)
}

/// Weighs witnesses under the given meaning of "the same value".
pub fn resolve_by<T>(
    reading: &Reading<'_>,
    mut witnesses: Vec<Witness<T>>,
    same: impl Fn(&T, &T) -> bool,
) -> Option<Value<T>> {
    for witness in &mut witnesses {
        witness.confidence *= reading.reading_confidence(&witness.range);
    }
    witnesses.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.range.start.cmp(&b.range.start)));
    witnesses.dedup_by(|later, first| later.range == first.range);
    let mut rest = witnesses.into_iter();
    let best = rest.next()?;
    let mut confidence = best.confidence;
    let mut others = Vec::new();
    for other in rest {
        confidence = if same(&best.value, &other.value) {
            confidence + (1.0 - confidence) * AGREEMENT * other.confidence
        } else {
            confidence * (1.0 - (1.0 - CONTRADICTION) * other.confidence / best.confidence.max(0.01))
        };
        others.push(other.into_value(reading));
    }
    let mut value = best.into_value(reading);
    value.confidence = Confidence::new(confidence.min(CEILING));
    value.witnesses = others;
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::super::reading::tests::with_reading;
    use super::*;

    fn weigh(values: &[(&str, f64)]) -> Value<String> {
        with_reading("甲乙丙丁", |reading| {
            let witnesses = values
                .iter()
                .enumerate()
                .map(|(i, (v, c))| Witness::new((*v).to_owned(), i * 3..i * 3 + 3, *c, "test"))
                .collect();
            resolve(reading, witnesses).expect("there are witnesses")
        })
    }

    #[test]
    fn agreement_raises_and_contradiction_lowers() {
        let alone = weigh(&[("a", 0.8)]).confidence;
        assert!(weigh(&[("a", 0.8), ("a", 0.8)]).confidence > alone);
        let torn = weigh(&[("a", 0.8), ("b", 0.8)]);
        assert!(torn.confidence < alone);
        assert_eq!((torn.value.as_str(), torn.witnesses.len()), ("a", 1));
    }

    #[test]
    fn the_surest_wins() {
        assert_eq!(weigh(&[("a", 0.5), ("b", 0.9)]).value, "b");
    }
}
