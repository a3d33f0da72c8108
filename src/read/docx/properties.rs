//! Properties of paragraphs and runs, as far as they decide what a person sees.

use super::symbols::SymbolFont;
use super::xml::{Element, Malformed, Xml};

/// What `w:pPr` says, in a paragraph or in a style. `None`: it says nothing.
#[derive(Debug, Clone, Default)]
pub(in crate::read) struct ParagraphProperties {
    /// Identifier of the paragraph's style.
    pub style: Option<String>,
    /// Is it centred?
    pub centred: Option<bool>,
    /// Outline level from 0; 9 is body text.
    pub outline: Option<u32>,
    /// Identifier of the list (`w:num`) that it belongs to; 0 takes it out of any list.
    pub list: Option<u32>,
    /// Its level in the list, from 0.
    pub level: Option<u32>,
    /// Was the paragraph mark deleted? Then the next paragraph goes on where this one ends.
    pub mark_deleted: bool,
    /// Was the paragraph mark inserted?
    pub mark_inserted: bool,
    /// Is the paragraph mark hidden?
    pub mark_hidden: bool,
}

/// What `w:rPr` says, in a run, a style or a list level. `None`: it says nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::read) struct RunProperties {
    /// Font size in half points.
    pub size: Option<u32>,
    /// Is there a line under it?
    pub underlined: Option<bool>,
    /// Is it hidden?
    pub hidden: Option<bool>,
    /// Is it struck through?
    pub struck: Option<bool>,
    /// The font of its Latin characters: a known symbol font, or `None` inside for any other.
    pub symbols: Option<Option<SymbolFont>>,
}

/// References that a section makes to headers and footers.
#[derive(Debug, Default)]
pub(in crate::read) struct Section {
    /// Relationship identifier and type (`default`, `first`, `even`), headers and footers in file order.
    pub references: Vec<(String, String)>,
    /// Has the first page its own?
    pub title_page: bool,
}

impl ParagraphProperties {
    /// Reads the `w:pPr` that began last. Section properties inside it go to `section`.
    pub fn read(xml: &mut Xml<'_>, section: &mut Section) -> Result<Self, Malformed> {
        let depth = xml.depth();
        let mut properties = Self::default();
        while let Some(element) = xml.next_inside(depth)? {
            match element.name {
                "w:rPr" => properties.read_mark(xml)?,
                "w:sectPr" => section.read(xml)?,
                _ => properties.take(&element),
            }
        }
        Ok(properties)
    }

    /// These, and where they are silent, those of `base`.
    pub fn over(self, base: &Self) -> Self {
        Self {
            centred: self.centred.or(base.centred),
            outline: self.outline.or(base.outline),
            list: self.list.or(base.list),
            level: self.level.or(base.level),
            ..self
        }
    }

    fn take(&mut self, element: &Element<'_>) {
        match element.name {
            "w:pStyle" => self.style = element.val(),
            "w:jc" => self.centred = Some(element.val().as_deref() == Some("center")),
            "w:outlineLvl" => self.outline = element.number(),
            "w:numId" => self.list = element.number(),
            "w:ilvl" => self.level = element.number(),
            _ => {}
        }
    }

    fn read_mark(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let depth = xml.depth();
        while let Some(element) = xml.next_inside(depth)? {
            match element.name {
                "w:del" | "w:moveFrom" => self.mark_deleted = true,
                "w:ins" | "w:moveTo" => self.mark_inserted = true,
                "w:vanish" => self.mark_hidden = element.is_on(),
                _ => {}
            }
        }
        Ok(())
    }
}

impl RunProperties {
    /// Reads the `w:rPr` that began last, and the identifier of the run's style.
    pub fn read(xml: &mut Xml<'_>) -> Result<(Self, Option<String>), Malformed> {
        let depth = xml.depth();
        let (mut properties, mut style) = (Self::default(), None);
        while let Some(element) = xml.next_inside(depth)? {
            match element.name {
                "w:rStyle" => style = element.val(),
                _ => properties.take(&element),
            }
        }
        Ok((properties, style))
    }

    /// These, and where they are silent, those of `base`.
    pub fn over(self, base: &Self) -> Self {
        Self {
            size: self.size.or(base.size),
            underlined: self.underlined.or(base.underlined),
            hidden: self.hidden.or(base.hidden),
            struck: self.struck.or(base.struck),
            symbols: self.symbols.or(base.symbols),
        }
    }

    fn take(&mut self, element: &Element<'_>) {
        match element.name {
            "w:sz" => self.size = element.number(),
            // `words` leaves out the spaces, and only underlined spaces matter here.
            "w:u" => {
                self.underlined = Some(!matches!(element.val().as_deref(), Some("none" | "words") | None))
            }
            "w:vanish" => self.hidden = Some(element.is_on()),
            "w:strike" | "w:dstrike" => self.struck = Some(element.is_on() || self.struck == Some(true)),
            "w:rFonts" => self.take_fonts(element),
            _ => {}
        }
    }

    fn take_fonts(&mut self, element: &Element<'_>) {
        if let Some(font) = element.attribute("ascii").or_else(|| element.attribute("hAnsi")) {
            self.symbols = Some(SymbolFont::named(&font));
        }
    }
}

impl Section {
    /// Reads the `w:sectPr` that began last, after those read before it.
    pub fn read(&mut self, xml: &mut Xml<'_>) -> Result<(), Malformed> {
        let depth = xml.depth();
        while let Some(element) = xml.next_inside(depth)? {
            match element.name {
                "w:headerReference" | "w:footerReference" => {
                    let kind = element.attribute("type").unwrap_or_else(|| "default".to_owned());
                    self.references.extend(element.attribute("id").map(|id| (id, kind)));
                }
                "w:titlePg" => self.title_page |= element.is_on(),
                _ => {}
            }
        }
        Ok(())
    }
}
