//! Witnesses: several places state one value. Agreement makes it surer, contradiction less sure.

use std::ops::Range;

use super::explain::{Considered, Verdict};
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

/// Witnesses that are heard: a hundredth one says nothing that a person would look up.
const MOST: usize = 100;

/// Weighs witnesses: the surest wins, among equals the best read, then the earliest; the others stand beside it.
pub fn resolve<T: PartialEq>(reading: &Reading<'_>, witnesses: Vec<Witness<T>>) -> Option<Value<T>> {
    resolve_by(reading, witnesses, |a, b| a == b)
}

/// Weighs witnesses under the given meaning of "the same value".
pub fn resolve_by<T>(
    reading: &Reading<'_>,
    mut witnesses: Vec<Witness<T>>,
    same: impl Fn(&T, &T) -> bool,
) -> Option<Value<T>> {
    let read = |witness: &Witness<T>| reading.reading_confidence(&witness.range);
    // How well characters were read decides between places that mean the same; it makes no label out of prose.
    witnesses.sort_by(|a, b| {
        let by_meaning = b.confidence.total_cmp(&a.confidence);
        by_meaning.then(read(b).total_cmp(&read(a))).then(a.range.start.cmp(&b.range.start))
    });
    witnesses.dedup_by(|later, first| later.range == first.range);
    witnesses.truncate(MOST);
    let mut rest = witnesses.into_iter();
    let best = rest.next()?;
    note(reading, &best, Verdict::Won);
    let mut confidence = best.confidence;
    let mut well_read = read(&best);
    let mut others = Vec::new();
    for other in rest {
        let agrees = same(&best.value, &other.value);
        note(reading, &other, if agrees { Verdict::Agrees } else { Verdict::Differs });
        confidence = if agrees {
            well_read = well_read.max(read(&other));
            confidence + (1.0 - confidence) * AGREEMENT * other.confidence
        } else {
            confidence * (1.0 - (1.0 - CONTRADICTION) * other.confidence / best.confidence.max(0.01))
        };
        others.push(other.into_value(reading));
    }
    let mut value = best.into_value(reading);
    // A value is no surer than the characters that it was read from, where it was read best.
    value.confidence = Confidence::new(confidence.min(CEILING) * well_read);
    value.witnesses = others;
    Some(value)
}

fn note<T>(reading: &Reading<'_>, witness: &Witness<T>, verdict: Verdict) {
    reading.journal.note(|| Considered {
        span: reading.span(witness.range.clone()),
        score: witness.confidence,
        source: witness.method.to_owned(),
        verdict,
        why: match verdict {
            Verdict::Won => "把握最大；同等时取先出现者".to_owned(),
            Verdict::Agrees => "与采用者一致，增加把握".to_owned(),
            _ => "与采用者不同，降低把握".to_owned(),
        },
    });
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

    /// 甲乙丙丁 off a picture, 乙 with little confidence.
    fn read_off(of: impl FnOnce(&Reading<'_>)) {
        use crate::dictionaries::Dictionaries;
        use crate::model::{Line, sample};
        let confidences = vec![0.99, 0.5, 0.9, 0.99];
        let line = Line { confidences, ..sample::line("甲乙丙丁", 90.0, 100.0) };
        let document = sample::document(vec![sample::scanned_page(vec![line])]);
        let dictionaries = Dictionaries::embedded();
        let text = crate::text::Composer::new(&dictionaries).expect("own dictionaries").compose(&document);
        let lexicon = crate::fields::Lexicon::new(&dictionaries).expect("own dictionaries");
        of(&Reading::new(&text, &lexicon));
    }

    #[test]
    fn a_value_is_no_surer_than_its_characters() {
        read_off(|reading| {
            let at = |index: usize| Witness::new("a", index * 3..index * 3 + 3, 0.9, "test");
            let confidence = |witnesses| resolve(reading, witnesses).expect("a value").confidence.get();
            assert_eq!(confidence(vec![at(1)]), 0.45);
            assert_eq!(confidence(vec![at(2)]), 0.81);
            assert!(confidence(vec![at(1), at(2)]) > 0.81, "an agreeing place that was read better lifts it");
            let best = resolve(reading, vec![at(1), at(0)]).expect("a value");
            assert_eq!(best.evidence[0].quote, "甲");
        });
    }
}
