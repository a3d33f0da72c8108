//! PDF → pixels.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::gray::Gray;
use crate::error::{Error, Result};

/// All pages at a resolution, in pixels per inch.
pub(super) fn pages(pdf: Vec<u8>, dpi: u16) -> Result<Vec<Gray>> {
    rendered(pdf, dpi, |width, height, rgba| Gray {
        width,
        height,
        pixels: rgba.chunks_exact(4).map(luma).collect(),
    })
}

/// The first page in red, green and blue.
pub(super) fn colours(pdf: Vec<u8>, dpi: u16) -> Result<[Gray; 3]> {
    let pages = rendered(pdf, dpi, |width, height, rgba| {
        [0, 1, 2].map(|plane| Gray {
            width,
            height,
            pixels: rgba.iter().skip(plane).step_by(4).copied().collect(),
        })
    })?;
    pages.into_iter().next().ok_or_else(|| Error::Picture("no page".to_owned()))
}

/// The lightness of red, green and blue planes; of one plane, itself.
pub(super) fn gray(planes: &[Gray]) -> Gray {
    let [red, green, blue] = planes else { return planes[0].clone() };
    let pixels = red.pixels.iter().zip(&green.pixels).zip(&blue.pixels);
    let pixels = pixels.map(|((&red, &green), &blue)| luma(&[red, green, blue])).collect();
    Gray { width: red.width, height: red.height, pixels }
}

fn rendered<T>(pdf: Vec<u8>, dpi: u16, take: impl Fn(usize, usize, &[u8]) -> T) -> Result<Vec<T>> {
    let pdf = Pdf::new(pdf).map_err(|error| Error::Picture(format!("{error:?}")))?;
    let scale = f32::from(dpi) / 72.0;
    let pixmap = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let interpreter = InterpreterSettings::default();
    let cache = RenderCache::new();
    let picture = |page| {
        let settings = RenderSettings { hinting: false, ..RenderSettings::default() };
        let picture = render(page, &cache, &interpreter, &settings, &pixmap);
        take(picture.width().into(), picture.height().into(), picture.data_as_u8_slice())
    };
    Ok(pdf.pages().iter().map(picture).collect())
}

/// The lightness of an opaque RGBA pixel (ITU-R BT.601, in 256ths).
fn luma(pixel: &[u8]) -> u8 {
    let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(u32::from);
    ((77 * red + 150 * green + 29 * blue) >> 8) as u8
}
