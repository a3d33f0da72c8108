//! `numbering.xml`: the lists and the levels that they define.

use std::collections::BTreeMap;

use super::numerals::NumberFormat;
use super::properties::RunProperties;
use super::styles::Styles;
use super::symbols::seen;
use super::xml::{Element, Malformed, Xml};

/// Levels that a list has.
pub(in crate::read) const LEVELS: usize = 9;

/// Characters of a level's text that are kept; Word's own dialog takes fewer.
const LONGEST_TEXT: usize = 255;

/// What stands between the label and the paragraph's text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::read) enum Suffix {
    /// A tab.
    #[default]
    Tab,
    /// A space.
    Space,
    /// Nothing.
    Nothing,
}

/// One level of a list.
#[derive(Debug, Clone)]
pub(in crate::read) struct Level {
    /// The first number.
    pub start: u32,
    /// How the number is written.
    pub format: NumberFormat,
    /// The label, `%1` standing for the number of the first level: `第%1条`.
    pub text: String,
    /// Are the numbers of all levels written 1, 2, 3 in this level's label (`w:isLgl`)?
    pub legal: bool,
    /// The level, from 1, after which the count begins anew; 0 for never; `None` for any higher level.
    pub restart: Option<u32>,
    /// What follows the label.
    pub suffix: Suffix,
    /// Is the label hidden?
    pub hidden: bool,
    /// The paragraph style that stands for this level.
    pub style: Option<String>,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            // ECMA-376 part 1, 17.9.25: zero where the level states none.
            start: 0,
            format: NumberFormat::Decimal,
            text: String::new(),
            legal: false,
            restart: None,
            suffix: Suffix::Tab,
            hidden: false,
            style: None,
        }
    }
}

#[derive(Debug, Default)]
struct Abstract {
    levels: BTreeMap<usize, Level>,
    /// The numbering style that holds the levels of this one.
    style_link: Option<String>,
}

#[derive(Debug, Default)]
struct List {
    abstract_id: u32,
    overrides: BTreeMap<usize, Override>,
}

#[derive(Debug, Default, Clone)]
struct Override {
    start: Option<u32>,
    level: Option<Level>,
}

/// All lists of a document.
#[derive(Debug, Default)]
pub(in crate::read) struct Numbering {
    abstracts: BTreeMap<u32, Abstract>,
    lists: BTreeMap<u32, List>,
}

