//! Image files, whole and broken.

use std::io::Cursor;

use hetong_ocr::{PageReading, Picture};
use image::{DynamicImage, GrayImage, ImageFormat, LumaA, Rgba, RgbaImage};

use crate::model::{Document, MediaType, PageClass, PageOrigin};
use crate::read::picture::Eyes;
use crate::read::{Effort, Limits, ReadError, read, sniff};

/// Eyes that keep the pictures they are shown.
#[derive(Default)]
struct Album(Vec<Picture>);

impl Eyes for Album {
    fn read(&mut self, picture: Picture, _: Effort) -> Result<PageReading, String> {
        let reading =
            PageReading { width: picture.width(), height: picture.height(), ..PageReading::default() };
        self.0.push(picture);
        Ok(reading)
    }
}

fn read_file(bytes: &[u8]) -> (Document, Album, Result<(), ReadError>) {
    let (mut document, mut album) = (Document::empty(MediaType::Unknown), Album::default());
    let result = read(bytes, &Limits::default(), &mut album, &mut document);
    (document, album, result)
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).expect("encoded");
    bytes.into_inner()
}

/// 30 × 40, black in its left upper corner.
fn gray() -> DynamicImage {
    DynamicImage::ImageLuma8(GrayImage::from_fn(30, 40, |x, y| {
        image::Luma([if x < 10 && y < 10 { 0 } else { 255 }])
    }))
}

#[test]
fn every_format_is_one_page_at_its_size() {
    for (format, media_type) in [
        (ImageFormat::Jpeg, MediaType::Jpeg),
        (ImageFormat::Png, MediaType::Png),
        (ImageFormat::Bmp, MediaType::Bmp),
        (ImageFormat::WebP, MediaType::WebP),
        (ImageFormat::Tiff, MediaType::Tiff),
    ] {
        let image = if format == ImageFormat::WebP { gray().into_rgb8().into() } else { gray() };
        let bytes = encoded(&image, format);
        assert_eq!(sniff::sniff(&bytes), media_type);
        let (document, album, result) = read_file(&bytes);
        assert!(result.is_ok(), "{format:?}: {result:?}");
        assert_eq!((document.media_type, document.page_count), (media_type, Some(1)));
        let page = &document.pages[0];
        assert!((page.width - 30.0 * 0.36).abs() < 0.06, "{format:?}: {} {}", page.width, page.why);
        let picture = &album.0[0];
        assert!(picture.pixel(3, 3)[0] < 30 && picture.pixel(25, 35)[0] > 225, "{format:?}");
    }
}

#[test]
fn transparency_is_white_and_deep_pixels_are_read() {
    let glass = DynamicImage::ImageRgba8(RgbaImage::from_pixel(8, 8, Rgba([0, 0, 0, 0])));
    let (_, album, _) = read_file(&encoded(&glass, ImageFormat::Png));
    assert_eq!(album.0[0].pixel(4, 4), [255; 3]);
    let deep = DynamicImage::ImageLumaA16(image::ImageBuffer::from_pixel(8, 8, LumaA([0x8000, 0xFFFF])));
    let (_, album, _) = read_file(&encoded(&deep, ImageFormat::Png));
    assert!((126..=130).contains(&album.0[0].pixel(4, 4)[0]));
}

#[test]
fn all_pages_of_a_tiff_are_read() {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut bytes).expect("a file");
    for level in [0u8, 255] {
        let mut page = encoder.new_image::<tiff::encoder::colortype::Gray8>(20, 10).expect("a page");
        page.resolution(tiff::tags::ResolutionUnit::Inch, tiff::encoder::Rational { n: 100, d: 1 });
        page.write_data(&[level; 200]).expect("pixels");
    }
    let (document, album, result) = read_file(bytes.get_ref());
    assert!(result.is_ok());
    assert_eq!((document.page_count, document.pages.len(), album.0.len()), (Some(2), 2, 2));
    assert!((document.pages[1].width - 14.4).abs() < 0.01);
    assert_eq!((album.0[0].pixel(1, 1)[0], album.0[1].pixel(1, 1)[0]), (0, 255));
}

