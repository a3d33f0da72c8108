//! What Word shows is what the blocks say.

mod damage;
mod numbering;
mod runs;
mod stories;
mod tables;

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::read;
use crate::model::{Block, Document, MediaType, Region};
use crate::read::{Limits, ReadError};

const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A DOCX file under construction.
#[derive(Clone)]
struct Docx {
    namespace: &'static str,
    members: Vec<(String, Vec<u8>)>,
    relations: Vec<(String, String)>,
}

impl Docx {
    /// With this inside `w:body`.
    fn new(body: &str) -> Self {
        Self::in_dialect(TRANSITIONAL, body)
    }

    fn in_dialect(namespace: &'static str, body: &str) -> Self {
        let docx = Self { namespace, members: Vec::new(), relations: Vec::new() };
        docx.member("word/document.xml", &wrap(namespace, "document", &format!("<w:body>{body}</w:body>")))
    }

    /// With a member as it is.
    fn member(mut self, name: &str, content: &str) -> Self {
        self.members.push((name.to_owned(), content.as_bytes().to_vec()));
        self
    }

    /// With a part that the main part relates to: `kind` is both its root's and its relation's name, its
    /// relation's identifier is `r` with the part's place (`r1`).
    fn part(mut self, kind: &str, root: &str, content: &str) -> Self {
        let name = format!("{kind}{}.xml", self.relations.len() + 1);
        self.relations.push((kind.to_owned(), name.clone()));
        let content = wrap(self.namespace, root, content);
        self.member(&format!("word/{name}"), &content)
    }

    fn styles(self, content: &str) -> Self {
        self.part("styles", "styles", content)
    }

    fn numbering(self, content: &str) -> Self {
        self.part("numbering", "numbering", content)
    }

    fn bytes(mut self) -> Vec<u8> {
        let related: String = self
            .relations
            .iter()
            .enumerate()
            .map(|(n, (kind, target))| relation(&format!("r{}", n + 1), kind, target))
            .collect();
        self = self.member("_rels/.rels", &relations(&relation("m", "officeDocument", "word/document.xml")));
        self = self.member("word/_rels/document.xml.rels", &relations(&related));
        zip(&self.members)
    }

    fn read(self) -> Document {
        let bytes = self.bytes();
        let mut document = Document::empty(MediaType::Unknown);
        read(&bytes, &Limits::default(), &mut document).expect("a readable document");
        document
    }

    /// The texts of the blocks, in order.
    fn texts(self) -> Vec<String> {
        self.read().blocks.into_iter().map(|block| block.text).collect()
    }
}

fn zip(members: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        writer.start_file(name, SimpleFileOptions::default()).expect("a member");
        writer.write_all(content).expect("its content");
    }
    writer.finish().expect("an archive").into_inner()
}

fn wrap(namespace: &str, root: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><w:{root} xmlns:w=\"{namespace}\" xmlns:r=\"{RELATIONS}\" \
         xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
         xmlns:w14=\"http://schemas.microsoft.com/office/word/2010/wordml\" \
         xmlns:v=\"urn:schemas-microsoft-com:vml\" \
         xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">{content}</w:{root}>"
    )
}

fn relation(id: &str, kind: &str, target: &str) -> String {
    format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{target}\"/>")
}

fn relations(content: &str) -> String {
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{content}\
         </Relationships>"
    )
}

/// A run with these properties.
fn run(properties: &str, text: &str) -> String {
    format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A paragraph of one run, with these properties.
fn styled(properties: &str, text: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr>{}</w:p>", run("", text))
}

/// A paragraph of one run.
fn paragraph(text: &str) -> String {
    styled("", text)
}

/// The texts that a body gives.
fn texts(body: &str) -> Vec<String> {
    Docx::new(body).texts()
}

/// The text that the content of one paragraph gives.
fn text(content: &str) -> String {
    texts(&format!("<w:p>{content}</w:p>")).join("|")
}
