//! Electronic seals (电子印章): what they are called and where they stand.
//!
//! ```text
//! SES_Signature ::= SEQUENCE { toSign SEQUENCE { version, seal SESeal, time, dataHash BIT STRING, … }, … }
//! SESeal        ::= SEQUENCE { sealInfo SEQUENCE { header, id, property SEQUENCE { type, name, … }, … }, … }
//! ```
//!
//! GB/T 38540-2020 and GM/T 0031-2014 agree in these parts.

use super::der::{BIT_STRING, INTEGER, SEQUENCE, Value};
use crate::model::{Confidence, Seal};
use crate::read::ofd::geometry::Place;
use crate::read::ofd::xml::Element;

/// How sure a name is that stands in a seal whose signature nobody verified.
const NAMED: f64 = 0.9;
/// The same for a seal without a name: only its place is known.
const NAMELESS: f64 = 0.5;
/// What an electronic seal is whose name does not say more.
const ANY_KIND: &str = "电子印章";
/// A seal of which a page shows a strip only, the rest standing on other pages.
const STRADDLING: &str = "骑缝章";
/// Share of its width or height below which what is shown of a seal is a strip.
const STRIP: f64 = 0.9;
/// Kinds of seals by what their names end in or hold, the longer ones first.
const KINDS: [&str; 8] =
    ["合同专用章", "财务专用章", "发票专用章", "业务专用章", "法定代表人章", "法人章", "专用章", "公章"];

/// What a signature value says.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct SignedValue {
    /// Name of the seal (印章名称).
    pub name: Option<String>,
    /// Digest of the signature's description (原文杂凑值).
    pub digest: Option<Vec<u8>>,
}

/// Reads a signature value (SignedValue.dat). One that is not of this form, as a signature without a seal, gives
/// nothing.
pub(super) fn signed_value(bytes: &[u8]) -> SignedValue {
    let to_sign = Value::first(bytes).and_then(|signature| signature.at(0, SEQUENCE));
    let Some(to_sign) = to_sign.filter(|value| value.at(0, INTEGER).is_some()) else {
        return SignedValue::default();
    };
    // The first byte of a bit string counts its unused bits.
    let digest = to_sign.at(3, BIT_STRING).and_then(|bits| bits.content.get(1..)).map(<[u8]>::to_vec);
    SignedValue { name: to_sign.at(1, SEQUENCE).and_then(|seal| name_in(&seal)), digest }
}

/// Name of a seal out of the seal itself (Seal.esl).
pub(super) fn seal_name(bytes: &[u8]) -> Option<String> {
    name_in(&Value::first(bytes)?)
}

fn name_in(seal: &Value<'_>) -> Option<String> {
    let property = seal.at(0, SEQUENCE)?.at(2, SEQUENCE)?;
    let name = property.inside().get(1)?.text()?;
    let name = name.trim_matches(|c: char| c.is_whitespace() || c.is_control()).to_owned();
    (!name.is_empty()).then_some(name)
}

/// The impression that a StampAnnot (18.2.3) puts on page `number`. `None` where it has no place.
pub(super) fn impression(stamp: &Element, name: Option<&str>, number: u32) -> Option<Seal> {
    let boundary = stamp.attribute("Boundary").and_then(Place::parse)?;
    let clip = stamp.attribute("Clip").and_then(Place::parse);
    let shown = clip.map_or(boundary, |clip| boundary.clipped(clip));
    let is_strip = shown.width < STRIP * boundary.width || shown.height < STRIP * boundary.height;
    Some(Seal {
        page: number,
        bbox: shown.points(),
        // The picture is not looked at.
        shape: String::new(),
        text: name.unwrap_or_default().to_owned(),
        kind: if is_strip { STRADDLING } else { kind(name.unwrap_or_default()) }.to_owned(),
        confidence: Confidence::new(if name.is_some() { NAMED } else { NAMELESS }),
    })
}

/// What kind of seal it is by its name.
fn kind(name: &str) -> &'static str {
    KINDS.iter().find(|kind| name.contains(**kind)).copied().unwrap_or(ANY_KIND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_tells_the_kind() {
        assert_eq!(kind("某某市某某局合同专用章"), "合同专用章");
        assert_eq!(kind("某某公司财务专用章（2）"), "财务专用章");
        assert_eq!(kind("某某市某某局公章"), "公章");
        assert_eq!(kind("某某市某某局"), "电子印章");
    }

    #[test]
    fn other_bytes_are_no_seal() {
        assert_eq!(seal_name(b""), None);
        assert_eq!(seal_name(&[0x30, 0x00]), None);
        assert_eq!(signed_value(b"PKCS#7"), SignedValue::default());
    }
}
