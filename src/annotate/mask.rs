//! A DOCX file with identity numbers, telephones and accounts hidden (脱敏, 《办法》第十二条): in the body, deleted words,
//! headers, notes, comments, text boxes, names of pictures and addresses of links. What a picture shows is not looked at.

use std::io::Cursor;
use std::ops::Range;
use std::sync::LazyLock;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesStart, Event};
use regex::Regex;
use zip::ZipArchive;

use super::{AnnotateError, package, sound_part};
use crate::model::masking;
use crate::read::Limits;
use crate::read::docx::package::Package;

/// The file with its numbers hidden.
#[derive(Debug)]
pub struct Masked {
    /// The file.
    pub bytes: Vec<u8>,
    /// Pictures and embedded files in it, which may show such numbers still.
    pub pictures: usize,
}

/// Attributes that hold words for people: alternative text of pictures, words of watermarks.
static SPOKEN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"\s(?:descr|title|string|alt)=(?:"([^"]*)"|'([^']*)')"#).ok());

/// Addresses of what lies outside the file.
static OUTSIDE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"\sTarget=(?:"([^"]*)"|'([^']*)')"#).ok());

/// Hides them. `personal` are such numbers as the record has them: they are hidden wherever they stand, however short.
///
/// # Errors
///
/// What of the file is at fault; then there is no masked copy.
pub fn mask(bytes: &[u8], personal: &[String]) -> Result<Masked, AnnotateError> {
    let names = names(bytes)?;
    let mut package = Package::open(bytes, Limits::default().unpacked_bytes)?;
    let mut changed = Vec::new();
    for name in names.iter().filter(|name| name.ends_with(".xml") || name.ends_with(".rels")) {
        let part = sound_part(&mut package, name)?;
        let masked =
            masked_part(&part, personal).map_err(|fault| AnnotateError::Part(name.clone(), fault))?;
        if masked != part {
            changed.push((name.clone(), masked));
        }
    }
    let is_picture = |name: &&String| name.contains("media/") || name.contains("embeddings/");
    Ok(Masked { bytes: package::copy(bytes, &changed)?, pictures: names.iter().filter(is_picture).count() })
}

/// Names of the parts.
fn names(bytes: &[u8]) -> Result<Vec<String>, AnnotateError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut names = Vec::new();
    for index in 0..archive.len() {
        names.push(archive.by_index_raw(index)?.name()?.into_owned());
    }
    Ok(names)
}

/// One part of the file.
fn masked_part(part: &str, personal: &[String]) -> Result<String, String> {
    let mut walk = Walk { part, personal, paragraphs: 0, line: Vec::new(), hidden: Vec::new() };
    let mut reader = Reader::from_str(part);
    reader.config_mut().allow_dangling_amp = true;
    let mut from = 0;
    loop {
        let event = reader.read_event().map_err(|error| format!("XML 有误（{error}）"))?;
        let to = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        if matches!(event, Event::Eof) {
            break;
        }
        walk.take(&event, from..to);
        from = to;
    }
    walk.end_line();
    Ok(hide(part, walk.hidden))
}

/// The walk through a part.
struct Walk<'a> {
    part: &'a str,
    personal: &'a [String],
    /// Open paragraphs: the text of one is looked at as a whole, for runs divide numbers anywhere.
    paragraphs: usize,
    /// Characters of the open paragraph with their bytes; what has none is not written in the part.
    line: Vec<(char, Option<Range<usize>>)>,
    /// Bytes of the characters to hide.
    hidden: Vec<Range<usize>>,
}