/// A TIFF of one strip, out of its tags.
fn tiff_of(tags: &[(u16, u16, u32)], strip: &[u8]) -> Vec<u8> {
    let mut bytes = b"II*\0\x08\0\0\0".to_vec();
    let mut tags = tags.to_vec();
    tags.push((273, 4, 8 + 2 + (tags.len() as u32 + 2) * 12 + 4));
    tags.push((279, 4, strip.len() as u32));
    tags.sort_unstable();
    bytes.extend((tags.len() as u16).to_le_bytes());
    for (tag, kind, value) in tags {
        bytes.extend(tag.to_le_bytes());
        bytes.extend(kind.to_le_bytes());
        bytes.extend(1u32.to_le_bytes());
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend([0; 4]);
    bytes.extend(strip);
    bytes
}

fn bilevel(width: u32, height: u32, compression: u32, strip: &[u8]) -> Vec<u8> {
    let tags = [
        (256, 4, width),
        (257, 4, height),
        (258, 3, 1),
        (259, 3, compression),
        (262, 3, 0),
        (277, 3, 1),
        (278, 4, height),
    ];
    tiff_of(&tags, strip)
}

#[test]
fn fax_pages_are_read() {
    // Group 4: every row all white is the one-bit code V0 in the first row and each that follows; EOFB closes.
    let (document, album, result) =
        read_file(&bilevel(16, 4, 4, &[0b1111_0000, 0b0000_0001, 0b0000_0000, 0b0001_0000]));
    assert!(result.is_ok(), "{result:?}");
    assert!(document.issues.is_empty(), "{:?}", document.issues);
    assert_eq!(album.0[0].pixel(5, 2), [255; 3]);
    // Uncompressed, white is zero: the left half is black.
    let (_, album, _) = read_file(&bilevel(16, 2, 1, &[0xFF, 0, 0xFF, 0]));
    assert_eq!((album.0[0].pixel(2, 1)[0], album.0[0].pixel(12, 1)[0]), (0, 255));
}

#[test]
fn the_other_fax_codings_are_read() {
    // Two rows: sixteen white; eight white, eight black. Run lengths on whole bytes, and between ends of lines.
    let (run_lengths, group_3) = ([0xA8, 0x98, 0xA0], [0x00, 0x1A, 0x80, 0x06, 0x62, 0x80]);
    for (compression, strip) in [(2, &run_lengths[..]), (3, &group_3[..])] {
        let (document, album, _) = read_file(&bilevel(16, 2, compression, strip));
        assert!(!codes(&document).contains(&"image-damaged"), "{:?}", document.issues);
        let level = |x, y| album.0[0].pixel(x, y)[0];
        assert_eq!([level(12, 0), level(3, 1), level(12, 1)], [255, 255, 0], "{compression}");
    }
    let mut tags = vec![(256, 4, 16), (257, 4, 2), (258, 3, 1), (259, 3, 3), (262, 3, 0), (266, 3, 2)];
    tags.extend([(277, 3, 1), (278, 4, 2)]);
    let (_, album, _) = read_file(&tiff_of(&tags, &group_3.map(u8::reverse_bits)));
    assert_eq!([3, 12].map(|x| album.0[0].pixel(x, 1)[0]), [255, 0]);
}

#[test]
fn a_fax_page_that_lacks_rows_says_so() {
    let (document, _, _) = read_file(&bilevel(16, 200, 3, &[0x00, 0x1A, 0x80, 0x06, 0x62, 0x80]));
    let said = document.issues.iter().any(|issue| issue.message.contains("数据不完整"));
    assert!(said && document.pages[0].origin == PageOrigin::Unread, "{:?}", document.issues);
}

fn codes(document: &Document) -> Vec<&str> {
    document.issues.iter().map(|issue| issue.code.as_str()).collect()
}

#[test]
fn sizes_are_looked_at_before_pixels() {
    let (document, album, _) = read_file(&bilevel(60_000, 60_000, 1, &[0]));
    assert!(album.0.is_empty());
    assert_eq!(document.pages[0].origin, PageOrigin::Unread);
    assert!(document.issues[0].message.contains("60000×60000"), "{}", document.issues[0].message);

    let mut png = encoded(&gray(), ImageFormat::Png);
    png[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
    let (document, album, result) = read_file(&png);
    assert!(result.is_err() && album.0.is_empty(), "{result:?}");
    assert_eq!(document.pages[0].origin, PageOrigin::Unread);
}

#[test]
fn broken_files_say_so() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Bmp, ImageFormat::Tiff] {
        let bytes = encoded(&gray(), format);
        let (document, _, result) = read_file(&bytes[..bytes.len() / 3]);
        let said = result.is_err() || document.issues.iter().any(|issue| issue.code == "page-unreadable");
        assert!(said, "{format:?}: {document:?}");
        if format != ImageFormat::Tiff {
            assert_eq!(document.pages.len(), 1, "{format:?}");
        }
    }
}

