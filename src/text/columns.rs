//! Rows of two or more columns whose cells run on into the next line, as long names in a signature
//! block do: the pieces of each cell are brought together.
//!
//! ```text
//! 甲方（盖章）：深圳市罗湖区机关事务   乙方（盖章）：深圳市某某低碳科技股
//! 管理局                             份有限公司
//! ```

use super::fold::Folder;
use super::join;
use super::script;
use super::strip::{Source, Strip};

/// How far, in ems, the pieces of one cell may begin apart.
const ALIGNED: f32 = 0.7;
/// Widest gutter between two columns, in ems.
const GUTTER: f32 = 2.7;

/// A row of columns with the cells' pieces so far.
#[derive(Debug)]
pub struct Row<'a> {
    columns: Vec<Column<'a>>,
    page: u32,
    em: f32,
}

/// One column of a row.
#[derive(Debug)]
struct Column<'a> {
    left: f32,
    /// Right edge of the cell's last piece.
    right: f32,
    /// Where the next column, or the margin, begins.
    limit: f32,
    strips: Vec<Strip<'a>>,
}

impl<'a> Row<'a> {
    /// The row that a line makes up, when each of its columns is a label with its value; the last may be the beginning of
    /// a label that goes on in the next line.
    pub fn new(strip: Strip<'a>, margin: f32, folder: &Folder) -> Option<Self> {
        let Source::Line(page, line) = strip.source else { return None };
        let segments = segments(strip, folder);
        let ((last, ..), others) = segments.split_last()?;
        let whole = others.iter().all(|(segment, ..)| is_labelled(segment, folder));
        let ends = is_labelled(last, folder) || folder.labels().may_begin(&folder.fold(last.text));
        if others.is_empty() || !whole || !ends {
            return None;
        }
        let lefts: Vec<f32> = segments.iter().skip(1).map(|(_, left, _)| *left).chain([margin]).collect();
        let columns = segments.into_iter().zip(lefts);
        let columns =
            columns.map(|((strip, left, right), limit)| Column { left, right, limit, strips: vec![strip] });
        Some(Self { columns: columns.collect(), page: page.number, em: line.size.max(1.0) })
    }

    /// Takes the next line in when all of it continues cells of the row.
    pub fn take_in(&mut self, strip: Strip<'a>, folder: &Folder) -> bool {
        let Source::Line(page, _) = strip.source else { return false };
        let segments = segments(strip, folder);
        let alone = segments.len() == 1;
        let place = |(segment, left, _): &(Strip<'a>, f32, f32)| {
            let below = self.value_below(segment, *left, folder).filter(|_| alone);
            below.or_else(|| self.column_at(segment, *left).filter(|_| !is_labelled(segment, folder)))
        };
        let places: Option<Vec<usize>> = segments.iter().map(place).collect();
        let Some(places) = places.filter(|places| !places.is_empty() && page.number == self.page) else {
            return false;
        };
        for ((segment, _, right), place) in segments.into_iter().zip(places) {
            if let Some(column) = self.columns.get_mut(place) {
                column.right = right;
                column.strips.push(segment);
            }
        }
        true
    }

    /// The last column, where it is a label whose value, or whose end, had no room and begins the next line.
    fn value_below(&self, piece: &Strip<'_>, left: f32, folder: &Folder) -> Option<usize> {
        let (first, last) = (self.columns.first()?, self.columns.last()?);
        let [label] = last.strips.as_slice() else { return None };
        let (begun, rest) = (folder.fold(label.text), folder.fold(piece.text));
        let needed = match begun.contains(':') {
            true if begun.ends_with(':') && !rest.contains(':') => join::first_word(piece.text, self.em),
            // 税 | 号：9144…: what is left of the label did not want to part from its value.
            false if folder.labels().begins(begun.chars().chain(rest.chars())) => {
                script::text_columns(piece.text) as f32 * self.em / 2.0
            }
            _ => return None,
        };
        let flush = (first.left - left).abs() < ALIGNED * self.em;
        (flush && last.limit - last.right < needed).then(|| self.columns.len() - 1)
    }

    /// The column that a piece beginning at `left` continues: one whose cell has no room left for the
    /// piece's first word.
    fn column_at(&self, piece: &Strip<'_>, left: f32) -> Option<usize> {
        let needed = join::first_word(piece.text, self.em) + GUTTER * self.em;
        self.columns.iter().position(|column| {
            (column.left - left).abs() < ALIGNED * self.em && column.limit - column.right < needed
        })
    }

    /// The pieces, cell by cell.
    pub fn strips(&self) -> Vec<Strip<'a>> {
        let flagged = |column: &Column<'a>| {
            let pieces = column.strips.iter().enumerate();
            pieces.map(|(n, strip)| Strip { new_column: n == 0, ..*strip }).collect::<Vec<_>>()
        };
        self.columns.iter().flat_map(flagged).collect()
    }
}

/// The columns of a line with their left and right edges; none where positions are not known.
fn segments<'a>(strip: Strip<'a>, folder: &Folder) -> Vec<(Strip<'a>, f32, f32)> {
    let Source::Line(_, line) = strip.source else { return Vec::new() };
    if line.edges.len() != line.text.chars().count() + 1 {
        return Vec::new();
    }
    let segment = |bytes: std::ops::Range<usize>| {
        let text = strip.text.get(bytes.clone())?;
        let skipped = strip.skipped + strip.text.get(..bytes.start)?.chars().count();
        let (left, right) = (line.edges.get(skipped)?, line.edges.get(skipped + text.chars().count())?);
        Some((Strip { text, skipped, ..strip }, *left, *right))
    };
    folder.columns(strip.text).into_iter().filter_map(segment).collect()
}

/// Does a column hold a label with its value?
fn is_labelled(segment: &Strip<'_>, folder: &Folder) -> bool {
    folder.fold(segment.text).contains(':')
}
