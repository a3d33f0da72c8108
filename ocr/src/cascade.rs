//! What the strong model reads again.
//!
//! It costs about five times as much for each column as the fast one, so it gets only stretches of a line: characters
//! of which the fast one is not sure, and those that a [`Judge`] says matter. A stretch is cut where the line is
//! lightest, with a few characters on either side; where both models read one of these the same, the new reading is
//! spliced in.

use std::ops::Range;

use crate::line::Draft;
use crate::reading::Character;
use crate::recognise::{HEIGHT, Recogniser, Strip, confidence};
use crate::settings::Clock;
use crate::{Judge, ReadingError};

/// A character less sure than this is read again.
const SURE: f32 = 0.9;
/// Characters on either side that are read along.
const CONTEXT: usize = 2;
/// Stretches that stand nearer than this many characters are one.
const NEAR: usize = 4;
/// A line of which more than this share would be read again is read again whole.
const WHOLE: f32 = 0.7;
/// A cut is looked for so many columns to either side.
const SEARCH: usize = 10;
/// The same character at places that differ by more than this many columns is not the same.
const TOLERANCE: f32 = HEIGHT as f32 * 0.5;

/// A reading that is less sure than the old one by more than this is not taken.
const MARGIN: f32 = 0.3;

/// A part of a line that is read again.
#[derive(Debug, Clone, PartialEq)]
struct Stretch {
    /// Index of the line.
    line: usize,
    /// The characters that have to be read.
    core: Range<usize>,
    /// Those that are read along.
    context: Range<usize>,
    /// Columns of the line's strip.
    columns: Range<usize>,
}

/// What the cascade did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything that had to be read again was.
    Done,
    /// The time ran out.
    Unfinished,
}

/// Reads doubtful and important stretches of lines again.
///
/// # Errors
///
/// [`ReadingError::Net`].
pub(crate) fn read_again(
    lines: &mut [Draft],
    judge: &dyn Judge,
    strong: &mut Recogniser,
    clock: Clock,
) -> Result<Outcome, ReadingError> {
    let stretches: Vec<Stretch> =
        lines.iter().enumerate().flat_map(|(index, line)| stretches(index, line, judge)).collect();
    let cut =
        |stretch: &Stretch| lines[stretch.line].strip.columns(stretch.columns.start, stretch.columns.end);
    let strips: Vec<Strip> = stretches.iter().map(cut).collect();
    let read = match strong.read(&strips.iter().collect::<Vec<_>>(), clock) {
        Ok(read) => read,
        Err(ReadingError::OutOfTime) => return Ok(Outcome::Unfinished),
        Err(error) => return Err(error),
    };
    // From the end of each line, so that indices of characters stay good.
    for (stretch, found) in stretches.iter().zip(read).rev() {
        replace(&mut lines[stretch.line], stretch, found);
    }
    Ok(Outcome::Done)
}

/// Does any part of a line have to be read again?
pub(crate) fn needed(lines: &[Draft], judge: &dyn Judge) -> bool {
    lines.iter().any(|line| !cores(&line.characters, judge).is_empty())
}

fn stretches(index: usize, line: &Draft, judge: &dyn Judge) -> Vec<Stretch> {
    let count = line.characters.len();
    let whole = Stretch { line: index, core: 0..count, context: 0..count, columns: 0..line.strip.width() };
    let cores = cores(&line.characters, judge);
    if cores.is_empty() {
        return Vec::new();
    }
    let ink = line.strip.ink();
    let stretches: Vec<Stretch> = cores.into_iter().map(|core| stretch(index, line, core, &ink)).collect();
    let columns: usize = stretches.iter().map(|stretch| stretch.columns.len()).sum();
    if columns as f32 > line.strip.width() as f32 * WHOLE { vec![whole] } else { stretches }
}

