//! What was read off an image, and how surely. A misread character makes a fault that is not in the contract.

use std::ops::Range;

use super::super::check::{Sighting, Verdict};
use crate::model::Text;
use crate::model::text::Origin;

/// Below this confidence of its least sure character, nothing is made of a figure, a code or a date.
const SURE: f32 = 0.95;

/// Is every character of a stretch of the shadow read surely?
pub fn is_sure(text: &Text, range: Range<usize>) -> bool {
    text.reading_confidence(range) >= SURE
}

/// Was any of a stretch of the shadow read off an image?
pub fn is_read_off(text: &Text, range: Range<usize>) -> bool {
    let range = text.shadow.to_content(&text.content, range);
    let first = text.pieces.partition_point(|piece| piece.range.end <= range.start);
    let touched = text.pieces.get(first..).unwrap_or_default().iter();
    touched
        .take_while(|piece| piece.range.start < range.end)
        .any(|piece| matches!(&piece.origin, Origin::Line { confidences, .. } if !confidences.is_empty()))
}

/// Faults that rest on figures: those read surely, and the places of those that may be misread.
#[derive(Debug, Default)]
pub struct Faults {
    sure: Vec<Sighting>,
    doubtful: Vec<Sighting>,
}

impl Faults {
    /// Files a fault by how surely the stretches that it rests on were read.
    pub fn add(&mut self, text: &Text, rests_on: &[Range<usize>], sighting: Sighting) {
        let sure = rests_on.iter().all(|range| is_sure(text, range.clone()));
        if sure { &mut self.sure } else { &mut self.doubtful }.push(sighting);
    }

    /// The faults; where there are only doubtful ones, that `what` (统一社会信用代码) may be misread.
    pub fn verdict(self, what: &str) -> Verdict {
        if !self.sure.is_empty() {
            return Verdict::Hits(self.sure);
        }
        let places: Vec<_> = self.doubtful.into_iter().flat_map(|doubt| doubt.evidence).collect();
        if places.is_empty() {
            return Verdict::NothingFound;
        }
        Verdict::cannot_tell(format!("{what}系由图像识别，个别字符辨认不确，请对照原件"), places)
    }
}
