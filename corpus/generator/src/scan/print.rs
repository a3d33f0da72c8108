//! Leaf → worn picture and truth.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder};
use pdf_writer::Content;

use super::gray::Gray;
use super::leaf::Leaf;
use super::place::Place;
use super::seal::Seal;
use super::truth::{LineTruth, PageTruth, SealTruth, SlotTruth, TableTruth};
use super::variant::{Format, Wear};
use super::{pen, raster, wear};
use crate::error::{Error, Result};
use crate::font::Font;
use crate::layout::{A4_HEIGHT, A4_WIDTH};
use crate::pdf::{Embedded, Finish, Mapping, Sheet, Typeface, assemble, pages_to_sheets};
use crate::seed::Random;

/// A scanned page: one plane (gray) or three (red, green, blue), as the file shows them.
pub(super) struct Scan {
    pub(super) planes: Vec<Gray>,
    pub(super) truth: PageTruth,
}

/// The typefaces of a page.
pub(super) struct Fonts<'a> {
    pub(super) text: &'a Font,
    pub(super) seals: &'a Font,
}

/// Prints a leaf, stamps and signs it, wears it and turns it by `turn` degrees against the clock.
pub(super) fn scan(
    leaf: &Leaf,
    fonts: &Fonts<'_>,
    how: &Wear,
    turn: u16,
    random: &mut Random,
) -> Result<Scan> {
    let mut planes = Vec::from(printed(leaf, fonts, how.dpi, random)?);
    if !leaf.seals.is_empty() {
        let seals = stamped(&leaf.seals, fonts.seals, how.dpi)?;
        let patches = Patches::new(random);
        for (plane, seals) in planes.iter_mut().zip(&seals) {
            *plane = inked(plane, seals, &patches);
        }
    }
    if !how.colour {
        planes = vec![raster::gray(&planes)];
    }
    let size = (planes[0].width, planes[0].height);
    let place = Place::random(size, how.dpi, how.skew, random);
    let worn = wear::worn(&planes, how, &place, random);
    let truth = PageTruth { dpi: how.dpi, turn, ..truth(leaf, &place) };
    Ok(Scan { planes: worn.iter().map(|plane| plane.turned_left(turn / 90)).collect(), truth })
}

/// Text, rules and signatures.
fn printed(leaf: &Leaf, fonts: &Fonts<'_>, dpi: u16, random: &mut Random) -> Result<[Gray; 3]> {
    let mut typeface = Embedded::new(fonts.text.face()?, Mapping::None);
    let finish = Finish { fake_bold: random.below(2) == 0, rotated: false };
    let mut sheets = pages_to_sheets(std::slice::from_ref(&leaf.page), &mut typeface, finish)?;
    let mut pens = Content::new();
    for slot in leaf.slots.iter().filter(|slot| slot.signed) {
        pen::sign(&mut pens, slot.bounds, random);
    }
    if let Some(Sheet::Text(content)) = sheets.first_mut() {
        content.push(b'\n');
        content.extend(pens.finish().into_vec());
    }
    raster::colours(assemble(&sheets, Some(&mut typeface), false)?, dpi)
}

/// Seals alone, on white.
fn stamped(seals: &[Seal], font: &Font, dpi: u16) -> Result<[Gray; 3]> {
    let mut typeface = Embedded::new(font.face()?, Mapping::None);
    let mut content = Content::new();
    for seal in seals {
        seal.draw(&mut content, &mut typeface)?;
    }
    let sheet = Sheet::Text(content.finish().into_vec());
    let typeface: &mut dyn Typeface = &mut typeface;
    raster::colours(assemble(&[sheet], Some(typeface), false)?, dpi)
}

/// Ink on ink takes light twice; a seal's ink lies in patches.
fn inked(page: &Gray, seals: &Gray, patches: &Patches) -> Gray {
    page.map(|x, y| {
        let (u, v) = (x as isize, y as isize);
        let seal = seals.at(u, v);
        if seal > 254.0 {
            return page.at(u, v);
        }
        page.at(u, v) * (1.0 - (1.0 - seal / 255.0) * patches.at(x, y))
    })
}

/// How much ink a seal left where: noise between the knots of a grid.
struct Patches {
    knots: Vec<f32>,
}

impl Patches {
    const SIDE: usize = 64;
    /// Pixels between knots.
    const STEP: usize = 7;

