//! Automatic numbering: typed labels → Word's counters.
//!
//! Word counts; this simulates it. A label becomes automatic only where the counter would show
//! exactly what was typed, so the text that a faithful reader rebuilds is the text as written.

use super::xml::{HEAD, NAMESPACES};
use crate::label::{Form, Gap, Label, Numerals, Single};
use crate::source::{Block, Document};

/// The lists of a document.
pub(super) struct Numbering {
    /// What stands behind dotted labels; one answer per document.
    dotted_gap: Gap,
    /// Each list is one `w:num`, its id being its place plus one.
    lists: Vec<List>,
}

/// One run of numbers that counts up from one.
struct List {
    form: Single,
    gap: Gap,
    /// The last number given on each level of the outline.
    counters: [u32; 3],
}

/// A paragraph whose label is automatic.
pub(super) struct Numbered<'t> {
    list: usize,
    level: usize,
    /// The text without its label.
    pub(super) rest: &'t str,
}

impl Numbered<'_> {
    /// The paragraph property that asks for the label.
    pub(super) fn property(&self) -> String {
        let (level, id) = (self.level, self.list + 1);
        format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr>")
    }
}

impl Numbering {
    pub(super) fn new(document: &Document) -> Self {
        let dotted = |block: &Block| match block {
            Block::Paragraph(text) => {
                Label::parse(text).filter(|label| label.form == Form::Dotted).map(|label| label.gap)
            }
            _ => None,
        };
        let dotted_gap = document.blocks.iter().find_map(dotted).unwrap_or(Gap::Space);
        Self { dotted_gap, lists: Vec::new() }
    }

    /// Takes the label off a paragraph, if a counter can put it back.
    pub(super) fn number<'t>(&mut self, text: &'t str) -> Option<Numbered<'t>> {
        let label = Label::parse(text)?;
        let (list, level) = match label.form {
            Form::Single(form) => (self.count(form, label.gap, *label.numbers.first()?)?, 0),
            Form::Dotted => self.count_dotted(&label)?,
        };
        Some(Numbered { list, level, rest: label.rest })
    }

    /// The list that has `number` next: the last of its form, or a new one from 1.
    fn count(&mut self, form: Single, gap: Gap, number: u32) -> Option<usize> {
        let same = |list: &List| list.form == form && list.gap == gap;
        if let Some(index) = self.lists.iter().rposition(same)
            && self.lists[index].counters[0] + 1 == number
        {
            self.lists[index].counters = [number, 0, 0];
            return Some(index);
        }
        (number == 1).then(|| {
            self.lists.push(List { form, gap, counters: [1, 0, 0] });
            self.lists.len() - 1
        })
    }

    /// The list under whose last number the dotted label comes next, and its level.
    fn count_dotted(&mut self, label: &Label<'_>) -> Option<(usize, usize)> {
        if label.gap != self.dotted_gap {
            return None;
        }
        let (&last, parents) = label.numbers.split_last()?;
        let level = parents.len();
        let fits = |list: &List| list.counters.starts_with(parents) && level < list.counters.len();
        let index = self.lists.iter().rposition(fits)?;
        let counters = &mut self.lists[index].counters;
        let counter = counters.get_mut(level)?;
        (*counter + 1 == last).then(|| *counter = last)?;
        counters[level + 1..].fill(0);
        Some((index, level))
    }

    /// The part `numbering.xml`: each list with a definition of its own.
    pub(super) fn part(&self) -> String {
        let mut definitions = String::new();
        let mut lists = String::new();
        for (index, list) in self.lists.iter().enumerate() {
            definitions.push_str(&self.definition(index, list));
            let id = index + 1;
            lists.push_str(&format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{index}\"/></w:num>"));
        }
        format!("{HEAD}<w:numbering {NAMESPACES}>{definitions}{lists}</w:numbering>")
    }

    fn definition(&self, index: usize, list: &List) -> String {
        let form = list.form;
        let format = match form.numerals {
            Numerals::Han => "chineseCountingThousand",
            Numerals::Arabic => "decimal",
        };
        let first = level(0, format, &format!("{}%1{}", form.before, form.after), list.gap);
        // Under 第一条 the outline goes on as 1.1: `isLgl` writes the 一 as 1.
        let second = level(1, "decimal", "%1.%2", self.dotted_gap);
        let third = level(2, "decimal", "%1.%2.%3", self.dotted_gap);
        format!(
            "<w:abstractNum w:abstractNumId=\"{index}\">\
             <w:multiLevelType w:val=\"multilevel\"/>{first}{second}{third}</w:abstractNum>"
        )
    }
}

fn level(level: usize, format: &str, text: &str, gap: Gap) -> String {
    let legal = if level > 0 { "<w:isLgl/>" } else { "" };
    let (suffix, text) = match gap {
        Gap::None => ("nothing", text.to_owned()),
        Gap::Space => ("space", text.to_owned()),
        Gap::Wide => ("nothing", format!("{text}\u{3000}")),
    };
    format!(
        "<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{legal}\
         <w:suff w:val=\"{suffix}\"/><w:lvlText w:val=\"{text}\"/><w:lvlJc w:val=\"left\"/></w:lvl>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(lines: &[&str]) -> Vec<Option<(usize, usize)>> {
        let mut numbering = Numbering { dotted_gap: Gap::Space, lists: Vec::new() };
        let place = |line: &&str| numbering.number(line).map(|n| (n.list, n.level));
        lines.iter().map(place).collect()
    }

    #[test]
    fn lists_go_on_and_start_anew() {
        let lines = ["第一条 甲", "1. 乙", "2. 乙", "第二条 甲", "1. 乙", "第四条 甲", "第三条 甲"];
        let places = [Some((0, 0)), Some((1, 0)), Some((1, 0)), Some((0, 0)), Some((2, 0)), None];
        assert_eq!(numbered(&lines)[..6], places);
        assert_eq!(numbered(&lines)[6], Some((0, 0)));
    }

    #[test]
    fn dotted_labels_hang_below_their_article() {
        let lines = ["第一条 甲", "1.1 乙", "1.2 乙", "1.2.1 丙", "1.4 乙", "第二条 甲", "2.1 乙"];
        let places = [(0, 0), (0, 1), (0, 1), (0, 2)].map(Some);
        assert_eq!(numbered(&lines)[..4], places);
        assert_eq!(numbered(&lines)[4..], [None, Some((0, 0)), Some((0, 1))]);
    }
}
