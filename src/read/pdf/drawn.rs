//! What one interpretation pass leaves of a page.

use hayro_interpret::kurbo::{Affine, Rect};

use crate::model::{BBox, Mark, MarkKind};
use crate::read::layout::Marks;
use crate::read::sheet::Sheet;

/// Images that are remembered; a page of more is no scan in strips.
const MOST_IMAGES: usize = 256;

/// An image of less area is a dot or a line, in square points.
const LEAST_MARK: f64 = 64.0;
/// An image of more of the page lies behind the text.
const MOST_MARK: f64 = 0.25;

/// Everything on a page that reading and classing need.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// Glyphs and rules.
    pub(super) marks: Marks,
    /// Share of the page that images cover, 0 to 1; overlaps count twice up to 1.
    pub(super) image_share: f32,
    /// Filled shapes of more than a rectangle's complexity: outlines of letters, when there are many.
    pub(super) shapes: usize,
    /// The images, as they were drawn; never decoded.
    pub(super) images: Vec<PlacedImage>,
}

impl Drawn {
    /// The images as marks: a signature or a seal may be one.
    pub(super) fn pictures(&self, sheet: Sheet) -> Vec<Mark> {
        let page = Rect::new(0.0, 0.0, f64::from(sheet.width), f64::from(sheet.height));
        let sizes = LEAST_MARK..=page.area() * MOST_MARK;
        let shown =
            self.images.iter().map(|image| image.shown(page)).filter(|shown| sizes.contains(&shown.area()));
        let mark = |Rect { x0, y0, x1, y1 }| {
            let bbox = BBox::new(x0 as f32, y0 as f32, x1 as f32, y1 as f32);
            Mark { bbox, kind: MarkKind::Picture }
        };
        shown.map(mark).collect()
    }

    /// Takes note of an image.
    pub(super) fn note_image(&mut self, image: PlacedImage, page: Rect) {
        let share = (image.shown(page).area() / page.area().max(1.0)) as f32;
        if share.is_finite() {
            self.image_share = (self.image_share + share.max(0.0)).min(1.0);
        }
        if self.images.len() < MOST_IMAGES {
            self.images.push(image);
        }
    }
}

/// An image on a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlacedImage {
    /// Columns.
    pub(super) width: u32,
    /// Rows.
    pub(super) height: u32,
    /// Pixels of the image → points of the page as displayed.
    pub(super) transform: Affine,
    /// Is it drawn through a mask?
    pub(super) masked: bool,
}

impl PlacedImage {
    /// Where it lies, in points, also beyond the page's edges.
    pub(super) fn bounds(&self) -> Rect {
        let pixels = Rect::new(0.0, 0.0, f64::from(self.width), f64::from(self.height));
        self.transform.transform_rect_bbox(pixels)
    }

    /// The part of it that the page shows.
    pub(super) fn shown(&self, page: Rect) -> Rect {
        let shown = self.bounds().intersect(page);
        if shown.is_finite() { shown } else { Rect::ZERO }
    }

    /// Pixels for each inch of the page, across.
    pub(super) fn dpi(&self) -> f64 {
        let [a, b, ..] = self.transform.as_coeffs();
        72.0 / a.hypot(b).max(1e-6)
    }
}
