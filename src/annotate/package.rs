//! The parts that name the comments, and the copy of the package.

use std::io::{Cursor, Write};

use jiff::civil::DateTime;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::comments::Comment;
use super::{AnnotateError, sound_part};
use crate::read::docx::package::{Package, canonical, relationships_of};
use crate::read::docx::xml::{Event, Malformed, Xml};

const CONTENT_TYPES: &str = "[Content_Types].xml";
const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// Namespaces of WordprocessingML and of the relationships that its dialect uses (ISO/IEC 29500-1 and -4).
const DIALECTS: [(&str, &str); 2] = [
    (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
];

/// Name and text of a part.
type Written = (String, String);

/// The parts that change or are new beside the main one, `known` being the comments that were there.
pub fn with_comments(
    package: &mut Package<'_>,
    main: &str,
    known: Option<Written>,
    comments: &[&Comment],
    date: Option<DateTime>,
    main_text: &str,
) -> Result<Vec<Written>, AnnotateError> {
    let all = |w: &str| comments.iter().map(|comment| comment.element(w, date)).collect::<String>();
    if let Some((name, part)) = known {
        let w = prefix(&part).map_err(AnnotateError::part(&name))?;
        let part = append(&part, |_| all(&w)).map_err(AnnotateError::part(&name))?;
        return Ok(vec![(name, part)]);
    }
    let (space, relations) = dialect(main_text).unwrap_or(DIALECTS[0]);
    let part = format!("<w:comments xmlns:w=\"{space}\">{}</w:comments>", all("w:"));
    let name = unused_name(package, main);
    let types = sound_part(package, CONTENT_TYPES)?;
    let types =
        append(&types, |p| format!("<{p}Override PartName=\"/{name}\" ContentType=\"{COMMENTS_TYPE}\"/>"));
    let rels = relationships_of(main);
    let related = match package.has(&rels) {
        true => sound_part(package, &rels)?,
        false => format!("<Relationships xmlns=\"{RELATIONSHIPS}\"></Relationships>"),
    };
    let id = (1..).map(|n| format!("rIdComments{n}")).find(|id| !related.contains(&format!("\"{id}\"")));
    let related = append(&related, |p| {
        format!(
            "<{p}Relationship Id=\"{}\" Type=\"{relations}/comments\" Target=\"/{name}\"/>",
            id.unwrap_or_default()
        )
    });
    Ok(vec![
        (CONTENT_TYPES.to_owned(), types.map_err(AnnotateError::part(CONTENT_TYPES))?),
        (rels.clone(), related.map_err(AnnotateError::part(&rels))?),
        (name, part),
    ])
}

/// A name for the comments beside the main part that no part has.
fn unused_name(package: &Package<'_>, main: &str) -> String {
    let folder = main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let numbered = (1..).map(|n| format!("{folder}comments{n}.xml"));
    let mut names = std::iter::once(format!("{folder}comments.xml")).chain(numbered);
    names.find(|name| !package.has(name)).unwrap_or_default()
}

/// The dialect that a part is written in.
fn dialect(part: &str) -> Option<(&'static str, &'static str)> {
    DIALECTS.into_iter().find(|(space, _)| part.contains(space))
}

/// What elements and attributes of WordprocessingML are called by in a part, with the colon: `w:`.
///
/// # Errors
///
/// [`Malformed`] where the part's root declares no prefix for it.
pub fn prefix(part: &str) -> Result<String, Malformed> {
    let declared = DIALECTS.into_iter().find_map(|(space, _)| {
        let (before, _) = [format!("=\"{space}\""), format!("='{space}'")]
            .iter()
            .find_map(|d| part.split_once(d.as_str()))?;
        let name = before.rsplit(|c: char| c.is_whitespace()).next()?;
        name.strip_prefix("xmlns:").map(|prefix| format!("{prefix}:"))
    });
    declared.ok_or_else(|| Malformed("没有声明 WordprocessingML 的命名空间前缀".to_owned()))
}

/// A part with something added at the end of its root. `child` is told the prefix of the root's name.
fn append(part: &str, child: impl FnOnce(&str) -> String) -> Result<String, Malformed> {
    let mut xml = Xml::new(part);
    let mut root = 0..0;
    while let Some(event) = xml.next()? {
        match event {
            Event::Start(_) if xml.depth() == 1 => root = xml.place(),
            Event::End(_) if xml.depth() == 0 => break,
            _ => {}
        }
    }
    let end = xml.place();
    let tag = part.get(root.clone()).unwrap_or_default();
    let name = tag.trim_start_matches('<').split(|c: char| c.is_whitespace() || "/>".contains(c)).next();
    let name = name.filter(|name| !name.is_empty()).ok_or_else(|| Malformed("没有根元素".to_owned()))?;
    let prefix = name.split_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
    let child = child(&prefix);
    let slice = |range| part.get(range).unwrap_or_default();
    if end.is_empty() {
        let open = tag.trim_end_matches('>').trim_end_matches('/');
        return Ok(format!("{}{open}>{child}</{name}>{}", slice(0..root.start), slice(root.end..part.len())));
    }
    Ok(format!("{}{child}{}", slice(0..end.start), slice(end.start..part.len())))
}

/// The package with these parts replaced or added; all others are copied as they are stored.
pub fn copy(bytes: &[u8], parts: &[Written]) -> Result<Vec<u8>, ZipError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let mut written = vec![false; parts.len()];
    for index in 0..archive.len() {
        let member = archive.by_index_raw(index)?;
        let name = member.name()?.into_owned();
        match parts.iter().position(|(part, _)| canonical(part) == canonical(&name)) {
            None => writer.raw_copy_file(member)?,
            Some(part) => {
                if let (Some(done), Some((_, text))) = (written.get_mut(part), parts.get(part)) {
                    *done = true;
                    writer.start_file(name, options)?;
                    writer.write_all(in_utf8(text).as_bytes())?;
                }
            }
        }
    }
    for (part, _) in parts.iter().zip(written).filter(|(_, done)| !done) {
        writer.start_file(part.0.as_str(), options)?;
        writer.write_all(in_utf8(&part.1).as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

/// With the declaration of the encoding that the copy is written in.
fn in_utf8(part: &str) -> String {
    let body = match part.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, body)) => body,
        None => part,
    };
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{}", body.trim_start())
}
