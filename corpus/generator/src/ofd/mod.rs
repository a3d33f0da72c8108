//! Renders a document as OFD (GB/T 33190-2016), the fixed-layout format of Chinese offices.
//!
//! The fonts are named and not embedded, as office programs do with SimSun; steps between characters stand in the
//! file, so that it reads the same without them. Nothing in a file depends on time or place.

mod page;

use std::io::Cursor;

use zip::ZipWriter;

use crate::error::Result;
use crate::layout::{A4_HEIGHT, A4_WIDTH, HalfWidth, Page, Style, lay_out};
use crate::package::add;
use crate::source::Document;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
/// Object number of the only font.
const FONT: u32 = 1;
/// Object number of the first page.
const FIRST_PAGE: usize = 2;

/// Renders a document, on the same pages as a PDF under a predefined CMap.
///
/// # Errors
///
/// If the package cannot be written.
pub fn render(document: &Document) -> Result<Vec<u8>> {
    render_pages(&lay_out(document, &HalfWidth, &Style::default()))
}

/// Renders pages laid out with [`HalfWidth`].
///
/// # Errors
///
/// If the package cannot be written.
pub fn render_pages(pages: &[Page]) -> Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    add(&mut zip, "OFD.xml", &entry())?;
    add(&mut zip, "Doc_0/Document.xml", &root(pages.len()))?;
    add(&mut zip, "Doc_0/PublicRes.xml", &resources())?;
    // Object numbers are unique in a document; those of a page's objects follow those of the pages.
    let mut next = FIRST_PAGE + pages.len();
    for (index, page) in pages.iter().enumerate() {
        let content = page::content(page, &mut next);
        let part = format!("{HEAD}<ofd:Page {NAMESPACE}><ofd:Content>{content}</ofd:Content></ofd:Page>");
        add(&mut zip, &format!("Doc_0/Pages/Page_{index}/Content.xml"), &part)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn entry() -> String {
    format!(
        "{HEAD}<ofd:OFD {NAMESPACE} DocType=\"OFD\" Version=\"1.1\"><ofd:DocBody><ofd:DocInfo>\
         <ofd:Creator>hetong-corpus</ofd:Creator></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>\
         </ofd:DocBody></ofd:OFD>"
    )
}

fn root(pages: usize) -> String {
    let page = |index| {
        let id = FIRST_PAGE + index;
        format!("<ofd:Page ID=\"{id}\" BaseLoc=\"Pages/Page_{index}/Content.xml\"/>")
    };
    let list: String = (0..pages).map(page).collect();
    let (width, height) = (page::millimetres(A4_WIDTH), page::millimetres(A4_HEIGHT));
    format!(
        "{HEAD}<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 {width} {height}\
         </ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>\
         <ofd:Pages>{list}</ofd:Pages></ofd:Document>"
    )
}

fn resources() -> String {
    format!(
        "{HEAD}<ofd:Res {NAMESPACE} BaseLoc=\"Res\"><ofd:Fonts><ofd:Font ID=\"{FONT}\" FontName=\"宋体\" \
         FamilyName=\"宋体\"/></ofd:Fonts></ofd:Res>"
    )
}
