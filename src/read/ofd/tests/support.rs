//! Small OFD files.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use hetong_ocr::{PageReading, Picture};

use crate::model::{Document, MediaType};
use crate::read::Effort;
use crate::read::picture::Eyes;
use crate::read::{Limits, ReadError, ofd};

/// A file of one document, whose parts can be set one by one.
#[derive(Default)]
pub(super) struct File {
    pages: Vec<String>,
    common: String,
    document: String,
    entry: String,
    parts: Vec<(String, Vec<u8>)>,
}

impl File {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// One page that holds these objects.
    pub(super) fn of(objects: &str) -> Self {
        Self::new().page("", objects)
    }

    /// Another page; `head` stands before its content. Pages have the object numbers 1, 2 …
    pub(super) fn page(mut self, head: &str, objects: &str) -> Self {
        let content = format!("<ofd:Content><ofd:Layer ID='900'>{objects}</ofd:Layer></ofd:Content>");
        self.pages
            .push(format!("<ofd:Page xmlns:ofd='http://www.ofdspec.org/2016'>{head}{content}</ofd:Page>"));
        self
    }

    /// Adds to CommonData.
    pub(super) fn common(mut self, xml: &str) -> Self {
        self.common += xml;
        self
    }

    /// Adds to the end of Document.xml.
    pub(super) fn document(mut self, xml: &str) -> Self {
        self.document += xml;
        self
    }

    /// Adds to DocBody.
    pub(super) fn entry(mut self, xml: &str) -> Self {
        self.entry += xml;
        self
    }

    /// Adds a part; one of the same name that was there gives way.
    pub(super) fn part(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.parts.push((name.to_owned(), content.into()));
        self
    }

    /// Resources: the inside of a `Res` part.
    pub(super) fn resources(self, xml: &str) -> Self {
        self.common("<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>")
            .part("Doc_0/DocumentRes.xml", format!("<ofd:Res BaseLoc='Res'>{xml}</ofd:Res>"))
    }

    /// The parts of the file, by name.
    pub(super) fn parts(&self) -> Vec<(String, Vec<u8>)> {
        let mut parts = vec![
            ("OFD.xml".to_owned(), self.entry_part().into_bytes()),
            ("Doc_0/Document.xml".to_owned(), self.document_part().into_bytes()),
        ];
        for (index, page) in self.pages.iter().enumerate() {
            parts.push((format!("Doc_0/Pages/Page_{index}/Content.xml"), page.clone().into_bytes()));
        }
        for (name, content) in &self.parts {
            parts.retain(|(other, _)| other != name);
            parts.push((name.clone(), content.clone()));
        }
        parts
    }

    fn entry_part(&self) -> String {
        let root = "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>";
        format!("<ofd:OFD><ofd:DocBody>{root}{}</ofd:DocBody></ofd:OFD>", self.entry)
    }

    fn document_part(&self) -> String {
        let area = "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>";
        let page = |index| format!("<ofd:Page ID='{}' BaseLoc='Pages/Page_{index}/Content.xml'/>", index + 1);
        let pages: String = (0..self.pages.len()).map(page).collect();
        format!(
            "<ofd:Document><ofd:CommonData>{area}{}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages>{}</ofd:Document>",
            self.common, self.document
        )
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        package(&self.parts())
    }

    pub(super) fn read(&self) -> Document {
        let (document, result) = read(&self.bytes());
        assert!(result.is_ok(), "{result:?}");
        document
    }

    /// The lines' texts of page 1.
    pub(super) fn texts(&self) -> Vec<String> {
        self.read().pages[0].lines.iter().map(|line| line.text.clone()).collect()
    }
}

/// A ZIP of these members.
pub(super) fn package(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name.as_str(), SimpleFileOptions::default()).expect("a member");
        writer.write_all(content).expect("its content");
    }
    writer.finish().expect("an archive").into_inner()
}

/// A text object at a place in millimetres, 4 mm high, hanzi one em apart and others half an em.
pub(super) fn text(x: f64, y: f64, shown: &str) -> String {
    styled(x, y, shown, "")
}

/// The same with more attributes.
pub(super) fn styled(x: f64, y: f64, shown: &str, attributes: &str) -> String {
    let steps: Vec<&str> = shown.chars().map(|c| if c >= '\u{2E80}' { "4" } else { "2" }).collect();
    format!(
        "<ofd:TextObject Boundary='{x} {y} 150 5' Font='1' Size='4' {attributes}><ofd:TextCode X='0' Y='4' \
         DeltaX='{}'>{shown}</ofd:TextCode></ofd:TextObject>",
        steps.join(" ")
    )
}

/// A straight line in millimetres.
pub(super) fn stroke(x0: f64, y0: f64, x1: f64, y1: f64) -> String {
    let data = format!("M 0 0 L {} {}", x1 - x0, y1 - y0);
    format!(
        "<ofd:PathObject Boundary='{x0} {y0} 200 200'><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData>\
         </ofd:PathObject>"
    )
}

/// Eyes that see nothing on any picture.
struct Blind;

impl Eyes for Blind {
    fn read(&mut self, picture: Picture, _: Effort) -> Result<PageReading, String> {
        Ok(PageReading { width: picture.width(), height: picture.height(), ..PageReading::default() })
    }
}

pub(super) fn read(bytes: &[u8]) -> (Document, Result<(), ReadError>) {
    read_within(bytes, &Limits::default())
}

pub(super) fn read_within(bytes: &[u8], limits: &Limits) -> (Document, Result<(), ReadError>) {
    let mut document = Document::empty(MediaType::Unknown);
    let result = ofd::read(bytes, limits, &mut Blind, &mut document);
    (document, result)
}

/// The issues' codes.
pub(super) fn codes(document: &Document) -> Vec<&str> {
    document.issues.iter().map(|issue| issue.code.as_str()).collect()
}
