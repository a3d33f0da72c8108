//! PDF → pixels.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::gray::Gray;
use crate::error::{Error, Result};

/// All pages at a resolution, in pixels per inch.
pub(super) fn pages(pdf: Vec<u8>, dpi: u16) -> Result<Vec<Gray>> {
    let pdf = Pdf::new(pdf).map_err(|error| Error::Picture(format!("{error:?}")))?;
    let scale = f32::from(dpi) / 72.0;
    let pixmap = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let interpreter = InterpreterSettings::default();
    let cache = RenderCache::new();
    let gray = |page| {
        let settings = RenderSettings { hinting: false, ..RenderSettings::default() };
        let picture = render(page, &cache, &interpreter, &settings, &pixmap);
        Gray {
            width: picture.width().into(),
            height: picture.height().into(),
            pixels: picture.data_as_u8_slice().chunks_exact(4).map(luma).collect(),
        }
    };
    Ok(pdf.pages().iter().map(gray).collect())
}

/// The lightness of an opaque RGBA pixel (ITU-R BT.601, in 256ths).
fn luma(pixel: &[u8]) -> u8 {
    let [red, green, blue] = [pixel[0], pixel[1], pixel[2]].map(u32::from);
    ((77 * red + 150 * green + 29 * blue) >> 8) as u8
}
