//! DOCX → document: paragraphs as a person sees them in Word or WPS.
//!
//! The format is WordprocessingML (ECMA-376, ISO/IEC 29500) in a ZIP package. What is shown and what is
//! stored differ: numbers of clauses are computed from list definitions, deleted text is still there, a field
//! holds its instruction beside its result, a text box is stored twice. A clerk answers for what is shown, so
//! that is what the blocks hold:
//!
//! * `package` unpacks parts within a budget and follows relationships;
//! * `xml` streams a part's elements, one of the stored alternatives only;
//! * `styles`, `numbering` and `counters` give the automatic numbers;
//! * `story` puts paragraphs and tables together, with `fields`, `control` and `table`.

mod control;
pub(super) mod counters;
pub(super) mod fields;
pub(super) mod numbering;
pub(super) mod numerals;
pub(crate) mod package;
mod paragraph;
pub(crate) mod places;
pub(super) mod properties;
pub(super) mod story;
pub(super) mod styles;
pub(super) mod symbols;
mod table;
pub(super) mod tally;
#[cfg(test)]
mod tests;
mod vocabulary;
pub(crate) mod xml;

use std::collections::{BTreeMap, BTreeSet};

use self::package::{Package, Part, Relationship};
use self::places::Told;
use self::story::{Definitions, Story};
use self::tally::{Tally, issue};
use self::xml::{Malformed, Xml};
use super::{Limits, ReadError, Sink};
use crate::model::{Document, Level, MediaType, Region};

/// First bytes of a compound file (OLE), in which Word wraps a document that has a password.
const COMPOUND_FILE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Reads a DOCX file: the body, then headers and footers, notes, comments.
///
/// A block is one paragraph; its number counts every paragraph and table from 0, empty ones too, those of
/// text boxes after the paragraph that they are anchored in.
///
/// # Errors
///
/// * [`ReadError::Encrypted`]: the document has a password.
/// * [`ReadError::Limit`]: the parts unpack to more than [`Limits::unpacked_bytes`] all together.
/// * [`ReadError::Damaged`]: no package, no main part, or a main part that breaks off; the blocks before the
///   break are in the sink.
pub fn read(bytes: &[u8], limits: &Limits, sink: &mut dyn Sink) -> Result<(), ReadError> {
    sink.opened(MediaType::Docx, None);
    if bytes.starts_with(COMPOUND_FILE) {
        return Err(ReadError::Encrypted);
    }
    let (mut reader, main) = Reader::open(bytes, limits, sink)?;
    reader.read(&main)
}

/// What was read, with the places of its characters in the main part.
pub(crate) struct Traced {
    /// The blocks, in the order in which [`read`] gives them.
    pub blocks: Vec<Told>,
    /// Name of the main part.
    pub main: String,
}

/// Reads a DOCX file as [`read`] does, and says where each character stands.
///
/// # Errors
///
/// Those of [`read`]; nothing is given of a document that breaks off.
pub(crate) fn trace(bytes: &[u8], limits: &Limits) -> Result<Traced, ReadError> {
    let mut unseen = Document::empty(MediaType::Docx);
    let (mut reader, main) = Reader::open(bytes, limits, &mut unseen)?;
    reader.traced = Some(Vec::new());
    reader.read(&main)?;
    Ok(Traced { blocks: reader.traced.unwrap_or_default(), main })
}

struct Reader<'b, 's> {
    package: Package<'b>,
    relationships: Vec<Relationship>,
    sink: &'s mut dyn Sink,
    definitions: Definitions,
    tally: Tally,
    /// Every block with its places, where they are asked for.
    traced: Option<Vec<Told>>,
}

impl<'b, 's> Reader<'b, 's> {
    /// The reader of a file, and the name of its main part.
    fn open(bytes: &'b [u8], limits: &Limits, sink: &'s mut dyn Sink) -> Result<(Self, String), ReadError> {
        let mut package = Package::open(bytes, limits.unpacked_bytes)?;
        let main = package
            .main_part()?
            .ok_or_else(|| ReadError::Damaged("找不到正文部件（word/document.xml）".to_owned()))?;
        let relationships = package.relationships(&main)?;
        let (definitions, tally) = (Definitions::default(), Tally::default());
        Ok((Self { package, relationships, sink, definitions, tally, traced: None }, main))
    }

    fn read(&mut self, main: &str) -> Result<(), ReadError> {
        self.read_definitions()?;
        let body = self.read_body(main);
        if !matches!(body, Ok(_) | Err(ReadError::Damaged(_))) {
            return body.map(drop);
        }
        self.read_headers_and_footers()?;
        for (kind, region) in
            [("footnotes", Region::Note), ("endnotes", Region::Note), ("comments", Region::Comment)]
        {
            for part in self.targets(kind) {
                self.read_story(&part, region)?.into_iter().for_each(|told| self.give(told));
            }
        }
        let has_body = *body.as_ref().unwrap_or(&true);
        self.tally.issues(has_body).into_iter().for_each(|issue| self.sink.issue(issue));
        body.map(drop)
    }

    fn give(&mut self, told: Told) {
        if let Some(traced) = &mut self.traced {
            traced.push(told.clone());
        }
        self.sink.block(told.block);
    }

