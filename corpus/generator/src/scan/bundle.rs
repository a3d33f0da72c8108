//! A whole contract as one scanned file.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::gray::Gray;
use super::leaf::{self, Leaf};
use super::pages::{self, Split};
use super::print::{self, Fonts, Scan};
use super::stamp::{self, Extras};
use super::truth::{PageTruth, Role};
use super::variant::{Format, Variant, Wear};
use super::{g4, layer, raster};
use crate::error::{Error, Result};
use crate::font::{Family, Font, FontBook};
use crate::golden::Golden;
use crate::layout::Style;
use crate::pdf::{Coding, Embedded, Mapping, Picture, Sheet, Typeface, assemble, deflate};
use crate::rendering::{Container, ScanSpec};
use crate::seed::Random;
use crate::source::Document;

/// A scanned file.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its pages.
    pub pages: Vec<PageTruth>,
}

/// How whole contracts are scanned, in turn.
const TURNS: [(Variant, Container); 10] = [
    (Variant::A, Container::Jpeg),
    (Variant::B, Container::Layered),
    (Variant::C, Container::G4),
    (Variant::E, Container::Flate),
    (Variant::A, Container::Tiff),
    (Variant::B, Container::Jpeg),
    (Variant::C, Container::Tiff),
    (Variant::E, Container::Jpeg),
    (Variant::A, Container::Flate),
    (Variant::B, Container::Flate),
];

/// Writes each contract of the split as one file below `out`, with its truth beside it: what is true of the contract
/// (`contract`, as in the written one) and of its `pages`. Returns the paths of the truths.
///
/// # Errors
///
/// As [`bundle`], or if a file cannot be written.
pub fn write_bundles(split: Split, goldens: &[Golden], fonts: &FontBook, out: &Path) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(out).map_err(Error::io(out))?;
    let mut truths = Vec::new();
    for (golden, (variant, container)) in split.of(goldens).into_iter().zip(TURNS.iter().copied().cycle()) {
        let mut bundle = bundle(golden, split, variant, container, fonts)?;
        let file = format!("{}.{}", golden.slug, container.extension());
        bundle.pages.iter_mut().for_each(|page| page.file = file.clone());
        let path = out.join(&file);
        fs::write(&path, &bundle.bytes).map_err(Error::io(&path))?;
        let truth = json!({ "file": file, "contract": golden.truth, "pages": bundle.pages });
        let path = path.with_extension("json");
        pages::write_truth(&path, &truth)?;
        truths.push(path);
    }
    Ok(truths)
}

/// Scans a contract as it is written: sealed, and signed where its signature block is open.
///
/// # Errors
///
/// If the contract breaks the source format, a font is missing or lacks a character.
pub fn bundle(
    golden: &Golden,
    split: Split,
    variant: Variant,
    container: Container,
    fonts: &FontBook,
) -> Result<Bundle> {
    let turn = golden.slug.len();
    let mut random = Random::new(split.seed() + 5000 + variant as u64, turn as u64);
    let text = pages::covering(split, turn, &golden.text, fonts)?;
    let office =
        Office { text, seals: split.seals(), wear: variant.wear(), style: pages::style(&mut random) };
    let mut bundle = office.file(&golden.document()?, &golden.truth, container, fonts, &mut random)?;
    for page in &mut bundle.pages {
        page.variant = variant.letter().to_owned();
        page.source = golden.slug.clone();
        page.font = format!("{text:?}");
    }
    Ok(bundle)
}

/// A sealed and signed scan for the sample archive: without noise, so that the file stays small.
pub(super) fn filed(
    document: &Document,
    spec: &ScanSpec,
    container: Container,
    fonts: &FontBook,
) -> Result<Vec<u8>> {
    let wear = Wear {
        dpi: spec.dpi,
        skew: if container == Container::Photo { 2.5 } else { 0.6 },
        shade: if container == Container::Photo { 0.4 } else { 0.0 },
        colour: !container.is_bilevel(),
        format: Format::Jpeg(45),
        ..Variant::A.wear()
    };
    let style = Style { body: 10.5, cell: 9.0, leading: 1.6, side_margin: 72.0, ..Style::default() };
    let office = Office { text: spec.font, seals: Family::Song, wear, style };
    let mut random = Random::new(spec.seed, 0);
    let open = leaf::unsigned(document);
    Ok(office.file(&open, &Value::Null, container, fonts, &mut random)?.bytes)
}

