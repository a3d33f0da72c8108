//! Small PDF files, written by hand.

use encoding_rs::{GB18030, GBK};

use hetong_ocr::{Character, PageReading, Picture, Point, TextLine};

use crate::model::{Document, MediaType};
use crate::read::picture::Eyes;
use crate::read::{Effort, Limits, ReadError, pdf};

/// Objects of a file; numbers 1, 2 and 3 are the catalog, the page tree and the first page.
pub(in crate::read::pdf) struct File {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
}

/// What a page is made of.
pub(in crate::read::pdf) struct Sheet<'a> {
    /// Content stream.
    pub(in crate::read::pdf) content: Vec<u8>,
    /// Entries of the page dictionary besides the usual.
    pub(in crate::read::pdf) extra: &'a str,
    /// Entries of the page's resources besides font and image.
    pub(in crate::read::pdf) resources: String,
    /// Font dictionary for `/F1`.
    pub(in crate::read::pdf) font: Vec<u8>,
    /// Dictionary and bytes of the image `/Im`.
    pub(in crate::read::pdf) image: Option<(&'a str, &'a [u8])>,
}

impl Default for Sheet<'_> {
    fn default() -> Self {
        Self { content: Vec::new(), extra: "", resources: String::new(), font: latin_font(), image: None }
    }
}

impl File {
    pub(in crate::read::pdf) fn new() -> Self {
        Self { objects: vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), Vec::new()], pages: Vec::new() }
    }

    pub(in crate::read::pdf) fn add(&mut self, object: impl Into<Vec<u8>>) -> usize {
        self.objects.push(object.into());
        self.objects.len()
    }

    pub(in crate::read::pdf) fn stream(&mut self, dict: &str, data: &[u8]) -> usize {
        let mut object = format!("<<{dict}/Length {}>>\nstream\n", data.len()).into_bytes();
        object.extend_from_slice(data);
        object.extend_from_slice(b"\nendstream");
        self.add(object)
    }

    pub(in crate::read::pdf) fn page(mut self, sheet: &Sheet<'_>) -> Self {
        let font = self.add(sheet.font.clone());
        let image = sheet.image.map(|(dict, data)| self.stream(dict, data));
        let images = image.map(|id| format!("/XObject<</Im {id} 0 R>>")).unwrap_or_default();
        let content = self.stream("", &sheet.content);
        let page = self.add(format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{}/Resources<</Font<</F1 {font} 0 R>>{images}{}>>\
             /Contents {content} 0 R>>",
            sheet.extra, sheet.resources
        ));
        self.pages.push(page);
        self
    }

    /// The file's bytes; `trailer` holds entries besides the usual, `shift` is how far `startxref` lies.
    pub(in crate::read::pdf) fn finish(mut self, trailer: &str, shift: usize) -> Vec<u8> {
        let kids: String = self.pages.iter().map(|page| format!("{page} 0 R ")).collect();
        self.objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", self.pages.len()).into_bytes();
        let mut out = b"%PDF-1.5\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.objects.len() + 1);
        for (index, object) in self.objects.iter().enumerate() {
            table += &format!("{:010} 00000 n \n", out.len());
            out.extend_from_slice(format!("{} 0 obj\n", index + 1).as_bytes());
            out.extend_from_slice(object);
            out.extend_from_slice(b"\nendobj\n");
        }
        let start = out.len() - shift;
        let size = self.objects.len() + 1;
        out.extend_from_slice(
            format!("{table}trailer<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF")
                .as_bytes(),
        );
        out
    }

    pub(in crate::read::pdf) fn bytes(self) -> Vec<u8> {
        self.finish("", 0)
    }
}

/// A Chinese font that is not embedded and has no `ToUnicode`: all meaning lies in the predefined CMap.
pub(in crate::read::pdf) fn chinese_font(cmap: &str) -> Vec<u8> {
    format!(
        "<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/{cmap}/DescendantFonts[<</Type/Font\
         /Subtype/CIDFontType2/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>\
         /FontDescriptor<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]\
         /ItalicAngle 0/Ascent 859/Descent -141/CapHeight 700/StemV 80>>/DW 1000/W[1 95 500 814 939 500]>>]>>"
    )
    .into_bytes()
}

/// A composite font whose codes mean nothing to anybody.
pub(in crate::read::pdf) fn meaningless_font() -> Vec<u8> {
    String::from_utf8_lossy(&chinese_font("Identity-H")).replace("(GB1)", "(Identity)").into_bytes()
}

/// Helvetica.
pub(in crate::read::pdf) fn latin_font() -> Vec<u8> {
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec()
}

