//! The picture of a page: the image that it consists of, or a rendering.
//!
//! A page that is one upright image and nothing else gives that image, at the resolution that the scanner made.
//! Every other page is rendered. Declared sizes are looked at before a pixel is decoded.

use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use hetong_ocr::Picture;

use super::capture::Capture;
use super::drawn::{Drawn, PlacedImage};
use super::examine::Examiner;
use super::watch::{Watch, Watcher};
use crate::model::BBox;
use crate::read::Limits;
use crate::read::guard::{Guard, Stopped, guarded};
use crate::read::picture::{Decoded, Flaw, Orientation, PagePicture};
use crate::read::sheet::Sheet;

/// Share of the page that an image must cover to be the page.
const WHOLE_PAGE: f64 = 0.85;
/// Share of the image that the page must show.
const WHOLE_IMAGE: f64 = 0.95;
/// Share of an axis by which an upright image may lean.
const LEAN: f64 = 1e-3;
/// Resolutions of a rendering, in pixels per inch: the usual one, and that for small text and fine scans.
const USUAL_DPI: f64 = 200.0;
const FINE_DPI: f64 = 300.0;
/// Text smaller than this is small, in points.
const SMALL_TEXT: f32 = 8.5;
/// Longest side and most pixels of a rendering; sizes in a file can be absurd.
const LONGEST_SIDE: f64 = 10_000.0;
const MOST_PIXELS: f64 = 40_000_000.0;

/// What pictures of pages are made from.
pub(super) struct Darkroom<'a> {
    /// The file.
    pub(super) pdf: &'a Pdf,
    /// Bounds on one page.
    pub(super) limits: &'a Limits,
    /// How pages are interpreted.
    pub(super) settings: InterpreterSettings,
}

impl<'a> Darkroom<'a> {
    /// The picture of a page on which `drawn` was found.
    ///
    /// # Errors
    ///
    /// Why there is none, in Chinese.
    pub(super) fn picture(
        &self,
        page: &'a Page<'a>,
        sheet: Sheet,
        drawn: &Drawn,
    ) -> Result<PagePicture, String> {
        if let Some(image) = drawn.images.iter().find(|image| is_too_large(image)) {
            return Err(format!("图像过大（{}×{} 像素）", image.width, image.height));
        }
        if let Some(image) = whole_page(drawn, sheet)
            && let Some(picture) = self.embedded(page, sheet, &image)
        {
            return Ok(picture);
        }
        self.rendered(page, sheet, drawn)
    }

    /// A rendering of the page.
    ///
    /// # Errors
    ///
    /// Why there is none, in Chinese.
    pub(super) fn rendered(
        &self,
        page: &'a Page<'a>,
        sheet: Sheet,
        drawn: &Drawn,
    ) -> Result<PagePicture, String> {
        let dpi = resolution(drawn);
        let scale = bounded(dpi / 72.0, sheet).ok_or("页面尺寸异常，无法渲染")?;
        let pixmap = PixmapSettings { x_scale: scale as f32, y_scale: scale as f32, bg_color: WHITE };
        // Made anew for each page: it only grows.
        let rendered = guarded(|| {
            render(page, &RenderCache::new(), &self.settings, &RenderSettings::default(), &pixmap)
        });
        let rendered = rendered.map_err(|stopped| match stopped {
            Stopped::Limit(exceeded) => exceeded.reason().to_owned(),
            Stopped::Panic => "页面无法渲染".to_owned(),
        })?;
        let (width, height) = (usize::from(rendered.width()), usize::from(rendered.height()));
        let data = rendered.data_as_u8_slice().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
        let picture = Picture::from_rgb(width, height, data).map_err(|error| error.to_string())?;
        let how = format!("按 {:.0} dpi 渲染", scale * 72.0);
        Ok(PagePicture { picture, area: sheet.bounds(), how, flaw: self.flaw(page, sheet, true) })
    }

    /// The image that is the page, decoded.
    fn embedded(&self, page: &'a Page<'a>, sheet: Sheet, image: &PlacedImage) -> Option<PagePicture> {
        let decoded = guarded(|| self.capture(page, sheet, image)).ok()??;
        let (width, height) = (decoded.width, decoded.height);
        let picture = decoded.picture(orientation(image)?).ok()?;
        let Rect { x0, y0, x1, y1 } = image.bounds();
        let area = BBox { x0: x0 as f32, y0: y0 as f32, x1: x1 as f32, y1: y1 as f32 };
        let how = format!("嵌入图像 {width}×{height}（{:.0} dpi）", image.dpi());
        Some(PagePicture { picture, area, how, flaw: self.flaw(page, sheet, false) })
    }

    fn capture(&self, page: &'a Page<'a>, sheet: Sheet, image: &PlacedImage) -> Option<Decoded> {
        let mut capture = Capture::new((image.width, image.height));
        self.show(page, sheet, &mut capture);
        capture.image
    }

    /// What the images of a page lack. `decodes` is false where the page's one image was decoded already.
    fn flaw(&self, page: &'a Page<'a>, sheet: Sheet, decodes: bool) -> Option<Flaw> {
        let mut examiner = Examiner::new(bounds(sheet), decodes);
        let whole = guarded(|| self.show(page, sheet, &mut examiner));
        whole.err().map(|_| Flaw::Undecodable).max(examiner.flaw)
    }

