//! XML parts as a stream of the elements that WordprocessingML knows.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::NsReader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event as Token};
use quick_xml::name::{QName, ResolveResult};

use super::vocabulary;

/// Elements inside elements that are followed; Word itself stays far below.
const DEEPEST: usize = 2_000;

/// A part that is not well-formed; the text says in Chinese what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Malformed(pub String);

/// What a part consists of.
pub(crate) enum Event<'i> {
    /// An element begins. An empty element begins and ends.
    Start(Element<'i>),
    /// The element of that name ends.
    End(&'static str),
    /// Text inside an element, references resolved.
    Text(Cow<'i, str>),
}

/// A start tag.
pub(crate) struct Element<'i> {
    /// The name with the customary prefix (`w:p`), whatever prefix the part uses; empty when unknown.
    pub name: &'static str,
    tag: BytesStart<'i>,
}

impl Element<'_> {
    /// An attribute's value by its local name. Attributes of one name in two namespaces do not meet on the
    /// elements that are read here.
    pub fn attribute(&self, local: &str) -> Option<String> {
        let mut attributes = self.tag.attributes();
        let found = attributes.with_checks(false).flatten().find(|a| a.key.local_name().as_ref() == local)?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).unwrap_or(found.value.clone()).into_owned())
    }

    /// `w:val`, the attribute that most elements keep their value in.
    pub fn val(&self) -> Option<String> {
        self.attribute("val")
    }

    /// `w:val` as a number.
    pub fn number(&self) -> Option<u32> {
        self.val()?.trim().parse().ok()
    }

    /// A switch: on when present, unless its value says off (ECMA-376 part 1, ST_OnOff).
    pub fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off"))
    }
}

/// Reads one part.
///
/// `mc:AlternateContent` is settled here: the first choice is taken, further choices and the fallback are
/// passed over, so that nobody above sees the same thing twice. So are the properties that something had
/// before a tracked change (`w:rPrChange` and its like).
pub(crate) struct Xml<'i> {
    reader: NsReader<&'i [u8]>,
    open: Vec<&'static str>,
    /// For each open `mc:AlternateContent`: was a choice taken?
    chosen: Vec<bool>,
    /// Bytes of the part that the last event came from.
    place: Range<usize>,
}

impl<'i> Xml<'i> {
    /// Reads from the part's text.
    pub fn new(text: &'i str) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        reader.config_mut().allow_dangling_amp = true;
        Self { reader, open: Vec::new(), chosen: Vec::new(), place: 0..0 }
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Bytes of the part that the last event came from: a tag, a stretch of text, a reference. The end of an element
    /// that is written as one tag (`<w:p/>`) has none.
    pub fn place(&self) -> Range<usize> {
        self.place.clone()
    }

    /// The next event; `None` at the end of the part.
    pub fn next(&mut self) -> Result<Option<Event<'i>>, Malformed> {
        loop {
            match self.advance()? {
                Some(Event::Start(element)) if self.is_passed_over(element.name) => self.skip()?,
                other => return Ok(other),
            }
        }
    }

    /// The next element that begins inside the element that was opened at `depth`; `None` once that ends.
    pub fn next_inside(&mut self, depth: usize) -> Result<Option<Element<'i>>, Malformed> {
        while let Some(event) = self.next()? {
            match event {
                Event::Start(element) => return Ok(Some(element)),
                Event::End(_) if self.depth() < depth => return Ok(None),
                _ => {}
            }
        }
        Ok(None)
    }

    /// Passes over the rest of the element that began last.
    pub fn skip(&mut self) -> Result<(), Malformed> {
        let depth = self.depth();
        while self.depth() >= depth {
            if self.advance()?.is_none() {
                break;
            }
        }
        Ok(())
    }

    /// The text of the element that began last, up to its end.
    pub fn text(&mut self) -> Result<String, Malformed> {
        let mut text = String::new();
        self.each_text(|piece, _| text.push_str(piece))?;
        Ok(text)
    }

    /// Gives each stretch of the text of the element that began last, with the bytes that it came from.
    pub fn each_text(&mut self, mut then: impl FnMut(&str, Range<usize>)) -> Result<(), Malformed> {
        let depth = self.depth();
        while self.depth() >= depth {
            match self.next()? {
                Some(Event::Text(piece)) => then(&piece, self.place()),
                Some(_) => {}
                None => break,
            }
        }
        Ok(())
    }

    fn is_passed_over(&mut self, name: &str) -> bool {
        match (name, self.chosen.last_mut()) {
            ("mc:Choice", Some(chosen)) => std::mem::replace(chosen, true),
            ("mc:Fallback", Some(chosen)) => *chosen,
            _ => name.ends_with("Change"),
        }
    }

    fn advance(&mut self) -> Result<Option<Event<'i>>, Malformed> {
        loop {
            let from = self.position();
            let token = self.reader.read_event();
            self.place = from..self.position();
            let event = match token.map_err(|error| Malformed(format!("XML 有误（{error}）")))? {
                Token::Start(tag) => self.open(tag)?,
                Token::End(_) => Event::End(self.close()),
                Token::Text(text) => Event::Text(text.xml10_content()),
                Token::CData(text) => Event::Text(text.xml10_content()),
                Token::GeneralRef(reference) => Event::Text(resolve(reference)),
                Token::Eof if self.open.is_empty() => return Ok(None),
                Token::Eof => return Err(Malformed("XML 在中途断掉".to_owned())),
                _ => continue,
            };
            return Ok(Some(event));
        }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn open(&mut self, tag: BytesStart<'i>) -> Result<Event<'i>, Malformed> {
        if self.open.len() >= DEEPEST {
            return Err(Malformed(format!("XML 嵌套超过 {DEEPEST} 层")));
        }
        let name = self.name(tag.name());
        self.open.push(name);
        if name == "mc:AlternateContent" {
            self.chosen.push(false);
        }
        Ok(Event::Start(Element { name, tag }))
    }

    fn close(&mut self) -> &'static str {
        let name = self.open.pop().unwrap_or_default();
        if name == "mc:AlternateContent" {
            self.chosen.pop();
        }
        name
    }

    fn name(&self, name: QName<'_>) -> &'static str {
        let (space, local) = self.reader.resolver().resolve_element(name);
        match space {
            ResolveResult::Bound(space) => vocabulary::name(space.as_ref(), local.as_ref()),
            // A prefix that nobody declared: the part is at fault, its meaning is plain.
            ResolveResult::Unknown(prefix) => vocabulary::prefixed(&prefix, local.as_ref()),
            ResolveResult::Unbound => "",
        }
    }
}

/// What a reference stands for. Entities that a document type would declare are never expanded: they stay as
/// written, so that nested entities cannot grow without bound.
fn resolve<'i>(reference: BytesRef<'i>) -> Cow<'i, str> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Cow::Owned(character.to_string());
    }
    match resolve_predefined_entity(&reference) {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(format!("&{};", reference.into_inner())),
    }
}
