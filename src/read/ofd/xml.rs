//! XML parts as small trees.
//!
//! Elements are told by their local names: programs write the namespace of the standard, older ones, or none.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion, escape::resolve_predefined_entity};

/// Elements inside elements that are followed; pages stay below ten.
const DEEPEST: usize = 200;
/// Elements of one part.
const MOST: usize = 2_000_000;
/// Bytes at the start in which the declaration names its encoding.
const DECLARATION: usize = 120;

/// One element with all that is in it.
#[derive(Debug, Default, Clone)]
pub(super) struct Element {
    /// Its local name.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// The elements inside it, in order.
    pub children: Vec<Element>,
    /// Its own characters, references resolved.
    pub text: String,
}

impl Element {
    /// An attribute's value by its local name.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim())
    }

    /// An attribute as a number; `None` where it is none.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.attribute(name)?.parse().ok().filter(|number: &f64| number.is_finite())
    }

    /// An attribute that names another object (ST_ID, ST_RefID).
    pub fn id(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.parse().ok()
    }

    /// An attribute that switches something (xs:boolean).
    pub fn switch(&self, name: &str) -> Option<bool> {
        match self.attribute(name)? {
            "true" | "1" => Some(true),
            "false" | "0" => Some(false),
            _ => None,
        }
    }

    /// The first element of that name inside it.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The elements of that name inside it.
    pub fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the first element of that name inside it; `None` when blank.
    pub fn child_text(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim()).filter(|text| !text.is_empty())
    }

    fn of(tag: &BytesStart<'_>) -> Self {
        let name = tag.local_name().as_ref().to_owned();
        let mut attributes = tag.attributes();
        let attributes = attributes.with_checks(false).flatten().map(|attribute| {
            let key = attribute.key.local_name().as_ref().to_owned();
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            (key, value.unwrap_or(attribute.value.clone()).into_owned())
        });
        Self { name, attributes: attributes.collect(), ..Self::default() }
    }
}

/// Parses a part: its root element.
///
/// # Errors
///
/// In Chinese, what is wrong with it. A part that breaks off is worth nothing: half a page reads like a page.
pub(super) fn parse(bytes: &[u8]) -> Result<Element, String> {
    let text = decode(bytes);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    reader.config_mut().allow_dangling_amp = true;
    let mut tree = Tree::default();
    loop {
        match reader.read_event().map_err(|error| format!("XML 有误（{error}）"))? {
            Event::Start(tag) => tree.open(Element::of(&tag))?,
            Event::End(_) => tree.close(),
            Event::Text(text) => tree.text(&text.xml10_content()),
            Event::CData(text) => tree.text(&text.xml10_content()),
            Event::GeneralRef(reference) => tree.text(&resolve(reference)),
            Event::Eof => return tree.finish(),
            _ => {}
        }
    }
}

/// The elements that are open, outermost first, and the root once it is closed.
#[derive(Default)]
struct Tree {
    open: Vec<Element>,
    root: Option<Element>,
    count: usize,
}

impl Tree {
    fn open(&mut self, element: Element) -> Result<(), String> {
        self.count += 1;
        if self.open.len() >= DEEPEST {
            return Err(format!("XML 嵌套超过 {DEEPEST} 层"));
        }
        if self.count > MOST {
            return Err(format!("XML 元素超过 {MOST} 个"));
        }
        self.open.push(element);
        Ok(())
    }

    fn close(&mut self) {
        let Some(closed) = self.open.pop() else { return };
        match self.open.last_mut() {
            Some(parent) => parent.children.push(closed),
            None => self.root = self.root.take().or(Some(closed)),
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(element) = self.open.last_mut() {
            element.text.push_str(text);
        }
    }

    fn finish(self) -> Result<Element, String> {
        match self.root {
            Some(root) if self.open.is_empty() => Ok(root),
            _ => Err("XML 在中途断掉".to_owned()),
        }
    }
}

/// What a reference stands for. Entities that a document type would declare are never expanded, so that
/// nested entities cannot grow without bound.
fn resolve(reference: BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    match resolve_predefined_entity(&reference) {
        Some(text) => text.to_owned(),
        None => format!("&{};", reference.into_inner()),
    }
}

/// The characters of a part: by its byte order mark, else by its declaration, else UTF-8.
fn decode(bytes: &[u8]) -> String {
    let marked = encoding_rs::Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = marked.or_else(|| declared(bytes)).unwrap_or(encoding_rs::UTF_8);
    encoding.decode(bytes).0.into_owned()
}

fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.get(..DECLARATION).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head);
    let declaration = head.strip_prefix("<?xml")?.split_once("?>")?.0;
    let after = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let label = after.trim_start_matches(['"', '\'']);
    let label = label.split(['"', '\'']).next()?;
    // A file that says UTF-16 and got here without a byte order mark is not in UTF-16.
    let found = encoding_rs::Encoding::for_label(label.as_bytes())?;
    found.is_ascii_compatible().then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_local_and_text_is_resolved() {
        let part = "<ofd:A xmlns:ofd='x' ofd:ID='7'><B on='true'>甲&amp;乙&#x4E00;</B><B/></ofd:A>";
        let root = parse(part.as_bytes()).expect("well-formed");
        assert_eq!((root.name.as_str(), root.id("ID")), ("A", Some(7)));
        assert_eq!(root.child_text("B"), Some("甲&乙一"));
        assert_eq!(root.all("B").count(), 2);
        assert_eq!(root.child("B").and_then(|b| b.switch("on")), Some(true));
    }

    #[test]
    fn the_declared_encoding_counts() {
        let part = "<?xml version='1.0' encoding='GBK'?><A>合同</A>";
        let root = parse(&encoding_rs::GBK.encode(part).0).expect("well-formed");
        assert_eq!(root.text, "合同");
    }

    #[test]
    fn damage_is_told() {
        assert!(parse(b"").is_err());
        assert!(parse(b"<A><B>").is_err());
        assert!(parse(b"<A></B>").is_err());
        assert!(parse("<A>".repeat(DEEPEST + 1).as_bytes()).is_err_and(|e| e.contains("嵌套")));
    }

    #[test]
    fn declared_entities_are_not_expanded() {
        let part = "<!DOCTYPE A [<!ENTITY a 'xxxx'><!ENTITY b '&a;&a;'>]><A>&b;</A>";
        assert_eq!(parse(part.as_bytes()).expect("well-formed").text, "&b;");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_parsed_or_told(bytes: Vec<u8>) {
            let _: Result<Element, String> = parse(&[b"<A>", &*bytes].concat());
        }
    }
}
