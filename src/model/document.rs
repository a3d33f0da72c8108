//! What reading yields: pages with lines, or blocks for formats without pages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::geometry::turned_about;
use super::record::Seal;
use super::{BBox, Issue, Level};

/// What a file is by its content, never by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum MediaType {
    /// PDF.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// Word 2007 and later, and WPS files of that format.
    #[serde(rename = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    Docx,
    /// Text without mark-up, in any encoding that the plain reader knows.
    #[serde(rename = "text/plain")]
    Plain,
    /// Word 97–2003 and WPS (a compound file).
    #[serde(rename = "application/msword")]
    Doc,
    /// OFD (GB/T 33190), the fixed-layout format of Chinese offices.
    #[serde(rename = "application/ofd")]
    Ofd,
    /// JPEG.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// PNG.
    #[serde(rename = "image/png")]
    Png,
    /// TIFF, of one page or many.
    #[serde(rename = "image/tiff")]
    Tiff,
    /// Windows bitmap.
    #[serde(rename = "image/bmp")]
    Bmp,
    /// WebP.
    #[serde(rename = "image/webp")]
    WebP,
    /// GIF, JPEG 2000; recognised, not read.
    #[serde(rename = "image/*")]
    Image,
    /// A ZIP that is none of the above: a container, whose members are documents of their own.
    #[serde(rename = "application/zip")]
    Zip,
    /// RTF.
    #[serde(rename = "application/rtf")]
    Rtf,
    /// A mail (EML): a container, whose attachments are documents of their own.
    #[serde(rename = "message/rfc822")]
    Mail,
    /// Microsoft Works; recognised, not read.
    #[serde(rename = "application/vnd.ms-works")]
    Works,
    /// Anything else.
    #[serde(rename = "application/octet-stream")]
    Unknown,
}

impl MediaType {
    /// Is it a file that holds other files, each a document of its own?
    pub fn is_container(self) -> bool {
        matches!(self, Self::Zip | Self::Mail)
    }
}

/// How a page's text was come by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PageOrigin {
    /// The file's own text.
    TextLayer,
    /// Read off the image.
    Ocr,
    /// Text layer and image, weighed against each other.
    Merged,
    /// Not read.
    Unread,
}

/// What a page looks like to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PageClass {
    /// Born digital: the text layer is the text.
    Text,
    /// An image and no text.
    Scan,
    /// An image over invisible text that some OCR put there.
    ScanWithLayer,
    /// Text drawn as shapes.
    Outlined,
    /// A text layer that cannot be trusted.
    Garbled,
    /// Nothing on it.
    Empty,
}

/// One physical line of a page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// The text as written, left to right, gaps wider than a space kept as spaces.
    pub text: String,
    /// Where it stands.
    pub bbox: BBox,
    /// Left edge of each character of `text`, then the right edge of the last: one more than characters.
    /// Empty where the reader has no positions inside the line (`pdf-extract`).
    pub edges: Vec<f32>,
    /// Font size in points (the em), 0 where unknown.
    pub size: f32,
    /// How it hangs together with the line before it.
    pub joint: Joint,
    /// How sure the reading of each character of `text` is, 0 to 1. Empty where nothing was read off an image:
    /// then every character is as sure as the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub confidences: Vec<f32>,
}

/// How a line hangs together with the one before it, as far as the rules of a table tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Joint {
    /// The rules say nothing.
    #[default]
    Free,
    /// It goes on with that line's text in the same cell, which had no room left.
    Cell,
    /// It begins the next cell of the same row, whose cells all hold one text each.
    Row,
}

/// One page of a paged format.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Counted from 1.
    pub number: u32,
    /// Width in points as displayed.
    pub width: f32,
    /// Height in points as displayed.
    pub height: f32,
    /// Degrees clockwise that the page is turned for display: 0, 90, 180 or 270.
    pub rotation: u16,
    /// How the text was come by.
    pub origin: PageOrigin,
    /// What the page looks like.
    pub class: PageClass,
    /// Why it was classed so, with the figures that decided.
    pub why: String,
    /// Mean confidence over the page's characters, 0 to 1.
    pub confidence: f32,
    /// Its lines, in the order in which a person reads them.
    pub lines: Vec<Line>,
    /// What stands on it and is not text: handwriting, pictures. Empty also where nobody looked
    /// ([`Page::looked_at`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<Mark>,
    /// Was the page's picture looked at, so that a place without marks is known to be empty?
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub looked_at: bool,
    /// Degrees by which its lines rise to the right: the sheet lay askew in the scanner. 0 where the file says what is
    /// level.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub skew: f32,
}

