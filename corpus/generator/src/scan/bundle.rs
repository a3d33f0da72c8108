//! A whole contract as one scanned file.

use super::gray::Gray;
use super::leaf::{self, Leaf};
use super::pages::{self, Split};
use super::print::{self, Fonts, Scan};
use super::stamp::{self, Extras};
use super::truth::PageTruth;
use super::variant::{Format, Variant};
use super::{g4, layer, raster};
use crate::error::{Error, Result};
use crate::font::{Font, FontBook};
use crate::golden::Golden;
use crate::pdf::{Coding, Embedded, Mapping, Picture, Sheet, Typeface, assemble, deflate};
use crate::seed::Random;

/// The file that holds the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// A PDF of JPEG pictures.
    Jpeg,
    /// A PDF of losslessly compressed pictures.
    Flate,
    /// A PDF of pictures in black and white (ITU-T T.6).
    G4,
    /// A PDF of JPEG pictures above the faulty text of somebody's OCR.
    Layered,
    /// A TIFF of many pages in black and white (ITU-T T.6).
    Tiff,
}

impl Container {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Jpeg, Self::Flate, Self::G4, Self::Layered, Self::Tiff];

    /// The ending of the file's name.
    pub fn extension(self) -> &'static str {
        if self == Self::Tiff { "tif" } else { "pdf" }
    }

    fn is_bilevel(self) -> bool {
        matches!(self, Self::G4 | Self::Tiff)
    }
}

/// A scanned file.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its pages.
    pub pages: Vec<PageTruth>,
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
    let document = golden.document()?;
    let turn = golden.slug.len();
    let mut random = Random::new(split.seed() + 5000 + variant as u64, turn as u64);
    let family = pages::covering(split, turn, &golden.text, fonts)?;
    let (font, seals) = (fonts.font(family)?, fonts.font(split.seals())?);
    let mut leaves = leaf::leaves(&document, &font.face()?, &pages::style(&mut random));
    stamp::stamp(&mut leaves, &document, &golden.truth, Extras::None, &mut random);
    let mut scans = Vec::new();
    for leaf in &leaves {
        let typefaces = Fonts { text: &font, seals: pages::seal_font(leaf, &seals, &font)? };
        let mut scan = print::scan(leaf, &typefaces, &variant.wear(), 0, &mut random)?;
        scan.truth.variant = variant.letter().to_owned();
        scan.truth.source = golden.slug.clone();
        scan.truth.font = format!("{family:?}");
        scans.push(scan);
    }
    let bytes = packed(&leaves, &scans, variant, container, &font, &mut random)?;
    Ok(Bundle { bytes, pages: scans.into_iter().map(|scan| scan.truth).collect() })
}

fn packed(
    leaves: &[Leaf],
    scans: &[Scan],
    variant: Variant,
    container: Container,
    font: &Font,
    random: &mut Random,
) -> Result<Vec<u8>> {
    if container == Container::Tiff {
        let pages: Vec<Gray> = scans.iter().map(|scan| raster::gray(&scan.planes)).collect();
        return Ok(g4::tiff(&pages, variant.wear().dpi));
    }
    let mut typeface = Embedded::new(font.face()?, Mapping::ToUnicode);
    let mut sheets = Vec::new();
    for (leaf, scan) in leaves.iter().zip(scans) {
        let mut picture = picture(scan, variant, container)?;
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

fn picture(scan: &Scan, variant: Variant, container: Container) -> Result<Picture> {
    let Some(first) = scan.planes.first() else { return Err(Error::Picture("no pixels".to_owned())) };
    let (width, height) = (first.width as u32, first.height as u32);
    let colour = scan.planes.len() == 3;
    let (data, coding) = match container {
        _ if container.is_bilevel() => (g4::encode(&raster::gray(&scan.planes)), Coding::G4),
        Container::Flate => (deflate(&print::bytes(&scan.planes)), Coding::Flate { colour }),
        _ => {
            let quality = match variant.wear().format {
                Format::Jpeg(quality) => quality,
                Format::Png => 80,
            };
            (print::encode(&scan.planes, Format::Jpeg(quality))?, Coding::Jpeg { colour })
        }
    };
    Ok(Picture { width, height, data, coding, layer: None })
}