/// The characters that have to be read again, in stretches that stand apart.
fn cores(characters: &[Character], judge: &dyn Judge) -> Vec<Range<usize>> {
    let text: String = characters.iter().map(|character| character.char).collect();
    let mut cores: Vec<Range<usize>> = judge.matters(&text);
    cores
        .extend((0..characters.len()).filter(|&index| characters[index].confidence < SURE).map(|i| i..i + 1));
    for core in &mut cores {
        core.end = core.end.min(characters.len());
    }
    cores.retain(|core| !core.is_empty());
    cores.sort_by_key(|core| (core.start, core.end));
    joined(cores)
}

fn joined(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end + NEAR => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

fn stretch(index: usize, line: &Draft, core: Range<usize>, ink: &[f32]) -> Stretch {
    let count = line.characters.len();
    let context = core.start.saturating_sub(CONTEXT)..(core.end + CONTEXT).min(count);
    let from = match context.start {
        0 => 0,
        start => cut(ink, between(line, start)),
    };
    let to = if context.end == count { line.strip.width() } else { cut(ink, between(line, context.end)) };
    Stretch { line: index, core, context, columns: from..to.max(from) }
}

/// The column between a character and the one before it.
fn between(line: &Draft, index: usize) -> f32 {
    let (before, after) = (&line.characters[index - 1], &line.characters[index]);
    (before.to + after.from) / 2.0 * line.strip.width() as f32
}

/// The lightest column near a place, the nearest of equals.
fn cut(ink: &[f32], place: f32) -> usize {
    let place = (place as usize).min(ink.len());
    let (from, to) = (place.saturating_sub(SEARCH), (place + SEARCH).min(ink.len()));
    let lighter =
        |&a: &usize, &b: &usize| ink[a].total_cmp(&ink[b]).then(a.abs_diff(place).cmp(&b.abs_diff(place)));
    (from..to).min_by(lighter).unwrap_or(place)
}

/// Puts a new reading of a stretch in its place.
fn replace(line: &mut Draft, stretch: &Stretch, found: Vec<Character>) {
    if found.is_empty() {
        return;
    }
    let width = line.strip.width().max(1) as f32;
    let share = |place: f32| (stretch.columns.start as f32 + place * stretch.columns.len() as f32) / width;
    let mut found: Vec<Character> =
        found.into_iter().map(|c| Character { from: share(c.from), to: share(c.to), ..c }).collect();
    let old = &line.characters;
    let (head, begin) = head(old, stretch, &found, width);
    let (tail, end) = tail(old, stretch, &found, width);
    if begin > end || head > tail || worse(&found[begin..end], &old[head..tail]) {
        return;
    }
    found.truncate(end);
    line.characters.splice(head..tail, found.drain(begin..));
    line.reread = true;
}

/// Is a new reading so much less sure that the old one has to stay? Only what was unsure may go without replacement.
fn worse(new: &[Character], old: &[Character]) -> bool {
    if new.is_empty() {
        return old.iter().any(|character| character.confidence >= SURE);
    }
    confidence(new) + MARGIN < confidence(old)
}

/// How many of the old characters stay in front of the new ones, and the first new one that is used.
fn head(old: &[Character], stretch: &Stretch, new: &[Character], width: f32) -> (usize, usize) {
    let anchors = (stretch.context.start..stretch.core.start).rev();
    let mut pairs = anchors.filter_map(|at| Some((at + 1, same(&old[at], new, width)? + 1)));
    let by_place = || {
        let edge = old.get(stretch.core.start).map_or(0.0, |first| first.from);
        let begin = if stretch.core.start == 0 { 0 } else { new.partition_point(|c| centre(c) < edge) };
        (stretch.core.start, begin)
    };
    pairs.next().unwrap_or_else(by_place)
}

/// The first of the old characters that stays behind the new ones, and the first new one that is not used.
fn tail(old: &[Character], stretch: &Stretch, new: &[Character], width: f32) -> (usize, usize) {
    let mut pairs =
        (stretch.core.end..stretch.context.end).filter_map(|at| Some((at, same(&old[at], new, width)?)));
    let by_place = || {
        let edge = old[..stretch.core.end].last().map_or(1.0, |last| last.to);
        let whole = stretch.core.end == old.len();
        let end = if whole { new.len() } else { new.partition_point(|c| centre(c) < edge) };
        (stretch.core.end, end)
    };
    pairs.next().unwrap_or_else(by_place)
}

/// The new character that is the old one: the same, nearest to its place.
fn same(old: &Character, new: &[Character], width: f32) -> Option<usize> {
    let away = |c: &Character| (centre(c) - centre(old)).abs() * width;
    let equal = new.iter().enumerate().filter(|(_, c)| c.char == old.char && away(c) < TOLERANCE);
    equal.min_by(|a, b| away(a.1).total_cmp(&away(b.1))).map(|(index, _)| index)
}

fn centre(character: &Character) -> f32 {
    (character.from + character.to) / 2.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::reading::Point;

    /// Characters that share a line evenly; those in brackets are doubtful.
    fn characters(text: &str) -> Vec<Character> {
        let mut found = Vec::new();
        let mut confidence = 0.99;
        for char in text.chars() {
            match char {
                '[' => confidence = 0.5,
                ']' => confidence = 0.99,
                _ => found.push(Character { char, from: 0.0, to: 0.0, confidence }),
            }
        }
        let count = found.len().max(1) as f32;
        for (index, character) in found.iter_mut().enumerate() {
            character.from = index as f32 / count;
            character.to = (index + 1) as f32 / count;
        }
        found
    }

    fn draft(text: &str) -> Draft {
        let characters = characters(text);
        let strip = Strip::blank(characters.len() * 36, [255; 3]);
        Draft { quad: [Point::default(); 4], strip, characters, reread: false, red: false }
    }

    fn after(text: &str, new: &str) -> String {
        let mut line = draft(text);
        let stretches = stretches(0, &line, &());
        assert_eq!(stretches.len(), 1);
        replace(&mut line, &stretches[0], characters(new));
        line.characters.iter().map(|c| c.char).collect()
    }

    #[test]
    fn a_doubtful_character_is_replaced_between_its_neighbours() {
        assert_eq!(after("合同总价为人民币[l]23.456元整大写", "民币123"), "合同总价为人民币123.456元整大写");
        assert_eq!(
            after("合同总价为人民币123[.]456元整大写数", "23,45"),
            "合同总价为人民币123,456元整大写数"
        );
        assert_eq!(after("[台]同总价为人民币元整大写", "合同总"), "合同总价为人民币元整大写");
        assert_eq!(after("本合同总价为人民币元[正]", "币元整"), "本合同总价为人民币元整");
    }

    #[test]
    fn a_lost_and_an_invented_character() {
        assert_eq!(after("甲乙丙丁[五]己庚辛壬癸", "丙丁五戊己庚"), "甲乙丙丁五戊己庚辛壬癸");
        assert_eq!(after("甲乙丙丁[-]己庚辛壬癸", "丙丁己庚"), "甲乙丙丁己庚辛壬癸");
    }

    #[test]
    fn nothing_read_changes_nothing() {
        assert_eq!(after("合同总价为人民币[1]23.456元整大写", ""), "合同总价为人民币123.456元整大写");
    }

    #[test]
    fn a_judge_is_heard_and_bounded() {
        struct All;
        impl Judge for All {
            fn matters(&self, _: &str) -> Vec<Range<usize>> {
                vec![3..5, 9..4000, 50..60]
            }
        }
        assert_eq!(cores(&characters("一二三四五六七八九十"), &All), vec![Range { start: 3, end: 10 }]);
        assert_eq!(stretches(0, &draft("一二三四五六七八九十"), &All).len(), 1);
    }

    proptest! {
        #[test]
        fn no_reading_panics(old in "[一-三\\[\\]]{0,20}", new in "[一-三]{0,9}") {
            let mut line = draft(&old);
            for stretch in stretches(0, &line, &()).into_iter().rev() {
                replace(&mut line, &stretch, characters(&new));
            }
            prop_assert!(line.characters.len() <= old.len() + 9 * 20);
        }
    }
}