impl Page {
    /// The box of a line once the page is put level, so that what is set flush stands flush.
    pub fn level(&self, bbox: BBox) -> BBox {
        if self.skew == 0.0 {
            return bbox;
        }
        let (sin, cos) = self.skew.to_radians().sin_cos();
        let middle = ((bbox.x0 + bbox.x1) / 2.0, (bbox.y0 + bbox.y1) / 2.0);
        let (x, y) = turned_about((self.width / 2.0, self.height / 2.0), middle, (sin, cos));
        let along = bbox.width() / cos / 2.0;
        let across = ((bbox.height() - bbox.width() * sin.abs() / cos) / 2.0).max(0.0);
        BBox::new(x - along, y - across, x + along, y + across)
    }
}

fn is_zero(degrees: &f32) -> bool {
    *degrees == 0.0
}

/// Something on a page that is not text.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Where.
    pub bbox: BBox,
    /// What.
    pub kind: MarkKind,
}

/// What a [`Mark`] looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    /// Strokes that no line of text accounts for: a signature (签名), a handwritten date, a fingerprint (指模).
    Ink,
    /// A picture placed on the page; nobody looked into it.
    Picture,
}

/// The part of a document that a stretch of text belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Region {
    /// The contract itself.
    Body,
    /// A running header (页眉).
    Header,
    /// A running footer or page number (页脚、页码).
    Footer,
    /// A footnote or endnote (脚注、尾注).
    Note,
    /// A reviewer's comment (批注).
    Comment,
    /// Another document bound with the contract (招标文件、中标通知书): kept and found by search, never mined.
    Accompanying,
}

impl Region {
    /// Where it stands in the running text: the body first, then what was set apart of it.
    pub fn rank(self) -> u8 {
        match self {
            Self::Body => 0,
            Self::Header => 1,
            Self::Footer => 2,
            Self::Note => 3,
            Self::Comment => 4,
            Self::Accompanying => 5,
        }
    }
}

/// Position of a cell in its table, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// Row.
    pub row: u32,
    /// Column; a merged cell stands where it begins.
    pub column: u32,
}

/// One paragraph of a format without pages (DOCX, plain text), or a paragraph in a table cell of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Number of the paragraph or table in the document, from 0. All cells of one table share it.
    pub number: u32,
    /// Set for a paragraph inside a table.
    pub cell: Option<Cell>,
    /// The part of the document it belongs to.
    pub region: Region,
    /// The text as a person sees it: with the number that the program puts before it (第一条, 1.1),
    /// insertions in, deletions out. Line breaks inside the paragraph are `\n`.
    pub text: String,
    /// Outline level from 1 where the format marks a heading, or the document's title as 0.
    pub heading: Option<u8>,
    /// Is the paragraph centred?
    pub centred: bool,
    /// Font size in points, 0 where unknown.
    pub size: f32,
}

impl Block {
    /// A body paragraph without any format.
    pub fn paragraph(number: u32, text: impl Into<String>) -> Self {
        Self {
            number,
            cell: None,
            region: Region::Body,
            text: text.into(),
            heading: None,
            centred: false,
            size: 0.0,
        }
    }
}

/// A file, read. Either `pages` or `blocks` is filled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// What the file is.
    pub media_type: MediaType,
    /// How many pages the file says it has; `None` for formats without pages.
    pub page_count: Option<u32>,
    /// The pages, in order. A page that could not be read is here too, with origin `unread`.
    pub pages: Vec<Page>,
    /// The paragraphs of a format without pages, in reading order.
    pub blocks: Vec<Block>,
    /// Seal impressions (印章), by page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seals: Vec<Seal>,
    /// What went wrong.
    pub issues: Vec<Issue>,
}

impl Document {
    /// A document of which nothing is known yet.
    pub fn empty(media_type: MediaType) -> Self {
        Self {
            media_type,
            page_count: None,
            pages: Vec::new(),
            blocks: Vec::new(),
            seals: Vec::new(),
            issues: Vec::new(),
        }
    }

    /// Is something of it unread or damaged, as its issues say?
    pub fn is_damaged(&self) -> bool {
        self.issues.iter().any(|issue| issue.level == Level::Error)
    }

    /// Numbers of the pages whose text is not known: a "missing" finding has to name them.
    pub fn unread_pages(&self) -> Vec<u32> {
        self.pages.iter().filter(|page| page.origin == PageOrigin::Unread).map(|page| page.number).collect()
    }
}