    fn show(&self, page: &'a Page<'a>, sheet: Sheet, watcher: &mut impl Watcher) {
        let transform = page.initial_transform(true).to_kurbo();
        let cache = InterpreterCache::new();
        let xref = self.pdf.xref();
        let mut context = Context::new(transform, bounds(sheet), &cache, xref, self.settings.clone());
        let mut device = Watch { watcher, guard: Guard::new(self.limits) };
        interpret_page(page, &mut context, &mut device);
    }
}

fn bounds(sheet: Sheet) -> Rect {
    Rect::new(0.0, 0.0, f64::from(sheet.width), f64::from(sheet.height))
}

fn is_too_large(image: &PlacedImage) -> bool {
    image.width > 0
        && image.height > 0
        && Picture::checked(image.width as usize, image.height as usize).is_err()
}

/// The image that a page consists of, if it consists of one.
fn whole_page(drawn: &Drawn, sheet: Sheet) -> Option<PlacedImage> {
    let page = bounds(sheet);
    let [image] = drawn.images.as_slice() else { return None };
    let shown = image.shown(page).area();
    let covers = shown > WHOLE_PAGE * page.area() && shown > WHOLE_IMAGE * image.bounds().area();
    let alone = drawn.marks.glyphs.iter().all(|glyph| glyph.invisible)
        && drawn.shapes == 0
        && drawn.marks.horizontal.is_empty()
        && drawn.marks.vertical.is_empty();
    (covers && alone && !image.masked && orientation(image).is_some()).then_some(*image)
}

/// How the image's pixels have to be laid out to stand as the page shows them; `None` where it leans.
fn orientation(image: &PlacedImage) -> Option<Orientation> {
    let [a, b, c, d, ..] = image.transform.as_coeffs();
    if b.abs() <= LEAN * a.abs() && c.abs() <= LEAN * d.abs() {
        Some(Orientation { transposed: false, mirrored: a < 0.0, upside_down: d < 0.0 })
    } else if a.abs() <= LEAN * b.abs() && d.abs() <= LEAN * c.abs() {
        Some(Orientation { transposed: true, mirrored: c < 0.0, upside_down: b < 0.0 })
    } else {
        None
    }
}

/// The resolution for a rendering: that of the finest image within bounds, or by the size of the text.
fn resolution(drawn: &Drawn) -> f64 {
    let mut sizes: Vec<f32> = drawn.marks.glyphs.iter().map(|glyph| glyph.size).collect();
    sizes.sort_by(f32::total_cmp);
    let small = sizes.get(sizes.len() / 2).is_some_and(|&size| size < SMALL_TEXT);
    let finest = drawn.images.iter().map(PlacedImage::dpi).fold(0.0, f64::max);
    if small { FINE_DPI } else { finest.clamp(USUAL_DPI, FINE_DPI) }
}

/// The scale made small enough for the page; `None` where no picture comes of it.
fn bounded(scale: f64, sheet: Sheet) -> Option<f64> {
    let (width, height) = (f64::from(sheet.width), f64::from(sheet.height));
    let scale = scale.min(LONGEST_SIDE / width.max(height)).min((MOST_PIXELS / (width * height)).sqrt());
    let least = scale * width.min(height);
    (scale.is_finite() && least >= 1.0).then_some(scale)
}

#[cfg(test)]
mod tests {
    use hayro_interpret::kurbo::Affine;

    use super::*;

    fn sheet(width: f32, height: f32) -> Sheet {
        Sheet { number: 1, width, height, rotation: 0 }
    }

    fn placed(transform: [f64; 6]) -> PlacedImage {
        PlacedImage { width: 1000, height: 1400, transform: Affine::new(transform), masked: false }
    }

    #[test]
    fn absurd_pages_are_made_small() {
        let scale = bounded(200.0 / 72.0, sheet(14_400_000.0, 14_400_000.0)).expect("a scale");
        assert!(scale * 14_400_000.0 <= LONGEST_SIDE);
        assert!(bounded(200.0 / 72.0, sheet(14_400_000.0, 1.0)).is_none());
        assert!(bounded(200.0 / 72.0, sheet(0.0, 842.0)).is_none());
        assert_eq!(bounded(200.0 / 72.0, sheet(595.0, 842.0)), Some(200.0 / 72.0));
    }

    #[test]
    fn only_an_upright_image_by_itself_is_the_page() {
        let page = sheet(500.0, 700.0);
        let drawn = |image| Drawn { images: vec![image], ..Drawn::default() };
        assert!(whole_page(&drawn(placed([0.5, 0.0, 0.0, 0.5, 0.0, 0.0])), page).is_some());
        assert!(whole_page(&drawn(placed([0.5, 0.01, -0.01, 0.5, 0.0, 0.0])), page).is_none());
        assert!(whole_page(&drawn(placed([0.4, 0.0, 0.0, 0.4, 0.0, 0.0])), page).is_none());
        let masked = PlacedImage { masked: true, ..placed([0.5, 0.0, 0.0, 0.5, 0.0, 0.0]) };
        assert!(whole_page(&drawn(masked), page).is_none());
    }

    #[test]
    fn an_image_on_its_side_is_laid_out_anew() {
        let on_its_side = placed([0.0, 0.5, -0.5, 0.0, 700.0, 0.0]);
        let wanted = Orientation { transposed: true, mirrored: true, upside_down: false };
        assert_eq!(orientation(&on_its_side), Some(wanted));
    }
}
