//! What is true of a scanned page: the JSON that lies beside its picture.
//!
//! Places are pixels of the upright picture, origin top left, as a reader reports them.

use serde::{Deserialize, Serialize};

/// Four corners in reading order: top left, top right, bottom right, bottom left.
pub type Quad = [[f32; 2]; 4];

/// A page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PageTruth {
    /// The picture, below the folder of the truth; for a page of a longer file, that file.
    pub file: String,
    /// Which kind of wear: `A` to `E`, or `T` for turned pages.
    pub variant: String,
    /// The slug of the contract.
    pub source: String,
    /// The page of the contract, from 1.
    pub page: usize,
    /// The typeface.
    pub font: String,
    /// Pixels per inch.
    pub dpi: u16,
    /// Pixels across, upright.
    pub width: usize,
    /// Pixels down, upright.
    pub height: usize,
    /// How many degrees the picture has to be turned clockwise to stand upright: 0, 90, 180, 270.
    pub turn: u16,
    /// How far lines rise to the right, in degrees; negative if they fall.
    pub skew: f32,
    /// Its lines, in reading order; a cell's lines each for itself.
    pub lines: Vec<LineTruth>,
    /// Its tables.
    pub tables: Vec<TableTruth>,
    /// Its seals (印章).
    pub seals: Vec<SealTruth>,
    /// Where somebody was to sign.
    pub slots: Vec<SlotTruth>,
}

/// A line of printed text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LineTruth {
    /// What it says.
    pub text: String,
    /// Where it stands.
    pub quad: Quad,
    /// What it is.
    pub role: Role,
    /// Its table (an index into `tables`), row and column, from 0.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<[usize; 3]>,
    /// Whether a seal covers some of it.
    pub under_seal: bool,
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// A line of the title or a heading.
    Title,
    /// A line of a paragraph.
    Body,
    /// A line in a table's cell.
    Cell,
    /// A line of the signature block (签署栏), where seals and signatures stand.
    Signature,
    /// The running header or footer.
    Running,
}

/// A ruled table, or the part of it on this page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableTruth {
    /// Its outermost rules.
    pub quad: Quad,
    /// Rows on this page.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
}

/// A seal impression (印章).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SealTruth {
    /// Left, top, right, bottom of what is on the page.
    pub bounds: [f32; 4],
    /// Its outline.
    pub shape: Shape,
    /// The name around the rim, or what a square seal says.
    pub name: String,
    /// What stands in a line below the middle: 合同专用章 …; empty if nothing does.
    pub purpose: String,
    /// The digits at the lower rim; empty if there are none.
    pub serial: String,
    /// Whether the page's edge cuts it (骑缝章).
    pub straddles_edge: bool,
    /// How it is tilted, in degrees against the clock.
    pub tilt: f32,
}

/// The outline of a seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// 圆形: 公章, 合同专用章.
    Round,
    /// 椭圆形: 发票专用章.
    Oval,
    /// 方形: 法人名章.
    Square,
}

/// A place to sign.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SlotTruth {
    /// What stands before it: 法定代表人（签字）：
    pub label: String,
    /// The free place.
    pub quad: Quad,
    /// Whether somebody signed.
    pub signed: bool,
}
