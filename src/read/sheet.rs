//! The number and shape of a page, before anything of it is read.

use hetong_ocr::Turn;

use crate::model::geometry::tenth;
use crate::model::{BBox, Line, Page, PageClass, PageOrigin};

/// A page's number and shape.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sheet {
    /// From 1.
    pub number: u32,
    /// Points, as displayed.
    pub width: f32,
    /// Points, as displayed.
    pub height: f32,
    /// Degrees clockwise that the page is turned for display.
    pub rotation: u16,
}

impl Sheet {
    /// A page of which only the number is known.
    pub fn a4(number: u32) -> Self {
        Self { number, width: 595.3, height: 841.9, rotation: 0 }
    }

    /// The sheet turned clockwise for display by so much more.
    pub fn turned(self, turn: Turn) -> Self {
        let (width, height) = match turn {
            Turn::None | Turn::Half => (self.width, self.height),
            Turn::Right | Turn::Left => (self.height, self.width),
        };
        Self { width, height, rotation: (self.rotation + turn.degrees()) % 360, ..self }
    }

    /// Where a point of this sheet lies once the sheet is turned.
    pub fn point_turned(self, (x, y): (f32, f32), turn: Turn) -> (f32, f32) {
        match turn {
            Turn::None => (x, y),
            Turn::Right => (self.height - y, x),
            Turn::Half => (self.width - x, self.height - y),
            Turn::Left => (y, self.width - x),
        }
    }

    /// Where a box of this sheet lies once the sheet is turned.
    pub fn box_turned(self, bbox: BBox, turn: Turn) -> BBox {
        let (ax, ay) = self.point_turned((bbox.x0, bbox.y0), turn);
        let (bx, by) = self.point_turned((bbox.x1, bbox.y1), turn);
        BBox { x0: ax.min(bx), y0: ay.min(by), x1: ax.max(bx), y1: ay.max(by) }
    }

    /// The whole sheet.
    pub fn bounds(self) -> BBox {
        BBox { x0: 0.0, y0: 0.0, x1: self.width, y1: self.height }
    }

    /// The page with what was read of it.
    pub fn page(
        self,
        origin: PageOrigin,
        class: PageClass,
        why: String,
        confidence: f32,
        lines: Vec<Line>,
    ) -> Page {
        Page {
            number: self.number,
            width: tenth(self.width),
            height: tenth(self.height),
            rotation: self.rotation,
            origin,
            class,
            why,
            confidence,
            lines,
            marks: Vec::new(),
            looked_at: false,
            skew: 0.0,
        }
    }

    /// The page of which nothing is known.
    pub fn unread(self, class: PageClass, why: String) -> Page {
        self.page(PageOrigin::Unread, class, why, 0.0, Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_top_left_comes_top_right_when_turned_right() {
        let sheet = Sheet { number: 1, width: 600.0, height: 800.0, rotation: 270 };
        let corner = BBox::new(10.0, 20.0, 110.0, 40.0);
        assert_eq!(sheet.box_turned(corner, Turn::Right), BBox::new(760.0, 10.0, 780.0, 110.0));
        let turned = sheet.turned(Turn::Right);
        assert_eq!((turned.width, turned.height, turned.rotation), (800.0, 600.0, 0));
        let back = turned.box_turned(sheet.box_turned(corner, Turn::Right), Turn::Left);
        assert_eq!(back, corner);
        assert_eq!(sheet.box_turned(sheet.box_turned(corner, Turn::Half), Turn::Half), corner);
    }
}
