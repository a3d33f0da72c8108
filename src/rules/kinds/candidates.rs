//! The sentences in which an expression may match.

use std::borrow::Cow;
use std::ops::Range;

use super::super::check::Contract;
use super::super::reading::sentences;
use crate::fields::scan::Regex;

/// The sentences of a body in which an expression may match, each with the one before it that says anything. Of a contract as
/// it is, those where words of the expression stand; of one that is blanked out in places, which has sentences of its own, all.
pub fn candidates<'b>(
    expression: &Regex,
    contract: &Contract<'_>,
    body: &'b str,
) -> Vec<(&'b str, Range<usize>)> {
    let masked = !std::ptr::eq(body.as_ptr(), contract.chosen.as_ptr());
    let sentences = match masked {
        true => Cow::Owned(sentences(body).collect::<Vec<_>>()),
        false => Cow::Borrowed(contract.sentences()),
    };
    let wanted: Vec<usize> = match expression.places_in(body).filter(|_| !masked) {
        Some(places) => places.filter_map(|place| sentence_at(&sentences, place)).collect(),
        None => (0..sentences.len()).collect(),
    };
    let mut candidates: Vec<(&str, Range<usize>)> = Vec::with_capacity(wanted.len());
    for index in wanted {
        let Some((sentence, earlier)) = sentences.get(..=index).and_then(|upto| upto.split_last()) else {
            continue;
        };
        if candidates.last().is_none_or(|(_, last)| last != sentence) {
            let mut before = earlier.iter().rev().map(|range| body.get(range.clone()).unwrap_or_default());
            candidates.push((before.find(|words| !words.trim().is_empty()).unwrap_or(""), sentence.clone()));
        }
    }
    candidates
}

/// The number of the sentence that a place stands in.
fn sentence_at(sentences: &[Range<usize>], place: usize) -> Option<usize> {
    let index = sentences.partition_point(|sentence| sentence.end <= place);
    sentences.get(index).filter(|sentence| sentence.start <= place).map(|_| index)
}
