//! The part of a font that a document uses, with glyphs numbered anew.

use std::collections::BTreeMap;

use subsetter::GlyphRemapper;

use super::{Face, cmap_table, sfnt, unusable};
use crate::error::{Error, Result};
use crate::pdf::stand_in;

/// Collects the glyphs a document uses. In PDF terms the new glyph numbers are the CIDs.
pub(crate) struct Subset<'a> {
    face: Face<'a>,
    glyphs: GlyphRemapper,
    /// The character that first asked for each new glyph.
    characters: BTreeMap<u16, char>,
}

/// The outlines of a subset, as PDF wants them.
pub(crate) enum Outlines {
    /// A whole TrueType font.
    TrueType(Vec<u8>),
    /// The bare `CFF ` table.
    Cff(Vec<u8>),
}

impl<'a> Subset<'a> {
    pub(crate) fn new(face: Face<'a>) -> Self {
        Self { face, glyphs: GlyphRemapper::new(), characters: BTreeMap::new() }
    }

    /// The two-byte codes of a text.
    pub(crate) fn encode(&mut self, text: &str) -> Result<Vec<u8>> {
        let mut codes = Vec::with_capacity(text.len());
        for c in text.chars().map(stand_in) {
            let Some(glyph) = self.face.glyph(c) else {
                let target = self.face.source.family.post_script_name().to_owned();
                return Err(Error::Character { character: c, target });
            };
            let glyph = self.glyphs.remap(glyph);
            self.characters.entry(glyph).or_insert(c);
            codes.extend(glyph.to_be_bytes());
        }
        Ok(codes)
    }

    /// New glyph numbers and the characters they show.
    pub(crate) fn characters(&self) -> impl Iterator<Item = (u16, char)> {
        self.characters.iter().map(|(&glyph, &c)| (glyph, c))
    }

    /// The advances of the new glyphs from 0 on, in thousandths of an em.
    pub(crate) fn widths(&self) -> impl Iterator<Item = f32> {
        self.glyphs.remapped_gids().map(|glyph| (self.face.glyph_advance(glyph) * 1000.0).round())
    }

    /// The font's name with the six-letter tag of a subset, which its characters determine.
    pub(crate) fn name(&self) -> String {
        let mut hash = self.characters.values().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &c| {
            (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0100_0000_01b3)
        });
        let mut name = String::new();
        for _ in 0..6 {
            name.push(char::from(b'A' + (hash % 26) as u8));
            hash /= 26;
        }
        name.push('+');
        name.push_str(self.face.source.family.post_script_name());
        name
    }

    /// Ascent, descent (below zero) and cap height, in thousandths of an em.
    pub(crate) fn vertical(&self) -> [f32; 3] {
        let metrics = &self.face.metrics;
        let cap_height = metrics.cap_height.unwrap_or(metrics.ascent * 0.8);
        [metrics.ascent, metrics.descent, cap_height].map(|v| (v / self.face.em() * 1000.0).round())
    }

    /// The box around all glyphs of the font, in thousandths of an em: left, bottom, right, top.
    pub(crate) fn bounds(&self) -> [f32; 4] {
        let [_, descent, _] = self.vertical();
        let Some(bounds) = self.face.metrics.bounds else { return [0.0, descent, 1000.0, 1000.0] };
        [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max]
            .map(|v| (v / self.face.em() * 1000.0).round())
    }

    /// The outlines. `keep_cmap` keeps the font's own map from characters to glyphs in it, which
    /// only TrueType subsets can carry.
    pub(crate) fn outlines(&self, keep_cmap: bool) -> Result<Outlines> {
        let source = self.face.source;
        let broken = |reason: &dyn ToString| unusable(source.family, reason.to_string());
        let font =
            subsetter::subset(&source.data, source.index, &self.glyphs).map_err(|error| broken(&error))?;
        if let Some(cff) = sfnt::table(&font, *b"CFF ") {
            return match keep_cmap {
                true => Err(broken(&"CFF outlines are embedded without a character map")),
                false => Ok(Outlines::Cff(cff.to_vec())),
            };
        }
        if !keep_cmap {
            return Ok(Outlines::TrueType(font));
        }
        let by_character: BTreeMap<char, u16> = self.characters().map(|(glyph, c)| (c, glyph)).collect();
        sfnt::with_table(&font, *b"cmap", cmap_table::format_4(by_character))
            .map(Outlines::TrueType)
            .ok_or_else(|| broken(&"the subset has no table directory"))
    }
}
