//! Interprets a page for its images alone.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::kurbo::{BezPath, Rect};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

use crate::read::guard::Guard;

/// Is shown the images of a page, in the order in which they are drawn.
pub(super) trait Watcher {
    /// An image, and how it is drawn.
    fn image(&mut self, image: &Image<'_, '_>, props: &ImageDrawProps<'_>);
}

/// A device on which a watcher sees nothing but images; the guard counts everything.
pub(super) struct Watch<'w, W> {
    pub(super) watcher: &'w mut W,
    pub(super) guard: Guard,
}

impl<'a, W: Watcher> Device<'a> for Watch<'_, W> {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.guard.tick();
        self.watcher.image(&image, &props);
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
