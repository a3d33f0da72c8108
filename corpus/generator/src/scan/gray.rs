//! Gray pictures.

/// A picture of gray pixels, 0 black to 255 white, row by row from the top.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gray {
    pub(super) width: usize,
    pub(super) height: usize,
    /// `width * height` bytes.
    pub(super) pixels: Vec<u8>,
}

impl Gray {
    /// The pixel at a place; white outside.
    pub(super) fn at(&self, x: isize, y: isize) -> f32 {
        let inside = |v: isize, end: usize| usize::try_from(v).ok().filter(|&v| v < end);
        match (inside(x, self.width), inside(y, self.height)) {
            (Some(x), Some(y)) => f32::from(self.pixels[y * self.width + x]),
            _ => 255.0,
        }
    }

    /// The value between pixels, linear in both directions.
    pub(super) fn between(&self, x: f32, y: f32) -> f32 {
        let (left, top) = (x.floor(), y.floor());
        let (fx, fy) = (x - left, y - top);
        let (left, top) = (left as isize, top as isize);
        let upper = self.at(left, top) * (1.0 - fx) + self.at(left + 1, top) * fx;
        let lower = self.at(left, top + 1) * (1.0 - fx) + self.at(left + 1, top + 1) * fx;
        upper * (1.0 - fy) + lower * fy
    }

    /// A picture of the same size, each pixel computed from its place.
    pub(super) fn map(&self, mut pixel: impl FnMut(usize, usize) -> f32) -> Self {
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..self.height {
            pixels.extend((0..self.width).map(|x| pixel(x, y).clamp(0.0, 255.0) as u8));
        }
        Self { pixels, ..*self }
    }

    /// The same, turned against the clock by as many quarters.
    pub(super) fn turned_left(&self, quarters: u16) -> Self {
        match quarters % 4 {
            0 => self.clone(),
            more => self.quarter().turned_left(more - 1),
        }
    }

    fn quarter(&self) -> Self {
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for x in (0..self.width).rev() {
            pixels.extend((0..self.height).map(|y| self.pixels[y * self.width + x]));
        }
        Self { width: self.height, height: self.width, pixels }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_to_the_left() {
        let page = Gray { width: 3, height: 2, pixels: vec![0, 1, 2, 3, 4, 5] };
        let left = page.turned_left(1);
        assert_eq!((left.width, left.height, left.pixels), (2, 3, vec![2, 5, 1, 4, 0, 3]));
        assert_eq!(page.turned_left(3).turned_left(1), page);
    }
}
