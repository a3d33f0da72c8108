//! SimSun by name only, under a predefined CMap: the reader is expected to own the font.
//!
//! Sources: ISO 32000-1, 9.7.5.2 (predefined CMaps); the Adobe-GB1 CMap resources.

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo};
use pdf_writer::{Finish as _, Name, Pdf, Rect, Ref, Str};
use serde::Deserialize;

use super::{Typeface, gb, stand_in};
use crate::error::{Error, Result};

/// The predefined CMaps that Chinese software writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum PredefinedCMap {
    /// GBK; ASCII is half width.
    #[serde(rename = "GBK-EUC-H")]
    GbkEuc,
    /// GB 2312; ASCII is half width.
    #[serde(rename = "GB-EUC-H")]
    GbEuc,
    /// GBK; ASCII is proportional.
    #[serde(rename = "GBKp-EUC-H")]
    GbkpEuc,
    /// GB 18030.
    #[serde(rename = "GBK2K-H")]
    Gbk2k,
    /// UCS-2, big-endian.
    #[serde(rename = "UniGB-UCS2-H")]
    UniGbUcs2,
    /// UTF-16, big-endian.
    #[serde(rename = "UniGB-UTF16-H")]
    UniGbUtf16,
}

impl PredefinedCMap {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::GbkEuc, Self::GbEuc, Self::GbkpEuc, Self::Gbk2k, Self::UniGbUcs2, Self::UniGbUtf16];

    /// Its name in PDF.
    pub fn name(self) -> &'static str {
        match self {
            Self::GbkEuc => "GBK-EUC-H",
            Self::GbEuc => "GB-EUC-H",
            Self::GbkpEuc => "GBKp-EUC-H",
            Self::Gbk2k => "GBK2K-H",
            Self::UniGbUcs2 => "UniGB-UCS2-H",
            Self::UniGbUtf16 => "UniGB-UTF16-H",
        }
    }

    /// The code of a character, or `None` if the CMap has no glyph for it.
    ///
    /// What GBK lacks, Adobe-GB1 mostly lacks too, so nothing beyond GBK is let through.
    fn code(self, c: char) -> Option<Vec<u8>> {
        let gbk = gb::gbk(c)?;
        match self {
            Self::GbkEuc | Self::GbkpEuc | Self::Gbk2k => Some(gbk),
            Self::GbEuc => gb::is_gb2312(&gbk).then_some(gbk),
            Self::UniGbUcs2 if UCS2_GAPS.contains(c) => None,
            Self::UniGbUcs2 | Self::UniGbUtf16 => {
                Some(c.encode_utf16(&mut [0; 2]).iter().flat_map(|u| u.to_be_bytes()).collect())
            }
        }
    }
}

/// Characters of GBK that UniGB-UCS2-H leaves out; the middle dot is the one that contracts use.
const UCS2_GAPS: &str = "·ɑńňɡ︵︶︹︺︿﹀︽︾﹁﹂﹃﹄︻︼︷︸︱︳︴";

/// CIDs of Adobe-GB1 that are half an em wide in SimSun: proportional ASCII, half-width ASCII,
/// and the half-width space.
const HALF_WIDTH: [(u16, u16); 3] = [(1, 95), (814, 939), (7716, 7716)];

/// SimSun, not embedded.
pub(super) struct Predefined {
    cmap: PredefinedCMap,
}

impl Predefined {
    pub(super) fn new(cmap: PredefinedCMap) -> Self {
        Self { cmap }
    }
}

impl Typeface for Predefined {
    fn encode(&mut self, text: &str) -> Result<Vec<u8>> {
        let mut codes = Vec::with_capacity(text.len());
        for c in text.chars() {
            let code = self
                .cmap
                .code(stand_in(c))
                .ok_or_else(|| Error::Character { character: c, target: self.cmap.name().to_owned() })?;
            codes.extend(code);
        }
        Ok(codes)
    }

    fn write(&self, pdf: &mut Pdf, font: Ref, next: &mut Ref) -> Result<()> {
        let (descendant, descriptor) = (next.bump(), next.bump());
        let name = Name(b"SimSun");
        pdf.type0_font(font)
            .base_font(name)
            .encoding_predefined(Name(self.cmap.name().as_bytes()))
            .descendant_font(descendant);
        let mut cid = pdf.cid_font(descendant);
        cid.subtype(CidFontType::Type2)
            .base_font(name)
            .system_info(SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"GB1"), supplement: 2 })
            .font_descriptor(descriptor)
            .default_width(1000.0);
        let mut widths = cid.widths();
        for (first, last) in HALF_WIDTH {
            widths.same(first, last, 500.0);
        }
        widths.finish();
        cid.finish();
        pdf.font_descriptor(descriptor)
            .name(name)
            .flags(FontFlags::SYMBOLIC | FontFlags::FIXED_PITCH)
            .bbox(Rect::new(-8.0, -145.0, 1000.0, 859.0))
            .italic_angle(0.0)
            .ascent(859.0)
            .descent(-141.0)
            .cap_height(683.0)
            .stem_v(80.0);
        Ok(())
    }
}
