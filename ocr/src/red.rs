//! Red ink, of seals above all.
//!
//! A red seal over black text: in the red channel the seal's ink is nearly as bright as the paper and the text stays
//! dark. What is left of the seal goes when brightness is added by how red a pixel is.

use crate::Picture;
use crate::recognise::Strip;

/// Share of red pixels from which a line is looked at without red too.
const TOUCHED: f32 = 0.01;
/// Share of the ink that is red if all of it is.
const ALL: f32 = 0.7;

/// Is this the ink of a seal, or of red print?
fn is_red([red, green, blue]: [u8; 3]) -> bool {
    red > 80 && red.saturating_sub(green.max(blue)) > 40
}

/// Pixels are looked at in blocks of this size, every fourth of a block's rows and columns.
const BLOCK: usize = 16;
/// Red samples that make a block red.
const RED_SAMPLES: usize = 3;
/// Fewer red blocks than this are a speck.
const FEWEST_BLOCKS: usize = 6;

/// Left, top, right and bottom of all red ink, with a margin; `None` if there is hardly any.
pub(crate) fn bounds(picture: &Picture) -> Option<[usize; 4]> {
    let (mut count, mut bounds) = (0, [usize::MAX, usize::MAX, 0, 0]);
    for top in (0..picture.height()).step_by(BLOCK) {
        for left in (0..picture.width()).step_by(BLOCK).filter(|&left| is_red_block(picture, left, top)) {
            let [a, b, c, d] = bounds;
            bounds = [a.min(left), b.min(top), c.max(left + BLOCK), d.max(top + BLOCK)];
            count += 1;
        }
    }
    let [left, top, right, low] = bounds;
    let margin = 2 * BLOCK;
    (count >= FEWEST_BLOCKS)
        .then(|| [left.saturating_sub(margin), top.saturating_sub(margin), right + margin, low + margin])
}

fn is_red_block(picture: &Picture, left: usize, top: usize) -> bool {
    let places = (0..BLOCK).step_by(4).flat_map(|y| (0..BLOCK).step_by(4).map(move |x| (left + x, top + y)));
    places.filter(|&(x, y)| is_red(picture.pixel(x, y))).count() >= RED_SAMPLES
}

/// How much a pixel is brightened for each step that it is redder than gray.
const BRIGHTENING: f32 = 0.5;

/// The brightness of a pixel, 0 to 255, as if it had no red ink on it.
pub(crate) fn taken_away([red, green, blue]: [f32; 3]) -> f32 {
    let redness = (red - green.max(blue)).max(0.0);
    (red + redness * BRIGHTENING).min(255.0)
}

/// Does red ink touch the line?
pub(crate) fn touches(strip: &Strip) -> bool {
    let red = strip.pixels().iter().filter(|&&pixel| is_red(pixel)).count();
    red as f32 > strip.pixels().len() as f32 * TOUCHED
}

/// Is nearly all the ink of the line red?
pub(crate) fn is_all(strip: &Strip) -> bool {
    let red = strip.pixels().iter().filter(|&&pixel| is_red(pixel)).count();
    let dark = strip.pixels().iter().filter(|&&pixel| !is_red(pixel) && pixel[0] < 128).count();
    red as f32 > (red + dark) as f32 * ALL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn red_goes_and_black_stays() {
        assert_eq!(taken_away([205.0, 35.0, 40.0]), 255.0);
        assert_eq!(taken_away([30.0, 30.0, 30.0]), 30.0);
        assert!(taken_away([50.0, 15.0, 20.0]) < 80.0);
    }

    #[test]
    fn red_ink_has_bounds_and_specks_have_none() {
        let mut pixels = vec![255; 200 * 100 * 3];
        for y in 32..80 {
            for x in 64..128 {
                pixels[(y * 200 + x) * 3..][..3].copy_from_slice(&[200, 30, 30]);
            }
        }
        let picture = Picture::from_rgb(200, 100, pixels).expect("a picture");
        assert_eq!(bounds(&picture), Some([32, 0, 160, 112]));
        assert_eq!(bounds(&Picture::from_gray(64, 64, &[90; 64 * 64]).expect("a picture")), None);
    }

    #[test]
    fn seals_are_red_and_paper_and_ink_are_not() {
        assert!(is_red([200, 40, 40]) && is_red([230, 150, 150]));
        assert!(!is_red([255, 255, 255]) && !is_red([30, 20, 20]) && !is_red([250, 240, 225]));
        assert!(touches(&Strip::blank(20, [200, 40, 40])) && is_all(&Strip::blank(20, [200, 40, 40])));
        assert!(!touches(&Strip::blank(20, [90, 90, 90])));
    }
}
