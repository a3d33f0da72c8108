//! Which clauses of a contract match best, and what in them.
//!
//! Not tantivy's snippets: they panic on overlapping words, and know no clauses.

use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::Lexicon;
use super::answer::Passage;
use super::card::Card;
use super::fold::{Folded, is_latin};
use super::plan::Level;
use super::query::Node;
use super::unit::{Bond, smaller, units};

/// Characters of a passage.
const LONGEST: usize = 120;

/// Matches looked at in one text: more make no better choice.
const MOST_MATCHES: usize = 4_000;

/// The words to mark. Built once for a question.
#[derive(Debug, Default)]
pub(super) struct Marker {
    automaton: Option<AhoCorasick>,
    /// What each pattern counts for.
    sense: Vec<Sense>,
}

/// What a match counts for: all patterns of a word count once in a passage, and a part of a word nothing where
/// the whole is shown.
#[derive(Debug, Clone, Copy)]
struct Sense {
    word: usize,
    /// The word that this is a part of; a whole word is its own.
    whole: usize,
    weight: u32,
}

/// Weight of a word that was asked for: more than all parts of another that a passage may hold.
const ASKED: u32 = 100;

impl Sense {
    /// Do these words leave it to be shown?
    fn is_new(&self, shown: &[usize]) -> bool {
        !shown.contains(&self.word) && !shown.contains(&self.whole)
    }
}

/// A match in folded bytes.
#[derive(Debug, Clone)]
struct Match {
    bytes: Range<usize>,
    sense: Sense,
}

impl Marker {
    /// The words of a question that are sought, at the level at which it was answered.
    pub fn of(lexicon: &Lexicon, node: &Node, level: Level) -> Self {
        let mut patterns = Patterns { lexicon, level, words: 0, list: Vec::new() };
        patterns.add(node);
        let automaton = AhoCorasick::new(patterns.list.iter().map(|(text, _)| text)).ok();
        let sense = patterns.list.iter().map(|(_, sense)| *sense).collect();
        Self { automaton: automaton.filter(|_| !patterns.list.is_empty()), sense }
    }

    /// The passages of a text that match best, best first.
    pub fn passages(&self, lexicon: &Lexicon, content: &str, card: &Card, most: usize) -> Vec<Passage> {
        let folded = lexicon.fold(content);
        let matches = self.matches(&folded);
        let page = Sheet { content, folded: &folded, card, matches: &matches };
        page.best_windows(most).into_iter().map(|window| page.passage(window)).collect()
    }

    fn matches(&self, folded: &Folded) -> Vec<Match> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let found = automaton.find_overlapping_iter(&folded.text).filter_map(|found| {
            let sense = *self.sense.get(found.pattern().as_usize())?;
            stands_alone(&folded.text, found.range()).then(|| Match { bytes: found.range(), sense })
        });
        let mut matches: Vec<Match> = found.take(MOST_MATCHES).collect();
        matches.sort_by_key(|found| (found.bytes.start, found.bytes.end));
        matches
    }
}

/// Is a number or Latin word not torn out of a longer one? Between letters and digits it may be cut.
fn stands_alone(text: &str, bytes: Range<usize>) -> bool {
    let torn = |before: Option<char>, after: Option<char>| {
        before.zip(after).is_some_and(|(a, b)| is_latin(a) && is_latin(b) && a.is_numeric() == b.is_numeric())
    };
    let (Some(before), Some(inside), Some(after)) =
        (text.get(..bytes.start), text.get(bytes.clone()), text.get(bytes.end..))
    else {
        return false;
    };
    !is_fraction(before, inside)
        && !torn(before.chars().next_back(), inside.chars().next())
        && !torn(inside.chars().next_back(), after.chars().next())
}

/// Does a stretch begin with the fraction of a decimal: 5万 of 1.5万? What has two points is a date.
fn is_fraction(before: &str, inside: &str) -> bool {
    let number = |c: char| c.is_ascii_digit() || c == '.';
    let head = &before[before.trim_end_matches(number).len()..];
    let tail = inside.trim_start_matches(number);
    let points = |text: &str| text.matches('.').count();
    inside.starts_with(|c: char| c.is_ascii_digit())
        && head.len() > 1
        && head.ends_with('.')
        && points(head) + points(&inside[..inside.len() - tail.len()]) == 1
}

/// Collects what to mark.
struct Patterns<'a> {
    lexicon: &'a Lexicon,
    level: Level,
    words: usize,
    list: Vec<(String, Sense)>,
}

impl Patterns<'_> {
    fn add(&mut self, node: &Node) {
        match node {
            Node::Words(text) => self.add_words(text),
            Node::Phrase(text) => {
                self.add_one(text, ASKED);
                if self.level != Level::Asked {
                    self.add_words(text);
                }
            }
            Node::All(nodes) | Node::Any(nodes) => nodes.iter().for_each(|node| self.add(node)),
            Node::Filter(_) | Node::Not(_) => {}
        }
    }

    fn add_words(&mut self, text: &str) {
        let units = units(self.lexicon, text);
        // Words before parts: a pattern that is both counts as a word.
        let first = self.words;
        for unit in &units {
            self.push(&unit.text, self.words, ASKED);
            self.lexicon.synonyms(&unit.text).for_each(|synonym| self.push(synonym, self.words, ASKED));
            self.words += 1;
        }
        if units.len() > 1 {
            self.add_one(text, 1);
        }
        for (n, unit) in units.iter().enumerate() {
            if unit.bond != Bond::Tight || self.level != Level::Asked {
                smaller(self.lexicon, unit).iter().for_each(|part| self.add_part(part, first + n));
            }
        }
    }

    /// A text that counts as a word of its own.
    fn add_one(&mut self, text: &str, weight: u32) {
        self.push(text, self.words, weight);
        self.words += 1;
    }

    fn add_part(&mut self, text: &str, whole: usize) {
        self.push(text, whole, 1);
        self.words += 1;
    }

    fn push(&mut self, text: &str, whole: usize, weight: u32) {
        let folded = self.lexicon.fold(text).text;
        let sense = Sense { word: self.words, whole, weight };
        match self.list.iter_mut().find(|(known, _)| *known == folded) {
            // A part of one word may be asked for as another.
            Some((_, known)) if known.weight < weight => *known = sense,
            Some(_) => {}
            None if folded.is_empty() => {}
            None => self.list.push((folded, sense)),
        }
    }
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
