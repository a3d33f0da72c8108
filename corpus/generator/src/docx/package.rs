//! The parts of a Word file → its zip package.
//!
//! Source: ECMA-376 part 2 (Open Packaging Conventions).

use std::io::Cursor;

use zip::ZipWriter;

use super::inline::FOOTNOTE;
use super::xml::{HEAD, NAMESPACES, paragraph, runs};
use crate::error::Result;
use crate::package::add;
use crate::source::Document;

const MAIN_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// The parts gathered so far. The main part comes first, so it can be called `document`.
#[derive(Default)]
pub(super) struct Package {
    document: String,
    /// Kind (also the last word of content type and relationship), file name, content.
    others: Vec<(&'static str, &'static str, String)>,
}

impl Package {
    /// Adds the main part with its page set-up, and the parts that every file has.
    pub(super) fn document(&mut self, body: String, document: &Document, footnotes: bool) {
        let mut references = String::new();
        for (there, kind) in [(document.header.is_some(), "header"), (document.footer.is_some(), "footer")] {
            if there {
                references.push_str(&format!("<w:{kind}Reference w:type=\"default\" r:id=\"{kind}\"/>"));
            }
        }
        // A4, margins as in the PDF layout, in twentieths of a point.
        let section = format!(
            "<w:sectPr>{references}<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1520\" \
             w:right=\"1600\" w:bottom=\"1520\" w:left=\"1600\" w:header=\"850\" w:footer=\"850\" \
             w:gutter=\"0\"/></w:sectPr>"
        );
        self.document =
            format!("{HEAD}<w:document {NAMESPACES}><w:body>{body}{section}</w:body></w:document>");
        self.others.push(("styles", "styles.xml", include_str!("styles.xml").to_owned()));
        if footnotes {
            self.others.push(("footnotes", "footnotes.xml", footnotes_part()));
        }
    }

    pub(super) fn header(&mut self, part: String) {
        self.others.push(("header", "header1.xml", part));
    }

    pub(super) fn footer(&mut self, part: String) {
        self.others.push(("footer", "footer1.xml", part));
    }

    pub(super) fn numbering(&mut self, part: String) {
        self.others.push(("numbering", "numbering.xml", part));
    }

    /// The zip file. All its entries carry the same date, the first that zip knows.
    pub(super) fn finish(self) -> Result<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        add(&mut zip, "[Content_Types].xml", &self.content_types())?;
        add(&mut zip, "_rels/.rels", &root_relations())?;
        add(&mut zip, "word/document.xml", &self.document)?;
        add(&mut zip, "word/_rels/document.xml.rels", &self.relations())?;
        for (_, name, content) in &self.others {
            add(&mut zip, &format!("word/{name}"), content)?;
        }
        Ok(zip.finish()?.into_inner())
    }

    fn content_types(&self) -> String {
        let mut types = format!(
            "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Override PartName=\"/word/document.xml\" ContentType=\"{MAIN_TYPE}.document.main+xml\"/>"
        );
        for (kind, name, _) in &self.others {
            types.push_str(&format!(
                "<Override PartName=\"/word/{name}\" ContentType=\"{MAIN_TYPE}.{kind}+xml\"/>"
            ));
        }
        types.push_str("</Types>");
        types
    }

    fn relations(&self) -> String {
        let relation = |(kind, name, _): &(&str, &str, String)| {
            format!("<Relationship Id=\"{kind}\" Type=\"{RELATIONS}/{kind}\" Target=\"{name}\"/>")
        };
        relations(&self.others.iter().map(relation).collect::<String>())
    }
}

fn root_relations() -> String {
    relations(&format!(
        "<Relationship Id=\"document\" Type=\"{RELATIONS}/officeDocument\" Target=\"word/document.xml\"/>"
    ))
}

fn relations(inner: &str) -> String {
    format!("{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{inner}</Relationships>")
}

fn footnotes_part() -> String {
    let separator = |id: i32, kind: &str, mark: &str| {
        let line = paragraph("", &format!("<w:r><w:{mark}/></w:r>"));
        format!("<w:footnote w:type=\"{kind}\" w:id=\"{id}\">{line}</w:footnote>")
    };
    let note = paragraph("", &format!("<w:r><w:footnoteRef/></w:r>{}", runs(FOOTNOTE)));
    format!(
        "{HEAD}<w:footnotes {NAMESPACES}>{}{}<w:footnote w:id=\"1\">{note}</w:footnote></w:footnotes>",
        separator(-1, "separator", "separator"),
        separator(0, "continuationSeparator", "continuationSeparator"),
    )
}