/// How an office prints and scans.
struct Office {
    text: Family,
    seals: Family,
    wear: Wear,
    style: Style,
}

impl Office {
    fn file(
        &self,
        document: &Document,
        truth: &Value,
        container: Container,
        fonts: &FontBook,
        random: &mut Random,
    ) -> Result<Bundle> {
        let (font, seals) = (fonts.font(self.text)?, fonts.font(self.seals)?);
        let mut leaves = leaf::leaves(document, &font.face()?, &self.style);
        stamp::stamp(&mut leaves, document, truth, Extras::None, random);
        if container == Container::Photo {
            leaves = Vec::from_iter(signed(leaves));
        }
        let mut scans = Vec::new();
        for leaf in &leaves {
            let typefaces = Fonts { text: &font, seals: pages::seal_font(leaf, &seals, &font)? };
            scans.push(print::scan(leaf, &typefaces, &self.wear, 0, random)?);
        }
        let bytes = self.pack(&leaves, &scans, container, &font, random)?;
        Ok(Bundle { bytes, pages: scans.into_iter().map(|scan| scan.truth).collect() })
    }

    fn pack(
        &self,
        leaves: &[Leaf],
        scans: &[Scan],
        container: Container,
        font: &Font,
        random: &mut Random,
    ) -> Result<Vec<u8>> {
        match (container, scans) {
            (Container::Tiff, _) => {
                let pages: Vec<Gray> = scans.iter().map(|scan| raster::gray(&scan.planes)).collect();
                return Ok(g4::tiff(&pages, self.wear.dpi));
            }
            (Container::Photo, [scan, ..]) => return print::encode(&scan.planes, self.jpeg()),
            _ => {}
        }
        let mut typeface = Embedded::new(font.face()?, Mapping::ToUnicode);
        let mut sheets = Vec::new();
        for (leaf, scan) in leaves.iter().zip(scans) {
            let mut picture = self.picture(scan, container)?;
            if container == Container::Layered {
                picture.layer = Some(layer::layer(leaf, &mut typeface, random)?);
            }
            sheets.push(Sheet::Picture(picture));
        }
        let typeface: Option<&mut dyn Typeface> = match container {
            Container::Layered => Some(&mut typeface),
            _ => None,
        };
        assemble(&sheets, typeface, false)
    }

    fn picture(&self, scan: &Scan, container: Container) -> Result<Picture> {
        let Some(first) = scan.planes.first() else { return Err(Error::Picture("no pixels".to_owned())) };
        let (width, height) = (first.width as u32, first.height as u32);
        let colour = scan.planes.len() == 3;
        let (data, coding) = match container {
            _ if container.is_bilevel() => (g4::encode(&raster::gray(&scan.planes)), Coding::G4),
            Container::Flate => (deflate(&print::bytes(&scan.planes)), Coding::Flate { colour }),
            _ => (print::encode(&scan.planes, self.jpeg())?, Coding::Jpeg { colour }),
        };
        Ok(Picture { width, height, data, coding, layer: None })
    }

    /// JPEG of the wear's quality.
    fn jpeg(&self) -> Format {
        match self.wear.format {
            Format::Png => Format::Jpeg(80),
            jpeg => jpeg,
        }
    }
}

/// The first page with a signature block, else the last.
fn signed(mut leaves: Vec<Leaf>) -> Option<Leaf> {
    let has_block = |leaf: &Leaf| leaf.lines.iter().any(|line| line.role == Role::Signature);
    match leaves.iter().position(has_block) {
        Some(at) => Some(leaves.swap_remove(at)),
        None => leaves.pop(),
    }
}
