//! Pixels.

/// Sides longer than this are refused: nobody scans a contract at such a size, and memory is finite.
pub const LONGEST_SIDE: usize = 32_768;
/// More pixels than this are refused.
pub const MOST_PIXELS: usize = 100_000_000;

/// Why pixels are no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// One side is zero.
    #[error("图像尺寸为零（{width}×{height}）")]
    Empty {
        /// Pixels.
        width: usize,
        /// Pixels.
        height: usize,
    },
    /// A side longer than 32,768 pixels, or more than 100 million of them.
    #[error("图像过大（{width}×{height} 像素）")]
    TooLarge {
        /// Pixels.
        width: usize,
        /// Pixels.
        height: usize,
    },
    /// The bytes do not fill the picture, or fill more than it.
    #[error("图像数据长度不符：应为 {wanted} 字节，实为 {found} 字节")]
    Length {
        /// Bytes that the size asks for.
        wanted: usize,
        /// Bytes that were given.
        found: usize,
    },
}

/// A picture in colour: rows from the top, three bytes (red, green, blue) a pixel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Picture {
    /// A picture of `width` × `height` pixels from their red, green and blue bytes.
    ///
    /// # Errors
    ///
    /// The size is zero or too large, or the bytes do not fit it.
    pub fn from_rgb(width: usize, height: usize, pixels: Vec<u8>) -> Result<Self, PictureError> {
        let count = Self::checked(width, height)?;
        if pixels.len() != count * 3 {
            return Err(PictureError::Length { wanted: count * 3, found: pixels.len() });
        }
        Ok(Self { width, height, pixels })
    }

    /// A picture from one byte of brightness a pixel.
    ///
    /// # Errors
    ///
    /// As [`Picture::from_rgb`].
    pub fn from_gray(width: usize, height: usize, gray: &[u8]) -> Result<Self, PictureError> {
        let count = Self::checked(width, height)?;
        if gray.len() != count {
            return Err(PictureError::Length { wanted: count, found: gray.len() });
        }
        let pixels = gray.iter().flat_map(|&value| [value; 3]).collect();
        Ok(Self { width, height, pixels })
    }

    /// Is a picture of this size accepted? To be asked before pixels are decoded. Returns how many there are.
    ///
    /// # Errors
    ///
    /// [`PictureError::Empty`] or [`PictureError::TooLarge`].
    pub fn checked(width: usize, height: usize) -> Result<usize, PictureError> {
        match width.checked_mul(height) {
            Some(0) => Err(PictureError::Empty { width, height }),
            Some(count) if count <= MOST_PIXELS && width.max(height) <= LONGEST_SIDE => Ok(count),
            _ => Err(PictureError::TooLarge { width, height }),
        }
    }

    /// Pixels in a row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    pub fn height(&self) -> usize {
        self.height
    }

    /// Red, green and blue of every pixel, row by row.
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// Red, green and blue of the pixel in column `x` of row `y`; white outside.
    pub fn pixel(&self, x: usize, y: usize) -> [u8; 3] {
        if x >= self.width || y >= self.height {
            return [255; 3];
        }
        let at = (y * self.width + x) * 3;
        [self.pixels[at], self.pixels[at + 1], self.pixels[at + 2]]
    }

    /// The pixel in column `x` of row `y` and the one to the right of it, if both lie on the picture.
    pub(crate) fn pair(&self, x: usize, y: usize) -> Option<[[u8; 3]; 2]> {
        if x + 1 >= self.width {
            return None;
        }
        let at = (y * self.width + x) * 3;
        let [a, b, c, d, e, f] = *self.pixels.get(at..at + 6)?.first_chunk()?;
        Some([[a, b, c], [d, e, f]])
    }

    /// The columns from `left` up to `right` of the rows from `top` up to `low`; `None` if that holds no pixel.
    pub fn part(&self, left: usize, top: usize, right: usize, low: usize) -> Option<Self> {
        let (right, low) = (right.min(self.width), low.min(self.height));
        if left >= right || top >= low {
            return None;
        }
        let row = |y: usize| &self.pixels[(y * self.width + left) * 3..(y * self.width + right) * 3];
        let pixels = (top..low).flat_map(row).copied().collect();
        Some(Self { width: right - left, height: low - top, pixels })
    }

    /// The picture turned clockwise.
    pub fn turned(&self, turn: Turn) -> Self {
        let (width, height) = match turn {
            Turn::None | Turn::Half => (self.width, self.height),
            Turn::Right | Turn::Left => (self.height, self.width),
        };
        let mut pixels = Vec::with_capacity(self.pixels.len());
        for y in 0..height {
            for x in 0..width {
                let (from_x, from_y) = match turn {
                    Turn::None => (x, y),
                    Turn::Right => (y, self.height - 1 - x),
                    Turn::Half => (self.width - 1 - x, self.height - 1 - y),
                    Turn::Left => (self.width - 1 - y, x),
                };
                pixels.extend_from_slice(&self.pixel(from_x, from_y));
            }
        }
        Self { width, height, pixels }
    }
}

/// A turn clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Turn {
    /// Not at all.
    #[default]
    None,
    /// By 90°.
    Right,
    /// By 180°.
    Half,
    /// By 270°.
    Left,
}

impl Turn {
    /// Degrees clockwise: 0, 90, 180 or 270.
    pub fn degrees(self) -> u16 {
        match self {
            Self::None => 0,
            Self::Right => 90,
            Self::Half => 180,
            Self::Left => 270,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered() -> Picture {
        Picture::from_gray(3, 2, &[0, 1, 2, 3, 4, 5]).expect("a picture")
    }

    fn reds(picture: &Picture) -> Vec<u8> {
        picture.pixels().iter().copied().step_by(3).collect()
    }

    #[test]
    fn turns_go_clockwise() {
        assert_eq!(reds(&numbered().turned(Turn::Right)), [3, 0, 4, 1, 5, 2]);
        assert_eq!(reds(&numbered().turned(Turn::Half)), [5, 4, 3, 2, 1, 0]);
        assert_eq!(reds(&numbered().turned(Turn::Left)), [2, 5, 1, 4, 0, 3]);
        assert_eq!(numbered().turned(Turn::Left).turned(Turn::Right), numbered());
    }

    #[test]
    fn parts_are_cut_at_the_edge() {
        assert_eq!(numbered().part(1, 0, 9, 2).map(|part| reds(&part)), Some(vec![1, 2, 4, 5]));
        assert_eq!(numbered().part(3, 0, 9, 2), None);
    }

    #[test]
    fn sizes_are_checked_before_pixels() {
        assert_eq!(Picture::checked(0, 9), Err(PictureError::Empty { width: 0, height: 9 }));
        assert!(matches!(Picture::checked(65_000, 65_000), Err(PictureError::TooLarge { .. })));
        assert!(matches!(Picture::checked(usize::MAX, 2), Err(PictureError::TooLarge { .. })));
        assert!(matches!(
            Picture::from_rgb(2, 2, vec![0; 11]),
            Err(PictureError::Length { wanted: 12, found: 11 })
        ));
    }
}
