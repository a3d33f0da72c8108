//! Red ink, of seals above all.
//!
//! A red seal over black text: in the red channel the seal's ink is as bright as the paper and the text stays dark.

use crate::recognise::Strip;

/// Share of red pixels from which a line is looked at without red too.
const TOUCHED: f32 = 0.01;
/// Share of the ink that is red if all of it is.
const ALL: f32 = 0.7;

/// Is this the ink of a seal, or of red print?
fn is_red([red, green, blue]: [u8; 3]) -> bool {
    red > 80 && red.saturating_sub(green.max(blue)) > 40
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
    fn seals_are_red_and_paper_and_ink_are_not() {
        assert!(is_red([200, 40, 40]) && is_red([230, 150, 150]));
        assert!(!is_red([255, 255, 255]) && !is_red([30, 20, 20]) && !is_red([250, 240, 225]));
        assert!(touches(&Strip::blank(20, [200, 40, 40])) && is_all(&Strip::blank(20, [200, 40, 40])));
        assert!(!touches(&Strip::blank(20, [90, 90, 90])));
    }
}
