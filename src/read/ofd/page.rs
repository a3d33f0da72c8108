//! One page: content, templates and annotations → class → lines.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::body::{Body, PageEntry, physical_box};
use super::canvas::{Canvas, Frame};
use super::geometry::{Matrix, Place};
use super::guard::{Exceeded, Guard};
use super::package::{Fault, Package};
use super::xml::Element;
use super::{annotation, image, report};
use crate::model::{Page, PageClass, PageOrigin};
use crate::read::image::decode;
use crate::read::layout::assemble;
use crate::read::pdf::{FOREIGN_OCR, Figures, TEXT_LAYER, report as common};
use crate::read::picture::{self, Eyes, Layer, Orientation, PagePicture, Scan};
use crate::read::sheet::Sheet;
use crate::read::{Limits, Sink};

/// Share of undecodable glyphs from which a person is told. A bullet of a symbol font is no loss.
const UNDECODABLE: f32 = 0.02;
/// The size of a page of which none is known: A4.
const A4: Place = Place { x: 0.0, y: 0.0, width: 210.0, height: 297.0 };

/// Reads the pages of one document, with what they share.
pub(super) struct PageReader<'p, 'b> {
    package: &'p mut Package<'b>,
    body: &'p Body,
    limits: &'p Limits,
    /// Template pages by their object numbers, each read once.
    templates: BTreeMap<u32, Result<Rc<Element>, Fault>>,
}

/// The parts of a page that lie on each other.
struct Sheets {
    content: Element,
    below: Vec<Rc<Element>>,
    above: Vec<Rc<Element>>,
    faults: Vec<String>,
}

impl<'p, 'b> PageReader<'p, 'b> {
    /// A reader for the pages of `body`.
    pub fn new(package: &'p mut Package<'b>, body: &'p Body, limits: &'p Limits) -> Self {
        Self { package, body, limits, templates: BTreeMap::new() }
    }

    /// Reads a page and emits it under `number`.
    pub fn read(&mut self, entry: &PageEntry, number: u32, eyes: &mut dyn Eyes, sink: &mut dyn Sink) {
        let size = self.body.area.unwrap_or(A4);
        let sheets = match self.package.xml(&entry.part) {
            Ok(content) => self.sheets(content),
            Err(fault) => {
                sink.issue(report::page_unreadable(number, &fault));
                sink.page(sheet(number, &size).unread(PageClass::Text, fault.to_string()));
                return;
            }
        };
        let size = self.size(&sheets);
        let mut canvas = Canvas::new(&size, &self.body.resources, Guard::new(self.limits));
        canvas.faults.extend(sheets.faults.iter().cloned());
        match self.draw(&sheets, entry, number, &mut canvas, sink) {
            Ok(()) => self.finish(canvas, sheet(number, &size), eyes, sink),
            Err(exceeded) => {
                sink.issue(report::page_limit(number, exceeded));
                sink.page(sheet(number, &size).unread(PageClass::Text, exceeded.to_string()));
            }
        }
    }

