//! A page's objects → [`Marks`]: what is drawn, where (GB/T 33190-2016, 8.5, 10 and 13).

use std::rc::Rc;

use super::geometry::{Matrix, POINTS, Place};
use super::guard::{Exceeded, Guard};
use super::resources::Resources;
use super::xml::Element;
use super::{path, text};
use crate::model::{BBox, Mark, MarkKind};
use crate::read::layout::{Glyph, Marks};

/// Composite objects inside composite objects that are followed.
const DEEPEST: usize = 16;
/// Share of the page from which a picture may be the page.
const LARGE: f64 = 0.5;

/// What an object inherits from those around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// Its space → points of the page.
    pub matrix: Matrix,
    /// Is it drawn so that nobody sees it?
    pub hidden: bool,
}

impl Frame {
    /// The frame of a page's own objects.
    pub const PAGE: Self = Self { matrix: Matrix::PAGE, hidden: false };

    /// The frame of an object that lies in this one: its CTM first, then the corner of its boundary.
    pub fn of(&self, object: &Element) -> Self {
        let boundary = object.attribute("Boundary").and_then(Place::parse);
        let shift = boundary.map_or(Matrix::shift(0.0, 0.0), |place| Matrix::shift(place.x, place.y));
        let own = object.attribute("CTM").and_then(Matrix::parse);
        let inside = own.map_or(shift, |own| own.then(&shift));
        Self { matrix: inside.then(&self.matrix), hidden: self.hidden || is_hidden(object) }
    }
}

fn is_hidden(object: &Element) -> bool {
    object.switch("Visible") == Some(false) || object.number("Alpha") == Some(0.0)
}

/// A picture on the page.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    /// Its object number among the resources.
    pub resource: Option<u32>,
    /// Where, in points: left, top, right, bottom, cut to the page.
    pub edges: [f64; 4],
    /// Share of the page, 0 to 1.
    pub share: f64,
}

impl Placed {
    /// Where, as the model counts.
    pub fn bbox(&self) -> BBox {
        let [x0, y0, x1, y1] = self.edges.map(|edge| edge as f32);
        BBox::new(x0, y0, x1, y1)
    }
}

/// Takes down what the objects of a page draw.
pub(super) struct Canvas<'r> {
    /// What reading and classing need.
    pub marks: Marks,
    /// Share of the page that pictures cover, 0 to 1.
    pub image_share: f32,
    /// Parts of paths that are no rules.
    pub shapes: usize,
    /// The pictures, in drawing order.
    pub pictures: Vec<Placed>,
    /// What could not be drawn, in Chinese.
    pub faults: Vec<String>,
    /// The bounds on the page.
    pub guard: Guard,
    /// Right and lower edge of the page in points.
    size: (f64, f64),
    resources: &'r Resources,
    /// Composite objects that are being drawn.
    open: Vec<u32>,
    /// Where each glyph stands, in points.
    places: Vec<(f64, f64)>,
}

impl<'r> Canvas<'r> {
    /// An empty page of that size.
    pub fn new(page: &Place, resources: &'r Resources, guard: Guard) -> Self {
        Self {
            marks: Marks::default(),
            image_share: 0.0,
            shapes: 0,
            pictures: Vec::new(),
            faults: Vec::new(),
            guard,
            size: ((page.x + page.width) * POINTS, (page.y + page.height) * POINTS),
            resources,
            open: Vec::new(),
            places: Vec::new(),
        }
    }

    /// Draws the objects inside an element.
    ///
    /// # Errors
    ///
    /// A bound of the page is met.
    pub fn draw(&mut self, content: &Element, frame: Frame) -> Result<(), Exceeded> {
        content.children.iter().try_for_each(|object| self.draw_one(object, frame))
    }

    /// Draws one object: a layer or block with all that is in it, text, a path, a picture.
    ///
    /// # Errors
    ///
    /// A bound of the page is met.
    pub fn draw_one(&mut self, object: &Element, frame: Frame) -> Result<(), Exceeded> {
        self.guard.tick()?;
        match object.name.as_str() {
            "Layer" | "PageBlock" => {
                self.draw(object, Frame { hidden: frame.hidden || is_hidden(object), ..frame })?;
            }
            "TextObject" => text::draw(self, object, frame.of(object))?,
            "PathObject" => path::draw(self, object, frame.of(object)),
            "ImageObject" => self.draw_picture(object, frame),
            "CompositeObject" => self.draw_composite(object, frame.of(object))?,
            _ => {}
        }
        Ok(())
    }