/// A simple font with a Latin encoding, half an em for each code: GBK programs of old write hanzi with it.
pub(in crate::read::pdf) fn half_width_font() -> Vec<u8> {
    let widths = "500 ".repeat(224);
    format!(
        "<</Type/Font/Subtype/TrueType/BaseFont/SimFang/Encoding/WinAnsiEncoding/FirstChar 32/LastChar 255\
         /Widths[{widths}]>>"
    )
    .into_bytes()
}

pub(in crate::read::pdf) fn gbk(text: &str) -> Vec<u8> {
    GBK.encode(text).0.into_owned()
}

pub(in crate::read::pdf) fn gb18030(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

pub(in crate::read::pdf) fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_be_bytes).collect()
}

/// Content that shows encoded strings at places (from the lower left corner) in 12 point.
pub(in crate::read::pdf) fn shown(strings: &[(f32, f32, Vec<u8>)]) -> Vec<u8> {
    let mut content = String::from("BT /F1 12 Tf\n");
    for (x, y, bytes) in strings {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        content += &format!("1 0 0 1 {x} {y} Tm <{hex}> Tj\n");
    }
    (content + "ET\n").into_bytes()
}

/// One page of Chinese text, GBK, at places.
pub(in crate::read::pdf) fn chinese(strings: &[(f32, f32, &str)]) -> Vec<u8> {
    let encoded: Vec<_> = strings.iter().map(|&(x, y, text)| (x, y, gbk(text))).collect();
    let sheet = Sheet { content: shown(&encoded), font: chinese_font("GBK-EUC-H"), ..Sheet::default() };
    File::new().page(&sheet).bytes()
}

pub(in crate::read::pdf) fn read_within(bytes: &[u8], limits: &Limits) -> (Document, Result<(), ReadError>) {
    let mut document = Document::empty(MediaType::Unknown);
    let result = pdf::read(bytes, limits, &mut Eyelid::default(), &mut document);
    (document, result)
}

/// Eyes that see one line on every picture, and count pictures.
#[derive(Default)]
pub(in crate::read::pdf) struct Eyelid {
    pub(in crate::read::pdf) pictures: Vec<(usize, usize)>,
    pub(in crate::read::pdf) text: &'static str,
}

impl Eyes for Eyelid {
    fn read(&mut self, picture: Picture, _: Effort) -> Result<PageReading, String> {
        self.pictures.push((picture.width(), picture.height()));
        Ok(seen(self.text, picture.width(), picture.height()))
    }
}

/// A reading of a picture with one line, its characters as high as they are wide.
pub(in crate::read::pdf) fn seen(text: &str, width: usize, height: usize) -> PageReading {
    let count = text.chars().count();
    let em = width as f32 / 40.0;
    let (left, top) = (width as f32 * 0.1, height as f32 * 0.1);
    let place = |x: f32, y: f32| Point { x: left + x * em * count as f32, y: top + y * em };
    let character = |(index, char): (usize, char)| Character {
        char,
        from: index as f32 / count as f32,
        to: (index + 1) as f32 / count as f32,
        confidence: 0.95,
    };
    let line = TextLine {
        quad: [place(0.0, 0.0), place(1.0, 0.0), place(1.0, 1.0), place(0.0, 1.0)],
        characters: text.chars().enumerate().map(character).collect(),
        confidence: 0.95,
        reread: false,
        red: false,
    };
    let lines = if text.is_empty() { Vec::new() } else { vec![line] };
    PageReading { width, height, lines, ..PageReading::default() }
}

pub(in crate::read::pdf) fn read_with(bytes: &[u8], eyes: &mut Eyelid) -> Document {
    let mut document = Document::empty(MediaType::Unknown);
    let result = pdf::read(bytes, &Limits::default(), eyes, &mut document);
    assert!(result.is_ok(), "{result:?}");
    document
}

pub(in crate::read::pdf) fn read(bytes: &[u8]) -> (Document, Result<(), ReadError>) {
    read_within(bytes, &Limits::default())
}

/// The lines' texts of page 1.
pub(in crate::read::pdf) fn texts(bytes: &[u8]) -> Vec<String> {
    let (document, result) = read(bytes);
    assert!(result.is_ok(), "{result:?}");
    document.pages[0].lines.iter().map(|line| line.text.clone()).collect()
}

/// The issues' codes.
pub(in crate::read::pdf) fn codes(document: &Document) -> Vec<&str> {
    document.issues.iter().map(|issue| issue.code.as_str()).collect()
}
