//! Where the running text of a page begins and ends.

use super::script;
use super::strip::{Source, Strip};

/// The running margins of a page, in points, or of a typewritten text, in columns.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margins {
    /// Left edge of lines that are not indented.
    pub left: f32,
    /// Right edge of full lines.
    pub right: f32,
    /// Usual white space between two lines, 0 where unknown.
    pub leading: f32,
    /// Usual font size in points, 0 where unknown.
    pub size: f32,
}

/// The margins of every page of a document, with those of the whole for pages that say little.
#[derive(Debug)]
struct PageMargins {
    whole: Margins,
    pages: Vec<(u32, Margins)>,
}

/// Fewest lines from which a page's own margins are told.
const ENOUGH: usize = 8;

impl Margins {
    /// The margins of each page; `strips` are the body's lines in order.
    fn of_pages(strips: &[Strip<'_>]) -> PageMargins {
        let whole = measure(strips, None);
        let by_page = strips.chunk_by(|a, b| a.page() == b.page());
        let pages = by_page
            .filter_map(|lines| {
                lines.first().and_then(Strip::page).map(|page| (page, measure(lines, Some(whole))))
            })
            .collect();
        PageMargins { whole, pages }
    }

    /// Is a line from `left` to `right` set in the middle?
    pub fn centres(&self, left: f32, right: f32, em: f32) -> bool {
        let (before, after) = (left - self.left, self.right - right);
        before > 2.6 * em
            && after > 1.5 * em
            && (before - after).abs() < (0.12 * (self.right - self.left)).min(2.5 * em)
    }
}

/// Narrowest column of running text, in ems, that is told from a list of short lines.
const COLUMN: f32 = 11.0;
/// How ragged the right edge of a column may be, in ems: a mark that must not begin a line, or a figure.
const RAGGED: f32 = 2.6;

/// The margins that hold for each line: those of its page, or of a narrower column that it stands in, as
/// the Chinese half of a text in two languages does.
pub fn of_lines(strips: &[Strip<'_>]) -> Vec<Margins> {
    let pages = Margins::of_pages(strips);
    let runs: Vec<_> = strips.chunk_by(|a, b| a.page() == b.page() && same_column(a, b)).collect();
    let page = |lines: &[Strip<'_>]| lines.first().map_or(pages.whole, |first| pages.of(first));
    let columns: Vec<Margins> = runs.iter().filter_map(|lines| column(lines, page(lines))).collect();
    runs.iter().flat_map(|lines| vec![within(lines, page(lines), &columns); lines.len()]).collect()
}

/// The margins of a run of lines: those of a column found in the document, if the lines keep to it.
fn within(lines: &[Strip<'_>], page: Margins, columns: &[Margins]) -> Margins {
    let em = lines.first().map_or(0.0, Strip::size);
    let left = lines.first().map_or(0.0, |line| edges(line).0);
    let right = lines.iter().map(|line| edges(line).1).fold(0.0, f32::max);
    let fits = |column: &&Margins| {
        (column.left - left).abs() < 0.3 * em && (column.right - right).abs() < RAGGED * em
    };
    columns
        .iter()
        .find(fits)
        .filter(|_| is_prose(lines))
        .map_or(page, |column| Margins { right: column.right.max(right), ..*column })
}

/// Do two lines begin at the same place and in the same size, with a usual gap between?
fn same_column(a: &Strip<'_>, b: &Strip<'_>) -> bool {
    let (Source::Line(p, a), Source::Line(q, b)) = (a.source, b.source) else { return false };
    let em = a.size.max(1.0);
    let (upper, lower) = (p.level(a.bbox), q.level(b.bbox));
    let gap = lower.y0 - upper.y1;
    (upper.x0 - lower.x0).abs() < 0.3 * em
        && (a.size - b.size).abs() < 0.1 * em
        && (-em..1.5 * em).contains(&gap)
}

/// Are the lines running text, and not labels with their values?
fn is_prose(lines: &[Strip<'_>]) -> bool {
    let labelled = |line: &&Strip<'_>| line.text.chars().take(30).any(|c| matches!(c, ':' | '：'));
    lines.iter().filter(labelled).count() < 2
}

/// The margins of a column clearly narrower than the page that lines fill, all but the last of a paragraph.
fn column(lines: &[Strip<'_>], page: Margins) -> Option<Margins> {
    let em = lines.first()?.size();
    let left = lines.iter().map(|line| edges(line).0).fold(f32::INFINITY, f32::min);
    let right = lines.iter().map(|line| edges(line).1).fold(0.0, f32::max);
    let full = lines.iter().filter(|line| right - edges(line).1 < RAGGED * em).count();
    let narrow = page.right - right > 3.0 * em && right - left > COLUMN * em;
    let filled = full >= 2 && lines.len() >= 3 && (full + 1) * 10 >= lines.len() * 7;
    (em > 0.0 && narrow && filled && is_prose(lines)).then_some(Margins { left, right, ..page })
}

impl PageMargins {
    /// The margins that hold for a strip.
    fn of(&self, strip: &Strip<'_>) -> Margins {
        let index =
            strip.page().and_then(|page| self.pages.binary_search_by_key(&page, |(number, _)| *number).ok());
        index.and_then(|index| self.pages.get(index)).map_or(self.whole, |(_, margins)| *margins)
    }
}

/// Measures lines; with few of them, `fallback` holds where it is not contradicted.
fn measure(strips: &[Strip<'_>], fallback: Option<Margins>) -> Margins {
    let boxes: Vec<_> = strips.iter().map(edges).collect();
    let mut lefts: Vec<f32> = boxes.iter().map(|edges| edges.0).collect();
    let mut rights: Vec<f32> = boxes.iter().map(|edges| edges.1).collect();
    let (left, right) = (quantile(&mut lefts, 0.1), quantile(&mut rights, 0.9));
    let mut sizes: Vec<f32> = strips.iter().map(Strip::size).collect();
    match fallback {
        Some(whole) if strips.len() < ENOUGH => {
            Margins { left: left.min(whole.left), right: right.max(whole.right), ..whole }
        }
        _ => Margins { left, right, leading: leading(strips), size: quantile(&mut sizes, 0.5) },
    }
}

fn edges(strip: &Strip<'_>) -> (f32, f32) {
    strip.level_box().map_or((0.0, script::text_columns(strip.text) as f32), |bbox| (bbox.x0, bbox.x1))
}

/// The median white space between lines that follow one another down a page.
fn leading(strips: &[Strip<'_>]) -> f32 {
    let gap = |pair: &[Strip<'_>]| match (pair.first()?.source, pair.get(1)?.source) {
        (Source::Line(p, a), Source::Line(q, b)) if p.number == q.number => {
            Some(q.level(b.bbox).y0 - p.level(a.bbox).y1)
        }
        _ => None,
    };
    let mut gaps: Vec<f32> = strips.windows(2).filter_map(gap).filter(|&gap| gap > -2.0).collect();
    quantile(&mut gaps, 0.5).max(0.0)
}

/// The value below which `share` of the values lie; 0 for none.
fn quantile(values: &mut [f32], share: f32) -> f32 {
    values.sort_by(f32::total_cmp);
    let index = (values.len().saturating_sub(1)) as f32 * share;
    values.get(index.round() as usize).copied().unwrap_or(0.0)
}
