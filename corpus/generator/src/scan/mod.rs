//! Renders documents as scans.
//!
//! [`render`] makes the plain kind that the sample archive holds: each page one gray JPEG, a little askew, soft and
//! noisy. [`pages`] makes pages for tuning and measuring, signed, sealed and worn in several ways ([`Variant`]), each
//! with its [`truth`]; [`write_bundles`] makes whole contracts of them, as PDF and TIFF files.

pub mod align;
mod bundle;
mod g4;
mod gray;
mod layer;
mod leaf;
pub mod pages;
mod pen;
mod place;
mod print;
mod raster;
mod seal;
mod stamp;
pub mod truth;
mod variant;
mod wear;

pub use bundle::{Bundle, bundle, write_bundles};
pub use variant::Variant;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageError};

use crate::error::{Error, Result};
use crate::font::FontBook;
use crate::pdf::{self, Coding, Finish, PdfKind, Picture, Sheet, assemble};
use crate::rendering::ScanSpec;
use crate::seed::Random;
use crate::source::Document;
use gray::Gray;

/// JPEG quality: that of office scanners set to small files.
const QUALITY: u8 = 35;

/// Renders a document as pictures of its pages.
///
/// # Errors
///
/// If the font is missing or lacks a character.
pub fn render(document: &Document, spec: &ScanSpec, fonts: &FontBook) -> Result<Vec<u8>> {
    if let Some(container) = spec.container {
        return bundle::filed(document, spec, container, fonts);
    }
    let kind = PdfKind::Embedded(spec.font);
    let sheet = pdf::render(document, kind, Finish::default(), fonts)?;
    let pictures = pictures(sheet, spec.dpi, spec.seed)?;
    let sheets: Vec<Sheet> = pictures.into_iter().map(Sheet::Picture).collect();
    assemble(&sheets, None, false)
}

/// The scanned pages of a PDF.
pub(crate) fn pictures(pdf: Vec<u8>, dpi: u16, seed: u64) -> Result<Vec<Picture>> {
    let pages = raster::pages(pdf, dpi)?;
    let scanned = pages.iter().enumerate().map(|(index, page)| {
        let mut random = Random::new(seed, index as u64);
        encode(&wear::scanned(page, &mut random))
    });
    scanned.collect::<Result<_, ImageError>>().map_err(|error| Error::Picture(error.to_string()))
}

fn encode(page: &Gray) -> Result<Picture, ImageError> {
    let (width, height) = (page.width as u32, page.height as u32);
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode(
        &page.pixels,
        width,
        height,
        ExtendedColorType::L8,
    )?;
    Ok(Picture { width, height, data: jpeg, coding: Coding::Jpeg { colour: false }, layer: None })
}