#[test]
fn a_picture_that_is_cut_off_says_so() {
    let whole = encoded(&gray(), ImageFormat::Jpeg);
    let (document, _, _) = read_file(&whole);
    assert!(!document.issues.iter().any(|issue| issue.message.contains("数据不完整")));
    let scan = whole.windows(2).position(|marker| marker == [0xFF, 0xDA]).expect("a scan");
    let (document, _, result) = read_file(&whole[..scan + 40]);
    let said = document.issues.iter().any(|issue| issue.message.contains("数据不完整"));
    assert!(result.is_err() || said, "{document:?}");
    assert_eq!(document.pages.iter().filter(|page| page.class == PageClass::Empty).count(), 0);
}

/// Two pages; where the list goes after the second.
fn two_pages(next: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut bytes).expect("a file");
    for _ in 0..2 {
        encoder.write_image::<tiff::encoder::colortype::Gray8>(8, 8, &[0; 64]).expect("a page");
    }
    let mut bytes = bytes.into_inner();
    let end = bytes.len() - 4;
    let at = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize;
    let directory =
        |from: usize| from + 2 + 12 * usize::from(u16::from_le_bytes([bytes[from], bytes[from + 1]]));
    let last = directory(at(directory(at(4))));
    assert!(last <= end);
    bytes[last..last + 4].copy_from_slice(&next.to_le_bytes());
    bytes
}

#[test]
fn a_list_of_pages_that_breaks_off_or_goes_in_circles_is_told() {
    assert!(!read_file(&two_pages(0)).0.issues.iter().any(|issue| issue.code == "pages-missing"));
    let whole = two_pages(0);
    let first = u32::from_le_bytes(whole[4..8].try_into().expect("four bytes"));
    for next in [0x7FFF_FFF0, first] {
        let (document, _, result) = read_file(&two_pages(next));
        assert!(result.is_ok());
        assert!(document.pages.len() >= 2, "{next}: {}", document.pages.len());
        assert!(document.issues.iter().any(|issue| issue.code == "pages-missing"), "{:?}", document.issues);
    }
    let limits = Limits { pages: 1, ..Limits::default() };
    let mut document = Document::empty(MediaType::Unknown);
    read(&two_pages(0), &limits, &mut Album::default(), &mut document).expect("read");
    assert_eq!(document.pages.len(), 1);
    assert!(document.issues.iter().any(|issue| issue.code == "limit-exceeded"));
}

#[test]
fn a_page_that_cannot_be_decoded_does_not_hide_those_after_it() {
    let mut bytes = two_pages(0);
    // The first page's compression becomes one that nobody knows.
    let tag = [3, 1, 3, 0, 1, 0, 0, 0];
    let places: Vec<usize> = (0..bytes.len() - 8).filter(|&at| bytes[at..at + 8] == tag).collect();
    bytes[places[1] + 8] = 0x99;
    let (document, album, _) = read_file(&bytes);
    assert_eq!((document.page_count, document.pages.len(), album.0.len()), (Some(2), 2, 1));
    assert!(document.issues.iter().any(|issue| issue.page == Some(2)), "{:?}", document.issues);
}

#[test]
fn two_and_four_bits_a_pixel_are_gray() {
    let tags =
        |bits| [(256, 4, 4), (257, 4, 1), (258, 3, bits), (259, 3, 1), (262, 3, 1), (277, 3, 1), (278, 4, 1)];
    let (_, album, _) = read_file(&tiff_of(&tags(4), &[0x0F, 0x5A]));
    assert_eq!([0, 1, 2, 3].map(|x| album.0[0].pixel(x, 0)[0]), [0, 255, 85, 170]);
    let (_, album, _) = read_file(&tiff_of(&tags(2), &[0b0001_1011]));
    assert_eq!([0, 1, 2, 3].map(|x| album.0[0].pixel(x, 0)[0]), [0, 85, 170, 255]);
}

proptest::proptest! {
    #[test]
    fn changed_bytes_do_no_harm(at in 0usize..400, value: u8, which in 0usize..5) {
        let formats = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Bmp, ImageFormat::Tiff, ImageFormat::WebP];
        let image = if which == 4 { gray().into_rgb8().into() } else { gray() };
        let mut bytes = encoded(&image, formats[which]);
        let at = at % bytes.len();
        bytes[at] = value;
        let (document, _, result) = read_file(&bytes);
        proptest::prop_assert!(result.is_err() || document.page_count == Some(document.pages.len() as u32) || document.page_count.is_none());
    }
}