impl Walk<'_> {
    fn take(&mut self, event: &Event<'_>, place: Range<usize>) {
        match event {
            Event::Start(tag) => {
                self.attributes(tag, place);
                self.boundary(tag.local_name().as_ref(), true);
            }
            Event::Empty(tag) => {
                self.attributes(tag, place);
                if matches!(tag.local_name().as_ref(), "tab" | "br" | "cr") {
                    self.line.push(('\n', None));
                }
            }
            Event::End(tag) => self.boundary(tag.local_name().as_ref(), false),
            Event::Text(_) | Event::CData(_) => self.text(place),
            Event::GeneralRef(_) => self.reference(place),
            _ => {}
        }
    }

    /// Lines end with paragraphs, and outside of paragraphs with every element.
    fn boundary(&mut self, name: &str, begins: bool) {
        if name == "p" || self.paragraphs == 0 {
            self.end_line();
        }
        if name == "p" {
            self.paragraphs = if begins { self.paragraphs + 1 } else { self.paragraphs.saturating_sub(1) };
        }
    }

    fn text(&mut self, place: Range<usize>) {
        let written = self.part.get(place.clone()).unwrap_or_default();
        let characters = written.char_indices().map(|(at, c)| {
            let start = place.start + at;
            (c, Some(start..start + c.len_utf8()))
        });
        self.line.extend(characters);
    }

    fn reference(&mut self, place: Range<usize>) {
        let written = self.part.get(place.clone()).unwrap_or_default();
        let meant = unescape(written).ok().and_then(|meant| meant.chars().next());
        self.line.push((meant.unwrap_or(' '), Some(place)));
    }

    fn attributes(&mut self, tag: &BytesStart<'_>, place: Range<usize>) {
        let written = self.part.get(place.clone()).unwrap_or_default();
        let is_outside = tag.local_name().as_ref() == "Relationship" && written.contains("External");
        let pattern = if is_outside { &*OUTSIDE } else { &*SPOKEN };
        for found in pattern.iter().flat_map(|pattern| pattern.captures_iter(written)) {
            if let Some(value) = found.get(1).or_else(|| found.get(2)) {
                let start = place.start + value.start();
                let characters = value.as_str().char_indices();
                let line = characters.map(|(at, c)| (c, Some(start + at..start + at + c.len_utf8())));
                self.look_at(&line.collect::<Vec<_>>());
            }
        }
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.look_at(&line);
    }

    fn look_at(&mut self, line: &[(char, Option<Range<usize>>)]) {
        if !line.iter().any(|(c, _)| c.is_ascii_digit() || ('０'..='９').contains(c)) {
            return;
        }
        let open: String = line.iter().map(|(c, _)| *c).collect();
        let masked = masking::known(&masking::text(&open), self.personal);
        let places = line.iter().zip(masked.chars()).filter(|((c, _), masked)| c != masked);
        self.hidden.extend(places.filter_map(|((_, place), _)| place.clone()));
    }
}

/// The part with an asterisk for each of these characters.
fn hide(part: &str, mut hidden: Vec<Range<usize>>) -> String {
    hidden.sort_by_key(|range| range.start);
    let (mut out, mut done) = (String::with_capacity(part.len()), 0);
    for range in hidden {
        out.push_str(part.get(done..range.start).unwrap_or_default());
        out.push('*');
        done = range.end;
    }
    out.push_str(part.get(done..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(part: &str) -> String {
        masked_part(part, &["25666101".to_owned()]).expect("well-formed")
    }

    #[test]
    fn a_number_that_runs_divide_is_hidden_and_the_marks_stay() {
        let part = "<w:p><w:r><w:t>电话138001</w:t></w:r><w:bookmarkStart/><w:del><w:r><w:delText>38000</w:delText></w:r></w:del></w:p>";
        let hidden = "<w:p><w:r><w:t>电话138***</w:t></w:r><w:bookmarkStart/><w:del><w:r><w:delText>*8000</w:delText></w:r></w:del></w:p>";
        assert_eq!(masked(part), hidden);
        let part = "<w:p><w:r><w:t>R&amp;D 账号&#54;222021234567890123</w:t></w:r></w:p>";
        assert_eq!(masked(part), "<w:p><w:r><w:t>R&amp;D 账号***************0123</w:t></w:r></w:p>");
    }

    #[test]
    fn what_the_record_knows_is_hidden_however_short_and_ids_of_the_file_stay() {
        let part = "<w:tbl rsid=\"25666101\"><w:p><w:t>25666101</w:t></w:p><pic descr=\"证件11010519491231002X\"/></w:tbl>";
        let hidden = "<w:tbl rsid=\"25666101\"><w:p><w:t>****6101</w:t></w:p><pic descr=\"证件110105********002X\"/></w:tbl>";
        assert_eq!(masked(part), hidden);
        let rels = "<Relationships><Relationship Target=\"media/202403050001234.png\"/><Relationship Target=\"tel:13800138000\" TargetMode=\"External\"/></Relationships>";
        assert_eq!(masked(rels), rels.replace("13800138000", "138****8000"));
    }

    #[test]
    fn neighbours_are_not_one_number() {
        let part = "<cp><a>1380013</a><b>8000</b></cp>";
        assert_eq!(masked(part), part);
    }
}
