//! Finds lines of text.
//!
//! The model (PP-OCRv6 detect, a network of the kind described in Liao et al., *Real-time Scene Text Detection with
//! Differentiable Binarization*, 2020) tells for each pixel whether it lies in the shrunken middle of a line. Pixels
//! above a threshold that touch make a component, the smallest rectangle around a component is grown by what the
//! model was taught to shrink, and that is a line.

mod boxes;
mod components;

use crate::net::{Net, NetError};
use crate::reading::{Point, Quad};
use crate::resample::resample;
use crate::{Picture, model};

/// Pixels that the model looks at: an A4 page whose longer side is this long. Wide and tall pictures of the same area
/// keep their proportions, so that a strip of one line stays legible.
const LONG_SIDE: f32 = 960.0;
/// Shorter side of an A4 page whose longer side is 1.
const A4: f32 = std::f32::consts::FRAC_1_SQRT_2;
/// The model halves its input five times.
const STEP: usize = 32;
/// Mean and deviation of red, green and blue in the pictures the model was taught with (ImageNet), of 1.
const MEAN: [f32; 3] = [0.485, 0.456, 0.406];
const DEVIATION: [f32; 3] = [0.229, 0.224, 0.225];

/// The detector.
pub(crate) struct Detector {
    net: Net,
}

impl Detector {
    /// Loads the fast model or the strong one.
    ///
    /// # Errors
    ///
    /// [`NetError::Load`].
    pub(crate) fn load(strong: bool) -> Result<Self, NetError> {
        let net = Net::load(if strong { model::SMALL_DETECT } else { model::TINY_DETECT })?;
        Ok(Self { net })
    }

    /// The corners of every line, in pixels of the picture, in no particular but always the same order.
    ///
    /// # Errors
    ///
    /// [`NetError::Run`].
    pub(crate) fn lines(&mut self, picture: &Picture) -> Result<Vec<Quad>, NetError> {
        let scale = scale_for(picture.width(), picture.height());
        let size = |side: usize| ((side as f32 * scale).round() as usize).max(1);
        let (width, height) = (size(picture.width()), size(picture.height()));
        let (wide, high) = (width.next_multiple_of(STEP), height.next_multiple_of(STEP));
        let input = tensor(picture, width, height, wide, high);
        let output = self.net.run([1, 3, high, wide], &input)?;
        if output.data.len() != wide * high {
            return Err(NetError::Run("检测模型输出的大小不符".to_owned()));
        }
        let stretch_x = picture.width() as f32 / width as f32;
        let stretch_y = picture.height() as f32 / height as f32;
        let place = |p: Point| Point { x: p.x * stretch_x, y: p.y * stretch_y };
        Ok(boxes::boxes(&output.data, wide).into_iter().map(|quad| quad.map(place)).collect())
    }
}

/// What a picture is scaled by before the model sees it; never up.
fn scale_for(width: usize, height: usize) -> f32 {
    let area = LONG_SIDE * LONG_SIDE * A4;
    (area / (width as f32 * height as f32)).sqrt().min(1.0)
}

/// The picture at `width` × `height`, normalised, in the upper left corner of a white tensor of `wide` × `high`.
/// The model was taught with blue first.
fn tensor(picture: &Picture, width: usize, height: usize, wide: usize, high: usize) -> Vec<f32> {
    let planes = resample(picture, width, height);
    let mut data = Vec::with_capacity(wide * high * 3);
    for channel in [2, 1, 0] {
        let (mean, deviation) = (MEAN[2 - channel], DEVIATION[2 - channel]);
        let (factor, shift) = (1.0 / (255.0 * deviation), mean / deviation);
        let white = 1.0 / deviation - shift;
        let plane = &planes.data[channel * width * height..][..width * height];
        for row in plane.chunks_exact(width) {
            data.extend(row.iter().map(|value| value * factor - shift));
            data.resize(data.len() + wide - width, white);
        }
        data.resize(data.len() + wide * (high - height), white);
    }
    data
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_seen_at_its_long_side_and_a_strip_at_the_same_area() {
        assert!((scale_for(1654, 2339) * 2339.0 - LONG_SIDE).abs() < 1.0);
        assert!(scale_for(6000, 60) > 0.99);
        assert_eq!(scale_for(10, 10), 1.0);
    }

    #[test]
    fn the_tensor_is_padded_with_white() {
        let picture = Picture::from_gray(1, 1, &[255]).expect("a picture");
        let data = tensor(&picture, 1, 1, 32, 32);
        assert_eq!(data.len(), 3 * 32 * 32);
        assert!(data[..1024].iter().all(|value| (value - data[0]).abs() < 1e-4));
    }
}
