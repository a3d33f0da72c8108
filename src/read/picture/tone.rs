//! How dark a picture is, to tell a blank page from one that could not be read.

use hetong_ocr::Picture;

/// Every so manieth pixel in both directions is looked at.
const STEP: usize = 2;
/// Share of the picture at each edge that is left out: shadows of the scanner's lid.
const MARGIN: f32 = 0.03;
/// So much darker than the paper is ink, in levels of gray.
const INK: u8 = 70;
/// Paper darker than this is a black page.
const BLACK: u8 = 60;
/// Less ink than this share of the page is dust.
const DUST: f32 = 0.0004;
/// Share of middle tones from which a page is a photograph.
const PHOTO: f32 = 0.25;

/// The lightness of a picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tone {
    /// The lightness that most of the page has, 0 to 255.
    paper: u8,
    /// Share of pixels that are ink on that paper, 0 to 1.
    ink: f32,
    /// Share of pixels that are neither paper nor ink nor white.
    middle: f32,
}

impl Tone {
    /// Measures a picture.
    pub(super) fn of(picture: &Picture) -> Self {
        let counts = histogram(picture);
        let total: u32 = counts.iter().sum::<u32>().max(1);
        let mut below = 0;
        let median = counts.iter().position(|count| {
            below += count;
            below * 2 >= total
        });
        let paper = median.unwrap_or(255) as u8;
        let share = |levels: std::ops::Range<usize>| {
            counts.get(levels).unwrap_or_default().iter().sum::<u32>() as f32 / total as f32
        };
        let ink = usize::from(paper.saturating_sub(INK));
        Self { paper, ink: share(0..ink), middle: share(50..usize::from(paper.saturating_sub(25)).max(50)) }
    }

    /// Is nothing on it but dust?
    pub(super) fn is_blank(self) -> bool {
        self.paper > BLACK && self.ink < DUST && self.middle < 0.02
    }

    /// What the page looks like when nothing could be read of it, in Chinese.
    pub(super) fn look(self) -> &'static str {
        if self.paper <= BLACK {
            "页面近乎全黑"
        } else if self.middle > PHOTO {
            "页面像照片或图案，未识别出文字"
        } else {
            "页面有笔迹或图形，未识别出文字"
        }
    }

    /// The figures, for people.
    pub(super) fn figures(self) -> String {
        format!("底色 {}，墨迹占比 {:.4}", self.paper, self.ink)
    }
}

fn histogram(picture: &Picture) -> [u32; 256] {
    let inset = |length: usize| (length as f32 * MARGIN) as usize;
    let (left, top) = (inset(picture.width()), inset(picture.height()));
    let mut counts = [0; 256];
    for y in (top..picture.height() - top).step_by(STEP) {
        for x in (left..picture.width() - left).step_by(STEP) {
            let [red, green, blue] = picture.pixel(x, y).map(u32::from);
            let luma = (77 * red + 150 * green + 29 * blue) >> 8;
            if let Some(count) = counts.get_mut(luma as usize) {
                *count += 1;
            }
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(level: impl Fn(usize, usize) -> u8) -> Tone {
        let gray: Vec<u8> = (0..200 * 300).map(|i| level(i % 200, i / 200)).collect();
        Tone::of(&Picture::from_gray(200, 300, &gray).expect("a picture"))
    }

    #[test]
    fn paper_with_dust_and_shadow_is_blank() {
        let blank = tone(|x, y| match (x, y) {
            (0..5, _) => 20,
            (100, 150) => 90,
            _ => 240 - (y / 60) as u8,
        });
        assert!(blank.is_blank(), "{blank:?}");
    }

    #[test]
    fn a_line_of_writing_is_not_blank() {
        assert!(!tone(|x, y| if (140..150).contains(&y) && x % 3 == 0 { 20 } else { 240 }).is_blank());
    }

    #[test]
    fn black_pages_and_photographs_are_named() {
        let black = tone(|_, _| 10);
        assert!(!black.is_blank());
        assert!(black.look().contains("全黑"));
        assert!(tone(|x, y| (60 + (x + y) % 150) as u8).look().contains("照片"));
    }
}
