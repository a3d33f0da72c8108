//! Characters for glyphs of fonts that have no `ToUnicode` map.
//!
//! The interpreter knows `ToUnicode`, glyph names, and character collections of fonts that are *not*
//! embedded. Chinese programs embed fonts and leave the map out; two more witnesses are asked then: the
//! font program's own `cmap`, read backwards, and the character collection (ISO 32000-1, 9.7.5.2, 9.10.2).

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use hayro_interpret::font::{OutlineFontData, OutlineGlyph};
use hayro_interpret::hayro_cmap::{self, BfString, CMap, CMapName, CidFamily};
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Stream, String as PdfString};
use hayro_interpret::hayro_syntax::page::Resources;
use skrifa::{FontRef, MetadataProvider};

use super::symbols;
use crate::read::layout::Symbol;

/// How deep form XObjects are searched for fonts, and how many of them at each level.
const DEPTH: u32 = 3;
const FORMS: usize = 50;

/// Character code → CID → character, for one composite font.
#[derive(Debug)]
struct Collection {
    encoding_name: Vec<u8>,
    family: CidFamily,
    encoding: CMap,
    to_unicode: CMap,
}

/// What is known of a document's fonts beyond what the interpreter says.
#[derive(Debug, Default)]
pub(super) struct FontTable {
    /// By PostScript name without subset tag; `None` where two fonts of that name differ.
    collections: HashMap<String, Option<Collection>>,
    /// By font program: glyph → character.
    reverse: HashMap<u128, HashMap<u32, char>>,
}

impl FontTable {
    /// Notes the composite fonts without `ToUnicode` of a page and its forms.
    pub(super) fn learn(&mut self, resources: &Resources<'_>) {
        self.learn_level(resources, 0);
    }

    fn learn_level(&mut self, resources: &Resources<'_>, depth: u32) {
        for key in resources.fonts.keys() {
            if let Some(font) = resources.fonts.get::<Dict<'_>>(&*key) {
                self.learn_font(&font);
            }
        }
        if depth == DEPTH {
            return;
        }
        for key in resources.x_objects.keys().take(FORMS) {
            let form = resources.x_objects.get::<Stream<'_>>(&*key);
            if let Some(inner) = form.and_then(|form| form.dict().get::<Dict<'_>>("Resources")) {
                self.learn_level(&Resources::new(inner), depth + 1);
            }
        }
    }

    fn learn_font(&mut self, font: &Dict<'_>) -> Option<()> {
        if font.contains_key("ToUnicode") {
            return None;
        }
        let descendant = font.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
        let base_font = font.get::<Name<'_>>("BaseFont")?;
        let encoding_name = font.get::<Name<'_>>("Encoding")?;
        let family = family(&encoding_name, &descendant)?;
        match self.collections.entry(without_subset_tag(base_font.as_str()).to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(Collection::new(&encoding_name, family));
            }
            Entry::Occupied(mut entry) => {
                let same = |c: &Collection| c.encoding_name == *encoding_name && c.family == family;
                if !entry.get().as_ref().is_some_and(same) {
                    entry.insert(None);
                }
            }
        }
        Some(())
    }

    /// What a glyph says, by its font program or its character collection.
    pub(super) fn recover(&mut self, glyph: &OutlineGlyph) -> Option<Symbol> {
        let font = glyph.font_data()?;
        self.by_program(&font, glyph.glyph_id().to_u32())
            .map(symbols::of_char)
            .or_else(|| self.by_collection(&font, glyph.char_code()))
    }

    fn by_program(&mut self, font: &OutlineFontData, glyph: u32) -> Option<char> {
        let map = self.reverse.entry(font.cache_key).or_insert_with(|| reverse_map((*font.data).as_ref()));
        map.get(&glyph).copied()
    }

    fn by_collection(&self, font: &OutlineFontData, code: u32) -> Option<Symbol> {
        let collection = self.collections.get(font.postscript_name.as_deref()?)?.as_ref()?;
        collection.lookup(code).map(of_bf_string)
    }
}

impl Collection {
    fn new(encoding_name: &[u8], family: CidFamily) -> Option<Self> {
        let encoding = encoding_cmap(encoding_name)?;
        let to_unicode = predefined(family.ucs2_cmap()?)?;
        Some(Self { encoding_name: encoding_name.to_vec(), family, encoding, to_unicode })
    }

    fn lookup(&self, code: u32) -> Option<BfString> {
        let shortest = (4 - code.leading_zeros() / 8).max(1) as u8;
        let cid = (shortest..=4).find_map(|bytes| self.encoding.lookup_cid_code(code, bytes))?;
        self.to_unicode.lookup_bf_string(cid)
    }
}

/// The symbol for what a map of the file says.
pub(super) fn of_bf_string(text: BfString) -> Symbol {
    match text {
        BfString::Char(c) => symbols::of_char(c),
        BfString::String(text) => symbols::of_text(&text),
    }
}

/// The character collection of a composite font: its CMap's, or where that is Identity its CIDFont's.
fn family(encoding: &[u8], descendant: &Dict<'_>) -> Option<CidFamily> {
    let by_encoding = encoding_cmap(encoding)?.metadata().character_collection.clone().map(|c| c.family);
    by_encoding.filter(|family| *family != CidFamily::AdobeIdentity).or_else(|| {
        let info = descendant.get::<Dict<'_>>("CIDSystemInfo")?;
        let registry = info.get::<PdfString<'_>>("Registry")?;
        let ordering = info.get::<PdfString<'_>>("Ordering")?;
        Some(CidFamily::from_registry_ordering(registry.as_bytes(), ordering.as_bytes()))
    })
}

fn encoding_cmap(name: &[u8]) -> Option<CMap> {
    match name {
        b"Identity-H" => Some(CMap::identity_h()),
        b"Identity-V" => Some(CMap::identity_v()),
        other => predefined(CMapName::from_bytes(other)),
    }
}

fn predefined(name: CMapName<'_>) -> Option<CMap> {
    CMap::parse(hayro_cmap::load_embedded(name)?, hayro_cmap::load_embedded)
}

/// `ABCDEF+SimSun` → `SimSun`.
fn without_subset_tag(name: &str) -> &str {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 => rest,
        _ => name,
    }
}

/// Glyph → character, from a font program's Unicode `cmap`. Of several characters with one glyph a
/// unified ideograph is preferred to a radical; private codes say nothing.
fn reverse_map(program: &[u8]) -> HashMap<u32, char> {
    let mut map: HashMap<u32, char> = HashMap::new();
    let Ok(font) = FontRef::from_index(program, 0) else { return map };
    for (code, glyph) in font.charmap().mappings() {
        let Some(c) = char::from_u32(code).filter(|&c| !symbols::is_private(c) && !c.is_control()) else {
            continue;
        };
        let known = map.entry(glyph.to_u32()).or_insert(c);
        if matches!(*known, '\u{2E80}'..='\u{2FDF}') {
            *known = c;
        }
    }
    map
}