    /// Names of the parts that the main part relates to in that way.
    fn targets(&self, kind: &str) -> Vec<String> {
        self.relationships.iter().filter(|r| r.kind == kind).map(|r| r.target.clone()).collect()
    }

    fn read_definitions(&mut self) -> Result<(), ReadError> {
        for name in self.targets("styles") {
            self.read_part(&name, "样式", |reader, text| reader.definitions.styles.read(text))?;
        }
        for name in self.targets("numbering") {
            self.read_part(&name, "自动编号", |reader, text| reader.definitions.numbering.read(text))?;
        }
        Ok(())
    }

    /// Reads a part that the text can be read without, and says so when it is at fault.
    fn read_part(
        &mut self,
        name: &str,
        what: &str,
        read: impl FnOnce(&mut Self, &str) -> Result<(), Malformed>,
    ) -> Result<(), ReadError> {
        let fault = match self.package.part(name)? {
            None => Some("文件中没有该部件".to_owned()),
            Some(Part { text, damage }) => read(self, &text).err().map(|e| e.to_string()).or(damage),
        };
        if let Some(fault) = fault {
            let message =
                format!("{what}部件（{name}）无法完整读取：{fault}；编号或格式可能与 Word 显示的不同");
            self.sink.issue(issue(Level::Warning, "damaged-part", message));
        }
        Ok(())
    }

    /// Reads the body into the sink; says whether there was any text.
    fn read_body(&mut self, main: &str) -> Result<bool, ReadError> {
        let Some(Part { text, damage }) = self.package.part(main)? else {
            return Err(ReadError::Damaged("找不到正文部件".to_owned()));
        };
        let Self { sink, definitions, tally, traced, .. } = self;
        let mut has_text = false;
        let is_traced = traced.is_some();
        let mut out = |told: Told| {
            has_text = true;
            if let Some(traced) = traced {
                traced.push(told.clone());
            }
            sink.block(told.block);
        };
        let outcome = Story::new(definitions, tally, Region::Body, &mut out).traced(is_traced).read(&text);
        match damage.or(outcome.err().map(|error| error.to_string())) {
            Some(fault) => Err(ReadError::Damaged(format!("正文只读到第 {} 段：{fault}", self.tally.blocks))),
            None => Ok(has_text),
        }
    }

    /// Headers and footers that are shown, each text once.
    fn read_headers_and_footers(&mut self) -> Result<(), ReadError> {
        let (mut parts, mut texts) = (BTreeSet::new(), BTreeSet::new());
        for relationship in self.shown_references()? {
            let region = if relationship.kind == "header" { Region::Header } else { Region::Footer };
            if !parts.insert(relationship.target.clone()) {
                continue;
            }
            let blocks = self.read_story(&relationship.target, region)?;
            let text: Vec<String> = blocks.iter().map(|told| told.block.text.clone()).collect();
            if texts.insert((relationship.kind, text)) {
                blocks.into_iter().for_each(|told| self.give(told));
            }
        }
        Ok(())
    }

    /// References to headers and footers, without those that are kept but switched off: Word leaves the first
    /// page's and the even pages' own in the file.
    fn shown_references(&mut self) -> Result<Vec<Relationship>, ReadError> {
        let tells_even_apart = self.tells_even_pages_apart()?;
        let sections = &self.tally.sections;
        let is_shown = |kind: &str| match kind {
            "first" => sections.title_page,
            "even" => tells_even_apart,
            _ => true,
        };
        let is_either = |r: &&Relationship| matches!(r.kind.as_str(), "header" | "footer");
        let by_id: BTreeMap<&str, &Relationship> =
            self.relationships.iter().filter(is_either).map(|r| (r.id.as_str(), r)).collect();
        let shown = sections.references.iter().filter(|(_, kind)| is_shown(kind));
        Ok(shown.filter_map(|(id, _)| by_id.get(id.as_str()).copied()).cloned().collect())
    }

    fn tells_even_pages_apart(&mut self) -> Result<bool, ReadError> {
        let mut found = false;
        for name in self.targets("settings") {
            let Some(part) = self.package.part(&name)? else { continue };
            let mut xml = Xml::new(&part.text);
            while let Ok(Some(element)) = xml.next_inside(0) {
                found |= element.name == "w:evenAndOddHeaders" && element.is_on();
            }
        }
        Ok(found)
    }

    /// The blocks of a part beside the body. One that is at fault costs its own text only.
    fn read_story(&mut self, name: &str, region: Region) -> Result<Vec<Told>, ReadError> {
        let mut blocks = Vec::new();
        let fault = match self.package.part(name)? {
            None => Some("文件中没有该部件".to_owned()),
            Some(Part { text, damage }) => {
                let mut out = |told| blocks.push(told);
                let story = Story::new(&self.definitions, &mut self.tally, region, &mut out)
                    .traced(self.traced.is_some());
                story.read(&text).err().map(|error| error.to_string()).or(damage)
            }
        };
        if let Some(fault) = fault {
            let message = format!("部件 {name} 无法完整读取：{fault}；请从来源重新取得文件");
            self.sink.issue(issue(Level::Error, "damaged-part", message));
        }
        Ok(blocks)
    }
}