impl Numbering {
    /// Reads as many lists as can be read from the part's text.
    pub fn read(&mut self, text: &str) -> Result<(), Malformed> {
        let mut xml = Xml::new(text);
        while let Some(element) = xml.next_inside(0)? {
            match element.name {
                "w:abstractNum" => {
                    let id = attribute(&element, "abstractNumId").unwrap_or_default();
                    let definition = Abstract::read(&mut xml)?;
                    self.abstracts.insert(id, definition);
                }
                "w:num" => {
                    let id = attribute(&element, "numId").unwrap_or_default();
                    let list = List::read(&mut xml)?;
                    self.lists.insert(id, list);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Defines the levels that lists can be made of, from level 0 on.
    pub fn define(&mut self, definition: u32, levels: Vec<Level>) {
        let levels = levels.into_iter().take(LEVELS).enumerate().collect();
        self.abstracts.insert(definition, Abstract { levels, style_link: None });
    }

    /// Makes a list of a definition. A level, from 0, may begin with another number, or be another level.
    pub fn make(
        &mut self,
        list: u32,
        definition: u32,
        overrides: impl IntoIterator<Item = (usize, Option<u32>, Option<Level>)>,
    ) {
        let overrides =
            overrides.into_iter().map(|(index, start, level)| (index, Override { start, level })).collect();
        self.lists.insert(list, List { abstract_id: definition, overrides });
    }

    /// What a list counts on: lists made from one abstract definition go on counting one another's numbers.
    pub fn counted_as(&self, list: u32) -> Option<u32> {
        self.lists.get(&list).map(|list| list.abstract_id)
    }

    /// A level of a list.
    pub fn level(&self, list: u32, level: usize, styles: &Styles) -> Option<&Level> {
        let own = self.lists.get(&list)?.overrides.get(&level).and_then(|o| o.level.as_ref());
        own.or_else(|| self.definition(list, styles)?.levels.get(&level))
    }

    /// The number that a list begins with at a level in place of going on.
    pub fn start_override(&self, list: u32, level: usize) -> Option<u32> {
        self.lists.get(&list)?.overrides.get(&level)?.start
    }

    /// The level of a list that stands for the nearest of these paragraph styles.
    pub fn level_of_style(&self, list: u32, styles: &Styles, chain: &[&str]) -> Option<u32> {
        let levels = &self.definition(list, styles)?.levels;
        let level_of = |style: &&str| levels.iter().find(|(_, level)| level.style.as_deref() == Some(style));
        chain.iter().find_map(level_of).map(|(index, _)| *index as u32)
    }

    /// The abstract definition that holds a list's levels: through a numbering style when it has none itself.
    fn definition(&self, list: u32, styles: &Styles) -> Option<&Abstract> {
        let own = self.abstracts.get(&self.lists.get(&list)?.abstract_id)?;
        let Some(style) = own.style_link.as_deref().filter(|_| own.levels.is_empty()) else {
            return Some(own);
        };
        self.abstracts.get(&self.lists.get(&styles.list_of(style)?)?.abstract_id)
    }
}

fn attribute(element: &Element<'_>, name: &str) -> Option<u32> {
    element.attribute(name)?.trim().parse().ok()
}

impl Abstract {
    fn read(xml: &mut Xml<'_>) -> Result<Self, Malformed> {
        let depth = xml.depth();
        let mut definition = Self::default();
        while let Some(element) = xml.next_inside(depth)? {
            match element.name {
                "w:lvl" => {
                    let index = attribute(&element, "ilvl").unwrap_or_default() as usize;
                    let level = Level::read(xml)?;
                    if index < LEVELS {
                        definition.levels.insert(index, level);
                    }
                }
                "w:numStyleLink" => definition.style_link = element.val(),
                _ => {}
            }
        }
        Ok(definition)
    }
}

impl List {
    fn read(xml: &mut Xml<'_>) -> Result<Self, Malformed> {
        let depth = xml.depth();
        let mut list = Self::default();
        while let Some(element) = xml.next_inside(depth)? {
            match element.name {
                "w:abstractNumId" => list.abstract_id = element.number().unwrap_or_default(),
                "w:lvlOverride" => {
                    let index = attribute(&element, "ilvl").unwrap_or_default() as usize;
                    let change = Override::read(xml)?;
                    list.overrides.insert(index, change);
                }
                _ => {}
            }
        }
        Ok(list)
    }
}

impl Override {
    fn read(xml: &mut Xml<'_>) -> Result<Self, Malformed> {
        let depth = xml.depth();
        let mut change = Self::default();
        while let Some(element) = xml.next_inside(depth)? {
            match element.name {
                "w:startOverride" => change.start = element.number(),
                "w:lvl" => change.level = Some(Level::read(xml)?),
                _ => {}
            }
        }
        Ok(change)
    }
}

impl Level {
    fn read(xml: &mut Xml<'_>) -> Result<Self, Malformed> {
        let depth = xml.depth();
        let mut level = Self::default();
        let mut run = RunProperties::default();
        while let Some(element) = xml.next_inside(depth)? {
            match element.name {
                "w:rPr" => run = RunProperties::read(xml)?.0,
                _ => level.take(&element),
            }
        }
        level.hidden = run.hidden == Some(true);
        level.see_through(run);
        Ok(level)
    }

    fn take(&mut self, element: &Element<'_>) {
        let value = element.val().unwrap_or_default();
        match element.name {
            "w:start" => self.start = element.number().unwrap_or_default(),
            "w:numFmt" => self.format = NumberFormat::named(&value, element.attribute("format").as_deref()),
            "w:lvlText" => self.text = value.chars().take(LONGEST_TEXT).collect(),
            "w:isLgl" => self.legal = element.is_on(),
            "w:lvlRestart" => self.restart = element.number(),
            "w:pStyle" => self.style = Some(value),
            "w:lvlPicBulletId" => self.text = "•".to_owned(),
            "w:suff" => {
                self.suffix = match value.as_str() {
                    "nothing" => Suffix::Nothing,
                    "space" => Suffix::Space,
                    _ => Suffix::Tab,
                }
            }
            _ => {}
        }
    }

    /// A bullet of a symbol font becomes the character that is seen.
    pub fn see_through(&mut self, run: RunProperties) {
        if self.format != NumberFormat::Bullet {
            return;
        }
        let font = run.symbols.flatten();
        let is_private = |c: char| ('\u{E000}'..='\u{F8FF}').contains(&c);
        let look = |c| Some(seen(c, font)).filter(|c| !is_private(*c)).unwrap_or('•');
        self.text = self.text.chars().map(look).collect();
    }
}
