//! Pixels of a picture → points of the page, and back upright.
//!
//! A sheet that lay askew in the scanner is straightened for the layout, which asks what stands in one row; boxes
//! are then given as the page shows them.

use hetong_ocr::{PageReading, Point};

use crate::model::BBox;
use crate::model::geometry::turned_about;
use crate::read::layout::{Marks, Rule};
use crate::read::sheet::Sheet;

/// Where the pixels of an upright picture lie on its sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    /// The sheet, turned upright.
    pub(super) sheet: Sheet,
    area: BBox,
    scale: (f32, f32),
    /// Degrees by which lines rise to the right; 0 where they are taken for level.
    pub(super) skew: f32,
    sin: f32,
    cos: f32,
}

impl Frame {
    /// The frame of a reading. `straighten` is false where the page's own text says what is level.
    pub(super) fn new(sheet: Sheet, area: BBox, reading: &PageReading, straighten: bool) -> Self {
        let area = sheet.box_turned(area, reading.turn);
        let scale =
            (area.width() / reading.width.max(1) as f32, area.height() / reading.height.max(1) as f32);
        let skew = if straighten && reading.skew.is_finite() { reading.skew.clamp(-10.0, 10.0) } else { 0.0 };
        let (sin, cos) = skew.to_radians().sin_cos();
        Self { sheet: sheet.turned(reading.turn), area, scale, skew, sin, cos }
    }

    /// A pixel's place on the page as displayed.
    pub(super) fn shown(&self, point: Point) -> (f32, f32) {
        (self.area.x0 + point.x * self.scale.0, self.area.y0 + point.y * self.scale.1)
    }

    /// Does the picture lie straight on its sheet?
    pub(super) fn is_level(&self) -> bool {
        self.skew == 0.0
    }

    /// A place of the page as displayed, once the page is straight.
    pub(super) fn straight(&self, place: (f32, f32)) -> (f32, f32) {
        turned_about(self.centre(), place, (self.sin, self.cos))
    }

    /// A place of the straight page, as displayed.
    fn askew(&self, place: (f32, f32)) -> (f32, f32) {
        turned_about(self.centre(), place, (-self.sin, self.cos))
    }

    fn centre(&self) -> (f32, f32) {
        (self.sheet.width / 2.0, self.sheet.height / 2.0)
    }

    /// A box of pixels, in points of the page as displayed and within it.
    pub(super) fn bbox(&self, [left, top, right, bottom]: [f32; 4]) -> BBox {
        let (x0, y0) = self.shown(Point { x: left, y: top });
        let (x1, y1) = self.shown(Point { x: right, y: bottom });
        self.within(x0, y0, x1, y1)
    }

    fn within(&self, x0: f32, y0: f32, x1: f32, y1: f32) -> BBox {
        let (width, height) = (self.sheet.width, self.sheet.height);
        BBox::new(x0.clamp(0.0, width), y0.clamp(0.0, height), x1.clamp(0.0, width), y1.clamp(0.0, height))
    }

    /// A line of the straight page, with its places as displayed.
    pub(super) fn as_displayed(&self, mut line: crate::model::Line) -> crate::model::Line {
        let BBox { x0, y0, x1, y1 } = line.bbox;
        let middle = (y0 + y1) / 2.0;
        let half = (y1 - y0) / 2.0;
        let (left, right) = (self.askew((x0, middle)), self.askew((x1, middle)));
        line.bbox = self.within(left.0, left.1.min(right.1) - half, right.0, left.1.max(right.1) + half);
        for edge in &mut line.edges {
            *edge = crate::model::geometry::tenth(self.askew((*edge, middle)).0.clamp(0.0, self.sheet.width));
        }
        line
    }

    /// The rules of tables, on the straight page.
    pub(super) fn rules(&self, reading: &PageReading, marks: &mut Marks) {
        for ruling in &reading.rulings {
            let (ax, ay) = self.straight(self.shown(ruling.from));
            let (bx, by) = self.straight(self.shown(ruling.to));
            if (bx - ax).abs() >= (by - ay).abs() {
                marks.horizontal.push(Rule { from: ax.min(bx), to: ax.max(bx), at: (ay + by) / 2.0 });
            } else {
                marks.vertical.push(Rule { from: ay.min(by), to: ay.max(by), at: (ax + bx) / 2.0 });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use hetong_ocr::Turn;

    use super::*;

    fn sheet() -> Sheet {
        Sheet { number: 1, width: 600.0, height: 800.0, rotation: 0 }
    }

    #[test]
    fn pixels_become_points_of_the_turned_page() {
        let reading = PageReading { turn: Turn::Right, width: 1600, height: 1200, ..PageReading::default() };
        let frame = Frame::new(sheet(), sheet().bounds(), &reading, true);
        assert_eq!((frame.sheet.width, frame.sheet.height, frame.sheet.rotation), (800.0, 600.0, 90));
        assert_eq!(frame.bbox([160.0, 120.0, 320.0, 240.0]), BBox::new(80.0, 60.0, 160.0, 120.0));
    }

    #[test]
    fn a_page_askew_is_straightened_and_put_back() {
        let reading = PageReading { width: 600, height: 800, skew: 2.0, ..PageReading::default() };
        let frame = Frame::new(sheet(), sheet().bounds(), &reading, true);
        let rise = 400.0 * 2f32.to_radians().tan();
        let (start, end) = (frame.straight((100.0, 311.0)), frame.straight((500.0, 311.0 - rise)));
        assert!((start.1 - end.1).abs() < 0.1, "{start:?} {end:?}");
        let back = frame.askew(start);
        assert!((back.0 - 100.0).abs() < 0.01 && (back.1 - 311.0).abs() < 0.01);
    }
}
