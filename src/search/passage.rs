//! Which clauses of a contract match best, and what in them.
//!
//! Not tantivy's snippets: they panic on overlapping words, and know no clauses.

use std::ops::Range;

use super::answer::Passage;
use super::card::Card;
use super::fold::Folded;
use super::marker::{ASKED, Match, Sense};

/// Characters of a passage.
const LONGEST: usize = 120;

/// The passages of a text that match best, best first.
pub(super) fn passages(
    content: &str,
    folded: &Folded,
    card: &Card,
    matches: &[Match],
    most: usize,
) -> Vec<Passage> {
    let page = Sheet { content, folded, card, matches };
    page.best_windows(most).into_iter().map(|window| page.passage(window)).collect()
}

/// One text with its matches.
struct Sheet<'a> {
    content: &'a str,
    folded: &'a Folded,
    card: &'a Card,
    matches: &'a [Match],
}

/// Matches that fit into one passage.
#[derive(Debug, Clone)]
struct Window {
    matches: Range<usize>,
    /// Its words, each once.
    words: Vec<Sense>,
}

impl Window {
    /// What it shows beside the words shown already.
    fn gain(&self, shown: &[usize]) -> u32 {
        self.words.iter().filter(|word| word.is_new(shown)).map(|word| word.weight).sum()
    }

    fn is_apart(&self, other: &Self) -> bool {
        self.matches.end <= other.matches.start || other.matches.end <= self.matches.start
    }
}

impl Sheet<'_> {
    /// The windows that show the most words not shown yet, then the most words; no two overlap.
    fn best_windows(&self, most: usize) -> Vec<Window> {
        let mut windows: Vec<Window> = (0..self.matches.len()).map(|first| self.window(first)).collect();
        let mut best: Vec<Window> = Vec::new();
        let mut shown: Vec<usize> = Vec::new();
        while best.len() < most {
            let rank = |window: &&Window| {
                (window.gain(&shown), window.gain(&[]), std::cmp::Reverse(window.matches.start))
            };
            let Some(next) = windows.iter().max_by_key(rank).cloned() else { break };
            if !best.is_empty() && next.gain(&shown) == 0 && next.gain(&[]) < ASKED {
                // Parts of words that are shown whole: 深圳 where 深圳国际仲裁院 was asked for.
                break;
            }
            windows.retain(|window| window.is_apart(&next));
            shown.extend(next.words.iter().map(|word| word.word));
            best.push(next);
        }
        best
    }

    /// The window that begins with a match: as many as fit, inside one clause.
    fn window(&self, first: usize) -> Window {
        let mut window = Window { matches: first..first, words: Vec::new() };
        let Some(start) = self.matches.get(first).map(|found| found.bytes.start) else { return window };
        let begin = self.folded.glyph_at(start);
        let clause = self.clause_end(start);
        for (index, found) in self.matches.iter().enumerate().skip(first) {
            let far = self.folded.glyph_at(found.bytes.end) > begin + LONGEST - 20;
            if index > first && (far || self.origin(found).start >= clause) {
                break;
            }
            window.matches.end = index + 1;
            if window.words.iter().all(|word| word.word != found.sense.word) {
                window.words.push(found.sense);
            }
        }
        window
    }

    fn origin(&self, found: &Match) -> Range<usize> {
        self.folded.origin(found.bytes.clone())
    }

    /// Content byte at which the clause that holds a folded byte ends.
    fn clause_end(&self, folded: usize) -> usize {
        let at = self.folded.origin(folded..folded + 1).start;
        self.card.clause_at(at).map_or(self.content.len(), |clause| clause.bytes().end)
    }

    fn passage(&self, window: Window) -> Passage {
        let matches = self.matches.get(window.matches).unwrap_or_default();
        let marks = joined(matches.iter().map(|found| self.origin(found)).collect());
        let core = marks.first().map_or(0, |mark| mark.start)..marks.last().map_or(0, |mark| mark.end);
        let clause = self.card.clause_at(core.start);
        let bounds = clause.map_or(0..self.content.len(), |clause| clause.bytes());
        let shown = widened(self.content, core, bounds);
        let text = self.content.get(shown.clone()).unwrap_or_default();
        let count =
            |from: usize, to: usize| self.content.get(from..to).map_or(0, |part| part.chars().count());
        let start = count(0, shown.start);
        Passage {
            clause: clause.map(|clause| clause.2.clone()),
            text: text.to_owned(),
            start,
            end: start + text.chars().count(),
            page: self.card.page_at(shown.start),
            places: Vec::new(),
            highlights: marks
                .iter()
                .map(|mark| {
                    let from = count(shown.start, mark.start);
                    [from, from + count(mark.start, mark.end)]
                })
                .collect(),
        }
    }
}

/// Ranges in order; those that overlap or touch made one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// The core with as much of its sentences as there is room for, inside the bounds.
fn widened(content: &str, core: Range<usize>, bounds: Range<usize>) -> Range<usize> {
    let chars = |range: Range<usize>| content.get(range).unwrap_or_default();
    let room = LONGEST.saturating_sub(chars(core.clone()).chars().count());
    let before = chars(bounds.start.min(core.start)..core.start);
    let left = before.char_indices().rev().take(room).take_while(|&(_, c)| !ends_sentence(c));
    let start = left.last().map_or(core.start, |(at, _)| bounds.start.min(core.start) + at);
    let room = room.saturating_sub(chars(start..core.start).chars().count());
    let after = chars(core.end..bounds.end.max(core.end));
    let mut end = core.end;
    for (at, c) in after.char_indices().take(room) {
        if c == '\n' {
            break;
        }
        end = core.end + at + c.len_utf8();
        if ends_sentence(c) {
            break;
        }
    }
    trimmed(content, start..end)
}

fn trimmed(content: &str, range: Range<usize>) -> Range<usize> {
    let text = content.get(range.clone()).unwrap_or_default();
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '；' | ';' | '！' | '？' | '\n')
}
