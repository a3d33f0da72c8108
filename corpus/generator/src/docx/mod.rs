//! Renders a document as a Word file (Office Open XML, ECMA-376).

mod body;
mod inline;
mod numbering;
mod package;
mod running;
mod table;
mod text_box;
mod xml;

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::error::Result;
use crate::source::Document;

/// Something that Word files have and plain documents do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Extra {
    /// Clause labels are counted by Word, and thus missing from the text. A label that no counter
    /// would make stays typed.
    Numbering,
    /// The first sum of money was changed under revision marks: the text as it stands is the
    /// inserted one, a wrong sum is deleted beside it.
    TrackedChange,
    /// A footnote, which is no part of the contract's text, at the first mention of 工作日.
    Footnote,
    /// The line with the contract's number (or else the first line) stands in a text box, in both
    /// the modern and the legacy form.
    TextBox,
    /// The values of the parties' lines are content controls.
    ContentControl,
    /// Numbers and dates on lines of their own are results of fields, simple and complex.
    Fields,
}

/// The extras of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Extras(pub BTreeSet<Extra>);

impl Extras {
    /// All of them.
    pub fn all() -> Self {
        use Extra::*;
        Self([Numbering, TrackedChange, Footnote, TextBox, ContentControl, Fields].into())
    }

    fn has(&self, extra: Extra) -> bool {
        self.0.contains(&extra)
    }
}

/// Renders a document. The file's bytes depend on the document and the extras alone.
///
/// # Errors
///
/// If the package grows past what a zip file can hold.
pub fn render(document: &Document, extras: &Extras) -> Result<Vec<u8>> {
    let mut body = body::Body::new(document, extras);
    let mut package = package::Package::default();
    let content = body.write(document);
    package.document(content, document, body.footnotes());
    if document.header.is_some() {
        package.header(running::header(document));
    }
    if document.footer.is_some() {
        package.footer(running::footer(document));
    }
    if let Some(numbering) = body.numbering() {
        package.numbering(numbering);
    }
    package.finish()
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use quick_xml::events::Event;

    use super::*;
    use crate::source::parse;

    const TEXT: &str = "# 采购合同\n%header 合同 <内部> & 存档\n%footer 第 {page} 页 共 {pages} 页\n\
        合同编号：HT-2024-001\n甲方：某市某局\n签订日期：2024年3月5日\n第一条 标的\n\
        1. 总价为1,234.00元，十个工作日内付清。\n2. 其他。\n第二条 其他\n1.1 某事\n2.1 某事\n\
        | 名称 | 金额 |\n| 合计 |\n=== page ===\n<< 甲方（盖章）： || 乙方（盖章）： >>";

    /// The parts of a file by name, each checked to be well-formed.
    fn parts(extras: &Extras) -> Vec<(String, String)> {
        let bytes = render(&parse(TEXT).unwrap(), extras).unwrap();
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = Vec::new();
        for index in 0..zip.len() {
            let mut file = zip.by_index(index).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut xml = String::new();
            file.read_to_string(&mut xml).unwrap();
            let mut reader = quick_xml::Reader::from_str(&xml);
            while reader.read_event().unwrap_or_else(|e| panic!("{name}: {e}")) != Event::Eof {}
            parts.push((name, xml));
        }
        parts
    }

    fn document(extras: &Extras) -> String {
        let document = |(name, xml): (String, String)| (name == "word/document.xml").then_some(xml);
        parts(extras).into_iter().find_map(document).unwrap()
    }

    #[test]
    fn all_parts_are_well_formed() {
        for extras in [Extras::default(), Extras::all()] {
            assert!(parts(&extras).len() >= 6);
        }
    }

    #[test]
    fn labels_are_counted_by_word_when_asked() {
        assert!(document(&Extras::default()).contains("第一条"));
        let numbered = document(&Extras([Extra::Numbering].into()));
        assert!(!numbered.contains("第一条") && !numbered.contains("2. 其他"));
        // 1.1 cannot follow article 2, 2.1 can.
        assert!(numbered.contains(">1.1 <") && !numbered.contains(">2.1 <"), "{numbered}");
    }

    #[test]
    fn the_inserted_sum_is_the_true_one() {
        let changed = document(&Extras([Extra::TrackedChange].into()));
        assert!(changed.contains("<w:delText xml:space=\"preserve\">2,234.00</w:delText>"));
        let inserted = changed.split("<w:ins ").nth(1).unwrap();
        assert!(inserted.split("</w:ins>").next().unwrap().contains("1,234.00"));
    }

    #[test]
    fn the_same_input_gives_the_same_bytes() {
        let document = parse(TEXT).unwrap();
        let render = || render(&document, &Extras::all()).unwrap();
        assert_eq!(render(), render());
    }
}
