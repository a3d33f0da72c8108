//! Decodes the one image of a page.

use hayro_interpret::{Image, ImageData, ImageDrawProps};

use super::watch::Watcher;
use crate::read::picture::Decoded;

/// Waits for an image of a size, and decodes it.
pub(super) struct Capture {
    wanted: (u32, u32),
    /// The image, once it came.
    pub(super) image: Option<Decoded>,
}

impl Capture {
    /// Waits for an image of `wanted` columns and rows.
    pub(super) fn new(wanted: (u32, u32)) -> Self {
        Self { wanted, image: None }
    }
}

fn decoded(data: ImageData) -> Decoded {
    let (width, height, channels, data) = match data {
        ImageData::Rgb(rgb) => (rgb.width, rgb.height, 3, rgb.data),
        ImageData::Luma(luma) => (luma.width, luma.height, 1, luma.data),
    };
    Decoded { width: width as usize, height: height as usize, channels, data }
}

impl Watcher for Capture {
    fn image(&mut self, image: &Image<'_, '_>, _: &ImageDrawProps<'_>) {
        if let Image::Raster(raster) = image
            && self.image.is_none()
            && (raster.width(), raster.height()) == self.wanted
        {
            raster.with_rgba(|data, _| self.image = Some(decoded(data)), None);
        }
    }
}
