//! Image files: JPEG, PNG, BMP, WebP, and TIFF of many pages.
//!
//! Sizes are looked at before a pixel is decoded. A page is as large as the file's resolution says, or as 200 dpi
//! make it where the file says none, or nothing that a scanner does.

mod fax;
pub(in crate::read) mod jpeg;
mod resolution;
mod single;
#[cfg(test)]
mod tests;
mod tiff;

use hetong_ocr::Picture;

use super::guard::guarded;
use super::picture::{self, Decoded, Eyes, Flaw, Layer, Orientation, PagePicture, Scan};
use super::sheet::Sheet;
use super::{Limits, ReadError, Sink, sniff};
use crate::model::{MediaType, PageClass};

/// Bytes that decoding one picture may take beside its pixels.
const DECODER_BYTES: u64 = 768 << 20;

/// Reads an image file into `sink`, one page for each picture in it.
///
/// # Errors
///
/// [`ReadError::Damaged`] or [`ReadError::Limit`] when no picture in it can be had.
pub fn read(
    bytes: &[u8],
    media_type: MediaType,
    limits: &Limits,
    eyes: &mut dyn Eyes,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    match media_type {
        MediaType::Tiff => tiff::read(bytes, limits, eyes, sink),
        _ => single::read(bytes, media_type, limits, eyes, sink),
    }
}

/// A picture out of a file, before it is laid out.
struct Frame {
    pixels: Decoded,
    orientation: Orientation,
    /// Pixels for each inch as the file says, across and down.
    resolution: Option<(f32, f32)>,
    /// What the pixels lack.
    flaw: Option<Flaw>,
}

/// Reads one page.
fn read_page(
    number: u32,
    frame: Frame,
    limits: &Limits,
    eyes: &mut dyn Eyes,
    sink: &mut dyn Sink,
) -> Result<(), String> {
    let Frame { pixels, orientation, resolution, flaw } = frame;
    let (mut across, mut down) = resolution::believed(resolution, pixels.width, pixels.height);
    let (mut width, mut height) = (pixels.width, pixels.height);
    if orientation.transposed {
        (width, height) = (height, width);
        (across, down) = (down, across);
    }
    let stated = if resolution.is_some() { "" } else { "，文件未注明" };
    let why = format!("图像 {width}×{height}，{across:.0} dpi{stated}");
    let picture = pixels.picture(orientation).map_err(|error| error.to_string())?;
    let sheet = Sheet {
        number,
        width: width as f32 * 72.0 / across,
        height: height as f32 * 72.0 / down,
        rotation: 0,
    };
    let picture = PagePicture { picture, area: sheet.bounds(), how: "整页识别".to_owned(), flaw };
    let scan = Scan { sheet, class: PageClass::Scan, why, picture, layer: Layer::default() };
    picture::read(scan, eyes, limits.effort, sink);
    Ok(())
}

/// The pixels of a picture that stands inside another file, and what they lack.
///
/// # Errors
///
/// Why they cannot be had, in Chinese.
pub fn decode(bytes: &[u8]) -> Result<(Decoded, Option<Flaw>), String> {
    let frame = || match sniff::sniff(bytes) {
        MediaType::Tiff => tiff::frame(bytes, 1),
        media_type => match single::format(media_type) {
            Some(format) => single::frame(bytes, format).map_err(|error| error.to_string()),
            None => Err("图像格式不受支持".to_owned()),
        },
    };
    let frame = guarded(frame).unwrap_or(Err("图像解码程序遇到无法处理的内容".to_owned()));
    frame.map(|frame| (frame.pixels, frame.flaw))
}

/// Is a picture of this size read? Says why not, in Chinese.
fn checked(width: u32, height: u32) -> Result<(), String> {
    Picture::checked(width as usize, height as usize).map(|_| ()).map_err(|error| error.to_string())
}

/// Lays a row of samples over white: `alpha` is the last of each pixel's samples.
fn over_white(data: &[u8], colours: usize) -> Vec<u8> {
    let mut flat = Vec::with_capacity(data.len() / (colours + 1) * colours);
    for pixel in data.chunks_exact(colours + 1) {
        let alpha = u32::from(pixel.last().copied().unwrap_or(255));
        let over = |&value: &u8| ((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        flat.extend(pixel.iter().take(colours).map(over));
    }
    flat
}
