//! Bytes → [`Document`]: one reader for each format, in a child process with limits.

pub mod container;
pub mod doc;
pub mod docx;
mod guard;
pub mod image;
mod layout;
pub mod ofd;
mod packed;
pub mod pdf;
pub mod picture;
pub mod plain;
pub mod rtf;
mod sheet;
pub mod sniff;
pub mod worker;

use self::picture::{Eyes, Models};
use crate::model::{Block, Document, Issue, Level, MediaType, Page, Seal, Stage};

/// Receives what a reader finds, piece by piece, so that finished pages survive when the reader is killed.
pub trait Sink {
    /// The file was opened; `pages` is how many pages it says it has.
    fn opened(&mut self, media_type: MediaType, pages: Option<u32>);
    /// A page is done.
    fn page(&mut self, page: Page);
    /// A paragraph of a format without pages is done.
    fn block(&mut self, block: Block);
    /// A seal impression (印章) was found on a page.
    fn seal(&mut self, seal: Seal);
    /// Something a person should know.
    fn issue(&mut self, issue: Issue);
    /// A picture is about to be read, which takes longer than anything else.
    fn looking(&mut self) {}
}

impl Sink for Document {
    fn opened(&mut self, media_type: MediaType, pages: Option<u32>) {
        self.media_type = media_type;
        self.page_count = pages;
    }

    fn page(&mut self, page: Page) {
        self.pages.push(page);
    }

    fn block(&mut self, block: Block) {
        self.blocks.push(block);
    }

    fn seal(&mut self, seal: Seal) {
        self.seals.push(seal);
    }

    fn issue(&mut self, issue: Issue) {
        self.issues.push(issue);
    }
}

/// Bounds that a reader keeps inside itself; the worker's process limits stand behind them.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// First page read, from 1: a reader that died goes on where it stopped.
    pub first_page: u32,
    /// Last page read: where only some pages are to be read again.
    pub last_page: u32,
    /// Pages read of one document.
    pub pages: u32,
    /// Glyphs or characters of one page.
    pub glyphs_per_page: usize,
    /// Bytes that one compressed part may unpack to.
    pub unpacked_bytes: u64,
    /// Wall time for one page.
    pub page_time: std::time::Duration,
    /// How hard pictures are looked at.
    pub effort: Effort,
}

impl Limits {
    /// Numbers of the pages to read of a document with `count` pages.
    pub fn range(&self, count: u32) -> std::ops::RangeInclusive<u32> {
        self.first_page..=count.min(self.pages).min(self.last_page)
    }
}

/// How hard pictures are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub enum Effort {
    /// The fast models, and the strong ones where there is doubt about what matters.
    #[default]
    Usual,
    /// The strong models for everything; each page is read by its picture, whatever its text layer is worth.
    Strong,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            first_page: 1,
            last_page: u32::MAX,
            pages: 10_000,
            glyphs_per_page: 200_000,
            unpacked_bytes: 256 << 20,
            page_time: std::time::Duration::from_secs(10),
            effort: Effort::Usual,
        }
    }
}

/// Why a document as a whole could not be read. The text is Chinese, says what to do, and goes into an issue.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Zero bytes.
    #[error("文件为空（0 字节），请检查来源后重新放入")]
    Empty,
    /// A password is needed.
    #[error("文件已加密，需要打开密码；请用密码另存为不加密的文件后重新放入")]
    Encrypted,
    /// The format is known and not read yet, or unknown.
    #[error("不支持的文件格式（{0}），请转换为 PDF 或 DOCX 后重新放入")]
    Unsupported(String),
    /// The bytes are not what the format asks for.
    #[error("文件损坏或不完整：{0}；请从来源重新取得")]
    Damaged(String),
    /// A limit was met before anything could be read.
    #[error("超出读取限制：{0}")]
    Limit(String),
}

impl ReadError {
    /// The stable slug for the issue.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty-file",
            Self::Encrypted => "encrypted",
            Self::Unsupported(_) => "unsupported-format",
            Self::Damaged(_) => "damaged",
            Self::Limit(_) => "limit-exceeded",
        }
    }

    /// As an issue of the record.
    pub fn to_issue(&self) -> Issue {
        Issue::new(Level::Error, Stage::Read, self.code(), self.to_string())
    }
}

/// Reads a file's bytes, whatever its name says, into `sink`.
///
/// What was found before an error stays in the sink.
pub fn read(
    bytes: &[u8],
    limits: &Limits,
    eyes: &mut dyn Eyes,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let media_type = sniff::sniff(bytes);
    match media_type {
        MediaType::Pdf => pdf::read(bytes, limits, eyes, sink),
        MediaType::Docx => docx::read(bytes, limits, sink),
        MediaType::Ofd => ofd::read(bytes, limits, eyes, sink),
        MediaType::Doc => doc::read(bytes, limits, sink),
        MediaType::Rtf => rtf::read(bytes, limits, sink),
        MediaType::Zip | MediaType::Mail => container::read(media_type, bytes, limits, sink),
        MediaType::Plain => plain::read(bytes, limits, sink),
        MediaType::Jpeg | MediaType::Png | MediaType::Tiff | MediaType::Bmp | MediaType::WebP => {
            image::read(bytes, media_type, limits, eyes, sink)
        }
        other => {
            sink.opened(other, None);
            Err(ReadError::Unsupported(sniff::name(other).to_owned()))
        }
    }
}

/// Reads a file in this process: for tests and for trusted bytes. Hostile files belong in the worker.
pub fn read_here(bytes: &[u8]) -> Document {
    let mut document = Document::empty(MediaType::Unknown);
    if let Err(error) = read(bytes, &Limits::default(), &mut Models::new(), &mut document) {
        document.issues.push(error.to_issue());
    }
    document
}
