//! Sets running headers, footers and page numbers apart from the body.
//!
//! A line near the edge of the page is a running one when it stands there, at the same height, on many
//! pages, figures aside. A page number is told by its shape as well, and on a single page only so.

use std::collections::{BTreeMap, BTreeSet};

use super::page_number::{self, Certainty};
use super::strip::Strip;
use crate::model::{Document, Line, Page};

/// The part of the page's height that headers stand in, from the top.
const HEADER_ZONE: f32 = 0.13;
/// The part of the page's height that footers stand in, from the bottom.
const FOOTER_ZONE: f32 = 0.13;
/// The part of all pages that a running line stands on.
const RUNNING_SHARE: f32 = 0.4;
/// How far, in points, a running line may stray up or down from its usual height.
const STRAY: f32 = 8.0;

/// The lines of all pages, sorted by part.
#[derive(Debug, Default)]
pub struct Ordered<'a> {
    /// The contract itself, in reading order.
    pub body: Vec<Strip<'a>>,
    /// Running headers, each text once.
    pub headers: Vec<Strip<'a>>,
    /// Running footers, each text once, and all page numbers.
    pub footers: Vec<Strip<'a>>,
}

/// Where on its page a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Zone {
    Top,
    Bottom,
}

/// A line near an edge.
struct Candidate {
    page: usize,
    line: usize,
    zone: Zone,
    height: f32,
}

/// Parts the lines of a paged document.
pub fn order(document: &Document) -> Ordered<'_> {
    let running = running_lines(&document.pages);
    let mut ordered = Ordered::default();
    let mut seen = BTreeSet::new();
    for (number, page) in document.pages.iter().enumerate() {
        for (index, line) in page.lines.iter().enumerate().filter(|(_, line)| !line.text.trim().is_empty()) {
            let strip = Strip::of_line(page, line);
            let squeezed = squeeze(&line.text);
            match running.get(&(number, index)) {
                None => ordered.body.push(strip),
                Some((_, true)) => ordered.footers.push(strip),
                Some((zone, false)) if seen.insert((*zone, squeezed)) => match zone {
                    Zone::Top => ordered.headers.push(strip),
                    Zone::Bottom => ordered.footers.push(strip),
                },
                Some(_) => {}
            }
        }
    }
    ordered
}

/// The running lines by page and line, with their zone and whether they are page numbers.
fn running_lines(pages: &[Page]) -> BTreeMap<(usize, usize), (Zone, bool)> {
    let mut groups: BTreeMap<(Zone, String), Vec<Candidate>> = BTreeMap::new();
    let mut running = BTreeMap::new();
    for candidate in pages.iter().enumerate().flat_map(|(number, page)| candidates(number, page)) {
        let Some(page) = pages.get(candidate.page) else { continue };
        let Some(line) = page.lines.get(candidate.line) else { continue };
        match page_number::recognise(&line.text, page.number, pages.len()) {
            Some(Certainty::Sure) => {
                running.insert((candidate.page, candidate.line), (candidate.zone, true));
            }
            Some(Certainty::ByPlace) if stands_alone(page, candidate.line) => {
                running.insert((candidate.page, candidate.line), (candidate.zone, true));
            }
            _ => groups.entry((candidate.zone, key(&line.text))).or_default().push(candidate),
        }
    }
    let needed = ((pages.len() as f32 * RUNNING_SHARE).ceil() as usize).max(2);
    for ((zone, key), group) in groups {
        if key.chars().any(char::is_alphabetic) {
            let members = same_height(group);
            if distinct_pages(&members) >= needed {
                running.extend(members.iter().map(|member| ((member.page, member.line), (zone, false))));
            }
        }
    }
    running
}

/// The lines of a page that stand near an edge.
fn candidates(number: usize, page: &Page) -> Vec<Candidate> {
    let placed = page.height > 0.0 && page.lines.iter().any(|line| line.bbox.y1 > 0.0);
    let last = page.lines.len().saturating_sub(1);
    let zone = |index: usize, line: &Line| match (placed, index) {
        (true, _) if line.bbox.y1 <= page.height * HEADER_ZONE => Some((Zone::Top, line.bbox.y0)),
        (true, _) if line.bbox.y0 >= page.height * (1.0 - FOOTER_ZONE) => Some((Zone::Bottom, line.bbox.y0)),
        (false, index) if index == last => Some((Zone::Bottom, 0.0)),
        (false, 0) => Some((Zone::Top, 0.0)),
        _ => None,
    };
    let lines = page.lines.iter().enumerate();
    lines
        .filter_map(|(line, it)| {
            zone(line, it).map(|(zone, height)| Candidate { page: number, line, zone, height })
        })
        .collect()
}

/// The members of a group that stand at its usual height.
fn same_height(mut group: Vec<Candidate>) -> Vec<Candidate> {
    group.sort_by(|a, b| a.height.total_cmp(&b.height));
    let median = group.get(group.len() / 2).map_or(0.0, |candidate| candidate.height);
    group.retain(|candidate| (candidate.height - median).abs() <= STRAY);
    group
}

fn distinct_pages(candidates: &[Candidate]) -> usize {
    candidates.iter().map(|candidate| candidate.page).collect::<BTreeSet<_>>().len()
}

/// Has the line nothing beside it? A figure in a table's last row has.
fn stands_alone(page: &Page, index: usize) -> bool {
    let Some(line) = page.lines.get(index) else { return false };
    let beside = |other: &Line| other.bbox.y0 < line.bbox.y1 && other.bbox.y1 > line.bbox.y0;
    page.lines.iter().enumerate().all(|(i, other)| i == index || !beside(other) || other.bbox.height() <= 0.0)
}

/// The text without white space.
fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What running lines of one kind have in common: the text without white space, each number a `#`.
fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if !c.is_numeric() {
            key.push(c);
        } else if !key.ends_with('#') {
            key.push('#');
        }
    }
    key
}
