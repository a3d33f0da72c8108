//! Seals as the record names them.

use hetong_ocr::{SealMark, SealShape};

use super::place::Frame;
use crate::model::{Confidence, Seal};

/// Kinds that a seal names itself, longest first.
const KINDS: &[&str] =
    &["合同专用章", "财务专用章", "发票专用章", "投标专用章", "业务专用章", "法定代表人名章", "公章"];
/// A seal that runs over the edges of several pages.
const STRADDLING: &str = "骑缝章";

/// A seal impression on the page as displayed.
pub(super) fn seal(mark: &SealMark, frame: &Frame) -> Seal {
    let shape = match mark.shape {
        SealShape::Round => "round",
        SealShape::Oval => "oval",
        SealShape::Square => "square",
    };
    Seal {
        page: frame.sheet.number,
        bbox: frame.bbox(mark.bounds),
        shape: shape.to_owned(),
        text: mark.text.clone(),
        kind: kind(mark),
        confidence: Confidence::new(f64::from(mark.confidence)),
    }
}

/// What the seal says that it is; nothing where it does not say.
fn kind(mark: &SealMark) -> String {
    if mark.straddles_edge {
        return STRADDLING.to_owned();
    }
    let said = |kind: &&&str| mark.purpose.contains(**kind) || mark.text.contains(**kind);
    match KINDS.iter().find(said) {
        Some(kind) => (*kind).to_owned(),
        None => mark.purpose.clone(),
    }
}
