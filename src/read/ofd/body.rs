//! One document of the file: its pages, templates, resources, annotations and attachments
//! (GB/T 33190-2016, 7.4 to 7.9).

use std::collections::BTreeMap;

use super::geometry::Place;
use super::package::{Fault, Package, folder};
use super::resources::Resources;
use super::xml::Element;
use crate::model::Level;

/// A page as the page tree names it.
#[derive(Debug, Clone)]
pub(super) struct PageEntry {
    /// Its object number.
    pub id: Option<u32>,
    /// Name of the part with its content.
    pub part: String,
}

/// A file kept inside the document (附件).
#[derive(Debug, Clone)]
pub(super) struct Attachment {
    /// What it is called.
    pub name: String,
    /// Is it meant for people?
    pub visible: bool,
}

/// A document, its pages not yet read.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// Its pages in order.
    pub pages: Vec<PageEntry>,
    /// The size of pages that have none of their own.
    pub area: Option<Place>,
    /// Parts of the template pages (模板页) by their object numbers.
    pub templates: BTreeMap<u32, String>,
    /// What pages refer to.
    pub resources: Resources,
    /// Parts of the annotations (注释) of each page, by its object number.
    pub annotations: BTreeMap<u32, Vec<String>>,
    /// Files kept inside.
    pub attachments: Vec<Attachment>,
    /// What is wrong with parts that the pages can be read without, and how much that takes away.
    pub faults: Vec<(Level, Fault)>,
}

impl Body {
    /// Reads the document whose root part (Document.xml) is `root`.
    ///
    /// # Errors
    ///
    /// [`Fault`] of the root part; faults of others are kept in [`Body::faults`].
    pub fn read(package: &mut Package<'_>, root: &str) -> Result<Self, Fault> {
        let document = package.xml(root)?;
        let mut body = Self::default();
        let home = folder(root);
        body.read_pages(&document, home, package);
        if let Some(common) = document.child("CommonData") {
            body.read_common(common, home, package);
        }
        if let Some(location) = document.child_text("Annotations") {
            let part = package.locate(home, location);
            let read = body.read_annotations(&part, package);
            // What stands in annotations may be seen on the pages.
            body.faults.extend(read.err().map(|fault| (Level::Error, fault)));
        }
        if let Some(location) = document.child_text("Attachments") {
            let part = package.locate(home, location);
            let read = body.read_attachments(&part, package);
            body.faults.extend(read.err().map(|fault| (Level::Warning, fault)));
        }
        Ok(body)
    }

    fn read_pages(&mut self, document: &Element, home: &str, package: &Package<'_>) {
        let pages = document.all("Pages").flat_map(|pages| pages.all("Page"));
        self.pages = pages
            .map(|page| PageEntry {
                id: page.id("ID"),
                part: package.locate(home, page.attribute("BaseLoc").unwrap_or_default()),
            })
            .collect();
    }

    fn read_common(&mut self, common: &Element, home: &str, package: &mut Package<'_>) {
        self.area = common.child("PageArea").and_then(physical_box);
        for template in common.all("TemplatePage") {
            if let (Some(id), Some(location)) = (template.id("ID"), template.attribute("BaseLoc")) {
                self.templates.insert(id, package.locate(home, location));
            }
        }
        for list in common.children.iter().filter(|c| matches!(&*c.name, "PublicRes" | "DocumentRes")) {
            self.read_resources(list.text.trim(), home, package);
        }
    }

    fn read_resources(&mut self, location: &str, home: &str, package: &mut Package<'_>) {
        if !location.is_empty() {
            let part = package.locate(home, location);
            let read = self.resources.read(package, &part);
            // A page that misses something out of it says so itself.
            self.faults.extend(read.err().map(|fault| (Level::Warning, fault)));
        }
    }

    fn read_annotations(&mut self, part: &str, package: &mut Package<'_>) -> Result<(), Fault> {
        let root = package.xml(part)?;
        for page in root.all("Page") {
            let files = page.all("FileLoc").map(|file| package.locate(folder(part), &file.text));
            if let Some(id) = page.id("PageID") {
                self.annotations.entry(id).or_default().extend(files);
            }
        }
        Ok(())
    }

    fn read_attachments(&mut self, part: &str, package: &mut Package<'_>) -> Result<(), Fault> {
        let root = package.xml(part)?;
        self.attachments.extend(root.all("Attachment").map(|attachment| Attachment {
            name: attachment_name(attachment),
            visible: attachment.switch("Visible") != Some(false),
        }));
        Ok(())
    }
}

fn attachment_name(attachment: &Element) -> String {
    let name = attachment.attribute("Name").filter(|name| !name.is_empty());
    name.or_else(|| attachment.child_text("FileLoc")).unwrap_or("未命名").to_owned()
}

/// The size of a page (PhysicalBox) out of its area (CT_PageArea).
pub(super) fn physical_box(area: &Element) -> Option<Place> {
    let place = Place::parse(area.child_text("PhysicalBox")?)?;
    (place.width > 0.0 && place.height > 0.0).then_some(place)
}
