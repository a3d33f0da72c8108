//! OFD → pages. OFD is the fixed-layout format of Chinese offices (GB/T 33190-2016): XML in a ZIP.
//!
//! ```text
//! OFD.xml ─▶ DocBody ─▶ Document.xml ─▶ per page: objects ─▶ Marks ─▶ class ─▶ lines
//!               └──▶ Signatures.xml ─▶ digests, seals
//! ```
//!
//! * `package` unpacks parts within bounds, `xml` makes trees of them;
//! * `body` and `resources` are what the pages of a document share;
//! * `canvas` with `text`, `path` and `annotation` takes down what a page draws, in the same shape as the PDF
//!   reader does, so that classes and lines are made by the same code;
//! * `signature` checks the digests of what was signed and finds the seals.
//!
//! A page that is a picture is read by it. Other pages are not: there is nothing here that renders.

mod annotation;
mod body;
mod canvas;
mod cells;
mod deltas;
mod geometry;
mod guard;
mod image;
mod package;
mod page;
mod path;
mod report;
mod resources;
mod signature;
#[cfg(test)]
mod tests;
mod text;
mod widths;
mod xml;

use self::body::Body;
use self::package::{Fault, Package, folder};
use self::page::PageReader;
use self::xml::Element;
use super::picture::Eyes;
use super::{Limits, ReadError, Sink};
use crate::model::MediaType;

/// Name of the part where reading begins.
const ENTRY: &str = "OFD.xml";
/// Where the keys of an encrypted file stand (GM/T 0099).
const ENCRYPTIONS: &str = "Encryptions.xml";
/// Documents of one file that are read.
const BODIES: usize = 100;

/// Reads an OFD file page by page into `sink`.
///
/// The pages of all its documents (DocBody) are numbered through. Every page is emitted, in order and up to
/// `limits.pages`; one that could not be read has origin `unread` and an issue of its own.
///
/// # Errors
///
/// * [`ReadError::Encrypted`]: a password or key is needed.
/// * [`ReadError::Damaged`]: no package, no entry part, or no document with a page in it.
/// * [`ReadError::Limit`]: the entry part unpacks to too much.
pub fn read(
    bytes: &[u8],
    limits: &Limits,
    eyes: &mut dyn Eyes,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    sink.opened(MediaType::Ofd, None);
    let mut package = Package::open(bytes, limits.unpacked_bytes)?;
    let entry = package.xml(ENTRY).map_err(|fault| refused(&package, fault))?;
    let mut documents = Vec::new();
    let mut lost = Vec::new();
    for (index, body) in entry.all("DocBody").take(BODIES).enumerate() {
        match open(body, &mut package, sink) {
            Ok(document) => documents.push(document),
            Err(fault) => lost.push((index, fault)),
        }
    }
    let count = documents.iter().map(|document| document.body.pages.len()).sum::<usize>();
    if count == 0 {
        let fault = lost.into_iter().next().map(|(_, fault)| refused(&package, fault));
        return Err(fault.unwrap_or_else(|| ReadError::Damaged("找不到任何页面".to_owned())));
    }
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    sink.opened(MediaType::Ofd, Some(count));
    lost.iter().for_each(|(index, fault)| sink.issue(report::body_lost(*index, fault)));
    tell(&documents, count, limits, sink);
    read_pages(&documents, &mut package, limits, eyes, sink);
    check_signatures(&documents, &mut package, sink);
    Ok(())
}

/// A document of the file, its pages not yet read.
struct Opened {
    body: Body,
    /// Name of the part that lists its signatures.
    signatures: Option<String>,
}

fn open(entry: &Element, package: &mut Package<'_>, sink: &mut dyn Sink) -> Result<Opened, Fault> {
    let versions = entry.child("Versions").map(|list| list.all("Version").count()).unwrap_or(0);
    if versions > 1 {
        sink.issue(report::several_versions(versions));
    }
    let root = match current_version(entry, package) {
        Some(root) => root,
        None => {
            let location = entry.child_text("DocRoot");
            let location = location.ok_or_else(|| Fault::Missing("文档根节点（DocRoot）".to_owned()))?;
            package.locate("", location)
        }
    };
    let signatures = entry.child_text("Signatures").map(|location| package.locate("", location));
    Ok(Opened { body: Body::read(package, &root)?, signatures })
}

/// The root part of the version that is marked as current (19.1), where versions are kept.
fn current_version(entry: &Element, package: &mut Package<'_>) -> Option<String> {
    let mut versions = entry.child("Versions")?.all("Version");
    let current = versions.find(|version| version.switch("Current") == Some(true))?;
    let part = package.locate("", current.attribute("BaseLoc")?);
    let version = package.xml(&part).ok()?;
    Some(package.locate(folder(&part), version.child_text("DocRoot")?)).filter(|root| package.has(root))
}

/// Why nothing at all is read.
fn refused(package: &Package<'_>, fault: Fault) -> ReadError {
    match fault {
        Fault::Encrypted(_) => ReadError::Encrypted,
        _ if package.has(ENCRYPTIONS) => ReadError::Encrypted,
        Fault::TooLarge(_) => ReadError::Limit(fault.to_string()),
        _ => ReadError::Damaged(fault.to_string()),
    }
}

/// What is said about the file as a whole.
fn tell(documents: &[Opened], count: u32, limits: &Limits, sink: &mut dyn Sink) {
    if documents.len() > 1 {
        let pages: Vec<usize> = documents.iter().map(|document| document.body.pages.len()).collect();
        sink.issue(report::several_documents(&pages));
    }
    for document in documents {
        for (level, fault) in &document.body.faults {
            sink.issue(report::damaged_part(*level, fault));
        }
        report::attachments(&document.body.attachments).into_iter().for_each(|issue| sink.issue(issue));
    }
    if count > limits.pages {
        sink.issue(report::too_many_pages(count, limits.pages));
    }
}

fn read_pages(
    documents: &[Opened],
    package: &mut Package<'_>,
    limits: &Limits,
    eyes: &mut dyn Eyes,
    sink: &mut dyn Sink,
) {
    let mut number = 0;
    for document in documents {
        let mut reader = PageReader::new(package, &document.body, limits);
        for entry in &document.body.pages {
            number += 1;
            if limits.range(u32::MAX).contains(&number) {
                reader.read(entry, number, eyes, sink);
            }
        }
    }
}

fn check_signatures(documents: &[Opened], package: &mut Package<'_>, sink: &mut dyn Sink) {
    let mut first = 1;
    for document in documents {
        if let Some(list) = &document.signatures {
            signature::check(package, list, &document.body.pages, first, sink);
        }
        first += document.body.pages.len() as u32;
    }
}
