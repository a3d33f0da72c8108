//! Finds lines of text.
//!
//! The model (PP-OCRv6 detect, a network of the kind described in Liao et al., *Real-time Scene Text Detection with
//! Differentiable Binarization*, 2020) tells for each pixel whether it lies in the shrunken middle of a line. Pixels
//! above a threshold that touch make a component, the smallest rectangle around a component is grown by what the
//! model was taught to shrink, and that is a line.

mod boxes;

use crate::geometry::{contains, distance, middle};
use crate::net::{Net, NetError, Runtime};
use crate::reading::{Point, Quad};
use crate::resample::{Planes, resample};
use crate::{Picture, model, red};

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

/// A place that looks like a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Region {
    /// Its corners, in pixels of the picture.
    pub quad: Quad,
    /// Was it seen while looking for red text? It may be black all the same.
    pub red: bool,
}

/// What the model sees of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Light {
    Colour,
    /// Brightness without red ink in place of each channel.
    WithoutRed,
}

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
    pub(crate) fn load(strong: bool, runtime: Runtime) -> Result<Self, NetError> {
        let onnx = if strong { model::SMALL_DETECT } else { model::TINY_DETECT };
        Ok(Self { net: Net::load_with(onnx, runtime)? })
    }

    /// Every line, in no particular but always the same order.
    ///
    /// Where there is red ink, the page is looked at without it, so that text below a seal is whole; then what is red is
    /// looked at in colour, for red headings and what seals say on a straight line.
    ///
    /// # Errors
    ///
    /// [`NetError::Run`].
    pub(crate) fn lines(&mut self, picture: &Picture) -> Result<Vec<Region>, NetError> {
        let scale = scale_for(picture.width(), picture.height());
        let Some([left, top, right, low]) = red::bounds(picture) else {
            return self.look(picture, scale, Light::Colour);
        };
        let mut regions = self.look(picture, scale, Light::WithoutRed)?;
        if let Some(part) = picture.part(left, top, right, low) {
            let place = |p: Point| Point { x: p.x + left as f32, y: p.y + top as f32 };
            let seen = self.look(&part, scale, Light::Colour)?.into_iter();
            let red = seen.map(|region| Region { quad: region.quad.map(place), red: true });
            let new: Vec<Region> = red.filter(|region| is_new(region, &regions)).collect();
            regions.extend(new);
        }
        Ok(regions)
    }

    /// The lines of a picture seen at `scale`, in pixels of the picture.
    fn look(&mut self, picture: &Picture, scale: f32, light: Light) -> Result<Vec<Region>, NetError> {
        let size = |side: usize| ((side as f32 * scale).round() as usize).max(1);
        let (width, height) = (size(picture.width()), size(picture.height()));
        let (wide, high) = (width.next_multiple_of(STEP), height.next_multiple_of(STEP));
        let mut planes = resample(picture, width, height);
        if light == Light::WithoutRed {
            without_red(&mut planes);
        }
        let input = tensor(&planes, wide, high);
        let output = self.net.run([1, 3, high, wide], &input)?;
        if output.data.len() != wide * high {
            return Err(NetError::Run("检测模型输出的大小不符".to_owned()));
        }
        let stretch_x = picture.width() as f32 / width as f32;
        let stretch_y = picture.height() as f32 / height as f32;
        let place = |p: Point| Point { x: p.x * stretch_x, y: p.y * stretch_y };
        let quads = boxes::boxes(&output.data, wide).into_iter();
        Ok(quads.map(|quad| Region { quad: quad.map(place), red: false }).collect())
    }
}

/// What a picture is scaled by before the model sees it; never up.
fn scale_for(width: usize, height: usize) -> f32 {
    let area = LONG_SIDE * LONG_SIDE * A4;
    (area / (width as f32 * height as f32)).sqrt().min(1.0)
}

/// Is a line found in colour not the same as one found without red?
fn is_new(region: &Region, black: &[Region]) -> bool {
    let centre = middle(&region.quad);
    let tall = |quad: &Quad| distance(quad[0], quad[3]);
    black.iter().all(|other| {
        let meet = contains(&other.quad, centre) || contains(&region.quad, middle(&other.quad));
        !meet || tall(&other.quad) > 3.0 * tall(&region.quad)
    })
}

/// All three planes become the brightness that the picture has without red ink.
fn without_red(planes: &mut Planes) {
    let size = planes.width * planes.height;
    for at in 0..size {
        let [red, green, blue] = [at, at + size, at + 2 * size];
        let bare = red::taken_away([planes.data[red], planes.data[green], planes.data[blue]]);
        for place in [red, green, blue] {
            planes.data[place] = bare;
        }
    }
}

/// Planes, normalised, in the upper left corner of a white tensor of `wide` × `high`. The model was taught with blue
/// first.
fn tensor(planes: &Planes, wide: usize, high: usize) -> Vec<f32> {
    let mut data = Vec::with_capacity(wide * high * 3);
    for channel in [2, 1, 0] {
        let (mean, deviation) = (MEAN[2 - channel], DEVIATION[2 - channel]);
        let (factor, shift) = (1.0 / (255.0 * deviation), mean / deviation);
        let white = 1.0 / deviation - shift;
        let plane = &planes.data[channel * planes.width * planes.height..][..planes.width * planes.height];
        for row in plane.chunks_exact(planes.width) {
            data.extend(row.iter().map(|value| value * factor - shift));
            data.resize(data.len() + wide - planes.width, white);
        }
        data.resize(data.len() + wide * (high - planes.height), white);
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
        let data = tensor(&resample(&picture, 1, 1), 32, 32);
        assert_eq!(data.len(), 3 * 32 * 32);
        assert!(data[..1024].iter().all(|value| (value - data[0]).abs() < 1e-4));
    }
}
