//! Fonts to embed: where they are, how wide their glyphs are, and subsets of them.

mod book;
mod cmap_table;
mod sfnt;
mod subset;

pub use book::FontBook;
pub(crate) use subset::{Outlines, Subset};

use serde::Deserialize;
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::{GlyphMetrics, Metrics as FaceMetrics};
use skrifa::raw::FileRef;
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use crate::error::{Error, Result};
use crate::layout::Metrics;

/// A font family that this crate can embed. All of them come as packages of Debian.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Family {
    /// AR PL SungtiL GB, TrueType, GB 2312 only (`fonts-arphic-gbsn00lp`).
    Song,
    /// AR PL KaitiM GB, TrueType, GB 2312 only (`fonts-arphic-gkai00mp`).
    Kai,
    /// WenQuanYi Zen Hei, TrueType (`fonts-wqy-zenhei`).
    Hei,
    /// Noto Serif CJK SC, CFF outlines (`fonts-noto-cjk`).
    NotoSerif,
    /// Noto Sans CJK SC, CFF outlines (`fonts-noto-cjk`).
    NotoSans,
    /// AR PL UMing CN, TrueType, a Song (`fonts-arphic-uming`).
    Uming,
    /// AR PL UKai CN, TrueType, a Kai (`fonts-arphic-ukai`).
    Ukai,
    /// WenQuanYi Micro Hei, TrueType (`fonts-wqy-microhei`).
    MicroHei,
    /// LXGW WenKai (霞鹜文楷), TrueType, a Kai written with a pen (`fonts-lxgw-wenkai`).
    WenKai,
}

impl Family {
    /// The name of its file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Song => "gbsn00lp.ttf",
            Self::Kai => "gkai00mp.ttf",
            Self::Hei => "wqy-zenhei.ttc",
            Self::NotoSerif => "NotoSerifCJK-Regular.ttc",
            Self::NotoSans => "NotoSansCJK-Regular.ttc",
            Self::Uming => "uming.ttc",
            Self::Ukai => "ukai.ttc",
            Self::MicroHei => "wqy-microhei.ttc",
            Self::WenKai => "LXGWWenKai-Regular.ttf",
        }
    }

    /// The family's name inside a collection; `None` where the file holds one font.
    fn member_name(self) -> Option<&'static str> {
        match self {
            Self::Song | Self::Kai | Self::WenKai => None,
            Self::Hei => Some("WenQuanYi Zen Hei"),
            Self::NotoSerif => Some("Noto Serif CJK SC"),
            Self::NotoSans => Some("Noto Sans CJK SC"),
            Self::Uming => Some("AR PL UMing CN"),
            Self::Ukai => Some("AR PL UKai CN"),
            Self::MicroHei => Some("WenQuanYi Micro Hei"),
        }
    }

    /// The name to embed it under.
    fn post_script_name(self) -> &'static str {
        match self {
            Self::Song => "SungtiL-GB",
            Self::Kai => "KaitiM-GB",
            Self::Hei => "WenQuanYiZenHei",
            Self::NotoSerif => "NotoSerifCJKsc-Regular",
            Self::NotoSans => "NotoSansCJKsc-Regular",
            Self::Uming => "UMingCN",
            Self::Ukai => "UKaiCN",
            Self::MicroHei => "WenQuanYiMicroHei",
            Self::WenKai => "LXGWWenKai-Regular",
        }
    }
}

/// A font file in memory.
#[derive(Debug)]
pub struct Font {
    family: Family,
    data: Vec<u8>,
    /// Which font of a collection.
    index: u32,
}

impl Font {
    /// Takes a font file's bytes.
    ///
    /// # Errors
    ///
    /// If they are no font, or a collection without the family.
    pub fn new(family: Family, data: Vec<u8>) -> Result<Self> {
        let index = member(&data, family).ok_or_else(|| unusable(family, "no such font in the file"))?;
        Ok(Self { family, data, index })
    }

    /// A view that knows characters and widths.
    ///
    /// # Errors
    ///
    /// If the font's tables cannot be read.
    pub fn face(&self) -> Result<Face<'_>> {
        let font =
            FontRef::from_index(&self.data, self.index).map_err(|error| unusable(self.family, error))?;
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        Ok(Face {
            source: self,
            charmap: font.charmap(),
            advances: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            metrics,
        })
    }
}

/// The index of the family's font in the file.
fn member(data: &[u8], family: Family) -> Option<u32> {
    let file = FileRef::new(data).ok()?;
    let Some(name) = family.member_name() else { return Some(0) };
    let named = |font: &FontRef<'_>| {
        font.localized_strings(StringId::FAMILY_NAME).any(|family| family.chars().eq(name.chars()))
    };
    let position = file.fonts().position(|font| font.is_ok_and(|font| named(&font)))?;
    u32::try_from(position).ok()
}

fn unusable(family: Family, reason: impl ToString) -> Error {
    Error::FontUnusable { family, reason: reason.to_string() }
}

/// A font ready for look-ups.
pub struct Face<'a> {
    source: &'a Font,
    charmap: Charmap<'a>,
    advances: GlyphMetrics<'a>,
    metrics: FaceMetrics,
}

impl Face<'_> {
    /// Whether the font has every character of `text`.
    #[cfg(feature = "scans")]
    pub(crate) fn covers(&self, text: &str) -> bool {
        let shown = |c: char| c.is_control() || self.glyph(crate::pdf::stand_in(c)).is_some();
        text.chars().all(shown)
    }

    /// The glyph of `c`, in the font's own numbering.
    fn glyph(&self, c: char) -> Option<u16> {
        let glyph = self.charmap.map(c)?.to_u32();
        u16::try_from(glyph).ok().filter(|&glyph| glyph != 0)
    }

    /// The advance of a glyph, in em.
    fn glyph_advance(&self, glyph: u16) -> f32 {
        self.advances.advance_width(glyph.into()).unwrap_or(0.0) / self.em()
    }

    /// Font units per em.
    fn em(&self) -> f32 {
        f32::from(self.metrics.units_per_em.max(1))
    }
}

impl Metrics for Face<'_> {
    /// A character that the font lacks takes a whole em; embedding it fails later.
    fn advance(&self, c: char) -> f32 {
        self.glyph(crate::pdf::stand_in(c)).map_or(1.0, |glyph| self.glyph_advance(glyph))
    }
}
