//! Are the images of a page whole?
//!
//! Decoders are lenient: what is missing of an image becomes paper, and one that cannot be decoded is not drawn. The
//! page would look blank, or end in the middle of a clause.

use hayro_ccitt::{DecodeSettings, Decoder, DecoderContext, EncodingMode};
use hayro_interpret::hayro_syntax::Filter;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Stream};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Image, ImageDrawProps};

use super::watch::Watcher;
use crate::read::image::jpeg;
use crate::read::picture::Flaw;

/// An image that takes less of the page than this holds no text worth a warning.
const LEAST_SHARE: f64 = 0.02;
/// Images of one page that are examined.
const MOST_IMAGES: u32 = 64;
/// An image that has less of its bytes or rows is cut off; a few at the end are margin.
const WHOLE: f64 = 0.97;

/// Looks at the images of a page, and at nothing else.
pub(super) struct Examiner {
    page: Rect,
    /// Are images decoded to see whether they can be?
    decodes: bool,
    left: u32,
    /// The worst that was found.
    pub(super) flaw: Option<Flaw>,
}

impl Examiner {
    /// An examiner of a page of that size, in points.
    pub(super) fn new(page: Rect, decodes: bool) -> Self {
        Self { page, decodes, left: MOST_IMAGES, flaw: None }
    }

    fn is_worth_it(&mut self, shown: Rect) -> bool {
        let large = shown.is_finite() && shown.area() > LEAST_SHARE * self.page.area();
        self.left = self.left.saturating_sub(u32::from(large));
        large && self.left > 0
    }
}

impl Watcher for Examiner {
    fn image(&mut self, image: &Image<'_, '_>, props: &ImageDrawProps<'_>) {
        let pixels = Rect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        if !self.is_worth_it(props.transform.transform_rect_bbox(pixels).intersect(self.page)) {
            return;
        }
        let stream = match image {
            Image::Raster(raster) => raster.stream(),
            Image::Stencil(stencil) => stencil.stream(),
        };
        let flaw = match self.decodes && !can_be_decoded(image) {
            true => Some(Flaw::Undecodable),
            false => is_cut_off(stream).then_some(Flaw::CutOff),
        };
        self.flaw = self.flaw.max(flaw);
    }
}

fn can_be_decoded(image: &Image<'_, '_>) -> bool {
    let mut came = false;
    match image {
        Image::Raster(raster) => raster.with_rgba(|_, _| came = true, None),
        Image::Stencil(stencil) => stencil.with_stencil(|_, _| came = true, None),
    }
    came
}

/// Does the data of an image end before the image does? Codings that do not tell are taken to be whole.
fn is_cut_off(stream: &Stream<'_>) -> bool {
    match stream.filters().as_slice() {
        [Filter::DctDecode] => jpeg::is_cut_off(&stream.raw_data()),
        [Filter::CcittFaxDecode] => lacks_rows(stream).unwrap_or(false),
        [] | [Filter::FlateDecode | Filter::LzwDecode | Filter::RunLengthDecode] => {
            lacks_samples(stream).unwrap_or(false)
        }
        _ => false,
    }
}

/// Is there less than the samples of the image take, counted low: one for each pixel where the colour space is not
/// one of the plain ones?
fn lacks_samples(stream: &Stream<'_>) -> Option<bool> {
    let dict = stream.dict();
    let (width, height) = (dict.get::<u32>("Width")?, dict.get::<u32>("Height")?);
    let bits = dict.get::<u32>("BitsPerComponent").unwrap_or(1);
    let samples = match dict.get::<Name<'_>>("ColorSpace").as_deref() {
        Some(b"DeviceRGB") => 3.0,
        Some(b"DeviceCMYK") => 4.0,
        _ => 1.0,
    };
    let wanted = f64::from(width) * f64::from(height) * f64::from(bits) * samples / 8.0;
    let found = stream.decoded_data().ok()?.len();
    Some((found as f64) < WHOLE * wanted)
}

/// Counts the rows that a fax coding gives.
struct Rows(u32);

impl Decoder for Rows {
    fn push_row(&mut self, _: &[u32]) {
        self.0 = self.0.saturating_add(1);
    }
}

fn lacks_rows(stream: &Stream<'_>) -> Option<bool> {
    let height = stream.dict().get::<u32>("Height")?;
    let mut rows = Rows(0);
    // What is wrong with the data shows in the rows.
    let _ = hayro_ccitt::decode(&stream.raw_data(), &mut rows, &mut DecoderContext::new(fax(stream, height)));
    Some(f64::from(rows.0) < WHOLE * f64::from(height))
}

/// Parameters of a fax coding (ISO 32000-1, table 11).
fn fax(stream: &Stream<'_>, rows: u32) -> DecodeSettings {
    let dict = stream.dict();
    let listed = || dict.get::<Array<'_>>("DecodeParms")?.iter::<Dict<'_>>().next();
    let parameters = dict.get::<Dict<'_>>("DecodeParms").or_else(listed).unwrap_or_default();
    DecodeSettings {
        columns: parameters.get::<u32>("Columns").unwrap_or(1728),
        rows,
        end_of_block: parameters.get::<bool>("EndOfBlock").unwrap_or(true),
        end_of_line: parameters.get::<bool>("EndOfLine").unwrap_or(false),
        rows_are_byte_aligned: parameters.get::<bool>("EncodedByteAlign").unwrap_or(false),
        encoding: match parameters.get::<i32>("K").unwrap_or(0) {
            ..0 => EncodingMode::Group4,
            0 => EncodingMode::Group3_1D,
            1.. => EncodingMode::Group3_2D,
        },
        strict: false,
    }
}
