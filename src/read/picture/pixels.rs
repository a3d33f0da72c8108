//! Decoded pixels → a picture that stands as the page shows it, no larger than reading needs.

use hetong_ocr::{Picture, PictureError};

/// More pixels than this do not make a page more readable: A4 at 400 dpi.
const ENOUGH_PIXELS: usize = 16_000_000;

/// Pixels as a decoder gives them: rows from the top, one or three bytes a pixel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Bytes a pixel: 1 (gray) or 3 (red, green, blue).
    pub channels: usize,
    /// The bytes.
    pub data: Vec<u8>,
}

/// How pixels have to be laid out anew to stand as they are shown. Rows and columns change places first, then
/// the result is mirrored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Orientation {
    /// Do rows become columns?
    pub transposed: bool,
    /// Is the result mirrored left to right?
    pub mirrored: bool,
    /// Is the result mirrored top to bottom?
    pub upside_down: bool,
}

impl Orientation {
    /// The orientation that an image's `Orientation` tag asks for (EXIF 2.3, 4.6.4 A; TIFF 6.0, tag 274).
    pub fn of_tag(tag: u32) -> Self {
        let (transposed, mirrored, upside_down) = match tag {
            2 => (false, true, false),
            3 => (false, true, true),
            4 => (false, false, true),
            5 => (true, false, false),
            6 => (true, true, false),
            7 => (true, true, true),
            8 => (true, false, true),
            _ => (false, false, false),
        };
        Self { transposed, mirrored, upside_down }
    }

    fn is_none(self) -> bool {
        self == Self::default()
    }
}

impl Decoded {
    /// The picture of these pixels, laid out by `orientation` and made smaller where they are more than enough.
    ///
    /// # Errors
    ///
    /// The size is zero or too large, or the bytes do not fit it.
    pub fn picture(self, orientation: Orientation) -> Result<Picture, PictureError> {
        let count = Picture::checked(self.width, self.height)?;
        let wanted = count * self.channels;
        if self.data.len() != wanted || !matches!(self.channels, 1 | 3) {
            return Err(PictureError::Length { wanted, found: self.data.len() });
        }
        let small = self.shrunk(root_up(count.div_ceil(ENOUGH_PIXELS)));
        let laid_out = if orientation.is_none() { small } else { small.oriented(orientation) };
        match laid_out.channels {
            1 => Picture::from_gray(laid_out.width, laid_out.height, &laid_out.data),
            _ => Picture::from_rgb(laid_out.width, laid_out.height, laid_out.data),
        }
    }

    /// Each square of `factor` × `factor` pixels made one, their mean.
    fn shrunk(self, factor: usize) -> Self {
        if factor < 2 || self.width < factor || self.height < factor {
            return self;
        }
        let (width, height) = (self.width / factor, self.height / factor);
        let mut data = Vec::with_capacity(width * height * self.channels);
        let mut sums = vec![0u32; width * self.channels];
        for y in 0..height {
            sums.fill(0);
            for row in 0..factor {
                self.add_row(y * factor + row, factor, &mut sums);
            }
            data.extend(sums.iter().map(|sum| (sum / (factor * factor) as u32) as u8));
        }
        Self { width, height, channels: self.channels, data }
    }

    fn add_row(&self, y: usize, factor: usize, sums: &mut [u32]) {
        let stride = self.width * self.channels;
        let row = self.data.get(y * stride..(y + 1) * stride).unwrap_or_default();
        let squares = row.chunks_exact(factor * self.channels);
        for (square, sums) in squares.zip(sums.chunks_exact_mut(self.channels)) {
            for pixel in square.chunks_exact(self.channels) {
                for (value, sum) in pixel.iter().zip(sums.iter_mut()) {
                    *sum += u32::from(*value);
                }
            }
        }
    }

    fn oriented(self, orientation: Orientation) -> Self {
        let Orientation { transposed, mirrored, upside_down } = orientation;
        let (width, height) = if transposed { (self.height, self.width) } else { (self.width, self.height) };
        let mut data = Vec::with_capacity(self.data.len());
        for y in 0..height {
            let v = if upside_down { height - 1 - y } else { y };
            for x in 0..width {
                let u = if mirrored { width - 1 - x } else { x };
                let (column, row) = if transposed { (v, u) } else { (u, v) };
                let at = (row * self.width + column) * self.channels;
                data.extend_from_slice(self.data.get(at..at + self.channels).unwrap_or_default());
            }
        }
        Self { width, height, channels: self.channels, data }
    }
}

/// The square root, rounded up.
fn root_up(value: usize) -> usize {
    let root = value.isqrt();
    if root * root < value { root + 1 } else { root }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gray(width: usize, height: usize, data: &[u8]) -> Decoded {
        Decoded { width, height, channels: 1, data: data.to_vec() }
    }

    fn levels(picture: &Picture) -> Vec<u8> {
        picture.pixels().iter().copied().step_by(3).collect()
    }

    #[test]
    fn tags_turn_as_the_standard_says() {
        // 0 1 2
        // 3 4 5
        let seen = |tag| {
            let picture = gray(3, 2, &[0, 1, 2, 3, 4, 5]).picture(Orientation::of_tag(tag));
            levels(&picture.expect("a picture"))
        };
        assert_eq!(seen(1), [0, 1, 2, 3, 4, 5]);
        assert_eq!(seen(2), [2, 1, 0, 5, 4, 3]);
        assert_eq!(seen(3), [5, 4, 3, 2, 1, 0]);
        assert_eq!(seen(4), [3, 4, 5, 0, 1, 2]);
        assert_eq!(seen(5), [0, 3, 1, 4, 2, 5]);
        assert_eq!(seen(6), [3, 0, 4, 1, 5, 2]);
        assert_eq!(seen(7), [5, 2, 4, 1, 3, 0]);
        assert_eq!(seen(8), [2, 5, 1, 4, 0, 3]);
    }

    #[test]
    fn squares_are_made_one() {
        let small = gray(4, 2, &[0, 8, 100, 100, 4, 4, 100, 104]).shrunk(2);
        assert_eq!(small, gray(2, 1, &[4, 101]));
        let rgb = Decoded { width: 2, height: 2, channels: 3, data: [[0, 10, 20]; 4].concat() }.shrunk(2);
        assert_eq!(rgb.data, [0, 10, 20]);
    }

    #[test]
    fn bytes_that_do_not_fit_are_refused() {
        assert!(gray(3, 2, &[0; 5]).picture(Orientation::default()).is_err());
        assert!(gray(0, 2, &[]).picture(Orientation::default()).is_err());
    }
}
