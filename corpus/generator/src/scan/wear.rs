//! What paper, copier and scanner do to a page.

use super::gray::Gray;
use super::place::Place;
use super::variant::Wear;
use crate::seed::Random;

/// A sheet lies askew by no more than this, in degrees.
const SKEW: f32 = 1.0;
/// Standard deviation of the noise, in levels of gray.
const NOISE: f32 = 4.0;
/// Black and white of the scan, in levels of gray.
const INK: f32 = 28.0;
const PAPER: f32 = 244.0;

/// The page as a small office scanner sees it: skewed, shifted, softened, with noise and specks of dust.
pub(super) fn scanned(page: &Gray, random: &mut Random) -> Gray {
    let place = Place::random((page.width, page.height), 72, SKEW, random);
    let mut scan = noisy(&laid(&softened(page), &place), NOISE, random);
    dust(&mut scan, random);
    scan
}

/// The page as `wear` says; its planes (red, green and blue, or gray alone) share skew, noise and light.
pub(super) fn worn(planes: &[Gray], wear: &Wear, place: &Place, random: &mut Random) -> Vec<Gray> {
    let light = Light::random(wear.shade, random);
    let seed = random.next();
    planes
        .iter()
        .map(|plane| {
            let soft = (0..wear.blur).fold(plane.clone(), |page, _| softened(&page));
            let laid = laid(&soft, place);
            let mut random = Random::new(seed, 0);
            if wear.copied {
                return copied(&laid, wear.noise, &mut random);
            }
            let lit = laid.map(|x, y| laid.at(x as isize, y as isize) * light.at(x, y, &laid));
            if wear.noise > 0.0 { noisy(&lit, wear.noise, &mut random) } else { lit }
        })
        .collect()
}

/// Each pixel blurred with its neighbours by 1-2-1 in both directions.
fn softened(page: &Gray) -> Gray {
    let across = page.map(|x, y| {
        let (x, y) = (x as isize, y as isize);
        (page.at(x - 1, y) + 2.0 * page.at(x, y) + page.at(x + 1, y)) / 4.0
    });
    across.map(|x, y| {
        let (x, y) = (x as isize, y as isize);
        (across.at(x, y - 1) + 2.0 * across.at(x, y) + across.at(x, y + 1)) / 4.0
    })
}

/// The sheet as it lies on the glass.
fn laid(page: &Gray, place: &Place) -> Gray {
    page.map(|x, y| {
        let (x, y) = place.source(x as f32, y as f32);
        page.between(x, y)
    })
}

/// Ink turns gray and paper is not quite white; every pixel is off by a little.
fn noisy(page: &Gray, noise: f32, random: &mut Random) -> Gray {
    page.map(|x, y| {
        let level = INK + page.at(x as isize, y as isize) / 255.0 * (PAPER - INK);
        level + bell(random) * noise
    })
}

/// About normal: four uniform numbers, scaled to deviation one.
fn bell(random: &mut Random) -> f32 {
    let sum: f32 = (0..4).map(|_| random.unit()).sum();
    (sum - 2.0) * 3.0_f32.sqrt()
}

/// A few dark specks, each two pixels across.
fn dust(page: &mut Gray, random: &mut Random) {
    if page.width < 2 || page.height < 2 {
        return;
    }
    for _ in 0..20 + random.below(40) {
        let (x, y) = (random.below(page.width - 1), random.below(page.height - 1));
        for place in [y * page.width + x, y * page.width + x + 1, (y + 1) * page.width + x] {
            page.pixels[place] = 110;
        }
    }
}

/// Light that falls off towards one corner.
struct Light {
    shade: f32,
    corner: (f32, f32),
}

impl Light {
    fn random(shade: f32, random: &mut Random) -> Self {
        Self { shade, corner: (random.unit(), random.unit()) }
    }

    /// What share of it reaches a pixel.
    fn at(&self, x: usize, y: usize, page: &Gray) -> f32 {
        let dx = x as f32 / page.width as f32 - self.corner.0;
        let dy = y as f32 / page.height as f32 - self.corner.1;
        1.0 - self.shade * (dx * dx + dy * dy).min(1.0)
    }
}

/// A photocopy: hard contrast at a threshold that wanders over the page, grains and specks of toner, and holes.
fn copied(page: &Gray, noise: f32, random: &mut Random) -> Gray {
    // Copiers are set to darken, so that thin strokes and stamps survive.
    let threshold = 175.0 + 40.0 * random.unit();
    let drift = (random.unit() - 0.5) * 24.0;
    let mut copy = page.map(|x, y| {
        let here = threshold + drift * (y as f32 / page.height as f32 - 0.5);
        let level = page.at(x as isize, y as isize) + bell(random) * noise;
        // Toner is all or nothing; the scanner behind softens the step.
        127.5 + (level - here) * 5.0
    });
    for _ in 0..300 + random.below(900) {
        let (x, y) = (random.below(page.width), random.below(page.height));
        let level = if random.below(4) == 0 { 255 } else { 20 };
        speck(&mut copy, x, y, 1 + random.below(3), level);
    }
    copy
}

/// A square of `size` pixels, as far as it lies on the page.
fn speck(page: &mut Gray, x: usize, y: usize, size: usize, level: u8) {
    for row in y..(y + size).min(page.height) {
        let start = row * page.width;
        page.pixels[start + x..start + (x + size).min(page.width)].fill(level);
    }
}

#[cfg(test)]
mod tests {
    use super::super::variant::Variant;
    use super::*;

    fn page() -> Gray {
        let mut page = Gray { width: 60, height: 80, pixels: vec![255; 4800] };
        page.pixels[2000..2400].fill(0);
        page
    }

    #[test]
    fn a_scan_is_a_function_of_its_seed() {
        let scan = |seed| scanned(&page(), &mut Random::new(seed, 0));
        assert_eq!(scan(1), scan(1));
        assert_ne!(scan(1), scan(2));
        // Ink stays dark, paper stays light.
        assert!(scan(1).pixels.iter().filter(|&&level| level < 80).count() > 200);
        assert!(scan(1).pixels.iter().filter(|&&level| level > 200).count() > 3000);
    }

    #[test]
    fn gray_stays_gray_through_all_wear() {
        for variant in Variant::ALL {
            let wear = variant.wear();
            let mut random = Random::new(3, 1);
            let place = Place::random((60, 80), wear.dpi, wear.skew, &mut random);
            let planes = [page(), page(), page()];
            let worn = worn(&planes, &wear, &place, &mut random);
            assert!(worn[0] == worn[1] && worn[1] == worn[2], "{variant:?}");
            assert!(worn[0].pixels.iter().filter(|&&level| level > 150).count() > 2500, "{variant:?}");
        }
    }
}
