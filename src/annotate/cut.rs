//! Splits runs so that the marks of a comment stand around exactly its characters.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::outline::{Outline, Piece, Run};
use super::package;
use crate::read::docx::places::SPACES;
use crate::read::docx::xml::Malformed;

/// Which side of a character a mark stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    /// After it: marks that end come before marks that begin at the same place.
    After,
    Before,
}

/// Where a mark can stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cut {
    /// Between two elements.
    Between,
    /// Between two children of a run.
    Run(usize),
    /// In the text of a child of a run.
    Text(usize, usize),
}

/// A replacement of bytes.
type Edit = (Range<usize>, String);

/// The part with the marks of these comments: number and bytes of each.
///
/// # Errors
///
/// [`Malformed`] where the part has no name for the elements of a comment.
pub fn mark(part: &str, outline: &Outline, comments: &[(u32, Range<usize>)]) -> Result<String, Malformed> {
    let w = package::prefix(part)?;
    let mut marks: BTreeMap<(usize, Cut), Vec<(Side, String)>> = BTreeMap::new();
    for (id, stretch) in comments {
        let (from, before) = outline.resolve(part, stretch.start, Side::Before);
        let (to, after) = outline.resolve(part, stretch.end, Side::After);
        let begin = format!("<{w}commentRangeStart {w}id=\"{id}\"/>");
        let end =
            format!("<{w}commentRangeEnd {w}id=\"{id}\"/><{w}r><{w}commentReference {w}id=\"{id}\"/></{w}r>");
        marks.entry((from, before)).or_default().push((Side::Before, begin));
        marks.entry((to, after)).or_default().push((Side::After, end));
    }
    let mut edits: Vec<Edit> = Vec::new();
    let mut texts = BTreeSet::new();
    for ((at, cut), mut marks) in marks {
        marks.sort_by_key(|(side, _)| *side);
        let marks: String = marks.into_iter().map(|(_, mark)| mark).collect();
        if let Cut::Text(run, piece) = cut {
            texts.insert((run, piece));
        }
        edits.push((at..at, outline.insertion(part, cut, &marks)));
    }
    for (run, piece) in texts {
        edits.extend(outline.piece(run, piece).into_iter().flat_map(|piece| keep_spaces(part, piece)));
    }
    Ok(apply(part, edits))
}

impl Outline {
    /// Where a mark before or after the character at `offset` can stand.
    fn resolve(&self, part: &str, offset: usize, side: Side) -> (usize, Cut) {
        let holds = |range: &Range<usize>| match side {
            Side::Before => range.start <= offset && offset < range.end,
            Side::After => range.start < offset && offset <= range.end,
        };
        let edge = |range: &Range<usize>| if side == Side::Before { range.start } else { range.end };
        if let Some(outermost) =
            self.sealed.iter().filter(|range| holds(range)).min_by_key(|range| range.start)
        {
            return (edge(outermost), Cut::Between);
        }
        let index =
            self.runs.partition_point(|run| run.outer.start < offset + usize::from(side == Side::Before));
        let Some((index, run)) = index
            .checked_sub(1)
            .and_then(|at| Some((at, self.runs.get(at)?)))
            .filter(|(_, run)| holds(&run.outer))
        else {
            return (offset, Cut::Between);
        };
        let Some(at) = run.pieces.iter().position(|piece| holds(&piece.outer)) else {
            return (edge(&run.outer), Cut::Between);
        };
        let Some(piece) = run.pieces.get(at) else { return (edge(&run.outer), Cut::Between) };
        match (side, piece.field) {
            (Side::Before, Some(begin)) => (begin, Cut::Between),
            _ => match piece.text.as_ref().map(|text| trimmed(part, piece, text)) {
                Some(text) if text.start < offset && offset < text.end => (offset, Cut::Text(index, at)),
                _ => run.boundary(index, at + usize::from(side == Side::After)),
            },
        }
    }

    fn piece(&self, run: usize, piece: usize) -> Option<&Piece> {
        self.runs.get(run)?.pieces.get(piece)
    }

    /// The marks, with what ends and begins a run around them.
    fn insertion(&self, part: &str, cut: Cut, marks: &str) -> String {
        let (run, piece) = match cut {
            Cut::Between => return marks.to_owned(),
            Cut::Run(run) => (run, None),
            Cut::Text(run, piece) => (run, self.piece(run, piece)),
        };
        let Some(run) = self.runs.get(run) else { return marks.to_owned() };
        let slice = |range: &Range<usize>| part.get(range.clone()).unwrap_or_default();
        let (tag, properties) = (slice(&run.tag), slice(&run.properties));
        let (end, begin) = match piece.map(|piece| name_of(slice(&piece.tag))) {
            Some(t) => (format!("</{t}>"), format!("<{t} xml:space=\"preserve\">")),
            None => (String::new(), String::new()),
        };
        format!("{end}</{}>{marks}{tag}{properties}{begin}", name_of(tag))
    }
}

impl Run {
    /// Before which child a mark stands: at the run's ends, it stands outside.
    fn boundary(&self, index: usize, child: usize) -> (usize, Cut) {
        match self.pieces.get(child) {
            _ if child == 0 => (self.outer.start, Cut::Between),
            Some(piece) => (piece.outer.start, Cut::Run(index)),
            None => (self.outer.end, Cut::Between),
        }
    }
}

/// Does the text keep the white space at its ends?
fn keeps_spaces(part: &str, piece: &Piece) -> bool {
    part.get(piece.tag.clone()).is_some_and(|tag| tag.contains("preserve"))
}

/// What is shown of a `w:t`.
fn trimmed(part: &str, piece: &Piece, text: &Range<usize>) -> Range<usize> {
    let written = part.get(text.clone()).unwrap_or_default();
    if keeps_spaces(part, piece) {
        return text.clone();
    }
    let lead = written.len() - written.trim_start_matches(SPACES).len();
    let rest = written.trim_matches(SPACES).len();
    text.start + lead..text.start + lead + rest
}

/// A text that is cut has white space at its ends that was inside before: it has to be kept, and what was not shown
/// has to go.
fn keep_spaces(part: &str, piece: &Piece) -> Vec<Edit> {
    let Some(text) = piece.text.as_ref().filter(|_| !keeps_spaces(part, piece)) else { return Vec::new() };
    let shown = trimmed(part, piece, text);
    let name = name_of(part.get(piece.tag.clone()).unwrap_or_default());
    vec![
        (piece.tag.start..shown.start, format!("<{name} xml:space=\"preserve\">")),
        (shown.end..text.end, String::new()),
    ]
}

/// The name in a start tag, with its prefix.
fn name_of(tag: &str) -> &str {
    let name = tag.trim_start_matches('<');
    name.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next().unwrap_or_default()
}

/// The part after the edits, which do not overlap.
fn apply(part: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(part.len() + edits.iter().map(|(_, new)| new.len()).sum::<usize>());
    let mut done = 0;
    for (range, new) in edits {
        out.push_str(part.get(done..range.start).unwrap_or_default());
        out.push_str(&new);
        done = range.end;
    }
    out.push_str(part.get(done..).unwrap_or_default());
    out
}
