//! What paper and scanner do to a page.

use super::gray::Gray;
use crate::seed::Random;

/// A sheet lies askew by no more than this, in degrees.
const SKEW: f32 = 1.0;
/// Standard deviation of the noise, in levels of gray.
const NOISE: f32 = 4.0;
/// Black and white of the scan, in levels of gray.
const INK: f32 = 28.0;
const PAPER: f32 = 244.0;

/// The page as a scanner sees it: skewed, shifted, softened, with noise and specks of dust.
pub(super) fn scanned(page: &Gray, random: &mut Random) -> Gray {
    let mut scan = noisy(&skewed(&softened(page), random), random);
    dust(&mut scan, random);
    scan
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

fn skewed(page: &Gray, random: &mut Random) -> Gray {
    let angle = (random.unit() * 2.0 - 1.0) * SKEW.to_radians();
    let shift = [random.unit(), random.unit()].map(|unit| (unit * 2.0 - 1.0) * 0.004);
    let (sin, cos) = angle.sin_cos();
    let centre = (page.width as f32 / 2.0, page.height as f32 / 2.0);
    page.map(|x, y| {
        let dx = x as f32 - centre.0 + shift[0] * page.width as f32;
        let dy = y as f32 - centre.1 + shift[1] * page.height as f32;
        page.between(centre.0 + dx * cos + dy * sin, centre.1 - dx * sin + dy * cos)
    })
}

/// Ink turns gray and paper is not quite white; every pixel is off by a little.
fn noisy(page: &Gray, random: &mut Random) -> Gray {
    page.map(|x, y| {
        let level = INK + page.at(x as isize, y as isize) / 255.0 * (PAPER - INK);
        level + bell(random) * NOISE
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scan_is_a_function_of_its_seed() {
        let mut page = Gray { width: 60, height: 80, pixels: vec![255; 4800] };
        page.pixels[2000..2400].fill(0);
        let scan = |seed| scanned(&page, &mut Random::new(seed, 0));
        assert_eq!(scan(1), scan(1));
        assert_ne!(scan(1), scan(2));
        // Ink stays dark, paper stays light.
        assert!(scan(1).pixels.iter().filter(|&&level| level < 80).count() > 200);
        assert!(scan(1).pixels.iter().filter(|&&level| level > 200).count() > 3000);
    }
}
