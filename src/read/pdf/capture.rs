//! Decodes the one image of a page.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::kurbo::{BezPath, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps, SoftMask,
};

use crate::read::guard::Guard;
use crate::read::picture::Decoded;

/// Waits for an image of a size, and decodes it.
pub(super) struct Capture {
    wanted: (u32, u32),
    guard: Guard,
    /// The image, once it came.
    pub(super) image: Option<Decoded>,
}

impl Capture {
    /// Waits for an image of `wanted` columns and rows.
    pub(super) fn new(wanted: (u32, u32), guard: Guard) -> Self {
        Self { wanted, guard, image: None }
    }
}

fn decoded(data: ImageData) -> Decoded {
    let (width, height, channels, data) = match data {
        ImageData::Rgb(rgb) => (rgb.width, rgb.height, 3, rgb.data),
        ImageData::Luma(luma) => (luma.width, luma.height, 1, luma.data),
    };
    Decoded { width: width as usize, height: height as usize, channels, data }
}

impl<'a> Device<'a> for Capture {
    fn draw_image(&mut self, image: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.guard.tick();
        if let Image::Raster(raster) = &image
            && self.image.is_none()
            && (raster.width(), raster.height()) == self.wanted
        {
            raster.with_rgba(|data, _| self.image = Some(decoded(data)), None);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.guard.tick();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {
        self.guard.glyphs(run.glyphs().len());
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.guard.tick();
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.guard.tick();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.guard.tick();
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
