//! `styles.xml`: what a style says, with what it is based on.

use std::collections::BTreeMap;

use super::properties::{ParagraphProperties, RunProperties, Section};
use super::xml::{Element, Malformed, Xml};

/// Styles that a style is based on, one upon the other, that are followed. Word has no more than ten or so;
/// a circle ends here too.
const LONGEST_CHAIN: usize = 32;

/// Font size in half points where nothing names one (what Word takes).
const WORD_DEFAULT_SIZE: u32 = 20;

/// One style.
#[derive(Debug, Default)]
pub(in crate::read) struct Style {
    /// What it is called: `heading 1`.
    pub name: String,
    /// Identifier of the style that it is based on.
    pub based_on: Option<String>,
    /// What it says of paragraphs.
    pub paragraph: ParagraphProperties,
    /// What it says of runs.
    pub run: RunProperties,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(in crate::read) struct Styles {
    styles: BTreeMap<String, Style>,
    /// Style of a paragraph that names none.
    default_paragraph: Option<String>,
    paragraph_defaults: ParagraphProperties,
    run_defaults: RunProperties,
}

impl Styles {
    /// Reads as many styles as can be read from the part's text.
    pub fn read(&mut self, text: &str) -> Result<(), Malformed> {
        self.run_defaults.size = Some(WORD_DEFAULT_SIZE);
        let mut xml = Xml::new(text);
        while let Some(element) = xml.next_inside(0)? {
            match element.name {
                "w:docDefaults" => self.read_defaults(&mut xml)?,
                "w:style" => self.read_style(&element, &mut xml)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// Defines a style. What names no size has the one that Word takes.
    pub fn define(&mut self, id: String, style: Style) {
        self.run_defaults.size = Some(WORD_DEFAULT_SIZE);
        self.styles.insert(id, style);
    }

    /// Names the style of a paragraph that names none.
    pub fn set_default(&mut self, id: String) {
        self.default_paragraph = Some(id);
    }

    fn read_defaults(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let depth = xml.depth();
        while let Some(element) = xml.next_inside(depth)? {
            match element.name {
                "w:rPr" => self.run_defaults = RunProperties::read(xml)?.0.over(&self.run_defaults),
                "w:pPr" => self.paragraph_defaults = ParagraphProperties::read(xml, &mut Section::default())?,
                _ => {}
            }
        }
        Ok(())
    }

    fn read_style(&mut self, start: &Element<'_>, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let (id, kind) = (start.attribute("styleId").unwrap_or_default(), start.attribute("type"));
        let is_default = matches!(start.attribute("default").as_deref(), Some("1" | "true" | "on"));
        if is_default && kind.as_deref() == Some("paragraph") {
            self.default_paragraph = Some(id.clone());
        }
        let style = Style::read(xml)?;
        self.styles.insert(id, style);
        Ok(())
    }

    /// A style and those it is based on, nearest first, with their identifiers.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let link = |id: &'s str| Some((id, self.styles.get(id)?));
        let first = id.and_then(link);
        std::iter::successors(first, move |(_, style)| link(style.based_on.as_deref()?)).take(LONGEST_CHAIN)
    }

    /// Identifier of the style that a paragraph has.
    fn style_of<'s>(&'s self, own: &'s ParagraphProperties) -> Option<&'s str> {
        own.style.as_deref().filter(|id| self.styles.contains_key(*id)).or(self.default_paragraph.as_deref())
    }

    /// Everything that holds for a paragraph: its own properties over its style's over the defaults.
    pub fn paragraph(&self, own: &ParagraphProperties) -> ParagraphProperties {
        self.chain(self.style_of(own))
            .fold(own.clone(), |properties, (_, style)| properties.over(&style.paragraph))
            .over(&self.paragraph_defaults)
    }

    /// What a run of a paragraph has before its own properties: the paragraph style's over the defaults.
    pub fn run_base(&self, own: &ParagraphProperties) -> RunProperties {
        self.chain(self.style_of(own))
            .fold(RunProperties::default(), |properties, (_, style)| properties.over(&style.run))
            .over(&self.run_defaults)
    }

    /// What a character style says.
    pub fn character(&self, id: Option<&str>) -> RunProperties {
        self.chain(id).fold(RunProperties::default(), |properties, (_, style)| properties.over(&style.run))
    }

    /// Identifiers of a paragraph's style and those it is based on, nearest first.
    pub fn names<'s>(&'s self, own: &'s ParagraphProperties) -> Vec<&'s str> {
        self.chain(self.style_of(own)).map(|(id, _)| id).collect()
    }

    /// The list that a numbering style leads to.
    pub fn list_of(&self, id: &str) -> Option<u32> {
        self.chain(Some(id)).find_map(|(_, style)| style.paragraph.list)
    }

    /// Outline level of a paragraph from 1, or 0 for the document's title (标题).
    ///
    /// A level that the paragraph or its style states decides; else the style's name does, because some
    /// programs write heading styles without a level.
    pub fn heading(&self, own: &ParagraphProperties) -> Option<u8> {
        if let Some(level) = own.outline {
            return outline(level);
        }
        for (_, style) in self.chain(self.style_of(own)) {
            if let Some(level) = style.paragraph.outline {
                return outline(level);
            }
            if let Some(heading) = heading_by_name(&style.name) {
                return Some(heading);
            }
        }
        None
    }
}

fn outline(level: u32) -> Option<u8> {
    u8::try_from(level).ok().filter(|level| *level < 9).map(|level| level + 1)
}

fn heading_by_name(name: &str) -> Option<u8> {
    let name = name.trim().to_lowercase();
    if matches!(name.as_str(), "title" | "标题") {
        return Some(0);
    }
    let level = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    level.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

impl Style {
    fn read(xml: &mut Xml<'_>) -> Result<Self, Malformed> {
        let depth = xml.depth();
        let mut style = Self::default();
        while let Some(element) = xml.next_inside(depth)? {
            match element.name {
                "w:name" => style.name = element.val().unwrap_or_default(),
                "w:basedOn" => style.based_on = element.val(),
                "w:pPr" => style.paragraph = ParagraphProperties::read(xml, &mut Section::default())?,
                "w:rPr" => style.run = RunProperties::read(xml)?.0,
                // Conditional formats of table styles say nothing about a paragraph by itself.
                "w:tblStylePr" => xml.skip()?,
                _ => {}
            }
        }
        Ok(style)
    }
}
