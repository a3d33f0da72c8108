//! Nodes and fillings → text, with a note of every slot that was used.

use std::ops::Range;

use super::body::Node;
use super::date::in_characters;
use super::label;
use super::slot::{Filling, Fillings};
use crate::seed::Random;

/// A rendered text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rendered {
    /// The text.
    pub(super) text: String,
    /// Each slot that stands in it.
    pub(super) uses: Vec<Use>,
}

/// A slot in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Use {
    /// `total`, `g.uscc`.
    pub(super) path: String,
    /// In capital numerals?
    pub(super) capitals: bool,
    /// Is it a day?
    pub(super) day: bool,
    /// Where, in bytes.
    pub(super) range: Range<usize>,
}

impl Rendered {
    /// How a slot was written, the first time.
    pub(super) fn raw(&self, path: &str, capitals: bool) -> Option<&str> {
        let found = self.uses.iter().find(|used| used.path == path && used.capitals == capitals)?;
        self.text.get(found.range.clone())
    }

    /// Does the slot stand in the text, in whatever manner?
    pub(super) fn states(&self, path: &str) -> bool {
        self.uses.iter().any(|used| used.path == path)
    }
}

/// A typist's habits, one set for each rendering.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Habits {
    /// Half-width colons and brackets.
    half_width: bool,
    /// A space on each side of figures, as office software leaves it when text is copied.
    airy: bool,
}

impl Habits {
    /// Most typists have none of them.
    pub(super) fn draw(random: &mut Random) -> Self {
        Self { half_width: random.below(5) == 0, airy: random.below(6) == 0 }
    }

    fn typed(self, text: &str) -> String {
        let mut text = text.to_owned();
        if self.half_width {
            text = text.replace('：', ":").replace('（', "(").replace('）', ")");
        }
        if self.airy {
            text = text.replace("式", "式 ").replace("共计", "共计 ");
        }
        text
    }
}

/// Writes nodes out.
pub(super) struct Writer<'a> {
    fillings: &'a Fillings,
    habits: Habits,
    random: &'a mut Random,
    rendered: Rendered,
}

impl<'a> Writer<'a> {
    /// A writer with an empty sheet.
    pub(super) fn new(fillings: &'a Fillings, habits: Habits, random: &'a mut Random) -> Self {
        Self { fillings, habits, random, rendered: Rendered::default() }
    }

    /// Writes the nodes and hands the sheet over.
    pub(super) fn write(mut self, nodes: &[Node]) -> Result<Rendered, String> {
        self.nodes(nodes)?;
        Ok(self.rendered)
    }

    fn nodes(&mut self, nodes: &[Node]) -> Result<(), String> {
        nodes.iter().try_for_each(|node| self.node(node))
    }

    fn node(&mut self, node: &Node) -> Result<(), String> {
        match node {
            Node::Text(text) => self.rendered.text.push_str(&self.habits.typed(text)),
            Node::Label(key) => {
                let spellings = label::spellings(key).ok_or_else(|| format!("no label ~{key}"))?;
                let spelling = self.random.pick(spellings).copied().unwrap_or_default();
                self.rendered.text.push_str(spelling);
            }
            Node::Choice(ways) => {
                let way = self.random.below(ways.len());
                self.nodes(&ways[way])?;
            }
            Node::If { slot, word, then, otherwise } => {
                let held = match self.fillings.get(slot) {
                    Some(Filling::Text(text)) => text == word,
                    Some(Filling::Int(number)) => number.to_string() == *word,
                    _ => return Err(format!("%if {slot}={word}: no such slot")),
                };
                self.nodes(if held { then } else { otherwise })?;
            }
            Node::Slot { name, part, manner } => self.slot(name, part, manner)?,
        }
        Ok(())
    }

    fn slot(&mut self, name: &str, part: &str, manner: &str) -> Result<(), String> {
        let wrong = || format!("{{{{{name}.{part}|{manner}}}}} cannot be written");
        let filling = self.fillings.get(name).ok_or_else(wrong)?;
        let text = written(filling, part, manner, self.random).ok_or_else(wrong)?;
        let start = self.rendered.text.len();
        self.rendered.text.push_str(&text);
        self.rendered.uses.push(Use {
            path: if part.is_empty() { name.to_owned() } else { format!("{name}.{part}") },
            capitals: manner == "caps",
            // A year or month alone is no whole day, and may be given on its own.
            day: matches!(filling, Filling::Date(_))
                && !matches!(manner, "year" | "month" | "day" | "en" | "us"),
            range: start..self.rendered.text.len(),
        });
        Ok(())
    }
}

/// A filling as a contract writes it.
fn written(filling: &Filling, part: &str, manner: &str, random: &mut Random) -> Option<String> {
    match filling {
        Filling::Entity(entity) => entity.part(part).map(|text| spread(text, manner)),
        Filling::Money(sum) => sum.written(manner, random),
        Filling::Date(day) => day.written(manner, random),
        Filling::Text(text) => Some(spread(text, manner)),
        Filling::Int(number) => Some(match manner {
            "" => number.to_string(),
            "han" => in_characters(*number),
            "cap" => capital(*number)?,
            "both" => format!("{}（{number}）", in_characters(*number)),
            _ => return None,
        }),
    }
}

/// `wide`: a space behind each character, as names are set in forms.
fn spread(text: &str, manner: &str) -> String {
    match manner {
        "wide" => text.chars().map(String::from).collect::<Vec<_>>().join(" "),
        _ => text.to_owned(),
    }
}

/// A small number in capital numerals: 陆, 拾贰.
fn capital(number: i64) -> Option<String> {
    const CAPITALS: [(char, char); 10] = [
        ('一', '壹'),
        ('二', '贰'),
        ('三', '叁'),
        ('四', '肆'),
        ('五', '伍'),
        ('六', '陆'),
        ('七', '柒'),
        ('八', '捌'),
        ('九', '玖'),
        ('十', '拾'),
    ];
    let capital = |c| CAPITALS.iter().find(|(plain, _)| *plain == c).map(|(_, capital)| *capital);
    in_characters(number).chars().map(capital).collect()
}
