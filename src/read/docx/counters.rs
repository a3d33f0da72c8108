//! Automatic numbers (自动编号) as a person sees them: 第一条, 1.1, （一）.

use std::collections::{BTreeMap, BTreeSet};

use super::numbering::{LEVELS, Level, Numbering, Suffix};
use super::numerals::NumberFormat;
use super::properties::ParagraphProperties;
use super::styles::Styles;

/// Counts of the lists of one story (body, header, notes …), which each count for themselves.
#[derive(Debug, Default)]
pub(in crate::read) struct Counters {
    /// The last number of each level, by what the list counts on.
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// Lists and levels whose own start was used already: it works once.
    started: BTreeSet<(u32, usize)>,
}

/// The place of a paragraph in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::read) struct Item {
    list: u32,
    level: usize,
}

impl Item {
    /// The list that a paragraph belongs to, by its own properties or its style's.
    ///
    /// `resolved` are the paragraph's properties over those of its styles. Where the list comes from a style,
    /// the level is the one that names the style (ECMA-376 part 1, 17.9.23).
    pub fn of(
        own: &ParagraphProperties,
        resolved: &ParagraphProperties,
        numbering: &Numbering,
        styles: &Styles,
    ) -> Option<Self> {
        let list = resolved.list.filter(|list| *list != 0)?;
        let level = match (own.level, own.list) {
            (Some(level), _) => level,
            (None, Some(_)) => 0,
            (None, None) => numbering
                .level_of_style(list, styles, &styles.names(own))
                .or(resolved.level)
                .unwrap_or_default(),
        };
        Some(Self { list, level: (level as usize).min(LEVELS - 1) })
    }
}

impl Counters {
    /// Counts an item and gives its label; `None` when the list does not exist or shows nothing.
    pub fn next(&mut self, item: Item, numbering: &Numbering, styles: &Styles) -> Option<String> {
        let counted_as = numbering.counted_as(item.list)?;
        let level = numbering.level(item.list, item.level, styles)?;
        let begin_anew = numbering
            .start_override(item.list, item.level)
            .filter(|_| self.started.insert((item.list, item.level)));
        let counts = self.counts.entry(counted_as).or_default();
        // A level that is passed over counts as begun: after 1.1.1 without 1.1 comes 1.2.
        for (higher, count) in counts.iter_mut().enumerate().take(item.level) {
            *count = count.or(numbering.level(item.list, higher, styles).map(|level| level.start));
        }
        step(counts, item.level, level.start, begin_anew);
        for (deeper, count) in counts.iter_mut().enumerate().skip(item.level + 1) {
            let rule = numbering.level(item.list, deeper, styles).and_then(|level| level.restart);
            if rule.is_none_or(|after| item.level < after as usize) {
                *count = None;
            }
        }
        let label = label(counts, item, level, numbering, styles);
        (!level.hidden && !label.is_empty()).then_some(label)
    }
}

fn step(counts: &mut [Option<u32>; LEVELS], level: usize, start: u32, begin_anew: Option<u32>) {
    if let Some(count) = counts.get_mut(level) {
        *count = begin_anew.or(count.map(|count| count.saturating_add(1))).or(Some(start));
    }
}

/// The level's text with the numbers in their places, and the space that a reader sees after it.
fn label(
    counts: &[Option<u32>; LEVELS],
    item: Item,
    level: &Level,
    numbering: &Numbering,
    styles: &Styles,
) -> String {
    let mut label = String::new();
    let mut characters = level.text.chars().peekable();
    while let Some(character) = characters.next() {
        let place = characters.peek().and_then(|c| c.to_digit(10)).filter(|d| character == '%' && *d > 0);
        let Some(place) = place else {
            label.push(character);
            continue;
        };
        characters.next();
        let index = place as usize - 1;
        let shown = numbering.level(item.list, index, styles);
        // A level deeper than this one shows the number that it would begin with.
        let number = counts.get(index).copied().flatten().or(shown.map(|level| level.start));
        let format = shown.map_or(NumberFormat::Decimal, |level| level.format);
        let format = if level.legal { as_legal(format) } else { format };
        label.push_str(&number.map(|number| format.write(number)).unwrap_or_default());
    }
    let needs_space = label.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
    if level.suffix != Suffix::Nothing && needs_space {
        label.push(' ');
    }
    label
}

/// `w:isLgl` turns every number into 1, 2, 3.
fn as_legal(format: NumberFormat) -> NumberFormat {
    if matches!(format, NumberFormat::None | NumberFormat::Bullet) { format } else { NumberFormat::Decimal }
}
