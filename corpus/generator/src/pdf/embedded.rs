//! Fonts that travel inside the file, as subsets under Identity-H.

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish as _, Name, Pdf, Rect, Ref, Str};

use super::Typeface;
use super::file::deflate;
use crate::error::Result;
use crate::font::{Face, Outlines, Subset};

/// What tells a reader which characters the glyphs show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mapping {
    /// A ToUnicode stream.
    ToUnicode,
    /// The `cmap` table inside the font file.
    FontCmap,
    /// Nothing.
    None,
}

/// An embedded subset.
pub(crate) struct Embedded<'a> {
    subset: Subset<'a>,
    mapping: Mapping,
}

const IDENTITY: SystemInfo<'_> =
    SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

impl<'a> Embedded<'a> {
    pub(crate) fn new(face: Face<'a>, mapping: Mapping) -> Self {
        Self { subset: Subset::new(face), mapping }
    }

    fn write_descriptor(&self, pdf: &mut Pdf, id: Ref, name: &str, file: Ref, true_type: bool) {
        let [ascent, descent, cap_height] = self.subset.vertical();
        let [left, bottom, right, top] = self.subset.bounds();
        let mut descriptor = pdf.font_descriptor(id);
        descriptor
            .name(Name(name.as_bytes()))
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(left, bottom, right, top))
            .italic_angle(0.0)
            .ascent(ascent)
            .descent(descent)
            .cap_height(cap_height)
            .stem_v(80.0);
        match true_type {
            true => descriptor.font_file2(file),
            false => descriptor.font_file3(file),
        };
    }

    fn write_unicode_map(&self, pdf: &mut Pdf, id: Ref) {
        let info = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"UCS"), supplement: 0 };
        let mut map = UnicodeCmap::new(Name(b"Adobe-Identity-UCS"), info);
        for (glyph, c) in self.subset.characters() {
            map.pair(glyph, c);
        }
        pdf.stream(id, &deflate(&map.finish())).filter(Filter::FlateDecode);
    }
}

impl Typeface for Embedded<'_> {
    fn encode(&mut self, text: &str) -> Result<Vec<u8>> {
        self.subset.encode(text)
    }

    fn write(&self, pdf: &mut Pdf, font: Ref, next: &mut Ref) -> Result<()> {
        let outlines = self.subset.outlines(self.mapping == Mapping::FontCmap)?;
        let (true_type, data) = match &outlines {
            Outlines::TrueType(data) => (true, data),
            Outlines::Cff(data) => (false, data),
        };
        let (descendant, descriptor, file, map) = (next.bump(), next.bump(), next.bump(), next.bump());
        let name = self.subset.name();

        let mut type0 = pdf.type0_font(font);
        type0
            .base_font(Name(name.as_bytes()))
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(descendant);
        if self.mapping == Mapping::ToUnicode {
            type0.to_unicode(map);
        }
        type0.finish();
        if self.mapping == Mapping::ToUnicode {
            self.write_unicode_map(pdf, map);
        }

        let mut cid = pdf.cid_font(descendant);
        cid.subtype(if true_type { CidFontType::Type2 } else { CidFontType::Type0 })
            .base_font(Name(name.as_bytes()))
            .system_info(IDENTITY)
            .font_descriptor(descriptor)
            .default_width(1000.0);
        cid.widths().consecutive(0, self.subset.widths());
        if true_type {
            cid.cid_to_gid_map_predefined(Name(b"Identity"));
        }
        cid.finish();
        self.write_descriptor(pdf, descriptor, &name, file, true_type);

        let packed = deflate(data);
        let mut stream = pdf.stream(file, &packed);
        stream.filter(Filter::FlateDecode);
        match true_type {
            true => stream.pair(Name(b"Length1"), data.len() as i32),
            false => stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C")),
        };
        Ok(())
    }
}