    fn sheets(&mut self, content: Element) -> Sheets {
        let (mut below, mut above, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for usage in content.all("Template") {
            let found = usage.id("TemplateID").map(|id| self.template(id));
            match found.unwrap_or_else(|| Err(Fault::Missing("模板页".to_owned()))) {
                Ok(sheet) if usage.attribute("ZOrder") == Some("Foreground") => above.push(sheet),
                Ok(sheet) => below.push(sheet),
                Err(fault) => faults.push(format!("模板页无法读取：{fault}")),
            }
        }
        Sheets { content, below, above, faults }
    }

    /// A template page. What templates it may name itself is not followed: pages name all that they use.
    fn template(&mut self, id: u32) -> Result<Rc<Element>, Fault> {
        if let Some(known) = self.templates.get(&id) {
            return known.clone();
        }
        let part = self.body.templates.get(&id).cloned();
        let part = part.ok_or_else(|| Fault::Missing(format!("模板页 {id}")));
        let read = part.and_then(|part| self.package.xml(&part)).map(Rc::new);
        self.templates.insert(id, read.clone());
        read
    }

    /// The size of the page: its own, its template's, the document's.
    fn size(&self, sheets: &Sheets) -> Place {
        let all =
            [&sheets.content].into_iter().chain(sheets.below.iter().chain(&sheets.above).map(Rc::as_ref));
        let mut own = all.filter_map(|sheet| sheet.child("Area").and_then(physical_box));
        own.next().or(self.body.area).unwrap_or(A4)
    }

    fn draw(
        &mut self,
        sheets: &Sheets,
        entry: &PageEntry,
        number: u32,
        canvas: &mut Canvas<'_>,
        sink: &mut dyn Sink,
    ) -> Result<(), Exceeded> {
        for sheet in &sheets.below {
            draw_layers(sheet, canvas)?;
        }
        draw_layers(&sheets.content, canvas)?;
        for sheet in &sheets.above {
            draw_layers(sheet, canvas)?;
        }
        let body = self.body;
        let parts = entry.id.and_then(|id| body.annotations.get(&id)).map(Vec::as_slice).unwrap_or_default();
        for part in parts {
            match self.package.xml(part) {
                Ok(annotations) => annotation::draw(&annotations, number, canvas, sink)?,
                Err(fault) => canvas.fault(&format!("注释无法读取：{fault}")),
            }
        }
        Ok(())
    }

    /// Classes and assembles a page that was drawn.
    fn finish(&mut self, canvas: Canvas<'_>, sheet: Sheet, eyes: &mut dyn Eyes, sink: &mut dyn Sink) {
        for fault in &canvas.faults {
            sink.issue(report::page_incomplete(sheet.number, fault));
        }
        let figures = Figures::of(&canvas.marks, canvas.image_share, canvas.shapes);
        let (class, why) = figures.verdict();
        let clean = figures.confidence();
        let page = match class {
            PageClass::Text => {
                if figures.undecodable() > UNDECODABLE {
                    sink.issue(report::undecodable(sheet.number, &why));
                }
                if figures.has_large_image() {
                    sink.issue(common::image_unread(sheet.number));
                }
                sheet.page(PageOrigin::TextLayer, class, why, clean, assemble(&canvas.marks, false))
            }
            PageClass::Scan | PageClass::ScanWithLayer => {
                return self.by_picture(&canvas, sheet, (class, why, clean), eyes, sink);
            }
            PageClass::Empty => sheet.page(PageOrigin::TextLayer, class, why, TEXT_LAYER, Vec::new()),
            PageClass::Outlined => lost(sheet, class, (why, "文字已转为图形"), sink),
            PageClass::Garbled => lost(sheet, class, (why, "文字层是乱码"), sink),
        };
        let marks = if page.origin == PageOrigin::Unread { Vec::new() } else { canvas.picture_marks() };
        sink.page(Page { marks, ..page });
    }

    /// A page that is a picture; text under it is a second witness.
    fn by_picture(
        &mut self,
        canvas: &Canvas<'_>,
        sheet: Sheet,
        (class, why, clean): (PageClass, String, f32),
        eyes: &mut dyn Eyes,
        sink: &mut dyn Sink,
    ) {
        let page = match (self.picture(canvas), class) {
            (Ok(picture), _) => {
                let layer = match class {
                    PageClass::ScanWithLayer => Layer::of(&canvas.marks.glyphs),
                    _ => Layer::default(),
                };
                let scan = Scan { sheet, class, why, picture, layer };
                return picture::read(scan, eyes, self.limits.effort, sink);
            }
            (Err(reason), PageClass::ScanWithLayer) => {
                sink.issue(common::layer_only(sheet.number, &reason));
                let why = format!("{why}；{reason}，只采用文字层");
                let lines = assemble(&canvas.marks, true);
                sheet.page(PageOrigin::TextLayer, class, why, clean.min(FOREIGN_OCR), lines)
            }
            (Err(reason), _) => lost(sheet, class, (why, &reason), sink),
        };
        sink.page(page);
    }

    /// The picture that the page consists of.
    fn picture(&mut self, canvas: &Canvas<'_>) -> Result<PagePicture, String> {
        let placed = image::largest(&canvas.pictures).ok_or("没有图像")?;
        let image = image::page_image(self.package, &self.body.resources, placed);
        let image = image.map_err(|fault| format!("图像无法取得（{fault}）"))?;
        let how = image.describe();
        let (pixels, flaw) = decode(&image.bytes).map_err(|reason| format!("{how}：{reason}"))?;
        let picture = pixels.picture(Orientation::default()).map_err(|error| error.to_string())?;
        Ok(PagePicture { picture, area: image.bbox, how, flaw })
    }
}

/// Draws the layers of a page or template, the background first.
fn draw_layers(page: &Element, canvas: &mut Canvas<'_>) -> Result<(), Exceeded> {
    let mut layers: Vec<&Element> = page.all("Content").flat_map(|content| &content.children).collect();
    layers.sort_by_key(|layer| match layer.attribute("Type") {
        Some("Background") => 0,
        Some("Foreground") => 2,
        _ => 1,
    });
    for layer in layers {
        canvas.draw_one(layer, Frame::PAGE)?;
    }
    Ok(())
}

/// Number and shape of a page as displayed: up to the far corner of its physical box, in points.
fn sheet(number: u32, size: &Place) -> Sheet {
    let (width, height) = Matrix::PAGE.point(size.x + size.width, size.y + size.height);
    Sheet { number, width: width as f32, height: height as f32, rotation: 0 }
}

/// A page that has no text to trust, and no picture either.
fn lost(sheet: Sheet, class: PageClass, (why, reason): (String, &str), sink: &mut dyn Sink) -> Page {
    sink.issue(common::no_picture(sheet.number, reason));
    sheet.unread(class, format!("{why}；{reason}"))
}