    fn draw_composite(&mut self, object: &Element, frame: Frame) -> Result<(), Exceeded> {
        let found = object.id("ResourceID").and_then(|id| Some((id, self.resources.composites.get(&id)?)));
        let Some((id, composite)) = found.map(|(id, composite)| (id, Rc::clone(composite))) else {
            self.fault("引用的复合对象不存在");
            return Ok(());
        };
        if self.open.contains(&id) || self.open.len() >= DEEPEST {
            self.fault("复合对象引用自身或嵌套过深");
            return Ok(());
        }
        self.open.push(id);
        for content in composite.all("Content") {
            self.draw(content, frame)?;
        }
        self.open.pop();
        Ok(())
    }

    /// Notes what could not be drawn, once.
    pub fn fault(&mut self, what: &str) {
        if !self.faults.iter().any(|fault| fault == what) {
            self.faults.push(what.to_owned());
        }
    }

    /// A picture fills the unit square of its space; one without CTM its boundary.
    fn draw_picture(&mut self, object: &Element, frame: Frame) {
        let inside = frame.of(object);
        let boundary = object.attribute("Boundary").and_then(Place::parse);
        let square = Place { x: 0.0, y: 0.0, width: 1.0, height: 1.0 };
        let hull = match (object.attribute("CTM"), boundary) {
            (None, Some(boundary)) => frame.matrix.hull(&boundary),
            _ => inside.matrix.hull(&square),
        };
        if inside.hidden {
            return;
        }
        let placed = self.place_picture(object.id("ResourceID"), hull);
        if placed.share > LARGE && self.is_opaque(object) {
            self.cover(placed.edges);
        }
        self.pictures.push(placed);
    }

    fn place_picture(&mut self, resource: Option<u32>, hull: [f64; 4]) -> Placed {
        let [left, top, right, bottom] = hull;
        let (width, height) = self.size;
        let edges = [
            left.clamp(0.0, width),
            top.clamp(0.0, height),
            right.clamp(0.0, width),
            bottom.clamp(0.0, height),
        ];
        let [left, top, right, bottom] = edges;
        let share = ((right - left) * (bottom - top) / (width * height).max(1.0)).clamp(0.0, 1.0);
        self.image_share = (self.image_share + share as f32).min(1.0);
        Placed { resource, edges, share }
    }

    /// A JPEG has no transparency: what it lies on is not seen.
    fn is_opaque(&self, object: &Element) -> bool {
        let part = object.id("ResourceID").and_then(|id| self.resources.images.get(&id));
        let part = part.map(|part| part.to_lowercase()).unwrap_or_default();
        object.number("Alpha").is_none() && (part.ends_with(".jpg") || part.ends_with(".jpeg"))
    }

    /// Text under a picture of the page is the layer that somebody's OCR has put there.
    fn cover(&mut self, [left, top, right, bottom]: [f64; 4]) {
        for (glyph, &(x, y)) in self.marks.glyphs.iter_mut().zip(&self.places) {
            glyph.invisible |= (left..=right).contains(&x) && (top..=bottom).contains(&y);
        }
    }

    /// The pictures that stand on the page and are not the page: signatures, seals, emblems.
    pub fn picture_marks(&self) -> Vec<Mark> {
        let small = self.pictures.iter().filter(|picture| picture.share <= LARGE && picture.share > 0.0);
        small.map(|picture| Mark { bbox: picture.bbox(), kind: MarkKind::Picture }).collect()
    }

    /// Adds a glyph whose origin is at a point of the page.
    pub fn push(&mut self, glyph: Glyph, origin: (f64, f64)) {
        self.marks.glyphs.push(glyph);
        self.places.push(origin);
    }

    /// Does something of that size at a point reach the page? Text outside is not there for a person.
    pub fn is_on_page(&self, (x, y): (f64, f64), size: f64) -> bool {
        let (width, height) = self.size;
        let slack = size * 0.5;
        (-slack..=width + slack).contains(&x) && (-slack..=height + slack).contains(&y)
    }
}
