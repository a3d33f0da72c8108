//! Content streams and pictures → a PDF file.

use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref};

use super::Typeface;
use crate::error::Result;
use crate::layout::{A4_HEIGHT, A4_WIDTH};

/// The resource name of the font.
pub(crate) const FONT_NAME: &[u8] = b"F1";
const PICTURE_NAME: &[u8] = b"Im1";

/// What one page holds.
pub(crate) enum Sheet {
    /// A content stream, not yet compressed.
    Text(Vec<u8>),
    /// One picture over the whole page.
    #[cfg_attr(not(feature = "scans"), expect(dead_code, reason = "scans alone make them"))]
    Picture(Picture),
}

/// The picture of a page.
pub(crate) struct Picture {
    /// Pixels across.
    pub(crate) width: u32,
    /// Pixels down.
    pub(crate) height: u32,
    /// The pixels as `coding` says.
    pub(crate) data: Vec<u8>,
    pub(crate) coding: Coding,
    /// A content stream below the picture: text that somebody's OCR put there.
    pub(crate) layer: Option<Vec<u8>>,
}

/// How pixels are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(feature = "scans"), expect(dead_code, reason = "scans alone make them"))]
pub(crate) enum Coding {
    /// A JPEG file; in colour or gray.
    Jpeg { colour: bool },
    /// Bytes, compressed by [`deflate`]; red, green and blue or gray.
    Flate { colour: bool },
    /// One bit a pixel, ITU-T T.6.
    G4,
}

impl Coding {
    fn is_colour(self) -> bool {
        matches!(self, Self::Jpeg { colour: true } | Self::Flate { colour: true })
    }
}

/// Writes A4 pages. `rotated` turns them on their side and marks them with `/Rotate 90`.
pub(crate) fn assemble(
    sheets: &[Sheet],
    typeface: Option<&mut dyn Typeface>,
    rotated: bool,
) -> Result<Vec<u8>> {
    let mut next = Ref::new(1);
    let (catalog, tree, font) = (next.bump(), next.bump(), next.bump());
    let pages: Vec<Ref> = sheets.iter().map(|_| next.bump()).collect();

    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    pdf.pages(tree).kids(pages.iter().copied()).count(pages.len() as i32);
    for (sheet, &id) in sheets.iter().zip(&pages) {
        let stream = next.bump();
        let picture = matches!(sheet, Sheet::Picture(_)).then(|| next.bump());
        let text = match sheet {
            Sheet::Text(_) => true,
            Sheet::Picture(picture) => picture.layer.is_some(),
        };
        write_page(&mut pdf, id, Parts { tree, stream, font, picture, text }, rotated);
        write_content(&mut pdf, stream, sheet, rotated);
        if let (Sheet::Picture(picture), Some(id)) = (sheet, picture) {
            write_picture(&mut pdf, id, picture);
        }
    }
    if let Some(typeface) = typeface {
        typeface.write(&mut pdf, font, &mut next)?;
    }
    Ok(pdf.finish())
}

/// The objects a page refers to.
struct Parts {
    tree: Ref,
    stream: Ref,
    font: Ref,
    picture: Option<Ref>,
    /// Whether there is text on it.
    text: bool,
}

fn write_page(pdf: &mut Pdf, id: Ref, parts: Parts, rotated: bool) {
    let mut page = pdf.page(id);
    page.parent(parts.tree).contents(parts.stream);
    if rotated {
        page.media_box(Rect::new(0.0, 0.0, A4_HEIGHT, A4_WIDTH)).rotate(90);
    } else {
        page.media_box(Rect::new(0.0, 0.0, A4_WIDTH, A4_HEIGHT));
    }
    let mut resources = page.resources();
    if let Some(picture) = parts.picture {
        resources.x_objects().pair(Name(PICTURE_NAME), picture).finish();
    }
    if parts.text {
        resources.fonts().pair(Name(FONT_NAME), parts.font).finish();
    }
}

fn write_content(pdf: &mut Pdf, id: Ref, sheet: &Sheet, rotated: bool) {
    let mut content = Content::new();
    content.save_state();
    if rotated {
        // Upright (x, y) goes to (height − y, x); /Rotate 90 brings it back.
        content.transform([0.0, 1.0, -1.0, 0.0, A4_HEIGHT, 0.0]);
    }
    let mut bytes = match sheet {
        Sheet::Text(text) => {
            let mut bytes = content.finish().into_vec();
            bytes.push(b'\n');
            bytes.extend_from_slice(text);
            bytes
        }
        Sheet::Picture(picture) => {
            let mut image = Content::new();
            image.transform([A4_WIDTH, 0.0, 0.0, A4_HEIGHT, 0.0, 0.0]).x_object(Name(PICTURE_NAME));
            let parts =
                [Some(content.finish().into_vec()), picture.layer.clone(), Some(image.finish().into_vec())];
            parts.into_iter().flatten().collect::<Vec<_>>().join(&b'\n')
        }
    };
    bytes.extend_from_slice(b"\nQ");
    pdf.stream(id, &deflate(&bytes)).filter(Filter::FlateDecode);
}

fn write_picture(pdf: &mut Pdf, id: Ref, picture: &Picture) {
    let mut image = pdf.image_xobject(id, &picture.data);
    match picture.coding {
        Coding::Jpeg { .. } => image.filter(Filter::DctDecode),
        Coding::Flate { .. } => image.filter(Filter::FlateDecode),
        Coding::G4 => image.filter(Filter::CcittFaxDecode),
    };
    if picture.coding == Coding::G4 {
        let mut parameters = image.decode_parms();
        parameters.k(-1).columns(picture.width as i32).rows(picture.height as i32);
    }
    let bits = if picture.coding == Coding::G4 { 1 } else { 8 };
    image.width(picture.width as i32).height(picture.height as i32).bits_per_component(bits);
    match picture.coding.is_colour() {
        true => image.color_space().device_rgb(),
        false => image.color_space().device_gray(),
    }
}

/// Compresses a stream for `/FlateDecode`.
pub(crate) fn deflate(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, 6)
}
