//! Files of one picture.

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};

use super::{DECODER_BYTES, Frame, checked, jpeg, over_white, read_page, resolution};
use crate::model::{MediaType, PageClass};
use crate::read::guard::guarded;
use crate::read::picture::{Decoded, Eyes, Flaw, Orientation};
use crate::read::sheet::Sheet;
use crate::read::{Limits, ReadError, Sink};

/// Reads a JPEG, PNG, BMP or WebP file.
pub(super) fn read(
    bytes: &[u8],
    media_type: MediaType,
    limits: &Limits,
    eyes: &mut dyn Eyes,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let format = format(media_type)
        .ok_or_else(|| ReadError::Unsupported(crate::read::sniff::name(media_type).to_owned()))?;
    sink.opened(media_type, Some(1));
    let damaged = |_| ReadError::Damaged("图像解码程序遇到无法处理的内容".to_owned());
    let frame = guarded(|| frame(bytes, format)).map_err(damaged).flatten();
    if !limits.range(1).contains(&1) {
        return frame.map(|_| ());
    }
    let read = frame.and_then(|frame| read_page(1, frame, limits, eyes, sink).map_err(ReadError::Damaged));
    // The page is accounted for, though nothing was read of it.
    read.inspect_err(|error| sink.page(Sheet::a4(1).unread(PageClass::Scan, error.to_string())))
}

/// The format of a file of one picture.
pub(super) fn format(media_type: MediaType) -> Option<ImageFormat> {
    match media_type {
        MediaType::Jpeg => Some(ImageFormat::Jpeg),
        MediaType::Png => Some(ImageFormat::Png),
        MediaType::Bmp => Some(ImageFormat::Bmp),
        MediaType::WebP => Some(ImageFormat::WebP),
        _ => None,
    }
}

/// Decodes the picture.
pub(super) fn frame(bytes: &[u8], format: ImageFormat) -> Result<Frame, ReadError> {
    let broken = |error: image::ImageError| ReadError::Damaged(reason(&error));
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder().map_err(broken)?;
    let (width, height) = decoder.dimensions();
    checked(width, height).map_err(ReadError::Limit)?;
    let mut bounds = image::Limits::default();
    bounds.max_alloc = Some(DECODER_BYTES);
    decoder.set_limits(bounds).map_err(broken)?;
    let tag = decoder.orientation().map_or(1, |orientation| orientation.to_exif());
    let exif = decoder.exif_metadata().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(broken)?;
    let is_cut_off = format == ImageFormat::Jpeg && jpeg::is_cut_off(bytes);
    Ok(Frame {
        flaw: is_cut_off.then_some(Flaw::CutOff),
        pixels: pixels(image),
        orientation: Orientation::of_tag(u32::from(tag)),
        resolution: resolution::of_file(bytes, format, exif.as_deref()),
    })
}

fn pixels(image: DynamicImage) -> Decoded {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let (channels, data) = match image {
        DynamicImage::ImageLuma8(gray) => (1, gray.into_raw()),
        DynamicImage::ImageRgb8(rgb) => (3, rgb.into_raw()),
        DynamicImage::ImageLumaA8(gray) => (1, over_white(gray.as_raw(), 1)),
        DynamicImage::ImageRgba8(rgba) => (3, over_white(rgba.as_raw(), 3)),
        DynamicImage::ImageLuma16(_) => (1, image.into_luma8().into_raw()),
        DynamicImage::ImageLumaA16(_) => (1, over_white(image.into_luma_alpha8().as_raw(), 1)),
        DynamicImage::ImageRgb16(_) => (3, image.into_rgb8().into_raw()),
        other => (3, over_white(other.into_rgba8().as_raw(), 3)),
    };
    Decoded { width, height, channels, data }
}

/// Why an image cannot be decoded, in Chinese.
fn reason(error: &image::ImageError) -> String {
    match error {
        image::ImageError::Limits(_) => "图像过大，超出解码内存上限".to_owned(),
        image::ImageError::Unsupported(_) => "图像的编码方式不受支持，请另存为普通 JPEG 或 PNG".to_owned(),
        image::ImageError::IoError(_) => "图像数据被截断".to_owned(),
        _ => "图像数据损坏，无法解码".to_owned(),
    }
}