    fn new(random: &mut Random) -> Self {
        let least = 0.45 + 0.3 * random.unit();
        let knots = (0..Self::SIDE * Self::SIDE).map(|_| least + (1.15 - least) * random.unit()).collect();
        Self { knots }
    }

    fn at(&self, x: usize, y: usize) -> f32 {
        let knot = |x: usize, y: usize| self.knots[(y % Self::SIDE) * Self::SIDE + x % Self::SIDE];
        let (column, row) = (x / Self::STEP, y / Self::STEP);
        let fx = (x % Self::STEP) as f32 / Self::STEP as f32;
        let fy = (y % Self::STEP) as f32 / Self::STEP as f32;
        let upper = knot(column, row) * (1.0 - fx) + knot(column + 1, row) * fx;
        let lower = knot(column, row + 1) * (1.0 - fx) + knot(column + 1, row + 1) * fx;
        (upper * (1.0 - fy) + lower * fy).min(1.0)
    }
}

fn truth(leaf: &Leaf, place: &Place) -> PageTruth {
    let line = |line: &super::leaf::Line| LineTruth {
        text: line.text.clone(),
        quad: place.quad(line.bounds),
        role: line.role,
        cell: line.cell.map(|(table, cell)| [table, cell.row, cell.column]),
        under_seal: leaf.seals.iter().any(|seal| touches(seal, line.bounds)),
    };
    PageTruth {
        file: String::new(),
        variant: String::new(),
        source: String::new(),
        page: leaf.number,
        font: String::new(),
        dpi: 0,
        width: place.size.0,
        height: place.size.1,
        turn: 0,
        skew: -place.angle.to_degrees(),
        lines: leaf.lines.iter().map(line).collect(),
        tables: leaf
            .tables
            .iter()
            .map(|table| TableTruth {
                quad: place.quad(table.bounds),
                rows: table.rows,
                columns: table.columns,
            })
            .collect(),
        seals: leaf.seals.iter().map(|seal| seal_truth(seal, place)).collect(),
        slots: leaf
            .slots
            .iter()
            .map(|slot| SlotTruth {
                label: slot.label.clone(),
                quad: place.quad(slot.bounds),
                signed: slot.signed,
            })
            .collect(),
    }
}

fn seal_truth(seal: &Seal, place: &Place) -> SealTruth {
    let [left, top, right, bottom] = seal.bounds();
    SealTruth {
        bounds: place.bounds(seal.bounds()),
        shape: seal.shape,
        name: seal.name.clone(),
        purpose: seal.purpose.clone(),
        serial: seal.serial.clone(),
        straddles_edge: left < 0.0 || top < 0.0 || right > A4_WIDTH || bottom > A4_HEIGHT,
        tilt: seal.tilt.to_degrees(),
    }
}

/// Whether a seal lies over a line, looked at every two points along its middle.
fn touches(seal: &Seal, [left, top, right, bottom]: [f32; 4]) -> bool {
    let steps = ((right - left) / 2.0).ceil().max(1.0) as usize;
    (0..=steps).any(|step| {
        let x = left + (right - left) * step as f32 / steps as f32;
        [top, (top + bottom) / 2.0, bottom].iter().any(|&y| seal.covers((x, y)))
    })
}

/// The file of a picture.
pub(super) fn encode(planes: &[Gray], format: Format) -> Result<Vec<u8>> {
    let Some(first) = planes.first() else { return Err(Error::Picture("no pixels".to_owned())) };
    let (width, height) = (first.width as u32, first.height as u32);
    let pixels = bytes(planes);
    let kind = if planes.len() == 3 { ExtendedColorType::Rgb8 } else { ExtendedColorType::L8 };
    let mut file = Vec::new();
    let written = match format {
        Format::Png => PngEncoder::new(&mut file).write_image(&pixels, width, height, kind),
        Format::Jpeg(quality) => {
            JpegEncoder::new_with_quality(&mut file, quality).encode(&pixels, width, height, kind)
        }
    };
    written.map_err(|error| Error::Picture(error.to_string()))?;
    Ok(file)
}

/// The pixels row by row: red, green and blue, or gray.
pub(super) fn bytes(planes: &[Gray]) -> Vec<u8> {
    let [red, green, blue] = planes else {
        return planes.first().map(|plane| plane.pixels.clone()).unwrap_or_default();
    };
    let pixels = red.pixels.iter().zip(&green.pixels).zip(&blue.pixels);
    pixels.flat_map(|((&red, &green), &blue)| [red, green, blue]).collect()
}
