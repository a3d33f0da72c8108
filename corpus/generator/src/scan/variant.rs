//! The kinds of scans that offices make, from good to bad.

use super::truth::PageTruth;

/// How a page is worn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Variant {
    /// 200 dpi, clean.
    A,
    /// 150 dpi, askew by up to 3°, soft, unevenly lit, JPEG.
    B,
    /// 200 dpi, photocopied: hard contrast, specks, everything black.
    C,
    /// 105 dpi, JPEG of low quality.
    D,
    /// 200 dpi, seals over the text and on the edge.
    E,
    /// 150 dpi, lying on its side or upside down.
    T,
}

/// What paper, copier and scanner do to a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wear {
    /// Pixels per inch.
    pub(super) dpi: u16,
    /// Askew by no more than this, in degrees.
    pub(super) skew: f32,
    /// How often each pixel is blurred with its neighbours.
    pub(super) blur: usize,
    /// Standard deviation of the noise, in levels.
    pub(super) noise: f32,
    /// By how much the darkest part of the paper is darker, 0 to 1.
    pub(super) shade: f32,
    /// Whether a copier stood between paper and scanner.
    pub(super) copied: bool,
    /// Whether the scanner sees colours.
    pub(super) colour: bool,
    pub(super) format: Format,
}

/// The file of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Png,
    /// With a quality of 1 to 100.
    Jpeg(u8),
}

impl Format {
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg(_) => "jpg",
        }
    }
}

impl Variant {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::A, Self::B, Self::C, Self::D, Self::E, Self::T];

    /// Its letter, which is also the name of its folder.
    pub fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
            Self::T => "T",
        }
    }

    /// The variant of a page.
    pub fn of(page: &PageTruth) -> Option<Self> {
        Self::ALL.into_iter().find(|variant| variant.letter() == page.variant)
    }

    pub(super) fn wear(self) -> Wear {
        let scan = Wear {
            dpi: 200,
            skew: 0.3,
            blur: 0,
            noise: 1.0,
            shade: 0.0,
            copied: false,
            colour: true,
            format: Format::Png,
        };
        match self {
            Self::A => Wear { noise: 0.0, ..scan },
            Self::B => {
                let format = Format::Jpeg(60);
                Wear { dpi: 150, skew: 3.0, blur: 1, noise: 4.0, shade: 0.2, format, ..scan }
            }
            Self::C => Wear { skew: 1.0, blur: 1, noise: 6.0, copied: true, colour: false, ..scan },
            Self::D => Wear { dpi: 105, skew: 1.0, noise: 3.0, shade: 0.1, format: Format::Jpeg(40), ..scan },
            Self::E => Wear { skew: 1.0, noise: 3.0, shade: 0.05, format: Format::Jpeg(75), ..scan },
            Self::T => Wear { dpi: 150, skew: 1.0, blur: 1, noise: 3.0, format: Format::Jpeg(70), ..scan },
        }
    }
}
